//! Profile pictures: from the bytes of an upload to three clean squares.
//!
//! Everything here is synchronous and costs time and memory (see [`limits`]): the caller runs it on a blocking thread
//! behind a permit. Rules: product.md (profile picture), ux, security C12 and P4.

mod container;
mod error;
mod kind;
pub mod limits;
mod portrait;
mod reduce;

pub use error::PictureError;
use limits::MAX_FILE_BYTES;
pub use portrait::generated_portrait;

/// The picture of an agent: square JPEG files without any metadata, largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    /// Side in pixels ([`limits::SIZES`]) and the JPEG file of that size.
    pub sizes: [(u32, Vec<u8>); 3],
}

impl Pictures {
    /// The file whose side is `px` pixels, if that is one of [`limits::SIZES`].
    #[must_use]
    pub fn of_size(&self, px: u32) -> Option<&[u8]> {
        self.sizes.iter().find(|(side, _)| *side == px).map(|(_, jpeg)| jpeg.as_slice())
    }
}

/// Makes the pictures of an uploaded file (JPEG, PNG or WebP, told by its first bytes): checks what it costs by its
/// header, decodes the first frame, turns it upright, crops the centre square, lays it on white, converts it to sRGB
/// and encodes it anew, so that nothing of the file but its visible pixels is kept.
///
/// # Errors
/// [`PictureError`] says what is wrong with the file, in the words of the `picture-…` texts of the catalogue.
pub fn process(bytes: &[u8]) -> Result<Pictures, PictureError> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > MAX_FILE_BYTES {
        return Err(PictureError::FileTooLarge { bytes: length });
    }
    let still = container::Still::read(bytes)?;
    // Decoders are other people's code fed with hostile bytes: a panic of theirs is a damaged file, not our end.
    let sizes = std::panic::catch_unwind(|| reduce::reduce(&still)).map_err(|_| PictureError::Damaged)??;
    Ok(Pictures { sizes })
}
