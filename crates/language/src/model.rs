//! The model: the way from sentences to an [`Analysis`].

use crate::agreements::AgreementReader;
use crate::analysis::{Analysis, Deprel, Upos};
use crate::assemble::{FoundAttribution, WindowResult, assemble};
use crate::encoder::{Encoder, HIDDEN, Scratch};
use crate::events::EventHeads;
use crate::float::{Dense, Rows, log_sum};
use crate::heads::{Crf, Parser, Roles, Run, best_apart, runs, share};
use crate::kernel::{self, Path};
use crate::load::Manifest;
use crate::reports::{AnswerReader, ReportHeads};
use crate::windows::{Window, windows};
use crate::wordpiece::Vocabulary;
use counterclaim_schema::{MentionKind, Span};
use counterclaim_text::Sentence;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// The model, ready to read.
#[derive(Debug)]
pub struct Model {
    pub(crate) manifest: Manifest,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) encoder: Encoder,
    pub(crate) events: EventHeads,
    pub(crate) reports: ReportHeads,
    pub(crate) agreements: AgreementReader,
    pub(crate) answers: AnswerReader,
    pub(crate) mention: Dense,
    pub(crate) mention_crf: Crf,
    pub(crate) cue: Dense,
    pub(crate) cue_crf: Crf,
    pub(crate) roles: Roles,
    pub(crate) upos: Dense,
    pub(crate) parser: Parser,
    pub(crate) kinds: Vec<MentionKind>,
    pub(crate) upos_tags: Vec<Upos>,
    pub(crate) relations: Vec<Deprel>,
}

/// Kinds that the training data of the shipped weights does not tell from another one (groups of people are never marked in public
/// sets, facilities are marked as places): their evidence counts for the other one, `None` for no mention at all.
const UNTOLD: [(MentionKind, Option<MentionKind>); 2] =
    [(MentionKind::Group, None), (MentionKind::Facility, Some(MentionKind::Place))];

/// Share of all tag paths from which a cue, a source or a content is told. Set on training documents of PolNeAR that were kept out of
/// training; .4 to .5 are alike, the best path alone gives .2 points less (docs/decisions/0002).
const RUN_PRICE: f32 = 0.45;

/// A source is told from the sum of its shares over all cues in the same place ("said", "also said"), each weighed by its own share.
const SOURCE_PRICE: f32 = 0.35;

/// Least share of a cue whose sources count in that sum, and least share of a source there.
const RIVAL_CUE: f32 = 0.1;
const RIVAL_SOURCE: f32 = 0.05;

impl Model {
    /// Name, version and hashes.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Hidden states [pieces, 384] of one window of at most 512 raw pieces, for measuring and comparing. Panics when the machine
    /// cannot go the way `path`, or when a piece or shape is none of the model's.
    pub fn encode(&self, path: Path, pieces: &[u32], shapes: &[u8], scratch: &mut Scratch) -> Vec<f32> {
        path.require();
        self.encoder.encode(path, pieces, shapes, scratch)
    }

    /// Reads the sentences of a text. Pure: the same input gives the same output on any number of threads and any machine.
    /// Panics when a span of a word is no slice of the text.
    pub fn analyze(&self, text: &str, sentences: &[Sentence]) -> Analysis {
        self.analyze_with(*kernel::CHOSEN, text, sentences)
    }

    /// As [`Model::analyze`], by a chosen way of computing. Panics when the machine cannot go it.
    pub fn analyze_with(&self, path: Path, text: &str, sentences: &[Sentence]) -> Analysis {
        self.analyze_words(path, text, sentences, &[])
    }

    /// As [`Model::analyze`]; besides, the words at the given spans are taken for deeds, whatever the heads think of them.
    pub fn analyze_given(&self, text: &str, sentences: &[Sentence], given: &[Span]) -> Analysis {
        let words: Vec<Span> =
            sentences.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.span)).collect();
        let runs: Vec<Range<usize>> = given
            .iter()
            .filter_map(|span| {
                let start = words.iter().position(|word| word.overlaps(*span))?;
                let length = words[start..].iter().take_while(|word| word.overlaps(*span)).count();
                Some(start..start + length)
            })
            .collect();
        self.analyze_words(*kernel::CHOSEN, text, sentences, &runs)
    }

    fn analyze_words(&self, path: Path, text: &str, sentences: &[Sentence], given: &[Range<usize>]) -> Analysis {
        path.require();
        let windows = windows(&self.vocabulary, text, sentences);
        let results: Vec<WindowResult> = windows
            .par_iter()
            .map_init(Scratch::default, |scratch, window| self.read(path, window, given, scratch))
            .collect();
        assemble(text, sentences, &windows, results)
    }

    fn read(&self, path: Path, window: &Window, given: &[Range<usize>], scratch: &mut Scratch) -> WindowResult {
        let (pieces, shapes, firsts) = window.pieces(&self.vocabulary);
        let hidden = self.encoder.encode(path, &pieces, &shapes, scratch);
        let vectors: Vec<f32> = firsts.iter().flat_map(|&first| &hidden[first * HIDDEN..][..HIDDEN]).copied().collect();
        let sentences: Vec<Range<usize>> = window.sentences.iter().map(|(_, range)| range.clone()).collect();
        let upos = self.upos.apply(path, &vectors);
        let best =
            |scores: &[f32]| (1..scores.len()).fold(0, |best, tag| if scores[tag] > scores[best] { tag } else { best });
        let heads = self.parser.parse(path, &vectors, &sentences);
        let first = window.first_word as usize;
        let here: Vec<Range<usize>> = given
            .iter()
            .filter(|run| run.start >= first && run.end <= first + window.words.len())
            .map(|run| run.start - first..run.end - first)
            .collect();
        WindowResult {
            upos: (0..firsts.len()).map(|word| self.upos_tags[best(&upos.row(word)[..self.upos_tags.len()])]).collect(),
            heads: heads.into_iter().map(|(head, relation)| (head, self.relations[relation])).collect(),
            mentions: self.mentions(path, &vectors, &sentences),
            attributions: self.attributions(path, &vectors, &sentences),
            events: self.events.read(path, (&pieces, &shapes, &firsts), &vectors, &sentences, &here, scratch),
            vectors,
        }
    }

    /// Mentions of a window as (first word, end, kind, score).
    fn mentions(
        &self,
        path: Path,
        vectors: &[f32],
        sentences: &[Range<usize>],
    ) -> Vec<(usize, usize, MentionKind, f32)> {
        let mut emissions = self.mention.apply(path, vectors);
        let stride = emissions.stride;
        for scores in emissions.values.chunks_exact_mut(stride) {
            self.move_untold(scores);
        }
        let mut found = Vec::new();
        for range in sentences {
            let tags = self.mention_crf.decode(emissions.range(range.clone()), stride);
            for (start, end, kind) in runs(&tags) {
                let (start, end, tags) = (range.start + start, range.start + end, &tags[start..end]);
                let score = self.score(&emissions, &self.mention, start, tags);
                found.push((start, end, self.kinds[kind], score));
            }
        }
        found
    }

    /// Mean share of tags at the words from `start` on.
    fn score(&self, emissions: &Rows, head: &Dense, start: usize, tags: &[usize]) -> f32 {
        let shares =
            tags.iter().enumerate().map(|(word, &tag)| share(&emissions.row(start + word)[..head.outputs()], tag));
        shares.sum::<f32>() / tags.len() as f32
    }

    /// Adds the evidence of untold kinds to the tags that they are not told from.
    fn move_untold(&self, scores: &mut [f32]) {
        for (kind, into) in UNTOLD {
            let Some(from) = self.kinds.iter().position(|known| *known == kind) else { continue };
            let target = into.and_then(|into| self.kinds.iter().position(|known| *known == into));
            for inside in 0..2 {
                let to = target.map_or(0, |target| 2 * target + 1 + inside);
                scores[to] = log_sum(scores[to], scores[2 * from + 1 + inside]);
                scores[2 * from + 1 + inside] = -1e4;
            }
        }
    }

    fn attributions(&self, path: Path, vectors: &[f32], sentences: &[Range<usize>]) -> Vec<FoundAttribution> {
        let emissions = self.cue.apply(path, vectors);
        let cues = self.cue_crf.likely_runs(&emissions.values, emissions.stride, RUN_PRICE);
        if cues.is_empty() {
            return Vec::new();
        }
        let mut sentence_of = vec![0usize; emissions.values.len() / emissions.stride];
        for (number, range) in sentences.iter().enumerate() {
            sentence_of[range.clone()].fill(number);
        }
        let words = self.roles.prepare(path, vectors);
        let rivals = self.cue_crf.run_shares(&emissions.values, emissions.stride, RIVAL_CUE);
        let mut claimed: Vec<(usize, usize)> = Vec::new();
        let mut all = Vec::new();
        for (number, &(start, end, _)) in cues.iter().enumerate() {
            if claimed.contains(&(start, end)) {
                continue;
            }
            let tags: Vec<usize> = (start..end).map(|word| if word == start { 1 } else { 2 }).collect();
            let score = self.score(&emissions, &self.cue, start, &tags);
            let mut found =
                FoundAttribution { source: Vec::new(), cue: vec![(start, end)], content: Vec::new(), score };
            let mut sources = BTreeMap::<Run, f32>::new();
            let mut gains = Vec::new();
            for &(share, (first, last, _)) in rivals.iter().filter(|rival| rival.1.0 < end && start < rival.1.1) {
                let scores = self.roles.emissions(path, &words, vectors, &sentence_of, first..last);
                for (given, run) in self.roles.crf.run_shares(&scores.values, scores.stride, RIVAL_SOURCE) {
                    if run.2 == 0 {
                        *sources.entry(run).or_default() += share * given;
                    } else if (first, last) == (start, end) && given > RUN_PRICE {
                        gains.push((given - RUN_PRICE, run));
                    }
                }
            }
            gains.extend(
                sources.into_iter().map(|(run, share)| (share - SOURCE_PRICE, run)).filter(|&(gain, _)| gain > 0.0),
            );
            gains.sort_by_key(|&(_, (start, end, kind))| (end, start, kind));
            for (from, to, role) in best_apart(&gains) {
                match role {
                    0 => found.source.push((from, to)),
                    1 => found.content.push((from, to)),
                    _ => {
                        let later = cues[number + 1..].iter().filter(|cue| cue.0 < to && from < cue.1);
                        claimed.extend(later.map(|cue| (cue.0, cue.1)));
                        found.cue.push((from, to));
                    }
                }
            }
            found.cue.sort_unstable();
            all.push(found);
        }
        all
    }
}
