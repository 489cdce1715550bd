//! The page of one incident: figures with who stands at each end, claims by side, what cannot both hold, what was known when.

use crate::http::Refusal;
use crate::pages::{Page, name_of, report_line};
use counterclaim_export::map::{self, Spot};
use counterclaim_export::{point, words};
use counterclaim_record::{Figure, FigureClaim, Incident, Record};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Claims of one side on the page; the JSON twin has all.
const CLAIMS: usize = 30;
/// Names of neighbors on the map.
const NEIGHBORS: usize = 24;
/// Width of a bar in its own units.
const BAR: f64 = 160.0;

pub(crate) fn page(record: &Record, id: i64) -> Result<Page, Refusal> {
    let incident = record.incident(id)?;
    let admin_claims = record.incident_claims(incident.id)?;
    let name = name_of(
        &incident.kind,
        incident.place.as_deref(),
        incident.country.as_deref(),
        incident.first_day.as_deref(),
        incident.last_day.as_deref(),
    );
    let contested: Vec<String> =
        admin_claims.iter().map(|claim| format!("{}: {}", claim.view.replace('_', " "), claim.country)).collect();
    let shown_point = point(incident.precision.as_deref(), incident.lat, incident.lon, incident.radius_km);
    let view = json!({
        "id": incident.id,
        "merged": (incident.id != id).then_some(id),
        "name": name,
        "kind": incident.kind,
        "headline": incident.title,
        "headline_report": incident.reports.first().map(report_line),
        "place": words::place(incident.place.as_deref(), incident.country.as_deref(), incident.precision.as_deref()),
        "contested": contested.join(", "),
        "days": words::days(incident.first_day.as_deref(), incident.last_day.as_deref()),
        "dated": incident.dated,
        "grade": incident.grade.as_str().replace('_', " "),
        "grade_means": words::grade(incident.grade.as_str()),
        "voices": incident.voices,
        "reports": incident.reports.iter().map(report_line).collect::<Vec<_>>(),
        "mentioned_in": incident.mentioned_in.iter().map(report_line).collect::<Vec<_>>(),
        "figures": incident.figures.iter().map(figure).collect::<Vec<_>>(),
        "timeline": timeline(&incident),
        "contradictions": contradictions(record, &incident)?,
        "blames": incident.blames,
        "confirmations": incident.confirmations,
        "sides": sides(&incident),
        "reviews": incident.reviews,
        "map": draw(record, &incident)?,
    });
    let mut data = serde_json::to_value(&incident).unwrap_or(Value::Null);
    data["admin_claims"] = serde_json::to_value(&admin_claims).unwrap_or(Value::Null);
    data["point"] = serde_json::to_value(shown_point).unwrap_or(Value::Null);
    // The raw point of the gazetteer may be finer than the place is known.
    data["lat"] = shown_point.map(|point| point.lat).into();
    data["lon"] = shown_point.map(|point| point.lon).into();
    Ok(Page {
        template: "incident.html",
        title: name,
        here: "incidents",
        twin: format!("/incidents/{}.json", incident.id),
        view,
        data,
    })
}

/// Who says it: a name, or the reporters of an outlet.
fn teller(claim: &FigureClaim) -> String {
    if claim.side.is_none() && claim.key.starts_with("report:") {
        format!("reporters of {}", claim.claimant)
    } else {
        claim.claimant.clone()
    }
}

fn figure(figure: &Figure) -> Value {
    let largest = figure.claims.iter().filter_map(|claim| claim.high.max(claim.low)).max().unwrap_or(0).max(1);
    let unit = BAR * 0.86 / largest as f64;
    let mut claims: Vec<&FigureClaim> = figure.claims.iter().collect();
    claims.sort_by_key(|claim| !claim.latest);
    let rows: Vec<Value> = claims
        .iter()
        .map(|claim| {
            let low = claim.low.unwrap_or(0) as f64 * unit;
            let high = claim.high.map_or(BAR, |high| high as f64 * unit);
            json!({
                "teller": teller(claim),
                "side": claim.side,
                "range": words::range(claim.low, claim.high),
                "latest": claim.latest,
                "date": words::date(claim.published.as_deref()),
                "words": claim.words,
                "document": claim.document,
                "harm": claim.harm,
                "reports": claim.reports,
                "voices": claim.voices,
                "bar": {"x": tenth(low), "width": tenth((high - low).max(3.0)), "open": claim.high.is_none()},
            })
        })
        .collect();
    let (low_by, high_by) = (figure.low_by.join(", "), figure.high_by.join(", "));
    json!({
        "kind": figure.kind,
        "victims": words::victims(&figure.side),
        "range": words::open_range(figure.low, figure.high, figure.open),
        "one": low_by == high_by,
        "low": figure.low,
        "high": figure.high,
        "low_by": low_by,
        "high_by": high_by,
        "alone": figure.alone,
        "claims": rows,
        "bar_width": BAR,
    })
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// What was known when: every figure at its first publication, with what it replaced.
fn timeline(incident: &Incident) -> Vec<Value> {
    let mut entries: Vec<(String, i64, Value)> = Vec::new();
    for figure in &incident.figures {
        for claim in &figure.claims {
            let changed = incident.revisions.iter().find(|revision| {
                revision.document == claim.document && revision.harm == claim.harm && revision.kind == figure.kind
            });
            let published = claim.published.clone().unwrap_or_default();
            let entry = json!({
                "date": words::date(claim.published.as_deref()),
                "published": claim.published,
                "teller": teller(claim),
                "kind": figure.kind,
                "victims": words::victims(&figure.side),
                "range": words::range(claim.low, claim.high),
                "before": changed.map(|revision| words::range(revision.from.0, revision.from.1)),
                "document": claim.document,
                "harm": claim.harm,
            });
            entries.push((published, claim.document, entry));
        }
    }
    entries.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    entries.into_iter().map(|entry| entry.2).collect()
}

fn contradictions(record: &Record, incident: &Incident) -> Result<Vec<Value>, Refusal> {
    let mut shown = Vec::new();
    for pair in &incident.contradictions {
        let side = |who: &(String, String, String), row: &(i64, String)| -> Result<Value, Refusal> {
            let words = record.words_of(row.0, &row.1)?.map(|found| found.0);
            Ok(json!({"claimant": who.1, "side": who.2, "document": row.0, "row": row.1, "words": words}))
        };
        let (a, b) = (side(&pair.a, &pair.a_row)?, side(&pair.b, &pair.b_row)?);
        shown.push(json!({"kind": pair.kind, "about": pair.about, "a": a, "b": b}));
    }
    Ok(shown)
}

/// Claims by the side of their claimants; those of copies are left to the originals.
fn sides(incident: &Incident) -> Vec<Value> {
    let mut sides: BTreeMap<(bool, String), (Vec<Value>, usize)> = BTreeMap::new();
    for claim in &incident.claims {
        let key = match (&claim.side, &claim.claimant) {
            (Some(side), _) => (false, side.clone()),
            (None, Some(_)) => (true, "Claimants without a side".to_owned()),
            (None, None) => (true, "Reporters in their own voice".to_owned()),
        };
        let slot = sides.entry(key).or_default();
        if claim.copy || slot.0.len() >= CLAIMS {
            slot.1 += 1;
            continue;
        }
        slot.0.push(json!({
            "claimant": claim.claimant,
            "says": words::stance(&claim.stance),
            "stance": claim.stance,
            "certainty": (claim.certainty != "plain").then_some(&claim.certainty),
            "content": claim.content,
            "document": claim.document,
            "claim": claim.claim,
            "reviewed": claim.reviewed,
        }));
    }
    sides
        .into_iter()
        .filter(|(_, (claims, _))| !claims.is_empty())
        .map(|((_, side), (claims, left_out))| json!({"side": side, "claims": claims, "left_out": left_out}))
        .collect()
}

fn draw(record: &Record, incident: &Incident) -> Result<Option<map::MapView>, Refusal> {
    let Some(at) = point(incident.precision.as_deref(), incident.lat, incident.lon, incident.radius_km) else {
        return Ok(None);
    };
    let place = incident.place.clone().unwrap_or_default();
    let Some(area) = map::area(&[at]) else { return Ok(None) };
    let mut spots = vec![Spot { point: at, label: place.clone(), href: String::new(), main: true }];
    for neighbor in record.places_within(area, NEIGHBORS)? {
        if neighbor.name != place {
            let point = point(Some("settlement"), Some(neighbor.lat), Some(neighbor.lon), None);
            spots.extend(point.map(|point| Spot { point, label: neighbor.name, href: String::new(), main: false }));
        }
    }
    Ok(map::draw(&spots, area, map::NARROW))
}
