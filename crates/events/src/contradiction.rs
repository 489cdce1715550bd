//! Pairs of claims and figures that cannot both hold, each with its reason.

use crate::event::Event;
use counterclaim_claims::Reading;
use counterclaim_claims::actors::{ActorId, ActorKind};
use counterclaim_language::Upos;
use counterclaim_schema::ledger::{HarmKind, Scope, Stance, Status};

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
    // What the headline says, the report says again with its words.
    let in_body = |row: Row| match row {
        Row::Claim(claim) => reading.is_coded(sentence_of(reading, claim)),
        Row::Harm(harm) => reading.is_coded(harm_sentence(reading, harm)),
    };
    found.retain(|pair| in_body(pair.a) && in_body(pair.b));
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
            // Gunmen whom nobody knows are no side.
            let unknown = |actor: ActorId| reading.actors.all[actor].sectors.iter().all(|sector| sector == "UAF");
            blamed.extend(event.roles.actors.iter().map(|part| part.actor).filter(|&actor| !unknown(actor)));
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
            let any = |listed: &[&str]| row.sectors.iter().any(|sector| listed.contains(&sector.as_str()));
            let rebel = any(&["REB", "PRM", "UAF", "CRM", "OPP"]);
            // Residents, doctors and monitors do not speak for their state.
            let people = !rebel && !any(&["GOV", "MIL", "COP", "SPY", "JUD", "LEG"]) && !row.sectors.is_empty();
            match &row.country {
                Some(country) if rebel => format!("{country} {}", row.known.as_deref().unwrap_or("armed opposition")),
                // Two authorities may speak for one land.
                Some(country) if any(&["PRE"]) => format!("{country} breakaway"),
                Some(country) if people && row.kind != ActorKind::State => format!("{country} {}", row.sectors[0]),
                Some(country) => country.clone(),
                None => row.name.to_lowercase(),
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
            let both_accuse = [*a, *b].iter().any(|&index| reading.claims[index].stance == Stance::Accuse);
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
        let any = |listed: &[&str]| row.sectors.iter().any(|sector| listed.contains(&sector.as_str()));
        let arm = any(&["GOV", "MIL", "COP", "SPY"]) && !any(&["PRE"]);
        arm.then(|| row.country.clone()).flatten()
    };
    ones.iter().filter_map(official).any(|country| others.iter().filter_map(official).any(|other| other == country))
}

fn sentence_of(reading: &Reading<'_>, index: usize) -> u32 {
    reading.syntax().sentence(reading.claims[index].cue_word)
}

/// A claim that may be denied, or that denies, with what the pairing asks of it.
struct Proposition<'a> {
    own: Vec<String>,
    blamed: Vec<String>,
    topic: Vec<&'a str>,
    deeds: Vec<&'static str>,
    harms: Vec<HarmKind>,
    numbers: Vec<&'a str>,
    /// Sides of the parties that are spoken of.
    about: Vec<String>,
    sentence: u32,
}

fn proposition<'a>(reading: &'a Reading<'_>, events: &[Event], index: usize) -> Proposition<'a> {
    let claim = &reading.claims[index];
    let syntax = reading.syntax();
    let words = claim.content.iter().flat_map(|&span| syntax.words_in(span));
    let numbers = words
        .filter(|&word| syntax.upos(word) == Upos::Num && syntax.form(word).starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| syntax.analysis.words[word as usize].lemma.as_str())
        .collect();
    Proposition {
        own: claim.claimant.map(|actor| side(reading, actor)).unwrap_or_default(),
        blamed: blamed(reading, events, index),
        topic: topic(reading, index),
        deeds: events
            .iter()
            .filter(|event| event.claim == Some(index) && event.scope == Scope::Current)
            .map(|event| event.event_type)
            .collect(),
        harms: reading.harms.iter().filter(|harm| harm.claim == Some(index)).map(|harm| harm.mention.kind).collect(),
        numbers,
        about: claim
            .content
            .iter()
            .flat_map(|&span| syntax.words_in(span))
            .filter_map(|word| reading.actors.at(word))
            .flat_map(|actor| side(reading, actor))
            .collect(),
        sentence: sentence_of(reading, index),
    }
}

/// Words of one meaning, for what is told in one word and denied in another.
const ALIKE: &[&[&str]] = &[
    &[
        "attack",
        "raid",
        "assault",
        "strike",
        "hit",
        "target",
        "bomb",
        "bombing",
        "airstrike",
        "shell",
        "shelling",
        "fire",
        "shot",
        "shoot",
    ],
    &["kill", "die", "death", "dead", "fall", "lose", "loss", "casualty", "massacre", "execute", "execution", "slay"],
    &["injure", "injury", "wound", "hurt", "harm"],
    &["warn", "warning", "alert"],
    &["seize", "capture", "take", "occupy", "control", "hold", "fall"],
    &["enter", "cross", "intrude", "incursion", "border", "intrusion"],
    &["pay", "ransom", "collect"],
    &["plane", "jet", "aircraft", "warplane", "helicopter", "drone", "pilot", "flight", "fly"],
    &["weapon", "arm", "gun", "rifle", "bullet", "ammunition"],
];

/// How many things two propositions share: words, or words of one meaning.
fn shared(one: &Proposition<'_>, other: &Proposition<'_>) -> f32 {
    let mut count = 0.0;
    let mut told: Vec<&str> = Vec::new();
    for &lemma in &one.topic {
        if told.contains(&lemma) || matches!(lemma, "say" | "have" | "people" | "report" | "claim" | "official") {
            continue;
        }
        told.push(lemma);
        if other.topic.contains(&lemma) {
            count += 1.0;
        } else if ALIKE
            .iter()
            .any(|group| group.contains(&lemma) && other.topic.iter().any(|word| group.contains(word)))
        {
            count += 0.7;
        }
    }
    f32::min(count, 3.0)
}

/// A denial against the claim that asserts the deed, and calm against going on firing.
fn denial(reading: &Reading<'_>, events: &[Event], found: &mut Vec<Contradiction>) {
    let syntax = reading.syntax();
    let all: Vec<Proposition<'_>> =
        (0..reading.claims.len()).map(|index| proposition(reading, events, index)).collect();
    for (a, deny) in reading.claims.iter().enumerate() {
        let refuses = deny.stance == Stance::Deny;
        let negative = is_negative(reading, a);
        if !refuses && !(deny.stance == Stance::Assert && negative) {
            continue;
        }
        let denied = &all[a];
        let pointing = is_pointing(reading, a);
        let mut ranked: Vec<(f32, usize, bool)> = Vec::new();
        for (b, claim) in reading.claims.iter().enumerate() {
            if b == a || matches!(claim.stance, Stance::Deny | Stance::Decline | Stance::Appeal) || Some(b) == deny.via
            {
                continue;
            }
            let told = &all[b];
            let distance = told.sentence as f32 - denied.sentence as f32;
            let alike = deny.claimant.zip(claim.claimant).is_some_and(|(one, other)| same_side(reading, one, other));
            if alike || !(-6.0..=2.0).contains(&distance) || (pointing || !refuses) && b > a {
                continue;
            }
            let accused = told.blamed.iter().any(|side| denied.own.contains(side));
            let shared = shared(denied, told);
            let numbers = denied.numbers.iter().any(|number| told.numbers.contains(number));
            let deed = denied.deeds.iter().any(|kind| told.deeds.contains(kind));
            let harm = denied.harms.iter().any(|kind| told.harms.contains(kind));
            // A plain "we did not" answers an accusation of those who say it, or the figure or deed that it speaks of.
            let answered = accused || shared >= 1.5 && (deed || harm) || harm && shared >= 0.7;
            if !refuses && (!answered || deny.claimant.is_none()) {
                continue;
            }
            let mut score = shared - 0.45 * distance.abs();
            score += if accused { 2.5 } else { 0.0 };
            score += if pointing { 1.6 } else { 0.0 };
            score += if !accused && told.about.iter().any(|side| denied.own.contains(side)) { 0.8 } else { 0.0 };
            score += if answers(reading, a, b) { 1.5 } else { 0.0 };
            score += if claim.stance == Stance::Accuse { 0.5 } else { 0.0 };
            score += if deed && !pointing { 0.8 } else { 0.0 };
            score += if harm { 0.8 } else { 0.0 };
            score += if numbers { 1.0 } else { 0.0 };
            // A denial answers what was told before it, and rarely what comes later.
            score -= if b > a { 0.4 } else { 0.0 };
            if score >= 1.0 {
                ranked.push((score, b, accused));
            }
        }
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let best = ranked.first().map_or(0.0, |(score, _, _)| *score);
        // One denial may answer two tellers of the same accusation.
        let also = |&&(score, _, accused): &&(f32, usize, bool)| accused && score >= 0.8 * best && score >= 2.5;
        let chosen: Vec<usize> =
            ranked.iter().take(1).chain(ranked.iter().skip(1).filter(also).take(1)).map(|(_, b, _)| *b).collect();
        for b in chosen {
            let pair = Contradiction {
                kind: "denial",
                a: Row::Claim(a.min(b)),
                b: Row::Claim(a.max(b)),
                about: "one side denies what the other says".to_owned(),
            };
            let known = found.iter().any(|known| known.kind == "denial" && known.a == pair.a && known.b == pair.b);
            if !known {
                found.push(pair);
            }
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

fn harm_sentence(reading: &Reading<'_>, index: usize) -> u32 {
    let syntax = reading.syntax();
    syntax.words_in(reading.harms[index].number).next().map_or(0, |word| syntax.sentence(word))
}

/// Whether the sentences of two figures name different towns.
fn elsewhere(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let syntax = reading.syntax();
    let towns = |index: usize| -> Vec<&str> {
        let words = syntax.words_of(harm_sentence(reading, index));
        let span = syntax.span(words.start).to(syntax.span(words.end - 1));
        let inside = reading.places.iter().filter(|place| span.contains(place.span) && !place.is_country());
        inside.map(|place| place.span.of(&reading.document.text)).collect()
    };
    let (one, other) = (towns(a), towns(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|town| other.contains(town))
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
    // "52 bodies" and "eight soldiers" need not be of one count, "eight soldiers" and "nine rebels" are not.
    let (noun_a, noun_b) = (counted(reading, a), counted(reading, b));
    let one_count = noun_a == noun_b || noun_a.is_none() || noun_b.is_none();
    if !one_count || elsewhere(reading, a, b) {
        return false;
    }
    if noun_a != noun_b && harm_sentence(reading, a).abs_diff(harm_sentence(reading, b)) > 4 {
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
