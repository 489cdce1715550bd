//! Where and when the news of a report happened, among all that it tells.

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_record::{IncidentFilter, Record};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Model::embedded()));

/// Place and first day of the incidents of some reports, each with its date.
fn incidents(reports: &[(&str, Option<&str>)]) -> Vec<(String, String, usize)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::open(&folder.path().join("record.db")).expect("a record");
    let ledgers: Vec<_> = reports
        .iter()
        .enumerate()
        .map(|(at, (text, published))| {
            READER.read(&counterclaim_ingest::plain_document(&format!("r{at}"), text, *published), &[])
        })
        .collect();
    record.add(&ledgers, "test").expect("added");
    let rows = record.incidents(&IncidentFilter { limit: 100, ..Default::default() }).expect("rows");
    let mut told: Vec<(String, String, usize)> = rows
        .into_iter()
        .map(|row| (row.place.unwrap_or_default(), row.first_day.unwrap_or_default(), row.reports as usize))
        .collect();
    told.sort();
    told
}

/// The place and the day of the news of one report.
fn news(text: &str, published: &str) -> (String, String) {
    let (place, day, _) = incidents(&[(text, Some(published))]).swap_remove(0);
    (place, day)
}

#[test]
fn what_went_before_is_not_where_the_news_happened() {
    let told = news(
        "At least nine people were killed in an air strike on a market in Omdurman on Monday, hours after shells hit a hospital in El Obeid. \
         Doctors in Omdurman said that most of the dead were traders.",
        "2024-03-05",
    );
    assert_eq!(told, ("Omdurman".to_owned(), "2024-03-04".to_owned()));
    let told = news(
        "A car bomb killed twelve soldiers at a checkpoint in Marib on Thursday. The attack came two days after gunmen shot dead a judge in Aden.",
        "2021-06-04",
    );
    assert_eq!(told, ("Ma'rib".to_owned(), "2021-06-03".to_owned()));
}

#[test]
fn a_picture_may_show_another_day_and_place() {
    let told = news(
        "Rockets killed six people in the east of the country. A man walks past a burnt tank in Kharkiv on May 2, 2022 (Reuters Photo) Rockets \
         hit a bus station in Kramatorsk on Friday, killing six people and wounding eleven, the regional governor said. Rescue workers were still \
         searching the ruins in the evening.",
        "2022-05-14",
    );
    assert_eq!(told, ("Kramatorsk".to_owned(), "2022-05-13".to_owned()));
}

#[test]
fn the_day_of_speaking_is_not_the_day_of_the_deed() {
    let told = news(
        "The foreign minister said on Saturday that rebels were behind a massacre in Bunia. Villagers said the rebels killed forty people in the \
         attack on Wednesday.",
        "2023-07-15",
    );
    assert_eq!(told.1, "2023-07-12");
}

#[test]
fn what_happened_meanwhile_is_not_the_news() {
    let told = incidents(&[(
        "At least twenty people died in a blast in the country's north on Sunday as they gathered at a mosque in Mazar-i-Sharif. Meanwhile in the \
         south two policemen were killed when a mine exploded in Kandahar.",
        Some("2022-04-18"),
    )]);
    // The second deed is an incident of its own, and the day of the first is not its day.
    let of = |head: &str| told.iter().find(|incident| incident.0.starts_with(head)).map(|incident| incident.1.as_str());
    assert_eq!(of("Maz"), Some("2022-04-17"), "{told:?}");
    assert_ne!(of("Kandah"), Some("2022-04-17"), "{told:?}");
}

#[test]
fn attacks_on_two_provinces_of_one_day_are_two() {
    let attack = |town: &str, province: &str| {
        format!(
            "Fighter jets bombed a market in {town} in {province} state on Friday, killing fifteen people, an aid group said. The aid group said \
             that the jets belonged to the army, which has been at war with a militia for more than a year. The army did not comment. Thousands \
             of people have been killed in the war and millions have fled their homes."
        )
    };
    let (one, other) = (attack("Nyala", "South Darfur"), attack("Sennar", "Sennar"));
    assert_eq!(incidents(&[(&one, Some("2024-08-03")), (&other, Some("2024-08-03"))]).len(), 2);
}

#[test]
fn weekdays_tell_reports_without_a_date_apart() {
    let attack = |town: &str, day: &str, dead: &str| {
        format!(
            "{dead} people were killed in an air strike on the town of {town} on {day}, a monitoring group said. The group said that the jets \
             belonged to the army, which is fighting rebels in the region. The army did not comment."
        )
    };
    let first = attack("Kafr Nabl", "Saturday", "Nine");
    let again = attack("Kafr Nabl", "Saturday", "Eleven");
    let other = "Jets of the army struck a bakery in the town of Ar Rastan on Tuesday and killed thirty people, among them the baker and his sons, a \
                 monitoring group said. Pictures showed flour and loaves in the street. Rebels in the region vowed revenge.";
    let found = incidents(&[(&first, None), (&again, None), (other, None)]);
    let mut sizes: Vec<usize> = found.iter().map(|incident| incident.2).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 2], "{found:?}");
}

#[test]
fn a_village_that_is_told_by_a_town_is_not_the_town() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::open(&folder.path().join("record.db")).expect("a record");
    let text = "Four nurses were killed when shells hit a clinic in a village near Goma on Tuesday, a medical charity said. The clinic in the \
                village of Kanyaruka was destroyed, the charity said, and two patients are missing.";
    let document = counterclaim_ingest::plain_document("r", text, Some("2024-02-07"));
    record.add(&[READER.read(&document, &[])], "test").expect("added");
    let rows = record.incidents(&IncidentFilter { limit: 10, ..Default::default() }).expect("rows");
    assert_eq!(rows[0].precision.as_deref(), Some("district"));
}

#[test]
fn a_name_that_is_a_town_of_another_continent_does_not_place_the_news() {
    let told = news(
        "Gunmen killed eight farmers in Toledo, a village in the hills above Bukavu, on Monday, a local chief said. The gunmen came from the \
         forest west of Uvira, and soldiers from Bukavu were sent after them.",
        "2022-11-22",
    );
    assert_ne!(told.0, "Toledo");
}
