//! Bytes of reports to [`Document`]s: plain text, HTML pages, JSONL records.
//!
//! Only the disk can fail here. Whatever the bytes hold becomes documents and diagnostics.

mod blocks;
mod charset;
mod dates;
mod html;

pub use charset::LONGEST_TEXT;
pub use dates::parse_given as parse_date;

use counterclaim_schema::{Block, BlockKind, Diagnostic, DiagnosticCode, Document, Published, Span};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputKind {
    /// Told by name and content.
    #[default]
    Auto,
    /// Plain text.
    Text,
    /// A page.
    Html,
    /// One JSON record a line.
    Jsonl,
}

/// What is known about the reports from outside; it wins over what they say themselves.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the input is.
    pub kind: InputKind,
    /// Publication date or time.
    pub published: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Headline.
    pub title: Option<String>,
}

/// Why an input could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// There is no such file.
    #[error("there is no file `{name}`")]
    Missing {
        /// Name as given.
        name: String,
    },
    /// It is a directory.
    #[error("`{name}` is a directory; name the files in it")]
    Directory {
        /// Name as given.
        name: String,
    },
    /// The system refused.
    #[error("`{name}` cannot be read")]
    Unreadable {
        /// Name as given.
        name: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// A document with what was noticed about it.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The report.
    pub document: Document,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Ingested {
    /// Whether the document could not be read as a report: it is named and counted as failed.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| {
            matches!(
                diagnostic.code,
                DiagnosticCode::EmptyDocument
                    | DiagnosticCode::BinaryInput
                    | DiagnosticCode::NoMainText
                    | DiagnosticCode::BadRecord
            )
        })
    }
}

/// Bytes of one file beyond which the rest is not read: ten times the longest document.
const LONGEST_FILE: u64 = 50 << 20;
/// Bytes of one line of JSONL.
const LONGEST_LINE: usize = 10 << 20;

/// Reads a file; `-` is standard input.
pub fn read_path(path: &Path, options: &Options) -> Result<Vec<Ingested>, IngestError> {
    let name = path.display().to_string();
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => IngestError::Missing { name: name.clone() },
        std::io::ErrorKind::IsADirectory => IngestError::Directory { name: name.clone() },
        _ => IngestError::Unreadable { name: name.clone(), source },
    };
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let limit = if options.kind == InputKind::Jsonl { u64::MAX } else { LONGEST_FILE + 1 };
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        if path.is_dir() {
            return Err(IngestError::Directory { name });
        }
        let file = std::fs::File::open(path).map_err(unreadable)?;
        let limit = if kind_of(path, options) == InputKind::Jsonl { u64::MAX } else { LONGEST_FILE + 1 };
        file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    let options = Options { kind: kind_of(path, options), ..options.clone() };
    Ok(read_bytes(&bytes, &options))
}

fn kind_of(path: &Path, options: &Options) -> InputKind {
    if options.kind != InputKind::Auto {
        return options.kind;
    }
    match path.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase).as_deref() {
        Some("jsonl" | "ndjson") => InputKind::Jsonl,
        Some("html" | "htm" | "xhtml") => InputKind::Html,
        _ => InputKind::Auto,
    }
}

/// Reads the bytes of one input.
pub fn read_bytes(bytes: &[u8], options: &Options) -> Vec<Ingested> {
    if options.kind == InputKind::Jsonl {
        return read_jsonl(bytes, options);
    }
    let sha256 = hash(bytes);
    let mut diagnostics = Vec::new();
    let bytes = if bytes.len() as u64 > LONGEST_FILE {
        diagnostics.push(Diagnostic::new(DiagnosticCode::Truncated, None));
        &bytes[..LONGEST_FILE as usize]
    } else {
        bytes
    };
    let declared = if options.kind == InputKind::Text { None } else { html::declared_charset(bytes) };
    let (text, found) = charset::decode(bytes, declared.as_deref());
    diagnostics.extend(found);
    let text = text.unwrap_or_default();
    let is_html = options.kind == InputKind::Html || options.kind == InputKind::Auto && html::looks_like_html(&text);
    let document = if is_html && !text.trim().is_empty() {
        let text = charset::cut(text, charset::LONGEST_PAGE, &mut diagnostics);
        let (page, found) = html::read(&text);
        diagnostics.extend(found);
        page_document(page, sha256, options, &mut diagnostics)
    } else {
        let text = charset::cut(text, LONGEST_TEXT, &mut diagnostics);
        text_document(text, sha256, options, &mut diagnostics)
    };
    vec![Ingested { document, diagnostics }]
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A document of plain text; offsets are offsets of the decoded input.
fn text_document(text: String, sha256: String, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let parts = blocks::read(&text, options.title.as_deref());
    let words = |span: Span| span.of(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut document = Document {
        id: sha256[..16].to_owned(),
        publisher: parts.masthead.map(words),
        title: parts.title.map(words),
        byline: parts.byline.map(words),
        dateline: parts.dateline.clone(),
        published: parts.published.clone(),
        language: "und".to_owned(),
        sha256,
        blocks: parts.blocks,
        ..Document::default()
    };
    document.text = text;
    apply(options, &mut document, diagnostics);
    document
}

/// A document of a page: headline and paragraphs as one text, judged like any other text.
fn page_document(page: html::Page, sha256: String, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let title = options.title.clone().or(page.title.clone());
    let mut text = String::new();
    if let Some(title) = &title {
        text.push_str(title);
        text.push_str("\n\n");
    }
    let own_title = title.clone().unwrap_or_default();
    let paragraphs: Vec<&String> = page.paragraphs.iter().filter(|line| **line != own_title).collect();
    text.push_str(&paragraphs.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n\n"));
    let text = charset::cut(text, LONGEST_TEXT, diagnostics);
    let parts = blocks::read(&text, title.as_deref());
    let mut document = Document {
        id: sha256[..16].to_owned(),
        publisher: page.publisher,
        url: page.url,
        title,
        byline: page.byline.or(parts.byline.map(|span| span.of(&text).to_owned())),
        dateline: parts.dateline.clone(),
        language: "und".to_owned(),
        sha256,
        blocks: parts.blocks,
        ..Document::default()
    };
    let dated = parts.published.clone();
    let printed = |value: String| Published { value, basis: "text".to_owned(), span: None };
    document.published = match page.published {
        Some(value) => match dates::parse_given(&value) {
            Some(value) => Some(Published { value, basis: "metadata".to_owned(), span: None }),
            None => {
                diagnostics.push(Diagnostic::with(
                    DiagnosticCode::BadPublicationDate,
                    None,
                    format!("the publication date `{}` could not be read", value.chars().take(40).collect::<String>()),
                ));
                dated
            }
        },
        // A date in a line of its own beats the dateline of the story; a time element may belong to another story.
        None => parts
            .published
            .filter(|published| published.basis == "text")
            .or_else(|| page.around.iter().find_map(|line| blocks::stamp(line)).map(printed))
            .or(dated)
            .or_else(|| page.shown.as_deref().and_then(dates::parse_given).map(printed)),
    };
    document.text = text;
    apply(options, &mut document, diagnostics);
    document
}

/// What is given from outside wins.
fn apply(options: &Options, document: &mut Document, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(publisher) = &options.publisher {
        document.publisher = Some(publisher.clone());
    }
    if let Some(title) = &options.title {
        document.title = Some(title.clone());
    }
    if let Some(published) = &options.published {
        match dates::parse_given(published) {
            Some(value) => document.published = Some(Published { value, basis: "given".to_owned(), span: None }),
            None => diagnostics.push(Diagnostic::with(
                DiagnosticCode::BadPublicationDate,
                None,
                format!("the publication date `{}` could not be read", published.chars().take(40).collect::<String>()),
            )),
        }
    }
    if let (Some(dateline), Some(published)) = (&mut document.dateline, &document.published) {
        if dateline.date.is_none() {
            dateline.date =
                dates::find_partial(dateline.span.of(&document.text), published.date()).map(|found| found.value);
        }
    }
}

#[derive(Deserialize)]
struct Record {
    #[serde(default, alias = "uid")]
    id: Option<serde_json::Value>,
    #[serde(default, alias = "body", alias = "content")]
    text: Option<String>,
    #[serde(default, alias = "headline")]
    title: Option<String>,
    #[serde(default, alias = "date", alias = "published_at", alias = "datePublished")]
    published: Option<String>,
    #[serde(default, alias = "source_name", alias = "outlet")]
    publisher: Option<String>,
    #[serde(default, alias = "link")]
    url: Option<String>,
}

/// Reads records, one a line: `id, text, title, published, publisher, url`. A bad line becomes a failed document that names it.
fn read_jsonl(bytes: &[u8], options: &Options) -> Vec<Ingested> {
    let mut found = Vec::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let number = index + 1;
        let bad = |reason: String| Ingested {
            document: Document {
                id: format!("line {number}"),
                language: "und".to_owned(),
                sha256: hash(line),
                ..Document::default()
            },
            diagnostics: vec![Diagnostic::with(
                DiagnosticCode::BadRecord,
                None,
                format!("line {number} could not be read: {reason}"),
            )],
        };
        if line.len() > LONGEST_LINE {
            found.push(bad(format!("it is longer than {} MB", LONGEST_LINE >> 20)));
            continue;
        }
        let record: Record = match serde_json::from_slice(line) {
            Ok(record) => record,
            Err(error) => {
                found.push(bad(error.to_string()));
                continue;
            }
        };
        let Some(text) = record.text else {
            found.push(bad("it has no `text`".to_owned()));
            continue;
        };
        let mut own = options.clone();
        own.title = options.title.clone().or(record.title.filter(|title| !title.trim().is_empty()));
        own.published = options.published.clone().or(record.published);
        own.publisher = options.publisher.clone().or(record.publisher);
        let mut diagnostics = Vec::new();
        let (text, noticed) = charset::decode(text.as_bytes(), None);
        diagnostics.extend(noticed);
        let text = charset::cut(text.unwrap_or_default(), LONGEST_TEXT, &mut diagnostics);
        let mut document = record_document(text, hash(line), &own, &mut diagnostics);
        document.url = record.url;
        document.id = match record.id {
            Some(serde_json::Value::String(id)) if !id.is_empty() => id,
            Some(value @ serde_json::Value::Number(_)) => value.to_string(),
            _ => document.id,
        };
        found.push(Ingested { document, diagnostics });
    }
    found
}

/// A record's text holds the story; a headline given beside it is not in the text.
fn record_document(text: String, sha256: String, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Document {
    text_document(text, sha256, options, diagnostics)
}

/// A document whose text is all story, for texts that come without a page around them (gold sets, pasted paragraphs).
pub fn plain_document(id: &str, text: &str, published: Option<&str>) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let span = Span::new(from, to).trim(text);
        if !span.is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
    };
    let mut offset = 0;
    let mut blank = true;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if !blank {
                push(start, offset);
            }
            blank = true;
        } else if blank {
            start = offset;
            blank = false;
        }
        offset += line.len();
    }
    if !blank {
        push(start, text.len());
    }
    Document {
        id: id.to_owned(),
        published: published.and_then(dates::parse_given).map(|value| Published {
            value,
            basis: "given".to_owned(),
            span: None,
        }),
        language: "und".to_owned(),
        sha256: hash(text.as_bytes()),
        text: text.to_owned(),
        blocks,
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn records_and_bad_lines() {
        let lines = "{\"id\":\"a1\",\"text\":\"The army left the town on Monday after a week of clashes, it said.\",\"published\":\"2023-05-02\",\"publisher\":\"Wire\"}\n\nnot json\n{\"id\":7,\"headline\":\"x\"}\n{\"id\":8,\"body\":\"Gunmen fired at a bus near the river, police said on Tuesday evening.\",\"date\":\"yesterday\"}\n";
        let found = read_bytes(lines.as_bytes(), &Options { kind: InputKind::Jsonl, ..Options::default() });
        let failed: Vec<bool> = found.iter().map(Ingested::failed).collect();
        assert_eq!(failed, [false, true, true, false]);
        assert_eq!(found[0].document.id, "a1");
        assert_eq!(found[0].document.published.as_ref().map(|published| published.value.as_str()), Some("2023-05-02"));
        assert!(found[1].diagnostics[0].message.starts_with("line 3 "), "{}", found[1].diagnostics[0].message);
        assert!(found[2].diagnostics[0].message.contains("`text`"));
        assert_eq!(found[3].document.id, "8");
        assert_eq!(found[3].diagnostics[0].code, DiagnosticCode::BadPublicationDate);
    }

    #[test]
    fn options_win() {
        let options =
            Options { published: Some("2022-09-16".to_owned()), publisher: Some("P".to_owned()), ..Options::default() };
        let found = read_bytes(
            b"News\n\nPublished 3 May 2021\n\nThe army left the town on Monday after a week of clashes, it said.",
            &options,
        );
        let document = &found[0].document;
        assert_eq!(
            document.published.as_ref().map(|published| (published.value.as_str(), published.basis.as_str())),
            Some(("2022-09-16", "given"))
        );
        assert_eq!(document.publisher.as_deref(), Some("P"));
    }

    #[test]
    fn missing_files_and_directories_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = read_path(&folder.path().join("none.txt"), &Options::default());
        assert!(matches!(missing, Err(IngestError::Missing { .. })));
        assert!(matches!(read_path(folder.path(), &Options::default()), Err(IngestError::Directory { .. })));
    }

    #[test]
    fn offsets_of_plain_text_are_offsets_of_the_input() {
        let input = "Sé\r\n\r\nThe army left “Ñoro” on Monday after a week of clashes, it said.\r\n";
        let document = &read_bytes(input.as_bytes(), &Options::default())[0].document;
        assert_eq!(document.text, input);
        assert!(document.blocks.iter().any(|block| block.span.of(input).starts_with("The army")));
    }

    fn sound(document: &Document) {
        let mut last = 0;
        for block in &document.blocks {
            assert!(block.span.start() >= last && block.span.end() <= document.text.len());
            assert!(
                document.text.is_char_boundary(block.span.start()) && document.text.is_char_boundary(block.span.end())
            );
            last = block.span.end();
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for kind in [InputKind::Auto, InputKind::Text, InputKind::Html, InputKind::Jsonl] {
                for found in read_bytes(&bytes, &Options { kind, ..Options::default() }) {
                    sound(&found.document);
                }
            }
        }

        #[test]
        fn any_page_of_text_is_read(text in "(?s)[A-Za-z .,()“”é\n–:|/0-9<>-]{0,300}") {
            for kind in [InputKind::Text, InputKind::Html] {
                for found in read_bytes(text.as_bytes(), &Options { kind, ..Options::default() }) {
                    sound(&found.document);
                }
            }
        }
    }
}
