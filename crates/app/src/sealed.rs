//! What the database holds but must not be readable in a copy of it: sealed with a key that is not in it
//! (XChaCha20-Poly1305). What a text was sealed for is part of it, so that nobody can move it elsewhere.

use crate::{Error, Secrets, fresh};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// The key in use. A row says with which one it was sealed, so that a later key can take over row by row.
pub(crate) const KEY_VERSION: u32 = 1;

const NONCE: usize = 24;

impl Secrets {
    /// Seals a text for one purpose and one owner.
    ///
    /// # Errors
    /// `Internal` for a text that is too long for the cipher, which none of ours is.
    pub(crate) fn seal(&self, purpose: &str, owner: &str, text: &[u8]) -> Result<Vec<u8>, Error> {
        // 192 random bits: none comes twice.
        let nonce = fresh::bytes::<NONCE>();
        let bound = bound(purpose, owner, KEY_VERSION);
        let sealed = self
            .cipher(purpose, KEY_VERSION)
            .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: &bound })
            .map_err(|_| Error::Internal("a text could not be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The text, if it was sealed by us with this key for this purpose and owner.
    pub(crate) fn unseal(
        &self,
        purpose: &str,
        owner: &str,
        key_version: u32,
        sealed: &[u8],
    ) -> Option<Vec<u8>> {
        if key_version != KEY_VERSION {
            return None;
        }
        let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
        let bound = bound(purpose, owner, key_version);
        let cipher = self.cipher(purpose, key_version);
        cipher.decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: &bound }).ok()
    }

    fn cipher(&self, purpose: &str, key_version: u32) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(&format!("seal {key_version} {purpose}")).into())
    }
}

/// Purpose, owner and key, with a length before each part: ("ab", "c") must not equal ("a", "bc").
fn bound(purpose: &str, owner: &str, key_version: u32) -> Vec<u8> {
    let parts = [purpose.as_bytes(), owner.as_bytes(), &key_version.to_be_bytes()];
    parts.iter().flat_map(|part| [&(part.len() as u64).to_be_bytes(), *part].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_a16_what_is_sealed_opens_for_its_purpose_and_owner_alone() {
        let secrets = Secrets::new([7; 32]);
        let sealed = secrets.seal("app", "anna", b"a secret of twenty b").unwrap();
        assert_eq!(sealed.len(), 24 + 20 + 16);
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_ne!(sealed, secrets.seal("app", "anna", b"a secret of twenty b").unwrap());
        assert_eq!(secrets.unseal("app", "anna", KEY_VERSION, &sealed).unwrap(), b"a secret of twenty b");
        assert_eq!(secrets.unseal("app", "bert", KEY_VERSION, &sealed), None);
        assert_eq!(secrets.unseal("other", "anna", KEY_VERSION, &sealed), None);
        assert_eq!(secrets.unseal("app", "anna", KEY_VERSION + 1, &sealed), None);
        assert_eq!(Secrets::new([8; 32]).unseal("app", "anna", KEY_VERSION, &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(secrets.unseal("app", "anna", KEY_VERSION, &changed), None, "byte {at}");
            assert_eq!(secrets.unseal("app", "anna", KEY_VERSION, &sealed[..at]), None, "{at} bytes");
        }
    }
}
