//! What one party tells of another one behind the beginning of a ceasefire where no violence is told: "soldiers had landed by helicopter",
//! "the rebels had tried to infiltrate the market".

use super::breach::is_one_side;
use super::moment::{Moment, moment};
use super::violation::{Truce, is_old, is_recent};
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

        let accuses = claim.stance == Stance::Accuse;
        let sentence = syntax.sentence(claim.cue_word);
        // Behind the terms a report tells what became of them, whoever speaks; an answer to a charge is none.
        let after = is_aftermath(reading, syntax, truce, sentence) && !answers(syntax, claim.cue_word);
        let speaks = accuses || after || is_party_of(reading, truce.parties, teller);
        if !speaks || !reading.is_coded(sentence) || sentence + 3 < first {
            continue;
        }
        let accused = reading.accused(syntax, claim).into_iter().find(|&accused| !is_one_side(reading, teller, accused));
        let words: Vec<u32> = claim.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
        for &verb in &words {
            let known = found.iter().chain(&charged).any(|known: &Violation| known.span.contains(syntax.span(verb)));
            let own = reading.innermost_claim(syntax.span(verb)) == Some(index);
            if known || !own || !is_deed(reading, syntax, verb, accuses) {
                continue;
            }
            let agent = doer(reading, syntax, verb).filter(|&doer| doer != teller);
            let named = agent.filter(|&doer| !is_one_side(reading, teller, doer) && is_party_of(reading, truce.parties, doer));
            // The teller's own deeds, and those of somebody who is no party, are none.
            let own_deed = agent.is_some_and(|doer| is_one_side(reading, teller, doer));
            if agent.is_some() && named.is_none() && !(accuses && accused.is_some()) && (own_deed || !after) {
                continue;
            }
            let against = named.or(accused).or(agent).or_else(|| other(reading, truce.parties, teller));
            if against.is_none() && !after {
                continue;
            }
            let behind = match moment(reading, syntax, verb, None, truce.effective) {
                Moment::Within => true,
                Moment::After => is_recent(reading, truce.effective),
                Moment::Untold => {
                    is_old(reading, truce.effective)
                        && is_recent(reading, truce.effective)
                        && (accuses || after || is_contrary(syntax, verb))
                        && !is_remote(reading, verb)
                }
                Moment::Before => false,
            };
            if !behind {
                continue;
            }
            let clause: Vec<u32> = syntax
                .analysis
                .subtree(verb)
                .into_iter()
                .filter(|&word| claim.covers(syntax.span(word)) && syntax.sentence(word) == syntax.sentence(verb))
                .collect();
            let span = syntax.cover(&clause).unwrap_or_else(|| syntax.span(verb));
            charged.push(Violation { span, claim: Some(index), event: None, against, teller: None });
            // One clause of a claim tells it; a second one needs a time of its own.
            if !accuses {
                break;
            }
        }
    }
    charged.extend(unkept(reading, truce, found));
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

/// Whether a sentence stands right behind the terms: in the rest of their paragraph or in the next one.
fn is_aftermath(reading: &Reading<'_>, syntax: Syntax<'_>, truce: &Truce<'_>, sentence: u32) -> bool {
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let last = truce.terms.iter().filter_map(|term| syntax.words_in(*term).next()).map(|word| syntax.sentence(word)).max();
    let Some(last) = last.filter(|_| truce.terms.len() >= 2) else { return false };
    let next = (last..syntax.analysis.sentences.len() as u32).find(|&at| reading.is_coded(at) && block(at) != block(last));
    sentence > last && (block(sentence) == block(last) || next.is_some_and(|next| block(next) == block(sentence)))
}

/// "Countered", "in reply", "explained", "retorted": an answer to what was charged.
fn answers(syntax: Syntax<'_>, cue: u32) -> bool {
    matches!(
        syntax.lemma(cue),
        "reply" | "answer" | "respond" | "counter" | "retort" | "rejoin" | "explain" | "insist" | "protest" | "deny" | "swear" | "quip"
            | "scoff" | "response" | "maintain" | "concede" | "admit" | "acknowledge" | "clarify" | "rebut" | "assure" | "sneer"
    )
}

/// "Only 17 have been let out", "phones are still dead": what was agreed and has not come about, told by the reporter right behind the terms.
fn unkept(reading: &Reading<'_>, truce: &Truce<'_>, found: &[Violation]) -> Vec<Violation> {
    let syntax = reading.syntax();
    let mut told = Vec::new();
    for verb in 0..syntax.analysis.words.len() as u32 {
        let sentence = syntax.sentence(verb);
        let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Conj | Deprel::Parataxis);
        let clausal = syntax.upos(verb) == Upos::Verb || syntax.dependent(verb, &[Deprel::Cop]).is_some();
        let perfect = syntax.auxiliaries(verb).contains(&"have");
        let only = perfect
            && syntax.subject(verb).is_some_and(|subject| {
                syntax.words_of(sentence).take_while(|&at| at <= subject).any(|at| matches!(syntax.lemma(at), "only" | "barely" | "just" | "none"))
            });
        let still = syntax.dependents(verb).iter().any(|&child| syntax.lemma(child) == "still");
        if !main
            || !clausal
            || !(only || still || perfect && syntax.is_negated(verb))
            || !reading.is_coded(sentence)
            || reading.innermost_claim(syntax.span(verb)).is_some()
            || reading.claims.iter().any(|claim| claim.cue_word == verb)
            || found.iter().any(|known| known.span.contains(syntax.span(verb)))
            || !is_aftermath(reading, syntax, truce, sentence)
            || syntax.subject(verb).is_none_or(|subject| matches!(syntax.upos(subject), Upos::Pron))
        {
            continue;
        }
        let words: Vec<u32> =
            syntax.analysis.subtree(verb).into_iter().filter(|&word| syntax.sentence(word) == sentence).collect();
        let span = syntax.cover(&words).unwrap_or_else(|| syntax.span(verb));
        told.push(Violation { span, claim: None, event: None, against: None, teller: None });
    }
    told
}

/// The party that a teller is not, where they are two.
fn other(reading: &Reading<'_>, parties: &[ActorId], teller: ActorId) -> Option<ActorId> {
    let own = parties.iter().any(|&party| is_one_side(reading, party, teller));
    parties.iter().copied().find(|&party| !is_one_side(reading, party, teller)).filter(|_| own && parties.len() == 2)
}

/// "Were still parked above the intake", "was back beside the bridge", "has not surrendered a single gun", "handed in no weapon": what was
/// agreed has not come about.
fn is_contrary(syntax: Syntax<'_>, verb: u32) -> bool {
    let still = syntax.dependents(verb).iter().any(|&child| {
        matches!(syntax.lemma(child), "still" | "yet" | "back" | "again" | "remain" | "never") && syntax.upos(child) != Upos::Verb
    });
    let fails = syntax.is_negated(verb) && syntax.auxiliaries(verb).contains(&"have")
        || syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
            syntax.dependents(object).iter().any(|&child| matches!(syntax.lemma(child), "no" | "none"))
        });
    still || fails
}

/// Whether the sentence tells of another year.
fn is_remote(reading: &Reading<'_>, verb: u32) -> bool {
    crate::status::scope(reading, verb, &[], true).0 == Scope::Background
}

/// A clause that is told as done and may break a ceasefire: in the past, or a participle of which somebody is accused.
fn is_deed(reading: &Reading<'_>, syntax: Syntax<'_>, verb: u32, accuses: bool) -> bool {
    let modal = syntax
        .auxiliaries(verb)
        .iter()
        .any(|&aux| matches!(aux, "will" | "would" | "may" | "might" | "could" | "should" | "must" | "can" | "shall"));
    let participle = accuses
        && syntax.form(verb).ends_with("ing")
        && matches!(syntax.deprel(verb), Deprel::Advcl | Deprel::Obl | Deprel::Nmod | Deprel::Acl | Deprel::Ccomp | Deprel::Xcomp | Deprel::Conj);
    let perfect = accuses
        && syntax.dependents(verb).iter().any(|&child| syntax.form(child) == "having")
        && syntax.upos(verb) == Upos::Verb;
    let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis) && !syntax.form(verb).ends_with("ing");
    let contrary = is_contrary(syntax, verb);
    let clausal = syntax.upos(verb) == Upos::Verb
        || contrary && syntax.dependent(verb, &[Deprel::Cop]).is_some() && main;
    clausal
        && (main || participle || perfect)
        && (contrary || !PEACEFUL.contains(&syntax.lemma(verb)))
        && !reading.is_speech(verb)
        && !reading.claims.iter().any(|claim| claim.cue_word == verb)
        && !modal
        && (contrary || !syntax.is_negated(verb))
        && !syntax.is_infinitive(verb)
}
