//! Words that tell what sort of news a report is, by the table `data/report_cues.csv`.

use counterclaim_claims::Syntax;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// First word of a phrase to its further words and its cue.
static TABLE: LazyLock<HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>> = HashMap::new();
    for line in include_str!("../../../../data/report_cues.csv").lines().skip(1) {
        let Some((cue, phrase)) = line.split_once(',') else { continue };
        let mut words = phrase.split([' ', '-']);
        let Some(first) = words.next() else { continue };
        table.entry(first).or_default().push((words.collect(), cue));
    }
    table
});

/// The cues of a report with the words that give them, in text order.
pub(super) struct Cues(BTreeMap<&'static str, Vec<u32>>);

impl Cues {
    /// Reads all words; the longest phrase at a word wins, and its words give no other cue.
    pub(super) fn find(syntax: Syntax<'_>) -> Cues {
        let mut found: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        let end = syntax.analysis.words.len() as u32;
        let mut at = 0;
        while at < end {
            let (next, cues) = phrase_at(syntax, at, end);
            for cue in cues {
                found.entry(cue).or_default().extend(at..next);
            }
            at = next;
        }
        Cues(found)
    }

    pub(super) fn has(&self, cue: &str) -> bool {
        self.0.contains_key(cue)
    }

    pub(super) fn words(&self, cue: &str) -> &[u32] {
        self.0.get(cue).map_or(&[], Vec::as_slice)
    }
}

/// The word's lemma, the lemma without a plural ending that was kept, and the word as written.
fn forms(syntax: Syntax<'_>, word: u32) -> [String; 3] {
    let lemma = syntax.lemma(word).to_owned();
    let singular = match lemma.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => lemma.strip_suffix('s').unwrap_or(&lemma).to_owned(),
    };
    [lemma, singular, syntax.form(word).to_lowercase()]
}

/// One past the longest phrase that begins at a word, and its cues.
fn phrase_at(syntax: Syntax<'_>, at: u32, end: u32) -> (u32, Vec<&'static str>) {
    let (mut next, mut cues) = (at + 1, Vec::new());
    for form in forms(syntax, at) {
        for (rest, cue) in TABLE.get(form.as_str()).map(Vec::as_slice).unwrap_or_default() {
            let Some(stop) = end_of(syntax, rest, at, end) else { continue };
            if stop > next {
                next = stop;
                cues.clear();
            }
            if stop == next && !cues.contains(cue) {
                cues.push(*cue);
            }
        }
    }
    (next, cues)
}

/// One past the last of the further words of a phrase, hyphens between them stepped over.
fn end_of(syntax: Syntax<'_>, rest: &[&str], at: u32, end: u32) -> Option<u32> {
    let mut next = at + 1;
    for word in rest {
        if next < end && syntax.form(next) == "-" {
            next += 1;
        }
        if next >= end
            || syntax.sentence(next) != syntax.sentence(at)
            || !forms(syntax, next).iter().any(|form| form == word)
        {
            return None;
        }
        next += 1;
    }
    Some(next)
}
