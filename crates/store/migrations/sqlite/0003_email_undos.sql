-- Addresses that accounts had a short while ago: the old mailbox can bring its address back, and nobody else gets it.
CREATE TABLE email_undos (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  old_email TEXT NOT NULL,
  old_email_canonical TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX email_undos_address ON email_undos (old_email_canonical);
CREATE INDEX email_undos_agent ON email_undos (agent_id, created_at);
