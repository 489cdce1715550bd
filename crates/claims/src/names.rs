//! What a name is, where the model's tags and the gazetteer together tell more than the tags alone.
//!
//! "Alexandria police", "Marawi lay in ruins": a town that the model takes for a person or a body. "Strickland", once told with a first name, is no
//! town. And names that stand inside of other names: "Kharkiv Polytechnic Institute", "Fargo-Moorhead".

use crate::time;
use counterclaim_knowledge::Country;
use counterclaim_knowledge::actors::{agent, armed_group_countries, is_listed_party};
use counterclaim_knowledge::gazetteer::{Candidate, Exactness, is_abbreviation, places};
use counterclaim_knowledge::holders::is_name_of_holder;
use counterclaim_knowledge::{People, Region, name_key};
use counterclaim_language::{Analysis, Deprel, Upos};
use counterclaim_schema::{Mention, MentionKind, Span};
use std::collections::HashSet;

/// Nouns that a town bears before them and a person does not: "Grand Prairie police", "an Augusta native".
const OF_TOWNS: &[&str] = &[
    "police",
    "man",
    "woman",
    "boy",
    "girl",
    "couple",
    "native",
    "resident",
    "mayor",
    "council",
    "councilman",
    "teen",
    "teenager",
    "firefighter",
    "detective",
    "area",
    "district",
    "county",
    "province",
    "region",
    "governorate",
    "suburb",
    "selectman",
    "parent",
    "motorist",
    "student",
    "airport",
    "hospital",
    "prison",
    "market",
    "residents",
    "neighborhood",
    "neighbourhood",
    "border",
    "front",
    "outskirt",
    "crossing",
    "countryside",
];

/// Prepositions after which a name tells where.
const WHERE: &[&str] = &["in", "near", "outside", "around", "inside", "across", "throughout", "toward", "towards"];

/// What befalls towns and not people: "Marawi lay in ruins", "Aleppo was besieged".
const OF_PLACES: &[&str] = &[
    "lie",
    "fall",
    "remain",
    "see",
    "witness",
    "come",
    "house",
    "sit",
    "stand",
    "become",
    "be",
    "have",
    "endure",
    "suffer",
    "change",
    "capture",
    "seize",
    "shell",
    "bomb",
    "bombard",
    "besiege",
    "retake",
    "recapture",
    "overrun",
    "encircle",
    "flatten",
    "destroy",
    "surround",
    "evacuate",
    "liberate",
    "loot",
    "burn",
    "pound",
    "rock",
    "shake",
    "raze",
    "storm",
    "blockade",
    "occupy",
    "flood",
];

/// What befalls people and bodies, be the verb passive or not.
const OF_PEOPLE: &[&str] = &[
    "kill", "arrest", "detain", "shoot", "wound", "injure", "die", "resign", "say", "tell", "accuse", "deny", "elect",
    "appoint", "convict", "sentence", "charge", "marry", "bear", "jail", "release", "free", "sack", "fire", "dismiss",
    "name", "survive",
];

/// Nouns that end the name of a building or an institution: a place of its own only for who looks for it.
const INSTITUTIONS: &[&str] = &[
    "center",
    "centre",
    "jail",
    "courthouse",
    "school",
    "college",
    "university",
    "hall",
    "academy",
    "church",
    "theater",
    "theatre",
    "hospital",
    "building",
    "library",
    "museum",
    "club",
    "institute",
    "clinic",
    "prison",
    "mosque",
    "cathedral",
    "hotel",
    "restaurant",
    "department",
    "office",
    "committee",
    "council",
    "court",
    "airport",
    "stadium",
    "arena",
    "mall",
];

/// Words that are places somewhere and in most names are not.
const COMMON: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "central",
    "city",
    "lake",
    "river",
    "street",
    "bridge",
    "old",
    "new",
    "first",
    "big",
    "mill",
    "metro",
    "human",
    "drug",
    "college",
    "university",
    "downtown",
    "region",
    "town",
    "old town",
    "union",
    "church",
    "high",
    "park",
    "square",
    "market",
    "green",
    "white",
    "black",
    "red",
    "state",
    "national",
    "district",
    "centre",
    "center",
    "station",
    "port",
    "border",
    "hill",
    "valley",
    "america",
    "south central",
    "upper",
    "lower",
    "greater",
    "st.",
    "st",
    "san",
    "al",
    "el",
];

/// Last words of longer names that are places of their own: roads and what nature made.
const WHOLE: &[&str] = &[
    "street",
    "st.",
    "st",
    "road",
    "rd.",
    "rd",
    "avenue",
    "avenues",
    "ave.",
    "ave",
    "lane",
    "drive",
    "boulevard",
    "blvd.",
    "blvd",
    "highway",
    "parkway",
    "way",
    "circle",
    "pike",
    "trail",
    "river",
    "lake",
    "creek",
    "crossing",
    "mountain",
    "mountains",
    "hills",
    "valley",
    "forest",
    "wilderness",
    "bay",
    "island",
    "islands",
    "park",
    "bridge",
    "canal",
    "strait",
    "reservoir",
    "dam",
    "sea",
    "gulf",
    "desert",
    "plateau",
    "corridor",
    "peninsula",
    "line",
    "camp",
    "base",
    "square",
    "plaza",
    "ridge",
    "vista",
    "bench",
    "court",
];

/// The likeliest place that bears exactly this name.
fn place_named(name: &str) -> Option<Candidate> {
    places()
        .lookup(name)
        .into_iter()
        .filter(|found| found.exactness <= Exactness::Alternate)
        .max_by_key(|found| found.population)
}

fn is_division(candidate: &Candidate) -> bool {
    matches!(candidate.feature_code.as_str(), "ADM1" | "ADM2" | "PCLI") || candidate.salient
}

/// Whether a name is that of a building or an institution by its last word.
pub fn is_institution(name: &str) -> bool {
    let last = name.rsplit([' ', '\u{a0}']).next().unwrap_or_default().to_lowercase();
    name.contains(' ') && INSTITUTIONS.contains(&last.as_str())
}

struct Names<'a> {
    text: &'a str,
    analysis: &'a Analysis,
    /// Keys of names that the model takes for places somewhere.
    told: HashSet<String>,
    /// Keys of last names of people told with more than one name.
    last_names: HashSet<String>,
    /// Countries of the report.
    countries: HashSet<&'a str>,
}

impl<'a> Names<'a> {
    fn new(text: &'a str, analysis: &'a Analysis, country_words: &'a [(Span, String)]) -> Names<'a> {
        let mentions = || analysis.mentions.iter();
        let people = mentions().filter(|mention| mention.kind == MentionKind::Person);
        let last_names: HashSet<String> = people
            .filter_map(|mention| {
                let words: Vec<&str> = mention.span.of(text).split_whitespace().collect();
                (words.len() > 1).then(|| name_key(words[words.len() - 1].trim_end_matches(['\'', '’', ','])))
            })
            .collect();
        let placed = mentions().filter(|mention| mention.kind == MentionKind::Place);
        let told =
            placed.map(|mention| name_key(mention.span.of(text))).filter(|key| !last_names.contains(key)).collect();
        let countries = country_words.iter().map(|(_, country)| country.as_str()).collect();
        Names { text, analysis, told, last_names, countries }
    }

    fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let words = &self.analysis.words;
        let first = words.partition_point(|word| word.span.end <= span.start);
        first..words.partition_point(|word| word.span.start < span.end).max(first)
    }

    fn form(&self, at: usize) -> &'a str {
        self.analysis.words.get(at).map_or("", |word| word.span.of(self.text))
    }

    fn lemma(&self, at: usize) -> &'a str {
        self.analysis.words.get(at).map_or("", |word| word.lemma.as_str())
    }

    fn is_first_in_sentence(&self, at: usize) -> bool {
        self.analysis.sentences.iter().any(|words| words.start as usize == at)
    }

    /// Whether a name that the model takes for a person or a body is a place here.
    fn is_place(&self, span: Span, kind: MentionKind) -> bool {
        let name = span.of(self.text);
        let words = self.words_in(span);
        let capital =
            (words.start..words.end).all(|at| self.form(at).starts_with(|c: char| c.is_uppercase() || c == '.'));
        if words.is_empty() || words.len() > 3 || !capital || self.last_names.contains(&name_key(name)) {
            return false;
        }
        let lower = name.to_lowercase();
        let common = COMMON.contains(&lower.as_str()) || agent(&lower, &[]).is_some();
        if common || is_listed_party(name) || People::by_name(name).is_some() {
            return false;
        }
        let Some(place) = place_named(name) else { return false };
        if self.told.contains(&name_key(name)) {
            return true;
        }
        let country = place.country.as_deref().is_some_and(|country| self.countries.contains(country));
        let known = is_division(&place) || place.population >= 1_000 || country;
        let before = words.start.checked_sub(1).map_or("", |at| self.lemma(at));
        let next = self.lemma(words.end);
        if known && (OF_TOWNS.contains(&next) || WHERE.contains(&before) && kind != MentionKind::Nationality) {
            return true;
        }
        // A dateline that the ingester did not see: "TORRINGTON — ".
        let dateline = self.is_first_in_sentence(words.start)
            && name.len() > 3
            && !name.contains(char::is_lowercase)
            && matches!(self.form(words.end), "—" | "–" | "--" | "-");
        if known && dateline {
            return true;
        }
        country && (self.befalls_a_place(words.clone()) || self.stands_as_place(words, &place, kind))
    }

    /// A name of a town of a country that the report tells, of which nothing says that it is a person's: no title, no office, no speech.
    fn stands_as_place(&self, words: std::ops::Range<usize>, place: &Candidate, kind: MentionKind) -> bool {
        let large = is_division(place) || place.population >= 5_000 || place.feature_code.starts_with("PPLA");
        let listed = place.id.starts_with("conflict:");
        let before = words.start.checked_sub(1).filter(|_| !self.is_first_in_sentence(words.start));
        let titled = before.is_some_and(|at| {
            self.form(at).starts_with(char::is_uppercase) && !self.is_first_in_sentence(at)
                || agent(self.lemma(at), &[]).is_some()
                || self.form(at).ends_with('.')
                || matches!(self.lemma(at), "the" | "with" | "by" | "mr" | "against")
        });
        let verb = (words.end..words.end + 4)
            .take_while(|&at| self.analysis.words.get(at).is_some_and(|word| word.upos != Upos::Punct))
            .find(|&at| self.analysis.words[at].upos == Upos::Verb);
        let of_people = verb.is_some_and(|at| {
            let lemma = self.lemma(at);
            OF_PEOPLE.contains(&lemma) || crate::cues::verb(lemma).next().is_some()
        });
        let possessive = matches!(self.form(words.end), "'s" | "’s");
        let name = self.analysis.words[words.start].span.to(self.analysis.words[words.end - 1].span).of(self.text);
        let office = is_name_of_holder(name);
        kind == MentionKind::Person && (large || listed) && !titled && !of_people && !possessive && !office
    }

    /// "Marawi lay in ruins": what the clause tells of its subject befalls places.
    fn befalls_a_place(&self, words: std::ops::Range<usize>) -> bool {
        let verb = (words.end..words.end + 4)
            .find(|&at| self.analysis.words.get(at).is_some_and(|word| matches!(word.upos, Upos::Verb | Upos::Aux)));
        let Some(verb) = verb else { return false };
        let close = (words.end..verb).all(|at| self.analysis.words[at].upos != Upos::Punct);
        // The verb behind its auxiliaries: "has been shelled".
        let last = (verb..verb + 5)
            .take_while(|&at| {
                self.analysis
                    .words
                    .get(at)
                    .is_some_and(|word| matches!(word.upos, Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part))
            })
            .filter(|&at| matches!(self.analysis.words[at].upos, Upos::Verb | Upos::Aux))
            .last();
        let lemma = last.map_or("", |at| self.lemma(at));
        close && OF_PLACES.contains(&lemma) && !OF_PEOPLE.contains(&lemma)
    }

    /// What a name is that the model takes for a place: a person told before; or, as a time, no name to keep.
    fn is_no_place(&self, span: Span) -> Option<MentionKind> {
        let name = span.of(self.text);
        let key = name_key(name);
        if key.len() <= 3 && !name.contains(char::is_uppercase) {
            return Some(MentionKind::Time);
        }
        // "May" is a name too, and "will".
        let calendar = |word: &str| time::is_weekday(word) || time::is_month_name(word) && word != "may";
        if calendar(key.trim_end_matches('a')) || calendar(&key) {
            return Some(MentionKind::Time);
        }
        let words = self.words_in(span);
        let before = words.start.checked_sub(1).map_or("", |at| self.lemma(at));
        let where_told = WHERE.contains(&before) || matches!(before, "of" | "at" | "from" | "to");
        let great = || place_named(name).is_some_and(|place| is_division(&place) || place.population >= 100_000);
        (self.last_names.contains(&key) && !where_told && !great()).then_some(MentionKind::Person)
    }

    /// "Fla." with its point: the abbreviation is the name.
    fn with_point(&self, span: Span) -> Span {
        if !self.text.get(span.end()..).is_some_and(|rest| rest.starts_with('.')) {
            return span;
        }
        let longer = Span::new(span.start(), span.end() + 1);
        if is_abbreviation(longer.of(self.text)) { longer } else { span }
    }

    /// Names of places inside a longer name.
    fn within(&self, span: Span, kind: MentionKind) -> Vec<Span> {
        let words = self.words_in(span);
        let mut found: Vec<Span> = Vec::new();
        let mut at = words.start;
        while at < words.end {
            let longest = (1..=4.min(words.end - at)).rev().find_map(|length| {
                let part = self.analysis.words[at].span.to(self.analysis.words[at + length - 1].span);
                let part = self.with_point(part);
                (part != span && self.is_name_within(part, at..at + length, &words, kind)).then_some((part, length))
            });
            match longest {
                Some((part, length)) => {
                    found.push(part);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn is_name_within(
        &self,
        part: Span,
        words: std::ops::Range<usize>,
        outer: &std::ops::Range<usize>,
        kind: MentionKind,
    ) -> bool {
        let name = part.of(self.text);
        let last = self.form(words.end - 1);
        if !self.form(words.start).starts_with(char::is_uppercase)
            || !last.starts_with(|c: char| c.is_uppercase() || c == '.')
        {
            return false;
        }
        // The place of a body stands first in its name, behind a preposition, or behind a hyphen.
        let before = words.start.checked_sub(1).filter(|&at| at >= outer.start).map(|at| self.form(at));
        let stands = match before {
            None => true,
            Some(before) => {
                matches!(before, "of" | "in" | "at" | "for" | "," | "-" | "–" | "/" | "the" | "The" | "and") || {
                    let word = before.to_lowercase();
                    matches!(
                        word.as_str(),
                        "downtown"
                            | "greater"
                            | "metropolitan"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "northern"
                            | "southern"
                            | "eastern"
                            | "western"
                            | "central"
                            | "southeast"
                            | "southwest"
                            | "northeast"
                            | "northwest"
                    )
                }
            }
        };
        let lower = name.to_lowercase();
        if !stands
            || COMMON.contains(&lower.as_str())
            || lower.starts_with("the ")
            || is_listed_party(name)
            || People::by_name(name).is_some()
        {
            return false;
        }
        // "Dublin City Council" is the council of Dublin.
        if name.strip_suffix(" City").is_some_and(|town| self.told.contains(&name_key(town))) {
            return false;
        }
        if Country::by_name(name).is_some() || is_abbreviation(name) || Region::by_name(name).is_some() {
            return true;
        }
        let Some(place) = place_named(name) else { return false };
        let told = self.told.contains(&name_key(name));
        let at_end = words.end == outer.end;
        let school = matches!(self.lemma(outer.end - 1), "university" | "college" | "school");
        // One capital word that ends a name is more often a surname than a town.
        let surname = self.last_names.contains(&name_key(name)) && !told;
        !surname
            && (told
                || place.feature_code == "ADM1"
                || place.feature_code == "ADM2" && name.contains(' ')
                || place.population >= if kind == MentionKind::Place { 1_000 } else { 50_000 }
                    && !school
                    && !(at_end && before.is_none()))
    }
}

/// Names tagged as places that speak, deny and sign, and stand nowhere behind a word of place: bodies, whatever village bears their name.
fn speaking_names(text: &str, analysis: &Analysis) -> HashSet<String> {
    /// What only people and bodies do, beside the words of speech.
    const DONE_BY_PARTIES: &[&str] =
        &["sign", "hire", "retort", "negotiate", "recruit", "apologise", "apologize", "boycott"];
    let words = &analysis.words;
    let form = |at: usize| words.get(at).map_or("", |word| word.span.of(text));
    let mut speaking: HashSet<String> = HashSet::new();
    let mut placed: HashSet<String> = HashSet::new();
    // The same name may be tagged otherwise where it speaks.
    let named = |kind: MentionKind| {
        matches!(
            kind,
            MentionKind::Place
                | MentionKind::Person
                | MentionKind::Organization
                | MentionKind::Misc
                | MentionKind::Group
        )
    };
    for mention in analysis.mentions.iter().filter(|mention| named(mention.kind)) {
        let key = name_key(mention.span.of(text));
        let first = words.partition_point(|word| word.span.end <= mention.span.start);
        let end = words.partition_point(|word| word.span.start < mention.span.end);
        if end <= first {
            continue;
        }
        let before = first.checked_sub(1).map_or("", |at| form(at)).to_lowercase();
        if WHERE.contains(&before.as_str())
            || matches!(
                before.as_str(),
                "at" | "from"
                    | "into"
                    | "of"
                    | "between"
                    | "via"
                    | "central"
                    | "downtown"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
            )
            || OF_TOWNS.contains(&form(end))
        {
            placed.insert(key);
            continue;
        }
        let subject = (first..end).find_map(|at| {
            let word = &words[at];
            let head = word.head.filter(|_| matches!(word.deprel, Deprel::Nsubj))? as usize;
            Some(words[head].lemma.as_str()).filter(|_| words[head].upos == Upos::Verb)
        });
        let speaks = subject.is_some_and(|verb| {
            DONE_BY_PARTIES.contains(&verb)
                || crate::cues::verb(verb)
                    .any(|cue| matches!(cue.kind, crate::cues::CueKind::Report | crate::cues::CueKind::Act))
        });
        let source = analysis.attributions.iter().any(|attribution| attribution.source.contains(&mention.span));
        if speaks || source {
            speaking.insert(key);
        }
    }
    let state = |name: &str| {
        Country::by_name(name).is_some()
            || Country::by_capital(name).is_some()
            || Country::by_adjective(name).is_some()
            || Region::by_name(name).is_some()
            || place_named(name).is_some_and(|place| {
                is_division(&place)
                    || place.population >= 50_000
                    || place.feature_code.starts_with("PPLC")
                    || place.feature_code == "PPLA"
            })
    };
    let mentions = analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Place);
    let states: HashSet<String> =
        mentions.map(|mention| mention.span.of(text)).filter(|name| state(name)).map(name_key).collect();
    speaking.retain(|key| !placed.contains(key) && !states.contains(key));
    speaking
}

/// Settles kinds and ends of the mentions in place; those that are no names are left out.
pub fn settle(text: &str, analysis: &mut Analysis, country_words: &[(Span, String)]) {
    let speaking = speaking_names(text, analysis);
    let bodies = analysis.mentions.iter().filter(|mention| mention.kind != MentionKind::Person);
    let bodies: HashSet<String> = bodies.map(|mention| name_key(mention.span.of(text))).collect();
    for mention in &mut analysis.mentions {
        let name = mention.span.of(text);
        let group = !armed_group_countries(name).is_empty();
        let is_body = speaking.contains(&name_key(name)) || group;
        // "Fano" is the militia throughout a report that names it once as one.
        let same = group && bodies.contains(&name_key(name));
        if mention.kind == MentionKind::Place && is_body || mention.kind == MentionKind::Person && same {
            mention.kind = MentionKind::Organization;
        }
    }
    // "Nesirky" is the spokesman Martin Nesirky, who was named before.
    let persons = analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person);
    let surnames: Vec<(u32, String)> = persons
        .filter_map(|mention| {
            let (_, last) = mention.span.of(text).trim().rsplit_once(char::is_whitespace)?;
            Some((mention.span.end, name_key(last)))
        })
        .collect();
    for mention in &mut analysis.mentions {
        let key = name_key(mention.span.of(text));
        let told = surnames.iter().any(|(end, surname)| *end <= mention.span.start && *surname == key);
        let known = counterclaim_knowledge::actors::is_listed_party(mention.span.of(text));
        if mention.kind == MentionKind::Organization && told && !known {
            mention.kind = MentionKind::Person;
        }
    }
    let names = Names::new(text, analysis, country_words);
    let cased = text.contains(char::is_uppercase);
    let settled: Vec<Mention> = analysis
        .mentions
        .iter()
        .filter_map(|mention| {
            let mut mention = *mention;
            match mention.kind {
                // "Apartment blocks" is no name; texts in small letters throughout have no other names.
                MentionKind::Place if cased && !mention.span.of(text).contains(char::is_uppercase) => return None,
                MentionKind::Place if is_nationality(mention.span.of(text)) => mention.kind = MentionKind::Nationality,
                MentionKind::Place => match names.is_no_place(mention.span) {
                    Some(MentionKind::Time) => return None,
                    Some(kind) => mention.kind = kind,
                    None => mention.span = names.with_point(without_epithet(text, mention.span)),
                },
                MentionKind::Person | MentionKind::Organization | MentionKind::Misc | MentionKind::Nationality
                    if names.is_place(mention.span, mention.kind) =>
                {
                    mention.kind = MentionKind::Place;
                    mention.span = names.with_point(mention.span);
                }
                _ => {}
            }
            Some(mention)
        })
        .collect();
    let settled = joined(text, settled).into_iter().flat_map(|mention| owned(text, mention)).collect();
    analysis.mentions = settled;
}

/// "Kyrgyz", "ex-Soviet": adjectives of countries that are no name of one.
fn is_nationality(name: &str) -> bool {
    let word = ["ex-", "post-", "pro-", "anti-", "non-"].iter().find_map(|prefix| name.strip_prefix(prefix));
    let adjective = |word: &str| Country::by_adjective(word).is_some() || word == "Soviet";
    match word {
        Some(word) => adjective(word),
        None => adjective(name) && Country::by_name(name).is_none() && Country::by_capital(name).is_none(),
    }
}

/// "Soviet Kyrgyzstan", "post-war Bosnia": the country without what it was.
fn without_epithet(text: &str, span: Span) -> Span {
    let name = span.of(text);
    let Some((epithet, country)) = name.split_once(' ') else { return span };
    let lower = epithet.to_lowercase();
    let told = lower.ends_with("soviet")
        || ["post-", "pre-", "war-", "ex-", "then-"].iter().any(|prefix| lower.starts_with(prefix));
    if told && Country::by_name(country).is_some() && Country::by_name(name).is_none() {
        return Span::new(span.end() - country.len(), span.end());
    }
    span
}

/// "Syrias Idlib", where a page lost its apostrophes, are a country and a place in it; "Aleppos Midan" a town and its quarter.
fn owned(text: &str, mention: Mention) -> Vec<Mention> {
    let name = mention.span.of(text);
    let parts = || -> Option<[Mention; 2]> {
        let (owner, rest) = name.split_once(' ')?;
        let own = owner.strip_suffix('s').filter(|own| own.len() > 3)?;
        let is_owner =
            Country::by_name(own).is_some() || place_named(own).is_some_and(|place| place.population >= 50_000);
        if mention.kind != MentionKind::Place
            || !rest.starts_with(char::is_uppercase)
            || Country::by_name(owner).is_some()
            || !is_owner
            || places().lookup(name).first().is_some_and(|found| found.exactness <= Exactness::Variant)
        {
            return None;
        }
        let (start, end) = (mention.span.start(), mention.span.end());
        let first = Mention { span: Span::new(start, start + owner.len()), ..mention };
        Some([first, Mention { span: Span::new(end - rest.len(), end), ..mention }])
    };
    parts().map_or_else(|| vec![mention], |parts| parts.to_vec())
}

/// "Ras" and "al-Ain" are one name where the gazetteer has them as one.
fn joined(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        if let Some(last) =
            kept.last_mut().filter(|last| last.kind == MentionKind::Place && mention.kind == MentionKind::Place)
        {
            let between = text.get(last.span.end()..mention.span.start()).unwrap_or("?");
            let whole = last.span.to(mention.span);
            let known =
                |name: &str| places().lookup(name).first().is_some_and(|found| found.exactness <= Exactness::Variant);
            if matches!(between, " " | "-" | "") && known(whole.of(text)) {
                last.span = whole;
                continue;
            }
        }
        kept.push(mention);
    }
    kept
}

/// Names of places that stand inside names of bodies and longer names of places, with the span of the longer name.
pub fn names_within(text: &str, analysis: &Analysis, country_words: &[(Span, String)]) -> Vec<(Span, Span)> {
    let names = Names::new(text, analysis, country_words);
    let mut found = Vec::new();
    for mention in &analysis.mentions {
        let longer = match mention.kind {
            MentionKind::Organization | MentionKind::Misc | MentionKind::Group => true,
            // "Lake Chad" is a name of its own, "Fargo-Moorhead" and "Dublin Recreation Center" are not.
            MentionKind::Place | MentionKind::Facility => {
                let name = mention.span.of(text);
                let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
                let numbered = last.starts_with(|c: char| c.is_ascii_digit());
                // "North Texas" and "Sri Lankan" are no pairs of names either.
                let parted = name.contains(['-', '/', ',']) || name.contains(" of ") || is_institution(name);
                let part = name.starts_with(char::is_lowercase);
                (parted || part) && !numbered && !WHOLE.contains(&last.as_str()) && place_named(name).is_none()
            }
            _ => false,
        };
        if longer && mention.span.of(text).len() < 120 {
            found.extend(names.within(mention.span, mention.kind).into_iter().map(|inner| (inner, mention.span)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_and_epithets_are_no_names_of_places() {
        for word in ["Kyrgyz", "ex-Soviet", "Soviet", "pro-Russian"] {
            assert!(is_nationality(word), "{word}");
        }
        for name in ["Kyrgyzstan", "Batken", "Georgia", "Central Asian"] {
            assert!(!is_nationality(name), "{name}");
        }
        let cut = |name: &str| without_epithet(name, Span::new(0, name.len())).of(name).to_owned();
        assert_eq!(cut("Soviet Kyrgyzstan"), "Kyrgyzstan");
        assert_eq!(cut("post-war Bosnia and Herzegovina"), "Bosnia and Herzegovina");
        assert_eq!(cut("Soviet Harbor"), "Soviet Harbor");
    }

    #[test]
    fn a_genitive_without_its_apostrophe_is_a_name_of_its_own() {
        let parts = |text: &str| -> Vec<String> {
            let mention = Mention { kind: MentionKind::Place, span: Span::new(0, text.len()), score: 1.0 };
            owned(text, mention).into_iter().map(|part| part.span.of(text).to_owned()).collect()
        };
        assert_eq!(parts("Syrias Idlib"), ["Syrias", "Idlib"]);
        assert_eq!(parts("Aleppos Old Quarter"), ["Aleppos", "Old Quarter"]);
        // Names of their own.
        assert_eq!(parts("Los Angeles"), ["Los Angeles"]);
        assert_eq!(parts("Honduras Hills"), ["Honduras Hills"]);
    }
}
