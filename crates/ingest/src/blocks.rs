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
        r"(?i)^\W*(?:(?:file )?(?:photo|picture|image|photograph|video|graphic|map|illustration|caption|cartoon|screenshot)s?(?: credit| courtesy| by| source)?\s*[:|/©(]|source\s*:|credit\s*:|file\s*[-–—]|\(?(?:photo|picture|image)s? by\b|getty images\b|©\s*(?:afp|reuters|getty)|.{0,300}(?:\((?:[^()]{0,40} )?(?:photo|image|picture|file|handout|screengrab)\b[^)]{0,60}\)|\[[^\[\]]{2,60}/[^\[\]]{2,60}\]|\([^()\d]{2,40}/[^()\d]{2,40}\)|[.!?”)|]\s*(?:photo|image|picture|photograph)s?\s*(?:by|courtesy|credit)?\s*[:©][^!?]{2,60}|\w\s?/\s?(?:afp|reuters|ap|epa|getty)(?: images)?|\bgetty images|\bvia (?:ap|reuters|afp))[\s”\x22]*$)",
    )
});
static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:have your say\b|sign ?up (?:for|to|here|now)\b|sign ?up$|subscribe\b|(?:\w+ ){0,3}newsletters?\b|follow us\b|like us\b|share (?:this|on|via)\b|support (?:our|independent)\b|become a (?:member|subscriber)\b|donate (?:to|now|today|here)\b|donate$|get (?:the|our) (?:latest|daily|morning|news|app)\b|download (?:the|our) app\b|join (?:our|the) (?:conversation|channel|newsletter|telegram|whatsapp)|click here\b|listen to this\b|read (?:more|also|next|full|the full)\b|also read\b|(?:read|watch|listen|more|see|see also|related|editor[’']s note)\s*[:|–-]|editors?[’']? picks?\b|don[’']t miss\b|you may (?:also )?like\b|what to read next\b|continue reading\b|keep reading\b|in case you missed\b|leave a (?:comment|reply)\b|e-?mail (?:this|us)\b|skip to\b|we use cookies\b|accept (?:all|cookies)\b)",
    )
});
/// Words of menus and lists of links. A sentence may begin with them too, but ends in a full stop.
static LINKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:share$|advertisement\b|sponsored\b|see also\b|related(?: stories| articles| news| coverage| topics| links)?\b|more (?:on this|stories|from|news|in|about|headlines)\b|most (?:read|popular|viewed|shared)\b|recommended\b|trending\b|top stories\b|latest (?:news|stories|headlines|updates)\b|also on\b|up next\b|back to top\b|comments?\b(?: \(\d+\))?$|\d+ comments?\b|\d+ min(?:ute)?s? read\b|reading time\b|estimated reading\b|print(?: this)?(?: page)?$|whatsapp\b|facebook\b|twitter\b|telegram$|copy link\b|menu\b|home$|log ?in\b|search\b$|next (?:story|article)\b|previous (?:story|article)\b|breaking news$|live updates?$)",
    )
});
static LEGAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:©|copyright\b|\(c\)|all rights reserved|terms (?:of|and)\b|privacy\b|cookie|we use cookies|this (?:site|website) uses|contact (?:us|the)\b|editorial (?:policy|standards)|correction policy|impressum|advertise with|for (?:more|further) information,? please|please do not publish\b)|\bis (?:funded by (?:its|our) readers|a reader-funded|an independent (?:news|media|non-profit))|all rights reserved|may not be (?:reproduced|published|broadcast|republished)",
    )
});
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|section|location)\s*[:|]")
});
static REPORTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:additional |further )?(?:reporting|writing|editing|edited|compiled|translated|written)\b[^.]{0,80}\bby\b|(?:with|\()?\s*(?:additional )?(?:reporting|input|inputs|files?|contributions?) (?:by|from)\b|our standards\b|this (?:story|article|report|version) (?:was|has been|is) (?:updated|corrected|published|first|amended|part)|\(?(?:this story|story)\b.{0,40}(?:updated|corrected)|[^.!?]{3,80}\bcontributed (?:reporting\b|to this (?:report|story|article)\b))",
    )
});
/// What is said of the author below a story. The same words inside a story may be news of a reporter.
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:the (?:author|writer|reporter|correspondent|journalist)[’']s (?:name|identity)\b[^.]{0,80}\.?$|the (?:author|writer) (?:is|lives|works|covers|has)\b|(?-i:[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'.-]+){1,3}) (?:is (?:an?|the|our) [^.]{0,60}\b(?:reporter|correspondent|journalist|columnist|writer|editor|bureau chief|contributor)\b|covers\b|has covered\b|reports (?:on|from)\b|has reported from\b|writes (?:about|on|from)\b)[^.]{0,100}\.?$|(?:he|she|they) (?:can be (?:reached|contacted|found|followed)|tweets?)\b|follow (?:him|her|them|\w+ \w+) on\b)",
    )
});
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*about (?:the |this |our )?(?:author|authors|writer|writers|agency|correspondent|reporter|journalist|contributor|us|publisher|newspaper|site|website)s?\W*$|^\W*author(?: bio)?\W*$",
    )
});
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:By|BY|by|Reported by|REPORTED BY|Text by|Words by)\s+(?:[A-ZÀ-Þ]|(?:an?|our|the|staff)\b[\w ’'-]{0,30}(?:correspondent|reporter|writer|staff|journalist|desk)s?\b)|^\W*(?:From|FROM|from) our (?:\w+ ){0,3}correspondent|^\W*(?:(?:Our|OUR|Staff|STAFF|Special|SPECIAL)\s+(?:\w+\s+){0,2})?(?:Correspondent|CORRESPONDENT|Reporter|REPORTER)s?(?:,| for | in |$)",
    )
});
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:published|updated|last updated|posted|modified|created|issued|released|date|first published|on)?\b",
    )
});
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*(?:",
        // "GOMA, Congo, Jan. 19, 2024 (Wire) – ", "YAOUNDE (Wire) – ", "KHARTOUM — "
        r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.\-/ ]{1,38}[A-ZÀ-Þ])(?P<rest>(?:\s*\([^()\n]{2,30}\))?,[^()—–\n]{0,60}?)?\s*(?P<agency>\([^)\n]{2,48}\))?",
        r"|",
        // "Bishkek, 16 September (Wire) - ", "Goma (DR Congo), May 24, 2024 (Wire) - "
        r"(?P<place2>[A-ZÀ-Þ][\w'’.\-]{2,24}(?: [A-ZÀ-Þ][\w'’.\-]{1,20}){0,2})(?P<rest2>(?:\s*\([^()\n]{2,30}\))?,[^()—–\n]{0,60}?)?\s*(?P<agency2>\([^)\n]{2,48}\))?",
        r")(?P<behind>,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+(?:19|20)\d\d)?)?\s*(?:--+|—|–|\s-\s|_|:\s)\s*(?:\[[A-Z][A-Z0-9 ,.\n'/-]{2,90}\]\s*)*"
    ))
});

/// "N'DJAMENA (Tribune), 2 November 2024. Three warplanes ...": a full date and a stop instead of a dash.
static STOPPED_DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.\-/ ]{1,38}[A-ZÀ-Þ])(?:,\s[A-Z][\w ]{2,20})?\s*(?P<agency>\([^)\n]{2,48}\))?(?P<rest>,\s*(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2},?)\s+(?:19|20)\d\d)\.\s",
    )
});

static HEAD_STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?P<told>(?:date of publication|(?:first |last )?(?:published|posted|updated)|created|issued)(?:\s+(?:on|at))?\s*:?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?$",
    )
});
/// A weekday in front of a date, behind an agency or a headline: "... NGO AFP Monday 17 Mar 2014 Six people were killed".
static INNER_STAMP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[A-Za-z)]\s+(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+$"));

/// An agency, or another name, and a weekday: prose has a preposition there ("fell on Monday 17 March").
static SIGNED_STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b[A-Z][A-Za-z]+\s+(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+$")
});
/// What follows a date that stands behind a headline: an agency in capitals, if behind a place.
static AGENCY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s+(?:[A-Z][a-z]+\s+)?[A-Z]{3,8}\b"));
/// Words before a date that make it part of a sentence.
static IN_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:on|in|of|since|from|until|till|by|to|after|before|between|and|dated|the|as|for|at)\s+$")
});
/// What pages print behind a date: an hour, who wrote, a label.
static BEHIND_STAMP: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:at\s+\d{1,2}[:.]?\d\d\b|by\s+[A-Z]|[a-z]+:\s)"));
/// An hour beside a date in figures: no prose writes "1449 09.04.2017" or "07-08-2013 0147 PM".
static CLOCK_BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d{1,2}[:.]?\d\d\s+$"));
static CLOCK_BEHIND: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:\(updated|\d{1,2}[:.]?\d\d\s*[AaPp][Mm]\b)"));

/// Characters at the head of a story in which a page that lost its lines prints its date.
const STAMP_REACH: usize = 200;
/// The same for a date that an agency in capitals signs: a headline and what stands below it may go before.
const SIGNED_REACH: usize = 360;
/// Such an agency and a weekday.
static AGENCY_STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:[A-Z]{2,8}|Reuters)\s+(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+$")
});

/// The date that a story's first paragraph begins with, or that stands between its headline and its first sentence, where a page was
/// saved without its line breaks: its value, where it stands, and where the story begins if nothing but the date stands before that.
fn opening_stamp(paragraph: &str) -> Option<(String, Span, Option<usize>)> {
    let mut reach = paragraph.len().min(SIGNED_REACH);
    while !paragraph.is_char_boundary(reach) {
        reach -= 1;
    }
    let found = dates::find_loose(&paragraph[..reach])?;
    let (before, after) = (&paragraph[..found.span.start()], &paragraph[found.span.end()..]);
    let rest = after.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ')');
    if found.span.end() > STAMP_REACH && !AGENCY_STAMP.is_match(before) {
        return None;
    }
    // "16 July 2015 was a bad day" is a sentence.
    let opens = BEHIND_STAMP.is_match(rest)
        || rest.starts_with(|letter: char| {
            letter.is_uppercase() || letter.is_ascii_digit() || matches!(letter, '"' | '“' | '(')
        });
    if let Some(head) = HEAD_STAMP.captures(before) {
        let begins = paragraph.len() - rest.len();
        return (head.name("told").is_some() || opens).then_some((found.value, found.span, opens.then_some(begins)));
    }
    let sentence = before.contains(['.', '!', '?', ',']);
    let signed = SIGNED_STAMP.is_match(before)
        || AGENCY.is_match(after) && !IN_SENTENCE.is_match(before)
        || found.value.get(..4).is_some_and(|year| paragraph[found.span.start()..found.span.end()].ends_with(year))
            && !paragraph[found.span.start()..found.span.end()].contains(char::is_alphabetic)
            && (CLOCK_BEFORE.is_match(before) || CLOCK_BEHIND.is_match(after));
    (!sentence && (signed || opens && INNER_STAMP.is_match(before))).then_some((found.value, found.span, None))
}

/// "By our reporters in Cairo. Thursday, 25 May 2023. All times local.": a date that is a sentence of its own.
fn standing_date(paragraph: &str) -> Option<dates::Found> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:^|[.!?|·•])\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?$")
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d)?\s*(?:[.|·•]|$)"));
    let found = dates::find(paragraph)?;
    let alone = BEFORE.is_match(&paragraph[..found.span.start()]) && BEHIND.is_match(&paragraph[found.span.end()..]);
    alone.then_some(found)
}

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
            content_words(
                raw[first..]
                    .iter()
                    .filter(|&&span| is_paragraph(text, span))
                    .map(|span| without_dateline(span.of(text))),
            )
        })
        .unwrap_or_default();
    let title = choose_title(text, &raw, first, given_title, &body_words);
    let mut ended = false;
    let mut in_list = false;
    let last_paragraph = raw.iter().rposition(|&span| {
        is_paragraph(text, span) && furniture(span.of(text)).is_none() && !says_author(span.of(text))
    });
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
            if count_words(words) > 30 {
                BlockKind::Paragraph
            } else if count_words(words) <= 4 || is_outlet(words) {
                BlockKind::Furniture(FurnitureKind::Masthead)
            } else {
                BlockKind::Furniture(FurnitureKind::Teaser)
            }
        } else if last_paragraph.is_some_and(|last| index > last) && says_author(words) {
            BlockKind::Furniture(FurnitureKind::AboutAuthor)
        } else if !in_list && is_list_item(words) && parts.blocks.last().is_some_and(|last| goes_on(text, last)) {
            BlockKind::Paragraph
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
        let width = |span: &Span| span.of(text).chars().count();
        let longest = group.iter().map(width).max().unwrap_or(0);
        let wrapped = is_wrapped(text, &group, longest);
        let mut last: Option<Span> = None;
        for &line in &group {
            last = Some(match last {
                Some(open) if wrapped && runs_on(text, open, line, longest) => open.to(line),
                Some(done) => {
                    blocks.push(done);
                    line
                }
                None => line,
            });
        }
        blocks.extend(last);
    }
    blocks
}

/// The longest line of text that was broken by hand or by a wire machine.
const WIDEST: usize = 110;

/// Whether lines were broken inside sentences: prose goes on in lower case, a list of headlines and credits does not.
fn is_wrapped(text: &str, lines: &[Span], longest: usize) -> bool {
    if lines.len() < 2 || !(40..=WIDEST).contains(&longest) {
        return false;
    }
    let open = |line: &Span| !ends_like_sentence(line.of(text));
    let breaks = lines.windows(2).filter(|pair| open(&pair[0])).count();
    let shouted = !lines.iter().any(|line| line.of(text).chars().any(char::is_lowercase));
    if shouted {
        let full = lines[..lines.len() - 1].iter().filter(|line| line.of(text).chars().count() * 10 >= longest * 6);
        return full.count() * 10 >= (lines.len() - 1) * 6;
    }
    let goes_on =
        lines.windows(2).filter(|pair| open(&pair[0]) && !pair[1].of(text).starts_with(char::is_uppercase)).count();
    goes_on > 0 && goes_on * 5 >= breaks
}

/// Whether a line goes on in the next one, in a text with broken lines.
fn runs_on(text: &str, open: Span, next: Span, longest: usize) -> bool {
    let words = open.of(text);
    let line = words.rsplit('\n').next().unwrap_or(words).trim();
    let following = next.of(text);
    // In capitals "BY" and "MORE" begin lines of prose like any other words.
    let shouted = |words: &str| !words.contains(char::is_lowercase);
    let apart = |words: &str| {
        !shouted(words) && (furniture(words).is_some() || is_byline(words))
            || is_stamp(words) && !DATELINE.is_match(words)
    };
    if is_list_item(following) || !words.contains('\n') && apart(words) || apart(following) {
        return false;
    }
    let width = line.chars().count();
    if ends_like_sentence(line) {
        // A stop at the end of a full line is chance; after a short one a paragraph ends.
        return width * 10 >= longest * 8 && !following.starts_with(['“', '"']);
    }
    width * 10 >= longest * 5 || following.starts_with(char::is_lowercase)
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn ends_like_sentence(text: &str) -> bool {
    // Wires put notes of the desk behind a paragraph: "[CONTINUED]".
    let text = match text.trim_end().strip_suffix(']').and_then(|rest| rest.rfind('[')) {
        Some(note) if note > 0 && text.len() - note < 40 => text[..note].trim_end(),
        _ => text,
    };
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

/// The dateline at the head of a paragraph. What could be any capitalized words before a dash needs an agency or a date.
fn dateline(paragraph: &str) -> Option<regex::Captures<'_>> {
    let captures = DATELINE.captures(paragraph).or_else(|| STOPPED_DATELINE.captures(paragraph))?;
    let whole = captures.get(0)?;
    let rest = captures.name("rest").or_else(|| captures.name("rest2")).map_or("", |rest| rest.as_str());
    let behind = captures.name("behind").map_or("", |behind| behind.as_str());
    let dated = [rest, behind].into_iter().any(|part| dates::find(part).is_some() || dates::has_month_and_day(part));
    let told = dated || captures.name("agency").or_else(|| captures.name("agency2")).is_some();
    let shouted = !paragraph.chars().any(char::is_lowercase);
    let story = &paragraph[whole.end()..];
    let begins = story.chars().find(|character| character.is_alphanumeric()).is_some_and(|first| !first.is_lowercase());
    // "NATO — the alliance — said", "UPDATE: ..." and sentences in capitals have a dash but no dateline.
    let bare = captures.name("place").is_some() && !shouted && begins && !whole.as_str().trim_end().ends_with(':');
    (!story.trim().is_empty() && (told || bare)).then_some(captures)
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
            dateline(span.of(text)).is_some() && count_words(span.of(text)) >= 8 && ends_like_sentence(span.of(text))
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
    if LINKS.is_match(words) && !words.ends_with(['.', '”', '"']) && count <= 14 {
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

/// A line with a bullet or number before it.
fn is_list_item(words: &str) -> bool {
    let rest = words.trim_start_matches(|character: char| character.is_ascii_digit());
    let marked = match words.strip_prefix(['•', '▪', '·', '*', '-', '–', '—']) {
        Some(item) => item,
        None if rest.len() < words.len() => rest.strip_prefix(['.', ')']).unwrap_or(rest),
        None => return false,
    };
    marked.starts_with(char::is_whitespace) && marked.len() < rest.len()
}

/// Whether a list may follow: a colon before its first item, another item before the next.
fn goes_on(text: &str, last: &Block) -> bool {
    let words = last.span.of(text);
    last.kind == BlockKind::Paragraph && (words.ends_with(':') || is_list_item(words))
}

fn says_author(words: &str) -> bool {
    count_words(words) <= 40 && AUTHOR.is_match(words) && !words.contains(['“', '"'])
}

fn is_byline(words: &str) -> bool {
    BYLINE.is_match(words) && count_words(words) <= 16 && !ends_like_sentence(words)
}

/// The date of a line that holds a date and little else, or a byline with a date.
pub fn stamp(line: &str) -> Option<String> {
    (is_stamp(line) || is_byline(line)).then(|| date_of(line))?.map(|found| found.value)
}

/// The date in a line; one in figures with the day first, "07.04.2017", where the line holds nothing else.
fn date_of(line: &str) -> Option<dates::Found> {
    let alone = |found: &dates::Found| found.span.of(line) == line.trim().trim_end_matches('.');
    dates::find(line).or_else(|| dates::find_loose(line).filter(alone))
}

/// A line that holds a date and little else.
fn is_stamp(words: &str) -> bool {
    let Some(found) = date_of(words) else { return false };
    let lead = STAMP.find(words).map_or(0, |found| found.end());
    let rest = format!(
        "{} {}",
        words.get(lead.min(found.span.start())..found.span.start()).unwrap_or(""),
        &words[found.span.end()..]
    );
    count_words(&rest) <= 6 && !ends_like_sentence(rest.trim_end_matches([':', ' ']))
}

/// A paragraph without its dateline: an agency there is no word of the story, and so no sign of its headline.
fn without_dateline(paragraph: &str) -> &str {
    let end = dateline(paragraph).and_then(|captures| captures.get(0)).map_or(0, |whole| whole.end());
    &paragraph[end..]
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

/// A menu, an outlet with its town, a town with its agency, a desk's "From": no headline, whatever words of the story it shares.
fn is_masthead(words: &str) -> bool {
    let menu = words.matches(['|', '·', '•']).count() >= 2;
    let named =
        words.split_whitespace().all(|word| word.starts_with(|letter: char| letter.is_uppercase() || letter == '('));
    let town = named && words.contains(',') && count_words(words) <= 5;
    let agency = words.trim_end().ends_with(')')
        && words
            .split('(')
            .next()
            .is_some_and(|place| !place.trim().is_empty() && !place.chars().any(char::is_lowercase));
    let desk = words.starts_with("From ") && named;
    menu || town || agency || desk
}

/// Last words of the names of outlets.
const OUTLETS: &[&str] = &[
    "News",
    "Times",
    "Post",
    "Herald",
    "Tribune",
    "Gazette",
    "Ledger",
    "Monitor",
    "Observer",
    "Courier",
    "Chronicle",
    "Wire",
    "Press",
    "Agency",
    "Daily",
    "Today",
    "Telegraph",
    "Journal",
    "Record",
    "Review",
    "Mail",
    "Examiner",
];

/// "Nile & Red Sea News": the name of an outlet. A headline may read alike, so another line goes before it and nothing more.
fn is_outlet(words: &str) -> bool {
    let last = words.split_whitespace().next_back();
    last.is_some_and(|last| OUTLETS.contains(&last))
        && count_words(words) <= 6
        && words
            .split_whitespace()
            .all(|word| !word.starts_with(char::is_lowercase) || matches!(word, "of" | "the" | "and"))
}

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
        if count < 3
            || count > 30
            || furniture(words).is_some()
            || is_byline(words)
            || is_stamp(words)
            || is_masthead(words)
        {
            continue;
        }
        let own = content_words(std::iter::once(words));
        let shared = own.iter().filter(|word| body.contains(*word)).count();
        // Of lines that share as much the longer one: an outlet's name is short.
        let length = 0.001 * count.min(12) as f64;
        let score = shared as f64 / (own.len() as f64 + 1.0) + shared as f64 * 0.05 + length;
        let score = if is_outlet(words) { 0.1 * score } else { score };
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
        date_of(span.of(text))
            .map(|found| (found.value, Span::new(span.start() + found.span.start(), span.start() + found.span.end())))
    };
    let printed = parts
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Dateline | BlockKind::Byline))
        .find_map(|block| located(block.span));
    if let Some(block) = parts.blocks.iter_mut().find(|block| block.kind == BlockKind::Paragraph) {
        let paragraph = block.span.of(text);
        if let Some(captures) = dateline(paragraph) {
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
            // "PORT-AU-PRINCE, Haiti (Agence) Jan 30, 2025 -"
            let behind = captures.name("behind").map(|found| Span::new(base + found.start(), base + found.end()));
            let head = Span::new(base, base + whole.end).trim(text);
            let place = at("place", "place2").map(|span| span.trim(text));
            let date = rest.and_then(located).or_else(|| behind.and_then(located));
            let dated = |span: &Span| dates::has_month_and_day(span.of(text));
            let partial =
                rest.filter(dated).or(behind).or(rest).filter(|_| date.is_none()).zip(printed.as_ref()).and_then(
                    |(rest, (printed, _))| dates::find_partial(rest.of(text), printed).map(|found| found.value),
                );
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
    if let Some((value, span)) = printed {
        parts.published = Some(Published { value, basis: "text".to_owned(), span: Some(span) });
    }
    if parts.published.is_none() && parts.dateline.is_none() {
        if let Some(block) =
            parts.blocks.iter_mut().find(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Title))
        {
            let base = block.span.start();
            if let Some((value, span, begins)) = opening_stamp(block.span.of(text)) {
                let span = Span::new(base + span.start(), base + span.end());
                parts.published = Some(Published { value, basis: "text".to_owned(), span: Some(span) });
                if let Some(begins) = begins {
                    block.span = Span::new(base + begins, block.span.end()).trim(text);
                }
            }
        }
    }
    if parts.published.is_none() {
        let opening = parts.blocks.iter().take(3).filter(|block| !matches!(block.kind, BlockKind::Title));
        parts.published = opening
            .filter_map(|block| standing_date(block.span.of(text)).map(|found| (block.span.start(), found)))
            .map(|(base, found)| Published {
                span: Some(Span::new(base + found.span.start(), base + found.span.end())),
                value: found.value,
                basis: "text".to_owned(),
            })
            .next();
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
    fn stories_that_begin_with_their_date() {
        for (text, value, story) in [
            ("Wed 05 Apr 2017 Two buses burnt in the town. More.", Some("2017-04-05"), Some("Two buses")),
            ("Date of publication 25 July 2016 Shells fell on a market.", Some("2016-07-25"), Some("Shells")),
            ("Last updated at Jul 282016 QAMISHLI A blast was heard.", Some("2016-07-28"), Some("QAMISHLI")),
            ("05-09-2013 Car bomb kills four.", Some("2013-09-05"), Some("Car bomb")),
            (
                "02.10.2017(updated 1838 02.10.2017) Get short URL. An explosion occurred.",
                Some("2017-10-02"),
                Some("(updated"),
            ),
            (
                "Bomb kills six in a suburb NGO Agency Monday 17 Mar 2014 Six people were killed by a bomb.",
                Some("2014-03-17"),
                None,
            ),
            ("Fri 07 Apr 2017 at 0914 Governor counts the dead. More.", Some("2017-04-07"), Some("at 0914")),
            ("6-09-2013 Four killed by a bomb.", Some("2013-09-06"), Some("Four killed")),
            ("Ten dead in camp Agency Monday 6 Jun 2016 seventeen people were hurt.", Some("2016-06-06"), None),
            // What stands below a headline may be long; there an agency has to sign the date.
            (
                "Nine dead as bomb tears through a bus depot in the north Officials say that most of the dead were drivers who had come to collect \
                 their pay and that the depot had been hit twice before in the course of the past winter by shells AFP Tuesday 6 Aug 2013 A bomb \
                 killed nine people.",
                Some("2013-08-06"),
                None,
            ),
            (
                "Nine dead as bomb tears through a bus depot in the north Officials say that most of the dead were drivers who had come to collect \
                 their pay and that the depot had been hit twice before in the course of the past winter by shells after Tuesday 6 Aug 2013 A bomb \
                 killed nine people.",
                None,
                None,
            ),
            (
                "Shells kill six in the city 6 October 2016 Tartus NEWS-Shells fell on a market.",
                Some("2016-10-06"),
                None,
            ),
            (
                "Rockets hit a suburb Middle East 2159 18.05.2017(updated 2204 18.05.2017) Fire broke out.",
                Some("2017-05-18"),
                None,
            ),
            (
                "Army kills ten in an ambush Security 07-08-2013 0147 PM An army unit killed ten.",
                Some("2013-08-07"),
                None,
            ),
            ("Rebels took the town on 6 October 2016 NATO said.", None, None),
            ("16 July 2015 was a bad day for the town.", None, None),
            ("Rebels who took the town on Monday 17 March 2014 left it again.", None, None),
            ("The army said on Sunday, 4 May 2014, Colonel Ba had been killed.", None, None),
        ] {
            let found = opening_stamp(text);
            assert_eq!(found.as_ref().map(|(value, ..)| value.as_str()), value, "{text}");
            let begins = found.and_then(|(.., begins)| begins);
            assert_eq!(begins.is_some(), story.is_some(), "{text}");
            assert!(begins.zip(story).is_none_or(|(begins, story)| text[begins..].starts_with(story)), "{text}");
        }
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
    fn a_land_in_brackets_stands_in_a_dateline() {
        let text = "Fighting rages near Goma as talks open\n\nGoma (DR Congo), May 24, 2024 (Lake Wire) – Fighting raged on Friday near Goma, the main city in the east of the country.";
        let parts = check(
            text,
            &[
                ("title", "Fighting rages near Goma as talks open"),
                ("paragraph", "Fighting raged on Friday near Goma, the main city in the east of the country."),
            ],
        );
        assert_eq!(parts.published.map(|published| published.value).as_deref(), Some("2024-05-24"));
    }

    #[test]
    fn a_day_in_figures_alone_in_its_line() {
        for (line, day) in
            [("31-07-2015", Some("2015-07-31")), ("07.04.2017", Some("2017-04-07")), ("Room 12-10-2014 B", None)]
        {
            let text = format!(
                "{line}\n\nRebels killed six soldiers in Tarra on Friday, a monitor said. They fled at dawn.\n"
            );
            assert_eq!(read(&text, None).published.as_ref().map(|published| published.value.as_str()), day, "{line}");
        }
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
    fn dates_behind_an_agency_and_dates_that_stand_alone() {
        let published = |text: &str| read(text, None).published.map(|published| published.value);
        let behind = "Gang burns homes\n\nPORT-AU-PRINCE, Haiti (Caraibe Presse) Jan 30, 2025 — Armed men burned homes before dawn on Monday, the mayor said.";
        assert_eq!(published(behind).as_deref(), Some("2025-01-30"));
        let parts = read(behind, None);
        let agency = parts.dateline.and_then(|dateline| dateline.agency).map(|span| span.of(behind));
        assert_eq!(agency, Some("(Caraibe Presse)"));
        let alone = "Live: pause unravels\n\nBy our reporters in Port Sudan and Cairo. Thursday, 25 May 2023. All times local.\n\n18:40 The army says that it shot down a drone over the air base.";
        assert_eq!(published(alone).as_deref(), Some("2023-05-25"));
        // A date inside a sentence dates what it tells.
        let told = "Old war, new fears\n\nThe war began on 4 March 2011. It went on for nine years, and many left the land for good.";
        assert_eq!(published(told), None);
    }

    #[test]
    fn wires_in_capitals_with_hard_lines() {
        let parts = read(
            "DARA (OMBIA), 8 DEC 89 (OPA) -- [REPORT] [PRESS\nOFFICE] [TEXT] THE ARMY HAS LEFT THE PORT OF TARRA.",
            None,
        );
        assert_eq!(parts.published.map(|published| published.value).as_deref(), Some("1989-12-08"));
        assert_eq!(parts.blocks.iter().map(|block| block.span.len()).collect::<Vec<_>>(), [36]);
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

    /// Blocks with their kinds, put between blank lines and judged as one page.
    fn page(blocks: &[(&str, &str)]) -> Parts {
        check(&blocks.iter().map(|(_, words)| *words).collect::<Vec<_>>().join("\n\n"), blocks)
    }

    const LEAD: (&str, &str) =
        ("paragraph", "Rebels shelled the port of Tarra on Monday, killing three dockers, the harbor master said.");
    const BODY: (&str, &str) = ("paragraph", "The army said its guns had answered the fire and sunk a rebel boat.");

    #[test]
    fn headlines_of_other_stories() {
        page(&[
            ("title", "Rebels shell port, three dockers killed"),
            ("furniture", "Minister rules out snap poll, party says"),
            LEAD,
            ("furniture", "Read more"),
            ("furniture", "Storm closes schools along the coast"),
            BODY,
            ("furniture", "Related stories"),
            ("furniture", "Five killed in mine collapse"),
            ("furniture", "Army chief dismissed after mutiny"),
        ]);
        page(&[
            ("furniture", "Home"),
            ("furniture", "World"),
            ("furniture", "Bus fares to rise in spring"),
            ("title", "Three dockers killed as rebels shell Tarra port"),
            LEAD,
            ("furniture", "READ: Who are the rebels of the coast?"),
            BODY,
            ("furniture", "Also on Coast Daily:"),
            ("furniture", "Gunmen kill judge outside court"),
        ]);
    }

    #[test]
    fn captions_and_credits() {
        page(&[
            ("title", "Rebels shell port, three dockers killed"),
            ("furniture", "FILE - Dockers unload a ship at the port of Tarra, May 2, 2021."),
            LEAD,
            ("furniture", "Smoke over the port of Tarra on Monday. Photo: Ana Ruiz/Coast Daily"),
            BODY,
            ("furniture", "Smoke over the port. [Ana Ruiz/Coast Daily]"),
            ("furniture", "Image: Coast Daily"),
            ("furniture", "A docker looks at the ruins on Monday (AP Photo/Ana Ruiz)"),
            ("paragraph", "Shops stayed closed on Tuesday."),
        ]);
    }

    #[test]
    fn what_follows_the_story() {
        page(&[
            ("title", "Rebels shell port, three dockers killed"),
            LEAD,
            BODY,
            ("furniture", "(Reporting by Ana Ruiz; Editing by Jo Hale)"),
            ("furniture", "Ana Ruiz is a reporter based in Tarra."),
            ("furniture", "Sign up for our morning newsletter."),
            ("furniture", "Tags: Tarra, ports, war"),
            ("furniture", "© 2021 Coast Daily. All rights reserved."),
        ]);
        // Inside the story the same words are news.
        page(&[
            LEAD,
            ("paragraph", "Ana Ruiz is a reporter with the Coast Daily."),
            ("paragraph", "She was wounded when a shell hit the pier, the paper said."),
        ]);
        page(&[LEAD, ("paragraph", "The reporter was killed on Monday.")]);
    }

    #[test]
    fn crossheads_and_lists_in_the_story() {
        page(&[
            LEAD,
            ("subhead", "‘No warning’"),
            BODY,
            ("furniture", "– ‘Broken promises’ –"),
            ("paragraph", "The two sides had agreed to:"),
            ("paragraph", "- stop all shelling by noon;"),
            ("paragraph", "- open the road to the port"),
            ("paragraph", "- free all prisoners."),
            ("subhead", "Mediation offer"),
            ("paragraph", "“We will mediate,” the envoy said."),
        ]);
    }

    #[test]
    fn news_that_looks_like_furniture() {
        page(&[
            LEAD,
            (
                "paragraph",
                "Photographs of the dead were shown by rebels, who said 12 soldiers had been killed in the raid.",
            ),
            ("paragraph", "Follow-up strikes killed two more people."),
            ("paragraph", "Sources said: two boats were sunk."),
            ("paragraph", "More than 300 people fled the town."),
            ("paragraph", "More in the north have fled, aid workers said."),
            ("paragraph", "Home to 4,000 people, Tarra lies on the coast."),
            ("paragraph", "Commenting on the raid, the envoy blamed the rebels."),
            ("paragraph", "Related clashes were reported in Dara."),
            ("paragraph", "The guns fell silent at dusk (1800/1600 GMT)."),
            ("paragraph", "The dead were seen in a photo: three men on a pier."),
            ("paragraph", "Searches went on for two missing sailors."),
        ]);
    }

    #[test]
    fn bylines_stamps_and_datelines() {
        let parts = page(&[
            ("title", "Rebels shell port, three dockers killed"),
            ("byline", "By a correspondent of the Coast Daily"),
            ("byline", "Our Correspondent, Tarra"),
            ("dateline", "Last updated: 3 May 2021, 14:20 GMT"),
            LEAD,
        ]);
        assert_eq!(parts.published.map(|published| published.value).as_deref(), Some("2021-05-03T14:20:00Z"));
        for (head, place, date) in [
            ("TARRA, May 3, 2021 (Wire) - ", Some("TARRA"), Some("2021-05-03")),
            ("TARRA/DARA, 3 May 2021 (Wire) — ", Some("TARRA/DARA"), Some("2021-05-03")),
            ("Port-au-Tarra, May 3, 2021 — ", Some("Port-au-Tarra"), Some("2021-05-03")),
            ("SAN TARRA, Ombia (AP) — ", Some("SAN TARRA"), None),
            ("SAN TARRA, Ombia (Wire), 3 May 2021. ", Some("SAN TARRA"), Some("2021-05-03")),
            ("TARRA — ", Some("TARRA"), None),
            ("Tarra (Wire) – ", Some("Tarra"), None),
            ("UPDATE: ", None, None),
            ("NATO — ", None, None),
            ("Witnesses — ", None, None),
        ] {
            let story = if place.is_some() {
                LEAD.1
            } else {
                "the alliance of the north — said on Monday that it had left Tarra."
            };
            let text = format!("{head}{story}");
            let dateline = read(&text, None).dateline;
            let found =
                dateline.as_ref().map(|dateline| (dateline.place.map(|span| span.of(&text)), dateline.date.as_deref()));
            assert_eq!(found, place.map(|place| (Some(place), date)), "{text}");
        }
    }

    #[test]
    fn lines_broken_inside_sentences() {
        check(
            "Rebels in the north said tonight that their long\noffensive against the port of Tarra had ended after three weeks\nof clashes.\nThe agency of the rebels, in a report read by the Coast Daily\nin Dara, said the guns had gone silent.\n\"We have won,\" a commander was quoted\nas saying.\n",
            &[
                (
                    "paragraph",
                    "Rebels in the north said tonight that their long\noffensive against the port of Tarra had ended after three weeks\nof clashes.",
                ),
                (
                    "paragraph",
                    "The agency of the rebels, in a report read by the Coast Daily\nin Dara, said the guns had gone silent.",
                ),
                ("paragraph", "\"We have won,\" a commander was quoted\nas saying."),
            ],
        );
        check(
            "Rebels shell port\nBy Ana Ruiz\nTARRA, May 3, 2021 (Wire) - Rebels shelled the port of\nTarra on Monday and killed three dockers, the harbor\nmaster said.\n",
            &[
                ("title", "Rebels shell port"),
                ("byline", "By Ana Ruiz"),
                (
                    "paragraph",
                    "Rebels shelled the port of\nTarra on Monday and killed three dockers, the harbor\nmaster said.",
                ),
            ],
        );
        // Lines that are paragraphs stay apart.
        check(
            "Rebels shell port\nRebels shelled the port of Tarra on Monday and killed three dockers, the harbor master said.\nThe army denied that it had fired first.\n",
            &[
                ("title", "Rebels shell port"),
                (
                    "paragraph",
                    "Rebels shelled the port of Tarra on Monday and killed three dockers, the harbor master said.",
                ),
                ("paragraph", "The army denied that it had fired first."),
            ],
        );
    }

    #[test]
    fn the_name_of_an_outlet_is_no_headline() {
        let text = include_str!("../../../fixtures/wires/sudan-pause.txt");
        let parts = read(text, None);
        let title = parts.blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.span.of(text));
        assert!(title.is_some_and(|title| title.starts_with("Bombs and gunfire")), "{title:?}");
        assert_eq!(parts.masthead.map(|span| span.of(text)), Some("Nile & Red Sea News"));
    }

    #[test]
    fn little_texts() {
        check("", &[]);
        check("Gunmen kill five in market", &[("paragraph", "Gunmen kill five in market")]);
        check("They fired. Five died.", &[("paragraph", "They fired. Five died.")]);
    }
}
