-- How often a former slug still led here, so that its agent knows which old links are in use.
ALTER TABLE slugs ADD COLUMN hits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slugs ADD COLUMN last_hit_at INTEGER;
