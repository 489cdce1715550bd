//! `counterclaim add`: reports into the record.

use crate::args::{AddArguments, Kind};
use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_events::Reader;
use counterclaim_ingest::{Ingested, InputKind, Options, read_bytes, read_path};
use counterclaim_language::Model;
use counterclaim_record::{Added, Record, content_key};
use counterclaim_schema::ledger::ReportLedger;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Reports that are coded together and added in one transaction.
const BATCH: usize = 256;
/// Bytes of JSONL that are read together.
const CHUNK: usize = 1 << 20;

/// Name of the coding: what must be the same for a report not to be coded again, imported tables included.
pub(super) fn coding(model: &Model, imported: &str) -> String {
    let manifest = model.manifest();
    format!("counterclaim {} {} {}{imported}", env!("CARGO_PKG_VERSION"), manifest.name, manifest.version)
}

/// What the inputs hold, piece by piece: a failed input, or documents with the name of their input.
enum Found {
    Unreadable(anyhow::Error),
    Documents(String, Vec<Ingested>),
}

#[derive(Default)]
struct Tally {
    added: u64,
    present: u64,
    copies: u64,
    failed: u64,
}

/// Codes what is new and adds it; one that fails is named, counted and left out.
pub fn run(arguments: &AddArguments, model: &Model, imported: &str) -> anyhow::Result<ExitCode> {
    let options = Options {
        kind: match arguments.input {
            Kind::Auto => InputKind::Auto,
            Kind::Text => InputKind::Text,
            Kind::Html => InputKind::Html,
            Kind::Jsonl => InputKind::Jsonl,
        },
        published: arguments.published.clone(),
        publisher: arguments.publisher.clone(),
        title: None,
    };
    if let Some(published) = &options.published {
        if counterclaim_ingest::parse_date(published).is_none() {
            anyhow::bail!("`{published}` is no date; write it as 2022-09-16 or 2022-09-16T10:00:00Z");
        }
    }
    let mut record = Record::open(&arguments.record)?;
    let coding = coding(model, imported);
    let progress = progress(&arguments.inputs);
    let mut tally = Tally::default();
    let done = std::thread::scope(|scope| -> anyhow::Result<()> {
        let (found_to, found_from) = sync_channel::<Found>(2);
        let (coded_to, coded_from) = sync_channel::<Vec<ReportLedger>>(2);
        let (fresh_to, fresh_from) = sync_channel::<Vec<Ingested>>(2);
        let inputs = &arguments.inputs;
        let options = &options;
        scope.spawn(move || inputs.iter().all(|input| ingest(input, options, &found_to)));
        scope.spawn(move || code(model, &fresh_from, &coded_to));
        write(&mut record, &coding, arguments.recode, &found_from, fresh_to, &coded_from, &progress, &mut tally)
    });
    progress.finish_and_clear();
    done?;
    record.settle()?;
    let total = record.reports()?;
    printer::note(&format!(
        "{}: {} added ({} copies), {} there already, {} failed; {total} reports in all",
        arguments.record.display(),
        tally.added,
        tally.copies,
        tally.present,
        tally.failed
    ));
    Ok(if tally.failed > 0 { ExitCode::SomeFailed } else { ExitCode::Done })
}

/// Sends the documents of an input; JSONL piece by piece, so that memory does not grow with the file. False when nobody listens any more.
fn ingest(input: &Path, options: &Options, to: &SyncSender<Found>) -> bool {
    let name = input.display().to_string();
    let is_jsonl = options.kind == InputKind::Jsonl
        || options.kind == InputKind::Auto
            && input.extension().is_some_and(|extension| {
                extension.eq_ignore_ascii_case("jsonl") || extension.eq_ignore_ascii_case("ndjson")
            });
    if !is_jsonl || input == Path::new("-") || input.is_dir() {
        return match read_path(input, options) {
            Ok(found) => to.send(Found::Documents(name, found)).is_ok(),
            Err(error) => to.send(Found::Unreadable(error.into())).is_ok(),
        };
    }
    let file = match std::fs::File::open(input) {
        Ok(file) => file,
        // The reader of whole inputs has the right words for what is wrong.
        Err(_) => {
            return match read_path(input, options) {
                Ok(found) => to.send(Found::Documents(name, found)).is_ok(),
                Err(error) => to.send(Found::Unreadable(error.into())).is_ok(),
            };
        }
    };
    let options = Options { kind: InputKind::Jsonl, ..options.clone() };
    let mut reader = std::io::BufReader::with_capacity(CHUNK, file);
    let mut chunk: Vec<u8> = Vec::new();
    loop {
        chunk.clear();
        let read = reader
            .by_ref()
            .take(CHUNK as u64)
            .read_to_end(&mut chunk)
            .and_then(|_| reader.read_until(b'\n', &mut chunk));
        if let Err(error) = read {
            let error = anyhow::Error::new(error).context(format!("`{name}` cannot be read"));
            return to.send(Found::Unreadable(error)).is_ok();
        }
        if chunk.is_empty() {
            return true;
        }
        if to.send(Found::Documents(name.clone(), read_bytes(&chunk, &options))).is_err() {
            return false;
        }
    }
}

/// Codes batches on all threads, in order.
fn code(model: &Model, from: &Receiver<Vec<Ingested>>, to: &SyncSender<Vec<ReportLedger>>) {
    let reader = Reader::new(model);
    while let Ok(batch) = from.recv() {
        let coded = batch.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect();
        if to.send(coded).is_err() {
            return;
        }
    }
}

/// The one writer: sends what is new to be coded, and adds what comes back while the next batch is coded.
fn write(
    record: &mut Record,
    coding: &str,
    recode: bool,
    found: &Receiver<Found>,
    fresh: SyncSender<Vec<Ingested>>,
    coded: &Receiver<Vec<ReportLedger>>,
    progress: &ProgressBar,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let mut waiting: Vec<Ingested> = Vec::new();
    let mut in_flight = 0usize;
    let add = |record: &mut Record, tally: &mut Tally| -> anyhow::Result<()> {
        let Ok(ledgers) = coded.recv() else { return Ok(()) };
        let mut good: Vec<ReportLedger> = Vec::with_capacity(ledgers.len());
        for ledger in ledgers {
            if ledger.diagnostics.iter().any(|row| row.code == "CC0201") {
                tally.failed += 1;
                name_failure(
                    progress,
                    &ledger.document.id,
                    ledger.diagnostics.iter().map(|row| (row.code.as_str(), row.message.as_str())),
                );
                progress.inc(1);
            } else {
                good.push(ledger);
            }
        }
        let added: Vec<Added> = record.add(&good, coding)?;
        for one in added {
            if one.new || recode {
                tally.added += 1;
            } else {
                tally.present += 1;
            }
            tally.copies += u64::from(one.copied_from.is_some());
            progress.inc(1);
        }
        Ok(())
    };
    let mut send = |batch: Vec<Ingested>, record: &mut Record, tally: &mut Tally| -> anyhow::Result<()> {
        // At most two batches are on their way, so that neither side waits for the other for ever.
        if in_flight == 2 {
            add(record, tally)?;
            in_flight -= 1;
        }
        if fresh.send(batch).is_ok() {
            in_flight += 1;
        }
        Ok(())
    };
    for piece in found.iter() {
        let (input, documents) = match piece {
            Found::Unreadable(error) => {
                tally.failed += 1;
                progress.suspend(|| printer::error(&error));
                continue;
            }
            Found::Documents(input, documents) => (input, documents),
        };
        for ingested in documents {
            if ingested.failed() {
                tally.failed += 1;
                let rows: Vec<(&str, &str)> = ingested
                    .diagnostics
                    .iter()
                    .map(|diagnostic| (diagnostic.code.code(), diagnostic.message.as_str()))
                    .collect();
                name_failure(progress, &input, rows.into_iter());
                continue;
            }
            let document = &ingested.document;
            let published = document.published.as_ref().map(|published| published.value.as_str());
            let key = content_key(&document.sha256, document.publisher.as_deref(), document.url.as_deref(), published);
            if record.holds(&key, recode.then_some(coding))? {
                tally.present += 1;
                progress.inc(1);
                continue;
            }
            waiting.push(ingested);
            if waiting.len() == BATCH {
                send(std::mem::take(&mut waiting), record, tally)?;
            }
        }
        progress.set_message(input);
    }
    if !waiting.is_empty() {
        send(waiting, record, tally)?;
    }
    let left = in_flight;
    drop(fresh);
    for _ in 0..left {
        add(record, tally)?;
    }
    Ok(())
}

fn name_failure<'a>(progress: &ProgressBar, input: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) {
    progress.suspend(|| {
        for (code, message) in rows.take(3) {
            printer::note(&format!("{input}: {code}: {message}"));
        }
    });
}

/// A bar on standard error when that is a terminal; the number of reports is known only where each input is one.
fn progress(inputs: &[std::path::PathBuf]) -> ProgressBar {
    use std::io::IsTerminal;
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let many = inputs.iter().any(|input| {
        input == Path::new("-")
            || input.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson")
    });
    let lines = |input: &Path| -> u64 {
        let Ok(file) = std::fs::File::open(input) else { return 1 };
        let mut reader = std::io::BufReader::with_capacity(CHUNK, file);
        let mut count = 0;
        loop {
            match reader.fill_buf() {
                Ok([]) | Err(_) => return count,
                Ok(buffer) => {
                    count += buffer.iter().filter(|byte| **byte == b'\n').count() as u64;
                    let length = buffer.len();
                    reader.consume(length);
                }
            }
        }
    };
    let total = if many { inputs.iter().map(|input| lines(input)).sum() } else { inputs.len() as u64 };
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} reports  {per_sec}  {eta} left") {
        bar.set_style(style);
    }
    bar
}
