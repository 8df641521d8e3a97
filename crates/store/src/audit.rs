//! The audit log: entries are added and never changed; only what is personal in them can be erased.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place, from 1 on without a gap.
    pub sequence: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Whose account it concerns.
    pub account: AgentId,
    /// What kind of actor did it.
    pub actor_kind: String,
    /// The actor's id, where the kind has one.
    pub actor_id: Option<String>,
    /// What happened.
    pub event: String,
    /// All that is personal; none once it was erased.
    pub detail: Option<String>,
    /// A keyed code of the detail, which stays.
    pub detail_hash: [u8; 32],
    /// A keyed code of the entry before and of this one without its detail.
    pub chain: [u8; 32],
}

/// Where the log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// The last entry's place; 0 when there is none.
    pub sequence: i64,
    /// The last entry's chain; zeros when there is none.
    pub chain: [u8; 32],
}

macro_rules! columns {
    () => {
        "sequence, happened_at, account, actor_kind, actor_id, event, detail, detail_hash, chain"
    };
}

impl Tx {
    /// Where the log ends.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_head(&self) -> Result<AuditHead, Error> {
        let row = self.query_opt("SELECT sequence, chain FROM audit_head WHERE id = 1", &[]).await?;
        let mut row = row.ok_or_else(|| Error::Corrupt("the audit log has no head".into()))?;
        Ok(AuditHead { sequence: row.int()?, chain: code(&mut row)? })
    }

    /// Locks the end of the log until the end of the transaction and says where it is. To be taken after every other lock.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn lock_audit_head(&self) -> Result<AuditHead, Error> {
        // An update is a lock on both engines, and what is read next was committed by the holder before.
        self.execute("UPDATE audit_head SET sequence = sequence WHERE id = 1", &[]).await?;
        self.audit_head().await
    }

    /// Adds an entry behind the head that this transaction has locked.
    ///
    /// # Errors
    /// `Unavailable`; `Conflict` when the place is taken.
    pub async fn append_audit(&self, row: &AuditRow) -> Result<(), Error> {
        let sql =
            concat!("INSERT INTO audit_log (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        let params = params![
            row.sequence,
            row.at,
            row.account,
            row.actor_kind.as_str(),
            row.actor_id.as_deref(),
            row.event.as_str(),
            row.detail.as_deref(),
            &row.detail_hash,
            &row.chain,
        ];
        self.execute(sql, params).await?;
        let sql = "UPDATE audit_head SET sequence = $1, chain = $2 WHERE id = 1";
        self.execute(sql, params![row.sequence, &row.chain]).await.map(drop)
    }

    /// The entries of an account before `before`, newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_of(
        &self,
        account: AgentId,
        before: i64,
        limit: usize,
    ) -> Result<Vec<AuditRow>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM audit_log WHERE account = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.query(sql, params![account, before, limit]).await?.into_iter().map(read).collect()
    }

    /// When an event last happened to an account.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn last_happened(&self, account: AgentId, event: &str) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT happened_at FROM audit_log WHERE account = $1 AND event = $2 ORDER BY sequence DESC LIMIT 1";
        self.query_opt(sql, params![account, event]).await?.map(|mut row| row.instant()).transpose()
    }

    /// All entries behind `after` in their order.
    ///
    /// # Errors
    /// `Unavailable`; `Corrupt` when an entry does not read as one.
    pub async fn audit_after(&self, after: i64, limit: usize) -> Result<Vec<AuditRow>, Error> {
        let sql =
            concat!("SELECT ", columns!(), " FROM audit_log WHERE sequence > $1 ORDER BY sequence LIMIT $2");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.query(sql, params![after, limit]).await?.into_iter().map(read).collect()
    }

    /// Up to `limit` accounts to which something happened behind `after`, each with the place of its last entry, in the order of these places.
    /// Comings and goings of browsers do not count.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn accounts_changed_behind(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(AgentId, i64)>, Error> {
        let sql = "SELECT account, MAX(sequence) AS last FROM audit_log
                     WHERE sequence > $1 AND event NOT IN ('sign_in', 'sign_in_refused', 'sign_out', 'session_ended',
                       'sessions_ended', 'second_step_missed', 'second_factor_refused', 'reauthentication_refused', 'provider_refused')
                     GROUP BY account ORDER BY last LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.query(sql, params![after, limit]).await?;
        rows.into_iter().map(|mut row| Ok((row.parse()?, row.int()?))).collect()
    }

    /// Erases what is personal in the entries of an account; how many had any.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_audit_details(&self, account: AgentId) -> Result<u64, Error> {
        let sql = "UPDATE audit_log SET detail = NULL WHERE account = $1 AND detail IS NOT NULL";
        self.execute(sql, params![account]).await
    }

    /// Erases what is personal in the entries from before `before`; how many had any.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_old_audit_details(&self, before: Timestamp) -> Result<u64, Error> {
        let sql = "UPDATE audit_log SET detail = NULL WHERE happened_at < $1 AND detail IS NOT NULL";
        self.execute(sql, params![before]).await
    }
}

fn code(row: &mut Row) -> Result<[u8; 32], Error> {
    row.bytes()?.try_into().map_err(|_| Error::Corrupt("a code of the audit log has 32 bytes".into()))
}

fn read(mut row: Row) -> Result<AuditRow, Error> {
    Ok(AuditRow {
        sequence: row.int()?,
        at: row.instant()?,
        account: row.parse()?,
        actor_kind: row.text()?,
        actor_id: row.opt_text()?,
        event: row.text()?,
        detail: row.opt_text()?,
        detail_hash: code(&mut row)?,
        chain: code(&mut row)?,
    })
}
