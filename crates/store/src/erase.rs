//! Erasing an account with all that hangs on it.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;

impl Tx {
    /// How many messages about an agent, or about one of the agent's meetings, still wait or are on their way. Until they
    /// have left, what they are made of must stay.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_open_about(&self, agent: AgentId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending')
                     AND (uid = $1 OR meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1))";
        self.query_opt(sql, params![agent]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// How many cancellations of an agent's meetings were given up, of those written after `since`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_dead_cancellations(&self, agent: AgentId, since: Timestamp) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM outbox WHERE channel = 'email' AND state IN ('dead', 'bounced') AND kind = 'meeting_cancelled' AND created_at > $2
                     AND meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1)";
        self.query_opt(sql, params![agent, since]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Erases the messages about an agent and the agent's meetings. Those about a new password name nobody but the address
    /// that somebody typed: they go with [`Tx::sweep`].
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_messages(&self, agent: AgentId) -> Result<(), Error> {
        // To the agent also went what told of meetings that are another agent's now.
        let about = "DELETE FROM mailbox WHERE id IN (SELECT id FROM outbox
                       WHERE uid = $1 OR meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1)
                         OR (role IN ('agent', 'previous_agent')
                             AND recipient = (SELECT email FROM agents WHERE id = $1)))";
        self.execute(about, params![agent]).await?;
        let about = "DELETE FROM outbox
                       WHERE uid = $1 OR meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1)
                         OR (role IN ('agent', 'previous_agent')
                             AND recipient = (SELECT email FROM agents WHERE id = $1))";
        self.execute(about, params![agent]).await.map(drop)
    }

    /// Erases an account and all that is stored of it but the audit log, and keeps these hashes of its slugs. Its messages
    /// must be gone before.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_agent(&self, agent: AgentId, slug_hashes: &[String]) -> Result<(), Error> {
        // What points at something stands before it.
        for sql in [
            "DELETE FROM idempotency_keys WHERE resource = $1 OR resource IN (SELECT id FROM meetings WHERE agent_id = $1)",
            "DELETE FROM meeting_reviews WHERE meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1)",
            "DELETE FROM meeting_answers WHERE meeting_id IN (SELECT id FROM meetings WHERE agent_id = $1)",
            "DELETE FROM meetings WHERE agent_id = $1",
            "DELETE FROM meeting_types WHERE agent_id = $1",
            "DELETE FROM availabilities WHERE agent_id = $1",
            "DELETE FROM pictures WHERE agent_id = $1",
            "DELETE FROM sessions WHERE agent_id = $1",
            "DELETE FROM api_tokens WHERE agent_id = $1",
            "DELETE FROM calendar_feeds WHERE agent_id = $1",
            "DELETE FROM email_changes WHERE agent_id = $1",
            "DELETE FROM email_undos WHERE agent_id = $1",
            "DELETE FROM own_texts WHERE agent_id = $1",
            "DELETE FROM agent_fields WHERE agent_id = $1",
            "DELETE FROM agent_external_ids WHERE agent_id = $1",
            "DELETE FROM scim_users WHERE agent_id = $1",
            "DELETE FROM password_resets WHERE agent_id = $1",
            "DELETE FROM invitations WHERE agent_id = $1",
            "DELETE FROM passkey_challenges WHERE agent_id = $1",
            "DELETE FROM passkeys WHERE agent_id = $1",
            "DELETE FROM passkey_users WHERE agent_id = $1",
            "DELETE FROM oidc_requests WHERE agent_id = $1",
            "DELETE FROM oidc_links WHERE agent_id = $1",
            "DELETE FROM pending_sign_ins WHERE agent_id = $1",
            "DELETE FROM recovery_codes WHERE agent_id = $1",
            "DELETE FROM authenticator_apps WHERE agent_id = $1",
            "DELETE FROM account_deletions WHERE agent_id = $1",
            "UPDATE people_import_rows SET cells = '[]', faults = '[]', agent_id = NULL WHERE agent_id = $1",
            "DELETE FROM slugs WHERE agent_id = $1",
            "DELETE FROM agents WHERE id = $1",
        ] {
            self.execute(sql, params![agent]).await?;
        }
        for hash in slug_hashes {
            let sql = "INSERT INTO erased_slugs (slug_hash) VALUES ($1) ON CONFLICT (slug_hash) DO NOTHING";
            self.execute(sql, params![hash.as_str()]).await?;
        }
        Ok(())
    }
}
