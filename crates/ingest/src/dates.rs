//! Publication dates as pages print them.

use counterclaim_schema::Span;
use regex::Regex;
use std::sync::LazyLock;

const MONTH: &str = "(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"\b(?P<y>(?:19|20)\d\d)-(?P<n>\d\d)-(?P<d>\d\d)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d)?(?:\.\d+)?\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?".to_owned(),
        format!(r"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<y>(?:19|20)\d\d)\b"),
        format!(r"(?i)\b{MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
        format!(r"(?i)\b(?P<d>\d{{1,2}})\s+{MONTH}\s+(?P<y2>\d\d)\b"),
        // In figures only where the day is no month: "15/04/2025", "4/15/2025".
        r"\b(?P<d>1[3-9]|2\d|3[01])[/.](?P<n>0?[1-9]|1[0-2])[/.](?P<y>(?:19|20)\d\d)\b".to_owned(),
        r"\b(?P<n>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])/(?P<y>(?:19|20)\d\d)\b".to_owned(),
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).expect("a constant pattern"))
    .collect()
});

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<h>\d{1,2})[:.](?P<min>\d\d)\s*(?P<z>GMT|UTC)\b").expect("a constant pattern")
});

static PARTIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:{MONTH}\s+(?P<d>\d{{1,2}})\b|(?P<d2>\d{{1,2}})\s+{})",
        MONTH.replace("?P<m>", "?P<m2>")
    ))
    .expect("a constant pattern")
});

fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    names.iter().position(|known| name.starts_with(known)).map(|index| index as i8 + 1)
}

/// A date found in a line: its value (date, or instant when the line prints an hour in UTC) and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// `YYYY-MM-DD` or RFC 3339.
    pub value: String,
    /// Bytes of the searched text.
    pub span: Span,
}

/// The first full date of a text.
pub fn find(text: &str) -> Option<Found> {
    let mut best: Option<Found> = None;
    for pattern in PATTERNS.iter() {
        let Some(captures) = pattern.captures(text) else { continue };
        let get = |name: &str| captures.name(name).map(|found| found.as_str());
        let year = get("y")
            .map(str::to_owned)
            .or_else(|| get("y2").map(|year| if year >= "50" { format!("19{year}") } else { format!("20{year}") }));
        let number = get("n").and_then(|month| month.parse().ok()).or_else(|| get("m").and_then(month));
        let (Some(year), Some(month), Some(day)) =
            (year.and_then(|year| year.parse().ok()), number, get("d").and_then(|day| day.parse().ok()))
        else {
            continue;
        };
        let Ok(date) = jiff::civil::Date::new(year, month, day) else { continue };
        let whole = captures.get(0)?;
        let mut value = date.to_string();
        let mut span = Span::new(whole.start(), whole.end());
        if let (Some(time), Some(zone)) = (get("t"), get("z")) {
            let zone = match zone {
                "Z" | "UTC" | "GMT" => "Z".to_owned(),
                other if other.contains(':') => other.to_owned(),
                other => format!("{}:{}", &other[..3], &other[3..]),
            };
            value = format!("{value}T{time}:00{zone}");
        } else if let Some(clock) =
            CLOCK.captures(&text[whole.end()..]).filter(|clock| clock.get(0).is_some_and(|found| found.start() < 8))
        {
            let hour: u8 = clock["h"].parse().unwrap_or(99);
            if hour < 24 {
                value = format!("{value}T{hour:02}:{}:00Z", &clock["min"]);
                span = Span::new(whole.start(), whole.end() + clock.get(0).map_or(0, |found| found.end()));
            }
        }
        if best.as_ref().is_none_or(|known| span.start < known.span.start) {
            best = Some(Found { value, span });
        }
    }
    best
}

static LOOSE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"\b(?P<d>\d{1,2})[-.](?P<n>\d\d)[-.](?P<y>(?:19|20)\d\d)(?:\D|$)".to_owned(),
        format!(r"(?i)\b{MONTH}\s+(?P<d>\d\d)(?P<y>(?:19|20)\d\d)\b"),
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).expect("a constant pattern"))
    .collect()
});

/// As [`find`]; besides, day, month and year in figures (in this order, parted by dots or hyphens), and day and year run together.
pub fn find_loose(text: &str) -> Option<Found> {
    let strict = find(text);
    let loose = LOOSE.iter().find_map(|pattern| {
        let captures = pattern.captures(text)?;
        let get = |name: &str| captures.name(name);
        let month: i8 = match get("n") {
            Some(number) => number.as_str().parse().ok()?,
            None => month(get("m")?.as_str())?,
        };
        let (day, year) = (get("d")?, get("y")?);
        let date = jiff::civil::Date::new(year.as_str().parse().ok()?, month, day.as_str().parse().ok()?).ok()?;
        Some(Found { value: date.to_string(), span: Span::new(captures.get(0)?.start(), year.end()) })
    });
    match (strict, loose) {
        (Some(strict), Some(loose)) if loose.span.start < strict.span.start => Some(loose),
        (strict, loose) => strict.or(loose),
    }
}

/// Whether a text names a day of a month, with or without a year.
pub fn has_month_and_day(text: &str) -> bool {
    PARTIAL.is_match(text)
}

/// A month and day without a year, completed by the year of another date so that it lies at most a few days after it.
pub fn find_partial(text: &str, year_of: &str) -> Option<Found> {
    let captures = PARTIAL.captures(text)?;
    let get = |name: &str| captures.name(name).map(|found| found.as_str());
    let month = get("m").or_else(|| get("m2")).and_then(month)?;
    let day = get("d").or_else(|| get("d2"))?.parse().ok()?;
    let reference: jiff::civil::Date = year_of.get(..10)?.parse().ok()?;
    let whole = captures.get(0)?;
    [reference.year(), reference.year() - 1].into_iter().find_map(|year| {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        let ahead = reference.until(date).ok()?.get_days();
        (ahead <= 3).then(|| Found { value: date.to_string(), span: Span::new(whole.start(), whole.end()) })
    })
}

/// A date or instant as an option or record gives it; none when it is none.
pub fn parse_given(value: &str) -> Option<String> {
    let value = value.trim();
    if value.parse::<jiff::civil::Date>().is_ok() {
        return Some(value.to_owned());
    }
    if value.parse::<jiff::Timestamp>().is_ok() {
        return Some(value.replacen(' ', "T", 1));
    }
    find(value).map(|found| found.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_printed() {
        for (text, expected) in [
            ("Published 9 August 2023", Some("2023-08-09")),
            ("March 14, 2023", Some("2023-03-14")),
            ("Feb. 3, 2024 (Two Rivers)", Some("2024-02-03")),
            ("2023-03-14 09:20 UTC", Some("2023-03-14T09:20:00Z")),
            ("2023-03-14T09:20:00+05:30", Some("2023-03-14T09:20:00+05:30")),
            ("Mar 14, 2023, 10:20 GMT", Some("2023-03-14T10:20:00Z")),
            ("18 FEB 90 (DPA)", Some("1990-02-18")),
            ("31 February 2023", None),
            ("no date", None),
        ] {
            assert_eq!(find(text).map(|found| found.value).as_deref(), expected, "{text}");
        }
        assert_eq!(
            find_partial("March 3 (Agency)", "2023-03-04").map(|found| found.value).as_deref(),
            Some("2023-03-03")
        );
        assert_eq!(find_partial("31 Dec", "2023-01-02").map(|found| found.value).as_deref(), Some("2022-12-31"));
    }
}
