//! Which documents tell of the same incident, and which mentions of the same event.

use super::clusters::{Mention, credits, grouped};
use super::grammar::Parsed;
use super::spans::{Range, exact};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{CONLL, Measure, Metric, Tally};
use counterclaim_events::coreference::chain;
use counterclaim_language::Upos;
use counterclaim_schema::ledger::ReportLedger;
use serde_json::{Value, json};

/// `ecbplus` (Cybulska and Vossen, LREC 2014): all documents of a file at once.
///
/// `incident` is B3 of documents by `meta.subtopic`, as the record clusters them. Event mentions are the spans of actions, negated ones too; `mention` is exact span F1. `CoNLL` is the
/// mean F1 of MUC, B3 and CEAFe over all documents, mentions found or, with `--given`, given. Mentions of one document only are scored too. As
/// annotated, only checked sentences count: gold mentions and answers elsewhere are left out (Cybulska and Vossen, 2015).
pub struct EcbPlus {
    /// The mentions are given.
    pub is_given: bool,
}

/// What a document is read to for clustering.
struct Told {
    ledger: ReportLedger,
    /// Mentions of events with the lemma of their head.
    events: Vec<(Range, String)>,
}

/// The incident of each document, and the cluster of each of its events.
type Clustered = Vec<(String, Vec<(Range, String)>)>;

/// Clusters of incidents and events over all documents: incidents as the record joins them, events by [`chain`].
fn answer_from(documents: &[Told], incidents: &[Option<i64>]) -> Clustered {
    documents
        .iter()
        .enumerate()
        .map(|(number, document)| {
            let incident = incidents.get(number).copied().flatten();
            // A report that is in no incident is alone.
            let incident = incident.map_or_else(|| format!("r{}", number + 1), |incident| format!("i{incident}"));
            let events = document.events.iter().map(|(range, lemma)| (*range, chain(&incident, lemma)));
            let events = events.collect();
            (incident, events)
        })
        .collect()
}

/// Mentions of events: runs of words that the model takes for names of events.
fn mentions_from(parsed: &Parsed<'_>) -> Vec<Range> {
    let mut found: Vec<Range> = Vec::new();
    let mut open: Option<std::ops::Range<u32>> = None;
    let words = &parsed.analysis.events.words;
    for (at, word) in words.iter().enumerate() {
        let at = at as u32;
        if word.named > 0.5 {
            open = Some(open.map_or(at, |run| run.start)..at + 1);
        } else if let Some(run) = open.take() {
            found.push(parsed.range_of(&run));
        }
    }
    found.extend(open.map(|run| parsed.range_of(&run)));
    found
}

/// The lemma of the head of a mention; a participle that describes is still one of its verb ("the arrested man").
fn lemma_of(parsed: &Parsed<'_>, word: u32) -> String {
    match &parsed.analysis.words[word as usize] {
        head if head.upos == Upos::Adj => counterclaim_language::lemma(&head.lemma, Upos::Verb),
        head => head.lemma.clone(),
    }
}

fn is_action(span: &Value) -> bool {
    let name = text_of(span, "type").unwrap_or_default();
    name.starts_with("ACTION") || name.starts_with("NEG_ACTION") || name == "event"
}

/// Whether a range begins in a sentence that was checked; without word about checking all are.
fn is_checked(record: &Record, range: Range) -> bool {
    let sentences = list_of(&record.value, "sentences");
    let number = |sentence: &Value, index: usize| sentence.get(index).and_then(Value::as_u64).unwrap_or(0);
    sentences.is_empty()
        || sentences.iter().any(|sentence| {
            let checked = sentence.get(2).and_then(Value::as_bool).unwrap_or(true);
            checked && number(sentence, 0) <= u64::from(range.0) && u64::from(range.0) < number(sentence, 1)
        })
}

fn gold_mentions(record: &Record) -> Vec<(Range, Option<String>)> {
    let spans = list_of(&record.value, "spans").iter().filter(|span| is_action(span));
    spans
        .filter_map(|span| Some((offsets(span)?, text_of(span, "cluster").map(str::to_owned))))
        .filter(|(range, _)| is_checked(record, *range))
        .collect()
}

fn label(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(label) => Some(label.clone()),
        Value::Number(label) => Some(label.to_string()),
        _ => None,
    }
}

fn found_mentions(record: &Record, answer: &Value) -> Vec<(Range, Option<String>)> {
    let events = list_of(answer, "events").iter();
    events
        .filter_map(|event| Some((offsets(event)?, label(event.get("cluster")))))
        .filter(|(range, _)| is_checked(record, *range))
        .collect()
}

/// Clusters over all records.
fn over_all(each: &[Vec<(Range, Option<String>)>]) -> Vec<Vec<Mention>> {
    let labelled = each.iter().enumerate().flat_map(|(number, mentions)| {
        mentions.iter().map(move |((start, end), label)| ((number, *start, *end), label.clone()))
    });
    grouped(labelled)
}

impl Set for EcbPlus {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("meta").and_then(|meta| text_of(meta, "subtopic")).is_some()
            && list_of(&record.value, "spans").iter().any(|span| label(span.get("cluster")).is_some())
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        self.answer_all(std::slice::from_ref(record), machine).remove(0)
    }

    fn answer_all(&self, records: &[Record], machine: &Machine<'_>) -> Vec<Value> {
        use rayon::prelude::*;
        let told: Vec<Told> = records
            .par_iter()
            .map(|record| {
                let parsed = Parsed::new(record, machine);
                let mentions: Vec<Range> = if self.is_given {
                    list_of(&record.value, "spans").iter().filter(|span| is_action(span)).filter_map(offsets).collect()
                } else {
                    mentions_from(&parsed)
                };
                let lemma = |range: Range| parsed.word_at(range).map_or(String::new(), |word| lemma_of(&parsed, word));
                let events = mentions.into_iter().map(|range| (range, lemma(range))).collect();
                Told { ledger: machine.read(&record.document()), events }
            })
            .collect();
        let ledgers: Vec<ReportLedger> = told.iter().map(|told| told.ledger.clone()).collect();
        let incidents = machine.incidents.incidents(&ledgers);
        let rows = records.iter().zip(answer_from(&told, &incidents));
        rows.map(|(record, (incident, events))| {
            let events: Vec<Value> = events
                .into_iter()
                .map(|((start, end), cluster)| json!({ "start": start, "end": end, "cluster": cluster }))
                .collect();
            json!({ "id": record.id, "incident": incident, "events": events })
        })
        .collect()
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        self.score_all(std::slice::from_ref(record), std::slice::from_ref(answer)).remove(0)
    }

    fn score_all(&self, records: &[Record], answers: &[Value]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); records.len()];
        let gold: Vec<_> = records.iter().map(gold_mentions).collect();
        let found: Vec<_> =
            records.iter().zip(answers).map(|(record, answer)| found_mentions(record, answer)).collect();
        let booked = credits(&over_all(&gold), &over_all(&found), records.len());
        for (tally, parts) in tallies.iter_mut().zip(booked) {
            for (name, credit) in CONLL.iter().zip(parts) {
                tally.add_credit(name, credit);
            }
        }
        // A document is a mention of its incident; one without gold is not asked for.
        let told = |record: &Record| record.value.get("meta").and_then(|meta| label(meta.get("subtopic")));
        let of_gold =
            records.iter().enumerate().filter_map(|(number, record)| Some(((number, 0, 0), Some(told(record)?))));
        let of_answers = records.iter().zip(answers).enumerate().filter(|(_, (record, _))| told(record).is_some());
        let of_answers = of_answers.map(|(number, (_, answer))| ((number, 0, 0), label(answer.get("incident"))));
        let booked = credits(&grouped(of_gold), &grouped(of_answers), records.len());
        for (tally, [_, b_cubed, _]) in tallies.iter_mut().zip(booked) {
            tally.add_credit("incident B3", b_cubed);
        }
        if !self.is_given {
            let ranges = |mentions: &[(Range, Option<String>)]| mentions.iter().map(|(range, _)| *range).collect();
            for ((tally, found), gold) in tallies.iter_mut().zip(&found).zip(&gold) {
                tally.add("mention", exact::<Range>(&ranges(found), &ranges(gold)));
            }
        }
        tallies
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("incident B3", Measure::CreditF1)];
        if !self.is_given {
            metrics.push(Metric::headline("mention", Measure::F1));
        }
        metrics.push(Metric::headline("CoNLL", Measure::Conll));
        metrics.extend(CONLL.map(|name| Metric::new(name, Measure::CreditF1)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::parse;
    use crate::tally::rows;

    const GOLD: &str = r#"{"id":"1","text":"They met. They ate.","meta":{"subtopic":"a"},"sentences":[[0,9,true],[10,19,false]],"spans":[{"start":5,"end":8,"type":"ACTION_OCCURRENCE","cluster":"m"},{"start":15,"end":18,"type":"ACTION_STATE","cluster":null},{"start":0,"end":4,"type":"HUMAN_PART_PER","cluster":"h"}]}
{"id":"2","text":"The talks ended.","meta":{"subtopic":"a"},"spans":[{"start":4,"end":9,"type":"ACTION_OCCURRENCE","cluster":"m"},{"start":10,"end":15,"type":"ACTION_ASPECTUAL","cluster":null}]}
{"id":"3","text":"It burned.","meta":{"subtopic":"b"},"spans":[{"start":3,"end":9,"type":"NEG_ACTION_OCCURRENCE","cluster":"f"}]}"#;

    fn check(answers: Value, is_given: bool, expected: &[(&str, f64)]) {
        let (mut records, mut bad) = (Vec::new(), Vec::new());
        parse("test", GOLD.as_bytes(), &mut records, &mut bad);
        let set = EcbPlus { is_given };
        assert!(set.holds_gold(&records[0]));
        let rows = rows(&set.metrics(), &set.score_all(&records, answers.as_array().expect("a list")));
        for (name, value) in expected {
            let row = rows.iter().find(|row| row.name == *name).unwrap_or_else(|| panic!("no row {name}"));
            assert!((row.value - value).abs() < 1e-9, "{name}: {} instead of {value}", row.value);
        }
    }

    fn right() -> Value {
        json!([
            { "id": "1", "incident": 7, "events": [{ "start": 5, "end": 8, "cluster": "x" }, { "start": 10, "end": 14, "cluster": "y" }] },
            { "id": "2", "incident": 7, "events": [{ "start": 4, "end": 9, "cluster": "x" }, { "start": 10, "end": 15, "cluster": 5 }] },
            { "id": "3", "incident": 8, "events": [{ "start": 3, "end": 9, "cluster": "z" }] },
        ])
    }

    #[test]
    fn all_documents_together() {
        // What stands in a sentence that nobody checked costs nothing.
        check(right(), false, &[("incident B3 F1", 1.0), ("mention F1", 1.0), ("CoNLL F1", 1.0)]);
        check(right(), true, &[("CoNLL F1", 1.0), ("MUC recall", 1.0)]);
        let mut one = right();
        one[2]["incident"] = json!(7);
        check(one, false, &[("incident B3 recall", 1.0), ("incident B3 precision", 5.0 / 9.0)]);
        let mut apart = right();
        apart[1]["events"][0]["cluster"] = json!("w");
        check(apart, false, &[("mention F1", 1.0), ("MUC F1", 0.0), ("B3 precision", 1.0), ("B3 recall", 0.75)]);
        let mut missing = right();
        missing[2]["events"] = json!([]);
        check(
            missing,
            false,
            &[("mention recall", 0.75), ("B3 recall", 0.75), ("MUC F1", 1.0), ("CEAFe precision", 1.0)],
        );
    }
}
