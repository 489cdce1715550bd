//! Time expressions of news and their values (TimeML's TIMEX3, Pustejovsky et al. 2003), by own rules.
//!
//! A weekday is the last such day before or on the publication date, or the next one in a sentence about the future. What the words
//! leave open stays open: without a publication date a relative time has no date.

use counterclaim_schema::ledger::{TimeBasis, TimePrecision};
use counterclaim_schema::{Diagnostic, DiagnosticCode, Span};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};
use regex::{Captures, Regex};
use std::sync::LazyLock;

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

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MON: &str = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)";
const DOW: &str = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const PART: &str = r"(?:morning|afternoon|evening|night|noon|dawn|dusk)";
const NUM: &str = r"(?:\d{1,3} 1/2|\d{1,3}(?:,\d{3})*(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirty|forty|fifty|sixty|several|a few|a couple of|many|some|half an?)";
const UNIT: &str = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)|quarters?|weekends?)";

/// What a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    FullDate,
    IsoDate,
    Clock,
    DayMonth,
    MonthYear,
    Month,
    Weekday,
    NamedDay,
    ThisLast,
    Ago,
    PastLength,
    Length,
    Year,
    SpelledYear,
    Decade,
    Season,
    Repeated,
    Reference,
    SameDay,
    PartOfDay,
    Quarter,
    Century,
    Weekend,
    Holiday,
    DayOfMonth,
}

impl Rule {
    /// Whether the tense decides between the last one and the next one.
    fn looks_ahead(self) -> bool {
        matches!(
            self,
            Rule::Clock
                | Rule::DayMonth
                | Rule::Month
                | Rule::Weekday
                | Rule::PartOfDay
                | Rule::Holiday
                | Rule::Weekend
                | Rule::DayOfMonth
        )
    }
}

static RULES: LazyLock<Vec<(Rule, Regex)>> = LazyLock::new(|| {
    let zone = r"(?P<zone>gmt|utc|z\b|local(?: time)?\b|est\b|edt\b|cet\b|a\.m\.?|am\b|p\.m\.?|pm\b)";
    let date_tail = format!(
        r"(?:,? (?:on )?(?P<dow>{DOW}|yesterday|today|tomorrow)(?:,? (?P<m>{MON}) (?P<d>\d{{1,2}})\b(?:,? (?P<y>\d{{4}}))?)?|,? (?:on )?(?P<m2>{MON}) (?P<d2>\d{{1,2}})\b)?"
    );
    [
        (Rule::IsoDate, r"\b(?P<y>(?:1[89]|20)\d\d)-(?P<mm>\d\d)-(?P<d>\d\d)\b".to_owned()),
        (Rule::FullDate, format!(r"\b(?:{DOW},? )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m>{MON}),?\s+(?P<y>(?:1[5-9]|20)\d\d|\d\d)\b")),
        (Rule::FullDate, format!(r"\b(?:{DOW},? )?(?P<m>{MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:1[5-9]|20)\d\d)\b")),
        (Rule::Clock, format!(r"\b(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))?\s?(?P<ap>a\.m\.?|am\b|p\.m\.?|pm\b)(?:\s?\(?(?P<zone>gmt|utc|est|edt|local time)\b\)?)?{date_tail}")),
        (Rule::Clock, format!(r"\b(?P<h>\d\d)[:.]?(?P<min>\d\d)\s?(?:hours )?{zone}{}", date_tail)),
        (Rule::Clock, format!(r"\b(?P<h>\d{{1,2}}):(?P<min>\d\d)\b{date_tail}")),
        (Rule::DayMonth, format!(r"\b(?P<lead>early |late )?(?:{DOW},? )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m>{MON})(?:\s+(?P<part>{PART}))?(?:\b|$)")),
        (Rule::DayMonth, format!(r"\b(?P<lead>early |late )?(?:{DOW},? )?(?P<m>{MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b")),
        (Rule::MonthYear, format!(r"\b(?:(?P<lead>early|late|mid)[- ])?(?P<m>{MON}),?\s+(?:of )?(?P<y>(?:1[5-9]|20)\d\d)\b")),
        (Rule::Month, format!(r"\b(?P<lead>in|since|until|till|by|from|during|of|through|to|between|and|for|before|after|last|next|this|early|late|mid|past|coming|the end of|the start of|the beginning of|early in|late in)[- ](?P<mod>last |next |this |early |late |mid-?)?(?P<m>{MON})(?: (?:of )?(?P<of>last|next|this) year)?\b")),
        (Rule::Weekday, format!(r"\b(?:(?P<lead>early|late|overnight|mid) (?:on |that )?)?(?:(?P<mod>last|next|this|this past|this coming) )?(?P<dow>{DOW})(?:['’]s)?(?: (?:at |around |before )?(?P<part>{PART}))?")),
        (Rule::NamedDay, format!(r"\b(?:(?P<lead>early|late) )?(?P<day>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|overnight)(?: (?P<part>{PART}))?")),
        (Rule::ThisLast, format!(r"\b(?:(?P<lead>early|late|earlier|later) )?(?P<mod>this|last|next|the past|the last|the next|the previous|the coming|the following|the current|previous|that) (?P<unit>week|weekend|month|year|quarter|decade|century|night|morning|afternoon|evening|spring|summer|autumn|fall|winter)\b")),
        (Rule::Ago, format!(r"\b(?:(?:about|around|some|nearly|almost|more than|over|less than|at least|just) )?(?P<n>{NUM})[- ](?P<unit>{UNIT}) (?P<dir>ago|earlier|later|before|from now|prior)\b")),
        (Rule::PastLength, format!(r"\b(?:the )?(?P<mod>past|last|next|previous|coming|first|final) (?P<n>{NUM}) (?P<unit>{UNIT})\b")),
        (Rule::PastLength, r"\b(?:the )?(?P<mod>past|last|recent|coming|next) (?:few |several )?(?P<unit>hours|days|weeks|months|years|decades)\b".to_owned()),
        (Rule::Length, format!(r"\b(?:(?:about|around|some|nearly|almost|more than|over|less than|at least|up to) )?(?P<n>{NUM})[- ](?:(?:full|long|consecutive|straight|whole|more) )?(?P<unit>{UNIT})\b")),
        (Rule::Length, r"\b(?P<unit>hours|days|weeks|months|years|decades|centuries)\b".to_owned()),
        (Rule::Decade, r"\b(?:the )?(?:(?P<lead>early|late|mid)[- ])?(?P<y>(?:1[6-9]|20)\d0)s\b|\b(?:the )?(?:(?P<lead2>early|late|mid)[- ])?['’](?P<y2>\d0)s\b".to_owned()),
        (Rule::SpelledYear, r"\b(?P<c>eighteen|nineteen|twenty)[- ](?P<t>ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?P<u>one|two|three|four|five|six|seven|eight|nine))?)\b".to_owned()),
        (Rule::Decade, r"\b(?:the )?(?:(?P<lead>early|late|mid)[- ])?(?:nineteen[- ])?(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b".to_owned()),
        (Rule::Season, r"\b(?:(?P<mod>last|this|next|early|late|the) )?(?P<s>spring|summer|autumn|winter)(?: of)? (?P<y>(?:1[6-9]|20)\d\d)\b".to_owned()),
        (Rule::Year, r"\b(?:(?P<lead>early|late|mid|fiscal)[- ])?(?P<y>(?:1[6-9]|20)\d\d)\b".to_owned()),
        (Rule::Quarter, r"\b(?:(?:the )?(?:(?P<of>last|this|next) year['’]s |(?P<ago>year-(?:ago|earlier)) |(?P<y2>(?:19|20)\d\d) )?(?:fiscal )?)(?P<q>first|second|third|fourth)[- ]quarter(?: of)?(?: (?P<y>(?:19|20)\d\d))?\b".to_owned()),
        (Rule::Quarter, r"\b(?:the )?(?:comparable )?(?P<ago>year-(?:ago|earlier)) (?:quarter|period)\b|\bthe (?P<latest>latest |most recent |current )?quarter\b|\bthe latest period\b".to_owned()),
        (Rule::Length, r"\bthe (?:fiscal |full )?(?P<unit>year)(?: end(?:ed|ing))\b".to_owned()),
        (Rule::Weekend, r"\b(?:the )weekend\b".to_owned()),
        (Rule::Holiday, r"\b(?:(?P<mod>last|next|this) )?(?P<day>Christmas(?: Day| Eve)?|New Year['’]s (?:Day|Eve)|Thanksgiving(?: Day)?|May Day|Boxing Day)\b".to_owned()),
        (Rule::Repeated, format!(r"\b(?:every|each) (?:(?P<n>{NUM}) )?(?P<unit>{DOW}|{UNIT}|{PART})\b|\b(?P<adv>daily|weekly|monthly|annually|yearly|hourly|nightly|annual)\b|\b(?P<times>once|twice) an? (?P<unit2>day|week|month|year)\b")),
        (Rule::Reference, r"\b(?P<r>now|currently|at present|at the moment|nowadays|at this time|presently|recently|recent days|recent years|lately|in the past|the past|the future|in the near future|the near future|formerly|the present)\b".to_owned()),
        (Rule::SameDay, r"\b(?P<r>the same day|that same day|that day|the previous day|the day before|the next day|the following day|the day after|the same night|that night|that morning|that evening|that afternoon|the same morning|the same evening)\b".to_owned()),
        (Rule::PartOfDay, r"\b(?P<r>dawn|noon|midday|midnight|dusk|sunrise|sunset|nightfall|daybreak|the early hours)(?: (?:(?:on|of) )?(?P<dow>(?:mon|tues|wednes|thurs|fri|satur|sun)day))?\b".to_owned()),
        (Rule::DayOfMonth, r"\bthe (?P<d>\d{1,2})(?:st|nd|rd|th)\b(?P<of> of (?:that|the|this|the same) month\b)?".to_owned()),
        (Rule::Century, r"\b(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)[- ]century\b".to_owned()),
    ]
    .into_iter()
    .map(|(rule, pattern)| (rule, Regex::new(&format!("(?i){pattern}")).expect("a constant pattern")))
    .collect()
});

struct Context {
    published: Option<Date>,
    /// The last day told before, for "the next day".
    reference: Option<Date>,
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
    let mut context = Context { published, reference: None, quarter: None, tense: Tense::Past, year: None };
    for (number, sentence) in sentences.iter().enumerate() {
        // Line breaks of hard-wrapped text are spaces to the rules; both are one byte.
        let words = sentence.of(text).replace(['\n', '\r', '\t'], " ");
        let mut candidates: Vec<(usize, usize, usize, TimeExpression)> = Vec::new();
        for (order, (rule, pattern)) in RULES.iter().enumerate() {
            for captures in pattern.captures_iter(&words) {
                context.tense = match (rule.looks_ahead(), captures.get(0)) {
                    (true, Some(all)) => tense(Span::new(sentence.start() + all.start(), sentence.start() + all.end())),
                    _ => Tense::Past,
                };
                if let Some((start, end, expression)) = evaluate(*rule, &captures, &words, &context) {
                    candidates.push((start, end, order, expression));
                }
            }
        }
        // The longest at each place wins, then the earlier rule.
        candidates.sort_by(|a, b| a.0.cmp(&b.0).then((b.1 - b.0).cmp(&(a.1 - a.0))).then(a.2.cmp(&b.2)));
        let mut last = 0;
        let mut chosen: Vec<(usize, usize, TimeExpression)> = Vec::new();
        for (start, end, _, expression) in candidates {
            if start >= last {
                last = end;
                chosen.push((start, end, expression));
            } else if let Some(known) = chosen.last_mut() {
                // A longer one that begins inside replaces what it swallows most of.
                if end > known.1 && end - start > known.1 - known.0 {
                    last = end;
                    *known = (start, end, expression);
                }
            }
        }
        for (start, end, mut expression) in chosen {
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
            if expression.timex == TimexKind::Date {
                if let Some(date) = expression
                    .start
                    .as_deref()
                    .and_then(parse_published)
                    .filter(|_| expression.precision == TimePrecision::Day)
                {
                    context.reference = Some(date);
                }
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

const MONTH_NAMES: [&str; 12] = [
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
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

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

fn month_number(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|month| name.starts_with(month)).map(|index| index as i8 + 1)
}

fn weekday(name: &str) -> Option<Weekday> {
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

fn part_code(part: &str) -> &'static str {
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
fn count(word: &str) -> Option<f64> {
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

fn ends_with_since(before: &str) -> bool {
    before.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("since"))
}

/// `twenty` to `ninety`.
fn spelled_tens(word: &str) -> Option<i32> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|known| *known == word).map(|index| (index as i32 + 2) * 10)
}

fn unit_letter(unit: &str) -> (&'static str, bool) {
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
fn weeks_of(unit: &str) -> f64 {
    if unit.to_lowercase().starts_with("fortnight") { 2.0 } else { 1.0 }
}

/// `P3D`, `PT2H`, `PXY`.
fn length_value(n: Option<f64>, unit: &str) -> String {
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

fn whole(value: String, timex: TimexKind, basis: TimeBasis) -> TimeExpression {
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

fn evaluate(
    rule: Rule,
    captures: &Captures<'_>,
    words: &str,
    context: &Context,
) -> Option<(usize, usize, TimeExpression)> {
    let all = captures.get(0)?;
    let (mut start, mut end) = (all.start(), all.end());
    let get = |name: &str| captures.name(name).map(|found| found.as_str());
    let lower = |name: &str| get(name).map(str::to_lowercase).unwrap_or_default();
    let before = words[..start].trim_end();
    let after = words[end..].trim_start();
    let glued = words[..start].ends_with(|character: char| {
        character.is_alphanumeric()
            || matches!(character, '$' | '€' | '£' | '.')
                && !words[..start].ends_with(' ')
                && !character.is_whitespace()
                && character != '.'
    });
    if glued {
        return None;
    }
    use TimeBasis::{Relative, Stated};
    let expression = match rule {
        Rule::IsoDate => {
            let date = Date::new(get("y")?.parse().ok()?, get("mm")?.parse().ok()?, get("d")?.parse().ok()?).ok()?;
            whole(date.to_string(), TimexKind::Date, Stated)
        }
        Rule::FullDate => {
            let year: i16 = get("y")?.parse().ok()?;
            let year = if year < 100 { if year >= 50 { 1900 + year } else { 2000 + year } } else { year };
            let date = Date::new(year, month_number(get("m")?)?, get("d")?.parse().ok()?).ok()?;
            whole(date.to_string(), TimexKind::Date, Stated)
        }
        Rule::Clock => clock(captures, context, before)?,
        Rule::DayMonth => {
            let month = month_number(get("m")?)?;
            // "may 5" is a modal verb before a number more often than a month in lower case.
            if get("m")?.starts_with("may")
                || get("m")?.starts_with("march")
                    && get("d").is_some()
                    && captures.name("d")?.start() > captures.name("m")?.start()
                    && get("m")? == "march"
            {
                return None;
            }
            let day: i8 = get("d")?.parse().ok()?;
            let part = if lower("lead").trim() == "early" { "TMO" } else { get("part").map_or("", part_code) };
            match resolve_year(context, month, day) {
                Some(year) => {
                    let date = Date::new(year, month, day).ok()?;
                    // What has lasted since a day began before the report.
                    let ahead = context.published.is_some_and(|published| date > published);
                    let date =
                        if ahead && ends_with_since(before) { Date::new(year - 1, month, day).ok()? } else { date };
                    let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
                    whole(format!("{date}{part}"), timex, Relative)
                }
                None => whole(format!("XXXX-{month:02}-{day:02}"), TimexKind::Date, Stated),
            }
        }
        Rule::MonthYear => whole(format!("{}-{:02}", get("y")?, month_number(get("m")?)?), TimexKind::Date, Stated),
        Rule::Weekend => {
            // "Over the weekend" early in a week is the one before.
            let published = context.published?;
            let early = published.weekday().to_monday_zero_offset() <= 4;
            let back = if early && context.tense == Tense::Past { 7 } else { 0 };
            let week = published.checked_sub(back.days()).ok()?.iso_week_date();
            whole(format!("{}-W{:02}-WE", week.year(), week.week()), TimexKind::Date, Relative)
        }
        Rule::Holiday => {
            let day = lower("day");
            let (month, number) = match day.as_str() {
                "christmas eve" => (12, 24),
                "boxing day" => (12, 26),
                "may day" => (5, 1),
                _ if day.ends_with("eve") => (12, 31),
                _ if day.starts_with("new") => (1, 1),
                _ if day.starts_with("thanks") => (11, 28),
                _ => (12, 25),
            };
            let published = context.published?;
            let mut year = resolve_year(context, month, number)?;
            let this = Date::new(year, month, number).ok()?;
            match lower("mod").as_str() {
                "last" if this > published => year -= 1,
                "next" if this < published => year += 1,
                _ => {}
            }
            let date = match day.starts_with("thanks") {
                // The fourth Thursday of November.
                true => Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok()?,
                false => Date::new(year, month, number).ok()?,
            };
            whole(date.to_string(), TimexKind::Date, Relative)
        }
        Rule::Month => {
            let name = get("m")?;
            // Lower-case "may", "march" are verbs; "dec" and "mar" without a capital are no months.
            if !name.starts_with(|character: char| character.is_uppercase()) {
                return None;
            }
            let month = month_number(name)?;
            // "Jan Novak", "April Reyes" are people.
            if name.len() < 6
                && !name.ends_with('.')
                && words[end..].starts_with(' ')
                && name != "June"
                && name != "July"
            {
                let mut letters = after.chars();
                let named =
                    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
                if named && !after.starts_with("The ") {
                    return None;
                }
            }
            let lead = lower("lead");
            let keeps = matches!(
                lead.as_str(),
                "last"
                    | "next"
                    | "this"
                    | "early"
                    | "late"
                    | "mid"
                    | "past"
                    | "coming"
                    | "the end of"
                    | "the start of"
                    | "the beginning of"
            );
            if !keeps {
                start = captures.name("mod").or_else(|| captures.name("m"))?.start();
            }
            if matches!(lead.as_str(), "and" | "to" | "for" | "of")
                && matches!(name, "May" | "March")
                && after.starts_with(|character: char| character.is_lowercase())
                && lead != "of"
            {
                return None;
            }
            let modifier = if keeps { lead.clone() } else { lower("mod").trim().to_owned() };
            match context.published {
                Some(published) => {
                    let year = match modifier.as_str() {
                        _ if get("of").is_some() => {
                            published.year()
                                + match lower("of").as_str() {
                                    "last" => -1,
                                    "next" => 1,
                                    _ => 0,
                                }
                        }
                        "next" | "coming" => {
                            if month > published.month() {
                                published.year()
                            } else {
                                published.year() + 1
                            }
                        }
                        "last" | "past" => {
                            if month < published.month() {
                                published.year()
                            } else {
                                published.year() - 1
                            }
                        }
                        _ if context.tense == Tense::Future => {
                            if published.month() - month >= 6 {
                                published.year() + 1
                            } else {
                                published.year()
                            }
                        }
                        "this" => published.year(),
                        // The month to come is announced; one further off lies behind.
                        _ if month > published.month() + i8::from(lead != "since") => published.year() - 1,
                        _ => published.year(),
                    };
                    whole(format!("{year}-{month:02}"), TimexKind::Date, Relative)
                }
                None => whole(format!("XXXX-{month:02}"), TimexKind::Date, Stated),
            }
        }
        Rule::Weekday => {
            let day = weekday(get("dow")?)?;
            if all.as_str().ends_with("'s") || all.as_str().ends_with("’s") {
                end = captures.name("dow")?.end();
            }
            if after.starts_with("-") && get("part").is_none() && !words[end..].starts_with(' ') {
                return None;
            }
            let part = match (lower("lead").as_str(), get("part")) {
                (_, Some(part)) => part_code(part),
                ("early", None) => "TMO",
                ("overnight", None) => "TNI",
                _ => "",
            };
            let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
            match resolve_weekday(context, day, &lower("mod")) {
                Some(date) => whole(format!("{date}{part}"), timex, Relative),
                None => TimeExpression {
                    value: format!("XXXX-WXX-{}", day.to_monday_one_offset()),
                    timex,
                    span: Span::default(),
                    start: None,
                    end: None,
                    precision: TimePrecision::Day,
                    basis: Relative,
                },
            }
        }
        Rule::NamedDay => {
            let day = lower("day");
            let shift: i32 = match day.as_str() {
                "yesterday" => -1,
                "tomorrow" => 1,
                "the day before yesterday" => -2,
                "the day after tomorrow" => 2,
                _ => 0,
            };
            let part = match (day.as_str(), get("part"), lower("lead").as_str()) {
                ("tonight" | "overnight", _, _) => "TNI",
                (_, Some(part), _) => part_code(part),
                (_, None, "early") => "TMO",
                _ => "",
            };
            let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
            match context.published {
                Some(published) => {
                    whole(format!("{}{part}", published.checked_add(shift.days()).ok()?), timex, Relative)
                }
                None => TimeExpression {
                    value: "PRESENT_REF".to_owned(),
                    timex,
                    span: Span::default(),
                    start: None,
                    end: None,
                    precision: TimePrecision::Day,
                    basis: Relative,
                },
            }
        }
        Rule::ThisLast => this_last(&lower("mod"), &lower("unit"), context)?,
        Rule::Ago => ago(captures, context)?,
        Rule::PastLength => {
            let unit = get("unit")?;
            let number = get("n").and_then(count);
            let modifier = lower("mod");
            if modifier == "recent" {
                start = captures.name("mod")?.start();
                match lower("unit").as_str() {
                    unit @ ("weeks" | "months") => whole(length_value(None, unit), TimexKind::Duration, Relative),
                    _ => whole("PAST_REF".to_owned(), TimexKind::Date, Relative),
                }
            } else {
                let single = get("n").is_none() && !unit.ends_with('s');
                if single {
                    return None;
                }
                whole(length_value(number, unit), TimexKind::Duration, Stated)
            }
        }
        Rule::Length => {
            let unit = get("unit")?;
            // "a second group" is an ordinal, "three-quarters of its food" a share.
            let other = get("n").is_some()
                && (matches!(lower("unit").as_str(), "second") && matches!(lower("n").as_str(), "a" | "an")
                    || lower("unit").starts_with("quarter") && all.as_str().contains('-'));
            if other {
                return None;
            }
            let old = after.starts_with("old")
                || after.starts_with("-old")
                || words[end..].starts_with("-old")
                || words[end..].starts_with(" old")
                || before.ends_with("aged");
            if old || get("n").is_none() && before.ends_with(|character: char| character.is_ascii_digit()) {
                return None;
            }
            if let Some(ended) = all.as_str().find(" end") {
                end = start + ended;
                return Some((start, end, whole("P1Y".to_owned(), TimexKind::Duration, Stated)));
            }
            // A bare plural tells a length only behind words that want one.
            if get("n").is_none() {
                let wanted = ["for", "of", "after", "in", "within", "took", "lasted", "during", "over"]
                    .iter()
                    .any(|lead| before.to_lowercase().ends_with(&format!(" {lead}")));
                if !wanted {
                    return None;
                }
            }
            let article = matches!(lower("n").as_str(), "a" | "an");
            let rate = ["$", "percent", "times", "cents", "tons", "barrels", "miles", "kilometres"]
                .iter()
                .any(|unit| before.ends_with(unit))
                || before.ends_with(|character: char| character.is_ascii_digit());
            if article && rate {
                return None;
            }
            whole(length_value(get("n").and_then(count), unit), TimexKind::Duration, Stated)
        }
        Rule::Year => {
            let year: i16 = get("y")?.parse().ok()?;
            // "2,000 men", "1500 soldiers", "1000 GMT": a count, not a year.
            // "The 1998 bombing", "a 2014 ceasefire", "its 1992 protests": behind a determiner and without the roundness of a count.
            let named_by_year = (1900..2100).contains(&year)
                && (year % 10 != 0 || !plural_follows(after))
                && [
                    " the",
                    " a",
                    " an",
                    " that",
                    " this",
                    " its",
                    " his",
                    " her",
                    " their",
                    "'s",
                    "’s",
                    " deadly",
                    " unsuccessful",
                ]
                .iter()
                .any(|lead| format!(" {}", before.to_lowercase()).ends_with(lead));
            // "announced in 2013 collapsed", "in 2019 it": behind "in" and "since" a number before a verb is a year.
            let dated =
                ["in", "since"].iter().any(|lead| format!(" {}", before.to_lowercase()).ends_with(&format!(" {lead}")))
                    && !plural_follows(after)
                    && after
                        .split(|character: char| !character.is_alphabetic())
                        .next()
                        .is_some_and(|next| next.ends_with("ed"));
            let counted = !named_by_year
                && !dated
                && after.starts_with(|character: char| character.is_lowercase())
                && is_counted(after);
            let led = [
                "in", "since", "of", "until", "till", "by", "from", "to", "during", "after", "before", "and", "late",
                "early", "mid", "between", "year", "through", "for", "than", "both",
            ]
            .iter()
            .any(|lead| before.to_lowercase().ends_with(lead))
                || before.ends_with(',')
                || before.ends_with('(')
                || before.is_empty();
            let number_like = before.ends_with(['$', '€', '£', '-'])
                || words[end..].starts_with([',', '.', ':'])
                    && words[end + 1..].starts_with(|character: char| character.is_ascii_digit())
                || words[end..].starts_with("-")
                    && !words[end + 1..].starts_with(|character: char| character.is_ascii_digit());
            let future = context.published.is_some_and(|published| year > published.year() + 30)
                || context.published.is_none() && year > 2060;
            if counted
                || !led
                    && !named_by_year
                    && !after.starts_with(|character: char| !character.is_alphanumeric())
                    && !before.ends_with("the")
                || number_like
                || future
                || year < 1800 && !led
            {
                return None;
            }
            whole(format!("{year}"), TimexKind::Date, Stated)
        }
        Rule::SpelledYear => {
            let century: i32 = match lower("c").as_str() {
                "eighteen" => 1800,
                "nineteen" => 1900,
                _ => 2000,
            };
            let rest = lower("t");
            let tens = rest.split(['-', ' ']).next()?;
            let rest = spelled_tens(tens).or_else(|| count(tens).map(|tens| tens as i32))?
                + get("u").and_then(count).map_or(0, |unit| unit as i32);
            // "twenty twelve-year-olds", "nineteen fifty-dollar notes" are counts.
            let counted = words[end..].starts_with('-') || century == 2000 && rest < 10;
            if counted || is_counted(after) && after.starts_with(|character: char| character.is_lowercase()) {
                return None;
            }
            whole(format!("{}", century + rest), TimexKind::Date, Stated)
        }
        Rule::Decade if get("w").is_some() => {
            let word = lower("w");
            // "in his sixties" is an age.
            let aged = ["his", "her", "their", "my", "our", "your"].iter().any(|owner| before.ends_with(owner));
            if aged {
                return None;
            }
            let tens = spelled_tens(&format!("{}y", word.strip_suffix("ies")?))?;
            whole(format!("19{}", tens / 10), TimexKind::Date, Stated)
        }
        Rule::Decade => {
            let decade = match (get("y"), get("y2")) {
                (Some(year), _) => year[..3].to_owned(),
                (None, Some(year)) => format!("19{}", &year[..1]),
                _ => return None,
            };
            whole(decade, TimexKind::Date, Stated)
        }
        Rule::Season => {
            let season = season_code(&lower("s"));
            whole(format!("{}-{season}", get("y")?), TimexKind::Date, Stated)
        }
        Rule::Quarter => {
            let told = match lower("q").as_str() {
                "first" => Some(1),
                "second" => Some(2),
                "third" => Some(3),
                "fourth" => Some(4),
                _ => None,
            };
            let stated = get("y").or_else(|| get("y2")).and_then(|year| year.parse::<i16>().ok());
            let now = context.published.map(|published| (published.year(), (published.month() - 1) / 3 + 1));
            // Accounts are of the last quarter that has ended.
            let ended = now.map(|(year, quarter)| if quarter == 1 { (year - 1, 4) } else { (year, quarter - 1) });
            let shift = match lower("of").as_str() {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            let (year, quarter) = match (told, stated, now) {
                (Some(quarter), Some(year), _) => (year, quarter),
                (Some(quarter), None, Some((year, running))) => {
                    let year = match () {
                        () if get("of").is_some() => year + shift,
                        () if get("ago").is_some() => ended.map_or(year, |(year, _)| year) - 1,
                        // A quarter that has not begun is the last year's when the year is young.
                        () if running == 1 && quarter > 2 => year - 1,
                        () => year,
                    };
                    (year, quarter)
                }
                (Some(quarter), None, None) => {
                    return Some((start, end, whole(format!("XXXX-Q{quarter}"), TimexKind::Date, Relative)));
                }
                (None, ..) => {
                    let (year, quarter) = match (get("ago").is_some(), lower("latest").trim()) {
                        (false, "current") => now?,
                        (_, "latest" | "most recent") => ended?,
                        _ => context.quarter.or(ended)?,
                    };
                    (year - i16::from(get("ago").is_some()), quarter)
                }
            };
            whole(format!("{year}-Q{quarter}"), TimexKind::Date, if stated.is_some() { Stated } else { Relative })
        }
        Rule::Repeated => {
            let value = match (get("adv"), get("unit"), get("unit2")) {
                (Some(adverb), _, _) => match adverb.to_lowercase().as_str() {
                    "daily" | "nightly" => "P1D".to_owned(),
                    "weekly" => "P1W".to_owned(),
                    "monthly" => "P1M".to_owned(),
                    "hourly" => "PT1H".to_owned(),
                    _ => "P1Y".to_owned(),
                },
                (_, Some(unit), _) => match weekday(unit) {
                    Some(day) if unit.to_lowercase().ends_with("day") && unit.len() > 4 => {
                        format!("XXXX-WXX-{}", day.to_monday_one_offset())
                    }
                    _ => length_value(get("n").map_or(Some(1.0), count), unit),
                },
                (_, _, Some(unit)) => length_value(Some(1.0), unit),
                _ => return None,
            };
            TimeExpression {
                value,
                timex: TimexKind::Set,
                span: Span::default(),
                start: None,
                end: None,
                precision: TimePrecision::Unknown,
                basis: Stated,
            }
        }
        Rule::Reference => {
            let value = match lower("r").as_str() {
                "now" | "currently" | "at present" | "at the moment" | "nowadays" | "at this time" | "presently"
                | "the present" => "PRESENT_REF",
                "the future" | "in the near future" | "the near future" => "FUTURE_REF",
                _ => "PAST_REF",
            };
            if lower("r").starts_with("in the ") {
                start += 3;
            }
            if lower("r") == "the past" && after.starts_with(|character: char| character.is_alphanumeric()) {
                return None;
            }
            whole(value.to_owned(), TimexKind::Date, Relative)
        }
        Rule::SameDay => {
            let words = lower("r");
            let shift: i32 = if words.contains("previous") || words.ends_with("before") {
                -1
            } else if words.contains("next") || words.contains("following") || words.ends_with("after") {
                1
            } else {
                0
            };
            let part = if words.ends_with("night") {
                "TNI"
            } else if words.ends_with("morning") {
                "TMO"
            } else if words.ends_with("evening") {
                "TEV"
            } else if words.ends_with("afternoon") {
                "TAF"
            } else {
                ""
            };
            let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
            match context.reference.or(context.published) {
                Some(reference) => {
                    whole(format!("{}{part}", reference.checked_add(shift.days()).ok()?), timex, Relative)
                }
                None => return None,
            }
        }
        Rule::PartOfDay => {
            let day = match get("dow").and_then(weekday) {
                Some(day) => resolve_weekday(context, day, ""),
                None => context.published,
            };
            let code = part_code(&lower("r"));
            match day {
                Some(day) => whole(format!("{day}{code}"), TimexKind::Time, Relative),
                None => whole(format!("XXXX-XX-XX{code}"), TimexKind::Time, Stated),
            }
        }
        Rule::DayOfMonth => {
            // "On the 17th, troops came", but "the 17th century", "the 17th brigade".
            let led = ["on", "until", "by", "since", "from", "before", "to", "of"].iter().any(|lead| {
                before.to_lowercase().strip_suffix(lead).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
            });
            let next: String = after.chars().take_while(|character| character.is_alphabetic()).collect();
            let ends = !after.starts_with(|character: char| character.is_alphanumeric() || character == '-')
                || matches!(
                    next.as_str(),
                    "at" | "in"
                        | "by"
                        | "and"
                        | "when"
                        | "after"
                        | "the"
                        | "a"
                        | "with"
                        | "near"
                        | "from"
                        | "to"
                        | "they"
                        | "he"
                        | "she"
                        | "it"
                        | "as"
                );
            let ends = ends || get("of").is_some();
            let day: i8 = get("d")?.parse().ok().filter(|day| led && ends && (1..=31).contains(day))?;
            let anchor = context.reference.filter(|_| get("of").is_some()).or(context.published)?;
            let this = Date::new(anchor.year(), anchor.month(), day).ok();
            let date =
                match this.filter(|date| get("of").is_some() || context.published.is_none_or(|today| *date <= today)) {
                    Some(date) => date,
                    None if context.tense == Tense::Future => this?,
                    None => {
                        let before = anchor.first_of_month().checked_sub(1.days()).ok()?;
                        Date::new(before.year(), before.month(), day).ok()?
                    }
                };
            whole(date.to_string(), TimexKind::Date, Relative)
        }
        Rule::Century => {
            let century: i16 = get("n")?.parse().ok()?;
            whole(format!("{:02}", century - 1), TimexKind::Date, Stated)
        }
    };
    Some((start, end, expression))
}

/// Whether the next word is a plural, as a count's noun is.
fn plural_follows(after: &str) -> bool {
    let next: String = after.chars().take_while(|character| character.is_alphabetic()).collect();
    next.ends_with('s') && !next.ends_with("ss")
        || matches!(next.as_str(), "people" | "men" | "women" | "children" | "troops")
}

/// Whether a year-like number counts something: a plural noun or a unit right behind it.
fn is_counted(after: &str) -> bool {
    let next: String = after.chars().take_while(|character| character.is_alphabetic()).collect();
    const LINKS: &[&str] = &[
        "and",
        "to",
        "in",
        "when",
        "after",
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
        "while",
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

fn season_code(season: &str) -> &'static str {
    match season {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        _ => "WI",
    }
}

fn clock(captures: &Captures<'_>, context: &Context, before: &str) -> Option<TimeExpression> {
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
    TimeExpression {
        value: value.to_owned(),
        timex: TimexKind::Date,
        span: Span::default(),
        start: None,
        end: None,
        precision: TimePrecision::Unknown,
        basis: TimeBasis::Relative,
    }
}

/// "A truce of 2013 collapsed two years later": years are counted from the year told just before.
fn years_from(expression: &mut TimeExpression, words: &str, year: i32) {
    let lower = words.to_lowercase();
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
