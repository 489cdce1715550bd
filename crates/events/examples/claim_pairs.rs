//! Writes what the weights of contradictions are fitted to: `cargo run --release -p counterclaim-events --example claim_pairs -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, the ledger's `claims`, and `pairs` of them (`a`, `b`, `evidence` by name), its `harms` and
//! `figures`, pairs of those.
#![allow(clippy::print_stdout)]

use counterclaim_events::{Reader, Weighed};
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use serde_json::{Map, Value, json};

fn rows(pairs: &[Weighed]) -> Vec<Value> {
    let row = |pair: &Weighed| {
        let evidence: Map<String, Value> =
            pair.evidence.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        json!({ "a": pair.a, "b": pair.b, "speakers": pair.speakers, "evidence": evidence })
    };
    pairs.iter().map(row).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Weights to be fitted to reports that the shipped encoder has learnt from need one that has not.
    let other = std::env::var_os("COUNTERCLAIM_MODEL");
    let model = match &other {
        Some(folder) => Box::leak(Box::new(Model::open(folder.as_ref())?)),
        None => Model::embedded(),
    };
    let reader = Reader::new(model);
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let ledger = reader.read(&ingested.document, &ingested.diagnostics);
            let (claims, figures) = reader.weighed(&ingested.document);
            let text = &ingested.document.text;
            println!(
                "{}",
                json!({ "file": path, "text": text, "claims": ledger.claims, "harms": ledger.harms, "contradictions": ledger.contradictions, "pairs": rows(&claims), "figures": rows(&figures) })
            );
        }
    }
    Ok(())
}
