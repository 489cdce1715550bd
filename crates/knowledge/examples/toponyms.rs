//! Measures the resolver on a corpus of resolved toponyms: `cargo run -p counterclaim-knowledge --example toponyms -- FILE.jsonl [--misses]`.
//!
//! One document per line: `text` and `spans` with `start` and `end` in code points, `type` `toponym`, `geonameid`, `lat`, `lon`, `country`.
//! Gold mentions are given. Right means within 161 km or the same GeoNames id; mentions without coordinates in the gold are left out.

use counterclaim_knowledge::Country;
use counterclaim_knowledge::gazetteer::{DocumentContext, Gazetteer, places, resolve, toponym_mention};
use counterclaim_schema::CodePoints;
use serde_json::Value;

fn kilometers(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (a, b) = ((a.0.to_radians(), a.1.to_radians()), (b.0.to_radians(), b.1.to_radians()));
    let (lat, lon) = (((b.0 - a.0) / 2.0).sin(), ((b.1 - a.1) / 2.0).sin());
    2.0 * 6371.0 * (lat * lat + a.0.cos() * b.0.cos() * lon * lon).sqrt().asin()
}

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("usage: toponyms FILE.jsonl [--misses]")?;
    let misses = arguments.iter().any(|argument| argument == "--misses");
    let started = std::time::Instant::now();
    let n_places = Gazetteer::core().len();
    println!("{n_places} places opened in {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    let (mut n_mentions, mut n_within, mut n_distance, mut n_country, mut n_known_country, mut n_none, mut n_oracle) =
        (0, 0, 0, 0, 0, 0, 0);
    let started = std::time::Instant::now();
    let mut n_documents = 0;
    for line in std::fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        let points = CodePoints::new(text);
        let mut spans: Vec<&Value> = record["spans"].as_array().map(|spans| spans.iter().collect()).unwrap_or_default();
        spans.retain(|span| span["type"] == "toponym");
        spans.sort_by_key(|span| span["start"].as_u64());
        let mentions: Vec<_> = spans
            .iter()
            .map(|span| {
                toponym_mention(
                    text,
                    points.byte_span(
                        span["start"].as_u64().unwrap_or(0) as u32,
                        span["end"].as_u64().unwrap_or(0) as u32,
                    ),
                )
            })
            .collect();
        let countries = text
            .split(|c: char| !c.is_alphanumeric() && c != '.')
            .filter_map(|word| Country::by_adjective(word).or_else(|| Country::by_name(word)))
            .map(|country| country.iso3.to_owned())
            .collect();
        let (resolutions, _) = resolve(text, &mentions, &DocumentContext { countries, ..DocumentContext::default() });
        n_documents += 1;
        for ((span, mention), resolution) in spans.iter().zip(&mentions).zip(&resolutions) {
            let (Some(lat), Some(lon)) = (span["lat"].as_f64(), span["lon"].as_f64()) else { continue };
            n_mentions += 1;
            let gold_id = span["geonameid"].as_str().map(|id| format!("geonames:{id}")).unwrap_or_default();
            let gold_country = span["country"].as_str().and_then(Country::by_name).map(|country| country.iso3);
            let right = |id: &str, here: Option<(f64, f64)>| {
                id == gold_id || here.is_some_and(|here| kilometers(here, (lat, lon)) <= 161.0)
            };
            n_oracle += usize::from(
                places()
                    .lookup(&mention.name)
                    .iter()
                    .any(|candidate| right(&candidate.id, candidate.lat.zip(candidate.lon))),
            );
            let Some(resolution) = resolution else {
                n_none += 1;
                if misses {
                    println!("none\t{}\t{:?}", mention.name, span["country"]);
                }
                continue;
            };
            let here = resolution.lat.zip(resolution.lon);
            let within = right(&resolution.gazetteer_id, here);
            n_within += usize::from(within);
            n_distance += usize::from(here.is_some_and(|here| kilometers(here, (lat, lon)) <= 161.0));
            if let Some(country) = gold_country {
                n_known_country += 1;
                n_country += usize::from(resolution.country.as_deref() == Some(country));
            }
            if !within && misses {
                println!(
                    "wrong\t{}\t{} {} {} {}\tgold {} {} {}",
                    mention.name,
                    resolution.name,
                    resolution.feature_code.as_deref().unwrap_or(""),
                    resolution.country.as_deref().unwrap_or(""),
                    resolution.admin1.as_deref().unwrap_or(""),
                    span["name"],
                    span["fcode"],
                    span["country"]
                );
            }
        }
    }
    let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
    println!("{n_documents} documents, {n_mentions} mentions, {:.2} s", started.elapsed().as_secs_f64());
    println!(
        "within 161 km or same record  {:.1} %  (within 161 km alone {:.1} %)",
        share(n_within, n_mentions),
        share(n_distance, n_mentions)
    );
    println!("right among listed names      {:.1} %", share(n_oracle, n_mentions));
    println!("right country                 {:.1} % of {n_known_country} resolved", share(n_country, n_known_country));
    println!("not resolved                  {:.1} %", share(n_none, n_mentions));
    Ok(())
}
