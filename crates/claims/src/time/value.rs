//! Values of TIMEX3 and the stretch of days and hours that they stand for.

use super::words::{unit_letter, weeks_of};
use super::*;

/// `P3D`, `PT2H`, `PXY`.
pub(super) fn length_value(n: Option<f64>, unit: &str) -> String {
    let (letter, clock) = unit_letter(unit);
    let n = n.map(|n| n * weeks_of(unit));
    let number = match n {
        Some(0.5) if letter == "Y" => return "P6M".to_owned(),
        Some(0.5) if letter == "H" => return "PT30M".to_owned(),
        Some(number) if number.fract() == 0.5 && letter == "Y" => return format!("P{:.0}Y6M", number.trunc()),
        Some(number) if number.fract() == 0.5 && letter == "H" => return format!("PT{:.0}H30M", number.trunc()),
        Some(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Some(number) => format!("{number}"),
        None => "X".to_owned(),
    };
    let time = if clock { "T" } else { "" };
    format!("P{time}{number}{letter}")
}

pub(super) fn whole(value: String, timex: TimexKind, basis: TimeBasis) -> TimeExpression {
    let (start, end, precision) = bounds(&value);
    TimeExpression { span: Span::default(), value, timex, start, end, precision, basis }
}

/// First and last day or instant of a value, and how fine it is.
pub fn bounds(value: &str) -> (Option<String>, Option<String>, TimePrecision) {
    let none = (None, None, TimePrecision::Unknown);
    if value.starts_with('P') || value.ends_with("_REF") || value.is_empty() || value.starts_with('X') {
        return none;
    }
    let (day, clock) = match value.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (value, None),
    };
    if let Some(clock) = clock {
        if day.parse::<Date>().is_err() {
            return none;
        }
        let part = |from: &str, to: &str| {
            (Some(format!("{day}T{from}:00")), Some(format!("{day}T{to}:00")), TimePrecision::PartOfDay)
        };
        return match clock {
            "MO" => part("00:00", "12:00"),
            "AF" => part("12:00", "18:00"),
            "EV" => part("17:00", "22:00"),
            "NI" => part("18:00", "23:59"),
            clock if clock.len() >= 5 => {
                let (hours, zone) = match clock.strip_suffix('Z') {
                    Some(hours) => (hours, "Z"),
                    None => (clock, ""),
                };
                (Some(format!("{day}T{hours}:00{zone}")), None, TimePrecision::Minute)
            }
            _ => none,
        };
    }
    if let Ok(date) = day.parse::<Date>() {
        return (Some(date.to_string()), Some(date.to_string()), TimePrecision::Day);
    }
    let both = |start: Option<Date>, end: Option<Date>, precision| {
        (start.map(|date| date.to_string()), end.map(|date| date.to_string()), precision)
    };
    let (year, rest) = match day.split_once('-') {
        Some((year, rest)) => (year, rest),
        None => (day, ""),
    };
    let number: Option<i16> = year.parse().ok();
    let Some(number) = number else { return none };
    match (year.len(), rest) {
        (4, "") => both(Date::new(number, 1, 1).ok(), Date::new(number, 12, 31).ok(), TimePrecision::Year),
        (3, "") => {
            both(Date::new(number * 10, 1, 1).ok(), Date::new(number * 10 + 9, 12, 31).ok(), TimePrecision::Decade)
        }
        (2, "") => {
            both(Date::new(number * 100, 1, 1).ok(), Date::new(number * 100 + 99, 12, 31).ok(), TimePrecision::Decade)
        }
        (4, rest) if rest.starts_with('W') => {
            let (week, weekend) = match rest[1..].split_once('-') {
                Some((week, _)) => (week, true),
                None => (&rest[1..], false),
            };
            let Some(monday) = week
                .parse()
                .ok()
                .and_then(|week| jiff::civil::ISOWeekDate::new(number, week, Weekday::Monday).ok())
                .map(|week| week.date())
            else {
                return none;
            };
            let first = if weekend { monday.checked_add(5.days()).ok() } else { Some(monday) };
            both(first, monday.checked_add(6.days()).ok(), TimePrecision::Week)
        }
        (4, rest) if rest.starts_with('Q') => {
            let Ok(quarter) = rest[1..].parse::<i8>() else { return none };
            let first = Date::new(number, quarter.clamp(1, 4) * 3 - 2, 1).ok();
            both(
                first,
                first.and_then(|first| first.checked_add(2.months()).ok()).map(|date| date.last_of_month()),
                TimePrecision::Season,
            )
        }
        (4, rest) if rest.len() == 2 && rest.chars().all(|character| character.is_ascii_digit()) => {
            let first = rest.parse().ok().and_then(|month| Date::new(number, month, 1).ok());
            both(first, first.map(|first| first.last_of_month()), TimePrecision::Month)
        }
        (4, season) => {
            let (month, length) = match season {
                "SP" => (3, 3),
                "SU" => (6, 3),
                "FA" => (9, 3),
                _ => (12, 3),
            };
            let first = Date::new(number, month, 1).ok();
            both(
                first,
                first
                    .and_then(|first| first.checked_add(length.months()).ok())
                    .and_then(|after| after.yesterday().ok()),
                TimePrecision::Season,
            )
        }
        _ => none,
    }
}

/// A time that only a publication date would place: it has no first and last instant. TIMEX3 writes an X for each digit that is not told.
pub(super) fn open(value: String, timex: TimexKind, precision: TimePrecision) -> TimeExpression {
    TimeExpression {
        value,
        timex,
        span: Span::default(),
        start: None,
        end: None,
        precision,
        basis: TimeBasis::Relative,
    }
}
