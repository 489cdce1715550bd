//! Who is to blame: each side names the other, or two speakers name different ones for one deed.

use super::proposition::{Proposition, is_one_side, share_fire};
use super::side::{Side, meet};
use super::{Contradiction, Row, add};
use counterclaim_claims::Reading;
use counterclaim_schema::ledger::{HarmKind, Stance};

/// Sentences within which two accusations are taken for one quarrel.
const NEAR: u32 = 4;
/// Sentences within which they are when they tell of the same kind of deed.
const FAR: u32 = 12;

/// Pairs of claims that put the blame on each other's side.
pub(super) fn blame(reading: &Reading<'_>, all: &[Proposition<'_>], found: &mut Vec<Contradiction>) {
    for (a, one) in all.iter().enumerate() {
        if is_reciprocal(reading, all, a) {
            let claim = Row::Claim(a);
            add(
                found,
                Contradiction { kind: "blame", a: claim, b: claim, about: "each side blames the other".to_owned() },
            );
        }
        if one.own.is_empty() && one.names.is_empty() || one.own.len() > 1 {
            continue;
        }
        for (b, other) in all.iter().enumerate().skip(a + 1) {
            let (earlier, later) = (&reading.claims[a], &reading.claims[b]);
            let nested = earlier.via == Some(b) || later.via == Some(a);
            if nested
                || other.own.len() > 1
                || other.own.is_empty() && other.names.is_empty()
                || is_one_side(reading, all, a, b)
            {
                continue;
            }
            let distance = one.sentence.abs_diff(other.sentence);
            let near = distance <= NEAR || distance <= FAR && share_fire(one, other);
            let crossed = one.blames(other) && other.blames(one);
            let accuses = [earlier, later].iter().any(|claim| claim.stance == Stance::Accuse);
            let parties = one.own.iter().chain(&other.own).all(Side::is_party);
            // One accusation meets the other side by name; the other may say "the militants".
            let half = (one.blames(other) || other.blames(one))
                && accuses
                && parties
                && distance <= NEAR
                && one.blamed.iter().any(Side::is_party)
                && other.blamed.iter().any(Side::is_party)
                && !meet(&one.blamed, &other.blamed);
            // Two deeds told in one breath, the later one by the other teller's own: who began it.
            let named = one.quarrels(other) && one.tells_assault() && other.tells_assault() && distance <= 1;
            let named = named && !one.refuses && !other.refuses;
            if crossed && near || half || named {
                add(found, Contradiction::of_claims("blame", a, b, "who is to blame"));
            }
        }
    }
    third_parties(reading, all, found);
}

/// "Witnesses said the brigade attacked the base. The group blamed the guard for the violence": two names for one deed.
fn third_parties(reading: &Reading<'_>, all: &[Proposition<'_>], found: &mut Vec<Contradiction>) {
    let syntax = reading.syntax();
    for (b, later) in all.iter().enumerate() {
        let claim = &reading.claims[b];
        if claim.stance != Stance::Accuse || syntax.lemma(claim.cue_word) != "blame" || later.blamed.is_empty() {
            continue;
        }
        let deaths = later.topic.iter().any(|lemma| matches!(*lemma, "death" | "killing" | "casualty" | "dead"));
        let answers = |a: usize| {
            let earlier = &all[a];
            let told = if deaths { earlier.harms.contains(&HarmKind::Killed) } else { true };
            told && earlier.tells_assault()
                && later.sentence - earlier.sentence <= NEAR
                && earlier.blamed.iter().any(Side::is_party)
                && !earlier.blamed.is_empty()
                && !meet(&earlier.blamed, &later.blamed)
                && !meet(&earlier.blamed, &earlier.own)
                && claim.via != Some(a)
                && !is_one_side(reading, all, a, b)
        };
        let known =
            found.iter().any(|pair| pair.kind == "blame" && (pair.a == Row::Claim(b) || pair.b == Row::Claim(b)));
        if let Some(a) = (0..b).rev().find(|&a| answers(a)).filter(|_| !known) {
            add(found, Contradiction::of_claims("blame", a, b, "who did it"));
        }
    }
}

const BLAME: &[&str] =
    &["blame", "accusation", "charge", "allegation", "recrimination", "account", "version", "responsibility"];

/// "Both blamed each other": one sentence with two sides.
pub(super) fn is_reciprocal(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> bool {
    let syntax = reading.syntax();
    let claim = &reading.claims[index];
    let words = |spans: &[counterclaim_schema::Span], wanted: &[&str]| {
        spans.iter().flat_map(|&span| syntax.words_in(span)).any(|word| wanted.contains(&syntax.lemma(word)))
    };
    // "Both sides traded blame for the attack", "gave different accounts of it".
    let traded = matches!(claim.stance, Stance::Assert | Stance::Accuse)
        && (words(&claim.cue, BLAME) || words(&claim.content, BLAME))
        && (all[index].own.len() > 1 && all[index].own[0] != all[index].own[1]);
    // "They each said the other had fired first."
    let other_first = claim.content.first().is_some_and(|&span| {
        syntax.words_in(span).take(3).any(|word| matches!(syntax.lemma(word), "other" | "another"))
    });
    let both = words(&claim.source, &["each", "both", "either"]) || all[index].own.len() > 1;
    let by_turns = claim.stance == Stance::Assert && both && other_first;
    let other = words(&claim.content, &["other", "another"]) || words(&claim.source, &["other", "another"]);
    // "The two sides blamed each other": the words say so, whoever the sides are.
    let opens = claim.content.first().is_some_and(|&span| {
        let mut words = syntax.words_in(span);
        let one = words.next().is_some_and(|word| matches!(syntax.form(word), "each" | "one"));
        one && words.next().is_some_and(|word| matches!(syntax.form(word), "other" | "another"))
    });
    if claim.stance == Stance::Accuse && opens {
        return true;
    }
    let each_other = (claim.stance == Stance::Accuse || by_turns) && other;
    (each_other || traded) && (all[index].own.len() > 1 || words(&claim.source, &["each", "both", "either"]))
}
