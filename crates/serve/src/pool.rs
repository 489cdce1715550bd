//! A few read-only connections, opened when they are first needed.

use counterclaim_record::{Record, RecordError};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};

/// Connections at most. Questions are short; more would only multiply caches.
pub(crate) const SIZE: usize = 4;

/// Connections to one record.
pub(crate) struct Pool {
    path: PathBuf,
    state: Mutex<State>,
    returned: Condvar,
}

struct State {
    idle: Vec<Record>,
    open: usize,
}

impl Pool {
    /// A pool with its first connection open, so that a bad file is told at once.
    pub(crate) fn new(path: PathBuf) -> Result<Pool, RecordError> {
        let first = Record::open_to_read(&path)?;
        Ok(Pool { path, state: Mutex::new(State { idle: vec![first], open: 1 }), returned: Condvar::new() })
    }

    /// Asks the record something on a connection of the pool; waits while all are busy. Call it on a thread that may block.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&Record) -> Result<T, RecordError>) -> Result<T, RecordError> {
        let record = self.take()?;
        let guard = Guard { pool: self, record: Some(record) };
        match &guard.record {
            Some(record) => question(record),
            None => Err(RecordError::Unknown { what: "connection".to_owned() }),
        }
    }

    fn take(&self) -> Result<Record, RecordError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(record) = state.idle.pop() {
                return Ok(record);
            }
            if state.open < SIZE {
                state.open += 1;
                drop(state);
                return Record::open_to_read(&self.path).inspect_err(|_| {
                    self.state.lock().unwrap_or_else(PoisonError::into_inner).open -= 1;
                    self.returned.notify_one();
                });
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Gives the connection back, also when a question panics.
struct Guard<'p> {
    pool: &'p Pool,
    record: Option<Record>,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if let Some(record) = self.record.take() {
            self.pool.state.lock().unwrap_or_else(PoisonError::into_inner).idle.push(record);
            self.pool.returned.notify_one();
        }
    }
}
