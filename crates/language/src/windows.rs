//! Windows: sentences that are encoded together.

use crate::wordpiece::{CONTINUATION, SHAPE_SPECIAL, Vocabulary, sentence_shapes};
use counterclaim_text::Sentence;
use std::ops::Range;

/// Pieces of a window, specials included.
const WINDOW: usize = 160;
/// Pieces of a window that holds one long sentence, specials included.
const LONGEST: usize = 256;
/// Words that two windows of a cut sentence share.
const OVERLAP: usize = 32;
/// Pieces of a window of a report that is read as a whole, specials included: as many as the encoder has positions.
const WHOLE: usize = 512;

/// Sentences that are encoded together.
#[derive(Debug, Default)]
pub struct Window {
    /// Number of the first word through the document.
    pub first_word: u32,
    /// Pieces and shape of each word.
    pub words: Vec<(Vec<u32>, u8)>,
    /// Sentence index and its words in the window.
    pub sentences: Vec<(usize, Range<usize>)>,
    /// For a part of a long sentence: the words that this window answers for.
    pub keep: Option<Range<usize>>,
}

impl Window {
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Pieces with specials, their shapes, and where each word's first piece lies.
    pub fn pieces(&self, vocabulary: &Vocabulary) -> (Vec<u32>, Vec<u8>, Vec<usize>) {
        let (mut pieces, mut shapes) = (vec![vocabulary.cls], vec![SHAPE_SPECIAL]);
        let mut firsts = Vec::with_capacity(self.words.len());
        for (word, shape) in &self.words {
            firsts.push(pieces.len());
            for (index, &piece) in word.iter().enumerate() {
                pieces.push(piece);
                shapes.push(if index == 0 { *shape } else { *shape + CONTINUATION });
            }
        }
        pieces.push(vocabulary.sep);
        shapes.push(SHAPE_SPECIAL);
        (pieces, shapes, firsts)
    }

    fn size(&self) -> usize {
        self.words.iter().map(|(pieces, _)| pieces.len()).sum()
    }

    fn push(&mut self, first_word: u32, sentence: usize, words: &[(Vec<u32>, u8)]) {
        if self.words.is_empty() {
            self.first_word = first_word;
        }
        let start = self.words.len();
        self.words.extend_from_slice(words);
        self.sentences.push((sentence, start..self.words.len()));
    }
}

/// Overlapping windows over one long sentence; each word is answered by the window in which it stands further from the edge.
fn long_windows(first_word: u32, sentence: usize, words: &[(Vec<u32>, u8)]) -> Vec<Window> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let mut end = start;
        let mut size = 0;
        while end < words.len() && size + words[end].0.len() <= LONGEST - 2 {
            size += words[end].0.len();
            end += 1;
        }
        parts.push(start..end);
        if end == words.len() {
            break;
        }
        start = (end - OVERLAP.min((end - start) / 2)).max(start + 1);
    }
    let mut kept_from = 0;
    let mut windows = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let kept_to = match parts.get(index + 1) {
            Some(next) => (next.start + part.end) / 2,
            None => part.end,
        };
        let mut window = Window { keep: Some(kept_from - part.start..kept_to - part.start), ..Window::default() };
        window.push(first_word + part.start as u32, sentence, &words[part.clone()]);
        windows.push(window);
        kept_from = kept_to;
    }
    windows
}

/// Pieces and shapes of the words of a sentence.
pub(crate) fn pieces_of(vocabulary: &Vocabulary, text: &str, sentence: &Sentence) -> Vec<(Vec<u32>, u8)> {
    let forms: Vec<&str> = sentence.words.iter().map(|word| word.span.of(text)).collect();
    let shapes = sentence_shapes(&forms);
    let piece = |(form, shape): (&&str, u8)| {
        let mut pieces = Vec::new();
        vocabulary.word(form, &mut pieces);
        pieces.truncate(LONGEST - 2);
        (pieces, shape)
    };
    forms.iter().zip(shapes).map(piece).collect()
}

/// Windows of as many whole sentences as the encoder can hold; where one does not hold the report, two neighbors share about half, and each
/// word is answered by the window in which it stands further from the edge.
pub fn report_windows(vocabulary: &Vocabulary, text: &str, sentences: &[Sentence]) -> Vec<Window> {
    report_windows_beside(vocabulary, text, sentences, 0)
}

/// The same with room for so many pieces beside what stands in the window.
pub(crate) fn report_windows_beside(
    vocabulary: &Vocabulary,
    text: &str,
    sentences: &[Sentence],
    beside: usize,
) -> Vec<Window> {
    let whole = WHOLE - beside.min(WHOLE / 2);
    let size = |words: &[(Vec<u32>, u8)]| words.iter().map(|(pieces, _)| pieces.len()).sum::<usize>();
    // Sentences, long ones cut: number of the first word, words, pieces.
    let mut parts: Vec<(usize, Vec<(Vec<u32>, u8)>, usize)> = Vec::new();
    let mut first = 0;
    for sentence in sentences {
        let words = pieces_of(vocabulary, text, sentence);
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let mut taken = 0;
            let fits = rest.iter().take_while(|(pieces, _)| {
                taken += pieces.len();
                taken <= LONGEST.min(whole) - 2
            });
            let (part, others) = rest.split_at(fits.count().max(1));
            parts.push((first, part.to_vec(), size(part)));
            first += part.len();
            rest = others;
        }
    }
    let mut windows: Vec<Window> = Vec::new();
    let mut start = 0;
    while start < parts.len() {
        let mut end = start;
        let mut held = 0;
        while end < parts.len() && held + parts[end].2 <= whole - 2 {
            held += parts[end].2;
            end += 1;
        }
        let words: Vec<(Vec<u32>, u8)> = parts[start..end].iter().flat_map(|part| part.1.iter().cloned()).collect();
        let first_word = parts[start].0;
        let mut keep = 0..words.len();
        if let Some(before) = windows.last_mut() {
            let before_first = before.first_word as usize;
            let border = (first_word + before_first + before.words.len()) / 2;
            before.keep = before.keep.take().map(|kept| kept.start..border - before_first);
            keep.start = border - first_word;
        }
        windows.push(Window { first_word: first_word as u32, words, sentences: Vec::new(), keep: Some(keep) });
        if end == parts.len() {
            break;
        }
        while start + 1 < end && held > whole / 2 {
            held -= parts[start].2;
            start += 1;
        }
    }
    windows
}

/// Cuts sentences into windows of whole sentences, a long sentence into overlapping ones.
pub fn windows(vocabulary: &Vocabulary, text: &str, sentences: &[Sentence]) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut open = Window::default();
    let mut block = None;
    let mut first_word = 0u32;
    for (index, sentence) in sentences.iter().enumerate() {
        let words = pieces_of(vocabulary, text, sentence);
        let size: usize = words.iter().map(|(pieces, _)| pieces.len()).sum();
        // A paragraph stays together as long as the encoder can hold it: quotations run over its sentences.
        let room = if block == Some(sentence.block) { LONGEST } else { WINDOW };
        let fits = open.size() + size + 2 <= room;
        // A new block opens a new window when the open one is already well filled.
        let turn = block != Some(sentence.block) && open.size() * 2 > WINDOW;
        if !open.is_empty() && (!fits || turn) {
            windows.push(std::mem::take(&mut open));
        }
        block = Some(sentence.block);
        if size <= LONGEST - 2 {
            open.push(first_word, index, &words);
        } else {
            windows.extend(long_windows(first_word, index, &words));
        }
        first_word += words.len() as u32;
    }
    if !open.is_empty() {
        windows.push(open);
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_schema::Span;
    use counterclaim_text::Word;

    /// Sentences of words "a" by their lengths.
    fn sentences(lengths: &[usize]) -> (String, Vec<Sentence>) {
        let mut text = String::new();
        let mut found = Vec::new();
        for &length in lengths {
            let words: Vec<Word> = (0..length)
                .map(|_| {
                    text.push_str("a ");
                    Word { span: Span::new(text.len() - 2, text.len() - 1) }
                })
                .collect();
            let span = words[0].span.to(words[length - 1].span);
            found.push(Sentence { span, words, block: 0 });
        }
        (text, found)
    }

    #[test]
    fn a_long_report_is_read_in_windows_that_share_half() {
        let vocabulary = Vocabulary::parse("[UNK]\n[CLS]\n[SEP]\na\n").expect("special pieces");
        for lengths in [vec![20; 70], vec![3], vec![700, 5, 300], vec![250, 250, 250, 250, 9]] {
            let (text, sentences) = sentences(&lengths);
            let windows = report_windows(&vocabulary, &text, &sentences);
            let mut answered = Vec::new();
            for window in &windows {
                let (pieces, _, firsts) = window.pieces(&vocabulary);
                assert!(pieces.len() <= WHOLE);
                let keep = window.keep.clone().expect("what it answers for");
                assert!(keep.end <= firsts.len());
                answered.extend(keep.map(|word| window.first_word as usize + word));
            }
            let all: usize = lengths.iter().sum();
            assert_eq!(answered, (0..all).collect::<Vec<usize>>(), "{lengths:?}");
        }
        let (text, sentences) = sentences(&vec![20; 70]);
        let windows = report_windows(&vocabulary, &text, &sentences);
        for two in windows.windows(2) {
            let shared = two[0].first_word as usize + two[0].words.len() - two[1].first_word as usize;
            assert!((200..=256).contains(&shared), "{shared}");
        }
    }
}
