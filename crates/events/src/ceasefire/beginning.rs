//! When an agreement begins, and whether that is behind the report or before it.

use super::bound::{self, Bound};
use super::mention::{Group, announced};
use super::time;
use super::*;
use counterclaim_claims::day_number;

/// The beginning of an agreement.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    /// The time that tells it, with the rank of the rule that found it; less is better.
    pub(super) time: Option<(u32, usize)>,
    /// The likeliest instant, day, month or year.
    pub(super) effective: Option<String>,
    /// What the rules tell: a breach is told by it, for what is only likeliest hides breaches where it is wrong.
    pub(super) sure: Option<String>,
    /// Whether it is told as still to come.
    pub(super) ahead: bool,
    /// All times that may be it.
    pub(super) bounds: Vec<Bound>,
}

/// How the agreement stands on the day of the report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    /// Its day is told by a name that may be of last week.
    late: bool,
    /// It is said to hold.
    holds: bool,
    /// It is still to begin.
    next: bool,
    /// It holds, or somebody says that it was broken: so it has begun.
    known: bool,
}

impl Beginning {
    /// Reads the beginning of an agreement that is named by `word`.
    pub(super) fn read(reading: &Reading<'_>, events: &[Event], group: &Group, word: u32) -> Beginning {
        let syntax = reading.syntax();
        let begins: Vec<(u32, usize)> = group
            .mentions
            .iter()
            .flat_map(|mention| beginnings(reading, syntax, mention.word))
            .chain(if group.background { Vec::new() } else { time::silences(reading, syntax, group) })
            .chain(group.references.iter().filter_map(|&paper| time::dated(reading, syntax, paper)))
            .chain(group.references.iter().flat_map(|&paper| {
                // Behind what the names themselves tell.
                time::beginnings(reading, syntax, paper).into_iter().map(|(rank, index)| (rank + 15, index))
            }))
            .collect();
        let begin = begins.iter().copied().min().map(|chosen| time::finest(reading, &begins, chosen));
        // "A truce for the holiday in August collapsed", "an earlier ceasefire, agreed in December": a truce of the past is of the time at its name.
        let begin = begin.or_else(|| {
            let named = || group.mentions.iter().map(|mention| mention.word);
            group.background.then(|| named().find_map(|word| time::at_name(reading, syntax, word))).flatten()
        });
        // An hour alone tells no day.
        let tells_day = |index: usize| {
            let time = &reading.times[index];
            let whole = time.value.len() >= 10 && time.value.as_bytes()[4] == b'-';
            time.timex.as_str() == "DATE" && whole || time::is_day_name(time.span.of(&reading.document.text))
        };
        let other_days =
            begins.iter().filter(|(_, index)| Some(*index) != begin.map(|(_, time)| time) && tells_day(*index));
        let day = other_days.min().and_then(|(_, index)| {
            reading.times[*index].start.as_deref().filter(|start| start.len() >= 10).map(|start| start[..10].to_owned())
        });
        let ahead = group.mentions.iter().any(|mention| is_ahead(syntax, mention.word));
        let day =
            day.or_else(|| if ahead || group.background { None } else { time::day_of_news(reading, syntax, events) });
        let effective = begin.and_then(|(_, time)| instant(reading, time, day.clone()));
        if group.background {
            let effective = effective.map(|told| lay_back(reading, told));
            return Beginning { time: begin, effective, ahead, ..Beginning::default() };
        }
        let ruled = bound::Ruled {
            begins: &begins,
            chosen: begin.map(|(_, time)| time),
            day,
            counted: time::counted_back(reading, syntax, group).filter(|_| !ahead),
            named: time::named_day(reading, syntax, group, word).filter(|_| !ahead),
        };
        let bounds = bound::bounds(reading, events, group, &ruled);
        let shares = bound::shares(syntax, &bounds);
        let told = bound::best(&bounds, &shares);
        let counted = ruled.counted.clone().or_else(|| ruled.named.clone());
        let sure = effective.or(counted);
        let time = told.and_then(|told| told.time).map(|time| {
            let rank = begins.iter().filter(|(_, index)| *index == time).map(|(rank, _)| *rank).min();
            (rank.unwrap_or(u32::MAX), time)
        });
        let effective = told.map(|told| told.value.clone());
        Beginning { time, effective, sure, ahead, bounds }
    }

    /// How the agreement stands, from its beginning and what is told of it.
    pub(super) fn course(
        &self,
        reading: &Reading<'_>,
        events: &[Event],
        group: &Group,
        word: u32,
        others: &[u32],
        only: bool,
    ) -> Course {
        let syntax = reading.syntax();
        let holds = state::holds(syntax, group);
        // "Agreed to a truce from midnight on Sunday": the next one.
        let from = self.time.is_some_and(|(rank, _)| rank < 10 + 20 + 15) && !holds;
        // "From midnight on Wednesday" in a report of Thursday has begun, in one of Sunday not.
        let near = self
            .effective
            .as_deref()
            .and_then(|told| told.get(..10))
            .and_then(day_number)
            .zip(reading.published_day())
            .map(|(day, published)| published - day);
        let by_name = self.time.is_some_and(|(_, index)| time::is_told_by_name(reading, index));
        let late = near.is_some_and(|back| by_name && (-6..=-5).contains(&back));
        let near = near.is_some_and(|back| (0..=2).contains(&back)) || late;
        // "Was announced by the ministry and began at 3 a.m. on Tuesday" has begun.
        let began = self.time.is_some_and(|(_, index)| time::is_of_past_verb(reading, syntax, index));
        let next = self.ahead || from && !near && !began && announced(syntax, word);
        let known =
            !self.ahead && (late || holds || violation::is_told_broken(reading, syntax, events, group, others, only));
        Course { late, holds, next, known }
    }

    /// The day by which breaches are told.
    pub(super) fn due(&self, reading: &Reading<'_>, course: Course) -> Option<String> {
        let time = self.time.map(|(_, time)| time);
        self.sure.as_ref().map(|told| settle(reading, time, told.clone(), course.known, course.next))
    }

    /// The beginning as it is shown, once its breaches are known.
    pub(super) fn settled(&self, reading: &Reading<'_>, course: Course, broken: bool) -> Option<String> {
        let in_force = !self.ahead && (course.late || broken || course.holds);
        let time = self.time.map(|(_, time)| time);
        self.effective.clone().map(|told| settle(reading, time, told, in_force, course.next))
    }
}

/// "A previous truce, which began on January 12", told in December: what is of the past did not begin after the report.
fn lay_back(reading: &Reading<'_>, told: String) -> String {
    let day = told.get(..10).and_then(day_number);
    let later = day.zip(reading.published_day()).is_some_and(|(day, published)| day > published);
    match told.get(..4).and_then(|year| year.parse::<i32>().ok()) {
        Some(year) if later => format!("{}{}", year - 1, &told[4..]),
        _ => told,
    }
}
