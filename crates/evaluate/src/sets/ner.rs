//! Named entities of sentences: persons, organizations, places.

use super::spans::{Range, exact};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_schema::{CodePoints, MentionKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `ner_*`: exact span F1 per class and micro over PER, ORG and LOC, as in CoNLL 2003 (Tjong Kim Sang and De Meulder).
///
/// Facilities count as places. MISC is not answered and not scored.
pub struct Ner;

const CLASSES: [&str; 3] = ["PER", "ORG", "LOC"];

fn class_of(kind: MentionKind) -> Option<&'static str> {
    Some(match kind {
        MentionKind::Person => "PER",
        MentionKind::Organization => "ORG",
        MentionKind::Place | MentionKind::Facility => "LOC",
        _ => return None,
    })
}

fn of_class(spans: &[Value], class: &str) -> BTreeSet<Range> {
    spans.iter().filter(|span| text_of(span, "type") == Some(class)).filter_map(offsets).collect()
}

impl Set for Ner {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("spans").is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let points = CodePoints::new(&record.text);
        // A record is one sentence.
        let span = record.paragraph();
        let words = counterclaim_text::words(&record.text, span);
        let sentences =
            if words.is_empty() { Vec::new() } else { vec![counterclaim_text::Sentence { span, words, block: 0 }] };
        let spans: Vec<Value> = machine
            .analyze(&record.text, &sentences)
            .mentions
            .iter()
            .filter_map(|mention| {
                let class = class_of(mention.kind)?;
                Some(json!({ "start": points.of_byte(mention.span.start()), "end": points.of_byte(mention.span.end()), "type": class }))
            })
            .collect();
        json!({ "id": record.id, "spans": spans })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        for class in CLASSES {
            let count =
                exact(&of_class(list_of(answer, "spans"), class), &of_class(list_of(&record.value, "spans"), class));
            tally.add(class, count);
            tally.add("micro", count);
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("micro", Measure::F1)];
        metrics.extend(CLASSES.map(|class| Metric::new(class, Measure::F1)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn exact_spans_of_the_right_class() {
        let gold = r#"{"id":"1","text":"Ann Roe of Oxfam went to Goma","spans":[{"start":0,"end":7,"type":"PER"},{"start":11,"end":16,"type":"ORG"},{"start":25,"end":29,"type":"LOC"}]}"#;
        let right = r#"{"spans":[{"start":0,"end":7,"type":"PER"},{"start":11,"end":16,"type":"ORG"},{"start":25,"end":29,"type":"LOC"}]}"#;
        check(&Ner, gold, right, &[("micro F1", 1.0), ("PER F1", 1.0)]);
        let wrong_class = r#"{"spans":[{"start":0,"end":7,"type":"PER"},{"start":11,"end":16,"type":"LOC"},{"start":25,"end":29,"type":"LOC"}]}"#;
        check(
            &Ner,
            gold,
            wrong_class,
            &[("micro F1", 2.0 / 3.0), ("ORG F1", 0.0), ("LOC precision", 0.5), ("LOC recall", 1.0)],
        );
        let short = r#"{"spans":[{"start":0,"end":3,"type":"PER"}]}"#;
        check(&Ner, gold, short, &[("micro F1", 0.0), ("PER F1", 0.0)]);
        let twice = r#"{"spans":[{"start":0,"end":7,"type":"PER"},{"start":0,"end":7,"type":"PER"},{"start":1,"end":2,"type":"MISC"}]}"#;
        check(&Ner, gold, twice, &[("micro F1", 0.5), ("micro precision", 1.0)]);
    }
}
