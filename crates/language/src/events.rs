//! What the event heads say: words that name deeds, the roles around them, what a sentence tells, how certain it is.
//!
//! A second, smaller encoder (three layers, same word table) is tuned to meaning; heads on single words see its vector beside that of
//! the main encoder. `training/event_model.py` is the definition.

use crate::encoder::{Encoder, HIDDEN, Scratch};
use crate::float::{Dense, Rows, exp, log_sum};
use crate::heads::{Crf, Roles, dot, share};
use crate::kernel::Path;
use std::ops::Range;

/// Width of a word's two vectors together.
pub const WIDE: usize = 2 * HIDDEN;

/// PLOVER event types (PLOVER manual 2.0) in the order of the heads.
pub const EVENT_TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];
/// Scores of types: [`EVENT_TYPES`], then that of no event.
pub const TYPES: usize = 17;
/// Row of no event.
pub const NO_EVENT: usize = 16;
/// Classes of short reports: sub-events of ACLED and their neighbors as in CASE 2021 task 2, and none.
pub const REPORT_CLASSES: [&str; 31] = [
    "ARMED_CLASH",
    "GOV_REGAINS_TERIT",
    "NON_STATE_ACTOR_OVERTAKES_TER",
    "ATTACK",
    "ABDUCT_DISSAP",
    "SEX_VIOL",
    "AIR_STRIKE",
    "ART_MISS_ATTACK",
    "SUIC_BOMB",
    "REM_EXPLOS",
    "GRENADE",
    "CHEM_WEAP",
    "PEACE_PROTEST",
    "PROTEST_WITH_INTER",
    "FORCE_AGAINST_PROTEST",
    "VIOL_DEMONSTR",
    "MOB_VIOL",
    "PROPERTY_DISTRUCT",
    "AGREEMENT",
    "ARREST",
    "CHANGE_TO_GROUP_ACT",
    "DISR_WEAP",
    "HQ_ESTABLISHED",
    "NON_VIOL_TERRIT_TRANSFER",
    "DIPLO",
    "ATTRIB",
    "ORG_CRIME",
    "NATURAL_DISASTER",
    "MAN_MADE_DISASTER",
    "OTHER",
    "NONE",
];
/// Prices of runs of links, sides and key roles ([`Crf::likely_runs`]).
const LINK_PRICE: f32 = 0.4;
const SIDE_PRICE: f32 = 0.4;
const KEY_PRICE: f32 = 0.4;

/// Factuality at the five bins of its head (Saurí and Pustejovsky 2009, on the scale of Stanovsky et al. 2017).
const FACT_BINS: [f32; 5] = [-3.0, -1.5, 0.0, 1.5, 3.0];

macro_rules! roles {
    ($(#[$outer:meta])* $name:ident: $($(#[$doc:meta])* $variant:ident,)*) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            const ALL: &'static [$name] = &[$($name::$variant,)*];
        }
    };
}

roles! {
    /// How a phrase stands to a deed.
    LinkRole:
    /// Who does it.
    Actor,
    /// To whom.
    Recipient,
    /// Persons killed, hurt, taken, displaced.
    Victim,
    /// Thing attacked, seized, damaged.
    Target,
    /// Where.
    Place,
    /// When.
    Time,
    /// With what.
    Instrument,
}

roles! {
    /// Whether a deed happened, as its sentence tells.
    DeedStatus:
    /// It did.
    Occurred,
    /// It goes on.
    Going,
    /// It is planned, agreed, promised.
    Planned,
    /// It is ordered.
    Ordered,
    /// It is threatened.
    Threatened,
    /// It is possible, feared, asked for.
    Hypothetical,
    /// It did not.
    Negated,
}

roles! {
    /// Parts of the incidents of a report (MUC-4 string slots).
    KeyRole:
    /// Persons who did it.
    PerpetratorPerson,
    /// Organizations behind it.
    PerpetratorOrganization,
    /// Things attacked.
    Target,
    /// Persons attacked.
    Victim,
    /// Weapons and devices.
    Weapon,
}

roles! {
    /// Sides of what a sentence tells.
    SideRole:
    /// Who acts.
    Source,
    /// Who is acted on.
    Target,
}

/// What the heads say of one word.
#[derive(Debug, Clone, PartialEq)]
pub struct EventWord {
    /// Shares of [`EVENT_TYPES`] and of no event.
    pub types: [f32; TYPES],
    /// Factuality of the event at this word, -3 (certainly not) to 3 (certainly so).
    pub factuality: f32,
    /// Share of "told as history".
    pub past: f32,
    /// Best status.
    pub status: DeedStatus,
    /// Share of the best status.
    pub status_share: f32,
    /// Share of "names an event of any kind".
    pub named: f32,
}

/// A run of words that names a deed, or that was given as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// Words, numbered through the document.
    pub words: Range<u32>,
    /// Row of [`EVENT_TYPES`]; [`NO_EVENT`] only for a given one.
    pub kind: usize,
    /// Share of the type.
    pub share: f32,
    /// Phrases around it.
    pub links: Vec<(LinkRole, Range<u32>)>,
    /// Whether it was given.
    pub given: bool,
}

/// What a sentence, or all sentences that were read together, tell.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitScores {
    /// Words, numbered through the document.
    pub words: Range<u32>,
    /// Shares of [`EVENT_TYPES`] and of no event.
    pub types: [f32; TYPES],
    /// Shares of [`REPORT_CLASSES`].
    pub classes: [f32; REPORT_CLASSES.len()],
}

/// What the event heads found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventAnalysis {
    /// One a word.
    pub words: Vec<EventWord>,
    /// Deeds in text order.
    pub deeds: Vec<Deed>,
    /// One a sentence (of a sentence longer than a window: one a part).
    pub sentences: Vec<UnitScores>,
    /// One a window.
    pub windows: Vec<UnitScores>,
    /// Sides of the sentences in text order.
    pub sides: Vec<(SideRole, Range<u32>)>,
    /// Parts of incidents in text order.
    pub keys: Vec<(KeyRole, Range<u32>)>,
}

/// Attention over the words of a unit, then a linear classifier.
#[derive(Debug, Clone)]
pub struct Pool {
    /// [384].
    pub attention: Vec<f32>,
    /// [classes, 384] with bias.
    pub linear: Dense,
}

impl Pool {
    /// Scores with padding of a unit's word vectors [words, 384].
    fn apply(&self, path: Path, vectors: &[f32]) -> Rows {
        let scores: Vec<f32> = vectors.chunks_exact(HIDDEN).map(|vector| dot(&self.attention, vector)).collect();
        let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, &score| largest.max(score));
        let weights: Vec<f32> = scores.iter().map(|&score| exp(score - largest)).collect();
        let total: f32 = weights.iter().sum();
        let mut pooled = vec![0f32; HIDDEN];
        for (vector, weight) in vectors.chunks_exact(HIDDEN).zip(&weights) {
            for (sum, value) in pooled.iter_mut().zip(vector) {
                *sum += value * (weight / total);
            }
        }
        self.linear.apply(path, &pooled)
    }
}

/// The event encoder and its heads.
#[derive(Debug, Clone)]
pub struct EventHeads {
    /// Three layers over the main encoder's word table.
    pub encoder: Encoder,
    /// [17, 768].
    pub words: Dense,
    /// [17, 384].
    pub types: Pool,
    /// [31, 384].
    pub classes: Pool,
    /// [7, 768].
    pub status: Dense,
    /// [2, 768].
    pub past: Dense,
    /// [5, 768].
    pub facts: Dense,
    /// [2, 768].
    pub named: Dense,
    /// Conditioned on a deed's words.
    pub links: Roles,
    /// [5, 768].
    pub sides: Dense,
    /// Over `sides`.
    pub sides_crf: Crf,
    /// [11, 768].
    pub keys: Dense,
    /// Over `keys`.
    pub keys_crf: Crf,
}

/// What the heads gave for one window, words counted from its first.
#[derive(Debug, Default)]
pub struct WindowEvents {
    pub words: Vec<EventWord>,
    pub deeds: Vec<Deed>,
    pub sentences: Vec<UnitScores>,
    pub whole: Option<UnitScores>,
    pub sides: Vec<(SideRole, Range<u32>)>,
    pub keys: Vec<(KeyRole, Range<u32>)>,
}

/// Shares from the first N scores of a padded row.
fn shares<const N: usize>(scores: &[f32]) -> [f32; N] {
    let scores = &scores[..N];
    let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, &score| largest.max(score));
    let mut out = [0f32; N];
    let mut total = 0f32;
    for (share, &score) in out.iter_mut().zip(scores) {
        *share = exp(score - largest);
        total += *share;
    }
    for share in &mut out {
        *share /= total;
    }
    out
}

/// The mean of the bins; where a quarter or more is for what is not told, and that is more than for denied, less than "possible" (1):
/// a mean of "did" and "not told" would pass for "probably".
fn factuality(shares: &[f32; FACT_BINS.len()]) -> f32 {
    const UNTOLD: f32 = 0.25;
    const BELOW_POSSIBLE: f32 = 0.95;
    let mean: f32 = shares.iter().zip(FACT_BINS).map(|(share, value)| share * value).sum();
    let untold = shares[2] >= UNTOLD && shares[2] > shares[0] + shares[1];
    if untold { mean.min(BELOW_POSSIBLE) } else { mean }
}

/// The first row with the largest value.
fn best(values: &[f32]) -> usize {
    (1..values.len()).fold(0, |best, row| if values[row] > values[best] { row } else { best })
}

fn range(start: usize, end: usize) -> Range<u32> {
    start as u32..end as u32
}

impl EventHeads {
    /// Reads one window: its pieces, where its words begin, the main encoder's word vectors [words, 384], its sentences, and the runs
    /// of words that are given as deeds.
    #[allow(clippy::too_many_arguments)] // One call, from the model.
    pub fn read(
        &self,
        path: Path,
        (pieces, shapes, firsts): (&[u32], &[u8], &[usize]),
        main: &[f32],
        sentences: &[Range<usize>],
        given: &[Range<usize>],
        scratch: &mut Scratch,
    ) -> WindowEvents {
        if firsts.is_empty() {
            return WindowEvents::default();
        }
        let hidden = self.encoder.encode(path, pieces, shapes, scratch);
        let side: Vec<f32> = firsts.iter().flat_map(|&first| &hidden[first * HIDDEN..][..HIDDEN]).copied().collect();
        let wide: Vec<f32> = main
            .chunks_exact(HIDDEN)
            .zip(side.chunks_exact(HIDDEN))
            .flat_map(|(main, side)| main.iter().chain(side))
            .copied()
            .collect();
        let types = self.words.apply(path, &wide);
        let words = self.event_words(path, &wide, &types);
        let whole = 0..firsts.len();
        WindowEvents {
            deeds: self.deeds(path, &wide, &words, sentences, given),
            sentences: sentences.iter().map(|unit| self.unit(path, &side, &types, unit)).collect(),
            whole: Some(self.unit(path, &side, &types, &whole)),
            sides: self.sides(path, &wide, sentences),
            keys: tagged(path, &self.keys, &self.keys_crf, &wide, &[whole], KeyRole::ALL, KEY_PRICE),
            words,
        }
    }

    fn event_words(&self, path: Path, wide: &[f32], types: &Rows) -> Vec<EventWord> {
        let (facts, past) = (self.facts.apply(path, wide), self.past.apply(path, wide));
        let (status, named) = (self.status.apply(path, wide), self.named.apply(path, wide));
        (0..wide.len() / WIDE)
            .map(|word| {
                let facts: [f32; FACT_BINS.len()] = shares(facts.row(word));
                let status: [f32; 7] = shares(status.row(word));
                let chosen = best(&status);
                EventWord {
                    types: shares(types.row(word)),
                    factuality: factuality(&facts),
                    past: share(&past.row(word)[..2], 1),
                    status: DeedStatus::ALL[chosen],
                    status_share: status[chosen],
                    named: share(&named.row(word)[..2], 1),
                }
            })
            .collect()
    }

    fn unit(&self, path: Path, side: &[f32], types: &Rows, unit: &Range<usize>) -> UnitScores {
        let vectors = &side[unit.start * HIDDEN..unit.end * HIDDEN];
        let pooled = self.types.apply(path, vectors);
        let mut scores = [0f32; TYPES];
        for (row, score) in scores.iter_mut().enumerate() {
            let told = unit.clone().map(|word| types.row(word)[row]).reduce(log_sum);
            *score = pooled.row(0)[row] + told.unwrap_or(0.0);
        }
        let classes = self.classes.apply(path, vectors);
        UnitScores { words: range(unit.start, unit.end), types: shares(&scores), classes: shares(classes.row(0)) }
    }

    /// Runs of words with the same best type, inside a sentence, and the given ones.
    fn deeds(
        &self,
        path: Path,
        wide: &[f32],
        words: &[EventWord],
        sentences: &[Range<usize>],
        given: &[Range<usize>],
    ) -> Vec<Deed> {
        let mut found: Vec<Deed> = Vec::new();
        for sentence in sentences {
            let mut open: Option<(usize, usize)> = None;
            for word in sentence.clone() {
                let kind = best(&words[word].types);
                let goes_on = open.is_some_and(|(_, last)| last == kind);
                if goes_on {
                    if let Some(deed) = found.last_mut() {
                        deed.words.end = word as u32 + 1;
                        continue;
                    }
                }
                open = (kind != NO_EVENT).then_some((word, kind));
                if kind != NO_EVENT {
                    let share = words[word].types[kind];
                    found.push(Deed { words: range(word, word + 1), kind, share, links: Vec::new(), given: false });
                }
            }
        }
        found.extend(given.iter().filter(|run| run.end <= words.len() && !run.is_empty()).map(|run| {
            let kind = best(&words[run.start].types);
            let share = words[run.start].types[kind];
            Deed { words: range(run.start, run.end), kind, share, links: Vec::new(), given: true }
        }));
        if found.is_empty() {
            return found;
        }
        let mut sentence_of = vec![0usize; words.len()];
        for (number, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.clone()].fill(number);
        }
        let prepared = self.links.prepare(path, wide);
        for deed in &mut found {
            let run = deed.words.start as usize..deed.words.end as usize;
            let scores = self.links.emissions(path, &prepared, wide, &sentence_of, run);
            let found = self.links.crf.likely_runs(&scores.values, scores.stride, LINK_PRICE);
            deed.links = found.into_iter().map(|(start, end, role)| (LinkRole::ALL[role], range(start, end))).collect();
        }
        found
    }

    fn sides(&self, path: Path, wide: &[f32], sentences: &[Range<usize>]) -> Vec<(SideRole, Range<u32>)> {
        tagged(path, &self.sides, &self.sides_crf, wide, sentences, SideRole::ALL, SIDE_PRICE)
    }
}

fn tagged<R: Copy>(
    path: Path,
    head: &Dense,
    crf: &Crf,
    wide: &[f32],
    units: &[Range<usize>],
    roles: &[R],
    price: f32,
) -> Vec<(R, Range<u32>)> {
    let emissions = head.apply(path, wide);
    let mut found = Vec::new();
    for unit in units {
        let runs = crf.likely_runs(emissions.range(unit.clone()), emissions.stride, price);
        let runs = runs.into_iter();
        found.extend(runs.map(|(start, end, role)| (roles[role], range(unit.start + start, unit.start + end))));
    }
    found
}

impl EventAnalysis {
    /// Adds what a window gave; `base` is its first word in the document, `keep` the words that it answers for.
    pub fn push(&mut self, base: u32, keep: &Range<usize>, window: WindowEvents) {
        let kept = |words: &Range<u32>| keep.contains(&(words.start as usize));
        let moved = |words: &Range<u32>| words.start + base..words.end + base;
        let unit = |unit: UnitScores| UnitScores { words: moved(&unit.words), ..unit };
        self.words
            .extend(window.words.into_iter().enumerate().filter(|(word, _)| keep.contains(word)).map(|(_, word)| word));
        self.deeds.extend(window.deeds.into_iter().filter(|deed| kept(&deed.words)).map(|deed| Deed {
            words: moved(&deed.words),
            links: deed.links.iter().map(|(role, words)| (*role, moved(words))).collect(),
            ..deed
        }));
        self.sentences.extend(window.sentences.into_iter().map(unit));
        self.windows.extend(window.whole.map(unit));
        self.sides.extend(window.sides.iter().filter(|side| kept(&side.1)).map(|side| (side.0, moved(&side.1))));
        self.keys.extend(window.keys.iter().filter(|key| kept(&key.1)).map(|key| (key.0, moved(&key.1))));
    }

    /// The deeds whose words overlap a word.
    pub fn deed_at(&self, word: u32) -> Option<&Deed> {
        self.deeds.iter().find(|deed| !deed.given && deed.words.contains(&word))
    }
}
