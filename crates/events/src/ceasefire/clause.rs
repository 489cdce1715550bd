//! Clauses that bind by their form: "must withdraw", "may not carry", "is to be reopened", "are obliged to", "falls due".

use super::*;
use counterclaim_language::{Deprel, Upos};

/// Words that tell that somebody has to, may or may not.
const DUTY: &[&str] = &[
    "oblige",
    "obligate",
    "bind",
    "require",
    "allow",
    "permit",
    "entitle",
    "forbid",
    "bar",
    "ban",
    "prohibit",
    "commit",
    "free",
    "duty",
    "welcome",
    "authorise",
    "authorize",
    "due",
    "set",
];

/// Whether a clause tells what must, may or will be done, or is to be done.
pub(super) fn is_deontic(syntax: Syntax<'_>, verb: u32) -> bool {
    if syntax.upos(verb) != Upos::Verb {
        return false;
    }
    let auxiliaries = syntax.auxiliaries(verb);
    let perfect = auxiliaries.contains(&"have");
    let modal =
        auxiliaries.iter().any(|aux| matches!(*aux, "will" | "would" | "shall" | "must" | "may" | "can" | "should"));
    // "Was fixed for 15 December", "is set for Ash Wednesday".
    let fixed = matches!(syntax.lemma(verb), "fix" | "set" | "schedule")
        && syntax.is_passive(verb)
        && syntax.obliques(verb).iter().any(|oblique| oblique.preposition == "for");
    fixed || modal && !perfect || is_ahead(syntax, verb) || has_duty(syntax, verb)
}

/// "Has to place its weapons", "are obliged to hand over the road", "are allowed to water camels".
pub(super) fn has_duty(syntax: Syntax<'_>, verb: u32) -> bool {
    let infinitive =
        syntax.is_infinitive(verb) && matches!(syntax.deprel(verb), Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp);
    let over = syntax.head(verb).filter(|_| infinitive);
    over.is_some_and(|over| {
        let has = syntax.lemma(over) == "have" && syntax.dependent(over, &[Deprel::Obj]).is_none();
        let duty = DUTY.contains(&syntax.lemma(over))
            && (syntax.is_passive(over)
                || syntax.upos(over) != Upos::Verb
                || syntax.dependent(over, &[Deprel::Cop]).is_some());
        has || duty
    })
}

/// "Breaches go before the committee", "families get forty goats each", "rockets are banned": the plain present in which rules are told.
pub(super) fn is_rule(reading: &Reading<'_>, syntax: Syntax<'_>, verb: u32) -> bool {
    /// What is, seems, is known or said now is no rule.
    const STATES: &[&str] = &[
        "be", "seem", "appear", "remain", "know", "think", "believe", "want", "hope", "fear", "say", "insist", "doubt",
        "mean", "matter", "like", "need", "differ", "vary", "dispute", "concede", "admit", "agree", "disagree", "deny",
        "accuse", "blame", "call", "put", "estimate", "reckon", "speak", "live", "lie", "stand", "continue", "hold",
        "stay", "run", "suspect", "refuse", "reject", "dismiss", "contend", "list", "count", "number", "add", "note",
        "tell", "see", "feel", "look", "concern",
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
    // "Set off", "cut", "hit" may be past as well.
    let many = many
        && !matches!(
            form,
            "set"
                | "put"
                | "cut"
                | "hit"
                | "shut"
                | "quit"
                | "cost"
                | "burst"
                | "spread"
                | "split"
                | "let"
                | "read"
                | "shed"
                | "beat"
        );
    let plural = auxiliaries.is_empty() && form == syntax.lemma(verb) && !syntax.is_infinitive(verb) && many;
    // "Has to place its weapons" is told by what has to be done.
    let has_to = syntax.lemma(verb) == "have"
        && syntax
            .dependents(verb)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Xcomp && syntax.is_infinitive(child));
    // "Makes a mockery of the understanding": about the paper itself.
    let about = syntax.dependents(verb).iter().any(|&child| {
        !matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::CsubjPass)
            && syntax.upos(child) != Upos::Verb
            && (super::agreement::is_paper(syntax, child)
                || syntax.obliques(child).iter().any(|oblique| super::agreement::is_paper(syntax, oblique.head)))
    });
    let speaker = subject.is_none_or(|subject| {
        syntax.upos(subject) == Upos::Pron
            && !matches!(syntax.lemma(subject), "it" | "each" | "both" | "either" | "neither" | "whoever")
    });
    let clause = syntax.dependent(verb, &[Deprel::Ccomp]).is_some();
    let signed = matches!(syntax.lemma(verb), "stand" | "put")
        && third
        && subject.is_some_and(|subject| syntax.upos(subject) != Upos::Pron)
        && (syntax.lemma(verb) == "put"
            || syntax
                .dependents(verb)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "surety" | "guarantor" | "guarantee")));
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

/// Verbs of coming to terms.
const AGREES: &[&str] = &[
    "sign",
    "initial",
    "agree",
    "settle",
    "adopt",
    "conclude",
    "accept",
    "undertake",
    "promise",
    "resolve",
    "embrace",
    "shake",
    "clasp",
    "swear",
    "vow",
    "pledge",
    "broker",
    "mediate",
    "negotiate",
    "reach",
    "strike",
    "seal",
    "ink",
    "emerge",
    "hammer",
    "endorse",
    "approve",
    "thumbprint",
    "kiss",
    "reconcile",
    "pact",
    "commit",
    "engage",
    "consent",
    "arrange",
    "finalise",
    "finalize",
    "announce",
    "declare",
    "proclaim",
    "read",
    "unveil",
    "put",
    "draw",
    "work",
    "patch",
    "thrash",
    "bury",
    "bargain",
    "compromise",
    "subscribe",
];
/// Nouns of what was written, said or drawn up.
const PAPERS: &[&str] = &[
    "paper",
    "package",
    "point",
    "line",
    "page",
    "list",
    "sheet",
    "text",
    "document",
    "undertaking",
    "term",
    "clause",
    "arrangement",
    "framework",
    "minute",
    "note",
    "scroll",
    "programme",
    "program",
    "letter",
    "condition",
    "rule",
    "resolution",
    "formula",
    "set",
    "measure",
    "step",
    "communiqué",
    "communique",
    "name",
    "article",
    "vow",
    "promise",
    "signature",
    "mark",
    "thumbmark",
    "word",
];

/// Where a report tells one clause that binds behind the other, the words that tell the agreement to which they belong: "put their names to
/// four points. The front would neither extort nor abduct. The army would stay out of six villages ...".
pub(super) fn told_by_its_terms(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<u32> {
    let count = syntax.analysis.sentences.len() as u32;
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let binds = |sentence: u32| -> usize {
        if !reading.is_coded(sentence) {
            return 0;
        }
        // "Were to give up their arms, facilitate the return of officials and stop hampering the railway": three.
        let shares = |verb: u32| {
            syntax.deprel(verb) == Deprel::Conj
                && syntax.form(verb) == syntax.lemma(verb)
                && syntax.upos(verb) == Upos::Verb
                && syntax.head(verb).is_some_and(|over| is_deontic(syntax, over))
        };
        syntax
            .words_of(sentence)
            .filter(|&verb| (is_deontic(syntax, verb) || shares(verb)) && is_unsaid(reading, syntax, verb))
            .count()
    };
    let mut first = 0;
    while first < count {
        if binds(first) == 0 {
            first += 1;
            continue;
        }
        let mut last = first;
        let mut clauses = binds(first);
        while last + 1 < count
            && block(last + 1) == block(first)
            && (binds(last + 1) > 0 || last + 2 < count && block(last + 2) == block(first) && binds(last + 2) > 0)
        {
            last += 1;
            clauses += binds(last);
        }
        let back = (0..=2)
            .filter_map(|back| first.checked_sub(back))
            .filter(|&at| reading.is_coded(at) && (block(at) == block(first) || at + 1 == first));
        let anchor = back.clone().find_map(|at| anchor(reading, syntax, at));
        if let Some(anchor) = anchor.filter(|_| clauses >= 3) {
            return vec![anchor];
        }
        first = last + 1;
    }
    Vec::new()
}

/// Whether nobody in person says it: what a paper holds is told by the reporter.
fn is_unsaid(reading: &Reading<'_>, syntax: Syntax<'_>, verb: u32) -> bool {
    reading.innermost_claim(syntax.span(verb)).is_none_or(|claim| {
        let row = &reading.claims[claim];
        AGREES.contains(&syntax.lemma(row.cue_word)) || row.claimant.is_none()
    })
}

/// The words of a sentence by which two sides come to terms: what was signed, else the signing.
fn anchor(reading: &Reading<'_>, syntax: Syntax<'_>, sentence: u32) -> Option<u32> {
    let done = |verb: u32| {
        let modal = syntax
            .auxiliaries(verb)
            .iter()
            .any(|&aux| matches!(aux, "will" | "would" | "may" | "might" | "could" | "should"));
        syntax.upos(verb) == Upos::Verb
            && AGREES.contains(&syntax.lemma(verb))
            && !modal
            && !syntax.is_negated(verb)
            && !reading
                .innermost_claim(syntax.span(verb))
                .is_some_and(|claim| reading.claims[claim].claimant.is_some() && reading.claims[claim].cue_word != verb)
            && !super::agreement::is_long_ago(reading, syntax, verb)
    };
    let light = |verb: u32| {
        matches!(
            syntax.lemma(verb),
            "put"
                | "read"
                | "draw"
                | "work"
                | "emerge"
                | "announce"
                | "declare"
                | "proclaim"
                | "bury"
                | "unveil"
                | "shake"
                | "strike"
                | "reach"
        )
    };
    let verbs: Vec<u32> = syntax.words_of(sentence).filter(|&verb| done(verb)).collect();
    let paper = |verb: u32| {
        let named = |at: u32| {
            matches!(syntax.upos(at), Upos::Noun | Upos::Propn)
                && (PAPERS.contains(&syntax.lemma(at)) || super::agreement::is_deal(syntax, at))
        };
        let obliques = syntax
            .obliques(verb)
            .into_iter()
            .filter(|oblique| matches!(oblique.preposition.as_str(), "to" | "on" | "with" | "into"))
            .map(|oblique| oblique.head);
        obliques
            .chain(syntax.patient(verb))
            .chain(syntax.subject(verb).filter(|_| syntax.is_passive(verb)))
            .find(|&at| named(at))
    };
    let end = syntax.words_of(sentence).end;
    let noun = verbs.iter().find_map(|&verb| paper(verb));
    // "Adopted what it called a road package".
    let behind = || {
        let named = |at: u32| {
            matches!(syntax.upos(at), Upos::Noun)
                && (PAPERS.contains(&syntax.lemma(at)) || super::agreement::is_deal(syntax, at))
        };
        verbs.iter().find_map(|&verb| (verb + 1..(verb + 9).min(end)).find(|&at| named(at)))
    };
    let noun = noun.or_else(behind);
    noun.or_else(|| verbs.iter().copied().find(|&verb| !light(verb)))
}
