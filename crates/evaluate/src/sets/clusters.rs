//! Clusters of mentions against gold clusters: MUC, B3, CEAFe and their mean.
//!
//! As in the reference scorer of CoNLL 2012 (Pradhan et al., ACL 2014), for mentions that are found as well as for given ones: a mention that
//! the other side lacks earns nothing. MUC is of Vilain et al. (1995), B3 of Bagga and Baldwin (1998), CEAFe of Luo (2005). Clusters
//! of one mention count in B3 and CEAFe.

use crate::tally::{CONLL, Credit};
use std::collections::BTreeMap;

/// A mention with the record in which it stands.
pub type Mention = (usize, u32, u32);

/// The credit of each record, in the order of [`CONLL`].
///
/// Clusters reach across records. So that intervals can be drawn over records, B3 is booked to the record of each mention, and MUC and CEAFe to
/// the record of the first mention of each cluster.
pub fn credits(gold: &[Vec<Mention>], predicted: &[Vec<Mention>], records: usize) -> Vec<[Credit; CONLL.len()]> {
    let mut booked = vec![[Credit::default(); CONLL.len()]; records];
    let (of_gold, of_predicted) = (owners(gold), owners(predicted));
    for (mention, credit) in b_cubed(gold, &of_predicted) {
        booked[mention.0][1].recall += credit;
        booked[mention.0][1].gold += 1.0;
    }
    for (mention, credit) in b_cubed(predicted, &of_gold) {
        booked[mention.0][1].precision += credit;
        booked[mention.0][1].predicted += 1.0;
    }
    for (record, credit, of) in links(gold, &of_predicted) {
        booked[record][0].recall += credit;
        booked[record][0].gold += of;
    }
    for (record, credit, of) in links(predicted, &of_gold) {
        booked[record][0].precision += credit;
        booked[record][0].predicted += of;
    }
    for cluster in gold {
        booked[first(cluster)][2].gold += 1.0;
    }
    for cluster in predicted {
        booked[first(cluster)][2].predicted += 1.0;
    }
    for (left, right, likeness) in aligned(gold, &of_predicted, predicted) {
        booked[first(&gold[left])][2].recall += likeness;
        booked[first(&predicted[right])][2].precision += likeness;
    }
    booked
}

/// Groups mentions by their label; a mention without a label stands alone. Repeated mentions count once.
pub fn grouped(labelled: impl IntoIterator<Item = (Mention, Option<String>)>) -> Vec<Vec<Mention>> {
    let mut seen = std::collections::BTreeSet::new();
    let mut named: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    let mut clusters = Vec::new();
    for (mention, label) in labelled {
        if !seen.insert(mention) {
            continue;
        }
        match label {
            Some(label) => named.entry(label).or_default().push(mention),
            None => clusters.push(vec![mention]),
        }
    }
    clusters.extend(named.into_values());
    clusters
}

fn first(cluster: &[Mention]) -> usize {
    cluster.iter().min().map_or(0, |mention| mention.0)
}

/// The cluster of each mention.
fn owners(clusters: &[Vec<Mention>]) -> BTreeMap<Mention, usize> {
    clusters
        .iter()
        .enumerate()
        .flat_map(|(number, cluster)| cluster.iter().map(move |mention| (*mention, number)))
        .collect()
}

/// For each mention of one side the share of its cluster that its cluster on the other side holds too.
fn b_cubed(side: &[Vec<Mention>], of_other: &BTreeMap<Mention, usize>) -> Vec<(Mention, f64)> {
    let mut credits = Vec::new();
    for cluster in side {
        let others: Vec<Option<&usize>> = cluster.iter().map(|mention| of_other.get(mention)).collect();
        for (mention, other) in cluster.iter().zip(&others) {
            let shared = if other.is_some() { others.iter().filter(|near| *near == other).count() } else { 0 };
            credits.push((*mention, shared as f64 / cluster.len() as f64));
        }
    }
    credits
}

/// For each cluster its record, the links that the other side keeps, and all links (its size less one).
fn links(side: &[Vec<Mention>], of_other: &BTreeMap<Mention, usize>) -> Vec<(usize, f64, f64)> {
    side.iter()
        .map(|cluster| {
            let mut parts = std::collections::BTreeSet::new();
            let mut alone = 0;
            for mention in cluster {
                match of_other.get(mention) {
                    Some(found) => _ = parts.insert(*found),
                    None => alone += 1,
                }
            }
            let size = cluster.len();
            (first(cluster), (size - parts.len() - alone) as f64, (size - 1) as f64)
        })
        .collect()
}

/// The best one-to-one alignment of clusters and the likeness of each pair: twice the shared mentions for the mentions of both.
fn aligned(
    gold: &[Vec<Mention>],
    of_predicted: &BTreeMap<Mention, usize>,
    predicted: &[Vec<Mention>],
) -> Vec<(usize, usize, f64)> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (left, cluster) in gold.iter().enumerate() {
        for mention in cluster {
            if let Some(right) = of_predicted.get(mention) {
                *shared.entry((left, *right)).or_default() += 1;
            }
        }
    }
    // Clusters that share nothing cannot gain from each other, so each knot of overlapping clusters is aligned by itself.
    let mut knots: Vec<usize> = (0..gold.len() + predicted.len()).collect();
    fn root(knots: &mut [usize], mut at: usize) -> usize {
        while knots[at] != at {
            knots[at] = knots[knots[at]];
            at = knots[at];
        }
        at
    }
    for (left, right) in shared.keys() {
        let (left, right) = (root(&mut knots, *left), root(&mut knots, gold.len() + *right));
        knots[right] = left;
    }
    let mut pairs_of: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (left, right) in shared.keys() {
        pairs_of.entry(root(&mut knots, *left)).or_default().push((*left, *right));
    }
    let mut result = Vec::new();
    for pairs in pairs_of.into_values() {
        let (mut lefts, mut rights): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        lefts.sort_unstable();
        lefts.dedup();
        rights.sort_unstable();
        rights.dedup();
        let mut gain = vec![vec![0.0; rights.len()]; lefts.len()];
        for (left, right) in &pairs {
            let likeness = 2.0 * shared[&(*left, *right)] as f64 / (gold[*left].len() + predicted[*right].len()) as f64;
            if let (Ok(row), Ok(column)) = (lefts.binary_search(left), rights.binary_search(right)) {
                gain[row][column] = likeness;
            }
        }
        for (row, column) in assign(&gain) {
            if gain[row][column] > 0.0 {
                result.push((lefts[row], rights[column], gain[row][column]));
            }
        }
    }
    result
}

/// The assignment of rows to columns with the greatest sum (Kuhn 1955, Munkres 1957), in the form with potentials, O(n³).
/// `gain` holds rows of equal length. Returns pairs of row and column.
pub fn assign(gain: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (gain.len(), gain.first().map_or(0, Vec::len));
    let size = rows.max(columns);
    let cost =
        |row: usize, column: usize| gain.get(row - 1).and_then(|row| row.get(column - 1)).map_or(0.0, |gain| -gain);
    // Rows and columns count from one; column 0 holds the row that is being placed.
    let (mut of_row, mut of_column) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut owner = vec![0; size + 1];
    for row in 1..=size {
        owner[0] = row;
        let (mut least, mut used, mut way) = (vec![f64::INFINITY; size + 1], vec![false; size + 1], vec![0; size + 1]);
        let mut column = 0;
        loop {
            used[column] = true;
            let (current, mut step, mut next) = (owner[column], f64::INFINITY, 0);
            for other in (1..=size).filter(|other| !used[*other]) {
                let rest = cost(current, other) - of_row[current] - of_column[other];
                if rest < least[other] {
                    (least[other], way[other]) = (rest, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if used[other] {
                    of_row[owner[other]] += step;
                    of_column[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
            if owner[column] == 0 {
                break;
            }
        }
        while column != 0 {
            owner[column] = owner[way[column]];
            column = way[column];
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        (1..=columns).filter(|column| owner[*column] <= rows).map(|column| (owner[column] - 1, column - 1)).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clusters written as words, each letter a mention; capitals stand in the second record.
    fn clusters(written: &str) -> Vec<Vec<Mention>> {
        written
            .split_whitespace()
            .map(|word| {
                word.chars()
                    .map(|letter| (usize::from(letter.is_uppercase()), letter as u32, letter as u32 + 1))
                    .collect()
            })
            .collect()
    }

    fn check(gold: &str, predicted: &str, expected: [[f64; 2]; 3]) {
        let booked = credits(&clusters(gold), &clusters(predicted), 2);
        for (index, name) in CONLL.iter().enumerate() {
            let part = |credit: f64, of: f64| if of > 0.0 { credit / of } else { 0.0 };
            let sum = |of: fn(&Credit) -> f64| booked.iter().map(|record| of(&record[index])).sum::<f64>();
            let precision = part(sum(|credit| credit.precision), sum(|credit| credit.predicted));
            let recall = part(sum(|credit| credit.recall), sum(|credit| credit.gold));
            assert!(
                (precision - expected[index][0]).abs() < 1e-6 && (recall - expected[index][1]).abs() < 1e-6,
                "{name} of {predicted} for {gold}: {precision} {recall}"
            );
        }
    }

    #[test]
    fn precision_and_recall() {
        check("abc de f", "abc de f", [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]);
        check("abc DE", "abc DE", [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]);
        check("abc", "", [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]);
        check("", "ab", [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]);
        // The example of Pradhan et al. (2014): key {abc} {defg}, response {ab} {cd} {fghi}.
        check(
            "abc defg",
            "ab cd fghi",
            [
                [2.0 / 5.0, 2.0 / 5.0],
                [(1.0 + 1.0 + 0.5 + 0.5 + 0.5 + 0.5) / 8.0, (2.0 / 3.0 * 2.0 + 1.0 / 3.0 + 0.25 + 0.5 + 0.5) / 7.0],
                [(0.8 + 0.5) / 3.0, (0.8 + 0.5) / 2.0],
            ],
        );
        // All in one: no link is missing, few of the links are right.
        check("ab cd", "abcd", [[2.0 / 3.0, 1.0], [0.5, 1.0], [2.0 / 3.0, 1.0 / 3.0]]);
        // All alone.
        check("ab cd", "a b c d", [[0.0, 0.0], [1.0, 0.5], [1.0 / 3.0, 2.0 / 3.0]]);
    }

    #[test]
    fn credit_goes_to_the_record_of_the_mention() {
        let booked = credits(&clusters("aB"), &clusters("a B"), 2);
        assert_eq!((booked[0][1].recall, booked[1][1].recall), (0.5, 0.5));
        assert_eq!((booked[0][2].gold, booked[1][2].gold, booked[1][2].predicted), (1.0, 0.0, 1.0));
    }

    #[test]
    fn the_best_assignment() {
        assert_eq!(assign(&[vec![1.0, 0.9], vec![0.9, 0.0]]), [(0, 1), (1, 0)]);
        assert_eq!(assign(&[vec![0.2, 0.5, 0.1]]), [(0, 1)]);
        assert_eq!(assign(&[vec![0.2], vec![0.7], vec![0.1]]), [(1, 0)]);
        assert_eq!(assign(&[]), []);
        // Against trying all orders.
        let gain: Vec<Vec<f64>> = (0..5)
            .map(|row| {
                (0..5).map(|column| f64::from((row * 7 + column * column * 3 + row * column * 5) % 11)).collect()
            })
            .collect();
        fn best(gain: &[Vec<f64>], row: usize, free: &mut Vec<usize>) -> f64 {
            if row == gain.len() {
                return 0.0;
            }
            (0..free.len())
                .map(|index| {
                    let column = free.remove(index);
                    let sum = gain[row][column] + best(gain, row + 1, free);
                    free.insert(index, column);
                    sum
                })
                .fold(0.0, f64::max)
        }
        let sum: f64 = assign(&gain).iter().map(|(row, column)| gain[*row][*column]).sum();
        assert_eq!(sum, best(&gain, 0, &mut (0..5).collect()));
    }

    #[test]
    fn groups() {
        let mention = |at: u32| (0, at, at + 1);
        let label = |name: &str| Some(name.to_owned());
        let found =
            grouped([(mention(1), label("x")), (mention(2), None), (mention(3), label("x")), (mention(1), label("y"))]);
        assert_eq!(found, [vec![mention(2)], vec![mention(1), mention(3)]]);
    }
}
