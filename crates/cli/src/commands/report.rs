//! `counterclaim report`: a situation report of a record.

use super::search::date;
use crate::args::{ReportArguments, ReportFormat};
use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_export::situation::{Coverage, situation};
use counterclaim_record::Record;

/// Prints the report.
pub fn run(arguments: &ReportArguments) -> anyhow::Result<ExitCode> {
    let record = Record::open_to_read(&arguments.record)?;
    if let Some(country) = &arguments.country {
        if country.len() != 3 || !country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            anyhow::bail!("`{country}` is no country; write three letters of ISO 3166-1, as KGZ");
        }
    }
    let coverage = Coverage {
        country: arguments.country.clone(),
        place: arguments.place.clone(),
        actor: arguments.actor.clone(),
        from: date(arguments.from.as_deref())?,
        to: date(arguments.to.as_deref())?,
        since: date(arguments.since.as_deref())?,
        limit: arguments.limit,
    };
    let now = std::env::var("COUNTERCLAIM_NOW")
        .unwrap_or_else(|_| jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let made = format!(
        "Made on {now} by counterclaim {} from a record of {} reports.",
        env!("CARGO_PKG_VERSION"),
        record.reports()?
    );
    let report = situation(&record, &coverage, &made)?;
    printer::data(&match arguments.format {
        ReportFormat::Md => report.markdown()?,
        ReportFormat::Html => report.html()?,
    })?;
    Ok(ExitCode::Done)
}
