//! The head of a lossless WebP image (RFC 9649 sections 4 to 6), read for one number: the memory of its prefix codes.
//! A file may ask for 65,536 groups of them, which take a decoder several gigabytes out of a few megabytes; writers
//! make some hundreds. Pixels are only counted here, never kept.

use crate::PictureError;
use crate::limits::MAX_WORKING_BYTES;

/// Bits that index the table of a prefix code; longer codes go on in a tree.
const TABLE_BITS: usize = 10;
const LONGEST_CODE: usize = 15;
/// Bytes of a node of that tree, and nodes for each code that is too long for the table.
const TREE_BYTES: u64 = 2 * 16;
/// What a group takes besides its tables, its share of a growing list included.
const GROUP_BYTES: u64 = 1024;
/// Order in which the lengths of the code length code are stored (section 6.2.1).
const CODE_LENGTH_ORDER: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Bytes that a decoder holds besides the pixels: prefix codes and the small images that steer it. `data` starts behind
/// the header with the size.
pub(super) fn working_bytes(data: &[u8], (width, height): (u32, u32)) -> Result<u64, PictureError> {
    let mut reader = Reader { data, at: 0, bits: 0, count: 0, bytes: 0 };
    let mut width = width;
    while reader.read(1)? == 1 {
        match reader.read(2)? {
            // Predictor and colour: one value for each block.
            0 | 1 => {
                let block = reader.read(3)? + 2;
                reader.image(blocks(width, block), blocks(height, block))?;
            }
            2 => {}
            _ => {
                let colours = reader.read(8)? + 1;
                reader.image(colours, 1)?;
                let packed = match colours {
                    1..=2 => 3,
                    3..=4 => 2,
                    5..=16 => 1,
                    _ => 0,
                };
                width = blocks(width, packed);
            }
        }
    }
    let cache = reader.colour_cache()?;
    let mut groups = 1;
    if reader.read(1)? == 1 {
        let block = reader.read(3)? + 2;
        groups = reader.image(blocks(width, block), blocks(height, block))? + 1;
    }
    for _ in 0..groups {
        reader.group(cache)?;
        if reader.bytes > MAX_WORKING_BYTES {
            return Err(PictureError::TooMuchMemory { bytes: reader.bytes });
        }
    }
    Ok(reader.bytes)
}

fn blocks(pixels: u32, bits: u32) -> u32 {
    pixels.div_ceil(1 << bits)
}

struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    /// Bits that were taken from `data` and not yet read, lowest first.
    bits: u64,
    count: u32,
    /// Memory reckoned so far.
    bytes: u64,
}

impl Reader<'_> {
    fn read(&mut self, count: u32) -> Result<u32, PictureError> {
        while self.count < count {
            let byte = self.data.get(self.at).ok_or(PictureError::Truncated)?;
            self.bits |= u64::from(*byte) << self.count;
            self.count += 8;
            self.at += 1;
        }
        let value = self.bits & ((1 << count) - 1);
        self.bits >>= count;
        self.count -= count;
        u32::try_from(value).map_err(|_| PictureError::Damaged)
    }

    /// Number of entries of the colour cache.
    fn colour_cache(&mut self) -> Result<usize, PictureError> {
        match self.read(1)? {
            0 => Ok(0),
            _ => match self.read(4)? {
                bits @ 1..=11 => Ok(1 << bits),
                _ => Err(PictureError::Damaged),
            },
        }
    }

    /// Reads over an image that steers the decoder. Gives the highest number that red and green make in a pixel: in the
    /// entropy image that is the highest group.
    fn image(&mut self, width: u32, height: u32) -> Result<u32, PictureError> {
        let pixels = u64::from(width) * u64::from(height);
        self.bytes += pixels * 6;
        let cache = self.colour_cache()?;
        let [green, red, blue, alpha, distance] = self.group(cache)?;
        let mut highest = 0;
        let mut done = 0;
        while done < pixels {
            let symbol = self.symbol(&green)?;
            match symbol {
                ..256 => {
                    highest = highest.max(self.symbol(&red)? << 8 | symbol);
                    self.symbol(&blue)?;
                    self.symbol(&alpha)?;
                    done += 1;
                }
                256..280 => {
                    done += u64::from(self.prefixed(symbol - 256)?);
                    let prefix = self.symbol(&distance)?;
                    self.prefixed(prefix)?;
                }
                // From the colour cache, where only earlier pixels are.
                _ => done += 1,
            }
        }
        Ok(highest)
    }

    /// A length or distance (section 5.2.2).
    fn prefixed(&mut self, prefix: u32) -> Result<u32, PictureError> {
        if prefix < 4 {
            return Ok(prefix + 1);
        }
        let extra = (prefix - 2) >> 1;
        Ok(((2 + (prefix & 1)) << extra) + self.read(extra)? + 1)
    }

    /// The five prefix codes of a group: green with lengths and colour cache, red, blue, alpha, distance.
    fn group(&mut self, cache: usize) -> Result<[Code; 5], PictureError> {
        self.bytes += GROUP_BYTES;
        let codes =
            [self.code(280 + cache)?, self.code(256)?, self.code(256)?, self.code(256)?, self.code(40)?];
        self.bytes += codes.iter().map(Code::bytes).sum::<u64>();
        Ok(codes)
    }

    fn code(&mut self, alphabet: usize) -> Result<Code, PictureError> {
        let mut lengths = vec![0_u8; alphabet];
        let mut put = |symbol: usize, length: u8| {
            lengths.get_mut(symbol).map(|slot| *slot = length).ok_or(PictureError::Damaged)
        };
        if self.read(1)? == 1 {
            let two = self.read(1)? == 1;
            let wide = if self.read(1)? == 1 { 8 } else { 1 };
            put(self.read(wide)? as usize, 1)?;
            if two {
                put(self.read(8)? as usize, 1)?;
            }
            return Code::of(&lengths);
        }
        let mut code_lengths = [0_u8; 19];
        let stored = self.read(4)? as usize + 4;
        for symbol in CODE_LENGTH_ORDER.into_iter().take(stored) {
            let length = u8::try_from(self.read(3)?).unwrap_or_default();
            code_lengths.get_mut(symbol).map(|slot| *slot = length).ok_or(PictureError::Damaged)?;
        }
        let code_length_code = Code::of(&code_lengths)?;
        let mut left = u32::MAX;
        if self.read(1)? == 1 {
            let bits = 2 + 2 * self.read(3)?;
            left = 2 + self.read(bits)?;
        }
        let (mut symbol, mut previous) = (0, 8);
        while symbol < alphabet && left > 0 {
            left -= 1;
            let (length, repeat) = match self.symbol(&code_length_code)? {
                16 => (previous, 3 + self.read(2)?),
                17 => (0, 3 + self.read(3)?),
                18 => (0, 11 + self.read(7)?),
                length => (u8::try_from(length).unwrap_or_default(), 1),
            };
            if length != 0 {
                previous = length;
            }
            for _ in 0..repeat {
                put(symbol, length)?;
                symbol += 1;
            }
        }
        Code::of(&lengths)
    }

    /// Reads one symbol, bit by bit (the codes are those of deflate, RFC 1951 section 3.2.2).
    fn symbol(&mut self, code: &Code) -> Result<u32, PictureError> {
        if let [only] = code.symbols.as_slice() {
            return Ok(*only);
        }
        let (mut value, mut first, mut index) = (0_usize, 0_usize, 0_usize);
        for count in code.counts.iter().skip(1) {
            value |= self.read(1)? as usize;
            if let Some(place) = value.checked_sub(first).filter(|place| place < count) {
                return code.symbols.get(index + place).copied().ok_or(PictureError::Damaged);
            }
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        Err(PictureError::Damaged)
    }
}

/// A canonical prefix code.
struct Code {
    /// How many symbols have a code of each length.
    counts: [usize; LONGEST_CODE + 1],
    /// The symbols, by length and then by number.
    symbols: Vec<u32>,
}

impl Code {
    fn of(lengths: &[u8]) -> Result<Self, PictureError> {
        let mut counts = [0; LONGEST_CODE + 1];
        let mut sorted: Vec<(u8, u32)> =
            lengths.iter().copied().zip(0..).filter(|(length, _)| *length > 0).collect();
        sorted.sort_unstable();
        for (length, _) in &sorted {
            *counts.get_mut(usize::from(*length)).ok_or(PictureError::Damaged)? += 1;
        }
        if sorted.is_empty() {
            return Err(PictureError::Damaged);
        }
        Ok(Self { counts, symbols: sorted.into_iter().map(|(_, symbol)| symbol).collect() })
    }

    /// What the decoder keeps of it: nothing for one symbol, otherwise a table and a tree for the long codes.
    fn bytes(&self) -> u64 {
        if self.symbols.len() == 1 {
            return 0;
        }
        let longest = self.counts.iter().rposition(|count| *count > 0).unwrap_or_default();
        let beyond: usize = self.counts.iter().skip(TABLE_BITS + 1).sum();
        (4 << longest.min(TABLE_BITS)) + TREE_BYTES * u64::try_from(beyond).unwrap_or(u64::MAX / TREE_BYTES)
    }
}
