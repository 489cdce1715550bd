//! Writes how the program names the agreements of reports, for the reader of agreements (`training/train_agreements.py --found`):
//! `cargo run --release -p counterclaim-events --example agreement_names -- FILE ...`.
//!
//! One JSON object a line for each file: `file` and `agreements`, each with the `span` of its best name and its `names`: first and last offset
//! of a word, and what the word is to the agreement (1 of the best name, 2 of another, 3 of another agreement's). Offsets count code points.
#![allow(clippy::print_stdout)]

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::{Model, Naming};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Model::embedded());
    for path in std::env::args().skip(1) {
        for ingested in read_path(path.as_ref(), &Options::default())? {
            let text = &ingested.document.text;
            let (ceasefires, _, analysis) = reader.truces(&ingested.document);
            let points = |at: u32| text[..at as usize].chars().count();
            let row = |naming: &[Naming]| -> Vec<Value> {
                let named = naming.iter().enumerate().filter(|(_, naming)| **naming != Naming::None);
                let place = |word: usize| analysis.words[word].span;
                named
                    .map(|(word, naming)| json!([points(place(word).start), points(place(word).end), *naming as u8]))
                    .collect()
            };
            let agreements: Vec<Value> = ceasefires
                .iter()
                .filter(|truce| !truce.naming.is_empty())
                .map(|truce| json!({ "span": [points(truce.span.start), points(truce.span.end)], "names": row(&truce.naming) }))
                .collect();
            println!("{}", json!({ "file": path, "text": text, "agreements": agreements }));
        }
    }
    Ok(())
}
