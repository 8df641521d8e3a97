//! The only place that draws randomness and makes ids.

use uuid::Uuid;

/// Random bytes of the system's generator.
///
/// # Panics
/// Never in practice: on a machine whose generator fails nothing may go on, so the process ends.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    if getrandom::fill(&mut bytes).is_err() {
        // A predictable token would be worse than no server.
        std::process::abort();
    }
    bytes
}

/// A fresh `UUIDv7`: it sorts by the time of its making.
#[must_use]
pub fn uuid() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    Uuid::now_v7()
}

/// A 256-bit token as URL-safe text of 43 characters.
#[must_use]
pub fn token() -> String {
    crate::secrets::url_safe(&bytes::<32>())
}

/// A factor between 0.8 and 1.2, so that what failed together is not tried again together.
#[must_use]
pub fn jitter() -> f64 {
    let [a, b] = bytes::<2>();
    0.8 + f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX) * 0.4
}
