//! Sentences as the oracles of `models/` tell them.

use counterclaim_schema::CodePoints;
use counterclaim_text::{Sentence, Word};

/// Words by their code points, and the sentences that they make by their lengths.
pub fn sentences(text: &str, words: &[(u32, u32)], lengths: &[usize]) -> (Vec<Word>, Vec<Sentence>) {
    let points = CodePoints::new(text);
    let words: Vec<Word> = words.iter().map(|&(start, end)| Word { span: points.byte_span(start, end) }).collect();
    let mut rest = words.as_slice();
    let sentences = lengths
        .iter()
        .map(|&length| {
            let (own, others) = rest.split_at(length);
            rest = others;
            Sentence { span: own[0].span.to(own[length - 1].span), words: own.to_vec(), block: 0 }
        })
        .collect();
    (words, sentences)
}
