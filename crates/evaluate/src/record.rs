//! Records of gold sets: one JSON object a line, or a story with its gold beside it.

use crate::EvaluateError;
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
    /// The document date, if the record tells one. It is the only part of `meta` that an answer may use.
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

/// Folders below whose `dev.jsonl` belongs to a set.
fn belongs(set: &str, folder: &str) -> bool {
    folder == set
        || matches!(set, "ner" | "toponyms") && folder.strip_prefix(set).is_some_and(|rest| rest.starts_with('_'))
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
