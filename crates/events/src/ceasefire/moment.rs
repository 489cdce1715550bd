//! Whether a deed lies before or behind the beginning of a ceasefire, as far as its words and its time tell.

use super::agreement::is_paper;
use super::*;
use counterclaim_claims::time::TimeExpression;
use counterclaim_language::{Deprel, Upos};

/// How a deed lies to the beginning of a ceasefire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// The fighting that it ended.
    Before,
    /// By the words themselves: "despite the truce", "hours after it began".
    Within,
    /// By a day or hour behind its beginning.
    After,
    /// Neither words nor times tell.
    Untold,
}

pub(super) fn moment(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    deed: u32,
    time: Option<usize>,
    effective: Option<&str>,
) -> Moment {
    if is_cause(syntax, deed) {
        return Moment::Before;
    }
    let told = by_words(syntax, deed);
    if told != Moment::Untold {
        return told;
    }
    let Some(since) = effective else { return Moment::Untold };
    time_of(reading, syntax, deed, time).map_or(Moment::Untold, |time| by_time(time, since))
}

/// "Despite the truce", "an hour into it", "in violation of the deal", "on the eve of the truce".
fn by_words(syntax: Syntax<'_>, deed: u32) -> Moment {
    // "The pause was holding but for a burst of fire".
    let mut above = deed;
    for _ in 0..6 {
        let apart = matches!(
            syntax.preposition(above).as_str(),
            "but for" | "except for" | "apart from" | "barring" | "aside from" | "save for" | "except"
        );
        let Some(head) = syntax.head(above) else { break };
        if apart
            || syntax.preposition(above) == "for"
                && above > 1
                && (above.saturating_sub(6)..above).any(|at| syntax.lemma(at) == "but" && syntax.lemma(at + 1) == "for")
        {
            let of_it = syntax
                .subject(syntax.clause(head))
                .is_some_and(|subject| is_paper(syntax, subject) || syntax.lemma(subject) == "pause");
            if of_it {
                return Moment::Within;
            }
        }
        above = head;
    }
    let sentence = syntax.sentence(deed);
    let named = |word: u32| {
        is_paper(syntax, word)
            || matches!(
                syntax.lemma(word),
                "announcement" | "pause" | "lull" | "calm" | "handshake" | "signing" | "ceremony"
            )
    };
    let mut found = Moment::Untold;
    for word in syntax.words_of(sentence).filter(|&word| named(word)) {
        let told = by_phrase(syntax, word).or_else(|| by_clause(syntax, word, deed));
        match told {
            Some(Moment::Before) => return Moment::Before,
            Some(moment) => found = moment,
            None => {}
        }
    }
    if found == Moment::Untold && comes_later(syntax, sentence) { Moment::Within } else { found }
}

/// The preposition before the name, and the noun on which it hangs: "on the first day of the truce".
fn by_phrase(syntax: Syntax<'_>, word: u32) -> Option<Moment> {
    let preposition = syntax.preposition(word);
    match preposition.as_str() {
        "after"
        | "despite"
        | "since"
        | "in spite of"
        | "following"
        | "notwithstanding"
        | "within"
        | "into"
        | "during"
        | "contrary to"
        | "in the teeth of"
        | "in contravention of"
        | "in defiance of"
        | "in violation of"
        | "in breach of"
        | "hours after" => {
            return Some(Moment::Within);
        }
        "before" | "until" | "ahead of" | "prior to" | "up to" | "hours before" => return Some(Moment::Before),
        _ => {}
    }
    let over = syntax.head(word).filter(|&over| syntax.upos(over) == Upos::Noun)?;
    let opening = syntax.preposition(over);
    match syntax.lemma(over) {
        "eve" => Some(Moment::Before),
        "violation" | "breach" | "defiance" | "contravention" | "spite" | "disregard" => {
            (opening == "in").then_some(Moment::Within)
        }
        "day" | "hour" | "night" | "week" | "morning" | "weekend" | "minute" => {
            let within = matches!(opening.as_str(), "on" | "in" | "during" | "within" | "" | "over");
            (preposition == "of" && within).then_some(Moment::Within)
        }
        "start" | "beginning" | "onset" | "entry" | "signing" | "announcement" => match opening.as_str() {
            "before" | "until" | "ahead of" | "prior to" => Some(Moment::Before),
            "after" | "since" | "following" | "hours after" | "from" => Some(Moment::Within),
            _ => None,
        },
        _ => None,
    }
}

/// A clause beside the deed's own: "after the truce took effect", "while the ceasefire was in force", "before the deal was signed".
fn by_clause(syntax: Syntax<'_>, word: u32, deed: u32) -> Option<Moment> {
    let clause = syntax.clause(word);
    if clause == syntax.clause(deed) || syntax.deprel(clause) != Deprel::Advcl || syntax.governs(clause, deed) {
        return None;
    }
    syntax.dependents(clause).iter().find_map(|&child| match syntax.lemma(child) {
        "after" | "since" | "although" | "though" | "despite" | "while" | "once" | "as" | "when" => {
            Some(Moment::Within)
        }
        "before" | "until" | "till" => Some(Moment::Before),
        _ => None,
    })
}

/// "A day later fighting broke out", "Hours later ...".
fn comes_later(syntax: Syntax<'_>, sentence: u32) -> bool {
    let opening: Vec<String> = syntax.words_of(sentence).take(6).map(|word| syntax.form(word).to_lowercase()).collect();
    let later = opening.iter().position(|form| form == "later");
    later.is_some_and(|at| {
        opening[..at].iter().any(|form| {
            matches!(
                form.as_str(),
                "hour" | "hours" | "day" | "days" | "minutes" | "night" | "week" | "weeks" | "moments"
            )
        })
    })
}

/// "Agreed to a truce after five days of fighting", "was declared after troops attacked a village": what it ended.
fn is_cause(syntax: Syntax<'_>, deed: u32) -> bool {
    let mut above = deed;
    for _ in 0..5 {
        let clause = matches!(syntax.deprel(above), Deprel::Advcl)
            && syntax
                .dependents(above)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "after" | "because" | "following"));
        let phrase = matches!(syntax.preposition(above).as_str(), "after" | "following");
        let Some(head) = syntax.head(above) else { return false };
        if clause || phrase {
            let over = syntax.clause(head);
            let agreed = |verb: u32| {
                ANNOUNCE.contains(&syntax.lemma(verb))
                    || BEGIN.contains(&syntax.lemma(verb))
                    || syntax.lemma(verb) == "accept"
            };
            let of_it = is_paper(syntax, head)
                || syntax.subject(over).is_some_and(|subject| is_paper(syntax, subject))
                || syntax.patient(over).is_some_and(|object| is_paper(syntax, object))
                || syntax.obliques(over).iter().any(|oblique| {
                    matches!(oblique.preposition.as_str(), "to" | "on" | "for") && is_paper(syntax, oblique.head)
                });
            if of_it && (agreed(over) || is_paper(syntax, head)) {
                return true;
            }
        }
        above = head;
    }
    false
}

/// The time of a deed: its own, else the one of a clause on which it hangs; a time at a verb of speech is when it was said.
pub(super) fn time_of<'a>(
    reading: &'a Reading<'_>,
    syntax: Syntax<'_>,
    deed: u32,
    time: Option<usize>,
) -> Option<&'a TimeExpression> {
    if let Some(time) = time {
        return reading.times.get(time);
    }
    let mut clause = syntax.clause(deed);
    for _ in 0..4 {
        if reading.is_speech(clause) {
            return None;
        }
        let own = reading.times.iter().find(|time| {
            matches!(time.timex.as_str(), "DATE" | "TIME")
                && syntax.head_of(time.span).is_some_and(|head| {
                    let of_time = syntax.clause(head);
                    // "Tried to infiltrate the market at dawn".
                    let inside = syntax.deprel(of_time) == Deprel::Xcomp && syntax.head(of_time) == Some(clause);
                    syntax.sentence(head) == syntax.sentence(deed) && (of_time == clause || inside)
                })
        });
        if own.is_some() {
            return own;
        }
        clause = syntax.clause(syntax.head(clause)?);
    }
    None
}

fn by_time(time: &TimeExpression, since: &str) -> Moment {
    let Some(start) = time.start.as_deref() else { return Moment::Untold };
    let end = time.end.as_deref().unwrap_or(start);
    let length = since.len().min(10);
    let day = |told: &str| told.get(..length.min(told.len())).unwrap_or(told).to_owned();
    let from = day(since);
    if day(end).len() == from.len() && day(end) < from {
        return Moment::Before;
    }
    if day(start).len() == from.len() && day(start) > from || start.len() < since.len().min(10) && start > since {
        return Moment::After;
    }
    // On the day itself only an hour tells which came first.
    match (start.split_once('T'), since.split_once('T')) {
        (Some((date, hour)), Some((began, from))) if date == began => {
            let (hour, from) = (hour.get(..5).unwrap_or(hour), from.get(..5).unwrap_or(from));
            if hour >= from { Moment::After } else { Moment::Before }
        }
        // "In July alone": a span of days that begins with the truce or behind it.
        _ => Moment::Untold,
    }
}
