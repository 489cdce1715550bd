//! How near words are in meaning: the rows of the encoder's table of words, before any context.

use crate::encoder::HIDDEN;
use crate::model::Model;

/// Directions of words, turned so that the mean of all words is nought: raw rows share one direction and seem all alike.
#[derive(Debug)]
pub struct Meanings<'m> {
    model: &'m Model,
    mean: Vec<f32>,
}

/// Pieces of the vocabulary before this one are unused or single characters.
const FIRST_WORD: usize = 1000;

impl<'m> Meanings<'m> {
    /// The words of a model.
    pub fn new(model: &'m Model) -> Meanings<'m> {
        let mut mean = vec![0.0; HIDDEN];
        let rows = model.encoder.word_scale.len();
        for piece in FIRST_WORD..rows {
            for (sum, value) in mean.iter_mut().zip(row(model, piece)) {
                *sum += value;
            }
        }
        mean.iter_mut().for_each(|sum| *sum /= (rows - FIRST_WORD) as f32);
        Meanings { model, mean }
    }

    /// The direction of a word, of length one; none for a word that the vocabulary does not hold as one piece.
    pub fn word(&self, word: &str) -> Option<Vec<f32>> {
        let mut pieces = Vec::new();
        self.model.vocabulary.word(word, &mut pieces);
        let [piece] = pieces[..] else { return None };
        if (piece as usize) < FIRST_WORD {
            return None;
        }
        let centered: Vec<f32> =
            row(self.model, piece as usize).zip(&self.mean).map(|(value, mean)| value - mean).collect();
        let length = cosine(&centered, &centered).sqrt();
        Some(centered.into_iter().map(|value| value / length.max(1e-9)).collect())
    }
}

fn row(model: &Model, piece: usize) -> impl Iterator<Item = f32> {
    let scale = model.encoder.word_scale[piece];
    model.encoder.word[piece * HIDDEN..][..HIDDEN].iter().map(move |&value| f32::from(value) * scale)
}

/// The cosine of two directions of length one; one order of summing on every machine.
pub fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).fold(0.0, |sum, (x, y)| sum + x * y)
}
