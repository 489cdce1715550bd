//! Who does it and to whom, as spans of a sentence.

use super::grammar::Parsed;
use super::spans::{Range, exact, overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_language::Deprel;
use counterclaim_schema::ledger::{Participant, ReportLedger};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `cameo_roles`: source and target of a sentence (ConfliBERT, Hu et al., NAACL 2022): exact span F1 of each and micro; `overlap` pairs spans of one
/// role that share a character, one to one.
pub struct CameoRoles;

const ROLES: [&str; 2] = ["source", "target"];

/// Parties of the first event that has both, else one, else of the main verb's subject and object.
fn answer_from(parsed: &Parsed<'_>, ledger: &ReportLedger) -> Vec<(&'static str, Range)> {
    let told = |parts: &[Participant]| -> Vec<Range> {
        parts.iter().filter_map(|part| part.span.as_ref()).map(|span| (span.start, span.end)).collect()
    };
    let sides = |index: usize| [told(&ledger.events[index].actors), told(&ledger.events[index].recipients)];
    let filled = |index: &usize| sides(*index).iter().filter(|side| !side.is_empty()).count();
    let best = (0..ledger.events.len()).rev().max_by_key(filled);
    let mut found: Vec<(&'static str, Range)> = Vec::new();
    if let Some(best) = best.filter(|best| filled(best) > 0) {
        let [actors, recipients] = sides(best);
        // Both sides of talks are actors to the ledger; the second is the target here.
        match (actors.as_slice(), recipients.as_slice()) {
            ([first, second, ..], []) => found.extend([("source", *first), ("target", *second)]),
            _ => {
                found.extend(actors.first().map(|&range| ("source", range)));
                found.extend(recipients.first().map(|&range| ("target", range)));
            }
        }
        for (_, range) in &mut found {
            if let Some(head) = parsed.word_at(*range) {
                *range = parsed.phrase(head, false);
            }
        }
        return found;
    }
    let root = (0..parsed.analysis.words.len() as u32).find(|&word| parsed.deprel(word) == Deprel::Root);
    let Some(root) = root else { return found };
    let subject = parsed.dependent(root, &[Deprel::Nsubj]);
    let object = parsed.dependent(root, &[Deprel::Obj, Deprel::Iobj, Deprel::NsubjPass, Deprel::Obl]);
    found.extend(subject.map(|head| ("source", parsed.phrase(head, false))));
    found.extend(object.map(|head| ("target", parsed.phrase(head, false))));
    found
}

fn of_role(spans: &[Value], role: &str) -> BTreeSet<Range> {
    spans.iter().filter(|span| text_of(span, "type") == Some(role)).filter_map(offsets).collect()
}

impl Set for CameoRoles {
    fn holds_gold(&self, record: &Record) -> bool {
        ROLES.iter().any(|role| !record.spans(Some(role)).is_empty())
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let parsed = Parsed::new(record, machine);
        let ledger = machine.read(&record.document());
        let spans: Vec<Value> = answer_from(&parsed, &ledger)
            .into_iter()
            .map(|(role, (start, end))| json!({ "start": start, "end": end, "type": role }))
            .collect();
        json!({ "id": record.id, "spans": spans })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        for role in ROLES {
            let gold = of_role(list_of(&record.value, "spans"), role);
            let found = of_role(list_of(answer, "spans"), role);
            let count = exact(&found, &gold);
            tally.add(role, count);
            tally.add("micro", count);
            let (items, answers): (Vec<Range>, Vec<Range>) =
                (gold.iter().copied().collect(), found.iter().copied().collect());
            let pairs = pair_up(items.len(), answers.len(), |item, answer| overlap(items[item], answers[answer]));
            tally.add("overlap", Count::new(pairs.iter().flatten().count(), answers.len(), items.len()));
            if gold != found {
                tally.missed.push(format!("{role} {found:?}, not {gold:?}: {}", record.text));
            }
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        ["micro", "source", "target", "overlap"].map(|name| Metric::headline(name, Measure::F1)).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn spans_of_each_role() {
        let gold = r#"{"id":"1","text":"The army warned the rebels","spans":[{"start":0,"end":8,"type":"source"},{"start":16,"end":26,"type":"target"}]}"#;
        let right = r#"{"spans":[{"start":0,"end":8,"type":"source"},{"start":16,"end":26,"type":"target"}]}"#;
        check(
            &CameoRoles,
            gold,
            right,
            &[("micro F1", 1.0), ("source F1", 1.0), ("target F1", 1.0), ("overlap F1", 1.0)],
        );
        let short = r#"{"spans":[{"start":4,"end":8,"type":"source"},{"start":16,"end":26,"type":"target"}]}"#;
        check(
            &CameoRoles,
            gold,
            short,
            &[("micro F1", 0.5), ("source F1", 0.0), ("target F1", 1.0), ("overlap F1", 1.0)],
        );
        let swapped = r#"{"spans":[{"start":0,"end":8,"type":"target"},{"start":16,"end":26,"type":"source"}]}"#;
        check(&CameoRoles, gold, swapped, &[("micro F1", 0.0), ("overlap F1", 0.0)]);
        check(&CameoRoles, gold, r#"{"spans":[]}"#, &[("micro F1", 0.0), ("micro recall", 0.0)]);
    }
}
