//! The ledger as Markdown, for notes and issue trackers.

use crate::sanitize::sanitize;
use counterclaim_export::digest::{Digest, Figure, Group, agreement_points, duration, interval, stance_word};
use counterclaim_schema::ledger::{ReportLedger, Scope};

/// Words of a stranger inside Markdown: its own signs are shown, not obeyed.
fn plain(words: &str) -> String {
    let mut safe = String::new();
    for character in sanitize(words).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&' | '$') {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

/// Writes a ledger as Markdown.
pub fn render(ledger: &ReportLedger) -> String {
    let digest = Digest::new(ledger);
    let document = &ledger.document;
    let mut out = format!("# {}\n\n", plain(document.title.as_deref().unwrap_or("(no headline)")));
    let published = document.published.as_deref().unwrap_or("not known");
    out.push_str(&format!(
        "- Publisher: {}\n- Published: {}\n- Document: `{}`\n",
        plain(document.publisher.as_deref().unwrap_or("not known")),
        plain(published),
        document.sha256
    ));
    if !digest.current.is_empty() {
        out.push_str("\n## What is told\n");
        for group in &digest.current {
            render_group(&mut out, &digest, group);
        }
    }
    if !digest.loose.is_empty() {
        out.push_str("\n## Further figures\n\n");
        for figure in &digest.loose {
            render_figure(&mut out, &digest, figure);
        }
    }
    if !ledger.ceasefires.is_empty() {
        out.push_str("\n## Ceasefire\n\n");
        for ceasefire in &ledger.ceasefires {
            let parties: Vec<String> = ceasefire.parties.iter().map(|id| plain(&digest.party(id))).collect();
            out.push_str(&format!("- “{}”; parties: {}", plain(&ceasefire.span.text), parties.join(", ")));
            let duration = duration(ceasefire);
            if !duration.is_empty() {
                out.push_str(&format!("; {duration}"));
            }
            out.push_str(if ceasefire.scope == Scope::Background { "; of the past\n" } else { "\n" });
            for (label, words) in agreement_points(&digest, ceasefire) {
                out.push_str(&format!("  - {label}: {}\n", plain(&words)));
            }
        }
    }
    if !digest.words.is_empty() {
        out.push_str("\n## Further statements\n\n");
        for claim in &digest.words {
            let content: Vec<&str> = claim.content.iter().map(|span| span.text.as_str()).collect();
            out.push_str(&format!(
                "- {} {}: {}\n",
                plain(&digest.teller(Some(claim))),
                stance_word(claim.stance),
                plain(&content.join(" ... "))
            ));
        }
    }
    if !digest.background.is_empty() {
        out.push_str("\n## Background\n");
        for group in &digest.background {
            render_group(&mut out, &digest, group);
        }
    }
    if !ledger.diagnostics.is_empty() {
        out.push_str("\n## Noticed\n\n");
        for diagnostic in &ledger.diagnostics {
            out.push_str(&format!("- {}: {}\n", diagnostic.code, plain(&diagnostic.message)));
        }
    }
    out
}

fn render_group(out: &mut String, digest: &Digest<'_>, group: &Group<'_>) {
    out.push_str(&format!("\n### {}\n\n", plain(&group.heading)));
    for telling in &group.tellings {
        let event = telling.event;
        let parties = |parts: &[counterclaim_schema::ledger::Participant]| {
            parts.iter().map(|part| plain(&digest.participant(part))).collect::<Vec<_>>().join(", ")
        };
        out.push_str(&format!("- **{}** “{}”", event.plover.event_type, plain(&event.trigger.text)));
        let (actors, recipients) = (parties(&event.actors), parties(&event.recipients));
        if !actors.is_empty() {
            out.push_str(&format!(" by {actors}"));
        }
        if !recipients.is_empty() {
            out.push_str(&format!(" to {recipients}"));
        }
        if let Some(place) = digest.place(event.place.as_deref()) {
            out.push_str(&format!("; where: {}", plain(&place)));
        }
        if let Some(time) = digest.time(event.time.as_deref()) {
            out.push_str(&format!("; when: {}", plain(&time)));
        }
        let status = serde_json::to_value(event.status)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default();
        let label = telling.claim.map_or("told by", |claim| stance_word(claim.stance));
        out.push_str(&format!("; {status}; {label}: {}\n", plain(&digest.teller(telling.claim))));
    }
    for figure in &group.figures {
        render_figure(out, digest, figure);
    }
    for dispute in &group.disputes {
        out.push_str(&format!("- *disputed* {}\n", plain(dispute)));
    }
}

fn render_figure(out: &mut String, digest: &Digest<'_>, figure: &Figure<'_>) {
    let harm = figure.harm;
    let victims = harm.victims.as_ref().map_or(harm.number.text.as_str(), |span| span.text.as_str());
    out.push_str(&format!(
        "- {}: {} (“{}”), {}\n",
        harm.kind.word(),
        interval(harm.low, harm.high),
        plain(victims),
        plain(&digest.teller(figure.claim))
    ));
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn signs_are_shown() {
        assert_eq!(plain("<b>*x*</b> [a](b)"), "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b)");
    }
}
