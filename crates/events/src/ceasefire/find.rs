//! Agreements that no name and no frame gives away: "the roadmap", "this understanding", "emissaries of both swore on one Bible". A word is
//! weighed as one by itself, by what is told around it, and above all by the terms that follow.

use super::agreement::{is_deal, is_foreign, is_long_ago, is_made, is_part, points_back};
use super::breach::breaches;
use super::candidate::{Candidate, Evidence, Scene, is_of};
use super::clause::is_deontic;
use super::mention::{Group, Mention, is_fighting, is_name, is_pause, told};
use super::violation::Truce;
use super::weigh::{Kind, score};
use super::*;
use crate::contradiction::Side;
use counterclaim_claims::day_number;
use counterclaim_language::{Deprel, Mark, Upos};

/// Log odds from which a word is taken for an agreement.
const LEAST: f32 = 0.3;
/// What the mark of the encoder of reports counts beside the weights, and how far down and up.
const MARKS_COUNT: f32 = 0.75;
const MARKS: (f32, f32) = (-2.0, 4.0);

/// What may be an agreement, and what may be a term of whatever agreement there is.
pub struct Search {
    /// Words that may tell of an agreement.
    pub agreements: Vec<Candidate>,
    /// Clauses and nouns that may be terms, weighed without knowing of what.
    pub terms: Vec<Candidate>,
    /// Words that may name an agreement of the past.
    pub earlier: Vec<Candidate>,
}

/// All words of a report that may tell of an agreement.
pub(super) fn search(reading: &Reading<'_>, events: &[Event]) -> Search {
    let syntax = reading.syntax();
    let group = Group { mentions: Vec::new(), references: Vec::new(), background: false, weighed: false };
    let truce = Truce {
        group: &group,
        head: 0,
        parties: &[],
        effective: None,
        in_force: false,
        terms: &[],
        expires: None,
        others: &[],
        past: &[],
        only: true,
        bonds: None,
    };
    let broken = breaches(reading, syntax);
    let terms = Scene::new(reading, events, &truce, &broken).candidates();
    let mut agreements: Vec<Candidate> = (0..syntax.analysis.words.len() as u32)
        .filter(|&word| reading.is_coded(syntax.sentence(word)) && (may_be(syntax, word) || is_marked(reading, word)))
        .map(|word| Candidate { word, span: syntax.span(word), evidence: evidence(reading, word, &broken) })
        .collect();
    let odds: Vec<(u32, f32)> = terms
        .iter()
        .map(|row| (syntax.sentence(row.word), 1.0 / (1.0 + (-score(syntax, row, Kind::AnyTerm)).exp())))
        .collect();
    for agreement in &mut agreements {
        let more = around(syntax.sentence(agreement.word), &odds);
        agreement.evidence.extend(more);
    }
    Search { agreements, terms, earlier: Vec::new() }
}

/// How many terms are told around a sentence.
fn around(sentence: u32, odds: &[(u32, f32)]) -> [(&'static str, f32); 6] {
    let sum = |from: i64, to: i64| -> f32 {
        let near = |at: u32| (from..=to).contains(&(i64::from(at) - i64::from(sentence)));
        odds.iter().filter(|(at, _)| near(*at)).map(|(_, odd)| odd).sum()
    };
    [
        ("terms_here", sum(0, 0).min(3.0)),
        ("terms_next", sum(1, 1).min(3.0)),
        ("terms_behind", sum(2, 4).min(4.0)),
        ("terms_before", sum(-3, -1).min(4.0)),
        ("terms_far", sum(5, 10_000).min(4.0)),
        ("terms_all", sum(-10_000, 10_000).min(8.0)),
    ]
}

pub(super) fn may_be(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    match syntax.upos(word) {
        Upos::Noun | Upos::Propn => {
            is_name(syntax, word)
                || is_pause(syntax, word)
                || is_deal(syntax, word)
                || is_of(lemma, "paper")
                // "A three-day clash": how long something lasts.
                || is_of(lemma, "lull") && syntax.deprel(word) != Deprel::Compound
                || PAUSES.contains(&lemma)
        }
        Upos::Verb => is_of(lemma, "agreeing") || is_of(lemma, "undertaking"),
        _ => false,
    }
}

/// Log odds from which a word counts that the encoder of reports marks as naming an agreement.
const MARKED: f32 = 0.0;

/// Whether the encoder of reports takes a noun or verb for the name of an agreement: "the Safwan terms", "the hush that Baghdad bought".
fn is_marked(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    matches!(syntax.upos(word), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
        && syntax.deprel(word) != Deprel::Compound
        && mark(reading, word) > MARKED
}

/// Log odds that a word names an agreement, by the encoder of reports.
fn mark(reading: &Reading<'_>, word: u32) -> f32 {
    reading.analysis.retold.mark(word, Mark::Agreement)
}

pub(super) fn evidence(reading: &Reading<'_>, word: u32, broken: &[u32]) -> Vec<(&'static str, f32)> {
    let syntax = reading.syntax();
    let mut found = Evidence::default();
    let lemma = syntax.lemma(word);
    let clause = syntax.clause(word);
    let verb = syntax.upos(word) == Upos::Verb;
    let children = syntax.dependents(word);
    let child = |listed: &[&str]| children.iter().any(|&child| listed.contains(&syntax.lemma(child)));
    found.is("bias", true);
    found.is("g_verb", verb);
    found.is("g_name", is_name(syntax, word));
    found.is("g_pause", is_pause(syntax, word));
    found.is("g_deal", is_deal(syntax, word));
    found.is("g_paper", !verb && is_of(lemma, "paper"));
    found.is("g_lull", !verb && is_of(lemma, "lull") && syntax.deprel(word) != Deprel::Compound);
    found.is("g_agreeing", is_of(lemma, "agreeing"));
    found.is("g_undertaking", is_of(lemma, "undertaking"));
    found.is("g_made", !verb && is_made(reading, syntax, word));
    found.is("g_foreign", is_foreign(reading, syntax, word));
    found.is("g_long_ago", is_long_ago(reading, syntax, word));
    found.is("g_the", child(&["the"]));
    found.is("g_this", child(&["this", "that"]));
    found.is("g_a", child(&["a", "an"]));
    found.is("g_no", child(&["no", "any"]));
    found.is("g_owned", syntax.owner(word).is_some());
    found.is("g_relative", syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]).is_some());
    found.is("g_subject", syntax.subject(clause) == Some(word));
    found.is("g_patient", clause != word && syntax.patient(clause) == Some(word));
    found.is("g_compound", syntax.deprel(word) == Deprel::Compound);
    found.is("g_part_of", syntax.head(word).is_some_and(|head| is_part(syntax, head)));
    found.is("g_over_agreeing", clause != word && is_of(syntax.lemma(clause), "agreeing"));
    found.is(
        match syntax.preposition(word).as_str() {
            "" => "g_bare",
            "to" => "g_to",
            "of" => "g_of",
            "in" => "g_in",
            "for" => "g_for",
            "under" | "by" | "according to" => "g_under",
            "after" | "since" | "before" | "until" | "during" => "g_when",
            "despite" => "g_despite",
            _ => "g_other_preposition",
        },
        true,
    );
    let auxiliaries = syntax.auxiliaries(clause);
    found.is("g_perfect", auxiliaries.contains(&"have"));
    found.is(
        "g_modal",
        auxiliaries
            .iter()
            .any(|aux| matches!(*aux, "will" | "would" | "may" | "might" | "could" | "should" | "must" | "can")),
    );
    found.is("g_negated", syntax.is_negated(clause));
    found.is("g_passive", syntax.is_passive(clause));
    found.is("g_infinitive", verb && syntax.is_infinitive(word));
    found.is("g_gerund", verb && syntax.form(word).ends_with("ing"));
    found.is("g_present", verb && syntax.form(word).ends_with('s') && syntax.form(word) != lemma);
    found.is("g_root", verb && syntax.deprel(word) == Deprel::Root);
    found.is(
        "g_inner",
        verb && matches!(syntax.deprel(word), Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Acl),
    );
    found.is(
        "g_infinitive_below",
        children
            .iter()
            .any(|&at| matches!(syntax.deprel(at), Deprel::Xcomp | Deprel::Ccomp) && syntax.upos(at) == Upos::Verb),
    );
    let between =
        syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "between" | "among"));
    found.is("g_between", between);
    found.is("g_with", syntax.obliques(clause).iter().any(|oblique| oblique.preposition == "with"));
    let of_fighting = syntax.obliques(word).iter().any(|oblique| is_fighting(syntax, oblique.head));
    found.is("g_of_fighting", of_fighting);
    let sentence = syntax.sentence(word);
    let words = syntax.words_of(sentence);
    let both = words.clone().any(|at| {
        matches!(syntax.lemma(at), "both" | "each" | "two" | "side" | "neither" | "party" | "rival" | "camp")
    });
    found.is("g_both", both);
    let actors: Vec<Side> = words
        .clone()
        .filter_map(|at| reading.actors.at(at))
        .flat_map(|actor| crate::contradiction::sides(reading, actor))
        .filter(Side::is_party)
        .collect();
    found.is("g_party", !actors.is_empty());
    found.is("g_parties", actors.iter().any(|one| actors.iter().any(|other| !one.is_same(other))));
    let days: Vec<i64> = reading
        .times
        .iter()
        .filter(|time| syntax.head_of(time.span).is_some_and(|head| syntax.sentence(head) == sentence))
        .filter_map(|time| time.start.as_deref().and_then(|start| start.get(..10)).and_then(day_number))
        .collect();
    let back: Vec<i64> =
        reading.published_day().map(|day| days.iter().map(|told| day - told).collect()).unwrap_or_default();
    found.is("g_day", !days.is_empty());
    // What begins on a day of this week is of now as well.
    found.is("g_recent_day", back.iter().any(|back| (-7..60).contains(back)));
    found.is("g_old_day", back.iter().any(|back| *back > 400));
    found.is("g_coming_day", back.iter().any(|back| *back < 0));
    found.is("g_fighting_here", words.clone().any(|at| is_fighting(syntax, at)));
    found.is("g_deontic_here", words.clone().any(|at| is_deontic(syntax, at)));
    found.is(
        "g_points_next",
        (sentence as usize) + 1 < syntax.analysis.sentences.len() && points_back(syntax, sentence + 1),
    );
    found.is("g_breach", broken.iter().any(|&at| syntax.patient(at) == Some(word) || syntax.governs(at, word)));
    found.is("g_breaches", !broken.is_empty());
    found.is("g_conflict", reading.is_conflict());
    found.is("g_background", crate::status::scope(reading, word, &[], true).0 == Scope::Background);
    found.is("g_asked", !verb && told(reading, syntax, word) == Told::Asked);
    found.is("g_claimed", reading.innermost_claim(syntax.span(word)).is_some());
    let first = (0..syntax.analysis.sentences.len() as u32).find(|&at| reading.is_coded(at)).unwrap_or(0);
    found.is("g_lead", sentence == first);
    let again = (0..syntax.analysis.words.len() as u32)
        .filter(|&at| at != word && syntax.lemma(at) == lemma && syntax.upos(at) == syntax.upos(word))
        .count();
    found.add("g_again", (again as f32).min(4.0));
    let title = (0..first).any(|at| {
        syntax.words_of(at).any(|at| is_name(syntax, at) || is_deal(syntax, at) || is_of(syntax.lemma(at), "lull"))
    });
    found.is("g_title", title);
    found.0
}

/// Log odds of a word that nothing weighs as an agreement.
const UNWEIGHED: f32 = -4.0;

/// How much the words of a report weigh as the name of an agreement.
pub(super) struct Odds {
    words: Vec<(u32, f32)>,
}

impl Odds {
    /// Log odds of what may be an agreement: the weights and the marks of the encoder of reports.
    pub(super) fn new(reading: &Reading<'_>, search: &Search) -> Odds {
        let weighed = |candidate: &Candidate| {
            let marked = mark(reading, candidate.word).clamp(MARKS.0, MARKS.1);
            (candidate.word, score(reading.syntax(), candidate, Kind::Agreement) + MARKS_COUNT * marked)
        };
        Odds { words: search.agreements.iter().map(weighed).collect() }
    }

    /// Log odds of a word; "cease all hostilities" weighs as much as its hostilities. Nothing for what is no candidate.
    fn known(&self, syntax: Syntax<'_>, word: u32) -> Option<f32> {
        let object = if syntax.upos(word) == Upos::Verb { syntax.patient(word) } else { None };
        let told = self.words.iter().filter(|(at, _)| *at == word || Some(*at) == object);
        told.map(|(_, odds)| *odds).max_by(f32::total_cmp)
    }

    /// Log odds of a word, few for what is no candidate.
    pub(super) fn of(&self, syntax: Syntax<'_>, word: u32) -> f32 {
        self.known(syntax, word).unwrap_or(UNWEIGHED)
    }
}

/// How much more a word must weigh than all that name what rules found, to take its place.
const OUTWEIGHS: f32 = 1.5;

/// Adds the agreement of a report that names none: the word that weighs most. It takes the place of what rules took for one where it weighs much more.
pub(super) fn settle(reading: &Reading<'_>, odds: &Odds, groups: &mut Vec<Group>) {
    let syntax = reading.syntax();
    // A paper on buffers and waivers has no agreement of parties to a conflict.
    let named = || (0..syntax.analysis.words.len() as u32).any(|word| is_name(syntax, word) || is_pause(syntax, word));
    if !reading.is_conflict() && !named() {
        return;
    }
    let best = odds.words.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
    let Some((word, best)) = best.filter(|(_, odds)| *odds >= LEAST) else { return };
    let is_doubtful = |group: &Group| {
        let most = group.mentions.iter().filter_map(|mention| odds.known(syntax, mention.word)).max_by(f32::total_cmp);
        most.is_some_and(|most| most + OUTWEIGHS < best)
    };
    groups.retain(|group| group.background || !is_doubtful(group));
    if !groups.iter().any(|group| !group.background) {
        for group in groups.iter_mut() {
            group.mentions.retain(|mention| mention.word != word);
        }
        groups.retain(|group| !group.mentions.is_empty());
        groups.push(Group {
            mentions: vec![Mention::real(word)],
            references: Vec::new(),
            background: false,
            weighed: false,
        });
    }
}
