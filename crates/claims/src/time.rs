//! Time expressions of news and their values (TimeML's TIMEX3, Pustejovsky et al. 2003), by own rules.
//!
//! A weekday is the last such day before or on the publication date, or the next one in a sentence about the future. What the words
//! leave open stays open: without a publication date a relative time has no date.

use counterclaim_schema::ledger::{TimeBasis, TimePrecision};
use counterclaim_schema::{Diagnostic, DiagnosticCode, Span};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};
use regex::Captures;

mod clock;
mod evaluate;
mod rules;
mod value;
mod words;

use evaluate::evaluate;
use rules::RULES;
pub use value::bounds;
use value::{open, whole};
use words::*;
pub use words::{is_month, is_month_name, is_weekday, month_number};

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimexKind {
    /// A day or longer.
    Date,
    /// A part of a day.
    Time,
    /// A length.
    Duration,
    /// Again and again.
    Set,
}

impl TimexKind {
    /// The spelling of TimeML.
    pub fn as_str(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// Tense of a sentence, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tense {
    /// Past, present or none.
    #[default]
    Past,
    /// Future.
    Future,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 type.
    pub timex: TimexKind,
    /// First instant or date.
    pub start: Option<String>,
    /// Last instant or date, inclusive for dates.
    pub end: Option<String>,
    /// How fine.
    pub precision: TimePrecision,
    /// What it rests on.
    pub basis: TimeBasis,
}

/// The day of a publication value.
pub fn parse_published(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// A date or instant some days later, its hour kept; none when it has no day or leaves the calendar.
pub fn shifted(value: &str, days: i64) -> Option<String> {
    let day = parse_published(value)?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some(format!("{day}{}", value.get(10..).unwrap_or_default()))
}

struct Context {
    published: Option<Date>,
    /// The last day told before, for "the next day".
    reference: Option<Date>,
    /// Days told that were over or going on when the report came out, whether their night, and the sentences that told them.
    over: Vec<(Date, bool, usize)>,
    /// The last quarter told before, for "a year ago" in accounts.
    quarter: Option<(i16, i8)>,
    tense: Tense,
    /// The last year told by its number and the sentence that told it, for "two years later".
    year: Option<(i32, usize)>,
}

/// Finds the time expressions of the sentences, in order and not overlapping. `tense` tells of words whether what they date lies ahead
/// of the report.
pub fn times(
    text: &str,
    sentences: &[Span],
    published: Option<Date>,
    tense: impl Fn(Span) -> Tense,
) -> (Vec<TimeExpression>, Vec<Diagnostic>) {
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut diagnostics = Vec::new();
    let mut context =
        Context { published, reference: None, over: Vec::new(), quarter: None, tense: Tense::Past, year: None };
    for (number, sentence) in sentences.iter().enumerate() {
        // Line breaks of hard-wrapped text are spaces to the rules; both are one byte.
        let words = sentence.of(text).replace(['\n', '\r', '\t'], " ");
        let mut candidates: Vec<(usize, usize, usize, TimeExpression)> = Vec::new();
        // Hours that no day stands beside, and whether they lie ahead.
        let mut bare: Vec<(usize, usize, bool)> = Vec::new();
        for (order, (rule, pattern)) in RULES.iter().enumerate() {
            for captures in pattern.captures_iter(&words) {
                context.tense = match (rule.looks_ahead(), captures.get(0)) {
                    (true, Some(all)) => tense(Span::new(sentence.start() + all.start(), sentence.start() + all.end())),
                    _ => Tense::Past,
                };
                if let Some((start, end, expression)) = evaluate(*rule, &captures, &words, &context) {
                    let day = ["dow", "d", "d2"].iter().any(|name| captures.name(name).is_some());
                    if matches!(rule, rules::Rule::Clock | rules::Rule::PartOfDay) && !day {
                        bare.push((start, end, context.tense == Tense::Future));
                    }
                    candidates.push((start, end, order, expression));
                }
            }
        }
        // The longest at each place wins, then the earlier rule.
        candidates.sort_by(|a, b| a.0.cmp(&b.0).then((b.1 - b.0).cmp(&(a.1 - a.0))).then(a.2.cmp(&b.2)));
        let mut last = 0;
        let mut chosen: Vec<(usize, usize, usize, TimeExpression)> = Vec::new();
        for (start, end, order, expression) in candidates {
            if start >= last {
                last = end;
                chosen.push((start, end, order, expression));
            } else if let Some(known) = chosen.last_mut() {
                // A longer one that begins inside replaces what it swallows most of.
                if end > known.1 && end - start > known.1 - known.0 {
                    last = end;
                    *known = (start, end, order, expression);
                }
            }
        }
        // "Was signed on Nov. 2 and took effect the next day": the day of the same sentence is the one before.
        let before = context.reference;
        let mut told_here = false;
        for (start, end, order, expression) in &mut chosen {
            let (rule, pattern) = &RULES[*order];
            if matches!(rule, rules::Rule::SameDay) {
                let again = pattern.captures_at(&words, *start);
                let again = again.and_then(|captures| evaluate(*rule, &captures, &words, &context));
                if let Some((_, _, told)) = again.filter(|(from, to, _)| (*from, *to) == (*start, *end)) {
                    *expression = told;
                }
            }
            // "Killed 14 in a raid on Friday, the ministry said on Saturday": the day that goes on is Friday.
            let spoken = told_here && is_day_of_saying(&words[..*start]);
            if let Some(day) = whole_day(expression).filter(|_| !looks_back(&words[*start..*end]) && !spoken) {
                context.reference = Some(day);
                told_here = true;
            }
        }
        context.reference = before;
        let own: Vec<OwnDay> = chosen
            .iter()
            .filter_map(|(start, end, order, told)| {
                let hour = matches!(RULES[*order].0, rules::Rule::Clock | rules::Rule::PartOfDay);
                let day = parse_published(&told.value).filter(|_| !hour)?;
                let part = told.timex == TimexKind::Time;
                (part || whole_day(told).is_some() && !looks_back(&words[*start..*end])).then_some(OwnDay {
                    start: *start,
                    end: *end,
                    day,
                    night: told.value.ends_with("TNI"),
                })
            })
            .collect();
        let mut told_here = false;
        for (start, end, _, mut expression) in chosen {
            if let Some(&(.., ahead)) = bare.iter().find(|&&(from, to, _)| (from, to) == (start, end)) {
                if let Some(day) = day_of_hour(&expression.value, (start, end), &words, &own, &context, number, ahead) {
                    let hour = expression.value.get(10..).unwrap_or_default();
                    expression = value::whole(format!("{day}{hour}"), TimexKind::Time, TimeBasis::Relative);
                }
                // "Shortly after midnight": the first hours of the day, and not of the next one.
                let behind = words[..start].trim_end().to_lowercase();
                if !ahead
                    && expression.value.ends_with("T24:00")
                    && (behind.ends_with("after") || behind.ends_with("past"))
                {
                    let day = expression.value.get(..10).unwrap_or_default().to_owned();
                    expression = value::whole(format!("{day}T00:00"), TimexKind::Time, TimeBasis::Relative);
                }
            }
            if let Some((day, night)) = day_over(&expression, published).filter(|_| !looks_back(&words[start..end])) {
                context.over.push((day, night, number));
            }
            expression.span = Span::new(sentence.start() + start, sentence.start() + end);
            if let Some(year) = context.year.filter(|(_, told)| told + 1 >= number).map(|(year, _)| year) {
                years_from(&mut expression, &words[start..end], year);
            }
            if let Some(year) = expression.value.parse::<i32>().ok().filter(|_| expression.basis == TimeBasis::Stated) {
                context.year = Some((year, number));
            }
            if expression.value.is_empty() {
                diagnostics.push(Diagnostic::new(DiagnosticCode::UnresolvedTime, Some(expression.span)));
                continue;
            }
            let spoken = told_here && is_day_of_saying(&words[..start]);
            if let Some(day) = whole_day(&expression).filter(|_| !looks_back(&words[start..end]) && !spoken) {
                context.reference = Some(day);
                told_here = true;
            }
            if let Some((year, quarter)) = expression.value.split_once("-Q") {
                // What is compared with lies a year back and does not become the quarter spoken of.
                if let (Ok(year), Ok(quarter)) = (year.parse::<i16>(), quarter.parse()) {
                    if published.is_some_and(|published| year >= published.year() - i16::from(published.month() <= 3)) {
                        context.quarter = Some((year, quarter));
                    }
                }
            }
            found.push(expression);
        }
    }
    (found, diagnostics)
}

/// Sentences back to which a day is that of a bare hour: "on Wednesday ... They opened fire at 7 a.m."
const REACH: usize = 2;

/// The day that an expression names, in the week up to publication, and whether it names its night.
fn day_over(expression: &TimeExpression, published: Option<Date>) -> Option<(Date, bool)> {
    let night = expression.timex == TimexKind::Time && expression.value.ends_with("TNI");
    let whole = expression.timex == TimexKind::Date && expression.precision == TimePrecision::Day;
    let day = parse_published(&expression.value).filter(|_| night || whole)?;
    let age = published?.since(day).ok()?.get_days();
    (0..=7).contains(&age).then_some((day, night))
}

/// A day that a sentence tells, and where in it.
struct OwnDay {
    start: usize,
    end: usize,
    day: Date,
    night: bool,
}

/// The day that an expression names as a whole.
fn whole_day(expression: &TimeExpression) -> Option<Date> {
    let whole = expression.timex == TimexKind::Date && expression.precision == TimePrecision::Day;
    expression.start.as_deref().and_then(parse_published).filter(|_| whole)
}

/// Whether a day behind these words is when somebody spoke: "..., the ministry said on".
fn is_day_of_saying(before: &str) -> bool {
    const SAID: &[&str] = &["said", "says", "announced", "added", "reported", "told", "wrote", "confirmed", "stated"];
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let verb = if last == "on" { words.next().unwrap_or_default() } else { last };
    SAID.contains(&verb)
}

/// "Despite a truce announced four days earlier": a day that what is told next is not of.
fn looks_back(words: &str) -> bool {
    words.ends_with(" earlier") || words.ends_with(" before") && !words.starts_with("the ")
}

/// The day of an hour that no day stands beside: the one right behind it ("4 a.m. (0200 GMT) on Nov. 27"), one of its sentence, the night
/// told before if it is an hour of the night, the last day told before. An evening of the day of publication is over when another day is told.
fn day_of_hour(
    value: &str,
    (start, end): (usize, usize),
    words: &str,
    own: &[OwnDay],
    context: &Context,
    number: usize,
    ahead: bool,
) -> Option<Date> {
    const NEAR: usize = 32;
    let beside = own.iter().find(|told| {
        let Some(between) = words.get(end..told.start).filter(|between| between.len() <= NEAR) else { return false };
        let apart = |part: &str| matches!(part, "and" | "until" | "to" | "till" | "after" | "before" | "but" | "since");
        !between.contains([',', ';']) && !between.split(' ').any(apart)
    });
    if let Some(told) = beside {
        return Some(told.day);
    }
    let hour: u8 = match value.get(10..)? {
        "TMO" => 5,
        "TEV" => 19,
        rest => rest.get(1..3)?.parse().ok()?,
    };
    let late = hour >= 18;
    let mut near: Vec<&OwnDay> = own
        .iter()
        .filter(|told| {
            let age = context.published.and_then(|published| published.since(told.day).ok()).map(|age| age.get_days());
            age.is_some_and(|age| (0..=7).contains(&age))
        })
        .collect();
    near.sort_by_key(|told| if told.start >= end { told.start - end } else { start.saturating_sub(told.end) });
    let inside = near.into_iter().map(|told| (told.day, told.night));
    if ahead {
        return inside.map(|(day, _)| day).find(|day| context.published != Some(*day));
    }
    let before =
        context.over.iter().rev().filter(|(.., told)| told + REACH >= number).map(|&(day, night, _)| (day, night));
    let days: Vec<(Date, bool)> = inside.chain(before).collect();
    let past = |&&(day, _): &&(Date, bool)| !(late && context.published == Some(day));
    let night = days.iter().filter(past).find(|(_, night)| late && *night);
    night.or_else(|| days.iter().find(past)).map(|&(day, _)| day)
}

/// The day that a weekday names: the last one up to the publication date, or the next one.
fn resolve_weekday(context: &Context, day: Weekday, modifier: &str) -> Option<Date> {
    let published = context.published?;
    let back =
        (i32::from(published.weekday().to_monday_zero_offset()) - i32::from(day.to_monday_zero_offset())).rem_euclid(7);
    let last = published.checked_sub(back.days()).ok()?;
    match modifier {
        "next" | "this coming" => last.checked_add(7.days()).ok(),
        "last" | "this past" if back == 0 => last.checked_sub(7.days()).ok(),
        "last" | "this past" => Some(last),
        _ if context.tense == Tense::Future && back != 0 => last.checked_add(7.days()).ok(),
        _ => Some(last),
    }
}

/// The year that brings a month and day nearest to the publication date from below, or above in the future tense.
fn resolve_year(context: &Context, month: i8, day: i8) -> Option<i16> {
    let published = context.published?;
    let this = Date::new(published.year(), month, day).ok()?;
    let ahead = published.until(this).ok()?.get_days();
    Some(match context.tense {
        // A day long gone comes again; one of the last months is told as past, whatever its clause says.
        Tense::Future if ahead < -180 => published.year() + 1,
        // A day of the next weeks is announced, even where the verb does not say so: "the vote is set for 5 November".
        Tense::Past if ahead > 60 => published.year() - 1,
        // Early in the year to come.
        _ if ahead < -305 => published.year() + 1,
        _ => published.year(),
    })
}

fn this_last(modifier: &str, unit: &str, context: &Context) -> Option<TimeExpression> {
    let shift: i32 = match modifier {
        "last" | "the past" | "the last" | "the previous" | "previous" => -1,
        "next" | "the next" | "the coming" | "the following" => 1,
        _ => 0,
    };
    let published = context.published;
    let value = match unit {
        "week" | "weekend" => {
            let Some(published) = published else { return Some(unanchored("XXXX-WXX")) };
            let day = published.checked_add((7 * shift).days()).ok()?;
            let week = day.iso_week_date();
            let weekend = if unit == "weekend" { "-WE" } else { "" };
            format!("{}-W{:02}{weekend}", week.year(), week.week())
        }
        "month" => {
            let Some(published) = published else { return Some(unanchored("XXXX-XX")) };
            let day = published.first_of_month().checked_add(Length::new().months(shift)).ok()?;
            format!("{:04}-{:02}", day.year(), day.month())
        }
        "year" => match published {
            Some(published) => format!("{}", i32::from(published.year()) + shift),
            None => return Some(unanchored("XXXX")),
        },
        "quarter" => {
            let published = published?;
            let quarter = i32::from((published.month() - 1) / 3) + shift;
            format!("{}-Q{}", i32::from(published.year()) + quarter.div_euclid(4), quarter.rem_euclid(4) + 1)
        }
        "decade" => format!("{}", i32::from(published?.year()) / 10 + shift),
        "century" => format!("{}", i32::from(published?.year()) / 100 + shift),
        "night" | "morning" | "afternoon" | "evening" => {
            if modifier == "that" {
                return None;
            }
            let Some(published) = published else { return Some(unanchored("PRESENT_REF")) };
            let day = published.checked_add(shift.days()).ok()?;
            return Some(whole(format!("{day}{}", part_code(unit)), TimexKind::Time, TimeBasis::Relative));
        }
        season => {
            let published = published?;
            let code = season_code(season);
            let first = match code {
                "SP" => 3,
                "SU" => 6,
                "FA" => 9,
                _ => 12,
            };
            let year = match shift {
                -1 if published.month() > first => published.year(),
                -1 => published.year() - 1,
                1 if published.month() < first => published.year(),
                1 => published.year() + 1,
                _ => published.year(),
            };
            format!("{year}-{code}")
        }
    };
    Some(whole(value, TimexKind::Date, TimeBasis::Relative))
}

fn unanchored(value: &str) -> TimeExpression {
    open(value.to_owned(), TimexKind::Date, TimePrecision::Unknown)
}

/// "A truce of 2013 collapsed two years later": years are counted from the year told just before.
fn years_from(expression: &mut TimeExpression, words: &str, year: i32) {
    let lower = words.to_lowercase();
    let step = match lower.as_str() {
        "the following year" | "the next year" => 1,
        "the previous year" => -1,
        _ => 0,
    };
    if step != 0 {
        let told = whole(format!("{:04}", year + step), TimexKind::Date, TimeBasis::Relative);
        *expression = TimeExpression { span: expression.span, ..told };
        return;
    }
    let Some(length) = lower.strip_suffix(" years later").or_else(|| lower.strip_suffix(" year later")) else { return };
    let Some(number) = count(length.trim()).filter(|number| number.fract() == 0.0) else { return };
    let counted = whole(format!("{:04}", year + number as i32), TimexKind::Date, TimeBasis::Relative);
    *expression = TimeExpression { span: expression.span, ..counted };
}

fn ago(captures: &Captures<'_>, context: &Context) -> Option<TimeExpression> {
    let get = |name: &str| captures.name(name).map(|found| found.as_str());
    let direction = get("dir")?.to_lowercase();
    let unit = get("unit")?;
    let number = get("n").and_then(count);
    let (letter, clock) = unit_letter(unit);
    let anchor = match direction.as_str() {
        "ago" | "from now" => context.published,
        _ => context.reference.or(context.published),
    };
    let (Some(anchor), Some(number), false) = (anchor, number, clock) else {
        let value = if direction == "ago" || direction == "earlier" || direction == "before" {
            "PAST_REF"
        } else {
            "FUTURE_REF"
        };
        return Some(unanchored(value));
    };
    let sign = if matches!(direction.as_str(), "later" | "from now") { 1.0 } else { -1.0 };
    let amount = number * sign * weeks_of(unit);
    if amount.abs() > 5000.0 {
        return None;
    }
    let value = match letter {
        "D" => anchor.checked_add(Length::new().days(amount as i32)).ok()?.to_string(),
        "W" => {
            // Weeks are told loosely: the value is a week.
            let week = anchor.checked_add(Length::new().days((amount * 7.0) as i32)).ok()?.iso_week_date();
            format!("{}-W{:02}", week.year(), week.week())
        }
        "M" => {
            let day = anchor.first_of_month().checked_add(Length::new().months(amount as i32)).ok()?;
            format!("{:04}-{:02}", day.year(), day.month())
        }
        // Accounts compare a quarter with the same one of the year before.
        "Y" if amount == -1.0 && context.quarter.is_some() => {
            let (year, quarter) = context.quarter?;
            format!("{}-Q{quarter}", year - 1)
        }
        "Y" => format!("{}", (f64::from(anchor.year()) + amount).round()),
        "DE" => format!("{}", i32::from(anchor.year()) / 10 + amount as i32),
        _ => return Some(unanchored("PAST_REF")),
    };
    Some(whole(value, TimexKind::Date, TimeBasis::Relative))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, tense: Tense) -> Vec<(String, String)> {
        let published = "2022-09-16".parse().ok();
        let (times, _) = times(text, &[Span::new(0, text.len())], published, |_| tense);
        times.iter().map(|time| (time.span.of(text).to_owned(), time.value.clone())).collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(words, value)| ((*words).to_owned(), (*value).to_owned())).collect();
        assert_eq!(found(text, Tense::Past), expected, "{text}");
    }

    #[test]
    fn the_day_of_saying_is_not_the_same_day() {
        let text = "Troops killed 14 men in a raid on Friday, the ministry said on Saturday. The group said it had hit a convoy the same day.";
        let values: Vec<String> = found(text, Tense::Past).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values.first(), values.last(), "{values:?}");
    }

    #[test]
    fn days() {
        check("They met on Friday.", &[("Friday", "2022-09-16")]);
        check("They met on Saturday.", &[("Saturday", "2022-09-10")]);
        check("after Friday’s meeting", &[("Friday", "2022-09-16")]);
        check("They fired early Friday at homes.", &[("early Friday", "2022-09-16TMO")]);
        check("It began on Thursday evening.", &[("Thursday evening", "2022-09-15TEV")]);
        check("They met yesterday.", &[("yesterday", "2022-09-15")]);
        check("The raid overnight failed.", &[("overnight", "2022-09-16TNI")]);
        check("on 3 May 2021", &[("3 May 2021", "2021-05-03")]);
        check("on May 3, 2021, they", &[("May 3, 2021", "2021-05-03")]);
        check("on 12 December", &[("12 December", "2021-12-12")]);
        check("on September 14", &[("September 14", "2022-09-14")]);
        check("18 FEB 90 THEY", &[("18 FEB 90", "1990-02-18")]);
        assert_eq!(found("They will meet on Monday.", Tense::Future), [("Monday".to_owned(), "2022-09-19".to_owned())]);
    }

    #[test]
    fn clocks() {
        check("beginning at 1000 GMT Friday", &[("1000 GMT Friday", "2022-09-16T10:00Z")]);
        check("at 8:30 pm on Thursday", &[("8:30 pm on Thursday", "2022-09-15T20:30")]);
        check("at 6 a.m. local time", &[("6 a.m. local time", "2022-09-16T06:00")]);
        check("the ratio was 3:45", &[]);
        check("They held 12 Americans and 5 Amhara men.", &[]);
        check("It began at noon Thursday.", &[("noon Thursday", "2022-09-15T12:00")]);
        check("It ends at midnight on Friday.", &[("midnight on Friday", "2022-09-16T24:00")]);
        check(
            "It began at one minute past midnight on Friday.",
            &[("one minute past midnight on Friday", "2022-09-16T00:01")],
        );
        check(
            "It ends 5 minutes before midnight on Friday.",
            &[("5 minutes before midnight on Friday", "2022-09-16T23:55")],
        );
        check("It ended ten minutes to noon on Friday.", &[("ten minutes to noon on Friday", "2022-09-16T11:50")]);
    }

    #[test]
    fn parts_of_the_day() {
        check("Calm returned in the afternoon.", &[("the afternoon", "2022-09-16TAF")]);
        check("They hid in cellars during the night.", &[("the night", "2022-09-16TNI")]);
        check("The night shift left.", &[]);
    }

    #[test]
    fn longer_times() {
        check("clashes this week", &[("this week", "2022-W37")]);
        check("clashes last week", &[("last week", "2022-W36")]);
        check("In 2021, clashes", &[("2021", "2021")]);
        check("since January 2020", &[("January 2020", "2020-01")]);
        check("since March they", &[("March", "2022-03")]);
        check("last month", &[("last month", "2022-08")]);
        check("in the 1990s", &[("the 1990s", "199")]);
        check("in the early nineties", &[("the early nineties", "199")]);
        check("back in nineteen eighty-six", &[("nineteen eighty-six", "1986")]);
        check("The vote is set for 5 November.", &[("5 November", "2022-11-05")]);
        check("The talks are set for October.", &[("October", "2022-10")]);
        check("since November", &[("November", "2021-11")]);
        check("since October", &[("October", "2021-10")]);
        check("since 5 October", &[("5 October", "2021-10-05")]);
        check("two days ago", &[("two days ago", "2022-09-14")]);
        check("three years ago", &[("three years ago", "2019")]);
        check("It lasted for three days.", &[("three days", "P3D")]);
        check("the past two years", &[("the past two years", "P2Y")]);
        check("every Friday", &[("every Friday", "XXXX-WXX-5")]);
        check("in recent days", &[("recent days", "PAST_REF")]);
    }

    #[test]
    fn quarters_weekends_holidays_and_years_before_a_noun() {
        check("fell in the third quarter", &[("the third quarter", "2022-Q3")]);
        check("lost more in the quarter", &[("the quarter", "2022-Q2")]);
        let text = "It lost in the quarter. A year ago it won.";
        let (times, _) =
            times(text, &[Span::new(0, 23), Span::new(24, text.len())], "2022-09-16".parse().ok(), |_| Tense::Past);
        assert_eq!(times.iter().map(|time| time.value.as_str()).collect::<Vec<_>>(), ["2022-Q2", "2021-Q2"]);
        check("in the year-earlier period", &[("the year-earlier period", "2021-Q2")]);
        check("the 2019 third quarter", &[("the 2019 third quarter", "2019-Q3")]);
        check("over the weekend", &[("the weekend", "2022-W36-WE")]);
        check("They died on the 5th, it said.", &[("the 5th", "2022-09-05")]);
        check("On the 20th, troops came.", &[("the 20th", "2022-08-20")]);
        check("the 17th brigade came on the 12th floor", &[]);
        check("met a fortnight ago", &[("a fortnight ago", "2022-W35")]);
        check("came on Wednesday at dawn", &[("Wednesday at dawn", "2022-09-14TMO")]);
        check("on Christmas Day", &[("Christmas Day", "2021-12-25")]);
        check("last Thanksgiving", &[("last Thanksgiving", "2021-11-25")]);
        check("in July last year", &[("July last year", "2021-07")]);
        check("on September 3 last year", &[("September 3 last year", "2021-09-03")]);
        check("on 3 September of last year", &[("3 September of last year", "2021-09-03")]);
        check("the 1998 bombing and a 2014 ceasefire", &[("1998", "1998"), ("2014", "2014")]);
        check("the 2000 soldiers", &[]);
        check("until 5 p.m. Nov. 9", &[("5 p.m. Nov. 9", "2022-11-09T17:00")]);
        check("It took 2 1/2 years.", &[("2 1/2 years", "P2Y6M")]);
        check("a loss for the year ended in June", &[("the year", "P1Y"), ("June", "2022-06")]);
    }

    #[test]
    fn numbers_that_are_no_times() {
        check("a 970 kilometre-long border and 2000 soldiers", &[]);
        check("a 12-year-old boy", &[]);
        check("They may 5 times try.", &[]);
        check("about 30,000 people", &[]);
        check("She met Jan Novak.", &[]);
        check("He spoke for Jan Novak.", &[]);
        check("a second group of men", &[]);
        check("three-quarters of its food", &[]);
        check("a man in his sixties", &[]);
    }

    #[test]
    fn the_day_told_before_anchors() {
        let text = "They met on Monday. The next day they left.";
        let sentences = [Span::new(0, 19), Span::new(20, text.len())];
        let (times, _) = times(text, &sentences, "2022-09-16".parse().ok(), |_| Tense::Past);
        assert_eq!(times.iter().map(|time| time.value.as_str()).collect::<Vec<_>>(), ["2022-09-12", "2022-09-13"]);
    }

    #[test]
    fn a_bare_hour_is_of_the_day_told_before() {
        let of = |text: &str, tense: Tense| {
            let middle = text.find(". ").map_or(text.len(), |at| at + 1);
            let sentences = [Span::new(0, middle), Span::new((middle + 1).min(text.len()), text.len())];
            let (times, _) = times(text, &sentences, "2022-09-16".parse().ok(), |_| tense);
            times.last().map(|time| time.value.clone()).unwrap_or_default()
        };
        let told = "Four died in a clash on Wednesday. The rebels opened fire at 7 a.m.";
        assert_eq!(of(told, Tense::Past), "2022-09-14T07:00");
        assert_eq!(of("They met on Thursday. It begins at 7 a.m.", Tense::Future), "2022-09-16T07:00");
        assert_eq!(
            of("On Thursday night, they said on Friday. They fired at 9:40 p.m.", Tense::Past),
            "2022-09-15T21:40"
        );
        assert_eq!(of("They opened fire at 7 a.m.", Tense::Past), "2022-09-16T07:00");
        assert_eq!(of("They will go tomorrow. They opened fire at 7 a.m.", Tense::Past), "2022-09-16T07:00");
    }

    #[test]
    fn bounds_of_values() {
        for (value, start, end) in [
            ("2022-09", Some("2022-09-01"), Some("2022-09-30")),
            ("2022-W37", Some("2022-09-12"), Some("2022-09-18")),
            ("2021", Some("2021-01-01"), Some("2021-12-31")),
            ("2022-09-16T10:00Z", Some("2022-09-16T10:00:00Z"), None),
            ("P3D", None, None),
        ] {
            let (found_start, found_end, _) = bounds(value);
            assert_eq!((found_start.as_deref(), found_end.as_deref()), (start, end), "{value}");
        }
    }

    proptest! {
        #[test]
        fn spans_are_ordered_and_no_time_ends_before_it_starts(text in "((on|last|next|Friday|May|3|2021|early|ago|two|days|weeks|é|the|this|1990s|10:30|GMT|in|years|later|week) ?){0,14}") {
            for published in [None, "2022-09-16".parse().ok()] {
                let (times, _) = times(&text, &[Span::new(0, text.len())], published, |_| Tense::Past);
                let mut last = 0;
                for time in times {
                    prop_assert!(time.span.start() >= last);
                    last = time.span.end();
                    if let (Some(start), Some(end)) = (&time.start, &time.end) {
                        prop_assert!(start <= end, "{} {start} {end}", time.value);
                    }
                }
            }
        }
    }
}
