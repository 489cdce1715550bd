//! Patterns of time expressions.

use regex::Regex;
use std::sync::LazyLock;

pub(super) const MON: &str = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)";

pub(super) const DOW: &str = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day";

pub(super) const PART: &str = r"(?:morning|afternoon|evening|night|noon|dawn|dusk)";

pub(super) const NUM: &str = r"(?:\d{1,3} 1/2|\d{1,3}(?:,\d{3})*(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirty|forty|fifty|sixty|several|a few|a couple of|many|some|half an?)";

pub(super) const UNIT: &str = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)|quarters?|weekends?)";

/// What a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
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
    DayPart,
}

impl Rule {
    /// Whether the tense decides between the last one and the next one.
    pub(super) fn looks_ahead(self) -> bool {
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

pub(super) static RULES: LazyLock<Vec<(Rule, Regex)>> = LazyLock::new(|| {
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
        (Rule::DayMonth, format!(r"\b(?P<lead>early |late )?(?:{DOW},? )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m>{MON})(?: (?:of )?(?P<of>last|next|this) year)?(?:\s+(?P<part>{PART}))?(?:\b|$)")),
        (Rule::DayMonth, format!(r"\b(?P<lead>early |late )?(?:{DOW},? )?(?P<m>{MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: (?:of )?(?P<of>last|next|this) year)?\b")),
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
        (Rule::PartOfDay, r"\b(?:(?P<n>a|one|two|three|five|ten|\d{1,2}) minutes? (?P<side>past|after|before|to) (?P<twelve>midnight|noon)|(?P<r>dawn|noon|midday|midnight|dusk|sunrise|sunset|nightfall|daybreak|the early hours))(?: (?:(?:on|of) )?(?P<dow>(?:mon|tues|wednes|thurs|fri|satur|sun)day))?\b".to_owned()),
        (Rule::DayPart, r"\b(?:in|during|through|throughout|for much of|late in|early in) (?P<r>the (?:morning|afternoon|evening|night))\b".to_owned()),
        (Rule::DayOfMonth, r"\bthe (?P<d>\d{1,2})(?:st|nd|rd|th)\b(?P<of> of (?:that|the|this|the same) month\b)?".to_owned()),
        (Rule::Century, r"\b(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)[- ]century\b".to_owned()),
    ]
    .into_iter()
    .map(|(rule, pattern)| (rule, Regex::new(&format!("(?i){pattern}")).expect("a constant pattern")))
    .collect()
});
