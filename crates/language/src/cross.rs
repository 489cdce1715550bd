//! Two spans of a report laid side by side and read in one window (a cross-encoder): whether two claims or two figures exclude each other, whether
//! a deed breaks an agreement.
//!
//! The encoder of reports compares finished vectors of two spans; here the words of the one see those of the other in every layer, which tells
//! breaches better (decision 0030) and costs a pass for each pair. `training/pair_model.py` is the definition.

use crate::encoder::{Encoder, HIDDEN, Scratch};
use crate::float::{Dense, Gelu, work};
use crate::kernel;
use crate::model::Model;
use crate::reports::{ClaimPart, PARTS};
use crate::windows::pieces_of;
use crate::wordpiece::{CONTINUATION, SHAPE_SPECIAL};
use counterclaim_text::Sentence;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Layers.
pub const LAYERS: usize = 4;
/// Width of the head.
pub const WIDTH: usize = 128;
/// Sentences between the two spans that are told apart: more count as this many.
pub const NEAR: usize = 7;
/// Pieces of one side.
const OWN: usize = 56;
/// Pieces up to which what stands before a side is added to it.
const CONTEXT: usize = 40;

/// What is asked of two spans, in the order of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether two claims exclude each other.
    Claims,
    /// Whether two figures of harm do.
    Figures,
    /// Whether a deed breaks an agreement, whose name is the first span.
    Breach,
}

/// Number of [`Question`]s.
pub const QUESTIONS: usize = 3;

/// The words of a span and of those who tell it, each with what it is to the claim.
pub type Side = BTreeMap<u32, ClaimPart>;

/// The cross-encoder and its head.
#[derive(Debug, Clone)]
pub struct CrossReader {
    /// Over the main encoder's word table.
    pub encoder: Encoder,
    /// [10, 384]: what is added for each [`ClaimPart`] of the first and of the second side.
    pub parts: Vec<f32>,
    /// [128, 384] with bias: of the window.
    pub whole: Dense,
    /// [128, 384]: of what the first side tells.
    pub first: Dense,
    /// [128, 384]: of what the second side tells.
    pub second: Dense,
    /// [8, 128].
    pub apart: Vec<f32>,
    /// [3, 128] with bias.
    pub out: Dense,
}

/// The words of a report as windows of pairs take them.
struct Words {
    pieces: Vec<(Vec<u32>, u8)>,
    sentence: Vec<usize>,
}

/// A side laid out: its words in the order of the text.
fn lay(words: &Words, marked: &Side) -> Vec<u32> {
    let mut size = 0;
    let mut kept: BTreeSet<u32> = BTreeSet::new();
    let mut take = |word: u32, most: usize, kept: &mut BTreeSet<u32>| {
        let length = words.pieces[word as usize].0.len();
        let fits = size + length <= most;
        if fits {
            size += length;
            kept.insert(word);
        }
        fits
    };
    let told = |part: ClaimPart| matches!(part, ClaimPart::Begin | ClaimPart::Inside);
    // Who says it and the words of saying go first: what is said may be long.
    'own: for late in [false, true] {
        for (&word, _) in marked.iter().filter(|(_, part)| told(**part) == late) {
            if !take(word, OWN, &mut kept) {
                break 'own;
            }
        }
    }
    let own: Vec<u32> = kept.iter().copied().collect();
    let (Some(&first), Some(&last)) = (own.first(), own.last()) else { return own };
    let held: BTreeSet<usize> = own.iter().map(|&word| words.sentence[word as usize]).collect();
    let (mut low, mut high) = (first, last);
    while low > 0 && held.contains(&words.sentence[low as usize - 1]) {
        low -= 1;
    }
    while words.sentence.get(high as usize + 1).is_some_and(|sentence| held.contains(sentence)) {
        high += 1;
    }
    let distance = |word: u32| own.iter().map(|&known| known.abs_diff(word)).min().unwrap_or(0);
    let mut around: Vec<u32> = (low..=high).filter(|word| !kept.contains(word)).collect();
    around.sort_by_key(|&word| (distance(word), word));
    let whole = around.into_iter().all(|word| take(word, OWN, &mut kept));
    if whole {
        while low > 0 && take(low - 1, CONTEXT, &mut kept) {
            low -= 1;
        }
    }
    kept.into_iter().collect()
}

impl Model {
    /// Log odds of each question; `asked` gives what is asked, and the earlier and the later span. A span without words has none.
    pub fn cross(&self, text: &str, sentences: &[Sentence], asked: &[(Question, &Side, &Side)]) -> Vec<Option<f32>> {
        if asked.is_empty() {
            return Vec::new();
        }
        let mut words = Words { pieces: Vec::new(), sentence: Vec::new() };
        for (number, sentence) in sentences.iter().enumerate() {
            let pieces = pieces_of(&self.vocabulary, text, sentence);
            words.sentence.extend(std::iter::repeat_n(number, pieces.len()));
            words.pieces.extend(pieces);
        }
        asked
            .par_iter()
            .map_init(Scratch::default, |scratch, &(question, one, other)| {
                self.cross_one(&words, question, [one, other], scratch)
            })
            .collect()
    }

    fn cross_one(&self, words: &Words, question: Question, sides: [&Side; 2], scratch: &mut Scratch) -> Option<f32> {
        let path = *kernel::CHOSEN;
        let reader = &self.cross;
        let (mut pieces, mut shapes, mut parts) = (vec![self.vocabulary.cls], vec![SHAPE_SPECIAL], vec![0u8]);
        let mut told: [Vec<usize>; 2] = Default::default();
        for (number, side) in sides.into_iter().enumerate() {
            let shift = (number * PARTS) as u8;
            let laid = lay(words, side);
            if laid.is_empty() {
                return None;
            }
            for word in laid {
                let part = side.get(&word).copied().unwrap_or_default();
                let (rows, shape) = &words.pieces[word as usize];
                if matches!(part, ClaimPart::Begin | ClaimPart::Inside) {
                    told[number].extend(pieces.len()..pieces.len() + rows.len());
                }
                for (index, &piece) in rows.iter().enumerate() {
                    pieces.push(piece);
                    shapes.push(if index == 0 { *shape } else { *shape + CONTINUATION });
                    let here = if index > 0 && part == ClaimPart::Begin { ClaimPart::Inside } else { part };
                    parts.push(shift + here as u8);
                }
            }
            pieces.push(self.vocabulary.sep);
            shapes.push(SHAPE_SPECIAL);
            parts.push(shift);
        }
        let hidden = reader.encoder.encode_with(path, &pieces, &shapes, Some((&reader.parts, &parts)), scratch);
        let mean = |rows: &[usize]| {
            let rows = if rows.is_empty() { &[0][..] } else { rows };
            let mut mean = vec![0f32; HIDDEN];
            for &row in rows {
                let vector = &hidden[row * HIDDEN..][..HIDDEN];
                mean.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value / rows.len() as f32);
            }
            mean
        };
        let sentence = |side: &Side| side.keys().next().map_or(0, |&word| words.sentence[word as usize]);
        let apart = sentence(sides[0]).abs_diff(sentence(sides[1])).min(NEAR);
        let whole = reader.whole.apply(path, &hidden[..HIDDEN]);
        let (first, second) = (reader.first.apply(path, &mean(&told[0])), reader.second.apply(path, &mean(&told[1])));
        let mut seen: Vec<f32> = (0..WIDTH)
            .map(|at| whole.row(0)[at] + first.row(0)[at] + second.row(0)[at] + reader.apart[apart * WIDTH + at])
            .collect();
        work(path, Gelu(&mut seen));
        Some(reader.out.apply(path, &seen).row(0)[question as usize])
    }
}
