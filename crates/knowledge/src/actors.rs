//! Who a noun phrase describes: countries, PLOVER sectors and known parties, read from its words.
//!
//! Tables: `agents.csv` (common nouns), `organizations.csv`, `armed_groups.csv`, `media.csv`, `office_holders.csv` (names).
//! Sectors are PLOVER's (manual 2.0): JRN is media, MED is health; IGO, UNO, EUR, NGO and the like stand in the same list.

use crate::countries::{Country, country_of_part};
use crate::gazetteer::Region;
use crate::holders::office_holders;
use crate::import::{BadRow, read_table};
use crate::key::name_key;
use crate::peoples::People;
use crate::table::{rows, values};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

/// What sort of party a phrase describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorClassKind {
    /// A state by its name or capital.
    State,
    /// One or more persons.
    Person,
    /// A named body, armed group, party or medium of some country.
    Organization,
    /// A named body of several countries or of none.
    International,
    /// People or fighters told as a group.
    Group,
    /// A body told by a common noun: "health ministry".
    Body,
    /// Nothing is known.
    Unknown,
}

/// An agent noun or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentClass {
    /// PLOVER sectors, most specific first.
    pub sectors: Vec<&'static str>,
    /// Person, group or body.
    pub kind: ActorClassKind,
    /// How many words of the phrase matched.
    pub n_words: usize,
}

/// What a noun phrase tells about a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorDescription {
    /// ISO 3166-1 alpha-3 of the countries named, adjectives included, in order of mention.
    pub countries: Vec<String>,
    /// PLOVER sectors, most specific first.
    pub sectors: Vec<&'static str>,
    /// What sort of party.
    pub kind: ActorClassKind,
    /// `dictionary` (a listed name), `description` (the words), `context` (a capital that may stand for a government).
    pub basis: &'static str,
    /// Identifier of the listed party that the phrase names, such as `organization:unhcr`, `group:m23`, `medium:tass`, `person:xi-jinping`.
    pub known: Option<String>,
    /// Whether the head is a plural or a group.
    pub plural: bool,
}

impl ActorDescription {
    /// What a phrase tells that tells nothing.
    pub fn blank() -> ActorDescription {
        ActorDescription {
            countries: Vec::new(),
            sectors: Vec::new(),
            kind: ActorClassKind::Unknown,
            basis: "description",
            known: None,
            plural: false,
        }
    }
}

/// A party of the tables.
#[derive(Debug)]
pub struct Party {
    /// Identifier with its prefix: `organization:unhcr`, `group:m23`, `medium:tass`, `person:xi-jinping`, or the name of an imported table.
    pub id: String,
    /// Name and other names, the usual one first.
    pub names: Vec<&'static str>,
    /// ISO 3166-1 alpha-3 of every country that it belongs to, home first.
    pub countries: Vec<&'static str>,
    /// PLOVER sectors, most specific first.
    pub sectors: Vec<&'static str>,
    /// What sort of party.
    pub kind: ActorClassKind,
    /// First year.
    pub from: Option<u16>,
    /// Last year; none while it lasts.
    pub to: Option<u16>,
    /// A remark, or the office of a person.
    pub note: &'static str,
    /// Name of the table that lists it.
    pub table: &'static str,
}

impl Party {
    /// The country whose party it is: of an armed group only the home, wherever else it fights.
    pub fn acts_for(&self) -> &[&'static str] {
        let one = self.id.starts_with("group:") || !matches!(self.table, "organizations" | "media" | "office_holders");
        if one { &self.countries[..self.countries.len().min(1)] } else { &self.countries }
    }
}

/// Rows of imported tables, read once before the first look-up.
static IMPORTED: OnceLock<Vec<Party>> = OnceLock::new();

/// Columns of an imported table of parties; `name` must be there.
pub const PARTY_COLUMNS: &[&str] = &["id", "name", "aliases", "countries", "codes", "kind", "from", "to", "note"];

/// PLOVER sectors and kinds of international actors that a table may give.
pub const SECTORS: &[&str] = &[
    "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "UAF", "CRM", "CVL", "REF", "BUS", "EDU",
    "LAB", "AGR", "JRN", "MED", "ELI", "REL", "SOC", "NGO", "IGO", "IMG", "UNO", "EUR", "PRE", "ISM", "MNC", "UNK",
];

/// The sector with this code.
pub fn sector(code: &str) -> Option<&'static str> {
    SECTORS.iter().copied().find(|known| *known == code)
}

/// Reads a table of parties: CSV with a header line, `|` between values in a cell, countries as ISO 3166-1 alpha-3, codes as PLOVER sectors,
/// kind person, organization or group. Bad rows come by their line.
pub fn read_parties(table: &str, text: &str) -> (Vec<Party>, Vec<BadRow>) {
    let (mut parties, mut bad) = (Vec::new(), Vec::new());
    // Names live as long as the program: the tables that are built in do, too.
    fn keep(text: &str) -> &'static str {
        Box::leak(text.to_owned().into_boxed_str())
    }
    let kept = |cell: &str| -> Vec<&'static str> {
        cell.split('|').map(str::trim).filter(|value| !value.is_empty()).map(keep).collect()
    };
    let table_name = keep(table);
    let mut ids: HashMap<String, u64> = HashMap::new();
    let mut take = |line: u64, cells: Vec<&str>| -> Result<(), String> {
        let [id, name, aliases, countries, codes, kind, from, to, note] = cells[..] else {
            return Err("no row".to_owned());
        };
        if name_key(name).len() < 2 {
            return Err(format!("`{name}` is no name"));
        }
        if let Some(code) =
            countries.split('|').map(str::trim).find(|code| !code.is_empty() && Country::by_iso3(code).is_none())
        {
            return Err(format!("`{code}` is no ISO 3166-1 alpha-3 code"));
        }
        let sectors = kept(codes);
        if let Some(code) = sectors.iter().find(|code| !SECTORS.contains(code)) {
            return Err(format!("`{code}` is no sector of PLOVER"));
        }
        let year = |cell: &str| match cell {
            "" => Ok(None),
            cell => cell
                .get(..4)
                .and_then(|year| year.parse::<u16>().ok())
                .map(Some)
                .ok_or_else(|| format!("`{cell}` is no year")),
        };
        let (from, to) = (year(from)?, year(to)?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err("it ends before it begins".to_owned());
        }
        let countries = kept(countries);
        let kind = match kind {
            "person" => ActorClassKind::Person,
            "" | "organization" | "organisation" | "group" | "party" | "medium" if !countries.is_empty() => {
                ActorClassKind::Organization
            }
            "" | "organization" | "organisation" | "group" | "party" | "medium" => ActorClassKind::International,
            kind => return Err(format!("`{kind}` is no kind; write person, organization or group")),
        };
        let id = if id.is_empty() { name.to_lowercase().replace(' ', "-") } else { id.to_owned() };
        if let Some(first) = ids.insert(id.clone(), line) {
            return Err(format!("the identifier `{id}` is already on line {first}"));
        }
        let mut names = vec![keep(name)];
        names.extend(kept(aliases));
        parties.push(Party {
            id: format!("{table}:{id}"),
            names,
            countries,
            sectors,
            kind,
            from,
            to,
            note: keep(note),
            table: table_name,
        });
        Ok(())
    };
    let none = BTreeMap::new();
    let read = read_table(text.as_bytes(), &none, PARTY_COLUMNS, &["name"], |line, cells| {
        if let Err(why) = cells.and_then(|cells| take(line, cells)) {
            bad.push(BadRow { line, why });
        }
    });
    if let Err(why) = read {
        bad.push(BadRow { line: 1, why });
    }
    (parties, bad)
}

/// The first bytes of the SHA-256 of a table: `3f9a01bc77d2`.
pub fn fingerprint(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Has imported tables (name and text) used from now on; their names go before those of the program. Only the first call has an effect.
///
/// # Errors
/// The name of a table with a bad row, and the row.
pub fn install(tables: &[(String, String)]) -> Result<(), (String, BadRow)> {
    let mut all = Vec::new();
    for (name, text) in tables {
        let (parties, bad) = read_parties(name, text);
        if let Some(bad) = bad.into_iter().next() {
            return Err((name.clone(), bad));
        }
        all.extend(parties);
    }
    let _ = IMPORTED.set(all);
    Ok(())
}

/// Parties whose name is the given one, then those with the given words in a name; without case, marks and hyphens.
pub fn search(name: &str) -> Vec<&'static Party> {
    let key = name_key(name);
    if key.is_empty() {
        return Vec::new();
    }
    let rank = |party: &Party| {
        let keys = || party.names.iter().map(|name| name_key(name));
        if keys().any(|other| other == key) {
            Some(0)
        } else if keys().any(|other| other.starts_with(&key)) {
            Some(1)
        } else {
            (key.len() >= 3 && keys().any(|other| other.contains(&key))).then_some(2)
        }
    };
    let mut found: Vec<(u8, &'static Party)> = all_parties().filter_map(|party| Some((rank(party)?, party))).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    found.into_iter().map(|(_, party)| party).collect()
}

/// The armed group with exactly this name, whatever its case.
pub fn group_named(name: &str) -> Option<&'static Party> {
    static GROUPS: LazyLock<HashMap<String, &'static Party>> = LazyLock::new(|| {
        let mut groups: Vec<&'static Party> = all_parties().filter(|party| party.id.starts_with("group:")).collect();
        groups.sort_by(|a, b| a.id.cmp(&b.id));
        let mut known = HashMap::new();
        for group in groups {
            for name in &group.names {
                known.entry(name.to_ascii_lowercase()).or_insert(group);
            }
        }
        known
    });
    GROUPS.get(&name.to_ascii_lowercase()).copied()
}

/// Every party of the tables, imported ones first.
pub fn all_parties() -> impl Iterator<Item = &'static Party> {
    IMPORTED.get().into_iter().flatten().chain(&NAMES.parties)
}

struct Names {
    /// Parties of the built-in tables.
    parties: Vec<Party>,
    /// Key of a name to its party and whether the name is only a name in capitals ("WHO").
    by_key: HashMap<String, (Listed, bool)>,
    longest: usize,
}

fn is_acronym(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() <= 5 && !letters.is_empty() && letters.iter().all(|c| c.is_uppercase())
}

impl Names {
    fn add_names(&mut self, at: Listed, names: &[&'static str]) {
        for name in names {
            let n_words =
                name.split(|c: char| c.is_whitespace() || c == '-' || c == '/').filter(|word| !word.is_empty()).count();
            self.longest = self.longest.max(n_words);
            let key = name_key(name.strip_prefix("the ").unwrap_or(name));
            if !key.is_empty() {
                self.by_key.entry(key).or_insert((at, is_acronym(name)));
            }
        }
    }

    fn add(&mut self, party: Party) {
        self.add_names(Listed::BuiltIn(self.parties.len()), &party.names);
        self.parties.push(party);
    }

    fn party(&self, at: Listed) -> &Party {
        match at {
            Listed::BuiltIn(at) => &self.parties[at],
            Listed::Imported(party) => party,
        }
    }
}

/// Where a party stands.
#[derive(Debug, Clone, Copy)]
enum Listed {
    BuiltIn(usize),
    Imported(&'static Party),
}

fn names_of(name: &'static str, aliases: &'static str) -> Vec<&'static str> {
    std::iter::once(name).chain(values(aliases)).collect()
}

fn body_kind(countries: &[&str]) -> ActorClassKind {
    if countries.is_empty() { ActorClassKind::International } else { ActorClassKind::Organization }
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { parties: Vec::new(), by_key: HashMap::new(), longest: 1 };
    for party in IMPORTED.get().into_iter().flatten() {
        names.add_names(Listed::Imported(party), &party.names);
    }
    for [id, name, aliases, country, codes, kind] in rows(include_str!("../../../data/organizations.csv")) {
        let countries: Vec<&'static str> = values(country).collect();
        names.add(Party {
            id: format!("organization:{id}"),
            names: names_of(name, aliases),
            kind: body_kind(&countries),
            countries,
            sectors: values(codes).collect(),
            from: None,
            to: None,
            note: kind,
            table: "organizations",
        });
    }
    for [id, name, aliases, countries, codes, from, to, note] in rows(include_str!("../../../data/armed_groups.csv")) {
        let countries: Vec<&'static str> = values(countries).collect();
        names.add(Party {
            id: format!("group:{id}"),
            names: names_of(name, aliases),
            kind: body_kind(&countries),
            countries,
            sectors: values(codes).collect(),
            from: from.parse().ok(),
            to: to.parse().ok(),
            note,
            table: "armed_groups",
        });
    }
    for [id, name, aliases, country] in rows(include_str!("../../../data/media.csv")) {
        names.add(Party {
            id: format!("medium:{id}"),
            names: names_of(name, aliases),
            countries: values(country).collect(),
            sectors: vec!["JRN"],
            kind: ActorClassKind::Organization,
            from: None,
            to: None,
            note: "",
            table: "media",
        });
    }
    // A person once; which of the offices counts on a day is told by `office_holding`.
    let mut seen: HashSet<&str> = HashSet::new();
    for holder in office_holders().iter().filter(|holder| seen.insert(&holder.id)) {
        let offices = || office_holders().iter().filter(|other| other.id == holder.id);
        let year = |day: Option<&str>| day.and_then(|day| day.get(..4)?.parse::<u16>().ok());
        names.add(Party {
            id: holder.id.clone(),
            names: holder.names.clone(),
            countries: holder.country.into_iter().collect(),
            sectors: holder.sectors.clone(),
            kind: ActorClassKind::Person,
            from: offices().filter_map(|office| year(office.from)).min(),
            to: if offices().any(|office| office.to.is_none()) {
                None
            } else {
                offices().filter_map(|office| year(office.to)).max()
            },
            note: holder.office,
            table: "office_holders",
        });
    }
    names
});

struct Agents {
    by_phrase: HashMap<&'static str, (Vec<&'static str>, ActorClassKind)>,
    longest: usize,
}

static AGENTS: LazyLock<Agents> = LazyLock::new(|| {
    let mut agents = Agents { by_phrase: HashMap::new(), longest: 1 };
    for [phrase, sectors, kind] in rows(include_str!("../../../data/agents.csv")) {
        let kind = match kind {
            "person" => ActorClassKind::Person,
            "group" => ActorClassKind::Group,
            _ => ActorClassKind::Body,
        };
        agents.longest = agents.longest.max(phrase.split(' ').count());
        agents.by_phrase.insert(phrase, (values(sectors).collect(), kind));
    }
    agents
});

/// Agent words that take their sector from the body or group that they belong to.
const GENERIC: &[&str] = &[
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "leader",
    "leadership",
    "representative",
    "aide",
    "adviser",
    "advisor",
    "commander",
    "member",
    "chief",
    "head",
    "group",
    "source",
    "statement",
    "force",
    "unit",
    "fighter",
    "faction",
    "delegation",
    "delegate",
    "negotiator",
    "envoy",
    "team",
    "staff",
    "employee",
    "worker",
    "supporter",
    "deputy",
    "director",
    "office",
    "branch",
    "wing",
    "command",
    "agent",
    "personnel",
    "operative",
    "officer",
    "authority",
    "press service",
    "press secretary",
    "general",
    "lieutenant",
    "colonel",
    "captain",
    "brigade",
    "battalion",
    "division",
    "mission",
    "suspect",
    "founder",
    "convoy",
    "side",
    "position",
    "service",
    "agency",
    "department",
    "body",
    "monitor",
    "observer",
    "elite",
    "cadre",
    "sympathizer",
    "chairman",
    "secretary",
    "administrator",
    "coordinator",
    "organization",
    "organisation",
    "movement",
    "alliance",
    "party",
    "coalition",
    "armed wing",
    "military wing",
    "bloc",
    "crew",
    "man",
    "men",
    "family",
    "relative",
    "state",
    "administration",
    "regime",
    "public",
    "community",
];

/// Words that count people and let the sector stand behind "of": "a group of gunmen", "dozens of protesters".
const COLLECTIVE: &[&str] = &[
    "group", "dozen", "hundred", "thousand", "score", "number", "crowd", "member", "majority", "handful", "pair",
    "couple", "band", "column", "team", "family", "body", "ten", "million", "wave", "convoy",
];

/// What a party does lastingly stands for it where somebody is against it: "riots against army rule", "IDF policies".
const COURSES: &[&str] =
    &["policy", "rule", "occupation", "presence", "crackdown", "blockade", "siege", "offensive", "campaign"];

/// Arms and posts that stand for the force that has them, when it is told whose they are: "Israeli jets", "army helicopters".
const ARMS: &[&str] = &[
    "jet",
    "warplane",
    "warship",
    "gunship",
    "gunboat",
    "helicopter",
    "bomber",
    "drone",
    "tank",
    "artillery",
    "battery",
    "gun",
    "frigate",
    "destroyer",
    "submarine",
    "howitzer",
    "aircraft",
    "plane",
    "post",
    "outpost",
    "position",
    "sniper",
    "patrol",
    "convoy",
    "vessel",
    "boat",
    "bulldozer",
    "excavator",
    "jeep",
    "vehicle",
    "truck",
    "cruiser",
    "corvette",
    "trawler",
    "minesweeper",
    "chopper",
    "fighter-bomber",
    "interceptor",
];

/// Participles behind a country and a hyphen: "Iran-backed" tells of a tie, not of whose they are.
const BACKED: &[&str] = &[
    "backed",
    "aligned",
    "allied",
    "supported",
    "sponsored",
    "funded",
    "born",
    "based",
    "made",
    "affiliated",
    "linked",
    "controlled",
    "occupied",
    "run",
    "trained",
    "speaking",
    "held",
    "installed",
    "armed",
    "administered",
    "brokered",
    "mediated",
    "supplied",
    "imposed",
    "formed",
    "equipped",
    "drafted",
    "proposed",
    "financed",
    "designed",
    "built",
    "sanctioned",
    "educated",
    "friendly",
    "manufactured",
];

/// Whether the words begin with a hyphen and a participle that makes a country one that somebody is only tied to: "-trained rebels".
pub fn is_tie(words: &str) -> bool {
    let Some(rest) = words.strip_prefix(hyphen_char) else { return false };
    let tie: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    BACKED.contains(&tie.to_lowercase().as_str())
}

fn hyphen_char(c: char) -> bool {
    matches!(c, '-' | '–' | '‑')
}

fn hyphen(word: &str) -> bool {
    matches!(word, "-" | "–" | "‑")
}

/// Bodies of many that are one: "it", not "they", means "the armed wing".
fn is_one_body(lemma: &str) -> bool {
    const BODIES: &[&str] = &[
        "wing",
        "brigade",
        "faction",
        "front",
        "battalion",
        "militia",
        "group",
        "gang",
        "cartel",
        "unit",
        "army",
        "movement",
        "coalition",
        "alliance",
        "tribe",
        "clan",
        "syndicate",
        "cell",
        "column",
        "network",
        "crew",
        "squad",
        "regiment",
        "division",
        "command",
    ];
    BODIES.contains(&lemma)
}

/// The spelling under which lemmas are listed: American, without marks of plural that a lemmatizer left.
fn agent_entry(phrase: &str) -> Option<&'static (Vec<&'static str>, ActorClassKind)> {
    if phrase.len() > 60 {
        return None;
    }
    AGENTS.by_phrase.get(phrase).or_else(|| {
        let respelled = phrase
            .replace("defence", "defense")
            .replace("armoured", "armored")
            .replace("organisation", "organization")
            .replace("labour", "labor")
            .replace("programme", "program")
            .replace('’', "'");
        let found = AGENTS.by_phrase.get(respelled.as_str());
        found
            .or_else(|| AGENTS.by_phrase.get(respelled.strip_suffix('s')?))
            .or_else(|| {
                let stem = respelled.strip_suffix("ies")?;
                AGENTS.by_phrase.get(format!("{stem}y").as_str())
            })
            .or_else(|| {
                let stem = respelled.strip_suffix("men")?;
                AGENTS.by_phrase.get(format!("{stem}man").as_str())
            })
    })
}

/// The agent that a head noun with the words before it names: the longest listed phrase that ends with the head.
///
/// `modifiers` are the lemmas before the head, in text order, without hyphens.
pub fn agent(head_lemma: &str, modifiers: &[&str]) -> Option<AgentClass> {
    let head = head_lemma.to_lowercase();
    let most = modifiers.len().min(AGENTS.longest - 1);
    for taken in (0..=most).rev() {
        let mut phrase = String::new();
        for word in &modifiers[modifiers.len() - taken..] {
            phrase.push_str(&word.to_lowercase());
            phrase.push(' ');
        }
        phrase.push_str(&head);
        if let Some((sectors, kind)) = agent_entry(&phrase) {
            return Some(AgentClass { sectors: sectors.clone(), kind: *kind, n_words: taken + 1 });
        }
    }
    None
}

/// A listed name found in a phrase.
struct Named {
    start: usize,
    end: usize,
    party: Listed,
}

fn joined(words: &[(&str, &str)]) -> String {
    words.iter().map(|(form, _)| *form).collect::<Vec<_>>().join(" ")
}

fn named_parties(words: &[(&str, &str)]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let capital = words[at].0.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(words[at].0, "al" | "anti" | "el" | "dpa" | "teleSUR" | "ex");
        // A name may be written with hyphens and slashes, which are words of their own.
        let most = (NAMES.longest * 2).min(words.len() - at);
        let hit = (1..=if capital { most } else { 0 }).rev().find_map(|length| {
            let last = words[at + length - 1].0;
            if matches!(last, "'s" | "’s" | "'" | "’" | "-" | "," | "(" | ")") {
                return None;
            }
            let text = joined(&words[at..at + length]);
            let &(party, acronym) = NAMES.by_key.get(&name_key(&text))?;
            let written = !acronym || text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            // Single common words are names only with a capital inside a sentence; the caller cannot tell, so acronyms must be capitals.
            written.then_some((length, party))
        });
        match hit {
            Some((length, party)) => {
                found.push(Named { start: at, end: at + length, party });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CountryWord {
    Name,
    Adjective,
    Capital,
    /// A people without a state of its name.
    People,
}

#[derive(Clone)]
struct Found {
    start: usize,
    end: usize,
    countries: Vec<&'static str>,
    how: CountryWord,
    breakaway: bool,
}

/// "La Victoria", "New Kingston", "Port Georgetown": a longer name in which a capital's stands.
fn is_part_of_name(words: &[(&str, &str)], at: usize, length: usize) -> bool {
    const BEFORE: &[&str] = &[
        "La", "Las", "El", "Los", "New", "Lake", "Port", "Fort", "Mount", "St", "Saint", "San", "Santa", "Villa",
        "Queen", "Ciudad", "Puerto", "Nueva", "Nuevo", "Little", "Upper", "Lower",
    ];
    length == 1 && at > 0 && BEFORE.contains(&words[at - 1].0)
}

/// Breakaway authorities whose adjectives and names carry PLOVER's PRE; the country is the claimant's.
const BREAKAWAY: &[&str] =
    &["abkhazia", "south-ossetia", "transnistria", "northern-cyprus", "somaliland", "nagorno-karabakh"];

fn country_words(words: &[(&str, &str)], taken: &[Named]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(named) = taken.iter().find(|named| named.start == at) {
            at = named.end;
            continue;
        }
        let capital = words[at].0.starts_with(char::is_uppercase);
        let mut hit = None;
        for length in (1..=if capital { 6.min(words.len() - at) } else { 0 }).rev() {
            if taken.iter().any(|named| named.start > at && named.start < at + length) {
                continue;
            }
            let last = words[at + length - 1].0;
            if matches!(last, "'s" | "’s" | "'" | "’" | "-" | "," | "and" | "of") {
                continue;
            }
            let text = joined(&words[at..at + length]).replace(" - ", "-");
            let region = || Region::by_name(&text).filter(|region| region.countries.len() == 1);
            let region_adjective = || Region::by_adjective(&text).filter(|region| region.countries.len() == 1);
            if let Some(part) = country_of_part(&text) {
                let how = if part.is_empty() { CountryWord::People } else { CountryWord::Name };
                hit = Some((length, part, how, false));
            } else if let Some(country) = Country::by_name(&text) {
                hit = Some((length, vec![country.iso3], CountryWord::Name, false));
            } else if let Some(country) = Country::by_adjective(&text)
                .or_else(|| if length == 1 { Country::by_adjective(words[at].1) } else { None })
            {
                hit = Some((length, vec![country.iso3], CountryWord::Adjective, false));
            } else if let Some(region) = region_adjective() {
                hit = Some((length, region.countries.clone(), CountryWord::Adjective, BREAKAWAY.contains(&region.id)));
            } else if let Some(country) = Country::by_capital(&text).filter(|_| !is_part_of_name(words, at, length)) {
                hit = Some((length, vec![country.iso3], CountryWord::Capital, false));
            } else if let Some(region) = region() {
                hit = Some((length, region.countries.clone(), CountryWord::Name, BREAKAWAY.contains(&region.id)));
            } else if let Some(people) = People::by_name(&text) {
                hit = Some((length, people.home().into_iter().collect(), CountryWord::People, false));
            }
            if hit.is_some() {
                break;
            }
        }
        match hit {
            Some((length, countries, how, breakaway)) => {
                found.push(Found { start: at, end: at + length, countries, how, breakaway });
                at += length;
            }
            None => at += 1,
        }
    }
    // "Iran-backed", "Kurdish-led", "pro-Russian", "ex-Soviet" describe without saying whose.
    found.retain(|word| {
        let tied = word.end + 1 < words.len() && hyphen(words[word.end].0);
        let tie = if tied { words[word.end + 1].0.to_lowercase() } else { String::new() };
        // Who leads is one of them; a people that leads has no state of its name.
        let led = tie == "led" && matches!(word.how, CountryWord::People | CountryWord::Capital);
        let after = led || BACKED.contains(&tie.as_str());
        let before = word.start >= 2
            && hyphen(words[word.start - 1].0)
            && matches!(
                words[word.start - 2].0.to_lowercase().as_str(),
                "pro" | "anti" | "non" | "ex" | "former" | "counter"
            );
        !after && !before
    });
    // "Ethnic Albanians" are citizens of another country than Albania; which one, the words do not say.
    for word in &mut found {
        if word.start > 0 && words[word.start - 1].0.eq_ignore_ascii_case("ethnic") {
            word.countries.clear();
            word.how = CountryWord::People;
        }
    }
    // "Iraqi Kurds", "Bosnian Croat forces": the first of two adjectives tells the state, the second the people.
    let is_adjective = |word: &Found| matches!(word.how, CountryWord::Adjective | CountryWord::People);
    for at in 1..found.len() {
        let before = found[at - 1].clone();
        let follows = before.end == found[at].start && is_adjective(&found[at]);
        if follows && is_adjective(&before) && !before.countries.is_empty() {
            found[at].countries = before.countries;
            found[at].how = CountryWord::People;
        }
    }
    found
}

fn push_all(into: &mut Vec<String>, countries: &[&'static str]) {
    for country in countries {
        if !into.iter().any(|known| known == country) {
            into.push((*country).to_owned());
        }
    }
}

fn push_sector(into: &mut Vec<&'static str>, sector: &'static str) {
    if !into.contains(&sector) {
        into.push(sector);
    }
}

/// Where the group before the head's complements ends: the first preposition or comma behind the head.
fn behind<'w>(words: &[(&'w str, &'w str)], head: usize) -> Option<(usize, &'w str)> {
    words
        .iter()
        .enumerate()
        .skip(head + 1)
        .find(|(_, (form, _))| {
            matches!(
                *form,
                "of" | "from"
                    | "in"
                    | "for"
                    | "at"
                    | "with"
                    | "to"
                    | "on"
                    | "against"
                    | "near"
                    | "over"
                    | "along"
                    | "between"
                    | "by"
                    | ","
                    | "("
                    | "who"
                    | "that"
                    | "which"
                    | "–"
                    | "—"
            )
        })
        .map(|(at, (form, _))| (at, *form))
}

/// "Cesar Chavez": the last name of a listed person behind a first name that is not listed.
fn is_last_name_of_another(words: &[(&str, &str)], name: &Named) -> bool {
    let Some(before) = name.start.checked_sub(1).map(|at| words[at]) else { return false };
    let party = NAMES.party(name.party);
    if party.kind != ActorClassKind::Person || name.end - name.start > 1 || !before.0.starts_with(char::is_uppercase) {
        return false;
    }
    let (form, lemma) = (before.0.trim_end_matches('.'), before.1.to_lowercase());
    let title = matches!(form, "Mr" | "Mrs" | "Ms" | "Dr" | "Sheikh" | "Ayatollah" | "Prince" | "Mullah" | "Abu")
        || rank(lemma.trim_end_matches('.')).is_some()
        || agent(&lemma, &[]).is_some()
        || GENERIC.contains(&lemma.as_str());
    !title && Country::by_adjective(form).is_none() && Country::by_name(form).is_none()
}

/// Describes the party that a noun phrase names.
///
/// `words` are (form, lemma) in text order, with determiners, possessives, hyphens and complements as they stand; `head` is the index of
/// the head word. A phrase that tells nothing gives empty lists, [`ActorClassKind::Unknown`] and basis `description`.
pub fn describe_actor(words: &[(&str, &str)], head: usize) -> ActorDescription {
    let mut description = ActorDescription::blank();
    if head >= words.len() || words.len() > 400 {
        return description;
    }
    let mut named = named_parties(words);
    named.retain(|name| !is_last_name_of_another(words, name));
    let countries = country_words(words, &named);
    let (head_form, head_lemma) = words[head];
    let lower_lemma = head_lemma.to_lowercase();
    let lower_form = head_form.to_lowercase();
    description.plural = lower_form != lower_lemma && lower_form.ends_with(['s', 'n', 'e']) && lower_form.len() > 3
        || matches!(
            lower_form.as_str(),
            "people" | "police" | "troops" | "forces" | "children" | "men" | "women" | "gunmen"
        );
    // The phrase is a listed name, or a name behind its kind: "the state news agency X".
    if let Some(name) = named.iter().find(|name| name.start <= head && head < name.end) {
        let party = NAMES.party(name.party);
        // "Russia's Security Council" is no body of many states.
        let owner = countries.iter().rfind(|word| {
            let gap = &words[word.end.min(name.start)..name.start];
            word.end <= name.start && gap.iter().all(|(form, _)| matches!(*form, "'s" | "’s" | "'" | "’"))
        });
        let state_body = party.sectors.contains(&"UNO") || party.sectors.contains(&"IGO");
        if let Some(owner) = owner.filter(|owner| state_body && !owner.countries.is_empty()) {
            push_all(&mut description.countries, &owner.countries);
            description.sectors = vec!["GOV"];
            description.kind = ActorClassKind::Body;
            return description;
        }
        // "Tajikistan's State Committee for National Security" has its name from another state's.
        let own = |owner: &&Found| {
            let arm =
                party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG"));
            arm && !owner.countries.is_empty()
                && !owner.countries.iter().any(|country| party.countries.iter().any(|known| known == country))
        };
        if let Some(owner) = owner.filter(own).filter(|_| party.kind == ActorClassKind::Body) {
            push_all(&mut description.countries, &owner.countries);
            description.sectors.clone_from(&party.sectors);
            description.kind = party.kind;
            return description;
        }
        description.countries = party.countries.iter().map(|country| (*country).to_owned()).collect();
        description.sectors.clone_from(&party.sectors);
        description.kind = party.kind;
        description.basis = "dictionary";
        description.known = Some(party.id.clone());
        if party.kind == ActorClassKind::Person {
            if description.countries.is_empty() {
                push_before(words, &mut description, &countries, head);
            }
            // "General Michel Aoun", long before the presidency that the table tells of.
            let mut titled = ActorDescription { sectors: Vec::new(), countries: Vec::new(), ..description.clone() };
            title(words, name.start, &[], &mut titled);
            // A commander of rebels bears a rank as well.
            let commands = titled.sectors == ["MIL"] && is_armed_group(&party.sectors);
            if !commands
                && !titled.sectors.is_empty()
                && titled.sectors.iter().all(|sector| !party.sectors.contains(sector))
            {
                description.sectors = titled.sectors;
            }
        }
        return description;
    }
    // The head is a country or a capital itself.
    if let Some(word) = countries.iter().find(|word| word.start <= head && head < word.end) {
        // "A and B", "A, B and C": the list goes on behind the head.
        for other in countries
            .iter()
            .filter(|other| other.start >= word.start && (other.how == word.how || other.how == CountryWord::Name))
        {
            let gap = &words[word.end.min(other.start)..other.start];
            if other.start == word.start
                || gap.iter().all(|(form, _)| {
                    matches!(*form, "and" | "," | "or" | "the" | "both") || form.starts_with(char::is_uppercase)
                })
            {
                push_all(&mut description.countries, &other.countries);
            }
        }
        if word.breakaway {
            description.sectors = vec!["GOV", "PRE"];
        }
        match word.how {
            CountryWord::Name => {
                description.kind = ActorClassKind::State;
                push_sector(&mut description.sectors, "GOV");
            }
            CountryWord::Capital => {
                description.kind = ActorClassKind::State;
                description.basis = "context";
                push_sector(&mut description.sectors, "GOV");
            }
            CountryWord::Adjective | CountryWord::People => {
                description.kind = ActorClassKind::Group;
                description.plural = true;
                push_sector(&mut description.sectors, "CVL");
            }
        }
        return description;
    }
    let modifiers: Vec<&str> = words[..head].iter().map(|(_, lemma)| *lemma).filter(|lemma| !hyphen(lemma)).collect();
    let mut class = agent(&lower_lemma, &modifiers).or_else(|| agent(&lower_form, &modifiers));
    // "human rights group": some names of bodies keep a plural inside.
    let written: Vec<String> =
        words[..head].iter().filter(|(_, lemma)| !hyphen(lemma)).map(|(form, _)| form.to_lowercase()).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    if let Some(longer) = agent(&lower_lemma, &written) {
        if class.as_ref().is_none_or(|class| class.n_words < longer.n_words) {
            class = Some(longer);
        }
    }
    // "Ministry of defense", "members of parliament", "chief of the general staff".
    let tail: Vec<&str> = words[head + 1..].iter().take(5).map(|(_, lemma)| *lemma).collect();
    for length in (2..=tail.len()).rev() {
        let phrase = format!("{lower_lemma} {}", tail[..length].join(" ").to_lowercase());
        if let Some((sectors, kind)) = agent_entry(&phrase) {
            if class.as_ref().is_none_or(|class| class.n_words < length + 1) {
                class = Some(AgentClass { sectors: sectors.clone(), kind: *kind, n_words: length + 1 });
            }
            break;
        }
    }
    let generic = GENERIC.contains(&lower_lemma.as_str()) && class.as_ref().is_none_or(|class| class.n_words == 1);
    let complement = behind(words, head);
    // Countries: those before the head; else those in its first complement ("soldiers from Chad", "leaders of A and B").
    push_before(words, &mut description, &countries, head);
    let mut breakaway = countries.iter().any(|word| word.breakaway && word.start < head);
    let first_name_before = named.iter().rfind(|name| name.end <= head);
    if description.countries.is_empty()
        && let Some(name) = first_name_before
    {
        push_all(&mut description.countries, NAMES.party(name.party).acts_for());
    }
    // "NATO ministers in Brussels" are of no state.
    let above = first_name_before.is_some_and(|name| NAMES.party(name.party).kind == ActorClassKind::International);
    if description.countries.is_empty()
        && !above
        && let Some((at, preposition)) = complement
        && matches!(preposition, "of" | "from" | "in" | "for" | ",")
    {
        let stop = words[at + 1..]
            .iter()
            .position(|(form, _)| {
                matches!(*form, "against" | "to" | "with" | "on" | "near" | "over" | "who" | "that" | "which" | "along")
            })
            .map_or(words.len(), |offset| at + 1 + offset);
        for word in countries.iter().filter(|word| word.start > at && word.start < stop) {
            push_all(&mut description.countries, &word.countries);
            breakaway |= word.breakaway;
        }
        if description.countries.is_empty() {
            for name in named.iter().filter(|name| name.start > at && name.start < stop).take(2) {
                push_all(&mut description.countries, NAMES.party(name.party).acts_for());
            }
        }
    }
    description.countries.truncate(6);
    // Sectors: the phrase's own; a general word ("spokesman", "leader") takes those of what it belongs to.
    let mut borrowed: Vec<&'static str> = Vec::new();
    let mut borrowed_international = false;
    if generic || class.is_none() {
        // "rebel leader", "army spokesman", "hospital officials": from right to left before the head.
        if let Some(name) = first_name_before.filter(|_| generic) {
            let party = NAMES.party(name.party);
            borrowed.clone_from(&party.sectors);
            borrowed_international = party.kind == ActorClassKind::International;
        }
        if borrowed.is_empty() && generic {
            for end in (1..=modifiers.len()).rev() {
                if let Some(found) = agent(modifiers[end - 1], &modifiers[..end - 1])
                    && (!GENERIC.contains(&modifiers[end - 1].to_lowercase().as_str()) || found.n_words > 1)
                {
                    borrowed = found.sectors;
                    break;
                }
            }
        }
        // "a group of gunmen", "a spokesman for the army", "members of the militia".
        let collective = COLLECTIVE.contains(&lower_lemma.as_str());
        if borrowed.is_empty()
            && (generic || collective)
            && let Some((at, "of" | "for" | "from" | "at" | "in")) = complement
        {
            let inner = &words[at + 1..];
            if let Some(name) = named.iter().find(|name| name.start > at && name.start <= at + 3) {
                let party = NAMES.party(name.party);
                borrowed.clone_from(&party.sectors);
                borrowed_international = party.kind == ActorClassKind::International;
            } else {
                let lemmas: Vec<&str> =
                    inner.iter().take(6).map(|(_, lemma)| *lemma).filter(|lemma| !hyphen(lemma)).collect();
                let mut best: Option<AgentClass> = None;
                for end in 1..=lemmas.len() {
                    if matches!(lemmas[end - 1], "in" | "on" | "at" | "from" | "to" | "," | "and" | "'s" | "’s")
                        && best.is_some()
                    {
                        break;
                    }
                    if let Some(found) = agent(lemmas[end - 1], &lemmas[..end - 1]) {
                        best = Some(found);
                    }
                }
                if let Some(found) = best {
                    if collective && description.kind == ActorClassKind::Unknown {
                        description.kind = found.kind;
                        description.plural = true;
                    }
                    borrowed = found.sectors;
                }
            }
        }
    }
    // "A fundamentalist party" is a party first.
    let people =
        borrowed.first() == Some(&"CVL") && class.as_ref().is_some_and(|class| class.kind == ActorClassKind::Body);
    if !borrowed.is_empty() && !people {
        description.sectors = borrowed;
    } else if let Some(class) = &class {
        description.sectors.clone_from(&class.sectors);
        // "Bangladeshi peacekeepers" are soldiers of Bangladesh.
        if countries
            .iter()
            .any(|word| word.end <= head && word.how == CountryWord::Adjective && !word.countries.is_empty())
        {
            description.sectors.retain(|sector| *sector != "IGO" || class.sectors.len() == 1);
        }
        // "Inspectors of the Atomic Energy Agency" are its people, wherever they are.
        let body = complement.filter(|_| description.countries.is_empty() && !generic).and_then(|(at, preposition)| {
            let name = named.iter().find(|name| name.start > at && name.start <= at + 2)?;
            matches!(preposition, "of" | "from" | "for" | "with").then(|| NAMES.party(name.party))
        });
        if let Some(party) = body.filter(|party| party.kind == ActorClassKind::International) {
            borrowed_international = true;
            for sector in party.sectors.iter().filter(|sector| matches!(**sector, "UNO" | "EUR" | "IGO" | "NGO")) {
                push_sector(&mut description.sectors, sector);
            }
        }
        // "NATO soldiers", "UN peacekeepers": whose they are stands in the same list.
        if let Some(name) = first_name_before {
            let party = NAMES.party(name.party);
            if party.kind == ActorClassKind::International {
                borrowed_international = true;
                for sector in party.sectors.iter().filter(|sector| matches!(**sector, "UNO" | "EUR" | "IGO" | "NGO")) {
                    description.sectors.retain(|known| *known != "IGO");
                    push_sector(&mut description.sectors, sector);
                }
            }
        }
    }
    if let Some(name) = first_name_before {
        be_of_group(NAMES.party(name.party), &mut description);
    }
    let apart = |word: &&str| {
        matches!(*word, "facto" | "self-proclaimed" | "proclaimed" | "breakaway" | "separatist" | "secessionist")
    };
    let authority = description.sectors.iter().any(|sector| matches!(*sector, "GOV" | "LEG" | "JUD"));
    if (breakaway || authority && modifiers.iter().any(apart)) && !description.sectors.is_empty() {
        push_sector(&mut description.sectors, "PRE");
    }
    if let Some(class) = &class {
        description.kind = class.kind;
        let one_body = lower_form == lower_lemma && is_one_body(&lower_lemma);
        description.plural |= class.kind == ActorClassKind::Group && !one_body;
    } else if generic && !description.sectors.is_empty() && description.kind == ActorClassKind::Unknown {
        description.kind = ActorClassKind::Group;
    }
    if borrowed_international
        && description.countries.is_empty()
        && matches!(description.kind, ActorClassKind::Body | ActorClassKind::Group | ActorClassKind::Person)
    {
        description.kind = ActorClassKind::International;
    }
    let course = COURSES.contains(&lower_lemma.as_str()) && first_name_before.is_some();
    if class.is_none() && !generic && (course || ARMS.contains(&lower_lemma.as_str())) {
        arms(words, head, first_name_before.map(|name| NAMES.party(name.party)), &modifiers, &mut description);
        if !description.sectors.is_empty() {
            return description;
        }
    }
    // A word that is no agent does not become one because a country stands beside it ("the Tajik border").
    if description.sectors.is_empty() && class.is_none() && !generic && !is_counterpart(&lower_lemma) {
        description.countries.clear();
        let titled = words[head].0.starts_with(char::is_uppercase);
        if titled {
            // "Russian leader Ivan Petrov", "Col. Idris": the title before a name that is in no list.
            title(words, head, &countries, &mut description);
            if let Some(name) = first_name_before.filter(|_| !description.sectors.is_empty()) {
                belong_to(NAMES.party(name.party), &mut description);
            }
        }
    }
    description
}

/// "Arab League Secretary-General Chedli Klibi": whose officer the titled person is.
fn belong_to(party: &Party, description: &mut ActorDescription) {
    if party.kind == ActorClassKind::International {
        description.kind = ActorClassKind::International;
        for sector in party.sectors.iter().filter(|sector| matches!(**sector, "UNO" | "EUR" | "IGO" | "NGO")) {
            push_sector(&mut description.sectors, sector);
        }
    } else if description.countries.is_empty() && party.table != "media" {
        push_all(&mut description.countries, party.acts_for());
    }
    be_of_group(party, description);
}

/// Whether sectors are those of groups that bear arms beside states: rebels, unknown gunmen, paramilitaries, gangs.
pub fn is_armed_group<S: AsRef<str>>(sectors: &[S]) -> bool {
    sectors.iter().any(|sector| matches!(sector.as_ref(), "REB" | "UAF" | "PRM" | "CRM"))
}

/// "An ELN commander", "the Houthi military spokesman": who is of an armed group is of no army.
fn be_of_group(party: &Party, description: &mut ActorDescription) {
    if description.sectors == ["MIL"] && party.id.starts_with("group:") && is_armed_group(&party.sectors) {
        description.sectors.clone_from(&party.sectors);
    }
}

/// "Israeli jets", "army helicopters", "Houthi drones": whose arms they are is who acts.
fn arms(
    words: &[(&str, &str)],
    head: usize,
    named: Option<&Party>,
    modifiers: &[&str],
    description: &mut ActorDescription,
) {
    const CIVIL: &[&str] = &[
        "aircraft",
        "plane",
        "vessel",
        "boat",
        "convoy",
        "patrol",
        "post",
        "position",
        "bulldozer",
        "excavator",
        "jeep",
        "vehicle",
        "truck",
        "trawler",
    ];
    let lemma = words[head].1.to_lowercase();
    if let Some(party) = named {
        description.sectors.clone_from(&party.sectors);
        description.kind = ActorClassKind::Group;
        return;
    }
    for end in (1..=modifiers.len()).rev() {
        let found = agent(modifiers[end - 1], &modifiers[..end - 1]);
        let force = |sectors: &[&str]| {
            sectors.iter().any(|sector| matches!(*sector, "MIL" | "REB" | "PRM" | "COP" | "GOV" | "CRM"))
        };
        if let Some(found) = found.filter(|found| force(&found.sectors)) {
            description.sectors = found.sectors;
            description.kind = ActorClassKind::Group;
            return;
        }
    }
    // A plane or a ship of a country need not be its army's.
    let military = !CIVIL.contains(&lemma.as_str())
        || modifiers.iter().any(|word| matches!(*word, "military" | "fighter" | "war" | "surveillance" | "naval"));
    let held = matches!(lemma.as_str(), "post" | "position") && !description.countries.is_empty();
    if !description.countries.is_empty() && (military || held) {
        description.sectors = vec!["MIL"];
        description.kind = ActorClassKind::Group;
    }
}

/// Whether a noun names somebody by how he stands to another, whose people he is not: "its European partners", "Israel's militia ally".
pub fn is_counterpart(lemma: &str) -> bool {
    matches!(
        lemma,
        "ally"
            | "partner"
            | "neighbor"
            | "neighbour"
            | "rival"
            | "enemy"
            | "foe"
            | "adversary"
            | "counterpart"
            | "backer"
            | "sponsor"
            | "patron"
            | "creditor"
    )
}

fn push_before(words: &[(&str, &str)], description: &mut ActorDescription, countries: &[Found], head: usize) {
    let owned = |word: &&Found| {
        is_counterpart(words[head].1)
            && words.get(word.end).is_some_and(|(form, _)| matches!(*form, "'s" | "’s" | "'" | "’"))
    };
    for word in countries.iter().filter(|word| word.end <= head && !owned(word)) {
        push_all(&mut description.countries, &word.countries);
    }
}

/// The sector of an abbreviated rank or of an office that is one only before a name.
fn rank(word: &str) -> Option<&'static str> {
    match word {
        "gen" | "col" | "lt" | "maj" | "capt" | "sgt" | "brig" | "adm" | "cpl" => Some("MIL"),
        "gov" | "pres" | "secretary" => Some("GOV"),
        "sen" | "rep" => Some("LEG"),
        _ => None,
    }
}

/// Reads the title in front of a person's or body's name.
fn title(words: &[(&str, &str)], head: usize, countries: &[Found], description: &mut ActorDescription) {
    let lemmas: Vec<&str> = words[..head].iter().map(|(_, lemma)| *lemma).filter(|lemma| !hyphen(lemma)).collect();
    for end in (1..=lemmas.len()).rev() {
        let word = lemmas[end - 1].trim_end_matches('.');
        let found = rank(&word.to_lowercase())
            .map(|sector| AgentClass { sectors: vec![sector], kind: ActorClassKind::Person, n_words: 1 })
            .or_else(|| agent(word, &lemmas[..end - 1]));
        if let Some(mut found) = found {
            // "Rebel liaison officer": a general word takes the sectors of what it belongs to.
            if found.n_words == 1 && GENERIC.contains(&word.to_lowercase().as_str()) {
                let before = (1..end).rev().filter(|&at| !GENERIC.contains(&lemmas[at - 1].to_lowercase().as_str()));
                if let Some(own) = before.filter_map(|at| agent(lemmas[at - 1], &lemmas[..at - 1])).next() {
                    found.sectors = own.sectors;
                }
            }
            description.sectors = found.sectors;
            description.kind =
                if found.kind == ActorClassKind::Body { ActorClassKind::Organization } else { found.kind };
            push_before(words, description, countries, head);
            return;
        }
    }
}

/// Countries whose adjectives or names stand before the head of a phrase: "an Indian proposal", "Algerian landowners".
pub fn countries_before(words: &[(&str, &str)], head: usize) -> Vec<String> {
    let mut description = ActorDescription::blank();
    if head < words.len() && words.len() <= 400 {
        push_before(words, &mut description, &country_words(words, &named_parties(words)), head);
    }
    description.countries
}

/// Whether a name is that of a listed party; in capitals where it is an acronym.
pub fn is_listed_party(name: &str) -> bool {
    let Some(&(_, acronym)) = NAMES.by_key.get(&name_key(name)) else { return false };
    !acronym || name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// Countries where a listed armed group is at home and fights, home first, at most three; none for other names.
pub fn armed_group_countries(name: &str) -> &'static [&'static str] {
    let key = name_key(name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name));
    let Some(&(party, acronym)) = NAMES.by_key.get(&key) else { return &[] };
    let is_written = !acronym || name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let party = NAMES.party(party);
    if is_written && party.id.starts_with("group:") { &party.countries[..party.countries.len().min(3)] } else { &[] }
}

/// Whether a name is that of a body above states, and not of a place or a state.
pub fn is_international_body(name: &str) -> bool {
    let Some(&(party, acronym)) = NAMES.by_key.get(&name_key(name)) else { return false };
    let written = !acronym || name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    written && NAMES.party(party).kind == ActorClassKind::International
}

/// Every listed party: identifier, countries and sectors. For checks and documentation.
pub fn listed_parties() -> impl Iterator<Item = (&'static str, &'static [&'static str], &'static [&'static str])> {
    NAMES.parties.iter().map(|party| (party.id.as_str(), party.acts_for(), party.sectors.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::{agent, describe_actor};

    /// Describes a phrase; the head is marked with `*`. Lemmas are the lower-case forms without a plural ending.
    fn described(phrase: &str) -> String {
        let mut head = 0;
        let words: Vec<(String, String)> = phrase
            .split_whitespace()
            .enumerate()
            .map(|(index, word)| {
                let form = match word.strip_prefix('*') {
                    Some(rest) => {
                        head = index;
                        rest
                    }
                    None => word,
                };
                let lower = form.to_lowercase();
                let lemma = match lower.as_str() {
                    "men" => "man".to_owned(),
                    "'s" | "’s" | "is" | "us" | "police" | "chess" => lower,
                    _ => match lower.strip_suffix("ies") {
                        Some(stem) => format!("{stem}y"),
                        None => lower
                            .strip_suffix('s')
                            .filter(|stem| !stem.ends_with('s'))
                            .map_or(lower.clone(), str::to_owned),
                    },
                };
                (form.to_owned(), lemma)
            })
            .collect();
        let words: Vec<(&str, &str)> = words.iter().map(|(form, lemma)| (form.as_str(), lemma.as_str())).collect();
        let description = describe_actor(&words, head);
        format!(
            "{} {} {:?}{}",
            description.countries.join("+"),
            description.sectors.join("+"),
            description.kind,
            description.known.map(|known| format!(" {known}")).unwrap_or_default()
        )
    }

    #[test]
    fn an_ally_is_not_of_those_whose_ally_he_is() {
        let words = |owner| [(owner, owner), ("'s", "'s"), ("militia", "militia"), ("ally", "ally")];
        assert!(super::countries_before(&words("Israel"), 3).is_empty());
        assert_eq!(super::countries_before(&[("Israeli", "israeli"), ("ally", "ally")], 1), ["ISR"]);
        assert_eq!(super::countries_before(&[("Israel", "israel"), ("'s", "'s"), ("army", "army")], 2), ["ISR"]);
    }

    #[test]
    fn describes_parties() {
        for (phrase, expected) in [
            ("Kyrgyzstan ’s border *service", "KGZ MIL Body"),
            ("the Tajik *military", "TJK MIL Body"),
            ("*officials in the Kyrgyz capital , Bishkek", "KGZ GOV Person"),
            ("the *leaders of Armenia and Azerbaijan", "ARM+AZE GOV Person"),
            ("Armenian and Azerbaijani *troops", "ARM+AZE MIL Group"),
            ("*soldiers from Chad", "TCD MIL Person"),
            ("*Sudan", "SDN GOV State"),
            ("*Sudan and Chad", "SDN+TCD GOV State"),
            ("*Khartoum", "SDN GOV State"),
            ("the Syrian health *ministry", "SYR GOV+MED Body"),
            ("Syria 's *ministry of defense", "SYR GOV+MIL Body"),
            ("Somali *police", "SOM COP Body"),
            ("a police *officer", " COP Person"),
            ("*gunmen", " UAF Person"),
            ("a *group of gunmen", " UAF Person"),
            ("*dozens of protesters", " CVL+OPP Person"),
            ("a UN *spokesman", " UNO International"),
            ("*UNHCR", " UNO International organization:unhcr"),
            ("the *United Nations", " UNO International organization:un"),
            ("NATO *soldiers", " MIL+IGO International"),
            ("Houthi *fighters", "YEM REB Person"),
            ("the *Houthis", "YEM REB Organization group:houthis"),
            ("al - *Shabaab", "SOM REB Organization group:shabaab"),
            ("Iran - backed *Houthis", "YEM REB Organization group:houthis"),
            ("Iran - backed *militias", " PRM Group"),
            ("Vietnamese - led *forces", "VNM MIL Group"),
            ("Kurdish - led *forces", " MIL Group"),
            ("Burmese army *bulldozers", "MMR MIL Group"),
            ("Israeli military *policies", "ISR MIL Group"),
            ("Irish republican *guerrillas", "GBR REB Person"),
            ("Irish *soldiers", "IRL MIL Person"),
            ("pro - Russian *separatists", " REB Person"),
            ("the news agency *TASS", "RUS JRN Organization medium:tass"),
            ("Russian leader Vladimir *Putin", "RUS GOV Person person:vladimir-putin"),
            ("a rebel *commander", " REB Person"),
            ("an army *spokesman", " MIL Person"),
            ("a *spokesman for the army", " MIL Person"),
            ("*members of the militia", " PRM Group"),
            ("hospital *officials", " MED Person"),
            ("Abkhaz *forces", "GEO MIL+PRE Group"),
            ("*Israelis", "ISR CVL Group"),
            ("who", "  Unknown"),
            ("the Tajik *border", "  Unknown"),
            ("the *weather", "  Unknown"),
            ("government *forces", " MIL Group"),
            ("Kenyan *President", "KEN GOV Person"),
            ("Nigerien *lawmakers", "NER LEG Person"),
            ("US *troops in Syria", "USA MIL Group"),
            ("ethnic *Albanians", " CVL Group"),
            ("ethnic Serb *civilians", " CVL Person"),
            ("Iraqi *Kurds", "IRQ CVL Group"),
            ("Bosnian Croat *forces", "BIH MIL Group"),
            ("*Rohingya", "MMR CVL Group"),
            ("the *Security Council", " UNO+GOV International organization:unsc"),
            ("Russia 's *Security Council", "RUS GOV Body"),
            ("Bangladeshi *peacekeepers", "BGD MIL Person"),
            ("*inspectors of the International Atomic Energy Agency", " COP+UNO International"),
            ("Gen. Nawaf *Salam", "LBN MIL Person person:nawaf-salam"),
            ("Cesar *Chavez", "  Unknown"),
            ("Arab League Secretary - General Samir *Haddad", " GOV+IGO International"),
            ("a fundamentalist *party", " PTY Body"),
            ("Rebel liaison officer Frank *Kamara", " REB Person"),
            ("government spokeswoman Ada *Nwosu", " GOV Person"),
            ("police officer Ada *Nwosu", " COP Person"),
        ] {
            assert_eq!(described(phrase), expected, "{phrase}");
        }
    }

    #[test]
    fn odd_input_is_harmless() {
        let long = "x".repeat(10_000);
        for phrase in ["", "*🙂", "*\u{0}", "- - *-", "’s ’s", long.as_str()] {
            let _ = described(phrase);
        }
        assert_eq!(describe_actor(&[], 0).countries.len(), 0);
        assert_eq!(describe_actor(&[("a", "a")], 7).sectors.len(), 0);
    }

    #[test]
    fn agents() {
        assert_eq!(agent("guard", &["border"]).map(|class| class.sectors), Some(vec!["MIL"]));
        assert_eq!(agent("defence ministry", &[]).map(|class| class.sectors), Some(vec!["GOV", "MIL"]));
        assert_eq!(agent("chess", &[]), None);
        assert_eq!(agent("", &[]), None);
    }
}
