//! Plain statements that cannot both hold, without a word of denial: "the trucks carried ammunition" against "they were full of flour".

use super::banner;
use super::blame::is_reciprocal;
use super::figure::is_of_them;
use super::ground::{Held, hands_differ, held};
use super::proposition::{Proposition, is_everywhere, is_one_side, shared};
use super::side::{Side, meet, official};
use super::{Contradiction, Row, add};
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Sentences within which a statement is answered by another one.
const NEAR: u32 = 3;

/// Lemmas by axis of what excludes each other: `false` for the one end, `true` for the other.
static OPPOSITES: LazyLock<HashMap<&'static str, Vec<(usize, bool)>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<(usize, bool)>> = HashMap::new();
    for (axis, line) in include_str!("../../../../data/opposites.csv").lines().skip(1).enumerate() {
        let cells: Vec<&'static str> = line.split(',').collect();
        let [_, one, other] = cells[..] else { continue };
        for (words, end) in [(one, false), (other, true)] {
            words.split('|').for_each(|lemma| table.entry(lemma).or_default().push((axis, end)));
        }
    }
    table
});

/// Number of axes.
const AXES: usize = 12;

/// What a claim says of each axis: the one end, the other.
type Ends = [[bool; 2]; AXES];

/// A claim with what a plain answer asks of it.
struct Picture<'a> {
    words: Vec<u32>,
    ends: Ends,
    nouns: Vec<&'a str>,
    pronoun: bool,
    first: bool,
    contrast: bool,
    places: Vec<String>,
    days: Vec<&'a str>,
    negated: bool,
    mouth: Mouth,
    insists: bool,
    holds: bool,
    held: Option<Held>,
    own_deed: bool,
    future: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mouth {
    State,
    Armed,
    People,
    Unknown,
}

/// Each claim with the one that it answers best.
pub(super) fn counter(reading: &Reading<'_>, all: &[Proposition<'_>], found: &mut Vec<Contradiction>) {
    let pictures: Vec<Picture<'_>> = (0..all.len()).map(|index| picture(reading, all, index)).collect();
    let known = |found: &[Contradiction], a: usize, b: usize| {
        found.iter().any(|pair| pair.a == Row::Claim(a) && pair.b == Row::Claim(b))
    };
    for b in 0..all.len() {
        let open = (0..b).filter(|&a| may_answer(reading, all, a, b) && !known(found, a, b));
        let scored = open.map(|a| {
            let evidence = evidence(reading, all, &pictures, a, b);
            (a, BIAS + evidence.iter().map(|(weight, value)| weight * value).sum::<f32>())
        });
        let best = scored.filter(|(_, score)| *score >= LEAST).max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((a, _)) = best {
            let kind = if all[a].blames(&all[b]) && all[b].blames(&all[a]) { "blame" } else { "denial" };
            add(found, Contradiction::of_claims(kind, a, b, "two accounts that exclude each other"));
        }
    }
}

/// Log odds from which two statements are taken to exclude each other.
const LEAST: f32 = 0.2;
/// Log odds of any two claims that may answer each other.
const BIAS: f32 = -3.7;

fn may_answer(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let (one, other) = (&reading.claims[a], &reading.claims[b]);
    let stance = |claim: &counterclaim_claims::Claim| {
        matches!(claim.stance, Stance::Assert | Stance::Accuse | Stance::Confirm | Stance::Deny)
    };
    let claimant = one.claimant.is_some() && one.claimant == other.claimant;
    let words = |claim: &counterclaim_claims::Claim| {
        claim.source.first().map(|span| span.of(&reading.document.text).to_lowercase())
    };
    let same = words(one).is_some() && words(one) == words(other);
    // Who confirms, repeats or adds does not gainsay; who gives a figure is met by figures.
    let syntax = reading.syntax();
    let agrees = matches!(
        syntax.lemma(other.cue_word),
        "confirm" | "acknowledge" | "admit" | "agree" | "repeat" | "add" | "echo" | "concede"
    );
    let counts = |claim: &counterclaim_claims::Claim| {
        matches!(syntax.lemma(claim.cue_word), "put" | "give" | "count" | "estimate" | "tally" | "record")
    };
    let reciprocal = is_reciprocal(reading, all, a) || is_reciprocal(reading, all, b);
    if agrees || counts(one) || counts(other) || reciprocal {
        return false;
    }
    all[a].sentence.abs_diff(all[b].sentence) <= NEAR
        && all[a].speaker != all[b].speaker
        && !claimant
        && !same
        && !one.source.is_empty()
        && !other.source.is_empty()
        && one.via != Some(b)
        && other.via != Some(a)
        && stance(one)
        && stance(other)
        && reading.is_coded(all[a].sentence)
        && reading.is_coded(all[b].sentence)
        && !all[a].refuses
        && !all[b].refuses
}

fn picture<'a>(reading: &'a Reading<'_>, all: &[Proposition<'_>], index: usize) -> Picture<'a> {
    let syntax = reading.syntax();
    let claim = &reading.claims[index];
    let words: Vec<u32> = claim.content.iter().flat_map(|&span| syntax.words_in(span)).collect();
    let lemma = |word: u32| reading.analysis.words[word as usize].lemma.as_str();
    let any = |listed: &[&str]| words.iter().any(|&word| listed.contains(&syntax.lemma(word)));
    let of_upos = |listed: &[Upos]| -> Vec<&'a str> {
        words
            .iter()
            .copied()
            .filter(|&word| listed.contains(&syntax.upos(word)) && lemma(word).len() > 2)
            .map(lemma)
            .collect()
    };
    let root = words.iter().copied().find(|&word| {
        matches!(syntax.upos(word), Upos::Verb | Upos::Adj | Upos::Noun)
            && syntax.head(word).is_none_or(|head| !words.contains(&head))
    });
    let subject = root.and_then(|root| syntax.subject(root));
    let third = |form: &str| {
        matches!(
            form,
            "it" | "they" | "he" | "she" | "them" | "this" | "that" | "these" | "those" | "all" | "none" | "most"
        )
    };
    let sentence: Vec<u32> = syntax.words_of(all[index].sentence).collect();
    let says = |listed: &[&str]| {
        sentence.iter().take(9).any(|&word| listed.contains(&syntax.form(word).to_lowercase().as_str()))
            || words.iter().any(|&word| listed.contains(&syntax.lemma(word)))
    };
    // "A farmer said he lost a leg" tells of the farmer, "his family said he was beaten" of somebody else.
    let source: Vec<u32> = claim.source.iter().flat_map(|&span| syntax.words_in(span)).collect();
    let singular = claim.source.first().and_then(|&span| syntax.head_of(span)).is_some_and(|head| {
        !syntax.form(head).ends_with('s')
            && !matches!(syntax.lemma(head), "family" | "people" | "woman" | "man" | "child")
            || syntax.upos(head) == Upos::Propn
    });
    let others = source
        .first()
        .is_some_and(|&word| matches!(syntax.form(word).to_lowercase().as_str(), "his" | "her" | "their"));
    let own = |word: u32| match syntax.form(word).to_lowercase().as_str() {
        "it" | "we" | "its" | "our" | "they" | "their" | "i" | "my" => true,
        "he" | "she" | "his" | "her" => singular && !others,
        _ => false,
    };
    Picture {
        ends: ends(syntax, &words),
        nouns: of_upos(&[Upos::Noun, Upos::Propn]),
        pronoun: subject.is_some_and(|subject| third(&syntax.form(subject).to_lowercase())),
        first: any(&["first", "begin", "start", "provoke", "initiate"]),
        contrast: says(&[
            "but", "however", "though", "yet", "while", "instead", "rather", "contrary", "although", "whereas",
            "still", "actually",
        ]),
        places: words
            .iter()
            .filter_map(|&word| reading.place_at(syntax, word))
            .filter(|&place| !reading.places[place].is_country())
            .map(|place| reading.places[place].span.of(&reading.document.text).to_owned())
            .collect(),
        days: reading
            .times
            .iter()
            .filter(|time| claim.content.iter().any(|span| span.contains(time.span)))
            .filter_map(|time| time.start.as_deref().filter(|start| start.len() >= 10).map(|start| &start[..10]))
            .collect(),
        negated: all[index].is_negative,
        mouth: mouth(reading, all, index),
        insists: matches!(
            lemma(claim.cue_word),
            "insist" | "maintain" | "counter" | "reply" | "respond" | "retort" | "contend"
        ),
        holds: words.iter().any(|&word| {
            matches!(
                syntax.lemma(word),
                "control"
                    | "hold"
                    | "capture"
                    | "seize"
                    | "take"
                    | "retake"
                    | "recapture"
                    | "command"
                    | "overrun"
                    | "clear"
                    | "defend"
                    | "repel"
                    | "repulse"
                    | "occupy"
                    | "drive"
                    | "push"
                    | "remain"
            ) && matches!(syntax.upos(word), Upos::Verb | Upos::Noun)
        }),
        held: held(reading, all, index, &words),
        own_deed: !(root.is_some_and(|root| syntax.is_passive(root))
            && subject.is_some_and(|subject| syntax.upos(subject) == Upos::Pron))
            && subject
                .is_some_and(|subject| own(subject) || syntax.dependents(subject).iter().any(|&child| own(child))),
        future: root.is_some_and(|root| {
            syntax
                .auxiliaries(root)
                .iter()
                .any(|aux| matches!(*aux, "will" | "would" | "should" | "must" | "may" | "might" | "could" | "shall"))
        }),
        words,
    }
}

fn mouth(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> Mouth {
    let claimant = reading.claims[all[index].speaker].claimant;
    let arm = claimant.is_some_and(|actor| {
        reading.actors.flatten(actor).into_iter().any(|member| official(reading, member).is_some())
    });
    let own = &all[index].own;
    if own.iter().any(|side| matches!(side, Side::Armed { .. } | Side::Breakaway(_))) {
        Mouth::Armed
    } else if arm || own.iter().any(|side| matches!(side, Side::State(_))) {
        Mouth::State
    } else if own.iter().any(|side| matches!(side, Side::People { .. })) {
        Mouth::People
    } else {
        Mouth::Unknown
    }
}

/// What the words say of each axis; a negated word says the opposite.
fn ends(syntax: Syntax<'_>, words: &[u32]) -> Ends {
    let mut found = Ends::default();
    for &word in words {
        if !matches!(syntax.upos(word), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Propn) {
            continue;
        }
        // Who does it is no part of what was hit.
        let Some(rows) = OPPOSITES.get(syntax.lemma(word)) else { continue };
        let negated = is_denied(syntax, word);
        let agent = syntax.deprel(word) == Deprel::Nsubj
            && syntax
                .head(word)
                .is_some_and(|head| syntax.upos(head) == Upos::Verb && !matches!(syntax.lemma(head), "be" | "have"));
        for &(axis, end) in rows {
            if axis == CHARACTER && agent {
                continue;
            }
            found[axis][usize::from(end != negated)] = true;
        }
    }
    found
}

/// Row of the table that tells civilians and their things from fighters and theirs.
const CHARACTER: usize = 8;

fn is_denied(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    let no = |word: u32| {
        syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(syntax.lemma(child), "no" | "not" | "never" | "none" | "nobody"))
    };
    syntax.is_negated(word)
        || no(word)
        || syntax.is_negated(clause)
        || syntax
            .subject(clause)
            .is_some_and(|subject| no(subject) || matches!(syntax.lemma(subject), "none" | "nobody"))
}

/// What speaks for and against: weights by logistic regression over the pairs of claims in our own reports, and how much there is of each.
fn evidence(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    pictures: &[Picture<'_>],
    a: usize,
    b: usize,
) -> [(f32, f32); 35] {
    let (one, other) = (&all[a], &all[b]);
    let (p, q) = (&pictures[a], &pictures[b]);
    let flag = |value: bool| f32::from(u8::from(value));
    let distance = other.sentence.abs_diff(one.sentence);
    let between = (a + 1..b).filter(|&index| !reading.claims[index].source.is_empty()).count();
    let block = |index: usize| reading.sentences[all[index].sentence as usize].block;
    let noun = |list: &Vec<&str>| {
        list.iter().filter(|lemma| !is_common(lemma)).map(|lemma| (*lemma).to_owned()).collect::<Vec<_>>()
    };
    let (nouns, nouns_b) = (noun(&p.nouns), noun(&q.nouns));
    let mut common: Vec<&String> = nouns.iter().filter(|lemma| nouns_b.contains(lemma)).collect();
    common.sort();
    common.dedup();
    let axes = (0..AXES)
        .filter(|&axis| axis != CHARACTER)
        .filter(|&axis| {
            let (x, y) = (p.ends[axis], q.ends[axis]);
            x[0] != x[1] && y[0] != y[1] && x[0] != y[0]
        })
        .count();
    let character = {
        let (x, y) = (p.ends[CHARACTER], q.ends[CHARACTER]);
        x[0] != x[1] && y[0] != y[1] && x[0] != y[0]
    };
    let parties = one.own.iter().chain(&other.own).all(Side::is_party) && !one.own.is_empty() && !other.own.is_empty();
    let same_state = is_one_side(reading, all, a, b);
    let opposed = parties && !meet(&one.own, &other.own) || one.quarrels(other);
    let official_people = matches!(
        (p.mouth, q.mouth),
        (Mouth::State | Mouth::Armed, Mouth::People) | (Mouth::People, Mouth::State | Mouth::Armed)
    );
    let unknown = p.mouth == Mouth::Unknown || q.mouth == Mouth::Unknown;
    let elsewhere =
        !p.places.is_empty() && !q.places.is_empty() && !p.places.iter().any(|place| q.places.contains(place));
    let days = !p.days.is_empty() && !q.days.is_empty() && !p.days.iter().any(|day| q.days.contains(day));
    let deed = one.deeds.iter().any(|kind| other.deeds.contains(kind));
    // Two doers for deeds of one kind: "they burned our homes", "the houses were set alight by others".
    let names = |told: &Proposition<'_>| !told.blamed.is_empty() || !told.doers.is_empty();
    let agree = meet(&one.blamed, &other.blamed) || banner::share(&one.doers, &other.doers);
    let deflects = names(one) && names(other) && !agree && (shared(one, other) >= 0.7 || deed);
    let topic = shared(one, other) >= 0.7 || !common.is_empty() || q.pronoun && !q.own_deed;
    let hands = hands_differ((p.held.as_ref(), one), (q.held.as_ref(), other));
    let negation = p.negated != q.negated;
    let apart = opposed || official_people || unknown;
    let excludes = axes > 0 || character || hands || negation && shared(one, other) >= 0.7;
    // Where nearly each sentence is a paragraph of its own, paragraphs tell nothing; what links two of them must be told.
    let linked = excludes || deflects || shared(one, other) >= 1.4;
    let same_block =
        block(a) == block(b) || distance <= 1 && linked && !same_state && is_one_sentence_a_paragraph(reading);
    let next = between == 0 && same_block;
    let named = |words: &[u32], names: &[String]| !banner::known(reading.syntax(), words, names).is_empty();
    let about = meet(&one.about, &other.own) || banner::share(&one.doers, &other.names) || one.blames(other);
    [
        (-0.3, flag(distance == 3)),
        (-0.6, between.min(4) as f32),
        (0.8, flag(same_block)),
        (0.5, flag(opposed)),
        (0.6, flag(official_people)),
        (-0.5, flag(same_state)),
        (0.5, shared(one, other)),
        (-0.2, flag(q.own_deed)),
        (-0.3, flag(deed)),
        (1.0, flag(one.blames(other))),
        (0.4, flag(other.blames(one))),
        (0.9, flag(meet(&other.about, &one.own) || named(&q.words, &one.names))),
        (-0.2, flag(other.tells_assault())),
        (0.8, flag(negation)),
        (1.8, flag(next)),
        (0.9, flag(deflects && !same_state)),
        (0.2, flag(topic && next && !same_state)),
        (-1.3, flag(!topic && axes == 0 && !character && !hands && !about)),
        (0.4, flag(excludes && apart)),
        (0.3, flag(excludes && next && !same_state)),
        (0.3, flag(about && q.own_deed && next)),
        (0.7, flag(apart && next)),
        (0.1, axes.min(2) as f32),
        (0.4, flag(character)),
        (0.4, flag(p.first && q.first || (p.first || q.first) && one.tells_assault())),
        (0.6, flag(p.holds && q.holds)),
        (0.5, flag(hands)),
        (0.8, flag(q.contrast)),
        (0.6, flag(q.insists)),
        (-0.1, flag(elsewhere)),
        (-0.1, flag(days)),
        (-1.0, flag(p.future || q.future)),
        (0.4, flag(reading.claims[a].stance == Stance::Accuse || reading.claims[b].stance == Stance::Accuse)),
        (-0.2, flag(q.words.len() <= 4)),
        (-1.6, flag(gives_figure(reading, b))),
    ]
}

/// Who gives a figure is met by figures; "two of them" is none.
fn gives_figure(reading: &Reading<'_>, claim: usize) -> bool {
    (0..reading.harms.len()).any(|harm| reading.harms[harm].claim == Some(claim) && !is_of_them(reading, harm))
}

fn is_one_sentence_a_paragraph(reading: &Reading<'_>) -> bool {
    let coded = (0..reading.sentences.len()).filter(|&number| reading.is_coded(number as u32));
    let blocks: Vec<usize> = coded.map(|number| reading.sentences[number].block).collect();
    let mut paragraphs = blocks.clone();
    paragraphs.dedup();
    blocks.len() * 10 < paragraphs.len() * 13
}

/// Nouns that tell no happening apart.
fn is_common(lemma: &str) -> bool {
    is_everywhere(lemma) || matches!(lemma, "group" | "number" | "statement" | "spokesman")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_two_ends() {
        let rows: Vec<&str> = include_str!("../../../../data/opposites.csv").lines().skip(1).collect();
        assert_eq!(rows.len(), AXES);
        assert!(rows[CHARACTER].starts_with("character,"));
        for (lemma, places) in OPPOSITES.iter() {
            for axis in 0..AXES {
                let ends = places.iter().filter(|(row, _)| *row == axis).count();
                assert!(ends <= 1, "`{lemma}` stands twice on axis {axis}");
            }
        }
    }
}
