//! `counterclaim read`: reports in, ledgers out.

use crate::args::{Colour, Format, Kind, ReadArguments};
use crate::exit_code::ExitCode;
use crate::{printer, render};
use counterclaim_events::Reader;
use counterclaim_ingest::{InputKind, Options, read_path};
use counterclaim_language::Model;
use counterclaim_schema::ledger::ReportLedger;
use rayon::prelude::*;

/// Documents that are read together before they are printed.
const BATCH: usize = 64;

/// Reads every input; a bad one is named and skipped, and the exit status tells.
pub fn run(arguments: &ReadArguments, model: &Model) -> anyhow::Result<ExitCode> {
    match arguments.color {
        Colour::Always => anstream::ColorChoice::Always.write_global(),
        Colour::Never => anstream::ColorChoice::Never.write_global(),
        Colour::Auto => {}
    }
    let options = Options {
        kind: match arguments.input {
            Kind::Auto => InputKind::Auto,
            Kind::Text => InputKind::Text,
            Kind::Html => InputKind::Html,
            Kind::Jsonl => InputKind::Jsonl,
        },
        published: arguments.published.clone(),
        publisher: arguments.publisher.clone(),
        title: arguments.title.clone(),
    };
    if let Some(published) = &options.published {
        if counterclaim_ingest::parse_date(published).is_none() {
            anyhow::bail!("`{published}` is no date; write it as 2022-09-16 or 2022-09-16T10:00:00Z");
        }
    }
    let reader = Reader::new(model);
    let mut failed = 0usize;
    let mut unreadable = 0usize;
    let mut ledgers: Vec<ReportLedger> = Vec::new();
    let mut printed = 0usize;
    for input in &arguments.inputs {
        let found = match read_path(input, &options) {
            Ok(found) => found,
            Err(error) => {
                failed += 1;
                unreadable += 1;
                printer::error(&anyhow::Error::new(error));
                continue;
            }
        };
        for batch in found.chunks(BATCH) {
            let read: Vec<ReportLedger> =
                batch.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect();
            for (ingested, ledger) in batch.iter().zip(read) {
                if ingested.failed() || ledger.diagnostics.iter().any(|row| row.code == "CC0201") {
                    failed += 1;
                    name_failure(&input.display().to_string(), &ledger);
                }
                match arguments.format {
                    Format::Jsonl => printer::data(&format!("{}\n", serde_json::to_string(&ledger)?))?,
                    Format::Text => {
                        if printed > 0 {
                            printer::data("\n")?;
                        }
                        printer::styled(&render::terminal::render(&ledger, width(arguments)))?;
                    }
                    Format::Md => printer::data(&render::markdown::render(&ledger))?,
                    Format::Json | Format::Html => ledgers.push(ledger),
                }
                printed += 1;
            }
        }
    }
    match arguments.format {
        Format::Json if ledgers.len() == 1 => {
            printer::data(&format!("{}\n", serde_json::to_string_pretty(&ledgers[0])?))?
        }
        Format::Json if !ledgers.is_empty() => {
            printer::data(&format!("{}\n", serde_json::to_string_pretty(&ledgers)?))?
        }
        Format::Html => {
            if ledgers.len() > 1 {
                anyhow::bail!("a page shows one report; name one input, or use --format json");
            }
            for ledger in &ledgers {
                printer::data(&counterclaim_export::page::render(ledger)?)?;
            }
        }
        _ => {}
    }
    if failed > 0 {
        let total = printed + unreadable;
        printer::note(&format!("{failed} of {total} documents could not be read"));
        return Ok(ExitCode::SomeFailed);
    }
    Ok(ExitCode::Done)
}

fn name_failure(input: &str, ledger: &ReportLedger) {
    for row in ledger.diagnostics.iter().take(3) {
        printer::note(&format!("{input}: {}: {}", row.code, row.message));
    }
}

/// Columns: as given, as the terminal has, else 100.
fn width(arguments: &ReadArguments) -> usize {
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    arguments.width.map(usize::from).or_else(terminal).unwrap_or(100).clamp(40, 400)
}
