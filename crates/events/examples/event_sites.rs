//! Writes what the weights of places are fitted to: `cargo run --release -p counterclaim-events --example event_sites -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, and its `events` with `trigger` (span), `type` and `places`, each a span with its `evidence` by
//! name. Offsets count code points.
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
            let place = |(span, evidence): &(counterclaim_schema::Span, Vec<(String, f32)>)| {
                let evidence: Map<String, Value> =
                    evidence.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                json!({ "span": [points(span.start), points(span.end)], "words": span.of(text), "evidence": evidence })
            };
            let rows: Vec<Value> = reader
                .sites(&ingested.document)
                .iter()
                .map(|(event, places)| {
                    json!({ "trigger": [points(event.trigger.start), points(event.trigger.end)], "type": event.event_type,
                        "words": event.trigger.of(text), "places": places.iter().map(place).collect::<Vec<_>>() })
                })
                .collect();
            println!("{}", json!({ "file": path, "events": rows }));
        }
    }
    Ok(())
}
