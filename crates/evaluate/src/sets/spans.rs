//! Spans with a label: exact matches, matches that overlap.

use crate::tally::Count;
use std::collections::BTreeSet;

/// A half-open range of code points.
pub type Range = (u32, u32);

/// Whether two ranges share a code point.
pub fn overlap(left: Range, right: Range) -> bool {
    left.0 < right.1 && right.0 < left.1
}

/// Counts exact matches of sets of items; repeated items count once.
pub fn exact<T: Ord>(predicted: &BTreeSet<T>, gold: &BTreeSet<T>) -> Count {
    Count::new(predicted.intersection(gold).count(), predicted.len(), gold.len())
}

/// Pairs gold items with answers, each used once, as many as possible (augmenting paths).
/// The result holds for each gold item the answer that it got.
pub fn pair_up(gold: usize, predicted: usize, fits: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    fn place(item: usize, fits: &dyn Fn(usize, usize) -> bool, seen: &mut [bool], owner: &mut [Option<usize>]) -> bool {
        for answer in 0..owner.len() {
            if seen[answer] || !fits(item, answer) {
                continue;
            }
            seen[answer] = true;
            let free = match owner[answer] {
                None => true,
                Some(other) => place(other, fits, seen, owner),
            };
            if free {
                owner[answer] = Some(item);
                return true;
            }
        }
        false
    }
    let mut owner = vec![None; predicted];
    for item in 0..gold {
        place(item, &fits, &mut vec![false; predicted], &mut owner);
    }
    let mut result = vec![None; gold];
    for (answer, item) in owner.iter().enumerate() {
        if let Some(item) = item {
            result[*item] = Some(answer);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_as_many_as_possible() {
        // The first item takes answer 0 and must give it up for the second, which fits nothing else.
        let fits = |item: usize, answer: usize| matches!((item, answer), (0, 0) | (0, 1) | (1, 0));
        assert_eq!(pair_up(2, 2, fits), [Some(1), Some(0)]);
        assert_eq!(pair_up(2, 1, fits).iter().flatten().count(), 1);
        assert_eq!(pair_up(1, 0, |_, _| true), [None]);
    }

    #[test]
    fn touching_ranges_do_not_overlap() {
        assert!(overlap((0, 3), (2, 4)) && !overlap((0, 2), (2, 4)));
    }
}
