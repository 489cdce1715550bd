use crate::Span;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $meaning:literal;)*) => {
        /// What a stage noticed about a document; stable, countable, listed in docs/reference/diagnostics.md.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum DiagnosticCode { $($(#[doc = $doc])* #[serde(rename = $code)] $name,)* }

        impl DiagnosticCode {
            /// Every code, in order.
            pub const ALL: &'static [DiagnosticCode] = &[$(DiagnosticCode::$name,)*];

            /// The stable spelling, such as `CC0103`.
            pub fn code(self) -> &'static str { match self { $(DiagnosticCode::$name => $code,)* } }

            /// One sentence of explanation.
            pub fn meaning(self) -> &'static str { match self { $(DiagnosticCode::$name => $meaning,)* } }
        }
    };
}

codes! {
    /// Nothing to read.
    EmptyDocument = "CC0101", "the document holds no text";
    /// Bytes that are not of the charset.
    InvalidBytes = "CC0102", "some bytes are not valid in the charset of the document; they were replaced";
    /// HTML without an article.
    NoMainText = "CC0103", "no main text was found in the page";
    /// Looks like a binary file.
    BinaryInput = "CC0104", "the input is not text";
    /// Longer than the limit.
    Truncated = "CC0105", "the document is longer than the limit; the rest was not read";
    /// Control characters.
    ControlCharacters = "CC0106", "control characters were found and are treated as spaces";
    /// Charset was guessed.
    CharsetGuessed = "CC0107", "the charset was not declared and was guessed";
    /// A record of a JSONL file could not be read.
    BadRecord = "CC0108", "a record could not be read";
    /// Published date could not be read.
    BadPublicationDate = "CC0109", "the publication date could not be read";
    /// Part of the page is no news.
    FurnitureSkipped = "CC0110", "page furniture was left out";
    /// Nesting or size beyond the limit of the HTML reader.
    PageTooComplex = "CC0111", "the page is nested too deeply; it was read as plain text";
    /// Not English.
    NotEnglish = "CC0201", "the text is not in English and was not coded";
    /// Language unclear.
    LanguageUncertain = "CC0202", "the language could not be told for sure; the text was read as English";
    /// A sentence was too long.
    LongSentence = "CC0203", "a sentence is longer than the model reads at once and was read in pieces";
    /// No date to anchor relative times.
    NoPublicationDate = "CC0301", "the publication date is not known; relative times have no date";
    /// A number word that cannot be true.
    ImplausibleNumber = "CC0302", "a figure is implausible; it is kept as written";
    /// Time expression not understood.
    UnresolvedTime = "CC0303", "a time expression could not be resolved";
    /// Place not in the gazetteer.
    UnknownPlace = "CC0401", "a place is not in the gazetteer";
    /// Several places fit equally.
    AmbiguousPlace = "CC0402", "several places fit a name almost equally well";
    /// The words about a place disagree with the gazetteer.
    PlaceDescriptionDisagrees = "CC0403", "the description of a place disagrees with the gazetteer";
    /// A source without a name or country.
    UnresolvedSource = "CC0501", "the source of a claim could not be resolved to an actor";
}

/// Something noticed while reading a document. Never an error: the reading goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What was noticed.
    pub code: DiagnosticCode,
    /// Where, when it has a place in the text.
    pub span: Option<Span>,
    /// The sentence for people; starts in lower case, no full stop.
    pub message: String,
}

impl Diagnostic {
    /// A diagnostic with the standard sentence of its code.
    pub fn new(code: DiagnosticCode, span: Option<Span>) -> Diagnostic {
        Diagnostic { code, span, message: code.meaning().to_owned() }
    }

    /// A diagnostic with a sentence of its own.
    pub fn with(code: DiagnosticCode, span: Option<Span>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, span, message: message.into() }
    }
}
