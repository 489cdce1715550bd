//! Decides which place a name means in a report.
//!
//! Every candidate starts with a prior (inhabitants, kind, exactness of the name) and gains by its company: countries and first-order
//! divisions that the other names point to, "X, Y" and "X in Y", neighbors, homes of armed groups, the publisher's address. The weights
//! are trained (`rank.rs`). Three rounds, one sense per document. Populations move with wars, so they are a weak prior and never a filter.

mod contested;
mod home;
mod mention;
mod rank;

use crate::countries::Country;
use crate::gazetteer::{Candidate, Exactness, Gazetteers, ROUGH, places};
use crate::key::name_key;
use counterclaim_schema::ledger::{AdminClaim, PlaceAlternative, PlacePrecision};
use counterclaim_schema::{Diagnostic, DiagnosticCode};
use home::Home;
use rank::{Company, ROUNDS, Sense, final_values, is_settlement, lies_in, point, score_round};
use std::collections::HashMap;

pub use contested::admin_claims;
pub use mention::{ToponymMention, Wish, toponym_mention};
pub use rank::FEATURE_NAMES;
pub(crate) use rank::{kilometers, prior};

/// What is known of the report beside its names.
#[derive(Debug, Clone, Default)]
pub struct DocumentContext {
    /// Place of the dateline.
    pub dateline: Option<String>,
    /// ISO 3166-1 alpha-3 of the country that the dateline names behind its place.
    pub dateline_country: Option<String>,
    /// ISO 3166-1 alpha-3 of countries named or described in the report, once per mention.
    pub countries: Vec<String>,
    /// Countries where the armed groups that the report names are at home, once per mention.
    pub groups: Vec<String>,
    /// Where the report was published on the net: an address or the name of a host.
    pub address: Option<String>,
    /// Name of the outlet.
    pub publisher: Option<String>,
}

impl DocumentContext {
    /// The place from which the report was written. "TRIPOLI, Lebanon" is in Lebanon, and of two towns the capital or seat of a country that the
    /// report tells goes before one that is only larger: "LA PAZ" in a report on Bolivia.
    pub fn written_from(&self) -> Option<Candidate> {
        let name = self.dateline.as_deref()?;
        let gazetteer = places();
        let best = gazetteer.best(name);
        let in_country = |candidate: &Candidate, country: &String| candidate.countries.contains(country);
        if let Some(own) = &self.dateline_country {
            let inside = gazetteer.best_where(name, |candidate| is_settlement(candidate) && in_country(candidate, own));
            return inside.or(best);
        }
        let told = |candidate: &Candidate| self.countries.iter().any(|country| in_country(candidate, country));
        if best.as_ref().is_none_or(told) {
            return best;
        }
        let seat = |candidate: &Candidate| {
            matches!(candidate.feature_code.as_str(), "PPLC" | "PPLA" | "PPLG")
                && candidate.exactness <= Exactness::Alternate
        };
        gazetteer.best_where(name, |candidate| seat(candidate) && told(candidate)).or(best)
    }

    /// Whether the report names a country or an armed group that is at home there.
    fn tells(&self, country: &String) -> bool {
        self.countries.contains(country) || self.groups.contains(country)
    }
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

/// The names of a report with their candidates, chosen.
struct Chosen {
    senses: Vec<Sense>,
    /// The sense of each mention.
    sense_of: Vec<usize>,
    context: DocumentContext,
    dateline: Option<Candidate>,
    home: Home,
}

fn choose(text: &str, mentions: &[ToponymMention], context: &DocumentContext) -> Chosen {
    let gazetteer = places();
    let mut countries = unrivaled(gazetteer, mentions, &context.countries);
    let mut home = Home::of(gazetteer, context.address.as_deref(), context.publisher.as_deref());
    home.weigh(&countries);
    let signs = home::home_signs(text);
    // Where the report tells of countries, these count, and not where its readers are.
    let others = countries.iter().filter(|country| !signs.contains(country)).count();
    if signs.len() >= 2 * others {
        countries.extend(signs);
    }
    let context = DocumentContext { countries, ..context.clone() };
    let (mut senses, sense_of) = senses_of(text, mentions, &context, &home);
    let dateline = context.written_from();
    let company = Company { context: &context, dateline: dateline.as_ref(), home: &home };
    for round in 0..=ROUNDS {
        score_round(&mut senses, &company, round);
    }
    // A name that is in no list may be a misspelling of a place in a country of the story.
    let countries = known_countries(&senses, &context);
    let mut again = false;
    for (mention, &sense) in mentions.iter().zip(&sense_of) {
        if senses[sense].candidates.is_empty() && !mention.name.is_empty() {
            senses[sense].candidates = gazetteer.lookup_fuzzy(&mention.name, &countries);
            again |= !senses[sense].candidates.is_empty();
        }
    }
    if again {
        score_round(&mut senses, &company, ROUNDS);
    }
    Chosen { senses, sense_of, dateline, home, context }
}

fn senses_of(
    text: &str,
    mentions: &[ToponymMention],
    context: &DocumentContext,
    home: &Home,
) -> (Vec<Sense>, Vec<usize>) {
    let mut senses: Vec<Sense> = Vec::new();
    let mut by_key: HashMap<(String, bool), usize> = HashMap::new();
    let mut sense_of: Vec<usize> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let division = matches!(mention.wish, Wish::Province | Wish::District);
        let key = (name_key(&mention.name), division);
        let index = *by_key.entry(key).or_insert_with(|| {
            let candidates = candidates(places(), mention, context);
            senses.push(Sense::new(name_key(&mention.name), candidates, mention.wish, home.holds(&mention.name)));
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
        if between.len() < 24 && mention::joins(between) && sense_of[index] != sense_of[index + 1] {
            let (inner, outer) = (sense_of[index], sense_of[index + 1]);
            if !senses[inner].outer.contains(&outer) {
                senses[inner].outer.push(outer);
                senses[outer].inner.push(inner);
            }
        }
    }
    (senses, sense_of)
}

/// A candidate of a name and its features, in the order of [`FEATURE_NAMES`].
#[derive(Debug, Clone)]
pub struct RankedCandidate {
    /// The place.
    pub candidate: Candidate,
    /// Values of the features.
    pub values: Vec<f64>,
}

/// What the ranker sees of each mention, for its training.
pub fn ranked_candidates(
    text: &str,
    mentions: &[ToponymMention],
    context: &DocumentContext,
) -> Vec<Vec<RankedCandidate>> {
    let chosen = choose(text, mentions, context);
    let company = Company { context: &chosen.context, dateline: chosen.dateline.as_ref(), home: &chosen.home };
    let values = final_values(&chosen.senses, &company);
    let of_sense = |&sense: &usize| {
        let told = chosen.senses[sense].candidates.iter().zip(&values[sense]);
        told.map(|(candidate, values)| RankedCandidate { candidate: candidate.clone(), values: values.to_vec() })
            .collect()
    };
    chosen.sense_of.iter().map(of_sense).collect()
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
    let resolved = resolve_or_abstain(text, mentions, context);
    (resolved.places.into_iter().map(Result::ok).collect(), resolved.diagnostics)
}

/// What the names of a report were resolved to.
#[derive(Debug)]
pub struct ResolvedNames {
    /// For each mention its place; else at most three places that it was not taken for, the likeliest first.
    pub places: Vec<Result<Resolution, Vec<PlaceAlternative>>>,
    /// As for [`resolve`].
    pub diagnostics: Vec<Diagnostic>,
}

/// A lesser place whose area has less than this share of the evidence is not told: of those a fifth would be right.
const LEAST_SHARE: f64 = 0.2;

/// As [`resolve`], with what was left open.
pub fn resolve_or_abstain(text: &str, mentions: &[ToponymMention], context: &DocumentContext) -> ResolvedNames {
    let Chosen { senses, sense_of, context, dateline, .. } = choose(text, mentions, context);
    let mut diagnostics = Vec::new();
    let told_countries = told_countries(&senses, &context);
    let mut places: Vec<Result<Resolution, Vec<PlaceAlternative>>> = Vec::with_capacity(mentions.len());
    let mut told: Vec<usize> = Vec::new();
    for (mention, &index) in mentions.iter().zip(&sense_of) {
        let sense = &senses[index];
        let fits = |best: &usize| {
            let candidate = &sense.candidates[*best];
            !is_stray(candidate, &told_countries, dateline.as_ref())
                && !is_misspelled(candidate, &told_countries, context.dateline.is_some())
                && !contradicts(candidate, sense, &senses)
                && !(is_lesser(candidate) && area_share(sense, *best) < LEAST_SHARE)
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
            places.push(Err(alternatives(sense, None)));
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
        places.push(Ok(resolution));
    }
    ResolvedNames { places, diagnostics }
}

/// The country that most of the report's names and adjectives point to: a default for places that no gazetteer holds.
///
/// None when no country has half of them.
pub fn prevailing_country(resolutions: &[Option<Resolution>], context: &DocumentContext) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let dateline = context.written_from();
    let dateline = dateline.as_ref().and_then(|place| place.country.as_deref());
    let large = |resolution: &Resolution| matches!(resolution.feature_code.as_deref(), Some("PCLI" | "ADM1" | "PPLC"));
    let told = |country: &str| {
        dateline == Some(country)
            || context.countries.iter().chain(&context.groups).any(|known| known == country)
            || resolutions.iter().flatten().any(|other| large(other) && other.country.as_deref() == Some(country))
    };
    // A namesake of a village, in a country that nothing else tells of, is a weak word for it.
    for resolution in resolutions.iter().flatten() {
        if let Some(country) = resolution.country.as_deref() {
            *counts.entry(country).or_default() += if told(country) { 2 } else { 1 };
        }
    }
    for country in context.countries.iter().map(String::as_str).chain(dateline) {
        *counts.entry(country).or_default() += 2;
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
    countries.extend(context.groups.iter().cloned());
    for sense in senses {
        let Some(best) = sense.best.map(|best| &sense.candidates[best]) else { continue };
        if matches!(best.feature_code.as_str(), "PCLI" | "ADM1" | "PPLC") || best.salient {
            countries.extend(best.countries.iter().cloned());
        }
    }
    if let Some(place) = context.written_from() {
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
fn is_stray(candidate: &Candidate, told: &[String], dateline: Option<&Candidate>) -> bool {
    let far = || {
        let point = |place: &Candidate| place.lat.zip(place.lon);
        let apart = dateline.and_then(point).zip(point(candidate)).map(|(there, here)| kilometers(there, here));
        apart.is_some_and(|apart| apart > FAR)
    };
    is_lesser(candidate)
        && (told.len() >= 3 || far())
        && !candidate.countries.iter().any(|country| told.contains(country))
}

/// Kilometers from its dateline within which a report may tell of a village in a country that it never names.
const FAR: f64 = 2000.0;

/// Whether a name written otherwise than in the gazetteer would move a report with a dateline to a country that it never tells: "Cata", a society
/// of taxi drivers in Cape Town, is not Caţa in Romania.
fn is_misspelled(candidate: &Candidate, told: &[String], dated: bool) -> bool {
    dated
        && is_lesser(candidate)
        && candidate.exactness != Exactness::Primary
        && !told.is_empty()
        && !candidate.countries.iter().any(|country| told.contains(country))
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

fn candidates(gazetteer: Gazetteers, mention: &ToponymMention, context: &DocumentContext) -> Vec<Candidate> {
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
    if !context.countries.is_empty() {
        found.retain(|candidate| {
            candidate.exactness < Exactness::Variant
                || candidate.exactness == Exactness::Adjective
                || candidate.countries.iter().any(|country| context.tells(country))
        });
    }
    found.retain(|candidate| candidate.lat.is_some() || candidate.feature_code.starts_with("ADM"));
    found
}

fn known_countries(senses: &[Sense], context: &DocumentContext) -> Vec<String> {
    let mut countries: Vec<String> = context.countries.iter().chain(&context.groups).cloned().collect();
    for sense in senses {
        if let Some(country) = sense.best.and_then(|best| sense.candidates[best].country.clone()) {
            countries.push(country);
        }
    }
    countries.sort_unstable();
    countries.dedup();
    countries
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

/// Share of the evidence that each candidate has.
fn shares(sense: &Sense) -> Vec<f64> {
    let top = sense.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = sense.scores.iter().map(|score| (score - top).exp()).sum();
    sense.scores.iter().map(|score| (score - top).exp() / total).collect()
}

/// Share of a candidate and of those so near it that it does not matter which is meant.
fn area_share(sense: &Sense, at: usize) -> f64 {
    let near = |other: &usize| *other == at || same_area(&sense.candidates[at], &sense.candidates[*other]);
    let shares = shares(sense);
    (0..shares.len()).filter(near).map(|other| shares[other]).sum()
}

/// Candidates beside the chosen one, the likeliest first.
fn others(sense: &Sense, chosen: Option<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sense.scores.len()).filter(|&index| Some(index) != chosen).collect();
    order.sort_by(|&a, &b| {
        sense.scores[b].total_cmp(&sense.scores[a]).then_with(|| sense.candidates[a].id.cmp(&sense.candidates[b].id))
    });
    order
}

fn alternatives(sense: &Sense, chosen: Option<usize>) -> Vec<PlaceAlternative> {
    let shares = shares(sense);
    others(sense, chosen)
        .into_iter()
        .take(3)
        .filter_map(|index| {
            let other = &sense.candidates[index];
            Some(PlaceAlternative {
                gazetteer_id: other.id.clone(),
                name: other.name.clone(),
                country: other.country.clone(),
                lat: other.lat?,
                lon: other.lon?,
                score: shares[index],
            })
        })
        .collect()
}

fn resolution(sense: &Sense, best: usize, mention: &ToponymMention) -> (Resolution, Option<usize>) {
    let candidate = &sense.candidates[best];
    let rival = others(sense, Some(best)).first().copied().filter(|&rival| {
        sense.scores[best] - sense.scores[rival] < 0.35 && !same_area(candidate, &sense.candidates[rival])
    });
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
        score: shares(sense)[best],
        alternatives: alternatives(sense, Some(best)),
        admin_claims: admin_claims(candidate),
    };
    (resolution, rival)
}
