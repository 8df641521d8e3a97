-- Every write may carry a key, not bookings alone: a key names what the request made, whatever that is, or nothing. Keys live for a day;
-- those of before are dropped, because what they were used for was noted by another code.
DELETE FROM idempotency_keys;
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_meeting_id_fkey;
ALTER TABLE idempotency_keys RENAME COLUMN meeting_id TO resource;
ALTER TABLE idempotency_keys ALTER COLUMN resource DROP NOT NULL;
CREATE INDEX idempotency_keys_resource ON idempotency_keys (resource);
