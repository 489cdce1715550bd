//! Clauses that bind by their form: "must withdraw", "may not carry", "is to be reopened", "are obliged to", "falls due".

use super::*;
use counterclaim_language::{Deprel, Upos};

/// Words that tell that somebody has to, may or may not.
const DUTY: &[&str] = &[
    "oblige", "obligate", "bind", "require", "allow", "permit", "entitle", "forbid", "bar", "ban", "prohibit", "commit", "free",
    "duty", "welcome", "authorise", "authorize", "due", "set",
];

/// Whether a clause tells what must, may or will be done, or is to be done.
pub(super) fn is_deontic(syntax: Syntax<'_>, verb: u32) -> bool {
    if syntax.upos(verb) != Upos::Verb {
        return false;
    }
    let auxiliaries = syntax.auxiliaries(verb);
    let perfect = auxiliaries.contains(&"have");
    let modal = auxiliaries.iter().any(|aux| matches!(*aux, "will" | "would" | "shall" | "must" | "may" | "can" | "should"));
    modal && !perfect || is_ahead(syntax, verb) || has_duty(syntax, verb)
}

/// "Has to place its weapons", "are obliged to hand over the road", "are allowed to water camels".
pub(super) fn has_duty(syntax: Syntax<'_>, verb: u32) -> bool {
    let infinitive = syntax.is_infinitive(verb) && matches!(syntax.deprel(verb), Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp);
    let over = syntax.head(verb).filter(|_| infinitive);
    over.is_some_and(|over| {
        let has = syntax.lemma(over) == "have" && syntax.dependent(over, &[Deprel::Obj]).is_none();
        let duty = DUTY.contains(&syntax.lemma(over))
            && (syntax.is_passive(over) || syntax.upos(over) != Upos::Verb || syntax.dependent(over, &[Deprel::Cop]).is_some());
        has || duty
    })
}

/// "Breaches go before the committee", "families get forty goats each", "rockets are banned": the plain present in which rules are told.
pub(super) fn is_rule(reading: &Reading<'_>, syntax: Syntax<'_>, verb: u32) -> bool {
    /// What is, seems, is known or said now is no rule.
    const STATES: &[&str] = &[
        "be", "seem", "appear", "remain", "know", "think", "believe", "want", "hope", "fear", "say", "insist", "doubt", "mean",
        "matter", "like", "need", "differ", "vary", "dispute", "concede", "admit", "agree", "disagree", "deny", "accuse", "blame",
        "call", "put", "estimate", "reckon", "speak", "live", "lie", "stand", "continue", "hold", "stay", "run", "suspect", "refuse",
        "reject", "dismiss", "contend", "list", "count", "number", "add", "note", "tell", "see", "feel", "look", "concern",
    ];
    let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Conj | Deprel::Parataxis);
    let form = syntax.form(verb);
    let auxiliaries = syntax.auxiliaries(verb);
    let passive = auxiliaries == ["be"]
        && !form.ends_with("ing")
        && syntax.dependents(verb).iter().any(|&child| matches!(syntax.form(child), "is" | "are"));
    let third = auxiliaries.is_empty() && form != syntax.lemma(verb) && form.ends_with('s');
    let subject = syntax.subject(verb);
    let many = subject.is_some_and(|subject| {
        syntax.form(subject) != syntax.lemma(subject)
            || matches!(syntax.lemma(subject), "people" | "police" | "both" | "woman" | "man" | "child")
            || syntax.dependents(subject).iter().any(|&child| syntax.deprel(child) == Deprel::Conj)
    });
    let plural = auxiliaries.is_empty() && form == syntax.lemma(verb) && !syntax.is_infinitive(verb) && many;
    // "Has to place its weapons" is told by what has to be done.
    let has_to = syntax.lemma(verb) == "have"
        && syntax.dependents(verb).iter().any(|&child| syntax.deprel(child) == Deprel::Xcomp && syntax.is_infinitive(child));
    // "Makes a mockery of the understanding": about the paper itself.
    let about = syntax.dependents(verb).iter().any(|&child| {
        !matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::CsubjPass)
            && syntax.upos(child) != Upos::Verb
            && (super::agreement::is_paper(syntax, child)
                || syntax.obliques(child).iter().any(|oblique| super::agreement::is_paper(syntax, oblique.head)))
    });
    let speaker = subject.is_none_or(|subject| {
        syntax.upos(subject) == Upos::Pron && !matches!(syntax.lemma(subject), "it" | "each" | "both" | "either" | "neither" | "whoever")
    });
    let clause = syntax.dependent(verb, &[Deprel::Ccomp]).is_some();
    let signed = matches!(syntax.lemma(verb), "stand" | "put") && third && subject.is_some_and(|subject| syntax.upos(subject) != Upos::Pron)
        && (syntax.lemma(verb) == "put" || syntax.dependents(verb).iter().any(|&child| matches!(syntax.lemma(child), "surety" | "guarantor" | "guarantee")));
    syntax.upos(verb) == Upos::Verb
        && main
        && !has_to
        && !about
        && (passive || third || plural)
        && !speaker
        && !clause
        && (!STATES.contains(&syntax.lemma(verb)) || signed)
        && !reading.is_speech(verb)
        && !reading.claims.iter().any(|claim| claim.cue_word == verb)
        && reading.innermost_claim(syntax.span(verb)).is_none()
}
