//! `counterclaim search`: words and filters to reports and incidents.

use crate::args::SearchArguments;
use crate::exit_code::ExitCode;
use crate::printer;
use crate::sanitize::sanitize;
use counterclaim_record::{IncidentFilter, Record, SearchFilter};

/// Prints what is found, the best match first.
pub fn run(arguments: &SearchArguments) -> anyhow::Result<ExitCode> {
    let record = Record::open_to_read(&arguments.record)?;
    let mut filter = IncidentFilter {
        actor: arguments.actor.clone(),
        kind: arguments.kind.clone(),
        since: date(arguments.since.as_deref())?,
        until: date(arguments.until.as_deref())?,
        limit: arguments.limit,
        ..IncidentFilter::default()
    };
    if let Some(area) = &arguments.area {
        area_into(area, &mut filter)?;
    }
    let hits = record.search(&SearchFilter { words: arguments.words.join(" "), incidents: filter })?;
    for hit in &hits {
        if arguments.json {
            printer::data(&format!("{}\n", serde_json::to_string(hit)?))?;
            continue;
        }
        let incident = hit.incident.map_or("no incident".to_owned(), |incident| format!("incident {incident}"));
        let snippet: String =
            hit.snippet.replace(['\u{2}', '\u{3}'], "").split_whitespace().collect::<Vec<_>>().join(" ");
        printer::data(&format!(
            "report {}  {incident}  {}  {}\n    {}\n    {}\n",
            hit.report.id,
            hit.report.published.as_deref().and_then(|published| published.get(..10)).unwrap_or("no date"),
            sanitize(hit.report.publisher.as_deref().unwrap_or("unknown publisher")),
            sanitize(hit.report.title.as_deref().unwrap_or("untitled")),
            sanitize(&snippet)
        ))?;
    }
    if hits.is_empty() {
        printer::note("nothing is found");
    }
    Ok(ExitCode::Done)
}

pub(super) fn date(text: Option<&str>) -> anyhow::Result<Option<String>> {
    match text {
        Some(text) if counterclaim_record::day_of(text).is_none() => {
            anyhow::bail!("`{text}` is no date; write it as 2022-09-16")
        }
        text => Ok(text.map(str::to_owned)),
    }
}

fn area_into(area: &str, filter: &mut IncidentFilter) -> anyhow::Result<()> {
    let numbers: Vec<f64> = area.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [south, north, west, east] if south <= north && west <= east => {
            filter.area = Some([*south, *north, *west, *east])
        }
        [] if area.len() == 3 && area.chars().all(|character| character.is_ascii_alphabetic()) => {
            filter.country = Some(area.to_owned())
        }
        _ => anyhow::bail!("`{area}` is no area; write a country as KGZ, or south,north,west,east in degrees"),
    }
    Ok(())
}
