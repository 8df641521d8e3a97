//! What those who are invited to a meeting answered.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Answer, Answered};

impl Tx {
    /// The answers to a meeting that were given from an instant on.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn answers(&self, meeting: MeetingId, since: Timestamp) -> Result<Vec<Answered>, Error> {
        let sql = "SELECT attendee, answer, answered_at FROM meeting_answers
                   WHERE meeting_id = $1 AND answered_at >= $2 ORDER BY attendee";
        let rows = self.query(sql, params![meeting, since]).await?;
        rows.into_iter()
            .map(|mut row| {
                let (attendee, word) = (row.text()?, row.text()?);
                let answer = Answer::parse(&word)
                    .map_err(|_| Error::Corrupt(format!("{word:?} is not a known answer")))?;
                Ok(Answered { attendee, answer, at: row.instant()? })
            })
            .collect()
    }

    /// Keeps an answer in place of an older one; false where there is a newer one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_answer(&self, meeting: MeetingId, answered: &Answered) -> Result<bool, Error> {
        let sql = "INSERT INTO meeting_answers (meeting_id, attendee, answer, answered_at) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (meeting_id, attendee) DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at
                   WHERE excluded.answered_at > meeting_answers.answered_at";
        let params = params![meeting, answered.attendee.as_str(), answered.answer.as_str(), answered.at];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Forgets what somebody answered who is invited no more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_answer(&self, meeting: MeetingId, attendee: &str) -> Result<(), Error> {
        let sql = "DELETE FROM meeting_answers WHERE meeting_id = $1 AND attendee = $2";
        self.execute(sql, params![meeting, attendee]).await.map(drop)
    }
}
