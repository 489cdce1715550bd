//! What a match of a rule means: its value, kind and extent.

use super::clock::clock;
use super::rules::Rule;
use super::value::{length_value, open, whole};
use super::words::*;
use super::*;
use TimeBasis::{Relative, Stated};

/// A match of a rule in its sentence.
struct Found<'a> {
    captures: &'a Captures<'a>,
    words: &'a str,
    context: &'a Context,
    /// The words before and behind the match.
    before: &'a str,
    after: &'a str,
    /// Bytes of the sentence that are the expression: some matches hold more.
    start: usize,
    end: usize,
}

/// Start and end in the sentence and the expression that a match stands for; none where its words mean something else.
pub(super) fn evaluate(
    rule: Rule,
    captures: &Captures<'_>,
    words: &str,
    context: &Context,
) -> Option<(usize, usize, TimeExpression)> {
    let all = captures.get(0)?;
    let (start, end) = (all.start(), all.end());
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
    let (before, after) = (words[..start].trim_end(), words[end..].trim_start());
    let mut found = Found { captures, words, context, before, after, start, end };
    let expression = found.expression(rule)?;
    Some((found.start, found.end, expression))
}

impl<'a> Found<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.captures.name(name).map(|found| found.as_str())
    }

    fn lower(&self, name: &str) -> String {
        self.get(name).map(str::to_lowercase).unwrap_or_default()
    }

    /// The whole match.
    fn all(&self) -> &'a str {
        self.captures.get(0).map_or("", |all| all.as_str())
    }

    fn expression(&mut self, rule: Rule) -> Option<TimeExpression> {
        match rule {
            Rule::IsoDate => self.iso_date(),
            Rule::FullDate => self.full_date(),
            Rule::Clock => clock(self.captures, self.context, self.before),
            Rule::DayMonth => self.day_month(),
            Rule::MonthYear => self.month_year(),
            Rule::Weekend => self.weekend(),
            Rule::Holiday => self.holiday(),
            Rule::Month => self.month(),
            Rule::Weekday => self.weekday(),
            Rule::NamedDay => self.named_day(),
            Rule::ThisLast => this_last(&self.lower("mod"), &self.lower("unit"), self.context),
            Rule::Ago => ago(self.captures, self.context),
            Rule::PastLength => self.past_length(),
            Rule::Length => self.length(),
            Rule::Year => self.year(),
            Rule::SpelledYear => self.spelled_year(),
            Rule::Decade if self.get("w").is_some() => self.spelled_decade(),
            Rule::Decade => self.decade(),
            Rule::Season => self.season(),
            Rule::Quarter => self.quarter(),
            Rule::Repeated => self.repeated(),
            Rule::Reference => self.reference(),
            Rule::SameDay => self.same_day(),
            Rule::PartOfDay => self.part_of_day(),
            Rule::DayOfMonth => self.day_of_month(),
            Rule::DayPart => self.day_part(),
            Rule::Century => self.century(),
        }
    }

    /// "2014-05-03".
    fn iso_date(&self) -> Option<TimeExpression> {
        let date = Date::new(self.get("y")?.parse().ok()?, self.get("mm")?.parse().ok()?, self.get("d")?.parse().ok()?)
            .ok()?;
        Some(whole(date.to_string(), TimexKind::Date, Stated))
    }

    /// "3 May 2014", "May 3, 2014".
    fn full_date(&self) -> Option<TimeExpression> {
        let year: i16 = self.get("y")?.parse().ok()?;
        let year = if year < 100 { if year >= 50 { 1900 + year } else { 2000 + year } } else { year };
        let date = Date::new(year, month_number(self.get("m")?)?, self.get("d")?.parse().ok()?).ok()?;
        Some(whole(date.to_string(), TimexKind::Date, Stated))
    }

    /// "3 May", "early on May 3".
    fn day_month(&self) -> Option<TimeExpression> {
        let month = month_number(self.get("m")?)?;
        // "may 5" is a modal verb before a number more often than a month in lower case.
        if self.get("m")?.starts_with("may")
            || self.get("m")?.starts_with("march")
                && self.get("d").is_some()
                && self.captures.name("d")?.start() > self.captures.name("m")?.start()
                && self.get("m")? == "march"
        {
            return None;
        }
        let day: i8 = self.get("d")?.parse().ok()?;
        let part = if self.lower("lead").trim() == "early" { "TMO" } else { self.get("part").map_or("", part_code) };
        let told = self.get("of").zip(self.context.published).map(|(of, published)| match of {
            "last" => published.year() - 1,
            "next" => published.year() + 1,
            _ => published.year(),
        });
        Some(match told.or_else(|| resolve_year(self.context, month, day)) {
            Some(year) => {
                let date = Date::new(year, month, day).ok()?;
                // What has lasted since a day began before the report.
                let ahead = told.is_none() && self.context.published.is_some_and(|published| date > published);
                let date =
                    if ahead && ends_with_since(self.before) { Date::new(year - 1, month, day).ok()? } else { date };
                let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
                whole(format!("{date}{part}"), timex, Relative)
            }
            None => whole(format!("XXXX-{month:02}-{day:02}"), TimexKind::Date, Stated),
        })
    }

    /// "May 2014".
    fn month_year(&self) -> Option<TimeExpression> {
        Some(whole(format!("{}-{:02}", self.get("y")?, month_number(self.get("m")?)?), TimexKind::Date, Stated))
    }

    /// "The weekend".
    fn weekend(&self) -> Option<TimeExpression> {
        // "Over the weekend" early in a week is the one before.
        let published = self.context.published?;
        let early = published.weekday().to_monday_zero_offset() <= 4;
        let back = if early && self.context.tense == Tense::Past { 7 } else { 0 };
        let week = published.checked_sub(back.days()).ok()?.iso_week_date();
        Some(whole(format!("{}-W{:02}-WE", week.year(), week.week()), TimexKind::Date, Relative))
    }

    /// "Last Christmas".
    fn holiday(&self) -> Option<TimeExpression> {
        let day = self.lower("day");
        let (month, number) = match day.as_str() {
            "christmas eve" => (12, 24),
            "boxing day" => (12, 26),
            "may day" => (5, 1),
            _ if day.ends_with("eve") => (12, 31),
            _ if day.starts_with("new") => (1, 1),
            _ if day.starts_with("thanks") => (11, 28),
            _ => (12, 25),
        };
        let published = self.context.published?;
        let mut year = resolve_year(self.context, month, number)?;
        let this = Date::new(year, month, number).ok()?;
        match self.lower("mod").as_str() {
            "last" if this > published => year -= 1,
            "next" if this < published => year += 1,
            _ => {}
        }
        let date = match day.starts_with("thanks") {
            // The fourth Thursday of November.
            true => Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok()?,
            false => Date::new(year, month, number).ok()?,
        };
        Some(whole(date.to_string(), TimexKind::Date, Relative))
    }

    /// "In May", "last May", "since early May".
    fn month(&mut self) -> Option<TimeExpression> {
        let name = self.get("m")?;
        // Lower-case "may", "march" are verbs; "dec" and "mar" without a capital are no months.
        if !name.starts_with(|character: char| character.is_uppercase()) {
            return None;
        }
        let month = month_number(name)?;
        // "Jan Novak", "April Reyes" are people.
        if name.len() < 6
            && !name.ends_with('.')
            && self.words[self.end..].starts_with(' ')
            && name != "June"
            && name != "July"
        {
            let mut letters = self.after.chars();
            let named =
                letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
            if named && !self.after.starts_with("The ") {
                return None;
            }
        }
        let lead = self.lower("lead");
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
            self.start = self.captures.name("mod").or_else(|| self.captures.name("m"))?.start();
        }
        if matches!(lead.as_str(), "and" | "to" | "for" | "of")
            && matches!(name, "May" | "March")
            && self.after.starts_with(|character: char| character.is_lowercase())
            && lead != "of"
        {
            return None;
        }
        let modifier = if keeps { lead.clone() } else { self.lower("mod").trim().to_owned() };
        Some(match self.context.published {
            Some(published) => {
                let year = match modifier.as_str() {
                    _ if self.get("of").is_some() => {
                        published.year()
                            + match self.lower("of").as_str() {
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
                    _ if self.context.tense == Tense::Future => {
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
        })
    }

    /// "On Friday", "late last Friday".
    fn weekday(&mut self) -> Option<TimeExpression> {
        let day = weekday(self.get("dow")?)?;
        if self.all().ends_with("'s") || self.all().ends_with("’s") {
            self.end = self.captures.name("dow")?.end();
        }
        if self.after.starts_with("-") && self.get("part").is_none() && !self.words[self.end..].starts_with(' ') {
            return None;
        }
        let part = match (self.lower("lead").as_str(), self.get("part")) {
            (_, Some(part)) => part_code(part),
            ("early", None) => "TMO",
            ("overnight", None) => "TNI",
            _ => "",
        };
        let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
        Some(match resolve_weekday(self.context, day, &self.lower("mod")) {
            Some(date) => whole(format!("{date}{part}"), timex, Relative),
            None => open(format!("XXXX-WXX-{}", day.to_monday_one_offset()), timex, TimePrecision::Day),
        })
    }

    /// "Yesterday", "early today".
    fn named_day(&self) -> Option<TimeExpression> {
        let day = self.lower("day");
        let shift: i32 = match day.as_str() {
            "yesterday" => -1,
            "tomorrow" => 1,
            "the day before yesterday" => -2,
            "the day after tomorrow" => 2,
            _ => 0,
        };
        let part = match (day.as_str(), self.get("part"), self.lower("lead").as_str()) {
            ("tonight" | "overnight", _, _) => "TNI",
            (_, Some(part), _) => part_code(part),
            (_, None, "early") => "TMO",
            _ => "",
        };
        let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
        Some(match self.context.published {
            Some(published) => whole(format!("{}{part}", published.checked_add(shift.days()).ok()?), timex, Relative),
            None => open("PRESENT_REF".to_owned(), timex, TimePrecision::Day),
        })
    }

    /// "The past three days", "recent weeks".
    fn past_length(&mut self) -> Option<TimeExpression> {
        let unit = self.get("unit")?;
        let number = self.get("n").and_then(count);
        let modifier = self.lower("mod");
        Some(if modifier == "recent" {
            self.start = self.captures.name("mod")?.start();
            match self.lower("unit").as_str() {
                unit @ ("weeks" | "months") => whole(length_value(None, unit), TimexKind::Duration, Relative),
                _ => whole("PAST_REF".to_owned(), TimexKind::Date, Relative),
            }
        } else {
            let single = self.get("n").is_none() && !unit.ends_with('s');
            if single {
                return None;
            }
            whole(length_value(number, unit), TimexKind::Duration, Stated)
        })
    }

    /// "Three days", "for weeks".
    fn length(&mut self) -> Option<TimeExpression> {
        let unit = self.get("unit")?;
        // "a second group" is an ordinal, "three-quarters of its food" a share.
        let other = self.get("n").is_some()
            && (matches!(self.lower("unit").as_str(), "second") && matches!(self.lower("n").as_str(), "a" | "an")
                || self.lower("unit").starts_with("quarter") && self.all().contains('-'));
        if other {
            return None;
        }
        let old = self.after.starts_with("old")
            || self.after.starts_with("-old")
            || self.words[self.end..].starts_with("-old")
            || self.words[self.end..].starts_with(" old")
            || self.before.ends_with("aged");
        if old || self.get("n").is_none() && self.before.ends_with(|character: char| character.is_ascii_digit()) {
            return None;
        }
        if let Some(ended) = self.all().find(" end") {
            self.end = self.start + ended;
            return Some(whole("P1Y".to_owned(), TimexKind::Duration, Stated));
        }
        // A bare plural tells a length only behind words that want one.
        if self.get("n").is_none() {
            let wanted = ["for", "of", "after", "in", "within", "took", "lasted", "during", "over"]
                .iter()
                .any(|lead| self.before.to_lowercase().ends_with(&format!(" {lead}")));
            if !wanted {
                return None;
            }
        }
        let article = matches!(self.lower("n").as_str(), "a" | "an");
        let rate = ["$", "percent", "times", "cents", "tons", "barrels", "miles", "kilometres"]
            .iter()
            .any(|unit| self.before.ends_with(unit))
            || self.before.ends_with(|character: char| character.is_ascii_digit());
        if article && rate {
            return None;
        }
        Some(whole(length_value(self.get("n").and_then(count), unit), TimexKind::Duration, Stated))
    }

    /// "In 2014"; numbers in front of what they count are none.
    fn year(&self) -> Option<TimeExpression> {
        let year: i16 = self.get("y")?.parse().ok()?;
        // "2,000 men", "1500 soldiers", "1000 GMT": a count, not a year.
        // "The 1998 bombing", "a 2014 ceasefire", "its 1992 protests": behind a determiner and without the roundness of a count.
        let named_by_year = (1900..2100).contains(&year)
            && (year % 10 != 0 || !plural_follows(self.after))
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
            .any(|lead| format!(" {}", self.before.to_lowercase()).ends_with(lead));
        // "announced in 2013 collapsed", "in 2019 it": behind "in" and "since" a number before a verb is a year.
        let dated = ["in", "since"]
            .iter()
            .any(|lead| format!(" {}", self.before.to_lowercase()).ends_with(&format!(" {lead}")))
            && !plural_follows(self.after)
            && self
                .after
                .split(|character: char| !character.is_alphabetic())
                .next()
                .is_some_and(|next| next.ends_with("ed"));
        let counted = !named_by_year
            && !dated
            && self.after.starts_with(|character: char| character.is_lowercase())
            && is_counted(self.after);
        let led = [
            "in", "since", "of", "until", "till", "by", "from", "to", "during", "after", "before", "and", "late",
            "early", "mid", "between", "year", "through", "for", "than", "both",
        ]
        .iter()
        .any(|lead| self.before.to_lowercase().ends_with(lead))
            || self.before.ends_with(',')
            || self.before.ends_with('(')
            || self.before.is_empty();
        let number_like = self.before.ends_with(['$', '€', '£', '-'])
            || self.words[self.end..].starts_with([',', '.', ':'])
                && self.words[self.end + 1..].starts_with(|character: char| character.is_ascii_digit())
            || self.words[self.end..].starts_with("-")
                && !self.words[self.end + 1..].starts_with(|character: char| character.is_ascii_digit());
        let future = self.context.published.is_some_and(|published| year > published.year() + 30)
            || self.context.published.is_none() && year > 2060;
        if counted
            || !led
                && !named_by_year
                && !self.after.starts_with(|character: char| !character.is_alphanumeric())
                && !self.before.ends_with("the")
            || number_like
            || future
            || year < 1800 && !led
        {
            return None;
        }
        Some(whole(format!("{year}"), TimexKind::Date, Stated))
    }

    /// "Nineteen ninety-two".
    fn spelled_year(&self) -> Option<TimeExpression> {
        let century: i32 = match self.lower("c").as_str() {
            "eighteen" => 1800,
            "nineteen" => 1900,
            _ => 2000,
        };
        let rest = self.lower("t");
        let tens = rest.split(['-', ' ']).next()?;
        let rest = spelled_tens(tens).or_else(|| count(tens).map(|tens| tens as i32))?
            + self.get("u").and_then(count).map_or(0, |unit| unit as i32);
        // "twenty twelve-year-olds", "nineteen fifty-dollar notes" are counts.
        let counted = self.words[self.end..].starts_with('-') || century == 2000 && rest < 10;
        if counted || is_counted(self.after) && self.after.starts_with(|character: char| character.is_lowercase()) {
            return None;
        }
        Some(whole(format!("{}", century + rest), TimexKind::Date, Stated))
    }

    /// "The sixties", "the early nineties".
    fn spelled_decade(&self) -> Option<TimeExpression> {
        let word = self.lower("w");
        // "in his sixties" is an age.
        let aged = ["his", "her", "their", "my", "our", "your"].iter().any(|owner| self.before.ends_with(owner));
        if aged {
            return None;
        }
        let tens = spelled_tens(&format!("{}y", word.strip_suffix("ies")?))?;
        Some(whole(format!("19{}", tens / 10), TimexKind::Date, Stated))
    }

    /// "The 1990s", "the nineties".
    fn decade(&self) -> Option<TimeExpression> {
        let decade = match (self.get("y"), self.get("y2")) {
            (Some(year), _) => year[..3].to_owned(),
            (None, Some(year)) => format!("19{}", &year[..1]),
            _ => return None,
        };
        Some(whole(decade, TimexKind::Date, Stated))
    }

    /// "Spring 2014".
    fn season(&self) -> Option<TimeExpression> {
        let season = season_code(&self.lower("s"));
        Some(whole(format!("{}-{season}", self.get("y")?), TimexKind::Date, Stated))
    }

    /// "The first quarter of 2014", "the year-ago period".
    fn quarter(&self) -> Option<TimeExpression> {
        let told = match self.lower("q").as_str() {
            "first" => Some(1),
            "second" => Some(2),
            "third" => Some(3),
            "fourth" => Some(4),
            _ => None,
        };
        let stated = self.get("y").or_else(|| self.get("y2")).and_then(|year| year.parse::<i16>().ok());
        let now = self.context.published.map(|published| (published.year(), (published.month() - 1) / 3 + 1));
        // Accounts are of the last quarter that has ended.
        let ended = now.map(|(year, quarter)| if quarter == 1 { (year - 1, 4) } else { (year, quarter - 1) });
        let shift = match self.lower("of").as_str() {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let (year, quarter) = match (told, stated, now) {
            (Some(quarter), Some(year), _) => (year, quarter),
            (Some(quarter), None, Some((year, running))) => {
                let year = match () {
                    () if self.get("of").is_some() => year + shift,
                    () if self.get("ago").is_some() => ended.map_or(year, |(year, _)| year) - 1,
                    // A quarter that has not begun is the last year's when the year is young.
                    () if running == 1 && quarter > 2 => year - 1,
                    () => year,
                };
                (year, quarter)
            }
            (Some(quarter), None, None) => {
                return Some(whole(format!("XXXX-Q{quarter}"), TimexKind::Date, Relative));
            }
            (None, ..) => {
                let (year, quarter) = match (self.get("ago").is_some(), self.lower("latest").trim()) {
                    (false, "current") => now?,
                    (_, "latest" | "most recent") => ended?,
                    _ => self.context.quarter.or(ended)?,
                };
                (year - i16::from(self.get("ago").is_some()), quarter)
            }
        };
        Some(whole(format!("{year}-Q{quarter}"), TimexKind::Date, if stated.is_some() { Stated } else { Relative }))
    }

    /// "Every Friday", "daily", "twice a week".
    fn repeated(&self) -> Option<TimeExpression> {
        let value = match (self.get("adv"), self.get("unit"), self.get("unit2")) {
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
                _ => length_value(self.get("n").map_or(Some(1.0), count), unit),
            },
            (_, _, Some(unit)) => length_value(Some(1.0), unit),
            _ => return None,
        };
        Some(TimeExpression {
            value,
            timex: TimexKind::Set,
            span: Span::default(),
            start: None,
            end: None,
            precision: TimePrecision::Unknown,
            basis: Stated,
        })
    }

    /// "Now", "recently", "in the near future".
    fn reference(&mut self) -> Option<TimeExpression> {
        let value = match self.lower("r").as_str() {
            "now" | "currently" | "at present" | "at the moment" | "nowadays" | "at this time" | "presently"
            | "the present" => "PRESENT_REF",
            "the future" | "in the near future" | "the near future" => "FUTURE_REF",
            _ => "PAST_REF",
        };
        if self.lower("r").starts_with("in the ") {
            self.start += 3;
        }
        if self.lower("r") == "the past" && self.after.starts_with(|character: char| character.is_alphanumeric()) {
            return None;
        }
        Some(whole(value.to_owned(), TimexKind::Date, Relative))
    }

    /// "The next day", "that night".
    fn same_day(&self) -> Option<TimeExpression> {
        let told = self.lower("r");
        let shift: i32 = if told.contains("previous") || told.ends_with("before") {
            -1
        } else if told.contains("next") || told.contains("following") || told.ends_with("after") {
            1
        } else {
            0
        };
        let part = if told.ends_with("night") {
            "TNI"
        } else if told.ends_with("morning") {
            "TMO"
        } else if told.ends_with("evening") {
            "TEV"
        } else if told.ends_with("afternoon") {
            "TAF"
        } else {
            ""
        };
        let timex = if part.is_empty() { TimexKind::Date } else { TimexKind::Time };
        Some(match self.context.reference.or(self.context.published) {
            Some(reference) => whole(format!("{}{part}", reference.checked_add(shift.days()).ok()?), timex, Relative),
            None => return None,
        })
    }

    /// "At dawn on Friday".
    fn part_of_day(&self) -> Option<TimeExpression> {
        let day = match self.get("dow").and_then(weekday) {
            Some(day) => resolve_weekday(self.context, day, ""),
            None => self.context.published,
        };
        // "One minute past midnight".
        let minutes = self.get("n").and_then(|n| match n.to_lowercase().as_str() {
            "a" | "one" => Some(1),
            "two" => Some(2),
            "three" => Some(3),
            "five" => Some(5),
            "ten" => Some(10),
            digits => digits.parse::<i32>().ok().filter(|minutes| *minutes < 60),
        });
        let code = match minutes {
            Some(minutes) => {
                let before = matches!(self.lower("side").as_str(), "before" | "to");
                let hour = match (self.lower("twelve") == "noon", before) {
                    (true, _) => 12 * 60,
                    (false, true) => 24 * 60,
                    (false, false) => 0,
                };
                let clock = if before { hour - minutes } else { hour + minutes };
                format!("T{:02}:{:02}", clock / 60, clock % 60)
            }
            None => part_code(&self.lower("r")).to_owned(),
        };
        Some(match day {
            Some(day) => whole(format!("{day}{code}"), TimexKind::Time, Relative),
            None => whole(format!("XXXX-XX-XX{code}"), TimexKind::Time, Stated),
        })
    }

    /// "In the afternoon", of the day that the report speaks of.
    fn day_part(&mut self) -> Option<TimeExpression> {
        let told = self.lower("r");
        self.start = self.captures.name("r")?.start();
        let code = part_code(told.strip_prefix("the ")?);
        self.context
            .reference
            .or(self.context.published)
            .map(|day| whole(format!("{day}{code}"), TimexKind::Time, Relative))
    }

    /// "On the 17th".
    fn day_of_month(&self) -> Option<TimeExpression> {
        // "On the 17th, troops came", but "the 17th century", "the 17th brigade".
        let led = ["on", "until", "by", "since", "from", "before", "to", "of"].iter().any(|lead| {
            self.before.to_lowercase().strip_suffix(lead).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        });
        let next: String = self.after.chars().take_while(|character| character.is_alphabetic()).collect();
        let ends = !self.after.starts_with(|character: char| character.is_alphanumeric() || character == '-')
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
        let ends = ends || self.get("of").is_some();
        let day: i8 = self.get("d")?.parse().ok().filter(|day| led && ends && (1..=31).contains(day))?;
        let anchor = self.context.reference.filter(|_| self.get("of").is_some()).or(self.context.published)?;
        let this = Date::new(anchor.year(), anchor.month(), day).ok();
        let date = match this
            .filter(|date| self.get("of").is_some() || self.context.published.is_none_or(|today| *date <= today))
        {
            Some(date) => date,
            None if self.context.tense == Tense::Future => this?,
            None => {
                let earlier = anchor.first_of_month().checked_sub(1.days()).ok()?;
                Date::new(earlier.year(), earlier.month(), day).ok()?
            }
        };
        Some(whole(date.to_string(), TimexKind::Date, Relative))
    }

    /// "The 19th century".
    fn century(&self) -> Option<TimeExpression> {
        let century: i16 = self.get("n")?.parse().ok()?;
        Some(whole(format!("{:02}", century - 1), TimexKind::Date, Stated))
    }
}
