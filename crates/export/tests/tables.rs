//! Tables of the demo record: complete, in a fixed order, harmless, no point finer than its evidence.

use counterclaim_events::Reader;
use counterclaim_export::{Format, dictionary, export_to_folder, export_to_stream};
use counterclaim_language::Model;
use counterclaim_record::{Action, Record, Review, Table};
use counterclaim_schema::ledger::ReportLedger;
use rayon::prelude::*;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static LEDGERS: LazyLock<Vec<ReportLedger>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record/reports.jsonl");
    let reader = Reader::new(Model::embedded());
    let documents =
        counterclaim_ingest::read_path(&path, &counterclaim_ingest::Options::default()).expect("the reports");
    documents.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect()
});

fn record(folder: &Path) -> Record {
    let mut record = Record::open(&folder.join("record.db")).expect("a record");
    record.add(&LEDGERS, "test").expect("added");
    record
}

fn lines(record: &Record, table: Table) -> Vec<Value> {
    let mut out = Vec::new();
    export_to_stream(record, &[table], Format::Jsonl, &mut out).expect("exported");
    let text = String::from_utf8(out).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// Rows of RFC 4180, read with no help from the writer.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quoted, character) {
            (true, '"') if characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            (_, '"') => quoted = !quoted,
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {}
            (false, '\n') => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (_, other) => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last line ends");
    rows
}

#[test]
fn every_table_has_its_columns_and_rows_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(folder.path());
    let out = folder.path().join("out");
    let written = export_to_folder(&record, &Table::ALL, Format::Csv, &out).expect("exported");
    assert_eq!(written.len(), Table::ALL.len());
    for (table, (path, count)) in Table::ALL.into_iter().zip(&written) {
        let rows = csv_rows(&std::fs::read_to_string(path).expect("a file"));
        let names: Vec<&str> = dictionary(table).iter().map(|column| column.name).collect();
        assert_eq!(rows[0], names);
        assert_eq!(rows.len() as u64 - 1, *count);
        assert!(*count > 5, "{} has {count} rows", table.name());
        assert!(rows.iter().all(|row| row.len() == names.len()), "{}", table.name());
        let objects = lines(&record, table);
        assert_eq!(objects.len() as u64, *count);
        for (object, row) in objects.iter().zip(&rows[1..]) {
            for (name, cell) in names.iter().zip(row) {
                let value = &object[*name];
                let told = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let guarded = cell.strip_prefix('\'').unwrap_or(cell);
                assert!(
                    told == *cell || told == guarded || value.is_null() && cell.is_empty(),
                    "{name}: {told} {cell}"
                );
            }
        }
    }
    let again = folder.path().join("again");
    export_to_folder(&record, &Table::ALL, Format::Csv, &again).expect("exported");
    for (path, _) in written {
        let name = path.file_name().expect("a name");
        assert!(std::fs::read(&path).ok() == std::fs::read(again.join(name)).ok(), "{name:?} differs");
    }
}

#[test]
fn spans_slice_the_text_that_they_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(folder.path());
    let mut sliced = 0;
    for (table, words) in
        [(Table::Claims, "content"), (Table::Harms, "words"), (Table::Events, "words"), (Table::Ceasefires, "words")]
    {
        for row in lines(&record, table) {
            let (Some(start), Some(end)) = (row["start"].as_u64(), row["end"].as_u64()) else { continue };
            let report = record.report(row["document"].as_i64().expect("a report")).expect("a report");
            let text: String =
                report.ledger.document.text.chars().skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(row[words], text.as_str());
            sliced += 1;
        }
    }
    assert!(sliced > 200);
}

#[test]
fn points_are_no_finer_than_their_evidence_and_contested_places_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(folder.path());
    let mut out = Vec::new();
    export_to_stream(&record, &Table::ALL, Format::GeoJson, &mut out).expect("exported");
    let collection: Value = serde_json::from_slice(&out).expect("GeoJSON");
    assert_eq!(collection["type"], "FeatureCollection");
    let features = collection["features"].as_array().expect("features");
    let (mut points, mut without, mut contested) = (0, 0, 0);
    for feature in features {
        let properties = &feature["properties"];
        let precision = properties["precision"].as_str().unwrap_or("");
        if matches!(precision, "" | "country" | "region" | "unknown") {
            assert!(feature["geometry"].is_null() && properties["lat"].is_null() && properties["radius_km"].is_null());
            without += 1;
            continue;
        }
        let place = feature["geometry"]["coordinates"].as_array().expect("a point");
        assert_eq!((&place[0], &place[1]), (&properties["lon"], &properties["lat"]));
        let radius = properties["radius_km"].as_f64().expect("a radius");
        let decimals = place[1].to_string().split('.').nth(1).map_or(0, str::len);
        assert!(decimals <= 3 && (radius < 10.0 || decimals <= 2), "{properties}");
        points += 1;
        contested += usize::from(properties["admin_claims"].is_string());
    }
    assert!(points > 20 && without > 0, "{points} {without}");
    assert!(contested > 0, "no contested place in the demo");
    assert!(export_to_stream(&record, &[Table::Claims], Format::GeoJson, &mut Vec::new()).is_err());
    assert!(export_to_stream(&record, &Table::ALL, Format::Csv, &mut Vec::new()).is_err());
}

#[test]
fn a_place_beside_another_has_its_own_circle() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "GOMA, April 3 - Rebels killed four soldiers in an ambush 40 km north of Kassala, Sudan, on Tuesday, the army said.";
    let options = counterclaim_ingest::Options {
        published: Some("2024-04-03".to_owned()),
        ..counterclaim_ingest::Options::default()
    };
    let read = counterclaim_ingest::read_bytes(text.as_bytes(), &options);
    let ledger = Reader::new(Model::embedded()).read(&read[0].document, &read[0].diagnostics);
    let mut record = Record::open(&folder.path().join("record.db")).expect("a record");
    record.add(&[ledger], "test").expect("added");
    for table in [Table::Events, Table::Incidents] {
        let row = lines(&record, table).into_iter().find(|row| row["place"] == "Kassala").expect("an ambush");
        // Kassala lies at 15.46; 40 km are 0.36 degrees.
        let (lat, radius) = (row["lat"].as_f64().expect("north"), row["radius_km"].as_f64().expect("a radius"));
        assert!((lat - 15.82).abs() < 0.03 && (10.0..25.0).contains(&radius), "{row}");
        assert_eq!(row["precision"], "near");
    }
}

#[test]
fn parties_have_derived_codes_with_their_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(folder.path());
    let rows = lines(&record, Table::Parties);
    let army = rows.iter().find(|row| row["words"] == "the Thai army").expect("the Thai army");
    assert_eq!((&army["country"], &army["cow"], &army["gw"]), (&"THA".into(), &"800".into(), &"800".into()));
    assert_eq!((&army["cameo"], &army["acled_actor"]), (&"THAMIL".into(), &"External/Other forces".into()));
    let bases = army["bases"].as_str().expect("bases");
    assert!(
        bases.contains("iso3:description") && bases.contains("cow:state_list") && bases.contains("cameo:sector"),
        "{bases}"
    );
    // The key is that of the claims.
    let keys: Vec<&Value> = rows.iter().map(|row| &row["party_key"]).collect();
    assert!(
        lines(&record, Table::Claims)
            .iter()
            .filter(|row| row["claimant_key"] == "THA:army")
            .all(|row| keys.contains(&&row["claimant_key"]))
    );
}

#[test]
fn decisions_of_people_are_laid_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = record(folder.path());
    let figure = lines(&record, Table::Harms).into_iter().find(|row| row["kind"] == "killed").expect("a figure");
    let document = figure["document"].as_i64().expect("a report");
    let row = figure["harm"].as_str().expect("a row").to_owned();
    let review = |action| Review {
        who: "A Reviewer".to_owned(),
        at: "2024-01-01T00:00:00Z".to_owned(),
        action,
        why: "a test".to_owned(),
    };
    let correct = Action::Correct { document, row: row.clone(), field: "low".to_owned(), value: Some("77".to_owned()) };
    record.review(&review(correct)).expect("reviewed");
    let found = |record: &Record| {
        lines(record, Table::Harms)
            .into_iter()
            .find(|line| line["document"] == document && line["harm"] == row.as_str())
            .expect("the figure")
    };
    assert_eq!((found(&record)["low"].as_i64(), found(&record)["reviewed"].as_str()), (Some(77), Some("corrected")));
    record.review(&review(Action::Reject { document, row: row.clone() })).expect("reviewed");
    assert_eq!(found(&record)["reviewed"], "rejected");
}

#[test]
fn hostile_words_stay_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = record(folder.path());
    let text = "=HYPERLINK(\"x\") says the army\n\nRebels shelled the town of Tame on Monday, the army said. The army said \"=2+5\" four soldiers were killed.";
    let mut document = counterclaim_ingest::plain_document("@cmd", text, Some("2023-08-22"));
    document.publisher = Some("+1-800, \"Outlet\"\r\n".to_owned());
    document.title = Some("=HYPERLINK(\"https://a.example\")".to_owned());
    document.url = Some("-javascript:alert(1)".to_owned());
    let ledger = Reader::new(Model::embedded()).read(&document, &[]);
    record.add(&[ledger], "test").expect("added");
    let out = folder.path().join("out");
    let mut guarded = 0;
    for (path, _) in export_to_folder(&record, &Table::ALL, Format::Csv, &out).expect("exported") {
        let rows = csv_rows(&std::fs::read_to_string(&path).expect("UTF-8"));
        let numbers = ["lat", "lon"];
        for row in &rows[1..] {
            for (name, cell) in rows[0].iter().zip(row) {
                let formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
                assert!(!formula || numbers.contains(&name.as_str()), "{name}: {cell}");
                guarded += usize::from(cell.starts_with("'+1-800"));
            }
        }
    }
    assert!(guarded > 0);
}
