//! Sets from file to report with the embedded model.

use counterclaim_evaluate::{EvaluateError, Options, Report, run};
use counterclaim_language::Model;
use std::path::Path;

fn go(set: &str, path: &Path, options: &Options) -> Report {
    run(set, path, options, Model::embedded()).expect("the set runs")
}

const SENTENCE: &str = "Rebels killed five soldiers near Goma on Monday, the army said.";

/// Sets that answer single records.
const SETS: [&str; 20] = [
    "polnear",
    "polnear_sent",
    "ner_any",
    "timeml",
    "toponyms_any",
    "plover_gsr",
    "plover_plv",
    "muc4",
    "gum",
    "re3d",
    "factuality",
    "event_location",
    "case21_acled",
    "cameo_roles",
    "cameo_penta",
    "rams",
    "wikievents",
    "ecbplus",
    "claimdiff",
    "ledger",
];

#[test]
fn blind_files_are_answered_and_not_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("blind.jsonl");
    let odd = ["", "   \n\n", "\u{1f4a3}\u{301}\r\n\0 x", "A", "“”", "….'s"];
    let mut lines = format!("{{\"id\":\"a\",\"text\":{SENTENCE:?},\"meta\":{{\"dct\":\"2023-05-03\"}}}}\n");
    for (index, text) in odd.iter().enumerate() {
        lines.push_str(
            &serde_json::json!({ "id": format!("odd{index}"), "text": text, "meta": { "date": "yesterday" } })
                .to_string(),
        );
        lines.push('\n');
    }
    std::fs::write(&records, lines).expect("written");
    for set in SETS {
        let predictions = folder.path().join("answers.jsonl");
        let report = go(set, &records, &Options { predictions: Some(predictions.clone()), ..Options::default() });
        assert_eq!((report.records, report.rows.len(), report.bad_records.len()), (7, 0, 0), "{set}");
        let answers = std::fs::read_to_string(&predictions).expect("answers");
        let ids: Vec<String> = answers
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_str().expect("an id").to_owned()
            })
            .collect();
        assert_eq!(ids, ["a", "odd0", "odd1", "odd2", "odd3", "odd4", "odd5"], "{set}");
        assert!(report.to_string().starts_with("no gold, no score\n"), "{set}");
    }
}

#[test]
fn answers_of_one_run_are_the_gold_of_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let blind = folder.path().join("blind.jsonl");
    let text = format!("{SENTENCE} Ann Roe, a doctor in Paris, denied it in May 2020.");
    std::fs::write(&blind, serde_json::json!({ "id": "a", "text": text, "meta": {} }).to_string()).expect("written");
    // Where gold has the form of the answer, the program agrees with itself fully.
    for (set, row) in [("polnear", "micro F1"), ("ner_any", "micro F1"), ("gum", "micro F1"), ("re3d", "micro F1")] {
        let predictions = folder.path().join("answers.jsonl");
        go(set, &blind, &Options { predictions: Some(predictions.clone()), ..Options::default() });
        let mut gold: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&predictions).expect("answers")).expect("JSON");
        gold["text"] = text.clone().into();
        std::fs::write(&predictions, gold.to_string()).expect("written");
        let report = go(set, &predictions, &Options::default());
        let score = report.row(row).unwrap_or_else(|| panic!("{set} has no {row}"));
        assert!(score.value == 1.0 && score.support > 0, "{set}: {score:?}");
    }
}

#[test]
fn given_toponyms_are_all_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("given.jsonl");
    let at = SENTENCE.find("Goma").expect("a place");
    // The second span lies outside of the text and the third is empty.
    let spans = serde_json::json!([{ "start": at, "end": at + 4, "type": "toponym" }, { "start": 60, "end": 900, "type": "toponym" }, { "start": 3, "end": 3, "type": "toponym" }]);
    std::fs::write(&records, serde_json::json!({ "id": "a", "text": SENTENCE, "spans": spans }).to_string())
        .expect("written");
    let predictions = folder.path().join("answers.jsonl");
    let report = go(
        "toponyms_any",
        &records,
        &Options { given: true, predictions: Some(predictions.clone()), ..Options::default() },
    );
    assert!(report.rows.is_empty(), "spans without coordinates are no gold");
    let answer: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&predictions).expect("answers")).expect("JSON");
    assert_eq!(answer["toponyms"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer["toponyms"][0]["country"], "COD");
}

#[test]
fn given_spans_are_all_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("given.jsonl");
    for (set, kind, list) in
        [("factuality", "event", "events"), ("rams", "trigger", "events"), ("ecbplus", "ACTION_OCCURRENCE", "events")]
    {
        let spans =
            serde_json::json!([{ "start": 7, "end": 13, "type": kind }, { "start": 57, "end": 61, "type": kind }]);
        std::fs::write(&records, serde_json::json!({ "id": "a", "text": SENTENCE, "spans": spans }).to_string())
            .expect("written");
        let predictions = folder.path().join("answers.jsonl");
        let report =
            go(set, &records, &Options { given: true, predictions: Some(predictions.clone()), ..Options::default() });
        assert!(report.rows.is_empty(), "{set} holds no gold");
        let answer: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&predictions).expect("answers")).expect("JSON");
        let starts: Vec<_> =
            answer[list].as_array().expect("a list").iter().map(|event| event["start"].as_u64()).collect();
        assert_eq!(starts, [Some(7), Some(57)], "{set}");
    }
    let spans = serde_json::json!([{ "start": 7, "end": 13, "type": "verb" }]);
    std::fs::write(&records, serde_json::json!({ "id": "a", "text": SENTENCE, "spans": spans }).to_string())
        .expect("written");
    let predictions = folder.path().join("answers.jsonl");
    go("event_location", &records, &Options { predictions: Some(predictions.clone()), ..Options::default() });
    let answer: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&predictions).expect("answers")).expect("JSON");
    assert_eq!(answer["location"], serde_json::json!([[33, 37]]));
}

#[test]
fn sets_below_a_folder_run_together() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, spans) in [
        ("ner_one", serde_json::json!([{ "start": 33, "end": 37, "type": "LOC" }])),
        ("gum", serde_json::json!([])),
        ("unknown", serde_json::json!([])),
        ("toponyms_x", serde_json::json!([{ "start": 33, "end": 37, "type": "toponym", "lat": -1.6, "lon": 29.2 }])),
    ] {
        std::fs::create_dir(folder.path().join(name)).expect("a folder");
        std::fs::write(
            folder.path().join(name).join("dev.jsonl"),
            serde_json::json!({ "id": "GUM_whow_x", "text": SENTENCE, "spans": spans }).to_string(),
        )
        .expect("written");
    }
    let reports = counterclaim_evaluate::run_all(folder.path(), &Options::default(), Model::embedded()).expect("sets");
    let sets: Vec<&str> = reports.iter().map(|report| report.set.as_str()).collect();
    assert_eq!(sets, ["ner_one", "toponyms_x", "toponyms_x --given", "gum", "no_event"]);
    let empty = tempfile::tempdir().expect("a folder");
    let error = counterclaim_evaluate::run_all(empty.path(), &Options::default(), Model::embedded());
    assert!(matches!(error, Err(EvaluateError::NoRecords { .. })));
}

#[test]
fn bad_lines_are_named_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("some.jsonl");
    let good = serde_json::json!({ "id": 7, "text": SENTENCE, "spans": [] }).to_string();
    std::fs::write(
        &records,
        format!("{good}\n\nnot json\n{{\"text\":\"x\"}}\n{{\"id\":\"b\"}}\n[1]\n{good}\n\u{feff}"),
    )
    .expect("written");
    let report = go("ner", &records, &Options::default());
    assert_eq!((report.records, report.bad_records.len()), (2, 5));
    assert!(report.bad_records[0].contains("line 3: "), "{}", report.bad_records[0]);
    assert!(report.bad_records[1].ends_with("line 4: it has no `id`"), "{}", report.bad_records[1]);
    assert!(report.bad_records[2].ends_with("line 5: it has no `text`"), "{}", report.bad_records[2]);
    assert!(report.to_string().contains("2 records, 5 bad"));
}

#[test]
fn spans_of_any_shape_are_no_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("odd.jsonl");
    let odd = serde_json::json!([{ "start": -1, "end": 4 }, { "start": 0, "end": 900, "type": "event", "value": 1 }, { "start": 900, "end": 1, "type": "verb" },
        { "start": 63, "end": 63, "type": "trigger", "id": "t", "event": 5 }, { "start": 3, "end": 8, "type": "ACTION", "cluster": 5 }, { "start": 0, "end": 1, "type": "location" }, { "start": 9, "end": 2, "type": "PER", "lat": 1, "lon": 2 }, 5, null, { "start": 1, "end": 5_000_000_000u64, "type": "toponym", "lat": "x" }]);
    let record = serde_json::json!({ "id": "a", "text": SENTENCE, "spans": odd, "events": [1, {}, { "id": "t", "type": "", "arguments": [{}, { "role": "x", "entity": "t" }] }, { "acled": [], "penta": -1 }], "sentences": [[1], 4, [0, 9, "x"]], "meta": { "subtopic": 5, "corpus": [] }, "weakens": -1, "strengthens": "no", "attributions": [{ "cue": 1 }, []], "roles": { "Victim": 3 }, "casualties": [{}], "templates": [null] });
    std::fs::write(&records, record.to_string()).expect("written");
    for set in SETS.into_iter().chain(["no_event", "own"]) {
        for given in [false, true] {
            go(set, &records, &Options { given, verbose: true, ..Options::default() });
        }
    }
}

#[test]
fn folders_and_stories() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["ner_one", "ner_two", "nerves", "timeml"] {
        std::fs::create_dir(folder.path().join(name)).expect("a folder");
        std::fs::write(
            folder.path().join(name).join("dev.jsonl"),
            serde_json::json!({ "id": name, "text": SENTENCE, "spans": [] }).to_string(),
        )
        .expect("written");
    }
    assert_eq!(go("ner", folder.path(), &Options::default()).records, 2);
    assert_eq!(go("ner_two", folder.path(), &Options::default()).records, 1);
    assert_eq!(go("timeml", &folder.path().join("timeml"), &Options::default()).records, 1);
    let page = folder.path().join("page.txt");
    std::fs::write(&page, SENTENCE).expect("written");
    assert!(go("stories", &page, &Options::default()).rows.is_empty());
    let gold = serde_json::json!({ "document": { "published": "2023-05-03", "dct_basis": "given with the task" }, "times": [{ "span": { "start": 38, "end": 47, "text": "on Monday" }, "value": "2023-05-01" }] });
    std::fs::write(folder.path().join("page.gold.json"), gold.to_string()).expect("written");
    let report = go("stories", folder.path(), &Options { verbose: true, ..Options::default() });
    assert_eq!(report.row("times right").map(|row| row.value), Some(1.0));
    assert_eq!(report.row("document: date right").map(|row| row.value), Some(1.0));
    assert!(report.details.iter().any(|line| line.starts_with("page  ")), "{:?}", report.details);
}

#[test]
fn what_cannot_run_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let error =
        |set: &str, path: &Path| run(set, path, &Options::default(), Model::embedded()).expect_err("it cannot run");
    assert!(matches!(error("nothing", folder.path()), EvaluateError::UnknownSet { .. }));
    assert!(matches!(error("ner", folder.path()), EvaluateError::NoRecords { .. }));
    assert!(matches!(error("ner", &folder.path().join("none.jsonl")), EvaluateError::Unreadable { .. }));
    assert!(matches!(error("stories", folder.path()), EvaluateError::NoRecords { .. }));
}
