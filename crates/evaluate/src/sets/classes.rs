//! One class for each text: ACLED sub-event types, penta classes of CAMEO.

use super::grammar::Parsed;
use super::{Machine, Set};
use crate::record::{Record, list_of, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_language::EVENT_TYPES;
use serde_json::{Value, json};

/// `case21_acled` (CASE 2021, task 1 of the shared task on fine-grained event classification) and `cameo_penta` (ConfliBERT, Hu et al., NAACL 2022):
/// share of right classes, and mean F1 over the classes that stand in the gold.
pub struct Classes {
    /// Key of the class in the gold's events.
    gold: &'static str,
    /// Key of the class in the answer.
    answer: &'static str,
    answer_from: fn(&Record, &Machine<'_>) -> Value,
}

/// The class of ACLED's codebook, or one of five beside it.
pub const ACLED: Classes = Classes { gold: "acled", answer: "label", answer_from: acled_from };

/// 0 neutral, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
pub const PENTA: Classes = Classes { gold: "penta", answer: "penta", answer_from: penta_from };

fn acled_from(record: &Record, machine: &Machine<'_>) -> Value {
    json!(machine.report_class(&record.document(), false).class)
}

/// Shares of the types added up by penta class; appeals lie between 0 and 3 (CAMEO 02 and 10), and statements are no event.
fn penta_from(record: &Record, machine: &Machine<'_>) -> Value {
    let mut shares = [0f32; 5];
    for unit in &Parsed::new(record, machine).analysis.events.windows {
        for (kind, share) in unit.types.iter().enumerate() {
            match EVENT_TYPES.get(kind).copied() {
                None => shares[0] += share,
                Some("REQUEST") => {
                    shares[0] += share / 2.0;
                    shares[3] += share / 2.0;
                }
                Some("CONCEDE") => shares[2] += share,
                Some(name) => shares[usize::from(super::plover::quad(name))] += share,
            }
        }
    }
    json!((1..5).fold(0, |best, class| if shares[class] > shares[best] { class } else { best }))
}

/// A class as text, written as a name or a number.
fn class(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

impl Classes {
    fn gold_of(&self, record: &Record) -> Option<String> {
        let found = list_of(&record.value, "events").iter().find_map(|event| event.get(self.gold))?;
        Some(class(Some(found)))
    }
}

impl Set for Classes {
    fn holds_gold(&self, record: &Record) -> bool {
        self.gold_of(record).is_some()
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        json!({ "id": record.id, self.answer: (self.answer_from)(record, machine) })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let Some(gold) = self.gold_of(record) else { return tally };
        let found = class(answer.get(self.answer));
        if found != gold {
            tally.missed.push(format!("{found}, not {gold}: {}", text_of(&record.value, "text").unwrap_or("-")));
        }
        tally.add_label("class", &gold, &found);
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        vec![Metric::headline("class", Measure::Classes)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn one_class() {
        let gold = r#"{"id":"1","text":"x","events":[{"acled":"ARREST"}]}"#;
        check(&ACLED, gold, r#"{"label":"ARREST"}"#, &[("class accuracy", 1.0), ("class macro F1", 1.0)]);
        check(&ACLED, gold, r#"{"label":"ATTACK"}"#, &[("class accuracy", 0.0), ("class macro F1", 0.0)]);
        check(&ACLED, gold, "{}", &[("class accuracy", 0.0)]);
        let gold = r#"{"id":"1","text":"x","events":[{"penta":0}]}"#;
        check(&PENTA, gold, r#"{"penta":0}"#, &[("class accuracy", 1.0)]);
        check(&PENTA, gold, r#"{"penta":4}"#, &[("class accuracy", 0.0)]);
    }
}
