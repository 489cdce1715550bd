//! Texts in which nothing of a conflict happens.

use super::{Machine, Set};
use crate::record::{Record, list_of, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_schema::CodePoints;
use counterclaim_schema::ledger::{Scope, Status};
use serde_json::{Value, json};

/// `no_event`: how many events of material conflict (ASSAULT, COERCE, PROTEST, MOBILIZE) are coded as current, not denied, where there
/// are none; for each thousand sentences. Events of other types are counted beside them, for talks and visits do happen in peace.
pub struct NoEvent;

const MATERIAL: [&str; 4] = ["ASSAULT", "COERCE", "PROTEST", "MOBILIZE"];

impl Set for NoEvent {
    fn holds_gold(&self, _: &Record) -> bool {
        true
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let document = record.document();
        let points = CodePoints::new(&record.text);
        let (sentences, _) = counterclaim_text::sentences(&document);
        let ledger = machine.read(&document);
        let events: Vec<Value> = ledger
            .events
            .iter()
            .filter(|event| event.scope == Scope::Current && event.status != Status::Denied)
            .map(|event| {
                let at = points.to_byte(event.trigger.start);
                let sentence = sentences.iter().find(|sentence| sentence.span.start() <= at && at < sentence.span.end());
                let words = sentence.map_or("", |sentence| sentence.span.of(&record.text));
                json!({ "start": event.trigger.start, "end": event.trigger.end, "type": event.plover.event_type, "sentence": words })
            })
            .collect();
        json!({ "id": record.id, "sentences": sentences.len(), "events": events })
    }

    fn score(&self, _: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let events = list_of(answer, "events");
        let is_material = |event: &&Value| text_of(event, "type").is_some_and(|name| MATERIAL.contains(&name));
        let coded = events.iter().filter(is_material).count();
        let sentences = answer.get("sentences").and_then(Value::as_u64).unwrap_or(0) as usize;
        tally.add_share("material conflict (per 1,000 sentences)", coded, sentences);
        tally.add_share("any event (per 1,000 sentences)", events.len(), sentences);
        tally.missed.extend(events.iter().filter(is_material).map(|event| {
            format!(
                "{}: {}",
                text_of(event, "type").unwrap_or("-"),
                text_of(event, "sentence").unwrap_or("-").replace('\n', " ")
            )
        }));
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        vec![
            Metric::headline("material conflict (per 1,000 sentences)", Measure::Rate),
            Metric::headline("any event (per 1,000 sentences)", Measure::Rate),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn events_for_a_thousand_sentences() {
        let answer = r#"{"sentences":4,"events":[{"type":"ASSAULT","sentence":"He shot a film."},{"type":"CONSULT"},{"type":"MOBILIZE"}]}"#;
        let expected = [("material conflict (per 1,000 sentences)", 500.0), ("any event (per 1,000 sentences)", 750.0)];
        check(&NoEvent, r#"{"id":"1","text":"x"}"#, answer, &expected);
        let none = r#"{"sentences":4,"events":[]}"#;
        check(&NoEvent, r#"{"id":"1","text":"x"}"#, none, &[("material conflict (per 1,000 sentences)", 0.0)]);
    }
}
