//! What is told of agreements of the past: their terms and breaches are not those of the one of now.

use super::mention::Group;
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
            found[to].violations.push(known);
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
