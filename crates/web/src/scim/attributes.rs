//! Which attributes there are (RFC 7643 section 4.1), and which of them change.

/// The schema of users.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The extension of which nothing is kept.
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// What may become of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It changes.
    Writable,
    /// It is said when a user is made, and stays (RFC 7643 section 2.2, `immutable`).
    Immutable,
    /// The server alone says it.
    ReadOnly,
    /// The standard has it and Nameplate keeps nothing of it: providers send it by default.
    NotKept,
}

const ATTRIBUTES: [(&str, Kind); 26] = [
    ("externalId", Kind::Writable),
    ("name", Kind::Writable),
    ("displayName", Kind::Writable),
    ("title", Kind::Writable),
    ("timezone", Kind::Writable),
    ("preferredLanguage", Kind::Writable),
    ("active", Kind::Writable),
    ("phoneNumbers", Kind::Writable),
    ("addresses", Kind::Writable),
    ("userName", Kind::Immutable),
    ("schemas", Kind::ReadOnly),
    ("id", Kind::ReadOnly),
    ("meta", Kind::ReadOnly),
    ("emails", Kind::ReadOnly),
    ("photos", Kind::ReadOnly),
    ("profileUrl", Kind::ReadOnly),
    ("roles", Kind::ReadOnly),
    ("groups", Kind::ReadOnly),
    ("nickName", Kind::NotKept),
    ("userType", Kind::NotKept),
    ("locale", Kind::NotKept),
    ("password", Kind::NotKept),
    ("ims", Kind::NotKept),
    ("entitlements", Kind::NotKept),
    ("x509Certificates", Kind::NotKept),
    (ENTERPRISE, Kind::NotKept),
];

/// The attribute of this name in its right case; none where there is no such attribute.
pub fn known(schema: Option<&str>, attr: &str) -> Option<(&'static str, Kind)> {
    let name = match schema {
        Some(schema) if schema.eq_ignore_ascii_case(ENTERPRISE) => ENTERPRISE,
        Some(schema) if !schema.eq_ignore_ascii_case(USER) => return None,
        _ => attr,
    };
    ATTRIBUTES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
}

/// The attributes of this kind.
pub fn of_kind(kind: Kind) -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.into_iter().filter(move |(_, one)| *one == kind).map(|(name, _)| name)
}

/// Whether an attribute is one of several values.
pub fn is_list(attr: &str) -> bool {
    ["phoneNumbers", "addresses", "emails", "photos", "roles", "groups", "schemas"].contains(&attr)
}

/// Whether an attribute has parts.
pub fn is_complex(attr: &str) -> bool {
    ["name", "meta"].contains(&attr)
}

/// Whether upper and lower case differ in its values.
pub fn is_exact(attr: &str, sub: Option<&str>) -> bool {
    let is = |name: &str| attr.eq_ignore_ascii_case(name);
    is("id")
        || is("externalId")
        || is("schemas")
        || is("profileUrl")
        || is("photos") && sub != Some("type")
        || is("meta")
}
