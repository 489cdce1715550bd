//! `counterclaim serve`: a record as pages on this machine.

use super::Chosen;
use super::add::coding;
use crate::args::ServeArguments;
use crate::exit_code::ExitCode;
use crate::printer;
use anyhow::Context;
use counterclaim_events::Reader;
use counterclaim_ingest::{Ingested, InputKind, Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_record::Record;
use counterclaim_schema::ledger::ReportLedger;
use counterclaim_serve::{Pasted, ReadReport, Server, Settings};
use rayon::prelude::*;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The bundled reports, so that the demo needs no file.
const DEMO: &str = include_str!("../../../../fixtures/record/reports.jsonl");

/// The whole pipeline for pasted reports; the model is opened with the first of them.
struct Pipeline<F> {
    open: F,
    model: OnceLock<Result<Chosen, String>>,
}

impl<F: Fn() -> anyhow::Result<Chosen> + Send + Sync> Pipeline<F> {
    fn model(&self) -> Result<&Model, String> {
        let opened = self.model.get_or_init(|| (self.open)().map_err(|error| format!("{error:#}")));
        opened.as_ref().map(|chosen| &**chosen).map_err(Clone::clone)
    }
}

impl<F: Fn() -> anyhow::Result<Chosen> + Send + Sync> ReadReport for Pipeline<F> {
    fn read(&self, pasted: &Pasted) -> Result<ReportLedger, String> {
        if let Some(published) = &pasted.published {
            if counterclaim_ingest::parse_date(published).is_none() {
                return Err(format!("“{published}” is no date; write it as 2022-09-16."));
            }
        }
        let options = Options {
            kind: InputKind::Text,
            published: pasted.published.clone(),
            publisher: pasted.publisher.clone(),
            title: pasted.title.clone(),
        };
        let found = read_bytes(pasted.text.as_bytes(), &options);
        let ingested = found.first().ok_or("The report has no text.")?;
        Ok(Reader::new(self.model()?).read(&ingested.document, &ingested.diagnostics))
    }
}

/// Serves pages until it is interrupted.
pub fn run<F>(arguments: &ServeArguments, open: F, imported: &str) -> anyhow::Result<ExitCode>
where
    F: Fn() -> anyhow::Result<Chosen> + Send + Sync + 'static,
{
    let pipeline = Pipeline { open, model: OnceLock::new() };
    let folder = if arguments.demo { Some(tempfile::tempdir().context("making a folder for the demo")?) } else { None };
    let record = match &folder {
        Some(folder) => {
            let path = folder.path().join("demo.db");
            printer::note("reading the bundled reports");
            let model = pipeline.model().map_err(|error| anyhow::anyhow!(error))?;
            make_demo(&path, model, imported)?;
            path
        }
        None => arguments.record.clone(),
    };
    let settings = Settings { record, port: arguments.port, demo: arguments.demo };
    serve(&settings, pipeline)
}

/// The record of the bundled reports.
fn make_demo(path: &Path, model: &Model, imported: &str) -> anyhow::Result<()> {
    let options = Options { kind: InputKind::Jsonl, ..Options::default() };
    let reports: Vec<Ingested> = read_bytes(DEMO.as_bytes(), &options);
    let reader = Reader::new(model);
    let ledgers: Vec<ReportLedger> =
        reports.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect();
    let mut record = Record::open(path)?;
    record.add(&ledgers, &coding(model, imported))?;
    record.settle()?;
    Ok(())
}

fn serve(settings: &Settings, pipeline: impl ReadReport + 'static) -> anyhow::Result<ExitCode> {
    let server = Server::start(settings, Arc::new(pipeline))?;
    let what = if settings.demo { "the demo".to_owned() } else { settings.record.display().to_string() };
    printer::data(&format!("http://{}/\n", server.address()))?;
    printer::note(&format!("serving {what} to this machine only; Ctrl-C ends it"));
    server.wait()?;
    Ok(ExitCode::Interrupted)
}
