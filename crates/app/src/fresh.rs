//! The only place that draws randomness and makes ids.

use std::num::NonZeroU16;
use uuid::Uuid;

/// Random bytes of the system's generator.
///
/// # Panics
/// Never in practice: on a machine whose generator fails nothing may go on, so the process ends.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    if getrandom::fill(&mut bytes).is_err() {
        // A predictable token would be worse than no server.
        std::process::abort();
    }
    bytes
}

/// A fresh `UUIDv7`: it sorts by the time of its making.
#[must_use]
pub fn uuid() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    Uuid::now_v7()
}

/// A 256-bit token as URL-safe text of 43 characters.
#[must_use]
pub fn token() -> String {
    crate::secrets::url_safe(&bytes::<32>())
}

/// A factor between 0.8 and 1.2, so that what failed together is not tried again together.
#[must_use]
pub fn jitter() -> f64 {
    let [a, b] = bytes::<2>();
    0.8 + f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX) * 0.4
}

/// One of a list, each as likely as any other; `None` of an empty list, and of one with more than 65,535 entries.
#[must_use]
pub fn one_of<T: Copy>(list: &[T]) -> Option<T> {
    let count = u16::try_from(list.len()).ok().and_then(NonZeroU16::new)?;
    list.get(usize::from(below(count, || u16::from_be_bytes(bytes())))).copied()
}

/// A number below `count`. What cannot be shared out evenly is thrown away and drawn again: a remainder alone would favour
/// the low numbers.
fn below(count: NonZeroU16, mut draw: impl FnMut() -> u16) -> u16 {
    // The last number of the last whole share.
    let last = u16::MAX - (u16::MAX % count + 1) % count;
    loop {
        let drawn = draw();
        if drawn <= last {
            return drawn % count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_a9_of_a_million_tokens_each_is_another() {
        let mut tokens: Vec<_> = (0..1_000_000).map(|_| bytes::<32>()).collect();
        tokens.sort_unstable();
        tokens.dedup();
        assert_eq!(tokens.len(), 1_000_000);
        assert_eq!(token().len(), 43, "all 256 bits of them");
    }

    #[test]
    fn every_number_comes_of_as_many_drawings() {
        for count in [1, 2, 3, 1_544, 1_547, 32_768, 32_769, u16::MAX] {
            let count = NonZeroU16::new(count).unwrap();
            let mut from = vec![0_u32; usize::from(count.get())];
            let mut again = 0_u32;
            for first in 0..=u16::MAX {
                // Whatever is thrown away is followed by a zero.
                let mut draws = [first, 0].into_iter();
                let number = below(count, || draws.next().unwrap());
                if draws.next().is_some() {
                    from[usize::from(number)] += 1;
                } else {
                    again += 1;
                }
            }
            let share = 65_536 / u32::from(count.get());
            assert!(from.iter().all(|drawings| *drawings == share), "{count}");
            assert_eq!(again, 65_536 % u32::from(count.get()), "no more than needed is thrown away");
        }
    }

    #[test]
    fn one_of_a_list() {
        assert_eq!(one_of::<u8>(&[]), None);
        assert_eq!(one_of(&[7]), Some(7));
        let long: Vec<u8> = std::iter::repeat_n(7, 65_536).collect();
        assert_eq!(one_of(&long), None);
    }
}
