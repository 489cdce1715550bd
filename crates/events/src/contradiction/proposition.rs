//! What a claim says, as far as another claim can answer it.

use super::banner;
use super::side::{Side, is_unknown, meet, official, sides};
use crate::event::Event;
use counterclaim_claims::actors::ActorId;
use counterclaim_claims::time::is_weekday;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_knowledge::{Country, actors};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{HarmKind, Scope, Stance, Status};

/// A claim with what pairing asks of it.
pub(super) struct Proposition<'a> {
    /// Its claim.
    pub index: usize,
    /// The claim that names the speaker: a pronoun stands for the one before it.
    pub speaker: usize,
    /// Sides of the speaker.
    pub own: Vec<Side>,
    /// Sides that are said to be at fault.
    pub blamed: Vec<Side>,
    /// Names of the speaker's side within its land.
    pub names: Vec<String>,
    /// Names of those who are said to have done it.
    pub doers: Vec<String>,
    /// The accusation just before, where the speaker belongs to the accused: "Their commander said".
    pub accuser: Option<usize>,
    /// Sides that are spoken of.
    pub about: Vec<Side>,
    /// Telling lemmas.
    pub topic: Vec<&'a str>,
    /// Types of the deeds of now.
    pub deeds: Vec<&'static str>,
    /// Kinds of the figures.
    pub harms: Vec<HarmKind>,
    /// Numbers in digits.
    pub numbers: Vec<&'a str>,
    /// Its sentence.
    pub sentence: u32,
    /// "It", "the allegation": what is denied was told elsewhere.
    pub is_pointing: bool,
    /// It begins with a negation.
    pub is_negative: bool,
    /// "We", "our": it speaks for its own side.
    pub is_first_person: bool,
    /// It denies, or calls a lie what another one said.
    pub refuses: bool,
}

impl Proposition<'_> {
    pub(super) fn tells_assault(&self) -> bool {
        self.deeds.contains(&"ASSAULT")
    }

    /// Whether it puts the fault on a party of the other speaker.
    pub(super) fn blames(&self, other: &Proposition<'_>) -> bool {
        meet(&self.blamed, &other.own) || banner::share(&self.doers, &other.names) || other.accuser == Some(self.index)
    }

    /// Whether two sides of one land stand against each other: one tells of the other's deeds by name.
    pub(super) fn quarrels(&self, other: &Proposition<'_>) -> bool {
        !banner::share(&self.names, &other.names)
            && (banner::share(&self.doers, &other.names) || banner::share(&other.doers, &self.names))
            || other.accuser == Some(self.index)
            || self.accuser == Some(other.index)
    }
}

/// All claims of a report as propositions.
pub(super) fn propositions<'a>(reading: &'a Reading<'_>, events: &[Event]) -> Vec<Proposition<'a>> {
    let syntax = reading.syntax();
    let mut speakers: Vec<usize> = Vec::with_capacity(reading.claims.len());
    for index in 0..reading.claims.len() {
        let before = speaker_before(reading, syntax, index).map(|before| speakers[before]);
        speakers.push(before.unwrap_or(index));
    }
    let names = banner::speakers(reading, syntax);
    let known: Vec<String> = names.concat();
    let tell = |index: usize| {
        let names = names[speakers[index]].clone();
        let mut told = proposition(reading, syntax, events, index, speakers[index], names);
        told.doers = doers(reading, syntax, events, index, &told.names, &known);
        told.accuser = accuser(reading, syntax, index);
        told
    };
    (0..reading.claims.len()).map(tell).collect()
}

pub(super) fn sentence_of(reading: &Reading<'_>, claim: usize) -> u32 {
    reading.syntax().sentence(reading.claims[claim].cue_word)
}

/// For a source that is a mere pronoun: the claim before it whose speaker goes on.
fn speaker_before(reading: &Reading<'_>, syntax: Syntax<'_>, index: usize) -> Option<usize> {
    let [source] = reading.claims[index].source.as_slice() else { return None };
    let mut words = syntax.words_in(*source);
    let word = words.next().filter(|_| words.next().is_none())?;
    let form = syntax.form(word).to_lowercase();
    if !matches!(form.as_str(), "it" | "he" | "she" | "they") {
        return None;
    }
    let sentence = syntax.sentence(word);
    let known = |other: &usize| {
        let at = sentence_of(reading, *other);
        (at == sentence || at + 1 == sentence) && !reading.claims[*other].source.is_empty()
    };
    (0..index).rev().find(known)
}

/// "Its media wing", "their committee": the one who owns is the subject of the sentence before.
fn owner_side(reading: &Reading<'_>, syntax: Syntax<'_>, index: usize) -> Option<Vec<Side>> {
    let source = reading.claims[index].source.first()?;
    let owned =
        syntax.words_in(*source).find(|&word| matches!(syntax.form(word).to_lowercase().as_str(), "its" | "their"))?;
    let before = syntax.sentence(owned).checked_sub(1)?;
    let root = syntax.words_of(before).find(|&word| syntax.head(word).is_none())?;
    let subject = syntax.subject(root).and_then(|subject| reading.actors.at(subject))?;
    Some(sides(reading, subject)).filter(|found| found.iter().any(Side::is_party))
}

fn own(reading: &Reading<'_>, syntax: Syntax<'_>, speaker: usize) -> Vec<Side> {
    if let Some(found) = owner_side(reading, syntax, speaker) {
        return found;
    }
    let claim = &reading.claims[speaker];
    let words: Vec<u32> = claim.source.iter().flat_map(|&span| syntax.words_in(span)).collect();
    let has = |listed: &[&str]| words.iter().any(|&word| listed.contains(&syntax.lemma(word)));
    let found = claim.claimant.map(|actor| sides(reading, actor)).unwrap_or_default();
    let found = by_initials(reading, &found).unwrap_or(found);
    let found = body_before(reading, syntax, speaker).unwrap_or(found);
    match found.as_slice() {
        // Where the party is not known its country may be named: "Tajikistan's security committee".
        [] => words
            .iter()
            .filter_map(|&word| reading.actors.at(word))
            .map(|actor| sides(reading, actor))
            .find(|found| !found.is_empty())
            .unwrap_or_default(),
        // "State television" speaks for the state.
        [Side::People { country, sector }] if sector == "JRN" && has(&["state"]) => vec![Side::State(country.clone())],
        // "A Houthi military source", "M23 spokesman": the group stands before the office.
        [Side::State(_)] => named_group(syntax, &words).map_or(found, |side| vec![side]),
        _ => found,
    }
}

/// "The police director" after "Kosovo police": the body that was named with its country, not the country of the report.
fn body_before(reading: &Reading<'_>, syntax: Syntax<'_>, speaker: usize) -> Option<Vec<Side>> {
    const BODIES: &[&str] = &["police", "army", "military", "ministry", "navy", "guard", "gendarmerie"];
    let stated =
        |index: usize| reading.claims[index].claimant.is_some_and(|actor| reading.actors.all[actor].basis != "context");
    // "The health ministry" is not the foreign ministry of another land.
    let bodies = |index: usize| -> Vec<(&str, Vec<&str>)> {
        let words = reading.claims[index].source.iter().flat_map(|&span| syntax.words_in(span));
        let of = |word: u32| {
            let children = syntax.dependents(word).iter().copied();
            let kinds = children.filter(|&child| matches!(syntax.deprel(child), Deprel::Compound | Deprel::Amod));
            kinds.filter(|&child| syntax.upos(child) != Upos::Propn).map(|child| syntax.lemma(child)).collect()
        };
        words.filter(|&word| BODIES.contains(&syntax.lemma(word))).map(|word| (syntax.lemma(word), of(word))).collect()
    };
    let own = bodies(speaker);
    if own.is_empty() || stated(speaker) || reading.claims[speaker].claimant.is_none() {
        return None;
    }
    let is_own = |(body, kinds): &(&str, Vec<&str>)| {
        own.iter().any(|(ours, of)| {
            ours == body && (*body != "ministry" || of.is_empty() || of.iter().any(|kind| kinds.contains(kind)))
        })
    };
    let before = (0..speaker).rev().find(|&index| bodies(index).iter().any(is_own))?;
    let found = reading.claims[before].claimant.filter(|_| stated(before)).map(|actor| sides(reading, actor))?;
    matches!(found.as_slice(), [Side::State(_)]).then_some(found)
}

/// "The RSF", of which nothing is known by these letters, is the group whose name has them as initials.
fn by_initials(reading: &Reading<'_>, found: &[Side]) -> Option<Vec<Side>> {
    let [Side::Named(name)] = found else { return None };
    let letters = name.trim_start_matches("the ");
    if !(2..=6).contains(&letters.len()) || letters.contains(' ') {
        return None;
    }
    let initials = |name: &str| -> String {
        let words = name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase));
        let words = words.filter(|word| !matches!(*word, "The" | "Of"));
        words.filter_map(|word| word.chars().next()).collect::<String>().to_lowercase()
    };
    let named = (0..reading.actors.all.len()).find(|&actor| {
        let row = &reading.actors.all[actor];
        row.members.is_empty() && initials(&row.name) == letters && row.name.contains(' ')
    })?;
    Some(sides(reading, named)).filter(|sides| sides.iter().any(Side::is_party))
}

/// An armed group whose name stands as a modifier in the words for a speaker.
fn named_group(syntax: Syntax<'_>, words: &[u32]) -> Option<Side> {
    let modifier = |word: &&u32| {
        matches!(syntax.deprel(**word), Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss)
    };
    let capital = |word: &&u32| syntax.form(**word).starts_with(char::is_uppercase);
    words.iter().filter(modifier).filter(capital).find_map(|&word| {
        let group = actors::group_named(syntax.form(word))?;
        let country = (*group.countries.first()?).to_owned();
        Some(Side::Armed { country, known: Some(group.id.clone()) })
    })
}

fn words_of<'a>(reading: &'a Reading<'_>, syntax: Syntax<'a>, index: usize) -> Vec<u32> {
    reading.claims[index].content.iter().flat_map(|&span| syntax.words_in(span)).collect()
}

fn proposition<'a>(
    reading: &'a Reading<'_>,
    syntax: Syntax<'a>,
    events: &[Event],
    index: usize,
    speaker: usize,
    names: Vec<String>,
) -> Proposition<'a> {
    let words = words_of(reading, syntax, index);
    let own = own(reading, syntax, speaker);
    let lemma = |word: u32| reading.analysis.words[word as usize].lemma.as_str();
    let numeral =
        |word: &u32| syntax.upos(*word) == Upos::Num && syntax.form(*word).starts_with(|c: char| c.is_ascii_digit());
    Proposition {
        speaker,
        blamed: blamed(reading, syntax, events, index, &own),
        index,
        doers: Vec::new(),
        accuser: None,
        names,
        about: words
            .iter()
            .filter_map(|&word| reading.actors.at(word))
            .flat_map(|actor| sides(reading, actor))
            .collect(),
        topic: words.iter().copied().filter(|&word| is_telling(syntax, word)).map(lemma).collect(),
        deeds: events
            .iter()
            .filter(|event| event.claim == Some(index) && event.scope == Scope::Current)
            .map(|event| event.event_type)
            .collect(),
        harms: reading.harms.iter().filter(|harm| harm.claim == Some(index)).map(|harm| harm.mention.kind).collect(),
        numbers: words.iter().copied().filter(numeral).map(lemma).collect(),
        sentence: sentence_of(reading, index),
        is_pointing: is_pointing(syntax, &words, reading.claims[index].stance),
        refuses: reading.claims[index].stance == Stance::Deny
            || calls_it_a_lie(syntax, &words)
            || brands_it_a_lie(syntax, reading.claims[index].cue_word, &words),
        // "Wounded but not dead" denies nothing that another one said.
        is_negative: words
            .iter()
            .take(14)
            .enumerate()
            .any(|(at, &word)| is_negation(syntax.lemma(word)) && !(at > 0 && syntax.lemma(words[at - 1]) == "but")),
        is_first_person: words
            .iter()
            .any(|&word| matches!(syntax.form(word).to_lowercase().as_str(), "we" | "our" | "us")),
        own,
    }
}

fn is_telling(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.upos(word), Upos::Noun | Upos::Verb | Upos::Propn | Upos::Adj) && syntax.lemma(word).len() > 2
}

fn is_negation(lemma: &str) -> bool {
    matches!(lemma, "not" | "n't" | "n’t" | "no" | "never" | "none" | "nobody" | "neither" | "nothing")
}

/// Nouns that stand for what somebody said.
const SAID: &[&str] = &[
    "allegation",
    "accusation",
    "charge",
    "claim",
    "report",
    "suggestion",
    "assertion",
    "account",
    "version",
    "warning",
    "statement",
    "responsibility",
    "involvement",
    "role",
    "blame",
];

/// Whether what is denied only points at something told elsewhere: "it", "that version", "the allegation as absurd", or nothing at all.
fn is_pointing(syntax: Syntax<'_>, words: &[u32], stance: Stance) -> bool {
    let noun = |word: &&u32| matches!(syntax.upos(**word), Upos::Noun | Upos::Propn);
    // "That they had planted it", "that it does so".
    if words.len() <= 2 || stance == Stance::Deny && words.len() <= 9 && !words.iter().any(|word| noun(&word)) {
        return true;
    }
    let pronoun =
        words.iter().take(2).any(|&word| matches!(syntax.form(word).to_lowercase().as_str(), "that" | "this" | "it"));
    if pronoun && calls_it_a_lie(syntax, words) || words.iter().any(|&word| is_said_to_be_invented(syntax, word)) {
        return true;
    }
    let Some(&said) = words.iter().filter(noun).take(3).find(|&&word| SAID.contains(&syntax.lemma(word))) else {
        return false;
    };
    // "The accusation as absurd" points; "reports that the rebels had taken the town" tells.
    !words.iter().any(|&word| word != said && syntax.upos(word) == Upos::Verb && syntax.governs(said, word))
}

/// "The figures were invented", "the story had been made up".
fn is_said_to_be_invented(syntax: Syntax<'_>, word: u32) -> bool {
    const TOLD: &[&str] = &["figure", "number", "toll", "story", "tale", "narrative", "it", "this", "that"];
    let invented = matches!(
        syntax.lemma(word),
        "invent"
            | "invented"
            | "fabricate"
            | "fabricated"
            | "concoct"
            | "exaggerate"
            | "exaggerated"
            | "inflate"
            | "inflated"
    );
    let told = |subject: u32| TOLD.contains(&syntax.lemma(subject)) || SAID.contains(&syntax.lemma(subject));
    invented && !syntax.is_negated(word) && syntax.subject(word).is_some_and(told)
}

const LIES: &[&str] = &[
    "lie",
    "nonsense",
    "fabrication",
    "untrue",
    "false",
    "baseless",
    "invention",
    "rubbish",
    "propaganda",
    "slander",
    "montage",
    "hoax",
    "fake",
    "fiction",
    "fantasy",
    "forgery",
    "myth",
    "smear",
];

/// "Described the report as a montage", "called it propaganda".
fn brands_it_a_lie(syntax: Syntax<'_>, cue: u32, words: &[u32]) -> bool {
    matches!(
        syntax.lemma(cue),
        "call" | "describe" | "label" | "brand" | "term" | "portray" | "characterise" | "characterize"
    ) && words.iter().any(|&word| LIES.contains(&syntax.lemma(word)))
}

/// "That is a lie", "claims that we fired first are nonsense".
fn calls_it_a_lie(syntax: Syntax<'_>, words: &[u32]) -> bool {
    words.iter().take(14).any(|&word| {
        if is_said_to_be_invented(syntax, word) {
            return true;
        }
        let predicate = matches!(syntax.upos(word), Upos::Noun | Upos::Adj)
            && syntax.dependents(word).iter().any(|&child| syntax.deprel(child) == Deprel::Cop);
        LIES.contains(&syntax.lemma(word)) && predicate && !syntax.is_negated(word)
    })
}

/// "Denied any role", "denied responsibility": it answers those who say that the speaker did it.
pub(super) fn is_of_a_part(topic: &[&str]) -> bool {
    topic.iter().any(|lemma| matches!(*lemma, "responsibility" | "involvement" | "role" | "part" | "blame"))
}

// Blame

fn blamed(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event], index: usize, own: &[Side]) -> Vec<Side> {
    let claim = &reading.claims[index];
    let mut found: Vec<Side> = Vec::new();
    let mut push = |side: Side| {
        if !found.contains(&side) {
            found.push(side);
        }
    };
    if claim.stance == Stance::Accuse {
        for actor in accused(reading, syntax, index) {
            sides(reading, actor).into_iter().for_each(&mut push);
        }
    }
    for event in events.iter().filter(|event| is_told_assault(event, index)) {
        // Gunmen whom nobody knows are no side.
        let text = &reading.document.text;
        // "It had carried out the bombing", "we hit them": the speaker's own deed.
        let ours = |span: counterclaim_schema::Span| matches!(span.of(text).to_lowercase().as_str(), "it" | "we");
        let others = event.roles.actors.iter().filter(|part| !part.span.is_some_and(ours));
        let known = others.map(|part| part.actor).filter(|&actor| !is_unknown(reading, actor));
        known.flat_map(|actor| sides(reading, actor)).for_each(&mut push);
        if event.roles.actors.is_empty() {
            by_adjective(syntax, event.word).into_iter().for_each(&mut push);
            // "There have been 2,000 violations", one of two sides says: by the other one.
            if syntax.lemma(event.word) == "violation" {
                other_side(reading, own).into_iter().for_each(&mut push);
            }
        }
    }
    let words = words_of(reading, syntax, index);
    for &word in &words {
        let at_fault = intruder(syntax, word).or_else(|| starter(syntax, word)).or_else(|| at_fault(syntax, word));
        let Some(head) = at_fault.or_else(|| shooter(syntax, word)).or_else(|| harmer(syntax, word)) else { continue };
        match reading.actors.at(head) {
            Some(actor) if !is_unknown(reading, actor) => sides(reading, actor).into_iter().for_each(&mut push),
            _ => of_adjectives(syntax, head).into_iter().for_each(&mut push),
        }
    }
    // What one tells of one's own men is no blame.
    found.retain(|side| !side.is_party() || claim.stance == Stance::Accuse || !own.contains(side));
    found
}

/// Names of those who are said to have done it; the speaker's own are no doers.
fn doers(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    index: usize,
    own: &[String],
    known: &[String],
) -> Vec<String> {
    let words = words_of(reading, syntax, index);
    let mut found: Vec<String> = Vec::new();
    let mut push = |phrase: &[u32]| {
        let mut names = banner::banner(reading, syntax, phrase);
        names.extend(banner::known(syntax, phrase, known));
        let owned = |&&word: &&u32| matches!(syntax.form(word).to_lowercase().as_str(), "their" | "its" | "his");
        // "The Pokot had come first: their warriors burned three huts."
        if let Some(&owner) = phrase.iter().find(owned).filter(|_| names.is_empty()) {
            let before = words.iter().rev().copied().filter(|&word| word < owner);
            let named = before.map(|word| {
                let phrase = syntax.phrase_words(word);
                let mut names = banner::banner(reading, syntax, &phrase);
                names.extend(banner::known(syntax, &phrase, known));
                names
            });
            names = named.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
        }
        for name in names {
            if !own.contains(&name) && !found.contains(&name) {
                found.push(name);
            }
        }
    };
    for event in events.iter().filter(|event| is_told_assault(event, index)) {
        for part in event.roles.actors.iter().filter_map(|part| part.span) {
            push(&syntax.words_in(part).collect::<Vec<u32>>());
        }
        if let Some(agent) = syntax.agent(syntax.clause(event.word)) {
            push(&syntax.phrase_words(agent));
        }
    }
    for &word in &words {
        let at_fault = intruder(syntax, word).or_else(|| starter(syntax, word)).or_else(|| at_fault(syntax, word));
        // "The device had been laid by the rival cartel."
        let by = || {
            let passive = syntax.upos(word) == Upos::Verb && syntax.is_passive(word) && !syntax.is_negated(word);
            passive.then(|| syntax.agent(word)).flatten()
        };
        if let Some(head) = at_fault.or_else(|| shooter(syntax, word)).or_else(by) {
            push(&syntax.phrase_words(head));
        }
    }
    let claim = &reading.claims[index];
    if claim.stance == Stance::Accuse && syntax.upos(claim.cue_word) == Upos::Verb {
        for accused in blamed_heads(syntax, claim.cue_word) {
            push(&syntax.phrase_words(accused));
        }
    }
    found
}

/// The accusation in the sentence before, of those to whom the speaker belongs.
fn accuser(reading: &Reading<'_>, syntax: Syntax<'_>, index: usize) -> Option<usize> {
    let source = reading.claims[index].source.first()?;
    let first = syntax.words_in(*source).next()?;
    if !matches!(syntax.form(first), "Their" | "Its" | "their" | "its") {
        return None;
    }
    let sentence = sentence_of(reading, index);
    (0..index)
        .rev()
        .find(|&before| sentence_of(reading, before) + 1 == sentence && reading.claims[before].stance == Stance::Accuse)
}

/// Who is said to have killed, burned, taken: "security forces have killed 31 protesters".
pub(super) fn harmer(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    const HARM: &[&str] =
        &["kill", "wound", "injure", "shoot", "beat", "burn", "torch", "loot", "execute", "abduct", "destroy"];
    let harms = syntax.upos(verb) == Upos::Verb && HARM.contains(&syntax.lemma(verb)) && !syntax.is_negated(verb);
    let agent = syntax.agent(verb).filter(|_| harms && (syntax.is_passive(verb) || syntax.patient(verb).is_some()))?;
    (syntax.upos(agent) != Upos::Pron).then_some(agent)
}

/// Where fire is said to have come from: "the shells came from a Houthi battery".
fn shooter(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    const SHOT: &[&str] = &[
        "shell", "fire", "shot", "bullet", "rocket", "missile", "drone", "mortar", "round", "gunfire", "shelling",
        "grenade",
    ];
    let fired = matches!(syntax.lemma(verb), "come" | "originate" | "fire" | "launch" | "hail")
        && !syntax.is_negated(verb)
        && syntax.subject(verb).is_some_and(|subject| SHOT.contains(&syntax.lemma(subject)));
    let from = || syntax.obliques(verb).into_iter().find(|oblique| oblique.preposition == "from");
    from().filter(|_| fired).map(|oblique| oblique.head)
}

fn is_told_assault(event: &Event, claim: usize) -> bool {
    event.claim == Some(claim)
        && event.event_type == "ASSAULT"
        && !event.mutual
        && event.scope == Scope::Current
        && !matches!(event.status, Status::Denied | Status::Planned | Status::Hypothetical)
}

/// Whom an accusation accuses; "blamed the deaths on a rival group" accuses the group.
fn accused(reading: &Reading<'_>, syntax: Syntax<'_>, index: usize) -> Vec<ActorId> {
    let claim = &reading.claims[index];
    if syntax.lemma(claim.cue_word) != "blame" {
        return reading.accused(syntax, claim);
    }
    let actors = |head: u32| -> Vec<ActorId> {
        let appos = syntax.dependents(head).iter().copied().filter(|&child| syntax.deprel(child) == Deprel::Appos);
        let named = std::iter::once(head).chain(appos).map(|head| reading.actors.of_phrase(syntax, head));
        named.flatten().map(|(actor, _)| actor).collect()
    };
    let found: Vec<ActorId> = blamed_heads(syntax, claim.cue_word).into_iter().flat_map(actors).collect();
    if found.is_empty() { reading.accused(syntax, claim) } else { found }
}

/// Nouns that stand where the blamed stand: what is blamed "on" somebody is a deed, otherwise the objects.
fn blamed_heads(syntax: Syntax<'_>, cue: u32) -> Vec<u32> {
    let objects: Vec<u32> = syntax
        .dependents(cue)
        .iter()
        .copied()
        .filter(|&child| syntax.deprel(child) == Deprel::Obj && child > cue)
        .collect();
    let on: Vec<u32> = std::iter::once(cue)
        .chain(objects.iter().copied())
        .flat_map(|head| syntax.obliques(head))
        .filter(|oblique| oblique.preposition == "on")
        .map(|oblique| oblique.head)
        .collect();
    if on.is_empty() { objects } else { on }
}

/// States named by adjectives at the subject of a deed, or at where it came from: "the Afghan side opened fire", "fire from Azerbaijani
/// positions".
fn by_adjective(syntax: Syntax<'_>, deed: u32) -> Vec<Side> {
    let from = [deed, syntax.clause(deed)].into_iter().flat_map(|head| syntax.obliques(head));
    let heads =
        from.filter(|oblique| matches!(oblique.preposition.as_str(), "from" | "by")).map(|oblique| oblique.head);
    syntax.agent(syntax.clause(deed)).into_iter().chain(heads).flat_map(|head| of_adjectives(syntax, head)).collect()
}

fn of_adjectives(syntax: Syntax<'_>, noun: u32) -> Vec<Side> {
    let words = syntax
        .dependents(noun)
        .iter()
        .copied()
        .filter(|&child| matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound) && child < noun);
    let joined = |word: u32| {
        word > 0 && Country::by_adjective(&format!("{} {}", syntax.form(word - 1), syntax.form(word))).is_some()
    };
    words
        .filter_map(|word| {
            let whole = joined(word).then(|| format!("{} {}", syntax.form(word - 1), syntax.form(word)));
            Country::by_adjective(whole.as_deref().unwrap_or_else(|| syntax.form(word)))
        })
        .map(|country| Side::State(country.iso3.to_owned()))
        .collect()
}

fn other_side(reading: &Reading<'_>, own: &[Side]) -> Vec<Side> {
    let Some((first, second)) = reading.actors.principal else { return Vec::new() };
    let (first, second) = (sides(reading, first), sides(reading, second));
    match (meet(&first, own), meet(&second, own)) {
        (true, false) => second,
        (false, true) => first,
        _ => Vec::new(),
    }
}

/// Who entered where they may not: "a South Korean vessel had intruded into the North's waters".
fn intruder(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    const WHERE: &[&str] =
        &["border", "line", "frontier", "territory", "soil", "water", "airspace", "land", "side", "zone", "boundary"];
    if syntax.upos(verb) != Upos::Verb || syntax.is_negated(verb) {
        return None;
    }
    let places = || {
        let objects = syntax.patient(verb).into_iter();
        objects.chain(syntax.obliques(verb).into_iter().map(|oblique| oblique.head))
    };
    let illegal = match syntax.lemma(verb) {
        "intrude" | "trespass" | "encroach" | "infiltrate" => true,
        "fly" if syntax.obliques(verb).iter().any(|oblique| oblique.preposition == "over") => true,
        "cross" | "enter" | "violate" | "sail" | "fly" | "stray" => {
            places().any(|place| WHERE.contains(&syntax.lemma(place)) || syntax.lemma(place).ends_with("line"))
        }
        _ => false,
    };
    illegal.then(|| syntax.agent(verb)).flatten()
}

/// Who began it: "the fighting started when Pakistani soldiers tried to repair the fence", "X provoked the clashes".
fn starter(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    const FIGHT: &[&str] = &[
        "fighting",
        "clash",
        "violence",
        "shooting",
        "battle",
        "exchange",
        "firefight",
        "gunfight",
        "fire",
        "conflict",
        "hostility",
        "war",
        "attack",
        "trouble",
        "confrontation",
        "hostilities",
        "incident",
    ];
    if syntax.upos(verb) != Upos::Verb {
        return None;
    }
    // "The Turkana had come first", "they fired first".
    let first = syntax.dependents(verb).iter().any(|&child| syntax.lemma(child) == "first" && child > verb);
    let comes = matches!(syntax.lemma(verb), "come" | "fire" | "shoot" | "attack" | "strike" | "open" | "start");
    if first && comes && !syntax.is_negated(verb) && !syntax.is_passive(verb) {
        return syntax.agent(verb).filter(|&agent| syntax.upos(agent) != Upos::Pron);
    }
    let begins =
        matches!(syntax.lemma(verb), "start" | "begin" | "erupt" | "break" | "provoke" | "trigger" | "initiate");
    if !begins || syntax.is_negated(verb) {
        return None;
    }
    let fight = |word: u32| FIGHT.contains(&syntax.lemma(word));
    if syntax.patient(verb).is_some_and(fight) && !syntax.is_passive(verb) {
        return syntax.agent(verb).filter(|&agent| !fight(agent));
    }
    if !syntax.subject(verb).is_some_and(fight) {
        return None;
    }
    syntax
        .dependents(verb)
        .iter()
        .copied()
        .filter(|&child| syntax.deprel(child) == Deprel::Advcl && child > verb)
        .find(|&child| syntax.dependents(child).iter().any(|&mark| matches!(syntax.lemma(mark), "when" | "after")))
        .and_then(|clause| syntax.agent(clause))
}

/// Whose fault it is: "the fault of the state", "responsibility lies with Yerevan", "the rebels were to blame".
fn at_fault(syntax: Syntax<'_>, word: u32) -> Option<u32> {
    match syntax.lemma(word) {
        "fault" => {
            syntax.obliques(word).into_iter().find(|oblique| oblique.preposition == "of").map(|found| found.head)
        }
        "lie" | "rest"
            if syntax
                .subject(word)
                .is_some_and(|subject| matches!(syntax.lemma(subject), "responsibility" | "blame")) =>
        {
            syntax.obliques(word).into_iter().find(|oblique| oblique.preposition == "with").map(|found| found.head)
        }
        "responsible" if !syntax.is_negated(word) => syntax.subject(word),
        "blame" if syntax.is_infinitive(word) && !syntax.is_negated(word) => syntax.subject(word),
        _ => None,
    }
}

// What two of them share

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
        "rocket",
        "mortar",
        "artillery",
        "bombardment",
        "missile",
        "grenade",
        "gunfire",
        "drone",
        "bullet",
        "volley",
        "round",
    ],
    &["kill", "die", "death", "dead", "fall", "lose", "loss", "casualty", "massacre", "execute", "execution", "slay"],
    &["injure", "injury", "wound", "hurt", "harm"],
    &["warn", "warning", "alert"],
    &["seize", "capture", "take", "occupy", "control", "hold", "fall", "overrun"],
    &["enter", "cross", "intrude", "incursion", "border", "intrusion"],
    &["pay", "ransom", "collect"],
    &["plane", "jet", "aircraft", "warplane", "helicopter", "drone", "pilot", "flight", "fly"],
    &[
        "ship",
        "vessel",
        "boat",
        "dugout",
        "trawler",
        "canoe",
        "barge",
        "craft",
        "freighter",
        "tanker",
        "launch",
        "dinghy",
    ],
    &["weapon", "arm", "gun", "rifle", "bullet", "ammunition", "kalashnikov", "pistol", "firearm", "machete", "knife"],
    &["house", "home", "hut", "building", "household"],
    &["bus", "minibus", "truck", "lorry", "car", "vehicle", "pickup", "convoy", "bulldozer", "ambulance", "jeep"],
    &["fighter", "militant", "rebel", "insurgent", "gunman", "combatant", "terrorist", "guerrilla", "militiaman"],
    &["soldier", "troop", "serviceman", "guard", "officer", "policeman", "trooper", "ranger", "gendarme"],
    &["civilian", "villager", "resident", "herder", "farmer", "child", "woman", "family"],
    &["school", "teacher", "pupil", "student", "classroom"],
    &["shoot", "shot", "shooting", "gunfire", "fire", "firing"],
    &["withdraw", "leave", "retreat", "pull", "withdrawal", "depart", "quit"],
    &["help", "aid", "support", "back", "assist", "supply", "arm"],
    &["threat", "warning", "warn", "alert", "notice", "notify", "call"],
    &["search", "raid", "enter", "storm", "go"],
    &["prisoner", "detainee", "captive", "hostage", "inmate", "convict"],
    &["list", "figure", "number", "toll", "count"],
    &["burn", "torch", "fire", "arson"],
    &["loot", "steal", "pillage", "rob"],
    &["detain", "arrest", "hold", "custody", "abduct", "kidnap"],
    &["beat", "torture", "abuse", "mistreat", "mistreatment", "treatment", "brutality"],
    &["bomb", "mine", "plant", "explosive", "detonate", "explosion", "blast", "device"],
];

/// Whether two lemmas are of one meaning.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    ALIKE.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// Nouns that every report holds, whatever it tells.
pub(super) fn is_everywhere(lemma: &str) -> bool {
    const NOUNS: &[&str] = &[
        "people", "official", "town", "village", "city", "district", "region", "area", "day", "country", "man", "least",
    ];
    NOUNS.contains(&lemma) || is_weekday(lemma)
}

/// Words that every report holds.
fn is_common(lemma: &str) -> bool {
    is_everywhere(lemma) || matches!(lemma, "say" | "have" | "report" | "claim" | "include" | "more" | "make")
}

/// Whether both tell of fire or attack.
pub(super) fn share_fire(one: &Proposition<'_>, other: &Proposition<'_>) -> bool {
    let fires = |told: &Proposition<'_>| told.topic.iter().any(|lemma| ALIKE[0].contains(lemma));
    fires(one) && fires(other)
}

/// How much two propositions share: words, or words of one meaning.
pub(super) fn shared(one: &Proposition<'_>, other: &Proposition<'_>) -> f32 {
    let mut count = 0.0;
    let mut told: Vec<&str> = Vec::new();
    for &lemma in &one.topic {
        if told.contains(&lemma) || is_common(lemma) {
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

/// The words for the source of a claim; a pronoun is no name.
pub(super) fn spelled(reading: &Reading<'_>, claim: usize) -> Option<String> {
    let words = reading.claims[claim].source.first()?.of(&reading.document.text).to_lowercase();
    (!matches!(words.as_str(), "he" | "she" | "they" | "it" | "him" | "her" | "them" | "we" | "i" | "who"))
        .then_some(words)
}

/// Whether two claims come from one mouth or one side: the same party, the same words for it, or two arms of one state.
pub(super) fn is_one_side(reading: &Reading<'_>, all: &[Proposition<'_>], one: usize, other: usize) -> bool {
    let (left, right) = (&all[one], &all[other]);
    if left.speaker == right.speaker {
        return true;
    }
    if left.quarrels(right) {
        return false;
    }
    // "The rebels" and the one group of the land that is named.
    let armed = |side: &&Side| matches!(side, Side::Armed { .. });
    let alike = |side: &Side| right.own.iter().filter(armed).any(|other| side.is_same(other));
    if left.own.len() == 1 && right.own.len() == 1 && left.own.iter().filter(armed).any(alike) {
        return banner::share(&left.names, &right.names) || left.names.is_empty() || right.names.is_empty();
    }
    let (a, b) = (&reading.claims[left.speaker], &reading.claims[right.speaker]);
    let words = spelled(reading, left.speaker);
    if a.claimant.is_some() && a.claimant == b.claimant || words.is_some() && words == spelled(reading, right.speaker) {
        return true;
    }
    let arms = |claim: &counterclaim_claims::Claim| -> Vec<String> {
        let members = claim.claimant.map(|actor| reading.actors.flatten(actor)).unwrap_or_default();
        members.into_iter().filter_map(|actor| official(reading, actor)).map(str::to_owned).collect()
    };
    let states = |told: &Proposition<'_>, claim| -> Vec<String> {
        let named = told
            .own
            .iter()
            .filter_map(|side| if let Side::State(country) = side { Some(country.clone()) } else { None });
        let arms = arms(claim);
        named.filter(|country| arms.is_empty() || arms.contains(country)).filter(|_| !arms.is_empty()).collect()
    };
    let (ours, theirs) = (states(left, a), states(right, b));
    ours.iter().any(|country| theirs.contains(country))
}
