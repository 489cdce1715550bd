//! Every page of the demo record, and of a hostile one, asked over a socket as a browser would.

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_record::Record;
use counterclaim_schema::ledger::ReportLedger;
use counterclaim_serve::{Pasted, ReadReport, Server, Settings};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

struct Pipeline;

impl ReadReport for Pipeline {
    fn read(&self, pasted: &Pasted) -> Result<ReportLedger, String> {
        let mut document = counterclaim_ingest::plain_document("pasted", &pasted.text, pasted.published.as_deref());
        document.title = pasted.title.clone();
        document.publisher = pasted.publisher.clone();
        Ok(Reader::new(Model::embedded()).read(&document, &[]))
    }
}

static DEMO: LazyLock<Vec<ReportLedger>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record/reports.jsonl");
    let reader = Reader::new(Model::embedded());
    let documents =
        counterclaim_ingest::read_path(&path, &counterclaim_ingest::Options::default()).expect("the reports");
    documents.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect()
});

/// A report with scripts in every field.
fn hostile() -> ReportLedger {
    let attack = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}";
    let text = format!(
        "Army {attack} says\n\nRebels <script>alert(3)</script> shelled the town of Tame on Monday, General \"<b>Ruiz</b>\" of the army said. \
         The army said four soldiers were killed. The rebels denied it and said nine soldiers {attack} were killed. A ceasefire \
         <svg/onload=alert(4)> between the army and the rebels begins on Friday, the army said."
    );
    let mut document = counterclaim_ingest::plain_document(attack, &text, Some("2023-08-22"));
    document.title = Some(attack.to_owned());
    document.publisher = Some(attack.to_owned());
    document.url = Some("javascript:alert(document.domain)".to_owned());
    Reader::new(Model::embedded()).read(&document, &[])
}

/// A server over a record of these reports; the folder must outlive it.
fn serve(ledgers: &[ReportLedger]) -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.db");
    let mut record = Record::open(&path).expect("a record");
    record.add(ledgers, "test").expect("added");
    record.settle().expect("settled");
    let server = Server::start(&Settings { record: path, port: 0, demo: true }, Arc::new(Pipeline)).expect("it starts");
    (folder, server)
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

fn send(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("connected");
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|header| header.0 == "Host") {
        request.push_str(&format!("Host: {address}\r\n"));
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    // A server that refuses a long body may close before it has read it.
    let _ = stream.write_all(request.as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    Answer { status: status.expect("a status"), headers, body: body.to_owned() }
}

fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, "GET", path, &[], "")
}

/// Values of `href` that lead to our own pages.
fn links(body: &str) -> Vec<String> {
    body.split("href=\"")
        .skip(1)
        .filter_map(|piece| piece.split('"').next())
        .map(|link| link.replace("&#x2f;", "/").replace("&amp;", "&"))
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .filter(|link| link.starts_with('/'))
        .collect()
}

fn is_harmless(path: &str, body: &str) {
    let lower = body.to_lowercase();
    for bad in ["<script", "<img", "<iframe", "<svg/onload", "<b>ruiz", "style=\"", "49</h1>"] {
        assert!(!lower.contains(bad), "{path} holds {bad}");
    }
    for link in lower.split("href=\"").skip(1) {
        assert!(!link.starts_with("javascript") && !link.starts_with("data:"), "{path} has a bad link");
    }
}

/// Follows every link from the first page; each page and its twin must be whole. Returns how many there were.
fn walk(address: SocketAddr) -> usize {
    let mut waiting: VecDeque<String> = ["/", "/read", "/incidents?disputed=1", "/search?q=army", "/search?q=script"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut walked = 0;
    while let Some(path) = waiting.pop_front() {
        let answer = get(address, &path);
        assert_eq!(answer.status, 200, "{path}");
        let policy = answer.headers.get("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers.get("x-content-type-options").map(String::as_str), Some("nosniff"), "{path}");
        assert_eq!(answer.headers.get("referrer-policy").map(String::as_str), Some("no-referrer"), "{path}");
        walked += 1;
        let kind = answer.headers.get("content-type").expect("a type").as_str();
        if kind.starts_with("application/json") {
            let value: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
            assert!(value.is_object(), "{path}");
            continue;
        }
        if !kind.starts_with("text/html") {
            continue;
        }
        is_harmless(&path, &answer.body);
        for needed in ["<html lang=\"en\">", "<main", "<h1", "<nav aria-label", "name=\"viewport\""] {
            assert!(answer.body.contains(needed), "{path} has no {needed}");
        }
        assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
        let fields = answer.body.matches("<input").count() + answer.body.matches("<select").count();
        assert!(answer.body.matches("<label").count() >= fields, "{path} has fields without labels");
        for link in links(&answer.body) {
            if seen.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    walked
}

#[test]
fn every_page_of_the_demo_is_whole() {
    let (_folder, server) = serve(&DEMO);
    let walked = walk(server.address());
    // 17 incidents and 68 reports with their twins, lists, styles.
    assert!(walked > 2 * (17 + 68) + 10, "{walked}");
}

#[test]
fn hostile_words_stay_words_on_every_page() {
    let mut ledgers: Vec<ReportLedger> = DEMO.iter().take(3).cloned().collect();
    ledgers.push(hostile());
    let (folder, server) = serve(&ledgers);
    assert!(walk(server.address()) > 10);
    let shown = get(server.address(), "/reports").body;
    assert!(shown.contains("&lt;script&gt;alert(1)"), "the hostile report is not shown");
    let record = Record::open_to_read(&folder.path().join("record.db")).expect("it opens");
    let coverage = counterclaim_export::situation::Coverage { limit: 10, ..Default::default() };
    let report = counterclaim_export::situation::situation(&record, &coverage, "Made now.").expect("a report");
    is_harmless("report", &report.html().expect("a page").replace("style-src 'unsafe", ""));
    let markdown = report.markdown().expect("Markdown");
    assert!(markdown.contains("&lt;script&gt;") && !markdown.contains("<script") && !markdown.contains("<javascript"));
}

#[test]
fn a_pasted_report_is_read_and_not_stored() {
    let (folder, server) = serve(&DEMO[..3]);
    let address = server.address();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let text = "text=Rebels+shelled+the+town+of+Tame+on+Monday%2C+the+army+said.+%3Cscript%3Ealert%281%29%3C%2Fscript%3E&published=2023-08-22&title=%3Cb%3Ex";
    let page = send(address, "POST", "/read", &form, text);
    assert_eq!(page.status, 200);
    is_harmless("/read", &page.body);
    assert!(page.body.contains("stored nowhere") && page.body.contains("id=\"t-e1\""), "{}", page.body);
    let twin = send(address, "POST", "/read.json", &form, text);
    let ledger: serde_json::Value = serde_json::from_str(&twin.body).expect("JSON");
    assert_eq!(ledger["schema"], "counterclaim.report/1");
    let stored = Record::open_to_read(&folder.path().join("record.db")).and_then(|record| record.reports());
    assert_eq!(stored.expect("a count"), 3);
    for (body, headers, status) in [
        ("text=", vec![form[0]], 400),
        ("text=a&colour=red", vec![form[0]], 400),
        (text, vec![form[0], ("Origin", "http://other.example")], 403),
        (text, vec![form[0], ("Sec-Fetch-Site", "cross-site")], 403),
        (&*format!("text={}", "a".repeat(60_001)), vec![form[0]], 413),
        (&*format!("text={}", "a".repeat(1 << 20)), vec![form[0]], 413),
    ] {
        assert_eq!(send(address, "POST", "/read", &headers, body).status, status, "{:.40}", body);
    }
}

#[test]
fn what_is_not_there_or_wrong_is_said() {
    let (_folder, server) = serve(&DEMO);
    let address = server.address();
    for (path, status) in [
        ("/incidents/999999", 404),
        ("/incidents/999999.json", 404),
        ("/incidents/0", 404),
        ("/incidents/-1", 404),
        ("/incidents/abc", 404),
        ("/incidents/1/2", 404),
        ("/reports/999999", 404),
        ("/reports/99999999999999999999", 404),
        ("/ceasefires?pair=nobody", 404),
        ("/../etc/passwd", 404),
        ("/%2e%2e/%2e%2e", 404),
        ("/incidents?page=0", 400),
        ("/incidents?page=x", 400),
        ("/incidents?page=99999999999999999999", 400),
        ("/incidents?country=Colombia", 400),
        ("/incidents?kind=war", 400),
        ("/incidents?from=yesterday", 400),
        ("/incidents?from=2023-02-30", 400),
        ("/incidents?from=2023-05-01&to=2023-04-01", 400),
        ("/incidents?scope=x", 400),
        ("/incidents?disputed=yes", 400),
        ("/incidents?colour=red", 400),
        ("/reports?q=1", 400),
        ("/incidents?q=%22%27)%3B--&actor=%25_&place=%00", 200),
        ("/incidents?page=400", 200),
        ("/search?q=%22%20OR%20*%20NEAR(", 200),
    ] {
        let answer = get(address, path);
        assert_eq!(answer.status, status, "{path}");
        if path.contains(".json") {
            let told: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
            assert_eq!(told["status"], status);
        }
    }
    let json = send(address, "GET", "/incidents?country=COL", &[("Accept", "application/json")], "");
    let found: serde_json::Value = serde_json::from_str(&json.body).expect("JSON");
    assert_eq!(found["incidents"][0]["country"], "COL");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(send(address, method, "/incidents", &[], "").status, 405, "{method}");
    }
    for host in ["rebind.example", "rebind.example:80", "127.0.0.1.rebind.example", "[::2]"] {
        assert_eq!(send(address, "GET", "/", &[("Host", host)], "").status, 403, "{host}");
    }
    let local = format!("localhost:{}", address.port());
    assert_eq!(send(address, "GET", "/", &[("Host", &local)], "").status, 200);
    assert!(address.ip().is_loopback());
}

#[test]
fn filters_find_what_they_name() {
    let (_folder, server) = serve(&DEMO);
    let ids = |path: &str| -> Vec<i64> {
        let found: serde_json::Value = serde_json::from_str(&get(server.address(), path).body).expect("JSON");
        let rows = found["incidents"].as_array().expect("rows");
        rows.iter().filter_map(|row| row["id"].as_i64()).collect()
    };
    let all = ids("/incidents.json").len();
    assert_eq!(all, 17);
    for path in [
        "/incidents.json?country=NGA",
        "/incidents.json?country=nga",
        "/incidents.json?q=market",
        "/incidents.json?place=maiduguri",
        "/incidents.json?actor=eln",
        "/incidents.json?kind=detention",
        "/incidents.json?from=2023-08-01&to=2023-09-30",
        "/incidents.json?disputed=1",
        "/incidents.json?scope=retold",
        "/incidents.json?q=army&actor=army&kind=violence",
    ] {
        let found = ids(path).len();
        assert!(found > 0 && found < all, "{path}: {found}");
    }
    assert_eq!(ids("/incidents.json?scope=retold").len() + ids("/incidents.json?scope=news").len(), all);
    assert_eq!(ids("/incidents.json?q=zeppelin"), [0i64; 0]);
}

/// Whether there is a browser; a pipeline must have one.
#[allow(clippy::print_stderr)]
fn browser() -> Option<&'static str> {
    let found = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()));
    if found.is_none() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "no chromium; .ci/run installs it");
        eprintln!("no chromium here: pages were not opened in a browser");
    }
    found
}

#[test]
fn a_browser_takes_the_pages_without_complaint() {
    let Some(browser) = browser() else { return };
    let mut ledgers = DEMO.clone();
    ledgers.push(hostile());
    let (folder, server) = serve(&ledgers);
    let hostile = ledgers.len();
    for path in ["/incidents", "/incidents/1", "/ceasefires", "/read", &format!("/reports/{hostile}")] {
        let output = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .args(["--virtual-time-budget=3000", "--dump-dom"])
            .arg(format!("http://{}{path}", server.address()))
            .output()
            .expect("it runs");
        let page = String::from_utf8_lossy(&output.stdout);
        assert!(page.contains("<main id=\"content\">"), "{path}: {page:.300}");
        let log = String::from_utf8_lossy(&output.stderr);
        let complaints: Vec<&str> =
            log.lines().filter(|line| line.contains("CONSOLE") || line.contains("Refused to")).collect();
        assert!(complaints.is_empty(), "{path}: {complaints:?}");
    }
}
