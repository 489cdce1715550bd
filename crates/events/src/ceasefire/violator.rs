//! Which party of a ceasefire is said to have broken it, where the words name men, guns or aircraft and not the party.

use super::breach::is_one_side;
use super::violation::other_party;
use super::*;
use crate::contradiction::official;
use counterclaim_knowledge::Country;
use counterclaim_language::Upos;
use counterclaim_schema::ledger::Stance;

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
    let word = event.map(|event| event.word).or_else(|| syntax.head_of(violation.span))?;
    let agent = syntax.agent(syntax.clause(word)).or_else(|| syntax.agent(word));
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
