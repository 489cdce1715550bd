//! The library without the program: a file in, its ledger out as JSON.
#![allow(clippy::print_stdout)]

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_path};
use counterclaim_language::Model;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file")?;
    let options = Options { published: arguments.next(), ..Options::default() };
    let reader = Reader::new(Model::embedded());
    for ingested in read_path(path.as_ref(), &options)? {
        println!("{}", serde_json::to_string(&reader.read(&ingested.document, &ingested.diagnostics))?);
    }
    Ok(())
}
