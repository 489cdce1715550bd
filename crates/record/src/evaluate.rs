//! The record against gold of many reports: incidents, ranges of figures, contradictions.
//!
//! Gold is `fixtures/record/gold.json` (`counterclaim.record-gold/1`): for each incident its reports, the reports that mention it as
//! background, the ranges of figures with their claimants, and the pairs that contradict each other.

use crate::{Record, RecordError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Gold of many reports.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Always `counterclaim.record-gold/1`.
    pub schema: String,
    /// The incidents.
    pub incidents: Vec<GoldIncident>,
}

/// Gold of an incident.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldIncident {
    /// Its name.
    pub incident: String,
    /// Names of the reports whose news it is.
    pub reports: Vec<String>,
    /// Names of the reports that mention it as background.
    #[serde(default)]
    pub background: Vec<String>,
    /// Ranges of the latest figures.
    #[serde(default)]
    pub figures: Vec<GoldFigure>,
    /// Pairs that cannot both hold.
    #[serde(default)]
    pub contradictions: Vec<GoldContradiction>,
    /// Pairs of a report and its copy.
    #[serde(default)]
    pub copies: Vec<(String, String)>,
}

/// A range of figures.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldFigure {
    /// Kind of harm.
    pub kind: String,
    /// Side of the victims.
    pub side: String,
    /// Least of the latest figures.
    pub low: Option<i64>,
    /// Greatest of the latest figures.
    pub high: Option<i64>,
    /// Claimant at the low end, `XXX body`.
    pub low_by: String,
    /// Claimant at the high end.
    pub high_by: String,
}

/// A contradiction: `blame` and `denial` between sides, `figure KIND` between claimants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct GoldContradiction {
    /// blame, denial, `figure killed`, ...
    pub kind: String,
    /// The two, sorted.
    pub between: Vec<String>,
}

/// What the record reached.
#[derive(Debug, Clone, Serialize)]
pub struct Scores {
    /// B-cubed precision, recall and F1 of the incidents of reports (Bagga and Baldwin 1998).
    pub incidents: (f64, f64, f64),
    /// Background mentions that are attached to their incident, and how many there are.
    pub background: (usize, usize),
    /// Ranges with both values and both claimants right, and how many there are.
    pub figures: (usize, usize),
    /// Precision, recall and F1 of contradictions.
    pub contradictions: (f64, f64, f64),
    /// Precision, recall and F1 of copies.
    pub copies: (f64, f64, f64),
    /// What is wrong, one line each.
    pub missed: Vec<String>,
}

fn f1(correct: usize, predicted: usize, gold: usize) -> (f64, f64, f64) {
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    (share(correct, predicted), share(correct, gold), share(2 * correct, predicted + gold))
}

/// B-cubed of two labelings of the same items.
pub fn b_cubed<K: Ord, A: Ord, B: Ord>(gold: &BTreeMap<K, A>, found: &BTreeMap<K, B>) -> (f64, f64, f64) {
    let keys: Vec<&K> = gold.keys().filter(|key| found.contains_key(*key)).collect();
    if keys.is_empty() {
        return (0.0, 0.0, 0.0);
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for key in &keys {
        let same_found: Vec<&&K> = keys.iter().filter(|other| found[**other] == found[*key]).collect();
        let same_gold: Vec<&&K> = keys.iter().filter(|other| gold[**other] == gold[*key]).collect();
        let both = same_found.iter().filter(|other| gold[***other] == gold[*key]).count() as f64;
        precision += both / same_found.len() as f64;
        recall += both / same_gold.len() as f64;
    }
    let (precision, recall) = (precision / keys.len() as f64, recall / gold.len() as f64);
    (precision, recall, 2.0 * precision * recall / (precision + recall))
}

/// Compares a record of the reports of a gold set with the gold.
///
/// # Errors
/// Those of the file.
pub fn evaluate(record: &Record, gold: &Gold) -> Result<Scores, RecordError> {
    let mut missed = Vec::new();
    let mut gold_of: BTreeMap<String, &str> = BTreeMap::new();
    let mut incident_of: BTreeMap<String, i64> = BTreeMap::new();
    let mut mentions: HashMap<String, Vec<i64>> = HashMap::new();
    let mut copies_found: BTreeSet<(String, String)> = BTreeSet::new();
    let mut loose = -1;
    for entry in &gold.incidents {
        for name in &entry.reports {
            gold_of.insert(name.clone(), &entry.incident);
            let Some(id) = record.report_named(name)? else {
                missed.push(format!("report {name} is not in the record"));
                continue;
            };
            let report = record.report(id)?;
            // A report without an incident is an incident of its own.
            let incident = report.incidents.first().copied().unwrap_or_else(|| {
                missed.push(format!("report {name} belongs to no incident"));
                loose -= 1;
                loose
            });
            incident_of.insert(name.clone(), incident);
            mentions.insert(name.clone(), report.mentions.iter().chain(&report.incidents).copied().collect());
            if report.voice != id {
                copies_found.insert((record.report(report.voice)?.row.name, name.clone()));
            }
        }
    }
    let incidents = b_cubed(&gold_of, &incident_of);
    let mut main: HashMap<&str, i64> = HashMap::new();
    for entry in &gold.incidents {
        let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
        for name in &entry.reports {
            if let Some(incident) = incident_of.get(name) {
                *votes.entry(*incident).or_insert(0) += 1;
            }
        }
        if votes.len() > 1 {
            missed.push(format!("{} is in {} incidents", entry.incident, votes.len()));
        }
        if let Some((incident, _)) =
            votes.iter().max_by_key(|(incident, count)| (**count, std::cmp::Reverse(**incident)))
        {
            main.insert(&entry.incident, *incident);
        }
    }
    let (mut attached, mut backgrounds) = (0, 0);
    let (mut ranges_right, mut ranges) = (0, 0);
    let (mut pairs_right, mut pairs_found, mut pairs_gold) = (0, 0, 0);
    let mut copies_gold: BTreeSet<(String, String)> = BTreeSet::new();
    for entry in &gold.incidents {
        copies_gold.extend(entry.copies.iter().cloned());
        let Some(&id) = main.get(entry.incident.as_str()) else { continue };
        for name in &entry.background {
            backgrounds += 1;
            if mentions.get(name).is_some_and(|found| found.contains(&id)) {
                attached += 1;
            } else {
                missed.push(format!("{}: the mention in {name} is not attached", entry.incident));
            }
        }
        let Ok(incident) = record.incident(id) else {
            ranges += entry.figures.len();
            pairs_gold += entry.contradictions.len();
            continue;
        };
        for figure in &entry.figures {
            ranges += 1;
            let found = incident.figures.iter().find(|found| found.kind == figure.kind && found.side == figure.side);
            let by = |wanted: &str, low: bool| {
                found.is_some_and(|found| {
                    found.claims.iter().filter(|claim| claim.latest).any(|claim| {
                        claim.key.replacen(':', " ", 1) == wanted
                            && if low {
                                claim.low.or(claim.high) == found.low
                            } else {
                                claim.high.or(claim.low) == found.high
                            }
                    })
                })
            };
            let right = found.is_some_and(|found| found.low == figure.low && found.high == figure.high)
                && by(&figure.low_by, true)
                && by(&figure.high_by, false);
            if right {
                ranges_right += 1;
            } else {
                let shown: Vec<String> = incident
                    .figures
                    .iter()
                    .filter(|found| found.kind == figure.kind)
                    .map(|found| {
                        let claims: Vec<String> = found
                            .claims
                            .iter()
                            .map(|claim| {
                                format!(
                                    "{}{} {:?}-{:?}",
                                    if claim.latest { "*" } else { "" },
                                    claim.key,
                                    claim.low,
                                    claim.high
                                )
                            })
                            .collect();
                        format!("{} {:?}-{:?} [{}]", found.side, found.low, found.high, claims.join(", "))
                    })
                    .collect();
                missed.push(format!(
                    "{}: {} {} is {:?}-{:?} by {} and {}, found {}",
                    entry.incident,
                    figure.kind,
                    figure.side,
                    figure.low,
                    figure.high,
                    figure.low_by,
                    figure.high_by,
                    shown.join("; ")
                ));
            }
        }
        let wanted: BTreeSet<GoldContradiction> = entry.contradictions.iter().cloned().collect();
        let found: BTreeSet<GoldContradiction> = incident
            .contradictions
            .iter()
            .map(|pair| {
                let figure = pair.kind == "figure";
                let harm = pair.about.rsplit(' ').next().unwrap_or_default();
                let name = |party: &(String, String, String)| {
                    if figure { party.0.replacen(':', " ", 1) } else { party.2.clone() }
                };
                let mut between = vec![name(&pair.a), name(&pair.b)];
                between.sort();
                GoldContradiction { kind: if figure { format!("figure {harm}") } else { pair.kind.clone() }, between }
            })
            .collect();
        pairs_gold += wanted.len();
        pairs_found += found.len();
        pairs_right += wanted.intersection(&found).count();
        missed.extend(
            wanted
                .difference(&found)
                .map(|pair| format!("{}: not found: {} {:?}", entry.incident, pair.kind, pair.between)),
        );
        missed.extend(
            found
                .difference(&wanted)
                .map(|pair| format!("{}: wrong: {} {:?}", entry.incident, pair.kind, pair.between)),
        );
    }
    let right = copies_gold.intersection(&copies_found).count();
    missed.extend(copies_gold.difference(&copies_found).map(|(of, copy)| format!("{copy} is a copy of {of}")));
    missed.extend(copies_found.difference(&copies_gold).map(|(of, copy)| format!("{copy} is no copy of {of}")));
    Ok(Scores {
        incidents,
        background: (attached, backgrounds),
        figures: (ranges_right, ranges),
        contradictions: f1(pairs_right, pairs_found, pairs_gold),
        copies: f1(right, copies_found.len(), copies_gold.len()),
        missed,
    })
}

#[cfg(test)]
mod tests {
    use super::b_cubed;
    use std::collections::BTreeMap;

    #[test]
    fn b_cubed_of_small_labelings() {
        let of =
            |labels: &[u32]| labels.iter().enumerate().map(|(item, label)| (item, *label)).collect::<BTreeMap<_, _>>();
        assert_eq!(b_cubed(&of(&[1, 1, 2]), &of(&[7, 7, 9])).2, 1.0);
        let (precision, recall, _) = b_cubed(&of(&[1, 1, 2, 2]), &of(&[1, 1, 1, 1]));
        assert_eq!((precision, recall), (0.5, 1.0));
        let (precision, recall, _) = b_cubed(&of(&[1, 1, 2, 2]), &of(&[1, 2, 3, 4]));
        assert_eq!((precision, recall), (1.0, 0.5));
    }
}
