//! Everything that differs between the engines.

use crate::error::{Constraint, Error};
use crate::tx::{Session, Tx};
use crate::value::params;
use nameplate_domain::ids::AgentId;
use rusqlite::Connection;
use rusqlite::ErrorCode;
use rusqlite::config::DbConfig;
use std::borrow::Cow;
use tokio_postgres::error::SqlState;

/// The database engine in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// A server, for several nodes.
    Postgres,
}

/// 3.51.3: earlier ones can lose or corrupt data in WAL mode with two connections (WAL reset).
pub(crate) const SQLITE_MINIMUM: i32 = 3_051_003;

/// Sets and reads back what durability rests on. `secure_delete` leaves no deleted text in free pages.
pub(crate) fn prepare_sqlite(connection: &Connection) -> Result<(), Error> {
    let settings = [
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", "2"),
        ("foreign_keys", "ON", "1"),
        ("secure_delete", "ON", "1"),
        ("busy_timeout", "5000", "5000"),
    ];
    for (name, set, expected) in settings {
        connection.pragma_update(None, name, set).map_err(|e| sqlite_error(&e))?;
        let found = connection
            .pragma_query_value(None, name, |row| {
                row.get::<_, rusqlite::types::Value>(0).map(|value| match value {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    _ => String::new(),
                })
            })
            .map_err(|e| sqlite_error(&e))?;
        if found != expected {
            return Err(Error::unavailable(format!("SQLite refused {name}={set} (it is {found})")));
        }
    }
    keep_plans(connection)
}

pub(crate) fn prepare_sqlite_reader(connection: &Connection) -> Result<(), Error> {
    connection.pragma_update(None, "busy_timeout", 5000).map_err(|e| sqlite_error(&e))?;
    keep_plans(connection)
}

/// Prepared statements are kept, and a plan does not change with the values bound to it: it would be made anew each time.
fn keep_plans(connection: &Connection) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(256);
    let stable = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
    stable.map(drop).map_err(|e| sqlite_error(&e))
}

/// SQLite numbers `$n` by first appearance; `?n` means what PostgreSQL means by `$n`.
pub(crate) fn sqlite_params(sql: &str) -> Cow<'_, str> {
    if sql.contains('$') { Cow::Owned(sql.replace('$', "?")) } else { Cow::Borrowed(sql) }
}

pub(crate) fn sqlite_error(error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => Error::Conflict(constraint(&error.to_string())),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Corrupt(error.to_string()),
        _ => Error::unavailable(error),
    }
}

pub(crate) fn postgres_error(error: &tokio_postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else { return Error::unavailable(format!("{error:?}")) };
    let code = db.code();
    if *code == SqlState::EXCLUSION_VIOLATION {
        return Error::Conflict(Constraint::MeetingOverlap);
    }
    if code.code().starts_with("23") {
        return Error::Conflict(constraint(db.constraint().unwrap_or_default()));
    }
    if code.code().starts_with("XX") {
        return Error::Corrupt(db.message().to_owned());
    }
    Error::unavailable(format!("{}: {}", code.code(), db.message()))
}

/// The rule behind the name that an engine reports: a constraint's name, or `table.column` on SQLite.
fn constraint(reported: &str) -> Constraint {
    const NAMES: [(&str, Constraint); 15] = [
        ("agents_email", Constraint::AgentEmail),
        ("agents.email_canonical", Constraint::AgentEmail),
        ("slugs_pkey", Constraint::Slug),
        ("slugs.slug", Constraint::Slug),
        ("meeting_types_slug", Constraint::MeetingTypeSlug),
        ("meeting_types.agent_id, meeting_types.slug", Constraint::MeetingTypeSlug),
        ("idempotency_keys_pkey", Constraint::IdempotencyKey),
        ("idempotency_keys.scope", Constraint::IdempotencyKey),
        ("passkeys_credential", Constraint::Passkey),
        ("passkeys.credential_id", Constraint::Passkey),
        ("oidc_links_", Constraint::OidcLink),
        ("oidc_links.", Constraint::OidcLink),
        ("agent_external_ids_value", Constraint::ExternalId),
        ("agent_external_ids.system, agent_external_ids.value", Constraint::ExternalId),
        ("meetings_no_overlap", Constraint::MeetingOverlap),
    ];
    NAMES.iter().find(|(name, _)| reported.contains(name)).map_or(Constraint::Other, |(_, rule)| *rule)
}

impl Tx {
    /// Takes the agent's lock until the end of the transaction: everything that makes or moves a meeting of the agent
    /// goes one after the other. False when there is no such agent.
    ///
    /// On PostgreSQL the row lock leaves foreign-key checks free and must be a statement of its own: the overlap check
    /// that follows then sees what the previous holder committed. On SQLite the writer is alone anyway.
    ///
    /// # Errors
    /// `Unavailable` when the lock was not free in time.
    pub async fn lock_agent(&self, id: AgentId) -> Result<bool, Error> {
        let sql = match self.session {
            Session::Sqlite(_) => "SELECT 1 FROM agents WHERE id = $1",
            Session::Postgres(_) => "SELECT 1::bigint FROM agents WHERE id = $1 FOR NO KEY UPDATE",
        };
        Ok(self.query_opt(sql, params![id]).await?.is_some())
    }

    /// The end of a query that claims rows of the outbox `o`: on PostgreSQL other nodes claim at the same time.
    pub(crate) fn claim_suffix(&self) -> &'static str {
        match self.session {
            Session::Sqlite(_) => "",
            Session::Postgres(_) => " FOR UPDATE OF o SKIP LOCKED",
        }
    }
}
