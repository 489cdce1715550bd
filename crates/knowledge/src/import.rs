//! Makes a gazetteer file out of what a user has: GeoNames dumps, CSV tables, GeoJSON, Who's On First folders.
//!
//! The file holds the same sections as the built-in gazetteer, uncompressed, so that it is mapped and searched where it lies: names as an
//! `fst` map, fixed-width columns sorted by identifier, a heap of names. A reader that meets a bad row names it by its line; the caller
//! decides whether the rest is written. Memory: some 60 bytes a row and 25 a name, so that 25 million names fit in 2 GB.

use crate::countries::Country;
use crate::gazetteer::{CORE_PARENT, Gazetteer};
use crate::key::name_key;
use crate::pack::push_varint;
use crate::resolve::is_facility;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Write};

/// First bytes of an imported gazetteer.
pub const IMPORT_MAGIC: &[u8; 8] = b"CCGAZ\x003\n";
/// Last bytes of a whole one.
pub const IMPORT_END: &[u8; 8] = b"CCGAZEND";

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file, from 1; of a GeoJSON collection the number of the feature.
    pub line: u64,
    /// Why.
    pub why: String,
}

/// A place as a table or a GeoJSON feature tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPlace {
    /// Identifier; by default the number of the row.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other names.
    pub alternates: Vec<String>,
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Country: ISO 3166-1 alpha-2, alpha-3 or name.
    pub country: String,
    /// GeoNames feature code, or a word such as `village`, `camp`, `airport`.
    pub feature: String,
    /// Name of the first-order division.
    pub admin1: String,
    /// Name of the second-order division.
    pub admin2: String,
    /// Inhabitants.
    pub population: u32,
}

/// Where a file comes from; written into its header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the gazetteer: small letters, digits and hyphens.
    pub name: String,
    /// Who made it.
    pub source: String,
    /// Under which terms.
    pub license: String,
    /// Date of the import, YYYY-MM-DD.
    pub built: String,
}

#[derive(Clone, Copy)]
enum Parent {
    None,
    /// Index into `codes`.
    Code(u32),
    /// GeoNames id of the built-in gazetteer.
    Core(u32),
}

struct Row {
    id: u32,
    /// Line of the dump.
    line: u32,
    name_at: u32,
    name_len: u16,
    country: u16,
    feature: u16,
    lat: i32,
    lon: i32,
    population: u32,
    admin1: Parent,
    admin2: Parent,
}

struct Name {
    key_at: u32,
    row: u32,
    key_len: u8,
    primary: bool,
}

/// Numbers for texts that come again and again.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    index: HashMap<String, u32>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.index.get(text) {
            return at;
        }
        let at = self.all.len() as u32;
        self.all.push(text.to_owned());
        self.index.insert(text.to_owned(), at);
        at
    }
}

/// Gathers places and writes them as one file.
#[derive(Default)]
pub struct Importer {
    rows: Vec<Row>,
    heap: Vec<u8>,
    names: Vec<Name>,
    keys: Vec<u8>,
    countries: Texts,
    features: Texts,
    /// Codes of divisions ("KG.03", "KG.03.1") that rows lie in.
    codes: Texts,
    /// Rows that are the division of a code.
    division_rows: HashMap<u32, u32>,
    /// GeoNames ids of codes, from GeoNames' lists of codes.
    listed: HashMap<String, u32>,
    /// Identifiers that are no numbers, by row; empty when all are numbers.
    text_ids: Vec<String>,
    seen_ids: HashMap<String, u64>,
    /// Rows that cannot be taken, at most 1,000 of them with their reasons.
    pub bad: Vec<BadRow>,
    /// How many rows cannot be taken.
    pub n_bad: u64,
    /// Rows that were left out because of their kind.
    pub n_left_out: u64,
}

/// Feature codes of land and water outside the classes A, P and L that news of conflicts names.
const LANDFORMS: &[&str] = &["ISL", "ISLS", "LK", "MT", "MTS", "PASS", "PEN", "PLN", "PT", "RSV", "STM", "VAL"];

/// Words for kinds of places and their GeoNames feature codes.
const KINDS: &[(&str, &str)] = &[
    ("city", "PPL"),
    ("town", "PPL"),
    ("village", "PPL"),
    ("settlement", "PPL"),
    ("locality", "PPL"),
    ("hamlet", "PPL"),
    ("populated place", "PPL"),
    ("capital", "PPLC"),
    ("neighbourhood", "PPLX"),
    ("neighborhood", "PPLX"),
    ("quarter", "PPLX"),
    ("borough", "PPLX"),
    ("suburb", "PPLX"),
    ("macrohood", "PPLX"),
    ("1", "ADM1"),
    ("2", "ADM2"),
    ("3", "ADM3"),
    ("n", "PPLX"),
    ("adm1", "ADM1"),
    ("adm2", "ADM2"),
    ("province", "ADM1"),
    ("state", "ADM1"),
    ("governorate", "ADM1"),
    ("oblast", "ADM1"),
    ("region", "ADM1"),
    ("district", "ADM2"),
    ("county", "ADM2"),
    ("raion", "ADM2"),
    ("macrocounty", "ADM2"),
    ("localadmin", "ADM3"),
    ("commune", "ADM3"),
    ("country", "PCLI"),
    ("dependency", "PCLD"),
    ("camp", "CMP"),
    ("refugee camp", "CMPRF"),
    ("airport", "AIRP"),
    ("airfield", "AIRF"),
    ("air base", "AIRB"),
    ("bridge", "BDG"),
    ("border crossing", "PSTB"),
    ("crossing", "PSTB"),
    ("border post", "PSTB"),
    ("dam", "DAM"),
    ("base", "MILB"),
    ("military base", "MILB"),
    ("hospital", "HSP"),
    ("port", "PRT"),
    ("market", "MKT"),
    ("prison", "PRN"),
    ("mine", "MN"),
    ("power station", "PS"),
    ("refinery", "OILR"),
    ("mountain", "MT"),
    ("river", "STM"),
    ("lake", "LK"),
    ("island", "ISL"),
    ("campus", "UNIV"),
];

/// The feature code of a code or word; `PPL` for an empty cell, none for a word that is not known.
fn feature_code(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if cell.is_empty() || cell == "L" {
        return Some("PPL".to_owned());
    }
    let lower = cell.to_lowercase().replace('_', " ");
    if let Some((_, code)) = KINDS.iter().find(|(word, _)| *word == lower) {
        return Some((*code).to_owned());
    }
    let code = cell.len() <= 6
        && cell.len() >= 2
        && cell.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && cell.starts_with(|c: char| c.is_ascii_uppercase());
    code.then(|| cell.to_owned())
}

fn country_code(cell: &str) -> Option<&'static str> {
    let cell = cell.trim();
    let by_code = Country::all().iter().find(|country| country.iso2 == cell || country.iso3 == cell);
    by_code.or_else(|| Country::by_name(cell)).map(|country| country.iso3)
}

fn degrees(value: f64, most: f64) -> Option<i32> {
    (value.is_finite() && value.abs() <= most).then(|| (value * 1e5).round() as i32)
}

/// A number of inhabitants; 0 for an empty cell, none for what is no number.
fn inhabitants(cell: &str) -> Option<u32> {
    if cell.is_empty() {
        return Some(0);
    }
    // Some tables write whole numbers as 1200.0. A float too large for the type becomes its largest value.
    cell.parse::<f64>().ok().filter(|count| count.is_finite() && *count >= 0.0).map(|count| count as u32)
}

/// Whether an alternate name is worth keeping: no link, no code, no number.
fn keeps(name: &str) -> bool {
    let n_chars = name.chars().count();
    (2..=80).contains(&n_chars)
        && !name.contains("://")
        && !name.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
        // Airport codes look like names of three capitals.
        && !(n_chars <= 4 && name.chars().all(|c| c.is_ascii_uppercase()))
}

impl Importer {
    /// An importer without places.
    pub fn new() -> Importer {
        Importer::default()
    }

    /// How many places were taken.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none was taken.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn refuse(&mut self, line: u64, why: impl Into<String>) {
        self.n_bad += 1;
        if self.bad.len() < 1000 {
            self.bad.push(BadRow { line, why: why.into() });
        }
    }

    fn add_name(&mut self, name: &str, row: u32, primary: bool) {
        let key = name_key(name);
        if !(2..=100).contains(&key.len()) {
            return;
        }
        // A row tells the same key more than once: name, ASCII name, spellings.
        let again = self.names.iter().rev().take_while(|other| other.row == row).any(|other| {
            let at = other.key_at as usize;
            &self.keys[at..at + usize::from(other.key_len)] == key.as_bytes()
        });
        if !again {
            let key_at = self.keys.len() as u32;
            self.keys.extend_from_slice(key.as_bytes());
            self.names.push(Name { key_at, row, key_len: key.len() as u8, primary });
        }
    }

    fn push(&mut self, mut row: Row, name: &str, alternates: &mut dyn Iterator<Item = &str>) -> u32 {
        let index = self.rows.len() as u32;
        let mut end = name.len().min(400);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        row.name_at = self.heap.len() as u32;
        row.name_len = end as u16;
        self.heap.extend_from_slice(&name.as_bytes()[..end]);
        self.add_name(name, index, true);
        for alternate in alternates.filter(|name| keeps(name)) {
            self.add_name(alternate, index, false);
        }
        self.rows.push(row);
        index
    }

    /// Reads lines as UTF-8; a line that is not is refused by its number, and so is a file that ends in the middle of one.
    fn lines(&mut self, mut input: impl BufRead, mut each: impl FnMut(&mut Importer, u64, &str)) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut line = 0;
        loop {
            bytes.clear();
            if input.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(());
            }
            line += 1;
            while bytes.last().is_some_and(|&byte| byte == b'\n' || byte == b'\r') {
                bytes.pop();
            }
            if bytes.len() > 1_000_000 {
                self.refuse(line, "the line is longer than 1 MB");
                continue;
            }
            let start = if line == 1 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            match std::str::from_utf8(&bytes[start..]) {
                Ok("") => {}
                Ok(text) => each(self, line, text),
                Err(error) => self.refuse(line, format!("not UTF-8 at byte {}", error.valid_up_to() + 1)),
            }
        }
    }

    /// Reads `admin1CodesASCII.txt` or `admin2Codes.txt`: code, name, ASCII name, GeoNames id. Call it before the places.
    pub fn read_division_codes(&mut self, input: impl BufRead) -> io::Result<()> {
        self.lines(input, |importer, line, text| {
            let cells: Vec<&str> = text.split('\t').collect();
            match (cells.len(), cells.get(3).and_then(|cell| cell.parse::<u32>().ok())) {
                (4, Some(id)) => {
                    importer.listed.insert(cells[0].to_owned(), id);
                }
                (4, None) => importer.refuse(line, format!("`{}` is no GeoNames id", cells[3])),
                (n, _) => importer.refuse(line, format!("{n} columns where a list of division codes has 4")),
            }
        })
    }

    /// Reads a GeoNames dump of 19 columns (`allCountries.txt`, `KG.txt`, `cities500.txt`).
    ///
    /// `classes` are the feature classes that are taken whole, by default `APL`; of the others, facilities, islands, mountains, rivers and the like
    /// are taken (<https://download.geonames.org/export/dump/readme.txt>).
    pub fn read_geonames(&mut self, input: impl BufRead, classes: &str) -> io::Result<()> {
        self.lines(input, |importer, line, text| importer.geonames_row(line, text, classes))
    }

    fn geonames_row(&mut self, line: u64, text: &str, classes: &str) {
        let mut cells = [""; 19];
        let mut n_cells = 0;
        for cell in text.split('\t') {
            if n_cells < 19 {
                cells[n_cells] = cell;
            }
            n_cells += 1;
        }
        if n_cells != 19 {
            return self.refuse(line, format!("{n_cells} columns where a GeoNames dump has 19"));
        }
        let [id, name, ascii, alternates, lat, lon, class, feature, country, _, admin1, admin2, _, _, population, ..] =
            cells;
        let Ok(id) = id.parse::<u32>() else { return self.refuse(line, format!("`{id}` is no GeoNames id")) };
        let point = lat.parse::<f64>().ok().and_then(|lat| degrees(lat, 90.0));
        let point = point.zip(lon.parse::<f64>().ok().and_then(|lon| degrees(lon, 180.0)));
        let Some((lat, lon)) = point else {
            return self.refuse(line, format!("`{lat}`, `{lon}` is no point on the globe"));
        };
        if name.is_empty() {
            return self.refuse(line, "no name");
        }
        let class_taken = class.chars().next().is_some_and(|class| classes.contains(class));
        // Former, planned and abandoned places are not where news happens, except abandoned villages.
        if !(class_taken || is_facility(feature) || LANDFORMS.contains(&feature))
            || feature.ends_with('H') && class == "A"
        {
            self.n_left_out += 1;
            return;
        }
        let iso3 = match Country::all().iter().find(|other| other.iso2 == country) {
            Some(country) => country.iso3,
            // Undersea features and some islands have no country.
            None if country.is_empty() => "",
            None => return self.refuse(line, format!("`{country}` is no ISO 3166-1 alpha-2 code")),
        };
        let first = if admin1.is_empty() || admin1 == "00" { None } else { Some(format!("{country}.{admin1}")) };
        let second = first.as_ref().filter(|_| !admin2.is_empty()).map(|first| format!("{first}.{admin2}"));
        let code = |texts: &mut Texts, code: Option<&String>| match code {
            Some(code) => Parent::Code(texts.number(code)),
            None => Parent::None,
        };
        let (parent1, parent2) = (code(&mut self.codes, first.as_ref()), code(&mut self.codes, second.as_ref()));
        let row = Row {
            id,
            line: line as u32,
            name_at: 0,
            name_len: 0,
            country: self.countries.number(iso3) as u16,
            feature: self.features.number(if feature.is_empty() { class } else { feature }) as u16,
            lat,
            lon,
            population: population.parse::<u64>().unwrap_or(0).min(u64::from(u32::MAX)) as u32,
            admin1: parent1,
            admin2: parent2,
        };
        let mut others = std::iter::once(ascii).chain(alternates.split(','));
        let index = self.push(row, name, &mut others);
        let own = match feature {
            "ADM1" => parent1,
            "ADM2" => parent2,
            _ => Parent::None,
        };
        if let Parent::Code(code) = own {
            self.division_rows.insert(code, index);
            // A division is written without its generic word, too.
            if let Some(rest) = crate::pack::without_division_word(ascii) {
                self.add_name(rest, index, true);
            }
        }
    }

    /// Reads `alternateNamesV2.txt` for places that were read before: languages, links and postal codes are told apart by their tags.
    pub fn read_alternate_names(&mut self, input: impl BufRead) -> io::Result<()> {
        let row_of: HashMap<u32, u32> =
            self.rows.iter().enumerate().map(|(index, row)| (row.id, index as u32)).collect();
        self.lines(input, |importer, line, text| {
            let cells: Vec<&str> = text.split('\t').collect();
            if !(8..=10).contains(&cells.len()) {
                return importer.refuse(line, format!("{} columns where alternateNamesV2 has 10", cells.len()));
            }
            let (language, name) = (cells[2], cells[3]);
            let tag = matches!(
                language,
                "link" | "post" | "iata" | "icao" | "faac" | "unlc" | "wkdt" | "phon" | "abbr" | "tcid"
            );
            if let Some(&row) = cells[1].parse::<u32>().ok().and_then(|id| row_of.get(&id))
                && !tag
                && keeps(name)
            {
                importer.add_name(name, row, false);
            }
        })
    }

    /// Takes one place of a table or a collection.
    pub fn add(&mut self, line: u64, place: NewPlace) {
        if place.name.trim().is_empty() {
            return self.refuse(line, "no name");
        }
        let (Some(lat), Some(lon)) = (degrees(place.lat, 90.0), degrees(place.lon, 180.0)) else {
            return self.refuse(line, format!("`{}`, `{}` is no point on the globe", place.lat, place.lon));
        };
        let Some(iso3) = country_code(&place.country) else {
            return self.refuse(line, format!("`{}` is no country", place.country));
        };
        let Some(feature) = feature_code(&place.feature) else {
            return self.refuse(line, format!("`{}` is no kind of place and no GeoNames feature code", place.feature));
        };
        let id = if place.id.is_empty() { line.to_string() } else { place.id.clone() };
        if id.chars().any(char::is_control) || id.len() > 200 {
            return self.refuse(line, "the identifier is no plain text of at most 200 bytes");
        }
        if let Some(first) = self.seen_ids.get(&id) {
            return self.refuse(line, format!("the identifier `{id}` is already on line {first}"));
        }
        self.seen_ids.insert(id.clone(), line);
        let division = |name: &str, order: &str| -> Option<u32> {
            let candidates = Gazetteer::core().named(name);
            let found = candidates
                .into_iter()
                .find(|candidate| candidate.feature_code == order && candidate.country.as_deref() == Some(iso3))?;
            found.id.strip_prefix("geonames:")?.parse().ok()
        };
        let parent = |name: &str, order: &str| division(name, order).map_or(Parent::None, Parent::Core);
        let row = Row {
            id: 0,
            line: line as u32,
            name_at: 0,
            name_len: 0,
            country: self.countries.number(iso3) as u16,
            feature: self.features.number(&feature) as u16,
            lat,
            lon,
            population: place.population,
            admin1: parent(&place.admin1, "ADM1"),
            admin2: parent(&place.admin2, "ADM2"),
        };
        let mut alternates = place.alternates.iter().map(String::as_str);
        self.push(row, place.name.trim(), &mut alternates);
        self.text_ids.push(id);
    }

    /// Reads one file of many, such as a feature of a folder: what is bad in it is named by the file.
    pub fn read_file(&mut self, file: &str, text: &str, columns: &BTreeMap<String, String>) {
        let n_known = self.bad.len();
        if let Err(why) = self.read_geojson(text, columns) {
            self.refuse(1, why);
        }
        for bad in self.bad.iter_mut().skip(n_known) {
            bad.why = format!("`{file}`: {}", bad.why);
        }
    }

    /// Writes the file: header, sections, where they lie, SHA-256 of all that. Ask for [`Importer::duplicate_ids`] before.
    ///
    /// # Errors
    /// The error of the output; `InvalidData` for what the layout cannot hold.
    pub fn write(mut self, origin: &Origin, output: &mut impl Write) -> io::Result<()> {
        let invalid = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
        let most = u32::MAX as usize;
        if self.countries.all.len() > 65_536
            || self.features.all.len() > 65_536
            || self.heap.len() > most
            || self.keys.len() > most
            || self.rows.len() >= CORE_PARENT as usize
        {
            return Err(invalid("too many places or names for one gazetteer; import the dump in parts"));
        }
        let textual = !self.text_ids.is_empty();
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        if textual {
            order.sort_unstable_by(|&a, &b| self.text_ids[a as usize].cmp(&self.text_ids[b as usize]));
        } else {
            order.sort_unstable_by_key(|&row| self.rows[row as usize].id);
        }
        let mut rank = vec![0u32; self.rows.len()];
        for (new, &old) in order.iter().enumerate() {
            rank[old as usize] = new as u32;
        }
        let prefix = if textual { origin.name.as_str() } else { "geonames" };
        let header: String = [
            ("name", origin.name.as_str()),
            ("prefix", prefix),
            ("source", origin.source.as_str()),
            ("license", origin.license.as_str()),
            ("built", origin.built.as_str()),
        ]
        .map(|(key, value)| format!("{key}\t{}\n", value.replace(['\n', '\t'], " ")))
        .concat();
        let mut output = Counted { output, n_bytes: 0, hash: Sha256::new() };
        output.write_all(IMPORT_MAGIC)?;
        output.write_all(&(header.len() as u32).to_le_bytes())?;
        output.write_all(header.as_bytes())?;

        // Names, in order of their keys; several rows of one key share a posting list.
        let keys = std::mem::take(&mut self.keys);
        let mut names = std::mem::take(&mut self.names);
        let key = |name: &Name| &keys[name.key_at as usize..name.key_at as usize + usize::from(name.key_len)];
        names.sort_unstable_by(|a, b| key(a).cmp(key(b)));
        let mut postings: Vec<u8> = vec![0];
        let names_at = output.n_bytes;
        let mut map = fst::MapBuilder::new(&mut output).map_err(io::Error::other)?;
        let mut entries: Vec<u64> = Vec::new();
        for same in names.chunk_by(|a, b| key(a) == key(b)) {
            entries.clear();
            entries.extend(same.iter().map(|name| u64::from(rank[name.row as usize]) << 1 | u64::from(name.primary)));
            entries.sort_unstable();
            let value = if let [entry] = entries[..] {
                entry << 1 | 1
            } else {
                let offset = postings.len() as u64;
                push_varint(&mut postings, entries.len() as u64);
                let mut last = 0;
                for &entry in &entries {
                    push_varint(&mut postings, entry - last);
                    last = entry;
                }
                offset << 1
            };
            map.insert(key(&same[0]), value).map_err(io::Error::other)?;
        }
        map.finish().map_err(io::Error::other)?;
        drop((names, keys));
        let mut ranges: Vec<(u64, u64)> = vec![(names_at, output.n_bytes)];

        let parent = |parent: Parent| match parent {
            Parent::None => 0,
            Parent::Core(id) => id | CORE_PARENT,
            Parent::Code(code) => match self.division_rows.get(&code) {
                Some(&row) => rank[row as usize] + 1,
                None => self.listed.get(&self.codes.all[code as usize]).map_or(0, |id| id | CORE_PARENT),
            },
        };
        let rows = || order.iter().map(|&row| &self.rows[row as usize]);
        let heap = |row: &Row| &self.heap[row.name_at as usize..row.name_at as usize + usize::from(row.name_len)];
        output.section(&mut ranges, std::iter::once(&postings))?;
        output.section(&mut ranges, rows().map(|row| row.id.to_le_bytes()))?;
        output.section(&mut ranges, rows().map(|row| row.lat.to_le_bytes()))?;
        output.section(&mut ranges, rows().map(|row| row.lon.to_le_bytes()))?;
        output.section(&mut ranges, rows().map(|row| row.population.to_le_bytes()))?;
        output.section(&mut ranges, rows().map(|row| parent(row.admin1).to_le_bytes()))?;
        output.section(&mut ranges, rows().map(|row| parent(row.admin2).to_le_bytes()))?;
        output.section(&mut ranges, ends(rows().map(|row| usize::from(row.name_len))))?;
        output.section(&mut ranges, rows().map(|row| row.country.to_le_bytes()))?;
        output.section(&mut ranges, rows().map(|row| row.feature.to_le_bytes()))?;
        output.section(&mut ranges, rows().map(heap))?;
        output.section(&mut ranges, std::iter::once(self.countries.all.join("\n").as_bytes()))?;
        output.section(&mut ranges, std::iter::once(self.features.all.join("\n").as_bytes()))?;
        let text_ids = || order.iter().filter(|_| textual).map(|&row| self.text_ids[row as usize].as_bytes());
        output.section(&mut ranges, ends(text_ids().map(<[u8]>::len)))?;
        output.section(&mut ranges, text_ids())?;
        for (from, to) in ranges {
            output.write_all(&from.to_le_bytes())?;
            output.write_all(&to.to_le_bytes())?;
        }
        let hash = output.hash.clone().finalize();
        output.write_all(&hash)?;
        output.write_all(IMPORT_END)?;
        output.flush()
    }

    /// Rows of a dump whose identifier came on an earlier line; at most 20. Tables are asked row by row instead.
    pub fn duplicate_ids(&self) -> Vec<BadRow> {
        if !self.text_ids.is_empty() {
            return Vec::new();
        }
        let mut ids: Vec<(u32, u32)> = self.rows.iter().map(|row| (row.id, row.line)).collect();
        ids.sort_unstable();
        let again = ids.windows(2).filter(|pair| pair[0].0 == pair[1].0).take(20);
        again
            .map(|pair| BadRow {
                line: u64::from(pair[1].1),
                why: format!("the identifier `{}` is already on line {}", pair[1].0, pair[0].1),
            })
            .collect()
    }
}

struct Counted<'o, W: Write> {
    output: &'o mut W,
    n_bytes: u64,
    hash: Sha256,
}

/// Where each of the pieces ends in a heap.
fn ends(lengths: impl Iterator<Item = usize>) -> impl Iterator<Item = [u8; 4]> {
    lengths.scan(0u32, |end, length| {
        *end += length as u32;
        Some(end.to_le_bytes())
    })
}

impl<W: Write> Counted<'_, W> {
    /// Writes a section and notes where it lies.
    fn section(
        &mut self,
        ranges: &mut Vec<(u64, u64)>,
        pieces: impl Iterator<Item = impl AsRef<[u8]>>,
    ) -> io::Result<()> {
        let from = self.n_bytes;
        for piece in pieces {
            self.write_all(piece.as_ref())?;
        }
        ranges.push((from, self.n_bytes));
        Ok(())
    }
}

impl<W: Write> Write for Counted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_bytes = self.output.write(bytes)?;
        self.n_bytes += n_bytes as u64;
        self.hash.update(&bytes[..n_bytes]);
        Ok(n_bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Columns of a table of places; `name`, `lat`, `lon` and `country` must be there.
pub const PLACE_COLUMNS: &[&str] =
    &["id", "name", "alternates", "lat", "lon", "country", "feature", "admin1", "admin2", "population"];

/// Reads a table with a header line; the separator is the commonest of comma, tab and semicolon in it. `columns` maps our names to those of the header.
///
/// Each row comes as its line and its cells in the order of `wanted`; a missing column gives empty cells. A row that cannot be read comes as the
/// reason.
///
/// # Errors
/// The error of the input, or a header that lacks a column of `needed`.
pub fn read_table(
    mut input: impl BufRead,
    columns: &BTreeMap<String, String>,
    wanted: &[&str],
    needed: &[&str],
    mut each: impl FnMut(u64, Result<Vec<&str>, String>),
) -> Result<(), String> {
    let start = input.fill_buf().map_err(|error| error.to_string())?;
    let skipped = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    input.consume(skipped);
    let start = input.fill_buf().map_err(|error| error.to_string())?;
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let separator = [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|separator| line.iter().filter(|byte| *byte == separator).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(input);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let position = |name: &&str| {
        let written = columns.get(*name).map_or(*name, String::as_str);
        header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(written))
    };
    if let Some(missing) = needed.iter().find(|name| position(name).is_none()) {
        let written = columns.get(*missing).map_or(*missing, String::as_str);
        return Err(format!(
            "the header has no column `{written}`; it has: {}",
            header.iter().collect::<Vec<_>>().join(", ")
        ));
    }
    let positions: Vec<Option<usize>> = wanted.iter().map(position).collect();
    let n_columns = header.len();
    let mut record = csv::StringRecord::new();
    let mut line = 1;
    loop {
        let read = reader.read_record(&mut record);
        match read {
            Ok(false) => return Ok(()),
            Ok(true) => {
                line = record.position().map_or(line + 1, csv::Position::line);
                if record.len() == n_columns {
                    let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
                    each(line, Ok(positions.iter().map(cell).collect()));
                } else {
                    each(line, Err(format!("{} columns where the header has {n_columns}", record.len())));
                }
            }
            Err(error) => {
                line = error.position().map_or(line + 1, csv::Position::line);
                match error.kind() {
                    csv::ErrorKind::Utf8 { .. } => each(line, Err("not UTF-8".to_owned())),
                    _ => return Err(error.to_string()),
                }
            }
        }
    }
}

impl Importer {
    /// Reads a table of places; see [`PLACE_COLUMNS`] and [`read_table`].
    ///
    /// # Errors
    /// As [`read_table`].
    pub fn read_places(&mut self, input: impl BufRead, columns: &BTreeMap<String, String>) -> Result<(), String> {
        let needed = ["name", "lat", "lon", "country"];
        read_table(input, columns, PLACE_COLUMNS, &needed, |line, cells| {
            let cells = match cells {
                Ok(cells) => cells,
                Err(why) => return self.refuse(line, why),
            };
            let [id, name, alternates, lat, lon, country, feature, admin1, admin2, population] = cells[..] else {
                return;
            };
            let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else {
                return self.refuse(line, format!("`{lat}`, `{lon}` are no degrees"));
            };
            let Some(population) = inhabitants(population) else {
                return self.refuse(line, format!("`{population}` is no number of inhabitants"));
            };
            self.add(
                line,
                NewPlace {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    alternates: alternates.split('|').map(|name| name.trim().to_owned()).collect(),
                    lat,
                    lon,
                    country: country.to_owned(),
                    feature: feature.to_owned(),
                    admin1: admin1.to_owned(),
                    admin2: admin2.to_owned(),
                    population,
                },
            );
        })
    }

    /// Reads GeoJSON: a collection of features, or one feature a line.
    ///
    /// # Errors
    /// What is wrong with the text as JSON.
    pub fn read_geojson(&mut self, text: &str, columns: &BTreeMap<String, String>) -> Result<(), String> {
        let take = |importer: &mut Importer, number: u64, feature: &serde_json::Value| {
            if is_left_out(feature) {
                importer.n_left_out += 1;
                return;
            }
            match place_of_feature(feature, columns) {
                Ok(place) => importer.add(number, place),
                Err(why) => importer.refuse(number, why),
            }
        };
        let whole: Result<serde_json::Value, _> = serde_json::from_str(text);
        match whole {
            Ok(value) => match value.get("features").and_then(|features| features.as_array()) {
                Some(features) => {
                    for (at, feature) in features.iter().enumerate() {
                        take(self, at as u64 + 1, feature);
                    }
                }
                None => take(self, self.rows.len() as u64 + self.n_bad + 1, &value),
            },
            Err(error) if text.lines().filter(|line| !line.trim().is_empty()).count() < 2 => {
                return Err(error.to_string());
            }
            Err(error) => {
                let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
                for (at, line) in lines {
                    match serde_json::from_str::<serde_json::Value>(line) {
                        Ok(feature) => take(self, at as u64 + 1, &feature),
                        // The first line tells whether this is one feature a line at all.
                        Err(_) if at == 0 => return Err(error.to_string()),
                        Err(error) => self.refuse(at as u64 + 1, error.to_string()),
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether a Who's On First feature is no place for us: given up, or of a kind such as venue, postal code or time zone.
///
/// <https://github.com/whosonfirst/whosonfirst-properties>: dates that are not known are empty or `uuuu`.
fn is_left_out(feature: &serde_json::Value) -> bool {
    let text = |key: &str| feature.get("properties")?.get(key)?.as_str();
    let ended = |key: &str| text(key).is_some_and(|date| !date.is_empty() && !date.starts_with('u'));
    text("wof:placetype").is_some_and(|kind| feature_code(kind).is_none())
        || ended("edtf:deprecated")
        || ended("edtf:superseded")
}

/// Places of a Who's On First feature or of a plain GeoJSON feature.
///
/// Plain features name their columns as tables do (`name`, `country`, ...); Who's On First ones have `wof:` and `name:` properties.
pub fn place_of_feature(feature: &serde_json::Value, columns: &BTreeMap<String, String>) -> Result<NewPlace, String> {
    let properties = feature.get("properties").and_then(|value| value.as_object()).ok_or("no properties")?;
    let text = |key: &str| -> String {
        match properties.get(key) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    };
    let wof = properties.contains_key("wof:id");
    let column = |name: &str| columns.get(name).map_or(name, String::as_str).to_owned();
    let mut place = if wof {
        let mut alternates = Vec::new();
        for (_, value) in properties.iter().filter(|(key, _)| key.starts_with("name:")) {
            alternates
                .extend(value.as_array().into_iter().flatten().filter_map(|name| name.as_str()).map(str::to_owned));
        }
        let population =
            ["wof:population", "gn:population", "qs:pop"].iter().map(|key| text(key)).find(|cell| !cell.is_empty());
        NewPlace {
            id: text("wof:id"),
            name: text("wof:name"),
            alternates,
            country: text("wof:country"),
            feature: text("wof:placetype"),
            population: population.and_then(|cell| inhabitants(&cell)).unwrap_or(0),
            ..NewPlace::default()
        }
    } else {
        NewPlace {
            id: text(&column("id")),
            name: text(&column("name")),
            alternates: text(&column("alternates")).split('|').map(|name| name.trim().to_owned()).collect(),
            country: text(&column("country")),
            feature: text(&column("feature")),
            admin1: text(&column("admin1")),
            admin2: text(&column("admin2")),
            population: inhabitants(&text(&column("population"))).ok_or("the population is no number")?,
            ..NewPlace::default()
        }
    };
    if place.id.is_empty() {
        place.id = match feature.get("id") {
            Some(serde_json::Value::String(id)) => id.clone(),
            Some(serde_json::Value::Number(id)) => id.to_string(),
            _ => String::new(),
        };
    }
    let told = text("geom:latitude").parse::<f64>().ok().zip(text("geom:longitude").parse::<f64>().ok());
    let (lat, lon) = told.filter(|_| wof).or_else(|| middle(feature.get("geometry")?)).ok_or("no point and no area")?;
    (place.lat, place.lon) = (lat, lon);
    Ok(place)
}

/// A point, or the middle of the box around all points of a geometry (RFC 7946: longitude first).
fn middle(geometry: &serde_json::Value) -> Option<(f64, f64)> {
    fn walk(value: &serde_json::Value, points: &mut Vec<(f64, f64)>, depth: usize) {
        let Some(list) = value.as_array() else { return };
        if let [lon, lat, ..] = list.as_slice()
            && let (Some(lon), Some(lat)) = (lon.as_f64(), lat.as_f64())
        {
            points.push((lat, lon));
        } else if depth < 8 {
            list.iter().for_each(|inner| walk(inner, points, depth + 1));
        }
    }
    let mut points = Vec::new();
    walk(geometry.get("coordinates")?, &mut points, 0);
    let bounds = |pick: fn(&(f64, f64)) -> f64| {
        points
            .iter()
            .map(pick)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (south, north) = bounds(|point| point.0);
    let (west, east) = bounds(|point| point.1);
    (!points.is_empty()).then_some(((south + north) / 2.0, (west + east) / 2.0))
}
