//! Words by one rule, the same in training and in the program (`training/words.py`, tested equal on `fixtures/text/words.json`).

use counterclaim_schema::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub span: Span,
}

static LETTER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{L}$").expect("a constant pattern"));
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{M}$").expect("a constant pattern"));
static DIGIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{Nd}$").expect("a constant pattern"));

fn in_class(class: &Regex, character: char) -> bool {
    class.is_match(character.encode_utf8(&mut [0; 4]))
}

/// A letter (general category L); U+02BC is an apostrophe here.
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphabetic()
    } else {
        character != '\u{2bc}' && in_class(&LETTER, character)
    }
}

/// A combining mark (general category M).
pub fn is_mark(character: char) -> bool {
    !character.is_ascii() && in_class(&MARK, character)
}

/// A decimal digit (general category Nd).
pub fn is_digit(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_digit() } else { in_class(&DIGIT, character) }
}

/// White space, no-break and zero-width spaces included.
pub fn is_space(character: char) -> bool {
    matches!(character,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2bc}')
}

fn in_run(character: char) -> bool {
    is_letter(character) || is_mark(character) || is_digit(character)
}

const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Cpl", "Adm", "Brig", "Cmdr", "Sen",
    "Rep", "Gov", "Pres", "St", "Jr", "Sr", "Rev", "Hon", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep",
    "Sept", "Oct", "Nov", "Dec", "No", "vs", "etc", "Inc", "Ltd", "Co", "Corp", "Mt", "Ft",
];

/// Whether a form without its dot is an abbreviation of the rule, as listed or in capitals.
pub fn is_abbreviation(form: &str) -> bool {
    ABBREVIATIONS.iter().any(|&listed| listed == form || listed.to_uppercase() == form)
}

struct Scanner<'t> {
    text: &'t str,
    characters: Vec<(usize, char)>,
}

impl Scanner<'_> {
    fn at(&self, index: usize) -> Option<char> {
        self.characters.get(index).map(|&(_, character)| character)
    }

    fn offset(&self, index: usize) -> usize {
        self.characters.get(index).map_or(self.text.len(), |&(offset, _)| offset)
    }

    fn is(&self, index: usize, class: fn(char) -> bool) -> bool {
        self.at(index).is_some_and(class)
    }

    /// End of the run of letters, marks, digits and inner apostrophes that starts at `index`.
    fn run_end(&self, start: usize) -> usize {
        let mut index = start;
        while let Some(character) = self.at(index) {
            let inner = is_apostrophe(character)
                && index > 0
                && (self.is(index - 1, is_letter) || self.is(index - 1, is_mark))
                && self.is(index + 1, is_letter);
            if in_run(character) || inner {
                index += 1;
            } else {
                break;
            }
        }
        index
    }

    /// Where the clitic at the end of the run begins; `end` if there is none.
    fn clitic(&self, start: usize, end: usize) -> usize {
        let size = end - start;
        let lower =
            |back: usize| self.at(end - back).and_then(|character| character.to_lowercase().next()).unwrap_or(' ');
        if size > 3 && lower(3) == 'n' && is_apostrophe(self.at(end - 2).unwrap_or(' ')) && lower(1) == 't' {
            return end - 3;
        }
        for form in ["s", "re", "ve", "ll", "d", "m"] {
            let length = form.len() + 1;
            let matches = size > length
                && is_apostrophe(self.at(end - length).unwrap_or(' '))
                && form.chars().rev().enumerate().all(|(position, wanted)| lower(position + 1) == wanted);
            if matches {
                return end - length;
            }
        }
        end
    }

    fn form(&self, start: usize, end: usize) -> &str {
        &self.text[self.offset(start)..self.offset(end)]
    }
}

/// Splits a part of a text into words; spans are bytes of the whole text.
pub fn words(text: &str, within: Span) -> Vec<Word> {
    let part = within.of(text);
    let scanner = Scanner { text: part, characters: part.char_indices().collect() };
    let mut found: Vec<(usize, usize)> = Vec::new();
    let count = scanner.characters.len();
    let mut index = 0;
    while index < count {
        let character = scanner.characters[index].1;
        if is_space(character) {
            index += 1;
            continue;
        }
        if is_digit(character) {
            let mut end = index;
            while scanner.is(end, is_digit) {
                end += 1;
                if matches!(scanner.at(end), Some(',' | '.' | ':')) && scanner.is(end + 1, is_digit) {
                    end += 1;
                }
            }
            if scanner.is(end, is_letter) || scanner.is(end, is_mark) {
                end = scanner.run_end(end);
            }
            push_run(&scanner, &mut found, index, end);
            index = end;
            continue;
        }
        if is_letter(character) || is_mark(character) {
            index = letters(&scanner, &mut found, index);
            continue;
        }
        let follows = found.last().is_some_and(|&(_, end)| end == index)
            && (scanner.is(index - 1, in_run) || scanner.at(index - 1) == Some('.'));
        if is_apostrophe(character) && follows {
            let mut end = index + 1;
            while scanner.is(end, in_run) {
                end += 1;
            }
            if matches!(scanner.form(index + 1, end).to_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") {
                found.push((index, end));
                index = end;
                continue;
            }
        }
        let mut end = index + 1;
        if matches!(character, '.' | '-' | '–' | '—' | '_' | '*' | '=' | '~' | '`' | '\'') {
            while scanner.at(end) == Some(character) {
                end += 1;
            }
        }
        found.push((index, end));
        index = end;
    }
    let base = within.start();
    found
        .into_iter()
        .map(|(start, end)| Word { span: Span::new(base + scanner.offset(start), base + scanner.offset(end)) })
        .collect()
}

fn push_run(scanner: &Scanner<'_>, found: &mut Vec<(usize, usize)>, start: usize, end: usize) {
    let cut = scanner.clitic(start, end);
    found.push((start, cut));
    if cut < end {
        found.push((cut, end));
    }
}

/// A word that begins with a letter; returns where the next one may begin.
fn letters(scanner: &Scanner<'_>, found: &mut Vec<(usize, usize)>, start: usize) -> usize {
    let mut end = start;
    let mut pairs = 0;
    while scanner.is(end, is_letter) && scanner.at(end + 1) == Some('.') {
        end += 2;
        pairs += 1;
    }
    if pairs >= 2 {
        found.push((start, end));
        return end;
    }
    let capital = scanner.is(start, char::is_uppercase);
    if pairs == 1 && capital && scanner.is(start + 2, is_space) {
        let mut next = start + 2;
        while scanner.is(next, is_space) {
            next += 1;
        }
        if scanner.is(next, is_letter) && scanner.is(next, char::is_uppercase) {
            found.push((start, start + 2));
            return start + 2;
        }
    }
    let end = scanner.run_end(start);
    if scanner.at(end) == Some('.') && is_abbreviation(scanner.form(start, end)) {
        found.push((start, end + 1));
        return end + 1;
    }
    push_run(scanner, found, start, end);
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_schema::CodePoints;
    use proptest::prelude::*;

    #[derive(serde::Deserialize)]
    struct Fixture {
        cases: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        words: Vec<(u32, u32)>,
    }

    #[test]
    fn equals_the_rule_of_training() {
        let fixture: Fixture =
            serde_json::from_str(include_str!("../../../fixtures/text/words.json")).expect("a fixture");
        assert!(fixture.cases.len() > 40);
        for case in fixture.cases {
            let index = CodePoints::new(&case.text);
            let found: Vec<(u32, u32)> = words(&case.text, Span::new(0, case.text.len()))
                .into_iter()
                .map(|word| (index.of_byte(word.span.start()), index.of_byte(word.span.end())))
                .collect();
            assert_eq!(found, case.words, "{:?}", case.text);
        }
    }

    proptest! {
        #[test]
        fn words_are_ordered_and_hold_no_space(text in "\\PC{0,60}") {
            let found = words(&text, Span::new(0, text.len()));
            let mut last = 0;
            for word in &found {
                prop_assert!(word.span.start() >= last && !word.span.is_empty());
                prop_assert!(!word.span.of(&text).starts_with(is_space));
                last = word.span.end();
            }
            let kept: usize = found.iter().map(|word| word.span.len()).sum();
            let all: usize = text.chars().filter(|&character| !is_space(character)).map(char::len_utf8).sum();
            prop_assert_eq!(kept, all);
        }
    }
}
