//! What is typed in the second step, and the recovery codes.

use crate::fresh;
use crate::secrets::hash;
use totp_rs::Secret;

/// How many recovery codes an account gets, and of how many random bytes each: 24 letters and digits of base32.
pub const COUNT: usize = 10;
const BYTES: usize = 15;
const LENGTH: usize = 24;

/// New recovery codes, in groups of four signs.
pub(super) fn fresh() -> Vec<String> {
    let code = |_| {
        let text = Secret::from(fresh::bytes::<BYTES>()).to_base32();
        let signs: Vec<char> = text.chars().collect();
        signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    };
    (0..COUNT).map(code).collect()
}

/// What is kept of them.
pub(super) fn hashes(codes: &[String]) -> Vec<[u8; 32]> {
    codes.iter().filter_map(|code| recovery(&plain(code))).collect()
}

/// A code as somebody typed it.
pub(super) enum Typed {
    /// Six digits of an app.
    Digits(String),
    /// The hash of a recovery code.
    Recovery([u8; 32]),
}

impl Typed {
    /// Reads a code; spaces and hyphens do not matter, nor does the case.
    pub(super) fn read(text: &str) -> Option<Self> {
        let plain = plain(text);
        if plain.len() == 6 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Digits(plain));
        }
        recovery(&plain).map(Self::Recovery)
    }
}

fn plain(text: &str) -> String {
    // Longer than any code with all its spaces: not looked at.
    text.chars()
        .take(200)
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The hash of a recovery code. It has 120 random bits, so a plain one is enough (`security.md` P6).
fn recovery(plain: &str) -> Option<[u8; 32]> {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte);
    (plain.len() == LENGTH && plain.bytes().all(is_sign)).then(|| hash(plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn sec_p6_recovery_codes_are_ten_of_24_base32_characters() {
        let codes = fresh();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
        for code in &codes {
            let groups: Vec<&str> = code.split('-').collect();
            assert_eq!(groups.len(), 6, "{code}");
            assert!(groups.iter().all(|group| group.len() == 4), "{code}");
        }
        assert_eq!(hashes(&codes).len(), 10);
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["123456", " 123 456 ", "123-456", "1 2 3 4 5 6\t"] {
            assert!(matches!(Typed::read(typed), Some(Typed::Digits(code)) if code == "123456"), "{typed}");
        }
        let code = "ABCD-EFGH-IJKL-MNOP-QRST-2345";
        let Some(Typed::Recovery(known)) = Typed::read(code) else { panic!("{code}") };
        for typed in ["abcdefghijklmnopqrst2345", " abcd efgh ijkl mnop qrst 2345 "] {
            assert!(matches!(Typed::read(typed), Some(Typed::Recovery(hash)) if hash == known), "{typed}");
        }
        for wrong in
            ["", "12345", "1234567", "12345a", "１２３４５６", "ABCD-EFGH-IJKL-MNOP-QRST-2348", "ÄBCD"]
        {
            assert!(Typed::read(wrong).is_none(), "{wrong}");
        }
        assert!(Typed::read(&"1".repeat(100_000)).is_none());
    }
}
