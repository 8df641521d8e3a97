-- What an agent writes in messages to customers: an own signature in place of the organisation's, and a note. Empty is none.
CREATE TABLE own_texts (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES agents (id),
  signature TEXT NOT NULL,
  note TEXT NOT NULL
);
