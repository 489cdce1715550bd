//! Whom a pronoun stands for.

use super::*;

impl Resolver<'_> {
    pub(super) fn pronoun(&mut self, word: u32, lemma: &str) -> Option<ActorId> {
        let sentence = self.syntax.sentence(word);
        let form = self.syntax.form(word).to_lowercase();
        let is_source = self.source_heads.binary_search(&word).is_ok();
        if let Some(speaker) = self.speaker_above(word, &form) {
            return Some(speaker);
        }
        match form.as_str() {
            "he" | "she" | "him" | "her" | "his" | "hers" => {
                self.latest(sentence, 4, is_source, |at, actor| self.is_one_person(at, actor))
            }
            "it" | "its" => {
                if form == "its" {
                    // Inside a sentence "its" goes to the subject or the speaker of the same sentence.
                    let own = self.seen.iter().rev().find(|(at, id, subject)| {
                        self.syntax.sentence(*at) == sentence
                            && (*subject || self.source_heads.binary_search(at).is_ok())
                            && !self.actors.all[*id].plural
                    });
                    if let Some(&(_, id, _)) = own {
                        return Some(id);
                    }
                }
                // "The ministry said that it would look into it, and on Tuesday it named an officer": a joined clause goes on about the subject of the first.
                let joined =
                    self.syntax.head(word).filter(|_| form == "it" && self.syntax.deprel(word) == Deprel::Nsubj);
                let joined = joined.filter(|&verb| self.syntax.deprel(verb) == Deprel::Conj);
                let first = joined.and_then(|verb| self.syntax.subject(self.syntax.head(verb)?));
                let first = first.filter(|&first| first < word).and_then(|first| Some((first, self.actors.at(first)?)));
                let first = first.filter(|&(first, actor)| self.is_one_body(first, actor)).map(|(_, actor)| actor);
                if let Some(id) = first {
                    return Some(id);
                }
                let kept =
                    self.syntax.head(word).filter(|_| self.syntax.deprel(word) == Deprel::Obj).is_some_and(|verb| {
                        matches!(
                            self.syntax.lemma(verb),
                            "condemn"
                                | "denounce"
                                | "deplore"
                                | "violate"
                                | "break"
                                | "breach"
                                | "observe"
                                | "respect"
                                | "sign"
                                | "extend"
                                | "renew"
                                | "honour"
                                | "honor"
                                | "prolong"
                        )
                    });
                let begins =
                    self.syntax.head(word).filter(|_| self.syntax.deprel(word) == Deprel::Nsubj).is_some_and(|verb| {
                        let inner = self.syntax.dependents(verb).iter();
                        inner.into_iter().any(|&child| matches!(self.syntax.lemma(child), "effect" | "force" | "hold"))
                            && matches!(self.syntax.lemma(verb), "take" | "come" | "go" | "enter")
                            || matches!(self.syntax.lemma(verb), "expire" | "lapse")
                    });
                if !is_source && (kept || begins || self.is_of_a_paper(word)) {
                    return None;
                }
                // Who "denied that" is nobody's empty subject, whatever the parse says.
                if self.is_expletive(word) && !is_source {
                    return None;
                }
                self.latest(sentence, 3, is_source || form == "it", |at, actor| self.is_one_body(at, actor))
            }
            // "The worst fighting between them": the two sides.
            "them" | "themselves" if self.syntax.preposition(word) == "between" => self.pair(word),
            "they" | "them" | "their" | "theirs" | "both" | "themselves" => {
                if let Some(hurt) = self.who_flees(word) {
                    return Some(hurt);
                }
                let each = self
                    .syntax
                    .dependents(word)
                    .iter()
                    .any(|&child| matches!(self.syntax.lemma(child), "each" | "both"));
                let own = self.seen.iter().rev().find(|(at, id, subject)| {
                    self.syntax.sentence(*at) == sentence
                        && *subject
                        && (self.actors.all[*id].plural || self.actors.all[*id].kind == ActorKind::Joint)
                        && *at < word
                });
                if let (Some(&(_, id, _)), false) = (own, each) {
                    return Some(id);
                }
                // "Oversee talks between the countries and asked them to": the two of the same sentence.
                let between = self.syntax.words_of(sentence).take_while(|&at| at < word).any(|at| {
                    matches!(
                        self.syntax.lemma(at),
                        "country" | "side" | "neighbour" | "neighbor" | "party" | "state" | "nation" | "rival"
                    ) && self.syntax.preposition(at) == "between"
                });
                if between {
                    if let Some(pair) = self.pair(word) {
                        return Some(pair);
                    }
                }
                // Who speaks on is who spoke last.
                if is_source && !each {
                    let spoke = self.spoke.iter().rev().find(|(at, id)| {
                        self.syntax.sentence(*at) + 2 >= sentence
                            && *at < word
                            && (self.actors.all[*id].plural || self.actors.all[*id].kind == ActorKind::Joint)
                    });
                    if let Some(&(_, id)) = spoke {
                        return Some(id);
                    }
                }
                if let Some(attackers) = self.attackers(word) {
                    return Some(attackers);
                }
                let near = self.seen.iter().rev().find(|(at, id, _)| {
                    self.syntax.sentence(*at) + 2 >= sentence
                        && (self.actors.all[*id].kind == ActorKind::Joint || self.actors.all[*id].plural && !each)
                });
                near.map(|&(_, id, _)| id).or_else(|| if each { self.pair(word) } else { None })
            }
            "each" => self.pair(word),
            "we" | "our" | "us" | "i" | "my" => None,
            _ => {
                let _ = lemma;
                None
            }
        }
    }

    /// "Shot people as they fled": who was shot, and not who shot.
    fn who_flees(&self, word: u32) -> Option<ActorId> {
        let syntax = self.syntax;
        let verb = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Nsubj)?;
        let suffers = matches!(
            syntax.lemma(verb),
            "flee"
                | "run"
                | "escape"
                | "sleep"
                | "pray"
                | "queue"
                | "wait"
                | "gather"
                | "travel"
                | "work"
                | "celebrate"
        );
        let over = syntax.head(verb).filter(|_| suffers && syntax.deprel(verb) == Deprel::Advcl)?;
        let violent = matches!(
            syntax.lemma(over),
            "shoot"
                | "kill"
                | "attack"
                | "beat"
                | "ambush"
                | "bomb"
                | "gun"
                | "hack"
                | "stab"
                | "chase"
                | "abduct"
                | "hit"
                | "strike"
        );
        let hurt = syntax.patient(over).filter(|&hurt| violent && hurt < word)?;
        self.actors.at(hurt).filter(|&actor| self.actors.all[actor].plural)
    }

    /// "The truce took effect on Monday. It allows aid": the subject of the sentence before is what "it" goes on about, and no party.
    fn is_of_a_paper(&self, word: u32) -> bool {
        let syntax = self.syntax;
        let opens = word == syntax.words_of(syntax.sentence(word)).start && syntax.form(word) == "It";
        let before = syntax.sentence(word).checked_sub(1).filter(|_| opens);
        let subject = before.and_then(|before| {
            syntax
                .words_of(before)
                .find(|&root| syntax.deprel(root) == Deprel::Root)
                .and_then(|root| syntax.subject(root))
        });
        subject.is_some_and(|subject| {
            self.actors.at(subject).is_none()
                && matches!(
                    syntax.lemma(subject),
                    "truce"
                        | "ceasefire"
                        | "armistice"
                        | "pause"
                        | "deal"
                        | "agreement"
                        | "accord"
                        | "pact"
                        | "arrangement"
                        | "understanding"
                        | "plan"
                        | "document"
                        | "memorandum"
                        | "protocol"
                        | "resolution"
                        | "decree"
                        | "law"
                )
        })
    }

    /// "They came at night and shot whoever ran": of several who may have done violence the last ones who bear arms.
    fn attackers(&self, word: u32) -> Option<ActorId> {
        const VIOLENT: &[&str] = &[
            "shoot",
            "kill",
            "burn",
            "torch",
            "loot",
            "beat",
            "rape",
            "abduct",
            "kidnap",
            "ambush",
            "raid",
            "bomb",
            "shell",
            "stab",
            "hack",
            "rob",
            "steal",
            "execute",
            "torture",
            "massacre",
            "attack",
            "storm",
            "slaughter",
        ];
        const REACH: u32 = 8;
        let syntax = self.syntax;
        if syntax.deprel(word) != Deprel::Nsubj {
            return None;
        }
        // The deed may be joined to another verb, wherever the tree has it.
        let end = syntax.words_of(syntax.sentence(word)).end;
        let violent = (word + 1..end).filter(|&verb| syntax.upos(verb) == Upos::Verb).any(|verb| {
            let own = syntax.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none_or(|subject| subject == word);
            own && !syntax.is_passive(verb) && VIOLENT.contains(&syntax.lemma(verb))
        });
        let armed = |actor: &Actor| {
            actor.plural
                && actor
                    .sectors
                    .iter()
                    .any(|sector| matches!(sector.as_str(), "UAF" | "REB" | "CRM" | "PRM" | "MIL" | "COP"))
        };
        let near = |at: u32| syntax.sentence(at) + REACH >= syntax.sentence(word) && at < word;
        let seen = self.seen.iter().rev().filter(|(at, ..)| violent && near(*at));
        seen.map(|&(_, id, _)| id).find(|&id| armed(&self.actors.all[id]))
    }

    /// "Kyrgyzstan said it was launching": a pronoun in reported words is the one who reports, when number and kind fit.
    pub(super) fn speaker_above(&self, word: u32, form: &str) -> Option<ActorId> {
        let mut at = word;
        for _ in 0..12 {
            let head = self.syntax.head(at)?;
            let reported =
                matches!(self.syntax.deprel(at), Deprel::Ccomp | Deprel::Xcomp) && self.syntax.upos(head) == Upos::Verb;
            if reported {
                let subject =
                    self.syntax.subject(head).filter(|&subject| subject != word && !self.syntax.governs(at, subject));
                if let Some(actor) = subject.and_then(|subject| self.actors.at(subject)) {
                    let row = &self.actors.all[actor];
                    let fits = match form {
                        "he" | "she" | "him" | "her" | "his" => self.is_one_person(subject.unwrap_or(head), actor),
                        "it" | "its" => self.is_one_body(subject.unwrap_or(head), actor),
                        "they" | "them" | "their" => {
                            row.plural
                                || matches!(row.kind, ActorKind::Joint | ActorKind::Organization | ActorKind::State)
                        }
                        _ => false,
                    };
                    if fits && !self.is_expletive(word) {
                        return Some(actor);
                    }
                }
            }
            at = head;
        }
        None
    }

    /// Whether "it" may stand for the party at a word: a state or body, not the official by whose office it is named, nor men, unless the
    /// word there ("the group") names them as one.
    fn is_one_body(&self, word: u32, actor: ActorId) -> bool {
        let row = &self.actors.all[actor];
        if BODIES.contains(&self.syntax.lemma(word)) && self.syntax.form(word).to_lowercase() == self.syntax.lemma(word)
        {
            return row.members.is_empty();
        }
        match row.kind {
            ActorKind::State | ActorKind::Organization => true,
            ActorKind::Group => !row.plural && !self.is_office(word),
            ActorKind::Person | ActorKind::Joint => false,
        }
    }

    /// Whether "he" may stand for the party at a word: somebody named, or one person by office or trade, not a body.
    fn is_one_person(&self, word: u32, actor: ActorId) -> bool {
        let row = &self.actors.all[actor];
        let body = || agent(self.syntax.lemma(word), &[]).is_some_and(|class| class.kind == ActorClassKind::Body);
        row.kind == ActorKind::Person || row.kind == ActorKind::Group && !row.plural && !body()
    }

    fn is_office(&self, word: u32) -> bool {
        agent(self.syntax.lemma(word), &[]).is_some_and(|class| class.kind == ActorClassKind::Person)
    }

    /// "It was not clear", "it is raining".
    pub(super) fn is_expletive(&self, word: u32) -> bool {
        const STATES: &[&str] = &[
            "dark", "late", "early", "cold", "hot", "clear", "unclear", "likely", "possible", "night", "dawn", "noon",
        ];
        let syntax = self.syntax;
        let state = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Nsubj && syntax.lemma(word) == "it");
        syntax.deprel(word) == Deprel::Expl || state.is_some_and(|state| STATES.contains(&syntax.lemma(state)))
    }

    /// The latest fitting actor within some sentences: speakers first for a speaker, then subjects, then anybody.
    pub(super) fn latest(
        &self,
        sentence: u32,
        reach: u32,
        speaker: bool,
        fits: impl Fn(u32, ActorId) -> bool,
    ) -> Option<ActorId> {
        let near = |at: u32| self.syntax.sentence(at) + reach >= sentence && self.syntax.sentence(at) < sentence;
        if speaker {
            let found = self.spoke.iter().rev().find(|(at, id)| near(*at) && fits(*at, *id));
            if let Some(&(_, id)) = found {
                return Some(id);
            }
        }
        let subject = self.seen.iter().rev().find(|(at, id, subject)| *subject && near(*at) && fits(*at, *id));
        let anybody = || self.seen.iter().rev().find(|(at, id, _)| near(*at) && fits(*at, *id));
        subject.or_else(anybody).map(|&(_, id, _)| id)
    }
}
