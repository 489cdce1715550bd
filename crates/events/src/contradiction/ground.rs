//! Who is said to hold a town, a hill, a road: "had driven them out" against "were in full command".

use super::banner;
use super::proposition::Proposition;
use super::side::{Side, meet, sides};
use counterclaim_claims::Reading;
use counterclaim_language::Upos;

/// Who is said to hold the ground.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    /// The speaker's side.
    Ours,
    /// Somebody else, by sides and names.
    Others(Vec<Side>, Vec<String>),
}

/// Ground that can be held.
const GROUND: &[&str] = &[
    "town",
    "village",
    "city",
    "district",
    "airport",
    "base",
    "hill",
    "half",
    "part",
    "bank",
    "quarter",
    "ridge",
    "area",
    "position",
    "post",
    "road",
    "mine",
    "bridge",
    "port",
    "checkpoint",
    "camp",
    "neighbourhood",
    "neighborhood",
    "valley",
    "island",
    "front",
    "outpost",
    "border",
    "crossing",
    "compound",
    "headquarters",
    "barracks",
    "garrison",
    "suburb",
    "settlement",
    "highway",
    "market",
    "street",
    "line",
    "centre",
    "center",
    "capital",
    "station",
    "territory",
    "province",
    "region",
    "height",
    "pass",
    "dam",
    "plant",
    "field",
    "refinery",
    "fort",
    "palace",
    "prison",
    "it",
];

/// Who holds ground by the words of a claim.
pub(super) fn held(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize, words: &[u32]) -> Option<Held> {
    let syntax = reading.syntax();
    let own = &all[index];
    let ground = |head: u32| {
        let mut inner = syntax.phrase_words(head);
        inner.retain(|word| words.contains(word));
        inner.iter().any(|&word| GROUND.contains(&syntax.lemma(word)) || reading.place_at(syntax, word).is_some())
    };
    let whose = |head: Option<u32>| {
        let Some(head) = head else { return Held::Ours };
        let phrase = syntax.phrase_words(head);
        let us = phrase.iter().any(|&word| {
            matches!(
                syntax.form(word).to_lowercase().as_str(),
                "it" | "we" | "they" | "its" | "our" | "their" | "his" | "my" | "he"
            )
        });
        let sides = reading.actors.at(head).map(|actor| sides(reading, actor)).unwrap_or_default();
        let names = banner::banner(reading, syntax, &phrase);
        let us = us || !banner::known(syntax, &phrase, &own.names).is_empty();
        if us || meet(&sides, &own.own) || banner::share(&names, &own.names) {
            Held::Ours
        } else {
            Held::Others(sides, names)
        }
    };
    for &word in words {
        if syntax.is_negated(word)
            || syntax.auxiliaries(word).iter().any(|aux| matches!(*aux, "will" | "would" | "could" | "may"))
        {
            continue;
        }
        let verb = syntax.upos(word) == Upos::Verb;
        let lemma = syntax.lemma(word);
        let object =
            || syntax.patient(word).into_iter().chain(syntax.obliques(word).into_iter().map(|found| found.head));
        let back = || syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "back" | "off"));
        let out = || {
            syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "out"))
                || syntax
                    .obliques(word)
                    .iter()
                    .any(|found| found.preposition.starts_with("out") || found.preposition == "from")
        };
        let taken = matches!(
            lemma,
            "take"
                | "capture"
                | "seize"
                | "retake"
                | "recapture"
                | "overrun"
                | "occupy"
                | "liberate"
                | "conquer"
                | "enter"
                | "clear"
                | "secure"
                | "hold"
                | "control"
                | "defend"
                | "keep"
                | "regain"
                | "win"
                | "storm"
        );
        if verb && taken && object().any(ground) {
            return Some(whose(syntax.agent(word)));
        }
        let driven = matches!(
            lemma,
            "drive" | "push" | "force" | "expel" | "oust" | "flush" | "dislodge" | "throw" | "beat" | "fight"
        );
        let driven_out = out()
            && (object().any(ground) || matches!(lemma, "drive" | "push" | "expel" | "oust" | "dislodge" | "flush"));
        if verb && driven && (driven_out || back()) || verb && matches!(lemma, "repel" | "repulse") {
            return Some(whose(syntax.agent(word)));
        }
        let fights_on = matches!(lemma, "fight" | "resist" | "hold")
            && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "still" | "out" | "on"));
        let stays = matches!(lemma, "remain" | "stay" | "stand" | "sit" | "camp" | "patrol" | "deploy" | "station")
            && syntax
                .obliques(word)
                .iter()
                .any(|found| matches!(found.preposition.as_str(), "in" | "inside" | "at" | "on") && ground(found.head));
        if verb && (fights_on || stays) {
            return Some(whose(syntax.agent(word)));
        }
        if matches!(lemma, "control" | "command" | "hand" | "charge") && syntax.upos(word) == Upos::Noun {
            let subject = syntax.subject(word);
            if subject.is_some_and(|subject| reading.actors.at(subject).is_some() || !ground(subject)) {
                return Some(whose(subject));
            }
            let of = syntax.obliques(word).into_iter().find(|found| found.preposition == "of").map(|found| found.head);
            if subject.is_some() && (of.is_some() || syntax.owner(word).is_some()) {
                return Some(whose(of.or_else(|| syntax.owner(word))));
            }
        }
    }
    None
}

/// Whether two claims put the same ground into different hands.
pub(super) fn hands_differ(
    (one, told): (Option<&Held>, &Proposition<'_>),
    (other, answer): (Option<&Held>, &Proposition<'_>),
) -> bool {
    let apart = |sides: &[Side], names: &[String], own: &Proposition<'_>| {
        !meet(sides, &own.own) && !banner::share(names, &own.names) && (!sides.is_empty() || !names.is_empty())
    };
    match (one, other) {
        (Some(Held::Ours), Some(Held::Ours)) => true,
        (Some(Held::Others(sides, names)), Some(Held::Ours)) => apart(sides, names, answer),
        (Some(Held::Ours), Some(Held::Others(sides, names))) => apart(sides, names, told),
        _ => false,
    }
}
