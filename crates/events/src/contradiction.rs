//! Pairs of claims and figures that cannot both hold, each with its reason.

mod banner;
mod blame;
mod counter;
mod denial;
mod evidence;
mod figure;
mod ground;
mod proposition;
mod second;
mod sense;
mod side;
mod tally;

pub(crate) use side::{Side, official, sides};

use crate::event::Event;
use counterclaim_claims::Reading;
use counterclaim_language::{Act, Upos};
use counterclaim_schema::ledger::{Scope, Stance};

/// A pair; claims by index, or figures by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// blame, figure, denial, place.
    pub kind: &'static str,
    /// First row.
    pub a: Row,
    /// Second row; the same as the first when one sentence tells both sides.
    pub b: Row,
    /// What they differ about.
    pub about: String,
}

/// A row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Index into the claims.
    Claim(usize),
    /// Index into the harms.
    Harm(usize),
}

impl Contradiction {
    fn of_claims(kind: &'static str, one: usize, other: usize, about: &str) -> Contradiction {
        let (a, b) = (Row::Claim(one.min(other)), Row::Claim(one.max(other)));
        Contradiction { kind, a, b, about: about.to_owned() }
    }
}

pub use counter::Weighed;

/// The pairs of claims and those of figures that are weighed, with their evidence: what the weights are fitted to.
pub(crate) fn weighed(reading: &Reading<'_>, events: &[Event], harm_scopes: &[Scope]) -> (Vec<Weighed>, Vec<Weighed>) {
    let mut found = Vec::new();
    let all = proposition::propositions(reading, events);
    blame::blame(reading, &all, &mut found);
    denial::denial(reading, events, &all, &mut found);
    let second = second::Second::new(reading);
    let claims = counter::weighed(reading, &all, &second, &found);
    counter::counter(reading, &all, &second, &mut found);
    figure::figures(reading, &all, harm_scopes, &mut found);
    let figures = tally::weighed(reading, &all, &second, harm_scopes, &found);
    (claims, figures)
}

/// Finds the contradictions of a report. Who tells that what an earlier claim tells was not so denies it, whatever the word of saying.
pub fn contradictions(reading: &mut Reading<'_>, events: &[Event], harm_scopes: &[Scope]) -> Vec<Contradiction> {
    let (found, denials) = pairs(reading, events, harm_scopes);
    for claim in denials {
        reading.claims[claim].stance = Stance::Deny;
    }
    found
}

/// Log odds of a denial at which a plain claim that contradicts an earlier one is held to deny it.
const DENIES: f32 = 3.0;

/// The contradictions, and the plain claims that deny an earlier one.
fn pairs(reading: &Reading<'_>, events: &[Event], harm_scopes: &[Scope]) -> (Vec<Contradiction>, Vec<usize>) {
    let mut found = Vec::new();
    let all = proposition::propositions(reading, events);
    blame::blame(reading, &all, &mut found);
    denial::denial(reading, events, &all, &mut found);
    let second = second::Second::new(reading);
    counter::counter(reading, &all, &second, &mut found);
    figure::figures(reading, &all, harm_scopes, &mut found);
    tally::tally(reading, &all, &second, harm_scopes, &mut found);
    // What the headline says, the report says again with its words.
    let syntax = reading.syntax();
    let in_body = |row: Row| {
        let sentence = match row {
            Row::Claim(claim) => all[claim].sentence,
            Row::Harm(harm) => {
                syntax.words_in(reading.harms[harm].number).next().map_or(0, |word| syntax.sentence(word))
            }
        };
        reading.is_coded(sentence)
    };
    found.retain(|pair| in_body(pair.a) && in_body(pair.b));
    // Each side counts its own dead, soldiers of two states are not of one count, and who tells two numbers corrects himself.
    let teller = |harm: usize| reading.harms[harm].claim.and_then(|claim| reading.claims[claim].claimant);
    found.retain(|pair| match (pair.a, pair.b) {
        (Row::Harm(a), Row::Harm(b)) => {
            (teller(a).is_none() || teller(a) != teller(b))
                && figure::same_country(reading, &all, a, b)
                && !figure::of_two_camps(reading, &all, a, b)
                && !figure::adds_up(reading, a, b)
        }
        _ => true,
    });
    // Nor does one mouth contradict itself: the speaker, the director of the monitor that spoke, the state's own agency.
    found.retain(|pair| match (pair.a, pair.b) {
        (Row::Claim(a), Row::Claim(b)) if a != b => {
            let (one, other) = (reading.claims[a].claimant, reading.claims[b].claimant);
            // Whom "it" and "the statement" mean is not sure enough.
            let named = |claim: usize| {
                reading.claims[claim]
                    .source
                    .iter()
                    .any(|span| syntax.words_in(*span).any(|word| syntax.upos(word) == Upos::Propn))
            };
            !(named(a)
                && named(b)
                && one.zip(other).is_some_and(|(one, other)| side::is_one_mouth(reading, one, other)))
        }
        _ => true,
    });
    let plain = |claim: &usize| reading.claims[*claim].stance == Stance::Assert;
    let acts = evidence::acts(reading);
    let denies_by_act = |claim: usize| acts[claim].is_some_and(|acts| acts[Act::Deny as usize] > DENIES);
    let answers = |pair: &Contradiction| match (pair.a, pair.b) {
        (Row::Claim(_), Row::Claim(b)) => denies_by_act(b).then_some(b),
        _ => None,
    };
    let denials = found.iter().filter_map(answers).filter(plain).collect();
    (found, denials)
}

/// Adds a pair; two rows differ once, whatever else could be said of them.
fn add(found: &mut Vec<Contradiction>, pair: Contradiction) {
    if !found.iter().any(|known| known.a == pair.a && known.b == pair.b) {
        found.push(pair);
    }
}
