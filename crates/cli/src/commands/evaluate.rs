//! `counterclaim evaluate`: the program against gold, or its answers to blind records.

use crate::args::EvaluateArguments;
use crate::exit_code::ExitCode;
use crate::printer;
use anyhow::Context;
use counterclaim_evaluate::{Floors, Incidents, Program, Report, markdown};
use counterclaim_language::Model;
use counterclaim_record::Record;
use counterclaim_schema::ledger::ReportLedger;
use std::path::Path;

/// Scores a set, or all sets below a folder, and prints the tables.
pub fn run(arguments: &EvaluateArguments, model: &Model) -> anyhow::Result<ExitCode> {
    let options = counterclaim_evaluate::Options {
        predictions: arguments.predictions.clone(),
        given: arguments.given,
        verbose: arguments.verbose,
    };
    // Floors are read first: a wrong path should not cost a run over all sets.
    let floors = arguments.check.as_deref().map(Floors::open).transpose()?;
    let is_all = arguments.set == "all";
    if is_all && options.predictions.is_some() {
        anyhow::bail!("answers are written for one set at a time; name it instead of `all`");
    }
    let program = Program { model, incidents: &Recorded };
    let reports = if is_all {
        counterclaim_evaluate::run_all(&arguments.path, &options, program)?
    } else {
        let mut report = counterclaim_evaluate::run(&arguments.set, &arguments.path, &options, program)?;
        if arguments.given {
            report.set.push_str(" --given");
        }
        vec![report]
    };
    match (arguments.json, is_all) {
        (true, true) => printer::data(&format!("{}\n", serde_json::to_string_pretty(&reports)?))?,
        (true, false) => printer::data(&format!("{}\n", serde_json::to_string_pretty(&reports[0])?))?,
        (false, _) => {
            let tables: Vec<String> = reports.iter().map(|report| format!("{report}\n")).collect();
            printer::data(&tables.join("\n"))?;
        }
    }
    if let Some(file) = &arguments.scores {
        write_scores(file, &reports)?;
    }
    Ok(floors.map_or(ExitCode::Done, |floors| check(&floors, &reports, is_all)))
}

/// Incidents as a record joins reports: each report is added to a new record that goes afterwards.
struct Recorded;

/// Reports that are added in one transaction.
const BATCH: usize = 64;

impl Recorded {
    fn news(ledgers: &[ReportLedger]) -> anyhow::Result<Vec<Option<i64>>> {
        let folder = tempfile::tempdir()?;
        let mut record = Record::open(&folder.path().join("record.db"))?;
        let mut documents = Vec::with_capacity(ledgers.len());
        for batch in ledgers.chunks(BATCH) {
            documents.extend(record.add(batch, "evaluate")?.into_iter().map(|added| added.document));
        }
        documents.into_iter().map(|document| Ok(record.news_of(document)?)).collect()
    }
}

impl Incidents for Recorded {
    fn incidents(&self, ledgers: &[ReportLedger]) -> Vec<Option<i64>> {
        Recorded::news(ledgers).unwrap_or_else(|error| {
            printer::note(&format!("incidents were not joined: {error:#}"));
            vec![None; ledgers.len()]
        })
    }
}

fn write_scores(file: &Path, reports: &[Report]) -> anyhow::Result<()> {
    let is_json = file.extension().is_some_and(|extension| extension == "json");
    let text = if is_json { Floors::of(reports).text() } else { markdown(reports) };
    std::fs::write(file, text).with_context(|| format!("writing the scores to `{}`", file.display()))
}

/// Says which scores left their floors.
fn check(floors: &Floors, reports: &[Report], is_all: bool) -> ExitCode {
    let found = floors.compare(reports);
    for fallen in &found.fallen {
        printer::note(&format!("below its floor: {fallen}"));
    }
    for risen in &found.risen {
        printer::note(&format!("raise the floor: {risen}"));
    }
    if is_all {
        for set in &found.absent {
            printer::note(&format!("not measured: {set}"));
        }
    }
    for report in reports.iter().filter(|report| !report.rows.is_empty() && !floors.has(&report.set)) {
        printer::note(&format!("no floors: {}", report.set));
    }
    if found.fallen.is_empty() { ExitCode::Done } else { ExitCode::SomeFailed }
}
