//! The two sides of a story: who "both sides", "the two countries", "the other" are.

use super::*;

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
    "delegation",
    "negotiator",
    "movement",
];

/// "The other" as a party of its own, behind "each".
fn definite_other(syntax: Syntax<'_>, word: u32) -> bool {
    let the = syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "the");
    the && syntax.words_of(syntax.sentence(word)).any(|other| matches!(syntax.lemma(other), "each" | "both"))
}

/// One of the two sides of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Side {
    State(String),
    Armed(ActorId),
}

impl Resolver<'_> {
    /// "The two sides", "both countries", "the neighbours".
    pub(super) fn both_sides(&mut self, word: u32) -> Option<ActorId> {
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
        // "Two of his sons", wherever the parser hangs them.
        let next = word as usize + 1;
        let partitive = partitive
            || lemma == "two" && next < self.syntax.analysis.words.len() && self.syntax.form(word + 1) == "of";
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

    pub(super) fn pair(&mut self, word: u32) -> Option<ActorId> {
        let main: Vec<String> = self.actors.main_countries().into_iter().take(2).map(str::to_owned).collect();
        // Two presidents who looked on are not the two sides of the story.
        let aside = |joint: ActorId| {
            let own = self.actors.countries_of(joint);
            main.len() == 2
                && !own.is_empty()
                && own.iter().all(|country| !self.actors.main_countries().contains(&country.as_str()))
        };
        // "Urged both capitals" below two envoys: states, where those named together are not of two.
        let states = matches!(self.syntax.lemma(word), "capital" | "country" | "state" | "nation");
        let of_two = |joint: ActorId| {
            let own = self.actors.countries_of(joint);
            own.iter().any(|country| Some(country) != own.first())
        };
        let fits = |&joint: &ActorId| !aside(joint) && !(states && main.len() == 2 && !of_two(joint));
        if let Some(joint) = self.last_joint.filter(fits) {
            return Some(self.states_of(joint, word).unwrap_or(joint));
        }
        let members = match self.with_armed_side(&main) {
            Some((Side::State(country), armed)) => vec![self.state(&country, word), armed],
            Some((Side::Armed(other), armed)) => vec![other, armed],
            None if main.len() == 2 => main.iter().map(|country| self.state(country, word)).collect(),
            None => return None,
        };
        let span = self.phrase_span(word);
        Some(self.actors.joint(members, span, self.syntax.text))
    }

    /// An armed group that is one of the two chief sides, with the other one; none where two states are told of more.
    pub(super) fn with_armed_side(&self, main: &[String]) -> Option<(Side, ActorId)> {
        match self.chief_sides()? {
            (Side::State(country), Side::Armed(group)) | (Side::Armed(group), Side::State(country)) => {
                main.contains(&country).then_some((Side::State(country), group))
            }
            (Side::Armed(one), Side::Armed(other)) => Some((Side::Armed(one), other)),
            _ => None,
        }
    }

    /// The two sides of the story, by how often they are named as parties: a mediator makes his country no side of a war within another.
    pub(super) fn chief_sides(&self) -> Option<(Side, Side)> {
        let mut weights: Vec<(Side, usize)> = Vec::new();
        for &(_, id, subject) in &self.seen {
            for member in self.actors.flatten(id) {
                let Some(side) = self.side_of(member) else { continue };
                let weight = 1 + usize::from(subject);
                match weights.iter_mut().find(|(known, _)| *known == side) {
                    Some(known) => known.1 += weight,
                    None => weights.push((side, weight)),
                }
            }
        }
        weights.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
        // Where two states are told of nearly as often as the group, the states are the sides.
        let mut states = weights.iter().filter(|(side, _)| matches!(side, Side::State(_))).map(|&(_, weight)| weight);
        let second = states.nth(1).unwrap_or_default();
        let stands = |side: &Side, weight: usize| match side {
            Side::State(_) => weight >= 3,
            Side::Armed(_) => weight >= 3 && 2 * weight > 3 * second,
        };
        let mut sides = weights.iter().filter(|(side, weight)| stands(side, *weight)).map(|(side, _)| side.clone());
        sides.next().zip(sides.next())
    }

    /// The side that a party is of: an armed group, or the state of an official or a body.
    fn side_of(&self, member: ActorId) -> Option<Side> {
        let row = &self.actors.all[member];
        let any = |listed: &[&str]| row.sectors.iter().any(|sector| listed.contains(&sector.as_str()));
        if any(&["REB", "PRM"]) {
            Some(Side::Armed(member))
        } else if row.kind == ActorKind::State || any(&["GOV", "MIL", "COP", "SPY"]) {
            row.country.clone().map(Side::State)
        } else {
            None
        }
    }

    /// "The two countries", "both sides" after their leaders were told of: the two states, not the two who speak for them.
    /// Whether two who are named together may be the two sides: bodies of which nothing is known but their names are none, nor are "three civilians
    /// and a soldier".
    pub(super) fn may_be_sides(&self, joint: ActorId) -> bool {
        self.actors.flatten(joint).iter().all(|&member| {
            let row = &self.actors.all[member];
            let first = row.name.split(' ').next().unwrap_or_default().to_lowercase();
            let one = row.kind == ActorKind::Group && matches!(first.as_str(), "a" | "an" | "one");
            !one && !self.looks_on(member) && (row.kind != ActorKind::Organization || !row.sectors.is_empty())
        })
    }

    /// "Our reporters in Port Sudan and Cairo", a monitor and activists.
    fn looks_on(&self, member: ActorId) -> bool {
        let first = self.actors.all[member].sectors.first();
        first.is_some_and(|sector| matches!(sector.as_str(), "JRN" | "UNO" | "MED" | "EDU" | "NGO" | "SOC"))
    }

    /// "Brokered by Saudi Arabia and the United States": who mediates is no side.
    pub(super) fn mediates(&self, word: u32) -> bool {
        let mut first = word;
        while self.syntax.deprel(first) == Deprel::Conj {
            let Some(over) = self.syntax.head(first).filter(|&over| over < first) else { break };
            first = over;
        }
        let over = self.syntax.head(first);
        over.is_some_and(|over| match self.syntax.lemma(over) {
            "broker" | "mediate" | "facilitate" | "host" | "sponsor" | "oversee" | "guarantee" => {
                self.syntax.preposition(first) == "by"
                    || self.syntax.deprel(first) == Deprel::Nsubj && !self.syntax.is_passive(over)
            }
            "mediation" | "auspices" => matches!(self.syntax.preposition(first).as_str(), "of" | "by"),
            _ => false,
        })
    }

    pub(super) fn states_of(&mut self, joint: ActorId, word: u32) -> Option<ActorId> {
        let members = self.actors.flatten(joint);
        let leads = |&member: &ActorId| {
            let actor = &self.actors.all[member];
            actor.kind != ActorKind::State && actor.sectors == ["GOV"]
        };
        let lemma = self.syntax.lemma(word);
        let states = matches!(lemma, "country" | "state" | "nation" | "neighbour" | "neighbor" | "republic" | "side");
        let countries = self.actors.countries_of(joint);
        if !states || countries.len() != 2 || countries[0] == countries[1] || !members.iter().all(leads) {
            return None;
        }
        let members: Vec<ActorId> = countries.iter().map(|country| self.state(country, word)).collect();
        Some(self.actors.joint(members, self.phrase_span(word), self.syntax.text))
    }

    pub(super) fn state(&mut self, country: &str, word: u32) -> ActorId {
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

    pub(super) fn choose_principal(&mut self) {
        let chief = self.chief_sides();
        let pairs =
            || self.actors.all.iter().filter(|actor| actor.kind == ActorKind::Joint && actor.members.len() == 2);
        // Two who are named together by the way ("Washington and Manila have listed the group") are not the two who fight.
        let fights = |actor: &&Actor| {
            let Some((one, other)) = &chief else { return true };
            let own: Vec<Side> = actor.members.iter().filter_map(|&member| self.side_of(member)).collect();
            let same = |side: &Side, known: &Side| match (side, known) {
                (Side::Armed(a), Side::Armed(b)) => {
                    a == b || self.actors.all[*a].country == self.actors.all[*b].country
                }
                _ => side == known,
            };
            own.iter().any(|side| same(side, one)) && own.iter().any(|side| same(side, other))
        };
        // Neither two who look on ("radio and television") nor two bodies of one state ("the sheriff and the patrol") are its sides.
        let apart = |actor: &&Actor| {
            let sides: Vec<Option<Side>> = actor.members.iter().map(|&member| self.side_of(member)).collect();
            let same = sides[0].is_some() && sides[0] == sides[1];
            !same && actor.members.iter().all(|&member| !self.looks_on(member))
        };
        let joint = pairs().find(fights).or_else(|| pairs().find(apart));
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

    /// Pair words that came before the pair was named get it now.
    pub(super) fn resolve_pairs(&mut self) {
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
