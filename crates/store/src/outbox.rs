//! The outbox: messages that must leave, written in the transaction of the fact that they tell.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, MeetingId, OutboxId};

/// How a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// As a mail to an address.
    Email,
    /// As a text message to a number.
    Sms,
}

impl Channel {
    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub(crate) fn read(word: &str) -> Self {
        if word == "sms" { Self::Sms } else { Self::Email }
    }
}

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id, also the Message-ID.
    pub id: OutboxId,
    /// The notification (`messages.md` section 7).
    pub kind: String,
    /// What it is about: the meeting's UID or the agent's id. Messages of one `uid` to one recipient leave in order.
    pub uid: String,
    /// How it travels.
    pub channel: Channel,
    /// The address or the number it goes to.
    pub recipient: String,
    /// Who that is: a [`RecipientRole`](nameplate_domain::account::RecipientRole).
    pub role: String,
    /// The meeting, if it is about one.
    pub meeting_id: Option<MeetingId>,
    /// The meeting's sequence when it was written; an older one than the meeting's is not sent any more.
    pub meeting_version: i64,
    /// What the composer needs besides the meeting, as JSON. Never a link, token or code.
    pub body: String,
    /// Tries so far.
    pub attempts: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it may leave: at once, or when a reminder falls due. Later tries do not change it.
    pub due_at: Timestamp,
}

/// What is told about a message: nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// Also its Message-ID, before the @.
    pub id: OutboxId,
    /// The notification.
    pub kind: String,
    /// How it travels.
    pub channel: Channel,
    /// The address or the number it goes to.
    pub recipient: String,
    /// Who that is.
    pub role: String,
    /// When it leaves or left, by plan.
    pub due_at: Timestamp,
    /// What is known of a text message: `underway`, `delivered`, `failed`, `opted_out` or `over_limit`.
    pub delivery: Option<String>,
    /// `queued`, `sending`, `sent`, `superseded`, `expired`, `dead` or `bounced`.
    pub state: String,
    /// What the last try came to, in the words of the mail server.
    pub answer: String,
    /// Whether it was sent once more, after it had reached nobody.
    pub sent_again: bool,
}

/// How a message ended, or when it is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// Handed over.
    Sent,
    /// A newer message took its place.
    Superseded,
    /// Too late for what it tells.
    Expired,
    /// Given up.
    Dead,
    /// To be tried again.
    Retry(Timestamp),
}

macro_rules! columns {
    () => {
        "o.id, o.kind, o.uid, o.recipient, o.role, o.meeting_id, o.meeting_version, o.body, o.attempts, o.created_at,
         o.due_at, o.channel"
    };
}
pub(crate) use columns;

impl Tx {
    /// Writes a message that may leave when it is due.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn enqueue(&self, row: &OutboxRow) -> Result<(), Error> {
        let sql =
            "INSERT INTO outbox (id, kind, uid, recipient, role, meeting_id, meeting_version, body, attempts,
                     created_at, not_before, due_at, channel, state, lease_until)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12, 'queued', 0)";
        let params = params![
            row.id,
            row.kind.as_str(),
            row.uid.as_str(),
            row.recipient.as_str(),
            row.role.as_str(),
            row.meeting_id,
            row.meeting_version,
            row.body.as_str(),
            row.created_at,
            row.due_at,
            row.due_at,
            row.channel.as_str(),
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Writes several messages.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn enqueue_all(&self, rows: &[OutboxRow]) -> Result<(), Error> {
        for row in rows {
            self.enqueue(row).await?;
        }
        Ok(())
    }

    /// Leases up to `limit` messages that are due until `lease_until`. A message waits while an older one of its pair
    /// (uid, recipient) is due or was tried; one that is to leave later holds nothing back. A lease that ran out is taken
    /// over.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn claim(
        &self,
        limit: usize,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<OutboxRow>, Error> {
        let sql = format!(
            "SELECT {} FROM outbox o
             WHERE o.state IN ('queued', 'sending') AND o.not_before <= $1
               AND (o.state = 'queued' OR o.lease_until <= $2)
               AND NOT EXISTS (SELECT 1 FROM outbox older WHERE older.uid = o.uid AND older.recipient = o.recipient
                 AND older.state IN ('queued', 'sending') AND older.id < o.id
                 AND (older.not_before <= $3 OR older.attempts > 0))
             ORDER BY o.not_before, o.id LIMIT $4{}",
            columns!(),
            self.claim_suffix()
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.query(&sql, params![now, now, now, limit]).await?;
        let claimed = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        for row in &claimed {
            let sql = "UPDATE outbox SET state = 'sending', lease_until = $2, attempts = attempts + 1 WHERE id = $1";
            self.execute(sql, params![row.id, lease_until]).await?;
        }
        Ok(claimed)
    }

    /// Ends all leases: for the only sender there is, at its start, when whoever held them is gone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn release_leases(&self) -> Result<(), Error> {
        self.execute("UPDATE outbox SET lease_until = 0 WHERE state = 'sending'", &[]).await.map(drop)
    }

    /// Notes how a try ended, if the lease is still this one's (`attempt` counts from 1); false when it was taken over.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn settle(
        &self,
        id: OutboxId,
        attempt: i64,
        state: OutboxState,
        answer: &str,
    ) -> Result<bool, Error> {
        let (word, not_before) = match state {
            OutboxState::Sent => ("sent", None),
            OutboxState::Superseded => ("superseded", None),
            OutboxState::Expired => ("expired", None),
            OutboxState::Dead => ("dead", None),
            OutboxState::Retry(at) => ("queued", Some(at)),
        };
        let sql = "UPDATE outbox SET last_answer = $3, not_before = COALESCE($4, not_before), state = $5
                   WHERE id = $1 AND state = 'sending' AND attempts = $2";
        let settled = self.execute(sql, params![id, attempt, answer, not_before, word]).await? > 0;
        if settled && not_before.is_some() {
            // The meeting changed while it was tried: another try would only hold up what tells the change.
            let sql = "UPDATE outbox SET state = 'superseded' WHERE id = $1 AND state = 'queued'
                         AND role <> 'previous_agent' AND kind <> 'guest_removed'
                         AND meeting_version < (SELECT sequence FROM meetings WHERE id = outbox.meeting_id)";
            self.execute(sql, params![id]).await?;
        }
        Ok(settled)
    }

    /// When the next open message falls due, or the next lease ends; none when nothing waits. One that waits for an older
    /// message of its pair does not count: it could not be claimed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        // Both read the index of what is open from its start: thousands may be planned for later.
        let due = "SELECT o.not_before FROM outbox o
                   WHERE o.state IN ('queued', 'sending') AND o.state = 'queued'
                     AND NOT EXISTS (SELECT 1 FROM outbox older WHERE older.uid = o.uid
                       AND older.recipient = o.recipient AND older.state IN ('queued', 'sending')
                       AND older.id < o.id AND (older.not_before <= o.not_before OR older.attempts > 0))
                   ORDER BY o.not_before LIMIT 1";
        let leased = "SELECT MIN(lease_until) FROM outbox
                      WHERE state IN ('queued', 'sending') AND not_before <= $1 AND state = 'sending'";
        let due = self.query_opt(due, &[]).await?.map_or(Ok(None), |mut row| row.opt_instant())?;
        let leased =
            self.query_opt(leased, params![now]).await?.map_or(Ok(None), |mut row| row.opt_instant())?;
        Ok(due.into_iter().chain(leased).min())
    }

    /// Gives what waits for an agent's mailbox the agent's new address.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn readdress(&self, agent: AgentId, address: &str) -> Result<(), Error> {
        let sql = "UPDATE outbox SET recipient = $1 WHERE state = 'queued' AND role = 'agent'
                     AND meeting_id IN (SELECT id FROM meetings WHERE agent_id = $2)";
        self.execute(sql, params![address, agent]).await.map(drop)
    }

    /// The messages about an agent and the agent's meetings, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn messages_about(&self, agent: AgentId) -> Result<Vec<MessageRow>, Error> {
        let sql = "SELECT id, kind, recipient, role, due_at, state, last_answer, sent_again_as, channel, delivery FROM outbox
                   WHERE uid = $1 OR meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1)
                   ORDER BY due_at, id";
        self.query(sql, params![agent]).await?.into_iter().map(told).collect()
    }

    /// The messages about a meeting, in the order in which they are due.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn messages_of(&self, meeting: MeetingId) -> Result<Vec<MessageRow>, Error> {
        let sql = "SELECT id, kind, recipient, role, due_at, state, last_answer, sent_again_as, channel, delivery FROM outbox WHERE meeting_id = $1 ORDER BY due_at, id";
        self.query(sql, params![meeting]).await?.into_iter().map(told).collect()
    }

    /// How far a message is, and what the mail server said last.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn outcome(&self, id: OutboxId) -> Result<Option<(String, String)>, Error> {
        let sql = "SELECT state, COALESCE(last_answer, '') FROM outbox WHERE id = $1";
        self.query_opt(sql, params![id]).await?.map(|mut row| Ok((row.text()?, row.text()?))).transpose()
    }

    /// How many messages wait or are being sent; with an instant, those that were due by then.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_open(&self, due_by: Option<Timestamp>) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending') AND due_at <= $1";
        let due_by = due_by.unwrap_or(Timestamp::MAX);
        self.query_opt(sql, params![due_by]).await?.map_or(Ok(0), |mut row| row.int())
    }
}

fn told(mut row: Row) -> Result<MessageRow, Error> {
    Ok(MessageRow {
        id: row.parse()?,
        kind: row.text()?,
        recipient: row.text()?,
        role: row.text()?,
        due_at: row.instant()?,
        state: row.text()?,
        answer: row.opt_text()?.unwrap_or_default(),
        sent_again: row.opt_text()?.is_some(),
        channel: Channel::read(&row.text()?),
        delivery: row.opt_text()?,
    })
}

pub(crate) fn read(mut row: Row) -> Result<OutboxRow, Error> {
    read_front(&mut row)
}

/// A message from the columns of `columns!`; others may stand behind them.
pub(crate) fn read_front(row: &mut Row) -> Result<OutboxRow, Error> {
    Ok(OutboxRow {
        id: row.parse()?,
        kind: row.text()?,
        uid: row.text()?,
        recipient: row.text()?,
        role: row.text()?,
        meeting_id: row
            .opt_text()?
            .map(|id| id.parse())
            .transpose()
            .map_err(|_| Error::Corrupt("meeting id".into()))?,
        meeting_version: row.int()?,
        body: row.text()?,
        attempts: row.int()?,
        created_at: row.instant()?,
        due_at: row.instant()?,
        channel: Channel::read(&row.text()?),
    })
}
