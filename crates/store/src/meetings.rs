//! Meetings. Whoever makes or moves one holds the agent's lock (`Tx::lock_agent`) and has asked `occupied` after taking it.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::{CustomerName, EmailAddress, Note, PhoneNumber};
use nameplate_domain::ids::{AgentId, MeetingId};
use nameplate_domain::meetings::{Customer, Meeting, Party, Side, SmsConsent, Status};
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::slots::Busy;

macro_rules! columns {
    () => {
        "id, agent_id, meeting_type_id, title, place, status, start_utc, end_utc, busy_from, busy_until, \
         previous_start, previous_end, customer_name, customer_email, customer_phone_e164, customer_phone_typed, \
         customer_locale, note, sms_consent, sms_consent_at, agent_zone, agent_local, agent_offset, customer_zone, customer_local, \
         customer_offset, tzdb_version, uid, sequence, link_version, cancelled_by, reason, created_at, changed_at, \
         agent_link_version, timed_at, guests, missed_at"
    };
}

/// Which side of now, which side of the place in the list, and the order.
macro_rules! list {
    ($ends:literal, $beyond:literal, $order:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM meetings WHERE agent_id = $1 AND end_utc ",
            $ends,
            " $2 AND (start_utc, id) ",
            $beyond,
            " ($3, $4) ORDER BY start_utc ",
            $order,
            ", id ",
            $order,
            " LIMIT $5"
        )
    };
}

/// Which of an agent's meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListWhich {
    /// Those that are not over.
    Upcoming,
    /// Those that are over.
    Past,
}

/// A place in the list of meetings, which is ordered by start and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListPlace {
    /// On from a meeting, without it.
    After(Timestamp, MeetingId),
    /// Back from a meeting, without it.
    Before(Timestamp, MeetingId),
}

/// What the slot engine needs of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupied {
    /// The meeting's time with its buffers.
    pub busy: Busy,
    /// Its start, for the daily limit.
    pub start: Timestamp,
}

impl Tx {
    /// The meeting with this id.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn meeting(&self, id: MeetingId) -> Result<Option<Meeting>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM meetings WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// The busy times of the agent's pending and scheduled meetings that touch the range, in their order.
    /// `except` is left out: the meeting that is being moved.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn occupied(
        &self,
        agent: AgentId,
        (from, until): (Timestamp, Timestamp),
        except: Option<MeetingId>,
    ) -> Result<Vec<Occupied>, Error> {
        let sql = "SELECT busy_from, busy_until, start_utc FROM meetings
                   WHERE agent_id = $1 AND busy_until > $2 AND busy_from < $3
                     AND status IN ('pending', 'scheduled') AND id <> $4
                   ORDER BY busy_from";
        let except = except.map_or_else(String::new, |id| id.to_string());
        let rows = self.query(sql, params![agent, from, until, except]).await?;
        rows.into_iter()
            .map(|mut row| {
                let busy = Busy { from: row.instant()?, until: row.instant()? };
                Ok(Occupied { busy, start: row.instant()? })
            })
            .collect()
    }

    /// The agent's meetings that end after `from`, in their order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn meetings_after(
        &self,
        agent: AgentId,
        from: Timestamp,
        limit: u32,
    ) -> Result<Vec<Meeting>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM meetings WHERE agent_id = $1 AND end_utc > $2 ORDER BY start_utc, id LIMIT $3"
        );
        self.query(sql, params![agent, from, limit]).await?.into_iter().map(read).collect()
    }

    /// The agent's meetings that touch a range and are not called off, in their order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn meetings_within(
        &self,
        agent: AgentId,
        (from, until): (Timestamp, Timestamp),
        limit: u32,
    ) -> Result<Vec<Meeting>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM meetings WHERE agent_id = $1 AND end_utc > $2 AND start_utc < $3 AND status <> 'cancelled' \
              ORDER BY start_utc, id LIMIT $4"
        );
        self.query(sql, params![agent, from, until, limit]).await?.into_iter().map(read).collect()
    }

    /// The agent's meetings in the order of their starts, from a place in the list on: those that end after `now` or
    /// those that are over. In the order of reading, so the latest first when it goes back.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn meetings_from(
        &self,
        agent: AgentId,
        now: Timestamp,
        (which, from): (ListWhich, &ListPlace),
        limit: u32,
    ) -> Result<Vec<Meeting>, Error> {
        let sql = match (which, from) {
            (ListWhich::Upcoming, ListPlace::After(..)) => list!(">", ">", "ASC"),
            (ListWhich::Upcoming, ListPlace::Before(..)) => list!(">", "<", "DESC"),
            (ListWhich::Past, ListPlace::After(..)) => list!("<=", ">", "ASC"),
            (ListWhich::Past, ListPlace::Before(..)) => list!("<=", "<", "DESC"),
        };
        let (ListPlace::After(start, id) | ListPlace::Before(start, id)) = from;
        self.query(sql, params![agent, now, *start, *id, limit]).await?.into_iter().map(read).collect()
    }

    /// Keeps a new meeting.
    ///
    /// # Errors
    /// `Conflict(MeetingOverlap)` when the lock or the check before was missed.
    pub async fn insert_meeting(&self, meeting: &Meeting) -> Result<(), Error> {
        let sql = concat!(
            "INSERT INTO meetings (",
            columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
             $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38)"
        );
        let (agent, customer) = (&meeting.agent_side, &meeting.customer_side);
        let params = params![
            meeting.id,
            meeting.agent_id,
            meeting.meeting_type_id,
            meeting.title.as_str(),
            meeting.place.as_deref(),
            meeting.status.as_str(),
            meeting.start,
            meeting.end,
            meeting.busy.from,
            meeting.busy.until,
            meeting.previous.map(|(start, _)| start),
            meeting.previous.map(|(_, end)| end),
            meeting.customer.name.as_str(),
            meeting.customer.email.as_str(),
            meeting.customer.phone_number.as_ref().map(PhoneNumber::e164),
            meeting.customer.phone_number.as_ref().map(PhoneNumber::typed),
            meeting.customer.locale.as_str(),
            meeting.note.as_ref().map(Note::as_str),
            meeting.sms_consent.as_ref().map(|consent| consent.text.as_str()),
            meeting.sms_consent.as_ref().map(|consent| consent.at),
            agent.zone.as_str(),
            agent.local.to_string(),
            agent.offset_seconds,
            customer.zone.as_str(),
            customer.local.to_string(),
            customer.offset_seconds,
            meeting.tzdb_version.as_str(),
            meeting.uid.as_str(),
            meeting.sequence,
            meeting.link_version,
            meeting.cancelled_by.map(Party::as_str),
            meeting.reason.as_ref().map(Note::as_str),
            meeting.created_at,
            meeting.changed_at,
            meeting.agent_link_version,
            meeting.timed_at,
            guests_json(&meeting.guests),
            meeting.missed_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Saves what a change may touch, if the meeting still has the sequence that was read; false when it has another.
    ///
    /// # Errors
    /// `Conflict(MeetingOverlap)` as for a new one.
    pub async fn save_meeting(&self, meeting: &Meeting, read_sequence: u32) -> Result<bool, Error> {
        let sql = "UPDATE meetings SET status = $2, start_utc = $3, end_utc = $4, busy_from = $5, busy_until = $6,
                     previous_start = $7, previous_end = $8, agent_zone = $9, agent_local = $10, agent_offset = $11,
                     customer_zone = $12, customer_local = $13, customer_offset = $14, tzdb_version = $15,
                     sequence = $16, cancelled_by = $17, reason = $18, changed_at = $19, agent_id = $20,
                     meeting_type_id = $21, agent_link_version = $22, timed_at = $23, guests = $24
                   WHERE id = $1 AND sequence = $25";
        let (agent, customer) = (&meeting.agent_side, &meeting.customer_side);
        let params = params![
            meeting.id,
            meeting.status.as_str(),
            meeting.start,
            meeting.end,
            meeting.busy.from,
            meeting.busy.until,
            meeting.previous.map(|(start, _)| start),
            meeting.previous.map(|(_, end)| end),
            agent.zone.as_str(),
            agent.local.to_string(),
            agent.offset_seconds,
            customer.zone.as_str(),
            customer.local.to_string(),
            customer.offset_seconds,
            meeting.tzdb_version.as_str(),
            meeting.sequence,
            meeting.cancelled_by.map(Party::as_str),
            meeting.reason.as_ref().map(Note::as_str),
            meeting.changed_at,
            meeting.agent_id,
            meeting.meeting_type_id,
            meeting.agent_link_version,
            meeting.timed_at,
            guests_json(&meeting.guests),
            read_sequence,
        ];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Takes back the customer's wish for text messages about a meeting.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn withdraw_sms_consent(&self, id: MeetingId) -> Result<(), Error> {
        let sql = "UPDATE meetings SET sms_consent = NULL, sms_consent_at = NULL WHERE id = $1";
        self.execute(sql, params![id]).await.map(drop)
    }

    /// Rewrites the agent's reading of a meeting after a change of the account's zone; the instant stays.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_agent_side(&self, id: MeetingId, side: &Side) -> Result<(), Error> {
        let sql = "UPDATE meetings SET agent_zone = $2, agent_local = $3, agent_offset = $4 WHERE id = $1";
        self.execute(sql, params![id, side.zone.as_str(), side.local.to_string(), side.offset_seconds])
            .await
            .map(drop)
    }
}

fn read(mut row: Row) -> Result<Meeting, Error> {
    Ok(Meeting {
        id: row.parse()?,
        agent_id: row.parse()?,
        meeting_type_id: row.parse()?,
        title: row.text()?,
        place: row.opt_text()?,
        status: word::<Status>(&row.text()?)?,
        start: row.instant()?,
        end: row.instant()?,
        busy: Busy { from: row.instant()?, until: row.instant()? },
        previous: row.opt_instant()?.zip(row.opt_instant()?),
        customer: Customer {
            name: CustomerName::stored(row.text()?),
            email: EmailAddress::stored(row.text()?),
            phone_number: row
                .opt_text()?
                .zip(row.opt_text()?)
                .map(|(e164, typed)| PhoneNumber::stored(e164, typed)),
            locale: row.text()?,
        },
        note: row.opt_text()?.map(Note::stored),
        sms_consent: row.opt_text()?.zip(row.opt_instant()?).map(|(text, at)| SmsConsent { text, at }),
        agent_side: side(&mut row)?,
        customer_side: side(&mut row)?,
        tzdb_version: row.text()?,
        uid: row.text()?,
        sequence: row.small()?,
        link_version: row.small()?,
        cancelled_by: row.opt_text()?.map(|text| word::<Party>(&text)).transpose()?,
        reason: row.opt_text()?.map(Note::stored),
        created_at: row.instant()?,
        changed_at: row.instant()?,
        agent_link_version: row.small()?,
        timed_at: row.instant()?,
        guests: guests(&row.text()?)?,
        missed_at: row.opt_instant()?,
    })
}

fn guests_json(guests: &[EmailAddress]) -> String {
    let addresses: Vec<_> = guests.iter().map(EmailAddress::as_str).collect();
    serde_json::json!(addresses).to_string()
}

fn guests(json: &str) -> Result<Vec<EmailAddress>, Error> {
    let addresses: Vec<String> =
        serde_json::from_str(json).map_err(|_| Error::Corrupt(format!("{json:?} are no guests")))?;
    Ok(addresses.into_iter().map(EmailAddress::stored).collect())
}

fn side(row: &mut Row) -> Result<Side, Error> {
    let zone = ZoneId::stored(&row.text()?);
    let local = row.parse()?;
    let offset = row.int()?;
    let offset_seconds =
        i32::try_from(offset).map_err(|_| Error::Corrupt(format!("{offset} is not an offset")))?;
    Ok(Side { zone, local, offset_seconds })
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Corrupt(format!("{text:?} is not a known word")))
}
