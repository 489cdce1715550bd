//! Where a report names a ceasefire, and which mentions tell of one.

use super::agreement::{is_deal, is_foreign, is_handshake, is_made, is_settled};
use super::*;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{Scope, Stance};

/// How a mention of a ceasefire is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Agreed, declared, ordered or in force.
    Real,
    /// Put forward by somebody, not taken up as far as this sentence goes.
    Proposed,
    /// Asked for, refused, hoped for: no ceasefire.
    Asked,
}

/// A place in the text that names a ceasefire.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) word: u32,
    pub(super) told: Told,
    /// "An earlier truce", "another ceasefire".
    other: bool,
    /// "The truce", "it": points back.
    pub(super) definite: bool,
    demonstrative: bool,
    pub(super) background: bool,
}

impl Mention {
    /// One that tells of an agreement that was made.
    pub(super) fn real(word: u32) -> Mention {
        Mention { word, told: Told::Real, other: false, definite: false, demonstrative: false, background: false }
    }

    /// One that tells of an agreement of the past.
    pub(super) fn past(word: u32) -> Mention {
        Mention { background: true, ..Mention::real(word) }
    }
}

/// Mentions that tell of one ceasefire.
pub(super) struct Group {
    pub(super) mentions: Vec<Mention>,
    /// Nouns that point back at it: "the deal", "the pledge".
    pub(super) references: Vec<u32>,
    pub(super) background: bool,
    /// Whether weights found it, and no rule.
    pub(super) weighed: bool,
}

pub(super) fn is_name(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    let noun = matches!(syntax.upos(word), Upos::Noun | Upos::Propn);
    noun && NAMES.contains(&lemma) || is_written_apart(syntax, word)
}

/// "cease-fire", "cease fire".
pub(super) fn is_written_apart(syntax: Syntax<'_>, word: u32) -> bool {
    if word == 0 || syntax.lemma(word) != "fire" {
        return false;
    }
    let before = |back: u32| word >= back && syntax.form(word - back).eq_ignore_ascii_case("cease");
    before(1) || syntax.form(word - 1) == "-" && before(2)
}

/// "Truces here are written on cigarette paper": none in particular.
pub(super) fn is_general(syntax: Syntax<'_>, word: u32) -> bool {
    let several = syntax.form(word).to_lowercase().ends_with('s') && !syntax.lemma(word).ends_with('s');
    let told =
        |&child: &u32| matches!(syntax.deprel(child), Deprel::Det | Deprel::Nummod | Deprel::NmodPoss | Deprel::Amod);
    syntax.upos(word) == Upos::Noun && several && !syntax.dependents(word).iter().any(told)
}

pub(super) fn is_fighting(syntax: Syntax<'_>, word: u32) -> bool {
    // "Armed action", "offensive operations", "hostile acts".
    let act = || {
        matches!(syntax.lemma(word), "action" | "operation" | "activity" | "act")
            && syntax.dependents(word).iter().any(|&child| {
                matches!(syntax.lemma(child), "armed" | "military" | "offensive" | "hostile" | "combat" | "arm")
            })
    };
    FIGHTING.contains(&syntax.lemma(word)) || act()
}

/// "the use of force".
fn is_force(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.lemma(word) == "use"
        && syntax
            .obliques(word)
            .iter()
            .any(|oblique| matches!(syntax.lemma(oblique.head), "force" | "weapon" | "arm" | "violence"))
}

/// "a pause in fighting", "a halt to the shooting", "a humanitarian pause".
pub(super) fn is_pause(syntax: Syntax<'_>, word: u32) -> bool {
    let named = syntax.upos(word) == Upos::Noun && PAUSES.contains(&syntax.lemma(word));
    if !named {
        return false;
    }
    // Whatever the parser hangs on what: "a pause in the fighting".
    let end = syntax.words_of(syntax.sentence(word)).end;
    let of_fighting = syntax.obliques(word).iter().any(|oblique| is_fighting(syntax, oblique.head))
        || (word + 1 < end
            && matches!(syntax.lemma(word + 1), "in" | "of" | "to")
            && (word + 2..(word + 5).min(end)).any(|at| is_fighting(syntax, at)));
    let kind = syntax.dependents(word).iter().any(|&child| {
        matches!(
            syntax.lemma(child),
            "humanitarian"
                | "tactical"
                | "military"
                | "operational"
                | "unilateral"
                | "mutual"
                | "agreed"
                | "vaccination"
                | "ramadan"
                | "eid"
                | "christmas"
                | "easter"
        ) || syntax.form(child).ends_with("-day")
            || syntax.form(child).ends_with("-hour")
            || syntax.form(child).ends_with("-week")
            || matches!(syntax.lemma(child), "day" | "hour" | "week") && syntax.deprel(child) == Deprel::Compound
    });
    let over = syntax.clause(word);
    let took_effect = |verb: u32| {
        matches!(syntax.lemma(verb), "take" | "come" | "go" | "enter") && super::time::is_beginning(syntax, verb)
            || matches!(syntax.lemma(verb), "broker" | "declare" | "negotiate" | "observe")
    };
    let in_force = syntax
        .dependents(word)
        .iter()
        .any(|&child| matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl) && took_effect(child))
        || took_effect(over) && (syntax.subject(over) == Some(word) || syntax.patient(over) == Some(word));
    of_fighting || kind || in_force
}

/// "agreed to stop shooting", "would hold fire": a verb of stopping whose object is the fighting, promised or ordered.
pub(super) fn is_stopping(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.upos(word) != Upos::Verb {
        return false;
    }
    // "Agreed not to attack each other", "pledged to refrain from raids".
    let refrains = matches!(syntax.lemma(word), "refrain" | "desist" | "abstain")
        && syntax.obliques(word).iter().any(|oblique| is_fighting(syntax, oblique.head));
    let spares = matches!(syntax.lemma(word), "attack" | "shoot" | "fire" | "shell" | "raid" | "fight")
        && syntax.is_infinitive(word)
        && syntax.is_negated(word);
    if refrains || spares {
        return is_bound(syntax, word);
    }
    // "Agreed to lay down their guns for three months".
    let disarms = matches!(syntax.lemma(word), "lay" | "lie" | "put" | "ground")
        && syntax
            .dependent(word, &[Deprel::Obj])
            .is_some_and(|object| matches!(syntax.lemma(object), "arm" | "gun" | "weapon" | "arms"))
        && syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "down");
    if disarms {
        return is_bound(syntax, word);
    }
    if !STOP.contains(&syntax.lemma(word)) {
        return false;
    }
    let object = syntax.dependents(word).iter().any(|&child| {
        matches!(syntax.deprel(child), Deprel::Obj | Deprel::Xcomp)
            && (is_fighting(syntax, child) || is_force(syntax, child))
    });
    if !object {
        // "a deal under which all fighting is to stop"
        let deal = syntax.words_of(syntax.sentence(word)).any(|other| other < word && is_deal(syntax, other));
        return deal
            && is_ahead(syntax, word)
            && syntax.subject(word).is_some_and(|subject| is_fighting(syntax, subject));
    }
    let bound = is_bound(syntax, word);
    let will = syntax.auxiliaries(word).iter().any(|&aux| matches!(aux, "will" | "would" | "shall"));
    // "Announced that it was suspending its attacks".
    let begins = syntax.auxiliaries(word).iter().any(|&aux| matches!(aux, "be" | "have")) && !syntax.is_passive(word);
    let promised = reading
        .innermost_claim(syntax.span(word))
        .is_some_and(|claim| ANNOUNCE.contains(&syntax.lemma(reading.claims[claim].cue_word)));
    bound || (will || begins) && promised
}

fn is_bound(syntax: Syntax<'_>, word: u32) -> bool {
    // "Agreed to ensure safe navigation and to stop shelling".
    let mut first = word;
    while syntax.deprel(first) == Deprel::Conj && syntax.head(first).is_some_and(|head| syntax.is_infinitive(head)) {
        first = syntax.head(first).unwrap_or(first);
    }
    // A parser may hang the infinitive on the ordered: "ordered his troops to stop".
    if let Some(noun) =
        syntax.head(first).filter(|&noun| syntax.deprel(first) == Deprel::Acl && syntax.owner(noun).is_some())
    {
        return syntax
            .head(noun)
            .is_some_and(|verb| matches!(syntax.lemma(verb), "order" | "instruct" | "direct" | "command" | "tell"));
    }
    syntax.head(first).is_some_and(|head| {
        matches!(syntax.lemma(head), "agree" | "pledge" | "promise" | "undertake" | "commit" | "vow")
            // "Ordered his troops to stop all combat."
            || matches!(syntax.lemma(head), "order" | "instruct" | "direct" | "command" | "tell")
                && syntax.dependent(head, &[Deprel::Obj, Deprel::Iobj]).is_some_and(|object| syntax.owner(object).is_some())
    })
}

pub(super) fn groups(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<Group> {
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
            coded(word)
                && PAUSES.contains(&syntax.lemma(word))
                && syntax.upos(word) == Upos::Noun
                && !is_pause(syntax, word)
                && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "the" | "this" | "that"))
        }));
    }
    // Where nothing of now is called a ceasefire, a pact of peace between those who fight is one.
    let of_now = words
        .iter()
        .filter_map(|&word| mention(reading, syntax, word))
        .any(|mention| !mention.background && !mention.other && mention.told != Told::Asked);
    if !of_now && reading.is_conflict() {
        let peace: Vec<u32> = (0..count)
            .filter(|&word| {
                coded(word)
                    && is_pact(syntax, word)
                    && crate::status::scope(reading, word, &[], true).0 == Scope::Current
            })
            .collect();
        let opened = if peace.is_empty() { pacts(reading, syntax) } else { peace };
        let opened = if opened.is_empty() { super::clause::told_by_its_terms(reading, syntax) } else { opened };
        words.extend(opened);
    }
    // "A similar deal in 2013", "a peace pact signed last August fell apart": one of the past.
    if !words.is_empty() {
        let past: Vec<u32> = (0..count)
            .filter(|&word| coded(word) && !words.contains(&word) && is_past_pact(reading, syntax, word))
            .collect();
        words.extend(past);
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
            // "The truce was agreed in 2020", told of the only one there is.
            let alone = (groups.len() == 1 && mention.definite && current.is_none()).then_some(0);
            let last = groups.len().checked_sub(1).filter(|&last| mention.definite && close(&groups[last]));
            last.filter(|_| current.is_none() || mention.demonstrative)
                .or(current)
                .or(alone)
                .map(|index| &mut groups[index])
        };
        match target {
            Some(group) => group.mentions.push(mention),
            // What only points back, or is history told of "the truce", opens nothing once there is one.
            None => groups.push(Group {
                mentions: vec![mention],
                references: Vec::new(),
                background: background && (apart || mention.background),
                weighed: false,
            }),
        }
    }
    set_apart(reading, syntax, &mut groups);
    groups
}

/// "The pause took effect on Sunday ... A seven-day ceasefire that started on May 22 was extended": a second one with a day of its own, well before
/// that of the first, is of the past; so is any before "the new halt to fighting".
fn set_apart(reading: &Reading<'_>, syntax: Syntax<'_>, groups: &mut Vec<Group>) {
    const APART: i64 = 10;
    let child =
        |word: u32, listed: &[&str]| syntax.dependents(word).iter().any(|&child| listed.contains(&syntax.lemma(child)));
    let mut past = Vec::new();
    for group in groups.iter_mut().filter(|group| !group.background) {
        let days: Vec<Option<i64>> =
            group.mentions.iter().map(|mention| day_of(reading, syntax, mention.word)).collect();
        let published = reading.published_day();
        let last = days.iter().flatten().copied().max();
        let new = group.mentions.iter().rposition(|mention| child(mention.word, &["new"]));
        let lengths: Vec<Option<&str>> =
            group.mentions.iter().map(|mention| length(reading, syntax, mention.word)).collect();
        let first = lengths.iter().flatten().copied().next();
        for at in (0..group.mentions.len()).rev() {
            let mention = &group.mentions[at];
            let opens = child(mention.word, &["a", "an"]) && syntax.upos(mention.word) != Upos::Verb;
            let told_before = at > 0 || new.is_some_and(|new| new > at);
            let other = lengths[at].is_some_and(|length| first.is_some_and(|first| first != length));
            let before = |day: i64, then: Option<i64>, least: i64| then.is_some_and(|then| day + least < then);
            let older = days[at].is_some_and(|day| {
                before(day, last, if other { 0 } else { APART }) || other && before(day, published, APART)
            });
            if opens && told_before && older {
                past.push(group.mentions.remove(at));
            }
        }
    }
    let apart = past.into_iter().map(|mention| Group {
        mentions: vec![Mention { background: true, ..mention }],
        references: Vec::new(),
        background: true,
        weighed: false,
    });
    groups.extend(apart);
    groups.retain(|group| !group.mentions.is_empty());
    groups.sort_by_key(|group| group.mentions[0].word);
}

/// The day at a name, the last of its month where only a month is told.
fn day_of(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<i64> {
    let told = super::time::beginnings(reading, syntax, word).into_iter().min();
    let told = told.or_else(|| super::time::at_name(reading, syntax, word));
    let start = told.and_then(|(_, time)| reading.times[time].start.clone())?;
    let day = start.get(..10).map(str::to_owned).or_else(|| start.get(..7).map(|month| format!("{month}-28")))?;
    counterclaim_claims::day_number(&day)
}

/// "A 72-hour ceasefire": the words for its length before the name.
fn length<'a>(reading: &'a Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<&'a str> {
    let words = phrase(syntax, word).of(&reading.document.text).split_whitespace();
    words.into_iter().find(|words| {
        let unit = words.rsplit('-').next().filter(|unit| unit.len() < words.len());
        unit.is_some_and(|unit| matches!(unit, "hour" | "day" | "week" | "month" | "year"))
    })
}

/// The last agreement of the past that has not ended and is not set apart, with the group of the one of now.
///
/// "Clashes strained a truce ... France brokered a ceasefire in May 2003": where nothing tells when the one of now began, they are one.
pub(super) fn standing(reading: &Reading<'_>, groups: &[Group]) -> Option<(usize, usize)> {
    let syntax = reading.syntax();
    let began = |mention: &Mention| day_of(reading, syntax, mention.word);
    let now = only_now(groups)?;
    if groups[now].mentions.iter().any(|mention| began(mention).is_some() || syntax.upos(mention.word) == Upos::Verb) {
        return None;
    }
    let stands = |group: &Group| {
        let told = group.mentions.iter().filter(|mention| is_name(syntax, mention.word)).find_map(&began);
        told.filter(|_| group.background && !is_apart(syntax, group))
    };
    let last = (0..groups.len()).filter_map(|index| Some((stands(&groups[index])?, index))).max();
    last.map(|(_, last)| (now, last))
}

/// The group of the one of now, and one of the past without a day of its own.
///
/// "The truce, which came into force in 1991 ... the collapse of a truce that had kept the desert quiet for 29 years": where the one of now is old
/// itself, what is told of as long past is the same.
pub(super) fn undated(reading: &Reading<'_>, groups: &[Group]) -> Option<(usize, usize)> {
    let syntax = reading.syntax();
    let now = only_now(groups)?;
    let same = |group: &Group| {
        let named = group.mentions.iter().all(|mention| {
            let child = |lemma: &str| syntax.dependents(mention.word).iter().any(|&at| syntax.lemma(at) == lemma);
            is_name(syntax, mention.word) && child("a") && day_of(reading, syntax, mention.word).is_none()
        });
        group.background && named && !is_apart(syntax, group)
    };
    (0..groups.len()).find(|&index| same(&groups[index])).map(|past| (now, past))
}

/// The only group of now, where there is one.
fn only_now(groups: &[Group]) -> Option<usize> {
    let mut of_now = (0..groups.len()).filter(|&index| !groups[index].background);
    of_now.next().filter(|_| of_now.next().is_none())
}

/// Whether the words set an agreement apart from others, or tell that it ended.
fn is_apart(syntax: Syntax<'_>, group: &Group) -> bool {
    group.mentions.iter().any(|mention| mention.other || is_ended(syntax, mention.word))
}

pub(super) fn mention(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<Mention> {
    let clause = syntax.clause(word);
    let no = syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "no");
    if no || syntax.is_negated(word) && syntax.upos(word) != Upos::Verb {
        return None;
    }
    let modifiers: Vec<&str> = syntax.dependents(word).iter().map(|&child| syntax.lemma(child)).collect();
    let clause_of = |verbs: &[&str]| verbs.contains(&syntax.lemma(clause)) && syntax.patient(clause) == Some(word);
    let replaced = clause_of(&["replace", "supersede", "succeed"]);
    let other = replaced || modifiers.iter().any(|lemma| OTHER.contains(lemma));
    // "310 ceasefire violations" points at the one that is known.
    let compound = is_of_breach(syntax, word);
    // "The truce, which first took effect in April": a clause behind a comma tells more of the one that is known.
    let aside = (word as usize) + 1 < syntax.analysis.words.len() && syntax.form(word + 1) == ",";
    let definite = modifiers.iter().any(|lemma| matches!(*lemma, "the" | "this" | "that"))
        && (aside || syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]).is_none());
    let (scope, _) = crate::status::scope(reading, word, &[], true);
    // "Has been in place since January" still is.
    let lasts = in_force_since(reading, syntax, word);
    let past = syntax.dependents(clause).iter().any(|&child| {
        // "Four days earlier" is a day.
        matches!(syntax.lemma(child), "previously" | "earlier")
            && syntax.deprel(child) == Deprel::Advmod
            && syntax.dependents(child).is_empty()
    });
    Some(Mention {
        word,
        told: told(reading, syntax, word),
        other,
        // "In breach of what was agreed" points back, too.
        definite: definite || compound || is_settled(reading, syntax, word),
        demonstrative: modifiers.iter().any(|lemma| matches!(*lemma, "this" | "that")),
        background: if is_name(syntax, word)
            || PAUSES.contains(&syntax.lemma(word))
            || is_stopping(reading, syntax, word)
        {
            let known = definite || compound || is_broken_now(reading, syntax, word);
            !known && (scope == Scope::Background && !lasts || past || is_ended(syntax, word))
        } else {
            is_foreign(reading, syntax, word)
        },
    })
}

/// "A ceasefire has been in place since January", "had held since the spring".
fn in_force_since(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    let relative = syntax.dependent(word, &[Deprel::AclRelcl]).unwrap_or(clause);
    let perfect = syntax.auxiliaries(relative).contains(&"have")
        || syntax
            .dependents(relative)
            .iter()
            .any(|&child| syntax.lemma(child) == "have" && syntax.deprel(child) == Deprel::Aux);
    let kept = |word: u32| {
        matches!(syntax.lemma(word), "hold" | "be" | "observe" | "place" | "force" | "effect" | "last" | "respect")
            || syntax
                .obliques(word)
                .iter()
                .any(|oblique| matches!(syntax.lemma(oblique.head), "force" | "place" | "effect"))
    };
    let since = reading.times.iter().any(|time| {
        syntax.head_of(time.span).is_some_and(|head| {
            syntax.sentence(head) == syntax.sentence(word)
                && syntax.preposition(head) == "since"
                && syntax.governs(relative, head)
        })
    });
    perfect && since && kept(relative)
}

/// "Ceasefire violations", "a truce breach".
pub(super) fn is_of_breach(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.deprel(word) == Deprel::Compound
        && syntax.head(word).is_some_and(|head| {
            matches!(syntax.lemma(head), "violation" | "breach" | "infringement" | "monitor" | "line")
        })
}

/// "Attacked on Friday, in violation of a ceasefire that dates from 2014": what is broken in the news still binds, however old.
fn is_broken_now(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let breach = syntax.head(word).filter(|&noun| {
        syntax.preposition(word) == "of"
            && matches!(syntax.lemma(noun), "violation" | "breach" | "defiance")
            && syntax.preposition(noun) == "in"
    });
    let over = breach.and_then(|noun| syntax.head(noun));
    over.is_some_and(|verb| crate::status::scope(reading, verb, &[], false).0 == Scope::Current)
}

/// Agreements of the report that are named by nothing but their paper or a gesture, where it tells what they bind to or that they were broken.
fn pacts(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<u32> {
    let count = syntax.analysis.words.len() as u32;
    let coded = |word: u32| reading.is_coded(syntax.sentence(word));
    let gestures: Vec<u32> = (0..count)
        .filter(|&word| coded(word) && (is_handshake(reading, syntax, word) || is_settled(reading, syntax, word)))
        .collect();
    let made: Vec<u32> = (0..count)
        .filter(|&word| {
            coded(word)
                && is_deal(syntax, word)
                && !is_foreign(reading, syntax, word)
                && (is_made(reading, syntax, word) || !gestures.is_empty())
                && told(reading, syntax, word) == Told::Real
        })
        .collect();
    let title = (0..count).take_while(|&word| !coded(word)).any(|word| {
        is_name(syntax, word)
            || is_deal(syntax, word)
            || matches!(syntax.lemma(word), "peace" | "quiet" | "calm" | "reconciliation" | "lull")
    });
    let bind_count = |word: u32| {
        let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
        let sentence = syntax.sentence(word);
        let near =
            |at: u32| at >= sentence && at <= sentence + 3 && (block(at) == block(sentence) || at == sentence + 1);
        let clauses: usize = (sentence..(sentence + 4).min(syntax.analysis.sentences.len() as u32))
            .filter(|&at| near(at) && reading.is_coded(at))
            .map(|at| syntax.words_of(at).filter(|&verb| super::clause::is_deontic(syntax, verb)).count())
            .sum();
        clauses
    };
    let bound = |word: u32| bind_count(word) >= 2;
    let bound_once = |word: u32| bind_count(word) >= 1;
    // A breach alone tells of an agreement that the report goes on about.
    let broken = || {
        !super::breach::breaches(reading, syntax).is_empty()
            && made.iter().chain(&gestures).any(|&word| bound_once(word) || made.len() > 1)
    };
    let Some(first) = gestures.iter().chain(&made).copied().find(|&word| title || bound(word) || broken()) else {
        return Vec::new();
    };
    let first = first.min(gestures.iter().chain(&made).copied().find(|&word| bound(word)).unwrap_or(first));
    gestures.into_iter().chain(made).filter(|&word| word >= first).collect()
}

/// "Similar arrangements were struck in 2021", "an accord between Baghdad and Erbil in October 2020", "a peace pact signed last August".
fn is_past_pact(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let children = syntax.dependents(word);
    let definite = children.iter().any(|&child| {
        matches!(syntax.lemma(child), "the" | "this" | "that") || syntax.deprel(child) == Deprel::NmodPoss
    });
    let kind = matches!(
        syntax.lemma(word),
        "deal"
            | "agreement"
            | "accord"
            | "pact"
            | "arrangement"
            | "covenant"
            | "settlement"
            | "understanding"
            | "protocol"
            | "bargain"
    );
    let alike = children.iter().any(|&child| {
        OTHER.contains(&syntax.lemma(child))
            || matches!(syntax.lemma(child), "different" | "separate" | "such" | "comparable")
    });
    let over = syntax.clause(word);
    let ended = syntax.subject(over) == Some(word)
        && matches!(
            syntax.lemma(over),
            "fall"
                | "collapse"
                | "fail"
                | "break"
                | "last"
                | "unravel"
                | "lapse"
                | "end"
                | "crumble"
                | "hold"
                | "strike"
                | "sign"
                | "reach"
        );
    let between = syntax.obliques(word).iter().any(|oblique| oblique.preposition == "between");
    let peace = children.iter().any(|&child| syntax.lemma(child) == "peace");
    let ahead = children
        .iter()
        .any(|&child| matches!(syntax.lemma(child), "final" | "lasting" | "permanent" | "draft" | "future"));
    let fell = ended && !matches!(syntax.lemma(over), "strike" | "sign" | "reach");
    kind && !definite
        && !ahead
        && (alike || between || peace && fell)
        && (ended || is_made(reading, syntax, word))
        && is_foreign(reading, syntax, word)
}

/// "Ceasefire incidents", "a truce monitor": a name that only tells of what kind another thing is.
pub(super) fn is_modifier(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.deprel(word) == Deprel::Compound
        && syntax
            .head(word)
            .is_some_and(|head| !is_deal(syntax, head) && !is_name(syntax, head) && syntax.upos(head) == Upos::Noun)
}

/// "A violation of a pause in fighting".
pub(super) fn is_broken(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.preposition(word) == "of"
        && syntax
            .head(word)
            .is_some_and(|head| matches!(syntax.lemma(head), "violation" | "breach" | "infringement" | "infraction"))
}

/// "Have struck a peace pact", "signed an agreement to end the feud": agreed now, and named by what it is for.
fn is_pact(syntax: Syntax<'_>, word: u32) -> bool {
    let children = syntax.dependents(word);
    let over = syntax.clause(word);
    let agreed = matches!(
        syntax.lemma(over),
        "sign"
            | "strike"
            | "reach"
            | "conclude"
            | "agree"
            | "seal"
            | "clinch"
            | "announce"
            | "broker"
            | "make"
            | "secure"
            | "extend"
            | "renew"
            | "prolong"
    ) && (syntax.patient(over) == Some(word)
        || syntax.obliques(over).iter().any(|oblique| oblique.head == word));
    let past = children
        .iter()
        .any(|&child| matches!(syntax.deprel(child), Deprel::Nummod) || OTHER.contains(&syntax.lemma(child)));
    let peace = children.iter().any(|&child| {
        matches!(
            syntax.lemma(child),
            "peace" | "aggression" | "disengagement" | "reconciliation" | "withdrawal" | "pullback"
        )
    });
    let ends = children.iter().any(|&child| {
        syntax.is_infinitive(child)
            && (STOP.contains(&syntax.lemma(child)) || matches!(syntax.lemma(child), "withdraw" | "disengage" | "pull"))
    });
    is_deal(syntax, word)
        && agreed
        && !past
        && (peace || ends)
        && children.iter().all(|&child| syntax.lemma(child) != "final")
}

/// "The militants, who ended a ceasefire last month", "a truce that collapsed in October": one that is over.
fn is_ended(syntax: Syntax<'_>, word: u32) -> bool {
    let ends = |verb: u32| {
        matches!(syntax.lemma(verb), "end" | "break" | "abandon" | "collapse" | "fail") && !is_ahead(syntax, verb)
    };
    // "A truce that ended a week of bloodshed" has not ended.
    let of_it = syntax.dependents(word).iter().any(|&child| {
        syntax.deprel(child) == Deprel::AclRelcl && ends(child) && syntax.dependent(child, &[Deprel::Obj]).is_none()
    });
    let clause = syntax.clause(word);
    let inside = matches!(syntax.deprel(clause), Deprel::AclRelcl | Deprel::Acl) && ends(clause);
    of_it || inside && syntax.patient(clause) == Some(word)
}

pub(super) fn is_past(syntax: Syntax<'_>, word: u32) -> bool {
    let will = syntax.auxiliaries(syntax.clause(word)).iter().any(|&aux| matches!(aux, "will" | "would" | "may"));
    !will
}

/// Whether the ceasefire is told as agreed, declared or in force, or only asked for, refused or put forward.
pub(super) fn told(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Told {
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
    // "Called a ceasefire" declares it, "the call for a ceasefire" does not.
    let wanted = wanted || over == "call" && !is_called(syntax, word);
    let hypothetical =
        syntax.auxiliaries(clause).iter().any(|&aux| matches!(aux, "may" | "might" | "could" | "should"));
    if asked || wanted || hypothetical { Told::Asked } else { Told::Real }
}

/// "accepted the offer", "agreed to the proposal": what was put forward has been taken up by somebody.
pub(super) fn accepts(reading: &Reading<'_>, syntax: Syntax<'_>, mentions: &[Mention]) -> bool {
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

pub(super) fn announced(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    ANNOUNCE.contains(&syntax.lemma(clause))
        || BEGIN.contains(&syntax.lemma(clause))
        || is_called(syntax, word)
        || relative(syntax, word).is_some()
}

/// "The coalition called an immediate ceasefire".
pub(super) fn is_called(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    let known = syntax.dependents(word).iter().any(|&child| {
        matches!(syntax.lemma(child), "the" | "this" | "that") || syntax.deprel(child) == Deprel::NmodPoss
    });
    // "Called the accord a fruit of resilience" only names it.
    let names = syntax.dependent(clause, &[Deprel::Xcomp]).is_some();
    syntax.lemma(clause) == "call" && syntax.dependent(clause, &[Deprel::Obj]) == Some(word) && !known && !names
}

/// "a truce that the guerrillas declared", "a ceasefire announced in 2013": the verb that hangs on the name.
pub(super) fn relative(syntax: Syntax<'_>, word: u32) -> Option<u32> {
    let verb = syntax.dependent(word, &[Deprel::AclRelcl, Deprel::Acl])?;
    ANNOUNCE.contains(&syntax.lemma(verb)).then_some(verb)
}

/// "A ceasefire that came into force at midnight".
pub(super) fn has_begun(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.dependent(word, &[Deprel::AclRelcl]).is_some_and(|verb| {
        BEGIN.contains(&syntax.lemma(verb)) && super::time::is_beginning(syntax, verb) && !is_ahead(syntax, verb)
    })
}

/// The name with its article and what stands before it; of a verb the verb with what was agreed.
pub(super) fn phrase(syntax: Syntax<'_>, word: u32) -> Span {
    let verb = syntax.upos(word) == Upos::Verb;
    let mut words: Vec<u32> = syntax.phrase_words(word);
    let finite = verb && syntax.subject(word).is_some_and(|subject| subject < word);
    words.retain(|&inner| inner <= word && word - inner <= 6 && (inner == word || !finite));
    while words.len() > 1 && syntax.upos(words[0]) == Upos::Adp {
        words.remove(0);
    }
    // "Stop hostilities", "agreed to let boats pass": a verb alone names nothing.
    let close = |&object: &u32| object > word && object - word <= 6;
    let inner = syntax.dependent(word, &[Deprel::Xcomp]).filter(|_| finite).filter(close);
    let object = inner.and_then(|inner| syntax.dependent(inner, &[Deprel::Obj]).filter(close)).or(inner);
    let object = syntax.dependent(word, &[Deprel::Obj]).filter(close).or(object).filter(|_| verb);
    words.extend(object.into_iter().flat_map(|object| word + 1..=object));
    syntax.cover(&words).unwrap_or_else(|| syntax.span(word))
}
