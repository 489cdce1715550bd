//! Where a report speaks of what was agreed: the ceasefire's names, nouns that point back at the deal, and sentences that go on about it.

use super::mention::{Group, Told, is_name};
use super::*;
use counterclaim_language::{Deprel, Upos};

/// Whether a noun means the paper or the words on which a ceasefire stands.
pub(super) fn is_deal(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.upos(word), Upos::Noun | Upos::Propn) && DEALS.contains(&syntax.lemma(word))
}

/// Whether a word means the ceasefire or its paper.
pub(super) fn is_paper(syntax: Syntax<'_>, word: u32) -> bool {
    is_name(syntax, word) || is_deal(syntax, word)
}

/// Whether a word means a part of the paper.
pub(super) fn is_part(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.upos(word) == Upos::Noun
        && matches!(
            syntax.lemma(word),
            "term"
                | "point"
                | "provision"
                | "clause"
                | "article"
                | "condition"
                | "phase"
                | "stage"
                | "step"
                | "measure"
        )
}

/// Nouns behind a group's first mention that point back at it: "the deal", "this pact", "the pledge was made on Sunday".
/// Where nothing was named before, an agreement reached now is the one that a later name means.
pub(super) fn references(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    others: &[u32],
    first_group: bool,
) -> Vec<u32> {
    let Some(first) = group.mentions.iter().map(|mention| mention.word).min() else { return Vec::new() };
    let count = syntax.analysis.words.len() as u32;
    let mut found: Vec<u32> = Vec::new();
    let reached = |word: u32| {
        let verb = syntax.dependent(word, &[Deprel::Acl]).unwrap_or(syntax.clause(word));
        let agreed = matches!(
            syntax.lemma(verb),
            "reach" | "sign" | "strike" | "conclude" | "agree" | "seal" | "clinch" | "broker"
        );
        let past = syntax
            .dependents(word)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Nummod || OTHER.contains(&syntax.lemma(child)));
        agreed && !past && crate::status::scope(reading, word, &[], false).0 == Scope::Current
    };
    if first_group && !group.background {
        found.extend((0..first).filter(|&word| {
            is_deal(syntax, word)
                && reading.is_coded(syntax.sentence(word))
                && syntax.sentence(word) < syntax.sentence(first)
                && reached(word)
        }));
    }
    for word in first + 1..count {
        if !is_deal(syntax, word) || !reading.is_coded(syntax.sentence(word)) {
            continue;
        }
        let children = syntax.dependents(word);
        let points = children.iter().any(|&child| {
            matches!(syntax.lemma(child), "the" | "this" | "that") && syntax.deprel(child) == Deprel::Det
                || syntax.deprel(child) == Deprel::NmodPoss
                    && matches!(syntax.lemma(child), "its" | "their" | "they" | "it")
        });
        // "The 2015 peace deal", "the agreement signed in Doha last year" is another one.
        let another = children.iter().any(|&child| {
            OTHER.contains(&syntax.lemma(child))
                || matches!(syntax.deprel(child), Deprel::Nummod | Deprel::Acl) && child < word
                || matches!(
                    syntax.lemma(child),
                    "peace" | "trade" | "nuclear" | "final" | "draft" | "proposed" | "original"
                )
        });
        // The nearest name before it tells which one is meant.
        let own = group.mentions.iter().map(|mention| mention.word).filter(|&known| known < word).max();
        let other = others.iter().copied().filter(|&known| known < word).max();
        if points && !another && own > other {
            found.push(word);
        }
    }
    found
}

/// Sentences that tell of the agreement: those that name it or point at it, and those behind them that go on with what binds.
pub(super) fn told_sentences(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    references: &[u32],
    binds: impl Fn(u32) -> bool,
) -> Vec<bool> {
    let count = syntax.analysis.sentences.len();
    let mut told = vec![false; count];
    let block = |sentence: usize| reading.sentences.get(sentence).map(|row| row.block);
    let mentions: Vec<u32> = group
        .mentions
        .iter()
        .filter(|mention| mention.told != Told::Asked)
        .map(|mention| mention.word)
        .chain(references.iter().copied())
        .collect();
    let first = group.mentions.iter().map(|mention| syntax.sentence(mention.word)).min().unwrap_or(0);
    // "According to the communiqué ..." tells of it wherever it stands.
    let names = |sentence: u32| {
        mentions.iter().any(|&word| syntax.sentence(word) == sentence)
            || first <= sentence
                && syntax.words_of(sentence).any(|word| {
                    matches!(syntax.lemma(word), "communiqué" | "communique" | "text" | "document" | "statement")
                        && matches!(syntax.preposition(word).as_str(), "according to" | "under" | "in")
                        && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "the" | "joint"))
                })
    };
    for sentence in 0..count as u32 {
        let at = sentence as usize;
        if !reading.is_coded(sentence) {
            continue;
        }
        let goes_on = at > 0
            && told[at - 1]
            && (points_back(syntax, sentence) || block(at) == block(at - 1) || names(sentence - 1))
            && binds(sentence);
        told[at] = names(sentence) || goes_on;
    }
    told
}

/// Whether a sentence opens by pointing at what was told before: "It", "Both sides", "In exchange", "For its part".
pub(super) fn points_back(syntax: Syntax<'_>, sentence: u32) -> bool {
    let words = syntax.words_of(sentence);
    let opening: Vec<String> = words.take(4).map(|word| syntax.form(word).to_lowercase()).collect();
    let two: Vec<&str> = opening.iter().map(String::as_str).collect();
    let mut all = syntax.words_of(sentence);
    let exchange = |word: u32| {
        matches!(syntax.lemma(word), "exchange" | "return")
            && syntax.preposition(word) == "in"
            && syntax.upos(word) == Upos::Noun
    };
    if all.any(exchange) {
        return true;
    }
    matches!(two.first(), Some(&("it" | "they" | "both" | "each" | "neither" | "under" | "its" | "also" | "pending")))
        || matches!(
            two.as_slice(),
            ["the", "two" | "parties" | "sides", ..]
                | ["in", "return" | "exchange" | "turn" | "addition", ..]
                | ["for", "its" | "their", ..]
                | ["during" | "for" | "in" | "within", "that" | "this", ..]
        )
}
