//! What one side denies of what another one says, and accounts that exclude each other.

use super::blame::is_reciprocal;
use super::proposition::{Proposition, harmer, is_of_a_part, is_one_side, shared};
use super::side::{Side, meet, official, sides};
use super::{Contradiction, add};
use crate::event::Event;
use counterclaim_claims::Reading;
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{HarmKind, Scope, Stance, Status};

/// Sentences back within which a denial has what it answers.
const BACK: i64 = 6;
/// Sentences on, for a contradiction that follows ("residents, though, said").
const ON: i64 = 2;

const DENIED: &str = "one side denies what the other says";

/// Denials against the claims that assert the deed.
pub(super) fn denial(reading: &Reading<'_>, events: &[Event], all: &[Proposition<'_>], found: &mut Vec<Contradiction>) {
    for a in 0..all.len() {
        let answered = answered(reading, all, a);
        for &b in &answered {
            add(found, Contradiction::of_claims("denial", a, b, DENIED));
        }
        if let Some(&first) = answered.first().filter(|_| all[a].refuses) {
            own_account(reading, events, all, a, first, found);
        }
    }
    for a in 0..all.len() {
        if let Some((b, kind)) = narrows(reading, all, a) {
            add(found, Contradiction::of_claims(kind, a, b, "what it was, or who did it"));
        }
        if let Some(b) = replies(reading, all, a) {
            add(found, Contradiction::of_claims("denial", a, b, "what the accused tells instead"));
        }
        if let Some(b) = holds_against(reading, all, a) {
            add(found, Contradiction::of_claims("denial", a, b, "who controls it"));
        }
        if let Some(b) = borders(reading, all, a) {
            add(found, Contradiction::of_claims("place", a, b, "on whose soil it happened"));
        }
    }
    calm(reading, events, all, found);
}

/// The claims that a denial answers, the likeliest first.
fn answered(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Vec<usize> {
    let deny = &reading.claims[a];
    let denied = &all[a];
    let refuses = denied.refuses;
    if !refuses && !(deny.stance == Stance::Assert && denied.is_negative && deny.claimant.is_some()) {
        return Vec::new();
    }
    if let Some(counted) = counted(reading, all, a).filter(|_| refuses) {
        return vec![counted];
    }
    let mut ranked: Vec<(f32, usize)> = Vec::new();
    for b in 0..all.len() {
        if !may_answer(reading, all, a, b) {
            continue;
        }
        let score = if !refuses {
            plain_score(all, a, b).or_else(|| unharmed_score(reading, all, a, b))
        } else if denied.is_pointing {
            pointing_score(reading, all, a, b)
        } else {
            telling_score(reading, all, a, b)
        };
        ranked.extend(score.map(|score| (score, b)));
    }
    if ranked.is_empty() {
        ranked.extend(beside(reading, all, a).map(|b| (1.0, b)));
    }
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let Some(&(best, first)) = ranked.first() else { return Vec::new() };
    // One denial may answer two tellers of the same accusation, or all that one of them said in one breath.
    let syntax = reading.syntax();
    let also = |&&(score, b): &&(f32, usize)| {
        let mouth = is_one_mouth(reading, all, first, b) && denied.is_pointing;
        let breath = mouth && all[b].sentence == all[first].sentence && score >= best - 0.8 && !all[b].deeds.is_empty();
        // What the accuser adds to the accusation stands nearer.
        let did = |word: u32| syntax.lemma(word) == "do" && syntax.patient(word).is_some();
        let of_deed =
            all[b].blames(denied) || reading.claims[b].content.iter().flat_map(|&span| syntax.words_in(span)).any(did);
        let more = mouth && b > first && b < a && reading.claims[b].stance == Stance::Assert && of_deed;
        score >= 0.8 * best && score >= 2.5 && all[b].blames(denied) || breath || more
    };
    std::iter::once(first).chain(ranked.iter().skip(1).filter(also).take(1).map(|(_, b)| *b)).collect()
}

/// What stands right before a denial whose words share nothing with it: the accusation, or the deed that another one told.
fn beside(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<usize> {
    let denied = &all[a];
    if is_of_reports(reading, a) || denied.is_pointing && is_of_a_part(&denied.topic) {
        return None;
    }
    if denied.refuses && is_of_a_part(&denied.topic) {
        // "Denied that its members had taken part": in the attack that somebody laid at a door, not in what was said last.
        let attack = |b: &usize| {
            *b < a
                && distance(all, a, *b) >= -BACK
                && all[*b].tells_assault()
                && !all[*b].blamed.is_empty()
                && may_answer(reading, all, a, *b)
        };
        return (0..a).rev().find(attack);
    }
    let verb = reading.syntax().lemma(reading.claims[a].cue_word);
    let denies = denied.refuses
        && matches!(
            verb,
            "deny"
                | "reject"
                | "dismiss"
                | "refute"
                | "dispute"
                | "rebut"
                | "contradict"
                | "call"
                | "disavow"
                | "contest"
        );
    let near = |b: &usize| {
        let told = &all[*b];
        let claim = &reading.claims[*b];
        let accuses = claim.stance == Stance::Accuse && told.tells_assault() || told.blames(denied);
        let accuses = accuses || denied.refuses && told.tells_assault();
        let told_at_all = matches!(claim.stance, Stance::Assert | Stance::Confirm | Stance::Accuse);
        // "The rebels said they had entered the town. The army said no rebel was there": party against party.
        let parties = told.own.iter().chain(&denied.own).all(Side::is_party) && !told.own.is_empty();
        let opposed = !denied.refuses
            && denied.is_negative
            && parties
            && !told.tells_assault()
            && !denied.deeds.contains(&"REJECT");
        let said = accuses || (denies || opposed) && told_at_all;
        *b < a && distance(all, a, *b).abs() <= 1 && said && may_answer(reading, all, a, *b)
    };
    let candidates = || (0..a).rev().filter(near);
    candidates()
        .find(|&b| all[b].blames(denied) || reading.claims[b].stance == Stance::Accuse)
        .or_else(|| candidates().next())
}

/// Who was just accused tells another story: the statement of the accused right behind the accusation.
fn replies(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<usize> {
    let claim = &reading.claims[a];
    let told = &all[a];
    let yields = told.deeds.iter().any(|kind| matches!(*kind, "AGREE" | "CONCEDE" | "CONSULT" | "RETREAT" | "AID"));
    let speaks = claim.claimant.is_some_and(|actor| {
        let arm = reading.actors.flatten(actor).into_iter().any(|member| official(reading, member).is_some());
        arm || sides(reading, actor).iter().any(|side| matches!(side, Side::Armed { .. } | Side::Breakaway(_)))
    });
    if claim.stance != Stance::Assert || told.refuses || told.topic.is_empty() || yields {
        return None;
    }
    (0..a).rev().filter(|&b| speaks || is_accused_by_noun(reading, b, a)).find(|&b| {
        let accuses = all[b].blames(told) && (reading.claims[b].stance == Stance::Accuse || all[b].tells_assault());
        // An accusation of one party of the conflict is answered by the other one, whomever its words name.
        let quarrel = reading.claims[b].stance == Stance::Accuse
            && all[b].tells_assault()
            && all[b].own.iter().any(Side::is_party)
            && all[a].sentence == all[b].sentence + 1;
        let next = all[a].sentence - all[b].sentence <= 1 && claim.via.is_none();
        let accuses = accuses || next && is_accused_by_noun(reading, b, a);
        (accuses || quarrel) && next && !is_one_side(reading, all, a, b) && !is_reciprocal(reading, all, b)
    })
}

/// "Students said rangers beat two men", "the rangers' commander said": the speaker's men bear the noun of the doers.
pub(super) fn is_accused_by_noun(reading: &Reading<'_>, accusation: usize, reply: usize) -> bool {
    let syntax = reading.syntax();
    let Some(&source) = reading.claims[reply].source.first() else { return false };
    let owners: Vec<u32> = syntax.words_in(source).filter(|&word| syntax.deprel(word) == Deprel::NmodPoss).collect();
    let content = reading.claims[accusation].content.iter().flat_map(|&span| syntax.words_in(span));
    let doers: Vec<u32> = content.filter_map(|word| harmer(syntax, word)).collect();
    doers.iter().any(|&doer| {
        syntax.upos(doer) == Upos::Noun && owners.iter().any(|&owner| syntax.lemma(owner) == syntax.lemma(doer))
    })
}

fn distance(all: &[Proposition<'_>], a: usize, b: usize) -> i64 {
    i64::from(all[b].sentence) - i64::from(all[a].sentence)
}

fn may_answer(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let (deny, claim) = (&reading.claims[a], &reading.claims[b]);
    let distance = distance(all, a, b);
    let pointing = all[a].is_pointing || !all[a].refuses;
    let next = distance.abs() <= 2 && b < a;
    let stance = match claim.stance {
        Stance::Decline | Stance::Order | Stance::Pledge => false,
        Stance::Threaten => all[a].topic.contains(&"threat"),
        // "That is a lie", she said of a denial.
        Stance::Deny => next && pointing && !all[b].is_pointing,
        // "Demanded that they stop helping the rebels": they deny that they do.
        Stance::Appeal => next && pointing,
        _ => true,
    };
    // A headline is told again by the report: what is denied stands there.
    b != a
        && stance
        && reading.is_coded(all[b].sentence)
        && !is_reciprocal(reading, all, b)
        && Some(b) != deny.via
        && (-BACK..=ON).contains(&distance)
        && (!pointing || b < a || is_gainsaid(reading, all, a, b))
        && !is_one_side(reading, all, a, b)
}

/// "There were no raids", one side says; in the next sentence another tells of one.
fn is_gainsaid(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let next = all[b].sentence == all[a].sentence + 1;
    let told = all[b].blames(&all[a]) || is_contrast(reading, all[b].sentence);
    next && told && !all[a].is_pointing && !all[a].refuses && all[b].tells_assault()
}

/// "Denied it": the nearest accusation, the one against the speaker before others.
fn pointing_score(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> Option<f32> {
    let (denied, told) = (&all[a], &all[b]);
    let claim = &reading.claims[b];
    let accused = told.blames(denied);
    let spoken_of = meet(&told.about, &denied.own);
    let accuses = matches!(reading.syntax().lemma(claim.cue_word), "accuse" | "blame" | "suspect");
    if is_of_a_part(&denied.topic) && !accused && !spoken_of && !accuses {
        return None;
    }
    let mut score = 2.2 - 0.5 * distance(all, a, b).abs() as f32;
    score += if accused { 2.5 } else { 0.0 };
    // "A ransom was paid, a relative said, but officials deny it."
    score += if denied.sentence == told.sentence { 2.0 } else { 0.0 };
    score += if !accused && spoken_of { 0.8 } else { 0.0 };
    score += if names_act(reading, all, a, b) { 1.5 } else { 0.0 };
    score += if claim.stance == Stance::Accuse { 0.5 } else { 0.0 };
    score += f32::min(shared(denied, told), 1.0);
    score -= if matches!(claim.stance, Stance::Deny | Stance::Appeal) && !spoken_of { 0.5 } else { 0.0 };
    (score >= 1.0).then_some(score)
}

/// "Denied that its planes had hit the market": the claim that tells what is denied.
fn telling_score(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> Option<f32> {
    let (denied, told) = (&all[a], &all[b]);
    let distance = distance(all, a, b);
    let shared = shared(denied, told);
    let accused = told.blames(denied);
    let deed = denied.deeds.iter().any(|kind| told.deeds.contains(kind));
    let harm = share_harm(denied, told);
    let numbers = denied.numbers.iter().any(|number| told.numbers.contains(number));
    let on_point = shared >= 0.7 || deed || harm || numbers;
    let mut score = shared - 0.3 * distance.abs() as f32;
    score += if deed { 0.8 } else { 0.0 };
    score += if harm { 0.8 } else { 0.0 };
    score += if numbers { 1.5 } else { 0.0 };
    score += match (accused, on_point) {
        (true, true) => 2.0,
        (true, false) => 0.5,
        _ => 0.0,
    };
    score += if !accused && meet(&told.about, &denied.own) { 0.5 } else { 0.0 };
    score += if names_act(reading, all, a, b) { 1.5 } else { 0.0 };
    // "Residents, though, said": what follows contradicts what was said before.
    score += if b > a && on_point && is_contrast(reading, all[b].sentence) { 1.8 } else { 0.0 };
    score -= if b > a { 0.4 } else { 0.0 };
    // What mere reports said is answered by a claim only when they tell the same.
    let least = if is_of_reports(reading, a) { 2.6 } else { 0.8 };
    let fallback = deed && told.tells_assault() && (-2..=0).contains(&distance);
    (score >= least || fallback && least < 1.0 && score > -0.2).then_some(score)
}

/// A plain "we did not" answers an accusation of those who say it, or the figure or deed that it speaks of.
fn plain_score(all: &[Proposition<'_>], a: usize, b: usize) -> Option<f32> {
    let (denied, told) = (&all[a], &all[b]);
    let shared = shared(denied, told);
    let accused = told.blames(denied);
    let deed = denied.deeds.iter().any(|kind| told.deeds.contains(kind));
    let harm = share_harm(denied, told);
    let near = distance(all, a, b).abs() <= 2;
    let spoken_of = meet(&told.about, &denied.own);
    let answers = accused && (deed || near || shared >= 0.7 || denied.is_first_person)
        || shared >= 1.0 && (deed || harm)
        || near && shared >= 0.7 && spoken_of
        || near && deed && spoken_of && told.tells_assault()
        || shared >= 0.7 && distance(all, a, b) == -1 && told.own != denied.own
        || harm && shared >= 0.7
        || denied.is_pointing && distance(all, a, b).abs() <= 1;
    let mut score = shared - 0.35 * distance(all, a, b).abs() as f32;
    score += if accused { 2.0 } else { 0.0 };
    score += if accused && denied.is_first_person { 1.0 } else { 0.0 };
    score += if deed { 0.8 } else { 0.0 };
    score += if harm { 0.8 } else { 0.0 };
    score += if spoken_of && !accused { 0.5 } else { 0.0 };
    (answers && score >= 1.0).then_some(score)
}

/// "No civilian was hurt", some sentences behind what somebody else told of the dead.
fn unharmed_score(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> Option<f32> {
    let syntax = reading.syntax();
    let bodily = |kind| matches!(kind, HarmKind::Killed | HarmKind::Injured);
    let of =
        |claim: usize| reading.harms.iter().filter(move |harm| harm.claim == Some(claim) && bodily(harm.mention.kind));
    let harmless = |word: u32| {
        let people = matches!(syntax.lemma(word), "civilian" | "resident" | "villager" | "child" | "bystander");
        people && syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "no")
    };
    let none = of(a).any(|harm| {
        harm.mention.quantity.high == Some(0)
            && harm.mention.victims.and_then(|span| syntax.head_of(span)).is_some_and(harmless)
    });
    let some =
        of(b).any(|harm| harm.mention.quantity.low.is_some_and(|low| low > 0) && harm.mention.civilian != Some(false));
    (none && some && b < a).then_some(2.0 - 0.1 * distance(all, a, b).abs() as f32)
}

/// "Called the rebel figure propaganda": the count that was told last by another.
fn counted(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<usize> {
    let syntax = reading.syntax();
    let figure = reading.claims[a].content.iter().flat_map(|&span| syntax.words_in(span)).any(|word| {
        matches!(syntax.lemma(word), "figure" | "toll" | "tally" | "estimate") && syntax.upos(word) == Upos::Noun
    });
    let counts = |b: &usize| {
        let near = (-3..=0).contains(&distance(all, a, *b));
        let told = reading
            .harms
            .iter()
            .any(|harm| harm.claim == Some(*b) && harm.mention.quantity.low.is_some_and(|low| low > 0));
        near && told && may_answer(reading, all, a, *b)
    };
    (0..a).rev().filter(|_| figure).find(counts)
}

/// Whether both tell of the same harm; "nobody was harmed" answers "ten were killed".
fn share_harm(one: &Proposition<'_>, other: &Proposition<'_>) -> bool {
    let bodily =
        |told: &Proposition<'_>| told.harms.iter().any(|kind| matches!(kind, HarmKind::Killed | HarmKind::Injured));
    bodily(one) && bodily(other) || one.harms.iter().any(|kind| other.harms.contains(kind))
}

/// Whether the denial names the act of words of the other claim: "dismissed the warning" after "warned that".
fn names_act(reading: &Reading<'_>, all: &[Proposition<'_>], denial: usize, claim: usize) -> bool {
    const NAMES: &[(&str, &[&str])] = &[
        ("warning", &["warn"]),
        ("accusation", &["accuse", "blame"]),
        ("allegation", &["accuse", "allege", "blame", "say"]),
        ("charge", &["accuse", "charge", "blame"]),
        ("claim", &["claim", "say"]),
        ("report", &["report", "say"]),
        ("demand", &["demand", "call"]),
        ("threat", &["threaten", "vow"]),
        ("offer", &["offer", "propose"]),
    ];
    let cue = reading.syntax().lemma(reading.claims[claim].cue_word);
    NAMES.iter().any(|(name, cues)| all[denial].topic.contains(name) && cues.contains(&cue))
}

/// "He denied reports that": nobody in particular is answered.
fn is_of_reports(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let words = reading.claims[index].content.iter().flat_map(|&span| syntax.words_in(span));
    let first = words.into_iter().find(|&word| syntax.upos(word) == Upos::Noun);
    first.is_some_and(|word| matches!(syntax.lemma(word), "report" | "rumour" | "rumor" | "speculation" | "suggestion"))
}

fn is_contrast(reading: &Reading<'_>, sentence: u32) -> bool {
    let syntax = reading.syntax();
    let mut words = syntax.words_of(sentence).take(8);
    words.any(|word| {
        matches!(syntax.form(word).to_lowercase().as_str(), "though" | "however" | "but" | "yet" | "contradicted")
    })
}

/// What the one who denies tells instead: "denied the charge and said the militia had fired" blames in turn.
fn own_account(
    reading: &Reading<'_>,
    events: &[Event],
    all: &[Proposition<'_>],
    deny: usize,
    answered: usize,
    found: &mut Vec<Contradiction>,
) {
    let denied = &all[deny];
    let tells = |index: &usize| {
        let (other, claim) = (&all[*index], &reading.claims[*index]);
        let near = other.sentence == denied.sentence || *index > deny && other.sentence == denied.sentence + 1;
        let stance = !matches!(claim.stance, Stance::Deny | Stance::Decline | Stance::Appeal | Stance::Order);
        *index != deny && near && stance && is_one_mouth(reading, all, deny, *index)
    };
    for index in (0..all.len()).filter(tells) {
        let other = &all[index];
        let elsewhere =
            other.blamed.iter().any(|side| side.is_party() && !meet(std::slice::from_ref(side), &denied.own));
        let ours = reading.claims[index]
            .content
            .first()
            .is_some_and(|span| span.of(&reading.document.text).starts_with("to "));
        let elsewhere = elsewhere && !ours;
        let unnamed = other.tells_assault() && other.blamed.is_empty() && is_done_to_us(reading, events, index);
        if elsewhere || unnamed {
            return add(found, Contradiction::of_claims("blame", answered, index, "who is to blame"));
        }
        if index > deny && shared(&all[answered], other) >= 1.5 {
            return add(found, Contradiction::of_claims("denial", answered, index, "what happened"));
        }
    }
}

/// Whether the same speaker goes on, or somebody of his: "Their committee said".
fn is_one_mouth(reading: &Reading<'_>, all: &[Proposition<'_>], one: usize, other: usize) -> bool {
    let claimant = |index: usize| reading.claims[all[index].speaker].claimant;
    let same = all[one].speaker == all[other].speaker || claimant(one).is_some() && claimant(one) == claimant(other);
    same || all[other].sentence > all[one].sentence
        && begins_with_owner(reading, other)
        && all[one].own.iter().any(|side| all[other].own.contains(side))
}

fn begins_with_owner(reading: &Reading<'_>, index: usize) -> bool {
    let source = reading.claims[index].source.first().map(|span| span.of(&reading.document.text).to_lowercase());
    source.is_some_and(|source| source.starts_with("its ") || source.starts_with("their "))
}

/// "They attacked our hamlets first": a deed against the speaker's own.
fn is_done_to_us(reading: &Reading<'_>, events: &[Event], index: usize) -> bool {
    let syntax = reading.syntax();
    events.iter().filter(|event| event.claim == Some(index) && event.event_type == "ASSAULT").any(|event| {
        let ours = |word: u32| {
            syntax.dependents(word).iter().any(|&child| matches!(syntax.form(child), "our" | "its" | "their"))
                || matches!(syntax.form(word), "us")
        };
        syntax.patient(event.word).is_some_and(ours)
    })
}

/// The accused tells what it was instead: "had fired only warning shots", "its target was an arms depot", "bandits had done it", "the
/// blast was caused by a stock of shells".
fn narrows(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<(usize, &'static str)> {
    let syntax = reading.syntax();
    let claim = &reading.claims[a];
    if matches!(claim.stance, Stance::Deny | Stance::Decline | Stance::Appeal | Stance::Order) {
        return None;
    }
    let words: Vec<u32> = claim.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
    let only = all[a].tells_assault() && words.iter().any(|&word| matches!(syntax.lemma(word), "only" | "merely"));
    let target = words.iter().any(|&word| {
        syntax.lemma(word) == "target" && syntax.head(word).is_some_and(|head| syntax.subject(head) == Some(word))
    });
    let us = |word: u32| matches!(syntax.form(word).to_lowercase().as_str(), "it" | "we" | "they");
    let done = words.iter().any(|&word| {
        let deed = match syntax.lemma(word) {
            "do" => syntax.patient(word).is_some_and(|object| matches!(syntax.form(object), "it" | "this" | "that")),
            "cause" => syntax.is_passive(word),
            "carry" | "stage" => syntax.patient(word).is_some_and(|object| syntax.form(object) == "it"),
            _ => false,
        };
        deed && syntax.upos(word) == Upos::Verb && !syntax.is_negated(word) && !syntax.agent(word).is_some_and(us)
    });
    if !only && !target && !done {
        return None;
    }
    let kind = if done { "blame" } else { "denial" };
    let accuser = (0..a).rev().find(|&b| {
        let accuses = reading.claims[b].stance == Stance::Accuse || all[b].tells_assault();
        all[a].sentence - all[b].sentence <= 2 && accuses && all[b].blames(&all[a]) && !is_one_side(reading, all, a, b)
    });
    accuser.map(|accuser| (accuser, kind))
}

/// "Its troops had captured the town" against "its men still held half of it".
fn holds_against(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<usize> {
    const HOLD: &[&str] = &["hold", "control", "defend", "repel", "repulse", "remain", "beat", "keep"];
    const TAKE: &[&str] = &[
        "capture",
        "seize",
        "take",
        "control",
        "overrun",
        "occupy",
        "liberate",
        "conquer",
        "enter",
        "recapture",
        "retake",
    ];
    let syntax = reading.syntax();
    let verbs = |index: usize, listed: &[&str]| {
        let words = reading.claims[index].content.iter().flat_map(|&span| syntax.words_in(span));
        words
            .filter(|&word| syntax.upos(word) == Upos::Verb && listed.contains(&syntax.lemma(word)))
            .collect::<Vec<u32>>()
    };
    if reading.claims[a].stance != Stance::Assert && reading.claims[a].stance != Stance::Deny {
        return None;
    }
    let ground = |word: u32| {
        let object = syntax.patient(word).into_iter().chain(syntax.obliques(word).into_iter().map(|found| found.head));
        object.flat_map(|head| syntax.phrase_words(head).into_iter().chain(syntax.analysis.subtree(head))).any(
            |inner| {
                reading.place_at(syntax, inner).is_some()
                    || matches!(
                        syntax.lemma(inner),
                        "town"
                            | "village"
                            | "city"
                            | "district"
                            | "airport"
                            | "base"
                            | "hill"
                            | "half"
                            | "part"
                            | "bank"
                    )
            },
        )
    };
    let still = verbs(a, HOLD).into_iter().any(|verb| !syntax.is_negated(verb) && ground(verb));
    if !still || !all[a].own.iter().any(Side::is_party) {
        return None;
    }
    (0..a).rev().find(|&b| {
        let taken = verbs(b, TAKE).into_iter().any(|verb| !syntax.is_negated(verb) && ground(verb));
        let stance = matches!(reading.claims[b].stance, Stance::Assert | Stance::Confirm);
        taken
            && stance
            && all[a].sentence - all[b].sentence <= 5
            && all[b].own.iter().any(Side::is_party)
            && !is_one_side(reading, all, a, b)
    })
}

/// Ground by which a side of a border is told.
const SOIL: &[&str] = &["soil", "territory", "water", "airspace", "side", "land", "zone", "bank", "ground", "field"];
/// Lines that are crossed.
const LINE: &[&str] = &["border", "line", "frontier", "boundary", "river", "fence", "limit"];

/// On whose side something is said to have happened.
#[derive(PartialEq)]
enum Soil {
    /// Of this country.
    Of(String),
    /// Beyond the speaker's own line: somebody crossed it.
    Crossed,
}

/// "In Guyanese waters", "200 metres inside India", "had strayed across the line".
fn soil(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> Option<Soil> {
    let syntax = reading.syntax();
    let claim = &reading.claims[index];
    let own = all[index]
        .own
        .iter()
        .find_map(|side| if let Side::State(country) = side { Some(country.clone()) } else { None });
    let words: Vec<u32> = claim.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
    let of = |head: u32| {
        let near = syntax.phrase_words(head).into_iter().filter(|&word| word != head);
        near.into_iter().find_map(|word| {
            if matches!(syntax.form(word).to_lowercase().as_str(), "our" | "its") {
                return own.clone();
            }
            let joined = format!("{} {}", syntax.form(word.saturating_sub(1)), syntax.form(word));
            let adjective = Country::by_adjective(&joined).or_else(|| Country::by_adjective(syntax.form(word)));
            let place = || reading.place_at(syntax, word).and_then(|place| reading.places[place].country.clone());
            adjective.map(|country| country.iso3.to_owned()).or_else(place)
        })
    };
    words.iter().find_map(|&word| {
        let crosses = matches!(syntax.lemma(word), "cross" | "stray" | "intrude" | "enter" | "violate")
            && syntax.upos(word) == Upos::Verb
            && !syntax.is_negated(word);
        if crosses {
            let places =
                || syntax.patient(word).into_iter().chain(syntax.obliques(word).into_iter().map(|found| found.head));
            if let Some(country) = places().filter(|&place| SOIL.contains(&syntax.lemma(place))).find_map(of) {
                return Some(Soil::Of(country));
            }
            let line = |place: u32| {
                LINE.contains(&syntax.lemma(place))
                    || syntax.obliques(place).iter().any(|found| LINE.contains(&syntax.lemma(found.head)))
            };
            return places().any(line).then_some(Soil::Crossed);
        }
        if SOIL.contains(&syntax.lemma(word))
            && matches!(syntax.preposition(word).as_str(), "in" | "on" | "inside" | "within" | "from")
        {
            return of(word).map(Soil::Of);
        }
        let inside = matches!(syntax.preposition(word).as_str(), "inside" | "within");
        let country = reading.place_at(syntax, word).filter(|&place| reading.places[place].is_country());
        country.filter(|_| inside).and_then(|place| reading.places[place].country.clone()).map(Soil::Of)
    })
}

/// "Seized on our soil" against "they had crossed the border".
fn borders(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<usize> {
    let tells = |index: usize| {
        matches!(reading.claims[index].stance, Stance::Assert | Stance::Accuse | Stance::Confirm)
            && !reading.claims[index].source.is_empty()
    };
    let owns = |index: usize, country: &str| {
        all[index]
            .own
            .iter()
            .any(|side| matches!(side, Side::State(own) | Side::People { country: own, .. } if own == country))
    };
    if let Some(b) = crossed(reading, all, a) {
        return Some(b);
    }
    let here = soil(reading, all, a).filter(|_| tells(a))?;
    (0..a)
        .rev()
        .filter(|&b| tells(b) && all[a].sentence - all[b].sentence <= 2 && !is_one_side(reading, all, a, b))
        .find(|&b| {
            match (soil(reading, all, b), &here) {
                (Some(Soil::Of(one)), Soil::Of(other)) => one != *other,
                // Who says that the others crossed says that it was on his own side.
                (Some(Soil::Of(one)), Soil::Crossed) => owns(b, &one) && !owns(a, &one),
                (Some(Soil::Crossed), Soil::Of(other)) => owns(a, other) && !owns(b, other),
                _ => false,
            }
        })
}

/// People harmed on one side's ground, says the one; they had crossed, says the other, whatever country stands in the words.
fn crossed(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize) -> Option<usize> {
    let tells = |index: usize| {
        all[index].topic.iter().any(|lemma| SOIL.contains(lemma) || LINE.contains(lemma))
            && matches!(reading.claims[index].stance, Stance::Assert | Stance::Accuse | Stance::Confirm)
            && all[index].own.iter().any(Side::is_party)
    };
    let crosses =
        |index: usize| all[index].topic.iter().any(|lemma| matches!(*lemma, "cross" | "enter" | "intrude" | "stray"));
    let harmed = |index: usize| {
        all[index].topic.iter().any(|lemma| {
            matches!(
                *lemma,
                "kill"
                    | "shoot"
                    | "seize"
                    | "abduct"
                    | "detain"
                    | "catch"
                    | "arrest"
                    | "capture"
                    | "fire"
                    | "wound"
                    | "kidnap"
            )
        })
    };
    if !tells(a) {
        return None;
    }
    (0..a).rev().find(|&b| {
        tells(b)
            && (crosses(a) != crosses(b))
            && harmed(a)
            && harmed(b)
            && all[a].sentence - all[b].sentence <= 3
            && !is_one_side(reading, all, a, b)
    })
}

/// Calm against violence that goes on.
fn calm(reading: &Reading<'_>, events: &[Event], all: &[Proposition<'_>], found: &mut Vec<Contradiction>) {
    const CALM: &[&str] = &["stable", "calm", "quiet", "hold", "normal", "control"];
    const WHERE: &[&str] =
        &["situation", "border", "ceasefire", "truce", "front", "line", "area", "city", "town", "region"];
    let syntax = reading.syntax();
    for (a, calm) in reading.claims.iter().enumerate() {
        // "Calm had returned."
        let returns = |word: u32| {
            matches!(syntax.lemma(word), "calm" | "quiet" | "order" | "peace")
                && syntax.head(word).is_some_and(|verb| {
                    matches!(syntax.lemma(verb), "return" | "restore" | "prevail" | "hold") && !syntax.is_negated(verb)
                })
        };
        // "Both sides are complying", "he had heard no shooting since".
        let keeps = |word: u32| {
            let silent = |object: u32| {
                matches!(
                    syntax.lemma(object),
                    "shot" | "shooting" | "fire" | "gunfire" | "shelling" | "firing" | "explosion"
                ) && syntax.dependents(object).iter().any(|&child| syntax.lemma(child) == "no")
            };
            match syntax.lemma(word) {
                "comply" | "respect" | "observe" | "honour" | "honor" => {
                    !syntax.is_negated(word) && !syntax.is_infinitive(word) && calm.stance == Stance::Assert
                }
                "hear" => syntax.patient(word).is_some_and(silent),
                _ => false,
            }
        };
        let is_calm = calm.content.iter().flat_map(|&span| syntax.words_in(span)).any(|word| {
            returns(word)
                || keeps(word)
                || CALM.contains(&syntax.lemma(word))
                    && !syntax.is_negated(word)
                    && syntax.subject(word).is_some_and(|subject| WHERE.contains(&syntax.lemma(subject)))
        });
        if !is_calm {
            continue;
        }
        for event in events {
            let Some(b) = event.claim else { continue };
            let goes_on = event.status == Status::Ongoing
                || matches!(syntax.lemma(syntax.clause(event.word)), "continue" | "resume" | "persist" | "rage");
            // A breach that a party is charged with stands against the calm, too.
            let charged = all[b].sentence == all[a].sentence + 1
                && reading.claims[b].stance == Stance::Accuse
                && event.status == Status::Occurred;
            let firing = event.event_type == "ASSAULT" && (goes_on || charged) && event.scope == Scope::Current;
            let near = all[a].sentence.abs_diff(all[b].sentence) <= 3;
            if firing && near && b != a && all[b].own != all[a].own {
                add(found, Contradiction::of_claims("denial", a, b, "calm against violence that goes on"));
            }
        }
    }
}
