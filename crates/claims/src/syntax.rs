//! Questions that rules ask of a sentence: who is the subject, is it passive, is it denied.
//!
//! All answers are read from Universal Dependencies (Nivre et al., LREC 2020) as the parser gives them. A wrong parse gives a wrong or
//! an empty answer, never an error. Words are numbered through the document.

use counterclaim_language::{Analysis, Deprel, Upos};
use counterclaim_schema::Span;

/// A document's words with their analysis.
#[derive(Clone, Copy)]
pub struct Syntax<'a> {
    /// Text of the document.
    pub text: &'a str,
    /// What the model found.
    pub analysis: &'a Analysis,
}

/// A prepositional dependent: the preposition's lemma and the head of the phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oblique {
    /// Lower-case preposition; words of a compound one are joined ("because of").
    pub preposition: String,
    /// Head word of the noun phrase.
    pub head: u32,
}

/// Verbs whose object is the subject of the clause that follows: "ordered the troops to withdraw".
const OBJECT_CONTROL: &[&str] = &[
    "accuse",
    "allow",
    "appeal",
    "ask",
    "beg",
    "blame",
    "call",
    "cause",
    "charge",
    "command",
    "compel",
    "convince",
    "direct",
    "enable",
    "encourage",
    "exhort",
    "expect",
    "force",
    "implore",
    "instruct",
    "invite",
    "lead",
    "order",
    "permit",
    "persuade",
    "press",
    "pressure",
    "prevent",
    "prompt",
    "push",
    "request",
    "stop",
    "suspect",
    "summon",
    "task",
    "tell",
    "urge",
    "want",
    "warn",
    "see",
    "hear",
    "watch",
    "let",
    "make",
    "help",
];

impl<'a> Syntax<'a> {
    /// Lower-case lemma of a word.
    pub fn lemma(&self, word: u32) -> &'a str {
        &self.analysis.words[word as usize].lemma
    }

    /// The word as written.
    pub fn form(&self, word: u32) -> &'a str {
        self.analysis.words[word as usize].span.of(self.text)
    }

    /// Where the word stands.
    pub fn span(&self, word: u32) -> Span {
        self.analysis.words[word as usize].span
    }

    /// Part of speech.
    pub fn upos(&self, word: u32) -> Upos {
        self.analysis.words[word as usize].upos
    }

    /// Relation to the head.
    pub fn deprel(&self, word: u32) -> Deprel {
        self.analysis.words[word as usize].deprel
    }

    /// Head word; none for a root.
    pub fn head(&self, word: u32) -> Option<u32> {
        self.analysis.words[word as usize].head
    }

    /// Number of the word's sentence.
    pub fn sentence(&self, word: u32) -> u32 {
        self.analysis.words[word as usize].sentence
    }

    /// Words of a sentence.
    pub fn words_of(&self, sentence: u32) -> std::ops::Range<u32> {
        self.analysis.sentences[sentence as usize].clone()
    }

    /// Dependents of a word in text order.
    pub fn dependents(&self, word: u32) -> &'a [u32] {
        self.analysis.dependents(word)
    }

    /// First dependent with one of the relations.
    pub fn dependent(&self, word: u32, relations: &[Deprel]) -> Option<u32> {
        self.dependents(word).iter().copied().find(|&child| relations.contains(&self.deprel(child)))
    }

    /// Whether the word is a noun, name or pronoun.
    pub fn is_nominal(&self, word: u32) -> bool {
        matches!(self.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }

    /// Words that lie inside a span.
    pub fn words_in(&self, span: Span) -> std::ops::Range<u32> {
        let words = &self.analysis.words;
        let first = words.partition_point(|word| word.span.end <= span.start);
        let last = words.partition_point(|word| word.span.start < span.end);
        first as u32..last.max(first) as u32
    }

    /// The word of a span whose head lies outside of it: the head of the phrase. The last such nominal wins over function words.
    pub fn head_of(&self, span: Span) -> Option<u32> {
        let words = self.words_in(span);
        let outside = |&word: &u32| self.head(word).is_none_or(|head| !words.contains(&head));
        let tops: Vec<u32> = words.clone().filter(outside).collect();
        let nominal = tops.iter().copied().find(|&word| self.is_nominal(word));
        nominal.or_else(|| words.clone().find(|&word| self.is_nominal(word))).or_else(|| tops.first().copied())
    }

    /// Whether a form looks like a past participle or past tense of its lemma.
    fn is_past_form(&self, word: u32) -> bool {
        let form = self.form(word).to_lowercase();
        if form.ends_with("ing") {
            return false;
        }
        form.ends_with("ed")
            || (form != self.lemma(word) && !form.ends_with('s'))
            || PAST_LIKE_BASE.contains(&form.as_str())
    }

    /// Whether the verb is passive: by its dependents, or as a participle behind a noun ("troops killed in the raid").
    pub fn is_passive(&self, verb: u32) -> bool {
        let marked = self.dependents(verb).iter().any(|&child| {
            matches!(self.deprel(child), Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass | Deprel::OblAgent)
        });
        if marked {
            return true;
        }
        match self.deprel(verb) {
            Deprel::Acl | Deprel::Advcl | Deprel::Amod => {
                self.is_past_form(verb)
                    && self.dependent(verb, &[Deprel::Nsubj, Deprel::Obj]).is_none()
                    // "officials in the capital said they ...": a verb that reports something reports itself.
                    && (self.dependent(verb, &[Deprel::Ccomp]).is_none_or(|clause| self.is_infinitive(clause)) || self.lemma(verb) == "tell")
                    && !self
                        .dependents(verb)
                        .iter()
                        .any(|&child| self.deprel(child) == Deprel::Aux && self.lemma(child) == "have")
            }
            Deprel::Conj if self.own_subject(verb).is_none() => {
                self.dependent(verb, &[Deprel::Aux, Deprel::Obj]).is_none()
                    && self.is_past_form(verb)
                    && self.head(verb).is_some_and(|head| self.upos(head) == Upos::Verb && self.is_passive(head))
            }
            _ => false,
        }
    }

    fn own_subject(&self, verb: u32) -> Option<u32> {
        self.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass])
    }

    /// Grammatical subject, also of clauses that share or borrow one. Relative pronouns give their antecedent.
    pub fn subject(&self, verb: u32) -> Option<u32> {
        self.subject_within(verb, 6)
    }

    fn subject_within(&self, verb: u32, steps: u32) -> Option<u32> {
        if steps == 0 {
            return None;
        }
        if let Some(subject) = self.own_subject(verb) {
            let relative =
                self.upos(subject) == Upos::Pron && matches!(self.lemma(subject), "who" | "which" | "that" | "whom");
            if relative {
                let mut clause = verb;
                while self.deprel(clause) == Deprel::Conj {
                    clause = self.head(clause)?;
                }
                if self.deprel(clause) == Deprel::AclRelcl {
                    return self.head(clause);
                }
            }
            return Some(subject);
        }
        let head = self.head(verb)?;
        match self.deprel(verb) {
            Deprel::Conj if self.is_nominal(head) && self.upos(verb) == Upos::Verb => {
                self.subject_within(head, steps - 1)
            }
            Deprel::Conj => {
                // "It was hit and its crew fled" has its own; "he met X and said" shares. A clause joined to a relative one has the antecedent.
                if self.deprel(head) == Deprel::AclRelcl && self.own_subject(head).is_none() {
                    return self.head(head);
                }
                self.subject_within(head, steps - 1)
            }
            Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp => self.controller(verb, head, steps),
            Deprel::Acl | Deprel::AclRelcl => {
                let infinitive = self
                    .dependents(verb)
                    .iter()
                    .any(|&child| self.upos(child) == Upos::Part && self.lemma(child) == "to");
                if infinitive {
                    // "an offer to mediate", "the decision to withdraw": whoever owns the noun.
                    return self.owner(head).or_else(|| self.governor_subject(head, steps - 1));
                }
                // "Focused its efforts on capturing the hill", "the cost of retaking it": who did what the noun hangs on.
                let behind = |&child: &u32| {
                    child < verb
                        && self.deprel(child) == Deprel::Mark
                        && matches!(self.lemma(child), "on" | "of" | "at" | "in" | "for")
                };
                if self.form(verb).ends_with("ing") && self.dependents(verb).iter().any(behind) {
                    return self.governor_subject(head, steps - 1).or_else(|| self.owner(head));
                }
                Some(head)
            }
            _ => None,
        }
    }

    /// The subject that a clause without its own borrows from the clause above.
    fn controller(&self, verb: u32, head: u32, steps: u32) -> Option<u32> {
        if !matches!(self.upos(head), Upos::Verb | Upos::Aux | Upos::Adj | Upos::Noun) {
            return None;
        }
        if self.deprel(verb) == Deprel::Ccomp
            && !self.form(verb).to_lowercase().ends_with("ing")
            && !self.is_infinitive(verb)
        {
            return None;
        }
        if OBJECT_CONTROL.contains(&self.lemma(head)) && self.upos(head) == Upos::Verb {
            if self.is_passive(head) {
                return self.subject_within(head, steps - 1);
            }
            if let Some(object) = self.dependent(head, &[Deprel::Obj, Deprel::Iobj]) {
                if object < verb {
                    return Some(object);
                }
            }
            let addressee = self.obliques(head).into_iter().find(|oblique| {
                matches!(oblique.preposition.as_str(), "on" | "to" | "upon" | "with") && oblique.head < verb
            });
            if let Some(oblique) = addressee {
                return Some(oblique.head);
            }
        }
        self.subject_within(head, steps - 1)
    }

    /// Subject of the verb that governs a noun, for "made the offer to mediate".
    fn governor_subject(&self, noun: u32, steps: u32) -> Option<u32> {
        let verb = self.head(noun)?;
        (matches!(self.deprel(noun), Deprel::Obj | Deprel::Obl | Deprel::Xcomp) && self.upos(verb) == Upos::Verb)
            .then(|| self.subject_within(verb, steps))
            .flatten()
    }

    /// Whether the verb has an infinitive marker.
    pub fn is_infinitive(&self, verb: u32) -> bool {
        self.dependents(verb)
            .iter()
            .any(|&child| child < verb && self.lemma(child) == "to" && self.deprel(child) == Deprel::Mark)
    }

    /// Who does it: the subject of an active verb, the "by" phrase of a passive one.
    pub fn agent(&self, verb: u32) -> Option<u32> {
        if self.is_passive(verb) {
            let by = self.dependent(verb, &[Deprel::OblAgent]);
            return by.or_else(|| {
                self.obliques(verb)
                    .into_iter()
                    .find(|oblique| oblique.preposition == "by" && !self.is_gerund(oblique.head))
                    .map(|oblique| oblique.head)
            });
        }
        self.subject(verb)
    }

    /// To whom it is done: the object of an active verb, the subject of a passive one.
    pub fn patient(&self, verb: u32) -> Option<u32> {
        if self.is_passive(verb) {
            return self.subject(verb);
        }
        if let Some(object) = self.dependent(verb, &[Deprel::Obj]) {
            return Some(object);
        }
        // A shared object stands at the last verb: "shelled and looted the village", not "met on Friday and ordered their forces".
        let joined = |next: u32| {
            let light = [Upos::Cconj, Upos::Punct, Upos::Adv, Upos::Verb, Upos::Aux, Upos::Part];
            next > verb && (verb + 1..next).all(|between| light.contains(&self.upos(between)))
        };
        self.dependents(verb)
            .iter()
            .copied()
            .find(|&child| {
                self.deprel(child) == Deprel::Conj
                    && self.upos(child) == Upos::Verb
                    && self.own_subject(child).is_none()
                    && joined(child)
            })
            .and_then(|next| self.dependent(next, &[Deprel::Obj]))
    }

    fn is_gerund(&self, word: u32) -> bool {
        self.upos(word) == Upos::Verb
    }

    /// Prepositional dependents of a verb or noun, in text order.
    pub fn obliques(&self, word: u32) -> Vec<Oblique> {
        let mut found = Vec::new();
        for &child in self.dependents(word) {
            let relation = self.deprel(child);
            if matches!(
                relation,
                Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::OblUnmarked | Deprel::NmodUnmarked
            ) || self.is_nominal(child) && relation == Deprel::Advcl
            {
                found.push(Oblique { preposition: self.preposition(child), head: child });
            }
        }
        found
    }

    /// The preposition of a phrase, empty when there is none.
    pub fn preposition(&self, head: u32) -> String {
        let mut words: Vec<&str> = Vec::new();
        for &child in self.dependents(head) {
            if self.deprel(child) == Deprel::Case && child < head {
                words.push(self.form(child));
                for &fixed in self.dependents(child) {
                    if self.deprel(fixed) == Deprel::Fixed {
                        words.push(self.form(fixed));
                    }
                }
            }
        }
        words.join(" ").to_lowercase()
    }

    /// Owner of a noun: "Russia's offer", "their border".
    pub fn owner(&self, noun: u32) -> Option<u32> {
        self.dependent(noun, &[Deprel::NmodPoss])
    }

    /// Words of a coordination, the first one first.
    pub fn coordination(&self, word: u32) -> Vec<u32> {
        let mut all = vec![word];
        for &child in self.dependents(word) {
            if self.deprel(child) == Deprel::Conj {
                all.push(child);
            }
        }
        all
    }

    /// Modal or other auxiliary lemmas of a verb (of the first of joined verbs when it has none of its own).
    pub fn auxiliaries(&self, verb: u32) -> Vec<&'a str> {
        let own: Vec<&str> = self
            .dependents(verb)
            .iter()
            .filter(|&&child| matches!(self.deprel(child), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
            .map(|&child| self.lemma(child))
            .collect();
        if own.is_empty() && self.deprel(verb) == Deprel::Conj && self.own_subject(verb).is_none() {
            if let Some(head) = self.head(verb) {
                if self.upos(head) == Upos::Verb {
                    return self.auxiliaries(head);
                }
            }
        }
        own
    }

    /// Whether a verb or noun is denied by a word of its own clause: "not", "never", "no", "without", "failed to".
    pub fn is_negated(&self, word: u32) -> bool {
        let denied_here = self.dependents(word).iter().any(|&child| {
            let lemma = self.lemma(child);
            match self.deprel(child) {
                Deprel::Advmod | Deprel::Det | Deprel::Aux | Deprel::Cc => {
                    matches!(lemma, "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor")
                        || matches!(self.form(child), "n't" | "n’t")
                }
                Deprel::Case | Deprel::Mark => lemma == "without",
                Deprel::Nsubj | Deprel::NsubjPass => {
                    matches!(lemma, "none" | "nobody" | "nothing")
                        || self
                            .dependents(child)
                            .iter()
                            .any(|&inner| self.deprel(inner) == Deprel::Det && self.lemma(inner) == "no")
                        || (lemma == "one" && self.dependents(child).iter().any(|&inner| self.lemma(inner) == "no"))
                }
                _ => false,
            }
        });
        if denied_here {
            return true;
        }
        let Some(head) = self.head(word) else { return false };
        match self.deprel(word) {
            Deprel::Xcomp => {
                matches!(self.lemma(head), "fail" | "refuse" | "decline")
                    || self.upos(head) == Upos::Verb && self.lemma(head) != "agree" && self.is_negated(head)
            }
            Deprel::Conj => {
                self.upos(word) == self.upos(head)
                    && self.own_subject(word).is_none()
                    && self.dependents(word).iter().any(|&child| self.lemma(child) == "nor")
            }
            _ => false,
        }
    }

    /// Whether `inner` is a (transitive) dependent of `outer`, or the same word.
    pub fn governs(&self, outer: u32, inner: u32) -> bool {
        let mut word = inner;
        for _ in 0..64 {
            if word == outer {
                return true;
            }
            match self.head(word) {
                Some(head) => word = head,
                None => return false,
            }
        }
        false
    }

    /// The clause's verb above a word: the nearest ancestor that is a verb (or the root), the word itself included.
    pub fn clause(&self, word: u32) -> u32 {
        let mut at = word;
        for _ in 0..64 {
            if matches!(self.upos(at), Upos::Verb | Upos::Aux)
                && !matches!(self.deprel(at), Deprel::Amod | Deprel::Compound | Deprel::Aux | Deprel::AuxPass)
            {
                return at;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return at,
            }
        }
        at
    }

    /// Words of a noun phrase without the clauses, appositions, coordinated phrases and punctuation that hang on it.
    pub fn phrase_words(&self, head: u32) -> Vec<u32> {
        let mut words = vec![head];
        let mut queue = vec![head];
        while let Some(word) = queue.pop() {
            for &child in self.dependents(word) {
                let keep = match self.deprel(child) {
                    Deprel::AclRelcl
                    | Deprel::Acl
                    | Deprel::Advcl
                    | Deprel::Parataxis
                    | Deprel::Punct
                    | Deprel::Cc
                    | Deprel::Conj
                    | Deprel::Ccomp => {
                        // Inside a name or a modifier ("search and rescue team") coordination is part of the phrase.
                        word != head && matches!(self.deprel(child), Deprel::Cc | Deprel::Conj)
                            || (self.deprel(child) == Deprel::Punct && self.form(child).chars().all(|c| c == '-'))
                    }
                    Deprel::Appos
                    | Deprel::Case
                    | Deprel::Mark
                    | Deprel::Cop
                    | Deprel::Aux
                    | Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::Discourse => word != head,
                    _ => true,
                };
                if keep {
                    words.push(child);
                    queue.push(child);
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// From the first to the last of some words.
    pub fn cover(&self, words: &[u32]) -> Option<Span> {
        let first = *words.iter().min()?;
        let last = *words.iter().max()?;
        Some(self.span(first).to(self.span(last)))
    }
}

/// Past forms that equal their lemma.
const PAST_LIKE_BASE: &[&str] =
    &["hit", "cut", "put", "set", "shut", "hurt", "let", "beat", "split", "spread", "burst", "cast", "cost", "quit"];
