//! `counterclaim review`: decisions of people over what the machine found.

use crate::args::{Decision, ReviewArguments};
use crate::exit_code::ExitCode;
use crate::printer;
use crate::sanitize::sanitize;
use counterclaim_record::{Action, Record, Review};

/// Writes a decision down, or prints the log.
pub fn run(arguments: &ReviewArguments) -> anyhow::Result<ExitCode> {
    let action = match &arguments.decision {
        Decision::Log => return log(arguments),
        Decision::Accept { report, row } => Action::Accept { document: *report, row: row.clone() },
        Decision::Reject { report, row } => Action::Reject { document: *report, row: row.clone() },
        Decision::Correct { report, row, field, value } => Action::Correct {
            document: *report,
            row: row.clone(),
            field: field.clone(),
            value: (value != "open").then(|| value.clone()),
        },
        Decision::Split { incident, reports } => Action::Split { incident: *incident, documents: reports.clone() },
        Decision::Merge { incident, into } => Action::Merge { incident: *incident, into: *into },
        Decision::Annotate { incident, text } => Action::Annotate { incident: *incident, text: text.clone() },
    };
    let user = || std::env::var("USER").ok().filter(|user| !user.is_empty());
    let Some(who) = arguments.who.clone().or_else(user) else {
        anyhow::bail!("nobody is named; say who decides with --who NAME");
    };
    // The look-up first: a record is not made by a review.
    drop(Record::open_to_read(&arguments.record)?);
    let mut record = Record::open(&arguments.record)?;
    let at = std::env::var("COUNTERCLAIM_NOW")
        .unwrap_or_else(|_| jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let id = record.review(&Review { who, at, action, why: arguments.why.clone() })?;
    record.settle()?;
    printer::note(&format!("review {id} is written"));
    Ok(ExitCode::Done)
}

fn log(arguments: &ReviewArguments) -> anyhow::Result<ExitCode> {
    let record = Record::open_to_read(&arguments.record)?;
    for line in record.reviews()? {
        let about = match (line.incident, line.document, &line.row) {
            (Some(incident), ..) => format!("incident {incident}"),
            (_, Some(document), Some(row)) => format!("report {document} {row}"),
            _ => String::new(),
        };
        printer::data(&format!(
            "{}  {}  {}  {} {}  {}{}\n",
            line.id,
            line.at,
            sanitize(&line.who),
            line.action,
            about,
            line.detail
                .as_deref()
                .filter(|_| line.action != "split" && line.action != "merge")
                .map(|detail| format!("{}  ", sanitize(detail)))
                .unwrap_or_default(),
            sanitize(&line.why)
        ))?;
    }
    Ok(ExitCode::Done)
}
