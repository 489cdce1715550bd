//! From what the windows of a document gave to one [`Analysis`].

use crate::analysis::{Analysis, Deprel, Upos, WordAnalysis};
use crate::encoder::HIDDEN;
use crate::events::{EventAnalysis, WindowEvents};
use crate::lemma::lemma;
use crate::mend::{mend, name_bodies};
use crate::quotation::add_free_speech;
use crate::windows::Window;
use counterclaim_schema::{Attribution, Mention, MentionKind, Span};
use counterclaim_text::Sentence;
use std::ops::Range;

/// An attribution as runs of words of a window, (first, end).
pub struct FoundAttribution {
    /// Who says it.
    pub source: Vec<(usize, usize)>,
    /// The words of saying.
    pub cue: Vec<(usize, usize)>,
    /// What is said.
    pub content: Vec<(usize, usize)>,
    /// Mean share of the cue's tags.
    pub score: f32,
}

/// What the heads gave for the words of one window.
pub struct WindowResult {
    /// Per word.
    pub upos: Vec<Upos>,
    /// Per word: its head in the window, none for a root, and the relation.
    pub heads: Vec<(Option<usize>, Deprel)>,
    /// First word, end, kind, score.
    pub mentions: Vec<(usize, usize, MentionKind, f32)>,
    /// In the order of their cues.
    pub attributions: Vec<FoundAttribution>,
    /// Of the event heads.
    pub events: WindowEvents,
    /// Hidden states of the words.
    pub vectors: Vec<f32>,
}

/// Puts the answers of the windows together, of overlapping windows those that each keeps.
pub fn assemble(text: &str, sentences: &[Sentence], windows: &[Window], results: Vec<WindowResult>) -> Analysis {
    let spans: Vec<Span> = sentences.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.span)).collect();
    let mut ranges = Vec::with_capacity(sentences.len());
    let mut next = 0u32;
    for sentence in sentences {
        ranges.push(next..next + sentence.words.len() as u32);
        next += sentence.words.len() as u32;
    }
    let mut words: Vec<WordAnalysis> = Vec::with_capacity(spans.len());
    let mut mentions: Vec<Mention> = Vec::new();
    let mut attributions: Vec<Attribution> = Vec::new();
    let mut events = EventAnalysis::default();
    let mut vectors: Vec<f32> = Vec::with_capacity(spans.len() * HIDDEN);
    for (window, result) in windows.iter().zip(results) {
        let base = window.first_word as usize;
        let keep = window.keep.clone().unwrap_or(0..window.words.len());
        let cover = |start: usize, end: usize| spans[base + start].to(spans[base + end - 1]);
        let pieces =
            |found: &[(usize, usize)]| -> Vec<Span> { found.iter().map(|&(start, end)| cover(start, end)).collect() };
        for (sentence, range) in &window.sentences {
            for word in range.clone().filter(|word| keep.contains(word)) {
                let (head, deprel) = result.heads[word];
                let span = spans[base + word];
                vectors.extend_from_slice(&result.vectors[word * HIDDEN..][..HIDDEN]);
                words.push(WordAnalysis {
                    span,
                    sentence: *sentence as u32,
                    upos: result.upos[word],
                    head: head.map(|head| (base + head) as u32),
                    deprel,
                    lemma: lemma(span.of(text), result.upos[word]),
                });
            }
        }
        for (start, end, kind, score) in result.mentions {
            // A mention over the border of two windows may be found by both.
            let open = mentions.last().is_none_or(|last| last.span.end <= spans[base + start].start);
            if keep.contains(&start) && open {
                mentions.push(Mention { span: cover(start, end), kind, score });
            }
        }
        events.push(window.first_word, &keep, result.events);
        for found in result.attributions {
            if found.cue.first().is_some_and(|cue| keep.contains(&cue.0)) {
                attributions.push(Attribution {
                    source: pieces(&found.source),
                    cue: pieces(&found.cue),
                    content: pieces(&found.content),
                    score: found.score,
                });
            }
        }
    }
    attributions.sort_by_key(|attribution| attribution.cue.first().map(|cue| cue.start));
    one_root_each(&mut words, &ranges);
    name_bodies(text, &mut mentions);
    mend(text, &mut words, &mentions);
    add_free_speech(text, sentences, &ranges, &words, &mentions, &mut attributions);
    let mut analysis = Analysis::new(words, ranges, mentions, attributions);
    analysis.events = events;
    analysis.vectors = vectors;
    analysis
}

/// The parts of a long sentence have a root each, and a head may lie in a part that another window answered for: the first root
/// becomes the root of all, and what would close a circle hangs on it.
fn one_root_each(words: &mut [WordAnalysis], ranges: &[Range<u32>]) {
    for range in ranges {
        let roots: Vec<u32> = range.clone().filter(|&word| words[word as usize].head.is_none()).collect();
        let Some(&root) = roots.first().or(range.clone().next().as_ref()) else { continue };
        if roots.is_empty() {
            words[root as usize].head = None;
            words[root as usize].deprel = Deprel::Root;
        }
        for &other in roots.iter().skip(1) {
            words[other as usize].head = Some(root);
            words[other as usize].deprel = Deprel::Parataxis;
        }
        break_circles(words, range, root);
    }
}

/// Walks from each word towards its root; a word that a walk meets twice hangs on the root from then on.
fn break_circles(words: &mut [WordAnalysis], range: &Range<u32>, root: u32) {
    let mut walks = vec![0usize; range.len()];
    for (walk, word) in range.clone().enumerate() {
        let mut at = word;
        loop {
            let seen = &mut walks[(at - range.start) as usize];
            if *seen == walk + 1 {
                words[at as usize].head = Some(root);
            }
            if *seen != 0 {
                break;
            }
            *seen = walk + 1;
            match words[at as usize].head {
                Some(head) => at = head,
                None => break,
            }
        }
    }
}
