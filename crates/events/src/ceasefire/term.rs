//! What was agreed: the clauses that bind the parties.

use super::agreement::{is_deal, is_paper, is_part, points_back, told_sentences};
use super::mention::{Group, is_fighting, is_name};
use super::provision::provisions;
use super::*;
use crate::contradiction::{Side, sides};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{Stance, Status};
use std::ops::Range;

/// More terms than any agreement in the news has.
const MOST: usize = 12;

pub(super) fn terms(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    group: &Group,
    parties: &[ActorId],
    announcer: Option<ActorId>,
    word: u32,
) -> Vec<(&'static str, Span)> {
    let mut terms: Vec<(&'static str, Span)> = vec![("cease_fire", syntax.span(word))];
    // "Agreed to instruct their forces to cease fire".
    let infinitive = |at: u32| at >= 2 && syntax.form(at - 1) == "cease" && syntax.form(at - 2) == "to";
    for mention in group.mentions.iter().filter(|mention| infinitive(mention.word)) {
        terms.push(("cease_fire", syntax.span(mention.word - 1).to(syntax.span(mention.word))));
    }
    let mut verbs: Vec<u32> = Vec::new();
    // What was done in return for a term.
    let mut settled: Vec<u32> = Vec::new();
    let near = |sentence: u32| {
        group.mentions.iter().any(|mention| {
            let at = syntax.sentence(mention.word);
            sentence + 1 >= at && sentence <= at + 2
        })
    };
    let binds = |sentence: u32| {
        !modal_clauses(reading, syntax, parties, sentence, true).is_empty()
            || !provisions(syntax, sentence, true).is_empty()
            || syntax.words_of(sentence).any(|at| !bound_by(reading, syntax, parties, at, true).is_empty())
    };
    let told = told_sentences(reading, syntax, group, &group.references, binds);
    for sentence in 0..syntax.analysis.sentences.len() as u32 {
        let tells = told[sentence as usize];
        // Whoever declared it for others goes on telling them what to do.
        let ordered = reading.is_coded(sentence)
            && announcer.is_some()
            && group.mentions.iter().any(|mention| {
                let at = syntax.sentence(mention.word);
                (at..=at + 5).contains(&sentence)
            })
            && syntax.words_of(sentence).any(|at| {
                matches!(syntax.lemma(at), "order" | "instruct" | "tell" | "direct")
                    && syntax.upos(at) == Upos::Verb
                    && syntax.agent(at).and_then(|agent| reading.actors.at(agent)) == announcer
            });
        if !reading.is_coded(sentence) || !near(sentence) && !tells && !ordered {
            continue;
        }
        let words = syntax.words_of(sentence);
        // "Under the truce, the rebels are to leave and the road will open": every clause is a term.
        let under = words.clone().find(|&at| is_under(syntax, at));
        if let Some(under) = under {
            verbs.extend(bound_clauses(syntax, under, words.clone()));
            verbs.extend(enumerated(syntax, syntax.clause(under)));
        }
        for at in words.clone() {
            verbs.extend(bound_by(reading, syntax, parties, at, tells));
        }
        verbs.extend(conditions(syntax, words.clone()));
        // Once terms are being told, the next sentence goes on with what must, may or will be done.
        let announced_before = group
            .mentions
            .iter()
            .any(|mention| syntax.sentence(mention.word) + 1 == sentence && mention.told == Told::Real);
        let goes_on = tells || announced_before || verbs.iter().any(|&verb| syntax.sentence(verb) + 1 == sentence);
        if goes_on || names_deal(syntax, words.clone()) && under.is_none() {
            let listed = tells
                && verbs.iter().any(|&verb| syntax.sentence(verb) <= sentence && syntax.sentence(verb) + 1 >= sentence);
            verbs.extend(modal_clauses(reading, syntax, parties, sentence, listed));
            if listed {
                settled.extend(given_in_return(reading, syntax, sentence));
            }
        }
        // What the parties will do, told right beside the ceasefire.
        for event in events.iter().filter(|event| near(sentence) && syntax.sentence(event.word) == sentence) {
            let ahead = matches!(event.status, Status::Planned | Status::Ordered);
            let kind = matches!(event.event_type, "RETREAT" | "CONCEDE" | "AID" | "COOPERATE");
            let ours = event.roles.actors.iter().all(|part| {
                !reading.actors.all[part.actor].sectors.iter().any(|sector| matches!(sector.as_str(), "IGO" | "NGO"))
            });
            if ahead && kind && ours && event.scope == Scope::Current && !is_done(syntax, event.word) {
                verbs.push(event.word);
            }
        }
    }
    for sentence in 0..syntax.analysis.sentences.len() as u32 {
        let tells = told[sentence as usize];
        if reading.is_coded(sentence) && (near(sentence) || tells) {
            terms.extend(provisions(syntax, sentence, tells).into_iter().take(MOST));
        }
    }
    for sentence in 0..syntax.analysis.sentences.len() as u32 {
        if reading.is_coded(sentence) && (near(sentence) || told[sentence as usize]) {
            for span in listed_clauses(reading, syntax, group, sentence) {
                if terms.len() < MOST && !terms.iter().skip(1).any(|(_, known)| known.overlaps(span)) {
                    terms.push(("other", span));
                }
            }
        }
    }
    verbs.extend(settled.iter().copied());
    let more: Vec<u32> = verbs.iter().flat_map(|&verb| led(syntax, verb)).collect();
    verbs.extend(more);
    verbs.sort_unstable();
    verbs.dedup();
    // "Is to let three prisoners go": one term.
    let whole = verbs.clone();
    verbs.retain(|&verb| {
        let inside = matches!(syntax.deprel(verb), Deprel::Xcomp | Deprel::Ccomp);
        !syntax.head(verb).is_some_and(|over| {
            inside
                && whole.contains(&over)
                && matches!(
                    syntax.lemma(over),
                    "let"
                        | "have"
                        | "make"
                        | "help"
                        | "start"
                        | "begin"
                        | "stop"
                        | "allow"
                        | "refrain"
                        | "keep"
                        | "permit"
                        | "enable"
                        | "cease"
                        | "resume"
                        | "see"
                        | "leave"
                )
        })
    });
    for &verb in &verbs {
        if terms.len() >= MOST {
            break;
        }
        let ceases = STOP.contains(&syntax.lemma(verb))
            && syntax.dependents(verb).iter().any(|&child| is_fighting(syntax, child))
            || group.mentions.iter().any(|mention| mention.word == verb);
        // "Under the truce" is no object.
        let wraps = syntax.dependents(verb).iter().any(|&child| {
            is_name(syntax, child)
                && !matches!(syntax.preposition(child).as_str(), "under" | "in" | "according to" | "as part of")
        });
        // "Agreed to end the dispute": an aim.
        let ends = !ceases
            && matches!(syntax.lemma(verb), "end" | "stop" | "resolve")
            && syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
                matches!(
                    syntax.lemma(object),
                    "dispute" | "conflict" | "crisis" | "standoff" | "rivalry" | "bloodshed" | "suffering"
                ) || syntax.obliques(object).iter().any(|oblique| is_fighting(syntax, oblique.head))
            });
        let binds = BINDING.contains(&syntax.lemma(verb))
            && syntax.dependents(verb).iter().any(|&child| {
                syntax.deprel(child) == Deprel::Xcomp
                    // "Obliges them to disarm", wherever the parser hangs the infinitive.
                    || syntax.deprel(child) == Deprel::Obj && syntax.upos(child) == Upos::Pron
            });
        // "Undertook to begin talks".
        let opens = matches!(syntax.lemma(verb), "begin" | "start")
            && syntax.is_infinitive(verb)
            && syntax.deprel(verb) == Deprel::Xcomp
            && syntax.dependent(verb, &[Deprel::Obj]).is_some();
        // "A commission will start marking the border", "the internet is to come back": something else than the truce.
        let of_other = syntax.subject(verb).is_some_and(|subject| {
            !is_paper(syntax, subject)
                && !is_fighting(syntax, subject)
                && !group.mentions.iter().any(|mention| syntax.governs(subject, mention.word))
                && !matches!(
                    syntax.lemma(subject),
                    "it" | "which"
                        | "that"
                        | "pause"
                        | "talk"
                        | "talks"
                        | "negotiation"
                        | "gun"
                        | "weapon"
                        | "calm"
                        | "quiet"
                )
        }) && (clause::is_deontic(syntax, verb) || clause::is_rule(reading, syntax, verb))
            && !matches!(syntax.lemma(verb), "be" | "say" | "retaliate" | "respond" | "defend" | "investigate");
        // "Put an end to two days of shelling", "would have none of it", "it could be extended".
        let ends = ends
            || matches!(syntax.lemma(verb), "put" | "have" | "make")
                && syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
                    matches!(syntax.lemma(object), "end" | "stop" | "none" | "mockery" | "sense")
                })
            || matches!(syntax.lemma(verb), "extend" | "renew" | "prolong" | "lapse")
                && syntax
                    .patient(verb)
                    .or_else(|| syntax.subject(verb))
                    .is_some_and(|named| is_paper(syntax, named) || syntax.lemma(named) == "it");
        // What was done is no term, unless it shares the "will" of another one.
        let shares = syntax.deprel(verb) == Deprel::Conj && verbs.iter().any(|&other| syntax.head(verb) == Some(other));
        let told = reading.claims.iter().any(|claim| claim.cue_word == verb) && reading.is_speech(verb);
        let begins = syntax.lemma(verb) == "take"
            && syntax
                .dependents(verb)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "effect" | "force" | "hold" | "place" | "part"));
        let quotes = syntax.lemma(verb) == "read" && syntax.dependent(verb, &[Deprel::Nsubj]).is_some();
        if wraps
            || begins
            || quotes
            || told && syntax.dependent(verb, &[Deprel::Nsubj]).is_some()
            || is_done(syntax, verb)
                && !clause::is_deontic(syntax, verb)
                && !shares
                && !settled.contains(&verb)
                && !syntax.form(verb).ends_with("ing")
                && !subjunctive(syntax, verb)
            || ends
            || binds
            || matches!(syntax.lemma(verb), "instruct" | "tell")
            || is_name(syntax, verb)
            || matches!(
                syntax.lemma(verb),
                "begin"
                    | "start"
                    | "last"
                    | "expire"
                    | "hold"
                    | "be"
                    | "say"
                    | "run"
                    | "investigate"
                    | "retaliate"
                    | "respond"
                    | "defend"
                    | "continue"
                    | "fall"
                    | "come"
            ) && !ceases
                && !opens
                && !of_other
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

fn is_body(reading: &Reading<'_>, actor: ActorId) -> bool {
    let row = &reading.actors.all[actor];
    row.sectors.iter().any(|sector| matches!(sector.as_str(), "IGO" | "NGO" | "UNO" | "JRN" | "REF"))
}

/// Whether an actor stands for one of the parties.
fn is_of(reading: &Reading<'_>, parties: &[ActorId], actor: ActorId) -> bool {
    let own = sides(reading, actor);
    parties.iter().any(|&party| {
        party == actor || sides(reading, party).iter().any(|side| own.iter().any(|other| side.is_same(other)))
    })
}

/// "Under the truce", "as part of the deal", "in line with which".
pub(super) fn is_under(syntax: Syntax<'_>, at: u32) -> bool {
    let preposition = syntax.preposition(at);
    matches!(
        preposition.as_str(),
        "under" | "by" | "according to" | "in" | "as part of" | "in line with" | "in accordance with" | "pursuant to"
    ) && (is_paper(syntax, at) || matches!(syntax.lemma(at), "it" | "which" | "term"))
        && (!matches!(preposition.as_str(), "in" | "by")
            || (is_deal(syntax, at) || is_terms_of(syntax, at)) && at < syntax.clause(at))
}

/// "By the terms of the deal".
fn is_terms_of(syntax: Syntax<'_>, at: u32) -> bool {
    matches!(syntax.lemma(at), "term" | "clause" | "provision")
        && syntax.obliques(at).iter().any(|oblique| oblique.preposition == "of" && is_paper(syntax, oblique.head))
}

/// Verbs by which a party binds itself.
const UNDERTAKE: &[&str] = &[
    "agree",
    "undertake",
    "pledge",
    "promise",
    "commit",
    "vow",
    "accept",
    "consent",
    "swear",
    "guarantee",
    "bind",
    "engage",
    "oblige",
    "settle",
    "contract",
    "resolve",
    "covenant",
    "assure",
    "volunteer",
];
/// Verbs by which a paper binds its parties: to do something, or by what it frees, bars or founds.
const BINDS: &[&str] = &[
    "give",
    "grant",
    "allow",
    "permit",
    "let",
    "ban",
    "bar",
    "prohibit",
    "forbid",
    "oblige",
    "compel",
    "force",
    "bind",
    "freeze",
    "establish",
    "create",
    "limit",
    "restrict",
    "entitle",
    "exempt",
    "enable",
    "guarantee",
    "require",
    "commit",
    "say",
    "state",
    "stipulate",
    "specify",
    "provide",
    "foresee",
    "envisage",
    "demand",
    "order",
    "mandate",
    "call",
    "read",
    "set",
    "ask",
    "see",
    "obligate",
    "confine",
    "include",
    "have",
    "put",
    "leave",
    "return",
    "restore",
    "open",
    "close",
    "end",
    "lift",
    "place",
    "fix",
    "cap",
    "send",
    "keep",
    "make",
    "hand",
    "divide",
    "share",
    "split",
    "spell",
    "outlaw",
    "rule",
    "tie",
    "extend",
    "cover",
    "reserve",
    "assign",
    "award",
    "promise",
    "lay",
    "command",
    "free",
    "release",
    "remove",
    "regulate",
    "hold",
];
/// Those whose object alone tells a term: "bars drones from the valley", "freezes the front line".
const FOUNDS: &[&str] = &[
    "give",
    "grant",
    "allow",
    "permit",
    "ban",
    "bar",
    "prohibit",
    "forbid",
    "freeze",
    "establish",
    "create",
    "limit",
    "restrict",
    "entitle",
    "exempt",
    "guarantee",
    "confine",
    "set",
    "put",
    "leave",
    "return",
    "restore",
    "open",
    "close",
    "lift",
    "place",
    "fix",
    "cap",
    "send",
    "keep",
    "hand",
    "divide",
    "share",
    "split",
    "outlaw",
    "rule",
    "reserve",
    "assign",
    "award",
    "promise",
    "free",
    "release",
    "remove",
    "regulate",
    "require",
];

/// The verbs of the terms to which a verb binds: what a party undertakes, what the paper demands.
fn bound_by(reading: &Reading<'_>, syntax: Syntax<'_>, parties: &[ActorId], at: u32, tells: bool) -> Vec<u32> {
    let mut found = Vec::new();
    if syntax.upos(at) != Upos::Verb || syntax.is_negated(at) {
        return found;
    }
    let lemma = syntax.lemma(at);
    // What a pronoun does may be what a party does.
    let by_pronoun = tells
        && points_back(syntax, syntax.sentence(at))
        && !matches!(
            lemma,
            "say" | "state" | "see" | "read" | "set" | "ask" | "give" | "order" | "demand" | "force" | "let" | "call"
        );
    let named = syntax.subject(at).is_some_and(|subject| {
        is_paper(syntax, subject)
            || is_part(syntax, subject)
            || by_pronoun && matches!(syntax.form(subject), "It" | "it")
    });
    if named && BINDS.contains(&lemma) && !syntax.is_passive(at) {
        for child in complements(syntax, at) {
            found.push(child);
            found.extend(joined(syntax, child));
            found.extend(enumerated(syntax, child));
        }
        let object = syntax.dependent(at, &[Deprel::Obj]).is_some_and(|object| !is_paper(syntax, object));
        let present = syntax.form(at).ends_with('s') && syntax.auxiliaries(at).is_empty();
        if found.is_empty() && FOUNDS.contains(&lemma) && object {
            found.push(at);
        }
        found.extend(for_to(syntax, at));
        // "It bans patrols, has both parties pull back and puts observers at the post."
        if present {
            let end = syntax.words_of(syntax.sentence(at)).end;
            let again = |word: &u32| {
                syntax.upos(*word) == Upos::Verb
                    && syntax.form(*word).ends_with('s')
                    && BINDS.contains(&syntax.lemma(*word))
                    && syntax.auxiliaries(*word).is_empty()
                    && syntax.deprel(*word) == Deprel::Conj
                    && syntax.dependents(*word).iter().all(|&child| {
                        child > *word || !matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass)
                    })
            };
            for verb in (at + 1..end).filter(again) {
                let inner = complements(syntax, verb);
                found.push(if inner.is_empty() || syntax.lemma(verb) == "have" { verb } else { inner[0] });
            }
        }
        return found;
    }
    let duty = tells && complements(syntax, at).iter().any(|&child| clause::has_duty(syntax, child));
    if !BINDING.contains(&lemma) && !UNDERTAKE.contains(&lemma) && !duty {
        return found;
    }
    // Others than the parties pledge help and call for restraint.
    let agent = syntax.agent(at).and_then(|agent| reading.actors.at(agent));
    let orders = matches!(lemma, "order" | "instruct" | "tell" | "vow" | "promise" | "pledge");
    let statement = syntax.subject(at).is_some_and(|subject| syntax.lemma(subject) == "statement");
    let outsider =
        statement || agent.is_some_and(|actor| is_body(reading, actor) || orders && !is_of(reading, parties, actor));
    if outsider && !duty || matches!(lemma, "call" | "include" | "require" | "provide") && !named && !duty {
        return found;
    }
    for child in complements(syntax, at) {
        // "agreed to instruct them to withdraw": what is bound is the withdrawal.
        let inner = if BINDING.contains(&syntax.lemma(child)) { complements(syntax, child) } else { Vec::new() };
        for verb in if inner.is_empty() { vec![child] } else { inner } {
            found.push(verb);
            found.extend(joined(syntax, verb));
            found.extend(enumerated(syntax, verb));
            // "Agreed that each would withdraw, that trenches be filled in and that ...".
            if syntax.deprel(verb) == Deprel::Ccomp {
                let clauses = syntax.dependents(verb).iter().copied();
                found.extend(
                    clauses.filter(|&next| syntax.deprel(next) == Deprel::Conj && syntax.upos(next) == Upos::Verb),
                );
            }
        }
    }
    found
}

/// "Provides for the army to take over the village, for units to pull back and for the crossings to be blocked".
fn for_to(syntax: Syntax<'_>, at: u32) -> Vec<u32> {
    let end = syntax.words_of(syntax.sentence(at)).end;
    let opened = |verb: u32| {
        let between = (at + 1..verb)
            .rev()
            .take(14)
            .take_while(|&word| syntax.form(word) != "," && syntax.upos(word) != Upos::Verb);
        between.into_iter().any(|word| syntax.form(word) == "for")
    };
    let to = |verb: u32| {
        (verb.saturating_sub(2)..verb).any(|word| syntax.form(word) == "to" && syntax.upos(word) == Upos::Part)
    };
    (at + 1..end).filter(|&verb| syntax.upos(verb) == Upos::Verb && to(verb) && opened(verb)).collect()
}

/// "The pact says that boats are given back, that no armed men go south and that a committee patrols the water", "resolved that guns shall be
/// surrendered; that ...": what a paper says, or both sides resolve, clause for clause, wherever the parser hangs them.
fn listed_clauses(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group, sentence: u32) -> Vec<Span> {
    let words = syntax.words_of(sentence);
    let paper = |word: u32| is_paper(syntax, word) || group.mentions.iter().any(|mention| mention.word == word);
    let that = |at: u32| syntax.form(at) == "that" && at > words.start;
    let opens = |at: u32| {
        that(at)
            && (matches!(syntax.form(at - 1), "," | ";" | ":" | "—" | "–")
                || syntax.lemma(at - 1) == "and"
                || syntax.upos(at - 1) == Upos::Verb)
    };
    let by_paper = reading.claims.iter().any(|claim| {
        syntax.sentence(claim.cue_word) == sentence
            && claim
                .source
                .iter()
                .any(|&span| syntax.head_of(span).is_some_and(paper) || syntax.words_in(span).take(4).any(paper))
    });
    let binding = |at: u32| {
        let lemma = syntax.lemma(at);
        (UNDERTAKE.contains(&lemma) || BINDS.contains(&lemma)) && syntax.upos(at) == Upos::Verb
    };
    let Some(first) = words.clone().find(|&at| opens(at) && (binding(at - 1) || at >= 2 && binding(at - 2))) else {
        return Vec::new();
    };
    let undertaken = UNDERTAKE.contains(&syntax.lemma(first - 1));
    let starts: Vec<u32> = words.clone().filter(|&at| at >= first && opens(at)).collect();
    if starts.len() < 2 || !(by_paper || undertaken || words.clone().take_while(|&at| at < first).any(paper)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let stop = starts.get(index + 1).copied().unwrap_or(words.end);
        let mut last = stop - 1;
        while last > start && (matches!(syntax.upos(last), Upos::Punct | Upos::Cconj)) {
            last -= 1;
        }
        if last > start + 1 {
            found.push(syntax.span(start + 1).to(syntax.span(last)));
        }
    }
    found
}

/// "On condition that Israel free two prisoners", "provided that troops leave the town".
pub(super) fn conditions(syntax: Syntax<'_>, words: Range<u32>) -> Vec<u32> {
    let condition = |verb: u32| {
        let head = syntax.head(verb);
        let named = head.is_some_and(|head| matches!(syntax.lemma(head), "condition" | "proviso" | "understanding"));
        let provided =
            syntax.dependents(verb).iter().any(|&child| matches!(syntax.lemma(child), "provided" | "providing"));
        let behind = verb >= 3
            && (verb.saturating_sub(6)..verb)
                .any(|at| syntax.lemma(at) == "condition" && syntax.sentence(at) == syntax.sentence(verb))
            && syntax.dependents(verb).iter().any(|&child| syntax.lemma(child) == "that");
        named && syntax.deprel(verb) != Deprel::Conj || provided || behind
    };
    words.filter(|&word| syntax.upos(word) == Upos::Verb && condition(word)).collect()
}

/// Whether a sentence tells what was agreed.
fn names_deal(syntax: Syntax<'_>, mut words: Range<u32>) -> bool {
    words.any(|word| is_paper(syntax, word))
}

/// Clauses of a sentence that bind: "will withdraw", "are to stay in their camps", "may return", "would be posted between them".
/// Where terms are being told also the plain present in which rules are told.
fn modal_clauses(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    parties: &[ActorId],
    sentence: u32,
    listed: bool,
) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for verb in syntax.words_of(sentence).filter(|&verb| syntax.upos(verb) == Upos::Verb) {
        let modal = syntax
            .auxiliaries(verb)
            .iter()
            .any(|&aux| matches!(aux, "will" | "would" | "shall" | "must" | "may" | "can"));
        let modal = modal || listed && clause::is_deontic(syntax, verb);
        let main = matches!(
            syntax.deprel(verb),
            Deprel::Root | Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp | Deprel::Xcomp
        ) || is_told_aside(syntax, verb)
            || clause::has_duty(syntax, verb);
        let ahead = modal
            || is_ahead(syntax, verb)
            || is_bare(syntax, verb)
            || oversees(syntax, verb)
            || clause::has_duty(syntax, verb)
            || listed && clause::is_rule(reading, syntax, verb);
        let shares = found.last().is_some_and(|&first| is_shared(syntax, first, verb));
        if shares || ahead && main && may_bind(reading, syntax, parties, verb) {
            found.push(verb);
            // "Must stop shooting, halt air strikes and keep their units where they are", whatever the parser joins to what.
            if modal && !syntax.is_negated(verb) && syntax.form(verb) == syntax.lemma(verb) {
                let told = |at: &u32| !reading.is_speech(*at) && !found.contains(at);
                let more: Vec<u32> = enumerated(syntax, verb).into_iter().filter(told).collect();
                found.extend(more);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// "The army, for its part, suspended operations", "in return the families have dropped their claims", "each ministry has appointed a colonel".
fn given_in_return(reading: &Reading<'_>, syntax: Syntax<'_>, sentence: u32) -> Vec<u32> {
    let words = syntax.words_of(sentence);
    let turn = words.clone().any(|word| {
        matches!(syntax.lemma(word), "part" | "return" | "exchange" | "turn")
            && matches!(syntax.preposition(word).as_str(), "for" | "in" | "on")
            || matches!(syntax.lemma(word), "each") && syntax.deprel(word) == Deprel::Det
    });
    let done = |&verb: &u32| {
        let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Conj | Deprel::Parataxis);
        let claimed = reading.innermost_claim(syntax.span(verb)).is_some()
            || reading.claims.iter().any(|claim| claim.cue_word == verb);
        syntax.upos(verb) == Upos::Verb
            && main
            && !claimed
            && !reading.is_speech(verb)
            && !syntax.is_negated(verb)
            && is_done(syntax, verb)
            && syntax.subject(verb).is_some_and(|subject| !is_paper(syntax, subject))
            && !syntax.is_passive(verb)
            && complements(syntax, verb).is_empty()
    };
    if turn { words.filter(done).collect() } else { Vec::new() }
}

/// ", where the army is to deploy 5,000 soldiers": a term told beside another one.
fn is_told_aside(syntax: Syntax<'_>, verb: u32) -> bool {
    let aside = syntax.dependents(verb).iter().any(|&child| {
        matches!(syntax.lemma(child), "where" | "while" | "whereas") && child > 0 && syntax.form(child - 1) == ","
    });
    aside && matches!(syntax.deprel(verb), Deprel::Advcl | Deprel::AclRelcl)
}

/// "Military training is to be frozen and foreign crews sent home": a participle that shares the passive of the one before it.
fn is_shared(syntax: Syntax<'_>, first: u32, verb: u32) -> bool {
    syntax.deprel(verb) == Deprel::Conj
        && syntax.head(verb) == Some(first)
        && syntax.auxiliaries(first).contains(&"be")
        && syntax.dependent(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).is_none()
        && syntax.form(verb) != syntax.lemma(verb)
        && !syntax.form(verb).ends_with("ing")
        && syntax.dependent(verb, &[Deprel::Obj]).is_none()
}

/// "A committee headed by an American general monitors compliance".
fn oversees(syntax: Syntax<'_>, verb: u32) -> bool {
    matches!(syntax.lemma(verb), "monitor" | "oversee" | "supervise" | "verify" | "police" | "guarantee")
        && syntax.form(verb).ends_with('s')
        && syntax.subject(verb).is_some_and(|subject| {
            matches!(
                syntax.lemma(subject),
                "committee"
                    | "commission"
                    | "mission"
                    | "mechanism"
                    | "monitor"
                    | "observer"
                    | "team"
                    | "force"
                    | "body"
                    | "panel"
            )
        })
}

/// Whether a clause ahead is one that an agreement may hold, by who does it and who tells it.
fn may_bind(reading: &Reading<'_>, syntax: Syntax<'_>, parties: &[ActorId], verb: u32) -> bool {
    /// What is thought, said or answered, and what becomes of the truce itself.
    const NO_TERM: &[&str] = &[
        "regard", "consider", "view", "deem", "treat", "expect", "hope", "believe", "welcome", "help", "fare",
        "remain", "survive", "prove", "depend", "apply", "matter", "mean", "know", "think", "want", "need", "try",
        "seek", "decide", "fail", "succeed", "stick", "pave", "punish", "threaten", "like", "appear", "seem", "lead",
        "cause", "cost", "save", "lack",
    ];
    let claim = reading.innermost_claim(syntax.span(verb)).map(|claim| &reading.claims[claim]);
    let told = claim
        .is_none_or(|claim| matches!(claim.stance, Stance::Assert | Stance::Confirm | Stance::Order | Stance::Pledge));
    let quoted = claim.is_some_and(|claim| {
        claim.content.first().is_some_and(|span| span.of(&reading.document.text).starts_with(['“', '"']))
    });
    let subject = syntax.subject(verb);
    let form = subject.map(|subject| syntax.form(subject).to_lowercase()).unwrap_or_default();
    // "No one would inform on anyone" binds all.
    let nobody = subject.is_some_and(|subject| subject > 0 && syntax.form(subject - 1).eq_ignore_ascii_case("no"));
    let speaker = matches!(form.as_str(), "he" | "she" | "i" | "we" | "one" | "this" | "that" | "everyone") && !nobody;
    // "The army said it would not suspend its operations" refuses.
    let refuses = claim.is_some_and(|claim| claim.stance != Stance::Pledge)
        && matches!(form.as_str(), "it" | "they")
        && syntax.is_negated(verb);
    let itself = subject.is_some_and(|subject| is_paper(syntax, subject));
    let seems = syntax.head(verb).is_some_and(|head| {
        matches!(syntax.lemma(head), "appear" | "seem" | "hope" | "expect" | "fear" | "believe" | "doubt")
    });
    told && !quoted
        && !speaker
        && !refuses
        && !itself
        && !seems
        && is_ours(reading, syntax, parties, verb)
        && !reading.claims.iter().any(|claim| claim.cue_word == verb)
        && !BINDING.contains(&syntax.lemma(verb))
        && !NO_TERM.contains(&syntax.lemma(verb))
}

/// Somebody else's plans are no terms; what is done to nobody's account, by the parties' countrymen or by overseers is.
fn is_ours(reading: &Reading<'_>, syntax: Syntax<'_>, parties: &[ActorId], verb: u32) -> bool {
    let Some(actor) = syntax.agent(verb).and_then(|agent| reading.actors.at(agent)) else { return true };
    // "South Sudan, which mediated, will send 30 observers."
    let watchers = syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
        matches!(syntax.lemma(object), "observer" | "monitor" | "team" | "mission" | "peacekeeper" | "inspector")
    });
    if watchers {
        return true;
    }
    // "Egypt and Qatar will watch over the deal": whoever keeps watch.
    if matches!(
        syntax.lemma(verb),
        "watch"
            | "monitor"
            | "oversee"
            | "supervise"
            | "verify"
            | "guarantee"
            | "review"
            | "inspect"
            | "assess"
            | "certify"
            | "check"
    ) {
        return true;
    }
    if syntax.is_passive(verb) || is_of(reading, parties, actor) || is_affected(reading, actor) {
        return true;
    }
    if is_body(reading, actor) {
        return matches!(
            syntax.lemma(verb),
            "monitor"
                | "oversee"
                | "observe"
                | "supervise"
                | "verify"
                | "visit"
                | "patrol"
                | "deploy"
                | "escort"
                | "guarantee"
                | "send"
                | "check"
                | "watch"
                | "guard"
                | "control"
                | "accompany"
                | "deliver"
                | "inspect"
                | "report"
                | "chair"
                | "review"
                | "mark"
                | "assess"
                | "certify"
                | "hear"
                | "decide"
                | "mediate"
                | "keep"
        );
    }
    // The Lebanese army moves in where Israel and Hezbollah leave.
    let country = reading.actors.all[actor].country.as_deref();
    country.is_none() || parties.iter().any(|&party| reading.actors.all[party].country.as_deref() == country)
}

/// A verb that shares "will" with the one before it: "will hold fire, allow convoys and let the wounded leave".
fn is_bare(syntax: Syntax<'_>, verb: u32) -> bool {
    let bare =
        syntax.deprel(verb) == Deprel::Conj && syntax.form(verb) == syntax.lemma(verb) && !syntax.is_infinitive(verb);
    bare && syntax.head(verb).is_some_and(|first| {
        syntax.auxiliaries(first).iter().any(|&aux| matches!(aux, "will" | "would" | "shall" | "must" | "may"))
            || is_bare(syntax, first)
    })
}

/// Families, villagers, prisoners: terms tell what they may do.
fn is_affected(reading: &Reading<'_>, actor: ActorId) -> bool {
    sides(reading, actor).iter().any(|side| matches!(side, Side::People { .. }))
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
        .filter(|&child| child > verb && syntax.upos(child) == Upos::Verb && !is_circumstance(syntax, child))
        .collect()
}

/// "if troops left", "after it was attacked", "while the talks go on": not what is bound.
fn is_circumstance(syntax: Syntax<'_>, clause: u32) -> bool {
    syntax.deprel(clause) == Deprel::Advcl
        && syntax.dependents(clause).iter().any(|&child| {
            matches!(
                syntax.lemma(child),
                "if" | "when"
                    | "after"
                    | "as"
                    | "because"
                    | "while"
                    | "since"
                    | "once"
                    | "unless"
                    | "before"
                    | "although"
                    | "though"
                    | "until"
                    | "by"
            ) && matches!(syntax.deprel(child), Deprel::Mark | Deprel::Advmod)
        })
}

/// The clauses that "under the deal" governs: its own and those joined to it, when they bind ("must", "will", "are to").
fn bound_clauses(syntax: Syntax<'_>, under: u32, words: Range<u32>) -> Vec<u32> {
    let top = syntax.clause(under);
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
        // "Buses left the city under a truce" tells of a deed.
        let done = verb < under && is_done(syntax, verb);
        if own && !wraps && !done {
            found.push(verb);
        }
    }
    found
}

/// "That trenches be filled in".
fn subjunctive(syntax: Syntax<'_>, verb: u32) -> bool {
    syntax.dependents(verb).iter().any(|&child| syntax.form(child) == "be")
}

/// A finite past without a word that binds.
fn is_done(syntax: Syntax<'_>, verb: u32) -> bool {
    syntax.form(verb) != syntax.lemma(verb)
        && !syntax.form(verb).ends_with('s')
        && syntax.auxiliaries(verb).iter().all(|&aux| matches!(aux, "have"))
        && !syntax.is_infinitive(verb)
}

/// Bare verbs of a list behind a verb: "to free all prisoners, remove checkpoints and set up a patrol".
fn enumerated(syntax: Syntax<'_>, verb: u32) -> Vec<u32> {
    let end = syntax.words_of(syntax.sentence(verb)).end;
    let bare = |&word: &u32| {
        let opens = matches!(syntax.upos(word - 1), Upos::Cconj) || syntax.form(word - 1) == ",";
        let own = syntax
            .dependent(word, &[Deprel::Nsubj, Deprel::NsubjPass])
            .is_some_and(|subject| subject < word && subject > verb);
        // "Undertakes not to recruit minors, to stop extortion and to keep out of towns", however the parser joins them.
        let to = |at: u32| at > verb + 1 && syntax.lemma(at) == "to" && syntax.upos(at) == Upos::Part;
        let before = if word > 2 && to(word - 1) { word - 2 } else { word - 1 };
        let before = if before > verb + 1 && syntax.lemma(before) == "not" { before - 1 } else { before };
        let infinitive =
            to(word - 1) && (syntax.upos(before) == Upos::Cconj || matches!(syntax.form(before), "," | ";"));
        syntax.upos(word) == Upos::Verb && syntax.form(word) == syntax.lemma(word) && (opens || infinitive) && !own
    };
    (verb + 1..end).filter(bare).collect()
}

/// "Obliges the rebels to disarm and the government to free prisoners", "the army to suspend raids": the first word of who is to do it, where
/// "and" or a comma stands before.
fn led_by(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    const LONGEST: u32 = 6;
    let start = syntax.words_of(syntax.sentence(verb)).start;
    let to =
        verb.checked_sub(1).filter(|&to| to > start && syntax.form(to) == "to" && syntax.upos(to) == Upos::Part)?;
    let noun = to - 1;
    if !matches!(syntax.upos(noun), Upos::Noun | Upos::Propn) || noun <= start + 1 {
        return None;
    }
    let mut first = noun;
    while first > start
        && noun - first < LONGEST
        && matches!(syntax.upos(first - 1), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det)
    {
        first -= 1;
    }
    let opens = first > start && (syntax.upos(first - 1) == Upos::Cconj || syntax.form(first - 1) == ",");
    let article = matches!(syntax.lemma(first), "the" | "both" | "all") || syntax.upos(first) == Upos::Propn;
    (opens && article).then_some(first)
}

/// The infinitives of a sentence behind a verb that binds, each with another one who is to do it.
fn led(syntax: Syntax<'_>, verb: u32) -> Vec<u32> {
    let end = syntax.words_of(syntax.sentence(verb)).end;
    (verb + 1..end).filter(|&word| syntax.upos(word) == Upos::Verb && led_by(syntax, word).is_some()).collect()
}

/// Verbs joined to a verb, also those joined to a joined one; one with a subject and a time of its own is another matter.
fn joined(syntax: Syntax<'_>, verb: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for &child in syntax.dependents(verb) {
        let own = syntax.dependent(child, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
        if syntax.deprel(child) == Deprel::Conj && syntax.upos(child) == Upos::Verb && !own {
            found.push(child);
            found.extend(joined(syntax, child));
        }
    }
    found
}

/// The words of a term: from its subject or verb to where the next term or the clause ends. Parsers hang what belongs to the last of
/// joined verbs on the first one, so the end is that of all of them.
pub(super) fn term_span(syntax: Syntax<'_>, verb: u32, verbs: &[u32]) -> Option<Span> {
    let sentence = syntax.sentence(verb);
    // Of two that a parser gives, the nearer one.
    let subject_of = |verb: u32| {
        syntax
            .dependents(verb)
            .iter()
            .copied()
            .rev()
            .find(|&child| child < verb && matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass))
    };
    let opening = |verb: u32| {
        subject_of(verb)
            .map(|subject| syntax.phrase_words(subject).into_iter().min().unwrap_or(subject))
            .or_else(|| led_by(syntax, verb))
            .map_or(verb, |first| first.min(verb))
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
    // A semicolon ends it.
    if let Some(stop) = (verb + 1..end).find(|&at| syntax.form(at) == ";") {
        end = stop;
    }
    let light = |word: u32| {
        matches!(syntax.upos(word), Upos::Punct | Upos::Cconj | Upos::Part | Upos::Sconj | Upos::Aux)
            && syntax.upos(word) != Upos::Verb
    };
    while end > verb
        && (light(end)
            || syntax.lemma(end) == "no"
            || matches!(syntax.form(end), "longer" | "not" | "only" | "also" | "then") && light(end - 1))
    {
        end -= 1;
    }
    Some(syntax.span(opening(verb)).to(syntax.span(end.max(verb))))
}

pub(super) fn term_kind(syntax: Syntax<'_>, verb: u32, ceases: bool) -> &'static str {
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
