//! Measures the record: incidents against labels of a corpus, or cost, size and speed at scale.
//!
//!     cargo run --release -p counterclaim-record --example measure -- topics FILE.jsonl [LEDGERS.jsonl]   (meta.topic and meta.subtopic, as ECB+)
//!     cargo run --release -p counterclaim-record --example measure -- scale FILE.jsonl N   (N reports by varying those of FILE)
//!     cargo run --release -p counterclaim-record --example measure -- towns FILE.jsonl LEDGERS.jsonl   (meta.location and title, as FA-KES)
//!     cargo run --release -p counterclaim-record --example measure -- list FILE.jsonl      (incidents of several reports, for reading)

#![allow(clippy::print_stdout)]

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_record::evaluate::b_cubed;
use counterclaim_record::{IncidentFilter, Record, SearchFilter};
use counterclaim_schema::ledger::ReportLedger;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// The ledgers of a file of reports; a file of ledgers is taken as it is.
fn code(path: &Path) -> Vec<ReportLedger> {
    let text = std::fs::read_to_string(path).expect("the file");
    if let Ok(ledgers) = text.lines().map(serde_json::from_str).collect::<Result<Vec<ReportLedger>, _>>() {
        return ledgers;
    }
    let reader = Reader::new(Model::embedded());
    let documents = counterclaim_ingest::read_path(path, &counterclaim_ingest::Options::default()).expect("the file");
    documents.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = Path::new(&arguments[1]);
    match arguments[0].as_str() {
        "topics" => topics(path, arguments.get(2).map_or(path, Path::new)),
        "plain" => plain(path, Path::new(&arguments[2])),
        "gold" => gold(path, Path::new(&arguments[2])),
        "towns" => towns(path, Path::new(&arguments[2])),
        "list" => list(path),
        "scale" => scale(path, arguments[2].parse().expect("a number")),
        other => println!("what is {other}?"),
    }
}

/// A new record, in the file that MEASURE_KEEP names when it is to be looked at afterwards.
fn fill(folder: &Path, ledgers: &[ReportLedger]) -> Record {
    let file = std::env::var("MEASURE_KEEP").map_or_else(|_| folder.join("record.db"), std::path::PathBuf::from);
    let mut record = Record::open(&file).expect("a record");
    for chunk in ledgers.chunks(64) {
        record.add(chunk, "measure").expect("added");
    }
    record
}

/// Reports of one subtopic belong together and those of another subtopic of the same topic apart.
fn topics(path: &Path, coded: &Path) {
    let ledgers = code(coded);
    let mut subtopic: BTreeMap<String, String> = BTreeMap::new();
    let mut topic: BTreeMap<String, String> = BTreeMap::new();
    for line in std::fs::read_to_string(path).expect("the file").lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("a record");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        subtopic.insert(text(&record["id"]), text(&record["meta"]["subtopic"]));
        topic.insert(text(&record["id"]), text(&record["meta"]["topic"]));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let record = fill(folder.path(), &ledgers);
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    let mut loose = 0;
    for name in subtopic.keys() {
        let id = record.report_named(name).expect("read").expect("a report");
        let report = record.report(id).expect("a report");
        loose -= 1;
        found.insert(name.clone(), report.incidents.first().copied().unwrap_or(loose));
    }
    let unassigned = found.values().filter(|id| **id < 0).count();
    let clusters: std::collections::BTreeSet<i64> = found.values().copied().collect();
    println!("{} reports, {} clusters, {unassigned} without an incident", found.len(), clusters.len());
    println!("B3 by subtopic (precision, recall, F1): {:?}", b_cubed(&subtopic, &found));
    println!("B3 by topic: {:?}", b_cubed(&topic, &found));
    let mut held: BTreeMap<i64, BTreeMap<&str, usize>> = BTreeMap::new();
    for (name, id) in &found {
        *held.entry(*id).or_default().entry(&subtopic[name]).or_default() += 1;
    }
    for (id, subtopics) in held {
        println!("{id}: {subtopics:?}");
    }
}

/// Codes the texts of a set as documents that are all story, without dates, into a file of ledgers.
fn plain(path: &Path, to: &Path) {
    let reader = Reader::new(Model::embedded());
    let text = std::fs::read_to_string(path).expect("the file");
    let lines: Vec<&str> = text.lines().collect();
    let coded: Vec<String> = lines
        .par_iter()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).expect("a record");
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let document = counterclaim_ingest::plain_document(&text(&record["id"]), &text(&record["text"]), None);
            serde_json::to_string(&reader.read(&document, &[])).expect("a ledger")
        })
        .collect();
    std::fs::write(to, coded.join("\n")).expect("written");
}

/// The project's own gold.
fn gold(path: &Path, gold: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let record = fill(folder.path(), &code(path));
    let gold = serde_json::from_slice(&std::fs::read(gold).expect("the gold")).expect("gold");
    println!("{:?}", counterclaim_record::evaluate::evaluate(&record, &gold).expect("scores"));
}

/// Figures of four and more in a title.
fn figures(title: &str) -> Vec<u32> {
    let words = title.split(|character: char| !character.is_alphanumeric());
    words.filter_map(|word| word.parse().ok()).filter(|figure| (4..1_900).contains(figure)).collect()
}

/// Reports with a place and a date: incidents of one place and few days are pure; reports of one place and day whose titles share a figure
/// tell of one incident.
fn towns(path: &Path, coded: &Path) {
    let ledgers = code(coded);
    let mut told: BTreeMap<String, (String, i64, Vec<u32>)> = BTreeMap::new();
    for (line, ledger) in std::fs::read_to_string(path).expect("the file").lines().zip(&ledgers) {
        let record: serde_json::Value = serde_json::from_str(line).expect("a record");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let day = ledger.document.published.as_deref().and_then(counterclaim_record::day_of).unwrap_or(0);
        let figures = figures(&text(&record["meta"]["title"]));
        told.insert(ledger.document.id.clone(), (text(&record["meta"]["location"]), day, figures));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let record = fill(folder.path(), &ledgers);
    let rows = record.incidents(&IncidentFilter { limit: 100_000, ..Default::default() }).expect("rows");
    let mut of: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let (mut several, mut same_days, mut same_place) = (0, 0, 0);
    for row in rows.iter().filter(|row| row.reports > 1) {
        let incident = record.incident(row.id).expect("an incident");
        let members: Vec<(&str, &(String, i64, Vec<u32>))> = incident
            .reports
            .iter()
            .filter_map(|report| told.get_key_value(&report.name).map(|(name, one)| (name.as_str(), one)))
            .collect();
        for (name, _) in &members {
            of.entry(name).or_default().push(row.id);
        }
        let days = members.iter().map(|(_, one)| one.1);
        let is_short = days.clone().max().unwrap_or(0) - days.min().unwrap_or(0) <= 3;
        let is_one_place = members.iter().all(|(_, one)| one.0 == members[0].1.0);
        several += 1;
        same_days += usize::from(is_short);
        same_place += usize::from(is_one_place);
        println!("{} {:?} days {is_short} place {is_one_place}", row.id, row.title);
        for (name, (place, day, _)) in &members {
            let title =
                record.report_named(name).expect("read").map(|id| record.report(id).expect("a report").ledger.document);
            let title = title.map(|document| document.title.unwrap_or(document.text.chars().take(90).collect()));
            println!("     {} {place}: {}", counterclaim_record::date_of(*day), title.unwrap_or_default());
        }
    }
    let (mut pairs, mut joined) = (0, 0);
    let all: Vec<_> = told.iter().collect();
    for (index, (name, one)) in all.iter().enumerate() {
        for (other_name, other) in &all[index + 1..] {
            if one.0 == other.0 && one.1.abs_diff(other.1) <= 1 && one.2.iter().any(|figure| other.2.contains(figure)) {
                pairs += 1;
                let shared = of
                    .get(name.as_str())
                    .into_iter()
                    .flatten()
                    .any(|id| of.get(other_name.as_str()).is_some_and(|others| others.contains(id)));
                joined += usize::from(shared);
                if !shared {
                    println!("apart: {} {name} {other_name} {:?}", one.0, one.2);
                }
            }
        }
    }
    println!("{} reports, {} incidents, {several} of several reports", ledgers.len(), rows.len());
    println!("of these within four days {same_days}, of one place {same_place}; pairs joined {joined} of {pairs}");
}

fn list(path: &Path) {
    let ledgers = code(path);
    let folder = tempfile::tempdir().expect("a folder");
    let record = fill(folder.path(), &ledgers);
    let rows = record.incidents(&IncidentFilter { limit: 100_000, ..Default::default() }).expect("rows");
    let several = rows.iter().filter(|row| row.reports > 1).count();
    println!("{} reports, {} incidents, {several} of several reports", ledgers.len(), rows.len());
    for row in rows.iter().filter(|row| row.reports > 1) {
        let incident = record.incident(row.id).expect("an incident");
        println!("\n{} {} {:?} {:?}..{:?}", row.id, row.kind, row.place, row.first_day, row.last_day);
        for report in &incident.reports {
            let text = record.report(report.id).expect("a report").ledger.document.text;
            let head: String = text.chars().take(150).collect();
            println!("   {} {:?} {}", report.name, report.published, head.replace('\n', " "));
        }
    }
}

/// The same reports again with other days, names of places and persons, and texts: a long war.
fn scale(path: &Path, wanted: usize) {
    let seeds = code(path);
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = fill(folder.path(), &[]);
    let file = std::path::PathBuf::from(record.path());
    let mut made = 0usize;
    let mut milestones: Vec<(usize, f64)> = Vec::new();
    let (mut adding, mut since) = (0.0f64, 0usize);
    let mut turn = 0usize;
    while made < wanted {
        let batch: Vec<ReportLedger> =
            seeds.par_iter().enumerate().map(|(index, seed)| varied(seed, turn, index)).collect();
        turn += 1;
        for chunk in batch.chunks(64) {
            let began = Instant::now();
            record.add(chunk, "measure").expect("added");
            adding += began.elapsed().as_secs_f64();
            made += chunk.len();
            since += chunk.len();
        }
        if since >= wanted / 10 {
            milestones.push((made, adding / since as f64 * 1_000.0));
            println!("{made} reports: {:.2} ms each, memory {} MB", adding / since as f64 * 1_000.0, resident());
            (adding, since) = (0.0, 0);
        }
    }
    record.settle().expect("settled");
    let size = std::fs::metadata(&file).expect("the file").len();
    let text: usize = seeds.iter().map(|seed| seed.document.text.len()).sum::<usize>() / seeds.len();
    println!("{:.1} KB a report (text {:.1} KB)", size as f64 / made as f64 / 1024.0, text as f64 / 1024.0);
    if let (Some(first), Some(last)) = (milestones.first(), milestones.last()) {
        println!("cost of the last tenth over the first: {:.2}", last.1 / first.1);
    }
    let count = record.count_incidents(&IncidentFilter::default()).expect("a count");
    println!("{count} incidents");
    let timed = |name: &str, count: usize, ask: &mut dyn FnMut(usize)| {
        let mut times: Vec<f64> = (0..count)
            .map(|index| {
                let began = Instant::now();
                ask(index);
                began.elapsed().as_secs_f64() * 1_000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!(
            "{name}: median {:.2} ms, p95 {:.2} ms, worst {:.2} ms",
            times[count / 2],
            times[count * 95 / 100],
            times[count - 1]
        );
    };
    let rows = record.incidents(&IncidentFilter { limit: 5_000, ..Default::default() }).expect("rows");
    timed("first page of incidents", 50, &mut |_| drop(record.incidents(&IncidentFilter::default()).expect("rows")));
    timed("incidents of a country and month", 50, &mut |index| {
        let since = counterclaim_record::date_of(19_400 + index as i64 * 20);
        let filter =
            IncidentFilter { country: Some("NGA".to_owned()), since: Some(since), limit: 50, ..Default::default() };
        drop(record.incidents(&filter).expect("rows"));
    });
    timed("incidents of an area", 50, &mut |index| {
        let south = index as f64 - 10.0;
        let filter = IncidentFilter { area: Some([south, south + 5.0, 0.0, 40.0]), limit: 50, ..Default::default() };
        drop(record.incidents(&filter).expect("rows"));
    });
    timed("one incident", 300, &mut |index| drop(record.incident(rows[index * 7 % rows.len()].id).expect("one")));
    timed("one report", 300, &mut |index| drop(record.report((index * 31 % made) as i64 + 1).expect("one")));
    timed("search of two words", 50, &mut |index| {
        let words =
            ["hospital army", "bomb market", "shelling village", "soldiers killed", "ceasefire border"][index % 5];
        drop(record.search(&SearchFilter { words: words.to_owned(), ..Default::default() }).expect("hits"));
    });
    timed("search of a word and a country", 50, &mut |_| {
        let incidents = IncidentFilter { country: Some("YEM".to_owned()), ..Default::default() };
        drop(record.search(&SearchFilter { words: "hospital".to_owned(), incidents }).expect("hits"));
    });
    timed("ceasefires of one side and month", 20, &mut |index| {
        let filter = counterclaim_record::CeasefireFilter {
            since: Some(counterclaim_record::date_of(19_400 + index as i64 * 30)),
            until: Some(counterclaim_record::date_of(19_430 + index as i64 * 30)),
            ..Default::default()
        };
        drop(record.ceasefires(&filter).expect("rows"));
    });
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Another report like the seed: its days moved, its place moved, every capital letter's word and some others written anew with the
/// same length, so that all spans stay where they are.
fn varied(seed: &ReportLedger, turn: usize, index: usize) -> ReportLedger {
    let mut ledger = seed.clone();
    if turn == 0 {
        return ledger;
    }
    // A year of 4 rounds a day or so: places and days are met again, as in a war.
    let days = (turn * 37 + index / 40) as i64 % 1_400;
    let text = vary_words(&ledger.document.text, turn);
    let move_date = |date: &mut Option<String>| {
        if let Some(value) = date.as_deref() {
            if let Some(day) = counterclaim_record::day_of(value) {
                let rest = value.get(10..).unwrap_or("").to_owned();
                *date = Some(counterclaim_record::date_of(day + days) + &rest);
            }
        }
    };
    move_date(&mut ledger.document.published);
    for time in &mut ledger.times {
        move_date(&mut time.start);
        move_date(&mut time.end);
    }
    let (rows, columns) = ((turn % 9) as f64 * 0.9, (turn / 9 % 9) as f64 * 0.9);
    for place in &mut ledger.places {
        if let (Some(lat), Some(lon), Some(id)) = (place.lat, place.lon, place.gazetteer_id.clone()) {
            place.lat = Some((lat + rows).clamp(-89.0, 89.0));
            place.lon = Some((lon + columns).clamp(-179.0, 179.0));
            place.gazetteer_id = Some(format!("{id}/{}", turn % 81));
        }
    }
    ledger.document.id = format!("{}-{turn}", ledger.document.id);
    ledger.document.sha256 = format!("{turn:08x}{}", &ledger.document.sha256[8.min(ledger.document.sha256.len())..]);
    let characters: Vec<char> = text.chars().collect();
    let mut value = serde_json::to_value(&ledger).expect("a value");
    rewrite(&mut value, &characters);
    let mut ledger: ReportLedger = serde_json::from_value(value).expect("a ledger");
    ledger.document.text = text;
    ledger
}

fn rewrite(value: &mut serde_json::Value, characters: &[char]) {
    match value {
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, characters)),
        serde_json::Value::Object(fields) => {
            if fields.len() == 3 {
                if let (Some(start), Some(end), true) = (
                    fields.get("start").and_then(|at| at.as_u64()),
                    fields.get("end").and_then(|at| at.as_u64()),
                    fields.contains_key("text"),
                ) {
                    let words: String = characters[start as usize..end as usize].iter().collect();
                    fields.insert("text".to_owned(), words.into());
                    return;
                }
            }
            fields.values_mut().for_each(|item| rewrite(item, characters));
        }
        _ => {}
    }
}

/// Every third word with other letters of the same kind; the words in between stay, so that it reads like news to an index.
fn vary_words(text: &str, turn: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0usize;
    let mut inside = false;
    for character in text.chars() {
        if !character.is_ascii_alphabetic() {
            inside = false;
            out.push(character);
            continue;
        }
        if !inside {
            word += 1;
            inside = true;
        }
        if word.is_multiple_of(3) {
            let base = if character.is_ascii_uppercase() { b'A' } else { b'a' };
            let shifted = (character as u8 - base + (turn % 25) as u8 + (word / 3 % 7 * (turn / 25)) as u8 % 26) % 26;
            out.push((base + shifted) as char);
        } else {
            out.push(character);
        }
    }
    out
}
