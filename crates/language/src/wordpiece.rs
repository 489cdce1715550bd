//! Words to pieces of the encoder's vocabulary (WordPiece, Wu et al. 2016, uncased as BERT), and the shape class of a word.

use crate::categories::{is_dropped, is_punctuation, is_stripped_mark};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The vocabulary.
#[derive(Debug)]
pub struct Vocabulary {
    pieces: HashMap<String, u32>,
    continuations: HashMap<String, u32>,
    unknown: u32,
    /// Piece that opens a window.
    pub cls: u32,
    /// Piece that closes a window.
    pub sep: u32,
}

/// Characters beyond which a word is unknown, as in BERT.
const LONGEST: usize = 100;

impl Vocabulary {
    /// Reads `vocab.txt`, one piece a line. None when a special piece is missing.
    pub fn parse(lines: &str) -> Option<Vocabulary> {
        let mut pieces = HashMap::new();
        let mut continuations = HashMap::new();
        for (id, line) in lines.lines().enumerate() {
            match line.strip_prefix("##") {
                Some(rest) => continuations.insert(rest.to_owned(), id as u32),
                None => pieces.insert(line.to_owned(), id as u32),
            };
        }
        let special = |name: &str| pieces.get(name).copied();
        let (unknown, cls, sep) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(Vocabulary { pieces, continuations, unknown, cls, sep })
    }

    /// Number of pieces.
    pub fn size(&self) -> usize {
        self.pieces.len() + self.continuations.len()
    }

    /// Appends the pieces of one word; at least one.
    pub fn word(&self, word: &str, into: &mut Vec<u32>) {
        let before = into.len();
        let mut run = String::new();
        let kept = word.chars().filter(|&character| character != '\u{fffd}' && !is_dropped(character));
        let lower = kept.map(plain_quote).flat_map(char::to_lowercase).nfd();
        for character in lower.filter(|&character| !is_stripped_mark(character)) {
            let alone = is_punctuation(character) || is_cjk(character);
            if alone || character.is_whitespace() {
                self.run(&run, into);
                run.clear();
            }
            if alone {
                self.run(character.encode_utf8(&mut [0; 4]), into);
            } else if !character.is_whitespace() {
                run.push(character);
            }
        }
        self.run(&run, into);
        if into.len() == before {
            into.push(self.unknown);
        }
    }

    /// Greedy longest match first over one run without spaces and punctuation.
    fn run(&self, run: &str, into: &mut Vec<u32>) {
        if run.is_empty() {
            return;
        }
        if run.chars().count() > LONGEST {
            into.push(self.unknown);
            return;
        }
        let before = into.len();
        let mut start = 0;
        while start < run.len() {
            let table = if start == 0 { &self.pieces } else { &self.continuations };
            let ends = run[start..].char_indices().map(|(offset, character)| start + offset + character.len_utf8());
            let found = ends.rev().find_map(|end| table.get(&run[start..end]).map(|&id| (end, id)));
            match found {
                Some((end, id)) => {
                    into.push(id);
                    start = end;
                }
                None => {
                    into.truncate(before);
                    into.push(self.unknown);
                    return;
                }
            }
        }
    }
}

/// Typographic quotes as the ASCII signs that the encoder knows better.
fn plain_quote(character: char) -> char {
    match character {
        '\u{2019}' | '\u{2018}' | '\u{2bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        other => other,
    }
}

fn is_cjk(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

/// Shape of a word that carries no letters but stands for a special piece.
pub const SHAPE_SPECIAL: u8 = 0;
const LOWER: u8 = 1;
const CAPITALIZED: u8 = 2;
const ALL_CAPITALS: u8 = 3;
const ONE_CAPITAL: u8 = 4;
const MIXED: u8 = 5;
const DIGITS: u8 = 6;
const ALPHANUMERIC: u8 = 7;
const PUNCTUATION: u8 = 8;
const ABBREVIATION: u8 = 9;
const CASELESS: u8 = 10;
const CAPITALIZED_FIRST: u8 = 11;
/// What is added to the shape of a word for its second and later pieces.
pub const CONTINUATION: u8 = 12;

/// Shape class of a word by its capitals and digits: the encoder is uncased and gets the case from here.
fn shape(word: &str) -> u8 {
    let letters: Vec<char> = word.chars().filter(|&character| counterclaim_text::is_letter(character)).collect();
    let digits = word.chars().any(counterclaim_text::is_digit);
    if letters.is_empty() {
        return if digits { DIGITS } else { PUNCTUATION };
    }
    if digits {
        return ALPHANUMERIC;
    }
    let upper = |character: &char| character.is_uppercase();
    let any_upper = letters.iter().any(upper);
    if !any_upper && !letters.iter().any(|character| character.is_lowercase()) {
        return CASELESS;
    }
    if !any_upper {
        return LOWER;
    }
    let dotted = letters.len() >= 2
        && word.chars().count() == 2 * letters.len()
        && word.chars().skip(1).step_by(2).all(|character| character == '.');
    if dotted {
        return ABBREVIATION;
    }
    if letters.len() == 1 {
        return ONE_CAPITAL;
    }
    if letters.iter().all(upper) {
        return ALL_CAPITALS;
    }
    if upper(&letters[0]) && !letters[1..].iter().any(upper) {
        return CAPITALIZED;
    }
    MIXED
}

/// Shapes of the words of a sentence. Behind the opening punctuation a capital says nothing and has a class of its own.
pub fn sentence_shapes(forms: &[&str]) -> Vec<u8> {
    let mut shapes: Vec<u8> = forms.iter().map(|form| shape(form)).collect();
    if let Some(first) = shapes.iter_mut().find(|shape| **shape != PUNCTUATION) {
        if *first == CAPITALIZED {
            *first = CAPITALIZED_FIRST;
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Row {
        word: String,
        ids: Vec<u32>,
    }

    /// Words with the rows that the Python package `tokenizers` and `training/pieces.py` both give.
    #[test]
    fn pieces_are_those_of_tokenizers() {
        let vocabulary = Vocabulary::parse(include_str!("../../../models/vocab.txt")).expect("the special pieces");
        let rows: Vec<Row> = serde_json::from_str(include_str!("../tests/data/pieces.json")).expect("rows");
        assert!(rows.len() > 100);
        for row in rows {
            let mut found = Vec::new();
            vocabulary.word(&row.word, &mut found);
            assert_eq!(found, row.ids, "{:?}", row.word);
        }
    }
}
