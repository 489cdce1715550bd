//! What the repository alone can measure holds its level: a score may rise, not fall (scores/ratchet.json).

use assert_cmd::Command;
use counterclaim_evaluate::{Floors, Report};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn evaluate(set: &str, path: &Path, more: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("counterclaim").expect("built");
    // The floors are those of the built-in tables.
    command.env("COUNTERCLAIM_DATA", "no-imported-files");
    command.args(["evaluate", set]).arg(path).args(more).output().expect("runs")
}

fn report(set: &str, path: &Path) -> Report {
    let output = evaluate(set, path, &["--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a report as JSON")
}

/// Other folders of stories under a name of their own.
fn stories(folder: &str) -> Report {
    let mut found = report("stories", &root().join("fixtures").join(folder));
    found.set = format!("stories_{folder}");
    found
}

fn own_sentences() -> Option<PathBuf> {
    let folder = root().join("training/data/own");
    let files = std::fs::read_dir(&folder).ok()?;
    files
        .flatten()
        .any(|file| file.file_name().to_str().is_some_and(|name| name.ends_with("-dev.ann")))
        .then_some(folder)
}

#[test]
#[expect(clippy::print_stderr, reason = "a floor to raise is no failure, and a test has no other voice")]
fn scores_hold_their_level() {
    let floors = Floors::open(&root().join("scores/ratchet.json")).expect("floors");
    let mut reports = vec![
        report("stories", &root().join("fixtures/stories")),
        stories("heldout"),
        stories("disputes"),
        stories("truces"),
        stories("registers"),
        stories("dispatches"),
        stories("agencies"),
        stories("unread"),
        stories("wires"),
        stories("wires-unread"),
        stories("agreements"),
        report("places", &root().join("fixtures/places/conflict_places.csv")),
    ];
    // Held-out sentences may be left out of a copy of the repository; the stories may not.
    if let Some(folder) = own_sentences() {
        reports.push(report("own", &folder));
        reports.push(report("no_event", &folder));
    }
    assert!(floors.has("stories"), "scores/ratchet.json has no floors for `stories`");
    let found = floors.compare(&reports);
    for risen in &found.risen {
        eprintln!("raise the floor in scores/ratchet.json: {risen}");
    }
    for report in reports.iter().filter(|report| !report.rows.is_empty() && !floors.has(&report.set)) {
        eprintln!("scores/ratchet.json has no floors for `{}`", report.set);
    }
    let fallen: Vec<String> = found.fallen.iter().map(ToString::to_string).collect();
    assert!(fallen.is_empty(), "scores fell below scores/ratchet.json:\n{}", fallen.join("\n"));
}

#[test]
fn floors_are_checked_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, text).expect("written");
        file
    };
    let sentence = "Rebels killed five soldiers near Goma on Monday, the army said.";
    let record = |id: u32| serde_json::json!({ "id": id, "text": sentence, "spans": [{ "start": 33, "end": 37, "type": "LOC" }] });
    write("ner_x/dev.jsonl", &format!("{}\n{}\n", record(1), record(2)));
    let scores = folder.path().join("scores.json");
    let scores = scores.to_str().expect("a path");
    let output = evaluate("all", folder.path(), &["--scores", scores]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let check = |floors: &str, status: i32, said: &str| {
        let output = evaluate("all", folder.path(), &["--check", floors]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    };
    // What was written holds, and tells nothing.
    check(scores, 0, "");
    for (floors, status, said) in [
        (r#"{"ner_x":{"micro F1":1.01}}"#, 1, "below its floor: ner_x, micro F1"),
        (r#"{"ner_x":{"micro F1":0.5}}"#, 0, "raise the floor: ner_x, micro F1"),
        (r#"{"ner_x":{"gone":0.5}}"#, 1, "no such row"),
        (r#"{"muc4":{"micro F1":0.5}}"#, 0, "not measured: muc4"),
        (r#"[]"#, 2, "holds no floors"),
    ] {
        let file = write("floors.json", floors);
        check(file.to_str().expect("a path"), status, said);
    }
    let table = folder.path().join("scores.md");
    evaluate("all", folder.path(), &["--scores", table.to_str().expect("a path")]);
    let table = std::fs::read_to_string(table).expect("a table");
    assert!(table.starts_with("| set |") && table.contains("| ner_x | 2 | micro F1 | 1.000 |"), "{table}");
    let both = evaluate("all", folder.path(), &["--predictions", "-"]);
    assert_eq!(both.status.code(), Some(2));
}
