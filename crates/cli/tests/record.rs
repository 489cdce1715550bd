//! The record through the whole program: adding, failing, being killed, being looked at, being reviewed.

use assert_cmd::Command;
use counterclaim_record::Record;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn program() -> Command {
    let mut command = Command::cargo_bin("counterclaim").expect("the program is built");
    command
        .env("NO_COLOR", "1")
        .env_remove("COUNTERCLAIM_MODEL")
        .env("COUNTERCLAIM_DATA", "no-imported-files")
        .env("COUNTERCLAIM_NOW", "2024-01-01T00:00:00Z");
    command
}

fn reports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record/reports.jsonl")
}

/// Runs the program in a folder; standard output, standard error, status.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = program().current_dir(folder).args(arguments).output().expect("it runs");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code(),
    )
}

fn demo(folder: &Path) {
    let (_, stderr, status) = run(folder, &["add", reports().to_str().expect("a path")]);
    assert_eq!(status, Some(0), "{stderr}");
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let (stdout, stderr, status) = run(folder, arguments);
    assert_eq!(status, Some(0), "{stderr}");
    serde_json::from_str(&stdout).expect("JSON")
}

/// The incident that tells a report as news.
fn incident_of(folder: &Path, report: &str) -> i64 {
    json(folder, &["show", "--json", report])["incidents"][0].as_i64().expect("an incident")
}

#[test]
fn adding_twice_adds_once_and_the_record_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = reports();
    let (_, stderr, status) = run(folder.path(), &["add", path.to_str().expect("a path")]);
    assert_eq!(status, Some(0));
    assert!(stderr.contains("68 added (16 copies), 0 there already, 0 failed"), "{stderr}");
    let (_, stderr, status) = run(folder.path(), &["add", path.to_str().expect("a path")]);
    assert_eq!(status, Some(0));
    assert!(stderr.contains("0 added (0 copies), 68 there already"), "{stderr}");
    let (stdout, stderr, status) = run(folder.path(), &["check"]);
    assert_eq!((stdout.as_str(), status), ("./counterclaim.db: 68 reports, nothing is wrong\n", Some(0)), "{stderr}");
}

#[test]
fn the_same_reports_give_the_same_record_on_any_number_of_threads() {
    let dump = |threads: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = reports();
        let (_, stderr, status) = run(folder.path(), &["add", path.to_str().expect("a path"), "--threads", threads]);
        assert_eq!(status, Some(0), "{stderr}");
        let mut all = String::new();
        for row in Record::open_to_read(&folder.path().join("counterclaim.db"))
            .expect("it opens")
            .incidents(&Default::default())
            .expect("rows")
        {
            all.push_str(&run(folder.path(), &["show", "--json", &row.id.to_string()]).0);
        }
        all
    };
    let one = dump("1");
    assert!(one.len() > 10_000);
    assert!(one == dump("2"));
}

#[test]
fn failed_inputs_are_named_and_the_rest_is_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).expect("written");
    write(
        "good.txt",
        b"Rebels shelled the town of Tame on Monday, the army said. The army said four soldiers were killed.",
    );
    write("empty.txt", b"");
    write("spanish.txt", "El ejército dijo que cuatro soldados murieron el lunes en un ataque contra una patrulla cerca de la ciudad, según fuentes oficiales del gobierno.".as_bytes());
    let (_, stderr, status) =
        run(folder.path(), &["add", "good.txt", "empty.txt", "spanish.txt", "none.txt", "--published", "2023-08-22"]);
    assert_eq!(status, Some(1), "{stderr}");
    assert!(stderr.contains("1 added") && stderr.contains("3 failed"), "{stderr}");
    for name in ["empty.txt", "none.txt"] {
        assert!(stderr.contains(name), "{stderr}");
    }
}

#[test]
fn nothing_committed_is_lost_when_the_program_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    // Enough reports for several transactions: each story under several names.
    let lines: Vec<String> =
        std::fs::read_to_string(reports()).expect("the reports").lines().map(str::to_owned).collect();
    let mut many = String::new();
    for turn in 0..6 {
        for line in &lines {
            let mut report: serde_json::Value = serde_json::from_str(line).expect("a report");
            report["id"] = format!("{}-{turn}", report["id"].as_str().unwrap_or_default()).into();
            report["publisher"] = format!("{} {turn}", report["publisher"].as_str().unwrap_or_default()).into();
            many.push_str(&format!("{report}\n"));
        }
    }
    std::fs::write(folder.path().join("many.jsonl"), &many).expect("written");
    let record = folder.path().join("counterclaim.db");
    let binary = assert_cmd::cargo::cargo_bin("counterclaim");
    let mut before = 0;
    for turn in 0..50u64 {
        let mut child = std::process::Command::new(&binary)
            .current_dir(folder.path())
            .args(["add", "many.jsonl"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        // From the first page written to the last transaction.
        std::thread::sleep(Duration::from_millis(20 + turn * 37 % 400));
        let _ = child.kill();
        let _ = child.wait();
        if !record.exists() {
            continue;
        }
        let opened = Record::open(&record).expect("it opens after it was killed");
        let now = opened.reports().expect("a count");
        assert!(now >= before, "{now} reports after {before}");
        before = now;
        if turn % 10 == 9 {
            assert_eq!(opened.check(&mut |_| {}).expect("checked"), []);
        }
    }
    let (_, stderr, status) = run(folder.path(), &["add", "many.jsonl"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("408 reports in all"), "{stderr}");
    assert_eq!(Record::open_to_read(&record).expect("it opens").check(&mut |_| {}).expect("checked"), []);
}

#[test]
fn files_that_cannot_be_used_say_why() {
    let folder = tempfile::tempdir().expect("a folder");
    demo(folder.path());
    let record = folder.path().join("counterclaim.db");
    let whole = std::fs::read(&record).expect("bytes");

    let of = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    of("cut.db", &whole[..whole.len() / 2]);
    of("letter.db", b"Dear editor, this is no record at all.");
    let mut scratched = whole.clone();
    for byte in &mut scratched[whole.len() / 2..whole.len() / 2 + 3_000] {
        *byte ^= 0x55;
    }
    of("scratched.db", &scratched);
    for (name, words) in [
        ("cut.db", "bytes are missing at its end"),
        ("letter.db", "is not a record"),
        ("scratched.db", "is not whole"),
        ("none.db", "there is no record"),
    ] {
        let (_, stderr, status) = run(folder.path(), &["check", "--record", name]);
        assert_eq!(status, Some(2), "{name}: {stderr}");
        assert!(stderr.contains(words) || name == "scratched.db" && stderr.contains("damaged"), "{name}: {stderr}");
    }
    assert!(!folder.path().join("none.db").exists());

    let mut permissions = record.metadata().expect("there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&record, permissions).expect("set");
    let path = reports();
    let (_, stderr, status) = run(folder.path(), &["add", path.to_str().expect("a path")]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("read-only"), "{stderr}");
    let (stdout, _, status) = run(folder.path(), &["show", "1"]);
    assert_eq!(status, Some(0));
    assert!(stdout.contains("Preah Vihear"), "{stdout}");
}

#[test]
fn an_incident_shows_ranges_with_claimants_revisions_and_contradictions() {
    let folder = tempfile::tempdir().expect("a folder");
    demo(folder.path());
    let id = incident_of(folder.path(), "qm4");
    let (stdout, _, _) = run(folder.path(), &["show", &id.to_string()]);
    for words in [
        "killed people: 29 to 36",
        "killed 18 -> 29 people",
        "figure: ",
        "copy of",
        "mentioned in",
        "violence  Quetta, PAK (settlement)  2023-10-13",
    ] {
        assert!(stdout.contains(words), "`{words}` is not in\n{stdout}");
    }
    let (stdout, _, _) = run(folder.path(), &["show", "ceasefires"]);
    assert!(
        stdout.contains("COL / COL eln") && stdout.contains("from 2023-08-03") && stdout.contains("violation"),
        "{stdout}"
    );
}

#[test]
fn search_finds_by_words_and_by_incident() {
    let folder = tempfile::tempdir().expect("a folder");
    demo(folder.path());
    let names = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["search", "--json", "--limit", "100"];
        all.extend(arguments);
        let (stdout, stderr, status) = run(folder.path(), &all);
        assert_eq!(status, Some(0), "{stderr}");
        let mut names: Vec<String> = stdout
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).expect("JSON")["name"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        names.sort();
        names
    };
    for (arguments, expected) in [
        (&["penitentiary"][..], &["pp1", "pp2", "pp3"][..]),
        (&["\"bus station\"", "Kano"], &["mg2"]),
        (&["hospital", "--area", "YEM"], &["th1", "th2", "th3", "th4", "th5"]),
        (&["--area", "GIN"], &["cp1", "cp2", "cp3", "cp4"]),
        (&["--area", "11,13,12,14", "--since", "2023-03-20"], &["mg1", "mg2", "mg3", "mg4"]),
        (&["--type", "truce"], &["at1", "at2", "at3", "at4"]),
        (&["drone*", "--until", "2023-05-01"], &["ed1", "ed2", "ed3", "ed4"]),
        (&["\"); DROP TABLE documents; --"], &[]),
    ] {
        assert_eq!(names(arguments), expected, "{arguments:?}");
    }
    assert!(names(&["--actor", "melnyk"]).contains(&"ks3".to_owned()));
    let (_, stderr, status) = run(folder.path(), &["search", "x", "--area", "nowhere"]);
    assert_eq!(status, Some(2), "{stderr}");
}

#[test]
fn reviews_are_layered_and_survive_a_new_coding() {
    let folder = tempfile::tempdir().expect("a folder");
    demo(folder.path());
    let review = |arguments: &[&str]| {
        let mut all = vec!["review", "--who", "A. Reader", "--why", "read again"];
        all.extend(arguments);
        run(folder.path(), &all)
    };
    let show = |what: &str| json(folder.path(), &["show", "--json", what]);
    let id = incident_of(folder.path(), "qm4");
    let quetta = id.to_string();
    let range = || {
        let incident = show(&quetta);
        let figures = incident["figures"].as_array().cloned().unwrap_or_default();
        let killed = figures.iter().find(|figure| figure["kind"] == "killed").cloned().unwrap_or_default();
        (killed["low"].as_i64(), killed["high"].as_i64())
    };
    assert_eq!(range(), (Some(29), Some(36)));
    let report = show("qm4");
    let document = report["id"].to_string();
    let harm = report["ledger"]["harms"].as_array().expect("harms").iter().find(|harm| harm["low"] == 36).expect("36")
        ["id"]
        .clone();
    let harm = harm.as_str().expect("a row");

    assert_eq!(review(&["correct", &document, harm, "low", "34"]).2, Some(0));
    assert_eq!(review(&["correct", &document, harm, "high", "34"]).2, Some(0));
    assert_eq!(range(), (Some(29), Some(34)));
    assert_eq!(review(&["reject", &document, harm]).2, Some(0));
    assert_eq!(range(), (Some(29), Some(29)));
    // What the machine read is still there.
    assert_eq!(show("qm4")["ledger"]["harms"], report["ledger"]["harms"]);

    let (_, stderr, status) = review(&["correct", &document, harm, "low", "many"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert_eq!(review(&["reject", &document, "h99"]).2, Some(2));
    assert_eq!(review(&["merge", &quetta, &quetta]).2, Some(2));

    // Two incidents are made one, and one report leaves another.
    let erbil = incident_of(folder.path(), "er1").to_string();
    let drones = incident_of(folder.path(), "ed1").to_string();
    assert_eq!(review(&["merge", &erbil, &drones]).2, Some(0));
    assert_eq!(incident_of(folder.path(), "er2").to_string(), drones);
    assert!(run(folder.path(), &["show", &erbil]).1.contains("was merged into"));
    let left = show("cp4")["id"].to_string();
    let conakry = incident_of(folder.path(), "cp4").to_string();
    assert_eq!(review(&["split", &conakry, &left]).2, Some(0));
    assert_ne!(incident_of(folder.path(), "cp4").to_string(), conakry);
    assert_eq!(review(&["annotate", &conakry, "police records asked for"]).2, Some(0));

    // The reports come again from another version: everything decided holds.
    let record = folder.path().join("counterclaim.db");
    let mut opened = Record::open(&record).expect("it opens");
    let ledgers: Vec<_> = (1..=68).map(|id| opened.report(id).expect("a report").ledger).collect();
    for chunk in ledgers.chunks(10) {
        opened.add(chunk, "another model").expect("added");
    }
    assert_eq!(opened.check(&mut |_| {}).expect("checked"), []);
    assert_eq!(opened.past_ledgers(1).expect("ledgers").len(), 1);
    drop(opened);
    assert_eq!(range(), (Some(29), Some(29)));
    assert_eq!(incident_of(folder.path(), "er2"), incident_of(folder.path(), "ed1"));
    assert_ne!(incident_of(folder.path(), "cp4"), incident_of(folder.path(), "cp1"));
    let (log, _, _) = run(folder.path(), &["review", "log"]);
    assert_eq!(log.lines().count(), 6, "{log}");
    assert!(log.lines().all(|line| line.contains("A. Reader") && line.contains("read again")), "{log}");
}

#[test]
fn hostile_reports_do_not_steer_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = serde_json::json!({
        "id": "x\u{1b}[31m", "publisher": "Evil\u{202e} Press", "published": "2023-08-22",
        "title": "<script>alert(1)</script>\u{1b}]0;owned\u{7}",
        "text": "Rebels shelled Tame in Colombia on Monday, killing four soldiers, the army \u{1b}[2J said. '; DROP TABLE documents; --"
    });
    std::fs::write(folder.path().join("x.jsonl"), format!("{hostile}\n")).expect("written");
    assert_eq!(run(folder.path(), &["add", "x.jsonl"]).2, Some(0));
    for arguments in [&["show", "1"][..], &["show", "report", "1"], &["search", "Tame"]] {
        let (stdout, _, status) = run(folder.path(), arguments);
        assert_eq!(status, Some(0));
        assert!(
            !stdout.contains('\u{1b}') && !stdout.contains('\u{202e}') && !stdout.contains('\u{7}'),
            "{arguments:?}: {stdout:?}"
        );
    }
    assert_eq!(run(folder.path(), &["check"]).2, Some(0));
}
