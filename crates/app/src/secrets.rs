//! Links and codes that are derived from a key outside the database, so that no copy of the database can be used, and
//! later messages can repeat a link without its being stored (`security.md` P6).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::ids::{
    AgentId, DeletionId, EmailChangeId, EmailUndoId, InvitationId, MeetingId, OutboxId, PasswordResetId,
};
use nameplate_domain::meetings::Party;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The server's key for links and codes.
#[derive(Clone)]
pub struct Secrets {
    key: [u8; 32],
}

/// What a manage link says of itself; it holds once [`Secrets::verify_manage`] has seen the meeting's link version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ManageLink {
    /// The meeting.
    pub meeting: MeetingId,
    /// For whom it was made.
    pub party: Party,
    mac: [u8; 32],
}

impl Secrets {
    /// Wraps the key that was read from the key file.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// What the database keeps to notice another key: nothing of the key can be told from it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        url_safe(&self.mac(&[b"fingerprint"]))
    }

    /// A code of what a request said, from which nobody guesses what that was: it may have been a password.
    #[must_use]
    pub fn request_fingerprint(&self, query: &str, said: &[u8]) -> String {
        url_safe(&self.mac(&[b"request", query.as_bytes(), said]))
    }

    /// A keyed code over parts, the first of which names the purpose.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC fills a short key up to its block of 64 bytes with zeros (RFC 2104 section 2).
        let mut block = [0; 64];
        block.iter_mut().zip(self.key).for_each(|(to, from)| *to = from);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        for part in parts {
            // A length before each part: ("ab", "c") must not equal ("a", "bc").
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A key for another purpose, from which this one cannot be told.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.mac(&[b"derive", purpose.as_bytes()])
    }

    /// The token of `/m/{token}` for one party of a meeting.
    #[must_use]
    pub fn manage_token(&self, meeting: MeetingId, party: Party, link_version: u32) -> String {
        let mut token = meeting.uuid().into_bytes().to_vec();
        token.push(party_byte(party));
        token.extend(self.manage_mac(meeting, party, link_version));
        url_safe(&token)
    }

    fn manage_mac(&self, meeting: MeetingId, party: Party, link_version: u32) -> [u8; 32] {
        let version = link_version.to_be_bytes();
        self.mac(&[b"manage", meeting.uuid().as_bytes(), &[party_byte(party)], &version])
    }

    /// Reads a manage token; it is not verified yet.
    #[must_use]
    pub fn read_manage(token: &str) -> Option<ManageLink> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (uuid, rest) = bytes.split_first_chunk::<16>()?;
        let (&party, mac) = rest.split_first()?;
        let party = [Party::Agent, Party::Customer].into_iter().find(|p| party_byte(*p) == party)?;
        Some(ManageLink {
            meeting: MeetingId::new(Uuid::from_bytes(*uuid)),
            party,
            mac: mac.try_into().ok()?,
        })
    }

    /// Whether the link was made by us for this version of the meeting's links.
    #[must_use]
    pub fn verify_manage(&self, link: &ManageLink, link_version: u32) -> bool {
        self.manage_mac(link.meeting, link.party, link_version).ct_eq(&link.mac).into()
    }

    /// The token in the calendar sender's address `meetings+{token}@…`: fixed for the meeting's life.
    #[must_use]
    pub fn organizer_token(&self, meeting: MeetingId) -> String {
        let mac = self.mac(&[b"organizer", meeting.uuid().as_bytes()]);
        hex(mac.first_chunk::<10>().map_or(&[], |head| head))
    }

    /// The token in a message's return address `bounce+{token}@…`: its id and our code over it, in digits that a server which
    /// changes the case of an address does not spoil.
    #[must_use]
    pub fn bounce_token(&self, message: OutboxId) -> String {
        format!("{}{}", message.uuid().simple(), hex(&self.bounce_code(message)))
    }

    /// The message that came back, if we made the token.
    #[must_use]
    pub fn read_bounce_token(&self, token: &str) -> Option<OutboxId> {
        let (id, code) = token.split_at_checked(32)?;
        let message = OutboxId::new(Uuid::try_parse(id).ok()?);
        let expected = hex(&self.bounce_code(message));
        bool::from(expected.as_bytes().ct_eq(code.to_ascii_lowercase().as_bytes())).then_some(message)
    }

    fn bounce_code(&self, message: OutboxId) -> [u8; 10] {
        let mac = self.mac(&[b"bounce", message.uuid().as_bytes()]);
        mac.first_chunk::<10>().copied().unwrap_or_default()
    }

    /// The UID of an agent's contact file: the same for ever, and not the account's id, which is nobody's business.
    #[must_use]
    pub fn contact_uid(&self, agent: AgentId) -> String {
        let mac = self.mac(&[b"contact", agent.uuid().as_bytes()]);
        let bytes = mac.first_chunk::<16>().copied().unwrap_or_default();
        uuid::Builder::from_custom_bytes(bytes).into_uuid().urn().to_string()
    }

    /// The token of the link that confirms an email change.
    #[must_use]
    pub fn email_link(&self, change: EmailChangeId) -> String {
        self.link(b"email-link", change.uuid())
    }

    /// The change that a link confirms, if we made the link.
    #[must_use]
    pub fn read_email_link(&self, token: &str) -> Option<EmailChangeId> {
        self.read_link(b"email-link", token).map(EmailChangeId::new)
    }

    /// The token of the link that brings a former address back.
    #[must_use]
    pub fn undo_link(&self, undo: EmailUndoId) -> String {
        self.link(b"undo-link", undo.uuid())
    }

    /// The former address that a link brings back, if we made the link.
    #[must_use]
    pub fn read_undo_link(&self, token: &str) -> Option<EmailUndoId> {
        self.read_link(b"undo-link", token).map(EmailUndoId::new)
    }

    /// The token of the link that keeps a closed account.
    #[must_use]
    pub fn deletion_link(&self, deletion: DeletionId) -> String {
        self.link(b"deletion-link", deletion.uuid())
    }

    /// The closed account that a link keeps, if we made the link.
    #[must_use]
    pub fn read_deletion_link(&self, token: &str) -> Option<DeletionId> {
        self.read_link(b"deletion-link", token).map(DeletionId::new)
    }

    /// The token of the link that sets a new password.
    #[must_use]
    pub fn reset_link(&self, reset: PasswordResetId) -> String {
        self.link(b"reset-link", reset.uuid())
    }

    /// The request that a link belongs to, if we made the link.
    #[must_use]
    pub fn read_reset_link(&self, token: &str) -> Option<PasswordResetId> {
        self.read_link(b"reset-link", token).map(PasswordResetId::new)
    }

    /// The token of the link with which somebody who was invited chooses a password.
    #[must_use]
    pub fn invitation_link(&self, invitation: InvitationId) -> String {
        self.link(b"invitation-link", invitation.uuid())
    }

    /// The invitation that a link belongs to, if we made the link.
    #[must_use]
    pub fn read_invitation_link(&self, token: &str) -> Option<InvitationId> {
        self.read_link(b"invitation-link", token).map(InvitationId::new)
    }

    /// A row's id and its code for one purpose.
    fn link(&self, purpose: &[u8], row: Uuid) -> String {
        let mut token = row.into_bytes().to_vec();
        token.extend(self.mac(&[purpose, row.as_bytes()]));
        url_safe(&token)
    }

    fn read_link(&self, purpose: &[u8], token: &str) -> Option<Uuid> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (uuid, mac) = bytes.split_first_chunk::<16>()?;
        let row = Uuid::from_bytes(*uuid);
        let expected = self.mac(&[purpose, row.as_bytes()]);
        bool::from(expected.ct_eq(mac)).then_some(row)
    }

    /// What a browser keeps to be known again at the next sign-in of this account (A8): a fresh id, the second at which it
    /// was made, and our code over both.
    #[must_use]
    pub fn known_device(&self, (agent, credentials): (AgentId, i64), id: [u8; 16], now: Timestamp) -> String {
        let made = now.as_second().to_be_bytes();
        let code = self.device_code(agent, credentials, &id, made);
        url_safe(&[id.as_slice(), &made, &code].concat())
    }

    /// The id of a browser that signed in to this account at most `life` ago.
    #[must_use]
    pub fn read_known_device(
        &self,
        token: &str,
        (agent, credentials): (AgentId, i64),
        now: Timestamp,
        life: SignedDuration,
    ) -> Option<[u8; 16]> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, rest) = bytes.split_first_chunk::<16>()?;
        let (made, code) = rest.split_first_chunk::<8>()?;
        let expected = self.device_code(agent, credentials, id, *made);
        let made = Timestamp::from_second(i64::from_be_bytes(*made)).ok()?;
        let ours: bool = expected.ct_eq(code).into();
        (ours && now.duration_since(made) < life).then_some(*id)
    }

    fn device_code(&self, agent: AgentId, credentials: i64, id: &[u8; 16], made: [u8; 8]) -> [u8; 32] {
        self.mac(&[b"known-device", agent.uuid().as_bytes(), &credentials.to_be_bytes(), id, &made])
    }

    /// The six digits of the `issue`-th code of a change.
    #[must_use]
    pub fn email_code(&self, change: EmailChangeId, issue: i64) -> String {
        let mac = self.mac(&[b"email-code", change.uuid().as_bytes(), &issue.to_be_bytes()]);
        let (head, _) = mac.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
        format!("{:06}", u64::from_be_bytes(*head) % 1_000_000)
    }

    /// Whether this is the code, compared in constant time.
    #[must_use]
    pub fn is_email_code(&self, change: EmailChangeId, issue: i64, typed: &str) -> bool {
        self.email_code(change, issue).as_bytes().ct_eq(typed.as_bytes()).into()
    }

    /// A keyed hash of something that must not stand in the database in clear, as text.
    #[must_use]
    pub fn pseudonym(&self, purpose: &str, value: &str) -> String {
        url_safe(&self.mac(&[b"pseudonym", purpose.as_bytes(), value.as_bytes()]))
    }
}

const fn party_byte(party: Party) -> u8 {
    match party {
        Party::Agent => 1,
        Party::Customer => 2,
        Party::Organisation => 3,
    }
}

/// What is kept of a random token: a plain hash is enough for 256 bits.
#[must_use]
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |text, byte| text + &format!("{byte:02x}"))
}

pub(crate) fn url_safe(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_p6_a_manage_link_is_bound_to_meeting_party_and_version() {
        let secrets = Secrets::new([7; 32]);
        let meeting = MeetingId::new(Uuid::from_u128(42));
        let token = secrets.manage_token(meeting, Party::Customer, 1);
        let link = Secrets::read_manage(&token).unwrap();
        assert_eq!((link.meeting, link.party), (meeting, Party::Customer));
        assert!(secrets.verify_manage(&link, 1));
        assert!(!secrets.verify_manage(&link, 2), "raising the version voids the link");
        assert!(!secrets.verify_manage(&ManageLink { party: Party::Agent, ..link }, 1));
        assert!(
            !secrets.verify_manage(&ManageLink { meeting: MeetingId::new(Uuid::from_u128(43)), ..link }, 1)
        );
        assert!(!Secrets::new([8; 32]).verify_manage(&link, 1));
        assert_eq!(Secrets::read_manage(&token[1..]), None);
        assert_eq!(Secrets::read_manage(""), None);
    }

    #[test]
    fn sec_a8_a_known_device_is_one_of_this_account_and_not_for_ever() {
        let secrets = Secrets::new([7; 32]);
        let [anna, other] = [1, 2].map(|n| (AgentId::new(Uuid::from_u128(n)), 7));
        let (now, life) = (Timestamp::from_second(1_800_000_000).unwrap(), SignedDuration::from_hours(24));
        let token = secrets.known_device(anna, [9; 16], now);
        let read =
            |secrets: &Secrets, token: &str, agent, at| secrets.read_known_device(token, agent, at, life);
        assert_eq!(read(&secrets, &token, anna, now + life / 2), Some([9; 16]));
        assert_eq!(read(&secrets, &token, anna, now + life), None, "too old");
        assert_eq!(read(&secrets, &token, other, now), None, "another account");
        assert_eq!(read(&secrets, &token, (anna.0, 8), now), None, "after a new password");
        assert_eq!(read(&Secrets::new([8; 32]), &token, anna, now), None, "another server");
        assert_eq!(read(&secrets, &token[..token.len() - 2], anna, now), None);
        assert_eq!(read(&secrets, "", anna, now), None);
    }

    #[test]
    fn sec_a13_an_email_link_reads_back_and_no_other_text_does() {
        let secrets = Secrets::new([7; 32]);
        let change = EmailChangeId::new(Uuid::from_u128(42));
        let token = secrets.email_link(change);
        assert_eq!(secrets.read_email_link(&token), Some(change));
        assert_eq!(Secrets::new([8; 32]).read_email_link(&token), None);
        assert_eq!(secrets.read_reset_link(&token), None, "a link is good for one purpose");
        let code = secrets.email_code(change, 1);
        assert_eq!(code.len(), 6);
        assert!(secrets.is_email_code(change, 1, &code));
        assert!(!secrets.is_email_code(change, 2, &code));
        assert!(!secrets.is_email_code(change, 1, ""));
    }
    #[test]
    fn sec_p6_a_return_address_is_bound_to_its_message() {
        let secrets = Secrets::new([7; 32]);
        let message = OutboxId::new(Uuid::from_u128(42));
        let token = secrets.bounce_token(message);
        assert!(format!("bounce+{token}").len() <= 64, "a local part has 64 bytes");
        assert_eq!(secrets.read_bounce_token(&token), Some(message));
        assert_eq!(secrets.read_bounce_token(&token.to_uppercase()), Some(message));
        assert_eq!(Secrets::new([8; 32]).read_bounce_token(&token), None);
        let other = OutboxId::new(Uuid::from_u128(43)).uuid().simple().to_string();
        for wrong in
            ["", "x", &token[..32], &token[1..], &format!("{other}{}", &token[32..]), &"é".repeat(26)]
        {
            assert_eq!(secrets.read_bounce_token(wrong), None, "{wrong}");
        }
    }
}
