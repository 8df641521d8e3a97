-- How many tries of a text message ended so that nobody knows whether its provider has it.
ALTER TABLE outbox ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
