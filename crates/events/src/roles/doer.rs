//! Who of a deed's sentence did it and to whom: its parties, weighed for each slot, with what parse and model say as evidence.

use super::{Part, Roles};
use crate::event::party::Slot;
use crate::triggers::{self, Frame, Trigger};
use counterclaim_claims::actors::{ActorId, ActorKind};
use counterclaim_claims::{Reading, Syntax};
use counterclaim_knowledge::weapons;
use counterclaim_knowledge::weights::{Evidence, Weights, note};
use counterclaim_language::{Deprel, LinkRole, Upos};
use counterclaim_schema::MentionKind;
use std::sync::LazyLock;

/// The way in the tree from a deed's word to another: up steps, then down steps, each by its relation.
fn path(syntax: Syntax<'_>, from: u32, to: u32) -> Option<String> {
    const STEPS: usize = 4;
    let climb = |start: u32| -> Vec<u32> {
        let mut words = vec![start];
        while words.len() <= STEPS {
            let Some(over) = words.last().and_then(|&word| syntax.head(word)) else { break };
            if words.contains(&over) {
                break;
            }
            words.push(over);
        }
        words
    };
    let (ours, theirs) = (climb(from), climb(to));
    let (up, down) =
        ours.iter().enumerate().find_map(|(up, word)| Some((up, theirs.iter().position(|other| other == word)?)))?;
    let step = |word: u32| {
        let relation = match syntax.deprel(word) {
            Deprel::NsubjPass => "passive".to_owned(),
            other => format!("{other:?}"),
        };
        match syntax.deprel(word) {
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => format!("{relation}-{}", syntax.preposition(word)),
            _ => relation,
        }
    };
    let mut steps: Vec<String> = ours[..up].iter().map(|&word| format!("^{:?}", syntax.deprel(word))).collect();
    steps.extend(theirs[..down].iter().rev().map(|&word| step(word)));
    Some(steps.join("."))
}

/// What carries a party and is none.
const VEHICLES: &[&str] = &[
    "truck",
    "lorry",
    "car",
    "vehicle",
    "bus",
    "van",
    "jeep",
    "pickup",
    "boat",
    "ship",
    "plane",
    "helicopter",
    "convoy",
];

/// "Their truck hit a mine": those whose it is are the party.
pub fn is_owned_vehicle(syntax: Syntax<'_>, word: u32) -> bool {
    let owned = syntax.owner(word).is_some_and(|owner| syntax.upos(owner) == Upos::Pron);
    owned && VEHICLES.contains(&syntax.lemma(word))
}

/// A party of the deed's sentence at one of its words.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub actor: ActorId,
    /// The head word.
    pub word: u32,
}

/// The parties that the sentence of a deed names, each with what speaks for it in a slot.
pub fn candidates(
    reading: &Reading<'_>,
    trigger: &Trigger,
    triggers: &[Trigger],
    roles: &Roles,
    slot: Slot,
) -> Vec<(Candidate, Evidence)> {
    let syntax = reading.syntax();
    let deed = trigger.word;
    let sentence = syntax.sentence(deed);
    let words: Vec<u32> = syntax
        .words_of(sentence)
        .filter(|&word| word != deed && Some(word) != trigger.with && reading.actors.at(word).is_some())
        .collect();
    let (own, other) = match slot {
        Slot::Actor => (&roles.actors, &roles.recipients),
        Slot::Recipient => (&roles.recipients, &roles.actors),
    };
    let basis_of = |parts: &[Part], word: u32, actor: ActorId| -> Option<&'static str> {
        let members = reading.actors.flatten(actor);
        let of = |part: &&Part| members.contains(&part.actor) || part.actor == actor;
        let here = parts.iter().filter(of).find(|part| part.span.is_some_and(|span| span.overlaps(syntax.span(word))));
        here.map(|part| part.basis).or_else(|| parts.iter().find(of).map(|_| "elsewhere"))
    };
    let model = trigger.deed.map(|deed| &syntax.analysis.events.deeds[deed]);
    let claim = reading.innermost_claim(syntax.span(deed)).map(|claim| &reading.claims[claim]);
    let accused = claim.map(|claim| reading.accused(syntax, claim)).unwrap_or_default();
    let verb = syntax.upos(deed) == Upos::Verb;
    let passive = verb && syntax.is_passive(deed);
    let voice = if passive {
        "passive"
    } else if verb {
        "verb"
    } else {
        "noun"
    };
    let frame = format!("{:?}", trigger.row.frame);
    let kind = trigger.event_type;
    let others: Vec<u32> = triggers
        .iter()
        .map(|other| other.word)
        .filter(|&other| other != deed && syntax.sentence(other) == sentence)
        .collect();
    let subject = syntax.subject(deed);
    let filled = own.iter().any(|part| part.span.is_some());
    let mut found = Vec::new();
    for &word in &words {
        let Some(actor) = reading.actors.at(word) else { continue };
        let party = &reading.actors.all[actor];
        if is_owned_vehicle(syntax, word) {
            continue;
        }
        let name = if slot == Slot::Actor { "a" } else { "r" };
        let mut evidence: Evidence = vec![(format!("{name}_bias"), 1.0)];
        let mut is = |what: String, holds: bool| note(&mut evidence, &format!("{name}_{what}"), holds);
        let way = path(syntax, deed, word).unwrap_or_else(|| "far".to_owned());
        let basis = basis_of(own, word, actor);
        let cross = basis_of(other, word, actor);
        is(format!("way_{way}"), true);
        is(format!("way_{way}_{voice}_{frame}"), true);
        is(format!("way_{way}_{voice}"), true);
        is(format!("way_{way}_{kind}"), true);
        is(format!("steps_{}", way.split('.').count().min(5)), true);
        if let Some((first, _)) = way.split_once('.') {
            is(format!("first_{first}_{voice}"), true);
        }
        is(format!("last_{}_{voice}", way.rsplit('.').next().unwrap_or_default()), true);
        is(format!("rule_{}", basis.unwrap_or("no")), true);
        is(format!("rule_{}_{voice}", basis.unwrap_or("no")), true);
        is(format!("rule_{}_{kind}", basis.unwrap_or("no")), true);
        is(format!("cross_{}", cross.unwrap_or("no")), true);
        is(format!("cross_{}_{kind}", cross.unwrap_or("no")), true);
        is(format!("rule_{}_cross_{}", basis.unwrap_or("no"), cross.unwrap_or("no")), true);
        is("slot_open".to_owned(), own.is_empty());
        is(format!("slot_filled_{}", basis.unwrap_or("no")), filled);
        if let Some(model) = model {
            let linked =
                |role: LinkRole| model.links.iter().any(|(known, words)| *known == role && words.contains(&word));
            let mut any = false;
            for role in [
                LinkRole::Actor,
                LinkRole::Recipient,
                LinkRole::Victim,
                LinkRole::Target,
                LinkRole::Place,
                LinkRole::Instrument,
            ] {
                is(format!("link_{role:?}"), linked(role));
                is(format!("link_{role:?}_rule_{}", basis.unwrap_or("no")), linked(role));
                any |= linked(role);
            }
            is("link_none".to_owned(), !any);
            is(format!("link_none_rule_{}", basis.unwrap_or("no")), !any);
            let wanted = if slot == Slot::Actor { LinkRole::Actor } else { LinkRole::Recipient };
            is("links_another".to_owned(), !linked(wanted) && model.links.iter().any(|(role, _)| *role == wanted));
        } else {
            is("unseen".to_owned(), true);
            is(format!("unseen_rule_{}", basis.unwrap_or("no")), true);
        }
        let sector = party.sectors.first().map_or("none", String::as_str);
        is(format!("sector_{sector}"), true);
        is(format!("sector_{sector}_{kind}"), true);
        is(format!("kind_{:?}", party.kind), true);
        is(format!("kind_{:?}_{kind}", party.kind), true);
        is("plural".to_owned(), party.plural);
        is("state".to_owned(), party.kind == ActorKind::State);
        is("pronoun".to_owned(), syntax.upos(word) == Upos::Pron);
        is("proper".to_owned(), syntax.upos(word) == Upos::Propn);
        is("adjective".to_owned(), matches!(syntax.deprel(word), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss));
        if let Some(over) = syntax.head(word).filter(|&over| over != deed) {
            let thing = weapons::is_weapon(syntax.lemma(over));
            let target = weapons::target_class(syntax.lemma(over)).is_some();
            let party = reading.actors.at(over).is_some();
            let what = if thing {
                "weapon"
            } else if target {
                "target"
            } else if party {
                "party"
            } else {
                "other"
            };
            if matches!(syntax.deprel(word), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod) {
                is(format!("of_{what}"), true);
                let over_way = path(syntax, deed, over).unwrap_or_default();
                is(format!("of_{what}_{over_way}"), true);
            }
        }
        let preposition = syntax.preposition(word);
        is(format!("behind_{preposition}"), !preposition.is_empty());
        is(format!("behind_{preposition}_{kind}"), !preposition.is_empty());
        let away = word.abs_diff(deed);
        is("before".to_owned(), word < deed);
        is(format!("before_{voice}_{frame}"), word < deed);
        is("near".to_owned(), away <= 3);
        is("far".to_owned(), away > 12);
        let between = others.iter().any(|&other| other > word.min(deed) && other < word.max(deed));
        is("deed_between".to_owned(), between);
        is(
            "governed_by_another".to_owned(),
            others.iter().any(|&other| !syntax.governs(other, deed) && syntax.governs(other, word)),
        );
        is("nearer_to_another".to_owned(), others.iter().any(|&other| other.abs_diff(word) < away));
        let span = syntax.span(word);
        let teller = claim.is_some_and(|claim| claim.source.iter().any(|source| source.contains(span)));
        is("teller".to_owned(), teller);
        is(format!("teller_{kind}"), teller);
        is(format!("teller_rule_{}", basis.unwrap_or("no")), teller);
        let source = reading.claims.iter().any(|claim| claim.source.iter().any(|source| source.contains(span)));
        is("some_source".to_owned(), source);
        is("claimant".to_owned(), claim.is_some_and(|claim| claim.claimant == Some(actor)));
        is("accused".to_owned(), accused.contains(&actor));
        is("subject".to_owned(), subject == Some(word));
        is("deed_without_subject".to_owned(), subject.is_none());
        is("place".to_owned(), reading.place_at(syntax, word).is_some());
        is("figure".to_owned(), syntax.dependents(word).iter().any(|&child| syntax.deprel(child) == Deprel::Nummod));
        is("only".to_owned(), words.len() == 1);
        let person = syntax
            .analysis
            .mentions
            .iter()
            .any(|mention| mention.kind == MentionKind::Person && mention.span.contains(span));
        is("named_person".to_owned(), person);
        is(format!("type_{kind}"), true);
        is(format!("frame_{frame}_{voice}"), true);
        is("unlisted".to_owned(), triggers::is_unlisted(trigger.row));
        found.push((Candidate { actor, word }, evidence));
    }
    found
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../../data/doer_weights.csv")));

/// Log odds from which a party of the sentence fills a slot (best by folds, `training/doers.py`).
const LEAST: f32 = 0.0;
/// Log odds below which one that the rules found there does not: between the two they are believed.
const DOUBT: f32 = -1.2;

/// Mends the slots of a deed by the weights: who of its sentence fills them, whatever the rules took. What they took from elsewhere stays
/// where the sentence tells nobody.
pub fn mend(reading: &Reading<'_>, trigger: &Trigger, triggers: &[Trigger], roles: &mut Roles) {
    let syntax = reading.syntax();
    let weighed = [Slot::Actor, Slot::Recipient].map(|slot| {
        let told = candidates(reading, trigger, triggers, roles, slot).into_iter();
        let mut told: Vec<(Candidate, f32)> =
            told.map(|(candidate, evidence)| (candidate, WEIGHTS.odds(&evidence))).collect();
        told.sort_by(|one, other| other.1.total_cmp(&one.1));
        told
    });
    // "A and B accused each other of breaking the truce": neither is told apart.
    let sentence = syntax.sentence(trigger.word);
    let each_other = syntax.words_of(sentence).any(|word| {
        let before = word.checked_sub(1).map_or("", |before| syntax.form(before));
        matches!((before, syntax.form(word)), ("each", "other") | ("one", "another"))
    });
    for (slot, told) in weighed.iter().enumerate() {
        if slot == 0 && each_other {
            continue;
        }
        // Who fights with others, or leaves, does it to nobody.
        if slot == 1 && matches!(trigger.row.frame, Frame::Mutual | Frame::Oneself) {
            continue;
        }
        let parts = if slot == 0 { &mut roles.actors } else { &mut roles.recipients };
        let odds_of = |part: &Part| {
            let of = told.iter().filter(|(candidate, _)| {
                let here = part.span.is_some_and(|span| span.overlaps(syntax.span(candidate.word)));
                here && reading.actors.flatten(candidate.actor).contains(&part.actor)
            });
            of.map(|(_, odds)| *odds).max_by(f32::total_cmp)
        };
        parts.retain(|part| odds_of(part).is_none_or(|odds| odds > DOUBT));
        let mut phrases: Vec<Vec<u32>> = Vec::new();
        for (candidate, odds) in told {
            // "Gunmen of the Front": the Front is told by its gunmen.
            let inside = phrases.iter().any(|phrase| phrase.contains(&candidate.word));
            if *odds <= LEAST || inside {
                continue;
            }
            let phrase = syntax.phrase_words(candidate.word);
            for actor in reading.actors.flatten(candidate.actor) {
                if !parts.iter().any(|part| part.actor == actor) {
                    parts.push(Part { actor, span: syntax.cover(&phrase), basis: "syntax" });
                }
            }
            phrases.push(phrase);
        }
        // Who is told in the sentence goes before whom only the story tells.
        if parts.iter().any(|part| part.basis == "syntax") {
            parts.retain(|part| part.basis != "context" || part.span.is_some());
        }
    }
    // The weights may take up who only tells of it.
    if syntax.upos(trigger.word) == Upos::Verb && matches!(trigger.event_type, "ASSAULT" | "COERCE" | "SANCTION") {
        super::leave_teller_out(reading, syntax, trigger.word, roles);
    }
    let actors: Vec<ActorId> = roles.actors.iter().map(|part| part.actor).collect();
    roles.recipients.retain(|part| !actors.contains(&part.actor));
}
