//! The party that the words of a deed leave open, where the report tells it elsewhere: those it names are weighed against each other.

use super::*;
use counterclaim_claims::actors::ActorKind;
use counterclaim_knowledge::weights::{Evidence, Weights, note};
use std::sync::LazyLock;

/// Which party of a deed is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
}

/// Sectors of those who use force.
const ARMED: &[&str] = &["MIL", "REB", "COP", "UAF", "PRM", "CRM", "SPY"];

/// Whether a party of an event is open: the deed has one, and the words at it name none.
pub fn is_open(syntax: Syntax<'_>, event: &Event, slot: Slot) -> bool {
    // Of two sides one is no answer; who flees or dies was not made to by the next best party.
    let told = event.status != Status::Hypothetical;
    let open = told && !event.mutual && !roles::DYING.contains(&syntax.lemma(event.word));
    match slot {
        Slot::Actor => open && event.roles.actors.is_empty() && event.event_type != "SANCTION",
        Slot::Recipient => open && event.roles.recipients.is_empty() && event.event_type != "SANCTION",
    }
}

fn relation_name(relation: Deprel) -> &'static str {
    match relation {
        Deprel::Nsubj | Deprel::NsubjPass => "subject",
        Deprel::Obj => "object",
        Deprel::Obl | Deprel::OblAgent => "oblique",
        Deprel::Nmod | Deprel::NmodPoss => "modifier",
        Deprel::Amod | Deprel::Compound => "adjective",
        Deprel::Conj => "conjunct",
        _ => "other",
    }
}

/// The parties of the report that may fill a slot of an event, each with what speaks for it.
pub fn candidates(reading: &Reading<'_>, events: &[Event], at: usize, slot: Slot) -> Vec<(ActorId, Evidence)> {
    let syntax = reading.syntax();
    let event = &events[at];
    let word = event.word;
    let sentence = syntax.sentence(word);
    let ids = |parts: &[Part]| parts.iter().map(|part| part.actor).collect::<Vec<_>>();
    let (does, suffers) = (ids(&event.roles.actors), ids(&event.roles.recipients));
    let filled = if slot == Slot::Actor { &suffers } else { &does };
    let claim = event.claim.map(|claim| &reading.claims[claim]);
    let accused = claim.map(|claim| reading.accused(syntax, claim)).unwrap_or_default();
    let land = event.roles.place.and_then(|place| reading.places[place].country.clone());
    let before: Vec<&Event> = events[..at].iter().rev().filter(|other| other.word != word).collect();
    let after = events[at + 1..].iter().find(|other| syntax.sentence(other.word) == sentence);
    let root = syntax.words_of(sentence).find(|&word| syntax.head(word).is_none());
    let total: usize = reading.actors.all.iter().map(|actor| actor.mentions.len()).sum::<usize>().max(1);
    let over = syntax.head(word);
    let name = if slot == Slot::Actor { "actor" } else { "recipient" };
    let countries_of = |actors: &[ActorId]| -> Vec<String> {
        actors.iter().flat_map(|&actor| reading.actors.countries_of(actor)).collect()
    };
    let filled_countries = countries_of(filled);
    let mut found = Vec::new();
    for (id, actor) in reading.actors.all.iter().enumerate() {
        let bare = actor.members.is_empty() && !actor.mentions.is_empty();
        if !bare || filled.contains(&id) {
            continue;
        }
        // Force is used by men at arms and by states; officials, residents and reporters tell of it.
        let armed = |sector: &String| ARMED.contains(&sector.as_str());
        let force = matches!(event.event_type, "ASSAULT" | "COERCE" | "MOBILIZE" | "RETREAT");
        let peaceful = actor.kind != ActorKind::State && !actor.sectors.first().is_some_and(armed);
        // Nor does who tells of a deed that meets nobody: "rebels said the shelling went on".
        let of_teller = claim.and_then(|claim| claim.claimant).is_some_and(|teller| {
            let side = |id: ActorId| (countries_of(&[id]), reading.actors.all[id].sectors.first());
            teller == id || side(teller) == side(id)
        });
        let tells = of_teller && filled.is_empty();
        if slot == Slot::Actor && (force && peaceful || event.event_type == "ASSAULT" && tells) {
            continue;
        }
        // One person is seldom whom nobody names; who is killed was not killed by his own, and rebels arrest nobody.
        let alone = actor.kind == ActorKind::Person || event.event_type == "PROTEST" && !actor.plural;
        let first = |id: ActorId| reading.actors.all[id].sectors.first();
        let own_side = filled.iter().any(|&other| {
            first(other).is_some() && first(other) == first(id) && countries_of(&[other]) == countries_of(&[id])
        });
        let outlaw = actor.sectors.iter().any(|sector| matches!(sector.as_str(), "REB" | "UAF" | "CRM"));
        let arrests = event.modes.iter().any(|mode| mode == "arrest");
        if slot == Slot::Actor && (alone || event.event_type == "ASSAULT" && own_side || arrests && outlaw)
            || slot == Slot::Recipient && actor.kind == ActorKind::Person && claim.is_some()
        {
            continue;
        }
        let told: Vec<u32> = actor.mentions.iter().filter_map(|span| syntax.head_of(*span)).collect();
        let nearest = told.iter().copied().min_by_key(|&mention| {
            (syntax.sentence(mention) > sentence, syntax.sentence(mention).abs_diff(sentence), mention.abs_diff(word))
        });
        let Some(nearest) = nearest.filter(|&mention| syntax.sentence(mention) <= sentence + 1) else { continue };
        let gap = sentence as i64 - syntax.sentence(nearest) as i64;
        let mut evidence: Evidence = vec![("bias".to_owned(), 1.0)];
        let mut is = |what: String, holds: bool| note(&mut evidence, &format!("{name}_{what}"), holds);
        is("any".to_owned(), true);
        is(format!("type_{}", event.event_type), true);
        let away = match gap {
            ..0 => "next",
            0 => "same",
            1 => "previous",
            2..=3 => "before",
            _ => "far",
        };
        is(format!("in_{away}"), true);
        is(format!("in_{away}_{}", relation_name(syntax.deprel(nearest))), true);
        is(format!("in_{away}_{}", event.event_type), true);
        is("behind".to_owned(), gap == 0 && nearest > word);
        let own = countries_of(&[id]);
        let sector = actor.sectors.first().map_or("none", String::as_str);
        is(format!("sector_{sector}"), true);
        is(format!("sector_{sector}_{}", event.event_type), true);
        is(format!("kind_{:?}", actor.kind), true);
        is("state_or_body".to_owned(), actor.kind == ActorKind::State);
        is("no_country".to_owned(), own.is_empty());
        is("plural".to_owned(), actor.plural);
        let principal = reading.actors.principal.is_some_and(|(one, other)| {
            let alike = |side: ActorId| side == id || !own.is_empty() && countries_of(&[side]) == own;
            alike(one) || alike(other)
        });
        is("principal".to_owned(), principal);
        is(format!("principal_{}", event.event_type), principal);
        is("of_land".to_owned(), land.as_ref().is_some_and(|land| own.contains(land)));
        is("of_other_land".to_owned(), land.as_ref().is_some_and(|land| !own.is_empty() && !own.contains(land)));
        is("filled".to_owned(), !filled.is_empty());
        let same = !filled_countries.is_empty() && own == filled_countries;
        is("of_one_country_with_the_other".to_owned(), same);
        is("of_another_country_than_the_other".to_owned(), !filled.is_empty() && !own.is_empty() && !same);
        let claimant = claim.and_then(|claim| claim.claimant);
        is("claimant".to_owned(), claimant == Some(id));
        is(format!("claimant_{}", event.event_type), claimant == Some(id));
        // "The army said twelve rebels died in the raid" is who raided; "rebels said the shelling went on" not.
        let other = filled.first().and_then(|&other| reading.actors.all[other].sectors.first());
        let other = other.map_or(if filled.is_empty() { "open" } else { "none" }, String::as_str);
        is(format!("claimant_{}_of_{other}", event.event_type), claimant == Some(id));
        is(format!("{sector}_of_{other}"), true);
        is(
            "claimants_country".to_owned(),
            claimant.is_some_and(|claimant| claimant != id && !own.is_empty() && countries_of(&[claimant]) == own),
        );
        is("accused".to_owned(), accused.contains(&id));
        if let Some(claim) = claim {
            is(format!("claimant_{:?}", claim.stance), claimant == Some(id));
            let addressed = claim.source.iter().any(|source| told.iter().any(|&at| source.contains(syntax.span(at))));
            is("in_source".to_owned(), addressed && claimant != Some(id));
        }
        let governs = gap == 0 && syntax.governs(word, nearest);
        is("governed".to_owned(), governs);
        is(format!("governed_{}", relation_name(syntax.deprel(nearest))), governs);
        if gap == 0 {
            is(format!("preposition_{}", syntax.preposition(nearest)), !syntax.preposition(nearest).is_empty());
        }
        let of_over = |party: fn(Syntax<'_>, u32) -> Option<u32>| {
            over.and_then(|over| party(syntax, over))
                .is_some_and(|head| reading.actors.of_phrase(syntax, head).iter().any(|(actor, _)| *actor == id))
        };
        is("agent_of_over".to_owned(), of_over(|syntax, over| syntax.agent(over)));
        is("patient_of_over".to_owned(), of_over(|syntax, over| syntax.patient(over)));
        is(
            "subject_of_root".to_owned(),
            root.and_then(|root| syntax.subject(root)).is_some_and(|subject| reading.actors.at(subject) == Some(id)),
        );
        for (when, other) in [
            ("last", before.first().copied()),
            ("last_alike", before.iter().copied().find(|other| other.event_type == event.event_type)),
            ("last_same", before.iter().copied().find(|other| syntax.lemma(other.word) == syntax.lemma(word))),
            ("next", after),
            ("lead", events.first().filter(|_| at > 0)),
        ] {
            let Some(other) = other else { continue };
            let near = if syntax.sentence(other.word) == sentence { "here" } else { "there" };
            let (actors, recipients) = (ids(&other.roles.actors), ids(&other.roles.recipients));
            is(format!("{when}_actor_{near}"), actors.contains(&id));
            is(format!("{when}_recipient_{near}"), recipients.contains(&id));
            is(format!("{when}_actor_{}", event.event_type), actors.contains(&id));
            let alike = |parties: &[ActorId]| !own.is_empty() && countries_of(parties) == own;
            is(format!("{when}_actors_country"), alike(&actors));
            is(format!("{when}_recipients_country"), alike(&recipients));
        }
        let noun = syntax.upos(word) != Upos::Verb;
        is("noun".to_owned(), noun);
        is("passive".to_owned(), !noun && syntax.is_passive(word));
        is(format!("status_{:?}", event.status), true);
        is("background".to_owned(), event.scope == Scope::Background);
        evidence.push((format!("{name}_share"), (actor.mentions.len() as f32 / total as f32).min(0.5) * 4.0));
        evidence.push((format!("{name}_rank"), (id as f32 / 10.0).min(2.0)));
        let told_countries = &reading.actors.countries;
        let first = told_countries.first().is_some_and(|(country, _)| own.contains(country));
        evidence.push((format!("{name}_first_country"), f32::from(u8::from(first))));
        found.push((id, evidence));
    }
    found
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../../data/party_weights.csv")));

/// Log odds from which a party of the report is the one that is left open (best by folds, `training/parties.py`).
const LEAST: [f32; 2] = [-0.5, 0.0];

/// Fills the parties that are left open, in the order of the deeds.
pub fn fill(reading: &Reading<'_>, events: &mut [Event]) {
    // In a report of boxers or burglars nobody is at war.
    if !reading.is_conflict() {
        return;
    }
    for at in 0..events.len() {
        for (slot, least) in [Slot::Actor, Slot::Recipient].into_iter().zip(LEAST) {
            if !is_open(reading.syntax(), &events[at], slot) {
                continue;
            }
            if let Some(actor) = WEIGHTS.likeliest(candidates(reading, events, at, slot), least) {
                let part = Part { actor, span: None, basis: "report" };
                let roles = &mut events[at].roles;
                if slot == Slot::Actor { &mut roles.actors } else { &mut roles.recipients }.push(part);
            }
        }
    }
}
