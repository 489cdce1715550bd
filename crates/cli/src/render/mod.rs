//! Ledgers for people: terminal, Markdown and page, all from one digest.

mod digest;
pub mod html;
pub mod markdown;
pub mod terminal;
