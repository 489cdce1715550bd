//! The shipped encoder of reports gives in Rust what it gave in training.

mod common;

use common::sentences;
use counterclaim_language::{ClaimPart, Mark, Model};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Oracle {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    words: Vec<(u32, u32)>,
    sentence_lengths: Vec<usize>,
    /// Log odds of each mark of each word.
    marks: Vec<[f32; 14]>,
    /// Log odds of what the first half of the words does.
    acts: [f32; 9],
    /// Log odds of the second half contradicting the first, a sentence apart, as claims and as figures.
    answer: f32,
    figure: f32,
}

const MARKS: [Mark; 14] = [
    Mark::Term,
    Mark::Breach,
    Mark::Plight,
    Mark::Agreement,
    Mark::Answer,
    Mark::Answered,
    Mark::Killed,
    Mark::Injured,
    Mark::Detained,
    Mark::Displaced,
    Mark::Missing,
    Mark::Cue,
    Mark::Source,
    Mark::Content,
];

#[test]
fn the_encoder_of_reports_answers_as_in_training() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/oracle_reports.json");
    let oracle: Oracle = serde_json::from_str(&std::fs::read_to_string(file).expect("an oracle")).expect("an oracle");
    assert_eq!(oracle.cases.len(), 8);
    let (mut all, mut marks, mut acts, mut pairs) = (0usize, 0.0f32, 0.0f32, 0.0f32);
    for case in &oracle.cases {
        let (words, sentences) = sentences(&case.text, &case.words, &case.sentence_lengths);
        let model = Model::embedded();
        let mut analysis = model.analyze(&case.text, &sentences);
        let half = words.len() / 2;
        let mut parts = vec![ClaimPart::None; words.len()];
        parts[..half].fill(ClaimPart::Inside);
        parts[..3].copy_from_slice(&[ClaimPart::Source, ClaimPart::Cue, ClaimPart::Begin]);
        model.reread(&case.text, &sentences, &parts, &mut analysis);
        for (word, told) in case.marks.iter().enumerate() {
            all += 1;
            let found = MARKS.map(|mark| analysis.retold.mark(word as u32, mark));
            marks +=
                found.iter().zip(told).map(|(one, other)| (one - other.clamp(-8.0, 8.0)).abs()).sum::<f32>() / 11.0;
        }
        let half = half as u32;
        let spans = [(1..half).collect::<Vec<u32>>(), (half..words.len() as u32).collect()];
        pairs += (model.claim_pairs(&analysis, &spans).log_odds(0, 1, 1) - case.answer).abs();
        pairs += (model.figure_pairs(&analysis, &spans).log_odds(0, 1, 1) - case.figure).abs();
        let found = model.claim_acts(&analysis, &spans[0]).expect("acts");
        acts += found.iter().zip(&case.acts).map(|(one, other)| (one - other).abs()).sum::<f32>() / 9.0;
    }
    assert!(marks / (all as f32) < 0.3, "mean difference of marks {}", marks / all as f32);
    assert!(acts / 8.0 < 0.3, "mean difference of acts {}", acts / 8.0);
    assert!(pairs / 16.0 < 0.5, "mean difference of pairs {}", pairs / 16.0);
}
