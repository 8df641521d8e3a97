//! The agent's own data: all of it as a file, and the end of the account (`security.md` B13).
//!
//! An account that its agent deletes is closed at once: nobody is signed in, nobody books. For two weeks a mailed link opens
//! it again; then it is erased, once the messages about its last meetings have left.

mod archive;
mod close;
mod download;
mod erase;
mod keep;
mod shapes;

pub(crate) use close::ahead;
pub use close::{Closed, MeetingsUntil, Plan, close, plan};
pub use download::{Download, download, download_for};
pub use erase::erase_due;
pub use keep::{keep, keep_for, look_up};
pub(crate) use keep::{keep_in, link, remind};

use jiff::SignedDuration;

/// How long a closed account can be kept after all.
pub const GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);
