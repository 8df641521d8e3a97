//! What the costliest allowed pictures take: processes a file of just below 50 megapixels of the kind that is named
//! and prints the peak of resident memory, without the maker of the file (the file is made in a process of its own).
//!
//! `cargo run --release -p nameplate-picture --example memory -- make jpeg FILE`, then `… -- measure FILE`. Kinds:
//! `jpeg`, `png` (RGBA), `webp` (lossless).

use std::error::Error;
use std::io::{BufWriter, Write};
use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

const WIDTH: u32 = 8_100;
const HEIGHT: u32 = 6_170;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", kind, file] => make(kind, file),
        ["measure", file] => measure(file),
        _ => Err("make KIND FILE, or measure FILE".into()),
    }
}

/// A soft pattern: a photo as far as a decoder can tell, and small enough to be uploaded.
fn shade(x: u32, y: u32) -> [u8; 3] {
    [x / 32, y / 25, (x + y) / 56].map(|value| u8::try_from(value % 256).unwrap_or_default())
}

fn make(kind: &str, file: &str) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(std::fs::File::create(file)?);
    let colour = || DynamicImage::from(RgbImage::from_fn(WIDTH, HEIGHT, |x, y| Rgb(shade(x, y))));
    match kind {
        "jpeg" => colour().write_with_encoder(JpegEncoder::new_with_quality(&mut out, 80))?,
        "webp" => colour().write_with_encoder(WebPEncoder::new_lossless(&mut out))?,
        "png" => {
            let picture = RgbaImage::from_fn(WIDTH, HEIGHT, |x, y| {
                let [red, green, blue] = shade(x, y);
                Rgba([red, green, blue, 200])
            });
            let mut memory = std::io::Cursor::new(Vec::new());
            DynamicImage::from(picture).write_to(&mut memory, ImageFormat::Png)?;
            out.write_all(&memory.into_inner())?;
        }
        _ => return Err("jpeg, png or webp".into()),
    }
    Ok(())
}

fn measure(file: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let before = peak()?;
    let start = Instant::now();
    let result = nameplate_picture::process(&bytes);
    let seconds = start.elapsed().as_secs_f64();
    let outcome = match result {
        Ok(pictures) => format!("{} bytes at 512 px", pictures.of_size(512).map_or(0, <[u8]>::len)),
        Err(error) => format!("refused: {}", error.code()),
    };
    println!(
        "{file}: {} bytes, {outcome}, {seconds:.2} s, peak {} MB, +{} MB",
        bytes.len(),
        peak()?,
        peak()? - before
    );
    Ok(())
}

/// Highest resident memory of this process so far, in megabytes of 1,000,000 bytes.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kibibytes * 1024 / 1_000_000)
}
