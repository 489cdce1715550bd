//! Time expressions and their values.

use super::spans::{overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use serde_json::{Value, json};

/// `timeml`: TIMEX3 as in TempEval-3 (UzZaman et al., SemEval 2013): strict F1 (same span), relaxed F1 (spans overlap, each used once), and
/// value and type F1, for which a relaxed match counts only when the attribute is the same string.
pub struct Timeml;

impl Set for Timeml {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("spans").is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let ledger = machine.read(&record.document());
        let timexes: Vec<Value> = ledger
            .times
            .iter()
            .map(|time| json!({ "start": time.span.start, "end": time.span.end, "value": time.value, "type": time.timex }))
            .collect();
        json!({ "id": record.id, "timexes": timexes })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let gold = record.spans(Some("TIMEX3"));
        let found = list_of(answer, "timexes");
        let strict = pair_up(gold.len(), found.len(), |item, answer| {
            offsets(gold[item]).is_some() && offsets(gold[item]) == offsets(&found[answer])
        });
        let taken: Vec<usize> = strict.iter().flatten().copied().collect();
        // Same spans stay together; only the rest is paired by overlap.
        let near = pair_up(gold.len(), found.len(), |item, answer| {
            strict[item].is_none()
                && !taken.contains(&answer)
                && matches!((offsets(gold[item]), offsets(&found[answer])), (Some(left), Some(right)) if overlap(left, right))
        });
        let (mut relaxed, mut value, mut kind) = (0, 0, 0);
        for (item, pair) in gold.iter().zip(strict.iter().zip(&near).map(|(strict, near)| strict.or(*near))) {
            let told = text_of(item, "value").unwrap_or("-");
            let words = text_of(item, "text").unwrap_or("-");
            match pair {
                Some(answer) => {
                    relaxed += 1;
                    kind += usize::from(text_of(&found[answer], "type") == text_of(item, "timex"));
                    let right = text_of(&found[answer], "value") == Some(told);
                    value += usize::from(right);
                    if !right {
                        tally.missed.push(format!(
                            "time \"{words}\": {}, not {told}",
                            text_of(&found[answer], "value").unwrap_or("-")
                        ));
                    }
                }
                None => tally.missed.push(format!("missed time \"{words}\" {told}")),
            }
        }
        for (index, answer) in found.iter().enumerate() {
            if !taken.contains(&index) && !near.contains(&Some(index)) {
                tally.missed.push(format!(
                    "time too many: {}..{} {}",
                    answer["start"],
                    answer["end"],
                    text_of(answer, "value").unwrap_or("-")
                ));
            }
        }
        for (name, correct) in [("strict", taken.len()), ("relaxed", relaxed), ("value", value), ("type", kind)] {
            tally.add(name, Count::new(correct, found.len(), gold.len()));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        ["strict", "relaxed", "value", "type"].map(|name| Metric::headline(name, Measure::F1)).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn spans_and_values() {
        let gold = r#"{"id":"1","text":"It rained on Monday and in May 2020.","spans":[{"start":13,"end":19,"type":"TIMEX3","timex":"DATE","value":"2020-06-01"},{"start":27,"end":35,"type":"TIMEX3","timex":"DATE","value":"2020-05"},{"start":3,"end":9,"type":"EVENT"}]}"#;
        let right = r#"{"timexes":[{"start":13,"end":19,"value":"2020-06-01","type":"DATE"},{"start":27,"end":35,"value":"2020-05","type":"DATE"}]}"#;
        check(&Timeml, gold, right, &[("strict F1", 1.0), ("relaxed F1", 1.0), ("value F1", 1.0), ("type F1", 1.0)]);
        let wrong_value = r#"{"timexes":[{"start":13,"end":19,"value":"2020-06-08","type":"DATE"},{"start":27,"end":35,"value":"2020-05","type":"DATE"}]}"#;
        check(&Timeml, gold, wrong_value, &[("strict F1", 1.0), ("value F1", 0.5)]);
        let longer = r#"{"timexes":[{"start":10,"end":19,"value":"2020-06-01","type":"DATE"},{"start":27,"end":35,"value":"2020-05","type":"TIME"}]}"#;
        check(&Timeml, gold, longer, &[("strict F1", 0.5), ("relaxed F1", 1.0), ("value F1", 1.0), ("type F1", 0.5)]);
        let split = r#"{"timexes":[{"start":27,"end":30,"value":"2020-05","type":"DATE"},{"start":31,"end":35,"value":"2020","type":"DATE"}]}"#;
        check(&Timeml, gold, split, &[("strict F1", 0.0), ("relaxed F1", 0.5)]);
    }
}
