//! Words of harm and of the people who suffer it.

use counterclaim_knowledge::people::{self, Side};
use counterclaim_language::Upos;
use counterclaim_schema::ledger::HarmKind;

/// Words of harm and where they want their victims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Object of the active, subject of the passive.
    Patient,
    /// Subject.
    Subject,
}

pub(crate) fn verb_of_harm(lemma: &str) -> Option<(HarmKind, Place)> {
    use HarmKind::*;
    Some(match lemma {
        "kill" | "murder" | "execute" | "behead" | "massacre" | "slaughter" | "assassinate" | "slay" | "hack"
        | "lynch" | "bury" | "decapitate" | "neutralise" | "neutralize" | "eliminate" | "liquidate" | "martyr"
        | "annihilate" => (Killed, Place::Patient),
        "die" | "perish" | "drown" | "succumb" | "fall" => (Killed, Place::Subject),
        "injure" | "wound" | "hurt" | "maim" | "harm" | "hospitalize" | "hospitalise" | "burn" => {
            (Injured, Place::Patient)
        }
        "displace" | "evacuate" | "uproot" | "relocate" => (Displaced, Place::Patient),
        "flee" | "escape" => (Displaced, Place::Subject),
        "detain" | "arrest" | "capture" | "kidnap" | "abduct" | "imprison" | "jail" | "seize" => {
            (Detained, Place::Patient)
        }
        "surrender" | "defect" => (Surrendered, Place::Subject),
        "vanish" | "disappear" => (Missing, Place::Subject),
        _ => return None,
    })
}

/// Words of state that stand behind a figure: "12 dead", "five missing".
pub(super) fn state_of_harm(form: &str) -> Option<HarmKind> {
    use HarmKind::*;
    Some(match form {
        "dead" | "killed" | "deaths" | "death" | "fatalities" | "fatality" | "slain" => Killed,
        "injured" | "wounded" | "hurt" | "injuries" => Injured,
        "missing" | "unaccounted" => Missing,
        "displaced" | "homeless" => Displaced,
        "hostage" | "captive" | "prisoner" | "captured" | "abducted" | "kidnapped" | "detained" | "arrested" => {
            Detained
        }
        _ => return None,
    })
}

/// Nouns whose "of" phrase names victims: "the bodies of nine villagers".
pub(super) fn noun_of_harm(lemma: &str) -> Option<HarmKind> {
    use HarmKind::*;
    Some(match lemma {
        "throat" | "remain" | "body" | "corpse" | "death" | "killing" | "murder" | "massacre" | "life"
        | "execution" | "assassination" | "remains" | "loss" => Killed,
        "wounding" | "injury" | "injuring" | "maiming" => Injured,
        "abduction" | "kidnapping" | "arrest" | "detention" | "capture" => Detained,
        "displacement" | "evacuation" | "exodus" => Displaced,
        "disappearance" => Missing,
        "surrender" => Surrendered,
        _ => return None,
    })
}

/// Words that may stand between a victim phrase and its word of harm.
pub(super) fn is_passing(upos: Upos, form: &str) -> bool {
    matches!(upos, Upos::Aux | Upos::Adv | Upos::Part)
        || matches!(
            form,
            "who"
                | "which"
                | "that"
                | "were"
                | "was"
                | "had"
                | "been"
                | "have"
                | "has"
                | "being"
                | "to"
                | "be"
                | "reported"
                | "confirmed"
                | "believed"
                | "left"
                | "presumed"
                | "feared"
                | "found"
                | "shot"
                | "beaten"
                | "burned"
                | "hacked"
                | "stabbed"
                | "got"
                | "known"
                | "registered"
                | "listed"
        )
}

/// Whether people called so are civilians, where the noun tells.
pub(crate) fn is_civilian(lemma: &str) -> Option<bool> {
    match people::side(lemma)? {
        Side::Civilian => Some(true),
        Side::Combatant => Some(false),
        Side::Open => None,
    }
}

/// Whether a noun takes its side from the body that it serves: "army members", "guerrilla leader".
pub(crate) fn serves(lemma: &str) -> bool {
    matches!(
        lemma,
        "member"
            | "officer"
            | "official"
            | "leader"
            | "chief"
            | "commander"
            | "man"
            | "personnel"
            | "element"
            | "lieutenant"
    )
}

/// Words for bodies that fight.
pub(crate) fn is_armed_body(lemma: &str) -> bool {
    matches!(
        lemma,
        "army"
            | "military"
            | "guerrilla"
            | "rebel"
            | "insurgent"
            | "paramilitary"
            | "militia"
            | "navy"
            | "commando"
            | "subversive"
    )
}

/// Nouns that name several people at once.
pub(crate) fn is_collective(lemma: &str) -> bool {
    matches!(lemma, "crew" | "people" | "family" | "household" | "staff" | "personnel" | "couple" | "team" | "clergy")
}

/// Whether a common noun names people: the table of people or that of agents.
pub(crate) fn is_person(lemma: &str) -> bool {
    people::side(lemma).is_some()
        || lemma.ends_with("man") && lemma.len() > 4
        || lemma.ends_with("men") && lemma.len() > 6 && !lemma.ends_with("cimen")
        || counterclaim_knowledge::actors::agent(lemma, &[]).is_some_and(|class| {
            !class.sectors.iter().any(|sector| matches!(*sector, "GOV" | "JRN" | "BUS" | "IGO" | "NGO"))
                && !matches!(
                    lemma,
                    "army"
                        | "military"
                        | "police"
                        | "force"
                        | "militia"
                        | "group"
                        | "party"
                        | "court"
                        | "hospital"
                        | "school"
                        | "church"
                        | "union"
                        | "gang"
                        | "cartel"
                        | "navy"
                        | "base"
                        | "position"
                        | "camp"
                        | "university"
                        | "clinic"
                        | "village"
                        | "town"
                        | "city"
                        | "community"
                        | "country"
                        | "state"
                )
        })
}

/// A beast: losses of herders that are no people's.
pub(super) fn is_beast(lemma: &str) -> bool {
    matches!(
        lemma,
        "cow"
            | "cattle"
            | "ox"
            | "bull"
            | "calf"
            | "buffalo"
            | "yak"
            | "goat"
            | "sheep"
            | "ram"
            | "lamb"
            | "camel"
            | "donkey"
            | "mule"
            | "horse"
            | "pig"
            | "dog"
            | "hen"
            | "chicken"
            | "animal"
            | "beast"
            | "livestock"
            | "reindeer"
            | "llama"
            | "elephant"
    )
}
