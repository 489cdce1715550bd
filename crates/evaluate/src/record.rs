//! Records of gold sets: one JSON object a line, or a story with its gold beside it.

use crate::{EvaluateError, own};
use counterclaim_schema::{CodePoints, Document, Span};
use serde_json::Value;
use std::fmt;
use std::path::{Path, PathBuf};

/// One text of a set with whatever else its line holds.
#[derive(Debug, Clone)]
pub struct Record {
    /// Identifier.
    pub id: String,
    /// The text to which offsets refer.
    pub text: String,
    /// The whole line; for a story its gold.
    pub value: Value,
}

impl Record {
    /// The document date, if the record tells one. Of `meta` an answer may use nothing else but, for toponyms, the address.
    pub fn date(&self) -> Option<&str> {
        let meta = self.value.get("meta")?;
        let told = meta.get("dct").or_else(|| meta.get("date"))?.as_str()?;
        told.get(..10)
    }

    /// The text as a document that is all story, with its date.
    pub fn document(&self) -> Document {
        counterclaim_ingest::plain_document(&self.id, &self.text, self.date())
    }

    /// The text as one paragraph, for sets whose records are sentences.
    pub fn paragraph(&self) -> Span {
        Span::new(0, self.text.len()).trim(&self.text)
    }

    /// The spans of the record, of one type if asked.
    pub fn spans(&self, of_type: Option<&str>) -> Vec<&Value> {
        let all = self.value.get("spans").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|span| of_type.is_none_or(|wanted| text_of(span, "type") == Some(wanted))).collect()
    }

    /// Number of code points.
    pub fn length(&self) -> u32 {
        CodePoints::new(&self.text).of_byte(self.text.len())
    }
}

/// A string under a key.
pub fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// The list under a key; empty when there is none.
pub fn list_of<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The offsets of `{"start", "end"}`.
pub fn offsets(value: &Value) -> Option<(u32, u32)> {
    let number = |key: &str| value.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    Some((number("start")?, number("end")?))
}

/// The offsets of `[start, end]`.
pub fn pair(value: &Value) -> Option<(u32, u32)> {
    let number = |index: usize| value.get(index).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    Some((number(0)?, number(1)?))
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRecord {
    place: String,
    reason: String,
}

impl fmt::Display for BadRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.reason)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, EvaluateError> {
    std::fs::read(path).map_err(|source| EvaluateError::Unreadable { path: path.display().to_string(), source })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, EvaluateError> {
    let unreadable = |source| EvaluateError::Unreadable { path: folder.display().to_string(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        found.push(entry.map_err(unreadable)?.path());
    }
    found.sort();
    Ok(found)
}

/// Names of the folders below that hold `dev.jsonl`, sorted.
pub fn folders(path: &Path) -> Result<Vec<String>, EvaluateError> {
    let found = entries(path)?.into_iter().filter(|below| below.join("dev.jsonl").is_file());
    Ok(found.filter_map(|below| Some(below.file_name()?.to_str()?.to_owned())).collect())
}

/// Sets whose texts hold next to nothing of a conflict and serve `no_event` too.
const PEACEFUL: [&str; 2] = ["gum", "ner_wikigold"];
/// Genres of GUM in which nothing of a conflict happens; its news, speeches and biographies do not serve.
const PEACEFUL_GENRES: [&str; 3] = ["fiction", "whow", "interview"];

/// Folders below whose `dev.jsonl` belongs to a set.
pub fn belongs(set: &str, folder: &str) -> bool {
    folder == set
        || set == "no_event" && PEACEFUL.contains(&folder)
        || matches!(set, "ner" | "toponyms") && folder.strip_prefix(set).is_some_and(|rest| rest.starts_with('_'))
}

/// Reads the records of a set in the form in which it is kept.
pub fn load(set: &str, path: &Path) -> Result<(Vec<Record>, Vec<BadRecord>), EvaluateError> {
    match set {
        "stories" => stories(path),
        "own" => sentences(path),
        "no_event" => peaceful(path),
        "places" => names(path),
        _ => lines(set, path),
    }
}

fn is_kind(file: &Path, kind: &str) -> bool {
    file.extension().is_some_and(|extension| extension == kind)
}

/// Reads sentences annotated inline: a file, or the files `*-dev.ann` of a folder.
fn sentences(path: &Path) -> Result<(Vec<Record>, Vec<BadRecord>), EvaluateError> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = entries(path)?;
        files.retain(|file| file.to_str().is_some_and(|name| name.ends_with("-dev.ann")));
    }
    if files.is_empty() {
        return Err(EvaluateError::NoRecords { path: path.display().to_string(), wanted: "file *-dev.ann" });
    }
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for file in files {
        annotated(&file, &mut records, &mut bad)?;
    }
    Ok((records, bad))
}

fn annotated(file: &Path, records: &mut Vec<Record>, bad: &mut Vec<BadRecord>) -> Result<(), EvaluateError> {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    for (index, line) in String::from_utf8_lossy(&read(file)?).lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match own::parse(line) {
            Ok(value) => {
                let text = text_of(&value, "text").unwrap_or_default().to_owned();
                records.push(Record { id: format!("{stem}:{}", index + 1), text, value });
            }
            Err(reason) => bad.push(BadRecord { place: format!("{}, line {}", file.display(), index + 1), reason }),
        }
    }
    Ok(())
}

/// Reads texts in which nothing of a conflict happens: records, plain texts, annotated sentences with the label NONE; of a folder all
/// of these. GUM serves with some genres only.
fn peaceful(path: &Path) -> Result<(Vec<Record>, Vec<BadRecord>), EvaluateError> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = entries(path)?;
        files.retain(|file| is_kind(file, "ann") || is_kind(file, "txt"));
    }
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for file in &files {
        if is_kind(file, "ann") {
            let mut found = Vec::new();
            annotated(file, &mut found, &mut bad)?;
            records.extend(found.into_iter().filter(|record| text_of(&record.value, "label") == Some(own::NOTHING)));
        } else if is_kind(file, "txt") {
            let id = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
            let text = String::from_utf8_lossy(&read(file)?).into_owned();
            records.push(Record { id, text, value: Value::Null });
        } else {
            parse(&file.display().to_string(), &read(file)?, &mut records, &mut bad);
        }
    }
    if path.is_dir() {
        match lines("no_event", path) {
            Ok((more, more_bad)) => {
                records.extend(more);
                bad.extend(more_bad);
            }
            Err(error @ EvaluateError::NoRecords { .. }) if files.is_empty() => return Err(error),
            Err(EvaluateError::NoRecords { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    records.retain(|record| is_peaceful(&record.id));
    Ok((records, bad))
}

/// Whether a record may serve: one of GUM by its genre, any other as it is.
fn is_peaceful(id: &str) -> bool {
    match id.strip_prefix("GUM_") {
        Some(rest) => PEACEFUL_GENRES.contains(&rest.split('_').next().unwrap_or_default()),
        None => true,
    }
}

/// Reads the records of a file, or of the `dev.jsonl` files of a folder.
pub fn lines(set: &str, path: &Path) -> Result<(Vec<Record>, Vec<BadRecord>), EvaluateError> {
    let mut files = Vec::new();
    if path.is_dir() {
        let own = path.join("dev.jsonl");
        if own.is_file() {
            files.push(own);
        } else {
            for below in entries(path)? {
                let name = below.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if belongs(set, name) && below.join("dev.jsonl").is_file() {
                    files.push(below.join("dev.jsonl"));
                }
            }
        }
        if files.is_empty() {
            return Err(EvaluateError::NoRecords { path: path.display().to_string(), wanted: "dev.jsonl of the set" });
        }
    } else {
        files.push(path.to_owned());
    }
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.display().to_string();
        parse(&name, &read(&file)?, &mut records, &mut bad);
    }
    Ok((records, bad))
}

/// Reads lines; a bad one is named and left out.
pub fn parse(name: &str, bytes: &[u8], records: &mut Vec<Record>, bad: &mut Vec<BadRecord>) {
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let mut refuse = |reason: String| bad.push(BadRecord { place: format!("{name}, line {}", index + 1), reason });
        let value: Value = match serde_json::from_slice(line) {
            Ok(value) => value,
            Err(error) => {
                refuse(error.to_string());
                continue;
            }
        };
        let id = match value.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => {
                refuse("it has no `id`".to_owned());
                continue;
            }
        };
        match text_of(&value, "text").map(str::to_owned) {
            Some(text) => records.push(Record { id, text, value }),
            None => refuse("it has no `text`".to_owned()),
        }
    }
}

/// Reads a table of places with their sentences: name, iso3, lat, lon, kind, conflict, sentence; no quotes, no commas in cells.
fn names(path: &Path) -> Result<(Vec<Record>, Vec<BadRecord>), EvaluateError> {
    let table = String::from_utf8_lossy(&read(path)?).into_owned();
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for (at, line) in table.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let point = |at: usize| cells.get(at).and_then(|cell| cell.parse::<f64>().ok());
        match (cells.as_slice(), point(2), point(3)) {
            ([name, iso3, _, _, kind, conflict, sentence], Some(lat), Some(lon)) => records.push(Record {
                id: format!("{}", at + 1),
                text: (*sentence).to_owned(),
                value: serde_json::json!({
                    "name": name, "iso3": iso3, "lat": lat, "lon": lon, "kind": kind, "conflict": conflict,
                }),
            }),
            _ => bad.push(BadRecord {
                place: format!("{}:{}", path.display(), at + 1),
                reason: "not the seven cells of a place".to_owned(),
            }),
        }
    }
    Ok((records, bad))
}

/// Reads stories: `NAME.txt` with `NAME.gold.json` beside it. A story without gold is blind.
pub fn stories(path: &Path) -> Result<(Vec<Record>, Vec<BadRecord>), EvaluateError> {
    let pages: Vec<PathBuf> = if path.is_dir() {
        entries(path)?.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt")).collect()
    } else {
        let name = path.display().to_string();
        vec![name.strip_suffix(".gold.json").map_or(path.to_owned(), |stem| PathBuf::from(format!("{stem}.txt")))]
    };
    if pages.is_empty() {
        return Err(EvaluateError::NoRecords { path: path.display().to_string(), wanted: "story" });
    }
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for page in pages {
        let id = page.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let text = String::from_utf8_lossy(&read(&page)?).into_owned();
        let gold = page.with_extension("gold.json");
        let value = if gold.is_file() {
            match serde_json::from_slice(&read(&gold)?) {
                Ok(value) => value,
                Err(error) => {
                    bad.push(BadRecord { place: gold.display().to_string(), reason: error.to_string() });
                    continue;
                }
            }
        } else {
            Value::Null
        };
        records.push(Record { id, text, value });
    }
    Ok((records, bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaceful_texts_of_every_form() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
        write("a.txt", "It rained.");
        write("b.ann", "# a comment\nIt snowed. || NONE\nThey {E1:ASSAULT fired}. || ATTACK\nno label\n");
        std::fs::create_dir(folder.path().join("gum")).expect("a folder");
        write(
            "gum/dev.jsonl",
            "{\"id\":\"GUM_whow_tea\",\"text\":\"Boil it.\"}\n{\"id\":\"GUM_news_war\",\"text\":\"War.\"}\n",
        );
        std::fs::create_dir(folder.path().join("muc4")).expect("a folder");
        write("muc4/dev.jsonl", "{\"id\":\"1\",\"text\":\"WAR\"}\n");
        let (records, bad) = load("no_event", folder.path()).expect("read");
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        assert_eq!(ids, ["a", "b:2", "GUM_whow_tea"]);
        assert_eq!(bad.len(), 1);
        let (records, _) = load("no_event", &folder.path().join("gum/dev.jsonl")).expect("read");
        assert_eq!(records.len(), 1);
        assert!(matches!(load("no_event", &folder.path().join("muc4/none")), Err(EvaluateError::Unreadable { .. })));
        assert!(matches!(load("own", folder.path()), Err(EvaluateError::NoRecords { .. })));
        let (records, bad) = load("own", &folder.path().join("b.ann")).expect("read");
        assert_eq!((records.len(), bad.len()), (2, 1));
    }
}
