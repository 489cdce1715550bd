//! A folder with a model opens, and a broken one says what is wrong.

use counterclaim_language::{Model, ModelError};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

/// A copy of the model's folder, changed, with the hashes of the changed files where `signed`.
fn changed(signed: bool, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Result<Model, ModelError> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut manifest = fs::read_to_string(models().join("manifest.json")).expect("the manifest");
    for file in ["vocab.txt", "model.safetensors.zst"] {
        let before = fs::read(models().join(file)).expect("a file of the model");
        let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let old = hash(&before);
        let Some(after) = change(file, before) else { continue };
        if signed {
            manifest = manifest.replace(&old, &hash(&after));
        }
        fs::write(folder.path().join(file), after).expect("written");
    }
    if let Some(manifest) = change("manifest.json", manifest.into_bytes()) {
        fs::write(folder.path().join("manifest.json"), manifest).expect("written");
    }
    Model::open(folder.path())
}

/// The message and its causes.
fn message(result: Result<Model, ModelError>) -> String {
    let error = result.expect_err("a broken model");
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    format!("{error} {cause}")
}

/// Packed weights with bytes replaced by as many others.
fn replaced(packed: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = zstd::bulk::decompress(&packed, 1 << 27).expect("packed weights");
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the bytes to replace");
    bytes[at..at + to.len()].copy_from_slice(to);
    zstd::bulk::compress(&bytes, 1).expect("packed again")
}

#[test]
fn the_shipped_folder_opens() {
    let model = Model::open(&models()).expect("the shipped model");
    assert_eq!(model.manifest().name, Model::embedded().manifest().name);
    assert_eq!(model.manifest().sha256, Model::embedded().manifest().sha256);
}

#[test]
fn missing_files_are_named() {
    assert!(message(Model::open(Path::new("/no/such/folder"))).contains("manifest.json"));
    for missing in ["vocab.txt", "model.safetensors.zst"] {
        let text = message(changed(false, |file, bytes| (file != missing).then_some(bytes)));
        assert!(text.contains(missing), "{text}");
    }
}

#[test]
fn changed_files_are_named() {
    for target in ["vocab.txt", "model.safetensors.zst"] {
        let text = message(changed(false, |file, mut bytes| {
            if file == target {
                *bytes.last_mut().expect("a byte") ^= 1;
            }
            Some(bytes)
        }));
        assert!(text.contains(target) && text.contains("hash"), "{text}");
    }
}

#[test]
fn broken_manifests_are_refused() {
    let with = |from: &'static str, to: &'static str| {
        message(changed(false, |file, bytes| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Some(if file == "manifest.json" { text.replacen(from, to, 1).into_bytes() } else { bytes })
        }))
    };
    assert!(with("{", "").contains("manifest"));
    assert!(with("counterclaim.model/1", "counterclaim.model/9").contains("counterclaim.model/9"));
    assert!(with("\"weapon\"", "\"spoon\"").contains("spoon"));
    assert!(with("\"VERB\"", "\"VERBS\"").contains("VERBS"));
    assert!(with("\"acl:relcl\"", "\"acl:other\"").contains("acl:other"));
    // One tag less than the weights have.
    assert!(with("\"NUM\",", "").contains("heads.upos"));
}

#[test]
fn weights_of_another_architecture_are_refused() {
    let with = |from: &'static [u8], to: &'static [u8]| {
        message(changed(true, |file, bytes| {
            Some(if file == "model.safetensors.zst" { replaced(bytes, from, to) } else { bytes })
        }))
    };
    assert!(with(b"parser.root\"", b"parser.ruut\"").contains("parser.root"));
    assert!(
        with(b"\"parser.arc_bias\":{\"dtype\":\"F32\"", b"\"parser.arc_bias\":{\"dtype\":\"I32\"")
            .contains("parser.arc_bias")
    );
    let cut = message(changed(true, |file, mut bytes| {
        if file == "model.safetensors.zst" {
            bytes.truncate(bytes.len() - 100);
        }
        Some(bytes)
    }));
    assert!(cut.contains("weights"), "{cut}");
    let short = message(changed(true, |file, bytes| {
        Some(if file == "vocab.txt" {
            String::from_utf8_lossy(&bytes).replacen("[UNK]", "[unk]", 1).into_bytes()
        } else {
            bytes
        })
    }));
    assert!(short.contains("vocabulary"), "{short}");
}
