//! Writes what the weights of doers are fitted to: `cargo run --release -p counterclaim-events --example doers -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, and its `slots` with `trigger` (span of the deed's word), `type`, `slot` (`actors` or
//! `recipients`) and `parties`, each with its `word`, its `phrase`, its `mentions` in the report and its
//! `evidence` by name. Offsets count code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::{Reader, SentenceParty, Slot};
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use counterclaim_schema::Span;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Model::embedded());
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let text = &ingested.document.text;
            let points = |span: Span| {
                let at = |byte: u32| text[..byte as usize].chars().count();
                [at(span.start), at(span.end)]
            };
            let mut rows: Vec<Value> = Vec::new();
            for slot in reader.doers(&ingested.document) {
                let name = if slot.slot == Slot::Actor { "actors" } else { "recipients" };
                let party = |party: &SentenceParty| {
                    let evidence: Map<String, Value> =
                        party.evidence.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                    json!({ "word": points(party.word), "phrase": points(party.phrase), "words": party.phrase.of(text),
                        "mentions": party.mentions.iter().map(|&span| points(span)).collect::<Vec<_>>(), "evidence": evidence })
                };
                rows.push(
                    json!({ "trigger": points(slot.trigger), "words": slot.trigger.of(text), "type": slot.event_type,
                    "slot": name, "parties": slot.parties.iter().map(party).collect::<Vec<_>>() }),
                );
            }
            println!("{}", json!({ "file": path, "slots": rows }));
        }
    }
    Ok(())
}
