//! Parts of a page of text: what is the story, what is headline, byline, dateline, and what is no news at all.
//!
//! No single sign decides. A block is judged by its length, how it ends, where it stands, what it says of itself ("Photo:"), and
//! whether its words are the story's words.

use crate::dates;
use counterclaim_schema::{Block, BlockKind, Dateline, FurnitureKind, Published, Span};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a page's text holds.
#[derive(Debug, Default)]
pub struct Parts {
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// Headline.
    pub title: Option<Span>,
    /// Byline.
    pub byline: Option<Span>,
    /// Place and date line.
    pub dateline: Option<Dateline>,
    /// Date printed on the page.
    pub published: Option<Published>,
    /// Outlet as its masthead names it.
    pub masthead: Option<Span>,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:file )?(?:photo|picture|image|photograph|video|graphic|map|illustration|caption|cartoon|screenshot)s?(?: credit| courtesy| by| source)?\s*[:|/©(]|source\s*:|credit\s*:|file\s*[-–—]|\(?(?:photo|picture|image)s? by\b|getty images\b|©\s*(?:afp|reuters|getty)|watch\s*:|listen\s*:|[^.!?]{0,80}\((?:file )?(?:photo|image|picture)[^)]*\)\s*$)",
    )
});
static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:sign ?up\b|subscribe\b|(?:\w+ ){0,3}newsletter\b|follow us\b|like us\b|share (?:this|on|via)\b|share$|advertisement\b|sponsored\b|support (?:our|independent)\b|become a (?:member|subscriber)\b|donate\b|get (?:the|our) (?:latest|daily|morning|news|app)\b|download (?:the|our) app\b|join (?:our|the) (?:conversation|channel|newsletter|telegram)|click here\b|listen to this\b|read (?:more|also|next|full)\b|also read\b|see also\b|related(?: stories| articles| news| coverage| topics)?\b|more (?:on this|stories|from|news|in|about)\b|most (?:read|popular|viewed)\b|recommended\b|don[’']t miss\b|trending\b|you may (?:also )?like\b|editors?[’']? picks?\b|top stories\b|latest (?:news|stories|headlines)\b|also on\b|up next\b|continue reading\b|what to read next\b|in case you missed\b|keep reading\b|back to top\b|comments?\b(?: \(\d+\))?$|\d+ comments?\b|leave a (?:comment|reply)\b|\d+ min(?:ute)?s? read\b|print(?: this)?(?: page)?$|e-?mail (?:this|us)\b|whatsapp\b|skip to\b|menu\b|home$|log ?in\b|search\b$)",
    )
});
static LEGAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:©|copyright\b|\(c\)|all rights reserved|terms (?:of|and)\b|privacy\b|cookie|we use cookies|this (?:site|website) uses|contact (?:us|the)\b|editorial (?:policy|standards)|correction policy|impressum|advertise with)|all rights reserved|may not be (?:reproduced|published|broadcast|republished)",
    )
});
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|section|location)\s*[:|]")
});
static REPORTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:additional |further )?(?:reporting|writing|editing|edited|compiled|translated|written)\b[^.]{0,80}\bby\b|(?:with|\()?\s*(?:additional )?(?:reporting|input|inputs|files?|contributions?) (?:by|from)\b|our standards\b|this (?:story|article|report|version) (?:was|has been|is) (?:updated|corrected|published|first|amended|part)|\(?(?:this story|story)\b.{0,40}(?:updated|corrected))",
    )
});
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*about (?:the |this |our )?(?:author|authors|writer|writers|agency|correspondent|reporter|journalist|contributor|us|publisher|newspaper|site|website)s?\W*$|^\W*author(?: bio)?\W*$",
    )
});
static BYLINE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\W*(?:By|BY|by|Reported by|From our correspondent|Text by|Words by)\s+[A-ZÀ-Þ]"));
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:published|updated|last updated|posted|modified|created|issued|released|date|first published|on)?\b",
    )
});
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*(?:",
        // "GOMA, Congo, Jan. 19, 2024 (Wire) – ", "YAOUNDE (Wire) – ", "KHARTOUM — "
        r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.\-/ ]{1,38}[A-ZÀ-Þ])(?P<rest>,[^()—–\n]{0,60}?)?\s*(?P<agency>\([^)\n]{2,48}\))?",
        r"|",
        // "Bishkek, 16 September (Wire) - "
        r"(?P<place2>[A-ZÀ-Þ][\w'’.\-]{2,24}(?: [A-ZÀ-Þ][\w'’.\-]{1,20}){0,2})(?P<rest2>,[^()—–\n]{0,60}?)?\s*(?P<agency2>\([^)\n]{2,48}\))",
        r")\s*(?:--+|—|–|\s-\s|_|:\s)\s*(?:\[TEXT\]\s*)?"
    ))
});

/// Splits and judges a text. `given_title` is a headline known from elsewhere.
pub fn read(text: &str, given_title: Option<&str>) -> Parts {
    let raw = split(text);
    let mut parts = Parts::default();
    if raw.is_empty() {
        return parts;
    }
    let first = first_paragraph(text, &raw);
    let body_words = first
        .map(|first| {
            content_words(raw[first..].iter().filter(|&&span| is_paragraph(text, span)).map(|span| span.of(text)))
        })
        .unwrap_or_default();
    let title = choose_title(text, &raw, first, given_title, &body_words);
    let mut ended = false;
    let mut in_list = false;
    let last_paragraph = raw.iter().rposition(|&span| is_paragraph(text, span) && furniture(span.of(text)).is_none());
    for (index, &span) in raw.iter().enumerate() {
        let words = span.of(text);
        let kind = if ended {
            BlockKind::Furniture(FurnitureKind::AboutAuthor)
        } else if Some(index) == title {
            BlockKind::Title
        } else if ABOUT.is_match(words) && count_words(words) <= 6 {
            ended = first.is_some_and(|first| index > first);
            BlockKind::Furniture(FurnitureKind::AboutAuthor)
        } else if let Some(kind) = furniture(words) {
            in_list = kind == FurnitureKind::Promotion && count_words(words) <= 5;
            BlockKind::Furniture(kind)
        } else if is_byline(words) {
            BlockKind::Byline
        } else if is_stamp(words) {
            BlockKind::Dateline
        } else if first.is_none() {
            // Nothing ends like a sentence: what is left is the story, if only a headline.
            BlockKind::Paragraph
        } else if first.is_some_and(|first| index < first) {
            if count_words(words) <= 4 {
                BlockKind::Furniture(FurnitureKind::Masthead)
            } else {
                BlockKind::Furniture(FurnitureKind::Teaser)
            }
        } else if is_paragraph(text, span) && !(in_list && count_words(words) < 12) {
            in_list = false;
            BlockKind::Paragraph
        } else if count_words(words) > 25 {
            BlockKind::Paragraph
        } else if in_list || last_paragraph.is_some_and(|last| index > last) || count_words(words) > 12 {
            BlockKind::Furniture(if count_words(words) > 4 { FurnitureKind::Teaser } else { FurnitureKind::Other })
        } else {
            BlockKind::Subhead
        };
        parts.blocks.push(Block { span, kind });
    }
    finish(text, &mut parts);
    parts
}

/// Blocks of a text: paragraphs between blank lines, or lines where the lines are paragraphs.
fn split(text: &str) -> Vec<Span> {
    let mut groups: Vec<Vec<Span>> = vec![Vec::new()];
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(offset, offset + line.len()).trim(text);
        offset += line.len();
        if span.is_empty() {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
        } else if let Some(group) = groups.last_mut() {
            group.push(span);
        }
    }
    let mut blocks = Vec::new();
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
        if is_wrapped(text, &group) {
            blocks.push(group[0].to(group[group.len() - 1]));
        } else {
            blocks.extend(group);
        }
    }
    blocks
}

/// Hard-wrapped lines: all but the last are nearly full and go on in the next.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    if lines.len() < 2 {
        return true;
    }
    let widths: Vec<usize> = lines.iter().map(|line| line.of(text).chars().count()).collect();
    let full = &widths[..widths.len() - 1];
    let longest = widths.iter().copied().max().unwrap_or(0);
    let stops =
        lines[..lines.len() - 1].iter().filter(|line| line.of(text).ends_with(['.', '!', '?', '”', '"'])).count();
    let nearly_full = full.iter().filter(|&&width| width * 10 >= longest * 6).count();
    // Prose goes on in lower case; a list of headlines and credits does not.
    let goes_on = lines[1..]
        .iter()
        .filter(|line| {
            !line.of(text).starts_with(|character: char| {
                character.is_uppercase() && line.of(text).chars().any(char::is_lowercase)
            })
        })
        .count();
    longest <= 110
        && goes_on * 5 >= lines.len() - 1
        && nearly_full * 10 >= full.len() * 8
        && longest >= 40
        && (stops * 2 <= full.len() || full.len() > 4)
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn ends_like_sentence(text: &str) -> bool {
    let trimmed = text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', ' ']);
    trimmed.ends_with(['.', '!', '?', '…', ':']) || (trimmed.ends_with(',') && trimmed.len() < text.len())
}

fn is_paragraph(text: &str, span: Span) -> bool {
    let words = span.of(text);
    let shouted = words.chars().any(char::is_alphabetic)
        && !words.chars().any(char::is_lowercase)
        && count_words(words) <= 8
        && words.ends_with('?');
    ends_like_sentence(words) && count_words(words) >= 3 && !shouted
}

fn first_paragraph(text: &str, raw: &[Span]) -> Option<usize> {
    let fits = |least: usize| {
        raw.iter().position(|&span| {
            is_paragraph(text, span)
                && count_words(span.of(text)) >= least
                && furniture(span.of(text)).is_none()
                && !is_byline(span.of(text))
        })
    };
    raw.iter()
        .position(|span| {
            DATELINE.is_match(span.of(text)) && count_words(span.of(text)) >= 8 && ends_like_sentence(span.of(text))
        })
        .into_iter()
        .chain(fits(12))
        .min()
        .or_else(|| fits(4))
}

/// What a block says of itself that makes it no news.
fn furniture(words: &str) -> Option<FurnitureKind> {
    let count = count_words(words);
    if CREDIT.is_match(words) && count <= 60 {
        return Some(FurnitureKind::Credit);
    }
    if REPORTING.is_match(words) && count <= 40 {
        return Some(FurnitureKind::Credit);
    }
    if TAGS.is_match(words) && count <= 30 {
        return Some(FurnitureKind::Other);
    }
    if PROMOTION.is_match(words) && (count <= 14 || !ends_like_sentence(words) && count <= 25) {
        return Some(FurnitureKind::Promotion);
    }
    if LEGAL.is_match(words) && count <= 40 {
        return Some(FurnitureKind::Legal);
    }
    if count == 0 {
        return Some(FurnitureKind::Other);
    }
    // Crossheads between dashes: "– ‘Violent’ words –".
    let dashes = ['–', '—', '-', '*', '•'];
    let trimmed = words.trim();
    if count <= 10 && trimmed.starts_with(dashes) && trimmed.ends_with(dashes) {
        return Some(FurnitureKind::Other);
    }
    None
}

fn is_byline(words: &str) -> bool {
    BYLINE.is_match(words) && count_words(words) <= 16 && !ends_like_sentence(words)
}

/// A line that holds a date and little else.
fn is_stamp(words: &str) -> bool {
    let Some(found) = dates::find(words) else { return false };
    let lead = STAMP.find(words).map_or(0, |found| found.end());
    let rest = format!(
        "{} {}",
        words.get(lead.min(found.span.start())..found.span.start()).unwrap_or(""),
        &words[found.span.end()..]
    );
    count_words(&rest) <= 6 && !ends_like_sentence(&rest)
}

/// Stems of the words that carry meaning, cut to six letters so that forms of a word meet.
fn content_words<'t>(texts: impl Iterator<Item = &'t str>) -> HashSet<String> {
    texts
        .flat_map(|text| text.split(|character: char| !character.is_alphanumeric()))
        .filter(|word| {
            word.chars().count() > 3 || word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1
        })
        .map(|word| word.to_lowercase().chars().take(6).collect())
        .filter(|word: &String| !COMMON.contains(&word.as_str()))
        .collect()
}

const COMMON: &[&str] = &[
    "after", "says", "said", "with", "from", "that", "this", "over", "into", "were", "have", "been", "more", "than",
    "will", "they", "their", "about", "which", "also", "when", "what", "the", "and", "for", "but", "not", "has", "had",
];

/// The headline: the headline-like line before the story that shares most of its words with it.
fn choose_title(
    text: &str,
    raw: &[Span],
    first: Option<usize>,
    given: Option<&str>,
    body: &HashSet<String>,
) -> Option<usize> {
    if let Some(given) = given {
        let same = |span: &Span| span.of(text).split_whitespace().eq(given.split_whitespace());
        if let Some(index) = raw.iter().position(same) {
            return Some(index);
        }
        return None;
    }
    let before = &raw[..first?];
    let mut best: Option<(f64, usize)> = None;
    for (index, span) in before.iter().enumerate() {
        let words = span.of(text);
        let count = count_words(words);
        if count < 3 || count > 30 || furniture(words).is_some() || is_byline(words) || is_stamp(words) {
            continue;
        }
        let own = content_words(std::iter::once(words));
        let shared = own.iter().filter(|word| body.contains(*word)).count();
        let score = shared as f64 / (own.len() as f64 + 1.0) + shared as f64 * 0.05;
        if best.is_none_or(|(known, _)| score > known + 1e-9) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Reads dates, byline, dateline and masthead from the judged blocks.
fn finish(text: &str, parts: &mut Parts) {
    parts.title = parts.blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.span);
    parts.byline = parts.blocks.iter().find(|block| block.kind == BlockKind::Byline).map(|block| block.span);
    parts.masthead = parts
        .blocks
        .iter()
        .take(2)
        .find(|block| block.kind == BlockKind::Furniture(FurnitureKind::Masthead))
        .map(|block| block.span);
    let located = |span: Span| {
        dates::find(span.of(text))
            .map(|found| (found.value, Span::new(span.start() + found.span.start(), span.start() + found.span.end())))
    };
    let printed = parts
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Dateline | BlockKind::Byline))
        .find_map(|block| located(block.span));
    if let Some(block) = parts.blocks.iter_mut().find(|block| block.kind == BlockKind::Paragraph) {
        let paragraph = block.span.of(text);
        if let Some(captures) = DATELINE.captures(paragraph) {
            let whole = captures.get(0).map_or(0..0, |found| found.range());
            let base = block.span.start();
            let at = |name: &str, other: &str| {
                captures
                    .name(name)
                    .or_else(|| captures.name(other))
                    .map(|found| Span::new(base + found.start(), base + found.end()))
            };
            let agency = at("agency", "agency2");
            let rest = at("rest", "rest2");
            let head = Span::new(base, base + whole.end).trim(text);
            let shouted = !paragraph.chars().any(char::is_lowercase);
            // In an upper-case text only a date or an agency tells a dateline from a sentence with a dash.
            if whole.end < paragraph.len()
                && (!shouted || agency.is_some() || rest.is_some_and(|rest| dates::find(rest.of(text)).is_some()))
            {
                let place = at("place", "place2").map(|span| span.trim(text));
                let date = rest.and_then(located);
                let partial = rest.filter(|_| date.is_none()).zip(printed.as_ref()).and_then(|(rest, (printed, _))| {
                    dates::find_partial(rest.of(text), printed).map(|found| found.value)
                });
                parts.dateline = Some(Dateline {
                    span: head,
                    place,
                    date: date.as_ref().map(|(value, _)| value.clone()).or(partial),
                    agency,
                });
                if let (None, Some((value, span))) = (&printed, date) {
                    parts.published = Some(Published { value, basis: "dateline".to_owned(), span: Some(span) });
                }
                block.span = Span::new(base + whole.end, block.span.end()).trim(text);
            }
        }
    }
    if let Some((value, span)) = printed {
        parts.published = Some(Published { value, basis: "text".to_owned(), span: Some(span) });
    }
    if parts.published.is_none() {
        // Furniture prints dates too ("Updated ..."), the story's own sentences do not date the page.
        parts.published = parts
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Paragraph | BlockKind::Title))
            .find_map(|block| located(block.span))
            .map(|(value, span)| Published { value, basis: "text".to_owned(), span: Some(span) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) -> Parts {
        let parts = read(text, None);
        let found: Vec<(String, &str)> = parts
            .blocks
            .iter()
            .map(|block| {
                let kind = match block.kind {
                    BlockKind::Title => "title",
                    BlockKind::Byline => "byline",
                    BlockKind::Dateline => "dateline",
                    BlockKind::Paragraph => "paragraph",
                    BlockKind::Subhead => "subhead",
                    BlockKind::Furniture(_) => "furniture",
                };
                (kind.to_owned(), block.span.of(text))
            })
            .collect();
        let expected: Vec<(String, &str)> = expected.iter().map(|(kind, words)| ((*kind).to_owned(), *words)).collect();
        assert_eq!(found, expected);
        parts
    }

    #[test]
    fn a_page_with_furniture() {
        let text = "Coast Daily\n\nRebels leave two towns in the north after talks\n\nCup final moved to Sunday, organisers say\nSource: Stock pictures\n\nRebels left two towns in the north on Monday after talks with the army, the governor said.\n\n– ‘A good sign’ –\n\n“It is a good sign,” he said.\n\nWhat comes next\n\nThe talks go on in March.\n\nAbout the author\n\nCoast Daily is a newspaper.\n\nIt has offices in three towns.";
        check(
            text,
            &[
                ("furniture", "Coast Daily"),
                ("title", "Rebels leave two towns in the north after talks"),
                ("furniture", "Cup final moved to Sunday, organisers say"),
                ("furniture", "Source: Stock pictures"),
                (
                    "paragraph",
                    "Rebels left two towns in the north on Monday after talks with the army, the governor said.",
                ),
                ("furniture", "– ‘A good sign’ –"),
                ("paragraph", "“It is a good sign,” he said."),
                ("subhead", "What comes next"),
                ("paragraph", "The talks go on in March."),
                ("furniture", "About the author"),
                ("furniture", "Coast Daily is a newspaper."),
                ("furniture", "It has offices in three towns."),
            ],
        );
    }

    #[test]
    fn datelines_and_dates() {
        let text = "Army retakes village\n\nBy Ana Ruiz | 3 May 2021\n\nTARRA, Ombia, May 2 (Highland Wire) — The army retook a village on Sunday after a day of clashes, an officer said.\n\nRead more\nHow the war began, in five maps";
        let parts = check(
            text,
            &[
                ("title", "Army retakes village"),
                ("byline", "By Ana Ruiz | 3 May 2021"),
                ("paragraph", "The army retook a village on Sunday after a day of clashes, an officer said."),
                ("furniture", "Read more"),
                ("furniture", "How the war began, in five maps"),
            ],
        );
        let dateline = parts.dateline.expect("a dateline");
        assert_eq!(dateline.place.map(|span| span.of(text)), Some("TARRA"));
        assert_eq!(dateline.agency.map(|span| span.of(text)), Some("(Highland Wire)"));
        assert_eq!(dateline.date.as_deref(), Some("2021-05-02"));
        assert_eq!(
            parts.published.map(|published| (published.value, published.basis)),
            Some(("2021-05-03".to_owned(), "text".to_owned()))
        );
    }

    #[test]
    fn wires_in_capitals_with_hard_lines() {
        let text = "   TARRA, 18 FEB 90 (OPA) -- [TEXT] HEAVY FIGHTING BROKE OUT LAST NIGHT IN\nTHE NORTH WHEN REBELS ATTACKED A POWER STATION NEAR THE RIVER TARRA.\n\n   A SOLDIER WAS WOUNDED.\n";
        let parts = check(
            text,
            &[
                (
                    "paragraph",
                    "HEAVY FIGHTING BROKE OUT LAST NIGHT IN\nTHE NORTH WHEN REBELS ATTACKED A POWER STATION NEAR THE RIVER TARRA.",
                ),
                ("paragraph", "A SOLDIER WAS WOUNDED."),
            ],
        );
        assert_eq!(parts.published.map(|published| published.value).as_deref(), Some("1990-02-18"));
    }

    #[test]
    fn little_texts() {
        check("", &[]);
        check("Gunmen kill five in market", &[("paragraph", "Gunmen kill five in market")]);
        check("They fired. Five died.", &[("paragraph", "They fired. Five died.")]);
    }
}
