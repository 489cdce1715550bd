//! Terms told as nouns: "the agreement provides for the release of 33 hostages, the withdrawal of troops and the opening of a crossing",
//! "the pact has three points: no shooting, free passage for traders and the return of houses".

use super::agreement::{is_paper, is_part};
use super::mention::is_name;
use super::*;
use counterclaim_knowledge::family;
use counterclaim_language::{Deprel, Upos};
use std::ops::Range;

/// Verbs of a paper that take what it binds to as a noun.
const PROVIDES: &[&str] = &[
    "provide",
    "include",
    "call",
    "require",
    "foresee",
    "envisage",
    "envision",
    "stipulate",
    "contain",
    "cover",
    "involve",
    "entail",
    "specify",
    "mandate",
    "demand",
    "comprise",
    "guarantee",
    "impose",
    "establish",
    "create",
    "propose",
];

/// Terms of a sentence that are told as nouns.
pub(super) fn provisions(syntax: Syntax<'_>, sentence: u32, tells: bool) -> Vec<(&'static str, Span)> {
    let words = syntax.words_of(sentence);
    let mut found = Vec::new();
    for word in words.clone() {
        if let Some((first, strict)) = opening(syntax, word, words.clone(), tells) {
            found.extend(items(syntax, first, words.end, strict));
        }
    }
    found
}

/// Where a list of terms opens behind a word, and whether whatever stands in it is one.
fn opening(syntax: Syntax<'_>, word: u32, words: Range<u32>, tells: bool) -> Option<(u32, bool)> {
    if syntax.form(word) == ":" && tells {
        // "Its main points, as read by the bishop: ..."
        let named = (words.start..word).any(|at| is_paper(syntax, at) || is_part(syntax, at));
        return (named && word + 1 < words.end).then_some((word + 1, true));
    }
    if syntax.upos(word) != Upos::Verb || syntax.is_negated(word) {
        return None;
    }
    let named = syntax.subject(word).is_some_and(|subject| {
        is_paper(syntax, subject)
            || is_part(syntax, subject)
            || tells && matches!(syntax.lemma(subject), "it" | "they" | "which" | "that" | "proposal")
    });
    if PROVIDES.contains(&syntax.lemma(word)) && named {
        let object = syntax.dependent(word, &[Deprel::Obj]).filter(|&object| object > word);
        let oblique =
            syntax.obliques(word).into_iter().find(|oblique| oblique.preposition == "for" && oblique.head > word);
        let first = oblique.map(|oblique| oblique.head).or(object)?;
        return Some((start_of(syntax, first, word + 1), false));
    }
    // "Agreed to an exchange of prisoners and the opening of a road."
    if tells && matches!(syntax.lemma(word), "agree" | "commit" | "consent" | "settle" | "pledge" | "promise") {
        let to = syntax.obliques(word).into_iter().find(|oblique| {
            matches!(oblique.preposition.as_str(), "to" | "on" | "upon")
                && oblique.head > word
                && is_act(syntax, oblique.head)
        })?;
        return Some((start_of(syntax, to.head, word + 1), false));
    }
    None
}

fn start_of(syntax: Syntax<'_>, head: u32, least: u32) -> u32 {
    let mut start = head;
    while start > least
        && matches!(syntax.upos(start - 1), Upos::Det | Upos::Adj | Upos::Num | Upos::Propn | Upos::Noun)
    {
        start -= 1;
    }
    start
}

/// Whether a noun means an act that can be agreed: one made from a verb, or of a class of its own; not the ceasefire itself.
fn is_act(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    syntax.upos(word) == Upos::Noun
        && !is_name(syntax, word)
        && (noun_kind(lemma).is_some() || family(lemma) != lemma && !is_paper(syntax, word))
}

/// The head of the noun phrase that opens at a word; none where it opens with a preposition.
fn head_at(syntax: Syntax<'_>, word: u32, end: u32) -> Option<u32> {
    let mut at = word;
    while at < end && matches!(syntax.upos(at), Upos::Cconj | Upos::Punct) {
        at += 1;
    }
    if at >= end
        || matches!(syntax.upos(at), Upos::Adp | Upos::Sconj | Upos::Part | Upos::Pron) && syntax.lemma(at) != "no"
    {
        return None;
    }
    for _ in 0..8 {
        if syntax.is_nominal(at) && !matches!(syntax.deprel(at), Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss) {
            break;
        }
        match syntax.head(at) {
            Some(head) if head > at && head < end => at = head,
            _ => break,
        }
    }
    syntax.is_nominal(at).then_some(at)
}

/// The items of a list.
fn items(syntax: Syntax<'_>, first: u32, end: u32, strict: bool) -> Vec<(&'static str, Span)> {
    let end = limit(syntax, first, end);
    let boundary = |at: u32| syntax.form(at) == "," || syntax.form(at) == ";" || syntax.upos(at) == Upos::Cconj;
    let sharp = |at: u32| matches!(syntax.form(at), "," | ";");
    let listed = (first..end).filter(|&at| sharp(at)).count() > 0;
    let mut starts: Vec<u32> = vec![first];
    for at in first + 1..end {
        if !boundary(at) || starts.last().is_some_and(|&last| at <= last + 1) {
            continue;
        }
        let Some(head) = head_at(syntax, at, end) else { continue };
        let opens = |word: u32| matches!(syntax.upos(word), Upos::Det | Upos::Num) || syntax.lemma(word) == "no";
        let joined =
            syntax.head(head).is_some_and(|over| starts.iter().any(|&start| start <= over && over < start + 8))
                && matches!(syntax.deprel(head), Deprel::Conj | Deprel::Appos | Deprel::Parataxis);
        let act = is_act(syntax, head);
        let loose = strict && listed && sharp(at) && (act || opens(at + 1) || joined);
        // "schoolchildren and market women" goes on with the phrase; "the removal of barricades and the return of houses" does not.
        if loose || act && (sharp(at) || noun_kind(syntax.lemma(head)).is_some() || opens(at + 1)) {
            starts.push(if sharp(at) && syntax.upos(at + 1) == Upos::Cconj { at + 2 } else { at + 1 });
        }
    }
    let mut found = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let stop = starts.get(index + 1).copied().unwrap_or(end);
        let Some(head) = head_at(syntax, start, stop) else { continue };
        if !strict && !is_act(syntax, head) {
            continue;
        }
        // That a truce is a halt to the fighting is told by its name.
        let kind = noun_kind(syntax.lemma(head)).unwrap_or("other");
        // A clause is told by its verb.
        let clause = (start..stop).any(|at| {
            syntax.upos(at) == Upos::Verb
                && syntax.dependent(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|subject| subject >= start)
        });
        if clause && strict {
            continue;
        }
        let aside = (start + 1..stop).find(|&at| {
            syntax.form(at) == ","
                && at + 1 < stop
                && matches!(syntax.lemma(at + 1), "which" | "who" | "where" | "a" | "although" | "while" | "but")
        });
        let mut words: Vec<u32> = (start..aside.unwrap_or(stop)).collect();
        let light = |word: u32| matches!(syntax.upos(word), Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Det);
        while words.len() > 1 && words.last().is_some_and(|&word| light(word)) {
            words.pop();
        }
        while words.len() > 1 && words.first().is_some_and(|&word| light(word) && syntax.upos(word) != Upos::Det) {
            words.remove(0);
        }
        found.extend(syntax.cover(&words).map(|span| (kind, span)));
    }
    found
}

/// Where a list ends: before the first clause that is none of its own, as ", a diplomat said".
fn limit(syntax: Syntax<'_>, first: u32, end: u32) -> u32 {
    for verb in first..end {
        if !matches!(syntax.upos(verb), Upos::Verb | Upos::Aux)
            || matches!(
                syntax.deprel(verb),
                Deprel::AclRelcl | Deprel::Acl | Deprel::Amod | Deprel::Aux | Deprel::AuxPass | Deprel::Cop
            )
        {
            continue;
        }
        let Some(subject) =
            syntax.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&subject| subject >= first)
        else {
            continue;
        };
        let speech = counterclaim_claims::cues::verb(syntax.lemma(verb)).next().is_some();
        if speech {
            let opens = syntax.phrase_words(subject).into_iter().min().unwrap_or(subject).min(verb);
            return opens.max(first);
        }
    }
    if syntax.form(end - 1) == "." { end - 1 } else { end }
}

/// What a noun of agreement binds to.
pub(super) fn noun_kind(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "release" | "exchange" | "swap" | "handover" | "return" | "freeing" | "repatriation" => "exchange",
        "withdrawal" | "pullback" | "pullout" | "retreat" | "redeployment" | "disengagement" | "departure"
        | "pull-back" | "evacuation" => "withdraw",
        "opening" | "reopening" | "passage" | "access" | "delivery" | "entry" | "corridor" | "aid" | "lifting"
        | "flight" | "convoy" | "shipment" => "corridor",
        "commission" | "committee" | "monitoring" | "mechanism" | "deployment" | "observer" | "monitor" | "patrol"
        | "centre" | "center" => "commission",
        "talk" | "talks" | "negotiation" | "dialogue" | "meeting" => "talks",
        "halt" | "end" | "cessation" | "suspension" | "stop" | "pause" => "cease_fire",
        "disarmament" | "disarming" | "surrender" | "demobilisation" | "demobilization" | "restoration"
        | "reconstruction" | "payment" | "compensation" | "removal" | "dismantling" | "resumption" | "amnesty"
        | "buffer" | "zone" | "ban" | "freeze" => "other",
        _ => return None,
    })
}
