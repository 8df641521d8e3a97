-- A message that was handed over may come back. Whoever sends one again that reached nobody notes it there, so that a second
-- click sends nothing.
ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check
  CHECK (state IN ('queued', 'sending', 'sent', 'superseded', 'expired', 'dead', 'bounced'));
ALTER TABLE outbox ADD COLUMN sent_again_as TEXT;
CREATE INDEX outbox_undelivered ON outbox (id) WHERE state IN ('dead', 'bounced');
