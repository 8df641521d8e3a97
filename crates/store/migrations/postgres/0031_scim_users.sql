-- What an identity provider said of an agent that the account has no place for: the parts of the name, for as long as the name is
-- the one that they were said of, and that it took the agent out of its list.
CREATE TABLE scim_users (
  agent_id TEXT PRIMARY KEY REFERENCES agents (id),
  full_name TEXT NOT NULL,
  given_name TEXT,
  family_name TEXT,
  deleted_at BIGINT
);
