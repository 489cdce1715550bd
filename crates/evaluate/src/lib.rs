//! The program against gold: readers of gold sets, scorers, tables.
//!
//! A set is a folder of records (`dev.jsonl`) with a known form; [`run`] answers every record through the same pipeline that reads
//! reports, scores the answers where the records hold gold, and writes them down where asked. Records without gold (*blind* files) are
//! answered and not scored. What is scored is the answer as it is written, so a score can be checked from the file of predictions.
//!
//! Offsets in records and answers count Unicode code points, end exclusive.

mod all;
mod own;
mod ratchet;
mod record;
mod report;
mod sets;
mod tally;

pub use all::{markdown, run_all};
pub use ratchet::{Comparison, Floors, Move};
pub use report::{Report, Score};

use counterclaim_language::Model;
use counterclaim_schema::ledger::ReportLedger;
use record::{BadRecord, Record};
use serde_json::Value;
use sets::{Machine, Set};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tally::Tally;

/// Clusters reports into incidents. Sets whose answers reach across reports ask it; whoever has a record fills it in.
pub trait Incidents: Sync {
    /// The incident that each report tells of as its news; none for a report that tells of nothing.
    fn incidents(&self, ledgers: &[ReportLedger]) -> Vec<Option<i64>>;
}

/// Each report alone, where there is no record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Incidents for Alone {
    fn incidents(&self, ledgers: &[ReportLedger]) -> Vec<Option<i64>> {
        vec![None; ledgers.len()]
    }
}

/// The program that is measured.
#[derive(Clone, Copy)]
pub struct Program<'m> {
    /// What reads.
    pub model: &'m Model,
    /// What joins reports.
    pub incidents: &'m dyn Incidents,
}

impl<'m> From<&'m Model> for Program<'m> {
    fn from(model: &'m Model) -> Program<'m> {
        Program { model, incidents: &Alone }
    }
}

/// What to do beside scoring.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// File into which the answers go, one JSON object a line; `-` is standard output.
    pub predictions: Option<PathBuf>,
    /// The mentions of the records are given and only their answer is asked (toponyms, ecbplus).
    pub given: bool,
    /// Tell the missed items in [`Report::details`].
    pub verbose: bool,
}

/// Why a set could not be run at all. Bad records are counted in the report instead.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// No set has this name.
    #[error("there is no set `{name}`; sets are {known}")]
    UnknownSet {
        /// Name as given.
        name: String,
        /// The names of all sets.
        known: String,
    },
    /// A file or folder of records cannot be read.
    #[error("cannot read `{path}`")]
    Unreadable {
        /// Path as given.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The folder holds nothing of the set.
    #[error("`{path}` holds no {wanted}")]
    NoRecords {
        /// Path as given.
        path: String,
        /// What was looked for.
        wanted: &'static str,
    },
    /// A file of floors is not what it should be.
    #[error("`{path}` holds no floors (set, metric, number)")]
    BadFloors {
        /// Path as given.
        path: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The answers cannot be written.
    #[error("cannot write `{path}`")]
    Unwritable {
        /// Path as given.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// Answers the records of a set, writes the answers where asked, and scores them where there is gold.
///
/// `path` is a file of records, a folder with `dev.jsonl` (or folders of the set's name below it that hold one), or, for `stories`, a
/// folder with pairs `NAME.txt` and `NAME.gold.json` or one file of a pair; for `own` a file of annotated sentences or a folder with `*-dev.ann`; for
/// `no_event` all of these. Answers come in the order of the records, the same on any number of threads.
///
/// # Errors
/// An unknown set, files that cannot be read or written. A bad line is named and counted in the report.
pub fn run<'m>(
    set: &str,
    path: &Path,
    options: &Options,
    program: impl Into<Program<'m>>,
) -> Result<Report, EvaluateError> {
    let began = Instant::now();
    let chosen = sets::by_name(set, options)
        .ok_or_else(|| EvaluateError::UnknownSet { name: set.to_owned(), known: sets::NAMES.join(", ") })?;
    let (records, bad) = record::load(set, path)?;
    let machine = Machine::new(program.into());
    let answers = chosen.answer_all(&records, &machine);
    if let Some(to) = &options.predictions {
        write_answers(to, &answers)?;
    }
    Ok(score_all(set, &*chosen, &records, &answers, bad, options, began))
}

fn score_all(
    name: &str,
    set: &dyn Set,
    records: &[Record],
    answers: &[Value],
    bad: Vec<BadRecord>,
    options: &Options,
    began: Instant,
) -> Report {
    // A record without any span is gold in a file of gold and nothing in a blind one.
    let is_gold = records.iter().any(|record| set.holds_gold(record));
    let tallies: Vec<Tally> = if is_gold { set.score_all(records, answers) } else { Vec::new() };
    let mut details: Vec<String> = Vec::new();
    for (record, tally) in records.iter().zip(&tallies) {
        details.extend(tally.line.iter().cloned());
        if options.verbose {
            details.extend(tally.missed.iter().map(|missed| format!("{}: {missed}", record.id)));
        }
    }
    Report {
        set: name.to_owned(),
        records: records.len(),
        bad_records: bad.iter().map(BadRecord::to_string).collect(),
        rows: if is_gold { tally::rows(&set.metrics(), &tallies) } else { Vec::new() },
        details,
        seconds: began.elapsed().as_secs_f64(),
    }
}

fn write_answers(path: &Path, answers: &[Value]) -> Result<(), EvaluateError> {
    let failed = |source| EvaluateError::Unwritable { path: path.display().to_string(), source };
    let mut out: Box<dyn Write> = if path == Path::new("-") {
        Box::new(std::io::stdout().lock())
    } else {
        Box::new(std::fs::File::create(path).map_err(failed)?)
    };
    let mut lines = Vec::new();
    for answer in answers {
        lines.extend_from_slice(answer.to_string().as_bytes());
        lines.push(b'\n');
    }
    out.write_all(&lines).and_then(|()| out.flush()).map_err(failed)
}
