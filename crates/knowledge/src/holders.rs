//! Who held which office when: a name of a report, with the title before it and the report's date, to a row of `data/office_holders.csv`.

use crate::key::name_key;
use crate::table::{rows, values};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Somebody in one office for one time.
#[derive(Debug)]
pub struct OfficeHolder {
    /// Identifier of the person, `person:xi-jinping`; the same for all offices of one person.
    pub id: String,
    /// Name and other spellings, the usual one first.
    pub names: Vec<&'static str>,
    /// ISO 3166-1 alpha-3; none for officials of international bodies.
    pub country: Option<&'static str>,
    /// The office in words.
    pub office: &'static str,
    /// PLOVER sectors.
    pub sectors: Vec<&'static str>,
    /// First day, as fine as it is known: `2014`, `2014-06`, `2014-06-07`.
    pub from: Option<&'static str>,
    /// Last day; none while in office when the table was made.
    pub to: Option<&'static str>,
}

impl OfficeHolder {
    /// Whether the office was held on a day (`YYYY-MM-DD`), as far as the table knows it.
    pub fn is_in_office(&self, day: &str) -> bool {
        self.is_after_start(day) && !self.is_over(day)
    }

    fn is_after_start(&self, day: &str) -> bool {
        self.from.is_none_or(|from| day.get(..from.len()).is_some_and(|day| day >= from))
    }

    fn is_over(&self, day: &str) -> bool {
        self.to.is_some_and(|to| day.get(..to.len()).is_some_and(|day| day > to))
    }

    /// A fighter or a rebel keeps what he is without an office.
    fn is_of_state(&self) -> bool {
        self.country.is_some() && !self.sectors.iter().any(|sector| matches!(*sector, "REB" | "PRM" | "CRM" | "OPP"))
    }
}

/// What a report says beside a name.
#[derive(Debug, Clone, Default)]
pub struct HolderQuery<'a> {
    /// The name as written, without titles: "Xi Jinping", "Bush".
    pub name: &'a str,
    /// The words of the title in lower case: "former u.s. president".
    pub title: &'a str,
    /// Countries that the title names.
    pub countries: &'a [String],
    /// Countries of the report.
    pub told: &'a [String],
    /// Day of the report, `YYYY-MM-DD`.
    pub day: Option<&'a str>,
}

/// What is known of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Identifier of the person; none where several persons of the same country and office fit.
    pub id: Option<&'static str>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<&'static str>,
    /// PLOVER sectors; ELI for who is out of office.
    pub sectors: Vec<&'static str>,
}

/// Nouns of offices; those of one line are one office.
const OFFICES: &[&[&str]] = &[
    &["president"],
    &["premier", "prime minister"],
    &["chancellor"],
    &["minister", "secretary"],
    &["king", "queen", "emir", "sultan", "monarch"],
    &["governor"],
    &["mayor"],
    &["ambassador"],
    &["envoy", "mediator", "representative", "negotiator"],
    &["spokesman", "spokeswoman", "spokesperson"],
    &["speaker"],
    &["pope"],
];

/// Words that tell offices with the same noun apart.
const QUALIFIERS: &[&str] =
    &["prime", "foreign", "defense", "interior", "finance", "information", "state", "vice", "deputy", "general"];

struct Table {
    rows: Vec<OfficeHolder>,
    by_name: HashMap<String, Vec<usize>>,
    by_last_name: HashMap<String, Vec<usize>>,
}

/// Countries whose names begin with the family name.
fn is_family_first(country: Option<&str>) -> bool {
    matches!(country, Some("CHN" | "TWN" | "PRK" | "KOR" | "VNM"))
}

/// The identifier of a person by the usual name.
pub(crate) fn person_id(name: &str) -> String {
    format!("person:{}", name.to_lowercase().replace(' ', "-").replace('.', ""))
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rows: Vec::new(), by_name: HashMap::new(), by_last_name: HashMap::new() };
    let mut names: HashMap<&str, Vec<&'static str>> = HashMap::new();
    let cells = || rows::<8>(include_str!("../../../data/office_holders.csv"));
    for [name, aliases, ..] in cells() {
        names.entry(name).or_insert_with(|| vec![name]).extend(values(aliases));
    }
    let some = |cell: &'static str| Some(cell).filter(|cell| !cell.is_empty());
    for [name, _, country, office, codes, from, to, _source] in cells() {
        let at = table.rows.len();
        let names = names[name].clone();
        for name in &names {
            let list = table.by_name.entry(name_key(name)).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
            let mut words = name.split(' ').filter(|word| !word.ends_with('.'));
            let last = if is_family_first(some(country)) { words.next() } else { words.next_back() };
            // "al-Burhan" is also written without the article.
            let last = last.unwrap_or(name);
            let bare = last.strip_prefix("al-").or_else(|| last.strip_prefix("el-"));
            for last in std::iter::once(last).chain(bare) {
                let list = table.by_last_name.entry(name_key(last)).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
        }
        table.rows.push(OfficeHolder {
            id: person_id(name),
            names,
            country: some(country),
            office,
            sectors: values(codes).collect(),
            from: some(from),
            to: some(to),
        });
    }
    table
});

/// Every office of the table.
pub fn office_holders() -> &'static [OfficeHolder] {
    &TABLE.rows
}

/// Whether somebody of the table has this name or last name.
pub fn is_name_of_holder(name: &str) -> bool {
    let key = name_key(name);
    TABLE.by_name.contains_key(&key) || TABLE.by_last_name.contains_key(&key)
}

fn respelled(words: &str) -> String {
    words.to_lowercase().replace("defence", "defense").replace('-', " ")
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a title names an office at all, and whether it is this one.
fn fits_office(title: &str, office: &str) -> (bool, bool) {
    let (title, office) = (respelled(title), respelled(office));
    let has = |text: &str, noun: &str| match noun.split_once(' ') {
        Some(_) => text.contains(noun),
        None => words_of(text).any(|word| word == noun),
    };
    let mut told = false;
    for nouns in OFFICES {
        if nouns.iter().any(|noun| has(&title, noun)) {
            told = true;
            let same = nouns.iter().any(|noun| has(&office, noun));
            let same_kind = QUALIFIERS.iter().all(|word| {
                // "Minister Lavrov" leaves open which minister; "prime minister" does not.
                has(&title, word) == has(&office, word)
                    || !has(&title, word) && !matches!(*word, "prime" | "vice" | "deputy")
            });
            if same && same_kind {
                return (true, true);
            }
        }
    }
    if words_of(&title).any(|word| word == "leader") {
        let leads = ["president", "prime minister", "leader", "ruler", "king", "chancellor", "premier", "head"];
        return (true, leads.iter().any(|noun| has(&office, noun)));
    }
    (told, false)
}

/// Whether a title says that the office is over.
fn is_former(title: &str) -> bool {
    words_of(title).any(|word| matches!(word, "former" | "ex" | "ousted" | "deposed" | "late"))
}

/// The holder of an office by name, title, country and day.
///
/// A full name is enough. A last name needs a title that fits the office, or a country that the report tells of; and on the day of the report the
/// office must be held, unless the title says "former". Where several persons remain and their country and sectors are the same, only these are told.
pub fn office_holding(query: &HolderQuery<'_>) -> Option<Holding> {
    let key = name_key(query.name);
    if key.len() < 2 {
        return None;
    }
    let full = query.name.contains([' ', '\u{a0}']).then(|| TABLE.by_name.get(&key)).flatten();
    let is_full = full.is_some();
    // An alias of one word is a last name, or a name that is enough with its country.
    let found = full
        .or_else(|| TABLE.by_last_name.get(&key).filter(|_| !query.name.contains(' ')))
        .or_else(|| TABLE.by_name.get(&key))?;
    let former = is_former(query.title);
    let mut best: Vec<(u8, &'static OfficeHolder)> = Vec::new();
    for row in found.iter().map(|&at| &TABLE.rows[at]) {
        let (titled, fits) = fits_office(query.title, row.office);
        let named = query.countries.iter().any(|country| row.country == Some(country));
        let told = named || query.told.iter().any(|country| row.country == Some(country));
        if !query.countries.is_empty() && !named && (row.country.is_some() || !is_full) {
            continue;
        }
        let started = query.day.is_none_or(|day| row.is_after_start(day));
        let current = query.day.is_some_and(|day| row.is_in_office(day));
        if !is_full {
            let of_time = query.day.is_none() || current || former && started;
            let reason = if titled { fits } else { told && row.country.is_some() };
            if !of_time || !reason {
                continue;
            }
        }
        let rank = u8::from(titled && fits) * 8 + u8::from(current) * 4 + u8::from(told) * 2 + u8::from(started);
        best.push((rank, row));
    }
    let most = best.iter().map(|(rank, _)| *rank).max()?;
    best.retain(|(rank, _)| *rank == most);
    // Of a person's offices the latest.
    let row = best.iter().map(|(_, row)| *row).max_by_key(|row| row.from.unwrap_or(""))?;
    if best.iter().any(|(_, other)| other.country != row.country) {
        return None;
    }
    let unique = best.iter().all(|(_, other)| other.id == row.id);
    let over = former || query.day.is_some_and(|day| row.is_over(day));
    let sectors =
        if over && row.is_of_state() && row.sectors.contains(&"GOV") { vec!["ELI"] } else { row.sectors.clone() };
    Some(Holding { id: unique.then_some(row.id.as_str()), country: row.country, sectors })
}

#[cfg(test)]
mod tests {
    use super::{HolderQuery, fits_office, office_holding};

    fn holding(name: &str, title: &str, told: &[&str], day: Option<&str>) -> String {
        let told: Vec<String> = told.iter().map(|country| country.to_string()).collect();
        let found = office_holding(&HolderQuery { name, title, countries: &[], told: &told, day });
        found.map_or("-".to_owned(), |found| {
            format!("{} {} {}", found.id.unwrap_or("-"), found.country.unwrap_or("-"), found.sectors.join("+"))
        })
    }

    #[test]
    fn a_name_is_a_person_of_its_time() {
        let check = |name: &str, title: &str, told: &[&str], day: Option<&str>, expect: &str| {
            assert_eq!(holding(name, title, told, day), expect, "{title} {name} {day:?}");
        };
        check("Bush", "president", &[], Some("1990-08-03"), "person:george-h-w-bush USA GOV");
        check("Bush", "president", &[], Some("2003-03-20"), "person:george-w-bush USA GOV");
        // Without a date two presidents fit; what they share is told.
        check("Bush", "president", &["IRQ"], None, "- USA GOV");
        check("Bush", "", &["IRQ"], Some("2003-03-20"), "-");
        check("Bush", "", &["USA", "IRQ"], Some("2003-03-20"), "person:george-w-bush USA GOV");
        check("Clinton", "secretary of state", &[], Some("2011-03-20"), "person:hillary-clinton USA GOV");
        check("Clinton", "former president", &[], Some("2009-08-05"), "person:bill-clinton USA ELI");
        check("Clinton", "president", &[], Some("2012-08-05"), "-");
        check("Xi", "president", &[], Some("2020-01-01"), "person:xi-jinping CHN GOV");
        check("Vladimir Putin", "prime minister", &[], Some("2010-05-05"), "person:vladimir-putin RUS GOV");
        check("Burhan", "", &["SDN"], Some("2023-05-05"), "person:abdel-fattah-al-burhan SDN GOV+MIL");
        check("Kofi Annan", "u.n. secretary-general", &[], None, "person:kofi-annan - UNO+GOV");
        check("Nobody", "president", &[], None, "-");
    }

    #[test]
    fn offices_have_qualifiers() {
        for (title, office, expect) in [
            ("president", "president", (true, true)),
            ("vice president", "president", (true, false)),
            ("defence minister", "defense minister", (true, true)),
            ("minister", "foreign minister", (true, true)),
            ("minister", "prime minister", (true, false)),
            ("russian leader", "president", (true, true)),
            ("mr", "president", (false, false)),
        ] {
            assert_eq!(fits_office(title, office), expect, "{title} {office}");
        }
    }
}
