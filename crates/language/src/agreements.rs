//! A report read again with the names of one agreement marked: what every word is to that agreement.
//!
//! The encoder of reports marks breaches, terms and words on how an agreement fares, but not of which; here a pass for each agreement tells that
//! (decision 0033). `training/agreement_model.py` is the definition.

use crate::encoder::{Encoder, HIDDEN, Scratch};
use crate::float::Dense;
use crate::kernel;
use crate::model::Model;
use crate::windows::{pieces_of, report_windows, report_windows_beside};
use counterclaim_text::Sentence;

/// Layers.
pub const LAYERS: usize = 4;

/// What a word is to the agreement that is asked of, in the order of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Naming {
    /// Nothing.
    #[default]
    None,
    /// Of the words that name it best.
    First,
    /// Of another name of it.
    Other,
    /// Of the name of another agreement.
    Rival,
}

/// Number of [`Naming`]s.
pub const NAMINGS: usize = 4;

/// What a word tells of the agreement that is asked of, in the order of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// A breach of it.
    Breach,
    /// A term.
    Term,
    /// How it fares or fared.
    Fate,
    /// Its name.
    Name,
    /// The name of some agreement of now, where none is asked of.
    Now,
    /// The name of some agreement of the past, where none is asked of.
    Past,
}

/// Number of [`Bond`]s.
pub const BONDS: usize = 6;

/// The encoder of agreements and its head.
#[derive(Debug, Clone)]
pub struct AgreementReader {
    /// Over the main encoder's word table.
    pub encoder: Encoder,
    /// [4, 384]: what is added for each [`Naming`].
    pub names: Vec<f32>,
    /// [6, 384] with bias.
    pub marks: Dense,
}

/// What the words of a report tell of an agreement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bonds {
    /// With which names the report was read.
    pub names: Vec<Naming>,
    /// Log odds of each [`Bond`], one row a word; none for a word that no window with a name of the agreement holds.
    pub words: Vec<Option<[f32; BONDS]>>,
}

impl Bonds {
    /// Log odds at a word; none where it was not read.
    pub fn at(&self, word: u32, bond: Bond) -> Option<f32> {
        self.words.get(word as usize)?.as_ref().map(|odds| odds[bond as usize])
    }
}

impl Model {
    /// Reads a report with the names of an agreement marked, `names` by word; with no name at all it looks for names of any. A window that does not
    /// hold the sentence with the best name has it before its own.
    pub fn read_agreement(&self, text: &str, sentences: &[Sentence], names: &[Naming]) -> Bonds {
        let path = *kernel::CHOSEN;
        let reader = &self.agreements;
        let mut words = vec![None; names.len()];
        let mut scratch = Scratch::default();
        let mut windows = report_windows(&self.vocabulary, text, sentences);
        let best = names.iter().position(|name| *name == Naming::First).filter(|_| windows.len() > 1);
        let told = best.and_then(|word| self.sentence_of(text, sentences, word));
        if let Some((_, told)) = &told {
            let room = told.iter().map(|(pieces, _)| pieces.len()).sum();
            windows = report_windows_beside(&self.vocabulary, text, sentences, room);
        }
        for window in windows {
            let (first_word, count) = (window.first_word as usize, window.words.len());
            let keep = window.keep.clone().unwrap_or(0..count);
            let naming = |word: usize| names.get(word).copied().unwrap_or_default();
            let mut inside: Vec<Naming> = (first_word..first_word + count).map(naming).collect();
            let mut whole = window;
            let mut shift = 0;
            if let Some((start, told)) = told.as_ref().filter(|_| !inside.contains(&Naming::First)) {
                shift = told.len();
                whole.words.splice(0..0, told.iter().cloned());
                inside.splice(0..0, (*start..start + shift).map(naming));
            }
            let (pieces, shapes, firsts) = whole.pieces(&self.vocabulary);
            let mut added = vec![Naming::None as u8; pieces.len()];
            for (word, &first) in firsts.iter().enumerate() {
                let end = firsts.get(word + 1).copied().unwrap_or(pieces.len() - 1);
                added[first..end].fill(inside[word] as u8);
            }
            let hidden =
                reader.encoder.encode_with(path, &pieces, &shapes, Some((&reader.names, &added)), &mut scratch);
            let vectors: Vec<f32> = keep
                .clone()
                .flat_map(|word| hidden[firsts[shift + word] * HIDDEN..][..HIDDEN].iter().copied())
                .collect();
            let marks = reader.marks.apply(path, &vectors);
            for (row, word) in keep.enumerate() {
                if let Some(place) = words.get_mut(first_word + word) {
                    *place = Some(std::array::from_fn(|bond| marks.row(row)[bond]));
                }
            }
        }
        Bonds { names: names.to_vec(), words }
    }

    /// The words of the sentence that holds a word, as pieces with their shapes, from its first one on; a long one is cut behind it.
    fn sentence_of(&self, text: &str, sentences: &[Sentence], word: usize) -> Option<(usize, Vec<(Vec<u32>, u8)>)> {
        /// Pieces at most.
        const LONGEST: usize = 120;
        let mut start = 0;
        for sentence in sentences {
            let end = start + sentence.words.len();
            if word < end {
                let pieces = pieces_of(&self.vocabulary, text, sentence);
                let size = |from: usize| pieces[from..].iter().map(|(row, _)| row.len()).sum::<usize>();
                // What stands before a name that comes late is left out.
                let from = (0..=word - start).find(|&from| size(from) <= LONGEST).unwrap_or(word - start);
                let mut taken = 0;
                let fits = |(row, _): &&(Vec<u32>, u8)| {
                    taken += row.len();
                    taken <= LONGEST
                };
                return Some((start + from, pieces[from..].iter().take_while(fits).cloned().collect()));
            }
            start = end;
        }
        None
    }
}
