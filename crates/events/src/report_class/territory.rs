//! Who took a place from whom, read around the verbs of taking.

use super::facts::{Told, sectors_of};
use counterclaim_language::{Deprel, Upos};

/// To whom a place went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taker {
    /// Forces of a state.
    State,
    /// Rebels, militias and other armed groups.
    NonState,
}

/// Verbs of taking.
const TAKE: &[&str] = &[
    "capture",
    "recapture",
    "retake",
    "seize",
    "regain",
    "overrun",
    "liberate",
    "occupy",
    "conquer",
    "take",
    "recover",
    "control",
    "reclaim",
    "secure",
    "restore",
    "reoccupy",
    "clear",
];
/// Verbs that take a place only with "control" as their object.
const TAKE_CONTROL: &[&str] = &["gain", "wrest", "restore", "establish", "assume", "win"];
/// What a place is called.
const LAND: &[&str] = &[
    "town",
    "village",
    "city",
    "area",
    "district",
    "neighborhood",
    "neighbourhood",
    "hill",
    "territory",
    "province",
    "region",
    "crossing",
    "base",
    "checkpoint",
    "road",
    "highway",
    "post",
    "site",
    "airport",
    "capital",
    "quarter",
    "mountain",
    "island",
    "bridge",
    "stronghold",
    "outpost",
    "settlement",
    "hilltop",
    "height",
    "township",
    "suburb",
    "port",
    "camp",
    "locality",
    "hamlet",
    "valley",
    "airfield",
    "airbase",
    "garrison",
    "headquarters",
    "dam",
    "square",
    "junction",
    "county",
    "enclave",
    "land",
    "position",
    "strip",
    "ridge",
    "zone",
];
/// Words of an amount, behind which the place stands.
const AMOUNT: &[&str] = &["swathe", "part", "number", "length", "half", "most", "all", "lot", "kilometer", "kilometre"];
/// Words by which a side goes.
const LEAVE: &[&str] = &[
    "withdraw",
    "withdrawal",
    "pull",
    "pullout",
    "leave",
    "retreat",
    "abandon",
    "desert",
    "evacuate",
    "vacate",
    "flee",
];
const STATE: &[&str] = &["MIL", "COP", "GOV"];
const NON_STATE: &[&str] = &["REB", "PRM", "UAF", "CRM"];

impl Told<'_, '_> {
    /// The verbs by which a place is said to have been taken.
    pub(super) fn takings(&self) -> Vec<u32> {
        let syntax = self.syntax;
        (0..syntax.analysis.words.len() as u32).filter(|&word| self.takes_place(word)).collect()
    }

    fn takes_place(&self, verb: u32) -> bool {
        let syntax = self.syntax;
        let lemma = syntax.lemma(verb);
        let by_control = TAKE_CONTROL.contains(&lemma);
        if syntax.upos(verb) != Upos::Verb || !by_control && !TAKE.contains(&lemma) {
            return false;
        }
        if syntax.is_negated(verb) || self.is_only_meant(verb) {
            return false;
        }
        let reduced = || syntax.head(verb).filter(|_| syntax.deprel(verb) == Deprel::Acl);
        let Some(object) = syntax.patient(verb).or_else(reduced) else { return false };
        if syntax.lemma(object) == "control" {
            return lemma != "control";
        }
        // Who takes position takes no place.
        let position = syntax.lemma(object) == "position" && lemma == "take";
        !by_control && !position && self.is_land(object)
    }

    /// "To retake the town": an aim, unless it is managed, begun or gone on with.
    fn is_only_meant(&self, verb: u32) -> bool {
        let syntax = self.syntax;
        let done = syntax.deprel(verb) == Deprel::Xcomp
            && syntax
                .head(verb)
                .is_some_and(|head| matches!(syntax.lemma(head), "manage" | "continue" | "begin" | "start" | "help"));
        syntax.is_infinitive(verb) && !done
    }

    fn is_land(&self, object: u32) -> bool {
        let syntax = self.syntax;
        let names = |word: u32| {
            LAND.contains(&syntax.lemma(word))
                || self.reading.places.iter().any(|place| place.span.contains(syntax.span(word)))
        };
        let inner = |word: u32| {
            let below = syntax.dependents(word).iter().copied();
            below.clone().any(names)
                || below.into_iter().any(|child| syntax.dependents(child).iter().copied().any(names))
        };
        syntax.coordination(object).into_iter().any(|word| {
            let amount = syntax.upos(word) == Upos::Num || AMOUNT.contains(&syntax.lemma(word));
            names(word) || amount && inner(word)
        })
    }

    /// The side of whoever takes; none where it is not told.
    pub(super) fn taker(&self, verb: u32) -> Option<Taker> {
        let syntax = self.syntax;
        let agents = syntax.agent(verb).map(|agent| syntax.coordination(agent)).unwrap_or_default();
        let mut sectors: Vec<&str> = agents.iter().flat_map(|&word| self.sectors_at(word)).collect();
        if sectors.is_empty() {
            // "Units of the army": the party stands below the head.
            sectors =
                agents.iter().flat_map(|&word| self.phrase(word)).flat_map(|word| self.sectors_at(word)).collect();
        }
        if sectors.is_empty() {
            let event = self.events.iter().find(|event| event.word == verb);
            sectors = event.map(|event| sectors_of(self.reading, &event.roles.actors)).unwrap_or_default();
        }
        // An army with allied militias takes for the state.
        if sectors.iter().any(|sector| STATE.contains(sector)) {
            Some(Taker::State)
        } else if sectors.iter().any(|sector| NON_STATE.contains(sector)) {
            Some(Taker::NonState)
        } else {
            None
        }
    }

    /// Whether a side is said to have left in a sentence in which a place is taken.
    pub(super) fn left_before(&self, takings: &[u32]) -> bool {
        self.events.iter().any(|event| {
            matches!(event.event_type, "RETREAT" | "CONCEDE")
                && LEAVE.contains(&self.syntax.lemma(event.word))
                && takings.iter().any(|&taking| self.syntax.sentence(taking) == self.syntax.sentence(event.word))
        })
    }

    /// "The valley was handed over to the provincial police."
    pub(super) fn hands_over_land(&self) -> bool {
        let syntax = self.syntax;
        let hands_over = |&word: &u32| {
            syntax.upos(word) == Upos::Verb
                && syntax.lemma(word) == "hand"
                && syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "over")
                && syntax.patient(word).is_some_and(|object| self.is_land(object))
        };
        (0..syntax.analysis.words.len() as u32).any(|word| hands_over(&word))
    }
}
