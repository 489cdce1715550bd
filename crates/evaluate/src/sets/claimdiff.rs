//! Whether the second of two claims strengthens or weakens the first.

use super::grammar::Parsed;
use super::{Machine, Set};
use crate::record::Record;
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_language::Upos;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `claimdiff` (Ko et al., 2022): two claims, one a line; F1 of "strengthens" and of "weakens".
pub struct ClaimDiff;

const QUESTIONS: [&str; 2] = ["strengthens", "weakens"];

/// What a claim is about, and what would make it differ from another.
#[derive(Default)]
struct Sketch {
    words: BTreeSet<String>,
    numbers: BTreeSet<String>,
    is_negative: bool,
}

fn sketch(parsed: &Parsed<'_>, text: &str, from: usize, to: usize) -> Sketch {
    let mut sketch = Sketch::default();
    for word in parsed.analysis.words.iter().filter(|word| word.span.start() >= from && word.span.end() <= to) {
        match word.upos {
            Upos::Num => _ = sketch.numbers.insert(word.span.of(text).to_lowercase()),
            Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj => _ = sketch.words.insert(word.lemma.clone()),
            _ => {}
        }
        sketch.is_negative |=
            matches!(word.lemma.as_str(), "not" | "n't" | "no" | "never" | "none" | "deny" | "reject" | "without");
    }
    sketch
}

/// Strengthens and weakens: claims that share words, and differ in negation or numbers if they are against each other.
fn answer_from(parsed: &Parsed<'_>, text: &str) -> [bool; 2] {
    let middle = text.find('\n').unwrap_or(text.len());
    let (first, second) = (sketch(parsed, text, 0, middle), sketch(parsed, text, middle, text.len()));
    let shared = first.words.intersection(&second.words).count();
    let smaller = first.words.len().min(second.words.len()).max(1);
    if shared * 4 < smaller {
        return [false, false];
    }
    let numbers_differ =
        !first.numbers.is_empty() && !second.numbers.is_empty() && first.numbers.is_disjoint(&second.numbers);
    let is_against = first.is_negative != second.is_negative || numbers_differ;
    [!is_against, is_against]
}

/// Gold is written as 0 and 1, answers as false and true.
fn is_true(value: &Value, question: &str) -> Option<bool> {
    let told = value.get(question)?;
    told.as_bool().or_else(|| Some(told.as_u64()? > 0))
}

impl Set for ClaimDiff {
    fn holds_gold(&self, record: &Record) -> bool {
        QUESTIONS.iter().any(|question| is_true(&record.value, question).is_some())
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let [strengthens, weakens] = answer_from(&Parsed::new(record, machine), &record.text);
        json!({ "id": record.id, "strengthens": strengthens, "weakens": weakens })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        for question in QUESTIONS {
            let gold = is_true(&record.value, question).unwrap_or(false);
            let told = is_true(answer, question).unwrap_or(false);
            tally.add(question, Count::new(usize::from(gold && told), usize::from(told), usize::from(gold)));
            if gold != told {
                tally.missed.push(format!("{question}: {told}, not {gold}: {}", record.text.replace('\n', " // ")));
            }
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        QUESTIONS.map(|name| Metric::headline(name, Measure::F1)).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn yes_and_no() {
        let gold = r#"{"id":"1","text":"a\nb","strengthens":1,"weakens":0}"#;
        check(
            &ClaimDiff,
            gold,
            r#"{"strengthens":true,"weakens":false}"#,
            &[("strengthens F1", 1.0), ("weakens F1", 0.0)],
        );
        check(
            &ClaimDiff,
            gold,
            r#"{"strengthens":false,"weakens":true}"#,
            &[("strengthens F1", 0.0), ("strengthens recall", 0.0), ("weakens precision", 0.0)],
        );
        check(&ClaimDiff, gold, "{}", &[("strengthens F1", 0.0)]);
        let gold = r#"{"id":"1","text":"a\nb","strengthens":0,"weakens":1}"#;
        check(
            &ClaimDiff,
            gold,
            r#"{"strengthens":true,"weakens":true}"#,
            &[("weakens F1", 1.0), ("strengthens precision", 0.0)],
        );
    }
}
