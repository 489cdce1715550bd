//! The record against the project's own gold of many reports.

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_record::Record;
use counterclaim_record::evaluate::{Gold, evaluate};
use counterclaim_schema::ledger::ReportLedger;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record")
}

static LEDGERS: LazyLock<Vec<ReportLedger>> = LazyLock::new(|| {
    let reader = Reader::new(Model::embedded());
    let documents =
        counterclaim_ingest::read_path(&fixtures().join("reports.jsonl"), &counterclaim_ingest::Options::default())
            .expect("the reports");
    documents.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect()
});

fn record(folder: &Path, batch: usize, ledgers: &[ReportLedger]) -> Record {
    let mut record = Record::open(&folder.join("record.db")).expect("a record");
    for chunk in ledgers.chunks(batch) {
        record.add(chunk, "test").expect("added");
    }
    record
}

/// The whole table, for those who run the test with `--nocapture`.
#[allow(clippy::print_stderr)]
fn eprint_scores(told: &str) {
    eprintln!("{told}");
}

#[test]
fn the_demo_record_reaches_its_bars() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(folder.path(), 16, &LEDGERS);
    let gold: Gold =
        serde_json::from_slice(&std::fs::read(fixtures().join("gold.json")).expect("the gold")).expect("gold");
    let scores = evaluate(&record, &gold).expect("scores");
    let told = format!("{scores:#?}");
    eprint_scores(&told);
    assert!(scores.incidents.2 >= 0.90, "{told}");
    assert!(scores.figures.0 as f64 >= 0.95 * scores.figures.1 as f64, "{told}");
    assert!(scores.contradictions.2 >= 0.80, "{told}");
    assert!(scores.copies.2 >= 0.95, "{told}");
    assert_eq!(record.check(&mut |_| {}).expect("checked"), []);
}

/// The incidents of the reports as sets of names, whatever their ids.
fn partition(record: &Record) -> Vec<Vec<String>> {
    let mut sets = Vec::new();
    let filter = counterclaim_record::IncidentFilter { limit: 10_000, ..Default::default() };
    for row in record.incidents(&filter).expect("incidents") {
        let incident = record.incident(row.id).expect("an incident");
        let mut names: Vec<String> =
            incident.reports.iter().chain(&incident.mentioned_in).map(|report| report.name.clone()).collect();
        names.sort();
        sets.push(names);
    }
    sets.sort();
    sets
}

#[test]
fn the_order_of_arrival_and_the_size_of_batches_are_of_no_matter() {
    let folder = tempfile::tempdir().expect("a folder");
    let straight = partition(&record(folder.path(), 1_000, &LEDGERS));
    for (turn, batch) in [(1usize, 1usize), (2, 7), (3, 64)] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut shuffled: Vec<(usize, ReportLedger)> = LEDGERS.iter().cloned().enumerate().collect();
        shuffled.sort_by_key(|(index, _)| (index * (31 + turn * 12) + turn * 7) % 101);
        let ledgers: Vec<ReportLedger> = shuffled.into_iter().map(|(_, ledger)| ledger).collect();
        let record = record(folder.path(), batch, &ledgers);
        assert_eq!(partition(&record), straight, "turn {turn}");
        assert_eq!(record.check(&mut |_| {}).expect("checked"), []);
    }
}
