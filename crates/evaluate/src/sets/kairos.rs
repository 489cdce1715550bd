//! Events with typed arguments: RAMS and WikiEvents, both in ontologies of the KAIROS family.

use super::grammar::Parsed;
use super::spans::{Range, exact, overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_language::{Deprel, LinkRole};
use counterclaim_schema::MentionKind;
use counterclaim_schema::ledger::{EventRow, ReportLedger};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `rams` (Ebner et al., ACL 2020): arguments of a given trigger; exact span F1 with role names (`argument`), without (`argument span`), and of spans of
/// one role that share a character (`argument overlap`). Role names are compared in lower case.
pub struct Rams;

/// `wikievents` (Li et al., NAACL 2021): `trigger span` is exact F1, `trigger` also compares the two coarse levels of the type. An `argument` is right when
/// the trigger is the same span, the role the same and the span one of the mentions of the gold entity; `argument span` does without
/// the role, `argument overlap` asks for a shared character only, for the gold marks heads.
pub struct WikiEvents;

/// What a kind of event is called, and the names of its parts.
///
/// A PLOVER type is wider than a type of KAIROS: the words of the trigger tell deaths and injuries from other attacks. Who acts
/// and who is acted on are named after the type there; a recipient of violence who dies is the victim, a recipient of words the recipient. Talks have
/// participants only.
struct Kind {
    coarse: &'static str,
    actor: &'static str,
    recipient: &'static str,
}

const fn kind(coarse: &'static str, actor: &'static str, recipient: &'static str) -> Kind {
    Kind { coarse, actor, recipient }
}

const DIE: Kind = kind("Life.Die", "Killer", "Victim");
const INJURE: Kind = kind("Life.Injure", "Injurer", "Victim");
const OTHER: Kind = kind("Contact.Contact", "Participant", "Participant");

/// By PLOVER type.
const KINDS: [(&str, Kind); 16] = [
    ("ASSAULT", kind("Conflict.Attack", "Attacker", "Target")),
    ("COERCE", kind("Justice.ArrestJailDetain", "Jailer", "Detainee")),
    ("PROTEST", kind("Conflict.Demonstrate", "Demonstrator", "Target")),
    ("MOBILIZE", kind("Movement.Transportation", "Transporter", "PassengerArtifact")),
    ("RETREAT", kind("Movement.Transportation", "Transporter", "PassengerArtifact")),
    ("CONSULT", kind("Contact.Contact", "Participant", "Participant")),
    ("AGREE", kind("Contact.Contact", "Participant", "Participant")),
    ("COOPERATE", kind("Contact.Contact", "Participant", "Participant")),
    ("SUPPORT", kind("Contact.Contact", "Communicator", "Recipient")),
    ("REQUEST", kind("Contact.RequestCommand", "Communicator", "Recipient")),
    ("ACCUSE", kind("Contact.Contact", "Communicator", "Recipient")),
    ("REJECT", kind("Contact.Contact", "Communicator", "Recipient")),
    ("THREATEN", kind("Contact.ThreatenCoerce", "Communicator", "Recipient")),
    ("AID", kind("Transaction.ExchangeBuySell", "Giver", "Recipient")),
    ("SANCTION", kind("Transaction.ExchangeBuySell", "Preventer", "Recipient")),
    ("CONCEDE", kind("Justice.ReleaseParole", "JudgeCourt", "Defendant")),
];

const PLACE: &str = "Place";
const INSTRUMENT: &str = "Instrument";

fn kind_of(plover: Option<&str>, lemma: &str) -> &'static Kind {
    match lemma {
        "die" | "kill" | "killing" | "death" | "dead" | "slay" | "murder" | "assassinate" | "massacre" => return &DIE,
        "injure" | "wound" | "injury" | "hurt" | "maim" => return &INJURE,
        _ => {}
    }
    KINDS.iter().find(|(name, _)| Some(*name) == plover).map_or(&OTHER, |(_, kind)| kind)
}

/// A part of an event: its name and where it stands.
type Argument = (&'static str, Range);

/// The event of the ledger at a trigger, if it has one.
fn event_at(ledger: &ReportLedger, trigger: Range) -> Option<&EventRow> {
    ledger.events.iter().find(|event| {
        overlap((event.trigger.start, event.trigger.end), trigger)
            || event.also.iter().any(|also| overlap((also.start, also.end), trigger))
    })
}

/// The type and arguments of the event at a trigger: from the ledger where it has the event there, else from the tree.
fn answer_from(parsed: &Parsed<'_>, ledger: &ReportLedger, trigger: Range) -> (&'static str, Vec<Argument>) {
    let word = parsed.word_at(trigger);
    let event = event_at(ledger, trigger);
    let lemma = word.map_or("", |word| parsed.lemma(word));
    let kind = kind_of(event.map(|event| event.plover.event_type.as_str()), lemma);
    let mut found: Vec<Argument> = Vec::new();
    if let Some(event) = event {
        let bare = |span: &counterclaim_schema::ledger::TextSpan| {
            let range = (span.start, span.end);
            parsed.word_at(range).map_or(range, |head| parsed.phrase(head, true))
        };
        found.extend(event.actors.iter().filter_map(|part| part.span.as_ref()).map(|span| (kind.actor, bare(span))));
        found.extend(
            event.recipients.iter().filter_map(|part| part.span.as_ref()).map(|span| (kind.recipient, bare(span))),
        );
        found.extend(event.targets.iter().map(|thing| (kind.recipient, bare(&thing.span))));
        found.extend(event.weapons.iter().map(|thing| (INSTRUMENT, bare(&thing.span))));
        let place = event.place.as_ref().and_then(|id| ledger.places.iter().find(|place| place.id == *id));
        found.extend(place.map(|place| (PLACE, bare(&place.span))));
    }
    // What the model links to a given trigger, where the ledger leaves it open.
    let given = parsed.analysis.events.deeds.iter().filter(|deed| deed.given);
    let links = given.filter(|deed| overlap(parsed.range_of(&deed.words), trigger)).flat_map(|deed| &deed.links);
    for (role, words) in links {
        let name = match role {
            LinkRole::Actor => kind.actor,
            LinkRole::Recipient | LinkRole::Victim | LinkRole::Target => kind.recipient,
            LinkRole::Place => PLACE,
            LinkRole::Instrument => INSTRUMENT,
            LinkRole::Time => continue,
        };
        let whole = parsed.range_of(words);
        let range = parsed.word_at(whole).map_or(whole, |head| parsed.phrase(head, true));
        if !found.iter().any(|(_, known)| overlap(*known, range)) {
            found.push((name, range));
        }
    }
    if let Some(word) = word.filter(|_| found.is_empty()) {
        for &below in parsed.analysis.dependents(word) {
            let range = parsed.phrase(below, true);
            let is_place = parsed
                .analysis
                .mentions
                .iter()
                .any(|mention| mention.kind == MentionKind::Place && overlap(parsed.range(mention.span), range));
            match (parsed.deprel(below), parsed.preposition(below)) {
                (Deprel::Nsubj, _) if matches!(lemma, "die") => found.push((kind.recipient, range)),
                (Deprel::Nsubj | Deprel::OblAgent | Deprel::NmodPoss, _) => found.push((kind.actor, range)),
                (Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass, _) => found.push((kind.recipient, range)),
                (Deprel::Obl | Deprel::Nmod, "in" | "at" | "near") if is_place => found.push((PLACE, range)),
                (Deprel::Nmod, "of" | "on" | "against") => found.push((kind.recipient, range)),
                (Deprel::Nmod, "by") => found.push((kind.actor, range)),
                _ => {}
            }
        }
    }
    found.sort_by_key(|(role, range)| (*range, *role));
    found.dedup();
    (kind.coarse, found)
}

fn row(trigger: Range, coarse: &str, arguments: &[Argument], spell: fn(&str) -> String) -> Value {
    let arguments: Vec<Value> = arguments
        .iter()
        .map(|(role, (start, end))| json!({ "role": spell(role), "start": start, "end": end }))
        .collect();
    json!({ "start": trigger.0, "end": trigger.1, "type": spell(coarse), "arguments": arguments })
}

/// Role and span of each argument of an answered event.
fn arguments_of(event: &Value) -> BTreeSet<(String, Range)> {
    let told = list_of(event, "arguments").iter();
    told.filter_map(|argument| Some((text_of(argument, "role")?.to_lowercase(), offsets(argument)?))).collect()
}

/// Pairs of one role that share a character, one to one.
fn overlapping(found: &[(String, Range)], gold: &[(String, Range)]) -> Count {
    let fits = |item: usize, answer: usize| gold[item].0 == found[answer].0 && overlap(gold[item].1, found[answer].1);
    Count::new(pair_up(gold.len(), found.len(), fits).iter().flatten().count(), found.len(), gold.len())
}

impl Set for Rams {
    fn holds_gold(&self, record: &Record) -> bool {
        record.spans(None).iter().any(|span| text_of(span, "type") != Some("trigger"))
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let triggers: Vec<Range> = record.spans(Some("trigger")).into_iter().filter_map(offsets).collect();
        let parsed = Parsed::given(record, machine, &triggers);
        let ledger = machine.read(&record.document());
        let events: Vec<Value> = record
            .spans(Some("trigger"))
            .into_iter()
            .filter_map(offsets)
            .map(|trigger| {
                let (coarse, arguments) = answer_from(&parsed, &ledger, trigger);
                row(trigger, coarse, &arguments, str::to_lowercase)
            })
            .collect();
        json!({ "id": record.id, "events": events })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let gold: BTreeSet<(String, Range)> = record
            .spans(None)
            .into_iter()
            .filter(|span| text_of(span, "type") != Some("trigger"))
            .filter_map(|span| Some((text_of(span, "type")?.to_lowercase(), offsets(span)?)))
            .collect();
        let found: BTreeSet<(String, Range)> = list_of(answer, "events").iter().flat_map(arguments_of).collect();
        let ranges = |items: &BTreeSet<(String, Range)>| items.iter().map(|(_, range)| *range).collect::<BTreeSet<_>>();
        tally.add("argument", exact(&found, &gold));
        tally.add("argument span", exact(&ranges(&found), &ranges(&gold)));
        let (answers, items): (Vec<_>, Vec<_>) = (found.iter().cloned().collect(), gold.iter().cloned().collect());
        tally.add("argument overlap", overlapping(&answers, &items));
        for (role, range) in gold.difference(&found) {
            tally.missed.push(format!("missed {role} {}..{}", range.0, range.1));
        }
        for (role, range) in found.difference(&gold) {
            tally.missed.push(format!("too many: {role} {}..{}", range.0, range.1));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        ["argument", "argument span", "argument overlap"].map(|name| Metric::headline(name, Measure::F1)).to_vec()
    }
}

/// The first two levels of a type: `Life.Die.Unspecified` is `life.die`.
fn coarse(name: &str) -> String {
    name.split('.').take(2).collect::<Vec<_>>().join(".").to_lowercase()
}

/// A gold event: its trigger, coarse type, and for each argument the role and every mention of its entity.
struct GoldEvent {
    trigger: Range,
    coarse: String,
    arguments: Vec<(String, Vec<Range>)>,
}

fn gold_events(record: &Record) -> Vec<GoldEvent> {
    let spans = list_of(&record.value, "spans");
    let by_id = |id: &str| spans.iter().find(|span| text_of(span, "id") == Some(id));
    let mentions = |entity: &Value| -> Vec<Range> {
        // The mention named comes first; the others of its cluster are the same entity.
        let mut ranges: Vec<Range> = offsets(entity).into_iter().collect();
        if let Some(cluster) = text_of(entity, "cluster") {
            ranges.extend(spans.iter().filter(|span| text_of(span, "cluster") == Some(cluster)).filter_map(offsets));
        }
        ranges
    };
    list_of(&record.value, "events")
        .iter()
        .filter_map(|event| {
            let trigger = offsets(by_id(text_of(event, "id")?)?)?;
            let arguments = list_of(event, "arguments")
                .iter()
                .filter_map(|argument| {
                    let entity = by_id(text_of(argument, "entity")?)?;
                    Some((text_of(argument, "role")?.to_lowercase(), mentions(entity)))
                })
                .collect();
            Some(GoldEvent { trigger, coarse: coarse(text_of(event, "type")?), arguments })
        })
        .collect()
}

impl Set for WikiEvents {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("events").is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let parsed = Parsed::new(record, machine);
        let ledger = machine.read(&record.document());
        let triggers: BTreeSet<Range> = ledger
            .events
            .iter()
            .flat_map(|event| std::iter::once(&event.trigger).chain(&event.also))
            .map(|span| (span.start, span.end))
            .collect();
        let events: Vec<Value> = triggers
            .into_iter()
            .map(|trigger| {
                let (coarse, arguments) = answer_from(&parsed, &ledger, trigger);
                row(trigger, coarse, &arguments, str::to_owned)
            })
            .collect();
        json!({ "id": record.id, "events": events })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let gold = gold_events(record);
        let found = list_of(answer, "events");
        let spans: BTreeSet<Range> = gold.iter().map(|event| event.trigger).collect();
        let answered: BTreeSet<Range> = found.iter().filter_map(offsets).collect();
        tally.add("trigger span", exact(&answered, &spans));
        let typed: BTreeSet<(Range, String)> = gold.iter().map(|event| (event.trigger, event.coarse.clone())).collect();
        let answered: BTreeSet<(Range, String)> = found
            .iter()
            .filter_map(|event| Some((offsets(event)?, coarse(text_of(event, "type").unwrap_or_default()))))
            .collect();
        tally.add("trigger", exact(&answered, &typed));
        let items: Vec<(Range, &String, &Vec<Range>)> = gold
            .iter()
            .flat_map(|event| event.arguments.iter().map(|(role, ranges)| (event.trigger, role, ranges)))
            .collect();
        let answers: Vec<(Range, String, Range)> = found
            .iter()
            .filter_map(|event| Some((offsets(event)?, arguments_of(event))))
            .flat_map(|(trigger, arguments)| arguments.into_iter().map(move |(role, range)| (trigger, role, range)))
            .collect();
        let count = |fits: &dyn Fn(usize, usize) -> bool| {
            let same_trigger = |item: usize, answer: usize| items[item].0 == answers[answer].0 && fits(item, answer);
            Count::new(
                pair_up(items.len(), answers.len(), same_trigger).iter().flatten().count(),
                answers.len(),
                items.len(),
            )
        };
        let is_mention = |item: usize, answer: usize| items[item].2.contains(&answers[answer].2);
        let is_role = |item: usize, answer: usize| *items[item].1 == answers[answer].1;
        let is_near = |item: usize, answer: usize| items[item].2.iter().any(|&range| overlap(range, answers[answer].2));
        tally.add("argument", count(&|item, answer| is_role(item, answer) && is_mention(item, answer)));
        tally.add("argument span", count(&is_mention));
        tally.add("argument overlap", count(&|item, answer| is_role(item, answer) && is_near(item, answer)));
        for (range, name) in typed.difference(&answered) {
            tally.missed.push(format!("missed {name} at {}..{}", range.0, range.1));
        }
        for (range, name) in answered.difference(&typed) {
            tally.missed.push(format!("too many: {name} at {}..{}", range.0, range.1));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        ["trigger span", "trigger", "argument", "argument span", "argument overlap"]
            .map(|name| Metric::headline(name, Measure::F1))
            .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn arguments_of_a_given_trigger() {
        // "Rebels shelled old Orla".
        let gold = r#"{"id":"1","text":"Rebels shelled old Orla","spans":[{"start":7,"end":14,"type":"trigger","event":"conflict.attack.n/a"},{"start":0,"end":6,"type":"attacker"},{"start":19,"end":23,"type":"place"}]}"#;
        let answer = |first: &str, role: &str, start: u32| {
            format!(
                r#"{{"events":[{{"start":7,"end":14,"type":"conflict.attack","arguments":[{{"role":"{first}","start":0,"end":6}},{{"role":"{role}","start":{start},"end":23}}]}}]}}"#
            )
        };
        check(
            &Rams,
            gold,
            &answer("attacker", "place", 19),
            &[("argument F1", 1.0), ("argument span F1", 1.0), ("argument overlap F1", 1.0)],
        );
        check(
            &Rams,
            gold,
            &answer("Attacker", "place", 15),
            &[("argument F1", 0.5), ("argument span F1", 0.5), ("argument overlap F1", 1.0)],
        );
        check(
            &Rams,
            gold,
            &answer("killer", "target", 19),
            &[("argument F1", 0.0), ("argument span F1", 1.0), ("argument overlap F1", 0.0)],
        );
        check(&Rams, gold, r#"{"events":[]}"#, &[("argument F1", 0.0), ("argument recall", 0.0)]);
    }

    #[test]
    fn triggers_and_entities() {
        // "Fire killed Ann. She was six."
        let gold = r#"{"id":"1","text":"Fire killed Ann. She was six.","spans":[{"start":5,"end":11,"type":"trigger","id":"E1"},{"start":12,"end":15,"type":"PER","id":"T1","cluster":"c"},{"start":17,"end":20,"type":"PER","id":"T2","cluster":"c"},{"start":0,"end":4,"type":"ABS","id":"T3"}],"events":[{"id":"E1","type":"Life.Die.Unspecified","arguments":[{"role":"Victim","entity":"T1"}]}]}"#;
        let answer = |name: &str, role: &str, start: u32, end: u32| {
            format!(
                r#"{{"events":[{{"start":5,"end":11,"type":"{name}","arguments":[{{"role":"{role}","start":{start},"end":{end}}}]}}]}}"#
            )
        };
        check(
            &WikiEvents,
            gold,
            &answer("Life.Die", "Victim", 12, 15),
            &[("trigger F1", 1.0), ("trigger span F1", 1.0), ("argument F1", 1.0)],
        );
        // Another mention of the entity is as good; a longer span only overlaps.
        check(
            &WikiEvents,
            gold,
            &answer("Life.Die.Murder", "victim", 17, 20),
            &[("trigger F1", 1.0), ("argument F1", 1.0)],
        );
        check(
            &WikiEvents,
            gold,
            &answer("Life.Injure", "Victim", 12, 16),
            &[("trigger F1", 0.0), ("trigger span F1", 1.0), ("argument F1", 0.0), ("argument overlap F1", 1.0)],
        );
        check(
            &WikiEvents,
            gold,
            &answer("Life.Die", "Killer", 12, 15),
            &[("argument F1", 0.0), ("argument span F1", 1.0)],
        );
        // Arguments of a trigger that is none are wrong.
        let elsewhere = r#"{"events":[{"start":21,"end":24,"type":"Life.Die","arguments":[{"role":"Victim","start":12,"end":15}]}]}"#;
        check(&WikiEvents, gold, elsewhere, &[("trigger span F1", 0.0), ("argument span F1", 0.0)]);
        // The same entity twice is one right answer.
        let twice = r#"{"events":[{"start":5,"end":11,"type":"Life.Die","arguments":[{"role":"Victim","start":12,"end":15},{"role":"Victim","start":17,"end":20}]}]}"#;
        check(&WikiEvents, gold, twice, &[("argument precision", 0.5), ("argument recall", 1.0)]);
    }

    #[test]
    fn every_type_has_a_kind() {
        for (name, kind) in &KINDS {
            assert_eq!(kind.coarse.split('.').count(), 2, "{name}");
            assert!(super::super::plover::quad(name) > 0, "{name} is no PLOVER type");
        }
        assert_eq!(kind_of(Some("ASSAULT"), "kill").coarse, "Life.Die");
        assert_eq!(kind_of(None, "walk").coarse, OTHER.coarse);
    }
}
