//! What one party tells of another one behind the beginning of a ceasefire where no violence is told: "soldiers had landed by helicopter",
//! "the rebels had tried to infiltrate the market".

use super::breach::{is_one_camp, is_one_side, is_own_deed, is_toll};
use super::moment::{Moment, moment};
use super::violation::{Truce, is_old, is_recent, shares_land};
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
        if !tells || truce.group.background || claim.claimant.is_none() && claim.source.is_empty() {
            continue;
        }
        let teller = claim.claimant;

        let by_party = teller.is_some_and(|teller| {
            is_party_of(reading, truce.parties, teller) || shares_land(reading, truce.parties, teller)
        });
        let accuses = claim.stance == Stance::Accuse
            || matches!(
                syntax.lemma(claim.cue_word),
                "reproach"
                    | "charge"
                    | "accuse"
                    | "blame"
                    | "fault"
                    | "condemn"
                    | "sanction"
                    | "reprimand"
                    | "suspect"
                    | "protest"
                    | "complain"
                    | "grumble"
                    | "complaint"
                    | "grievance"
                    | "denounce"
            );
        let sentence = syntax.sentence(claim.cue_word);
        // Behind the terms a report tells what became of them, whoever speaks; an answer to a charge is none.
        let after = is_aftermath(reading, syntax, truce, sentence) && !answers(syntax, claim.cue_word);
        let speaks = accuses || after || by_party;
        if !speaks || !reading.is_coded(sentence) || sentence + 3 < first {
            continue;
        }
        let ours =
            |actor: ActorId| teller.is_some_and(|teller| is_one_camp(reading, truce.parties, teller, actor, accuses));
        let accused = reading.accused(syntax, claim).into_iter().find(|&accused| !ours(accused));
        let words: Vec<u32> = claim.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
        for &verb in &words {
            let known = found.iter().chain(&charged).any(|known: &Violation| known.span.contains(syntax.span(verb)));
            let own = reading.innermost_claim(syntax.span(verb)) == Some(index);
            if known || !own || !is_deed(reading, syntax, verb, accuses) {
                continue;
            }
            let agent = doer(reading, syntax, verb).filter(|&doer| Some(doer) != teller);
            let itself = syntax.subject(verb).is_some_and(|subject| {
                super::agreement::is_paper(syntax, subject)
                    || truce.group.mentions.iter().any(|mention| mention.word == subject)
            });
            if itself || !accuses && is_own_deed(reading, syntax, truce.parties, verb, teller) || is_toll(syntax, verb)
            {
                continue;
            }
            // Behind the terms much is told that is no deed of the other side: somebody has to do it, or to suffer it.
            let suffered = syntax.is_passive(verb)
                && syntax.patient(verb).is_some_and(|patient| {
                    reading.actors.at(patient).is_some() || syntax.dependent(patient, &[Deprel::Nummod]).is_some()
                });
            let done = agent.is_some() || suffered || is_contrary(syntax, verb);
            let named = agent.filter(|&doer| {
                !ours(doer)
                    && (accuses
                        || is_party_of(reading, truce.parties, doer)
                        || shares_land(reading, truce.parties, doer))
            });
            // The teller's own deeds, and those of somebody who is no party, are none.
            let own_deed = agent.is_some_and(ours);
            if agent.is_some() && named.is_none() && !(accuses && accused.is_some()) && (own_deed || !after) {
                continue;
            }
            let against = named.or(accused).or(agent).or_else(|| other(reading, truce.parties, teller?));
            if against.is_none() && !after && !accuses {
                continue;
            }
            let behind = match moment(reading, syntax, verb, None, truce.effective) {
                Moment::Within => true,
                Moment::After => is_recent(reading, truce.effective),
                Moment::Untold => {
                    (truce.in_force || is_old(reading, truce.effective) && is_recent(reading, truce.effective))
                        && (accuses
                            || after && done
                            || is_contrary(syntax, verb)
                            // One party tells of the other by its name.
                            || named.is_some()
                                && by_party
                                && !answers(syntax, claim.cue_word))
                        && (accuses || !is_remote(reading, verb))
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
            charged.push(Violation {
                span,
                claim: Some(index),
                event: None,
                against,
                teller: None,
                suspects: Vec::new(),
            });
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
pub(super) fn is_aftermath(reading: &Reading<'_>, syntax: Syntax<'_>, truce: &Truce<'_>, sentence: u32) -> bool {
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let last =
        truce.terms.iter().filter_map(|term| syntax.words_in(*term).next()).map(|word| syntax.sentence(word)).max();
    let Some(last) = last.filter(|_| truce.terms.len() >= 2) else { return false };
    let next =
        (last..syntax.analysis.sentences.len() as u32).find(|&at| reading.is_coded(at) && block(at) != block(last));
    sentence > last && (block(sentence) == block(last) || next.is_some_and(|next| block(next) == block(sentence)))
}

/// "Countered", "in reply", "explained", "retorted": an answer to what was charged.
pub(super) fn answers(syntax: Syntax<'_>, cue: u32) -> bool {
    matches!(
        syntax.lemma(cue),
        "reply"
            | "answer"
            | "respond"
            | "retort"
            | "rejoin"
            | "explain"
            | "insist"
            | "deny"
            | "swear"
            | "quip"
            | "scoff"
            | "response"
            | "concede"
            | "admit"
            | "acknowledge"
            | "clarify"
            | "rebut"
            | "assure"
            | "sneer"
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
                syntax
                    .words_of(sentence)
                    .take_while(|&at| at <= subject)
                    .any(|at| matches!(syntax.lemma(at), "only" | "barely" | "just" | "none"))
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
        told.push(Violation { span, claim: None, event: None, against: None, teller: None, suspects: Vec::new() });
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
pub(super) fn is_contrary(syntax: Syntax<'_>, verb: u32) -> bool {
    let still = syntax.dependents(verb).iter().any(|&child| {
        matches!(syntax.lemma(child), "still" | "yet" | "back" | "again" | "remain" | "never")
            && syntax.upos(child) != Upos::Verb
    });
    let not =
        syntax.dependents(verb).iter().any(|&child| matches!(syntax.lemma(child), "not" | "n't" | "n’t" | "never"));
    // Not to do what was agreed.
    let complies = matches!(
        syntax.lemma(verb),
        "hand"
            | "surrender"
            | "send"
            | "pay"
            | "deliver"
            | "release"
            | "free"
            | "withdraw"
            | "leave"
            | "receive"
            | "arrive"
            | "open"
            | "reopen"
            | "return"
            | "appoint"
            | "lift"
            | "dismantle"
            | "remove"
            | "vacate"
            | "stop"
            | "see"
            | "give"
            | "let"
            | "register"
            | "disarm"
            | "meet"
            | "turn"
            | "yield"
            | "honour"
            | "honor"
            | "implement"
            | "begin"
            | "start"
            | "pull"
            | "rebuild"
            | "drop"
            | "compensate"
            | "keep"
            | "show"
            | "lower"
            | "exchange"
            | "clear"
            | "move"
            | "quit"
            | "set"
            | "establish"
            | "come"
            | "attend"
    );
    let fails = not && complies && syntax.auxiliaries(verb).contains(&"have")
        || complies
            && syntax.dependent(verb, &[Deprel::Obj]).or_else(|| syntax.subject(verb)).is_some_and(|object| {
                syntax.dependents(object).iter().any(|&child| matches!(syntax.lemma(child), "no" | "none" | "not"))
            });
    // "Only one school had been handed over", "none of the traders has come home", "has freed only 11 of them".
    let scant = |word: u32| {
        matches!(syntax.lemma(word), "none" | "little" | "few")
            || syntax
                .dependents(word)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "only" | "barely" | "no" | "none" | "few"))
    };
    let few = complies
        && syntax.auxiliaries(verb).contains(&"have")
        && syntax.patient(verb).into_iter().chain(syntax.subject(verb)).any(scant);
    let fails = fails || few;
    let holds = syntax.lemma(verb) == "hold";
    still && !holds || fails
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
        && matches!(
            syntax.deprel(verb),
            Deprel::Advcl | Deprel::Obl | Deprel::Nmod | Deprel::Acl | Deprel::Ccomp | Deprel::Xcomp | Deprel::Conj
        );
    let perfect = accuses
        && syntax.dependents(verb).iter().any(|&child| syntax.form(child) == "having")
        && syntax.upos(verb) == Upos::Verb;
    let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis)
        && (!syntax.form(verb).ends_with("ing") || syntax.auxiliaries(verb).contains(&"be"));
    let contrary = is_contrary(syntax, verb);
    // "Stopped eight taxis", "kept the berm where it was".
    let blocks = matches!(syntax.lemma(verb), "stop" | "halt" | "hold" | "keep" | "suspend" | "leave")
        && syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
            !super::mention::is_fighting(syntax, object) && !super::agreement::is_paper(syntax, object)
        });
    let whoever = syntax
        .subject(verb)
        .is_some_and(|subject| matches!(syntax.lemma(subject), "whoever" | "nobody" | "one" | "anyone"));
    // "Had begun to build a watchtower".
    let opens = matches!(syntax.lemma(verb), "begin" | "start" | "continue" | "resume" | "keep")
        && syntax.dependents(verb).iter().any(|&child| {
            syntax.deprel(child) == Deprel::Xcomp
                && syntax.upos(child) == Upos::Verb
                && !PEACEFUL.contains(&syntax.lemma(child))
        });
    let peaceful = !opens && PEACEFUL.contains(&syntax.lemma(verb))
        || matches!(
            syntax.lemma(verb),
            "come"
                | "go"
                | "lie"
                | "sit"
                | "stand"
                | "pick"
                | "carry"
                | "flee"
                | "own"
                | "belong"
                | "respond"
                | "retaliate"
                | "chase"
                | "defend"
                | "evacuate"
                | "escort"
                | "reopen"
                | "find"
                | "calm"
                | "prevail"
                | "resume"
                | "improve"
                | "recover"
                | "arrive"
                | "reach"
                | "bury"
                | "treat"
                | "visit"
                | "work"
                | "live"
                | "remain"
                | "count"
                | "learn"
                | "see"
                | "hear"
                | "estimate"
        );
    let clausal = !whoever && syntax.upos(verb) == Upos::Verb
        || contrary && syntax.dependent(verb, &[Deprel::Cop]).is_some() && main;
    clausal
        && (main || participle || perfect)
        && (contrary || blocks || !peaceful)
        && (participle || perfect || !reading.is_speech(verb))
        && !reading.claims.iter().any(|claim| claim.cue_word == verb)
        && !modal
        && (contrary || !syntax.is_negated(verb))
        && !syntax.is_infinitive(verb)
}
