//! Heads on the encoder's word vectors and their decoders.

use crate::encoder::{HIDDEN, exp, gelu};

/// A dense layer in f32: [outputs, inputs] row-major.
#[derive(Debug, Clone)]
pub struct Dense {
    /// Row-major weights.
    pub weight: Vec<f32>,
    /// Bias per output; empty for none.
    pub bias: Vec<f32>,
    /// Outputs.
    pub outputs: usize,
}

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

impl Dense {
    /// `weight x input + bias`.
    pub fn apply(&self, input: &[f32]) -> Vec<f32> {
        (0..self.outputs)
            .map(|output| {
                dot(&self.weight[output * input.len()..(output + 1) * input.len()], input)
                    + self.bias.get(output).copied().unwrap_or(0.0)
            })
            .collect()
    }
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
    /// The best tags for emissions [words, tags] (Viterbi 1967). Ties go to the lower tag.
    pub fn decode(&self, emissions: &[Vec<f32>]) -> Vec<usize> {
        let tags = self.start.len();
        let Some(first) = emissions.first() else { return Vec::new() };
        let mut scores: Vec<f32> = (0..tags).map(|tag| self.start[tag] + first[tag]).collect();
        let mut back: Vec<Vec<u16>> = Vec::with_capacity(emissions.len());
        for emission in &emissions[1..] {
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
}

/// Runs of tags O, B-k, I-k (tag 0, 2k+1, 2k+2) as (first word, end, kind). An I without its B opens a run.
pub fn runs(tags: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
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

/// The role head: source and content of one cue at a time.
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
    /// [7, 192] with bias.
    pub out: Dense,
    /// Over O and B, I of source, content, cue.
    pub crf: Crf,
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

/// What every word gives to the role head, whatever the cue.
pub struct RoleWords {
    token: Vec<Vec<f32>>,
    product: Vec<Vec<f32>>,
}

impl Roles {
    /// Prepares the words of a window.
    pub fn prepare(&self, vectors: &[&[f32]]) -> RoleWords {
        RoleWords {
            token: vectors.iter().map(|vector| self.token.apply(vector)).collect(),
            product: vectors.iter().map(|vector| self.product_token.apply(vector)).collect(),
        }
    }

    /// Tags of all words of a window for the cue at `start..end`.
    pub fn tag(
        &self,
        words: &RoleWords,
        vectors: &[&[f32]],
        sentences: &[usize],
        start: usize,
        end: usize,
    ) -> Vec<usize> {
        let mut mean = vec![0f32; HIDDEN];
        for vector in &vectors[start..end] {
            for (sum, value) in mean.iter_mut().zip(*vector) {
                *sum += value;
            }
        }
        for sum in &mut mean {
            *sum /= (end - start) as f32;
        }
        let cue = self.cue.apply(&mean);
        let product = self.product_cue.apply(&mean);
        let width = cue.len();
        let emissions: Vec<Vec<f32>> = (0..vectors.len())
            .map(|word| {
                let bucket = distance_bucket(word, start, end, sentences[word] != sentences[start]);
                let distance = &self.distance[bucket * width..(bucket + 1) * width];
                let (token, own) = (&words.token[word], &words.product[word]);
                let z: Vec<f32> = (0..width)
                    .map(|index| gelu(token[index] + cue[index] + distance[index] + own[index] * product[index]))
                    .collect();
                self.out.apply(&z)
            })
            .collect();
        self.crf.decode(&emissions)
    }
}

/// The dependency parser: biaffine attention (Dozat and Manning, ICLR 2017) and a maximum spanning tree.
#[derive(Debug, Clone)]
pub struct Parser {
    /// Dependent side of arcs.
    pub arc_dep: Dense,
    /// Head side of arcs.
    pub arc_head: Dense,
    /// [192, 192], rows on the dependent side.
    pub arc_biaffine: Vec<f32>,
    /// [192] on the head side.
    pub arc_bias: Vec<f32>,
    /// Dependent side of relations.
    pub rel_dep: Dense,
    /// Head side of relations.
    pub rel_head: Dense,
    /// [relations, 97, 97].
    pub rel_biaffine: Vec<f32>,
    /// Stands for the root.
    pub root: Vec<f32>,
    /// Number of relations.
    pub relations: usize,
    /// Index of the relation `root`.
    pub root_relation: usize,
}

fn activated(dense: &Dense, input: &[f32]) -> Vec<f32> {
    dense.apply(input).into_iter().map(gelu).collect()
}

impl Parser {
    /// Head (0 = root, else word + 1) and relation of each word of a sentence.
    pub fn parse(&self, vectors: &[&[f32]]) -> Vec<(usize, usize)> {
        let count = vectors.len();
        if count == 0 {
            return Vec::new();
        }
        let dependents: Vec<Vec<f32>> = vectors.iter().map(|vector| activated(&self.arc_dep, vector)).collect();
        let with_root = || std::iter::once(self.root.as_slice()).chain(vectors.iter().copied());
        let heads: Vec<Vec<f32>> = with_root().map(|vector| activated(&self.arc_head, vector)).collect();
        let width = self.arc_bias.len();
        // A k for every head once, then a dot product for each pair.
        let turned: Vec<Vec<f32>> = heads
            .iter()
            .map(|head| (0..width).map(|row| dot(&self.arc_biaffine[row * width..(row + 1) * width], head)).collect())
            .collect();
        let bias: Vec<f32> = heads.iter().map(|head| dot(&self.arc_bias, head)).collect();
        let mut scores = vec![vec![f32::NEG_INFINITY; count + 1]; count];
        for (word, row) in scores.iter_mut().enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                if head != word + 1 {
                    *score = dot(&dependents[word], &turned[head]) + bias[head];
                }
            }
        }
        let tree = spanning_tree(&scores);
        let one = |mut vector: Vec<f32>| {
            vector.push(1.0);
            vector
        };
        tree.into_iter()
            .enumerate()
            .map(|(word, head)| {
                if head == 0 {
                    return (0, self.root_relation);
                }
                let dependent = one(activated(&self.rel_dep, vectors[word]));
                let governor = one(activated(&self.rel_head, vectors[head - 1]));
                let size = dependent.len();
                let mut best = (f32::NEG_INFINITY, 0);
                for relation in 0..self.relations {
                    if relation == self.root_relation {
                        continue;
                    }
                    let matrix = &self.rel_biaffine[relation * size * size..(relation + 1) * size * size];
                    let mut score = 0f32;
                    for (row, value) in dependent.iter().enumerate() {
                        score += value * dot(&matrix[row * size..(row + 1) * size], &governor);
                    }
                    if score > best.0 {
                        best = (score, relation);
                    }
                }
                (head, best.1)
            })
            .collect()
    }
}

/// Words beyond which a sentence is parsed greedily: the exact tree takes cubic time.
const LONGEST_EXACT: usize = 260;

/// Heads of the best tree with exactly one root (Chu and Liu 1965, Edmonds 1967). `scores[word][head]`, head 0 is the root.
pub fn spanning_tree(scores: &[Vec<f32>]) -> Vec<usize> {
    let count = scores.len();
    if count > LONGEST_EXACT {
        return greedy_tree(scores);
    }
    let free = edmonds(scores, None);
    let roots = free.iter().filter(|&&head| head == 0).count();
    if roots == 1 {
        return free;
    }
    // More than one root: try each word as the only one and keep the best tree.
    let mut best: Option<(f64, Vec<usize>)> = None;
    let mut candidates: Vec<usize> = (0..count).collect();
    candidates.sort_by(|&a, &b| scores[b][0].total_cmp(&scores[a][0]).then(a.cmp(&b)));
    for &root in candidates.iter().take(8) {
        let tree = edmonds(scores, Some(root));
        let total: f64 = tree.iter().enumerate().map(|(word, &head)| f64::from(scores[word][head])).sum();
        if best.as_ref().is_none_or(|(known, _)| total > *known) {
            best = Some((total, tree));
        }
    }
    best.map(|(_, tree)| tree).unwrap_or(free)
}

fn greedy_tree(scores: &[Vec<f32>]) -> Vec<usize> {
    let root = (0..scores.len()).max_by(|&a, &b| scores[a][0].total_cmp(&scores[b][0]).then(b.cmp(&a))).unwrap_or(0);
    let mut heads: Vec<usize> = (0..scores.len())
        .map(|word| {
            if word == root {
                return 0;
            }
            (1..=scores.len())
                .filter(|&head| head != word + 1)
                .max_by(|&a, &b| scores[word][a].total_cmp(&scores[word][b]).then(b.cmp(&a)))
                .unwrap_or(root + 1)
        })
        .collect();
    // Cycles are opened at their first word, which then hangs on the root word.
    for word in 0..heads.len() {
        let mut at = word;
        for _ in 0..heads.len() + 1 {
            if heads[at] == 0 {
                break;
            }
            at = heads[at] - 1;
            if at == word {
                heads[word] = root + 1;
                break;
            }
        }
    }
    heads
}

/// Chu-Liu/Edmonds over nodes 0 (root) and 1..=count; `only` is the one word that may hang on the root.
fn edmonds(scores: &[Vec<f32>], only: Option<usize>) -> Vec<usize> {
    let size = scores.len() + 1;
    let forbidden = f64::from(f32::MIN);
    // weight[head][word]
    let mut weight = vec![vec![forbidden; size]; size];
    for (word, row) in scores.iter().enumerate() {
        for (head, &score) in row.iter().enumerate() {
            if head != word + 1 && score.is_finite() {
                let root_penalty = head == 0 && only.is_some_and(|only| only != word);
                weight[head][word + 1] = if root_penalty { forbidden } else { f64::from(score) };
            }
        }
        if only == Some(word) {
            for head in weight.iter_mut().skip(1) {
                head[word + 1] = forbidden;
            }
        }
    }
    let parents = contract(&weight);
    parents.into_iter().skip(1).collect()
}

/// Best incoming arcs of all nodes but 0, by contracting cycles until none is left.
fn contract(weight: &[Vec<f64>]) -> Vec<usize> {
    let size = weight.len();
    let mut parent = vec![0usize; size];
    for node in 1..size {
        let mut best = 0;
        let mut value = f64::NEG_INFINITY;
        for head in 0..size {
            if head != node && weight[head][node] > value {
                value = weight[head][node];
                best = head;
            }
        }
        parent[node] = best;
    }
    let Some(cycle) = find_cycle(&parent) else { return parent };
    let mut inside = vec![false; size];
    for &node in &cycle {
        inside[node] = true;
    }
    // The cycle becomes one node, the last of the smaller graph.
    let outside: Vec<usize> = (0..size).filter(|&node| !inside[node]).collect();
    let merged = outside.len();
    let mut smaller = vec![vec![f64::from(f32::MIN) * 2.0; merged + 1]; merged + 1];
    let mut enter = vec![0usize; merged + 1];
    let mut leave = vec![0usize; merged + 1];
    for (row, &from) in outside.iter().enumerate() {
        for (column, &to) in outside.iter().enumerate() {
            if row != column {
                smaller[row][column] = weight[from][to];
            }
        }
        let mut best = (f64::NEG_INFINITY, cycle[0]);
        for &node in &cycle {
            let gain = weight[from][node] - weight[parent[node]][node];
            if gain > best.0 {
                best = (gain, node);
            }
        }
        smaller[row][merged] = best.0;
        enter[row] = best.1;
        if from != 0 {
            let mut best = (f64::NEG_INFINITY, cycle[0]);
            for &node in &cycle {
                if weight[node][from] > best.0 {
                    best = (weight[node][from], node);
                }
            }
            smaller[merged][row] = best.0;
            leave[row] = best.1;
        }
    }
    let solved = contract(&smaller);
    let mut result = parent;
    for (row, &node) in outside.iter().enumerate().skip(1) {
        result[node] = if solved[row] == merged { leave[row] } else { outside[solved[row]] };
    }
    let from = solved[merged];
    let broken = enter[from];
    result[broken] = outside[from];
    result
}

fn find_cycle(parent: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0u32; parent.len()];
    for start in 1..parent.len() {
        let mut node = start;
        let mark = start as u32 + 1;
        while node != 0 && state[node] == 0 {
            state[node] = mark;
            node = parent[node];
        }
        if node != 0 && state[node] == mark {
            let mut cycle = vec![node];
            let mut next = parent[node];
            while next != node {
                cycle.push(next);
                next = parent[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[usize]) -> bool {
        let roots = heads.iter().filter(|&&head| head == 0).count();
        roots == 1
            && (0..heads.len()).all(|word| {
                let mut at = word + 1;
                for _ in 0..=heads.len() {
                    if at == 0 {
                        return true;
                    }
                    at = heads[at - 1];
                }
                false
            })
    }

    fn brute(scores: &[Vec<f32>]) -> f64 {
        let count = scores.len();
        let mut best = f64::NEG_INFINITY;
        let total = (count + 1).pow(count as u32);
        for code in 0..total {
            let mut rest = code;
            let heads: Vec<usize> = (0..count)
                .map(|_| {
                    let head = rest % (count + 1);
                    rest /= count + 1;
                    head
                })
                .collect();
            if heads.iter().enumerate().all(|(word, &head)| head != word + 1) && is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(word, &head)| f64::from(scores[word][head])).sum());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn trees_are_the_best(count in 1usize..5, values in proptest::collection::vec(-50i32..50, 30)) {
            let scores: Vec<Vec<f32>> = (0..count).map(|word| (0..=count).map(|head| if head == word + 1 { f32::NEG_INFINITY } else { values[word * 6 + head] as f32 }).collect()).collect();
            let tree = spanning_tree(&scores);
            prop_assert!(is_tree(&tree), "{:?}", tree);
            let total: f64 = tree.iter().enumerate().map(|(word, &head)| f64::from(scores[word][head])).sum();
            prop_assert!((total - brute(&scores)).abs() < 1e-6, "{} {}", total, brute(&scores));
        }

        #[test]
        fn viterbi_is_the_best_path(words in 1usize..5, values in proptest::collection::vec(-20i32..20, 40)) {
            let of = |index: usize| values[index % values.len()] as f32;
            let crf = Crf { transitions: (0..9).map(|index| of(index + 3)).collect(), start: (0..3).map(of).collect(), end: (0..3).map(|index| of(index + 20)).collect() };
            let emissions: Vec<Vec<f32>> = (0..words).map(|word| (0..3).map(|tag| of(word * 3 + tag + 13)).collect()).collect();
            let score = |path: &[usize]| -> f32 {
                let mut total = crf.start[path[0]] + crf.end[path[path.len() - 1]];
                for (word, &tag) in path.iter().enumerate() { total += emissions[word][tag]; }
                for pair in path.windows(2) { total += crf.transitions[pair[0] * 3 + pair[1]]; }
                total
            };
            let found = crf.decode(&emissions);
            let best = (0..3usize.pow(words as u32)).map(|code| {
                let mut rest = code;
                let path: Vec<usize> = (0..words).map(|_| { let tag = rest % 3; rest /= 3; tag }).collect();
                score(&path)
            }).fold(f32::NEG_INFINITY, f32::max);
            prop_assert!((score(&found) - best).abs() < 1e-3);
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
