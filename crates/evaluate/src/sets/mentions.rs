//! Entities of other schemes: GUM and re3d.

use super::spans::{Range, exact};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_schema::MentionKind;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `gum` and `re3d`: mentions of the ledger under the names of the scheme, exact span F1 per type and micro over all types of the gold.
///
/// Both schemes mark more than names (GUM: whole and nested noun phrases), so the numbers say how far our mentions are from theirs.
pub struct Mentions {
    /// The scheme's types, in the order of the table.
    types: &'static [&'static str],
    name_of: fn(MentionKind) -> Option<&'static str>,
}

/// GUM's entity types (Zeldes, 2017).
pub const GUM: Mentions = Mentions {
    types: &["person", "organization", "place", "time", "object", "event", "abstract", "substance", "animal", "plant"],
    name_of: |kind| {
        Some(match kind {
            MentionKind::Person | MentionKind::Group => "person",
            MentionKind::Organization => "organization",
            MentionKind::Place | MentionKind::Facility => "place",
            MentionKind::Time => "time",
            MentionKind::Weapon | MentionKind::Vehicle => "object",
            MentionKind::Nationality | MentionKind::Quantity | MentionKind::Misc => return None,
        })
    },
};

/// re3d's entity types (Dstl, 2017).
pub const RE3D: Mentions = Mentions {
    types: &[
        "Organisation",
        "Person",
        "Location",
        "Weapon",
        "Vehicle",
        "MilitaryPlatform",
        "Quantity",
        "Temporal",
        "Nationality",
        "Money",
        "Frequency",
    ],
    name_of: |kind| {
        Some(match kind {
            MentionKind::Person => "Person",
            MentionKind::Organization | MentionKind::Group => "Organisation",
            MentionKind::Place | MentionKind::Facility => "Location",
            MentionKind::Weapon => "Weapon",
            MentionKind::Vehicle => "Vehicle",
            MentionKind::Quantity => "Quantity",
            MentionKind::Time => "Temporal",
            MentionKind::Nationality => "Nationality",
            MentionKind::Misc => return None,
        })
    },
};

fn typed(spans: &[Value], name: &str) -> BTreeSet<Range> {
    spans.iter().filter(|span| text_of(span, "type") == Some(name)).filter_map(offsets).collect()
}

impl Set for Mentions {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("spans").is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let ledger = machine.read(&record.document());
        let spans: Vec<Value> = ledger
            .mentions
            .iter()
            .filter_map(|mention| {
                let name = (self.name_of)(mention.kind)?;
                Some(json!({ "start": mention.span.start, "end": mention.span.end, "type": name }))
            })
            .collect();
        json!({ "id": record.id, "spans": spans })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let (found, gold) = (list_of(answer, "spans"), list_of(&record.value, "spans"));
        for name in self.types {
            let count = exact(&typed(found, name), &typed(gold, name));
            tally.add(name, count);
            tally.add("micro", count);
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("micro", Measure::F1)];
        metrics.extend(self.types.iter().map(|name| Metric::new(name, Measure::F1)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn one_place_may_carry_two_types() {
        let gold = r#"{"id":"1","text":"Syria fell","spans":[{"start":0,"end":5,"type":"Location"},{"start":0,"end":5,"type":"Organisation"}]}"#;
        check(
            &RE3D,
            gold,
            r#"{"spans":[{"start":0,"end":5,"type":"Location"},{"start":0,"end":5,"type":"Organisation"}]}"#,
            &[("micro F1", 1.0)],
        );
        check(
            &RE3D,
            gold,
            r#"{"spans":[{"start":0,"end":5,"type":"Location"}]}"#,
            &[("micro F1", 2.0 / 3.0), ("Organisation F1", 0.0)],
        );
        check(&RE3D, gold, r#"{"spans":[{"start":0,"end":4,"type":"Location"}]}"#, &[("micro F1", 0.0)]);
        check(
            &GUM,
            r#"{"id":"1","text":"Syria","spans":[{"start":0,"end":5,"type":"place"}]}"#,
            r#"{"spans":[{"start":0,"end":5,"type":"place"}]}"#,
            &[("place F1", 1.0)],
        );
    }
}
