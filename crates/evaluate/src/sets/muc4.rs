//! Attacks of MUC-4: who did it, to whom, with what, how many.

use super::casualties::casualties;
use super::grammar::Parsed;
use super::spans::pair_up;
use super::{Machine, Set};
use crate::record::{Record, list_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_ingest::{InputKind, Options};
use counterclaim_knowledge::name_key;
use counterclaim_language::KeyRole;
use counterclaim_schema::ledger::{EventRow, Participant, ReportLedger, Status};
use counterclaim_schema::{BlockKind, Document, MentionKind};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// `muc4`: five roles as entities, types of incidents, numbers of dead and injured.
///
/// Roles are those of the model's role head: with the parties, targets and weapons of the ledger's events beside them more was lost than won
/// (docs/decisions/0003). Fights with rebels are no incidents.
///
/// Roles are scored with CEAF-REE (Du et al., EACL 2021): entities are paired one to one, a pair counts when every mention of the
/// answer is a mention of the gold entity; case and white space do not count. `relaxed` asks only that some mention stands, word for word, inside one of the other
/// entity. `casualties` is F1 over (effect, low, high) for DEATH and INJURY, all three exact; optional gold is neither right nor wrong.
pub struct Muc4;

const ROLES: [&str; 5] = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"];

/// Capitals, one space between words, no article in front.
fn plain(mention: &str) -> String {
    let words: Vec<String> = mention.split_whitespace().map(str::to_uppercase).collect();
    let article = words.len() > 1 && matches!(words[0].as_str(), "THE" | "A" | "AN");
    words[usize::from(article)..].join(" ")
}

fn is_pronoun(mention: &str) -> bool {
    const PRONOUNS: [&str; 14] =
        ["HE", "SHE", "IT", "THEY", "WE", "I", "HIM", "HER", "THEM", "US", "YOU", "WHO", "WHICH", "THIS"];
    PRONOUNS.contains(&plain(mention).as_str())
}

/// Attacks that happened or are meant to. Battles with rebels are no incidents of the task.
fn is_incident(ledger: &ReportLedger, event: &EventRow) -> bool {
    let told = event.plover.event_type == "ASSAULT" && !matches!(event.status, Status::Denied | Status::Hypothetical);
    told && !has_sector(ledger, &event.recipients, &["REB"])
}

fn has_sector(ledger: &ReportLedger, parts: &[Participant], sectors: &[&str]) -> bool {
    let of = |part: &Participant| ledger.actors.iter().find(|actor| actor.id == part.actor);
    parts.iter().filter_map(of).any(|actor| actor.sector.iter().any(|sector| sectors.contains(&sector.as_str())))
}

/// MUC-4's type of an incident.
fn incident_type(event: &EventRow) -> &'static str {
    let has = |mode: &str| event.plover.mode.iter().any(|known| known == mode);
    let trigger = event.trigger.text.to_uppercase();
    if has("abduct") {
        "KIDNAPPING"
    } else if ["BURN", "ARSON", "TORCH", "SET FIRE", "SET ON FIRE"].iter().any(|word| trigger.contains(word)) {
        "ARSON"
    } else if has("explosives")
        || has("suicide-attack")
        || ["BOMB", "EXPLO", "DYNAMIT", "BLEW UP"].iter().any(|word| trigger.contains(word))
    {
        "BOMBING"
    } else {
        "ATTACK"
    }
}

/// The entities of the model's role head: runs of one role that stand word for word in one another, shorten one another to initials or
/// are names of one armed group are one entity, told by its most frequent words, a person by the fullest name in the text.
fn keyed(parsed: &Parsed<'_>, text: &str) -> [Vec<String>; 5] {
    let persons = persons(parsed, text);
    let aliases = aliases(text);
    let mut groups: [Vec<Vec<(String, usize)>>; 5] = Default::default();
    for (role, words) in &parsed.analysis.events.keys {
        let at = match role {
            KeyRole::PerpetratorPerson => 0,
            KeyRole::PerpetratorOrganization => 1,
            KeyRole::Target => 2,
            KeyRole::Victim => 3,
            KeyRole::Weapon => 4,
        };
        let span = |word: u32| parsed.analysis.words[word as usize].span;
        let mut told = span(words.start).to(span(words.end - 1));
        // A name may begin with the quotation mark that it closes.
        if told.of(text).matches('"').count() % 2 == 1 && words.start > 0 && span(words.start - 1).of(text) == "\"" {
            told = span(words.start - 1).to(told);
        }
        let mut mention = plain(told.of(text));
        if *role == KeyRole::Target {
            mention = uncounted(&mention);
        }
        if mention.is_empty() || is_pronoun(&mention) {
            continue;
        }
        let same = |other: &str| is_same(other, &mention) || is_alias(&aliases, other, &mention);
        let known = groups[at].iter_mut().find(|group| group.iter().any(|(other, _)| same(other)));
        match known {
            Some(group) => match group.iter_mut().find(|(other, _)| *other == mention) {
                Some((_, count)) => *count += 1,
                None => group.push((mention, 1)),
            },
            None => groups[at].push(vec![(mention, 1)]),
        }
    }
    groups.map(|groups| {
        let most = |group: Vec<(String, usize)>| {
            group.into_iter().rev().max_by_key(|(_, count)| *count).map(|(mention, _)| mention)
        };
        let mut told: Vec<String> = groups.into_iter().filter_map(most).map(|name| fullest(&persons, name)).collect();
        let mut seen = BTreeSet::new();
        told.retain(|mention| seen.insert(mention.clone()));
        told
    })
}

/// "SIX HOUSES" as "HOUSES": nine of ten targets of the gold stand without the number before them (train part).
fn uncounted(mention: &str) -> String {
    const COUNTS: [&str; 14] = [
        "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE", "SEVERAL", "SOME",
        "MANY",
    ];
    let counts = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit()) || COUNTS.contains(&word);
    match mention.split_once(' ') {
        Some((first, rest)) if counts(first) && !rest.starts_with("OF ") => uncounted(rest),
        _ => mention.to_owned(),
    }
}

/// Names of persons in the text, with how often they stand there.
fn persons(parsed: &Parsed<'_>, text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for mention in parsed.analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person) {
        *counts.entry(plain(mention.span.of(text))).or_insert(0) += 1;
    }
    counts
}

/// "MAZA MARQUEZ" is "MIGUEL MAZA MARQUEZ" where the text names him so.
fn fullest(persons: &BTreeMap<String, usize>, name: String) -> String {
    /// Words of a name, at most; longer runs hold a title or a second person.
    const LONGEST: usize = 4;
    let whole = persons
        .iter()
        .filter(|(other, _)| other.ends_with(&format!(" {name}")) && other.split(' ').count() <= LONGEST)
        .max_by_key(|(other, count)| (**count, other.len()));
    whole.map_or(name, |(other, _)| other.clone())
}

/// "FARABUNDO MARTI NATIONAL LIBERATION FRONT [FMLN]": words in capitals before a bracket and the word in it.
fn aliases(text: &str) -> Vec<(String, String)> {
    let text = plain(text);
    let mut found = Vec::new();
    for (open, close) in [('[', ']'), ('(', ')')] {
        for (at, _) in text.match_indices(open) {
            let inner: String = text[at + 1..].chars().take_while(|letter| *letter != close).collect();
            let short = (2..=8).contains(&inner.len()) && inner.chars().all(|letter| letter.is_ascii_uppercase());
            if short {
                found.push((text[..at].trim_end().to_owned(), inner));
            }
        }
    }
    found
}

/// Whether the text puts one in brackets behind the other, or the table of armed groups holds both as names of one group.
fn is_alias(aliases: &[(String, String)], left: &str, right: &str) -> bool {
    let told = |long: &str, short: &str| {
        aliases.iter().any(|(before, inner)| inner == short && before.ends_with(&format!(" {long}")))
    };
    told(left, right) || told(right, left) || armed_group(left).is_some_and(|known| armed_group(right) == Some(known))
}

/// Identifier of the armed group of this name.
fn armed_group(name: &str) -> Option<&'static str> {
    let party = counterclaim_knowledge::actors::search(name).into_iter().next()?;
    let key = name_key(name);
    (party.id.starts_with("group:") && party.names.iter().any(|other| name_key(other) == key)).then_some(&*party.id)
}

/// The record as a page that is read as any other, with the date of its dateline; all story where nothing looks like one.
fn dated(record: &Record) -> Document {
    let options = Options { kind: InputKind::Text, published: record.date().map(str::to_owned), ..Options::default() };
    let page = counterclaim_ingest::read_bytes(record.text.as_bytes(), &options).into_iter().next();
    let told = |document: &Document| {
        document.text == record.text && document.blocks.iter().any(|block| block.kind == BlockKind::Paragraph)
    };
    page.map(|page| Document { id: record.id.clone(), ..page.document })
        .filter(told)
        .unwrap_or_else(|| counterclaim_ingest::plain_document(&record.id, &record.text, None))
}

fn is_same(left: &str, right: &str) -> bool {
    let initials = |words: &str| -> String {
        let telling =
            words.split(' ').filter(|word| !matches!(*word, "OF" | "THE" | "FOR" | "AND" | "DE" | "DEL" | "LA"));
        telling.filter_map(|word| word.chars().next()).collect()
    };
    inside(left, right)
        || inside(&singular(left), &singular(right))
        || untitled(left) != untitled(right) && inside(untitled(left), untitled(right))
        || left.len() > 2 && !left.contains(' ') && initials(right) == left
        || right.len() > 2 && !right.contains(' ') && initials(left) == right
}

/// "COL QUINTERO" as "QUINTERO": a rank or title in front of a name.
fn untitled(mention: &str) -> &str {
    const TITLES: [&str; 24] = [
        "COL",
        "COLONEL",
        "GEN",
        "GENERAL",
        "MAJ",
        "MAJOR",
        "CAPT",
        "CAPTAIN",
        "LT",
        "LIEUTENANT",
        "SGT",
        "DR",
        "MR",
        "MRS",
        "MISS",
        "MS",
        "PRESIDENT",
        "SENATOR",
        "MAYOR",
        "JUDGE",
        "FATHER",
        "BISHOP",
        "MONSIGNOR",
        "MINISTER",
    ];
    match mention.split_once(' ') {
        Some((first, rest)) if TITLES.contains(&first.trim_end_matches('.')) => untitled(rest),
        _ => mention,
    }
}

/// The words without the S of the plural.
fn singular(mention: &str) -> String {
    mention
        .split(' ')
        .map(|word| if word.len() > 4 { word.trim_end_matches('S') } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

fn entities(value: &Value, role: &str) -> Vec<BTreeSet<String>> {
    let roles = value.get("roles").unwrap_or(&Value::Null);
    list_of(roles, role)
        .iter()
        .map(|entity| {
            entity
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default()
                .iter()
                .filter_map(Value::as_str)
                .map(plain)
                .collect()
        })
        .collect()
}

/// Whether one stands word for word inside the other.
fn inside(left: &str, right: &str) -> bool {
    let (left, right) = (format!(" {left} "), format!(" {right} "));
    left.contains(&right) || right.contains(&left)
}

/// Effect, low, high.
type Casualty = (String, Option<u64>, Option<u64>);

fn casualty(value: &Value) -> Option<Casualty> {
    let effects: Vec<&str> = match value.get("effect")? {
        Value::String(effect) => vec![effect],
        Value::Array(effects) => effects.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let effect = effects.into_iter().find(|effect| matches!(*effect, "DEATH" | "INJURY"))?;
    Some((effect.to_owned(), value.get("lo").and_then(Value::as_u64), value.get("hi").and_then(Value::as_u64)))
}

impl Set for Muc4 {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get("roles").is_some_and(Value::is_object)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let ledger = machine.read(&dated(record));
        let parsed = Parsed::new(record, machine);
        let mut written = Map::new();
        for (role, entities) in ROLES.iter().zip(keyed(&parsed, &record.text)) {
            written.insert((*role).to_owned(), entities.into_iter().map(|mention| json!([mention])).collect());
        }
        let types: BTreeSet<&str> =
            ledger.events.iter().filter(|event| is_incident(&ledger, event)).map(incident_type).collect();
        let casualties = casualties(&ledger);
        json!({ "id": record.id, "roles": written, "types": types, "casualties": casualties })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        for role in ROLES {
            let (gold, found) = (entities(&record.value, role), entities(answer, role));
            let strict = pair_up(gold.len(), found.len(), |item, answer| {
                !found[answer].is_empty() && found[answer].is_subset(&gold[item])
            });
            let relaxed = pair_up(gold.len(), found.len(), |item, answer| {
                found[answer].iter().any(|left| gold[item].iter().any(|right| inside(left, right)))
            });
            let count = Count::new(strict.iter().flatten().count(), found.len(), gold.len());
            tally.add(role, count);
            tally.add("CEAF-REE", count);
            tally.add("relaxed", Count::new(relaxed.iter().flatten().count(), found.len(), gold.len()));
            for (entity, _) in gold.iter().zip(&relaxed).filter(|(_, pair)| pair.is_none()) {
                tally.missed.push(format!("missed {role} {}", entity.iter().next().map_or("-", String::as_str)));
            }
            for (index, entity) in found.iter().enumerate().filter(|(index, _)| !relaxed.contains(&Some(*index))) {
                tally
                    .missed
                    .push(format!("{role} too many ({index}): {}", entity.iter().next().map_or("-", String::as_str)));
            }
        }
        let wanted: BTreeSet<&str> = list_of(&record.value, "templates")
            .iter()
            .filter_map(|template| template.get("slots"))
            .flat_map(|slots| list_of(slots, "INCIDENT: TYPE"))
            .flat_map(|fill| list_of(fill, "fills"))
            .filter_map(Value::as_str)
            .collect();
        let types: BTreeSet<&str> = list_of(answer, "types").iter().filter_map(Value::as_str).collect();
        tally.add("types", super::spans::exact(&types, &wanted));
        let found: Vec<Casualty> = list_of(answer, "casualties").iter().filter_map(casualty).collect();
        let is_optional = |value: &&Value| value.get("optional").and_then(Value::as_bool).unwrap_or(false);
        let (optional, must): (Vec<&Value>, Vec<&Value>) =
            list_of(&record.value, "casualties").iter().partition(is_optional);
        let must: Vec<Casualty> = must.into_iter().filter_map(casualty).collect();
        let optional: Vec<Casualty> = optional.into_iter().filter_map(casualty).collect();
        let pairs = pair_up(must.len(), found.len(), |item, answer| must[item] == found[answer]);
        let rest: Vec<&Casualty> = found
            .iter()
            .enumerate()
            .filter(|(index, _)| !pairs.contains(&Some(*index)))
            .map(|(_, casualty)| casualty)
            .collect();
        let free = pair_up(optional.len(), rest.len(), |item, answer| optional[item] == *rest[answer])
            .iter()
            .flatten()
            .count();
        tally.add("casualties", Count::new(pairs.iter().flatten().count(), found.len() - free, must.len()));
        for (casualty, _) in must.iter().zip(&pairs).filter(|(_, pair)| pair.is_none()) {
            tally.missed.push(format!("missed casualty {} {:?}..{:?}", casualty.0, casualty.1, casualty.2));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("CEAF-REE", Measure::F1)];
        metrics.extend(ROLES.map(|role| Metric::new(role, Measure::F1)));
        metrics.extend(["relaxed", "types", "casualties"].map(|name| Metric::headline(name, Measure::F1)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    const GOLD: &str = r#"{"id":"1","text":"x","roles":{"PerpInd":[["GUNMEN","ARMED MEN"]],"PerpOrg":[],"Target":[["TOWN HALL"]],"Victim":[["MAYOR"],["TWO GUARDS","GUARDS"]],"Weapon":[]},"casualties":[{"effect":["DEATH"],"lo":2,"hi":2,"optional":false},{"effect":["INJURY"],"lo":5,"hi":null,"optional":true},{"effect":["NO INJURY"],"lo":1,"hi":1,"optional":false}],"templates":[{"slots":{"INCIDENT: TYPE":[{"fills":["ATTACK"]}]}}]}"#;

    #[test]
    fn entities_casualties_types() {
        let right = r#"{"roles":{"PerpInd":[["gunmen"]],"Target":[["the town  hall"]],"Victim":[["MAYOR"],["GUARDS"]]},"types":["ATTACK"],"casualties":[{"effect":"DEATH","lo":2,"hi":2}]}"#;
        check(&Muc4, GOLD, right, &[("CEAF-REE F1", 1.0), ("types F1", 1.0), ("casualties F1", 1.0)]);
        let both = r#"{"roles":{"PerpInd":[["GUNMEN","ARMED MEN"]],"Target":[["TOWN HALL"]],"Victim":[["MAYOR","GUARDS"]]},"types":["BOMBING"],"casualties":[{"effect":"DEATH","lo":2,"hi":3}]}"#;
        check(
            &Muc4,
            GOLD,
            both,
            &[
                ("CEAF-REE precision", 2.0 / 3.0),
                ("CEAF-REE recall", 0.5),
                ("Victim F1", 0.0),
                ("types F1", 0.0),
                ("casualties F1", 0.0),
            ],
        );
        let part = r#"{"roles":{"PerpInd":[["THREE GUNMEN"]]},"types":[],"casualties":[{"effect":"INJURY","lo":5,"hi":null}]}"#;
        check(
            &Muc4,
            GOLD,
            part,
            &[
                ("CEAF-REE F1", 0.0),
                ("relaxed precision", 1.0),
                ("relaxed recall", 0.25),
                ("casualties precision", 0.0),
            ],
        );
        let twice = r#"{"roles":{"Victim":[["GUARDS"],["TWO GUARDS"]]},"types":["ATTACK","ARSON"],"casualties":[{"effect":"DEATH","lo":2,"hi":2},{"effect":"DEATH","lo":2,"hi":2}]}"#;
        check(&Muc4, GOLD, twice, &[("Victim precision", 0.5), ("types F1", 2.0 / 3.0), ("casualties precision", 0.5)]);
    }

    #[test]
    fn words_stand_inside() {
        assert!(inside("GUNMEN", "THREE GUNMEN") && !inside("GUN", "GUNMEN") && inside("A B", "A B"));
        assert_eq!(plain("The  town\nhall"), "TOWN HALL");
        assert_eq!(plain("a"), "A");
        assert!(
            is_same("COL QUINTERO", "WALDEMAR FRANKLIN QUINTERO")
                && is_same("FARC", "FARC")
                && !is_same("ARMY", "NAVY")
        );
        assert_eq!(uncounted("SIX ADOBE HOUSES"), "ADOBE HOUSES");
        assert_eq!(uncounted("ONE OF THE BUSES"), "ONE OF THE BUSES");
        let persons = BTreeMap::from([("BERNARDO JARAMILLO OSSA".to_owned(), 2), ("JARAMILLO".to_owned(), 1)]);
        assert_eq!(fullest(&persons, "JARAMILLO OSSA".to_owned()), "BERNARDO JARAMILLO OSSA");
        assert_eq!(fullest(&persons, "GUARDS".to_owned()), "GUARDS");
        let aliases = aliases("members of the National Front for the River [NFR] said");
        assert!(aliases.iter().any(|(_, short)| short == "NFR"));
        assert!(is_alias(&aliases, "NATIONAL FRONT FOR THE RIVER", "NFR"));
    }
}
