//! Which party of a ceasefire is said to have broken it, where the words name men, guns or aircraft and not the party.

use super::breach::is_one_side;
use super::candidate::Evidence;
use super::violation::other_party;
use super::*;
use crate::contradiction::{Side, official, sides};
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;

/// Who may have done a breach.
#[derive(Debug, Clone)]
pub struct Suspect {
    /// The actor.
    pub actor: ActorId,
    /// Its country, where one is known.
    pub country: String,
    /// Whether it is an armed group.
    pub armed: bool,
    /// Names and values of the evidence.
    pub evidence: Vec<(&'static str, f32)>,
}

/// Guns and men of states, and of those who have none.
const OF_STATES: &[&str] = &[
    "helicopter",
    "gunship",
    "jet",
    "warplane",
    "plane",
    "aircraft",
    "airstrike",
    "aviation",
    "tank",
    "artillery",
    "howitzer",
    "army",
    "soldier",
    "troop",
    "police",
    "policeman",
    "constable",
    "navy",
    "warship",
    "gunboat",
    "bomber",
    "government",
    "ministry",
    "battalion",
    "brigade",
    "garrison",
    "patrol",
    "conscript",
    "guard",
    "barracks",
    "checkpoint",
    "bulldozer",
];
const OF_GROUPS: &[&str] = &[
    "gunman",
    "fighter",
    "militant",
    "rebel",
    "guerrilla",
    "militia",
    "militiaman",
    "insurgent",
    "bandit",
    "raider",
    "ambush",
    "kidnap",
    "abduct",
    "mine",
    "ied",
    "bomb",
    "rocket",
    "extort",
    "tax",
    "recruit",
    "machete",
    "youth",
    "warrior",
    "gang",
    "motorcycle",
    "levy",
    "commando",
    "cadre",
    "sniper",
];

/// Log odds below which nobody is told to have done it.
const LEAST: f32 = -2.0;

/// The word of the deed that is told as a breach.
fn deed(syntax: Syntax<'_>, event: Option<&Event>, violation: &Violation) -> Option<u32> {
    event.map(|event| event.word).or_else(|| syntax.head_of(violation.span))
}

/// Who does it by the tree.
fn agent(syntax: Syntax<'_>, word: u32) -> Option<u32> {
    syntax.agent(syntax.clause(word)).or_else(|| syntax.agent(word))
}

/// "The army and the rebels accused each other": of two who blame one another neither is the one who did it.
pub(super) fn is_mutual(reading: &Reading<'_>, violation: &Violation) -> bool {
    let Some(claim) = violation.claim.map(|claim| &reading.claims[claim]) else { return false };
    let members = claim.claimant.map_or(&[][..], |claimant| &reading.actors.all[claimant].members);
    let among = |&accused: &ActorId| members.iter().any(|&member| is_one_side(reading, member, accused));
    members.len() > 1
        && claim.stance == Stance::Accuse
        && reading.accused(reading.syntax(), claim).iter().all(among)
        && violation.against.is_none_or(|against| among(&against))
}

/// Puts the likeliest suspect in the place of whom rules found, where that is another side.
pub(super) fn weigh(violation: &mut Violation) {
    let weighed = violation.suspects.iter().map(|row| (keeper::odds("violator", &row.evidence), row));
    let best = weighed.max_by(|one, other| one.0.total_cmp(&other.0));
    let is_ruled = |row: &Suspect| row.evidence.iter().any(|(name, _)| *name == "ruled");
    if let Some((_, row)) = best.filter(|(odds, row)| *odds >= LEAST && !is_ruled(row)) {
        violation.against = Some(row.actor);
    }
}

/// The parties, and whom rules found beside them, with what speaks for each having done a breach.
pub(super) fn suspects(
    reading: &Reading<'_>,
    events: &[Event],
    parties: &[ActorId],
    violation: &Violation,
) -> Vec<Suspect> {
    let syntax = reading.syntax();
    let event = violation.event.map(|event| &events[event]);
    let claim = violation.claim.map(|claim| &reading.claims[claim]);
    let accused = claim.map(|claim| reading.accused(syntax, claim)).unwrap_or_default();
    let doers: Vec<ActorId> =
        event.map(|event| event.roles.actors.iter().map(|part| part.actor).collect()).unwrap_or_default();
    let told_doers: Vec<ActorId> = event
        .map(|event| event.roles.actors.iter().filter(|part| part.basis != "context").map(|part| part.actor).collect())
        .unwrap_or_default();
    let sufferers: Vec<ActorId> =
        event.map(|event| event.roles.recipients.iter().map(|part| part.actor).collect()).unwrap_or_default();
    let charged = claim.filter(|claim| claim.stance == Stance::Accuse).and_then(|_| accused.first().copied());
    let ruled = violation.against.or_else(|| doers.first().copied()).or(charged);
    let teller = claim.and_then(|claim| claim.claimant).or(violation.teller);
    let word = deed(syntax, event, violation);
    let agent = word.and_then(|word| agent(syntax, word));
    let agents: Vec<ActorId> = agent
        .map(|agent| reading.actors.of_phrase(syntax, agent).into_iter().map(|(actor, _)| actor).collect())
        .unwrap_or_default();
    let named = agent.and_then(|agent| by_name(reading, parties, &syntax.phrase_words(agent)));
    let flies = flier(reading, parties, violation.span);
    let words: Vec<u32> = syntax.words_in(violation.span).collect();
    let any_word = |listed: &[&str]| words.iter().any(|&word| listed.contains(&syntax.lemma(word)));
    let (of_state, of_group) = (any_word(OF_STATES), any_word(OF_GROUPS));
    let own_words = any_word(&["we", "our", "us", "my", "me", "i"]);
    let negative = words
        .iter()
        .any(|&word| matches!(syntax.lemma(word), "not" | "no" | "none" | "never" | "yet" | "neither" | "still"));
    let passive = word.is_some_and(|word| syntax.is_passive(syntax.clause(word)));
    let nominal = word.is_some_and(|word| syntax.is_nominal(word));
    let one_of = |listed: &[ActorId], actor: ActorId| listed.iter().any(|&other| is_one_side(reading, actor, other));
    let teller_party =
        teller.and_then(|teller| parties.iter().copied().find(|&party| is_one_side(reading, party, teller)));
    let last = parties
        .iter()
        .filter_map(|&party| {
            let before = reading.actors.all[party].mentions.iter().filter(|span| span.start < violation.span.start);
            before.map(|span| span.start).max().map(|at| (at, party))
        })
        .max();
    let mut all: Vec<ActorId> = parties.to_vec();
    if let Some(other) = ruled.filter(|&ruled| !one_of(parties, ruled)) {
        all.push(other);
    }
    // "Herders broke it within the hour".
    if let Some(&agent) = agents.iter().find(|&&agent| !one_of(&all, agent)) {
        all.push(agent);
    }
    let row = |&actor: &ActorId| {
        let mut told = Evidence::default();
        let kind = sides(reading, actor);
        let state = kind.iter().any(|side| matches!(side, Side::State(_)));
        let armed = kind.iter().any(|side| matches!(side, Side::Armed { .. }));
        let is_party = parties.contains(&actor);
        told.is("bias", true);
        told.is("party", is_party);
        told.is("state", state);
        told.is("armed", armed);
        told.is("people", kind.iter().any(|side| matches!(side, Side::People { .. })));
        let is_ruled = ruled.is_some_and(|ruled| is_one_side(reading, actor, ruled));
        told.is("ruled", is_ruled);
        told.is("ruled_against", is_ruled && violation.against.is_some());
        told.is("ruled_other_party", !is_ruled && ruled.is_some_and(|ruled| one_of(parties, ruled)));
        told.is("ruled_no_party", !is_ruled && ruled.is_some_and(|ruled| !one_of(parties, ruled)));
        told.is("doer", one_of(&told_doers, actor));
        told.is("doer_by_context", !one_of(&told_doers, actor) && one_of(&doers, actor));
        told.is("agent", one_of(&agents, actor));
        told.is("named", named == Some(actor));
        told.is("named_other", named.is_some_and(|named| named != actor));
        told.is("flies", flies == Some(actor));
        let suffers = one_of(&sufferers, actor);
        told.is("suffers", suffers);
        told.is("other_suffers", is_party && parties.iter().any(|&party| party != actor && one_of(&sufferers, party)));
        let own = teller.is_some_and(|teller| is_one_side(reading, actor, teller));
        let rival = teller_party.is_some_and(|party| party != actor) && !own;
        told.is("teller_own", own);
        told.is("teller_rival", rival);
        told.is("teller_nobody", teller.is_none());
        told.is("teller_outside", teller.is_some() && teller_party.is_none());
        if let Some(claim) = claim {
            let (accuses, denies) = (claim.stance == Stance::Accuse, claim.stance == Stance::Deny);
            told.is("rival_accuses", rival && accuses);
            told.is("rival_denies", rival && denies);
            told.is("own_accuses", own && accuses);
            told.is("own_denies", own && denies);
            told.is("own_tells", own && !accuses && !denies);
            told.is("accused", one_of(&accused, actor));
            told.is("accused_by_charge", accuses && one_of(&accused, actor));
            told.is(
                "accused_other",
                accuses && !one_of(&accused, actor) && one_of(parties, *accused.first().unwrap_or(&actor)),
            );
        }
        told.is("state_by_means", of_state && state);
        told.is("group_by_state_means", of_state && armed);
        told.is("group_by_means", of_group && armed);
        told.is("state_by_group_means", of_group && state);
        let mentions = &reading.actors.all[actor].mentions;
        told.is("in_words", mentions.iter().any(|span| violation.span.contains(*span)));
        let sentence = word.map(|word| syntax.sentence(word));
        let beside = mentions
            .iter()
            .any(|span| syntax.words_in(*span).next().is_some_and(|word| Some(syntax.sentence(word)) == sentence));
        told.is("in_sentence", beside);
        told.is("last_named", last.is_some_and(|(_, party)| party == actor));
        told.is("own_words", own && own_words);
        told.is("rival_words", rival && own_words);
        told.is("undone_rival", negative && rival);
        told.is("undone_own", negative && own);
        told.is("passive_sufferer", passive && suffers);
        told.is("nominal", nominal);
        told.is(
            "owner",
            word.and_then(|word| syntax.owner(word))
                .and_then(|owner| reading.actors.at(owner))
                .is_some_and(|owner| is_one_side(reading, actor, owner)),
        );
        let of = word.map(|word| syntax.obliques(word)).unwrap_or_default();
        let by = |listed: &[&str]| {
            of.iter().any(|oblique| {
                listed.contains(&oblique.preposition.as_str())
                    && reading
                        .actors
                        .of_phrase(syntax, oblique.head)
                        .iter()
                        .any(|(other, _)| is_one_side(reading, actor, *other))
            })
        };
        told.is("by_phrase", by(&["by", "from"]));
        told.is("on_phrase", by(&["on", "against", "at", "of"]));
        told.is(
            "subject",
            word.and_then(|word| syntax.dependent(word, &[Deprel::Nsubj]))
                .and_then(|subject| reading.actors.at(subject))
                .is_some_and(|subject| is_one_side(reading, actor, subject)),
        );
        told.is("of_two", is_party && parties.len() == 2);
        told.is("of_one", is_party && parties.len() == 1);
        Suspect {
            actor,
            country: reading.actors.all[actor].country.clone().unwrap_or_default(),
            armed: keeper::is_armed(reading, actor),
            evidence: told.0,
        }
    };
    all.iter().map(row).collect()
}

/// The violator of a breach: whom the words tell, as a party of the ceasefire where they are its men or its means.
pub(super) fn settle(
    reading: &Reading<'_>,
    events: &[Event],
    parties: &[ActorId],
    violation: &Violation,
) -> Option<ActorId> {
    let syntax = reading.syntax();
    let event = violation.event.map(|event| &events[event]);
    let doer = || event?.roles.actors.iter().find(|part| part.basis != "context").map(|part| part.actor);
    let told = violation.against.or_else(doer);
    if told.is_some_and(|told| parties.iter().any(|&party| is_one_side(reading, party, told))) {
        return violation.against;
    }
    let teller = violation.claim.and_then(|claim| reading.claims[claim].claimant).or(violation.teller);
    let agent = agent(syntax, deed(syntax, event, violation)?);
    let named = agent.and_then(|agent| by_name(reading, parties, &syntax.phrase_words(agent)));
    if told.is_some() {
        // "Gunmen of the Coordination" tells more than a name that nothing describes.
        return named.filter(|&party| !reading.actors.all[party].sectors.is_empty()).or(violation.against);
    }
    // Whom a charge names is found with its claim.
    let charged = violation.claim.is_some_and(|claim| {
        let claim = &reading.claims[claim];
        claim.stance == Stance::Accuse && !reading.accused(syntax, claim).is_empty()
    });
    if charged {
        return None;
    }
    named.or_else(|| other_party(reading, parties, teller?)).or_else(|| flier(reading, parties, violation.span))
}

/// "Had intercepted two missiles", "repelled an attack", "shot down a drone": who answers a breach did not commit it; the other party did.
pub(super) fn turn(reading: &Reading<'_>, events: &[Event], parties: &[ActorId], violation: &mut Violation) {
    let syntax = reading.syntax();
    let event = violation.event.map(|event| &events[event]);
    let answers = |word: u32| {
        let down = || syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "down");
        matches!(syntax.lemma(word), "intercept" | "repel" | "repulse" | "thwart" | "foil")
            || matches!(syntax.lemma(word), "shoot" | "bring") && down()
    };
    let Some(word) = deed(syntax, event, violation).filter(|&word| answers(word)) else { return };
    let doer = syntax.agent(word).and_then(|agent| reading.actors.at(agent));
    let teller = violation.claim.and_then(|claim| reading.claims[claim].claimant);
    if let Some(doer) = doer.or(teller) {
        if violation.against.is_none_or(|against| is_one_side(reading, against, doer)) {
            violation.against = other_party(reading, parties, doer).or(violation.against);
        }
    }
}

/// The one party whose name or nation stands among the words: "RUF men", "Arafat's boats", "Soviet gunships".
fn by_name(reading: &Reading<'_>, parties: &[ActorId], words: &[u32]) -> Option<ActorId> {
    let syntax = reading.syntax();
    let own = |party: ActorId| {
        let row = &reading.actors.all[party];
        let text = &reading.document.text;
        let names: Vec<&str> = row
            .mentions
            .iter()
            .map(|span| span.of(text))
            .chain([row.name.as_str()])
            .flat_map(str::split_whitespace)
            .collect();
        words.iter().any(|&word| {
            let form = syntax.form(word);
            let is_name = syntax.upos(word) == Upos::Propn && form.chars().count() > 2;
            let nation = Country::by_adjective(form).map(|country| country.iso3);
            is_name
                && nation.is_none()
                && names.iter().any(|name| name.trim_matches(|c: char| !c.is_alphanumeric()) == form)
                || nation.is_some() && nation == official(reading, party)
        })
    };
    only(parties.iter().copied().filter(|&party| own(party)))
}

/// Of a state and a group the state flies.
fn flier(reading: &Reading<'_>, parties: &[ActorId], span: Span) -> Option<ActorId> {
    let syntax = reading.syntax();
    let flies = syntax.words_in(span).any(|word| {
        matches!(syntax.lemma(word), "warplane" | "jet" | "helicopter" | "gunship" | "airstrike" | "plane" | "aircraft")
    });
    only(parties.iter().copied().filter(|&party| flies && official(reading, party).is_some()))
}

fn only(mut found: impl Iterator<Item = ActorId>) -> Option<ActorId> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Who broke it and who says so, for all breaches of an agreement; what is no breach of its own goes.
pub(super) fn settle_all(
    reading: &Reading<'_>,
    events: &[Event],
    parties: &[ActorId],
    violations: &mut Vec<Violation>,
) {
    for violation in violations.iter_mut() {
        // "Attacked its positions on Friday, in violation of the truce": who tells the deed tells the breach.
        let inside = |event: &&Event| {
            violation.span.contains(event.trigger) && event.claim.is_some() && event.event_type == "ASSAULT"
        };
        let deed = events.iter().position(|event| inside(&event)).filter(|_| violation.claim.is_none());
        if let Some(deed) = deed {
            violation.claim = events[deed].claim;
            violation.event = Some(deed);
            let doer = events[deed].roles.actors.first().map(|part| part.actor);
            violation.against = doer.or(violation.against);
        }
        if is_mutual(reading, violation) {
            violation.against = None;
            continue;
        }
        violation.against = settle(reading, events, parties, violation);
        violation.suspects = suspects(reading, events, parties, violation);
        weigh(violation);
        turn(reading, events, parties, violation);
    }
    // The words of one within those of another are the same breach.
    let spans: Vec<Span> = violations.iter().map(|known| known.span).collect();
    violations.retain(|known| !spans.iter().any(|&other| other != known.span && other.contains(known.span)));
    join(reading, violations);
    super::weigh::drop_general(reading, events, violations);
    super::weigh::drop_kept(reading, events, violations);
}

/// "Dug trenches and laid mines": deeds of one subject that are told in one breath are one breach.
fn join(reading: &Reading<'_>, violations: &mut Vec<Violation>) {
    let syntax = reading.syntax();
    let mut joined: Vec<Violation> = Vec::new();
    for violation in violations.drain(..) {
        let within = |word: u32| violation.span.contains(syntax.span(word));
        let first = syntax.words_in(violation.span).find(|&word| {
            syntax.deprel(word) == Deprel::Conj
                && syntax.upos(word) == Upos::Verb
                && syntax.head(word).is_some_and(|head| !within(head))
                && syntax.dependent(word, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none()
        });
        // "Shelled the town on Monday and on Tuesday took two hostages".
        let timed = reading.times.iter().any(|time| violation.span.contains(time.span));
        let over = first.filter(|_| !timed).and_then(|word| syntax.head(word));
        let known = joined.iter_mut().find(|known| {
            known.claim == violation.claim && over.is_some_and(|over| known.span.contains(syntax.span(over)))
        });
        match known {
            Some(known) => known.span = known.span.to(violation.span),
            None => joined.push(violation),
        }
    }
    *violations = joined;
}
