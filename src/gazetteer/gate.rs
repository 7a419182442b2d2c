//! Whether any name starts as a text does, from a few bits that stay in the processor's cache; the trie, of some megabytes,
//! is walked only where one may.
//!
//! In: names, all folded. Out: bits, one of which is set for how each name starts: a Bloom filter (Bloom 1970) of one hash.

/// Bits, as a power of two.
const BITS: u32 = 16;

/// The bits for some names.
pub(crate) fn of<'n>(names: impl Iterator<Item = &'n String>) -> Vec<u8> {
    let mut bits = vec![0u8; 1 << (BITS - 3)];
    for name in names {
        // A name that is shorter than what is looked at counts for all that it starts.
        let length = lengths(name.as_bytes()[0]).iter().rfind(|length| **length <= name.len()).copied().unwrap_or(1);
        let bit = hash(start(name.as_bytes()), length);
        bits[bit / 8] |= 1 << (bit % 8);
    }
    bits
}

/// Whether a name may start as a text does.
pub(crate) fn opens(bits: &[u8], text: &str) -> bool {
    let Some(first) = text.as_bytes().first() else { return false };
    let start = start(text.as_bytes());
    lengths(*first).iter().map(|length| hash(start, *length)).any(|bit| bits.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1))
}

/// How many bytes at the start of a name are looked at, by its first: four Latin letters, or two Hangul syllables.
fn lengths(first: u8) -> &'static [usize] {
    if first.is_ascii() { &[1, 2, 3, 4] } else { &[2, 3, 6] }
}

/// The first six bytes.
fn start(text: &[u8]) -> u64 {
    text.iter().take(6).rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Where the bit of the first `length` bytes is (multiplicative hashing, Knuth 6.4).
fn hash(start: u64, length: usize) -> usize {
    let kept = start & ((1 << (8 * length)) - 1);
    let mixed = (kept ^ (length as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> (64 - BITS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{of, opens};

    #[test]
    fn every_name_passes_and_few_others_do() {
        let names = ["go", "c", "kafka", "고", "쿠버네티스", "カフカ", "é", "c++"].map(str::to_owned);
        let bits = of(names.iter());
        for text in ["go 1.22", "c", "kafka를", "고는", "쿠버네티스", "カフカを", "émile", "c++"] {
            assert!(opens(&bits, text), "{text}");
        }
        let words = ["talk", "ka", "", "kotlin", "쿠키를", "사람", "the", "of", "カメラ"];
        assert!(words.iter().filter(|word| opens(&bits, word)).count() <= 1);
    }
}
