//! A ledger arranged for reading: happenings of the same parties and place together, with who says so and who disputes it.
//!
//! Nothing is added and nothing averaged: every line is a row of the ledger.

use counterclaim_schema::ledger::{
    ActorRow, CeasefireRow, ClaimRow, EventRow, HarmRow, Participant, ReportLedger, Scope, Stance,
};

/// One telling of an event: what, by whom.
#[derive(Debug, Clone)]
pub struct Telling<'l> {
    /// The row.
    pub event: &'l EventRow,
    /// The claim that tells it; none for the reporter's own voice.
    pub claim: Option<&'l ClaimRow>,
}

/// A figure with its teller.
#[derive(Debug, Clone)]
pub struct Figure<'l> {
    /// The row.
    pub harm: &'l HarmRow,
    /// The claim that tells it.
    pub claim: Option<&'l ClaimRow>,
}

/// Happenings that belong together.
#[derive(Debug, Clone)]
pub struct Group<'l> {
    /// Short heading: type and parties.
    pub heading: String,
    /// Tellings in the order of the text.
    pub tellings: Vec<Telling<'l>>,
    /// Figures of these happenings.
    pub figures: Vec<Figure<'l>>,
    /// Disputes about them, in words.
    pub disputes: Vec<String>,
}

/// A ledger arranged for reading.
#[derive(Debug)]
pub struct Digest<'l> {
    /// The ledger.
    pub ledger: &'l ReportLedger,
    /// The news.
    pub current: Vec<Group<'l>>,
    /// History, other conflicts, explanations.
    pub background: Vec<Group<'l>>,
    /// Current figures that belong to no event.
    pub loose: Vec<Figure<'l>>,
    /// Claims that hold neither event nor figure.
    pub words: Vec<&'l ClaimRow>,
}

impl<'l> Digest<'l> {
    /// Arranges a ledger.
    pub fn new(ledger: &'l ReportLedger) -> Digest<'l> {
        let mut digest =
            Digest { ledger, current: Vec::new(), background: Vec::new(), loose: Vec::new(), words: Vec::new() };
        for event in &ledger.events {
            let telling = Telling { event, claim: event.claims.first().and_then(|id| digest.claim(id)) };
            let key = digest.key(event);
            let groups = if event.scope == Scope::Current { &mut digest.current } else { &mut digest.background };
            match groups.iter_mut().find(|group| group.heading == key) {
                Some(group) => group.tellings.push(telling),
                None => groups.push(Group {
                    heading: key,
                    tellings: vec![telling],
                    figures: Vec::new(),
                    disputes: Vec::new(),
                }),
            }
        }
        for harm in &ledger.harms {
            let figure = Figure { harm, claim: harm.claims.first().and_then(|id| digest.claim(id)) };
            let group = digest.current.iter_mut().chain(&mut digest.background).find(|group| {
                harm.event.as_ref().is_some_and(|id| group.tellings.iter().any(|telling| &telling.event.id == id))
            });
            match group {
                Some(group) => group.figures.push(figure),
                None if harm.scope == Scope::Current => digest.loose.push(figure),
                None => digest.background.push(Group {
                    heading: "Figures".to_owned(),
                    tellings: Vec::new(),
                    figures: vec![figure],
                    disputes: Vec::new(),
                }),
            }
        }
        digest.place_disputes();
        digest.words = ledger.claims.iter().filter(|claim| claim.events.is_empty() && claim.harms.is_empty()).collect();
        digest
    }

    fn place_disputes(&mut self) {
        for pair in &self.ledger.contradictions {
            let words = self.dispute(&pair.kind, &pair.a, &pair.b, &pair.about);
            let touches = |group: &Group<'_>| {
                group
                    .tellings
                    .iter()
                    .any(|telling| telling.event.claims.iter().any(|id| *id == pair.a || *id == pair.b))
                    || group.figures.iter().any(|figure| figure.harm.id == pair.a || figure.harm.id == pair.b)
            };
            let group = self.current.iter().position(touches);
            if let Some(group) = group {
                self.current[group].disputes.push(words);
            } else if let Some(first) = self.current.first_mut() {
                first.disputes.push(words);
            }
        }
    }

    fn dispute(&self, kind: &str, a: &str, b: &str, about: &str) -> String {
        if a == b {
            return format!("{kind}: {about} ({a})");
        }
        let name = |id: &str| match self.ledger.harms.iter().find(|harm| harm.id == id) {
            Some(harm) => {
                format!("{} ({})", self.teller(harm.claims.first().and_then(|id| self.claim(id))), harm.number.text)
            }
            None => self.teller(self.claim(id)),
        };
        format!("{kind}: {} against {} - {about} ({a}, {b})", name(a), name(b))
    }

    /// The claim with an id.
    pub fn claim(&self, id: &str) -> Option<&'l ClaimRow> {
        self.ledger.claims.iter().find(|claim| claim.id == id)
    }

    /// The actor with an id.
    pub fn actor(&self, id: &str) -> Option<&'l ActorRow> {
        self.ledger.actors.iter().find(|actor| actor.id == id)
    }

    /// Who tells it, for people: the source's words and the country behind them.
    pub fn teller(&self, claim: Option<&ClaimRow>) -> String {
        let Some(claim) = claim else { return "the report itself".to_owned() };
        let words: Vec<&str> = claim.source.iter().map(|span| span.text.as_str()).collect();
        let actor = claim.claimant.as_deref().and_then(|id| self.actor(id));
        let code = actor.and_then(code_of);
        let source = if words.is_empty() { "nobody named".to_owned() } else { words.join(" ... ") };
        match code {
            Some(code) => format!("{source} [{code}]"),
            None => source,
        }
    }

    /// Name and code of a party.
    pub fn party(&self, id: &str) -> String {
        match self.actor(id) {
            Some(actor) => match code_of(actor) {
                Some(code) if !actor.name.is_empty() => format!("{} [{code}]", actor.name),
                _ => actor.name.clone(),
            },
            None => id.to_owned(),
        }
    }

    /// Name and code of a party of an event; where the words at the event do not name it, that is told.
    pub fn participant(&self, part: &Participant) -> String {
        let taken = matches!(part.basis.as_str(), "context" | "report");
        format!("{}{}", self.party(&part.actor), if taken { " (by context)" } else { "" })
    }

    fn key(&self, event: &EventRow) -> String {
        let mut parties: Vec<String> = event
            .actors
            .iter()
            .chain(&event.recipients)
            .filter_map(|part| self.actor(&part.actor))
            .map(|actor| actor.country.clone().unwrap_or_else(|| actor.name.clone()))
            .collect();
        parties.sort();
        parties.dedup();
        let parties = if parties.is_empty() { "no party named".to_owned() } else { parties.join(", ") };
        format!("{}: {parties}", family(&event.plover.event_type))
    }

    /// The words of a place.
    pub fn place(&self, id: Option<&str>) -> Option<String> {
        let place = self.ledger.places.iter().find(|place| Some(place.id.as_str()) == id)?;
        let precision = serde_json::to_value(place.precision).ok()?.as_str()?.to_owned();
        let country = place.country.as_deref().unwrap_or("country unknown");
        Some(match &place.name {
            Some(name) if *name != place.span.text => format!("{} ({name}, {country}; {precision})", place.span.text),
            _ => format!("{} ({country}; {precision})", place.span.text),
        })
    }

    /// The words of a time.
    pub fn time(&self, id: Option<&str>) -> Option<String> {
        let time = self.ledger.times.iter().find(|time| Some(time.id.as_str()) == id)?;
        Some(format!("{} ({})", time.span.text, time.value))
    }
}

/// `KGZ/MIL`, `TJK`, `-/REB`.
fn code_of(actor: &ActorRow) -> Option<String> {
    if actor.country.is_none() && actor.sector.is_empty() {
        return None;
    }
    let country = actor.country.as_deref().unwrap_or("-");
    Some(match actor.sector.first() {
        Some(sector) => format!("{country}/{sector}"),
        None => country.to_owned(),
    })
}

/// What a PLOVER type is about, for headings.
fn family(event_type: &str) -> &'static str {
    match event_type {
        "ASSAULT" => "Violence",
        "CONCEDE" | "RETREAT" => "Ceasefire, withdrawal, release",
        "AGREE" | "SUPPORT" | "COOPERATE" => "Agreement and support",
        "CONSULT" => "Meetings and talks",
        "AID" => "Aid and evacuation",
        "REQUEST" => "Appeals and demands",
        "ACCUSE" => "Accusations",
        "REJECT" => "Refusals",
        "THREATEN" => "Threats",
        "PROTEST" => "Protest",
        "SANCTION" => "Sanctions and expulsions",
        "MOBILIZE" => "Movements of forces",
        "COERCE" => "Arrests and restrictions",
        _ => "Other",
    }
}

/// `42`, `24-99`, `at least 12`, `up to 50`.
pub fn interval(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "not told".to_owned(),
    }
}

/// When an agreement is told to run: "from 2025-03-01 until 2025-04-01"; nothing where neither end is told.
pub fn duration(ceasefire: &CeasefireRow) -> String {
    let from = ceasefire.effective.as_ref().map(|begin| format!("from {begin}"));
    let until = ceasefire.expires.as_ref().map(|end| format!("until {end}"));
    [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is told of an agreement, each with its label: terms, words on how it fared, and what is said to have broken it, by whose word.
pub fn agreement_points(digest: &Digest<'_>, ceasefire: &CeasefireRow) -> Vec<(&'static str, String)> {
    let terms = ceasefire.terms.iter().map(|term| ("term", term.span.text.clone()));
    let held = ceasefire.status_words.iter().map(|words| (fate_word(ceasefire), format!("“{}”", words.text)));
    let broken = ceasefire.violations.iter().map(|violation| {
        let by = violation.alleged_by.as_deref().map_or("the report itself".to_owned(), |id| digest.party(id));
        let against = violation.against.as_deref().map(|id| format!(" against {}", digest.party(id)));
        ("violation", format!("alleged by {by}{}: “{}”", against.unwrap_or_default(), violation.span.text))
    });
    terms.chain(held).chain(broken).collect()
}

/// What the words about an agreement tell: how it holds, or what became of one of the past.
fn fate_word(ceasefire: &CeasefireRow) -> &'static str {
    if ceasefire.scope == Scope::Background { "fate" } else { "holding" }
}

/// The word for a stance.
pub fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Assert => "says",
        Stance::Deny => "denies",
        Stance::Accuse => "accuses",
        Stance::Confirm => "confirms",
        Stance::Order => "orders",
        Stance::Pledge => "pledges",
        Stance::Appeal => "appeals",
        Stance::Threaten => "threatens",
        Stance::Decline => "declines",
    }
}
