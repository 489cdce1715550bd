//! What speaks for a claim being one: that somebody says something to somebody, and not that somebody does, sees or feels something.

use super::*;
use counterclaim_knowledge::weights::{Evidence, Weights, log_odds, note};
use counterclaim_language::{Mark, NO_EVENT};
use std::sync::LazyLock;

/// Whether the tagger of attributions marked its cue.
fn is_tagged(syntax: Syntax<'_>, claim: &Claim) -> bool {
    let mut cues = syntax.analysis.attributions.iter().flat_map(|attribution| &attribution.cue);
    cues.any(|cue| claim.cue.iter().any(|own| own.overlaps(*cue)))
}

/// The evidence on a claim.
pub fn evidence(syntax: Syntax<'_>, actors: &Actors, claim: &Claim) -> Evidence {
    let word = claim.cue_word;
    let lemma = syntax.lemma(word);
    let row = row_of(syntax, word);
    let mut found: Evidence = vec![("bias".to_owned(), 1.0)];
    let mut is = |name: String, holds: bool| note(&mut found, &name, holds);
    let kind = row.map_or("none".to_owned(), |row| format!("{:?}", row.kind));
    is(format!("kind_{kind}"), true);
    is(format!("lemma_{lemma}"), true);
    is(format!("stance_{:?}", claim.stance), true);
    is(format!("kind_{kind}_{:?}", claim.stance), true);
    is("deed".to_owned(), cues::is_deed(lemma));
    let verb = syntax.upos(word) == Upos::Verb;
    is(format!("upos_{:?}", syntax.upos(word)), true);
    is(format!("deprel_{:?}", syntax.deprel(word)), true);
    is(format!("kind_{kind}_{:?}", syntax.deprel(word)), true);
    is("passive".to_owned(), verb && syntax.is_passive(word));
    is("negated".to_owned(), verb && syntax.is_negated(word));
    is("infinitive".to_owned(), verb && syntax.is_infinitive(word));
    is("gerund".to_owned(), verb && syntax.form(word).ends_with("ing"));
    for auxiliary in if verb { syntax.auxiliaries(word) } else { Vec::new() } {
        is(format!("auxiliary_{auxiliary}"), true);
    }
    let cue_words = claim.cue.iter().map(|&span| syntax.words_in(span).len()).sum::<usize>();
    is("cue_of_several_words".to_owned(), cue_words > 2);
    // Who.
    let source = claim.source.first().copied();
    let head = source.and_then(|source| syntax.head_of(source));
    is("no_source".to_owned(), source.is_none());
    is(format!("no_source_{kind}"), source.is_none());
    if let Some(head) = head {
        let upos = syntax.upos(head);
        is(format!("source_{upos:?}"), true);
        is(format!("source_{upos:?}_{kind}"), true);
        is(format!("source_{:?}", syntax.deprel(head)), true);
        is("source_behind".to_owned(), head > word);
        is("source_far".to_owned(), head.abs_diff(word) > 12);
        is("source_governed".to_owned(), syntax.governs(word, head));
        is("source_subject".to_owned(), syntax.subject(word) == Some(head));
        is("source_elsewhere".to_owned(), syntax.sentence(head) != syntax.sentence(word));
        is("source_numbered".to_owned(), syntax.dependent(head, &[Deprel::Nummod]).is_some());
        is("source_small".to_owned(), upos == Upos::Noun && syntax.dependents(head).is_empty());
        let span = syntax.span(head);
        let mention = syntax.analysis.mentions.iter().find(|mention| mention.span.contains(span));
        is(format!("source_{}", mention.map_or("plain".to_owned(), |mention| format!("{:?}", mention.kind))), true);
    }
    let claimant = claim.claimant.map(|claimant| &actors.all[claimant]);
    is("no_claimant".to_owned(), claimant.is_none());
    if let Some(claimant) = claimant {
        let sector = claimant.sectors.first().map_or("none", String::as_str);
        is(format!("sector_{sector}"), true);
        is(format!("sector_{sector}_{kind}"), true);
        is(format!("actor_{:?}", claimant.kind), true);
        is("plural".to_owned(), claimant.plural);
    }
    // What.
    let content: Vec<u32> = claim.content.iter().flat_map(|&piece| syntax.words_in(piece)).collect();
    is("no_content".to_owned(), content.is_empty());
    let finite = content.iter().any(|&at| matches!(syntax.upos(at), Upos::Verb | Upos::Aux));
    is("clause".to_owned(), finite);
    is(format!("clause_{kind}"), finite);
    is("short".to_owned(), (1..=3).contains(&content.len()));
    is("long".to_owned(), content.len() > 15);
    let quoted = claim.content.iter().any(|piece| piece.of(syntax.text).contains(['"', '\u{201c}', '\u{201d}']));
    is("quoted".to_owned(), quoted);
    is("pieces".to_owned(), claim.content.len() > 1);
    is("content_before".to_owned(), claim.content.first().is_some_and(|piece| piece.start < syntax.span(word).start));
    is("that".to_owned(), content.first().is_some_and(|&at| syntax.lemma(at) == "that"));
    for (name, relation) in [
        ("complement", Deprel::Ccomp),
        ("xcomp", Deprel::Xcomp),
        ("object", Deprel::Obj),
        ("parataxis", Deprel::Parataxis),
    ] {
        is(format!("has_{name}"), syntax.dependent(word, &[relation]).is_some());
        is(format!("has_{name}_{kind}"), syntax.dependent(word, &[relation]).is_some());
    }
    let tagged = is_tagged(syntax, claim);
    is("tagged".to_owned(), tagged);
    is(format!("tagged_{kind}"), tagged);
    is("in_another".to_owned(), claim.via.is_some());
    let marks = &syntax.analysis.retold;
    if marks.marks.is_empty() {
        is("unread".to_owned(), true);
    } else {
        let most = |spans: &[Span], mark: Mark| {
            let words = spans.iter().flat_map(|&span| syntax.words_in(span));
            words.map(|word| marks.mark(word, mark)).fold(-8.0, f32::max).clamp(-8.0, 8.0) / 4.0
        };
        found.push(("mark_cue".to_owned(), most(&claim.cue, Mark::Cue)));
        found.push(("mark_source".to_owned(), most(&claim.source, Mark::Source)));
        found.push(("mark_content".to_owned(), most(&claim.content, Mark::Content)));
    }
    let heads = &syntax.analysis.events;
    if let Some(told) = heads.words.get(word as usize) {
        found.push(("no_event".to_owned(), log_odds(told.types[NO_EVENT]) / 3.0));
        found.push(("named".to_owned(), told.named));
    }
    found
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../../data/claim_weights.csv")));

/// Log odds from which a claim stands (best by folds, `training/claim_worth.py`).
const LEAST: f32 = -1.0;

/// Takes the claims out that are most likely none, and gives them.
pub fn drop_unlikely(syntax: Syntax<'_>, actors: &Actors, claims: &mut Vec<Claim>) -> Vec<Claim> {
    let is_framed = |claim: &Claim| {
        let label = !syntax.form(claim.cue_word).contains(char::is_alphabetic);
        let act = claim.stance != Stance::Assert && row_of(syntax, claim.cue_word).is_none();
        (label || act) && !is_tagged(syntax, claim) || is_mutual(syntax, claim)
    };
    let (kept, dropped): (Vec<Claim>, Vec<Claim>) = std::mem::take(claims).into_iter().partition(|claim| {
        // "Heavy clashes were reported": that nobody is named is told, whatever coders make of it.
        // Nor what the parse alone shows ("would have none of it", "MINUSCA: ..."): it is rare and sure.
        claim.source.is_empty() || is_framed(claim) || WEIGHTS.odds(&evidence(syntax, actors, claim)) > LEAST
    });
    *claims = kept;
    if !dropped.is_empty() {
        tell_via(claims);
    }
    dropped
}
