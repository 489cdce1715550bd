//! The sides that speakers stand for and that are blamed.

use counterclaim_claims::Reading;
use counterclaim_claims::actors::{ActorId, ActorKind};

/// Whom a party stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Side {
    /// A state by its code.
    State(String),
    /// An authority that a state does not recognise.
    Breakaway(String),
    /// An armed group; known when the dictionary tells which.
    Armed { country: String, known: Option<String> },
    /// People who speak for no side: residents, doctors, monitors.
    People { country: String, sector: String },
    /// A party without country, by its name.
    Named(String),
}

impl Side {
    /// Whether two words may mean the same side: "the rebels" may be any armed group of the country.
    pub(crate) fn is_same(&self, other: &Side) -> bool {
        match (self, other) {
            (Side::Armed { country, known }, Side::Armed { country: theirs, known: other }) => {
                if known.is_some() && other.is_some() { known == other } else { country == theirs }
            }
            _ => self == other,
        }
    }

    /// Whether it is a party of a conflict.
    pub(crate) fn is_party(&self) -> bool {
        matches!(self, Side::State(_) | Side::Breakaway(_) | Side::Armed { .. })
    }
}

/// Whether a party of the one list stands in the other.
pub(super) fn meet(ones: &[Side], others: &[Side]) -> bool {
    ones.iter().any(|one| !matches!(one, Side::People { .. }) && others.iter().any(|other| one.is_same(other)))
}

/// The sides that an actor stands for; a joint one for those of its members.
pub(crate) fn sides(reading: &Reading<'_>, actor: ActorId) -> Vec<Side> {
    reading.actors.flatten(actor).into_iter().map(|member| side(reading, member)).collect()
}

fn side(reading: &Reading<'_>, actor: ActorId) -> Side {
    let row = &reading.actors.all[actor];
    let any = |listed: &[&str]| row.sectors.iter().any(|sector| listed.contains(&sector.as_str()));
    let Some(country) = row.country.clone() else { return Side::Named(row.name.to_lowercase()) };
    let armed = any(&["REB", "PRM", "UAF", "CRM", "OPP"]);
    // Residents, doctors and monitors do not speak for their state.
    let people = !armed && !any(&["GOV", "MIL", "COP", "SPY", "JUD", "LEG"]);
    if armed {
        Side::Armed { country, known: row.known.clone() }
    } else if any(&["PRE"]) {
        Side::Breakaway(country)
    } else if let Some(sector) = row.sectors.first().filter(|_| people && row.kind != ActorKind::State) {
        Side::People { country, sector: sector.clone() }
    } else {
        Side::State(country)
    }
}

/// Whether nobody knows who they are: gunmen are no side.
pub(super) fn is_unknown(reading: &Reading<'_>, actor: ActorId) -> bool {
    let row = &reading.actors.all[actor];
    let unnamed = row.sectors.iter().all(|sector| sector == "UAF");
    row.known.is_none() && unnamed && (!row.sectors.is_empty() || row.country.is_none())
}

/// The state for which a party speaks, when it is one of its arms.
pub(crate) fn official<'a>(reading: &'a Reading<'_>, actor: ActorId) -> Option<&'a str> {
    let row = &reading.actors.all[actor];
    let any = |listed: &[&str]| row.sectors.iter().any(|sector| listed.contains(&sector.as_str()));
    let arm = row.kind == ActorKind::State || any(&["GOV", "MIL", "COP", "SPY"]);
    (arm && !any(&["PRE", "REB", "PRM"])).then_some(row.country.as_deref()).flatten()
}

/// Words of a name that tell of no body in particular.
const ANY_BODY: &[&str] = &[
    "the",
    "of",
    "for",
    "and",
    "a",
    "an",
    "state",
    "national",
    "official",
    "news",
    "agency",
    "ministry",
    "police",
    "army",
    "united",
    "nations",
    "force",
    "forces",
    "military",
    "group",
    "rights",
    "human",
    "local",
    "media",
    "government",
    "spokesman",
    "spokeswoman",
];

/// Whether two who speak are one mouth: the same actor, who speaks for a body that is named in his title ("Observatory director Rami Abdel Rahman"), or a
/// state and its official news agency.
pub(super) fn is_one_mouth(reading: &Reading<'_>, one: ActorId, other: ActorId) -> bool {
    if one == other {
        return true;
    }
    let row = |actor: ActorId| &reading.actors.all[actor];
    if row(one).kind == ActorKind::Joint || row(other).kind == ActorKind::Joint {
        return false;
    }
    let press = |actor: ActorId, state: ActorId| {
        let name = row(actor).name.to_lowercase();
        let is_official = name.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "official" | "state"));
        row(actor).sectors.iter().any(|sector| sector == "JRN")
            && is_official
            && row(actor).country.is_some()
            && official(reading, state) == row(actor).country.as_deref()
    };
    if press(one, other) || press(other, one) {
        return true;
    }
    let speaks_for = |person: ActorId, body: ActorId| {
        row(body).kind == ActorKind::Organization
            && row(person).country == row(body).country
            && words_of(&row(person).name).iter().any(|word| {
                word.starts_with(char::is_uppercase)
                    && !ANY_BODY.contains(&word.to_lowercase().as_str())
                    && words_of(&row(body).name).contains(word)
            })
    };
    speaks_for(one, other) || speaks_for(other, one)
}

fn words_of(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.len() > 2).collect()
}
