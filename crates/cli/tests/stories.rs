//! The stories hold their level: a score may rise, not fall.

use assert_cmd::Command;
use std::path::Path;

#[test]
fn the_stories_hold_their_level() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/stories");
    let output = Command::cargo_bin("counterclaim")
        .expect("built")
        .args(["evaluate", "stories"])
        .arg(folder)
        .arg("--json")
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let value = |name: &str| {
        let rows = report["rows"].as_array().expect("rows");
        rows.iter()
            .find(|row| row["name"] == name)
            .and_then(|row| row["value"].as_f64())
            .unwrap_or_else(|| panic!("no row `{name}`"))
    };
    for (name, least) in [
        ("complete claims F1", 0.75),
        ("events F1", 0.76),
        ("events with actors F1", 0.62),
        ("harms F1", 0.88),
        ("numbers that are no harm kept out", 0.96),
        ("times right", 0.80),
        ("places right", 0.86),
    ] {
        assert!(value(name) >= least, "{name}: {} < {least}", value(name));
    }
}
