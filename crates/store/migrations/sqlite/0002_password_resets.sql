-- The link is derived from the id with a key that is not in the database.
CREATE TABLE password_resets (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  credential_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX password_resets_agent ON password_resets (agent_id, created_at);
