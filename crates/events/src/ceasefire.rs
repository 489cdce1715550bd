//! Ceasefires: parties, beginning, terms, words about how they hold, and what is said to break them.
//!
//! A report may tell of several: the one it is about, and earlier ones as history. A violation is always alleged by somebody; the
//! reporter's own voice counts as nobody's claim.

mod agreement;
mod beginning;
mod bonds;
mod bound;
mod breach;
mod candidate;
mod charge;
mod clause;
mod earlier;
mod fate;
mod find;
mod keeper;
mod mention;
mod moment;
mod naming;
mod parties;
mod past;
mod provision;
mod state;
mod term;
mod time;
mod violation;
mod violator;
mod weigh;

use crate::event::Event;
use agreement::references;
use beginning::Beginning;
pub(crate) use bonds::of_any;
pub use bound::Bound;
pub use candidate::Candidate;
use counterclaim_claims::actors::ActorId;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Bonds, Naming, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::Scope;
pub use find::Search;
pub use keeper::Keeper;
use mention::{Group, Mention, Told, announced, groups, phrase};
use parties::{announcer, parties};
use time::{beginnings, expiry, instant, is_ahead, settle};
pub use violator::Suspect;

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
    /// What may be a term, with what speaks for it; nothing for one of the past.
    pub candidates: Vec<Candidate>,
    /// What may be a breach.
    pub deeds: Vec<Candidate>,
    /// Who may be a party; nothing for one of the past.
    pub keepers: Vec<Keeper>,
    /// What may be its beginning; nothing for one of the past.
    pub bounds: Vec<Bound>,
    /// Whether it is only named, with nothing told of it: no row of the ledger.
    pub in_passing: bool,
    /// What each word was to the agreement when the report was read for it; empty where it was not.
    pub naming: Vec<Naming>,
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
    /// Who is said to have done it, where it is not the actor of the event or whom the claim accuses.
    pub against: Option<ActorId>,
    /// Who counted it, where no claim tells it.
    pub teller: Option<ActorId>,
    /// Who may have done it.
    pub suspects: Vec<Suspect>,
}

/// Names of a ceasefire.
const NAMES: &[&str] = &["ceasefire", "truce", "armistice", "cessation"];
/// Names that only mean a ceasefire with fighting beside them: "a pause in fighting", "a halt to the shooting".
const PAUSES: &[&str] =
    &["pause", "halt", "lull", "reduction", "suspension", "moratorium", "respite", "stand-down", "freeze"];
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
    "raid",
    "clash",
    "killing",
    "gunfire",
    "combat",
    "battle",
    "hostilities",
    "feud",
    "bombing",
];
/// Verbs of stopping.
const STOP: &[&str] =
    &["stop", "halt", "cease", "suspend", "hold", "end", "pause", "silence", "eliminate", "renounce", "forgo"];
/// Words for the paper on which it stands.
const DEALS: &[&str] = &[
    "deal",
    "agreement",
    "accord",
    "pact",
    "arrangement",
    "text",
    "plan",
    "declaration",
    "memorandum",
    "document",
    "pledge",
    "covenant",
    "understanding",
    "undertaking",
    "settlement",
    "moratorium",
    "protocol",
    "extension",
    "renewal",
    "communiqué",
    "communique",
    "bargain",
    "treaty",
    "compact",
    "charter",
    "initiative",
    "commitment",
    "promise",
    "handshake",
    "formula",
    "roadmap",
    "concord",
    "entente",
    "oath",
    "standstill",
];
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
    "tell",
];
const BEGIN: &[&str] = &["begin", "start", "take", "enter", "come", "go", "commence", "run", "effective", "last"];
const ANNOUNCE: &[&str] = &[
    "announce",
    "declare",
    "proclaim",
    "agree",
    "sign",
    "reach",
    "conclude",
    "broker",
    "order",
    "negotiate",
    "secure",
    "mediate",
    "extend",
    "renew",
    "strike",
    "seal",
    "clinch",
    "initial",
    "ink",
    "hammer",
    "settle",
    "swear",
    "forge",
    "adopt",
    "coax",
    "facilitate",
    "arrange",
];
const STABLE: &[&str] = &[
    "stable", "calm", "quiet", "holding", "hold", "drop", "ease", "subside", "lull", "observe", "respect", "shaky",
    "fragile", "collapse", "crumble", "tense", "fray", "comply", "unravel", "falter", "honour", "honor", "intact",
];
const BREACH: &[&str] = &["violate", "violation", "breach", "break"];
/// Words that set a ceasefire apart from the one that the report is about.
const OTHER: &[&str] = &[
    "earlier",
    "previous",
    "similar",
    "another",
    "former",
    "second",
    "past",
    "prior",
    "first",
    "last-minute",
    "separate",
];

/// What may be an agreement, or a term of one.
pub(crate) fn search(reading: &Reading<'_>, events: &[Event]) -> Search {
    let any = bonds::of_any(reading);
    let mut found = find::search(reading, events);
    let mut groups = groups(reading, reading.syntax());
    find::settle(reading, &find::Odds::new(reading, &found), &mut groups);
    refer(reading, &mut groups);
    found.earlier = earlier::search(reading, &groups, any.as_ref());
    found
}

/// Reads the ceasefires of a report; `any` tells which words name agreements, `whole` reads the report again for each agreement.
pub(crate) fn ceasefires(reading: &Reading<'_>, events: &[Event], any: Option<&Bonds>, whole: bool) -> Vec<Ceasefire> {
    let syntax = reading.syntax();
    let mut groups = groups(reading, syntax);
    let odds = find::Odds::new(reading, &find::search(reading, events));
    find::settle(reading, &odds, &mut groups);
    refer(reading, &mut groups);
    let began = |group: &Group| {
        let word = naming::naming(reading, group, &odds, naming::telling(syntax, group));
        Beginning::read(reading, events, group, word).effective
    };
    let old = |told: &String| {
        let day = told.get(..10).map(str::to_owned).or_else(|| told.get(..4).map(|year| format!("{year}-12-31")));
        let day = day.as_deref().and_then(counterclaim_claims::day_number);
        day.zip(reading.published_day()).is_some_and(|(day, published)| day + 365 < published)
    };
    let standing = mention::standing(reading, &groups).filter(|&(now, _)| began(&groups[now]).is_none());
    let undated =
        || mention::undated(reading, &groups).filter(|&(now, _)| began(&groups[now]).as_ref().is_some_and(old));
    let mut taken_up: Vec<u32> = Vec::new();
    if let Some((now, past)) = standing.or_else(undated) {
        let past = std::mem::take(&mut groups[past].mentions);
        taken_up.extend(past.iter().map(|mention| mention.word));
        groups[now].mentions.extend(past);
        groups[now].mentions.sort_by_key(|mention| mention.word);
        groups.retain(|group| !group.mentions.is_empty());
        refer(reading, &mut groups);
    }
    if any.is_some() {
        earlier::add(reading, &mut groups, &taken_up, any);
    }
    refer(reading, &mut groups);
    earlier::settle_scopes(any, &mut groups);
    if earlier::settle_now(reading, any, &mut groups) {
        refer(reading, &mut groups);
    }
    let groups = groups;
    let current = groups.iter().filter(|group| !group.background).count();
    let mut found: Vec<Option<Ceasefire>> = groups.iter().map(|_| None).collect();
    // Those of now first: one of the past was between the same parties unless its own words name others.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&index| groups[index].background);
    for index in order {
        let group = &groups[index];
        let known = found.iter().flatten().find(|ceasefire| ceasefire.scope == Scope::Current);
        let parties = known.map(|ceasefire| ceasefire.parties.clone()).unwrap_or_default();
        let of = |background: bool| -> Vec<u32> {
            let rest =
                groups.iter().enumerate().filter(|(other, group)| *other != index && group.background == background);
            rest.flat_map(|(_, group)| group.mentions.iter().map(|mention| mention.word)).collect()
        };
        let past = of(true);
        let mut others = [of(false), past.clone()].concat();
        others.sort_unstable();
        let beside = Beside { others: &others, past: &past, only: current == 1, parties: &parties, whole };
        found[index] = Some(ceasefire(reading, events, group, &odds, beside));
    }
    let mut found: Vec<Ceasefire> = found.into_iter().flatten().collect();
    past::part_deeds(reading, &mut found);
    past::move_told(reading, &groups, &mut found);
    past::part_terms(&mut found);
    past::part_times(&mut found);
    // What became of one of the past tells not how the one of now holds.
    let fates: Vec<Span> =
        groups.iter().filter(|group| group.background).flat_map(|group| fate::words(syntax, group)).collect();
    for row in found.iter_mut().filter(|row| row.scope == Scope::Current) {
        row.status_words.retain(|words| !fates.iter().any(|fate| fate.overlaps(*words)));
    }
    // "Rebels who laid down their arms under the 2016 accord" tells nothing of it.
    for (row, group) in found.iter_mut().zip(&groups) {
        let named = group
            .mentions
            .iter()
            .any(|mention| mention::is_name(syntax, mention.word) || mention::is_pause(syntax, mention.word));
        let more = !row.violations.is_empty() || !row.terms.is_empty() || !row.status_words.is_empty();
        row.in_passing = group.weighed && !named && !more && row.expires.is_none();
    }
    found
}

/// Finds the nouns that point back at each agreement.
fn refer(reading: &Reading<'_>, groups: &mut [Group]) {
    let syntax = reading.syntax();
    let named: Vec<Vec<u32>> =
        groups.iter().map(|group| group.mentions.iter().map(|mention| mention.word).collect()).collect();
    for (index, group) in groups.iter_mut().enumerate() {
        let others: Vec<u32> = named
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .flat_map(|(_, words)| words.clone())
            .collect();
        let alone = index == 0 || named[..index].is_empty();
        group.references = references(reading, syntax, group, &others, alone);
    }
}

/// What a report tells beside an agreement.
#[derive(Clone, Copy)]
struct Beside<'a> {
    /// Mentions of other agreements.
    others: &'a [u32],
    /// Those of them that are of the past.
    past: &'a [u32],
    /// Whether it is the only one of now.
    only: bool,
    /// Parties of the one of now.
    parties: &'a [ActorId],
    /// Whether the report is read again for the agreement.
    whole: bool,
}

fn ceasefire(
    reading: &Reading<'_>,
    events: &[Event],
    group: &Group,
    odds: &find::Odds,
    beside: Beside<'_>,
) -> Ceasefire {
    let Beside { others, past, only, parties: known, whole } = beside;
    let syntax = reading.syntax();
    let head = naming::telling(syntax, group);
    let word = naming::naming(reading, group, odds, head);
    let beginning = Beginning::read(reading, events, group, word);
    let ruled = parties(reading, syntax, events, group, word, known);
    let (named, alone) = parties::named_parties(reading, syntax, events, word);
    let keepers = if group.background { Vec::new() } else { keeper::keepers(reading, events, group, &ruled, &named) };
    // Who declares a truce of his own keeps it alone.
    let parties = if group.background {
        keeper::named(reading, ruled)
    } else {
        let told = keeper::told(reading, group, &ruled).or_else(|| (alone && ruled.len() == 1).then(|| ruled.clone()));
        keeper::named(reading, told.unwrap_or_else(|| keeper::weigh(reading, &keepers, &ruled)))
    };
    let mut span = phrase(syntax, word);
    if let Some(time) = beginning.time.map(|(_, time)| reading.times[time].span) {
        let near = time.start >= span.start && time.end > span.end && time.end - span.start < 120;
        let sentence = syntax.words_in(time).next().map(|word| syntax.sentence(word));
        if near && sentence == Some(syntax.sentence(word)) {
            span = span.to(time);
        }
    }
    let announced_by = announcer(reading, syntax, group, word, &parties);
    let bonds = whole.then(|| bonds::read(reading, group, span, others));
    if group.background {
        let effective = beginning.effective;
        let ended = fate::end(reading, syntax, group);
        let expires = ended.or_else(|| expiry(reading, syntax, group, effective.as_deref(), &[]));
        let truce = violation::Truce {
            group,
            head: word,
            parties: &parties,
            effective: effective.as_deref(),
            in_force: true,
            terms: &[],
            expires: expires.as_deref(),
            others,
            past,
            only,
            bonds: bonds.as_ref(),
        };
        let fates = fate::words(syntax, group);
        let told = if whole {
            past::account(reading, events, &truce, span, fates)
        } else {
            past::Account { status_words: fates, ..past::Account::default() }
        };
        let past::Account { candidates, deeds, terms, mut violations, status_words } = told;
        violator::settle_all(reading, events, &parties, &mut violations);
        return Ceasefire {
            span,
            announced_by,
            parties,
            effective,
            expires,
            terms,
            status_words,
            violations,
            scope: Scope::Background,
            candidates,
            deeds,
            keepers,
            bounds: beginning.bounds,
            in_passing: false,
            naming: bonds.map(|bonds| bonds.names).unwrap_or_default(),
        };
    }
    let course = beginning.course(reading, events, group, word, others, only);
    let due = beginning.due(reading, course);
    // Whoever declares it for others binds them.
    let binding: Vec<ActorId> = parties.iter().copied().chain(announced_by).collect();
    let terms = term::terms(reading, syntax, events, group, &binding, announced_by, word);
    let breaches = violation::own_breaches(reading, syntax, group, others, only);
    let mut truce = violation::Truce {
        group,
        head: word,
        parties: &parties,
        effective: due.as_deref(),
        in_force: false,
        terms: &[],
        expires: None,
        others,
        past,
        only,
        bonds: bonds.as_ref(),
    };
    let candidates = candidate::Scene::new(reading, events, &truce, &breaches).candidates();
    let terms = weigh::terms(reading, &candidates, group, terms);
    let agreed: Vec<Span> = terms.iter().skip(1).map(|&(_, span)| span).collect();
    // What the lead tells as agreed now has not been in force before.
    let lead = (0..syntax.analysis.sentences.len() as u32).find(|&sentence| reading.is_coded(sentence));
    let fresh = group.mentions.iter().any(|mention| {
        let clause = syntax.clause(mention.word);
        Some(syntax.sentence(mention.word)) == lead
            && (syntax.upos(mention.word) == Upos::Verb
                || !mention.definite && ANNOUNCE.contains(&syntax.lemma(clause)))
    });
    truce.in_force = !beginning.ahead
        && !fresh
        && due.is_none()
        && (!group.references.is_empty() || head.definite || agreed.len() >= 2);
    truce.terms = &agreed;
    let mut violations = violation::violations(reading, syntax, events, &truce);
    let deeds = candidate::Scene::new(reading, events, &truce, &breaches).with_title();
    let status_words = state::status_words(reading, syntax, group, others);
    let status_words = weigh::status_words(reading, &deeds, status_words);
    if due.as_deref().is_none_or(|told| !violation::is_to_come(reading, told)) {
        violations = weigh::violations(reading, events, &truce, &deeds, violations);
    }
    weigh::drop_elsewhere(reading, events, &truce, &mut violations);
    violator::settle_all(reading, events, &parties, &mut violations);
    let effective = beginning.settled(reading, course, !violations.is_empty());
    let expires = expiry(reading, syntax, group, effective.as_deref(), &agreed);
    Ceasefire {
        span,
        announced_by,
        parties,
        effective,
        expires,
        terms,
        status_words,
        violations,
        scope: Scope::Current,
        candidates,
        deeds,
        keepers,
        bounds: beginning.bounds,
        in_passing: false,
        naming: bonds.map(|bonds| bonds.names).unwrap_or_default(),
    }
}
