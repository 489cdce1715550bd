use crate::Span;
use serde::{Deserialize, Serialize};

/// One report as received.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Identifier given by the input, else the first 16 hexadecimal digits of `sha256`.
    pub id: String,
    /// The outlet that published the report. Never called source.
    pub publisher: Option<String>,
    /// Address, when the input gave one.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Names of the authors as printed.
    pub byline: Option<String>,
    /// Place and date line at the head of the story.
    pub dateline: Option<Dateline>,
    /// When the report was published, as far as known.
    pub published: Option<Published>,
    /// ISO 639-1 code once identified (`en`), `und` when it cannot be told.
    pub language: String,
    /// The text to which all offsets refer. For plain text it is the whole decoded input, furniture included, so that offsets are
    /// offsets into the file; for HTML it is the extracted text with blocks separated by blank lines.
    pub text: String,
    /// SHA-256 of the original bytes of the report, in hexadecimal.
    pub sha256: String,
    /// Parts of `text` in order, not overlapping; what lies between is white space.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Spans of the blocks that hold the story itself.
    pub fn body(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph)
    }
}

/// A part of a document's text with one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The role of a block. Only paragraphs are coded; a title is read for context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Headline of the report.
    Title,
    /// "By Jane Doe".
    Byline,
    /// A line that only holds place and/or date.
    Dateline,
    /// Running text of the story.
    Paragraph,
    /// Crosshead inside the story.
    Subhead,
    /// No news: see [`FurnitureKind`].
    Furniture(FurnitureKind),
}

/// Kinds of page furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FurnitureKind {
    /// Name of the site or section.
    Masthead,
    /// Headline of another story.
    Teaser,
    /// Photo caption or credit.
    Credit,
    /// About the author or the agency.
    AboutAuthor,
    /// Newsletter, sharing, subscription.
    Promotion,
    /// Copyright, terms, contact lines.
    Legal,
    /// Menus, tags, dates of the page and other lines without sentences.
    Other,
}

/// "BISHKEK, Sept 16 (Agency) —" at the head of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The whole dateline with its dash.
    pub span: Span,
    /// The place name in it.
    pub place: Option<Span>,
    /// The date in it (a civil date, `YYYY-MM-DD`, year from the publication date when it lacks one).
    pub date: Option<String>,
    /// The agency in it.
    pub agency: Option<Span>,
}

/// The publication time and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// RFC 3339 instant, or a civil date `YYYY-MM-DD`.
    pub value: String,
    /// `given` (option or record field), `metadata` (HTML, JSON-LD), `text` (printed on the page), `dateline`.
    pub basis: String,
    /// Where it is printed, if it is.
    pub span: Option<Span>,
}

impl Published {
    /// The civil date, the first ten characters of the value.
    pub fn date(&self) -> &str {
        self.value.get(..10).unwrap_or(&self.value)
    }
}
