//! A place name with what stands around it.

use crate::countries::Country;
use counterclaim_schema::Span;

/// What the words around a name say about its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Wish {
    /// Nothing.
    #[default]
    Any,
    /// "X region", "X province", "X oblast": a division, first-order before second-order.
    Province,
    /// "X district", "X county".
    District,
    /// "the town of X".
    Settlement,
    /// "the capital, X".
    Capital,
}

/// A place name in a report with what its neighborhood tells.
#[derive(Debug, Clone, PartialEq)]
pub struct ToponymMention {
    /// The name without generic and direction words; looked up.
    pub name: String,
    /// Where, generic words that are part of the mention included.
    pub span: Span,
    /// What kind of place is meant.
    pub wish: Wish,
    /// "near X", "outside X", "20 km north of X".
    pub near: bool,
    /// "northern X" inside the mention: a part of the place, told without its bounds.
    pub part: bool,
}

const PROVINCE_WORDS: &[&str] = &[
    "region",
    "province",
    "oblast",
    "governorate",
    "state",
    "prefecture",
    "republic",
    "territory",
    "krai",
    "department",
    "regional state",
    "voivodeship",
    "canton",
    "emirate",
];
const DISTRICT_WORDS: &[&str] = &[
    "district",
    "county",
    "raion",
    "rayon",
    "municipality",
    "parish",
    "subdistrict",
    "sub-district",
    "zone",
    "commune",
    "township",
    "woreda",
    "locality",
    "borough",
];
const SETTLEMENT_WORDS: &[&str] =
    &["city", "town", "village", "hamlet", "settlement", "suburb", "neighborhood", "neighbourhood", "camp", "port"];
const DIRECTIONS: &[&str] = &[
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north-eastern",
    "north-western",
    "south-eastern",
    "south-western",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "upper",
    "lower",
    "inner",
    "outer",
    "mainland",
    "downtown",
    "greater",
    "rural",
    "occupied",
    "coastal",
];
const NEAR_WORDS: &[&str] = &[
    "near",
    "outside",
    "around",
    "off",
    "beyond",
    "close to",
    "outskirts of",
    "north of",
    "south of",
    "east of",
    "west of",
    "from",
    "between",
    "surrounding",
    "toward",
    "towards",
    "northeast of",
    "northwest of",
    "southeast of",
    "southwest of",
];

/// The words before a byte offset, at most `count`, lower-cased, nearest last; a sentence end cuts them off.
fn words_before(text: &str, offset: usize, count: usize) -> Vec<String> {
    let mut start = offset.min(text.len()).saturating_sub(60);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let head = text.get(start..offset).unwrap_or_default();
    let head = head.rsplit(['.', '!', '?', '\n', ';']).next().unwrap_or_default();
    let words: Vec<String> = head
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words[words.len().saturating_sub(count)..].to_vec()
}

/// The word after a byte offset, lower-cased, when only a space lies between.
fn word_after(text: &str, offset: usize) -> Option<String> {
    let tail = text.get(offset..)?.strip_prefix(' ')?;
    let word: String = tail.chars().take_while(|c| c.is_alphanumeric() || *c == '-').take(20).collect();
    (!word.is_empty()).then(|| word.to_lowercase())
}

/// Reads a place name at a span with what stands around it.
///
/// The span must lie in the text; one that does not gives a mention without a name.
pub fn toponym_mention(text: &str, span: Span) -> ToponymMention {
    let raw = text.get(span.range()).unwrap_or_default();
    let joined: String = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = joined.as_str();
    let mut mention = ToponymMention { name: String::new(), span, wish: Wish::Any, near: false, part: false };
    for suffix in ["'s", "’s", "'", "’"] {
        name = name.strip_suffix(suffix).unwrap_or(name);
    }
    let whole_is_known =
        |name: &str| crate::gazetteer::Region::by_name(name).is_some() || Country::by_name(name).is_some();
    let mut before = words_before(text, span.start(), 4);
    if !whole_is_known(name) {
        // "northern Kharkiv region" -> Kharkiv, a part of it, a division.
        while let Some((first, rest)) = name.split_once(' ') {
            let direction = first.to_lowercase();
            let lower_case = first.starts_with(char::is_lowercase);
            if !DIRECTIONS.contains(&direction.as_str()) || !lower_case || rest.is_empty() {
                break;
            }
            mention.part = true;
            name = rest;
        }
        if let Some((rest, last)) = name.rsplit_once(' ') {
            let word = last.to_lowercase();
            let generic = if PROVINCE_WORDS.contains(&word.as_str()) {
                Some(Wish::Province)
            } else if DISTRICT_WORDS.contains(&word.as_str()) {
                Some(Wish::District)
            } else if SETTLEMENT_WORDS.contains(&word.as_str()) && last.starts_with(char::is_lowercase) {
                Some(Wish::Settlement)
            } else {
                None
            };
            if let Some(wish) = generic {
                mention.wish = wish;
                name = rest;
            }
        }
    }
    if mention.wish == Wish::Any
        && let Some(after) = word_after(text, span.end())
    {
        if PROVINCE_WORDS.contains(&after.as_str()) {
            mention.wish = Wish::Province;
        } else if DISTRICT_WORDS.contains(&after.as_str()) {
            mention.wish = Wish::District;
        }
    }
    if let [.., generic, of] = before.as_slice()
        && of == "of"
        && mention.wish == Wish::Any
    {
        mention.wish = if PROVINCE_WORDS.contains(&generic.as_str()) {
            Wish::Province
        } else if DISTRICT_WORDS.contains(&generic.as_str()) {
            Wish::District
        } else if SETTLEMENT_WORDS.contains(&generic.as_str()) {
            Wish::Settlement
        } else if generic == "capital" {
            Wish::Capital
        } else {
            Wish::Any
        };
    }
    if let Some(last) = before.last()
        && mention.wish == Wish::Any
    {
        if last == "capital" {
            mention.wish = Wish::Capital;
        } else if SETTLEMENT_WORDS.contains(&last.as_str()) {
            mention.wish = Wish::Settlement;
        }
    }
    // "near the town of X" is near X.
    if let [.., generic, of] = before.as_slice()
        && of == "of"
        && (SETTLEMENT_WORDS.contains(&generic.as_str())
            || DISTRICT_WORDS.contains(&generic.as_str())
            || generic == "capital")
    {
        before.truncate(before.len() - 2);
    }
    while before.last().is_some_and(|word| {
        matches!(
            word.as_str(),
            "the" | "a" | "town" | "city" | "village" | "nearby" | "border" | "besieged" | "capital"
        ) || DIRECTIONS.contains(&word.as_str())
    }) {
        before.pop();
    }
    let tail = before.join(" ");
    let measured = before.iter().any(|word| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || matches!(word.as_str(), "km" | "kilometers" | "kilometres" | "miles")
    });
    mention.near = NEAR_WORDS.iter().any(|word| {
        let ends = tail.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        // "from X" and "off X" tell a distance only with a measure.
        ends && (!matches!(*word, "from" | "off" | "toward" | "towards" | "between") || measured || *word == "between")
    });
    mention.name = name.to_owned();
    mention
}

/// Whether the text between two names says that the first lies in the second.
pub(super) fn joins(between: &str) -> bool {
    let words: Vec<&str> = between.split_whitespace().collect();
    // "X in northern Y", "X in the south of Y" lie in Y, too.
    let kept = match words.as_slice() {
        [head @ .., direction] if DIRECTIONS.contains(direction) => head.to_vec(),
        [head @ .., "the", direction, "of"] if DIRECTIONS.contains(direction) => head.to_vec(),
        words => words.to_vec(),
    };
    matches!(
        kept.join(" ").as_str(),
        "," | "in"
            | ", in"
            | "("
            | "in the"
            | ", a town in"
            | ", a city in"
            | "district of"
            | "district in"
            | ", in the"
            | "in northern"
            | "in southern"
            | "in eastern"
            | "in western"
            | "in central"
            | "province of"
            | ", northern"
            | ", southern"
            | ", eastern"
            | ", western"
            | ", central"
            | "region of"
            | "in neighboring"
            | "in neighbouring"
    )
}
