//! The agent's own data: all of it as a file, and the end of the account (`security.md` B13).

mod archive;
mod download;
mod shapes;

pub use download::{Download, download, download_for};
