//! What is said to have broken a ceasefire, by whom, and who says so.

use super::mention::{Group, is_name};
use super::*;
use crate::contradiction::sides;
use counterclaim_claims::day_number;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{Stance, Status};

/// Where somebody says that the ceasefire was broken: a word of breaking whose object or neighbor it is.
fn breaches(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<u32> {
    (0..syntax.analysis.words.len() as u32)
        .filter(|&word| {
            if !BREACH.contains(&syntax.lemma(word))
                || !reading.is_coded(syntax.sentence(word))
                || syntax.is_negated(word)
            {
                return false;
            }
            let paper =
                |at: u32| is_name(syntax, at) || DEALS.contains(&syntax.lemma(at)) || syntax.lemma(at) == "pause";
            match syntax.upos(word) {
                Upos::Noun => {
                    let of_it = syntax.obliques(word).iter().any(|oblique| paper(oblique.head))
                        || syntax.dependents(word).iter().any(|&child| paper(child));
                    of_it || syntax.obliques(word).is_empty() && word > 0
                }
                Upos::Verb => {
                    let object = syntax.patient(word);
                    object.is_some_and(|object| {
                        paper(object) || matches!(syntax.form(object), "it" | "It") && names_before(syntax, word)
                    })
                }
                _ => false,
            }
        })
        .collect()
}

/// Whether a ceasefire is named in the sentence or the one before it.
pub(super) fn names_before(syntax: Syntax<'_>, word: u32) -> bool {
    let sentence = syntax.sentence(word);
    (sentence.saturating_sub(1)..=sentence)
        .any(|at| syntax.words_of(at).any(|other| other < word && is_name(syntax, other)))
}

/// Whether a party of the ceasefire tells of what another party of it did.
fn across(reading: &Reading<'_>, event: &Event, parties: &[ActorId]) -> bool {
    let party_of = |actor: ActorId| -> Option<usize> {
        let same = |party: &ActorId| {
            let (one, other) = (&reading.actors.all[*party], &reading.actors.all[actor]);
            let armed =
                |sectors: &[String]| sectors.iter().any(|sector| matches!(sector.as_str(), "REB" | "PRM" | "UAF"));
            *party == actor
                || one.country.is_some() && one.country == other.country && armed(&one.sectors) == armed(&other.sectors)
        };
        parties.iter().position(same)
    };
    let teller = event.claim.and_then(|claim| reading.claims[claim].claimant).and_then(party_of);
    let doer = event.roles.actors.first().and_then(|part| party_of(part.actor)).or_else(|| {
        let claim = &reading.claims[event.claim?];
        let accused = reading.accused(reading.syntax(), claim);
        accused.into_iter().find_map(party_of).filter(|_| claim.stance == Stance::Accuse)
    });
    teller.is_some() && doer.is_some() && teller != doer
}

/// A ceasefire as far as its breaches depend on it.
#[derive(Clone, Copy)]
pub(super) struct Truce<'a> {
    pub(super) group: &'a Group,
    /// The mention that tells most.
    pub(super) head: u32,
    pub(super) parties: &'a [ActorId],
    pub(super) effective: Option<&'a str>,
    /// Mentions of other ceasefires.
    pub(super) others: &'a [u32],
    /// Whether it is the only one of now.
    pub(super) only: bool,
}

/// Words of breaking, violence told behind the ceasefire "after it" or "in spite of it", what one party tells of the other once somebody
/// speaks of a breach, and violence on a day on which the ceasefire was in force.
pub(super) fn violations(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    truce: &Truce<'_>,
) -> Vec<Violation> {
    let Truce { group, head, parties, effective, others, only } = *truce;
    let mut found: Vec<Violation> = Vec::new();
    let word = group.mentions.first().map_or(0, |mention| mention.word);
    let last = group.mentions.last().map_or(word, |mention| mention.word);
    let breaches: Vec<u32> = breaches(reading, syntax)
        .into_iter()
        .filter(|&at| {
            let of_it =
                syntax.patient(at).is_some_and(|object| group.mentions.iter().any(|known| known.word == object));
            let of_other =
                syntax.patient(at).or_else(|| syntax.subject(at)).is_some_and(|named| others.contains(&named));
            of_it || !of_other && !group.background && (only || at.abs_diff(last) < 80 || at.abs_diff(word) < 80)
        })
        .collect();
    let first_breach =
        breaches.first().map(|&at| syntax.sentence(at)).into_iter().chain(title_breach(reading, syntax)).min();
    for (index, event) in events.iter().enumerate() {
        let ended = matches!(syntax.lemma(syntax.clause(event.word)), "end" | "stop" | "cease" | "subside" | "halt");
        let deed = event.event_type == "ASSAULT"
            && !ended
            // Who is still held was taken before.
            && syntax.lemma(event.word) != "hold"
            && (!event.mutual || breaches.contains(&event.word))
            && !matches!(event.status, Status::Denied | Status::Hypothetical | Status::Planned | Status::Ordered)
            && event.scope == Scope::Current;
        if !deed || group.background {
            continue;
        }
        let sentence = syntax.sentence(event.word);
        let breaking = breaches.contains(&event.word);
        let behind = event.word > word;
        let points = points_to_it(syntax, event.word);
        let earlier = syntax
            .words_of(sentence)
            .take(4)
            .any(|inner| matches!(syntax.lemma(inner), "earlier" | "before" | "previously"));
        let prior = syntax
            .dependents(syntax.clause(event.word))
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Aux && syntax.form(child).eq_ignore_ascii_case("had"))
            && event.claim.is_none();
        let across = across(reading, event, parties);
        let going_on = event.status == Status::Ongoing && behind && !prior && across;
        let alleged = first_breach.is_some_and(|at| at <= sentence) && across && event.word > head;
        let held = event.word > head
            && is_old(reading, effective)
            && (across || told_by_party(reading, event, parties))
            && !is_before(reading, event, effective);
        let cause = ends_for(syntax, group, event.word);
        let during = behind && event.claim.is_some() && is_during(reading, event, effective);
        if breaking || cause || !earlier && (behind && points || going_on || alleged || during || held) {
            let against = violator(reading, event, parties);
            found.push(Violation {
                span: deed_span(reading, syntax, events, event),
                claim: event.claim,
                event: Some(index),
                against,
            });
        }
    }
    for at in breaches {
        let told = found.iter().any(|known| known.span.contains(syntax.span(at)));
        let claim = reading.innermost_claim(syntax.span(at)).or_else(|| {
            // "accused it of breaking the truce": the cue stands over the breach.
            reading.claims.iter().position(|claim| syntax.governs(claim.cue_word, at) && claim.stance == Stance::Accuse)
        });
        let denied = claim.is_some_and(|claim| matches!(reading.claims[claim].stance, Stance::Deny | Stance::Appeal));
        let same_claim = claim.is_some() && found.iter().any(|known| known.claim == claim);
        let owned = claim.is_some() || syntax.upos(at) == Upos::Verb;
        if told || denied || same_claim || !owned {
            continue;
        }
        let mut words = syntax.analysis.subtree(syntax.clause(at));
        let sentence = syntax.sentence(at);
        words.retain(|&inner| syntax.sentence(inner) == sentence);
        if let Some(claim) = claim {
            let within: Vec<u32> =
                words.iter().copied().filter(|&inner| reading.claims[claim].covers(syntax.span(inner))).collect();
            if !within.is_empty() {
                words = within;
            }
        }
        let span = syntax.cover(&words).unwrap_or_else(|| syntax.span(at));
        let both = claim.is_some_and(|claim| is_each_other(reading, syntax, claim)) && parties.len() == 2;
        if both {
            found.extend(parties.iter().map(|&party| Violation { span, claim, event: None, against: Some(party) }));
        } else {
            found.push(Violation { span, claim, event: None, against: None });
        }
    }
    found.sort_by_key(|violation| (violation.span.start, std::cmp::Reverse(violation.span.end)));
    let mut kept: Vec<Violation> = Vec::new();
    for violation in found {
        let same = |known: &Violation| {
            known.claim == violation.claim && known.against == violation.against && known.span.contains(violation.span)
        };
        if !kept.iter().any(same) {
            kept.push(violation);
        }
    }
    kept
}

/// Whether the sentence sets a deed behind the ceasefire: "hours after the truce began", "despite the deal".
fn points_to_it(syntax: Syntax<'_>, word: u32) -> bool {
    const BEHIND: &[&str] =
        &["after", "despite", "since", "in spite of", "following", "hours after", "notwithstanding", "within"];
    let sentence = syntax.sentence(word);
    syntax.words_of(sentence).any(|inner| {
        let named =
            is_name(syntax, inner) || DEALS.contains(&syntax.lemma(inner)) || syntax.lemma(inner) == "announcement";
        let preposition = syntax.preposition(inner);
        let over = syntax.clause(inner);
        named
            && (BEHIND.contains(&preposition.as_str())
                || syntax.deprel(over) == Deprel::Advcl
                    && over != syntax.clause(word)
                    && syntax.dependents(over).iter().any(|&child| {
                        matches!(syntax.lemma(child), "after" | "since" | "although" | "though" | "despite")
                    }))
    })
}

/// Whether a deed that an adversary or a witness tells fell on a day on which the ceasefire was in force.
fn is_during(reading: &Reading<'_>, event: &Event, effective: Option<&str>) -> bool {
    let Some(since) = effective.filter(|since| since.len() >= 10) else { return false };
    let Some(start) = event.roles.time.and_then(|time| reading.times[time].start.as_deref()) else { return false };
    if start.len() < 10 || event.roles.actors.is_empty() {
        return false;
    }
    // On the day itself only an hour tells which came first.
    if start[..10] == since[..10] {
        return match (start.split_once('T'), since.split_once('T')) {
            (Some((_, hour)), Some((_, from))) => hour.get(..5) >= from.get(..5),
            _ => false,
        };
    }
    start[..10] > since[..10]
}

fn deed_span(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event], event: &Event) -> Span {
    let sentence = syntax.sentence(event.word);
    let top = syntax.clause(event.word);
    let mut clause = syntax.analysis.subtree(top);
    // A deed joined to it is one of its own.
    let joined = |word: u32| {
        let mut word = word;
        while let Some(head) = syntax.head(word).filter(|_| word != top) {
            if syntax.deprel(word) == Deprel::Conj
                && events.iter().any(|other| syntax.clause(other.word) == word && other.word != event.word)
            {
                return true;
            }
            word = head;
        }
        false
    };
    clause.retain(|&inner| syntax.sentence(inner) == sentence && !joined(inner));
    let within: Vec<u32> = match event.claim {
        Some(claim) => clause.into_iter().filter(|&inner| reading.claims[claim].covers(syntax.span(inner))).collect(),
        None => clause,
    };
    syntax.cover(&within).unwrap_or(event.trigger)
}

/// Where the title speaks of a breach, all that follows may be one.
fn title_breach(reading: &Reading<'_>, syntax: Syntax<'_>) -> Option<u32> {
    let first = (0..syntax.analysis.sentences.len() as u32).find(|&sentence| reading.is_coded(sentence))?;
    let told = (0..first).any(|sentence| syntax.words_of(sentence).any(|word| BREACH.contains(&syntax.lemma(word))));
    told.then_some(first)
}

/// Whether it had been in force for more than a day: what is told otherwise may be the fighting that it ended.
fn is_old(reading: &Reading<'_>, effective: Option<&str>) -> bool {
    let began = effective.and_then(|told| told.get(..10)).and_then(day_number);
    began.zip(reading.published_day()).is_some_and(|(began, published)| published - began > 1)
}

/// Whether a party tells of what others did.
fn told_by_party(reading: &Reading<'_>, event: &Event, parties: &[ActorId]) -> bool {
    let Some(claim) = event.claim else { return false };
    let Some(teller) = reading.claims[claim].claimant else { return false };
    let same = |one: ActorId, other: ActorId| {
        let own = sides(reading, one);
        one == other
            || sides(reading, other).iter().any(|side| side.is_party() && own.iter().any(|known| side.is_same(known)))
    };
    let told = matches!(reading.claims[claim].stance, Stance::Accuse | Stance::Assert);
    let others = event.roles.actors.iter().filter(|part| part.basis != "context").any(|part| !same(part.actor, teller));
    told && others && parties.iter().any(|&party| same(teller, party))
}

/// Whether the deed is told with a day before the ceasefire began.
fn is_before(reading: &Reading<'_>, event: &Event, effective: Option<&str>) -> bool {
    let began = effective.and_then(|told| told.get(..10));
    let day =
        event.roles.time.and_then(|time| reading.times[time].end.as_deref().or(reading.times[time].start.as_deref()));
    began.zip(day.and_then(|day| day.get(..10))).is_some_and(|(began, day)| day < began)
}

/// "Suspended the ceasefire after its fighters attacked a village": the deed for which it was ended.
fn ends_for(syntax: Syntax<'_>, group: &Group, deed: u32) -> bool {
    group.mentions.iter().any(|mention| {
        let over = syntax.clause(mention.word);
        let ends = matches!(
            syntax.lemma(over),
            "suspend" | "end" | "cancel" | "freeze" | "call" | "scrap" | "revoke" | "terminate"
        );
        let clause = syntax.clause(deed);
        ends && deed > mention.word
            && syntax.head(clause) == Some(over)
            && syntax.deprel(clause) == Deprel::Advcl
            && syntax
                .dependents(clause)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "after" | "because" | "since" | "following"))
    })
}

/// Who is said to have done it: where one party tells of a deed without a doer it is the other one.
fn violator(reading: &Reading<'_>, event: &Event, parties: &[ActorId]) -> Option<ActorId> {
    let claim = event.claim?;
    let own = sides(reading, reading.claims[claim].claimant?);
    let is_own = |actor: ActorId| {
        sides(reading, actor).iter().any(|side| side.is_party() && own.iter().any(|other| side.is_same(other)))
    };
    // Whoever alleges a breach does not allege one of his own.
    let doer = event.roles.actors.iter().map(|part| part.actor).find(|&actor| !is_own(actor));
    let accused =
        || reading.accused(reading.syntax(), &reading.claims[claim]).into_iter().find(|&actor| !is_own(actor));
    let other =
        || parties.iter().copied().find(|&party| !is_own(party)).filter(|_| parties.iter().any(|&party| is_own(party)));
    let accuses = reading.claims[claim].stance == Stance::Accuse;
    let named = || reading.accused(reading.syntax(), &reading.claims[claim]).into_iter().next().filter(|_| accuses);
    doer.or_else(|| accused().filter(|_| accuses)).or_else(named).or_else(other)
}

/// "Each accuses the other of having broken it."
fn is_each_other(reading: &Reading<'_>, syntax: Syntax<'_>, claim: usize) -> bool {
    let claim = &reading.claims[claim];
    let mut words = claim.content.iter().flat_map(|&span| syntax.words_in(span));
    claim.stance == Stance::Accuse && words.any(|word| matches!(syntax.lemma(word), "other" | "another"))
}
