//! Writes what the weights of claims are fitted to: `cargo run --release -p counterclaim-events --example claim_worth -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, and its `claims` with `cue` and `source` (spans) and `evidence` by name, those that the program
//! throws away too. Offsets count code points.
#![allow(clippy::print_stdout)]

use counterclaim_claims::claim::evidence;
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = Model::embedded();
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let document = &ingested.document;
            let (sentences, _) = counterclaim_text::sentences(document);
            let analysis = model.analyze(&document.text, &sentences);
            let (reading, _) = counterclaim_claims::read(model, document, sentences, analysis);
            let points = |at: u32| document.text[..at as usize].chars().count();
            let spans = |spans: &[counterclaim_schema::Span]| -> Vec<Value> {
                spans.iter().map(|span| json!([points(span.start), points(span.end)])).collect()
            };
            let rows: Vec<Value> = reading
                .claims
                .iter()
                .chain(&reading.unlikely)
                .map(|claim| {
                    let evidence: Map<String, Value> = evidence(reading.syntax(), &reading.actors, claim)
                        .into_iter()
                        .map(|(name, value)| (name, json!(value)))
                        .collect();
                    json!({ "cue": spans(&claim.cue), "source": spans(&claim.source), "evidence": evidence })
                })
                .collect();
            println!("{}", json!({ "file": path, "claims": rows }));
        }
    }
    Ok(())
}
