//! Is the file whole: pages, keys, hashes, spans.

use crate::{Record, RecordError, blob};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

/// Something that is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// pages, keys, hash, span, words, incident.
    pub kind: &'static str,
    /// A sentence that says where.
    pub message: String,
}

/// More findings than this of a kind say nothing new.
const ENOUGH: usize = 50;

impl Record {
    /// Verifies pages, foreign keys, the index of words, hashes of ledgers, and that every span lies in its text. `progress` is told how
    /// many reports were verified.
    ///
    /// # Errors
    /// Those of a file that cannot be read at all.
    pub fn check(&self, progress: &mut dyn FnMut(u64)) -> Result<Vec<Finding>, RecordError> {
        let mut findings = Vec::new();
        self.check_pages(&mut findings).map_err(|error| self.wrong(error))?;
        if findings.is_empty() {
            self.check_reports(&mut findings, progress).map_err(|error| self.wrong(error))?;
            self.check_incidents(&mut findings).map_err(|error| self.wrong(error))?;
        }
        Ok(findings)
    }

    fn check_pages(&self, findings: &mut Vec<Finding>) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(50)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let message: String = row.get(0)?;
            if message != "ok" {
                findings.push(Finding { kind: "pages", message });
            }
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if findings.len() >= ENOUGH {
                break;
            }
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            findings.push(Finding {
                kind: "keys",
                message: format!("a row of `{table}` names a row of `{parent}` that is not there"),
            });
        }
        Ok(())
    }

    fn check_reports(&self, findings: &mut Vec<Finding>, progress: &mut dyn FnMut(u64)) -> rusqlite::Result<()> {
        let mut statement =
            self.connection.prepare("SELECT id, text, ledger, ledger_sha256, dictionary FROM documents ORDER BY id")?;
        let mut beyond = self.connection.prepare(
            "SELECT 'claim c' || no FROM claims WHERE document = ?1 AND max(coalesce(source_end, 0), coalesce(cue_end, 0), coalesce(content_end, 0)) > ?2
             UNION ALL SELECT 'event e' || no FROM events WHERE document = ?1 AND (trigger_end > ?2 OR trigger_start > trigger_end)
             UNION ALL SELECT 'harm h' || no FROM harms WHERE document = ?1 AND (max(\"end\", coalesce(victims_end, 0)) > ?2 OR start > \"end\")
             UNION ALL SELECT 'ceasefire f' || no FROM ceasefires WHERE document = ?1 AND \"end\" > ?2",
        )?;
        let mut rows = statement.query([])?;
        let mut done = 0;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let (text, packed): (String, Vec<u8>) = (row.get(1)?, row.get(2)?);
            let (hash, dictionary): (Vec<u8>, i64) = (row.get(3)?, row.get(4)?);
            let dictionary = self.dictionaries.get(&dictionary).map(Vec::as_slice).unwrap_or_default();
            match blob::unpack_plain(&packed, dictionary) {
                Err(what) => findings.push(Finding {
                    kind: "hash",
                    message: format!("the ledger of report {id} cannot be unpacked: {what}"),
                }),
                Ok(plain) if Sha256::digest(&plain)[..] != hash[..] => {
                    findings.push(Finding {
                        kind: "hash",
                        message: format!("the ledger of report {id} is not the one that was written"),
                    });
                }
                Ok(_) => match blob::unpack(id, &packed, dictionary, &text) {
                    Err(error) => findings.push(Finding { kind: "hash", message: error.to_string() }),
                    Ok(ledger) => check_spans(id, &ledger, &text, findings),
                },
            }
            let length = text.chars().count() as i64;
            for row in beyond.query_map([id, length], |row| row.get::<_, String>(0))? {
                findings
                    .push(Finding { kind: "span", message: format!("{} of report {id} points behind its text", row?) });
            }
            if findings.len() >= ENOUGH {
                break;
            }
            done += 1;
            progress(done);
        }
        // The index of words is rebuilt from the texts with one command, so its state is told apart.
        let words = self.connection.query_row(
            "SELECT count(*) FROM documents WHERE id NOT IN (SELECT id FROM words_docsize)",
            [],
            |row| row.get::<_, i64>(0),
        );
        match words.optional() {
            Ok(Some(0) | None) => {}
            Ok(Some(missing)) => findings
                .push(Finding { kind: "words", message: format!("{missing} reports are not in the index of words") }),
            Err(error) => findings.push(Finding { kind: "words", message: error.to_string() }),
        }
        Ok(())
    }

    fn check_incidents(&self, findings: &mut Vec<Finding>) -> rusqlite::Result<()> {
        for (sql, what) in [
            (
                "SELECT count(*) FROM tellings t WHERE t.incident IS NOT NULL AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.id = t.incident)",
                "reports belong to incidents that are not there",
            ),
            (
                "SELECT count(*) FROM incidents i WHERE i.reports <> (SELECT count(DISTINCT document) FROM tellings t WHERE t.incident = i.id AND t.news = 1)
                 AND EXISTS (SELECT 1 FROM tellings t WHERE t.incident = i.id AND t.news = 1)",
                "incidents do not count their reports",
            ),
            (
                "SELECT count(*) FROM redirects r WHERE r.new = r.old OR NOT EXISTS (SELECT 1 FROM incidents i WHERE i.id = r.new)",
                "merged ids lead nowhere",
            ),
        ] {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            if count > 0 {
                findings.push(Finding { kind: "incident", message: format!("{count} {what}") });
            }
        }
        Ok(())
    }
}

/// Every span of the ledger lies in the text and has its words there.
fn check_spans(id: i64, ledger: &counterclaim_schema::ledger::ReportLedger, text: &str, findings: &mut Vec<Finding>) {
    let length = text.chars().count() as u64;
    let mut value = serde_json::to_value(ledger).unwrap_or_default();
    if let Some(document) = value.get_mut("document").and_then(serde_json::Value::as_object_mut) {
        document.remove("text");
    }
    let mut queue = vec![&value];
    while let Some(item) = queue.pop() {
        match item {
            serde_json::Value::Array(items) => queue.extend(items),
            serde_json::Value::Object(fields) => {
                if let (Some(start), Some(end)) = (
                    fields.get("start").and_then(serde_json::Value::as_u64),
                    fields.get("end").and_then(serde_json::Value::as_u64),
                ) {
                    let empty = start < end && fields.get("text").and_then(serde_json::Value::as_str) == Some("");
                    if start > end || end > length || empty {
                        findings.push(Finding {
                            kind: "span",
                            message: format!("a span {start} to {end} of report {id} is not in its text"),
                        });
                        return;
                    }
                }
                queue.extend(fields.values());
            }
            _ => {}
        }
    }
}
