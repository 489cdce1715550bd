//! Whether a later claim contradicts an earlier one, from the word vectors of both (`training/event_model.py`, `Answers`).

use crate::analysis::Analysis;
use crate::encoder::HIDDEN;
use crate::events::WIDE;
use crate::float::{Dense, Gelu, Rows, work};
use crate::kernel;
use crate::model::Model;

/// Width of the head.
pub const WIDTH: usize = 128;
/// Sentences between two claims that are told apart: more count as this many.
pub const NEAR: usize = 6;

/// The head: sums and products of what two claims give to it, and how far apart they stand.
#[derive(Debug, Clone)]
pub struct AnswerHead {
    /// [128, 768] with bias.
    pub earlier: Dense,
    /// [128, 768].
    pub later: Dense,
    /// [7, 128].
    pub distance: Vec<f32>,
    /// [128, 768].
    pub product_earlier: Dense,
    /// [128, 768].
    pub product_later: Dense,
    /// [1, 128] with bias.
    pub out: Dense,
}

/// What the claims of a report give to the head.
#[derive(Debug)]
pub struct ClaimAnswers<'m> {
    head: &'m AnswerHead,
    earlier: Rows,
    later: Rows,
    product_earlier: Rows,
    product_later: Rows,
    told: bool,
}

impl Model {
    /// Prepares the claims of a report, each given by the words of its cue and content.
    pub fn claim_answers(&self, analysis: &Analysis, claims: &[Vec<u32>]) -> ClaimAnswers<'_> {
        let head = &self.events.answers;
        let mut means = vec![0f32; claims.len() * WIDE];
        for (words, mean) in claims.iter().zip(means.chunks_exact_mut(WIDE)) {
            for &word in words {
                let both = analysis.vector(word).iter().chain(analysis.side_vector(word));
                mean.iter_mut().zip(both).for_each(|(sum, value)| *sum += value / words.len() as f32);
            }
        }
        let path = *kernel::CHOSEN;
        ClaimAnswers {
            head,
            earlier: head.earlier.apply(path, &means),
            later: head.later.apply(path, &means),
            product_earlier: head.product_earlier.apply(path, &means),
            product_later: head.product_later.apply(path, &means),
            told: analysis.vectors.len() == analysis.words.len() * HIDDEN
                && analysis.side.len() == analysis.vectors.len(),
        }
    }
}

impl ClaimAnswers<'_> {
    /// Log odds of a later claim contradicting an earlier one that stands so many sentences before; 0 where the words have no vectors.
    pub fn log_odds(&self, earlier: usize, later: usize, apart: usize) -> f32 {
        if !self.told {
            return 0.0;
        }
        let distance = &self.head.distance[apart.min(NEAR) * WIDTH..][..WIDTH];
        let mut seen: Vec<f32> = (0..WIDTH)
            .map(|at| {
                let product = self.product_earlier.row(earlier)[at] * self.product_later.row(later)[at];
                self.earlier.row(earlier)[at] + self.later.row(later)[at] + distance[at] + product
            })
            .collect();
        let path = *kernel::CHOSEN;
        work(path, Gelu(&mut seen));
        self.head.out.apply(path, &seen).row(0)[0]
    }
}
