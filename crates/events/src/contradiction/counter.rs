//! Which pairs of claims exclude each other: what rules found and what else two mouths tell, weighed.

use super::blame::is_reciprocal;
use super::evidence::Scene;
use super::proposition::Proposition;
use super::second::Second;
use super::{Contradiction, Row, add};
use counterclaim_claims::Reading;
use counterclaim_knowledge::weights::Weights;
use counterclaim_schema::ledger::Stance;
use std::sync::LazyLock;

/// Log odds that a pair needs besides where both speak for one side: "Russia said" and a Russian colonel seldom contradict each other.
const ONE_SIDE: f32 = 0.7;
/// The same where a report is too short for the second encoder: what the first one alone holds is surer by less.
const UNREAD: f32 = 1.0;
/// Sentences within which a statement is answered by another one.
const NEAR: u32 = 12;

/// Weights by name of the evidence: those of a pair by itself, and those of a pair among the others.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../../../../data/contradiction_weights.csv")));

pub(super) fn weight(name: &str) -> f32 {
    WEIGHTS.of(name)
}

/// Two claims or two figures of two mouths with what speaks for a contradiction.
pub struct Weighed {
    /// The earlier row.
    pub a: usize,
    /// The later row.
    pub b: usize,
    /// The claims that name their speakers, the lower one first; nothing for figures.
    pub speakers: (usize, usize),
    /// Names and values of the evidence.
    pub evidence: Vec<(&'static str, f32)>,
}

/// All pairs that could be answers.
pub(super) fn weighed(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    second: &Second<'_>,
    rules: &[Contradiction],
) -> Vec<Weighed> {
    let scene = Scene::new(reading, all, second);
    let mut found: Vec<Weighed> = Vec::new();
    for b in 0..all.len() {
        let first = found.len();
        let candidate = |a: &usize| {
            let coded = [*a, b].iter().all(|&index| reading.is_coded(all[index].sentence));
            coded && (may_answer(reading, all, *a, b) || is_ruled(rules, *a, b)) && !overlap(reading, *a, b)
        };
        for a in (0..b).filter(candidate) {
            let evidence = scene.evidence(rules, a, b).values().to_vec();
            let (s, t) = (all[a].speaker, all[b].speaker);
            found.push(Weighed { a, b, speakers: (s.min(t), s.max(t)), evidence });
        }
        rank(&mut found[first..]);
        nearest_in_meaning(&mut found[first..]);
        answered_most(&mut found[first..]);
    }
    found
}

/// Which of the claims that one could answer either encoder holds it to answer most.
fn answered_most(pairs: &mut [Weighed]) {
    for (of, below, most_of_all) in
        [("mark_pair", "mark_below_most", "mark_most"), ("mark_second", "mark_second_below", "mark_second_most")]
    {
        let odds: Vec<f32> = pairs
            .iter()
            .map(|pair| pair.evidence.iter().find(|(name, _)| *name == of).map_or(0.0, |(_, odds)| *odds))
            .collect();
        let most = odds.iter().copied().fold(f32::MIN, f32::max);
        for (pair, odds) in pairs.iter_mut().zip(odds) {
            pair.evidence.push((below, most - odds));
            if odds >= most && odds != 0.0 {
                pair.evidence.push((most_of_all, 1.0));
            }
        }
    }
}

/// Which of the claims that one could answer is nearest to it in meaning, and what nearness in meaning is worth where the claim refuses,
/// is negative or stands right behind.
fn nearest_in_meaning(pairs: &mut [Weighed]) {
    let value = |pair: &Weighed, name: &str| {
        pair.evidence.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, value)| *value)
    };
    let near: Vec<f32> = pairs.iter().map(|pair| value(pair, "alike_b")).collect();
    let mean = near.iter().fold(0.0, |sum, one| sum + one) / near.len().max(1) as f32;
    let most = near.iter().copied().fold(f32::MIN, f32::max);
    for (pair, near) in pairs.iter_mut().zip(near) {
        pair.evidence.push(("alike_above", near - mean));
        if near >= most {
            pair.evidence.push(("alike_most", 1.0));
        }
        for names in ALIKE {
            let alike = value(pair, names[0]);
            for (name, condition) in names[1..].iter().zip(["next", "b_refuses", "b_negative"]) {
                if alike != 0.0 && value(pair, condition) > 0.0 {
                    pair.evidence.push((name, alike));
                }
            }
        }
    }
}

/// Nearness in meaning by itself, right behind, in a refusal, in a negative claim.
const ALIKE: [[&str; 4]; 7] = [
    ["alike_a", "alike_a_next", "alike_a_refuses", "alike_a_negative"],
    ["alike_b", "alike_b_next", "alike_b_refuses", "alike_b_negative"],
    ["alike_whole", "alike_whole_next", "alike_whole_refuses", "alike_whole_negative"],
    ["alike_other", "alike_other_next", "alike_other_refuses", "alike_other_negative"],
    ["alike_none", "alike_none_next", "alike_none_refuses", "alike_none_negative"],
    ["alike_above", "alike_above_next", "alike_above_refuses", "alike_above_negative"],
    ["alike_most", "alike_most_next", "alike_most_refuses", "alike_most_negative"],
];

/// Among the claims that one could answer: the nearest of which something holds, the first one, and the one with which it shares most.
fn rank(pairs: &mut [Weighed]) {
    const NEAREST: &[(&str, &str, &str)] = &[
        ("a_blames_b", "nearest_blamer", "first_blamer"),
        ("about_b", "nearest_about", "first_about"),
        ("a_accuses", "nearest_accuser", "first_accuser"),
        ("a_assault", "nearest_assault", "first_assault"),
        ("opposed", "nearest_opposed", "first_opposed_claim"),
        ("excludes", "nearest_excluded", "first_excluded"),
        ("source_b_in_a", "nearest_source", "first_source"),
        ("b_denies_word", "nearest_denied", "first_denied"),
        ("a_harms", "nearest_harm", "first_harm"),
        ("definite_known", "nearest_known", "first_known"),
        ("same_deed", "nearest_deed", "first_deed"),
        ("bias", "nearest", "earliest"),
    ];
    let has = |pair: &Weighed, name: &str| pair.evidence.iter().any(|(known, _)| *known == name);
    let value = |pair: &Weighed, name: &str| {
        pair.evidence.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, value)| *value)
    };
    for &(of, nearest, first) in NEAREST {
        let holding: Vec<usize> = (0..pairs.len()).filter(|&at| has(&pairs[at], of)).collect();
        if let (Some(&one), Some(&last)) = (holding.first(), holding.last()) {
            pairs[last].evidence.push((nearest, 1.0));
            pairs[one].evidence.push((first, 1.0));
        }
    }
    for (of, name) in [("shared", "shares_most"), ("shared_nouns", "shares_most_nouns")] {
        let most = pairs.iter().map(|pair| value(pair, of)).fold(0.0, f32::max);
        for pair in pairs.iter_mut().filter(|_| most > 0.0) {
            if value(pair, of) >= most {
                pair.evidence.push((name, 1.0));
            }
        }
    }
    for pair in pairs.iter_mut() {
        for (one, other, name) in [
            ("nearest_blamer", "b_refuses", "nearest_blamer_refuses"),
            ("nearest_blamer", "b_negative", "nearest_blamer_negative"),
            ("nearest_blamer", "b_asserts", "nearest_blamer_asserts"),
            ("nearest_accuser", "b_refuses", "nearest_accuser_refuses"),
            ("nearest_assault", "b_refuses", "nearest_assault_refuses"),
            ("shares_most", "b_refuses", "shares_most_refuses"),
            ("shares_most", "nearest", "shares_most_nearest"),
            ("shares_most", "b_negative", "shares_most_negative"),
            ("nearest", "insists", "nearest_insists"),
            ("nearest", "excludes", "nearest_excludes"),
            ("nearest_about", "b_own_deed", "nearest_about_own_deed"),
            ("first_blamer", "b_refuses", "first_blamer_refuses"),
        ] {
            if has(pair, one) && has(pair, other) {
                pair.evidence.push((name, 1.0));
            }
        }
    }
}

/// Whether two claims hold the same words.
fn overlap(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let others = &reading.claims[b].content;
    reading.claims[a].content.iter().any(|one| others.iter().any(|other| one.contains(*other) || other.contains(*one)))
}

fn is_ruled(rules: &[Contradiction], a: usize, b: usize) -> bool {
    rules.iter().any(|pair| pair.a == Row::Claim(a) && pair.b == Row::Claim(b))
}

/// Keeps the pairs of the rules that weigh enough, and adds the others that do.
pub(super) fn counter(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    second: &Second<'_>,
    found: &mut Vec<Contradiction>,
) {
    let pairs = weighed(reading, all, second, found);
    let alone: Vec<f32> =
        pairs.iter().map(|pair| pair.evidence.iter().map(|(name, value)| weight(name) * value).sum()).collect();
    let least = weight("threshold");
    for (index, pair) in pairs.iter().enumerate() {
        let score = among(&pairs, &alone, index);
        let known = found.iter().position(|row| row.a == Row::Claim(pair.a) && row.b == Row::Claim(pair.b));
        let one_side = pair.evidence.iter().any(|(name, value)| *name == "one_side" && *value > 0.0);
        let least = least + if one_side { ONE_SIDE } else { 0.0 } + if second.is_read() { 0.0 } else { UNREAD };
        match known {
            // What a rule found has a reason of its own: it takes more to drop it. Two accusations that name each other's side stand against
            // each other, however far apart they are told.
            Some(at) if !is_quarrel(reading, all, pair.a, pair.b) => {
                // Nor do the two sides of the report lay its deeds at each other's door by chance.
                let principals = pair.evidence.iter().any(|(name, value)| *name == "principals" && *value > 0.0);
                let blame = principals && found[at].kind == "blame";
                if score < weight(if blame { "quarrel_threshold" } else { "rule_threshold" }) {
                    found.remove(at);
                }
            }
            None if score >= least => {
                let (one, other) = (&all[pair.a], &all[pair.b]);
                let kind = if one.blames(other) && other.blames(one) { "blame" } else { "denial" };
                add(found, Contradiction::of_claims(kind, pair.a, pair.b, "two accounts that exclude each other"));
            }
            _ => {}
        }
    }
}

fn is_quarrel(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let accuses = |claim: usize| reading.claims[claim].stance == Stance::Accuse;
    accuses(a) && accuses(b) && all[a].blames(&all[b]) && all[b].blames(&all[a])
}

/// Log odds of a pair among the other pairs: what else the later claim could answer, what else answers the earlier one, what else the two
/// speakers gainsay.
fn among(pairs: &[Weighed], alone: &[f32], index: usize) -> f32 {
    const LEAST: f32 = -6.0;
    let pair = &pairs[index];
    let most = |fits: &dyn Fn(&Weighed) -> bool| {
        let others = pairs.iter().zip(alone).enumerate().filter(|(other, (row, _))| *other != index && fits(row));
        others.map(|(_, (_, score))| *score).fold(LEAST, f32::max)
    };
    let own = alone[index];
    // How many answers a report holds.
    let answers = alone.iter().filter(|score| **score > -1.0).count() as f32;
    let last = pairs.iter().map(|pair| pair.b + 1).max().unwrap_or(1) as f32;
    let rival = most(&|row| row.b == pair.b);
    let reply = most(&|row| row.a == pair.a);
    let quarrel = most(&|row| row.speakers == pair.speakers);
    // How much of an answer is given to others already, and how much the earlier claim is answered by others.
    let mass = |fits: &dyn Fn(&Weighed) -> bool| {
        let others = pairs.iter().zip(alone).enumerate().filter(|(other, (row, _))| *other != index && fits(row));
        others.map(|(_, (_, score))| 1.0 / (1.0 + (-score).exp())).fold(0.0, |sum, share| sum + share)
    };
    let values = [
        ("among_bias", 1.0),
        ("among_answer_mass", mass(&|row| row.a == pair.b || row.b == pair.b)),
        ("among_answered_mass", mass(&|row| row.a == pair.a || row.b == pair.a)),
        ("among_own", own),
        ("among_report", answers / last),
        ("among_rival", rival),
        ("among_reply", reply),
        ("among_quarrel", quarrel),
        ("among_behind_rival", f32::from(u8::from(rival > own))),
        ("among_behind_reply", f32::from(u8::from(reply > own))),
        ("among_behind_quarrel", f32::from(u8::from(quarrel > own))),
    ];
    values.iter().map(|(name, value)| weight(name) * value).sum()
}

fn may_answer(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let (one, other) = (&reading.claims[a], &reading.claims[b]);
    all[a].sentence.abs_diff(all[b].sentence) <= NEAR
        && all[a].speaker != all[b].speaker
        && !is_reciprocal(reading, all, a)
        && !is_reciprocal(reading, all, b)
        && !one.source.is_empty()
        && !other.source.is_empty()
}
