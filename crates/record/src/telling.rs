//! A happening as one report tells it: what incidents are made of.
//!
//! A report has at most one telling of its news: its events and figures, and everything said about them. What is told with another
//! place, or with a date well before, is a telling of its own, and background can only join an incident that others tell as news.

use crate::copies::hash;
use crate::news::{Item, NEWS_DAYS, News, items, news};
use crate::party;
use crate::reading::{Reading, apart};
use crate::terms::{Terms, hash32, wording};
use counterclaim_schema::ledger::*;
use std::collections::BTreeSet;

/// Kinds of happenings; events of different groups are rarely the same incident.
pub(crate) const GROUPS: &[&str] = &["violence", "detention", "protest", "truce", "diplomacy", "force", "other"];

/// Terms that a report without events has at least, to be about something.
const FEWEST_TERMS: usize = 8;

/// Where, as finely as told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Where {
    /// Gazetteer id.
    pub(crate) key: String,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// How fine.
    pub(crate) precision: PlacePrecision,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: Option<String>,
    /// First-order division.
    pub(crate) admin1: Option<String>,
    /// Where the place itself may lie, when this one only tells it ("20 km north of X").
    pub(crate) circle: Option<Circle>,
}

/// A middle and how many kilometers around it a place may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Circle {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Kilometers.
    pub(crate) radius_km: f64,
}

/// The circle of a place that another one tells; none where no point could be told.
pub(crate) fn circle_of(place: &PlaceRow) -> Option<Circle> {
    let beside = place.beside.as_ref()?;
    Some(Circle { lat: beside.lat?, lon: beside.lon?, radius_km: beside.radius_km? })
}

/// What of a telling is compared with others. Sets are sorted.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Features {
    /// The news of its report, not background.
    pub(crate) news: bool,
    /// Coordinates.
    pub(crate) point: Option<(f32, f32)>,
    /// As in [`PlacePrecision`], 7 when unknown.
    pub(crate) precision: u8,
    /// Hash of the place.
    pub(crate) place: u32,
    /// Hash of the name of a village or quarter that is in no gazetteer; 0 where the place itself is known.
    pub(crate) named: u32,
    /// Hash of the country; 0 when unknown.
    pub(crate) country: u32,
    /// Hash of country and first-order division; 0 when unknown.
    pub(crate) admin1: u32,
    /// First and last day; `i32::MIN` when nothing bounds it.
    pub(crate) days: (i32, i32),
    /// A date is told; else the publication bounds it.
    pub(crate) dated: bool,
    /// When the report was published is known.
    pub(crate) published: bool,
    /// Deeds of many provinces are told side by side.
    pub(crate) roundup: bool,
    /// Bits of the weekdays on which it happened where no date bounds it; Monday is the first.
    pub(crate) weekdays: u8,
    /// Bits of [`GROUPS`].
    pub(crate) groups: u8,
    /// Hashes of modes.
    pub(crate) modes: Vec<u32>,
    /// Hashes of kind and figure.
    pub(crate) figures: Vec<u32>,
    /// Hashes of sides.
    pub(crate) sides: Vec<u32>,
    /// Hashes of words of names.
    pub(crate) names: Vec<u32>,
    /// Words, names among them, by weight.
    pub(crate) terms: Terms,
    /// Ties are broken by it: hash of report and place in the report.
    pub(crate) order: u64,
}

/// A telling with its rows, before it has an id.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) features: Features,
    pub(crate) place: Option<Where>,
    /// First character of what tells it.
    pub(crate) start: u32,
    pub(crate) kind: &'static str,
    /// Indices into the lists of the ledger.
    pub(crate) events: Vec<usize>,
    pub(crate) harms: Vec<usize>,
    pub(crate) claims: Vec<usize>,
}

pub(crate) fn group_of(event: &EventRow) -> usize {
    let ceasefire = event.plover.mode.iter().any(|mode| mode == "ceasefire");
    match event.plover.event_type.as_str() {
        "ASSAULT" => 0,
        "COERCE" => 1,
        "PROTEST" => 2,
        "CONCEDE" | "RETREAT" | "AGREE" if ceasefire => 3,
        "AGREE" | "CONSULT" | "COOPERATE" | "AID" | "CONCEDE" => 4,
        "RETREAT" | "MOBILIZE" | "SANCTION" => 5,
        _ => 6,
    }
}

/// Kilometers between two points (haversine).
pub(crate) fn kilometers(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let chord = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

/// The tellings of a report: its news first.
pub(crate) fn tellings(ledger: &ReportLedger, key: &[u8]) -> Vec<Telling> {
    let reading = Reading::new(ledger);
    let items = items(&reading);
    let news = news(&reading, &items);
    if items.is_empty() {
        // A report without events may still be about what others tell; one with few words is about nothing.
        let lone = telling(&reading, &items, &[], Some(&news), key);
        let mut told = if lone.features.terms.hashes.len() < FEWEST_TERMS { Vec::new() } else { vec![lone] };
        assign_claims(ledger, &mut told);
        return told;
    }
    let mut groups: Vec<(Vec<usize>, bool)> = vec![(Vec::new(), true)];
    let mut others: Vec<usize> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let elsewhen = match (item.when, news.days) {
            (Some(days), Some(own)) => days.1 < own.0 - 1 || days.0 > own.1 + 2,
            _ => false,
        };
        let elsewhere = match (&item.place, &news.place) {
            (Some(place), Some(own)) => Reading::is_fine(place) && apart(place, own),
            _ => false,
        };
        let future = item.when.zip(reading.published).is_some_and(|(days, published)| days.0 > published + 1);
        let vague = item.background && item.when.is_none() && !elsewhere;
        if !(elsewhen || elsewhere) || future {
            if !vague || !elsewhen {
                groups[0].0.push(index);
            }
        } else if item.grave >= 2 {
            others.push(index);
        }
    }
    // What is told of another day or place in one or two sentences belongs together.
    for index in others {
        let item = &items[index];
        let before = groups.iter_mut().skip(1).find(|(members, _)| {
            members.iter().any(|&member| {
                let other = &items[member];
                let same_day = match (item.when, other.when) {
                    (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
                    _ => true,
                };
                let same_place = match (&item.place, &other.place) {
                    (Some(a), Some(b)) => !apart(a, b),
                    _ => true,
                };
                same_day && same_place && item.start.abs_diff(other.start) < 400
            })
        });
        match before {
            Some((members, _)) => members.push(index),
            None => groups.push((vec![index], false)),
        }
    }
    let mut told: Vec<Telling> = groups
        .into_iter()
        .filter(|(members, _)| !members.is_empty())
        .map(|(members, main)| telling(&reading, &items, &members, main.then_some(&news), key))
        .collect();
    assign_claims(ledger, &mut told);
    told
}

fn telling(reading: &Reading<'_>, items: &[Item], members: &[usize], news: Option<&News>, key: &[u8]) -> Telling {
    let ledger = reading.ledger;
    let chosen: Vec<&Item> = members.iter().map(|&member| &items[member]).collect();
    let (days, dated, place, named) = match news {
        Some(news) => (news.days, news.dated, news.place.clone(), news.named),
        None => {
            let when = chosen.iter().find_map(|item| item.when);
            let days = when.or_else(|| reading.published.map(|published| (published - 2, published)));
            let place = chosen
                .iter()
                .filter_map(|item| item.place.clone())
                .min_by_key(|place| if Reading::is_fine(place) { 0 } else { place.precision as u8 });
            let known = place.as_ref().is_some_and(Reading::is_fine);
            let named = chosen.iter().find_map(|item| item.named).filter(|_| !known);
            (days, when.is_some(), place, named.unwrap_or(0))
        }
    };
    let long_ago = days.zip(reading.published).is_some_and(|(days, published)| days.1 < published - NEWS_DAYS);
    let is_news = news.is_some() || !long_ago && chosen.iter().any(|item| !item.background);
    let events: Vec<usize> = chosen.iter().filter_map(|item| item.event).collect();
    let harms: Vec<usize> = chosen.iter().filter_map(|item| item.harm).collect();
    let start = chosen.iter().map(|item| item.start).min().unwrap_or(0);

    let mut groups = 0u8;
    let mut modes = BTreeSet::new();
    let mut sides = BTreeSet::new();
    let mut gravest: Option<(u8, usize)> = None;
    for &index in &events {
        let event = &ledger.events[index];
        let group = group_of(event);
        let grave = items.iter().find(|item| item.event == Some(index)).map_or(0, |item| item.grave);
        if gravest.is_none_or(|(most, _)| grave > most) {
            gravest = Some((grave, group));
        }
        if group < 4 || events.len() == 1 {
            groups |= 1 << group;
        }
        modes.extend(event.plover.mode.iter().map(|mode| hash32(mode)));
        modes.extend(event.targets.iter().filter_map(|thing| thing.class.as_deref()).map(hash32));
        if group < 4 {
            let parties = event.actors.iter().chain(&event.recipients);
            for participant in parties.filter(|participant| participant.basis != "report") {
                if let Some(actor) = ledger.actors.iter().find(|actor| actor.id == participant.actor) {
                    sides.insert(hash32(&party::side(actor)));
                }
            }
        }
    }
    if !harms.is_empty() {
        let detained = harms.iter().any(|&index| ledger.harms[index].kind == HarmKind::Detained);
        groups |= if detained { 2 } else { 1 };
    }
    if groups == 0 {
        groups = gravest.map_or(0, |(_, group)| 1 << group);
    }
    let figures: BTreeSet<u32> = harms
        .iter()
        .map(|&index| &ledger.harms[index])
        .filter_map(|harm| harm.low.or(harm.high).map(|value| hash32(&format!("{:?} {value}", harm.kind))))
        .collect();
    let spans: Vec<(u32, u32)> = if news.is_some() {
        let aside: Vec<u32> = items
            .iter()
            .enumerate()
            .filter(|(index, item)| !members.contains(index) && item.grave >= 2)
            .map(|(_, item)| item.start)
            .collect();
        reading
            .sentences
            .iter()
            .filter(|sentence| !aside.iter().any(|at| sentence.start <= *at && *at < sentence.end))
            .map(|sentence| (sentence.start, sentence.end))
            .collect()
    } else {
        reading
            .sentences
            .iter()
            .filter(|sentence| chosen.iter().any(|item| sentence.start <= item.start && item.start < sentence.end))
            .map(|sentence| (sentence.start, sentence.end))
            .collect()
    };
    let (names, terms) = wording(ledger, &spans);
    let kind = gravest.map_or_else(|| if groups == 0 { 6 } else { usize::from(groups & 2 != 0) }, |(_, group)| group);
    let features = Features {
        news: is_news,
        point: place.as_ref().map(|place| (place.lat as f32, place.lon as f32)),
        precision: place.as_ref().map_or(7, |place| place.precision as u8),
        place: place.as_ref().map_or(0, |place| hash32(&place.key)),
        named,
        country: place.as_ref().and_then(|place| place.country.as_deref()).map_or(0, hash32),
        admin1: place
            .as_ref()
            .and_then(|place| {
                place.admin1.as_ref().map(|admin1| format!("{}/{admin1}", place.country.as_deref().unwrap_or("")))
            })
            .map_or(0, |name| hash32(&name)),
        days: days.map_or((i32::MIN, i32::MIN), |(first, last)| (first as i32, last as i32)),
        dated,
        published: reading.published.is_some(),
        roundup: news.is_some_and(|news| news.roundup),
        weekdays: news.map_or(0, |news| news.weekdays),
        groups,
        modes: modes.into_iter().collect(),
        figures: figures.into_iter().collect(),
        sides: sides.into_iter().take(12).collect(),
        names,
        terms,
        order: hash(&[key, &start.to_le_bytes()].concat()),
    };
    Telling { features, place, start, kind: GROUPS[kind], events, harms, claims: Vec::new() }
}

/// Side of a cell of the grid of places, degrees.
const CELL: f64 = 0.5;

fn cell(lat: f64, lon: f64) -> i64 {
    let row = ((lat + 90.0) / CELL).floor() as i64;
    let column = ((lon + 180.0) / CELL).floor() as i64;
    (1 << 40) | (row << 12) | column
}

/// Cells around a point, its own first.
pub(crate) fn cells_around(point: (f32, f32)) -> Vec<i64> {
    let (lat, lon) = (f64::from(point.0), f64::from(point.1));
    let mut cells = vec![cell(lat, lon)];
    for rows in [-CELL, 0.0, CELL] {
        for columns in [-CELL, 0.0, CELL] {
            let near = cell((lat + rows).clamp(-90.0, 90.0), (lon + columns).clamp(-180.0, 180.0));
            if !cells.contains(&near) {
                cells.push(near);
            }
        }
    }
    cells
}

/// Key of a country, or of one of its provinces, or of a name.
pub(crate) fn coarse_key(hash: u32) -> i64 {
    (2 << 40) | i64::from(hash)
}

/// Key of a word.
pub(crate) fn word_key(hash: u32) -> i64 {
    (3 << 40) | i64::from(hash)
}

/// Keys under which a telling is found: its place, its country, the words that say most about it.
pub(crate) fn keys(features: &Features) -> Vec<i64> {
    let mut keys = Vec::new();
    if let Some((lat, lon)) = features.point.filter(|_| features.precision <= PlacePrecision::Settlement as u8) {
        keys.push(cell(f64::from(lat), f64::from(lon)));
    }
    if features.admin1 != 0 && features.precision <= PlacePrecision::Province as u8 {
        keys.push(coarse_key(features.admin1));
    }
    if features.country != 0 {
        keys.push(coarse_key(features.country));
    }
    // Where no place is known, words have to find it.
    keys.extend(features.terms.guides().into_iter().map(word_key));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A claim belongs to the telling of its events or figures; other claims to the news.
fn assign_claims(ledger: &ReportLedger, told: &mut [Telling]) {
    for (index, claim) in ledger.claims.iter().enumerate() {
        let own = told.iter().position(|telling| {
            telling.events.iter().any(|&event| claim.events.contains(&ledger.events[event].id))
                || telling.harms.iter().any(|&harm| claim.harms.contains(&ledger.harms[harm].id))
        });
        if let Some(telling) = told.get_mut(own.unwrap_or(0)) {
            telling.claims.push(index);
        }
    }
}

/// First byte of features as they are written.
const FORMAT: u8 = 4;
/// First byte of features that do not tell weekdays.
const WITHOUT_WEEKDAYS: u8 = 3;
/// First byte of features that do not name places outside the gazetteer.
const UNNAMED: u8 = 2;
/// First byte of features of earlier versions, whose words have no weights.
const UNWEIGHTED: u8 = 1;

impl Features {
    /// Whether bytes of a file are in the present format.
    pub(crate) fn is_present(bytes: &[u8]) -> bool {
        bytes.first() == Some(&FORMAT)
    }

    /// The features as bytes of the file: a count before each set, everything little-endian.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![
            FORMAT,
            u8::from(self.news),
            self.precision,
            u8::from(self.dated) | u8::from(self.published) << 1 | u8::from(self.roundup) << 2,
            self.groups,
            u8::from(self.point.is_some()),
        ];
        let (lat, lon) = self.point.unwrap_or_default();
        bytes.extend(lat.to_le_bytes());
        bytes.extend(lon.to_le_bytes());
        for value in [self.place, self.named, self.country, self.admin1] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(self.days.0.to_le_bytes());
        bytes.extend(self.days.1.to_le_bytes());
        bytes.extend(self.order.to_le_bytes());
        bytes.push(self.weekdays);
        for set in [&self.modes, &self.figures, &self.sides, &self.names, &self.terms.hashes] {
            let kept = set.len().min(255);
            bytes.push(kept as u8);
            bytes.extend(set.iter().take(kept).flat_map(|value| value.to_le_bytes()));
        }
        bytes.extend(self.terms.weights.iter().take(255));
        bytes
    }

    /// The features from bytes of the file; none when they are damaged.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Features> {
        let mut rest = bytes;
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at_checked(count)?;
            rest = tail;
            Some(head)
        };
        let head = take(6)?;
        let [format, news, precision, dated, groups, has_point] = *head else { return None };
        if !matches!(format, UNWEIGHTED | UNNAMED | WITHOUT_WEEKDAYS | FORMAT) {
            return None;
        }
        let word = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.try_into().ok()?));
        let lat = f32::from_bits(word(take(4)?)?);
        let lon = f32::from_bits(word(take(4)?)?);
        let place = word(take(4)?)?;
        let named = if format >= WITHOUT_WEEKDAYS { word(take(4)?)? } else { 0 };
        let country = word(take(4)?)?;
        let admin1 = word(take(4)?)?;
        let days = (word(take(4)?)? as i32, word(take(4)?)? as i32);
        let order = u64::from_le_bytes(take(8)?.try_into().ok()?);
        let weekdays = if format == FORMAT { take(1)?[0] } else { 0 };
        let mut sets: [Vec<u32>; 5] = Default::default();
        for set in &mut sets {
            let count = usize::from(take(1)?[0]);
            *set = take(count * 4)?.as_chunks::<4>().0.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect();
        }
        let [modes, figures, sides, names, hashes] = sets;
        let terms = if format == UNWEIGHTED {
            Terms::unweighted(names.iter().copied().chain(hashes))
        } else {
            Terms { weights: take(hashes.len())?.to_vec(), hashes }
        };
        Some(Features {
            news: news != 0,
            point: (has_point != 0).then_some((lat, lon)),
            precision,
            place,
            named,
            country,
            admin1,
            days,
            dated: dated & 1 != 0,
            published: dated & 2 != 0,
            roundup: dated & 4 != 0,
            weekdays,
            groups,
            modes,
            figures,
            sides,
            names,
            terms,
            order,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_survive_the_file() {
        let features = Features {
            news: true,
            point: Some((11.5, -3.25)),
            precision: 2,
            place: 7,
            named: 11,
            country: 8,
            admin1: 9,
            days: (19_000, 19_001),
            dated: true,
            published: true,
            roundup: true,
            weekdays: 96,
            groups: 5,
            modes: vec![1, 2],
            figures: vec![],
            sides: vec![3],
            names: vec![4, 5, 6],
            terms: Terms { hashes: (1..=72).collect(), weights: vec![7; 72] },
            order: u64::MAX,
        };
        assert_eq!(Features::from_bytes(&features.to_bytes()), Some(features.clone()));
        // Features that an earlier version wrote have no byte of weekdays.
        let mut earlier = features.to_bytes();
        earlier.remove(46);
        earlier[0] = WITHOUT_WEEKDAYS;
        assert_eq!(Features::from_bytes(&earlier), Some(Features { weekdays: 0, ..features.clone() }));
        let bytes = features.to_bytes();
        for cut in 0..bytes.len() {
            assert_eq!(Features::from_bytes(&bytes[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn distances() {
        assert!((kilometers((52.52, 13.405), (48.857, 2.352)) - 878.0).abs() < 3.0);
        assert!(cells_around((11.83, 13.15)).len() == 9);
    }
}
