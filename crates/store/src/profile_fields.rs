//! Profile fields, and what each agent's profile holds of them.

use crate::error::Error;
use crate::tx::{Session, Tx};
use crate::value::{Row, params};
use nameplate_domain::account::{
    FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces, FieldValue, Problem, ProfileField,
};
use nameplate_domain::ids::AgentId;
use nameplate_domain::templates::OwnTexts;
use std::collections::BTreeMap;

macro_rules! columns {
    () => {
        "SELECT key, kind, label, choices, required, editor, places, position, version FROM profile_fields"
    };
}

impl Tx {
    /// All fields in their order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn profile_fields(&self) -> Result<Vec<ProfileField>, Error> {
        self.read_fields(concat!(columns!(), " ORDER BY position, key")).await
    }

    /// The same, as they stay until the end of the transaction: for whoever writes values.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn profile_fields_held(&self) -> Result<Vec<ProfileField>, Error> {
        self.read_fields(match self.session {
            Session::Sqlite(_) => concat!(columns!(), " ORDER BY position, key"),
            Session::Postgres(_) => concat!(columns!(), " ORDER BY position, key FOR SHARE"),
        })
        .await
    }

    /// The same, for whoever changes one of them: nobody writes values meanwhile.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn profile_fields_to_change(&self) -> Result<Vec<ProfileField>, Error> {
        self.read_fields(match self.session {
            Session::Sqlite(_) => concat!(columns!(), " ORDER BY position, key"),
            Session::Postgres(_) => concat!(columns!(), " ORDER BY position, key FOR UPDATE"),
        })
        .await
    }

    async fn read_fields(&self, sql: &str) -> Result<Vec<ProfileField>, Error> {
        self.query(sql, &[]).await?.into_iter().map(read).collect()
    }

    /// Keeps a new field.
    ///
    /// # Errors
    /// `Conflict` where the key is another field's.
    pub async fn insert_profile_field(&self, field: &ProfileField) -> Result<(), Error> {
        let sql = "INSERT INTO profile_fields (key, kind, label, choices, required, editor, places, position, version)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let draft = &field.draft;
        let params = params![
            field.key.as_str(),
            field.kind.as_str(),
            draft.label.as_str(),
            choices(draft)?,
            i64::from(draft.required),
            draft.editor.as_str(),
            draft.places.as_str(),
            field.position,
            field.version,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Saves what is said of a field and raises its version, if it still has the version that `field` was read with; false when it has
    /// another.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_profile_field(&self, field: &ProfileField) -> Result<bool, Error> {
        let sql =
            "UPDATE profile_fields SET label = $2, choices = $3, required = $4, editor = $5, places = $6,
                     version = version + 1
                   WHERE key = $1 AND version = $7";
        let draft = &field.draft;
        let params = params![
            field.key.as_str(),
            draft.label.as_str(),
            choices(draft)?,
            i64::from(draft.required),
            draft.editor.as_str(),
            draft.places.as_str(),
            field.version,
        ];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Puts a field in another place. It keeps its version: no form is outdated by it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn place_profile_field(&self, key: &FieldKey, position: i64) -> Result<(), Error> {
        let sql = "UPDATE profile_fields SET position = $2 WHERE key = $1";
        self.execute(sql, params![key.as_str(), position]).await.map(drop)
    }

    /// Forgets a field and what profiles hold of it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_profile_field(&self, key: &FieldKey) -> Result<(), Error> {
        for sql in ["DELETE FROM agent_fields WHERE key = $1", "DELETE FROM profile_fields WHERE key = $1"] {
            self.execute(sql, params![key.as_str()]).await?;
        }
        Ok(())
    }

    /// How many profiles hold something of a field.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_field_values(&self, key: &FieldKey) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM agent_fields WHERE key = $1";
        self.query_opt(sql, params![key.as_str()]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// The different values of a field that profiles hold.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn field_values_in_use(&self, key: &FieldKey) -> Result<Vec<String>, Error> {
        let sql = "SELECT DISTINCT value FROM agent_fields WHERE key = $1 ORDER BY value";
        let rows = self.query(sql, params![key.as_str()]).await?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// What an agent's profile holds.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agent_fields(&self, agent: AgentId) -> Result<BTreeMap<FieldKey, FieldValue>, Error> {
        let sql = "SELECT f.key, f.kind, v.value FROM agent_fields v JOIN profile_fields f ON f.key = v.key
                   WHERE v.agent_id = $1";
        let rows = self.query(sql, params![agent]).await?;
        rows.into_iter().filter_map(|row| value(row).transpose()).collect()
    }

    /// Keeps a value in place of what was there; none takes it away.
    ///
    /// # Errors
    /// `Unavailable`; `Conflict` where there is no such field.
    pub async fn put_agent_field(
        &self,
        agent: AgentId,
        key: &FieldKey,
        value: Option<&FieldValue>,
    ) -> Result<(), Error> {
        let Some(value) = value else {
            let sql = "DELETE FROM agent_fields WHERE agent_id = $1 AND key = $2";
            return self.execute(sql, params![agent, key.as_str()]).await.map(drop);
        };
        let sql = "INSERT INTO agent_fields (agent_id, key, value) VALUES ($1, $2, $3)
                   ON CONFLICT (agent_id, key) DO UPDATE SET value = excluded.value";
        self.execute(sql, params![agent, key.as_str(), value.to_text()]).await.map(drop)
    }

    /// The names of the agents who have written texts of their own, as customers read them, and the texts.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn all_own_texts(&self) -> Result<Vec<(String, OwnTexts)>, Error> {
        let sql = "SELECT COALESCE(a.display_name, a.name), t.signature, t.note
                   FROM own_texts t JOIN agents a ON a.id = t.agent_id ORDER BY a.id";
        let read = |mut row: Row| Ok((row.text()?, OwnTexts { signature: row.text()?, note: row.text()? }));
        self.query(sql, &[]).await?.into_iter().map(read).collect()
    }
}

fn choices(draft: &FieldDraft) -> Result<String, Error> {
    serde_json::to_string(&draft.choices).map_err(|e| Error::Corrupt(e.to_string()))
}

fn read(mut row: Row) -> Result<ProfileField, Error> {
    Ok(ProfileField {
        key: FieldKey::stored(row.text()?),
        kind: FieldKind::parse(&row.text()?).map_err(unknown)?,
        draft: FieldDraft {
            label: FieldLabel::stored(row.text()?),
            choices: serde_json::from_str(&row.text()?)
                .map_err(|e| Error::Corrupt(format!("choices: {e}")))?,
            required: row.int()? != 0,
            editor: FieldEditor::parse(&row.text()?).map_err(unknown)?,
            places: FieldPlaces::parse(&row.text()?).map_err(unknown)?,
        },
        position: row.int()?,
        version: row.int()?,
    })
}

fn value(mut row: Row) -> Result<Option<(FieldKey, FieldValue)>, Error> {
    let (key, kind) = (FieldKey::stored(row.text()?), FieldKind::parse(&row.text()?).map_err(unknown)?);
    Ok(FieldValue::stored(kind, row.text()?).map(|value| (key, value)))
}

fn unknown(_: Problem) -> Error {
    Error::Corrupt("a profile field has a word that does not exist".into())
}
