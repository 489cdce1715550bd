//! Figures of people harmed: how many, what happened to them, who they were.
//!
//! A figure belongs to a kind of harm when its noun phrase names people and stands where the word of harm wants its victims: object of
//! "killed", subject of "were wounded" and "died", before "dead", behind "death toll rose to". What it counts otherwise (miles, tanks,
//! years, money) is never harm.

mod answers;

use crate::quantity::{Quantity, quantities};
use crate::syntax::Syntax;
use crate::time::is_month;
use crate::victims::heads_of_harm;
use answers::{answers_toll, last_kind, moves, toll};
use counterclaim_knowledge::people::{self, Side};
use counterclaim_language::Upos;
use counterclaim_schema::ledger::HarmKind;
use counterclaim_schema::{Diagnostic, DiagnosticCode, Span};
use counterclaim_text::Word;

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

/// Words of harm and where they want their victims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Object of the active, subject of the passive.
    Patient,
    /// Subject.
    Subject,
}

pub(crate) fn verb_of_harm(lemma: &str) -> Option<(HarmKind, Place)> {
    use HarmKind::*;
    Some(match lemma {
        "kill" | "murder" | "execute" | "behead" | "massacre" | "slaughter" | "assassinate" | "slay" | "hack"
        | "lynch" | "bury" | "decapitate" | "neutralise" | "neutralize" | "eliminate" | "liquidate" | "martyr"
        | "annihilate" => (Killed, Place::Patient),
        "die" | "perish" | "drown" | "succumb" | "fall" => (Killed, Place::Subject),
        "injure" | "wound" | "hurt" | "maim" | "harm" | "hospitalize" | "hospitalise" | "burn" => {
            (Injured, Place::Patient)
        }
        "displace" | "evacuate" | "uproot" | "relocate" => (Displaced, Place::Patient),
        "flee" | "escape" => (Displaced, Place::Subject),
        "detain" | "arrest" | "capture" | "kidnap" | "abduct" | "imprison" | "jail" | "seize" => {
            (Detained, Place::Patient)
        }
        "surrender" | "defect" => (Surrendered, Place::Subject),
        "vanish" | "disappear" => (Missing, Place::Subject),
        _ => return None,
    })
}

/// Words of state that stand behind a figure: "12 dead", "five missing".
fn state_of_harm(form: &str) -> Option<HarmKind> {
    use HarmKind::*;
    Some(match form {
        "dead" | "killed" | "deaths" | "death" | "fatalities" | "fatality" | "slain" => Killed,
        "injured" | "wounded" | "hurt" | "injuries" => Injured,
        "missing" | "unaccounted" => Missing,
        "displaced" | "homeless" => Displaced,
        "hostage" | "captive" | "prisoner" | "captured" | "abducted" | "kidnapped" | "detained" | "arrested" => {
            Detained
        }
        _ => return None,
    })
}

/// Nouns whose "of" phrase names victims: "the bodies of nine villagers".
fn noun_of_harm(lemma: &str) -> Option<HarmKind> {
    use HarmKind::*;
    Some(match lemma {
        "throat" | "remain" | "body" | "corpse" | "death" | "killing" | "murder" | "massacre" | "life"
        | "execution" | "assassination" | "remains" | "loss" => Killed,
        "wounding" | "injury" | "injuring" | "maiming" => Injured,
        "abduction" | "kidnapping" | "arrest" | "detention" | "capture" => Detained,
        "displacement" | "evacuation" | "exodus" => Displaced,
        "disappearance" => Missing,
        "surrender" => Surrendered,
        _ => return None,
    })
}

/// Words that may stand between a victim phrase and its word of harm.
fn is_passing(upos: Upos, form: &str) -> bool {
    matches!(upos, Upos::Aux | Upos::Adv | Upos::Part)
        || matches!(
            form,
            "who"
                | "which"
                | "that"
                | "were"
                | "was"
                | "had"
                | "been"
                | "have"
                | "has"
                | "being"
                | "to"
                | "be"
                | "reported"
                | "confirmed"
                | "believed"
                | "left"
                | "presumed"
                | "feared"
                | "found"
                | "shot"
                | "beaten"
                | "burned"
                | "hacked"
                | "stabbed"
                | "got"
                | "known"
                | "registered"
                | "listed"
        )
}

/// Whether people called so are civilians, where the noun tells.
pub(crate) fn is_civilian(lemma: &str) -> Option<bool> {
    match people::side(lemma)? {
        Side::Civilian => Some(true),
        Side::Combatant => Some(false),
        Side::Open => None,
    }
}

/// Whether a noun takes its side from the body that it serves: "army members", "guerrilla leader".
pub(crate) fn serves(lemma: &str) -> bool {
    matches!(
        lemma,
        "member"
            | "officer"
            | "official"
            | "leader"
            | "chief"
            | "commander"
            | "man"
            | "personnel"
            | "element"
            | "lieutenant"
    )
}

/// Words for bodies that fight.
pub(crate) fn is_armed_body(lemma: &str) -> bool {
    matches!(
        lemma,
        "army"
            | "military"
            | "guerrilla"
            | "rebel"
            | "insurgent"
            | "paramilitary"
            | "militia"
            | "navy"
            | "commando"
            | "subversive"
    )
}

/// Nouns that name several people at once.
pub(crate) fn is_collective(lemma: &str) -> bool {
    matches!(lemma, "crew" | "people" | "family" | "household" | "staff" | "personnel" | "couple" | "team" | "clergy")
}

/// Whether a common noun names people: the table of people or that of agents.
pub(crate) fn is_person(lemma: &str) -> bool {
    people::side(lemma).is_some()
        || lemma.ends_with("man") && lemma.len() > 4
        || lemma.ends_with("men") && lemma.len() > 6 && !lemma.ends_with("cimen")
        || counterclaim_knowledge::actors::agent(lemma, &[]).is_some_and(|class| {
            !class.sectors.iter().any(|sector| matches!(*sector, "GOV" | "JRN" | "BUS" | "IGO" | "NGO"))
                && !matches!(
                    lemma,
                    "army"
                        | "military"
                        | "police"
                        | "force"
                        | "militia"
                        | "group"
                        | "party"
                        | "court"
                        | "hospital"
                        | "school"
                        | "church"
                        | "union"
                        | "gang"
                        | "cartel"
                        | "navy"
                        | "base"
                        | "position"
                        | "camp"
                        | "university"
                        | "clinic"
                        | "village"
                        | "town"
                        | "city"
                        | "community"
                        | "country"
                        | "state"
                )
        })
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
        let Some(kind) = figure.kind.filter(|kind| *kind == HarmKind::Missing || !is_unreal(sentence, figure)) else {
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

/// Figures with what they count. An article before a person counts as one.
fn figures(sentence: &Sentence<'_>) -> Vec<Figure> {
    let text = sentence.syntax.text;
    let mut all = quantities(text, &sentence.words);
    for at in 0..sentence.words.len() {
        // "the driver", "his wife" count as one only as the object of harm or joined to one.
        let owned = matches!(sentence.form(at), "the" | "his" | "her" | "its" | "their" | "my" | "our")
            && at > 0
            && at + 1 < sentence.words.len()
            && {
                let before = sentence.form(at - 1);
                let harmed = verb_of_harm(sentence.lemma(at - 1)).is_some_and(|(_, place)| place == Place::Patient)
                    && sentence.upos(at - 1) == Upos::Verb;
                let singular = sentence.upos(at + 1) == Upos::Noun
                    && sentence.form(at + 1) == sentence.lemma(at + 1)
                    && is_person(sentence.lemma(at + 1))
                    && sentence.lemma(at + 1) != "people";
                singular && (harmed || before == "and" && at > 1 && sentence.upos(at - 2) != Upos::Verb)
            };
        let article = (owned || matches!(sentence.form(at), "a" | "an" | "another"))
            // "an estimated 8,500 lives": the figure counts, not its article.
            && !all.iter().any(|quantity| {
                quantity.first <= at && at < quantity.end || quantity.first == at + 1 && quantity.low != Some(1) && sentence.form(quantity.end) != "-"
            })
            // "its crew of three"
            && !(owned && sentence.form(at + 2) == "of" && all.iter().any(|quantity| quantity.first == at + 3));
        let ordinal = matches!(
            sentence.form(at + 1),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
        ) && at + 2 < sentence.words.len()
            && !matches!(sentence.upos(at + 2), Upos::Noun | Upos::Adj | Upos::Propn);
        if article && !ordinal {
            all.push(Quantity {
                span: sentence.words[at].span,
                low: Some(1),
                high: Some(1),
                approximate: false,
                first: at,
                end: at + 1,
            });
        }
    }
    // "A third was taken alive", "the second died": one more of those told before.
    for at in 0..sentence.words.len().saturating_sub(2) {
        let ordinal = matches!(sentence.form(at), "a" | "the")
            && matches!(
                sentence.form(at + 1),
                "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
            )
            && (matches!(sentence.form(at + 2), "was" | "had" | "has" | "is" | "died" | "lost")
                || sentence.upos(at + 2) == Upos::Verb
                || sentence.form(at + 2) == "," && sentence.form(at) == "the");
        if ordinal && !all.iter().any(|quantity| quantity.first < at + 2 && at < quantity.end) {
            all.push(Quantity {
                span: sentence.words[at].span.to(sentence.words[at + 1].span),
                low: Some(1),
                high: Some(1),
                approximate: false,
                first: at,
                end: at + 2,
            });
        }
    }
    all.sort_by_key(|quantity| quantity.first);
    // "A family of six", "a battalion of 300 men": the number counts, not the article.
    let starts: Vec<usize> = all.iter().map(|quantity| quantity.first).collect();
    all.retain(|quantity| {
        let article = quantity.end == quantity.first + 1
            && matches!(sentence.form(quantity.first), "a" | "an" | "the" | "its" | "his");
        !(article
            && (quantity.end + 1..quantity.end + 5).any(|at| {
                sentence.form(at) == "of" && starts.contains(&(at + 1)) && sentence.upos(at - 1) == Upos::Noun
            })
            && !(quantity.end..quantity.end + 5)
                .take_while(|&at| sentence.form(at) != "of")
                .any(|at| matches!(sentence.upos(at), Upos::Verb | Upos::Adp | Upos::Punct)))
            || article && is_aged(sentence, quantity.end)
    });
    let mut found: Vec<Figure> = Vec::new();
    for quantity in all {
        // "seven of the 19 crew members": the figure inside the phrase tells of all, not of those harmed.
        let inside =
            found.last().is_some_and(|last| last.end > quantity.first && sentence.form(last.quantity.end) == "of");
        if let Some(figure) = figure(sentence, quantity).filter(|_| !inside) {
            found.push(figure);
        }
    }
    found
}

fn figure(sentence: &Sentence<'_>, quantity: Quantity) -> Option<Figure> {
    let count = sentence.words.len();
    let mut end = quantity.end;
    let mut noun: Option<usize> = None;
    let article = matches!(
        sentence.form(quantity.first),
        "a" | "an" | "another" | "the" | "his" | "her" | "its" | "their" | "my" | "our"
    ) && quantity.end == quantity.first + 1;
    // "155-mm", "12-year-old": a hyphen right behind the figure makes it an adjective; the noun behind decides for an article only.
    let glued = sentence.form(quantity.end) == "-"
        && sentence
            .words
            .get(quantity.end)
            .is_some_and(|word| word.span.start == sentence.words[quantity.end - 1].span.end);
    if glued && !article {
        return None;
    }
    if matches!(
        sentence.form(end),
        "%" | "percent" | "per" | "°" | "km" | "kilometres" | "kilometers" | "miles" | "pm" | "am" | "gmt" | ":"
    ) || end > 0
        && quantity.first > 0
        && matches!(
            sentence.form(quantity.first - 1),
            "$" | "€" | "£" | "aged" | "age" | "no." | "number" | "section" | "article" | "page"
        )
    {
        return None;
    }
    if is_other_number(sentence, &quantity) {
        return None;
    }
    // A bare year or clock time is no figure.
    let bare = sentence.form(quantity.first);
    let year = quantity.first + 1 == quantity.end
        && bare.len() == 4
        && (bare.starts_with("19") || bare.starts_with("20"))
        && bare.chars().all(|character| character.is_ascii_digit());
    let of = sentence.form(end) == "of";
    let mut at = if of { end + 1 } else { end };
    if of && matches!(sentence.form(at), "the" | "its" | "their" | "his" | "her" | "our" | "them" | "those" | "these") {
        at += 1;
    }
    let first = at;
    // "Over the past 10 years many priests": the figure counts the years, not the people behind them.
    let of_time =
        matches!(sentence.form(first), "years" | "months" | "weeks" | "days" | "decades" | "hours" | "minutes");
    if of_time && !article && sentence.form(first + 1) != "old" && sentence.form(first + 1) != "-" {
        return None;
    }
    while at < count {
        let form = sentence.form(at);
        let upos = sentence.upos(at);
        // "no deaths", "seven civilian deaths", "a single fatality": the noun itself tells the harm.
        if (at == first || sentence.upos(at) == Upos::Noun)
            && matches!(
                form,
                "deaths" | "death" | "fatalities" | "fatality" | "injuries" | "casualties" | "losses" | "arrests"
            )
            && !matches!(
                sentence.form(at + 1),
                "threat" | "threats" | "squad" | "squads" | "sentence" | "sentences" | "penalty" | "toll"
            )
        {
            noun = Some(at);
            at += 1;
            break;
        }
        // "40 women and children", quotation marks around a word of a side's own.
        let joins = form == "and"
            && noun.is_some_and(|noun| noun + 1 == at)
            && at + 1 < count
            && is_person(sentence.lemma(at + 1))
            && sentence.upos(at + 1) == Upos::Noun
            && sentence.form(at + 1) != sentence.lemma(at + 1);
        if joins
            || matches!(form, "“" | "”" | "‘" | "\"")
                && at + 1 < count
                && (at == first || noun.is_some_and(|noun| noun + 1 == at))
        {
            at += 1;
            continue;
        }
        let continues = matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            || form == "-"
            || form == "’s"
            || form == "'s"
            || at == first
                && state_of_harm(form).is_some()
                && at + 1 < count
                && people::side(sentence.lemma(at + 1)).is_some()
            // "4,700 newly displaced people"
            || at + 1 < count
                && state_of_harm(form).is_some()
                && at == first + 1
                && sentence.upos(first) == Upos::Adv
                && people::side(sentence.lemma(at + 1)).is_some()
            || at == first && upos == Upos::Adv && at + 2 < count && matches!(sentence.form(at + 1), "displaced" | "wounded" | "injured")
                && people::side(sentence.lemma(at + 2)).is_some()
            || (upos == Upos::Verb || upos == Upos::Adv)
                && at + 1 < count
                && noun.is_none()
                && matches!(sentence.upos(at + 1), Upos::Noun | Upos::Propn)
                && state_of_harm(form).is_none()
                && !form.ends_with("ed")
                // "Thousands took refuge" has a verb behind the figure.
                && (upos == Upos::Adv || form.ends_with("ing"));
        if !continues
            || at > first
                && state_of_harm(form).is_some()
                && !matches!(sentence.upos(at + 1 - usize::from(at + 1 >= count)), Upos::Noun)
            || at == first
                && state_of_harm(form).is_some()
                && form != "displaced"
                && form != "wounded"
                && form != "injured"
        {
            break;
        }
        if matches!(form, "early" | "late" | "overnight" | "more" | "dead" | "missing" | "alive") && at > first
            || matches!(form, "last" | "next" | "this" | "yesterday" | "today" | "tomorrow")
                && matches!(quantity.end.cmp(&at), std::cmp::Ordering::Equal)
        {
            break;
        }
        if at == first && state_of_harm(form).is_some() {
            let next_is_person = at + 1 < count && people::side(sentence.lemma(at + 1)).is_some();
            if !next_is_person {
                break;
            }
        }
        if matches!(upos, Upos::Noun | Upos::Propn) || upos == Upos::Adj && (form.ends_with('s') || at == first) {
            noun = Some(at);
        }
        at += 1;
    }
    while at > first && (sentence.form(at - 1) == "-" || matches!(sentence.upos(at - 1), Upos::Adv)) {
        at -= 1;
    }
    let last = noun.filter(|&noun| noun < at);
    end = if at > first || of && last.is_some() { at } else { end };
    // "buried 14 of its own"
    let last = last.filter(|&at| !(of && sentence.lemma(at) == "own"));
    let lemma = last.map(|at| sentence.lemma(at).to_owned());
    let people = match (&lemma, last) {
        // "from one family"
        (Some(lemma), Some(_))
            if matches!(lemma.as_str(), "family" | "side") && sentence.form(quantity.first) == "one" =>
        {
            false
        }
        (Some(lemma), Some(at)) => {
            let original = sentence.words[at].span.of(sentence.syntax.text);
            let named = original.starts_with(char::is_uppercase)
                && original.ends_with('s')
                && sentence.forms.iter().any(|_| sentence.syntax.text.chars().any(char::is_lowercase));
            let demonym = counterclaim_knowledge::Country::by_adjective(original).is_some()
                || counterclaim_knowledge::Country::by_adjective(original.trim_end_matches('s')).is_some();
            is_person(lemma)
                || demonym
                || named && !counterclaim_knowledge::weapons::is_weapon(lemma) && state_follows(sentence, end)
                || matches!(
                    lemma.as_str(),
                    "death"
                        | "fatality"
                        | "injury"
                        | "loss"
                        | "arrest"
                        | "life"
                        | "body"
                        | "corpse"
                        | "wounded"
                        | "dead"
                        | "injured"
                        | "grave"
                        | "coffin"
                        | "victim"
                        | "martyr"
                        | "casualty"
                        | "arrival"
                )
        }
        _ => !year && !article,
    };
    // "Killing two people and wounding another", "one was killed and another injured": one more of those before.
    let one_more = sentence.form(quantity.first) == "another"
        && lemma.is_none()
        && (quantity.first > 0
            && sentence.upos(quantity.first - 1) == Upos::Verb
            && verb_of_harm(sentence.lemma(quantity.first - 1)).is_some_and(|(_, place)| place == Place::Patient)
            || state_of_harm(sentence.form(end)).is_some()
            || matches!(sentence.form(end), "was" | "is" | "died"));
    if article && lemma.is_none() && !one_more || year && lemma.is_none() {
        return None;
    }
    let people = people || one_more;
    let mut quantity = quantity;
    if article && lemma.as_deref().is_some_and(is_collective) && sentence.form(end) != "of" {
        (quantity.low, quantity.high) = (Some(2), None);
    }
    Some(Figure { quantity, end, noun: lemma, people, kind: None, part: false })
}

/// Days of months, telephone numbers, numbers with a unit and numbers that name things are no figures of people.
fn is_other_number(sentence: &Sentence<'_>, quantity: &Quantity) -> bool {
    const UNITS: &[&str] = &[
        "mm",
        "cm",
        "m",
        "metres",
        "meters",
        "metre",
        "meter",
        "feet",
        "foot",
        "yards",
        "hectares",
        "acres",
        "tonnes",
        "tons",
        "tonne",
        "ton",
        "kg",
        "kilograms",
        "kilos",
        "grams",
        "pounds",
        "litres",
        "liters",
        "degrees",
        "celsius",
        "dollars",
        "dollar",
        "euros",
        "pesos",
        "rupees",
        "shillings",
        "caliber",
        "calibre",
        "percentage",
        "pct",
        "hours",
        "minutes",
        "seconds",
        "o'clock",
        "knots",
        "mph",
        "kph",
        "magnitude",
    ];
    let digits = |at: usize| {
        let form = sentence.form(at);
        !form.is_empty() && form.chars().all(|character| character.is_ascii_digit())
    };
    let (first, end) = (quantity.first, quantity.end);
    let before = if first > 0 { sentence.form(first - 1) } else { "" };
    let behind = sentence.form(end);
    let month = end == first + 1
        && digits(first)
        && (is_month(before) && !(before == "may" && sentence.upos(first - 1) == Upos::Aux)
            || is_month(behind)
                && sentence.form(first).len() <= 2
                && !(behind == "may" && sentence.upos(end) == Upos::Aux));
    let glued = |left: usize, right: usize| {
        sentence
            .words
            .get(left)
            .zip(sentence.words.get(right))
            .is_some_and(|(left, right)| left.span.end == right.span.start)
    };
    // "555-0134", "+44 20 7946 0958", "0800 555 111"
    let telephone = digits(first)
        && (sentence.form(first).starts_with('0') && sentence.form(first).len() > 1
            || before == "+"
            || matches!(before, "tel" | "tel." | "phone" | "telephone" | "call" | "dial" | "fax")
            || first > 1
                && before == "-"
                && digits(first - 2)
                && glued(first - 2, first - 1)
                && glued(first - 1, first)
            || behind == "-"
                && digits(end + 1)
                && glued(end - 1, end)
                && glued(end, end + 1)
                && sentence.form(end + 1).len() > sentence.form(first).len());
    // "brothers aged nine and 12"
    let age = matches!(before, "and" | "to" | "or" | "between")
        && (first.saturating_sub(4)..first).any(|at| matches!(sentence.form(at), "aged" | "ages"));
    month || telephone || age || UNITS.contains(&behind)
}

fn state_follows(sentence: &Sentence<'_>, end: usize) -> bool {
    (end..(end + 4).min(sentence.words.len()))
        .any(|at| state_of_harm(sentence.form(at)).is_some() || verb_of_harm(sentence.lemma(at)).is_some())
}

/// Kind of harm by what stands around the figure.
fn kind_of(sentence: &Sentence<'_>, figures: &[Figure], index: usize, found: &[HarmMention]) -> Option<HarmKind> {
    let figure = &figures[index];
    if !figure.people {
        return is_like_people(sentence, figure).then(|| of_tree(sentence, figure)).flatten();
    }
    match figure.noun.as_deref() {
        Some("death" | "fatality" | "life" | "dead" | "martyr") => {
            // "five deaths", "no fatalities"; "claimed 14 lives" needs its verb.
            if figure.noun.as_deref() != Some("life")
                || (1..4).any(|back| {
                    figure.quantity.first >= back
                        && matches!(
                            sentence.lemma(figure.quantity.first - back),
                            "claim" | "cost" | "take" | "lose" | "consume" | "extinguish" | "end"
                        )
                })
                || (figure.end..(figure.end + 6).min(sentence.words.len()))
                    .any(|at| matches!(sentence.form(at), "lost" | "claimed" | "taken" | "extinguished"))
            {
                return Some(HarmKind::Killed);
            }
            return None;
        }
        Some("injury" | "wounded" | "injured") => return Some(HarmKind::Injured),
        Some("body") if is_organized(sentence, figure) => return None,
        Some("body" | "corpse")
            if figure.quantity.high != Some(0)
                || figure.quantity.first > 0
                    && (1..3).any(|back| {
                        figure.quantity.first >= back
                            && matches!(
                                sentence.lemma(figure.quantity.first - back),
                                "know" | "count" | "record" | "register" | "log"
                            )
                    }) =>
        {
            return Some(HarmKind::Killed);
        }
        Some("casualty") if figure.quantity.high == Some(0) => return Some(HarmKind::Injured),
        Some("loss") if figure.quantity.high == Some(0) => return Some(HarmKind::Killed),
        Some("arrest") => return Some(HarmKind::Detained),
        Some("hostage" | "captive" | "prisoner" | "detainee")
            if (1..4).any(|back| {
                figure.quantity.first >= back
                    && matches!(
                        sentence.lemma(figure.quantity.first - back),
                        "hold" | "take" | "keep" | "know" | "list" | "count" | "name" | "register"
                    )
            }) =>
        {
            return Some(HarmKind::Detained);
        }
        _ => {}
    }
    if stands_for_dead(sentence, figure) {
        return Some(HarmKind::Killed);
    }
    let given = toll(sentence, figure).or_else(|| answers_toll(sentence, figures, index, found, true));
    if let Some(kind) = given.or_else(|| state_at(sentence, figure.end)) {
        return Some(kind);
    }
    // "evacuated 14 wounded soldiers" tells of the wounded, "killing nine displaced women" of the dead.
    let hurt = (figure.quantity.end..figure.end).find_map(|at| match sentence.form(at) {
        "wounded" | "injured" | "hurt" => Some(HarmKind::Injured),
        "dead" | "slain" | "fallen" | "murdered" => Some(HarmKind::Killed),
        _ => None,
    });
    let told = hurt.or_else(|| behind(sentence, figures, index)).or_else(|| before(sentence, figure)).or_else(|| {
        (figure.quantity.end..figure.end).find_map(|at| match sentence.form(at) {
            "missing" => Some(HarmKind::Missing),
            "displaced" => Some(HarmKind::Displaced),
            "captured" | "abducted" | "kidnapped" | "detained" => Some(HarmKind::Detained),
            _ => None,
        })
    });
    let held = || {
        matches!(figure.noun.as_deref(), Some("hostage" | "captive" | "detainee" | "abductee"))
            .then_some(HarmKind::Detained)
    };
    // "Four of the wounded were children"
    let of_group = || {
        let the = matches!(sentence.form(figure.quantity.end + 1), "the" | "those");
        match sentence.form(figure.quantity.end + 2) {
            "victims" if the => Some(HarmKind::Killed),
            form if the => state_of_harm(form),
            _ => None,
        }
    };
    told.or_else(|| of_tree(sentence, figure))
        .or_else(|| of_group().filter(|_| sentence.form(figure.quantity.end) == "of"))
        .or_else(|| answers_toll(sentence, figures, index, found, false))
        .or_else(|| moves(sentence, figure, last_kind(sentence, figures, index, found)))
        .or_else(held)
}

/// What the tree says of the people counted, where the words around them do not tell.
fn of_tree(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    let article = figure.quantity.end == figure.quantity.first + 1
        && matches!(
            sentence.form(figure.quantity.first),
            "a" | "an" | "another" | "the" | "his" | "her" | "their" | "its" | "my" | "our"
        );
    if article {
        return None;
    }
    let number = sentence.syntax.sentence(sentence.first);
    let words = figure.quantity.first..figure.end;
    let armed = |kind: HarmKind| {
        kind != HarmKind::Surrendered || figure.noun.as_deref().is_none_or(|noun| people::side(noun).is_some())
    };
    heads_of_harm(sentence.syntax, number, figure.quantity.high == Some(0))
        .into_iter()
        .find(|(_, head)| head.checked_sub(sentence.first).is_some_and(|head| words.contains(&(head as usize))))
        .map(|(kind, _)| kind)
        .filter(|&kind| armed(kind) && (kind != HarmKind::Missing || figure.quantity.high != Some(0)))
}

/// Whether a noun that no table knows is made like a word for people: "Malaitans", "prospectors", "trappers".
fn is_like_people(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let Some(noun) = figure.noun.as_deref().filter(|noun| noun.len() > 4) else { return false };
    let known = counterclaim_knowledge::weapons::is_weapon(noun)
        || !counterclaim_knowledge::weapons::scan_targets(&[noun]).is_empty()
        || !counterclaim_knowledge::weapons::scan(&[noun]).is_empty()
        || counterclaim_knowledge::actors::agent(noun, &[]).is_some();
    let last = sentence.words[figure.end - 1].span.of(sentence.syntax.text);
    let named =
        last.starts_with(char::is_uppercase) && last.ends_with('s') && sentence.upos(figure.end - 1) != Upos::Num;
    let made = [
        "ist", "ian", "man", "woman", "eer", "ee", "ator", "itor", "iser", "izer", "goer", "maker", "worker", "seller",
        "owner", "keeper",
    ]
    .iter()
    .any(|ending| noun.ends_with(ending));
    !known && (named || made)
}

/// "A girl of 13": the number behind is an age.
fn is_aged(sentence: &Sentence<'_>, from: usize) -> bool {
    (from..from + 4).any(|at| {
        sentence.form(at + 1) == "of"
            && !is_collective(sentence.lemma(at))
            && people::person(sentence.lemma(at)).is_some()
    })
}

/// "A body comprised of cells", "an Israeli body abroad": a single body that nobody finds and that is nobody's is an organization.
fn is_organized(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let article = matches!(sentence.form(figure.quantity.first), "a" | "an" | "another");
    let (from, to) = (figure.quantity.first.saturating_sub(6), (figure.end + 8).min(sentence.words.len()));
    let of_person = sentence.form(figure.end) == "of"
        && (figure.end + 1..(figure.end + 5).min(to))
            .any(|at| sentence.upos(at) == Upos::Propn || people::person(sentence.lemma(at)).is_some());
    let handled = |at: usize| counterclaim_knowledge::harms::is_of("body", sentence.lemma(at));
    article && !of_person && !(from..to).any(handled)
}

/// "Counted 12 graves", "prayed over 18 coffins", "acknowledged six losses", "spoke of 11 victims": what stands for the dead behind a verb of
/// counting or owning up.
fn stands_for_dead(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let verbs: &[&str] = match figure.noun.as_deref() {
        Some("grave" | "coffin" | "shroud") => &["show", "count", "dig", "see", "pray", "fill", "carry", "receive"],
        Some("loss") => {
            &["acknowledge", "admit", "suffer", "report", "record", "take", "sustain", "concede", "confirm"]
        }
        Some("victim") => &["speak", "count", "list", "name", "record", "register", "report", "give", "identify"],
        _ => return false,
    };
    let first = figure.quantity.first;
    (first.saturating_sub(3)..first).any(|at| verbs.contains(&sentence.lemma(at)))
}

/// "12 wounded", "five killed when": a participle or state right behind the figure that takes no object.
fn state_at(sentence: &Sentence<'_>, at: usize) -> Option<HarmKind> {
    let kind = state_of_harm(sentence.form(at)).filter(|_| {
        matches!(
            sentence.form(at),
            "dead" | "killed" | "wounded" | "injured" | "hurt" | "missing" | "kidnapped" | "abducted" | "displaced"
        )
    })?;
    (!object_follows(sentence, at)).then_some(kind)
}

/// A word of harm behind the phrase: "were killed", "died", "dead", "who fled".
fn behind(sentence: &Sentence<'_>, figures: &[Figure], index: usize) -> Option<HarmKind> {
    let figure = &figures[index];
    let count = sentence.words.len();
    let mut at = figure.end;
    let mut passive = false;
    let mut steps = 0;
    // Phrases between the people and the verb: "soldiers from Chad were killed", "a man, aged 30, was killed", "others in the town were".
    while at < count && steps < 14 {
        let form = sentence.form(at);
        let upos = sentence.upos(at);
        let lemma = sentence.lemma(at);
        if let Some((kind, place)) = verb_of_harm(lemma).filter(|_| matches!(upos, Upos::Verb | Upos::Adj | Upos::Aux))
        {
            // "the place where the plane fell": only people right before it fall in a fight.
            if lemma == "fall" && (at > figure.end + 2 || is_other_fall(sentence.form(at + 1))) {
                return None;
            }
            let participle = form.ends_with("ed") || matches!(form, "hurt" | "slain" | "taken");
            // "families were burned out of their homes"
            let to_death = (at + 1..at + 4).any(|next| {
                sentence.form(next) == "to" && sentence.form(next + 1) == "death"
                    || next == at + 1 && sentence.form(next) == "alive"
            });
            let kind = match lemma {
                "burn" if sentence.form(at + 1) == "out" => HarmKind::Displaced,
                _ if to_death && kind == HarmKind::Injured => HarmKind::Killed,
                _ => kind,
            };
            if to_death && !object_follows(sentence, at) && kind == HarmKind::Killed {
                return Some(kind);
            }
            return match place {
                Place::Subject => Some(kind),
                // "soldiers killed two men": active when an object follows; "12 killed in clashes": a participle when none does.
                Place::Patient if passive => Some(kind),
                Place::Patient if participle && at == figure.end && !object_follows(sentence, at) => Some(kind),
                Place::Patient => None,
            };
        }
        if let Some(kind) = state_of_harm(form).filter(|_| {
            matches!(form, "dead" | "missing" | "homeless" | "unaccounted" | "hostage" | "captive" | "prisoner")
        }) {
            return Some(kind);
        }
        if form == "among" {
            return (at + 1..(at + 4).min(count)).find_map(|next| match sentence.form(next) {
                "victims" => Some(HarmKind::Killed),
                "hostages" | "captives" | "prisoners" => Some(HarmKind::Detained),
                form => state_of_harm(form),
            });
        }
        let soon = |words: &[&str]| (at + 1..(at + 5).min(count)).any(|next| words.contains(&sentence.form(next)));
        if matches!(form, "taken" | "rushed" | "admitted" | "in") && soon(&["hospital", "clinic", "hospitals"])
            || matches!(form, "with" | "had" | "suffered" | "sustained" | "received")
                && soon(&["wounds", "burns", "injuries"])
            || form == "in" && soon(&["critical"])
        {
            return Some(HarmKind::Injured);
        }
        if form == "in" && matches!(sentence.form(at + 1), "custody" | "detention") {
            return Some(HarmKind::Detained);
        }
        if form == "heard"
            && sentence.form(at + 1) == "from"
            && at > 1
            && (at - 2..at).any(|back| sentence.form(back) == "not")
        {
            return Some(HarmKind::Missing);
        }
        if lemma == "leave"
            && upos == Upos::Verb
            && !passive
            && matches!(figure.noun.as_deref(), Some("family" | "household" | "resident" | "villager"))
        {
            return Some(HarmKind::Displaced);
        }
        if form == "held" && passive && !object_follows(sentence, at) {
            return Some(HarmKind::Detained);
        }
        if form == "taken" || form == "held" {
            let taken = (at + 1..(at + 4).min(count))
                .find_map(|next| state_of_harm(sentence.form(next)).filter(|kind| *kind == HarmKind::Detained));
            return taken;
        }
        if form == "forced" || form == "driven" {
            let home = (at + 1..(at + 9).min(count))
                .any(|next| matches!(sentence.lemma(next), "flee" | "home" | "leave" | "house"));
            return home.then_some(HarmKind::Displaced);
        }
        if lemma == "leave"
            && upos == Upos::Verb
            && !passive
            && (at + 1..(at + 4).min(count)).any(|next| matches!(sentence.lemma(next), "home" | "house"))
        {
            return Some(HarmKind::Displaced);
        }
        if lemma == "lose" && (at + 1..(at + 4).min(count)).any(|next| sentence.lemma(next) == "life") {
            return Some(HarmKind::Killed);
        }
        if matches!(lemma, "give" | "hand") && sentence.form(at + 1) == "themselves"
            || lemma == "lay"
                && (at + 1..(at + 5).min(count)).any(|next| matches!(sentence.lemma(next), "arm" | "weapon"))
        {
            return Some(HarmKind::Surrendered);
        }
        if matches!(
            form,
            "were"
                | "was"
                | "been"
                | "be"
                | "being"
                | "are"
                | "is"
                | "got"
                | "left"
                | "reported"
                | "shot"
                | "found"
                | "confirmed"
        ) {
            passive |= matches!(form, "were" | "was" | "been" | "be" | "being" | "are" | "is" | "got");
            at += 1;
            steps += 1;
            continue;
        }
        if matches!(form, "“" | "”" | "‘" | "’") {
            at += 1;
            continue;
        }
        // "12 patients, including three children, had been killed": what stands between the commas is passed over.
        if form == ","
            && matches!(
                sentence.form(at + 1),
                "including"
                    | "among"
                    | "most"
                    | "mostly"
                    | "many"
                    | "some"
                    | "more"
                    | "half"
                    | "all"
                    | "nearly"
                    | "at"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "both"
                    | "one"
            )
        {
            let close = (at + 2..(at + 14).min(count)).find(|&next| sentence.form(next) == ",");
            if let Some(close) = close {
                at = close + 1;
                steps += 2;
                continue;
            }
        }
        if form == "," && matches!(sentence.form(at + 1), "a" | "an") {
            if let Some(close) = (at + 2..(at + 7).min(count)).find(|&next| sentence.form(next) == ",") {
                at = close + 1;
                steps += 2;
                continue;
            }
        }
        if form == "(" || form == ":" || form == ";" || form == "—" || form == "–" {
            return None;
        }
        let opens_clause = form == "and" && sentence.form(at + 1) == "that"
            || matches!(form, "where" | "when" | "while")
            || form == "which" && at > figure.end && sentence.upos(at - 1) == Upos::Adp;
        if opens_clause {
            return None;
        }
        if form == "and" || form == "," || form == "or" {
            // "a woman and two children were killed": the next figure's verb is shared when nothing but figures stands between.
            if let Some(next) = figures.get(index + 1).filter(|next| next.quantity.first <= at + 2 && next.people) {
                let own_state = state_of_harm(sentence.form(next.end)).is_some() && sentence.form(next.end) != "killed";
                let passive_plural = matches!(sentence.form(next.end), "were" | "have" | "had" | "died" | "are");
                if passive_plural && !own_state {
                    return behind(sentence, figures, index + 1);
                }
                return None;
            }
            if form == "and" || form == "or" {
                let possessed = matches!(sentence.form(at + 1), "his" | "her" | "their" | "the");
                if !possessed {
                    return None;
                }
            } else if !matches!(
                sentence.form(at + 1),
                "all" | "aged" | "mostly" | "most" | "including" | "many" | "some" | "both" | "one" | "among"
            ) {
                return None;
            }
        }
        if upos == Upos::Verb && !is_passing(upos, form) {
            return None;
        }
        at += 1;
        steps += 1;
    }
    None
}

/// "Fell into a pit", "fell ill", "fell behind": a fall that need not be a death.
pub(crate) fn is_other_fall(next: &str) -> bool {
    matches!(
        next,
        "into"
            | "from"
            | "off"
            | "onto"
            | "ill"
            | "sick"
            | "asleep"
            | "behind"
            | "short"
            | "back"
            | "out"
            | "through"
            | "down"
            | "overboard"
            | "apart"
            | "silent"
    )
}

/// Whether a verb has an object right behind it: then its subject did the harm.
fn object_follows(sentence: &Sentence<'_>, at: usize) -> bool {
    let next = sentence.form(at + 1);
    let upos = if at + 1 < sentence.words.len() { sentence.upos(at + 1) } else { Upos::Punct };
    !matches!(
        next,
        "in" | "by"
            | "on"
            | "when"
            | "and"
            | "during"
            | "at"
            | "near"
            | "as"
            | "after"
            | "since"
            | "or"
            | ","
            | "."
            | ""
            | "so"
            | "while"
            | "last"
            | "over"
            | "overnight"
            | "with"
            | "to"
    ) && matches!(upos, Upos::Det | Upos::Num | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron)
}

/// A word of harm before the figure: "killed 50 people", "leaving 200 dead", "the toll rose to 31", "the bodies of nine".
fn before(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    let first = figure.quantity.first;
    let mut at = first;
    let mut steps = 0;
    while at > 0 && steps < 7 {
        at -= 1;
        steps += 1;
        let form = sentence.form(at);
        let upos = sentence.upos(at);
        let lemma = sentence.lemma(at);
        if let Some((kind, Place::Patient)) = verb_of_harm(lemma)
            .filter(|_| matches!(upos, Upos::Verb | Upos::Noun) && !matches!(form, "wound" | "wounds" | "burn"))
        {
            let passive =
                at > 0 && matches!(sentence.form(at - 1), "were" | "was" | "been" | "being" | "be" | "are" | "is");
            // "to kill a man" is no deed; "to have killed" is.
            let wished = at > 0
                && sentence.form(at - 1) == "to"
                && matches!(kind, HarmKind::Killed | HarmKind::Injured)
                && !(at > 1 && matches!(sentence.lemma(at - 2), "manage" | "continue" | "begin" | "go"));
            if wished {
                return None;
            }
            let noun = upos == Upos::Noun
                && form.ends_with("ing")
                && sentence.form(at + 1) != "of"
                && sentence.form(at + 1) != sentence.form(first);
            return if passive || noun { None } else { Some(kind) };
        }
        if matches!(form, "left" | "leaving" | "leaves" | "leave") && matches!(upos, Upos::Verb | Upos::Noun) {
            return (figure.end..(figure.end + 4).min(sentence.words.len()))
                .find_map(|next| state_of_harm(sentence.form(next)));
        }
        if lemma == "lose" && upos == Upos::Verb {
            let own = figure.noun.as_deref().is_none_or(|noun| people::side(noun).is_some());
            return own.then_some(HarmKind::Killed);
        }
        if matches!(lemma, "treat" | "admit") && upos == Upos::Verb {
            return (figure.end..(figure.end + 6).min(sentence.words.len()))
                .any(|next| matches!(sentence.lemma(next), "wound" | "injury" | "burn"))
                .then_some(HarmKind::Injured);
        }
        if lemma == "take" || lemma == "hold" {
            return (figure.end..(figure.end + 3).min(sentence.words.len()))
                .find_map(|next| state_of_harm(sentence.form(next)).filter(|kind| *kind == HarmKind::Detained));
        }
        if form == "forced" || form == "forcing" || form == "drove" || form == "driving" {
            let flee = (figure.end..(figure.end + 8).min(sentence.words.len()))
                .any(|next| matches!(sentence.lemma(next), "flee" | "home" | "leave" | "house"));
            return flee.then_some(HarmKind::Displaced);
        }
        if lemma == "shoot" {
            return matches!(sentence.form(at + 1), "dead").then_some(HarmKind::Killed);
        }
        if lemma == "toll" {
            return Some(HarmKind::Killed);
        }
        if matches!(form, "dead" | "killed" | "deaths")
            && at > 1
            && sentence.form(at - 1) == "of"
            && sentence.lemma(at - 2) == "number"
        {
            return Some(HarmKind::Killed);
        }
        if matches!(form, "wounded" | "injured")
            && at > 1
            && sentence.form(at - 1) == "of"
            && sentence.lemma(at - 2) == "number"
        {
            return Some(HarmKind::Injured);
        }
        if form == "of" && at > 0 {
            // "A crime against the life of", "endangers the lives of": a life is lost where a verb takes it.
            let taken = sentence.lemma(at - 1) != "life"
                || (at.saturating_sub(8)..at - 1).any(|back| {
                    matches!(
                        sentence.lemma(back),
                        "claim"
                            | "cost"
                            | "take"
                            | "lose"
                            | "loss"
                            | "consume"
                            | "extinguish"
                            | "end"
                            | "toll"
                            | "snuff"
                    )
                });
            if let Some(kind) = noun_of_harm(sentence.lemma(at - 1)).filter(|_| taken) {
                return Some(kind);
            }
            // "injured its crew of three"
            if at + 1 == first
                && matches!(sentence.lemma(at - 1), "crew" | "family" | "group" | "team" | "party" | "band" | "gang")
            {
                at -= 1;
                continue;
            }
        }
        let skips = matches!(upos, Upos::Adv | Upos::Det | Upos::Part | Upos::Adj)
            || matches!(
                form,
                "rise"
                    | "rose"
                    | "risen"
                    | "raising"
                    | "raised"
                    | "climbed"
                    | "stood"
                    | "stands"
                    | "reached"
                    | "bringing"
                    | "brought"
                    | "dead"
                    | "from"
                    | "in"
                    | "put"
                    | "number"
                    | "hit"
                    | "passed"
                    | "its"
                    | "their"
                    | "by"
            )
            || upos == Upos::Num && figure.quantity.first > at;
        if form == "to" || form == "at" || form == "of" {
            continue;
        }
        if !skips {
            // "the death toll in the town rose to 31": a toll is found through its verb.
            if matches!(lemma, "rise" | "climb" | "stand" | "reach" | "pass" | "bring" | "raise" | "put" | "exceed") {
                let toll = (at.saturating_sub(8)..first).any(|other| sentence.lemma(other) == "toll");
                if toll {
                    return Some(HarmKind::Killed);
                }
            }
            return None;
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
