//! Agents: the account itself, and what signs it in.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, Value, params};
use jiff::Timestamp;
use nameplate_domain::account::{
    Agent, AgentStatus, EmailAddress, ExternalId, FieldKey, FullName, JobTitle, Location, LocationField,
    Notifications, PhoneNumber, PictureKey, Preferences, Problem, Role, Slug,
};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::ZoneId;
use serde::Serialize;

/// What signs an account in.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose.
    pub agent_id: AgentId,
    /// Argon2id in PHC form; none until a first password is set.
    pub password_hash: Option<String>,
    /// Whether the password was long enough to be the only factor when it was set.
    pub password_stands_alone: bool,
    /// Rises with every change of password or email address; what was proved for an older one is void.
    pub credential_version: i64,
    /// When the password was last set.
    pub password_changed_at: Option<Timestamp>,
    /// Whether the account may sign in.
    pub status: AgentStatus,
    /// Its role, for the length of its sessions.
    pub role: Role,
}

/// Which agents are wanted; what is absent lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentFilter {
    /// The one with this address.
    pub email: Option<EmailAddress>,
    /// The one that another system knows by this id: the system, and the id.
    pub external_id: Option<(FieldKey, ExternalId)>,
    /// Those of this role.
    pub role: Option<Role>,
    /// Those in this state.
    pub status: Option<AgentStatus>,
    /// Those that changed at this instant or later.
    pub updated_since: Option<Timestamp>,
}

macro_rules! agent_columns {
    () => {
        "id, name, display_name, email, slug, time_zone, phone_e164, phone_typed, job_title, \
         location_name, location_street, location_postcode, location_city, location_state, location_country, \
         picture, visibility, role, status, version, preferences, notifications"
    };
}

macro_rules! credential_columns {
    () => {
        "id, password_hash, password_stands_alone, credential_version, password_changed_at, status, role"
    };
}

impl Tx {
    /// The agent with this id.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agent(&self, id: AgentId) -> Result<Option<Agent>, Error> {
        let sql = concat!("SELECT ", agent_columns!(), " FROM agents WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// The agent to whom `slug` leads, as a present or former slug.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agent_by_slug(&self, slug: &str) -> Result<Option<Agent>, Error> {
        let sql = concat!(
            "SELECT ",
            agent_columns!(),
            " FROM agents WHERE id = (SELECT agent_id FROM slugs WHERE slug = $1)"
        );
        self.query_opt(sql, params![slug]).await?.map(read).transpose()
    }

    /// The agent with this email address, compared in canonical form.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agent_by_email(&self, email: &EmailAddress) -> Result<Option<Agent>, Error> {
        let sql = concat!("SELECT ", agent_columns!(), " FROM agents WHERE email_canonical = $1");
        self.query_opt(sql, params![email.canonical()]).await?.map(read).transpose()
    }

    /// When the account last changed.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agent_changed_at(&self, id: AgentId) -> Result<Option<Timestamp>, Error> {
        let row = self.query_opt("SELECT updated_at FROM agents WHERE id = $1", params![id]).await?;
        row.map(|mut row| row.instant()).transpose()
    }

    /// All agents in the order of their making.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agents(&self) -> Result<Vec<Agent>, Error> {
        let sql = concat!("SELECT ", agent_columns!(), " FROM agents ORDER BY id");
        self.query(sql, &[]).await?.into_iter().map(read).collect()
    }

    /// Up to `limit` agents behind `after` in the order of their making. Empty texts let every address, role and status through; of an address its
    /// canonical form counts.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agents_behind(
        &self,
        after: Option<AgentId>,
        wanted: &AgentFilter,
        limit: usize,
    ) -> Result<Vec<Agent>, Error> {
        let sql = concat!(
            "SELECT ",
            agent_columns!(),
            " FROM agents WHERE id > $1 AND updated_at >= $2 AND ($3 = '' OR email_canonical = $4)
                AND ($5 = '' OR role = $6) AND ($7 = '' OR status = $8)
                AND ($10 = '' OR id IN (SELECT agent_id FROM agent_external_ids WHERE system = $11 AND value = $12))
                ORDER BY id LIMIT $9"
        );
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let email = wanted.email.as_ref().map(EmailAddress::canonical).unwrap_or_default();
        let role = wanted.role.map_or("", Role::as_str);
        let status = wanted.status.map_or("", AgentStatus::as_str);
        let since = wanted.updated_since.unwrap_or(Timestamp::UNIX_EPOCH);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let external = wanted.external_id.as_ref().map(|(system, id)| (system.as_str(), id.as_str()));
        let (system, id) = external.unwrap_or_default();
        let params = params![
            after.as_str(),
            since,
            email.as_str(),
            email.as_str(),
            role,
            role,
            status,
            status,
            limit,
            system,
            system,
            id
        ];
        self.query(sql, params).await?.into_iter().map(read).collect()
    }

    /// How many active admins there are.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_admins(&self) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM agents WHERE role = 'admin' AND status = 'active'";
        self.query_opt(sql, &[]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Keeps a new agent and claims the slug.
    ///
    /// # Errors
    /// `Conflict` with `AgentEmail` or `Slug`.
    pub async fn insert_agent(
        &self,
        agent: &Agent,
        password_hash: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let sql = concat!(
            "INSERT INTO agents (",
            agent_columns!(),
            ", email_canonical, password_hash, password_changed_at, credential_version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
               $21, $22, $23, $24, $25, 1, $26, $27)"
        );
        let mut params = columns(agent)?;
        params.extend_from_slice(params![
            json(&agent.preferences)?,
            json(&agent.notifications)?,
            agent.email.canonical(),
            password_hash,
            password_hash.map(|_| now),
            now,
            now
        ]);
        self.execute(sql, &params).await?;
        self.claim_slug(agent.slug.as_str(), agent.id, now).await
    }

    /// Saves all fields of the account but the preferences and the notifications and raises its version, if it still has the version that `agent` was read with;
    /// false when it has another. The slug must have been claimed.
    ///
    /// # Errors
    /// `Conflict(AgentEmail)`.
    pub async fn save_agent(&self, agent: &Agent, now: Timestamp) -> Result<bool, Error> {
        let sql = "UPDATE agents SET name = $2, display_name = $3, email = $4, slug = $5, time_zone = $6,
                     phone_e164 = $7, phone_typed = $8, job_title = $9, location_name = $10, location_street = $11,
                     location_postcode = $12, location_city = $13, location_state = $14, location_country = $15,
                     picture = $16, visibility = $17, role = $18, status = $19, email_canonical = $21,
                     updated_at = $22, version = version + 1
                   WHERE id = $1 AND version = $20";
        let mut params = columns(agent)?;
        params.extend_from_slice(params![agent.email.canonical(), now]);
        Ok(self.execute(sql, &params).await? > 0)
    }

    /// Keeps how the agent likes the pages. The account keeps its version: none of its forms is outdated by it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_preferences(&self, id: AgentId, chosen: &Preferences) -> Result<(), Error> {
        let sql = "UPDATE agents SET preferences = $2 WHERE id = $1";
        self.execute(sql, params![id, json(chosen)?]).await.map(drop)
    }

    /// Keeps which messages leave. The account keeps its version, as with the preferences.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_notifications(&self, id: AgentId, chosen: &Notifications) -> Result<(), Error> {
        let sql = "UPDATE agents SET notifications = $2 WHERE id = $1";
        self.execute(sql, params![id, json(chosen)?]).await.map(drop)
    }

    /// What signs in the account with this email address.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn credentials_by_email(&self, email: &EmailAddress) -> Result<Option<Credentials>, Error> {
        let sql = concat!("SELECT ", credential_columns!(), " FROM agents WHERE email_canonical = $1");
        self.query_opt(sql, params![email.canonical()]).await?.map(read_credentials).transpose()
    }

    /// What signs this account in.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn credentials(&self, id: AgentId) -> Result<Option<Credentials>, Error> {
        let sql = concat!("SELECT ", credential_columns!(), " FROM agents WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read_credentials).transpose()
    }

    /// Sets the password, if the credentials are still those that were checked; false when they changed meanwhile.
    /// `stands_alone` says whether it is long enough to be the only factor.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_password(
        &self,
        id: AgentId,
        (password_hash, stands_alone): (&str, bool),
        checked_version: i64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql =
            "UPDATE agents SET password_hash = $2, password_changed_at = $3, password_stands_alone = $5,
                     credential_version = credential_version + 1
                   WHERE id = $1 AND credential_version = $4";
        let params = params![id, password_hash, now, checked_version, i64::from(stands_alone)];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Takes the password away, and makes void what was proved with it: only a new one, set by a mailed link, lets in again.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_password(&self, id: AgentId) -> Result<(), Error> {
        let sql = "UPDATE agents SET password_hash = NULL, password_changed_at = NULL,
                     credential_version = credential_version + 1
                   WHERE id = $1";
        self.execute(sql, params![id]).await.map(drop)
    }

    /// Keeps a stronger hash of the same password, unless it was changed meanwhile. Nothing that was proved becomes void.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn strengthen_password(&self, id: AgentId, weaker: &str, stronger: &str) -> Result<(), Error> {
        let sql = "UPDATE agents SET password_hash = $2 WHERE id = $1 AND password_hash = $3";
        self.execute(sql, params![id, stronger, weaker]).await.map(drop)
    }

    /// Makes everything void that was proved for the credentials so far.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn raise_credential_version(&self, id: AgentId) -> Result<(), Error> {
        let sql = "UPDATE agents SET credential_version = credential_version + 1 WHERE id = $1";
        self.execute(sql, params![id]).await.map(drop)
    }
}

/// The values of `agent_columns!` in their order, without the preferences and the notifications.
fn columns(agent: &Agent) -> Result<Vec<Value>, Error> {
    let visibility = serde_json::to_string(&agent.visibility).map_err(|e| Error::Corrupt(e.to_string()))?;
    let mut values = params![
        agent.id,
        agent.name.as_str(),
        agent.display_name.as_ref().map(FullName::as_str),
        agent.email.as_str(),
        agent.slug.as_str(),
        agent.time_zone.as_str(),
        agent.phone_number.as_ref().map(PhoneNumber::e164),
        agent.phone_number.as_ref().map(PhoneNumber::typed),
        agent.job_title.as_ref().map(JobTitle::as_str),
    ]
    .to_vec();
    values.extend(
        LocationField::ALL
            .map(|field| Value::from(Some(agent.location.part(field)).filter(|p| !p.is_empty()))),
    );
    values.extend_from_slice(params![
        agent.picture.as_ref().map(PictureKey::as_str),
        visibility,
        agent.role.as_str(),
        agent.status.as_str(),
        agent.version,
    ]);
    Ok(values)
}

fn read(mut row: Row) -> Result<Agent, Error> {
    Ok(Agent {
        id: row.parse()?,
        name: FullName::stored(row.text()?),
        display_name: row.opt_text()?.map(FullName::stored),
        email: EmailAddress::stored(row.text()?),
        slug: Slug::stored(row.text()?),
        time_zone: ZoneId::stored(&row.text()?),
        phone_number: row
            .opt_text()?
            .zip(row.opt_text()?)
            .map(|(e164, typed)| PhoneNumber::stored(e164, typed)),
        job_title: row.opt_text()?.map(JobTitle::stored),
        location: Location::stored(location_parts(&mut row)?),
        picture: row.opt_text()?.map(|key| PictureKey::parse(&key)).transpose().map_err(unknown)?,
        visibility: serde_json::from_str(&row.text()?)
            .map_err(|e| Error::Corrupt(format!("visibility: {e}")))?,
        role: Role::parse(&row.text()?).map_err(unknown)?,
        status: AgentStatus::parse(&row.text()?).map_err(unknown)?,
        version: row.int()?,
        // A choice that is not known any more follows the browser again.
        preferences: serde_json::from_str(&row.text()?).unwrap_or_default(),
        notifications: serde_json::from_str(&row.text()?).unwrap_or_default(),
    })
}

fn json(chosen: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(chosen).map_err(|e| Error::Corrupt(e.to_string()))
}

fn location_parts(row: &mut Row) -> Result<Vec<(LocationField, String)>, Error> {
    let part = |field| Ok(row.opt_text()?.map(|text| (field, text)));
    LocationField::ALL.into_iter().map(part).filter_map(Result::transpose).collect()
}

fn read_credentials(mut row: Row) -> Result<Credentials, Error> {
    Ok(Credentials {
        agent_id: row.parse()?,
        password_hash: row.opt_text()?,
        password_stands_alone: row.int()? != 0,
        credential_version: row.int()?,
        password_changed_at: row.opt_instant()?,
        status: AgentStatus::parse(&row.text()?).map_err(unknown)?,
        role: Role::parse(&row.text()?).map_err(unknown)?,
    })
}

fn unknown(_: Problem) -> Error {
    Error::Corrupt("an agent has a role, status or picture that does not exist".into())
}
