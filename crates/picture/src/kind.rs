//! What a file is by its first bytes. Its name and the type that the browser claims decide nothing (C12).

use crate::PictureError;

/// The three kinds that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    WebP,
}

/// Bytes looked at for the `<svg` of a drawing that starts with a prologue or comments.
const SVG_LOOKAHEAD: usize = 4096;

impl Kind {
    /// Reads the kind from the first bytes; everything else is refused under its own name.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, PictureError> {
        match bytes {
            [] => Err(PictureError::Empty),
            [0xFF, 0xD8, 0xFF, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::WebP),
            _ => Err(refusal(bytes)),
        }
    }
}

fn refusal(bytes: &[u8]) -> PictureError {
    if let [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] = bytes {
        return iso_media(rest);
    }
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"GIF87a") || starts(b"GIF89a") {
        PictureError::Gif
    } else if starts(b"%PDF-") {
        PictureError::Pdf
    } else if starts(b"\x1A\x45\xDF\xA3") {
        PictureError::Film
    } else if [
        &b"II*\0"[..],
        b"MM\0*",
        b"BM",
        b"\0\0\x01\0",
        b"8BPS",
        b"\xFF\x0A",
        b"\0\0\0\x0CJXL ",
        b"\0\0\0\x0CjP  ",
    ]
    .iter()
    .any(|magic| starts(magic))
    {
        PictureError::OtherPicture
    } else if is_svg(bytes) {
        PictureError::Svg
    } else {
        PictureError::NotAPicture
    }
}

/// ISO base media: photos of phones and films share the container and differ by the brands of its first box.
fn iso_media(after_ftyp: &[u8]) -> PictureError {
    // Major brand, minor version, compatible brands: photos are told by any of the first ones.
    let brands = || after_ftyp.chunks_exact(4).take(8);
    if brands().any(|brand| matches!(brand, b"avif" | b"avis")) {
        PictureError::Avif
    } else if brands().any(|brand| {
        matches!(brand, b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1")
    }) {
        PictureError::Heic
    } else {
        PictureError::Film
    }
}

/// A drawing may start with a byte order mark, an XML prologue, a doctype or comments, and be in UTF-16.
fn is_svg(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes
        .iter()
        .take(SVG_LOOKAHEAD)
        .copied()
        .filter(|byte| *byte != 0 && byte.is_ascii())
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    head.trim_ascii_start().starts_with(b"<") && head.windows(4).any(|four| four == b"<svg")
}
