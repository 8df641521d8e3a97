//! A database as somebody sees it who has its files and not this program.

use tokio_postgres::NoTls;

/// Runs statements past the store; what refused them, if anything did.
pub async fn past_the_store(url: &str, sql: &str) -> Option<String> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let done = rusqlite::Connection::open(path).unwrap().execute_batch(sql);
        return done.err().map(|error| error.to_string());
    }
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    let done = client.batch_execute(sql).await;
    drop(client);
    connection.await.unwrap().unwrap();
    let named = |error: tokio_postgres::Error| {
        let constraint = error.as_db_error().and_then(|e| e.constraint()).map(str::to_owned);
        constraint.unwrap_or_else(|| format!("{error:?}"))
    };
    done.err().map(named)
}
