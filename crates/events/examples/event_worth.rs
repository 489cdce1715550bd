//! Writes what the weights of events are fitted to: `cargo run --release -p counterclaim-events --example event_worth -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, and its `events` with `trigger` (span), `type` and `evidence` by name. Offsets count
//! code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Model::embedded());
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let text = &ingested.document.text;
            let points = |at: u32| text[..at as usize].chars().count();
            let rows: Vec<Value> = reader
                .events(&ingested.document)
                .iter()
                .map(|(event, evidence)| {
                    let evidence: Map<String, Value> = evidence.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                    json!({ "trigger": [points(event.trigger.start), points(event.trigger.end)], "type": event.event_type, "evidence": evidence,
                        "words": event.trigger.of(text) })
                })
                .collect();
            println!("{}", json!({ "file": path, "text": text, "events": rows }));
        }
    }
    Ok(())
}
