-- Every write may carry a key, not bookings alone: a key names what the request made, whatever that is, or nothing. Keys live for a day;
-- those of before are dropped, because what they were used for was noted by another code.
DROP TABLE idempotency_keys;
CREATE TABLE idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  resource TEXT,
  created_at INTEGER NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_resource ON idempotency_keys (resource);
