//! Words shared by pages and reports.

/// `3`, `3 to 9`, `3 or more`, `up to 9`, `some`.
pub fn range(low: Option<i64>, high: Option<i64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "some".to_owned(),
    }
}

/// A range of which a claimant leaves the upper end open.
pub fn open_range(low: Option<i64>, high: Option<i64>, open: bool) -> String {
    match (low, high) {
        (_, None) => range(low, high),
        _ if open => format!("{} or more", range(low, high)),
        _ => range(low, high),
    }
}

/// A word of ours with a capital.
pub fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// Whom a group of figures counts: `people`, `civilians`, `forces of THA`.
pub fn victims(side: &str) -> String {
    match side.split_once(' ') {
        Some(("forces", country)) => format!("forces of {country}"),
        _ => side.to_owned(),
    }
}

/// What a stance does, in the third person.
pub fn stance(stance: &str) -> &'static str {
    match stance {
        "deny" => "denies",
        "accuse" => "accuses",
        "confirm" => "confirms",
        "order" => "orders",
        "pledge" => "pledges",
        "appeal" => "appeals",
        "threaten" => "threatens",
        "decline" => "declines",
        _ => "says",
    }
}

/// What a grade of corroboration means.
pub fn grade(grade: &str) -> &'static str {
    match grade {
        "alone" => "one claimant, or only the reporters of one text",
        "one_side" => "claimants of one side only, or several outlets in their own voice",
        "several" => "claimants of two sides or kinds, who agree on no figure and confirm nothing",
        "agreed" => "claimants of two sides or kinds, two of whom give figures that fit or one of whom confirms",
        _ => "not graded",
    }
}

/// Date of an instant or date, or `no date`.
pub fn date(published: Option<&str>) -> &str {
    published.and_then(|published| published.get(..10)).unwrap_or("no date")
}

/// Days: `2023-02-07`, `2023-02-07 to 2023-02-08`, `no date`.
pub fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(day), None) | (None, Some(day)) => day.to_owned(),
        (None, None) => "no date".to_owned(),
    }
}

/// `Tame, COL (near)`, `COL`, `place not told`.
pub fn place(place: Option<&str>, country: Option<&str>, precision: Option<&str>) -> String {
    match (place, country) {
        (Some(place), Some(country)) => format!("{place}, {country} ({})", precision.unwrap_or("unknown")),
        (Some(place), None) => format!("{place} ({})", precision.unwrap_or("unknown")),
        (None, Some(country)) => country.to_owned(),
        (None, None) => "place not told".to_owned(),
    }
}

/// An address that may be a link: http or https, nothing else.
pub fn link(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_keep_open_ends() {
        for (low, high, open, expected) in [
            (Some(3), Some(3), false, "3"),
            (Some(3), Some(9), false, "3 to 9"),
            (Some(3), Some(9), true, "3 to 9 or more"),
            (Some(3), None, true, "3 or more"),
            (None, Some(9), false, "up to 9"),
            (None, None, false, "some"),
        ] {
            assert_eq!(open_range(low, high, open), expected);
        }
    }

    #[test]
    fn only_pages_are_linked() {
        for (url, linked) in [
            ("https://a.example/1", true),
            ("http://a.example/1", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            (" https://a.example", false),
            ("//a.example", false),
        ] {
            assert_eq!(link(Some(url)).is_some(), linked, "{url}");
        }
    }
}
