//! `counterclaim show`: one incident, one report, or the ceasefires of a record.

use crate::args::ShowArguments;
use crate::exit_code::ExitCode;
use crate::printer;
use crate::render;
use crate::sanitize::sanitize;
use counterclaim_export::words::range;
use counterclaim_record::{Ceasefire, CeasefireFilter, FigureClaim, Incident, Record, Report};
use std::fmt::Write;

/// Prints what was asked for.
pub fn run(arguments: &ShowArguments) -> anyhow::Result<ExitCode> {
    let record = Record::open_to_read(&arguments.record)?;
    let words: Vec<&str> = arguments.what.iter().map(String::as_str).collect();
    let number = |text: &str| -> anyhow::Result<i64> {
        text.parse().map_err(|_| anyhow::anyhow!("`{text}` is no number of an incident or report"))
    };
    match words.as_slice() {
        ["ceasefires"] => {
            let ceasefires = record.ceasefires(&CeasefireFilter::default())?;
            print(arguments, &ceasefires, || ceasefires_text(&ceasefires))
        }
        ["incident", id] => show_incident(arguments, &record, number(id)?),
        ["report", id] => {
            let id = match id.parse() {
                Ok(id) => id,
                Err(_) => named(&record, id)?,
            };
            show_report(arguments, &record, id)
        }
        [id] if id.parse::<i64>().is_ok() => show_incident(arguments, &record, number(id)?),
        [name] => {
            let id = named(&record, name)?;
            show_report(arguments, &record, id)
        }
        _ => anyhow::bail!("show takes `incident ID`, `report ID` or `ceasefires`"),
    }
}

fn named(record: &Record, name: &str) -> anyhow::Result<i64> {
    record.report_named(name)?.ok_or_else(|| anyhow::anyhow!("there is no report `{name}`"))
}

fn print<T: serde::Serialize>(
    arguments: &ShowArguments,
    value: &T,
    text: impl FnOnce() -> String,
) -> anyhow::Result<ExitCode> {
    if arguments.json {
        printer::data(&format!("{}\n", serde_json::to_string_pretty(value)?))?;
    } else {
        printer::data(&text())?;
    }
    Ok(ExitCode::Done)
}

fn show_incident(arguments: &ShowArguments, record: &Record, id: i64) -> anyhow::Result<ExitCode> {
    let incident = record.incident(id)?;
    if incident.id != id {
        printer::note(&format!("incident {id} was merged into {}", incident.id));
    }
    print(arguments, &incident, || incident_text(&incident))
}

fn figure_line(claim: &FigureClaim) -> String {
    let copies = match (claim.reports, claim.voices) {
        (1, _) => String::new(),
        (reports, voices) if reports == voices => format!(", {reports} reports"),
        (reports, voices) => format!(", {reports} reports of {voices} texts"),
    };
    let own = if claim.side.is_none() { " in its own voice" } else { "" };
    format!(
        "    {} {}: {}{own} (report {} {}, {}{copies})\n",
        if claim.latest { "*" } else { "-" },
        range(claim.low, claim.high),
        sanitize(&claim.claimant),
        claim.document,
        claim.harm,
        claim.published.as_deref().and_then(|published| published.get(..10)).unwrap_or("no date"),
    )
}

fn incident_text(incident: &Incident) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "incident {}  {}", incident.id, sanitize(&incident.title));
    let place = match (&incident.place, &incident.country) {
        (Some(place), Some(country)) => {
            format!("{place}, {country} ({})", incident.precision.as_deref().unwrap_or("unknown"))
        }
        (Some(place), None) => place.clone(),
        (None, Some(country)) => country.clone(),
        (None, None) => "place not told".to_owned(),
    };
    let days = match (&incident.first_day, &incident.last_day) {
        (Some(first), Some(last)) if first == last => first.clone(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "no date".to_owned(),
    };
    let _ = writeln!(
        out,
        "{}  {}  {days}{}",
        incident.kind,
        sanitize(&place),
        if incident.dated { "" } else { " (by publication)" }
    );
    let _ = writeln!(
        out,
        "{} reports, {} voices; borne out: {}",
        incident.reports.len(),
        incident.voices,
        incident.grade.as_str().replace('_', " ")
    );
    for figure in &incident.figures {
        let open = if figure.open { " or more" } else { "" };
        let by = match (figure.low_by.join(", "), figure.high_by.join(", ")) {
            (low, high) if low == high => low,
            (low, high) => format!("{low} - {high}"),
        };
        let alone = if figure.alone { "; no second voice" } else { "" };
        let _ = writeln!(
            out,
            "\n  {} {}: {}{open}  [{}{alone}]",
            figure.kind,
            figure.side,
            range(figure.low, figure.high),
            sanitize(&by)
        );
        for claim in &figure.claims {
            out.push_str(&figure_line(claim));
        }
    }
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{title}");
            for line in lines {
                let _ = writeln!(out, "  {line}");
            }
        }
    };
    section(
        "revisions",
        incident
            .revisions
            .iter()
            .map(|revision| {
                format!(
                    "{} {} -> {} {}, {} (report {} {}, {})",
                    revision.kind,
                    range(revision.from.0, revision.from.1),
                    range(revision.to.0, revision.to.1),
                    revision.side,
                    sanitize(&revision.claimant),
                    revision.document,
                    revision.harm,
                    revision.published.as_deref().and_then(|published| published.get(..10)).unwrap_or("no date")
                )
            })
            .collect(),
    );
    section(
        "contradictions",
        incident
            .contradictions
            .iter()
            .map(|pair| {
                format!(
                    "{}: {} / {}: {} (report {} {}; report {} {})",
                    pair.kind,
                    sanitize(&pair.a.1),
                    sanitize(&pair.b.1),
                    pair.about,
                    pair.a_row.0,
                    pair.a_row.1,
                    pair.b_row.0,
                    pair.b_row.1
                )
            })
            .collect(),
    );
    section(
        "blame",
        incident
            .blames
            .iter()
            .map(|blame| {
                let who = blame.claimant.as_deref().unwrap_or("reporters");
                format!(
                    "{} blames {} (report {} {}, {} reports)",
                    sanitize(who),
                    sanitize(&blame.against),
                    blame.document,
                    blame.claim,
                    blame.reports
                )
            })
            .collect(),
    );
    section(
        "confirmed",
        incident
            .confirmations
            .iter()
            .map(|confirmation| {
                format!(
                    "{}: {} (report {} {})",
                    sanitize(&confirmation.claimant),
                    sanitize(&confirmation.words),
                    confirmation.document,
                    confirmation.claim
                )
            })
            .collect(),
    );
    let report = |row: &counterclaim_record::ReportRow| {
        let copy = row
            .copied_from
            .map(|from| format!(", copy of {from} ({:.0} %)", row.similarity.unwrap_or(0.0) * 100.0))
            .unwrap_or_default();
        format!(
            "{}  {}  {}  {}{copy}",
            row.id,
            row.published.as_deref().and_then(|published| published.get(..10)).unwrap_or("no date"),
            sanitize(row.publisher.as_deref().unwrap_or("unknown publisher")),
            sanitize(row.title.as_deref().unwrap_or("untitled"))
        )
    };
    section("reports", incident.reports.iter().map(report).collect());
    section("mentioned in", incident.mentioned_in.iter().map(report).collect());
    section(
        "reviews",
        incident
            .reviews
            .iter()
            .map(|line| {
                let row = line
                    .row
                    .as_deref()
                    .map(|row| format!(" report {} {row}", line.document.unwrap_or(0)))
                    .unwrap_or_default();
                format!("{}  {}  {}{row}  {}", line.at, sanitize(&line.who), line.action, sanitize(&line.why))
            })
            .collect(),
    );
    out
}

fn ceasefires_text(ceasefires: &[Ceasefire]) -> String {
    let mut out = String::new();
    for ceasefire in ceasefires {
        let _ = writeln!(out, "{}", sanitize(&ceasefire.pair));
        if !ceasefire.effective.is_empty() {
            let _ = writeln!(out, "  from {}", ceasefire.effective.join(" or "));
        }
        for entry in &ceasefire.entries {
            let by = entry.by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
            let against = entry.against.as_deref().map(|against| format!(" against {against}")).unwrap_or_default();
            let _ = writeln!(
                out,
                "  {}  {}{}{}  “{}” (report {})",
                entry.published.as_deref().and_then(|published| published.get(..10)).unwrap_or("no date   "),
                entry.term.as_deref().map_or(entry.kind.clone(), |term| format!("term {term}")),
                sanitize(&by),
                sanitize(&against),
                sanitize(&entry.words),
                entry.document
            );
        }
    }
    if ceasefires.is_empty() {
        out.push_str("no ceasefire is told\n");
    }
    out
}

fn show_report(arguments: &ShowArguments, record: &Record, id: i64) -> anyhow::Result<ExitCode> {
    let report = record.report(id)?;
    if arguments.changes {
        return changes(record, &report);
    }
    if arguments.json {
        return print(arguments, &report, String::new);
    }
    let list = |ids: &[i64]| ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let mut head = format!("report {id}  coded by {}\n", report.coding);
    if let Some(from) = report.row.copied_from {
        let _ = writeln!(head, "copy of report {from} ({:.0} %)", report.row.similarity.unwrap_or(0.0) * 100.0);
    }
    if !report.copies.is_empty() {
        let _ = writeln!(head, "same text as reports {}", list(&report.copies));
    }
    if !report.incidents.is_empty() {
        let _ = writeln!(head, "tells incident {}", list(&report.incidents));
    }
    if !report.mentions.is_empty() {
        let _ = writeln!(head, "mentions incident {}", list(&report.mentions));
    }
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 400);
    printer::data(&format!("{head}\n"))?;
    printer::styled(&render::terminal::render(&report.ledger, width))?;
    Ok(ExitCode::Done)
}

/// What the codings of a report differ in, row by row.
fn changes(record: &Record, report: &Report) -> anyhow::Result<ExitCode> {
    let past = record.past_ledgers(report.row.id)?;
    if past.is_empty() {
        printer::note("the report was coded once");
        return Ok(ExitCode::Done);
    }
    let rows =
        |ledger: &counterclaim_schema::ledger::ReportLedger| -> Vec<String> {
            let mut rows: Vec<String> = Vec::new();
            let words = |spans: &[counterclaim_schema::ledger::TextSpan]| {
                spans.iter().map(|span| span.text.clone()).collect::<Vec<_>>().join(" … ")
            };
            rows.extend(ledger.claims.iter().map(|claim| {
                format!("claim: {} {}: {}", words(&claim.source), words(&claim.cue), words(&claim.content))
            }));
            rows.extend(
                ledger.events.iter().map(|event| format!("event: {} {}", event.plover.event_type, event.trigger.text)),
            );
            rows.extend(ledger.harms.iter().map(|harm| {
                format!("figure: {:?} {:?} to {:?}: {}", harm.kind, harm.low, harm.high, harm.number.text)
            }));
            rows
        };
    let now = rows(&report.ledger);
    for (coding, ledger) in past {
        let before = rows(&ledger);
        printer::data(&format!("{coding} -> {}\n", report.coding))?;
        for row in before.iter().filter(|row| !now.contains(row)) {
            printer::data(&format!("  - {}\n", sanitize(row)))?;
        }
        for row in now.iter().filter(|row| !before.contains(row)) {
            printer::data(&format!("  + {}\n", sanitize(row)))?;
        }
    }
    Ok(ExitCode::Done)
}
