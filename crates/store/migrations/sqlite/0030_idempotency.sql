-- Every write may carry a key, not bookings alone: a key names what the request made, whatever that is, or nothing.
ALTER TABLE idempotency_keys RENAME TO idempotency_keys_of_bookings;
DROP INDEX idempotency_keys_age;
CREATE TABLE idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  resource TEXT,
  created_at INTEGER NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key)
) STRICT;
INSERT INTO idempotency_keys (scope, key, fingerprint, resource, created_at)
  SELECT scope, key, fingerprint, meeting_id, created_at FROM idempotency_keys_of_bookings;
DROP TABLE idempotency_keys_of_bookings;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_resource ON idempotency_keys (resource);
