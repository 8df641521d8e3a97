//! What a file may cost before it is refused (security C12 and P4).

/// Largest file in bytes: 15 MB.
pub const MAX_FILE_BYTES: u64 = 15_000_000;
/// Most pixels, by the header, before anything is decoded: 50 megapixels.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Fewest pixels of the shorter side: the smallest size that is made, since below it every size would be a blur.
pub const MIN_SIDE: u32 = 96;
/// Most bytes of the decoded picture: 256 MiB.
pub const MAX_DECODED_BYTES: u64 = 256 * 1024 * 1024;
/// Most bytes that a decoder may hold at once, its result included, by our own reckoning: decoders for JPEG and
/// WebP do not keep to a limit by themselves.
pub const MAX_WORKING_BYTES: u64 = 350_000_000;
/// Sizes of the pictures that are made, in pixels of their side.
pub const SIZES: [u32; 3] = [512, 192, 96];
