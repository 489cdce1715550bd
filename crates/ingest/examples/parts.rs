//! Prints the parts of reports: `cargo run -p counterclaim-ingest --example parts --profile ci -- PATH...`.
#![allow(clippy::print_stdout)]

use counterclaim_ingest::{Options, read_path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args_os().skip(1) {
        for found in read_path(path.as_ref(), &Options::default())? {
            let document = &found.document;
            println!("{}", document.id);
            println!("  title {:?}", document.title);
            println!("  publisher {:?} byline {:?}", document.publisher, document.byline);
            println!("  published {:?}", document.published.as_ref().map(|at| (&at.value, &at.basis)));
            if let Some(dateline) = &document.dateline {
                println!("  dateline {:?} {:?}", dateline.span.of(&document.text), dateline.date);
            }
            for block in &document.blocks {
                println!("  {:?} {:?}", block.kind, block.span.of(&document.text));
            }
            for diagnostic in &found.diagnostics {
                println!("  {} {}", diagnostic.code.code(), diagnostic.message);
            }
        }
    }
    Ok(())
}
