//! Figures of people harmed: how many, what happened to them, who they were.
//!
//! A figure belongs to a kind of harm when its noun phrase names people and stands where the word of harm wants its victims: object of
//! "killed", subject of "were wounded" and "died", before "dead", behind "death toll rose to". What it counts otherwise (miles, tanks,
//! years, money) is never harm.

mod answers;
mod figure;
mod kind;
mod words;

use crate::quantity::{Quantity, quantities};
use crate::syntax::Syntax;
use crate::time::is_month;
use crate::victims::heads_of_harm;
use answers::{answers_toll, last_kind, moves, toll};
use counterclaim_knowledge::people;
use counterclaim_language::Upos;
use counterclaim_schema::ledger::HarmKind;
use counterclaim_schema::{Diagnostic, DiagnosticCode, Span};
use counterclaim_text::Word;
use figure::figures;
pub(crate) use kind::is_other_fall;
use kind::kind_of;
use words::*;
pub(crate) use words::{is_armed_body, is_civilian, is_collective, is_person, serves, verb_of_harm};

/// On what the number of people harmed rests.
pub use counterclaim_schema::ledger::HarmBasis as Basis;

/// A figure of people harmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HarmMention {
    /// What happened to them.
    pub kind: HarmKind,
    /// How many.
    pub quantity: Quantity,
    /// On what the figure rests.
    pub basis: Basis,
    /// The words of the figure.
    pub number: Span,
    /// Who.
    pub victims: Option<Span>,
    /// Civilians, as told.
    pub civilian: Option<bool>,
    /// The figure of which this one is a part, as an index into the result.
    pub part_of: Option<usize>,
    /// Told as a toll so far.
    pub is_total: bool,
    /// First word of the figure, through the document.
    pub word: u32,
}

struct Figure {
    quantity: Quantity,
    /// End of the noun phrase, as an index into the sentence.
    end: usize,
    /// Lemma of what is counted; none for a bare figure.
    noun: Option<String>,
    people: bool,
    kind: Option<HarmKind>,
    part: bool,
}

struct Sentence<'a> {
    syntax: Syntax<'a>,
    first: u32,
    words: Vec<Word>,
    forms: Vec<String>,
}

impl Sentence<'_> {
    fn lemma(&self, at: usize) -> &str {
        self.syntax.lemma(self.first + at as u32)
    }

    fn upos(&self, at: usize) -> Upos {
        self.syntax.upos(self.first + at as u32)
    }

    fn form(&self, at: usize) -> &str {
        self.forms.get(at).map_or("", String::as_str)
    }
}

/// Finds the figures of harm in the coded sentences of a report.
pub fn harms(syntax: Syntax<'_>, is_coded: impl Fn(u32) -> bool) -> (Vec<HarmMention>, Vec<Diagnostic>) {
    let mut found: Vec<HarmMention> = Vec::new();
    let mut diagnostics = Vec::new();
    for number in 0..syntax.analysis.sentences.len() as u32 {
        if !is_coded(number) {
            continue;
        }
        let range = syntax.words_of(number);
        let words: Vec<Word> = range.clone().map(|word| Word { span: syntax.span(word) }).collect();
        let forms = words.iter().map(|word| word.span.of(syntax.text).to_lowercase()).collect();
        let sentence = Sentence { syntax, first: range.start, words, forms };
        sentence_harms(&sentence, &mut found, &mut diagnostics);
    }
    (found, diagnostics)
}

fn sentence_harms(sentence: &Sentence<'_>, found: &mut Vec<HarmMention>, diagnostics: &mut Vec<Diagnostic>) {
    let mut figures = figures(sentence);
    for index in 0..figures.len() {
        let kind = kind_of(sentence, &figures, index, found);
        figures[index].kind = kind;
    }
    inherit(sentence, &mut figures);
    // "Seven of them were children", in the sentence behind the figure.
    if let Some(figure) = figures.first_mut().filter(|figure| figure.kind.is_none() && figure.people) {
        let points = figure.quantity.first == 0
            && sentence.form(figure.quantity.end) == "of"
            && matches!(sentence.form(figure.quantity.end + 1), "them" | "whom" | "these" | "those")
            && matches!(sentence.form(figure.end), "were" | "was" | "are");
        let last = found.last().filter(|last| {
            let syntax = sentence.syntax;
            syntax.sentence(last.word) + 1 == syntax.sentence(sentence.first)
        });
        let among = sentence.form(0) == "among"
            && matches!(sentence.form(1), "them" | "these")
            && matches!(sentence.form(2), "were" | "was" | "are" | "is")
            && figure.quantity.first == 3;
        let whole = last.filter(|last| last.quantity.high.or(last.quantity.low) > figure.quantity.low);
        if let Some(last) = whole.filter(|_| points || among) {
            figure.kind = Some(last.kind);
        }
    }
    let mut kept: Vec<Option<usize>> = Vec::new();
    let mut side: Option<bool> = None;
    for (index, figure) in figures.iter().enumerate() {
        // "Two people, both women": the same two.
        let again = sentence.form(figure.quantity.first) == "both"
            && figure.quantity.first > 0
            && sentence.form(figure.quantity.first - 1) == ","
            && index > 0
            && figures[index - 1].quantity.high == Some(2)
            && figures[index - 1].end + 2 >= figure.quantity.first;
        let real = |kind: &HarmKind| *kind == HarmKind::Missing || !is_unreal(sentence, figure);
        let Some(kind) = figure.kind.filter(real).filter(|_| !again) else {
            kept.push(None);
            continue;
        };
        let word = sentence.first + figure.quantity.first as u32;
        let whole = figure
            .part
            .then(|| (0..index).rev().find_map(|other| kept[other].filter(|&other| found[other].part_of.is_none())))
            .flatten();
        kept.push(Some(found.len()));
        let span = figure.quantity.span;
        if exceeds_any_event(kind, figure.quantity) {
            diagnostics.push(Diagnostic::new(DiagnosticCode::ImplausibleNumber, Some(span)));
        }
        let victims = span.to(sentence.words[figure.end - 1].span);
        let noun = figure.noun.as_deref();
        let civilian = noun.and_then(|noun| {
            let modified = (figure.quantity.end..figure.end)
                .any(|at| sentence.lemma(at) == "civilian" || sentence.form(at) == "civilians");
            let fights = serves(noun)
                && (figure.quantity.end..figure.end + 4)
                    .take_while(|&at| at < figure.end || matches!(sentence.form(at), "of" | "the") || at > figure.end)
                    .any(|at| at < sentence.words.len() && is_armed_body(sentence.lemma(at)));
            if modified { Some(true) } else { is_civilian(noun).or(fights.then_some(false)) }
        });
        // "killed 12 soldiers and wounded 20": the bare figure counts people of the same side.
        let bare = matches!(noun, None | Some("other" | "more"));
        let civilian = if bare { side } else { civilian };
        side = civilian;
        found.push(HarmMention {
            kind,
            quantity: figure.quantity,
            basis: Basis::Stated,
            number: span,
            victims: Some(victims),
            civilian,
            part_of: whole,
            is_total: toll(sentence, figure).is_some(),
            word,
        });
        let joint = second_kind(sentence, figure, kind);
        if let Some(other) = joint {
            let copy = HarmMention { kind: other, ..found[found.len() - 1].clone() };
            found.push(copy);
        }
    }
}

/// Whether a figure exceeds what a single event of its kind has ever cost: a slip of the pen or the toll of a whole war. Only a note.
fn exceeds_any_event(kind: HarmKind, quantity: Quantity) -> bool {
    let most = match kind {
        HarmKind::Killed | HarmKind::Missing => 100_000,
        HarmKind::Injured | HarmKind::Detained | HarmKind::Surrendered => 300_000,
        HarmKind::Displaced => 15_000_000,
    };
    quantity.low.or(quantity.high).is_some_and(|figure| figure > most)
}

/// "killed or wounded 40 soldiers": both kinds have the figure.
fn second_kind(sentence: &Sentence<'_>, figure: &Figure, kind: HarmKind) -> Option<HarmKind> {
    let before = figure.quantity.first;
    if before >= 3 && matches!(sentence.form(before - 2), "or" | "and") {
        let first = verb_of_harm(sentence.lemma(before - 3)).map(|(kind, _)| kind);
        let second = verb_of_harm(sentence.lemma(before - 1)).map(|(kind, _)| kind);
        if second == Some(kind) && first.is_some() && first != second {
            return first;
        }
    }
    None
}

/// Parts and coordinated figures take the kind of the figure before them.
fn inherit(sentence: &Sentence<'_>, figures: &mut [Figure]) {
    for index in 1..figures.len() {
        let (earlier, later) = figures.split_at_mut(index);
        let figure = &mut later[0];
        let Some(previous) = earlier.iter().rev().find(|previous| previous.kind.is_some()) else { continue };
        let link_first = previous.end;
        let link: Vec<&str> = (link_first..figure.quantity.first).map(|at| sentence.form(at)).collect();
        let including =
            link.iter().any(|form| matches!(*form, "including" | "among" | "includes" | "included")) && link.len() <= 9;
        if including && figure.people {
            figure.kind = figure.kind.filter(|_| false).or(previous.kind);
            figure.part = true;
            continue;
        }
        // "three fighters, one of them a girl", "nine children, two of whom are in a critical state".
        let points = sentence.form(figure.quantity.end) == "of"
            && matches!(sentence.form(figure.quantity.end + 1), "them" | "whom" | "these");
        let of_them = (link.first() == Some(&",") && link.len() <= 2 || link.last() == Some(&",")) && points
            || link.last() == Some(&",")
                && sentence.form(figure.end) == "among"
                && matches!(sentence.form(figure.end + 1), "them" | "whom" | "these");
        if of_them && figure.people {
            figure.kind = figure.kind.or(previous.kind);
            figure.part = true;
            continue;
        }
        if figure.kind.is_some() || !figure.people {
            continue;
        }
        // "The chief reported seven deaths, the hospital ten", "five, the union at 32": the verb of the first goes for the second.
        let gapped = figure.noun.is_none()
            && matches!(link.first(), Some(&"," | &";" | &"and"))
            && (2..=8).contains(&link.len())
            && matches!(sentence.form(figure.end), "." | "," | ";" | "" | "”")
            && (link_first..figure.quantity.first).all(|at| {
                !matches!(sentence.upos(at), Upos::Verb | Upos::Aux | Upos::Num | Upos::Sconj)
                    && (sentence.upos(at) != Upos::Adp || sentence.form(at) == "at" || sentence.form(at) == "of")
            })
            && (link_first..figure.quantity.first).any(|at| matches!(sentence.upos(at), Upos::Noun | Upos::Propn));
        // "Five were wounded, one seriously"
        let graded = figure.noun.is_none()
            && matches!(link.last(), Some(&"," | &"and"))
            && matches!(
                sentence.form(figure.end),
                "seriously"
                    | "critically"
                    | "slightly"
                    | "fatally"
                    | "gravely"
                    | "badly"
                    | "severely"
                    | "lightly"
                    | "mortally"
            );
        if graded {
            figure.kind = previous.kind;
            figure.part = true;
            continue;
        }
        if gapped {
            figure.kind = previous.kind;
            figure.part = previous.part;
            continue;
        }
        let article = matches!(sentence.form(figure.quantity.first), "a" | "an" | "another");
        // "Seven were carried away: five Filipinos, a Ukrainian and the captain": a list behind a colon tells the parts.
        let clause_ends = (figure.end..sentence.words.len())
            .take_while(|&at| !matches!(sentence.form(at), ";" | "."))
            .all(|at| !matches!(sentence.upos(at), Upos::Verb | Upos::Aux));
        let itemized = link.last() == Some(&":") && link.len() <= 8 && clause_ends && figure.noun.is_some();
        if itemized
            || previous.part
                && figure.noun.is_some()
                && clause_ends
                && matches!(link.as_slice(), [","] | ["and"] | [",", "and"])
        {
            figure.kind = previous.kind;
            figure.part = true;
            continue;
        }
        // "Twelve were hurt, as were two nurses"
        let likewise = matches!(link.as_slice(), [.., "as" | "so", "were" | "was" | "did"]) && figure.noun.is_some();
        if likewise {
            figure.kind = previous.kind;
            continue;
        }
        let coordinated = !(article && link.first() == Some(&","))
            && matches!(
                link.as_slice(),
                ["and"]
                    | [","]
                    | [",", "and"]
                    | ["and", "her" | "his" | "their"]
                    | ["as", "well", "as"]
                    | ["along" | "together", "with"]
                    | [",", "along" | "together", "with"]
            );
        let own_verb = sentence.form(figure.end) == "were" || sentence.form(figure.end) == "was";
        // "killed 250 people in Gaza and 13 in Israel"
        let elsewhere = link.last() == Some(&"and")
            && link.len() <= 5
            && link.first() == Some(&"in")
            && figure.noun.is_none()
            && matches!(sentence.form(figure.end), "in" | "on" | "at");
        if elsewhere || coordinated && !own_verb && figure.noun.is_some() {
            figure.kind = previous.kind;
            figure.part = previous.part;
        }
    }
    // "Among the dead were three children".
    for figure in figures.iter_mut() {
        let leads = figure.quantity.first > 0
            && matches!(sentence.form(figure.quantity.first - 1), "were" | "was" | "are" | "is")
            && sentence.form(0) == "among";
        if (figure.kind.is_none() || leads) && figure.people {
            let first = figure.quantity.first;
            let lead: Vec<&str> = (first.saturating_sub(5)..first).map(|at| sentence.form(at)).collect();
            if let Some(at) = lead.iter().position(|form| *form == "among") {
                // "the hostages, among them 17 children"
                let from = (first - lead.len() + at).saturating_sub(3);
                let group = (from..first - lead.len() + at).find_map(|back| match sentence.form(back) {
                    "hostages" | "captives" | "prisoners" | "detainees" => Some(HarmKind::Detained),
                    "dead" | "victims" | "killed" => Some(HarmKind::Killed),
                    "wounded" | "injured" => Some(HarmKind::Injured),
                    _ => None,
                });
                figure.kind = lead[at..].iter().find_map(|form| match *form {
                    "dead" | "killed" => Some(HarmKind::Killed),
                    "victims" => Some(HarmKind::Killed),
                    "wounded" | "injured" => Some(HarmKind::Injured),
                    "detained" | "arrested" | "hostages" => Some(HarmKind::Detained),
                    _ => None,
                });
                figure.kind = figure.kind.or(group.filter(|_| lead[at..].contains(&"them")));
                figure.part = figure.kind.is_some();
            }
        }
    }
}

/// "could kill thousands", "if ten die": feared or possible harm is no harm.
fn is_unreal(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let from = figure.quantity.first.saturating_sub(5);
    let to = (figure.end + 4).min(sentence.words.len());
    (from..to).any(|at| {
        matches!(sentence.form(at), "could" | "might" | "may" | "would" | "if" | "unless")
            && sentence.upos(at) != Upos::Propn
            || matches!(sentence.form(at), "will") && sentence.upos(at) == Upos::Aux
            || matches!(sentence.lemma(at), "risk" | "threaten") && at < figure.quantity.first
            || matches!(sentence.form(at), "almost" | "nearly" | "narrowly")
                && at + 1 < sentence.words.len()
                && sentence.upos(at + 1) == Upos::Verb
                && (verb_of_harm(sentence.lemma(at + 1)).is_some() || sentence.lemma(at + 1) == "escape")
            || at < figure.quantity.first
                && sentence.form(at + 1) == "to"
                && matches!(
                    sentence.lemma(at),
                    "try" | "attempt" | "want" | "plan" | "intend" | "seek" | "vow" | "wish" | "hope"
                )
    })
}
