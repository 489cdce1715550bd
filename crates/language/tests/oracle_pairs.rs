//! The shipped reader of pairs gives in Rust what it gave in training.

mod common;

use common::sentences;
use counterclaim_language::{ClaimPart, Model, Question, Side};
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
    /// Log odds of each question about the first half of the words and the last five.
    claims: f32,
    figures: f32,
    breaches: f32,
}

#[test]
fn the_reader_of_pairs_answers_as_in_training() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/oracle_pairs.json");
    let oracle: Oracle = serde_json::from_str(&std::fs::read_to_string(file).expect("an oracle")).expect("an oracle");
    assert_eq!(oracle.cases.len(), 8);
    let (mut apart, mut most) = (0.0f32, 0.0f32);
    for case in &oracle.cases {
        let (words, sentences) = sentences(&case.text, &case.words, &case.sentence_lengths);
        let count = words.len() as u32;
        let side = |from: u32, to: u32, parts: &[ClaimPart]| -> Side {
            let told = parts.iter().copied().chain(std::iter::repeat(ClaimPart::Inside));
            (from..to).zip(told).collect()
        };
        let one = side(0, count / 2, &[ClaimPart::Source, ClaimPart::Cue, ClaimPart::Begin]);
        let other = side(count - 5, count, &[ClaimPart::Cue, ClaimPart::Begin]);
        let asked = [Question::Claims, Question::Figures, Question::Breach].map(|question| (question, &one, &other));
        let found = Model::embedded().cross(&case.text, &sentences, &asked);
        for (odds, told) in found.iter().zip([case.claims, case.figures, case.breaches]) {
            let odds = odds.expect("both sides have words");
            apart += (odds - told).abs();
            most = most.max((odds - told).abs());
        }
    }
    let mean = apart / 24.0;
    assert!(mean < 0.06 && most < 0.4, "mean {mean}, most {most}");
}

#[test]
fn nothing_is_asked_of_a_side_without_words() {
    let text = "Both sides denied it.";
    let (_, sentences) = sentences(text, &[(0, 4), (5, 10), (11, 17), (18, 20), (20, 21)], &[5]);
    let (empty, full) = (Side::new(), Side::from([(1, ClaimPart::Begin)]));
    let asked = [(Question::Claims, &empty, &full), (Question::Claims, &full, &full)];
    let found = Model::embedded().cross(text, &sentences, &asked);
    assert!(found[0].is_none() && found[1].is_some());
}
