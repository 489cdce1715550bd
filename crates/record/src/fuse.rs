//! What an incident says, without averaging: figures as ranges with those who stand at each end, revisions, blame, contradictions.

use crate::party::{Party, is_proper, same_side};
use crate::review::{self, Layer, Reviewed};
use crate::telling::Circle;
use crate::{blob, date_of};
use counterclaim_schema::CodePoints;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How much independent voices bear out, by their number and kind; never how true it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// One claimant, or only the reporters of one text.
    Alone,
    /// Several claimants of one side, or several outlets in their own voice.
    OneSide,
    /// Claimants of two sides or kinds, none of whom agree on a figure or on who did it.
    Several,
    /// Claimants of two sides or kinds agree on a figure, or one confirms what the other says.
    Agreed,
}

impl Grade {
    /// The spelling used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Alone => "alone",
            Grade::OneSide => "one_side",
            Grade::Several => "several",
            Grade::Agreed => "agreed",
        }
    }
}

/// An incident: what reports say happened, with everything that differs kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incident {
    /// Its id; it stays when the incident grows.
    pub id: i64,
    /// Headline of its earliest report.
    pub title: String,
    /// violence, detention, protest, truce, diplomacy, force, other.
    pub kind: String,
    /// Name of the place in the gazetteer.
    pub place: Option<String>,
    /// How fine the place is that most voices tell.
    pub precision: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The place is told by another one, and lies within so many kilometers of the point.
    pub radius_km: Option<f64>,
    /// First day on which it is said to have happened.
    pub first_day: Option<String>,
    /// Last day.
    pub last_day: Option<String>,
    /// Whether a date is told; else publication dates bound it.
    pub dated: bool,
    /// Reports that tell it as news, in order of publication.
    pub reports: Vec<super::ReportRow>,
    /// Reports that mention it as background.
    pub mentioned_in: Vec<super::ReportRow>,
    /// Texts that are no copies of one another.
    pub voices: usize,
    /// Figures by kind of harm and side of the victims.
    pub figures: Vec<Figure>,
    /// Changes of a claimant's figure, in order.
    pub revisions: Vec<Revision>,
    /// Who blames whom.
    pub blames: Vec<Blame>,
    /// Who confirms.
    pub confirmations: Vec<Confirmation>,
    /// What cannot both hold, over all reports.
    pub contradictions: Vec<Contradiction>,
    /// Claims of its reports.
    pub claims: Vec<ClaimView>,
    /// How much independent voices bear out.
    pub grade: Grade,
    /// What people decided about it.
    pub reviews: Vec<Reviewed>,
}

/// The figures of one kind of harm for one side of victims.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// killed, injured, missing, displaced, detained, surrendered.
    pub kind: String,
    /// people, civilians, officials, rebels, forces, or `forces XXX`.
    pub side: String,
    /// Least of the latest figures; null when all are open below.
    pub low: Option<i64>,
    /// Greatest of the latest figures.
    pub high: Option<i64>,
    /// Whether a claimant leaves the upper end open ("at least").
    pub open: bool,
    /// Who stands at the low end.
    pub low_by: Vec<String>,
    /// Who stands at the high end.
    pub high_by: Vec<String>,
    /// Whether no second independent voice gives a figure that fits any of the latest ones.
    pub alone: bool,
    /// Every figure, in order of its first publication.
    pub claims: Vec<FigureClaim>,
}

/// A figure of one claimant, with the first report that has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureClaim {
    /// Key of the claimant, `XXX:body`; `report:ID` for reporters in their own voice.
    pub key: String,
    /// Name of the claimant, or the outlet.
    pub claimant: String,
    /// Side for which the claimant stands; null for reporters.
    pub side: Option<String>,
    /// Lower end.
    pub low: Option<i64>,
    /// Upper end; null when open.
    pub high: Option<i64>,
    /// Whether it is the claimant's latest.
    pub latest: bool,
    /// First report.
    pub document: i64,
    /// Row of its ledger.
    pub harm: String,
    /// When that was published.
    pub published: Option<String>,
    /// The words of the figure.
    pub words: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Reports that have it.
    pub reports: usize,
    /// Texts among them that are no copies of one another.
    pub voices: usize,
}

/// A claimant changed a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Revision {
    /// Kind of harm.
    pub kind: String,
    /// Side of the victims.
    pub side: String,
    /// Name of the claimant.
    pub claimant: String,
    /// The figure before.
    pub from: (Option<i64>, Option<i64>),
    /// The figure after.
    pub to: (Option<i64>, Option<i64>),
    /// When the new one was first published.
    pub published: Option<String>,
    /// The report.
    pub document: i64,
    /// Row of its ledger.
    pub harm: String,
}

/// A claimant blames a side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blame {
    /// Name of the claimant; null in the reporter's own voice.
    pub claimant: Option<String>,
    /// Side of the claimant.
    pub side: Option<String>,
    /// The side that is blamed.
    pub against: String,
    /// First report.
    pub document: i64,
    /// Row of its ledger.
    pub claim: String,
    /// Reports that have it.
    pub reports: usize,
}

/// A claimant confirms what was said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Confirmation {
    /// Name of the claimant.
    pub claimant: String,
    /// The report.
    pub document: i64,
    /// Row of its ledger.
    pub claim: String,
    /// What is confirmed, in its words.
    pub words: String,
}

/// Two claims that cannot both hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contradiction {
    /// blame, denial or figure.
    pub kind: String,
    /// What they differ about.
    pub about: String,
    /// First claimant: key, name, side.
    pub a: (String, String, String),
    /// Second claimant.
    pub b: (String, String, String),
    /// Report and row of the first.
    pub a_row: (i64, String),
    /// Report and row of the second.
    pub b_row: (i64, String),
}

/// A claim as the page of an incident shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimView {
    /// The report.
    pub document: i64,
    /// Row of its ledger.
    pub claim: String,
    /// Key of the claimant; null for the reporter's own voice.
    pub key: Option<String>,
    /// Name of the claimant.
    pub claimant: Option<String>,
    /// Side of the claimant.
    pub side: Option<String>,
    /// What the claimant does by saying it.
    pub stance: String,
    /// plain, hedged, reported.
    pub certainty: String,
    /// The words.
    pub content: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Whether the report is a copy of another.
    pub copy: bool,
    /// What people decided about it: accepted, rejected, corrected.
    pub reviewed: Option<String>,
}

struct Doc {
    row: super::ReportRow,
    text: String,
    voice: i64,
    news: bool,
}

struct Claim {
    document: i64,
    no: i64,
    party: Option<i64>,
    stance: String,
    certainty: String,
    content: Option<(u32, u32)>,
    blames: Vec<String>,
}

#[derive(Clone)]
struct Harm {
    document: i64,
    no: i64,
    kind: String,
    side: String,
    low: Option<i64>,
    high: Option<i64>,
    span: (u32, u32),
    claim: Option<i64>,
    earlier: bool,
}

struct Loaded {
    documents: BTreeMap<i64, Doc>,
    claims: Vec<Claim>,
    harms: Vec<Harm>,
    parties: HashMap<i64, Party>,
    layer: Layer,
}

fn load(db: &Connection, incident: i64) -> rusqlite::Result<Loaded> {
    let mut documents: BTreeMap<i64, Doc> = BTreeMap::new();
    let mut statement = db.prepare_cached(
        "SELECT d.id, d.name, d.publisher, d.url, d.title, d.published, d.copied_from, d.similarity, d.text, d.voice, max(t.news), d.key
         FROM tellings t JOIN documents d ON d.id = t.document WHERE t.incident = ?1 GROUP BY d.id",
    )?;
    let mut keys: HashMap<Vec<u8>, i64> = HashMap::new();
    let mut rows = statement.query([incident])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        keys.insert(row.get(11)?, id);
        documents.insert(
            id,
            Doc {
                row: super::ReportRow {
                    id,
                    name: row.get(1)?,
                    publisher: row.get(2)?,
                    url: row.get(3)?,
                    title: row.get(4)?,
                    published: row.get(5)?,
                    copied_from: row.get(6)?,
                    similarity: row.get(7)?,
                },
                text: row.get(8)?,
                voice: row.get(9)?,
                news: row.get(10)?,
            },
        );
    }
    let mut statement = db.prepare_cached(
        "SELECT c.document, c.no, c.claimant, c.stance, c.certainty, c.content_start, c.content_end, c.blames
         FROM tellings t JOIN claims c ON c.document = t.document AND c.telling = t.id WHERE t.incident = ?1 ORDER BY c.document, c.no",
    )?;
    let claims: Vec<Claim> = statement
        .query_map([incident], |row| {
            let content: (Option<u32>, Option<u32>) = (row.get(5)?, row.get(6)?);
            Ok(Claim {
                document: row.get(0)?,
                no: row.get(1)?,
                party: row.get(2)?,
                stance: row.get(3)?,
                certainty: row.get(4)?,
                content: content.0.zip(content.1),
                blames: row
                    .get::<_, Option<String>>(7)?
                    .map(|blames| blames.split(", ").map(str::to_owned).collect())
                    .unwrap_or_default(),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut statement = db.prepare_cached(
        "SELECT h.document, h.no, h.kind, h.side, h.low, h.high, h.start, h.\"end\", h.claim, h.earlier
         FROM tellings t JOIN harms h ON h.document = t.document AND h.telling = t.id
         WHERE t.incident = ?1 AND h.part_of IS NULL AND (h.scope = 'current' OR t.news = 0) ORDER BY h.document, h.no",
    )?;
    let harms: Vec<Harm> = statement
        .query_map([incident], |row| {
            Ok(Harm {
                document: row.get(0)?,
                no: row.get(1)?,
                kind: row.get(2)?,
                side: row.get(3)?,
                low: row.get(4)?,
                high: row.get(5)?,
                span: (row.get(6)?, row.get(7)?),
                claim: row.get(8)?,
                earlier: row.get(9)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut parties = HashMap::new();
    let mut statement = db.prepare_cached("SELECT key, name, country, body, side, kind FROM parties WHERE id = ?1")?;
    for id in claims.iter().filter_map(|claim| claim.party).collect::<BTreeSet<i64>>() {
        let party = statement
            .query_row([id], |row| {
                Ok(Party {
                    key: row.get(0)?,
                    name: row.get(1)?,
                    country: row.get(2)?,
                    body: row.get(3)?,
                    side: row.get(4)?,
                    kind: match row.get::<_, String>(5)?.as_str() {
                        "state" => "state",
                        "rebels" => "rebels",
                        "medics" => "medics",
                        "civilians" => "civilians",
                        "international" => "international",
                        "media" => "media",
                        _ => "other",
                    },
                })
            })
            .optional()?;
        if let Some(party) = party {
            parties.insert(id, party);
        }
    }
    unite_names(&claims, &mut parties);
    let layer = review::layer(db, incident, &keys)?;
    Ok(Loaded { documents, claims, harms, parties, layer })
}

/// One name in one incident is one party, though a report may have given it another country: that of most claims holds.
fn unite_names(claims: &[Claim], parties: &mut HashMap<i64, Party>) {
    let mut votes: BTreeMap<(String, String), usize> = BTreeMap::new();
    for party in claims.iter().filter_map(|claim| parties.get(&claim.party?)).filter(|party| is_proper(&party.body)) {
        *votes.entry((party.body.clone(), party.key.clone())).or_insert(0) += 1;
    }
    let mut best: HashMap<String, (usize, String)> = HashMap::new();
    for ((body, key), count) in votes {
        let slot = best.entry(body).or_insert((0, String::new()));
        if count > slot.0 {
            *slot = (count, key);
        }
    }
    let known: HashMap<String, Party> = parties.values().map(|party| (party.key.clone(), party.clone())).collect();
    for party in parties.values_mut().filter(|party| is_proper(&party.body)) {
        if let Some(most) = best.get(&party.body).and_then(|(_, key)| known.get(key)) {
            *party = most.clone();
        }
    }
}

/// Reports in order of publication; those without a date last.
fn order(documents: &BTreeMap<i64, Doc>) -> Vec<i64> {
    let mut order: Vec<i64> = documents.keys().copied().collect();
    order.sort_by_key(|id| (documents[id].row.published.clone().unwrap_or_else(|| "9999".to_owned()), *id));
    order
}

/// Everything about an incident; none when it has no report that tells it as news.
pub(crate) fn fuse(db: &Connection, id: i64) -> rusqlite::Result<Option<Incident>> {
    let loaded = load(db, id)?;
    let order = order(&loaded.documents);
    let news: Vec<i64> = order.iter().copied().filter(|id| loaded.documents[id].news).collect();
    let Some(first) = news.first() else { return Ok(None) };
    let title = news
        .iter()
        .find(|id| loaded.documents[id].voice == **id)
        .or(Some(first))
        .and_then(|id| loaded.documents[id].row.title.clone())
        .unwrap_or_else(|| "Untitled".to_owned());
    let setting = setting(db, id)?;
    let rank: HashMap<i64, usize> = order.iter().enumerate().map(|(at, &id)| (id, at)).collect();
    let figures = figures(&loaded, &rank);
    let revisions = revisions(&figures);
    let blames = blames(&loaded, &rank);
    let mut contradictions = figure_contradictions(&figures);
    contradictions.extend(claim_contradictions(&loaded, &rank));
    let confirmations = confirmations(&loaded);
    let voices: BTreeSet<i64> = news.iter().map(|id| loaded.documents[id].voice).collect();
    let grade = grade(&loaded, &figures, !confirmations.is_empty(), voices.len());
    let row = |id: &i64| loaded.documents[id].row.clone();
    let claims = claim_views(&loaded, &rank);
    Ok(Some(Incident {
        id,
        title,
        kind: setting.kind,
        place: setting.place,
        precision: setting.precision,
        country: setting.country,
        lat: setting.lat,
        lon: setting.lon,
        radius_km: setting.radius_km,
        first_day: setting.days.map(|days| date_of(days.0)),
        last_day: setting.days.map(|days| date_of(days.1)),
        dated: setting.dated,
        reports: news.iter().map(row).collect(),
        mentioned_in: order.iter().filter(|id| !loaded.documents[id].news).map(row).collect(),
        voices: voices.len(),
        figures,
        revisions,
        blames,
        confirmations,
        contradictions,
        claims,
        grade,
        reviews: loaded.layer.reviews,
    }))
}

#[derive(Default)]
struct Setting {
    kind: String,
    place_id: Option<i64>,
    place: Option<String>,
    precision: Option<String>,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    radius_km: Option<f64>,
    days: Option<(i64, i64)>,
    dated: bool,
}

/// Place, time and kind that most voices tell, each as fine as they agree.
fn setting(db: &Connection, incident: i64) -> rusqlite::Result<Setting> {
    struct Told {
        voice: i64,
        place: Option<i64>,
        precision: Option<String>,
        country: Option<String>,
        days: Option<(i64, i64)>,
        dated: bool,
        kind: String,
        circle: Option<Circle>,
    }
    let mut statement = db.prepare_cached(
        "SELECT d.voice, t.place, t.precision, t.country, t.day_first, t.day_last, t.dated, t.kind,
             t.lat, t.lon, t.radius_km
         FROM tellings t JOIN documents d ON d.id = t.document WHERE t.incident = ?1 AND t.news = 1 ORDER BY t.id",
    )?;
    let told: Vec<Told> = statement
        .query_map([incident], |row| {
            let days: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
            Ok(Told {
                voice: row.get(0)?,
                place: row.get(1)?,
                precision: row.get(2)?,
                country: row.get(3)?,
                days: days.0.zip(days.1),
                dated: row.get(6)?,
                kind: row.get(7)?,
                circle: match (row.get(8)?, row.get(9)?, row.get(10)?) {
                    (Some(lat), Some(lon), Some(radius_km)) => Some(Circle { lat, lon, radius_km }),
                    _ => None,
                },
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    // One vote for each voice and value.
    fn most<T: Ord + Clone>(votes: impl Iterator<Item = (i64, T)>) -> Option<T> {
        let mut by_value: BTreeMap<T, BTreeSet<i64>> = BTreeMap::new();
        for (voice, value) in votes {
            by_value.entry(value).or_default().insert(voice);
        }
        let mut best: Option<(usize, T)> = None;
        for (value, voices) in by_value {
            if best.as_ref().is_none_or(|(count, _)| voices.len() > *count) {
                best = Some((voices.len(), value));
            }
        }
        best.map(|(_, value)| value)
    }
    let fine = |precision: &Option<String>| matches!(precision.as_deref(), Some("exact" | "near" | "settlement"));
    let place_id =
        most(told.iter().filter(|told| fine(&told.precision)).filter_map(|told| Some((told.voice, told.place?))))
            .or_else(|| {
                let district = |told: &&Told| matches!(told.precision.as_deref(), Some("district" | "province"));
                most(told.iter().filter(district).filter_map(|told| Some((told.voice, told.place?))))
            })
            .or_else(|| most(told.iter().filter_map(|told| Some((told.voice, told.place?)))));
    let mut setting = Setting { place_id, ..Setting::default() };
    if let Some(place) = place_id {
        let (name, lat, lon, country): (String, f64, f64, Option<String>) = db
            .prepare_cached("SELECT name, lat, lon, country FROM places WHERE id = ?1")?
            .query_row([place], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        setting.place = Some(name);
        setting.lat = Some(lat);
        setting.lon = Some(lon);
        setting.country = country;
        // Beside a place only where nobody tells that it was there; the widest circle, since it is the least sure.
        let circles: Option<Vec<Circle>> =
            told.iter().filter(|told| told.place == Some(place)).map(|told| told.circle).collect();
        let widest = circles.into_iter().flatten().reduce(|a, b| if b.radius_km > a.radius_km { b } else { a });
        if let Some(circle) = widest {
            setting.lat = Some(circle.lat);
            setting.lon = Some(circle.lon);
            setting.radius_km = Some(circle.radius_km);
        }
        // Never finer than the voice that is least sure of this very place.
        const COARSEST_LAST: [&str; 8] =
            ["exact", "near", "settlement", "district", "province", "country", "region", "unknown"];
        setting.precision = told
            .iter()
            .filter(|told| told.place == Some(place))
            .filter_map(|told| told.precision.clone())
            .max_by_key(|precision| COARSEST_LAST.iter().position(|known| known == precision));
    }
    setting.country =
        setting.country.or_else(|| most(told.iter().filter_map(|told| Some((told.voice, told.country.clone()?)))));
    let dated = most(told.iter().filter(|told| told.dated).filter_map(|told| Some((told.voice, told.days?))));
    setting.dated = dated.is_some();
    setting.days = dated.or_else(|| {
        let days = told.iter().filter_map(|told| told.days);
        days.reduce(|a, b| (a.0.max(b.0).min(a.1.min(b.1)), a.1.min(b.1)))
    });
    setting.kind = most(told.iter().map(|told| (told.voice, told.kind.clone()))).unwrap_or_default();
    Ok(setting)
}

/// Who tells a figure: key, name, side.
fn teller(loaded: &Loaded, document: i64, claim: Option<i64>) -> (String, String, Option<String>) {
    let party = claim
        .and_then(|no| loaded.claims.iter().find(|claim| claim.document == document && claim.no == no))
        .and_then(|claim| claim.party)
        .and_then(|party| loaded.parties.get(&party));
    match party {
        Some(party) => (party.key.clone(), party.name.clone(), Some(party.side.clone())),
        None => {
            let report = &loaded.documents[&document];
            let name = report.row.publisher.clone().unwrap_or_else(|| report.row.name.clone());
            (format!("report:{}", report.voice), name, None)
        }
    }
}

fn figures(loaded: &Loaded, rank: &HashMap<i64, usize>) -> Vec<Figure> {
    let mut harms: Vec<Harm> = Vec::new();
    for harm in &loaded.harms {
        let denied = harm.claim.is_some_and(|no| {
            loaded
                .claims
                .iter()
                .any(|claim| claim.document == harm.document && claim.no == no && claim.stance == "deny")
        });
        match loaded.layer.of(harm.document, 'h', harm.span.0) {
            Some(layer) if layer.rejected => {}
            _ if denied => {}
            layer => {
                let mut harm = harm.clone();
                if let Some(layer) = layer {
                    layer.correct(&mut harm.kind, &mut harm.side, &mut harm.low, &mut harm.high);
                }
                harms.push(harm);
            }
        }
    }
    unite_sides(&mut harms, loaded);
    let mut groups: BTreeMap<(String, String), Vec<&Harm>> = BTreeMap::new();
    for harm in harms.iter().filter(|harm| !harm.earlier) {
        groups.entry((harm.kind.clone(), harm.side.clone())).or_default().push(harm);
    }
    let mut figures: Vec<Figure> =
        groups.into_iter().map(|((kind, side), harms)| figure(loaded, rank, kind, side, &harms)).collect();
    const ORDER: [&str; 6] = ["killed", "injured", "missing", "detained", "displaced", "surrendered"];
    figures.sort_by_key(|figure| (ORDER.iter().position(|kind| *kind == figure.kind), figure.side.clone()));
    figures
}

/// "People" and "civilians" are counted together unless one teller counts both; forces without a country are those of the only one.
fn unite_sides(harms: &mut [Harm], loaded: &Loaded) {
    let kinds: BTreeSet<String> = harms.iter().map(|harm| harm.kind.clone()).collect();
    for kind in kinds {
        let tellers = |side: &str| -> BTreeSet<(i64, String)> {
            harms
                .iter()
                .filter(|harm| harm.kind == kind && harm.side == side)
                .map(|harm| (harm.document, teller(loaded, harm.document, harm.claim).0))
                .collect()
        };
        let both = tellers("people").intersection(&tellers("civilians")).count() > 0;
        let named: BTreeSet<String> = harms
            .iter()
            .filter(|harm| harm.kind == kind && harm.side.starts_with("forces "))
            .map(|harm| harm.side.clone())
            .collect();
        for harm in harms.iter_mut().filter(|harm| harm.kind == kind) {
            if harm.side == "civilians" && !both {
                harm.side = "people".to_owned();
            }
            if harm.side == "forces" && named.len() == 1 {
                harm.side = named.iter().next().cloned().unwrap_or_default();
            }
        }
    }
}

fn figure(loaded: &Loaded, rank: &HashMap<i64, usize>, kind: String, side: String, harms: &[&Harm]) -> Figure {
    // One row for each teller and value, at its first publication.
    let mut rows: BTreeMap<(String, Option<i64>, Option<i64>), Vec<&Harm>> = BTreeMap::new();
    for harm in harms {
        let (key, ..) = teller(loaded, harm.document, harm.claim);
        rows.entry((key, harm.low, harm.high)).or_default().push(harm);
    }
    let mut claims: Vec<FigureClaim> = rows
        .into_iter()
        .filter_map(|((key, low, high), mut told)| {
            told.sort_by_key(|harm| (rank[&harm.document], harm.no));
            let first = *told.first()?;
            let (_, claimant, side) = teller(loaded, first.document, first.claim);
            let report = &loaded.documents[&first.document];
            let documents: BTreeSet<i64> = told.iter().map(|harm| harm.document).collect();
            let voices: BTreeSet<i64> = documents.iter().map(|id| loaded.documents[id].voice).collect();
            let points = CodePoints::new(&report.text);
            Some(FigureClaim {
                key,
                claimant,
                side,
                low,
                high,
                latest: false,
                document: first.document,
                harm: format!("h{}", first.no),
                published: report.row.published.clone(),
                words: blob::slice(&report.text, &points, first.span.0, first.span.1).to_owned(),
                start: first.span.0,
                end: first.span.1,
                reports: documents.len(),
                voices: voices.len(),
            })
        })
        .collect();
    // Of several figures in one report the largest is the total.
    claims.sort_by_key(|claim| (rank[&claim.document], claim.low.or(claim.high), claim.key.clone()));
    let last: HashMap<String, usize> =
        claims.iter().enumerate().map(|(index, claim)| (claim.key.clone(), index)).collect();
    for (index, claim) in claims.iter_mut().enumerate() {
        claim.latest = last.get(&claim.key) == Some(&index);
    }
    // A reporter who repeats a claimant's figure adds no end of the range.
    let attributed: Vec<(Option<i64>, Option<i64>)> =
        claims.iter().filter(|claim| claim.side.is_some()).map(|claim| (claim.low, claim.high)).collect();
    let standing: Vec<&FigureClaim> = claims
        .iter()
        .filter(|claim| claim.latest)
        .filter(|claim| {
            claim.side.is_some() || !attributed.iter().any(|(low, high)| fits(*low, *high, claim.low, claim.high))
        })
        .collect();
    let low_of = |claim: &FigureClaim| claim.low.or(claim.high);
    let high_of = |claim: &FigureClaim| claim.high.or(claim.low);
    let low = standing.iter().filter_map(|claim| low_of(claim)).min();
    let high = standing.iter().filter_map(|claim| high_of(claim)).max();
    let names = |pick: &dyn Fn(&FigureClaim) -> bool| -> Vec<String> {
        let mut names: Vec<String> =
            standing.iter().filter(|claim| pick(claim)).map(|claim| claim.claimant.clone()).collect();
        names.dedup();
        names
    };
    let low_by = names(&|claim| low_of(claim) == low);
    let high_by = names(&|claim| high_of(claim) == high);
    let open = standing.iter().any(|claim| claim.high.is_none());
    let alone = !claims.iter().filter(|claim| claim.latest).any(|claim| {
        claims.iter().any(|other| {
            other.latest
                && other.key != claim.key
                && other.side.is_some()
                && claim.side.is_some()
                && fits(claim.low, claim.high, other.low, other.high)
        })
    });
    Figure { kind, side, low, high, open, low_by, high_by, alone, claims }
}

/// Whether two intervals share a value.
fn fits(low_a: Option<i64>, high_a: Option<i64>, low_b: Option<i64>, high_b: Option<i64>) -> bool {
    low_a.unwrap_or(0) <= high_b.unwrap_or(i64::MAX) && low_b.unwrap_or(0) <= high_a.unwrap_or(i64::MAX)
}

fn revisions(figures: &[Figure]) -> Vec<Revision> {
    let mut found = Vec::new();
    for figure in figures {
        let mut before: HashMap<&str, &FigureClaim> = HashMap::new();
        for claim in &figure.claims {
            if let Some(old) = before.insert(&claim.key, claim) {
                if old.document != claim.document {
                    found.push(Revision {
                        kind: figure.kind.clone(),
                        side: figure.side.clone(),
                        claimant: claim.claimant.clone(),
                        from: (old.low, old.high),
                        to: (claim.low, claim.high),
                        published: claim.published.clone(),
                        document: claim.document,
                        harm: claim.harm.clone(),
                    });
                }
            }
        }
    }
    found.sort_by_key(|revision| revision.published.clone());
    found
}

fn is_rejected(loaded: &Loaded, claim: &Claim) -> bool {
    let anchor = claim.content.map_or(0, |content| content.0);
    loaded.layer.of(claim.document, 'c', anchor).is_some_and(|layer| layer.rejected)
}

fn blames(loaded: &Loaded, rank: &HashMap<i64, usize>) -> Vec<Blame> {
    let mut found: BTreeMap<(Option<String>, String), (usize, Blame, BTreeSet<i64>)> = BTreeMap::new();
    for claim in loaded.claims.iter().filter(|claim| !is_rejected(loaded, claim)) {
        let party = claim.party.and_then(|id| loaded.parties.get(&id));
        for against in &claim.blames {
            let at = rank[&claim.document];
            let key = (party.map(|party| party.key.clone()), against.clone());
            let blame = Blame {
                claimant: party.map(|party| party.name.clone()),
                side: party.map(|party| party.side.clone()),
                against: against.clone(),
                document: claim.document,
                claim: format!("c{}", claim.no),
                reports: 0,
            };
            let slot = found.entry(key).or_insert_with(|| (at, blame.clone(), BTreeSet::new()));
            slot.2.insert(claim.document);
            if at < slot.0 {
                slot.0 = at;
                slot.1 = blame;
            }
        }
    }
    let mut blames: Vec<(usize, Blame)> =
        found.into_values().map(|(at, blame, documents)| (at, Blame { reports: documents.len(), ..blame })).collect();
    blames.sort_by_key(|(at, _)| *at);
    blames.into_iter().map(|(_, blame)| blame).collect()
}

fn confirmations(loaded: &Loaded) -> Vec<Confirmation> {
    loaded
        .claims
        .iter()
        .filter(|claim| claim.stance == "confirm" && !is_rejected(loaded, claim))
        .filter_map(|claim| {
            let party = loaded.parties.get(&claim.party?)?;
            let text = &loaded.documents[&claim.document].text;
            let (start, end) = claim.content?;
            Some(Confirmation {
                claimant: party.name.clone(),
                document: claim.document,
                claim: format!("c{}", claim.no),
                words: blob::slice(text, &CodePoints::new(text), start, end).to_owned(),
            })
        })
        .collect()
}

fn figure_contradictions(figures: &[Figure]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for figure in figures {
        let latest: Vec<&FigureClaim> =
            figure.claims.iter().filter(|claim| claim.latest && claim.side.is_some()).collect();
        for (index, a) in latest.iter().enumerate() {
            for b in &latest[index + 1..] {
                if fits(a.low, a.high, b.low, b.high) {
                    continue;
                }
                let of = |claim: &FigureClaim| {
                    (claim.key.clone(), claim.claimant.clone(), claim.side.clone().unwrap_or_default())
                };
                found.push(Contradiction {
                    kind: "figure".to_owned(),
                    about: format!("how many {} were {}", figure.side, figure.kind),
                    a: of(a),
                    b: of(b),
                    a_row: (a.document, a.harm.clone()),
                    b_row: (b.document, b.harm.clone()),
                });
            }
        }
    }
    found
}

/// Blame against blame, and denial against blame: once for each pair of sides, at the first reports that have them.
fn claim_contradictions(loaded: &Loaded, rank: &HashMap<i64, usize>) -> Vec<Contradiction> {
    let mut claims: Vec<(&Claim, &Party)> = loaded
        .claims
        .iter()
        .filter(|claim| !is_rejected(loaded, claim))
        .filter_map(|claim| Some((claim, loaded.parties.get(&claim.party?)?)))
        .collect();
    claims.sort_by_key(|(claim, _)| (rank[&claim.document], claim.no));
    let mut found: Vec<Contradiction> = Vec::new();
    let mut push = |kind: &str, about: &str, a: (&Claim, &Party), b: (&Claim, &Party)| {
        let known = found.iter().any(|pair| {
            pair.kind == kind
                && (same_side(&pair.a.2, &a.1.side) && same_side(&pair.b.2, &b.1.side)
                    || same_side(&pair.a.2, &b.1.side) && same_side(&pair.b.2, &a.1.side))
        });
        if !known && !same_side(&a.1.side, &b.1.side) {
            let of = |party: &Party| (party.key.clone(), party.name.clone(), party.side.clone());
            found.push(Contradiction {
                kind: kind.to_owned(),
                about: about.to_owned(),
                a: of(a.1),
                b: of(b.1),
                a_row: (a.0.document, format!("c{}", a.0.no)),
                b_row: (b.0.document, format!("c{}", b.0.no)),
            });
        }
    };
    let blames = |claim: &Claim, party: &Party| claim.blames.iter().any(|side| same_side(side, &party.side));
    for (index, a) in claims.iter().enumerate() {
        for b in &claims[index + 1..] {
            if blames(a.0, b.1) && blames(b.0, a.1) {
                push("blame", "who is to blame", *a, *b);
            }
        }
    }
    for deny in claims.iter().filter(|(claim, _)| claim.stance == "deny") {
        for other in &claims {
            // A denial answers what its own telling or another one of the incident blames its side for.
            if blames(other.0, deny.1) && other.0.stance != "deny" {
                push("denial", "one side denies what the other says", *deny, *other);
            }
        }
    }
    found
}

fn grade(loaded: &Loaded, figures: &[Figure], confirmed: bool, voices: usize) -> Grade {
    // A side and a kind: the army and a hospital of one country are two, the army and its ministry are one.
    let mut standing: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut claimants: BTreeSet<&str> = BTreeSet::new();
    for claim in loaded.claims.iter().filter(|claim| !matches!(claim.stance.as_str(), "decline" | "appeal")) {
        if let Some(party) = claim.party.and_then(|id| loaded.parties.get(&id)) {
            claimants.insert(&party.key);
            standing.insert((&party.side, party.kind));
        }
    }
    let agreed = figures.iter().any(|figure| {
        let latest: Vec<&FigureClaim> =
            figure.claims.iter().filter(|claim| claim.latest && claim.side.is_some()).collect();
        let kind_of =
            |claim: &FigureClaim| loaded.parties.values().find(|party| party.key == claim.key).map(|party| party.kind);
        latest.iter().enumerate().any(|(index, a)| {
            latest[index + 1..]
                .iter()
                .any(|b| (a.side != b.side || kind_of(a) != kind_of(b)) && fits(a.low, a.high, b.low, b.high))
        })
    });
    if standing.len() >= 2 && (agreed || confirmed) {
        Grade::Agreed
    } else if standing.len() >= 2 {
        Grade::Several
    } else if claimants.len() >= 2 || claimants.is_empty() && voices >= 2 {
        Grade::OneSide
    } else {
        Grade::Alone
    }
}

fn claim_views(loaded: &Loaded, rank: &HashMap<i64, usize>) -> Vec<ClaimView> {
    let mut views: Vec<ClaimView> = loaded
        .claims
        .iter()
        .map(|claim| {
            let report = &loaded.documents[&claim.document];
            let party = claim.party.and_then(|id| loaded.parties.get(&id));
            let (start, end) = claim.content.unwrap_or_default();
            ClaimView {
                document: claim.document,
                claim: format!("c{}", claim.no),
                key: party.map(|party| party.key.clone()),
                claimant: party.map(|party| party.name.clone()),
                side: party.map(|party| party.side.clone()),
                stance: claim.stance.clone(),
                certainty: claim.certainty.clone(),
                content: blob::slice(&report.text, &CodePoints::new(&report.text), start, end).to_owned(),
                start,
                end,
                copy: report.voice != claim.document,
                reviewed: loaded.layer.of(claim.document, 'c', start).map(|layer| layer.word().to_owned()),
            }
        })
        .collect();
    views.sort_by_key(|view| (rank[&view.document], view.start));
    views
}

/// Writes the summary of an incident and its contradictions down, for lists and for queries by other programs.
pub(crate) fn refresh(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM contradictions WHERE incident = ?1")?.execute([id])?;
    let Some(incident) = fuse(db, id)? else {
        db.prepare_cached(
            "UPDATE incidents SET title = NULL, kind = NULL, place = NULL, day_first = NULL, day_last = NULL, reports = 0, voices = 0,
             killed_low = NULL, killed_high = NULL, injured_low = NULL, injured_high = NULL, contradictions = 0, grade = NULL,
             updated_day = NULL, lat = NULL, lon = NULL, radius_km = NULL WHERE id = ?1",
        )?
        .execute([id])?;
        return Ok(());
    };
    let setting = setting(db, id)?;
    let range = |kind: &str| -> (Option<i64>, Option<i64>) {
        // Sides are counted apart, so that the list shows the widest of them.
        let of = || incident.figures.iter().filter(|figure| figure.kind == kind);
        (of().filter_map(|figure| figure.low).min(), of().filter_map(|figure| figure.high).max())
    };
    let (killed, injured) = (range("killed"), range("injured"));
    let updated =
        incident.reports.iter().filter_map(|report| report.published.as_deref().and_then(crate::day_of)).max();
    db.prepare_cached(
        "UPDATE incidents SET title = ?2, kind = ?3, place = ?4, precision = ?5, country = ?6, day_first = ?7, day_last = ?8, reports = ?9,
         voices = ?10, killed_low = ?11, killed_high = ?12, injured_low = ?13, injured_high = ?14, contradictions = ?15, grade = ?16,
         updated_day = ?17, lat = ?18, lon = ?19, radius_km = ?20 WHERE id = ?1",
    )?
    .execute(params![
        id,
        incident.title,
        incident.kind,
        setting.place_id,
        incident.precision,
        incident.country,
        setting.days.map(|days| days.0),
        setting.days.map(|days| days.1),
        incident.reports.len() as i64,
        incident.voices as i64,
        killed.0,
        killed.1,
        injured.0,
        injured.1,
        incident.contradictions.len() as i64,
        incident.grade.as_str(),
        updated,
        // The gazetteer's own point is that of the place.
        setting.radius_km.and(setting.lat),
        setting.radius_km.and(setting.lon),
        setting.radius_km,
    ])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO contradictions (incident, kind, a_document, a_row, b_document, b_row, a_party, b_party, about)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT id FROM parties WHERE key = ?7), (SELECT id FROM parties WHERE key = ?8), ?9)",
    )?;
    for pair in &incident.contradictions {
        insert.execute(params![
            id,
            pair.kind,
            pair.a_row.0,
            pair.a_row.1,
            pair.b_row.0,
            pair.b_row.1,
            pair.a.0,
            pair.b.0,
            pair.about
        ])?;
    }
    Ok(())
}
