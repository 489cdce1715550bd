//! The file: opening, creating, bringing an older schema up to date.

use crate::RecordError;
use crate::telling::Features;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const MIGRATIONS: &[&str] = &[
    include_str!("sql/001.sql"),
    include_str!("sql/002.sql"),
    include_str!("sql/003.sql"),
    include_str!("sql/004.sql"),
    include_str!("sql/005.sql"),
    include_str!("sql/006.sql"),
];

/// Version of the schema that this program writes.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// "CCLM": what `file` and we know a record by.
const APPLICATION_ID: i64 = 0x4343_4c4d;

/// How long a second writer waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// Features kept in memory, about 700 bytes each.
const CACHED: usize = 60_000;

/// A record: one SQLite file.
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) path: String,
    pub(crate) dictionary: i64,
    pub(crate) dictionaries: HashMap<i64, Vec<u8>>,
    pub(crate) compressor: crate::blob::Compressor,
    pub(crate) features: HashMap<i64, Arc<Features>>,
    pub(crate) signatures: HashMap<i64, Arc<[u8]>>,
    pub(crate) parties: HashMap<String, i64>,
    pub(crate) places: HashMap<String, i64>,
}

impl Record {
    /// Opens a record to add to it; makes one where there is none; brings an older schema up to date, after a copy named
    /// `FILE.v<version>.bak`.
    ///
    /// # Errors
    /// Files that are no records, damaged, read-only, or of a later version; a full disk; another writer for ten seconds.
    pub fn open(path: &Path) -> Result<Record, RecordError> {
        Record::open_patiently(path, PATIENCE)
    }

    /// As [`Record::open`], waiting as long as told for another writer.
    ///
    /// # Errors
    /// As [`Record::open`].
    pub fn open_patiently(path: &Path, patience: Duration) -> Result<Record, RecordError> {
        let name = path.display().to_string();
        let exists = inspect(path, &name)?;
        let locked = |path: &Path| path.metadata().is_ok_and(|metadata| metadata.permissions().readonly());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if exists && locked(path) || !exists && locked(folder) {
            return Err(RecordError::ReadOnly { path: name });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| RecordError::of(&name, error))?;
        let mut record =
            Record::with(connection, name.clone(), patience).map_err(|error| RecordError::of(&name, error))?;
        record.migrate(path)?;
        let wrong = |error| RecordError::of(&name, error);
        record.connection.pragma_update(None, "journal_mode", "wal").map_err(wrong)?;
        // Enforced keys would search whole tables whenever a telling goes; `check` verifies them all.
        record.connection.pragma_update(None, "foreign_keys", false).map_err(wrong)?;
        record.load_dictionary().map_err(wrong)?;
        Ok(record)
    }

    /// Opens a record to look things up.
    ///
    /// # Errors
    /// A missing file, and as [`Record::open`]; an older schema too, since it could not be brought up to date.
    pub fn open_to_read(path: &Path) -> Result<Record, RecordError> {
        let name = path.display().to_string();
        if !inspect(path, &name)? {
            return Err(RecordError::Missing { path: name });
        }
        let wrong = |error| RecordError::of(&name, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        let mut record = Record::with(connection, name.clone(), PATIENCE).map_err(wrong)?;
        let version = record.version()?;
        if version < SCHEMA_VERSION {
            // Reading asks for the present views and columns.
            drop(record);
            return Record::open(path);
        }
        record.load_dictionary().map_err(wrong)?;
        Ok(record)
    }

    fn with(connection: Connection, path: String, patience: Duration) -> rusqlite::Result<Record> {
        connection.busy_timeout(patience)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "synchronous", "normal")?;
        connection.pragma_update(None, "temp_store", "memory")?;
        // A large record touches pages all over the file: many batches go into the log before it is written back.
        connection.pragma_update(None, "wal_autocheckpoint", 8_192)?;
        // Plans do not hang on the values asked for, so that no statement is prepared twice.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Record {
            connection,
            path,
            dictionary: 0,
            dictionaries: HashMap::new(),
            compressor: None,
            features: HashMap::new(),
            signatures: HashMap::new(),
            parties: HashMap::new(),
            places: HashMap::new(),
        })
    }

    /// Version of the schema, after the file was found to be a record.
    fn version(&self) -> Result<i64, RecordError> {
        let wrong = |error| RecordError::of(&self.path, error);
        let version: i64 = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(wrong)?;
        let application: i64 =
            self.connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(wrong)?;
        let tables: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(wrong)?;
        if application != APPLICATION_ID && (version != 0 || tables > 0) {
            return Err(RecordError::NotARecord { path: self.path.clone() });
        }
        if version > SCHEMA_VERSION {
            return Err(RecordError::Newer { path: self.path.clone(), found: version, known: SCHEMA_VERSION });
        }
        Ok(version)
    }

    fn migrate(&mut self, path: &Path) -> Result<(), RecordError> {
        let version = self.version()?;
        if version == SCHEMA_VERSION {
            return Ok(());
        }
        if version > 0 {
            self.back_up(path, version)?;
        }
        self.migrate_to(SCHEMA_VERSION)
    }

    /// Runs the migrations up to a version in one transaction.
    fn migrate_to(&mut self, wanted: i64) -> Result<(), RecordError> {
        let name = self.path.clone();
        let wrong = |error| RecordError::of(&name, error);
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(wrong)?;
        // Another program may have done it while we waited.
        let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(wrong)?;
        for (index, sql) in MIGRATIONS.iter().enumerate().take(wanted as usize).skip(version as usize) {
            transaction.execute_batch(sql).map_err(wrong)?;
            transaction.pragma_update(None, "user_version", index as i64 + 1).map_err(wrong)?;
        }
        if version == 0 {
            transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(wrong)?;
            transaction
                .execute("INSERT INTO dictionaries (id, bytes) VALUES (1, ?1)", [crate::blob::DICTIONARY])
                .map_err(wrong)?;
        }
        transaction.commit().map_err(wrong)
    }

    /// A whole copy beside the file, before anything in it is changed.
    fn back_up(&self, path: &Path, version: i64) -> Result<(), RecordError> {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".v{version}.bak"));
        let to = PathBuf::from(name);
        let shown = to.display().to_string();
        if to.exists() {
            std::fs::remove_file(&to).map_err(|source| RecordError::Backup { path: shown.clone(), source })?;
        }
        let wrong = |error| RecordError::of(&shown, error);
        let mut copy = Connection::open(&to).map_err(wrong)?;
        let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy).map_err(wrong)?;
        backup.run_to_completion(4_096, Duration::ZERO, None).map_err(wrong)
    }

    fn load_dictionary(&mut self) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare("SELECT id, bytes FROM dictionaries")?;
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.dictionaries = found.collect::<rusqlite::Result<HashMap<i64, Vec<u8>>>>()?;
        self.dictionary = self.dictionaries.keys().copied().max().unwrap_or(0);
        self.compressor = self.dictionaries.get(&self.dictionary).and_then(|bytes| crate::blob::compressor(bytes));
        Ok(())
    }

    /// The error of SQLite in our words.
    pub(crate) fn wrong(&self, error: rusqlite::Error) -> RecordError {
        RecordError::of(&self.path, error)
    }

    /// Path as given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Number of reports.
    ///
    /// # Errors
    /// Those of the file.
    pub fn reports(&self) -> Result<u64, RecordError> {
        self.connection
            .query_row("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0))
            .map(|count| count as u64)
            .map_err(|error| self.wrong(error))
    }

    /// Moves what the write-ahead log holds into the file itself.
    ///
    /// # Errors
    /// Those of the file.
    pub fn settle(&self) -> Result<(), RecordError> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .optional()
            .map(|_| ())
            .map_err(|error| self.wrong(error))
    }

    /// Features of a telling, from memory or the file.
    pub(crate) fn features_of(&mut self, telling: i64) -> rusqlite::Result<Option<Arc<Features>>> {
        if let Some(features) = self.features.get(&telling) {
            return Ok(Some(Arc::clone(features)));
        }
        let bytes: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT features FROM tellings WHERE id = ?1")?
            .query_row([telling], |row| row.get(0))
            .optional()?;
        let Some(features) = bytes.and_then(|bytes| Features::from_bytes(&bytes)) else { return Ok(None) };
        Ok(Some(self.remember(telling, features)))
    }

    /// Signature of a report, from memory or the file, where it stands behind the text.
    pub(crate) fn signature_of(&mut self, document: i64) -> rusqlite::Result<Arc<[u8]>> {
        if let Some(signature) = self.signatures.get(&document) {
            return Ok(Arc::clone(signature));
        }
        let bytes: Vec<u8> = self
            .connection
            .prepare_cached("SELECT minhash FROM documents WHERE id = ?1")?
            .query_row([document], |row| row.get(0))?;
        if self.signatures.len() >= CACHED {
            self.signatures.clear();
        }
        let signature: Arc<[u8]> = bytes.into();
        self.signatures.insert(document, Arc::clone(&signature));
        Ok(signature)
    }

    /// Keeps features in memory; all are dropped when there are too many, which costs little and needs no clock.
    pub(crate) fn remember(&mut self, telling: i64, features: Features) -> Arc<Features> {
        if self.features.len() >= CACHED {
            self.features.clear();
        }
        let features = Arc::new(features);
        self.features.insert(telling, Arc::clone(&features));
        features
    }
}

/// Whether there is a file, and whether it is whole. A file that was cut is told from its header, before SQLite reads it.
fn inspect(path: &Path, name: &str) -> Result<bool, RecordError> {
    let Ok(metadata) = path.metadata() else { return Ok(false) };
    if metadata.is_dir() {
        return Err(RecordError::NotARecord { path: name.to_owned() });
    }
    if metadata.len() == 0 {
        return Ok(true);
    }
    let mut header = [0u8; 100];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut header));
    let mut magic = [0u8; 16];
    magic.copy_from_slice(&header[..16]);
    if read.is_err() && metadata.len() < 100 || &magic != b"SQLite format 3\0" {
        return Err(RecordError::NotARecord { path: name.to_owned() });
    }
    let word = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // Pages that are still in the log are not missing; nor are those of a first transaction that was cut short, which the journal takes back.
    let has_log = ["-wal", "-journal"].into_iter().any(|end| {
        let mut log = path.as_os_str().to_owned();
        log.push(end);
        PathBuf::from(log).metadata().is_ok_and(|metadata| metadata.len() > 0)
    });
    if word(24) == word(92) && u64::from(word(28)) * page > metadata.len() && !has_log {
        let missing = u64::from(word(28)) * page - metadata.len();
        return Err(RecordError::Damaged {
            path: name.to_owned(),
            what: format!("{missing} bytes are missing at its end"),
        });
    }
    Ok(true)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A record of an older version, for the test of migrations.
    pub(crate) fn create_at(path: &Path, version: i64) {
        let connection = Connection::open(path).expect("a file");
        let mut record = Record::with(connection, path.display().to_string(), PATIENCE).expect("a record");
        record.migrate_to(version).expect("a schema");
    }

    #[test]
    fn an_older_schema_is_copied_and_brought_up_to_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old.db");
        create_at(&path, 1);
        let record = Record::open(&path).expect("it opens");
        assert_eq!(record.version().expect("a version"), SCHEMA_VERSION);
        record.connection.execute("INSERT INTO meta VALUES ('a', 'b')", []).expect("it is writable");
        let copy = Connection::open(folder.path().join("old.db.v1.bak")).expect("the copy");
        let version: i64 = copy.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
        assert_eq!(version, 1);
    }

    #[test]
    fn a_transaction_that_was_cut_short_is_no_damage() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cut.db");
        create_at(&path, 1);
        let whole = std::fs::read(&path).expect("a file");
        std::fs::write(&path, &whole[..whole.len() / 2]).expect("written");
        let name = path.display().to_string();
        assert!(matches!(inspect(&path, &name), Err(RecordError::Damaged { .. })));
        for end in ["-wal", "-journal"] {
            let log = folder.path().join(format!("cut.db{end}"));
            std::fs::write(&log, "pages").expect("written");
            assert!(matches!(inspect(&path, &name), Ok(true)), "{end}");
            std::fs::remove_file(&log).expect("removed");
        }
    }

    #[test]
    fn files_that_cannot_be_opened_say_why() {
        let folder = tempfile::tempdir().expect("a folder");
        let of = |name: &str| folder.path().join(name);
        let error = |path: &Path| Record::open(path).err().map(|error| error.to_string()).unwrap_or_default();

        std::fs::write(of("text.db"), "this is a letter, not a record").expect("written");
        assert!(error(&of("text.db")).contains("is not a record"));

        let foreign = Connection::open(of("foreign.db")).expect("a file");
        foreign.execute_batch("CREATE TABLE t (a); PRAGMA user_version = 1").expect("a table");
        assert!(error(&of("foreign.db")).contains("is not a record"));

        create_at(&of("new.db"), 2);
        Connection::open(of("new.db")).expect("a file").pragma_update(None, "user_version", 99).expect("set");
        assert!(error(&of("new.db")).contains("has schema 99"));

        create_at(&of("cut.db"), 2);
        let bytes = std::fs::read(of("cut.db")).expect("bytes");
        std::fs::write(of("cut.db"), &bytes[..bytes.len() - 5_000]).expect("written");
        assert!(error(&of("cut.db")).contains("bytes are missing"), "{}", error(&of("cut.db")));

        create_at(&of("locked.db"), 2);
        let mut permissions = of("locked.db").metadata().expect("there").permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(of("locked.db"), permissions).expect("set");
        assert!(error(&of("locked.db")).contains("read-only"));

        assert!(
            Record::open_to_read(&of("none.db")).err().is_some_and(|error| error.to_string().contains("no record"))
        );
        assert!(!of("none.db").exists());
    }

    #[test]
    fn a_second_writer_is_told_to_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("two.db");
        let first = Record::open(&path).expect("the first");
        first.connection.execute_batch("BEGIN IMMEDIATE; INSERT INTO meta VALUES ('a', 'b')").expect("begun");
        let mut second = Record::open_patiently(&path, Duration::from_millis(50)).expect("the second");
        let error = second.add(&[], "test").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("another program is writing"), "{error}");
        first.connection.execute_batch("COMMIT").expect("done");
        assert!(second.add(&[], "test").is_ok());
    }

    /// A ledger without events.
    fn ledger(id: usize) -> counterclaim_schema::ledger::ReportLedger {
        let text = format!("Report number {id} speaks of nothing much. ").repeat(200);
        let lists: serde_json::Map<String, serde_json::Value> = [
            "mentions",
            "actors",
            "places",
            "times",
            "attributions",
            "claims",
            "events",
            "harms",
            "ceasefires",
            "contradictions",
            "diagnostics",
        ]
        .iter()
        .map(|list| ((*list).to_owned(), serde_json::json!([])))
        .collect();
        let mut value = serde_json::json!({
            "schema": "counterclaim.report/1",
            "document": {
                "id": id.to_string(), "publisher": null, "url": null, "title": null, "byline": null, "dateline": null,
                "published": null, "published_basis": null, "language": "en", "text": text, "sha256": id.to_string(), "blocks": []
            }
        });
        value.as_object_mut().expect("an object").extend(lists);
        serde_json::from_value(value).expect("a ledger")
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_committed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("full.db");
        let mut record = Record::open(&path).expect("a record");
        record.add(&[ledger(1), ledger(2)], "test").expect("added");
        let pages: i64 = record.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a count");
        let set = format!("PRAGMA max_page_count = {}", pages + 2);
        record.connection.query_row(&set, [], |_| Ok(())).expect("set");
        let many: Vec<_> = (3..40).map(ledger).collect();
        let error = record.add(&many, "test").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("no space is left"), "{error}");
        assert_eq!(record.reports().expect("a count"), 2);
        record.connection.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(())).expect("set");
        record.add(&many, "test").expect("added");
        assert_eq!(record.reports().expect("a count"), 39);
        assert_eq!(record.check(&mut |_| {}).expect("checked"), []);
    }
}
