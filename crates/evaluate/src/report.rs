//! The outcome of an evaluation as a table.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One number of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// What is measured, such as `content F1`.
    pub name: String,
    /// The number: a share from 0 to 1, unless the name tells a unit.
    pub value: f64,
    /// 95 % bootstrap interval over records, for headline rows.
    pub interval: Option<(f64, f64)>,
    /// How many items it rests on: gold items for F1, recall and shares, answers for precision.
    pub support: usize,
    /// Less is better: errors, distances, things that should not be there.
    pub is_error: bool,
}

/// What a set gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the set.
    pub set: String,
    /// Records that were answered.
    pub records: usize,
    /// Lines that could not be read, each with its place.
    pub bad_records: Vec<String>,
    /// The scores; empty for blind files.
    pub rows: Vec<Score>,
    /// A line for each story, and the missed items when asked for.
    pub details: Vec<String>,
    /// Wall time.
    pub seconds: f64,
}

impl Report {
    /// A row by its name.
    pub fn row(&self, name: &str) -> Option<&Score> {
        self.rows.iter().find(|row| row.name == name)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.details {
            writeln!(formatter, "{line}")?;
        }
        for bad in &self.bad_records {
            writeln!(formatter, "bad record: {bad}")?;
        }
        let width = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        for row in &self.rows {
            let number = |value| number(&row.name, value);
            write!(formatter, "{:width$}  {:>9}", row.name, number(row.value))?;
            match row.interval {
                Some((low, high)) => write!(formatter, "  {:>17}", format!("{}..{}", number(low), number(high)))?,
                None => write!(formatter, "  {:>17}", "")?,
            }
            writeln!(formatter, "  {:>6}", row.support)?;
        }
        if self.rows.is_empty() {
            writeln!(formatter, "no gold, no score")?;
        }
        write!(formatter, "{}: {} records", self.set, self.records)?;
        if !self.bad_records.is_empty() {
            write!(formatter, ", {} bad", self.bad_records.len())?;
        }
        write!(formatter, ", {:.1} s", self.seconds)
    }
}

/// Shares with three decimals; a name that ends with its unit tells a number.
pub(crate) fn number(name: &str, value: f64) -> String {
    match name {
        _ if name.ends_with("(number)") => format!("{value:.0}"),
        _ if name.ends_with(')') => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}
