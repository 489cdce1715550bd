//! Places by name: the packed gazetteer of GeoNames places and divisions, and the hand-made regions.
//!
//! "As written" and "name in the gazetteer" are two things: Isfana is found as another name of Razzakov. A look-up therefore says how
//! exact the name fits, and the caller keeps the words.

use crate::countries::Country;
use crate::key::{keys_at_distance_one, name_key, spelling_variants};
use crate::pack::{MAGIC, NO_POINT, read_varint};
use crate::table::{rows, values};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

pub use crate::resolve::{DocumentContext, Resolution, ToponymMention, prevailing_country, resolve, toponym_mention};

/// How well a name fits a place; the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Exactness {
    /// The name of the gazetteer, up to case, marks, spaces and hyphens.
    Primary,
    /// Another name that the gazetteer lists.
    Alternate,
    /// Another transliteration of a listed name.
    Variant,
    /// One letter differs.
    Fuzzy,
    /// An adjective of the place: "Darfuri".
    Adjective,
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Identifier with its prefix: `geonames:1528735`, `region:darfur`.
    pub id: String,
    /// Name in the gazetteer.
    pub name: String,
    /// Degrees north, WGS 84, when known.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames feature code (`PPL`, `PPLC`, `ADM1`, `PCLI`, ...); regions use `RGN`, `SEA`, `STM`, `CONT` and the like.
    pub feature_code: String,
    /// ISO 3166-1 alpha-3; none for seas, continents and regions over several countries.
    pub country: Option<String>,
    /// Every country that the place lies in; empty for seas and continents.
    pub countries: Vec<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// Identifier of the first-order division.
    pub admin1_id: Option<String>,
    /// Name of the second-order division.
    pub admin2: Option<String>,
    /// Identifier of the second-order division.
    pub admin2_id: Option<String>,
    /// Inhabitants; for divisions the sum over listed places; 0 when not known.
    pub population: u32,
    /// How well the name fits.
    pub exactness: Exactness,
    /// Whether the table of regions lists it: a name that news knows.
    pub salient: bool,
}

/// A hand-made region of `data/regions.csv`.
#[derive(Debug)]
pub struct Region {
    /// Identifier without prefix.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// region, disputed, sea, river, continent, ...
    pub kind: &'static str,
    /// Degrees north of its middle.
    pub lat: f64,
    /// Degrees east of its middle.
    pub lon: f64,
    /// Half of its width.
    pub radius_km: f64,
    /// ISO 3166-1 alpha-3 of the countries that it lies in.
    pub countries: Vec<&'static str>,
}

struct Regions {
    all: Vec<Region>,
    names: HashMap<String, Vec<(usize, Exactness)>>,
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
    let mut regions = Regions { all: Vec::new(), names: HashMap::new() };
    for [id, name, kind, aliases, adjectives, lat, lon, radius, countries] in
        rows(include_str!("../../../data/regions.csv"))
    {
        let at = regions.all.len();
        let names = std::iter::once((name, Exactness::Primary))
            .chain(values(aliases).map(|alias| (alias, Exactness::Alternate)))
            .chain(values(adjectives).map(|adjective| (adjective, Exactness::Adjective)));
        for (name, exactness) in names {
            let entries = regions.names.entry(name_key(name)).or_default();
            if !entries.iter().any(|&(known, _)| known == at) {
                entries.push((at, exactness));
            }
        }
        regions.all.push(Region {
            id,
            name,
            kind,
            lat: lat.parse().unwrap_or(0.0),
            lon: lon.parse().unwrap_or(0.0),
            radius_km: radius.parse().unwrap_or(100.0),
            countries: values(countries).collect(),
        });
    }
    regions
});

impl Region {
    /// Every region.
    pub fn all() -> &'static [Region] {
        &REGIONS.all
    }

    /// The region of an adjective ("Darfuri", "Chechen") or of the people in the plural.
    pub fn by_adjective(word: &str) -> Option<&'static Region> {
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
        let key = name_key(word);
        let find = |key: &str| {
            REGIONS
                .names
                .get(key)?
                .iter()
                .find(|(_, exactness)| *exactness == Exactness::Adjective)
                .map(|&(at, _)| &REGIONS.all[at])
        };
        find(&key).or_else(|| find(key.strip_suffix('s')?))
    }

    /// The region of a name.
    pub fn by_name(name: &str) -> Option<&'static Region> {
        REGIONS
            .names
            .get(&name_key(name))?
            .iter()
            .find(|(_, exactness)| *exactness != Exactness::Adjective)
            .map(|&(at, _)| &REGIONS.all[at])
    }

    fn feature_code(&self) -> &'static str {
        match self.kind {
            "sea" | "ocean" => "SEA",
            "strait" => "STRT",
            "river" => "STM",
            "canal" => "CNL",
            "lake" => "LK",
            "island" => "ISL",
            "range" => "MTS",
            "desert" => "DSRT",
            "park" => "PRK",
            "continent" => "CONT",
            "site" => "SITE",
            "former" => "PCLH",
            _ => "RGN",
        }
    }

    fn candidate(&self, exactness: Exactness) -> Candidate {
        Candidate {
            id: format!("region:{}", self.id),
            name: self.name.to_owned(),
            lat: Some(self.lat),
            lon: Some(self.lon),
            feature_code: self.feature_code().to_owned(),
            country: if self.countries.len() == 1 { Some(self.countries[0].to_owned()) } else { None },
            countries: self.countries.iter().map(|country| (*country).to_owned()).collect(),
            admin1: None,
            admin1_id: None,
            admin2: None,
            admin2_id: None,
            population: 0,
            exactness,
            salient: true,
        }
    }
}

/// Short names of divisions and cities in datelines and addresses ("Calif.", "L.A."): name to GeoNames id.
static ABBREVIATIONS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    rows(include_str!("../../../data/place_abbreviations.csv"))
        .filter_map(|[name, id, _note]: [&str; 3]| Some((name, id.parse().ok()?)))
        .collect()
});

/// Places by name, unpacked in memory (some 22 MB).
pub struct Gazetteer {
    bytes: Vec<u8>,
    names: fst::Map<Vec<u8>>,
    sections: Vec<Range<usize>>,
    n_rows: usize,
}

const POSTINGS: usize = 1;
const IDS: usize = 2;
const LAT: usize = 3;
const LON: usize = 4;
const POPULATION: usize = 5;
const ADMIN1: usize = 6;
const ADMIN2: usize = 7;
const NAME_END: usize = 8;
const COUNTRY: usize = 9;
const FEATURE: usize = 10;
const HEAP: usize = 11;
const COUNTRIES: usize = 12;
const FEATURES: usize = 13;

static CORE: LazyLock<Gazetteer> = LazyLock::new(|| {
    Gazetteer::open(include_bytes!("../../../data/gazetteer.bin.zst"))
        .expect("the embedded gazetteer was read back when it was packed")
});

impl Gazetteer {
    /// The built-in gazetteer; unpacked at the first use.
    pub fn core() -> &'static Gazetteer {
        &CORE
    }

    /// Unpacks a gazetteer made by [`crate::pack::pack`]. Fails on bytes that are no packed gazetteer or of another layout.
    pub fn open(packed: &[u8]) -> Result<Gazetteer, String> {
        let bytes = zstd::decode_all(packed).map_err(|error| error.to_string())?;
        let word = |at: usize| {
            bytes.get(at..at + 4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]) as usize)
        };
        if !bytes.starts_with(MAGIC) {
            return Err("not a gazetteer, or one of another layout".to_owned());
        }
        let cut = || "the gazetteer is cut off".to_owned();
        let mut at = MAGIC.len();
        at += 4 + word(at).ok_or_else(cut)?;
        let n_sections = word(at).ok_or_else(cut)?;
        at += 4;
        let mut start = at + 4 * n_sections;
        let mut sections = Vec::with_capacity(n_sections);
        for section in 0..n_sections {
            let length = word(at + 4 * section).ok_or_else(cut)?;
            sections.push(start..start + length);
            start += length;
        }
        if start > bytes.len() || n_sections <= FEATURES {
            return Err(cut());
        }
        let names = fst::Map::new(bytes[sections[0].clone()].to_vec()).map_err(|error| error.to_string())?;
        let n_rows = sections[IDS].len() / 4;
        // The map has its own copy, so the first section is not needed twice.
        let mut bytes = bytes;
        let gone = sections[0].len();
        bytes.drain(sections[0].clone());
        bytes.shrink_to_fit();
        let first = sections[0].start;
        for section in &mut sections[1..] {
            *section = section.start - gone..section.end - gone;
        }
        sections[0] = first..first;
        Ok(Gazetteer { bytes, names, sections, n_rows })
    }

    fn word(&self, section: usize, row: usize) -> u32 {
        let at = self.sections[section].start + 4 * row;
        let word = &self.bytes[at..at + 4];
        u32::from_le_bytes([word[0], word[1], word[2], word[3]])
    }

    fn listed(&self, list: usize, column: usize, row: usize) -> &str {
        let index = self.bytes[self.sections[column].start + row];
        let text = std::str::from_utf8(&self.bytes[self.sections[list].clone()]).unwrap_or_default();
        text.split('\n').nth(index as usize).unwrap_or_default()
    }

    fn name(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.word(NAME_END, row - 1) as usize };
        let end = self.word(NAME_END, row) as usize;
        std::str::from_utf8(&self.bytes[self.sections[HEAP].clone()][start..end]).unwrap_or_default()
    }

    fn point(&self, row: usize) -> Option<(f64, f64)> {
        let (lat, lon) = (self.word(LAT, row) as i32, self.word(LON, row) as i32);
        (lat != NO_POINT && lon != NO_POINT).then(|| (f64::from(lat) / 1e5, f64::from(lon) / 1e5))
    }

    fn parent(&self, section: usize, row: usize) -> Option<usize> {
        (self.word(section, row) as usize).checked_sub(1)
    }

    fn candidate(&self, row: usize, exactness: Exactness) -> Candidate {
        let feature = self.listed(FEATURES, FEATURE, row);
        let country = self.listed(COUNTRIES, COUNTRY, row);
        let id = |row: usize| format!("geonames:{}", self.word(IDS, row));
        // A division is its own first or second order.
        let admin1 = if feature == "ADM1" { Some(row) } else { self.parent(ADMIN1, row) };
        let admin2 = if feature == "ADM2" { Some(row) } else { self.parent(ADMIN2, row) };
        let point = self.point(row);
        Candidate {
            id: id(row),
            name: self.name(row).to_owned(),
            lat: point.map(|(lat, _)| lat),
            lon: point.map(|(_, lon)| lon),
            feature_code: feature.to_owned(),
            country: Some(country.to_owned()),
            countries: vec![country.to_owned()],
            admin1: admin1.map(|row| self.name(row).to_owned()),
            admin1_id: admin1.map(id),
            admin2: admin2.map(|row| self.name(row).to_owned()),
            admin2_id: admin2.map(id),
            population: self.word(POPULATION, row),
            exactness,
            salient: false,
        }
    }

    fn rows_of_key(&self, key: &str, mut each: impl FnMut(usize, bool)) {
        let Some(value) = self.names.get(key.as_bytes()) else { return };
        let mut entry = |entry: u64| {
            let row = (entry >> 1) as usize;
            if row < self.n_rows {
                each(row, entry & 1 == 1);
            }
        };
        if value & 1 == 1 {
            entry(value >> 1);
            return;
        }
        let postings = &self.bytes[self.sections[POSTINGS].clone()];
        let mut at = (value >> 1) as usize;
        let count = read_varint(postings, &mut at);
        let mut last = 0;
        for _ in 0..count {
            last += read_varint(postings, &mut at);
            entry(last);
        }
    }

    fn add_key(&self, key: &str, worst: Exactness, found: &mut Vec<Candidate>) {
        let mut hits: Vec<(usize, bool)> = Vec::new();
        self.rows_of_key(key, |row, primary| hits.push((row, primary)));
        // The largest places are enough: there are hundreds of hamlets named San Antonio.
        hits.sort_by_key(|&(row, primary)| {
            (std::cmp::Reverse(primary), std::cmp::Reverse(self.word(POPULATION, row)), row)
        });
        hits.truncate(200);
        for (row, primary) in hits {
            let exactness = if primary { Exactness::Primary } else { Exactness::Alternate }.max(worst);
            found.push(self.candidate(row, exactness));
        }
    }

    /// Places of this very name, listed name or region; then, if there are none, of other transliterations.
    ///
    /// Candidates come the most exact first, then by population. Nothing for an empty or very long name.
    pub fn lookup(&self, name: &str) -> Vec<Candidate> {
        let name = name.trim();
        let key = name_key(name);
        let mut found: Vec<Candidate> = Vec::new();
        if key.is_empty() {
            return found;
        }
        if let Some(country) = Country::by_name(name)
            && let Some(candidate) = self.get(&format!("geonames:{}", country.geonames_id))
        {
            found.push(candidate);
        }
        if let Some(&id) = ABBREVIATIONS.get(name)
            && let Some(candidate) = self.get(&format!("geonames:{id}"))
        {
            found.push(candidate);
        }
        for key in expanded_keys(name, &key) {
            self.add_key(&key, Exactness::Primary, &mut found);
            for &(at, exactness) in REGIONS.names.get(&key).map(Vec::as_slice).unwrap_or_default() {
                let region = REGIONS.all[at].candidate(exactness);
                // A division with the same name in the same country says more than a circle.
                let division = found.iter_mut().find(|other| {
                    other.feature_code == "ADM1"
                        && other.exactness <= Exactness::Alternate
                        && region.countries.len() == 1
                        && other.country == region.country
                        && other.lat.is_some()
                });
                match division {
                    Some(division) => division.salient = true,
                    None => found.push(region),
                }
            }
        }
        if found.is_empty() && key.len() >= 4 {
            for variant in spelling_variants(&key) {
                self.add_key(&variant, Exactness::Variant, &mut found);
            }
        }
        finish(found)
    }

    /// Places within one letter of a name of six letters or more, in the given countries (ISO 3166-1 alpha-3).
    pub fn lookup_fuzzy(&self, name: &str, countries: &[String]) -> Vec<Candidate> {
        let key = name_key(name);
        let mut found: Vec<Candidate> = Vec::new();
        if key.len() < 6 {
            return found;
        }
        for other in keys_at_distance_one(&key) {
            let mut rows: Vec<usize> = Vec::new();
            self.rows_of_key(&other, |row, _| rows.push(row));
            for row in rows.into_iter().take(50) {
                if countries.iter().any(|country| country == self.listed(COUNTRIES, COUNTRY, row)) {
                    found.push(self.candidate(row, Exactness::Fuzzy));
                }
            }
        }
        finish(found)
    }

    /// Whether a place has this very name, up to case, marks, spaces and hyphens.
    pub(crate) fn holds_key(&self, key: &str) -> bool {
        self.names.contains_key(key.as_bytes())
    }

    /// The place of an identifier (`geonames:1528735`, `region:darfur`).
    pub fn get(&self, id: &str) -> Option<Candidate> {
        if let Some(region) = id.strip_prefix("region:") {
            return REGIONS
                .all
                .iter()
                .find(|other| other.id == region)
                .map(|region| region.candidate(Exactness::Primary));
        }
        let number: u32 = id.strip_prefix("geonames:")?.parse().ok()?;
        let (mut low, mut high) = (0, self.n_rows);
        while low < high {
            let middle = (low + high) / 2;
            if self.word(IDS, middle) < number {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.n_rows && self.word(IDS, low) == number).then(|| self.candidate(low, Exactness::Primary))
    }

    /// The most likely place of a name without any context.
    pub fn best(&self, name: &str) -> Option<Candidate> {
        self.lookup(name)
            .into_iter()
            .max_by(|a, b| crate::resolve::prior(a).total_cmp(&crate::resolve::prior(b)).then_with(|| b.id.cmp(&a.id)))
    }

    /// How many places it holds, regions not counted.
    pub fn len(&self) -> usize {
        self.n_rows
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }
}

fn finish(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| {
        a.exactness.cmp(&b.exactness).then(b.population.cmp(&a.population)).then_with(|| a.id.cmp(&b.id))
    });
    let mut ids: Vec<String> = Vec::with_capacity(found.len());
    found.retain(|candidate| {
        let fresh = !ids.contains(&candidate.id);
        if fresh {
            ids.push(candidate.id.clone());
        }
        fresh
    });
    found.truncate(120);
    found
}

/// The key and the keys of the name with its abbreviated first word written out, or the other way round.
fn expanded_keys(name: &str, key: &str) -> Vec<String> {
    const PAIRS: &[(&str, &str)] = &[
        ("St. ", "Saint "),
        ("St ", "Saint "),
        ("Ste. ", "Sainte "),
        ("Mt. ", "Mount "),
        ("Mt ", "Mount "),
        ("Ft. ", "Fort "),
        ("Ft ", "Fort "),
        ("Pt. ", "Port "),
    ];
    let mut keys = vec![key.to_owned()];
    for (short, long) in PAIRS {
        if let Some(rest) = name.strip_prefix(short) {
            keys.push(name_key(&format!("{long}{rest}")));
        }
        if let Some(rest) = name.strip_prefix(long) {
            keys.push(name_key(&format!("{short}{rest}")));
        }
    }
    for article in ["the ", "The "] {
        if let Some(rest) = name.strip_prefix(article) {
            keys.push(name_key(rest));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
