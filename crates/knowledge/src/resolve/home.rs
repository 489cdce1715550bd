//! Where the readers of a report are at home: local news names no country.

use super::rank::is_settlement;
use crate::countries::Country;
use crate::gazetteer::{Candidate, Exactness, Gazetteers};
use crate::key::name_key;
use crate::table::rows;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words by which a text shows where its readers are at home: local news names no country.
static HOME_SIGNS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/home_signs.csv")).map(|[phrase, country, _note]| (phrase, country)).collect()
});

/// The country of a text's readers, once for each sign of it; none where signs of several countries are as many.
pub(super) fn home_signs(text: &str) -> Vec<String> {
    const MOST: usize = 12;
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '“' | '”' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut note = |phrase: &str| {
        let sign = HOME_SIGNS
            .get_key_value(phrase)
            .or_else(|| HOME_SIGNS.get_key_value(phrase.trim_end_matches(['.', ':', '?'])));
        if let Some((&phrase, &country)) = sign.filter(|(phrase, _)| !found.iter().any(|(known, _)| known == *phrase)) {
            found.push((phrase, country));
        }
    };
    for (at, word) in words.iter().enumerate() {
        note(word);
        if word.starts_with('£') {
            note("£");
        }
        if let Some(next) = words.get(at + 1) {
            note(&format!("{word} {next}"));
        }
    }
    let count = |country: &str| found.iter().filter(|(_, other)| *other == country).count();
    let Some(home) = found.iter().map(|(_, country)| *country).max_by_key(|country| count(country)) else {
        return Vec::new();
    };
    let others = found.len() - count(home);
    // One sign may stand in any text.
    if count(home) < 2 + others { Vec::new() } else { vec![home.to_owned(); (2 * (count(home) - others)).min(MOST)] }
}

/// What the publisher's address and name say of where its readers are.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// Country of the top-level domain.
    pub country: Option<String>,
    /// Towns that the address or the name may hold ("columbuslocalnews.com"), with shares that add up to at most 1.
    pub towns: Vec<(Candidate, f64)>,
    /// From 1, less by each country that the report tells beside: news of the world is no news of home.
    pub trust: f64,
    /// Letters and digits of the address and of the name.
    keys: Vec<String>,
}

/// Words of newspapers' names that are no part of a place's name.
static PAPER_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../../../../data/paper_words.csv")).map(|[word]: [&str; 1]| word).collect());

/// Top-level domains of countries that anybody takes.
const OPEN_DOMAINS: &[&str] = &[
    "ai", "am", "bz", "cc", "cf", "co", "eu", "fm", "ga", "gg", "gq", "io", "la", "ly", "me", "ml", "mu", "nu", "sh",
    "st", "tk", "to", "tv", "vc", "ws",
];
/// Second-level names below those of countries.
const SECOND_LEVEL: &[&str] = &["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ne", "net", "or", "org"];

/// Host of an address, in lower case, without "www."; none for what is no address.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_host = host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    is_host.then(|| host.to_owned())
}

/// Country and own name of a host: "news.example.co.uk" is "example" in the United Kingdom.
fn read_host(host: &str) -> (Option<&'static str>, &str) {
    let mut labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let top = labels.pop().unwrap_or_default();
    let code = if top == "uk" { "GB".to_owned() } else { top.to_ascii_uppercase() };
    let is_country = top.len() == 2 && !OPEN_DOMAINS.contains(&top);
    let country = Country::all().iter().find(|country| is_country && country.iso2 == code).map(|country| country.iso3);
    if top.len() == 2 && labels.len() > 1 && labels.last().is_some_and(|label| SECOND_LEVEL.contains(label)) {
        labels.pop();
    }
    (country, labels.last().copied().unwrap_or_default())
}

/// What a paper's name may hold beside the words that papers call themselves by, the longest first: of "thecolumbusnews" "thecolumbus",
/// then "columbus". Several steps, since "kansascity" holds such a word and is a town.
fn stripped_names(name: &str) -> Vec<&str> {
    let strip = |name: &'_ str, is_tail: bool| -> Option<usize> {
        let fits = |word: &&&str| if is_tail { name.ends_with(**word) } else { name.starts_with(**word) };
        PAPER_WORDS.iter().filter(fits).map(|word| word.len()).max()
    };
    let mut found = Vec::new();
    let mut head = Some(name.trim_matches('-'));
    while let Some(from) = head {
        let mut tail = Some(from);
        while let Some(to) = tail {
            found.push(to);
            tail = strip(to, true).map(|length| to[..to.len() - length].trim_matches('-'));
        }
        head = strip(from, false).map(|length| from[length..].trim_matches('-'));
    }
    found.retain(|name| name.len() >= 4 && !PAPER_WORDS.contains(name));
    found
}

/// Towns and divisions of a name, with the share that each has by its prior.
fn towns_of(gazetteer: Gazetteers, name: &str) -> Vec<(Candidate, f64)> {
    let found: Vec<Candidate> = if name_key(name).len() < 4 {
        Vec::new()
    } else {
        let mut found = gazetteer.lookup(name);
        found.retain(|place| {
            place.exactness <= Exactness::Alternate && (is_settlement(place) || place.feature_code.starts_with("ADM"))
        });
        found
    };
    let key = name_key(name);
    let prior = |place: &Candidate| super::rank::prior(place, &key);
    let top = found.iter().map(prior).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = found.iter().map(|place| (prior(place) - top).exp()).sum();
    found
        .into_iter()
        .map(|place| {
            let share = (prior(&place) - top).exp() / total;
            (place, share)
        })
        .filter(|(_, share)| *share > 0.02)
        .collect()
}

impl Home {
    /// Reads the address and the name of a publisher.
    pub fn of(gazetteer: Gazetteers, address: Option<&str>, publisher: Option<&str>) -> Home {
        let mut home = Home { trust: 1.0, ..Home::default() };
        let publisher_host = publisher.and_then(host);
        let mut names: Vec<String> = Vec::new();
        if let Some(host) = address.and_then(host).or_else(|| publisher_host.clone()) {
            let (country, name) = read_host(&host);
            home.country = country.map(str::to_owned);
            names.push(name.to_owned());
        }
        if let Some(publisher) = publisher.filter(|_| publisher_host.is_none()) {
            names.push(publisher.split_whitespace().collect::<String>().to_lowercase());
        }
        let is_place = |name: &str| Country::by_name(name).is_some() || !towns_of(gazetteer, name).is_empty();
        for name in &names {
            let stripped = stripped_names(name);
            if let Some(kept) = stripped.iter().find(|kept| is_place(kept)) {
                home.towns = towns_of(gazetteer, kept);
            } else if let Some((one, other)) = stripped.iter().find_map(|kept| kept.split_once("and")) {
                home.towns = towns_of(gazetteer, one);
                home.towns.extend(towns_of(gazetteer, other));
            }
            if !home.towns.is_empty() {
                break;
            }
        }
        home.keys = names.iter().map(|name| name_key(name)).collect();
        home
    }

    /// Whether the address or the name holds a place's name.
    pub fn holds(&self, name: &str) -> bool {
        let key = name_key(name);
        key.len() >= 4 && self.keys.iter().any(|own| own.contains(&key))
    }

    /// Lowers the trust by the countries that the report tells.
    pub fn weigh(&mut self, told: &[String]) {
        let is_home = |country: &String| {
            self.country.as_ref() == Some(country)
                || self.country.is_none() && self.towns.iter().any(|(town, _)| town.country.as_ref() == Some(country))
        };
        let others: HashSet<&String> = told.iter().filter(|country| !is_home(country)).collect();
        self.trust = 1.0 / (1.0 + others.len() as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::{host, read_host, stripped_names};

    #[test]
    fn reads_addresses() {
        for (address, country, name) in [
            ("https://www.thegomatimes.cd/a/1", Some("COD"), "thegomatimes"),
            ("news.lancastercitizen.co.uk", Some("GBR"), "lancastercitizen"),
            ("http://example.tv:80", None, "example"),
        ] {
            let host = host(address).expect(address);
            assert_eq!(read_host(&host), (country, name), "{address}");
        }
        assert_eq!(host("The Goma Times"), None);
    }

    #[test]
    fn papers_are_named_after_towns() {
        for (name, kept) in [("thegomatimes", "goma"), ("columbuslocalnews", "columbus"), ("kansascity", "kansascity")]
        {
            assert!(stripped_names(name).contains(&kept), "{name}");
        }
        assert_eq!(stripped_names("daily-sentinel"), ["daily-sentinel"]);
    }
}
