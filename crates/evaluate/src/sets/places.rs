//! Names of places in conflicts, each in a sentence that tells its country.

use super::toponyms::{kilometers, point};
use super::{Machine, Set};
use crate::record::{Record, text_of};
use crate::tally::{Measure, Metric, Tally};
use counterclaim_knowledge::places;
use serde_json::{Value, json};

/// `places`: whether the gazetteers hold a place of the name within 50 km of where it is, in its country (divisions, districts and regions: in its country); and
/// whether `read` puts the name in the sentence there. `wrong country (per 1,000 names)` counts names that are put into another country; one that is left without a
/// gazetteer entry is not right and not wrong.
pub struct Places;

const NEAR: f64 = 50.0;

/// Whether a place with a country and a point is the gold one.
fn is_there(gold: &Value, country: Option<&str>, here: Option<(f64, f64)>) -> bool {
    let wide = matches!(text_of(gold, "kind"), Some("province" | "district" | "region"));
    let near = here.zip(point(gold)).is_some_and(|(here, there)| kilometers(here, there) <= NEAR);
    country == text_of(gold, "iso3") && (near || wide)
}

impl Set for Places {
    fn holds_gold(&self, record: &Record) -> bool {
        text_of(&record.value, "name").is_some()
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        let name = text_of(&record.value, "name").unwrap_or_default();
        let candidates: Vec<Value> = places()
            .lookup(name)
            .into_iter()
            .map(|place| json!({ "country": place.country, "lat": place.lat, "lon": place.lon }))
            .collect();
        let ledger = machine.read(&record.document());
        // The mention may hold a generic word beside the name, or the name be a part of the text only.
        let read: Vec<Value> = ledger
            .places
            .iter()
            .filter(|place| place.span.text.contains(name))
            .map(|place| json!({ "country": place.country, "lat": place.lat, "lon": place.lon, "id": place.gazetteer_id }))
            .collect();
        json!({ "id": record.id, "candidates": candidates, "read": read })
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut tally = Tally::default();
        let gold = &record.value;
        let list = |key: &str| answer.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let right =
            |places: &[Value]| places.iter().any(|place| is_there(gold, text_of(place, "country"), point(place)));
        let read: Vec<Value> = list("read").into_iter().filter(|place| text_of(place, "id").is_some()).collect();
        let wrong = read.iter().any(|place| text_of(place, "country") != text_of(gold, "iso3"));
        tally.add_share("found", usize::from(right(&list("candidates"))), 1);
        tally.add_share("right in its sentence", usize::from(right(&read)), 1);
        tally.add_share("wrong country (per 1,000 names)", usize::from(wrong), 1);
        let name = text_of(gold, "name").unwrap_or("-");
        if !right(&list("candidates")) {
            tally.missed.push(format!("{name}: not in the gazetteers"));
        } else if !right(&read) {
            tally.missed.push(format!("{name}: {}", record.text));
        }
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        vec![
            Metric::headline("found", Measure::Share),
            Metric::headline("right in its sentence", Measure::Share),
            Metric::headline("wrong country (per 1,000 names)", Measure::Rate),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn a_place_is_right_near_its_point_and_in_its_country() {
        let gold =
            r#"{"id":"1","text":"Shells hit Ford.","name":"Ford","iso3":"KGZ","lat":39.9,"lon":70.5,"kind":"town"}"#;
        let answer = |country: &str, lat: f64| {
            let place = format!(r#"{{"country":"{country}","lat":{lat},"lon":70.5,"id":"x:1"}}"#);
            format!(r#"{{"candidates":[{place}],"read":[{place}]}}"#)
        };
        check(
            &Places,
            gold,
            &answer("KGZ", 40.0),
            &[("found", 1.0), ("right in its sentence", 1.0), ("wrong country (per 1,000 names)", 0.0)],
        );
        check(
            &Places,
            gold,
            &answer("KGZ", 42.0),
            &[("found", 0.0), ("right in its sentence", 0.0), ("wrong country (per 1,000 names)", 0.0)],
        );
        check(&Places, gold, &answer("TJK", 40.0), &[("found", 0.0), ("wrong country (per 1,000 names)", 1000.0)]);
        check(
            &Places,
            gold,
            r#"{"candidates":[],"read":[]}"#,
            &[("found", 0.0), ("wrong country (per 1,000 names)", 0.0)],
        );
    }
}
