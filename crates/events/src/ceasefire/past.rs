//! What is told of agreements of the past: their terms and breaches are not those of the one of now.

use super::candidate::Scene;
use super::mention::Group;
use super::violation::Truce;
use super::*;
use counterclaim_language::{Deprel, Upos};

/// "A deal signed in Minsk in 2015 obliged the sides to pull back guns; Kiev says that the rebels ignored it": terms and breaches that stand where
/// the report tells of an agreement of the past are that one's. The ceasefires stand in the order of their groups.
pub(super) fn move_told(reading: &Reading<'_>, groups: &[Group], found: &mut [Ceasefire]) {
    let syntax = reading.syntax();
    let sentence = |span: Span| syntax.words_in(span).next().map(|word| syntax.sentence(word));
    for from in 0..found.len() {
        if found[from].scope == Scope::Background {
            continue;
        }
        let past = |span: Span, deed: bool| {
            sentence(span).and_then(|at| owner(reading, groups, at, deed)).filter(|&to| groups[to].background)
        };
        let name = found[from].span;
        let terms = std::mem::take(&mut found[from].terms);
        let (gone, kept): (Vec<_>, Vec<_>) =
            terms.into_iter().partition(|&(_, span)| !span.overlaps(name) && past(span, false).is_some());
        found[from].terms = kept;
        for term in gone {
            let Some(to) = past(term.1, false) else { continue };
            found[to].terms.push(term);
        }
        let broken = std::mem::take(&mut found[from].violations);
        let (gone, kept): (Vec<_>, Vec<_>) = broken.into_iter().partition(|known| past(known.span, true).is_some());
        found[from].violations = kept;
        for known in gone {
            let Some(to) = past(known.span, true) else { continue };
            if !found[to].violations.iter().any(|other| other.span.overlaps(known.span)) {
                found[to].violations.push(known);
            }
        }
    }
}

/// Sentences behind a name within which what is told may have broken an agreement of the past.
const NEAR: u32 = 4;

/// What is told of an agreement of the past.
#[derive(Default)]
pub(super) struct Account {
    pub(super) candidates: Vec<Candidate>,
    pub(super) deeds: Vec<Candidate>,
    pub(super) terms: Vec<(&'static str, Span)>,
    pub(super) violations: Vec<Violation>,
    pub(super) status_words: Vec<Span>,
}

/// "A previous ceasefire broke down in November 2001 when the rebels attacked a barracks": what may be a term of an agreement of the past, may
/// have broken it or tells how it fared, behind its name, and what most likely does; `fates` are the words that rules found.
pub(super) fn account(
    reading: &Reading<'_>,
    events: &[Event],
    truce: &Truce<'_>,
    name: Span,
    fates: Vec<Span>,
) -> Account {
    let syntax = reading.syntax();
    let block = |at: u32| reading.sentences.get(at as usize).map(|row| row.block);
    let group = truce.group;
    let named: Vec<u32> = group
        .mentions
        .iter()
        .map(|mention| mention.word)
        .chain(group.references.iter().copied())
        .map(|word| syntax.sentence(word))
        .collect();
    let is_near = |sentence: u32| {
        let told = named.iter().copied().filter(|&at| at <= sentence).max();
        told.is_some_and(|told| block(told) == block(sentence) || sentence - told <= NEAR)
    };
    let breaches = violation::own_breaches(reading, syntax, group, truce.others, truce.only);
    let mut candidates = Scene::new(reading, events, truce, &breaches).candidates();
    candidates.retain(|row| is_near(syntax.sentence(row.word)) && !row.span.overlaps(name));
    let status_words = weigh::past_status_words(reading, &candidates, fates);
    let terms = weigh::past_terms(reading, &candidates, &status_words);
    let mut deeds = candidates.clone();
    let tells = |word: u32| reading.is_speech(word) || reading.claims.iter().any(|claim| claim.cue_word == word);
    // A deed of this week broke no agreement of years ago, unless it is told as its end.
    let has = |deed: &Candidate, name: &str| deed.evidence.iter().any(|(known, _)| *known == name);
    let is_news = |deed: &Candidate| {
        has(deed, "day_now") && !has(deed, "recent") && !has(deed, "ends_it") && !has(deed, "named_here")
    };
    // "Attacked a barracks, killing 14 soldiers": what a breach did is none; "the government" names no deed.
    let is_harm = |word: u32| {
        syntax.form(word).ends_with("ing")
            && matches!(syntax.lemma(word), "kill" | "wound" | "injure" | "hurt" | "displace" | "leave" | "send")
            && matches!(syntax.deprel(word), Deprel::Advcl | Deprel::Acl | Deprel::Xcomp)
    };
    let is_bare = |deed: &Candidate| {
        syntax.upos(deed.word) == Upos::Noun
            && syntax.words_in(deed.span).len() == 1
            && !events.iter().any(|event| event.word == deed.word)
    };
    deeds.retain(|deed| !tells(deed.word) && !is_news(deed) && !is_harm(deed.word) && !is_bare(deed));
    let violations = weigh::past_violations(reading, events, truce, &deeds);
    Account { candidates, deeds, terms, violations, status_words }
}

/// A deed near the names of two agreements of the past broke the one for which it weighs more.
pub(super) fn part_deeds(reading: &Reading<'_>, found: &mut [Ceasefire]) {
    let odds = |row: &Ceasefire, span: Span| {
        let inside = row.deeds.iter().filter(|deed| deed.span.overlaps(span));
        inside.map(|deed| weigh::past_odds(reading, deed)).max_by(f32::total_cmp)
    };
    for one in 0..found.len() {
        for other in 0..found.len() {
            if one == other || [one, other].iter().any(|&at| found[at].scope == Scope::Current) {
                continue;
            }
            let rival = &found[other];
            let loses = |span: Span| {
                let told = rival.violations.iter().any(|known| known.span.overlaps(span));
                let (own, theirs) = (odds(&found[one], span), odds(rival, span));
                told && (own, one) < (theirs, other)
            };
            let kept: Vec<bool> = found[one].violations.iter().map(|known| !loses(known.span)).collect();
            let mut kept = kept.into_iter();
            found[one].violations.retain(|_| kept.next().unwrap_or(true));
        }
    }
}

/// What binds now is no term of an agreement of the past beside it.
pub(super) fn part_terms(found: &mut [Ceasefire]) {
    let now = found.iter().filter(|row| row.scope == Scope::Current);
    let now: Vec<Span> = now.flat_map(|row| row.terms.iter().skip(1).map(|&(_, span)| span)).collect();
    for row in found.iter_mut().filter(|row| row.scope == Scope::Background) {
        row.terms.retain(|&(_, span)| !now.iter().any(|known| known.overlaps(span)));
    }
}

/// "A truce went into force at 6 a.m., replacing a pause that collapsed": an hour that is the beginning of one is that of no other.
pub(super) fn part_times(found: &mut [Ceasefire]) {
    let now: Vec<String> =
        found.iter().filter(|row| row.scope == Scope::Current).filter_map(|row| row.effective.clone()).collect();
    for row in found.iter_mut().filter(|row| row.scope == Scope::Background) {
        let Some(told) = row.effective.take_if(|told| told.contains('T') && now.contains(told)) else { continue };
        // What was counted from it falls with it; an end before it was told for itself.
        row.expires = row.expires.take().filter(|end| *end < told);
    }
}

/// The agreement that a sentence tells of: the one that it names, else that of the sentence before it in its paragraph.
fn owner(reading: &Reading<'_>, groups: &[Group], sentence: u32, deed: bool) -> Option<usize> {
    let syntax = reading.syntax();
    let block = |at: u32| reading.sentences.get(at as usize).map(|row| row.block);
    let names = |at: u32| {
        let of = |group: &Group| {
            let named = group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied());
            named.filter(|&word| syntax.sentence(word) == at).min()
        };
        let mut here: Vec<(u32, usize)> =
            groups.iter().enumerate().filter_map(|(index, group)| Some((of(group)?, index))).collect();
        here.sort_unstable();
        here
    };
    let mut at = sentence;
    loop {
        let here = names(at);
        match here.as_slice() {
            [] => {}
            [(_, only)] => return Some(*only),
            // "The truce replaced a ceasefire of a week. The U.N. recorded 40 breaches of it": the one that was named last.
            [.., (_, last)] if deed && at < sentence => return Some(*last),
            // A sentence that names two tells of the one of now.
            _ => return here.iter().map(|&(_, index)| index).find(|&index| !groups[index].background),
        }
        if at == 0 || block(at) != block(at - 1) {
            return None;
        }
        at -= 1;
    }
}
