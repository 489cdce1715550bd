//! The ledger as one self-contained page: the report with its spans marked, the ledger beside it.

use crate::digest::{Digest, Group, agreement_points, duration, interval, stance_word};
use counterclaim_schema::ledger::{DiagnosticRow, ReportLedger, Scope, TextSpan};
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

/// Macros that show a [`LedgerView`]: `report(view)` and `ledger(view)`.
pub const LEDGER_TEMPLATE: &str = include_str!("templates/ledger.html");
const PAGE: &str = include_str!("templates/page.html");

/// A run of the report's text with the marks that cover it.
#[derive(Debug, Serialize, PartialEq)]
struct Run {
    text: String,
    classes: String,
    title: String,
    anchors: Vec<String>,
}

/// A row of the ledger beside the text.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    anchor: String,
    kind: String,
    what: String,
    who: String,
    place: String,
    time: String,
    teller: String,
    stance: String,
    status: String,
    /// What else is told, with labels.
    points: Vec<(&'static str, String)>,
}

#[derive(Debug, Serialize)]
struct Section {
    heading: String,
    rows: Vec<Row>,
    figures: Vec<Row>,
    disputes: Vec<String>,
}

struct Mark {
    start: u32,
    end: u32,
    class: &'static str,
    title: String,
    id: String,
}

/// A ledger as pages show it: the report with its spans marked, and the rows beside it.
#[derive(Debug, Serialize)]
pub struct LedgerView {
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    basis: Option<String>,
    sha256: String,
    blocks: Vec<(String, Vec<Run>)>,
    current: Vec<Section>,
    background: Vec<Section>,
    loose: Vec<Row>,
    statements: Vec<Row>,
    ceasefires: Vec<Row>,
    diagnostics: Vec<DiagnosticRow>,
}

/// Writes a ledger as a page. Every word of the report is escaped by the template engine; the page loads nothing.
///
/// # Errors
/// A template that cannot be rendered, which tests rule out.
pub fn render(ledger: &ReportLedger) -> anyhow::Result<String> {
    let mut environment = Environment::new();
    environment.add_template("ledger.html", LEDGER_TEMPLATE)?;
    environment.add_template("page.html", PAGE)?;
    let view = view(ledger);
    Ok(environment.get_template("page.html")?.render(context! { view => Value::from(Serde(&view)) })?)
}

/// Arranges a ledger for a page.
pub fn view(ledger: &ReportLedger) -> LedgerView {
    let digest = Digest::new(ledger);
    let sections = |groups: &[Group<'_>]| groups.iter().map(|group| section(&digest, group)).collect::<Vec<_>>();
    let loose: Vec<Row> = digest.loose.iter().map(|figure| figure_row(&digest, figure.harm, figure.claim)).collect();
    let statements: Vec<Row> = digest
        .words
        .iter()
        .map(|claim| Row {
            id: claim.id.clone(),
            anchor: claim.id.clone(),
            kind: stance_word(claim.stance).to_owned(),
            what: join(&claim.content),
            who: String::new(),
            place: String::new(),
            time: String::new(),
            teller: digest.teller(Some(claim)),
            stance: stance_word(claim.stance).to_owned(),
            status: String::new(),
            points: Vec::new(),
        })
        .collect();
    let ceasefires: Vec<Row> = ledger
        .ceasefires
        .iter()
        .map(|ceasefire| Row {
            id: ceasefire.id.clone(),
            anchor: ceasefire.id.clone(),
            kind: if ceasefire.scope == Scope::Background { "past ceasefire" } else { "ceasefire" }.to_owned(),
            what: ceasefire.span.text.clone(),
            who: ceasefire.parties.iter().map(|id| digest.party(id)).collect::<Vec<_>>().join(" + "),
            place: String::new(),
            time: duration(ceasefire),
            teller: ceasefire.announced_by.as_deref().map_or_else(String::new, |id| digest.party(id)),
            stance: "announced".to_owned(),
            status: String::new(),
            points: agreement_points(&digest, ceasefire),
        })
        .collect();
    LedgerView {
        title: ledger.document.title.clone(),
        publisher: ledger.document.publisher.clone(),
        published: ledger.document.published.clone(),
        basis: ledger.document.published_basis.clone(),
        sha256: ledger.document.sha256.clone(),
        blocks: blocks(ledger),
        current: sections(&digest.current),
        background: sections(&digest.background),
        loose,
        statements,
        ceasefires,
        diagnostics: ledger.diagnostics.clone(),
    }
}

fn join(spans: &[TextSpan]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().join(" … ")
}

fn section(digest: &Digest<'_>, group: &Group<'_>) -> Section {
    let rows = group
        .tellings
        .iter()
        .map(|telling| {
            let event = telling.event;
            let parties = |parts: &[counterclaim_schema::ledger::Participant]| {
                parts.iter().map(|part| digest.participant(part)).collect::<Vec<_>>().join(" + ")
            };
            let (actors, recipients) = (parties(&event.actors), parties(&event.recipients));
            // Who only suffered must not look like who did it.
            let who = match (actors.is_empty(), recipients.is_empty()) {
                (_, true) => actors,
                (true, false) => format!("nobody named → {recipients}"),
                (false, false) => format!("{actors} → {recipients}"),
            };
            let mut kind = event.plover.event_type.clone();
            if !event.plover.mode.is_empty() {
                kind.push_str(&format!(" ({})", event.plover.mode.join(", ")));
            }
            Row {
                id: event.id.clone(),
                anchor: event.id.clone(),
                kind,
                what: event.trigger.text.clone(),
                who,
                place: digest.place(event.place.as_deref()).unwrap_or_default(),
                time: digest.time(event.time.as_deref()).unwrap_or_default(),
                teller: digest.teller(telling.claim),
                stance: telling.claim.map_or("told by", |claim| stance_word(claim.stance)).to_owned(),
                status: word_of(event.status),
                points: Vec::new(),
            }
        })
        .collect();
    let figures = group.figures.iter().map(|figure| figure_row(digest, figure.harm, figure.claim)).collect();
    Section { heading: group.heading.clone(), rows, figures, disputes: group.disputes.clone() }
}

fn word_of<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn figure_row(
    digest: &Digest<'_>,
    harm: &counterclaim_schema::ledger::HarmRow,
    claim: Option<&counterclaim_schema::ledger::ClaimRow>,
) -> Row {
    Row {
        id: harm.id.clone(),
        anchor: harm.id.clone(),
        kind: harm.kind.word().to_owned(),
        what: interval(harm.low, harm.high),
        who: harm.victims.as_ref().map_or(harm.number.text.clone(), |span| span.text.clone()),
        place: String::new(),
        time: String::new(),
        teller: digest.teller(claim),
        stance: claim.map_or("told by", |claim| stance_word(claim.stance)).to_owned(),
        status: String::new(),
        points: Vec::new(),
    }
}

/// The text in blocks, each as runs with their marks.
fn blocks(ledger: &ReportLedger) -> Vec<(String, Vec<Run>)> {
    let characters: Vec<char> = ledger.document.text.chars().collect();
    let mut marks: Vec<Mark> = Vec::new();
    let mut mark = |span: &TextSpan, class: &'static str, title: String, id: &str| {
        marks.push(Mark { start: span.start, end: span.end, class, title, id: id.to_owned() });
    };
    for claim in &ledger.claims {
        for span in &claim.content {
            // A claim without a cue is found by its content.
            let id = if claim.cue.is_empty() { claim.id.as_str() } else { "" };
            mark(span, "content", format!("{} ({}): content", claim.id, stance_word(claim.stance)), id);
        }
        for span in &claim.source {
            mark(span, "source", format!("{}: source", claim.id), "");
        }
        for span in &claim.cue {
            mark(span, "cue", format!("{}: {}", claim.id, stance_word(claim.stance)), &claim.id);
        }
    }
    for event in &ledger.events {
        mark(
            &event.trigger,
            "event",
            format!("{}: {}, {}", event.id, event.plover.event_type, word_of(event.status)),
            &event.id,
        );
    }
    for harm in &ledger.harms {
        mark(
            &harm.number,
            "harm",
            format!("{}: {} {}", harm.id, harm.kind.word(), interval(harm.low, harm.high)),
            &harm.id,
        );
    }
    for ceasefire in &ledger.ceasefires {
        mark(&ceasefire.span, "truce", format!("{}: ceasefire", ceasefire.id), &ceasefire.id);
        for violation in &ceasefire.violations {
            mark(&violation.span, "truce", format!("{}: alleged violation", ceasefire.id), "");
        }
    }
    for mention in &ledger.mentions {
        if mention.place.is_some() {
            mark(&mention.span, "place", format!("place {}", mention.place.as_deref().unwrap_or_default()), "");
        } else if mention.time.is_some() {
            mark(&mention.span, "time", format!("time {}", mention.time.as_deref().unwrap_or_default()), "");
        }
    }
    let mut anchored: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    ledger
        .document
        .blocks
        .iter()
        .map(|block| {
            let mut cuts: Vec<u32> = vec![block.start, block.end];
            for mark in &marks {
                for at in [mark.start, mark.end] {
                    if block.start < at && at < block.end {
                        cuts.push(at);
                    }
                }
            }
            cuts.sort_unstable();
            cuts.dedup();
            let runs = cuts
                .windows(2)
                .map(|pair| {
                    let covering: Vec<&Mark> =
                        marks.iter().filter(|mark| mark.start <= pair[0] && pair[1] <= mark.end).collect();
                    let mut classes: Vec<&str> = covering.iter().map(|mark| mark.class).collect();
                    classes.sort_unstable();
                    classes.dedup();
                    Run {
                        text: characters.get(pair[0] as usize..pair[1] as usize).unwrap_or_default().iter().collect(),
                        classes: classes.join(" "),
                        title: covering.iter().map(|mark| mark.title.as_str()).collect::<Vec<_>>().join("; "),
                        anchors: covering
                            .iter()
                            .filter(|mark| {
                                mark.start == pair[0] && !mark.id.is_empty() && anchored.insert(mark.id.clone())
                            })
                            .map(|mark| mark.id.clone())
                            .collect(),
                    }
                })
                .collect();
            (block.kind.clone(), runs)
        })
        .collect()
}
