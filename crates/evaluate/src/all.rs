//! Every set of a folder, and the table of their scores.

use crate::report::{Report, number};
use crate::{EvaluateError, Options, Program, record, run, sets};
use std::fmt::Write;
use std::path::Path;

/// Sets that are asked a second time with their mentions given.
const ALSO_GIVEN: [&str; 2] = ["toponyms", "ecbplus"];

/// Runs every set that a folder holds: folders of sets with `dev.jsonl`, and `no_event` where there are texts for it. Sets that join
/// several folders (`ner_*`, `toponyms_*`) run once a folder. Reports come sorted by the order of the sets, `SET --given` after `SET`.
///
/// # Errors
/// A folder that cannot be read or holds no set.
pub fn run_all<'m>(
    path: &Path,
    options: &Options,
    program: impl Into<Program<'m>>,
) -> Result<Vec<Report>, EvaluateError> {
    let program = program.into();
    let folders = record::folders(path)?;
    let mut reports = Vec::new();
    for set in sets::NAMES {
        if *set == "no_event" {
            if folders.iter().any(|folder| record::belongs(set, folder)) {
                reports.push(run(set, path, &Options { predictions: None, ..options.clone() }, program)?);
            }
            continue;
        }
        for folder in folders.iter().filter(|folder| record::belongs(set, folder)) {
            for given in [false, true] {
                if given && !ALSO_GIVEN.contains(set) {
                    continue;
                }
                let options = Options { predictions: None, given, ..options.clone() };
                let mut report = run(set, &path.join(folder), &options, program)?;
                report.set = format!("{folder}{}", if given { " --given" } else { "" });
                reports.push(report);
            }
        }
    }
    if reports.is_empty() {
        return Err(EvaluateError::NoRecords { path: path.display().to_string(), wanted: "folder of a set" });
    }
    Ok(reports)
}

/// The headline rows of reports as a table in Markdown.
pub fn markdown(reports: &[Report]) -> String {
    let mut table = String::from(
        "| set | records | measure | score | 95 % interval | items |\n| --- | ---: | --- | ---: | --- | ---: |\n",
    );
    for report in reports {
        let mut is_first = true;
        for row in &report.rows {
            let Some((low, high)) = row.interval else { continue };
            let (set, records) =
                if is_first { (report.set.as_str(), report.records.to_string()) } else { ("", String::new()) };
            is_first = false;
            let number = |value| number(&row.name, value);
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "| {set} | {records} | {} | {} | {}..{} | {} |",
                row.name,
                number(row.value),
                number(low),
                number(high),
                row.support
            );
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Score;

    #[test]
    fn a_table_of_headline_rows() {
        let row =
            |name: &str, interval| Score { name: name.to_owned(), value: 0.5, interval, support: 9, is_error: false };
        let report = Report {
            set: "muc4".to_owned(),
            records: 3,
            bad_records: Vec::new(),
            rows: vec![row("a F1", Some((0.25, 0.75))), row("a recall", None), row("b F1", Some((0.5, 0.5)))],
            details: Vec::new(),
            seconds: 0.0,
        };
        let lines: Vec<String> = markdown(&[report]).lines().skip(2).map(str::to_owned).collect();
        assert_eq!(
            lines,
            ["| muc4 | 3 | a F1 | 0.500 | 0.250..0.750 | 9 |", "|  |  | b F1 | 0.500 | 0.500..0.500 | 9 |"]
        );
    }
}
