//! Plain statements that cannot both hold, without a word of denial: "the trucks carried ammunition" against "they were full of flour".

use super::banner;
use super::proposition::{Proposition, is_one_side, shared};
use super::side::{Side, meet, official};
use super::{Contradiction, Row, add};
use crate::event::Event;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{HarmKind, Stance};
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
    verbs: Vec<&'a str>,
    pronoun: bool,
    first: bool,
    only: bool,
    contrast: bool,
    agrees: bool,
    places: Vec<String>,
    days: Vec<&'a str>,
    negated: bool,
    mouth: Mouth,
    insists: bool,
    holds: bool,
    held: Option<Held>,
    numbers: Vec<&'a str>,
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

pub(super) fn counter(
    reading: &Reading<'_>,
    events: &[Event],
    all: &[Proposition<'_>],
    found: &mut Vec<Contradiction>,
) {
    let pictures: Vec<Picture<'_>> = (0..all.len()).map(|index| picture(reading, all, index)).collect();
    let mut added: Vec<(usize, usize, f32)> = Vec::new();
    for b in 0..all.len() {
        let mut best: Option<(usize, f32)> = None;
        for a in 0..b {
            if !may_answer(reading, all, a, b) {
                continue;
            }
            let known = found.iter().any(|pair| pair.a == Row::Claim(a) && pair.b == Row::Claim(b));
            let features = features(reading, events, all, &pictures, found, a, b);
            if known || all[a].refuses || all[b].refuses {
                continue;
            }
            let score = BIAS + features.iter().map(|(name, value)| weight(name) * value).sum::<f32>();
            if score >= LEAST && best.is_none_or(|(_, known)| score > known) {
                best = Some((a, score));
            }
        }
        added.extend(best.map(|(a, score)| (a, b, score)));
    }
    for (a, b, _) in added {
        let kind = if all[a].blames(&all[b]) && all[b].blames(&all[a]) { "blame" } else { "denial" };
        add(found, Contradiction::of_claims(kind, a, b, "two accounts that exclude each other"));
    }
}

/// Log odds from which two statements are taken to exclude each other.
const LEAST: f32 = 0.0;
const BIAS: f32 = -4.2;
const WEIGHTS: &[(&str, f32)] = &[
    ("deflects", 0.8),
    ("no_topic", -0.9),
    ("b_assault", -0.4),
    ("next", 1.7),
    ("same_block", 0.9),
    ("a_blames_b", 1.0),
    ("b_blames_a", 0.3),
    ("figure_b", -1.4),
    ("excludes_next", 0.8),
    ("excludes_apart", 0.6),
    ("b_about_a", 0.8),
    ("a_about_b", 0.2),
    ("negation", 0.9),
    ("apart_next", 0.8),
    ("holds", 0.8),
    ("hands", 0.4),
    ("shared", 0.6),
    ("accuse", 0.5),
    ("opposed", 0.5),
    ("same_state", -0.5),
    ("contrast", 0.6),
    ("axes", 0.2),
    ("character", 0.3),
    ("about_own", 0.4),
    ("insists", 0.6),
    ("first", 0.3),
    ("between", -0.4),
    ("short", -0.4),
    ("d3", -0.2),
    ("future", -0.9),
    ("people", -0.4),
    ("official_people", 0.4),
];

fn weight(name: &str) -> f32 {
    WEIGHTS.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, weight)| *weight)
}

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
    if agrees || counts(one) || counts(other) {
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
    let own =
        |word: u32| matches!(syntax.form(word).to_lowercase().as_str(), "it" | "we" | "its" | "our" | "they" | "their");
    Picture {
        ends: ends(syntax, &words),
        nouns: of_upos(&[Upos::Noun, Upos::Propn]),
        verbs: of_upos(&[Upos::Verb]),
        pronoun: subject.is_some_and(|subject| third(&syntax.form(subject).to_lowercase())),
        first: any(&["first", "begin", "start", "provoke", "initiate"]),
        only: any(&["only", "merely", "just", "simply", "mere", "solely"]),
        contrast: says(&[
            "but", "however", "though", "yet", "while", "instead", "rather", "contrary", "although", "whereas",
            "still", "actually",
        ]),
        agrees: says(&["also", "too", "add", "confirm", "agree", "likewise"])
            || matches!(lemma(claim.cue_word), "confirm" | "add" | "agree" | "acknowledge" | "admit"),
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
        numbers: words
            .iter()
            .copied()
            .filter(|&word| syntax.upos(word) == Upos::Num)
            .filter(|&word| !reading.harms.iter().any(|harm| harm.number.contains(syntax.span(word))))
            .filter(|&word| !reading.times.iter().any(|time| time.span.contains(syntax.span(word))))
            .map(lemma)
            .collect(),
        own_deed: subject
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

/// Who is said to hold the ground.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    /// The speaker's side.
    Ours,
    /// Somebody else, by sides and names.
    Others(Vec<Side>, Vec<String>),
}

/// Ground that can be held.
const GROUND: &[&str] = &[
    "town",
    "village",
    "city",
    "district",
    "airport",
    "base",
    "hill",
    "half",
    "part",
    "bank",
    "quarter",
    "ridge",
    "area",
    "position",
    "post",
    "road",
    "mine",
    "bridge",
    "port",
    "checkpoint",
    "camp",
    "neighbourhood",
    "neighborhood",
    "valley",
    "island",
    "front",
    "outpost",
    "border",
    "crossing",
    "compound",
    "headquarters",
    "barracks",
    "garrison",
    "suburb",
    "settlement",
    "highway",
    "market",
    "street",
    "line",
    "centre",
    "center",
    "capital",
    "station",
    "territory",
    "province",
    "region",
    "height",
    "pass",
    "dam",
    "plant",
    "field",
    "refinery",
    "fort",
    "palace",
    "prison",
    "it",
];

fn held(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize, words: &[u32]) -> Option<Held> {
    let syntax = reading.syntax();
    let own = &all[index];
    let ground = |head: u32| {
        let mut inner = syntax.phrase_words(head);
        inner.retain(|word| words.contains(word));
        inner.iter().any(|&word| GROUND.contains(&syntax.lemma(word)) || reading.place_at(syntax, word).is_some())
    };
    let whose = |head: Option<u32>| {
        let Some(head) = head else { return Held::Ours };
        let phrase = syntax.phrase_words(head);
        let us = phrase.iter().any(|&word| {
            matches!(
                syntax.form(word).to_lowercase().as_str(),
                "it" | "we" | "they" | "its" | "our" | "their" | "his" | "my" | "he"
            )
        });
        let sides = reading.actors.at(head).map(|actor| super::side::sides(reading, actor)).unwrap_or_default();
        let names = banner::banner(reading, syntax, &phrase);
        let us = us || !banner::known(syntax, &phrase, &own.names).is_empty();
        if us || meet(&sides, &own.own) || banner::share(&names, &own.names) {
            Held::Ours
        } else {
            Held::Others(sides, names)
        }
    };
    for &word in words {
        if syntax.is_negated(word)
            || syntax.auxiliaries(word).iter().any(|aux| matches!(*aux, "will" | "would" | "could" | "may"))
        {
            continue;
        }
        let verb = syntax.upos(word) == Upos::Verb;
        let lemma = syntax.lemma(word);
        let object =
            || syntax.patient(word).into_iter().chain(syntax.obliques(word).into_iter().map(|found| found.head));
        let back = || syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "back" | "off"));
        let out = || {
            syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "out"))
                || syntax
                    .obliques(word)
                    .iter()
                    .any(|found| found.preposition.starts_with("out") || found.preposition == "from")
        };
        let taken = matches!(
            lemma,
            "take"
                | "capture"
                | "seize"
                | "retake"
                | "recapture"
                | "overrun"
                | "occupy"
                | "liberate"
                | "conquer"
                | "enter"
                | "clear"
                | "secure"
                | "hold"
                | "control"
                | "defend"
                | "keep"
                | "regain"
                | "win"
                | "storm"
        );
        if verb && taken && object().any(ground) {
            return Some(whose(syntax.agent(word)));
        }
        let driven = matches!(
            lemma,
            "drive" | "push" | "force" | "expel" | "oust" | "flush" | "dislodge" | "throw" | "beat" | "fight"
        );
        let driven_out = out()
            && (object().any(ground) || matches!(lemma, "drive" | "push" | "expel" | "oust" | "dislodge" | "flush"));
        if verb && driven && (driven_out || back()) || verb && matches!(lemma, "repel" | "repulse") {
            return Some(whose(syntax.agent(word)));
        }
        let fights_on = matches!(lemma, "fight" | "resist" | "hold")
            && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "still" | "out" | "on"));
        let stays = matches!(lemma, "remain" | "stay" | "stand")
            && syntax
                .obliques(word)
                .iter()
                .any(|found| matches!(found.preposition.as_str(), "in" | "inside" | "at" | "on") && ground(found.head));
        if verb && (fights_on || stays) {
            return Some(whose(syntax.agent(word)));
        }
        if matches!(lemma, "control" | "command" | "hand" | "charge") && syntax.upos(word) == Upos::Noun {
            let subject = syntax.subject(word);
            if subject.is_some_and(|subject| reading.actors.at(subject).is_some() || !ground(subject)) {
                return Some(whose(subject));
            }
            let of = syntax.obliques(word).into_iter().find(|found| found.preposition == "of").map(|found| found.head);
            if subject.is_some() && (of.is_some() || syntax.owner(word).is_some()) {
                return Some(whose(of.or_else(|| syntax.owner(word))));
            }
        }
    }
    None
}

/// Whether two claims put the same ground into different hands.
fn hands_differ(one: &Picture<'_>, other: &Picture<'_>, told: &Proposition<'_>, answer: &Proposition<'_>) -> bool {
    let apart = |sides: &[Side], names: &[String], own: &Proposition<'_>| {
        !meet(sides, &own.own) && !banner::share(names, &own.names) && (!sides.is_empty() || !names.is_empty())
    };
    match (&one.held, &other.held) {
        (Some(Held::Ours), Some(Held::Ours)) => true,
        (Some(Held::Others(sides, names)), Some(Held::Ours)) => apart(sides, names, answer),
        (Some(Held::Ours), Some(Held::Others(sides, names))) => apart(sides, names, told),
        _ => false,
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

fn features(
    reading: &Reading<'_>,
    _events: &[Event],
    all: &[Proposition<'_>],
    pictures: &[Picture<'_>],
    found: &[Contradiction],
    a: usize,
    b: usize,
) -> Vec<(&'static str, f32)> {
    let (one, other) = (&all[a], &all[b]);
    let (p, q) = (&pictures[a], &pictures[b]);
    let flag = |value: bool| f32::from(u8::from(value));
    let distance = other.sentence.abs_diff(one.sentence);
    let between = (a + 1..b).filter(|&index| !reading.claims[index].source.is_empty()).count();
    let block = |index: usize| reading.sentences[all[index].sentence as usize].block;
    let noun = |list: &Vec<&str>| {
        list.iter().filter(|lemma| !COMMON.contains(*lemma)).map(|lemma| (*lemma).to_owned()).collect::<Vec<_>>()
    };
    let (nouns, nouns_b) = (noun(&p.nouns), noun(&q.nouns));
    let mut common: Vec<&String> = nouns.iter().filter(|lemma| nouns_b.contains(lemma)).collect();
    common.sort();
    common.dedup();
    let verbs =
        p.verbs.iter().filter(|lemma| q.verbs.contains(lemma) && !matches!(**lemma, "say" | "have" | "be")).count();
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
    let people = p.mouth == Mouth::People && q.mouth == Mouth::People;
    let bodily =
        |told: &Proposition<'_>| told.harms.iter().any(|kind| matches!(kind, HarmKind::Killed | HarmKind::Injured));
    let elsewhere =
        !p.places.is_empty() && !q.places.is_empty() && !p.places.iter().any(|place| q.places.contains(place));
    let days = !p.days.is_empty() && !q.days.is_empty() && !p.days.iter().any(|day| q.days.contains(day));
    let taken = |index: usize| found.iter().any(|pair| pair.a == Row::Claim(index) || pair.b == Row::Claim(index));
    let deed = one.deeds.iter().any(|kind| other.deeds.contains(kind));
    // Two doers for deeds of one kind: "they burned our homes", "the houses were set alight by others".
    let names = |told: &Proposition<'_>| !told.blamed.is_empty() || !told.doers.is_empty();
    let agree = meet(&one.blamed, &other.blamed) || banner::share(&one.doers, &other.doers);
    let deflects = names(one) && names(other) && !agree && (shared(one, other) >= 0.7 || deed);
    let topic = shared(one, other) >= 0.7 || !common.is_empty() || q.pronoun && !q.own_deed;
    let next = between == 0 && block(a) == block(b);
    let hands = hands_differ(p, q, one, other);
    let negation = p.negated != q.negated;
    let apart = opposed || official_people || unknown;
    let excludes = axes > 0 || character || hands || negation && shared(one, other) >= 0.7;
    let about = meet(&one.about, &other.own) || banner::share(&one.doers, &other.names) || one.blames(other);
    vec![
        ("d0", flag(distance == 0)),
        ("d2", flag(distance == 2)),
        ("d3", flag(distance == 3)),
        ("between", between.min(4) as f32),
        ("same_block", flag(block(a) == block(b))),
        ("opposed", flag(opposed)),
        ("official_people", flag(official_people)),
        ("unknown", flag(unknown)),
        ("people", flag(people)),
        ("same_state", flag(same_state)),
        ("shared", shared(one, other)),
        ("nouns", common.len().min(3) as f32),
        ("verbs", verbs.min(2) as f32),
        ("pronoun", flag(q.pronoun)),
        ("own_deed", flag(q.own_deed)),
        ("deed", flag(deed)),
        ("harm", flag(bodily(one) && bodily(other))),
        ("a_blames_b", flag(one.blames(other))),
        ("b_blames_a", flag(other.blames(one))),
        ("a_about_b", flag(meet(&one.about, &other.own) || banner::share(&one.doers, &other.names))),
        ("b_about_a", flag(meet(&other.about, &one.own))),
        ("a_assault", flag(one.tells_assault())),
        ("b_assault", flag(other.tells_assault())),
        ("negation", flag(negation)),
        ("next", flag(next)),
        ("deflects", flag(deflects && !same_state)),
        ("topic_next", flag(topic && next && !same_state)),
        ("no_topic", flag(!topic && axes == 0 && !character && !hands && !about)),
        ("excludes_apart", flag(excludes && apart)),
        ("excludes_next", flag(excludes && next && !same_state)),
        ("about_own", flag(about && q.own_deed && next)),
        ("about_next", flag(about && next && !same_state)),
        ("apart_next", flag(apart && next)),
        ("axes", axes.min(2) as f32),
        ("character", flag(character)),
        ("only", flag(p.only || q.only)),
        ("first", flag(p.first && q.first || (p.first || q.first) && one.tells_assault())),
        ("holds", flag(p.holds && q.holds)),
        ("hands", flag(hands)),
        (
            "numbers",
            flag(
                !p.numbers.is_empty()
                    && !q.numbers.is_empty()
                    && !p.numbers.iter().any(|number| q.numbers.contains(number)),
            ),
        ),
        ("contrast", flag(q.contrast)),
        ("agrees", flag(q.agrees)),
        ("insists", flag(q.insists)),
        ("elsewhere", flag(elsewhere)),
        ("days", flag(days)),
        ("taken_a", flag(taken(a))),
        ("taken_b", flag(taken(b))),
        ("future", flag(p.future || q.future)),
        ("refuses", flag(one.refuses || other.refuses)),
        ("accuse", flag(reading.claims[a].stance == Stance::Accuse || reading.claims[b].stance == Stance::Accuse)),
        ("short", flag(q.words.len() <= 4)),
        ("figure_b", flag(!other.harms.is_empty())),
        ("figure_a", flag(!one.harms.is_empty())),
    ]
}

/// Nouns that every report holds.
const COMMON: &[&str] = &[
    "people",
    "official",
    "town",
    "village",
    "city",
    "district",
    "region",
    "area",
    "day",
    "country",
    "man",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "least",
    "group",
    "number",
    "statement",
    "spokesman",
];
