//! Writes what the weights of parties to an agreement and of those who break it are fitted to: `cargo run --release -p counterclaim-events --example truce_keepers --
//! FILE ...`.
//!
//! One JSON object a line for each file: `file`, `text` and its `ceasefires` of now, each with `span`, `keepers` (`country`, `armed`,
//! `evidence` by name) and `violations` (`span`, `suspects` as the keepers). Offsets count code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::{Reader, Violation};
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Model::embedded());
    let row = |country: &str, armed: bool, evidence: &[(&'static str, f32)]| {
        let evidence: Map<String, Value> =
            evidence.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        json!({ "country": country, "armed": armed, "evidence": evidence })
    };
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let text = &ingested.document.text;
            let (ceasefires, _, _) = reader.truces(&ingested.document);
            let points = |at: u32| text[..at as usize].chars().count();
            let rows: Vec<Value> = ceasefires
                .iter()
                .map(|truce| {
                    let keepers: Vec<Value> =
                        truce.keepers.iter().map(|side| row(&side.country, side.armed, &side.evidence)).collect();
                    let broken = |known: &Violation| {
                        let suspects: Vec<Value> =
                            known.suspects.iter().map(|side| row(&side.country, side.armed, &side.evidence)).collect();
                        json!({ "span": [points(known.span.start), points(known.span.end)], "suspects": suspects })
                    };
                    let broken: Vec<Value> = truce.violations.iter().map(broken).collect();
                    json!({ "span": [points(truce.span.start), points(truce.span.end)], "keepers": keepers, "violations": broken })
                })
                .collect();
            println!("{}", json!({ "file": path, "text": text, "ceasefires": rows }));
        }
    }
    Ok(())
}
