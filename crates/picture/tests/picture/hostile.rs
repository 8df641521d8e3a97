//! Bytes that nobody meant: cut, flipped, random. Every answer is a picture or an error, never a panic.

use std::sync::LazyLock;

use image::ImageFormat;
use nameplate_picture::process;
use proptest::prelude::*;

use crate::fixtures::{
    ALPHA_WEBP, LOSSY_WEBP, encode, flat_jpeg, jpeg, lossless_chunk, quarters, riff_chunk, unhex, webp,
};

/// One of each kind that a decoder treats differently.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let picture = quarters(112, 104);
    let still = [lossless_chunk(&picture), riff_chunk(b"EXIF", &[1; 40])];
    vec![
        jpeg(&picture),
        encode(&picture, ImageFormat::Png),
        encode(&picture, ImageFormat::WebP),
        webp(0x08, 112, 104, &still),
        unhex(LOSSY_WEBP),
        unhex(ALPHA_WEBP),
        flat_jpeg(96, 96, &[200, 60, 40], true),
        flat_jpeg(96, 96, &[255, 0, 0, 255], false),
    ]
});

#[test]
fn a_file_cut_at_any_sixteenth_is_refused_as_incomplete() {
    for (kind, file) in FILES.iter().enumerate() {
        process(file).unwrap();
        for sixteenth in 1..16 {
            let cut = &file[..file.len() * sixteenth / 16];
            let code = process(cut).expect_err("half a picture is none").code();
            assert!(matches!(code, "truncated" | "not_a_picture"), "file {kind} at {sixteenth}/16: {code}");
        }
    }
}

#[test]
fn a_jpeg_that_lost_its_last_byte_is_refused() {
    for file in FILES.iter() {
        assert_eq!(process(&file[..file.len() - 1]).expect_err("cut").code(), "truncated");
    }
}

const MAGIC: [&[u8]; 6] = [
    b"",
    b"\xFF\xD8\xFF",
    b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x60\0\0\0\x60\x08\x06\0\0\0",
    b"RIFF\x40\0\0\0WEBPVP8L\x34\0\0\0\x2F\x5F\xC0\x17\0",
    b"RIFF\x40\0\0\0WEBPVP8 \x34\0\0\0\x10\0\0\x9D\x01\x2A\x60\0\x60\0",
    b"RIFF\x40\0\0\0WEBPVP8X",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn random_bytes_never_panic(start in 0..MAGIC.len(), rest in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = process(&[MAGIC[start], &rest].concat());
    }

    #[test]
    fn flipped_bits_never_panic(
        file in 0_usize..8,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 1..12),
    ) {
        let mut bytes = FILES[file].clone();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Ok(pictures) = process(&bytes) {
            prop_assert!(pictures.sizes.iter().all(|(_, file)| file.starts_with(&[0xFF, 0xD8])));
        }
    }

    #[test]
    fn cut_and_joined_files_never_panic(
        first in 0_usize..8, second in 0_usize..8,
        end in any::<prop::sample::Index>(), start in any::<prop::sample::Index>(),
    ) {
        let (first, second) = (&FILES[first], &FILES[second]);
        let _ = process(&[&first[..end.index(first.len())], &second[start.index(second.len())..]].concat());
    }
}
