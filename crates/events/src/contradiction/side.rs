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
