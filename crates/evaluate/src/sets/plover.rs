//! Coded events of single sentences.

use super::spans::exact;
use super::{Machine, Set};
use crate::record::{Record, list_of, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_schema::ledger::{Participant, ReportLedger};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `plover_gsr` and `plover_plv`: PLOVER events of a sentence, most certain first.
///
/// `type` is micro F1 over the set of types of each sentence; `first type` and `first quad` the share of sentences whose first answer has a gold
/// type or quad class (1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict). For `plover_gsr` also
/// micro F1 over the set of dyads of each sentence, a dyad being each source with each target (an absent side is an empty code): `dyad country` by the
/// first three letters of the codes, `dyad` by the codes with sectors, `event` by type and countries.
/// Old names of types are read as those of the manual: DEMAND as REQUEST, DISAPPROVE and INVESTIGATE as ACCUSE, FIGHT as ASSAULT; `plover_plv` has
/// YIELD for CONCEDE and RETREAT.
pub struct Plover {
    /// Gold has no codes of parties, and YIELD.
    pub is_plv: bool,
}

fn old_name(name: &str) -> &str {
    match name {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        name => name,
    }
}

/// The quad class of a type: verbal and material cooperation, verbal and material conflict; 0 for any other name.
pub fn quad(name: &str) -> u8 {
    match name {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
        _ => 0,
    }
}

/// Codes of the parties of an event; a joint party stands for its members.
fn codes(ledger: &ReportLedger, parts: &[Participant]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut push = |id: &str| {
        let Some(actor) = ledger.actors.iter().find(|actor| actor.id == id) else { return };
        if actor.country.is_none() && actor.sector.is_empty() {
            return;
        }
        let code = format!("{}{}", actor.country.as_deref().unwrap_or("---"), actor.sector.concat());
        if !found.contains(&code) {
            found.push(code);
        }
    };
    for part in parts {
        match ledger.actors.iter().find(|actor| actor.id == part.actor) {
            Some(joint) if joint.country.is_none() && !joint.members.is_empty() => {
                joint.members.iter().for_each(|member| push(member))
            }
            _ => push(&part.actor),
        }
    }
    found
}

/// A gold code: the country or body, and sectors in capitals; other letters name an ethnic group.
fn gold_codes(event: &Value, side: &str) -> Vec<String> {
    list_of(event, side)
        .iter()
        .filter_map(|party| {
            let country = text_of(party, "code").filter(|code| !code.is_empty())?;
            let sector: String =
                text_of(party, "sector").unwrap_or_default().chars().filter(char::is_ascii_uppercase).collect();
            Some(format!("{country}{sector}"))
        })
        .collect()
}

fn answer_codes(event: &Value, side: &str) -> Vec<String> {
    list_of(event, side).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Every source with every target; an absent side is empty.
fn dyads(sources: &[String], targets: &[String]) -> Vec<(String, String)> {
    let none = [String::new()];
    let side = |codes: &[String]| if codes.is_empty() { none.to_vec() } else { codes.to_vec() };
    let (sources, targets) = (side(sources), side(targets));
    sources.iter().flat_map(|source| targets.iter().map(move |target| (source.clone(), target.clone()))).collect()
}

fn country(code: &str) -> String {
    code.get(..3).unwrap_or(code).to_owned()
}

fn by_country((source, target): &(String, String)) -> (String, String) {
    (country(source), country(target))
}

impl Plover {
    fn type_of(&self, event: &Value, key: &str) -> String {
        let name = old_name(text_of(event, key).unwrap_or_default());
        if self.is_plv && matches!(name, "CONCEDE" | "RETREAT") { "YIELD".to_owned() } else { name.to_owned() }
    }

    /// YIELD spans two quad classes; PLV puts it into the first with CONCEDE unless its gold says otherwise.
    fn quads(&self, event: &Value, key: &str) -> BTreeSet<u8> {
        match event.get("quad").and_then(Value::as_u64) {
            Some(told) => BTreeSet::from([told as u8]),
            None => BTreeSet::from([quad(old_name(text_of(event, key).unwrap_or_default()))]),
        }
    }
}

impl Set for Plover {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("events").is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let ledger = machine.read(&record.document());
        let mut order: Vec<_> = ledger.events.iter().collect();
        order.sort_by(|left, right| right.score.total_cmp(&left.score));
        let mut events: Vec<Value> = Vec::new();
        for event in order {
            let row = json!({
                "type": event.plover.event_type,
                "source": codes(&ledger, &event.actors),
                "target": codes(&ledger, &event.recipients),
            });
            if !events.contains(&row) {
                events.push(row);
            }
        }
        json!({ "id": record.id, "events": events })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let key = if self.is_plv { "root" } else { "event" };
        let (found, gold) = (list_of(answer, "events"), list_of(&record.value, "events"));
        let wanted: BTreeSet<String> = gold.iter().map(|event| self.type_of(event, key)).collect();
        let answered: BTreeSet<String> = found.iter().map(|event| self.type_of(event, "type")).collect();
        tally.add("type", exact(&answered, &wanted));
        let first = found.first();
        tally.add_share(
            "first type",
            usize::from(first.is_some_and(|event| wanted.contains(&self.type_of(event, "type")))),
            1,
        );
        let quads: BTreeSet<u8> = gold.iter().flat_map(|event| self.quads(event, key)).collect();
        let first_quads = first.map(|event| self.quads(event, "type")).unwrap_or_default();
        tally.add_share("first quad", usize::from(!first_quads.is_disjoint(&quads)), 1);
        if !wanted.is_subset(&answered) {
            tally.missed.push(format!("{answered:?}, not {wanted:?}: {}", record.text));
        }
        if self.is_plv {
            return tally;
        }
        let of_gold: Vec<(String, Vec<(String, String)>)> = gold
            .iter()
            .map(|event| (self.type_of(event, key), dyads(&gold_codes(event, "source"), &gold_codes(event, "target"))))
            .collect();
        let of_answer: Vec<(String, Vec<(String, String)>)> = found
            .iter()
            .map(|event| {
                (self.type_of(event, "type"), dyads(&answer_codes(event, "source"), &answer_codes(event, "target")))
            })
            .collect();
        let plain = |events: &[(String, Vec<(String, String)>)]| -> BTreeSet<(String, String)> {
            events.iter().flat_map(|(_, dyads)| dyads.clone()).collect()
        };
        let countries = |events: &[(String, Vec<(String, String)>)]| -> BTreeSet<(String, String)> {
            events.iter().flat_map(|(_, dyads)| dyads.iter().map(by_country)).collect()
        };
        let typed = |events: &[(String, Vec<(String, String)>)]| -> BTreeSet<(String, (String, String))> {
            events
                .iter()
                .flat_map(|(name, dyads)| dyads.iter().map(move |dyad| (name.clone(), by_country(dyad))))
                .collect()
        };
        tally.add("dyad country", exact(&countries(&of_answer), &countries(&of_gold)));
        tally.add("dyad", exact(&plain(&of_answer), &plain(&of_gold)));
        tally.add("event", exact(&typed(&of_answer), &typed(&of_gold)));
        if countries(&of_answer) != countries(&of_gold) {
            tally.missed.push(format!("dyads {:?}, not {:?}: {}", plain(&of_answer), plain(&of_gold), record.text));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("type", Measure::F1)];
        if !self.is_plv {
            metrics.extend(["dyad country", "dyad", "event"].map(|name| Metric::headline(name, Measure::F1)));
        }
        metrics.extend(["first type", "first quad"].map(|name| Metric::headline(name, Measure::Share)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn types_and_dyads() {
        let set = Plover { is_plv: false };
        let gold = r#"{"id":"1","text":"x","events":[{"event":"FIGHT","source":[{"code":"SDN","sector":"MIL"}],"target":[{"code":"SDN","sector":"REB"},{"code":"TCD","sector":"***"}]}]}"#;
        let right = r#"{"events":[{"type":"ASSAULT","source":["SDNMIL"],"target":["SDNREB","TCD"]}]}"#;
        check(
            &set,
            gold,
            right,
            &[
                ("type F1", 1.0),
                ("dyad country F1", 1.0),
                ("dyad F1", 1.0),
                ("event F1", 1.0),
                ("first type", 1.0),
                ("first quad", 1.0),
            ],
        );
        let no_sector = r#"{"events":[{"type":"ASSAULT","source":["SDN"],"target":["SDN","TCD"]}]}"#;
        check(&set, gold, no_sector, &[("type F1", 1.0), ("dyad country F1", 1.0), ("dyad F1", 0.0)]);
        let wrong_type = r#"{"events":[{"type":"COERCE","source":["SDNMIL"],"target":["SDNREB","TCD"]}]}"#;
        check(
            &set,
            gold,
            wrong_type,
            &[("type F1", 0.0), ("dyad F1", 1.0), ("event F1", 0.0), ("first type", 0.0), ("first quad", 1.0)],
        );
        let reversed = r#"{"events":[{"type":"ASSAULT","source":["TCD"],"target":["SDNMIL"]}]}"#;
        check(&set, gold, reversed, &[("type F1", 1.0), ("dyad country F1", 0.0)]);
        let one_more = r#"{"events":[{"type":"ACCUSE","source":[],"target":[]},{"type":"ASSAULT","source":["SDNMIL"],"target":["SDNREB","TCD"]}]}"#;
        check(&set, gold, one_more, &[("type F1", 2.0 / 3.0), ("first type", 0.0), ("dyad F1", 0.8)]);
    }

    #[test]
    fn yield_is_concede_and_retreat() {
        let set = Plover { is_plv: true };
        let gold = r#"{"id":"1","text":"x","events":[{"root":"YIELD","quad":2}]}"#;
        check(
            &set,
            gold,
            r#"{"events":[{"type":"RETREAT","source":[],"target":[]}]}"#,
            &[("type F1", 1.0), ("first quad", 1.0)],
        );
        check(
            &set,
            gold,
            r#"{"events":[{"type":"CONCEDE","source":[],"target":[]}]}"#,
            &[("type F1", 1.0), ("first quad", 0.0)],
        );
        check(
            &set,
            gold,
            r#"{"events":[{"type":"AID","source":[],"target":[]}]}"#,
            &[("type F1", 0.0), ("first quad", 1.0)],
        );
        check(&set, gold, r#"{"events":[]}"#, &[("type F1", 0.0), ("first type", 0.0)]);
    }
}
