//! A record as pages and JSON, on this machine only.
//!
//! Every page is rendered here and needs no script; every page has a JSON twin (same path with `.json`, or `Accept: application/json`).
//! The server binds to 127.0.0.1, answers only to names of this machine, stores nothing, and reads the record through a pool of
//! read-only connections.
//!
//! Start reading at `http.rs` (what is answered to whom), `pages.rs` (what pages show), `pool.rs` (connections).

mod http;
mod incident;
mod pages;
mod pool;
mod query;

use counterclaim_record::RecordError;
use counterclaim_schema::ledger::ReportLedger;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// What to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The record.
    pub record: PathBuf,
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Whether the record is the bundled one, which pages say.
    pub demo: bool,
}

/// A report that somebody pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Its text.
    pub text: String,
    /// Headline, if told.
    pub title: Option<String>,
    /// Outlet, if told.
    pub publisher: Option<String>,
    /// Publication date or time, if told.
    pub published: Option<String>,
}

/// Reads a pasted report with the whole pipeline, which this crate does not know.
pub trait ReadReport: Send + Sync {
    /// The ledger of a report, which is stored nowhere.
    ///
    /// # Errors
    /// What is wrong with the form, in words for people: a publication date that is none.
    fn read(&self, pasted: &Pasted) -> Result<ReportLedger, String>;
}

/// Why pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The port is taken or forbidden.
    #[error("port {port} of 127.0.0.1 cannot be used; choose another with --port")]
    Port {
        /// The port.
        port: u16,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The system gives no threads.
    #[error("the server could not start")]
    Start(#[source] std::io::Error),
    /// A template that does not compile, which tests rule out.
    #[error("a page cannot be drawn")]
    Template(#[from] minijinja::Error),
}

/// A running server; it stops when this value goes.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Starts a server on threads of its own.
    ///
    /// # Errors
    /// The record cannot be opened, the port is taken, or the system gives no threads.
    pub fn start(settings: &Settings, reader: Arc<dyn ReadReport>) -> Result<Server, ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(pool::SIZE + 4)
            .enable_all()
            .build()
            .map_err(ServeError::Start)?;
        let port = |source| ServeError::Port { port: settings.port, source };
        let listener = runtime
            .block_on(TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, settings.port))))
            .map_err(port)?;
        let address = listener.local_addr().map_err(port)?;
        let router = http::router(http::App::new(settings, address.port(), reader)?);
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("pages".to_owned())
            .spawn(move || {
                // A client that is cut off ends its own connection, never the server.
                let _ = runtime.block_on(async {
                    axum::serve(listener, router)
                        .with_graceful_shutdown(async {
                            let _ = stopped.await;
                        })
                        .await
                });
                runtime.shutdown_timeout(std::time::Duration::from_secs(2));
            })
            .map_err(ServeError::Start)?;
        Ok(Server { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for Ctrl-C.
    ///
    /// # Errors
    /// The system gives no signals.
    pub fn wait(&self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Start)?;
        runtime.block_on(tokio::signal::ctrl_c()).map_err(ServeError::Start)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // Idle connections are not waited for.
        drop(self.thread.take());
    }
}
