//! An agent: a person with an account who holds meetings.

use super::words::words;
use super::{
    EmailAddress, FullName, JobTitle, Location, Notifications, PhoneNumber, Preferences, Problem, Slug,
    Visibility,
};
use crate::ids::AgentId;
use crate::time::ZoneId;
use serde::Serialize;
use std::fmt;

words!(
    /// What an agent may do, from least to most.
    Role {
        /// Only the own account and meetings.
        Agent = "agent",
        /// The agents of the own teams too.
        Manager = "manager",
        /// The whole organisation.
        Admin = "admin",
    }
);

words!(
    /// Whether an account works.
    AgentStatus {
        /// It does.
        Active = "active",
        /// Its agent was asked to choose a password, and has not yet.
        Invited = "invited",
        /// Signed out everywhere, shown nowhere, kept.
        Disabled = "disabled",
        /// The same, until its agent takes it back or it is erased.
        Closed = "closed",
    }
);

/// The random name of a set of picture files: 22 to 64 characters of base64url, at least 128 bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct PictureKey(String);

impl PictureKey {
    /// Checks a key from a URL or the database.
    ///
    /// # Errors
    /// [`Problem::NotAChoice`] for what is no key.
    pub fn parse(key: &str) -> Result<Self, Problem> {
        let fits = (22..=64).contains(&key.len());
        if fits && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
            Ok(Self(key.to_owned()))
        } else {
            Err(Problem::NotAChoice)
        }
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PictureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All of an account but its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Its id.
    pub id: AgentId,
    /// The full name.
    pub name: FullName,
    /// The name customers see, where it is another one.
    pub display_name: Option<FullName>,
    /// The address for signing in and for mail.
    pub email: EmailAddress,
    /// The last part of the profile URL.
    pub slug: Slug,
    /// Drives availability and how the agent's times print.
    pub time_zone: ZoneId,
    /// The phone number.
    pub phone_number: Option<PhoneNumber>,
    /// The job title.
    pub job_title: Option<JobTitle>,
    /// The location; empty when the agent has told none.
    pub location: Location,
    /// The profile picture.
    pub picture: Option<PictureKey>,
    /// What customers see, and where.
    pub visibility: Visibility,
    /// How the agent likes the pages.
    pub preferences: Preferences,
    /// Which messages about the agent's meetings leave.
    pub notifications: Notifications,
    /// The role.
    pub role: Role,
    /// Whether the account works.
    pub status: AgentStatus,
    /// Rises by one with every change (B4).
    pub version: i64,
}

impl Agent {
    /// The name customers see.
    #[must_use]
    pub fn visible_name(&self) -> &FullName {
        self.display_name.as_ref().unwrap_or(&self.name)
    }

    /// Which of the [`HUES`](super::HUES) stands behind the initials: from the random end of the id, so it never changes.
    #[must_use]
    pub const fn hue(&self) -> u8 {
        let [.., last] = *self.id.uuid().as_bytes();
        last % 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Ok(*role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
        for status in AgentStatus::ALL {
            assert_eq!(AgentStatus::parse(status.as_str()), Ok(*status));
        }
        assert!(Role::Agent < Role::Manager && Role::Manager < Role::Admin);
        assert_eq!(Role::parse("Admin"), Err(Problem::NotAChoice));
    }

    #[test]
    fn a_picture_key_is_a_file_name_and_no_path() {
        let key = "AZaz09-_AZaz09-_AZaz09";
        assert_eq!(PictureKey::parse(key).unwrap().as_str(), key);
        for wrong in
            ["", "short", "../../../../etc/passwd", "AZaz09-_AZaz09-_AZaz0.", "AZaz09-_AZaz09-_AZaz0/"]
        {
            assert_eq!(PictureKey::parse(wrong), Err(Problem::NotAChoice), "{wrong}");
        }
    }
}
