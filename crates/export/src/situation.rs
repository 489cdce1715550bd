//! Situation reports: sentences made from the record alone, each with the places in reports that it was made from.
//!
//! The report is built once as sections of sentences, and written as Markdown or as a page from the same sections.

use crate::map::{self, MAP_TEMPLATE, MapView, Spot};
use crate::point::point;
use crate::words;
use counterclaim_record::{
    BrowseFilter, CeasefireFilter, Figure, FigureClaim, Incident, IncidentFilter, Record, RecordError, ReportRow,
};
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

const TEMPLATE: &str = include_str!("templates/situation.html");
/// Words of one ceasefire at most; the latest are kept.
const ENTRIES: usize = 40;

/// What a report is about.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Country (ISO 3166-1 alpha-3).
    pub country: Option<String>,
    /// Part of the name of a place.
    pub place: Option<String>,
    /// Name, body or side of a party.
    pub actor: Option<String>,
    /// Happened on or after this date.
    pub from: Option<String>,
    /// Happened on or before this date.
    pub to: Option<String>,
    /// What was published on or after this date is new.
    pub since: Option<String>,
    /// Incidents at most.
    pub limit: usize,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "piece")]
enum Piece {
    /// Our words or a name from the record.
    Text { text: String },
    /// Words of a report.
    Quote { text: String },
    /// Where it stands: characters of a report.
    Cite { document: i64, start: i64, end: i64 },
    /// A report as a whole.
    Report { document: i64 },
}

type Sentence = Vec<Piece>;

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Section {
    level: usize,
    heading: String,
    id: String,
    paragraphs: Vec<Sentence>,
    points: Vec<Sentence>,
    map: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Source {
    id: i64,
    publisher: String,
    title: String,
    published: String,
    url: Option<String>,
    copied_from: Option<i64>,
    spans: Vec<(i64, i64, String)>,
}

/// A situation report before it is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Situation {
    title: String,
    made: String,
    sections: Vec<Section>,
    map: Option<MapView>,
    sources: Vec<Source>,
}

fn text(words: impl Into<String>) -> Piece {
    Piece::Text { text: words.into() }
}

fn quote(words: &str) -> Piece {
    Piece::Quote { text: words.to_owned() }
}

/// Builds sections and remembers what they cite.
struct Builder<'r> {
    record: &'r Record,
    cited: BTreeMap<i64, BTreeSet<(i64, i64, String)>>,
    sections: Vec<Section>,
}

impl Builder<'_> {
    fn section(&mut self, level: usize, heading: &str, id: &str) -> &mut Section {
        self.sections.push(Section {
            level,
            heading: heading.to_owned(),
            id: id.to_owned(),
            paragraphs: Vec::new(),
            points: Vec::new(),
            map: false,
        });
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    /// A place in a report, with the words there.
    fn cite(&mut self, document: i64, start: i64, end: i64, words: &str) -> Piece {
        self.cited.entry(document).or_default().insert((start, end, words.to_owned()));
        Piece::Cite { document, start, end }
    }

    fn report(&mut self, document: i64) -> Piece {
        self.cited.entry(document).or_default();
        Piece::Report { document }
    }

    /// The words of a row and where they stand.
    fn row(&mut self, document: i64, row: &str) -> Result<Vec<Piece>, RecordError> {
        Ok(match self.record.words_of(document, row)? {
            Some((words, start, end)) => vec![quote(&words), text(" "), self.cite(document, start, end, &words)],
            None => vec![self.report(document)],
        })
    }

    /// `police, “14” [..]`.
    fn figure_claim(&mut self, claim: &FigureClaim) -> Vec<Piece> {
        let cite = self.cite(claim.document, i64::from(claim.start), i64::from(claim.end), &claim.words);
        vec![text(format!("{}, ", teller(claim))), quote(&claim.words), text(" "), cite]
    }

    /// The range of a figure with who stands at each end; nothing between is weighed.
    fn figure(&mut self, figure: &Figure) -> Sentence {
        let range = words::open_range(figure.low, figure.high, figure.open);
        let mut sentence =
            vec![text(format!("{} ({}): {range}.", words::capital(&figure.kind), words::victims(&figure.side)))];
        let latest: Vec<&FigureClaim> = figure.claims.iter().filter(|claim| claim.latest).collect();
        // Reporters stand at no end where a claimant does.
        let named = |claims: Vec<&FigureClaim>, by: &[String]| -> Vec<FigureClaim> {
            claims.into_iter().filter(|claim| by.contains(&claim.claimant)).cloned().collect()
        };
        let low = named(latest.iter().copied().filter(|claim| claim.low == figure.low).collect(), &figure.low_by);
        let high = named(latest.iter().copied().filter(|claim| claim.high == figure.high).collect(), &figure.high_by);
        let same = low == high;
        for (name, claims) in [("Least", &low), ("Greatest", &high)] {
            if claims.is_empty() || same && name == "Greatest" {
                continue;
            }
            sentence.push(text(if same { " Given by: ".to_owned() } else { format!(" {name}: ") }));
            for (index, claim) in claims.iter().enumerate() {
                if index > 0 {
                    sentence.push(text("; "));
                }
                sentence.extend(self.figure_claim(claim));
            }
            sentence.push(text("."));
        }
        if figure.alone {
            sentence.push(text(" No second independent voice gives a figure that fits."));
        }
        sentence
    }
}

fn teller(claim: &FigureClaim) -> String {
    match &claim.side {
        None if claim.key.starts_with("report:") => format!("reporters of {}", claim.claimant),
        Some(side) if !side.is_empty() => format!("{} [{side}]", claim.claimant),
        _ => claim.claimant.clone(),
    }
}

fn name_of(incident: &Incident) -> String {
    format!(
        "{}, {}, {}",
        words::capital(&incident.kind),
        words::place(incident.place.as_deref(), incident.country.as_deref(), incident.precision.as_deref()),
        words::days(incident.first_day.as_deref(), incident.last_day.as_deref())
    )
}

/// Whether something was published on or after a date; what has no date is not new.
fn is_since(published: Option<&str>, since: &str) -> bool {
    published.is_some_and(|published| published.get(..10).unwrap_or(published) >= since)
}

/// Builds a situation report; `made` tells when, in words.
///
/// # Errors
/// Those of the file.
pub fn situation(record: &Record, coverage: &Coverage, made: &str) -> Result<Situation, RecordError> {
    let limit = coverage.limit.clamp(1, 5_000);
    let filter = BrowseFilter {
        incidents: IncidentFilter {
            country: coverage.country.clone(),
            actor: coverage.actor.clone(),
            since: coverage.from.clone(),
            until: coverage.to.clone(),
            updated_since: coverage.since.clone(),
            limit,
            ..IncidentFilter::default()
        },
        place: coverage.place.clone(),
        ..BrowseFilter::default()
    };
    let (rows, count) = record.browse(&filter)?;
    let mut incidents: Vec<Incident> = Vec::with_capacity(rows.len());
    for row in &rows {
        incidents.push(record.incident(row.id)?);
    }
    let mut builder = Builder { record, cited: BTreeMap::new(), sections: Vec::new() };
    let left_out = count.found.saturating_sub(incidents.len() as u64);
    head(&mut builder, coverage, &incidents, left_out, count.more);
    if let Some(since) = &coverage.since {
        news(&mut builder, &incidents, since);
    }
    each(&mut builder, &incidents)?;
    disputes(&mut builder, &incidents)?;
    ceasefires(&mut builder, coverage, &incidents)?;
    displacement(&mut builder, &incidents);
    let map = draw(&incidents);
    let section = builder.section(2, "Map", "map");
    section.map = map.is_some();
    if map.is_none() {
        section.paragraphs.push(vec![text("No place is known well enough for a point on a map.")]);
    }
    let sources = sources(&builder)?;
    let title = format!("Situation report: {}", scope_words(coverage));
    Ok(Situation { title, made: made.to_owned(), sections: builder.sections, map, sources })
}

fn scope_words(coverage: &Coverage) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(coverage.country.iter().map(|country| country.to_uppercase()));
    words.extend(coverage.place.clone());
    words.extend(coverage.actor.clone());
    if words.is_empty() {
        words.push("all places".to_owned());
    }
    match (&coverage.from, &coverage.to) {
        (Some(from), Some(to)) => words.push(format!("{from} to {to}")),
        (Some(from), None) => words.push(format!("from {from}")),
        (None, Some(to)) => words.push(format!("until {to}")),
        (None, None) => {}
    }
    words.extend(coverage.since.iter().map(|since| format!("news since {since}")));
    words.join(", ")
}

fn head(builder: &mut Builder<'_>, coverage: &Coverage, incidents: &[Incident], left_out: u64, more: bool) {
    let reports: BTreeSet<i64> = incidents.iter().flat_map(|incident| &incident.reports).map(|row| row.id).collect();
    let disputed = incidents.iter().filter(|incident| !incident.contradictions.is_empty()).count();
    let since = coverage.since.as_ref().map(|since| format!(" with reports published on or after {since}"));
    let section = builder.section(2, "In short", "in-short");
    section.paragraphs.push(vec![text(format!(
        "{} incidents{}, told by {} reports. In {disputed} of them reports say what cannot both hold.",
        incidents.len(),
        since.unwrap_or_default(),
        reports.len()
    ))]);
    if left_out > 0 {
        let least = if more { "At least " } else { "" };
        section.paragraphs.push(vec![text(format!(
            "{least}{left_out} further incidents that fit are left out; the latest are here."
        ))]);
    }
    section.paragraphs.push(vec![text(
        "Every sentence was made by a program from what reports say, and names the characters of the report that it was made from. \
         Ranges run from the least to the greatest of the latest figures; nothing is averaged, and figures of different incidents are not added up. \
         Claims stay claims, whoever makes them.",
    )]);
}

/// What was published since a date: incidents first told, figures changed.
fn news(builder: &mut Builder<'_>, incidents: &[Incident], since: &str) {
    let mut points: Vec<Sentence> = Vec::new();
    for incident in incidents {
        let Some(first) = incident.reports.first() else { continue };
        if is_since(first.published.as_deref(), since) {
            let cite = builder.report(first.id);
            let outlet = first.publisher.clone().unwrap_or_else(|| "an outlet that is not known".to_owned());
            points.push(vec![
                text(format!(
                    "New incident {}: {}. First told by {outlet} on {} ",
                    incident.id,
                    name_of(incident),
                    words::date(first.published.as_deref())
                )),
                cite,
                text("."),
            ]);
        }
        for revision in &incident.revisions {
            if !is_since(revision.published.as_deref(), since) {
                continue;
            }
            let mut sentence = vec![text(format!(
                "Incident {}: {} changed the figure for {} ({}) from {} to {} on {}: ",
                incident.id,
                revision.claimant,
                revision.kind,
                words::victims(&revision.side),
                words::range(revision.from.0, revision.from.1),
                words::range(revision.to.0, revision.to.1),
                words::date(revision.published.as_deref())
            ))];
            match builder.row(revision.document, &revision.harm) {
                Ok(pieces) => sentence.extend(pieces),
                Err(_) => sentence.push(builder.report(revision.document)),
            }
            sentence.push(text("."));
            points.push(sentence);
        }
    }
    let section = builder.section(2, &format!("New since {since}"), "new");
    if points.is_empty() {
        section.paragraphs.push(vec![text("No incident was first told and no claimant changed a figure.")]);
    }
    section.points = points;
}

/// One section for each incident.
fn each(builder: &mut Builder<'_>, incidents: &[Incident]) -> Result<(), RecordError> {
    let section = builder.section(2, "Incidents", "incidents");
    if incidents.is_empty() {
        section.paragraphs.push(vec![text("No incident fits.")]);
    }
    for incident in incidents {
        let mut paragraph = vec![text(format!(
            "Told by {} reports in {} independent texts. Borne out: {} ({}). ",
            incident.reports.len(),
            incident.voices,
            incident.grade.as_str().replace('_', " "),
            words::grade(incident.grade.as_str())
        ))];
        if let Some(first) = incident.reports.first() {
            paragraph.push(text("Headline of the earliest report: "));
            paragraph.push(quote(&incident.title));
            paragraph.push(text(" "));
            paragraph.push(builder.report(first.id));
            paragraph.push(text("."));
        }
        if !incident.dated {
            paragraph.push(text(" No date is told; publication bounds it."));
        }
        let contested = builder.record.incident_claims(incident.id)?;
        if !contested.is_empty() {
            let views: Vec<String> =
                contested.iter().map(|claim| format!("{}: {}", claim.view.replace('_', " "), claim.country)).collect();
            paragraph.push(text(format!(" The place is contested ({}).", views.join(", "))));
        }
        let mut points: Vec<Sentence> = Vec::new();
        for figure in &incident.figures {
            points.push(builder.figure(figure));
        }
        for blame in &incident.blames {
            let who = blame.claimant.clone().unwrap_or_else(|| "Reporters in their own voice".to_owned());
            let side = blame.side.as_ref().map(|side| format!(" [{side}]")).unwrap_or_default();
            let mut sentence = vec![text(format!("Blame: {who}{side} against {}: ", blame.against))];
            sentence.extend(builder.row(blame.document, &blame.claim)?);
            sentence.push(text("."));
            points.push(sentence);
        }
        for one in &incident.confirmations {
            let mut sentence = vec![text(format!("Confirmed by {}: ", one.claimant))];
            sentence.extend(builder.row(one.document, &one.claim)?);
            sentence.push(text("."));
            points.push(sentence);
        }
        let heading = format!("{} (incident {})", name_of(incident), incident.id);
        let section = builder.section(3, &heading, &format!("incident-{}", incident.id));
        section.paragraphs.push(paragraph);
        section.points = points;
    }
    Ok(())
}

fn disputes(builder: &mut Builder<'_>, incidents: &[Incident]) -> Result<(), RecordError> {
    let mut points: Vec<Sentence> = Vec::new();
    for incident in incidents {
        for pair in &incident.contradictions {
            let mut sentence = vec![text(format!("Incident {}, {} ({}): ", incident.id, pair.kind, pair.about))];
            for (index, (who, row)) in [(&pair.a, &pair.a_row), (&pair.b, &pair.b_row)].into_iter().enumerate() {
                let side = if who.2.is_empty() { String::new() } else { format!(" [{}]", who.2) };
                sentence.push(text(format!("{}{}{side}: ", if index == 0 { "" } else { "; " }, who.1)));
                sentence.extend(builder.row(row.0, &row.1)?);
            }
            sentence.push(text("."));
            points.push(sentence);
        }
    }
    let section = builder.section(2, "Disputed points", "disputed");
    if points.is_empty() {
        section.paragraphs.push(vec![text("Nothing that reports say excludes something else that they say.")]);
    }
    section.points = points;
    Ok(())
}

fn ceasefires(builder: &mut Builder<'_>, coverage: &Coverage, incidents: &[Incident]) -> Result<(), RecordError> {
    let filter = CeasefireFilter {
        side: coverage.country.as_ref().map(|country| country.to_uppercase()),
        since: coverage.since.clone().or(coverage.from.clone()),
        until: coverage.to.clone(),
    };
    let mut found = builder.record.ceasefires(&filter)?;
    if coverage.place.is_some() {
        // A place has no ceasefires of its own: those of the countries of its incidents are shown.
        let countries: BTreeSet<&str> = incidents.iter().filter_map(|incident| incident.country.as_deref()).collect();
        found.retain(|ceasefire| countries.iter().any(|country| ceasefire.pair.contains(country)));
    }
    if let Some(actor) = coverage.actor.as_ref().map(|actor| actor.to_lowercase()) {
        found.retain(|ceasefire| {
            ceasefire.pair.to_lowercase().contains(&actor)
                || ceasefire.parties.iter().any(|party| party.to_lowercase().contains(&actor))
        });
    }
    builder.section(2, "Ceasefires", "ceasefires");
    if found.is_empty() {
        if let Some(section) = builder.sections.last_mut() {
            section.paragraphs.push(vec![text("No ceasefire is told.")]);
        }
    }
    for (index, ceasefire) in found.iter().enumerate() {
        let mut points = Vec::new();
        let left_out = ceasefire.entries.len().saturating_sub(ENTRIES);
        for entry in ceasefire.entries.iter().skip(left_out) {
            let what = match (entry.kind.as_str(), entry.term.as_deref()) {
                ("agreed", _) => "told".to_owned(),
                // The word itself is told with the ceasefire.
                ("term", Some("cease_fire")) => continue,
                ("term", Some(term)) => format!("term ({})", term.replace('_', " ")),
                ("violation", _) => "alleged violation".to_owned(),
                (kind, _) => kind.to_owned(),
            };
            let by = entry.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            let against = entry.against.as_ref().map(|against| format!(" against {against}")).unwrap_or_default();
            let cite = builder.cite(entry.document, i64::from(entry.start), i64::from(entry.end), &entry.words);
            points.push(vec![
                text(format!("{}, {what}{by}{against}: ", words::date(entry.published.as_deref()))),
                quote(&entry.words),
                text(" "),
                cite,
                text("."),
            ]);
        }
        let violations = ceasefire.entries.iter().filter(|entry| entry.kind == "violation").count();
        let mut words = format!("Violations alleged: {violations}.");
        for (name, dates) in [("From", &ceasefire.effective), ("Until", &ceasefire.expires)] {
            if !dates.is_empty() {
                words.push_str(&format!(" {name}: {}.", dates.join(" or ")));
            }
        }
        if left_out > 0 {
            words.push_str(&format!(" {left_out} earlier lines are left out."));
        }
        let section = builder.section(3, &ceasefire.pair, &format!("ceasefire-{}", index + 1));
        section.paragraphs.push(vec![text(words)]);
        section.points = points;
    }
    Ok(())
}

fn displacement(builder: &mut Builder<'_>, incidents: &[Incident]) {
    let mut points = Vec::new();
    for incident in incidents {
        for figure in incident.figures.iter().filter(|figure| figure.kind == "displaced") {
            let mut sentence = vec![text(format!("Incident {}, {}: ", incident.id, name_of(incident)))];
            sentence.extend(builder.figure(figure));
            points.push(sentence);
        }
    }
    let section = builder.section(2, "Displacement", "displacement");
    if points.is_empty() {
        section.paragraphs.push(vec![text("No figure of displaced people is told.")]);
    }
    section.points = points;
}

fn draw(incidents: &[Incident]) -> Option<MapView> {
    let spots: Vec<Spot> = incidents
        .iter()
        .filter_map(|incident| {
            Some(Spot {
                point: point(incident.precision.as_deref(), incident.lat, incident.lon, incident.radius_km)?,
                label: format!("{} ({})", incident.place.as_deref().unwrap_or("?"), incident.id),
                href: format!("#incident-{}", incident.id),
                main: true,
            })
        })
        .collect();
    let points: Vec<_> = spots.iter().map(|spot| spot.point).collect();
    map::area(&points).and_then(|area| map::draw(&spots, area, map::WIDE))
}

fn sources(builder: &Builder<'_>) -> Result<Vec<Source>, RecordError> {
    let mut sources = Vec::new();
    for (id, spans) in &builder.cited {
        let Some(row) = builder.record.report_row(*id)? else { continue };
        let ReportRow { id, publisher, url, title, published, copied_from, .. } = row;
        sources.push(Source {
            id,
            publisher: publisher.unwrap_or_else(|| "publisher not known".to_owned()),
            title: title.unwrap_or_else(|| "(no headline)".to_owned()),
            published: published.unwrap_or_else(|| "no date".to_owned()),
            url,
            copied_from,
            spans: spans.iter().cloned().collect(),
        });
    }
    Ok(sources)
}

/// Escapes what Markdown or a terminal would take for more than words.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => safe.push(' '),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '!' | '{' | '}' => {
                safe.push('\\');
                safe.push(character);
            }
            _ if character.is_control() => {}
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            _ => safe.push(character),
        }
    }
    // A bare address would become a link by itself.
    safe.replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
}

/// An address inside `<...>`.
fn address(url: &str) -> String {
    url.chars()
        .map(|character| match character {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '"' => "%22".to_owned(),
            '\\' => "%5C".to_owned(),
            _ if character.is_whitespace() || character.is_control() => "%20".to_owned(),
            _ => character.to_string(),
        })
        .collect()
}

impl Situation {
    /// The report as Markdown. The map is a picture inside the text.
    ///
    /// # Errors
    /// A template that cannot be rendered, which tests rule out.
    pub fn markdown(&self) -> anyhow::Result<String> {
        let mut out = format!("# {}\n\n{}\n", plain(&self.title), plain(&self.made));
        let sentence = |pieces: &Sentence| -> String {
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text { text } => plain(text),
                    Piece::Quote { text } => format!("“{}”", plain(text)),
                    Piece::Cite { document, start, end } => {
                        format!("([report {document}, {start}-{end}](#report-{document}))")
                    }
                    Piece::Report { document } => format!("([report {document}](#report-{document}))"),
                })
                .collect()
        };
        for section in &self.sections {
            out.push_str(&format!("\n{} {}\n", "#".repeat(section.level), plain(&section.heading)));
            for paragraph in &section.paragraphs {
                out.push_str(&format!("\n{}\n", sentence(paragraph)));
            }
            if !section.points.is_empty() {
                out.push('\n');
            }
            for point in &section.points {
                out.push_str(&format!("- {}\n", sentence(point)));
            }
            if let (true, Some(map)) = (section.map, &self.map) {
                let svg = picture(map)?;
                out.push_str(&format!("\n![Map](data:image/svg+xml;base64,{})\n\n", base64(svg.as_bytes())));
                out.push_str(&format!("Circles show how exactly the place is known. {}.\n", crate::BORDERS));
            }
        }
        out.push_str("\n## Sources\n\nOffsets count characters of the report's text, from 0, end exclusive.\n");
        for source in &self.sources {
            out.push_str(&format!("\n### Report {}\n\n", source.id));
            out.push_str(&format!(
                "{}, {}: “{}”",
                plain(&source.publisher),
                plain(&source.published),
                plain(&source.title)
            ));
            match (&source.url, words::link(source.url.as_deref())) {
                (_, Some(url)) => out.push_str(&format!(" <{}>", address(url))),
                (Some(url), None) => out.push_str(&format!(" {}", plain(url))),
                (None, _) => {}
            }
            if let Some(from) = source.copied_from {
                out.push_str(&format!(" (a copy of report {from})"));
            }
            out.push('\n');
            if !source.spans.is_empty() {
                out.push('\n');
            }
            for (start, end, words) in &source.spans {
                out.push_str(&format!("- {start}-{end}: “{}”\n", plain(words)));
            }
        }
        Ok(out)
    }

    /// The report as one self-contained page that loads nothing.
    ///
    /// # Errors
    /// A template that cannot be rendered, which tests rule out.
    pub fn html(&self) -> anyhow::Result<String> {
        let mut environment = Environment::new();
        environment.add_template("map.html", MAP_TEMPLATE)?;
        environment.add_template("situation.html", TEMPLATE)?;
        let links: BTreeMap<String, &str> = self
            .sources
            .iter()
            .filter_map(|source| Some((source.id.to_string(), words::link(source.url.as_deref())?)))
            .collect();
        let page = environment.get_template("situation.html")?.render(context! {
            report => Value::from(Serde(self)),
            links => Value::from(Serde(&links)),
        })?;
        Ok(page)
    }
}

/// The map alone, for a picture.
fn picture(map: &MapView) -> anyhow::Result<String> {
    let mut environment = Environment::new();
    environment.add_template("map.html", MAP_TEMPLATE)?;
    environment.add_template("picture.html", "{% from \"map.html\" import map as draw %}{{ draw(view, \"map\") }}")?;
    let figure = environment.get_template("picture.html")?.render(context! { view => Value::from(Serde(map)) })?;
    let start = figure.find("<svg").unwrap_or(0);
    let end = figure.find("</svg>").map_or(figure.len(), |at| at + "</svg>".len());
    Ok(figure.get(start..end).unwrap_or_default().to_owned())
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4usize {
            let letter = char::from(LETTERS[(word >> (18 - 6 * place) & 63) as usize]);
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn words_of_strangers_stay_words_in_markdown() {
        for (words, expected) in [
            ("<script>", "&lt;script&gt;"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("a\n# b", "a \\# b"),
            ("![x](y)", "\\!\\[x\\](y)"),
            ("https://a.example", "https:&#47;&#47;a.example"),
            ("a\u{202e}b\u{1b}[31m", "ab\\[31m"),
        ] {
            assert_eq!(plain(words), expected);
        }
        assert_eq!(address("https://a.example/> x"), "https://a.example/%3E%20x");
    }
}
