//! Who does it and to whom, as spans of a sentence.

use super::grammar::Parsed;
use super::spans::{Range, exact, overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_language::SideRole;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `cameo_roles`: source and target of a sentence (ConfliBERT, Hu et al., NAACL 2022): exact span F1 of each and micro; `overlap` pairs spans of one
/// role that share a character, one to one.
pub struct CameoRoles;

const ROLES: [&str; 2] = ["source", "target"];

/// The sides that the model's head marks.
fn answer_from(parsed: &Parsed<'_>) -> Vec<(&'static str, Range)> {
    let sides = parsed.analysis.events.sides.iter();
    sides.map(|(role, words)| (ROLES[usize::from(*role == SideRole::Target)], parsed.range_of(words))).collect()
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
        let spans: Vec<Value> = answer_from(&parsed)
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
