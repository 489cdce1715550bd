//! The second reading of a report, by the encoder that knows what excludes what and nothing else.

use counterclaim_claims::Reading;
use counterclaim_language::Pairs;
use std::cell::OnceCell;

/// Words of a report below which it is not read again: this encoder learnt from reports of 230 words and more, and is all too sure of a few sentences.
const SHORTEST: usize = 120;

/// Made when it is first asked for: most reports hold no two claims that could exclude each other.
pub(super) struct Second<'r> {
    reading: &'r Reading<'r>,
    vectors: OnceCell<Vec<f32>>,
}

impl<'r> Second<'r> {
    pub(super) fn new(reading: &'r Reading<'r>) -> Second<'r> {
        Second { reading, vectors: OnceCell::new() }
    }

    /// Whether the report is read again at all.
    pub(super) fn is_read(&self) -> bool {
        !self.reading.analysis.retold.marks.is_empty() && self.reading.analysis.words.len() >= SHORTEST
    }

    /// Hidden states; none where the report is not read again.
    fn vectors(&self) -> &[f32] {
        self.vectors.get_or_init(|| {
            let reading = self.reading;
            if !self.is_read() {
                return Vec::new();
            }
            reading.model.reread_for_answers(&reading.document.text, &reading.sentences, &reading.claim_parts())
        })
    }

    /// Claims by the words of their cues and contents; as the first encoder sees them where the report is not read again.
    pub(super) fn claims(&self, claims: &[Vec<u32>]) -> Pairs<'r> {
        match self.vectors() {
            [] => self.reading.model.claim_pairs(&self.reading.analysis, claims),
            vectors => self.reading.model.second_claim_pairs(vectors, claims),
        }
    }

    /// Figures by the words of their numbers, in the same way.
    pub(super) fn figures(&self, figures: &[Vec<u32>]) -> Pairs<'r> {
        match self.vectors() {
            [] => self.reading.model.figure_pairs(&self.reading.analysis, figures),
            vectors => self.reading.model.second_figure_pairs(vectors, figures),
        }
    }
}
