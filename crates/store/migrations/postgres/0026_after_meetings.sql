-- When its agent said that the customer did not come; the meeting stays scheduled, so that its time stays its own.
ALTER TABLE meetings ADD COLUMN missed_at BIGINT;

-- What the customer says of a meeting: the latest.
CREATE TABLE meeting_reviews (
  meeting_id TEXT NOT NULL PRIMARY KEY REFERENCES meetings (id),
  rating BIGINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
  comment TEXT,
  reviewed_at BIGINT NOT NULL
);
