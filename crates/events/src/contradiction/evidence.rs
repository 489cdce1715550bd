//! What speaks for two claims excluding each other: where they stand, who speaks, how and what they tell.

use super::banner;
use super::blame::is_reciprocal;
use super::figure::is_of_them;
use super::ground::{Held, hands_differ, held};
use super::proposition::{Proposition, are_alike, is_everywhere, is_one_side, shared, spelled};
use super::second::Second;
use super::sense::Sense;
use super::side::{Side, meet, official, sides};
use super::{Contradiction, Row};
use counterclaim_claims::{Reading, Syntax};
use counterclaim_knowledge::frequency::rarity;
use counterclaim_language::{Act, Acts, Deprel, Mark, Pairs, Upos};
use counterclaim_schema::ledger::Stance;
use counterclaim_schema::{MentionKind, Span};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::LazyLock;

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
    sense: Sense<'a>,
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
    replies: bool,
    adds: bool,
    definite: Vec<&'a str>,
    subject: Option<&'a str>,
    subject_definite: bool,
    holds: bool,
    held: Option<Held>,
    own_deed: bool,
    future: bool,
    source: Vec<&'a str>,
    owned_source: bool,
    person: bool,
    body: bool,
    office: Vec<&'a str>,
    version: bool,
    only: bool,
    quoted: bool,
    hours: Vec<&'a str>,
    counts: Vec<(&'a str, u64)>,
    numbers: Vec<u64>,
    denied: Vec<&'a str>,
    told: Vec<&'a str>,
    responds: bool,
    copular: bool,
    verbless: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mouth {
    State,
    Armed,
    People,
    Unknown,
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
    let telling = |word: u32| {
        matches!(syntax.upos(word), Upos::Noun | Upos::Verb) && lemma(word).len() > 2 && !is_common(lemma(word))
    };
    let definite = |word: u32| {
        syntax.upos(word) == Upos::Noun
            && syntax
                .dependents(word)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "the" | "that" | "this" | "those" | "these" | "both"))
    };
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
        sense: Sense::new(of_upos(&[Upos::Noun, Upos::Propn, Upos::Verb, Upos::Adj])),
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
        insists: is_cue("loaded", lemma(claim.cue_word)),
        replies: is_cue("reply", lemma(claim.cue_word)),
        adds: is_cue("neutral", lemma(claim.cue_word)),
        definite: words.iter().copied().filter(|&word| definite(word)).map(lemma).collect(),
        subject: subject.map(lemma),
        subject_definite: subject.is_some_and(definite),
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
        source: source
            .iter()
            .copied()
            .filter(|&word| matches!(syntax.upos(word), Upos::Noun | Upos::Propn) && !is_office(syntax.lemma(word)))
            .map(lemma)
            .collect(),
        owned_source: source
            .iter()
            .any(|&word| matches!(syntax.form(word).to_lowercase().as_str(), "its" | "their" | "his" | "her")),
        person: mentioned(reading, &claim.source, |kind| kind == MentionKind::Person),
        body: mentioned(reading, &claim.source, |kind| {
            matches!(kind, MentionKind::Organization | MentionKind::Place | MentionKind::Nationality)
        }),
        office: source
            .iter()
            .copied()
            .filter(|&word| matches!(syntax.upos(word), Upos::Noun | Upos::Propn))
            .map(|word| title(lemma(word)))
            .collect(),
        version: gives_a_version(reading, all, index),
        only: words.iter().take(6).any(|&word| matches!(syntax.lemma(word), "only" | "just" | "merely" | "simply")),
        quoted: claim.content.first().is_some_and(|span| {
            let text = &reading.document.text;
            span.of(text).starts_with(['“', '"', '‘']) || text[..span.start()].trim_end().ends_with(['“', '‘'])
        }),
        hours: reading
            .times
            .iter()
            .filter(|time| claim.content.iter().any(|span| span.contains(time.span)))
            .filter_map(|time| time.start.as_deref().and_then(|start| start.get(10..16)))
            .collect(),
        numbers: words
            .iter()
            .filter(|&&word| syntax.upos(word) == Upos::Num)
            .filter(|&&word| !reading.times.iter().any(|time| time.span.contains(syntax.span(word))))
            .filter_map(|&word| number(syntax.form(word)))
            .collect(),
        denied: words.iter().copied().filter(|&word| telling(word) && is_denied(syntax, word)).map(lemma).collect(),
        told: words.iter().copied().filter(|&word| telling(word) && !is_denied(syntax, word)).map(lemma).collect(),
        responds: any(&[
            "respond",
            "retaliate",
            "answer",
            "return",
            "response",
            "retaliation",
            "self-defence",
            "defend",
            "reply",
        ]),
        copular: root.is_some_and(|root| {
            syntax.dependents(root).iter().any(|&child| syntax.deprel(child) == Deprel::Cop)
                && subject.is_none_or(|subject| syntax.upos(subject) == Upos::Pron)
        }),
        verbless: !words.iter().any(|&word| matches!(syntax.upos(word), Upos::Verb | Upos::Aux)),
        counts: words
            .iter()
            .filter_map(|&word| {
                let noun = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Nummod)?;
                Some((lemma(noun), number(syntax.form(word))?))
            })
            .collect(),
        words,
    }
}

/// Words by which disputes are told, by class.
static CUES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let rows = include_str!("../../../../data/dispute_cues.csv").lines().skip(1);
    rows.filter_map(|line| line.split_once(',')).map(|(class, words)| (class, words.split('|').collect())).collect()
});

fn is_cue(class: &str, lemma: &str) -> bool {
    CUES.get(class).is_some_and(|words| words.contains(&lemma))
}

/// A number in digits or in a word.
fn number(form: &str) -> Option<u64> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let form = form.to_lowercase().replace(',', "");
    form.parse().ok().or_else(|| WORDS.iter().position(|word| *word == form).map(|at| at as u64))
}

/// Whether a name of the kind stands in the words.
fn mentioned(reading: &Reading<'_>, words: &[Span], fits: impl Fn(MentionKind) -> bool) -> bool {
    let mentions = &reading.analysis.mentions;
    mentions.iter().any(|mention| fits(mention.kind) && words.iter().any(|span| span.contains(mention.span)))
}

/// An office by its short title: who was "a doctor" is "Dr Ruang" in the next sentence.
fn title(lemma: &str) -> &str {
    match lemma {
        "dr" | "dr." => "doctor",
        "capt" | "capt." => "captain",
        "col" | "col." | "lieutenant-colonel" => "colonel",
        "gen" | "gen." | "brigadier" | "major-general" => "general",
        "lt" | "lt." => "lieutenant",
        "maj" | "maj." => "major",
        "spokeswoman" | "spokesperson" => "spokesman",
        "chairwoman" | "chairperson" => "chairman",
        _ => lemma,
    }
}

/// Words for speakers that stand for any body.
fn is_office(lemma: &str) -> bool {
    matches!(
        lemma,
        "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "statement"
            | "official"
            | "leader"
            | "chief"
            | "head"
            | "minister"
            | "people"
            | "man"
            | "woman"
            | "source"
            | "member"
            | "one"
            | "group"
            | "government"
    )
}

/// "Told it differently", "gave another version", "in his account": the sentence of a claim, or what leads to it.
fn gives_a_version(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> bool {
    let syntax = reading.syntax();
    let sentence = all[index].sentence;
    let tells = |sentence: u32| syntax.words_of(sentence).any(|word| is_cue("version", syntax.lemma(word)));
    let silent = |sentence: u32| !all.iter().any(|told| told.sentence == sentence);
    tells(sentence)
        || sentence > 0
            && silent(sentence - 1)
            && reading.sentences[sentence as usize - 1].block == reading.sentences[sentence as usize].block
            && tells(sentence - 1)
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

/// What speaks for and against two claims excluding each other, each with its name in `contradiction_weights.csv`.
pub(super) struct Evidence {
    values: Vec<(&'static str, f32)>,
}

impl Evidence {
    pub(super) fn new() -> Evidence {
        Evidence { values: Vec::with_capacity(64) }
    }

    pub(super) fn put(&mut self, name: &'static str, value: f32) {
        if value != 0.0 {
            self.values.push((name, value));
        }
    }

    pub(super) fn flag(&mut self, name: &'static str, holds: bool) {
        self.put(name, f32::from(u8::from(holds)));
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(known, value)| *known == name && *value != 0.0)
    }

    /// Adds what holds where all of its parts do.
    pub(super) fn join(&mut self, joined: &[(&'static str, &[&str])]) {
        for &(name, parts) in joined {
            let holds = parts.iter().all(|part| self.values.iter().any(|(known, _)| known == part));
            self.flag(name, holds);
        }
    }

    /// The names with how much there is of each; what is not named is nought.
    pub(super) fn values(&self) -> &[(&'static str, f32)] {
        &self.values
    }
}

/// The words of cue and content of each claim.
fn told(reading: &Reading<'_>) -> Vec<Vec<u32>> {
    reading.claims.iter().map(|claim| claim.words(reading.syntax())).collect()
}

/// What each claim does, by its words and what stands around them; nothing where the report was not read as a whole.
pub(super) fn acts(reading: &Reading<'_>) -> Vec<Option<Acts>> {
    told(reading).iter().map(|words| reading.model.claim_acts(&reading.analysis, words)).collect()
}

/// All claims of a report with what weighing them asks of each.
pub(super) struct Scene<'r, 'p> {
    reading: &'r Reading<'r>,
    all: &'p [Proposition<'p>],
    pictures: Vec<Picture<'r>>,
    answers: Pairs<'r>,
    second: &'p Second<'r>,
    second_answers: OnceCell<Pairs<'r>>,
    acts: Vec<Option<Acts>>,
    paragraph_each: bool,
    /// How much of a quarrel the report is: what holds of all of its pairs.
    report: Vec<(&'static str, f32)>,
}

impl<'r, 'p> Scene<'r, 'p> {
    pub(super) fn new(reading: &'r Reading<'r>, all: &'p [Proposition<'p>], second: &'p Second<'r>) -> Scene<'r, 'p> {
        let pictures: Vec<Picture<'r>> = (0..all.len()).map(|index| picture(reading, all, index)).collect();
        let told = told(reading);
        let answers = reading.model.claim_pairs(&reading.analysis, &told);
        let acts = told.iter().map(|words| reading.model.claim_acts(&reading.analysis, words)).collect();
        let paragraph_each = is_one_sentence_a_paragraph(reading);
        let mut scene = Scene {
            reading,
            all,
            pictures,
            answers,
            second,
            second_answers: OnceCell::new(),
            acts,
            paragraph_each,
            report: Vec::new(),
        };
        scene.report = scene.quarrel();
        scene
    }

    /// In the news of a day one pair of claims in some hundreds excludes each other, in a report on a quarrel one in twenty: how often the report's
    /// claims accuse, deny and answer, who speaks, and whether it tells of conflict.
    fn quarrel(&self) -> Vec<(&'static str, f32)> {
        let spoken: Vec<usize> =
            (0..self.all.len()).filter(|&index| !self.reading.claims[index].source.is_empty()).collect();
        let count = spoken.len().max(1) as f32;
        let share = |test: &dyn Fn(usize) -> bool| spoken.iter().filter(|&&index| test(index)).count() as f32 / count;
        let stance = |index: usize| self.reading.claims[index].stance;
        let speakers: std::collections::BTreeSet<usize> = spoken.iter().map(|&index| self.all[index].speaker).collect();
        let mean = |test: &dyn Fn(usize) -> f32| spoken.iter().map(|&index| test(index)).sum::<f32>() / count;
        let told = &self.reading.analysis.retold;
        let marked = |index: usize, mark: Mark| {
            let words = &self.pictures[index].words;
            let sum: f32 = words.iter().map(|&word| told.mark(word, mark)).sum();
            (sum / words.len().max(1) as f32).clamp(-6.0, 6.0)
        };
        vec![
            ("report_at_peace", f32::from(u8::from(!self.reading.is_conflict()))),
            ("report_accuses", share(&|index| stance(index) == Stance::Accuse)),
            ("report_denies", share(&|index| stance(index) == Stance::Deny)),
            ("report_refuses", share(&|index| self.all[index].refuses)),
            ("report_parties", share(&|index| self.all[index].own.iter().any(Side::is_party))),
            ("report_claims", count.ln()),
            ("report_speakers", speakers.len() as f32 / count),
            ("report_principals", f32::from(u8::from(self.reading.actors.principal.is_some()))),
            ("report_long", (self.reading.analysis.words.len() as f32 / 300.0).min(4.0)),
            ("mark_report_answers", mean(&|index| marked(index, Mark::Answer)) / 2.0),
            ("mark_report_answered", mean(&|index| marked(index, Mark::Answered)) / 2.0),
            (
                "mark_report_most_answers",
                spoken.iter().map(|&index| marked(index, Mark::Answer)).fold(-6.0, f32::max) / 2.0,
            ),
        ]
    }

    fn block(&self, index: usize) -> usize {
        self.reading.sentences[self.all[index].sentence as usize].block
    }

    /// The evidence for a pair, the earlier one first; `rules` are the pairs that rules found.
    pub(super) fn evidence(&self, rules: &[Contradiction], a: usize, b: usize) -> Evidence {
        let mut found = Evidence::new();
        found.put("bias", 1.0);
        self.order(&mut found, a, b);
        self.rules(&mut found, rules, a, b);
        self.mouths(&mut found, a, b);
        self.manner(&mut found, a, b);
        self.matter(&mut found, a, b);
        self.pictures[a].sense.compare(&self.pictures[b].sense, &mut found);
        self.marks(&mut found, a, b);
        for &(name, value) in &self.report {
            found.put(name, value);
        }
        self.together(&mut found);
        found
    }

    /// What the encoder makes of the two claims by themselves: whether the one is answered, whether the other answers.
    fn marks(&self, found: &mut Evidence, a: usize, b: usize) {
        let mark = |index: usize, mark: Mark| {
            let words = &self.pictures[index].words;
            let cue = self.reading.claims[index].cue_word;
            let told = &self.reading.analysis.retold;
            let sum: f32 = words.iter().chain([&cue]).map(|&word| told.mark(word, mark)).sum();
            sum / (words.len() + 1) as f32
        };
        let (answered, answers) = (mark(a, Mark::Answered), mark(b, Mark::Answer));
        found.put("mark_a_answered", answered / 2.0);
        found.put("mark_b_answers", answers / 2.0);
        found.put("mark_a_answers", mark(a, Mark::Answer) / 2.0);
        found.put("mark_b_answered", mark(b, Mark::Answered) / 2.0);
        found.put("mark_both", answered.min(answers) / 2.0);
        let apart = self.all[b].sentence.abs_diff(self.all[a].sentence) as usize;
        let pair = self.answers.log_odds(a, b, apart).clamp(-8.0, 8.0) / 2.0;
        found.put("mark_pair", pair);
        let second = self.second_answers.get_or_init(|| self.second.claims(&told(self.reading)));
        let again = second.log_odds(a, b, apart).clamp(-8.0, 8.0) / 2.0;
        found.put("mark_second", again);
        found.put("mark_second_least", again.min(pair));
        if found.has("shares_nothing") {
            found.put("mark_second_unshared", again);
        }
        if found.has("next") {
            found.put("mark_second_next", again);
        }
        // What it holds of two who tell of different things is worth less.
        if found.has("shares_nothing") {
            found.put("mark_pair_unshared", pair);
        }
        if found.has("one_land") && !found.has("parties") {
            found.put("mark_pair_one_land", pair);
        }
        if !self.reading.is_conflict() {
            found.put("mark_pair_at_peace", pair);
        }
        if let [Some(first), Some(second)] = [&self.acts[a], &self.acts[b]] {
            let odds = |acts: &Acts, act: Act| acts[act as usize].clamp(-6.0, 6.0) / 2.0;
            found.put("mark_a_denies", odds(first, Act::Deny));
            found.put("mark_b_denies", odds(second, Act::Deny));
            found.put("mark_a_accuses", odds(first, Act::Accuse));
            found.put("mark_b_accuses", odds(second, Act::Accuse));
        }
    }

    /// Where they stand.
    fn order(&self, found: &mut Evidence, a: usize, b: usize) {
        let (one, other) = (&self.all[a], &self.all[b]);
        let distance = other.sentence.abs_diff(one.sentence);
        let name = ["d0", "d1", "d2", "d3", "d4", "d5"];
        found.flag(name.get(distance as usize).copied().unwrap_or("d6"), true);
        found.put("far", distance.saturating_sub(5).min(6) as f32);
        let spoken = |index: &usize| !self.reading.claims[*index].source.is_empty();
        let between: Vec<usize> = (a + 1..b).filter(spoken).collect();
        found.put("between", between.len().min(5) as f32);
        let speaker = |index: usize| self.all[index].speaker;
        let others: std::collections::BTreeSet<usize> = between
            .iter()
            .map(|&index| speaker(index))
            .filter(|&other| other != speaker(a) && other != speaker(b))
            .collect();
        found.put("others_between", others.len().min(4) as f32);
        found.flag("only_theirs", others.is_empty());
        found.flag("answer_goes_on", others.is_empty() && between.iter().any(|&index| speaker(index) == speaker(b)));
        found.flag("told_more", others.is_empty() && between.iter().any(|&index| speaker(index) == speaker(a)));
        let same_block = self.block(a) == self.block(b);
        found.flag("same_block", same_block);
        found.flag("next_block", self.block(b) == self.block(a) + 1);
        found.flag("begins_block", b == 0 || self.block(b - 1) != self.block(b));
        found.flag("paragraph_each", self.paragraph_each);
        found.flag("same_block_each", same_block && self.paragraph_each);
        found.flag("next", between.is_empty() && (same_block || self.paragraph_each && distance <= 1));
        let begins = |index: usize| index == 0 || self.block(index - 1) != self.block(index);
        found.flag("a_begins_block", begins(a));
        found.flag("a_lead", a < 2);
        found.flag("b_lead", b < 3);
        found.flag("nested", self.reading.claims[b].via.is_some() || self.reading.claims[a].via.is_some());
    }

    /// What rules say of them, or of other claims of the two speakers.
    fn rules(&self, found: &mut Evidence, rules: &[Contradiction], a: usize, b: usize) {
        let speaker = |index: usize| self.all[index].speaker;
        let mut quarrel = false;
        let mut answered = false;
        let mut answers = false;
        for pair in rules {
            let (Row::Claim(x), Row::Claim(y)) = (pair.a, pair.b) else { continue };
            if (x, y) == (a, b) {
                let name = match (pair.kind, pair.about.as_str()) {
                    ("blame", "who did it") => "rule_doer",
                    ("blame", _) => "rule_blame",
                    ("place", _) => "rule_soil",
                    (_, "one side denies what the other says") => "rule_denial",
                    (_, "what the accused tells instead") => "rule_reply",
                    (_, "who controls it") => "rule_control",
                    (_, "what it was, or who did it") => "rule_narrow",
                    _ => "rule_other",
                };
                found.flag(name, true);
                found.flag("rule", true);
            } else if x != y {
                let (s, t) = (speaker(x), speaker(y));
                quarrel |= (s, t) == (speaker(a), speaker(b)) || (t, s) == (speaker(a), speaker(b));
                answered |= y == b || x == b;
                answers |= x == a || y == a;
            }
        }
        found.flag("rule_speakers", quarrel);
        found.flag("rule_other_a", answered);
        found.flag("rule_other_b", answers);
    }

    /// Who speaks: sides, and who is spoken of.
    fn mouths(&self, found: &mut Evidence, a: usize, b: usize) {
        let (one, other) = (&self.all[a], &self.all[b]);
        let (p, q) = (&self.pictures[a], &self.pictures[b]);
        let known = !one.own.is_empty() && !other.own.is_empty();
        let parties = known && one.own.iter().chain(&other.own).all(Side::is_party);
        let one_side = is_one_side(self.reading, self.all, a, b);
        found.flag("one_side", one_side);
        let (here, there) = (&self.reading.claims[a], &self.reading.claims[b]);
        found.flag("same_claimant", here.claimant.is_some() && here.claimant == there.claimant);
        found.flag("same_words", {
            let words = spelled(self.reading, a);
            words.is_some() && words == spelled(self.reading, b)
        });
        let land = |claim: usize| {
            let actor = self.reading.claims[self.all[claim].speaker].claimant?;
            self.reading.actors.all[actor].country.as_deref()
        };
        found.flag("one_land", land(a).is_some() && land(a) == land(b));
        found.flag("same_office", q.office.iter().any(|noun| p.office.contains(noun)));
        // Who is named by person or office alone speaks for a body named before, mostly for the one that just spoke.
        let unnamed = !q.body && !q.office.is_empty();
        found.flag("person_alone", unnamed && q.person);
        found.flag("office_alone", unnamed && !q.person && !q.owned_source);
        found.flag("a_person", p.person);
        found.flag("b_person", q.person);
        found.flag("a_body", p.body);
        found.flag("b_body", q.body);
        found.flag("via_each", here.via == Some(b) || there.via == Some(a));
        found.flag("parties", parties);
        found.flag("quarrels", one.quarrels(other));
        found.flag("opposed", parties && !meet(&one.own, &other.own) || one.quarrels(other));
        let principal = self.reading.actors.principal.map(|(x, y)| (sides(self.reading, x), sides(self.reading, y)));
        found.flag(
            "principals",
            principal.is_some_and(|(x, y)| {
                meet(&x, &one.own) && meet(&y, &other.own) || meet(&y, &one.own) && meet(&x, &other.own)
            }),
        );
        found.flag("own_meet", meet(&one.own, &other.own));
        found.flag("names_apart", {
            !one.names.is_empty() && !other.names.is_empty() && !banner::share(&one.names, &other.names)
        });
        found.flag("names_shared", banner::share(&one.names, &other.names));
        let pair = match (p.mouth, q.mouth) {
            (Mouth::State, Mouth::State) => "state_state",
            (Mouth::State, Mouth::Armed) => "state_armed",
            (Mouth::Armed, Mouth::State) => "armed_state",
            (Mouth::Armed, Mouth::Armed) => "armed_armed",
            (Mouth::State, Mouth::People) => "state_people",
            (Mouth::People, Mouth::State) => "people_state",
            (Mouth::Armed, Mouth::People) => "armed_people",
            (Mouth::People, Mouth::Armed) => "people_armed",
            (Mouth::People, Mouth::People) => "people_people",
            (Mouth::Unknown, Mouth::Unknown) => "unknown_unknown",
            (Mouth::Unknown, _) => "unknown_known",
            (_, Mouth::Unknown) => "known_unknown",
        };
        found.flag(pair, true);
        found
            .flag("official_people", matches!(pair, "state_people" | "people_state" | "armed_people" | "people_armed"));
        found.flag("unknown", p.mouth == Mouth::Unknown || q.mouth == Mouth::Unknown);
        found.flag("a_blames_b", one.blames(other));
        found.flag("b_blames_a", other.blames(one));
        found.flag("mutual", one.blames(other) && other.blames(one));
        let named = |words: &[u32], names: &[String]| !banner::known(self.reading.syntax(), words, names).is_empty();
        let about_b =
            meet(&one.about, &other.own) || banner::share(&one.doers, &other.names) || named(&p.words, &other.names);
        let about_a =
            meet(&other.about, &one.own) || banner::share(&other.doers, &one.names) || named(&q.words, &one.names);
        found.flag("about_b", about_b || one.blames(other));
        found.flag("about_a", about_a || other.blames(one));
        let told = |source: &[&str], nouns: &[&str]| source.iter().any(|lemma| nouns.contains(lemma));
        found.flag("source_b_in_a", told(&q.source, &p.nouns));
        found.flag("source_a_in_b", told(&p.source, &q.nouns));
        found.flag("own_men", q.owned_source);
        let names = |told: &Proposition<'_>| !told.blamed.is_empty() || !told.doers.is_empty();
        let agree = meet(&one.blamed, &other.blamed) || banner::share(&one.doers, &other.doers);
        found.flag("blame_agrees", agree);
        found.flag("both_blame", names(one) && names(other) && !agree);
        found.flag("a_blames", names(one));
        found.flag("b_blames", names(other));
        found.flag("noun_accused", super::denial::is_accused_by_noun(self.reading, a, b));
    }

    /// How they are said.
    fn manner(&self, found: &mut Evidence, a: usize, b: usize) {
        let (one, other) = (&self.all[a], &self.all[b]);
        let (p, q) = (&self.pictures[a], &self.pictures[b]);
        let syntax = self.reading.syntax();
        let stance = |index: usize| self.reading.claims[index].stance;
        let names = |stance: Stance| match stance {
            Stance::Assert => ("a_asserts", "b_asserts"),
            Stance::Deny => ("a_denies", "b_denies"),
            Stance::Accuse => ("a_accuses", "b_accuses"),
            Stance::Confirm => ("a_confirms", "b_confirms"),
            Stance::Order => ("a_orders", "b_orders"),
            Stance::Pledge => ("a_pledges", "b_pledges"),
            Stance::Appeal => ("a_appeals", "b_appeals"),
            Stance::Threaten => ("a_threatens", "b_threatens"),
            Stance::Decline => ("a_declines", "b_declines"),
        };
        found.flag(names(stance(a)).0, true);
        found.flag(names(stance(b)).1, true);
        let cue = |index: usize| syntax.lemma(self.reading.claims[index].cue_word);
        let agrees = |index: usize| {
            matches!(
                cue(index),
                "confirm"
                    | "acknowledge"
                    | "admit"
                    | "agree"
                    | "repeat"
                    | "add"
                    | "echo"
                    | "concede"
                    | "note"
                    | "explain"
            )
        };
        let counts =
            |index: usize| matches!(cue(index), "put" | "give" | "count" | "estimate" | "tally" | "record" | "list");
        found.flag("agrees", agrees(b));
        found.flag("a_adds", agrees(a));
        found.flag("counts", counts(a) || counts(b));
        found.flag("insists", q.insists);
        found.flag("a_insists", p.insists);
        found.flag("replies", q.replies);
        found.flag("adds", q.adds);
        found.flag("subject_definite", q.subject_definite);
        found.flag("contrast", q.contrast);
        found.flag("version", q.version);
        found.flag("only", q.only);
        found.flag("quoted", q.quoted);
        found.flag("a_quoted", p.quoted);
        found.flag("a_negative", p.negated);
        found.flag("b_negative", q.negated);
        found.flag("negation", p.negated != q.negated);
        found.flag("a_refuses", one.refuses);
        found.flag("b_refuses", other.refuses);
        found.flag("b_points", other.is_pointing);
        found.flag("a_points", one.is_pointing);
        found.flag("refuses_pointing", other.refuses && other.is_pointing);
        found.flag("b_first_person", other.is_first_person);
        found.flag("b_own_deed", q.own_deed);
        found.flag("a_own_deed", p.own_deed);
        found.flag("b_pronoun", q.pronoun);
        found.flag("b_future", q.future);
        found.flag("a_future", p.future);
        found.flag("b_short", q.words.len() <= 4);
        found.flag("a_short", p.words.len() <= 4);
        found.flag("reciprocal", is_reciprocal(self.reading, self.all, a) || is_reciprocal(self.reading, self.all, b));
        found.flag("a_figure", gives_figure(self.reading, a));
        found.flag("b_figure", gives_figure(self.reading, b));
        found.flag("both_figures", gives_figure(self.reading, a) && gives_figure(self.reading, b));
    }

    /// What they tell.
    fn matter(&self, found: &mut Evidence, a: usize, b: usize) {
        let (one, other) = (&self.all[a], &self.all[b]);
        let (p, q) = (&self.pictures[a], &self.pictures[b]);
        let mut common: Vec<&str> =
            p.nouns.iter().copied().filter(|lemma| !is_common(lemma) && q.nouns.contains(lemma)).collect();
        common.sort_unstable();
        common.dedup();
        let rare: f32 = common.iter().map(|lemma| f32::from(rarity(lemma)) / 30.0).sum();
        found.put("shared", shared(one, other));
        found.put("shared_nouns", rare.min(4.0));
        found.flag("shares_nothing", shared(one, other) == 0.0 && common.is_empty());
        let deed = one.deeds.iter().any(|kind| other.deeds.contains(kind));
        found.flag("same_deed", deed);
        found.flag("a_assault", one.tells_assault());
        found.flag("b_assault", other.tells_assault());
        found.flag("a_deeds", !one.deeds.is_empty());
        found.flag("b_deeds", !other.deeds.is_empty());
        let yields = |told: &Proposition<'_>| {
            told.deeds
                .iter()
                .any(|kind| matches!(*kind, "AGREE" | "CONCEDE" | "CONSULT" | "RETREAT" | "AID" | "SUPPORT"))
        };
        found.flag("a_yields", yields(one));
        found.flag("b_yields", yields(other));
        found.flag("a_harms", !one.harms.is_empty());
        found.flag("b_harms", !other.harms.is_empty());
        found.flag("same_harm", one.harms.iter().any(|kind| other.harms.contains(kind)));
        found.flag("shared_place", p.places.iter().any(|place| q.places.contains(place)));
        found.flag("elsewhere", {
            !p.places.is_empty() && !q.places.is_empty() && !p.places.iter().any(|place| q.places.contains(place))
        });
        found.flag("shared_day", p.days.iter().any(|day| q.days.contains(day)));
        found.flag(
            "other_day",
            !p.days.is_empty() && !q.days.is_empty() && !p.days.iter().any(|day| q.days.contains(day)),
        );
        found.flag(
            "other_hour",
            !p.hours.is_empty() && !q.hours.is_empty() && !p.hours.iter().any(|hour| q.hours.contains(hour)),
        );
        let counted =
            |(noun, number): &(&str, u64)| q.counts.iter().any(|(other, count)| noun == other && number != count);
        found.flag("other_count", p.counts.iter().any(counted));
        found.flag("same_number", one.numbers.iter().any(|number| other.numbers.contains(number)));
        found.flag("other_numbers", {
            !p.numbers.is_empty() && !q.numbers.is_empty() && !p.numbers.iter().any(|number| q.numbers.contains(number))
        });
        let gainsaid = |denied: &[&str], told: &[&str]| {
            denied.iter().any(|no| told.iter().any(|yes| no == yes || are_alike(no, yes)))
        };
        found.flag("b_denies_word", gainsaid(&q.denied, &p.told));
        found.flag("a_denies_word", gainsaid(&p.denied, &q.told));
        found.flag("responds", p.responds || q.responds);
        found.flag(
            "responds_fire",
            (p.responds || q.responds) && one.tells_assault() && (other.tells_assault() || q.responds),
        );
        found.flag("copular", q.copular);
        found.flag("verbless", q.verbless);
        let in_a = |lemma: &str| p.nouns.iter().any(|other| *other == lemma || are_alike(other, lemma));
        found.flag("subject_known", q.subject.is_some_and(in_a));
        found.flag("definite_known", q.definite.iter().any(|lemma| in_a(lemma)));
        let known = q.nouns.iter().filter(|lemma| p.nouns.contains(lemma)).count();
        found.put("known_share", known as f32 / q.nouns.len().max(1) as f32);
        let differ = |axis: usize| {
            let (x, y) = (p.ends[axis], q.ends[axis]);
            x[0] != x[1] && y[0] != y[1] && x[0] != y[0]
        };
        let agree = |axis: usize| {
            let (x, y) = (p.ends[axis], q.ends[axis]);
            x[0] != x[1] && x == y
        };
        let axes = (0..AXES).filter(|&axis| axis != CHARACTER && differ(axis)).count();
        found.put("axes", axes.min(2) as f32);
        found.put("axes_agree", (0..AXES).filter(|&axis| agree(axis)).count().min(2) as f32);
        found.flag("character", differ(CHARACTER));
        let hands = hands_differ((p.held.as_ref(), one), (q.held.as_ref(), other));
        found.flag("hands", hands);
        found.flag("holds", p.holds && q.holds);
        found.flag("first", p.first && q.first || (p.first || q.first) && one.tells_assault());
        found.flag(
            "excludes",
            axes > 0 || differ(CHARACTER) || hands || p.negated != q.negated && shared(one, other) >= 0.7,
        );
    }

    /// What weighs more together than apart.
    fn together(&self, found: &mut Evidence) {
        const JOINED: &[(&str, &[&str])] = &[
            ("counter_blame", &["a_blames_b", "both_blame"]),
            ("counter_blame_assault", &["a_blames_b", "both_blame", "a_assault"]),
            ("counter_blame_harm", &["b_blames", "both_blame", "a_harms", "b_accuses"]),
            ("part_of_blamed", &["b_refuses", "a_assault", "a_blames_b"]),
            ("a_refuses_next", &["a_refuses", "next"]),
            ("a_refuses_deed", &["a_refuses", "same_deed"]),
            ("a_refuses_official_people", &["a_refuses", "official_people"]),
            ("insists_next", &["insists", "next"]),
            ("insists_theirs", &["insists", "only_theirs"]),
            ("replies_next", &["replies", "next"]),
            ("adds_next", &["adds", "next"]),
            ("definite_next", &["definite_known", "next"]),
            ("subject_known_next", &["subject_known", "next"]),
            ("subject_definite_next", &["subject_definite", "next"]),
            ("first_person_blames", &["b_first_person", "a_blames_b"]),
            ("denies_word_next", &["b_denies_word", "next"]),
            ("denies_word_theirs", &["b_denies_word", "only_theirs"]),
            ("denied_word_next", &["a_denies_word", "next"]),
            ("numbers_next", &["other_numbers", "next"]),
            ("numbers_counts", &["other_numbers", "counts"]),
            ("principals_next", &["principals", "next"]),
            ("principals_assaults", &["principals", "a_assault", "b_assault"]),
            ("lead_blames", &["a_lead", "a_blames_b"]),
            ("lead_refuses", &["a_lead", "b_refuses"]),
            ("lead_opposed", &["a_lead", "opposed"]),
            ("begins_blames", &["a_begins_block", "a_blames_b"]),
            ("begins_begins", &["a_begins_block", "begins_block"]),
            ("responds_opposed", &["responds_fire", "opposed"]),
            ("copular_next", &["copular", "next"]),
            ("verbless_next", &["verbless", "next"]),
            ("first_blames", &["first", "b_blames"]),
            ("excludes_next", &["excludes", "next"]),
            ("excludes_opposed", &["excludes", "opposed"]),
            ("excludes_official_people", &["excludes", "official_people"]),
            ("excludes_unknown", &["excludes", "unknown"]),
            ("opposed_next", &["opposed", "next"]),
            ("official_people_next", &["official_people", "next"]),
            ("unknown_next", &["unknown", "next"]),
            ("one_side_next", &["one_side", "next"]),
            ("own_men_next", &["own_men", "next"]),
            ("own_men_plain", &["own_men", "next", "b_asserts"]),
            ("person_alone_next", &["person_alone", "next"]),
            ("person_after_body", &["person_alone", "next", "a_body"]),
            ("person_after_person", &["person_alone", "next", "a_person"]),
            ("office_alone_next", &["office_alone", "next"]),
            ("office_after_body", &["office_alone", "next", "a_body"]),
            ("body_after_body", &["b_body", "a_body", "next"]),
            ("same_office_next", &["same_office", "next"]),
            ("one_land_state", &["one_land", "state_state"]),
            ("one_land_people", &["one_land", "official_people"]),
            ("one_land_plain", &["one_land", "b_asserts", "a_asserts"]),
            ("quoted_plain", &["quoted", "next", "b_asserts"]),
            ("quoted_person", &["quoted", "next", "person_alone"]),
            ("version_next", &["version", "next"]),
            ("version_theirs", &["version", "only_theirs"]),
            ("contrast_next", &["contrast", "next"]),
            ("about_b_next", &["about_b", "next"]),
            ("about_b_theirs", &["about_b", "only_theirs"]),
            ("source_next", &["source_b_in_a", "next"]),
            ("source_theirs", &["source_b_in_a", "only_theirs"]),
            ("blames_opposed", &["a_blames_b", "opposed"]),
            ("blames_own_deed", &["a_blames_b", "b_own_deed"]),
            ("blames_negative", &["a_blames_b", "b_negative"]),
            ("about_b_negative", &["about_b", "b_negative"]),
            ("about_b_own_deed", &["about_b", "b_own_deed"]),
            ("refuses_blames", &["b_refuses", "a_blames_b"]),
            ("refuses_next", &["b_refuses", "next"]),
            ("refuses_theirs", &["b_refuses", "only_theirs"]),
            ("refuses_accuses", &["b_refuses", "a_accuses"]),
            ("refuses_assault", &["b_refuses", "a_assault"]),
            ("refuses_harm", &["b_refuses", "same_harm"]),
            ("refuses_about", &["b_refuses", "about_b"]),
            ("refuses_deed", &["b_refuses", "same_deed"]),
            ("pointing_next", &["refuses_pointing", "next"]),
            ("pointing_blames", &["refuses_pointing", "a_blames_b"]),
            ("both_refuse", &["a_refuses", "b_refuses"]),
            ("negative_harm", &["b_negative", "a_harms"]),
            ("negative_assault", &["b_negative", "a_assault"]),
            ("negative_next", &["b_negative", "next"]),
            ("negative_opposed", &["b_negative", "opposed"]),
            ("first_person_next", &["b_first_person", "next"]),
            ("quoted_next", &["quoted", "next"]),
            ("speakers_theirs", &["rule_speakers", "only_theirs"]),
            ("speakers_next", &["rule_speakers", "next"]),
            ("rule_one_side", &["rule", "one_side"]),
            ("denial_next", &["rule_denial", "next"]),
            ("denial_speakers", &["rule_denial", "rule_speakers"]),
            ("both_blame_assault", &["both_blame", "a_assault", "b_assault"]),
            ("both_blame_deed", &["both_blame", "same_deed"]),
            ("mutual_near", &["mutual", "only_theirs"]),
            ("assaults_opposed", &["a_assault", "b_assault", "opposed"]),
            ("accuses_opposed", &["a_accuses", "opposed"]),
            ("accuses_next", &["a_accuses", "next"]),
            ("first_opposed", &["first", "opposed"]),
            ("count_next", &["other_count", "next"]),
            ("hour_theirs", &["other_hour", "only_theirs"]),
        ];
        found.join(JOINED);
    }
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
