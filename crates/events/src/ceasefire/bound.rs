//! What may be the beginning of an agreement: every time of the report with what speaks for it. Weights fitted to annotated
//! reports (`training/bounds.py`) choose among them; what the rules of `time.rs` found is evidence like all else.

use super::candidate::{Evidence, is_of};
use super::mention::{Group, is_of_breach};
use super::time::{coarse, instant, is_beginning, is_day_name};
use super::*;
use counterclaim_claims::day_number;
use counterclaim_language::{Deprel, Upos};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A time that may be the beginning.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Index of the time; none for what only a rule tells.
    pub time: Option<usize>,
    /// The deciding word of the time.
    pub word: Option<u32>,
    /// The instant, the day, the month or the year.
    pub value: String,
    /// Whether its day is told by a name alone, so that it may be a week earlier or later.
    pub by_name: bool,
    /// Names and values of the evidence.
    pub evidence: Vec<(&'static str, f32)>,
}

/// What rules tell of the beginning.
pub(super) struct Ruled<'a> {
    /// Times with their rank, less is better.
    pub(super) begins: &'a [(u32, usize)],
    /// The one of them that the rules take.
    pub(super) chosen: Option<usize>,
    /// A day for hours that are told without one.
    pub(super) day: Option<String>,
    /// A day counted back from the news ("a week into the truce").
    pub(super) counted: Option<String>,
    /// The day of a clause that names it.
    pub(super) named: Option<String>,
}

/// Ranks of rules up to which a time is of a class: behind "from", at a verb of beginning, in force, at the name, declared.
const RANKS: [(u32, &str); 6] = [
    (10, "rule_open"),
    (30, "rule_begins"),
    (60, "rule_in_force"),
    (110, "rule_at_name"),
    (190, "rule_declared"),
    (u32::MAX, "rule_behind"),
];

/// All times that may be the beginning of an agreement.
pub(super) fn bounds(reading: &Reading<'_>, events: &[Event], group: &Group, ruled: &Ruled<'_>) -> Vec<Bound> {
    let syntax = reading.syntax();
    let names = names_of(group);
    let mut found: Vec<Bound> = Vec::new();
    for (index, time) in reading.times.iter().enumerate() {
        if !matches!(time.timex.as_str(), "DATE" | "TIME") || time.start.is_none() {
            continue;
        }
        let Some(word) = syntax.head_of(time.span).filter(|&word| reading.is_coded(syntax.sentence(word))) else {
            continue;
        };
        // "Was due to expire at midnight", "suspended the truce on Sunday", "until Friday" tell of its end.
        let over = syntax.clause(word);
        let about = |at: Option<u32>| at.is_some_and(|at| names.contains(&at));
        let stops = matches!(syntax.lemma(over), "suspend" | "scrap" | "terminate" | "cancel" | "abandon");
        let over_it = names.iter().any(|&name| syntax.head(over) == Some(name));
        let ends = time::ENDS.contains(&syntax.lemma(over)) && (about(syntax.subject(over)) || over_it);
        let until = matches!(syntax.preposition(word).as_str(), "until" | "till" | "through");
        if ends || until || stops && about(syntax.patient(over)) {
            continue;
        }
        let day = ruled.day.clone().filter(|_| ruled.chosen == Some(index));
        let Some(value) = instant(reading, index, day) else { continue };
        // "Foreign troops have been there since 2001": a year is of the agreement only beside its name.
        if value.len() == 4 && !names.iter().any(|&name| syntax.sentence(name) == syntax.sentence(word)) {
            continue;
        }
        let mut evidence = Evidence::default();
        evidence.is("bias", true);
        by_rule(&mut evidence, ruled, index, &value);
        by_form(reading, &mut evidence, index, word, &value);
        by_place(reading, events, &mut evidence, &names, word);
        let by_name = time::is_told_by_name(reading, index);
        found.push(Bound { time: Some(index), word: Some(word), value, by_name, evidence: evidence.0 });
    }
    among(reading, &mut found);
    for (name, value) in [("counted_alone", &ruled.counted), ("named_alone", &ruled.named)] {
        let Some(value) = value.as_ref().filter(|value| !found.iter().any(|bound| is_same_day(&bound.value, value)))
        else {
            continue;
        };
        let evidence = vec![("bias", 1.0), (name, 1.0)];
        found.push(Bound { time: None, word: None, value: value.clone(), by_name: false, evidence });
    }
    found
}

/// The words that name an agreement.
fn names_of(group: &Group) -> Vec<u32> {
    let mentions = group.mentions.iter().map(|mention| mention.word);
    let mut names: Vec<u32> = mentions.chain(group.references.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether two values tell the same day, month or year.
pub(super) fn is_same_day(one: &str, other: &str) -> bool {
    one.get(..10).unwrap_or(one) == other.get(..10).unwrap_or(other)
}

/// What the rules found.
fn by_rule(found: &mut Evidence, ruled: &Ruled<'_>, index: usize, value: &str) {
    found.is("rule_chosen", ruled.chosen == Some(index));
    let rank = ruled.begins.iter().filter(|(_, time)| *time == index).map(|(rank, _)| *rank).min();
    let class = rank.and_then(|rank| RANKS.iter().find(|(most, _)| rank.saturating_sub(20) < *most));
    found.is(class.map_or("rule_none", |(_, name)| name), true);
    found.is("counted", ruled.counted.as_deref().is_some_and(|day| is_same_day(day, value)));
    found.is("named", ruled.named.as_deref().is_some_and(|day| is_same_day(day, value)));
}

/// How fine the time is, how it is put, and where it lies.
fn by_form(reading: &Reading<'_>, found: &mut Evidence, index: usize, word: u32, value: &str) {
    let syntax = reading.syntax();
    let time = &reading.times[index];
    let words = time.span.of(&reading.document.text);
    found.is(
        match (value.contains('T'), value.len()) {
            (true, _) => "t_hour",
            (_, 10) => "t_day",
            (_, 7) => "t_month",
            _ => "t_year",
        },
        true,
    );
    found.is("t_name", is_day_name(words));
    found.is("t_digits", words.chars().any(|c| c.is_ascii_digit()));
    found.is("t_ago", words.ends_with("ago") || words.contains("earlier"));
    found.is("t_vague", coarse(time).is_none() && time.value.len() < 10);
    let first = syntax.words_in(time.span).start;
    let opening =
        first.checked_sub(1).filter(|&at| syntax.sentence(at) == syntax.sentence(word)).map(|at| syntax.lemma(at));
    let preposition = syntax.preposition(word);
    let before = opening.filter(|lemma| {
        matches!(
            *lemma,
            "from"
                | "since"
                | "until"
                | "till"
                | "of"
                | "on"
                | "at"
                | "in"
                | "by"
                | "after"
                | "before"
                | "effective"
                | "begin"
                | "start"
        )
    });
    found.is(
        match before.unwrap_or(preposition.as_str()) {
            "from" | "as of" | "starting" | "beginning" | "effective" | "begin" | "start" => "p_from",
            "since" => "p_since",
            "on" => "p_on",
            "at" => "p_at",
            "in" | "during" => "p_in",
            "of" => "p_of",
            "until" | "till" | "through" | "to" => "p_until",
            "by" => "p_by",
            "after" => "p_after",
            "before" => "p_before",
            "" => "p_none",
            _ => "p_other",
        },
        true,
    );
    let back =
        reading.published_day().zip(value.get(..10).and_then(day_number)).map(|(published, day)| published - day);
    found.is(
        match back {
            None => "back_unknown",
            Some(..=-1) => "back_ahead",
            Some(0) => "back_today",
            Some(1) => "back_1",
            Some(2..=6) => "back_week",
            Some(7..=30) => "back_month",
            Some(31..=120) => "back_season",
            Some(121..=400) => "back_year",
            Some(_) => "back_long",
        },
        true,
    );
    found.is("year_told", words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4));
}

/// Where it stands to the names of the agreement and to what is done there.
fn by_place(reading: &Reading<'_>, events: &[Event], found: &mut Evidence, names: &[u32], word: u32) {
    let syntax = reading.syntax();
    let sentence = syntax.sentence(word);
    let over = syntax.clause(word);
    let lemma = syntax.lemma(over);
    found.is("v_begin", BEGIN.contains(&lemma) && is_beginning(syntax, over));
    found.is(
        "v_effect",
        syntax.dependents(over).iter().any(|&at| matches!(syntax.lemma(at), "effect" | "force" | "hold")),
    );
    found.is("v_announce", ANNOUNCE.contains(&lemma));
    found.is("v_end", time::ENDS.contains(&lemma));
    found.is("v_agreeing", is_of(lemma, "agreeing"));
    found.is("v_undertaking", is_of(lemma, "undertaking"));
    found.is("v_stop", STOP.contains(&lemma));
    found.is("v_break", BREACH.contains(&lemma));
    found.is(
        "v_force",
        matches!(lemma, "bind" | "apply" | "be" | "hold" | "stand" | "observe" | "last" | "run" | "govern"),
    );
    found.is("v_violence", is_of(lemma, "violence"));
    found.is("v_counting", is_of(lemma, "counting"));
    found.is("v_negated", syntax.is_negated(over));
    found.is("v_ahead", time::is_ahead(syntax, word));
    let kinds = |word: u32| events.iter().filter(move |event| event.word == word).map(|event| event.event_type);
    found.is("e_assault", kinds(over).any(|kind| kind == "ASSAULT"));
    found.is("e_agree", kinds(over).any(|kind| matches!(kind, "AGREE" | "CONCEDE")));
    found.is("e_other", kinds(over).any(|kind| !matches!(kind, "AGREE" | "CONCEDE" | "ASSAULT")));
    found.is("claimed", reading.innermost_claim(syntax.span(word)).is_some());
    found.is("own_clause", syntax.deprel(over) == Deprel::Root);
    let lead = (0..syntax.analysis.sentences.len() as u32).find(|&at| reading.is_coded(at)).unwrap_or(0);
    found.is("lead", sentence == lead);
    found.add("late", (f32::from(u16::try_from(sentence - lead.min(sentence)).unwrap_or(u16::MAX)) / 10.0).min(3.0));
    let said = |listed: &[&str]| syntax.words_of(sentence).any(|at| listed.contains(&syntax.lemma(at)));
    found.is("w_effect", said(&["effect", "force", "effective"]));
    found.is("w_fighting", syntax.words_of(sentence).any(|at| mention::is_fighting(syntax, at)));
    found.is("w_since", said(&["since"]));
    found.is("w_earlier", said(&["earlier", "previous", "last", "former", "old"]));
    let Some(&name) = names.iter().min_by_key(|&&name| (sentence.abs_diff(syntax.sentence(name)), name.abs_diff(word)))
    else {
        return;
    };
    let gap = i64::from(sentence) - i64::from(syntax.sentence(name));
    found.is(
        match gap {
            0 => "s_same",
            1 => "s_next",
            2 | 3 => "s_near",
            -1 => "s_before",
            4.. => "s_far",
            _ => "s_far_before",
        },
        true,
    );
    found.is("s_first", names.first() == Some(&name));
    if gap == 1 {
        let opens = syntax
            .words_of(sentence)
            .take(2)
            .any(|at| matches!(syntax.form(at), "It" | "it" | "This" | "Under" | "under"));
        found.is("s_it", opens);
    }
    let here: Vec<u32> = names.iter().copied().filter(|&name| syntax.sentence(name) == sentence).collect();
    if here.is_empty() {
        return;
    }
    found.is(if word > name { "d_behind" } else { "d_ahead" }, true);
    found.is(
        match word.abs_diff(name) {
            0..=3 => "d_3",
            4..=7 => "d_7",
            8..=14 => "d_14",
            _ => "d_far",
        },
        true,
    );
    found.is("r_of_breach", here.iter().any(|&name| is_of_breach(syntax, name)));
    found.is("r_governed", here.iter().any(|&name| syntax.governs(name, word)));
    found.is("r_same_clause", here.iter().any(|&name| syntax.clause(name) == over));
    found.is("r_clause_governs", here.iter().any(|&name| syntax.governs(syntax.clause(name), word)));
    found.is("r_over_governs", here.iter().any(|&name| syntax.governs(over, name)));
    found.is("r_subject", syntax.subject(over).is_some_and(|subject| here.contains(&subject)));
    found.is("r_patient", syntax.patient(over).is_some_and(|patient| here.contains(&patient)));
    found.is("r_is_over", here.contains(&over));
    found.is(
        "r_relative",
        here.iter().any(|&name| syntax.dependent(name, &[Deprel::Acl, Deprel::AclRelcl]) == Some(over)),
    );
    found.is(
        "r_agreeing",
        here.iter().any(|&name| is_of(syntax.lemma(syntax.clause(name)), "agreeing") && syntax.clause(name) == over),
    );
    let (first, last) = (word.min(name), word.max(name));
    found.is("b_verb", (first + 1..last).any(|at| syntax.upos(at) == Upos::Verb));
    found.is("b_comma", (first + 1..last).any(|at| syntax.form(at) == ","));
}

/// What a time is among the others: told again, the first day, the only one of a class.
fn among(reading: &Reading<'_>, found: &mut [Bound]) {
    let published = reading.published_day();
    let day = |bound: &Bound| bound.value.get(..10).and_then(day_number);
    let days: Vec<Option<i64>> = found.iter().map(day).collect();
    let recent = |told: i64| published.is_none_or(|day| (0..=120).contains(&(day - told)));
    let first = days.iter().flatten().copied().filter(|&told| recent(told)).min();
    for (at, bound) in found.iter_mut().enumerate() {
        let mut more = Evidence::default();
        let again =
            days.iter().enumerate().filter(|&(other, told)| other != at && told.is_some() && *told == days[at]).count();
        more.add("again", (again as f32).min(3.0));
        more.is("earliest", days[at].is_some() && days[at] == first);
        bound.evidence.extend(more.0);
    }
}

/// Weights of the evidence by name, and of the hidden state of the word.
static WEIGHTS: LazyLock<(HashMap<&'static str, f32>, Vec<f32>)> = LazyLock::new(|| {
    let mut weights = (HashMap::new(), Vec::new());
    let rows = include_str!("../../../../data/bound_weights.csv").lines().skip(1);
    for (name, weight) in rows.filter_map(|line| line.split_once(',')) {
        let weight: f32 = weight.parse().unwrap_or_default();
        if name.strip_prefix('h').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
            weights.1.push(weight);
        } else {
            weights.0.insert(name, weight);
        }
    }
    weights
});

/// How likely each time is the beginning; what is missing to one is the share of none being told. Values of one day count together.
pub(super) fn shares(syntax: Syntax<'_>, bounds: &[Bound]) -> Vec<f32> {
    let (evidence, hidden) = &*WEIGHTS;
    let weight = |name: &str| evidence.get(name).copied().unwrap_or_default();
    // What is told as its beginning outright needs no weighing: "the ceasefire begins on August 3".
    let outright = |bound: &Bound| {
        let told = |name: &str| bound.evidence.iter().any(|(known, _)| *known == name);
        told("rule_chosen") && (told("rule_open") || told("rule_begins"))
    };
    if let Some(told) = bounds.iter().position(outright) {
        return (0..bounds.len()).map(|at| if at == told { 1.0 } else { 0.0 }).collect();
    }
    let none = weight("none");
    let scores: Vec<f32> = bounds
        .iter()
        .map(|bound| {
            let told: f32 = bound.evidence.iter().map(|(name, value)| weight(name) * value).sum();
            let state = bound.word.map(|word| syntax.analysis.vector(word)).unwrap_or_default();
            told + state.iter().zip(hidden).map(|(value, weight)| value * weight).sum::<f32>()
        })
        .collect();
    let most = scores.iter().copied().fold(none, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let whole = (none - most).exp() + raised.iter().sum::<f32>();
    raised.into_iter().map(|share| share / whole).collect()
}

/// The time that weighs most, if any weighs more than that none is told; values of one day count together.
pub(super) fn best<'b>(bounds: &'b [Bound], shares: &[f32]) -> Option<&'b Bound> {
    let none = 1.0 - shares.iter().sum::<f32>();
    let of_day: Vec<f32> = bounds
        .iter()
        .map(|bound| {
            let same = bounds.iter().zip(shares).filter(|(other, _)| is_same_day(&other.value, &bound.value));
            same.map(|(_, &share)| share).sum()
        })
        .collect();
    let best = of_day.iter().copied().fold(none, f32::max);
    let of_best = (0..bounds.len()).filter(|&at| of_day[at] >= best && best > none);
    of_best.max_by(|&one, &other| shares[one].total_cmp(&shares[other])).map(|at| &bounds[at])
}
