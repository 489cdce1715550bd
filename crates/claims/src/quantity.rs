//! Figures with their modifiers, as intervals: "at least 12" is 12 and open, "dozens" 24 to 99.
//!
//! The conventions for vague words are those of docs/reference/figures.md. An end that the words leave open is none, never a guess.

use counterclaim_schema::Span;
use counterclaim_text::Word;

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// The figure with its modifiers.
    pub span: Span,
    /// Lower end; none when open.
    pub low: Option<u64>,
    /// Upper end; none when open.
    pub high: Option<u64>,
    /// Said to be about so much.
    pub approximate: bool,
    /// First word, as an index into the words given.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
}

fn unit(word: &str) -> Option<u64> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    })
}

fn tens(word: &str) -> Option<u64> {
    Some(match word {
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "dozen" => 12,
        "hundred" => 100,
        "thousand" => 1_000,
        "million" | "m" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => return None,
    })
}

/// Digits with separators, with an optional fraction in thousandths.
fn digits(word: &str) -> Option<(u64, u64)> {
    if !word.starts_with(|character: char| character.is_ascii_digit()) || word.contains(':') {
        return None;
    }
    let (whole, fraction) = match word.split_once('.') {
        Some((whole, fraction)) if fraction.len() == 3 && whole.len() <= 3 && !word.contains(',') && whole != "0" => {
            // "1.200" on continental pages is a thousand two hundred only when it cannot be a fraction; English pages mean a fraction.
            (whole, fraction)
        }
        Some(parts) => parts,
        None => (word, ""),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if !first.chars().all(|character| character.is_ascii_digit()) || first.len() > 12 {
        return None;
    }
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || !group.chars().all(|character| character.is_ascii_digit()) || joined.len() > 12 {
            return None;
        }
        joined.push_str(group);
    }
    if !fraction.chars().all(|character| character.is_ascii_digit()) || fraction.len() > 9 {
        return None;
    }
    let thousandths = format!("{fraction:0<3}")[..3].parse().ok()?;
    Some((joined.parse().ok()?, thousandths))
}

/// A plain number at a word: value and how many words it takes.
fn number(forms: &[String], at: usize) -> Option<(u64, usize)> {
    let word = forms.get(at)?.as_str();
    let (mut value, mut thousandths, mut taken);
    if let Some((whole, fraction)) = digits(word) {
        (value, thousandths, taken) = (whole, fraction, 1);
    } else if let Some(small) = unit(word) {
        (value, thousandths, taken) = (small, 0, 1);
    } else if let Some(decade) = tens(word) {
        (value, thousandths, taken) = (decade, 0, 1);
        // "twenty-three", "twenty three"
        let hyphen = usize::from(forms.get(at + 1).is_some_and(|form| form == "-"));
        if let Some(small) =
            forms.get(at + 1 + hyphen).and_then(|form| unit(form)).filter(|&small| (1..10).contains(&small))
        {
            value += small;
            taken += 1 + hyphen;
        }
    } else if matches!(word, "a" | "an") && forms.get(at + 1).is_some_and(|form| scale(form).is_some()) {
        (value, thousandths, taken) = (1, 0, 1);
    } else {
        return None;
    }
    // "one hundred and twenty", "1.5 million", "two dozen"
    while let Some(factor) = forms.get(at + taken).and_then(|form| scale(form)) {
        value = value.checked_mul(factor)?.checked_add(thousandths.checked_mul(factor)? / 1000)?;
        thousandths = 0;
        taken += 1;
        let and = usize::from(forms.get(at + taken).is_some_and(|form| form == "and"));
        let rest = forms.get(at + taken + and).filter(|form| unit(form).is_some() || tens(form).is_some());
        if factor >= 100 && rest.is_some() && digits(word).is_none() {
            if let Some((small, more)) = number(forms, at + taken + and).filter(|(small, _)| *small < factor) {
                value += small;
                taken += and + more;
                break;
            }
        }
    }
    Some((value, taken))
}

/// Vague words: interval and how many words.
fn vague(forms: &[String], at: usize) -> Option<(Option<u64>, Option<u64>, usize)> {
    let word = |offset: usize| forms.get(at + offset).map_or("", String::as_str);
    Some(match (word(0), word(1), word(2)) {
        ("tens", "of", "thousands") => (Some(20_000), Some(99_999), 3),
        ("hundreds", "of", "thousands") => (Some(200_000), Some(999_999), 3),
        ("dozens", _, _) => (Some(24), Some(99), 1),
        ("scores", _, _) => (Some(40), None, 1),
        ("hundreds", _, _) => (Some(200), Some(999), 1),
        ("thousands", _, _) => (Some(2_000), Some(9_999), 1),
        ("millions", _, _) => (Some(2_000_000), None, 1),
        ("a", "single", _) => (Some(1), Some(1), 2),
        ("half", "a", "dozen") => (Some(6), Some(6), 3),
        ("tens", "of", "people") => (Some(20), Some(99), 1),
        ("not", "a", "single") => (Some(0), Some(0), 3),
        ("not", "one", _) => (Some(0), Some(0), 2),
        (
            "without",
            "any" | "causing" | "inflicting" | "claiming",
            "casualties" | "deaths" | "injuries" | "fatalities" | "losses" | "casualty" | "injury",
        ) => (Some(0), Some(0), 2),
        ("without", "casualties" | "deaths" | "injuries" | "fatalities" | "losses", _) => (Some(0), Some(0), 1),
        ("several", "dozen", _) => (Some(36), Some(99), 2),
        ("several", "hundred", _) => (Some(300), Some(999), 2),
        ("several", "thousand", _) => (Some(3_000), Some(9_999), 2),
        ("several", "dozens", _) => (Some(36), Some(99), 2),
        ("several", _, _) => (Some(3), Some(9), 1),
        ("a", "handful", _) => (Some(3), Some(9), 2),
        ("a", "few", "dozen") => (Some(24), Some(99), 3),
        ("a", "few", "hundred") => (Some(200), Some(999), 3),
        ("a", "few", "thousand") => (Some(2_000), Some(9_999), 3),
        ("a", "few", _) => (Some(3), Some(9), 2),
        ("a", "couple", _) => (Some(2), Some(2), 2),
        ("a", "pair", "of") => (Some(2), Some(2), 2),
        ("both", _, _) => (Some(2), Some(2), 1),
        ("many", _, _) => (Some(3), None, 1),
        ("nobody", _, _) | ("none", _, _) => (Some(0), Some(0), 1),
        ("no", "one", _) => (Some(0), Some(0), 2),
        ("no", _, _) => (Some(0), Some(0), 1),
        _ => return None,
    })
}

/// What stands before a number and changes it.
#[derive(Clone, Copy)]
enum Modifier {
    AtLeast,
    MoreThan,
    UpTo,
    LessThan,
    About,
    Nearly,
}

/// Verbs that "over" goes with.
const HANDING: &[&str] = &[
    "hand", "hands", "handed", "handing", "turn", "turns", "turned", "turning", "take", "took", "taken", "taking",
    "bring", "brought", "give", "gave", "given", "giving", "run", "ran", "drove", "presided", "wept", "prayed",
    "mourned", "fought", "fired", "signed",
];

/// The modifier that ends right before a word, and how many words it takes.
fn modifier(forms: &[String], at: usize) -> Option<(Modifier, usize)> {
    let back = |offset: usize| at.checked_sub(offset).and_then(|index| forms.get(index)).map_or("", String::as_str);
    Some(match (back(3), back(2), back(1)) {
        (_, "at", "least") => (Modifier::AtLeast, 2),
        (_, "upwards" | "upward", "of") => (Modifier::AtLeast, 2),
        ("a", "minimum", "of") => (Modifier::AtLeast, 3),
        ("a", "maximum", "of") => (Modifier::UpTo, 3),
        ("in", "excess", "of") => (Modifier::MoreThan, 3),
        (_, "north", "of") => (Modifier::MoreThan, 2),
        (_, "close" | "closer" | "near", "to") => (Modifier::Nearly, 2),
        (_, _, "barely" | "hardly" | "scarcely") => (Modifier::UpTo, 1),
        // "handed over nine bodies", "owned up to twelve arrests": the word belongs to the verb.
        (_, verb, "over") if HANDING.contains(&verb) => return None,
        (verb, "up", "to") if verb.starts_with("own") || verb.starts_with("add") || verb.starts_with("fess") => {
            return None;
        }
        ("no" | "not", "fewer" | "less", "than") => (Modifier::AtLeast, 3),
        ("no" | "not", "more", "than") => (Modifier::UpTo, 3),
        (_, "more" | "greater", "than") => (Modifier::MoreThan, 2),
        (_, "higher", "than") => (Modifier::MoreThan, 2),
        (_, _, "over" | "above" | "exceeding") => (Modifier::MoreThan, 1),
        (_, "as", "many") => return None,
        ("as", "many", "as") => (Modifier::UpTo, 3),
        (_, "up", "to") => (Modifier::UpTo, 2),
        (_, "at", "most") => (Modifier::UpTo, 2),
        (_, "fewer" | "less", "than") => (Modifier::LessThan, 2),
        (_, _, "under" | "below") => (Modifier::LessThan, 1),
        (_, _, "about" | "around" | "some" | "approximately" | "roughly" | "circa" | "estimated" | "exactly") => {
            (Modifier::About, 1)
        }
        (_, _, "nearly" | "almost") => (Modifier::Nearly, 1),
        _ => return None,
    })
}

/// Every figure of a run of words, in order and not overlapping. A bare article is none; see [`crate::harm`] for "a soldier".
pub fn quantities(text: &str, words: &[Word]) -> Vec<Quantity> {
    let forms: Vec<String> = words.iter().map(|word| word.span.of(text).to_lowercase()).collect();
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < forms.len() {
        let joined = at > 0
            && words[at - 1].span.end == words[at].span.start
            && forms[at - 1] == "-"
            && at > 1
            && words[at - 2].span.end == words[at - 1].span.start;
        let Some((low, high, taken, exact)) = interval(&forms, at).filter(|_| !joined) else {
            at += 1;
            continue;
        };
        let mut first = at;
        let mut end = at + taken;
        let (mut low, mut high) = (low, high);
        let mut approximate = false;
        if let (Some((modifier, before)), true) = (modifier(&forms, at), exact || low > Some(0)) {
            let free = found.last().is_none_or(|last| last.end <= at - before);
            if free {
                first = at - before;
                (low, high, approximate) = modified(modifier, low, high);
            }
        }
        let odd = |offset: usize| forms.get(end + offset).is_some_and(|form| form == "odd");
        if exact && (odd(0) || odd(1) && forms[end] == "-") {
            // "forty-odd"
            high = high.map(|high| high + 9);
            end += if odd(0) { 1 } else { 2 };
        }
        if exact {
            // "12 or more", "three more", "20 others"
            let tail = |offset: usize| forms.get(end + offset).map_or("", String::as_str);
            if tail(0) == "or" && matches!(tail(1), "more") {
                high = None;
                end += 2;
            } else if tail(0) == "more" && tail(1) != "than" {
                end += 1;
            }
        }
        found.push(Quantity { span: words[first].span.to(words[end - 1].span), low, high, approximate, first, end });
        at = end;
    }
    found
}

/// Interval at a word: ranges, numbers, vague words. The last part tells a plain number.
fn interval(forms: &[String], at: usize) -> Option<(Option<u64>, Option<u64>, usize, bool)> {
    if forms[at] == "between" {
        let (low, taken) = number(forms, at + 1)?;
        if forms.get(at + 1 + taken).is_some_and(|form| form == "and") {
            let (high, more) = number(forms, at + 2 + taken)?;
            if low < high {
                return Some((Some(low), Some(high), 2 + taken + more, false));
            }
        }
        return None;
    }
    if let Some((value, taken)) = number(forms, at) {
        let link = forms.get(at + taken).map_or("", String::as_str);
        if matches!(link, "to" | "-" | "–" | "or") {
            if let Some((other, more)) = number(forms, at + taken + 1) {
                let plain = |word: &str| digits(word).is_some() || unit(word).is_some() || tens(word).is_some();
                if value < other && plain(&forms[at]) && (link != "-" && link != "–" || digits(&forms[at]).is_some())
                {
                    return Some((Some(value), Some(other), taken + 1 + more, false));
                }
            }
        }
        return Some((Some(value), Some(value), taken, true));
    }
    // "no fewer than 20": the first word belongs to the modifier.
    let opens = forms[at] == "many" && forms.get(at + 1).is_some_and(|form| form == "as")
        || forms[at] == "no"
            && forms.get(at + 1).is_some_and(|form| matches!(form.as_str(), "fewer" | "less" | "more"))
            && forms.get(at + 2).is_some_and(|form| form == "than");
    let asks = forms[at] == "many" && at > 0 && matches!(forms[at - 1].as_str(), "how" | "as" | "so" | "that" | "too");
    if opens || asks {
        return None;
    }
    vague(forms, at).map(|(low, high, taken)| (low, high, taken, false))
}

fn modified(modifier: Modifier, low: Option<u64>, high: Option<u64>) -> (Option<u64>, Option<u64>, bool) {
    match modifier {
        Modifier::AtLeast => (low, None, false),
        Modifier::MoreThan => (low.map(|low| low.saturating_add(1)), None, false),
        Modifier::UpTo => (None, high, false),
        Modifier::LessThan => (None, high.map(|high| high.saturating_sub(1)), false),
        Modifier::About => (low, high, true),
        Modifier::Nearly => (low, high, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_text::words;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[(&str, Option<u64>, Option<u64>)]) {
        let all = words(text, Span::new(0, text.len()));
        let found: Vec<(&str, Option<u64>, Option<u64>)> = quantities(text, &all)
            .iter()
            .map(|quantity| (quantity.span.of(text), quantity.low, quantity.high))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers() {
        check("42 people", &[("42", Some(42), Some(42))]);
        check("1,200 men", &[("1,200", Some(1200), Some(1200))]);
        check("1.5 million people", &[("1.5 million", Some(1_500_000), Some(1_500_000))]);
        check("two dozen men", &[("two dozen", Some(24), Some(24))]);
        check("twenty-three men", &[("twenty-three", Some(23), Some(23))]);
        check("one hundred and twenty men", &[("one hundred and twenty", Some(120), Some(120))]);
        check("a hundred men", &[("a hundred", Some(100), Some(100))]);
        check("FORTY TWO MEN", &[("FORTY TWO", Some(42), Some(42))]);
        check("three more were", &[("three more", Some(3), Some(3))]);
    }

    #[test]
    fn modifiers() {
        check("at least 12 died", &[("at least 12", Some(12), None)]);
        check("more than 200 dead", &[("more than 200", Some(201), None)]);
        check("over 50", &[("over 50", Some(51), None)]);
        check("up to 50", &[("up to 50", None, Some(50))]);
        check("fewer than 20", &[("fewer than 20", None, Some(19))]);
        check("no fewer than 20", &[("no fewer than 20", Some(20), None)]);
        check("as many as 30", &[("as many as 30", None, Some(30))]);
        check("no more than 30", &[("no more than 30", None, Some(30))]);
        check("around 30", &[("around 30", Some(30), Some(30))]);
        check("12 or more", &[("12 or more", Some(12), None)]);
        check("more than a dozen", &[("more than a dozen", Some(13), None)]);
        check("at least two dozen", &[("at least two dozen", Some(24), None)]);
    }

    #[test]
    fn ranges_and_vague_words() {
        check("between 40 and 60 others", &[("between 40 and 60", Some(40), Some(60))]);
        check("40 to 60", &[("40 to 60", Some(40), Some(60))]);
        check("40-60", &[("40-60", Some(40), Some(60))]);
        check("dozens of people", &[("dozens", Some(24), Some(99))]);
        check("several dead", &[("several", Some(3), Some(9))]);
        check("tens of thousands fled", &[("tens of thousands", Some(20_000), Some(99_999))]);
        check("scores", &[("scores", Some(40), None)]);
        check("no one", &[("no one", Some(0), Some(0))]);
        check("a few hundred", &[("a few hundred", Some(200), Some(999))]);
        check("dozens injured and several dead", &[("dozens", Some(24), Some(99)), ("several", Some(3), Some(9))]);
    }

    proptest! {
        #[test]
        fn modifiers_move_one_end(number in 1u64..1_000_000, more in 1u64..1_000_000) {
            let interval = |text: String| {
                let all = words(&text, Span::new(0, text.len()));
                let found = quantities(&text, &all);
                found.first().map(|quantity| (quantity.low, quantity.high))
            };
            let other = number + more;
            prop_assert_eq!(interval(format!("{number} people")), Some((Some(number), Some(number))));
            prop_assert_eq!(interval(format!("at least {number} people")), Some((Some(number), None)));
            prop_assert_eq!(interval(format!("more than {number} people")), Some((Some(number + 1), None)));
            prop_assert_eq!(interval(format!("up to {number} people")), Some((None, Some(number))));
            prop_assert_eq!(interval(format!("fewer than {number} people")), Some((None, Some(number - 1))));
            prop_assert_eq!(interval(format!("between {number} and {other} people")), Some((Some(number), Some(other))));
        }

        #[test]
        fn ends_are_ordered(text in "((at least|up to|between|and|to|no|12|3,000|1.5|dozens|million|hundred|five|twenty|-|more|than) ){0,12}") {
            let all = words(&text, Span::new(0, text.len()));
            let mut last = 0;
            for quantity in quantities(&text, &all) {
                prop_assert!(quantity.first >= last && quantity.end <= all.len());
                last = quantity.end;
                if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
                    prop_assert!(low <= high);
                }
            }
        }
    }
}
