//! The two doors to the data.

use crate::dialect::Engine;
use crate::error::Error;
use crate::value::{Row, Value};
use crate::{postgres, sqlite};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A database, SQLite or PostgreSQL. Cheap to clone; every clone is the same database.
#[derive(Clone)]
pub struct Store {
    backend: Backend,
}

#[derive(Clone)]
enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// What a transaction can do: the aggregates add their queries here.
pub struct Tx {
    pub(crate) session: Session,
    failed: Failed,
}

/// Whether a statement of the transaction was refused. PostgreSQL ends such a transaction whatever comes after, so it can
/// not be committed on either engine, even if the caller went on.
#[derive(Clone, Default)]
pub(crate) struct Failed(Arc<AtomicBool>);

impl Failed {
    fn note<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if result.is_err() {
            self.0.store(true, Ordering::Relaxed);
        }
        result
    }

    /// The outcome of a transaction: a success over a refused statement is none.
    pub(crate) fn judge<T, E: From<Error>>(&self, result: Result<T, E>) -> Result<T, E> {
        if result.is_ok() && self.0.load(Ordering::Relaxed) {
            return Err(Error::unavailable("a refused statement was ignored").into());
        }
        result
    }
}

pub(crate) enum Session {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

impl Store {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…`, checks that the engine is fit (version, durability)
    /// and brings the schema up to date.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be reached or is not fit; `Corrupt` when the schema is newer than this program.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let store = Self::connect(url).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// The database as an earlier [`Store::open`] left it, of which nothing is made or brought up to date; none where
    /// there was no such opening.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be reached or is not fit.
    pub async fn existing(url: &str) -> Result<Option<Self>, Error> {
        if url.strip_prefix("sqlite:").is_some_and(|path| !Path::new(path).exists()) {
            return Ok(None);
        }
        let store = Self::connect(url).await?;
        Ok(store.has_schema().await?.then_some(store))
    }

    async fn connect(url: &str) -> Result<Self, Error> {
        let backend = if let Some(path) = url.strip_prefix("sqlite:") {
            Backend::Sqlite(sqlite::Sqlite::open(path)?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Backend::Postgres(postgres::Postgres::open(url).await?)
        } else {
            return Err(Error::unavailable("database.url must start with sqlite: or postgres://"));
        };
        Ok(Self { backend })
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Takes what was erased out of SQLite's log of changes too, which else holds it until it is written over; false when
    /// somebody read meanwhile: what is left then goes the next time. Of PostgreSQL nothing is asked: autovacuum empties its
    /// tables and it writes its log over again, but a log that is archived is for whoever archives it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_erased(&self) -> Result<bool, Error> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.checkpoint().await,
            Backend::Postgres(_) => Ok(true),
        }
    }

    /// Runs queries that change nothing. Each statement sees what was committed before it began.
    ///
    /// # Errors
    /// What the closure answers, or `Unavailable`.
    pub async fn read<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => {
                work(Tx::new(Session::Sqlite(sqlite.reader()?), Failed::default())).await
            }
            Backend::Postgres(postgres) => {
                work(Tx::new(Session::Postgres(postgres.session().await?), Failed::default())).await
            }
        }
    }

    /// Runs one write transaction: committed when the closure answers `Ok`, rolled back otherwise. It goes on to its
    /// end when the caller is dropped, so a customer who leaves never leaves half a booking.
    ///
    /// The closure may await nothing but its own queries.
    ///
    /// # Errors
    /// What the closure answers; `Unavailable` when the commit failed (the outcome is then unknown on PostgreSQL).
    pub async fn write<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(work).await,
            Backend::Postgres(postgres) => postgres.write(work).await,
        }
    }
}

impl Tx {
    pub(crate) fn new(session: Session, failed: Failed) -> Self {
        Self { session, failed }
    }

    pub(crate) async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        let result = match &self.session {
            Session::Sqlite(session) => session.query(sql, params),
            Session::Postgres(session) => session.query(sql, params).await,
        };
        self.failed.note(result)
    }

    pub(crate) async fn query_opt(&self, sql: &str, params: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    pub(crate) async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        let result = match &self.session {
            Session::Sqlite(session) => session.execute(sql, params),
            Session::Postgres(session) => session.execute(sql, params).await,
        };
        self.failed.note(result)
    }

    /// Runs statements without parameters, several in one text (migrations).
    pub(crate) async fn batch(&self, sql: &str) -> Result<(), Error> {
        let result = match &self.session {
            Session::Sqlite(session) => session.batch(sql),
            Session::Postgres(session) => session.batch(sql).await,
        };
        self.failed.note(result)
    }
}
