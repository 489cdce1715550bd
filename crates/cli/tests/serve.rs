//! A record leaves through the whole program: pages, situation report, tables.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    command
        .env("NO_COLOR", "1")
        .env_remove("COUNTERCLAIM_MODEL")
        .env("COUNTERCLAIM_DATA", "no-imported-files")
        .env("COUNTERCLAIM_NOW", "2024-01-01T00:00:00Z");
    command
}

/// Ends the server whatever the test does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = program().current_dir(folder).args(arguments).output().expect("it runs");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code(),
    )
}

#[test]
fn the_demo_needs_no_file_and_prints_its_address() {
    let mut child = program().args(["serve", "--demo", "--port", "0"]).stdout(Stdio::piped()).spawn().expect("it runs");
    let stdout = child.stdout.take().expect("its output");
    let _running = Running(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/')).expect("an address");
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let ask = |request: &str| -> String {
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    };
    let page = ask(&format!("GET /incidents HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"));
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("68 reports tell 17 incidents"), "{page}");
    let form = "text=Rebels+shelled+the+town+of+Tame+on+Monday%2C+the+army+said.&published=";
    let head = format!("Host: {address}\r\nConnection: close\r\nContent-Length:");
    let read = |date: &str| {
        let body = format!("{form}{date}");
        ask(&format!("POST /read.json HTTP/1.1\r\n{head} {}\r\n\r\n{body}", body.len()))
    };
    assert!(read("2023-08-22").contains("\"schema\": \"counterclaim.report/1\""));
    assert!(read("soon").starts_with("HTTP/1.1 400"));
}

#[test]
fn reports_and_tables_are_the_same_every_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record/reports.jsonl");
    let (_, stderr, status) = run(folder.path(), &["add", reports.to_str().expect("a path")]);
    assert_eq!(status, Some(0), "{stderr}");
    for (arguments, holds) in [
        (
            &["report", "--country", "NGA", "--since", "2023-03-16"][..],
            &[
                "## New since 2023-03-16",
                "changed the figure for killed (people) from 9 or more to 14",
                "14 to 22. Least: police",
                "Greatest: The State Specialist Hospital",
                "](#report-8)",
                "Boundaries and names shown do not imply endorsement",
                "data:image/svg+xml;base64,",
            ][..],
        ),
        (
            &["report", "--actor", "eln", "--from", "2023-08-01"],
            &["alleged violation by Army against ELN rebels", "## Disputed points"],
        ),
        (&["report", "--place", "maiduguri", "--format", "html"], &["<svg ", "default-src 'none'", "id=\"report-8\""]),
        (&["report", "--country", "ISL"], &["No incident fits."]),
        (
            &["export", "--table", "harms"],
            &["incident,document,report,publisher", "\"The State Specialist Hospital\"", ",NGA:"],
        ),
        (&["export", "--format", "jsonl"], &["{\"table\":\"incidents\",", "{\"table\":\"contradictions\","]),
        (&["export", "--format", "geojson"], &["\"FeatureCollection\"", "\"radius_km\":5"]),
        (&["export", "--dictionary"], &["## ceasefires", "| `radius_km` | number |"]),
    ] {
        let (stdout, stderr, status) = run(folder.path(), arguments);
        assert_eq!(status, Some(0), "{arguments:?}: {stderr}");
        for words in holds {
            let plain = words.trim_matches('"');
            assert!(stdout.contains(words) || stdout.contains(plain), "{arguments:?} has no {words}:\n{stdout:.3000}");
        }
        assert_eq!(run(folder.path(), arguments).0, stdout, "{arguments:?}");
    }
    for (arguments, words) in [
        (&["report", "--from", "yesterday"][..], "is no date"),
        (&["report", "--country", "Nigeria"], "is no country"),
        (&["export"], "one CSV table"),
        (&["export", "--format", "geojson", "--table", "claims"], "no table of places"),
        (&["export", "--record", "missing.db"], "there is no record"),
        (&["serve", "--record", "missing.db"], "there is no record"),
    ] {
        let (stdout, stderr, status) = run(folder.path(), arguments);
        assert_eq!((stdout.as_str(), status), ("", Some(2)), "{arguments:?}");
        assert!(stderr.contains(words), "{arguments:?}: {stderr}");
    }
}
