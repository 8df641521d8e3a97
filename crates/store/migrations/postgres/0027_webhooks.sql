-- Webhooks, and what each is told. A secret is sealed with a key that is not in the database; the one that it took the place of signs until
-- previous_until too. One try at a time is made for a webhook: whoever makes it holds the row until lease_until. not_before is when the next try
-- may be made, failures how many in a row came to nothing since failing_since, sequence the number of the last event that left.
CREATE TABLE webhooks (
  id TEXT NOT NULL PRIMARY KEY,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('on', 'off', 'failed')),
  state_since BIGINT NOT NULL,
  secret BYTEA NOT NULL,
  previous_secret BYTEA,
  previous_until BIGINT,
  key_version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  failing_since BIGINT,
  not_before BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

-- A row for each event and webhook, written with the fact. It does not refer to its webhook as the engine understands it: a booking must not fail
-- because an admin deletes a webhook at the same time. agent_id is whom it is
-- about, so that nothing of an erased account stays. Position is the order of writing; sequence is given when the first try is made.
CREATE TABLE webhook_deliveries (
  position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  agent_id TEXT,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  sequence BIGINT,
  attempts BIGINT NOT NULL,
  tried_at BIGINT,
  status BIGINT,
  problem TEXT,
  created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX webhook_deliveries_id ON webhook_deliveries (id);
CREATE INDEX webhook_deliveries_of ON webhook_deliveries (webhook_id, position);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, position) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_about ON webhook_deliveries (agent_id);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);
