//! Which candidates are terms and breaches: what rules found and what else the weights speak for.

use super::agreement::is_deal;
use super::breach::{accused_beside, breaches, is_one_side, is_own_deed};
use super::candidate::Candidate;
use super::mention::is_fighting;
use super::provision::noun_kind;
use super::term::term_kind;
use super::violation::{Truce, other_party, violator};
use super::*;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What candidates are weighed for: the columns of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Term,
    Breach,
    /// Words about how the agreement holds.
    Plight,
    /// A term of whatever agreement there is.
    AnyTerm,
    Agreement,
    /// An agreement of the past.
    Earlier,
    /// A breach of an agreement of the past.
    PastBreach,
    /// A term of one.
    PastTerm,
    /// Words about how one fared.
    PastPlight,
}

/// Weights of one kind: of the evidence by name, and of the hidden state of the word.
#[derive(Debug, Default)]
struct Weights {
    evidence: HashMap<&'static str, f32>,
    hidden: Vec<f32>,
}

static WEIGHTS: LazyLock<[Weights; 9]> = LazyLock::new(|| {
    let mut weights: [Weights; 9] = Default::default();
    for line in include_str!("../../../../data/truce_weights.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let Some(name) = cells.next() else { continue };
        let hidden = name.strip_prefix('h').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        for (kind, cell) in weights.iter_mut().zip(cells) {
            let weight = cell.parse().unwrap_or_default();
            if hidden {
                kind.hidden.push(weight);
            } else {
                kind.evidence.insert(name, weight);
            }
        }
    }
    weights
});

/// Log odds of a candidate.
pub(super) fn score(syntax: Syntax<'_>, candidate: &Candidate, kind: Kind) -> f32 {
    let weights = &WEIGHTS[kind as usize];
    let told: f32 = candidate
        .evidence
        .iter()
        .map(|(name, value)| weights.evidence.get(name).copied().unwrap_or_default() * value)
        .sum();
    let vector = syntax.analysis.vector(candidate.word);
    told + vector.iter().zip(&weights.hidden).map(|(value, weight)| value * weight).sum::<f32>()
}

/// Log odds from which a candidate counts, and below which even what a rule found does not.
const TERM: (f32, f32) = (-0.5, -1.5);
const BREACH: (f32, f32) = (0.0, -1.5);
const PLIGHT: f32 = 0.25;
const PAST_BREACH: f32 = -0.25;
const PAST_TERM: f32 = -1.0;
const PAST_PLIGHT: f32 = -0.5;

/// Candidates that weigh enough, the best of those that overlap, beside the spans that stand already.
fn chosen<'c>(candidates: &'c [Candidate], scores: &[f32], least: f32, standing: &[Span]) -> Vec<&'c Candidate> {
    let mut order: Vec<usize> = (0..candidates.len()).filter(|&index| scores[index] >= least).collect();
    order.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]).then(one.cmp(&other)));
    let mut kept: Vec<&Candidate> = Vec::new();
    for index in order {
        let span = candidates[index].span;
        if !standing.iter().any(|known| known.overlaps(span)) && !kept.iter().any(|known| known.span.overlaps(span)) {
            kept.push(&candidates[index]);
        }
    }
    kept.sort_by_key(|candidate| candidate.span.start);
    kept
}

/// Whether nothing in a span weighs enough to let it stand.
fn is_light(syntax: Syntax<'_>, candidates: &[Candidate], scores: &[f32], span: Span, least: f32) -> bool {
    let inside = candidates.iter().zip(scores).filter(|(row, _)| span.contains(syntax.span(row.word)));
    let most = inside.map(|(_, score)| *score).max_by(f32::total_cmp);
    most.is_some_and(|most| most < least)
}

/// Terms of a ceasefire: its name, what rules found, what the weights add.
pub(super) fn terms(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    group: &Group,
    found: Vec<(&'static str, Span)>,
) -> Vec<(&'static str, Span)> {
    let syntax = reading.syntax();
    let scores: Vec<f32> = candidates.iter().map(|candidate| score(syntax, candidate, Kind::Term)).collect();
    let mut terms: Vec<(&'static str, Span)> = found
        .into_iter()
        .enumerate()
        .filter(|(index, (_, span))| *index == 0 || !is_light(syntax, candidates, &scores, *span, TERM.1))
        .map(|(_, term)| term)
        .collect();
    let standing: Vec<Span> = terms.iter().skip(1).map(|&(_, span)| span).collect();
    for candidate in chosen(candidates, &scores, TERM.0, &standing) {
        let word = candidate.word;
        // What is asked for or refused is no term.
        let asked = reading.innermost_claim(syntax.span(word)).is_some_and(|claim| {
            matches!(
                reading.claims[claim].stance,
                Stance::Appeal | Stance::Deny | Stance::Threaten | Stance::Decline | Stance::Accuse
            )
        });
        // "Which Qatar read out on April 2, and which runs from April 4": when it was made and how long it lasts is none either.
        let mut clause = word;
        while syntax.deprel(clause) == Deprel::Conj {
            let Some(over) = syntax.head(clause) else { break };
            clause = over;
        }
        let named = syntax.head(clause).is_some_and(|name| {
            group.mentions.iter().any(|mention| mention.word == name) || group.references.contains(&name)
        });
        let lemma = syntax.lemma(word);
        let of_time = syntax.deprel(clause) == Deprel::AclRelcl
            && named
            && (BEGIN.contains(&lemma) || ANNOUNCE.contains(&lemma) || matches!(lemma, "read" | "expire" | "lapse"));
        // "All sides must respect the ceasefire": the agreement itself.
        let itself = matches!(lemma, "respect" | "observe" | "honour" | "honor" | "uphold" | "heed")
            && syntax.patient(word).is_some_and(|object| mention::is_name(syntax, object) || is_deal(syntax, object));
        if asked || itself || of_time || group.mentions.iter().any(|mention| mention.word == word) {
            continue;
        }
        let ceases = STOP.contains(&syntax.lemma(word))
            && syntax.dependents(word).iter().any(|&child| is_fighting(syntax, child));
        let kind = match syntax.upos(word) {
            Upos::Verb => term_kind(syntax, word, ceases),
            _ => noun_kind(syntax.lemma(word)).unwrap_or("other"),
        };
        terms.push((kind, candidate.span));
    }
    // "Lay" and "lay down their arms" are one term.
    let whole = terms.iter().skip(1).position(|(_, span)| span.contains(terms[0].1));
    let verb = syntax.words_in(terms[0].1).next().is_some_and(|word| syntax.upos(word) == Upos::Verb);
    if let Some(whole) = whole.filter(|_| verb) {
        terms[0].1 = terms.remove(whole + 1).1;
    }
    terms
}

/// Breaches: what rules found and what the weights add.
pub(super) fn violations(
    reading: &Reading<'_>,
    events: &[Event],
    truce: &Truce<'_>,
    candidates: &[Candidate],
    found: Vec<Violation>,
) -> Vec<Violation> {
    let syntax = reading.syntax();
    let scores: Vec<f32> = candidates.iter().map(|candidate| score(syntax, candidate, Kind::Breach)).collect();
    // "The truce was broken by them" says so itself.
    let named = breaches(reading, syntax);
    let says_so = |span: Span| named.iter().any(|&word| span.contains(syntax.span(word)));
    let mut broken: Vec<Violation> = found
        .into_iter()
        .filter(|known| says_so(known.span) || !is_light(syntax, candidates, &scores, known.span, BREACH.1))
        .collect();
    let standing: Vec<Span> = broken.iter().map(|known| known.span).collect();
    let told = |candidate: &&Candidate| reading.is_coded(syntax.sentence(candidate.word));
    for candidate in chosen(candidates, &scores, BREACH.0, &standing).into_iter().filter(told) {
        broken.push(violation(reading, events, truce, candidate));
    }
    broken.sort_by_key(|known| (known.span.start, std::cmp::Reverse(known.span.end)));
    broken
}

/// Log odds of a deed to have broken the agreement of the past beside whose name it stands.
pub(super) fn past_odds(reading: &Reading<'_>, deed: &Candidate) -> f32 {
    score(reading.syntax(), deed, Kind::PastBreach)
}

/// Breaches of an agreement of the past: no rules tell them.
pub(super) fn past_violations(
    reading: &Reading<'_>,
    events: &[Event],
    truce: &Truce<'_>,
    deeds: &[Candidate],
) -> Vec<Violation> {
    let mut scores: Vec<f32> = deeds.iter().map(|deed| past_odds(reading, deed)).collect();
    // "Had gone on shelling Omdurman" tells more than "shelling".
    let held = |at: usize| {
        let span = deeds[at].span;
        (0..deeds.len())
            .any(|over| scores[over] >= PAST_BREACH && deeds[over].span != span && deeds[over].span.contains(span))
    };
    let inner: Vec<usize> = (0..deeds.len()).filter(|&at| held(at)).collect();
    inner.into_iter().for_each(|at| scores[at] = f32::MIN);
    let deeds = chosen(deeds, &scores, PAST_BREACH, &[]);
    deeds.into_iter().map(|deed| violation(reading, events, truce, deed)).collect()
}

/// Terms of an agreement of the past, beside those that stand already.
pub(super) fn past_terms(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    standing: &[Span],
) -> Vec<(&'static str, Span)> {
    let syntax = reading.syntax();
    let scores: Vec<f32> = candidates.iter().map(|row| score(syntax, row, Kind::PastTerm)).collect();
    let kind = |word: u32| match syntax.upos(word) {
        Upos::Verb => term_kind(syntax, word, false),
        _ => noun_kind(syntax.lemma(word)).unwrap_or("other"),
    };
    chosen(candidates, &scores, PAST_TERM, standing).into_iter().map(|row| (kind(row.word), row.span)).collect()
}

/// Words about how an agreement of the past fared: what rules found and what the weights add.
pub(super) fn past_status_words(reading: &Reading<'_>, candidates: &[Candidate], mut found: Vec<Span>) -> Vec<Span> {
    let syntax = reading.syntax();
    let scores: Vec<f32> = candidates.iter().map(|row| score(syntax, row, Kind::PastPlight)).collect();
    let more = chosen(candidates, &scores, PAST_PLIGHT, &found);
    found.extend(more.into_iter().map(|row| row.span));
    found.sort_by_key(|span| (span.start, span.end));
    found
}

/// "Accused each other of violating the truce" tells no breach of its own in a lead where the report goes on to tell the deeds.
pub(super) fn drop_general(reading: &Reading<'_>, events: &[Event], found: &mut Vec<Violation>) {
    let syntax = reading.syntax();
    let named = breaches(reading, syntax);
    let lead = (0..syntax.analysis.sentences.len() as u32).find(|&sentence| reading.is_coded(sentence));
    let is_general = |known: &Violation| {
        let words = || syntax.words_in(known.span);
        let opens = words().next().map(|word| syntax.sentence(word)) == lead;
        let first = words().find(|&word| syntax.upos(word) == Upos::Verb || named.contains(&word));
        let counted = words().any(|word| syntax.upos(word) == Upos::Num && syntax.deprel(word) == Deprel::Nummod);
        let told = |event: &Event| {
            event.claim == known.claim
                && known.span.contains(event.trigger)
                && !named.contains(&event.word)
                && matches!(event.event_type, "ASSAULT" | "COERCE" | "MOBILIZE" | "RETREAT" | "SANCTION")
        };
        opens && first.is_some_and(|word| named.contains(&word)) && !counted && !events.iter().any(told)
    };
    if found.iter().any(|known| !is_general(known)) {
        found.retain(|known| !is_general(known));
    }
}

/// "Fifty fighters handed over their weapons under the truce": what was done as agreed breaks nothing.
pub(super) fn drop_kept(reading: &Reading<'_>, events: &[Event], found: &mut Vec<Violation>) {
    let syntax = reading.syntax();
    let short =
        |at: u32| matches!(syntax.lemma(at), "no" | "not" | "only" | "just" | "single" | "few" | "never" | "none");
    found.retain(|known| {
        let Some(event) = known.event.map(|event| &events[event]) else { return true };
        let kept = matches!(event.event_type, "RETREAT" | "CONCEDE" | "COOPERATE")
            && event.status == counterclaim_schema::ledger::Status::Occurred
            && event.modes.iter().all(|mode| mode != "ceasefire")
            // "Turned back the monitors".
            && syntax.lemma(event.word) != "turn"
            && !syntax.is_negated(event.word)
            && !syntax.words_in(known.span).any(short);
        let accused = known.claim.is_some_and(|claim| reading.claims[claim].stance == Stance::Accuse);
        !kept || accused
    });
}

/// A candidate as a breach: who tells it, and who is said to have done it.
fn violation(reading: &Reading<'_>, events: &[Event], truce: &Truce<'_>, candidate: &Candidate) -> Violation {
    let syntax = reading.syntax();
    let word = candidate.word;
    let claim = reading
        .innermost_claim(syntax.span(word))
        .or_else(|| reading.claims.iter().position(|claim| claim.cue_word == word));
    let event = events.iter().position(|event| event.word == word).or_else(|| {
        events.iter().position(|event| candidate.span.contains(event.trigger) && syntax.clause(event.word) == word)
    });
    let teller = claim.and_then(|claim| reading.claims[claim].claimant);
    let agent = || {
        let agent = syntax.agent(word).filter(|&agent| agent != word)?;
        reading.actors.of_phrase(syntax, agent).first().map(|&(actor, _)| actor)
    };
    let own = is_own_deed(reading, syntax, truce.parties, word, teller);
    let against = event
        .and_then(|event| violator(reading, &events[event], truce.parties))
        .or_else(|| agent().filter(|&agent| !own && Some(agent) != teller))
        .or_else(|| accused_beside(reading, syntax, claim?))
        .or_else(|| other_party(reading, truce.parties, teller?));
    // What is told goes no further than the claim.
    let span = match claim.map(|claim| &reading.claims[claim]) {
        Some(claim) if claim.covers(syntax.span(word)) => {
            let words: Vec<u32> =
                syntax.words_in(candidate.span).filter(|&inner| claim.covers(syntax.span(inner))).collect();
            syntax.cover(&words).unwrap_or(candidate.span)
        }
        _ => candidate.span,
    };
    Violation { span, claim, event, against, teller: None, suspects: Vec::new() }
}

/// Words about how the agreement holds: what rules found and what the weights add.
pub(super) fn status_words(reading: &Reading<'_>, candidates: &[Candidate], mut found: Vec<Span>) -> Vec<Span> {
    let syntax = reading.syntax();
    let scores: Vec<f32> = candidates.iter().map(|candidate| score(syntax, candidate, Kind::Plight)).collect();
    let more = chosen(candidates, &scores, PLIGHT, &found);
    found.extend(more.into_iter().map(|candidate| candidate.span));
    found.sort_by_key(|span| (span.start, span.end));
    found
}

/// "In Sabha, in the far south, gunmen attacked a police post, the directorate said": what a paragraph on another place tells that no party
/// is told of by the other, beside no word of the agreement.
pub(super) fn drop_elsewhere(reading: &Reading<'_>, events: &[Event], truce: &Truce<'_>, found: &mut Vec<Violation>) {
    let syntax = reading.syntax();
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let named = breaches(reading, syntax);
    let names =
        || truce.group.mentions.iter().map(|mention| mention.word).chain(truce.group.references.iter().copied());
    let opens = |sentence: u32| {
        let words = syntax.words_of(sentence);
        let Some(first) = words.clone().find(|&word| syntax.upos(word) != Upos::Punct) else { return false };
        let place = reading.places.iter().find(|place| {
            syntax.words_in(place.span).next().is_some_and(|at| words.contains(&at) && at > first && at <= first + 6)
        });
        let Some(place) = place.filter(|_| matches!(syntax.form(first), "In" | "Near" | "Outside")) else {
            return syntax.form(first) == "Elsewhere";
        };
        // Told of before, it is no other place.
        let name = place.span.of(&reading.document.text);
        !reading.document.text[..place.span.start as usize].contains(name)
    };
    found.retain(|known| {
        let Some(sentence) = syntax.words_in(known.span).next().map(|word| syntax.sentence(word)) else { return true };
        let Some(first) = (0..=sentence).find(|&at| block(at) == block(sentence)) else { return true };
        let beside = names().chain(named.iter().copied()).any(|word| block(syntax.sentence(word)) == block(sentence));
        let claim = known.claim.map(|claim| &reading.claims[claim]);
        let party = |actor: ActorId| truce.parties.iter().any(|&party| is_one_side(reading, party, actor));
        // "Gunmen attacked a post, the police said": the police are of a party, and nobody is charged.
        let doers = known.event.map(|event| &events[event].roles.actors);
        let unknown = |actor: ActorId| {
            let sectors = &reading.actors.all[actor].sectors;
            !sectors.is_empty() && sectors.iter().all(|sector| matches!(sector.as_str(), "UAF" | "CRM"))
        };
        let nameless = doers.is_some_and(|doers| {
            let mut told = doers.iter().filter(|part| part.basis != "context");
            !doers.is_empty() && told.all(|part| unknown(part.actor))
        });
        let charged =
            claim.is_some_and(|claim| claim.stance == Stance::Accuse || claim.claimant.is_some_and(party) && !nameless);
        // "The moratorium does not cover other targets. A missile hit a street": told as outside of it.
        let spared = |word: u32| {
            let clause = syntax.clause(word);
            matches!(syntax.lemma(clause), "cover" | "apply" | "extend" | "include" | "bind")
                && syntax.is_negated(clause)
                && syntax.subject(clause) == Some(word)
        };
        let outside = names().any(|word| {
            let at = syntax.sentence(word);
            at < sentence && block(at) == block(sentence) && spared(word)
        });
        if outside && !named.iter().any(|&word| syntax.sentence(word) == sentence) {
            return false;
        }
        beside || charged || !opens(first)
    });
}
