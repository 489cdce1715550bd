//! Who is who across reports: "police in Borno", "the police" and a police spokesman of one country speak for one body.

use counterclaim_knowledge::{Country, name_key};
use counterclaim_schema::ledger::{ActorRow, ReportLedger};

/// A party as the record knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party {
    /// Country or `---`, and body.
    pub(crate) key: String,
    /// As first written.
    pub(crate) name: String,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: Option<String>,
    /// What speaks: army, police, health ministry, ... or the key of a name.
    pub(crate) body: String,
    /// For whom it stands: a country, or the armed group of one.
    pub(crate) side: String,
    /// state, rebels, medics, civilians, international, media, other.
    pub(crate) kind: &'static str,
}

/// Bodies by the words that name them, the most telling first.
const BODIES: &[(&[&str], &str)] = &[
    (&["health", "ministry"], "health ministry"),
    (&["health", "authorities"], "health ministry"),
    (&["health", "officials"], "health ministry"),
    (&["foreign", "ministry"], "foreign ministry"),
    (&["interior", "ministry"], "interior ministry"),
    (&["defense", "ministry"], "defense ministry"),
    (&["emergency", "ministry"], "emergency ministry"),
    (&["border", "service"], "border service"),
    (&["border", "guard"], "border service"),
    (&["border", "guards"], "border service"),
    (&["coast", "guard"], "coast guard"),
    (&["civil", "defense"], "civil defense"),
    (&["counter", "terrorism"], "counter-terrorism"),
    (&["counterterrorism"], "counter-terrorism"),
    (&["police"], "police"),
    (&["army"], "army"),
    (&["military"], "army"),
    (&["armed", "forces"], "army"),
    (&["general", "staff"], "army"),
    (&["navy"], "navy"),
    (&["coalition"], "coalition"),
    (&["opposition"], "opposition"),
    (&["witnesses"], "witnesses"),
    (&["witness"], "witnesses"),
    (&["residents"], "residents"),
    (&["resident"], "residents"),
    (&["parents"], "parents"),
    (&["relatives"], "relatives"),
    (&["presidency"], "government"),
    (&["kremlin"], "government"),
    (&["government"], "government"),
];

/// Roles that speak for the body that they belong to, and not in their own name.
const MOUTHPIECES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "official",
    "officials",
    "chief",
    "commander",
    "officer",
    "source",
    "sources",
];

const NOT_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "in",
    "at",
    "for",
    "and",
    "his",
    "her",
    "its",
    "their",
    "local",
    "official",
    "officials",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "senior",
    "regional",
    "state",
    "national",
    "general",
    "authorities",
    "two",
    "three",
    "both",
    "all",
    "some",
    "many",
    "new",
    "s",
];

fn words_of(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| match word.to_lowercase().as_str() {
            "defence" => "defense".to_owned(),
            "troops" | "soldiers" | "servicemen" => "army".to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

/// The body that some words name.
fn body_in(words: &[String]) -> Option<&'static str> {
    BODIES
        .iter()
        .find(|(parts, _)| parts.iter().all(|part| words.iter().any(|word| word == part)))
        .map(|(_, body)| *body)
}

fn body_of_sector(sector: &str) -> Option<&'static str> {
    Some(match sector {
        "MIL" => "army",
        "COP" => "police",
        "GOV" => "government",
        "MED" => "medics",
        "CVL" => "civilians",
        "OPP" => "opposition",
        _ => return None,
    })
}

fn is_armed_group(actor: &ActorRow) -> bool {
    actor.sector.iter().any(|sector| matches!(sector.as_str(), "REB" | "PRM" | "UAF" | "CRM" | "SEP" | "TER"))
}

/// The name without articles, offices and adjectives of countries: what is left names the party itself.
fn bare_name(name: &str) -> String {
    // "The hospital in Quetta" is the hospital.
    let name = [" in ", " at ", " near ", " from ", ", "].iter().fold(name, |name, cut| match name.find(cut) {
        Some(at) if at > 0 => &name[..at],
        _ => name,
    });
    name.split(|character: char| {
        character.is_whitespace() || matches!(character, ',' | '’' | '\'' | '-' | '“' | '”' | '"')
    })
    .filter(|word| !word.is_empty() && !NOT_NAMES.contains(&word.to_lowercase().as_str()))
    .filter(|word| Country::by_adjective(word).is_none() && Country::by_name(word).is_none())
    .map(name_key)
    .filter(|key| !key.is_empty())
    .collect::<Vec<_>>()
    .join(" ")
}

/// Capitalized words behind the first: the person's own name in "police chief Asif Durrani".
fn surname(name: &str) -> Option<String> {
    let last = name.split_whitespace().next_back()?;
    last.starts_with(char::is_uppercase).then(|| name_key(last))
}

/// The party of an actor, named with the words of a claim's source where there are some.
pub(crate) fn party(actor: &ActorRow, source_words: Option<&str>) -> Party {
    let country = actor.country.clone();
    let place = country.clone().unwrap_or_else(|| "---".to_owned());
    let armed = is_armed_group(actor);
    let first = actor.sector.first().map(String::as_str).unwrap_or_default();
    // The longest words for the party are the most telling: a later "the ministry" is the same one.
    let mut texts: Vec<&str> = source_words.into_iter().chain([actor.name.as_str()]).collect();
    texts.extend(actor.mentions.iter().map(|span| span.text.as_str()).filter(|text| text.len() <= 80));
    let own = texts
        .iter()
        .copied()
        .find(|text| text.starts_with(char::is_uppercase) || text.contains(' '))
        .unwrap_or(&actor.name);
    let body = if actor.kind == "state" {
        "government".to_owned()
    } else if armed {
        let known = actor.codes.iter().find(|code| code.scheme == "name").map(|code| code.code.clone());
        let name = texts
            .iter()
            .map(|text| bare_name(text))
            .find(|name| !name.is_empty() && !name.split(' ').all(is_common))
            .map(|name| name.split(' ').filter(|word| !is_common(word)).collect::<Vec<_>>().join(" "));
        known.or(name).unwrap_or_else(|| "rebels".to_owned())
    } else {
        let named = texts.iter().map(|text| words_of(text)).find_map(|words| {
            let body = body_in(&words)?;
            let person = actor.kind == "person"
                && !words.iter().any(|word| MOUTHPIECES.contains(&word.as_str()))
                && !actor.name.to_lowercase().contains("minist");
            (!person).then(|| body.to_owned())
        });
        let proper = || {
            if actor.kind == "person" {
                return surname(&actor.name).or_else(|| surname(own));
            }
            let is_proper = actor.kind == "organization"
                || own.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
            let name = bare_name(own);
            (is_proper && !name.is_empty()).then_some(name)
        };
        named.or_else(proper).or_else(|| body_of_sector(first).map(str::to_owned)).unwrap_or_else(|| {
            Some(bare_name(&actor.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "somebody".to_owned())
        })
    };
    // A coalition is of several countries, whichever the report names first.
    let (country, place) = if body == "coalition" { (None, "---".to_owned()) } else { (country, place) };
    let side = if armed {
        format!("{place} {body}")
    } else if country.is_some() {
        place.clone()
    } else {
        body.clone()
    };
    let kind = if body == "coalition" {
        "international"
    } else if armed {
        "rebels"
    } else if matches!(first, "MED") || body == "medics" || body.contains("hospital") {
        "medics"
    } else if matches!(first, "IGO" | "UNO" | "EUR" | "NGO") || country.is_none() && first == "MIL" {
        "international"
    } else if first == "JRN" {
        "media"
    } else if matches!(first, "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG" | "ELI") || actor.kind == "state" {
        "state"
    } else if matches!(first, "CVL" | "REF" | "EDU" | "BUS" | "LAB" | "REL" | "AGR" | "OPP") || body == "witnesses" {
        "civilians"
    } else {
        "other"
    };
    Party { key: format!("{place}:{body}"), name: own.to_owned(), country, body, side, kind }
}

/// Whether words stand for somebody named elsewhere; a party that has no other name is nobody across reports.
pub(crate) fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "who"
            | "one"
            | "both"
            | "others"
            | "some"
            | "many"
            | "which"
            | "that"
            | "him"
            | "her"
            | "them"
    )
}

/// Whether two sides may be the same: a group that is only called rebels may be any of its country.
pub(crate) fn same_side(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    match (a.split_once(' '), b.split_once(' ')) {
        (Some((country_a, group_a)), Some((country_b, group_b))) => {
            country_a == country_b && (group_a == "rebels" || group_b == "rebels")
        }
        _ => false,
    }
}

/// Whether a body is the name of a person or an institution, and not a kind of body that every country has.
pub(crate) fn is_proper(body: &str) -> bool {
    !BODIES.iter().any(|(_, known)| *known == body)
        && !matches!(body, "rebels" | "medics" | "civilians" | "opposition" | "somebody")
}

/// Words for fighters that name no group.
fn is_common(word: &str) -> bool {
    matches!(
        word,
        "rebel"
            | "rebels"
            | "fighters"
            | "fighter"
            | "militants"
            | "militant"
            | "gunmen"
            | "gunman"
            | "insurgents"
            | "militia"
            | "militias"
            | "alliance"
            | "group"
            | "groups"
            | "forces"
            | "armed"
            | "men"
            | "troops"
            | "attackers"
            | "attacker"
            | "bomber"
            | "suicide"
            | "jihadists"
            | "backed"
            | "pro"
            | "anti"
            | "linked"
            | "aligned"
            | "allied"
            | "islamist"
            | "unknown"
            | "gangs"
            | "gang"
            | "separatist"
            | "separatists"
            | "spokesman"
            | "movement"
            | "they"
            | "it"
            | "he"
            | "she"
            | "we"
    )
}

/// Side of the victims of a figure: people, civilians, officials, rebels, forces, or forces of a country.
pub(crate) fn victims_side(ledger: &ReportLedger, index: usize) -> String {
    let harm = &ledger.harms[index];
    let claimant = harm
        .claims
        .first()
        .and_then(|id| ledger.claims.iter().find(|claim| claim.id == *id))
        .and_then(|claim| claim.claimant.as_ref())
        .and_then(|id| ledger.actors.iter().find(|actor| actor.id == *id));
    let words: Vec<String> = harm
        .victims
        .iter()
        .flat_map(|span| span.text.split(|character: char| !character.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.to_lowercase().as_str()));
    if any(&["officials", "official", "ministers", "lawmakers"]) {
        return "officials".to_owned();
    }
    if any(&[
        "rebels",
        "rebel",
        "militants",
        "militant",
        "fighters",
        "fighter",
        "insurgents",
        "attackers",
        "attacker",
        "gunmen",
        "gunman",
        "terrorists",
        "terrorist",
        "jihadists",
        "guerrillas",
        "bombers",
        "assailants",
    ]) {
        return "rebels".to_owned();
    }
    let armed = any(&[
        "soldiers",
        "soldier",
        "troops",
        "servicemen",
        "serviceman",
        "guards",
        "guard",
        "police",
        "policemen",
        "officers",
        "conscripts",
        "recruits",
        "sailors",
        "marines",
        "peacekeepers",
        "paratroopers",
        "border",
    ]);
    if armed || harm.civilian == Some(false) && !words.is_empty() {
        let own = any(&["its", "our", "their"]);
        let country = words
            .iter()
            .find_map(|word| Country::by_adjective(word).or_else(|| Country::by_name(word)))
            .map(|country| country.iso3.to_owned())
            .or_else(|| own.then(|| claimant.and_then(|actor| actor.country.clone())).flatten())
            .or_else(|| {
                harm.victims.as_ref().and_then(|victims| {
                    ledger
                        .actors
                        .iter()
                        .find(|actor| {
                            actor.mentions.iter().any(|span| span.start < victims.end && victims.start < span.end)
                        })
                        .and_then(|actor| actor.country.clone())
                })
            });
        return country.map_or_else(|| "forces".to_owned(), |country| format!("forces {country}"));
    }
    match harm.civilian {
        Some(true) => "civilians".to_owned(),
        _ => "people".to_owned(),
    }
}

/// The side of a party: its country, or its armed group.
pub(crate) fn side(actor: &ActorRow) -> String {
    party(actor, None).side
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(name: &str, kind: &str, country: Option<&str>, sector: &[&str]) -> ActorRow {
        ActorRow {
            id: "a1".to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            country: country.map(str::to_owned),
            sector: sector.iter().map(|sector| (*sector).to_owned()).collect(),
            codes: Vec::new(),
            members: Vec::new(),
            mentions: Vec::new(),
        }
    }

    #[test]
    fn one_body_has_one_key() {
        for (name, kind, country, sector, key) in [
            ("Police in Nigeria's Borno state", "group", Some("NGA"), &["COP"][..], "NGA:police"),
            ("police", "group", Some("NGA"), &["COP"], "NGA:police"),
            ("Borno police spokesman Sani Bulama", "person", Some("NGA"), &["COP"], "NGA:police"),
            ("regional governor Taras Melnyk", "person", Some("UKR"), &["GOV"], "UKR:melnyk"),
            ("Governor Taras Melnyk", "person", Some("UKR"), &["GOV"], "UKR:melnyk"),
            ("Cambodia's defence ministry", "group", Some("KHM"), &["GOV", "MIL"], "KHM:defense ministry"),
            ("the army", "group", Some("MLI"), &["MIL"], "MLI:army"),
            ("The Malian army", "organization", Some("MLI"), &["MIL"], "MLI:army"),
            ("A rebel alliance", "group", Some("MLI"), &["REB"], "MLI:rebels"),
            ("the ELN rebels", "group", Some("COL"), &["REB"], "COL:eln"),
            ("ELN", "organization", Some("COL"), &["REB"], "COL:eln"),
            ("The State Specialist Hospital", "organization", Some("NGA"), &["MED"], "NGA:specialist hospital"),
            ("Mali", "state", Some("MLI"), &["GOV"], "MLI:government"),
            ("the junta", "group", Some("GIN"), &["GOV"], "GIN:government"),
        ] {
            assert_eq!(party(&actor(name, kind, country, sector), None).key, key, "{name}");
        }
    }
}
