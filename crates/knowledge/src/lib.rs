//! What a reader knows before opening the report: places, countries, parties, weapons and targets.
//!
//! Everything comes from the tables in `data/`, embedded at build time and parsed once at first use. Nothing here reads a file, and no
//! text makes it fail: a name that is not known gives nothing.

pub mod actors;
mod countries;
pub mod gazetteer;
mod key;
pub mod pack;
mod resolve;
mod table;
pub mod weapons;

pub use countries::Country;
pub use gazetteer::{Candidate, Exactness, Gazetteer, Region};
pub use key::name_key;
pub use resolve::{Wish, admin_claims};
