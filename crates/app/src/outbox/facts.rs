//! What messages, pages and calendar files of a meeting are made of.

use crate::fields::in_messages;
use crate::{App, Error, accounts};
use jiff::Timestamp;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, AgentStatus, PictureKey, Place};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_notify::meeting::{self, Links, MeetingFacts, Organisation, RecipientRole};
use std::sync::Arc;

/// The size of the picture in mails: shown at half of it, so that it is sharp on every screen.
const PICTURE: u32 = 192;

/// All that messages and calendar files of a meeting are made of, with the links of one party, in the templates that were in
/// force at an instant: every try of a message has the same.
pub(crate) async fn facts(
    app: &App,
    meeting: Meeting,
    agent: &Agent,
    party: Party,
    at: Timestamp,
) -> Result<MeetingFacts, Error> {
    let card = Card::of(agent, Place::Messages);
    let picture = card.picture.as_ref().map(PictureKey::to_string);
    let type_id = meeting.meeting_type_id;
    let id = agent.id;
    let (picture, meeting_type, written, (own, fields)) = app
        .store()
        .read(|tx| async move {
            let picture = match picture {
                Some(key) => tx.picture(&key, PICTURE).await?,
                None => None,
            };
            // A type that is off the page, or came with the meeting from another agent, has no booking form.
            let meeting_type = match tx.meeting_type(type_id).await? {
                Some(one) => tx.meeting_type_by_slug(id, one.slug.as_str()).await?,
                None => None,
            };
            let of_agent = (tx.own_texts(id).await?, in_messages(&tx, id).await?);
            Ok::<_, Error>((picture, meeting_type, tx.written_templates(at).await?, of_agent))
        })
        .await?;
    let manage = crate::meetings::manage_url(app, &meeting, party);
    // Where nobody can book, nothing leads to: a line without its address is left out.
    let open = |url: String| if agent.status == AgentStatus::Active { url } else { String::new() };
    let profile = app.url(&format!("/{}", agent.slug));
    let links = Links {
        meeting_type: open(
            meeting_type.map_or_else(|| profile.clone(), |one| format!("{profile}/{}", one.slug)),
        ),
        profile: open(profile),
        reschedule: open(format!("{manage}/reschedule")),
        cancel: format!("{manage}/cancel"),
        ics: format!("{manage}/meeting.ics"),
        manage,
    };
    Ok(MeetingFacts {
        organisation: organisation(app).await?,
        agent: card,
        agent_email: agent.email.clone(),
        agent_locale: accounts::language::of(agent),
        agent_hours: accounts::language::hours(agent),
        agent_picture: picture,
        previous_agent: None,
        guest: None,
        wrap_up: None,
        answers: Vec::new(),
        asks_answer: app.settings().relay_secret.is_some(),
        organizer_token: app.secrets().organizer_token(meeting.id),
        meeting,
        links,
        written: Arc::new(written),
        own,
        fields,
        mail_from: app.settings().mail_from.clone(),
    })
}

/// The same of all an agent's meetings, for a file that is kept: without pictures and without personal links, which would be
/// keys to the meetings for whoever finds the file.
pub(crate) async fn archived(
    app: &App,
    agent: &Agent,
    meetings: Vec<Meeting>,
    at: Timestamp,
) -> Result<Vec<MeetingFacts>, Error> {
    let id = agent.id;
    let read = app.store().read(|tx| async move {
        let of_agent = (tx.own_texts(id).await?, in_messages(&tx, id).await?);
        Ok::<_, Error>((tx.written_templates(at).await?, of_agent))
    });
    let (written, (own_texts, fields)) = read.await?;
    let written = Arc::new(written);
    let organisation = organisation(app).await?;
    let (profile, own) = (app.url(&format!("/{}", agent.slug)), app.url("/account/meetings"));
    let facts = |meeting: Meeting| MeetingFacts {
        organisation: organisation.clone(),
        agent: Card::of(agent, Place::Messages),
        agent_email: agent.email.clone(),
        agent_locale: accounts::language::of(agent),
        agent_hours: accounts::language::hours(agent),
        agent_picture: None,
        previous_agent: None,
        guest: None,
        wrap_up: None,
        answers: Vec::new(),
        asks_answer: app.settings().relay_secret.is_some(),
        organizer_token: app.secrets().organizer_token(meeting.id),
        meeting,
        links: Links {
            profile: profile.clone(),
            meeting_type: profile.clone(),
            manage: own.clone(),
            reschedule: own.clone(),
            cancel: own.clone(),
            ics: own.clone(),
        },
        written: Arc::clone(&written),
        own: own_texts.clone(),
        fields: fields.clone(),
        mail_from: app.settings().mail_from.clone(),
    };
    Ok(meetings.into_iter().map(facts).collect())
}

pub(super) async fn organisation(app: &App) -> Result<Organisation, Error> {
    Ok(Organisation {
        name: accounts::set_up::organisation_name(app).await?,
        host: app.settings().host.clone(),
        url: app.settings().public_url.clone(),
    })
}

/// The calendar file of a meeting for download (METHOD:PUBLISH).
///
/// # Errors
/// The database's.
pub async fn calendar_file(
    app: &App,
    meeting: &Meeting,
    agent: &Agent,
    party: Party,
    now: Timestamp,
) -> Result<String, Error> {
    let facts = facts(app, meeting.clone(), agent, party, now).await?;
    Ok(nameplate_notify::ics::download(&facts, role(party), app.tzdb(), now))
}

/// The services that take a meeting by a link: name and address.
///
/// # Errors
/// The database's.
pub async fn calendar_links(
    app: &App,
    meeting: &Meeting,
    agent: &Agent,
    party: Party,
    now: Timestamp,
) -> Result<Vec<(&'static str, String)>, Error> {
    let facts = facts(app, meeting.clone(), agent, party, now).await?;
    let links = meeting::add_to_calendar(&facts, role(party), app.tzdb());
    Ok(vec![
        ("Google", links.google),
        ("Outlook.com", links.outlook),
        ("Microsoft 365", links.microsoft365),
        ("Yahoo", links.yahoo),
    ])
}

fn role(party: Party) -> RecipientRole {
    if party == Party::Agent { RecipientRole::Agent } else { RecipientRole::Customer }
}
