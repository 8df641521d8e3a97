//! From the data of a still picture to the three squares: decode, crop the centre, shrink, turn upright, bring to sRGB,
//! encode. The picture is shrunk first, so that the decoded one is the only large thing in memory.

use std::io::Cursor;

use fast_image_resize::{ResizeOptions, Resizer};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits, RgbImage};

use crate::PictureError;
use crate::container::Still;
use crate::kind::Kind;
use crate::limits::{MAX_DECODED_BYTES, SIZES};

/// JPEG quality: at these sizes no difference is seen above it, and 512 pixels take about 40 KB.
const QUALITY: u8 = 85;

/// The largest of [`SIZES`]; the smaller ones are made from it.
const LARGEST: u32 = 512;

/// Makes the three JPEG files of `still`.
pub(crate) fn reduce(still: &Still<'_>) -> Result<[(u32, Vec<u8>); 3], PictureError> {
    let (large, icc) = square(still)?;
    let mut upright = large;
    if let Some(orientation) = still.exif.and_then(Orientation::from_exif_chunk) {
        upright.apply_orientation(orientation);
    }
    // A grey picture keeps its tones: profiles of grey are all but the curve of sRGB.
    let coloured = upright.color().has_color();
    let mut rgb = upright.into_rgb8();
    if coloured && let Some(icc) = icc {
        rgb = to_srgb(rgb, &icc);
    }
    let large = DynamicImage::ImageRgb8(rgb);
    let [a, b, c] = SIZES.map(|side| encode(&large, side).map(|jpeg| (side, jpeg)));
    Ok([a?, b?, c?])
}

/// Decodes and shrinks the centre square, still as it lies in the file; gives its colour profile with it.
fn square(still: &Still<'_>) -> Result<(DynamicImage, Option<Vec<u8>>), PictureError> {
    let (mut picture, icc) = decode(still)?;
    if !still.opaque {
        flatten(&mut picture);
    }
    let (width, height) = still.size;
    let side = width.min(height);
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    let options = ResizeOptions::new()
        .crop(f64::from(left), f64::from(top), f64::from(side), f64::from(side))
        .use_alpha(false);
    Ok((resize(&picture, LARGEST, &options)?, icc))
}

fn decode(still: &Still<'_>) -> Result<(DynamicImage, Option<Vec<u8>>), PictureError> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    let stream = Cursor::new(still.stream.as_ref());
    match still.kind {
        Kind::Jpeg => with(JpegDecoder::new(stream), still),
        Kind::Png => with(PngDecoder::with_limits(stream, limits), still),
        Kind::WebP => with(WebPDecoder::new(stream), still),
    }
}

fn with(
    decoder: Result<impl ImageDecoder, ImageError>,
    still: &Still<'_>,
) -> Result<(DynamicImage, Option<Vec<u8>>), PictureError> {
    let mut decoder = decoder.map_err(|error| refusal(&error))?;
    // Whatever was allowed by the header must be what the decoder sees.
    if decoder.dimensions() != still.size {
        return Err(PictureError::Damaged);
    }
    let bytes = decoder.total_bytes();
    if bytes > MAX_DECODED_BYTES {
        return Err(PictureError::TooMuchMemory { bytes });
    }
    let icc = match still.icc {
        Some(profile) => Some(profile.to_vec()),
        // A broken profile costs colours, not the picture.
        None => decoder.icc_profile().unwrap_or_default(),
    };
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    Ok((picture, icc))
}

fn refusal(error: &ImageError) -> PictureError {
    match error {
        ImageError::Unsupported(_) => PictureError::RareVariety,
        ImageError::Limits(_) => PictureError::TooMuchMemory { bytes: MAX_DECODED_BYTES },
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            PictureError::Truncated
        }
        _ => PictureError::Damaged,
    }
}

/// Lays the picture on white, in place. JPEG has no transparency, and JPEG is what every mail program and vCard
/// reader shows; white is also what a cut-out portrait or a logo was drawn for.
fn flatten(picture: &mut DynamicImage) {
    match picture {
        DynamicImage::ImageLumaA8(grey) => grey.pixels_mut().for_each(|pixel| on_white_8(&mut pixel.0)),
        DynamicImage::ImageRgba8(colour) => colour.pixels_mut().for_each(|pixel| on_white_8(&mut pixel.0)),
        DynamicImage::ImageLumaA16(grey) => grey.pixels_mut().for_each(|pixel| on_white_16(&mut pixel.0)),
        DynamicImage::ImageRgba16(colour) => colour.pixels_mut().for_each(|pixel| on_white_16(&mut pixel.0)),
        _ => {}
    }
}

fn on_white_8(channels: &mut [u8]) {
    let Some((alpha, colours)) = channels.split_last_mut() else { return };
    let covered = u32::from(*alpha);
    for value in colours {
        let mixed = (u32::from(*value) * covered + 255 * (255 - covered) + 127) / 255;
        *value = u8::try_from(mixed).unwrap_or(u8::MAX);
    }
    *alpha = u8::MAX;
}

fn on_white_16(channels: &mut [u16]) {
    let Some((alpha, colours)) = channels.split_last_mut() else { return };
    let covered = u64::from(*alpha);
    for value in colours {
        let mixed = (u64::from(*value) * covered + 65_535 * (65_535 - covered) + 32_767) / 65_535;
        *value = u16::try_from(mixed).unwrap_or(u16::MAX);
    }
    *alpha = u16::MAX;
}

fn resize(from: &DynamicImage, side: u32, options: &ResizeOptions) -> Result<DynamicImage, PictureError> {
    let mut to = DynamicImage::new(side, side, from.color());
    Resizer::new().resize(from, &mut to, options).map_err(|_| PictureError::Damaged)?;
    Ok(to)
}

/// Converts colours that a matrix profile describes (photos of phones are in Display P3); others stay as they are, as
/// in browsers without colour management.
fn to_srgb(picture: RgbImage, icc: &[u8]) -> RgbImage {
    use moxcms::{ColorProfile, Layout, TransformOptions};
    let transform =
        ColorProfile::new_from_slice(icc).ok().filter(ColorProfile::is_matrix_shaper).and_then(|profile| {
            let srgb = ColorProfile::new_srgb();
            profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default()).ok()
        });
    let Some(transform) = transform else { return picture };
    let mut converted = RgbImage::new(picture.width(), picture.height());
    match transform.transform(&picture, &mut converted) {
        Ok(()) => converted,
        Err(_) => picture,
    }
}

/// Encodes one size. The encoder writes the picture and nothing else.
fn encode(large: &DynamicImage, side: u32) -> Result<Vec<u8>, PictureError> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    let written = if side == LARGEST {
        large.write_with_encoder(encoder)
    } else {
        resize(large, side, &ResizeOptions::new())?.write_with_encoder(encoder)
    };
    written.map_err(|_| PictureError::Damaged)?;
    Ok(jpeg)
}
