//! Words that say that a ceasefire was broken, and who is said to have broken it.

use super::agreement::is_paper;
use super::keeper::is_armed;
use super::mention::is_name;
use super::*;
use crate::contradiction::sides;
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;

/// Verbs whose object is broken by it.
const BREAKS: &[&str] = &[
    "violate",
    "breach",
    "break",
    "shatter",
    "ignore",
    "flout",
    "disregard",
    "contravene",
    "infringe",
    "defy",
    "rupture",
    "dishonour",
    "dishonor",
    "transgress",
    "betray",
];
const BREACHES: &[&str] = &["violation", "breach", "infringement", "infraction", "contravention", "transgression"];

/// Where somebody says that the ceasefire was broken: a word of breaking whose object or neighbor it is.
pub(super) fn breaches(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<u32> {
    (0..syntax.analysis.words.len() as u32)
        .filter(|&word| reading.is_coded(syntax.sentence(word)) && !syntax.is_negated(word) && is_breach(syntax, word))
        .collect()
}

fn is_breach(syntax: Syntax<'_>, word: u32) -> bool {
    let paper = |at: u32| is_paper(syntax, at) || PAUSES.contains(&syntax.lemma(at)) && syntax.upos(at) == Upos::Noun;
    match syntax.upos(word) {
        Upos::Noun if BREACHES.contains(&syntax.lemma(word)) => {
            let of: Vec<u32> = syntax
                .obliques(word)
                .iter()
                .filter(|oblique| matches!(oblique.preposition.as_str(), "of" | "to"))
                .map(|oblique| oblique.head)
                .collect();
            // "Violations of the airspace", "human rights violations" are others; "in breach of the deal" tells how a deed stands to it.
            let of_other = syntax.dependents(word).iter().any(|&child| {
                matches!(
                    syntax.lemma(child),
                    "right"
                        | "rights"
                        | "human"
                        | "humanitarian"
                        | "airspace"
                        | "law"
                        | "sanction"
                        | "sanctions"
                        | "border"
                        | "parole"
                )
            });
            !of_other && (of.is_empty() || of.iter().any(|&at| paper(at) || syntax.lemma(at) == "it"))
        }
        // "Trampling on the accord", "reneged on the deal".
        Upos::Verb if matches!(syntax.lemma(word), "trample" | "renege" | "cheat") => {
            syntax.obliques(word).iter().any(|oblique| paper(oblique.head))
        }
        // "Whoever breaks the deal forfeits two million": nobody has.
        Upos::Verb
            if syntax.subject(word).is_some_and(|subject| {
                matches!(syntax.lemma(subject), "whoever" | "anyone" | "anybody" | "nobody" | "those")
                    || syntax
                        .dependents(subject)
                        .iter()
                        .any(|&child| matches!(syntax.lemma(child), "any" | "no" | "whichever"))
            }) =>
        {
            false
        }
        Upos::Verb if BREAKS.contains(&syntax.lemma(word)) => syntax.patient(word).is_some_and(|object| {
            paper(object) || matches!(syntax.form(object), "it" | "It" | "them") && names_before(syntax, word)
        }),
        _ => false,
    }
}

/// Whether a ceasefire or its paper is named in the sentence or the one before it.
pub(super) fn names_before(syntax: Syntax<'_>, word: u32) -> bool {
    let sentence = syntax.sentence(word);
    (sentence.saturating_sub(1)..=sentence)
        .any(|at| syntax.words_of(at).any(|other| other < word && is_paper(syntax, other)))
}

/// Whether the title speaks of a breach: then all that follows may be one.
pub(super) fn title_breach(reading: &Reading<'_>, syntax: Syntax<'_>) -> Option<u32> {
    let first = (0..syntax.analysis.sentences.len() as u32).find(|&sentence| reading.is_coded(sentence))?;
    let breaks = |word: u32| {
        BREACHES.contains(&syntax.lemma(word))
            || BREAKS.contains(&syntax.lemma(word))
                && syntax.patient(word).is_some_and(|object| is_paper(syntax, object))
            || BREACH.contains(&syntax.lemma(word))
    };
    (0..first).any(|sentence| syntax.words_of(sentence).any(breaks)).then_some(first)
}

/// Whether somebody counts them: "1,924 violations in July alone".
pub(super) fn is_counted(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.upos(word) == Upos::Noun && syntax.dependent(word, &[Deprel::Nummod]).is_some()
}

/// Who is said to have broken it where no deed tells: whom the words of breaking name, else the doer of their clause.
pub(super) fn breaker(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, parties: &[ActorId]) -> Option<ActorId> {
    let actor = |at: u32| reading.actors.of_phrase(syntax, at).first().map(|&(actor, _)| actor);
    if syntax.upos(word) == Upos::Noun && syntax.preposition(word) == "in" {
        // "Drones had flown over the town in breach of the agreement."
        return syntax.agent(syntax.clause(word)).and_then(actor);
    }
    if syntax.upos(word) == Upos::Noun {
        let by = syntax
            .obliques(word)
            .into_iter()
            .find(|oblique| matches!(oblique.preposition.as_str(), "by" | "from"))
            .and_then(|oblique| actor(oblique.head));
        let own = || syntax.owner(word).and_then(actor);
        let adjective = || {
            let named = syntax.dependents(word).iter().find_map(|&child| Country::by_adjective(syntax.form(child)))?;
            parties.iter().copied().find(|&party| reading.actors.all[party].country.as_deref() == Some(named.iso3))
        };
        return by.or_else(own).or_else(adjective);
    }
    let subject = syntax.agent(word)?;
    // "It was Hezbollah that had broken it": the antecedent is the predicate.
    (!is_name(syntax, subject)).then(|| actor(subject)).flatten()
}

/// Who is accused in the sentence of a claim by the same mouth: "blamed the Taliban for the shots, which he called a breach".
pub(super) fn accused_beside(reading: &Reading<'_>, syntax: Syntax<'_>, claim: usize) -> Option<ActorId> {
    let sentence = syntax.sentence(reading.claims[claim].cue_word);
    let mut outer = Some(claim);
    while let Some(index) = outer {
        let row = &reading.claims[index];
        if row.stance == Stance::Accuse {
            return reading.accused(syntax, row).into_iter().next();
        }
        outer = row.via.filter(|&via| via != index);
    }
    reading
        .claims
        .iter()
        .filter(|row| {
            row.stance == Stance::Accuse && syntax.sentence(row.cue_word) == sentence && row.claimant.is_some()
        })
        .find(|row| row.claimant == reading.claims[claim].claimant)
        .and_then(|row| reading.accused(syntax, row).into_iter().next())
}

/// "Each accuses the other of having broken it."
pub(super) fn is_each_other(reading: &Reading<'_>, syntax: Syntax<'_>, claim: usize) -> bool {
    let claim = &reading.claims[claim];
    let mut words = claim.content.iter().flat_map(|&span| syntax.words_in(span));
    claim.stance == Stance::Accuse && words.any(|word| matches!(syntax.lemma(word), "other" | "another"))
}

/// Whether two actors stand for one side.
pub(super) fn is_one_side(reading: &Reading<'_>, one: ActorId, other: ActorId) -> bool {
    let own = sides(reading, one);
    one == other
        || sides(reading, other).iter().any(|side| side.is_party() && own.iter().any(|known| side.is_same(known)))
}

/// Whether two actors stand for one party of an agreement: where its parties are of one state, two arms or peoples of that state are two,
/// and nobody accuses himself.
pub(super) fn is_one_camp(
    reading: &Reading<'_>,
    parties: &[ActorId],
    one: ActorId,
    other: ActorId,
    accuses: bool,
) -> bool {
    if one == other
        || reading.actors.all[one].members.contains(&other)
        || reading.actors.all[other].members.contains(&one)
    {
        return true;
    }
    let country = |actor: ActorId| reading.actors.all[actor].country.as_deref();
    let domestic = parties.iter().all(|&party| country(party) == parties.first().and_then(|&first| country(first)));
    // A government and the rebels against it are two; two peoples of one land may share its code.
    let opposed = parties.len() == 2 && is_armed(reading, parties[0]) != is_armed(reading, parties[1]);
    if domestic && (!opposed || accuses) {
        return false;
    }
    is_one_side(reading, one, other)
}

/// "They killed eighteen attackers", "its men gave chase": whoever speaks tells of himself by a pronoun.
pub(super) fn is_own_deed(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    parties: &[ActorId],
    verb: u32,
    teller: Option<ActorId>,
) -> bool {
    let Some(subject) = syntax.agent(verb) else { return false };
    let pronoun = if syntax.upos(subject) == Upos::Pron
        && matches!(syntax.lemma(subject), "they" | "we" | "it" | "he" | "she" | "i")
    {
        Some(subject)
    } else {
        syntax.owner(subject).filter(|&owner| syntax.upos(owner) == Upos::Pron)
    };
    let Some(pronoun) = pronoun else { return false };
    // "Its rivals" are the others.
    let rivals = matches!(
        syntax.lemma(subject),
        "rival"
            | "opponent"
            | "enemy"
            | "foe"
            | "neighbour"
            | "neighbor"
            | "adversary"
            | "attacker"
            | "assailant"
            | "counterpart"
            | "partner"
    );
    if rivals {
        return false;
    }
    // "They are hiding fighters" in somebody's own words are the others.
    let quoted = reading.innermost_claim(syntax.span(verb)).is_some_and(|claim| {
        reading.claims[claim]
            .content
            .first()
            .is_some_and(|span| span.of(&reading.document.text).starts_with(['“', '"', '‘']))
    });
    if quoted {
        return matches!(syntax.lemma(pronoun), "we" | "our" | "my" | "i");
    }
    match (reading.actors.at(pronoun), teller) {
        (Some(actor), Some(teller)) => actor == teller || is_one_camp(reading, parties, actor, teller, false),
        _ => matches!(syntax.lemma(pronoun), "they" | "we" | "our" | "my" | "i") || pronoun != subject,
    }
}

/// "40 soldiers had perished", "1,120 people had been killed": a toll tells of no deed.
pub(super) fn is_toll(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    let harms = matches!(
        lemma,
        "kill"
            | "wound"
            | "injure"
            | "hurt"
            | "die"
            | "perish"
            | "lose"
            | "death"
            | "cost"
            | "claim"
            | "suffer"
            | "harm"
            | "maim"
            | "fall"
    );
    let by = syntax.is_passive(word) && syntax.agent(word).is_some();
    let bare = syntax.upos(word) == Upos::Noun
        || !by
            && (syntax.is_passive(word)
                || matches!(lemma, "die" | "perish" | "cost" | "claim" | "lose" | "suffer" | "fall"));
    harms && bare
}
