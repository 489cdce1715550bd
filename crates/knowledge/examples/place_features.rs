//! Writes what the ranker of places sees, for its training: `cargo run --release -p counterclaim-knowledge --example place_features -- FILE.jsonl ...`.
//!
//! Files as for `toponyms`, gold ledgers of stories (`*.gold.json` with the text beside), or marked reports (`*.txt`, see `training/data/places.txt`). One JSON object a line for each mention with a known place that
//! has candidates: `document`, `name`, `right` (1 for each candidate that is the place), `country` (1 for each in its country), `values`.
//! Without candidates the list is empty. The first line holds the names of the features.

use counterclaim_knowledge::Country;
use counterclaim_knowledge::actors::armed_group_countries;
use counterclaim_knowledge::gazetteer::{
    Candidate, DocumentContext, FEATURE_NAMES, ranked_candidates, toponym_mention,
};
use counterclaim_schema::CodePoints;
use serde_json::{Value, json};

const NEAR_KM: f64 = 161.0;

fn kilometers(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (a, b) = ((a.0.to_radians(), a.1.to_radians()), (b.0.to_radians(), b.1.to_radians()));
    let (lat, lon) = (((b.0 - a.0) / 2.0).sin(), ((b.1 - a.1) / 2.0).sin());
    2.0 * 6371.0 * (lat * lat + a.0.cos() * b.0.cos() * lon * lon).sqrt().asin()
}

/// Countries and armed groups that the words of a text name, without a model.
fn told(text: &str) -> (Vec<String>, Vec<String>) {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-').filter(|word| !word.is_empty()).collect();
    let (mut countries, mut groups) = (Vec::new(), Vec::new());
    for at in 0..words.len() {
        let country = Country::by_adjective(words[at]).or_else(|| Country::by_name(words[at]));
        countries.extend(country.map(|country| country.iso3.to_owned()));
        let longest = (1..=4).rev().find_map(|n| {
            let name = words.get(at..at + n)?.join(" ");
            let found = name.starts_with(char::is_uppercase).then(|| armed_group_countries(&name))?;
            (!found.is_empty()).then_some(found)
        });
        groups.extend(longest.unwrap_or_default().iter().map(|country| (*country).to_owned()));
    }
    (countries, groups)
}

/// Whether a candidate is the place of a gold span, and whether it is in its country.
fn judge(candidate: &Candidate, gold: &Value) -> (bool, bool) {
    let told = gold["country"].as_str().unwrap_or_default();
    let country = Country::by_name(told).or_else(|| Country::by_iso3(told)).map(|country| country.iso3);
    let is_there = country.is_some() && candidate.country.as_deref() == country;
    let there = gold["lat"].as_f64().zip(gold["lon"].as_f64());
    let near =
        candidate.lat.zip(candidate.lon).zip(there).is_some_and(|(here, there)| kilometers(here, there) <= NEAR_KM);
    if let Some(precision) = gold["precision"].as_str() {
        let code = candidate.feature_code.as_str();
        let is_kind = match precision {
            "country" => code == "PCLI",
            "province" => code == "ADM1",
            "district" => matches!(code, "ADM2" | "ADM3"),
            "settlement" | "near" | "exact" => !matches!(code, "PCLI" | "ADM1" | "ADM2"),
            _ => !matches!(code, "PCLI" | "ADM2") && !code.starts_with("PPL"),
        };
        let is_region = country.is_none() && candidate.country.is_none() && !told.is_empty();
        // A marked report tells the point as well; points of divisions and countries differ.
        let is_near = near || there.is_none() || !matches!(precision, "settlement" | "near" | "exact");
        return ((is_there || is_region) && is_kind && is_near, is_there);
    }
    let is_same = gold["geonameid"].as_str().is_some_and(|id| candidate.id == format!("geonames:{id}"));
    (is_same || near, is_there)
}

#[allow(clippy::print_stdout)]
fn write(id: &str, text: &str, address: Option<&str>, mut spans: Vec<&Value>) {
    let points = CodePoints::new(text);
    let range = |span: &Value| (span["start"].as_u64().unwrap_or(0) as u32, span["end"].as_u64().unwrap_or(0) as u32);
    spans.sort_by_key(|span| range(span.get("span").unwrap_or(span)));
    let mentions: Vec<_> = spans
        .iter()
        .map(|span| {
            let (start, end) = range(span.get("span").unwrap_or(span));
            toponym_mention(text, points.byte_span(start, end))
        })
        .collect();
    let (countries, groups) = told(text);
    let context =
        DocumentContext { countries, groups, address: address.map(str::to_owned), ..DocumentContext::default() };
    for ((span, mention), candidates) in spans.iter().zip(&mentions).zip(ranked_candidates(text, &mentions, &context)) {
        if span["precision"].is_null() && span["lat"].is_null() {
            continue;
        }
        let judged: Vec<(bool, bool)> = candidates.iter().map(|found| judge(&found.candidate, span)).collect();
        let values: Vec<Vec<f64>> = candidates
            .iter()
            .map(|found| found.values.iter().map(|value| (value * 1e4).round() / 1e4).collect())
            .collect();
        println!(
            "{}",
            json!({
                "document": id,
                "domain": address,
                "name": mention.name,
                "ids": candidates.iter().map(|found| &found.candidate.id).collect::<Vec<_>>(),
                "right": judged.iter().map(|(right, _)| u8::from(*right)).collect::<Vec<_>>(),
                "country": judged.iter().map(|(_, there)| u8::from(*there)).collect::<Vec<_>>(),
                "values": values,
            })
        );
    }
}

/// Reads "{name|country|lat|lon|kind}" out of a line: the plain text and the spans.
fn unmark(line: &str) -> (String, Vec<Value>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (n, piece) in line.split('{').enumerate() {
        let Some((mark, rest)) = piece.split_once('}').filter(|_| n > 0) else {
            text.push_str(piece);
            continue;
        };
        let cells: Vec<&str> = mark.split('|').collect();
        let start = text.chars().count();
        text.push_str(cells[0]);
        let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<f64>().ok());
        spans.push(json!({
            "start": start, "end": text.chars().count(), "country": cells.get(1), "lat": number(2), "lon": number(3), "precision": cells.get(4),
        }));
        text.push_str(rest);
    }
    (text, spans)
}

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", json!({ "features": FEATURE_NAMES }));
    for path in std::env::args().skip(1) {
        let file = std::fs::read_to_string(&path)?;
        if let Some(stem) = path.strip_suffix(".gold.json") {
            let gold: Value = serde_json::from_str(&file)?;
            let text = std::fs::read_to_string(format!("{stem}.txt"))?;
            let places = gold["places"].as_array().map(|places| places.iter().collect()).unwrap_or_default();
            write(stem, &text, None, places);
            continue;
        }
        if path.ends_with(".txt") {
            for (n, line) in file.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                let (text, spans) = unmark(line);
                write(&format!("{path}:{}", n + 1), &text, None, spans.iter().collect());
            }
            continue;
        }
        for line in file.lines() {
            let record: Value = serde_json::from_str(line)?;
            let spans = record["spans"].as_array().cloned().unwrap_or_default();
            let spans = spans.iter().filter(|span| span["type"] == "toponym").collect();
            let address = record["meta"]["domain"].as_str();
            write(
                record["id"].as_str().unwrap_or_default(),
                record["text"].as_str().unwrap_or_default(),
                address,
                spans,
            );
        }
    }
    Ok(())
}
