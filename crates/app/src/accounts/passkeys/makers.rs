//! What keeps a passkey, by the number of its make (AAGUID): the ones that most people have.
//!
//! The numbers are public: password managers list theirs for this purpose, makers of keys publish them as metadata.

use uuid::{Uuid, uuid};

const KNOWN: [(Uuid, &str); 26] = [
    (uuid!("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"), "Google Password Manager"),
    (uuid!("adce0002-35bc-c60a-648b-0b25f1f05503"), "Chrome on Mac"),
    (uuid!("fbfc3007-154e-4ecc-8c0b-6e020557d7bd"), "Apple Passwords"),
    (uuid!("dd4ec289-e01d-41c9-bb89-70fa845d4bf2"), "Apple Passwords"),
    (uuid!("08987058-cadc-4b81-b6e1-30de50dcbe96"), "Windows Hello"),
    (uuid!("9ddd1817-af5a-4672-a2b9-3e3dd95000a9"), "Windows Hello"),
    (uuid!("6028b017-b1d4-4c02-b4b3-afcdafc96bb2"), "Windows Hello"),
    (uuid!("771b48fd-d3d4-4f74-9232-fc157ab0507a"), "Edge on Mac"),
    (uuid!("53414d53-554e-4700-0000-000000000000"), "Samsung Pass"),
    (uuid!("bada5566-a7aa-401f-bd96-45619a55120d"), "1Password"),
    (uuid!("d548826e-79b4-db40-a3d8-11116f7e8349"), "Bitwarden"),
    (uuid!("531126d6-e717-415c-9320-3d9aa6981239"), "Dashlane"),
    (uuid!("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6"), "Keeper"),
    (uuid!("b78a0a55-6ef8-d246-a042-ba0f6d55050c"), "LastPass"),
    (uuid!("b84e4048-15dc-4dd0-8640-f4f60813c8af"), "NordPass"),
    (uuid!("50726f74-6f6e-5061-7373-50726f746f6e"), "Proton Pass"),
    (uuid!("f3809540-7f14-49c1-a8b3-8f813b225541"), "Enpass"),
    (uuid!("fdb141b2-5d84-443e-8a35-4698c205a502"), "KeePassXC"),
    (uuid!("eaecdef2-1c31-5634-8639-f1cbd9c00a08"), "KeePassDX"),
    (uuid!("cb69481e-8ff7-4039-93ec-0a2729a154a8"), "YubiKey"),
    (uuid!("ee882879-721c-4913-9775-3dfcce97072a"), "YubiKey"),
    (uuid!("2fc0579f-8113-47ea-b116-bb5a8db9202a"), "YubiKey"),
    (uuid!("fa2b99dc-9e39-4257-8f92-4a30d23c4118"), "YubiKey"),
    (uuid!("a25342c0-3cdc-4414-8e46-f4807fca511c"), "YubiKey"),
    (uuid!("d8522d9f-575b-4866-88a9-ba99fa02f35b"), "YubiKey"),
    (uuid!("42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3"), "Titan Security Key"),
];

/// What a new passkey is called.
pub(super) fn name(aaguid: &[u8; 16]) -> &'static str {
    let make = Uuid::from_bytes(*aaguid);
    KNOWN.iter().find(|(known, _)| *known == make).map_or("Passkey", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_10_a_known_make_names_the_passkey_and_any_other_is_a_passkey() {
        let make = uuid!("d548826e-79b4-db40-a3d8-11116f7e8349");
        assert_eq!(name(make.as_bytes()), "Bitwarden");
        assert_eq!(name(&[0; 16]), "Passkey");
        for (n, (make, name)) in KNOWN.iter().enumerate() {
            assert!(!KNOWN[n + 1..].iter().any(|(other, _)| other == make), "{name} stands twice");
        }
    }
}
