//! The whole program: what `read` prints, what it does with bad input, and that it always prints the same.

use assert_cmd::Command;
use counterclaim_schema::ledger::{ReportLedger, TextSpan};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn program() -> Command {
    let mut command = Command::cargo_bin("counterclaim").expect("the program is built");
    command
        .env("NO_COLOR", "1")
        .env_remove("COUNTERCLAIM_KERNEL")
        .env_remove("COUNTERCLAIM_MODEL")
        .env("COUNTERCLAIM_DATA", "no-imported-files");
    command
}

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/stories");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the stories")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    found.sort();
    found
}

fn output(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = program().args(arguments).output().expect("the program runs");
    (
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code(),
    )
}

#[test]
fn every_span_of_every_story_is_a_slice_of_its_text() {
    let paths = stories();
    assert!(paths.len() >= 30, "{}", paths.len());
    let mut arguments = vec!["read", "--format", "jsonl"];
    arguments.extend(paths.iter().map(|path| path.to_str().expect("a path")));
    let (stdout, _, code) = output(&arguments);
    assert_eq!(code, Some(0));
    assert_eq!(stdout.lines().count(), paths.len());
    for line in stdout.lines() {
        // The type refuses unknown fields, so this also checks the public contract.
        let ledger: ReportLedger = serde_json::from_str(line).expect("a ledger");
        let text: Vec<char> = ledger.document.text.chars().collect();
        let check = |span: &TextSpan| {
            let words: String = text[span.start as usize..span.end as usize].iter().collect();
            assert_eq!(words, span.text);
        };
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let mut spans = 0;
        let mut queue = vec![&value];
        while let Some(item) = queue.pop() {
            match item {
                serde_json::Value::Array(items) => queue.extend(items),
                serde_json::Value::Object(fields) => {
                    if fields.len() == 3 {
                        if let Ok(span) = serde_json::from_value::<TextSpan>(item.clone()) {
                            check(&span);
                            spans += 1;
                        }
                    }
                    queue.extend(fields.values());
                }
                _ => {}
            }
        }
        assert!(spans > 20, "{}: {spans} spans", ledger.document.id);
        let ids: Vec<&str> = ledger.actors.iter().map(|actor| actor.id.as_str()).collect();
        for claim in &ledger.claims {
            assert!(claim.claimant.as_deref().is_none_or(|id| ids.contains(&id)));
        }
        for harm in &ledger.harms {
            assert!(harm.low.zip(harm.high).is_none_or(|(low, high)| low <= high));
        }
        let furniture: Vec<(u32, u32)> = ledger
            .document
            .blocks
            .iter()
            .filter(|block| block.kind == "furniture")
            .map(|block| (block.start, block.end))
            .collect();
        for event in &ledger.events {
            assert!(
                !furniture.iter().any(|(start, end)| event.trigger.start < *end && *start < event.trigger.end),
                "{:?}",
                event.trigger
            );
        }
    }
}

#[test]
fn one_and_two_threads_and_all_kernels_print_the_same() {
    let paths = stories();
    let mut arguments = vec!["read", "--format", "jsonl"];
    arguments.extend(paths.iter().take(4).map(|path| path.to_str().expect("a path")));
    let expected = output(&arguments).0;
    for threads in ["1", "2"] {
        let mut with = vec!["--threads", threads];
        with.extend(&arguments);
        assert_eq!(output(&with).0, expected, "{threads} threads");
    }
    for kernel in ["scalar", "avx2", "vnni"] {
        let other = program().args(&arguments).env("COUNTERCLAIM_KERNEL", kernel).output().expect("the program runs");
        assert_eq!(String::from_utf8_lossy(&other.stdout), expected, "{kernel}");
    }
}

#[test]
fn text_fits_its_width() {
    let paths = stories();
    for width in ["80", "160"] {
        let (stdout, _, _) = output(&["read", paths[0].to_str().expect("a path"), "--width", width]);
        let limit: usize = width.parse().expect("a number");
        for line in stdout.lines() {
            assert!(line.chars().count() <= limit, "{line}");
        }
        assert!(stdout.contains("WHAT IS TOLD"));
    }
}

#[test]
fn formats_hold_the_claimants() {
    let story = stories().into_iter().find(|path| path.ends_with("line-of-control.txt")).expect("the story");
    let story = story.to_str().expect("a path");
    for format in ["text", "md", "html", "json"] {
        let (stdout, _, code) = output(&["read", story, "--format", format]);
        assert_eq!(code, Some(0), "{format}");
        assert!(stdout.contains("PAK") && stdout.contains("IND"), "{format}");
    }
}

#[test]
fn formats_tell_which_agreement_is_of_the_past() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("truce.txt");
    let report = "Sudan's army and the Rapid Support Forces began a three-day ceasefire in Khartoum on Monday, their mediators said.\n\n\
                  Markets reopened on Tuesday and residents queued for bread.\n\n\
                  An earlier truce, signed in May 2021, collapsed in October 2021.\n";
    std::fs::write(&path, report).expect("written");
    let path = path.to_str().expect("a path");
    for (format, past) in [("text", "of the past"), ("md", "of the past"), ("html", "past ceasefire")] {
        let (stdout, _, code) = output(&["read", path, "--published", "2024-05-07", "--format", format]);
        assert_eq!(code, Some(0), "{format}");
        for words in [past, "2021-10", "collapsed in October 2021"] {
            assert!(stdout.contains(words), "{format} {words}");
        }
        assert!(stdout.contains("until"), "{format}");
    }
}

#[test]
fn formats_tell_who_alleges_a_breach_and_what_was_agreed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("truce.txt");
    let report = "KHARTOUM, May 7, 2024 (Wire) - Sudan's army and the Rapid Support Forces signed a three-day ceasefire on Sunday under which both must open the road to Omdurman.\n\n\
                  The army accused the Rapid Support Forces of shelling a market on Monday in breach of the ceasefire.\n";
    std::fs::write(&path, report).expect("written");
    let path = path.to_str().expect("a path");
    for format in ["text", "md", "html"] {
        let (stdout, _, code) = output(&["read", path, "--format", format]);
        assert_eq!(code, Some(0), "{format}");
        let told = stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in ["alleged by", "against", "shelling a market", "open the road to Omdurman"] {
            assert!(told.contains(words), "{format} {words}: {told}");
        }
    }
}

fn check_bad(name: &str, bytes: &[u8], code: i32, word: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let clock = Instant::now();
    let (stdout, stderr, found) = output(&["read", path.to_str().expect("a path"), "--format", "json"]);
    assert_eq!(found, Some(code), "{name}: {stderr}");
    assert!(stdout.contains(word) || stderr.contains(word), "{name}: {stderr}");
    assert!(!stderr.contains("panicked"), "{name}: {stderr}");
    assert!(clock.elapsed() < Duration::from_secs(90), "{name}: {:?}", clock.elapsed());
}

#[test]
fn bad_input_is_named() {
    check_bad("empty.txt", b"", 1, "CC0101");
    check_bad("spaces.txt", b" \n\t \n", 1, "CC0101");
    check_bad("file.pdf", b"%PDF-1.7\n\x00\x01\x02", 1, "CC0104");
    check_bad("zeros.bin", &[0u8; 4096], 1, "CC01");
    check_bad(
        "broken.txt",
        b"The army said on Friday that rebels had fired at \xff\xfe its posts near the river.",
        0,
        "CC01",
    );
    check_bad(
        "utf16.txt",
        &"\u{feff}The army said on Friday that rebels had fired at its posts."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>(),
        0,
        "fired",
    );
    check_bad(
        "nul.txt",
        b"The army said on\x00 Friday that rebels had fired at its posts near the river.",
        0,
        "CC0106",
    );
    check_bad(
        "russian.txt",
        "Армия сообщила в пятницу, что она вернула город, захваченный повстанцами неделю назад.".as_bytes(),
        1,
        "CC0201",
    );
    check_bad(
        "bad.jsonl",
        b"{\"text\": \"The army said on Friday that rebels had fired at its posts.\"}\nnot json\n",
        1,
        "line 2",
    );
    let deep = format!(
        "<html><body>{}<p>The army said on Friday that rebels had fired at its posts.</p></body></html>",
        "<div>".repeat(100_000)
    );
    check_bad("deep.html", deep.as_bytes(), 0, "CC0111");
}

#[test]
fn long_input_is_bounded() {
    // One line of 10 MB without a stop, and many paragraphs: both are cut at the limit and say so.
    check_bad("line.txt", "a ".repeat(5 << 20).as_bytes(), 0, "CC0105");
}

#[test]
fn missing_files_and_directories_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, stderr, code) = output(&["read", folder.path().to_str().expect("a path")]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("is a directory"), "{stderr}");
    let (_, stderr, code) = output(&["read", folder.path().join("none.txt").to_str().expect("a path")]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("there is no file"), "{stderr}");
    let (_, stderr, code) = output(&["read", "x.txt", "--published", "soon"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("is no date"), "{stderr}");
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let story = stories()[0].clone();
    let (stdout, stderr, code) =
        output(&["read", "/nonexistent/none.txt", story.to_str().expect("a path"), "--format", "jsonl"]);
    assert_eq!(code, Some(1));
    assert_eq!(stdout.lines().count(), 1);
    assert!(stderr.contains("1 of 2"), "{stderr}");
}

#[test]
fn words_of_strangers_do_not_steer_the_terminal() {
    let text = "\u{1b}[2JRebels \u{202e}fired\n\nThe army said on Friday that \u{1b}]0;x\u{7}rebels had \u{200b}fired at its posts near Goma, killing 5 soldiers.\n\n<script>alert(1)</script> \"The army lied,\" a rebel said on Friday in Goma.";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("hostile.txt");
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("a path");
    let (stdout, _, _) = output(&["read", path]);
    assert!(!stdout.contains('\u{1b}') && !stdout.contains('\u{202e}') && !stdout.contains('\u{200b}'), "{stdout:?}");
    let (page, _, _) = output(&["read", path, "--format", "html"]);
    assert!(!page.contains("<script"), "markup is escaped");
    let (markdown, _, _) = output(&["read", path, "--format", "md"]);
    assert!(!markdown.contains("<script"), "markup is escaped");
}

#[test]
fn who_only_suffered_is_not_shown_as_the_doer() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.txt");
    std::fs::write(&file, "Two soldiers were killed on Monday near Goma, a Congolese army spokesman said.")
        .expect("written");
    for format in ["html", "text"] {
        let (page, _, _) = output(&["read", file.to_str().expect("a path"), "--format", format]);
        let line = page.lines().find(|line| line.contains("Two soldiers") && line.contains("nobody named"));
        assert!(line.is_some(), "{format}: {page}");
    }
}

#[test]
fn standard_input_is_read() {
    let output = program()
        .args(["read", "-", "--format", "json", "--published", "2022-09-16"])
        .write_stdin("The army said on Friday that rebels had killed five soldiers near Goma.")
        .output()
        .expect("runs");
    let ledger: ReportLedger = serde_json::from_slice(&output.stdout).expect("a ledger");
    assert_eq!(ledger.harms.first().and_then(|harm| harm.low), Some(5));
    assert_eq!(ledger.times.first().map(|time| time.value.as_str()), Some("2022-09-16"));
}

#[test]
fn the_terminal_says_whom_a_breach_is_laid_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("market.txt");
    let text = "Truce of Mokwa frays\n\nMOKWA, Nigeria, 12 May 2024 (Test Wire) - Six people were killed when gunmen rode into the market of Mokwa on Friday, the growers' union said.\n\n\
        The state government announced a truce between growers and herders from 6 pm on Saturday. The growers' union said herders broke it within the hour.\n";
    std::fs::write(&path, text).expect("a report");
    let (stdout, _, code) = output(&["read", path.to_str().expect("a path")]);
    assert_eq!(code, Some(0));
    let told = stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("union [NGA/LAB] against herders"), "{stdout}");
}
