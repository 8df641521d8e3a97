-- Who else is invited to a meeting: a JSON list of addresses.
ALTER TABLE meetings ADD COLUMN guests TEXT NOT NULL DEFAULT '[]';
