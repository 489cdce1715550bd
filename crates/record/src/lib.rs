//! The record: many reports, one conflict, nothing lost.
//!
//! One SQLite file holds reports with their ledgers, what was copied from whom, incidents as sets of claims, contradictions across
//! reports, ceasefires, and what people decided about all that. [`Record::add`] takes ledgers in; the rest of [`Record`] answers
//! questions. Only this crate knows the database.
//!
//! Start reading at `add.rs` (how a report gets in), `telling.rs` (what is compared), `cluster.rs` (how incidents come to be) and
//! `fuse.rs` (what an incident says).

mod add;
mod blob;
mod browse;
mod ceasefire;
mod check;
mod cluster;
mod copies;
mod divide;
mod error;
pub mod evaluate;
mod fuse;
mod incident;
mod news;
mod party;
mod reading;
mod review;
mod search;
mod sentences;
mod similarity;
mod store;
mod tables;
mod telling;
mod terms;

pub use add::{Added, content_key};
pub use browse::{BrowseFilter, CeasefirePair, Count, Overview, PlaceName, place_claims};
pub use ceasefire::{Ceasefire, CeasefireEntry, CeasefireFilter};
pub use check::Finding;
pub use error::RecordError;
pub use fuse::{Blame, ClaimView, Confirmation, Contradiction, Figure, FigureClaim, Grade, Incident, Revision};
pub use incident::{IncidentFilter, IncidentRow, Report, ReportRow};
pub use review::{Action, Review, Reviewed};
pub use search::{Hit, SearchFilter};
pub use store::{Record, SCHEMA_VERSION};
pub use tables::{Cell, Table};

use jiff::civil::Date;

/// Days since 1970-01-01 of a date or instant as the ledger writes it; the first ten characters count.
pub fn day_of(text: &str) -> Option<i64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let epoch = Date::constant(1970, 1, 1);
    Some(i64::from(epoch.until(date).ok()?.get_days()))
}

/// The date of a day number, `YYYY-MM-DD`.
pub fn date_of(day: i64) -> String {
    let epoch = Date::constant(1970, 1, 1);
    let span = jiff::Span::new().try_days(day.clamp(-700_000, 2_900_000)).unwrap_or_default();
    epoch.checked_add(span).map_or_else(|_| day.to_string(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::{date_of, day_of};

    #[test]
    fn days_and_dates() {
        for (text, day) in [("1970-01-01", Some(0)), ("2022-09-16T10:00:00Z", Some(19251)), ("soon", None), ("", None)]
        {
            assert_eq!(day_of(text), day, "{text}");
        }
        assert_eq!(date_of(19251), "2022-09-16");
        assert_eq!(date_of(-1), "1969-12-31");
    }
}
