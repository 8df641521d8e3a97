//! What the organisation has written in place of the built-in templates, in all its versions.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::RecipientRole;
use nameplate_domain::ids::AgentId;
use nameplate_domain::templates::{Parts, TemplateKey, TemplateName, Written};

/// One version of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateVersion {
    /// From 1.
    pub version: i64,
    /// What differs from the built-in template.
    pub parts: Parts,
    /// Who saved it, as customers would read the name; none when the account is gone.
    pub author: Option<String>,
    /// When.
    pub saved_at: Timestamp,
}

impl Tx {
    /// The templates that were in force at an instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn written_templates(&self, at: Timestamp) -> Result<Written, Error> {
        let sql = "SELECT name, recipient, language, parts FROM templates AS one
                   WHERE saved_at <= $1 AND NOT EXISTS (SELECT 1 FROM templates AS newer
                     WHERE newer.name = one.name AND newer.recipient = one.recipient
                       AND newer.language = one.language AND newer.version > one.version AND newer.saved_at <= $1)";
        let rows = self.query(sql, params![at]).await?;
        // A template that an older server knew and this one does not is nobody's.
        Ok(rows.into_iter().map(written).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The newest versions of a template, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn template_versions(
        &self,
        (name, to, language): &TemplateKey,
        limit: i64,
    ) -> Result<Vec<TemplateVersion>, Error> {
        let sql = "SELECT t.version, t.parts, COALESCE(a.display_name, a.name), t.saved_at
                   FROM templates t LEFT JOIN agents a ON a.id = t.author_id
                   WHERE t.name = $1 AND t.recipient = $2 AND t.language = $3
                   ORDER BY t.version DESC LIMIT $4";
        let rows = self.query(sql, params![name.as_str(), to.as_str(), language.as_str(), limit]).await?;
        rows.into_iter().map(version).collect()
    }

    /// Adds a version; false when it is there already: somebody else was first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_template(
        &self,
        (name, to, language): &TemplateKey,
        version: i64,
        parts: &Parts,
        author: AgentId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "INSERT INTO templates (name, recipient, language, version, parts, author_id, saved_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let parts = json(parts)?;
        let params =
            params![name.as_str(), to.as_str(), language.as_str(), version, parts.as_str(), author, now,];
        Ok(self.execute(sql, params).await? > 0)
    }
}

fn json(parts: &Parts) -> Result<String, Error> {
    serde_json::to_string(parts).map_err(|_| Error::Corrupt("template".into()))
}

fn read_parts(text: &str) -> Parts {
    serde_json::from_str(text).unwrap_or_default()
}

fn written(mut row: Row) -> Result<Option<(TemplateKey, Parts)>, Error> {
    let (name, to, language, parts) = (row.text()?, row.text()?, row.text()?, row.text()?);
    let names = (TemplateName::parse(&name), RecipientRole::parse(&to));
    let (Ok(name), Ok(to)) = names else { return Ok(None) };
    Ok(Some(((name, to, language), read_parts(&parts))))
}

fn version(mut row: Row) -> Result<TemplateVersion, Error> {
    Ok(TemplateVersion {
        version: row.int()?,
        parts: read_parts(&row.text()?),
        author: row.opt_text()?,
        saved_at: row.instant()?,
    })
}
