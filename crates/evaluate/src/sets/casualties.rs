//! Dead and injured of a ledger in the way of MUC-4: one row for each victim or group of victims of an attack that the report tells as news.
//!
//! MUC-4 counts victims by who they are: a person who is named counts as one, a group has its figure, people without a figure are PLURAL
//! (two or more). Fighters who fall in clashes are no victims of the task, and what lies well back is no incident of the report. "More
//! than 30" is written as 30 and open, vague words ("several") as PLURAL.

use counterclaim_schema::ledger::{HarmBasis, HarmKind, HarmRow, ReportLedger, Scope, Status};
use serde_json::{Value, json};

/// The answers of a report.
pub fn casualties(ledger: &ReportLedger) -> Vec<Value> {
    let told: Vec<&HarmRow> = ledger.harms.iter().filter(|harm| effect(harm.kind).is_some()).collect();
    let firsts = told.iter().copied().filter(|harm| harm.same_as.is_none());
    let counted = firsts.filter(|first| {
        let group =
            || told.iter().copied().filter(|harm| harm.id == first.id || harm.same_as.as_ref() == Some(&first.id));
        group().any(|harm| is_victim(ledger, &told, harm))
            && !group().any(|harm| is_of_clash(ledger, harm))
            && !group().any(|harm| is_told_by_parts(&told, harm))
    });
    counted
        .filter_map(|first| {
            let group = told.iter().copied().filter(|harm| harm.same_as.as_ref() == Some(&first.id));
            let best = [first].into_iter().chain(group).find(|harm| is_figure(harm)).unwrap_or(first);
            let (low, high) = interval(best);
            Some(json!({ "effect": effect(first.kind)?, "lo": low, "hi": high }))
        })
        .collect()
}

fn effect(kind: HarmKind) -> Option<&'static str> {
    match kind {
        HarmKind::Killed => Some("DEATH"),
        HarmKind::Injured => Some("INJURY"),
        _ => None,
    }
}

/// A figure that says more than "several".
fn is_figure(harm: &HarmRow) -> bool {
    harm.basis == HarmBasis::Stated && !is_vague(harm)
}

fn is_vague(harm: &HarmRow) -> bool {
    harm.basis == HarmBasis::Plural
        || harm.number.text.split_whitespace().any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "several" | "many" | "dozens" | "scores" | "hundreds" | "thousands" | "few" | "handful" | "some"
            ) && !harm.number.text.chars().any(|character| character.is_ascii_digit())
        })
}

/// The interval in the spelling of the key.
fn interval(harm: &HarmRow) -> (Option<u64>, Option<u64>) {
    if is_vague(harm) {
        return (Some(2), None);
    }
    let first = harm.number.text.split_whitespace().next().unwrap_or_default().to_lowercase();
    match (harm.low, harm.high) {
        (Some(low), None) if matches!(first.as_str(), "more" | "over" | "above" | "exceeding") => (Some(low - 1), None),
        (None, Some(high)) => (Some(0), Some(high)),
        ends => ends,
    }
}

/// Whether a harm is told as news of an attack on people who do not fight.
fn is_victim(ledger: &ReportLedger, told: &[&HarmRow], harm: &HarmRow) -> bool {
    let fights = harm.civilian == Some(false) && !is_guard(harm);
    let event = harm.event.as_ref().and_then(|id| ledger.events.iter().find(|event| event.id == *id));
    let happened = event.is_none_or(|event| event.status != Status::Hypothetical);
    harm.high != Some(0)
        && is_of_attack(ledger, harm)
        && !is_share(told, harm)
        && harm.scope == Scope::Current
        && !fights
        && happened
}

/// Whether a harm can be one of a single attack on people who do not fight, by the words of its sentence and of its victims.
fn is_of_attack(ledger: &ReportLedger, harm: &HarmRow) -> bool {
    let victims = harm.victims.as_ref().unwrap_or(&harm.number).text.to_lowercase();
    let sentence = sentence(&ledger.document.text, harm.number.start as usize);
    let tells = |words: &[&str], text: &str| {
        text.split(|character: char| !character.is_alphanumeric()).any(|word| words.contains(&word))
    };
    let fight = harm.civilian != Some(true) && tells(CLASHES, &sentence);
    // Where fighters stand in the sentence, a figure of nobody in particular counts those who fell fighting; "we killed three" is a bulletin
    // of one side on its fights.
    let unnamed = harm.civilian.is_none() && harm.basis != HarmBasis::Person && tells(FIGHTERS, &sentence);
    let bulletin = harm.civilian != Some(true) && harm.basis == HarmBasis::Stated && tells(OWN, &sentence);
    // A group without a figure counts where it is some particular one.
    let particular = ["the", "several", "his", "her", "their", "some", "many"];
    let vague = is_vague(harm) && !victims.split_whitespace().next().is_some_and(|first| particular.contains(&first));
    let toll = harm.low.or(harm.high).is_some_and(|figure| figure >= WAR);
    !fight && !unnamed && !bulletin && !vague && !toll && !tells(ATTACKERS, &victims) && !tells(ACCIDENTS, &sentence)
}

/// Whether a figure is told as the outcome of a fight between armed sides.
fn is_of_clash(ledger: &ReportLedger, harm: &HarmRow) -> bool {
    let sentence = sentence(&ledger.document.text, harm.number.start as usize);
    let mut words = sentence.split(|character: char| !character.is_alphanumeric());
    harm.civilian != Some(true) && harm.basis == HarmBasis::Stated && words.any(|word| CLASHES.contains(&word))
}

/// Figures from here on are tolls of wars, not of attacks.
const WAR: u64 = 500;
const CLASHES: &[&str] = &[
    "clash",
    "clashes",
    "clashed",
    "combat",
    "confrontation",
    "confrontations",
    "skirmish",
    "skirmishes",
    "fighting",
    "battle",
    "battles",
    "firefight",
];
const FIGHTERS: &[&str] = &["guerrillas", "rebels", "subversives", "insurgents"];
const OWN: &[&str] = &["we", "our"];
const ATTACKERS: &[&str] = &[
    "terrorist",
    "terrorists",
    "subversive",
    "subversives",
    "criminal",
    "criminals",
    "trafficker",
    "traffickers",
    "attacker",
    "attackers",
    "guerrilla",
    "guerrillas",
    "rebel",
    "rebels",
    "kidnappers",
    "robbers",
];
const ACCIDENTS: &[&str] = &[
    "accident",
    "accidents",
    "crash",
    "crashed",
    "earthquake",
    "flood",
    "floods",
    "illness",
    "suicide",
    "disease",
    "drowned",
];
/// The sentence around a code point, in lower case.
fn sentence(text: &str, at: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let stops = |index: usize| {
        matches!(characters[index], '.' | '!' | '?')
            && characters.get(index + 1).is_none_or(|next| next.is_whitespace())
            && characters.get(index + 2).is_none_or(|next| next.is_whitespace())
            || characters[index] == '\n' && characters.get(index + 1) == Some(&'\n')
    };
    let at = at.min(characters.len());
    let start = (0..at).rev().find(|&index| stops(index)).map_or(0, |index| index + 1);
    let end = (at..characters.len()).find(|&index| stops(index)).unwrap_or(characters.len());
    characters[start..end].iter().collect::<String>().to_lowercase()
}

/// "Seven of the nine soldiers" are told of with their whole, unless all parts are told.
fn is_share(told: &[&HarmRow], harm: &HarmRow) -> bool {
    let whole = harm.part_of.as_ref().and_then(|id| told.iter().find(|other| other.id == *id));
    harm.basis == HarmBasis::Stated && whole.is_some_and(|whole| !is_told_by_parts(told, whole))
}

/// Guards and bodyguards are victims of the task.
fn is_guard(harm: &HarmRow) -> bool {
    let words = harm.victims.as_ref().map_or("", |victims| victims.text.as_str()).to_lowercase();
    words.contains("guard") && !words.contains("national guard")
}

/// Whether parts stand for a figure: as many people as it counts.
fn is_told_by_parts(told: &[&HarmRow], whole: &HarmRow) -> bool {
    let mut parts = told.iter().filter(|harm| harm.part_of.as_ref() == Some(&whole.id)).peekable();
    if whole.basis == HarmBasis::Plural {
        return parts.any(|harm| harm.basis == HarmBasis::Person);
    }
    let named = |harm: &&&HarmRow| harm.basis == HarmBasis::Person;
    let persons = parts.clone().filter(named).count() as u64;
    let all: Option<u64> = parts.clone().map(|harm| harm.low.filter(|_| harm.low == harm.high)).sum();
    parts.peek().is_some() && (whole.low == Some(persons) || whole.low == whole.high && whole.low == all)
}

#[cfg(test)]
mod tests {
    use super::casualties;
    use counterclaim_events::Reader;
    use counterclaim_language::Model;

    #[test]
    fn victims_once_and_no_bulletins_of_fights() {
        let reader = Reader::new(Model::embedded());
        for (text, expected) in [
            ("Gunmen killed two teachers in the village of Arapa.", "DEATH 2"),
            // A figure whose parts are told is told by them.
            (
                "Three attacks left five wounded. At the port a mine injured two clerks. In the market a grenade wounded three vendors.",
                "INJURY 2, INJURY 3",
            ),
            ("Two teachers were shot dead on Friday. Both teachers died at once.", "DEATH 2"),
            // Who falls in fights is no victim of an attack.
            ("In the hills we killed three and wounded five.", ""),
            ("The number of rebels killed by the troops has risen to 26.", ""),
        ] {
            let ledger = reader.read(&counterclaim_ingest::plain_document("test", text, None), &[]);
            let told: Vec<String> = casualties(&ledger)
                .iter()
                .map(|row| format!("{} {}", row["effect"].as_str().unwrap_or_default(), row["lo"]))
                .collect();
            assert_eq!(told.join(", "), expected, "{text}");
        }
    }
}
