//! Writes a reading and its events down as the public ledger: ids, code-point offsets, rows that point to one another.

use crate::ceasefire::{Ceasefire, Violation};
use crate::contradiction::{Contradiction, Row};
use crate::event::Event;
use crate::harms::{self, ToldHarm};
use crate::roles::Part;
use counterclaim_claims::actors::Actor;
use counterclaim_claims::{Beside, Reading};
use counterclaim_knowledge::codes::derived_codes;
use counterclaim_schema::ledger::*;
use counterclaim_schema::{BlockKind, CodePoints, Diagnostic, Document, FurnitureKind, MentionKind, Span};

pub fn id(letter: char, index: usize) -> String {
    format!("{letter}{}", index + 1)
}

/// Rounds a score so that the same evidence prints the same digits on every machine.
fn printed(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

fn printed_alternatives(places: &[PlaceAlternative]) -> Vec<PlaceAlternative> {
    places.iter().map(|place| PlaceAlternative { score: printed(place.score), ..place.clone() }).collect()
}

pub struct Writer<'a> {
    pub reading: &'a Reading<'a>,
    points: CodePoints<'a>,
    /// Ledger index of each place mention.
    places: Vec<usize>,
}

impl Writer<'_> {
    pub fn span(&self, span: Span) -> TextSpan {
        self.points.text_span(span)
    }

    fn spans(&self, spans: &[Span]) -> Vec<TextSpan> {
        spans.iter().map(|&span| self.span(span)).collect()
    }

    /// Id of the place at a mention.
    pub fn place_id(&self, place: usize) -> String {
        id('p', self.places[place])
    }

    fn part(&self, part: &Part) -> Participant {
        Participant {
            actor: id('a', part.actor),
            span: part.span.map(|span| self.span(span)),
            basis: part.basis.to_owned(),
        }
    }
}

/// The ledger of a document that was not read: empty lists and the reasons.
pub fn unread(document: &Document, diagnostics: &[Diagnostic]) -> ReportLedger {
    let points = CodePoints::new(&document.text);
    ReportLedger {
        schema: SCHEMA.to_owned(),
        document: document_row(document, &points),
        mentions: Vec::new(),
        actors: Vec::new(),
        places: Vec::new(),
        times: Vec::new(),
        attributions: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
        harms: Vec::new(),
        damages: Vec::new(),
        ceasefires: Vec::new(),
        contradictions: Vec::new(),
        diagnostics: diagnostic_rows(diagnostics, &points),
    }
}

/// Writes the ledger.
pub fn write(
    reading: &Reading<'_>,
    events: &[Event],
    told: &[ToldHarm],
    ceasefires: &[Ceasefire],
    contradictions: &[Contradiction],
    diagnostics: &[Diagnostic],
) -> ReportLedger {
    let points = CodePoints::new(&reading.document.text);
    let (place_rows, places) = place_rows(reading, &points);
    let writer = Writer { reading, points, places };
    let events_of = |claim: usize| {
        events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.claim == Some(claim))
            .map(|(index, _)| id('e', index))
            .collect()
    };
    let harms_of = |claim: usize| {
        harms::all(reading)
            .enumerate()
            .filter(|(_, harm)| harm.claim == Some(claim))
            .map(|(index, _)| id('h', index))
            .collect()
    };
    let claims = reading
        .claims
        .iter()
        .enumerate()
        .map(|(index, claim)| ClaimRow {
            id: id('c', index),
            claimant: claim.claimant.map(|actor| id('a', actor)),
            source: writer.spans(&claim.source),
            cue: writer.spans(&claim.cue),
            content: writer.spans(&claim.content),
            stance: claim.stance,
            certainty: claim.certainty,
            via_source: claim.via_source.map(|span| writer.span(span)),
            via: claim.via.map(|via| id('c', via)),
            events: events_of(index),
            harms: harms_of(index),
        })
        .collect();
    let row_id = |row: Row| match row {
        Row::Claim(index) => id('c', index),
        Row::Harm(index) => id('h', index),
    };
    ReportLedger {
        schema: SCHEMA.to_owned(),
        document: document_row(reading.document, &writer.points),
        mentions: mention_rows(&writer),
        actors: reading.actors.all.iter().enumerate().map(|(index, actor)| actor_row(&writer, index, actor)).collect(),
        places: place_rows,
        times: time_rows(&writer),
        attributions: reading
            .analysis
            .attributions
            .iter()
            .enumerate()
            .map(|(index, attribution)| AttributionRow {
                id: id('q', index),
                source: writer.spans(&attribution.source),
                cue: writer.spans(&attribution.cue),
                content: writer.spans(&attribution.content),
            })
            .collect(),
        claims,
        events: events.iter().enumerate().map(|(index, event)| event_row(&writer, index, event)).collect(),
        harms: harms::all(reading)
            .zip(told)
            .enumerate()
            .map(|(index, (harm, told))| harms::row(&writer, index, harm, told, events))
            .collect(),
        damages: harms::damage_rows(&writer, events),
        ceasefires: ceasefires
            .iter()
            .enumerate()
            .map(|(index, ceasefire)| ceasefire_row(&writer, index, ceasefire, events))
            .collect(),
        contradictions: contradictions
            .iter()
            .map(|pair| ContradictionRow {
                kind: pair.kind.to_owned(),
                a: row_id(pair.a),
                b: row_id(pair.b),
                about: pair.about.clone(),
            })
            .collect(),
        diagnostics: diagnostic_rows(diagnostics, &writer.points),
    }
}

fn document_row(document: &Document, points: &CodePoints<'_>) -> DocumentRow {
    DocumentRow {
        id: document.id.clone(),
        publisher: document.publisher.clone(),
        url: document.url.clone(),
        title: document.title.clone(),
        byline: document.byline.clone(),
        dateline: document.dateline.as_ref().map(|dateline| points.text_span(dateline.span)),
        published: document.published.as_ref().map(|published| published.value.clone()),
        published_basis: document.published.as_ref().map(|published| published.basis.clone()),
        language: document.language.clone(),
        text: document.text.clone(),
        sha256: document.sha256.clone(),
        blocks: document
            .blocks
            .iter()
            .map(|block| {
                let (kind, furniture) = match block.kind {
                    BlockKind::Title => ("title", None),
                    BlockKind::Byline => ("byline", None),
                    BlockKind::Dateline => ("dateline", None),
                    BlockKind::Paragraph => ("paragraph", None),
                    BlockKind::Subhead => ("subhead", None),
                    BlockKind::Furniture(kind) => ("furniture", Some(furniture_name(kind))),
                };
                BlockRow {
                    start: points.of_byte(block.span.start()),
                    end: points.of_byte(block.span.end()),
                    kind: kind.to_owned(),
                    furniture: furniture.map(str::to_owned),
                }
            })
            .collect(),
    }
}

fn furniture_name(kind: FurnitureKind) -> &'static str {
    match kind {
        FurnitureKind::Masthead => "masthead",
        FurnitureKind::Teaser => "teaser",
        FurnitureKind::Credit => "credit",
        FurnitureKind::AboutAuthor => "about_author",
        FurnitureKind::Promotion => "promotion",
        FurnitureKind::Legal => "legal",
        FurnitureKind::Other => "other",
    }
}

fn diagnostic_rows(diagnostics: &[Diagnostic], points: &CodePoints<'_>) -> Vec<DiagnosticRow> {
    diagnostics
        .iter()
        .map(|diagnostic| DiagnosticRow {
            code: diagnostic.code.code().to_owned(),
            span: diagnostic.span.map(|span| points.text_span(span)),
            message: diagnostic.message.clone(),
        })
        .collect()
}

/// One row for each place, mentions of the same gazetteer entry together; and the row of each mention, those inside of other names last.
fn place_rows(reading: &Reading<'_>, points: &CodePoints<'_>) -> (Vec<PlaceRow>, Vec<usize>) {
    let mut rows: Vec<PlaceRow> = Vec::new();
    let mut of_mention = Vec::new();
    // A place beside a named one is another place: it shares a row only with mentions that tell the same.
    let mut told: Vec<Option<Beside>> = Vec::new();
    let within = reading.within.iter().map(|within| &within.place);
    for place in reading.places.iter().chain(within) {
        let words = place.span.of(&reading.document.text);
        let known = rows.iter().zip(&told).position(|(row, beside)| {
            let same = match &place.resolution {
                Some(resolution) => row.gazetteer_id.as_deref() == Some(resolution.gazetteer_id.as_str()),
                None => row.gazetteer_id.is_none() && row.span.text.eq_ignore_ascii_case(words),
            };
            same && *beside == place.beside
        });
        if let Some(index) = known {
            of_mention.push(index);
            continue;
        }
        told.push(place.beside);
        of_mention.push(rows.len());
        let row_id = id('p', rows.len());
        let span = points.text_span(place.span);
        rows.push(match &place.resolution {
            Some(resolution) => PlaceRow {
                id: row_id,
                span,
                gazetteer_id: Some(resolution.gazetteer_id.clone()),
                name: Some(resolution.name.clone()),
                lat: resolution.lat,
                lon: resolution.lon,
                country: resolution.country.clone(),
                country_is_default: false,
                admin1: resolution.admin1.clone(),
                admin2: resolution.admin2.clone(),
                feature_code: resolution.feature_code.clone(),
                precision: resolution.precision,
                score: printed(resolution.score),
                alternatives: printed_alternatives(&resolution.alternatives),
                admin_claims: resolution.admin_claims.clone(),
                beside: None,
            },
            None => PlaceRow {
                id: row_id,
                span,
                gazetteer_id: None,
                name: None,
                lat: None,
                lon: None,
                country: reading.prevailing_country.clone(),
                country_is_default: reading.prevailing_country.is_some(),
                admin1: None,
                admin2: None,
                feature_code: None,
                precision: PlacePrecision::Unknown,
                score: 0.0,
                alternatives: printed_alternatives(&place.alternatives),
                admin_claims: Vec::new(),
                beside: None,
            },
        });
    }
    for (row, beside) in rows.iter_mut().zip(&told) {
        row.beside = beside.map(|beside| {
            let other = beside.other.and_then(|span| reading.places.iter().position(|place| place.span == span));
            let degrees = |value: f64| (value * 1_000.0).round() / 1_000.0;
            PlaceBeside {
                relation: beside.offset.relation.as_str().to_owned(),
                distance_km: beside.offset.distance_km.map(|km| (km * 10.0).round() / 10.0),
                bearing: beside.offset.bearing,
                other: other.map(|at| id('p', of_mention[at])),
                lat: beside.circle.map(|circle| degrees(circle.lat)),
                lon: beside.circle.map(|circle| degrees(circle.lon)),
                radius_km: beside.circle.map(|circle| circle.radius_km.round()),
            }
        });
    }
    (rows, of_mention)
}

/// Mentions of the model and of the rules in text order, with what they were resolved to.
fn mention_rows(writer: &Writer<'_>) -> Vec<MentionRow> {
    let reading = writer.reading;
    let syntax = reading.syntax();
    let mut spans: Vec<(Span, MentionKind)> =
        reading.analysis.mentions.iter().map(|mention| (mention.span, mention.kind)).collect();
    for place in &reading.places {
        if !spans.iter().any(|(span, kind)| *span == place.span && *kind == MentionKind::Place) {
            spans.retain(|(span, kind)| !(span.overlaps(place.span) && *kind == MentionKind::Place));
            spans.push((place.span, MentionKind::Place));
        }
    }
    for time in &reading.times {
        spans.retain(|(span, kind)| !(span.overlaps(time.span) && *kind == MentionKind::Time));
        spans.push((time.span, MentionKind::Time));
    }
    let mut spans: Vec<(Span, MentionKind, Option<Span>)> =
        spans.into_iter().map(|(span, kind)| (span, kind, None)).collect();
    for within in &reading.within {
        let span = within.place.span;
        if !spans.iter().any(|(known, kind, _)| *known == span && *kind == MentionKind::Place) {
            spans.push((span, MentionKind::Place, Some(within.outer)));
        }
    }
    spans.sort_by_key(|(span, kind, outer)| (*span, *kind, *outer));
    let outer_of = |outer: Span| spans.iter().position(|(span, _, within)| *span == outer && within.is_none());
    spans
        .iter()
        .enumerate()
        .map(|(index, &(span, kind, outer))| {
            let actor = syntax.head_of(span).filter(|_| outer.is_none()).and_then(|head| reading.actors.at(head));
            let inner = || reading.within.iter().position(|within| within.place.span == span);
            let place = reading
                .places
                .iter()
                .position(|place| place.span == span)
                .or_else(|| inner().map(|position| reading.places.len() + position))
                .map(|position| writer.places[position]);
            let time = reading.times.iter().position(|time| time.span == span);
            let words = writer.span(span);
            MentionRow {
                id: id('m', index),
                start: words.start,
                end: words.end,
                span: words,
                kind,
                actor: actor.map(|actor| id('a', actor)),
                place: place.map(|place| id('p', place)),
                time: time.map(|time| id('t', time)),
                within: outer.and_then(outer_of).map(|outer| id('m', outer)),
            }
        })
        .collect()
}

/// Whether the report tells of places in a country; not known where it tells of no place finer than a country.
fn is_at_home(reading: &Reading<'_>, country: &str) -> Option<bool> {
    let mut places =
        reading.places.iter().filter(|place| !place.is_country()).filter_map(|place| place.country.as_deref());
    let first = places.next()?;
    Some(first == country || places.any(|place| place == country))
}

fn actor_row(writer: &Writer<'_>, index: usize, actor: &Actor) -> ActorRow {
    let mut codes = Vec::new();
    if let Some(country) = &actor.country {
        codes.push(ActorCode { scheme: "iso3".to_owned(), code: country.clone(), basis: actor.basis.to_owned() });
    }
    if actor.country.is_some() || !actor.sectors.is_empty() {
        let code = format!("{}{}", actor.country.as_deref().unwrap_or("---"), actor.sectors.concat());
        codes.push(ActorCode { scheme: "plover".to_owned(), code, basis: actor.basis.to_owned() });
    }
    if let Some(known) = &actor.known {
        codes.push(ActorCode { scheme: "party".to_owned(), code: known.clone(), basis: "dictionary".to_owned() });
    }
    if actor.members.is_empty() {
        let sectors: Vec<&str> = actor.sectors.iter().map(String::as_str).collect();
        let home = actor.country.as_deref().and_then(|country| is_at_home(writer.reading, country));
        codes.extend(derived_codes(actor.country.as_deref(), &sectors, home).into_iter().map(|code| ActorCode {
            scheme: code.scheme.to_owned(),
            code: code.code,
            basis: code.basis.to_owned(),
        }));
    }
    ActorRow {
        id: id('a', index),
        name: actor.name.clone(),
        kind: actor.kind.as_str().to_owned(),
        country: actor.country.clone(),
        sector: actor.sectors.clone(),
        codes,
        members: actor.members.iter().map(|&member| id('a', member)).collect(),
        mentions: writer.spans(&actor.mentions),
    }
}

fn time_rows(writer: &Writer<'_>) -> Vec<TimeRow> {
    writer
        .reading
        .times
        .iter()
        .enumerate()
        .map(|(index, time)| TimeRow {
            id: id('t', index),
            span: writer.span(time.span),
            value: time.value.clone(),
            timex: time.timex.as_str().to_owned(),
            start: time.start.clone(),
            end: time.end.clone(),
            precision: time.precision,
            basis: time.basis,
        })
        .collect()
}

fn event_row(writer: &Writer<'_>, index: usize, event: &Event) -> EventRow {
    let thing = |(span, class): &(Span, Option<String>)| Thing { span: writer.span(*span), class: class.clone() };
    let parts = event.roles.actors.len().min(1)
        + event.roles.recipients.len().min(1)
        + usize::from(event.roles.place.is_some());
    EventRow {
        id: id('e', index),
        trigger: writer.span(event.trigger),
        plover: PloverCode {
            event_type: event.event_type.to_owned(),
            mode: event.modes.clone(),
            contexts: event.contexts.clone(),
        },
        cameo: event.cameo.clone(),
        acled: event.acled.clone(),
        actors: event.roles.actors.iter().map(|part| writer.part(part)).collect(),
        recipients: event.roles.recipients.iter().map(|part| writer.part(part)).collect(),
        place: event.roles.place.map(|place| id('p', writer.places[place])),
        time: event.roles.time.map(|time| id('t', time)),
        weapons: event.roles.weapons.iter().map(thing).collect(),
        targets: event.roles.targets.iter().map(thing).collect(),
        status: event.status,
        scope: event.scope,
        reasons: event.reasons.clone(),
        claims: event.claim.into_iter().map(|claim| id('c', claim)).collect(),
        also: writer.spans(&event.also),
        score: printed(0.4 + 0.2 * parts as f64),
    }
}

fn ceasefire_row(writer: &Writer<'_>, index: usize, ceasefire: &Ceasefire, events: &[Event]) -> CeasefireRow {
    CeasefireRow {
        id: id('f', index),
        span: writer.span(ceasefire.span),
        parties: ceasefire.parties.iter().map(|&party| id('a', party)).collect(),
        announced_by: ceasefire.announced_by.map(|actor| id('a', actor)),
        effective: ceasefire.effective.clone(),
        expires: ceasefire.expires.clone(),
        terms: ceasefire
            .terms
            .iter()
            .map(|(kind, span)| CeasefireTerm { kind: (*kind).to_owned(), span: writer.span(*span) })
            .collect(),
        status_words: writer.spans(&ceasefire.status_words),
        violations: ceasefire
            .violations
            .iter()
            .map(|violation| AllegedViolation {
                span: writer.span(violation.span),
                alleged_by: violation
                    .claim
                    .and_then(|claim| writer.reading.claims[claim].claimant)
                    .or(violation.teller)
                    .map(|actor| id('a', actor)),
                against: violation.against.or_else(|| accused(writer, violation, events)).map(|actor| id('a', actor)),
                event: violation.event.map(|event| id('e', event)),
            })
            .collect(),
        scope: ceasefire.scope,
    }
}

/// Who is said to have broken the ceasefire: the actor of the deed, else whom the claim accuses.
fn accused(writer: &Writer<'_>, violation: &Violation, events: &[Event]) -> Option<usize> {
    let of_deed = violation
        .event
        .and_then(|event| events[event].roles.actors.first())
        .filter(|part| part.basis != "report")
        .map(|part| part.actor);
    of_deed.or_else(|| {
        let claim = &writer.reading.claims[violation.claim?];
        let accused = writer.reading.accused(writer.reading.syntax(), claim);
        accused.first().copied().filter(|_| claim.stance == counterclaim_schema::ledger::Stance::Accuse)
    })
}
