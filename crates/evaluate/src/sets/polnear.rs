//! Attribution: who is said to say what.

use super::spans::{Range, exact, overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, pair, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_schema::{CodePoints, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `polnear` (documents) and `polnear_sent` (the passages that CofeNet used).
///
/// Roles: exact F1 over the set of all pieces of a role in a record, repeated pieces once (CofeNet, Wang et al., COLING 2022). For documents
/// also whole attributions: `attribution` counts those whose three roles are all the same pieces, `attribution overlap` those whose cue
/// and content overlap and whose sources overlap or are both empty, each answer used once.
pub struct Polnear {
    /// A record is read as one sentence.
    pub sentence: bool,
}

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// Pieces of each role, in the order of [`ROLES`].
type Parts = [BTreeSet<Range>; 3];

fn parts(attribution: &Value) -> Parts {
    ROLES.map(|role| list_of(attribution, role).iter().filter_map(pair).collect())
}

fn attributions(value: &Value) -> Vec<Parts> {
    list_of(value, "attributions").iter().map(parts).collect()
}

fn pieces(attributions: &[Parts], role: usize) -> BTreeSet<Range> {
    attributions.iter().flat_map(|parts| parts[role].iter().copied()).collect()
}

fn meet(left: &BTreeSet<Range>, right: &BTreeSet<Range>) -> bool {
    left.iter().any(|&left| right.iter().any(|&right| overlap(left, right)))
}

impl Set for Polnear {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.get(if self.sentence { "spans" } else { "attributions" }).is_some_and(Value::is_array)
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let sentences = if self.sentence {
            counterclaim_text::sentences_of(&record.text, record.paragraph(), 0)
        } else {
            counterclaim_text::sentences(&record.document()).0
        };
        let points = CodePoints::new(&record.text);
        let written = |spans: &[Span]| -> Vec<[u32; 2]> {
            spans.iter().map(|span| [points.of_byte(span.start()), points.of_byte(span.end())]).collect()
        };
        let found: Vec<Value> = machine
            .analyze(&record.text, &sentences)
            .attributions
            .iter()
            .map(|attribution| {
                json!({ "source": written(&attribution.source), "cue": written(&attribution.cue), "content": written(&attribution.content) })
            })
            .collect();
        json!({ "id": record.id, "attributions": found })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let found = attributions(answer);
        let gold = attributions(&record.value);
        for (index, role) in ROLES.iter().enumerate() {
            let wanted = if self.sentence {
                record.spans(Some(role)).into_iter().filter_map(offsets).collect()
            } else {
                pieces(&gold, index)
            };
            let count = exact(&pieces(&found, index), &wanted);
            tally.add(role, count);
            tally.add("micro", count);
        }
        if !self.sentence {
            let same = pair_up(gold.len(), found.len(), |gold_index, index| gold[gold_index] == found[index]);
            tally.add("attribution", Count::new(same.iter().flatten().count(), found.len(), gold.len()));
            let near = pair_up(gold.len(), found.len(), |gold_index, index| {
                let (wanted, answered) = (&gold[gold_index], &found[index]);
                let sources = wanted[0].is_empty() && answered[0].is_empty() || meet(&wanted[0], &answered[0]);
                sources && meet(&wanted[1], &answered[1]) && meet(&wanted[2], &answered[2])
            });
            tally.add("attribution overlap", Count::new(near.iter().flatten().count(), found.len(), gold.len()));
            for (parts, answer) in gold.iter().zip(&near) {
                if answer.is_none() {
                    let words: Vec<String> = parts[1].iter().map(|&range| words(record, range)).collect();
                    tally.missed.push(format!("missed attribution by \"{}\"", words.join(" … ")));
                }
            }
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![Metric::headline("micro", Measure::F1)];
        metrics.extend(ROLES.map(|role| Metric::headline(role, Measure::F1)));
        if !self.sentence {
            metrics.push(Metric::headline("attribution", Measure::F1));
            metrics.push(Metric::headline("attribution overlap", Measure::F1));
        }
        metrics
    }
}

fn words(record: &Record, (start, end): Range) -> String {
    text_of(&record.value, "text")
        .unwrap_or_default()
        .chars()
        .skip(start as usize)
        .take(end.saturating_sub(start) as usize)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn pieces_of_a_passage() {
        let set = Polnear { sentence: true };
        let gold = r#"{"id":"1","text":"He said he left","spans":[{"start":0,"end":2,"type":"source"},{"start":3,"end":7,"type":"cue"},{"start":8,"end":15,"type":"content"}]}"#;
        let right = r#"{"attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,15]]}]}"#;
        check(&set, gold, right, &[("micro F1", 1.0), ("content F1", 1.0)]);
        let shared = r#"{"attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,15]]},{"source":[[0,2]],"cue":[[3,7]],"content":[]}]}"#;
        check(&set, gold, shared, &[("micro F1", 1.0)]);
        let short = r#"{"attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,10]]}]}"#;
        check(&set, gold, short, &[("micro F1", 2.0 / 3.0), ("content F1", 0.0), ("cue F1", 1.0)]);
        check(&set, gold, r#"{"attributions":[]}"#, &[("micro F1", 0.0)]);
    }

    #[test]
    fn whole_attributions() {
        let set = Polnear { sentence: false };
        let gold = r#"{"id":"1","text":"He said he left. She denied it.","attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,15]]},{"source":[],"cue":[[21,27]],"content":[[28,30]]}]}"#;
        let right = r#"{"attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,15]]},{"source":[],"cue":[[21,27]],"content":[[28,30]]}]}"#;
        check(&set, gold, right, &[("attribution F1", 1.0), ("attribution overlap F1", 1.0), ("micro F1", 1.0)]);
        let near = r#"{"attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,16]]},{"source":[[17,20]],"cue":[[21,27]],"content":[[28,30]]}]}"#;
        check(&set, gold, near, &[("attribution F1", 0.0), ("attribution overlap F1", 0.5), ("cue F1", 1.0)]);
        let extra = r#"{"attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,15]]},{"source":[[0,2]],"cue":[[3,7]],"content":[[8,15]]}]}"#;
        check(&set, gold, extra, &[("attribution F1", 0.5), ("attribution precision", 0.5)]);
    }
}
