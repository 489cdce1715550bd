//! How long an imported gazetteer takes to open and a name to be found: `lookup FILE.gazetteer [NAME...]`.

use counterclaim_knowledge::Gazetteer;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, names) = arguments.split_first().ok_or("usage: lookup FILE.gazetteer [NAME...]")?;
    let started = Instant::now();
    let gazetteer = Gazetteer::map(Path::new(file))?;
    println!("{} names opened in {:.3} ms", gazetteer.n_names(), started.elapsed().as_secs_f64() * 1e3);
    let default = ["Bakhmut", "San Antonio", "Kok-Tash", "Nowhere At All", "Goma", "Birnin Gwari"].map(str::to_owned);
    let names = if names.is_empty() { &default[..] } else { names };
    // The first round brings the pages into memory.
    for round in ["first", "warm"] {
        let rounds = if round == "first" { 1 } else { 20_000 };
        let started = Instant::now();
        let mut n_found = 0;
        for _ in 0..rounds {
            for name in names {
                n_found += black_box(gazetteer.named(black_box(name))).len();
            }
        }
        let each = started.elapsed().as_secs_f64() * 1e6 / (rounds * names.len()) as f64;
        println!("{round}: {each:.2} microseconds a name, {} places found", n_found / rounds);
    }
    Ok(())
}
