//! What the files of a download hold. No hash, no key, no token and no link that opens anything.

use super::download::Kept;
use crate::audit::Detail;
use crate::{App, Error};
use jiff::Timestamp;
use nameplate_domain::account::{EmailAddress, FieldValue, PhoneNumber};
use nameplate_domain::meetings::{Meeting, MeetingType, Party, Review, Side};
use nameplate_store::{AuditRow, MessageRow};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn account(app: &App, kept: &Kept) -> Value {
    let agent = &kept.agent;
    let own = |slug: &str| app.url(&format!("/{slug}"));
    json!({
        "id": agent.id.to_string(),
        "name": agent.name.as_str(),
        "display_name": agent.display_name.as_ref().map(ToString::to_string),
        "email": agent.email.as_str(),
        "waiting_email": kept.pending_email.as_ref().map(ToString::to_string),
        "former_emails": kept.former_emails.iter()
            .map(|(email, until)| json!({ "email": email.as_str(), "replaced_at": until.to_string() }))
            .collect::<Vec<_>>(),
        "profile_url": own(agent.slug.as_str()),
        "former_profile_urls": kept.slugs.iter()
            .filter(|row| row.slug != agent.slug.as_str())
            .map(|row| json!({
                "url": own(&row.slug),
                "visits": row.hits,
                "last_visit_at": row.last_hit_at.map(|at| at.to_string()),
            }))
            .collect::<Vec<_>>(),
        "time_zone": agent.time_zone.as_str(),
        "preferences": agent.preferences,
        "phone_number": agent.phone_number.as_ref().map(PhoneNumber::e164),
        "phone_number_as_typed": agent.phone_number.as_ref().map(PhoneNumber::typed),
        "job_title": agent.job_title.as_ref().map(ToString::to_string),
        "location": agent.location,
        "picture": agent.picture.is_some(),
        "visibility": agent.visibility,
        "fields": kept.fields.iter()
            .map(|one| json!({
                "key": one.field.key.as_str(),
                "label": one.field.draft.label.as_str(),
                "value": one.value.as_ref().map(FieldValue::to_json),
            }))
            .collect::<Vec<_>>(),
        "external_ids": kept.external_ids.iter()
            .map(|(system, id)| (system.to_string(), id.as_str().into()))
            .collect::<serde_json::Map<String, Value>>(),
        "name_at_identity_provider": kept.scim.as_ref().map(|row| json!({
            "name": row.full_name,
            "given_name": row.given_name,
            "family_name": row.family_name,
            "deleted_at": row.deleted_at.map(|at| at.to_string()),
        })),
        "signature": kept.own_texts.signature,
        "note_to_customers": kept.own_texts.note,
        "role": agent.role,
        "status": agent.status,
        "password_changed_at": kept.password_changed_at.map(|at| at.to_string()),
        "two_step_sign_in_since": kept.two_step_since.map(|at| at.to_string()),
        "passkeys": kept.passkeys.iter()
            .map(|one| json!({
                "name": one.name.as_str(),
                "created_at": one.created_at.to_string(),
                "last_used_at": one.last_used_at.map(|at| at.to_string()),
            }))
            .collect::<Vec<_>>(),
        "identity_providers": kept.oidc_links.iter()
            .map(|one| json!({
                "issuer": one.issuer,
                "subject": one.subject,
                "email": one.email,
                "created_at": one.created_at.to_string(),
                "last_used_at": one.last_used_at.map(|at| at.to_string()),
            }))
            .collect::<Vec<_>>(),
        "api_tokens": kept.api_tokens.iter()
            .map(|one| json!({
                "name": one.name,
                "created_at": one.created_at.to_string(),
                "expires_at": one.expires_at.map(|at| at.to_string()),
                "last_used_at": one.last_used_at.map(|at| at.to_string()),
            }))
            .collect::<Vec<_>>(),
        "calendar_feed": kept.calendar_feed.as_ref().map(|one| json!({
            "busy_only": one.is_busy_only,
            "created_at": one.created_at.to_string(),
            "last_read_at": one.last_read_at.map(|at| at.to_string()),
        })),
        "sessions": kept.sessions.iter()
            .map(|one| json!({
                "browser": one.user_agent,
                "network": one.client_net,
                "created_at": one.created_at.to_string(),
                "last_seen_at": one.last_seen_at.to_string(),
            }))
            .collect::<Vec<_>>(),
        "availability": kept.availability.availability,
        "meeting_types": kept.meeting_types.iter().map(meeting_type).collect::<Vec<_>>(),
    })
}

fn meeting_type(one: &MeetingType) -> Value {
    json!({
        "slug": one.slug.as_str(),
        "name": one.name.as_str(),
        "description": one.description.as_ref().map(ToString::to_string),
        "place": one.place.as_ref().map(ToString::to_string),
        "duration_minutes": one.rules.duration_minutes,
        "interval_minutes": one.rules.interval_minutes,
        "buffer_before_minutes": one.rules.buffer_before_minutes,
        "buffer_after_minutes": one.rules.buffer_after_minutes,
        "notice_minutes": one.rules.notice_minutes,
        "horizon_days": one.rules.horizon_days,
        "daily_limit": one.rules.daily_limit,
    })
}

pub(super) fn meetings(kept: &Kept, now: Timestamp) -> Value {
    let reviews: BTreeMap<_, _> =
        kept.reviews.iter().map(|(meeting, review)| (meeting.to_string(), review)).collect();
    let one = |meeting| one_meeting(meeting, &reviews, now);
    kept.meetings.iter().map(one).collect()
}

fn one_meeting(meeting: &Meeting, reviews: &BTreeMap<String, &Review>, now: Timestamp) -> Value {
    let customer = &meeting.customer;
    json!({
        "id": meeting.id.to_string(),
        "calendar_uid": meeting.uid,
        "title": meeting.title,
        "place": meeting.place,
        "status": meeting.status_at(now).as_str(),
        "start": meeting.start.to_string(),
        "end": meeting.end.to_string(),
        "previous_start": meeting.previous.map(|(start, _)| start.to_string()),
        "previous_end": meeting.previous.map(|(_, end)| end.to_string()),
        "your_time": side(&meeting.agent_side),
        "customer": {
            "name": customer.name.as_str(),
            "email": customer.email.as_str(),
            "phone_number": customer.phone_number.as_ref().map(PhoneNumber::e164),
            "time": side(&meeting.customer_side),
            "sms_consent": meeting.sms_consent.as_ref()
                .map(|consent| json!({ "text": consent.text, "at": consent.at.to_string() })),
        },
        "guests": meeting.guests.iter().map(EmailAddress::as_str).collect::<Vec<_>>(),
        "note": meeting.note.as_ref().map(ToString::to_string),
        "cancelled_by": meeting.cancelled_by.map(Party::as_str),
        "reason": meeting.reason.as_ref().map(ToString::to_string),
        "review": reviews.get(&meeting.id.to_string()).map(|review| json!({
            "rating": review.rating.get(),
            "comment": review.comment.as_ref().map(ToString::to_string),
            "reviewed_at": review.at.to_string(),
        })),
        "created_at": meeting.created_at.to_string(),
        "changed_at": meeting.changed_at.to_string(),
    })
}

/// A reading of the start: the wall clock, the zone and its distance from UTC.
fn side(side: &Side) -> Value {
    json!({
        "start": side.local.to_string(),
        "time_zone": side.zone.as_str(),
        "utc_offset_seconds": side.offset_seconds,
    })
}

pub(super) fn messages(all: &[MessageRow]) -> Value {
    let one = |row: &MessageRow| {
        json!({
            "kind": row.kind,
            "channel": row.channel.as_str(),
            "to": row.recipient,
            "at": row.due_at.to_string(),
            "state": row.state,
            "delivery": row.delivery,
        })
    };
    all.iter().map(one).collect()
}

pub(super) fn activity(all: &[AuditRow]) -> Result<Value, Error> {
    let entry = |row: &AuditRow| {
        let detail = row.detail.as_deref().map(Detail::read).transpose()?.unwrap_or_default();
        Ok(json!({
            "at": row.at.to_string(),
            "what": row.event,
            "by": row.actor_kind,
            "network": detail.net,
            "browser": detail.device,
            "changes": detail.changes,
        }))
    };
    all.iter().map(entry).collect()
}
