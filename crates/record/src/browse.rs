//! Questions of pages: lists with every filter, one piece at a time, at a cost that does not grow with the record.
//!
//! A filter by words or party is probed first. Where few rows answer, their incidents are listed; where many do, incidents are walked in
//! the order of the page and asked one by one, which ends one past the page: then it is only known that there are more.

use crate::ceasefire::{Ceasefire, CeasefireEntry};
use crate::incident::{IncidentFilter, ROW, conditions, incident_row, report_row};
use crate::{Hit, IncidentRow, Record, RecordError, ReportRow};
use counterclaim_knowledge::{admin_claims, places};
use counterclaim_schema::ledger::AdminClaim;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Rows of a probe up to which incidents are listed, not walked.
const FEW: usize = 4_000;
/// Matches of words up to which the best come first; beyond, the latest.
const RANKED: usize = 3_000;
/// Up to here results are counted.
const COUNTED: u64 = 1_000;
/// Reports with the words up to which they are listed before the walk; beyond, each report that the walk meets is asked.
const LISTED: usize = 100_000;

/// What every incident of a walk is asked for.
#[derive(Default)]
struct Sieve {
    words: Option<Words>,
    parties: Option<HashSet<i64>>,
}

/// Which reports hold the words.
enum Words {
    /// In ascending order.
    In(Vec<i64>),
    Asked {
        query: String,
        answers: HashMap<i64, bool>,
    },
}

/// Which incidents a page lists.
#[derive(Debug, Clone, Default)]
pub struct BrowseFilter {
    /// Country, area, actor, kind, days, limit and offset.
    pub incidents: IncidentFilter,
    /// Words that all stand in one report that tells the incident as news.
    pub words: String,
    /// Part of the name of the place.
    pub place: Option<String>,
    /// `Some(true)`: told as background by some report too; `Some(false)`: only told as news.
    pub background: Option<bool>,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// At least so many.
    pub found: u64,
    /// Whether there are more.
    pub more: bool,
}

/// Ceasefires of the same parties in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CeasefirePair {
    /// The sides, sorted, joined by ` / `.
    pub pair: String,
    /// Ceasefires told, over all reports.
    pub tellings: i64,
    /// Reports that tell them.
    pub reports: i64,
    /// Publication of the first.
    pub first: Option<String>,
    /// Publication of the last.
    pub last: Option<String>,
}

/// A place of the record with how far it is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceName {
    /// Name in the gazetteer.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// What is in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Reports.
    pub reports: i64,
    /// Incidents.
    pub incidents: i64,
    /// Publication of the first report.
    pub first: Option<String>,
    /// Publication of the last report.
    pub last: Option<String>,
    /// Countries with incidents, with how many, the most first.
    pub countries: Vec<(String, i64)>,
}

/// Who administers and who claims a place, by its id in the gazetteer; empty where nobody contests it.
pub fn place_claims(gazetteer_id: &str) -> Vec<AdminClaim> {
    places().get(gazetteer_id).map(|candidate| admin_claims(&candidate)).unwrap_or_default()
}

fn numbers(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

impl Record {
    /// Incidents of a page, the latest first, and how many there are.
    ///
    /// # Errors
    /// Those of the file.
    pub fn browse(&self, filter: &BrowseFilter) -> Result<(Vec<IncidentRow>, Count), RecordError> {
        self.browse_rows(filter, FEW).map_err(|error| self.wrong(error))
    }

    fn browse_rows(&self, filter: &BrowseFilter, few: usize) -> rusqlite::Result<(Vec<IncidentRow>, Count)> {
        // The filter by actor of `conditions` searches all claims; here it is probed.
        let plain = IncidentFilter { actor: None, ..filter.incidents.clone() };
        let (mut conditions, mut values) = conditions(&plain);
        if let Some(place) = filter.place.as_deref().filter(|place| !place.trim().is_empty()) {
            let ids: Vec<i64> = self
                .connection
                .prepare_cached("SELECT id FROM places WHERE instr(lower(name), ?1)")?
                .query_map([place.trim().to_lowercase()], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            conditions.push(format!("i.place IN ({})", numbers(&ids)));
        }
        match filter.background {
            Some(true) => {
                conditions.push("EXISTS (SELECT 1 FROM tellings b WHERE b.incident = i.id AND b.news = 0)".to_owned())
            }
            Some(false) => conditions
                .push("NOT EXISTS (SELECT 1 FROM tellings b WHERE b.incident = i.id AND b.news = 0)".to_owned()),
            None => {}
        }
        let mut sieve = Sieve::default();
        let words = crate::search::query(&filter.words);
        if !words.is_empty() {
            let found = self.probe(
                "SELECT t.incident FROM words w JOIN tellings t ON t.document = w.rowid
                 WHERE words MATCH ?1 AND t.news = 1 AND t.incident IS NOT NULL",
                Value::from(words.clone()),
                few,
            )?;
            match found {
                Some(ids) => conditions.push(format!("i.id IN ({})", numbers(&ids))),
                None => sieve.words = Some(self.matches(words, few)?),
            }
        }
        if let Some(actor) = filter.incidents.actor.as_deref().filter(|actor| !actor.trim().is_empty()) {
            let parties: Vec<i64> = self
                .connection
                .prepare_cached(
                    "SELECT id FROM parties WHERE instr(lower(name), ?1) OR instr(lower(side), ?1) OR instr(lower(key), ?1)",
                )?
                .query_map([actor.trim().to_lowercase()], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let list = serde_json::to_string(&parties).unwrap_or_default();
            let found = self.probe(
                "SELECT t.incident FROM json_each(?1) j JOIN claims c ON c.claimant = j.value JOIN tellings t ON t.id = c.telling
                   WHERE c.claimant IS NOT NULL AND c.telling IS NOT NULL AND t.incident IS NOT NULL
                 UNION ALL SELECT t.incident FROM json_each(?1) j JOIN event_parties x ON x.party = j.value
                   JOIN events e ON e.document = x.document AND e.no = x.event JOIN tellings t ON t.id = e.telling
                   WHERE t.incident IS NOT NULL",
                Value::from(list),
                few,
            )?;
            match found {
                Some(ids) => conditions.push(format!("i.id IN ({})", numbers(&ids))),
                None => sieve.parties = Some(parties.into_iter().collect()),
            }
        }
        let all = conditions.join(" AND ");
        let limit = if filter.incidents.limit == 0 { 50 } else { filter.incidents.limit };
        let offset = filter.incidents.offset;
        if sieve.words.is_some() || sieve.parties.is_some() {
            return self.walk(&all, &values, &mut sieve, limit, offset);
        }
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM incidents i WHERE {all} LIMIT {})", COUNTED + 1);
        let found: i64 = self.connection.prepare(&sql)?.query_row(params_from_iter(values.iter()), |row| row.get(0))?;
        let found = found as u64;
        let count = Count { found: found.min(COUNTED), more: found > COUNTED };
        values.push((limit as i64).into());
        values.push((offset as i64).into());
        // The list of ids is walked first, then their places: joining first would read places of incidents that are skipped.
        let sql = format!(
            "SELECT {ROW} FROM (SELECT * FROM incidents i WHERE {all} ORDER BY i.day_first DESC, i.id DESC LIMIT ?{} OFFSET ?{}) i
             LEFT JOIN places p ON p.id = i.place ORDER BY i.day_first DESC, i.id DESC",
            values.len() - 1,
            values.len()
        );
        let rows = self
            .connection
            .prepare(&sql)?
            .query_map(params_from_iter(values.iter()), incident_row)?
            .collect::<rusqlite::Result<_>>()?;
        Ok((rows, count))
    }

    /// The page of incidents that fit `all` and pass the sieve; counted no further than one past the page.
    fn walk(
        &self,
        all: &str,
        values: &[Value],
        sieve: &mut Sieve,
        limit: usize,
        offset: usize,
    ) -> rusqlite::Result<(Vec<IncidentRow>, Count)> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT i.id FROM incidents i WHERE {all} ORDER BY i.day_first DESC, i.id DESC"))?;
        let mut ids = statement.query(params_from_iter(values.iter()))?;
        let (mut rows, mut found) = (Vec::new(), 0);
        while found <= offset + limit
            && let Some(row) = ids.next()?
        {
            let id: i64 = row.get(0)?;
            if !self.passes(id, sieve)? {
                continue;
            }
            found += 1;
            if found > offset && found <= offset + limit {
                rows.extend(self.listed_row(id)?);
            }
        }
        let shown = found.min(offset + limit);
        Ok((rows, Count { found: shown as u64, more: found > shown }))
    }

    /// Whether a report with the words tells the incident as news, and one of the parties has a part in it.
    fn passes(&self, incident: i64, sieve: &mut Sieve) -> rusqlite::Result<bool> {
        if let Some(words) = &mut sieve.words {
            let mut statement = self
                .connection
                .prepare_cached("SELECT DISTINCT document FROM tellings WHERE incident = ?1 AND news = 1")?;
            let mut documents = statement.query([incident])?;
            let mut told = false;
            while !told && let Some(row) = documents.next()? {
                told = self.tells(words, row.get(0)?)?;
            }
            if !told {
                return Ok(false);
            }
        }
        let Some(parties) = &sieve.parties else { return Ok(true) };
        let mut statement = self.connection.prepare_cached(
            "SELECT c.claimant FROM tellings t JOIN claims c ON c.document = t.document AND c.telling = t.id
               WHERE t.incident = ?1 AND c.claimant IS NOT NULL
             UNION ALL SELECT x.party FROM tellings t JOIN events e ON e.document = t.document AND e.telling = t.id
               JOIN event_parties x ON x.document = e.document AND x.event = e.no WHERE t.incident = ?1",
        )?;
        let mut taking_part = statement.query([incident])?;
        while let Some(row) = taking_part.next()? {
            if parties.contains(&row.get(0)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn tells(&self, words: &mut Words, document: i64) -> rusqlite::Result<bool> {
        match words {
            Words::In(documents) => Ok(documents.binary_search(&document).is_ok()),
            Words::Asked { query, answers } => {
                if let Some(answer) = answers.get(&document) {
                    return Ok(*answer);
                }
                let answer = self
                    .connection
                    .prepare_cached("SELECT 1 FROM words WHERE words MATCH ?1 AND rowid = ?2")?
                    .exists(params![query.as_str(), document])?;
                answers.insert(document, answer);
                Ok(answer)
            }
        }
    }

    /// The reports with the words where they are not too many to be listed.
    fn matches(&self, query: String, few: usize) -> rusqlite::Result<Words> {
        let documents: Vec<i64> = self
            .connection
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid LIMIT ?2")?
            .query_map(params![query, (LISTED.min(few * LISTED) + 1) as i64], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(if documents.len() > LISTED.min(few * LISTED) {
            Words::Asked { query, answers: HashMap::new() }
        } else {
            Words::In(documents)
        })
    }

    /// Ids that a question answers, sorted; none when more than a few rows answer it.
    fn probe(&self, sql: &str, value: Value, few: usize) -> rusqlite::Result<Option<Vec<i64>>> {
        let mut ids: Vec<i64> = self
            .connection
            .prepare_cached(&format!("{sql} LIMIT {}", few + 1))?
            .query_map([value], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if ids.len() > few {
            return Ok(None);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(Some(ids))
    }

    /// Reports with all the words: the best first, or the latest added where very many match (then the second value is true).
    ///
    /// # Errors
    /// Those of the file.
    pub fn find_reports(
        &self,
        words: &str,
        limit: usize,
        offset: usize,
    ) -> Result<(Vec<Hit>, Count, bool), RecordError> {
        let find = || -> rusqlite::Result<(Vec<Hit>, Count, bool)> {
            let query = crate::search::query(words);
            if query.is_empty() {
                return Ok((Vec::new(), Count { found: 0, more: false }, false));
            }
            let found: i64 = self
                .connection
                .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)")?
                .query_row(params![query, RANKED as i64 + 1], |row| row.get(0))?;
            let many = found > RANKED as i64;
            let order = if many { "rowid DESC" } else { "rank, rowid" };
            let ids: Vec<i64> = self
                .connection
                .prepare_cached(&format!(
                    "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY {order} LIMIT ?2 OFFSET ?3"
                ))?
                .query_map(params![query, limit as i64, offset as i64], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut statement = self.connection.prepare_cached(
                "SELECT d.id, d.name, d.publisher, d.url, d.title, d.published, d.copied_from, d.similarity,
                    (SELECT t.incident FROM tellings t WHERE t.document = d.id AND t.incident IS NOT NULL ORDER BY t.no LIMIT 1),
                    snippet(words, 1, char(2), char(3), '…', 24)
                 FROM words JOIN documents d ON d.id = words.rowid WHERE words MATCH ?1 AND words.rowid = ?2",
            )?;
            let mut hits = Vec::with_capacity(ids.len());
            for id in ids {
                let hit = statement
                    .query_row(params![query, id], |row| {
                        Ok(Hit { report: report_row(row)?, incident: row.get(8)?, snippet: row.get(9)? })
                    })
                    .optional()?;
                hits.extend(hit);
            }
            let limit = RANKED as u64;
            Ok((hits, Count { found: (found as u64).min(limit), more: many }, many))
        };
        find().map_err(|error| self.wrong(error))
    }

    /// Reports, the latest added first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn list_reports(&self, limit: usize, offset: usize) -> Result<Vec<ReportRow>, RecordError> {
        let list = || -> rusqlite::Result<Vec<ReportRow>> {
            self.connection
                .prepare_cached(
                    "SELECT id, name, publisher, url, title, published, copied_from, similarity FROM documents
                     ORDER BY day DESC, id DESC LIMIT ?1 OFFSET ?2",
                )?
                .query_map([limit as i64, offset as i64], report_row)?
                .collect()
        };
        list().map_err(|error| self.wrong(error))
    }

    /// An incident as lists show it; none when there is no such id.
    ///
    /// # Errors
    /// Those of the file.
    pub fn incident_row(&self, id: i64) -> Result<Option<IncidentRow>, RecordError> {
        self.listed_row(id).map_err(|error| self.wrong(error))
    }

    fn listed_row(&self, id: i64) -> rusqlite::Result<Option<IncidentRow>> {
        self.connection
            .prepare_cached(&format!(
                "SELECT {ROW} FROM incidents i LEFT JOIN places p ON p.id = i.place WHERE i.id = ?1"
            ))?
            .query_row([id], incident_row)
            .optional()
    }

    /// A report without its ledger.
    ///
    /// # Errors
    /// Those of the file.
    pub fn report_row(&self, id: i64) -> Result<Option<ReportRow>, RecordError> {
        self.connection
            .prepare_cached("SELECT id, name, publisher, url, title, published, copied_from, similarity FROM documents WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([id], report_row).optional())
            .map_err(|error| self.wrong(error))
    }

    /// Words of a claim, event or figure with their first code point and the one past the last.
    ///
    /// # Errors
    /// Those of the file.
    pub fn words_of(&self, document: i64, row: &str) -> Result<Option<(String, i64, i64)>, RecordError> {
        self.words_of_row(document, row).map_err(|error| self.wrong(error))
    }

    pub(crate) fn words_of_row(&self, document: i64, row: &str) -> rusqlite::Result<Option<(String, i64, i64)>> {
        let sql = match row.chars().next() {
            Some('c') => {
                "SELECT substr(d.text, r.content_start + 1, r.content_end - r.content_start), r.content_start, r.content_end
                 FROM claims r JOIN documents d ON d.id = r.document WHERE r.document = ?1 AND r.no = ?2 AND r.content_start IS NOT NULL"
            }
            Some('e') => {
                "SELECT substr(d.text, r.trigger_start + 1, r.trigger_end - r.trigger_start), r.trigger_start, r.trigger_end
                 FROM events r JOIN documents d ON d.id = r.document WHERE r.document = ?1 AND r.no = ?2"
            }
            Some('h') => {
                "SELECT substr(d.text, r.start + 1, r.\"end\" - r.start), r.start, r.\"end\"
                 FROM harms r JOIN documents d ON d.id = r.document WHERE r.document = ?1 AND r.no = ?2"
            }
            _ => return Ok(None),
        };
        self.connection
            .prepare_cached(sql)?
            .query_row(params![document, crate::add::number(row)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
    }

    /// Places of the record inside a box (south, north, west, east), the most used first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn places_within(&self, area: [f64; 4], limit: usize) -> Result<Vec<PlaceName>, RecordError> {
        let list = || -> rusqlite::Result<Vec<PlaceName>> {
            self.connection
                .prepare_cached(
                    "SELECT p.name, p.lat, p.lon FROM place_tree r JOIN places p ON p.id = r.id
                     WHERE r.south >= ?1 AND r.north <= ?2 AND r.west >= ?3 AND r.east <= ?4 AND coalesce(p.feature_code, '') LIKE 'PPL%'
                     ORDER BY p.id LIMIT ?5",
                )?
                .query_map(params![area[0], area[1], area[2], area[3], limit as i64], |row| {
                    Ok(PlaceName { name: row.get(0)?, lat: row.get(1)?, lon: row.get(2)? })
                })?
                .collect()
        };
        list().map_err(|error| self.wrong(error))
    }

    /// Who administers and who claims the place of an incident; empty where nobody contests it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn incident_claims(&self, incident: i64) -> Result<Vec<AdminClaim>, RecordError> {
        let key: Option<String> = self
            .connection
            .prepare_cached("SELECT p.key FROM incidents i JOIN places p ON p.id = i.place WHERE i.id = ?1")
            .and_then(|mut statement| statement.query_row([incident], |row| row.get(0)).optional())
            .map_err(|error| self.wrong(error))?;
        Ok(key.map(|key| place_claims(&key)).unwrap_or_default())
    }

    /// Pairs of sides with ceasefires, those with the latest news first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn ceasefire_pairs(&self, limit: usize, offset: usize) -> Result<Vec<CeasefirePair>, RecordError> {
        let list = || -> rusqlite::Result<Vec<CeasefirePair>> {
            self.connection
                .prepare_cached(
                    "SELECT f.pair, count(*), count(DISTINCT f.document), min(d.published), max(d.published) AS latest
                     FROM ceasefires f JOIN documents d ON d.id = f.document GROUP BY f.pair ORDER BY latest DESC, f.pair LIMIT ?1 OFFSET ?2",
                )?
                .query_map([limit as i64, offset as i64], |row| {
                    Ok(CeasefirePair {
                        pair: row.get(0)?,
                        tellings: row.get(1)?,
                        reports: row.get(2)?,
                        first: row.get(3)?,
                        last: row.get(4)?,
                    })
                })?
                .collect()
        };
        list().map_err(|error| self.wrong(error))
    }

    /// The ceasefires of a pair of sides: `limit` tellings in order of publication. None when there is no such pair.
    ///
    /// # Errors
    /// Those of the file.
    pub fn ceasefire(&self, pair: &str, limit: usize, offset: usize) -> Result<Option<Ceasefire>, RecordError> {
        self.ceasefire_rows(pair, limit, offset).map_err(|error| self.wrong(error))
    }

    fn ceasefire_rows(&self, pair: &str, limit: usize, offset: usize) -> rusqlite::Result<Option<Ceasefire>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.document, f.no, f.start, f.\"end\", f.effective, f.expires, d.publisher, d.published, a.name,
                substr(d.text, f.start + 1, f.\"end\" - f.start)
             FROM ceasefires f JOIN documents d ON d.id = f.document LEFT JOIN parties a ON a.id = f.announced_by
             WHERE f.pair = ?1 ORDER BY coalesce(d.published, ''), f.document, f.no LIMIT ?2 OFFSET ?3",
        )?;
        let mut rows_of = self.connection.prepare_cached(
            "SELECT r.kind, r.term, r.start, r.\"end\", b.name, g.name, substr(d.text, r.start + 1, r.\"end\" - r.start)
             FROM ceasefire_rows r JOIN documents d ON d.id = r.document
             LEFT JOIN parties b ON b.id = r.alleged_by LEFT JOIN parties g ON g.id = r.against
             WHERE r.document = ?1 AND r.ceasefire = ?2 ORDER BY r.no",
        )?;
        let mut parties_of = self.connection.prepare_cached(
            "SELECT p.name FROM ceasefire_parties c JOIN parties p ON p.id = c.party WHERE c.document = ?1 AND c.ceasefire = ?2 ORDER BY p.id",
        )?;
        let mut found = Ceasefire {
            pair: pair.to_owned(),
            parties: Vec::new(),
            effective: Vec::new(),
            expires: Vec::new(),
            entries: Vec::new(),
        };
        let push = |list: &mut Vec<String>, value: Option<String>| {
            if let Some(value) = value.filter(|value| !list.contains(value)) {
                list.push(value);
            }
        };
        let mut rows = statement.query(params![pair, limit as i64, offset as i64])?;
        while let Some(row) = rows.next()? {
            let (document, no): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (publisher, published): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
            push(&mut found.effective, row.get(4)?);
            push(&mut found.expires, row.get(5)?);
            for name in parties_of.query_map([document, no], |row| row.get::<_, String>(0))? {
                push(&mut found.parties, Some(name?));
            }
            found.entries.push(CeasefireEntry {
                kind: "agreed".to_owned(),
                term: None,
                by: row.get(8)?,
                against: None,
                document,
                row: format!("f{no}"),
                publisher: publisher.clone(),
                published: published.clone(),
                words: row.get(9)?,
                start: row.get(2)?,
                end: row.get(3)?,
            });
            let mut inner = rows_of.query([document, no])?;
            while let Some(row) = inner.next()? {
                found.entries.push(CeasefireEntry {
                    kind: row.get(0)?,
                    term: row.get(1)?,
                    by: row.get(4)?,
                    against: row.get(5)?,
                    document,
                    row: format!("f{no}"),
                    publisher: publisher.clone(),
                    published: published.clone(),
                    words: row.get(6)?,
                    start: row.get(2)?,
                    end: row.get(3)?,
                });
            }
        }
        Ok((!found.entries.is_empty()).then_some(found))
    }

    /// How much there is, for the head of a page.
    ///
    /// # Errors
    /// Those of the file.
    pub fn overview(&self) -> Result<Overview, RecordError> {
        let read = || -> rusqlite::Result<Overview> {
            let one = |sql: &str| self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0));
            let day = |sql: &str| -> rusqlite::Result<Option<String>> {
                let day: Option<i64> = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
                Ok(day.map(crate::date_of))
            };
            let countries = self
                .connection
                .prepare_cached(
                    "SELECT country, count(*) FROM incidents WHERE country IS NOT NULL AND reports > 0 GROUP BY country ORDER BY 2 DESC, 1",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Overview {
                reports: one("SELECT count(*) FROM documents")?,
                incidents: one("SELECT count(*) FROM incidents WHERE reports > 0")?,
                first: day("SELECT min(day) FROM documents")?,
                last: day("SELECT max(day) FROM documents")?,
                countries,
            })
        };
        read().map_err(|error| self.wrong(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_events::Reader;
    use counterclaim_language::Model;
    use rayon::prelude::*;
    use std::path::Path;

    #[test]
    fn listing_and_walking_find_the_same() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/record/reports.jsonl");
        let documents =
            counterclaim_ingest::read_path(&path, &counterclaim_ingest::Options::default()).expect("the reports");
        let reader = Reader::new(Model::embedded());
        let ledgers: Vec<_> =
            documents.par_iter().map(|ingested| reader.read(&ingested.document, &ingested.diagnostics)).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let mut record = Record::open(&folder.path().join("record.db")).expect("a record");
        record.add(&ledgers, "test").expect("added");
        for (words, actor, least) in [
            ("army", None, 3),
            ("", Some("police"), 3),
            ("", Some("eln"), 1),
            ("market", Some("hospital"), 1),
            ("", Some("nobody at all"), 0),
            ("zeppelin", None, 0),
        ] {
            let filter = BrowseFilter {
                words: words.to_owned(),
                incidents: IncidentFilter { actor: actor.map(str::to_owned), ..IncidentFilter::default() },
                ..BrowseFilter::default()
            };
            let listed = record.browse_rows(&filter, FEW).expect("rows");
            // Walked with the reports of the words at hand (1) and asked one by one (0).
            for few in [1, 0] {
                let walked = record.browse_rows(&filter, few).expect("rows");
                assert_eq!(listed, walked, "{words} {actor:?}");
                let page = IncidentFilter { limit: 1, offset: 1, ..filter.incidents.clone() };
                let (rows, count) =
                    record.browse_rows(&BrowseFilter { incidents: page, ..filter.clone() }, few).expect("rows");
                assert_eq!(rows.first(), listed.0.get(1), "{words} {actor:?}");
                assert!(count.more || count.found == listed.0.len() as u64, "{words} {actor:?}");
            }
            assert!(listed.0.len() >= least && listed.0.len() < 17, "{words} {actor:?}: {}", listed.0.len());
            // The list of `search`, which knows nothing of probes, is the same.
            if words.is_empty() {
                let mut plain = record.incidents(&filter.incidents).expect("rows");
                plain.truncate(listed.0.len());
                assert_eq!(plain, listed.0, "{actor:?}");
            }
        }
    }
}
