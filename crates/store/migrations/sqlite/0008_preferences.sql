-- How an agent likes the pages, as JSON: only what was chosen.
ALTER TABLE agents ADD COLUMN preferences TEXT NOT NULL DEFAULT '{}';
