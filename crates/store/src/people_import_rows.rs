//! The rows of files of people.

use crate::error::Error;
use crate::tx::{Session, Tx};
use crate::value::{Row, params};
use nameplate_domain::ids::{AgentId, PeopleImportId};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleRowState {
    /// Nothing yet.
    Waiting,
    /// Somebody new was invited.
    Invited,
    /// An account was changed.
    Updated,
    /// The account says the same already.
    Unchanged,
    /// It could not be done.
    Failed,
}

impl PeopleRowState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Invited, Self::Updated, Self::Unchanged, Self::Failed];

    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Invited => "invited",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
        }
    }

    fn read(word: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == word);
        found.ok_or_else(|| Error::Corrupt(format!("a row of an import is {word:?}")))
    }
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleRow {
    /// The line on which it begins, from 1.
    pub line: i64,
    /// A JSON list of texts.
    pub cells: String,
    /// What became of it.
    pub state: PeopleRowState,
    /// Why it could not be done: a JSON list.
    pub faults: String,
    /// The account that was made or changed.
    pub agent_id: Option<AgentId>,
}

/// How many rows of a file came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeopleRowCounts {
    /// Not worked off yet.
    pub waiting: i64,
    /// Invited.
    pub invited: i64,
    /// Changed.
    pub updated: i64,
    /// Same already.
    pub unchanged: i64,
    /// Not done.
    pub failed: i64,
}

impl Tx {
    /// Adds rows that wait: a JSON list of `[line, [cell, …]]`, some hundreds in one statement.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_people_import_rows(&self, id: PeopleImportId, rows: &str) -> Result<(), Error> {
        let sql = match self.session {
            Session::Sqlite(_) => {
                "INSERT INTO people_import_rows (import_id, line, cells, state, faults)
                 SELECT $1, value ->> 0, value ->> 1, 'waiting', '[]'
                 FROM json_each($2)"
            }
            Session::Postgres(_) => {
                "INSERT INTO people_import_rows (import_id, line, cells, state, faults)
                 SELECT $1, (one->>0)::bigint, one->>1, 'waiting', '[]'
                 FROM json_array_elements($2::text::json) AS one"
            }
        };
        self.execute(sql, params![id, rows]).await.map(drop)
    }

    /// Up to `limit` rows behind a line, all or those in a state.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_import_rows(
        &self,
        id: PeopleImportId,
        after: i64,
        state: Option<PeopleRowState>,
        limit: usize,
    ) -> Result<Vec<PeopleRow>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = if let Some(state) = state {
            let sql = "SELECT line, cells, state, faults, agent_id FROM people_import_rows
                       WHERE import_id = $1 AND line > $2 AND state = $4 ORDER BY line LIMIT $3";
            self.query(sql, params![id, after, limit, state.as_str()]).await?
        } else {
            let sql = "SELECT line, cells, state, faults, agent_id FROM people_import_rows
                       WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3";
            self.query(sql, params![id, after, limit]).await?
        };
        rows.into_iter().map(read_row).collect()
    }

    /// How many rows of a file came to what.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn count_people_import_rows(&self, id: PeopleImportId) -> Result<PeopleRowCounts, Error> {
        let sql = "SELECT state, COUNT(*) FROM people_import_rows WHERE import_id = $1 GROUP BY state";
        let mut counts = PeopleRowCounts::default();
        for mut row in self.query(sql, params![id]).await? {
            let state = PeopleRowState::read(&row.text()?)?;
            let count = row.int()?;
            match state {
                PeopleRowState::Waiting => counts.waiting = count,
                PeopleRowState::Invited => counts.invited = count,
                PeopleRowState::Updated => counts.updated = count,
                PeopleRowState::Unchanged => counts.unchanged = count,
                PeopleRowState::Failed => counts.failed = count,
            }
        }
        Ok(counts)
    }

    /// Takes a row that waits until the end of the transaction, so that nobody else works it off; false when it waits no more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_people_import_row(&self, id: PeopleImportId, line: i64) -> Result<bool, Error> {
        let sql = "UPDATE people_import_rows SET state = state
                   WHERE import_id = $1 AND line = $2 AND state = 'waiting'";
        Ok(self.execute(sql, params![id, line]).await? > 0)
    }

    /// Notes what became of a row that waited; false when it waits no more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn settle_people_import_row(
        &self,
        id: PeopleImportId,
        line: i64,
        state: PeopleRowState,
        faults: &str,
        agent: Option<AgentId>,
    ) -> Result<bool, Error> {
        let sql = "UPDATE people_import_rows SET state = $3, faults = $4, agent_id = $5
                   WHERE import_id = $1 AND line = $2 AND state = 'waiting'";
        Ok(self.execute(sql, params![id, line, state.as_str(), faults, agent]).await? > 0)
    }
}

fn read_row(mut row: Row) -> Result<PeopleRow, Error> {
    Ok(PeopleRow {
        line: row.int()?,
        cells: row.text()?,
        state: PeopleRowState::read(&row.text()?)?,
        faults: row.text()?,
        agent_id: row
            .opt_text()?
            .map(|id| id.parse())
            .transpose()
            .map_err(|_| Error::Corrupt("agent id".into()))?,
    })
}
