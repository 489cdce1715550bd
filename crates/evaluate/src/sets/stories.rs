//! Whole reports against gold ledgers: claims, events, harms and what hangs on them.

mod ceasefires;

use super::spans::Range;
use super::{Machine, Set, ledger_answer, page_ledger};
use crate::record::{Record, list_of, offsets, text_of};
use crate::tally::{Count, Measure, Metric, Tally};
use counterclaim_schema::ledger::{ActorRow, HarmBasis, ReportLedger, TextSpan};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// `stories`: the rules by which the gold of the first story is scored, summed over stories (`fixtures/stories/README.md`).
///
/// A claim is found when its cue overlaps and its source overlaps, or both have none; it is complete when its stance is one of the
/// accepted and its claimant's country is right too. An event is found when a trigger overlaps and its PLOVER type is accepted. A harm is
/// found when its number overlaps and its kind and interval are right. Gold items are paired with answers in the order of the text, each
/// answer once. F1 rows count as right: complete claims; events found whose set of actor countries is right; harms found. Answers that
/// fit an optional item, and claims of the headline, are neither right nor wrong. Contradictions are right when both rows are.
pub struct Stories;

/// Names of the F1 rows.
const F1: [&str; 5] = ["complete claims", "events", "events with actors", "harms", "contradictions"];
/// Names of the shares, in the order of the table.
const SHARES: [&str; 28] = [
    "claims found",
    "claims: stance right",
    "claims: claimant country right",
    "claims complete",
    "events found with type",
    "events: actor countries right",
    "events: recipient countries right",
    "events: scope right",
    "events: status right",
    "events: place right",
    "events: claim right",
    "harms found with interval",
    "harms: claimant right",
    "harms: scope right",
    "harms found: claimant right",
    "harms found: scope right",
    "numbers that are no harm kept out",
    "must not be events kept out",
    "times right",
    "places right",
    "ceasefires found",
    "ceasefires of the past found",
    "ceasefires: effective right",
    "ceasefire violations found",
    "contradictions found",
    "contradictions: kind right",
    "document: title found",
    "document: date right",
];
/// Names of the numbers of things too many.
const TOO_MANY: [&str; 6] = [
    "claims too many (number)",
    "events too many (number)",
    "harms too many (number)",
    "ceasefires too many (number)",
    "contradictions too many (number)",
    "coded from page furniture (number)",
];

/// Offsets of the ledger moved to where its text stands in the file.
struct Shift(u32);

impl Shift {
    fn of(ledger: &ReportLedger, text: &str) -> Shift {
        let at = text.find(ledger.document.text.as_str()).unwrap_or(0);
        Shift(text[..at].chars().count() as u32)
    }

    fn range(&self, span: &TextSpan) -> Range {
        (span.start + self.0, span.end + self.0)
    }

    fn any(&self, spans: &[TextSpan], gold: Option<Range>) -> bool {
        spans.iter().any(|span| hit(gold, Some(self.range(span))))
    }
}

fn hit(left: Option<Range>, right: Option<Range>) -> bool {
    matches!((left, right), (Some(left), Some(right)) if super::spans::overlap(left, right))
}

fn span(item: &Value, key: &str) -> Option<Range> {
    item.get(key).and_then(offsets)
}

fn words<'v>(item: &'v Value, key: &str) -> &'v str {
    item.get(key).and_then(|span| text_of(span, "text")).unwrap_or("-")
}

fn flag(item: &Value, key: &str) -> bool {
    item.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// Whether a value in lower snake case stands under the key or among its alternatives.
fn accepts(item: &Value, key: &str, value: &str) -> bool {
    text_of(item, key) == Some(value) || has(item, &format!("{key}_alternatives"), value)
}

fn has(item: &Value, key: &str, value: &str) -> bool {
    list_of(item, key).iter().any(|known| known.as_str() == Some(value))
}

fn spelled<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Countries of a list of codes; `---` is none.
fn countries(codes: &[Value]) -> BTreeSet<String> {
    codes.iter().filter_map(Value::as_str).map(|code| code.get(..3).unwrap_or(code).to_owned()).collect()
}

/// Pairs gold with answers as the scorer of the first story does: each item takes the first free answer that fits.
fn greedy(gold: usize, answers: usize, used: &mut [bool], fits: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let mut pairs = Vec::with_capacity(gold);
    for item in 0..gold {
        let found = (0..answers).find(|&answer| !used[answer] && fits(item, answer));
        if let Some(answer) = found {
            used[answer] = true;
        }
        pairs.push(found);
    }
    pairs
}

/// PLOVER's country field: ISO 3166-1, or the class of a body that is above states.
fn plover_country(actor: &ActorRow) -> Option<&str> {
    let above = |sector: &&String| matches!(sector.as_str(), "UNO" | "EUR" | "IGO" | "NGO" | "ISM" | "IMG" | "MNC");
    actor.country.as_deref().or_else(|| actor.sector.iter().find(above).map(String::as_str))
}

fn split(list: &[Value]) -> (Vec<&Value>, Vec<&Value>) {
    list.iter().partition(|item| !flag(item, "optional"))
}

/// One story, its gold and its ledger.
struct Case<'a> {
    gold: &'a Value,
    ledger: &'a ReportLedger,
    text: &'a str,
    shift: Shift,
    country_of: HashMap<&'a str, Option<&'a str>>,
    tally: Tally,
}

/// Ledger ids of the answers that gold ids were paired with.
type Paired<'a> = HashMap<&'a str, &'a str>;

impl<'a> Case<'a> {
    fn new(gold: &'a Value, ledger: &'a ReportLedger, text: &'a str) -> Case<'a> {
        let country_of = ledger.actors.iter().map(|actor| (actor.id.as_str(), plover_country(actor))).collect();
        Case { gold, ledger, text, shift: Shift::of(ledger, text), country_of, tally: Tally::default() }
    }

    fn country(&self, actor: Option<&str>) -> Option<&'a str> {
        self.country_of.get(actor?).copied().flatten()
    }

    fn share(&mut self, name: &str, right: bool) {
        self.tally.add_share(name, usize::from(right), 1);
    }

    fn too_many(&mut self, name: &str, number: usize) {
        self.tally.add(name, Count::new(number, number, 0));
    }

    fn miss(&mut self, what: String) {
        self.tally.missed.push(what);
    }

    fn in_title(&self, range: Range) -> bool {
        let title = self.gold.get("document").and_then(|document| span(document, "title_span"));
        hit(title, Some(range))
    }

    fn claims(&mut self) -> Paired<'a> {
        let (gold, ledger) = (self.gold, self.ledger);
        let (wanted, optional) = split(list_of(gold, "claims"));
        let answers = &ledger.claims;
        let fits = |item: &Value, answer: usize| {
            let answer = &answers[answer];
            let source = match span(item, "source") {
                None => answer.source.is_empty(),
                source => self.shift.any(&answer.source, source),
            };
            source && self.shift.any(&answer.cue, span(item, "cue"))
        };
        let mut used = vec![false; answers.len()];
        let pairs = greedy(wanted.len(), answers.len(), &mut used, |item, answer| fits(wanted[item], answer));
        let paired = used.clone();
        let also = greedy(optional.len(), answers.len(), &mut used, |item, answer| fits(optional[item], answer));
        let title: Vec<bool> =
            answers.iter().map(|claim| claim.cue.iter().any(|cue| self.in_title(self.shift.range(cue)))).collect();
        let mut ids = Paired::new();
        let mut complete = 0;
        for (item, pair) in wanted.iter().zip(&pairs) {
            let country = item.get("claimant").and_then(|claimant| text_of(claimant, "country"));
            let label = format!("\"{}\" by \"{}\"", words(item, "cue"), words(item, "source"));
            self.share("claims found", pair.is_some());
            let Some(answer) = pair.map(|pair| &answers[pair]) else {
                self.share("claims: stance right", false);
                if country.is_some() {
                    self.share("claims: claimant country right", false);
                }
                self.share("claims complete", false);
                self.miss(format!("missed claim {label}"));
                continue;
            };
            ids.extend(text_of(item, "id").map(|id| (id, answer.id.as_str())));
            let stance = spelled(&answer.stance);
            let stance_right = has(item, "stance", &stance);
            let found = self.country(answer.claimant.as_deref());
            let country_right = country.is_none_or(|country| {
                let found = found.unwrap_or("---");
                found == country || item.get("claimant").is_some_and(|claimant| has(claimant, "alternatives", found))
            });
            self.share("claims: stance right", stance_right);
            if country.is_some() {
                self.share("claims: claimant country right", country_right);
            }
            self.share("claims complete", stance_right && country_right);
            complete += usize::from(stance_right && country_right);
            if !stance_right {
                self.miss(format!("claim {label}: stance {stance}, not {}", item["stance"]));
            }
            if !country_right {
                self.miss(format!(
                    "claim {label}: claimant of {}, not {}",
                    found.unwrap_or("---"),
                    country.unwrap_or("---")
                ));
            }
        }
        for (item, pair) in optional.iter().zip(&also) {
            if let Some(pair) = pair {
                ids.extend(text_of(item, "id").map(|id| (id, answers[*pair].id.as_str())));
            }
        }
        let free = |index: usize| !paired[index] && (used[index] || title[index]);
        let judged = (0..answers.len()).filter(|&index| !free(index)).count();
        self.tally.add("complete claims", Count::new(complete, judged, wanted.len()));
        let wrong: Vec<usize> = (0..answers.len()).filter(|&index| !used[index] && !title[index]).collect();
        self.too_many("claims too many (number)", wrong.len());
        for index in wrong {
            let claim = &answers[index];
            let text = |spans: &[TextSpan]| spans.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().join(" … ");
            self.miss(format!("claim too many: \"{}\" by \"{}\"", text(&claim.cue), text(&claim.source)));
        }
        ids
    }

    fn events(&mut self, claims: &Paired<'a>) {
        let (gold, ledger) = (self.gold, self.ledger);
        let (wanted, mut optional) = split(list_of(gold, "events"));
        optional.extend(list_of(gold, "optional_events"));
        // Some golds mark no events at all; what is found there is neither right nor wrong.
        if wanted.is_empty() && optional.is_empty() {
            return;
        }
        let answers = &ledger.events;
        let types = |item: &Value| -> Vec<String> {
            let own = if list_of(item, "plover").is_empty() {
                let same = text_of(item, "same_as");
                wanted
                    .iter()
                    .find(|event| same.is_some() && text_of(event, "id") == same)
                    .map(|event| list_of(event, "plover"))
                    .unwrap_or_default()
            } else {
                list_of(item, "plover")
            };
            own.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let fits = |item: &Value, answer: usize| {
            let answer = &answers[answer];
            let trigger = Some(self.shift.range(&answer.trigger));
            let told = hit(span(item, "trigger"), trigger)
                || list_of(item, "also_triggers").iter().any(|other| hit(offsets(other), trigger));
            let accepted = types(item);
            told && (accepted.is_empty() || accepted.contains(&answer.plover.event_type))
        };
        let mut used = vec![false; answers.len()];
        let pairs = greedy(wanted.len(), answers.len(), &mut used, |item, answer| fits(wanted[item], answer));
        let paired = used.clone();
        // Any number of answers may fit optional items; a deed may be told in many optional words.
        for (answer, used) in used.iter_mut().enumerate() {
            *used |= optional.iter().any(|item| fits(item, answer));
        }
        let mut with_actors = 0;
        for (item, pair) in wanted.iter().zip(&pairs) {
            let label = format!(
                "\"{}\" {}",
                words(item, "trigger"),
                list_of(item, "plover").first().and_then(Value::as_str).unwrap_or("-")
            );
            let checks = [
                "events: actor countries right",
                "events: recipient countries right",
                "events: scope right",
                "events: status right",
            ];
            self.share("events found with type", pair.is_some());
            let has_place = span(item, "place").is_some();
            let Some(answer) = pair.map(|pair| &answers[pair]) else {
                checks.iter().for_each(|name| self.share(name, false));
                if has_place {
                    self.share("events: place right", false);
                }
                self.share("events: claim right", false);
                self.miss(format!("missed event {label}"));
                continue;
            };
            let parties = |parts: &[counterclaim_schema::ledger::Participant]| -> BTreeSet<String> {
                parts.iter().map(|part| self.country(Some(&part.actor)).unwrap_or("---").to_owned()).collect()
            };
            let right = |key: &str, found: &BTreeSet<String>| {
                countries(list_of(item, key)) == *found
                    || list_of(item, &format!("{key}_alternatives"))
                        .iter()
                        .any(|other| countries(other.as_array().map(Vec::as_slice).unwrap_or_default()) == *found)
            };
            let (actors, recipients) = (parties(&answer.actors), parties(&answer.recipients));
            let actors_right = right("actors", &actors);
            let recipients_right = right("recipients", &recipients);
            let (scope, status) = (spelled(&answer.scope), spelled(&answer.status));
            let (scope_right, status_right) = (accepts(item, "scope", &scope), accepts(item, "status", &status));
            for (name, right) in checks.iter().zip([actors_right, recipients_right, scope_right, status_right]) {
                self.share(name, right);
            }
            with_actors += usize::from(actors_right);
            if has_place {
                let told = answer.place.as_deref().and_then(|id| ledger.places.iter().find(|place| place.id == id));
                let spans: Vec<Range> = told.map(|place| self.place_spans(&place.id, &place.span)).unwrap_or_default();
                let place_right = spans.iter().any(|&range| {
                    hit(span(item, "place"), Some(range))
                        || list_of(item, "place_alternatives").iter().any(|other| hit(offsets(other), Some(range)))
                });
                self.share("events: place right", place_right);
                if !place_right {
                    let found = told.map_or("-", |place| place.span.text.as_str());
                    self.miss(format!("event {label}: place {found}, not {}", words(item, "place")));
                }
            }
            let told_by: Vec<&str> = list_of(item, "claims").iter().filter_map(Value::as_str).collect();
            let claim_right = if told_by.is_empty() {
                answer.claims.is_empty()
            } else {
                told_by
                    .iter()
                    .any(|claim| claims.get(claim).is_some_and(|&id| answer.claims.iter().any(|other| other == id)))
            };
            self.share("events: claim right", claim_right);
            if !actors_right {
                self.miss(format!("event {label}: actors {actors:?}, not {}", item["actors"]));
            }
            if !recipients_right {
                self.miss(format!("event {label}: recipients {recipients:?}, not {}", item["recipients"]));
            }
            if !scope_right {
                self.miss(format!("event {label}: scope {scope}, not {}", item["scope"]));
            }
            if !status_right {
                self.miss(format!("event {label}: status {status}, not {}", item["status"]));
            }
        }
        let judged = (0..answers.len()).filter(|&index| paired[index] || !used[index]).count();
        self.tally.add("events with actors", Count::new(with_actors, judged, wanted.len()));
        self.tally.add("events", Count::new(pairs.iter().flatten().count(), judged, wanted.len()));
        let wrong: Vec<usize> = (0..answers.len()).filter(|&index| !used[index]).collect();
        self.too_many("events too many (number)", wrong.len());
        for &index in &wrong {
            self.miss(format!(
                "event too many: \"{}\" {}",
                answers[index].trigger.text, answers[index].plover.event_type
            ));
        }
        for item in list_of(gold, "must_not_be_events") {
            let coded =
                wrong.iter().any(|&index| hit(span(item, "span"), Some(self.shift.range(&answers[index].trigger))));
            self.share("must not be events kept out", !coded);
            if coded {
                self.miss(format!(
                    "coded what must not be an event: \"{}\" ({})",
                    words(item, "span"),
                    text_of(item, "why").unwrap_or("-")
                ));
            }
        }
    }

    /// All mentions of a place.
    fn place_spans(&self, id: &str, first: &TextSpan) -> Vec<Range> {
        let mentions = self.ledger.mentions.iter().filter(|mention| mention.place.as_deref() == Some(id));
        mentions.map(|mention| self.shift.range(&mention.span)).chain([self.shift.range(first)]).collect()
    }

    fn harms(&mut self, claims: &Paired<'a>) -> Paired<'a> {
        let (gold, ledger) = (self.gold, self.ledger);
        let (wanted, optional) = split(list_of(gold, "harms"));
        let answers = &ledger.harms;
        let fits = |item: &Value, answer: usize| {
            let answer = &answers[answer];
            hit(span(item, "number"), Some(self.shift.range(&answer.number)))
                && accepts(item, "kind", &spelled(&answer.kind))
                && interval_fits(item, answer.low, answer.high)
        };
        let mut used = vec![false; answers.len()];
        let pairs = greedy(wanted.len(), answers.len(), &mut used, |item, answer| fits(wanted[item], answer));
        let paired = used.clone();
        let also = greedy(optional.len(), answers.len(), &mut used, |item, answer| fits(optional[item], answer));
        let voiced: HashSet<&str> = ledger
            .claims
            .iter()
            .filter(|claim| claim.claimant.is_some() || !claim.source.is_empty())
            .map(|claim| claim.id.as_str())
            .collect();
        let mut ids = Paired::new();
        for (item, pair) in wanted.iter().zip(&pairs).chain(optional.iter().zip(&also)) {
            if let Some(pair) = pair {
                ids.extend(text_of(item, "id").map(|id| (id, answers[*pair].id.as_str())));
            }
        }
        for (item, pair) in wanted.iter().zip(&pairs) {
            let label = format!("\"{}\" {}", words(item, "number"), text_of(item, "kind").unwrap_or("-"));
            self.share("harms found with interval", pair.is_some());
            let Some(answer) = pair.map(|pair| &answers[pair]) else {
                self.share("harms: claimant right", false);
                self.share("harms: scope right", false);
                let near =
                    answers.iter().find(|answer| hit(span(item, "number"), Some(self.shift.range(&answer.number))));
                let found = near.map_or(String::new(), |near| {
                    format!(", found {} {:?}..{:?}", spelled(&near.kind), near.low, near.high)
                });
                self.miss(format!("missed harm {label} {}..{}{found}", item["low"], item["high"]));
                continue;
            };
            let of_claim = |claim: Option<&str>| match claim {
                None => !answer.claims.iter().any(|claim| voiced.contains(claim.as_str())),
                Some(claim) => claims.get(claim).is_some_and(|&id| answer.claims.iter().any(|other| other == id)),
            };
            let claim_right = of_claim(text_of(item, "claim"))
                || list_of(item, "claim_alternatives").iter().any(|claim| of_claim(claim.as_str()));
            let scope = spelled(&answer.scope);
            let scope_right = accepts(item, "scope", &scope);
            self.share("harms: claimant right", claim_right);
            self.share("harms: scope right", scope_right);
            self.share("harms found: claimant right", claim_right);
            self.share("harms found: scope right", scope_right);
            if !claim_right {
                let found = answer.claims.join(" ");
                let cue = list_of(gold, "claims")
                    .iter()
                    .find(|claim| text_of(claim, "id") == text_of(item, "claim"))
                    .map_or("the reporter", |claim| words(claim, "source"));
                self.miss(format!("harm {label}: told by [{found}], not by {cue}"));
            }
            if !scope_right {
                self.miss(format!("harm {label}: scope {scope}, not {}", item["scope"]));
            }
        }
        // People told of without a figure are in the ledger; gold lists figures, so that they are neither right nor wrong.
        let given = |index: usize| answers[index].basis == HarmBasis::Stated;
        let judged = (0..answers.len()).filter(|&index| paired[index] || !used[index] && given(index)).count();
        self.tally.add("harms", Count::new(pairs.iter().flatten().count(), judged, wanted.len()));
        let wrong: Vec<usize> = (0..answers.len()).filter(|&index| !used[index] && given(index)).collect();
        self.too_many("harms too many (number)", wrong.len());
        for index in wrong {
            let harm = &answers[index];
            self.miss(format!(
                "harm too many: \"{}\" {} {:?}..{:?}",
                harm.number.text,
                spelled(&harm.kind),
                harm.low,
                harm.high
            ));
        }
        for number in list_of(gold, "numbers_that_are_no_harm") {
            let taken = answers.iter().any(|harm| hit(offsets(number), Some(self.shift.range(&harm.number))));
            self.share("numbers that are no harm kept out", !taken);
            if taken {
                self.miss(format!("no harm: \"{}\"", text_of(number, "text").unwrap_or("-")));
            }
        }
        ids
    }

    fn surroundings(&mut self) {
        let (gold, ledger) = (self.gold, self.ledger);
        for time in list_of(gold, "times") {
            let near: Vec<_> = ledger
                .times
                .iter()
                .filter(|answer| hit(span(time, "span"), Some(self.shift.range(&answer.span))))
                .collect();
            let values = text_of(time, "value")
                .into_iter()
                .chain(list_of(time, "alternatives").iter().filter_map(Value::as_str));
            let right = values
                .clone()
                .any(|value| near.iter().any(|answer| answer.value.starts_with(value.get(..10).unwrap_or(value))));
            self.share("times right", right);
            if !right {
                let found: Vec<&str> = near.iter().map(|answer| answer.value.as_str()).collect();
                self.miss(format!("time \"{}\": {found:?}, not {}", words(time, "span"), time["value"]));
            }
        }
        let mut places: Vec<(Range, Option<&str>)> =
            ledger.places.iter().map(|place| (self.shift.range(&place.span), place.country.as_deref())).collect();
        for mention in &ledger.mentions {
            if let Some(place) = ledger.places.iter().find(|place| mention.place.as_ref() == Some(&place.id)) {
                places.push((self.shift.range(&mention.span), place.country.as_deref()));
            }
        }
        for place in list_of(gold, "places") {
            let near: Vec<Option<&str>> = places
                .iter()
                .filter(|(range, _)| hit(span(place, "span"), Some(*range)))
                .map(|(_, country)| *country)
                .collect();
            let right = near.contains(&text_of(place, "country"));
            self.share("places right", right);
            if !right {
                self.miss(format!("place \"{}\": {near:?}, not {}", words(place, "span"), place["country"]));
            }
        }
        let furniture: Vec<Range> = list_of(gold, "furniture").iter().filter_map(offsets).collect();
        let inside = |span: &TextSpan| furniture.iter().any(|&part| hit(Some(part), Some(self.shift.range(span))));
        let coded: Vec<String> = (ledger
            .events
            .iter()
            .filter(|event| inside(&event.trigger))
            .map(|event| event.trigger.text.clone()))
        .chain(ledger.claims.iter().filter(|claim| claim.cue.iter().any(inside)).map(|claim| claim.cue[0].text.clone()))
        .chain(ledger.harms.iter().filter(|harm| inside(&harm.number)).map(|harm| harm.number.text.clone()))
        .collect();
        self.too_many("coded from page furniture (number)", coded.len());
        for text in coded {
            self.miss(format!("coded from furniture: \"{text}\""));
        }
        let Some(document) = gold.get("document") else { return };
        if span(document, "title_span").is_some() {
            let title = ledger
                .document
                .blocks
                .iter()
                .find(|block| block.kind == "title")
                .map(|block| (block.start + self.shift.0, block.end + self.shift.0));
            self.share("document: title found", hit(span(document, "title_span"), title));
        }
        if let Some(told) = text_of(document, "published") {
            // Hours are printed in many forms; the day is what times are counted from.
            let date = told.get(..10).unwrap_or(told);
            let right = ledger.document.published.as_deref().is_some_and(|found| found.starts_with(date));
            self.share("document: date right", right);
            if !right {
                self.miss(format!("published {:?}, not {date}", ledger.document.published));
            }
        }
    }

    fn contradictions(&mut self, rows: &Paired<'a>) {
        let (gold, ledger) = (self.gold, self.ledger);
        let ordered = |left: &'a str, right: &'a str| if left <= right { (left, right) } else { (right, left) };
        let found: BTreeSet<(&str, &str)> =
            ledger.contradictions.iter().map(|pair| ordered(&pair.a, &pair.b)).collect();
        let ids = |item: &'a Value| Some(ordered(rows.get(text_of(item, "a")?)?, rows.get(text_of(item, "b")?)?));
        let wanted = list_of(gold, "contradictions");
        let mut right = BTreeSet::new();
        for item in wanted {
            let pair = ids(item);
            let met = pair.filter(|pair| found.contains(pair));
            right.extend(met);
            self.share("contradictions found", met.is_some());
            if let Some(pair) = met {
                let mut told = ledger.contradictions.iter();
                let kind = told.any(|row| ordered(&row.a, &row.b) == pair && accepts(item, "kind", &row.kind));
                self.share("contradictions: kind right", kind);
            } else {
                let why = if pair.is_some() { "" } else { " (a row is missing)" };
                self.miss(format!("missed contradiction {} of {} and {}{why}", item["kind"], item["a"], item["b"]));
            }
        }
        let optional: BTreeSet<(&str, &str)> =
            list_of(gold, "optional_contradictions").iter().filter_map(ids).collect();
        let wrong = found.iter().filter(|pair| !right.contains(*pair) && !optional.contains(*pair)).count();
        self.tally.add("contradictions", Count::new(right.len(), right.len() + wrong, wanted.len()));
        self.too_many("contradictions too many (number)", wrong);
        let back: HashMap<&str, &str> = rows.iter().map(|(gold, row)| (*row, *gold)).collect();
        for pair in &ledger.contradictions {
            let ids = ordered(&pair.a, &pair.b);
            if !right.contains(&ids) && !optional.contains(&ids) {
                let name = |row: &String| back.get(row.as_str()).map_or(format!("({row})"), |gold| (*gold).to_owned());
                self.miss(format!(
                    "contradiction too many: {} {} {} ({})",
                    pair.kind,
                    name(&pair.a),
                    name(&pair.b),
                    pair.about
                ));
            }
        }
    }
}

/// Whether an interval is the gold one or one that is accepted beside it.
fn interval_fits(item: &Value, low: Option<u64>, high: Option<u64>) -> bool {
    let end = |key: &str| item.get(key).and_then(Value::as_u64);
    if (low, high) == (end("low"), end("high")) {
        return true;
    }
    if list_of(item, "accept")
        .iter()
        .any(|pair| (low, high) == (pair.get(0).and_then(Value::as_u64), pair.get(1).and_then(Value::as_u64)))
    {
        return true;
    }
    let other_low = list_of(item, "accept_low").iter().any(|known| low.is_some() && known.as_u64() == low);
    other_low && (high.is_none() || high == end("high"))
}

impl Set for Stories {
    fn holds_gold(&self, record: &Record) -> bool {
        record.value.is_object()
    }

    fn answer(&self, record: &Record, machine: &Machine<'_>) -> Value {
        // A date that is not printed on the page comes with the task.
        let document = record.value.get("document");
        let is_given = document
            .and_then(|document| text_of(document, "dct_basis"))
            .is_some_and(|basis| basis.starts_with("given"));
        let published = document.filter(|_| is_given).and_then(|document| text_of(document, "published"));
        ledger_answer(&record.id, &page_ledger(&record.id, &record.text, published, machine))
    }

    fn score(&self, record: &Record, answer: &Value) -> Tally {
        let mut rows = answer.clone();
        if let Some(rows) = rows.as_object_mut() {
            rows.remove("id");
        }
        let Ok(ledger) = serde_json::from_value::<ReportLedger>(rows) else {
            let mut tally = Tally::default();
            tally.missed.push("the answer is not a ledger".to_owned());
            return tally;
        };
        let mut case = Case::new(&record.value, &ledger, &record.text);
        // What a gold does not tell of is neither right nor wrong.
        let tells = |key: &str| record.value.get(key).is_some();
        let mut paired = if tells("claims") { case.claims() } else { Paired::new() };
        case.events(&paired);
        if tells("harms") {
            let harms = case.harms(&paired);
            paired.extend(harms);
        }
        case.surroundings();
        case.ceasefires();
        if tells("contradictions") {
            case.contradictions(&paired);
        }
        let mut tally = case.tally;
        let part = |name: &str| tally.count(name).f1();
        tally.line = Some(format!(
            "{:28} claims {:.2}  events {:.2}  with actors {:.2}  harms {:.2}",
            record.id,
            part("complete claims"),
            part("events"),
            part("events with actors"),
            part("harms")
        ));
        tally
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut metrics: Vec<Metric> = F1.map(|name| Metric::headline(name, Measure::F1)).to_vec();
        metrics.extend(ceasefires::F1.map(|name| Metric::new(name, Measure::F1)));
        metrics.extend(SHARES.map(|name| Metric::new(name, Measure::Share)));
        metrics.extend(TOO_MANY.map(|name| Metric::new(name, Measure::Number)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;
    use serde_json::json;

    // "The army said five men died on Monday. It denied firing."
    const TEXT: &str = "The army said five men died on Monday. It denied firing.";

    fn span(words: &str) -> Value {
        let start = TEXT.find(words).expect("words of the text");
        json!({ "start": start, "end": start + words.len(), "text": words })
    }

    fn gold() -> Value {
        json!({
            "id": "1", "text": TEXT,
            "document": { "title_span": null, "published": "2021-03-01" },
            "furniture": [],
            "claims": [
                { "id": "c1", "source": span("The army"), "cue": span("said"), "stance": ["assert"], "claimant": { "country": "MLI", "alternatives": ["---"] } },
                { "id": "c2", "source": span("It"), "cue": span("denied"), "stance": ["deny"], "claimant": { "country": "MLI" } },
            ],
            "events": [
                { "id": "e1", "trigger": span("died"), "also_triggers": [span("five")], "plover": ["ASSAULT"], "actors": [], "actors_alternatives": [["MLIMIL"]],
                  "recipients": ["MLICVL"], "scope": "current", "status": "occurred", "claims": ["c1"] },
            ],
            "optional_events": [{ "id": "o1", "trigger": span("firing"), "plover": ["ASSAULT"] }],
            "must_not_be_events": [{ "span": span("denied firing"), "why": "denied" }],
            "harms": [{ "id": "h1", "number": span("five"), "kind": "killed", "low": 5, "high": 5, "accept": [[4, 6]], "claim": "c1", "scope": "current" }],
            "numbers_that_are_no_harm": [span("Monday")],
            "times": [{ "span": span("on Monday"), "value": "2021-03-01" }],
            "places": [], "ceasefires": [],
            "contradictions": [{ "kind": "denial", "a": "c1", "b": "c2" }],
        })
    }

    fn ledger() -> Value {
        let claim = |id: &str, claimant: &str, source: &str, cue: &str, stance: &str| {
            json!({ "id": id, "claimant": claimant, "source": [span(source)], "cue": [span(cue)], "content": [], "stance": stance, "certainty": "plain",
                    "via_source": null, "via": null, "events": [], "harms": [] })
        };
        json!({
            "schema": "counterclaim.report/1",
            "document": { "id": "1", "publisher": null, "url": null, "title": null, "byline": null, "dateline": null, "published": "2021-03-01T10:00:00Z",
                          "published_basis": "text", "language": "en", "text": TEXT, "sha256": "", "blocks": [] },
            "mentions": [],
            "actors": [{ "id": "a1", "name": "The army", "kind": "group", "country": "MLI", "sector": ["MIL"], "codes": [], "members": [], "mentions": [] },
                       { "id": "a2", "name": "men", "kind": "group", "country": "MLI", "sector": ["CVL"], "codes": [], "members": [], "mentions": [] }],
            "places": [],
            "times": [{ "id": "t1", "span": span("Monday"), "value": "2021-03-01", "timex": "DATE", "start": null, "end": null, "precision": "day", "basis": "relative" }],
            "attributions": [],
            "claims": [claim("c1", "a1", "The army", "said", "assert"), claim("c2", "a1", "It", "denied", "deny")],
            "events": [{ "id": "e1", "trigger": span("died"), "plover": { "type": "ASSAULT", "mode": [], "contexts": [] }, "cameo": null, "acled": null, "actors": [],
                         "recipients": [{ "actor": "a2", "span": null, "basis": "syntax" }], "place": null, "time": null, "weapons": [], "targets": [],
                         "status": "occurred", "scope": "current", "reasons": [], "claims": ["c1"], "also": [], "score": 1.0 }],
            "harms": [{ "id": "h1", "kind": "killed", "low": 5, "high": 5, "number": span("five"), "victims": null, "civilian": null, "perpetrator": null,
                        "place": null, "time": null, "scope": "current", "claims": ["c1"], "event": null, "part_of": null }],
            "ceasefires": [],
            "contradictions": [{ "kind": "denial", "a": "c2", "b": "c1", "about": "" }],
            "diagnostics": [],
        })
    }

    /// Scores the right ledger after a change to it.
    fn changed(change: impl Fn(&mut Value), expected: &[(&str, f64)]) {
        let mut ledger = ledger();
        change(&mut ledger);
        check(&Stories, &gold().to_string(), &ledger.to_string(), expected);
    }

    #[test]
    fn the_right_ledger_is_right() {
        let all = [
            "claims complete",
            "events found with type",
            "events: actor countries right",
            "events: recipient countries right",
            "events: claim right",
            "harms found with interval",
            "harms: claimant right",
            "times right",
            "contradictions found",
            "numbers that are no harm kept out",
            "must not be events kept out",
            "document: date right",
            "complete claims F1",
            "events with actors F1",
            "harms F1",
        ];
        changed(|_| (), &all.map(|name| (name, 1.0)));
        changed(|_| (), &TOO_MANY.map(|name| (name, 0.0)));
    }

    #[test]
    fn claims() {
        changed(
            |ledger| ledger["claims"][1]["stance"] = "assert".into(),
            &[("claims found", 1.0), ("claims complete", 0.5), ("complete claims F1", 0.5)],
        );
        changed(
            |ledger| ledger["claims"][1]["source"] = json!([]),
            &[("claims found", 0.5), ("claims too many (number)", 1.0), ("contradictions found", 0.0)],
        );
        // No country is right for the first claim only.
        changed(|ledger| ledger["actors"][0]["country"] = Value::Null, &[("claims: claimant country right", 0.5)]);
        changed(
            |ledger| ledger["claims"] = json!([]),
            &[("claims found", 0.0), ("harms: claimant right", 0.0), ("complete claims F1", 0.0)],
        );
    }

    #[test]
    fn events() {
        changed(|ledger| ledger["events"][0]["trigger"] = span("five"), &[("events found with type", 1.0)]);
        changed(
            |ledger| ledger["events"][0]["plover"]["type"] = "COERCE".into(),
            &[("events found with type", 0.0), ("events too many (number)", 1.0), ("events F1", 0.0)],
        );
        let army = json!([{ "actor": "a1", "span": null, "basis": "syntax" }]);
        changed(|ledger| ledger["events"][0]["actors"] = army.clone(), &[("events: actor countries right", 1.0)]);
        changed(
            |ledger| ledger["events"][0]["recipients"] = json!([]),
            &[("events: recipient countries right", 0.0), ("events with actors F1", 1.0)],
        );
        let second = |trigger: &'static str, name: &'static str| {
            move |ledger: &mut Value| {
                let mut event = ledger["events"][0].clone();
                event["trigger"] = span(trigger);
                event["plover"]["type"] = name.into();
                ledger["events"].as_array_mut().expect("a list").push(event);
            }
        };
        // An optional event costs nothing, another one does, and where no event may be it counts there too.
        changed(second("firing", "ASSAULT"), &[("events precision", 1.0), ("must not be events kept out", 1.0)]);
        changed(second("Monday", "ASSAULT"), &[("events precision", 0.5), ("must not be events kept out", 1.0)]);
        changed(second("denied", "REJECT"), &[("events precision", 0.5), ("must not be events kept out", 0.0)]);
        changed(
            |ledger| ledger["events"][0]["status"] = "denied".into(),
            &[("events: status right", 0.0), ("events F1", 1.0)],
        );
    }

    #[test]
    fn harms() {
        changed(
            |ledger| ledger["harms"][0]["high"] = 9.into(),
            &[("harms found with interval", 0.0), ("harms too many (number)", 1.0), ("harms F1", 0.0)],
        );
        changed(
            |ledger| {
                ledger["harms"][0]["low"] = 4.into();
                ledger["harms"][0]["high"] = 6.into();
            },
            &[("harms found with interval", 1.0)],
        );
        changed(
            |ledger| ledger["harms"][0]["claims"] = json!([]),
            &[("harms found with interval", 1.0), ("harms: claimant right", 0.0)],
        );
        changed(
            |ledger| ledger["harms"][0]["number"] = span("Monday"),
            &[("numbers that are no harm kept out", 0.0), ("harms recall", 0.0)],
        );
        changed(|ledger| ledger["harms"][0]["kind"] = "injured".into(), &[("harms F1", 0.0)]);
    }

    #[test]
    fn offsets_move_with_a_cut_text() {
        changed(
            |ledger| {
                // The ledger's text lacks the first word.
                ledger["document"]["text"] = TEXT[4..].into();
                for (list, key) in [("harms", "number"), ("events", "trigger")] {
                    let at = &mut ledger[list][0][key];
                    at["start"] = (at["start"].as_u64().expect("an offset") - 4).into();
                    at["end"] = (at["end"].as_u64().expect("an offset") - 4).into();
                }
            },
            &[("harms found with interval", 1.0), ("events found with type", 1.0)],
        );
    }
}
