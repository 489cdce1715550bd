//! How a report gets into the record: all of it in one transaction with its batch, or nothing.

use crate::store::Record;
use crate::telling::{self, Features, Telling, Where, circle_of};
use crate::{RecordError, blob, cluster, copies, day_of, party, similarity};
use counterclaim_schema::ledger::*;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What became of a report that was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Id of the report in the record.
    pub document: i64,
    /// Whether it was new; else it was there and nothing was done, or it was coded again.
    pub new: bool,
    /// The report that it copies, and how similar they are.
    pub copied_from: Option<(i64, f64)>,
}

/// What makes a report the same report: its bytes, publisher, address and date of publication.
pub fn content_key(sha256: &str, publisher: Option<&str>, url: Option<&str>, published: Option<&str>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in [Some(sha256), publisher, url, published] {
        match part {
            Some(text) => {
                hasher.update((text.len() as u64 + 1).to_le_bytes());
                hasher.update(text.as_bytes());
            }
            None => hasher.update(0u64.to_le_bytes()),
        }
    }
    hasher.finalize().into()
}

fn key_of(ledger: &ReportLedger) -> [u8; 32] {
    let document = &ledger.document;
    content_key(&document.sha256, document.publisher.as_deref(), document.url.as_deref(), document.published.as_deref())
}

/// Rows compared at one key, in each direction of time: the limit up to which the order of arrival does not matter.
const CANDIDATES: i64 = 64;
/// Days around a telling in which others are looked for.
const WINDOW: i64 = 12;
/// Day of tellings that no date bounds.
const UNBOUNDED: i64 = -1_000_000;
/// Members of a group of copies that are compared with one another when it grows.
const GROUP: usize = 64;
/// Reports that are looked at under each band, the first that came.
const BAND_LOOK: i64 = 16;

/// Number in an id such as `c12`.
pub(crate) fn number(id: &str) -> Option<i64> {
    id.get(1..)?.parse().ok()
}

fn snake<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Record {
    /// Whether a report with this key is in the record, coded so.
    ///
    /// # Errors
    /// Those of the file.
    pub fn holds(&self, key: &[u8; 32], coding: Option<&str>) -> Result<bool, RecordError> {
        let found: Option<String> = self
            .connection
            .prepare_cached("SELECT c.name FROM documents d JOIN codings c ON c.id = d.coding WHERE d.key = ?1")
            .and_then(|mut statement| statement.query_row([&key[..]], |row| row.get(0)).optional())
            .map_err(|error| self.wrong(error))?;
        Ok(found.is_some_and(|name| coding.is_none_or(|coding| coding == name)))
    }

    /// Adds a batch of ledgers in one transaction, and brings the incidents that they touch up to date. A report that is there
    /// already is left alone; one that was coded with another `coding` is coded again, and its earlier ledger is kept.
    ///
    /// # Errors
    /// Those of the file; nothing of the batch is added then.
    pub fn add(&mut self, ledgers: &[ReportLedger], coding: &str) -> Result<Vec<Added>, RecordError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.wrong(error))?;
        let done = self.add_all(ledgers, coding);
        let ended = match &done {
            Ok(_) => self.connection.execute_batch("COMMIT"),
            Err(_) => Ok(()),
        };
        match (done, ended) {
            (Ok(added), Ok(())) => Ok(added),
            (done, ended) => {
                // The transaction may have ended by itself when the disk was full.
                if !self.connection.is_autocommit() {
                    let _ = self.connection.execute_batch("ROLLBACK");
                }
                self.features.clear();
                self.signatures.clear();
                self.parties.clear();
                self.places.clear();
                Err(match (done, ended) {
                    (Err(error), _) | (_, Err(error)) => self.wrong(error),
                    (Ok(_), Ok(())) => RecordError::Review("nothing failed".to_owned()),
                })
            }
        }
    }

    fn add_all(&mut self, ledgers: &[ReportLedger], coding: &str) -> rusqlite::Result<Vec<Added>> {
        if ledgers.is_empty() {
            // The lock is what is asked for.
            return Ok(Vec::new());
        }
        self.connection.execute("INSERT OR IGNORE INTO codings (name) VALUES (?1)", [coding])?;
        let coding: i64 =
            self.connection.query_row("SELECT id FROM codings WHERE name = ?1", [coding], |row| row.get(0))?;
        let mut added = Vec::with_capacity(ledgers.len());
        let mut fresh: Vec<i64> = Vec::new();
        let mut touched: BTreeSet<i64> = BTreeSet::new();
        for ledger in ledgers {
            let one = self.add_one(ledger, coding, &mut fresh, &mut touched)?;
            added.push(one);
        }
        cluster::recluster(self, &fresh, &mut touched)?;
        crate::review::overlay(self, &fresh, &mut touched)?;
        for incident in touched {
            crate::fuse::refresh(&self.connection, incident)?;
        }
        Ok(added)
    }

    fn add_one(
        &mut self,
        ledger: &ReportLedger,
        coding: i64,
        fresh: &mut Vec<i64>,
        touched: &mut BTreeSet<i64>,
    ) -> rusqlite::Result<Added> {
        let key = key_of(ledger);
        let there: Option<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT id, coding FROM documents WHERE key = ?1")?
            .query_row([&key[..]], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (document, new) = match there {
            Some((document, old)) if old == coding => {
                return Ok(Added { document, new: false, copied_from: None });
            }
            Some((document, _)) => {
                self.replace(document, ledger, coding, touched)?;
                (document, false)
            }
            None => (self.insert(ledger, &key, coding)?, true),
        };
        let told = telling::tellings(ledger, &key);
        let mut ids = Vec::with_capacity(told.len());
        for (no, telling) in told.iter().enumerate() {
            let id = self.insert_telling(document, no, telling, ledger)?;
            ids.push(id);
            fresh.push(id);
        }
        self.insert_rows(document, ledger, &told, &ids)?;
        let copied_from = if new { self.link_copies(document, ledger, touched)? } else { None };
        Ok(Added { document, new, copied_from })
    }

    fn insert(&mut self, ledger: &ReportLedger, key: &[u8; 32], coding: i64) -> rusqlite::Result<i64> {
        let row = &ledger.document;
        let (packed, plain) = blob::pack(ledger, &mut self.compressor);
        let signature = copies::signature(row);
        self.connection
            .prepare_cached(
                "INSERT INTO documents (key, sha256, name, publisher, url, title, published, day, language, text, ledger, ledger_sha256,
                 dictionary, coding, voice, minhash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15)",
            )?
            .execute(params![
                &key[..],
                row.sha256,
                row.id,
                row.publisher,
                row.url,
                row.title,
                row.published,
                row.published.as_deref().and_then(day_of),
                row.language,
                row.text,
                packed,
                &Sha256::digest(&plain)[..],
                self.dictionary,
                coding,
                copies::to_bytes(&signature),
            ])?;
        let document = self.connection.last_insert_rowid();
        self.connection.prepare_cached("UPDATE documents SET voice = ?1 WHERE id = ?1")?.execute([document])?;
        self.connection
            .prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")?
            .execute(params![document, row.title, row.text])?;
        Ok(document)
    }

    /// Keeps the earlier ledger and clears what was derived from it.
    fn replace(
        &mut self,
        document: i64,
        ledger: &ReportLedger,
        coding: i64,
        touched: &mut BTreeSet<i64>,
    ) -> rusqlite::Result<()> {
        let db = &self.connection;
        db.execute(
            "INSERT OR REPLACE INTO past_ledgers (document, coding, dictionary, ledger)
             SELECT id, coding, dictionary, ledger FROM documents WHERE id = ?1",
            [document],
        )?;
        let mut statement =
            db.prepare_cached("SELECT id, incident, machine, features FROM tellings WHERE document = ?1")?;
        let old: Vec<(i64, Option<i64>, Option<i64>, Vec<u8>)> = statement
            .query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<rusqlite::Result<_>>()?;
        drop(statement);
        for (telling, incident, machine, features) in old {
            touched.extend(incident);
            touched.extend(machine);
            self.features.remove(&telling);
            // Links stand in both directions, and keys follow from the features: no search over the whole table is needed.
            db.prepare_cached(
                "DELETE FROM telling_edges WHERE (a, b) IN (SELECT b, a FROM telling_edges WHERE a = ?1)",
            )?
            .execute([telling])?;
            db.prepare_cached("DELETE FROM telling_edges WHERE a = ?1")?.execute([telling])?;
            let mut delete =
                db.prepare_cached("DELETE FROM telling_keys WHERE key = ?1 AND day = ?2 AND telling = ?3")?;
            if !Features::is_present(&features) {
                // Earlier versions had other keys.
                db.prepare_cached("DELETE FROM telling_keys WHERE telling = ?1")?.execute([telling])?;
            }
            for (key, day) in Features::from_bytes(&features).iter().flat_map(stands) {
                delete.execute(params![key, day, telling])?;
            }
        }
        for sql in [
            "DELETE FROM ceasefire_rows WHERE document = ?1",
            "DELETE FROM ceasefire_parties WHERE document = ?1",
            "DELETE FROM ceasefires WHERE document = ?1",
            "DELETE FROM event_parties WHERE document = ?1",
            "DELETE FROM harms WHERE document = ?1",
            "DELETE FROM events WHERE document = ?1",
            "DELETE FROM claims WHERE document = ?1",
            "DELETE FROM tellings WHERE document = ?1",
        ] {
            db.prepare_cached(sql)?.execute([document])?;
        }
        let (packed, plain) = blob::pack(ledger, &mut self.compressor);
        db.execute(
            "UPDATE documents SET ledger = ?2, ledger_sha256 = ?3, dictionary = ?4, coding = ?5 WHERE id = ?1",
            params![document, packed, &Sha256::digest(&plain)[..], self.dictionary, coding],
        )?;
        Ok(())
    }

    fn party_id(&mut self, party: &party::Party) -> rusqlite::Result<i64> {
        if let Some(id) = self.parties.get(&party.key) {
            return Ok(*id);
        }
        let db = &self.connection;
        db.prepare_cached(
            "INSERT OR IGNORE INTO parties (key, name, country, body, side, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![party.key, party.name, party.country, party.body, party.side, party.kind])?;
        let id =
            db.prepare_cached("SELECT id FROM parties WHERE key = ?1")?.query_row([&party.key], |row| row.get(0))?;
        self.parties.insert(party.key.clone(), id);
        Ok(id)
    }

    fn place_id(&mut self, row: &PlaceRow) -> rusqlite::Result<Option<i64>> {
        let (Some(key), Some(lat), Some(lon)) = (&row.gazetteer_id, row.lat, row.lon) else { return Ok(None) };
        if let Some(id) = self.places.get(key) {
            return Ok(Some(*id));
        }
        let db = &self.connection;
        let there: Option<i64> =
            db.prepare_cached("SELECT id FROM places WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()?;
        let id = match there {
            Some(id) => id,
            None => {
                let name = row.name.as_deref().unwrap_or(&row.span.text);
                db.prepare_cached(
                    "INSERT INTO places (key, name, lat, lon, country, admin1, feature_code) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![key, name, lat, lon, row.country, row.admin1, row.feature_code])?;
                let id = db.last_insert_rowid();
                db.prepare_cached("INSERT INTO place_tree (id, south, north, west, east) VALUES (?1, ?2, ?2, ?3, ?3)")?
                    .execute(params![id, lat, lon])?;
                id
            }
        };
        self.places.insert(key.clone(), id);
        Ok(Some(id))
    }

    fn place_of(&mut self, ledger: &ReportLedger, place: Option<&Where>) -> rusqlite::Result<Option<i64>> {
        let Some(place) = place else { return Ok(None) };
        let row = ledger.places.iter().find(|row| row.gazetteer_id.as_deref() == Some(&place.key));
        row.map_or(Ok(None), |row| self.place_id(row))
    }

    fn insert_telling(
        &mut self,
        document: i64,
        no: usize,
        telling: &Telling,
        ledger: &ReportLedger,
    ) -> rusqlite::Result<i64> {
        let place = self.place_of(ledger, telling.place.as_ref())?;
        let features = &telling.features;
        let bounded = features.days.0 != i32::MIN;
        let circle = telling.place.as_ref().and_then(|place| place.circle);
        let db = &self.connection;
        db.prepare_cached(
            "INSERT INTO tellings (document, no, news, start, place, precision, country, day_first, day_last, dated, kind, features,
             lat, lon, radius_km)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            document,
            no as i64,
            features.news,
            telling.start,
            place,
            telling.place.as_ref().map(|place| snake(place.precision)),
            telling.place.as_ref().and_then(|place| place.country.clone()),
            bounded.then_some(features.days.0),
            bounded.then_some(features.days.1),
            features.dated,
            telling.kind,
            features.to_bytes(),
            circle.map(|circle| circle.lat),
            circle.map(|circle| circle.lon),
            circle.map(|circle| circle.radius_km),
        ])?;
        let id = db.last_insert_rowid();
        self.link(id, telling)?;
        let db = &self.connection;
        let mut insert =
            db.prepare_cached("INSERT OR IGNORE INTO telling_keys (key, day, telling) VALUES (?1, ?2, ?3)")?;
        for (key, day) in stands(features) {
            insert.execute(params![key, day, id])?;
        }
        drop(insert);
        self.remember(id, features.clone());
        Ok(id)
    }

    /// Links a telling to those that may tell the same.
    fn link(&mut self, id: i64, telling: &Telling) -> rusqlite::Result<()> {
        let features = &telling.features;
        let mut found: BTreeSet<i64> = BTreeSet::new();
        {
            let db = &self.connection;
            let mut after = db.prepare_cached(
                "SELECT telling FROM telling_keys WHERE key = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, telling LIMIT ?4",
            )?;
            let mut before = db.prepare_cached(
                "SELECT telling FROM telling_keys WHERE key = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day DESC, telling LIMIT ?4",
            )?;
            for key in asked(features) {
                let mut collect =
                    |statement: &mut rusqlite::CachedStatement<'_>, first: i64, last: i64| -> rusqlite::Result<()> {
                        let rows = statement.query_map(params![key, first, last, CANDIDATES], |row| row.get(0))?;
                        for row in rows {
                            found.insert(row?);
                        }
                        Ok(())
                    };
                if features.days.0 == i32::MIN {
                    collect(&mut before, UNBOUNDED, i64::MAX)?;
                } else {
                    let (first, last) = (i64::from(features.days.0), i64::from(features.days.1));
                    collect(&mut after, first, last + WINDOW)?;
                    collect(&mut before, first - WINDOW, first - 1)?;
                    collect(&mut after, UNBOUNDED, UNBOUNDED)?;
                }
            }
        }
        let mut edges: Vec<(i64, f64)> = Vec::new();
        for other in found {
            if let Some(theirs) = self.features_of(other)? {
                let score = similarity::similarity(features, &theirs);
                if score >= similarity::LINK {
                    edges.push((other, score));
                }
            }
        }
        let mut insert =
            self.connection.prepare_cached("INSERT OR REPLACE INTO telling_edges (a, b, score) VALUES (?1, ?2, ?3)")?;
        for (other, score) in edges {
            insert.execute(params![id, other, score])?;
            insert.execute(params![other, id, score])?;
        }
        Ok(())
    }

    fn insert_rows(
        &mut self,
        document: i64,
        ledger: &ReportLedger,
        told: &[Telling],
        ids: &[i64],
    ) -> rusqlite::Result<()> {
        let telling_of = |pick: &dyn Fn(&Telling) -> bool| told.iter().position(pick).map(|index| ids[index]);
        let actors: HashMap<&str, &ActorRow> = ledger.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect();
        for (index, claim) in ledger.claims.iter().enumerate() {
            let claimant = match claim.claimant.as_deref().and_then(|id| actors.get(id)) {
                Some(actor) if !party::is_pronoun(&actor.name) => {
                    let words = claim.source.iter().map(|span| span.text.as_str()).max_by_key(|text| text.len());
                    Some(self.party_id(&party::party(actor, words))?)
                }
                _ => None,
            };
            let blames = blamed(ledger, claim);
            let ends = |spans: &[TextSpan]| {
                (spans.iter().map(|span| span.start).min(), spans.iter().map(|span| span.end).max())
            };
            let (source, cue, content) = (ends(&claim.source), ends(&claim.cue), ends(&claim.content));
            self.connection
                .prepare_cached(
                    "INSERT INTO claims (document, no, claimant, stance, certainty, source_start, source_end, cue_start, cue_end,
                     content_start, content_end, via, blames, telling)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                )?
                .execute(params![
                    document,
                    number(&claim.id),
                    claimant,
                    snake(claim.stance),
                    snake(claim.certainty),
                    source.0,
                    source.1,
                    cue.0,
                    cue.1,
                    content.0,
                    content.1,
                    claim.via.as_deref().and_then(number),
                    (!blames.is_empty()).then(|| blames.join(", ")),
                    telling_of(&|telling| telling.claims.contains(&index)),
                ])?;
        }
        for (index, event) in ledger.events.iter().enumerate() {
            self.insert_event(
                document,
                ledger,
                event,
                telling_of(&|telling| telling.events.contains(&index)),
                &actors,
            )?;
        }
        for (index, harm) in ledger.harms.iter().enumerate().filter(|(_, harm)| is_counted(ledger, harm)) {
            let victims = harm.victims.as_ref().map(|span| (span.start, span.end));
            self.connection
                .prepare_cached(
                    "INSERT INTO harms (document, no, kind, low, high, start, \"end\", victims_start, victims_end, side, civilian, claim,
                     event, part_of, earlier, scope, telling)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
                )?
                .execute(params![
                    document,
                    number(&harm.id),
                    snake(harm.kind),
                    harm.low.map(|value| value as i64),
                    harm.high.map(|value| value as i64),
                    harm.number.start,
                    harm.number.end,
                    victims.map(|span| span.0),
                    victims.map(|span| span.1),
                    party::victims_side(ledger, index),
                    harm.civilian,
                    harm.claims.first().and_then(|id| number(id)),
                    harm.event.as_deref().and_then(number),
                    harm.part_of.as_deref().and_then(number),
                    is_earlier(ledger, harm),
                    snake(harm.scope),
                    telling_of(&|telling| telling.harms.contains(&index)),
                ])?;
        }
        self.insert_ceasefires(document, ledger, &actors)
    }

    fn insert_event(
        &mut self,
        document: i64,
        ledger: &ReportLedger,
        event: &EventRow,
        telling: Option<i64>,
        actors: &HashMap<&str, &ActorRow>,
    ) -> rusqlite::Result<()> {
        let row = event.place.as_ref().and_then(|id| ledger.places.iter().find(|place| place.id == *id));
        let place = row.map_or(Ok(None), |row| self.place_id(row))?;
        let circle = row.and_then(circle_of);
        let time = event.time.as_ref().and_then(|id| ledger.times.iter().find(|time| time.id == *id));
        let first = time.and_then(|time| time.start.as_deref()).and_then(day_of);
        let last = time.and_then(|time| time.end.as_deref()).and_then(day_of);
        self.connection
            .prepare_cached(
                "INSERT INTO events (document, no, type, mode, acled, cameo, status, scope, place, precision, day_first, day_last,
                 trigger_start, trigger_end, claim, telling, lat, lon, radius_km)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            )?
            .execute(params![
                document,
                number(&event.id),
                event.plover.event_type,
                event.plover.mode.first(),
                event.acled.as_ref().map(|code| code.sub_event_type.clone()),
                event.cameo,
                snake(event.status),
                snake(event.scope),
                place,
                row.map(|row| snake(row.precision)),
                first.or(last),
                last.or(first),
                event.trigger.start,
                event.trigger.end,
                event.claims.first().and_then(|id| number(id)),
                telling,
                circle.map(|circle| circle.lat),
                circle.map(|circle| circle.lon),
                circle.map(|circle| circle.radius_km),
            ])?;
        for (role, participants) in [("actor", &event.actors), ("recipient", &event.recipients)] {
            // The record holds nobody to a deed whom the report does not tell at it.
            for participant in participants.iter().filter(|participant| participant.basis != "report") {
                if let Some(actor) = actors.get(participant.actor.as_str()) {
                    let party = self.party_id(&party::party(actor, None))?;
                    self.connection
                        .prepare_cached("INSERT OR IGNORE INTO event_parties (document, event, role, party) VALUES (?1, ?2, ?3, ?4)")?
                        .execute(params![document, number(&event.id), role, party])?;
                }
            }
        }
        Ok(())
    }

    fn insert_ceasefires(
        &mut self,
        document: i64,
        ledger: &ReportLedger,
        actors: &HashMap<&str, &ActorRow>,
    ) -> rusqlite::Result<()> {
        // A ceasefire of the past is told in the ledger alone: the timeline of the record is that of the news.
        for ceasefire in ledger.ceasefires.iter().filter(|ceasefire| ceasefire.scope == Scope::Current) {
            let party_of = |id: &Option<String>| {
                id.as_deref().and_then(|id| actors.get(id)).map(|actor| party::party(actor, None))
            };
            let mut parties: Vec<party::Party> = Vec::new();
            for id in &ceasefire.parties {
                let Some(actor) = actors.get(id.as_str()) else { continue };
                let members = actor.members.iter().filter_map(|id| actors.get(id.as_str()));
                let all: Vec<&ActorRow> =
                    if actor.members.is_empty() { vec![*actor] } else { members.copied().collect() };
                parties.extend(all.into_iter().map(|actor| party::party(actor, None)));
            }
            let announced = match party_of(&ceasefire.announced_by) {
                Some(party) => Some(self.party_id(&party)?),
                None => None,
            };
            let pair = crate::ceasefire::pair(&parties, ledger);
            let no = number(&ceasefire.id);
            self.connection
                .prepare_cached(
                    "INSERT INTO ceasefires (document, no, start, \"end\", announced_by, effective, expires, pair)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    document,
                    no,
                    ceasefire.span.start,
                    ceasefire.span.end,
                    announced,
                    ceasefire.effective,
                    ceasefire.expires,
                    pair
                ])?;
            for party in &parties {
                let party = self.party_id(party)?;
                self.connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO ceasefire_parties (document, ceasefire, party) VALUES (?1, ?2, ?3)",
                    )?
                    .execute(params![document, no, party])?;
            }
            let mut row_no = 0;
            let mut rows: Vec<(&str, Option<&str>, &TextSpan, Option<i64>, Option<i64>)> = Vec::new();
            rows.extend(ceasefire.terms.iter().map(|term| ("term", Some(term.kind.as_str()), &term.span, None, None)));
            rows.extend(ceasefire.status_words.iter().map(|span| ("status", None, span, None, None)));
            for violation in &ceasefire.violations {
                let by = match party_of(&violation.alleged_by) {
                    Some(party) => Some(self.party_id(&party)?),
                    None => None,
                };
                let against = match party_of(&violation.against) {
                    Some(party) => Some(self.party_id(&party)?),
                    None => None,
                };
                rows.push(("violation", None, &violation.span, by, against));
            }
            for (kind, term, span, by, against) in rows {
                row_no += 1;
                self.connection
                    .prepare_cached(
                        "INSERT INTO ceasefire_rows (document, ceasefire, no, kind, term, start, \"end\", alleged_by, against)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    )?
                    .execute(params![document, no, row_no, kind, term, span.start, span.end, by, against])?;
            }
        }
        Ok(())
    }

    /// Links a new report to those whose text it shares. Linked reports are one voice, that of the earliest.
    fn link_copies(
        &mut self,
        document: i64,
        ledger: &ReportLedger,
        touched: &mut BTreeSet<i64>,
    ) -> rusqlite::Result<Option<(i64, f64)>> {
        let db = &self.connection;
        let signature = copies::signature(&ledger.document);
        let kept = copies::to_bytes(&signature);
        if signature.is_empty() {
            return Ok(None);
        }
        let bands = copies::bands(&signature);
        let mut shared: HashMap<i64, usize> = HashMap::new();
        let mut find =
            db.prepare_cached("SELECT document FROM minhash_bands WHERE band = ?1 ORDER BY document LIMIT ?2")?;
        let mut insert = db.prepare_cached("INSERT OR IGNORE INTO minhash_bands (band, document) VALUES (?1, ?2)")?;
        for band in bands {
            for row in find.query_map(params![band, BAND_LOOK], |row| row.get(0))? {
                *shared.entry(row?).or_insert(0) += 1;
            }
            insert.execute(params![band, document])?;
        }
        drop((find, insert));
        let mut candidates: Vec<(usize, i64)> = shared.into_iter().map(|(other, bands)| (bands, other)).collect();
        candidates.sort_unstable_by_key(|&(bands, other)| (std::cmp::Reverse(bands), other));
        candidates.truncate(GROUP);
        let mut groups: BTreeSet<i64> = BTreeSet::new();
        // The earliest of a voice need not be asked for their voice again.
        let mut known: BTreeSet<i64> = BTreeSet::new();
        for (_, candidate) in candidates {
            if known.contains(&candidate) || candidate == document {
                continue;
            }
            if copies::similarity(&kept, &self.signature_of(candidate)?) < copies::COPY {
                continue;
            }
            let voice: i64 = self
                .connection
                .prepare_cached("SELECT voice FROM documents WHERE id = ?1")?
                .query_row([candidate], |row| row.get(0))?;
            if groups.insert(voice) {
                known.extend(earliest(&self.connection, voice)?);
            }
        }
        if groups.is_empty() {
            return Ok(None);
        }
        self.regroup(document, &groups, touched)?;
        self.connection.prepare_cached("SELECT copied_from, similarity FROM documents WHERE id = ?1")?.query_row(
            [document],
            |row| {
                let from: Option<i64> = row.get(0)?;
                let similarity: Option<f64> = row.get(1)?;
                Ok(from.zip(similarity))
            },
        )
    }

    /// Joins groups of copies: the earliest is the original, each other one copies the most similar that came before it. A large group
    /// is compared with its first members only.
    fn regroup(&mut self, document: i64, groups: &BTreeSet<i64>, touched: &mut BTreeSet<i64>) -> rusqlite::Result<()> {
        let (members, first) = match self.joins_late(document, groups)? {
            // Nothing changes for the others: the new one stands behind all that it is compared with.
            Some(mut members) => {
                members.push(document);
                let last = members.len() - 1;
                (members, last)
            }
            None => (self.members_of(document, groups)?, 0),
        };
        let Some(&root) = members.first() else { return Ok(()) };
        let mut early: Vec<(i64, Arc<[u8]>)> = Vec::with_capacity(GROUP);
        for &member in members.iter().take(GROUP) {
            early.push((member, self.signature_of(member)?));
        }
        for (index, &member) in members.iter().enumerate().skip(first) {
            let bytes = self.signature_of(member)?;
            let best = early[..index.min(GROUP)]
                .iter()
                .map(|(earlier, signature)| (copies::similarity(&bytes, signature), *earlier))
                .fold(None, |best: Option<(f64, i64)>, next| match best {
                    Some(best) if best.0 >= next.0 => Some(best),
                    _ => Some(next),
                });
            let new = (root, best.map(|(_, earlier)| earlier), best.map(|(score, _)| score));
            let db = &self.connection;
            let old: (i64, Option<i64>, Option<f64>) = db
                .prepare_cached("SELECT voice, copied_from, similarity FROM documents WHERE id = ?1")?
                .query_row([member], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            if new == old {
                continue;
            }
            db.prepare_cached("UPDATE documents SET voice = ?2, copied_from = ?3, similarity = ?4 WHERE id = ?1")?
                .execute(params![member, new.0, new.1, new.2])?;
            // Voices are counted anew where the member stands.
            let mut incidents = db.prepare_cached(
                "SELECT DISTINCT incident FROM tellings WHERE document = ?1 AND incident IS NOT NULL",
            )?;
            for row in incidents.query_map([member], |row| row.get::<_, i64>(0))? {
                touched.insert(row?);
            }
        }
        Ok(())
    }

    /// The members that a new report of one group is compared with, when it comes after all members or after so many that none behind
    /// it is compared with it.
    fn joins_late(&self, document: i64, groups: &BTreeSet<i64>) -> rusqlite::Result<Option<Vec<i64>>> {
        let (1, Some(&voice)) = (groups.len(), groups.first()) else { return Ok(None) };
        let db = &self.connection;
        let (published, key): (String, Vec<u8>) = db
            .prepare_cached("SELECT coalesce(published, '9999'), key FROM documents WHERE id = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let before: Vec<i64> = db
            .prepare_cached(
                "SELECT id FROM documents WHERE voice = ?1 AND (coalesce(published, '9999'), key) < (?2, ?3)
                 ORDER BY coalesce(published, '9999'), key LIMIT ?4",
            )?
            .query_map(params![voice, published, key, GROUP as i64], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let behind = db
            .prepare_cached(
                "SELECT 1 FROM documents WHERE voice = ?1 AND (coalesce(published, '9999'), key) > (?2, ?3) LIMIT 1",
            )?
            .exists(params![voice, published, key])?;
        Ok((before.len() >= GROUP || !behind && !before.is_empty()).then_some(before))
    }

    /// All members of the groups and the new report, the earliest first.
    fn members_of(&self, document: i64, groups: &BTreeSet<i64>) -> rusqlite::Result<Vec<i64>> {
        let mut members: Vec<(String, Vec<u8>, i64)> = Vec::new();
        let mut of = self
            .connection
            .prepare_cached("SELECT coalesce(published, '9999'), key, id FROM documents WHERE voice = ?1")?;
        for voice in groups.iter().chain([&document]) {
            for row in of.query_map([voice], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
                members.push(row?);
            }
        }
        members.sort();
        Ok(members.into_iter().map(|(_, _, id)| id).collect())
    }
}

/// The first members of a voice.
fn earliest(db: &Connection, voice: i64) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached("SELECT id FROM documents WHERE voice = ?1 ORDER BY coalesce(published, '9999'), key LIMIT ?2")?
        .query_map(params![voice, GROUP as i64], |row| row.get(0))?
        .collect()
}

/// Sides that a claim blames: those accused, and those whom it makes the doers of violence.
fn blamed(ledger: &ReportLedger, claim: &ClaimRow) -> Vec<String> {
    if matches!(claim.stance, Stance::Deny | Stance::Decline) {
        return Vec::new();
    }
    let mut sides: BTreeSet<String> = BTreeSet::new();
    let of = |id: &str| ledger.actors.iter().find(|actor| actor.id == id);
    let own = claim.claimant.as_deref().and_then(of).map(party::side);
    let told = ledger.events.iter().filter(|event| claim.events.contains(&event.id));
    for event in told {
        let violent = event.plover.event_type == "ASSAULT"
            || event.plover.event_type == "COERCE" && claim.stance == Stance::Accuse;
        if !violent
            || matches!(event.status, Status::Denied | Status::Planned | Status::Hypothetical)
            || event.scope == Scope::Background
        {
            continue;
        }
        // Whom "it" or "they" did it stands for is too unsure to hold against somebody.
        let named = |part: &&Participant| part.span.as_ref().is_some_and(|span| !party::is_pronoun(&span.text));
        let doers: BTreeSet<String> =
            event.actors.iter().filter(named).filter_map(|part| of(&part.actor)).map(party::side).collect();
        // "Soldiers of A and B exchanged fire" blames nobody.
        if doers.len() == 1 || claim.stance == Stance::Accuse {
            sides.extend(doers);
        }
    }
    if claim.stance == Stance::Accuse {
        // "accused X of ...", "blamed X": the first party named in the content.
        let first = claim.content.iter().map(|span| span.start).min();
        let accused = first.and_then(|at| {
            ledger
                .actors
                .iter()
                .find(|actor| actor.mentions.iter().any(|span| span.start >= at && span.start <= at + 5))
        });
        sides.extend(accused.map(party::side));
    }
    sides.into_iter().filter(|side| own.as_ref().is_none_or(|own| !party::same_side(own, side))).collect()
}

/// A figure counts; a person told of without one only where the report gives no figure for the kind, as one of those whom it would count.
fn is_counted(ledger: &ReportLedger, harm: &HarmRow) -> bool {
    let given = |other: &HarmRow| other.kind == harm.kind && other.basis == HarmBasis::Stated;
    match harm.basis {
        HarmBasis::Stated => true,
        HarmBasis::Person => harm.same_as.is_none() && !ledger.harms.iter().any(given),
        HarmBasis::Plural => false,
    }
}

/// Told as an earlier figure: "an earlier toll of 11", "up from nine".
fn is_earlier(ledger: &ReportLedger, harm: &HarmRow) -> bool {
    let points = counterclaim_schema::CodePoints::new(&ledger.document.text);
    let before = blob::slice(&ledger.document.text, &points, harm.number.start.saturating_sub(32), harm.number.start)
        .to_lowercase();
    let before = before.rsplit(['.', ',', ';']).next().unwrap_or_default();
    ["earlier", "previous", "initial", "up from", "revised from", "first reported"]
        .iter()
        .any(|words| before.contains(words))
}

/// Keys under which a telling is found: its place, its country, the words that say most about it.
fn emitted(features: &Features) -> Vec<i64> {
    let fine = features.point.is_some() && features.precision <= 2;
    let mut emitted = telling::keys(features);
    if !fine && features.country != 0 {
        emitted.push(coarse_only(features.country));
    }
    if !is_placed(features) {
        emitted.extend(features.terms.guides().into_iter().map(unplaced));
    }
    emitted.sort_unstable();
    emitted.dedup();
    emitted
}

/// Keys and days under which a telling stands.
fn stands(features: &Features) -> Vec<(i64, i64)> {
    let days: Vec<i64> = if features.days.0 == i32::MIN {
        vec![UNBOUNDED]
    } else {
        // A long interval is found from any of its days.
        let (first, last) = (i64::from(features.days.0), i64::from(features.days.1));
        (first..=last.min(first + 400)).step_by(WINDOW as usize - 2).collect()
    };
    emitted(features).into_iter().flat_map(|key| days.iter().map(move |&day| (key, day)).collect::<Vec<_>>()).collect()
}

/// Whether the place says where to look: that of a sea or border says little, a truce is made anywhere, and without a date names are
/// the better guide.
fn is_placed(features: &Features) -> bool {
    let bounded = features.days.0 != i32::MIN;
    features.point.is_some() && features.country != 0 && bounded && features.groups & similarity::TRUCE == 0
}

/// Key of a word of a telling without a place.
fn unplaced(word: u32) -> i64 {
    (5 << 40) | i64::from(word)
}

/// Key of tellings of which no more than the country or province is known.
fn coarse_only(country: u32) -> i64 {
    (4 << 40) | i64::from(country)
}

/// Keys to look under.
fn asked(features: &Features) -> Vec<i64> {
    let mut keys = Vec::new();
    let guides = features.terms.guides();
    match features.point {
        Some(point) if features.precision <= 2 => {
            keys.extend(telling::cells_around(point));
            if features.country != 0 {
                keys.push(coarse_only(features.country));
            }
        }
        Some(_) if features.admin1 != 0 && features.precision <= 4 => {
            keys.push(telling::coarse_key(features.admin1));
            keys.push(coarse_only(features.country));
        }
        Some(_) if features.country != 0 => keys.push(telling::coarse_key(features.country)),
        _ => {}
    }
    if !is_placed(features) {
        keys.extend(guides.iter().map(|&word| telling::word_key(word)));
    }
    keys.extend(guides.into_iter().map(unplaced));
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_events::Reader;
    use counterclaim_language::Model;

    fn links(ledgers: &[ReportLedger]) -> Vec<(String, String, Option<String>)> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut record = Record::open(&folder.path().join("record.db")).expect("a record");
        for batch in ledgers.chunks(16) {
            record.add(batch, "test").expect("added");
        }
        record
            .connection
            .prepare(
                "SELECT d.name, v.name, f.name FROM documents d JOIN documents v ON v.id = d.voice
                 LEFT JOIN documents f ON f.id = d.copied_from ORDER BY d.name",
            )
            .expect("a question")
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .expect("rows")
            .collect::<rusqlite::Result<_>>()
            .expect("rows")
    }

    /// More copies than are compared with each other: they may come in any order.
    #[test]
    fn a_voice_of_many_copies_is_the_same_in_any_order() {
        let lines: String = (0..GROUP + 16)
            .map(|at| {
                let text = format!(
                    "The ferry across the lake stopped in the morning because the wind had torn two ropes, the harbour master \
                     told a radio station, and boat number {at} was sent out with bread, blankets and a doctor for those who \
                     had waited on the pier since the evening before."
                );
                let report = serde_json::json!({
                    "id": format!("copy-{at:03}"), "text": text, "publisher": format!("Paper {at}"),
                    "published": format!("2023-{:02}-{:02}", 1 + at / 28, 1 + at % 28),
                });
                format!("{report}\n")
            })
            .collect();
        let options = counterclaim_ingest::Options {
            kind: counterclaim_ingest::InputKind::Jsonl,
            ..counterclaim_ingest::Options::default()
        };
        let reader = Reader::new(Model::embedded());
        let mut ledgers: Vec<ReportLedger> = counterclaim_ingest::read_bytes(lines.as_bytes(), &options)
            .iter()
            .map(|ingested| reader.read(&ingested.document, &ingested.diagnostics))
            .collect();
        let straight = links(&ledgers);
        assert!(straight.iter().all(|(_, voice, _)| voice == "copy-000"), "{straight:?}");
        assert!(straight.iter().skip(1).all(|(_, _, from)| from.is_some()));
        ledgers.reverse();
        assert_eq!(straight, links(&ledgers));
        ledgers.sort_by_key(|ledger| hash_of(&ledger.document.id));
        assert_eq!(straight, links(&ledgers));
    }

    fn hash_of(name: &str) -> u64 {
        copies::hash(name.as_bytes())
    }
}
