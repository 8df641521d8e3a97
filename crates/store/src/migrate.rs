//! Brings the schema up to date: numbered SQL files, forward only, never edited once released.

use crate::dialect::Engine;
use crate::error::Error;
use crate::tx::{Store, Tx};
use crate::value::params;

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),*) => { &[$(Migration {
        name: $name,
        sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
        postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
    }),*] };
}

const MIGRATIONS: &[Migration] = migrations![
    "0001_init",
    "0002_password_resets",
    "0003_email_undos",
    "0004_passkeys",
    "0005_slug_hits",
    "0006_audit_log",
    "0007_two_step",
    "0008_preferences",
    "0009_sign_in_traces",
    "0010_account_deletions",
    "0011_confirmed",
    "0012_reminders",
    "0013_notifications",
    "0014_undelivered",
    "0015_templates",
    "0016_sms",
    "0017_own_texts",
    "0018_sms_doubts",
    "0019_calendar_feeds",
    "0020_reassigned",
    "0021_invitations",
    "0022_guests",
    "0023_profile_fields",
    "0024_external_ids",
    "0025_meeting_answers",
    "0026_after_meetings",
    "0027_webhooks",
    "0029_people_imports",
    "0030_idempotency",
    "0031_scim_users",
    "0032_oidc"
];

/// One node migrates at a time; the number is this product's own.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7236301)";

impl Store {
    /// Whether any release brought a schema here.
    pub(crate) async fn has_schema(&self) -> Result<bool, Error> {
        let sql = match self.engine() {
            Engine::Sqlite => "SELECT name FROM sqlite_master WHERE name = 'schema_migrations'",
            Engine::Postgres => {
                "SELECT tablename FROM pg_tables
                  WHERE tablename = 'schema_migrations' AND schemaname = current_schema()"
            }
        };
        self.read(|tx| async move { Ok(tx.query_opt(sql, &[]).await?.is_some()) }).await
    }

    pub(crate) async fn migrate(&self) -> Result<(), Error> {
        let engine = self.engine();
        self.write(move |tx| async move {
            if engine == Engine::Postgres {
                tx.batch(LOCK).await?;
            }
            let strict = if engine == Engine::Sqlite { " STRICT" } else { "" };
            tx.batch(&format!(
                "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY){strict}"
            ))
            .await?;
            tx.apply(engine).await
        })
        .await
    }
}

impl Tx {
    async fn apply(&self, engine: Engine) -> Result<(), Error> {
        let rows = self.query("SELECT name FROM schema_migrations ORDER BY name", &[]).await?;
        let applied = rows.into_iter().map(|mut row| row.text()).collect::<Result<Vec<_>, _>>()?;
        if let Some(unknown) = applied.iter().find(|name| MIGRATIONS.iter().all(|m| m.name != name.as_str()))
        {
            return Err(Error::Corrupt(format!(
                "the database was made by a newer release (migration {unknown}): start that release, or restore a backup"
            )));
        }
        for migration in MIGRATIONS.iter().filter(|m| applied.iter().all(|name| name != m.name)) {
            self.batch(if engine == Engine::Sqlite { migration.sqlite } else { migration.postgres }).await?;
            self.execute("INSERT INTO schema_migrations (name) VALUES ($1)", params![migration.name]).await?;
        }
        Ok(())
    }
}
