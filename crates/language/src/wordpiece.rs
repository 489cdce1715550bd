//! Words to pieces of the encoder's vocabulary (WordPiece, Wu et al. 2016, uncased as BERT), and the shape class of a word.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
        for character in word.nfd() {
            let character = match character {
                '\u{2019}' | '\u{2018}' | '\u{2bc}' => '\'',
                '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
                other => other,
            };
            if is_combining_mark(character)
                || character == '\u{fffd}'
                || character.is_control() && !character.is_whitespace()
                || is_format(character)
            {
                continue;
            }
            if character.is_whitespace() {
                self.run(&run, into);
                run.clear();
            } else if is_punctuation(character) || is_cjk(character) {
                self.run(&run, into);
                run.clear();
                self.run(character.encode_utf8(&mut [0; 4]), into);
            } else {
                run.extend(
                    character.to_lowercase().flat_map(|lower| lower.nfd()).filter(|lower| !is_combining_mark(*lower)),
                );
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

/// Characters of format (zero-width and directional marks), which BERT's cleaning drops.
fn is_format(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}

/// Punctuation as BERT counts it: every ASCII sign and the Unicode categories P.
fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    matches!(character,
        '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}'
        | '\u{5c6}' | '\u{5f3}' | '\u{5f4}' | '\u{609}' | '\u{60a}' | '\u{60c}' | '\u{60d}' | '\u{61b}' | '\u{61e}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}' | '\u{970}'
        | '\u{104a}'..='\u{104f}' | '\u{1361}'..='\u{1368}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
        | '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}' | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}' | '\u{2e00}'..='\u{2e5d}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{30fb}' | '\u{fe10}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff65}')
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
