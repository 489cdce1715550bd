//! What is said to have broken a ceasefire, by whom, and who says so.

use super::breach::{
    accused_beside, breaches, breaker, is_counted, is_each_other, is_one_camp, is_one_side, is_own_deed, is_toll,
    title_breach,
};
use super::charge::charges;
use super::mention::Group;
use super::moment::{Moment, moment};
use super::term::is_under;
use super::*;
use crate::contradiction::sides;
use counterclaim_claims::day_number;
use counterclaim_language::{Bonds, Deprel, Upos};
use counterclaim_schema::ledger::{Stance, Status};

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
    /// Whether it is in force, though no day of its beginning is told.
    pub(super) in_force: bool,
    /// What was agreed.
    pub(super) terms: &'a [Span],
    /// When it ended.
    pub(super) expires: Option<&'a str>,
    /// Mentions of other ceasefires.
    pub(super) others: &'a [u32],
    /// Those of them that are of the past.
    pub(super) past: &'a [u32],
    /// Whether it is the only one of now.
    pub(super) only: bool,
    /// What the words of the report are to it, where it was read for that.
    pub(super) bonds: Option<&'a Bonds>,
}

/// Words of breaking, hostile deeds behind the beginning of the ceasefire, and what one party tells of the other once somebody speaks of
/// a breach.
pub(super) fn violations(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    truce: &Truce<'_>,
) -> Vec<Violation> {
    let Truce { group, parties, effective, .. } = *truce;
    if effective.is_some_and(|told| is_to_come(reading, told)) {
        return Vec::new();
    }
    let breaches = own_breaches(reading, syntax, group, truce.others, truce.only);
    let first_breach =
        breaches.first().map(|&at| syntax.sentence(at)).into_iter().chain(title_breach(reading, syntax)).min();
    // The first deed that the words themselves put behind its beginning.
    let within = events
        .iter()
        .filter(|event| is_hostile(reading, syntax, event, &breaches))
        .filter(|event| moment(reading, syntax, event.word, event.roles.time, effective) == Moment::Within)
        .map(|event| syntax.sentence(event.word))
        .min();
    let mut found: Vec<Violation> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        // One mouth tells one breach twice: "The soldiers died when their patrol was shot at, the ministry said".
        let retold = event.roles.actors.is_empty()
            && event.claim.and_then(|claim| reading.claims[claim].claimant).is_some_and(|teller| {
                found.iter().any(|known| known.claim.and_then(|claim| reading.claims[claim].claimant) == Some(teller))
            })
            && !breaches.iter().any(|&at| syntax.governs(at, event.word));
        if is_result(reading, syntax, event, &found) || is_retold(reading, syntax, event, parties, &found) {
            continue;
        }
        // "Under it a battalion takes over the checkpoint": agreed, not broken.
        let first = syntax.words_of(syntax.sentence(event.word)).start;
        let under = event.claim.is_none() && (first..first + 4).any(|at| at < event.word && is_under(syntax, at));
        let agreed =
            (under || truce.terms.iter().any(|term| term.contains(event.trigger))) && !breaches.contains(&event.word);
        if agreed || retold || group.background || !is_hostile(reading, syntax, event, &breaches) {
            continue;
        }
        if is_breach_deed(reading, syntax, event, truce, &breaches, first_breach, within) {
            found.push(Violation {
                span: deed_span(reading, syntax, events, event, &breaches),
                claim: event.claim,
                event: Some(index),
                against: violator(reading, event, parties),
                teller: None,
                suspects: Vec::new(),
            });
        }
    }
    if !group.background {
        found.extend(counts(reading, syntax, truce, &breaches));
    }
    let charged = charges(reading, truce, &found);
    found.extend(charged);
    for &at in &breaches {
        if listing(syntax, at) {
            found.extend(listed_deeds(reading, syntax, truce, at, &found));
        } else if !group.background {
            told_breach(reading, syntax, events, parties, at, &mut found);
        }
    }
    // "Lists nine breaches, the gravest on Wednesday, when rangers encircled a school": told by whoever counts.
    let counted: Vec<(u32, Option<usize>, Option<ActorId>)> = found
        .iter()
        .filter(|known| known.event.is_none() && (known.claim.is_some() || known.teller.is_some()))
        .filter_map(|known| Some((syntax.sentence(syntax.words_in(known.span).next()?), known.claim, known.teller)))
        .collect();
    for violation in found.iter_mut().filter(|known| known.claim.is_none() && known.teller.is_none()) {
        let sentence = syntax.words_in(violation.span).next().map(|word| syntax.sentence(word));
        let own = breaches.iter().copied().filter(|&at| Some(syntax.sentence(at)) == sentence).find_map(|at| {
            reading.innermost_claim(syntax.span(at)).filter(|&claim| {
                matches!(reading.claims[claim].stance, Stance::Accuse | Stance::Assert | Stance::Confirm)
            })
        });
        if let Some(&(_, claim, teller)) = counted.iter().rev().find(|(at, _, _)| Some(*at) == sentence) {
            violation.claim = claim;
            violation.teller = teller;
        } else if own.is_some() {
            violation.claim = own;
        }
        let mouth = violation.claim.and_then(|claim| reading.claims[claim].claimant).or(violation.teller);
        if violation.against.is_none() {
            violation.against = mouth.and_then(|mouth| other_party(reading, parties, mouth));
        }
    }
    found.sort_by_key(|violation| (violation.span.start, std::cmp::Reverse(violation.span.end)));
    let mut kept: Vec<Violation> = Vec::new();
    for mut violation in found {
        // ", but in some areas the army fires": the deed begins behind the words that join it.
        let joins = |&at: &u32| {
            !matches!(syntax.upos(at), counterclaim_language::Upos::Punct | counterclaim_language::Upos::Cconj)
        };
        if let Some(first) = syntax.words_in(violation.span).find(joins) {
            violation.span.start = violation.span.start.max(syntax.span(first).start);
        }
        let around = |known: &Violation| known.claim == violation.claim && known.span.contains(violation.span);
        // Of a claim and the deed that it tells the deed is the breach.
        if let Some(known) = kept
            .iter_mut()
            .find(|known| violation.event.is_some() && known.event.is_none() && known.claim.is_some() && around(known))
        {
            *known = violation;
        } else if !kept.iter().any(|known| around(known) && known.against == violation.against) {
            kept.push(violation);
        }
    }
    kept
}

/// Whether it begins behind the day of the report.
pub(super) fn is_to_come(reading: &Reading<'_>, effective: &str) -> bool {
    let began = effective.get(..10).and_then(day_number);
    began.zip(reading.published_day()).is_some_and(|(began, published)| began > published)
}

/// Whether the words themselves tell that it was broken, so that it has begun.
pub(super) fn is_told_broken(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    group: &Group,
    others: &[u32],
    only: bool,
) -> bool {
    let breaches = own_breaches(reading, syntax, group, others, only);
    let first = group.mentions.first().map_or(0, |mention| syntax.sentence(mention.word));
    let within = |event: &Event| {
        syntax.sentence(event.word) >= first
            && is_hostile(reading, syntax, event, &breaches)
            && moment(reading, syntax, event.word, event.roles.time, None) == Moment::Within
    };
    !breaches.is_empty() || events.iter().any(within)
}

/// The words of breaking that mean this ceasefire.
pub(super) fn own_breaches(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    others: &[u32],
    only: bool,
) -> Vec<u32> {
    let word = group.mentions.first().map_or(0, |mention| mention.word);
    let last = group.mentions.last().map_or(word, |mention| mention.word);
    breaches(reading, syntax)
        .into_iter()
        .filter(|&at| {
            let of_it =
                syntax.patient(at).is_some_and(|object| group.mentions.iter().any(|known| known.word == object));
            let of_other =
                syntax.patient(at).or_else(|| syntax.subject(at)).is_some_and(|named| others.contains(&named));
            of_it || !of_other && !group.background && (only || at.abs_diff(last) < 80 || at.abs_diff(word) < 80)
        })
        .filter(|&at| !is_only_thought(reading, syntax, at))
        .collect()
}

/// "Would be regarded as a violation", "warned against any breach": nobody says that it was broken.
fn is_only_thought(reading: &Reading<'_>, syntax: Syntax<'_>, at: u32) -> bool {
    let clause = syntax.clause(at);
    let is_modal = |clause: u32| {
        let modals = ["will", "would", "could", "may", "might", "should", "must", "can", "shall"];
        syntax.auxiliaries(clause).iter().any(|aux| modals.contains(aux))
    };
    // "The side found in violation would be punished".
    let described = matches!(syntax.deprel(clause), Deprel::Acl | Deprel::AclRelcl)
        .then(|| syntax.head(clause).map(|noun| syntax.clause(noun)))
        .flatten();
    let modal = is_modal(clause) || described.is_some_and(is_modal);
    let any = syntax.dependents(at).iter().any(|&child| matches!(syntax.lemma(child), "any" | "no"));
    let asked = reading.innermost_claim(syntax.span(at)).is_some_and(|claim| {
        matches!(reading.claims[claim].stance, Stance::Appeal | Stance::Pledge | Stance::Order | Stance::Threaten)
    });
    modal || any || asked
}

/// Whether an event is a hostile deed that may break a ceasefire.
fn is_hostile(reading: &Reading<'_>, syntax: Syntax<'_>, event: &Event, breaches: &[u32]) -> bool {
    let ended = matches!(
        syntax.lemma(syntax.clause(event.word)),
        "end"
            | "stop"
            | "cease"
            | "subside"
            | "halt"
            | "drop"
            | "fall"
            | "ease"
            | "decline"
            | "decrease"
            | "halve"
            | "diminish"
    );
    // Moving troops, flying drones and seizing things break a ceasefire when somebody is accused of it.
    let accused = event.claim.is_some_and(|claim| reading.claims[claim].stance == Stance::Accuse);
    let listed = is_listed(syntax, event.word, breaches);
    (event.event_type == "ASSAULT" || (accused || listed) && matches!(event.event_type, "MOBILIZE" | "COERCE"))
        && !ended
        // Who is still held was taken before; "the dead" are a toll.
        && !matches!(syntax.lemma(event.word), "hold" | "dead" | "death" | "toll" | "casualty")
        // "The mission counted 23 clashes."
        && (!event.mutual
            || breaches.contains(&event.word)
            || matches!(syntax.lemma(syntax.clause(event.word)), "count" | "record" | "register" | "log" | "document"))
        && !matches!(event.status, Status::Denied | Status::Hypothetical | Status::Planned | Status::Ordered)
        && (event.scope == Scope::Current || is_listed(syntax, event.word, breaches))
}

/// Whether a hostile deed is told as breaking the ceasefire.
fn is_breach_deed(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    event: &Event,
    truce: &Truce<'_>,
    breaches: &[u32],
    first_breach: Option<u32>,
    within: Option<u32>,
) -> bool {
    let Truce { group, head, parties, effective, in_force, .. } = *truce;
    // "Violations of the truce, among them a strike on a motorcycle": what hangs on the word of breaking is one.
    let listed = is_listed(syntax, event.word, breaches);
    if breaches.contains(&event.word) || listed || ends_for(syntax, group, event.word) {
        return true;
    }
    let word = group.mentions.first().map_or(0, |mention| mention.word);
    let sentence = syntax.sentence(event.word);
    let across = across(reading, event, parties);
    let doer = event.roles.actors.iter().find(|part| part.basis != "context").map(|part| part.actor);
    let stranger = doer.is_some_and(|doer| is_stranger(reading, parties, doer))
        || doer.is_some_and(|doer| is_outsider(reading, parties, doer)) && !told_by_party(reading, event, parties);
    let moment = moment(reading, syntax, event.word, event.roles.time, effective);
    // What somebody tells of the other side while it is in force.
    let accused = event.claim.is_some_and(|claim| reading.claims[claim].stance == Stance::Accuse);
    let foreign = doer.is_some_and(|doer| {
        is_stranger(reading, parties, doer)
            // Islamist gunmen beside a truce of two named groups, told by neither.
            || is_outsider(reading, parties, doer)
                && !told_by_party(reading, event, parties)
                && parties.iter().all(|&party| sides(reading, party).iter().any(crate::contradiction::Side::is_party))
    }) && !accused;
    if moment != Moment::Before
        && !foreign
        && is_told_of_other(reading, event, parties)
        && (in_force || is_old(reading, effective) && is_recent(reading, effective))
    {
        return true;
    }
    match moment {
        Moment::Before => false,
        Moment::Within => {
            sentence >= syntax.sentence(word) && !stranger && (doer.is_some() || event.claim.is_some() || across)
        }
        // A truce of years ago is not broken by every deed since.
        Moment::After if is_recent(reading, effective) => {
            let told = event.claim.is_some() || sentence >= syntax.sentence(word);
            // What nobody did breaks it only in the mouth of a party.
            let speaks = event.claim.is_some()
                && (told_by_party(reading, event, parties) || is_told_by(reading, event, parties));
            // Long reports tell of much that happened since: what nobody tells as a breach is one only beside the ceasefire.
            let told = told && (event.claim.is_some() || is_beside(reading, syntax, truce, breaches, sentence));
            told && !stranger && (doer.is_some_and(|doer| is_party_like(reading, parties, doer)) || speaks)
        }
        Moment::After | Moment::Untold => {
            let behind = event.word > word;
            let earlier = syntax
                .words_of(sentence)
                .take(4)
                .any(|inner| matches!(syntax.lemma(inner), "earlier" | "before" | "previously"));
            let prior = event.claim.is_none()
                && syntax.dependents(syntax.clause(event.word)).iter().any(|&child| {
                    syntax.deprel(child) == Deprel::Aux && syntax.form(child).eq_ignore_ascii_case("had")
                });
            let going_on = event.status == Status::Ongoing && behind && !prior && across;
            let alleged = first_breach.is_some_and(|at| at <= sentence) && across && event.word > head;
            let held =
                event.word > head && is_old(reading, effective) && (across || told_by_party(reading, event, parties));
            // Right after the fighting that it ended only what follows a breach is one.
            let fresh = !is_old(reading, effective)
                && first_breach.into_iter().chain(within).min().is_none_or(|at| at > sentence);
            !earlier && (going_on || alleged || held || !fresh && is_charged(reading, syntax, event, truce, breaches))
        }
    }
}

/// Whether somebody tells of a deed that is not of his own side, by a party or by nobody who is named.
fn is_told_of_other(reading: &Reading<'_>, event: &Event, parties: &[ActorId]) -> bool {
    let Some(claim) = event.claim.map(|claim| &reading.claims[claim]) else { return false };
    let tells = matches!(claim.stance, Stance::Accuse | Stance::Assert | Stance::Confirm);
    let Some(teller) = claim.claimant.filter(|_| tells) else {
        // "The council reproaches its opponents with ...": told by somebody, whoever he is.
        return tells && !claim.source.is_empty() && !is_toll(reading.syntax(), event.word);
    };
    // "Periodically fires at our positions": told in general.
    let syntax = reading.syntax();
    let habit = syntax.dependents(syntax.clause(event.word)).iter().any(|&child| {
        matches!(
            syntax.lemma(child),
            "periodically" | "regularly" | "often" | "sometimes" | "occasionally" | "frequently" | "usually" | "always"
        )
    });
    if habit || is_own_deed(reading, syntax, parties, event.word, Some(teller)) {
        return false;
    }
    let doer = event.roles.actors.iter().find(|part| part.basis != "context").map(|part| part.actor);
    let speaks = parties.iter().any(|&party| is_one_side(reading, party, teller))
        || claim.stance == Stance::Accuse
        || shares_land(reading, parties, teller)
        || reading.actors.all[teller].country.is_none();
    match doer {
        Some(doer) => {
            let ours = is_party_like(reading, parties, doer)
                || shares_land(reading, parties, doer)
                || reading.actors.all[doer].country.is_none();
            speaks && ours && !is_one_camp(reading, parties, doer, teller, claim.stance == Stance::Accuse)
        }
        None => speaks && !is_toll(reading.syntax(), event.word),
    }
}

/// Whether somebody is of the land of a party.
pub(super) fn shares_land(reading: &Reading<'_>, parties: &[ActorId], actor: ActorId) -> bool {
    let country = reading.actors.all[actor].country.as_deref();
    country.is_some() && parties.iter().any(|&party| reading.actors.all[party].country.as_deref() == country)
}

/// An accusation right beside what is told of the ceasefire as in force: "The ministry said its forces observed the truce. It accused Kyiv of
/// 444 attacks".
fn is_charged(reading: &Reading<'_>, syntax: Syntax<'_>, event: &Event, truce: &Truce<'_>, breaches: &[u32]) -> bool {
    let Some(claim) = event.claim.map(|claim| &reading.claims[claim]).filter(|claim| claim.stance == Stance::Accuse)
    else {
        return false;
    };
    let doer = event.roles.actors.first().map(|part| part.actor);
    let Some(accused) = doer.or_else(|| reading.accused(syntax, claim).into_iter().next()) else { return false };
    let sentence = syntax.sentence(event.word);
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let named = |at: u32| {
        let known =
            truce.group.mentions.iter().map(|mention| mention.word).chain(truce.group.references.iter().copied());
        let kept = |word: u32| {
            let clause = syntax.clause(word);
            STABLE.contains(&syntax.lemma(clause)) || BEGIN.contains(&syntax.lemma(clause)) && !is_ahead(syntax, word)
        };
        known.filter(|&word| syntax.sentence(word) == at).any(kept)
    };
    // "Accused the police of shooting at a checkpoint and so of trampling on the accord."
    let own = breaches.iter().any(|&at| {
        syntax.sentence(at) == sentence
            && event.claim.is_some_and(|claim| {
                reading.claims[claim].covers(syntax.span(at)) || syntax.governs(reading.claims[claim].cue_word, at)
            })
    });
    let beside =
        own || named(sentence) || sentence > 0 && block(sentence) == block(sentence - 1) && named(sentence - 1);
    let party = |actor: ActorId| truce.parties.iter().any(|&party| is_one_side(reading, party, actor));
    let same = claim.claimant == Some(accused);
    beside && (claim.claimant.is_some_and(party) || party(accused)) && !same
}

/// Whether it began within half a year of the report, on a day that is told.
pub(super) fn is_recent(reading: &Reading<'_>, effective: Option<&str>) -> bool {
    const RECENT: i64 = 183;
    let began = effective.filter(|told| told.len() >= 10).and_then(|told| day_number(&told[..10]));
    began.zip(reading.published_day()).is_some_and(|(began, published)| published - began <= RECENT)
}

/// Whether the teller is a party.
fn is_told_by(reading: &Reading<'_>, event: &Event, parties: &[ActorId]) -> bool {
    let teller = event.claim.and_then(|claim| reading.claims[claim].claimant);
    teller.is_some_and(|teller| parties.iter().any(|&party| is_one_side(reading, party, teller)))
}

/// Whether a doer is a party, or somebody who fights in its land.
fn is_party_like(reading: &Reading<'_>, parties: &[ActorId], doer: ActorId) -> bool {
    let fights = sides(reading, doer).iter().any(crate::contradiction::Side::is_party);
    let country = reading.actors.all[doer].country.as_deref();
    parties.len() < 2
        || parties.iter().any(|&party| {
            is_one_side(reading, party, doer) || fights && reading.actors.all[party].country.as_deref() == country
        })
}

/// Whether the paragraph of a sentence names the ceasefire or a breach of it.
fn is_beside(reading: &Reading<'_>, syntax: Syntax<'_>, truce: &Truce<'_>, breaches: &[u32], sentence: u32) -> bool {
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let named = truce.group.mentions.iter().map(|mention| mention.word);
    let named = named.chain(truce.group.references.iter().copied()).chain(breaches.iter().copied());
    named.map(|word| syntax.sentence(word)).any(|at| block(at) == block(sentence))
}

/// Somebody who fights in the land of the parties and is none of them: "Islamist gunmen" beside a truce of two other groups.
fn is_outsider(reading: &Reading<'_>, parties: &[ActorId], doer: ActorId) -> bool {
    let fights = sides(reading, doer).iter().any(crate::contradiction::Side::is_party);
    parties.len() > 1 && fights && !parties.iter().any(|&party| is_one_side(reading, party, doer))
}

/// A party of another land than the ceasefire's.
fn is_stranger(reading: &Reading<'_>, parties: &[ActorId], doer: ActorId) -> bool {
    let sides = sides(reading, doer);
    let country = reading.actors.all[doer].country.as_deref();
    parties.len() > 1
        && reading.actors.all[doer].basis != "context"
        && sides.iter().any(crate::contradiction::Side::is_party)
        && country.is_some()
        && !parties
            .iter()
            .any(|&party| is_one_side(reading, party, doer) || reading.actors.all[party].country.as_deref() == country)
}

/// "Mr Tolley lists infractions": a word that opens a list of deeds in the sentences behind it.
fn listing(syntax: Syntax<'_>, at: u32) -> bool {
    syntax.upos(at) == Upos::Noun
        && !is_counted(syntax, at)
        && syntax.deprel(at) == Deprel::Obj
        && matches!(
            syntax.lemma(syntax.clause(at)),
            "list"
                | "recite"
                | "enumerate"
                | "tick"
                | "catalogue"
                | "log"
                | "note"
                | "record"
                | "document"
                | "keep"
                | "compile"
        )
        && syntax.obliques(at).is_empty()
}

/// The deeds of such a list: the sentences of its paragraph that nobody else tells.
fn listed_deeds(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    truce: &Truce<'_>,
    at: u32,
    found: &[Violation],
) -> Vec<Violation> {
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let clause = syntax.clause(at);
    let teller = syntax.subject(clause).and_then(|subject| {
        reading
            .actors
            .at(subject)
            .or_else(|| reading.actors.of_phrase(syntax, subject).first().map(|&(actor, _)| actor))
    });
    let first = syntax.sentence(at);
    let mut told = Vec::new();
    for sentence in first + 1..syntax.analysis.sentences.len() as u32 {
        if block(sentence) != block(first) {
            break;
        }
        let root = syntax
            .words_of(sentence)
            .find(|&word| syntax.deprel(word) == Deprel::Root && syntax.upos(word) == Upos::Verb);
        let Some(root) =
            root.filter(|&root| reading.innermost_claim(syntax.span(root)).is_none() && !reading.is_speech(root))
        else {
            break;
        };
        let joined = syntax
            .dependents(root)
            .iter()
            .copied()
            .filter(|&child| syntax.deprel(child) == Deprel::Conj && syntax.upos(child) == Upos::Verb);
        for verb in std::iter::once(root).chain(joined) {
            if found.iter().any(|known| known.span.contains(syntax.span(verb))) {
                continue;
            }
            let words: Vec<u32> = syntax
                .analysis
                .subtree(verb)
                .into_iter()
                .filter(|&word| {
                    syntax.sentence(word) == sentence
                        && (verb != root
                            || !syntax
                                .dependents(root)
                                .iter()
                                .any(|&child| syntax.deprel(child) == Deprel::Conj && syntax.governs(child, word)))
                })
                .collect();
            let doer = syntax
                .agent(verb)
                .and_then(|agent| reading.actors.of_phrase(syntax, agent).first().map(|&(actor, _)| actor));
            let against = doer.or_else(|| other_party(reading, truce.parties, teller?));
            let span = syntax.cover(&words).unwrap_or_else(|| syntax.span(verb));
            told.push(Violation { span, claim: None, event: None, against, teller, suspects: Vec::new() });
        }
    }
    told
}

/// "Has registered 27 infringements by the militia and four by the army", "lists nine by the authorities", "his own ledger holds 21, all by
/// soldiers": each number is a breach told by whoever counts.
fn counts(reading: &Reading<'_>, syntax: Syntax<'_>, truce: &Truce<'_>, breaches: &[u32]) -> Vec<Violation> {
    let parties = truce.parties;
    let held = truce.in_force || is_old(reading, truce.effective) && is_recent(reading, truce.effective);
    let mut found = Vec::new();
    let nouns: Vec<u32> = breaches.iter().copied().filter(|&at| syntax.upos(at) == Upos::Noun).collect();
    for number in 0..syntax.analysis.words.len() as u32 {
        let sentence = syntax.sentence(number);
        if syntax.upos(number) != Upos::Num || !reading.is_coded(sentence) {
            continue;
        }
        // "Tallied 27 attacks within a week", "logged 11 shots since the signature".
        let hostile = |noun: u32| {
            let over = syntax.clause(noun);
            held && matches!(
                syntax.lemma(noun),
                "attack"
                    | "shot"
                    | "raid"
                    | "strike"
                    | "incident"
                    | "clash"
                    | "explosion"
                    | "burst"
                    | "rocket"
                    | "shell"
                    | "ambush"
                    | "abduction"
                    | "drone"
                    | "sortie"
                    | "bombardment"
                    | "encroachment"
                    | "complaint"
            ) && matches!(
                syntax.lemma(over),
                "count"
                    | "tally"
                    | "log"
                    | "register"
                    | "record"
                    | "document"
                    | "list"
                    | "enter"
                    | "note"
                    | "report"
                    | "chronicle"
            ) && syntax.patient(over) == Some(noun)
        };
        let counted = syntax
            .head(number)
            .filter(|&head| (nouns.contains(&head) || hostile(head)) && syntax.deprel(number) == Deprel::Nummod);
        let told = nouns
            .iter()
            .any(|&noun| is_counted(syntax, noun) && noun < number && sentence - syntax.sentence(noun) <= 1);
        let end = syntax.words_of(sentence).end;
        let by = (number + 1..(number + 4).min(end)).find(|&at| syntax.form(at) == "by");
        // A number with a noun of its own counts something else.
        let bare =
            !(number + 1 < end && matches!(syntax.upos(number + 1), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num));
        if counted.is_none() && !(told && bare && by.is_some()) {
            continue;
        }
        let by =
            by.or_else(|| counted.and_then(|noun| (noun + 1..(noun + 3).min(end)).find(|&at| syntax.form(at) == "by")));
        let against = by.and_then(|by| {
            (by + 1..(by + 7).min(end)).find_map(|at| {
                reading.actors.of_phrase(syntax, at).first().map(|&(actor, _)| actor).filter(|_| syntax.is_nominal(at))
            })
        });
        let head = counted.unwrap_or(number);
        let clause = syntax.clause(head);
        let claim = reading
            .innermost_claim(syntax.span(number))
            .or_else(|| reading.claims.iter().position(|claim| claim.cue_word == clause))
            .filter(|&claim| reading.claims[claim].claimant.is_some());
        let counter = syntax.subject(clause).and_then(|subject| {
            reading
                .actors
                .at(subject)
                .or_else(|| reading.actors.of_phrase(syntax, subject).first().map(|&(actor, _)| actor))
                .or_else(|| syntax.owner(subject).and_then(|owner| reading.actors.at(owner)))
        });
        let teller = counter.filter(|_| claim.is_none());
        let mouth = claim.and_then(|claim| reading.claims[claim].claimant).or(teller);
        let last = by.map_or(head, |by| {
            (by + 1..(by + 7).min(end))
                .find(|&at| syntax.is_nominal(at) && !matches!(syntax.deprel(at), Deprel::Compound))
                .unwrap_or(by)
        });
        let against = against.or_else(|| mouth.and_then(|mouth| other_party(reading, parties, mouth)));
        if mouth.is_none() && claim.is_none() {
            continue;
        }
        found.push(Violation {
            span: syntax.span(number).to(syntax.span(last.max(head))),
            claim,
            event: None,
            against,
            teller,
            suspects: Vec::new(),
        });
    }
    found
}

/// "Called it the third breach", "the army termed it a violation": the deed that "it" points at, in the sentence before.
fn named_deed(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    parties: &[ActorId],
    at: u32,
) -> Option<Violation> {
    let clause = syntax.clause(at);
    let names = matches!(
        syntax.lemma(clause),
        "call" | "term" | "describe" | "label" | "brand" | "regard" | "deem" | "denounce" | "consider" | "see"
    );
    let it = syntax
        .dependents(clause)
        .iter()
        .any(|&child| child > clause && child < at && matches!(syntax.lemma(child), "it" | "this" | "that"));
    if !names || !it {
        return None;
    }
    let sentence = syntax.sentence(at);
    let deed = events.iter().rfind(|event| {
        let told = syntax.sentence(event.word);
        matches!(event.event_type, "ASSAULT" | "COERCE" | "MOBILIZE") && told + 1 >= sentence && told < sentence
    })?;
    let claim = reading
        .innermost_claim(syntax.span(at))
        .or_else(|| reading.claims.iter().position(|claim| claim.cue_word == clause))
        .filter(|&claim| reading.claims[claim].claimant.is_some());
    let teller =
        syntax.agent(clause).and_then(|agent| reading.actors.of_phrase(syntax, agent).first().map(|&(actor, _)| actor));
    let mouth = claim.and_then(|claim| reading.claims[claim].claimant).or(teller)?;
    // "Attributed the shooting to militiamen and called it a breach".
    let accused = claim.and_then(|claim| accused_beside(reading, syntax, claim));
    let doers = deed.roles.actors.iter().filter(|part| part.basis != "context").map(|part| part.actor);
    let against = accused
        .or_else(|| doers.into_iter().find(|&doer| doer != mouth))
        .or_else(|| other_party(reading, parties, mouth));
    let words: Vec<u32> = syntax
        .analysis
        .subtree(syntax.clause(deed.word))
        .into_iter()
        .filter(|&word| syntax.sentence(word) == syntax.sentence(deed.word))
        .collect();
    let span = syntax.cover(&words).unwrap_or(deed.trigger);
    Some(Violation {
        span,
        claim,
        event: None,
        against,
        teller: teller.filter(|_| claim.is_none()),
        suspects: Vec::new(),
    })
}

/// A breach that words of breaking tell without a deed.
fn told_breach(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    parties: &[ActorId],
    at: u32,
    found: &mut Vec<Violation>,
) {
    let told = found.iter().any(|known| known.span.contains(syntax.span(at)));
    // "It is a violation, the army said": names a deed that was told, or none.
    let names = syntax.upos(at) == Upos::Noun
        && !is_counted(syntax, at)
        && matches!(
            syntax.lemma(syntax.clause(at)),
            "call" | "term" | "describe" | "label" | "brand" | "regard" | "deem" | "denounce"
        )
        && found.iter().any(|known| {
            let sentence = syntax.words_in(known.span).next().map(|word| syntax.sentence(word));
            sentence.is_some_and(|sentence| sentence <= syntax.sentence(at) && sentence + 1 >= syntax.sentence(at))
        });
    let told = told || names;
    // "The army termed it a violation": the deed of the sentence before.
    if !told && !names {
        if let Some(violation) = named_deed(reading, syntax, events, parties, at) {
            if !found.iter().any(|known| known.span.overlaps(violation.span)) {
                found.push(violation);
            }
            return;
        }
    }
    let claim = reading.innermost_claim(syntax.span(at)).or_else(|| {
        // "accused it of breaking the truce": the cue stands over the breach.
        reading.claims.iter().position(|claim| syntax.governs(claim.cue_word, at) && claim.stance == Stance::Accuse)
    });
    let denied = claim.is_some_and(|claim| matches!(reading.claims[claim].stance, Stance::Deny | Stance::Appeal));
    let same_claim = claim.is_some() && !is_counted(syntax, at) && found.iter().any(|known| known.claim == claim);
    // "The mechanism documented 35 infractions": whoever counts them alleges them.
    let counts = matches!(
        syntax.lemma(syntax.clause(at)),
        "count"
            | "record"
            | "document"
            | "register"
            | "log"
            | "list"
            | "note"
            | "report"
            | "verify"
            | "tally"
            | "claim"
            | "allege"
            | "denounce"
            | "decry"
            | "see"
            | "lodge"
            | "protest"
            | "cite"
    ) && syntax.patient(syntax.clause(at)) == Some(at);
    let counter = (counts && claim.is_none())
        .then(|| syntax.agent(syntax.clause(at)).and_then(|agent| reading.actors.at(agent)))
        .flatten();
    let owned = counts || claim.is_some() || counter.is_some() || syntax.upos(at) == Upos::Verb;
    if told || denied || same_claim || !owned {
        return;
    }
    // "Which it termed a violation": the deed that the clause hangs on.
    let mut top = syntax.clause(at);
    if matches!(
        syntax.lemma(top),
        "call" | "term" | "describe" | "label" | "brand" | "regard" | "deem" | "denounce" | "consider"
    ) {
        if let Some(above) =
            syntax.head(top).filter(|_| syntax.deprel(top) != Deprel::Root).map(|head| syntax.clause(head))
        {
            top = above;
        }
    }
    let mut words = syntax.analysis.subtree(top);
    if is_counted(syntax, at) {
        words = syntax.dependents(at).iter().copied().filter(|&child| child < at).chain([at]).collect();
    }
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
    if claim.is_some_and(|claim| is_each_other(reading, syntax, claim)) && parties.len() == 2 {
        found.extend(parties.iter().map(|&party| Violation {
            span,
            claim,
            event: None,
            against: Some(party),
            teller: None,
            suspects: Vec::new(),
        }));
        return;
    }
    let against = breaker(reading, syntax, at, parties)
        // Whoever alleges a breach does not allege one of his own.
        .filter(|&actor| {
            let teller = claim.and_then(|claim| reading.claims[claim].claimant);
            teller.is_none_or(|teller| !is_one_side(reading, teller, actor))
        })
        .or_else(|| accused_beside(reading, syntax, claim?))
        .or_else(|| other_party(reading, parties, reading.claims[claim?].claimant?));
    found.push(Violation { span, claim, event: None, against, teller: counter, suspects: Vec::new() });
}

/// "Had shelled the trenches and wounded one soldier": what a breach did is none of its own.
fn is_result(reading: &Reading<'_>, syntax: Syntax<'_>, event: &Event, found: &[Violation]) -> bool {
    let harms = matches!(
        syntax.lemma(event.word),
        "kill" | "wound" | "injure" | "hurt" | "damage" | "destroy" | "maim" | "die"
    );
    let sentence = syntax.sentence(event.word);
    harms
        && found.iter().any(|known| {
            let joined = matches!(syntax.deprel(syntax.clause(event.word)), Deprel::Conj | Deprel::Advcl)
                && syntax.head(syntax.clause(event.word)).is_some_and(|over| known.span.contains(syntax.span(over)));
            known.event.is_some()
                && (known.claim == event.claim || joined)
                && syntax
                    .words_in(known.span)
                    .next()
                    .is_some_and(|word| syntax.sentence(word) == sentence && word < event.word)
        })
        && reading.is_coded(sentence)
}

/// One mouth goes on about the breach that it has told: no other time and no other place.
fn is_retold(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    event: &Event,
    parties: &[ActorId],
    found: &[Violation],
) -> bool {
    let teller = |claim: Option<usize>| claim.and_then(|claim| reading.claims[claim].claimant);
    let sentence = syntax.sentence(event.word);
    let against = violator(reading, event, parties);
    event.roles.time.is_none()
        && event.roles.place.is_none()
        && teller(event.claim).is_some()
        && found.iter().any(|known| {
            let behind = syntax
                .words_in(known.span)
                .next()
                .is_some_and(|word| (1..=2).contains(&(i64::from(sentence) - i64::from(syntax.sentence(word)))));
            behind && teller(known.claim) == teller(event.claim) && (against.is_none() || known.against == against)
        })
}

/// The party that a teller is not, when he is one of the two.
pub(super) fn other_party(reading: &Reading<'_>, parties: &[ActorId], teller: ActorId) -> Option<ActorId> {
    let own = |party: ActorId| is_one_side(reading, party, teller);
    let other = parties.iter().copied().find(|&party| !own(party))?;
    // Whoever tells of breaches of a truce that one side declared means that side.
    let adversary = sides(reading, teller).iter().any(crate::contradiction::Side::is_party);
    (parties.len() == 2 && parties.iter().any(|&party| own(party)) || parties.len() == 1 && adversary).then_some(other)
}

/// "Violations of the truce, among them a strike on a motorcycle": a deed that a word of breaking sums up.
fn is_listed(syntax: Syntax<'_>, deed: u32, breaches: &[u32]) -> bool {
    breaches.iter().any(|&at| {
        let opens =
            |word: u32| matches!(syntax.lemma(word), "include" | "including" | "among" | "namely" | "notably" | "such");
        at < deed
            && syntax.upos(at) == Upos::Noun
            && syntax.sentence(at) == syntax.sentence(deed)
            && (syntax.governs(at, deed) || (at + 1..deed).any(opens))
    })
}

fn deed_span(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event], event: &Event, breaches: &[u32]) -> Span {
    let sentence = syntax.sentence(event.word);
    let listed = syntax.upos(event.word) == Upos::Noun && is_listed(syntax, event.word, breaches);
    // "Listed a bomb in one town, a raid in another and the burning of shops": each is told by its own noun.
    let among = syntax.upos(event.word) == Upos::Noun
        && events.iter().any(|other| {
            other.word != event.word
                && syntax.clause(other.word) == syntax.clause(event.word)
                && syntax.upos(other.word) == Upos::Noun
                && other.event_type == "ASSAULT"
        });
    let top = if listed || among { event.word } else { syntax.clause(event.word) };
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

/// Whether it had been in force for more than a day: what is told otherwise may be the fighting that it ended.
pub(super) fn is_old(reading: &Reading<'_>, effective: Option<&str>) -> bool {
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
pub(super) fn violator(reading: &Reading<'_>, event: &Event, parties: &[ActorId]) -> Option<ActorId> {
    let doers = || event.roles.actors.iter().filter(|part| part.basis != "context").map(|part| part.actor);
    let Some(claim) = event.claim else { return doers().next() };
    let claim = &reading.claims[claim];
    let Some(teller) = claim.claimant else { return doers().next() };
    // Whoever alleges a breach does not allege one of his own.
    let is_own = |actor: ActorId| is_one_side(reading, teller, actor);
    let accused = || reading.accused(reading.syntax(), claim);
    let accuses = claim.stance == Stance::Accuse;
    doers()
        .find(|&actor| !is_own(actor))
        .or_else(|| accused().into_iter().find(|&actor| !is_own(actor)).filter(|_| accuses))
        .or_else(|| accused().into_iter().find(|&actor| actor != teller).filter(|_| accuses))
        .or_else(|| other_party(reading, parties, teller))
}
