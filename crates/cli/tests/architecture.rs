//! One direction of data: a crate uses only those to its left, and only those that ARCHITECTURE.md names.

use std::path::Path;
use std::process::Command;

const ORDER: &[&str] = &[
    "schema",
    "ingest",
    "text",
    "language",
    "knowledge",
    "claims",
    "events",
    "record",
    "evaluate",
    "export",
    "serve",
    "cli",
];

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("metadata")
}

/// Ordinary dependencies among our crates as (user, used).
fn edges() -> Vec<(String, String)> {
    let metadata = metadata();
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(user) = name.strip_prefix("counterclaim-") else { continue };
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let used = dependency["name"].as_str().unwrap_or_default();
            if let (Some(used), true) = (used.strip_prefix("counterclaim-"), dependency["kind"].is_null()) {
                found.push((user.to_owned(), used.to_owned()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn crates_use_only_those_to_their_left() {
    let edges = edges();
    assert!(edges.len() > 10);
    for (user, used) in &edges {
        let place = |name: &str| {
            ORDER.iter().position(|known| *known == name).unwrap_or_else(|| panic!("`{name}` is not in the order"))
        };
        assert!(place(used) < place(user), "{user} uses {used}");
    }
}

#[test]
fn the_document_names_every_edge() {
    let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ARCHITECTURE.md"))
        .expect("ARCHITECTURE.md");
    for (user, used) in edges() {
        let row = document
            .lines()
            .find(|line| line.starts_with(&format!("| `{user}` |")))
            .unwrap_or_else(|| panic!("no row for `{user}`"));
        assert!(row.contains(&format!("`{used}`")), "the row of `{user}` does not name `{used}`");
    }
}

#[test]
fn only_the_right_crates_touch_the_network_or_a_database() {
    for package in metadata()["packages"].as_array().expect("packages") {
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let name = dependency["name"].as_str().unwrap_or_default();
            let is = |user: &str| package["name"].as_str() == Some(user);
            let allowed = match name {
                "ureq" | "reqwest" | "chrono" => false,
                "tokio" | "axum" => is("counterclaim-serve"),
                "rusqlite" => is("counterclaim-record"),
                _ => true,
            };
            assert!(allowed, "{} uses {name}", package["name"]);
        }
    }
}

#[test]
fn every_diagnostic_and_command_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap_or_default();
    let diagnostics = read("docs/reference/diagnostics.md");
    for code in counterclaim_schema::DiagnosticCode::ALL {
        assert!(diagnostics.contains(code.code()), "{} is not in docs/reference/diagnostics.md", code.code());
    }
    let commands = read("docs/reference/commands.md");
    for command in [
        "read",
        "add",
        "check",
        "show",
        "search",
        "serve",
        "report",
        "export",
        "review",
        "evaluate",
        "config show",
        "schema",
        "completions",
    ] {
        assert!(
            commands.contains(&format!("counterclaim {command}")),
            "`{command}` is not in docs/reference/commands.md"
        );
    }
}
