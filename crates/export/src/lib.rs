//! What leaves the record as a file: tables (CSV, JSONL, GeoJSON) with their dictionary, the ledger of a report as a page, maps as SVG,
//! situation reports.
//!
//! Start reading at `files.rs` (tables), `point.rs` (how fine a point may be) and `situation.rs` (situation reports).

mod dictionary;
pub mod digest;
mod files;
pub mod map;
pub mod page;
mod point;
pub mod situation;
pub mod words;

pub use dictionary::{Column, dictionary, dictionary_markdown};
pub use files::{ExportError, Format, export_to_folder, export_to_stream};
pub use point::{Point, point};

/// Stands below every map.
pub const BORDERS: &str = "Boundaries and names shown do not imply endorsement";
