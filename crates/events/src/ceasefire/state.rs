//! Words about how a ceasefire holds.

use super::agreement::is_paper;
use super::mention::{Group, is_fighting, is_name};
use super::time::is_beginning;
use super::*;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;

pub(super) fn status_words(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group, others: &[u32]) -> Vec<Span> {
    let first = group.mentions.first().map_or(0, |mention| syntax.words_of(syntax.sentence(mention.word)).start);
    let mut found: Vec<Span> = Vec::new();
    for candidate in first..syntax.analysis.words.len() as u32 {
        let coded = reading.is_coded(syntax.sentence(candidate));
        // What is told of an earlier truce is no state of this one.
        let of_other = syntax.subject(candidate).is_some_and(|subject| others.contains(&subject));
        if !coded || of_other || is_only_wanted(reading, syntax, candidate) || !is_state(syntax, candidate) {
            continue;
        }
        let mut words = vec![candidate];
        words.extend(
            syntax
                .dependents(candidate)
                .iter()
                .copied()
                .filter(|&child| syntax.deprel(child) == Deprel::Advmod && child.abs_diff(candidate) <= 2),
        );
        let span = syntax.cover(&words);
        found.extend(span.filter(|span| !found.iter().any(|known| known.overlaps(*span))));
    }
    found
}

fn is_state(syntax: Syntax<'_>, word: u32) -> bool {
    STABLE.contains(&syntax.lemma(word)) && is_about(syntax, word) || is_predicate(syntax, word)
}

/// "The truce is wounded but not dead": whatever is said of the ceasefire itself.
fn is_predicate(syntax: Syntax<'_>, word: u32) -> bool {
    const STATES: &[&str] = &[
        "alive",
        "dead",
        "over",
        "wounded",
        "wound",
        "intact",
        "precarious",
        "tenuous",
        "tatter",
        "suspend",
        "void",
        "solid",
        "firm",
        "weak",
        "strained",
        "brittle",
        "uneasy",
        "danger",
        "risk",
        "peril",
    ];
    /// What kind of ceasefire it is tells not how it holds.
    const KINDS: &[&str] = &[
        "temporary",
        "unilateral",
        "bilateral",
        "humanitarian",
        "possible",
        "necessary",
        "likely",
        "due",
        "new",
        "open",
        "conditional",
        "important",
        "part",
        "welcome",
        "first",
        "second",
        "subject",
        "local",
        "permanent",
        "verbal",
        "near",
        "close",
        "ready",
        "good",
        "vital",
        "essential",
        "limited",
        "indefinite",
    ];
    let joined = syntax.deprel(word) == Deprel::Conj;
    let of_it = || syntax.subject(word).is_some_and(|subject| is_paper(syntax, subject));
    let named =
        STATES.contains(&syntax.lemma(word)) && syntax.subject(word).is_some_and(|subject| is_name(syntax, subject));
    // "Looks frail", "remained shaky".
    let seems = syntax.upos(word) == Upos::Adj
        && !KINDS.contains(&syntax.lemma(word))
        && syntax.deprel(word) == Deprel::Xcomp
        && syntax.head(word).is_some_and(|head| {
            matches!(syntax.lemma(head), "look" | "remain" | "appear" | "seem" | "stay" | "prove")
                && syntax.subject(head).is_some_and(|subject| is_paper(syntax, subject))
        });
    let takes = syntax.lemma(word) == "take"
        && syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "hold")
        && syntax.subject(word).is_some_and(|subject| is_name(syntax, subject) || syntax.lemma(subject) == "pause");
    let fares = matches!(syntax.lemma(word), "go" | "work" | "shatter" | "fare")
        && (syntax.lemma(word) == "shatter"
            || syntax
                .dependents(word)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "well" | "badly" | "smoothly")))
        && of_it();
    let calm = matches!(syntax.lemma(word), "prevail" | "return" | "reign" | "descend")
        && syntax.subject(word).is_some_and(|subject| matches!(syntax.lemma(subject), "calm" | "quiet" | "silence"));
    calm || seems || takes || !joined && (named || fares)
}

/// "Ordered his troops to observe the truce", "would respect it": no state yet.
fn is_only_wanted(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.upos(word) != Upos::Verb {
        return false;
    }
    let modal = syntax
        .auxiliaries(word)
        .iter()
        .any(|&aux| matches!(aux, "will" | "would" | "must" | "should" | "may" | "can" | "could"));
    let over = syntax.head(word).map(|head| syntax.lemma(head)).unwrap_or_default();
    let infinitive =
        syntax.is_infinitive(word) && !matches!(over, "appear" | "seem" | "begin" | "start" | "continue" | "say");
    let claim = reading.innermost_claim(syntax.span(word)).map(|claim| reading.claims[claim].stance);
    modal || infinitive || matches!(claim, Some(Stance::Order | Stance::Appeal | Stance::Pledge))
}

fn is_about(syntax: Syntax<'_>, state: u32) -> bool {
    let of_fighting = |subject: u32| {
        is_name(syntax, subject)
            || is_fighting(syntax, subject)
            || matches!(
                syntax.lemma(subject),
                "situation" | "intensity" | "area" | "border" | "frontline" | "line" | "front" | "calm" | "pause"
            )
    };
    let about = match syntax.lemma(state) {
        // The sides comply with it, or respect it; "in order to hold talks" is no state of it.
        "comply" => true,
        "respect" | "observe" | "honour" | "honor" => {
            syntax.patient(state).is_some_and(|object| is_paper(syntax, object))
                || syntax.is_passive(state) && syntax.subject(state).is_some_and(of_fighting)
        }
        "hold" | "collapse" | "crumble" | "fray" | "unravel" | "falter" => {
            syntax.dependent(state, &[Deprel::Obj]).is_none()
                && syntax.subject(state).is_some_and(|subject| {
                    is_name(syntax, subject)
                        || matches!(syntax.lemma(subject), "calm" | "pause" | "line" | "deal")
                        || matches!(syntax.form(subject), "It" | "it") && named_lately(syntax, state)
                })
        }
        // "It was quiet", "the bridge was calm": whatever place or time is.
        "calm" | "quiet" | "tense" if syntax.upos(state) == Upos::Adj => syntax.subject(state).is_some_and(|subject| {
            of_fighting(subject)
                || syntax.upos(subject) == Upos::Noun && syntax.dependent(state, &[Deprel::Cop]).is_some()
                || matches!(syntax.form(subject), "it" | "It")
        }),
        _ => syntax.subject(state).is_some_and(of_fighting),
    };
    // "The truce did not hold everywhere" tells how it holds, too.
    let denied =
        syntax.is_negated(state) && !matches!(syntax.lemma(state), "hold" | "respect" | "observe" | "honour" | "honor");
    about && matches!(syntax.upos(state), Upos::Adj | Upos::Verb | Upos::Noun) && !denied
}

/// Whether a ceasefire is named a few sentences before.
fn named_lately(syntax: Syntax<'_>, word: u32) -> bool {
    let sentence = syntax.sentence(word);
    (sentence.saturating_sub(3)..=sentence)
        .any(|at| syntax.words_of(at).any(|other| other < word && is_paper(syntax, other)))
}

/// Whether the words themselves tell that it is in force.
pub(super) fn holds(syntax: Syntax<'_>, group: &Group) -> bool {
    group.mentions.iter().any(|mention| {
        let clause = syntax.clause(mention.word);
        let past = !is_ahead(syntax, mention.word) && !syntax.is_infinitive(clause);
        let begun = BEGIN.contains(&syntax.lemma(clause)) && is_beginning(syntax, clause) && past;
        let holding = matches!(syntax.lemma(clause), "hold" | "collapse" | "fray" | "expire" | "end") && past;
        begun || holding
    })
}
