//! The shipped event heads give in Rust what they gave in training.

mod common;

use common::sentences;
use counterclaim_language::{EVENT_TYPES, LinkRole, Model, REPORT_CLASSES};
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
    types: Vec<String>,
    shares: Vec<f32>,
    factuality: Vec<f32>,
    unit_type: String,
    unit_class: String,
    deed: usize,
    links: Vec<(String, u32, u32)>,
}

fn best(values: &[f32]) -> usize {
    (0..values.len()).fold(0, |best, row| if values[row] > values[best] { row } else { best })
}

fn role_name(role: LinkRole) -> &'static str {
    match role {
        LinkRole::Actor => "actor",
        LinkRole::Recipient => "recipient",
        LinkRole::Victim => "victim",
        LinkRole::Target => "target",
        LinkRole::Place => "place",
        LinkRole::Time => "time",
        LinkRole::Instrument => "instrument",
    }
}

#[test]
fn event_heads_answer_as_in_training() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/oracle_events.json");
    let oracle: Oracle = serde_json::from_str(&std::fs::read_to_string(file).expect("an oracle")).expect("an oracle");
    assert_eq!(oracle.cases.len(), 8);
    let (mut right, mut all, mut far) = (0, 0, 0.0f32);
    let (mut units, mut links, mut linked) = (0, 0, 0);
    for case in &oracle.cases {
        let (words, sentences) = sentences(&case.text, &case.words, &case.sentence_lengths);
        let analysis = Model::embedded().analyze_given(&case.text, &sentences, &[words[case.deed].span]);
        let events = &analysis.events;
        assert_eq!(events.words.len(), case.words.len());
        for (at, word) in events.words.iter().enumerate() {
            let kind = best(&word.types);
            all += 1;
            right += usize::from(EVENT_TYPES.get(kind).copied().unwrap_or("NONE") == case.types[at]);
            far += (word.types[kind] - case.shares[at]).abs() + (word.factuality - case.factuality[at]).abs() / 6.0;
        }
        let unit = &events.windows[0];
        units += usize::from(EVENT_TYPES.get(best(&unit.types)).copied().unwrap_or("NONE") == case.unit_type);
        units += usize::from(REPORT_CLASSES[best(&unit.classes)] == case.unit_class);
        let given = events.deeds.iter().find(|deed| deed.given).expect("the given deed");
        for (role, start, end) in &case.links {
            links += 1;
            let found = given.links.iter().any(|(known, words)| role_name(*known) == role && *words == (*start..*end));
            linked += usize::from(found);
        }
    }
    assert!(right * 100 >= all * 97, "types of words: {right} of {all}");
    assert!(far / (all as f32) < 0.05, "mean difference {}", far / all as f32);
    assert!(units >= 15, "types and classes of texts: {units} of 16");
    assert!(links >= 8 && linked * 10 >= links * 8, "roles: {linked} of {links}");
}
