//! Things destroyed, damaged or seized, with their number: "destroyed 120 houses and two schools".
//!
//! They are read from the tree as the people of [`crate::victims`] are; what kind of thing it is the tables of targets and weapons say.

use crate::quantity::Quantity;
use crate::syntax::Syntax;
use crate::victims::{counted, is_unreal, listed_things, with_joined};
use counterclaim_knowledge::weapons;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::DamageEffect;

/// Things of one kind that were hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamageMention {
    /// What was done to them.
    pub effect: DamageEffect,
    /// Class of the table of targets or of weapons.
    pub class: &'static str,
    /// Lower end; none when the number is not told.
    pub low: Option<u64>,
    /// Upper end; none when open or not told.
    pub high: Option<u64>,
    /// The words of the number.
    pub number: Option<Span>,
    /// The things.
    pub things: Span,
    /// Head word of the things.
    pub word: u32,
}

/// Finds damage in the coded sentences of a report.
pub fn damages(syntax: Syntax<'_>, is_coded: impl Fn(u32) -> bool) -> Vec<DamageMention> {
    let mut found: Vec<DamageMention> = Vec::new();
    for sentence in (0..syntax.analysis.sentences.len() as u32).filter(|&sentence| is_coded(sentence)) {
        for word in syntax.words_of(sentence) {
            let Some((effect, head)) = effect_at(syntax, word) else { continue };
            if is_unreal(syntax, word) {
                continue;
            }
            let heads = with_joined(syntax, Some(head));
            let more = listed_things(syntax, word, &heads, |head| class_of(syntax, head).is_some());
            for head in heads.into_iter().chain(more) {
                if let Some(mention) = mention(syntax, effect, head) {
                    if !found.iter().any(|known| known.word == mention.word) {
                        found.push(mention);
                    }
                }
            }
        }
    }
    found.sort_by_key(|mention| mention.things);
    found
}

/// What a verb or noun says was done, and to what.
fn effect_at(syntax: Syntax<'_>, word: u32) -> Option<(DamageEffect, u32)> {
    use DamageEffect::*;
    match syntax.upos(word) {
        Upos::Verb => {
            let next = syntax.words_of(syntax.sentence(word)).find(|&next| next == word + 1);
            let down = next.is_some_and(|next| syntax.lemma(next) == "down");
            let up = next.is_some_and(|next| syntax.lemma(next) == "up");
            let effect = match syntax.lemma(word) {
                "destroy" | "raze" | "flatten" | "demolish" | "obliterate" | "gut" | "torch" | "burn" | "sink"
                | "wreck" | "bulldoze" => Destroyed,
                "shoot" if down => Destroyed,
                "down" => Destroyed,
                "blow" if up => Destroyed,
                "damage" | "shatter" | "crack" => Damaged,
                "seize" | "capture" | "confiscate" => Seized,
                _ => return None,
            };
            Some((effect, syntax.patient(word)?))
        }
        Upos::Noun => {
            let (effect, preposition) = match syntax.lemma(word) {
                "destruction" | "demolition" | "sinking" | "downing" | "burning" => (Destroyed, "of"),
                "damage" => (Damaged, "to"),
                "seizure" => (Seized, "of"),
                _ => return None,
            };
            let of = syntax.obliques(word).into_iter().find(|oblique| oblique.preposition == preposition)?;
            Some((effect, of.head))
        }
        _ => None,
    }
}

/// The class of a noun phrase by its words up to the head.
fn class_of(syntax: Syntax<'_>, head: u32) -> Option<&'static str> {
    let lemmas: Vec<&str> =
        syntax.phrase_words(head).into_iter().filter(|&word| word <= head).map(|word| syntax.lemma(word)).collect();
    let last = *lemmas.last()?;
    let ends = |found: Vec<(std::ops::Range<usize>, &'static str)>| {
        found.into_iter().find(|(range, _)| range.end == lemmas.len()).map(|(_, class)| class)
    };
    if last == "area" || last == "territory" {
        return None;
    }
    ends(weapons::scan_targets(&lemmas)).or_else(|| ends(weapons::scan(&lemmas)))
}

fn mention(syntax: Syntax<'_>, effect: DamageEffect, head: u32) -> Option<DamageMention> {
    let class = class_of(syntax, head)?;
    // A town is seized, not as a thing.
    if effect == DamageEffect::Seized && class == "settlement" {
        return None;
    }
    let words = syntax.phrase_words(head);
    let article = words.iter().copied().find(|&word| {
        word < head && syntax.deprel(word) == Deprel::Det && matches!(syntax.lemma(word), "a" | "another")
    });
    let plural = syntax.form(head).to_lowercase() != syntax.lemma(head);
    let counted: Option<Quantity> = counted(syntax, head);
    let (low, high, number) = match (counted, article) {
        (Some(quantity), _) => (quantity.low, quantity.high, Some(quantity.span)),
        (None, Some(article)) if !plural => (Some(1), Some(1), Some(syntax.span(article))),
        _ => (None, None, None),
    };
    Some(DamageMention { effect, class, low, high, number, things: syntax.cover(&words)?, word: head })
}
