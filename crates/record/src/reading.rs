//! A report read for incidents: which day and which place a row is told of, and what is told beside the news.

use crate::blob::slice;
use crate::day_of;
use crate::news::Item;
use crate::sentences::{Sentence, sentences};
use crate::telling::{Where, circle_of, kilometers};
use crate::terms::hash32;
use counterclaim_schema::CodePoints;
use counterclaim_schema::ledger::*;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn overlap(a: &TextSpan, b: &TextSpan) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a town lies far from all others of a report and alone in its country: a name that is another's there.
fn is_stray(place: &Where, places: &BTreeMap<&str, Where>) -> bool {
    let below = |place: &Where| place.precision <= PlacePrecision::Province;
    let others: BTreeMap<&str, &Where> = places
        .values()
        .filter(|other| below(other) && other.key != place.key)
        .map(|other| (other.key.as_str(), other))
        .collect();
    let far = |other: &Where| {
        other.country != place.country && kilometers((place.lat, place.lon), (other.lat, other.lon)) > STRAY
    };
    Reading::is_fine(place) && others.len() >= 2 && others.values().all(|other| far(other))
}

/// Kilometers from all other places of a report to a town that is hardly meant.
const STRAY: f64 = 1_500.0;

/// Whether a date is that of speaking: it stands beside the word of saying, and not in what is said ("said on Friday that ...").
fn is_of_speech(ledger: &ReportLedger, points: &CodePoints<'_>, row: &TimeRow) -> bool {
    let time = &row.span;
    let text = |from: u32, to: u32| slice(&ledger.document.text, points, from, to);
    if is_stamp(ledger, row) {
        return true;
    }
    if ledger.claims.iter().flat_map(|claim| &claim.content).any(|content| overlap(content, time)) {
        return false;
    }
    let behind = |cue: &TextSpan| {
        time.start >= cue.end
            && time.start - cue.end <= BEHIND_CUE
            && !text(cue.end, time.start).contains(['.', '!', '?'])
    };
    let before = |source: &TextSpan| {
        source.start == time.end + 1 || source.start == time.end + 2 && text(time.end, time.end + 1) == ","
    };
    ledger.claims.iter().any(|claim| {
        claim.cue.iter().any(behind) || claim.source.iter().any(|source| before(source) || overlap(source, time))
    })
}

/// Whether a date is that of the report, where a page without lines prints it in front of the first sentence.
fn is_stamp(ledger: &ReportLedger, row: &TimeRow) -> bool {
    let Some(published) = ledger.document.published.as_deref().and_then(|date| date.get(..10)) else { return false };
    row.span.start < HEAD && row.span.text.contains(&published[..4]) && row.value == published
}

/// Sentences in which a report says what it is about.
const LEAD: usize = 2;
/// Words of a clause in front of "hours after" at least.
const LEAST_CLAUSE: usize = 3;

/// Characters at the head of a report in which its date may stand.
const HEAD: u32 = 360;
/// Characters between the word of saying and its day at most: "said in a statement late on Monday".
const BEHIND_CUE: u32 = 60;

/// A report with its sentences, days and places looked up.
pub(crate) struct Reading<'l> {
    pub(crate) ledger: &'l ReportLedger,
    points: CodePoints<'l>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) published: Option<i64>,
    /// Time rows that tell the day of speaking.
    spoken: BTreeSet<&'l str>,
    /// Days of each time row; none for durations, and for words inside a name ("Monday Market").
    times: BTreeMap<&'l str, (i64, i64)>,
    places: BTreeMap<&'l str, Where>,
    /// Names of places that are in no gazetteer, by the row of the place.
    unknown: BTreeMap<&'l str, u32>,
}

impl<'l> Reading<'l> {
    pub(crate) fn new(ledger: &'l ReportLedger) -> Reading<'l> {
        let published = ledger.document.published.as_deref().and_then(day_of);
        let points = CodePoints::new(&ledger.document.text);
        let mut times = BTreeMap::new();
        let of_speech = ledger.times.iter().filter(|row| is_of_speech(ledger, &points, row));
        let spoken: BTreeSet<&str> = of_speech.map(|row| row.id.as_str()).collect();
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
        // Without a date it may be where the story began.
        let strays = places.iter().filter(|(_, place)| published.is_some() && is_stray(place, &places));
        let strays: Vec<&str> = strays.map(|(id, _)| *id).collect();
        for id in strays {
            places.remove(id);
        }
        // "Idlib Syria", "Syrian Homs": a name that holds one of the gazetteer tells that.
        let holds = |name: &str, known: &str| {
            let words: Vec<&str> = name.split_whitespace().collect();
            words.len() > 1 && words.iter().any(|word| word.trim_end_matches('s') == known.trim_end_matches('s'))
        };
        for place in ledger.places.iter().filter(|place| place.gazetteer_id.is_none()) {
            let known = ledger.places.iter().filter(|known| holds(&place.span.text, &known.span.text));
            let known = known.filter_map(|known| places.get(known.id.as_str()));
            let finer = known.filter(|known| known.precision < PlacePrecision::Country);
            if let Some(known) = finer.max_by_key(|known| known.precision as u8).cloned() {
                places.insert(place.id.as_str(), known);
            }
        }
        let unknown = ledger.places.iter().filter(|place| !places.contains_key(place.id.as_str()));
        let unknown = unknown.filter_map(|place| Some((place.id.as_str(), skeleton(&place.span.text)?))).collect();
        let mut sentences = sentences(&ledger.document.text, &ledger.document.blocks);
        for sentence in &mut sentences {
            for time in &ledger.times {
                if time.span.start >= sentence.start && time.span.end <= sentence.end {
                    let spoken = spoken.contains(time.id.as_str());
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
        let mut reading = Reading { ledger, points, sentences, published, spoken, times, places, unknown };
        let second: Vec<bool> = reading.sentences.iter().map(|sentence| reading.adds(sentence)).collect();
        reading.sentences.iter_mut().zip(second).for_each(|(sentence, second)| sentence.second = second);
        reading
    }

    fn sentence_at(&self, at: u32) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| sentence.start <= at && at < sentence.end)
    }

    /// Days of a row, and whether they are those of speaking: its own time, else the only date of its sentence.
    pub(crate) fn when(&self, time: Option<&String>, at: u32) -> Option<((i64, i64), bool)> {
        if let Some((id, days)) = time.and_then(|id| self.times.get_key_value(id.as_str())) {
            return Some((*days, self.spoken.contains(id)));
        }
        let sentence = self.sentence_at(at)?;
        let distinct: BTreeSet<(i64, i64)> = sentence.dates.iter().map(|(days, _)| *days).collect();
        (distinct.len() == 1).then(|| sentence.dates[0])
    }

    /// Weekday of a row that no date bounds ("on Friday" in a report without one): its own, else the only one of its sentence.
    pub(crate) fn weekday(&self, time: Option<&String>, at: u32) -> Option<(u8, bool)> {
        let of = |row: &TimeRow| {
            let day = row.value.strip_prefix("XXXX-WXX-")?.bytes().next()?;
            (b'1'..=b'7').contains(&day).then(|| (day - b'1', self.spoken.contains(row.id.as_str())))
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

    pub(crate) fn is_fine(place: &Where) -> bool {
        place.precision <= PlacePrecision::Settlement
    }

    /// The finest place of a sentence, the first among equals.
    pub(crate) fn place_in(&self, sentence: &Sentence) -> Option<Where> {
        sentence
            .places
            .iter()
            .filter_map(|&index| self.places.get(self.ledger.places[index].id.as_str()))
            .min_by_key(|place| if Self::is_fine(place) { 0 } else { place.precision as u8 })
            .cloned()
    }

    /// Whether a row is background. What the lead tells of the day of its report is the news, whoever its parties are.
    pub(crate) fn is_background(&self, scope: Scope, when: Option<((i64, i64), bool)>, at: u32) -> bool {
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
        let before = self.text(sentence.start, at).to_lowercase();
        let words: Vec<&str> = before.split_whitespace().collect();
        let ends = |word: &&str| word.ends_with([',', ';']);
        let after = words.windows(2).rposition(|pair| {
            let unit = pair[0].trim_end_matches('s');
            pair[1] == "after" && matches!(unit, "minute" | "hour" | "day" | "week" | "month" | "year")
        });
        // The news has to stand before it; "two days after the raid, a bomb killed ..." goes on to the news behind its comma.
        let follows = words.iter().take(LEAST_CLAUSE).position(|word| matches!(*word, "follows" | "followed"));
        let from = follows.or(after.filter(|at| *at >= LEAST_CLAUSE));
        from.is_some_and(|from| !words[from..].iter().any(ends))
    }

    /// Name of the place of a row that is in no gazetteer.
    pub(crate) fn named(&self, place: Option<&String>) -> Option<u32> {
        self.unknown.get(place?.as_str()).copied()
    }

    /// Whether a sentence tells another deed beside the first.
    fn adds(&self, sentence: &Sentence) -> bool {
        let words = self.words(sentence.start, sentence.end);
        words.iter().any(|word| matches!(word.as_str(), "meanwhile" | "elsewhere" | "separately"))
            || words.windows(2).any(|pair| pair[0] == "separate" && pair[1] != "from")
    }

    /// Whether what stands there is told as another deed beside the first.
    pub(crate) fn is_second(&self, at: u32) -> bool {
        self.sentence_at(at).is_some_and(|sentence| sentence.second)
    }

    /// Whether a row has a place of its own that is finer than a province.
    pub(crate) fn has_own(&self, place: Option<&String>) -> bool {
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
        let words = self.text(name.start.saturating_sub(30), name.end + 20).to_lowercase();
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
    pub(crate) fn closer(&self, item: &Item) -> Option<(Where, Option<u32>)> {
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

    fn text(&self, from: u32, to: u32) -> &'l str {
        slice(&self.ledger.document.text, &self.points, from, to)
    }

    /// Words between two characters, in small letters.
    pub(crate) fn words(&self, from: u32, to: u32) -> Vec<String> {
        let text = self.text(from, to).to_lowercase();
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Place of a row: its own when it is fine, else the finest of its sentence.
    pub(crate) fn at(&self, place: Option<&String>, at: u32) -> Option<Where> {
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

/// Characters between a town and what says more closely where it was.
const CLOSE: u32 = 900;

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

/// Whether two places cannot hold the same happening.
pub(crate) fn apart(a: &Where, b: &Where) -> bool {
    if a.key == b.key {
        return false;
    }
    let fine = Reading::is_fine(a) && Reading::is_fine(b);
    if fine {
        return kilometers((a.lat, a.lon), (b.lat, b.lon)) > 80.0;
    }
    a.country.is_some() && b.country.is_some() && a.country != b.country
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
