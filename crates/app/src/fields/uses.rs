//! Who would miss a field.

use crate::{App, Ctx, Error};
use nameplate_domain::account::FieldKey;
use nameplate_domain::placeholder::names;
use nameplate_domain::templates::TemplateKey;

/// Where a field is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    /// How many profiles hold something of it.
    pub profiles: i64,
    /// The templates, as they are in force, that print it or ask for it.
    pub templates: Vec<TemplateKey>,
    /// The agents whose own signature or note does, as customers read their names.
    pub agents: Vec<String>,
}

/// Where a field is used.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn uses(app: &App, ctx: &Ctx, key: &FieldKey) -> Result<Uses, Error> {
    ctx.admin()?;
    let (now, asked) = (ctx.now, key.clone());
    let read = app.store().read(|tx| async move {
        let (written, own) = (tx.written_templates(now).await?, tx.all_own_texts().await?);
        Ok::<_, Error>((written, own, tx.count_field_values(&asked).await?))
    });
    let (written, own, profiles) = read.await?;
    let path = format!("agent.fields.{key}");
    let has = |text: &str| names(text).contains(&path);
    Ok(Uses {
        profiles,
        templates: written
            .all()
            .filter(|(_, parts)| parts.texts().any(has))
            .map(|(template, _)| template.clone())
            .collect(),
        agents: own
            .into_iter()
            .filter(|(_, texts)| has(&texts.signature) || has(&texts.note))
            .map(|(name, _)| name)
            .collect(),
    })
}
