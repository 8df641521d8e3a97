//! What is said of meetings that are over.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::Note;
use nameplate_domain::ids::{AgentId, MeetingId};
use nameplate_domain::meetings::{Rating, Review};

impl Tx {
    /// Notes when the customer was said not to have come, or that nobody says so. Nothing that calendars know changes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_missed_at(&self, id: MeetingId, missed_at: Option<Timestamp>) -> Result<(), Error> {
        let sql = "UPDATE meetings SET missed_at = $2 WHERE id = $1";
        self.execute(sql, params![id, missed_at]).await.map(drop)
    }

    /// What the customer says of a meeting.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn review(&self, meeting: MeetingId) -> Result<Option<Review>, Error> {
        let sql = "SELECT rating, comment, reviewed_at FROM meeting_reviews WHERE meeting_id = $1";
        self.query_opt(sql, params![meeting]).await?.as_mut().map(read).transpose()
    }

    /// What customers say of an agent's meetings.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn reviews_of(&self, agent: AgentId) -> Result<Vec<(MeetingId, Review)>, Error> {
        let sql = "SELECT r.meeting_id, r.rating, r.comment, r.reviewed_at FROM meeting_reviews r
                   JOIN meetings m ON m.id = r.meeting_id WHERE m.agent_id = $1 ORDER BY r.meeting_id";
        let rows = self.query(sql, params![agent]).await?;
        rows.into_iter().map(|mut row| Ok((row.parse()?, read(&mut row)?))).collect()
    }

    /// Keeps what the customer says, in place of what was said before.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_review(&self, meeting: MeetingId, review: &Review) -> Result<(), Error> {
        let sql =
            "INSERT INTO meeting_reviews (meeting_id, rating, comment, reviewed_at) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (meeting_id) DO UPDATE SET rating = excluded.rating, comment = excluded.comment,
                     reviewed_at = excluded.reviewed_at";
        let comment = review.comment.as_ref().map(Note::as_str);
        let params = params![meeting, i64::from(review.rating.get()), comment, review.at];
        self.execute(sql, params).await.map(drop)
    }

    /// Takes back the messages of this kind about a meeting that nobody has begun to send.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn supersede_kind(&self, meeting: MeetingId, kind: &str) -> Result<(), Error> {
        let sql =
            "UPDATE outbox SET state = 'superseded' WHERE meeting_id = $1 AND kind = $2 AND state = 'queued'";
        self.execute(sql, params![meeting, kind]).await.map(drop)
    }
}

fn read(row: &mut Row) -> Result<Review, Error> {
    let rating = row.int()?;
    let known = u8::try_from(rating).ok().and_then(Rating::new);
    Ok(Review {
        rating: known.ok_or_else(|| Error::Corrupt(format!("{rating} is not a rating")))?,
        comment: row.opt_text()?.map(Note::stored),
        at: row.instant()?,
    })
}
