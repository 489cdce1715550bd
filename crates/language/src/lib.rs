//! One small encoder over windows of sentences, and its heads: mentions, attribution, parts of speech, dependencies; a smaller one
//! beside it for events, and layers over the words of whole reports.
//!
//! Weights come from `models/` (see its card); `training/` makes them. What is read is the same on every machine and any number of
//! threads: integer products are exact, f32 sums have one order.

mod agreements;
mod analysis;
mod assemble;
mod categories;
mod encoder;
mod events;
mod float;
mod heads;
pub mod kernel;
mod lanes;
mod lemma;
mod load;
mod meaning;
mod mend;
mod model;
mod quotation;
mod reports;
mod tree;
mod windows;
mod wordpiece;

pub use agreements::{Bond, Bonds, Naming};
pub use analysis::{Analysis, Deprel, Upos, WordAnalysis};
pub use encoder::Scratch;
pub use events::{
    Deed, DeedStatus, EVENT_TYPES, EventAnalysis, EventWord, KeyRole, LinkRole, NO_EVENT, REPORT_CLASSES, SideRole,
    UnitScores,
};
pub use lemma::lemma;
pub use load::{Manifest, ModelError};
pub use meaning::{Meanings, cosine};
pub use model::Model;
pub use reports::{Act, Acts, ClaimPart, Mark, Pairs, Retold};
