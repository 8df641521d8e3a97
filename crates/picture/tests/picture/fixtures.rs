//! Files as people, phones and attackers make them.

use std::fmt::Write;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageFormat, Rgb, RgbImage};

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 180, 30];
pub const BLUE: [u8; 3] = [30, 30, 220];
pub const WHITE: [u8; 3] = [255, 255, 255];

/// 96 x 96 pixels of (200, 60, 40), lossy WebP as libwebp 1.6 writes it.
pub const LOSSY_WEBP: &str = "524946465c000000574542505650382050000000f004009d012a600060003ed168b053282624a2a0e801\
    001a0969007600000eecaaf97b8d3de4df4e9d3cf04b0b8d888000fee1c37ff5de2d28d7fffc105b51e9871352208aa14dc85a4020ea21\
    860000";
/// Upper half (20, 60, 200), lower half transparent, lossy WebP with an alpha channel as libwebp 1.6 writes it.
pub const ALPHA_WEBP: &str = "52494646b400000057454250565038580a000000100000005f00005f0000414c50481100000001101210fe\
    9fb6411211e9fef767fffb0300565038207c0000003006009d012a600060003ed168ad5128262422a6549801001a096500cf9d003400000e\
    80532fe2d332e08deaa465017635d8f3adb0db6492f80000feed903ff10e7105b51d8a5cc05ea52919bcd35964e33b5f6711d78c683a46ef\
    fbfa0601b0488205fe082da8f4c343e8ead278502370fa5092b907a51800000000";

pub fn unhex(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks_exact(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Four quarters: red and green above blue and white. The first stored pixel is red.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
}

pub fn encode(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone()).write_to(&mut file, format).unwrap();
    file.into_inner()
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 95)
        .encode(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    file
}

/// A JPEG with these segments (marker, data) right after the start of the image.
pub fn jpeg_with(picture: &RgbImage, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let plain = jpeg(picture);
    let mut file = plain[..2].to_vec();
    for (marker, data) in segments {
        file.extend([0xFF, *marker]);
        file.extend((data.len() as u16 + 2).to_be_bytes());
        file.extend(data);
    }
    file.extend(&plain[2..]);
    file
}

/// A chunk of a PNG with its checksum (PNG annex D).
pub fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(data);
    let mut crc = u32::MAX;
    for byte in &chunk[4..] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    chunk.extend((!crc).to_be_bytes());
    chunk
}

/// A PNG with these chunks right after its header.
pub fn png_with(picture: &RgbImage, chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let plain = encode(picture, ImageFormat::Png);
    let (header, rest) = plain.split_at(8 + 25);
    let mut file = header.to_vec();
    for (name, data) in chunks {
        file.extend(png_chunk(name, data));
    }
    file.extend(rest);
    file
}

/// The first bytes of a PNG that says it has this size.
pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    file.extend(png_chunk(b"IHDR", &header));
    file.extend(png_chunk(b"IDAT", &[0; 16]));
    file.extend(png_chunk(b"IEND", b""));
    file
}

pub fn riff_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend((data.len() as u32).to_le_bytes());
    chunk.extend(data);
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

/// An extended WebP: canvas size, flags and any chunks.
pub fn webp(flags: u8, width: u32, height: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut header = vec![flags, 0, 0, 0];
    header.extend(&(width - 1).to_le_bytes()[..3]);
    header.extend(&(height - 1).to_le_bytes()[..3]);
    let mut body = b"WEBP".to_vec();
    body.extend(riff_chunk(b"VP8X", &header));
    body.extend(chunks.concat());
    riff_chunk(b"RIFF", &body)
}

/// The image chunk of a lossless WebP, header included.
pub fn lossless_chunk(picture: &RgbImage) -> Vec<u8> {
    encode(picture, ImageFormat::WebP)[12..].to_vec()
}

/// An Exif block (TIFF, big endian) that holds only an orientation.
pub fn exif_orientation(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2A\0\0\0\x08\0\x01".to_vec();
    block.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    block.extend([0; 4]);
    block
}

/// A JPEG of one colour with any number of components, not subsampled, by hand (T.81 annexes B and F). The components
/// are stored as they are, so that four of them with an Adobe marker are inverted CMYK.
pub fn flat_jpeg(width: u16, height: u16, components: &[u8], progressive: bool) -> Vec<u8> {
    let count = components.len() as u8;
    let segment = |marker: u8, data: &[u8]| {
        let mut whole = vec![0xFF, marker];
        whole.extend((data.len() as u16 + 2).to_be_bytes());
        whole.extend(data);
        whole
    };
    let mut file = vec![0xFF, 0xD8];
    file.extend(segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"));
    file.extend(segment(0xDB, &[&[0][..], &[8; 64]].concat()));
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.push(count);
    (1..=count).for_each(|id| frame.extend([id, 0x11, 0]));
    file.extend(segment(if progressive { 0xC2 } else { 0xC0 }, &frame));
    // DC: the categories 0 to 11 with four bits each. AC: only "end of block", one bit.
    let dc: Vec<u8> = (0..12).collect();
    file.extend(segment(0xC4, &[&[0x00, 0, 0, 0, 12][..], &[0; 12], &dc].concat()));
    file.extend(segment(0xC4, &[&[0x10, 1][..], &[0; 15], &[0]].concat()));
    let mut scan = vec![count];
    (1..=count).for_each(|id| scan.extend([id, 0]));
    scan.extend([0, if progressive { 0 } else { 63 }, 0]);
    file.extend(segment(0xDA, &scan));
    let mut bits = String::new();
    for unit in 0..u32::from(width).div_ceil(8) * u32::from(height).div_ceil(8) {
        for value in components {
            let level = if unit == 0 { i32::from(*value) - 128 } else { 0 };
            let category = 32 - level.unsigned_abs().leading_zeros();
            write!(bits, "{category:04b}").unwrap();
            if category > 0 {
                let code = if level < 0 { level + (1 << category) - 1 } else { level };
                write!(bits, "{code:0width$b}", width = category as usize).unwrap();
            }
            if !progressive {
                bits.push('0');
            }
        }
    }
    while !bits.len().is_multiple_of(8) {
        bits.push('1');
    }
    for byte in bits.as_bytes().chunks(8) {
        let byte = u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap();
        file.push(byte);
        if byte == 0xFF {
            file.push(0);
        }
    }
    file.extend([0xFF, 0xD9]);
    file
}

/// The made picture of `side` pixels, decoded.
pub fn made(pictures: &nameplate_picture::Pictures, side: u32) -> RgbImage {
    let file = pictures.of_size(side).unwrap();
    image::load_from_memory_with_format(file, ImageFormat::Jpeg).unwrap().into_rgb8()
}

/// Fails unless the colours are the same but for what JPEG loses.
#[track_caller]
pub fn assert_near(seen: Rgb<u8>, wanted: [u8; 3]) {
    let far = seen.0.iter().zip(wanted).any(|(a, b)| a.abs_diff(b) > 10);
    assert!(!far, "saw {seen:?} instead of {wanted:?}");
}
