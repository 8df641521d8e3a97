//! What a save changed, for the audit log.

use crate::Error;
use crate::audit::{Change, Event, Recorder};
use nameplate_domain::account::{
    Agent, CardField, FullName, JobTitle, LocationField, PhoneNumber, Place, Visibility,
};
use nameplate_store::Tx;

/// Records each kind of change between two states of an account. To be called last, as [`Recorder::add`].
pub(super) async fn record(
    tx: &Tx,
    recorder: &Recorder,
    (before, after): (&Agent, &Agent),
    fields: Vec<Change>,
) -> Result<(), Error> {
    let kinds = [
        (Event::ProfileChanged, profile(before, after).into_iter().chain(fields).collect()),
        (Event::SlugChanged, one(Change::between("slug", Some(&before.slug), Some(&after.slug)))),
        (
            Event::TimeZoneChanged,
            one(Change::between("time_zone", Some(&before.time_zone), Some(&after.time_zone))),
        ),
        (Event::VisibilityChanged, visibility(before.visibility, after.visibility)),
        (Event::PictureChanged, picture(before, after)),
    ];
    for (event, changes) in kinds {
        if !changes.is_empty() {
            recorder.add(tx, after.id, event, changes).await?;
        }
    }
    Ok(())
}

fn one(change: Option<Change>) -> Vec<Change> {
    change.into_iter().collect()
}

fn profile(before: &Agent, after: &Agent) -> Vec<Change> {
    let phone = |agent: &Agent| agent.phone_number.as_ref().map(PhoneNumber::typed).map(str::to_owned);
    let display = |agent: &Agent| agent.display_name.as_ref().map(FullName::as_str).map(str::to_owned);
    let job = |agent: &Agent| agent.job_title.as_ref().map(JobTitle::as_str).map(str::to_owned);
    let mut changes = one(Change::between("name", Some(&before.name), Some(&after.name)));
    changes.extend(Change::between("display_name", display(before).as_ref(), display(after).as_ref()));
    changes.extend(Change::between("phone_number", phone(before).as_ref(), phone(after).as_ref()));
    changes.extend(Change::between("job_title", job(before).as_ref(), job(after).as_ref()));
    let part =
        |agent: &Agent, field| Some(agent.location.part(field).to_owned()).filter(|part| !part.is_empty());
    changes.extend(LocationField::ALL.into_iter().filter_map(|field| {
        let name = format!("location_{}", field.as_str());
        Change::between(&name, part(before, field).as_ref(), part(after, field).as_ref())
    }));
    changes
}

/// `booking_page messages`
fn visibility(before: Visibility, after: Visibility) -> Vec<Change> {
    let places = |visibility: Visibility, field| {
        let places = visibility.places(field);
        (!places.is_empty()).then(|| places.into_iter().map(Place::as_str).collect::<Vec<_>>().join(" "))
    };
    let changed = |field: CardField| {
        let (old, new) = (places(before, field), places(after, field));
        Change::between(field.as_str(), old.as_ref(), new.as_ref())
    };
    CardField::ALL.into_iter().filter_map(changed).collect()
}

fn picture(before: &Agent, after: &Agent) -> Vec<Change> {
    let key = |agent: &Agent| agent.picture.as_ref().map(|key| key.as_str().to_owned());
    one(Change::between("picture", key(before).as_ref(), key(after).as_ref()))
}
