//! Verbs that tell of harm to people and what must stand with them (`data/harms.csv`, `data/harm_words.csv`).

use crate::table::{rows, values};
use counterclaim_schema::ledger::HarmKind;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Where a verb has those who are harmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Object of the active, subject of the passive.
    Patient,
    /// Subject of the passive only: "were being questioned".
    Passive,
    /// Subject of the active.
    Subject,
    /// A phrase with this preposition: "operated on the driver".
    Oblique(&'static str),
}

/// A way in which a verb tells of harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Word that belongs to the verb ("up" in "picked up"), empty for none.
    pub particle: &'static str,
    /// What happened.
    pub kind: HarmKind,
    /// Who is harmed.
    pub place: Place,
    /// Class of words one of which must stand with the verb, empty for none.
    pub needs: &'static str,
}

static FRAMES: LazyLock<HashMap<&'static str, Vec<Frame>>> = LazyLock::new(|| {
    let mut frames: HashMap<&'static str, Vec<Frame>> = HashMap::new();
    for [verb, particle, kind, place, needs] in rows(include_str!("../../../data/harms.csv")) {
        let Some(kind) = kind_of(kind) else { continue };
        let place = match place {
            "patient" => Place::Patient,
            "passive" => Place::Passive,
            "subject" => Place::Subject,
            preposition => Place::Oblique(preposition),
        };
        frames.entry(verb).or_default().push(Frame { particle, kind, place, needs });
    }
    frames
});

static WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../data/harm_words.csv"))
        .map(|[class, lemmas]| (class, values(lemmas).collect()))
        .collect()
});

fn kind_of(name: &str) -> Option<HarmKind> {
    Some(match name {
        "killed" => HarmKind::Killed,
        "injured" => HarmKind::Injured,
        "missing" => HarmKind::Missing,
        "displaced" => HarmKind::Displaced,
        "detained" => HarmKind::Detained,
        "surrendered" => HarmKind::Surrendered,
        _ => return None,
    })
}

/// The ways in which a verb tells of harm, in the order of the table.
pub fn frames(verb: &str) -> &'static [Frame] {
    FRAMES.get(verb).map_or(&[], Vec::as_slice)
}

/// Whether a lemma belongs to a class of words that make a verb one of harm.
pub fn is_of(class: &str, lemma: &str) -> bool {
    WORDS.get(class).is_some_and(|lemmas| lemmas.contains(lemma))
}

#[cfg(test)]
mod tests {
    use super::{FRAMES, WORDS, frames, is_of};
    use counterclaim_schema::ledger::HarmKind;

    #[test]
    fn every_class_has_words() {
        let special = ["people", "unheard", ""];
        for frame in FRAMES.values().flatten() {
            assert!(special.contains(&frame.needs) || WORDS.contains_key(frame.needs), "{frame:?}");
        }
        assert!(frames("pick").iter().any(|frame| frame.particle == "up" && frame.kind == HarmKind::Detained));
        assert!(frames("walk").iter().all(|frame| frame.kind != HarmKind::Killed) && is_of("limb", "thigh"));
    }
}
