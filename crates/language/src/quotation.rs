//! Speech that no word of saying tells: quotations that stand by themselves, and speakers in front of a colon.
//!
//! The attribution heads start from a cue. A quotation without one ("'We saw nothing.'" after "A teacher spoke of shots") is speech all the
//! same; PolNeAR annotates it as a content, a transcript's "WALLACE: ..." as source, colon and content.

use crate::analysis::{Upos, WordAnalysis};
use counterclaim_schema::{Attribution, Mention, MentionKind, Span};
use counterclaim_text::Sentence;
use std::ops::Range;

/// Words of a quotation inside of a paragraph, at least: fewer are a title or a turn of phrase.
const LEAST: usize = 5;
/// Words at least where the quotation is all of its paragraph.
const LEAST_ALONE: usize = 3;
/// Sentences between a cue and a quotation that goes on with what it tells, at most.
const REACH: usize = 2;

/// The document as the rules see it.
struct Page<'a> {
    text: &'a str,
    sentences: &'a [Sentence],
    /// Words of each sentence.
    ranges: &'a [Range<u32>],
    words: &'a [WordAnalysis],
    mentions: &'a [Mention],
}

/// Adds speech that has no cue of its own to the attributions, which must be in the order of their cues.
///
/// A quotation behind an attribution becomes another piece of its content; with none before it, it is an attribution without source and cue.
pub fn add_free_speech(
    text: &str,
    sentences: &[Sentence],
    ranges: &[Range<u32>],
    words: &[WordAnalysis],
    mentions: &[Mention],
    attributions: &mut Vec<Attribution>,
) {
    let page = Page { text, sentences, ranges, words, mentions };
    let mut first = 0;
    while first < sentences.len() {
        let block = sentences[first].block;
        let end = first + sentences[first..].iter().take_while(|sentence| sentence.block == block).count();
        let range = page.ranges[first].start as usize..page.ranges[end - 1].end as usize;
        if !range.is_empty() {
            page.complete_colons(&range, attributions);
            match page.speaker(&range, attributions) {
                Some(speech) => attributions.push(speech),
                None => {
                    for quotation in page.quotations(&range, attributions) {
                        page.attach(first, quotation, attributions);
                    }
                }
            }
        }
        first = end;
    }
    attributions.sort_by_key(|attribution| {
        attribution.cue.first().or(attribution.content.first()).map(|span| (span.start, span.end))
    });
}

impl Page<'_> {
    fn form(&self, word: usize) -> &str {
        self.words[word].span.of(self.text)
    }

    fn cover(&self, range: &Range<usize>) -> Span {
        self.words[range.start].span.to(self.words[range.end - 1].span)
    }

    fn is_mark(&self, word: usize) -> bool {
        matches!(self.form(word), "\"" | "“" | "”" | "«" | "»" | "''" | "``")
    }

    fn is_stop(&self, word: usize) -> bool {
        matches!(self.form(word), "." | "," | "?" | "!" | "…" | "..." | ";" | "--" | "—")
    }

    /// Words between quotation marks, the marks with them: pairs; a mark that opens a paragraph and is never closed; one that closes it.
    fn quotations(&self, block: &Range<usize>, attributions: &[Attribution]) -> Vec<Range<usize>> {
        let marks: Vec<usize> = block.clone().filter(|&word| self.is_mark(word)).collect();
        let free = |range: &Range<usize>| {
            let span = self.cover(range);
            attributions.iter().all(|attribution| {
                [&attribution.source, &attribution.cue, &attribution.content]
                    .into_iter()
                    .flatten()
                    .all(|piece| !piece.overlaps(span))
            })
        };
        let pairs: Vec<Range<usize>> = match marks[..] {
            // The rest of a longer quotation, which nothing else in the paragraph tells apart from plain text.
            [mark] if mark == block.start || mark + 1 == block.end => {
                if free(block) {
                    vec![block.clone()]
                } else {
                    Vec::new()
                }
            }
            _ if marks.len().is_multiple_of(2) => marks.chunks_exact(2).map(|pair| pair[0]..pair[1] + 1).collect(),
            _ => Vec::new(),
        };
        pairs.into_iter().filter(|range| self.is_speech(range, block) && free(range)).collect()
    }

    /// Whether it is a sentence, not a title or a word that somebody used.
    fn is_speech(&self, range: &Range<usize>, block: &Range<usize>) -> bool {
        let inner: Vec<usize> = range.clone().filter(|&word| !self.is_mark(word)).collect();
        let (Some(&first), Some(&last)) = (inner.first(), inner.last()) else { return false };
        let count = inner.iter().filter(|&&word| self.words[word].upos != Upos::Punct).count();
        let alone = range.start == block.start && range.end >= block.end;
        let opens = self.form(first).starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
        count >= if alone { LEAST_ALONE } else { LEAST } && opens && self.is_stop(last)
    }

    /// Puts a quotation into the content of the attribution that tells last before it, or makes it one of its own.
    fn attach(&self, first: usize, quotation: Range<usize>, attributions: &mut Vec<Attribution>) {
        let span = self.cover(&quotation);
        let sentence = self.words[quotation.start].sentence as usize;
        let from = first.saturating_sub(1).max(sentence.saturating_sub(REACH));
        let start = self.sentences[from].span.start;
        let before = attributions
            .iter_mut()
            .filter(|attribution| {
                attribution.cue.first().is_some_and(|cue| cue.start >= start && cue.end <= span.start)
            })
            .max_by_key(|attribution| attribution.cue[0].start);
        match before {
            Some(attribution) => {
                attribution.content.push(span);
                attribution.content.sort_by_key(|piece| piece.start);
            }
            None => attributions.push(Attribution { content: vec![span], ..Attribution::default() }),
        }
    }

    /// "WALLACE: I want to ask you ...": a person in capitals in front of a colon. Towns of datelines and "UPDATE:" are no persons.
    fn speaker(&self, block: &Range<usize>, attributions: &[Attribution]) -> Option<Attribution> {
        let quoted = self.is_mark(block.start);
        let name = block.start + usize::from(quoted);
        let colon = (name + 1..block.end.min(name + 5)).find(|&word| self.form(word) == ":")?;
        let capitals = (name..colon).all(|word| {
            let form = self.form(word);
            form.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase)
        });
        let span = self.cover(&(name..colon));
        let person =
            self.mentions.iter().any(|mention| mention.kind == MentionKind::Person && mention.span.overlaps(span));
        let cue = self.words[colon].span;
        let told = attributions.iter().any(|attribution| attribution.cue.contains(&cue));
        let closes = quoted && self.is_mark(block.end - 1);
        let said = colon + 1..block.end - usize::from(closes);
        (capitals && person && !told && span.of(self.text).len() > 2 && said.len() >= LEAST_ALONE)
            .then(|| Attribution { source: vec![span], cue: vec![cue], content: vec![self.cover(&said)], score: 0.0 })
    }

    /// "The governor added: It is typical. It never stops.": what stands behind the colon of a cue without content.
    fn complete_colons(&self, block: &Range<usize>, attributions: &mut [Attribution]) {
        let span = self.cover(block);
        for at in 0..attributions.len() {
            let Some(&cue) = attributions[at].cue.last() else { continue };
            if !attributions[at].content.is_empty() || !span.contains(cue) || !cue.of(self.text).ends_with(':') {
                continue;
            }
            let from = block.clone().find(|&word| self.words[word].span.start >= cue.end);
            let next = attributions
                .iter()
                .flat_map(|other| other.cue.iter().chain(&other.source))
                .filter(|piece| piece.start >= cue.end && span.contains(**piece))
                .count();
            if let Some(from) = from.filter(|_| next == 0) {
                attributions[at].content.push(self.cover(&(from..block.end)));
            }
        }
    }
}
