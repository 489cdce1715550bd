//! What every word of a report is to one agreement, as the reader of agreements takes it.

use super::earlier::may_be;
use super::mention::{Group, Told};
use super::*;
use counterclaim_language::{Bonds, Mark, Naming};

/// Reads the report for the agreement of a group, whose best name is `name`; `others` are the words that name other agreements.
pub(super) fn read(reading: &Reading<'_>, group: &Group, name: Span, others: &[u32]) -> Bonds {
    let syntax = reading.syntax();
    let mut names = vec![Naming::None; syntax.analysis.words.len()];
    let mut put = |word: u32, naming: Naming| names[word as usize] = naming;
    others.iter().for_each(|&word| put(word, Naming::Rival));
    let own = group.mentions.iter().filter(|mention| mention.told != Told::Asked).map(|mention| mention.word);
    own.chain(group.references.iter().copied()).for_each(|word| put(word, Naming::Other));
    syntax.words_in(name).for_each(|word| put(word, Naming::First));
    reading.model.read_agreement(&reading.document.text, &reading.sentences, &names)
}

/// Log odds of the encoder of reports at the likeliest name of an agreement from which a report is read for such names: it takes a pass.
const LIKELY: f32 = 0.0;

/// Reads the report for names of agreements, where a word may well be one.
pub(crate) fn of_any(reading: &Reading<'_>) -> Option<Bonds> {
    let syntax = reading.syntax();
    let count = syntax.analysis.words.len();
    let likely = |word: u32| syntax.analysis.retold.mark(word, Mark::Agreement) > LIKELY && may_be(syntax, word);
    let named = (0..count as u32).any(|word| likely(word) && reading.is_coded(syntax.sentence(word)));
    let read = || reading.model.read_agreement(&reading.document.text, &reading.sentences, &vec![Naming::None; count]);
    named.then(read)
}
