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

    /// A verb of taking, whatever it takes.
    pub(super) fn is_taking_verb(&self, verb: u32) -> bool {
        self.syntax.upos(verb) == Upos::Verb && TAKE.contains(&self.syntax.lemma(verb))
    }

    fn takes_place(&self, verb: u32) -> bool {
        let syntax = self.syntax;
        let lemma = syntax.lemma(verb);
        let by_control = syntax.upos(verb) == Upos::Verb && TAKE_CONTROL.contains(&lemma);
        if !by_control && !self.is_taking_verb(verb) {
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
        // "Posts seized from the rebels": the noun before the participle is what was taken.
        let reduced = syntax.deprel(verb) == Deprel::Acl && syntax.dependent(verb, &[Deprel::Obj]).is_none();
        let agent = if reduced && !syntax.is_passive(verb) { None } else { syntax.agent(verb) };
        let agent = agent.filter(|&agent| syntax.preposition(agent) != "from");
        let agents = agent.map(|agent| syntax.coordination(agent)).unwrap_or_default();
        let mut sectors: Vec<&str> = agents.iter().flat_map(|&word| self.sectors_at(word)).collect();
        if sectors.is_empty() {
            if let Some(loser) = self.loser(verb) {
                return Some(if loser == Taker::State { Taker::NonState } else { Taker::State });
            }
            // "Units of the army": the party stands below the head.
            sectors =
                agents.iter().flat_map(|&word| self.phrase(word)).flat_map(|word| self.sectors_at(word)).collect();
        }
        if sectors.is_empty() {
            let event = self.events.iter().find(|event| event.word == verb);
            sectors = event.map(|event| sectors_of(self.reading, &event.roles.actors)).unwrap_or_default();
        }
        side_of(&sectors)
    }

    /// "Two posts seized from the rebels": the side that lost the place.
    fn loser(&self, verb: u32) -> Option<Taker> {
        let above = self.syntax.head(verb).filter(|_| self.syntax.deprel(verb) == Deprel::Acl);
        let mut obliques = [Some(verb), above].into_iter().flatten().flat_map(|word| self.syntax.obliques(word));
        let from = obliques.find(|oblique| oblique.preposition == "from")?;
        let heads = self.syntax.coordination(from.head);
        side_of(&heads.iter().flat_map(|&word| self.sectors_at(word)).collect::<Vec<&str>>())
    }

    /// Whether a side is said to have left, in a sentence in which a place is taken or entered.
    pub(super) fn left_before(&self, entries: &[u32]) -> bool {
        let sentences = entries.iter().map(|&entry| self.syntax.sentence(entry));
        sentences.flat_map(|sentence| self.syntax.words_of(sentence)).any(|word| self.leaves(word))
    }

    /// "The garrison pulled out", "the withdrawal of the garrison".
    fn leaves(&self, word: u32) -> bool {
        let syntax = self.syntax;
        if !LEAVE.contains(&syntax.lemma(word)) || syntax.is_negated(word) {
            return false;
        }
        match syntax.upos(word) {
            Upos::Noun => true,
            Upos::Verb if !syntax.is_infinitive(word) => {
                let agents = syntax.agent(word).map(|agent| syntax.coordination(agent)).unwrap_or_default();
                agents.iter().any(|&agent| side_of(&self.sectors_at(agent)).is_some())
            }
            _ => false,
        }
    }

    /// Whether violence beside the taking is told.
    pub(super) fn is_fought_over(&self, takings: &[u32]) -> bool {
        self.events.iter().any(|event| event.event_type == "ASSAULT" && !takings.contains(&event.word))
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

/// An army with allied militias takes for the state.
fn side_of(sectors: &[&str]) -> Option<Taker> {
    if sectors.iter().any(|sector| STATE.contains(sector)) {
        Some(Taker::State)
    } else if sectors.iter().any(|sector| NON_STATE.contains(sector)) {
        Some(Taker::NonState)
    } else {
        None
    }
}
