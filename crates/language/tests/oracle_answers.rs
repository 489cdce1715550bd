//! The shipped encoder of answers gives in Rust what it gave in training.

mod common;

use common::sentences;
use counterclaim_language::{ClaimPart, Model};
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
    /// Log odds of the second half of the words contradicting the first, as claims and as figures, 0 to 7 sentences apart.
    claims: [f32; 8],
    figures: [f32; 8],
}

#[test]
fn the_encoder_of_answers_answers_as_in_training() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/oracle_answers.json");
    let oracle: Oracle = serde_json::from_str(&std::fs::read_to_string(file).expect("an oracle")).expect("an oracle");
    assert_eq!(oracle.cases.len(), 8);
    let (mut apart, mut spread) = (0.0f32, 0.0f32);
    for case in &oracle.cases {
        let (words, sentences) = sentences(&case.text, &case.words, &case.sentence_lengths);
        let model = Model::embedded();
        let half = words.len() / 2;
        let mut parts = vec![ClaimPart::None; words.len()];
        parts[..half].fill(ClaimPart::Inside);
        parts[..3].copy_from_slice(&[ClaimPart::Source, ClaimPart::Cue, ClaimPart::Begin]);
        let vectors = model.reread_for_answers(&case.text, &sentences, &parts);
        let half = half as u32;
        let spans = [(1..half).collect::<Vec<u32>>(), (half..words.len() as u32).collect()];
        let pairs = [model.second_claim_pairs(&vectors, &spans), model.second_figure_pairs(&vectors, &spans)];
        for (pairs, told) in pairs.iter().zip([&case.claims, &case.figures]) {
            for (distance, told) in told.iter().enumerate() {
                apart += (pairs.log_odds(0, 1, distance) - told).abs() / 128.0;
            }
            spread += told[0].abs();
        }
    }
    assert!(apart < 0.5 && spread > 1.0, "mean difference {apart}");
}

#[test]
fn what_was_not_read_is_not_held_to_be_an_answer() {
    let model = Model::embedded();
    let pairs = model.second_claim_pairs(&[], &[vec![0], vec![1]]);
    assert_eq!(pairs.log_odds(0, 1, 1), 0.0);
}
