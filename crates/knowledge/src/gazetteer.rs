//! Places by name: the packed gazetteer of GeoNames places and divisions, the hand-made regions, and what a user imported.
//!
//! "As written" and "name in the gazetteer" are two things: Isfana is found as another name of Razzakov. A look-up therefore says how
//! exact the name fits, and the caller keeps the words.

use crate::countries::Country;
use crate::import::{IMPORT_END, IMPORT_MAGIC};
use crate::key::{keys_at_distance_one, name_key, spelling_variants};
use crate::pack::{MAGIC, NO_POINT, read_varint};
use crate::table::{rows, values};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

pub use crate::resolve::{
    DocumentContext, FEATURE_NAMES, RankedCandidate, Resolution, ResolvedNames, ToponymMention, prevailing_country,
    ranked_candidates, resolve, resolve_or_abstain, toponym_mention,
};

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
    /// First year of an area that an authority, a line or a war made.
    pub from: Option<u16>,
    /// Last year; none while it lasts.
    pub to: Option<u16>,
}

struct Regions {
    all: Vec<Region>,
    names: HashMap<String, Vec<(usize, Exactness)>>,
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
    let mut regions = Regions { all: Vec::new(), names: HashMap::new() };
    for [id, name, kind, aliases, adjectives, lat, lon, radius, countries, from, to] in
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
            from: from.parse().ok(),
            to: to.parse().ok(),
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

/// Places of conflicts, put down roughly: no gazetteer of the program need hold them.
struct RoughPlaces {
    all: Vec<Candidate>,
    names: HashMap<String, Vec<(usize, Exactness)>>,
}

/// Before the identifiers of `data/conflict_places.csv`.
pub(crate) const ROUGH: &str = "conflict:";

static ROUGH_PLACES: LazyLock<RoughPlaces> = LazyLock::new(|| {
    let mut places = RoughPlaces { all: Vec::new(), names: HashMap::new() };
    for [id, name, aliases, country, lat, lon, kind, _accuracy_km, _source] in
        rows(include_str!("../../../data/conflict_places.csv"))
    {
        let at = places.all.len();
        let names = std::iter::once((name, Exactness::Primary))
            .chain(values(aliases).map(|alias| (alias, Exactness::Alternate)));
        for (name, exactness) in names {
            places.names.entry(name_key(name)).or_default().push((at, exactness));
        }
        places.all.push(Candidate {
            id: format!("{ROUGH}{id}"),
            name: name.to_owned(),
            lat: lat.parse().ok(),
            lon: lon.parse().ok(),
            feature_code: if kind == "quarter" { "PPLX" } else { "PPL" }.to_owned(),
            country: Some(country.to_owned()),
            countries: vec![country.to_owned()],
            admin1: None,
            admin1_id: None,
            admin2: None,
            admin2_id: None,
            population: if matches!(kind, "town" | "city") { 10_000 } else { 1_000 },
            exactness: Exactness::Primary,
            salient: false,
        });
    }
    places
});

impl RoughPlaces {
    /// Adds the places of a name that no other candidate already tells with a better point.
    fn add_key(&self, key: &str, found: &mut Vec<Candidate>) {
        for &(at, exactness) in self.names.get(key).map(Vec::as_slice).unwrap_or_default() {
            let place = Candidate { exactness, ..self.all[at].clone() };
            let point = |candidate: &Candidate| candidate.lat.zip(candidate.lon);
            let is_told = found.iter().any(|known| {
                known.country == place.country
                    && point(known).zip(point(&place)).is_some_and(|(a, b)| crate::resolve::kilometers(a, b) < 40.0)
            });
            if !is_told {
                found.push(place);
            }
        }
    }
}

/// Short names of divisions and cities in datelines and addresses ("Calif.", "L.A."): name to GeoNames id.
static ABBREVIATIONS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    rows(include_str!("../../../data/place_abbreviations.csv"))
        .filter_map(|[name, id, _note]: [&str; 3]| Some((name, id.parse().ok()?)))
        .collect()
});

/// Whether a name is a listed abbreviation of a place, with its points: "Fla.", "D.C.".
pub fn is_abbreviation(name: &str) -> bool {
    ABBREVIATIONS.contains_key(name)
}

/// Where the bytes of a gazetteer are.
enum Store {
    Memory(Vec<u8>),
    Mapped(memmap2::Mmap),
}

/// Bytes of one section.
#[derive(Clone)]
struct Section {
    store: Arc<Store>,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        let bytes: &[u8] = match &*self.store {
            Store::Memory(bytes) => bytes,
            Store::Mapped(bytes) => bytes,
        };
        &bytes[self.range.clone()]
    }
}

/// One file of places: the built-in one, unpacked in memory (some 22 MB), or an imported one, mapped.
pub struct Gazetteer {
    names: fst::Map<Section>,
    sections: Vec<Section>,
    n_rows: usize,
    countries: Vec<String>,
    features: Vec<String>,
    /// Bytes of a cell of the country and feature columns.
    width: usize,
    /// Stands before the identifiers: `geonames`.
    prefix: String,
    header: Vec<(String, String)>,
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
/// Ends of the identifiers that are no numbers; empty where all are numbers. Only in layout 2.
const TEXT_ID_END: usize = 14;
const TEXT_IDS: usize = 15;
/// Sections of layout 2.
pub(crate) const N_SECTIONS: usize = 16;
/// Bytes of the SHA-256 at the end of an imported file.
const HASH_BYTES: usize = 32;
/// A parent with this bit is no row of the file but a GeoNames id of the built-in gazetteer.
pub(crate) const CORE_PARENT: u32 = 1 << 31;

static CORE: LazyLock<Gazetteer> = LazyLock::new(|| {
    Gazetteer::open(include_bytes!("../../../data/gazetteer.bin.zst"))
        .expect("the embedded gazetteer was read back when it was packed")
});

static IMPORTED: OnceLock<Vec<Gazetteer>> = OnceLock::new();

/// The built-in gazetteer and the imported ones, searched together.
pub fn places() -> Gazetteers {
    Gazetteers { imported: IMPORTED.get().map(Vec::as_slice).unwrap_or_default() }
}

/// Has imported gazetteers searched from now on; only the first call has an effect, so that one run gives one answer.
pub fn install(imported: Vec<Gazetteer>) {
    let _ = IMPORTED.set(imported);
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

impl Gazetteer {
    /// The built-in gazetteer; unpacked at the first use.
    pub fn core() -> &'static Gazetteer {
        &CORE
    }

    /// Unpacks a gazetteer made by [`crate::pack::pack`]. Fails on bytes that are no packed gazetteer or of another layout.
    pub fn open(packed: &[u8]) -> Result<Gazetteer, String> {
        let bytes = zstd::decode_all(packed).map_err(|error| error.to_string())?;
        if !bytes.starts_with(MAGIC) {
            return Err("not a gazetteer, or one of another layout".to_owned());
        }
        let cut = || "the gazetteer is cut off".to_owned();
        let mut at = MAGIC.len();
        let length = word(&bytes, at).ok_or_else(cut)? as usize;
        let source = bytes.get(at + 4..at + 4 + length).ok_or_else(cut)?;
        let header = vec![
            ("name".to_owned(), "core".to_owned()),
            ("source".to_owned(), String::from_utf8_lossy(source).into_owned()),
            ("license".to_owned(), "CC BY 4.0; Natural Earth: public domain".to_owned()),
        ];
        at += 4 + length;
        let n_sections = word(&bytes, at).ok_or_else(cut)? as usize;
        at += 4;
        if n_sections <= FEATURES || n_sections > 64 {
            return Err(cut());
        }
        let mut start = at + 4 * n_sections;
        let mut ranges = Vec::with_capacity(n_sections);
        for section in 0..n_sections {
            let length = word(&bytes, at + 4 * section).ok_or_else(cut)? as usize;
            ranges.push(start..start + length);
            start += length;
        }
        if start > bytes.len() {
            return Err(cut());
        }
        // The built-in file has no identifiers that are no numbers.
        ranges.resize(N_SECTIONS, 0..0);
        Gazetteer::assemble(Store::Memory(bytes), ranges, 1, "geonames".to_owned(), header)
    }

    /// Maps a file made by [`crate::import::Importer::write`]; nothing is unpacked.
    ///
    /// Fails when the file cannot be read, is cut off, or is no gazetteer of this layout. The file must not be shortened while it is
    /// open; `import` replaces files by renaming, which leaves an open one whole.
    pub fn map(path: &Path) -> Result<Gazetteer, String> {
        let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
        // SAFETY: the map is read only, and files in the data folder are written once and renamed into place, never changed.
        let bytes = unsafe { memmap2::Mmap::map(&file) }.map_err(|error| error.to_string())?;
        if !bytes.starts_with(IMPORT_MAGIC) {
            return Err("not a gazetteer, or one of another layout".to_owned());
        }
        let cut = || "the gazetteer is cut off".to_owned();
        let footer = 16 * N_SECTIONS + HASH_BYTES + IMPORT_END.len();
        let footer_at = bytes.len().checked_sub(footer).ok_or_else(cut)?;
        if !bytes.ends_with(IMPORT_END) {
            return Err(cut());
        }
        let length = word(&bytes, IMPORT_MAGIC.len()).ok_or_else(cut)? as usize;
        let header_at = IMPORT_MAGIC.len() + 4;
        let header = bytes.get(header_at..header_at + length).ok_or_else(cut)?;
        let header: Vec<(String, String)> = String::from_utf8_lossy(header)
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        let number = |at: usize| -> Option<usize> {
            let bytes: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
            usize::try_from(u64::from_le_bytes(bytes)).ok()
        };
        let mut ranges = Vec::with_capacity(N_SECTIONS);
        for section in 0..N_SECTIONS {
            let start = number(footer_at + 16 * section).ok_or_else(cut)?;
            let end = number(footer_at + 16 * section + 8).ok_or_else(cut)?;
            if start > end || end > footer_at {
                return Err(cut());
            }
            ranges.push(start..end);
        }
        let prefix = header.iter().find(|(key, _)| key == "prefix").map(|(_, value)| value.clone()).unwrap_or_default();
        Gazetteer::assemble(Store::Mapped(bytes), ranges, 2, prefix, header)
    }

    fn assemble(
        store: Store,
        ranges: Vec<Range<usize>>,
        width: usize,
        prefix: String,
        header: Vec<(String, String)>,
    ) -> Result<Gazetteer, String> {
        let store = Arc::new(store);
        let sections: Vec<Section> =
            ranges.into_iter().map(|range| Section { store: Arc::clone(&store), range }).collect();
        let n_rows = sections[IDS].range.len() / 4;
        let columns = [LAT, LON, POPULATION, ADMIN1, ADMIN2, NAME_END];
        if columns.iter().any(|&column| sections[column].range.len() != 4 * n_rows)
            || [COUNTRY, FEATURE].iter().any(|&column| sections[column].range.len() != width * n_rows)
            || ![0, 4 * n_rows].contains(&sections[TEXT_ID_END].range.len())
        {
            return Err("the columns of the gazetteer differ in length".to_owned());
        }
        let list = |section: usize| -> Vec<String> {
            String::from_utf8_lossy(sections[section].as_ref()).split('\n').map(str::to_owned).collect()
        };
        let (countries, features) = (list(COUNTRIES), list(FEATURES));
        let names = fst::Map::new(sections[0].clone()).map_err(|error| error.to_string())?;
        Ok(Gazetteer { names, sections, n_rows, countries, features, width, prefix, header })
    }

    /// A line of the header: `name`, `source`, `license`, `built`; empty when there is none.
    pub fn about(&self, key: &str) -> &str {
        self.header.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn bytes(&self, section: usize) -> &[u8] {
        self.sections[section].as_ref()
    }

    fn word(&self, section: usize, row: usize) -> u32 {
        word(self.bytes(section), 4 * row).unwrap_or_default()
    }

    fn listed<'g>(&'g self, list: &'g [String], column: usize, row: usize) -> &'g str {
        let cell = &self.bytes(column)[self.width * row..self.width * (row + 1)];
        let index = cell.iter().rev().fold(0, |index, &byte| index << 8 | usize::from(byte));
        list.get(index).map(String::as_str).unwrap_or_default()
    }

    fn text(&self, ends: usize, heap: usize, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.word(ends, row - 1) as usize };
        let end = self.word(ends, row) as usize;
        let text = self.bytes(heap).get(start..end).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    fn name(&self, row: usize) -> &str {
        self.text(NAME_END, HEAP, row)
    }

    fn id(&self, row: usize) -> String {
        if self.bytes(TEXT_ID_END).is_empty() {
            format!("{}:{}", self.prefix, self.word(IDS, row))
        } else {
            format!("{}:{}", self.prefix, self.text(TEXT_ID_END, TEXT_IDS, row))
        }
    }

    fn point(&self, row: usize) -> Option<(f64, f64)> {
        let (lat, lon) = (self.word(LAT, row) as i32, self.word(LON, row) as i32);
        (lat != NO_POINT && lon != NO_POINT).then(|| (f64::from(lat) / 1e5, f64::from(lon) / 1e5))
    }

    /// Identifier and name of the division that a row lies in.
    fn parent(&self, section: usize, row: usize) -> Option<(String, String)> {
        let word = self.word(section, row);
        if word & CORE_PARENT != 0 {
            let core = Gazetteer::core();
            let row = core.row_of_number(word & !CORE_PARENT)?;
            return Some((core.id(row), core.name(row).to_owned()));
        }
        let row = (word as usize).checked_sub(1).filter(|&row| row < self.n_rows)?;
        Some((self.id(row), self.name(row).to_owned()))
    }

    fn candidate(&self, row: usize, exactness: Exactness) -> Candidate {
        let feature = self.listed(&self.features, FEATURE, row);
        let country = self.listed(&self.countries, COUNTRY, row);
        let own = || Some((self.id(row), self.name(row).to_owned()));
        // A division is its own first or second order.
        let admin1 = if feature == "ADM1" { own() } else { self.parent(ADMIN1, row) };
        let admin2 = if feature == "ADM2" { own() } else { self.parent(ADMIN2, row) };
        let (admin1_id, admin1) = admin1.unzip();
        let (admin2_id, admin2) = admin2.unzip();
        let point = self.point(row);
        Candidate {
            id: self.id(row),
            name: self.name(row).to_owned(),
            lat: point.map(|(lat, _)| lat),
            lon: point.map(|(_, lon)| lon),
            feature_code: feature.to_owned(),
            country: (!country.is_empty()).then(|| country.to_owned()),
            countries: if country.is_empty() { Vec::new() } else { vec![country.to_owned()] },
            admin1,
            admin1_id,
            admin2,
            admin2_id,
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
        let postings = self.bytes(POSTINGS);
        let mut at = (value >> 1) as usize;
        // Each entry has at least a byte, whatever a broken file claims.
        let count = read_varint(postings, &mut at).min(postings.len() as u64);
        let mut last = 0u64;
        for _ in 0..count {
            last = last.saturating_add(read_varint(postings, &mut at));
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

    /// Places of this very name in this file alone, the most exact first.
    pub fn named(&self, name: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        self.add_key(&name_key(name), Exactness::Primary, &mut found);
        finish(found)
    }

    fn add_fuzzy(&self, keys: &[String], countries: &[String], found: &mut Vec<Candidate>) {
        for key in keys {
            let mut rows: Vec<usize> = Vec::new();
            self.rows_of_key(key, |row, _| rows.push(row));
            for row in rows.into_iter().take(50) {
                if countries.iter().any(|country| country == self.listed(&self.countries, COUNTRY, row)) {
                    found.push(self.candidate(row, Exactness::Fuzzy));
                }
            }
        }
    }

    fn row_of_number(&self, number: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.n_rows);
        while low < high {
            let middle = (low + high) / 2;
            if self.word(IDS, middle) < number {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.n_rows && self.word(IDS, low) == number).then_some(low)
    }

    /// The place of an identifier with its prefix.
    pub fn get(&self, id: &str) -> Option<Candidate> {
        let rest = id.strip_prefix(self.prefix.as_str())?.strip_prefix(':')?;
        let row = if self.bytes(TEXT_ID_END).is_empty() {
            self.row_of_number(rest.parse().ok()?)?
        } else {
            // Rows with such identifiers are sorted by them.
            let (mut low, mut high) = (0, self.n_rows);
            while low < high {
                let middle = (low + high) / 2;
                if self.text(TEXT_ID_END, TEXT_IDS, middle) < rest {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            (low < self.n_rows && self.text(TEXT_ID_END, TEXT_IDS, low) == rest).then_some(low)?
        };
        Some(self.candidate(row, Exactness::Primary))
    }

    /// Whether every byte is as it was written. Reads the whole file, so it is asked by `gazetteer list` and not at every start; until then
    /// wrong bytes among the names may make a search panic.
    pub fn is_whole(&self) -> bool {
        match &*self.sections[0].store {
            // The built-in file is in the program and was read back when it was packed.
            Store::Memory(_) => true,
            Store::Mapped(bytes) => {
                let end = bytes.len() - IMPORT_END.len();
                let (content, hash) = bytes[..end].split_at(end - HASH_BYTES);
                Sha256::digest(content).as_slice() == hash
            }
        }
    }

    /// The first bytes of the hash of the file, as it says itself: `3f9a01bc77d2`. Empty for the built-in one.
    pub fn fingerprint(&self) -> String {
        match &*self.sections[0].store {
            Store::Memory(_) => String::new(),
            Store::Mapped(bytes) => {
                let hash_at = bytes.len() - IMPORT_END.len() - HASH_BYTES;
                bytes[hash_at..hash_at + 6].iter().map(|byte| format!("{byte:02x}")).collect()
            }
        }
    }

    /// How many names it can be searched by.
    pub fn n_names(&self) -> usize {
        self.names.len()
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

/// The built-in gazetteer, the hand-made regions, and what a user imported.
#[derive(Clone, Copy)]
pub struct Gazetteers {
    imported: &'static [Gazetteer],
}

impl Gazetteers {
    /// The imported files.
    pub fn imported(&self) -> &'static [Gazetteer] {
        self.imported
    }

    fn all(&self) -> impl Iterator<Item = &'static Gazetteer> {
        std::iter::once(Gazetteer::core()).chain(self.imported)
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
            ROUGH_PLACES.add_key(&key, &mut found);
        }
        if found.is_empty() && key.len() >= 4 {
            for variant in spelling_variants(&key) {
                self.add_key(&variant, Exactness::Variant, &mut found);
            }
        }
        finish(found)
    }

    fn add_key(&self, key: &str, worst: Exactness, found: &mut Vec<Candidate>) {
        Gazetteer::core().add_key(key, worst, found);
        for gazetteer in self.imported {
            let mut more = Vec::new();
            gazetteer.add_key(key, worst, &mut more);
            // Files tell of the same towns; the first file that has a town keeps it.
            more.retain(|candidate| !found.iter().any(|known| is_same_place(known, candidate)));
            found.extend(more);
        }
    }

    /// Places within one letter of a name of six letters or more, in the given countries (ISO 3166-1 alpha-3).
    pub fn lookup_fuzzy(&self, name: &str, countries: &[String]) -> Vec<Candidate> {
        let key = name_key(name);
        let mut found: Vec<Candidate> = Vec::new();
        if key.len() < 6 {
            return found;
        }
        let keys = keys_at_distance_one(&key);
        for gazetteer in self.all() {
            gazetteer.add_fuzzy(&keys, countries, &mut found);
        }
        finish(found)
    }

    /// Whether a place has this very name, up to case, marks, spaces and hyphens.
    pub(crate) fn holds_key(&self, key: &str) -> bool {
        self.all().any(|gazetteer| gazetteer.names.contains_key(key.as_bytes()))
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
        if id.starts_with(ROUGH) {
            return ROUGH_PLACES.all.iter().find(|place| place.id == id).cloned();
        }
        self.all().find_map(|gazetteer| gazetteer.get(id))
    }

    /// The file that holds a place, by its identifier; none for the regions.
    pub fn holder(&self, id: &str) -> Option<&'static Gazetteer> {
        self.all().find(|gazetteer| gazetteer.get(id).is_some())
    }

    /// The most likely place of a name without any context.
    pub fn best(&self, name: &str) -> Option<Candidate> {
        self.best_where(name, |_| true)
    }

    /// The most likely place of a name among those that fit.
    pub fn best_where(&self, name: &str, fits: impl Fn(&Candidate) -> bool) -> Option<Candidate> {
        let key = name_key(name.trim());
        let prior = |place: &Candidate| crate::resolve::prior(place, &key);
        let fitting = self.lookup(name).into_iter().filter(|place| fits(place));
        fitting.max_by(|a, b| prior(a).total_cmp(&prior(b)).then_with(|| b.id.cmp(&a.id)))
    }
}

/// Whether two files tell of the same settlement or division: same country, points within 5 km (divisions: 60 km).
fn is_same_place(a: &Candidate, b: &Candidate) -> bool {
    if a.id == b.id {
        return true;
    }
    let settlement = |candidate: &Candidate| candidate.feature_code.starts_with("PPL");
    let reach = if settlement(a) && settlement(b) {
        5.0
    } else if a.feature_code == b.feature_code && a.feature_code.starts_with("ADM") {
        60.0
    } else {
        return false;
    };
    let point = |candidate: &Candidate| candidate.lat.zip(candidate.lon);
    a.country == b.country && point(a).zip(point(b)).is_some_and(|(a, b)| crate::resolve::kilometers(a, b) <= reach)
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
