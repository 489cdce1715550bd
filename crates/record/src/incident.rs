//! Questions to the record: lists of incidents, one incident, one report.

use crate::fuse::Incident;
use crate::{Record, RecordError, blob, date_of, day_of, fuse};
use counterclaim_schema::ledger::ReportLedger;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use serde::Serialize;

/// Which incidents to list.
#[derive(Debug, Clone, Default)]
pub struct IncidentFilter {
    /// Country (ISO 3166-1 alpha-3).
    pub country: Option<String>,
    /// South, north, west, east in degrees.
    pub area: Option<[f64; 4]>,
    /// Name, body or side of a party that speaks or acts.
    pub actor: Option<String>,
    /// violence, detention, protest, truce, diplomacy, force, other.
    pub kind: Option<String>,
    /// Happened on or after this date.
    pub since: Option<String>,
    /// Happened on or before this date.
    pub until: Option<String>,
    /// Reported on or after this date: what is new.
    pub updated_since: Option<String>,
    /// Only incidents with contradictions.
    pub disputed: bool,
    /// How many at most; 0 is 100.
    pub limit: usize,
    /// How many to leave out.
    pub offset: usize,
}

/// An incident in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidentRow {
    /// Its id.
    pub id: i64,
    /// Headline of its earliest report.
    pub title: String,
    /// violence, detention, protest, truce, diplomacy, force, other.
    pub kind: String,
    /// Name of the place.
    pub place: Option<String>,
    /// How fine the place is known.
    pub precision: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The place is told by another one, and lies within so many kilometers of the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<f64>,
    /// First day.
    pub first_day: Option<String>,
    /// Last day.
    pub last_day: Option<String>,
    /// Reports that tell it as news.
    pub reports: i64,
    /// Texts that are no copies of one another.
    pub voices: i64,
    /// Least and greatest of the latest figures of dead.
    pub killed: (Option<i64>, Option<i64>),
    /// Least and greatest of the latest figures of injured.
    pub injured: (Option<i64>, Option<i64>),
    /// Pairs that cannot both hold.
    pub contradictions: i64,
    /// How much independent voices bear out: alone, one_side, several, agreed.
    pub grade: String,
}

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportRow {
    /// Its id in the record.
    pub id: i64,
    /// The input's own identifier.
    pub name: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The report that it copies.
    pub copied_from: Option<i64>,
    /// How similar the two are, 0 to 1.
    pub similarity: Option<f64>,
}

/// A report with its ledger and its place in the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The report.
    #[serde(flatten)]
    pub row: ReportRow,
    /// Program and model that coded it.
    pub coding: String,
    /// The earliest of the reports with this text.
    pub voice: i64,
    /// Reports that copy it.
    pub copies: Vec<i64>,
    /// Incidents that it tells as news.
    pub incidents: Vec<i64>,
    /// Incidents that it mentions.
    pub mentions: Vec<i64>,
    /// Its ledger.
    pub ledger: ReportLedger,
}

pub(crate) const ROW: &str = "i.id, coalesce(i.title, ''), coalesce(i.kind, ''), p.name, i.precision, i.country, coalesce(i.lat, p.lat), coalesce(i.lon, p.lon), i.day_first,
    i.day_last, i.reports, i.voices, i.killed_low, i.killed_high, i.injured_low, i.injured_high, i.contradictions, coalesce(i.grade, ''), i.radius_km";

pub(crate) fn incident_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<IncidentRow> {
    Ok(IncidentRow {
        id: row.get(0)?,
        title: row.get(1)?,
        kind: row.get(2)?,
        place: row.get(3)?,
        precision: row.get(4)?,
        country: row.get(5)?,
        lat: row.get(6)?,
        lon: row.get(7)?,
        first_day: row.get::<_, Option<i64>>(8)?.map(date_of),
        last_day: row.get::<_, Option<i64>>(9)?.map(date_of),
        reports: row.get(10)?,
        voices: row.get(11)?,
        killed: (row.get(12)?, row.get(13)?),
        injured: (row.get(14)?, row.get(15)?),
        contradictions: row.get(16)?,
        grade: row.get(17)?,
        radius_km: row.get(18)?,
    })
}

/// Conditions on `i` and `p` of a filter with their values.
pub(crate) fn conditions(filter: &IncidentFilter) -> (Vec<String>, Vec<Value>) {
    let mut conditions = vec!["i.reports > 0".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(country) = &filter.country {
        add("i.country = ?", country.to_uppercase().into());
    }
    if let Some(kind) = &filter.kind {
        add("i.kind = ?", kind.to_lowercase().into());
    }
    if let Some(day) = filter.since.as_deref().and_then(day_of) {
        add("i.day_last >= ?", day.into());
    }
    if let Some(day) = filter.until.as_deref().and_then(day_of) {
        add("i.day_first <= ?", day.into());
    }
    if let Some(day) = filter.updated_since.as_deref().and_then(day_of) {
        add("i.updated_day >= ?", day.into());
    }
    if let Some([south, north, west, east]) = filter.area {
        add("i.place IN (SELECT id FROM place_tree WHERE south >= ?", south.into());
        let joined = |conditions: &mut Vec<String>, values: &mut Vec<Value>, text: &str, value: f64| {
            values.push(value.into());
            let text = text.replace('?', &format!("?{}", values.len()));
            if let Some(last) = conditions.last_mut() {
                last.push_str(&text);
            }
        };
        joined(&mut conditions, &mut values, " AND north <= ?", north);
        joined(&mut conditions, &mut values, " AND west >= ?", west);
        joined(&mut conditions, &mut values, " AND east <= ?)", east);
    }
    if let Some(actor) = &filter.actor {
        values.push(actor.to_lowercase().into());
        let at = values.len();
        conditions.push(format!(
            "i.id IN (SELECT t.incident FROM tellings t JOIN claims c ON c.document = t.document AND c.telling = t.id
                JOIN parties q ON q.id = c.claimant
                WHERE instr(lower(q.name), ?{at}) OR instr(lower(q.side), ?{at}) OR instr(lower(q.key), ?{at})
              UNION SELECT t.incident FROM tellings t JOIN events e ON e.document = t.document AND e.telling = t.id
                JOIN event_parties x ON x.document = e.document AND x.event = e.no JOIN parties q ON q.id = x.party
                WHERE instr(lower(q.name), ?{at}) OR instr(lower(q.side), ?{at}) OR instr(lower(q.key), ?{at}))"
        ));
    }
    if filter.disputed {
        conditions.push("i.contradictions > 0".to_owned());
    }
    (conditions, values)
}

impl Record {
    /// Incidents, the latest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn incidents(&self, filter: &IncidentFilter) -> Result<Vec<IncidentRow>, RecordError> {
        let (conditions, mut values) = conditions(filter);
        let limit = if filter.limit == 0 { 100 } else { filter.limit };
        values.push((limit as i64).into());
        values.push((filter.offset as i64).into());
        let sql = format!(
            "SELECT {ROW} FROM incidents i LEFT JOIN places p ON p.id = i.place WHERE {} ORDER BY i.day_first DESC, i.id DESC LIMIT ?{} OFFSET ?{}",
            conditions.join(" AND "),
            values.len() - 1,
            values.len()
        );
        let list = || -> rusqlite::Result<Vec<IncidentRow>> {
            self.connection.prepare_cached(&sql)?.query_map(params_from_iter(values.iter()), incident_row)?.collect()
        };
        list().map_err(|error| self.wrong(error))
    }

    /// How many incidents fit, whatever the limit.
    ///
    /// # Errors
    /// Those of the file.
    pub fn count_incidents(&self, filter: &IncidentFilter) -> Result<u64, RecordError> {
        let (conditions, values) = conditions(filter);
        let sql = format!("SELECT count(*) FROM incidents i WHERE {}", conditions.join(" AND "));
        let count = || -> rusqlite::Result<i64> {
            self.connection.prepare_cached(&sql)?.query_row(params_from_iter(values.iter()), |row| row.get(0))
        };
        count().map(|count| count as u64).map_err(|error| self.wrong(error))
    }

    /// One incident; an id that was merged leads to what it was merged into.
    ///
    /// # Errors
    /// No such incident, or those of the file.
    pub fn incident(&self, id: i64) -> Result<Incident, RecordError> {
        let find = || -> rusqlite::Result<Option<Incident>> {
            if let Some(incident) = fuse::fuse(&self.connection, id)? {
                return Ok(Some(incident));
            }
            match self.redirect(id)? {
                Some(new) => fuse::fuse(&self.connection, new),
                None => Ok(None),
            }
        };
        find()
            .map_err(|error| self.wrong(error))?
            .ok_or_else(|| RecordError::Unknown { what: format!("incident {id}") })
    }

    /// Where a merged id leads, over several merges.
    pub(crate) fn redirect(&self, id: i64) -> rusqlite::Result<Option<i64>> {
        let mut found = None;
        let mut statement = self.connection.prepare_cached("SELECT new FROM redirects WHERE old = ?1")?;
        let mut at = id;
        for _ in 0..64 {
            match statement.query_row([at], |row| row.get::<_, i64>(0)).optional()? {
                Some(new) if new != id => {
                    found = Some(new);
                    at = new;
                }
                _ => break,
            }
        }
        Ok(found)
    }

    /// One report with its ledger.
    ///
    /// # Errors
    /// No such report, a ledger that cannot be read, or those of the file.
    pub fn report(&self, id: i64) -> Result<Report, RecordError> {
        type Stored = (ReportRow, String, i64, Vec<u8>, i64, String);
        let find = || -> rusqlite::Result<Option<(Stored, Vec<i64>, Vec<(i64, bool)>)>> {
            let stored = self
                .connection
                .prepare_cached(
                    "SELECT d.id, d.name, d.publisher, d.url, d.title, d.published, d.copied_from, d.similarity, c.name, d.voice, d.ledger,
                     d.dictionary, d.text FROM documents d JOIN codings c ON c.id = d.coding WHERE d.id = ?1",
                )?
                .query_row([id], |row| {
                    Ok((report_row(row)?, row.get(8)?, row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?))
                })
                .optional()?;
            let Some(stored) = stored else { return Ok(None) };
            let copies = self
                .connection
                .prepare_cached("SELECT id FROM documents WHERE voice = ?1 AND id <> ?2 ORDER BY published, id")?
                .query_map([stored.2, id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let incidents = self
                .connection
                .prepare_cached("SELECT DISTINCT incident, news FROM tellings WHERE document = ?1 AND incident IS NOT NULL ORDER BY no")?
                .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some((stored, copies, incidents)))
        };
        let ((row, coding, voice, packed, dictionary, text), copies, incidents) = find()
            .map_err(|error| self.wrong(error))?
            .ok_or_else(|| RecordError::Unknown { what: format!("report {id}") })?;
        let dictionary = self.dictionaries.get(&dictionary).map(Vec::as_slice).unwrap_or_default();
        let ledger = blob::unpack(id, &packed, dictionary, &text)?;
        let of = |news: bool| incidents.iter().filter(|found| found.1 == news).map(|found| found.0).collect();
        Ok(Report { row, coding, voice, copies, incidents: of(true), mentions: of(false), ledger })
    }

    /// Id of a report by the identifier of its input.
    ///
    /// # Errors
    /// Those of the file.
    pub fn report_named(&self, name: &str) -> Result<Option<i64>, RecordError> {
        self.connection
            .prepare_cached("SELECT id FROM documents WHERE name = ?1 ORDER BY id LIMIT 1")
            .and_then(|mut statement| statement.query_row([name], |row| row.get(0)).optional())
            .map_err(|error| self.wrong(error))
    }

    /// The incident that a report tells of as its news; none when it tells of nothing.
    ///
    /// # Errors
    /// Those of the file.
    pub fn news_of(&self, report: i64) -> Result<Option<i64>, RecordError> {
        self.connection
            .prepare_cached("SELECT incident FROM tellings WHERE document = ?1 ORDER BY no LIMIT 1")
            .and_then(|mut statement| statement.query_row([report], |row| row.get(0)).optional())
            .map(Option::flatten)
            .map_err(|error| self.wrong(error))
    }

    /// The ledgers that earlier codings of a report gave, with the name of the coding, the oldest first.
    ///
    /// # Errors
    /// A ledger that cannot be read, or those of the file.
    pub fn past_ledgers(&self, id: i64) -> Result<Vec<(String, ReportLedger)>, RecordError> {
        let find = || -> rusqlite::Result<Vec<(String, Vec<u8>, i64, String)>> {
            self.connection
                .prepare_cached(
                    "SELECT c.name, l.ledger, l.dictionary, d.text FROM past_ledgers l JOIN codings c ON c.id = l.coding
                     JOIN documents d ON d.id = l.document WHERE l.document = ?1 ORDER BY l.coding",
                )?
                .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
                .collect()
        };
        let found = find().map_err(|error| self.wrong(error))?;
        found
            .into_iter()
            .map(|(coding, packed, dictionary, text)| {
                let dictionary = self.dictionaries.get(&dictionary).map(Vec::as_slice).unwrap_or_default();
                Ok((coding, blob::unpack(id, &packed, dictionary, &text)?))
            })
            .collect()
    }
}

pub(crate) fn report_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ReportRow> {
    Ok(ReportRow {
        id: row.get(0)?,
        name: row.get(1)?,
        publisher: row.get(2)?,
        url: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        copied_from: row.get(6)?,
        similarity: row.get(7)?,
    })
}
