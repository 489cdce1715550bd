//! Ranks the places that a name may mean: features of each candidate, added up by trained weights (`data/place_ranker.csv`).
//!
//! `training/place_ranker.py` sets the weights; they start from the ones once set by hand. Features of the company (what the other names
//! of the report point to) follow the choices of the round before.

use super::DocumentContext;
use super::home::Home;
use super::mention::Wish;
use crate::countries::Country;
use crate::gazetteer::{Candidate, Exactness, ROUGH};
use crate::key::name_key;
use crate::table::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

macro_rules! features {
    ($($(#[$doc:meta])* $feature:ident $name:literal,)*) => {
        /// What is told of a candidate; the name is that of the table of weights.
        #[derive(Debug, Clone, Copy)]
        enum Feature {
            $($(#[$doc])* $feature,)*
        }

        /// Names of the features, in order.
        pub const FEATURE_NAMES: &[&str] = &[$($name,)*];
    };
}

features! {
    /// Logarithm to base 10, at least 1.
    Inhabitants "inhabitants",
    /// What is above 100,000.
    LargeTown "large town",
    UnknownInhabitants "unknown inhabitants",
    State "state",
    KnownDivision "division in the news",
    Division "first-order division",
    /// Above a million inhabitants, logarithm to base 10: news names great divisions bare.
    LargeDivision "great division",
    District "second-order division",
    LesserDivision "lesser division",
    Capital "capital",
    Seat "seat of a division",
    LesserSeat "seat of a district",
    Quarter "quarter",
    Former "former place",
    Facility "facility",
    Continent "continent",
    Region "region",
    Conflict "place of a conflict",
    Alternate "other name",
    /// Another name that is the name spelled otherwise: "Poonch" for Punch.
    Spelling "other name spelled alike",
    Variant "other transliteration",
    Fuzzy "one letter off",
    Adjective "adjective",
    /// By how much a bare name that a division shares with its seat means the seat: the division counts the seat's inhabitants too.
    SharedWithSeat "shared with its seat",
    Wish "kind of place asked",
    /// Mentions of names in its country.
    Country "company in the country",
    CountryShare "share of the company in the country",
    CountryUntold "company only elsewhere",
    Named "country named",
    Neighbor "country beside a named one",
    DivisionCompany "company in the division",
    DivisionShare "share of the company in the division",
    Near "places within 150 km",
    VeryNear "places within 40 km",
    Nearest "nearness of the nearest",
    /// Other names that may mean a place close by, whether or not they were taken for it.
    ReachNear "names that fit close by",
    ReachDivision "names that fit in the division",
    ReachShare "share of names that fit in the division",
    Contained "lies in what follows",
    Contains "holds what goes before",
    DatelineNear "near the dateline",
    Group "home of an armed group",
    AddressCountry "country of the address",
    AddressElsewhere "not the country of the address",
    AddressTown "town in the address",
    AddressState "state in the address",
    AddressInhabitants "inhabitants of a name in the address",
    TownNear "near a town of the address",
    TownDivision "in the division of a town of the address",
    TownCountry "in the country of a town of the address",
}

/// The values of all features.
pub(super) type Values = [f64; FEATURE_NAMES.len()];

static WEIGHTS: LazyLock<Values> = LazyLock::new(|| {
    let mut weights = [0.0; FEATURE_NAMES.len()];
    for [name, weight] in rows(include_str!("../../../../data/place_ranker.csv")) {
        if let (Some(at), Ok(weight)) = (FEATURE_NAMES.iter().position(|known| *known == name), weight.parse()) {
            weights[at] = weight;
        }
    }
    weights
});

fn weighted(values: &Values) -> f64 {
    values.iter().zip(WEIGHTS.iter()).map(|(value, weight)| value * weight).sum()
}

/// Regions count as if some 600,000 people lived there.
const REGION_SIZE: f64 = 5.8;

fn inhabitants(candidate: &Candidate) -> f64 {
    if is_region(candidate) { REGION_SIZE } else { f64::from(candidate.population.max(10)).log10() }
}

pub(super) fn is_region(candidate: &Candidate) -> bool {
    candidate.id.starts_with("region:")
}

/// Whether two keys differ by no more than one letter in four, at least two.
fn is_spelled_alike(key: &str, other: &str) -> bool {
    let (key, other) = (key.as_bytes(), other.as_bytes());
    let most = (key.len().max(other.len()) / 4).max(2);
    if key.is_empty()
        || other.is_empty()
        || key[0] != other[0]
        || key.len().abs_diff(other.len()) > most
        || other.len() > 40
    {
        return false;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in key.iter().enumerate() {
        let mut corner = row[0];
        row[0] = above + 1;
        for (at, told) in other.iter().enumerate() {
            let changed = corner + usize::from(letter != told);
            corner = row[at + 1];
            row[at + 1] = changed.min(corner + 1).min(row[at] + 1);
        }
    }
    row[other.len()] <= most
}

/// What a candidate is, without what asks for it.
fn plain_values(candidate: &Candidate, key: &str) -> Values {
    let mut values = [0.0; FEATURE_NAMES.len()];
    let mut set = |feature: Feature, value: f64| values[feature as usize] = value;
    let size = inhabitants(candidate);
    set(Feature::Inhabitants, size);
    if !is_region(candidate) {
        set(Feature::LargeTown, (size - 5.0).max(0.0));
        set(Feature::UnknownInhabitants, f64::from(u8::from(candidate.population == 0)));
    }
    let kind = match candidate.feature_code.as_str() {
        "PCLI" => Some(Feature::State),
        "ADM1" if candidate.salient => Some(Feature::KnownDivision),
        "ADM1" => Some(Feature::Division),
        "ADM2" => Some(Feature::District),
        "PPLC" => Some(Feature::Capital),
        "PPLA" | "PPLG" => Some(Feature::Seat),
        "PPLA2" => Some(Feature::LesserSeat),
        "PPLX" => Some(Feature::Quarter),
        "CONT" => Some(Feature::Continent),
        "ADM3" | "ADM4" | "ADM5" => Some(Feature::LesserDivision),
        "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => Some(Feature::Former),
        _ if is_region(candidate) => Some(Feature::Region),
        code if super::is_facility(code) => Some(Feature::Facility),
        _ => None,
    };
    if let Some(kind) = kind {
        set(kind, 1.0);
    }
    if candidate.feature_code == "ADM1" {
        set(Feature::LargeDivision, (inhabitants(candidate) - 6.0).max(0.0));
    }
    if candidate.id.starts_with(ROUGH) {
        set(Feature::Conflict, 1.0);
    }
    match candidate.exactness {
        Exactness::Primary => {}
        Exactness::Alternate if candidate.salient => {}
        Exactness::Alternate => {
            set(Feature::Alternate, 1.0);
            set(Feature::Spelling, f64::from(u8::from(is_spelled_alike(key, &name_key(&candidate.name)))));
        }
        Exactness::Variant => set(Feature::Variant, 1.0),
        Exactness::Fuzzy => set(Feature::Fuzzy, 1.0),
        Exactness::Adjective => set(Feature::Adjective, 1.0),
    }
    values
}

/// Evidence for a candidate of a name, by its key, before any context; a logarithm, larger is likelier.
pub(crate) fn prior(candidate: &Candidate, key: &str) -> f64 {
    weighted(&plain_values(candidate, key))
}

/// By how much a division that shares its bare name with its seat goes behind the seat.
fn shared_with_seat(candidate: &Candidate, key: &str, candidates: &[Candidate], wish: Wish) -> f64 {
    if wish != Wish::Any || candidate.salient || !matches!(candidate.feature_code.as_str(), "ADM1" | "ADM2") {
        return 0.0;
    }
    let seat = candidates
        .iter()
        .filter(|other| {
            other.exactness <= Exactness::Alternate
                && matches!(other.feature_code.as_str(), "PPLC" | "PPLA" | "PPLA2")
                && lies_in(other, candidate)
        })
        .map(|other| prior(other, key))
        .fold(f64::NEG_INFINITY, f64::max);
    if seat.is_finite() { (prior(candidate, key) - (seat - 0.2)).max(0.0) } else { 0.0 }
}

pub(super) fn is_settlement(candidate: &Candidate) -> bool {
    candidate.feature_code.starts_with("PPL") || candidate.feature_code == "STLMT"
}

/// How well the kind of a candidate fits the words around the name.
fn wish_fit(candidate: &Candidate, wish: Wish) -> f64 {
    let code = candidate.feature_code.as_str();
    let region = is_region(candidate);
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

pub(super) fn point(candidate: &Candidate) -> Option<(f64, f64)> {
    Some((candidate.lat?, candidate.lon?))
}

/// Whether a place lies in another one, by the gazetteer's divisions.
pub(super) fn lies_in(inner: &Candidate, outer: &Candidate) -> bool {
    if inner.id == outer.id {
        return false;
    }
    match outer.feature_code.as_str() {
        "PCLI" => inner.country == outer.country && inner.feature_code != "PCLI",
        "ADM1" => inner.admin1_id.as_deref() == Some(outer.id.as_str()),
        "ADM2" => inner.admin2_id.as_deref() == Some(outer.id.as_str()),
        _ if is_region(outer) => {
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
pub(super) struct Sense {
    /// Key of the name.
    pub key: String,
    pub candidates: Vec<Candidate>,
    pub scores: Vec<f64>,
    pub best: Option<usize>,
    pub n_mentions: usize,
    /// Senses that this one stands before ("X, Y", "X in Y").
    pub outer: Vec<usize>,
    /// Senses that stand before this one.
    pub inner: Vec<usize>,
    pub wish: Wish,
    /// Whether the address or the name of the publisher holds the name.
    pub is_in_address: bool,
    /// What no choice changes; filled in at the first round.
    values: Vec<Values>,
}

impl Sense {
    pub fn new(key: String, candidates: Vec<Candidate>, wish: Wish, is_in_address: bool) -> Sense {
        Sense {
            key,
            candidates,
            scores: Vec::new(),
            best: None,
            n_mentions: 0,
            outer: Vec::new(),
            inner: Vec::new(),
            wish,
            is_in_address,
            values: Vec::new(),
        }
    }

    fn chosen(&self) -> Option<&Candidate> {
        self.best.map(|best| &self.candidates[best])
    }

    /// Features that no other name changes.
    fn own_values(&self) -> Vec<Values> {
        let key = &self.key;
        let of_candidate = |candidate| {
            let mut values = plain_values(candidate, key);
            let shared = shared_with_seat(candidate, key, &self.candidates, self.wish);
            values[Feature::SharedWithSeat as usize] = shared;
            values[Feature::Wish as usize] = wish_fit(candidate, self.wish);
            values
        };
        self.candidates.iter().map(of_candidate).collect()
    }
}

/// Side of the cells by which places close by are found, in degrees.
const CELL: f64 = 0.5;

fn cell((lat, lon): (f64, f64)) -> (i32, i32) {
    ((lat / CELL).floor() as i32, (lon / CELL).floor() as i32)
}

/// Where names may lie, by cells and by first-order divisions, with the number of each sense.
#[derive(Default)]
struct Reach {
    cells: HashMap<(i32, i32), Vec<usize>>,
    divisions: HashMap<String, Vec<usize>>,
}

fn is_spot(candidate: &Candidate) -> bool {
    is_settlement(candidate) || candidate.feature_code == "ADM2"
}

impl Reach {
    fn of(senses: &[Sense]) -> Reach {
        let mut reach = Reach::default();
        for (index, sense) in senses.iter().enumerate().take(MAX_SENSES) {
            for candidate in sense.candidates.iter().filter(|candidate| is_spot(candidate)) {
                if let Some(here) = point(candidate) {
                    let senses = reach.cells.entry(cell(here)).or_default();
                    if senses.last() != Some(&index) {
                        senses.push(index);
                    }
                }
                if let Some(admin1) = &candidate.admin1_id {
                    if !reach.divisions.contains_key(admin1) {
                        reach.divisions.insert(admin1.clone(), Vec::new());
                    }
                    if let Some(senses) = reach.divisions.get_mut(admin1)
                        && senses.last() != Some(&index)
                    {
                        senses.push(index);
                    }
                }
            }
        }
        reach
    }

    /// How many other names may lie close by, and in the same division; a name that may lie anywhere counts less.
    fn around(&self, senses: &[Sense], index: usize, candidate: &Candidate) -> (f64, f64) {
        let told = |other: usize| 1.0 / (1.0 + (senses[other].candidates.len() as f64).ln());
        let mut close: Vec<usize> = Vec::new();
        if let Some(here) = point(candidate) {
            let (row, column) = cell(here);
            for (row, column) in (-1..=1).flat_map(|down| (-1..=1).map(move |right| (row + down, column + right))) {
                close.extend(self.cells.get(&(row, column)).into_iter().flatten().filter(|other| **other != index));
            }
            close.sort_unstable();
            close.dedup();
        }
        let division = candidate.admin1_id.as_ref().and_then(|admin1| self.divisions.get(admin1));
        let division = division.into_iter().flatten().filter(|other| **other != index).map(|&other| told(other)).sum();
        (close.into_iter().map(told).sum(), division)
    }
}

/// Features that no choice changes.
fn fill_values(senses: &mut [Sense]) {
    if senses.iter().all(|sense| sense.values.len() == sense.candidates.len()) {
        return;
    }
    let reach = Reach::of(senses);
    let told = |sense: &Sense| {
        if sense.candidates.iter().any(is_spot) { 1.0 / (1.0 + (sense.candidates.len() as f64).ln()) } else { 0.0 }
    };
    let all: f64 = senses.iter().take(MAX_SENSES).map(told).sum();
    let filled: Vec<Vec<Values>> = senses
        .iter()
        .enumerate()
        .map(|(index, sense)| {
            let mut values = sense.own_values();
            for (values, candidate) in
                values.iter_mut().zip(&sense.candidates).filter(|(_, candidate)| is_spot(candidate))
            {
                let (close, division) = reach.around(senses, index, candidate);
                values[Feature::ReachNear as usize] = (1.0 + close).ln();
                values[Feature::ReachDivision as usize] = (1.0 + division).ln();
                let others = all - told(sense);
                if others > 0.01 {
                    values[Feature::ReachShare as usize] = division / others;
                }
            }
            values
        })
        .collect();
    for (sense, values) in senses.iter_mut().zip(filled) {
        sense.values = values;
    }
}

pub(super) const ROUNDS: usize = 3;
const MAX_SENSES: usize = 300;

/// What the report tells beside its names.
pub(super) struct Company<'c> {
    pub context: &'c DocumentContext,
    pub dateline: Option<&'c Candidate>,
    pub home: &'c Home,
}

/// Mass of countries and divisions by the choices of the round before, and points of settlements.
struct Mass<'c> {
    countries: HashMap<&'c str, f64>,
    divisions: HashMap<&'c str, f64>,
    all_countries: f64,
    all_divisions: f64,
    named: HashMap<&'c str, f64>,
    groups: HashMap<&'c str, f64>,
    points: Vec<(usize, (f64, f64))>,
}

/// Weight of a sense by its mentions, tempered.
fn tempered(n_mentions: usize) -> f64 {
    (n_mentions.min(4) as f64).sqrt()
}

impl<'c> Mass<'c> {
    fn of(senses: &'c [Sense], company: &Company<'c>, round: usize) -> Mass<'c> {
        let mut mass = Mass {
            countries: HashMap::new(),
            divisions: HashMap::new(),
            all_countries: 0.0,
            all_divisions: 0.0,
            named: HashMap::new(),
            groups: HashMap::new(),
            points: Vec::new(),
        };
        for country in company.context.countries.iter().take(200) {
            *mass.countries.entry(country).or_default() += 0.5;
            *mass.named.entry(country).or_default() += 1.0;
            mass.all_countries += 0.5;
        }
        for country in company.context.groups.iter().take(200) {
            *mass.groups.entry(country).or_default() += 1.0;
        }
        if let Some(place) = company.dateline {
            for country in &place.countries {
                *mass.countries.entry(country).or_default() += 1.0;
            }
            mass.all_countries += 1.0;
            if let Some(admin1) = &place.admin1_id {
                *mass.divisions.entry(admin1).or_default() += 0.7;
                mass.all_divisions += 0.7;
            }
        }
        if round == 0 {
            return mass;
        }
        for (index, sense) in senses.iter().enumerate().take(MAX_SENSES) {
            let Some(best) = sense.chosen() else { continue };
            let weight = tempered(sense.n_mentions);
            if let Some(country) = &best.country {
                *mass.countries.entry(country).or_default() += weight;
                mass.all_countries += weight;
            }
            if let Some(admin1) = &best.admin1_id {
                *mass.divisions.entry(admin1).or_default() += weight;
                mass.all_divisions += weight;
            }
            if is_spot(best) {
                mass.points.extend(point(best).map(|point| (index, point)));
            }
        }
        mass
    }
}

/// The features of one candidate of a sense in the company of the others.
fn values_of(
    senses: &[Sense],
    index: usize,
    at: usize,
    mass: &Mass<'_>,
    company: &Company<'_>,
    round: usize,
) -> Values {
    let sense = &senses[index];
    let candidate = &sense.candidates[at];
    let mut values = sense.values[at];
    let mut set = |feature: Feature, value: f64| values[feature as usize] = value;
    let own = sense.chosen().filter(|_| round > 0 && index < MAX_SENSES);
    let weight = tempered(sense.n_mentions);
    let own_of = |is_same: bool| if is_same { weight } else { 0.0 };
    let own_country = own.map_or(0.0, |best| own_of(best.country.is_some() && best.country == candidate.country));
    let own_division =
        own.map_or(0.0, |best| own_of(best.admin1_id.is_some() && best.admin1_id == candidate.admin1_id));
    let most = |told: &HashMap<&str, f64>| {
        candidate.countries.iter().filter_map(|country| told.get(country.as_str()).copied()).fold(0.0, f64::max)
    };
    let country = (most(&mass.countries) - own_country).max(0.0);
    set(Feature::Country, (1.0 + country).ln());
    let others = mass.all_countries - own.map_or(0.0, |best| own_of(best.country.is_some()));
    if others > 0.01 {
        set(Feature::CountryShare, country / others);
        set(Feature::CountryUntold, if country < 0.01 { (1.0 + others).ln() } else { 0.0 });
    }
    let named = most(&mass.named);
    set(Feature::Named, (1.0 + named).ln());
    if named == 0.0 && !mass.named.is_empty() {
        let beside = candidate.country.as_deref().and_then(Country::by_iso3).is_some_and(|home| {
            mass.named
                .keys()
                .any(|other| Country::by_iso3(other).is_some_and(|other| home.neighbors.contains(&other.iso2)))
        });
        set(Feature::Neighbor, f64::from(u8::from(beside)));
    }
    set(Feature::Group, (1.0 + most(&mass.groups)).ln());
    if let Some(admin1) = &candidate.admin1_id {
        let division = (mass.divisions.get(admin1.as_str()).copied().unwrap_or(0.0) - own_division).max(0.0);
        set(Feature::DivisionCompany, (1.0 + division).ln());
        let others = mass.all_divisions - own.map_or(0.0, |best| own_of(best.admin1_id.is_some()));
        if others > 0.01 {
            set(Feature::DivisionShare, division / others);
        }
    }
    if let Some(here) = point(candidate).filter(|_| is_spot(candidate)) {
        let (mut near, mut very_near, mut nearest) = (0_u32, 0_u32, f64::INFINITY);
        for (_, there) in mass.points.iter().filter(|(other, _)| *other != index) {
            // Far to the north or south needs no exact distance.
            if (here.0 - there.0).abs() * 111.2 > nearest.max(150.0) {
                continue;
            }
            let distance = kilometers(here, *there);
            nearest = nearest.min(distance);
            near += u32::from(distance < 150.0);
            very_near += u32::from(distance < 40.0);
        }
        set(Feature::Near, (1.0 + f64::from(near)).ln());
        set(Feature::VeryNear, (1.0 + f64::from(very_near)).ln());
        if nearest.is_finite() {
            set(Feature::Nearest, 1.0 / (1.0 + nearest / 50.0));
        }
        let dateline = company.dateline.filter(|place| is_settlement(place)).and_then(point);
        set(Feature::DatelineNear, f64::from(u8::from(dateline.is_some_and(|there| kilometers(here, there) < 100.0))));
    }
    let fits = |other: usize, inward: bool| {
        let other = &senses[other];
        let is_fit = |other: &Candidate| if inward { lies_in(candidate, other) } else { lies_in(other, candidate) };
        match other.chosen() {
            Some(best) if round > 0 => is_fit(best),
            _ => other.candidates.iter().take(12).any(is_fit),
        }
    };
    set(Feature::Contained, f64::from(u8::from(sense.outer.iter().any(|&outer| fits(outer, true)))));
    set(Feature::Contains, f64::from(u8::from(sense.inner.iter().any(|&inner| fits(inner, false)))));
    address_values(sense, candidate, company.home, &mut set);
    values
}

/// What the publisher's address and name tell.
fn address_values(sense: &Sense, candidate: &Candidate, home: &Home, set: &mut impl FnMut(Feature, f64)) {
    let trust = home.trust;
    if let Some(country) = &home.country {
        let is_home = candidate.countries.contains(country);
        set(if is_home { Feature::AddressCountry } else { Feature::AddressElsewhere }, trust);
    }
    if sense.is_in_address {
        let is_state = matches!(candidate.feature_code.as_str(), "PCLI" | "PPLC") || is_region(candidate);
        set(Feature::AddressState, if is_state { trust } else { 0.0 });
        set(Feature::AddressTown, if is_settlement(candidate) { trust } else { 0.0 });
        set(Feature::AddressInhabitants, trust * inhabitants(candidate));
    }
    let (mut near, mut division, mut country) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (town, share) in &home.towns {
        if town.country != candidate.country {
            continue;
        }
        country += share;
        if town.admin1_id.is_some() && town.admin1_id == candidate.admin1_id {
            division += share;
        }
        if town.id != candidate.id
            && is_settlement(candidate)
            && point(town).zip(point(candidate)).is_some_and(|(a, b)| kilometers(a, b) < 60.0)
        {
            near += share;
        }
    }
    set(Feature::TownNear, trust * near);
    set(Feature::TownDivision, trust * division);
    set(Feature::TownCountry, trust * country);
}

/// Scores all candidates by the choices of the round before, and chooses anew.
pub(super) fn score_round(senses: &mut [Sense], company: &Company<'_>, round: usize) {
    fill_values(senses);
    let mass = Mass::of(senses, company, round);
    let decided: Vec<(Vec<f64>, Option<usize>)> = (0..senses.len())
        .map(|index| {
            let candidates = &senses[index].candidates;
            let scores: Vec<f64> = (0..candidates.len())
                .map(|at| weighted(&values_of(senses, index, at, &mass, company, round)))
                .collect();
            let best = (0..scores.len())
                .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then_with(|| candidates[b].id.cmp(&candidates[a].id)));
            (scores, best)
        })
        .collect();
    drop(mass);
    for (sense, (scores, best)) in senses.iter_mut().zip(decided) {
        sense.scores = scores;
        sense.best = best;
    }
}

/// The features of every candidate of every sense as a last round sees them; for training.
pub(super) fn final_values(senses: &[Sense], company: &Company<'_>) -> Vec<Vec<Values>> {
    let mass = Mass::of(senses, company, ROUNDS);
    (0..senses.len())
        .map(|index| {
            (0..senses[index].candidates.len()).map(|at| values_of(senses, index, at, &mass, company, ROUNDS)).collect()
        })
        .collect()
}
