//! How likely two tellings tell the same incident, from 0 to 1. A pure function of the two, so that clusters do not depend on order.
//!
//! The weights are set by hand: each says in words what it is worth. They were chosen on the project's own many-report gold, the training part of
//! ECB+ (what words alone tell) and FA-KES (what days and places tell in one war).

use crate::telling::{Features, kilometers};

/// Pairs below are not linked at all.
pub(crate) const LINK: f64 = 0.35;
/// Clusters whose members are alike by this on average are one incident.
pub(crate) const JOIN: f64 = 0.5;

/// Bit of truces among the groups of a telling.
pub(crate) const TRUCE: u8 = 8;

/// Precision of a region.
const REGION: u8 = 6;

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
    if a.days.0 == i32::MIN || b.days.0 == i32::MIN {
        // Where reports have dates, one without may tell of any day of the war.
        let violent = a.groups & b.groups & 1 != 0;
        if !violent {
            return by_words(a, b, 0.0);
        }
        let other_day = is_other_weekday(a, b);
        if !(a.published || b.published) {
            let less = match (other_day, is_elsewhere(a, b)) {
                (true, true) => OTHER_WEEKDAY,
                (true, false) => SAME_PLACE,
                (false, true) => OTHER_PLACE,
                (false, false) => 0.0,
            };
            return by_words(a, b, less);
        }
        if other_day {
            return 0.0;
        }
        return if is_elsewhere(a, b) { 0.0 } else { by_words(a, b, UNDATED) };
    }
    dated(a, b).max(by_story(a, b))
}

/// Weekdays of a telling: of its days where it has any.
fn weekdays(features: &Features) -> u8 {
    let (first, last) = features.days;
    if first == i32::MIN {
        return features.weekdays;
    }
    // The first day of 1970 was a Thursday.
    if last - first > 2 { 0 } else { (first..=last).fold(0, |bits, day| bits | 1 << (day + 3).rem_euclid(7)) }
}

/// Whether two tellings are told of other weekdays.
fn is_other_weekday(a: &Features, b: &Features) -> bool {
    let (one, other) = (weekdays(a), weekdays(b));
    one != 0 && other != 0 && one & other == 0
}

/// The score of two tellings with days.
fn dated(a: &Features, b: &Features) -> f64 {
    let mut evidence = BASE;
    let wide = (a.days.1 - a.days.0).max(b.days.1 - b.days.0) > 8;
    let gap = gap(a.days, b.days);
    evidence += match (a.dated && b.dated, wide, gap) {
        (_, true, 0) => 0.4,
        (_, true, gap) if gap > 3 => return 0.0,
        (_, true, _) => -1.0,
        (true, _, 0) => 1.5,
        // In a war the next day brings the next attack: more has to be the same.
        (true, _, 1) => -0.8,
        (true, _, 2) => -3.0,
        (true, ..) => return 0.0,
        // What no date bounds is most likely of the day of its report.
        (false, _, 0) if !a.dated && !b.dated && a.days.1 != b.days.1 => -0.5,
        (false, _, 0) => 0.6,
        (false, _, 1..=3) => -1.0,
        (false, _, 4..=7) => -2.0,
        (false, ..) => return 0.0,
    };

    // A truce is made wherever the parties meet, and holds elsewhere: another place is no evidence against it.
    let truce = a.groups & b.groups & TRUCE != 0;
    if let (Some(one), Some(other)) = (a.point, b.point) {
        let distance = kilometers((f64::from(one.0), f64::from(one.1)), (f64::from(other.0), f64::from(other.1)));
        let place: f64 = if a.named != 0 && a.named == b.named {
            1.4
        } else if is_beside(a, b) {
            -0.3
        } else if a.place == b.place {
            if is_fine(a) { 1.2 } else { 0.6 }
        } else if is_fine(a) && is_fine(b) {
            match distance {
                distance if distance < 15.0 => 1.2,
                distance if distance < 150.0 => -1.6,
                _ => -3.0,
            }
        } else if a.admin1 != 0 && a.admin1 == b.admin1 {
            0.7
        } else if a.country != 0 && a.country == b.country {
            let provinces = a.admin1 != 0 && b.admin1 != 0 && a.precision.max(b.precision) <= 4;
            let region =
                a.precision.max(b.precision) == REGION && a.precision.min(b.precision) <= 4 && distance > 150.0;
            if provinces || region { -1.2 } else { 0.2 }
        } else if a.country == 0 || b.country == 0 || distance < 150.0 {
            // A sea or a border has no country.
            0.0
        } else {
            -2.2
        };
        evidence += match () {
            () if truce => place.max(0.0),
            () => place,
        };
    }

    evidence += match () {
        // Nothing happens in a telling without events; it says nothing about the kind.
        () if a.groups == 0 || b.groups == 0 => 0.0,
        () if a.groups & b.groups != 0 => 0.5,
        () => -0.9,
    };
    if !a.modes.is_empty() && !b.modes.is_empty() {
        evidence += if common(&a.modes, &b.modes) > 0 { 0.5 } else { -0.5 };
    }
    if !a.sides.is_empty() && !b.sides.is_empty() {
        // Who blames another for the same deed names its sides too: with none in common it is another deed.
        evidence += if common(&a.sides, &b.sides) > 0 { 0.3 } else { -0.8 };
    }
    // A report of many provinces is none of the attack that it begins with.
    if a.roundup != b.roundup {
        evidence -= 1.5;
    }
    let figures = common(&a.figures, &b.figures).min(2);
    evidence += 0.4 * figures as f64;
    if figures == 0 && !a.figures.is_empty() && !b.figures.is_empty() {
        // Tolls of one attack differ too; on another day they are rather of another attack.
        evidence -= if gap > 0 { 0.8 } else { 0.3 };
    }
    evidence += 2.0 * likeness(&a.names, &b.names);
    evidence += WORDING * a.terms.cosine(&b.terms);
    1.0 / (1.0 + (-evidence).exp())
}

/// Evidence for a pair of which nothing is known.
const BASE: f64 = -4.2;
/// What the wording of two dated tellings is worth.
const WORDING: f64 = 7.0;

/// Cosine of two tellings of one incident where words alone have to tell.
const SAME: f64 = 0.18;
/// How the score grows with the cosine: [`SAME`] is [`JOIN`].
const SLOPE: f64 = JOIN / SAME;
/// What the same town, or another, adds to a cosine.
const PLACE: f64 = 0.02;
/// What a figure in common adds to a cosine.
const FIGURE: f64 = 0.02;

/// Where no date bounds one of two tellings, words tell two incidents of one kind apart; place, kind and figures help. The score is straight in the
/// cosine, so that average linkage over scores is average linkage over cosines.
fn by_words(a: &Features, b: &Features, less: f64) -> f64 {
    let mut alike = a.terms.cosine(&b.terms) - less;
    if let (Some(one), Some(other), true) = (a.point, b.point, is_fine(a) && is_fine(b)) {
        let distance = kilometers((f64::from(one.0), f64::from(one.1)), (f64::from(other.0), f64::from(other.1)));
        // Without a date the place read first may be that of a speaker or of the past.
        alike += if distance < 50.0 {
            PLACE
        } else if distance > 150.0 {
            -PLACE
        } else {
            0.0
        };
    }
    alike += FIGURE * common(&a.figures, &b.figures).min(2) as f64;
    (SLOPE * alike).clamp(0.0, 1.0)
}

/// Bits of happenings that have a day: violence, protest, moves of forces.
const OF_A_DAY: u8 = 1 | 4 | 32;
/// The same where the one telling has a date and the other none.
const UNDATED: f64 = 0.3;
/// The same where two tellings without dates are told of other weekdays.
const OTHER_WEEKDAY: f64 = 0.3;
/// The same of one place, and of another place on one weekday: without dates both are read less surely.
const SAME_PLACE: f64 = 0.1;
const OTHER_PLACE: f64 = 0.04;
/// The same where the dates of both are bounded by those of their reports: background that a series of reports repeats is much of their words.
const SAME_WORDS: f64 = 0.2;
/// How much more than [`SAME`] the cosine of two tellings of violence has to be for words to join what place and kind do not.
const SAME_DAY: f64 = 0.10;
/// The same for trials, visits, talks: a story that goes on for days, told with other days each time.
const STORY: f64 = 0.02;
/// And for each day between.
const STORY_DAY: f64 = 0.003;
/// And for another place.
const ELSEWHERE: f64 = 0.06;
/// Days over which such a story is told.
const LONGEST_STORY: i32 = 60;

/// The score of much the same words, whatever else. One attack is much like the next in words, so there the day and the place must not differ.
fn by_story(a: &Features, b: &Features) -> f64 {
    let gap = gap(a.days, b.days);
    let elsewhere = is_elsewhere(a, b);
    if a.groups & b.groups & OF_A_DAY != 0 {
        let (most, less) = if a.published && b.published { (0, SAME_WORDS) } else { (1, SAME_DAY) };
        return if gap > most || elsewhere { 0.0 } else { by_words(a, b, less) };
    }
    if gap > LONGEST_STORY {
        return 0.0;
    }
    by_words(a, b, STORY + STORY_DAY * f64::from(gap) + if elsewhere { ELSEWHERE } else { 0.0 })
}

/// Whether the names of two places in one province differ, of which at least one is in no gazetteer: two villages, a village and a town.
fn is_beside(a: &Features, b: &Features) -> bool {
    let known = |one: &Features| one.named == 0 && is_fine(one);
    let pair = match (a.named != 0, b.named != 0) {
        (true, true) => a.named != b.named,
        // A quarter may be the place of what the other report tells of its town.
        (true, false) => !is_fine(a) && known(b),
        (false, true) => !is_fine(b) && known(a),
        (false, false) => false,
    };
    pair && (a.place == b.place || a.admin1 == b.admin1)
}

/// Whether two places are too far from one another to be one.
fn is_elsewhere(a: &Features, b: &Features) -> bool {
    let (Some(one), Some(other)) = (a.point, b.point) else { return false };
    let distance = kilometers((f64::from(one.0), f64::from(one.1)), (f64::from(other.0), f64::from(other.1)));
    let is_abroad = a.country != 0 && b.country != 0 && a.country != b.country;
    let provinces = a.admin1 != 0 && b.admin1 != 0 && a.admin1 != b.admin1 && a.precision.max(b.precision) <= 4;
    is_abroad || is_fine(a) && is_fine(b) && distance > 50.0 || provinces && distance > 50.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Terms;

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
            terms: Terms::unweighted(words.iter().copied()),
            ..Features::default()
        }
    }

    #[test]
    fn same_day_and_town_join_and_another_week_does_not() {
        let first = telling((100, 100), (11.8, 13.1), &[1, 2, 3], &[10, 11, 12, 13]);
        let again = telling((100, 100), (11.8, 13.1), &[1, 3, 4], &[10, 12, 14, 15]);
        let later = telling((114, 114), (11.8, 13.1), &[1, 2, 3], &[10, 11, 12, 13]);
        let elsewhere = telling((100, 100), (6.5, 3.4), &[1, 8, 9], &[10, 16, 14, 15]);
        assert!(similarity(&first, &again) > JOIN);
        assert_eq!(similarity(&first, &later), 0.0);
        assert!(similarity(&first, &elsewhere) < LINK);
    }

    #[test]
    fn the_same_words_join_a_trial_of_weeks_and_no_two_attacks() {
        let words: Vec<u32> = (20..60).collect();
        let trial = |day: i32| Features { groups: 16, ..telling((day, day), (11.8, 13.1), &[1, 2, 3], &words) };
        assert!(similarity(&trial(100), &trial(110)) > JOIN);
        let attack = |day: i32| telling((day, day), (11.8, 13.1), &[1, 2, 3], &words);
        assert_eq!(similarity(&attack(100), &attack(110)), 0.0);
    }

    #[test]
    fn the_next_attack_on_a_town_is_another_incident() {
        let attack = |day: i32, figure: u32, words: std::ops::Range<u32>| Features {
            figures: vec![figure],
            ..telling((day, day), (11.8, 13.1), &[1, 2, 3], &words.collect::<Vec<_>>())
        };
        let first = attack(100, 7, 0..40);
        assert!(similarity(&first, &attack(100, 9, 30..70)) > JOIN);
        assert!(similarity(&first, &attack(101, 9, 35..75)) < JOIN);
        assert!(similarity(&first, &attack(101, 9, 15..55)) > JOIN);
    }

    #[test]
    fn villages_that_no_gazetteer_knows_are_told_apart_by_name() {
        let attack = |named: u32, precision: u8, words: std::ops::Range<u32>| Features {
            named,
            precision,
            admin1: 5,
            ..telling((100, 100), (36.2, 37.1), &[], &words.collect::<Vec<_>>())
        };
        let village = attack(70, 3, 0..40);
        assert!(similarity(&village, &attack(70, 3, 32..72)) > JOIN);
        assert!(similarity(&village, &attack(71, 3, 32..72)) < JOIN);
        assert!(similarity(&village, &attack(0, 2, 32..72)) < JOIN);
        // A quarter and its town are no two places.
        assert!(similarity(&attack(70, 2, 0..40), &attack(0, 2, 32..72)) > JOIN);
    }

    #[test]
    fn a_report_of_many_provinces_is_none_of_its_attacks() {
        let attack = |roundup: bool, words: std::ops::Range<u32>| Features {
            roundup,
            ..telling((100, 100), (11.8, 13.1), &[], &words.collect::<Vec<_>>())
        };
        assert!(similarity(&attack(false, 0..40), &attack(false, 30..70)) > JOIN);
        assert!(similarity(&attack(false, 0..40), &attack(true, 30..70)) < JOIN);
        assert!(similarity(&attack(true, 0..40), &attack(true, 30..70)) > JOIN);
    }

    #[test]
    fn a_report_without_a_date_is_none_of_a_dated_attack_by_background_alone() {
        let dated =
            Features { published: true, ..telling((100, 100), (36.2, 37.1), &[], &(0..40).collect::<Vec<_>>()) };
        let undated = |words: std::ops::Range<u32>| Features {
            days: (i32::MIN, i32::MIN),
            dated: false,
            published: false,
            ..telling((0, 0), (36.2, 37.1), &[], &words.collect::<Vec<_>>())
        };
        assert!(similarity(&dated, &undated(26..66)) < LINK);
        assert!(similarity(&dated, &undated(16..56)) > JOIN);
    }

    #[test]
    fn without_dates_words_tell() {
        let undated = |words: std::ops::Range<u32>| Features {
            point: None,
            days: (i32::MIN, i32::MIN),
            ..telling((0, 0), (0.0, 0.0), &[], &words.collect::<Vec<_>>())
        };
        assert!(similarity(&undated(0..40), &undated(30..70)) > JOIN);
        assert!(similarity(&undated(0..40), &undated(36..76)) < LINK);
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
