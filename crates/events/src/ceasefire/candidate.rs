//! What may be a term or a breach of a ceasefire: every clause and every noun of an act, with what speaks for it. Weights fitted to annotated
//! reports choose among them beside the rules (`weigh.rs`).

use super::agreement::{is_deal, is_paper, is_part, points_back, told_sentences};
use super::breach::{is_one_side, is_own_deed, is_toll};
use super::charge::{answers, is_aftermath, is_contrary};
use super::clause::{has_duty, is_deontic, is_rule};
use super::mention::{Told, is_fighting, is_name, is_pause};
use super::moment::{Moment, moment};
use super::provision::noun_kind;
use super::term::{conditions, is_under, term_span};
use super::violation::{Truce, is_old, is_recent};
use super::*;
use crate::contradiction::{Side, sides};
use counterclaim_knowledge::family;
use counterclaim_language::{Bond, Bonds, Deprel, Mark, Upos};
use counterclaim_schema::ledger::{Stance, Status};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Classes of words by lemma.
static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for (class, lemmas) in
        include_str!("../../../../data/truce_words.csv").lines().skip(1).filter_map(|line| line.split_once(','))
    {
        lemmas.split('|').for_each(|lemma| table.entry(lemma).or_default().push(class));
    }
    table
});

pub(super) fn is_of(lemma: &str, class: &str) -> bool {
    WORDS.get(lemma).is_some_and(|classes| classes.contains(&class))
}

/// Classes of what is done, and their evidence.
const CLASSES: [(&str, &str); 14] = [
    ("withdrawing", "withdraws"),
    ("exchanging", "exchanges"),
    ("opening", "opens"),
    ("watching", "watches"),
    ("paying", "pays"),
    ("stopping", "stops"),
    ("founding", "founds"),
    ("violence", "harms"),
    ("talks", "talks"),
    ("captives", "captives"),
    ("aid", "aid"),
    ("body", "body"),
    ("arms", "arms"),
    ("ways", "ways"),
];

/// A clause or a noun with what speaks for its being a term or a breach.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its deciding word.
    pub word: u32,
    /// Its words.
    pub span: Span,
    /// Names and values of the evidence.
    pub evidence: Vec<(&'static str, f32)>,
}

/// Halves of log odds beyond which a mark counts no more.
const SUREST: f32 = 4.0;

/// What a report tells of a ceasefire, as far as its candidates depend on it.
pub(super) struct Scene<'a> {
    reading: &'a Reading<'a>,
    syntax: Syntax<'a>,
    events: &'a [Event],
    truce: &'a Truce<'a>,
    /// Sentences that tell of the agreement.
    told: Vec<bool>,
    /// Words that name it.
    named: Vec<u32>,
    /// Words of breaking.
    breaches: &'a [u32],
    /// Clauses that bind, by sentence.
    bound: Vec<usize>,
    /// The first sentence of the report.
    lead: u32,
    /// What the words are to the agreement, where the report was read for it.
    bonds: Option<&'a Bonds>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        reading: &'a Reading<'a>,
        events: &'a [Event],
        truce: &'a Truce<'a>,
        breaches: &'a [u32],
    ) -> Scene<'a> {
        let syntax = reading.syntax();
        let count = syntax.analysis.sentences.len() as u32;
        let bound: Vec<usize> = (0..count)
            .map(|sentence| syntax.words_of(sentence).filter(|&word| is_deontic(syntax, word)).count())
            .collect();
        let group = truce.group;
        let told = told_sentences(reading, syntax, group, &group.references, |sentence| bound[sentence as usize] > 0);
        let mut named: Vec<u32> = group
            .mentions
            .iter()
            .filter(|mention| mention.told != Told::Asked)
            .map(|mention| mention.word)
            .chain(group.references.iter().copied())
            .collect();
        named.sort_unstable();
        let lead = (0..count).find(|&sentence| reading.is_coded(sentence)).unwrap_or(0);
        Scene { reading, syntax, events, truce, told, named, breaches, bound, lead, bonds: truce.bonds }
    }

    /// All clauses and nouns of acts of the report's body.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        self.of(|sentence| self.reading.is_coded(sentence))
    }

    /// Those of its title as well.
    pub(super) fn with_title(&self) -> Vec<Candidate> {
        self.of(|sentence| sentence < self.lead || self.reading.is_coded(sentence))
    }

    fn of(&self, is_read: impl Fn(u32) -> bool) -> Vec<Candidate> {
        let syntax = self.syntax;
        (0..syntax.analysis.words.len() as u32)
            .filter(|&word| is_read(syntax.sentence(word)))
            .filter_map(|word| {
                let span = self.span(word)?;
                Some(Candidate { word, span, evidence: self.evidence(word, span) })
            })
            .collect()
    }

    /// The words of a candidate; none where a word is none.
    fn span(&self, word: u32) -> Option<Span> {
        let syntax = self.syntax;
        let copular = syntax.dependent(word, &[Deprel::Cop]).is_some();
        match syntax.upos(word) {
            Upos::Verb
                if !matches!(syntax.deprel(word), Deprel::Amod | Deprel::Aux | Deprel::AuxPass | Deprel::Case) =>
            {
                term_span(syntax, word, &[])
            }
            Upos::Noun | Upos::Adj | Upos::Adv | Upos::Num | Upos::Propn | Upos::Adp if copular => {
                term_span(syntax, word, &[])
            }
            // "A fragile truce", "remained fragile".
            Upos::Adj if self.is_plight(word) => Some(syntax.span(word)),
            // "No weapons inside the market" in a list of points.
            Upos::Noun if self.is_act(word) || self.is_item(word) => {
                let clause = |at: u32| syntax.upos(at) == Upos::Verb;
                let mut words: Vec<u32> = syntax.phrase_words(word);
                let joined: Vec<u32> = syntax
                    .dependents(word)
                    .iter()
                    .copied()
                    .filter(|&child| syntax.deprel(child) == Deprel::Conj && (self.is_act(child) || clause(child)))
                    .collect();
                if let Some(&first) = joined.first() {
                    let opens = syntax.phrase_words(first).into_iter().min().unwrap_or(first).min(first);
                    words.retain(|&at| at < opens);
                }
                let light = |at: u32| matches!(syntax.upos(at), Upos::Punct | Upos::Cconj | Upos::Adp);
                while words.len() > 1 && words.last().is_some_and(|&at| light(at)) {
                    words.pop();
                }
                while words.len() > 1 && words.first().is_some_and(|&at| light(at)) {
                    words.remove(0);
                }
                syntax.cover(&words)
            }
            _ => None,
        }
    }

    /// Whether an adjective may tell how the agreement fares.
    fn is_plight(&self, word: u32) -> bool {
        let syntax = self.syntax;
        let Some(head) = syntax.head(word) else { return true };
        match syntax.deprel(word) {
            Deprel::Amod => is_paper(syntax, head) || self.named.contains(&head),
            Deprel::Xcomp | Deprel::Acl | Deprel::Advcl | Deprel::Parataxis => true,
            _ => false,
        }
    }

    /// Whether a noun means an act: one made from a verb, one that an agreement may hold, a coded deed.
    fn is_act(&self, word: u32) -> bool {
        let syntax = self.syntax;
        let lemma = syntax.lemma(word);
        syntax.upos(word) == Upos::Noun
            && !is_name(syntax, word)
            && (noun_kind(lemma).is_some()
                || family(lemma) != lemma && !is_paper(syntax, word)
                || self.breaches.contains(&word)
                || self.events.iter().any(|event| event.word == word))
    }

    /// "Its points are: no weapons in the market, free passage ...".
    fn is_item(&self, word: u32) -> bool {
        let syntax = self.syntax;
        let no = syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "no" | "free"));
        no && matches!(
            syntax.deprel(word),
            Deprel::Root | Deprel::Conj | Deprel::Appos | Deprel::Parataxis | Deprel::Obj | Deprel::List
        )
    }

    fn evidence(&self, word: u32, span: Span) -> Vec<(&'static str, f32)> {
        let mut found = Evidence(Vec::with_capacity(64));
        found.is("bias", true);
        self.form(word, &mut found);
        self.position(word, &mut found);
        self.beside(word, &mut found);
        self.governor(word, &mut found);
        self.sides_of(word, &mut found);
        self.mouth(word, &mut found);
        self.deed(word, span, &mut found);
        self.account(word, &mut found);
        self.marks(word, span, &mut found);
        found.0
    }

    /// What the encoder takes the word and the words of the candidate for.
    fn marks(&self, word: u32, span: Span, found: &mut Evidence) {
        const MARKS: [(Mark, &str, &str); 4] = [
            (Mark::Term, "mark_term", "mark_term_all"),
            (Mark::Breach, "mark_breach", "mark_breach_all"),
            (Mark::Plight, "mark_plight", "mark_plight_all"),
            (Mark::Agreement, "mark_agreement", "mark_agreement_all"),
        ];
        let odds = |word: u32, mark: Mark| self.reading.analysis.retold.mark(word, mark) / 2.0;
        for (mark, here, all) in MARKS {
            let words = self.syntax.words_in(span);
            found.0.push((here, odds(word, mark)));
            found.0.push((all, words.clone().map(|word| odds(word, mark)).sum::<f32>() / words.len().max(1) as f32));
        }
        self.bonds(word, span, found);
    }

    /// What the reader of agreements takes them for: as above, and the most of all words of the candidate.
    fn bonds(&self, word: u32, span: Span, found: &mut Evidence) {
        const BONDS: [(Bond, [&str; 3]); 4] = [
            (Bond::Breach, ["mark_bond_breach", "mark_bond_breach_all", "mark_bond_breach_most"]),
            (Bond::Term, ["mark_bond_term", "mark_bond_term_all", "mark_bond_term_most"]),
            (Bond::Fate, ["mark_bond_fate", "mark_bond_fate_all", "mark_bond_fate_most"]),
            (Bond::Name, ["mark_bond_name", "mark_bond_name_all", "mark_bond_name_most"]),
        ];
        let Some(bonds) = self.bonds else { return };
        let odds = |word: u32, bond: Bond| bonds.at(word, bond).map(|odds| (odds / 2.0).clamp(-SUREST, SUREST));
        if odds(word, Bond::Breach).is_none() {
            found.is("mark_bond_unread", true);
            return;
        }
        for (bond, [here, all, most]) in BONDS {
            let values: Vec<f32> = self.syntax.words_in(span).filter_map(|word| odds(word, bond)).collect();
            found.0.push((here, odds(word, bond).unwrap_or_default()));
            found.0.push((all, values.iter().sum::<f32>() / values.len().max(1) as f32));
            found.0.push((most, values.into_iter().fold(-SUREST, f32::max)));
        }
    }

    /// How the clause is put.
    fn form(&self, word: u32, found: &mut Evidence) {
        let syntax = self.syntax;
        // What shares the "will" of another verb.
        let first = self.first_joined(word);
        let auxiliaries = syntax.auxiliaries(first);
        let any = |listed: &[&str]| auxiliaries.iter().any(|aux| listed.contains(aux));
        let verb = syntax.upos(word) == Upos::Verb;
        let form = syntax.form(word);
        let bare = form == syntax.lemma(word);
        let perfect = any(&["have"]);
        let own = syntax.subject(word).is_some();
        let shared =
            first == word || bare && verb && !own || syntax.is_passive(word) == syntax.is_passive(first) && !own;
        let modal = any(&["will", "would", "shall", "must", "may", "can", "could", "might", "should"]);
        found.is("noun", syntax.upos(word) == Upos::Noun && syntax.dependent(word, &[Deprel::Cop]).is_none());
        found.is("adjective", syntax.upos(word) == Upos::Adj);
        found.is("copular", syntax.dependent(word, &[Deprel::Cop]).is_some());
        found.is("joined", first != word);
        found.is("will", any(&["will"]) && !perfect && shared);
        found.is("would", any(&["would"]) && !perfect && shared);
        found.is("shall_must", any(&["shall", "must"]) && shared);
        found.is("may_can", any(&["may", "can"]) && shared);
        found.is("might_could", any(&["might", "could", "should"]) && shared);
        found.is("modal_perfect", modal && perfect);
        found.is("ahead", verb && is_ahead(syntax, word) && !modal);
        found.is("duty", verb && has_duty(syntax, word));
        found.is("deontic", is_deontic(syntax, word));
        found.is("rule_form", verb && is_rule(self.reading, syntax, word));
        let infinitive = syntax.is_infinitive(word);
        found.is("infinitive", infinitive);
        found.is("bare_joined", verb && first != word && bare && !infinitive && shared);
        found.is("joined_infinitive", first != word && syntax.is_infinitive(first) && bare);
        found.is("joined_deontic", first != word && is_deontic(syntax, first) && shared);
        found.is("gerund", verb && form.ends_with("ing") && !any(&["be"]));
        found.is("passive", syntax.is_passive(word));
        found.is("negated", syntax.is_negated(word));
        let finite = verb && !infinitive && !modal && !form.ends_with("ing");
        found.is(
            "past",
            finite && form != syntax.lemma(word) && !form.ends_with('s') && !perfect && !syntax.is_passive(word),
        );
        found.is(
            "present",
            finite && !perfect && auxiliaries.is_empty() && (form.ends_with('s') && !bare || bare && own),
        );
        found.is("perfect", finite && perfect);
        let be = |wanted: &[&str]| {
            syntax.dependents(word).iter().any(|&child| {
                matches!(syntax.deprel(child), Deprel::AuxPass | Deprel::Aux | Deprel::Cop)
                    && wanted.contains(&syntax.form(child))
            })
        };
        found.is("present_passive", finite && syntax.is_passive(word) && !perfect && be(&["is", "are", "be"]));
        found.is("past_passive", finite && syntax.is_passive(word) && !perfect && be(&["was", "were"]));
        found.is("past_perfect", finite && be(&["had"]));
        found
            .is("participle", finite && auxiliaries.is_empty() && matches!(syntax.deprel(first), Deprel::Acl) && !bare);
        found.is("subjunctive", syntax.dependents(word).iter().any(|&child| syntax.form(child) == "be"));
        found.is(
            match syntax.deprel(first) {
                Deprel::Root => "at_root",
                Deprel::Xcomp => "at_xcomp",
                Deprel::Ccomp => "at_ccomp",
                Deprel::Advcl => "at_advcl",
                Deprel::Acl => "at_acl",
                Deprel::AclRelcl => "at_relcl",
                Deprel::Parataxis => "at_parataxis",
                Deprel::Obj => "at_obj",
                Deprel::Nsubj | Deprel::NsubjPass => "at_subject",
                Deprel::Obl | Deprel::OblAgent => "at_oblique",
                Deprel::Nmod => "at_nmod",
                Deprel::Compound => "at_compound",
                Deprel::Appos | Deprel::List => "at_list",
                _ => "at_other",
            },
            true,
        );
        let mark = |listed: &[&str]| {
            syntax.dependents(first).iter().any(|&child| {
                matches!(syntax.deprel(child), Deprel::Mark | Deprel::Advmod | Deprel::Case)
                    && listed.contains(&syntax.lemma(child))
            })
        };
        found.is("mark_that", mark(&["that"]));
        found.is("mark_if", mark(&["if", "unless", "whether"]));
        found.is("mark_time", mark(&["when", "after", "before", "until", "while", "as", "since", "once"]));
        found.is("mark_because", mark(&["because", "although", "though"]));
        found.is("condition", conditions(syntax, word..word + 1).contains(&word));
        let sentence = syntax.sentence(word);
        let end = syntax.words_of(sentence).end;
        found.is("listed", (word + 1..end).take(14).any(|at| matches!(syntax.form(at), "," | ";")) && first != word);
        let colon = syntax.words_of(sentence).find(|&at| syntax.form(at) == ":");
        found.is("behind_colon", colon.is_some_and(|colon| colon < word));
        found.is("behind_semicolon", syntax.words_of(sentence).any(|at| at < word && syntax.form(at) == ";"));
    }

    /// Where it stands beside the names of the agreement.
    fn position(&self, word: u32, found: &mut Evidence) {
        let syntax = self.syntax;
        let sentence = syntax.sentence(word);
        let at = sentence as usize;
        let block = |sentence: u32| self.reading.sentences.get(sentence as usize).map(|row| row.block);
        let last = self.named.iter().copied().filter(|&known| known < word).max();
        let here = self.named.iter().any(|&known| syntax.sentence(known) == sentence);
        found.is("named_here", here);
        found.is("named_before_word", last.is_some_and(|known| syntax.sentence(known) == sentence));
        found.is("before_names", last.is_none());
        let far = last.map_or(20, |known| sentence - syntax.sentence(known));
        found.is("named_last_sentence", far == 1);
        found.is("named_two_back", far == 2);
        found.is("named_three_back", (3..=4).contains(&far));
        found.is("named_far", far > 4);
        found.is("named_in_block", self.named.iter().any(|&known| block(syntax.sentence(known)) == block(sentence)));
        found.is("told", self.told[at]);
        found.is("told_before", at > 0 && self.told[at - 1]);
        found.is("told_next", self.told.get(at + 1).copied().unwrap_or(false));
        found.is("points_back", points_back(syntax, sentence));
        let words = syntax.words_of(sentence);
        let under = words.clone().find(|&at| is_under(syntax, at));
        found.is("under", under.is_some());
        found.is("under_clause", under.is_some_and(|under| syntax.clause(under) == syntax.clause(word)));
        found.is("part_named", words.clone().any(|at| is_part(syntax, at)));
        found.is("deal_named", words.clone().any(|at| is_deal(syntax, at)));
        found.is(
            "in_return",
            words
                .clone()
                .any(|at| matches!(syntax.lemma(at), "return" | "exchange" | "turn") && syntax.preposition(at) == "in"),
        );
        found.is("lead", sentence == self.lead);
        found.is("title", sentence < self.lead);
        found.is("bound_others", self.bound[at] > usize::from(is_deontic(syntax, word)));
        found.is("bound_many", self.bound[at] > 2);
        found.is("bound_before", at > 0 && self.bound[at - 1] > 0 && self.reading.is_coded(sentence - 1));
        found.is("bound_next", self.bound.get(at + 1).is_some_and(|&count| count > 0));
        found.is(
            "bound_both",
            at > 0 && self.bound[at - 1] > 0 && self.bound.get(at + 1).is_some_and(|&count| count > 0),
        );
        let past_report = sentence as f32 / self.syntax.analysis.sentences.len().max(1) as f32;
        found.add("place", past_report);
        let breach_here = self.breaches.iter().any(|&at| syntax.sentence(at) == sentence);
        found.is("breach_here", breach_here);
        found.is("breach_before", self.breaches.iter().any(|&at| syntax.sentence(at) + 1 == sentence));
        found.is("breach_next", self.breaches.iter().any(|&at| syntax.sentence(at) == sentence + 1));
        found.is("breach_any_before", self.breaches.iter().any(|&at| at < word));
        found.is("breach_any", !self.breaches.is_empty());
    }

    /// How it stands to this agreement, to others of now and of the past, and to what tells its end.
    fn beside(&self, word: u32, found: &mut Evidence) {
        let (reading, syntax, truce) = (self.reading, self.syntax, self.truce);
        let sentence = syntax.sentence(word);
        let block = |word: u32| reading.sentences.get(syntax.sentence(word) as usize).map(|row| row.block);
        let last = self.named.iter().copied().filter(|&known| known < word).max();
        let (past, now): (Vec<u32>, Vec<u32>) = truce.others.iter().partition(|&at| truce.past.contains(at));
        const OTHERS: [[&str; 3]; 2] =
            [["now_here", "now_between", "now_in_block"], ["past_here", "past_between", "past_in_block"]];
        for (others, names) in [now, past].iter().zip(OTHERS) {
            found.is(names[0], others.iter().any(|&other| syntax.sentence(other) == sentence));
            found.is(names[1], others.iter().any(|&other| last.is_none_or(|last| other > last) && other < word));
            found.is(names[2], others.iter().any(|&other| block(other) == block(word)));
        }
        found.is("own_above", last.is_some_and(|last| block(last) == block(word)));
        let next = |last: u32| block(last).zip(block(word)).is_some_and(|(one, other)| one + 1 == other);
        found.is("own_block_before", last.is_some_and(next));
        if let Some(end) = self.ends(word) {
            found.is(end, true);
            found.is("ends_it", true);
        }
        let event = self.events.iter().find(|event| event.word == word).and_then(|event| event.roles.time);
        let day = super::moment::time_of(reading, syntax, word, event).and_then(|time| time.start.as_deref());
        let began = day.and_then(|day| day.get(..10)).and_then(counterclaim_claims::day_number);
        let age = began.zip(reading.published_day()).map(|(day, published)| published - day);
        found.is("day_now", age.is_some_and(|age| (-1..=4).contains(&age)));
        found.is("day_old", age.is_some_and(|age| age > 60) || day.is_some_and(|day| day.len() < 10));
        found.is("day_none", day.is_none());
        let expires = truce.expires;
        let cut = |told: &str| expires.is_some_and(|end| told.len() >= end.len().min(10));
        let part = |told: &str| expires.map(|end| told.get(..end.len().min(10)).unwrap_or(told).to_owned());
        let ended = expires.map(|end| end.get(..10).unwrap_or(end).to_owned());
        found.is("behind_end", day.is_some_and(|day| cut(day) && part(day) > ended));
        found.is("at_end", day.is_some_and(|day| cut(day) && part(day) == ended));
        found.is(
            "then_told",
            syntax.words_of(sentence).any(|at| {
                syntax.lemma(at) == "then" && syntax.upos(at) == Upos::Adv
                    || syntax.lemma(at) == "time" && syntax.preposition(at) == "at"
            }),
        );
    }

    /// How a deed is told as the end of this agreement: "collapsed when gunmen attacked", "lasted a day before", "was buried by a raid",
    /// "a raid ended it".
    fn ends(&self, word: u32) -> Option<&'static str> {
        let syntax = self.syntax;
        let of_it = |at: u32| {
            self.named.contains(&at)
                || matches!(syntax.form(at), "it" | "It" | "which" | "that" | "That" | "This" | "this")
                    && self.named.iter().any(|&name| name < at && syntax.sentence(name) + 1 >= syntax.sentence(at))
        };
        let fares = |verb: u32| {
            ENDS.contains(&syntax.lemma(verb))
                && (syntax.subject(verb).or_else(|| syntax.patient(verb)).is_some_and(of_it)
                    || matches!(syntax.deprel(verb), Deprel::AclRelcl | Deprel::Acl)
                        && syntax.head(verb).is_some_and(|noun| self.named.contains(&noun)))
        };
        let over = syntax.head(word)?;
        // "Fell victim to", "ended in an attack on": through a noun.
        let above = syntax.clause(over);
        if syntax.upos(word) != Upos::Verb {
            let broken = |verb: u32| syntax.patient(verb).is_some_and(of_it) && verb != word;
            let does = syntax.subject(above) == Some(word) && broken(above);
            return (fares(above) || does).then_some("ends_by_noun");
        }
        let inside = match syntax.deprel(word) {
            Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis => fares(over),
            Deprel::Conj => fares(over) && syntax.subject(word).is_some_and(|subject| !of_it(subject)),
            _ => false,
        };
        if !inside {
            return None;
        }
        let mark = syntax.dependents(word).iter().map(|&child| syntax.lemma(child)).find(|lemma| {
            matches!(*lemma, "when" | "after" | "as" | "before" | "until" | "till" | "because" | "once" | "with")
        });
        Some(match mark {
            Some("when" | "as" | "once" | "with" | "because") => "ends_when",
            Some("after") => "ends_after",
            Some(_) => "ends_before",
            None => "ends_beside",
        })
    }

    /// What stands over it.
    fn governor(&self, word: u32, found: &mut Evidence) {
        let syntax = self.syntax;
        let first = self.first_joined(word);
        let Some(mut over) = syntax.head(first) else {
            found.is("over_none", true);
            return;
        };
        // "The release of", "agreed on the start of the release": through nouns that say nothing.
        let direct = over;
        for _ in 0..2 {
            let through = syntax.upos(over) == Upos::Noun && !is_paper(syntax, over) && !is_part(syntax, over);
            match syntax.head(over).filter(|_| through) {
                Some(next) => over = next,
                None => break,
            }
        }
        for (at, names) in [(direct, &OVER), (over, &ABOVE)] {
            let lemma = syntax.lemma(at);
            let of_paper = |at: u32| {
                syntax.subject(at).is_some_and(|subject| {
                    is_paper(syntax, subject) || is_part(syntax, subject) || self.named.contains(&subject)
                })
            };
            if syntax.upos(at) == Upos::Noun || syntax.upos(at) == Upos::Propn {
                found.is(names[0], is_paper(syntax, at) || self.named.contains(&at));
                found.is(names[1], is_part(syntax, at));
                found.is(names[2], is_fighting(syntax, at) || is_pause(syntax, at));
                continue;
            }
            found.is(names[3], is_of(lemma, "undertaking"));
            found.is(names[4], is_of(lemma, "ordering"));
            found.is(names[5], is_of(lemma, "providing"));
            found.is(names[6], of_paper(at));
            found.is(names[7], self.reading.is_speech(at));
            found.is(names[8], is_of(lemma, "asking"));
            found.is(names[9], is_of(lemma, "refusing"));
            found.is(names[10], is_of(lemma, "thinking"));
            found.is(names[11], is_of(lemma, "accusing"));
            found.is(names[12], syntax.is_negated(at));
            found.is(names[13], is_of(lemma, "counting"));
            found.is(names[14], is_deontic(syntax, at));
        }
        // An undertaking anywhere above it.
        let mut at = first;
        for _ in 0..5 {
            let Some(head) = syntax.head(at) else { break };
            at = head;
            if is_of(syntax.lemma(at), "undertaking") && syntax.upos(at) == Upos::Verb {
                found.is("far_undertaking", true);
                break;
            }
        }
    }

    /// Who does it, who suffers it, and what it is.
    fn sides_of(&self, word: u32, found: &mut Evidence) {
        let (reading, syntax) = (self.reading, self.syntax);
        let lemma = syntax.lemma(word);
        let subject = syntax.subject(word).or_else(|| syntax.subject(self.first_joined(word)));
        match subject {
            None => found.is("subject_none", true),
            Some(subject) => {
                let form = syntax.form(subject).to_lowercase();
                found.is(
                    "subject_paper",
                    is_paper(syntax, subject) || is_part(syntax, subject) || self.named.contains(&subject),
                );
                found.is("subject_it", form == "it");
                found.is("subject_they", form == "they");
                found.is("subject_person", matches!(form.as_str(), "he" | "she" | "i" | "we" | "you" | "one"));
                found.is("subject_that", matches!(form.as_str(), "this" | "that" | "which" | "who" | "what"));
                let both = |at: u32| {
                    matches!(
                        syntax.lemma(at),
                        "both" | "each" | "either" | "neither" | "side" | "party" | "no" | "all" | "none" | "nobody"
                    )
                };
                found.is("subject_both", both(subject) || syntax.dependents(subject).iter().any(|&child| both(child)));
                found.is("subject_fighting", is_fighting(syntax, subject));
                found.is("subject_body", is_of(syntax.lemma(subject), "body"));
                found.is("subject_name", syntax.upos(subject) == Upos::Propn);
            }
        }
        let actor_at = |at: u32| reading.actors.of_phrase(syntax, at).first().map(|&(actor, _)| actor);
        let agent = syntax.agent(word).filter(|&agent| agent != word).and_then(actor_at);
        let party = |actor: ActorId| self.truce.parties.iter().any(|&party| is_one_side(reading, party, actor));
        found.is("agent", agent.is_some());
        found.is("agent_party", agent.is_some_and(party));
        found.is(
            "agent_people",
            agent.is_some_and(|actor| sides(reading, actor).iter().any(|side| matches!(side, Side::People { .. }))),
        );
        found.is(
            "agent_body",
            agent.is_some_and(|actor| {
                reading.actors.all[actor]
                    .sectors
                    .iter()
                    .any(|sector| matches!(sector.as_str(), "IGO" | "NGO" | "UNO" | "JRN"))
            }),
        );
        found.is("agent_fights", agent.is_some_and(|actor| sides(reading, actor).iter().any(Side::is_party)));
        let patient = syntax.patient(word).filter(|&at| at != word);
        found.is("patient_paper", patient.is_some_and(|at| is_paper(syntax, at) || self.named.contains(&at)));
        found.is("patient_fighting", patient.is_some_and(|at| is_fighting(syntax, at)));
        found.is("patient_actor", patient.and_then(actor_at).is_some());
        found.is("object", syntax.dependent(word, &[Deprel::Obj]).is_some());
        found.is(
            "clause_below",
            syntax.dependents(word).iter().any(|&child| matches!(syntax.deprel(child), Deprel::Ccomp)),
        );
        found.is(
            "infinitive_below",
            syntax
                .dependents(word)
                .iter()
                .any(|&child| syntax.deprel(child) == Deprel::Xcomp && syntax.upos(child) == Upos::Verb),
        );
        found.is("is_undertaking", is_of(lemma, "undertaking"));
        found.is("is_providing", is_of(lemma, "providing") && syntax.upos(word) == Upos::Verb);
        found.is("is_speech", reading.is_speech(word));
        found.is("is_cue", reading.claims.iter().any(|claim| claim.cue_word == word));
        found.is("is_thinking", is_of(lemma, "thinking"));
        found.is("is_asking", is_of(lemma, "asking"));
        found.is("is_accusing", is_of(lemma, "accusing"));
        found.is("is_counting", is_of(lemma, "counting"));
        found.is("is_announcing", ANNOUNCE.contains(&lemma) && syntax.upos(word) == Upos::Verb);
        found.is(
            "is_faring",
            STABLE.contains(&lemma) || matches!(lemma, "last" | "expire" | "begin" | "start" | "continue" | "lapse"),
        );
        found.is("is_being", matches!(lemma, "be" | "have" | "remain" | "seem" | "become"));
        found.is(
            "is_name",
            is_name(syntax, word) || self.truce.group.mentions.iter().any(|mention| mention.word == word),
        );
        found.is("is_act_noun", syntax.upos(word) == Upos::Noun && noun_kind(lemma).is_some());
        for (name, label) in CLASSES {
            found.is(label, is_of(lemma, name));
        }
        let below: Vec<u32> = syntax
            .analysis
            .subtree(word)
            .into_iter()
            .filter(|&at| syntax.sentence(at) == syntax.sentence(word))
            .collect();
        let has = |name: &str| below.iter().any(|&at| at != word && is_of(syntax.lemma(at), name));
        found.is("below_captives", has("captives"));
        found.is("below_aid", has("aid"));
        found.is("below_body", has("body"));
        found.is("below_arms", has("arms"));
        found.is("below_talks", has("talks"));
        found.is("below_violence", has("violence"));
        found.is("below_ways", has("ways"));
        found.is("number", below.iter().any(|&at| syntax.upos(at) == Upos::Num));
        found.is(
            "time_below",
            reading.times.iter().any(|time| syntax.head_of(time.span).is_some_and(|at| below.contains(&at))),
        );
        found.is(
            "place_below",
            reading.places.iter().any(|place| syntax.head_of(place.span).is_some_and(|at| below.contains(&at))),
        );
        found.is(
            "names_below",
            below.iter().any(|&at| at != word && (is_paper(syntax, at) || self.named.contains(&at))),
        );
        found.add("length", (below.len() as f32).ln());
    }

    /// Who tells it.
    fn mouth(&self, word: u32, found: &mut Evidence) {
        let (reading, syntax) = (self.reading, self.syntax);
        let index = reading.innermost_claim(syntax.span(word));
        let Some(index) = index else {
            found.is("unclaimed", true);
            return;
        };
        let claim = &reading.claims[index];
        found.is(
            match claim.stance {
                Stance::Assert => "asserted",
                Stance::Deny => "denied",
                Stance::Accuse => "accused",
                Stance::Confirm => "confirmed",
                Stance::Order => "ordered",
                Stance::Pledge => "pledged",
                Stance::Appeal => "appealed",
                Stance::Threaten => "threatened",
                Stance::Decline => "declined",
            },
            true,
        );
        let quoted =
            claim.content.first().is_some_and(|span| span.of(&reading.document.text).starts_with(['“', '"', '‘']));
        found.is("quoted", quoted);
        found.is("cue_undertaking", is_of(syntax.lemma(claim.cue_word), "undertaking"));
        found.is("cue_accusing", is_of(syntax.lemma(claim.cue_word), "accusing"));
        found.is("cue_answer", answers(syntax, claim.cue_word));
        found.is("cue_far", syntax.sentence(claim.cue_word) != syntax.sentence(word));
        found.is(
            "source_paper",
            claim
                .source
                .iter()
                .any(|&span| syntax.head_of(span).is_some_and(|at| is_paper(syntax, at) || is_part(syntax, at))),
        );
        let party = |actor: ActorId| self.truce.parties.iter().any(|&party| is_one_side(reading, party, actor));
        match claim.claimant {
            None => found.is("nobody", true),
            Some(teller) => {
                found.is("teller_party", party(teller));
                found.is("teller_fights", sides(reading, teller).iter().any(Side::is_party));
                found
                    .is("teller_people", sides(reading, teller).iter().any(|side| matches!(side, Side::People { .. })));
                found.is(
                    "teller_body",
                    reading.actors.all[teller]
                        .sectors
                        .iter()
                        .any(|sector| matches!(sector.as_str(), "IGO" | "NGO" | "UNO" | "JRN" | "MED")),
                );
                let agent = syntax
                    .agent(word)
                    .filter(|&agent| agent != word)
                    .and_then(|at| reading.actors.of_phrase(syntax, at).first().map(|&(actor, _)| actor));
                let own = agent.is_some_and(|agent| agent == teller)
                    || is_own_deed(reading, syntax, self.truce.parties, word, Some(teller));
                found.is("own_deed", own);
                found.is("other_deed", agent.is_some_and(|agent| !is_one_side(reading, agent, teller)) && !own);
                let accused = reading.accused(syntax, claim);
                found.is("accuses_party", accused.iter().any(|&actor| party(actor)));
                found.is("accuses_somebody", !accused.is_empty());
            }
        }
    }

    /// How an account of a breach is put, and what was told before it.
    fn account(&self, word: u32, found: &mut Evidence) {
        let (reading, syntax) = (self.reading, self.syntax);
        let sentence = syntax.sentence(word);
        let it = |at: u32| syntax.subject(at).is_some_and(|subject| syntax.form(subject).eq_ignore_ascii_case("it"));
        // "It was the militia that opened fire."
        let cleft = |at: u32| {
            syntax.dependent(at, &[Deprel::Cop]).is_some()
                && it(at)
                && syntax.dependent(at, &[Deprel::AclRelcl, Deprel::Acl]).is_some()
        };
        let inside = matches!(syntax.deprel(word), Deprel::AclRelcl) && syntax.head(word).is_some_and(cleft);
        found.is("cleft", cleft(word) || inside);
        found.is(
            "origin",
            matches!(syntax.lemma(word), "come" | "originate" | "stem" | "fly" | "start" | "begin")
                && syntax.obliques(word).iter().any(|oblique| oblique.preposition == "from"),
        );
        let modifier =
            |listed: &[&str]| syntax.dependents(word).iter().any(|&child| listed.contains(&syntax.lemma(child)));
        found.is("first", modifier(&["first"]));
        found.is("still", modifier(&["still", "yet", "again", "back", "already"]));
        found.is("again", modifier(&["again", "repeatedly", "twice", "once", "daily", "nightly"]));
        found.is("themselves", modifier(&["themselves", "itself", "himself"]));
        found.is("never_only", modifier(&["never", "only", "no", "none"]));
        let below: Vec<u32> =
            syntax.analysis.subtree(word).into_iter().filter(|&at| syntax.sentence(at) == sentence).collect();
        found.is("weapon_below", below.iter().any(|&at| counterclaim_knowledge::weapons::is_weapon(syntax.lemma(at))));
        let harmed = |spans: &mut dyn Iterator<Item = Span>| {
            let spans: Vec<Span> = spans.collect();
            spans.iter().any(|span| syntax.head_of(*span).is_some_and(|head| below.contains(&head)))
        };
        found.is("harm_below", harmed(&mut reading.harms.iter().map(|harm| harm.number)));
        found.is(
            "past_copula",
            syntax
                .dependents(word)
                .iter()
                .any(|&child| syntax.deprel(child) == Deprel::Cop && matches!(syntax.form(child), "was" | "were")),
        );
        found.is(
            "present_copula",
            syntax
                .dependents(word)
                .iter()
                .any(|&child| syntax.deprel(child) == Deprel::Cop && matches!(syntax.form(child), "is" | "are")),
        );
        let hour = |time: &counterclaim_claims::time::TimeExpression| {
            syntax.head_of(time.span).is_some_and(|at| below.contains(&at))
        };
        found.is("hour_below", reading.times.iter().any(|time| time.timex.as_str() == "TIME" && hour(time)));
        found.is("date_below", reading.times.iter().any(|time| time.timex.as_str() == "DATE" && hour(time)));
        let index = reading.innermost_claim(syntax.span(word));
        let teller = index.and_then(|index| reading.claims[index].claimant);
        let before = reading
            .claims
            .iter()
            .enumerate()
            .rfind(|(other, claim)| {
                let at = syntax.sentence(claim.cue_word);
                Some(*other) != index
                    && (at < sentence || at == sentence && claim.cue_word < word)
                    && at + 2 >= sentence
            })
            .map(|(_, claim)| claim);
        if let Some(before) = before {
            let other = teller.is_some() && before.claimant != teller;
            found.is("told_by_other_before", other);
            found.is("accused_before", before.stance == Stance::Accuse);
            found.is("denied_before", before.stance == Stance::Deny);
            found.is("other_denied_before", other && before.stance == Stance::Deny);
            found.is("same_denied_before", !other && teller.is_some() && before.stance == Stance::Deny);
            found.is("other_accused_before", other && before.stance == Stance::Accuse);
            found.is("same_teller_before", teller.is_some() && before.claimant == teller);
        }
        let next = reading.claims.iter().find(|claim| syntax.sentence(claim.cue_word) == sentence + 1);
        found.is("denied_next", next.is_some_and(|claim| claim.stance == Stance::Deny));
        found.is("claimed_next", next.is_some_and(|claim| claim.claimant.is_some() && claim.claimant != teller));
    }

    /// What it is as a deed: when it happened, and whether it breaks anything.
    fn deed(&self, word: u32, span: Span, found: &mut Evidence) {
        let (reading, syntax, truce) = (self.reading, self.syntax, self.truce);
        let event = self.events.iter().find(|event| event.word == word).or_else(|| {
            let below = syntax.analysis.subtree(word);
            self.events.iter().find(|event| {
                below.contains(&event.word) && span.contains(event.trigger) && syntax.clause(event.word) == word
            })
        });
        let time = event.and_then(|event| event.roles.time);
        found.is(
            match moment(reading, syntax, word, time, truce.effective) {
                Moment::Before => "moment_before",
                Moment::Within => "moment_within",
                Moment::After => "moment_after",
                Moment::Untold => "moment_untold",
            },
            true,
        );
        found.is("in_force", truce.in_force);
        // Right after the fighting that it ended much is told that it did not see.
        let fresh = !truce.in_force && !is_old(reading, truce.effective);
        let accused = reading
            .innermost_claim(syntax.span(word))
            .is_some_and(|claim| reading.claims[claim].stance == Stance::Accuse);
        let untold = moment(reading, syntax, word, time, truce.effective) == Moment::Untold;
        found.is("fresh", fresh);
        found.is("fresh_untold", fresh && untold);
        found.is("fresh_accused", fresh && accused);
        found.is("fresh_unbroken", fresh && !self.breaches.iter().any(|&at| at < word));
        found.is("old_accused", !fresh && accused);
        found.is("old_other", !fresh && untold && found.has("other_deed"));
        found.is("old", is_old(reading, truce.effective));
        found.is("recent", is_recent(reading, truce.effective));
        found.is("undated", truce.effective.is_none());
        found.is("only", truce.only);
        found.is("is_breach", self.breaches.contains(&word));
        found.is("breach_below", self.breaches.iter().any(|&at| at != word && syntax.governs(word, at)));
        found.is("breach_above", self.breaches.iter().any(|&at| at != word && syntax.governs(at, word)));
        let sentence = syntax.sentence(word);
        let claim = reading.innermost_claim(syntax.span(word));
        found.is(
            "breach_in_claim",
            claim.is_some_and(|claim| self.breaches.iter().any(|&at| reading.claims[claim].covers(syntax.span(at)))),
        );
        found.is("toll", is_toll(syntax, word));
        found.is("contrary", syntax.upos(word) != Upos::Noun && is_contrary(syntax, word));
        found.is("aftermath", is_aftermath(reading, syntax, truce, sentence));
        // "Had not handed over a single body", "only 134 had returned", "was still holding 26 people": what was due and not done.
        let lemma = syntax.lemma(word);
        let like_term = truce
            .terms
            .iter()
            .any(|term| syntax.words_in(*term).any(|at| syntax.upos(at) == Upos::Verb && syntax.lemma(at) == lemma));
        let short = |at: u32| {
            matches!(syntax.lemma(at), "no" | "not" | "none" | "neither" | "only" | "just" | "single" | "few" | "never")
        };
        let phrases = syntax.dependents(word).iter().copied().filter(|&at| {
            matches!(syntax.deprel(at), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Advmod)
        });
        let fell_short = syntax.is_negated(word)
            || phrases.into_iter().any(|at| short(at) || syntax.dependents(at).iter().any(|&inner| short(inner)));
        let due = matches!(
            lemma,
            "free"
                | "release"
                | "hand"
                | "return"
                | "withdraw"
                | "leave"
                | "pull"
                | "open"
                | "reopen"
                | "lift"
                | "let"
                | "allow"
                | "remove"
                | "dismantle"
                | "disarm"
                | "exchange"
                | "deliver"
                | "reach"
                | "arrive"
                | "enter"
                | "vacate"
                | "move"
                | "restore"
                | "pass"
                | "swap"
                | "surrender"
                | "give"
                | "clear"
        );
        let still = syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "still");
        let holds = matches!(
            lemma,
            "hold"
                | "detain"
                | "keep"
                | "block"
                | "occupy"
                | "remain"
                | "control"
                | "close"
                | "stand"
                | "turn"
                | "place"
        );
        let unkept = fell_short && (due || like_term) || still && holds;
        found.is("unkept", unkept);
        found.is("unkept_in_force", unkept && (truce.in_force || !fresh));
        found.is("like_term", like_term);
        found.is("like_term_short", like_term && fell_short);
        found.is("in_term", truce.terms.iter().any(|term| term.contains(syntax.span(word))));
        found.is(
            "near_term",
            truce
                .terms
                .iter()
                .any(|term| syntax.words_in(*term).next().is_some_and(|at| syntax.sentence(at) == sentence)),
        );
        found.is("behind_name", word > truce.head);
        let scope = crate::status::scope(reading, word, &[], true).0;
        found.is("background", scope == Scope::Background);
        found.is("hostile_class", is_of(syntax.lemma(word), "violence"));
        let Some(event) = event else {
            found.is("no_event", true);
            return;
        };
        found.is(
            match event.event_type {
                "ASSAULT" => "event_assault",
                "RETREAT" => "event_retreat",
                "CONCEDE" => "event_concede",
                "AID" => "event_aid",
                "COOPERATE" => "event_cooperate",
                "AGREE" => "event_agree",
                "CONSULT" => "event_consult",
                "MOBILIZE" => "event_mobilize",
                "COERCE" => "event_coerce",
                "ACCUSE" => "event_accuse",
                "SUPPORT" => "event_support",
                "REQUEST" => "event_request",
                "REJECT" => "event_reject",
                "SANCTION" => "event_sanction",
                "PROTEST" => "event_protest",
                _ => "event_other",
            },
            true,
        );
        found.is(
            match event.status {
                Status::Occurred => "event_occurred",
                Status::Ongoing => "event_ongoing",
                Status::Planned => "event_planned",
                Status::Ordered => "event_ordered",
                Status::Hypothetical => "event_hypothetical",
                Status::Denied => "event_denied",
            },
            true,
        );
        found.is("event_mutual", event.mutual);
        found.is("event_background", event.scope == Scope::Background);
        let party = |actor: ActorId| truce.parties.iter().any(|&party| is_one_side(reading, party, actor));
        found.is("doer_party", event.roles.actors.iter().any(|part| party(part.actor)));
        found.is("doer_none", event.roles.actors.iter().all(|part| part.basis == "context"));
    }

    /// The first of joined verbs or nouns.
    fn first_joined(&self, word: u32) -> u32 {
        let syntax = self.syntax;
        let mut first = word;
        for _ in 0..8 {
            match syntax.head(first).filter(|_| syntax.deprel(first) == Deprel::Conj) {
                Some(head) if syntax.sentence(head) == syntax.sentence(word) => first = head,
                _ => break,
            }
        }
        first
    }
}

/// What an agreement does that ends, or what is done to it.
const ENDS: &[&str] = &[
    "collapse",
    "break",
    "last",
    "end",
    "fall",
    "unravel",
    "crumble",
    "fail",
    "lapse",
    "founder",
    "hold",
    "survive",
    "bury",
    "shatter",
    "wreck",
    "scuttle",
    "sink",
    "come",
    "go",
    "die",
    "dissolve",
    "implode",
    "disintegrate",
    "endure",
    "suspend",
    "abandon",
    "call",
    "tear",
    "rupture",
    "violate",
    "breach",
    "undo",
    "kill",
    "doom",
    "torpedo",
    "destroy",
    "derail",
    "unwind",
    "evaporate",
    "fray",
    "falter",
    "expire",
    "cut",
    "blow",
    "finish",
    "scrap",
    "void",
    "live",
];

/// Names and values of evidence.
#[derive(Default)]
pub(super) struct Evidence(pub(super) Vec<(&'static str, f32)>);

impl Evidence {
    pub(super) fn is(&mut self, name: &'static str, holds: bool) {
        if holds {
            self.0.push((name, 1.0));
        }
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    pub(super) fn add(&mut self, name: &'static str, value: f32) {
        self.0.push((name, value));
    }
}

const OVER: [&str; 15] = [
    "over_paper",
    "over_part",
    "over_pause",
    "over_undertaking",
    "over_ordering",
    "over_providing",
    "over_of_paper",
    "over_speech",
    "over_asking",
    "over_refusing",
    "over_thinking",
    "over_accusing",
    "over_negated",
    "over_counting",
    "over_deontic",
];
const ABOVE: [&str; 15] = [
    "above_paper",
    "above_part",
    "above_pause",
    "above_undertaking",
    "above_ordering",
    "above_providing",
    "above_of_paper",
    "above_speech",
    "above_asking",
    "above_refusing",
    "above_thinking",
    "above_accusing",
    "above_negated",
    "above_counting",
    "above_deontic",
];
