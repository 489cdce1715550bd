//! What became of an agreement of the past: "fell apart within months", "was never carried out", "collapsed in June 2011".

use super::mention::Group;
use super::time::{ending, sentences_of};
use super::*;
use counterclaim_language::Deprel;

/// Verbs of an end, whatever else stands beside them.
const ENDS: &[&str] = &[
    "collapse",
    "crumble",
    "unravel",
    "founder",
    "lapse",
    "expire",
    "end",
    "dissolve",
    "disintegrate",
    "implode",
    "evaporate",
];
/// Verbs that tell how it fared.
const FARES: &[&str] = &["fail", "falter", "fray", "survive", "endure", "hold", "last", "persist", "stick", "limp"];
/// Verbs whose object it was.
const SUFFERS: &[&str] = &[
    "violate",
    "breach",
    "break",
    "ignore",
    "flout",
    "disregard",
    "bury",
    "abandon",
    "tear",
    "shatter",
    "honour",
    "honor",
    "respect",
    "observe",
    "implement",
    "carry",
    "keep",
];
/// Its parts, of which is told what is told of it.
const PARTS: &[&str] = &["provision", "term", "clause", "article", "rule", "implementation", "promise"];

/// Predicates that tell what became of it.
fn fates(syntax: Syntax<'_>, group: &Group) -> Vec<u32> {
    let named: Vec<u32> =
        group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied()).collect();
    let mut sentences: Vec<u32> = named.iter().flat_map(|&word| sentences_of(syntax, word)).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let own = |sentence: u32| named.iter().any(|&word| syntax.sentence(word) == sentence);
    let of_it = |verb: u32, subject: u32| {
        let is_named = |word: u32| named.contains(&word);
        // "An earlier undertaking, a moratorium on air raids, broke down".
        let beside =
            || syntax.dependents(subject).iter().any(|&child| syntax.deprel(child) == Deprel::Appos && is_named(child));
        let before =
            |word: u32| named.iter().any(|&name| name < word && syntax.sentence(name) == syntax.sentence(word));
        let pronoun = || {
            let it = matches!(syntax.form(subject), "It" | "it" | "which" | "that" | "they");
            it && (!own(syntax.sentence(verb)) || before(subject))
        };
        // "Its provisions were never carried out".
        let part = || {
            PARTS.contains(&syntax.lemma(subject))
                && syntax
                    .owner(subject)
                    .is_some_and(|owner| is_named(owner) || syntax.form(owner).eq_ignore_ascii_case("its"))
        };
        is_named(subject) || beside() || pronoun() || part()
    };
    let words = sentences.into_iter().flat_map(|sentence| syntax.words_of(sentence));
    words
        .filter(|&word| {
            is_fate(syntax, word)
                && syntax.subject(word).or_else(|| syntax.patient(word)).is_some_and(|subject| of_it(word, subject))
        })
        .collect()
}

/// Whether a predicate tells how an agreement fared, if it is told of one.
fn is_fate(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    if syntax.upos(word) != Upos::Verb || syntax.is_infinitive(word) || is_ahead(syntax, word) {
        return false;
    }
    let object = syntax.dependent(word, &[Deprel::Obj]);
    let beside = |lemmas: &[&str]| {
        let end = syntax.words_of(syntax.sentence(word)).end;
        (word + 1..(word + 4).min(end)).any(|at| lemmas.contains(&syntax.lemma(at)))
    };
    let passive = syntax.is_passive(word);
    match lemma {
        "break" if !passive => beside(&["down", "apart", "up"]),
        "fall" => beside(&["apart", "through", "flat"]),
        "come" => beside(&["apart", "undone", "unstuck", "naught", "nothing", "grief"]),
        "go" => beside(&["nowhere"]),
        "do" => object.is_some_and(|object| matches!(syntax.lemma(object), "little" | "nothing")),
        "stay" | "remain" | "exist" => beside(&["paper"]),
        "last" => !passive,
        // "Ended three weeks of war" tells what it did.
        "end" if object.is_some() || syntax.dependent(word, &[Deprel::OblUnmarked]).is_some() => passive,
        _ if passive => SUFFERS.contains(&lemma),
        _ => object.is_none() && (ENDS.contains(&lemma) || FARES.contains(&lemma)),
    }
}

/// The words that tell what became of it: the predicate with what stands close behind it.
pub(super) fn words(syntax: Syntax<'_>, group: &Group) -> Vec<Span> {
    let phrase = |verb: u32| {
        let mut words = vec![verb];
        for &child in syntax.dependents(verb) {
            match syntax.deprel(child) {
                Deprel::Advmod | Deprel::CompoundPrt | Deprel::Aux | Deprel::AuxPass => words.push(child),
                Deprel::Obj | Deprel::Obl | Deprel::OblUnmarked if child > verb => {
                    words.extend(syntax.phrase_words(child))
                }
                Deprel::Xcomp => words.push(child),
                _ => {}
            }
        }
        // What another clause tells between them is no part of it.
        words.retain(|&word| word.abs_diff(verb) <= 8);
        syntax.cover(&words)
    };
    let mut found: Vec<Span> = Vec::new();
    for span in fates(syntax, group).into_iter().filter_map(phrase) {
        if !found.iter().any(|known| known.overlaps(span)) {
            found.push(span);
        }
    }
    found
}

/// When it ended: a date beside a predicate of its end ("collapsed in June 2011", "lasted until 18 March").
pub(super) fn end(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group) -> Option<String> {
    let verbs: Vec<u32> = fates(syntax, group)
        .into_iter()
        .filter(|&verb| {
            let lemma = syntax.lemma(verb);
            // "Was broken on Friday" need not be its end.
            ENDS.contains(&lemma)
                || matches!(lemma, "fall" | "come" | "last" | "fail" | "abandon" | "tear")
                || lemma == "break" && !syntax.is_passive(verb)
        })
        .collect();
    verbs.iter().find_map(|&verb| {
        reading.times.iter().enumerate().find_map(|(index, time)| {
            let head = syntax.head_of(time.span)?;
            let first = syntax.words_in(time.span).start;
            let own = syntax.clause(head) == verb || first.abs_diff(verb) <= 3;
            let close = own
                && first > verb
                && syntax.sentence(head) == syntax.sentence(verb)
                && matches!(time.timex.as_str(), "DATE" | "TIME");
            let until =
                syntax.lemma(verb) != "last" || matches!(syntax.preposition(head).as_str(), "until" | "till" | "to");
            (close && until).then(|| ending(reading, index)).flatten()
        })
    })
}
