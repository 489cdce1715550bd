//! The ledger in a terminal: one column of what, indented lines of where, when, harm and who says so.

use crate::sanitize::sanitize;
use anstyle::{AnsiColor, Style};
use counterclaim_export::digest::{Digest, Figure, Group, agreement_points, interval, stance_word};
use counterclaim_schema::ledger::{ReportLedger, Scope, Status};
use unicode_width::UnicodeWidthChar;

const HEAD: Style = Style::new().bold();
const TYPE: Style = AnsiColor::Cyan.on_default().bold();
const SAYS: Style = AnsiColor::Green.on_default();
const DISPUTE: Style = AnsiColor::Red.on_default();
const QUIET: Style = AnsiColor::BrightBlack.on_default();

struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// Wraps words to the width; continuation lines are indented by `indent`.
    fn line(&mut self, indent: usize, label: &str, style: Style, words: &str) {
        let words = sanitize(words);
        // "surrendered" is longer than the column: a space stands behind every label.
        let label_width = if label.is_empty() { 0 } else { 10.max(label.chars().count() + 1) };
        let room = self.width.saturating_sub(indent + label_width).max(20);
        for (index, part) in wrap(&words, room).into_iter().enumerate() {
            self.text.push_str(&" ".repeat(indent));
            if label_width > 0 {
                let shown = if index == 0 { label } else { "" };
                self.text.push_str(&format!("{QUIET}{shown:<label_width$}{QUIET:#}"));
            }
            self.text.push_str(&format!("{style}{part}{style:#}\n"));
        }
    }

    fn heading(&mut self, words: &str) {
        self.text.push_str(&format!("\n{HEAD}{}{HEAD:#}\n", words.to_uppercase()));
    }
}

/// Breaks words into lines of at most `room` columns; a longer word is cut.
fn wrap(words: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in words.split_whitespace() {
        let width: usize = word.chars().filter_map(UnicodeWidthChar::width).sum();
        if used > 0 && used + 1 + width > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if width <= room {
            line.push_str(word);
            used += width;
            continue;
        }
        for character in word.chars() {
            let width = character.width().unwrap_or(0);
            if used + width > room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += width;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Writes a ledger for a terminal of `width` columns, with ANSI styles.
pub fn render(ledger: &ReportLedger, width: usize) -> String {
    let digest = Digest::new(ledger);
    let mut page = Page { text: String::new(), width };
    let document = &ledger.document;
    page.line(0, "", HEAD, document.title.as_deref().unwrap_or("(no headline)"));
    let mut about: Vec<String> = Vec::new();
    about.extend(document.publisher.clone());
    match (&document.published, &document.published_basis) {
        (Some(published), Some(basis)) => about.push(format!("published {published} ({basis})")),
        (Some(published), None) => about.push(format!("published {published}")),
        _ => about.push("publication date not known".to_owned()),
    }
    about.push(format!(
        "{} claims, {} events, {} figures, {} contradictions",
        ledger.claims.len(),
        ledger.events.len(),
        ledger.harms.len(),
        ledger.contradictions.len()
    ));
    page.line(0, "", QUIET, &about.join(" | "));
    if !digest.current.is_empty() {
        page.heading("What is told");
        for group in &digest.current {
            render_group(&mut page, &digest, group);
        }
    }
    if !digest.loose.is_empty() {
        page.heading("Further figures");
        for figure in &digest.loose {
            render_figure(&mut page, &digest, figure);
        }
    }
    render_ceasefires(&mut page, &digest);
    if !digest.words.is_empty() {
        page.heading("Further statements");
        for claim in &digest.words {
            let content: Vec<&str> = claim.content.iter().map(|span| span.text.as_str()).collect();
            page.line(2, stance_word(claim.stance), SAYS, &digest.teller(Some(claim)));
            if !content.is_empty() {
                page.line(2, " ", Style::new(), &content.join(" ... "));
            }
        }
    }
    if !digest.background.is_empty() {
        page.heading("Background (history, other conflicts)");
        for group in &digest.background {
            render_group(&mut page, &digest, group);
        }
    }
    if !ledger.diagnostics.is_empty() {
        page.heading("Noticed");
        for diagnostic in &ledger.diagnostics {
            let place = diagnostic.span.as_ref().map(|span| format!(": “{}”", shorten(&span.text))).unwrap_or_default();
            page.line(2, &diagnostic.code, Style::new(), &format!("{}{place}", diagnostic.message));
        }
    }
    page.text
}

fn shorten(words: &str) -> String {
    if words.chars().count() <= 60 {
        words.to_owned()
    } else {
        format!("{}…", words.chars().take(60).collect::<String>())
    }
}

fn render_group(page: &mut Page, digest: &Digest<'_>, group: &Group<'_>) {
    page.text.push('\n');
    page.line(2, "", HEAD, &group.heading);
    for telling in &group.tellings {
        let event = telling.event;
        let parties = |parts: &[counterclaim_schema::ledger::Participant]| {
            parts.iter().map(|part| digest.participant(part)).collect::<Vec<_>>().join(" + ")
        };
        let mut what = event.plover.event_type.clone();
        if !event.plover.mode.is_empty() {
            what.push_str(&format!(" ({})", event.plover.mode.join(", ")));
        }
        what.push_str(&format!(" “{}”", event.trigger.text));
        if event.status != Status::Occurred {
            what.push_str(&format!(", {}", status_word(event.status)));
        }
        page.line(4, "", TYPE, &what);
        let who = match (parties(&event.actors), parties(&event.recipients)) {
            (actors, recipients) if !actors.is_empty() && !recipients.is_empty() => format!("{actors} -> {recipients}"),
            (actors, _) if !actors.is_empty() => actors,
            (_, recipients) if !recipients.is_empty() => format!("nobody named -> {recipients}"),
            _ => String::new(),
        };
        if !who.is_empty() {
            page.line(6, "who", Style::new(), &who);
        }
        let things = |things: &[counterclaim_schema::ledger::Thing]| {
            things.iter().map(|thing| thing.span.text.as_str()).collect::<Vec<_>>().join("; ")
        };
        for (label, words) in [
            ("where", digest.place(event.place.as_deref())),
            ("when", digest.time(event.time.as_deref())),
            ("with", Some(things(&event.weapons)).filter(|words| !words.is_empty())),
            ("hit", Some(things(&event.targets)).filter(|words| !words.is_empty())),
        ] {
            if let Some(words) = words {
                page.line(6, label, Style::new(), &words);
            }
        }
        let via = telling
            .claim
            .and_then(|claim| claim.via_source.as_ref())
            .map(|span| format!(", relying on {}", span.text))
            .unwrap_or_default();
        let label = telling.claim.map_or("told by", |claim| stance_word(claim.stance));
        page.line(6, label, SAYS, &format!("{}{via}", digest.teller(telling.claim)));
    }
    for figure in &group.figures {
        render_figure(page, digest, figure);
    }
    for dispute in &group.disputes {
        page.line(4, "disputed", DISPUTE, dispute);
    }
}

fn render_figure(page: &mut Page, digest: &Digest<'_>, figure: &Figure<'_>) {
    let harm = figure.harm;
    let victims = harm.victims.as_ref().map_or(harm.number.text.as_str(), |span| span.text.as_str());
    let via = figure
        .claim
        .and_then(|claim| claim.via_source.as_ref())
        .map(|span| format!(", relying on {}", span.text))
        .unwrap_or_default();
    let words = format!("{} (“{victims}”) - {}{via}", interval(harm.low, harm.high), digest.teller(figure.claim));
    page.line(4, harm.kind.word(), Style::new(), &words);
}

fn render_ceasefires(page: &mut Page, digest: &Digest<'_>) {
    if digest.ledger.ceasefires.is_empty() {
        return;
    }
    page.heading("Ceasefire");
    for ceasefire in &digest.ledger.ceasefires {
        let past = if ceasefire.scope == Scope::Background { ", of the past" } else { "" };
        page.line(2, "", TYPE, &format!("{}{past}", ceasefire.span.text));
        let parties: Vec<String> = ceasefire.parties.iter().map(|id| digest.party(id)).collect();
        if !parties.is_empty() {
            page.line(4, "parties", Style::new(), &parties.join(" + "));
        }
        if let Some(effective) = &ceasefire.effective {
            page.line(4, "from", Style::new(), effective);
        }
        if let Some(end) = &ceasefire.expires {
            page.line(4, "until", Style::new(), end);
        }
        if let Some(announced) = &ceasefire.announced_by {
            page.line(4, "announced", SAYS, &digest.party(announced));
        }
        for (label, words) in agreement_points(digest, ceasefire) {
            let style = if label == "violation" { DISPUTE } else { Style::new() };
            page.line(4, label, style, &words);
        }
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Occurred => "occurred",
        Status::Ongoing => "going on",
        Status::Planned => "planned",
        Status::Ordered => "ordered",
        Status::Hypothetical => "possible, not told as a fact",
        Status::Denied => "denied",
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn wraps_at_the_width() {
        assert_eq!(wrap("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 10), [""]);
        for line in wrap("the quick brown fox jumps over the lazy dog", 11) {
            assert!(line.chars().count() <= 11, "{line}");
        }
    }
}
