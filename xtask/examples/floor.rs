//! The least that a server can do for a request: what `cargo xtask bench` compares Nameplate with.
//!
//! `floor hello` answers a text; `floor row FILE` reads one row of SQLite; `floor insert FILE` and `floor insert-group FILE` store
//! one row in SQLite with `synchronous=FULL`, each in a commit of its own or all that wait in one; `floor insert-postgres URL`
//! stores one row in PostgreSQL. Prints `{"port": N}` when it answers.

use std::cell::RefCell;
use std::convert::Infallible;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rusqlite::Connection;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// What a floor does with a request.
#[derive(Clone)]
enum Floor {
    Hello,
    Row(PathBuf),
    Insert(mpsc::Sender<(String, oneshot::Sender<()>)>),
    Postgres(deadpool_postgres::Pool),
}

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_default();
    let place = arguments.next().unwrap_or_default();
    let floor = match kind.as_str() {
        "hello" => Floor::Hello,
        "row" => Floor::Row(fill(Path::new(&place))?),
        "insert" => Floor::Insert(writer(Path::new(&place), 1)?),
        "insert-group" => Floor::Insert(writer(Path::new(&place), 64)?),
        "insert-postgres" => Floor::Postgres(pool(&place).await?),
        _ => bail!("hello, row FILE, insert FILE, insert-group FILE or insert-postgres URL"),
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{{\"port\": {}}}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let floor = floor.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(floor.clone(), request));
            // A client that goes away ends its connection with an error; nobody needs to know.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(floor: Floor, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let work = async {
        Ok::<_, anyhow::Error>(match floor {
            Floor::Hello => "hello".to_owned(),
            Floor::Row(path) => row(&path)?,
            Floor::Insert(writer) => {
                let body = text(request).await?;
                let (answer, answered) = oneshot::channel();
                writer.send((body, answer)).ok().context("the writer has stopped")?;
                answered.await?;
                "stored".to_owned()
            }
            Floor::Postgres(pool) => {
                let body = text(request).await?;
                let client = pool.get().await?;
                let statement = client.prepare_cached("INSERT INTO floor (body) VALUES ($1)").await?;
                client.execute(&statement, &[&body]).await?;
                "stored".to_owned()
            }
        })
    };
    let (status, body) = match work.await {
        Ok(body) => (200, body),
        Err(error) => (500, format!("{error:#}")),
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}

async fn text(request: Request<Incoming>) -> Result<String> {
    let body = request.into_body().collect().await?.to_bytes();
    Ok(String::from_utf8(body.to_vec())?)
}

/// One row by its key, as JSON, on a connection that each thread keeps.
fn row(path: &Path) -> Result<String> {
    READER.with_borrow_mut(|kept| {
        let connection = match kept {
            Some(connection) => connection,
            None => kept.insert(Connection::open(path)?),
        };
        let mut statement =
            connection.prepare_cached("SELECT name, email, time_zone FROM agents WHERE slug = ?1")?;
        Ok(statement.query_row(["agent-500"], |row| {
            let (name, email, zone): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("{{\"name\": \"{name}\", \"email\": \"{email}\", \"time_zone\": \"{zone}\"}}"))
        })?)
    })
}

fn fill(path: &Path) -> Result<PathBuf> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let all = connection.transaction()?;
    all.execute_batch(
        "CREATE TABLE agents (slug TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, time_zone TEXT NOT NULL) STRICT",
    )?;
    for number in 0..1000 {
        let row =
            (format!("agent-{number}"), "Ada Agent", format!("agent-{number}@example.org"), "Europe/Berlin");
        all.execute("INSERT INTO agents VALUES (?1, ?2, ?3, ?4)", row)?;
    }
    all.commit()?;
    Ok(path.to_owned())
}

/// A thread that stores bodies, at most `most` in one commit, and answers after it.
fn writer(path: &Path, most: usize) -> Result<mpsc::Sender<(String, oneshot::Sender<()>)>> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE floor (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")?;
    let (sender, queue) = mpsc::channel::<(String, oneshot::Sender<()>)>();
    let mut run = move || -> Result<()> {
        while let Ok(first) = queue.recv() {
            let jobs: Vec<_> = std::iter::once(first).chain(queue.try_iter().take(most - 1)).collect();
            let all = connection.transaction()?;
            for (body, _) in &jobs {
                all.prepare_cached("INSERT INTO floor (body) VALUES (?1)")?.execute([body])?;
            }
            all.commit()?;
            for (_, answer) in jobs {
                let _ = answer.send(());
            }
        }
        Ok(())
    };
    std::thread::spawn(move || run().inspect_err(|error| eprintln!("{error:#}")));
    Ok(sender)
}

async fn pool(url: &str) -> Result<deadpool_postgres::Pool> {
    let manager = deadpool_postgres::Manager::new(url.parse()?, tokio_postgres::NoTls);
    let pool = deadpool_postgres::Pool::builder(manager).max_size(16).build()?;
    pool.get()
        .await?
        .batch_execute("CREATE TABLE IF NOT EXISTS floor (id BIGSERIAL PRIMARY KEY, body TEXT NOT NULL)")
        .await?;
    Ok(pool)
}
