//! How sure it is that events happened.

use super::grammar::Parsed;
use super::spans::Range;
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use serde_json::{Value, json};

/// `factuality`: given events on the scale of Lee et al. (EMNLP 2015) and Stanovsky et al. (ACL 2017), -3 certainly did not happen to 3 certainly did.
///
/// Correlation of Pearson and mean absolute error over all events, and for each corpus apart. The scale joins the grades of FactBank
/// (Saurí and Pustejovsky, 2009): 3 certain, 2 probable, 1 possible, 0 not told. An event is *denied* when its value lies nearer to a negative grade
/// than to 0 (below -0.5), and *unsure* when it is not denied and lies below "possible" (from -0.5 up to, not including, 1); F1 of both.
/// An event without an answer lies at the far end of the scale.
pub struct Factuality;

const CORPORA: [&str; 3] = ["factbank_v1", "uw", "meantime"];

fn is_denied(value: f64) -> bool {
    value < -0.5
}

fn is_unsure(value: f64) -> bool {
    !is_denied(value) && value < 1.0
}

/// The value of the event at a range: that of its first word.
fn answer_from(parsed: &Parsed<'_>, event: Range) -> f64 {
    let word = parsed.first_word(event).and_then(|word| parsed.analysis.events.words.get(word as usize));
    word.map_or(3.0, |word| (f64::from(word.factuality) * 1000.0).round() / 1000.0)
}

impl Set for Factuality {
    fn holds_gold(&self, record: &Record) -> bool {
        record.spans(Some("event")).iter().any(|span| span.get("value").is_some_and(Value::is_number))
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let parsed = Parsed::new(record, machine);
        let events: Vec<Value> = record
            .spans(Some("event"))
            .into_iter()
            .filter_map(offsets)
            .map(|event| json!({ "start": event.0, "end": event.1, "value": answer_from(&parsed, event) }))
            .collect();
        json!({ "id": record.id, "events": events })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let found = list_of(answer, "events");
        let corpus = record.value.get("meta").and_then(|meta| text_of(meta, "corpus"));
        for span in record.spans(Some("event")) {
            let Some(gold) = span.get("value").and_then(Value::as_f64) else { continue };
            let answered = found
                .iter()
                .find(|event| offsets(event) == offsets(span))
                .and_then(|event| event.get("value")?.as_f64())
                .filter(|value| value.is_finite())
                .unwrap_or(if gold < 0.0 { 3.0 } else { -3.0 });
            tally.add_value("all", gold, answered);
            if let Some(corpus) = corpus {
                tally.add_value(corpus, gold, answered);
            }
            for (name, is) in [("denied", is_denied as fn(f64) -> bool), ("unsure", is_unsure)] {
                let (wanted, told) = (is(gold), is(answered));
                tally.add(name, Count::new(usize::from(wanted && told), usize::from(told), usize::from(wanted)));
            }
            if (gold - answered).abs() >= 1.5 {
                tally.missed.push(format!("{answered}, not {gold}: {}", text_of(span, "text").unwrap_or("-")));
            }
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![
            Metric::headline("all r", Measure::Correlation),
            Metric::headline("all MAE", Measure::MeanError),
            Metric::headline("denied", Measure::F1),
            Metric::headline("unsure", Measure::F1),
        ];
        for corpus in CORPORA {
            metrics.push(Metric::headline(&format!("{corpus} r"), Measure::Correlation));
            metrics.push(Metric::headline(&format!("{corpus} MAE"), Measure::MeanError));
        }
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn values_and_classes() {
        let gold = r#"{"id":"1","text":"He left, did not eat and may sleep","meta":{"corpus":"uw"},"spans":[{"start":3,"end":7,"type":"event","value":3.0},{"start":17,"end":20,"type":"event","value":-3.0},{"start":29,"end":34,"type":"event","value":0.0}]}"#;
        let answer = |values: [f64; 3]| {
            json!({ "events": [{"start":29,"end":34,"value":values[2]},{"start":3,"end":7,"value":values[0]},{"start":17,"end":20,"value":values[1]}] }).to_string()
        };
        check(
            &Factuality,
            gold,
            &answer([3.0, -3.0, 0.0]),
            &[("all r", 1.0), ("all MAE", 0.0), ("uw r", 1.0), ("denied F1", 1.0), ("unsure F1", 1.0)],
        );
        check(&Factuality, gold, &answer([3.0, 3.0, 3.0]), &[("all r", 0.0), ("all MAE", 3.0), ("denied F1", 0.0)]);
        check(
            &Factuality,
            gold,
            &answer([0.9, -0.6, -0.4]),
            &[("denied F1", 1.0), ("unsure precision", 0.5), ("unsure recall", 1.0), ("uw MAE", 4.9 / 3.0)],
        );
        // No answer is the worst one.
        check(&Factuality, gold, r#"{"events":[]}"#, &[("all MAE", 5.0), ("denied F1", 0.0)]);
    }

    #[test]
    fn the_edges_of_the_classes() {
        for (value, denied, unsure) in
            [(-0.6, true, false), (-0.5, false, true), (0.9, false, true), (1.0, false, false)]
        {
            assert_eq!((is_denied(value), is_unsure(value)), (denied, unsure), "{value}");
        }
    }
}
