-- The private address under which an agent's calendar reads the meetings: one for each agent, by its hash alone.
CREATE TABLE calendar_feeds (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES agents (id),
  id TEXT NOT NULL,
  token_hash BYTEA NOT NULL,
  is_busy_only BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_read_at BIGINT,
  CONSTRAINT calendar_feeds_hash UNIQUE (token_hash)
);
