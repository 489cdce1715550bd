//! Ceasefires: parties, beginning, terms, words about how they hold, and what is said to break them.
//!
//! A report may tell of several: the one it is about, and earlier ones as history. A violation is always alleged by somebody; the
//! reporter's own voice counts as nobody's claim.

use crate::event::Event;
use counterclaim_claims::actors::ActorId;
use counterclaim_claims::time::{TimeExpression, shifted};
use counterclaim_claims::{Reading, Syntax, day_number};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::{Scope, Stance, Status};
use std::ops::Range;

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
    /// Whether it is the news, or one of the past.
    pub scope: Scope,
}

/// An alleged violation.
#[derive(Debug, Clone)]
pub struct Violation {
    /// The words.
    pub span: Span,
    /// Index of the claim that alleges it.
    pub claim: Option<usize>,
    /// Index of the event, when the breach is told as a deed.
    pub event: Option<usize>,
}

/// Names of a ceasefire.
const NAMES: &[&str] = &["ceasefire", "truce", "armistice", "cessation"];
/// Names that only mean a ceasefire with fighting beside them: "a pause in fighting", "a halt to the shooting".
const PAUSES: &[&str] = &["pause", "halt", "lull"];
/// What is paused or halted.
const FIGHTING: &[&str] = &[
    "fighting",
    "fight",
    "hostility",
    "shooting",
    "shoot",
    "fire",
    "firing",
    "attack",
    "shelling",
    "shell",
    "strike",
    "violence",
    "bombardment",
    "war",
];
/// Verbs of stopping.
const STOP: &[&str] = &["stop", "halt", "cease", "suspend", "hold", "end", "pause"];
/// Words for the paper on which it stands.
const DEALS: &[&str] =
    &["deal", "agreement", "accord", "pact", "arrangement", "text", "plan", "declaration", "memorandum", "document"];
/// Acts that bind the parties.
const BINDING: &[&str] = &[
    "agree",
    "undertake",
    "pledge",
    "promise",
    "commit",
    "vow",
    "order",
    "instruct",
    "sign",
    "provide",
    "include",
    "require",
    "oblige",
    "bind",
    "foresee",
    "stipulate",
    "accept",
    "call",
];
const BEGIN: &[&str] = &["begin", "start", "take", "enter", "come", "go", "commence", "run", "effective", "last"];
const ANNOUNCE: &[&str] = &["announce", "declare", "proclaim", "agree", "sign", "reach", "conclude", "broker", "order"];
const STABLE: &[&str] = &[
    "stable", "calm", "quiet", "holding", "hold", "drop", "ease", "subside", "lull", "observe", "respect", "shaky",
    "fragile", "collapse", "crumble", "tense", "fray", "comply", "unravel", "falter", "honour", "honor", "intact",
];
const BREACH: &[&str] = &["violate", "violation", "breach", "break"];
/// Words that set a ceasefire apart from the one that the report is about.
const OTHER: &[&str] = &["earlier", "previous", "similar", "another", "former", "second", "past", "prior"];

/// How a mention of a ceasefire is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Agreed, declared, ordered or in force.
    Real,
    /// Put forward by somebody, not taken up as far as this sentence goes.
    Proposed,
    /// Asked for, refused, hoped for: no ceasefire.
    Asked,
}

/// A place in the text that names a ceasefire.
#[derive(Debug, Clone, Copy)]
struct Mention {
    word: u32,
    told: Told,
    /// "An earlier truce", "another ceasefire".
    other: bool,
    /// "The truce", "it": points back.
    definite: bool,
    demonstrative: bool,
    background: bool,
}

/// Mentions that tell of one ceasefire.
struct Group {
    mentions: Vec<Mention>,
    background: bool,
}

/// Reads the ceasefires of a report.
pub fn ceasefires(reading: &Reading<'_>, events: &[Event]) -> Vec<Ceasefire> {
    let syntax = reading.syntax();
    let groups = groups(reading, syntax);
    let current = groups.iter().filter(|group| !group.background).count();
    let mut found = Vec::with_capacity(groups.len());
    for group in &groups {
        found.push(ceasefire(reading, syntax, events, group, current == 1));
    }
    found
}

fn ceasefire(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event], group: &Group, only: bool) -> Ceasefire {
    // The mention that tells most stands for all: the one with its beginning, else one that is agreed, else the first.
    let real = |mention: &&Mention| mention.told != Told::Asked;
    let head = group
        .mentions
        .iter()
        .filter(real)
        .max_by_key(|mention| (!mention.definite, announced(syntax, mention.word), std::cmp::Reverse(mention.word)))
        .unwrap_or(&group.mentions[0]);
    let word = head.word;
    let begins: Vec<(u32, usize)> =
        group.mentions.iter().flat_map(|mention| beginnings(reading, syntax, mention.word)).collect();
    let begin = begins.iter().copied().min();
    let day =
        begins.iter().filter(|(_, index)| Some(*index) != begin.map(|(_, time)| time)).min().and_then(|(_, index)| {
            reading.times[*index].start.as_deref().filter(|start| start.len() >= 10).map(|start| start[..10].to_owned())
        });
    let parties = parties(reading, syntax, events, word, group.background);
    let status_words = if group.background { Vec::new() } else { status_words(reading, syntax, group) };
    let mut effective = begin.and_then(|(_, time)| instant(reading, time, day));
    let mut span = phrase(syntax, word);
    if let Some(time) = begin.map(|(_, time)| reading.times[time].span) {
        let near = time.start >= span.start && time.end > span.end && time.end - span.start < 120;
        let sentence = syntax.words_in(time).next().map(|word| syntax.sentence(word));
        if near && sentence == Some(syntax.sentence(word)) {
            span = span.to(time);
        }
    }
    let violations = self::violations(reading, syntax, events, group, &parties, effective.as_deref(), only);
    if !group.background {
        let ahead = group.mentions.iter().any(|mention| is_ahead(syntax, mention.word));
        let in_force = !ahead && (!violations.is_empty() || holds(syntax, group));
        effective = effective.map(|told| settle(reading, begin.map(|(_, time)| time), told, in_force, ahead));
    }
    let expires = expiry(reading, syntax, group, effective.as_deref());
    let terms = if group.background { Vec::new() } else { terms(reading, syntax, events, group, word) };
    Ceasefire {
        span,
        announced_by: announcer(reading, syntax, word),
        parties,
        effective,
        expires,
        terms,
        status_words,
        violations,
        scope: if group.background { Scope::Background } else { Scope::Current },
    }
}

// Mentions

fn is_name(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    let noun = matches!(syntax.upos(word), Upos::Noun | Upos::Propn);
    noun && NAMES.contains(&lemma) || is_written_apart(syntax, word)
}

/// "cease-fire", "cease fire".
fn is_written_apart(syntax: Syntax<'_>, word: u32) -> bool {
    if word == 0 || syntax.lemma(word) != "fire" {
        return false;
    }
    let before = |back: u32| word >= back && syntax.form(word - back).eq_ignore_ascii_case("cease");
    before(1) || syntax.form(word - 1) == "-" && before(2)
}

fn is_fighting(syntax: Syntax<'_>, word: u32) -> bool {
    FIGHTING.contains(&syntax.lemma(word))
}

/// "a pause in fighting", "a halt to the shooting", "a humanitarian pause".
fn is_pause(syntax: Syntax<'_>, word: u32) -> bool {
    let named = syntax.upos(word) == Upos::Noun && PAUSES.contains(&syntax.lemma(word));
    named
        && (syntax.obliques(word).iter().any(|oblique| is_fighting(syntax, oblique.head))
            || syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "humanitarian"))
}

/// "agreed to stop shooting", "would hold fire": a verb of stopping whose object is the fighting, promised or ordered.
fn is_stopping(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.upos(word) != Upos::Verb || !STOP.contains(&syntax.lemma(word)) {
        return false;
    }
    let object = syntax
        .dependents(word)
        .iter()
        .any(|&child| matches!(syntax.deprel(child), Deprel::Obj | Deprel::Xcomp) && is_fighting(syntax, child));
    if !object {
        return false;
    }
    let bound = syntax.head(word).is_some_and(|head| {
        matches!(syntax.lemma(head), "agree" | "pledge" | "promise" | "undertake" | "commit" | "vow")
    });
    let will = syntax.auxiliaries(word).iter().any(|&aux| matches!(aux, "will" | "would" | "shall"));
    let promised = reading
        .innermost_claim(syntax.span(word))
        .is_some_and(|claim| ANNOUNCE.contains(&syntax.lemma(reading.claims[claim].cue_word)));
    bound || will && promised
}

fn groups(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<Group> {
    let count = syntax.analysis.words.len() as u32;
    let coded = |word: u32| reading.is_coded(syntax.sentence(word));
    let mut words: Vec<u32> = (0..count).filter(|&word| coded(word) && is_name(syntax, word)).collect();
    let strong = words.clone();
    let apart = |word: u32| !strong.iter().any(|&known| syntax.sentence(known) == syntax.sentence(word));
    words.extend(
        (0..count).filter(|&word| {
            coded(word) && (is_pause(syntax, word) || is_stopping(reading, syntax, word) && apart(word))
        }),
    );
    // Once a pause was called one, the bare word names it too.
    if let Some(first) = words.iter().copied().find(|&word| is_pause(syntax, word)) {
        words.extend((first + 1..count).filter(|&word| {
            coded(word) && syntax.lemma(word) == "pause" && syntax.upos(word) == Upos::Noun && !is_pause(syntax, word)
        }));
    }
    words.sort_unstable();
    words.dedup();
    let mentions: Vec<Mention> = words.into_iter().filter_map(|word| mention(reading, syntax, word)).collect();
    let taken_up = mentions.iter().any(|mention| mention.told == Told::Real && !mention.background)
        || accepts(reading, syntax, &mentions);
    let mut groups: Vec<Group> = Vec::new();
    for mention in mentions {
        if mention.told == Told::Asked || mention.told == Told::Proposed && !taken_up {
            continue;
        }
        let apart = mention.other || mention.background && !mention.definite;
        let background = mention.background || mention.other && is_past(syntax, mention.word);
        let target = if apart {
            groups.iter_mut().find(|group| {
                group.background == background
                    && group.mentions.iter().any(|known| syntax.sentence(known.word) == syntax.sentence(mention.word))
            })
        } else {
            // "That truce" points at the last one told of, be it history.
            let close = |group: &Group| {
                group
                    .mentions
                    .last()
                    .is_some_and(|last| syntax.sentence(last.word) + 1 >= syntax.sentence(mention.word))
            };
            let current = groups.iter().rposition(|group| !group.background);
            let last = groups.len().checked_sub(1).filter(|&last| mention.definite && close(&groups[last]));
            last.filter(|_| current.is_none() || mention.demonstrative).or(current).map(|index| &mut groups[index])
        };
        match target {
            Some(group) => group.mentions.push(mention),
            // What only points back, or is history told of "the truce", opens nothing once there is one.
            None => {
                groups.push(Group { mentions: vec![mention], background: background && (apart || mention.background) })
            }
        }
    }
    groups
}

fn mention(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<Mention> {
    let clause = syntax.clause(word);
    let no = syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "no");
    if no || syntax.is_negated(word) && syntax.upos(word) != Upos::Verb {
        return None;
    }
    let modifiers: Vec<&str> = syntax.dependents(word).iter().map(|&child| syntax.lemma(child)).collect();
    let other = modifiers.iter().any(|lemma| OTHER.contains(lemma));
    let definite = modifiers.iter().any(|lemma| matches!(*lemma, "the" | "this" | "that"))
        && syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]).is_none();
    let (scope, _) = crate::status::scope(reading, word, &[], true);
    let past = syntax.dependents(clause).iter().any(|&child| {
        matches!(syntax.lemma(child), "previously" | "earlier") && syntax.deprel(child) == Deprel::Advmod
    });
    Some(Mention {
        word,
        told: told(reading, syntax, word),
        other,
        definite,
        demonstrative: modifiers.iter().any(|lemma| matches!(*lemma, "this" | "that")),
        background: !definite && (scope == Scope::Background || past),
    })
}

fn is_past(syntax: Syntax<'_>, word: u32) -> bool {
    let will = syntax.auxiliaries(syntax.clause(word)).iter().any(|&aux| matches!(aux, "will" | "would" | "may"));
    !will
}

/// Whether the ceasefire is told as agreed, declared or in force, or only asked for, refused or put forward.
fn told(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Told {
    let span = syntax.span(word);
    let clause = syntax.clause(word);
    if syntax.upos(word) == Upos::Verb {
        return Told::Real;
    }
    let asked = reading.claims.iter().any(|claim| {
        claim.covers(span)
            && claim.stance == Stance::Appeal
            && matches!(
                syntax.lemma(claim.cue_word),
                "call" | "urge" | "appeal" | "demand" | "ask" | "request" | "plead" | "press"
            )
            // "urged both sides to respect the truce" takes one for granted.
            && !syntax
                .dependents(word)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "the" | "this" | "their"))
    });
    let over = syntax.head(word).map(|head| syntax.lemma(head)).unwrap_or_default();
    let offered = matches!(over, "propose" | "offer" | "suggest" | "float" | "proposal" | "submit")
        || matches!(over, "proposal" | "offer") && matches!(syntax.preposition(word).as_str(), "for" | "of");
    if offered {
        return Told::Proposed;
    }
    let wanted = matches!(
        over,
        "reject"
            | "refuse"
            | "seek"
            | "want"
            | "need"
            | "consider"
            | "discuss"
            | "talk"
            | "negotiation"
            | "call"
            | "appeal"
            | "demand"
            | "effort"
            | "hope"
            | "prospect"
            | "chance"
            | "rule"
    ) || matches!(syntax.preposition(word).as_str(), "for" | "on" | "towards" | "toward" | "without")
        && !announced(syntax, word)
        && !matches!(over, "hold" | "agreement" | "accord" | "deal" | "declaration");
    let hypothetical =
        syntax.auxiliaries(clause).iter().any(|&aux| matches!(aux, "may" | "might" | "could" | "should"));
    if asked || wanted || hypothetical { Told::Asked } else { Told::Real }
}

/// "accepted the offer", "agreed to the proposal": what was put forward has been taken up by somebody.
fn accepts(reading: &Reading<'_>, syntax: Syntax<'_>, mentions: &[Mention]) -> bool {
    mentions.iter().filter(|mention| mention.told == Told::Proposed).any(|mention| {
        let first = syntax.sentence(mention.word);
        (0..syntax.analysis.words.len() as u32).any(|word| {
            (first..=first + 2).contains(&syntax.sentence(word))
                && reading.is_coded(syntax.sentence(word))
                && word > mention.word
                && matches!(syntax.lemma(word), "accept" | "agree")
                && syntax.upos(word) == Upos::Verb
                && !syntax.is_negated(word)
        })
    })
}

fn announced(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    ANNOUNCE.contains(&syntax.lemma(clause))
        || BEGIN.contains(&syntax.lemma(clause))
        || relative(syntax, word).is_some()
}

/// "a truce that the guerrillas declared", "a ceasefire announced in 2013": the verb that hangs on the name.
fn relative(syntax: Syntax<'_>, word: u32) -> Option<u32> {
    let verb = syntax.dependent(word, &[Deprel::AclRelcl, Deprel::Acl])?;
    ANNOUNCE.contains(&syntax.lemma(verb)).then_some(verb)
}

/// The name with its article and what stands before it.
fn phrase(syntax: Syntax<'_>, word: u32) -> Span {
    let mut words: Vec<u32> = syntax.phrase_words(word);
    words.retain(|&inner| inner <= word && word - inner <= 6);
    while words.len() > 1 && syntax.upos(words[0]) == Upos::Adp {
        words.remove(0);
    }
    syntax.cover(&words).unwrap_or_else(|| syntax.span(word))
}

fn announcer(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<ActorId> {
    let agent_of = |verb: u32| syntax.agent(verb).and_then(|agent| reading.actors.at(agent));
    let clause = syntax.clause(word);
    let by_verb =
        || matches!(syntax.lemma(clause), "announce" | "declare" | "proclaim").then(|| agent_of(clause)).flatten();
    let by_relative = || relative(syntax, word).and_then(agent_of);
    let by_claim = || reading.innermost_claim(syntax.span(word)).and_then(|claim| reading.claims[claim].claimant);
    by_relative().or_else(by_verb).or_else(by_claim)
}

// Times

/// Sentences that speak of a ceasefire: those that name it, and those behind them that go on with "it".
fn sentences_of(syntax: Syntax<'_>, word: u32) -> Vec<u32> {
    let sentence = syntax.sentence(word);
    let mut all = vec![sentence];
    let next = sentence + 1;
    if (next as usize) < syntax.analysis.sentences.len() {
        let pronoun = syntax.words_of(next).take(2).any(|first| {
            matches!(syntax.form(first), "It" | "it")
                && matches!(syntax.deprel(first), Deprel::Nsubj | Deprel::NsubjPass)
        });
        if pronoun {
            all.push(next);
        }
    }
    all
}

/// Times at which it may begin, with a rank (less is better): one behind a word of beginning, one right at the name, the day on which it
/// was declared.
fn beginnings(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Vec<(u32, usize)> {
    let sentences = sentences_of(syntax, word);
    let mut found = Vec::new();
    for (index, time) in reading.times.iter().enumerate() {
        if !matches!(time.timex.as_str(), "DATE" | "TIME") || time.start.is_none() {
            continue;
        }
        let Some(head) = syntax.head_of(time.span) else { continue };
        let sentence = syntax.sentence(head);
        let Some(step) = sentences.iter().position(|&known| known == sentence) else { continue };
        let preposition = syntax.preposition(head);
        if matches!(preposition.as_str(), "until" | "till" | "to" | "through" | "by" | "since" | "before") {
            continue;
        }
        let opened = head > 0 && matches!(syntax.lemma(head - 1), "begin" | "start" | "from" | "effective" | "of");
        let from = matches!(preposition.as_str(), "from" | "as of" | "starting" | "beginning")
            || opened && is_open(syntax, head);
        let above = syntax.clause(head);
        let begins = BEGIN.contains(&syntax.lemma(above)) && is_beginning(syntax, above);
        let about = step > 0
            // "a ceasefire beginning at 6 pm": a participle right behind the name, wherever the parser hangs it.
            || above > word && above - word <= 3
            || syntax.governs(word, above)
            || syntax.subject(above).is_some_and(|subject| subject == word || syntax.governs(word, subject))
            || syntax.governs(above, word);
        let at_name = syntax.governs(word, head);
        let declared =
            ANNOUNCE.contains(&syntax.lemma(above)) && (syntax.governs(above, word) || syntax.governs(word, above));
        let rank = if step == 0 && from && head > word {
            0
        } else if begins && about {
            10
        } else if step == 0 && at_name {
            60
        } else if step == 0 && declared {
            120
        } else {
            continue;
        };
        // A clock time tells a beginning better than a day alone.
        let rank = rank + if time.timex.as_str() == "TIME" { 0 } else { 20 } + head.abs_diff(word).min(15);
        found.push((rank, index));
    }
    found
}

/// "beginning at 1000 GMT Friday": the word before the time opens a span of time.
fn is_open(syntax: Syntax<'_>, head: u32) -> bool {
    matches!(syntax.lemma(head - 1), "from" | "begin" | "start" | "effective")
}

/// Whether a verb of many meanings means a beginning here: "took effect", "came into force", "entered into force".
fn is_beginning(syntax: Syntax<'_>, verb: u32) -> bool {
    match syntax.lemma(verb) {
        "take" | "come" | "go" | "enter" => syntax
            .dependents(verb)
            .iter()
            .any(|&child| matches!(syntax.lemma(child), "effect" | "force" | "hold" | "operation")),
        _ => true,
    }
}

/// The start of a time, with what stands right behind it: "6 am (0300 GMT) on Sunday" is one instant, told by the hour in UTC.
fn instant(reading: &Reading<'_>, index: usize, day: Option<String>) -> Option<String> {
    const NEAR: usize = 28;
    let time = &reading.times[index];
    let start = time.start.clone()?;
    let (mut date, mut clock) = match start.split_once('T') {
        Some((date, clock)) => (date.to_owned(), Some(clock.to_owned())),
        None => (start.clone(), None),
    };
    let mut dated = false;
    let text = reading.document.text.as_str();
    let beside = |other: &TimeExpression| {
        let (first, second) =
            if other.span.start >= time.span.end { (time.span, other.span) } else { (other.span, time.span) };
        let gap = second.start().checked_sub(first.end()).filter(|&gap| gap <= NEAR)?;
        let between = &text[first.end()..second.start()];
        let apart = between.contains(['.', ';'])
            || between.split(' ').any(|word| matches!(word, "until" | "to" | "till" | "and"));
        (gap > 0 && !apart).then_some(())
    };
    for other in &reading.times {
        let Some(told) = other.start.as_deref().filter(|_| beside(other).is_some()) else { continue };
        match (told.split_once('T'), &clock) {
            (Some((_, utc)), Some(known)) if utc.ends_with('Z') && !known.ends_with('Z') => {
                clock = Some(utc.to_owned())
            }
            (Some((_, hour)), None) if time.start.as_deref().is_some_and(|day| day.len() == 10) => {
                clock = Some(hour.to_owned())
            }
            (None, Some(_)) if told.len() == 10 => {
                date = told.to_owned();
                dated = true;
            }
            _ => {}
        }
    }
    // An hour without a day goes with the day on which the ceasefire was told to be: "agreed on Tuesday ... took effect at 6 pm".
    if let (Some(day), Some(_), false) = (day, &clock, dated || time.span.of(text).split_whitespace().any(is_day_name))
    {
        date = day;
    }
    // Midnight of a day on which something begins is its first instant.
    let clock = clock.map(|clock| if clock.starts_with("24:00") { clock.replacen("24", "00", 1) } else { clock });
    Some(clock.map_or(date.clone(), |clock| format!("{date}T{clock}")))
}

/// Whether a time tells a day by its name alone, so that it may be the last or the next one.
fn is_day_name(words: &str) -> bool {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = words.to_lowercase();
    DAYS.iter().any(|day| lower.contains(day))
}

/// A day told by its name lies ahead of the report or behind it as the ceasefire does: one that holds or was broken has begun, one that
/// is still to begin has not.
fn settle(reading: &Reading<'_>, time: Option<usize>, told: String, in_force: bool, ahead: bool) -> String {
    let Some(time) = time.map(|time| &reading.times[time]) else { return told };
    let text = reading.document.text.as_str();
    let near = |other: &TimeExpression| other.span.start().abs_diff(time.span.end()) <= 28 || other.span == time.span;
    let by_name = reading.times.iter().any(|other| near(other) && is_day_name(other.span.of(text)));
    let (Some(published), Some(day)) = (reading.published_day(), told.get(..10).and_then(day_number)) else {
        return told;
    };
    if !by_name {
        return told;
    }
    let shift = if in_force && day > published {
        -7
    } else if ahead && !in_force && day < published {
        7
    } else {
        return told;
    };
    shifted(&told, shift).unwrap_or(told)
}

/// "is to start", "will take effect", "is due to begin".
fn is_ahead(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    let infinitive = syntax.is_infinitive(clause)
        && (syntax.auxiliaries(clause).contains(&"be")
            || syntax
                .head(clause)
                .is_some_and(|over| matches!(syntax.lemma(over), "due" | "set" | "expect" | "schedule")));
    infinitive || syntax.auxiliaries(clause).iter().any(|&aux| matches!(aux, "will" | "shall"))
}

/// When it ends: a time behind "until", or its length counted from its beginning ("for 72 hours", "a ten-day truce").
fn expiry(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group, effective: Option<&str>) -> Option<String> {
    let sentences: Vec<u32> = group.mentions.iter().flat_map(|mention| sentences_of(syntax, mention.word)).collect();
    let told = reading.times.iter().find_map(|time| {
        let head = syntax.head_of(time.span)?;
        if !sentences.contains(&syntax.sentence(head)) {
            return None;
        }
        let until = matches!(syntax.preposition(head).as_str(), "until" | "till" | "through");
        let ends = matches!(syntax.lemma(syntax.clause(head)), "expire" | "lapse")
            && matches!(time.timex.as_str(), "DATE" | "TIME");
        (until || ends).then(|| time.end.clone().or_else(|| time.start.clone())).flatten()
    });
    told.or_else(|| {
        let start = effective?;
        let length = reading.times.iter().find_map(|time| {
            let head = syntax.head_of(time.span)?;
            let of_it = group.mentions.iter().any(|mention| {
                syntax.governs(mention.word, head)
                    || syntax.upos(mention.word) == Upos::Verb && syntax.head(head) == Some(mention.word)
            });
            if time.timex.as_str() != "DURATION" || !of_it {
                return None;
            }
            days(&time.value)
        })?;
        shifted(start, length)
    })
}

/// Days of a TIMEX3 duration of days, weeks or whole days of hours.
fn days(value: &str) -> Option<i64> {
    let number = |text: &str| text.parse::<i64>().ok();
    if let Some(hours) = value.strip_prefix("PT").and_then(|rest| rest.strip_suffix('H')).and_then(number) {
        return (hours % 24 == 0 && hours > 0).then_some(hours / 24);
    }
    let rest = value.strip_prefix('P')?;
    rest.strip_suffix('D').and_then(number).or_else(|| rest.strip_suffix('W').and_then(number).map(|weeks| weeks * 7))
}

// Parties

fn parties(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event], word: u32, background: bool) -> Vec<ActorId> {
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
        .find(|event| event.word == clause || event.word == word || Some(event.word) == relative(syntax, word))
        .filter(|event| matches!(event.event_type, "CONCEDE" | "AGREE" | "RETREAT"));
    let mut alone = false;
    if let Some(event) = told {
        let keeps = |actor: &ActorId| {
            let sectors = &reading.actors.all[*actor].sectors;
            !sectors.iter().any(|sector| matches!(sector.as_str(), "IGO" | "NGO" | "REL" | "JRN"))
        };
        push(event.roles.actors.iter().map(|part| part.actor).filter(keeps).collect());
        // One side may cease fire by itself.
        alone = event.roles.actors.len() == 1
            && matches!(syntax.lemma(event.word), "declare" | "announce" | "proclaim")
            && event.roles.actors[0].basis != "context";
    }
    if parties.len() < 2 && !alone && !background {
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

// Terms

fn terms(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    group: &Group,
    word: u32,
) -> Vec<(&'static str, Span)> {
    /// More terms than any agreement in the news has.
    const MOST: usize = 12;
    let mut terms: Vec<(&'static str, Span)> = vec![("cease_fire", syntax.span(word))];
    let mut verbs: Vec<u32> = Vec::new();
    let near = |sentence: u32| {
        group.mentions.iter().any(|mention| {
            let at = syntax.sentence(mention.word);
            sentence + 1 >= at && sentence <= at + 2
        })
    };
    for sentence in 0..syntax.analysis.sentences.len() as u32 {
        if !reading.is_coded(sentence) || !near(sentence) {
            continue;
        }
        let words = syntax.words_of(sentence);
        // "Under the truce, the rebels are to leave and the road will open": every clause is a term.
        let under = words.clone().find(|&at| {
            matches!(syntax.preposition(at).as_str(), "under" | "according to" | "in" | "as part of" | "in line with")
                && (is_name(syntax, at)
                    || DEALS.contains(&syntax.lemma(at))
                    || matches!(syntax.lemma(at), "it" | "which" | "term"))
                && (syntax.preposition(at) != "in" || DEALS.contains(&syntax.lemma(at)))
        });
        if let Some(under) = under {
            let top = syntax.clause(under);
            verbs.extend(bound_clauses(syntax, top, words.clone()));
        }
        for at in words.clone() {
            let binding =
                BINDING.contains(&syntax.lemma(at)) && syntax.upos(at) == Upos::Verb && !syntax.is_negated(at);
            if !binding {
                continue;
            }
            // Others than the parties pledge help and call for restraint.
            let agent = syntax.agent(at).and_then(|agent| reading.actors.at(agent));
            let outsider = agent.is_some_and(|actor| {
                let row = &reading.actors.all[actor];
                row.sectors.iter().any(|sector| matches!(sector.as_str(), "IGO" | "NGO" | "UNO" | "JRN" | "REF"))
            });
            let paper = syntax
                .subject(at)
                .is_some_and(|subject| DEALS.contains(&syntax.lemma(subject)) || is_name(syntax, subject));
            if outsider || matches!(syntax.lemma(at), "call" | "include" | "require" | "provide") && !paper {
                continue;
            }
            for child in complements(syntax, at) {
                // "agreed to instruct them to withdraw": what is bound is the withdrawal.
                let inner =
                    if BINDING.contains(&syntax.lemma(child)) { complements(syntax, child) } else { Vec::new() };
                for verb in if inner.is_empty() { vec![child] } else { inner } {
                    verbs.push(verb);
                    verbs.extend(joined(syntax, verb));
                }
            }
        }
        // What the parties will do, told right beside the ceasefire.
        for event in events.iter().filter(|event| syntax.sentence(event.word) == sentence) {
            let ahead = matches!(event.status, Status::Planned | Status::Ordered);
            let kind = matches!(event.event_type, "RETREAT" | "CONCEDE" | "AID" | "COOPERATE");
            let ours = event.roles.actors.iter().all(|part| {
                !reading.actors.all[part.actor].sectors.iter().any(|sector| matches!(sector.as_str(), "IGO" | "NGO"))
            });
            if ahead && kind && ours && event.scope == Scope::Current {
                verbs.push(event.word);
            }
        }
    }
    verbs.sort_unstable();
    verbs.dedup();
    for &verb in &verbs {
        if terms.len() >= MOST {
            break;
        }
        let ceases = STOP.contains(&syntax.lemma(verb))
            && syntax.dependents(verb).iter().any(|&child| is_fighting(syntax, child));
        let wraps = syntax.dependents(verb).iter().any(|&child| child != verb && is_name(syntax, child));
        let ends = matches!(syntax.lemma(verb), "end" | "stop") && !ceases;
        let binds = BINDING.contains(&syntax.lemma(verb))
            && syntax.dependents(verb).iter().any(|&child| syntax.deprel(child) == Deprel::Xcomp);
        if wraps
            || ends
            || binds
            || is_name(syntax, verb)
            || matches!(syntax.lemma(verb), "begin" | "start" | "last" | "expire" | "hold" | "take" | "be" | "say")
                && !ceases
        {
            continue;
        }
        let Some(span) = term_span(syntax, verb, &verbs) else { continue };
        if terms.iter().skip(1).any(|(_, known)| known.overlaps(span)) {
            continue;
        }
        terms.push((term_kind(syntax, verb, ceases), span));
    }
    terms
}

/// Verbs that a binding verb takes: "agreed to leave", "ordered the troops to leave".
fn complements(syntax: Syntax<'_>, verb: u32) -> Vec<u32> {
    let object = syntax.dependent(verb, &[Deprel::Obj]);
    let of_object = object.into_iter().flat_map(|object| syntax.dependents(object)).copied();
    syntax
        .dependents(verb)
        .iter()
        .copied()
        .filter(|&child| matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl))
        .chain(of_object.filter(|&child| syntax.deprel(child) == Deprel::Acl && syntax.is_infinitive(child)))
        .filter(|&child| child > verb && syntax.upos(child) == Upos::Verb)
        .collect()
}

/// The clauses that "under the deal" governs: its own and those joined to it, when they bind ("must", "will", "are to").
fn bound_clauses(syntax: Syntax<'_>, top: u32, words: Range<u32>) -> Vec<u32> {
    let mut found = Vec::new();
    for verb in words {
        if syntax.upos(verb) != Upos::Verb {
            continue;
        }
        let own = verb == top
            || syntax.head(verb) == Some(top)
                && matches!(syntax.deprel(verb), Deprel::Conj | Deprel::Parataxis | Deprel::Xcomp | Deprel::Ccomp)
            || syntax.head(verb).is_some_and(|over| {
                syntax.deprel(verb) == Deprel::Conj && found.contains(&over)
                    || syntax.deprel(verb) == Deprel::Xcomp && syntax.lemma(over) == "be"
            });
        // "undertook to observe" is told by what was undertaken.
        let wraps = BINDING.contains(&syntax.lemma(verb))
            && syntax.dependents(verb).iter().any(|&child| syntax.deprel(child) == Deprel::Xcomp);
        if own && !wraps {
            found.push(verb);
        }
    }
    found
}

/// Verbs joined to a verb, also those joined to a joined one.
fn joined(syntax: Syntax<'_>, verb: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for &child in syntax.dependents(verb) {
        if syntax.deprel(child) == Deprel::Conj && syntax.upos(child) == Upos::Verb {
            found.push(child);
        }
    }
    found
}

/// The words of a term: from its subject or verb to where the next term or the clause ends. Parsers hang what belongs to the last of
/// joined verbs on the first one, so the end is that of all of them.
fn term_span(syntax: Syntax<'_>, verb: u32, verbs: &[u32]) -> Option<Span> {
    let sentence = syntax.sentence(verb);
    let subject_of =
        |verb: u32| syntax.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&subject| subject < verb);
    let opening = |verb: u32| {
        subject_of(verb)
            .map_or(verb, |subject| syntax.phrase_words(subject).into_iter().min().unwrap_or(subject))
            .min(verb)
    };
    let mut top = verb;
    while syntax.deprel(top) == Deprel::Conj && syntax.head(top).is_some_and(|over| verbs.contains(&over)) {
        top = syntax.head(top)?;
    }
    let inside = |word: &u32| syntax.sentence(*word) == sentence;
    let mut end = syntax.analysis.subtree(top).into_iter().filter(inside).max()?.max(verb);
    if let Some(&next) = verbs.iter().find(|&&other| other > verb && syntax.sentence(other) == sentence) {
        end = end.min(opening(next).saturating_sub(1));
    }
    // A clause joined to it that is no term is none of its words.
    for &child in syntax.dependents(verb) {
        let apart =
            matches!(syntax.deprel(child), Deprel::Conj | Deprel::Parataxis) && syntax.upos(child) == Upos::Verb;
        if apart && child > verb {
            end = end.min(opening(child).saturating_sub(1));
        }
    }
    let light = |word: u32| {
        matches!(syntax.upos(word), Upos::Punct | Upos::Cconj | Upos::Part | Upos::Sconj | Upos::Aux)
            && syntax.upos(word) != Upos::Verb
    };
    while end > verb && light(end) {
        end -= 1;
    }
    Some(syntax.span(opening(verb)).to(syntax.span(end.max(verb))))
}

fn term_kind(syntax: Syntax<'_>, verb: u32, ceases: bool) -> &'static str {
    if ceases {
        return "cease_fire";
    }
    let below: Vec<&str> = syntax.analysis.subtree(verb).into_iter().map(|word| syntax.lemma(word)).collect();
    let has = |lemmas: &[&str]| below.iter().any(|lemma| lemmas.contains(lemma));
    match syntax.lemma(verb) {
        "withdraw" | "pull" | "leave" | "vacate" | "retreat" | "return"
            if has(&["prisoner", "body", "detainee", "captive"]) =>
        {
            "exchange"
        }
        "withdraw" | "pull" | "leave" | "vacate" | "retreat" | "return" | "redeploy" => "withdraw",
        "exchange" | "swap" | "free" | "release" => "exchange",
        _ if has(&["hostage", "prisoner", "detainee", "captive"]) => "exchange",
        "open" | "reopen" | "allow" | "let" | "permit" | "enter" => "corridor",
        _ if has(&["corridor", "aid", "convoy", "access"]) => "corridor",
        _ if has(&["commission", "committee", "monitor", "monitoring", "observer"]) => "commission",
        "talk" | "meet" | "negotiate" => "talks",
        _ if has(&["talks", "negotiation"]) => "talks",
        _ => "other",
    }
}

// How it holds

fn status_words(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group) -> Vec<Span> {
    let first = group.mentions.first().map_or(0, |mention| syntax.words_of(syntax.sentence(mention.word)).start);
    let mut found = Vec::new();
    for candidate in first..syntax.analysis.words.len() as u32 {
        let coded = reading.is_coded(syntax.sentence(candidate));
        if coded && STABLE.contains(&syntax.lemma(candidate)) && is_about(syntax, candidate) {
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

fn is_about(syntax: Syntax<'_>, state: u32) -> bool {
    let of_fighting = |subject: u32| {
        is_name(syntax, subject)
            || is_fighting(syntax, subject)
            || matches!(
                syntax.lemma(subject),
                "situation" | "intensity" | "area" | "border" | "frontline" | "line" | "front" | "calm" | "pause"
            )
    };
    let about = match syntax.lemma(state) {
        // The sides comply with it, or respect it; "in order to hold talks" is no state of it.
        "comply" => true,
        "respect" | "observe" | "honour" | "honor" => {
            syntax.patient(state).is_some_and(|object| is_name(syntax, object))
                || syntax.is_passive(state) && syntax.subject(state).is_some_and(of_fighting)
        }
        "hold" | "collapse" | "crumble" | "fray" | "unravel" | "falter" => {
            syntax.dependent(state, &[Deprel::Obj]).is_none()
                && syntax.subject(state).is_some_and(|subject| {
                    is_name(syntax, subject) || matches!(syntax.lemma(subject), "calm" | "pause" | "line")
                })
        }
        _ => syntax.subject(state).is_some_and(of_fighting),
    };
    about && matches!(syntax.upos(state), Upos::Adj | Upos::Verb | Upos::Noun) && !syntax.is_negated(state)
}

/// Whether the words themselves tell that it is in force.
fn holds(syntax: Syntax<'_>, group: &Group) -> bool {
    group.mentions.iter().any(|mention| {
        let clause = syntax.clause(mention.word);
        let past = !is_ahead(syntax, mention.word) && !syntax.is_infinitive(clause);
        let begun = BEGIN.contains(&syntax.lemma(clause)) && is_beginning(syntax, clause) && past;
        let holding = matches!(syntax.lemma(clause), "hold" | "collapse" | "fray" | "expire" | "end") && past;
        begun || holding
    })
}

// Violations

/// Where somebody says that the ceasefire was broken: a word of breaking whose object or neighbor it is.
fn breaches(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<u32> {
    (0..syntax.analysis.words.len() as u32)
        .filter(|&word| {
            if !BREACH.contains(&syntax.lemma(word))
                || !reading.is_coded(syntax.sentence(word))
                || syntax.is_negated(word)
            {
                return false;
            }
            let paper =
                |at: u32| is_name(syntax, at) || DEALS.contains(&syntax.lemma(at)) || syntax.lemma(at) == "pause";
            match syntax.upos(word) {
                Upos::Noun => {
                    let of_it = syntax.obliques(word).iter().any(|oblique| paper(oblique.head))
                        || syntax.dependents(word).iter().any(|&child| paper(child));
                    of_it || syntax.obliques(word).is_empty() && word > 0
                }
                Upos::Verb => {
                    let object = syntax.patient(word);
                    object.is_some_and(|object| {
                        paper(object) || matches!(syntax.form(object), "it" | "It") && names_before(syntax, word)
                    })
                }
                _ => false,
            }
        })
        .collect()
}

/// Whether a ceasefire is named in the sentence or the one before it.
fn names_before(syntax: Syntax<'_>, word: u32) -> bool {
    let sentence = syntax.sentence(word);
    (sentence.saturating_sub(1)..=sentence)
        .any(|at| syntax.words_of(at).any(|other| other < word && is_name(syntax, other)))
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

/// Words of breaking, violence told behind the ceasefire "after it" or "in spite of it", what one party tells of the other once somebody
/// speaks of a breach, and violence on a day on which the ceasefire was in force.
fn violations(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    group: &Group,
    parties: &[ActorId],
    effective: Option<&str>,
    only: bool,
) -> Vec<Violation> {
    let mut found: Vec<Violation> = Vec::new();
    let word = group.mentions.first().map_or(0, |mention| mention.word);
    let last = group.mentions.last().map_or(word, |mention| mention.word);
    let breaches: Vec<u32> = breaches(reading, syntax)
        .into_iter()
        .filter(|&at| {
            let of_it =
                syntax.patient(at).is_some_and(|object| group.mentions.iter().any(|known| known.word == object));
            of_it || !group.background && (only || at.abs_diff(last) < 80 || at.abs_diff(word) < 80)
        })
        .collect();
    let first_breach = breaches.first().map(|&at| syntax.sentence(at));
    for (index, event) in events.iter().enumerate() {
        let deed = event.event_type == "ASSAULT"
            && !matches!(event.status, Status::Denied | Status::Hypothetical | Status::Planned | Status::Ordered)
            && event.scope == Scope::Current;
        if !deed || group.background {
            continue;
        }
        let sentence = syntax.sentence(event.word);
        let breaking = breaches.contains(&event.word);
        let behind = event.word > word;
        let points = points_to_it(syntax, event.word);
        let earlier = syntax
            .words_of(sentence)
            .take(4)
            .any(|inner| matches!(syntax.lemma(inner), "earlier" | "before" | "previously"));
        let prior = syntax
            .dependents(syntax.clause(event.word))
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Aux && syntax.form(child).eq_ignore_ascii_case("had"))
            && event.claim.is_none();
        let going_on = event.status == Status::Ongoing && behind && !prior && event.claim.is_some();
        let alleged = first_breach.is_some_and(|at| at <= sentence) && across(reading, event, parties);
        let during = behind && event.claim.is_some() && is_during(reading, event, effective);
        if breaking || !earlier && (behind && points || going_on || alleged || during) {
            found.push(Violation { span: deed_span(reading, syntax, event), claim: event.claim, event: Some(index) });
        }
    }
    for at in breaches {
        let told = found.iter().any(|known| known.span.contains(syntax.span(at)));
        let claim = reading.innermost_claim(syntax.span(at)).or_else(|| {
            // "accused it of breaking the truce": the cue stands over the breach.
            reading.claims.iter().position(|claim| syntax.governs(claim.cue_word, at) && claim.stance == Stance::Accuse)
        });
        let denied = claim.is_some_and(|claim| matches!(reading.claims[claim].stance, Stance::Deny | Stance::Appeal));
        let same_claim = claim.is_some() && found.iter().any(|known| known.claim == claim);
        let owned = claim.is_some() || syntax.upos(at) == Upos::Verb;
        if told || denied || same_claim || !owned {
            continue;
        }
        let mut words = syntax.analysis.subtree(syntax.clause(at));
        let sentence = syntax.sentence(at);
        words.retain(|&inner| syntax.sentence(inner) == sentence);
        if let Some(claim) = claim {
            let within: Vec<u32> =
                words.iter().copied().filter(|&inner| reading.claims[claim].covers(syntax.span(inner))).collect();
            if !within.is_empty() {
                words = within;
            }
        }
        let span = syntax.cover(&words).unwrap_or_else(|| syntax.span(at));
        found.push(Violation { span, claim, event: None });
    }
    found.sort_by_key(|violation| (violation.span.start, std::cmp::Reverse(violation.span.end)));
    let mut kept: Vec<Violation> = Vec::new();
    for violation in found {
        if !kept.iter().any(|known| known.claim == violation.claim && known.span.contains(violation.span)) {
            kept.push(violation);
        }
    }
    kept
}

/// Whether the sentence sets a deed behind the ceasefire: "hours after the truce began", "despite the deal".
fn points_to_it(syntax: Syntax<'_>, word: u32) -> bool {
    const BEHIND: &[&str] =
        &["after", "despite", "since", "in spite of", "following", "hours after", "notwithstanding", "within"];
    let sentence = syntax.sentence(word);
    syntax.words_of(sentence).any(|inner| {
        let named =
            is_name(syntax, inner) || DEALS.contains(&syntax.lemma(inner)) || syntax.lemma(inner) == "announcement";
        let preposition = syntax.preposition(inner);
        let over = syntax.clause(inner);
        named
            && (BEHIND.contains(&preposition.as_str())
                || syntax.deprel(over) == Deprel::Advcl
                    && over != syntax.clause(word)
                    && syntax.dependents(over).iter().any(|&child| {
                        matches!(syntax.lemma(child), "after" | "since" | "although" | "though" | "despite")
                    }))
    })
}

/// Whether a deed that an adversary or a witness tells fell on a day on which the ceasefire was in force.
fn is_during(reading: &Reading<'_>, event: &Event, effective: Option<&str>) -> bool {
    let Some(since) = effective.filter(|since| since.len() >= 10) else { return false };
    let Some(start) = event.roles.time.and_then(|time| reading.times[time].start.as_deref()) else { return false };
    if start.len() < 10 || event.roles.actors.is_empty() {
        return false;
    }
    // On the day itself only an hour tells which came first.
    if start[..10] == since[..10] {
        return match (start.split_once('T'), since.split_once('T')) {
            (Some((_, hour)), Some((_, from))) => hour.get(..5) >= from.get(..5),
            _ => false,
        };
    }
    start[..10] > since[..10]
}

fn deed_span(reading: &Reading<'_>, syntax: Syntax<'_>, event: &Event) -> Span {
    let sentence = syntax.sentence(event.word);
    let mut clause = syntax.analysis.subtree(syntax.clause(event.word));
    clause.retain(|&inner| syntax.sentence(inner) == sentence);
    let within: Vec<u32> = match event.claim {
        Some(claim) => clause.into_iter().filter(|&inner| reading.claims[claim].covers(syntax.span(inner))).collect(),
        None => clause,
    };
    syntax.cover(&within).unwrap_or(event.trigger)
}
