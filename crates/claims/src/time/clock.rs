//! Hours of the day.

use super::value::whole;
use super::words::*;
use super::*;

pub(super) fn clock(captures: &Captures<'_>, context: &Context, before: &str) -> Option<TimeExpression> {
    let get = |name: &str| captures.name(name).map(|found| found.as_str());
    let mut hour: i8 = get("h")?.parse().ok()?;
    let minute: i8 = get("min").map_or(Some(0), |minute| minute.parse().ok())?;
    let zone = get("zone").map(str::to_lowercase).unwrap_or_default();
    let half = get("ap")
        .map(str::to_lowercase)
        .unwrap_or_else(|| if zone.starts_with('a') || zone.starts_with('p') { zone.clone() } else { String::new() });
    if half.starts_with('p') && hour < 12 {
        hour += 12;
    } else if half.starts_with('a') && hour == 12 {
        hour = 0;
    }
    if !(0..=24).contains(&hour) || minute > 59 {
        return None;
    }
    // "3:45" alone may be a score or a verse: a time needs "at", a zone or a day.
    let named = !zone.is_empty() || !half.is_empty() || get("dow").is_some();
    let led = ["at", "by", "until", "from", "around", "about", "before", "after", "since", "to"]
        .iter()
        .any(|lead| before.to_lowercase().ends_with(lead));
    if !named && !led {
        return None;
    }
    let day = match (get("m").or_else(|| get("m2")), get("d").or_else(|| get("d2"))) {
        (Some(month), Some(day)) => {
            let (month, day) = (month_number(month)?, day.parse().ok()?);
            let year = get("y").and_then(|year| year.parse().ok()).or_else(|| resolve_year(context, month, day))?;
            Date::new(year, month, day).ok()
        }
        _ => match get("dow").map(str::to_lowercase).as_deref() {
            Some("yesterday") => context.published.and_then(|published| published.yesterday().ok()),
            Some("today") => context.published,
            Some("tomorrow") => context.published.and_then(|published| published.tomorrow().ok()),
            Some(name) => resolve_weekday(context, weekday(name)?, ""),
            None => context.published,
        },
    };
    let suffix = if zone == "gmt" || zone == "utc" || zone == "z" { "Z" } else { "" };
    let basis = if get("y").is_some() { TimeBasis::Stated } else { TimeBasis::Relative };
    Some(match day {
        Some(day) => whole(format!("{day}T{hour:02}:{minute:02}{suffix}"), TimexKind::Time, basis),
        None => whole(format!("XXXX-XX-XXT{hour:02}:{minute:02}{suffix}"), TimexKind::Time, TimeBasis::Stated),
    })
}
