//! Ledgers for people: terminal and Markdown; the page is in `counterclaim_export`.

pub mod markdown;
pub mod terminal;
