-- Accounts that are closed and will be erased. The link that keeps one is derived from the id with a key that is not in the
-- database.
CREATE TABLE account_deletions (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  asked_at BIGINT NOT NULL,
  erase_at BIGINT NOT NULL,
  CONSTRAINT account_deletions_agent UNIQUE (agent_id)
);

-- The slugs of erased accounts as keyed hashes: nobody can read one here, and nobody gets one again.
CREATE TABLE erased_slugs (
  slug_hash TEXT NOT NULL PRIMARY KEY
);
