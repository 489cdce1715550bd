/// Why the record could not do what was asked. Bad reports are never an error.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// There is no such file.
    #[error("there is no record `{path}`; `counterclaim add` makes one")]
    Missing {
        /// Path as given.
        path: String,
    },
    /// The file is something else.
    #[error("`{path}` is not a record of counterclaim")]
    NotARecord {
        /// Path as given.
        path: String,
    },
    /// The file is cut or overwritten.
    #[error(
        "`{path}` is damaged: {what}; restore it from a copy, or keep what is readable with `sqlite3 FILE .recover`"
    )]
    Damaged {
        /// Path as given.
        path: String,
        /// What SQLite found.
        what: String,
    },
    /// Written by a later version.
    #[error("`{path}` has schema {found}, and this version knows {known}; use a newer counterclaim")]
    Newer {
        /// Path as given.
        path: String,
        /// Version in the file.
        found: i64,
        /// Version of this program.
        known: i64,
    },
    /// The file or its folder may not be written.
    #[error("`{path}` cannot be written: the file or its folder is read-only")]
    ReadOnly {
        /// Path as given.
        path: String,
    },
    /// No space is left.
    #[error("no space is left for `{path}`; what was committed before is safe")]
    DiskFull {
        /// Path as given.
        path: String,
    },
    /// Another program is writing.
    #[error("another program is writing to `{path}`; try again when it is done")]
    Busy {
        /// Path as given.
        path: String,
    },
    /// The system refused.
    #[error("`{path}` cannot be opened")]
    Unopenable {
        /// Path as given.
        path: String,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// An older schema could not be brought up to date.
    #[error("the copy `{path}` before the change of schema could not be made")]
    Backup {
        /// Path of the copy.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A ledger of the file cannot be read.
    #[error("the ledger of report {document} cannot be read: {what}")]
    Ledger {
        /// Id of the report.
        document: i64,
        /// Why.
        what: String,
    },
    /// There is no such incident, report or row.
    #[error("there is no {what}")]
    Unknown {
        /// What was asked for.
        what: String,
    },
    /// A review action that cannot be.
    #[error("{0}")]
    Review(String),
    /// Anything else that SQLite says.
    #[error("the record could not be used")]
    Sqlite(#[source] rusqlite::Error),
}

impl RecordError {
    /// The error of SQLite in words that say what to do.
    pub(crate) fn of(path: &str, error: rusqlite::Error) -> RecordError {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => RecordError::ReadOnly { path },
            Some(ErrorCode::DiskFull) => RecordError::DiskFull { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => RecordError::Busy { path },
            Some(ErrorCode::NotADatabase) => RecordError::NotARecord { path },
            Some(ErrorCode::DatabaseCorrupt) => RecordError::Damaged { path, what: error.to_string() },
            Some(ErrorCode::CannotOpen) => RecordError::Unopenable { path, source: error },
            _ => RecordError::Sqlite(error),
        }
    }
}
