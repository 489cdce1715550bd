//! Place names: where they are found, and which place they mean.

use super::spans::{Range, exact, overlap, pair_up};
use super::{Machine, Set};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_claims::names::is_institution;
use counterclaim_knowledge::Country;
use counterclaim_knowledge::actors::armed_group_countries;
use counterclaim_knowledge::gazetteer::{
    Candidate, DocumentContext, Resolution, ToponymMention, places, prevailing_country, resolve, toponym_mention,
};
use counterclaim_schema::{CodePoints, Document, MentionKind};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// `toponyms_*`: place names and their places (Gritta et al., 2018).
///
/// Given mentions: `accuracy@161` is the share of gold toponyms with coordinates that are placed within 161 km (100 miles) or at the same GeoNames
/// entry; a name without an answer is wrong and lies half the circumference of the earth away. `right country` compares ISO codes; mean, median and area under
/// the curve are over the same distances. Without given mentions: `exact` and `overlap` F1 of recognition, `located` F1 of names with the exact
/// span and placed within 161 km, and accuracy over the exact ones.
pub struct Toponyms {
    /// The mentions are given.
    pub is_given: bool,
}

/// Distance of a toponym without an answer, kilometers.
const FARTHEST: f64 = 20_039.0;
/// Within 100 miles counts as right.
const NEAR: f64 = 161.0;

/// Kilometers between two points in degrees on a sphere of 6,371 km.
pub(super) fn kilometers((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let (from, to) = (lat.to_radians(), other_lat.to_radians());
    let (half_lat, half_lon) = (((to - from) / 2.0).sin(), ((other_lon - lon).to_radians() / 2.0).sin());
    let part = half_lat * half_lat + from.cos() * to.cos() * half_lon * half_lon;
    2.0 * 6_371.0 * part.sqrt().min(1.0).asin()
}

pub(super) fn point(value: &Value) -> Option<(f64, f64)> {
    // Some files hold numbers as text.
    let degrees = |key: &str| value.get(key).and_then(|told| told.as_f64().or_else(|| told.as_str()?.parse().ok()));
    Some((degrees("lat")?, degrees("lon")?))
}

fn geonameid(value: &Value) -> Option<String> {
    match value.get("geonameid")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn row(start: u32, end: u32, resolution: Option<&Resolution>) -> Value {
    json!({
        "start": start,
        "end": end,
        "lat": resolution.and_then(|resolution| resolution.lat),
        "lon": resolution.and_then(|resolution| resolution.lon),
        "country": resolution.and_then(|resolution| resolution.country.clone()),
        "geonameid": resolution.and_then(|resolution| resolution.gazetteer_id.strip_prefix("geonames:").map(str::to_owned)),
    })
}

impl Toponyms {
    /// Resolves given spans; the countries of the report are those that mentions of the model name.
    fn answer_given(record: &Record, machine: &Machine<'_>) -> Vec<Value> {
        let text = record.text.as_str();
        let points = CodePoints::new(text);
        let length = record.length();
        let mut given: Vec<Range> = record
            .spans(Some("toponym"))
            .into_iter()
            .filter_map(offsets)
            .filter(|&(start, end)| start < end && end <= length)
            .collect();
        given.sort_unstable();
        let mentions: Vec<ToponymMention> =
            given.iter().map(|&(start, end)| toponym_mention(text, points.byte_span(start, end))).collect();
        let document = published(record);
        let (sentences, _) = counterclaim_text::sentences(&document);
        let found = machine.analyze(text, &sentences).mentions;
        let groups = found
            .iter()
            .flat_map(|mention| armed_group_countries(mention.span.of(text)))
            .map(|country| (*country).to_owned())
            .collect();
        let countries = found
            .iter()
            .filter_map(|mention| {
                let words = mention.span.of(text);
                Country::by_name(words).or_else(|| Country::by_adjective(words)).map(|country| country.iso3.to_string())
            })
            .collect();
        let dateline =
            document.dateline.as_ref().and_then(|dateline| dateline.place).map(|span| span.of(text).to_owned());
        let address = document.url.clone();
        let context = DocumentContext { dateline, countries, groups, address, ..DocumentContext::default() };
        let (resolutions, _) = resolve(text, &mentions, &context);
        let default = prevailing_country(&resolutions, &context);
        let rows = given.iter().zip(&resolutions).map(|(&(start, end), resolution)| {
            let mut row = row(start, end, resolution.as_ref());
            if resolution.is_none() {
                row["country"] = json!(default);
            }
            row
        });
        rows.collect()
    }

    /// The places of the ledger at each of their mentions, and the countries of adjectives, which the sets count as toponyms (Gritta et al., 2020). Of
    /// a longer name that no gazetteer has, the names inside of it; no buildings.
    fn answer_found(record: &Record, machine: &Machine<'_>) -> Vec<Value> {
        let ledger = machine.read(&published(record));
        let places: HashMap<&str, _> = ledger.places.iter().map(|place| (place.id.as_str(), place)).collect();
        let split: BTreeSet<&str> = ledger.mentions.iter().filter_map(|mention| mention.within.as_deref()).collect();
        ledger
            .mentions
            .iter()
            .filter_map(|mention| match mention.kind {
                MentionKind::Place if !split.contains(mention.id.as_str()) && !is_institution(&mention.span.text) => {
                    let place = mention.place.as_deref().and_then(|id| places.get(id));
                    Some(json!({
                        "start": mention.span.start,
                        "end": mention.span.end,
                        "lat": place.and_then(|place| place.lat),
                        "lon": place.and_then(|place| place.lon),
                        "country": place.and_then(|place| place.country.clone()),
                        "geonameid": place.and_then(|place| place.gazetteer_id.as_deref()).and_then(|id| id.strip_prefix("geonames:")),
                    }))
                }
                MentionKind::Nationality => {
                    let country = Country::by_adjective(&mention.span.text)?;
                    let found = country_place(country.geonames_id);
                    Some(json!({
                        "start": mention.span.start,
                        "end": mention.span.end,
                        "lat": found.as_ref().and_then(|found| found.lat),
                        "lon": found.as_ref().and_then(|found| found.lon),
                        "country": country.iso3,
                        "geonameid": country.geonames_id.to_string(),
                    }))
                }
                _ => None,
            })
            .collect()
    }
}

/// The text with the address where it was published, which local news takes for granted.
fn published(record: &Record) -> Document {
    let meta = record.value.get("meta");
    let address = meta.and_then(|meta| text_of(meta, "url").or_else(|| text_of(meta, "domain")));
    Document { url: address.map(str::to_owned), ..record.document() }
}

fn country_place(geonames_id: u32) -> Option<Candidate> {
    places().get(&format!("geonames:{geonames_id}"))
}

impl Set for Toponyms {
    fn holds_gold(&self, record: &Record) -> bool {
        record.spans(Some("toponym")).iter().any(|span| point(span).is_some())
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let toponyms = if self.is_given {
            Toponyms::answer_given(record, machine)
        } else {
            Toponyms::answer_found(record, machine)
        };
        json!({ "id": record.id, "toponyms": toponyms })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let gold = record.spans(Some("toponym"));
        let found = list_of(answer, "toponyms");
        let wanted: BTreeSet<Range> = gold.iter().filter_map(|span| offsets(span)).collect();
        let answered: BTreeSet<Range> = found.iter().filter_map(offsets).collect();
        if !self.is_given {
            tally.add("exact", exact(&answered, &wanted));
            let (items, answers): (Vec<_>, Vec<_>) = (wanted.iter().collect(), answered.iter().collect());
            let pairs = pair_up(items.len(), answers.len(), |item, answer| overlap(*items[item], *answers[answer]));
            tally.add("overlap", Count::new(pairs.iter().flatten().count(), answers.len(), items.len()));
        }
        let mut located = 0;
        for span in &gold {
            let Some(place) = point(span) else { continue };
            let answer = found.iter().find(|answer| offsets(answer) == offsets(span));
            if answer.is_none() && !self.is_given {
                continue;
            }
            let distance = answer.and_then(point).map_or(FARTHEST, |found| kilometers(place, found));
            let same = answer.and_then(geonameid).is_some_and(|found| geonameid(span) == Some(found));
            let is_near = same || distance <= NEAR;
            located += usize::from(is_near);
            tally.distances.push(distance);
            tally.add_share("accuracy@161", usize::from(is_near), 1);
            if let Some(country) = text_of(span, "country").and_then(iso3) {
                tally.add_share(
                    "right country",
                    usize::from(answer.and_then(|answer| text_of(answer, "country")) == Some(country.as_str())),
                    1,
                );
            }
            if !is_near {
                let words = text_of(span, "text").unwrap_or("-");
                tally.missed.push(format!(
                    "\"{words}\" {distance:.0} km from {} {}",
                    text_of(span, "name").unwrap_or("-"),
                    text_of(span, "country").unwrap_or("-")
                ));
            }
        }
        if !self.is_given {
            tally.add("located", Count::new(located, answered.len(), wanted.len()));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = Vec::new();
        if !self.is_given {
            metrics.extend(["exact", "overlap", "located"].map(|name| Metric::headline(name, Measure::F1)));
        }
        metrics.push(Metric::headline("accuracy@161", Measure::Share));
        metrics.push(Metric::headline("right country", Measure::Share));
        metrics.push(Metric::new("mean error (km)", Measure::MeanDistance));
        metrics.push(Metric::new("median error (km)", Measure::MedianDistance));
        metrics.push(Metric::headline("area under the error curve", Measure::DistanceCurve));
        metrics
    }
}

/// The code of a country that gold writes as a name or a code.
fn iso3(told: &str) -> Option<String> {
    if told.len() == 3 && told.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(told.to_owned());
    }
    Country::by_name(told).map(|country| country.iso3.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    const GOLD: &str = r#"{"id":"1","text":"From Goma to Paris","spans":[{"start":5,"end":9,"type":"toponym","geonameid":"216281","lat":-1.67,"lon":29.22,"country":"COD"},{"start":13,"end":18,"type":"toponym","geonameid":"2988507","lat":48.85,"lon":2.35,"country":"France"}]}"#;

    #[test]
    fn distances_on_the_sphere() {
        assert!((kilometers((0.0, 0.0), (0.0, 1.0)) - 111.2).abs() < 0.1);
        assert!((kilometers((0.0, 0.0), (0.0, 180.0)) - 20_015.0).abs() < 1.0);
        assert_eq!(kilometers((48.85, 2.35), (48.85, 2.35)), 0.0);
    }

    #[test]
    fn given_mentions() {
        let set = Toponyms { is_given: true };
        let right = r#"{"toponyms":[{"start":5,"end":9,"lat":-1.67,"lon":29.22,"country":"COD","geonameid":"216281"},{"start":13,"end":18,"lat":48.9,"lon":2.3,"country":"FRA","geonameid":"2988507"}]}"#;
        check(&set, GOLD, right, &[("accuracy@161", 1.0), ("right country", 1.0)]);
        let texas = r#"{"toponyms":[{"start":5,"end":9,"lat":-1.67,"lon":29.22,"country":"COD","geonameid":"216281"},{"start":13,"end":18,"lat":33.66,"lon":-95.55,"country":"USA","geonameid":"4717560"}]}"#;
        check(&set, GOLD, texas, &[("accuracy@161", 0.5), ("right country", 0.5)]);
        check(
            &set,
            GOLD,
            r#"{"toponyms":[]}"#,
            &[("accuracy@161", 0.0), ("mean error (km)", FARTHEST), ("right country", 0.0)],
        );
        let nothing = r#"{"toponyms":[{"start":5,"end":9,"lat":-1.67,"lon":29.22,"country":"COD","geonameid":null},{"start":13,"end":18,"lat":null,"lon":null,"country":null,"geonameid":null}]}"#;
        check(&set, GOLD, nothing, &[("accuracy@161", 0.5), ("median error (km)", FARTHEST / 2.0)]);
    }

    #[test]
    fn found_mentions() {
        let set = Toponyms { is_given: false };
        let right = r#"{"toponyms":[{"start":5,"end":9,"lat":-1.67,"lon":29.22,"country":"COD","geonameid":"216281"},{"start":13,"end":18,"lat":48.9,"lon":2.3,"country":"FRA","geonameid":null}]}"#;
        check(&set, GOLD, right, &[("exact F1", 1.0), ("located F1", 1.0)]);
        let longer =
            r#"{"toponyms":[{"start":0,"end":9,"lat":-1.67,"lon":29.22,"country":"COD","geonameid":"216281"}]}"#;
        check(&set, GOLD, longer, &[("exact F1", 0.0), ("overlap F1", 2.0 / 3.0), ("located F1", 0.0)]);
        let far = r#"{"toponyms":[{"start":5,"end":9,"lat":1.0,"lon":99.0,"country":"COD","geonameid":null}]}"#;
        check(
            &set,
            GOLD,
            far,
            &[("exact F1", 2.0 / 3.0), ("accuracy@161", 0.0), ("located F1", 0.0), ("right country", 1.0)],
        );
    }
}
