//! PNG (third edition, sections 5 and 11): only the chunks that make the still picture reach the decoder. Text chunks,
//! which decoders inflate without a bound, and the frames of an animation do not.

use std::borrow::Cow;

use super::{Still, check_size, without_exif_prefix};
use crate::PictureError;
use crate::kind::Kind;

const SIGNATURE_LENGTH: usize = 8;
/// Length, type and checksum of a chunk.
const FRAME_LENGTH: usize = 12;
/// Compressed size of a colour profile that is honoured; profiles of cameras and screens have about 3 KB. The most it
/// can inflate to is a thousand times that.
const MAX_PROFILE_CHUNK: usize = 32 * 1024;

pub(super) fn read(bytes: &[u8]) -> Result<Still<'_>, PictureError> {
    let mut stream = bytes.get(..SIGNATURE_LENGTH).ok_or(PictureError::Truncated)?.to_vec();
    let mut rest = bytes.get(SIGNATURE_LENGTH..).ok_or(PictureError::Truncated)?;
    let mut size = None;
    let mut exif = None;
    let mut has_profile = false;
    let mut has_data = false;
    loop {
        let chunk = Chunk::first_of(rest)?;
        rest = chunk.rest;
        let keep = match (&chunk.name, size) {
            (b"IHDR", None) => {
                size = Some(read_size(chunk.data)?);
                stream.reserve_exact(bytes.len());
                true
            }
            (_, None) | (b"IHDR", Some(_)) => return Err(PictureError::Damaged),
            (b"IDAT", _) => {
                has_data = true;
                true
            }
            (b"PLTE" | b"tRNS" | b"IEND", _) => true,
            (b"iCCP", _) => {
                !std::mem::replace(&mut has_profile, true) && chunk.data.len() <= MAX_PROFILE_CHUNK
            }
            (b"eXIf", _) => {
                exif = exif.or(Some(without_exif_prefix(chunk.data)));
                false
            }
            // An unknown critical chunk (upper-case first letter) makes the picture unreadable by definition.
            ([first, ..], _) if first.is_ascii_uppercase() => return Err(PictureError::Damaged),
            _ => false,
        };
        if keep {
            stream.extend_from_slice(chunk.whole);
        }
        if &chunk.name == b"IEND" {
            break;
        }
    }
    match size {
        Some(size) if has_data => {
            Ok(Still { kind: Kind::Png, size, stream: Cow::Owned(stream), opaque: false, exif, icc: None })
        }
        _ => Err(PictureError::Damaged),
    }
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    whole: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn first_of(bytes: &'a [u8]) -> Result<Self, PictureError> {
        let [l3, l2, l1, l0, n0, n1, n2, n3, ..] = bytes else {
            return Err(PictureError::Truncated);
        };
        let length =
            usize::try_from(u32::from_be_bytes([*l3, *l2, *l1, *l0])).map_err(|_| PictureError::Damaged)?;
        let whole = length.checked_add(FRAME_LENGTH).ok_or(PictureError::Damaged)?;
        let (whole, rest) = bytes.split_at_checked(whole).ok_or(PictureError::Truncated)?;
        let data = whole.get(8..8 + length).ok_or(PictureError::Truncated)?;
        Ok(Self { name: [*n0, *n1, *n2, *n3], data, whole, rest })
    }
}

fn read_size(header: &[u8]) -> Result<(u32, u32), PictureError> {
    let [w3, w2, w1, w0, h3, h2, h1, h0, ..] = header else {
        return Err(PictureError::Damaged);
    };
    check_size(u32::from_be_bytes([*w3, *w2, *w1, *w0]), u32::from_be_bytes([*h3, *h2, *h1, *h0]))
}
