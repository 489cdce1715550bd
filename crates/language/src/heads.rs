//! Heads on the encoder's word vectors and their decoders.

use crate::encoder::HIDDEN;
use crate::float::{Dense, PathSums, RoleActivation, Rows, exp, log_sum, work};
use crate::kernel::{self, Path};
use crate::lanes::LANES;
use crate::tree::spanning_tree;
use std::ops::Range;

/// A run of words: first word, end, kind.
pub type Run = (usize, usize, usize);

/// Dot product in 16 lanes: one order of sums on every machine.
#[inline]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 16];
    let (left, right) = (a.chunks_exact(16), b.chunks_exact(16));
    let (rest_a, rest_b) = (left.remainder(), right.remainder());
    for (x, y) in left.zip(right) {
        for lane in 0..16 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    let mut total = 0f32;
    for lane in lanes {
        total += lane;
    }
    for (x, y) in rest_a.iter().zip(rest_b) {
        total += x * y;
    }
    total
}

/// A linear-chain CRF (Lafferty et al., ICML 2001): only its decoder.
#[derive(Debug, Clone)]
pub struct Crf {
    /// [from, to].
    pub transitions: Vec<f32>,
    /// Per tag at the first word.
    pub start: Vec<f32>,
    /// Per tag at the last word.
    pub end: Vec<f32>,
}

impl Crf {
    /// The best tags for emissions [words, tags], whose rows lie `stride` apart (Viterbi 1967). Ties go to the lower tag.
    pub fn decode(&self, emissions: &[f32], stride: usize) -> Vec<usize> {
        let tags = self.start.len();
        let mut rows = emissions.chunks_exact(stride);
        let Some(first) = rows.next() else { return Vec::new() };
        let mut scores: Vec<f32> = (0..tags).map(|tag| self.start[tag] + first[tag]).collect();
        let mut back: Vec<Vec<u16>> = Vec::with_capacity(rows.len());
        for emission in rows {
            let mut next = vec![0f32; tags];
            let mut from = vec![0u16; tags];
            for tag in 0..tags {
                let mut best = (f32::NEG_INFINITY, 0usize);
                for previous in 0..tags {
                    let score = scores[previous] + self.transitions[previous * tags + tag];
                    if score > best.0 {
                        best = (score, previous);
                    }
                }
                next[tag] = best.0 + emission[tag];
                from[tag] = best.1 as u16;
            }
            back.push(from);
            scores = next;
        }
        let mut tag = 0;
        for candidate in 1..tags {
            if scores[candidate] + self.end[candidate] > scores[tag] + self.end[tag] {
                tag = candidate;
            }
        }
        let mut path = vec![tag];
        for from in back.iter().rev() {
            tag = usize::from(from[tag]);
            path.push(tag);
        }
        path.reverse();
        path
    }

    /// Runs (first word, end, kind) without overlap whose shares of all tag paths, each less `price`, have the largest sum: exact runs are
    /// what is counted, so single runs are chosen and not the whole path (minimum Bayes risk; Goel and Byrne, 2000). Between equal sums the earlier run stays.
    ///
    /// `price` is a share between 0 and 1: a run that is exact less often is left out.
    pub fn likely_runs(&self, emissions: &[f32], stride: usize, price: f32) -> Vec<Run> {
        let gains: Vec<(f32, Run)> =
            self.run_shares(emissions, stride, price).into_iter().map(|(share, run)| (share - price, run)).collect();
        best_apart(&gains)
    }

    /// Runs whose share of all tag paths is above `least` (by forward and backward sums), in the order of their ends. At most 16 tags.
    pub fn run_shares(&self, emissions: &[f32], stride: usize, least: f32) -> Vec<(f32, Run)> {
        /// A run is not followed where less than this is left (e^-3.5).
        const LOST: f32 = -3.5;
        let tags = self.start.len();
        let words = emissions.len() / stride;
        if words == 0 {
            return Vec::new();
        }
        let emission = |word: usize, tag: usize| emissions[word * stride + tag];
        // Lanes beyond the tags are never looked at.
        let lanes = |value: &dyn Fn(usize) -> f32| std::array::from_fn(|tag| if tag < tags { value(tag) } else { 0.0 });
        let onward: Vec<[f32; LANES]> = (0..tags).map(|from| lanes(&|to| self.transitions[from * tags + to])).collect();
        let turned: Vec<[f32; LANES]> = (0..tags).map(|to| lanes(&|from| self.transitions[from * tags + to])).collect();
        let rows: Vec<[f32; LANES]> = (0..words).map(|word| lanes(&|tag| emission(word, tag))).collect();
        let (mut forward, mut backward) = (Vec::with_capacity(words), Vec::with_capacity(words));
        work(
            *kernel::CHOSEN,
            PathSums {
                onward: &onward,
                turned: &turned,
                ends: [lanes(&|tag| self.start[tag]), lanes(&|tag| self.end[tag])],
                emissions: &rows,
                forward: &mut forward,
                backward: &mut backward,
            },
        );
        let all = (0..tags).map(|tag| forward[words - 1][tag] + self.end[tag]);
        let all = all.reduce(log_sum).unwrap_or(0.0);
        let mut found = Vec::new();
        for kind in 0..(tags - 1) / 2 {
            let (begin, inside) = (2 * kind + 1, 2 * kind + 2);
            // What follows a run that ends at `word` with `tag`.
            let closing = |word: usize, tag: usize| {
                if word + 1 == words {
                    return self.end[tag];
                }
                let to = (0..tags)
                    .filter(|&to| to != inside)
                    .map(|to| self.transitions[tag * tags + to] + emission(word + 1, to) + backward[word + 1][to]);
                to.reduce(log_sum).unwrap_or(0.0)
            };
            for start in 0..words {
                let mut score = forward[start][begin];
                let (mut word, mut tag) = (start, begin);
                while score + backward[word][tag] - all > LOST {
                    let share = exp((score + closing(word, tag) - all).min(0.0));
                    if share > least {
                        found.push((share, (start, word + 1, kind)));
                    }
                    word += 1;
                    if word == words {
                        break;
                    }
                    score += self.transitions[tag * tags + inside] + emission(word, inside);
                    tag = inside;
                }
            }
        }
        found.sort_by_key(|&(_, (start, end, kind))| (end, start, kind));
        found
    }
}

/// Runs without overlap with the largest sum of gains; `gains` above 0, in the order of the runs' ends. Between equal sums the earlier run stays.
pub fn best_apart(gains: &[(f32, Run)]) -> Vec<Run> {
    // Best sums up to each end, with the candidate that reaches it and the sum before it.
    let mut sums: Vec<(usize, f32, Option<(usize, usize)>)> = vec![(0, 0.0, None)];
    for (number, &(gain, (start, end, _))) in gains.iter().enumerate() {
        let before = sums.partition_point(|&(reached, _, _)| reached <= start) - 1;
        let sum = sums[before].1 + gain;
        if sums.last().is_some_and(|&(_, best, _)| sum > best) {
            sums.push((end, sum, Some((number, before))));
        }
    }
    let mut found = Vec::new();
    let mut at = sums.len() - 1;
    while let Some((number, before)) = sums[at].2 {
        found.push(gains[number].1);
        at = before;
    }
    found.reverse();
    found
}

/// Runs of tags O, B-k, I-k (tag 0, 2k+1, 2k+2) as (first word, end, kind). An I without its B opens a run.
pub fn runs(tags: &[usize]) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for (index, &tag) in tags.iter().enumerate() {
        if tag == 0 {
            continue;
        }
        let (kind, begins) = ((tag - 1) / 2, tag % 2 == 1);
        match found.last_mut() {
            Some(last) if !begins && last.1 == index && last.2 == kind => last.1 = index + 1,
            _ => found.push((index, index + 1, kind)),
        }
    }
    found
}

/// Share of a tag among all tags of one word.
pub fn share(emission: &[f32], tag: usize) -> f32 {
    let largest = emission.iter().fold(f32::NEG_INFINITY, |largest, &value| largest.max(value));
    let total: f32 = emission.iter().map(|&value| exp(value - largest)).sum();
    exp(emission[tag] - largest) / total
}

/// The role head: source and content of one cue at a time, or the parts of one deed.
#[derive(Debug, Clone)]
pub struct Roles {
    /// [192, 384] with bias.
    pub token: Dense,
    /// [192, 384].
    pub cue: Dense,
    /// [66, 192].
    pub distance: Vec<f32>,
    /// [192, 384].
    pub product_token: Dense,
    /// [192, 384].
    pub product_cue: Dense,
    /// [tags, 192] with bias: 7 for cues, 15 for deeds.
    pub out: Dense,
    /// Over O and B, I of the roles.
    pub crf: Crf,
    /// Width of a word's vector.
    pub inputs: usize,
}

/// Row of the distance table for a word against a cue run.
pub fn distance_bucket(word: usize, start: usize, end: usize, across: bool) -> usize {
    let steps = |distance: usize| ((distance as f32).log2() * 2.0).floor().min(15.0) as usize;
    let bucket = if word < start {
        1 + steps(start - word)
    } else if word >= end {
        17 + steps(word - end + 1)
    } else {
        0
    };
    bucket + if across { 32 } else { 0 }
}

/// What every word of a window gives to the role head, whatever the cue.
pub struct RoleWords {
    token: Rows,
    product: Rows,
}

impl Roles {
    /// Prepares the words of a window, given as [words, 384].
    pub fn prepare(&self, path: Path, vectors: &[f32]) -> RoleWords {
        RoleWords { token: self.token.apply(path, vectors), product: self.product_token.apply(path, vectors) }
    }

    /// Scores [words, tags] of all words of a window for the cue run `cue`. `sentences` tells the sentence of each word.
    pub fn emissions(
        &self,
        path: Path,
        words: &RoleWords,
        vectors: &[f32],
        sentences: &[usize],
        cue: Range<usize>,
    ) -> Rows {
        let inputs = self.inputs;
        let mut mean = vec![0f32; inputs];
        for vector in vectors[cue.start * inputs..cue.end * inputs].chunks_exact(inputs) {
            for (sum, value) in mean.iter_mut().zip(vector) {
                *sum += value;
            }
        }
        for sum in &mut mean {
            *sum /= cue.len() as f32;
        }
        let (of_cue, product) = (self.cue.apply(path, &mean), self.product_cue.apply(path, &mean));
        let width = of_cue.stride;
        let mut seen = vec![0f32; words.token.values.len()];
        for (word, out) in seen.chunks_exact_mut(width).enumerate() {
            let across = sentences[word] != sentences[cue.start];
            let bucket = distance_bucket(word, cue.start, cue.end, across);
            let distance = &self.distance[bucket * width..(bucket + 1) * width];
            let (token, own) = (words.token.row(word), words.product.row(word));
            work(path, RoleActivation { token, cue: of_cue.row(0), distance, own, product: product.row(0), out });
        }
        self.out.apply(path, &seen)
    }
}

/// The dependency parser: biaffine attention (Dozat and Manning, ICLR 2017) and a maximum spanning tree.
#[derive(Debug, Clone)]
pub struct Parser {
    /// Dependent side of arcs, [192, 384].
    pub arc_dep: Dense,
    /// Head side of arcs, [192, 384].
    pub arc_head: Dense,
    /// [192, 192], rows on the dependent side.
    pub arc_biaffine: Dense,
    /// [192] on the head side.
    pub arc_bias: Vec<f32>,
    /// Dependent side of relations, [96, 384].
    pub rel_dep: Dense,
    /// Head side of relations, [96, 384].
    pub rel_head: Dense,
    /// [relations * 97, 96] with the last column as bias: one matrix per relation, rows on the dependent side.
    pub rel_biaffine: Dense,
    /// Stands for the root, [384].
    pub root: Vec<f32>,
    /// Number of relations.
    pub relations: usize,
    /// Index of the relation `root`.
    pub root_relation: usize,
}

impl Parser {
    /// Head and relation of each word of a window [words, 384], which is cut into sentences. A head is a word of the window,
    /// none for the root of a sentence.
    pub fn parse(&self, path: Path, vectors: &[f32], sentences: &[Range<usize>]) -> Vec<(Option<usize>, usize)> {
        let count = vectors.len() / HIDDEN;
        let dependents = self.arc_dep.apply(path, vectors).gelu(path);
        let with_root = [vectors, &self.root].concat();
        let heads = self.arc_head.apply(path, &with_root).gelu(path);
        let turned = self.arc_biaffine.apply(path, &heads.values);
        let bias: Vec<f32> = (0..=count).map(|head| dot(&self.arc_bias, heads.row(head))).collect();
        let mut found = vec![(None, self.root_relation); count];
        for range in sentences {
            let score = |word: usize, head: usize| dot(dependents.row(word), turned.row(head)) + bias[head];
            let scores: Vec<Vec<f32>> = range
                .clone()
                .map(|word| {
                    let own =
                        range.clone().map(|head| if head == word { f32::NEG_INFINITY } else { score(word, head) });
                    std::iter::once(score(word, count)).chain(own).collect()
                })
                .collect();
            for (word, head) in range.clone().zip(spanning_tree(&scores)) {
                found[word].0 = head.checked_sub(1).map(|head| range.start + head);
            }
        }
        self.relate(path, vectors, &mut found);
        found
    }

    /// Finds the relations of words whose heads are known.
    fn relate(&self, path: Path, vectors: &[f32], found: &mut [(Option<usize>, usize)]) {
        let dependents = self.rel_dep.apply(path, vectors).gelu(path);
        // The larger factor is worked out once for each word that is a head.
        let mut governors: Vec<usize> = found.iter().filter_map(|(head, _)| *head).collect();
        governors.sort_unstable();
        governors.dedup();
        let chosen: Vec<f32> =
            governors.iter().flat_map(|&head| &vectors[head * HIDDEN..][..HIDDEN]).copied().collect();
        let heads = self.rel_head.apply(path, &chosen).gelu(path);
        let turned = self.rel_biaffine.apply(path, &heads.values);
        let width = dependents.stride;
        for (word, (head, relation)) in found.iter_mut().enumerate() {
            let Some(head) = head else { continue };
            let Ok(governor) = governors.binary_search(head) else { continue };
            let mut best = f32::NEG_INFINITY;
            for (candidate, row) in turned.row(governor).chunks_exact(width + 1).take(self.relations).enumerate() {
                let score = dot(dependents.row(word), &row[..width]) + row[width];
                if candidate != self.root_relation && score > best {
                    best = score;
                    *relation = candidate;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn viterbi_is_the_best_path(words in 1usize..5, values in proptest::collection::vec(-20i32..20, 40)) {
            let of = |index: usize| values[index % values.len()] as f32;
            let crf = Crf { transitions: (0..9).map(|index| of(index + 3)).collect(), start: (0..3).map(of).collect(), end: (0..3).map(|index| of(index + 20)).collect() };
            let emissions: Vec<f32> = (0..words * 3).map(|index| of(index + 13)).collect();
            let score = |path: &[usize]| -> f32 {
                let mut total = crf.start[path[0]] + crf.end[path[path.len() - 1]];
                for (word, &tag) in path.iter().enumerate() { total += emissions[word * 3 + tag]; }
                for pair in path.windows(2) { total += crf.transitions[pair[0] * 3 + pair[1]]; }
                total
            };
            let found = crf.decode(&emissions, 3);
            let best = (0..3usize.pow(words as u32)).map(|code| {
                let mut rest = code;
                let path: Vec<usize> = (0..words).map(|_| { let tag = rest % 3; rest /= 3; tag }).collect();
                score(&path)
            }).fold(f32::NEG_INFINITY, f32::max);
            prop_assert!((score(&found) - best).abs() < 1e-3);
        }
    }

    proptest! {
        #[test]
        fn likely_runs_have_their_shares(words in 1usize..6, values in proptest::collection::vec(-30i32..30, 60)) {
            let of = |index: usize| values[index % values.len()] as f32 / 10.0;
            // Tags O, B, I of one kind; I opens no path and follows no O.
            let barred = |from: usize, to: usize| if to == 2 && from == 0 { -1e4 } else { of(from * 3 + to) };
            let transitions = (0..9).map(|index| barred(index / 3, index % 3)).collect();
            let crf = Crf { transitions, start: vec![of(11), of(12), -1e4], end: (0..3).map(|index| of(index + 20)).collect() };
            let emissions: Vec<f32> = (0..words * 3).map(|index| of(index + 13)).collect();
            let mut total = 0f64;
            let mut of_run = std::collections::BTreeMap::new();
            for code in 0..3usize.pow(words as u32) {
                let path: Vec<usize> = (0..words).scan(code, |rest, _| { let tag = *rest % 3; *rest /= 3; Some(tag) }).collect();
                let mut score = crf.start[path[0]] + crf.end[path[words - 1]];
                for (word, &tag) in path.iter().enumerate() { score += emissions[word * 3 + tag]; }
                for pair in path.windows(2) { score += crf.transitions[pair[0] * 3 + pair[1]]; }
                let weight = f64::from(score).exp();
                total += weight;
                for run in runs(&path) { *of_run.entry(run).or_insert(0f64) += weight; }
            }
            let found = crf.run_shares(&emissions, 3, 0.1);
            for (share, run) in &found {
                prop_assert!((f64::from(*share) - of_run[run] / total).abs() < 1e-3, "{run:?}");
            }
            let expected = of_run.values().filter(|weight| **weight / total > 0.101).count();
            prop_assert!(found.len() >= expected);
            let chosen = crf.likely_runs(&emissions, 3, 0.3);
            prop_assert!(chosen.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            // No single run that was left out would have paid without taking the place of another.
            for (share, run) in &found {
                let free = chosen.iter().all(|other| other.1 <= run.0 || run.1 <= other.0);
                prop_assert!(!free || *share <= 0.3);
            }
        }
    }

    #[test]
    fn runs_of_tags() {
        assert_eq!(runs(&[0, 1, 2, 0, 3, 3, 4, 4]), [(1, 3, 0), (4, 5, 1), (5, 8, 1)]);
        assert_eq!(runs(&[2, 2, 4]), [(0, 2, 0), (2, 3, 1)]);
        assert_eq!(runs(&[]), []);
    }

    #[test]
    fn buckets() {
        assert_eq!(distance_bucket(4, 4, 6, false), 0);
        assert_eq!(distance_bucket(3, 4, 6, false), 1);
        assert_eq!(distance_bucket(6, 4, 6, false), 17);
        assert_eq!(distance_bucket(7, 4, 6, false), 19);
    }
}
