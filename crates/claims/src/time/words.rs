//! Words of times: months, weekdays, parts of the day, numbers and units.

use jiff::civil::Weekday;

pub(super) const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Whether a lower-case word is the whole name of a day of the week.
pub fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// Whether a lower-case word is the whole name of a month.
pub fn is_month_name(word: &str) -> bool {
    MONTH_NAMES.contains(&word)
}

/// Whether a lower-case word is the name of a month or its abbreviation, with or without a full stop.
pub fn is_month(word: &str) -> bool {
    let short = word.strip_suffix('.').unwrap_or(word);
    is_month_name(word) || MONTHS.contains(&short) || short == "sept"
}

/// The month, from 1, whose name or abbreviation a word begins with.
pub fn month_number(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|month| name.starts_with(month)).map(|index| index as i8 + 1)
}

pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match &name.to_lowercase()[..3] {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

pub(super) fn part_code(part: &str) -> &'static str {
    match part.to_lowercase().as_str() {
        "morning" | "dawn" | "sunrise" | "daybreak" | "the early hours" => "TMO",
        "afternoon" => "TAF",
        "evening" | "dusk" | "sunset" | "nightfall" => "TEV",
        "noon" | "midday" => "T12:00",
        "midnight" => "T24:00",
        _ => "TNI",
    }
}

/// Count of a number word; none for a vague one.
pub(super) fn count(word: &str) -> Option<f64> {
    let word = word.to_lowercase().replace(',', "");
    if let Ok(number) = word.parse::<f64>() {
        return Some(number);
    }
    if let Some(whole) = word.strip_suffix(" 1/2") {
        return whole.parse::<f64>().ok().map(|whole| whole + 0.5);
    }
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(index) = WORDS.iter().position(|known| *known == word) {
        return Some(index as f64);
    }
    match word.as_str() {
        "a" | "an" => Some(1.0),
        "thirty" => Some(30.0),
        "forty" => Some(40.0),
        "fifty" => Some(50.0),
        "sixty" => Some(60.0),
        "a couple of" => Some(2.0),
        "half a" | "half an" => Some(0.5),
        other => other
            .strip_prefix("twenty")
            .and_then(|rest| count(rest.trim_start_matches(['-', ' '])))
            .map(|rest| 20.0 + rest),
    }
}

pub(super) fn ends_with_since(before: &str) -> bool {
    before.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("since"))
}

/// `twenty` to `ninety`.
pub(super) fn spelled_tens(word: &str) -> Option<i32> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|known| *known == word).map(|index| (index as i32 + 2) * 10)
}

pub(super) fn unit_letter(unit: &str) -> (&'static str, bool) {
    match unit.to_lowercase().trim_end_matches('s') {
        "second" => ("S", true),
        "minute" => ("M", true),
        "hour" => ("H", true),
        "day" | "night" => ("D", false),
        "week" | "fortnight" => ("W", false),
        "month" => ("M", false),
        "year" => ("Y", false),
        "decade" => ("DE", false),
        "quarter" => ("Q", false),
        "weekend" => ("WE", false),
        _ => ("CE", false),
    }
}

/// A fortnight is two weeks; any other unit is one of itself.
pub(super) fn weeks_of(unit: &str) -> f64 {
    if unit.to_lowercase().starts_with("fortnight") { 2.0 } else { 1.0 }
}

/// Whether the next word is a plural, as a count's noun is.
pub(super) fn plural_follows(after: &str) -> bool {
    let next: String = after.chars().take_while(|character| character.is_alphabetic()).collect();
    next.ends_with('s') && !next.ends_with("ss")
        || matches!(next.as_str(), "people" | "men" | "women" | "children" | "troops")
}

/// Whether a year-like number counts something: a plural noun or a unit right behind it.
pub(super) fn is_counted(after: &str) -> bool {
    let next: String = after.chars().take_while(|character| character.is_alphabetic()).collect();
    const LINKS: &[&str] = &[
        "and",
        "to",
        "in",
        "when",
        "after",
        "before",
        "while",
        "where",
        "as",
        "but",
        "or",
        "with",
        "by",
        "on",
        "for",
        "that",
        "which",
        "who",
        "a",
        "an",
        "the",
        "has",
        "was",
        "is",
        "were",
        "at",
        "from",
        "because",
        "since",
        "until",
        "under",
        "during",
        "between",
        "against",
        "following",
        "over",
        "killed",
        "had",
        "war",
        "election",
        "elections",
        "ceasefire",
        "truce",
        "coup",
        "conflict",
        "agreement",
        "accord",
        "peace",
        "uprising",
        "deal",
        "invasion",
    ];
    !LINKS.contains(&next.as_str())
}

pub(super) fn season_code(season: &str) -> &'static str {
    match season {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        _ => "WI",
    }
}
