//! Who is who in one report: names, descriptions and pronouns resolved to actors.
//!
//! One pass over the words in text order keeps what a reader keeps in mind: who was named, who spoke last, which two parties the
//! story is about. A country that is not in the words themselves is marked as taken from the context.

use crate::syntax::Syntax;
use counterclaim_knowledge::Country;
use counterclaim_knowledge::actors::{
    ActorClassKind, ActorDescription, countries_before, describe_actor, is_counterpart,
};
use counterclaim_knowledge::holders::{HolderQuery, office_holding};
use counterclaim_language::{Deprel, LinkRole, Upos};
use counterclaim_schema::{MentionKind, Span};
use std::collections::HashMap;

/// Index of an actor in [`Actors::all`].
pub type ActorId = usize;

/// What sort of party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A named or titled person.
    Person,
    /// A named body, armed group, party, medium.
    Organization,
    /// People or a body named by a common noun.
    Group,
    /// A state, or its capital as a name for its government.
    State,
    /// Several actors named as one ("the leaders of A and B").
    Joint,
}

impl ActorKind {
    /// The spelling in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::Organization => "organization",
            ActorKind::Group => "group",
            ActorKind::State => "state",
            ActorKind::Joint => "joint",
        }
    }
}

/// A party of the report.
#[derive(Debug, Clone)]
pub struct Actor {
    /// As first written.
    pub name: String,
    /// What sort of party.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// `dictionary`, `description` or `context`: what the country rests on.
    pub basis: &'static str,
    /// PLOVER sectors, most specific first.
    pub sectors: Vec<String>,
    /// Entry in the dictionary of organisations, groups and persons.
    pub known: Option<String>,
    /// What a joint actor consists of.
    pub members: Vec<ActorId>,
    /// Where it is mentioned.
    pub mentions: Vec<Span>,
    key: Vec<String>,
    plural: bool,
    last_word: u32,
}

/// The parties of one report.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    /// In order of first mention.
    pub all: Vec<Actor>,
    at: HashMap<u32, ActorId>,
    /// The two parties that the story is about, when there are two.
    pub principal: Option<(ActorId, ActorId)>,
    /// Countries of the story by weight, the heaviest first.
    pub countries: Vec<(String, u32)>,
}

/// Context of the report that descriptions without a country lean on.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Country of resolved places by the first byte of their mention.
    pub place_countries: Vec<(Span, String)>,
    /// Country of the dateline's place.
    pub dateline_country: Option<String>,
    /// Countries named or described in title and body with their spans, in text order.
    pub country_words: Vec<(Span, String)>,
    /// Spans of attribution sources.
    pub sources: Vec<Span>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
}

impl Actors {
    /// Actor at the head word of a phrase.
    pub fn at(&self, word: u32) -> Option<ActorId> {
        self.at.get(&word).copied()
    }

    /// Actors of a phrase with everything coordinated to it; joint actors give their members.
    pub fn of_phrase(&self, syntax: Syntax<'_>, head: u32) -> Vec<(ActorId, u32)> {
        let mut found: Vec<(ActorId, u32)> = Vec::new();
        for word in syntax.coordination(head) {
            if let Some(actor) = self.at(word) {
                for member in self.flatten(actor) {
                    if !found.iter().any(|(known, _)| *known == member) {
                        found.push((member, word));
                    }
                }
            }
        }
        found
    }

    /// The members of a joint actor, or the actor itself.
    pub fn flatten(&self, actor: ActorId) -> Vec<ActorId> {
        if self.all[actor].members.is_empty() { vec![actor] } else { self.all[actor].members.clone() }
    }

    /// The countries of an actor and its members.
    pub fn countries_of(&self, actor: ActorId) -> Vec<String> {
        self.flatten(actor).into_iter().filter_map(|member| self.all[member].country.clone()).collect()
    }

    /// The heaviest countries of the story: those named in its head, or at least a third as often as the most frequent one.
    pub fn main_countries(&self) -> Vec<&str> {
        let Some((_, most)) = self.countries.first() else { return Vec::new() };
        self.countries.iter().filter(|(_, weight)| *weight * 3 >= *most).map(|(country, _)| country.as_str()).collect()
    }

    /// A party that speaks and that nothing describes: it belongs to the story's country, and the basis says so.
    pub fn voice(&mut self, span: Span, text: &str, named: Option<&str>) -> ActorId {
        let name = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let known =
            self.all.iter().position(|actor| actor.members.is_empty() && actor.name.eq_ignore_ascii_case(&name));
        if let Some(id) = known {
            self.all[id].mentions.push(span);
            return id;
        }
        let world = names_the_world(&name);
        let story = self.countries.first().map(|(country, _)| country.clone()).filter(|_| !world);
        self.all.push(Actor {
            name,
            kind: ActorKind::Group,
            country: named.map(str::to_owned).or(story),
            basis: if named.is_some() { "description" } else { "context" },
            sectors: if world && named.is_none() { vec!["IGO".to_owned()] } else { Vec::new() },
            known: None,
            members: Vec::new(),
            mentions: vec![span],
            key: Vec::new(),
            plural: false,
            last_word: 0,
        });
        self.all.len() - 1
    }

    /// A joint actor of the given members, made when it does not exist.
    pub fn joint(&mut self, members: Vec<ActorId>, span: Span, text: &str) -> ActorId {
        let mut sorted = members.clone();
        sorted.sort_unstable();
        let known = self.all.iter().position(|actor| {
            let mut theirs = actor.members.clone();
            theirs.sort_unstable();
            actor.kind == ActorKind::Joint && theirs == sorted
        });
        if let Some(id) = known {
            if !self.all[id].mentions.contains(&span) {
                self.all[id].mentions.push(span);
            }
            return id;
        }
        let countries: Vec<Option<String>> = members.iter().map(|&member| self.all[member].country.clone()).collect();
        let same = countries.windows(2).all(|pair| pair[0] == pair[1]);
        let mut sectors: Vec<String> = Vec::new();
        for &member in &members {
            for sector in &self.all[member].sectors {
                if !sectors.contains(sector) {
                    sectors.push(sector.clone());
                }
            }
        }
        self.all.push(Actor {
            name: span.of(text).to_owned(),
            kind: ActorKind::Joint,
            country: if same { countries.into_iter().next().flatten() } else { None },
            basis: "description",
            sectors,
            known: None,
            members,
            mentions: vec![span],
            key: Vec::new(),
            plural: true,
            last_word: 0,
        });
        self.all.len() - 1
    }
}

/// International bodies: PLOVER writes their kind where others have a country.
fn is_international(description: &ActorDescription) -> bool {
    description.kind == ActorClassKind::International
        || description.sectors.first().is_some_and(|sector| matches!(*sector, "UNO" | "IGO" | "EUR" | "ISM"))
}

/// People who stand on no side by what they are.
fn is_onlooker(sectors: &[String]) -> bool {
    sectors
        .iter()
        .all(|sector| matches!(sector.as_str(), "CVL" | "MED" | "EDU" | "REF" | "JRN" | "BUS" | "SOC" | "NGO"))
}

/// Whether the name of a body says that it is one of many countries.
fn names_the_world(name: &str) -> bool {
    const WORDS: &[&str] = &["International", "World", "Global", "Intergovernmental", "Universal", "Worldwide"];
    name.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// Words that stand for the two parties of the story.
const BOTH_SIDES: &[&str] = &[
    "side",
    "country",
    "leader",
    "neighbor",
    "neighbour",
    "party",
    "nation",
    "state",
    "rival",
    "army",
    "government",
    "president",
    "force",
    "foe",
    "enemy",
    "group",
    "faction",
    "tribe",
    "clan",
    "community",
    "militia",
    "gang",
    "camp",
    "belligerent",
    "military",
    "region",
    "village",
    "district",
    "ministry",
    "capital",
    "commander",
    "union",
    "team",
];

/// Nouns that, with an article alone, point back at a body told of before: "the group", "the mission".
const BODIES: &[&str] = &[
    "group",
    "movement",
    "militia",
    "front",
    "faction",
    "brigade",
    "gang",
    "cartel",
    "organization",
    "organisation",
    "alliance",
    "coalition",
    "mission",
    "force",
    "bloc",
    "union",
    "agency",
    "programme",
    "charity",
    "service",
    "office",
    "forum",
    "council",
    "committee",
    "commission",
    "party",
];

/// Sectors of the bodies that such a noun may stand for when none bears it in its name.
fn sectors_of_body(noun: &str) -> &'static [&'static str] {
    match noun {
        "group" | "movement" | "organization" | "organisation" => &["REB", "PRM", "UAF", "CRM", "PTY", "NGO", "SOC"],
        "militia" | "front" | "faction" | "brigade" | "gang" | "cartel" => &["REB", "PRM", "UAF", "CRM"],
        "alliance" | "coalition" | "bloc" | "union" => &["IGO", "EUR", "REB"],
        "mission" | "force" => &["IGO", "UNO", "EUR"],
        "agency" | "programme" => &["UNO", "NGO"],
        "charity" => &["NGO"],
        _ => &[],
    }
}

/// "The other" as a party of its own, behind "each".
fn definite_other(syntax: Syntax<'_>, word: u32) -> bool {
    let the = syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "the");
    the && syntax.words_of(syntax.sentence(word)).any(|other| matches!(syntax.lemma(other), "each" | "both"))
}

/// Nouns of deeds before which their doer may stand.
const DEEDS: &[&str] = &[
    "strike",
    "airstrike",
    "attack",
    "shelling",
    "bombardment",
    "bombing",
    "raid",
    "offensive",
    "counteroffensive",
    "counterattack",
    "incursion",
    "invasion",
    "fire",
    "gunfire",
    "operation",
    "assault",
    "blockade",
    "siege",
    "ambush",
    "barrage",
    "salvo",
    "aggression",
    "occupation",
    "withdrawal",
    "retreat",
    "advance",
    "crackdown",
    "massacre",
    "onslaught",
    "violation",
    "sanction",
    "deployment",
    "mission",
    "aid",
    "rocket",
    "missile",
    "drone",
    "position",
    "mediation",
    "denial",
    "response",
    "retaliation",
    "intervention",
    "presence",
    "rule",
    "decision",
    "veto",
    "resolution",
];

/// Nouns of words and papers before which their maker may stand: "an Indian proposal", "a United Nations appeal".
pub const MESSAGES: &[&str] = &[
    "proposal",
    "plan",
    "offer",
    "appeal",
    "demand",
    "ultimatum",
    "request",
    "call",
    "invitation",
    "claim",
    "allegation",
    "accusation",
    "charge",
    "criticism",
    "initiative",
    "draft",
    "overture",
    "pressure",
    "objection",
    "condition",
    "concession",
    "resolution",
    "communique",
    "ruling",
    "verdict",
    "mandate",
    "roadmap",
    "blueprint",
    "motion",
    "assurance",
    "warning",
    "threat",
    "pledge",
    "promise",
];

struct Resolver<'a> {
    syntax: Syntax<'a>,
    setting: &'a Setting,
    actors: Actors,
    /// Head words of attribution sources.
    source_heads: Vec<u32>,
    /// Actors that spoke, in order, with the word.
    spoke: Vec<(u32, ActorId)>,
    /// Every resolved nominal, in order: (word, actor, is subject).
    seen: Vec<(u32, ActorId, bool)>,
    last_joint: Option<ActorId>,
    /// Acronyms that the report explains: "Rapid Support Forces (RSF)".
    acronyms: HashMap<String, String>,
    /// Head words of phrases that the model's event heads take for parties, sorted.
    marked: Vec<u32>,
    /// Peoples and bodies whose country the report tells: "the Turkana of Kenya".
    homes: HashMap<String, String>,
}

/// "The Turkana of Kenya and the Dassanech of Ethiopia", "Ethiopia’s Dassanech": names to the country that the report gives them.
fn homes(syntax: Syntax<'_>, setting: &Setting) -> HashMap<String, String> {
    let mut found: HashMap<String, String> = HashMap::new();
    let name = |word: u32| {
        let form = syntax.form(word);
        form.starts_with(char::is_uppercase) && form.chars().count() > 3 && syntax.upos(word) == Upos::Propn
    };
    let count = syntax.analysis.words.len() as u32;
    for (span, country) in &setting.country_words {
        let words = syntax.words_in(*span);
        let sentence = match words.clone().next() {
            Some(first) => syntax.words_of(syntax.sentence(first)),
            None => continue,
        };
        let before = |back: u32| words.start.checked_sub(back).filter(|&at| at >= sentence.start);
        if let (Some(of), Some(at), Some(article)) = (before(1), before(2), before(3)) {
            if matches!(syntax.form(of), "of" | "from") && name(at) && syntax.form(article).eq_ignore_ascii_case("the")
            {
                found.entry(syntax.form(at).to_lowercase()).or_insert_with(|| country.clone());
            }
        }
        let at = words.end + 1;
        let owns = at < count.min(sentence.end) && matches!(syntax.form(words.end), "'s" | "’s") && name(at);
        if owns && (at + 1 >= count || !name(at + 1)) {
            found.entry(syntax.form(at).to_lowercase()).or_insert_with(|| country.clone());
        }
    }
    found
}

fn marked_parties(syntax: Syntax<'_>) -> Vec<u32> {
    let events = &syntax.analysis.events;
    let links = events.deeds.iter().flat_map(|deed| &deed.links);
    let parties = links.filter(|(role, _)| matches!(role, LinkRole::Actor | LinkRole::Recipient | LinkRole::Victim));
    let runs = parties.map(|(_, words)| words).chain(events.sides.iter().map(|(_, words)| words));
    let mut heads: Vec<u32> =
        runs.filter_map(|words| syntax.head_of(syntax.span(words.start).to(syntax.span(words.end - 1)))).collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// Acronyms in brackets behind the name whose initials they are.
fn acronyms(syntax: Syntax<'_>) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let count = syntax.analysis.words.len() as u32;
    for word in 2..count.saturating_sub(1) {
        let form = syntax.form(word);
        let capitals = form.chars().count() >= 2
            && form.chars().count() <= 8
            && form.chars().all(|character| character.is_uppercase() || character.is_ascii_digit());
        if syntax.form(word - 1) != "(" || syntax.form(word + 1) != ")" {
            continue;
        }
        if !capitals {
            if let Some(name) = short_name(syntax, word) {
                found.insert(form.to_owned(), name);
            }
            continue;
        }
        let initials: Vec<char> = form.chars().filter(|character| character.is_alphabetic()).collect();
        let mut at = word - 1;
        let mut left = initials.len();
        let mut names: Vec<&str> = Vec::new();
        while at > 0 && left > 0 && names.len() < 12 {
            at -= 1;
            let name = syntax.form(at);
            let first = name.chars().next().unwrap_or(' ');
            if first == initials[left - 1] {
                left -= 1;
            } else if first.is_uppercase()
                || !matches!(name, "of" | "for" | "the" | "and" | "in" | "on" | "’s" | "'s" | "-" | "’" | "to")
            {
                break;
            }
            names.push(name);
        }
        if left == 0 {
            names.reverse();
            found.insert(form.to_owned(), names.join(" "));
        }
    }
    found
}

/// The body for which a bracket gives a short name that is no acronym: "the Special Deterrence Force (Rada)".
fn short_name(syntax: Syntax<'_>, word: u32) -> Option<String> {
    let capital = |word: u32| syntax.form(word).starts_with(char::is_uppercase);
    let organization = |word: u32| {
        let span = syntax.span(word);
        let mentions = &syntax.analysis.mentions;
        mentions.iter().any(|mention| mention.kind == MentionKind::Organization && mention.span.contains(span))
    };
    if !capital(word) || word < 4 {
        return None;
    }
    let mut first = word - 1;
    while first > 0 && word - first < 8 && capital(first - 1) && organization(first - 1) {
        first -= 1;
    }
    let names: Vec<&str> = (first..word - 1).map(|at| syntax.form(at)).collect();
    (names.len() >= 2).then(|| names.join(" "))
}

/// Resolves every nominal phrase of a report that names a party.
pub fn resolve(syntax: Syntax<'_>, setting: &Setting) -> Actors {
    let mut source_heads: Vec<u32> = setting.sources.iter().filter_map(|&span| syntax.head_of(span)).collect();
    source_heads.sort_unstable();
    let mut resolver = Resolver {
        syntax,
        setting,
        actors: Actors::default(),
        source_heads,
        spoke: Vec::new(),
        seen: Vec::new(),
        last_joint: None,
        acronyms: acronyms(syntax),
        marked: marked_parties(syntax),
        homes: homes(syntax, setting),
    };
    resolver.weigh_countries();
    for word in 0..syntax.analysis.words.len() as u32 {
        if resolver.is_phrase_head(word) {
            resolver.resolve_word(word);
        } else {
            resolver.resolve_bearer(word);
        }
    }
    resolver.choose_principal();
    resolver.resolve_pairs();
    resolver.settle_countries();
    resolver.actors
}

impl<'a> Resolver<'a> {
    fn is_phrase_head(&self, word: u32) -> bool {
        let syntax = self.syntax;
        if !syntax.is_nominal(word)
            && !(syntax.upos(word) == Upos::Adj && matches!(syntax.deprel(word), Deprel::Nsubj | Deprel::Obj))
            && !(syntax.upos(word) == Upos::Det
                && matches!(syntax.deprel(word), Deprel::Nsubj | Deprel::Obj | Deprel::NsubjPass))
        {
            return false;
        }
        !matches!(
            syntax.deprel(word),
            Deprel::Compound
                | Deprel::Flat
                | Deprel::Fixed
                | Deprel::Nummod
                | Deprel::Amod
                | Deprel::Advmod
                | Deprel::Case
                | Deprel::Goeswith
        )
    }

    /// Counts countries by name, adjective and place; the head of the story counts more.
    fn weigh_countries(&mut self) {
        let mut weights: HashMap<&str, u32> = HashMap::new();
        let sentences = &self.syntax.analysis.sentences;
        let lead_end = sentences
            .get(3.min(sentences.len().saturating_sub(1)))
            .and_then(|words| words.end.checked_sub(1))
            .map(|word| self.syntax.span(word).end)
            .unwrap_or(0);
        for (span, country) in self.setting.country_words.iter().chain(&self.setting.place_countries) {
            *weights.entry(country).or_default() += if span.start < lead_end { 3 } else { 1 };
        }
        if let Some(country) = &self.setting.dateline_country {
            *weights.entry(country).or_default() += 2;
        }
        let mut sorted: Vec<(String, u32)> =
            weights.into_iter().map(|(country, weight)| (country.to_owned(), weight)).collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        self.actors.countries = sorted;
    }

    fn resolve_word(&mut self, word: u32) {
        let lemma = self.syntax.lemma(word);
        let actor = if self.syntax.upos(word) == Upos::Pron { self.pronoun(word, lemma) } else { self.phrase(word) };
        if let Some(actor) = actor {
            self.note(word, actor);
            self.note_coordination(word, actor);
        }
    }

    /// "A and B" is also one party of two, to which "they" and "both sides" may refer.
    fn note_coordination(&mut self, word: u32, actor: ActorId) {
        if self.syntax.deprel(word) != Deprel::Conj {
            return;
        }
        let Some(first) = self.syntax.head(word) else { return };
        let Some(other) = self.actors.at(first) else { return };
        let members: Vec<ActorId> = self.actors.flatten(other).into_iter().chain(self.actors.flatten(actor)).collect();
        let distinct = members.len() == 2 && members[0] != members[1];
        if distinct {
            let span = self.syntax.span(first).to(self.syntax.span(word));
            let joint = self.actors.joint(members, span, self.syntax.text);
            self.last_joint = Some(joint);
            self.seen.push((word, joint, self.syntax.deprel(first) == Deprel::Nsubj));
        }
    }

    /// The party that a deed or a thing hit bears before its noun: "Israeli strikes", "a Houthi missile attack", "a Greek tanker".
    fn resolve_bearer(&mut self, word: u32) {
        let syntax = self.syntax;
        if !matches!(syntax.deprel(word), Deprel::Amod | Deprel::Compound) {
            return;
        }
        let Some(mut head) = syntax.head(word) else { return };
        // "A Senegalese peace plan": the adjective may hang on a word before the noun.
        while syntax.deprel(head) == Deprel::Compound
            && MESSAGES.contains(&syntax.head(head).map_or("", |over| syntax.lemma(over)))
        {
            head = syntax.head(head).unwrap_or(head);
        }
        if head <= word || head - word > 4 {
            return;
        }
        if self.actors.at(head).is_some() || !matches!(syntax.upos(head), Upos::Noun | Upos::Propn) {
            return;
        }
        let lemma = syntax.lemma(head);
        let hit = counterclaim_knowledge::weapons::target_class(lemma).is_some()
            && matches!(
                syntax.deprel(head),
                Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod | Deprel::Conj
            );
        // What the event heads take for a party is one, whatever noun it stands before.
        let marked = self.marked.binary_search(&word).is_ok();
        let deed = DEEDS.contains(&lemma) || MESSAGES.contains(&lemma);
        if !hit && !deed && !marked && !counterclaim_knowledge::weapons::is_weapon(lemma) {
            return;
        }
        let described = self.describe(head);
        if !described.sectors.is_empty() && !deed {
            return;
        }
        if let Some(country) = Country::by_adjective(syntax.form(word)).map(|country| country.iso3) {
            let actor = self.state(country, word);
            // The adjective itself tells the state.
            self.actors.all[actor].basis = "description";
            self.note(word, actor);
            return;
        }
        // The last word before the deed closes the name: "Sudanese army", "Islamic State".
        let before = |over: u32| {
            let inside = syntax.dependents(over).iter().copied();
            inside.filter(|&child| matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::Flat)).min()
        };
        let first = before(head).into_iter().chain(before(word)).min().filter(|&first| first < head);
        let Some(first) = first.filter(|&first| deed && first <= word) else { return };
        let phrase: Vec<(&str, &str)> = (first..=word).map(|at| (syntax.form(at), syntax.lemma(at))).collect();
        let mut description = describe_actor(&phrase, phrase.len() - 1);
        if description.sectors.is_empty() || description.kind == ActorClassKind::State {
            return;
        }
        if is_international(&description) {
            description.countries.clear();
        }
        let kind = match description.kind {
            ActorClassKind::Organization => ActorKind::Organization,
            _ => ActorKind::Group,
        };
        let key: Vec<String> = vec![syntax.lemma(word).to_lowercase()];
        let actor = self.find_or_create(word, kind, description, key);
        self.note(word, actor);
    }

    fn note(&mut self, word: u32, actor: ActorId) {
        let span = self.phrase_span(word);
        let row = &mut self.actors.all[actor];
        if !row.mentions.contains(&span) {
            row.mentions.push(span);
        }
        row.last_word = word;
        self.actors.at.insert(word, actor);
        let subject = matches!(self.syntax.deprel(word), Deprel::Nsubj | Deprel::NsubjPass);
        self.seen.push((word, actor, subject));
        if self.source_heads.binary_search(&word).is_ok() {
            self.spoke.push((word, actor));
        }
        if self.actors.all[actor].kind == ActorKind::Joint {
            self.last_joint = Some(actor);
        }
    }

    fn phrase_span(&self, word: u32) -> Span {
        let words = self.syntax.phrase_words(word);
        // Only the run of words around the head: a stray dependent far away does not stretch a mention.
        let at = words.binary_search(&word).unwrap_or(0);
        let (mut first, mut last) = (at, at);
        while first > 0 && words[first - 1] + 2 >= words[first] {
            first -= 1;
        }
        while last + 1 < words.len() && words[last] + 2 >= words[last + 1] {
            last += 1;
        }
        self.syntax.span(words[first]).to(self.syntax.span(words[last]))
    }

    /// Countries that a phrase takes from a pronoun or a pair inside of it: "its forces", "chiefs in the two states".
    fn borrowed_countries(&mut self, word: u32, above_states: bool) -> Vec<String> {
        // "the South’s military", where the report's countries give the name its meaning.
        let span = self.phrase_span(word);
        let named = self
            .setting
            .country_words
            .iter()
            .find(|(at, _)| span.contains(*at) && matches!(at.of(self.syntax.text), "North" | "South"));
        if let Some((_, country)) = named {
            return vec![country.clone()];
        }
        if let Some(country) = self.led_country(word) {
            return vec![country];
        }
        if let Some(country) = self.told_home(word) {
            return vec![country];
        }
        let owner = self.syntax.owner(word).filter(|&owner| self.syntax.upos(owner) == Upos::Pron);
        if let Some(owner) = owner.filter(|_| !is_counterpart(self.syntax.lemma(word))) {
            if let Some(actor) = self.actors.at(owner) {
                return self.actors.countries_of(actor);
            }
        }
        if let Some(country) = self.seat(word).filter(|_| !above_states) {
            return vec![country];
        }
        // "Chiefs in the two states": a parser may hang the phrase on a noun further back.
        let next = word + 1;
        let behind = ((next as usize) < self.syntax.analysis.words.len())
            .then_some(next)
            .filter(|&next| {
                self.syntax.upos(next) == Upos::Adp && matches!(self.syntax.form(next), "in" | "of" | "from")
            })
            .and_then(|next| self.syntax.head(next))
            .filter(|&head| head > next && self.syntax.is_nominal(head));
        if let Some(pair) = behind.and_then(|head| self.both_sides(head)) {
            return self.actors.countries_of(pair);
        }
        for oblique in self.syntax.obliques(word) {
            if matches!(oblique.preposition.as_str(), "in" | "of" | "from") {
                if let Some(pair) = self.both_sides(oblique.head) {
                    return self.actors.countries_of(pair);
                }
                // "the mayor of Alma al-Shaab", "a doctor in Surin"
                let span = self.syntax.span(oblique.head);
                let place = self.setting.place_countries.iter().find(|(place, _)| place.contains(span));
                let within = matches!(oblique.preposition.as_str(), "of" | "in") && !above_states;
                if let Some((_, country)) = place.filter(|_| within) {
                    return vec![country.clone()];
                }
            }
        }
        Vec::new()
    }

    /// The party that a phrase says somebody is of: "a Thai welder, Somsak Kaewta", "Tariq Lodhi of the Pakistani foreign ministry", "a Pentagon briefer",
    /// "Islamabad’s Foreign Office". Country and, where a body is named, its sectors.
    fn told_party(&self, word: u32) -> Option<ActorDescription> {
        let beside = self.syntax.dependents(word).iter().copied();
        let apposed = beside.filter(|&child| self.syntax.deprel(child) == Deprel::Appos);
        let over = self.syntax.head(word).filter(|_| self.syntax.deprel(word) == Deprel::Appos);
        // A parser may miss the apposition that the source holds: its first noun.
        let source = self.syntax.analysis.attributions.iter().flat_map(|attribution| &attribution.source);
        let source = source.copied().find(|span| span.contains(self.syntax.span(word)));
        let lead = source.and_then(|span| {
            self.syntax.words_in(span).find(|&at| {
                self.syntax.upos(at) == Upos::Noun
                    && !matches!(self.syntax.deprel(at), Deprel::NmodPoss | Deprel::Compound)
            })
        });
        let heads: Vec<u32> = std::iter::once(word).chain(over).chain(apposed).chain(lead).collect();
        heads
            .iter()
            .find_map(|&head| self.told_before(head))
            .or_else(|| heads.iter().find_map(|&head| self.told_behind(head)))
    }

    /// A country by an adjective, an owner or a listed body before a noun.
    fn told_before(&self, head: u32) -> Option<ActorDescription> {
        let phrase = self.syntax.phrase_words(head);
        let words: Vec<(&str, &str)> =
            phrase.iter().map(|&part| (self.syntax.form(part), self.syntax.lemma(part))).collect();
        let at = phrase.binary_search(&head).ok()?;
        let countries = countries_before(&words, at);
        if let [country] = &countries[..] {
            return Some(self.of_country(country.clone()));
        }
        // "Islamabad’s Foreign Office"
        let owner = self.syntax.owner(head).filter(|&owner| owner < head);
        let seat = owner.and_then(|owner| Country::by_capital(self.syntax.span(owner).of(self.syntax.text)));
        if let Some(country) = seat {
            return Some(self.of_country(country.iso3.to_owned()));
        }
        // "A Pentagon briefer", "Arab League chief Amr Lutfi"
        let own = self.person_mention(head);
        let mentions = self.syntax.analysis.mentions.iter();
        let named = mentions.filter(|mention| {
            let words = self.syntax.words_in(mention.span);
            mention.kind == MentionKind::Organization
                && words.end <= head
                && phrase.binary_search(&words.start).is_ok()
                && own.is_none_or(|own| !own.overlaps(mention.span))
        });
        named.filter_map(|mention| self.listed(self.syntax.words_in(mention.span).last()?)).next()
    }

    /// A listed body; an armed group only where the report tells of its country: others bear the same letters.
    fn listed(&self, word: u32) -> Option<ActorDescription> {
        let body = self.describe(word);
        let known = body.known.as_ref()?;
        let told = |country: &String| self.actors.countries.iter().any(|(known, _)| known == country);
        let here = !known.starts_with("group:") || body.countries.iter().all(told);
        (here && body.countries.len() <= 1).then_some(body)
    }

    /// A country or a listed body behind a noun: "of the US Joint Staff", "with a French charity", "of Qatar", "on the Algerian side".
    fn told_behind(&self, head: u32) -> Option<ActorDescription> {
        self.syntax.obliques(head).into_iter().find_map(|oblique| {
            let belongs = matches!(oblique.preposition.as_str(), "of" | "for" | "from" | "with" | "at");
            let side = oblique.preposition == "on" && self.syntax.lemma(oblique.head) == "side";
            if !belongs && !side || oblique.head < head {
                return None;
            }
            let state = Some(self.describe(oblique.head));
            let state = state.filter(|body| body.kind == ActorClassKind::State && body.countries.len() == 1);
            let body = || {
                state
                    .or_else(|| self.listed(oblique.head))
                    .map(|body| ActorDescription { kind: ActorClassKind::Unknown, ..body })
            };
            belongs.then(body).flatten().or_else(|| self.told_before(oblique.head))
        })
    }

    fn of_country(&self, country: String) -> ActorDescription {
        ActorDescription { countries: vec![country], ..ActorDescription::blank() }
    }

    /// Gives a description that names no country that of the party whom the phrase names.
    fn take_told(&self, word: u32, description: &mut ActorDescription) {
        if !description.countries.is_empty() || is_international(description) {
            return;
        }
        let Some(told) = self.told_party(word) else { return };
        if description.sectors.is_empty() {
            description.sectors = told.sectors;
        }
        description.countries = told.countries;
        description.basis = "description";
    }

    /// The country of a phrase by a name in it whose home the report tells, or by its seat: "a member of the Dassanech delegation", "an Oslo-based group".
    fn told_home(&self, word: u32) -> Option<String> {
        let words = self.syntax.phrase_words(word);
        let home = words.iter().find_map(|&part| self.homes.get(&self.syntax.form(part).to_lowercase()));
        if home.is_some() {
            return home.cloned();
        }
        let based = words.iter().position(|&part| self.syntax.form(part).eq_ignore_ascii_case("based"))?;
        let name = words[..based].iter().rev().find(|&&part| self.syntax.form(part).starts_with(char::is_uppercase))?;
        let span = self.syntax.span(*name);
        let named = self.setting.country_words.iter().chain(&self.setting.place_countries);
        let told = named.filter(|(at, _)| at.contains(span)).map(|(_, country)| country.clone()).next();
        told.or_else(|| Country::by_capital(span.of(self.syntax.text)).map(|country| country.iso3.to_owned()))
    }

    /// "The Obama administration", "Bush administration officials": the country that the one who gives the name led.
    fn led_country(&self, word: u32) -> Option<String> {
        let words = self.syntax.phrase_words(word);
        let (leader, _) = words.iter().zip(words.iter().skip(1)).find(|&(&name, &body)| {
            name + 1 == body
                && matches!(
                    self.syntax.lemma(body),
                    "administration" | "presidency" | "government" | "cabinet" | "regime"
                )
                && self.syntax.form(name).starts_with(char::is_uppercase)
        })?;
        let query = HolderQuery {
            name: self.syntax.form(*leader),
            title: "leader",
            day: self.setting.published.as_deref().and_then(|day| day.get(..10)),
            ..HolderQuery::default()
        };
        office_holding(&query)?.country.map(str::to_owned)
    }

    /// "A group based in Trinidad", "a newspaper published in Beirut".
    fn seat(&self, word: u32) -> Option<String> {
        let verb = self.syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl])?;
        if !matches!(
            self.syntax.lemma(verb),
            "base" | "headquarter" | "operate" | "live" | "publish" | "exile" | "hole"
        ) {
            return None;
        }
        let inside = self.syntax.obliques(verb).into_iter().find(|oblique| oblique.preposition == "in")?;
        let span = self.phrase_span(inside.head);
        let named = self.setting.country_words.iter().chain(&self.setting.place_countries);
        named.filter(|(at, _)| span.contains(*at)).map(|(_, country)| country.clone()).next()
    }

    /// What the table of office holders knows of a person by name, title and the day of the report.
    fn hold(&self, word: u32, description: &mut ActorDescription) {
        let Some(name) = self.person_mention(word) else { return };
        let span = self.syntax.span(word);
        let first = self.syntax.words_in(name).start;
        // The title stands before the name, in the phrase or just outside of it where the parser split them.
        let start = self.syntax.words_of(self.syntax.sentence(word)).start;
        let mut from = first;
        while from > start
            && first - from < 6
            && !matches!(self.syntax.upos(from - 1), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp)
        {
            from -= 1;
        }
        let mut title: String =
            (from..first).map(|at| self.syntax.form(at)).collect::<Vec<_>>().join(" ").to_lowercase();
        for &child in self.syntax.dependents(word) {
            if self.syntax.deprel(child) == Deprel::Appos {
                title.push(' ');
                title.push_str(&self.phrase_span(child).of(self.syntax.text).to_lowercase());
            }
        }
        let told: Vec<String> = self.actors.countries.iter().map(|(country, _)| country.clone()).collect();
        let query = HolderQuery {
            name: name.of(self.syntax.text),
            title: &title,
            countries: if description.basis == "dictionary" { &[] } else { &description.countries },
            told: &told,
            day: self.setting.published.as_deref().and_then(|day| day.get(..10)),
        };
        // A listed party of a user goes before the table of the program.
        let listed = description.known.as_ref().is_some_and(|known| !known.starts_with("person:"));
        let Some(held) = office_holding(&query).filter(|_| !listed && span.overlaps(name)) else { return };
        if let Some(country) = held.country {
            description.countries = vec![country.to_owned()];
        }
        let titled = description.basis == "dictionary"
            && held.sectors.iter().all(|sector| !description.sectors.contains(sector));
        // A rank before the name tells more than an office of another time.
        if !titled || !matches!(description.sectors[..], ["MIL"] | ["REB"]) {
            description.sectors = held.sectors;
        }
        description.basis = "dictionary";
        description.known = held.id.map(str::to_owned).or(description.known.take());
        description.kind = ActorClassKind::Person;
    }

    fn describe(&self, word: u32) -> ActorDescription {
        let form = self.syntax.form(word);
        if let Some(full) = self.acronyms.get(form) {
            // The report says itself what its acronyms stand for; that wins over any table.
            let words: Vec<&str> = full.split_whitespace().collect();
            let lemmas: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
            let phrase: Vec<(&str, &str)> = words.iter().copied().zip(lemmas.iter().map(String::as_str)).collect();
            return describe_actor(&phrase, phrase.len().saturating_sub(1));
        }
        // "a group calling itself X", "a militia known as X"
        let naming = self.syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]).filter(|&verb| {
            BODIES.contains(&self.syntax.lemma(word))
                && matches!(self.syntax.lemma(verb), "call" | "know" | "name" | "style")
        });
        // The reflexive may be the object and the name beside it.
        let naming = naming.and_then(|verb| {
            let named = self.syntax.dependents(verb).iter().copied().find(|&child| {
                matches!(self.syntax.deprel(child), Deprel::Obj | Deprel::Xcomp | Deprel::Obl)
                    && self.syntax.upos(child) != Upos::Pron
            });
            let end = self.syntax.words_of(self.syntax.sentence(verb)).end;
            named.or_else(|| (verb + 1..end.min(verb + 6)).find(|&at| self.syntax.upos(at) == Upos::Propn))
        });
        let mut words = self.syntax.phrase_words(naming.unwrap_or(word));
        let word = naming.unwrap_or(word);
        // "Kyrgyz, Tajik leaders" are of two states, "Iraqi Kurdish leaders" of one: a comma between such words tells.
        let nation = |at: u32| Country::by_adjective(self.syntax.form(at)).is_some();
        let commas: Vec<u32> = words
            .windows(2)
            .filter(|pair| pair[0] + 2 == pair[1] && nation(pair[0]) && nation(pair[1]))
            .map(|pair| pair[0] + 1)
            .filter(|&between| between < word && self.syntax.form(between) == ",")
            .collect();
        words.extend(commas);
        words.sort_unstable();
        let phrase: Vec<(&str, &str)> =
            words.iter().map(|&word| (self.syntax.form(word), self.syntax.lemma(word))).collect();
        let head = words.binary_search(&word).unwrap_or(0);
        describe_actor(&phrase, head)
    }

    /// The body that "the group", "the mission" points back at: the last one that has the noun in its name, else the last of its sort.
    fn body(&self, word: u32) -> Option<ActorId> {
        const REACH: u32 = 8;
        let lemma = self.syntax.lemma(word);
        let bare = BODIES.contains(&lemma) && self.syntax.phrase_words(word).len() == 2;
        let definite = self
            .syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(self.syntax.form(child), "the" | "The" | "this" | "This" | "that" | "That"));
        if !bare || !definite {
            return None;
        }
        let sentence = self.syntax.sentence(word);
        let near = |actor: &&(u32, ActorId, bool)| {
            let row = &self.actors.all[actor.1];
            let body = matches!(row.kind, ActorKind::Organization) || row.kind == ActorKind::Group && !row.plural;
            body && row.members.is_empty() && self.syntax.sentence(actor.0) + REACH >= sentence && actor.0 != word
        };
        let seen: Vec<&(u32, ActorId, bool)> = self.seen.iter().rev().filter(near).collect();
        let named = seen.iter().find(|(at, id, _)| {
            let row = &self.actors.all[*id];
            let inside = |name: &str| name.to_lowercase().split_whitespace().any(|part| part == lemma);
            *at != word && (row.key.last().is_some_and(|head| head == lemma) || inside(&row.name))
        });
        let sectors = sectors_of_body(lemma);
        let alike = || {
            seen.iter().find(|(_, id, _)| {
                let row = &self.actors.all[*id];
                row.kind == ActorKind::Organization
                    && row.sectors.first().is_some_and(|sector| sectors.contains(&sector.as_str()))
            })
        };
        named.or_else(alike).map(|(_, id, _)| *id)
    }

    /// What a phrase takes from the body that it belongs to: "a spokesman for the group", "its deputy commander".
    fn belong(&self, word: u32, description: &mut ActorDescription) {
        let pronoun = |&owner: &u32| self.syntax.upos(owner) == Upos::Pron && !is_counterpart(self.syntax.lemma(word));
        let owner = self.syntax.owner(word).filter(pronoun);
        let by_owner = owner.and_then(|owner| self.actors.at(owner)).filter(|&actor| {
            // Whose country is told takes only the country; a body above states passes on what it is.
            self.actors.all[actor].country.is_none() && self.actors.all[actor].members.is_empty()
        });
        let by_phrase = || {
            let obliques = self.syntax.obliques(word).into_iter();
            obliques
                .filter(|oblique| matches!(oblique.preposition.as_str(), "of" | "for" | "from"))
                .find_map(|oblique| self.body(oblique.head))
        };
        let Some(actor) = by_owner.or_else(by_phrase) else { return };
        let row = &self.actors.all[actor];
        if description.countries.is_empty() {
            description.countries.extend(row.country.clone());
        }
        let sectors = row.sectors.iter().filter_map(|sector| counterclaim_knowledge::actors::sector(sector));
        let above = row.country.is_none();
        if description.sectors.is_empty() || above && by_owner.is_some() {
            description.sectors = sectors.collect();
        }
    }

    fn phrase(&mut self, word: u32) -> Option<ActorId> {
        if let Some(pair) = self.both_sides(word) {
            return Some(pair);
        }
        if let Some(body) = self.body(word) {
            return Some(body);
        }
        let person = self.person_name(word);
        let mut description = self.describe(word);
        // "The Argentine Joint Chiefs of Staff", "Islamabad’s Foreign Office": another country's body of that name.
        if description.known.as_ref().is_some_and(|known| known.starts_with("organization:"))
            && !description.countries.is_empty()
        {
            let told = self.told_before(word).filter(|told| told.known.is_none());
            if let Some([country]) = told.as_ref().map(|told| &told.countries[..]) {
                if !description.countries.contains(country) {
                    description.countries = vec![country.clone()];
                    description.known = None;
                    description.basis = "description";
                }
            }
        }
        if description.countries.is_empty() && description.known.is_none() {
            self.belong(word, &mut description);
        }
        if is_international(&description) {
            // A body of many states has no country, wherever its mission is.
            description.countries.clear();
        } else if description.countries.is_empty() {
            let above = |sector: &&str| matches!(*sector, "IGO" | "UNO" | "EUR");
            let above_states = description.sectors.iter().any(above);
            // "Their meeting", "their disputed border": what is theirs need not be anybody.
            let nobody = description.sectors.is_empty()
                && description.known.is_none()
                && self.mention_kind(word) != Some(MentionKind::Organization)
                && self.marked.binary_search(&word).is_err();
            if !nobody {
                description.countries = self.borrowed_countries(word, above_states);
            }
        }
        if let Some(last) = &person {
            let known = self
                .actors
                .all
                .iter()
                .rposition(|actor| actor.kind == ActorKind::Person && actor.key.last() == Some(last));
            if let Some(id) = known {
                if self.actors.all[id].country.is_none() {
                    self.actors.all[id].country = description.countries.first().cloned();
                }
                return Some(id);
            }
            // "President Sadyr Japarov", "Col. Idris, a spokesman for the army": the office may stand in an apposition.
            for &child in self.syntax.dependents(word) {
                if self.syntax.deprel(child) == Deprel::Appos {
                    let office = self.describe(child);
                    if description.countries.is_empty() {
                        description.countries = office.countries;
                    }
                    if description.sectors.is_empty() {
                        description.sectors = office.sectors;
                    }
                }
            }
            if let Some(head) = self.syntax.head(word) {
                if self.syntax.deprel(word) == Deprel::Appos {
                    let office = self.describe(head);
                    if description.countries.is_empty() {
                        description.countries = office.countries;
                    }
                    if description.sectors.is_empty() {
                        description.sectors = office.sectors;
                    }
                }
            }
            self.take_told(word, &mut description);
            self.hold(word, &mut description);
            if is_international(&description) && description.known.is_some() {
                description.countries.clear();
            }
            if description.countries.is_empty() && description.known.is_none() {
                if let Some(country) = self.office_told(word) {
                    description.countries = vec![country];
                    description.basis = "description";
                }
            }
            if description.countries.is_empty() && description.known.is_none() {
                if let Some(country) = self.context_country(word, &description) {
                    description.countries = vec![country];
                    description.basis = "context";
                }
            }
            return Some(self.create(word, ActorKind::Person, description, vec![last.clone()]));
        }
        let organization = self.mention_kind(word) == Some(MentionKind::Organization);
        let place = self.mention_kind(word) == Some(MentionKind::Place);
        let marked = self.marked.binary_search(&word).is_ok();
        let plain = self.syntax.form(word).starts_with(char::is_lowercase) && self.syntax.upos(word) == Upos::Noun;
        if marked && plain && description.sectors.is_empty() && description.countries.is_empty() {
            // "Algerian landowners": the event heads say that a party acts, the adjective whose people they are.
            let phrase = self.syntax.phrase_words(word);
            let words: Vec<(&str, &str)> =
                phrase.iter().map(|&part| (self.syntax.form(part), self.syntax.lemma(part))).collect();
            let head = phrase.binary_search(&word).unwrap_or(0);
            let many = self.syntax.form(word).to_lowercase() != self.syntax.lemma(word);
            let countries = countries_before(&words, head);
            if many && !countries.is_empty() {
                description =
                    ActorDescription { countries, sectors: vec!["CVL"], kind: ActorClassKind::Group, ..description };
            }
        }
        if !description.sectors.is_empty() || organization || marked {
            self.take_told(word, &mut description);
        }
        // "Airstrikes" at the head of a text is no body, whatever the tagger says.
        let lemma = self.syntax.lemma(word);
        let deed =
            DEEDS.contains(&lemma) || MESSAGES.contains(&lemma) || counterclaim_knowledge::weapons::is_weapon(lemma);
        let bare = description.sectors.is_empty() && description.known.is_none();
        if bare && description.countries.is_empty() && (!organization || deed) {
            return None;
        }
        // "Its invasion", "Israel's rockets" have an owner and are nobody.
        if bare && deed && !organization && description.kind != ActorClassKind::State {
            return None;
        }
        if place
            && description.known.is_none()
            && description.sectors.is_empty()
            && description.kind != ActorClassKind::State
        {
            return None;
        }
        let kind = match description.kind {
            ActorClassKind::State => ActorKind::State,
            ActorClassKind::Person if self.syntax.upos(word) == Upos::Propn => ActorKind::Person,
            ActorClassKind::Organization => ActorKind::Organization,
            _ if organization => ActorKind::Organization,
            _ => ActorKind::Group,
        };
        if description.countries.len() > 1 && description.known.is_none() {
            return Some(self.compound(word, kind, description));
        }
        let mut key = self.key(word);
        // "Fatah's commander in the camp, Munir Makdah": whoever bears a name is no other commander.
        if let Some(name) = self.apposed_name(word) {
            let known = self.actors.all.iter().rposition(|actor| actor.key.contains(&name));
            if known.is_none() {
                key.insert(0, name);
                return Some(self.create(word, kind, description, key));
            }
            return known;
        }
        Some(self.find_or_create(word, kind, description, key))
    }

    /// "Turkey’s defence minister said", then "Defence Minister Selim Arda": the office that the report has told with its country.
    fn office_told(&self, word: u32) -> Option<String> {
        let first = self.syntax.words_in(self.person_mention(word)?).start;
        let title: Vec<String> = self
            .syntax
            .phrase_words(word)
            .into_iter()
            .filter(|&part| part < first && matches!(self.syntax.upos(part), Upos::Noun | Upos::Propn | Upos::Adj))
            .map(|part| self.syntax.lemma(part).to_lowercase())
            .collect();
        if title.len() < 2 {
            return None;
        }
        let told = self.actors.all.iter().rev().find(|actor| {
            actor.country.is_some()
                && actor.basis != "context"
                && actor.members.is_empty()
                && actor.key.ends_with(&title)
        })?;
        told.country.clone()
    }

    /// The last name of the person whom an apposition right behind a noun names.
    fn apposed_name(&self, word: u32) -> Option<String> {
        let plural = self.syntax.form(word).to_lowercase() != self.syntax.lemma(word);
        if plural || self.syntax.upos(word) != Upos::Noun {
            return None;
        }
        let named = |child: &u32| self.syntax.deprel(*child) == Deprel::Appos && *child > word;
        self.syntax.dependents(word).iter().copied().filter(named).find_map(|child| self.person_name(child))
    }

    /// "The leaders of A and B": one actor for each country, told as one.
    fn compound(&mut self, word: u32, kind: ActorKind, description: ActorDescription) -> ActorId {
        let key = self.key(word);
        let mut members = Vec::new();
        for country in &description.countries {
            let single = ActorDescription { countries: vec![country.clone()], ..description.clone() };
            let member = self.find_or_create(word, kind, single, key.clone());
            if !members.contains(&member) {
                members.push(member);
            }
        }
        let span = self.phrase_span(word);
        if members.len() == 1 { members[0] } else { self.actors.joint(members, span, self.syntax.text) }
    }

    fn find_or_create(
        &mut self,
        word: u32,
        kind: ActorKind,
        mut description: ActorDescription,
        key: Vec<String>,
    ) -> ActorId {
        if let Some(known) = &description.known {
            if let Some(id) = self.actors.all.iter().position(|actor| actor.known.as_ref() == Some(known)) {
                return id;
            }
            // A party of several countries is that of the one which the report tells of.
            let told = |country: &String| self.actors.countries.iter().any(|(known, _)| known == country);
            if let Some(at) = description.countries.iter().position(told) {
                description.countries.swap(0, at);
            }
            return self.create(word, kind, description, key);
        }
        let country = description.countries.first().cloned();
        if kind == ActorKind::State {
            let same =
                self.actors.all.iter().position(|actor| actor.kind == ActorKind::State && actor.country == country);
            return same.unwrap_or_else(|| self.create(word, kind, description, key));
        }
        let head = key.last().cloned().unwrap_or_default();
        let compatible = |actor: &Actor| {
            actor.kind == kind
                && actor.key.last() == Some(&head)
                && (key.iter().all(|part| actor.key.contains(part)) || actor.key.iter().all(|part| key.contains(part)))
        };
        if country.is_some() {
            let same = self.actors.all.iter().rposition(|actor| actor.country == country && compatible(actor));
            return same.unwrap_or_else(|| self.create(word, kind, description, key));
        }
        let indefinite = self.is_indefinite(word);
        if !indefinite {
            let earlier = self
                .actors
                .all
                .iter()
                .enumerate()
                .filter(|(_, actor)| compatible(actor))
                .max_by_key(|(_, actor)| actor.last_word);
            if let Some((id, _)) = earlier {
                return id;
            }
        }
        // A state body without a country is one of the story's states; so are its people, its gunmen and its rebels. A body whose name says that it is
        // one of many countries is not.
        if description.known.is_none()
            && !(kind == ActorKind::Organization && names_the_world(self.phrase_span(word).of(self.syntax.text)))
        {
            if let Some(country) = self.context_country(word, &description) {
                description.countries = vec![country];
                description.basis = "context";
                if !indefinite {
                    let country = description.countries.first().cloned();
                    let same = self.actors.all.iter().rposition(|actor| actor.country == country && compatible(actor));
                    if let Some(id) = same {
                        return id;
                    }
                }
            }
        }
        self.create(word, kind, description, key)
    }

    fn create(&mut self, word: u32, kind: ActorKind, description: ActorDescription, key: Vec<String>) -> ActorId {
        let span = self.phrase_span(word);
        let plural = description.plural
            || self.syntax.form(word).to_lowercase() != self.syntax.lemma(word) && self.syntax.upos(word) == Upos::Noun;
        self.actors.all.push(Actor {
            name: span.of(self.syntax.text).split_whitespace().collect::<Vec<_>>().join(" "),
            kind,
            country: description.countries.first().cloned(),
            basis: description.basis,
            sectors: description.sectors.iter().map(|sector| sector.to_string()).collect(),
            known: description.known,
            members: Vec::new(),
            mentions: vec![span],
            key,
            plural,
            last_word: word,
        });
        self.actors.all.len() - 1
    }

    /// Content lemmas of a phrase without determiners, numbers and country words; the head last.
    fn key(&self, word: u32) -> Vec<String> {
        let mut key: Vec<String> = self
            .syntax
            .phrase_words(word)
            .into_iter()
            .filter(|&part| part != word && part < word)
            .filter(|&part| matches!(self.syntax.upos(part), Upos::Noun | Upos::Adj | Upos::Propn))
            .filter(|&part| {
                let owner = self.syntax.deprel(part) == Deprel::NmodPoss && self.syntax.head(part) == Some(word);
                owner || matches!(self.syntax.deprel(part), Deprel::Amod | Deprel::Compound | Deprel::Flat)
            })
            .filter(|&part| {
                describe_actor(&[(self.syntax.form(part), self.syntax.lemma(part))], 0).countries.is_empty()
            })
            .map(|part| self.syntax.lemma(part).to_lowercase())
            .collect();
        key.push(self.syntax.lemma(word).to_lowercase());
        key
    }

    fn is_indefinite(&self, word: u32) -> bool {
        self.syntax.dependents(word).iter().any(|&child| {
            self.syntax.deprel(child) == Deprel::Nummod
                || self.syntax.deprel(child) == Deprel::Det
                    && matches!(self.syntax.lemma(child), "a" | "an" | "another" | "some" | "no")
        })
    }

    fn mention_kind(&self, word: u32) -> Option<MentionKind> {
        let span = self.syntax.span(word);
        self.syntax.analysis.mentions.iter().find(|mention| mention.span.contains(span)).map(|mention| mention.kind)
    }

    fn person_mention(&self, word: u32) -> Option<Span> {
        let span = self.syntax.span(word);
        let mentions = &self.syntax.analysis.mentions;
        let person = |kind: MentionKind| kind == MentionKind::Person;
        mentions.iter().find(|mention| person(mention.kind) && mention.span.contains(span)).map(|mention| mention.span)
    }

    /// The last name when the phrase is headed by a person's name.
    fn person_name(&self, word: u32) -> Option<String> {
        let words = self.syntax.words_in(self.person_mention(word)?);
        words.last().map(|last| self.syntax.form(last).to_lowercase())
    }

    /// Country for a description that names none.
    fn context_country(&self, word: u32, description: &ActorDescription) -> Option<String> {
        if is_international(description) {
            return None;
        }
        let sentence = self.syntax.sentence(word);
        let words = self.syntax.words_of(sentence);
        let inside = |span: &Span| {
            let first = self.syntax.span(words.start);
            let last = self.syntax.span(words.end - 1);
            first.start <= span.start && span.end <= last.end
        };
        // A ministry goes on where a state's people spoke, not where its rebels did.
        const OF_STATE: &[&str] = &["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];
        let state = description.sectors.iter().any(|sector| OF_STATE.contains(sector));
        let of_state =
            |actor: ActorId| self.actors.all[actor].sectors.iter().any(|sector| OF_STATE.contains(&sector.as_str()));
        // A foreign doctor or welder who looked on does not lend his country to who speaks next.
        let lends = |actor: ActorId| {
            let row = &self.actors.all[actor];
            row.basis == "context"
                || row.kind == ActorKind::State
                || !row.sectors.is_empty() && !is_onlooker(&row.sectors)
        };
        let spoken = self
            .spoke
            .iter()
            .rev()
            .find(|&&(_, actor)| (!state || of_state(actor)) && lends(actor))
            .filter(|(at, _)| self.syntax.sentence(*at) + 3 >= sentence)
            .and_then(|(_, actor)| self.actors.all[*actor].country.clone());
        let is_source = self.source_heads.binary_search(&word).is_ok();
        let near: Vec<&String> =
            self.setting.place_countries.iter().filter(|(span, _)| inside(span)).map(|(_, country)| country).collect();
        let main = self.actors.main_countries();
        let phrase = self.phrase_span(word);
        let within = |country: &str| {
            self.setting.place_countries.iter().any(|(span, known)| phrase.contains(*span) && known == country)
        };
        // Who lives there speaks of what is near; a ministry speaks of what is far away.
        let local = description.sectors.iter().any(|sector| matches!(*sector, "CVL" | "MED" | "EDU" | "REF" | "COP"))
            || matches!(
                self.syntax.lemma(word),
                "mayor" | "governor" | "councillor" | "prefect" | "elder" | "chief" | "headman"
            );
        let heaviest = main.first().copied();
        // "In Lima, the foreign ministry rejected the charge".
        let fronted =
            words.clone().next().filter(|&first| matches!(self.syntax.form(first), "In" | "From" | "At")).and_then(
                |first| {
                    let place = self.syntax.span(first + 1);
                    let known = self.setting.place_countries.iter().find(|(span, _)| span.overlaps(place));
                    let end = known.map(|(span, _)| span.end)?;
                    let follows = self.syntax.text.get(end as usize..)?.trim_start();
                    (follows.starts_with(',') || self.syntax.span(word).start < end + 12)
                        .then(|| known.map(|(_, country)| country))?
                },
            );
        let near: Vec<&String> = near
            .into_iter()
            .filter(|country| {
                !is_source
                    || local
                    || heaviest == Some(country.as_str())
                    || within(country)
                    || fronted == Some(*country)
            })
            .collect();
        if let Some(country) = near.first() {
            let own = within(country) || fronted.is_some_and(|fronted| fronted == *country);
            if near.iter().all(|other| other == country) && (main.contains(&country.as_str()) || !is_source || own) {
                return Some((*country).clone());
            }
        }
        if is_source {
            if let Some(country) = spoken {
                if main.contains(&country.as_str()) {
                    return Some(country);
                }
            }
        }
        self.actors.countries.first().map(|(country, _)| country.clone())
    }

    /// "The two sides", "both countries", "the neighbours".
    fn both_sides(&mut self, word: u32) -> Option<ActorId> {
        let lemma = self.syntax.lemma(word);
        let pair_word = self
            .syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(self.syntax.lemma(child), "two" | "both" | "each" | "either"));
        let plural = self.syntax.form(word).to_lowercase() != lemma;
        if lemma == "other" && !plural && definite_other(self.syntax, word) {
            return self.pair(word);
        }
        // "Two of the marshals" are no two sides; "both of them" may be.
        let partitive = self
            .syntax
            .obliques(word)
            .iter()
            .any(|oblique| oblique.preposition == "of" && !BOTH_SIDES.contains(&self.syntax.lemma(oblique.head)));
        let bare = !partitive
            && (matches!(lemma, "two" | "both")
                || lemma == "each" && matches!(self.syntax.deprel(word), Deprel::Nsubj | Deprel::NsubjPass))
            && matches!(self.syntax.upos(word), Upos::Num | Upos::Det | Upos::Pron);
        let definite = self
            .syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(self.syntax.lemma(child), "the" | "these" | "their" | "warring" | "rival"));
        let sides = (lemma == "side"
            || matches!(lemma, "neighbour" | "neighbor" | "rival" | "foe" | "belligerent" | "antagonist")
                && self.syntax.phrase_words(word).len() == 2)
            && plural
            && definite;
        if bare || sides || BOTH_SIDES.contains(&lemma) && pair_word {
            // "The two leaders during their meeting in the Uzbek city of Samarkand": when and where they met is not whose leaders they are.
            let of_when = || {
                let phrase = self.syntax.phrase_words(word);
                let behind = phrase.into_iter().filter(|&at| at > word);
                let first = behind.into_iter().find(|&at| self.syntax.upos(at) == Upos::Adp);
                first.is_some_and(|at| matches!(self.syntax.lemma(at), "during" | "at" | "on" | "after" | "before"))
            };
            if self.describe(word).countries.is_empty() || of_when() {
                return self.pair(word);
            }
        }
        None
    }

    fn pair(&mut self, word: u32) -> Option<ActorId> {
        let main: Vec<String> = self.actors.main_countries().into_iter().take(2).map(str::to_owned).collect();
        // Two presidents who looked on are not the two sides of the story.
        let aside = |joint: ActorId| {
            let own = self.actors.countries_of(joint);
            main.len() == 2
                && !own.is_empty()
                && own.iter().all(|country| !self.actors.main_countries().contains(&country.as_str()))
        };
        if let Some(joint) = self.last_joint.filter(|&joint| !aside(joint)) {
            return Some(self.states_of(joint, word).unwrap_or(joint));
        }
        if main.len() == 2 {
            let members: Vec<ActorId> = main.iter().map(|country| self.state(country, word)).collect();
            let span = self.phrase_span(word);
            return Some(self.actors.joint(members, span, self.syntax.text));
        }
        None
    }

    /// "The two countries", "both sides" after their leaders were told of: the two states, not the two who speak for them.
    fn states_of(&mut self, joint: ActorId, word: u32) -> Option<ActorId> {
        let members = self.actors.flatten(joint);
        let leads = |&member: &ActorId| {
            let actor = &self.actors.all[member];
            actor.kind != ActorKind::State && actor.sectors.iter().all(|sector| *sector == "GOV")
        };
        let lemma = self.syntax.lemma(word);
        let states = matches!(lemma, "country" | "state" | "nation" | "neighbour" | "neighbor" | "republic" | "side");
        let countries = self.actors.countries_of(joint);
        if !states || countries.len() != 2 || !members.iter().all(leads) {
            return None;
        }
        let members: Vec<ActorId> = countries.iter().map(|country| self.state(country, word)).collect();
        Some(self.actors.joint(members, self.phrase_span(word), self.syntax.text))
    }

    fn state(&mut self, country: &str, word: u32) -> ActorId {
        let known = self
            .actors
            .all
            .iter()
            .position(|actor| actor.kind == ActorKind::State && actor.country.as_deref() == Some(country));
        known.unwrap_or_else(|| {
            let description = ActorDescription {
                countries: vec![country.to_owned()],
                sectors: vec!["GOV"],
                kind: ActorClassKind::State,
                basis: "context",
                known: None,
                plural: false,
            };
            let actor = self.create(word, ActorKind::State, description, vec![country.to_lowercase()]);
            // "Both sides" stands for states that the report may name later; until then they bear their usual names.
            if let Some(known) = Country::by_iso3(country) {
                self.actors.all[actor].name = known.name.to_owned();
            }
            actor
        })
    }

    fn pronoun(&mut self, word: u32, lemma: &str) -> Option<ActorId> {
        let sentence = self.syntax.sentence(word);
        let form = self.syntax.form(word).to_lowercase();
        let is_source = self.source_heads.binary_search(&word).is_ok();
        if let Some(speaker) = self.speaker_above(word, &form) {
            return Some(speaker);
        }
        match form.as_str() {
            "he" | "she" | "him" | "her" | "his" | "hers" => self.latest(sentence, 4, is_source, |actor| {
                actor.kind == ActorKind::Person || actor.kind == ActorKind::Group && !actor.plural
            }),
            "it" | "its" => {
                if form == "its" {
                    // Inside a sentence "its" goes to the subject or the speaker of the same sentence.
                    let own = self.seen.iter().rev().find(|(at, id, subject)| {
                        self.syntax.sentence(*at) == sentence
                            && (*subject || self.source_heads.binary_search(at).is_ok())
                            && !self.actors.all[*id].plural
                    });
                    if let Some(&(_, id, _)) = own {
                        return Some(id);
                    }
                }
                // Who "denied that" is nobody's empty subject, whatever the parse says.
                if self.is_expletive(word) && !is_source {
                    return None;
                }
                self.latest(sentence, 3, is_source || form == "it", |actor| {
                    matches!(actor.kind, ActorKind::State | ActorKind::Organization)
                        || actor.kind == ActorKind::Group && !actor.plural
                })
            }
            "they" | "them" | "their" | "theirs" | "both" | "themselves" => {
                let each = self
                    .syntax
                    .dependents(word)
                    .iter()
                    .any(|&child| matches!(self.syntax.lemma(child), "each" | "both"));
                let own = self.seen.iter().rev().find(|(at, id, subject)| {
                    self.syntax.sentence(*at) == sentence
                        && *subject
                        && (self.actors.all[*id].plural || self.actors.all[*id].kind == ActorKind::Joint)
                        && *at < word
                });
                if let (Some(&(_, id, _)), false) = (own, each) {
                    return Some(id);
                }
                // "Oversee talks between the countries and asked them to": the two of the same sentence.
                let between = self.syntax.words_of(sentence).take_while(|&at| at < word).any(|at| {
                    matches!(
                        self.syntax.lemma(at),
                        "country" | "side" | "neighbour" | "neighbor" | "party" | "state" | "nation" | "rival"
                    ) && self.syntax.preposition(at) == "between"
                });
                if between {
                    if let Some(pair) = self.pair(word) {
                        return Some(pair);
                    }
                }
                // Who speaks on is who spoke last.
                if is_source && !each {
                    let spoke = self.spoke.iter().rev().find(|(at, id)| {
                        self.syntax.sentence(*at) + 2 >= sentence
                            && *at < word
                            && (self.actors.all[*id].plural || self.actors.all[*id].kind == ActorKind::Joint)
                    });
                    if let Some(&(_, id)) = spoke {
                        return Some(id);
                    }
                }
                let near = self.seen.iter().rev().find(|(at, id, _)| {
                    self.syntax.sentence(*at) + 2 >= sentence
                        && (self.actors.all[*id].kind == ActorKind::Joint || self.actors.all[*id].plural && !each)
                });
                near.map(|&(_, id, _)| id).or_else(|| if each { self.pair(word) } else { None })
            }
            "each" => self.pair(word),
            "we" | "our" | "us" | "i" | "my" => None,
            _ => {
                let _ = lemma;
                None
            }
        }
    }

    /// "Kyrgyzstan said it was launching": a pronoun in reported words is the one who reports, when number and kind fit.
    fn speaker_above(&self, word: u32, form: &str) -> Option<ActorId> {
        let mut at = word;
        for _ in 0..12 {
            let head = self.syntax.head(at)?;
            let reported =
                matches!(self.syntax.deprel(at), Deprel::Ccomp | Deprel::Xcomp) && self.syntax.upos(head) == Upos::Verb;
            if reported {
                let subject =
                    self.syntax.subject(head).filter(|&subject| subject != word && !self.syntax.governs(at, subject));
                if let Some(actor) = subject.and_then(|subject| self.actors.at(subject)) {
                    let row = &self.actors.all[actor];
                    let fits = match form {
                        "he" | "she" | "him" | "her" | "his" => {
                            row.kind == ActorKind::Person || row.kind == ActorKind::Group && !row.plural
                        }
                        "it" | "its" => {
                            matches!(row.kind, ActorKind::State | ActorKind::Organization)
                                || row.kind == ActorKind::Group && !row.plural
                        }
                        "they" | "them" | "their" => {
                            row.plural
                                || matches!(row.kind, ActorKind::Joint | ActorKind::Organization | ActorKind::State)
                        }
                        _ => false,
                    };
                    if fits && !self.is_expletive(word) {
                        return Some(actor);
                    }
                }
            }
            at = head;
        }
        None
    }

    /// "It was not clear", "it is raining".
    fn is_expletive(&self, word: u32) -> bool {
        self.syntax.deprel(word) == Deprel::Expl
    }

    /// The latest fitting actor within some sentences: speakers first for a speaker, then subjects, then anybody.
    fn latest(&self, sentence: u32, reach: u32, speaker: bool, fits: impl Fn(&Actor) -> bool) -> Option<ActorId> {
        let near = |at: u32| self.syntax.sentence(at) + reach >= sentence && self.syntax.sentence(at) < sentence;
        if speaker {
            let found = self.spoke.iter().rev().find(|(at, id)| near(*at) && fits(&self.actors.all[*id]));
            if let Some(&(_, id)) = found {
                return Some(id);
            }
        }
        let subject =
            self.seen.iter().rev().find(|(at, id, subject)| *subject && near(*at) && fits(&self.actors.all[*id]));
        let anybody = || self.seen.iter().rev().find(|(at, id, _)| near(*at) && fits(&self.actors.all[*id]));
        subject.or_else(anybody).map(|&(_, id, _)| id)
    }

    fn choose_principal(&mut self) {
        let joint = self.actors.all.iter().find(|actor| actor.kind == ActorKind::Joint && actor.members.len() == 2);
        // Leaders speak for the two sides of a story; the sides are their states.
        let side = |member: ActorId| {
            let speaks = &self.actors.all[member];
            let state = self.actors.all.iter().position(|actor| {
                actor.kind == ActorKind::State && speaks.country.is_some() && actor.country == speaks.country
            });
            let leads = !speaks.sectors.is_empty() && speaks.sectors.iter().all(|sector| *sector == "GOV");
            state.filter(|_| leads).unwrap_or(member)
        };
        let pair = joint.map(|actor| (actor.members[0], actor.members[1]));
        self.actors.principal = pair.map(|(first, second)| {
            let (one, other) = (side(first), side(second));
            if one == other { (first, second) } else { (one, other) }
        });
    }

    /// Parties that no word places belong to the story's country; the basis says so.
    fn settle_countries(&mut self) {
        let Some((home, _)) = self.actors.countries.first().cloned() else { return };
        for actor in &mut self.actors.all {
            let international = actor
                .sectors
                .iter()
                .any(|sector| matches!(sector.as_str(), "UNO" | "IGO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC"));
            if actor.country.is_none()
                && actor.members.is_empty()
                && actor.known.is_none()
                && !international
                && actor.kind != ActorKind::State
                && !(actor.kind == ActorKind::Organization && names_the_world(&actor.name))
            {
                actor.country = Some(home.clone());
                actor.basis = "context";
            }
        }
    }

    /// Pair words that came before the pair was named get it now.
    fn resolve_pairs(&mut self) {
        let words: Vec<u32> =
            (0..self.syntax.analysis.words.len() as u32).filter(|word| !self.actors.at.contains_key(word)).collect();
        for word in words {
            if self.is_phrase_head(word) && self.syntax.upos(word) != Upos::Pron {
                if let Some(pair) = self.both_sides(word) {
                    self.note(word, pair);
                }
            }
        }
    }
}
