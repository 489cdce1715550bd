//! Whether what a time expression dates lies ahead of the report: "will meet on Monday", "planned to leave on Thursday", "postponed until Tuesday".

use crate::syntax::Syntax;
use crate::time::Tense;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;

/// Words whose infinitives are still to come when they are told.
const AHEAD: &[&str] = &[
    "agree",
    "agreement",
    "aim",
    "allow",
    "appeal",
    "arrange",
    "ask",
    "authorize",
    "bid",
    "bind",
    "call",
    "convene",
    "deadline",
    "deal",
    "decide",
    "decision",
    "demand",
    "due",
    "expect",
    "hope",
    "instruct",
    "intend",
    "intention",
    "invite",
    "likely",
    "need",
    "offer",
    "order",
    "permit",
    "plan",
    "pledge",
    "poise",
    "prepare",
    "program",
    "programme",
    "promise",
    "proposal",
    "propose",
    "ready",
    "request",
    "require",
    "schedule",
    "set",
    "slate",
    "summon",
    "tell",
    "threat",
    "threaten",
    "ultimatum",
    "urge",
    "vow",
    "wait",
    "want",
    "warn",
];

/// Words that a term hangs on: "gave them until 9 a.m. Tuesday", "set for Friday", "postponed until March".
const TERMS: &[&str] = &[
    "adjourn",
    "deadline",
    "defer",
    "delay",
    "due",
    "extend",
    "extension",
    "give",
    "have",
    "plan",
    "postpone",
    "prolong",
    "schedule",
    "set",
    "slate",
    "stay",
    "suspend",
    "truce",
    "ultimatum",
    "wait",
    "ceasefire",
    "expect",
];

/// Past forms that look like the dictionary form.
const UNCHANGED: &[&str] =
    &["burst", "cast", "cost", "cut", "hit", "hurt", "let", "put", "quit", "read", "set", "shut", "split", "spread"];

/// Tense of the words over a time expression.
pub fn tense(syntax: Syntax<'_>, span: Span) -> Tense {
    let Some(time) = syntax.head_of(span) else { return Tense::Past };
    if syntax.deprel(time) == Deprel::NmodPoss {
        return Tense::Past;
    }
    let preposition = syntax.preposition(time);
    let term = matches!(preposition.as_str(), "until" | "till" | "for" | "by" | "through" | "before");
    let mut word = time;
    // A sentence nests less deep than this.
    for _ in 0..12 {
        let Some(head) = syntax.head(word) else { break };
        word = head;
        if term && word == syntax.head(time).unwrap_or(word) && TERMS.contains(&syntax.lemma(word)) {
            return Tense::Future;
        }
        let auxiliaries = syntax.auxiliaries(word);
        let modal = auxiliaries.iter().any(|&aux| {
            matches!(aux, "will" | "shall" | "'ll" | "’ll" | "would" | "may" | "might" | "can" | "must" | "should")
                || aux == "could" && !syntax.is_negated(word)
        });
        if modal {
            return if auxiliaries.contains(&"have") { Tense::Past } else { Tense::Future };
        }
        // "a truce from Sunday"
        if preposition == "from" && matches!(syntax.lemma(word), "truce" | "ceasefire" | "pause" | "armistice") {
            return Tense::Future;
        }
        // "Who is due in Colombo on Thursday".
        let is = |&child: &u32| matches!(syntax.form(child), "is" | "are");
        if syntax.lemma(word) == "due" && syntax.dependents(word).iter().any(is) {
            return Tense::Future;
        }
        if syntax.upos(word) != Upos::Verb {
            continue;
        }
        // "the decision announced on Wednesday"
        if syntax.deprel(word) == Deprel::Acl && syntax.form(word).ends_with("ed") && auxiliaries.is_empty() {
            return Tense::Past;
        }
        if syntax.is_infinitive(word) {
            // A purpose or a complement of what has been done goes with that deed: "managed to flee on Friday".
            let over = syntax.head(word);
            // "is to start", "were to leave"
            let due = auxiliaries.contains(&"be");
            if due
                || over.is_some_and(|over| syntax.deprel(word) != Deprel::Advcl && AHEAD.contains(&syntax.lemma(over)))
            {
                return Tense::Future;
            }
            continue;
        }
        // "Exchanged fire across the line that divides Kashmir on Friday": what always holds has no day.
        if syntax.deprel(word) == Deprel::AclRelcl && auxiliaries.is_empty() && is_present(syntax, word) {
            continue;
        }
        // "Is expected in the capital on Monday".
        if matches!(syntax.lemma(word), "expect" | "schedule" | "slate")
            && auxiliaries.contains(&"be")
            && syntax.dependents(word).iter().any(|&child| matches!(syntax.form(child), "is" | "are"))
        {
            return Tense::Future;
        }
        if syntax.subject(word).is_some() && !matches!(syntax.deprel(word), Deprel::Xcomp | Deprel::Advcl) {
            return if is_present(syntax, word) { Tense::Future } else { Tense::Past };
        }
    }
    Tense::Past
}

/// "They meet on Monday", "is travelling on Thursday": a present with a day is the timetable's.
fn is_present(syntax: Syntax<'_>, verb: u32) -> bool {
    let auxiliaries: Vec<String> = syntax
        .dependents(verb)
        .iter()
        .filter(|&&child| matches!(syntax.deprel(child), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
        .map(|&child| syntax.form(child).to_lowercase())
        .collect();
    let form = syntax.form(verb).to_lowercase();
    match auxiliaries.as_slice() {
        [] => {
            let lemma = syntax.lemma(verb);
            (form == lemma && !UNCHANGED.contains(&lemma))
                || form == format!("{lemma}s")
                || form == format!("{lemma}es")
        }
        [aux] => matches!(aux.as_str(), "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re") && form.ends_with("ing"),
        _ => false,
    }
}
