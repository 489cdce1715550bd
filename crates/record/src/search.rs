//! Words and filters to reports and their incidents.

use crate::incident::{IncidentFilter, conditions, report_row};
use crate::{Record, RecordError, ReportRow};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

/// What to look for. Filters are those of incidents; `words` may be empty.
#[derive(Debug, Clone, Default)]
pub struct SearchFilter {
    /// Words that must all stand in the report; quoted ones in this order.
    pub words: String,
    /// Which incidents; its limit and offset count reports.
    pub incidents: IncidentFilter,
}

/// A report that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The report.
    #[serde(flatten)]
    pub report: ReportRow,
    /// Its incident, if it has one.
    pub incident: Option<i64>,
    /// Words around the first match, the matches between U+0002 and U+0003.
    pub snippet: String,
}

/// A query of FTS5 that no input can break: each word quoted, phrases kept, a star at a word's end kept.
pub(crate) fn query(words: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (index, piece) in words.split('"').enumerate() {
        let clean = |text: &str| -> String {
            text.chars().map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect::<String>()
        };
        if index % 2 == 1 {
            let phrase = clean(piece);
            if !phrase.trim().is_empty() {
                parts.push(format!("\"{}\"", phrase.trim()));
            }
            continue;
        }
        for word in piece.split_whitespace() {
            let star = if word.ends_with('*') { "*" } else { "" };
            let cleaned = clean(word);
            if !cleaned.trim().is_empty() {
                parts.push(format!("\"{}\"{star}", cleaned.trim()));
            }
        }
    }
    parts.join(" ")
}

impl Record {
    /// Reports with these words in incidents that fit, the best match first; without words the latest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn search(&self, filter: &SearchFilter) -> Result<Vec<Hit>, RecordError> {
        self.find(filter).map_err(|error| self.wrong(error))
    }

    fn find(&self, filter: &SearchFilter) -> rusqlite::Result<Vec<Hit>> {
        let words = query(&filter.words);
        let limit = if filter.incidents.limit == 0 { 50 } else { filter.incidents.limit };
        let plain = IncidentFilter { limit: 0, offset: 0, ..filter.incidents.clone() };
        let (conditions, mut values) = conditions(&plain);
        // Without a filter reports that belong to no incident are found too.
        let filtered = conditions.len() > 1;
        let inside = format!(
            "d.id IN (SELECT t.document FROM tellings t JOIN incidents i ON i.id = t.incident WHERE t.news = 1 AND {})",
            conditions.join(" AND ")
        );
        let incident = "(SELECT t.incident FROM tellings t WHERE t.document = d.id AND t.incident IS NOT NULL ORDER BY t.no LIMIT 1)";
        let columns = "d.id, d.name, d.publisher, d.url, d.title, d.published, d.copied_from, d.similarity";
        let sql = if words.is_empty() {
            format!(
                "SELECT {columns}, {incident}, substr(d.text, 1, 160) FROM documents d WHERE {} ORDER BY d.day DESC, d.id DESC",
                if filtered { &inside } else { "1" }
            )
        } else {
            values.push(Value::from(words));
            format!(
                "SELECT {columns}, {incident}, snippet(words, 1, char(2), char(3), '…', 24) FROM words JOIN documents d ON d.id = words.rowid
                 WHERE words MATCH ?{} AND {} ORDER BY rank, d.id",
                values.len(),
                if filtered { &inside } else { "1" }
            )
        };
        if !filtered {
            debug_assert!(values.len() <= 1);
        }
        values.push(Value::from(limit as i64));
        values.push(Value::from(filter.incidents.offset as i64));
        let sql = format!("{sql} LIMIT ?{} OFFSET ?{}", values.len() - 1, values.len());
        self.connection
            .prepare_cached(&sql)?
            .query_map(params_from_iter(values.iter()), |row| {
                Ok(Hit { report: report_row(row)?, incident: row.get(8)?, snippet: row.get(9)? })
            })?
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn no_input_breaks_the_query() {
        for (words, expected) in [
            ("market bomb", "\"market\" \"bomb\""),
            ("\"bus station\" Borno", "\"bus station\" \"Borno\""),
            ("bomb*", "\"bomb\"*"),
            ("a AND (b OR \"", "\"a\" \"AND\" \"b\" \"OR\""),
            ("'; DROP TABLE x --", "\"DROP\" \"TABLE\" \"x\""),
            ("  ", ""),
        ] {
            assert_eq!(query(words), expected, "{words}");
        }
    }
}
