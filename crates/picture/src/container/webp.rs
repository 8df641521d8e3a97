//! WebP (RFC 9649): the still picture, or the first frame of an animation, as a new file of its own. The sizes are those
//! of the image data itself, since the decoder believes them and not the canvas.

use std::borrow::Cow;

use super::{Still, check_memory, check_size, without_exif_prefix};
use crate::PictureError;
use crate::kind::Kind;

/// Offset, size, duration and flags before the chunks of an animation's frame.
const FRAME_HEADER: usize = 16;

/// Bit 28 of the header of a lossless image: alpha is used.
const ALPHA_USED: u32 = 1 << 28;
/// Where [`file()`] puts the byte with that bit: behind the headers of file and chunk, signature and 24 bits of size.
const LOSSLESS_FLAGS: usize = 12 + 8 + 1 + 3;

/// The chunks that are of use, of a file or of its first frame.
#[derive(Default)]
struct Parts<'a> {
    lossy: Option<&'a [u8]>,
    lossless: Option<&'a [u8]>,
    alpha: Option<&'a [u8]>,
    frame: Option<&'a [u8]>,
    exif: Option<&'a [u8]>,
    profile: Option<&'a [u8]>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Still<'_>, PictureError> {
    let [_, _, _, _, s0, s1, s2, s3, _, _, _, _, rest @ ..] = bytes else {
        return Err(PictureError::Truncated);
    };
    let declared =
        usize::try_from(u32::from_le_bytes([*s0, *s1, *s2, *s3])).map_err(|_| PictureError::Truncated)?;
    let body = declared.checked_sub(4).ok_or(PictureError::Damaged)?;
    let body = rest.get(..body).ok_or(PictureError::Truncated)?;
    if let [b'V', b'P', b'8', b'X', _, _, _, _, _, _, _, _, w0, w1, w2, h0, h1, h2, ..] = body {
        check_size(1 + u32::from_le_bytes([*w0, *w1, *w2, 0]), 1 + u32::from_le_bytes([*h0, *h1, *h2, 0]))?;
    }
    let parts = Parts::of(body)?;
    let image = match parts.frame {
        Some(frame) => Parts::of(frame.get(FRAME_HEADER..).ok_or(PictureError::Damaged)?)?,
        None => {
            Parts { lossy: parts.lossy, lossless: parts.lossless, alpha: parts.alpha, ..Parts::default() }
        }
    };
    let Image { size, stream, opaque } = match (image.lossless, image.lossy) {
        (Some(data), _) => lossless(data)?,
        (None, Some(data)) => lossy(data, image.alpha)?,
        (None, None) => return Err(PictureError::Damaged),
    };
    Ok(Still {
        kind: Kind::WebP,
        size,
        stream: Cow::Owned(stream),
        opaque,
        exif: parts.exif.map(without_exif_prefix),
        icc: parts.profile,
    })
}

/// One image as a file of its own.
struct Image {
    size: (u32, u32),
    stream: Vec<u8>,
    opaque: bool,
}

impl<'a> Parts<'a> {
    fn of(mut rest: &'a [u8]) -> Result<Self, PictureError> {
        let mut parts = Self::default();
        // A single stray byte at the end is padding.
        while rest.len() > 1 {
            let [n0, n1, n2, n3, l0, l1, l2, l3, after @ ..] = rest else {
                return Err(PictureError::Truncated);
            };
            let length = usize::try_from(u32::from_le_bytes([*l0, *l1, *l2, *l3]))
                .map_err(|_| PictureError::Truncated)?;
            let (data, after) = after.split_at_checked(length).ok_or(PictureError::Truncated)?;
            let slot = match [*n0, *n1, *n2, *n3].as_slice() {
                b"VP8 " => Some(&mut parts.lossy),
                b"VP8L" => Some(&mut parts.lossless),
                b"ALPH" => Some(&mut parts.alpha),
                b"ANMF" => Some(&mut parts.frame),
                b"EXIF" => Some(&mut parts.exif),
                b"ICCP" => Some(&mut parts.profile),
                _ => None,
            };
            if let Some(slot) = slot {
                slot.get_or_insert(data);
            }
            // Chunks start at even offsets.
            rest = after.get(length % 2..).unwrap_or_default();
        }
        Ok(parts)
    }
}

/// A lossless image (RFC 9649 section 3.4) and the file that holds only it.
fn lossless(data: &[u8]) -> Result<Image, PictureError> {
    let [0x2F, b0, b1, b2, b3, ..] = data else {
        return Err(PictureError::Damaged);
    };
    let header = u32::from_le_bytes([*b0, *b1, *b2, *b3]);
    let size = check_size((header & 0x3FFF) + 1, ((header >> 14) & 0x3FFF) + 1)?;
    let prefix_codes = super::vp8l::working_bytes(data.get(5..).unwrap_or_default(), size)?;
    check_memory(pixels(size) * 4 + prefix_codes)?;
    // Without alpha the decoder would unpack to four bytes a pixel and then copy three of them: it is told that
    // there is alpha, and the caller forgets it.
    let opaque = header & ALPHA_USED == 0;
    let mut stream = file(&[(b"VP8L", data)]);
    if let Some(flags) = stream.get_mut(LOSSLESS_FLAGS) {
        *flags |= 0x10;
    }
    Ok(Image { size, stream, opaque })
}

/// A lossy key frame (RFC 6386 section 9.1), with its separate alpha channel if it has one.
fn lossy(data: &[u8], alpha: Option<&[u8]>) -> Result<Image, PictureError> {
    let [tag, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1, ..] = data else {
        return Err(PictureError::Damaged);
    };
    if tag & 1 != 0 {
        return Err(PictureError::Damaged);
    }
    let width = u32::from(u16::from_le_bytes([*w0, *w1]) & 0x3FFF);
    let height = u32::from(u16::from_le_bytes([*h0, *h1]) & 0x3FFF);
    let size = check_size(width, height)?;
    let Some(alpha) = alpha else {
        // One byte of luma, half a byte of chroma, three bytes of result.
        check_memory(pixels(size) * 9 / 2)?;
        return Ok(Image { size, stream: file(&[(b"VP8 ", data)]), opaque: true });
    };
    // The alpha channel is unpacked through a lossless image of four bytes a pixel, next to a result of four bytes.
    let prefix_codes = match alpha {
        // The two lowest bits: compressed as a lossless image without its header (RFC 9649 section 2.7.1.2).
        [method, data @ ..] if method & 3 == 1 => super::vp8l::working_bytes(data, size)?,
        _ => 0,
    };
    check_memory(pixels(size) * 21 / 2 + prefix_codes)?;
    let [w0, w1, w2, _] = (width - 1).to_le_bytes();
    let [h0, h1, h2, _] = (height - 1).to_le_bytes();
    let alpha_flag = 0x10;
    let header = [alpha_flag, 0, 0, 0, w0, w1, w2, h0, h1, h2];
    let stream = file(&[(b"VP8X", &header), (b"ALPH", alpha), (b"VP8 ", data)]);
    Ok(Image { size, stream, opaque: false })
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// A WebP file of these chunks. They come from a file below 15 MB, so that their lengths fit.
fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&length(data));
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    let mut file = b"RIFF".to_vec();
    file.extend_from_slice(&length(&body));
    file.extend_from_slice(&body);
    file
}

fn length(data: &[u8]) -> [u8; 4] {
    u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes()
}
