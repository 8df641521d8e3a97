//! Meeting types. A deleted one stays for the meetings that were booked with it.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::{LocationName, MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug};
use nameplate_domain::ids::{AgentId, MeetingTypeId};
use nameplate_domain::meetings::MeetingType;
use nameplate_domain::time::slots::Rules;

macro_rules! columns {
    () => {
        "id, agent_id, slug, name, description, place, duration_minutes, interval_minutes, buffer_before_minutes, \
         buffer_after_minutes, notice_minutes, horizon_days, daily_limit, version"
    };
}

impl Tx {
    /// The agent's meeting types in the order of their making.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn meeting_types_of(&self, agent: AgentId) -> Result<Vec<MeetingType>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM meeting_types WHERE agent_id = $1 AND deleted_at IS NULL ORDER BY created_at, id"
        );
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// The agent's meeting type with this slug.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn meeting_type_by_slug(
        &self,
        agent: AgentId,
        slug: &str,
    ) -> Result<Option<MeetingType>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM meeting_types WHERE agent_id = $1 AND slug = $2 AND deleted_at IS NULL"
        );
        self.query_opt(sql, params![agent, slug]).await?.map(read).transpose()
    }

    /// The meeting type with this id, deleted or not (a meeting booked with it can still be moved).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn meeting_type(&self, id: MeetingTypeId) -> Result<Option<MeetingType>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM meeting_types WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// Keeps a new meeting type.
    ///
    /// # Errors
    /// `Conflict(MeetingTypeSlug)`.
    pub async fn insert_meeting_type(&self, meeting_type: &MeetingType, now: Timestamp) -> Result<(), Error> {
        self.insert_type(meeting_type, now, None).await
    }

    /// Keeps a meeting type that nobody can book, for a meeting that came from another agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_unlisted_meeting_type(
        &self,
        meeting_type: &MeetingType,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.insert_type(meeting_type, now, Some(now)).await
    }

    async fn insert_type(
        &self,
        meeting_type: &MeetingType,
        now: Timestamp,
        deleted_at: Option<Timestamp>,
    ) -> Result<(), Error> {
        let sql = concat!(
            "INSERT INTO meeting_types (",
            columns!(),
            ", created_at, deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        );
        let rules = &meeting_type.rules;
        let params = params![
            meeting_type.id,
            meeting_type.agent_id,
            meeting_type.slug.as_str(),
            meeting_type.name.as_str(),
            meeting_type.description.as_ref().map(MeetingTypeDescription::as_str),
            meeting_type.place.as_ref().map(LocationName::as_str),
            rules.duration_minutes,
            rules.interval_minutes,
            rules.buffer_before_minutes,
            rules.buffer_after_minutes,
            rules.notice_minutes,
            rules.horizon_days,
            rules.daily_limit,
            meeting_type.version,
            now,
            deleted_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Saves a meeting type if it still has the version that it was read with; false when it has another.
    ///
    /// # Errors
    /// `Conflict(MeetingTypeSlug)`.
    pub async fn save_meeting_type(&self, meeting_type: &MeetingType) -> Result<bool, Error> {
        let sql = "UPDATE meeting_types SET slug = $2, name = $3, description = $4, place = $5, duration_minutes = $6,
                     interval_minutes = $7, buffer_before_minutes = $8, buffer_after_minutes = $9,
                     notice_minutes = $10, horizon_days = $11, daily_limit = $12, version = version + 1
                   WHERE id = $1 AND version = $13 AND deleted_at IS NULL";
        let rules = &meeting_type.rules;
        let params = params![
            meeting_type.id,
            meeting_type.slug.as_str(),
            meeting_type.name.as_str(),
            meeting_type.description.as_ref().map(MeetingTypeDescription::as_str),
            meeting_type.place.as_ref().map(LocationName::as_str),
            rules.duration_minutes,
            rules.interval_minutes,
            rules.buffer_before_minutes,
            rules.buffer_after_minutes,
            rules.notice_minutes,
            rules.horizon_days,
            rules.daily_limit,
            meeting_type.version,
        ];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Takes a meeting type off the agent's page; its meetings stay.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_meeting_type(&self, id: MeetingTypeId, now: Timestamp) -> Result<bool, Error> {
        let sql = "UPDATE meeting_types SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL";
        Ok(self.execute(sql, params![id, now]).await? > 0)
    }
}

fn read(mut row: Row) -> Result<MeetingType, Error> {
    Ok(MeetingType {
        id: row.parse()?,
        agent_id: row.parse()?,
        slug: MeetingTypeSlug::stored(row.text()?),
        name: MeetingTypeName::stored(row.text()?),
        description: row.opt_text()?.map(MeetingTypeDescription::stored),
        place: row.opt_text()?.map(LocationName::stored),
        rules: Rules {
            duration_minutes: row.small()?,
            interval_minutes: row.small()?,
            buffer_before_minutes: row.small()?,
            buffer_after_minutes: row.small()?,
            notice_minutes: row.small()?,
            horizon_days: row.small()?,
            daily_limit: row
                .opt_int()?
                .map(u32::try_from)
                .transpose()
                .map_err(|_| Error::Corrupt("daily_limit".into()))?,
        },
        version: row.int()?,
    })
}
