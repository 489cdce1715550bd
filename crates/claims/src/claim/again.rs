//! Claims that only a second reading shows: the encoder of reports, which knows what the first reading found, marks the words of all claims.

use super::*;
use counterclaim_language::Mark;

/// Log odds of a cue from which a word that is no part of a claim tells one.
const TELLS: f32 = 2.0;
/// Log odds of a cue below which a claim that was read is none.
const TELLS_NOT: f32 = -2.5;
/// Log odds from which a word belongs to a source or a content.
const BELONGS: f32 = 0.0;

/// Adds the claims that the marks tell and the first reading missed, and drops those that they tell to be none; nothing where the report was
/// not read again. Gives the head words of the cues added.
pub fn read_again(
    syntax: Syntax<'_>,
    actors: &mut Actors,
    claims: &mut Vec<Claim>,
    is_coded: impl Fn(u32) -> bool,
) -> Vec<u32> {
    let marks = &syntax.analysis.retold;
    if marks.marks.is_empty() {
        return Vec::new();
    }
    let cue = |word: u32| marks.mark(word, Mark::Cue);
    claims.retain(|claim| {
        let most = claim.cue.iter().flat_map(|&span| syntax.words_in(span)).map(cue).fold(f32::MIN, f32::max);
        !is_coded(syntax.sentence(claim.cue_word)) || most > TELLS_NOT || is_mutual(syntax, claim)
    });
    let is_cue = |word: u32| {
        let span = syntax.span(word);
        claims.iter().any(|claim| claim.cue.iter().any(|cue| cue.overlaps(span)))
    };
    let coded = (0..syntax.analysis.sentences.len() as u32).filter(|&sentence| is_coded(sentence));
    let drafts: Vec<Draft> = coded
        .flat_map(|sentence| runs(syntax.words_of(sentence), |word| cue(word) > BELONGS))
        .filter(|run| run.clone().any(|word| cue(word) > TELLS) && !run.clone().any(is_cue))
        .filter_map(|run| draft_of(syntax, claims, run))
        .collect();
    let added = drafts.iter().map(|draft| draft.cue_word).collect();
    for draft in drafts {
        let place = draft.cue[0].start();
        let at = claims.iter().position(|claim| claim.cue[0].start() > place).unwrap_or(claims.len());
        let claim = claim_of(syntax, actors, &claims[..at], draft, &[]);
        claims.insert(at, claim);
    }
    tell_via(claims);
    added
}

/// Runs of words that belong together.
fn runs(words: std::ops::Range<u32>, belongs: impl Fn(u32) -> bool) -> Vec<std::ops::Range<u32>> {
    let mut found = Vec::new();
    let mut at = words.start;
    while at < words.end {
        let end = (at..words.end).find(|&word| !belongs(word)).unwrap_or(words.end);
        if end > at {
            found.push(at..end);
        }
        at = end + 1;
    }
    found
}

/// The claim whose cue is a run of words, if somebody is marked to tell it, or its verb has a subject.
fn draft_of(syntax: Syntax<'_>, known: &[Claim], cue: std::ops::Range<u32>) -> Option<Draft> {
    let marks = &syntax.analysis.retold;
    let words = syntax.words_of(syntax.sentence(cue.start));
    let cover = |run: &std::ops::Range<u32>| syntax.span(run.start).to(syntax.span(run.end - 1));
    let cue_span = cover(&cue);
    let cue_word = cue_word(syntax, &[cue_span])?;
    let apart = |run: &std::ops::Range<u32>| {
        if run.end <= cue.start { cue.start - run.end } else { run.start.saturating_sub(cue.end) }
    };
    // What stands behind another claim's cue is that claim's.
    let near = |run: &std::ops::Range<u32>| {
        let between = if run.end <= cue.start { run.end..cue.start } else { cue.end..run.start };
        !between.into_iter().any(|word| {
            let span = syntax.span(word);
            known.iter().any(|claim| claim.cue.iter().any(|cue| cue.overlaps(span)))
        })
    };
    let sources = runs(words.clone(), |word| !cue.contains(&word) && marks.mark(word, Mark::Source) > BELONGS);
    let marked = sources
        .iter()
        .filter(|run| (run.start..run.end).any(|word| syntax.is_nominal(word)) && near(run))
        .min_by_key(|run| apart(run))
        .map(cover);
    let subject = || {
        let subject = syntax.subject(cue_word).filter(|&subject| syntax.deprel(subject) != Deprel::Expl)?;
        Some(full_phrase(syntax, subject, cue_word))
    };
    // The parse tells where the phrase of a marked subject ends.
    let source = match (marked, subject()) {
        (Some(marked), Some(subject)) if marked.overlaps(subject) => subject,
        (marked, subject) => marked.or(subject)?,
    };
    let head = syntax.head_of(source)?;
    if is_own(syntax, head) {
        return None;
    }
    let said = |word: u32| {
        let span = syntax.span(word);
        !cue.contains(&word)
            && !source.overlaps(span)
            && marks.mark(word, Mark::Content) > BELONGS
            && syntax.form(word) != "that"
            && !known.iter().any(|claim| claim.cue.iter().chain(&claim.source).any(|part| part.overlaps(span)))
    };
    let pieces = runs(words, said);
    let words_only = |run: &&std::ops::Range<u32>| (run.start..run.end).any(|word| syntax.upos(word) != Upos::Punct);
    let marked = pieces.iter().filter(words_only).filter(|run| near(run)).min_by_key(|run| apart(run)).map(cover);
    let content = vec![marked.or_else(|| rest_of_sentence(syntax, cue_word, &[source]))?];
    let row = row_of(syntax, cue_word);
    Some(Draft { source: vec![source], cue: vec![cue_span], content, cue_word, row, framed: None })
}
