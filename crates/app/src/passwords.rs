//! Password hashing: Argon2id, a few at a time.

use crate::Error;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use nameplate_domain::account::password::Password;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many may wait for a permit, and for how long (`security.md` P3).
const QUEUE: usize = 64;
const PATIENCE: Duration = Duration::from_secs(2);

/// Hashes and verifies passwords: each takes 19 MiB, so only as many at a time as there are cores (at least two).
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// A hash that no password fits: verified for unknown accounts, so that they take as long as known ones.
    dummy: Arc<str>,
}

impl Passwords {
    /// The strength of `security.md` A3: 19 MiB, two passes, one lane.
    ///
    /// # Errors
    /// `Internal` when the parameters do not fit the algorithm.
    pub fn strong() -> Result<Self, Error> {
        Self::with(19 * 1024, 2)
    }

    /// As weak as the algorithm allows: for tests that are not about passwords.
    ///
    /// # Errors
    /// `Internal` when the parameters do not fit the algorithm.
    pub fn cheap() -> Result<Self, Error> {
        Self::with(8, 1)
    }

    /// With these parameters: KiB of memory and passes.
    ///
    /// # Errors
    /// `Internal` when the parameters do not fit the algorithm.
    pub fn with(kibibytes: u32, passes: u32) -> Result<Self, Error> {
        let params =
            Params::new(kibibytes, passes, 1, None).map_err(|_| Error::Internal("argon2 parameters"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        // Its salt and hash are random: no password is known to fit, and nothing is computed at start.
        let (salt, hash) = (base64(&crate::fresh::bytes::<16>()), base64(&crate::fresh::bytes::<32>()));
        let dummy = format!("$argon2id$v=19$m={kibibytes},t={passes},p=1${salt}${hash}").into();
        let permits = std::thread::available_parallelism().map_or(2, usize::from).max(2);
        Ok(Self { argon2, permits: Arc::new(Semaphore::new(permits)), waiting: Arc::default(), dummy })
    }

    /// The PHC text of a password, with a fresh salt.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        let argon2 = self.argon2.clone();
        self.run(move || hash(&argon2, password.as_bytes())).await?
    }

    /// Whether the password fits the stored hash; against none it takes as long and fits never.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<bool, Error> {
        let argon2 = self.argon2.clone();
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy.to_string());
        self.run(move || {
            let parsed = PasswordHash::new(&stored).map_err(|_| Error::Internal("a stored password hash"))?;
            Ok(argon2.verify_password(password.as_bytes(), &parsed).is_ok() && known)
        })
        .await?
    }

    /// Whether a stored hash is of another kind or costs less than those that are made now.
    #[must_use]
    pub fn is_weak(&self, stored: &str) -> bool {
        let Ok(parsed) = PasswordHash::new(stored) else { return false };
        let Ok(params) = Params::try_from(&parsed) else { return true };
        let now = self.argon2.params();
        parsed.algorithm != Algorithm::Argon2id.ident()
            || params.m_cost() < now.m_cost()
            || params.t_cost() < now.t_cost()
            || params.p_cost() < now.p_cost()
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let place = Place::take(&self.waiting).ok_or(Error::Busy)?;
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await;
        let permit = permit.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
        drop(place);
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            // Held by the work, not by the caller: a caller who leaves must not let one more in.
            drop(permit);
            result
        });
        done.await.map_err(|_| Error::Internal("a password hash did not finish"))
    }
}

/// A place in the queue.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Option<Self> {
        let place = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < QUEUE).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Base64 as PHC texts have it: the standard alphabet, not padded.
fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes)
}

fn hash(argon2: &Argon2<'_>, password: &[u8]) -> Result<String, Error> {
    let salt = crate::fresh::bytes::<16>();
    let hash: PasswordHash = argon2
        .hash_password_with_salt(password, &salt)
        .map_err(|_| Error::Internal("a password could not be hashed"))?;
    Ok(hash.to_string())
}
