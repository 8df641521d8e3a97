//! Which colours and which style a seed gives. The colours were chosen to go together in any combination.

use super::canvas::Colour;
use super::hair::Style;

pub(super) struct Background {
    pub(super) light: Colour,
    pub(super) base: Colour,
    pub(super) halo: Colour,
}

pub(super) struct Skin {
    pub(super) base: Colour,
    pub(super) shade: Colour,
    pub(super) blush: Colour,
}

pub(super) struct Tones {
    pub(super) base: Colour,
    pub(super) light: Colour,
    pub(super) shade: Colour,
}

#[derive(Clone, Copy)]
pub(super) enum Clothes {
    RoundNeck,
    Shirt,
    Jacket,
}

const BACKGROUNDS: [Background; 6] = [
    Background { light: [178, 216, 210], base: [126, 186, 178], halo: [214, 236, 231] },
    Background { light: [248, 214, 160], base: [236, 181, 108], halo: [253, 235, 203] },
    Background { light: [196, 206, 236], base: [146, 163, 212], halo: [224, 230, 247] },
    Background { light: [244, 196, 180], base: [226, 150, 131], halo: [251, 224, 214] },
    Background { light: [212, 221, 176], base: [166, 184, 116], halo: [233, 239, 212] },
    Background { light: [222, 198, 222], base: [184, 148, 186], halo: [240, 226, 240] },
];

const SKINS: [Skin; 5] = [
    Skin { base: [246, 208, 177], shade: [228, 176, 142], blush: [240, 160, 138] },
    Skin { base: [142, 90, 60], shade: [115, 69, 44], blush: [166, 88, 62] },
    Skin { base: [224, 172, 128], shade: [198, 140, 98], blush: [216, 128, 100] },
    Skin { base: [98, 62, 46], shade: [76, 46, 34], blush: [124, 66, 52] },
    Skin { base: [190, 132, 90], shade: [160, 104, 68], blush: [192, 106, 80] },
];

const HAIRS: [Tones; 6] = [
    Tones { base: [74, 48, 36], light: [98, 66, 49], shade: [55, 35, 27] },
    Tones { base: [34, 30, 36], light: [56, 50, 58], shade: [22, 19, 24] },
    Tones { base: [166, 84, 40], light: [192, 108, 58], shade: [134, 64, 30] },
    Tones { base: [40, 32, 30], light: [62, 50, 46], shade: [27, 21, 20] },
    Tones { base: [214, 166, 92], light: [230, 190, 122], shade: [186, 136, 66] },
    Tones { base: [150, 148, 152], light: [178, 176, 180], shade: [120, 118, 124] },
];

const CLOTHS: [Tones; 7] = [
    Tones { base: [30, 54, 88], light: [44, 72, 110], shade: [20, 38, 64] },
    Tones { base: [186, 78, 60], light: [206, 102, 82], shade: [150, 58, 44] },
    Tones { base: [244, 238, 226], light: [255, 252, 245], shade: [206, 198, 182] },
    Tones { base: [20, 96, 92], light: [36, 120, 114], shade: [12, 70, 68] },
    Tones { base: [222, 164, 62], light: [236, 186, 94], shade: [184, 130, 40] },
    Tones { base: [64, 62, 74], light: [86, 84, 98], shade: [44, 42, 52] },
    Tones { base: [124, 62, 104], light: [148, 84, 128], shade: [94, 44, 78] },
];

const STYLES: [Style; 7] =
    [Style::Bob, Style::Short, Style::Curls, Style::Bun, Style::Shaved, Style::Long, Style::Scarf];

/// Everything that is drawn.
pub(super) struct Look {
    pub(super) background: &'static Background,
    pub(super) skin: &'static Skin,
    pub(super) hair: &'static Tones,
    pub(super) cloth: &'static Tones,
    pub(super) clothes: Clothes,
    pub(super) style: Style,
    pub(super) beard: bool,
    pub(super) glasses: bool,
    pub(super) brow: Colour,
    pub(super) mouth: Colour,
    pub(super) line: Colour,
}

impl Look {
    pub(super) fn of(seed: u64) -> Self {
        let style = *pick(&STYLES, seed);
        let background = pick(&BACKGROUNDS, seed);
        let hair = pick(&HAIRS, seed);
        let skin = pick(&SKINS, seed.wrapping_mul(3));
        // Fair hair beside dark skin, and grey hair on the young, look drawn by chance.
        let hair = if skin.base < SKINS[4].base || matches!(style, Style::Curls | Style::Shaved) {
            &HAIRS[3]
        } else {
            hair
        };
        Self {
            background,
            skin,
            hair,
            cloth: pick(&CLOTHS, seed.wrapping_mul(2)),
            clothes: *pick(&[Clothes::Jacket, Clothes::RoundNeck, Clothes::Shirt], seed),
            style,
            beard: matches!(style, Style::Shaved)
                || (matches!(style, Style::Short) && seed.is_multiple_of(2)),
            glasses: seed % 4 == 2 || seed % 7 == 4,
            brow: hair.shade,
            mouth: [150, 58, 54],
            line: [42, 32, 34],
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "the index is a remainder of the length, and no table is empty")]
fn pick<T, const N: usize>(all: &[T; N], seed: u64) -> &T {
    let count = u64::try_from(N).unwrap_or(1);
    &all[usize::try_from(seed % count).unwrap_or_default()]
}
