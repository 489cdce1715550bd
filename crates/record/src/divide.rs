//! Two happenings that look like one: where no date tells tellings apart, their words have to.
//!
//! Reports of two hijackings share ships, pirates and a gulf; what all members of a cluster share says nothing about which of the two a
//! report tells. So the terms of a cluster are weighted anew by how few of its members use them. If that parts the members in two
//! groups, each alike within and unlike the other, they are two incidents. A function of the members alone, in the order of their ranks.

use crate::telling::Features;
use std::collections::BTreeMap;

/// Members that each of two parts has at least.
const LEAST_MEMBERS: usize = 3;
/// Terms of a telling that says enough to divide by.
const FULL: usize = 40;
/// Likeness between two parts, as a share of the likeness within them, below which they are two incidents.
const APART: f64 = 0.4;
/// Likeness of two tellings counts up to here, so that copies do not set the measure.
const ALIKE: f64 = 0.6;

/// Divides a cluster where words tell two happenings apart; members are indices into `features`, in the order of their ranks.
pub(crate) fn divide(features: &[&Features], members: Vec<usize>) -> Vec<Vec<usize>> {
    let undated = members.iter().filter(|&&member| features[member].days.0 == i32::MIN).count();
    if undated * 2 < members.len() {
        return vec![members];
    }
    let mut done = Vec::new();
    let mut open = vec![members];
    while let Some(part) = open.pop() {
        match halves(features, &part) {
            Some((one, other)) => open.extend([other, one]),
            None => done.push(part),
        }
    }
    done
}

fn halves(features: &[&Features], part: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    // A short telling says too little to divide by; it follows those that it is most like.
    let (full, brief): (Vec<usize>, Vec<usize>) =
        (0..part.len()).partition(|&at| features[part[at]].terms.hashes.len() >= FULL);
    if full.len() < 2 * LEAST_MEMBERS {
        return None;
    }
    let alike = likenesses(features, part);
    let group = two_groups(&alike, &full);
    let (mut one, mut other): (Vec<usize>, Vec<usize>) =
        full.iter().enumerate().fold((Vec::new(), Vec::new()), |(mut one, mut other), (number, &at)| {
            if group[number] == group[0] {
                one.push(at)
            } else {
                other.push(at)
            }
            (one, other)
        });
    if one.len().min(other.len()) < LEAST_MEMBERS {
        return None;
    }
    let mean = |rows: &[usize], columns: &[usize]| {
        let pairs = || rows.iter().flat_map(|&a| columns.iter().map(move |&b| (a, b))).filter(|(a, b)| a != b);
        pairs().map(|(a, b)| alike[a][b]).sum::<f64>() / pairs().count().max(1) as f64
    };
    let within = mean(&one, &one).min(mean(&other, &other));
    if mean(&one, &other) >= APART * within {
        return None;
    }
    let (whole_one, whole_other) = (one.clone(), other.clone());
    for at in brief {
        let is_other = mean(&[at], &whole_other) > mean(&[at], &whole_one);
        if is_other { other.push(at) } else { one.push(at) }
    }
    one.sort_unstable();
    other.sort_unstable();
    let named = |group: Vec<usize>| group.into_iter().map(|at| part[at]).collect();
    Some((named(one), named(other)))
}

/// Cosines of the members, each term weighted by how few of them use it.
fn likenesses(features: &[&Features], part: &[usize]) -> Vec<Vec<f64>> {
    let mut users: BTreeMap<u32, u32> = BTreeMap::new();
    for &member in part {
        for &hash in &features[member].terms.hashes {
            *users.entry(hash).or_insert(0) += 1;
        }
    }
    let vectors: Vec<Vec<(u32, f64)>> = part
        .iter()
        .map(|&member| {
            let terms = &features[member].terms;
            let weighted = terms.hashes.iter().zip(&terms.weights).map(|(hash, &weight)| {
                let rare = f64::from(part.len() as u32 + 1) / f64::from(users[hash]);
                (*hash, f64::from(weight) * rare.ln())
            });
            let mut vector: Vec<(u32, f64)> = weighted.collect();
            let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(f64::MIN_POSITIVE));
            vector
        })
        .collect();
    let mut alike = vec![vec![0.0; part.len()]; part.len()];
    for a in 0..part.len() {
        for b in a + 1..part.len() {
            let cosine = dot(&vectors[a], &vectors[b]).min(ALIKE);
            (alike[a][b], alike[b][a]) = (cosine, cosine);
        }
    }
    alike
}

fn dot(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Average linkage of some members down to two groups: the group of each.
fn two_groups(alike: &[Vec<f64>], members: &[usize]) -> Vec<usize> {
    let mut sums: Vec<Vec<f64>> =
        members.iter().map(|&row| members.iter().map(|&column| alike[row][column]).collect()).collect();
    let mut groups: Vec<Vec<usize>> = (0..members.len()).map(|row| vec![row]).collect();
    while groups.len() > 2 {
        let mut best = (0, 1, -1.0);
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let mean = sums[a][b] / (groups[a].len() * groups[b].len()) as f64;
                if mean > best.2 {
                    best = (a, b, mean);
                }
            }
        }
        let (a, b, _) = best;
        let moved = groups.remove(b);
        groups[a].extend(moved);
        let row = sums.remove(b);
        for (sum, moved) in sums[a].iter_mut().zip(row) {
            *sum += moved;
        }
        for sums in &mut sums {
            sums.remove(b);
        }
        for at in 0..sums.len() {
            sums[at][a] = sums[a][at];
        }
    }
    let mut group = vec![0; members.len()];
    for (number, members) in groups.iter().enumerate() {
        for &member in members {
            group[member] = number;
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Terms;

    /// A telling with some words that all share, words of its own happening, and one of its own.
    fn telling(common: u32, own: std::ops::Range<u32>, alone: u32) -> Features {
        let hashes: Vec<u32> = (1..=common).chain(own).chain([alone]).collect();
        Features {
            news: true,
            days: (i32::MIN, i32::MIN),
            terms: Terms { weights: vec![50; hashes.len()], hashes },
            ..Features::default()
        }
    }

    #[test]
    fn what_all_share_does_not_hold_two_happenings_together() {
        let kinds = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0];
        let told: Vec<Features> = (0..10u32)
            .map(|at| {
                // Members of a kind are alike by degrees, so that linkage meets them in no simple order.
                let from = 100 + 100 * kinds[at as usize] + at % 3;
                telling(42, from..from + 6, 1_000 + at)
            })
            .collect();
        let told: Vec<&Features> = told.iter().collect();
        assert_eq!(divide(&told, (0..10).collect()), [[0, 3, 5, 6, 9], [1, 2, 4, 7, 8]]);
        // One of another kind is no incident of its own, and dates tell better than words.
        assert_eq!(divide(&told, vec![0, 1, 3, 5, 6]).len(), 1);
        let dated: Vec<Features> = told.iter().map(|one| Features { days: (9, 9), ..(*one).clone() }).collect();
        assert_eq!(divide(&dated.iter().collect::<Vec<_>>(), (0..10).collect()).len(), 1);
    }

    #[test]
    fn one_happening_stays_whole() {
        let told: Vec<Features> = (0..8u32).map(|at| telling(48, 100..100, 1_000 + at)).collect();
        assert_eq!(divide(&told.iter().collect::<Vec<_>>(), (0..8).collect()).len(), 1);
    }
}
