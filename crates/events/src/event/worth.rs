//! What speaks for an event being one that a careful coder writes down, and not another telling of one that stands already, its result, or
//! what merely wraps a deed.

use super::*;
use counterclaim_knowledge::weights::{Evidence, Weights, log_odds, note};
use std::sync::LazyLock;

/// The evidence on one event among those of its report, in text order.
pub fn evidence(reading: &Reading<'_>, events: &[Event], at: usize) -> Evidence {
    let syntax = reading.syntax();
    let event = &events[at];
    let word = event.word;
    let mut found: Evidence = vec![("bias".to_owned(), 1.0)];
    let mut is = |name: String, holds: bool| note(&mut found, &name, holds);
    let noun = syntax.upos(word) != Upos::Verb;
    is(format!("type_{}", event.event_type), true);
    is(format!("type_{}{}", event.event_type, if noun { "_noun" } else { "_verb" }), true);
    is(format!("status_{:?}", event.status), true);
    is(format!("type_{}_{:?}", event.event_type, event.status), true);
    is("background".to_owned(), event.scope == Scope::Background);
    is("noun".to_owned(), noun);
    is("passive".to_owned(), !noun && syntax.is_passive(word));
    is("infinitive".to_owned(), !noun && syntax.is_infinitive(word));
    is("gerund".to_owned(), !noun && syntax.form(word).to_lowercase().ends_with("ing"));
    is(format!("deprel_{:?}", syntax.deprel(word)), true);
    is("harm".to_owned(), harm_lemma(syntax.lemma(word)));
    is("harm_passive".to_owned(), harm_lemma(syntax.lemma(word)) && syntax.is_passive(word));
    let negated = !noun && syntax.is_negated(word);
    is("negated".to_owned(), negated);
    is("mutual".to_owned(), event.mutual);
    for (name, parts) in [("actor", &event.roles.actors), ("recipient", &event.roles.recipients)] {
        is(format!("{name}_none"), parts.is_empty());
        is(format!("{name}_none_{}", event.event_type), parts.is_empty());
        if let Some(part) = parts.first() {
            is(format!("{name}_{}", part.basis), true);
        }
        is(
            format!("{name}_with_country"),
            parts.iter().any(|part| !reading.actors.countries_of(part.actor).is_empty()),
        );
        is(format!("{name}s"), parts.len() > 1);
    }
    is("place".to_owned(), event.roles.place.is_some());
    is("time".to_owned(), event.roles.time.is_some());
    is("weapon".to_owned(), !event.roles.weapons.is_empty());
    is("target".to_owned(), !event.roles.targets.is_empty());
    is("told_again".to_owned(), !event.also.is_empty());
    for mode in &event.modes {
        is(format!("mode_{mode}"), true);
    }
    is("no_mode".to_owned(), event.modes.is_empty());
    is("claimed".to_owned(), event.claim.is_some());
    let cue = reading.claims.iter().position(|claim| claim.cue_word == word);
    is("cue".to_owned(), cue.is_some());
    is("unlisted".to_owned(), event.unlisted);
    is(format!("cue_{}", event.event_type), cue.is_some());
    if let Some(claim) = event.claim.map(|claim| &reading.claims[claim]) {
        is(format!("stance_{:?}", claim.stance), cue.is_none());
    }
    let definite = syntax.dependents(word).iter().any(|&child| {
        matches!(syntax.lemma(child), "the" | "this" | "that" | "these" | "those" | "their" | "its" | "his" | "latest")
    });
    is("definite".to_owned(), noun && definite);
    let over = syntax.head(word);
    is("over_verb".to_owned(), over.is_some_and(|over| syntax.upos(over) == Upos::Verb));
    is("preposition".to_owned(), noun && !syntax.preposition(word).is_empty());
    if noun && !syntax.preposition(word).is_empty() {
        is(format!("behind_{}", syntax.preposition(word)), true);
    }
    let mut up = word;
    for _ in 0..8 {
        let relation = syntax.deprel(up);
        is("in_relative_clause".to_owned(), relation == Deprel::AclRelcl);
        is("in_adverbial_clause".to_owned(), relation == Deprel::Advcl);
        is("in_complement".to_owned(), matches!(relation, Deprel::Ccomp | Deprel::Xcomp));
        let Some(head) = syntax.head(up) else { break };
        up = head;
    }
    for reason in &event.reasons {
        let short: String = reason.split(['“', ' ']).take(2).collect::<Vec<_>>().join(" ");
        is(format!("reason_{short}"), true);
    }
    let countries = |event: &Event| {
        let mut told: Vec<String> =
            event.roles.actors.iter().flat_map(|part| reading.actors.countries_of(part.actor)).collect();
        told.sort();
        told.dedup();
        told
    };
    let sentence = |event: &Event| syntax.sentence(event.word);
    let own = countries(event);
    let before = &events[..at];
    let after = &events[at + 1..];
    let beside = || events.iter().filter(|other| other.word != word && sentence(other) == sentence(event));
    is("alone_in_sentence".to_owned(), beside().next().is_none());
    is(
        "same_type_before_in_sentence".to_owned(),
        before.iter().any(|other| sentence(other) == sentence(event) && other.event_type == event.event_type),
    );
    is(
        "same_type_behind_in_sentence".to_owned(),
        after.iter().any(|other| sentence(other) == sentence(event) && other.event_type == event.event_type),
    );
    is("under_another".to_owned(), events.iter().any(|other| over == Some(other.word)));
    is(
        "under_same_type".to_owned(),
        events.iter().any(|other| over == Some(other.word) && other.event_type == event.event_type),
    );
    is("over_another".to_owned(), events.iter().any(|other| syntax.head(other.word) == Some(word)));
    let same_kind = || before.iter().filter(|other| other.event_type == event.event_type);
    is("first_of_type".to_owned(), same_kind().next().is_none());
    is("same_lemma_before".to_owned(), before.iter().any(|other| syntax.lemma(other.word) == syntax.lemma(word)));
    let likes = same_kind().filter(|other| countries(other) == own).count();
    is("same_type_and_parties_before".to_owned(), likes > 0);
    is(
        "same_type_and_parties_and_place_before".to_owned(),
        event.roles.place.is_some()
            && same_kind().any(|other| countries(other) == own && other.roles.place == event.roles.place),
    );
    is(
        "same_type_and_parties_and_claim_before".to_owned(),
        same_kind().any(|other| countries(other) == own && other.claim == event.claim),
    );
    is(
        "same_type_and_scope_of_another_claim_before".to_owned(),
        same_kind().any(|other| countries(other) == own && other.claim != event.claim && other.scope == event.scope),
    );
    found.push(("likes".to_owned(), (likes.min(6)) as f32 / 3.0));
    found.push(("beside".to_owned(), (beside().count().min(5)) as f32 / 3.0));
    let last = reading.analysis.words.len().max(1) as f32;
    found.push(("depth".to_owned(), word as f32 / last));
    found.push(("early".to_owned(), if sentence(event) < 3 { 1.0 } else { 0.0 }));
    found.push(("length_of_report".to_owned(), last / 1000.0));
    let heads = &reading.analysis.events;
    if let Some(told) = heads.words.get(word as usize) {
        let kind = counterclaim_language::EVENT_TYPES.iter().position(|&known| known == event.event_type);
        found.push(("no_event".to_owned(), log_odds(told.types[counterclaim_language::NO_EVENT])));
        if let Some(kind) = kind {
            found.push(("this_type".to_owned(), log_odds(told.types[kind])));
        }
        found.push(("factual".to_owned(), told.factuality));
        found.push(("past".to_owned(), told.past));
        found.push(("named".to_owned(), told.named));
        let deed = heads.deeds.iter().find(|deed| !deed.given && deed.words.contains(&word));
        found.push(("deed".to_owned(), deed.map_or(-3.0, |deed| log_odds(deed.share))));
        found.push(("no_deed".to_owned(), f32::from(u8::from(deed.is_none()))));
        let unit = heads.sentences.iter().find(|unit| unit.words.contains(&word));
        if let (Some(unit), Some(kind)) = (unit, kind) {
            found.push(("sentence_no_event".to_owned(), log_odds(unit.types[counterclaim_language::NO_EVENT])));
            found.push(("sentence_this_type".to_owned(), log_odds(unit.types[kind])));
        }
    }
    found
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../../data/event_weights.csv")));

/// Log odds from which an event has a row of its own: what most likely tells nothing new has none (best by folds, `training/worth.py`).
const LEAST: f32 = -0.5;

/// For each event of a report whether it is worth a row of its own. What is the first of its type and alone in its sentence always is.
pub fn worth(reading: &Reading<'_>, events: &[Event]) -> Vec<bool> {
    let syntax = reading.syntax();
    let stands_out = |at: usize| {
        let event = &events[at];
        let sentence = |event: &Event| syntax.sentence(event.word);
        events[..at].iter().all(|other| other.event_type != event.event_type)
            && events.iter().filter(|other| sentence(other) == sentence(event)).count() == 1
    };
    (0..events.len()).map(|at| stands_out(at) || WEIGHTS.odds(&evidence(reading, events, at)) > LEAST).collect()
}
