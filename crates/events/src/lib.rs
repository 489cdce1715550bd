//! What is said to have happened: events with their parties, codes, status and scope; ceasefires; contradictions; the ledger.
//!
//! [`Reader`] is the whole way from a document to its ledger: a pure function of the document, the model and the tables.

mod ceasefire;
mod codes;
mod contradiction;
pub mod coreference;
mod event;
mod harm_scope;
mod harms;
mod ledger;
mod report_class;
mod roles;
mod site;
mod status;
mod triggers;

pub use ceasefire::{Bound, Candidate, Ceasefire, Keeper, Search, Suspect, Violation};
pub use contradiction::Weighed;
pub use event::Event;
pub use event::party::Slot;
pub use report_class::{Fact, ReportClass};

use counterclaim_claims::Reading;
use counterclaim_knowledge::weights::Evidence;
use counterclaim_language::Model;
use counterclaim_schema::ledger::ReportLedger;
use counterclaim_schema::{Diagnostic, DiagnosticCode, Document, Span};

/// A party of a report that may fill an open slot of an event.
#[derive(Debug, Clone)]
pub struct OpenParty {
    /// As first written.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Where the report names it.
    pub mentions: Vec<Span>,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// A slot of a deed with the parties of its sentence.
#[derive(Debug, Clone)]
pub struct DoerSlot {
    /// The deed's word.
    pub trigger: Span,
    /// PLOVER type.
    pub event_type: &'static str,
    /// Who is sought.
    pub slot: Slot,
    /// The parties of the sentence.
    pub parties: Vec<SentenceParty>,
}

/// A party of a deed's sentence.
#[derive(Debug, Clone)]
pub struct SentenceParty {
    /// Its head word.
    pub word: Span,
    /// Its phrase.
    pub phrase: Span,
    /// Where the report names it.
    pub mentions: Vec<Span>,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// Reads reports with one model.
#[derive(Clone, Copy)]
pub struct Reader<'m> {
    model: &'m Model,
}

impl<'m> Reader<'m> {
    /// A reader that uses a model.
    pub fn new(model: &'m Model) -> Reader<'m> {
        Reader { model }
    }

    /// Reads one report; what ingest noticed about it goes into the ledger too. Never fails: bad text is told in the diagnostics.
    pub fn read(&self, document: &Document, noticed: &[Diagnostic]) -> ReportLedger {
        let mut diagnostics: Vec<Diagnostic> = noticed.to_vec();
        if document.text.trim().is_empty() {
            if !diagnostics.iter().any(|diagnostic| {
                matches!(
                    diagnostic.code,
                    DiagnosticCode::EmptyDocument | DiagnosticCode::BinaryInput | DiagnosticCode::NoMainText
                )
            }) {
                diagnostics.push(Diagnostic::new(DiagnosticCode::EmptyDocument, None));
            }
            return ledger::unread(document, &diagnostics);
        }
        let language = counterclaim_text::identify(document);
        let mut document = document.clone();
        document.language = language.code.to_owned();
        diagnostics.extend(language.diagnostics);
        if !language.readable {
            return ledger::unread(&document, &diagnostics);
        }
        let (sentences, found) = counterclaim_text::sentences(&document);
        diagnostics.extend(found);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (mut reading, found) = counterclaim_claims::read(self.model, &document, sentences, analysis);
        diagnostics.extend(found);
        let (mut events, mut ceasefires) = truces(&reading);
        ceasefires.retain(|row| !row.in_passing);
        let mut told = harms::told(&reading, &events);
        let scopes: Vec<_> = told.iter().map(|harm| harm.scope).collect();
        let contradictions = contradiction::contradictions(&mut reading, &events, &scopes);
        keep_worth(&reading, &mut events, &mut told, &mut ceasefires);
        // Last: what a deed's own words leave open is no evidence for or against anything else.
        event::party::fill(&reading, &mut events);
        ledger::write(&reading, &events, &told, &ceasefires, &contradictions, &diagnostics)
    }

    /// The pairs of claims, and those of figures, that are weighed against each other, as indices into the rows of the ledger.
    pub fn weighed(&self, document: &Document) -> (Vec<Weighed>, Vec<Weighed>) {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let events = event::events(&reading);
        let scopes: Vec<_> = harms::told(&reading, &events).iter().map(|harm| harm.scope).collect();
        contradiction::weighed(&reading, &events, &scopes)
    }

    /// The ceasefires of a report with all that may be their terms and breaches, and the hidden states of its words.
    pub fn truces(&self, document: &Document) -> (Vec<Ceasefire>, Search, counterclaim_language::Analysis) {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let (events, ceasefires) = truces(&reading);
        let search = ceasefire::search(&reading, &events);
        (ceasefires, search, reading.analysis)
    }

    /// The events of a report with what speaks for each.
    pub fn events(&self, document: &Document) -> Vec<(Event, Vec<(String, f32)>)> {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let (events, _) = truces(&reading);
        let weighed: Vec<_> = (0..events.len()).map(|at| event::worth::evidence(&reading, &events, at)).collect();
        events.into_iter().zip(weighed).collect()
    }

    /// For each event of a report the places that may be where it was, and the words of each place.
    pub fn sites(&self, document: &Document) -> Vec<(Event, Vec<(Span, Evidence)>)> {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let (events, _) = truces(&reading);
        let sites = |event: &Event| {
            let deed = site::Deed { word: event.word, event_type: event.event_type };
            let sites = site::candidates(&reading, reading.syntax(), deed).into_iter();
            sites.map(|(place, evidence)| (reading.places[place].span, evidence)).collect()
        };
        events.iter().map(|event| (event.clone(), sites(event))).collect()
    }

    /// For each deed that the words of a report may tell, and each slot, the parties of its sentence with what speaks for them.
    pub fn doers(&self, document: &Document) -> Vec<DoerSlot> {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let syntax = reading.syntax();
        let triggers = triggers::triggers(&reading);
        let mut found = Vec::new();
        for trigger in &triggers {
            let roles = roles::roles(&reading, trigger);
            for slot in [Slot::Actor, Slot::Recipient] {
                let told = roles::doer::candidates(&reading, trigger, &triggers, &roles, slot).into_iter();
                let parties = told.map(|(candidate, evidence)| SentenceParty {
                    word: syntax.span(candidate.word),
                    phrase: syntax.cover(&syntax.phrase_words(candidate.word)).unwrap_or(syntax.span(candidate.word)),
                    mentions: reading.actors.all[candidate.actor].mentions.clone(),
                    evidence,
                });
                let (event_type, parties) = (trigger.event_type, parties.collect());
                found.push(DoerSlot { trigger: syntax.span(trigger.word), event_type, slot, parties });
            }
        }
        found
    }

    /// For each event of a report with an open party the parties of the report that may fill it, with their countries and sectors.
    pub fn open_parties(&self, document: &Document) -> Vec<(Event, Slot, Vec<OpenParty>)> {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let (mut events, mut ceasefires) = truces(&reading);
        ceasefires.retain(|row| !row.in_passing);
        let mut told = harms::told(&reading, &events);
        keep_worth(&reading, &mut events, &mut told, &mut ceasefires);
        let slots = |at: usize| [Slot::Actor, Slot::Recipient].into_iter().map(move |slot| (at, slot));
        let open = (0..events.len())
            .flat_map(slots)
            .filter(|&(at, slot)| event::party::is_open(reading.syntax(), &events[at], slot));
        open.map(|(at, slot)| {
            let parties = event::party::candidates(&reading, &events, at, slot).into_iter();
            let told = parties.map(|(actor, evidence)| OpenParty {
                name: reading.actors.all[actor].name.clone(),
                countries: reading.actors.countries_of(actor),
                sectors: reading.actors.all[actor].sectors.clone(),
                mentions: reading.actors.all[actor].mentions.clone(),
                evidence,
            });
            (events[at].clone(), slot, told.collect())
        })
        .collect()
    }

    /// The class of a short report as a whole; `with_none` lets "none of them" be an answer.
    pub fn report_class(&self, document: &Document, with_none: bool) -> ReportClass {
        let (sentences, _) = counterclaim_text::sentences(document);
        let analysis = self.model.analyze(&document.text, &sentences);
        let (reading, _) = counterclaim_claims::read(self.model, document, sentences, analysis);
        let events = event::events(&reading);
        report_class::report_class(&reading, &events, with_none)
    }
}

/// Events and ceasefires: what was agreed is itself something to come.
fn truces(reading: &Reading<'_>) -> (Vec<event::Event>, Vec<Ceasefire>) {
    let mut events = event::events(reading);
    // What was agreed hangs on no breach: those are weighed once the events are whole.
    let any = ceasefire::of_any(reading);
    let mut ceasefires = ceasefire::ceasefires(reading, &events, any.as_ref(), false);
    let agreed: Vec<_> = ceasefires
        .iter()
        .flat_map(|known| known.terms.iter().skip(1).map(|term| (term.0, term.1, known.parties.as_slice())))
        .filter(|(kind, ..)| *kind != "cease_fire")
        .map(|(_, span, parties)| (span, parties))
        .collect();
    let named: Vec<_> =
        ceasefires.iter().filter(|known| !known.in_passing).map(|known| (known.span, known.parties.clone())).collect();
    let more = event::add_commitments(reading, &mut events, &agreed);
    if event::add_agreements(reading, &mut events, &named) || more || !ceasefires.is_empty() {
        ceasefires = ceasefire::ceasefires(reading, &events, any.as_ref(), true);
    }
    (events, ceasefires)
}

/// Leaves out the events that are not worth a row; figures and breaches that point at one keep it.
fn keep_worth(
    reading: &Reading<'_>,
    events: &mut Vec<Event>,
    told: &mut [harms::ToldHarm],
    ceasefires: &mut [Ceasefire],
) {
    // The weights are fitted to whole reports; a few sentences tell each thing once.
    const REPORT: usize = 5;
    let sentences = reading.analysis.sentences.len() as u32;
    if (0..sentences).filter(|&sentence| reading.is_coded(sentence)).count() < REPORT {
        return;
    }
    let mut kept = event::worth::worth(reading, events);
    for known in told
        .iter()
        .filter_map(|harm| harm.event)
        .chain(ceasefires.iter().flat_map(|known| &known.violations).filter_map(|known| known.event))
    {
        kept[known] = true;
    }
    let mut next = 0;
    let moved: Vec<Option<usize>> = kept
        .iter()
        .map(|&kept| {
            kept.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    let mut at = kept.iter();
    events.retain(|_| at.next().is_none_or(|&kept| kept));
    for harm in told {
        harm.event = harm.event.and_then(|event| moved[event]);
    }
    for known in ceasefires.iter_mut().flat_map(|known| &mut known.violations) {
        known.event = known.event.and_then(|event| moved[event]);
    }
}
