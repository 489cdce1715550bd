//! What pages show. A page is made as JSON (its twin) and as what its template needs; templates hold no logic but loops.

use crate::http::Refusal;
use crate::incident;
use crate::query::{Query, encode};
use counterclaim_export::map::{self, MAP_TEMPLATE, Spot};
use counterclaim_export::page::{LEDGER_TEMPLATE, view};
use counterclaim_export::{point, words};
use counterclaim_record::{
    BrowseFilter, Ceasefire, CeasefireEntry, CeasefirePair, IncidentFilter, IncidentRow, Record, ReportRow, day_of,
};
use counterclaim_schema::ledger::ReportLedger;
use minijinja::Environment;
use serde_json::{Value, json};

/// Rows of a list on one page.
const ROWS: usize = 50;
/// Pages of a list at most: who needs more exports the tables.
const PAGES: usize = 400;
/// Kinds of incidents as the record has them.
const KINDS: &[&str] = &["violence", "detention", "protest", "truce", "diplomacy", "force", "other"];

/// A page before it is drawn.
pub(crate) struct Page {
    pub(crate) template: &'static str,
    pub(crate) title: String,
    /// The entry of the menu that it belongs to.
    pub(crate) here: &'static str,
    /// Address of the JSON twin; empty where there is none.
    pub(crate) twin: String,
    /// For the template.
    pub(crate) view: Value,
    /// The JSON twin.
    pub(crate) data: Value,
}

impl Page {
    pub(crate) fn error(heading: &str, words: &str) -> Page {
        Page {
            template: "error.html",
            title: heading.to_owned(),
            here: "",
            twin: String::new(),
            view: json!({"words": words}),
            data: Value::Null,
        }
    }
}

/// The templates, escaped by their names' ending.
pub(crate) fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    for (name, text) in [
        ("base.html", include_str!("templates/base.html")),
        ("incidents.html", include_str!("templates/incidents.html")),
        ("incident.html", include_str!("templates/incident.html")),
        ("report.html", include_str!("templates/report.html")),
        ("reports.html", include_str!("templates/reports.html")),
        ("ceasefires.html", include_str!("templates/ceasefires.html")),
        ("search.html", include_str!("templates/search.html")),
        ("read.html", include_str!("templates/read.html")),
        ("about.html", include_str!("templates/about.html")),
        ("error.html", include_str!("templates/error.html")),
        ("ledger.html", LEDGER_TEMPLATE),
        ("map.html", MAP_TEMPLATE),
    ] {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

/// The page at a path (without `.json`).
pub(crate) fn page(record: &Record, path: &str, query: &Query) -> Result<Page, Refusal> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let id = |text: &str| -> Result<i64, Refusal> {
        let number = text.parse::<i64>().ok().filter(|number| *number > 0 && !text.starts_with('+'));
        number.ok_or_else(|| Refusal::Missing(format!("“{text}” is no number of an incident or report.")))
    };
    match parts.as_slice() {
        [""] | ["incidents"] => incidents(record, query),
        ["incidents", text] => {
            only(query, &[])?;
            incident::page(record, id(text)?)
        }
        ["reports"] => reports(record, query),
        ["reports", text] => {
            only(query, &[])?;
            report(record, id(text)?)
        }
        ["ceasefires"] => ceasefires(record, query),
        ["search"] => search(record, query),
        ["read"] => {
            only(query, &[])?;
            Ok(blank_form())
        }
        ["about"] => {
            only(query, &[])?;
            about(record)
        }
        _ => Err(Refusal::Missing("There is no such page.".to_owned())),
    }
}

fn only(query: &Query, known: &[&str]) -> Result<(), Refusal> {
    match query.unknown(known) {
        Some(name) => Err(Refusal::Bad(format!("This page has no filter “{name}”."))),
        None => Ok(()),
    }
}

/// Number of the page, from 1.
fn page_number(query: &Query) -> Result<usize, Refusal> {
    let Some(text) = query.get("page") else { return Ok(1) };
    match text.parse::<usize>() {
        Ok(number) if (1..=PAGES).contains(&number) => Ok(number),
        _ => Err(Refusal::Bad(format!("“{text}” is no page; pages go from 1 to {PAGES}."))),
    }
}

fn date(query: &Query, name: &str) -> Result<Option<String>, Refusal> {
    match query.get(name) {
        Some(text) if text.len() != 10 || day_of(text).is_none() => {
            Err(Refusal::Bad(format!("“{text}” is no date; write it as 2022-09-16.")))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// Links to the page before and the page after.
fn paging(path: &str, query: &Query, number: usize, more: bool) -> Value {
    let link = |number: usize| {
        let number = if number == 1 { String::new() } else { number.to_string() };
        let query = query.with("page", &number);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    };
    json!({
        "number": number,
        "before": (number > 1).then(|| link(number - 1)),
        "after": (more && number < PAGES).then(|| link(number + 1)),
    })
}

fn twin(path: &str, query: &Query) -> String {
    let text = query.text();
    if text.is_empty() { format!("{path}.json") } else { format!("{path}.json?{text}") }
}

/// A row of the list with its words.
fn listed(row: &IncidentRow) -> Value {
    let figure = |range: (Option<i64>, Option<i64>)| match range {
        (None, None) => String::new(),
        (low, high) => words::range(low, high),
    };
    json!({
        "id": row.id,
        "headline": row.title,
        "kind": row.kind,
        "place": words::place(row.place.as_deref(), row.country.as_deref(), row.precision.as_deref()),
        "days": words::days(row.first_day.as_deref(), row.last_day.as_deref()),
        "killed": figure(row.killed),
        "injured": figure(row.injured),
        "contradictions": row.contradictions,
        "grade": row.grade,
        "grade_word": row.grade.replace('_', " "),
        "grade_means": words::grade(&row.grade),
        "reports": row.reports,
        "voices": row.voices,
    })
}

/// A short neutral name of an incident: its kind, place and days, never a headline.
pub(crate) fn name_of(
    kind: &str,
    place: Option<&str>,
    country: Option<&str>,
    first: Option<&str>,
    last: Option<&str>,
) -> String {
    let kind = words::capital(kind);
    let place = match (place, country) {
        (Some(place), Some(country)) if place != country => format!("{place}, {country}"),
        (Some(place), _) | (None, Some(place)) => place.to_owned(),
        (None, None) => "place not told".to_owned(),
    };
    format!("{kind} · {place} · {}", words::days(first, last))
}

fn incidents(record: &Record, query: &Query) -> Result<Page, Refusal> {
    only(query, &["q", "country", "kind", "actor", "place", "from", "to", "scope", "disputed", "page"])?;
    let number = page_number(query)?;
    let country = match query.get("country") {
        Some(text) if text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            return Err(Refusal::Bad(format!("“{text}” is no country; write three letters of ISO 3166-1, as KGZ.")));
        }
        text => text.map(str::to_uppercase),
    };
    let kind = match query.get("kind") {
        Some(text) if !KINDS.contains(&text) => {
            return Err(Refusal::Bad(format!("“{text}” is no type; types are {}.", KINDS.join(", "))));
        }
        text => text.map(str::to_owned),
    };
    let background = match query.get("scope") {
        None => None,
        Some("retold") => Some(true),
        Some("news") => Some(false),
        Some(text) => return Err(Refusal::Bad(format!("“{text}” is no scope; scopes are news and retold."))),
    };
    let disputed = match query.get("disputed") {
        None => false,
        Some("1") => true,
        Some(text) => return Err(Refusal::Bad(format!("“{text}” is no value of `disputed`; it is 1 or left out."))),
    };
    let filter = BrowseFilter {
        incidents: IncidentFilter {
            country,
            kind,
            actor: query.get("actor").map(str::to_owned),
            since: date(query, "from")?,
            until: date(query, "to")?,
            disputed,
            limit: ROWS,
            offset: (number - 1) * ROWS,
            ..IncidentFilter::default()
        },
        words: query.get("q").unwrap_or_default().to_owned(),
        place: query.get("place").map(str::to_owned),
        background,
    };
    if let (Some(from), Some(to)) = (&filter.incidents.since, &filter.incidents.until) {
        if from > to {
            return Err(Refusal::Bad(format!("{from} is after {to}.")));
        }
    }
    let (rows, count) = record.browse(&filter)?;
    let overview = record.overview()?;
    let shown = (number - 1) * ROWS + rows.len();
    let more = count.more && rows.len() == ROWS || (shown as u64) < count.found;
    let spots: Vec<Spot> = rows
        .iter()
        .filter_map(|row| {
            Some(Spot {
                point: point(row.precision.as_deref(), row.lat, row.lon, row.radius_km)?,
                label: row.place.clone().unwrap_or_else(|| format!("incident {}", row.id)),
                href: format!("/incidents/{}", row.id),
                main: true,
            })
        })
        .collect();
    let points: Vec<_> = spots.iter().map(|spot| spot.point).collect();
    let map = map::area(&points).and_then(|area| map::draw(&spots, area, map::WIDE));
    let filtered = !query.with("page", "").is_empty();
    let view = json!({
        "rows": rows.iter().map(listed).collect::<Vec<_>>(),
        "count": count,
        "filtered": filtered,
        "overview": overview,
        "kinds": KINDS,
        "map": map,
        "paging": paging("/incidents", query, number, more),
        "filter": {
            "q": query.get("q"), "country": filter.incidents.country, "kind": query.get("kind"), "actor": query.get("actor"),
            "place": query.get("place"), "from": query.get("from"), "to": query.get("to"), "scope": query.get("scope"),
            "disputed": disputed,
        },
    });
    // The points of the gazetteer may be finer than the places are known.
    let told: Vec<IncidentRow> = rows
        .iter()
        .map(|row| {
            let point = point(row.precision.as_deref(), row.lat, row.lon, row.radius_km);
            IncidentRow { lat: point.map(|point| point.lat), lon: point.map(|point| point.lon), ..row.clone() }
        })
        .collect();
    let data = json!({"incidents": told, "found": count.found, "more_than_found": count.more, "page": number, "next": paging("/incidents.json", query, number, more)["after"], "record": overview});
    Ok(Page {
        template: "incidents.html",
        title: "Incidents".to_owned(),
        here: "incidents",
        twin: twin("/incidents", query),
        view,
        data,
    })
}

/// A report in a list with its words.
pub(crate) fn report_line(row: &ReportRow) -> Value {
    json!({
        "id": row.id,
        "title": row.title.as_deref().unwrap_or("(no headline)"),
        "publisher": row.publisher.as_deref().unwrap_or("publisher not known"),
        "date": words::date(row.published.as_deref()),
        "published": row.published,
        "url": words::link(row.url.as_deref()),
        "copied_from": row.copied_from,
        "similarity": row.similarity.map(|share| format!("{:.0} %", share * 100.0)),
    })
}

fn reports(record: &Record, query: &Query) -> Result<Page, Refusal> {
    only(query, &["page"])?;
    let number = page_number(query)?;
    let rows = record.list_reports(ROWS + 1, (number - 1) * ROWS)?;
    let more = rows.len() > ROWS;
    let rows = &rows[..rows.len().min(ROWS)];
    let view = json!({"rows": rows.iter().map(report_line).collect::<Vec<_>>(), "paging": paging("/reports", query, number, more)});
    let data = json!({"reports": rows, "page": number, "next": paging("/reports.json", query, number, more)["after"]});
    Ok(Page {
        template: "reports.html",
        title: "Reports".to_owned(),
        here: "reports",
        twin: twin("/reports", query),
        view,
        data,
    })
}

fn report(record: &Record, id: i64) -> Result<Page, Refusal> {
    let report = record.report(id)?;
    let named = |ids: &[i64]| -> Result<Vec<Value>, Refusal> {
        let mut named = Vec::new();
        for id in ids {
            let found = record.incident_row(*id)?;
            named.extend(found.map(|row| {
                let name = name_of(
                    &row.kind,
                    row.place.as_deref(),
                    row.country.as_deref(),
                    row.first_day.as_deref(),
                    row.last_day.as_deref(),
                );
                json!({"id": row.id, "name": name})
            }));
        }
        Ok(named)
    };
    let view = json!({
        "report": report_line(&report.row),
        "name": report.row.name,
        "basis": report.ledger.document.published_basis,
        "coding": report.coding,
        "copies": report.copies,
        "incidents": named(&report.incidents)?,
        "mentions": named(&report.mentions)?,
        "ledger": view(&report.ledger),
    });
    let data = serde_json::to_value(&report).unwrap_or(Value::Null);
    Ok(Page {
        template: "report.html",
        title: report.row.title.clone().unwrap_or_else(|| format!("Report {id}")),
        here: "reports",
        twin: format!("/reports/{id}.json"),
        view,
        data,
    })
}

/// A ceasefire with the words of its timeline.
fn timeline(ceasefire: &Ceasefire) -> Value {
    // The word “ceasefire” inside what tells the ceasefire says nothing more.
    let repeats = |entry: &CeasefireEntry| {
        entry.term.as_deref() == Some("cease_fire")
            && ceasefire.entries.iter().any(|told| {
                told.kind == "agreed"
                    && told.document == entry.document
                    && told.start <= entry.start
                    && entry.end <= told.end
            })
    };
    let entries: Vec<Value> = ceasefire
        .entries
        .iter()
        .filter(|entry| !repeats(entry))
        .map(|entry| {
            let what = match (entry.kind.as_str(), entry.term.as_deref()) {
                ("agreed", _) => "told".to_owned(),
                ("term", Some(term)) => format!("term: {}", term.replace('_', " ")),
                ("violation", _) => "alleged violation".to_owned(),
                (kind, _) => kind.to_owned(),
            };
            json!({
                "kind": entry.kind,
                "what": what,
                "date": words::date(entry.published.as_deref()),
                "by": entry.by,
                "against": entry.against,
                "words": entry.words,
                "document": entry.document,
                "row": entry.row,
                "publisher": entry.publisher.as_deref().unwrap_or("publisher not known"),
                "start": entry.start,
                "end": entry.end,
            })
        })
        .collect();
    json!({
        "pair": ceasefire.pair,
        "parties": ceasefire.parties.join(", "),
        "effective": ceasefire.effective.join(" or "),
        "expires": ceasefire.expires.join(" or "),
        "violations": ceasefire.entries.iter().filter(|entry| entry.kind == "violation").count(),
        "entries": entries,
    })
}

fn ceasefires(record: &Record, query: &Query) -> Result<Page, Refusal> {
    only(query, &["pair", "page"])?;
    let number = page_number(query)?;
    let page = |title: String, view: Value, data: Value| Page {
        template: "ceasefires.html",
        title,
        here: "ceasefires",
        twin: twin("/ceasefires", query),
        view,
        data,
    };
    if let Some(pair) = query.get("pair") {
        let found = record.ceasefire(pair, ROWS + 1, (number - 1) * ROWS)?;
        let Some(found) = found else {
            return Err(Refusal::Missing(format!("No ceasefire of “{pair}” is told here.")));
        };
        let told = found.entries.iter().filter(|entry| entry.kind == "agreed").count();
        let more = told > ROWS;
        let view = json!({"ceasefires": [timeline(&found)], "one": true, "paging": paging("/ceasefires", query, number, more)});
        let next = paging("/ceasefires.json", query, number, more)["after"].clone();
        return Ok(page(format!("Ceasefire {pair}"), view, json!({"ceasefires": [found], "next": next})));
    }
    let pairs = record.ceasefire_pairs(ROWS + 1, (number - 1) * ROWS)?;
    let more = pairs.len() > ROWS;
    let pairs: &[CeasefirePair] = &pairs[..pairs.len().min(ROWS)];
    let mut shown = Vec::new();
    let mut full = Vec::new();
    // The latest pairs at once, so that a small record is read on one page.
    for pair in pairs.iter().take(8) {
        if let Some(found) = record.ceasefire(&pair.pair, 20, 0)? {
            shown.push(timeline(&found));
            full.push(found);
        }
    }
    let links: Vec<Value> = pairs
        .iter()
        .map(|pair| {
            json!({
                "pair": pair.pair,
                "href": format!("/ceasefires?pair={}", encode(&pair.pair)),
                "tellings": pair.tellings,
                "reports": pair.reports,
                "first": words::date(pair.first.as_deref()),
                "last": words::date(pair.last.as_deref()),
            })
        })
        .collect();
    let view = json!({"pairs": links, "ceasefires": shown, "one": false, "paging": paging("/ceasefires", query, number, more)});
    let next = paging("/ceasefires.json", query, number, more)["after"].clone();
    Ok(page("Ceasefires".to_owned(), view, json!({"pairs": pairs, "ceasefires": full, "next": next})))
}

fn search(record: &Record, query: &Query) -> Result<Page, Refusal> {
    only(query, &["q", "page"])?;
    let number = page_number(query)?;
    let asked = query.get("q").unwrap_or_default();
    if asked.chars().count() > 300 {
        return Err(Refusal::Bad("A search has at most 300 characters.".to_owned()));
    }
    let (hits, count, latest) = record.find_reports(asked, ROWS, (number - 1) * ROWS)?;
    let more = ((number * ROWS) as u64) < count.found || count.more && hits.len() == ROWS;
    let rows: Vec<Value> = hits
        .iter()
        .map(|hit| {
            let parts: Vec<Value> = hit
                .snippet
                .split('\u{2}')
                .flat_map(|piece| match piece.split_once('\u{3}') {
                    Some((found, rest)) => vec![json!({"text": found, "found": true}), json!({"text": rest})],
                    None => vec![json!({"text": piece})],
                })
                .collect();
            json!({"report": report_line(&hit.report), "incident": hit.incident, "parts": parts})
        })
        .collect();
    let view = json!({"q": asked, "rows": rows, "count": count, "latest": latest, "paging": paging("/search", query, number, more)});
    let plain: Vec<Value> = hits
        .iter()
        .map(|hit| {
            let mut value = serde_json::to_value(hit).unwrap_or(Value::Null);
            value["snippet"] = hit.snippet.replace(['\u{2}', '\u{3}'], "").into();
            value
        })
        .collect();
    let data = json!({"hits": plain, "found": count.found, "more_than_found": count.more, "latest_first": latest, "page": number, "next": paging("/search.json", query, number, more)["after"]});
    let title = if asked.is_empty() { "Search".to_owned() } else { format!("Search: {asked}") };
    Ok(Page { template: "search.html", title, here: "search", twin: twin("/search", query), view, data })
}

fn blank_form() -> Page {
    Page {
        template: "read.html",
        title: "Read a report".to_owned(),
        here: "read",
        twin: "/read.json".to_owned(),
        view: json!({"ledger": null}),
        data: json!({"form": {"method": "POST", "fields": ["text", "title", "publisher", "published"]}}),
    }
}

/// The page of a report that was pasted; nothing of it is kept.
pub(crate) fn pasted(ledger: &ReportLedger) -> Page {
    Page {
        template: "read.html",
        title: "A pasted report".to_owned(),
        here: "read",
        twin: String::new(),
        view: json!({"ledger": view(ledger)}),
        data: serde_json::to_value(ledger).unwrap_or(Value::Null),
    }
}

fn about(record: &Record) -> Result<Page, Refusal> {
    let overview = record.overview()?;
    let grades: Vec<Value> = ["alone", "one_side", "several", "agreed"]
        .iter()
        .map(|grade| json!({"name": grade.replace('_', " "), "means": words::grade(grade)}))
        .collect();
    Ok(Page {
        template: "about.html",
        title: "About this record".to_owned(),
        here: "about",
        twin: "/about.json".to_owned(),
        view: json!({"overview": overview, "grades": grades, "borders": counterclaim_export::BORDERS}),
        data: json!({"record": overview, "program": format!("counterclaim {}", env!("CARGO_PKG_VERSION"))}),
    })
}
