//! The record as flat tables, row by row, for files that leave it. Decisions of people are laid over the rows.

use crate::review::{self, Layer};
use crate::{Record, RecordError, blob, party, place_claims};
use counterclaim_schema::ledger::{ActorRow, ReportLedger};
use rusqlite::types::ValueRef;
use std::collections::HashMap;

/// A flat table of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row for each incident.
    Incidents,
    /// One row for each event of a report.
    Events,
    /// One row for each claim of a report.
    Claims,
    /// One row for each figure of a report.
    Harms,
    /// One row for each term, word of status and alleged violation.
    Ceasefires,
    /// One row for each pair that cannot both hold.
    Contradictions,
    /// One row for each party of a report.
    Parties,
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not told or not known.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Words.
    Text(String),
}

impl Table {
    /// All of them, in the order of export.
    pub const ALL: [Table; 7] = [
        Table::Incidents,
        Table::Events,
        Table::Claims,
        Table::Harms,
        Table::Ceasefires,
        Table::Contradictions,
        Table::Parties,
    ];

    /// Its name in file names.
    pub fn name(self) -> &'static str {
        match self {
            Table::Incidents => "incidents",
            Table::Events => "events",
            Table::Claims => "claims",
            Table::Harms => "harms",
            Table::Ceasefires => "ceasefires",
            Table::Contradictions => "contradictions",
            Table::Parties => "parties",
        }
    }

    /// Names of its columns. `lat` and `lon` are those of the gazetteer, whatever the precision, or the
    /// middle of a circle where `radius_km` is told.
    pub fn columns(self) -> Vec<&'static str> {
        self.definition().0.split_whitespace().collect()
    }

    fn definition(self) -> (&'static str, &'static str) {
        match self {
            Table::Incidents => (
                "incident title kind place gazetteer_id precision lat lon radius_km country admin_claims first_day last_day reports voices killed_low killed_high
                 injured_low injured_high contradictions grade updated",
                "SELECT i.id, i.title, i.kind, p.name, p.key, i.precision, coalesce(i.lat, p.lat), coalesce(i.lon, p.lon), i.radius_km, i.country, p.key,
                    date(i.day_first * 86400, 'unixepoch'), date(i.day_last * 86400, 'unixepoch'), i.reports, i.voices, i.killed_low,
                    i.killed_high, i.injured_low, i.injured_high, i.contradictions, i.grade, date(i.updated_day * 86400, 'unixepoch')
                 FROM incidents i LEFT JOIN places p ON p.id = i.place WHERE i.reports > 0 ORDER BY i.id",
            ),
            Table::Events => (
                "incident document report publisher published event type mode acled cameo status scope place gazetteer_id precision lat lon radius_km
                 country admin_claims first_day last_day actors recipients claim claimant claimant_side words start end voice reviewed",
                "SELECT t.incident, e.document, d.name, d.publisher, d.published, 'e' || e.no, e.type, e.mode, e.acled, e.cameo, e.status,
                    e.scope, p.name, p.key, e.precision, coalesce(e.lat, p.lat), coalesce(e.lon, p.lon), e.radius_km, p.country, p.key,
                    date(e.day_first * 86400, 'unixepoch'), date(e.day_last * 86400, 'unixepoch'),
                    (SELECT group_concat(n, '; ') FROM (SELECT q.name AS n FROM event_parties x JOIN parties q ON q.id = x.party
                        WHERE x.document = e.document AND x.event = e.no AND x.role = 'actor' ORDER BY q.id)),
                    (SELECT group_concat(n, '; ') FROM (SELECT q.name AS n FROM event_parties x JOIN parties q ON q.id = x.party
                        WHERE x.document = e.document AND x.event = e.no AND x.role = 'recipient' ORDER BY q.id)),
                    'c' || e.claim, s.name, s.side, substr(d.text, e.trigger_start + 1, e.trigger_end - e.trigger_start),
                    e.trigger_start, e.trigger_end, d.voice, NULL
                 FROM events e JOIN documents d ON d.id = e.document LEFT JOIN places p ON p.id = e.place
                 LEFT JOIN tellings t ON t.id = e.telling LEFT JOIN claims c ON c.document = e.document AND c.no = e.claim
                 LEFT JOIN parties s ON s.id = c.claimant ORDER BY e.document, e.no",
            ),
            Table::Claims => (
                "incident document report publisher published url claim claimant claimant_key claimant_side stance certainty source cue content start
                 end blames voice reviewed",
                "SELECT t.incident, c.document, d.name, d.publisher, d.published, d.url, 'c' || c.no, p.name, p.key, p.side, c.stance,
                    c.certainty, substr(d.text, c.source_start + 1, c.source_end - c.source_start),
                    substr(d.text, c.cue_start + 1, c.cue_end - c.cue_start),
                    substr(d.text, c.content_start + 1, c.content_end - c.content_start), c.content_start, c.content_end, c.blames, d.voice, NULL
                 FROM claims c JOIN documents d ON d.id = c.document LEFT JOIN parties p ON p.id = c.claimant
                 LEFT JOIN tellings t ON t.id = c.telling ORDER BY c.document, c.no",
            ),
            Table::Harms => (
                "incident document report publisher published harm kind side low high civilian earlier scope part_of claimant claimant_key
                 claimant_side claim words victims start end voice reviewed",
                "SELECT t.incident, h.document, d.name, d.publisher, d.published, 'h' || h.no, h.kind, h.side, h.low, h.high, h.civilian,
                    h.earlier, h.scope, 'h' || h.part_of, p.name, p.key, p.side, 'c' || h.claim,
                    substr(d.text, h.start + 1, h.\"end\" - h.start),
                    substr(d.text, h.victims_start + 1, h.victims_end - h.victims_start), h.start, h.\"end\", d.voice, NULL
                 FROM harms h JOIN documents d ON d.id = h.document LEFT JOIN claims c ON c.document = h.document AND c.no = h.claim
                 LEFT JOIN parties p ON p.id = c.claimant LEFT JOIN tellings t ON t.id = h.telling ORDER BY h.document, h.no",
            ),
            Table::Ceasefires => (
                "pair document report publisher published ceasefire effective expires announced_by parties row term alleged_by against words start end",
                "SELECT f.pair, f.document, d.name, d.publisher, d.published, 'f' || f.no, f.effective, f.expires, a.name,
                    (SELECT group_concat(n, '; ') FROM (SELECT q.name AS n FROM ceasefire_parties x JOIN parties q ON q.id = x.party
                        WHERE x.document = f.document AND x.ceasefire = f.no ORDER BY q.id)),
                    coalesce(r.kind, 'agreed'), r.term, b.name, g.name,
                    substr(d.text, coalesce(r.start, f.start) + 1, coalesce(r.\"end\" - r.start, f.\"end\" - f.start)),
                    coalesce(r.start, f.start), coalesce(r.\"end\", f.\"end\")
                 FROM ceasefires f JOIN documents d ON d.id = f.document
                 LEFT JOIN ceasefire_rows r ON r.document = f.document AND r.ceasefire = f.no LEFT JOIN parties a ON a.id = f.announced_by
                 LEFT JOIN parties b ON b.id = r.alleged_by LEFT JOIN parties g ON g.id = r.against ORDER BY f.document, f.no, r.no",
            ),
            Table::Contradictions => (
                "incident kind about a_document a_row a_claimant a_side a_words a_start a_end b_document b_row b_claimant b_side b_words b_start b_end",
                "SELECT x.incident, x.kind, x.about, x.a_document, x.a_row, a.name, a.side, NULL, NULL, NULL,
                    x.b_document, x.b_row, b.name, b.side, NULL, NULL, NULL
                 FROM contradictions x LEFT JOIN parties a ON a.id = x.a_party LEFT JOIN parties b ON b.id = x.b_party
                 ORDER BY x.incident, x.rowid",
            ),
            // What follows the report's own columns stands in its ledger.
            Table::Parties => (
                "document report publisher published actor words party_key party_side country kind sectors plover listed cow gw cameo acled_actor
                 ucdp_side bases members start end voice",
                "SELECT d.id, d.name, d.publisher, d.published, d.voice, d.ledger, d.dictionary, d.text FROM documents d ORDER BY d.id",
            ),
        }
    }
}

impl Record {
    /// Visits every row of a table in a fixed order; memory does not grow with the record.
    ///
    /// # Errors
    /// Those of the file.
    pub fn visit(&self, table: Table, visit: &mut dyn FnMut(&[Cell]) -> bool) -> Result<(), RecordError> {
        if table == Table::Parties {
            return self.visit_parties(visit);
        }
        self.visit_rows(table, visit).map_err(|error| self.wrong(error))
    }

    fn visit_rows(&self, table: Table, visit: &mut dyn FnMut(&[Cell]) -> bool) -> rusqlite::Result<()> {
        let columns = table.columns();
        let at = |name: &str| columns.iter().position(|column| *column == name);
        let layer = self.all_decisions()?;
        let mut claims_of: HashMap<String, String> = HashMap::new();
        let mut statement = self.connection.prepare(table.definition().1)?;
        let mut rows = statement.query([])?;
        let mut cells: Vec<Cell> = Vec::with_capacity(columns.len());
        while let Some(row) = rows.next()? {
            cells.clear();
            for index in 0..columns.len() {
                cells.push(match row.get_ref(index)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(number) => Cell::Integer(number),
                    ValueRef::Real(number) => Cell::Real(number),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        Cell::Text(String::from_utf8_lossy(bytes).into_owned())
                    }
                });
            }
            if let Some(at) = at("admin_claims") {
                if let Cell::Text(key) = &cells[at] {
                    if !claims_of.contains_key(key) {
                        let claims = place_claims(key);
                        let words: Vec<String> =
                            claims.iter().map(|claim| format!("{}:{}", claim.view, claim.country)).collect();
                        claims_of.insert(key.clone(), words.join("; "));
                    }
                    let words = claims_of.get(key).cloned().unwrap_or_default();
                    cells[at] = if words.is_empty() { Cell::Null } else { Cell::Text(words) };
                }
            }
            if table == Table::Contradictions {
                for side in [3, 10] {
                    let (Cell::Integer(document), Cell::Text(name)) = (&cells[side], &cells[side + 1]) else {
                        continue;
                    };
                    if let Some((words, start, end)) = self.words_of_row(*document, name)? {
                        cells[side + 4] = Cell::Text(words);
                        cells[side + 5] = Cell::Integer(start);
                        cells[side + 6] = Cell::Integer(end);
                    }
                }
            }
            lay(&layer, table, &columns, &mut cells);
            if !visit(&cells) {
                break;
            }
        }
        Ok(())
    }

    /// The parties of one report after the other, as its ledger has them.
    fn visit_parties(&self, visit: &mut dyn FnMut(&[Cell]) -> bool) -> Result<(), RecordError> {
        let wrong = |error| self.wrong(error);
        let mut statement = self.connection.prepare(Table::Parties.definition().1).map_err(wrong)?;
        let mut rows = statement.query([]).map_err(wrong)?;
        while let Some(row) = rows.next().map_err(wrong)? {
            let read = || -> rusqlite::Result<_> {
                let text = |at: usize| -> rusqlite::Result<Cell> {
                    Ok(row.get::<_, Option<String>>(at)?.map_or(Cell::Null, Cell::Text))
                };
                let report: (i64, [Cell; 3], i64) = (row.get(0)?, [text(1)?, text(2)?, text(3)?], row.get(4)?);
                Ok((report, row.get::<_, Vec<u8>>(5)?, row.get::<_, i64>(6)?, row.get::<_, String>(7)?))
            };
            let ((document, report, voice), packed, dictionary, text) = read().map_err(wrong)?;
            let dictionary = self.dictionaries.get(&dictionary).map(Vec::as_slice).unwrap_or_default();
            let ledger = blob::unpack(document, &packed, dictionary, &text)?;
            for actor in ledger.actors.iter().filter(|actor| !party::is_pronoun(&actor.name)) {
                let mut cells = vec![Cell::Integer(document)];
                cells.extend(report.iter().cloned());
                cells.extend(party_cells(&ledger, actor));
                cells.push(Cell::Integer(voice));
                if !visit(&cells) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Every decision about a row, by report, list and place.
    fn all_decisions(&self) -> rusqlite::Result<Layer> {
        let keys: HashMap<Vec<u8>, i64> = self
            .connection
            .prepare(
                "SELECT key, id FROM documents WHERE key IN (SELECT document FROM reviews WHERE document IS NOT NULL)",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        review::layer(&self.connection, -1, &keys)
    }
}

/// Columns of a party from `actor` to `end`.
fn party_cells(ledger: &ReportLedger, actor: &ActorRow) -> Vec<Cell> {
    let text = |words: &str| if words.is_empty() { Cell::Null } else { Cell::Text(words.to_owned()) };
    let codes = |scheme: &str| {
        let found: Vec<&str> =
            actor.codes.iter().filter(|code| code.scheme == scheme).map(|code| code.code.as_str()).collect();
        text(&found.join("; "))
    };
    let mut bases: Vec<String> = Vec::new();
    for code in &actor.codes {
        let told = format!("{}:{}", code.scheme, code.basis);
        if !bases.contains(&told) {
            bases.push(told);
        }
    }
    let across = party::party(actor, None);
    let name_of = |id: &String| ledger.actors.iter().find(|other| other.id == *id).map(|other| other.name.as_str());
    let members: Vec<&str> = actor.members.iter().filter_map(name_of).collect();
    let first = actor.mentions.iter().min_by_key(|mention| mention.start);
    let offset = |at: Option<u32>| at.map_or(Cell::Null, |at| Cell::Integer(i64::from(at)));
    vec![
        text(&actor.id),
        text(&actor.name),
        text(&across.key),
        text(&across.side),
        text(actor.country.as_deref().unwrap_or_default()),
        text(&actor.kind),
        text(&actor.sector.join(" ")),
        codes("plover"),
        codes("party"),
        codes("cow"),
        codes("gw"),
        codes("cameo"),
        codes("acled_actor"),
        codes("ucdp_side"),
        text(&bases.join("; ")),
        text(&members.join("; ")),
        offset(first.map(|mention| mention.start)),
        offset(first.map(|mention| mention.end)),
    ]
}

/// Lays the decision about a row over its cells.
fn lay(layer: &Layer, table: Table, columns: &[&str], cells: &mut [Cell]) {
    let list = match table {
        Table::Events => 'e',
        Table::Claims => 'c',
        Table::Harms => 'h',
        _ => return,
    };
    let at = |name: &str| columns.iter().position(|column| *column == name).unwrap_or(0);
    let (Cell::Integer(document), Cell::Integer(start)) = (&cells[at("document")], &cells[at("start")]) else { return };
    let Some(decided) = layer.of(*document, list, *start as u32) else { return };
    if list == 'h' {
        let text = |cell: &Cell| if let Cell::Text(text) = cell { text.clone() } else { String::new() };
        let number = |cell: &Cell| if let Cell::Integer(number) = cell { Some(*number) } else { None };
        let (mut kind, mut side) = (text(&cells[at("kind")]), text(&cells[at("side")]));
        let (mut low, mut high) = (number(&cells[at("low")]), number(&cells[at("high")]));
        decided.correct(&mut kind, &mut side, &mut low, &mut high);
        cells[at("kind")] = Cell::Text(kind);
        cells[at("side")] = Cell::Text(side);
        cells[at("low")] = low.map_or(Cell::Null, Cell::Integer);
        cells[at("high")] = high.map_or(Cell::Null, Cell::Integer);
    }
    cells[at("reviewed")] = Cell::Text(decided.word().to_owned());
}
