//! Where an event of a sentence happened.

use super::grammar::Parsed;
use super::spans::{Range, exact};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, pair};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_language::LinkRole;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `event_location`: the places of a given verb (Halterman 2019).
///
/// `exact` is the share of records whose set of spans is the gold set, also apart for records with and without a place; `span` is F1 of the spans.
pub struct EventLocation;

/// The phrases that the role head links to the given verb as its place.
fn answer_from(parsed: &Parsed<'_>) -> Vec<Range> {
    let given = parsed.analysis.events.deeds.iter().filter(|deed| deed.given);
    let places = given.flat_map(|deed| &deed.links).filter(|(role, _)| *role == LinkRole::Place);
    places.map(|(_, words)| parsed.range_of(words)).collect()
}

impl Set for EventLocation {
    fn holds_gold(&self, record: &Record) -> bool {
        !record.spans(Some("location")).is_empty()
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let verb: Vec<Range> = record.spans(Some("verb")).into_iter().find_map(offsets).into_iter().collect();
        let parsed = Parsed::given(record, machine, &verb);
        let places: Vec<[u32; 2]> = answer_from(&parsed).into_iter().map(|(start, end)| [start, end]).collect();
        json!({ "id": record.id, "location": places })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let gold: BTreeSet<Range> = record.spans(Some("location")).into_iter().filter_map(offsets).collect();
        let found: BTreeSet<Range> = list_of(answer, "location").iter().filter_map(pair).collect();
        let right = usize::from(gold == found);
        tally.add_share("exact", right, 1);
        tally.add_share(if gold.is_empty() { "exact without place" } else { "exact with place" }, right, 1);
        tally.add("span", exact(&found, &gold));
        if right == 0 {
            tally.missed.push(format!("{found:?}, not {gold:?}: {}", record.text));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = ["exact", "exact with place", "exact without place"]
            .map(|name| Metric::headline(name, Measure::Share))
            .to_vec();
        metrics.push(Metric::headline("span", Measure::F1));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn sets_of_places() {
        let gold = r#"{"id":"1","text":"They fought in Orla and Tem","spans":[{"start":5,"end":11,"type":"verb"},{"start":15,"end":19,"type":"location"},{"start":24,"end":27,"type":"location"}]}"#;
        check(
            &EventLocation,
            gold,
            r#"{"location":[[24,27],[15,19]]}"#,
            &[("exact", 1.0), ("exact with place", 1.0), ("span F1", 1.0)],
        );
        check(&EventLocation, gold, r#"{"location":[[15,19]]}"#, &[("exact", 0.0), ("span F1", 2.0 / 3.0)]);
        check(&EventLocation, gold, r#"{"location":[[15,27]]}"#, &[("exact", 0.0), ("span F1", 0.0)]);
        check(
            &EventLocation,
            gold,
            r#"{"location":[]}"#,
            &[("exact", 0.0), ("span recall", 0.0), ("exact without place", 0.0)],
        );
    }

    #[test]
    fn no_place_is_an_answer() {
        let (mut records, mut bad) = (Vec::new(), Vec::new());
        crate::record::parse(
            "test",
            br#"{"id":"1","text":"They fought","spans":[{"start":5,"end":11,"type":"verb"}]}"#,
            &mut records,
            &mut bad,
        );
        let tally = EventLocation.score(&records[0], &json!({ "location": [] }));
        assert_eq!((tally.count("exact without place").correct, tally.count("exact with place").gold), (1, 0));
        let tally = EventLocation.score(&records[0], &json!({ "location": [[0, 4]] }));
        assert_eq!(tally.count("exact without place").correct, 0);
    }
}
