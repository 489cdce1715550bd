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

/// Right shares of answers and of gold items, for measures that give credit in parts (B3, CEAF).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Credit {
    /// Credit of the answers.
    pub precision: f64,
    /// Answers.
    pub predicted: f64,
    /// Credit of the gold items.
    pub recall: f64,
    /// Gold items.
    pub gold: f64,
}

impl Credit {
    fn add(&mut self, other: Credit) {
        self.precision += other.precision;
        self.predicted += other.predicted;
        self.recall += other.recall;
        self.gold += other.gold;
    }

    /// Precision, recall and their harmonic mean; what has no items is 0.
    pub fn scores(self) -> [f64; 3] {
        let part = |credit: f64, of: f64| if of > 0.0 { credit / of } else { 0.0 };
        let (precision, recall) = (part(self.precision, self.predicted), part(self.recall, self.gold));
        [precision, recall, part(2.0 * precision * recall, precision + recall)]
    }
}

/// What one record gave.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counts: BTreeMap<String, Count>,
    credits: BTreeMap<String, Credit>,
    values: BTreeMap<String, Vec<(f64, f64)>>,
    labels: BTreeMap<String, Vec<(String, String)>>,
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

    /// Adds credit in parts.
    pub fn add_credit(&mut self, name: &str, credit: Credit) {
        self.credits.entry(name.to_owned()).or_default().add(credit);
    }

    /// Adds a gold value with the answered one.
    pub fn add_value(&mut self, name: &str, gold: f64, answer: f64) {
        self.values.entry(name.to_owned()).or_default().push((gold, answer));
    }

    /// Adds a gold class with the answered one.
    pub fn add_label(&mut self, name: &str, gold: &str, answer: &str) {
        self.labels.entry(name.to_owned()).or_default().push((gold.to_owned(), answer.to_owned()));
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
    /// Right ones among a thousand gold items, for things that should not be found.
    Rate,
    /// Three rows: F1, precision, recall of credit in parts.
    CreditF1,
    /// Mean of the F1 of MUC, B3 and CEAFe (Pradhan et al., CoNLL 2012).
    Conll,
    /// Correlation of Pearson between gold and answered values.
    Correlation,
    /// Mean absolute difference of gold and answered values.
    MeanError,
    /// Share of classes answered right, and mean F1 over the classes that stand in the gold.
    Classes,
    /// Mean of the distances, kilometers.
    MeanDistance,
    /// Median of the distances, kilometers.
    MedianDistance,
    /// Area under the curve of log distances over half the circumference of the earth, 0 best (Gritta et al., 2018).
    DistanceCurve,
}

impl Measure {
    /// Whether less is better.
    pub fn is_error(self) -> bool {
        use Measure::{DistanceCurve, MeanDistance, MeanError, MedianDistance, Number, Rate};
        matches!(self, Number | Rate | MeanError | MeanDistance | MedianDistance | DistanceCurve)
    }
}

/// The three measures of which CoNLL F1 is the mean.
pub const CONLL: [&str; 3] = ["MUC", "B3", "CEAFe"];

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

    /// The row's number over the chosen tallies; for classes the mean F1.
    fn value(&self, tallies: &[Tally], chosen: &mut dyn Iterator<Item = usize>) -> f64 {
        match self.measure {
            Measure::MeanDistance | Measure::MedianDistance | Measure::DistanceCurve => {
                let mut all: Vec<f64> = chosen.flat_map(|index| tallies[index].distances.iter().copied()).collect();
                distance(self.measure, &mut all)
            }
            Measure::Correlation | Measure::MeanError => {
                let pairs: Vec<(f64, f64)> = chosen
                    .filter_map(|index| tallies[index].values.get(&self.name_of_values()))
                    .flatten()
                    .copied()
                    .collect();
                if self.measure == Measure::Correlation { correlation(&pairs) } else { mean_error(&pairs) }
            }
            Measure::Classes => {
                let pairs = chosen.filter_map(|index| tallies[index].labels.get(&self.name)).flatten();
                macro_f1(&mut pairs.map(|(gold, answer)| (gold.as_str(), answer.as_str())))
            }
            Measure::CreditF1 => {
                let mut sum = Credit::default();
                for index in chosen {
                    sum.add(tallies[index].credits.get(&self.name).copied().unwrap_or_default());
                }
                sum.scores()[2]
            }
            Measure::Conll => {
                let mut sums = [Credit::default(); CONLL.len()];
                for index in chosen {
                    for (sum, name) in sums.iter_mut().zip(CONLL) {
                        sum.add(tallies[index].credits.get(name).copied().unwrap_or_default());
                    }
                }
                sums.iter().map(|sum| sum.scores()[2]).sum::<f64>() / CONLL.len() as f64
            }
            Measure::F1 | Measure::Share | Measure::Number | Measure::Rate => {
                let mut sum = Count::default();
                for index in chosen {
                    sum.add(tallies[index].count(&self.name));
                }
                match self.measure {
                    Measure::F1 => sum.f1(),
                    Measure::Share => sum.recall(),
                    Measure::Rate => 1_000.0 * sum.recall(),
                    _ => sum.correct as f64,
                }
            }
        }
    }

    /// Rows over values are named after their measure; the values stand under the rest of the name.
    fn name_of_values(&self) -> String {
        self.name.trim_end_matches(" r").trim_end_matches(" MAE").to_owned()
    }
}

/// Correlation of Pearson; 0 when one side is constant.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    if pairs.len() < 2 {
        return 0.0;
    }
    let (gold, answered) = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let (gold, answered) = (gold / count, answered / count);
    let (mut both, mut of_gold, mut of_answers) = (0.0, 0.0, 0.0);
    for pair in pairs {
        both += (pair.0 - gold) * (pair.1 - answered);
        of_gold += (pair.0 - gold) * (pair.0 - gold);
        of_answers += (pair.1 - answered) * (pair.1 - answered);
    }
    // Sums of equal values leave a rest of rounding.
    if of_gold < 1e-9 || of_answers < 1e-9 { 0.0 } else { both / (of_gold.sqrt() * of_answers.sqrt()) }
}

fn mean_error(pairs: &[(f64, f64)]) -> f64 {
    if pairs.is_empty() {
        return 0.0;
    }
    pairs.iter().map(|(gold, answer)| (gold - answer).abs()).sum::<f64>() / pairs.len() as f64
}

/// Mean F1 over the classes that stand in the gold; an answer outside them costs recall only.
fn macro_f1<'p>(pairs: &mut dyn Iterator<Item = (&'p str, &'p str)>) -> f64 {
    let mut classes: BTreeMap<&str, Count> = BTreeMap::new();
    for (gold, answer) in pairs {
        let right = usize::from(gold == answer);
        classes.entry(gold).or_default().add(Count::new(right, 0, 1));
        classes.entry(answer).or_default().add(Count::new(0, 1, 0));
    }
    classes.retain(|_, count| count.gold > 0);
    let sum: f64 = classes.values().map(|count| count.f1()).sum();
    if classes.is_empty() { 0.0 } else { sum / classes.len() as f64 }
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

/// The rows of a report. Measures over values that no record has are left out.
pub fn rows(metrics: &[Metric], tallies: &[Tally]) -> Vec<Score> {
    metrics.iter().flat_map(|metric| rows_of(metric, tallies)).collect()
}

fn rows_of(metric: &Metric, tallies: &[Tally]) -> Vec<Score> {
    let value = metric.value(tallies, &mut (0..tallies.len()));
    let interval = if metric.headline { interval(metric, tallies) } else { None };
    let is_error = metric.measure.is_error();
    let row = |name: String, value, interval, support| Score { name, value, interval, support, is_error };
    let mut sum = Count::default();
    for tally in tallies {
        sum.add(tally.count(&metric.name));
    }
    let triple = |f1, precision, recall, predicted, gold| {
        vec![
            row(format!("{} F1", metric.name), f1, interval, gold),
            row(format!("{} precision", metric.name), precision, None, predicted),
            row(format!("{} recall", metric.name), recall, None, gold),
        ]
    };
    let mut credit = Credit::default();
    for tally in tallies {
        credit.add(tally.credits.get(&metric.name).copied().unwrap_or_default());
    }
    match metric.measure {
        Measure::F1 => triple(value, sum.precision(), sum.recall(), sum.predicted, sum.gold),
        Measure::CreditF1 => {
            let [precision, recall, f1] = credit.scores();
            triple(f1, precision, recall, credit.predicted as usize, credit.gold as usize)
        }
        Measure::Share | Measure::Rate => vec![row(metric.name.clone(), value, interval, sum.gold)],
        Measure::Number => vec![row(metric.name.clone(), value, interval, sum.predicted)],
        Measure::Conll => {
            let mentions =
                tallies.iter().filter_map(|tally| tally.credits.get("B3")).map(|credit| credit.gold).sum::<f64>();
            vec![row(format!("{} F1", metric.name), value, interval, mentions as usize)]
        }
        Measure::Correlation | Measure::MeanError => {
            let name = metric.name_of_values();
            let support = tallies.iter().filter_map(|tally| tally.values.get(&name)).map(Vec::len).sum();
            if support == 0 { Vec::new() } else { vec![row(metric.name.clone(), value, interval, support)] }
        }
        Measure::Classes => {
            let all = || tallies.iter().filter_map(|tally| tally.labels.get(&metric.name)).flatten();
            let accuracy = Metric { measure: Measure::Share, ..metric.clone() };
            let shares: Vec<Tally> = tallies
                .iter()
                .map(|tally| {
                    let mut share = Tally::default();
                    let pairs = tally.labels.get(&metric.name).map(Vec::as_slice).unwrap_or_default();
                    let right = pairs.iter().filter(|(gold, answer)| gold == answer).count();
                    share.add_share(&metric.name, right, pairs.len());
                    share
                })
                .collect();
            let mut rows = rows_of(&accuracy, &shares);
            rows[0].name = format!("{} accuracy", metric.name);
            rows.push(row(format!("{} macro F1", metric.name), value, interval, all().count()));
            rows
        }
        Measure::MeanDistance | Measure::MedianDistance | Measure::DistanceCurve => {
            let distances = tallies.iter().map(|tally| tally.distances.len()).sum();
            vec![row(metric.name.clone(), value, interval, distances)]
        }
    }
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

    fn values(pairs: &[(f64, f64)]) -> Vec<Tally> {
        pairs
            .iter()
            .map(|(gold, answer)| {
                let mut tally = Tally::default();
                tally.add_value("all", *gold, *answer);
                tally
            })
            .collect()
    }

    #[test]
    fn values_are_correlated() {
        let check = |pairs: &[(f64, f64)], r: f64, error: f64| {
            let metrics = [Metric::headline("all r", Measure::Correlation), Metric::new("all MAE", Measure::MeanError)];
            let rows = rows(&metrics, &values(pairs));
            assert!((rows[0].value - r).abs() < 1e-9, "{} {pairs:?}", rows[0].value);
            assert!((rows[1].value - error).abs() < 1e-9, "{} {pairs:?}", rows[1].value);
            assert!(rows[1].is_error && !rows[0].is_error);
        };
        check(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)], 1.0, 2.0);
        check(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)], -1.0, 4.0 / 3.0);
        check(&[(1.0, 3.0), (2.0, 3.0)], 0.0, 1.5);
        // By hand: sums of products 1, of squares 2 and 2.
        check(&[(0.0, 0.0), (1.0, 2.0), (2.0, 1.0)], 0.5, 2.0 / 3.0);
        check(&[(1.0, 1.0)], 0.0, 0.0);
        assert!(rows(&[Metric::new("all r", Measure::Correlation)], &[Tally::default()]).is_empty());
    }

    #[test]
    fn classes_count_alike() {
        let mut tally = Tally::default();
        for (gold, answer) in [("a", "a"), ("a", "a"), ("a", "b"), ("b", "c")] {
            tally.add_label("class", gold, answer);
        }
        let rows = rows(&[Metric::new("class", Measure::Classes)], &[tally]);
        assert_eq!((rows[0].name.as_str(), rows[0].value), ("class accuracy", 0.5));
        // a: 2 of 2 answers and 3 gold ones, 0.8; b: 0; c is no class of the gold.
        assert_eq!((rows[1].name.as_str(), rows[1].value), ("class macro F1", 0.4));
    }

    #[test]
    fn credit_in_parts() {
        let mut tally = Tally::default();
        for (name, precision) in [("MUC", 1.0), ("B3", 0.5), ("CEAFe", 0.0)] {
            tally.add_credit(name, Credit { precision, predicted: 2.0, recall: precision, gold: 2.0 });
        }
        let rows = rows(&[Metric::headline("CoNLL", Measure::Conll), Metric::new("B3", Measure::CreditF1)], &[tally]);
        assert_eq!((rows[0].name.as_str(), rows[0].value, rows[0].support), ("CoNLL F1", 0.25, 2));
        assert_eq!((rows[1].value, rows[2].value, rows[3].value), (0.25, 0.25, 0.25));
    }

    #[test]
    fn rates_are_of_a_thousand() {
        let rows = rows(&[Metric::new("coded", Measure::Rate)], &[tally_of("coded", 3, 1_500)]);
        assert_eq!((rows[0].value, rows[0].is_error), (2.0, true));
    }

    fn tally_of(name: &str, right: usize, of: usize) -> Tally {
        let mut tally = Tally::default();
        tally.add_share(name, right, of);
        tally
    }
}
