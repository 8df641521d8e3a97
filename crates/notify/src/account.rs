//! Messages about an account. Their texts are fixed and they cannot be switched off; no secret but the link and the code
//! stands in them (`messages.md` section 7).

use crate::account_words::Wording;
use crate::letter::{Letter, Link, Pair};
use crate::meeting::Organisation;
use crate::mime::{self, Headers, Parts};
use crate::report::Why;
use crate::values::delink;
use crate::{ComposeError, Composed, html, text};
use jiff::Timestamp;
use nameplate_domain::account::{EmailAddress, FullName};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::placeholder::{clean, escape};
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_i18n::time::{Clock, HourCycle};
use nameplate_i18n::{Locale, Texts};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountEvent {
    /// A new address was asked for; goes to the new address.
    EmailChange {
        /// The address that waits.
        new: EmailAddress,
        /// Confirms it by a button on the page behind it; GET changes nothing.
        link: String,
        /// Six digits.
        code: String,
    },
    /// The address was changed; goes to the old one.
    EmailChanged {
        /// The address that is no longer in use.
        old: EmailAddress,
        /// The one that is.
        new: EmailAddress,
        /// Brings the old one back by a button on the page behind it, and until when.
        undo: Option<(String, Timestamp)>,
    },
    /// A former address was brought back from its mailbox; goes to the one it replaced.
    EmailRestored {
        /// The address that is no longer in use.
        replaced: EmailAddress,
        /// The one that is again.
        restored: EmailAddress,
    },
    /// Somebody forgot the password, or says so.
    PasswordReset {
        /// Leads to the form for a new one; works once.
        link: String,
        /// Until when.
        until: Timestamp,
    },
    /// The account was closed and will be erased.
    AccountClosed {
        /// Opens it again by a button on the page behind it.
        link: String,
        /// Until when; then the account is erased.
        until: Timestamp,
    },
    /// A closed account was opened again.
    AccountKept,
    /// An admin has made the account, and its agent is to choose a password.
    Invited {
        /// Who invites.
        by: String,
        /// Leads to the page where the password is chosen; works once.
        link: String,
        /// Until when.
        until: Timestamp,
    },
    /// An admin has ended the account for now.
    AccountDeactivated,
    /// An admin lets the account work again.
    AccountReactivated,
    /// An admin has changed the profile.
    AccountEdited {
        /// Who has.
        by: String,
        /// Leads to the activity of the account, which has the values.
        link: String,
    },
    /// The password was changed.
    PasswordChanged,
    /// A passkey signs in from now on.
    PasskeyAdded {
        /// What it is called.
        passkey: String,
    },
    /// A passkey signs in no more.
    PasskeyRemoved {
        /// What it was called.
        passkey: String,
    },
    /// An identity provider signs in from now on.
    ProviderConnected {
        /// What people call it.
        provider: String,
    },
    /// An identity provider signs in no more.
    ProviderDisconnected {
        /// What people call it.
        provider: String,
    },
    /// Two-step sign-in was turned on.
    TwoStepOn,
    /// Two-step sign-in was turned off.
    TwoStepOff,
    /// Somebody who knows the password typed too many wrong codes.
    TwoStepTries,
    /// New recovery codes took the place of the old.
    RecoveryCodesNew,
    /// A message about a meeting has not reached its customer, or a guest.
    DeliveryProblem {
        /// Who was to get it.
        customer: String,
        /// Where.
        address: EmailAddress,
        /// What the meeting is.
        meeting: String,
        /// From when until when.
        time: (Timestamp, Timestamp),
        /// Why it has not.
        why: Why,
        /// The agent's page of the meeting.
        link: String,
    },
    /// Who is invited to a meeting has said no.
    AttendanceDeclined {
        /// Who.
        customer: String,
        /// By which address.
        address: EmailAddress,
        /// What the meeting is.
        meeting: String,
        /// From when until when.
        time: (Timestamp, Timestamp),
        /// The agent's page of the meeting.
        link: String,
    },
    /// The server turned a webhook off; goes to every admin.
    WebhookOff {
        /// The receiver.
        host: String,
        /// What the last try came to, as a code of [`Failure`](crate::webhook::Failure).
        problem: String,
        /// What the receiver answered, if it did.
        status: String,
        /// The page of the webhook.
        link: String,
    },
    /// Somebody gave a recovery code instead of one of the app.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
}

/// One message about an account.
#[derive(Debug, Clone)]
pub struct AccountNotice<'a> {
    /// The id of its outbox row: the local part of the Message-ID.
    pub id: OutboxId,
    /// Where it goes.
    pub to: &'a EmailAddress,
    /// The account's name.
    pub name: &'a FullName,
    /// The zone of the account, for the time of the event.
    pub zone: &'a ZoneId,
    /// What happened.
    pub event: &'a AccountEvent,
    /// When it happened.
    pub at: Timestamp,
    /// The organisation.
    pub organisation: &'a Organisation,
    /// The plain From address.
    pub mail_from: &'a EmailAddress,
    /// The language.
    pub locale: Locale,
    /// 12 or 24 hours, as they read them.
    pub hours: HourCycle,
}

/// Makes the message: plain and HTML, no calendar. `now` is Date.
///
/// # Errors
/// When an address cannot stand in a header.
pub fn compose(notice: &AccountNotice<'_>, tzdb: &Tzdb, now: Timestamp) -> Result<Composed, ComposeError> {
    let letter = letter(notice, tzdb);
    let headers = Headers {
        id: notice.id,
        first: None,
        from: (&notice.organisation.name, notice.mail_from.as_str()),
        to: (notice.name.as_str(), notice.to.as_str()),
        reply_to: None,
        subject: &letter.title,
        domain: mime::domain(notice.mail_from),
        date: now,
        auto_submitted: true,
    };
    let parts =
        Parts { text: text::print(&letter), html: html::print(&letter), picture: None, calendar: None };
    mime::build(&headers, parts)
}

impl AccountEvent {
    /// The addresses that the texts name: the one of before and the one of now.
    fn addresses(&self) -> (String, String) {
        match self {
            Self::EmailChange { new, .. } => (String::new(), new.shown()),
            Self::EmailChanged { old, new, .. } => (old.shown(), new.shown()),
            Self::EmailRestored { replaced, restored } => (replaced.shown(), restored.shown()),
            Self::DeliveryProblem { address, .. } | Self::AttendanceDeclined { address, .. } => {
                (String::new(), address.shown())
            }
            _ => (String::new(), String::new()),
        }
    }

    /// Who it is about, which meeting, when, and why its message has not arrived. What customers typed makes no links.
    fn meeting(&self, texts: Texts, clock: &Clock) -> [String; 4] {
        match self {
            Self::DeliveryProblem { customer, meeting, time: (start, end), why, .. } => [
                delink(customer),
                meeting.clone(),
                clock.full_range(*start, *end),
                texts.text(&format!("undelivered-{}", why.name())),
            ],
            Self::WebhookOff { problem, status, .. } => {
                let why = texts.format(
                    &format!("webhooks-answer-{}", problem.replace('_', "-")),
                    &[("status", status.as_str())],
                );
                [String::new(), String::new(), String::new(), why]
            }
            Self::AttendanceDeclined { customer, meeting, time: (start, end), .. } => {
                [delink(customer), meeting.clone(), clock.full_range(*start, *end), String::new()]
            }
            _ => Default::default(),
        }
    }

    /// What the passkey is called.
    fn passkey(&self) -> &str {
        match self {
            Self::PasskeyAdded { passkey } | Self::PasskeyRemoved { passkey } => passkey,
            _ => "",
        }
    }

    /// The identity provider.
    fn provider(&self) -> &str {
        match self {
            Self::ProviderConnected { provider } | Self::ProviderDisconnected { provider } => provider,
            _ => "",
        }
    }

    /// Who did it.
    fn by(&self) -> &str {
        match self {
            Self::Invited { by, .. } | Self::AccountEdited { by, .. } => by,
            _ => "",
        }
    }

    /// The host of the webhook.
    fn receiver(&self) -> &str {
        match self {
            Self::WebhookOff { host, .. } => host,
            _ => "",
        }
    }

    /// How many recovery codes are left, as a sentence of its own: in HTML a value is marked up, and what is marked up picks
    /// no plural.
    fn left(&self, texts: Texts) -> String {
        match self {
            Self::RecoveryCodeUsed { left } => {
                texts.format("message-recovery-codes-left", &[("left", &left.to_string())])
            }
            _ => String::new(),
        }
    }

    /// Until when the button works.
    const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::PasswordReset { until, .. }
            | Self::Invited { until, .. }
            | Self::AccountClosed { until, .. }
            | Self::EmailChanged { undo: Some((_, until)), .. } => Some(*until),
            _ => None,
        }
    }
}

fn letter(notice: &AccountNotice<'_>, tzdb: &Tzdb) -> Letter<'static> {
    let texts = Texts::of(notice.locale);
    let clock = Clock::new(notice.locale, tzdb, notice.zone, notice.hours);
    let at = clock.full(notice.at);
    let (old, new) = notice.event.addresses();
    let left = notice.event.left(texts);
    let [customer, meeting, when, why] = notice.event.meeting(texts, &clock);
    let until = notice.event.until().map(|until| clock.full(until)).unwrap_or_default();
    let values = [
        ("name", notice.name.as_str()),
        ("host", &notice.organisation.host),
        ("organisation", &notice.organisation.name),
        ("at", &at),
        ("address", &new),
        ("old", &old),
        ("until", &until),
        ("passkey", notice.event.passkey()),
        ("provider", notice.event.provider()),
        ("by", notice.event.by()),
        ("left", &left),
        ("customer", &customer),
        ("meeting", &meeting),
        ("when", &when),
        ("why", &why),
        ("receiver", notice.event.receiver()),
    ];
    let pair = |key: &str| pair(texts, key, &values);
    let Wording { subject, lead, closing, action } = Wording::of(notice.event);
    let (subject, lead, closing) = (texts.text(subject), pair(lead), pair(closing));
    let code = match notice.event {
        AccountEvent::EmailChange { code, .. } => {
            Some((texts.text("message-email-change-code"), code.clone()))
        }
        _ => None,
    };
    let link = |(label, url): (&str, &str)| Link { label: texts.text(label), url: url.to_owned() };
    let actions = action.map(link).into_iter().collect();
    Letter {
        locale: notice.locale,
        title: subject.clone(),
        // Without the code: a preview stands on locked screens.
        preheader: lead.text.clone(),
        organisation: notice.organisation.name.clone(),
        heading: Pair { html: escape(&subject), text: subject },
        lead: [pair("message-account-greeting"), lead].into_iter().collect(),
        code,
        rows: Vec::new(),
        actions,
        closing: [closing].into_iter().collect(),
        calendar: None,
        plate: None,
        footer: [pair("message-account-footer")].into_iter().collect(),
        sent_by: texts.format("message-sent-by", &[("organisation", &notice.organisation.name)]),
    }
}

/// A text of the catalogue; each value is cleaned and, in HTML, escaped and isolated.
fn pair(texts: Texts, key: &str, values: &[(&str, &str)]) -> Pair {
    let plain: Vec<(&str, String)> =
        values.iter().map(|(name, value)| (*name, clean(value, false))).collect();
    let marked: Vec<(&str, String)> =
        plain.iter().map(|(name, value)| (*name, format!("<bdi>{}</bdi>", escape(value)))).collect();
    let format = |values: &[(&str, String)]| {
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        texts.format(key, &values)
    };
    Pair { text: format(&plain), html: format(&marked) }
}
