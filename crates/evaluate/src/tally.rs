//! Counts of right answers, the scores made of them, and bootstrap intervals.

use crate::report::Score;
use std::collections::BTreeMap;

/// Right answers among answers and gold items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Answers that are right, each matched to one gold item.
    pub correct: usize,
    /// Answers.
    pub predicted: usize,
    /// Gold items.
    pub gold: usize,
}

impl Count {
    /// A count.
    pub fn new(correct: usize, predicted: usize, gold: usize) -> Count {
        Count { correct, predicted, gold }
    }

    /// Right answers for each answer.
    pub fn precision(self) -> f64 {
        share(self.correct, self.predicted)
    }

    /// Right answers for each gold item.
    pub fn recall(self) -> f64 {
        share(self.correct, self.gold)
    }

    /// Harmonic mean of precision and recall: twice the right ones for answers and gold together.
    pub fn f1(self) -> f64 {
        share(2 * self.correct, self.predicted + self.gold)
    }

    fn add(&mut self, other: Count) {
        self.correct += other.correct;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What one record gave.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counts: BTreeMap<String, Count>,
    /// Errors of distance in kilometers.
    pub distances: Vec<f64>,
    /// A line about the record, for sets whose records are worth one.
    pub line: Option<String>,
    /// Gold items that were missed and answers that were wrong, with their words.
    pub missed: Vec<String>,
}

impl Tally {
    /// Adds to the count of a name.
    pub fn add(&mut self, name: &str, count: Count) {
        self.counts.entry(name.to_owned()).or_default().add(count);
    }

    /// Adds one yes or no.
    pub fn add_share(&mut self, name: &str, right: usize, of: usize) {
        self.add(name, Count::new(right, of, of));
    }

    /// The count of a name.
    pub fn count(&self, name: &str) -> Count {
        self.counts.get(name).copied().unwrap_or_default()
    }
}

/// How a row comes from counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Three rows: F1, precision, recall.
    F1,
    /// Right ones among gold items.
    Share,
    /// How many, not a share.
    Number,
    /// Mean of the distances, kilometers.
    MeanDistance,
    /// Median of the distances, kilometers.
    MedianDistance,
    /// Area under the curve of log distances over half the circumference of the earth, 0 best (Gritta et al., 2018).
    DistanceCurve,
}

/// One row, or three, of a report.
#[derive(Debug, Clone)]
pub struct Metric {
    /// Name of the row and of its count.
    pub name: String,
    /// How it is computed.
    pub measure: Measure,
    /// Whether it gets an interval.
    pub headline: bool,
}

impl Metric {
    /// A row without interval.
    pub fn new(name: &str, measure: Measure) -> Metric {
        Metric { name: name.to_owned(), measure, headline: false }
    }

    /// A row with a bootstrap interval.
    pub fn headline(name: &str, measure: Measure) -> Metric {
        Metric { headline: true, ..Metric::new(name, measure) }
    }

    fn value(&self, tallies: &[Tally], chosen: &mut dyn Iterator<Item = usize>) -> f64 {
        if matches!(self.measure, Measure::MeanDistance | Measure::MedianDistance | Measure::DistanceCurve) {
            let mut all: Vec<f64> = chosen.flat_map(|index| tallies[index].distances.iter().copied()).collect();
            return distance(self.measure, &mut all);
        }
        let mut sum = Count::default();
        for index in chosen {
            sum.add(tallies[index].count(&self.name));
        }
        match self.measure {
            Measure::F1 => sum.f1(),
            Measure::Share => sum.recall(),
            _ => sum.correct as f64,
        }
    }
}

/// Half the circumference of the earth in kilometers, the largest possible error.
const FARTHEST: f64 = 20_039.0;

fn distance(measure: Measure, all: &mut [f64]) -> f64 {
    if all.is_empty() {
        return 0.0;
    }
    let count = all.len();
    match measure {
        Measure::MedianDistance => {
            all.sort_by(f64::total_cmp);
            (all[(count - 1) / 2] + all[count / 2]) / 2.0
        }
        Measure::DistanceCurve => {
            // Trapezes between the sorted errors, as Gritta et al. compute it.
            let mut logs: Vec<f64> = all.iter().map(|error| (error.min(FARTHEST) + 1.0).ln()).collect();
            logs.sort_by(f64::total_cmp);
            let area: f64 = logs.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).sum();
            if count == 1 { logs[0] / FARTHEST.ln() } else { area / (FARTHEST.ln() * (count - 1) as f64) }
        }
        _ => all.iter().sum::<f64>() / count as f64,
    }
}

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1_000;
/// Fixed, so that the same answers give the same interval.
const SEED: u64 = 20_220_916;

/// SplitMix64 (Steele et al., OOPSLA 2014): enough for a bootstrap, the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * limit as u128) >> 64) as usize
    }
}

fn interval(metric: &Metric, tallies: &[Tally]) -> Option<(f64, f64)> {
    if tallies.len() < 2 {
        return None;
    }
    let mut random = Random(SEED);
    let mut values: Vec<f64> = (0..RESAMPLES)
        .map(|_| metric.value(tallies, &mut (0..tallies.len()).map(|_| random.below(tallies.len()))))
        .collect();
    values.sort_by(f64::total_cmp);
    Some((values[RESAMPLES * 25 / 1000], values[RESAMPLES * 975 / 1000 - 1]))
}

/// The rows of a report.
pub fn rows(metrics: &[Metric], tallies: &[Tally]) -> Vec<Score> {
    let mut rows = Vec::new();
    for metric in metrics {
        let mut sum = Count::default();
        let mut distances = 0;
        for tally in tallies {
            sum.add(tally.count(&metric.name));
            distances += tally.distances.len();
        }
        let value = metric.value(tallies, &mut (0..tallies.len()));
        let interval = if metric.headline { interval(metric, tallies) } else { None };
        match metric.measure {
            Measure::F1 => {
                let row = |name: &str, value, interval, support| Score {
                    name: format!("{} {name}", metric.name),
                    value,
                    interval,
                    support,
                };
                rows.push(row("F1", value, interval, sum.gold));
                rows.push(row("precision", sum.precision(), None, sum.predicted));
                rows.push(row("recall", sum.recall(), None, sum.gold));
            }
            Measure::Share => rows.push(Score { name: metric.name.clone(), value, interval, support: sum.gold }),
            Measure::Number => rows.push(Score { name: metric.name.clone(), value, interval, support: sum.predicted }),
            _ => rows.push(Score { name: metric.name.clone(), value, interval, support: distances }),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(correct: usize, predicted: usize, gold: usize) -> Tally {
        let mut tally = Tally::default();
        tally.add("x", Count::new(correct, predicted, gold));
        tally
    }

    #[test]
    fn sums_over_records() {
        let rows = rows(&[Metric::headline("x", Measure::F1)], &[tally(1, 1, 2), tally(1, 3, 2)]);
        let values: Vec<(&str, f64, usize)> =
            rows.iter().map(|row| (row.name.as_str(), row.value, row.support)).collect();
        assert_eq!(values, [("x F1", 0.5, 4), ("x precision", 0.5, 4), ("x recall", 0.5, 4)]);
        let (low, high) = rows[0].interval.expect("a headline row has an interval");
        assert!((0.399..=0.5).contains(&low) && (0.5..=0.667).contains(&high), "{low} {high}");
    }

    #[test]
    fn nothing_is_zero() {
        assert_eq!(rows(&[Metric::new("x", Measure::F1)], &[])[0].value, 0.0);
        assert_eq!(Count::new(0, 0, 3).f1(), 0.0);
        assert_eq!(Count::new(0, 2, 0).precision(), 0.0);
    }

    #[test]
    fn intervals_are_the_same_each_time() {
        let tallies: Vec<Tally> = (0..30).map(|index| tally(index % 3, 3, 3)).collect();
        let metric = Metric::headline("x", Measure::F1);
        assert_eq!(interval(&metric, &tallies), interval(&metric, &tallies));
        let (low, high) = interval(&metric, &tallies).expect("30 records");
        assert!(low < high);
    }

    #[test]
    fn distances() {
        assert_eq!(distance(Measure::MeanDistance, &mut [0.0, 10.0, 50.0]), 20.0);
        assert_eq!(distance(Measure::MedianDistance, &mut [50.0, 0.0, 10.0]), 10.0);
        assert_eq!(distance(Measure::MedianDistance, &mut [4.0, 0.0]), 2.0);
        assert_eq!(distance(Measure::DistanceCurve, &mut [0.0, 0.0]), 0.0);
        let worst = distance(Measure::DistanceCurve, &mut [FARTHEST, FARTHEST]);
        assert!((worst - 1.0).abs() < 1e-4, "{worst}");
        assert!(
            distance(Measure::DistanceCurve, &mut [0.0, 100.0]) < distance(Measure::DistanceCurve, &mut [0.0, 200.0])
        );
    }
}
