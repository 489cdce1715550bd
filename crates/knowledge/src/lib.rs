//! What a reader knows before opening the report: places, countries, parties, weapons and targets.
//!
//! Everything comes from the tables in `data/`, embedded at build time and parsed once at first use, and from what a user imported. No
//! text makes it fail: a name that is not known gives nothing.

pub mod actors;
pub mod codes;
mod countries;
mod derivations;
pub mod frequency;
pub mod gazetteer;
pub mod harms;
pub mod holders;
pub mod import;
mod key;
pub mod offsets;
pub mod pack;
pub mod people;
mod peoples;
mod resolve;
mod table;
pub mod weapons;
pub mod weights;

pub use countries::{Country, country_of_part};
pub use derivations::family;
pub use gazetteer::{Candidate, Exactness, Gazetteer, Gazetteers, Region, places};
pub use key::name_key;
pub use peoples::People;
pub use resolve::{Wish, admin_claims};
