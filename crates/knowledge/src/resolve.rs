//! Decides which place a name means in a report, by rules whose weights were set by hand.
//!
//! Every candidate starts with a prior (inhabitants, kind, exactness of the name) and gains by its company: countries and first-order
//! divisions that the other names point to, "X, Y" and "X in Y", neighbors within 150 km. Three rounds, one sense per document.
//! Populations move with wars, so they are a weak prior and never a filter.

use crate::countries::Country;
use crate::gazetteer::{Candidate, Exactness, Gazetteers, ROUGH, places};
use crate::key::name_key;
use crate::table::{rows, values};
use counterclaim_schema::ledger::{AdminClaim, PlaceAlternative, PlacePrecision};
use counterclaim_schema::{Diagnostic, DiagnosticCode, Span};
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// What is known of the report beside its names.
#[derive(Debug, Clone, Default)]
pub struct DocumentContext {
    /// Place of the dateline.
    pub dateline: Option<String>,
    /// ISO 3166-1 alpha-3 of countries named or described in the report, once per mention.
    pub countries: Vec<String>,
}

/// What a name was resolved to.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// Identifier with its prefix.
    pub gazetteer_id: String,
    /// Name in the gazetteer; the report's own words are in the span.
    pub name: String,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3; none for seas and regions over several countries.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Second-order division.
    pub admin2: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// How fine; never finer than the words: [`PlacePrecision::Near`] for "near X".
    pub precision: PlacePrecision,
    /// How fine the named place itself is, whatever the words say of the distance to it.
    pub named_precision: PlacePrecision,
    /// Share of the evidence among the candidates, 0 to 1; not calibrated.
    pub score: f64,
    /// At most three other candidates.
    pub alternatives: Vec<PlaceAlternative>,
    /// For contested places: who administers, who claims.
    pub admin_claims: Vec<AdminClaim>,
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

/// Evidence for a candidate before any context; a logarithm, larger is likelier.
pub(crate) fn prior(candidate: &Candidate) -> f64 {
    let code = candidate.feature_code.as_str();
    let size = if candidate.id.starts_with("region:") { 5.8 } else { f64::from(candidate.population.max(10)).log10() };
    let kind = match code {
        "PCLI" => 2.6,
        "ADM1" if candidate.salient => 1.5,
        "ADM1" => 0.7,
        "ADM2" => -1.0,
        "PPLC" => 1.9,
        "PPLA" => 0.5,
        "PPLA2" => 0.2,
        "PPLX" => -0.8,
        "CONT" => 2.5,
        "ADM3" | "ADM4" | "ADM5" => -1.0,
        "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => -1.5,
        _ if candidate.id.starts_with("region:") => 1.5,
        _ => 0.0,
    };
    let exact = match candidate.exactness {
        Exactness::Primary => 0.0,
        Exactness::Alternate if candidate.salient => 0.0,
        Exactness::Alternate => -0.9,
        Exactness::Variant => -1.8,
        Exactness::Fuzzy => -2.5,
        Exactness::Adjective => -1.5,
    };
    size + kind + exact
}

/// A bare name that a division shares with its seat means the seat: the inhabitants of the division count those of the seat too.
fn plain_prior(candidate: &Candidate, candidates: &[Candidate], wish: Wish) -> f64 {
    let own = prior(candidate);
    if wish != Wish::Any || candidate.salient || !matches!(candidate.feature_code.as_str(), "ADM1" | "ADM2") {
        return own;
    }
    let seat = candidates
        .iter()
        .filter(|other| {
            other.exactness <= Exactness::Alternate
                && matches!(other.feature_code.as_str(), "PPLC" | "PPLA" | "PPLA2")
                && lies_in(other, candidate)
        })
        .map(prior)
        .fold(f64::NEG_INFINITY, f64::max);
    if seat.is_finite() { own.min(seat - 0.2) } else { own }
}

fn is_settlement(candidate: &Candidate) -> bool {
    candidate.feature_code.starts_with("PPL") || candidate.feature_code == "STLMT"
}

fn wish_bonus(candidate: &Candidate, wish: Wish) -> f64 {
    let code = candidate.feature_code.as_str();
    let region = candidate.id.starts_with("region:");
    match wish {
        Wish::Any => 0.0,
        Wish::Province => match code {
            "ADM1" => 3.0,
            "ADM2" => 1.8,
            "PCLI" => -2.0,
            _ if region => 1.5,
            _ => -0.5,
        },
        Wish::District => match code {
            "ADM2" => 3.0,
            "ADM1" => 1.0,
            "PCLI" => -3.0,
            _ => 0.0,
        },
        Wish::Settlement => match code {
            "ADM1" | "ADM2" => -1.0,
            "PCLI" => -4.0,
            _ if region => -2.0,
            _ => 0.8,
        },
        Wish::Capital => match code {
            "PPLC" => 3.0,
            "PPLA" => 1.5,
            "PCLI" => -2.0,
            _ => 0.0,
        },
    }
}

/// Kilometers between two points, good enough for neighborhoods.
pub(crate) fn kilometers(a: (f64, f64), b: (f64, f64)) -> f64 {
    let mean = ((a.0 + b.0) / 2.0).to_radians();
    let mut east = (a.1 - b.1).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let (x, y) = (east * mean.cos(), a.0 - b.0);
    111.2 * (x * x + y * y).sqrt()
}

fn point(candidate: &Candidate) -> Option<(f64, f64)> {
    Some((candidate.lat?, candidate.lon?))
}

/// Whether a place lies in another one, by the gazetteer's divisions.
fn lies_in(inner: &Candidate, outer: &Candidate) -> bool {
    if inner.id == outer.id {
        return false;
    }
    match outer.feature_code.as_str() {
        "PCLI" => inner.country == outer.country && inner.feature_code != "PCLI",
        "ADM1" => inner.admin1_id.as_deref() == Some(outer.id.as_str()),
        "ADM2" => inner.admin2_id.as_deref() == Some(outer.id.as_str()),
        _ if outer.id.starts_with("region:") => {
            inner.country.as_ref().is_some_and(|country| outer.countries.contains(country))
                && inner.feature_code != "PCLI"
        }
        // A quarter of a town.
        _ => {
            inner.feature_code == "PPLX"
                && inner.country == outer.country
                && point(inner).zip(point(outer)).is_some_and(|(a, b)| kilometers(a, b) < 25.0)
        }
    }
}

/// One sense: all mentions of a name with the same wish.
struct Sense {
    candidates: Vec<Candidate>,
    scores: Vec<f64>,
    best: Option<usize>,
    n_mentions: usize,
    /// Senses that this one stands before ("X, Y", "X in Y").
    outer: Vec<usize>,
    /// Senses that stand before this one.
    inner: Vec<usize>,
    wish: Wish,
}

const ROUNDS: usize = 3;
const MAX_SENSES: usize = 300;

/// Whether the text between two names says that the first lies in the second.
fn joins(between: &str) -> bool {
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

/// Words by which a text shows where its readers are at home: local news names no country.
static HOME_SIGNS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/home_signs.csv")).map(|[phrase, country, _note]| (phrase, country)).collect()
});

/// The country of a text's readers, once for each sign of it; none where signs of several countries are as many.
fn home_signs(text: &str) -> Vec<String> {
    const MOST: usize = 12;
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '“' | '”' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut note = |phrase: &str| {
        let sign = HOME_SIGNS
            .get_key_value(phrase)
            .or_else(|| HOME_SIGNS.get_key_value(phrase.trim_end_matches(['.', ':', '?'])));
        if let Some((&phrase, &country)) = sign.filter(|(phrase, _)| !found.iter().any(|(known, _)| known == *phrase)) {
            found.push((phrase, country));
        }
    };
    for (at, word) in words.iter().enumerate() {
        note(word);
        if word.starts_with('£') {
            note("£");
        }
        if let Some(next) = words.get(at + 1) {
            note(&format!("{word} {next}"));
        }
    }
    let count = |country: &str| found.iter().filter(|(_, other)| *other == country).count();
    let Some(home) = found.iter().map(|(_, country)| *country).max_by_key(|country| count(country)) else {
        return Vec::new();
    };
    let others = found.len() - count(home);
    // One sign may stand in any text.
    if count(home) < 2 + others { Vec::new() } else { vec![home.to_owned(); (2 * (count(home) - others)).min(MOST)] }
}

/// Resolves the place names of a report; one result per mention, none where nothing fits.
///
/// `mentions` come in text order with spans in `text`. Diagnostics: `UnknownPlace` for names that are not in the gazetteer,
/// `AmbiguousPlace` where two candidates far apart fit almost equally well.
pub fn resolve(
    text: &str,
    mentions: &[ToponymMention],
    context: &DocumentContext,
) -> (Vec<Option<Resolution>>, Vec<Diagnostic>) {
    let gazetteer = places();
    let mut senses: Vec<Sense> = Vec::new();
    let mut by_key: HashMap<(String, bool), usize> = HashMap::new();
    let mut sense_of: Vec<usize> = Vec::with_capacity(mentions.len());
    let mut countries = unrivaled(gazetteer, mentions, &context.countries);
    let home = home_signs(text);
    // Where the report tells of countries, these count, and not where its readers are.
    let others = countries.iter().filter(|country| !home.contains(country)).count();
    if home.len() >= 2 * others {
        countries.extend(home);
    }
    let context = &DocumentContext { countries, ..context.clone() };
    for mention in mentions {
        let division = matches!(mention.wish, Wish::Province | Wish::District);
        let key = (name_key(&mention.name), division);
        let index = *by_key.entry(key).or_insert_with(|| {
            senses.push(Sense {
                candidates: candidates(gazetteer, mention, &context.countries),
                scores: Vec::new(),
                best: None,
                n_mentions: 0,
                outer: Vec::new(),
                inner: Vec::new(),
                wish: mention.wish,
            });
            senses.len() - 1
        });
        senses[index].n_mentions += 1;
        if senses[index].wish == Wish::Any {
            senses[index].wish = mention.wish;
        }
        sense_of.push(index);
    }
    for (index, pair) in mentions.windows(2).enumerate() {
        let between = text.get(pair[0].span.end()..pair[1].span.start()).unwrap_or("?");
        if between.len() < 24 && joins(between) && sense_of[index] != sense_of[index + 1] {
            let (inner, outer) = (sense_of[index], sense_of[index + 1]);
            if !senses[inner].outer.contains(&outer) {
                senses[inner].outer.push(outer);
                senses[outer].inner.push(inner);
            }
        }
    }
    let dateline = context.dateline.as_deref().and_then(|name| gazetteer.best(name));
    for round in 0..=ROUNDS {
        score_round(&mut senses, context, dateline.as_ref(), round);
    }
    // A name that is in no list may be a misspelling of a place in a country of the story.
    let mut diagnostics = Vec::new();
    let countries = known_countries(&senses, context);
    let mut again = false;
    for (mention, &sense) in mentions.iter().zip(&sense_of) {
        if senses[sense].candidates.is_empty() && !mention.name.is_empty() {
            senses[sense].candidates = gazetteer.lookup_fuzzy(&mention.name, &countries);
            again |= !senses[sense].candidates.is_empty();
        }
    }
    if again {
        score_round(&mut senses, context, dateline.as_ref(), ROUNDS);
    }
    let told_countries = told_countries(&senses, context);
    let mut results: Vec<Option<Resolution>> = Vec::with_capacity(mentions.len());
    let mut told: Vec<usize> = Vec::new();
    for (mention, &index) in mentions.iter().zip(&sense_of) {
        let sense = &senses[index];
        let fits = |best: &usize| {
            let candidate = &sense.candidates[*best];
            !is_stray(candidate, &told_countries) && !contradicts(candidate, sense, &senses)
        };
        let Some(best) = sense.best.filter(fits) else {
            if !told.contains(&index) {
                told.push(index);
                let words = mention.span.range();
                let words = text.get(words).unwrap_or_default();
                diagnostics.push(Diagnostic::with(
                    DiagnosticCode::UnknownPlace,
                    Some(mention.span),
                    format!("the place `{words}` is not in the gazetteer"),
                ));
            }
            results.push(None);
            continue;
        };
        let (resolution, rival) = resolution(sense, best, mention);
        if let Some(rival) = rival
            && !told.contains(&index)
        {
            told.push(index);
            diagnostics.push(Diagnostic::with(
                DiagnosticCode::AmbiguousPlace,
                Some(mention.span),
                format!(
                    "`{}` may be in {} or in {}",
                    mention.name,
                    describe(&sense.candidates[best]),
                    describe(&sense.candidates[rival])
                ),
            ));
        }
        results.push(Some(resolution));
    }
    (results, diagnostics)
}

/// The country that most of the report's names and adjectives point to: a default for places that no gazetteer holds.
///
/// None when no country has half of them.
pub fn prevailing_country(resolutions: &[Option<Resolution>], context: &DocumentContext) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let resolved = resolutions.iter().flatten().filter_map(|resolution| resolution.country.as_deref());
    for country in resolved.chain(context.countries.iter().map(String::as_str)) {
        *counts.entry(country).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (country, count) = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    (2 * count >= all).then(|| country.to_owned())
}

/// The countries told, without those whose name is a large division of another country too ("Georgia", "Niger"): the company decides there.
fn unrivaled(gazetteer: Gazetteers, mentions: &[ToponymMention], countries: &[String]) -> Vec<String> {
    let mut left = countries.to_vec();
    for mention in mentions {
        let Some(country) = Country::by_name(&mention.name) else { continue };
        let rivaled = gazetteer.lookup(&mention.name).iter().any(|candidate| {
            candidate.feature_code == "ADM1"
                && candidate.exactness == Exactness::Primary
                && candidate.population >= 1_000_000
                && candidate.country.as_deref() != Some(country.iso3)
        });
        if rivaled && let Some(index) = left.iter().position(|told| told == country.iso3) {
            left.remove(index);
        }
    }
    left
}

/// Countries that the report tells beyond doubt: by name, adjective, dateline, or a place that no other candidate rivals.
fn told_countries(senses: &[Sense], context: &DocumentContext) -> Vec<String> {
    let mut countries = context.countries.clone();
    for sense in senses {
        let Some(best) = sense.best.map(|best| &sense.candidates[best]) else { continue };
        if matches!(best.feature_code.as_str(), "PCLI" | "ADM1" | "PPLC") || best.salient {
            countries.extend(best.countries.iter().cloned());
        }
    }
    if let Some(place) = context.dateline.as_deref().and_then(|name| places().best(name)) {
        countries.extend(place.countries);
    }
    countries
}

/// A district, or a settlement that is no capital and no great city.
fn is_lesser(candidate: &Candidate) -> bool {
    candidate.feature_code == "ADM2"
        || is_settlement(candidate) && candidate.feature_code != "PPLC" && candidate.population < 600_000
}

/// Whether a place is a lesser one in a country that the report, which tells others, never tells. A village that no gazetteer holds
/// would otherwise be put into its namesake across the world.
fn is_stray(candidate: &Candidate, told: &[String]) -> bool {
    is_lesser(candidate) && told.len() >= 3 && !candidate.countries.iter().any(|country| told.contains(country))
}

/// Whether the report says that a place lies in a country ("Baga in Nigeria"), and the best that the gazetteer has is a lesser namesake elsewhere.
fn contradicts(candidate: &Candidate, sense: &Sense, senses: &[Sense]) -> bool {
    let mut countries = sense.outer.iter().filter_map(|&outer| {
        let outer = &senses[outer];
        // "Columbus, Georgia" lies in the Georgia that has a Columbus, whatever the report's other names say.
        let may_hold = outer.candidates.iter().any(|other| lies_in(candidate, other));
        outer.best.map(|best| &outer.candidates[best]).filter(|outer| outer.feature_code == "PCLI" && !may_hold)
    });
    is_lesser(candidate)
        && countries.next().is_some_and(|outer| outer.country != candidate.country)
        && countries.next().is_none()
}

fn describe(candidate: &Candidate) -> String {
    let country =
        candidate.country.as_deref().and_then(Country::by_iso3).map_or("no one country", |country| country.name);
    match &candidate.admin1 {
        Some(admin1) if *admin1 != candidate.name => format!("{admin1}, {country}"),
        _ => country.to_owned(),
    }
}

fn candidates(gazetteer: Gazetteers, mention: &ToponymMention, countries: &[String]) -> Vec<Candidate> {
    let mut found = gazetteer.lookup(&mention.name);
    if found.is_empty()
        && let Some(country) = Country::by_adjective(&mention.name)
    {
        found.extend(
            gazetteer
                .get(&format!("geonames:{}", country.geonames_id))
                .map(|candidate| Candidate { exactness: Exactness::Adjective, ..candidate }),
        );
    }
    if found.is_empty() {
        // "Kabul airport" is told by its town when the airport itself is in no list.
        const FACILITIES: &[&str] = &[
            "city",
            "town",
            "village",
            "camp",
            "valley",
            "island",
            "airport",
            "mountains",
            "peninsula",
            "heights",
            "township",
            "port",
            "crossing",
        ];
        if let Some((rest, last)) = mention.name.rsplit_once(' ')
            && FACILITIES.contains(&last.to_lowercase().as_str())
        {
            found = gazetteer.lookup(
                rest.strip_suffix(" international").or_else(|| rest.strip_suffix(" International")).unwrap_or(rest),
            );
        }
    }
    // Another transliteration is only believed in a country of the story.
    if !countries.is_empty() {
        found.retain(|candidate| {
            candidate.exactness < Exactness::Variant
                || candidate.exactness == Exactness::Adjective
                || candidate.countries.iter().any(|country| countries.contains(country))
        });
    }
    found.retain(|candidate| candidate.lat.is_some() || candidate.feature_code.starts_with("ADM"));
    found
}

fn known_countries(senses: &[Sense], context: &DocumentContext) -> Vec<String> {
    let mut countries: Vec<String> = context.countries.clone();
    for sense in senses {
        if let Some(country) = sense.best.and_then(|best| sense.candidates[best].country.clone()) {
            countries.push(country);
        }
    }
    countries.sort_unstable();
    countries.dedup();
    countries
}

/// Weights of the rules, set on the training part of a corpus of local news (LGL) and checked on own stories.
const COUNTRY_WEIGHT: f64 = 1.8;
const ADMIN1_WEIGHT: f64 = 2.0;
const NEIGHBOR_WEIGHT: f64 = 1.0;
const CONTAINED_WEIGHT: f64 = 4.0;
const CONTAINS_WEIGHT: f64 = 2.0;

fn score_round(senses: &mut [Sense], context: &DocumentContext, dateline: Option<&Candidate>, round: usize) {
    // What each sense adds to the mass of its country and division: its mentions, tempered.
    let mut country_mass: HashMap<String, f64> = HashMap::new();
    let mut admin_mass: HashMap<String, f64> = HashMap::new();
    let weight = |n_mentions: usize| (n_mentions.min(4) as f64).sqrt();
    for (n, country) in context.countries.iter().enumerate() {
        if n < 200 {
            *country_mass.entry(country.clone()).or_default() += 0.5;
        }
    }
    if let Some(place) = dateline {
        for country in &place.countries {
            *country_mass.entry(country.clone()).or_default() += 1.0;
        }
        if let Some(admin1) = &place.admin1_id {
            *admin_mass.entry(admin1.clone()).or_default() += 0.7;
        }
    }
    let mut points: Vec<(usize, (f64, f64))> = Vec::new();
    if round > 0 {
        for (index, sense) in senses.iter().enumerate().take(MAX_SENSES) {
            let Some(best) = sense.best.map(|best| &sense.candidates[best]) else { continue };
            if let Some(country) = &best.country {
                *country_mass.entry(country.clone()).or_default() += weight(sense.n_mentions);
            }
            if let Some(admin1) = &best.admin1_id {
                *admin_mass.entry(admin1.clone()).or_default() += weight(sense.n_mentions);
            }
            if is_settlement(best) || best.feature_code == "ADM2" {
                points.extend(point(best).map(|point| (index, point)));
            }
        }
    }
    let own = |sense: &Sense, candidate: &Candidate| -> (f64, f64) {
        let Some(best) = sense.best.filter(|_| round > 0).map(|best| &sense.candidates[best]) else {
            return (0.0, 0.0);
        };
        let mass = weight(sense.n_mentions);
        (
            if best.country.is_some() && best.country == candidate.country { mass } else { 0.0 },
            if best.admin1_id.is_some() && best.admin1_id == candidate.admin1_id { mass } else { 0.0 },
        )
    };
    let mut decided: Vec<(Vec<f64>, Option<usize>)> = Vec::with_capacity(senses.len());
    for (index, sense) in senses.iter().enumerate() {
        let mut scores = Vec::with_capacity(sense.candidates.len());
        for candidate in &sense.candidates {
            let (own_country, own_admin) = own(sense, candidate);
            let mut score = plain_prior(candidate, &sense.candidates, sense.wish) + wish_bonus(candidate, sense.wish);
            let mass = candidate
                .countries
                .iter()
                .map(|country| country_mass.get(country).copied().unwrap_or(0.0))
                .fold(0.0, f64::max);
            score += COUNTRY_WEIGHT * (1.0 + (mass - own_country).max(0.0)).ln();
            if let Some(admin1) = &candidate.admin1_id {
                let mass = admin_mass.get(admin1).copied().unwrap_or(0.0);
                score += ADMIN1_WEIGHT * (1.0 + (mass - own_admin).max(0.0)).ln();
            }
            if let Some(here) =
                point(candidate).filter(|_| is_settlement(candidate) || candidate.feature_code == "ADM2")
            {
                let near =
                    points.iter().filter(|(other, there)| *other != index && kilometers(here, *there) < 150.0).count();
                score += NEIGHBOR_WEIGHT * (1.0 + near as f64).ln();
            }
            let fits = |other: usize, inward: bool| {
                let other = &senses[other];
                let likely: Vec<&Candidate> = match other.best {
                    Some(best) if round > 0 => vec![&other.candidates[best]],
                    _ => other.candidates.iter().take(12).collect(),
                };
                likely
                    .into_iter()
                    .any(|other| if inward { lies_in(candidate, other) } else { lies_in(other, candidate) })
            };
            if sense.outer.iter().any(|&outer| fits(outer, true)) {
                score += CONTAINED_WEIGHT;
            }
            if sense.inner.iter().any(|&inner| fits(inner, false)) {
                score += CONTAINS_WEIGHT;
            }
            scores.push(score);
        }
        let best = (0..scores.len()).max_by(|&a, &b| {
            scores[a].total_cmp(&scores[b]).then_with(|| sense.candidates[b].id.cmp(&sense.candidates[a].id))
        });
        decided.push((scores, best));
    }
    for (sense, (scores, best)) in senses.iter_mut().zip(decided) {
        sense.scores = scores;
        sense.best = best;
    }
}

/// Feature codes of spots with coordinates of their own in imported gazetteers, beside airports, border posts, camps and bridges.
const FACILITIES: &[&str] = &[
    "BRKS", "CSTL", "CTRN", "DAM", "FT", "GATE", "HSP", "INSM", "LDNG", "MILB", "MKT", "MN", "MNMT", "NVB", "OILR",
    "OILT", "PP", "PPQ", "PRN", "PRT", "PS", "PSH", "PSN", "STNB", "TNL", "UNIV",
];

/// Whether a GeoNames feature code is that of a facility: a spot, not an area.
pub(crate) fn is_facility(code: &str) -> bool {
    ["AIR", "PST", "CMP", "BDG"].iter().any(|kind| code.starts_with(kind)) || FACILITIES.contains(&code)
}

fn precision(candidate: &Candidate, mention: &ToponymMention) -> PlacePrecision {
    let code = candidate.feature_code.as_str();
    let plain = match code {
        "PCLI" if mention.part => PlacePrecision::Region,
        "PCLI" => PlacePrecision::Country,
        // A contested area is nobody's province.
        "ADM1" if candidate.salient && !admin_claims(candidate).is_empty() => PlacePrecision::Region,
        "ADM1" => PlacePrecision::Province,
        "ADM2" | "ADM3" | "ADM4" | "ADM5" => PlacePrecision::District,
        // Put down from memory, within some ten kilometers.
        _ if candidate.id.starts_with(ROUGH) => PlacePrecision::Near,
        _ if is_facility(code) => PlacePrecision::Exact,
        "SITE" => PlacePrecision::Exact,
        _ if is_settlement(candidate) => PlacePrecision::Settlement,
        _ => PlacePrecision::Region,
    };
    if mention.near && matches!(plain, PlacePrecision::Settlement | PlacePrecision::Exact) {
        PlacePrecision::Near
    } else {
        plain
    }
}

/// Candidates that lie so near each other that it does not matter which is meant.
fn same_area(a: &Candidate, b: &Candidate) -> bool {
    a.country.is_some()
        && a.country == b.country
        && (a.admin1_id == b.admin1_id || point(a).zip(point(b)).is_some_and(|(a, b)| kilometers(a, b) < 100.0))
}

fn resolution(sense: &Sense, best: usize, mention: &ToponymMention) -> (Resolution, Option<usize>) {
    let top = sense.scores[best];
    let total: f64 = sense.scores.iter().map(|score| (score - top).exp()).sum();
    let share = |index: usize| (sense.scores[index] - top).exp() / total;
    let mut order: Vec<usize> = (0..sense.scores.len()).filter(|&index| index != best).collect();
    order.sort_by(|&a, &b| {
        sense.scores[b].total_cmp(&sense.scores[a]).then_with(|| sense.candidates[a].id.cmp(&sense.candidates[b].id))
    });
    let candidate = &sense.candidates[best];
    let rival = order
        .first()
        .copied()
        .filter(|&rival| top - sense.scores[rival] < 0.35 && !same_area(candidate, &sense.candidates[rival]));
    let alternatives = order
        .iter()
        .take(3)
        .filter_map(|&index| {
            let other = &sense.candidates[index];
            Some(PlaceAlternative {
                gazetteer_id: other.id.clone(),
                name: other.name.clone(),
                country: other.country.clone(),
                lat: other.lat?,
                lon: other.lon?,
                score: share(index),
            })
        })
        .collect();
    let admin1 = candidate.admin1.clone();
    let resolution = Resolution {
        gazetteer_id: candidate.id.clone(),
        name: candidate.name.clone(),
        lat: candidate.lat,
        lon: candidate.lon,
        country: candidate.country.clone(),
        admin1,
        admin2: candidate.admin2.clone(),
        feature_code: Some(candidate.feature_code.clone()),
        precision: precision(candidate, mention),
        named_precision: precision(candidate, &ToponymMention { near: false, ..mention.clone() }),
        score: share(best),
        alternatives,
        admin_claims: admin_claims(candidate),
    };
    (resolution, rival)
}

struct Contested {
    admin1: Vec<String>,
    circle: Option<((f64, f64), f64)>,
    claims: Vec<AdminClaim>,
}

static CONTESTED: LazyLock<Vec<Contested>> = LazyLock::new(|| {
    rows(include_str!("../../../data/contested.csv"))
        .map(|[_name, admin1, lat, lon, radius, claims]| Contested {
            admin1: values(admin1).map(|id| format!("geonames:{id}")).collect(),
            circle: match (lat.parse(), lon.parse(), radius.parse::<f64>()) {
                (Ok(lat), Ok(lon), Ok(radius)) if radius > 0.0 => Some(((lat, lon), radius)),
                _ => None,
            },
            claims: values(claims)
                .filter_map(|claim| claim.split_once(':'))
                .map(|(view, country)| AdminClaim { view: view.to_owned(), country: country.to_owned() })
                .collect(),
        })
        .collect()
});

/// Who administers and who claims a place, for the contested areas of `data/contested.csv`; empty for all others.
pub fn admin_claims(candidate: &Candidate) -> Vec<AdminClaim> {
    let views: &[(&str, &str)] = match candidate.country.as_deref() {
        Some("TWN") => &[("de_facto", "TWN"), ("china", "CHN")],
        Some("XKX") => &[("de_facto", "XKX"), ("serbia", "SRB")],
        Some("ESH") => &[("de_facto", "MAR"), ("un", "ESH"), ("morocco", "MAR")],
        _ => &[],
    };
    // A country with a contested part is not itself contested.
    if !views.is_empty() || candidate.feature_code == "PCLI" {
        return views
            .iter()
            .map(|(view, country)| AdminClaim { view: (*view).to_owned(), country: (*country).to_owned() })
            .collect();
    }
    let here = point(candidate);
    CONTESTED
        .iter()
        .find(|area| {
            candidate.admin1_id.as_ref().is_some_and(|admin1| area.admin1.contains(admin1))
                || area.circle.zip(here).is_some_and(|((middle, radius), here)| kilometers(middle, here) <= radius)
        })
        .map(|area| area.claims.clone())
        .unwrap_or_default()
}
