//! Codes of events: the PLOVER type settled by status, modes, contexts, CAMEO and ACLED.
//!
//! PLOVER manual 2.0: an announced or agreed ceasefire or withdrawal is CONCEDE, a kept one RETREAT. ACLED codebook (web edition):
//! two armed sides are a battle, one side from afar is remote violence, the unarmed as aim are violence against civilians.

use crate::roles::Roles;
use crate::triggers::Trigger;
use counterclaim_claims::Reading;
use counterclaim_knowledge::weapons;
use counterclaim_schema::ledger::{AcledCode, Status};

/// The type in the light of the status and of who acts: a road that the army blocks is no protest.
pub fn settle_type(reading: &Reading<'_>, trigger: &Trigger, status: Status, roles: &Roles) -> &'static str {
    let listed = trigger.event_type;
    let armed = is_sector(reading, &roles.actors, &["MIL", "COP", "REB", "PRM", "GOV", "SPY", "CRM"]);
    // "Fired two missiles into the sea": a show of force that hits nobody (PLOVER: MOBILIZE, weapons tests).
    let syntax = reading.syntax();
    let at_sea = listed == "ASSAULT"
        && matches!(syntax.lemma(trigger.word), "fire" | "launch" | "test" | "shoot")
        && roles.recipients.is_empty()
        && std::iter::once(trigger.word).chain(trigger.with).flat_map(|word| syntax.obliques(word)).any(|oblique| {
            matches!(oblique.preposition.as_str(), "into" | "toward" | "towards" | "in")
                && matches!(syntax.lemma(oblique.head), "sea" | "ocean" | "water" | "waters")
        });
    if at_sea {
        return "MOBILIZE";
    }
    match (listed, status) {
        ("RETREAT", Status::Ordered | Status::Planned) => "CONCEDE",
        ("CONSULT" | "COOPERATE" | "AID" | "SUPPORT", Status::Planned) => "AGREE",
        ("PROTEST", _) if trigger.row.mode == "obstruct" && armed => "COERCE",
        _ => listed,
    }
}

/// Modes: that of the weapon wins over that of the word.
pub fn modes(reading: &Reading<'_>, trigger: &Trigger, event_type: &str, roles: &Roles) -> Vec<String> {
    let _ = reading;
    let mut modes: Vec<String> = Vec::new();
    if event_type == "ASSAULT" {
        for (_, class) in &roles.weapons {
            if let Some(mode) = class.as_deref().and_then(weapons::mode_of) {
                if !modes.iter().any(|known| known == mode) {
                    modes.push(mode.to_owned());
                }
            }
        }
    }
    let listed = if event_type == "COERCE" && trigger.row.mode == "obstruct" { "restrict" } else { trigger.row.mode };
    let general = matches!(listed, "firearms" | "heavy-weapons" | "explosives");
    let keeps_type = event_type == trigger.event_type || event_type == "CONCEDE" || listed == "restrict";
    if !listed.is_empty() && keeps_type && (modes.is_empty() || !general) && !modes.iter().any(|known| known == listed)
    {
        modes.push(listed.to_owned());
    }
    modes
}

fn is_sector(reading: &Reading<'_>, parts: &[crate::roles::Part], wanted: &[&str]) -> bool {
    parts
        .iter()
        .any(|part| reading.actors.all[part.actor].sectors.iter().any(|sector| wanted.contains(&sector.as_str())))
}

const ARMED: &[&str] = &["MIL", "REB", "PRM", "UAF", "COP", "CRM", "SPY"];
const UNARMED: &[&str] =
    &["CVL", "REF", "JRN", "MED", "EDU", "REL", "LAB", "AGR", "SOC", "NGO", "OPP", "LEG", "JUD", "BUS"];

/// Things whose people do not fight.
const CIVILIAN_THINGS: &[&str] = &[
    "market",
    "mosque",
    "church",
    "place_of_worship",
    "school",
    "homes",
    "hospital",
    "farm",
    "gathering",
    "settlement",
    "camp",
    "aid",
    "factory",
    "vehicle",
    "rail",
    "communications",
    "cultural_site",
];
/// Things that fighters hold.
const ARMED_THINGS: &[&str] = &["military_base", "military_post", "police_station", "air_base", "convoy"];

/// Whether only the unarmed, or what is theirs, are the aim.
fn is_unarmed_aim(reading: &Reading<'_>, roles: &Roles) -> bool {
    let hits = |things: &[&str]| {
        roles.targets.iter().any(|(_, class)| class.as_deref().is_some_and(|class| things.contains(&class)))
    };
    let armed = is_sector(reading, &roles.recipients, ARMED) || hits(ARMED_THINGS);
    !armed && (is_sector(reading, &roles.recipients, UNARMED) || hits(CIVILIAN_THINGS))
}

fn are_protesters(reading: &Reading<'_>, parts: &[crate::roles::Part]) -> bool {
    let is = |actor: usize, wanted: &str| reading.actors.all[actor].sectors.iter().any(|sector| sector == wanted);
    parts.iter().any(|part| is(part.actor, "CVL") && is(part.actor, "OPP"))
}

/// Violence by protesters, and of forces against them.
enum CrowdViolence {
    Theirs,
    Force,
    Intervention,
}

impl CrowdViolence {
    fn code(self) -> AcledCode {
        let (event, sub) = match self {
            CrowdViolence::Theirs => ("Riots", "Violent demonstration"),
            CrowdViolence::Force => ("Protests", "Excessive force against protesters"),
            CrowdViolence::Intervention => ("Protests", "Protest with intervention"),
        };
        AcledCode { event_type: event.to_owned(), sub_event_type: sub.to_owned() }
    }
}

/// Tear gas and batons of forces are an intervention, other means against protesters excessive force.
fn by_protesters(reading: &Reading<'_>, event_type: &str, roles: &Roles) -> Option<CrowdViolence> {
    if event_type != "ASSAULT" {
        return None;
    }
    let forces = is_sector(reading, &roles.actors, &["COP", "MIL", "GOV"]);
    let riot_control = roles.weapons.iter().any(|(_, class)| class.as_deref() == Some("riot_control"));
    if forces && riot_control {
        Some(CrowdViolence::Intervention)
    } else if are_protesters(reading, &roles.actors) {
        Some(CrowdViolence::Theirs)
    } else if forces && are_protesters(reading, &roles.recipients) {
        Some(CrowdViolence::Force)
    } else {
        None
    }
}

/// Whoever takes a place decides; the word only where nobody is told.
fn territory(reading: &Reading<'_>, roles: &Roles, listed: &str) -> &'static str {
    let state = is_sector(reading, &roles.actors, &["MIL", "COP", "GOV"]);
    let non_state = is_sector(reading, &roles.actors, &["REB", "PRM", "UAF", "CRM"]);
    if state || !non_state && listed == "territory_gov" {
        "Government regains territory"
    } else {
        "Non-state actor overtakes territory"
    }
}

/// ACLED event and sub-event type; none for words, plans and denials.
pub fn acled(
    reading: &Reading<'_>,
    trigger: &Trigger,
    event_type: &str,
    modes: &[String],
    roles: &Roles,
    mutual: bool,
    status: Status,
) -> Option<AcledCode> {
    if matches!(status, Status::Denied | Status::Hypothetical) {
        return None;
    }
    if matches!(status, Status::Planned | Status::Ordered) && event_type != "CONCEDE" {
        return None;
    }
    let has = |mode: &str| modes.iter().any(|known| known == mode);
    let civilians = is_unarmed_aim(reading, roles);
    if let Some(sub) = by_protesters(reading, event_type, roles) {
        return Some(sub.code());
    }
    let (event, sub) = match trigger.row.acled {
        "none" => return None,
        "armed_clash" | "shelling" | "air" | "attack" | "ied" if event_type == "ASSAULT" => {
            if mutual {
                ("Battles", "Armed clash")
            } else if has("unconventional") {
                ("Explosions/Remote violence", "Chemical weapon")
            } else if has("aerial") || has("drone") || trigger.row.acled == "air" {
                ("Explosions/Remote violence", "Air/drone strike")
            } else if has("suicide-attack") {
                ("Explosions/Remote violence", "Suicide bomb")
            } else if has("heavy-weapons") || trigger.row.acled == "shelling" {
                ("Explosions/Remote violence", "Shelling/artillery/missile attack")
            } else if has("explosives") || trigger.row.acled == "ied" {
                ("Explosions/Remote violence", "Remote explosive/landmine/IED")
            } else if civilians || trigger.row.acled == "attack" && !is_sector(reading, &roles.recipients, ARMED) {
                ("Violence against civilians", "Attack")
            } else {
                ("Battles", "Armed clash")
            }
        }
        "sexual" => ("Violence against civilians", "Sexual violence"),
        "abduction" => ("Violence against civilians", "Abduction/forced disappearance"),
        "armed_clash" | "attack" if event_type == "PROTEST" => ("Riots", "Violent demonstration"),
        "mob" => ("Riots", "Mob violence"),
        "violent_demo" => ("Riots", "Violent demonstration"),
        "protest" => ("Protests", "Peaceful protest"),
        "intervention" => ("Protests", "Protest with intervention"),
        "territory_gov" | "territory_ns" => ("Battles", territory(reading, roles, trigger.row.acled)),
        "agreement" => ("Strategic developments", "Agreement"),
        "arrests" => ("Strategic developments", "Arrests"),
        "change" => ("Strategic developments", "Change to group/activity"),
        "destruction" => ("Strategic developments", "Looting/property destruction"),
        _ => ("Strategic developments", "Other"),
    };
    Some(AcledCode { event_type: event.to_owned(), sub_event_type: sub.to_owned() })
}

/// CAMEO code: the coarsest that is certain.
pub fn cameo(trigger: &Trigger, event_type: &str, modes: &[String], status: Status) -> Option<String> {
    let has = |mode: &str| modes.iter().any(|known| known == mode);
    if event_type == "ASSAULT" {
        if has("aerial") {
            return Some("195".to_owned());
        }
        if has("drone") {
            return Some("1952".to_owned());
        }
        if has("suicide-attack") {
            return Some("1831".to_owned());
        }
        if has("heavy-weapons") {
            return Some("194".to_owned());
        }
    }
    if event_type == "CONCEDE" && trigger.event_type == "RETREAT" && status != Status::Occurred {
        return Some("0356".to_owned());
    }
    if event_type == "AGREE" && trigger.event_type != "AGREE" {
        let code = match trigger.event_type {
            "CONSULT" if trigger.row.cameo == "045" => "039",
            "CONSULT" => "036",
            "AID" => "033",
            _ => "030",
        };
        return Some(code.to_owned());
    }
    Some(trigger.row.cameo.to_owned()).filter(|code| !code.is_empty())
}

/// Contexts that the parts and the sentence support.
pub fn contexts(reading: &Reading<'_>, roles: &Roles, event_type: &str) -> Vec<String> {
    let mut contexts: Vec<String> = Vec::new();
    let parts: Vec<crate::roles::Part> = roles.actors.iter().chain(&roles.recipients).cloned().collect();
    if is_sector(reading, &parts, &["MIL"]) || event_type == "MOBILIZE" {
        contexts.push("military".to_owned());
    }
    if matches!(event_type, "CONSULT" | "AGREE" | "SUPPORT" | "REQUEST" | "REJECT")
        && is_sector(reading, &parts, &["GOV", "IGO"])
    {
        contexts.push("diplomatic".to_owned());
    }
    if is_sector(reading, &parts, &["REF"]) {
        contexts.push("migration".to_owned());
    }
    if is_sector(reading, &parts, &["MED"]) {
        contexts.push("health".to_owned());
    }
    contexts
}
