//! The one company that runs this server.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;

/// The organisation's own settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name as customers read it.
    pub name: String,
    /// Language tag of its pages and messages.
    pub locale: String,
}

impl Tx {
    /// The organisation; none before the first set-up.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn organisation(&self) -> Result<Option<Organisation>, Error> {
        let row = self.query_opt("SELECT name, locale FROM organisation WHERE id = 1", &[]).await?;
        row.map(|mut row| Ok(Organisation { name: row.text()?, locale: row.text()? })).transpose()
    }

    /// Names the organisation, in place of what was there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_organisation(&self, organisation: &Organisation) -> Result<(), Error> {
        let sql = "INSERT INTO organisation (id, name, locale, version) VALUES (1, $1, $2, 1)
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, locale = excluded.locale,
                     version = organisation.version + 1";
        self.execute(sql, params![organisation.name.as_str(), organisation.locale.as_str()]).await.map(drop)
    }
}
