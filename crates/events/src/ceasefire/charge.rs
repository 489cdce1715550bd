//! What one party tells of another one behind the beginning of a ceasefire where no violence is told: "soldiers had landed by helicopter",
//! "the rebels had tried to infiltrate the market".

use super::breach::is_one_side;
use super::moment::{Moment, moment};
use super::violation::{Truce, is_recent};
use super::*;
use crate::contradiction::{Side, sides};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;

/// What a party may do and keep a ceasefire.
const PEACEFUL: &[&str] = &[
    "agree",
    "sign",
    "release",
    "free",
    "withdraw",
    "leave",
    "accept",
    "observe",
    "respect",
    "promise",
    "return",
    "hold",
    "keep",
    "stop",
    "honour",
    "honor",
    "comply",
    "pull",
    "know",
    "welcome",
    "receive",
    "deliver",
    "want",
    "need",
    "have",
    "be",
    "hand",
    "open",
    "allow",
    "let",
    "help",
    "suspend",
    "halt",
    "cease",
    "end",
    "meet",
    "talk",
    "lose",
    "suffer",
    "die",
    "survive",
    "flee",
    "hope",
    "believe",
    "think",
    "understand",
    "undertake",
    "pledge",
    "commit",
    "exchange",
    "deny",
    "begin",
    "start",
    "continue",
    "declare",
    "announce",
];

/// Breaches that claims tell without a deed that is coded.
pub(super) fn charges(reading: &Reading<'_>, truce: &Truce<'_>, found: &[Violation]) -> Vec<Violation> {
    let syntax = reading.syntax();
    let first = truce.group.mentions.first().map_or(0, |mention| syntax.sentence(mention.word));
    let mut charged = Vec::new();
    for (index, claim) in reading.claims.iter().enumerate() {
        let tells = matches!(claim.stance, Stance::Accuse | Stance::Assert);
        let Some(teller) = claim.claimant.filter(|_| tells && !truce.group.background) else { continue };
        let speaks = is_party_of(reading, truce.parties, teller);
        let known = found.iter().any(|violation| violation.claim == Some(index));
        if !speaks
            || known
            || syntax.sentence(claim.cue_word) < first
            || !reading.is_coded(syntax.sentence(claim.cue_word))
        {
            continue;
        }
        let words: Vec<u32> = claim.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
        let charge = words.iter().copied().find_map(|verb| {
            let own = reading.innermost_claim(syntax.span(verb)) == Some(index);
            let doer = doer(reading, syntax, verb).filter(|&doer| !is_one_side(reading, teller, doer))?;
            let told = own && is_deed(reading, syntax, verb) && is_party_of(reading, truce.parties, doer);
            let behind = match moment(reading, syntax, verb, None, truce.effective) {
                Moment::Within => true,
                Moment::After => is_recent(reading, truce.effective),
                Moment::Before | Moment::Untold => false,
            };
            (told && behind).then_some((verb, doer))
        });
        let Some((verb, doer)) = charge else { continue };
        let clause: Vec<u32> =
            syntax.analysis.subtree(verb).into_iter().filter(|&word| claim.covers(syntax.span(word))).collect();
        let span = syntax.cover(&clause).unwrap_or_else(|| syntax.span(verb));
        charged.push(Violation { span, claim: Some(index), event: None, against: Some(doer), teller: None });
    }
    charged
}

fn is_party_of(reading: &Reading<'_>, parties: &[ActorId], actor: ActorId) -> bool {
    let fights = sides(reading, actor).iter().any(Side::is_party);
    let country = reading.actors.all[actor].country.as_deref();
    fights
        && parties.iter().any(|&party| {
            is_one_side(reading, party, actor)
                || country.is_some() && reading.actors.all[party].country.as_deref() == country
        })
}

fn doer(reading: &Reading<'_>, syntax: Syntax<'_>, verb: u32) -> Option<ActorId> {
    let agent = syntax.agent(verb).filter(|&agent| syntax.upos(verb) == Upos::Verb && agent != verb)?;
    reading.actors.of_phrase(syntax, agent).first().map(|&(actor, _)| actor)
}

/// A verb in the past that is told as done and may break a ceasefire.
fn is_deed(reading: &Reading<'_>, syntax: Syntax<'_>, verb: u32) -> bool {
    let modal = syntax
        .auxiliaries(verb)
        .iter()
        .any(|&aux| matches!(aux, "will" | "would" | "may" | "might" | "could" | "should" | "must" | "can" | "shall"));
    syntax.upos(verb) == Upos::Verb
        && matches!(syntax.deprel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Advcl)
        && !PEACEFUL.contains(&syntax.lemma(verb))
        && !reading.is_speech(verb)
        && !modal
        && !syntax.is_negated(verb)
        && !syntax.is_infinitive(verb)
        && !syntax.is_passive(verb)
}
