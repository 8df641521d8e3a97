//! Password hashing: Argon2id, a few at a time.

use crate::Error;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use nameplate_domain::account::password::Password;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, oneshot};

/// What Argon2 computes in: as many blocks of 1 KiB as the strongest hash so far took.
type Memory = Vec<Block>;

/// How many may wait for a permit, and for how long (`security.md` P3).
const QUEUE: usize = 64;
const PATIENCE: Duration = Duration::from_secs(2);

/// Hashes and verifies passwords: each takes 19 MiB, so only as many at a time as there are cores (at least two).
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// What is computed in, one for each permit that was ever used. Memory that is taken and given back for every password
    /// would stay with each thread that ever did it.
    memory: Arc<Mutex<Vec<Memory>>>,
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
        Ok(Self {
            argon2,
            permits: Arc::new(Semaphore::new(permits)),
            waiting: Arc::default(),
            memory: Arc::default(),
            dummy,
        })
    }

    /// The PHC text of a password, with a fresh salt.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        let argon2 = self.argon2.clone();
        self.run(move |memory| hash(&argon2, memory, password.as_bytes())).await?
    }

    /// Whether the password fits the stored hash; against none it takes as long and fits never.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<bool, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy.to_string());
        self.run(move |memory| {
            let fits = fits(memory, password.as_bytes(), &stored);
            Ok(fits.ok_or(Error::Internal("a stored password hash"))? && known)
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

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = Place::take(&self.waiting).ok_or(Error::Busy)?;
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await;
        let permit = permit.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
        drop(place);
        let pool = Arc::clone(&self.memory);
        let (done, result) = oneshot::channel();
        let compute = move || {
            step_back();
            let free = || pool.lock().unwrap_or_else(PoisonError::into_inner);
            let mut memory = free().pop().unwrap_or_default();
            let result = work(&mut memory);
            free().push(memory);
            // Held by the work, not by the caller: a caller who leaves must not let one more in.
            drop(permit);
            // Nobody to tell when the caller left.
            let _ = done.send(result);
        };
        let thread = std::thread::Builder::new().name("password".to_owned()).spawn(compute);
        thread.map_err(|_| Error::Busy)?;
        result.await.map_err(|_| Error::Internal("a password hash did not finish"))
    }
}

/// Lets every other thread go first: pages are answered at once while many sign in, who then wait a little longer. It
/// holds for the rest of the thread's life, so the thread is one of its own.
#[cfg(target_os = "linux")]
fn step_back() {
    // Where it is not allowed, passwords are computed as fast as all else.
    let _ = rustix::process::setpriority_process(None, 15);
}

/// Elsewhere a thread has no priority of its own.
#[cfg(not(target_os = "linux"))]
fn step_back() {}

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

/// The PHC text of a password, with a fresh salt.
fn hash(argon2: &Argon2<'_>, memory: &mut Memory, password: &[u8]) -> Result<String, Error> {
    let salt = crate::fresh::bytes::<16>();
    let mut made = || {
        let hash = compute(argon2, memory, password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
        Some(PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(argon2.params()).ok()?,
            salt: Some(Salt::new(&salt).ok()?),
            hash: Some(Output::new(&hash).ok()?),
        })
    };
    made().map(|phc| phc.to_string()).ok_or(Error::Internal("a password could not be hashed"))
}

/// Whether the password is the one of a PHC text; none when the text is no hash that Argon2 made.
fn fits(memory: &mut Memory, password: &[u8], stored: &str) -> Option<bool> {
    let parsed = PasswordHash::new(stored).ok()?;
    let version = parsed.version.map_or(Ok(Version::V0x13), Version::try_from).ok()?;
    let argon2 =
        Argon2::new(Algorithm::new(parsed.algorithm).ok()?, version, Params::try_from(&parsed).ok()?);
    let expected = parsed.hash?;
    let hash = compute(&argon2, memory, password, &parsed.salt?, expected.len())?;
    Some(hash.ct_eq(expected.as_bytes()).into())
}

fn compute(
    argon2: &Argon2<'_>,
    memory: &mut Memory,
    password: &[u8],
    salt: &[u8],
    length: usize,
) -> Option<Vec<u8>> {
    let blocks = argon2.params().block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let mut hash = vec![0; length];
    argon2.hash_password_into_with_memory(password, salt, &mut hash, memory.get_mut(..blocks)?).ok()?;
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::{PasswordHasher, PasswordVerifier};

    #[test]
    fn hashes_are_those_of_the_library_both_ways_also_in_memory_that_was_used() {
        let mut memory = Memory::default();
        for (kibibytes, passes) in [(64, 1), (8, 3), (32, 2)] {
            let params = Params::new(kibibytes, passes, 1, None).unwrap();
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let ours = hash(&argon2, &mut memory, b"our own").unwrap();
            assert_eq!(fits(&mut memory, b"our own", &ours), Some(true));
            assert_eq!(fits(&mut memory, b"another", &ours), Some(false));
            Argon2::default().verify_password(b"our own", &PasswordHash::new(&ours).unwrap()).unwrap();
            let theirs: PasswordHash =
                argon2.hash_password_with_salt(b"theirs", b"a salt of 16 byt").unwrap();
            assert_eq!(fits(&mut memory, b"theirs", &theirs.to_string()), Some(true));
        }
        assert_eq!(memory.len(), 64, "as much as the strongest took");
        for broken in ["", "x", "$bcrypt$abc", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ"] {
            assert_eq!(fits(&mut memory, b"x", broken), None, "{broken}");
        }
    }
}
