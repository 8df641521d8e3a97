//! What is refused, with which code, and that it costs nothing (A-26 to A-28, C12).

use image::ImageFormat;
use nameplate_picture::limits::{MAX_FILE_BYTES, MAX_PIXELS};
use nameplate_picture::{PictureError, process};

use crate::fixtures::{encode, flat_jpeg, lossless_chunk, png_header, quarters, riff_chunk, webp};

#[track_caller]
fn code(file: &[u8]) -> &'static str {
    process(file).expect_err("must be refused").code()
}

#[test]
fn kinds_are_told_by_their_first_bytes() {
    let cases: [(&[u8], &str); 22] = [
        (b"", "empty"),
        (b"GIF89a\x60\0\x60\0\x80\0\0", "gif"),
        (b"GIF87a\x60\0\x60\0\x80\0\0", "gif"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xEF\xBB\xBF <?xml version='1.0'?>\n<!-- x --><SVG onload='alert(1)'/>", "svg"),
        (b"\xFF\xFE<\0s\0v\0g\0>\0", "svg"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf", "avif"),
        (b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf", "avif"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "film"),
        (b"\x1A\x45\xDF\xA3\x01\0", "film"),
        (b"%PDF-1.7\n", "pdf"),
        (b"II*\0\x08\0\0\0", "other_picture"),
        (b"BM\x36\0\0\0", "other_picture"),
        (b"\xFF\x0A\xFA", "other_picture"),
        (b"8BPS\0\x01", "other_picture"),
        (b"PK\x03\x04", "not_a_picture"),
        (b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
        (b"#!/bin/sh\n", "not_a_picture"),
        (b"\xFF\xD8", "not_a_picture"),
        (b"RIFF\x04\0\0\0WAVE", "not_a_picture"),
    ];
    for (file, wanted) in cases {
        assert_eq!(code(file), wanted, "{:?}", String::from_utf8_lossy(file));
    }
}

#[test]
fn too_many_pixels_are_refused_by_the_header() {
    for (width, height) in [(10_000, 5_001), (16_384, 16_384), (65_535, 65_535), (u32::MAX, u32::MAX)] {
        assert_eq!(
            process(&png_header(width, height)),
            Err(PictureError::TooManyPixels { width, height }),
            "{width} x {height}"
        );
    }
    assert_eq!(u64::from(10_000_u32) * 5_000, MAX_PIXELS);
    assert_ne!(code(&png_header(10_000, 5_000)), "too_many_pixels");
    assert_eq!(code(&flat_jpeg(8, 8, &[0], false)), "too_small");
    let mut jpeg = flat_jpeg(96, 96, &[0], false);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xFF);
    assert_eq!(process(&jpeg), Err(PictureError::TooManyPixels { width: 65_535, height: 65_535 }));
}

#[test]
fn a_one_bit_bomb_of_268_megapixels_is_refused_by_its_pixels() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 16_384, 16_384);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.write_header().unwrap().write_image_data(&vec![0; 16_384 * 2_048]).unwrap();
    assert!(file.len() < 100_000, "a bomb is small: {}", file.len());
    assert_eq!(code(&file), "too_many_pixels");
}

#[test]
fn the_canvas_and_the_frames_of_a_webp_count_alike() {
    let small = lossless_chunk(&quarters(96, 96));
    assert_eq!(code(&webp(0, 16_384, 16_384, std::slice::from_ref(&small))), "too_many_pixels");
    // Sizes that only the image data has, on a small canvas: 16,383 by 16,383.
    let lossy = riff_chunk(b"VP8 ", b"\x10\0\0\x9D\x01\x2A\xFF\x3F\xFF\x3F\0\0");
    assert_eq!(code(&webp(0, 96, 96, &[lossy])), "too_many_pixels");
    let lossless = riff_chunk(b"VP8L", b"\x2F\xFF\xFF\xFF\x0F\0\0");
    assert_eq!(code(&webp(0, 96, 96, std::slice::from_ref(&lossless))), "too_many_pixels");
    let frame = riff_chunk(b"ANMF", &[&[0; 16][..], &lossless].concat());
    assert_eq!(code(&webp(0x02, 96, 96, &[frame])), "too_many_pixels");
}

#[test]
fn too_few_pixels_are_refused() {
    for (width, height) in [(1, 1), (1, 65_535), (95, 400), (400, 95)] {
        assert_eq!(code(&png_header(width, height)), "too_small", "{width} x {height}");
    }
    assert_eq!(code(&encode(&quarters(1, 1), ImageFormat::Jpeg)), "too_small");
    assert_eq!(code(&encode(&quarters(1, 1), ImageFormat::WebP)), "too_small");
    process(&encode(&quarters(96, 96), ImageFormat::Png)).unwrap();
}

#[test]
fn a_size_of_zero_is_damage() {
    for (width, height) in [(0, 0), (0, 400), (400, 0)] {
        assert_eq!(code(&png_header(width, height)), "damaged", "{width} x {height}");
    }
    assert_eq!(code(&flat_jpeg(0, 400, &[0], false)), "damaged");
}

#[test]
fn memory_is_reckoned_before_decoding() {
    // Below 50 megapixels, but nine bytes a pixel.
    let mut progressive = flat_jpeg(96, 96, &[1, 2, 3], true);
    let mut plain = flat_jpeg(96, 96, &[1, 2, 3], false);
    for (file, marker) in [(&mut progressive, 0xC2), (&mut plain, 0xC0)] {
        let frame = file.windows(2).position(|pair| pair == [0xFF, marker]).unwrap();
        file[frame + 5..frame + 7].copy_from_slice(&7_000_u16.to_be_bytes());
        file[frame + 7..frame + 9].copy_from_slice(&7_000_u16.to_be_bytes());
    }
    assert_eq!(code(&progressive), "too_much_memory");
    // 16 bits and four channels: eight bytes a pixel, by a true header.
    let mut deep = Vec::new();
    let mut encoder = png::Encoder::new(&mut deep, 7_000, 7_000);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Sixteen);
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[0; 16]).unwrap();
    drop(writer);
    assert_eq!(code(&deep), "too_much_memory");
}

/// Bits in the order of RFC 9649: fields from their lowest bit, prefix codes from their first.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn field(&mut self, value: u32, count: u32) -> &mut Self {
        self.0.extend((0..count).map(|bit| value >> bit & 1 == 1));
        self
    }

    fn code(&mut self, code: &str) {
        self.0.extend(code.bytes().map(|digit| digit == b'1'));
    }

    fn into_bytes(self) -> Vec<u8> {
        self.0
            .chunks(8)
            .map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit)))
            .collect()
    }
}

/// A lossless image of 96 x 96 pixels that asks for 65,536 groups of prefix codes, whose tables have 1,024 entries.
fn greedy_webp(groups: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    // No transform, no colour cache, an entropy image of blocks of four pixels.
    bits.field(0, 1).field(0, 1).field(1, 1).field(0, 3);
    // All of its pixels are group 65,535: codes of one symbol each.
    bits.field(0, 1);
    for symbol in [255, 255, 0, 0, 0] {
        bits.field(1, 1).field(0, 1).field(1, 1).field(symbol, 8);
    }
    let mut code = Bits::default();
    code.field(0, 1).field(14 - 4, 4);
    // Lengths of the codes for the lengths 17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10.
    for length in [0, 0, 0, 3, 3, 3, 3, 3, 0, 3, 4, 4, 4, 4] {
        code.field(length, 3);
    }
    // Eleven symbols, with the lengths 1 to 10 and 10 again.
    code.field(1, 1).field(1, 3).field(11 - 2, 4);
    for length in (1_u32..=10).chain([10]) {
        let digits = if length <= 6 { format!("{:03b}", length - 1) } else { format!("{:04b}", length + 5) };
        code.code(&digits);
    }
    bits.0.extend(code.0.repeat(5 * groups));
    let header: u32 = 95 + (95 << 14);
    let data = [&[0x2F][..], &header.to_le_bytes(), &bits.into_bytes()].concat();
    webp(0, 96, 96, &[riff_chunk(b"VP8L", &data)])
}

#[test]
fn prefix_codes_of_a_webp_count_as_memory() {
    let file = greedy_webp(20_000);
    assert!(file.len() < 1_500_000);
    assert_eq!(code(&file), "too_much_memory");
    // The same picture with too few of them is merely cut short: what is counted is read, not guessed.
    assert_eq!(code(&greedy_webp(10_000)), "truncated");
}

#[test]
fn thousands_of_scans_are_refused() {
    let plain = flat_jpeg(96, 96, &[128], true);
    let scan = plain.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let (head, scan) = plain.split_at(scan);
    let (scan, end) = scan.split_at(scan.len() - 2);
    let file = [head, &scan.repeat(65), end].concat();
    assert_eq!(code(&file), "rare_variety");
}

#[test]
fn the_error_names_the_limit_and_the_own_size() {
    let huge = process(&vec![0; MAX_FILE_BYTES as usize + 1]).unwrap_err();
    assert_eq!(huge.code(), "file_too_large");
    assert_eq!(huge.args(), [("limit", "15".to_owned()), ("size", "15.1".to_owned())]);
    let wide = PictureError::TooManyPixels { width: 8_160, height: 6_144 };
    assert_eq!(wide.args()[..2], [("limit", "50".to_owned()), ("size", "50.2".to_owned())]);
}

#[test]
fn every_code_has_a_text_with_its_arguments() {
    let texts = include_str!("../../../i18n/catalogue/en/picture.ftl");
    let some = PictureError::TooManyPixels { width: 1, height: 2 };
    let all = [
        PictureError::Empty,
        PictureError::FileTooLarge { bytes: 1 },
        some,
        PictureError::TooSmall { width: 1, height: 2 },
        PictureError::TooMuchMemory { bytes: 1 },
        PictureError::Svg,
        PictureError::Gif,
        PictureError::Heic,
        PictureError::Avif,
        PictureError::Pdf,
        PictureError::Film,
        PictureError::OtherPicture,
        PictureError::NotAPicture,
        PictureError::RareVariety,
        PictureError::Truncated,
        PictureError::Damaged,
    ];
    let messages = texts.lines().filter(|line| line.starts_with("picture-")).count();
    assert_eq!(messages, all.len());
    for error in all {
        let key = format!("picture-{} = ", error.code().replace('_', "-"));
        let text = texts.lines().find_map(|line| line.strip_prefix(&key)).unwrap_or_else(|| panic!("{key}"));
        let used: Vec<&str> = text.split("{ $").skip(1).filter_map(|part| part.split(' ').next()).collect();
        for name in &used {
            assert!(error.args().iter().any(|(arg, _)| arg == name), "{key} uses {name}");
        }
        assert_eq!(used.len(), error.args().len(), "{key} uses every argument");
    }
}
