//! Who says what, about whom, with which figures and times: a document's analysis becomes a [`Reading`].
//!
//! A reading holds everything that is told in one report and who tells it; what happened (events and their codes) is read from it by
//! the crate to the right.

pub mod actors;
pub mod claim;
pub mod cues;
pub mod damage;
mod frames;
pub mod harm;
mod harm_frames;
pub mod names;
pub mod quantity;
mod reading;
mod syntax;
pub mod tense;
pub mod time;
mod victims;

pub use claim::Claim;
pub use reading::{Beside, Damage, Harm, Place, PlaceWithin, Reading, day_number, read};
pub use syntax::{Oblique, Syntax};
