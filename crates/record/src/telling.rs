//! A happening as one report tells it: what incidents are made of.
//!
//! A report has at most one telling of its news: its events and figures, and everything said about them. What is told with another
//! place, or with a date well before, is a telling of its own, and background can only join an incident that others tell as news.

use crate::copies::hash;
use crate::sentences::{Sentence, sentences};
use crate::terms::{Terms, hash32, wording};
use crate::{day_of, party};
use counterclaim_schema::ledger::*;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of happenings; events of different groups are rarely the same incident.
pub(crate) const GROUPS: &[&str] = &["violence", "detention", "protest", "truce", "diplomacy", "force", "other"];

/// Terms that a report without events has at least, to be about something.
const FEWEST_TERMS: usize = 8;
/// Days before the publication in which the news of a report lies.
const NEWS_DAYS: i64 = 6;

/// Where, as finely as told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Where {
    /// Gazetteer id.
    pub(crate) key: String,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// How fine.
    pub(crate) precision: PlacePrecision,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: Option<String>,
    /// First-order division.
    pub(crate) admin1: Option<String>,
    /// Where the place itself may lie, when this one only tells it ("20 km north of X").
    pub(crate) circle: Option<Circle>,
}

/// A middle and how many kilometers around it a place may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Circle {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Kilometers.
    pub(crate) radius_km: f64,
}

/// The circle of a place that another one tells; none where no point could be told.
pub(crate) fn circle_of(place: &PlaceRow) -> Option<Circle> {
    let beside = place.beside.as_ref()?;
    Some(Circle { lat: beside.lat?, lon: beside.lon?, radius_km: beside.radius_km? })
}

/// What of a telling is compared with others. Sets are sorted.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Features {
    /// The news of its report, not background.
    pub(crate) news: bool,
    /// Coordinates.
    pub(crate) point: Option<(f32, f32)>,
    /// As in [`PlacePrecision`], 7 when unknown.
    pub(crate) precision: u8,
    /// Hash of the place.
    pub(crate) place: u32,
    /// Hash of the name of a village or quarter that is in no gazetteer; 0 where the place itself is known.
    pub(crate) named: u32,
    /// Hash of the country; 0 when unknown.
    pub(crate) country: u32,
    /// Hash of country and first-order division; 0 when unknown.
    pub(crate) admin1: u32,
    /// First and last day; `i32::MIN` when nothing bounds it.
    pub(crate) days: (i32, i32),
    /// A date is told; else the publication bounds it.
    pub(crate) dated: bool,
    /// When the report was published is known.
    pub(crate) published: bool,
    /// Deeds of many provinces are told side by side.
    pub(crate) roundup: bool,
    /// Bits of the weekdays on which it happened where no date bounds it; Monday is the first.
    pub(crate) weekdays: u8,
    /// Bits of [`GROUPS`].
    pub(crate) groups: u8,
    /// Hashes of modes.
    pub(crate) modes: Vec<u32>,
    /// Hashes of kind and figure.
    pub(crate) figures: Vec<u32>,
    /// Hashes of sides.
    pub(crate) sides: Vec<u32>,
    /// Hashes of words of names.
    pub(crate) names: Vec<u32>,
    /// Words, names among them, by weight.
    pub(crate) terms: Terms,
    /// Ties are broken by it: hash of report and place in the report.
    pub(crate) order: u64,
}

/// A telling with its rows, before it has an id.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) features: Features,
    pub(crate) place: Option<Where>,
    /// First character of what tells it.
    pub(crate) start: u32,
    pub(crate) kind: &'static str,
    /// Indices into the lists of the ledger.
    pub(crate) events: Vec<usize>,
    pub(crate) harms: Vec<usize>,
    pub(crate) claims: Vec<usize>,
}

fn group_of(event: &EventRow) -> usize {
    let ceasefire = event.plover.mode.iter().any(|mode| mode == "ceasefire");
    match event.plover.event_type.as_str() {
        "ASSAULT" => 0,
        "COERCE" => 1,
        "PROTEST" => 2,
        "CONCEDE" | "RETREAT" | "AGREE" if ceasefire => 3,
        "AGREE" | "CONSULT" | "COOPERATE" | "AID" | "CONCEDE" => 4,
        "RETREAT" | "MOBILIZE" | "SANCTION" => 5,
        _ => 6,
    }
}

fn overlap(a: &TextSpan, b: &TextSpan) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a date is that of speaking: it stands beside the word of saying, and not in what is said ("said on Friday that ...").
fn is_of_speech(ledger: &ReportLedger, time: &TextSpan) -> bool {
    if is_stamp(ledger, time) {
        return true;
    }
    if ledger.claims.iter().flat_map(|claim| &claim.content).any(|content| overlap(content, time)) {
        return false;
    }
    let behind = |cue: &TextSpan| {
        let between = || ledger.document.text.chars().skip(cue.end as usize).take((time.start - cue.end) as usize);
        time.start >= cue.end
            && time.start - cue.end <= BEHIND_CUE
            && !between().any(|sign| matches!(sign, '.' | '!' | '?'))
    };
    let before = |source: &TextSpan| {
        let comma = || ledger.document.text.chars().nth(time.end as usize) == Some(',');
        source.start == time.end + 1 || source.start == time.end + 2 && comma()
    };
    ledger.claims.iter().any(|claim| {
        claim.cue.iter().any(behind) || claim.source.iter().any(|source| before(source) || overlap(source, time))
    })
}

/// Sentences in which a report says what it is about.
const LEAD: usize = 2;
/// Words of a clause in front of "hours after" at least.
const LEAST_CLAUSE: usize = 3;
/// Whether a date is that of the report, where a page without lines prints it in front of the first sentence.
fn is_stamp(ledger: &ReportLedger, time: &TextSpan) -> bool {
    let Some(published) = ledger.document.published.as_deref().and_then(|date| date.get(..10)) else { return false };
    let row = ledger.times.iter().find(|row| (row.span.start, row.span.end) == (time.start, time.end));
    time.start < HEAD && time.text.contains(&published[..4]) && row.is_some_and(|row| row.value == published)
}

/// Characters at the head of a report in which its date may stand.
const HEAD: u32 = 360;
/// Characters between the word of saying and its day at most: "said in a statement late on Monday".
const BEHIND_CUE: u32 = 60;

struct Reading<'l> {
    ledger: &'l ReportLedger,
    sentences: Vec<Sentence>,
    published: Option<i64>,
    /// Days of each time row; none for durations, and for words inside a name ("Monday Market").
    times: BTreeMap<&'l str, (i64, i64)>,
    places: BTreeMap<&'l str, Where>,
    /// Names of places that are in no gazetteer, by the row of the place.
    unknown: BTreeMap<&'l str, u32>,
}

impl<'l> Reading<'l> {
    fn new(ledger: &'l ReportLedger) -> Reading<'l> {
        let published = ledger.document.published.as_deref().and_then(day_of);
        let mut times = BTreeMap::new();
        for time in &ledger.times {
            let in_name = ledger.mentions.iter().any(|mention| {
                !matches!(
                    mention.kind,
                    counterclaim_schema::MentionKind::Time | counterclaim_schema::MentionKind::Quantity
                ) && overlap(&mention.span, &time.span)
                    && mention.span.end - mention.span.start > time.span.end - time.span.start
            });
            let first = time.start.as_deref().and_then(day_of);
            let last = time.end.as_deref().and_then(day_of);
            if let (Some(first), Some(last), false) = (first.or(last), last.or(first), in_name) {
                if matches!(time.timex.as_str(), "DATE" | "TIME") {
                    times.insert(time.id.as_str(), (first.min(last), last.max(first)));
                }
            }
        }
        let mut places = BTreeMap::new();
        for place in &ledger.places {
            if let (Some(key), Some(lat), Some(lon)) = (&place.gazetteer_id, place.lat, place.lon) {
                places.insert(
                    place.id.as_str(),
                    Where {
                        key: key.clone(),
                        lat,
                        lon,
                        precision: place.precision,
                        country: place.country.clone(),
                        admin1: place.admin1.clone(),
                        circle: circle_of(place),
                    },
                );
            }
        }
        // "Idlib Syria", "Syrian Homs": a name that holds one of the gazetteer tells that.
        let holds = |name: &str, known: &str| {
            let words: Vec<&str> = name.split_whitespace().collect();
            words.len() > 1 && words.iter().any(|word| word.trim_end_matches('s') == known.trim_end_matches('s'))
        };
        for place in ledger.places.iter().filter(|place| place.gazetteer_id.is_none()) {
            let known = ledger.places.iter().filter(|known| holds(&place.span.text, &known.span.text));
            let known = known.filter_map(|known| places.get(known.id.as_str()));
            let finest = known.min_by_key(|known| known.precision as u8).cloned();
            if let Some(known) = finest.filter(|known| known.precision < PlacePrecision::Country) {
                places.insert(place.id.as_str(), known);
            }
        }
        let unknown = ledger.places.iter().filter(|place| !places.contains_key(place.id.as_str()));
        let unknown = unknown.filter_map(|place| Some((place.id.as_str(), skeleton(&place.span.text)?))).collect();
        let mut sentences = sentences(&ledger.document.text, &ledger.document.blocks);
        for sentence in &mut sentences {
            for time in &ledger.times {
                if time.span.start >= sentence.start && time.span.end <= sentence.end {
                    let spoken = is_of_speech(ledger, &time.span);
                    sentence.dates.extend(times.get(time.id.as_str()).map(|days| (*days, spoken)));
                }
            }
            for (index, place) in ledger.places.iter().enumerate() {
                // Where a speaker sits is not where it happened: "Kaduna police said".
                let of_speaker = ledger.claims.iter().flat_map(|claim| &claim.source).any(|source| {
                    overlap(source, &place.span) && source.end - source.start > place.span.end - place.span.start
                });
                // Nor is a capital that stands for its state: "Athens wants the crew freed".
                let of_state = place.feature_code.as_deref() == Some("PPLC")
                    && ledger.actors.iter().any(|actor| {
                        let is_same = |told: &TextSpan| (told.start, told.end) == (place.span.start, place.span.end);
                        actor.kind == "state" && actor.mentions.iter().any(is_same)
                    });
                if of_speaker || of_state {
                    continue;
                }
                if place.span.start >= sentence.start && place.span.end <= sentence.end {
                    sentence.places.push(index);
                }
            }
        }
        Reading { ledger, sentences, published, times, places, unknown }
    }

    fn sentence_at(&self, at: u32) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| sentence.start <= at && at < sentence.end)
    }

    /// Days of a row, and whether they are those of speaking: its own time, else the only date of its sentence.
    fn when(&self, time: Option<&String>, at: u32) -> Option<((i64, i64), bool)> {
        if let Some((id, days)) = time.and_then(|id| self.times.get_key_value(id.as_str())) {
            let spoken = self.ledger.times.iter().any(|time| time.id == *id && is_of_speech(self.ledger, &time.span));
            return Some((*days, spoken));
        }
        let sentence = self.sentence_at(at)?;
        let distinct: BTreeSet<(i64, i64)> = sentence.dates.iter().map(|(days, _)| *days).collect();
        (distinct.len() == 1).then(|| sentence.dates[0])
    }

    /// Weekday of a row that no date bounds ("on Friday" in a report without one): its own, else the only one of its sentence.
    fn weekday(&self, time: Option<&String>, at: u32) -> Option<(u8, bool)> {
        let of = |row: &TimeRow| {
            let day = row.value.strip_prefix("XXXX-WXX-")?.bytes().next()?;
            (b'1'..=b'7').contains(&day).then(|| (day - b'1', is_of_speech(self.ledger, &row.span)))
        };
        if self.published.is_some() {
            return None;
        }
        if let Some(row) = time.and_then(|id| self.ledger.times.iter().find(|row| row.id == *id)) {
            return of(row);
        }
        let sentence = self.sentence_at(at)?;
        let inside = |row: &&TimeRow| row.span.start >= sentence.start && row.span.end <= sentence.end;
        let mut all = self.ledger.times.iter().filter(inside).filter_map(of);
        let first = all.next()?;
        all.all(|other| other.0 == first.0).then_some(first)
    }

    fn is_fine(place: &Where) -> bool {
        place.precision <= PlacePrecision::Settlement
    }

    /// The finest place of a sentence, the first among equals.
    fn place_in(&self, sentence: &Sentence) -> Option<Where> {
        sentence
            .places
            .iter()
            .filter_map(|&index| self.places.get(self.ledger.places[index].id.as_str()))
            .min_by_key(|place| if Self::is_fine(place) { 0 } else { place.precision as u8 })
            .cloned()
    }

    /// Whether a row is background. What the lead tells of the day of its report is the news, whoever its parties are.
    fn is_background(&self, scope: Scope, when: Option<((i64, i64), bool)>, at: u32) -> bool {
        if self.is_aside(at) {
            return true;
        }
        let lead = self.sentences.iter().filter(|sentence| !sentence.caption).take(LEAD);
        let in_lead = || lead.clone().any(|sentence| sentence.start <= at && at < sentence.end);
        let fresh = when.zip(self.published).is_some_and(|((days, _), published)| {
            days.1 - days.0 <= 1 && days.0 >= published - 2 && days.1 <= published + 1
        });
        scope == Scope::Background && !(fresh && in_lead())
    }

    /// Whether what stands there is told beside the news: by a caption, or to say what went before ("hours after shells hit X").
    fn is_aside(&self, at: u32) -> bool {
        let Some(sentence) = self.sentence_at(at) else { return false };
        if sentence.caption {
            return true;
        }
        let characters = self.ledger.document.text.chars().skip(sentence.start as usize);
        let before: String = characters.take((at - sentence.start) as usize).collect::<String>().to_lowercase();
        // "Two days after the raid a bomb killed ..." goes on to the news behind its comma.
        let clause = before.rsplit([',', ';']).next().unwrap_or_default();
        let words: Vec<&str> = clause.split_whitespace().collect();
        let after = words.windows(2).position(|pair| {
            let unit = pair[0].trim_end_matches('s');
            pair[1] == "after" && matches!(unit, "minute" | "hour" | "day" | "week" | "month" | "year")
        });
        // The news has to stand before it.
        let follows = words.iter().take(LEAST_CLAUSE).any(|word| matches!(*word, "follows" | "followed"));
        follows || after.is_some_and(|at| at >= LEAST_CLAUSE)
    }

    /// Name of the place of a row that is in no gazetteer.
    fn named(&self, place: Option<&String>) -> Option<u32> {
        self.unknown.get(place?.as_str()).copied()
    }

    /// Whether what stands there is told as another deed beside the first.
    fn is_second(&self, at: u32) -> bool {
        let Some(sentence) = self.sentence_at(at) else { return false };
        let words = self.words(sentence.start, sentence.end);
        words.iter().any(|word| matches!(word.as_str(), "meanwhile" | "elsewhere" | "separately"))
            || words.windows(2).any(|pair| pair[0] == "separate" && pair[1] != "from")
    }

    /// Whether a row has a place of its own that is finer than a province.
    fn has_own(&self, place: Option<&String>) -> bool {
        let own = place.and_then(|id| self.places.get(id.as_str()));
        own.is_some_and(Self::is_fine) || self.named(place).is_some()
    }

    /// What holds a place that is in no gazetteer: "the Midan quarter of X", "the village of Y in Z province". Of a village no more is known
    /// than the district around the town that it is told by.
    fn holding(&self, id: &str, at: u32) -> Option<Where> {
        let name = &self.ledger.places.iter().find(|place| place.id == id)?.span;
        let sentence = self.sentence_at(at)?;
        let own = |index: &&usize| self.places.get(self.ledger.places[**index].id.as_str());
        let after = sentence.places.iter().find(|index| {
            let span = &self.ledger.places[**index].span;
            span.start >= name.end
                && span.start - name.end < 60
                && own(index).is_some_and(|place| place.admin1.is_some())
        });
        let before = sentence.places.iter().find(|index| {
            let span = &self.ledger.places[**index].span;
            span.end + 1 == name.start && own(index).is_some_and(|place| place.admin1.is_some())
        });
        if let Some(place) = before.as_ref().and_then(own) {
            return Some(place.clone());
        }
        let coarse = |place: &&Where| place.precision > PlacePrecision::Settlement && place.admin1.is_some();
        let place = match after.as_ref().and_then(own) {
            Some(place) => place,
            None => sentence.places.iter().filter_map(|index| own(&index)).find(coarse)?,
        };
        let words = self
            .ledger
            .document
            .text
            .chars()
            .skip(name.start.saturating_sub(30) as usize)
            .take((name.end - name.start) as usize + 50);
        let words: String = words.collect::<String>().to_lowercase();
        let is_quarter = QUARTERS.iter().any(|noun| words.contains(noun));
        let mut place = place.clone();
        if Self::is_fine(&place) && !is_quarter {
            place.precision = PlacePrecision::District;
        }
        Some(place)
    }

    /// "The town of X near Y": what happened near Y happened in X.
    fn beside(&self, id: &str, at: u32) -> Option<Where> {
        let row = self.ledger.places.iter().find(|place| place.id == id).filter(|place| place.beside.is_some())?;
        let mut before = self.sentence_at(at)?.places.iter().map(|&index| &self.ledger.places[index]);
        let near = before.rfind(|place| place.span.end < row.span.start && row.span.start - place.span.end < 25)?;
        self.places.get(near.id.as_str()).filter(|place| place.precision == PlacePrecision::Settlement).cloned()
    }

    /// Words on each side of a place of the gazetteer that tells a row.
    fn around(&self, at: u32, place: &Where) -> Option<(Vec<String>, Vec<String>)> {
        let sentence = self.sentence_at(at)?;
        let mut rows = sentence.places.iter().map(|&index| &self.ledger.places[index]);
        let row = rows.find(|row| row.gazetteer_id.as_ref() == Some(&place.key))?;
        let before = self.words(row.span.start.saturating_sub(50).max(sentence.start), row.span.start);
        Some((before, self.words(row.span.end, (row.span.end + 30).min(sentence.end))))
    }

    /// What says more closely where a row happened: "a village near X" is told as "the village of Y" later, and X told alone may be the province of
    /// its name.
    fn closer(&self, item: &Item) -> Option<(Where, Option<u32>)> {
        let place = item.place.as_ref().filter(|place| item.named.is_none() && Self::is_fine(place))?;
        let (before, after) = self.around(item.start, place)?;
        let is_settlement = |word: &String| SETTLEMENTS.contains(&word.as_str());
        // "A village near X", "a town in the north of X".
        let described = before.iter().rposition(is_settlement).is_some_and(|at| {
            let is_indefinite = |word: &String| matches!(word.as_str(), "a" | "an" | "one" | "another");
            before[..at].iter().rev().take(3).any(is_indefinite)
                && before[at + 1..].first().is_none_or(|next| next != "of")
        });
        let rural = before.last().is_some_and(|word| word == "rural")
            || after.iter().take(2).any(|word| matches!(word.as_str(), "countryside" | "region" | "province"));
        let is_city =
            before.iter().rev().take(4).any(|word| word == "city") || after.first().is_some_and(|word| word == "city");
        let is_capital =
            self.ledger.places.iter().any(|row| {
                row.gazetteer_id.as_ref() == Some(&place.key) && row.feature_code.as_deref() == Some("PPLA")
            });
        if !(described || rural || is_capital && !is_city || place.precision == PlacePrecision::Near) {
            return None;
        }
        let soon = |row: &&PlaceRow| row.span.start > item.start && row.span.start - item.start < CLOSE;
        self.ledger.places.iter().filter(soon).find_map(|row| {
            let at = row.span.start;
            let sentence = self.sentence_at(at).filter(|sentence| !sentence.caption)?;
            let told = self.words(sentence.start, sentence.end);
            let lead = self.words(at.saturating_sub(24).max(sentence.start), at);
            // Only what is told as a settlement of its own, and not as another deed.
            let adds = told.iter().any(|word| ADDING.contains(&word.as_str())) || self.is_aside(at);
            let is_of = lead.last().is_some_and(|word| word == "of")
                && lead.iter().rev().nth(1).is_some_and(|word| is_settlement(word) || word == "city");
            if adds || !is_of {
                return None;
            }
            let (found, named) = match self.places.get(row.id.as_str()) {
                Some(found) => (found.clone(), None),
                None => (
                    self.holding(&row.id, at)
                        .or_else(|| Some(Where { precision: PlacePrecision::District, ..place.clone() }))?,
                    self.named(Some(&row.id)),
                ),
            };
            let far = kilometers((place.lat, place.lon), (found.lat, found.lon)) > CLOSER && named.is_none();
            let same = found.key == place.key && named.is_none();
            (!far && !same && found.admin1 == place.admin1 && (named.is_some() || Self::is_fine(&found)))
                .then_some((found, named))
        })
    }

    /// Words between two characters, in small letters.
    fn words(&self, from: u32, to: u32) -> Vec<String> {
        let characters = self.ledger.document.text.chars().skip(from as usize).take(to.saturating_sub(from) as usize);
        let text: String = characters.collect::<String>().to_lowercase();
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Place of a row: its own when it is fine, else the finest of its sentence.
    fn at(&self, place: Option<&String>, at: u32) -> Option<Where> {
        if self.named(place).is_some() {
            return self.holding(place?, at);
        }
        let own = place.and_then(|id| self.places.get(id.as_str())).cloned();
        if own.as_ref().is_some_and(Self::is_fine) {
            return self.beside(place?, at).or(own);
        }
        let near = self.sentence_at(at).and_then(|sentence| self.place_in(sentence));
        match (own, near) {
            (Some(own), Some(near)) if near.precision < own.precision && near.country == own.country => Some(near),
            (Some(own), _) => Some(own),
            (None, near) => near,
        }
    }
}

/// Nouns of the parts of a town.
const QUARTERS: &[&str] = &[
    "neighbo",
    "district",
    "quarter",
    "suburb",
    "area",
    "street",
    "square",
    "camp",
    "market",
    "mosque",
    "church",
    "hospital",
    "school",
    "university",
    "avenue",
    "bridge",
    "stadium",
    "roundabout",
    "hotel",
    "cafe",
    "bakery",
];

/// Nouns of settlements of their own.
const SETTLEMENTS: &[&str] = &["village", "town", "hamlet", "settlement", "community", "locality", "township"];

/// Words by which a sentence adds another deed.
const ADDING: &[&str] = &[
    "other",
    "others",
    "another",
    "separate",
    "separately",
    "meanwhile",
    "elsewhere",
    "earlier",
    "previous",
    "previously",
];

/// Kilometers between a town and a place that is told by it.
const CLOSER: f64 = 120.0;

/// The consonants of a name without its articles, so that transcriptions meet: "al-Salah Eddin", "Salaheddin".
fn skeleton(name: &str) -> Option<u32> {
    if name.split_whitespace().count() > 3 || !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let mut letters = String::new();
    for word in name.to_lowercase().split([' ', '-', '’', '\'']) {
        if matches!(word, "al" | "el" | "ar" | "as" | "ash" | "ad" | "an" | "az" | "at" | "the" | "s") {
            continue;
        }
        for (at, letter) in word.chars().filter(|letter| letter.is_alphabetic()).enumerate() {
            let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
            if (!is_vowel || at == 0 && letters.is_empty()) && !letters.ends_with(letter) {
                letters.push(if is_vowel { 'a' } else { letter });
            }
        }
    }
    (letters.len() > 1).then(|| hash32(&letters))
}

/// Kilometers between two points (haversine).
pub(crate) fn kilometers(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let chord = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

/// Whether two places cannot hold the same happening.
fn apart(a: &Where, b: &Where) -> bool {
    if a.key == b.key {
        return false;
    }
    let fine = Reading::is_fine(a) && Reading::is_fine(b);
    if fine {
        return kilometers((a.lat, a.lon), (b.lat, b.lon)) > 80.0;
    }
    a.country.is_some() && b.country.is_some() && a.country != b.country
}

/// One event or figure on its way into a telling.
struct Item {
    event: Option<usize>,
    harm: Option<usize>,
    start: u32,
    background: bool,
    when: Option<(i64, i64)>,
    /// The day is that of speaking.
    spoken: bool,
    /// Weekday, and whether it is that of speaking, where no date bounds it.
    weekday: Option<(u8, bool)>,
    place: Option<Where>,
    /// Told beside another deed ("meanwhile", "elsewhere").
    second: bool,
    /// The place is its own and not only told in its sentence.
    own_place: bool,
    /// Hash of the name of its place, where that is in no gazetteer.
    named: Option<u32>,
    grave: u8,
}

/// The tellings of a report: its news first.
pub(crate) fn tellings(ledger: &ReportLedger, key: &[u8]) -> Vec<Telling> {
    let reading = Reading::new(ledger);
    let items = items(&reading);
    let news = news(&reading, &items);
    if items.is_empty() {
        // A report without events may still be about what others tell; one with few words is about nothing.
        let lone = telling(&reading, &items, &[], Some(&news), key);
        let mut told = if lone.features.terms.hashes.len() < FEWEST_TERMS { Vec::new() } else { vec![lone] };
        assign_claims(ledger, &mut told);
        return told;
    }
    let mut groups: Vec<(Vec<usize>, bool)> = vec![(Vec::new(), true)];
    let mut others: Vec<usize> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let elsewhen = match (item.when, news.days) {
            (Some(days), Some(own)) => days.1 < own.0 - 1 || days.0 > own.1 + 2,
            _ => false,
        };
        let elsewhere = match (&item.place, &news.place) {
            (Some(place), Some(own)) => Reading::is_fine(place) && apart(place, own),
            _ => false,
        };
        let future = item.when.zip(reading.published).is_some_and(|(days, published)| days.0 > published + 1);
        let vague = item.background && item.when.is_none() && !elsewhere;
        if !(elsewhen || elsewhere) || future {
            if !vague || !elsewhen {
                groups[0].0.push(index);
            }
        } else if item.grave >= 2 {
            others.push(index);
        }
    }
    // What is told of another day or place in one or two sentences belongs together.
    for index in others {
        let item = &items[index];
        let before = groups.iter_mut().skip(1).find(|(members, _)| {
            members.iter().any(|&member| {
                let other = &items[member];
                let same_day = match (item.when, other.when) {
                    (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
                    _ => true,
                };
                let same_place = match (&item.place, &other.place) {
                    (Some(a), Some(b)) => !apart(a, b),
                    _ => true,
                };
                same_day && same_place && item.start.abs_diff(other.start) < 400
            })
        });
        match before {
            Some((members, _)) => members.push(index),
            None => groups.push((vec![index], false)),
        }
    }
    let mut told: Vec<Telling> = groups
        .into_iter()
        .filter(|(members, _)| !members.is_empty())
        .map(|(members, main)| telling(&reading, &items, &members, main.then_some(&news), key))
        .collect();
    assign_claims(ledger, &mut told);
    told
}

fn items(reading: &Reading<'_>) -> Vec<Item> {
    let ledger = reading.ledger;
    let mut items = Vec::new();
    for (index, event) in ledger.events.iter().enumerate() {
        let group = group_of(event);
        let harmed = ledger.harms.iter().any(|harm| harm.event.as_ref() == Some(&event.id));
        let happened = matches!(event.status, Status::Occurred | Status::Ongoing | Status::Denied);
        let grave = match group {
            0 if happened && harmed => 4,
            0 if happened => 3,
            1..=3 if happened => 2,
            3 => 2,
            _ => 1,
        };
        let when = reading.when(event.time.as_ref(), event.trigger.start);
        items.push(Item {
            event: Some(index),
            harm: None,
            start: event.trigger.start,
            background: reading.is_background(event.scope, when, event.trigger.start),
            when: when.map(|(days, _)| days),
            spoken: when.is_some_and(|(_, spoken)| spoken),
            weekday: reading.weekday(event.time.as_ref(), event.trigger.start),
            place: reading.at(event.place.as_ref(), event.trigger.start),
            second: reading.is_second(event.trigger.start),
            own_place: reading.has_own(event.place.as_ref()),
            named: reading.named(event.place.as_ref()),
            grave,
        });
    }
    for (index, harm) in ledger.harms.iter().enumerate() {
        if is_part_of_time(ledger, harm) {
            continue;
        }
        // A figure stands where its event stands, unless its own sentence names a date.
        let event = harm.event.as_ref().and_then(|id| ledger.events.iter().find(|event| event.id == *id));
        let own = reading.when(harm.time.as_ref(), harm.number.start);
        let from_event = event.and_then(|event| reading.when(event.time.as_ref(), event.trigger.start));
        let when = own.or(from_event);
        items.push(Item {
            event: None,
            harm: Some(index),
            start: harm.number.start,
            background: reading.is_background(harm.scope, when, harm.number.start)
                || event.is_some_and(|event| reading.is_background(event.scope, from_event, event.trigger.start)),
            when: when.map(|(days, _)| days),
            spoken: when.is_some_and(|(_, spoken)| spoken),
            weekday: reading.weekday(harm.time.as_ref(), harm.number.start),
            place: reading.at(harm.place.as_ref(), harm.number.start),
            second: reading.is_second(harm.number.start),
            own_place: reading.has_own(harm.place.as_ref()),
            named: reading.named(harm.place.as_ref()),
            grave: 2,
        });
    }
    items.sort_by_key(|item| (item.start, item.harm.is_some()));
    items
}

/// "March 15 killed ...": the day of a date is no figure.
fn is_part_of_time(ledger: &ReportLedger, harm: &HarmRow) -> bool {
    ledger.times.iter().any(|time| {
        overlap(&time.span, &harm.number) && time.span.end - time.span.start > harm.number.end - harm.number.start
    })
}

/// Characters between what is told with the day of speaking and the day of the deed.
const NEARBY: u32 = 600;

/// Characters between a town and what says more closely where it was.
const CLOSE: u32 = 900;

/// Characters between two rows that tell one deed.
const SOON: u32 = 400;

/// Kilometers around the middle of a region in which its towns lie.
const REGION: f64 = 150.0;

/// Whether two rows are told of different provinces.
fn is_abroad(a: &Item, b: &Item) -> bool {
    let (Some(one), Some(other)) = (&a.place, &b.place) else { return false };
    apart(one, other) || one.admin1.is_some() && other.admin1.is_some() && one.admin1 != other.admin1
}

/// Whether two rows are told of different places.
fn is_elsewhere(a: &Item, b: &Item) -> bool {
    let named = a.place.is_some() && b.place.is_some() && a.named.is_some() && b.named.is_some() && a.named != b.named;
    named || is_abroad(a, b)
}

/// Time and place of what the report is about.
struct News {
    days: Option<(i64, i64)>,
    dated: bool,
    place: Option<Where>,
    named: u32,
    /// Bits of weekdays.
    weekdays: u8,
    roundup: bool,
}

fn news(reading: &Reading<'_>, items: &[Item]) -> News {
    // A year or a season is no day of news; without a publication date nothing tells old from new, so it has to be a day.
    let recent = |days: &(i64, i64)| match reading.published {
        Some(published) => days.0 <= published + 1 && days.1 >= published - NEWS_DAYS && days.1 - days.0 <= 8,
        None => days.1 - days.0 <= 2,
    };
    let current: Vec<&Item> = items.iter().filter(|item| !item.background).collect();
    let pool: Vec<&Item> = if current.is_empty() { items.iter().collect() } else { current };
    let gravest = pool.iter().map(|item| item.grave.min(3)).max().unwrap_or(0);
    let by_grave = |least: u8| pool.iter().copied().filter(move |item| item.grave.min(3) >= least);
    let fine = |place: &Where| Reading::is_fine(place);
    // The first place that is finer than a country says in which province the news lies; what is told of others is told beside it.
    let graves = || by_grave(gravest).chain(by_grave(2));
    let is_placed = |item: &&Item| {
        item.place.as_ref().is_some_and(|place| place.precision != PlacePrecision::Country && place.admin1.is_some())
    };
    let first = graves().filter(|item| !item.second).find(is_placed).or_else(|| graves().find(is_placed));
    let first = first.and_then(|item| item.place.clone());
    // So does a region of one country ("Eastern Ghouta"), by its middle.
    let region =
        graves().find_map(|item| item.place.clone().filter(|place| place.precision != PlacePrecision::Country));
    let region = region.filter(|place| place.precision == PlacePrecision::Region && place.country.is_some());
    let within = |place: &Where| {
        if let Some(region) = &region {
            return kilometers((region.lat, region.lon), (place.lat, place.lon)) < REGION;
        }
        let same = |first: &Where| fine(first) || place.admin1 == first.admin1 && place.country == first.country;
        first.as_ref().is_none_or(same)
    };
    // Of a named village and a town of the gazetteer the first that is told.
    let is_told = |item: &&Item| {
        item.named.is_some() && item.place.as_ref().is_none_or(within)
            || item.place.as_ref().is_some_and(|place| fine(place) && within(place))
    };
    let told_place = graves().filter(|item| !item.second).find(is_told).or_else(|| graves().find(is_told));
    // A place that is only told in the same sentence gives way to one of a deed soon after.
    let told_place = told_place.map(|item| {
        let soon = |other: &&Item| {
            other.start >= item.start && other.start - item.start < SOON && other.own_place && !other.second
        };
        let own = || graves().filter(is_told).find(soon);
        if item.own_place { item } else { own().unwrap_or(item) }
    });
    let closer = told_place.and_then(|item| reading.closer(item));
    let named = closer.as_ref().map_or_else(|| told_place.and_then(|item| item.named), |(_, named)| *named);
    let place = closer
        .map(|(place, _)| place)
        .or_else(|| told_place.and_then(|item| item.place.clone()))
        .or_else(|| region.clone())
        .or_else(|| {
            first.clone().map(|mut place| {
                if named.is_some() && fine(&place) {
                    place.precision = PlacePrecision::District;
                }
                place
            })
        })
        .or_else(|| {
            let lead = reading.sentences.iter().filter(|sentence| !sentence.caption).take(5);
            lead.filter_map(|sentence| reading.place_in(sentence)).find(|place| fine(place))
        })
        .or_else(|| {
            let captions = reading.sentences.iter().filter(|sentence| sentence.caption);
            captions.filter_map(|sentence| reading.place_in(sentence)).find(|place| fine(place))
        })
        .or_else(|| {
            let fresh = by_grave(0).filter(|item| item.when.as_ref().is_none_or(recent));
            fresh.filter_map(|item| item.place.clone()).min_by_key(|place| place.precision as u8)
        })
        .or_else(|| {
            reading
                .sentences
                .iter()
                .filter_map(|sentence| reading.place_in(sentence))
                .min_by_key(|place| place.precision as u8)
        });
    // Without a publication date a day may be that of anything that is told; only that of violence bounds the telling.
    let is_published = reading.published.is_some();
    let dated = || {
        // What is told of another province dates that.
        let here = |item: &&Item| told_place.is_none_or(|told| !is_abroad(item, told));
        let graves = by_grave(gravest).chain(by_grave(2)).chain(by_grave(0));
        graves.filter(here).filter(|item| is_published || item.grave >= 3).filter_map(|item| Some((item, item.when?)))
    };
    let days_told = || dated().map(|(_, days)| days).filter(recent);
    // The day of speaking dates the news where no day of the deed is told nearby.
    let own_day = || {
        let (first, _) =
            dated().find(|(_, days)| recent(days) && days.1 - days.0 <= 2).filter(|(item, _)| item.spoken)?;
        let near = |item: &Item| item.start.abs_diff(first.start) < NEARBY && !is_elsewhere(item, first);
        dated()
            .find(|(item, days)| !item.spoken && item.grave >= 2 && recent(days) && days.1 - days.0 <= 2 && near(item))
    };
    // "Last week" dates the news only where no day does.
    let told = own_day()
        .map(|(_, days)| days)
        .or_else(|| days_told().find(|days| days.1 - days.0 <= 2))
        .or_else(|| days_told().next())
        .or_else(|| {
            let sentences = reading.sentences.iter().filter(|sentence| !sentence.caption);
            let all = sentences.flat_map(|sentence| sentence.dates.iter().map(|(days, _)| *days));
            all.filter(|_| is_published).find(|days| recent(days))
        })
        .map(|days| match reading.published {
            // The news cannot lie behind its publication.
            Some(published) => (days.0.min(published), days.1.min(published + 1)),
            None => days,
        });
    let days = told.or_else(|| reading.published.map(|published| (published - 1, published)));
    let named = named.unwrap_or(0);
    News {
        days,
        dated: told.is_some(),
        place,
        named,
        weekdays: weekdays(&pool, gravest),
        roundup: is_roundup(reading, &pool),
    }
}

/// Weekdays of the news of a report without a date: that of the first grave deed; one of speaking where no other is told soon, and then the day before
/// it as well.
fn weekdays(pool: &[&Item], gravest: u8) -> u8 {
    let told = || {
        pool.iter().filter(|item| item.grave.min(3) >= gravest.min(2)).filter_map(|item| Some((item, item.weekday?)))
    };
    let Some((first, (day, spoken))) = told().next() else { return 0 };
    let own = || {
        told().find(|(item, (_, spoken))| {
            !spoken && item.start.abs_diff(first.start) < NEARBY && !is_elsewhere(item, first)
        })
    };
    match own().filter(|_| spoken) {
        Some((_, (day, _))) => 1 << day,
        None if spoken => 1 << day | 1 << ((day + 6) % 7),
        None => 1 << day,
    }
}

/// Whether a report tells deeds of many provinces side by side, none of which is its news.
fn is_roundup(reading: &Reading<'_>, pool: &[&Item]) -> bool {
    let Some(lead) = reading.sentences.first() else { return false };
    let words = reading.words(lead.start, lead.end);
    let says = words.windows(2).any(|pair| {
        let many = matches!(pair[0].as_str(), "various" | "several" | "different" | "many" | "other");
        let parts = matches!(
            pair[1].as_str(),
            "provinces" | "areas" | "parts" | "regions" | "fronts" | "cities" | "towns" | "governorates" | "states"
        );
        many && parts || pair[0] == "across" && matches!(pair[1].as_str(), "country" | "the")
    });
    let provinces: BTreeSet<&str> =
        pool.iter().filter(|item| item.grave >= 2).filter_map(|item| item.place.as_ref()?.admin1.as_deref()).collect();
    let places: BTreeSet<&str> =
        pool.iter().filter(|item| item.grave >= 2).filter_map(|item| Some(item.place.as_ref()?.key.as_str())).collect();
    says && (provinces.len() >= 2 || places.len() >= 3)
}

fn telling(reading: &Reading<'_>, items: &[Item], members: &[usize], news: Option<&News>, key: &[u8]) -> Telling {
    let ledger = reading.ledger;
    let chosen: Vec<&Item> = members.iter().map(|&member| &items[member]).collect();
    let (days, dated, place, named) = match news {
        Some(news) => (news.days, news.dated, news.place.clone(), news.named),
        None => {
            let when = chosen.iter().find_map(|item| item.when);
            let days = when.or_else(|| reading.published.map(|published| (published - 2, published)));
            let place = chosen
                .iter()
                .filter_map(|item| item.place.clone())
                .min_by_key(|place| if Reading::is_fine(place) { 0 } else { place.precision as u8 });
            let known = place.as_ref().is_some_and(Reading::is_fine);
            let named = chosen.iter().find_map(|item| item.named).filter(|_| !known);
            (days, when.is_some(), place, named.unwrap_or(0))
        }
    };
    let long_ago = days.zip(reading.published).is_some_and(|(days, published)| days.1 < published - NEWS_DAYS);
    let is_news = news.is_some() || !long_ago && chosen.iter().any(|item| !item.background);
    let events: Vec<usize> = chosen.iter().filter_map(|item| item.event).collect();
    let harms: Vec<usize> = chosen.iter().filter_map(|item| item.harm).collect();
    let start = chosen.iter().map(|item| item.start).min().unwrap_or(0);

    let mut groups = 0u8;
    let mut modes = BTreeSet::new();
    let mut sides = BTreeSet::new();
    let mut gravest: Option<(u8, usize)> = None;
    for &index in &events {
        let event = &ledger.events[index];
        let group = group_of(event);
        let grave = items.iter().find(|item| item.event == Some(index)).map_or(0, |item| item.grave);
        if gravest.is_none_or(|(most, _)| grave > most) {
            gravest = Some((grave, group));
        }
        if group < 4 || events.len() == 1 {
            groups |= 1 << group;
        }
        modes.extend(event.plover.mode.iter().map(|mode| hash32(mode)));
        modes.extend(event.targets.iter().filter_map(|thing| thing.class.as_deref()).map(hash32));
        if group < 4 {
            for participant in event.actors.iter().chain(&event.recipients) {
                if let Some(actor) = ledger.actors.iter().find(|actor| actor.id == participant.actor) {
                    sides.insert(hash32(&party::side(actor)));
                }
            }
        }
    }
    if !harms.is_empty() {
        let detained = harms.iter().any(|&index| ledger.harms[index].kind == HarmKind::Detained);
        groups |= if detained { 2 } else { 1 };
    }
    if groups == 0 {
        groups = gravest.map_or(0, |(_, group)| 1 << group);
    }
    let figures: BTreeSet<u32> = harms
        .iter()
        .map(|&index| &ledger.harms[index])
        .filter_map(|harm| harm.low.or(harm.high).map(|value| hash32(&format!("{:?} {value}", harm.kind))))
        .collect();
    let spans: Vec<(u32, u32)> = if news.is_some() {
        let aside: Vec<u32> = items
            .iter()
            .enumerate()
            .filter(|(index, item)| !members.contains(index) && item.grave >= 2)
            .map(|(_, item)| item.start)
            .collect();
        reading
            .sentences
            .iter()
            .filter(|sentence| !aside.iter().any(|at| sentence.start <= *at && *at < sentence.end))
            .map(|sentence| (sentence.start, sentence.end))
            .collect()
    } else {
        reading
            .sentences
            .iter()
            .filter(|sentence| chosen.iter().any(|item| sentence.start <= item.start && item.start < sentence.end))
            .map(|sentence| (sentence.start, sentence.end))
            .collect()
    };
    let (names, terms) = wording(ledger, &spans);
    let kind = gravest.map_or_else(|| if groups == 0 { 6 } else { usize::from(groups & 2 != 0) }, |(_, group)| group);
    let features = Features {
        news: is_news,
        point: place.as_ref().map(|place| (place.lat as f32, place.lon as f32)),
        precision: place.as_ref().map_or(7, |place| place.precision as u8),
        place: place.as_ref().map_or(0, |place| hash32(&place.key)),
        named,
        country: place.as_ref().and_then(|place| place.country.as_deref()).map_or(0, hash32),
        admin1: place
            .as_ref()
            .and_then(|place| {
                place.admin1.as_ref().map(|admin1| format!("{}/{admin1}", place.country.as_deref().unwrap_or("")))
            })
            .map_or(0, |name| hash32(&name)),
        days: days.map_or((i32::MIN, i32::MIN), |(first, last)| (first as i32, last as i32)),
        dated,
        published: reading.published.is_some(),
        roundup: news.is_some_and(|news| news.roundup),
        weekdays: news.map_or(0, |news| news.weekdays),
        groups,
        modes: modes.into_iter().collect(),
        figures: figures.into_iter().collect(),
        sides: sides.into_iter().take(12).collect(),
        names,
        terms,
        order: hash(&[key, &start.to_le_bytes()].concat()),
    };
    Telling { features, place, start, kind: GROUPS[kind], events, harms, claims: Vec::new() }
}

/// Side of a cell of the grid of places, degrees.
const CELL: f64 = 0.5;

fn cell(lat: f64, lon: f64) -> i64 {
    let row = ((lat + 90.0) / CELL).floor() as i64;
    let column = ((lon + 180.0) / CELL).floor() as i64;
    (1 << 40) | (row << 12) | column
}

/// Cells around a point, its own first.
pub(crate) fn cells_around(point: (f32, f32)) -> Vec<i64> {
    let (lat, lon) = (f64::from(point.0), f64::from(point.1));
    let mut cells = vec![cell(lat, lon)];
    for rows in [-CELL, 0.0, CELL] {
        for columns in [-CELL, 0.0, CELL] {
            let near = cell((lat + rows).clamp(-90.0, 90.0), (lon + columns).clamp(-180.0, 180.0));
            if !cells.contains(&near) {
                cells.push(near);
            }
        }
    }
    cells
}

/// Key of a country, or of one of its provinces, or of a name.
pub(crate) fn coarse_key(hash: u32) -> i64 {
    (2 << 40) | i64::from(hash)
}

/// Key of a word.
pub(crate) fn word_key(hash: u32) -> i64 {
    (3 << 40) | i64::from(hash)
}

/// Keys under which a telling is found: its place, its country, the words that say most about it.
pub(crate) fn keys(features: &Features) -> Vec<i64> {
    let mut keys = Vec::new();
    if let Some((lat, lon)) = features.point.filter(|_| features.precision <= PlacePrecision::Settlement as u8) {
        keys.push(cell(f64::from(lat), f64::from(lon)));
    }
    if features.admin1 != 0 && features.precision <= PlacePrecision::Province as u8 {
        keys.push(coarse_key(features.admin1));
    }
    if features.country != 0 {
        keys.push(coarse_key(features.country));
    }
    // Where no place is known, words have to find it.
    keys.extend(features.terms.guides().into_iter().map(word_key));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A claim belongs to the telling of its events or figures; other claims to the news.
fn assign_claims(ledger: &ReportLedger, told: &mut [Telling]) {
    for (index, claim) in ledger.claims.iter().enumerate() {
        let own = told.iter().position(|telling| {
            telling.events.iter().any(|&event| claim.events.contains(&ledger.events[event].id))
                || telling.harms.iter().any(|&harm| claim.harms.contains(&ledger.harms[harm].id))
        });
        if let Some(telling) = told.get_mut(own.unwrap_or(0)) {
            telling.claims.push(index);
        }
    }
}

/// First byte of features as they are written.
const FORMAT: u8 = 4;
/// First byte of features that do not tell weekdays.
const WITHOUT_WEEKDAYS: u8 = 3;
/// First byte of features that do not name places outside the gazetteer.
const UNNAMED: u8 = 2;
/// First byte of features of earlier versions, whose words have no weights.
const UNWEIGHTED: u8 = 1;

impl Features {
    /// Whether bytes of a file are in the present format.
    pub(crate) fn is_present(bytes: &[u8]) -> bool {
        bytes.first() == Some(&FORMAT)
    }

    /// The features as bytes of the file: a count before each set, everything little-endian.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![
            FORMAT,
            u8::from(self.news),
            self.precision,
            u8::from(self.dated) | u8::from(self.published) << 1 | u8::from(self.roundup) << 2,
            self.groups,
            u8::from(self.point.is_some()),
        ];
        let (lat, lon) = self.point.unwrap_or_default();
        bytes.extend(lat.to_le_bytes());
        bytes.extend(lon.to_le_bytes());
        for value in [self.place, self.named, self.country, self.admin1] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(self.days.0.to_le_bytes());
        bytes.extend(self.days.1.to_le_bytes());
        bytes.extend(self.order.to_le_bytes());
        bytes.push(self.weekdays);
        for set in [&self.modes, &self.figures, &self.sides, &self.names, &self.terms.hashes] {
            let kept = set.len().min(255);
            bytes.push(kept as u8);
            bytes.extend(set.iter().take(kept).flat_map(|value| value.to_le_bytes()));
        }
        bytes.extend(self.terms.weights.iter().take(255));
        bytes
    }

    /// The features from bytes of the file; none when they are damaged.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Features> {
        let mut rest = bytes;
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at_checked(count)?;
            rest = tail;
            Some(head)
        };
        let head = take(6)?;
        let [format, news, precision, dated, groups, has_point] = *head else { return None };
        if !matches!(format, UNWEIGHTED | UNNAMED | WITHOUT_WEEKDAYS | FORMAT) {
            return None;
        }
        let word = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.try_into().ok()?));
        let lat = f32::from_bits(word(take(4)?)?);
        let lon = f32::from_bits(word(take(4)?)?);
        let place = word(take(4)?)?;
        let named = if format >= WITHOUT_WEEKDAYS { word(take(4)?)? } else { 0 };
        let country = word(take(4)?)?;
        let admin1 = word(take(4)?)?;
        let days = (word(take(4)?)? as i32, word(take(4)?)? as i32);
        let order = u64::from_le_bytes(take(8)?.try_into().ok()?);
        let weekdays = if format == FORMAT { take(1)?[0] } else { 0 };
        let mut sets: [Vec<u32>; 5] = Default::default();
        for set in &mut sets {
            let count = usize::from(take(1)?[0]);
            *set = take(count * 4)?.as_chunks::<4>().0.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect();
        }
        let [modes, figures, sides, names, hashes] = sets;
        let terms = if format == UNWEIGHTED {
            Terms::unweighted(names.iter().copied().chain(hashes))
        } else {
            Terms { weights: take(hashes.len())?.to_vec(), hashes }
        };
        Some(Features {
            news: news != 0,
            point: (has_point != 0).then_some((lat, lon)),
            precision,
            place,
            named,
            country,
            admin1,
            days,
            dated: dated & 1 != 0,
            published: dated & 2 != 0,
            roundup: dated & 4 != 0,
            weekdays,
            groups,
            modes,
            figures,
            sides,
            names,
            terms,
            order,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_survive_the_file() {
        let features = Features {
            news: true,
            point: Some((11.5, -3.25)),
            precision: 2,
            place: 7,
            named: 11,
            country: 8,
            admin1: 9,
            days: (19_000, 19_001),
            dated: true,
            published: true,
            roundup: true,
            weekdays: 96,
            groups: 5,
            modes: vec![1, 2],
            figures: vec![],
            sides: vec![3],
            names: vec![4, 5, 6],
            terms: Terms { hashes: (1..=72).collect(), weights: vec![7; 72] },
            order: u64::MAX,
        };
        assert_eq!(Features::from_bytes(&features.to_bytes()), Some(features.clone()));
        let bytes = features.to_bytes();
        for cut in 0..bytes.len() {
            assert_eq!(Features::from_bytes(&bytes[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn transcriptions_of_a_name_meet() {
        for (one, other) in
            [("al-Salah Eddin", "Salaheddin"), ("Urum al-Kubra", "Orum Kubra"), ("Sukkari", "al-Sukari")]
        {
            assert_eq!(skeleton(one), skeleton(other), "{one}");
        }
        assert_ne!(skeleton("Hass"), skeleton("Habeet"));
        assert_eq!(skeleton("Coast Guard Coordination Center"), None);
    }

    #[test]
    fn distances() {
        assert!((kilometers((52.52, 13.405), (48.857, 2.352)) - 878.0).abs() < 3.0);
        assert!(cells_around((11.83, 13.15)).len() == 9);
    }
}
