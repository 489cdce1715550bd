//! Countries by name, adjective, people and capital (`data/countries.csv`).

use crate::key::{is_at_distance_one, name_key};
use crate::table::{rows, values};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A country or territory with an ISO 3166-1 code, and Kosovo under its user-assigned one.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub iso2: &'static str,
    /// ISO 3166-1 alpha-3; `XKX` for Kosovo.
    pub iso3: &'static str,
    /// GeoNames id.
    pub geonames_id: u32,
    /// Name in English.
    pub name: &'static str,
    /// Adjectives, also used for the people: "Kyrgyz".
    pub adjectives: Vec<&'static str>,
    /// Seats of government, which stand for it: "Bishkek said".
    pub capitals: Vec<&'static str>,
    /// ISO 3166-1 alpha-2 of countries with a common land border.
    pub neighbors: Vec<&'static str>,
}

/// The country of a part of a state, or of a sea, that bears another country's name inside of its own: "Northern Ireland", "New Mexico", "Niger State".
/// An empty answer is a sea or a river between many; none is no such name.
pub fn country_of_part(name: &str) -> Option<Vec<&'static str>> {
    static PARTS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        rows(include_str!("../../../data/state_parts.csv")).map(|[name, country]| (name_key(name), country)).collect()
    });
    if !name.contains(' ') {
        return None;
    }
    let country = PARTS.get(&name_key(without_article(name.trim())))?;
    Some(if country.is_empty() { Vec::new() } else { vec![country] })
}

struct Index {
    countries: Vec<Country>,
    names: HashMap<String, usize>,
    adjectives: HashMap<String, usize>,
    capitals: HashMap<String, usize>,
    iso3: HashMap<&'static str, usize>,
    /// Long names by themselves and by what is left of them without one letter: two names at distance one share such a rest.
    rests: HashMap<String, Vec<(String, usize)>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index {
        countries: Vec::new(),
        names: HashMap::new(),
        adjectives: HashMap::new(),
        capitals: HashMap::new(),
        iso3: HashMap::new(),
        rests: HashMap::new(),
    };
    for [iso2, iso3, id, name, aliases, adjectives, people, capitals, neighbors] in
        rows(include_str!("../../../data/countries.csv"))
    {
        let at = index.countries.len();
        for name in std::iter::once(name).chain(values(aliases)) {
            index.names.entry(name_key(name)).or_insert(at);
        }
        for word in values(adjectives).chain(values(people)) {
            let key = name_key(word);
            // "Afghans", "the Swiss": the plural is the people too.
            if !key.ends_with('s') && !key.ends_with("ese") {
                index.adjectives.entry(format!("{key}s")).or_insert(at);
            }
            index.adjectives.entry(key).or_insert(at);
        }
        for capital in values(capitals) {
            index.capitals.entry(name_key(capital)).or_insert(at);
        }
        index.iso3.insert(iso3, at);
        index.countries.push(Country {
            iso2,
            iso3,
            geonames_id: id.parse().unwrap_or(0),
            name,
            adjectives: values(adjectives).collect(),
            capitals: values(capitals).collect(),
            neighbors: values(neighbors).collect(),
        });
    }
    for (key, &at) in index.names.iter().filter(|(key, _)| key.len() >= 5 && key.is_ascii()) {
        for rest in rests(key) {
            index.rests.entry(rest).or_default().push((key.clone(), at));
        }
    }
    index
});

/// A key and all that is left of it without one letter.
fn rests(key: &str) -> impl Iterator<Item = String> + '_ {
    let without = (0..key.len()).map(move |at| format!("{}{}", &key[..at], &key[at + 1..]));
    std::iter::once(key.to_owned()).chain(without)
}

/// "The Gambia" and "Gambia" are one.
fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// Names and words that are one letter from the short name of a country and none of its misspellings.
const SHORT_WORDS: &[&str] =
    &["frances", "georgi", "georgie", "romani", "romana", "algeri", "tunisi", "jordana", "polanda", "chadd", "malian"];

/// In short names only a letter too many, one missing or two exchanged is a slip ("Quatar", "Ethopia"): with another letter they are mostly
/// other names.
fn is_slip(key: &str, name: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<u8> = word.bytes().collect();
        letters.sort_unstable();
        letters
    };
    key.as_bytes().first() == name.as_bytes().first() && (key.len() != name.len() || sorted(key) == sorted(name))
}

/// Abbreviations are names only in capitals: "US", not "us".
fn is_written_as_name(name: &str) -> bool {
    name.chars().any(char::is_uppercase)
        && (name.chars().filter(|c| c.is_alphabetic()).count() > 3 || !name.chars().any(char::is_lowercase))
}

impl Country {
    /// Every country, in order of the alpha-2 code.
    pub fn all() -> &'static [Country] {
        &INDEX.countries
    }

    /// A country by its name or a usual other spelling. A name of eight letters or more may have one wrong, missing, additional or
    /// exchanged letter ("Tajikstan"), a shorter one a missing, additional or exchanged one ("Ethopia").
    pub fn by_name(name: &str) -> Option<&'static Country> {
        let name = without_article(name.trim());
        let key = name_key(name);
        if key.is_empty() {
            return None;
        }
        let found = INDEX.names.get(&key).copied();
        if let Some(at) = found {
            // Short names are kept from ordinary words by their capitals: "Chad", "US", not "us", "Us".
            let fits = key.len() > 3 || is_written_as_name(name);
            return fits.then(|| &INDEX.countries[at]);
        }
        if key.len() < 6
            || SHORT_WORDS.contains(&key.as_str())
            || !name.starts_with(char::is_uppercase)
            || INDEX.adjectives.contains_key(&key)
        {
            return None;
        }
        if key.len() > 40 || !key.is_ascii() {
            return None;
        }
        // "Syrias Idlib": a genitive without its apostrophe.
        if key.strip_suffix('s').is_some_and(|stem| INDEX.names.contains_key(stem)) {
            return None;
        }
        let rests: Vec<String> = rests(&key).collect();
        let mut near = rests
            .iter()
            .filter_map(|rest| INDEX.rests.get(rest))
            .flatten()
            .filter(|(name, _)| {
                is_at_distance_one(&key, name) && (key.len().min(name.len()) >= 8 || is_slip(&key, name))
            })
            .map(|(_, at)| *at);
        let first = near.next()?;
        // Columbia is no misspelling of Colombia: a name that some place bears is that place's.
        (near.all(|other| other == first) && !crate::gazetteer::places().holds_key(&key))
            .then(|| &INDEX.countries[first])
    }

    /// A country by its adjective or the name of its people: "Tajik", "South Sudanese", "Afghans", "U.S.".
    pub fn by_adjective(word: &str) -> Option<&'static Country> {
        let word = word.trim();
        let key = name_key(word);
        let at = *INDEX.adjectives.get(&key)?;
        (word.starts_with(char::is_uppercase) && (key.len() > 3 || is_written_as_name(word) || key == "lao"))
            .then(|| &INDEX.countries[at])
    }

    /// A country by its seat of government.
    pub fn by_capital(name: &str) -> Option<&'static Country> {
        INDEX.capitals.get(&name_key(name)).map(|&at| &INDEX.countries[at])
    }

    /// A country by its ISO 3166-1 alpha-3 code.
    pub fn by_iso3(code: &str) -> Option<&'static Country> {
        INDEX.iso3.get(code).map(|&at| &INDEX.countries[at])
    }
}

#[cfg(test)]
mod tests {
    use super::Country;

    fn iso3(country: Option<&'static Country>) -> &'static str {
        country.map_or("", |country| country.iso3)
    }

    #[test]
    fn names_and_misspellings() {
        for (name, code) in [
            ("Kyrgyzstan", "KGZ"),
            ("Tajikstan", "TJK"),
            ("Krygyzstan", "KGZ"),
            ("Ethopia", "ETH"),
            ("Quatar", "QAT"),
            ("Frances", ""),
            ("Georgi", ""),
            ("Turley", ""),
            ("Azerbaijen", "AZE"),
            ("the Democratic Republic of the Congo", "COD"),
            ("DR Congo", "COD"),
            ("Congo-Brazzaville", "COG"),
            ("US", "USA"),
            ("U.S.", "USA"),
            ("us", ""),
            ("Us", ""),
            ("UK", "GBR"),
            ("Türkiye", "TUR"),
            ("Turkiye", "TUR"),
            ("Côte d’Ivoire", "CIV"),
            ("Ivory Coast", "CIV"),
            ("Chad", "TCD"),
            ("Niger", "NER"),
            ("Nigeria", "NGA"),
            ("Guinea", "GIN"),
            ("Guinea-Bissau", "GNB"),
            ("Equatorial Guinea", "GNQ"),
            ("Burma", "MMR"),
            ("Kosovo", "XKX"),
            ("Taiwan", "TWN"),
            ("Palestine", "PSE"),
            ("Swaziland", "SWZ"),
            ("Dominica", "DMA"),
            ("Mali", "MLI"),
            ("Malik", ""),
            ("Columbia", ""),
            ("Georgian", ""),
            ("Atlantis", ""),
            ("", ""),
        ] {
            assert_eq!(iso3(Country::by_name(name)), code, "{name}");
        }
    }

    #[test]
    fn adjectives_and_peoples() {
        for (word, code) in [
            ("Kyrgyz", "KGZ"),
            ("Tajik", "TJK"),
            ("Uzbek", "UZB"),
            ("Congolese", "COD"),
            ("Israeli", "ISR"),
            ("Israelis", "ISR"),
            ("Afghans", "AFG"),
            ("Azeri", "AZE"),
            ("Burkinabè", "BFA"),
            ("Palestinians", "PSE"),
            ("South Sudanese", "SSD"),
            ("Sudanese", "SDN"),
            ("Nigerien", "NER"),
            ("Nigerian", "NGA"),
            ("British", "GBR"),
            ("Turks", "TUR"),
            ("Danes", "DNK"),
            ("U.S.", "USA"),
            ("polish", ""),
            ("us", ""),
            ("Kurdish", ""),
            ("Swiss", "CHE"),
            ("Filipino", "PHL"),
            ("Thai", "THA"),
            ("Lao", "LAO"),
            ("Serb", "SRB"),
            ("Emirati", "ARE"),
        ] {
            assert_eq!(iso3(Country::by_adjective(word)), code, "{word}");
        }
    }

    #[test]
    fn capitals_stand_for_governments() {
        for (name, code) in [
            ("Bishkek", "KGZ"),
            ("Kiev", "UKR"),
            ("Kyiv", "UKR"),
            ("N'Djamena", "TCD"),
            ("Washington", "USA"),
            ("Sana'a", "YEM"),
            ("Batken", ""),
        ] {
            assert_eq!(iso3(Country::by_capital(name)), code, "{name}");
        }
    }
}
