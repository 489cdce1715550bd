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

/// Cuts sentences into windows of whole sentences, a long sentence into overlapping ones.
pub fn windows(vocabulary: &Vocabulary, text: &str, sentences: &[Sentence]) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut open = Window::default();
    let mut block = None;
    let mut first_word = 0u32;
    for (index, sentence) in sentences.iter().enumerate() {
        let forms: Vec<&str> = sentence.words.iter().map(|word| word.span.of(text)).collect();
        let shapes = sentence_shapes(&forms);
        let words: Vec<(Vec<u32>, u8)> = forms
            .iter()
            .zip(shapes)
            .map(|(form, shape)| {
                let mut pieces = Vec::new();
                vocabulary.word(form, &mut pieces);
                pieces.truncate(LONGEST - 2);
                (pieces, shape)
            })
            .collect();
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
