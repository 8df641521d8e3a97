//! "Suggest a passphrase" (S-03).

use crate::{App, fresh};
use nameplate_domain::account::passphrase::{join, words};

/// Words that were drawn now, at least `minimum` characters. Nothing of it is kept.
#[must_use]
pub fn of(minimum: usize) -> String {
    join(std::iter::from_fn(|| fresh::one_of(words())), minimum)
}

/// One that is long enough for every account here, since nobody is asked whose it will be.
#[must_use]
pub fn for_anybody(app: &App) -> String {
    let policy = app.settings().password_policy;
    of(policy.minimum(false).max(policy.minimum(true)))
}
