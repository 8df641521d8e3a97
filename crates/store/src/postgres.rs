//! PostgreSQL: a pool of connections; every write transaction runs in a task of its own, so that it always ends.

use crate::dialect;
use crate::error::Error;
use crate::tx::{Failed, Session as AnySession, Tx};
use crate::value::{Row, Value};
use bytes::BytesMut;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use std::error::Error as StdError;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::types::{IsNull, ToSql, Type};

/// Writes open their transaction as one: a mistaken write in a read fails as it does on SQLite.
const OPTIONS: &str = "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 \
     -c default_transaction_read_only=on";

fn configure(url: &str) -> Result<Config, Error> {
    let mut config: Config =
        url.parse().map_err(|_| Error::unavailable("database.url is not a PostgreSQL address"))?;
    let options = config.get_options().map_or_else(|| OPTIONS.to_owned(), |own| format!("{OPTIONS} {own}"));
    config.options(options).application_name("nameplate").connect_timeout(Duration::from_secs(2));
    // The driver's default goes on without TLS when the other side says so, and so would whoever sits between. On this
    // machine nobody does, and a server there often has a certificate that nobody signed.
    if !url.contains("sslmode=") {
        let here = config.get_hosts().iter().all(is_on_this_machine)
            && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
        config.ssl_mode(if here { SslMode::Disable } else { SslMode::Require });
    }
    Ok(config)
}

fn is_on_this_machine(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        let config = configure(url)?;
        let mut roots = rustls::RootCertStore::empty();
        // The system's, so that a private authority is trusted where the rest of the machine trusts it.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let tls =
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(Error::unavailable)?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let manager = Manager::from_config(
            config,
            tokio_postgres_rustls::MakeRustlsConnect::new(tls),
            ManagerConfig { recycling_method: RecyclingMethod::Verified },
        );
        let pool = Pool::builder(manager)
            .max_size(16)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(Duration::from_secs(2)))
            .create_timeout(Some(Duration::from_secs(2)))
            .recycle_timeout(Some(Duration::from_secs(2)))
            .build()
            .map_err(Error::unavailable)?;
        let postgres = Self { pool };
        postgres.check().await?;
        Ok(postgres)
    }

    /// Refuses a server that is too old or does not keep what it has confirmed.
    async fn check(&self) -> Result<(), Error> {
        let session = self.session().await?;
        let setting = async |name: &str| -> Result<String, Error> {
            let rows = session.query("SELECT current_setting($1)", &[Value::from(name)]).await?;
            rows.into_iter().next().map_or_else(|| Ok(String::new()), |mut row| row.text())
        };
        let version = setting("server_version_num").await?;
        if version.parse::<u32>().unwrap_or_default() < 150_000 {
            return Err(Error::unavailable("PostgreSQL 15 or later is needed"));
        }
        if setting("fsync").await? != "on" || setting("synchronous_commit").await? == "off" {
            return Err(Error::unavailable(
                "PostgreSQL must run with fsync on and synchronous_commit not off",
            ));
        }
        Ok(())
    }

    pub(crate) async fn session(&self) -> Result<Session, Error> {
        let client = self.pool.get().await.map_err(|e| Error::unavailable(format!("{e:?}")))?;
        Ok(Session { client: Some(Arc::new(client)), ended: false })
    }

    pub(crate) async fn write<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let postgres = self.clone();
        let transaction = tokio::spawn(async move {
            let session = postgres.session().await?;
            session.batch("BEGIN READ WRITE").await?;
            let mut unfinished = Unfinished(session);
            let failed = Failed::default();
            let result = work(Tx::new(AnySession::Postgres(unfinished.0.share()), failed.clone())).await;
            let result = failed.judge(result);
            let ended = unfinished.0.batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" }).await;
            unfinished.0.ended = ended.is_ok();
            drop(unfinished);
            let value = result?;
            ended?;
            Ok(value)
        });
        transaction.await.map_err(|_| Error::unavailable("the transaction failed"))?
    }
}

/// Closes the connection of a transaction that did not end (a panic, a failed commit): the pool must not hand it on.
struct Unfinished(Session);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.0.ended {
            return;
        }
        if let Some(client) = self.0.client.take().and_then(Arc::into_inner) {
            drop(Object::take(client));
        }
    }
}

pub(crate) struct Session {
    client: Option<Arc<Object>>,
    ended: bool,
}

impl Session {
    fn share(&self) -> Self {
        Self { client: self.client.clone(), ended: true }
    }

    fn client(&self) -> Result<&Object, Error> {
        self.client.as_deref().ok_or_else(|| Error::unavailable("the connection was closed"))
    }

    pub(crate) async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        let statement = self.client()?.prepare_cached(sql).await.map_err(|e| dialect::postgres_error(&e))?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let rows =
            self.client()?.query(&statement, &params).await.map_err(|e| dialect::postgres_error(&e))?;
        rows.iter().map(row).collect()
    }

    pub(crate) async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        let statement = self.client()?.prepare_cached(sql).await.map_err(|e| dialect::postgres_error(&e))?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client()?.execute(&statement, &params).await.map_err(|e| dialect::postgres_error(&e))
    }

    pub(crate) async fn batch(&self, sql: &str) -> Result<(), Error> {
        self.client()?.batch_execute(sql).await.map_err(|e| dialect::postgres_error(&e))
    }
}

fn row(row: &tokio_postgres::Row) -> Result<Row, Error> {
    let column = |i: usize, kind: &Type| -> Result<Value, tokio_postgres::Error> {
        Ok(match *kind {
            Type::INT8 => row.try_get::<_, Option<i64>>(i)?.map_or(Value::Null, Value::Int),
            Type::INT4 => row.try_get::<_, Option<i32>>(i)?.map_or(Value::Null, |v| Value::Int(v.into())),
            Type::BOOL => row.try_get::<_, Option<bool>>(i)?.map_or(Value::Null, |v| Value::Int(v.into())),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(i)?.map_or(Value::Null, Value::Bytes),
            _ => row.try_get::<_, Option<String>>(i)?.map_or(Value::Null, Value::Text),
        })
    };
    let values =
        row.columns().iter().enumerate().map(|(i, c)| column(i, c.type_())).collect::<Result<_, _>>();
    values.map(Row::new).map_err(|e| Error::Corrupt(e.to_string()))
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Int(value) if *kind == Type::INT8 => value.to_sql(kind, out),
            Self::Text(value) if <String as ToSql>::accepts(kind) => value.to_sql(kind, out),
            Self::Bytes(value) if *kind == Type::BYTEA => value.to_sql(kind, out),
            _ => Err(format!("a parameter does not fit the type {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_is_spoken_to_over_tls_unless_the_address_says_otherwise() {
        let mode = |url: &str| configure(url).unwrap().get_ssl_mode();
        for here in ["localhost", "127.0.0.1:5433", "[::1]", "%2Frun%2Fpostgresql"] {
            assert_eq!(mode(&format!("postgres://me@{here}/nameplate")), SslMode::Disable, "{here}");
        }
        for there in ["db.example.com", "10.0.0.7", "localhost,db.example.com"] {
            assert_eq!(mode(&format!("postgres://me@{there}/nameplate")), SslMode::Require, "{there}");
        }
        assert_eq!(mode("postgres://me@localhost/nameplate?hostaddr=10.0.0.7"), SslMode::Require);
        assert_eq!(mode("postgres:///nameplate?hostaddr=10.0.0.7"), SslMode::Require);
        assert_eq!(mode("postgres://me@db/nameplate?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://me@localhost/nameplate?sslmode=require"), SslMode::Require);
    }

    #[test]
    fn options_of_the_address_come_after_ours() {
        let config = configure("postgres://me@localhost/nameplate?options=-csearch_path%3Dmine").unwrap();
        assert_eq!(config.get_options(), Some(format!("{OPTIONS} -csearch_path=mine").as_str()));
    }
}
