//! Ceasefires: parties, beginning, terms, words about how they hold, and what is said to break them.
//!
//! A report may tell of several: the one it is about, and earlier ones as history. A violation is always alleged by somebody; the
//! reporter's own voice counts as nobody's claim.

mod agreement;
mod bound;
mod breach;
mod candidate;
mod charge;
mod clause;
mod find;
mod keeper;
mod mention;
mod moment;
mod parties;
mod provision;
mod state;
mod term;
mod time;
mod violation;
mod violator;
mod weigh;

use crate::event::Event;
use agreement::references;
pub use bound::Bound;
pub use candidate::Candidate;
use counterclaim_claims::actors::ActorId;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Deprel, Upos};
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
const OTHER: &[&str] =
    &["earlier", "previous", "similar", "another", "former", "second", "past", "prior", "first", "last-minute"];

/// What may be an agreement, or a term of one.
pub(crate) fn search(reading: &Reading<'_>, events: &[Event]) -> Search {
    find::search(reading, events)
}

/// Reads the ceasefires of a report.
pub fn ceasefires(reading: &Reading<'_>, events: &[Event]) -> Vec<Ceasefire> {
    let syntax = reading.syntax();
    let mut groups = groups(reading, syntax);
    let odds = find::Odds::new(reading, &find::search(reading, events));
    find::settle(reading, &odds, &mut groups);
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
        let others: Vec<u32> = groups
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .flat_map(|(_, group)| group.mentions.iter().map(|mention| mention.word))
            .collect();
        found[index] = Some(ceasefire(reading, events, group, &odds, &others, current == 1, &parties));
    }
    found.into_iter().flatten().collect()
}

/// How much less the first naming of an agreement may weigh than the one that tells most, and how much more another must to be taken.
const LESS: f32 = 3.0;
const MORE: f32 = 1.5;

fn ceasefire(
    reading: &Reading<'_>,
    events: &[Event],
    group: &Group,
    odds: &find::Odds,
    others: &[u32],
    only: bool,
    known: &[ActorId],
) -> Ceasefire {
    let syntax = reading.syntax();
    let odds_of = |word: u32| odds.of(syntax, word);
    // The mention that tells most stands for all: the one with its beginning, else one that is agreed, else the first.
    let real = |mention: &&Mention| mention.told != Told::Asked;
    let by_name = group.mentions.iter().filter(real).any(|mention| {
        mention::is_name(syntax, mention.word)
            && !mention::is_of_breach(syntax, mention.word)
            && !mention::is_broken(syntax, mention.word)
            && syntax.subject(syntax.clause(mention.word)) == Some(mention.word)
            && announced(syntax, mention.word)
    });
    // "The cessation of hostilities signed in Algiers" tells of it, though it is a known one; "truces here" are none in particular.
    // A parser may hang "signed" on the hostilities.
    let is_signed = |mention: &Mention| {
        let inner = syntax.dependents(mention.word).iter().filter(|&&child| syntax.deprel(child) == Deprel::Nmod);
        let made = |noun: u32| {
            syntax.dependents(noun).iter().any(|&child| {
                matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl)
                    && ANNOUNCE.contains(&syntax.lemma(child))
            })
        };
        mention::is_name(syntax, mention.word) && (made(mention.word) || inner.copied().any(made))
    };
    let by_name = by_name || group.mentions.iter().filter(real).any(is_signed);
    let head = group
        .mentions
        .iter()
        .filter(real)
        .max_by_key(|mention| {
            let whole = !mention::is_of_breach(syntax, mention.word)
                && !mention::is_broken(syntax, mention.word)
                && !mention::is_modifier(syntax, mention.word)
                && !mention::is_general(syntax, mention.word);
            let told = announced(syntax, mention.word) || mention::has_begun(syntax, mention.word);
            // "The ceasefire took effect on Monday" tells more than "pledged to halt all operations".
            let gesture = syntax.upos(mention.word) == Upos::Verb && by_name;
            (
                whole && (!mention.definite || is_signed(mention)) && !gesture,
                whole,
                told,
                std::cmp::Reverse(mention.word),
            )
        })
        .unwrap_or(&group.mentions[0]);
    let mut word = head.word;
    // "The disengagement which the two commanders finalised".
    if syntax.upos(word) == Upos::Verb && syntax.deprel(word) == Deprel::AclRelcl {
        word = syntax.head(word).filter(|&noun| syntax.is_nominal(noun)).unwrap_or(word);
    }
    // "Since the ceasefire", "promised not to fire" only name what another noun tells: "the peace agreement signed on 15 October".
    let gesture = syntax.upos(word) == Upos::Verb;
    // "41 ceasefire incidents", "violations of the ceasefire" name it by the way.
    let partial =
        mention::is_of_breach(syntax, word) || mention::is_broken(syntax, word) || mention::is_modifier(syntax, word);
    if !group.background && partial {
        let told = |paper: &u32| {
            agreement::is_made(reading, syntax, *paper) && !agreement::is_foreign(reading, syntax, *paper)
        };
        let named = group.references.iter().copied();
        word = named.clone().find(told).or_else(|| named.clone().next()).unwrap_or(word);
    }
    let aside = matches!(syntax.preposition(word).as_str(), "since" | "before" | "after" | "during" | "until");
    if !group.background && (gesture || head.definite && aside) {
        let made = |&&paper: &&u32| {
            agreement::is_made(reading, syntax, paper)
                && !agreement::is_foreign(reading, syntax, paper)
                && syntax.dependent(paper, &[Deprel::Acl, Deprel::AclRelcl]).is_some()
                && (!gesture || paper < word)
        };
        word = group.references.iter().find(made).copied().unwrap_or(word);
    }
    // "The truce", "signed": what is known or only shown by its making is told where the report first names it, "the Abuja accord".
    let is_new = syntax.dependents(word).iter().any(|&child| {
        child < word
            && syntax.deprel(child) == Deprel::Det
            && matches!(syntax.lemma(child), "a" | "an" | "one" | "another")
    });
    if !group.background && !is_new {
        let by_the_way = |word: u32| {
            mention::is_of_breach(syntax, word)
                || mention::is_broken(syntax, word)
                || mention::is_modifier(syntax, word)
        };
        let named = group.mentions.iter().map(|mention| mention.word).filter(|&word| !by_the_way(word));
        let first =
            named.chain(group.references.iter().copied()).filter(|&word| reading.is_coded(syntax.sentence(word))).min();
        word = first.filter(|&first| first < word && odds_of(first) + LESS >= odds_of(word)).unwrap_or(word);
    }
    if !group.background {
        let named = group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied());
        let coded = named.filter(|&word| reading.is_coded(syntax.sentence(word)));
        let best = coded.max_by(|&one, &other| odds_of(one).total_cmp(&odds_of(other)).then(other.cmp(&one)));
        word = best.filter(|&best| odds_of(best) > odds_of(word) + MORE).unwrap_or(word);
    }
    let begins: Vec<(u32, usize)> = group
        .mentions
        .iter()
        .flat_map(|mention| beginnings(reading, syntax, mention.word))
        .chain(if group.background { Vec::new() } else { time::silences(reading, syntax, group) })
        .chain(group.references.iter().filter_map(|&paper| time::dated(reading, syntax, paper)))
        .chain(group.references.iter().flat_map(|&paper| {
            // Behind what the names themselves tell.
            time::beginnings(reading, syntax, paper).into_iter().map(|(rank, index)| (rank + 15, index))
        }))
        .collect();
    let begin = begins.iter().copied().min().map(|chosen| time::finest(reading, &begins, chosen));
    // "A truce for the holiday in August collapsed", "an earlier ceasefire, agreed in December": a truce of the past is of the time at its name.
    let begin = begin.or_else(|| {
        let named = || group.mentions.iter().map(|mention| mention.word);
        group.background.then(|| named().find_map(|word| time::at_name(reading, syntax, word))).flatten()
    });
    // An hour alone tells no day.
    let tells_day = |index: usize| {
        let time = &reading.times[index];
        let whole = time.value.len() >= 10 && time.value.as_bytes()[4] == b'-';
        time.timex.as_str() == "DATE" && whole || time::is_day_name(time.span.of(&reading.document.text))
    };
    let other_days =
        begins.iter().filter(|(_, index)| Some(*index) != begin.map(|(_, time)| time) && tells_day(*index));
    let day = other_days.min().and_then(|(_, index)| {
        reading.times[*index].start.as_deref().filter(|start| start.len() >= 10).map(|start| start[..10].to_owned())
    });
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
    let mut status_words =
        if group.background { Vec::new() } else { state::status_words(reading, syntax, group, others) };
    let ahead = group.mentions.iter().any(|mention| is_ahead(syntax, mention.word));
    let day = day.or_else(|| if ahead || group.background { None } else { time::day_of_news(reading, syntax, events) });
    let mut bounds = Vec::new();
    let mut begin = begin;
    let mut effective = begin.and_then(|(_, time)| instant(reading, time, day.clone()));
    // What a breach is told by must be surer than what is only likeliest: what the rules tell.
    let mut sure = effective.clone();
    if !group.background {
        let ruled = bound::Ruled {
            begins: &begins,
            chosen: begin.map(|(_, time)| time),
            day,
            counted: time::counted_back(reading, syntax, group).filter(|_| !ahead),
            named: time::named_day(reading, syntax, group, word).filter(|_| !ahead),
        };
        bounds = bound::bounds(reading, events, group, &ruled);
        let told = bound::best(syntax, &bounds);
        effective = told.map(|told| told.value.clone());
        let counted = ruled.counted.clone().or_else(|| ruled.named.clone());
        sure = sure.or(counted);
        begin = told.and_then(|told| told.time).map(|time| {
            let rank = begins.iter().filter(|(_, index)| *index == time).map(|(rank, _)| *rank).min();
            (rank.unwrap_or(u32::MAX), time)
        });
    }
    let mut span = phrase(syntax, word);
    if let Some(time) = begin.map(|(_, time)| reading.times[time].span) {
        let near = time.start >= span.start && time.end > span.end && time.end - span.start < 120;
        let sentence = syntax.words_in(time).next().map(|word| syntax.sentence(word));
        if near && sentence == Some(syntax.sentence(word)) {
            span = span.to(time);
        }
    }
    let holds = state::holds(syntax, group);
    // "Agreed to a truce from midnight on Sunday": the next one.
    let from = begin.is_some_and(|(rank, _)| rank < 10 + 20 + 15) && !holds;
    // "From midnight on Wednesday" in a report of Thursday has begun, in one of Sunday not.
    let near = effective
        .as_deref()
        .and_then(|told| told.get(..10))
        .and_then(counterclaim_claims::day_number)
        .zip(reading.published_day())
        .map(|(day, published)| published - day);
    let by_name = begin.is_some_and(|(_, index)| time::is_told_by_name(reading, index));
    let late = near.is_some_and(|back| by_name && (-6..=-5).contains(&back));
    let near = near.is_some_and(|back| (0..=2).contains(&back)) || late;
    // "Was announced by the ministry and began at 3 a.m. on Tuesday" has begun.
    let began = begin.is_some_and(|(_, index)| time::is_of_past_verb(reading, syntax, index));
    let next = ahead || from && !near && !began && announced(syntax, word);
    let known_broken =
        !ahead && (late || holds || violation::is_told_broken(reading, syntax, events, group, others, only));
    let begins = |told: &String| settle(reading, begin.map(|(_, time)| time), told.clone(), known_broken, next);
    let due = if group.background { effective.clone() } else { sure.as_ref().map(begins) };
    let announced_by = announcer(reading, syntax, group, word, &parties);
    // Whoever declares it for others binds them.
    let binding: Vec<ActorId> = parties.iter().copied().chain(announced_by).collect();
    let terms = if group.background {
        Vec::new()
    } else {
        term::terms(reading, syntax, events, group, &binding, announced_by, word)
    };
    let breaches =
        if group.background { Vec::new() } else { violation::own_breaches(reading, syntax, group, others, only) };
    let mut truce = violation::Truce {
        group,
        head: word,
        parties: &parties,
        effective: due.as_deref(),
        in_force: false,
        terms: &[],
        others,
        only,
    };
    let candidates = if group.background {
        Vec::new()
    } else {
        candidate::Scene::new(reading, events, &truce, &breaches).candidates()
    };
    let terms = if group.background { terms } else { weigh::terms(reading, &candidates, group, terms) };
    let agreed: Vec<Span> = terms.iter().skip(1).map(|&(_, span)| span).collect();
    // What the lead tells as agreed now has not been in force before.
    let lead = (0..syntax.analysis.sentences.len() as u32).find(|&sentence| reading.is_coded(sentence));
    let fresh = group.mentions.iter().any(|mention| {
        let clause = syntax.clause(mention.word);
        Some(syntax.sentence(mention.word)) == lead
            && (syntax.upos(mention.word) == Upos::Verb
                || !mention.definite && ANNOUNCE.contains(&syntax.lemma(clause)))
    });
    truce.in_force = !ahead
        && !fresh
        && !group.background
        && due.is_none()
        && (!group.references.is_empty() || head.definite || agreed.len() >= 2);
    truce.terms = &agreed;
    let mut violations = violation::violations(reading, syntax, events, &truce);
    let mut deeds = Vec::new();
    if !group.background {
        deeds = candidate::Scene::new(reading, events, &truce, &breaches).with_title();
        status_words = weigh::status_words(reading, &deeds, status_words);
        if due.as_deref().is_none_or(|told| !violation::is_to_come(reading, told)) {
            violations = weigh::violations(reading, events, &truce, &deeds, violations);
        }
        for violation in &mut violations {
            // "Attacked its positions on Friday, in violation of the truce": who tells the deed tells the breach.
            let inside = |event: &&Event| {
                violation.span.contains(event.trigger) && event.claim.is_some() && event.event_type == "ASSAULT"
            };
            let deed = events.iter().position(|event| inside(&event)).filter(|_| violation.claim.is_none());
            if let Some(deed) = deed {
                violation.claim = events[deed].claim;
                violation.event = Some(deed);
                let doer = events[deed].roles.actors.first().map(|part| part.actor);
                violation.against = doer.or(violation.against);
            }
            if violator::is_mutual(reading, violation) {
                violation.against = None;
                continue;
            }
            violation.against = violator::settle(reading, events, &parties, violation);
            violation.suspects = violator::suspects(reading, events, &parties, violation);
            violator::weigh(violation);
            violator::turn(reading, events, &parties, violation);
        }
        // The words of one within those of another are the same breach.
        let spans: Vec<Span> = violations.iter().map(|known| known.span).collect();
        violations.retain(|known| !spans.iter().any(|&other| other != known.span && other.contains(known.span)));
        weigh::drop_general(reading, events, &mut violations);
        weigh::drop_kept(reading, events, &mut violations);
    }
    if !group.background {
        let in_force = !ahead && (late || !violations.is_empty() || holds);
        let ahead = next;
        effective = effective.map(|told| settle(reading, begin.map(|(_, time)| time), told, in_force, ahead));
    }
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
        scope: if group.background { Scope::Background } else { Scope::Current },
        candidates,
        deeds,
        keepers,
        bounds,
    }
}
