//! People harmed who are told of without a figure: a named person, "the mayor", "peasants".
//!
//! They are read from the tree: whom a verb of harm takes, whose murder a noun tells, whose body is found. A single person counts as
//! one, people in the plural as two or more. What a figure already counts is left to [`crate::harm`].

use crate::actors::{ActorKind, Actors};
use crate::harm::{Basis, HarmMention, is_armed_body, is_civilian, is_collective, is_person, serves};
use crate::harm_frames;
use crate::quantity::{Quantity, quantities};
use crate::syntax::Syntax;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::HarmKind;
use counterclaim_schema::{MentionKind, Span};
use counterclaim_text::Word;

/// Finds people harmed in the coded sentences of a report; `figures` are those that were counted. A part names its whole by its place in
/// `figures` followed by the result.
pub fn victims(
    syntax: Syntax<'_>,
    actors: &Actors,
    figures: &[HarmMention],
    is_coded: impl Fn(u32) -> bool,
) -> Vec<HarmMention> {
    let mut found: Vec<HarmMention> = Vec::new();
    for sentence in (0..syntax.analysis.sentences.len() as u32).filter(|&sentence| is_coded(sentence)) {
        for word in syntax.words_of(sentence) {
            let Some((kind, heads)) = harmed(syntax, word) else { continue };
            // A name beside flight is mostly no victim.
            if matches!(kind, HarmKind::Displaced | HarmKind::Surrendered) {
                continue;
            }
            for head in heads {
                if kind == HarmKind::Missing && !is_person(syntax.lemma(head)) || tells_of_it(syntax, head, word) {
                    continue;
                }
                let told = mention(syntax, actors, kind, head).filter(|told| !is_generic(syntax, word, told));
                let Some(told) = told else { continue };
                if is_new(syntax, head, &told, figures, &found) {
                    found.push(told);
                } else if kind == HarmKind::Killed {
                    // "The engineer, shot in the stomach, bled to death": who is hurt first and dies then is killed.
                    let hurt = found
                        .iter_mut()
                        .find(|known| known.kind == HarmKind::Injured && known.number.overlaps(told.number));
                    if let Some(hurt) = hurt {
                        hurt.kind = HarmKind::Killed;
                    }
                }
            }
        }
    }
    found.sort_by_key(|mention| mention.number);
    for sentence in (0..syntax.analysis.sentences.len() as u32).filter(|&sentence| is_coded(sentence)) {
        for told in among(syntax, sentence) {
            if is_new(syntax, told.word, &told, figures, &found) {
                found.push(told);
            }
        }
    }
    let wholes: Vec<HarmMention> = figures.iter().chain(&found).cloned().collect();
    for (index, whole) in wholes.iter().enumerate() {
        for head in included(syntax, whole) {
            let told = mention(syntax, actors, whole.kind, head).filter(|told| told.quantity.high == Some(1));
            if let Some(told) = told.filter(|told| is_new(syntax, head, told, figures, &found)) {
                found.push(HarmMention { part_of: Some(index), ..told });
            }
        }
        for name in listed(syntax, whole) {
            let part = HarmMention {
                quantity: unstated(name, Some(1), Some(1)),
                basis: Basis::Person,
                number: name,
                victims: Some(name),
                part_of: Some(index),
                is_total: false,
                word: syntax.words_in(name).start,
                ..whole.clone()
            };
            let own = index.checked_sub(figures.len());
            let known =
                found.iter_mut().enumerate().find(|(at, known)| Some(*at) != own && known.number.overlaps(name));
            match known.map(|(_, known)| known) {
                Some(known) => known.part_of = known.part_of.or(Some(index)),
                None => found.push(part),
            }
        }
    }
    found
}

/// "Among the injured are A, B and C": the names behind the verb.
fn among(syntax: Syntax<'_>, sentence: u32) -> Vec<HarmMention> {
    let words = syntax.words_of(sentence);
    let group = words.clone().find(|&word| {
        word > words.start + 1
            && matches!(syntax.lemma(word - 2), "among" | "of")
            && syntax.lemma(word - 1) == "the"
            && matches!(
                syntax.form(word).to_lowercase().as_str(),
                "dead" | "injured" | "wounded" | "victims" | "killed"
            )
    });
    let Some(group) = group else { return Vec::new() };
    let kind = match syntax.form(group).to_lowercase().as_str() {
        "injured" | "wounded" => HarmKind::Injured,
        _ => HarmKind::Killed,
    };
    let Some(verb) = (group + 1..words.end.min(group + 5)).find(|&word| syntax.lemma(word) == "be") else {
        return Vec::new();
    };
    let persons = syntax.analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person);
    let mut at = verb + 1;
    let mut found = Vec::new();
    for mention in persons {
        let name = syntax.words_in(mention.span);
        if name.start < at {
            continue;
        }
        if name.end > words.end || name.start - at > 10 {
            break;
        }
        at = name.end;
        found.push(HarmMention {
            kind,
            quantity: unstated(mention.span, Some(1), Some(1)),
            basis: Basis::Person,
            number: mention.span,
            victims: Some(mention.span),
            civilian: None,
            part_of: None,
            is_total: false,
            word: name.start,
        });
    }
    found
}

/// Whether nothing else counts the same words.
fn is_new(syntax: Syntax<'_>, head: u32, told: &HarmMention, figures: &[HarmMention], found: &[HarmMention]) -> bool {
    let span = syntax.span(head);
    !figures
        .iter()
        .chain(found)
        .any(|known| known.number.overlaps(told.number) || known.victims.is_some_and(|victims| victims.overlaps(span)))
}

/// "The man who spoke for them said only two had died": who tells of a death did not die of it, whatever the tree says.
fn tells_of_it(syntax: Syntax<'_>, head: u32, verb: u32) -> bool {
    let (head, verb) = (syntax.span(head), syntax.span(verb));
    syntax.analysis.attributions.iter().any(|attribution| {
        attribution.source.iter().any(|source| source.contains(head))
            && attribution.content.iter().any(|content| content.contains(verb))
            && !attribution.content.iter().any(|content| content.contains(head))
    })
}

/// "Journalists are being killed": what is always so is no harm of its own.
fn is_generic(syntax: Syntax<'_>, word: u32, told: &HarmMention) -> bool {
    // "It hurts him": what pains and harms in the present is no wound.
    let pains = matches!(syntax.lemma(word), "hurt" | "harm") && syntax.form(word).to_lowercase().ends_with('s');
    if pains && syntax.upos(word) == Upos::Verb {
        return true;
    }
    if told.basis != Basis::Plural || syntax.upos(word) != Upos::Verb {
        return false;
    }
    let verb = syntax.form(word).to_lowercase();
    let auxiliaries: Vec<String> = syntax
        .dependents(word)
        .iter()
        .filter(|&&child| matches!(syntax.deprel(child), Deprel::Aux | Deprel::AuxPass))
        .map(|&child| syntax.form(child).to_lowercase())
        .collect();
    if auxiliaries.is_empty() {
        return verb == syntax.lemma(word) && syntax.deprel(word) != Deprel::Acl || verb.ends_with('s');
    }
    let past =
        auxiliaries.iter().any(|form| matches!(form.as_str(), "was" | "were" | "had" | "has" | "have" | "having"));
    !past
}

/// "Five guests, including the bride's father": single persons by a noun among those counted.
fn included(syntax: Syntax<'_>, whole: &HarmMention) -> Vec<u32> {
    let several = whole.quantity.high.is_none_or(|high| high > 1) && whole.basis == Basis::Stated;
    let Some(victims) = whole.victims.filter(|_| several) else { return Vec::new() };
    let end = syntax.words_in(victims).end;
    let limit = syntax.words_of(syntax.sentence(whole.word)).end;
    let lead = (end..limit.min(end + 6)).find(|&word| {
        matches!(syntax.form(word).to_lowercase().as_str(), "including" | "among" | "includes" | "included")
    });
    let Some(lead) = lead else { return Vec::new() };
    let stop = (lead + 1..limit)
        .find(|&word| matches!(syntax.upos(word), Upos::Verb | Upos::Aux | Upos::Sconj) || syntax.form(word) == ";")
        .unwrap_or(limit);
    (lead + 1..stop.min(lead + 16))
        .filter(|&word| {
            syntax.upos(word) == Upos::Noun
                && is_person(syntax.lemma(word))
                && syntax.form(word).to_lowercase() == syntax.lemma(word)
                && !matches!(syntax.deprel(word), Deprel::NmodPoss | Deprel::Compound)
                && syntax
                    .dependents(word)
                    .iter()
                    .any(|&child| matches!(syntax.deprel(child), Deprel::Det | Deprel::NmodPoss) && child < word)
        })
        .collect()
}

/// Names that a figure or a group is told by: "three priests: A, B and C"; "two mayors, A and B,"; "including A".
fn listed(syntax: Syntax<'_>, whole: &HarmMention) -> Vec<Span> {
    let tells = matches!(whole.kind, HarmKind::Killed | HarmKind::Injured | HarmKind::Detained | HarmKind::Missing);
    let several = whole.quantity.high.is_none_or(|high| high > 1);
    let Some(victims) = whole.victims.filter(|_| tells && several && whole.basis != Basis::Person) else {
        return Vec::new();
    };
    let sentence = syntax.sentence(whole.word);
    let words = syntax.words_in(victims);
    let end = words.end;
    let limit = syntax.words_of(sentence).end;
    let colon = (end..limit).find(|&word| matches!(syntax.form(word), ":" | "--" | "—" | "–"));
    let persons = |from: u32, to: u32| -> Vec<Span> {
        let mentions = syntax.analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person);
        mentions
            .filter(|mention| {
                let words = syntax.words_in(mention.span);
                from <= words.start && words.end <= to
            })
            .map(|mention| mention.span)
            .collect()
    };
    // "Jesuits A, B and C": the names stand right behind the noun.
    let own = persons(words.start, limit).into_iter().next().filter(|name| {
        let first = syntax.words_in(*name).start;
        // "two of her DAS bodyguards": a name before the noun is no name of theirs
        let noun_follows = (syntax.words_in(*name).end..end).any(|word| is_person(syntax.lemma(word)));
        !noun_follows
            && (words.start + 1..=end).contains(&first)
            && syntax.form(first - 1).chars().all(char::is_alphanumeric)
            && syntax.upos(first - 1) != Upos::Adp
    });
    if let Some(colon) = colon.filter(|&colon| colon <= end + 8) {
        let closed = (colon + 1..limit).find(|&word| syntax.form(word) == syntax.form(colon)).unwrap_or(limit);
        let names = persons(colon + 1, closed);
        let leads = names.first().is_some_and(|name| syntax.words_in(*name).start <= colon + 6);
        return if leads && names.len() > 1 { names } else { Vec::new() };
    }
    let including = (end..limit.min(end + 12)).find(|&word| matches!(syntax.lemma(word), "include" | "among"));
    let from = match including {
        _ if own.is_some() => own.map_or(end, |name| syntax.words_in(name).start),
        Some(word) => word + 1,
        None if end < limit && syntax.form(end) == "," => end + 1,
        None => return Vec::new(),
    };
    let mut names: Vec<Span> = Vec::new();
    let mut at = from;
    for name in persons(from, limit) {
        let words = syntax.words_in(name);
        let between: Vec<u32> = (at..words.start).collect();
        let verbs = between.iter().any(|&word| matches!(syntax.upos(word), Upos::Verb | Upos::Aux | Upos::Sconj));
        if verbs || between.len() > 8 {
            break;
        }
        names.push(name);
        at = words.end;
    }
    let fits =
        including.is_some() || own.is_some() && names.len() > 1 || whole.quantity.low == Some(names.len() as u64);
    if fits { names } else { Vec::new() }
}

/// The kind of harm that a word tells and the heads of the phrases of those harmed.
fn harmed(syntax: Syntax<'_>, word: u32) -> Option<(HarmKind, Vec<u32>)> {
    if let Some(found) = identified(syntax, word).or_else(|| modified(syntax, word)) {
        return Some(found);
    }
    let (kind, heads) = told_by(syntax, word)?;
    if heads.is_empty() || is_unreal(syntax, word) {
        return None;
    }
    let more = listed_behind(syntax, word, &heads);
    Some((kind, heads.into_iter().chain(more).collect()))
}

/// What a verb, a noun or a state tells of whom, true or not.
fn told_by(syntax: Syntax<'_>, word: u32) -> Option<(HarmKind, Vec<u32>)> {
    let placed =
        |word: u32| harm_frames::of_place(syntax, word).map(|(kind, head)| (kind, with_joined(syntax, Some(head))));
    match syntax.upos(word) {
        Upos::Verb | Upos::Aux => of_verb(syntax, word),
        Upos::Noun | Upos::Propn => {
            of_noun(syntax, word).filter(|(_, heads)| !heads.is_empty()).or_else(|| placed(word))
        }
        Upos::Adj => of_state(syntax, word),
        Upos::Pron => placed(word),
        _ => None,
    }
}

/// Every word of a sentence that is the head of a phrase of those harmed, with the kind; `is_none` when nobody was: then a denied harm
/// counts.
pub(crate) fn heads_of_harm(syntax: Syntax<'_>, sentence: u32, is_none: bool) -> Vec<(HarmKind, u32)> {
    let mut found = Vec::new();
    for word in syntax.words_of(sentence) {
        let told = told_by(syntax, word)
            .or_else(|| {
                let (kind, head) = harm_frames::of_none(syntax, word).filter(|_| is_none)?;
                Some((kind, vec![head]))
            })
            .filter(|(_, heads)| !heads.is_empty());
        let Some((kind, heads)) = told else { continue };
        let negated = syntax.is_negated(word) && !is_unheard(syntax, word);
        let of_nobody = heads.iter().any(|&head| {
            matches!(syntax.lemma(head), "nobody" | "none")
                || syntax
                    .dependents(head)
                    .iter()
                    .any(|&child| syntax.lemma(child) == "no" || syntax.lemma(child) == "not")
        });
        if if is_none { !negated && !of_nobody } else { is_unreal(syntax, word) } {
            continue;
        }
        let more = listed_behind(syntax, word, &heads);
        found.extend(heads.into_iter().chain(more).map(|head| (kind, head)));
    }
    found
}

/// "The victims were A and B", "the dead men were identified as A and B".
fn identified(syntax: Syntax<'_>, word: u32) -> Option<(HarmKind, Vec<u32>)> {
    let group = |head: u32| match syntax.lemma(head) {
        "victim" | "dead" | "deceased" | "body" | "corpse" | "fatality" => Some(HarmKind::Killed),
        "injured" | "wounded" => Some(HarmKind::Injured),
        _ => syntax.dependents(head).iter().find_map(|&child| match syntax.lemma(child) {
            "dead" | "murdered" | "murder" | "slain" => Some(HarmKind::Killed),
            "wounded" | "injured" | "wound" | "injure" => Some(HarmKind::Injured),
            _ => None,
        }),
    };
    if syntax.lemma(word) == "identify" && syntax.upos(word) == Upos::Verb {
        let kind = group(syntax.patient(word)?)?;
        let named = syntax.obliques(word).into_iter().find(|oblique| oblique.preposition == "as")?.head;
        return Some((kind, syntax.coordination(named)));
    }
    if matches!(syntax.lemma(word), "include" | "comprise") && syntax.upos(word) == Upos::Verb {
        let kind = group(syntax.subject(word)?)?;
        return Some((kind, with_joined(syntax, syntax.dependent(word, &[Deprel::Obj]))));
    }
    let copula = syntax.dependent(word, &[Deprel::Cop])?;
    let subject = syntax.dependent(word, &[Deprel::Nsubj])?;
    let is_name = syntax.is_nominal(word) && person_at(syntax, word).is_some() && copula < word;
    let kind = group(subject).filter(|_| is_name)?;
    Some((kind, syntax.coordination(word)))
}

/// "The murdered priests", "the slain mayor": the noun behind a participle.
fn modified(syntax: Syntax<'_>, word: u32) -> Option<(HarmKind, Vec<u32>)> {
    if syntax.deprel(word) != Deprel::Amod || !matches!(syntax.upos(word), Upos::Adj | Upos::Verb) {
        return None;
    }
    let kind = match syntax.form(word).to_lowercase().as_str() {
        "murdered" | "slain" | "killed" | "assassinated" | "executed" | "massacred" => HarmKind::Killed,
        "kidnapped" | "abducted" | "arrested" | "detained" | "captured" => HarmKind::Detained,
        _ => return None,
    };
    let head = syntax.head(word).filter(|&head| head > word)?;
    Some((kind, vec![head]))
}

/// The rest of a list that the tree does not join: "the lives of a senator, a police officer and a judge". Only a list that ends with "and"
/// is one; appositions are none.
fn listed_behind(syntax: Syntax<'_>, verb: u32, heads: &[u32]) -> Vec<u32> {
    listed_things(syntax, verb, heads, |word| is_person(syntax.lemma(word)))
}

/// As [`listed_behind`], for nouns of any kind.
pub(crate) fn listed_things(syntax: Syntax<'_>, verb: u32, heads: &[u32], is_member: impl Fn(u32) -> bool) -> Vec<u32> {
    let limit = syntax.words_of(syntax.sentence(verb)).end;
    let Some(&first) = heads.first() else { return Vec::new() };
    let mut end = syntax.phrase_words(first).last().map_or(first, |&last| last.max(first)) + 1;
    let limit = if first < verb { limit.min(verb) } else { limit };
    let (mut found, mut closed) = (Vec::new(), 0);
    while found.len() < 12 {
        let mut at = end;
        if at < limit && matches!(syntax.form(at), "," | ";") {
            at += 1;
        }
        let and = at < limit && syntax.lemma(at) == "and";
        at += u32::from(and);
        if at == end {
            break;
        }
        let run = (at..limit).take_while(|&word| {
            matches!(syntax.upos(word), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
                || syntax.form(word) == "-"
        });
        let stop = at + run.count() as u32;
        let named = (at..stop).rev().find(|&word| person_at(syntax, word).is_some());
        let head = named.or_else(|| stop.checked_sub(1).filter(|&last| last >= at && is_member(last)));
        let Some(head) = head else { break };
        let subject = matches!(syntax.deprel(head), Deprel::Nsubj | Deprel::NsubjPass);
        let begins_clause = stop < limit
            && matches!(syntax.upos(stop), Upos::Verb | Upos::Aux)
            && (syntax.upos(verb) == Upos::Verb || subject);
        if begins_clause {
            break;
        }
        // "the mayor, his wife and a nurse": an owned relative is no apposition.
        let owned = matches!(syntax.lemma(at), "his" | "her" | "their");
        if (owned || syntax.deprel(head) != Deprel::Appos) && !heads.contains(&head) {
            found.push(head);
        }
        end = stop;
        if and {
            closed = found.len();
        }
    }
    found.truncate(closed);
    found
}

pub(crate) fn with_joined(syntax: Syntax<'_>, head: Option<u32>) -> Vec<u32> {
    head.map(|head| syntax.coordination(head)).unwrap_or_default()
}

/// "Gunmen killed the mayor", "the priests were shot dead", "the girl died".
fn of_verb(syntax: Syntax<'_>, verb: u32) -> Option<(HarmKind, Vec<u32>)> {
    let (kind, head) = harm_frames::of_verb(syntax, verb)?;
    let mut heads = with_joined(syntax, Some(head));
    // "A contractor vanished with two of his foremen"
    if matches!(kind, HarmKind::Killed | HarmKind::Missing)
        && syntax.subject(verb) == Some(head)
        && !syntax.is_passive(verb)
    {
        let along = syntax.obliques(verb).into_iter().filter(|oblique| {
            matches!(oblique.preposition.as_str(), "with" | "together with" | "along with" | "alongside")
        });
        heads.extend(
            along
                .map(|oblique| oblique.head)
                .filter(|&head| is_person(syntax.lemma(head)) || syntax.upos(head) == Upos::Num),
        );
    }
    Some((kind, heads))
}

/// "the murder of the bishop", "Ruiz's assassination", "the bodies of the miners".
fn of_noun(syntax: Syntax<'_>, noun: u32) -> Option<(HarmKind, Vec<u32>)> {
    let kind = match syntax.lemma(noun) {
        "murder" | "killing" | "assassination" | "death" | "execution" | "slaying" | "massacre" | "slaughter"
        | "beheading" | "lynching" => HarmKind::Killed,
        "body" | "corpse" | "remains" => HarmKind::Killed,
        "life" => {
            let claims = syntax.head(noun).is_some_and(|head| {
                matches!(syntax.lemma(head), "claim" | "cost" | "take" | "lose" | "end" | "consume" | "extinguish")
            });
            claims.then_some(HarmKind::Killed)?
        }
        "wounding" | "maiming" | "injuring" => HarmKind::Injured,
        "kidnapping" | "abduction" | "arrest" | "detention" | "capture" | "seizure" | "jailing" => HarmKind::Detained,
        // "burns on 26 people", "bullets out of the legs of five boys"
        "wound" | "burn" | "injury" | "fracture" => {
            let whom = syntax.obliques(noun).into_iter().find(|oblique| {
                matches!(oblique.preposition.as_str(), "to" | "on" | "of" | "in")
                    && is_person(syntax.lemma(oblique.head))
            })?;
            return Some((HarmKind::Injured, with_joined(syntax, Some(whom.head))));
        }
        "leg" | "arm" | "thigh" | "foot" | "hand" | "shoulder" | "back" | "chest" => {
            let words = syntax.words_of(syntax.sentence(noun));
            let shot = words
                .into_iter()
                .any(|word| matches!(syntax.lemma(word), "bullet" | "shrapnel" | "pellet" | "splinter"));
            let of = syntax.obliques(noun).into_iter().find(|oblique| oblique.preposition == "of" && shot)?;
            return Some((HarmKind::Injured, with_joined(syntax, Some(of.head))));
        }
        // "The fate of eleven sailors is unknown", "no trace of the two"
        "fate" | "whereabouts" | "word" | "trace" | "sign" | "news" => {
            let words = syntax.words_of(syntax.sentence(noun));
            let unknown = if matches!(syntax.lemma(noun), "fate" | "whereabouts") {
                words
                    .into_iter()
                    .any(|word| matches!(syntax.lemma(word), "unknown" | "unclear" | "uncertain" | "mystery"))
            } else {
                syntax.dependents(noun).iter().any(|&child| syntax.lemma(child) == "no")
            };
            let of = syntax.obliques(noun).into_iter().find(|oblique| {
                unknown
                    && matches!(oblique.preposition.as_str(), "of" | "from")
                    && is_person(syntax.lemma(oblique.head))
            })?;
            return Some((HarmKind::Missing, with_joined(syntax, Some(of.head))));
        }
        // "A colonel and a schoolgirl were the first victims"
        "victim" | "fatality" => {
            syntax.dependent(noun, &[Deprel::Cop])?;
            let subject = syntax.dependent(noun, &[Deprel::Nsubj])?;
            return Some((HarmKind::Killed, with_joined(syntax, Some(subject))));
        }
        _ => return None,
    };
    let of = syntax.obliques(noun).into_iter().find(|oblique| oblique.preposition == "of").map(|oblique| oblique.head);
    let named = |child: &u32| {
        matches!(syntax.deprel(*child), Deprel::Compound | Deprel::NmodUnmarked | Deprel::Nmod)
            && syntax.preposition(*child).is_empty()
            && person_at(syntax, *child).is_some()
    };
    let head = of.or_else(|| syntax.owner(noun)).or_else(|| syntax.dependents(noun).iter().copied().find(named));
    Some((kind, with_joined(syntax, head)))
}

/// "the driver is dead", "left the guard wounded".
fn of_state(syntax: Syntax<'_>, word: u32) -> Option<(HarmKind, Vec<u32>)> {
    let kind = match syntax.lemma(word) {
        "dead" => HarmKind::Killed,
        "wounded" | "injured" => HarmKind::Injured,
        _ => return None,
    };
    if let Some(subject) = syntax.dependent(word, &[Deprel::Nsubj, Deprel::NsubjPass]) {
        return Some((kind, with_joined(syntax, Some(subject))));
    }
    let head = syntax.head(word)?;
    let carries = matches!(syntax.lemma(head), "leave" | "find" | "turn");
    (syntax.deprel(word) == Deprel::Xcomp && carries).then(|| (kind, with_joined(syntax, syntax.patient(head))))
}

/// "Have not been heard from": the denial is the harm.
fn is_unheard(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.lemma(word), "word" | "trace" | "sign" | "news" | "fate" | "whereabouts")
        || syntax.lemma(word) == "survive" && harm_frames::of_verb(syntax, word).is_some()
        || harm_frames::of_verb(syntax, word).is_some_and(|(kind, _)| kind == HarmKind::Missing)
            && matches!(
                syntax.lemma(word),
                "hear" | "see" | "find" | "account" | "trace" | "locate" | "return" | "reappear" | "resurface"
            )
}

/// Harm that is wished, feared, planned, asked about or denied is none.
pub(crate) fn is_unreal(syntax: Syntax<'_>, word: u32) -> bool {
    const MODALS: &[&str] = &["could", "might", "may", "would", "should", "will", "can", "must", "shall", "’ll", "'ll"];
    if syntax.is_negated(word) && !is_unheard(syntax, word) {
        return true;
    }
    let joined =
        syntax.head(word).filter(|&head| syntax.deprel(word) == Deprel::Conj && syntax.upos(head) == Upos::Verb);
    if joined.is_some_and(|head| head < word && is_unreal(syntax, head)) {
        return true;
    }
    let auxiliaries = syntax.auxiliaries(word);
    if auxiliaries.iter().any(|lemma| MODALS.contains(lemma)) || is_missed(syntax, word) || is_unfounded(syntax, word) {
        return true;
    }
    if syntax.upos(word) == Upos::Verb {
        let marked = |child: &u32| {
            syntax.deprel(*child) == Deprel::Mark && matches!(syntax.lemma(*child), "if" | "unless" | "lest")
        };
        let bare_infinitive = syntax.is_infinitive(word) && !auxiliaries.contains(&"have");
        let managed = syntax.head(word).is_some_and(|head| {
            matches!(
                syntax.lemma(head),
                "manage"
                    | "succeed"
                    | "go"
                    | "begin"
                    | "start"
                    | "continue"
                    | "force"
                    | "compel"
                    | "come"
                    | "say"
                    | "report"
                    | "allege"
                    | "believe"
                    | "think"
                    | "know"
                    | "claim"
                    | "understand"
                    | "rumour"
                    | "rumor"
                    | "presume"
                    | "suspect"
                    | "reckon"
                    | "seem"
                    | "appear"
            ) && !is_unreal(syntax, head)
                || syntax.lemma(head) == "have" && syntax.form(head) == "had"
        });
        return syntax.dependents(word).iter().any(marked) || bare_infinitive && !managed;
    }
    let unreal = |lemma: &str| {
        matches!(
            lemma,
            "attempt"
                | "attempted"
                | "plot"
                | "plan"
                | "threat"
                | "threaten"
                | "conspire"
                | "foil"
                | "prevent"
                | "avoid"
                | "try"
                | "fail"
                | "failed"
                | "possible"
        )
    };
    let head = syntax
        .head(word)
        .filter(|_| matches!(syntax.deprel(word), Deprel::Compound | Deprel::Obj | Deprel::Obl | Deprel::Nmod));
    head.is_some_and(|head| unreal(syntax.lemma(head)))
        || syntax.dependents(word).iter().any(|&child| {
            matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound) && unreal(syntax.lemma(child))
        })
}

/// "Was almost killed", "narrowly escaped death": harm that came near.
fn is_missed(syntax: Syntax<'_>, word: u32) -> bool {
    let near = |word: u32| matches!(syntax.lemma(word), "almost" | "nearly" | "narrowly");
    let verb = syntax.upos(word) == Upos::Verb;
    verb && (syntax.dependents(word).iter().any(|&child| child < word && near(child))
        || word > syntax.words_of(syntax.sentence(word)).start && near(word - 1))
}

/// "The report that the envoy was hurt is unfounded": what a predicate calls false.
fn is_unfounded(syntax: Syntax<'_>, word: u32) -> bool {
    const FALSE: &[&str] = &["unfounded", "false", "untrue", "baseless", "groundless", "fabricated", "fictitious"];
    let clause = syntax.clause(word);
    let Some(report) = syntax.head(clause) else { return false };
    let told = matches!(syntax.deprel(clause), Deprel::Acl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Csubj);
    told && (FALSE.contains(&syntax.lemma(report))
        || syntax.head(report).is_some_and(|above| FALSE.contains(&syntax.lemma(above)))
        || syntax
            .dependents(report)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Amod && FALSE.contains(&syntax.lemma(child))))
}

/// The named person whose name a word belongs to.
fn person_at(syntax: Syntax<'_>, word: u32) -> Option<Span> {
    let span = syntax.span(word);
    let mentions = syntax.analysis.mentions.iter();
    mentions
        .filter(|mention| mention.kind == MentionKind::Person)
        .find(|mention| mention.span.overlaps(span))
        .map(|mention| mention.span)
}

/// Whether a word belongs to the name of anything but a person.
fn is_other_name(syntax: Syntax<'_>, word: u32) -> bool {
    let span = syntax.span(word);
    syntax.analysis.mentions.iter().any(|mention| {
        matches!(mention.kind, MentionKind::Organization | MentionKind::Place | MentionKind::Facility)
            && mention.span.overlaps(span)
    })
}

/// One person, several people or a figure that the tree alone reaches.
fn mention(syntax: Syntax<'_>, actors: &Actors, kind: HarmKind, head: u32) -> Option<HarmMention> {
    if syntax.upos(head) == Upos::Pron {
        return meant(syntax, actors, kind, head);
    }
    if syntax.upos(head) == Upos::Num {
        return None;
    }
    let words = syntax.phrase_words(head);
    let near: Vec<u32> = words.iter().copied().filter(|&word| word <= head).collect();
    let phrase = syntax.cover(&words)?;
    let lemma = syntax.lemma(head);
    // "The colonel's wife, Ana Lopez": the name and the trade of whose wife she is are not hers.
    let owners: Vec<u32> = syntax
        .dependents(head)
        .iter()
        .filter(|&&child| syntax.deprel(child) == Deprel::NmodPoss)
        .flat_map(|&child| syntax.analysis.subtree(child))
        .collect();
    let words: Vec<u32> = words.into_iter().filter(|word| !owners.contains(word)).collect();
    let name = words.iter().find_map(|&word| {
        let own = word == head || matches!(syntax.deprel(word), Deprel::Flat | Deprel::Compound | Deprel::Appos);
        person_at(syntax, word).filter(|_| own && syntax.deprel(word) != Deprel::NmodPoss)
    });
    // "journalist A. Name": the name right behind the noun.
    let behind = syntax.analysis.mentions.iter().find(|mention| {
        mention.kind == MentionKind::Person
            && mention.span.start > phrase.end
            && syntax.text[phrase.end()..mention.span.start()].trim().is_empty()
    });
    let name = name.or_else(|| behind.map(|mention| mention.span));
    let phrase = behind.map_or(phrase, |mention| phrase.to(mention.span));
    let common = is_person(lemma);
    // "Five followers of Commander Tata had died": whose they were did not die with them.
    let first = *near.first()?;
    let owned = first > syntax.words_of(syntax.sentence(head)).start && syntax.form(first - 1) == "of";
    if !common && owned && name.is_some() {
        return None;
    }
    if !common && (name.is_none() || is_other_name(syntax, head)) {
        return None;
    }
    let denied = |&child: &u32| {
        matches!(syntax.lemma(child), "no" | "any" | "each" | "every" | "neither" | "what" | "which")
            && matches!(syntax.deprel(child), Deprel::Det | Deprel::Advmod | Deprel::Cc)
    };
    // "Neither the envoy nor his wife"
    let nor = |&child: &u32| syntax.lemma(child) == "nor" && child < head;
    if syntax.dependents(head).iter().any(denied) || syntax.dependents(head).iter().any(nor) {
        return None;
    }
    let lower = syntax.form(head).to_lowercase();
    let men = lower.ends_with("men") && lower != "specimen";
    let plural = men
        || common && (lower != lemma || is_collective(lemma)) && lower.ends_with(['s', 'n', 'e', 'w', 'l', 'f', 'y']);
    // "The people" are a nation as often as victims.
    let plain =
        |&child: &u32| matches!(syntax.deprel(child), Deprel::Det | Deprel::Amod | Deprel::NmodPoss | Deprel::Compound);
    let nation = lower == "people"
        && matches!(
            syntax.dependent(head, &[Deprel::Det, Deprel::NmodPoss]).map(|det| syntax.lemma(det)),
            Some("the" | "our" | "their" | "its" | "his")
        )
        && syntax.dependents(head).iter().filter(|child| syntax.deprel(**child) != Deprel::Case).all(plain);
    if nation || lemma == "population" {
        return None;
    }
    let counted = counted(syntax, head);
    let (quantity, basis, number) = match counted {
        Some(quantity) => (quantity, Basis::Stated, quantity.span),
        None if plural => (unstated(phrase, Some(2), None), Basis::Plural, phrase),
        None => (unstated(phrase, Some(1), Some(1)), Basis::Person, name.unwrap_or(phrase)),
    };
    let modified = near.iter().any(|&word| syntax.lemma(word) == "civilian");
    let side = words.iter().rev().find_map(|&word| is_civilian(syntax.lemma(word)));
    let fights = words.iter().any(|&word| is_armed_body(syntax.lemma(word))) && serves(lemma);
    Some(HarmMention {
        kind,
        quantity,
        basis,
        number,
        victims: Some(phrase),
        civilian: if modified { Some(true) } else { side.or(fights.then_some(false)) },
        part_of: None,
        is_total: false,
        word: first,
    })
}

/// The single person whom a pronoun means.
fn meant(syntax: Syntax<'_>, actors: &Actors, kind: HarmKind, pronoun: u32) -> Option<HarmMention> {
    if !matches!(syntax.lemma(pronoun), "he" | "she" | "him" | "her") {
        return None;
    }
    let actor = &actors.all[actors.at(pronoun)?];
    let number = syntax.span(pronoun);
    let named = actor.mentions.iter().copied().rfind(|span| {
        span.end <= number.start
            && syntax
                .analysis
                .mentions
                .iter()
                .any(|mention| mention.kind == MentionKind::Person && mention.span.overlaps(*span))
    })?;
    (actor.kind == ActorKind::Person).then(|| HarmMention {
        kind,
        quantity: unstated(number, Some(1), Some(1)),
        basis: Basis::Person,
        number,
        victims: Some(named),
        civilian: None,
        part_of: None,
        is_total: false,
        word: pronoun,
    })
}

fn unstated(span: Span, low: Option<u64>, high: Option<u64>) -> Quantity {
    Quantity { span, low, high, approximate: false, first: 0, end: 0 }
}

/// The figure that counts a noun.
pub(crate) fn counted(syntax: Syntax<'_>, head: u32) -> Option<Quantity> {
    let number = syntax.dependents(head).iter().copied().find(|&child| {
        syntax.deprel(child) == Deprel::Nummod && !(child > 0 && matches!(syntax.lemma(child - 1), "aged" | "age"))
            || matches!(syntax.lemma(child), "several" | "many" | "both") && child < head
    })?;
    let sentence = syntax.words_of(syntax.sentence(head));
    let words: Vec<Word> = sentence.clone().map(|word| Word { span: syntax.span(word) }).collect();
    let at = (number - sentence.start) as usize;
    quantities(syntax.text, &words).into_iter().find(|quantity| (quantity.first..quantity.end).contains(&at))
}
