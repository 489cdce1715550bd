//! Scores words and sentences against gold: exact spans, F1. Paragraphs are given, as ingest gives them.
//!
//! `cargo run -p counterclaim-text --example segmentation --profile ci -- PATH [--errors N]`; a path ending in `.jsonl` holds records
//! with `text` and `sentences` as ranges of code points (GUM), any other is CoNLL-U; `-` is CoNLL-U on standard input.
#![allow(clippy::print_stdout)]

use counterclaim_schema::{CodePoints, Span};
use counterclaim_text::sentences_of;
use std::collections::BTreeSet;
use std::io::Read;

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn add(&mut self, gold: &BTreeSet<(usize, usize)>, found: &BTreeSet<(usize, usize)>) {
        self.gold += gold.len();
        self.found += found.len();
        self.right += gold.intersection(found).count();
    }

    fn print(&self, name: &str) {
        let ratio = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{name}: P {:.2} R {:.2} F1 {:.2} ({} gold, {} found)",
            ratio(self.right, self.found),
            ratio(self.right, self.gold),
            ratio(2 * self.right, self.gold + self.found),
            self.gold,
            self.found
        );
    }
}

/// A paragraph with its gold ranges.
#[derive(Default)]
struct Paragraph {
    text: String,
    sentences: BTreeSet<(usize, usize)>,
    words: BTreeSet<(usize, usize)>,
}

/// Paragraphs of a treebank, put together from its sentences. Words that are written together but cannot be cut stay one word.
fn conllu(source: &str) -> Vec<Paragraph> {
    let mut paragraphs = vec![Paragraph::default()];
    for sentence in source.split("\n\n").filter(|sentence| !sentence.trim().is_empty()) {
        if sentence.contains("# newpar") || sentence.contains("# newdoc") {
            paragraphs.push(Paragraph::default());
        }
        let paragraph = paragraphs.last_mut().expect("one paragraph");
        let Some(text) = sentence.lines().find_map(|line| line.strip_prefix("# text = ")) else { continue };
        if !paragraph.text.is_empty() {
            paragraph.text.push(' ');
        }
        let base = paragraph.text.len();
        paragraph.text.push_str(text);
        paragraph.sentences.insert((base, base + text.trim_end().len()));
        let mut at = 0;
        let mut together = 0;
        let rows: Vec<Vec<&str>> = sentence
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .filter(|row: &Vec<&str>| row.len() >= 10 && !row[0].contains('.'))
            .collect();
        for (index, row) in rows.iter().enumerate() {
            if together > 0 {
                together -= 1;
                continue;
            }
            let Some(start) = text[at..].find(row[1]).map(|found| at + found) else { continue };
            at = start + row[1].len();
            let parts = match row[0].split_once('-') {
                Some((first, last)) => {
                    let count = last.parse::<usize>().unwrap_or(0) + 1 - first.parse::<usize>().unwrap_or(1);
                    together = count;
                    rows[index + 1..].iter().take(count).map(|row| row[1]).collect()
                }
                None => vec![row[1]],
            };
            if parts.concat() == row[1] {
                let mut from = base + start;
                for part in parts {
                    paragraph.words.insert((from, from + part.len()));
                    from += part.len();
                }
            } else {
                paragraph.words.insert((base + start, base + at));
            }
        }
    }
    paragraphs
}

fn jsonl(source: &str) -> Result<Vec<Paragraph>, serde_json::Error> {
    let mut paragraphs = Vec::new();
    for line in source.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        let points = CodePoints::new(text);
        let gold: Vec<Span> = record["sentences"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|range| {
                Some(points.byte_span(u32::try_from(range[0].as_u64()?).ok()?, u32::try_from(range[1].as_u64()?).ok()?))
            })
            .collect();
        let mut offset = 0;
        for part in text.split("\n\n") {
            let inside = Span::new(offset, offset + part.len());
            let sentences = gold
                .iter()
                .filter(|span| inside.contains(**span))
                .map(|span| (span.start() - offset, span.end() - offset))
                .collect();
            paragraphs.push(Paragraph { text: part.to_owned(), sentences, words: BTreeSet::new() });
            offset += part.len() + 2;
        }
    }
    Ok(paragraphs)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file")?;
    let mut errors: usize = match arguments.next().as_deref() {
        Some("--errors") => arguments.next().ok_or("say how many errors")?.parse()?,
        _ => 0,
    };
    let mut source = String::new();
    if path == "-" {
        std::io::stdin().read_to_string(&mut source)?;
    } else {
        source = std::fs::read_to_string(&path)?;
    }
    let paragraphs = if path.ends_with(".jsonl") { jsonl(&source)? } else { conllu(&source) };
    let (mut sentence_score, mut word_score) = (Score::default(), Score::default());
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.text.is_empty()) {
        let text = &paragraph.text;
        let found = sentences_of(text, Span::new(0, text.len()), 0);
        let ranges = |span: Span| (span.start(), span.end());
        let spans: BTreeSet<_> = found.iter().map(|sentence| ranges(sentence.span)).collect();
        sentence_score.add(&paragraph.sentences, &spans);
        if !paragraph.words.is_empty() {
            let words: BTreeSet<_> =
                found.iter().flat_map(|sentence| sentence.words.iter().map(|word| ranges(word.span))).collect();
            word_score.add(&paragraph.words, &words);
        }
        let ends = |set: &BTreeSet<(usize, usize)>| set.iter().map(|range| range.1).collect::<BTreeSet<_>>();
        for end in ends(&paragraph.sentences).symmetric_difference(&ends(&spans)) {
            if errors > 0 {
                errors -= 1;
                let kind = if ends(&spans).contains(end) { "split" } else { "joined" };
                let around =
                    |range: std::ops::Range<usize>| String::from_utf8_lossy(&text.as_bytes()[range]).into_owned();
                println!(
                    "{kind}: {} | {}",
                    around(end.saturating_sub(50)..*end),
                    around(*end..(end + 40).min(text.len()))
                );
            }
        }
    }
    sentence_score.print("sentences");
    if word_score.gold > 0 {
        word_score.print("words");
    }
    Ok(())
}
