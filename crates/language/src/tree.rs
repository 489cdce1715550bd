//! The best tree over the words of a sentence.

/// Heads of the best tree with exactly one word under the root (Chu and Liu 1965, Edmonds 1967). `scores[word][head]`, where
/// head 0 is the root and head n + 1 is word n. Takes cubic time at worst; a window holds some 250 words at most.
pub fn spanning_tree(scores: &[Vec<f32>]) -> Vec<usize> {
    let size = scores.len() + 1;
    let arcs = || {
        scores.iter().enumerate().flat_map(|(word, row)| {
            row.iter().enumerate().filter(move |&(head, score)| head != word + 1 && score.is_finite())
        })
    };
    let low = arcs().fold(0f64, |low, (_, &score)| low.min(f64::from(score)));
    let high = arcs().fold(0f64, |high, (_, &score)| high.max(f64::from(score)));
    // An arc from the root costs more than all others can bring, so that the best tree has only one.
    let penalty = (high - low + 1.0) * size as f64;
    let mut weight = vec![vec![low - 2.0 * penalty; size]; size];
    for (word, row) in scores.iter().enumerate() {
        for (head, &score) in row.iter().enumerate() {
            if head != word + 1 && score.is_finite() {
                weight[head][word + 1] = f64::from(score) - if head == 0 { penalty } else { 0.0 };
            }
        }
    }
    contract(&weight).into_iter().skip(1).collect()
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
        fn trees_are_the_best(count in 1usize..6, values in proptest::collection::vec(-50i32..50, 36)) {
            let scores: Vec<Vec<f32>> = (0..count).map(|word| (0..=count).map(|head| if head == word + 1 { f32::NEG_INFINITY } else { values[word * 6 + head] as f32 }).collect()).collect();
            let tree = spanning_tree(&scores);
            prop_assert!(is_tree(&tree), "{:?}", tree);
            let total: f64 = tree.iter().enumerate().map(|(word, &head)| f64::from(scores[word][head])).sum();
            prop_assert!((total - brute(&scores)).abs() < 1e-6, "{} {}", total, brute(&scores));
        }
    }
}
