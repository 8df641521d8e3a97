//! A database as somebody sees it who has its files and not this program.

#![expect(clippy::expect_used, reason = "a test that cannot reach its database fails by panicking")]

use std::path::Path;
use tokio_postgres::NoTls;

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
