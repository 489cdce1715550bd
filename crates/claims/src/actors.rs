//! Who is who in one report: names, descriptions and pronouns resolved to actors.
//!
//! One pass over the words in text order keeps what a reader keeps in mind: who was named, who spoke last, which two parties the
//! story is about. A country that is not in the words themselves is marked as taken from the context.

mod known;
mod pronouns;
mod sides;
mod told;

use crate::syntax::Syntax;
use counterclaim_knowledge::Country;
use counterclaim_knowledge::actors::{
    ActorClassKind, ActorDescription, agent, countries_before, describe_actor, is_armed_group, is_counterpart, is_tie,
};
use counterclaim_knowledge::holders::{HolderQuery, office_holding};
use counterclaim_language::{Deprel, LinkRole, Upos};
use counterclaim_schema::{MentionKind, Span};
use known::{BODIES, acronyms, homes, marked_parties};
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
    /// Whether the words are of several.
    pub plural: bool,
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
    /// Countries that more than towns tell: by name, adjective, dateline, capital or province.
    pub told_countries: Vec<String>,
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
        // "The briefer" is the briefer told of before.
        let role =
            name.split_once(' ').filter(|(article, noun)| article.eq_ignore_ascii_case("the") && !noun.contains(' '));
        let before = role.and_then(|(_, noun)| {
            let same = |actor: &Actor| {
                actor.kind == ActorKind::Group
                    && actor.members.is_empty()
                    && actor.name.split_whitespace().last().is_some_and(|last| last.eq_ignore_ascii_case(noun))
            };
            self.all.iter().rposition(same)
        });
        if let Some(id) = before {
            self.all[id].mentions.push(span);
            return id;
        }
        let world = names_the_world(&name) || is_from_abroad(&name);
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

/// Whether the words say that somebody is from abroad and not from where: "Western diplomats", "aid agencies", "diplomats".
fn is_from_abroad(name: &str) -> bool {
    const RELIEF: &[&str] = &["aid", "relief", "humanitarian"];
    const BODY: &[&str] =
        &["agency", "agencies", "organisation", "organisations", "organization", "organizations", "body"];
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let has = |listed: &[&str]| words.iter().any(|word| listed.contains(&word.as_str()));
    has(&["western", "european"]) || has(RELIEF) && has(BODY) || words == ["diplomats"]
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
    let mut ours: Vec<(u32, u32)> = Vec::new();
    for word in 0..syntax.analysis.words.len() as u32 {
        if let Some(speaker) = resolver.speaker_of_ours(word) {
            ours.push((word, speaker));
        } else if resolver.is_phrase_head(word) {
            resolver.resolve_word(word);
        } else {
            resolver.resolve_bearer(word);
        }
    }
    // Who speaks may be named behind the quotation.
    for (word, speaker) in ours {
        resolver.resolve_ours(word, speaker);
    }
    resolver.choose_principal();
    resolver.resolve_pairs();
    resolver.settle_countries();
    resolver.name_states();
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
        !self.is_inside_name(word)
            && !matches!(
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

    /// "Karabakh" in a headline, "east Ukraine" in a lead: a state that is first named by a part of it is called by its own name, where the report
    /// tells it.
    fn name_states(&mut self) {
        let text = self.syntax.text;
        for actor in self.actors.all.iter_mut().filter(|actor| actor.kind == ActorKind::State) {
            let Some(country) = actor.country.as_deref() else { continue };
            let bare = |name: &'a str| name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
            let names = |name: &str| Country::by_name(name).is_some_and(|known| known.iso3 == country);
            let capital = |name: &str| Country::by_capital(name).is_some();
            // "Sierra Leone's government" is a name of its own.
            let part = actor.name.split_whitespace().all(|word| {
                word.starts_with(char::is_uppercase) && !word.ends_with("'s") && !word.ends_with("’s")
                    || matches!(word.trim_end_matches("ern"), "north" | "south" | "east" | "west")
            });
            if !part || names(&actor.name) || capital(&actor.name) || Country::by_adjective(&actor.name).is_some() {
                continue;
            }
            let own = actor.mentions.iter().map(|span| bare(span.of(text))).find(|name| names(name));
            if let Some(own) = own {
                actor.name = own.to_owned();
            }
        }
    }

    /// Whether two words stand in the name of one body.
    fn is_one_name(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.syntax.span(one), self.syntax.span(other));
        let mut names = self.syntax.analysis.mentions.iter();
        names.any(|name| name.kind == MentionKind::Organization && name.span.contains(one) && name.span.contains(other))
    }

    /// "Emergency Medicine and Support Centre": what is joined to a word before the head of a body's name is no party beside it.
    fn is_inside_name(&self, word: u32) -> bool {
        let syntax = self.syntax;
        let Some(first) = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Conj) else { return false };
        self.is_one_name(word, first) && syntax.head(first).is_some_and(|over| self.is_one_name(word, over))
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
        // "US-trained rebels" tell of no war in America.
        let tied = |span: &Span| is_tie(&self.syntax.text[span.end()..]);
        let words = self.setting.country_words.iter().filter(|(span, _)| !tied(span));
        for (span, country) in words.chain(&self.setting.place_countries) {
            *weights.entry(country).or_default() += if span.start < lead_end { 3 } else { 1 };
        }
        if let Some(country) = &self.setting.dateline_country {
            *weights.entry(country).or_default() += 4;
            // Towns alone, in a country that no word tells, may be namesakes: they do not outweigh where the report was written.
            let most = weights[country.as_str()] - 1;
            for (other, weight) in &mut weights {
                if *other != country.as_str() && !self.setting.told_countries.iter().any(|told| told == other) {
                    *weight = (*weight).min(most);
                }
            }
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
            // "Our reporters in Port Sudan and Cairo": a capital where somebody is stands for no state.
            let where_told = Country::by_capital(self.syntax.form(word)).is_some()
                && matches!(
                    self.syntax.preposition(first).as_str(),
                    "in" | "at" | "near" | "from" | "outside" | "around"
                );
            if self.may_be_sides(joint) && !self.mediates(word) && !where_told {
                self.last_joint = Some(joint);
            }
            self.seen.push((word, joint, self.syntax.deprel(first) == Deprel::Nsubj));
        }
    }

    /// The party that a deed or a thing hit bears before its noun: "Israeli strikes", "a Houthi missile attack", "a Greek tanker".
    fn resolve_bearer(&mut self, word: u32) {
        let syntax = self.syntax;
        if !matches!(syntax.deprel(word), Deprel::Amod | Deprel::Compound) {
            return;
        }
        // "Daily attacks" are no newspaper's.
        let plain = syntax.upos(word) == Upos::Adj && syntax.form(word).starts_with(char::is_lowercase);
        if plain
            && syntax.form(word) == syntax.lemma(word)
            && matches!(syntax.lemma(word), "daily" | "weekly" | "monthly")
        {
            return;
        }
        let Some(mut head) = syntax.head(word).filter(|&head| !self.is_one_name(word, head)) else { return };
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
        if self.actors.all[actor].kind == ActorKind::Joint && self.may_be_sides(actor) && !self.mediates(word) {
            self.last_joint = Some(actor);
        }
    }

    fn phrase_span(&self, word: u32) -> Span {
        let words = self.syntax.phrase_words(word);
        // Only the run of words around the head: a stray dependent far away does not stretch a mention.
        let at = words.binary_search(&word).unwrap_or(0);
        let (mut first, mut last) = (at, at);
        // "Armed men of the Viv Ansanm coalition": the tree may leave out a name in the middle.
        let joined = |one: u32, next: u32| {
            let mut between = one + 1..next;
            // "It was government drones that struck": what the noun is said of is no part of its name.
            let verbal = |at: u32| matches!(self.syntax.upos(at), Upos::Aux | Upos::Verb) && at + 1 != word;
            let near = one + 2 >= next && !between.clone().any(verbal) && self.syntax.upos(one) != Upos::Aux;
            let opens = [one, next].into_iter().any(|at| matches!(self.syntax.form(at), "(" | "\"" | "“"));
            !opens && (near || next - one <= 5 && between.all(|at| self.syntax.upos(at) == Upos::Propn))
        };
        while first > 0 && joined(words[first - 1], words[first]) {
            first -= 1;
        }
        while last + 1 < words.len() && joined(words[last], words[last + 1]) {
            last += 1;
        }
        while last > at && matches!(self.syntax.upos(words[last]), Upos::Adp | Upos::Det | Upos::Cconj) {
            last -= 1;
        }
        // "A herders' camp": the article is the camp's.
        let article =
            at > 0 && first + 1 == at && matches!(self.syntax.form(words[first]).to_lowercase().as_str(), "a" | "an");
        let several = self.syntax.upos(word) == Upos::Noun
            && self.syntax.form(word).ends_with('s')
            && self.syntax.form(word).to_lowercase() != self.syntax.lemma(word);
        if article && several {
            first = at;
        }
        // "Paramilitaries of the Clan del Golfo": a preposition that the tree hangs inside of a name is not its first word.
        // "At least 23 people", "over 40 men" are counted so.
        let counts = |first: usize| {
            let next = words[first] + 1;
            next < word
                && (matches!(self.syntax.form(next), "least" | "most")
                    || self.syntax.upos(next) == Upos::Num
                        && matches!(self.syntax.lemma(words[first]), "over" | "about" | "around" | "under"))
        };
        // What joins it to words before, or opens its line, is none of it: "and regime forces", "- Mourners".
        let joins = |at: u32| {
            matches!(self.syntax.upos(at), Upos::Adp | Upos::Punct)
                || self.syntax.upos(at) == Upos::Cconj && self.syntax.deprel(at) == Deprel::Cc
        };
        let quotes = |at: u32| matches!(self.syntax.form(at), "\"" | "“" | "'" | "‘" | "(");
        while first < at && joins(words[first]) && !counts(first) && !quotes(words[first]) {
            first += 1;
        }
        // "At least two or three people": the tree may hang "at" outside.
        let open = words[first];
        let least = matches!(self.syntax.form(open).to_lowercase().as_str(), "least" | "most");
        let start = open.checked_sub(1).filter(|&before| least && self.syntax.form(before).eq_ignore_ascii_case("at"));
        self.syntax.span(start.unwrap_or(open)).to(self.syntax.span(words[last]))
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
        let head = words.binary_search(&self.name_end(word)).unwrap_or(0);
        let described = describe_actor(&phrase, head);
        // "Victoria Cepeda" is of no capital, nor "Chad Moore" of a country.
        let name = self.person_mention(word).map(|name| self.syntax.words_in(name)).filter(|name| name.len() > 1);
        let given = name.map(|name| name.start).filter(|&first| first <= word);
        let given = given.and_then(|first| words.binary_search(&first).ok());
        match given.filter(|&at| described.known.is_none() && self.is_country(words[at])) {
            Some(at) => {
                let mut phrase = phrase;
                phrase[at] = ("X", "x");
                describe_actor(&phrase, head)
            }
            None => described,
        }
    }

    fn is_country(&self, word: u32) -> bool {
        let form = self.syntax.form(word);
        Country::by_name(form).is_some() || Country::by_capital(form).is_some()
    }

    /// The armed group whose men a phrase tells of: "soldiers of the Front", "the Front's spokesman".
    fn armed_body(&self, word: u32) -> Option<ActorId> {
        let of = self.syntax.obliques(word).into_iter();
        let of = of.filter(|oblique| matches!(oblique.preposition.as_str(), "of" | "for" | "from")).map(|of| of.head);
        let owner = self.syntax.owner(word).filter(|_| !is_counterpart(self.syntax.lemma(word)));
        let armed = |&actor: &ActorId| {
            let row = &self.actors.all[actor];
            row.members.is_empty() && is_armed_group(&row.sectors)
        };
        // "A KNO spokesman": the body that a bracket gave a short name.
        let speaks = matches!(
            self.syntax.lemma(word),
            "spokesman" | "spokeswoman" | "spokesperson" | "leader" | "commander" | "official" | "chief" | "member"
        );
        let dependents = self.syntax.dependents(word).iter();
        let named = dependents.filter(|&&child| speaks && self.syntax.deprel(child) == Deprel::Compound);
        let by_acronym = |body: u32| {
            let full = self.acronyms.get(self.syntax.form(body))?;
            self.actors.all.iter().position(|actor| actor.name.ends_with(full.as_str()))
        };
        let body_at = |body: u32| self.actors.at(body).or_else(|| self.body(body)).or_else(|| by_acronym(body));
        owner.into_iter().chain(of).chain(named.copied()).find_map(|body| body_at(body).filter(armed))
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
            obliques.filter(|oblique| matches!(oblique.preposition.as_str(), "of" | "for" | "from")).find_map(
                |oblique| {
                    // "The spokesman for Kachalla" is of whom Kachalla leads.
                    let led = || self.actors.at(oblique.head).filter(|_| oblique.preposition == "for");
                    self.body(oblique.head).or_else(led)
                },
            )
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
        if let Some(body) = self.named_beside(word) {
            return Some(body);
        }
        let mut description = self.describe(word);
        // The tagger may take "Polisario" for a person; the table knows the group.
        let group = description.known.as_ref().is_some_and(|known| known.starts_with("group:"));
        let person = self.person_name(word).filter(|_| !group);
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
        // "The military's media wing" is the military, "the group's armed wing" the group.
        let part = matches!(
            self.syntax.lemma(word),
            "wing" | "arm" | "branch" | "service" | "office" | "bureau" | "department"
        );
        let whole = self.syntax.owner(word).filter(|_| part).and_then(|owner| self.actors.at(owner));
        if let Some(whole) = whole.map(|whole| &self.actors.all[whole]).filter(|whole| !whole.sectors.is_empty()) {
            if description.sectors.is_empty() || description.sectors == ["JRN"] {
                description.sectors =
                    whole.sectors.iter().filter_map(|sector| counterclaim_knowledge::actors::sector(sector)).collect();
                description.countries = whole.country.clone().into_iter().collect();
            }
        }
        if description.countries.is_empty() && description.known.is_none() {
            self.belong(word, &mut description);
        }
        // The soldiers and speakers of an armed group are not those of a state.
        let men = self.syntax.lemma(word) == "man" && description.sectors == ["CVL"];
        let of_state = men
            || !description.sectors.is_empty()
                && description.sectors.iter().all(|sector| matches!(*sector, "MIL" | "GOV"));
        if let Some(body) = self.armed_body(word).filter(|_| of_state && description.known.is_none()) {
            let row = &self.actors.all[body];
            description.sectors =
                row.sectors.iter().filter_map(|sector| counterclaim_knowledge::actors::sector(sector)).collect();
            if let Some(country) = row.country.clone().filter(|_| description.countries.is_empty()) {
                description.countries = vec![country];
            }
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
            // "Doctors Without Borders" is at home nowhere.
            let listed = description.known.as_ref().is_some_and(|known| known.starts_with("organization:"));
            if !nobody && !listed {
                description.countries = self.borrowed_countries(word, above_states);
            }
        }
        if person.is_some() {
            let name = self.name_words(word);
            if let Some(id) = self.same_person(&name).or_else(|| self.family_first(word)) {
                if self.actors.all[id].country.is_none() {
                    self.actors.all[id].country = description.countries.first().cloned();
                }
                return Some(id);
            }
            // "President Sadyr Japarov", "Col. Idris, a spokesman for the army": the office may stand in an apposition.
            for &child in self.syntax.dependents(word) {
                if self.syntax.deprel(child) == Deprel::Appos {
                    // "Colonel Naw, a spokesman for the rebels": who speaks for them is theirs, whatever his rank.
                    let state = description.sectors.iter().all(|sector| matches!(*sector, "MIL" | "GOV"));
                    // One that is not told of yet: it stands behind his name.
                    let told = self.syntax.obliques(child).into_iter();
                    let told = told.filter(|oblique| matches!(oblique.preposition.as_str(), "of" | "for"));
                    let group = told
                        .map(|oblique| self.describe(oblique.head))
                        .find(|group| group.known.is_some() && is_armed_group(&group.sectors));
                    if let Some(group) = group.filter(|_| state && description.known.is_none()) {
                        description.sectors = group.sectors;
                        if description.countries.is_empty() {
                            description.countries = group.countries;
                        }
                        continue;
                    }
                    if let Some(body) = self.armed_body(child).filter(|_| state && description.known.is_none()) {
                        let row = &self.actors.all[body];
                        let sectors = row.sectors.iter();
                        description.sectors =
                            sectors.filter_map(|sector| counterclaim_knowledge::actors::sector(sector)).collect();
                        description.countries.extend(row.country.clone().filter(|_| description.countries.is_empty()));
                        continue;
                    }
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
            if let Some(party) = self.speaks_for(word).filter(|_| description.sectors.is_empty()) {
                let party = self.describe(party);
                description.sectors = party.sectors;
                if description.countries.is_empty() {
                    description.countries = party.countries;
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
                // Those of one family are of one country.
                let family = self.same_person(&name[name.len().saturating_sub(1)..]);
                let family = family.and_then(|id| self.actors.all[id].country.clone());
                if let Some(country) = family.or_else(|| self.context_country(word, &description)) {
                    description.countries = vec![country];
                    description.basis = "context";
                }
            }
            return Some(self.create(word, ActorKind::Person, description, name));
        }
        // "The Marlin Luanda" is a ship: a capital inside of a longer name is no state.
        if description.kind == ActorClassKind::State && description.basis == "context" && self.is_part_of_place(word) {
            return None;
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
        if bare && !deed {
            if let Some(body) = self.short_named(word, &self.key(word)) {
                return Some(body);
            }
        }
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
            ActorClassKind::Person if self.syntax.upos(word) == Upos::Propn && !organization => ActorKind::Person,
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
            // "Rebel leader Adolfo Calero": the phrase is the person, and his name alone means him.
            let flat =
                |&&child: &&u32| self.syntax.deprel(child) == Deprel::Flat && self.person_mention(child).is_some();
            let person = self.syntax.dependents(word).iter().any(|child| flat(&child));
            if known.is_none() && person {
                return Some(self.create(word, ActorKind::Person, description, vec![name]));
            }
            if known.is_none() {
                key.insert(0, name);
                return Some(self.create(word, kind, description, key));
            }
            return known;
        }
        Some(self.find_or_create(word, kind, description, key))
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
        // "The Indian army" may be tagged as a body and "the army" not.
        let body = |kind: ActorKind| matches!(kind, ActorKind::Group | ActorKind::Organization);
        let plural = description.plural;
        // "Gunmen attacked a truck": people without article, name or number.
        let bare = plural
            && key.len() == 1
            && self.syntax.phrase_words(word).len() == 1
            && self.syntax.upos(word) == Upos::Noun;
        let compatible = |actor: &Actor| {
            // "Dozens of villagers" are not the "dozens of soldiers" before.
            if matches!(head.as_str(), "ten" | "dozen" | "score" | "hundred" | "thousand" | "million" | "number")
                || matches!(head.as_str(), "tens" | "dozens" | "scores" | "hundreds" | "thousands" | "millions")
            {
                return false;
            }
            // "His men" are not "a man" told of before.
            let one = |plural: bool| !plural && actor.kind == ActorKind::Group && kind == ActorKind::Group;
            if one(actor.plural) != one(plural) && matches!(head.as_str(), "man" | "woman" | "person") {
                return false;
            }
            // "The Arakan Army said the army had fired": the army is the state's.
            let state_body = matches!(head.as_str(), "army" | "military" | "police" | "navy")
                && self.syntax.upos(word) == Upos::Noun;
            if state_body && is_armed_group(&actor.sectors) {
                return false;
            }
            // "Renamo men" are none of "four men" who were counted before, nor "gunmen" those of a named band.
            let counted = |span: Span| {
                let first = self.syntax.words_in(span).next();
                first.is_some_and(|word| self.syntax.upos(word) == Upos::Num)
            };
            let by_number = actor.kind == ActorKind::Group && actor.mentions.first().is_some_and(|&span| counted(span));
            let capital = |text: &str| text.starts_with(char::is_uppercase) && !matches!(text, "The" | "A" | "An");
            let named = self
                .syntax
                .phrase_words(word)
                .into_iter()
                .any(|part| self.syntax.upos(part) == Upos::Propn && !actor.name.contains(self.syntax.form(part)));
            let of_name = || actor.name.split(' ').any(capital);
            // "Rebel forces had seized the hill" are not "at least 88 rebel and regime forces" who were killed.
            let open = plural && self.syntax.upos(word) == Upos::Noun && !self.is_definite(word);
            if kind == ActorKind::Group && actor.kind == kind && (by_number && (named || open) || bare && of_name()) {
                return false;
            }
            (actor.kind == kind || body(actor.kind) && body(kind) && !actor.plural && !plural && actor.key == key)
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
        let mut span = self.phrase_span(word);
        // "Southern Lebanon" told as a party is Lebanon.
        let part = span.of(self.syntax.text).split_once(' ').filter(|(first, _)| {
            matches!(
                first.to_lowercase().as_str(),
                "southern" | "northern" | "eastern" | "western" | "central" | "neighbouring" | "neighboring" | "nearby"
            )
        });
        if let Some((first, _)) = part.filter(|_| kind == ActorKind::State) {
            span = Span::new(span.start() + first.len() + 1, span.end());
        }
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

    /// "The Observatory", "the Britain-based Observatory": the body in whose longer name the word stands with its capital.
    fn short_named(&self, word: u32, key: &[String]) -> Option<ActorId> {
        let form = self.syntax.form(word);
        let capital = |part: &str| part.chars().count() > 3 && part.starts_with(char::is_uppercase);
        if key.len() != 1 || !capital(form) || form.chars().all(|c| !c.is_lowercase()) || !self.is_definite(word) {
            return None;
        }
        let longer = |actor: &Actor| {
            let words: Vec<&str> = actor.name.split_whitespace().collect();
            actor.kind == ActorKind::Organization
                && actor.members.is_empty()
                && words.contains(&form)
                && words.iter().filter(|part| capital(part) && !matches!(**part, "The")).count() > 1
        };
        self.actors.all.iter().rposition(longer)
    }

    fn is_definite(&self, word: u32) -> bool {
        let mut parts = self.syntax.dependents(word).iter();
        parts.any(|&part| {
            matches!(self.syntax.lemma(part), "the" | "this" | "that" | "these" | "those")
                || matches!(self.syntax.deprel(part), Deprel::NmodPoss)
        })
    }

    /// The last word of a body's name, which tells what it is, where the tree hangs the name on its first: "Gambela Front".
    fn name_end(&self, word: u32) -> u32 {
        let body = self.mention_kind(word) == Some(MentionKind::Organization);
        let rest = self.syntax.dependents(word).iter().copied();
        rest.filter(|&part| body && self.syntax.deprel(part) == Deprel::Flat).max().map_or(word, |last| last.max(word))
    }

    /// Content lemmas of a phrase without determiners, numbers and country words; the head last.
    fn key(&self, word: u32) -> Vec<String> {
        let (first, word) = (word, self.name_end(word));
        let mut key: Vec<String> = self
            .syntax
            .phrase_words(first)
            .into_iter()
            .filter(|&part| part < word)
            .filter(|&part| matches!(self.syntax.upos(part), Upos::Noun | Upos::Adj | Upos::Propn))
            .filter(|&part| {
                let owner = self.syntax.deprel(part) == Deprel::NmodPoss && self.syntax.head(part) == Some(first);
                owner
                    || part == first
                    || matches!(self.syntax.deprel(part), Deprel::Amod | Deprel::Compound | Deprel::Flat)
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

    /// Whether a word is one of several of a place's name, and no country by that whole name.
    fn is_part_of_place(&self, word: u32) -> bool {
        let span = self.syntax.span(word);
        let mentions = &self.syntax.analysis.mentions;
        let name = mentions.iter().find(|mention| mention.kind == MentionKind::Place && mention.span.contains(span));
        name.map(|name| name.span.of(self.syntax.text)).is_some_and(|name| {
            name.contains(' ') && Country::by_capital(name).is_none() && Country::by_name(name).is_none()
        })
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

    /// The words of a person's name, the last name last.
    fn name_words(&self, word: u32) -> Vec<String> {
        let words = self.person_mention(word).map(|name| self.syntax.words_in(name)).unwrap_or_default();
        let words = words.filter(|&word| self.syntax.form(word).starts_with(char::is_alphabetic));
        words.map(|word| self.syntax.form(word).trim_end_matches('.').to_lowercase()).collect()
    }

    /// The person of that last name who was told of last, unless both have given names and share none: "Gary Gomes" is not "Katherine Gomes".
    fn same_person(&self, name: &[String]) -> Option<ActorId> {
        let (last, given) = name.split_last()?;
        let initial = |one: &str| one.chars().count() == 1;
        let alike = |one: &String, other: &String| {
            one == other || (initial(one) || initial(other)) && one.chars().next() == other.chars().next()
        };
        let persons = self.actors.all.iter().enumerate().filter(|(_, actor)| {
            let own = actor.key.split_last().filter(|(own, _)| actor.kind == ActorKind::Person && *own == last);
            own.is_some_and(|(_, own)| {
                own.is_empty() || given.is_empty() || own.iter().any(|one| given.iter().any(|other| alike(one, other)))
            })
        });
        persons.max_by_key(|(_, actor)| actor.last_word).map(|(id, _)| id)
    }

    /// "Ban" of "U.N. leader Ban Ki-moon": one word that opens the name of a person told before.
    fn family_first(&self, word: u32) -> Option<ActorId> {
        let name = self.person_mention(word)?.of(self.syntax.text);
        let alone = !name.contains(char::is_whitespace) && name.chars().count() > 1;
        let opens = |actor: &Actor| {
            let words: Vec<&str> = actor.name.split_whitespace().collect();
            let given = words.iter().rev().take_while(|word| word.starts_with(char::is_uppercase)).count();
            words[words.len() - given..].iter().rev().skip(1).take(2).any(|word| *word == name)
        };
        self.actors.all.iter().rposition(|actor| actor.kind == ActorKind::Person && opens(actor)).filter(|_| alone)
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
                && !is_from_abroad(&actor.name)
            {
                actor.country = Some(home.clone());
                actor.basis = "context";
            }
        }
    }
}
