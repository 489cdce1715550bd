//! Pairs of claims and figures that cannot both hold, each with its reason.

use crate::event::Event;
use counterclaim_claims::Reading;
use counterclaim_claims::actors::ActorId;
use counterclaim_language::Upos;
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
            let claimant = reading.claims[index].claimant;
            if claimant.is_none() && !is_distributive(reading, index) {
                return None;
            }
            let against = blamed(reading, events, index);
            let own = claimant.map(|claimant| side(reading, claimant)).unwrap_or_default();
            Some((index, own, against))
        })
        .collect();
    for (position, (a, own_a, against_a)) in blames.iter().enumerate() {
        // "Both blamed each other": one sentence with two sides.
        let each_other = reading.claims[*a].stance == Stance::Accuse
            && reciprocal(reading, *a)
            && (own_a.len() > 1 || is_distributive(reading, *a));
        if each_other {
            found.push(Contradiction {
                kind: "blame",
                a: Row::Claim(*a),
                b: Row::Claim(*a),
                about: "each side blames the other".to_owned(),
            });
        }
        for (b, own_b, against_b) in &blames[position + 1..] {
            let (at_b, at_a) =
                (against_a.iter().any(|side| own_b.contains(side)), against_b.iter().any(|side| own_a.contains(side)));
            // One accusation meets the other side by name; the other may say "the militants".
            let both_accuse = [*a, *b].iter().all(|&index| reading.claims[index].stance == Stance::Accuse);
            let near = sentence_of(reading, *a).abs_diff(sentence_of(reading, *b)) <= 4;
            let unlike = !against_a.is_empty()
                && !against_b.is_empty()
                && !against_a.iter().any(|side| against_b.contains(side));
            let crossed = at_a && at_b || (at_a || at_b) && both_accuse && near && unlike;
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

/// "Each side accused the other": the source stands for all sides one by one.
fn is_distributive(reading: &Reading<'_>, claim: usize) -> bool {
    let syntax = reading.syntax();
    let mut words = reading.claims[claim].source.iter().flat_map(|&span| syntax.words_in(span));
    words.any(|word| matches!(syntax.lemma(word), "each" | "both" | "either"))
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

/// Telling lemmas of what a claim says.
fn topic<'a>(reading: &'a Reading<'_>, index: usize) -> Vec<&'a str> {
    let syntax = reading.syntax();
    let words = reading.claims[index].content.iter().flat_map(|&span| syntax.words_in(span));
    let telling = words.filter(|&word| {
        matches!(syntax.upos(word), Upos::Noun | Upos::Verb | Upos::Propn | Upos::Adj) && syntax.lemma(word).len() > 2
    });
    telling.map(|word| reading.analysis.words[word as usize].lemma.as_str()).collect()
}

/// Whether what is denied only points at something told elsewhere: "it", "that", "the allegation", "a charge", or nothing at all.
fn is_pointing(reading: &Reading<'_>, index: usize) -> bool {
    const POINTING: &[&str] = &[
        "allegation",
        "accusation",
        "charge",
        "claim",
        "report",
        "it",
        "that",
        "this",
        "suggestion",
        "assertion",
        "account",
        "warning",
        "statement",
        "responsibility",
        "involvement",
        "role",
    ];
    let syntax = reading.syntax();
    let words: Vec<u32> = reading.claims[index].content.iter().flat_map(|&span| syntax.words_in(span)).collect();
    words.len() <= 12
        && (words.is_empty()
            || words.len() <= 2
            || words.iter().take(6).any(|&word| POINTING.contains(&syntax.lemma(word)) && syntax.is_nominal(word)))
}

/// Whether what is said begins with a negation: "We did not cross the border", "Not one was hit".
fn is_negative(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let mut words = reading.claims[index].content.iter().flat_map(|&span| syntax.words_in(span)).take(8);
    words.any(|word| matches!(syntax.lemma(word), "not" | "n't" | "n’t" | "no" | "never" | "none" | "nobody" | "lie"))
}

/// Whether the denial names the act of words of the other claim: "dismissed the warning" after "warned that".
fn answers(reading: &Reading<'_>, denial: usize, claim: usize) -> bool {
    const NAMES: &[(&str, &[&str])] = &[
        ("warning", &["warn"]),
        ("accusation", &["accuse", "blame"]),
        ("allegation", &["accuse", "allege", "blame", "say"]),
        ("charge", &["accuse", "charge", "blame"]),
        ("claim", &["claim", "say"]),
        ("report", &["report", "say"]),
        ("demand", &["demand", "call"]),
        ("threat", &["threaten", "vow"]),
        ("offer", &["offer", "propose"]),
    ];
    let syntax = reading.syntax();
    let cue = syntax.lemma(reading.claims[claim].cue_word);
    let told = topic(reading, denial);
    NAMES.iter().any(|(name, cues)| told.contains(name) && cues.contains(&cue))
}

/// Whether two speakers stand for one side: the same party, or two arms of one state.
fn same_side(reading: &Reading<'_>, one: ActorId, other: ActorId) -> bool {
    let (ones, others) = (reading.actors.flatten(one), reading.actors.flatten(other));
    if ones.iter().any(|actor| others.contains(actor)) {
        return true;
    }
    let official = |actor: &ActorId| {
        let row = &reading.actors.all[*actor];
        let arm = row.sectors.iter().any(|sector| matches!(sector.as_str(), "GOV" | "MIL" | "COP" | "SPY"));
        arm.then(|| row.country.clone()).flatten()
    };
    ones.iter().filter_map(official).any(|country| others.iter().filter_map(official).any(|other| other == country))
}

fn sentence_of(reading: &Reading<'_>, index: usize) -> u32 {
    reading.syntax().sentence(reading.claims[index].cue_word)
}

/// A denial against the claim that asserts the deed, and calm against going on firing.
fn denial(reading: &Reading<'_>, events: &[Event], found: &mut Vec<Contradiction>) {
    let syntax = reading.syntax();
    for (a, deny) in reading.claims.iter().enumerate() {
        let refuses = deny.stance == Stance::Deny;
        if !refuses && !(deny.stance == Stance::Assert && is_negative(reading, a)) {
            continue;
        }
        let own: Vec<String> = deny.claimant.map(|actor| side(reading, actor)).unwrap_or_default();
        let told = topic(reading, a);
        let pointing = is_pointing(reading, a);
        let at = sentence_of(reading, a);
        let mut best: Option<(f32, usize)> = None;
        for (b, claim) in reading.claims.iter().enumerate() {
            if b == a || matches!(claim.stance, Stance::Deny | Stance::Decline) || Some(b) == deny.via {
                continue;
            }
            let distance = sentence_of(reading, b) as f32 - at as f32;
            let alike = deny.claimant.zip(claim.claimant).is_some_and(|(one, other)| same_side(reading, one, other));
            if alike || !(-4.0..=2.0).contains(&distance) || (pointing || !refuses) && b > a {
                continue;
            }
            let accused = blamed(reading, events, b).iter().any(|side| own.contains(side));
            let shared = topic(reading, b).iter().filter(|lemma| told.contains(lemma)).count().min(3);
            // A plain "we did not" answers only an accusation of those who say it.
            if !refuses && (!accused || deny.claimant.is_none()) {
                continue;
            }
            let mut score = shared as f32 - 0.6 * distance.abs();
            score += if accused { 2.5 } else { 0.0 };
            score += if pointing { 1.6 } else { 0.0 };
            score += if answers(reading, a, b) { 1.5 } else { 0.0 };
            score += if claim.stance == Stance::Accuse { 0.5 } else { 0.0 };
            // A denial answers what was told before it, and rarely what comes later.
            score -= if b > a { 0.4 } else { 0.0 };
            if score >= 1.0 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, b));
            }
        }
        if let Some((_, b)) = best {
            found.push(Contradiction {
                kind: "denial",
                a: Row::Claim(a.min(b)),
                b: Row::Claim(a.max(b)),
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
                    about: format!("how many were {}", first.mention.kind.word()),
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
    // "52 bodies" and "eight soldiers" need not be of one count.
    if counted(reading, a) != counted(reading, b) {
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
