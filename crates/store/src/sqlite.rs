//! SQLite: one writer thread that owns the writing connection, and reading connections used where they are needed.
//!
//! A write transaction runs whole on the writer thread. Transactions that wait there together share one commit, each in
//! a savepoint of its own, so that many bookings cost one flush of the disk and are answered after it.
//!
//! Reads run on the calling thread: a point read takes a few microseconds, less than handing it to another thread.

use crate::dialect::{self, SQLITE_MINIMUM};
use crate::error::Error;
use crate::tx::{Failed, Session as AnySession, Tx};
use crate::value::{Row, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// How many transactions may share a commit.
const BATCH: usize = 64;
/// How long a transaction may wait for its turn (`security.md` P3 allows 5 s for a lock).
const PATIENCE: Duration = Duration::from_secs(5);
/// How long emptying the file of changes may wait for those who read.
const CHECKPOINT: Duration = Duration::from_millis(250);
/// Reading connections kept for reuse.
const READERS: usize = 16;

type Readers = Arc<Mutex<Vec<Arc<Mutex<Connection>>>>>;

#[derive(Clone)]
pub(crate) struct Sqlite {
    path: Arc<PathBuf>,
    readers: Readers,
    writer: mpsc::Sender<Box<dyn Job>>,
}

impl Sqlite {
    pub(crate) fn open(path: &str) -> Result<Self, Error> {
        if rusqlite::version_number() < SQLITE_MINIMUM {
            return Err(Error::unavailable(format!(
                "SQLite {} can lose data in WAL mode; 3.51.3 or later is needed",
                rusqlite::version()
            )));
        }
        let path = Arc::new(PathBuf::from(path));
        let connection = Connection::open(path.as_path()).map_err(|e| dialect::sqlite_error(&e))?;
        dialect::prepare_sqlite(&connection)?;
        let (writer, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || run_writer(&Arc::new(Mutex::new(connection)), &queue))
            .map_err(Error::unavailable)?;
        Ok(Self { path, readers: Arc::default(), writer })
    }

    pub(crate) fn reader(&self) -> Result<Session, Error> {
        let kept = lock(&self.readers).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => Arc::new(Mutex::new(self.open_reader()?)),
        };
        Ok(Session { connection, home: Some(Arc::clone(&self.readers)) })
    }

    fn open_reader(&self) -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(self.path.as_path(), flags).map_err(|e| dialect::sqlite_error(&e))?;
        dialect::prepare_sqlite_reader(&connection)?;
        Ok(connection)
    }

    /// Moves all that was committed into the database itself and empties the file of changes; false when somebody read or
    /// wrote meanwhile, so that some of it is left there.
    pub(crate) async fn checkpoint(&self) -> Result<bool, Error> {
        let sqlite = self.clone();
        let done = tokio::task::spawn_blocking(move || sqlite.checkpoint_now()).await;
        done.map_err(Error::unavailable)?
    }

    fn checkpoint_now(&self) -> Result<bool, Error> {
        let connection = Connection::open(self.path.as_path()).map_err(|e| dialect::sqlite_error(&e))?;
        dialect::prepare_sqlite(&connection)?;
        // While it waits for those who read, nobody writes.
        connection.busy_timeout(CHECKPOINT).map_err(|e| dialect::sqlite_error(&e))?;
        let done =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>("busy"));
        done.map(|busy| busy == 0).map_err(|e| dialect::sqlite_error(&e))
    }

    pub(crate) async fn write<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let job = Write { work: Some(work), result: None, answer: Some(answer), since: Instant::now() };
        self.writer.send(Box::new(job)).map_err(|_| Error::unavailable("the writer has stopped"))?;
        answered.await.map_err(|_| Error::unavailable("the transaction failed"))?
    }
}

/// A connection while a transaction uses it; a reading one goes home afterwards.
pub(crate) struct Session {
    connection: Arc<Mutex<Connection>>,
    home: Option<Readers>,
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(home) = self.home.take() else { return };
        let mut kept = lock(&home);
        if kept.len() < READERS {
            kept.push(Arc::clone(&self.connection));
        }
    }
}

impl Session {
    pub(crate) fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        let connection = lock(&self.connection);
        let mut statement =
            connection.prepare_cached(&dialect::sqlite_params(sql)).map_err(|e| dialect::sqlite_error(&e))?;
        let columns = statement.column_count();
        let mut rows = statement.query(bind(params)).map_err(|e| dialect::sqlite_error(&e))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(|e| dialect::sqlite_error(&e))? {
            let values = (0..columns).map(|i| row.get_ref(i).map(value)).collect::<Result<_, _>>();
            found.push(Row::new(values.map_err(|e| dialect::sqlite_error(&e))?));
        }
        Ok(found)
    }

    pub(crate) fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        let connection = lock(&self.connection);
        let mut statement =
            connection.prepare_cached(&dialect::sqlite_params(sql)).map_err(|e| dialect::sqlite_error(&e))?;
        let changed = statement.execute(bind(params)).map_err(|e| dialect::sqlite_error(&e))?;
        Ok(changed as u64)
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        lock(&self.connection).execute_batch(sql).map_err(|e| dialect::sqlite_error(&e))
    }
}

fn bind(params: &[Value]) -> impl rusqlite::Params + '_ {
    rusqlite::params_from_iter(params)
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

fn value(column: ValueRef<'_>) -> Value {
    match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        // STRICT tables hold no floating-point columns here; one would be a mistake in a query.
        ValueRef::Real(value) => Value::Text(value.to_string()),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic inside a transaction is caught and rolled back, so the connection is still good.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A write transaction on its way through the writer thread.
trait Job: Send {
    /// Runs the statements; true when they may be committed.
    fn run(&mut self, connection: &Arc<Mutex<Connection>>) -> bool;
    /// Answers the caller after the commit.
    fn finish(self: Box<Self>, committed: Result<(), Error>);
    /// Since when it waits.
    fn since(&self) -> Instant;
}

struct Write<F, T, E> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    answer: Option<tokio::sync::oneshot::Sender<Result<T, E>>>,
    since: Instant,
}

impl<T, E, F, Fut> Job for Write<F, T, E>
where
    F: FnOnce(Tx) -> Fut + Send,
    Fut: Future<Output = Result<T, E>>,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, connection: &Arc<Mutex<Connection>>) -> bool {
        let Some(work) = self.work.take() else { return false };
        let failed = Failed::default();
        let session = Session { connection: Arc::clone(connection), home: None };
        let tx = Tx::new(AnySession::Sqlite(session), failed.clone());
        let result = catch_unwind(AssertUnwindSafe(|| {
            // SQLite never makes a statement wait, so the transaction is ready at its first poll.
            match pin!(work(tx)).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(result) => failed.judge(result),
                Poll::Pending => Err(Error::unavailable("a transaction awaited something else").into()),
            }
        }));
        self.result =
            Some(result.unwrap_or_else(|_| Err(Error::unavailable("a transaction panicked").into())));
        matches!(self.result, Some(Ok(_)))
    }

    fn finish(mut self: Box<Self>, committed: Result<(), Error>) {
        let result = match (self.result.take(), committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(Error::unavailable("the transaction did not run").into()),
        };
        if let Some(answer) = self.answer.take() {
            // The caller may have left; the transaction stands all the same.
            let _ = answer.send(result);
        }
    }

    fn since(&self) -> Instant {
        self.since
    }
}

fn run_writer(connection: &Arc<Mutex<Connection>>, queue: &mpsc::Receiver<Box<dyn Job>>) {
    while let Ok(first) = queue.recv() {
        let mut jobs: Vec<Box<dyn Job>> =
            std::iter::once(first).chain(queue.try_iter().take(BATCH - 1)).collect();
        let committed = run_batch(connection, &mut jobs);
        for job in jobs {
            job.finish(committed.as_ref().map_err(Error::unavailable).copied());
        }
    }
}

fn run_batch(connection: &Arc<Mutex<Connection>>, jobs: &mut [Box<dyn Job>]) -> Result<(), Error> {
    let batch = |sql: &str| lock(connection).execute_batch(sql).map_err(|e| dialect::sqlite_error(&e));
    batch("BEGIN IMMEDIATE")?;
    let run = || {
        for job in jobs {
            if job.since().elapsed() > PATIENCE {
                continue;
            }
            batch("SAVEPOINT job")?;
            if !job.run(connection) {
                batch("ROLLBACK TO job")?;
            }
            batch("RELEASE job")?;
        }
        batch("COMMIT")
    };
    run().inspect_err(|_| {
        // Whatever failed, the next batch must find no transaction open.
        let _ = batch("ROLLBACK");
    })
}
