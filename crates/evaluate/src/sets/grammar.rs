//! Words of given spans and what hangs on them, for answers that the ledger does not hold.

use super::Machine;
use crate::record::Record;
use crate::sets::spans::Range;
use counterclaim_language::{Analysis, Deprel};
use counterclaim_schema::{CodePoints, Span};

/// A record with its trees.
pub struct Parsed<'r> {
    pub points: CodePoints<'r>,
    pub analysis: Analysis,
    length: u32,
}

impl<'r> Parsed<'r> {
    /// Analyzes the text of a record as a document that is all story.
    pub fn new(record: &'r Record, machine: &Machine<'_>) -> Parsed<'r> {
        let (sentences, _) = counterclaim_text::sentences(&record.document());
        let analysis = machine.analyze(&record.text, &sentences);
        Parsed { points: CodePoints::new(&record.text), analysis, length: record.length() }
    }

    /// The code points of a span.
    pub fn range(&self, span: Span) -> Range {
        (self.points.of_byte(span.start()), self.points.of_byte(span.end()))
    }

    /// The word that heads a range of code points: the first whose head lies outside.
    pub fn word_at(&self, (start, end): Range) -> Option<u32> {
        if start >= end || end > self.length {
            return None;
        }
        let span = self.points.byte_span(start, end);
        let words = &self.analysis.words;
        let first = words.partition_point(|word| word.span.end() <= span.start());
        let last = words.partition_point(|word| word.span.start() < span.end());
        let inside = |head: Option<u32>| head.is_some_and(|head| (first..last).contains(&(head as usize)));
        (first..last).find(|&word| !inside(words[word].head)).map(|word| word as u32)
    }

    pub fn lemma(&self, word: u32) -> &str {
        &self.analysis.words[word as usize].lemma
    }

    pub fn deprel(&self, word: u32) -> Deprel {
        self.analysis.words[word as usize].deprel
    }

    /// The first dependent with one of the relations.
    pub fn dependent(&self, word: u32, relations: &[Deprel]) -> Option<u32> {
        self.analysis.dependents(word).iter().copied().find(|&below| relations.contains(&self.deprel(below)))
    }

    /// The preposition of a phrase.
    pub fn preposition(&self, word: u32) -> &str {
        self.dependent(word, &[Deprel::Case]).map_or("", |case| self.lemma(case))
    }

    /// The word and the words above it, nearest first. A tree has no rings, yet a bound costs nothing.
    pub fn path_up(&self, word: u32) -> Vec<u32> {
        let mut path = vec![word];
        while let Some(head) = self.analysis.words[path[path.len() - 1] as usize].head {
            if path.len() > 200 {
                break;
            }
            path.push(head);
        }
        path
    }

    /// The noun phrase of a head without what stands before it (preposition, and the article if `bare`), clauses, appositions
    /// and further conjuncts.
    pub fn phrase(&self, head: u32, bare: bool) -> Range {
        use Deprel::{Acl, AclRelcl, Advcl, Appos, Case, Cc, Conj, Det, Parataxis, Punct};
        let is_left_out = |relation: Deprel| {
            matches!(relation, Acl | AclRelcl | Advcl | Appos | Case | Cc | Conj | Parataxis | Punct)
                || bare && relation == Det
        };
        let mut kept = vec![head];
        for &below in self.analysis.dependents(head) {
            if !is_left_out(self.deprel(below)) {
                kept.extend(self.analysis.subtree(below));
            }
        }
        // Only what touches the head stays, so that the phrase is one piece.
        kept.sort_unstable();
        let at = kept.iter().position(|&word| word == head).unwrap_or(0);
        let (mut first, mut last) = (at, at);
        while first > 0 && kept[first - 1] + 1 == kept[first] {
            first -= 1;
        }
        while last + 1 < kept.len() && kept[last] + 1 == kept[last + 1] {
            last += 1;
        }
        let span = |index: usize| self.analysis.words[kept[index] as usize].span;
        self.range(Span::new(span(first).start(), span(last).end()))
    }
}
