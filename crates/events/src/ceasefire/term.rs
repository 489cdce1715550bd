//! What was agreed: the clauses that bind the parties.

use super::mention::{Group, is_fighting, is_name};
use super::*;
use crate::contradiction::{Side, sides};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{Stance, Status};
use std::ops::Range;

pub(super) fn terms(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    group: &Group,
    parties: &[ActorId],
    word: u32,
) -> Vec<(&'static str, Span)> {
    /// More terms than any agreement in the news has.
    const MOST: usize = 12;
    let mut terms: Vec<(&'static str, Span)> = vec![("cease_fire", syntax.span(word))];
    // "Agreed to instruct their forces to cease fire".
    let infinitive = |at: u32| at >= 2 && syntax.form(at - 1) == "cease" && syntax.form(at - 2) == "to";
    for mention in group.mentions.iter().filter(|mention| infinitive(mention.word)) {
        terms.push(("cease_fire", syntax.span(mention.word - 1).to(syntax.span(mention.word))));
    }
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
            verbs.extend(enumerated(syntax, top));
        }
        for at in words.clone() {
            let binding =
                BINDING.contains(&syntax.lemma(at)) && syntax.upos(at) == Upos::Verb && !syntax.is_negated(at);
            if !binding {
                continue;
            }
            // Others than the parties pledge help and call for restraint.
            let agent = syntax.agent(at).and_then(|agent| reading.actors.at(agent));
            let orders = matches!(syntax.lemma(at), "order" | "instruct" | "tell" | "vow" | "promise" | "pledge");
            let outsider =
                agent.is_some_and(|actor| is_body(reading, actor) || orders && !is_of(reading, parties, actor));
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
                    verbs.extend(enumerated(syntax, verb));
                }
            }
        }
        verbs.extend(conditions(syntax, words.clone()));
        // Once terms are being told, the next sentence goes on with what must, may or will be done.
        let announced_before = group
            .mentions
            .iter()
            .any(|mention| syntax.sentence(mention.word) + 1 == sentence && mention.told == Told::Real);
        let goes_on = announced_before || verbs.iter().any(|&verb| syntax.sentence(verb) + 1 == sentence);
        if goes_on || names_deal(syntax, words.clone()) && under.is_none() {
            verbs.extend(modal_clauses(reading, syntax, parties, sentence));
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
    for sentence in 0..syntax.analysis.sentences.len() as u32 {
        if reading.is_coded(sentence) && near(sentence) {
            terms.extend(named_terms(syntax, sentence).into_iter().take(MOST));
        }
    }
    verbs.sort_unstable();
    verbs.dedup();
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
        let ends = matches!(syntax.lemma(verb), "end" | "stop") && !ceases;
        let binds = BINDING.contains(&syntax.lemma(verb))
            && syntax.dependents(verb).iter().any(|&child| syntax.deprel(child) == Deprel::Xcomp);
        if wraps
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
                    | "take"
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

/// Terms told as nouns: "the agreement provides for the release of 33 hostages, the withdrawal of troops and the opening of a crossing".
fn named_terms(syntax: Syntax<'_>, sentence: u32) -> Vec<(&'static str, Span)> {
    let provides = |&verb: &u32| {
        syntax.upos(verb) == Upos::Verb
            && matches!(
                syntax.lemma(verb),
                "provide"
                    | "include"
                    | "call"
                    | "require"
                    | "foresee"
                    | "envisage"
                    | "envision"
                    | "stipulate"
                    | "contain"
                    | "cover"
                    | "involve"
            )
            && !syntax.is_negated(verb)
    };
    let paper = |verb: u32| {
        syntax.subject(verb).is_some_and(|subject| {
            DEALS.contains(&syntax.lemma(subject))
                || is_name(syntax, subject)
                || matches!(syntax.lemma(subject), "term" | "phase" | "it" | "they" | "which" | "that" | "proposal")
        })
    };
    let mut found = Vec::new();
    for verb in syntax.words_of(sentence).filter(provides).filter(|&verb| paper(verb)) {
        let object = syntax.dependent(verb, &[Deprel::Obj]);
        let oblique =
            syntax.obliques(verb).into_iter().find(|oblique| oblique.preposition == "for" && oblique.head > verb);
        let Some(first) = oblique.map(|oblique| oblique.head).or(object) else { continue };
        // Parsers hang the second noun of a list on the last word of the first: its comma or "and" tells it.
        let opens = |word: u32| {
            let mut before = word;
            while before > verb + 1
                && matches!(syntax.upos(before - 1), Upos::Det | Upos::Adj | Upos::Num | Upos::Propn)
            {
                before -= 1;
            }
            matches!(syntax.upos(before - 1), Upos::Punct | Upos::Cconj)
        };
        let listed = |&word: &u32| word == first || noun_kind(syntax.lemma(word)).is_some() && opens(word);
        let heads: Vec<u32> =
            syntax.analysis.subtree(first).into_iter().filter(|&word| word >= first).filter(listed).collect();
        for (index, &head) in heads.iter().enumerate() {
            let Some(kind) = noun_kind(syntax.lemma(head)) else { continue };
            let end = heads.get(index + 1).copied();
            let mut words: Vec<u32> = syntax.analysis.subtree(head);
            words.retain(|&word| syntax.sentence(word) == sentence && word > verb && end.is_none_or(|end| word < end));
            // The words that lead to the next one are none of these.
            while words.len() > 1
                && words
                    .last()
                    .is_some_and(|&word| matches!(syntax.upos(word), Upos::Punct | Upos::Cconj | Upos::Det | Upos::Adp))
            {
                words.pop();
            }
            while words.len() > 1
                && words.first().is_some_and(|&word| matches!(syntax.upos(word), Upos::Adp | Upos::Cconj | Upos::Punct))
            {
                words.remove(0);
            }
            found.extend(syntax.cover(&words).map(|span| (kind, span)));
        }
    }
    found
}

/// What a noun of agreement binds to.
fn noun_kind(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "release" | "exchange" | "swap" | "handover" | "return" | "freeing" | "repatriation" => "exchange",
        "withdrawal" | "pullback" | "pullout" | "retreat" | "redeployment" | "disengagement" | "departure"
        | "pull-back" => "withdraw",
        "opening" | "reopening" | "passage" | "access" | "delivery" | "entry" | "corridor" | "aid" | "lifting"
        | "evacuation" => "corridor",
        "commission" | "committee" | "monitoring" | "mechanism" | "deployment" | "observer" | "monitor" | "patrol"
        | "centre" | "center" => "commission",
        "talk" | "talks" | "negotiation" | "dialogue" | "meeting" => "talks",
        "halt" | "end" | "cessation" | "suspension" | "stop" => "cease_fire",
        "disarmament" | "disarming" | "surrender" | "demobilisation" | "demobilization" | "restoration"
        | "reconstruction" | "payment" | "compensation" | "removal" | "dismantling" | "resumption" | "amnesty"
        | "buffer" | "zone" => "other",
        _ => return None,
    })
}

/// "On condition that Israel free two prisoners", "provided that troops leave the town".
fn conditions(syntax: Syntax<'_>, words: Range<u32>) -> Vec<u32> {
    let condition = |verb: u32| {
        let head = syntax.head(verb);
        let named = head.is_some_and(|head| matches!(syntax.lemma(head), "condition" | "proviso" | "understanding"));
        let provided =
            syntax.dependents(verb).iter().any(|&child| matches!(syntax.lemma(child), "provided" | "providing"));
        let behind = verb >= 3
            && (verb.saturating_sub(6)..verb)
                .any(|at| syntax.lemma(at) == "condition" && syntax.sentence(at) == syntax.sentence(verb))
            && syntax.dependents(verb).iter().any(|&child| syntax.lemma(child) == "that");
        named || provided || behind
    };
    words.filter(|&word| syntax.upos(word) == Upos::Verb && condition(word)).collect()
}

/// Whether a sentence tells what was agreed.
fn names_deal(syntax: Syntax<'_>, mut words: Range<u32>) -> bool {
    words.any(|word| is_name(syntax, word) || DEALS.contains(&syntax.lemma(word)) && syntax.upos(word) == Upos::Noun)
}

/// Clauses of a sentence that bind: "will withdraw", "are to stay in their camps", "may return", "would be posted between them".
fn modal_clauses(reading: &Reading<'_>, syntax: Syntax<'_>, parties: &[ActorId], sentence: u32) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for verb in syntax.words_of(sentence).filter(|&verb| syntax.upos(verb) == Upos::Verb) {
        let modal =
            syntax.auxiliaries(verb).iter().any(|&aux| matches!(aux, "will" | "would" | "shall" | "must" | "may"));
        let main = matches!(
            syntax.deprel(verb),
            Deprel::Root | Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp | Deprel::Xcomp
        );
        let claim = reading.innermost_claim(syntax.span(verb)).map(|claim| &reading.claims[claim]);
        let told = claim.is_none_or(|claim| {
            matches!(claim.stance, Stance::Assert | Stance::Confirm | Stance::Order | Stance::Pledge)
        });
        let quoted = claim.is_some_and(|claim| {
            claim.content.first().is_some_and(|span| span.of(&reading.document.text).starts_with(['“', '"']))
        });
        // Somebody else's plans are no terms; what is done to nobody's account is.
        let agent = syntax.agent(verb).and_then(|agent| reading.actors.at(agent));
        let ours = agent.is_none_or(|actor| is_of(reading, parties, actor) || is_affected(reading, actor))
            || syntax.is_passive(verb);
        let seems = syntax.head(verb).is_some_and(|head| matches!(syntax.lemma(head), "appear" | "seem"));
        let ahead = (modal || is_ahead(syntax, verb) || is_bare(syntax, verb)) && !seems;
        let speaker = syntax
            .subject(verb)
            .is_some_and(|subject| matches!(syntax.form(subject).to_lowercase().as_str(), "he" | "she" | "i" | "we"));
        if ahead
            && main
            && told
            && ours
            && !quoted
            && !speaker
            && !reading.is_speech(verb)
            && !BINDING.contains(&syntax.lemma(verb))
        {
            found.push(verb);
        }
    }
    found
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

/// Bare verbs of a list behind a verb: "to free all prisoners, remove checkpoints and set up a patrol".
fn enumerated(syntax: Syntax<'_>, verb: u32) -> Vec<u32> {
    let end = syntax.words_of(syntax.sentence(verb)).end;
    let bare = |&word: &u32| {
        let opens = matches!(syntax.upos(word - 1), Upos::Cconj) || syntax.form(word - 1) == ",";
        let own = syntax
            .dependent(word, &[Deprel::Nsubj, Deprel::NsubjPass])
            .is_some_and(|subject| subject < word && subject > verb);
        syntax.upos(word) == Upos::Verb && syntax.form(word) == syntax.lemma(word) && opens && !own
    };
    (verb + 1..end).filter(bare).collect()
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
