//! Ceasefires: parties, beginning, terms, words about how they hold, and what is said to break them.
//!
//! A violation is always alleged by somebody; the reporter's own voice counts as nobody's claim.

use crate::event::Event;
use counterclaim_claims::actors::ActorId;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::Status;

/// A ceasefire or truce of the report.
#[derive(Debug, Clone)]
pub struct Ceasefire {
    /// The words that tell it.
    pub span: Span,
    /// Who keeps it.
    pub parties: Vec<ActorId>,
    /// Who announced it.
    pub announced_by: Option<ActorId>,
    /// When it begins: instant or date.
    pub effective: Option<String>,
    /// When it ends.
    pub expires: Option<String>,
    /// What was agreed: kind and words.
    pub terms: Vec<(&'static str, Span)>,
    /// How it holds.
    pub status_words: Vec<Span>,
    /// What is said to break it: words, claim, index of the event.
    pub violations: Vec<Violation>,
}

/// An alleged violation.
#[derive(Debug, Clone)]
pub struct Violation {
    /// The words.
    pub span: Span,
    /// Index of the claim that alleges it.
    pub claim: Option<usize>,
    /// Index of the event.
    pub event: usize,
}

const NAMES: &[&str] = &["ceasefire", "truce", "armistice", "cessation"];
const BEGIN: &[&str] = &["begin", "start", "take", "enter", "come", "effective", "commence"];
const STABLE: &[&str] = &[
    "stable", "calm", "quiet", "holding", "hold", "drop", "ease", "subside", "lull", "observe", "respect", "shaky",
    "fragile", "collapse", "crumble", "tense",
];

/// Reads the ceasefires of a report.
pub fn ceasefires(reading: &Reading<'_>, events: &[Event]) -> Vec<Ceasefire> {
    let syntax = reading.syntax();
    let mut mentions: Vec<u32> = Vec::new();
    for word in 0..syntax.analysis.words.len() as u32 {
        let coded = reading.is_coded(syntax.sentence(word));
        let name = matches!(syntax.upos(word), Upos::Noun | Upos::Propn) && NAMES.contains(&syntax.lemma(word));
        let cease = word > 0
            && syntax.lemma(word) == "fire"
            && matches!(syntax.lemma(word - 1), "cease" | "-")
            && (syntax.lemma(word - 1) == "cease" || word > 1 && syntax.lemma(word - 2) == "cease");
        if coded && (name || cease) {
            mentions.push(word);
        }
    }
    // A ceasefire that is only asked for, refused or remembered is none.
    let real: Vec<u32> = mentions.iter().copied().filter(|&word| is_told(reading, syntax, word)).collect();
    if real.is_empty() {
        return Vec::new();
    }
    // One report mostly tells one ceasefire; another place or other parties make a second one.
    let main = real.iter().copied().max_by_key(|&word| {
        (beginning(reading, syntax, word).is_some(), agreed(syntax, word), std::cmp::Reverse(word))
    });
    let Some(word) = main else { return Vec::new() };
    let clause = syntax.clause(word);
    let begin = real.iter().find_map(|&mention| beginning(reading, syntax, mention));
    let mut span = syntax.span(word);
    if let Some((_, time)) = begin
        .as_ref()
        .filter(|(mention, _)| *mention == word)
        .map(|(mention, time)| (mention, reading.times[*time].span))
    {
        if time.end > span.start && time.start > span.end && time.end - span.start < 120 {
            span = span.to(time);
        }
    }
    let effective = begin.as_ref().and_then(|(_, time)| instant(reading, *time));
    let announced =
        reading.innermost_claim(syntax.span(word)).and_then(|claim| reading.claims[claim].claimant).or_else(|| {
            let verb = matches!(syntax.lemma(clause), "announce" | "declare").then(|| syntax.agent(clause)).flatten();
            verb.and_then(|agent| reading.actors.at(agent))
        });
    let expires = expiry(reading, syntax, word);
    let terms = terms(reading, syntax, events, &real, word);
    let status_words = status_words(reading, syntax, word);
    let parties = parties(reading, syntax, events, word);
    let violations = violations(reading, syntax, events, word, &parties);
    vec![Ceasefire { span, parties, announced_by: announced, effective, expires, terms, status_words, violations }]
}

fn agreed(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    matches!(
        syntax.lemma(clause),
        "agree" | "announce" | "declare" | "sign" | "reach" | "broker" | "begin" | "take" | "enter"
    )
}

/// Whether the ceasefire is told as agreed, declared or in force, not only asked for or refused.
fn is_told(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.is_negated(word) {
        return false;
    }
    let span = syntax.span(word);
    let asked = reading.claims.iter().any(|claim| {
        claim.covers(span)
            && matches!(claim.stance, counterclaim_schema::ledger::Stance::Appeal)
            && matches!(
                syntax.lemma(claim.cue_word),
                "call" | "urge" | "appeal" | "demand" | "ask" | "request" | "plead"
            )
    });
    let wanted = syntax.head(word).is_some_and(|head| {
        matches!(
            syntax.lemma(head),
            "reject"
                | "refuse"
                | "seek"
                | "want"
                | "need"
                | "propose"
                | "consider"
                | "discuss"
                | "talk"
                | "negotiation"
                | "proposal"
                | "call"
                | "appeal"
                | "demand"
                | "effort"
        )
    }) || matches!(syntax.preposition(word).as_str(), "for" | "on" | "towards" | "toward")
        && !agreed(syntax, word);
    let hypothetical =
        syntax.auxiliaries(syntax.clause(word)).iter().any(|&aux| matches!(aux, "may" | "might" | "could" | "should"));
    !asked && !wanted && !hypothetical
}

/// The time at which it begins: one behind a word of beginning, or right at the name.
fn beginning(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<(u32, usize)> {
    let sentence = syntax.sentence(word);
    let mut best: Option<(u32, usize)> = None;
    for (index, time) in reading.times.iter().enumerate() {
        if !matches!(time.timex.as_str(), "DATE" | "TIME") || time.start.is_none() {
            continue;
        }
        let Some(head) = syntax.head_of(time.span) else { continue };
        if syntax.sentence(head) != sentence {
            continue;
        }
        let under = syntax.governs(word, head);
        let above = syntax.clause(head);
        let starts = BEGIN.contains(&syntax.lemma(above))
            && (syntax.governs(word, above) || syntax.subject(above) == Some(word) || syntax.governs(above, word));
        let near = syntax.head(head).is_some_and(|at| BEGIN.contains(&syntax.lemma(at)));
        if !under && !starts && !near {
            continue;
        }
        // A clock time tells a beginning better than the day on which it was announced.
        let rank = if matches!(time.timex.as_str(), "TIME") { 0 } else { 100 }
            + if starts || near { 0 } else { 40 }
            + head.abs_diff(word).min(39);
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, index));
        }
    }
    best.map(|(_, index)| (word, index))
}

/// The start of a time, with what stands right behind it: "6 am (0300 GMT) on Sunday" is one instant, told by the hour in UTC.
fn instant(reading: &Reading<'_>, index: usize) -> Option<String> {
    const NEAR: usize = 28;
    let time = &reading.times[index];
    let start = time.start.clone()?;
    let Some((date, clock)) = start.split_once('T') else { return Some(start) };
    let (mut date, mut clock) = (date.to_owned(), clock.to_owned());
    for other in &reading.times {
        let follows = other.span.start() >= time.span.end() && other.span.start() - time.span.end() <= NEAR;
        let Some(told) = other.start.as_deref().filter(|_| follows) else { continue };
        let between = &reading.document.text[time.span.end()..other.span.start()];
        if between.contains(['.', ';', ',']) {
            continue;
        }
        match told.split_once('T') {
            Some((_, utc)) if utc.ends_with('Z') && !clock.ends_with('Z') => clock = utc.to_owned(),
            None if told.len() == 10 => date = told.to_owned(),
            _ => {}
        }
    }
    Some(format!("{date}T{clock}"))
}

fn expiry(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<String> {
    let sentence = syntax.sentence(word);
    reading.times.iter().find_map(|time| {
        let head = syntax.head_of(time.span)?;
        let inside = syntax.sentence(head) == sentence
            && matches!(syntax.preposition(head).as_str(), "until" | "till" | "through");
        if inside { time.end.clone().or_else(|| time.start.clone()) } else { None }
    })
}

fn parties(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event], word: u32) -> Vec<ActorId> {
    let mut parties: Vec<ActorId> = Vec::new();
    let mut push = |actors: Vec<ActorId>| {
        for actor in actors {
            if !parties.contains(&actor) {
                parties.push(actor);
            }
        }
    };
    for oblique in syntax.obliques(word) {
        if matches!(oblique.preposition.as_str(), "between" | "with" | "among" | "by") {
            push(reading.actors.of_phrase(syntax, oblique.head).into_iter().map(|(actor, _)| actor).collect());
        }
    }
    let clause = syntax.clause(word);
    let told = events
        .iter()
        .find(|event| event.word == clause || event.word == word)
        .filter(|event| matches!(event.event_type, "CONCEDE" | "AGREE" | "RETREAT"));
    if let Some(event) = told {
        push(event.roles.actors.iter().map(|part| part.actor).collect());
    }
    if parties.len() < 2 {
        if let Some((first, second)) = reading.actors.principal {
            for actor in [first, second] {
                if !parties.contains(&actor) {
                    parties.push(actor);
                }
            }
        }
    }
    parties
}

fn terms(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    mentions: &[u32],
    word: u32,
) -> Vec<(&'static str, Span)> {
    let mut terms: Vec<(&'static str, Span)> = vec![("cease_fire", syntax.span(word))];
    for candidate in 0..syntax.analysis.words.len() as u32 {
        if !reading.is_coded(syntax.sentence(candidate)) {
            continue;
        }
        let kind = match (syntax.lemma(candidate), syntax.upos(candidate)) {
            ("withdraw" | "pull", Upos::Verb) | ("withdrawal" | "pullback", Upos::Noun) => "withdraw",
            ("exchange" | "swap", _)
                if syntax.obliques(candidate).iter().any(|oblique| {
                    matches!(syntax.lemma(oblique.head), "prisoner" | "body" | "detainee" | "captive")
                }) || syntax
                    .dependents(candidate)
                    .iter()
                    .any(|&child| matches!(syntax.lemma(child), "prisoner" | "body" | "detainee" | "captive")) =>
            {
                "exchange"
            }
            ("corridor", Upos::Noun) => "corridor",
            ("commission" | "committee", Upos::Noun) => "commission",
            _ => continue,
        };
        // A term is told near the ceasefire: agreed, ordered or promised by the parties, not done.
        let near = mentions.iter().any(|&mention| syntax.sentence(mention).abs_diff(syntax.sentence(candidate)) <= 2);
        let clause_words = [syntax.clause(candidate), syntax.head(syntax.clause(candidate)).unwrap_or(candidate)];
        let agreed = clause_words.iter().any(|&clause| {
            matches!(
                syntax.lemma(clause),
                "agree"
                    | "order"
                    | "instruct"
                    | "pledge"
                    | "provide"
                    | "include"
                    | "sign"
                    | "commit"
                    | "promise"
                    | "require"
                    | "call"
            )
        }) || events
            .iter()
            .any(|event| event.word == candidate && matches!(event.status, Status::Ordered | Status::Planned));
        if near && agreed && terms.len() < 8 {
            let mut words = syntax.analysis.subtree(candidate);
            words.retain(|&inner| inner >= candidate);
            while words.last().is_some_and(|&last| syntax.upos(last) == Upos::Punct) {
                words.pop();
            }
            if let Some(span) = syntax.cover(&words) {
                terms.push((kind, span));
            }
        }
    }
    terms
}

fn status_words(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Vec<Span> {
    let mut found = Vec::new();
    for candidate in word + 1..syntax.analysis.words.len() as u32 {
        if !reading.is_coded(syntax.sentence(candidate)) || !STABLE.contains(&syntax.lemma(candidate)) {
            continue;
        }
        let subject = syntax.subject(candidate);
        let about = subject.is_some_and(|subject| {
            NAMES.contains(&syntax.lemma(subject))
                || matches!(
                    syntax.lemma(subject),
                    "situation"
                        | "intensity"
                        | "fighting"
                        | "shelling"
                        | "area"
                        | "border"
                        | "firing"
                        | "frontline"
                        | "line"
                        | "front"
                        | "calm"
                        | "fire"
                )
        });
        let word_is_state = matches!(syntax.upos(candidate), Upos::Adj | Upos::Verb | Upos::Noun);
        if about && word_is_state {
            let mut words = vec![candidate];
            words.extend(
                syntax
                    .dependents(candidate)
                    .iter()
                    .copied()
                    .filter(|&child| syntax.deprel(child) == Deprel::Advmod && child.abs_diff(candidate) <= 2),
            );
            found.extend(syntax.cover(&words));
        }
    }
    found
}

/// Where somebody says that the ceasefire was broken: the first word of breaking beside its name.
fn breach(reading: &Reading<'_>, syntax: Syntax<'_>) -> Option<u32> {
    (0..syntax.analysis.words.len() as u32).find(|&word| {
        let sentence = syntax.sentence(word);
        matches!(syntax.lemma(word), "violate" | "violation" | "breach" | "break")
            && reading.is_coded(sentence)
            && syntax.words_of(sentence).any(|other| {
                NAMES.contains(&syntax.lemma(other)) || matches!(syntax.lemma(other), "accord" | "agreement")
            })
    })
}

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
    let doer = event.roles.actors.first().and_then(|part| party_of(part.actor));
    teller.is_some() && doer.is_some() && teller != doer
}

/// Violence told behind the ceasefire, after it or in spite of it, or a word of breaking it; once somebody speaks of a breach, also
/// what one party tells of the other.
fn violations(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    word: u32,
    parties: &[ActorId],
) -> Vec<Violation> {
    let mut found = Vec::new();
    let breach = breach(reading, syntax);
    for (index, event) in events.iter().enumerate() {
        if event.event_type != "ASSAULT"
            || matches!(event.status, Status::Denied | Status::Hypothetical | Status::Planned)
            || event.scope != counterclaim_schema::ledger::Scope::Current
        {
            continue;
        }
        let sentence = syntax.sentence(event.word);
        let words = syntax.words_of(sentence);
        let breaking = matches!(syntax.lemma(event.word), "violate" | "breach" | "break" | "violation");
        let behind = event.word > word;
        let points_to_it = words.clone().any(|inner| {
            let lemma = syntax.lemma(inner);
            let named = NAMES.contains(&lemma) || matches!(lemma, "deal" | "agreement");
            let preposition = syntax.preposition(inner);
            let after = matches!(
                preposition.as_str(),
                "after" | "despite" | "since" | "in spite of" | "following" | "hours after" | "notwithstanding"
            ) || matches!(syntax.deprel(syntax.clause(inner)), Deprel::Advcl)
                && syntax
                    .dependents(syntax.clause(inner))
                    .iter()
                    .any(|&child| matches!(syntax.lemma(child), "after" | "since" | "although" | "though" | "despite"));
            named && after
        });
        let earlier =
            words.clone().take(4).any(|inner| matches!(syntax.lemma(inner), "earlier" | "before" | "previously"));
        let prior = syntax.auxiliaries(syntax.clause(event.word)).contains(&"have")
            && syntax
                .dependents(syntax.clause(event.word))
                .iter()
                .any(|&child| syntax.form(child).eq_ignore_ascii_case("had"));
        let going_on = event.status == Status::Ongoing && behind;
        let alleged = breach.is_some_and(|at| syntax.sentence(at) <= sentence) && across(reading, event, parties);
        if breaking || !earlier && (behind && points_to_it || going_on && !prior || alleged) {
            let mut clause = syntax.analysis.subtree(syntax.clause(event.word));
            clause.retain(|&inner| syntax.sentence(inner) == sentence);
            let claim = event.claim;
            let within: Vec<u32> = match claim {
                Some(claim) => {
                    clause.into_iter().filter(|&inner| reading.claims[claim].covers(syntax.span(inner))).collect()
                }
                None => clause,
            };
            let span = syntax.cover(&within).unwrap_or(event.trigger);
            found.push(Violation { span, claim, event: index });
        }
    }
    found
}
