//! Sentences by own rules over words: titles, initials, abbreviations, quotations, lists.

use crate::words::{Word, is_abbreviation, is_space, words};
use counterclaim_schema::{BlockKind, Diagnostic, DiagnosticCode, Document, Span};

/// A sentence with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last character.
    pub span: Span,
    /// Its words in order.
    pub words: Vec<Word>,
    /// Index of its block in the document.
    pub block: usize,
}

/// Words at which a sentence without a stop is cut, so that no text makes later stages slow.
const LONG: usize = 300;

/// Splits titles and paragraphs into sentences.
pub fn sentences(document: &Document) -> (Vec<Sentence>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Title | BlockKind::Paragraph) {
            found.extend(sentences_of(&document.text, block.span, index));
        }
    }
    for sentence in &found {
        if sentence.words.len() >= LONG {
            let start = sentence.words[0].span;
            diagnostics.push(Diagnostic::new(DiagnosticCode::LongSentence, Some(start)));
        }
    }
    (found, diagnostics)
}

/// Splits one block into sentences.
pub fn sentences_of(text: &str, span: Span, block: usize) -> Vec<Sentence> {
    let all = words(text, span);
    let mut found = Vec::new();
    let mut start = 0;
    let mut index = 0;
    while index < all.len() {
        let end = match boundary(text, &all, index) {
            Some(end) => end,
            None if index + 1 - start >= LONG => index + 1,
            None => {
                index += 1;
                continue;
            }
        };
        push(&all[start..end], block, &mut found);
        start = end;
        index = end;
    }
    push(&all[start..], block, &mut found);
    found
}

fn push(words: &[Word], block: usize, into: &mut Vec<Sentence>) {
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        into.push(Sentence { span: first.span.to(last.span), words: words.to_vec(), block });
    }
}

fn is_stop(form: &str) -> bool {
    matches!(form, "." | "!" | "?" | "…" | "?!" | "!?")
        || form.len() > 1 && form.chars().all(|character| character == '.')
}

fn is_closer(form: &str) -> bool {
    matches!(form, "”" | "\"" | "’" | "'" | "''" | ")" | "]" | "»")
}

fn is_opener(form: &str) -> bool {
    matches!(form, "“" | "\"" | "‘" | "'" | "``" | "(" | "[" | "«" | "–" | "—" | "-" | "--" | "•")
}

/// Abbreviations that mostly stand before a name or number and so end no sentence.
fn leads_on(form: &str) -> bool {
    let bare = form.trim_end_matches('.');
    is_abbreviation(bare) && !matches!(bare, "etc" | "Inc" | "Ltd" | "Co" | "Corp" | "Jr" | "Sr")
        || bare.chars().count() == 1
}

/// Where the sentence ends whose last words stand at `index`; none when it goes on.
fn boundary(text: &str, all: &[Word], index: usize) -> Option<usize> {
    let form = all[index].span.of(text);
    let list_item = index + 1 < all.len() && starts_list_item(text, all, index + 1);
    if list_item {
        return Some(index + 1);
    }
    let dotted = form.len() > 1 && form.ends_with('.') && !is_stop(form);
    if !is_stop(form) && !dotted {
        return None;
    }
    let mut end = index + 1;
    while end < all.len() && is_stop(all[end].span.of(text)) {
        end += 1;
    }
    // A closing quote or bracket right behind the stop belongs to the sentence; one behind a space opens the next.
    while end < all.len() && is_closer(all[end].span.of(text)) && all[end - 1].span.end == all[end].span.start {
        end += 1;
    }
    end = after_mark(text, all, end);
    let Some(next) = all.get(end) else { return Some(end) };
    if is_unlisted_abbreviation(text, all, index, next) {
        return None;
    }
    if all[end - 1].span.end == next.span.start && !matches!(next.span.of(text), "“" | "—") {
        // "example.org", "3.5", "p.m.-style": nothing ends inside a run of characters, but for a missing space after a quote.
        return None;
    }
    let first = first_letter(text, all, end);
    if dotted {
        let figure = next.span.of(text).starts_with(|character: char| character.is_ascii_digit());
        let bare = form.trim_end_matches('.');
        if matches!(bare, "No" | "NO") {
            // "No. 5" is a number, "No. They left" an answer.
            return Some(end).filter(|_| !figure);
        }
        if is_month(bare) {
            return Some(end).filter(|_| !figure && begins_sentence(text, all, end));
        }
        if leads_on(form) || matches!(form, "e.g." | "i.e.") {
            return None;
        }
        // "the U.S. Army", "10 a.m. local time", "Smith & Co. said": only a capital that can begin a sentence ends it.
        return match first {
            Some(character) if character.is_uppercase() && begins_sentence(text, all, end) => Some(end),
            _ => None,
        };
    }
    match first {
        // “Why?” he asked: the attribution goes on in lower case.
        Some(character) if character.is_lowercase() => {
            let exclaims = form != "." && form != "?";
            if exclaims || closes_quote(text, all, end) {
                None
            } else {
                Some(end).filter(|_| next.span.start - all[end - 1].span.end > 0 && !is_short_before(all, index))
            }
        }
        _ => Some(end),
    }
}

/// A reference mark behind the stop ("fled.[12] The") belongs to the sentence before it.
fn after_mark(text: &str, all: &[Word], end: usize) -> usize {
    let form = |index: usize| all.get(index).map_or("", |word| word.span.of(text));
    let is_number = |form: &str| !form.is_empty() && form.chars().all(|character| character.is_ascii_digit());
    let mut end = end;
    while form(end) == "[" && is_number(form(end + 1)) && form(end + 2) == "]" {
        end += 3;
    }
    end
}

fn is_month(bare: &str) -> bool {
    matches!(
        bare.to_lowercase().as_str(),
        "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec"
    )
}

/// Abbreviations that are two words here, the form and its dot, and lead on to a name or number all the same.
fn is_unlisted_abbreviation(text: &str, all: &[Word], index: usize, next: &Word) -> bool {
    const TITLES: &[&str] = &[
        "Drs", "Messrs", "Mmes", "Mme", "Mlle", "Pvt", "Pte", "Pfc", "Assoc", "Asst", "Insp", "Supt", "Det", "Cmdt",
        "Sens", "Reps", "Gens", "Cols", "Profs", "Amb", "Atty", "Fr", "Spc", "Fig", "ext", "approx", "cf",
    ];
    if all[index].span.of(text) != "." || index == 0 || all[index - 1].span.end != all[index].span.start {
        return false;
    }
    let before = all[index - 1].span.of(text);
    let figure = next.span.of(text).starts_with(|character: char| character.is_ascii_digit());
    // "c. 1920", "p. 4": but a sentence may end in a single figure or capital.
    let letter = before.len() == 1 && before.starts_with(|character: char| character.is_ascii_lowercase()) && figure;
    letter || TITLES.contains(&before)
}

fn closes_quote(text: &str, all: &[Word], end: usize) -> bool {
    end > 0 && is_closer(all[end - 1].span.of(text))
}

/// An unknown abbreviation: up to four letters before the stop and lower case behind it.
fn is_short_before(all: &[Word], index: usize) -> bool {
    index > 0 && all[index - 1].span.end == all[index].span.start && all[index - 1].span.len() <= 4
}

fn first_letter(text: &str, all: &[Word], from: usize) -> Option<char> {
    let mut index = from;
    while index < all.len() && is_opener(all[index].span.of(text)) && index < from + 3 {
        index += 1;
    }
    all.get(index).and_then(|word| word.span.of(text).chars().next())
}

/// Words that begin sentences and rarely names; behind "U.S." they tell a boundary.
fn begins_sentence(text: &str, all: &[Word], at: usize) -> bool {
    const STARTERS: &[&str] = &[
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "It",
        "He",
        "She",
        "They",
        "We",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "His",
        "Her",
        "Their",
        "Its",
        "For",
        "As",
        "After",
        "Before",
        "When",
        "While",
        "However",
        "Meanwhile",
        "According",
        "No",
        "Some",
        "Many",
        "Both",
        "Earlier",
        "Officials",
        "Police",
    ];
    let mut index = at;
    while index < all.len() && is_opener(all[index].span.of(text)) && index < at + 3 {
        index += 1;
    }
    all.get(index).is_some_and(|word| {
        let form = word.span.of(text);
        // In capitals only words that hardly stand in a name tell.
        STARTERS.contains(&form)
            || matches!(form, "THE" | "HE" | "SHE" | "THEY" | "IT" | "THIS" | "MEANWHILE" | "HOWEVER" | "ACCORDING")
    })
}

/// A bullet or number at the beginning of a line.
fn starts_list_item(text: &str, all: &[Word], at: usize) -> bool {
    let gap = &text[all[at - 1].span.end()..all[at].span.start()];
    if !gap.contains('\n') {
        return false;
    }
    let form = all[at].span.of(text);
    let bullet = matches!(form, "•" | "*" | "-" | "–" | "▪" | "·")
        && all.get(at + 1).is_some_and(|next| next.span.start > all[at].span.end);
    let stop_before = is_stop(all[at - 1].span.of(text))
        || is_closer(all[at - 1].span.of(text))
        || all[at - 1].span.of(text) == ":"
        || all[at - 1].span.of(text) == ";";
    bullet
        && (stop_before || gap.chars().filter(|&character| character == '\n').count() > 0)
        && gap.chars().all(is_space)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            sentences_of(text, Span::new(0, text.len()), 0).iter().map(|sentence| sentence.span.of(text)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn plain_sentences() {
        check("They fired. We ran!", &["They fired.", "We ran!"]);
        check("", &[]);
        check("No stop at the end", &["No stop at the end"]);
        check("One... Two", &["One...", "Two"]);
    }

    #[test]
    fn titles_and_initials_lead_on() {
        check(
            "Lt. Gen. Omar Diallo spoke to Mr. J. Smith. He left.",
            &["Lt. Gen. Omar Diallo spoke to Mr. J. Smith.", "He left."],
        );
        check("On Feb. 3 the army left.", &["On Feb. 3 the army left."]);
        check("It is No. 5 on the list.", &["It is No. 5 on the list."]);
        check("He said: No. They stayed.", &["He said: No.", "They stayed."]);
        check("It fell in Feb. The army left.", &["It fell in Feb.", "The army left."]);
        check("Drs. Amin and Diallo left.", &["Drs. Amin and Diallo left."]);
        check("The fort (c. 1920) fell.", &["The fort (c. 1920) fell."]);
        check("Arms (e.g. The old guns) were found.", &["Arms (e.g. The old guns) were found."]);
    }

    #[test]
    fn dotted_abbreviations() {
        check("He met the U.S. Army chief.", &["He met the U.S. Army chief."]);
        check("He flew to the U.S. The talks failed.", &["He flew to the U.S.", "The talks failed."]);
        check("It began at 10 a.m. local time.", &["It began at 10 a.m. local time."]);
        check("HE FLEW TO THE U.S. THE TALKS FAILED.", &["HE FLEW TO THE U.S.", "THE TALKS FAILED."]);
        check("THE U.S. EMBASSY CLOSED.", &["THE U.S. EMBASSY CLOSED."]);
    }

    #[test]
    fn quotations() {
        check("“We left. They fired,” he said.", &["“We left.", "They fired,” he said."]);
        check("“Why did they fire?” he asked. Nobody knew.", &["“Why did they fire?” he asked.", "Nobody knew."]);
        check("“They fired.” The army denied it.", &["“They fired.”", "The army denied it."]);
        check("They fled.[12] The army came. [3] It left.", &["They fled.[12]", "The army came. [3]", "It left."]);
        check("Who fired first? nobody knew.", &["Who fired first?", "nobody knew."]);
        check("He wrote “Who?” and left.", &["He wrote “Who?” and left."]);
        check("(They fired.) The army denied it.", &["(They fired.)", "The army denied it."]);
    }

    #[test]
    fn lines() {
        check("THE ARMY SAID\nIT HAD LEFT. REBELS\nCAME.", &["THE ARMY SAID\nIT HAD LEFT.", "REBELS\nCAME."]);
        check("Two demands:\n- leave\n- talk", &["Two demands:", "- leave", "- talk"]);
    }

    #[test]
    fn numbers_and_addresses() {
        check("It rose by 3.5 percent to 1,000.", &["It rose by 3.5 percent to 1,000."]);
        check("See example.org for more. Go.", &["See example.org for more.", "Go."]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-zA-Z .!?“”\"'\n,0-9-]{0,80}") {
            let span = Span::new(0, text.len());
            let split: Vec<Word> = sentences_of(&text, span, 0).into_iter().flat_map(|sentence| sentence.words).collect();
            prop_assert_eq!(split, words(&text, span));
        }
    }
}
