//! Floors below which scores must not fall.

use crate::EvaluateError;
use crate::report::Report;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// How far a score may fall before it counts: less than one item in most sets, and what another order of sums could move.
const SLACK: f64 = 0.002;
/// How far a score rises before its floor should follow.
const RISE: f64 = 0.01;

/// Floors by set and metric; for errors, where less is better, ceilings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Floors(BTreeMap<String, BTreeMap<String, f64>>);

/// A score that left its floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Set.
    pub set: String,
    /// Metric.
    pub metric: String,
    /// What is written down.
    pub floor: f64,
    /// What was measured; none when the set has no such row any more.
    pub value: Option<f64>,
}

impl fmt::Display for Move {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {}: ", self.set, self.metric)?;
        match self.value {
            Some(value) => write!(formatter, "{value:.4}, floor {:.4}", self.floor),
            None => write!(formatter, "no such row, floor {:.4}", self.floor),
        }
    }
}

/// Scores against their floors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Worse than the floor allows, or gone.
    pub fallen: Vec<Move>,
    /// So much better that the floor should follow.
    pub risen: Vec<Move>,
    /// Sets with floors of which nothing was measured.
    pub absent: Vec<String>,
}

impl Floors {
    /// Reads floors: `{"set": {"metric": number}}`.
    ///
    /// # Errors
    /// A file that cannot be read or is not of this form.
    pub fn open(path: &Path) -> Result<Floors, EvaluateError> {
        let name = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|source| EvaluateError::Unreadable { path: name(), source })?;
        serde_json::from_slice(&bytes).map_err(|source| EvaluateError::BadFloors { path: name(), source })
    }

    /// The headline rows of reports as floors, with four decimals; reports without a score give none.
    pub fn of(reports: &[Report]) -> Floors {
        let rounded = |value: f64| (value * 10_000.0).round() / 10_000.0;
        let of_report = |report: &Report| {
            let rows = report.rows.iter().filter(|row| row.interval.is_some());
            (report.set.clone(), rows.map(|row| (row.name.clone(), rounded(row.value))).collect())
        };
        Floors(reports.iter().filter(|report| !report.rows.is_empty()).map(of_report).collect())
    }

    /// The floors as they are kept: sorted, indented.
    pub fn text(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// Whether a set has floors.
    pub fn has(&self, set: &str) -> bool {
        self.0.contains_key(set)
    }

    /// Compares reports with the floors of their sets. Sets without floors, and rows without a floor, are free.
    pub fn compare(&self, reports: &[Report]) -> Comparison {
        let mut comparison = Comparison::default();
        for (set, floors) in &self.0 {
            let Some(report) = reports.iter().find(|report| report.set == *set && !report.rows.is_empty()) else {
                comparison.absent.push(set.clone());
                continue;
            };
            for (metric, &floor) in floors {
                let row = report.row(metric);
                let moved = Move { set: set.clone(), metric: metric.clone(), floor, value: row.map(|row| row.value) };
                // Rates and distances are no shares: what is much there follows their size.
                let scale = floor.abs().max(1.0);
                let gain = row
                    .map_or(f64::NEG_INFINITY, |row| if row.is_error { floor - row.value } else { row.value - floor });
                if gain.is_nan() || gain < -SLACK * scale {
                    comparison.fallen.push(moved);
                } else if gain > RISE * scale {
                    comparison.risen.push(moved);
                }
            }
        }
        comparison
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Score;

    fn report(name: &str, value: f64, is_error: bool) -> Report {
        let row = Score { name: name.to_owned(), value, interval: Some((value, value)), support: 1, is_error };
        Report {
            set: "s".to_owned(),
            records: 1,
            bad_records: Vec::new(),
            rows: vec![row],
            details: Vec::new(),
            seconds: 0.0,
        }
    }

    #[test]
    fn falls_and_rises() {
        let floors: Floors = serde_json::from_str(r#"{"s":{"F1":0.5}}"#).expect("floors");
        let check = |value: f64, is_error: bool, fallen: usize, risen: usize| {
            let found = floors.compare(&[report("F1", value, is_error)]);
            assert_eq!((found.fallen.len(), found.risen.len()), (fallen, risen), "{value}");
        };
        check(0.5, false, 0, 0);
        check(0.4985, false, 0, 0);
        check(0.497, false, 1, 0);
        check(0.509, false, 0, 0);
        check(0.52, false, 0, 1);
        check(0.497, true, 0, 0);
        check(0.48, true, 0, 1);
        check(0.51, true, 1, 0);
        check(f64::NAN, false, 1, 0);
    }

    #[test]
    fn what_is_gone_is_told() {
        let floors: Floors = serde_json::from_str(r#"{"s":{"F1":0.5},"t":{"F1":0.5}}"#).expect("floors");
        let found = floors.compare(&[report("recall", 0.5, false)]);
        assert_eq!((found.fallen.len(), found.absent.clone()), (1, vec!["t".to_owned()]));
        assert!(found.fallen[0].to_string().contains("no such row"));
    }

    #[test]
    fn written_floors_hold_what_was_measured() {
        let reports = [report("F1", 0.123_449, false)];
        let floors = Floors::of(&reports);
        let again: Floors = serde_json::from_str(&floors.text()).expect("floors");
        assert_eq!(again, floors);
        assert!(floors.compare(&reports).fallen.is_empty());
        assert!(floors.text().contains("0.1234"));
    }
}
