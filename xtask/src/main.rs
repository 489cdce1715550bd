//! Tasks of the repository: `cargo run -p xtask -- assets FOLDER` packs the gazetteer from its source tables.

use anyhow::{Context, bail};
use counterclaim_knowledge::pack::{Sources, pack};
use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "usage: cargo run -p xtask -- assets FOLDER\n\n  assets FOLDER  pack data/gazetteer.bin.zst from cities500.tsv, admin.tsv and countries.tsv (or .tsv.xz) in FOLDER";

#[allow(clippy::print_stderr)]
fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["assets", folder] => assets(Path::new(folder)),
        _ => bail!("{USAGE}"),
    }
}

/// Reads a source table, plain or compressed; decompression is left to the `xz` program, which only this task needs.
fn table(folder: &Path, name: &str) -> anyhow::Result<String> {
    let plain = folder.join(format!("{name}.tsv"));
    if plain.exists() {
        return std::fs::read_to_string(&plain).with_context(|| format!("reading {}", plain.display()));
    }
    let packed = folder.join(format!("{name}.tsv.xz"));
    let output = Command::new("xz")
        .arg("-dc")
        .arg(&packed)
        .output()
        .with_context(|| format!("running xz on {}", packed.display()))?;
    if !output.status.success() {
        bail!("xz could not read {}: {}", packed.display(), String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} is not UTF-8", packed.display()))
}

#[allow(clippy::print_stdout)]
fn assets(folder: &Path) -> anyhow::Result<()> {
    let (cities, divisions, countries) =
        (table(folder, "cities500")?, table(folder, "admin")?, table(folder, "countries")?);
    let bytes =
        pack(Sources { cities: &cities, divisions: &divisions, countries: &countries }).map_err(anyhow::Error::msg)?;
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/gazetteer.bin.zst");
    std::fs::write(&target, &bytes).with_context(|| format!("writing {}", target.display()))?;
    println!("data/gazetteer.bin.zst: {} bytes", bytes.len());
    Ok(())
}
