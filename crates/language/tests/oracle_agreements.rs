//! The shipped reader of agreements gives in Rust what it gave in training.

mod common;

use common::sentences;
use counterclaim_language::{Bond, Model, Naming};
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
    /// Log odds of each bond, a row for each word.
    marks: Vec<Vec<f32>>,
}

#[test]
fn the_reader_of_agreements_answers_as_in_training() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/oracle_agreements.json");
    let oracle: Oracle = serde_json::from_str(&std::fs::read_to_string(file).expect("an oracle")).expect("an oracle");
    assert_eq!(oracle.cases.len(), 8);
    let (mut apart, mut most, mut told) = (0.0f32, 0.0f32, 0);
    for case in &oracle.cases {
        let (words, sentences) = sentences(&case.text, &case.words, &case.sentence_lengths);
        let mut names = vec![Naming::None; words.len()];
        names[..3].fill(Naming::First);
        names[words.len() / 2] = Naming::Other;
        names[words.len() - 2] = Naming::Rival;
        let found = Model::embedded().read_agreement(&case.text, &sentences, &names);
        for (row, wanted) in found.words.iter().zip(&case.marks) {
            let row = row.expect("every word is read");
            for (odds, wanted) in row.iter().zip(wanted) {
                apart += (odds - wanted).abs();
                most = most.max((odds - wanted).abs());
                told += 1;
            }
        }
    }
    let mean = apart / told as f32;
    assert!(told > 500 && mean < 0.1 && most < 1.0, "{told} odds, mean {mean}, most {most}");
}

#[test]
fn a_report_without_a_name_is_read_for_any() {
    let text = "Both sides denied it.";
    let (words, sentences) = sentences(text, &[(0, 4), (5, 10), (11, 17), (18, 20), (20, 21)], &[5]);
    let found = Model::embedded().read_agreement(text, &sentences, &vec![Naming::None; words.len()]);
    assert!((0..5).all(|word| found.at(word, Bond::Past).is_some()));
    assert!(found.at(5, Bond::Past).is_none());
}

#[test]
fn a_window_far_from_the_name_knows_it() {
    let sentence = "Rebels shelled the market of Kidal .";
    let lead = "The truce and the accord began on Monday .";
    let text = std::iter::once(lead).chain(std::iter::repeat_n(sentence, 120)).collect::<Vec<_>>().join(" ");
    let mut words = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        words.push((start, start + word.len() as u32));
        start += word.len() as u32 + 1;
    }
    let lengths: Vec<usize> = std::iter::once(9).chain(std::iter::repeat_n(7, 120)).collect();
    let (spans, sentences) = sentences(&text, &words, &lengths);
    let read = |named: usize| {
        let mut names = vec![Naming::None; spans.len()];
        names[named] = Naming::First;
        Model::embedded().read_agreement(&text, &sentences, &names)
    };
    let (truce, accord) = (read(1), read(4));
    assert!(truce.words.iter().all(Option::is_some), "every word is read");
    let last = spans.len() as u32 - 6;
    let apart =
        (truce.at(last, Bond::Breach).unwrap_or_default() - accord.at(last, Bond::Breach).unwrap_or_default()).abs();
    assert!(apart > 1e-3, "the last window is read alike whatever is marked: {apart}");
}
