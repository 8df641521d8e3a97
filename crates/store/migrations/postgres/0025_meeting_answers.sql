-- What those who are invited to a meeting answered by their calendars: the latest of each.
CREATE TABLE meeting_answers (
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  attendee TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (meeting_id, attendee)
);
