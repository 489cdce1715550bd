//! A ledger as bytes of the file: without the words that the text of the report holds anyway, and compressed.

use crate::RecordError;
use counterclaim_schema::CodePoints;
use counterclaim_schema::ledger::ReportLedger;
use serde_json::{Map, Value, json};

/// Ledgers repeat the same names of fields; this sample of one gives the compressor all of them. A file keeps its own copy.
pub(crate) const DICTIONARY: &[u8] = include_bytes!("dictionary.json");

const LEVEL: i32 = 9;

/// A compressor that has taken the dictionary in, which costs more than a ledger.
pub(crate) type Compressor = Option<zstd::bulk::Compressor<'static>>;

/// Makes a compressor for a dictionary.
pub(crate) fn compressor(dictionary: &[u8]) -> Compressor {
    zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary).ok()
}

/// The ledger without its text, every span with words replaced by `[null, start, end]`.
pub(crate) fn pack(ledger: &ReportLedger, compressor: &mut Compressor) -> (Vec<u8>, Vec<u8>) {
    let mut value = serde_json::to_value(ledger).unwrap_or(Value::Null);
    if let Some(document) = value.get_mut("document").and_then(Value::as_object_mut) {
        document.insert("text".to_owned(), Value::Null);
    }
    let text = &ledger.document.text;
    let points = CodePoints::new(text);
    strip(&mut value, text, &points);
    let plain = value.to_string().into_bytes();
    // Compression fails only where memory does.
    let packed = compressor.as_mut().and_then(|compressor| compressor.compress(&plain).ok()).unwrap_or_default();
    (packed, plain)
}

/// The bytes of a ledger before compression, for its hash.
pub(crate) fn unpack_plain(packed: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, String> {
    zstd::bulk::Decompressor::with_dictionary(dictionary)
        .and_then(|mut decompressor| decompressor.decompress(packed, 256 << 20))
        .map_err(|error| error.to_string())
}

/// The ledger of a report.
pub(crate) fn unpack(document: i64, packed: &[u8], dictionary: &[u8], text: &str) -> Result<ReportLedger, RecordError> {
    let failed = |what: String| RecordError::Ledger { document, what };
    let plain = unpack_plain(packed, dictionary).map_err(failed)?;
    let mut value: Value = serde_json::from_slice(&plain).map_err(|error| failed(error.to_string()))?;
    let points = CodePoints::new(text);
    restore(&mut value, text, &points);
    if let Some(fields) = value.get_mut("document").and_then(Value::as_object_mut) {
        fields.insert("text".to_owned(), Value::String(text.to_owned()));
    }
    serde_json::from_value(value).map_err(|error| failed(error.to_string()))
}

fn span_of(fields: &Map<String, Value>) -> Option<(u32, u32, &str)> {
    if fields.len() != 3 {
        return None;
    }
    let start = u32::try_from(fields.get("start")?.as_u64()?).ok()?;
    let end = u32::try_from(fields.get("end")?.as_u64()?).ok()?;
    Some((start, end, fields.get("text")?.as_str()?))
}

/// Words between two code points; empty when the two are no span of the text.
pub(crate) fn slice<'t>(text: &'t str, points: &CodePoints<'_>, start: u32, end: u32) -> &'t str {
    if start > end {
        return "";
    }
    text.get(points.to_byte(start)..points.to_byte(end)).unwrap_or("")
}

fn strip(value: &mut Value, text: &str, points: &CodePoints<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, text, points)),
        Value::Object(fields) => {
            if let Some((start, end, words)) = span_of(fields) {
                // Words that are not those of the text are kept as they are, so that nothing is lost.
                if slice(text, points, start, end) == words {
                    *value = json!([null, start, end]);
                }
                return;
            }
            fields.values_mut().for_each(|item| strip(item, text, points));
        }
        _ => {}
    }
}

fn restore(value: &mut Value, text: &str, points: &CodePoints<'_>) {
    match value {
        Value::Array(items) => {
            if let [Value::Null, start, end] = items.as_slice() {
                if let (Some(start), Some(end)) = (start.as_u64(), end.as_u64()) {
                    let words = slice(text, points, start as u32, end as u32);
                    *value = json!({"start": start, "end": end, "text": words});
                    return;
                }
            }
            items.iter_mut().for_each(|item| restore(item, text, points));
        }
        Value::Object(fields) => fields.values_mut().for_each(|item| restore(item, text, points)),
        _ => {}
    }
}
