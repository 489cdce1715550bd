//! The shipped weights give in Rust what they gave in training.

mod common;

use counterclaim_language::{Model, kernel};
use counterclaim_schema::{CodePoints, Span};
use counterclaim_text::Sentence;
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
    pieces: Vec<u32>,
    shapes: Vec<u8>,
    vectors: std::collections::BTreeMap<String, Vec<f32>>,
    first_piece: Vec<usize>,
    upos: Vec<String>,
    heads: Vec<Vec<usize>>,
    deprels: Vec<String>,
    attributions: Vec<std::collections::BTreeMap<String, Vec<(usize, usize)>>>,
    mentions: Vec<(usize, usize, String)>,
}

fn oracle() -> Oracle {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/oracle.json");
    serde_json::from_str(&std::fs::read_to_string(folder).expect("models/oracle.json")).expect("an oracle")
}

fn sentences(case: &Case) -> Vec<Sentence> {
    common::sentences(&case.text, &case.words, &case.sentence_lengths).1
}

#[test]
fn the_files_carry_the_hashes_of_their_manifest() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    Model::open(&folder).expect("the committed model opens");
}

#[test]
fn hidden_states_are_near_those_of_training() {
    let model = Model::embedded();
    for case in oracle().cases {
        let hidden = model.encode(kernel::Path::Scalar, &case.pieces, &case.shapes, &mut Default::default());
        for (word, expected) in &case.vectors {
            let first = case.first_piece[word.parse::<usize>().expect("a number")];
            let found = &hidden[first * 384..first * 384 + expected.len()];
            let dot: f32 = found.iter().zip(expected).map(|(a, b)| a * b).sum();
            let norm = |values: &[f32]| values.iter().map(|value| value * value).sum::<f32>().sqrt();
            let cosine = dot / (norm(found) * norm(expected));
            assert!(cosine > 0.985, "{:?} word {word}: cosine {cosine}", case.text);
        }
    }
}

#[test]
fn labels_are_those_of_training() {
    let model = Model::embedded();
    let (mut right, mut all) = (0, 0);
    let mut count = |same: bool| {
        all += 1;
        right += usize::from(same);
    };
    for case in oracle().cases {
        let sentences = sentences(&case);
        let analysis = model.analyze(&case.text, &sentences);
        assert_eq!(analysis.words.len(), case.words.len());
        let flat_heads: Vec<usize> = case.heads.concat();
        let mut at = 0;
        for range in &analysis.sentences {
            for word in range.clone() {
                let row = &analysis.words[word as usize];
                let head = row.head.map_or(0, |head| (head - range.start) as usize + 1);
                count(row.upos.as_str() == case.upos[at]);
                count(head == flat_heads[at]);
                count(row.deprel.as_str() == case.deprels[at] || head != flat_heads[at]);
                at += 1;
            }
        }
        let span_of = |start: usize, end: usize| -> Span {
            let index = CodePoints::new(&case.text);
            index.byte_span(case.words[start].0, case.words[end - 1].1)
        };
        for expected in &case.attributions {
            for (role, pieces) in expected {
                for &(start, end) in pieces {
                    let span = span_of(start, end);
                    let found = analysis.attributions.iter().any(|attribution| match role.as_str() {
                        "source" => attribution.source.contains(&span),
                        "cue" => attribution.cue.contains(&span),
                        _ => attribution.content.contains(&span),
                    });
                    count(found);
                }
            }
        }
        for (start, end, kind) in case
            .mentions
            .iter()
            .filter(|(_, _, kind)| matches!(kind.as_str(), "person" | "organization" | "time" | "quantity"))
        {
            let span = span_of(*start, *end);
            count(analysis.mentions.iter().any(|mention| mention.span == span && mention.kind.as_str() == kind));
        }
    }
    assert!(right * 100 >= all * 97, "{right} of {all} labels agree");
}

#[test]
fn all_ways_give_the_same_bytes() {
    let model = Model::embedded();
    for case in oracle().cases {
        let sentences = sentences(&case);
        let expected = model.analyze_with(kernel::Path::Scalar, &case.text, &sentences);
        for path in kernel::Path::available() {
            assert_eq!(model.analyze_with(path, &case.text, &sentences), expected, "{path:?}");
            let hidden = model.encode(path, &case.pieces, &case.shapes, &mut Default::default());
            let scalar = model.encode(kernel::Path::Scalar, &case.pieces, &case.shapes, &mut Default::default());
            assert_eq!(hidden, scalar, "{path:?}");
        }
    }
}
