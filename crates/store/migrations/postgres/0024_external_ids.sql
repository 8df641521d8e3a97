-- By which ids other systems know an agent: one in each system, and nobody else has the same there.
CREATE TABLE agent_external_ids (
  agent_id TEXT NOT NULL REFERENCES agents (id),
  system TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (agent_id, system),
  CONSTRAINT agent_external_ids_value UNIQUE (system, value)
);
