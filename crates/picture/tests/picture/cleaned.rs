//! Files that are more than a picture: animations and files of two kinds at once.

use image::{ImageFormat, Rgb, RgbImage};
use nameplate_picture::process;

use crate::fixtures::{
    BLUE, RED, assert_near, encode, jpeg, jpeg_with, lossless_chunk, made, png_with, quarters, riff_chunk,
    webp,
};

fn plain(colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(96, 96, Rgb(colour))
}

#[track_caller]
fn assert_red(file: &[u8]) {
    assert_near(*made(&process(file).unwrap(), 192).get_pixel(96, 96), RED);
}

fn frame(picture: &RgbImage) -> Vec<u8> {
    let mut data = vec![0; 6];
    data.extend(&95_u32.to_le_bytes()[..3]);
    data.extend(&95_u32.to_le_bytes()[..3]);
    data.extend([100, 0, 0, 0]);
    data.extend(lossless_chunk(picture));
    riff_chunk(b"ANMF", &data)
}

#[test]
fn an_animated_webp_gives_its_first_frame() {
    let control = riff_chunk(b"ANIM", &[0; 6]);
    let file = webp(0x02, 96, 96, &[control, frame(&plain(RED)), frame(&plain(BLUE))]);
    assert_red(&file);
}

#[test]
fn an_animated_png_gives_its_first_frame() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 96, 96);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&plain(RED)).unwrap();
    writer.write_image_data(&plain(BLUE)).unwrap();
    writer.finish().unwrap();
    assert_red(&file);
}

/// What is put behind or into a picture to make it a page, a script or an archive as well.
const PAYLOADS: [&[u8]; 4] = [
    b"PK\x03\x04evil.jar",
    b"<html><script>alert(1)</script>",
    b"<?php system($_GET[0]); ?>",
    b"*/=1;alert(1);/*",
];

fn assert_clean(file: &[u8], payload: &[u8]) {
    assert!(file.windows(payload.len()).any(|window| window == payload), "the case must carry the payload");
    let pictures = process(file).unwrap();
    for (_, made) in &pictures.sizes {
        assert!(!made.windows(payload.len()).any(|window| window == payload));
    }
    let picture = made(&pictures, 96);
    assert_near(*picture.get_pixel(12, 12), RED);
}

#[test]
fn what_hides_behind_or_inside_a_picture_is_gone() {
    let picture = quarters(128, 128);
    for payload in PAYLOADS {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let file = if format == ImageFormat::Jpeg { jpeg(&picture) } else { encode(&picture, format) };
            assert_clean(&[&file, payload].concat(), payload);
        }
        assert_clean(&jpeg_with(&picture, &[(0xFE, payload.to_vec())]), payload);
        assert_clean(&jpeg_with(&picture, &[(0xE5, payload.to_vec())]), payload);
        let text = [b"Comment\0", payload].concat();
        assert_clean(&png_with(&picture, &[(b"tEXt", text)]), payload);
        assert_clean(&png_with(&picture, &[(b"juNk", payload.to_vec())]), payload);
        let chunks = [lossless_chunk(&picture), riff_chunk(b"JUNK", payload)];
        assert_clean(&webp(0, 128, 128, &chunks), payload);
    }
}

#[test]
fn text_that_inflates_without_end_never_reaches_the_decoder() {
    // 14 MB of text chunks, many of them "compressed": bounded by being left out.
    let bomb = [b"Comment\0\0".as_slice(), &vec![0x78; 100_000]].concat();
    let chunks: Vec<(&[u8; 4], Vec<u8>)> = (0..140).map(|_| (b"zTXt", bomb.clone())).collect();
    let file = png_with(&quarters(96, 96), &chunks);
    assert!(file.len() > 14_000_000);
    process(&file).unwrap();
}

#[test]
fn the_same_file_makes_the_same_pictures() {
    let file = jpeg(&quarters(300, 200));
    assert_eq!(process(&file).unwrap(), process(&file).unwrap());
}

#[test]
fn drawn_portraits_are_the_same_for_a_seed_and_differ_between_seeds() {
    let drawn: std::collections::BTreeSet<Vec<u8>> =
        (0..8).map(nameplate_picture::generated_portrait).collect();
    assert_eq!(drawn.len(), 8);
    assert!(drawn.contains(&nameplate_picture::generated_portrait(3)));
    for file in &drawn {
        assert_eq!(image::load_from_memory(file).unwrap().width(), 512);
        process(file).unwrap();
    }
    process(&nameplate_picture::generated_portrait(u64::MAX)).unwrap();
}
