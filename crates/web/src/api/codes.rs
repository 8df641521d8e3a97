//! The one table from the errors of use cases to statuses and codes of the API.

use super::problem::{ApiError, Fault};
use crate::failure;
use axum::http::StatusCode;
use nameplate_app::{Error, Refusal};

/// Status and code of each error.
fn row(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotSignedIn => (StatusCode::UNAUTHORIZED, "token_invalid"),
        Error::WrongCredentials => (StatusCode::FORBIDDEN, "wrong_credentials"),
        Error::ReauthenticationRequired => (StatusCode::FORBIDDEN, "reauthentication_required"),
        Error::NotFound => (StatusCode::NOT_FOUND, "not_found"),
        Error::Invalid(_) | Error::InvalidAvailability(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "validation_failed")
        }
        Error::Picture(_) => (StatusCode::UNPROCESSABLE_ENTITY, "picture_unusable"),
        Error::Refused(refusal) => (refused(refusal), refusal.code()),
        Error::Stale => (StatusCode::PRECONDITION_FAILED, "stale"),
        Error::Repeated => (StatusCode::CONFLICT, "already_done"),
        Error::Limited(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
        Error::Busy | Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        Error::Store(_) | Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
    }
}

fn refused(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::SlotTaken(_)
        | Refusal::AgentTaken
        | Refusal::AgentOffHours
        | Refusal::MeetingCancelled
        | Refusal::MeetingStarted
        | Refusal::MeetingAhead
        | Refusal::MeetingLongOver
        | Refusal::MeetingMissed
        | Refusal::MeetingReviewed
        | Refusal::SetUpDone
        | Refusal::LastWayIn
        | Refusal::LastAdmin
        | Refusal::OwnAccount
        | Refusal::OtherStatus
        | Refusal::WebhookOff => StatusCode::CONFLICT,
        Refusal::OutsideHours
        | Refusal::InThePast
        | Refusal::TooSoon
        | Refusal::BeyondHorizon
        | Refusal::DailyLimit
        | Refusal::IdempotencyMismatch
        | Refusal::AgentAway
        | Refusal::WrongCode(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::LinkDead | Refusal::MeetingReassigned => StatusCode::GONE,
    }
}

/// The field that a refusal is about.
fn field(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::SlotTaken(_)
        | Refusal::OutsideHours
        | Refusal::InThePast
        | Refusal::TooSoon
        | Refusal::BeyondHorizon
        | Refusal::DailyLimit => Some("/start"),
        Refusal::AgentAway | Refusal::AgentTaken | Refusal::AgentOffHours => Some("/agent"),
        _ => None,
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        failure::log(&error);
        let (status, code) = row(&error);
        let answer = Self::new(status, code);
        match error {
            Error::Invalid(problems) => {
                let faults =
                    problems.iter().map(|one| Fault::of(one.pointer.clone(), &one.problem)).collect();
                answer.with_faults(faults)
            }
            Error::InvalidAvailability(problems) => answer
                .with_faults(problems.into_iter().map(|one| Fault::new(one.pointer, one.code)).collect()),
            Error::Picture(error) => answer.with_faults(vec![Fault::picture(error.code(), error.args())]),
            Error::Refused(refusal) => match field(&refusal) {
                Some(pointer) => answer.with_faults(vec![Fault::new(pointer, code)]),
                None => answer,
            },
            Error::Limited(wait) => answer.with_retry_after(wait.as_secs().max(0) + 1),
            Error::Busy | Error::Unavailable(_) => answer.with_retry_after(2),
            _ => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use nameplate_i18n::{Locale, Texts};

    /// Every row, as `status code`. A new error must be added here; the order is that of the enums.
    const TABLE: &str = "\
        401 token_invalid
        403 wrong_credentials
        403 reauthentication_required
        404 not_found
        422 validation_failed
        422 validation_failed
        409 slot_taken
        422 outside_hours
        422 in_the_past
        422 too_soon
        422 beyond_horizon
        422 daily_limit
        409 agent_taken
        409 agent_off_hours
        410 meeting_reassigned
        409 meeting_cancelled
        409 meeting_started
        409 meeting_ahead
        409 meeting_long_over
        409 meeting_missed
        409 meeting_reviewed
        422 idempotency_key_reused
        422 agent_away
        410 link_dead
        422 wrong_code
        409 set_up_done
        409 last_way_in
        409 last_admin
        409 own_account
        409 other_status
        409 webhook_off
        412 stale
        409 already_done
        429 too_many_requests
        503 busy
        500 internal_error";

    fn errors() -> Vec<Error> {
        let refusals = [
            Refusal::SlotTaken(Vec::new()),
            Refusal::OutsideHours,
            Refusal::InThePast,
            Refusal::TooSoon,
            Refusal::BeyondHorizon,
            Refusal::DailyLimit,
            Refusal::AgentTaken,
            Refusal::AgentOffHours,
            Refusal::MeetingReassigned,
            Refusal::MeetingCancelled,
            Refusal::MeetingStarted,
            Refusal::MeetingAhead,
            Refusal::MeetingLongOver,
            Refusal::MeetingMissed,
            Refusal::MeetingReviewed,
            Refusal::IdempotencyMismatch,
            Refusal::AgentAway,
            Refusal::LinkDead,
            Refusal::WrongCode(3),
            Refusal::SetUpDone,
            Refusal::LastWayIn,
            Refusal::LastAdmin,
            Refusal::OwnAccount,
            Refusal::OtherStatus,
            Refusal::WebhookOff,
        ];
        let mut errors = vec![
            Error::NotSignedIn,
            Error::WrongCredentials,
            Error::ReauthenticationRequired,
            Error::NotFound,
            Error::Invalid(Vec::new()),
            Error::InvalidAvailability(Vec::new()),
        ];
        errors.extend(refusals.map(Error::Refused));
        errors.extend([
            Error::Stale,
            Error::Repeated,
            Error::Limited(SignedDuration::ZERO),
            Error::Busy,
            Error::Internal("x"),
        ]);
        errors
    }

    #[test]
    fn every_error_has_its_row_and_a_sentence() {
        let rows: Vec<_> =
            errors().iter().map(row).map(|(status, code)| format!("{} {code}", status.as_u16())).collect();
        assert_eq!(rows, TABLE.lines().map(str::trim).collect::<Vec<_>>());
        let texts = Texts::of(Locale::En);
        for code in errors().iter().map(|error| row(error).1) {
            let key = format!("api-{}", code.replace('_', "-"));
            assert_ne!(texts.text(&key), key);
        }
    }
}
