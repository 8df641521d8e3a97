//! What the document says of each route.

use super::Operation;

const IF_MATCH: &str = "if_match";

/// Every operation, by method and path; a test holds them against the router.
pub const OPERATIONS: &[Operation] = &[
    Operation { answer: (200, None), ..Operation::new("GET", "/api/v1/openapi.json", "This document", &[]) },
    Operation {
        parameters: &["search", "email", "external_id", "role", "status", "updated_since", "limit", "cursor"],
        answer: (200, Some("Accounts")),
        ..Operation::new("GET", "/api/v1/agents", "All agents, page after page", &[400, 401, 403, 422])
    },
    Operation {
        body: Some("AccountWish"),
        answer: (201, Some("Account")),
        ..Operation::new("POST", "/api/v1/agents", "Invite an agent", &[400, 401, 403, 415, 422])
    },
    Operation {
        answer: (200, Some("Account")),
        ..Operation::new("GET", "/api/v1/agents/{slug}", "An agent, by slug or id", &[401, 403, 404])
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("AccountChangeByAdmin"),
        answer: (200, Some("Account")),
        ..Operation::new(
            "PATCH",
            "/api/v1/agents/{slug}",
            "Change an agent's profile, role or status",
            &[400, 401, 403, 404, 409, 412, 415, 422],
        )
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("Deactivation"),
        ..Operation::new(
            "DELETE",
            "/api/v1/agents/{slug}",
            "Deactivate an agent",
            &[400, 401, 403, 404, 409, 412, 415, 422],
        )
    },
    Operation {
        parameters: &["cursor", "limit"],
        answer: (200, Some("Changes")),
        ..Operation::new(
            "GET",
            "/api/v1/changes",
            "Agents that changed since the last question",
            &[400, 401, 403, 410, 422],
        )
    },
    Operation {
        answer: (200, Some("PublicCard")),
        ..Operation::new("GET", "/api/v1/agents/{slug}/public", "What customers see of an agent", &[404])
    },
    Operation {
        parameters: &["meeting_type", "from", "to", "time_zone"],
        answer: (200, Some("Slots")),
        ..Operation::new("GET", "/api/v1/agents/{slug}/slots", "Free times", &[400, 404, 422])
    },
    Operation {
        media: &["message/rfc822"],
        ..Operation::new(
            "POST",
            "/api/v1/inbound/mail",
            "Hand over a mail that came to a return address",
            &[401, 413],
        )
    },
    Operation {
        body: Some("BookingWish"),
        answer: (201, Some("Meeting")),
        ..Operation::new("POST", "/api/v1/meetings", "Book a meeting", &[400, 401, 409, 415, 422])
    },
    Operation {
        answer: (200, Some("Meeting")),
        ..Operation::new("GET", "/api/v1/meetings/{id}", "A meeting", &[401, 404])
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("MeetingChange"),
        answer: (200, Some("Meeting")),
        ..Operation::new(
            "PATCH",
            "/api/v1/meetings/{id}",
            "Move a meeting, give it to another agent, or invite others",
            &[400, 401, 403, 404, 409, 412, 415, 422],
        )
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("MeetingCancellation"),
        answer: (200, Some("Meeting")),
        ..Operation::new(
            "DELETE",
            "/api/v1/meetings/{id}",
            "Cancel a meeting",
            &[400, 401, 404, 409, 412, 415, 422],
        )
    },
    Operation {
        answer: (200, Some("Account")),
        ..Operation::new("GET", "/api/v1/me", "The token's account", &[401, 403])
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("AccountChange"),
        answer: (200, Some("Account")),
        ..Operation::new("PATCH", "/api/v1/me", "Change the account", &[400, 401, 403, 412, 415, 422])
    },
    Operation {
        parameters: &[IF_MATCH],
        media: &["image/jpeg", "image/png", "image/webp"],
        answer: (200, Some("Account")),
        ..Operation::new("PUT", "/api/v1/me/picture", "Set the profile picture", &[401, 403, 412, 413, 422])
    },
    Operation {
        parameters: &[IF_MATCH],
        ..Operation::new("DELETE", "/api/v1/me/picture", "Remove the profile picture", &[401, 403, 412])
    },
    Operation {
        answer: (200, Some("Availability")),
        ..Operation::new("GET", "/api/v1/me/availability", "When the agent can be booked", &[401, 403])
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("Availability"),
        answer: (200, Some("Availability")),
        ..Operation::new("PUT", "/api/v1/me/availability", "Replace it", &[400, 401, 403, 412, 415, 422])
    },
    Operation {
        body: Some("PasswordChange"),
        ..Operation::new(
            "POST",
            "/api/v1/me/password",
            "Change the password",
            &[400, 401, 403, 412, 415, 422],
        )
    },
    Operation {
        body: Some("EmailChange"),
        answer: (202, Some("PendingEmail")),
        ..Operation::new(
            "POST",
            "/api/v1/me/email",
            "Ask for another email address",
            &[400, 401, 403, 415, 422],
        )
    },
    Operation {
        answer: (200, Some("MeetingTypes")),
        ..Operation::new("GET", "/api/v1/meeting_types", "The agent's meeting types", &[401, 403])
    },
    Operation {
        body: Some("MeetingTypeWish"),
        answer: (201, Some("MeetingType")),
        ..Operation::new("POST", "/api/v1/meeting_types", "Add a meeting type", &[400, 401, 403, 415, 422])
    },
    Operation {
        answer: (200, Some("MeetingType")),
        ..Operation::new(
            "GET",
            "/api/v1/meeting_types/{id}",
            "A meeting type, by slug or id",
            &[401, 403, 404],
        )
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("MeetingTypeWish"),
        answer: (200, Some("MeetingType")),
        ..Operation::new(
            "PATCH",
            "/api/v1/meeting_types/{id}",
            "Change a meeting type",
            &[400, 401, 403, 404, 412, 415, 422],
        )
    },
    Operation {
        parameters: &[IF_MATCH],
        ..Operation::new(
            "DELETE",
            "/api/v1/meeting_types/{id}",
            "Remove a meeting type",
            &[401, 403, 404, 412],
        )
    },
    Operation {
        answer: (200, Some("Webhooks")),
        ..Operation::new("GET", "/api/v1/webhooks", "All webhooks", &[401, 403])
    },
    Operation {
        body: Some("WebhookWish"),
        answer: (201, Some("Webhook")),
        ..Operation::new(
            "POST",
            "/api/v1/webhooks",
            "Add a webhook; the answer alone has its secret",
            &[400, 401, 403, 415, 422],
        )
    },
    Operation {
        answer: (200, Some("Webhook")),
        ..Operation::new("GET", "/api/v1/webhooks/{id}", "A webhook", &[401, 403, 404])
    },
    Operation {
        parameters: &[IF_MATCH],
        body: Some("WebhookChange"),
        answer: (200, Some("Webhook")),
        ..Operation::new(
            "PATCH",
            "/api/v1/webhooks/{id}",
            "Change a webhook, or turn it off or on",
            &[400, 401, 403, 404, 412, 415, 422],
        )
    },
    Operation {
        parameters: &[IF_MATCH],
        ..Operation::new(
            "DELETE",
            "/api/v1/webhooks/{id}",
            "Remove a webhook with all that waits for it",
            &[401, 403, 404, 412],
        )
    },
    Operation {
        answer: (200, Some("Webhook")),
        ..Operation::new(
            "POST",
            "/api/v1/webhooks/{id}/rotate-secret",
            "Make a new secret; the former one signs for 24 hours more",
            &[401, 403, 404, 412],
        )
    },
    Operation {
        answer: (202, Some("Delivery")),
        ..Operation::new("POST", "/api/v1/webhooks/{id}/test", "Send a test", &[401, 403, 404, 409])
    },
    Operation {
        parameters: &["limit", "cursor"],
        answer: (200, Some("Deliveries")),
        ..Operation::new(
            "GET",
            "/api/v1/webhooks/{id}/deliveries",
            "What a webhook was told in the last 30 days, the newest first",
            &[400, 401, 403, 404, 422],
        )
    },
    Operation {
        answer: (202, Some("Delivery")),
        ..Operation::new(
            "POST",
            "/api/v1/webhooks/{id}/deliveries/{delivery}/replay",
            "Send a delivery once more, with its id and its number",
            &[401, 403, 404, 409],
        )
    },
];
