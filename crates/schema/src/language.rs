use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a mention refers to, before resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A named person, without title.
    Person,
    /// A proper name of an organisation, armed group, agency, party or medium.
    Organization,
    /// People or a body named by a common noun: "gunmen", "health ministry".
    Group,
    /// A named place.
    Place,
    /// A named or described facility.
    Facility,
    /// A weapon.
    Weapon,
    /// A vehicle, vessel or aircraft.
    Vehicle,
    /// A nationality, ethnic or religious adjective or people noun.
    Nationality,
    /// A quantity with its modifiers.
    Quantity,
    /// A time expression.
    Time,
    /// Any other name.
    Misc,
}

impl MentionKind {
    /// All kinds in the order of the model's tags.
    pub const ALL: [MentionKind; 11] = [
        MentionKind::Person,
        MentionKind::Organization,
        MentionKind::Group,
        MentionKind::Place,
        MentionKind::Facility,
        MentionKind::Weapon,
        MentionKind::Vehicle,
        MentionKind::Nationality,
        MentionKind::Quantity,
        MentionKind::Time,
        MentionKind::Misc,
    ];

    /// The spelling used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionKind::Person => "person",
            MentionKind::Organization => "organization",
            MentionKind::Group => "group",
            MentionKind::Place => "place",
            MentionKind::Facility => "facility",
            MentionKind::Weapon => "weapon",
            MentionKind::Vehicle => "vehicle",
            MentionKind::Nationality => "nationality",
            MentionKind::Quantity => "quantity",
            MentionKind::Time => "time",
            MentionKind::Misc => "misc",
        }
    }
}

/// A span that refers to something, as the model found it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What kind of thing.
    pub kind: MentionKind,
    /// Mean probability of its tags, 0 to 1; not calibrated.
    pub score: f32,
}

/// Who is said to say what: source, cue and content (PolNeAR, Newell et al., LREC 2018; PARC, Pareti 2012).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribution {
    /// Pieces of the source; empty when nobody is named.
    pub source: Vec<Span>,
    /// Pieces of the words that attribute; empty for a quotation that stands by itself.
    pub cue: Vec<Span>,
    /// Pieces of what is attributed.
    pub content: Vec<Span>,
    /// Mean probability of the cue's tags, 0 to 1; not calibrated.
    pub score: f32,
}
