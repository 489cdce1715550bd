//! The ledger of one report: the public JSON (`counterclaim.report/1`).
//!
//! Offsets count Unicode code points of `document.text`, end exclusive. Ids are stable within the document: a letter for the list and
//! a number in order of appearance (`c1`, `e3`). Lists refer to one another by id. An absent value is `null`, never a guess.

use crate::MentionKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of [`ReportLedger::schema`].
pub const SCHEMA: &str = "counterclaim.report/1";

/// Words of the report with their place in `document.text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words between the two.
    pub text: String,
}

/// Everything that one report says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportLedger {
    /// Always `counterclaim.report/1`.
    pub schema: String,
    /// The report.
    pub document: DocumentRow,
    /// Spans that refer to persons, bodies, places, times, quantities, weapons.
    pub mentions: Vec<MentionRow>,
    /// Parties, resolved within the report.
    pub actors: Vec<ActorRow>,
    /// Places, resolved against the gazetteer where possible.
    pub places: Vec<PlaceRow>,
    /// Time expressions with their values.
    pub times: Vec<TimeRow>,
    /// Source, cue and content as found in the text.
    pub attributions: Vec<AttributionRow>,
    /// Who says what.
    pub claims: Vec<ClaimRow>,
    /// What is said to have happened.
    pub events: Vec<EventRow>,
    /// Dead, injured, missing, displaced, detained, surrendered.
    pub harms: Vec<HarmRow>,
    /// Things destroyed, damaged or seized.
    #[serde(default)]
    pub damages: Vec<DamageRow>,
    /// Ceasefires with terms and alleged violations.
    pub ceasefires: Vec<CeasefireRow>,
    /// Pairs that cannot both hold.
    pub contradictions: Vec<ContradictionRow>,
    /// What the program noticed about its input.
    pub diagnostics: Vec<DiagnosticRow>,
}

/// The report itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentRow {
    /// Identifier.
    pub id: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors as printed.
    pub byline: Option<String>,
    /// Place and date line as printed.
    pub dateline: Option<TextSpan>,
    /// RFC 3339 instant or date.
    pub published: Option<String>,
    /// How `published` is known: given, metadata, text, dateline.
    pub published_basis: Option<String>,
    /// ISO 639-1 code, or `und`.
    pub language: String,
    /// The text to which offsets refer.
    pub text: String,
    /// SHA-256 of the original bytes.
    pub sha256: String,
    /// Parts of the text with their role: title, byline, dateline, paragraph, subhead, furniture.
    pub blocks: Vec<BlockRow>,
}

/// A part of the text with its role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockRow {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// title, byline, dateline, paragraph, subhead or furniture.
    pub kind: String,
    /// For furniture: masthead, teaser, credit, about_author, promotion, legal, other.
    pub furniture: Option<String>,
}

/// A mention and what it was resolved to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionRow {
    /// `m1`...
    pub id: String,
    /// First code point, as in `span`: mentions are often read as a flat table.
    pub start: u32,
    /// One past the last code point, as in `span`.
    pub end: u32,
    /// Where.
    pub span: TextSpan,
    /// What kind of thing.
    pub kind: MentionKind,
    /// Id of an actor.
    pub actor: Option<String>,
    /// Id of a place.
    pub place: Option<String>,
    /// Id of a time.
    pub time: Option<String>,
    /// Id of the mention inside whose name this one stands ("Kharkiv" in "Kharkiv Polytechnic Institute"): a place is named, nothing is said to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// A code of an actor in one scheme and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorCode {
    /// `plover`, `cameo`, `iso3`, ...
    pub scheme: String,
    /// The code.
    pub code: String,
    /// `dictionary`, `description` or `context`; of derived codes the rule: `state_list` or `sector`.
    pub basis: String,
}

/// A party of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorRow {
    /// `a1`...
    pub id: String,
    /// As first written.
    pub name: String,
    /// person, organization, group, state, joint.
    pub kind: String,
    /// ISO 3166-1 alpha-3, when known.
    pub country: Option<String>,
    /// PLOVER sectors, most specific first: GOV MIL REB CVL ...
    pub sector: Vec<String>,
    /// Codes with their basis: iso3 and plover as the report tells them, the party of a table (`party`), and by rule from country and sector the Correlates of
    /// War and Gleditsch-Ward numbers of the state (`cow`, `gw`), `cameo`, ACLED's kind of actor (`acled_actor`), UCDP's kind of side (`ucdp_side`).
    pub codes: Vec<ActorCode>,
    /// Ids of the actors that a joint actor consists of ("the leaders of A and B").
    pub members: Vec<String>,
    /// Where it is mentioned, pronouns and descriptions included.
    pub mentions: Vec<TextSpan>,
}

/// How fine a place is known. Never finer than the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// A spot: a facility with known coordinates.
    Exact,
    /// Near, outside, between settlements.
    Near,
    /// A town, village or quarter.
    Settlement,
    /// Second-order division.
    District,
    /// First-order division.
    Province,
    /// A country.
    Country,
    /// A region, border, sea or river.
    Region,
    /// Not known.
    Unknown,
}

/// Another candidate for a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceAlternative {
    /// Id in the gazetteer, with its prefix (`geonames:1528735`).
    pub gazetteer_id: String,
    /// Name in the gazetteer.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Share of the evidence, 0 to 1; not calibrated.
    pub score: f64,
}

/// Who administers or claims a contested place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminClaim {
    /// `de_facto`, `un`, or the name of a claimant's view.
    pub view: String,
    /// ISO 3166-1 alpha-3.
    pub country: String,
}

/// A place of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRow {
    /// `p1`...
    pub id: String,
    /// First mention.
    pub span: TextSpan,
    /// Id in the gazetteer with its prefix; null when it is not there.
    pub gazetteer_id: Option<String>,
    /// Name in the gazetteer (the report's own words are in `span`).
    pub name: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// The place is in no gazetteer, and the country is the one that most of the report's other names point to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub country_is_default: bool,
    /// First-order division.
    pub admin1: Option<String>,
    /// Second-order division.
    pub admin2: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// How fine.
    pub precision: PlacePrecision,
    /// Share of the evidence, 0 to 1; not calibrated.
    pub score: f64,
    /// At most three other candidates.
    pub alternatives: Vec<PlaceAlternative>,
    /// For contested places.
    pub admin_claims: Vec<AdminClaim>,
    /// The place itself is told by this one: "20 km north of X", "between X and Y". `lat` and `lon` stay those of the named place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<PlaceBeside>,
}

/// A place told by a named one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceBeside {
    /// `offset` (a distance or a side is told), `near`, `between`, `border`.
    pub relation: String,
    /// Kilometers, as told.
    pub distance_km: Option<f64>,
    /// Degrees from north, clockwise, of the side told.
    pub bearing: Option<u16>,
    /// Id of the other place of "between X and Y".
    pub other: Option<String>,
    /// Degrees north of the middle of where it may lie; null where no line or second point is known.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// It lies within so many kilometers of that middle.
    pub radius_km: Option<f64>,
}

/// What a time rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeBasis {
    /// The expression gives the date itself.
    Stated,
    /// Counted from the publication date or another time of the text.
    Relative,
    /// Read from the dateline.
    Dateline,
    /// Nothing is told: the publication date stands in.
    PublicationDate,
}

/// How fine a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimePrecision {
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// Morning, evening, night.
    PartOfDay,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter or season.
    Season,
    /// A year.
    Year,
    /// A decade or longer.
    Decade,
    /// Not known.
    Unknown,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeRow {
    /// `t1`...
    pub id: String,
    /// Where.
    pub span: TextSpan,
    /// TIMEX3 value, such as `2022-09-16`, `2022-W37`, `2022-09-16T10:00Z`, `P3D`, `PAST_REF`.
    pub value: String,
    /// TIMEX3 type: DATE, TIME, DURATION, SET.
    pub timex: String,
    /// First instant (RFC 3339) or date; null when open or not known.
    pub start: Option<String>,
    /// Last instant or date, inclusive for dates; null when open or not known.
    pub end: Option<String>,
    /// How fine.
    pub precision: TimePrecision,
    /// What it rests on.
    pub basis: TimeBasis,
}

/// An attribution as found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionRow {
    /// `q1`...
    pub id: String,
    /// Pieces of the source.
    pub source: Vec<TextSpan>,
    /// Pieces of the cue.
    pub cue: Vec<TextSpan>,
    /// Pieces of the content.
    pub content: Vec<TextSpan>,
}

/// What the claimant does by saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says that it is so.
    Assert,
    /// Says that it is not so.
    Deny,
    /// Says that somebody did wrong.
    Accuse,
    /// Says that what was said before is so.
    Confirm,
    /// Tells own people to do it.
    Order,
    /// Promises or offers.
    Pledge,
    /// Asks others to do it.
    Appeal,
    /// Warns of harm to come by own hand.
    Threaten,
    /// Refuses to say or to do.
    Decline,
}

/// How firmly it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Plainly.
    Plain,
    /// Hedged: "appears", "may", "probably".
    Hedged,
    /// Passed on with distance: "alleged", "reportedly", "so-called".
    Reported,
}

/// One proposition by one claimant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimRow {
    /// `c1`...
    pub id: String,
    /// Id of the actor who says so; null for the reporter's own voice, or when the source could not be resolved (then `source` is not empty).
    pub claimant: Option<String>,
    /// Pieces of the source.
    pub source: Vec<TextSpan>,
    /// Pieces of the cue.
    pub cue: Vec<TextSpan>,
    /// Pieces of the content.
    pub content: Vec<TextSpan>,
    /// What the claimant does by saying it.
    pub stance: Stance,
    /// How firmly.
    pub certainty: Certainty,
    /// Whom the claimant relies on ("citing official sources").
    pub via_source: Option<TextSpan>,
    /// Id of the claim inside which this one is told.
    pub via: Option<String>,
    /// Ids of events in the content.
    pub events: Vec<String>,
    /// Ids of harms in the content.
    pub harms: Vec<String>,
}

/// PLOVER code of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PloverCode {
    /// One of the 16 types.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Modes of the type.
    pub mode: Vec<String>,
    /// Contexts.
    pub contexts: Vec<String>,
}

/// ACLED code of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcledCode {
    /// One of six event types.
    pub event_type: String,
    /// One of 25 sub-event types.
    pub sub_event_type: String,
}

/// Somebody's part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Id of the actor.
    pub actor: String,
    /// The words that name it at this event; null when taken from the context.
    pub span: Option<TextSpan>,
    /// What it rests on: `syntax` (the words at the event), `links` (the model's role head), `description` (whose thing or words it was),
    /// `context` (a rule: who is quoted, whom a charge accuses, the two sides of the story) or `report` (weighed among the parties that the report
    /// tells elsewhere).
    pub basis: String,
}

/// A thing that took part: a weapon, or what was hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// The words.
    pub span: TextSpan,
    /// Class in the table of weapons or targets, such as `rocket_artillery`, `hospital`.
    pub class: Option<String>,
}

/// Whether it happened, as told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It happened.
    Occurred,
    /// It goes on.
    Ongoing,
    /// Somebody means to do it, or agreed to.
    Planned,
    /// Somebody told others to do it.
    Ordered,
    /// It might be: feared, possible, asked for.
    Hypothetical,
    /// It did not happen, as told.
    Denied,
}

/// Whether it belongs to the news of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The news.
    Current,
    /// History, another conflict, a comparison, an explanation.
    Background,
}

/// What is said to have happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventRow {
    /// `e1`...
    pub id: String,
    /// The word or words that tell it.
    pub trigger: TextSpan,
    /// PLOVER type, mode, contexts.
    pub plover: PloverCode,
    /// CAMEO code as text, when one is certain.
    pub cameo: Option<String>,
    /// ACLED type, when it is a row there.
    pub acled: Option<AcledCode>,
    /// Who did it; all sides of two-sided events.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// Id of the place.
    pub place: Option<String>,
    /// Id of the time; null when none is told (the publication date is then the only bound).
    pub time: Option<String>,
    /// With what.
    pub weapons: Vec<Thing>,
    /// What was hit.
    pub targets: Vec<Thing>,
    /// Whether it happened, as told.
    pub status: Status,
    /// Whether it is the news.
    pub scope: Scope,
    /// Why the status and scope are what they are, in short words (`order verb`, `year before publication`).
    pub reasons: Vec<String>,
    /// Ids of the claims that tell it; empty in the reporter's own voice.
    pub claims: Vec<String>,
    /// Other triggers in the report that tell the same event.
    pub also: Vec<TextSpan>,
    /// Strength of the evidence, 0 to 1; not calibrated.
    pub score: f64,
}

/// Things of one kind that were destroyed, damaged or seized.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DamageRow {
    /// `d1`...
    pub id: String,
    /// What was done to them.
    pub effect: DamageEffect,
    /// Kind of thing, such as `homes` or `aircraft`.
    pub class: String,
    /// Lower end; null when open or not told.
    pub low: Option<u64>,
    /// Upper end; null when open or not told.
    pub high: Option<u64>,
    /// The words of the number; null when it is not told.
    pub number: Option<TextSpan>,
    /// The things.
    pub things: TextSpan,
    /// Whether it is the news.
    pub scope: Scope,
    /// Ids of the claims that tell it; empty in the reporter's own voice.
    pub claims: Vec<String>,
    /// Id of the event that caused it.
    pub event: Option<String>,
}

/// What is done to things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DamageEffect {
    /// Destroyed, burned, shot down, sunk.
    Destroyed,
    /// Damaged.
    Damaged,
    /// Taken from somebody.
    Seized,
}

/// On what the number of a harm rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HarmBasis {
    /// A figure or an article: "42 people", "a soldier".
    #[default]
    Stated,
    /// One person told of by name or description: "the mayor". Counts as one.
    Person,
    /// People in the plural without a figure: "peasants". Counts as two or more.
    Plural,
}

/// Kinds of harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HarmKind {
    /// Dead.
    Killed,
    /// Wounded.
    Injured,
    /// Missing.
    Missing,
    /// Displaced or evacuated.
    Displaced,
    /// Detained, abducted, captured.
    Detained,
    /// Surrendered.
    Surrendered,
}

impl HarmKind {
    /// The word for it: "killed".
    pub fn word(self) -> &'static str {
        match self {
            HarmKind::Killed => "killed",
            HarmKind::Injured => "injured",
            HarmKind::Missing => "missing",
            HarmKind::Displaced => "displaced",
            HarmKind::Detained => "detained",
            HarmKind::Surrendered => "surrendered",
        }
    }
}

/// A figure of people harmed, as an interval with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HarmRow {
    /// `h1`...
    pub id: String,
    /// What happened to them.
    pub kind: HarmKind,
    /// Lower end; null when open.
    pub low: Option<u64>,
    /// Upper end; null when open.
    pub high: Option<u64>,
    /// The words of the figure with their modifiers.
    pub number: TextSpan,
    /// Who was harmed.
    pub victims: Option<TextSpan>,
    /// Civilians, as told; null when not told.
    pub civilian: Option<bool>,
    /// Id of the actor said to have done it.
    pub perpetrator: Option<String>,
    /// Id of the place.
    pub place: Option<String>,
    /// Id of the time.
    pub time: Option<String>,
    /// Whether it is the news.
    pub scope: Scope,
    /// Ids of the claims that tell it; empty in the reporter's own voice.
    pub claims: Vec<String>,
    /// Id of the event that caused it.
    pub event: Option<String>,
    /// Id of the harm that this one is a part of ("including three children").
    pub part_of: Option<String>,
    /// `female` or `male`, where the noun tells; null for others.
    #[serde(default)]
    pub sex: Option<String>,
    /// Whether the noun names children or youths.
    #[serde(default)]
    pub is_minor: bool,
    /// Ages in years, as told beside the victims.
    #[serde(default)]
    pub ages: Vec<u32>,
    /// Told as a toll so far ("raising the toll to 31"), not as new.
    #[serde(default)]
    pub is_total: bool,
    /// On what the number rests.
    #[serde(default)]
    pub basis: HarmBasis,
    /// Id of an earlier harm that seems to tell of the same people; null when they are told of first.
    #[serde(default)]
    pub same_as: Option<String>,
}

/// A term of a ceasefire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CeasefireTerm {
    /// cease_fire, withdraw, exchange, corridor, talks, commission, other.
    pub kind: String,
    /// The words.
    pub span: TextSpan,
}

/// An alleged violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllegedViolation {
    /// The words.
    pub span: TextSpan,
    /// Id of the actor who alleges it; null in the reporter's own voice.
    pub alleged_by: Option<String>,
    /// Id of the actor who is said to have done it.
    pub against: Option<String>,
    /// Id of the event, when the breach is told as a deed.
    pub event: Option<String>,
}

/// A ceasefire or truce of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CeasefireRow {
    /// `f1`...
    pub id: String,
    /// The words that tell it.
    pub span: TextSpan,
    /// Ids of the parties.
    pub parties: Vec<String>,
    /// Id of the actor who announced it.
    pub announced_by: Option<String>,
    /// When it begins: RFC 3339 instant or date.
    pub effective: Option<String>,
    /// When it ends, if told.
    pub expires: Option<String>,
    /// What was agreed.
    pub terms: Vec<CeasefireTerm>,
    /// Words about how it holds.
    pub status_words: Vec<TextSpan>,
    /// What is said to break it.
    pub violations: Vec<AllegedViolation>,
    /// Whether it is the news, or one of the past.
    #[serde(default = "current")]
    pub scope: Scope,
}

/// Ledgers of older versions held no ceasefires of the past.
fn current() -> Scope {
    Scope::Current
}

/// Two rows that cannot both hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContradictionRow {
    /// blame, figure, denial, place or time.
    pub kind: String,
    /// Id of a claim or harm.
    pub a: String,
    /// Id of a claim or harm; the same as `a` when one sentence tells both sides.
    pub b: String,
    /// What they differ about, in short words.
    pub about: String,
}

/// A diagnostic of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticRow {
    /// Stable code (docs/reference/diagnostics.md).
    pub code: String,
    /// Where.
    pub span: Option<TextSpan>,
    /// A sentence for people.
    pub message: String,
}
