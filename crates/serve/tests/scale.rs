//! How the record and its pages bear many reports. Run by hand:
//!
//! `SCALE_REPORTS=2000 cargo test --release -p counterclaim-serve --test scale -- --ignored --nocapture`
//!
//! Prints what coding and adding cost in processor time, the size of the file, memory, and how fast questions and pages are answered.
//! `SCALE_RECORD=FILE` keeps the record, or goes on with one that was kept.

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_record::{BrowseFilter, IncidentFilter, Record, date_of, day_of};
use counterclaim_schema::ledger::ReportLedger;
use counterclaim_serve::{Pasted, ReadReport, Server, Settings};
use rayon::prelude::*;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Nobody;

impl ReadReport for Nobody {
    fn read(&self, _: &Pasted) -> Result<ReportLedger, String> {
        Err("nothing is read here".to_owned())
    }
}

/// Places that stand in for those of the stories, in the same country.
const PLACES: &[(&str, &[&str])] = &[
    ("Maiduguri", &["Kano", "Jos", "Sokoto", "Yola", "Zaria", "Katsina", "Bauchi", "Gombe"]),
    ("Tame", &["Saravena", "Arauquita", "Fortul", "Tibú", "Ocaña", "Corinto"]),
    ("Kherson", &["Nikopol", "Beryslav", "Izium", "Kupiansk", "Orikhiv", "Pokrovsk"]),
    ("Mogadishu", &["Kismayo", "Baidoa", "Beledweyne", "Galkayo", "Bosaso", "Jowhar"]),
    ("Quetta", &["Peshawar", "Turbat", "Khuzdar", "Bannu", "Gwadar", "Chaman"]),
    ("Conakry", &["Kankan", "Labé", "Kindia", "Mamou", "Boké", "Siguiri"]),
    ("Port-au-Prince", &["Gonaïves", "Jacmel", "Les Cayes", "Hinche", "Saint-Marc"]),
    ("Birnin Gwari", &["Kafanchan", "Zungeru", "Kontagora", "Funtua"]),
];

const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "13", "14", "15", "17",
    "18",
];

/// Weeks before the stories at which the feed begins: thirty years.
const ROUNDS: i64 = 1_600;

/// The `round`-th variant of a report: weeks later, elsewhere, with other figures. Copies of one text stay copies.
fn variant(report: &Value, round: usize) -> Value {
    let mut varied = report.clone();
    // A feed in the order of time: each round is a week, so that a year holds as many reports in a large record as in a small one.
    let weeks = round as i64 - ROUNDS;
    if let Some((day, rest)) = report["published"].as_str().and_then(|text| Some((day_of(text)?, text.get(10..)?))) {
        varied["published"] = format!("{}{rest}", date_of(day + 7 * weeks)).into();
    }
    varied["id"] = format!("{}-{round}", report["id"].as_str().unwrap_or_default()).into();
    for field in ["text", "title"] {
        let mut text = report[field].as_str().unwrap_or_default().to_owned();
        if round > 0 {
            for (place, others) in PLACES {
                text = text.replace(place, others[round % others.len()]);
            }
            let words: Vec<String> = text
                .split(' ')
                .map(|word| {
                    let bare = word.to_lowercase();
                    match NUMBERS.iter().position(|number| *number == bare) {
                        Some(at) => NUMBERS[(at + round) % NUMBERS.len()].to_owned(),
                        None => word.to_owned(),
                    }
                })
                .collect();
            text = words.join(" ");
        }
        varied[field] = text.into();
    }
    varied
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1;
    times[at].as_secs_f64() * 1_000.0
}

/// The largest memory of this process so far, in megabytes; 0 where the system does not tell.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

/// Seconds of processor time of all threads so far (Linux); other work on the machine does not count.
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn ask(address: SocketAddr, path: &str) -> Duration {
    let start = Instant::now();
    let mut stream = TcpStream::connect(address).expect("connected");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let time = start.elapsed();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}");
    time
}

/// Codes and adds `wanted` variants of the stories, and tells what that costs.
#[allow(clippy::print_stderr)]
fn fill(file: &Path, base: &[Value], wanted: usize) {
    let mut record = Record::open(file).expect("a record");
    let reader = Reader::new(Model::embedded());
    let options = counterclaim_ingest::Options {
        kind: counterclaim_ingest::InputKind::Jsonl,
        ..counterclaim_ingest::Options::default()
    };
    let (mut all_coding, mut all_adding) = (0.0, 0.0);
    let there = record.reports().expect("a count") as usize;
    let mut done = there.min(wanted);
    let slices = 10.min((wanted - done) / 100).max(usize::from(done < wanted));
    if slices == 0 {
        return;
    }
    eprintln!("reports   coding ms a report   adding ms a report   waited ms a report   bytes a report   memory MB");
    for slice in 1..=slices {
        let until = there + (wanted - there) * slice / slices;
        let (mut coding, mut adding, mut waited) = (0.0, 0.0, 0.0);
        let from = done;
        while done < until {
            let next = (done + 256).min(until);
            let lines: String =
                (done..next).map(|at| format!("{}\n", variant(&base[at % base.len()], at / base.len()))).collect();
            let start = processor_time();
            let documents = counterclaim_ingest::read_bytes(lines.as_bytes(), &options);
            let ledgers: Vec<ReportLedger> =
                documents.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect();
            let coded = processor_time();
            let clock = Instant::now();
            for batch in ledgers.chunks(256) {
                record.add(batch, "test").expect("added");
            }
            waited += clock.elapsed().as_secs_f64();
            coding += coded - start;
            adding += processor_time() - coded;
            done = next;
        }
        record.settle().expect("settled");
        let bytes = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
        let count = (until - from) as f64;
        eprintln!(
            "{done:>7}   {:>18.2}   {:>18.2}   {:>18.2}   {:>14}   {:>9}",
            coding * 1_000.0 / count,
            adding * 1_000.0 / count,
            waited * 1_000.0 / count,
            bytes / done as u64,
            memory()
        );
        all_coding += coding;
        all_adding += adding;
    }
    eprintln!("adding is {:.1} % on top of coding", 100.0 * all_adding / all_coding);
}

#[test]
#[ignore = "takes minutes; see the head of the file"]
#[allow(clippy::print_stderr)]
fn many_reports() {
    let wanted: usize = std::env::var("SCALE_REPORTS").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record/reports.jsonl");
    let base: Vec<Value> = std::fs::read_to_string(path)
        .expect("the reports")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a report"))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::env::var_os("SCALE_RECORD").map_or_else(|| folder.path().join("many.db"), PathBuf::from);
    fill(&file, &base, wanted);
    let record = Record::open(&file).expect("a record");
    let incidents = record.count_incidents(&IncidentFilter::default()).expect("a count") as i64;
    let reports = record.reports().expect("a count") as i64;
    drop(record);
    eprintln!("{reports} reports, {incidents} incidents");

    let record = Record::open_to_read(&file).expect("it opens");
    let rows = record.incidents(&IncidentFilter { limit: 1_000, ..IncidentFilter::default() }).expect("rows");
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let filter = |words: &str, actor: Option<&str>, country: Option<&str>| BrowseFilter {
        words: words.to_owned(),
        incidents: IncidentFilter {
            actor: actor.map(str::to_owned),
            country: country.map(str::to_owned),
            limit: 50,
            ..IncidentFilter::default()
        },
        ..BrowseFilter::default()
    };
    let filters = [
        filter("", None, None),
        filter("", None, Some("NGA")),
        filter("army", None, None),
        filter("market bomb", None, None),
        filter("zeppelin", None, None),
        filter("", Some("army"), None),
        filter("", Some("eln"), None),
        filter("police", Some("police"), Some("HTI")),
        filter("the said", Some("a"), None),
    ];
    let questions: Vec<(&str, Box<dyn Fn(usize)>)> = vec![
        ("lists", Box::new(|at| drop(record.browse(&filters[at % filters.len()]).expect("rows")))),
        (
            "search",
            Box::new(|at| {
                drop(record.find_reports(["army", "market", "Kano police", "ceasefire"][at % 4], 50, 0).expect("hits"))
            }),
        ),
        ("incident", Box::new(|at| drop(record.incident(ids[at * 7_919 % ids.len()]).expect("an incident")))),
        ("report", Box::new(|at| drop(record.report(1 + (at as i64 * 7_919) % reports).expect("a report")))),
    ];
    for (name, question) in &questions {
        let mut times: Vec<Duration> = (0..200)
            .map(|at| {
                let start = Instant::now();
                question(at);
                start.elapsed()
            })
            .collect();
        eprintln!("{name}: p50 {:.2} ms, p95 {:.2} ms", percentile(&mut times, 0.5), percentile(&mut times, 0.95));
    }

    let settings = Settings { record: file.clone(), port: 0, demo: false };
    let server = Server::start(&settings, Arc::new(Nobody)).expect("it starts");
    let address = server.address();
    let kinds: [&(dyn Fn(usize) -> String + Sync); 11] = [
        &|_| "/incidents".to_owned(),
        &|_| "/incidents?country=NGA".to_owned(),
        &|_| "/incidents?q=army".to_owned(),
        &|_| "/incidents?actor=police".to_owned(),
        &|_| "/incidents?disputed=1&page=2".to_owned(),
        &|at| format!("/reports/{}", 1 + (at as i64 * 7_919) % reports),
        &|at| format!("/reports/{}.json", 1 + (at as i64 * 6_131) % reports),
        &|at| format!("/incidents/{}", ids[at * 7_919 % ids.len()]),
        &|_| "/search?q=market".to_owned(),
        &|_| "/ceasefires".to_owned(),
        &|_| "/reports?page=3".to_owned(),
    ];
    for clients in [1usize, 10] {
        for (name, shown) in [("all pages", 0..kinds.len())].into_iter().chain(if clients == 1 {
            (0..kinds.len()).map(|at| ("", at..at + 1)).collect::<Vec<_>>()
        } else {
            Vec::new()
        }) {
            let shown: Vec<usize> = shown.collect();
            let mut times: Vec<Duration> = std::thread::scope(|scope| {
                let handles: Vec<_> = (0..clients)
                    .map(|client| {
                        let (kinds, shown) = (&kinds, &shown);
                        scope.spawn(move || -> Vec<Duration> {
                            (0..60)
                                .map(|at| ask(address, &kinds[shown[(at + client) % shown.len()]](at + 61 * client)))
                                .collect()
                        })
                    })
                    .collect();
                handles.into_iter().flat_map(|handle| handle.join().expect("a client")).collect()
            });
            let name = if name.is_empty() { kinds[shown[0]](0) } else { name.to_owned() };
            let p95 = percentile(&mut times, 0.95);
            eprintln!("{clients} clients, {name}: p50 {:.1} ms, p95 {p95:.1} ms", percentile(&mut times, 0.5));
            if clients == 10 {
                assert!(p95 <= 100.0, "p95 {p95} ms");
            }
        }
    }
    eprintln!("memory at the end: {} MB", memory());
}
