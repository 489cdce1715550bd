//! Writes what the weights of beginnings are fitted to: `cargo run --release -p counterclaim-events --example truce_bounds -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, `text` and its `ceasefires` of now, each with `span` and `bounds` (`value`, `by_name`,
//! `evidence` by name, `vector`). Where a gold stands beside the text, its day of publication is given as a feed would give it. Offsets
//! count code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::{Bound, Reader};
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Model::embedded());
    for path in std::env::args().skip(1) {
        let gold = std::fs::read_to_string(path.replace(".txt", ".gold.json")).unwrap_or_default();
        let gold: Value = serde_json::from_str(&gold).unwrap_or_default();
        let published = gold.pointer("/document/published").and_then(Value::as_str).map(str::to_owned);
        let options = Options { published, ..Options::default() };
        for ingested in read_path(path.as_ref(), &options)? {
            let text = &ingested.document.text;
            let (ceasefires, _, analysis) = reader.truces(&ingested.document);
            let points = |at: u32| text[..at as usize].chars().count();
            let row = |row: &Bound| {
                let evidence: Map<String, Value> =
                    row.evidence.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
                let state = row.word.map(|word| analysis.vector(word)).unwrap_or_default();
                let vector: Vec<i32> = state.iter().map(|value| (value * 1000.0).round() as i32).collect();
                json!({ "value": row.value, "by_name": row.by_name, "evidence": evidence, "vector": vector })
            };
            let truces: Vec<Value> = ceasefires
                .iter()
                .filter(|truce| !truce.bounds.is_empty())
                .map(|truce| {
                    let span = [points(truce.span.start), points(truce.span.end)];
                    json!({ "span": span, "bounds": truce.bounds.iter().map(row).collect::<Vec<Value>>() })
                })
                .collect();
            println!("{}", json!({ "file": path, "text": text, "ceasefires": truces }));
        }
    }
    Ok(())
}
