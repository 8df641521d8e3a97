//! A database as somebody sees it who has its files and not this program.

#![expect(clippy::expect_used, reason = "a test that cannot reach its database fails by panicking")]

use rusqlite::types::ValueRef;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tokio_postgres::NoTls;

/// A row by its columns: texts as they are, numbers in digits, bytes in hexadecimal digits; what is null is left out.
pub type Row = BTreeMap<String, String>;

/// The rows of every table by its name, each table's in an order of its own that is always the same.
pub type Rows = BTreeMap<String, Vec<Row>>;

/// Runs statements past the store. What refused them, if anything did: on PostgreSQL the name of the constraint, where
/// it has one.
///
/// # Panics
///
/// When the database cannot be reached.
pub async fn past_the_store(url: &str, sql: &str) -> Option<String> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let connection = rusqlite::Connection::open(path).expect("the file of the database");
        return connection.execute_batch(sql).err().map(|error| error.to_string());
    }
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the throw-away PostgreSQL");
    let connection = tokio::spawn(connection);
    let done = client.batch_execute(sql).await;
    drop(client);
    connection.await.expect("no panic in the connection").expect("a connection that ends well");
    let named = |error: tokio_postgres::Error| {
        let constraint = error.as_db_error().and_then(|error| error.constraint()).map(str::to_owned);
        constraint.unwrap_or_else(|| format!("{error:?}"))
    };
    done.err().map(named)
}

/// All that a database holds, as somebody reads it who has its files or may read every table: each place by its name.
///
/// # Panics
///
/// When it cannot be read.
pub async fn everything_in(url: &str) -> Vec<(String, Vec<u8>)> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let folder = Path::new(path).parent().expect("a file in a folder");
        let files = std::fs::read_dir(folder).expect("the folder of the database");
        let read = |file: std::io::Result<std::fs::DirEntry>| {
            let path = file.expect("a file of the database").path();
            (path.display().to_string(), std::fs::read(&path).expect("a file of the database"))
        };
        return files.map(read).collect();
    }
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the throw-away PostgreSQL");
    let connection = tokio::spawn(connection);
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let mut all = Vec::new();
    for table in client.query(tables, &[]).await.expect("the names of the tables") {
        let table: String = table.get(0);
        // Bytes come as they are, not as the digits that a text of them would have.
        let rows = client.query(&format!("SELECT to_jsonb(t)::text FROM {table} t"), &[]).await;
        for row in rows.expect("the rows of a table") {
            let text: String = row.get(0);
            all.push((table.clone(), with_bytes(&text)));
        }
    }
    drop(client);
    connection.await.expect("no panic in the connection").expect("a connection that ends well");
    all
}

/// A row as text, and behind it the bytes that stand in it as hexadecimal digits.
fn with_bytes(row: &str) -> Vec<u8> {
    let mut all = row.as_bytes().to_vec();
    for digits in row.split("\\\\x").skip(1) {
        let digits: Vec<u8> = digits.bytes().take_while(u8::is_ascii_hexdigit).collect();
        let value = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        all.extend(digits.chunks(2).filter_map(value));
    }
    all
}

/// All rows of a database.
///
/// # Panics
///
/// When it cannot be read.
pub async fn rows_in(url: &str) -> Rows {
    let mut all = match url.strip_prefix("sqlite:") {
        Some(path) => rows_of_sqlite(path).expect("the tables of the database"),
        None => rows_of_postgres(url).await,
    };
    for rows in all.values_mut() {
        rows.sort_unstable();
    }
    all
}

fn rows_of_sqlite(path: &str) -> rusqlite::Result<Rows> {
    let connection = rusqlite::Connection::open(path)?;
    let mut names = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut all = Rows::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}"))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let rows = statement.query_map([], |row| {
            let mut read = Row::new();
            for (at, column) in columns.iter().enumerate() {
                if let Some(value) = text_of(row.get_ref(at)?) {
                    read.insert(column.clone(), value);
                }
            }
            Ok(read)
        })?;
        let rows = rows.collect::<Result<_, _>>()?;
        all.insert(name, rows);
    }
    Ok(all)
}

fn text_of(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => {
            Some(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect())
        }
    }
}

fn digit(half: u8) -> Option<char> {
    char::from_digit(u32::from(half), 16)
}

async fn rows_of_postgres(url: &str) -> Rows {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the throw-away PostgreSQL");
    let connection = tokio::spawn(connection);
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let tables = client.query(tables, &[]).await.expect("the names of the tables");
    let names: Vec<String> = tables.iter().map(|row| row.get(0)).collect();
    let mut all: Rows = names.iter().map(|name| (name.clone(), Vec::new())).collect();
    // All at once: a test asks for this after every cell of a matrix.
    let each = names.iter().map(|name| format!("SELECT '{name}', to_jsonb(t)::text FROM {name} t"));
    let rows = client.query(&each.collect::<Vec<_>>().join(" UNION ALL "), &[]).await;
    for row in rows.expect("the rows of the tables") {
        let (name, text): (String, String) = (row.get(0), row.get(1));
        let object: BTreeMap<String, Value> = serde_json::from_str(&text).expect("an object of JSON");
        all.entry(name).or_default().push(object.into_iter().filter_map(column).collect());
    }
    drop(client);
    connection.await.expect("no panic in the connection").expect("a connection that ends well");
    all
}

fn column((name, value): (String, Value)) -> Option<(String, String)> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            let bytes = text.strip_prefix("\\x").map(str::to_owned);
            Some((name, bytes.unwrap_or(text)))
        }
        other => Some((name, other.to_string())),
    }
}
