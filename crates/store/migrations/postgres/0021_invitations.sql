-- Invitations to choose the first password of an account. The link is derived from the id with a key that is not in the database.
CREATE TABLE invitations (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  created_at BIGINT NOT NULL
);

CREATE INDEX invitations_agent ON invitations (agent_id, created_at);
