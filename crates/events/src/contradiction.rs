//! Pairs of claims and figures that cannot both hold, each with its reason.

use crate::event::Event;
use counterclaim_claims::Reading;
use counterclaim_claims::actors::ActorId;
use counterclaim_schema::ledger::{Scope, Stance, Status};

/// A pair; claims by index, or figures by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// blame, figure or denial.
    pub kind: &'static str,
    /// First row.
    pub a: Row,
    /// Second row; the same as the first when one sentence tells both sides.
    pub b: Row,
    /// What they differ about.
    pub about: String,
}

/// A row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Index into the claims.
    Claim(usize),
    /// Index into the harms.
    Harm(usize),
}

/// Finds the contradictions of a report.
pub fn contradictions(reading: &Reading<'_>, events: &[Event], harm_scopes: &[Scope]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    blame(reading, events, &mut found);
    denial(reading, events, &mut found);
    figures(reading, harm_scopes, &mut found);
    found
}

/// Who is blamed in a claim: the accused, and the actors of the violence that an adversary tells.
fn blamed(reading: &Reading<'_>, events: &[Event], index: usize) -> Vec<String> {
    let claim = &reading.claims[index];
    let syntax = reading.syntax();
    let mut blamed: Vec<ActorId> = Vec::new();
    if claim.stance == Stance::Accuse {
        blamed.extend(reading.accused(syntax, claim));
    }
    for event in events {
        let told = event.claim == Some(index)
            && event.event_type == "ASSAULT"
            && !event.mutual
            && !matches!(event.status, Status::Denied | Status::Planned | Status::Hypothetical);
        if told && event.scope == Scope::Current {
            blamed.extend(event.roles.actors.iter().map(|part| part.actor));
        }
    }
    blamed.into_iter().flat_map(|actor| side(reading, actor)).collect()
}

/// The side that an actor stands for: countries of its members, else its name.
fn side(reading: &Reading<'_>, actor: ActorId) -> Vec<String> {
    reading
        .actors
        .flatten(actor)
        .into_iter()
        .map(|member| {
            let row = &reading.actors.all[member];
            let rebel =
                row.sectors.iter().any(|sector| matches!(sector.as_str(), "REB" | "PRM" | "UAF" | "CRM" | "OPP"));
            match (&row.country, rebel) {
                (Some(country), false) => country.clone(),
                (Some(country), true) => format!("{country} {}", row.known.as_deref().unwrap_or("armed opposition")),
                (None, _) => row.name.to_lowercase(),
            }
        })
        .collect()
}

fn blame(reading: &Reading<'_>, events: &[Event], found: &mut Vec<Contradiction>) {
    let blames: Vec<(usize, Vec<String>, Vec<String>)> = (0..reading.claims.len())
        .filter_map(|index| {
            let claimant = reading.claims[index].claimant?;
            let against = blamed(reading, events, index);
            let own = side(reading, claimant);
            Some((index, own, against))
        })
        .collect();
    for (position, (a, own_a, against_a)) in blames.iter().enumerate() {
        // "Both blamed each other": one sentence with two sides.
        let each_other = own_a.len() > 1 && reading.claims[*a].stance == Stance::Accuse && reciprocal(reading, *a);
        if each_other {
            found.push(Contradiction {
                kind: "blame",
                a: Row::Claim(*a),
                b: Row::Claim(*a),
                about: "each side blames the other".to_owned(),
            });
        }
        for (b, own_b, against_b) in &blames[position + 1..] {
            let crossed =
                against_a.iter().any(|side| own_b.contains(side)) && against_b.iter().any(|side| own_a.contains(side));
            let single = own_a.len() == 1 && own_b.len() == 1 && own_a != own_b;
            if crossed && single {
                found.push(Contradiction {
                    kind: "blame",
                    a: Row::Claim(*a),
                    b: Row::Claim(*b),
                    about: "who is to blame".to_owned(),
                });
            }
        }
    }
}

fn reciprocal(reading: &Reading<'_>, claim: usize) -> bool {
    let syntax = reading.syntax();
    let claim = &reading.claims[claim];
    claim
        .content
        .iter()
        .flat_map(|&span| syntax.words_in(span))
        .any(|word| syntax.lemma(word) == "other" || syntax.lemma(word) == "another")
}

/// A denial against the claim that asserts the deed, and calm against going on firing.
fn denial(reading: &Reading<'_>, events: &[Event], found: &mut Vec<Contradiction>) {
    let syntax = reading.syntax();
    for (a, deny) in reading.claims.iter().enumerate() {
        if deny.stance != Stance::Deny {
            continue;
        }
        let own: Vec<String> = deny.claimant.map(|actor| side(reading, actor)).unwrap_or_default();
        let topic: Vec<&str> =
            deny.content.iter().flat_map(|&span| syntax.words_in(span)).map(|word| syntax.lemma(word)).collect();
        let rivals = reading
            .claims
            .iter()
            .enumerate()
            .filter(|(b, claim)| *b != a && !matches!(claim.stance, Stance::Deny | Stance::Decline))
            .filter(|(b, claim)| {
                let theirs: Vec<String> = claim.claimant.map(|actor| side(reading, actor)).unwrap_or_default();
                if theirs == own && !own.is_empty() {
                    return false;
                }
                let against = blamed(reading, events, *b);
                let accused = against.iter().any(|side| own.contains(side));
                let shared = events.iter().any(|event| {
                    event.claim == Some(*b)
                        && event.event_type == "ASSAULT"
                        && topic.contains(&syntax.lemma(event.word))
                });
                accused || shared
            });
        for (b, _) in rivals {
            let (first, second) = (a.min(b), a.max(b));
            found.push(Contradiction {
                kind: "denial",
                a: Row::Claim(first),
                b: Row::Claim(second),
                about: "one side denies what the other says".to_owned(),
            });
        }
    }
    const CALM: &[&str] = &["stable", "calm", "quiet", "hold", "normal", "control"];
    for (a, calm) in reading.claims.iter().enumerate() {
        let words: Vec<u32> = calm.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
        let is_calm = words.iter().any(|&word| {
            CALM.contains(&syntax.lemma(word))
                && !syntax.is_negated(word)
                && syntax.subject(word).is_some_and(|subject| {
                    matches!(
                        syntax.lemma(subject),
                        "situation"
                            | "border"
                            | "ceasefire"
                            | "truce"
                            | "front"
                            | "line"
                            | "area"
                            | "city"
                            | "town"
                            | "region"
                    )
                })
        });
        if !is_calm {
            continue;
        }
        let own: Vec<String> = calm.claimant.map(|actor| side(reading, actor)).unwrap_or_default();
        for event in events {
            let Some(b) = event.claim else { continue };
            let theirs: Vec<String> = reading.claims[b].claimant.map(|actor| side(reading, actor)).unwrap_or_default();
            let firing =
                event.event_type == "ASSAULT" && event.status == Status::Ongoing && event.scope == Scope::Current;
            let pair = Contradiction {
                kind: "denial",
                a: Row::Claim(a.min(b)),
                b: Row::Claim(a.max(b)),
                about: "calm against violence that goes on".to_owned(),
            };
            if firing && b != a && theirs != own && !found.contains(&pair) {
                found.push(pair);
            }
        }
    }
}

/// Different figures for the same kind of harm by different tellers.
fn figures(reading: &Reading<'_>, scopes: &[Scope], found: &mut Vec<Contradiction>) {
    for (a, first) in reading.harms.iter().enumerate() {
        for (b, second) in reading.harms.iter().enumerate().skip(a + 1) {
            let (Some(one), Some(other)) = (first.claim, second.claim) else { continue };
            let (claimant_a, claimant_b) = (reading.claims[one].claimant, reading.claims[other].claimant);
            let comparable = is_count(reading, a)
                && is_count(reading, b)
                && first.mention.kind == second.mention.kind
                && scopes.get(a) == Some(&Scope::Current)
                && scopes.get(b) == Some(&Scope::Current)
                && claimant_a.is_some()
                && claimant_b.is_some()
                && claimant_a != claimant_b
                && same_victims(reading, a, b);
            if !comparable {
                continue;
            }
            let (low_a, high_a) = (first.mention.quantity.low, first.mention.quantity.high);
            let (low_b, high_b) = (second.mention.quantity.low, second.mention.quantity.high);
            let apart = high_a.zip(low_b).is_some_and(|(high, low)| high < low)
                || high_b.zip(low_a).is_some_and(|(high, low)| high < low);
            if apart {
                found.push(Contradiction {
                    kind: "figure",
                    a: Row::Harm(a),
                    b: Row::Harm(b),
                    about: format!("how many were {}", kind_word(first.mention.kind)),
                });
            }
        }
    }
}

/// Whether a figure counts the victims of a happening: not one person in passing, not a part, not "nobody".
fn is_count(reading: &Reading<'_>, index: usize) -> bool {
    let mention = &reading.harms[index].mention;
    let words = mention.number.of(&reading.document.text).to_lowercase();
    let passing =
        matches!(words.as_str(), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "my" | "another" | "both");
    !passing && mention.part_of.is_none() && mention.quantity.high != Some(0)
}

/// What a figure counts: its noun, with the words for anybody as none.
fn counted<'a>(reading: &'a Reading<'_>, index: usize) -> Option<&'a str> {
    let syntax = reading.syntax();
    let head = reading.harms[index].mention.victims.and_then(|span| syntax.head_of(span))?;
    let lemma = reading.analysis.words[head as usize].lemma.as_str();
    (!matches!(lemma, "people" | "person" | "other" | "more" | "dead" | "body" | "death" | "casualty" | "victim"))
        .then_some(lemma)
}

fn kind_word(kind: counterclaim_schema::ledger::HarmKind) -> &'static str {
    use counterclaim_schema::ledger::HarmKind;
    match kind {
        HarmKind::Killed => "killed",
        HarmKind::Injured => "injured",
        HarmKind::Missing => "missing",
        HarmKind::Displaced => "displaced",
        HarmKind::Detained => "detained",
        HarmKind::Surrendered => "surrendered",
    }
}

/// Figures are about the same people unless their words say otherwise: another side, soldiers against civilians.
fn same_victims(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let syntax = reading.syntax();
    let of = |index: usize| {
        let mention = &reading.harms[index].mention;
        let head = mention.victims.and_then(|span| syntax.head_of(span));
        let actor = head.and_then(|head| reading.actors.at(head));
        (
            mention.civilian,
            actor.map(|actor| {
                (
                    reading.actors.all[actor].country.clone(),
                    reading.actors.all[actor].basis,
                    reading.actors.all[actor].sectors.first().cloned(),
                )
            }),
        )
    };
    let (civilian_a, actor_a) = of(a);
    let (civilian_b, actor_b) = of(b);
    if counted(reading, a).zip(counted(reading, b)).is_some_and(|(one, other)| one != other) {
        return false;
    }
    if civilian_a.is_some() && civilian_b.is_some() && civilian_a != civilian_b {
        return false;
    }
    match (actor_a, actor_b) {
        (Some((country_a, basis_a, sector_a)), Some((country_b, basis_b, sector_b))) => {
            let told = basis_a != "context" && basis_b != "context";
            !(told && country_a != country_b) && (sector_a == sector_b || civilian_a == civilian_b)
        }
        _ => true,
    }
}
