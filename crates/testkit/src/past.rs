//! A database as somebody sees it who has its files and not this program.

#![expect(clippy::expect_used, reason = "a test that cannot reach its database fails by panicking")]

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
