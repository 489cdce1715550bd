//! Writes what the weights of open parties are fitted to: `cargo run --release -p counterclaim-events --example open_parties -- FILE ...`.
//!
//! One JSON object a line for each file: `file`, and its `slots` with `trigger` (span), `type`, `slot` (`actors` or `recipients`) and `parties`,
//! each with `name`, `mentions`, `countries`, `sectors` and its `evidence` by name. Offsets count code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::{OpenParty, Reader, Slot};
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Model::embedded());
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let text = &ingested.document.text;
            let points = |at: u32| text[..at as usize].chars().count();
            let party = |party: &OpenParty| {
                let evidence: Map<String, Value> =
                    party.evidence.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                let mentions =
                    party.mentions.iter().map(|span| [points(span.start), points(span.end)]).collect::<Vec<_>>();
                json!({ "name": party.name, "mentions": mentions, "countries": party.countries, "sectors": party.sectors, "evidence": evidence })
            };
            let rows: Vec<Value> = reader
                .open_parties(&ingested.document)
                .iter()
                .map(|(event, slot, parties)| {
                    let slot = if *slot == Slot::Actor { "actors" } else { "recipients" };
                    json!({ "trigger": [points(event.trigger.start), points(event.trigger.end)], "type": event.event_type,
                        "words": event.trigger.of(text), "slot": slot, "parties": parties.iter().map(party).collect::<Vec<_>>() })
                })
                .collect();
            println!("{}", json!({ "file": path, "slots": rows }));
        }
    }
    Ok(())
}
