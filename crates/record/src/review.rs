//! What people decide: an append-only log over what the machine found, and the view that lays one over the other.
//!
//! A decision names its row by the report's key and the place of the words, so it holds when the report is coded again.

use crate::{Record, RecordError};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum Action {
    /// The row is right.
    Accept {
        /// Id of the report.
        document: i64,
        /// Row of its ledger: a claim, event or harm.
        row: String,
    },
    /// The row is wrong and counts no more.
    Reject {
        /// Id of the report.
        document: i64,
        /// Row of its ledger.
        row: String,
    },
    /// A figure has other values.
    Correct {
        /// Id of the report.
        document: i64,
        /// Row of its ledger: a harm.
        row: String,
        /// Field: low, high, kind or side.
        field: String,
        /// Its right value; `null` opens an end.
        value: Option<String>,
    },
    /// Reports leave an incident and form one of their own.
    Split {
        /// The incident.
        incident: i64,
        /// The reports that leave.
        documents: Vec<i64>,
    },
    /// An incident goes into another.
    Merge {
        /// The incident that goes.
        incident: i64,
        /// The incident that stays.
        into: i64,
    },
    /// A remark on an incident.
    Annotate {
        /// The incident.
        incident: i64,
        /// The remark.
        text: String,
    },
}

/// A decision with who made it and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who decides.
    pub who: String,
    /// When, RFC 3339.
    pub at: String,
    /// What.
    pub action: Action,
    /// Why.
    pub why: String,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// accept, reject, correct, split, merge or annotate.
    pub action: String,
    /// The incident it was about, as named then.
    pub incident: Option<i64>,
    /// The report.
    pub document: Option<i64>,
    /// Row of its ledger, as named then.
    pub row: Option<String>,
    /// What else was said, as JSON.
    pub detail: Option<String>,
    /// Why.
    pub why: String,
}

/// The decisions about one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RowLayer {
    pub(crate) accepted: bool,
    pub(crate) rejected: bool,
    corrections: Vec<(String, Option<String>)>,
}

impl RowLayer {
    /// One word for lists.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            RowLayer { rejected: true, .. } => "rejected",
            RowLayer { corrections, .. } if !corrections.is_empty() => "corrected",
            _ => "accepted",
        }
    }

    /// Lays corrections over a figure.
    pub(crate) fn correct(&self, kind: &mut String, side: &mut String, low: &mut Option<i64>, high: &mut Option<i64>) {
        for (field, value) in &self.corrections {
            let number = value.as_deref().and_then(|value| value.parse().ok());
            match (field.as_str(), value) {
                ("low", _) => *low = number,
                ("high", _) => *high = number,
                ("kind", Some(value)) => *kind = value.clone(),
                ("side", Some(value)) => *side = value.clone(),
                _ => {}
            }
        }
    }
}

/// The decisions about an incident and the rows of its reports.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layer {
    rows: HashMap<(i64, char, u32), RowLayer>,
    pub(crate) reviews: Vec<Reviewed>,
}

impl Layer {
    /// Decisions about the row whose words begin here.
    pub(crate) fn of(&self, document: i64, list: char, start: u32) -> Option<&RowLayer> {
        self.rows.get(&(document, list, start))
    }
}

/// The log for an incident: lines about it, about ids merged into it, and about rows of its reports.
pub(crate) fn layer(db: &Connection, incident: i64, keys: &HashMap<Vec<u8>, i64>) -> rusqlite::Result<Layer> {
    let mut layer = Layer::default();
    let any: bool = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM reviews)")?.query_row([], |row| row.get(0))?;
    if !any {
        return Ok(layer);
    }
    let mut statement = db.prepare_cached(
        "SELECT id, at, who, action, incident, document, row, anchor, detail, why FROM reviews
         WHERE incident = ?1 OR incident IN (SELECT old FROM redirects WHERE new = ?1) OR document IS NOT NULL ORDER BY id",
    )?;
    let mut rows = statement.query([incident])?;
    while let Some(row) = rows.next()? {
        let key: Option<Vec<u8>> = row.get(5)?;
        let document = key.as_ref().and_then(|key| keys.get(key).copied());
        if key.is_some() && document.is_none() {
            continue;
        }
        let reviewed = Reviewed {
            id: row.get(0)?,
            at: row.get(1)?,
            who: row.get(2)?,
            action: row.get(3)?,
            incident: row.get(4)?,
            document,
            row: row.get(6)?,
            detail: row.get(8)?,
            why: row.get(9)?,
        };
        let anchor: Option<u32> = row.get(7)?;
        if let (Some(document), Some(name), Some(anchor)) = (document, &reviewed.row, anchor) {
            let slot = layer.rows.entry((document, name.chars().next().unwrap_or(' '), anchor)).or_default();
            match reviewed.action.as_str() {
                "accept" => (slot.accepted, slot.rejected) = (true, false),
                "reject" => (slot.accepted, slot.rejected) = (false, true),
                "correct" => {
                    let detail: serde_json::Value = reviewed
                        .detail
                        .as_deref()
                        .and_then(|detail| serde_json::from_str(detail).ok())
                        .unwrap_or_default();
                    if let Some(field) = detail["field"].as_str() {
                        slot.rejected = false;
                        slot.corrections.push((field.to_owned(), detail["value"].as_str().map(str::to_owned)));
                    }
                }
                _ => {}
            }
        }
        layer.reviews.push(reviewed);
    }
    Ok(layer)
}

/// A telling named so that the name outlives a new coding: key of the report and place in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Anchor {
    key: String,
    start: u32,
}

/// What is kept of splits and merges beside the ids of the day.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Regroup {
    /// Tellings that leave (split), or one telling of the incident that goes (merge).
    moved: Vec<Anchor>,
    /// One telling of the incident that stays (merge).
    into: Option<Anchor>,
    /// The incident that a split made.
    new: Option<i64>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// The telling of a report that begins nearest to a place.
fn find(db: &Connection, anchor: &Anchor) -> rusqlite::Result<Option<(i64, Option<i64>)>> {
    db.prepare_cached(
        "SELECT t.id, t.incident FROM tellings t JOIN documents d ON d.id = t.document WHERE d.key = ?1 ORDER BY abs(t.start - ?2), t.no LIMIT 1",
    )?
    .query_row(params![unhex(&anchor.key), anchor.start], |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()
}

/// Lays splits and merges over the clusters again after some tellings were clustered anew.
pub(crate) fn overlay(record: &mut Record, fresh: &[i64], touched: &mut BTreeSet<i64>) -> rusqlite::Result<()> {
    let db = &record.connection;
    let mut statement =
        db.prepare_cached("SELECT action, detail FROM reviews WHERE action IN ('split', 'merge') ORDER BY id")?;
    let lines: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    if lines.is_empty() {
        return Ok(());
    }
    let _ = fresh;
    // From the clusters on: what the log says is applied in its order, so the result is the same however often it is done.
    let machine: Vec<i64> = touched.iter().copied().collect();
    for incident in machine {
        db.prepare_cached("UPDATE tellings SET incident = machine WHERE machine = ?1")?.execute([incident])?;
    }
    for (action, detail) in lines {
        let Ok(detail) = serde_json::from_str::<Regroup>(&detail) else { continue };
        match action.as_str() {
            "split" => {
                for anchor in &detail.moved {
                    if let (Some((telling, old)), Some(new)) = (find(db, anchor)?, detail.new) {
                        db.prepare_cached("UPDATE tellings SET incident = ?2 WHERE id = ?1")?
                            .execute([telling, new])?;
                        touched.extend(old);
                        touched.insert(new);
                    }
                }
            }
            _ => {
                let (Some(moved), Some(into)) = (detail.moved.first(), &detail.into) else { continue };
                if let (Some((_, Some(old))), Some((_, Some(new)))) = (find(db, moved)?, find(db, into)?) {
                    if old != new {
                        db.prepare_cached("UPDATE tellings SET incident = ?2 WHERE incident = ?1")?
                            .execute([old, new])?;
                        touched.extend([old, new]);
                    }
                }
            }
        }
    }
    Ok(())
}

impl Record {
    /// Writes a decision down and lays it over the record.
    ///
    /// # Errors
    /// Rows, reports and incidents that are not there, and those of the file.
    pub fn review(&mut self, review: &Review) -> Result<i64, RecordError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.wrong(error))?;
        let done = self.write_review(review);
        if done.is_ok() {
            self.connection.execute_batch("COMMIT").map_err(|error| self.wrong(error))?;
        } else if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    /// The log, the oldest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn reviews(&self) -> Result<Vec<Reviewed>, RecordError> {
        let list = || -> rusqlite::Result<Vec<Reviewed>> {
            self.connection
                .prepare_cached(
                    "SELECT r.id, r.at, r.who, r.action, r.incident, d.id, r.row, r.detail, r.why FROM reviews r
                     LEFT JOIN documents d ON d.key = r.document ORDER BY r.id",
                )?
                .query_map([], |row| {
                    Ok(Reviewed {
                        id: row.get(0)?,
                        at: row.get(1)?,
                        who: row.get(2)?,
                        action: row.get(3)?,
                        incident: row.get(4)?,
                        document: row.get(5)?,
                        row: row.get(6)?,
                        detail: row.get(7)?,
                        why: row.get(8)?,
                    })
                })?
                .collect()
        };
        list().map_err(|error| self.wrong(error))
    }

    fn write_review(&mut self, review: &Review) -> Result<i64, RecordError> {
        let mut touched: BTreeSet<i64> = BTreeSet::new();
        let (action, incident, row, detail) = match &review.action {
            Action::Accept { document, row } => ("accept", None, Some((*document, row.clone())), None),
            Action::Reject { document, row } => ("reject", None, Some((*document, row.clone())), None),
            Action::Correct { document, row, field, value } => {
                check_correction(row, field, value.as_deref())?;
                let detail = serde_json::json!({"field": field, "value": value}).to_string();
                ("correct", None, Some((*document, row.clone())), Some(detail))
            }
            Action::Annotate { incident, text } => {
                let incident = self.present(*incident)?;
                ("annotate", Some(incident), None, Some(serde_json::json!({"text": text}).to_string()))
            }
            Action::Split { incident, documents } => {
                let incident = self.present(*incident)?;
                ("split", Some(incident), None, Some(self.split(incident, documents)?))
            }
            Action::Merge { incident, into } => {
                let (incident, into) = (self.present(*incident)?, self.present(*into)?);
                if incident == into {
                    return Err(RecordError::Review(format!("incident {incident} cannot be merged into itself")));
                }
                touched.extend([incident, into]);
                ("merge", Some(incident), None, Some(self.merge(incident, into)?))
            }
        };
        let wrong = |record: &Record, error| record.wrong(error);
        let mut key: Option<Vec<u8>> = None;
        let mut anchor: Option<i64> = None;
        if let Some((document, row)) = &row {
            key = Some(self.key_of_document(*document)?);
            anchor = Some(self.anchor(*document, row)?);
            let mut statement = self
                .connection
                .prepare_cached("SELECT DISTINCT incident FROM tellings WHERE document = ?1 AND incident IS NOT NULL")
                .map_err(|error| self.wrong(error))?;
            let found = statement
                .query_map([document], |row| row.get::<_, i64>(0))
                .and_then(Iterator::collect::<rusqlite::Result<Vec<i64>>>)
                .map_err(|error| self.wrong(error))?;
            touched.extend(found);
        }
        self.connection
            .execute(
                "INSERT INTO reviews (at, who, action, incident, document, row, anchor, detail, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![review.at, review.who, action, incident, key, row.map(|row| row.1), anchor, detail, review.why],
            )
            .map_err(|error| wrong(self, error))?;
        let id = self.connection.last_insert_rowid();
        if matches!(action, "split" | "merge") {
            touched.extend(incident);
            overlay(self, &[], &mut touched).map_err(|error| self.wrong(error))?;
        }
        for incident in touched {
            crate::fuse::refresh(&self.connection, incident).map_err(|error| self.wrong(error))?;
        }
        Ok(id)
    }

    /// The incident as it is named now.
    fn present(&self, incident: i64) -> Result<i64, RecordError> {
        let wrong = |error| self.wrong(error);
        let of = |id: i64| -> rusqlite::Result<bool> {
            self.connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM tellings WHERE incident = ?1)")?
                .query_row([id], |row| row.get(0))
        };
        if of(incident).map_err(wrong)? {
            return Ok(incident);
        }
        match self.redirect(incident).map_err(wrong)? {
            Some(new) => Ok(new),
            None => Err(RecordError::Unknown { what: format!("incident {incident}") }),
        }
    }

    fn key_of_document(&self, document: i64) -> Result<Vec<u8>, RecordError> {
        self.connection
            .query_row("SELECT key FROM documents WHERE id = ?1", [document], |row| row.get(0))
            .optional()
            .map_err(|error| self.wrong(error))?
            .ok_or_else(|| RecordError::Unknown { what: format!("report {document}") })
    }

    /// Where the words of a row begin.
    fn anchor(&self, document: i64, row: &str) -> Result<i64, RecordError> {
        let sql = match row.chars().next() {
            Some('c') => "SELECT coalesce(content_start, 0) FROM claims WHERE document = ?1 AND no = ?2",
            Some('e') => "SELECT trigger_start FROM events WHERE document = ?1 AND no = ?2",
            Some('h') => "SELECT start FROM harms WHERE document = ?1 AND no = ?2",
            _ => {
                return Err(RecordError::Review(format!(
                    "`{row}` is no claim, event or harm; write it as c1, e2 or h3"
                )));
            }
        };
        self.connection
            .query_row(sql, params![document, crate::add::number(row)], |row| row.get(0))
            .optional()
            .map_err(|error| self.wrong(error))?
            .ok_or_else(|| RecordError::Unknown { what: format!("row {row} in report {document}") })
    }

    fn anchors(&self, incident: i64, document: Option<i64>) -> Result<Vec<Anchor>, RecordError> {
        let list = || -> rusqlite::Result<Vec<Anchor>> {
            self.connection
                .prepare_cached(
                    "SELECT d.key, t.start FROM tellings t JOIN documents d ON d.id = t.document
                     WHERE t.incident = ?1 AND (?2 IS NULL OR t.document = ?2) ORDER BY t.news DESC, t.id",
                )?
                .query_map(params![incident, document], |row| {
                    Ok(Anchor { key: hex(&row.get::<_, Vec<u8>>(0)?), start: row.get(1)? })
                })?
                .collect()
        };
        list().map_err(|error| self.wrong(error))
    }

    fn split(&self, incident: i64, documents: &[i64]) -> Result<String, RecordError> {
        let mut moved = Vec::new();
        for &document in documents {
            let found = self.anchors(incident, Some(document))?;
            if found.is_empty() {
                return Err(RecordError::Review(format!("report {document} is not in incident {incident}")));
            }
            moved.extend(found);
        }
        if moved.is_empty() {
            return Err(RecordError::Review("name the reports that leave the incident".to_owned()));
        }
        if moved.len() == self.anchors(incident, None)?.len() {
            return Err(RecordError::Review(format!("a split must leave a report in incident {incident}")));
        }
        self.connection.execute("INSERT INTO incidents DEFAULT VALUES", []).map_err(|error| self.wrong(error))?;
        let new = self.connection.last_insert_rowid();
        Ok(serde_json::to_string(&Regroup { moved, into: None, new: Some(new) }).unwrap_or_default())
    }

    fn merge(&self, incident: i64, into: i64) -> Result<String, RecordError> {
        let moved: Vec<Anchor> = self.anchors(incident, None)?.into_iter().take(1).collect();
        let stays = self.anchors(into, None)?.into_iter().next();
        self.connection
            .execute("INSERT OR REPLACE INTO redirects (old, new) VALUES (?1, ?2)", [incident, into])
            .map_err(|error| self.wrong(error))?;
        Ok(serde_json::to_string(&Regroup { moved, into: stays, new: None }).unwrap_or_default())
    }
}

fn check_correction(row: &str, field: &str, value: Option<&str>) -> Result<(), RecordError> {
    let wrong = |what: String| Err(RecordError::Review(what));
    if !row.starts_with('h') {
        return wrong(format!("`{row}` is no figure; only figures are corrected, other rows are rejected"));
    }
    match (field, value) {
        ("low" | "high", None) => Ok(()),
        ("low" | "high", Some(value)) if value.parse::<u32>().is_ok() => Ok(()),
        ("low" | "high", Some(value)) => wrong(format!("`{value}` is no number")),
        ("kind", Some("killed" | "injured" | "missing" | "displaced" | "detained" | "surrendered")) => Ok(()),
        ("kind", _) => wrong("kind is killed, injured, missing, displaced, detained or surrendered".to_owned()),
        ("side", Some(_)) => Ok(()),
        _ => wrong(format!("`{field}` cannot be corrected; fields are low, high, kind and side")),
    }
}
