//! Which pairs of figures exclude each other: what rules found and what else is told of them, weighed.

use super::counter::{Weighed, weight};
use super::evidence::Evidence;
use super::figure::{
    Victims, answered, are_two_tellers, bounds, elsewhere, exclude, harm_sentence, is_count, is_none, is_of_a_war,
    is_of_another_deed, is_of_both, is_of_them, is_owned, is_rest, is_seen, is_update, land, of_two_camps,
    on_other_days, same_country, same_victims, victims,
};
use super::proposition::{Proposition, are_alike, is_one_side};
use super::second::Second;
use super::side::Side;
use super::{Contradiction, Row};
use counterclaim_claims::Reading;
use counterclaim_schema::ledger::{HarmKind, Scope};
use std::cell::OnceCell;

/// Sentences within which two figures may be of one count.
const NEAR: u32 = 14;

/// All pairs of figures that could be of one count.
pub(super) fn weighed(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    second: &Second<'_>,
    scopes: &[Scope],
    found: &[Contradiction],
) -> Vec<Weighed> {
    let mut pairs = Vec::new();
    let numbers: Vec<Vec<u32>> =
        reading.harms.iter().map(|harm| reading.syntax().words_in(harm.number).collect()).collect();
    let heads = reading.model.figure_pairs(&reading.analysis, &numbers);
    let others = OnceCell::new();
    for b in 0..reading.harms.len() {
        for a in (0..b).filter(|&a| may_meet(reading, all, a, b) || is_known(found, a, b)) {
            let mut told = evidence(reading, all, scopes, found, (a, b));
            let apart = harm_sentence(reading, a).abs_diff(harm_sentence(reading, b)) as usize;
            told.put("mark_figures", heads.log_odds(a, b, apart).clamp(-8.0, 8.0) / 2.0);
            let others = others.get_or_init(|| second.figures(&numbers));
            told.put("mark_second_figures", others.log_odds(a, b, apart).clamp(-8.0, 8.0) / 2.0);
            pairs.push(Weighed { a, b, speakers: (0, 0), evidence: told.values().to_vec() });
        }
    }
    pairs
}

/// Keeps the pairs of the rules that weigh enough, and adds the others that do.
pub(super) fn tally(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    second: &Second<'_>,
    scopes: &[Scope],
    found: &mut Vec<Contradiction>,
) {
    for pair in weighed(reading, all, second, scopes, found) {
        // What the day's news counts and what was counted in another month are two things.
        let old = |index: usize| crate::harm_scope::is_of_another_month(reading, &reading.harms[index]);
        let apart = scopes.get(pair.a) != scopes.get(pair.b) && (old(pair.a) || old(pair.b));
        let told: f32 = pair.evidence.iter().map(|(name, value)| weight(name) * value).sum();
        let score = if apart { f32::NEG_INFINITY } else { told };
        let (a, b) = (Row::Harm(pair.a), Row::Harm(pair.b));
        let known = found.iter().position(|row| row.a == a && row.b == b);
        match known {
            Some(at) if score < weight("figure_threshold") => drop(found.remove(at)),
            None if score >= weight("figure_threshold") => {
                let kind = reading.harms[pair.a].mention.kind;
                let nobody = is_none(reading, pair.a) || is_none(reading, pair.b);
                let about = if nobody { "whether anybody was" } else { "how many were" };
                found.push(Contradiction { kind: "figure", a, b, about: format!("{about} {}", kind.word()) });
            }
            _ => {}
        }
    }
}

fn is_known(found: &[Contradiction], a: usize, b: usize) -> bool {
    found.iter().any(|pair| pair.a == Row::Harm(a) && pair.b == Row::Harm(b))
}

fn may_meet(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let (one, other) = (&reading.harms[a], &reading.harms[b]);
    let (x, y) = (&one.mention, &other.mention);
    let bodily = |kind| matches!(kind, HarmKind::Killed | HarmKind::Injured);
    let none = is_none(reading, a) || is_none(reading, b);
    let kinds = x.kind == y.kind || none && bodily(x.kind) && bodily(y.kind);
    let told = match (one.claim, other.claim) {
        (Some(one), Some(other)) => one != other,
        _ => true,
    };
    let sentences = [harm_sentence(reading, a), harm_sentence(reading, b)];
    let same = (x.quantity.low, x.quantity.high) == (y.quantity.low, y.quantity.high);
    kinds
        && told
        && !same
        && !of_two_camps(reading, all, a, b)
        && !on_other_days(reading, a, b)
        && !(is_of_another_deed(reading, b) && sentences[0] != sentences[1])
        && sentences[0].abs_diff(sentences[1]) <= NEAR
        && sentences.iter().all(|&sentence| reading.is_coded(sentence))
}

fn evidence(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    scopes: &[Scope],
    found: &[Contradiction],
    (a, b): (usize, usize),
) -> Evidence {
    let mut told = Evidence::new();
    let syntax = reading.syntax();
    let (one, other) = (&reading.harms[a], &reading.harms[b]);
    told.put("figure_bias", 1.0);
    told.flag("figure_rule", is_known(found, a, b));
    let apart = harm_sentence(reading, a).abs_diff(harm_sentence(reading, b));
    told.flag("figure_same_sentence", apart == 0);
    told.flag("figure_next", apart == 1);
    told.put("figure_apart", apart.min(8) as f32);
    let block = |index: usize| reading.sentences[harm_sentence(reading, index) as usize].block;
    told.flag("figure_same_block", block(a) == block(b));
    let kind = |index: usize| reading.harms[index].mention.kind;
    let between = (a + 1..b).filter(|&index| kind(index) == kind(a)).count();
    told.put("figure_between", between.min(4) as f32);
    let of_kind: Vec<usize> = (0..reading.harms.len()).filter(|&index| kind(index) == kind(b)).collect();
    told.flag("figure_pair_alone", of_kind.len() <= 2);
    told.flag("figure_few", of_kind.len() == 3);
    told.flag("figure_many", of_kind.len() >= 6);
    told.flag("figure_lead", of_kind.first() == Some(&a));
    // The words alone, whatever bodies were seen.
    let ends = |index: usize| {
        let quantity = &reading.harms[index].mention.quantity;
        (quantity.low.unwrap_or(0), quantity.high.unwrap_or(u64::MAX))
    };
    let disjoint = ends(a).1 < ends(b).0 || ends(b).1 < ends(a).0;
    told.flag("figure_disjoint", disjoint);
    told.flag("figure_less", ends(b).1 < ends(a).0);
    told.flag("figure_seen", is_seen(reading, a) || is_seen(reading, b));
    told.flag("figure_voice", one.claim.is_none() || other.claim.is_none());
    told.flag("figure_no_teller", one.claim.is_none() && other.claim.is_none());
    // "Had killed nine": what one boasts of, against what the other owns.
    let boasted = |index: usize| {
        let mention = &reading.harms[index].mention;
        let clause = syntax.clause(mention.victims.and_then(|span| syntax.head_of(span)).unwrap_or(mention.word));
        matches!(syntax.lemma(clause), "kill" | "neutralise" | "neutralize" | "eliminate" | "count" | "bury" | "boast")
            && !syntax.is_passive(clause)
            && syntax.agent(clause).is_some()
    };
    told.flag("figure_boast", boasted(a) || boasted(b));
    told.flag("figure_boast_owned", boasted(a) && is_owned(reading, b) || boasted(b) && is_owned(reading, a));
    if let (Some(x), Some(y)) = (one.claim, other.claim) {
        told.flag("figure_same_speaker", all[x].speaker == all[y].speaker);
        told.flag("figure_tellers", are_two_tellers(reading, all, x, y));
        told.flag("figure_one_side", is_one_side(reading, all, x, y));
        told.flag("figure_claims", answered(found, x, y));
        told.flag("figure_update", is_update(reading, all, x, y));
        let refuses = all[x].refuses || all[y].refuses;
        told.flag("figure_refuses", refuses);
        let blames = all[x].blames(&all[y]) || all[y].blames(&all[x]);
        told.flag("figure_blames", blames);
    }
    let current = |index: usize| scopes.get(index) == Some(&Scope::Current);
    told.flag("figure_current", current(a) && current(b));
    told.flag("figure_other_scope", scopes.get(a) != scopes.get(b));
    told.flag("figure_counts", is_count(reading, a) && is_count(reading, b));
    told.flag("figure_no_count", !is_count(reading, a) && !is_count(reading, b));
    told.flag("figure_none", is_none(reading, a) || is_none(reading, b));
    told.flag("figure_same_victims", same_victims(reading, all, a, b));
    let (x, y) = (victims(reading, all, a), victims(reading, all, b));
    told.flag("figure_same_kind", x == y && x != Victims::Anybody);
    told.flag("figure_other_kind", x != y && x != Victims::Anybody && y != Victims::Anybody);
    told.flag("figure_exclude", exclude(reading, all, a, b));
    told.flag("figure_country", !same_country(reading, all, a, b));
    let (mine, theirs) = (land(reading, all, a), land(reading, all, b));
    told.flag("figure_one_land", mine.is_some() && mine == theirs);
    told.flag("figure_land_apart", mine.is_some() != theirs.is_some());
    told.flag("figure_both", is_of_both(reading, a) || is_of_both(reading, b));
    // "Thailand has reported 15 deaths", "Cambodia has confirmed eight": each counts its own, unless somebody boasts.
    let home = |index: usize| {
        let claim = reading.harms[index].claim?;
        match all[claim].own.as_slice() {
            [Side::State(country)] if !boasted(index) => Some(country.clone()),
            _ => None,
        }
    };
    let homes = home(a).zip(home(b)).is_some_and(|(one, other)| one != other);
    told.flag("figure_homes", homes);
    told.flag("figure_homes_bare", homes && mine.is_none() && theirs.is_none());
    told.flag("figure_camps", of_two_camps(reading, all, a, b));
    told.flag("figure_elsewhere", elsewhere(reading, a, b));
    told.flag("figure_days", on_other_days(reading, a, b));
    told.flag("figure_rest", is_rest(reading, a) || is_rest(reading, b));
    told.flag("figure_part", is_of_them(reading, a) || is_of_them(reading, b));
    told.flag("figure_part_of", one.mention.part_of.is_some() || other.mention.part_of.is_some());
    told.flag("figure_war", is_of_a_war(reading, a) || is_of_a_war(reading, b));
    told.flag("figure_deed", is_of_another_deed(reading, b));
    told.flag("figure_owned", is_owned(reading, a) || is_owned(reading, b));
    told.flag("figure_owned_apart", is_owned(reading, a) != is_owned(reading, b));
    told.flag("figure_total", one.mention.is_total || other.mention.is_total);
    told.flag("figure_deaths", one.mention.kind == HarmKind::Killed);
    told.flag("figure_hurt", one.mention.kind == HarmKind::Injured);
    told.flag("figure_held", one.mention.kind == HarmKind::Detained);
    told.flag("figure_displaced", one.mention.kind == HarmKind::Displaced);
    let size = |index: usize| {
        let (low, high) = bounds(reading, index);
        low.or(high).unwrap_or(1).max(1) as f32
    };
    let ratio = (size(a) / size(b)).ln().abs();
    told.put("figure_ratio", ratio.min(6.0));
    told.flag("figure_far_ratio", ratio > 3.0);
    told.flag("figure_lone", size(a) == 1.0 || size(b) == 1.0);
    // What was counted, in the words of the figure.
    let nouns = |index: usize| -> Vec<&str> {
        let mention = &reading.harms[index].mention;
        let words = mention.victims.into_iter().flat_map(|span| syntax.words_in(span));
        let nouns = words.filter(|&word| syntax.is_nominal(word) && syntax.lemma(word).len() > 2);
        nouns.map(|word| syntax.lemma(word)).collect()
    };
    let (mine, theirs) = (nouns(a), nouns(b));
    told.flag("figure_noun", mine.iter().any(|noun| theirs.contains(noun)));
    told.flag("figure_alike", mine.iter().any(|noun| theirs.iter().any(|other| are_alike(noun, other))));
    told.flag("figure_bare", theirs.is_empty());
    told.flag(
        "figure_other_noun",
        !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|noun| theirs.contains(noun)),
    );
    let cue = |index: usize| {
        let claim = reading.harms[index].claim.map(|claim| syntax.lemma(reading.claims[claim].cue_word));
        claim.is_some_and(|cue| {
            matches!(cue, "put" | "give" | "count" | "estimate" | "tally" | "record" | "list" | "speak" | "set")
        })
    };
    told.flag("figure_cue", cue(b));
    told.flag("figure_cue_before", cue(a));
    let near = syntax.words_of(harm_sentence(reading, b));
    let word = other.mention.word;
    let before = near.clone().filter(|&at| at < word && at + 5 > word);
    told.flag(
        "figure_only",
        before
            .clone()
            .any(|at| matches!(syntax.lemma(at), "only" | "just" | "barely" | "closer" | "fewer" | "merely" | "but")),
    );
    told.flag(
        "figure_toll",
        near.into_iter()
            .any(|at| matches!(syntax.lemma(at), "toll" | "number" | "figure" | "tally" | "count" | "list" | "total")),
    );
    told.join(&[
        ("figure_rule_next", &["figure_rule", "figure_next"]),
        ("figure_exclude_next", &["figure_exclude", "figure_next"]),
        ("figure_exclude_noun", &["figure_exclude", "figure_noun"]),
        ("figure_exclude_same", &["figure_exclude", "figure_same_victims"]),
        ("figure_exclude_cue", &["figure_exclude", "figure_cue"]),
        ("figure_exclude_block", &["figure_exclude", "figure_same_block"]),
        ("figure_voice_next", &["figure_voice", "figure_next", "figure_exclude"]),
        ("figure_voice_block", &["figure_voice", "figure_same_block", "figure_exclude"]),
        ("figure_no_teller_next", &["figure_no_teller", "figure_next", "figure_exclude"]),
        ("figure_no_teller_same", &["figure_no_teller", "figure_same_sentence", "figure_exclude"]),
        ("figure_noun_next", &["figure_exclude", "figure_noun", "figure_next"]),
        ("figure_total_noun", &["figure_toll", "figure_exclude", "figure_deaths"]),
        ("figure_sentence_exclude", &["figure_same_sentence", "figure_exclude", "figure_tellers"]),
        ("figure_alone_tellers", &["figure_pair_alone", "figure_disjoint", "figure_tellers"]),
        ("figure_few_tellers", &["figure_few", "figure_disjoint", "figure_tellers"]),
        ("figure_alone_disjoint", &["figure_pair_alone", "figure_disjoint"]),
        ("figure_alone_next", &["figure_pair_alone", "figure_disjoint", "figure_next"]),
        ("figure_lead_exclude", &["figure_lead", "figure_exclude", "figure_tellers"]),
        ("figure_lead_toll", &["figure_lead", "figure_disjoint", "figure_toll"]),
        ("figure_only_disjoint", &["figure_only", "figure_disjoint"]),
        ("figure_disjoint_cue", &["figure_cue", "figure_disjoint", "figure_same_victims"]),
        ("figure_seen_less", &["figure_seen", "figure_less"]),
        ("figure_next_tellers", &["figure_next", "figure_disjoint", "figure_tellers"]),
        ("figure_none_claims", &["figure_none", "figure_claims"]),
        ("figure_none_next", &["figure_none", "figure_next"]),
        ("figure_bare_next", &["figure_bare", "figure_next"]),
        ("figure_bare_cue", &["figure_bare", "figure_cue"]),
        ("figure_tellers_exclude", &["figure_tellers", "figure_exclude", "figure_current"]),
        ("figure_claims_exclude", &["figure_claims", "figure_exclude"]),
    ]);
    told
}
