//! Pages: metadata, then the main text by several extractors, the plausible one kept.

use counterclaim_schema::{Diagnostic, DiagnosticCode};
use dom_smoothie::{Config, Readability, TextMode};
use regex::Regex;
use std::sync::LazyLock;

/// What a page gives.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Page {
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Publication time as the page's metadata say it.
    pub published: Option<String>,
    /// Authors.
    pub byline: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Paragraphs of the main text.
    pub paragraphs: Vec<String>,
    /// Time of the first time element, which may be that of another story.
    pub shown: Option<String>,
    /// Lines of the page before the story, the nearest first, then the lines after it: a date may be printed there.
    pub around: Vec<String>,
}

/// Depth of open elements beyond which a page is not given to the parser.
const DEEPEST: usize = 400;

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)<(/?)([a-z][a-z0-9]*)\b([^>]*)>").expect("a constant pattern"));
static META: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?is)<meta\b([^>]*)>").expect("a constant pattern"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)([a-z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#).expect("a constant pattern")
});
static JSON_LD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)<script\b[^>]*application/ld\+json[^>]*>(.*?)</script>"#).expect("a constant pattern")
});
static CHARSET: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
    regex::bytes::Regex::new(r#"(?i)<meta\b[^>]*charset\s*=\s*["']?\s*([a-z0-9_:-]+)"#).expect("a constant pattern")
});
static INVISIBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?is)<!--.*?-->|<(script|style|noscript|template|svg|head|iframe|form|nav|aside|footer|figcaption|button|select)\b.*?</(?:script|style|noscript|template|svg|head|iframe|form|nav|aside|footer|figcaption|button|select)>").expect("a constant pattern")
});
static PAGE_TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)<title\b[^>]*>([^<]{0,600})</title>").expect("a constant pattern"));
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)<time\b[^>]*\bdatetime\s*=\s*["']?([0-9T:.+Z -]{10,40})"#).expect("a constant pattern")
});
static ARTICLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)<article\b[^>]*>(.*?)</article>").expect("a constant pattern"));

/// The charset that a page declares in its first two kilobytes.
pub fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(2048)];
    CHARSET
        .captures(head)
        .and_then(|captures| captures.get(1))
        .map(|label| String::from_utf8_lossy(label.as_bytes()).into_owned())
}

/// Whether bytes look like a page.
pub fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(1024).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.contains("<head")
        || head.contains("<body")
        || head.starts_with("<?xml") && head.contains("<html")
}

/// Reads a page.
pub fn read(html: &str) -> (Page, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut page = metadata(html);
    let mut candidates: Vec<Vec<String>> = Vec::new();
    if let Some(body) = json_ld(html, &mut page) {
        candidates.push(body);
    }
    if depth(html) > DEEPEST {
        diagnostics.push(Diagnostic::new(DiagnosticCode::PageTooComplex, None));
    } else {
        let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: 60_000, ..Config::default() };
        let article =
            Readability::new(html, None, Some(config)).ok().and_then(|mut readability| readability.parse().ok());
        if let Some(article) = article {
            page.title = page.title.or(Some(article.title).filter(|title| !title.is_empty()));
            page.byline = page.byline.or(article.byline);
            page.publisher = page.publisher.or(article.site_name);
            page.published = page.published.or(article.published_time);
            candidates.push(lines(&article.text_content));
        }
    }
    let visible = INVISIBLE.replace_all(html, " ");
    if let Some(article) = ARTICLE.captures(&visible).and_then(|captures| captures.get(1)) {
        candidates.push(lines(&strip(article.as_str())));
    }
    let whole = lines(&strip(&visible));
    page.paragraphs = choose(candidates, &whole);
    if page.paragraphs.is_empty() {
        diagnostics.push(Diagnostic::new(DiagnosticCode::NoMainText, None));
    }
    page.title = page
        .title
        .or_else(|| PAGE_TITLE.captures(html).map(|captures| unescape(&captures[1])))
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|title| !title.is_empty() && !page.paragraphs.is_empty())
        .map(|title| headline(&title, page.publisher.as_deref(), &whole));
    page.around = around(&page.paragraphs, whole);
    if page.published.is_none() {
        page.shown = TIME.captures(&visible).map(|captures| captures[1].to_owned());
    }
    (page, diagnostics)
}

/// The headline in the title of a page, which often names the outlet too: the part that the page shows as a line of its own.
fn headline(title: &str, publisher: Option<&str>, whole: &[String]) -> String {
    let shown = |words: &str| whole.iter().find(|line| line.to_lowercase() == words.to_lowercase());
    if let Some(line) = shown(title) {
        return line.clone();
    }
    for separator in [" | ", " :: ", " » ", " « ", " - ", " – ", " — ", ": "] {
        let parts: Vec<&str> = title.split(separator).map(str::trim).collect();
        if parts.len() < 2 {
            continue;
        }
        let is_outlet = |part: &str| publisher.is_some_and(|name| name.to_lowercase() == part.to_lowercase());
        let length = |part: &&&str| part.split_whitespace().count();
        let best = parts.iter().filter(|part| !is_outlet(part) && shown(part).is_some()).max_by_key(length);
        if let Some(line) = best.filter(|part| length(part) >= 3).and_then(|part| shown(part)) {
            return line.clone();
        }
        if separator == " | " || separator != ": " && parts.iter().any(|part| is_outlet(part)) {
            if let Some(part) = parts.iter().filter(|part| !is_outlet(part)).max_by_key(length) {
                return (*part).to_owned();
            }
        }
    }
    title.to_owned()
}

/// Short lines around the story in the order in which they are likely to date it.
fn around(paragraphs: &[String], whole: Vec<String>) -> Vec<String> {
    const FAR: usize = 40;
    let (Some(first), Some(last)) = (paragraphs.first(), paragraphs.last()) else { return Vec::new() };
    // The first paragraph may be the headline again; what matters is a place near the story.
    let start = whole.iter().position(|line| line == first || line.ends_with(first.as_str())).unwrap_or(0);
    let end = whole.iter().rposition(|line| line == last).map_or(whole.len(), |end| end + 1);
    let before = whole[..start].iter().rev().take(FAR);
    let after = whole[end.max(start).min(whole.len())..].iter().take(FAR);
    before.chain(after).filter(|line| line.len() < 200).cloned().collect()
}

/// Characters of sentences: what a story is made of.
fn substance(lines: &[String]) -> usize {
    lines
        .iter()
        .filter(|line| line.ends_with(['.', '!', '?', '”', '"', ':']) && line.split_whitespace().count() > 5)
        .map(String::len)
        .sum()
}

/// The first candidate with a story's worth of sentences; else the one with most; else the whole page when it has any.
fn choose(candidates: Vec<Vec<String>>, whole: &[String]) -> Vec<String> {
    let most = candidates.iter().map(|lines| substance(lines)).max().unwrap_or(0);
    let good = candidates.iter().find(|lines| substance(lines) * 10 >= most * 7 && substance(lines) > 0).cloned();
    match good {
        Some(lines) if substance(&lines) * 5 >= substance(whole) || substance(&lines) > 600 => lines,
        _ if substance(whole) > 0 => whole.to_vec(),
        Some(lines) => lines,
        None => Vec::new(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

/// How deep elements nest, by a scan that keeps only a counter.
fn depth(html: &str) -> usize {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "td", "tr", "th", "option", "dt", "dd",
    ];
    let (mut open, mut deepest) = (0usize, 0usize);
    for tag in TAG.captures_iter(html) {
        let name = tag[2].to_lowercase();
        if VOID.contains(&name.as_str()) || tag[3].ends_with('/') {
            continue;
        }
        if &tag[1] == "/" {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

fn attributes(text: &str) -> Vec<(String, String)> {
    ATTRIBUTE
        .captures_iter(text)
        .map(|captures| {
            let value = captures
                .get(2)
                .or_else(|| captures.get(3))
                .or_else(|| captures.get(4))
                .map_or("", |value| value.as_str());
            (captures[1].to_lowercase(), unescape(value))
        })
        .collect()
}

fn metadata(html: &str) -> Page {
    let mut page = Page::default();
    for meta in META.captures_iter(html) {
        let attributes = attributes(&meta[1]);
        let get = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let Some(content) = get("content").filter(|content| !content.trim().is_empty()) else { continue };
        let name =
            get("property").or_else(|| get("name")).or_else(|| get("itemprop")).unwrap_or_default().to_lowercase();
        match name.as_str() {
            "og:title" => page.title = Some(content),
            "og:site_name" => page.publisher = Some(content),
            "article:published_time"
            | "datepublished"
            | "dc.date"
            | "dc.date.issued"
            | "date"
            | "pubdate"
            | "parsely-pub-date"
            | "sailthru.date" => page.published = page.published.or(Some(content)),
            "author" | "article:author" if !content.starts_with("http") => page.byline = page.byline.or(Some(content)),
            "og:url" => page.url = Some(content),
            _ => {}
        }
    }
    page
}

/// `articleBody` of JSON-LD, and what else it tells.
fn json_ld(html: &str, page: &mut Page) -> Option<Vec<String>> {
    let mut body = None;
    for script in JSON_LD.captures_iter(html) {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&script[1]) else { continue };
        let mut queue = vec![&value];
        while let Some(item) = queue.pop() {
            match item {
                serde_json::Value::Array(items) => queue.extend(items),
                serde_json::Value::Object(fields) => {
                    queue.extend(fields.get("@graph"));
                    let kind = fields.get("@type").map(|kind| kind.to_string()).unwrap_or_default();
                    if !kind.contains("Article") && !kind.contains("Report") && !kind.contains("BlogPosting") {
                        continue;
                    }
                    let text = |name: &str| {
                        fields
                            .get(name)
                            .and_then(|value| value.as_str())
                            .map(unescape)
                            .filter(|text| !text.trim().is_empty())
                    };
                    let name_of = |name: &str| {
                        let value = fields.get(name)?;
                        let first = value.as_array().and_then(|items| items.first()).unwrap_or(value);
                        first.as_str().or_else(|| first.get("name").and_then(|name| name.as_str())).map(str::to_owned)
                    };
                    page.title = text("headline").or(page.title.take());
                    page.published = text("datePublished").or(page.published.take());
                    page.publisher = name_of("publisher").or(page.publisher.take());
                    page.byline = name_of("author").or(page.byline.take());
                    page.url = text("url").or(page.url.take());
                    if let Some(text) = text("articleBody") {
                        body = Some(lines(&strip(&text)));
                    }
                }
                _ => {}
            }
        }
    }
    body
}

/// Text of markup by a linear scan: block elements end lines, other tags vanish.
fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let is_tag = rest[1..]
            .starts_with(|character: char| character.is_ascii_alphabetic() || character == '/' || character == '!');
        match rest.find('>').filter(|_| is_tag) {
            Some(close) => {
                let name: String = rest[1..close]
                    .trim_start_matches('/')
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect::<String>()
                    .to_lowercase();
                let inline = matches!(
                    name.as_str(),
                    "a" | "b"
                        | "i"
                        | "em"
                        | "strong"
                        | "span"
                        | "sup"
                        | "sub"
                        | "u"
                        | "small"
                        | "mark"
                        | "abbr"
                        | "time"
                        | "cite"
                        | "q"
                        | "font"
                        | "code"
                );
                text.push_str(if inline { "" } else { "\n" });
                rest = &rest[close + 1..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    unescape(&text)
}

/// Character references of HTML: numeric ones and the named ones that news pages use.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, character)| *character == ';').map(|(end, _)| end);
        let decoded = end.and_then(|end| {
            let name = &rest[1..end];
            let numeric = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            let character = numeric.and_then(char::from_u32).or(match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "nbsp" => Some('\u{a0}'),
                "ndash" => Some('–'),
                "mdash" => Some('—'),
                "lsquo" => Some('‘'),
                "rsquo" => Some('’'),
                "ldquo" => Some('“'),
                "rdquo" => Some('”'),
                "hellip" => Some('…'),
                "copy" => Some('©'),
                "eacute" => Some('é'),
                "egrave" => Some('è'),
                "aacute" => Some('á'),
                "iacute" => Some('í'),
                "oacute" => Some('ó'),
                "uacute" => Some('ú'),
                "ntilde" => Some('ñ'),
                "ccedil" => Some('ç'),
                "uuml" => Some('ü'),
                "ouml" => Some('ö'),
                "auml" => Some('ä'),
                "euro" => Some('€'),
                "pound" => Some('£'),
                "middot" => Some('·'),
                "bull" => Some('•'),
                _ => None,
            })?;
            Some((character, end))
        });
        match decoded {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_wins() {
        let html = r#"<html><head><title>x</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Rebels leave","datePublished":"2023-05-02T08:00:00Z","publisher":{"name":"Coast Daily"},"articleBody":"Rebels left two towns on Monday.\nThe army said they had been driven out."}</script></head><body><nav>Menu</nav><p>Rebels left two towns on Monday.</p></body></html>"#;
        let (page, diagnostics) = read(html);
        assert_eq!(page.title.as_deref(), Some("Rebels leave"));
        assert_eq!(page.publisher.as_deref(), Some("Coast Daily"));
        assert_eq!(page.published.as_deref(), Some("2023-05-02T08:00:00Z"));
        assert_eq!(page.paragraphs, ["Rebels left two towns on Monday.", "The army said they had been driven out."]);
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn a_plain_old_page() {
        let html = "<html><head><meta property=\"og:title\" content=\"Rebels &amp; army talk\"></head><body><table><tr><td><a href=x>Home</a></td></tr><tr><td><p>Rebels and the army met in the capital on Monday for the first time in a year.<p>“We will meet again,” a rebel said &ndash; and left.</td></tr></table><script>alert('x')</script></body></html>";
        let (page, _) = read(html);
        assert_eq!(page.title.as_deref(), Some("Rebels & army talk"));
        assert!(
            page.paragraphs.iter().any(|line| line.starts_with("Rebels and the army met")),
            "{:?}",
            page.paragraphs
        );
        assert!(page.paragraphs.iter().any(|line| line.contains("again,” a rebel said – and left.")));
        assert!(!page.paragraphs.iter().any(|line| line.contains("alert")));
    }

    #[test]
    fn nests_do_not_hurt() {
        let html = format!(
            "<html><body>{}<p>The army left the town on Monday after a week.</p>{}</body></html>",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let (page, diagnostics) = read(&html);
        assert_eq!(page.paragraphs, ["The army left the town on Monday after a week."]);
        assert_eq!(diagnostics[0].code, DiagnosticCode::PageTooComplex);
    }

    #[test]
    fn empty_pages_are_named() {
        let (page, diagnostics) = read("<html><head></head><body><nav>Home</nav></body></html>");
        assert!(page.paragraphs.is_empty());
        assert_eq!(diagnostics[0].code, DiagnosticCode::NoMainText);
    }
}
