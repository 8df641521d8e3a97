//! Kinds of pixels: transparency, 16 bits, grey, CMYK, wide gamuts, palettes.

use std::io::Cursor;

use image::{DynamicImage, GrayAlphaImage, ImageBuffer, ImageFormat, LumaA, Rgb, RgbImage, Rgba, RgbaImage};
use nameplate_picture::process;

use crate::fixtures::{
    ALPHA_WEBP, LOSSY_WEBP, WHITE, assert_near, flat_jpeg, lossless_chunk, made, png_with, riff_chunk, unhex,
    webp,
};

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

#[track_caller]
fn assert_centre(file: &[u8], wanted: [u8; 3]) {
    assert_near(*made(&process(file).unwrap(), 96).get_pixel(48, 48), wanted);
}

#[test]
fn transparency_is_laid_on_white() {
    let half = RgbaImage::from_pixel(100, 100, Rgba([0, 0, 0, 128]));
    assert_centre(&png(&DynamicImage::ImageRgba8(half)), [127, 127, 127]);
    let none = GrayAlphaImage::from_pixel(100, 100, LumaA([0, 0]));
    assert_centre(&png(&DynamicImage::ImageLumaA8(none)), WHITE);
    let half = ImageBuffer::from_pixel(100, 100, Rgba([65_535, 0, 0, 32_768]));
    assert_centre(&png(&DynamicImage::ImageRgba16(half)), [255, 127, 127]);
}

#[test]
fn sixteen_bits_become_eight() {
    let deep = ImageBuffer::from_pixel(100, 100, Rgb([51_400, 15_420, 10_280]));
    assert_centre(&png(&DynamicImage::ImageRgb16(deep)), [200, 60, 40]);
}

#[test]
fn a_palette_of_four_colours_is_read() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 100, 100);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Two);
    encoder.set_palette(&[0, 0, 0, 200, 60, 40, 0, 0, 0, 0, 0, 0][..]);
    encoder.write_header().unwrap().write_image_data(&[0b0101_0101; 2500]).unwrap();
    assert_centre(&file, [200, 60, 40]);
}

#[test]
fn a_grey_jpeg_is_read() {
    assert_centre(&flat_jpeg(100, 100, &[77], false), [77, 77, 77]);
}

#[test]
fn a_cmyk_jpeg_of_adobe_is_read_as_inverted() {
    // No cyan, all magenta, all yellow, no black: red.
    assert_centre(&flat_jpeg(100, 100, &[255, 0, 0, 255], false), [255, 0, 0]);
    assert_centre(&flat_jpeg(100, 100, &[255, 255, 255, 255], false), WHITE);
}

#[test]
fn a_progressive_jpeg_is_read() {
    assert_centre(&flat_jpeg(100, 100, &[200, 60, 40], true), [200, 60, 40]);
}

#[test]
fn lossy_webp_is_read_with_and_without_alpha() {
    assert_centre(&unhex(LOSSY_WEBP), [200, 60, 40]);
    let picture = made(&process(&unhex(ALPHA_WEBP)).unwrap(), 96);
    assert_near(*picture.get_pixel(48, 16), [20, 60, 200]);
    assert_near(*picture.get_pixel(48, 80), WHITE);
}

/// The same from the published primaries (SMPTE EG 432-1 and IEC 61966-2-1): linear light, one matrix, and back.
fn p3_to_srgb(colour: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = colour.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let rows = [
        1.224_940 * r - 0.224_940 * g,
        -0.042_057 * r + 1.042_057 * g,
        -0.019_638 * r - 0.078_636 * g + 1.098_274 * b,
    ];
    rows.map(|value| {
        let value = value.clamp(0.0, 1.0);
        let value = if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
        #[expect(clippy::cast_sign_loss, reason = "clamped to 0..=1 above")]
        let byte = (value * 255.0).round() as u8;
        byte
    })
}

#[test]
fn photos_in_display_p3_keep_their_colours() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let picture = RgbImage::from_pixel(100, 100, Rgb([200, 90, 60]));
    let wanted = p3_to_srgb([200, 90, 60]);
    assert!(wanted[0] > 210, "the case must tell conversion from none: {wanted:?}");
    // An uncompressed deflate block is enough of a zlib stream (RFC 1950, 1951).
    let mut named = b"P3\0\0\x78\x01\x01".to_vec();
    let length = profile.len() as u16;
    named.extend(length.to_le_bytes());
    named.extend((!length).to_le_bytes());
    named.extend(&profile);
    named.extend(adler32(&profile).to_be_bytes());
    assert_centre(&png_with(&picture, &[(b"iCCP", named)]), wanted);
    let chunks = [riff_chunk(b"ICCP", &profile), lossless_chunk(&picture)];
    assert_centre(&webp(0x20, 100, 100, &chunks), wanted);
    let segment = [&b"ICC_PROFILE\0\x01\x01"[..], &profile].concat();
    assert_centre(&crate::fixtures::jpeg_with(&picture, &[(0xE2, segment)]), wanted);
}

#[test]
fn a_broken_colour_profile_costs_the_colours_only() {
    let picture = RgbImage::from_pixel(100, 100, Rgb([200, 90, 60]));
    let chunks = [riff_chunk(b"ICCP", &[7; 300]), lossless_chunk(&picture)];
    assert_centre(&webp(0x20, 100, 100, &chunks), [200, 90, 60]);
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}
