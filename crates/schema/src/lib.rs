//! The vocabulary of Counterclaim as types.
//!
//! Two families live here. The *internal* types ([`Span`], [`Mention`], [`Attribution`], [`Document`] ...) are what stages hand to
//! each other; their offsets are bytes of [`Document::text`]. The *public* types in [`ledger`] are the JSON that leaves the program;
//! their offsets count Unicode code points. [`CodePoints`] converts between the two, in one place.
//!
//! No input or output happens in this crate, and nothing in it can fail on bad text.

mod code_points;
mod diagnostic;
mod document;
mod language;
pub mod ledger;
mod span;

pub use code_points::CodePoints;
pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use document::{Block, BlockKind, Dateline, Document, FurnitureKind, Published};
pub use language::{Attribution, Mention, MentionKind};
pub use span::Span;
