//! Places told by another place: "20 km north of X", "outside X", "between X and Y", "along the border between X and Y".

/// How a place stands to the one that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// So far away, or on such a side.
    Offset,
    /// Outside, near, around.
    Near,
    /// Between it and another place.
    Between,
    /// At its border, with another country where one is told.
    Border,
}

impl Relation {
    /// The spelling in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Offset => "offset",
            Relation::Near => "near",
            Relation::Between => "between",
            Relation::Border => "border",
        }
    }
}

/// What stands before a name and tells a place beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offset {
    /// How it stands to the named place.
    pub relation: Relation,
    /// Kilometers, as told.
    pub distance_km: Option<f64>,
    /// Degrees from north, clockwise, of the side told.
    pub bearing: Option<u16>,
}

/// A point and how far around it the place may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circle {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Kilometers.
    pub radius_km: f64,
}

const SIDES: &[(&str, u16)] = &[
    ("north", 0),
    ("northeast", 45),
    ("north-east", 45),
    ("east", 90),
    ("southeast", 135),
    ("south-east", 135),
    ("south", 180),
    ("southwest", 225),
    ("south-west", 225),
    ("west", 270),
    ("northwest", 315),
    ("north-west", 315),
];

const NUMBERS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("dozen", 12.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("hundred", 100.0),
];

fn number(word: &str) -> Option<f64> {
    let plain = word.replace(',', "");
    plain.parse().ok().or_else(|| NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value))
}

/// Kilometers that the words end with: "some 20 km", "about 15 miles", "20km".
fn distance(words: &[&str]) -> Option<f64> {
    let (&unit, before) = words.split_last()?;
    let unit = unit.trim_end_matches(['.', ',']);
    let joined = unit.strip_suffix("km").filter(|told| !told.is_empty()).and_then(number);
    if joined.is_some() {
        return joined;
    }
    let factor = match unit {
        "km" | "kms" | "kilometers" | "kilometres" | "kilometer" | "kilometre" => 1.0,
        "mile" | "miles" | "mi" => 1.609,
        _ => return None,
    };
    // "12 miles (20 km)" tells the same twice.
    before.last().and_then(|word| number(word.trim_matches(['(', ')']))).map(|told| told * factor)
}

/// Reads the words before a name.
pub fn offset_before(text: &str, start: usize) -> Option<Offset> {
    let mut from = start.saturating_sub(90);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = text.get(from..start)?.to_lowercase();
    let head = head.rsplit(['!', '?', '\n', ';']).next().unwrap_or_default();
    let mut words: Vec<&str> = head.split_whitespace().map(|word| word.trim_matches(['(', ')'])).collect();
    // "of the town of X", "the city X"
    while let Some(&last) = words.last() {
        let town = matches!(last, "town" | "city" | "village" | "capital" | "port" | "district");
        let of_town = last == "of"
            && words.len() >= 2
            && matches!(words[words.len() - 2], "town" | "city" | "village" | "capital" | "port" | "district");
        match last {
            "the" => words.truncate(words.len() - 1),
            _ if town => words.truncate(words.len() - 1),
            _ if of_town => words.truncate(words.len() - 2),
            _ => break,
        }
    }
    let make = |relation, distance_km, bearing| Some(Offset { relation, distance_km, bearing });
    match words.as_slice() {
        [head @ .., side, "of"] if SIDES.iter().any(|(name, _)| name == side) => {
            let bearing = SIDES.iter().find(|(name, _)| name == side).map(|(_, bearing)| *bearing);
            let head = match head {
                [head @ .., "to", "the"] => head,
                [head @ .., "just" | "due" | "further"] => head,
                head => head,
            };
            make(Relation::Offset, distance(head), bearing)
        }
        [head @ .., "from" | "outside" | "of"] if distance(head).is_some() => {
            make(Relation::Offset, distance(head), None)
        }
        [.., "outskirts", "of"] | [.., "outside" | "near" | "around"] | [.., "close", "to"] => {
            make(Relation::Near, None, None)
        }
        [.., "between"] if head.contains("border") => make(Relation::Border, None, None),
        [.., "between"] => make(Relation::Between, None, None),
        [.., "border", "with" | "of"] | [.., "frontier", "with"] => make(Relation::Border, None, None),
        _ => None,
    }
}

/// The point so many kilometers from another one in a direction; flat, good enough for some hundred kilometers.
fn moved((lat, lon): (f64, f64), km: f64, bearing: u16) -> (f64, f64) {
    let angle = f64::from(bearing).to_radians();
    let north = km * angle.cos() / 111.2;
    let east = km * angle.sin() / (111.2 * lat.to_radians().cos().max(0.05));
    (lat + north, lon + east)
}

impl Offset {
    /// Where the place may lie, from the point of the named one and of the other one of two.
    pub fn circle(&self, named: (f64, f64), other: Option<(f64, f64)>) -> Option<Circle> {
        let around = |(lat, lon): (f64, f64), radius_km: f64| Some(Circle { lat, lon, radius_km });
        match (self.relation, self.distance_km, self.bearing) {
            // A side is told in steps of 45 degrees, a distance by the road or as the crow flies.
            (Relation::Offset, Some(km), Some(bearing)) => around(moved(named, km, bearing), (0.4 * km).max(5.0)),
            (Relation::Offset, Some(km), None) => around(named, (1.2 * km).max(5.0)),
            (Relation::Offset, None, Some(bearing)) => around(moved(named, 15.0, bearing), 20.0),
            (Relation::Offset, None, None) | (Relation::Near, ..) => around(named, 20.0),
            (Relation::Between, ..) => {
                let other = other?;
                let middle = ((named.0 + other.0) / 2.0, (named.1 + other.1) / 2.0);
                around(middle, (crate::resolve::kilometers(named, other) / 2.0).max(5.0))
            }
            // No boundary lines are held.
            (Relation::Border, ..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Offset, Relation, offset_before};

    fn read(text: &str) -> Option<Offset> {
        offset_before(text, text.find("Goma").expect("the name"))
    }

    #[test]
    fn words_before_a_name_tell_a_place_beside_it() {
        let check = |text: &str, relation: Relation, distance: Option<f64>, bearing: Option<u16>| {
            let found = read(text).unwrap_or_else(|| panic!("nothing in `{text}`"));
            assert_eq!((found.relation, found.bearing), (relation, bearing), "{text}");
            assert_eq!(found.distance_km.map(f64::round), distance, "{text}");
        };
        check("about 20 km north of Goma", Relation::Offset, Some(20.0), Some(0));
        check("some 15 miles to the south-west of the city of Goma", Relation::Offset, Some(24.0), Some(225));
        check("a village 30 kilometres from Goma", Relation::Offset, Some(30.0), None);
        check("a camp west of Goma", Relation::Offset, None, Some(270));
        check("on the outskirts of Goma", Relation::Near, None, None);
        check("a post outside the town of Goma", Relation::Near, None, None);
        check("on the road between Goma and Bukavu", Relation::Between, None, None);
        check("along the border between Goma and Gisenyi", Relation::Border, None, None);
        for text in ["people from Goma", "the mayor of Goma", "in Goma", "Goma"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_circle_is_as_wide_as_the_words_leave_open() {
        let at = (-1.68, 29.22);
        let north = Offset { relation: Relation::Offset, distance_km: Some(20.0), bearing: Some(0) }.circle(at, None);
        let north = north.expect("a circle");
        assert!((north.lat + 1.50).abs() < 0.01 && north.radius_km == 8.0, "{north:?}");
        let between = Offset { relation: Relation::Between, distance_km: None, bearing: None };
        assert_eq!(between.circle(at, None), None);
        let middle = between.circle(at, Some((-2.51, 28.86))).expect("a circle");
        assert!((middle.lat + 2.095).abs() < 0.01 && (40.0..60.0).contains(&middle.radius_km), "{middle:?}");
    }
}
