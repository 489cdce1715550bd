//! Pages of several designs: headline, date and outlet, and every paragraph of the story and none besides.

use counterclaim_ingest::{Options, read_path};
use counterclaim_schema::BlockKind;
use serde_json::Value;
use std::path::Path;

#[test]
fn pages_of_several_designs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/html");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("fixtures").filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut misses = Vec::new();
    let mut pages = 0;
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "html")) {
        let gold: Value =
            serde_json::from_str(&std::fs::read_to_string(path.with_extension("json")).expect("the gold beside it"))
                .expect("JSON");
        let found = read_path(path, &Options::default()).expect("readable").remove(0);
        let document = &found.document;
        pages += 1;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut compare = |what: &str, value: Option<&str>| {
            if value != gold[what].as_str() {
                misses.push(format!("{name}: {what} {value:?}, not {}", gold[what]));
            }
        };
        compare("title", document.title.as_deref());
        compare("published", document.published.as_ref().map(|published| published.value.as_str()));
        compare("publisher", document.publisher.as_deref());
        let paragraphs: Vec<&str> = document
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
            .map(|block| block.span.of(&document.text))
            .collect();
        let expected: Vec<&str> =
            gold["paragraphs"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        misses.extend(
            expected.iter().filter(|words| !paragraphs.contains(words)).map(|words| format!("{name}: lost {words:?}")),
        );
        misses.extend(
            paragraphs.iter().filter(|words| !expected.contains(words)).map(|words| format!("{name}: read {words:?}")),
        );
        if found.failed() != expected.is_empty() {
            misses.push(format!("{name}: failed {}", found.failed()));
        }
    }
    assert!(pages >= 8, "{pages}");
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}
