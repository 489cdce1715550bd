//! Own annotated sentences: events with status and parts, and the class of the whole.

use super::spans::{Range, exact, overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, pair, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_schema::ledger::{Participant, ReportLedger, Scope, Status, TextSpan};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `own`: sentences annotated by ourselves (training/own.py).
///
/// `event` pairs triggers that overlap and have the same PLOVER type, one to one; `type` is micro F1 over the set of types of each sentence. Of paired
/// events: `status right`, `scope right` (background where the gold says past), and F1 per part (spans overlap, one to one). Parts of events that
/// were not paired count as missed or too many. `parties` joins recipients, victims and targets, which the ledger does not tell apart.
/// `class` is the ACLED label of the whole.
pub struct Own;

/// Parts as answered, each with the gold parts that it stands for.
const PARTS: [(&str, &[&str]); 4] = [
    ("actor", &["actor"]),
    ("parties", &["recipient", "victim", "target"]),
    ("place", &["place"]),
    ("instrument", &["instrument"]),
];

/// Statuses of the annotation in the words of the ledger; a threatened deed is a planned one to the ledger if its author means it.
fn statuses(told: &str) -> &'static [&'static str] {
    match told {
        "going" => &["ongoing"],
        "plan" => &["planned"],
        "order" => &["ordered"],
        "threat" => &["planned", "hypothetical"],
        "hyp" => &["hypothetical"],
        "neg" => &["denied"],
        _ => &["occurred"],
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Occurred => "occurred",
        Status::Ongoing => "ongoing",
        Status::Planned => "planned",
        Status::Ordered => "ordered",
        Status::Hypothetical => "hypothetical",
        Status::Denied => "denied",
    }
}

/// Events of the ledger with the spans of their parts.
fn answer_from(ledger: &ReportLedger) -> Vec<Value> {
    let pieces =
        |spans: Vec<&TextSpan>| -> Vec<[u32; 2]> { spans.into_iter().map(|span| [span.start, span.end]).collect() };
    let told = |parts: &'_ [Participant]| -> Vec<[u32; 2]> {
        pieces(parts.iter().filter_map(|part| part.span.as_ref()).collect())
    };
    ledger
        .events
        .iter()
        .map(|event| {
            let place = event.place.as_ref().and_then(|id| ledger.places.iter().find(|place| place.id == *id));
            let victims = ledger.harms.iter().filter(|harm| harm.event.as_ref() == Some(&event.id));
            let mut parties = told(&event.recipients);
            parties.extend(pieces(event.targets.iter().map(|thing| &thing.span).collect()));
            parties.extend(pieces(victims.filter_map(|harm| harm.victims.as_ref()).collect()));
            parties.sort_unstable();
            parties.dedup();
            json!({
                "start": event.trigger.start,
                "end": event.trigger.end,
                "type": event.plover.event_type,
                "status": status_name(event.status),
                "past": event.scope == Scope::Background,
                "roles": {
                    "actor": told(&event.actors),
                    "parties": parties,
                    "place": pieces(place.map(|place| &place.span).into_iter().collect()),
                    "instrument": pieces(event.weapons.iter().map(|thing| &thing.span).collect()),
                },
            })
        })
        .collect()
}

fn part(event: &Value, names: &[&str]) -> Vec<Range> {
    let roles = event.get("roles").unwrap_or(&Value::Null);
    names.iter().flat_map(|name| list_of(roles, name)).filter_map(pair).collect()
}

impl Set for Own {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("events").is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let ledger = machine.read(&record.document());
        let label = machine.report_class(&record.document(), true).class;
        json!({ "id": record.id, "label": label, "events": answer_from(&ledger) })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let (gold, found) = (list_of(&record.value, "events"), list_of(answer, "events"));
        let kind = |event: &Value| text_of(event, "type").unwrap_or_default().to_owned();
        let fits = |item: usize, answer: usize| {
            matches!((offsets(&gold[item]), offsets(&found[answer])), (Some(left), Some(right)) if overlap(left, right))
                && kind(&gold[item]) == kind(&found[answer])
        };
        let pairs = pair_up(gold.len(), found.len(), fits);
        tally.add("event", Count::new(pairs.iter().flatten().count(), found.len(), gold.len()));
        let types = |events: &[Value]| events.iter().map(kind).collect::<BTreeSet<String>>();
        tally.add("type", exact(&types(found), &types(gold)));
        for (item, pair) in gold.iter().zip(&pairs) {
            let answered = pair.map(|answer| &found[answer]);
            if let Some(answered) = answered {
                let status = text_of(answered, "status").unwrap_or_default();
                let is_right = statuses(text_of(item, "status").unwrap_or_default()).contains(&status);
                tally.add_share("status right", usize::from(is_right), 1);
                let past = |event: &Value| event.get("past").and_then(Value::as_bool).unwrap_or(false);
                tally.add_share("scope right", usize::from(past(item) == past(answered)), 1);
                if !is_right {
                    tally.missed.push(format!("{} is {}, not {status}: {}", item["type"], item["status"], record.text));
                }
            } else {
                tally
                    .missed
                    .push(format!("missed {} at {}..{}: {}", item["type"], item["start"], item["end"], record.text));
            }
            for (name, names) in PARTS {
                let wanted = part(item, names);
                let told = answered.map(|answered| part(answered, &[name])).unwrap_or_default();
                let right = pair_up(wanted.len(), told.len(), |item, answer| overlap(wanted[item], told[answer]));
                tally.add(name, Count::new(right.iter().flatten().count(), told.len(), wanted.len()));
            }
        }
        for (index, event) in found.iter().enumerate() {
            if !pairs.contains(&Some(index)) {
                tally.missed.push(format!(
                    "too many: {} at {}..{}: {}",
                    event["type"], event["start"], event["end"], record.text
                ));
                for (name, _) in PARTS {
                    tally.add(name, Count::new(0, part(event, &[name]).len(), 0));
                }
            }
        }
        if let Some(label) = text_of(&record.value, "label") {
            tally.add_label("class", label, text_of(answer, "label").unwrap_or_default());
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("event", Measure::F1), Metric::headline("type", Measure::F1)];
        metrics.extend(["status right", "scope right"].map(|name| Metric::headline(name, Measure::Share)));
        metrics.extend(PARTS.map(|(name, _)| Metric::headline(name, Measure::F1)));
        metrics.push(Metric::headline("class", Measure::Classes));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn events_and_their_parts() {
        let mut gold = crate::own::parse(
            "{A1 Rebels} {E1:ASSAULT+neg shelled} {V1 six men} and {D1 a ship} off {P1 Orla}. || ATTACK",
        )
        .expect("good");
        gold["id"] = json!("1");
        let gold = gold.to_string();
        let answer = |kind: &str, status: &str, past: bool, at: u32, label: &str| {
            json!({ "label": label, "events": [{ "start": at, "end": at + 7, "type": kind, "status": status, "past": past,
                "roles": { "actor": [[0, 6]], "parties": [[15, 22], [28, 34]], "place": [[39, 43]], "instrument": [] } }] })
            .to_string()
        };
        check(
            &Own,
            &gold,
            &answer("ASSAULT", "denied", false, 7, "ATTACK"),
            &[
                ("event F1", 1.0),
                ("type F1", 1.0),
                ("status right", 1.0),
                ("scope right", 1.0),
                ("actor F1", 1.0),
                ("parties F1", 1.0),
                ("place F1", 1.0),
                ("class accuracy", 1.0),
            ],
        );
        check(
            &Own,
            &gold,
            &answer("ASSAULT", "occurred", true, 7, "OTHER"),
            &[("event F1", 1.0), ("status right", 0.0), ("scope right", 0.0), ("class accuracy", 0.0)],
        );
        for wrong in [answer("COERCE", "denied", false, 7, "ATTACK"), answer("ASSAULT", "denied", false, 20, "ATTACK")]
        {
            check(
                &Own,
                &gold,
                &wrong,
                &[("event F1", 0.0), ("actor F1", 0.0), ("actor precision", 0.0), ("actor recall", 0.0)],
            );
        }
        check(&Own, &gold, r#"{"events":[]}"#, &[("event F1", 0.0), ("parties recall", 0.0), ("class accuracy", 0.0)]);
    }

    #[test]
    fn sentences_without_events() {
        let gold = r#"{"id":"1","text":"It rained.","label":"NONE","events":[]}"#;
        check(&Own, gold, r#"{"label":"NONE","events":[]}"#, &[("class accuracy", 1.0)]);
        check(
            &Own,
            gold,
            r#"{"label":"ATTACK","events":[{"start":3,"end":9,"type":"ASSAULT"}]}"#,
            &[("event precision", 0.0)],
        );
    }
}
