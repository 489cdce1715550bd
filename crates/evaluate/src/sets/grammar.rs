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

    /// As [`Parsed::new`], with ranges of code points that are taken for deeds.
    pub fn given(record: &'r Record, machine: &Machine<'_>, given: &[Range]) -> Parsed<'r> {
        let points = CodePoints::new(&record.text);
        let (sentences, _) = counterclaim_text::sentences(&record.document());
        let inside = given.iter().filter(|(start, end)| start < end && *end <= record.length());
        let spans: Vec<Span> = inside.map(|&(start, end)| points.byte_span(start, end)).collect();
        let analysis = machine.model.analyze_given(&record.text, &sentences, &spans);
        Parsed { points, analysis, length: record.length() }
    }

    /// The code points of a run of words.
    pub fn range_of(&self, words: &std::ops::Range<u32>) -> Range {
        let span = |word: u32| self.analysis.words[word as usize].span;
        self.range(Span::new(span(words.start).start(), span(words.end - 1).end()))
    }

    /// The first word of a range of code points.
    pub fn first_word(&self, (start, end): Range) -> Option<u32> {
        let words = &self.analysis.words;
        let at = words.partition_point(|word| self.points.of_byte(word.span.end()) <= start);
        (at < words.len() && self.points.of_byte(words[at].span.start()) < end).then_some(at as u32)
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
