//! Coded events of single sentences.

use super::grammar::Parsed;
use super::spans::{Range, exact, overlap};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_knowledge::Country;
use counterclaim_language::{EVENT_TYPES, SideRole};
use counterclaim_schema::ledger::{ActorRow, ReportLedger};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `plover_gsr` and `plover_plv`: PLOVER events of a sentence, most certain first.
///
/// `type` is micro F1 over the set of types of each sentence; `first type` and `first quad` the share of sentences whose first answer has a gold
/// type or quad class (1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict). For `plover_gsr` also
/// micro F1 over the set of dyads of each sentence, a dyad being each source with each target (an absent side is an empty code): `dyad country` by the
/// first three letters of the codes, `dyad` by the codes with sectors, `event` by type and countries. `actor country` and `actor` are who the parties are, whatever
/// their role: each gold party whose words are marked in the record, against the party that the program sees in those words; precision is over those with a country.
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

/// Codes of the parties of an event as the gold has them; a joint party stands for its members.
fn codes(ledger: &ReportLedger, parts: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut push = |id: &str| {
        let code = ledger.actors.iter().find(|actor| actor.id == id).and_then(code_of);
        found.extend(code.filter(|code| !found.contains(code)));
    };
    for part in parts {
        match ledger.actors.iter().find(|actor| actor.id == *part) {
            Some(joint) if joint.country.is_none() && !joint.members.is_empty() => {
                joint.members.iter().for_each(|member| push(member))
            }
            _ => push(part),
        }
    }
    found
}

/// A state by its name and a people have no sector in the gold; bodies of many states and networks stand in the place of the country,
/// as in CAMEO (IGO, NGO, IMG).
fn code_of(actor: &ActorRow) -> Option<String> {
    let mut sectors: Vec<&str> = actor.sector.iter().map(String::as_str).collect();
    let by_name =
        actor.kind == "state" && actor.codes.iter().any(|code| code.scheme == "iso3" && code.basis != "context");
    let name = actor.name.trim_start_matches("the ").trim_start_matches("The ");
    let people = sectors == ["CVL"] && Country::by_adjective(name).is_some();
    if by_name && sectors == ["GOV"] || people {
        sectors.clear();
    }
    let country = match &actor.country {
        Some(country) => country.clone(),
        None => {
            let bodies: [(&str, &[&str]); 3] = [("IGO", &["IGO", "UNO", "EUR"]), ("NGO", &["NGO"]), ("IMG", &["IMG"])];
            match bodies.iter().find(|(_, names)| sectors.iter().any(|sector| names.contains(sector))) {
                Some((body, names)) => {
                    sectors.retain(|sector| !names.contains(sector) && (*body != "IMG" || *sector != "REB"));
                    (*body).to_owned()
                }
                None if sectors.is_empty() => return None,
                None => "---".to_owned(),
            }
        }
    };
    Some(format!("{country}{}", sectors.concat()))
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

/// The event that the sentence tells: the likeliest type of the whole sentence; its parties from the ledger's events of that type, else
/// of any type, else from the sides that the model marks.
fn answer_from(text: &str, parsed: &Parsed<'_>, ledger: &ReportLedger, is_plv: bool) -> Vec<Value> {
    let mut shares = [0f32; EVENT_TYPES.len()];
    for unit in &parsed.analysis.events.windows {
        for (share, add) in shares.iter_mut().zip(unit.types) {
            *share += add;
        }
    }
    let row = |name: &str| EVENT_TYPES.iter().position(|known| *known == name).unwrap_or(0);
    if is_plv {
        shares[row("RETREAT")] += shares[row("CONCEDE")];
        shares[row("CONCEDE")] = 0.0;
    }
    let kind = (1..shares.len()).fold(0, |best, kind| if shares[kind] > shares[best] { kind } else { best });
    let name = EVENT_TYPES[kind];
    let side = |wanted: SideRole| -> Vec<Range> {
        let sides = parsed.analysis.events.sides.iter().filter(|(role, _)| *role == wanted);
        sides.map(|(_, words)| parsed.range_of(words)).collect()
    };
    let (first, second) = (side(SideRole::Source), side(SideRole::Target));
    let of_type = |event: &&counterclaim_schema::ledger::EventRow| event.plover.event_type == name;
    let told = ledger.events.iter().find(of_type).or(ledger.events.first());
    let mut sources: Vec<&str> = first.iter().flat_map(|range| actors_within(ledger, *range)).collect();
    // "Its war with Iraq": a pronoun that names the doer again is not the other side.
    let mut targets: Vec<&str> = second.iter().flat_map(|range| actors_within(ledger, *range)).collect();
    targets.retain(|target| !sources.contains(target));
    if let Some(event) = told {
        if sources.is_empty() {
            sources.extend(event.actors.iter().map(|part| part.actor.as_str()));
            sources.retain(|source| !targets.contains(source));
        }
        if targets.is_empty() {
            targets.extend(event.recipients.iter().map(|part| part.actor.as_str()));
            targets.retain(|target| !sources.contains(target));
        }
        // A mutual deed has no recipient: of "X met Y" the second is the target, of "X and Y met" both are sources.
        if targets.is_empty() && event.recipients.is_empty() && event.actors.len() > 1 {
            let spans: Vec<(&str, Option<Range>)> = event
                .actors
                .iter()
                .map(|part| (part.actor.as_str(), part.span.as_ref().map(|span| (span.start, span.end))))
                .collect();
            for (actor, span) in &spans {
                if sources.contains(actor) {
                    continue;
                }
                let beside = spans
                    .iter()
                    .filter(|(other, _)| sources.contains(other))
                    .any(|(_, other)| other.zip(*span).is_some_and(|(a, b)| joined(text, a.min(b), a.max(b))));
                if beside {
                    sources.push(actor);
                } else {
                    targets.push(actor);
                }
            }
        }
    }
    let (source, target) = (codes(ledger, &sources), codes(ledger, &targets));
    vec![json!({ "type": name, "source": source, "target": target })]
}

/// The actor whose mention shares most of a range; of several actors in it, those that do not lie inside another's mention.
fn actors_within(ledger: &ReportLedger, range: Range) -> Vec<&str> {
    let mut inside: Vec<(u32, u32, &str)> = Vec::new();
    for actor in ledger.actors.iter().filter(|actor| actor.members.is_empty()) {
        for mention in &actor.mentions {
            if overlap((mention.start, mention.end), range) {
                inside.push((mention.start, mention.end, &actor.id));
            }
        }
    }
    let mut widest: Vec<&str> = Vec::new();
    for a in &inside {
        let covered = inside.iter().any(|b| b.2 != a.2 && b.0 <= a.0 && a.1 <= b.1 && b.1 - b.0 > a.1 - a.0);
        if !covered && !widest.contains(&a.2) {
            widest.push(a.2);
        }
    }
    widest
}

/// Whether two parties are told as one side: nothing but "and" or a comma stands between them.
fn joined(text: &str, first: Range, second: Range) -> bool {
    let between: String = text.chars().skip(first.1 as usize).take(second.0.saturating_sub(first.1) as usize).collect();
    between
        .split(|mark: char| mark.is_whitespace() || mark == ',')
        .all(|word| matches!(word, "" | "and" | "the" | "as" | "well"))
}

/// Every mention of a party with its code, in the order of the ledger.
fn seen_actors(ledger: &ReportLedger) -> Value {
    let rows = ledger.actors.iter().filter(|actor| actor.members.is_empty()).flat_map(|actor| {
        let code = code_of(actor);
        actor
            .mentions
            .iter()
            .map(move |mention| json!({ "actor": actor.id, "start": mention.start, "end": mention.end, "code": code }))
    });
    Value::Array(rows.collect())
}

/// How much two ranges share of what they cover together.
fn common_share(a: Range, b: Range) -> f64 {
    let common = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    f64::from(common) / f64::from(a.1.max(b.1) - a.0.min(b.0)).max(1.0)
}

/// The gold parties of an event whose words are marked, with the code that the answer gives to these words. Two parties in one phrase take two answers.
fn linked(record: &Record, event: &Value, answer: &Value) -> Vec<(String, Option<String>)> {
    let marked: Vec<&Value> = ["SRC", "TAR", "SRC/TAR"].iter().flat_map(|kind| record.spans(Some(kind))).collect();
    let seen = list_of(answer, "actors");
    let mut used: Vec<&str> = Vec::new();
    let mut pairs = Vec::new();
    for side in ["source", "target"] {
        for party in list_of(event, side) {
            let Some(country) = text_of(party, "code").filter(|code| !code.is_empty()) else { continue };
            let Some(words) = text_of(party, "actorText") else { continue };
            let span = marked.iter().find(|span| {
                text_of(span, "text").is_some_and(|marked| words.contains(marked) || marked.contains(words))
            });
            let Some(range) = span.and_then(|span| offsets(span)) else { continue };
            let sector: String =
                text_of(party, "sector").unwrap_or_default().chars().filter(char::is_ascii_uppercase).collect();
            let mut best: Option<(f64, &Value)> = None;
            for mention in seen.iter().filter(|mention| !used.contains(&text_of(mention, "actor").unwrap_or_default()))
            {
                let share = offsets(mention).map_or(0.0, |found| common_share(found, range));
                if share > best.map_or(0.0, |(share, _)| share) {
                    best = Some((share, mention));
                }
            }
            used.extend(best.and_then(|(_, mention)| text_of(mention, "actor")));
            let code = best.and_then(|(_, mention)| text_of(mention, "code")).map(str::to_owned);
            pairs.push((format!("{country}{sector}"), code));
        }
    }
    pairs
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
        let parsed = Parsed::new(record, machine);
        let mut answer = json!({ "id": record.id, "events": answer_from(&record.text, &parsed, &ledger, self.is_plv) });
        if !self.is_plv {
            answer["actors"] = seen_actors(&ledger);
        }
        answer
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
        for (wanted, found) in gold.iter().flat_map(|event| linked(record, event, answer)) {
            let known = found.as_deref().filter(|code| !code.starts_with("---"));
            let right = known.is_some_and(|code| country(code) == country(&wanted));
            tally.add("actor country", Count::new(usize::from(right), usize::from(known.is_some()), 1));
            let whole = found.as_deref() == Some(wanted.as_str());
            tally.add("actor", Count::new(usize::from(whole), usize::from(found.is_some()), 1));
            if !whole {
                tally.missed.push(format!("actor {}, not {wanted}: {}", found.as_deref().unwrap_or("-"), record.text));
            }
        }
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
            metrics.extend(
                ["dyad country", "dyad", "event", "actor country", "actor"]
                    .map(|name| Metric::headline(name, Measure::F1)),
            );
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
    fn who_a_party_is() {
        let set = Plover { is_plv: false };
        let gold = r#"{"id":"1","text":"Chadian and Sudanese officials met rebels","spans":[{"start":0,"end":7,"text":"Chadian","type":"SRC/TAR"},{"start":12,"end":20,"text":"Sudanese","type":"SRC/TAR"},{"start":35,"end":41,"text":"rebels","type":"TAR"}],"events":[{"event":"CONSULT","source":[{"actorText":"Chadian","code":"TCD","sector":"GOV"},{"actorText":"Sudanese","code":"SDN","sector":"GOV"}],"target":[{"actorText":"rebels","code":"SDN","sector":"REB"}]}]}"#;
        let answer = r#"{"events":[],"actors":[{"actor":"a1","start":0,"end":30,"code":"TCDGOV"},{"actor":"a2","start":0,"end":30,"code":"SDN"},{"actor":"a3","start":35,"end":41,"code":"---REB"}]}"#;
        check(
            &set,
            gold,
            answer,
            &[("actor country precision", 1.0), ("actor country recall", 2.0 / 3.0), ("actor F1", 1.0 / 3.0)],
        );
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
