//! Orientation and crop: the picture stands as its owner saw it.

use image::ImageFormat;
use nameplate_picture::process;

use crate::fixtures::{
    BLUE, GREEN, RED, WHITE, assert_near, encode, exif_orientation, jpeg_with, lossless_chunk, made,
    png_with, quarters, riff_chunk, webp,
};

/// Where Exif 2.32 (tag 0x0112) puts the start of the first stored row, which is red, and its end, which is green.
const CORNERS: [(u8, &str, &str); 8] = [
    (1, "top left", "top right"),
    (2, "top right", "top left"),
    (3, "bottom right", "bottom left"),
    (4, "bottom left", "bottom right"),
    (5, "top left", "bottom left"),
    (6, "top right", "bottom right"),
    (7, "bottom right", "top right"),
    (8, "bottom left", "top left"),
];

fn assert_corners(file: &[u8], red: &str, green: &str) {
    let pictures = process(file).unwrap();
    for side in [512, 192, 96] {
        let picture = made(&pictures, side);
        let at = |corner: &str| {
            let x = if corner.ends_with("left") { side / 8 } else { side - side / 8 };
            let y = if corner.starts_with("top") { side / 8 } else { side - side / 8 };
            *picture.get_pixel(x, y)
        };
        assert_near(at(red), RED);
        assert_near(at(green), GREEN);
    }
}

#[test]
fn all_eight_orientations_of_a_jpeg_are_applied() {
    for (orientation, red, green) in CORNERS {
        let exif = [&b"Exif\0\0"[..], &exif_orientation(orientation)].concat();
        assert_corners(&jpeg_with(&quarters(240, 200), &[(0xE1, exif)]), red, green);
    }
}

#[test]
fn all_eight_orientations_of_a_png_are_applied() {
    for (orientation, red, green) in CORNERS {
        let file = png_with(&quarters(240, 200), &[(b"eXIf", exif_orientation(orientation))]);
        assert_corners(&file, red, green);
    }
}

#[test]
fn all_eight_orientations_of_a_webp_are_applied() {
    let picture = quarters(200, 240);
    for (orientation, red, green) in CORNERS {
        let chunks = [lossless_chunk(&picture), riff_chunk(b"EXIF", &exif_orientation(orientation))];
        assert_corners(&webp(0x08, 200, 240, &chunks), red, green);
    }
}

#[test]
fn an_orientation_out_of_range_is_none() {
    for orientation in [0, 9, 255] {
        let file = png_with(&quarters(200, 200), &[(b"eXIf", exif_orientation(orientation))]);
        assert_corners(&file, "top left", "top right");
    }
}

#[test]
fn the_centre_of_a_wide_and_of_a_tall_picture_is_kept() {
    let wide = image::RgbImage::from_fn(400, 100, |x, _| {
        image::Rgb(match x {
            0..150 => RED,
            150..250 => GREEN,
            _ => BLUE,
        })
    });
    let tall = image::imageops::rotate90(&wide);
    for picture in [wide, tall] {
        let picture = made(&process(&encode(&picture, ImageFormat::Png)).unwrap(), 512);
        for (x, y) in [(8, 8), (503, 8), (256, 256), (8, 503), (503, 503)] {
            assert_near(*picture.get_pixel(x, y), GREEN);
        }
    }
}

#[test]
fn three_square_jpeg_files_are_made_largest_first() {
    let pictures = process(&encode(&quarters(700, 600), ImageFormat::Png)).unwrap();
    assert_eq!(pictures.sizes.each_ref().map(|(side, _)| *side), [512, 192, 96]);
    for (side, file) in &pictures.sizes {
        assert_eq!(&file[..2], &[0xFF, 0xD8]);
        let picture = made(&pictures, *side);
        assert_eq!(picture.dimensions(), (*side, *side));
        assert_near(*picture.get_pixel(side - 4, side - 4), WHITE);
    }
    assert_eq!(pictures.of_size(64), None);
}
