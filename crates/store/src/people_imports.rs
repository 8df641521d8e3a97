//! Files of people that an admin has handed in.

use crate::error::Error;
use crate::tx::{Session, Tx};
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, PeopleImportId};

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleImportState {
    /// Looked at: nothing was done.
    Draft,
    /// Confirmed, and being worked off.
    Running,
    /// Every row was worked off.
    Done,
}

impl PeopleImportState {
    fn read(word: &str) -> Result<Self, Error> {
        Ok(match word {
            "draft" => Self::Draft,
            "running" => Self::Running,
            "done" => Self::Done,
            _ => return Err(Error::Corrupt(format!("an import is {word:?}"))),
        })
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleImportRow {
    /// Its id.
    pub id: PeopleImportId,
    /// Who handed it in, and from the confirmation on who confirmed it.
    pub admin_id: AgentId,
    /// Whether that was done at the command line, in the admin's name.
    pub by_command_line: bool,
    /// What it was called.
    pub file_name: String,
    /// In which encoding it was read.
    pub encoding: String,
    /// What stands between two cells.
    pub delimiter: String,
    /// The first line: a JSON list of texts.
    pub headers: String,
    /// What each column is: a JSON list of words.
    pub columns: String,
    /// How many rows it has.
    pub row_count: i64,
    /// How far it is.
    pub state: PeopleImportState,
    /// When it was handed in.
    pub created_at: Timestamp,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// When the last row was worked off.
    pub ended_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "SELECT id, admin_id, way, file_name, encoding, delimiter, headers, columns, row_count, state, created_at,
         confirmed_at, ended_at FROM people_imports"
    };
}

impl Tx {
    /// Keeps a file that was handed in, without its rows.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_people_import(&self, row: &PeopleImportRow) -> Result<(), Error> {
        let sql =
            "INSERT INTO people_imports (id, admin_id, way, file_name, encoding, delimiter, headers, columns,
                     row_count, state, lease_until, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', 0, $10)";
        let params = params![
            row.id,
            row.admin_id,
            if row.by_command_line { "command_line" } else { "page" },
            row.file_name.as_str(),
            row.encoding.as_str(),
            row.delimiter.as_str(),
            row.headers.as_str(),
            row.columns.as_str(),
            row.row_count,
            row.created_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// The file with this id.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_import(&self, id: PeopleImportId) -> Result<Option<PeopleImportRow>, Error> {
        let sql = concat!(columns!(), " WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// The files there are, the newest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_imports(&self, limit: usize) -> Result<Vec<PeopleImportRow>, Error> {
        let sql = concat!(columns!(), " ORDER BY created_at DESC, id DESC LIMIT $1");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.query(sql, params![limit]).await?.into_iter().map(read).collect()
    }

    /// Says what the columns of a draft are; false when it is none any more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_people_import_columns(&self, id: PeopleImportId, columns: &str) -> Result<bool, Error> {
        let sql = "UPDATE people_imports SET columns = $2 WHERE id = $1 AND state = 'draft'";
        Ok(self.execute(sql, params![id, columns]).await? > 0)
    }

    /// Confirms a draft that still has these columns, in the name of this admin; false when it is none any more, or has others.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn start_people_import(
        &self,
        id: PeopleImportId,
        columns: &str,
        admin: AgentId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "UPDATE people_imports SET state = 'running', admin_id = $3, confirmed_at = $4
                   WHERE id = $1 AND state = 'draft' AND columns = $2";
        Ok(self.execute(sql, params![id, columns, admin, now]).await? > 0)
    }

    /// Forgets a draft; false when it is none any more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_people_import(&self, id: PeopleImportId) -> Result<bool, Error> {
        let rows = "DELETE FROM people_import_rows
                    WHERE import_id IN (SELECT id FROM people_imports WHERE id = $1 AND state = 'draft')";
        self.execute(rows, params![id]).await?;
        let sql = "DELETE FROM people_imports WHERE id = $1 AND state = 'draft'";
        Ok(self.execute(sql, params![id]).await? > 0)
    }

    /// Leases the running file that was confirmed first and that nobody has, until `lease_until`.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn claim_people_import(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<PeopleImportRow>, Error> {
        let sql = match self.session {
            Session::Sqlite(_) => concat!(
                columns!(),
                " WHERE state = 'running' AND lease_until <= $1 ORDER BY confirmed_at, id LIMIT 1"
            ),
            Session::Postgres(_) => concat!(
                columns!(),
                " WHERE state = 'running' AND lease_until <= $1 ORDER BY confirmed_at, id LIMIT 1
                  FOR UPDATE SKIP LOCKED"
            ),
        };
        let Some(found) = self.query_opt(sql, params![now]).await? else { return Ok(None) };
        let found = read(found)?;
        let sql = "UPDATE people_imports SET lease_until = $2 WHERE id = $1";
        self.execute(sql, params![found.id, lease_until]).await?;
        Ok(Some(found))
    }

    /// Makes a lease longer that ends at `held`; false when another one has it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn renew_people_import(
        &self,
        id: PeopleImportId,
        held: Timestamp,
        lease_until: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "UPDATE people_imports SET lease_until = $3
                   WHERE id = $1 AND state = 'running' AND lease_until = $2";
        Ok(self.execute(sql, params![id, held, lease_until]).await? > 0)
    }

    /// Ends all leases: for the only server there is, at its start, when whoever held them is gone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn release_people_imports(&self) -> Result<(), Error> {
        self.execute("UPDATE people_imports SET lease_until = 0 WHERE state = 'running'", &[]).await.map(drop)
    }

    /// A running file of which no row waits is done.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_people_import(&self, id: PeopleImportId, now: Timestamp) -> Result<bool, Error> {
        let sql = "UPDATE people_imports SET state = 'done', ended_at = $2, lease_until = 0
                   WHERE id = $1 AND state = 'running'
                     AND NOT EXISTS (SELECT 1 FROM people_import_rows WHERE import_id = $1 AND state = 'waiting')";
        Ok(self.execute(sql, params![id, now]).await? > 0)
    }

    /// Forgets the files, with their rows, that were handed in before `before` and are not being worked off.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expire_people_imports(&self, before: Timestamp) -> Result<(), Error> {
        let rows = "DELETE FROM people_import_rows WHERE import_id IN
                      (SELECT id FROM people_imports WHERE created_at < $1 AND state <> 'running')";
        self.execute(rows, params![before]).await?;
        let sql = "DELETE FROM people_imports WHERE created_at < $1 AND state <> 'running'";
        self.execute(sql, params![before]).await.map(drop)
    }
}

fn read(mut row: Row) -> Result<PeopleImportRow, Error> {
    Ok(PeopleImportRow {
        id: row.parse()?,
        admin_id: row.parse()?,
        by_command_line: row.text()? == "command_line",
        file_name: row.text()?,
        encoding: row.text()?,
        delimiter: row.text()?,
        headers: row.text()?,
        columns: row.text()?,
        row_count: row.int()?,
        state: PeopleImportState::read(&row.text()?)?,
        created_at: row.instant()?,
        confirmed_at: row.opt_instant()?,
        ended_at: row.opt_instant()?,
    })
}
