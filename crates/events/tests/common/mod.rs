//! Reports of paragraphs, read.

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_schema::ledger::ReportLedger;
use counterclaim_schema::{Block, BlockKind, Document, Published, Span};

/// A report of April 12, 2022, each argument a paragraph.
pub fn ledger(paragraphs: &[&str]) -> ReportLedger {
    let text = paragraphs.join("\n\n");
    let mut start = 0;
    let blocks = paragraphs
        .iter()
        .map(|paragraph| {
            let length = paragraph.chars().count();
            let span = Span::new(start, start + length);
            start += length + 2;
            Block { span, kind: BlockKind::Paragraph }
        })
        .collect();
    let document = Document {
        id: "test".to_owned(),
        published: Some(Published { value: "2022-04-12".to_owned(), basis: "given".to_owned(), span: None }),
        blocks,
        text,
        ..Document::default()
    };
    Reader::new(Model::embedded()).read(&document, &[])
}
