//! The sets: how each asks, how each is scored.

mod cameo_roles;
mod casualties;
mod claimdiff;
mod classes;
mod clusters;
mod ecbplus;
mod event_location;
mod factuality;
mod grammar;
mod kairos;
mod mentions;
mod muc4;
mod ner;
mod no_event;
mod own;
mod places;
mod plover;
mod polnear;
mod spans;
mod stories;
mod timeml;
mod toponyms;

use crate::record::Record;
use crate::tally::{Metric, Tally};
use crate::{Incidents, Options, Program};
use counterclaim_events::{Reader, ReportClass};
use counterclaim_language::{Analysis, Model};
use counterclaim_schema::Document;
use counterclaim_schema::ledger::ReportLedger;
use counterclaim_text::Sentence;
use serde_json::{Value, json};

/// The program that is measured: one model, the reader over it, and what joins reports.
pub struct Machine<'m> {
    pub(super) model: &'m Model,
    pub(super) incidents: &'m dyn Incidents,
}

impl<'m> Machine<'m> {
    /// With a model, and what joins reports.
    pub fn new(program: Program<'m>) -> Machine<'m> {
        Machine { model: program.model, incidents: program.incidents }
    }

    /// The ledger of a document, as `read` makes it.
    pub fn read(&self, document: &Document) -> ReportLedger {
        Reader::new(self.model).read(document, &[])
    }

    /// The class of a short report as a whole.
    pub fn report_class(&self, document: &Document, with_none: bool) -> ReportClass {
        Reader::new(self.model).report_class(document, with_none)
    }

    /// What the model alone finds.
    pub fn analyze(&self, text: &str, sentences: &[Sentence]) -> Analysis {
        self.model.analyze(text, sentences)
    }
}

/// A set of records: the question, the answer, the score.
pub trait Set: Sync {
    /// Whether a record holds gold beside its text.
    fn holds_gold(&self, record: &Record) -> bool;

    /// The answer in the form that is written down.
    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value;

    /// The answers to all records of a file, in their order. Sets whose answers reach across records answer them together.
    fn answer_all(&self, records: &[Record], machine: &Machine<'_>) -> Vec<Value> {
        use rayon::prelude::*;
        records.par_iter().map(|record| self.answer(record, machine)).collect()
    }

    /// Compares an answer with the gold of its record.
    fn score(&self, record: &Record, answer: &Value) -> Tally;

    /// Compares all answers with their gold: a tally for each record.
    fn score_all(&self, records: &[Record], answers: &[Value]) -> Vec<Tally> {
        records.iter().zip(answers).map(|(record, answer)| self.score(record, answer)).collect()
    }

    /// The rows of the report.
    fn metrics(&self) -> Vec<Metric>;
}

/// Names of the sets for messages.
pub const NAMES: &[&str] = &[
    "polnear",
    "polnear_sent",
    "ner",
    "timeml",
    "toponyms",
    "plover_gsr",
    "plover_plv",
    "muc4",
    "gum",
    "re3d",
    "factuality",
    "event_location",
    "case21_acled",
    "cameo_roles",
    "cameo_penta",
    "rams",
    "wikievents",
    "ecbplus",
    "claimdiff",
    "no_event",
    "own",
    "stories",
    "places",
    "ledger",
];

/// The set with a name.
pub fn by_name(name: &str, options: &Options) -> Option<Box<dyn Set>> {
    Some(match name {
        "polnear" => Box::new(polnear::Polnear { sentence: false }),
        "polnear_sent" => Box::new(polnear::Polnear { sentence: true }),
        "timeml" => Box::new(timeml::Timeml),
        "plover_gsr" => Box::new(plover::Plover { is_plv: false }),
        "plover_plv" => Box::new(plover::Plover { is_plv: true }),
        "muc4" => Box::new(muc4::Muc4),
        "gum" => Box::new(mentions::GUM),
        "re3d" => Box::new(mentions::RE3D),
        "factuality" => Box::new(factuality::Factuality),
        "event_location" => Box::new(event_location::EventLocation),
        "case21_acled" => Box::new(classes::ACLED),
        "cameo_roles" => Box::new(cameo_roles::CameoRoles),
        "cameo_penta" => Box::new(classes::PENTA),
        "rams" => Box::new(kairos::Rams),
        "wikievents" => Box::new(kairos::WikiEvents),
        "ecbplus" => Box::new(ecbplus::EcbPlus { is_given: options.given }),
        "claimdiff" => Box::new(claimdiff::ClaimDiff),
        "no_event" => Box::new(no_event::NoEvent),
        "own" => Box::new(own::Own),
        "stories" => Box::new(stories::Stories),
        "places" => Box::new(places::Places),
        "ledger" => Box::new(LedgerSet),
        _ if name == "ner" || name.starts_with("ner_") => Box::new(ner::Ner),
        _ if name == "toponyms" || name.starts_with("toponyms_") => {
            Box::new(toponyms::Toponyms { is_given: options.given })
        }
        _ => return None,
    })
}

/// A ledger as `read` prints it, under the id of the record.
pub fn ledger_answer(id: &str, ledger: &ReportLedger) -> Value {
    let mut answer = json!({ "id": id });
    if let (Value::Object(answer), Ok(Value::Object(rows))) = (&mut answer, serde_json::to_value(ledger)) {
        answer.extend(rows);
    }
    answer
}

/// The ledger of a page of plain text, furniture and all, with its date if one is given.
pub fn page_ledger(id: &str, text: &str, published: Option<&str>, machine: &Machine<'_>) -> ReportLedger {
    let options = counterclaim_ingest::Options {
        kind: counterclaim_ingest::InputKind::Text,
        published: published.map(str::to_owned),
        ..counterclaim_ingest::Options::default()
    };
    let pages = counterclaim_ingest::read_bytes(text.as_bytes(), &options);
    match pages.into_iter().next() {
        Some(mut page) => {
            page.document.id = id.to_owned();
            Reader::new(machine.model).read(&page.document, &page.diagnostics)
        }
        None => machine.read(&counterclaim_ingest::plain_document(id, text, published)),
    }
}

/// Whole ledgers, one a record; there is nothing to score.
struct LedgerSet;

impl Set for LedgerSet {
    fn holds_gold(&self, _: &Record) -> bool {
        false
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        ledger_answer(&record.id, &page_ledger(&record.id, &record.text, record.date(), machine))
    }

    fn score(&self, _: &Record, _: &Value) -> Tally {
        Tally::default()
    }

    fn metrics(&self) -> Vec<Metric> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::parse;
    use crate::tally::rows;

    /// Scores one answer against one record and compares the rows named.
    pub fn check(set: &dyn Set, gold: &str, answer: &str, expected: &[(&str, f64)]) {
        let (mut records, mut bad) = (Vec::new(), Vec::new());
        parse("test", gold.as_bytes(), &mut records, &mut bad);
        assert!(bad.is_empty() && records.len() == 1, "{bad:?}");
        assert!(set.holds_gold(&records[0]), "no gold in {gold}");
        let answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
        let rows = rows(&set.metrics(), &[set.score(&records[0], &answer)]);
        for (name, value) in expected {
            let row = rows.iter().find(|row| row.name == *name).unwrap_or_else(|| panic!("no row {name}"));
            assert!((row.value - value).abs() < 1e-9, "{name}: {} instead of {value} for {answer}", row.value);
        }
    }
}
