//! The outside of a file: its size in pixels is read and everything but the picture's own data is put aside before
//! a decoder sees it, so that a decoder meets neither metadata, nor animations, nor what hides behind the picture.

mod jpeg;
mod png;
mod vp8l;
mod webp;

use std::borrow::Cow;

use crate::PictureError;
use crate::kind::Kind;
use crate::limits::{MAX_PIXELS, MAX_WORKING_BYTES, MIN_SIDE};

/// One still picture, not yet decoded, whose cost is known and allowed.
#[derive(Debug)]
pub(crate) struct Still<'a> {
    /// Which decoder reads `stream`.
    pub(crate) kind: Kind,
    /// Width and height in pixels, before the orientation is applied.
    pub(crate) size: (u32, u32),
    /// The bytes for the decoder.
    pub(crate) stream: Cow<'a, [u8]>,
    /// Whether alpha, if the decoder gives any, means nothing.
    pub(crate) opaque: bool,
    /// The Exif block (TIFF header first), for the orientation only.
    pub(crate) exif: Option<&'a [u8]>,
    /// The colour profile where the container has it plainly; otherwise the decoder is asked.
    pub(crate) icc: Option<&'a [u8]>,
}

impl<'a> Still<'a> {
    /// Reads the container of `bytes`. Costs one pass over the file at most.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, PictureError> {
        match Kind::of(bytes)? {
            Kind::Jpeg => jpeg::read(bytes),
            Kind::Png => png::read(bytes),
            Kind::WebP => webp::read(bytes),
        }
    }
}

/// Refuses too many pixels, too few, and none at all, by the header alone.
fn check_size(width: u32, height: u32) -> Result<(u32, u32), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged);
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    if width.min(height) < MIN_SIDE {
        return Err(PictureError::TooSmall { width, height });
    }
    Ok((width, height))
}

/// Refuses what would take a decoder more than [`MAX_WORKING_BYTES`].
fn check_memory(bytes: u64) -> Result<(), PictureError> {
    if bytes > MAX_WORKING_BYTES { Err(PictureError::TooMuchMemory { bytes }) } else { Ok(()) }
}

/// Some writers put the JPEG prefix before the Exif block of PNG and WebP too.
fn without_exif_prefix(block: &[u8]) -> &[u8] {
    block.strip_prefix(b"Exif\0\0").unwrap_or(block)
}
