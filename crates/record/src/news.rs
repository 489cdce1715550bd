//! What a report is about: where and when its news happened, among all that it tells.

use crate::reading::{Reading, apart, overlap};
use crate::telling::{Where, group_of, kilometers};
use counterclaim_schema::ledger::*;
use std::collections::BTreeSet;

/// Days before the publication in which the news of a report lies.
pub(crate) const NEWS_DAYS: i64 = 6;

/// One event or figure on its way into a telling.
pub(crate) struct Item {
    pub(crate) event: Option<usize>,
    pub(crate) harm: Option<usize>,
    pub(crate) start: u32,
    pub(crate) background: bool,
    pub(crate) when: Option<(i64, i64)>,
    /// The day is that of speaking.
    pub(crate) spoken: bool,
    /// Weekday, and whether it is that of speaking, where no date bounds it.
    pub(crate) weekday: Option<(u8, bool)>,
    pub(crate) place: Option<Where>,
    /// Told beside another deed ("meanwhile", "elsewhere").
    pub(crate) second: bool,
    /// The place is its own and not only told in its sentence.
    pub(crate) own_place: bool,
    /// Hash of the name of its place, where that is in no gazetteer.
    pub(crate) named: Option<u32>,
    pub(crate) grave: u8,
}

pub(crate) fn items(reading: &Reading<'_>) -> Vec<Item> {
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
pub(crate) const NEARBY: u32 = 600;

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
pub(crate) struct News {
    pub(crate) days: Option<(i64, i64)>,
    pub(crate) dated: bool,
    pub(crate) place: Option<Where>,
    pub(crate) named: u32,
    /// Bits of weekdays.
    pub(crate) weekdays: u8,
    pub(crate) roundup: bool,
}

pub(crate) fn news(reading: &Reading<'_>, items: &[Item]) -> News {
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
