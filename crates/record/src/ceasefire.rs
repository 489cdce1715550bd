//! The ledger of ceasefires across reports: who agreed to what, how it is said to hold, and who alleges which violation.

use crate::party::Party;
use crate::{Record, RecordError, blob};
use counterclaim_schema::CodePoints;
use counterclaim_schema::ledger::ReportLedger;
use rusqlite::params;
use serde::Serialize;
use std::collections::BTreeSet;

/// Which ceasefires to list.
#[derive(Debug, Clone, Default)]
pub struct CeasefireFilter {
    /// Country (ISO 3166-1 alpha-3) or name of a side.
    pub side: Option<String>,
    /// Published on or after this date.
    pub since: Option<String>,
    /// Published on or before this date.
    pub until: Option<String>,
}

/// One ceasefire over all reports that speak of it, by its parties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ceasefire {
    /// The sides, sorted, joined by ` / `.
    pub pair: String,
    /// Names of the parties as first written.
    pub parties: Vec<String>,
    /// Dates from which it is said to hold, with every different one kept.
    pub effective: Vec<String>,
    /// Dates on which it is said to end.
    pub expires: Vec<String>,
    /// Terms, words about how it holds, and alleged violations in order of publication.
    pub entries: Vec<CeasefireEntry>,
}

/// What one report says about a ceasefire.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CeasefireEntry {
    /// agreed, term, status or violation.
    pub kind: String,
    /// Kind of a term: cease_fire, withdraw, exchange, corridor, talks, commission, other.
    pub term: Option<String>,
    /// Who alleges a violation, or announced the ceasefire.
    pub by: Option<String>,
    /// Who is said to have broken it.
    pub against: Option<String>,
    /// Id of the report.
    pub document: i64,
    /// Row of its ledger: f1.
    pub row: String,
    /// Its outlet.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The words.
    pub words: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// The parties of a ceasefire as one key. A text seldom names both in one place, so what is missing is taken from the report: the one
/// armed group that it names, and that group's state. A host or mediator is no party where both are known.
pub(crate) fn pair(parties: &[Party], ledger: &ReportLedger) -> String {
    let mut sides: BTreeSet<String> = parties
        .iter()
        .filter(|party| matches!(party.kind, "state" | "rebels"))
        .map(|party| party.side.clone())
        .collect();
    let is_group = |side: &String| side.contains(' ');
    if !sides.iter().any(is_group) {
        let states = sides.len();
        let groups: BTreeSet<String> = ledger
            .actors
            .iter()
            .map(crate::party::side)
            .filter(|side| is_group(side) && !side.ends_with(" rebels"))
            .collect();
        let of_theirs = |group: &String| states == 0 || sides.iter().any(|side| group.starts_with(side.as_str()));
        let named: BTreeSet<String> = groups.into_iter().filter(of_theirs).collect();
        if named.len() == 1 {
            sides.extend(named);
        }
    }
    if sides.iter().any(is_group) {
        let groups: BTreeSet<String> = sides.iter().filter(|side| is_group(side)).cloned().collect();
        // A group without a name stands aside for one with a name of the same country.
        let groups: BTreeSet<String> = groups
            .iter()
            .filter(|group| {
                !group.ends_with(" rebels")
                    || !groups.iter().any(|other| other != *group && crate::party::same_side(group, other))
            })
            .cloned()
            .collect();
        let states: BTreeSet<String> =
            groups.iter().filter_map(|group| group.split(' ').next()).map(str::to_owned).collect();
        let known = states.iter().all(|state| state.len() == 3 && state != "---");
        sides = if known && groups.len() == 1 { groups.into_iter().chain(states).collect() } else { sides };
    }
    if sides.is_empty() { "unknown".to_owned() } else { sides.into_iter().collect::<Vec<_>>().join(" / ") }
}

impl Record {
    /// Ceasefires with their terms and alleged violations, those with the latest news first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn ceasefires(&self, filter: &CeasefireFilter) -> Result<Vec<Ceasefire>, RecordError> {
        self.list_ceasefires(filter).map_err(|error| self.wrong(error))
    }

    fn list_ceasefires(&self, filter: &CeasefireFilter) -> rusqlite::Result<Vec<Ceasefire>> {
        let since = filter.since.as_deref().unwrap_or("");
        let until = filter.until.as_deref().map_or("9999".to_owned(), |until| format!("{until}~"));
        let mut statement = self.connection.prepare_cached(
            "SELECT f.pair, f.document, f.no, f.start, f.\"end\", f.effective, f.expires, d.publisher, d.published, d.text, a.name
             FROM ceasefires f JOIN documents d ON d.id = f.document LEFT JOIN parties a ON a.id = f.announced_by
             WHERE coalesce(d.published, '') BETWEEN ?1 AND ?2 AND (?3 IS NULL OR instr(f.pair, ?3) > 0)
             ORDER BY coalesce(d.published, ''), f.document, f.no LIMIT 20000",
        )?;
        let mut rows_of = self.connection.prepare_cached(
            "SELECT r.kind, r.term, r.start, r.\"end\", b.name, g.name FROM ceasefire_rows r
             LEFT JOIN parties b ON b.id = r.alleged_by LEFT JOIN parties g ON g.id = r.against
             WHERE r.document = ?1 AND r.ceasefire = ?2 ORDER BY r.no",
        )?;
        let mut parties_of = self.connection.prepare_cached(
            "SELECT p.name FROM ceasefire_parties c JOIN parties p ON p.id = c.party WHERE c.document = ?1 AND c.ceasefire = ?2 ORDER BY p.id",
        )?;
        let mut found: Vec<Ceasefire> = Vec::new();
        let mut rows = statement.query(params![since, until, filter.side])?;
        while let Some(row) = rows.next()? {
            let pair: String = row.get(0)?;
            let (document, no): (i64, i64) = (row.get(1)?, row.get(2)?);
            let (effective, expires): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
            let (publisher, published): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
            let text: String = row.get(9)?;
            let points = CodePoints::new(&text);
            let at = match found.iter().position(|ceasefire| ceasefire.pair == pair) {
                Some(at) => at,
                None => {
                    found.push(Ceasefire {
                        pair,
                        parties: Vec::new(),
                        effective: Vec::new(),
                        expires: Vec::new(),
                        entries: Vec::new(),
                    });
                    found.len() - 1
                }
            };
            let ceasefire = &mut found[at];
            let push = |list: &mut Vec<String>, value: Option<String>| {
                if let Some(value) = value.filter(|value| !list.contains(value)) {
                    list.push(value);
                }
            };
            push(&mut ceasefire.effective, effective);
            push(&mut ceasefire.expires, expires);
            for name in parties_of.query_map([document, no], |row| row.get::<_, String>(0))? {
                push(&mut ceasefire.parties, Some(name?));
            }
            let entry = |kind: &str, term, start: u32, end: u32, by, against| CeasefireEntry {
                kind: kind.to_owned(),
                term,
                by,
                against,
                document,
                row: format!("f{no}"),
                publisher: publisher.clone(),
                published: published.clone(),
                words: blob::slice(&text, &points, start, end).to_owned(),
                start,
                end,
            };
            let mut entries = vec![entry("agreed", None, row.get(3)?, row.get(4)?, row.get(10)?, None)];
            let mut inner = rows_of.query([document, no])?;
            while let Some(row) = inner.next()? {
                let kind: String = row.get(0)?;
                entries.push(entry(&kind, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?));
            }
            ceasefire.entries.extend(entries);
        }
        found.sort_by_key(|ceasefire| {
            std::cmp::Reverse(ceasefire.entries.iter().filter_map(|entry| entry.published.clone()).max())
        });
        Ok(found)
    }
}
