//! How likely two tellings tell the same incident, from 0 to 1. A pure function of the two, so that clusters do not depend on order.
//!
//! The weights are set by hand: each says in words what it is worth. They were chosen on the project's own many-report gold.

use crate::telling::{Features, kilometers};

/// Pairs below are not linked at all.
pub(crate) const LINK: f64 = 0.35;
/// Clusters whose members are alike by this on average are one incident.
pub(crate) const JOIN: f64 = 0.5;

/// Bit of truces among the groups of a telling.
pub(crate) const TRUCE: u8 = 8;

/// Numbers in common of two sorted sets.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                found += 1;
                i += 1;
                j += 1;
            }
        }
    }
    found
}

/// Shared part of two sets: cosine, except that a short telling need not name all that a long one names.
fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let (small, large) = (a.len().min(b.len()), a.len().max(b.len()));
    if small == 0 {
        return 0.0;
    }
    let shared = common(a, b) as f64;
    let cosine = shared / (small as f64 * large as f64).sqrt();
    let overlap = shared / (small as f64 + 2.0);
    cosine.max(0.8 * overlap)
}

/// Days between two intervals; 0 when they meet.
fn gap(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.1).max(b.0 - a.1).max(0)
}

/// Settlements and finer.
fn is_fine(features: &Features) -> bool {
    features.point.is_some() && features.precision <= 2
}

/// Probability-like score of two tellings being of one incident.
pub(crate) fn similarity(a: &Features, b: &Features) -> f64 {
    if !a.news && !b.news {
        return 0.0;
    }
    let mut evidence = -2.6;

    let unbounded = a.days.0 == i32::MIN || b.days.0 == i32::MIN;
    // Where no date bounds one of them, names and words have to tell two incidents of one kind apart (set on the training part of ECB+).
    let (name_weight, word_weight) = if unbounded { (5.0, 6.0) } else { (2.0, 3.0) };
    if unbounded {
        evidence -= 0.6;
    } else {
        let wide = (a.days.1 - a.days.0).max(b.days.1 - b.days.0) > 8;
        let gap = gap(a.days, b.days);
        evidence += match (a.dated && b.dated, wide, gap) {
            (_, true, 0) => 0.4,
            (_, true, gap) if gap > 3 => return 0.0,
            (_, true, _) => -1.0,
            (true, _, 0) => 1.5,
            (true, _, 1) => 0.3,
            (true, _, 2) => -1.2,
            (true, ..) => return 0.0,
            (false, _, 0) => 0.6,
            (false, _, 1) => 0.2,
            (false, _, 2..=3) => -0.8,
            (false, _, 4..=7) => -2.0,
            (false, ..) => return 0.0,
        };
    }

    // A truce is made wherever the parties meet, and holds elsewhere: another place is no evidence against it.
    let truce = a.groups & b.groups & TRUCE != 0;
    if let (Some(one), Some(other)) = (a.point, b.point) {
        let distance = kilometers((f64::from(one.0), f64::from(one.1)), (f64::from(other.0), f64::from(other.1)));
        let place: f64 = if a.place == b.place {
            if is_fine(a) { 1.6 } else { 0.6 }
        } else if is_fine(a) && is_fine(b) {
            match distance {
                distance if distance < 15.0 => 1.2,
                distance if distance < 50.0 => 0.3,
                distance if distance < 150.0 => -1.6,
                _ => -3.0,
            }
        } else if a.admin1 != 0 && a.admin1 == b.admin1 {
            0.7
        } else if a.country != 0 && a.country == b.country {
            let provinces = a.admin1 != 0 && b.admin1 != 0 && a.precision.max(b.precision) <= 4;
            if provinces { -1.2 } else { 0.2 }
        } else if a.country == 0 || b.country == 0 || distance < 150.0 {
            // A sea or a border has no country.
            0.0
        } else {
            -2.2
        };
        evidence += match () {
            () if truce => place.max(0.0),
            // Without a date the place read first is often that of a speaker or of the past.
            () if unbounded => place.clamp(-0.8, 0.8),
            () => place,
        };
    }

    evidence += match () {
        // Nothing happens in a telling without events; it says nothing about the kind.
        () if a.groups == 0 || b.groups == 0 => 0.0,
        () if a.groups & b.groups != 0 => 0.5,
        () if unbounded => -0.3,
        () => -0.9,
    };
    if !a.modes.is_empty() && !b.modes.is_empty() {
        evidence += if common(&a.modes, &b.modes) > 0 { 0.5 } else { -0.5 };
    }
    if !a.sides.is_empty() && !b.sides.is_empty() {
        evidence += if common(&a.sides, &b.sides) > 0 { 0.3 } else { -0.2 };
    }
    evidence += 0.4 * common(&a.figures, &b.figures).min(2) as f64;
    evidence += name_weight * likeness(&a.names, &b.names);
    evidence += word_weight * likeness(&a.words, &b.words);
    1.0 / (1.0 + (-evidence).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telling(days: (i32, i32), point: (f32, f32), names: &[u32], words: &[u32]) -> Features {
        Features {
            news: true,
            point: Some(point),
            precision: 2,
            place: (point.0 * 100.0) as u32,
            country: 1,
            days,
            dated: true,
            groups: 1,
            names: names.to_vec(),
            words: words.to_vec(),
            ..Features::default()
        }
    }

    #[test]
    fn same_day_and_town_join_and_another_week_does_not() {
        let first = telling((100, 100), (11.8, 13.1), &[1, 2, 3], &[10, 11, 12, 13]);
        let again = telling((100, 100), (11.8, 13.1), &[1, 3, 4], &[10, 12, 14, 15]);
        let later = telling((114, 114), (11.8, 13.1), &[1, 2, 3], &[10, 11, 12, 13]);
        let elsewhere = telling((100, 100), (6.5, 3.4), &[1, 8, 9], &[10, 12, 14, 15]);
        assert!(similarity(&first, &again) > JOIN);
        assert_eq!(similarity(&first, &later), 0.0);
        assert!(similarity(&first, &elsewhere) < LINK);
    }

    #[test]
    fn likeness_is_symmetric_and_bounded() {
        let sets: [&[u32]; 4] = [&[], &[1], &[1, 2, 3], &[2, 3, 4, 5, 6, 7]];
        for a in sets {
            for b in sets {
                assert_eq!(likeness(a, b), likeness(b, a));
                assert!((0.0..=1.0).contains(&likeness(a, b)));
            }
        }
    }
}
