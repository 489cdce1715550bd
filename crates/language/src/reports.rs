//! What a report tells as a whole, read once its claims are known: which words tell terms and breaches of an agreement or people harmed,
//! and which claims exclude each other.
//!
//! A third encoder (the main encoder's word and position tables, layers of its own) sees up to 512 pieces at a time, so that a claim and what
//! answers it some paragraphs later stand in one window, and of each word what it is to a claim. `training/report_model.py` is the
//! definition.

use crate::analysis::Analysis;
use crate::encoder::{Encoder, HIDDEN, Scratch};
use crate::float::{Dense, Gelu, Rows, work};
use crate::kernel::{self, Path};
use crate::model::Model;
use crate::windows::report_windows;
use counterclaim_text::Sentence;

/// Layers.
pub const LAYERS: usize = 4;

/// Width of the heads of pairs.
pub const WIDTH: usize = 128;
/// Sentences between two claims or figures that are told apart: more count as this many.
pub const NEAR: usize = 6;
/// Log odds beyond which the heads are not believed more.
const SUREST: f32 = 8.0;

/// What a word is to the claims of its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClaimPart {
    /// Nothing.
    #[default]
    None,
    /// Of the words that name who says it.
    Source,
    /// Of the words of saying.
    Cue,
    /// The first word of what is said.
    Begin,
    /// Another word of what is said.
    Inside,
}

/// Number of [`ClaimPart`]s.
pub const PARTS: usize = 5;

/// What the words of a report may belong to, beside deeds and claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// What an agreement binds somebody to do.
    Term,
    /// A breach of an agreement.
    Breach,
    /// How an agreement holds.
    Plight,
    /// The name of an agreement.
    Agreement,
    /// A claim that contradicts an earlier one.
    Answer,
    /// A claim that a later one contradicts.
    Answered,
    /// A number of people killed.
    Killed,
    /// Of people injured.
    Injured,
    /// Of people detained or captured.
    Detained,
    /// Of people displaced.
    Displaced,
    /// Of people missing.
    Missing,
    /// The words of saying of a claim, whether or not the claim is known.
    Cue,
    /// Of those who name who says it.
    Source,
    /// Of what is said.
    Content,
}

/// Number of marks.
pub const MARKS: usize = 14;

/// What a claim does, in the order of the head (`training/report_model.py`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It asserts.
    Assert,
    /// It denies what somebody said.
    Deny,
    /// It lays something at somebody's door.
    Accuse,
    /// It confirms.
    Confirm,
    /// It asks for something.
    Appeal,
    /// It promises.
    Pledge,
    /// It declines to say.
    Decline,
    /// It orders.
    Order,
    /// It threatens.
    Threaten,
}

impl Act {
    /// All acts, in the order of the head.
    pub const ALL: [Act; ACTS] = [
        Act::Assert,
        Act::Deny,
        Act::Accuse,
        Act::Confirm,
        Act::Appeal,
        Act::Pledge,
        Act::Decline,
        Act::Order,
        Act::Threaten,
    ];
}

/// Number of acts.
pub const ACTS: usize = 9;
/// Log odds of each [`Act`].
pub type Acts = [f32; ACTS];

/// Whether a later span excludes an earlier one: sums and products of what both give, and how far apart they stand.
#[derive(Debug, Clone)]
pub struct PairHead {
    /// [128, 384] with bias.
    pub earlier: Dense,
    /// [128, 384].
    pub later: Dense,
    /// [7, 128].
    pub distance: Vec<f32>,
    /// [128, 384].
    pub product_earlier: Dense,
    /// [128, 384].
    pub product_later: Dense,
    /// [1, 128] with bias.
    pub out: Dense,
}

/// The encoder of reports and its heads.
#[derive(Debug, Clone)]
pub struct ReportHeads {
    /// Over the main encoder's word table.
    pub encoder: Encoder,
    /// [5, 384]: what is added for each [`ClaimPart`].
    pub parts: Vec<f32>,
    /// [14, 384].
    pub marks: Dense,
    /// [9, 384].
    pub acts: Dense,
    /// Of claims.
    pub answers: PairHead,
    /// Of numbers of people harmed.
    pub figures: PairHead,
}

/// A second encoder of whole reports, which knows what excludes what and nothing else (decision 0034).
#[derive(Debug, Clone)]
pub struct AnswerReader {
    /// Over the main encoder's word table.
    pub encoder: Encoder,
    /// [5, 384]: what is added for each [`ClaimPart`].
    pub parts: Vec<f32>,
    /// Of claims.
    pub answers: PairHead,
    /// Of numbers of people harmed.
    pub figures: PairHead,
}

/// The words of a report as the encoder of reports sees them; empty where it has not read them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retold {
    /// Hidden states, [`HIDDEN`] numbers a word.
    pub vectors: Vec<f32>,
    /// Log odds of each [`Mark`], one row a word.
    pub marks: Vec<[f32; MARKS]>,
}

impl Retold {
    /// Log odds of a mark at a word; 0 where the report was not read so.
    pub fn mark(&self, word: u32, mark: Mark) -> f32 {
        self.marks.get(word as usize).map_or(0.0, |marks| marks[mark as usize].clamp(-SUREST, SUREST))
    }
}

/// Mean of the hidden states of some words.
fn mean(vectors: &[f32], words: &[u32]) -> Vec<f32> {
    let mut mean = vec![0f32; HIDDEN];
    for &word in words {
        let vector = vectors.get(word as usize * HIDDEN..).and_then(|rest| rest.get(..HIDDEN)).unwrap_or_default();
        mean.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value / words.len() as f32);
    }
    mean
}

/// What spans of a report give to a [`PairHead`].
#[derive(Debug)]
pub struct Pairs<'m> {
    head: &'m PairHead,
    earlier: Rows,
    later: Rows,
    product_earlier: Rows,
    product_later: Rows,
    told: bool,
}

impl Model {
    /// Reads a report again as a whole: `parts` says of each word what it is to a claim. Writes `analysis.retold`.
    pub fn reread(&self, text: &str, sentences: &[Sentence], parts: &[ClaimPart], analysis: &mut Analysis) {
        let heads = &self.reports;
        let vectors = self.whole(&heads.encoder, &heads.parts, text, sentences, parts);
        let marks = heads.marks.apply(*kernel::CHOSEN, &vectors);
        let count = vectors.len() / HIDDEN;
        let marks = (0..count).map(|word| std::array::from_fn(|mark| marks.row(word)[mark])).collect();
        analysis.retold = Retold { vectors, marks };
    }

    /// Reads a report once more for what excludes what alone, for [`Model::second_claim_pairs`].
    pub fn reread_for_answers(&self, text: &str, sentences: &[Sentence], parts: &[ClaimPart]) -> Vec<f32> {
        self.whole(&self.answers.encoder, &self.answers.parts, text, sentences, parts)
    }

    /// Hidden states of the words of a report, [`HIDDEN`] numbers each; `parts` has one entry a word.
    fn whole(
        &self,
        encoder: &Encoder,
        table: &[f32],
        text: &str,
        sentences: &[Sentence],
        parts: &[ClaimPart],
    ) -> Vec<f32> {
        let path = *kernel::CHOSEN;
        let mut vectors = vec![0f32; parts.len() * HIDDEN];
        let mut scratch = Scratch::default();
        for window in report_windows(&self.vocabulary, text, sentences) {
            let (pieces, shapes, firsts) = window.pieces(&self.vocabulary);
            let first_word = window.first_word as usize;
            let mut added = vec![ClaimPart::None as u8; pieces.len()];
            for (word, &first) in firsts.iter().enumerate() {
                let end = firsts.get(word + 1).copied().unwrap_or(pieces.len() - 1);
                let part = parts.get(first_word + word).copied().unwrap_or_default();
                added[first..end].fill(part as u8);
                if part == ClaimPart::Begin {
                    added[first + 1..end].fill(ClaimPart::Inside as u8);
                }
            }
            let hidden = encoder.encode_with(path, &pieces, &shapes, Some((table, &added)), &mut scratch);
            for word in window.keep.unwrap_or(0..firsts.len()) {
                let vector = &hidden[firsts[word] * HIDDEN..][..HIDDEN];
                vectors[(first_word + word) * HIDDEN..][..HIDDEN].copy_from_slice(vector);
            }
        }
        vectors
    }

    /// Prepares the claims of a report for [`Pairs::log_odds`], each given by the words of its cue and content.
    pub fn claim_pairs(&self, analysis: &Analysis, claims: &[Vec<u32>]) -> Pairs<'_> {
        self.reports.answers.prepare(&analysis.retold.vectors, claims)
    }

    /// The same by the second encoder, whose hidden states `vectors` are.
    pub fn second_claim_pairs(&self, vectors: &[f32], claims: &[Vec<u32>]) -> Pairs<'_> {
        self.answers.answers.prepare(vectors, claims)
    }

    /// The same of figures, each given by the words of its number.
    pub fn figure_pairs(&self, analysis: &Analysis, figures: &[Vec<u32>]) -> Pairs<'_> {
        self.reports.figures.prepare(&analysis.retold.vectors, figures)
    }

    /// The same by the second encoder.
    pub fn second_figure_pairs(&self, vectors: &[f32], figures: &[Vec<u32>]) -> Pairs<'_> {
        self.answers.figures.prepare(vectors, figures)
    }

    /// Log odds of each [`Act`] of a claim, given by the words of its cue and content; none where the report was not read as a whole.
    pub fn claim_acts(&self, analysis: &Analysis, claim: &[u32]) -> Option<Acts> {
        if analysis.retold.marks.is_empty() || claim.is_empty() {
            return None;
        }
        let scores = self.reports.acts.apply(*kernel::CHOSEN, &mean(&analysis.retold.vectors, claim));
        Some(std::array::from_fn(|act| scores.row(0)[act]))
    }
}

impl PairHead {
    fn prepare(&self, vectors: &[f32], spans: &[Vec<u32>]) -> Pairs<'_> {
        let means: Vec<f32> = spans.iter().flat_map(|words| mean(vectors, words)).collect();
        let path: Path = *kernel::CHOSEN;
        Pairs {
            head: self,
            earlier: self.earlier.apply(path, &means),
            later: self.later.apply(path, &means),
            product_earlier: self.product_earlier.apply(path, &means),
            product_later: self.product_later.apply(path, &means),
            told: !vectors.is_empty(),
        }
    }
}

impl Pairs<'_> {
    /// Log odds of a later span excluding an earlier one that stands so many sentences before; 0 where the report was not read as a whole.
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
