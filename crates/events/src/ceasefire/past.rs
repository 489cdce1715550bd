//! What is told of agreements of the past: their terms and breaches are not those of the one of now.

use super::candidate::Scene;
use super::mention::Group;
use super::violation::Truce;
use super::*;

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

/// "A previous ceasefire broke down in November 2001 when the rebels attacked a barracks": what may have broken an agreement of the past, told
/// behind its name, and what most likely did.
pub(super) fn broken(
    reading: &Reading<'_>,
    events: &[Event],
    truce: &Truce<'_>,
    name: Span,
) -> (Vec<Candidate>, Vec<Violation>) {
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
    let mut deeds = Scene::new(reading, events, truce, &breaches).candidates();
    let tells = |word: u32| reading.is_speech(word) || reading.claims.iter().any(|claim| claim.cue_word == word);
    // A deed of this week broke no agreement of years ago, unless it is told as its end.
    let has = |deed: &Candidate, name: &str| deed.evidence.iter().any(|(known, _)| *known == name);
    let is_news = |deed: &Candidate| {
        has(deed, "day_now") && !has(deed, "recent") && !has(deed, "ends_it") && !has(deed, "named_here")
    };
    deeds.retain(|deed| {
        is_near(syntax.sentence(deed.word)) && !deed.span.overlaps(name) && !tells(deed.word) && !is_news(deed)
    });
    weigh::cross(reading, name, &mut deeds, f32::MIN);
    let found = weigh::past_violations(reading, events, truce, &deeds);
    (deeds, found)
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
