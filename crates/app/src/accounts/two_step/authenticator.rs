//! The secret that an authenticator app and this server share, and the codes that both make of it (RFC 6238).

use crate::{Error, Secrets, fresh};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;
use nameplate_store::AuthenticatorRow;
use totp_rs::{Algorithm, Builder, Totp};

/// What the row of an account is sealed for.
const PURPOSE: &str = "authenticator";

/// As RFC 4226 section 4 recommends: 160 bits.
pub(super) const SECRET: usize = 20;

/// A secret in use. What is printed of it says nothing of the secret.
pub(super) struct Authenticator(Totp);

impl Authenticator {
    /// A new secret.
    pub(super) fn fresh() -> [u8; SECRET] {
        fresh::bytes()
    }

    /// What every app takes: SHA-1, six digits, thirty seconds; one step more to either side for clocks that differ.
    pub(super) fn of(secret: [u8; SECRET], issuer: &str, account: &str) -> Result<Self, Error> {
        // A colon stands between the two in the address.
        let plain = |text: &str| text.replace(':', " ").into_boxed_str();
        let built = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(30)
            .with_secret(secret)
            .with_issuer(Some(plain(issuer)))
            .with_account_name(plain(account))
            .build();
        built.map(Self).map_err(|_| Error::Internal("the secret of an authenticator app"))
    }

    /// The secret of a row.
    pub(super) fn open(secrets: &Secrets, row: &AuthenticatorRow) -> Result<Self, Error> {
        let owner = row.agent_id.to_string();
        let secret = secrets.unseal(PURPOSE, &owner, row.key_version, &row.sealed);
        let secret = secret.and_then(|secret| secret.try_into().ok());
        let secret =
            secret.ok_or(Error::Internal("the secret of an authenticator app cannot be unsealed"))?;
        Self::of(secret, "", &owner)
    }

    /// A secret as the database keeps it.
    pub(super) fn seal(secrets: &Secrets, owner: AgentId, secret: &[u8]) -> Result<Vec<u8>, Error> {
        secrets.seal(PURPOSE, &owner.to_string(), secret)
    }

    /// The time step that a code of six digits belongs to, if it is one of about now. Compared in constant time.
    pub(super) fn step(&self, digits: &str, now: Timestamp) -> Option<i64> {
        let seconds = u64::try_from(now.as_second()).ok()?;
        self.0.check(digits, seconds).and_then(|step| i64::try_from(step).ok())
    }

    /// The secret as people type it: 32 letters and digits.
    pub(super) fn text(&self) -> String {
        self.0.secret().to_base32()
    }

    /// The address that an app reads from the QR code or opens.
    pub(super) fn address(&self) -> Result<String, Error> {
        self.0.to_url().map_err(|_| Error::Internal("the address of an authenticator app"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    #[test]
    fn sec_a16_the_codes_are_those_of_the_rfc_one_step_to_either_side() {
        let app = Authenticator::of(*b"12345678901234567890", "Harbour", "anna@example.com").unwrap();
        for (second, code) in VECTORS {
            let step = second / 30;
            assert_eq!(app.step(code, at(second)), Some(step));
            for (steps, found) in [(-2, None), (-1, Some(step)), (1, Some(step)), (2, None)] {
                // There is no step before the first.
                if second + 30 * steps >= 0 {
                    assert_eq!(app.step(code, at(second + 30 * steps)), found, "{code} {steps}");
                }
            }
        }
        for wrong in ["", "28708", "2870820", "+87082", "287O82", "２８７０８２"] {
            assert_eq!(app.step(wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_reads_secret_issuer_and_account_from_the_address() {
        let app =
            Authenticator::of(*b"12345678901234567890", "Harbour: Advice", "anna+np@example.com").unwrap();
        assert_eq!(app.text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            app.address().unwrap(),
            "otpauth://totp/Harbour%20%20Advice:anna%2Bnp%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Harbour%20%20Advice"
        );
    }
}
