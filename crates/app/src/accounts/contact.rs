//! The agent's card as a contact file, for address books.

use super::set_up::organisation_name;
use crate::{App, Error};
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, PictureKey, Place};
use nameplate_notify::vcard::{self, ContactFacts};

/// The size of the picture inside: address books show it large.
const PICTURE: u32 = 512;

/// The contact file of an agent: what the booking page shows, as vCard 4.0.
///
/// # Errors
/// The database's.
pub async fn file(app: &App, agent: &Agent) -> Result<String, Error> {
    let card = Card::of(agent, Place::BookingPage);
    let (id, key) = (agent.id, card.picture.as_ref().map(PictureKey::to_string));
    let (picture, changed_at) = app
        .store()
        .read(|tx| async move {
            let picture = match key {
                Some(key) => tx.picture(&key, PICTURE).await?,
                None => None,
            };
            Ok::<_, Error>((picture, tx.agent_changed_at(id).await?))
        })
        .await?;
    let profile = app.url(&format!("/{}", agent.slug));
    Ok(vcard::file(&ContactFacts {
        card,
        organisation: organisation_name(app).await?,
        uid: app.secrets().contact_uid(id),
        source: format!("{profile}.vcf"),
        profile,
        picture,
        changed_at: changed_at.ok_or(Error::NotFound)?,
    }))
}
