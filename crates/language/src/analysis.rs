//! What the model found in a document: words with parts of speech and dependencies, mentions, attributions.

use crate::encoder::HIDDEN;
use crate::events::EventAnalysis;
use crate::reports::Retold;
use counterclaim_schema::{Attribution, Mention, Span};
use std::ops::Range;

macro_rules! tags {
    ($(#[$outer:meta])* $name:ident: $($(#[doc = $doc:literal])* $variant:ident = $spelling:literal,)*) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $(#[doc = $spelling] $variant,)* }

        impl $name {
            /// The spelling of Universal Dependencies.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $spelling,)* } }

            /// The tag with a spelling.
            pub fn parse(spelling: &str) -> Option<$name> { match spelling { $($spelling => Some($name::$variant),)* _ => None } }
        }
    };
}

tags! {
    /// Universal part of speech (Petrov et al., LREC 2012).
    Upos:
    Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON",
    Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
}

tags! {
    /// Universal dependency relation (Nivre et al., LREC 2020), with the subtypes that the parser keeps.
    Deprel:
    Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
    Ccomp = "ccomp", Clf = "clf", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass", Dep = "dep",
    Det = "det", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list",
    Mark = "mark", Nmod = "nmod", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj",
    Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
    Vocative = "vocative", Xcomp = "xcomp",
}

/// A word with its analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct WordAnalysis {
    /// Where it stands.
    pub span: Span,
    /// Number of its sentence.
    pub sentence: u32,
    /// Part of speech.
    pub upos: Upos,
    /// Number of its head through the document; none for a root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Dictionary form in lower case.
    pub lemma: String,
}

/// What the model found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// All words, numbered through the document.
    pub words: Vec<WordAnalysis>,
    /// Words of each sentence.
    pub sentences: Vec<Range<u32>>,
    /// Mentions in text order, not overlapping.
    pub mentions: Vec<Mention>,
    /// Attributions in the order of their cues.
    pub attributions: Vec<Attribution>,
    /// What the event heads found; empty for an analysis put together by hand.
    pub events: EventAnalysis,
    /// Hidden states of the words, [`HIDDEN`] numbers each: what small classifiers of later crates weigh; empty for an analysis put together by hand.
    pub vectors: Vec<f32>,
    /// What the words tell once the claims are known; empty until the report is read again.
    pub retold: Retold,
    first_dependent: Vec<u32>,
    dependents: Vec<u32>,
}

impl Analysis {
    /// Puts the parts together and indexes the dependents.
    pub fn new(
        words: Vec<WordAnalysis>,
        sentences: Vec<Range<u32>>,
        mentions: Vec<Mention>,
        attributions: Vec<Attribution>,
    ) -> Analysis {
        let mut counts = vec![0u32; words.len() + 1];
        for word in &words {
            if let Some(head) = word.head {
                counts[head as usize + 1] += 1;
            }
        }
        for index in 1..counts.len() {
            counts[index] += counts[index - 1];
        }
        let mut next = counts.clone();
        let mut dependents = vec![0u32; counts.last().copied().unwrap_or(0) as usize];
        for (index, word) in words.iter().enumerate() {
            if let Some(head) = word.head {
                dependents[next[head as usize] as usize] = index as u32;
                next[head as usize] += 1;
            }
        }
        Analysis {
            words,
            sentences,
            mentions,
            attributions,
            events: EventAnalysis::default(),
            vectors: Vec::new(),
            retold: Retold::default(),
            first_dependent: counts,
            dependents,
        }
    }

    /// The hidden state of a word; nothing where none was kept.
    pub fn vector(&self, word: u32) -> &[f32] {
        self.vectors.get(word as usize * HIDDEN..).and_then(|rest| rest.get(..HIDDEN)).unwrap_or_default()
    }

    /// Dependents of a word in text order.
    pub fn dependents(&self, word: u32) -> &[u32] {
        let first = self.first_dependent[word as usize] as usize;
        let last = self.first_dependent[word as usize + 1] as usize;
        &self.dependents[first..last]
    }

    /// The word and everything under it, in text order.
    pub fn subtree(&self, word: u32) -> Vec<u32> {
        let mut all = vec![word];
        let mut next = 0;
        while next < all.len() {
            let word = all[next];
            all.extend_from_slice(self.dependents(word));
            next += 1;
        }
        all.sort_unstable();
        all
    }
}
