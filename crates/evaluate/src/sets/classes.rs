//! One class for each text: ACLED sub-event types, penta classes of CAMEO.

use super::{Machine, Set};
use crate::record::{Record, list_of, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_schema::ledger::{EventRow, ReportLedger, Scope, Status};
use serde_json::{Value, json};

/// `case21_acled` (CASE 2021, task 1 of the shared task on fine-grained event classification) and `cameo_penta` (ConfliBERT, Hu et al., NAACL 2022):
/// share of right classes, and mean F1 over the classes that stand in the gold.
pub struct Classes {
    /// Key of the class in the gold's events.
    gold: &'static str,
    /// Key of the class in the answer.
    answer: &'static str,
    answer_from: fn(&ReportLedger) -> Value,
}

/// The class of ACLED's codebook, or one of five beside it.
pub const ACLED: Classes = Classes { gold: "acled", answer: "label", answer_from: acled_from };

/// 0 neutral, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
pub const PENTA: Classes = Classes { gold: "penta", answer: "penta", answer_from: penta_from };

/// The strongest event that is not background, else the strongest.
fn principal(ledger: &ReportLedger) -> Option<&EventRow> {
    let rank = |event: &&EventRow| (event.scope == Scope::Current, event.status != Status::Denied);
    // The first of equals wins, so the order of the text decides.
    ledger
        .events
        .iter()
        .rev()
        .max_by(|left, right| rank(left).cmp(&rank(right)).then(left.score.total_cmp(&right.score)))
}

/// Labels of the task for the sub-event types of ACLED's codebook.
const SUB_EVENTS: [(&str, &str); 25] = [
    ("Armed clash", "ARMED_CLASH"),
    ("Government regains territory", "GOV_REGAINS_TERIT"),
    ("Non-state actor overtakes territory", "NON_STATE_ACTOR_OVERTAKES_TER"),
    ("Attack", "ATTACK"),
    ("Abduction/forced disappearance", "ABDUCT_DISSAP"),
    ("Sexual violence", "SEX_VIOL"),
    ("Air/drone strike", "AIR_STRIKE"),
    ("Shelling/artillery/missile attack", "ART_MISS_ATTACK"),
    ("Suicide bomb", "SUIC_BOMB"),
    ("Remote explosive/landmine/IED", "REM_EXPLOS"),
    ("Grenade", "GRENADE"),
    ("Chemical weapon", "CHEM_WEAP"),
    ("Peaceful protest", "PEACE_PROTEST"),
    ("Protest with intervention", "PROTEST_WITH_INTER"),
    ("Excessive force against protesters", "FORCE_AGAINST_PROTEST"),
    ("Violent demonstration", "VIOL_DEMONSTR"),
    ("Mob violence", "MOB_VIOL"),
    ("Looting/property destruction", "PROPERTY_DISTRUCT"),
    ("Agreement", "AGREEMENT"),
    ("Arrests", "ARREST"),
    ("Change to group/activity", "CHANGE_TO_GROUP_ACT"),
    ("Disrupted weapons use", "DISR_WEAP"),
    ("Headquarters or base established", "HQ_ESTABLISHED"),
    ("Non-violent transfer of territory", "NON_VIOL_TERRIT_TRANSFER"),
    ("Other", "OTHER"),
];

/// The class of the principal event: by its sub-event type, else by its PLOVER type.
pub fn acled_label(ledger: &ReportLedger) -> &'static str {
    let Some(event) = principal(ledger) else { return "OTHER" };
    let sub = event.acled.as_ref().map(|code| code.sub_event_type.as_str());
    let known = SUB_EVENTS.iter().find(|(name, label)| Some(*name) == sub && *label != "OTHER");
    if let Some((_, label)) = known {
        return label;
    }
    match event.plover.event_type.as_str() {
        "ASSAULT" => "ATTACK",
        "PROTEST" => "PEACE_PROTEST",
        "COERCE" => "ARREST",
        "AGREE" | "RETREAT" => "AGREEMENT",
        "ACCUSE" => "ATTRIB",
        "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "REQUEST" | "REJECT" | "SANCTION" | "CONCEDE" | "THREATEN" => {
            "DIPLO"
        }
        _ => "OTHER",
    }
}

fn acled_from(ledger: &ReportLedger) -> Value {
    json!(acled_label(ledger))
}

fn penta_from(ledger: &ReportLedger) -> Value {
    json!(principal(ledger).map_or(0, |event| super::plover::quad(&event.plover.event_type)))
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
        let ledger = machine.read(&record.document());
        json!({ "id": record.id, self.answer: (self.answer_from)(&ledger) })
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
