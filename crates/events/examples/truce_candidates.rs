//! Writes what the weights of terms and breaches are fitted to: `cargo run --release -p counterclaim-events --example truce_candidates --
//! FILE ...`.
//!
//! One JSON object a line for each file: `file` and its `ceasefires`, each with `span`, the spans of `terms` and `violations`, and
//! `candidates` (`word`, `span`, `evidence` by name, `vector`). Offsets count code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::{Candidate, Reader};
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use counterclaim_schema::ledger::Scope;
use serde_json::{Map, Value, json};

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
            let text = &ingested.document.text;
            let (ceasefires, search, analysis) = reader.truces(&ingested.document);
            let points = |at: u32| text[..at as usize].chars().count();
            let span = |span: counterclaim_schema::Span| json!([points(span.start), points(span.end)]);
            let row = |row: &Candidate| {
                let evidence: Map<String, Value> =
                    row.evidence.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
                let at = analysis.words[row.word as usize].span;
                let vector: Vec<i32> =
                    analysis.vector(row.word).iter().map(|value| (value * 1000.0).round() as i32).collect();
                json!({ "word": span(at), "sentence": analysis.words[row.word as usize].sentence, "span": span(row.span), "evidence": evidence, "vector": vector })
            };
            let rows = |rows: &[Candidate]| rows.iter().map(row).collect::<Vec<Value>>();
            let truces: Vec<Value> = ceasefires
                .iter()
                .map(|truce| {
                    let terms: Vec<Value> = truce.terms.iter().map(|term| span(term.1)).collect();
                    let broken: Vec<Value> = truce.violations.iter().map(|known| span(known.span)).collect();
                    json!({ "span": span(truce.span), "background": truce.scope == Scope::Background, "terms": terms, "status_words": truce.status_words.iter().map(|known| span(*known)).collect::<Vec<Value>>(), "violations": broken, "candidates": rows(&truce.candidates), "deeds": rows(&truce.deeds) })
                })
                .collect();
            println!(
                "{}",
                json!({ "file": path, "text": text, "ceasefires": truces, "agreements": rows(&search.agreements), "any_terms": rows(&search.terms), "earlier": rows(&search.earlier) })
            );
        }
    }
    Ok(())
}
