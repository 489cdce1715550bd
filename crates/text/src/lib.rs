//! From a document's text to words and sentences, with offsets into the original; and the language gate.

mod identify;
mod sentences;
mod words;

pub use identify::{Language, identify, identify_text};
pub use sentences::{Sentence, sentences, sentences_of};
pub use words::{Word, is_digit, is_letter, words};
