//! JPEG (ITU-T T.81 annex B): markers and segments from the start of the image to its end.

use std::borrow::Cow;

use super::{Still, check_memory, check_size};
use crate::PictureError;
use crate::kind::Kind;

/// Scans a progressive picture may have: writers make about 10. Each scan costs a pass over all pixels however short
/// it is, so that a small file of thousands of scans would decode for hours.
const MAX_SCANS: u32 = 64;

/// What the frame header (SOF) says.
struct Frame {
    size: (u32, u32),
    progressive: bool,
    /// Horizontal and vertical sampling of each component.
    sampling: Vec<(u64, u64)>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Still<'_>, PictureError> {
    let mut at = 2;
    let mut frame: Option<Frame> = None;
    let mut exif = None;
    let mut scans = 0;
    loop {
        let marker = next_marker(bytes, &mut at).ok_or(PictureError::Truncated)?;
        match marker {
            // Start of image, restart and reserved markers stand alone.
            0x01 | 0xD0..=0xD8 => continue,
            0xD9 => break,
            _ => {}
        }
        let segment = segment(bytes, &mut at)?;
        match marker {
            0xC0..=0xC2 if frame.is_none() => frame = Some(Frame::read(marker, segment)?),
            0xC0..=0xC2 => return Err(PictureError::Damaged),
            // Lossless, hierarchical and arithmetic coding.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(PictureError::RareVariety),
            0xE1 if exif.is_none() => exif = segment.strip_prefix(b"Exif\0\0"),
            0xDA => {
                let frame = frame.as_ref().ok_or(PictureError::Damaged)?;
                scans += 1;
                if scans > MAX_SCANS {
                    return Err(PictureError::RareVariety);
                }
                if scans == 1 {
                    let interleaved =
                        segment.first().map(|count| usize::from(*count)) == Some(frame.sampling.len());
                    check_memory(frame.working_bytes(interleaved))?;
                }
                skip_entropy_coded(bytes, &mut at)?;
            }
            _ => {}
        }
    }
    let frame = frame.ok_or(PictureError::Damaged)?;
    if scans == 0 {
        return Err(PictureError::Damaged);
    }
    // What follows the end of the image (a second photo of some phones, or a smuggled archive) is left behind.
    let stream = bytes.get(..at).ok_or(PictureError::Truncated)?;
    Ok(Still {
        kind: Kind::Jpeg,
        size: frame.size,
        stream: Cow::Borrowed(stream),
        opaque: true,
        exif,
        icc: None,
    })
}

/// Goes behind the next marker and gives its code; stray bytes before it are skipped, as every reader does.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        let rest = bytes.get(*at..)?;
        let prefix = rest.iter().position(|byte| *byte == 0xFF)?;
        let fill = rest.get(prefix..)?.iter().position(|byte| *byte != 0xFF)?;
        let code = *rest.get(prefix + fill)?;
        *at += prefix + fill + 1;
        if code != 0 {
            return Some(code);
        }
    }
}

/// The segment at `at` without its two bytes of length; goes behind it.
fn segment<'a>(bytes: &'a [u8], at: &mut usize) -> Result<&'a [u8], PictureError> {
    let [high, low, ..] = bytes.get(*at..).ok_or(PictureError::Truncated)? else {
        return Err(PictureError::Truncated);
    };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if length < 2 {
        return Err(PictureError::Damaged);
    }
    let segment = bytes.get(*at + 2..*at + length).ok_or(PictureError::Truncated)?;
    *at += length;
    Ok(segment)
}

/// Goes to the marker that ends the entropy coded data; stuffed zeros and restarts belong to the data.
fn skip_entropy_coded(bytes: &[u8], at: &mut usize) -> Result<(), PictureError> {
    loop {
        let rest = bytes.get(*at..).ok_or(PictureError::Truncated)?;
        let prefix = rest.iter().position(|byte| *byte == 0xFF).ok_or(PictureError::Truncated)?;
        *at += prefix;
        match bytes.get(*at + 1) {
            None => return Err(PictureError::Truncated),
            Some(0x00 | 0xD0..=0xD7) => *at += 2,
            Some(0xFF) => *at += 1,
            Some(_) => return Ok(()),
        }
    }
}

impl Frame {
    fn read(marker: u8, segment: &[u8]) -> Result<Self, PictureError> {
        let [precision, h1, h0, w1, w0, count, components @ ..] = segment else {
            return Err(PictureError::Damaged);
        };
        if *precision != 8 {
            return Err(PictureError::RareVariety);
        }
        let size =
            check_size(u32::from(u16::from_be_bytes([*w1, *w0])), u32::from(u16::from_be_bytes([*h1, *h0])))?;
        let sampling: Vec<(u64, u64)> = components
            .chunks_exact(3)
            .take(usize::from(*count))
            .filter_map(|component| component.get(1))
            .map(|factors| (u64::from(factors >> 4), u64::from(factors & 0x0F)))
            .collect();
        let valid = |factor: u64| (1..=4).contains(&factor);
        if sampling.len() != usize::from(*count)
            || !(1..=4).contains(&sampling.len())
            || !sampling.iter().all(|(h, v)| valid(*h) && valid(*v))
        {
            return Err(PictureError::Damaged);
        }
        Ok(Self { size, progressive: marker == 0xC2, sampling })
    }

    /// Decoded picture, and for progressive or not interleaved scans every coefficient as 16 bits besides.
    fn working_bytes(&self, interleaved: bool) -> u64 {
        let (width, height) = (u64::from(self.size.0), u64::from(self.size.1));
        let channels = if self.sampling.len() == 1 { 1 } else { 3 };
        let decoded = width * height * channels;
        if interleaved && !self.progressive {
            return decoded;
        }
        let widest = self.sampling.iter().map(|(h, _)| *h).max().unwrap_or(1);
        let tallest = self.sampling.iter().map(|(_, v)| *v).max().unwrap_or(1);
        let units = width.div_ceil(8 * widest) * height.div_ceil(8 * tallest);
        let blocks: u64 = self.sampling.iter().map(|(h, v)| units * h * v).sum();
        decoded + blocks * 64 * 2
    }
}
