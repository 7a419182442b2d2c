//! Transliteration: whether a Hangul or Katakana name sounds like a Latin one (`쿠버네티스`, `クーバネティス`, `Kubernetes`).
//!
//! In: the two. Out: how alike they sound, 0 to 1. Each is read as its consonants, of which languages keep more than of
//! vowels, in classes of those that languages take for each other (b, p, f, v); the longest sequence that both have in order
//! is held against their lengths. The first sound must agree: translations share some sounds by chance, seldom the first.

use crate::normalize::{is_hangul, is_katakana, key};

/// What is less alike is no transliteration.
pub(super) const ALIKE: f64 = 0.75;

/// A class of consonants, or that a name opens with a vowel.
type Sound = char;
const VOWEL: Sound = '-';

/// How alike a native and a Latin name sound; 0 where they are not one of each, too short, or begin otherwise.
pub(super) fn likeness(native: &str, latin: &str) -> f64 {
    let (native, latin) = (key(native), key(latin));
    if !is_native(&native) || !is_latin(&latin) {
        return 0.0;
    }
    let spoken = native_sounds(&native);
    // G and C before i and e are soft in some words, hard in others.
    [false, true].into_iter().map(|soft| alike(&spoken, &latin_sounds(&latin, soft))).fold(0.0, f64::max)
}

fn is_native(name: &str) -> bool {
    let all = |holds: fn(char) -> bool| name.chars().all(|c| holds(c) || c == ' ');
    all(is_hangul) || all(|c| is_katakana(c) || c == '・')
}

fn is_latin(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric() || " .+/".contains(c))
}

fn alike(a: &[Sound], b: &[Sound]) -> f64 {
    if a.len() < 2 || b.len() < 2 || a.first() != b.first() {
        return 0.0;
    }
    let count = |n: usize| f64::from(u16::try_from(n).unwrap_or(u16::MAX));
    2.0 * count(common(a, b)) / count(a.len() + b.len())
}

/// Length of the longest common subsequence.
fn common(a: &[Sound], b: &[Sound]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    row[b.len()]
}

/// The consonants of Hangul or Katakana.
fn native_sounds(name: &str) -> Vec<Sound> {
    let mut sounds = Vec::new();
    for c in name.chars() {
        if is_hangul(c) {
            // A syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final (Unicode 3.12).
            let code = (u32::from(c) - 0xAC00) as usize;
            let class = |table: &str, at: usize| table.chars().nth(at).filter(|c| *c != '.');
            let (initial, last) = (class("KKNTTRMPPSS.SSSKTPH", code / 588), class(".KKKNNNTRKMPRTPRMPPTTNSSKTPH", code % 28));
            sounds.extend(initial.or_else(|| sounds.is_empty().then_some(VOWEL)).into_iter().chain(last));
        } else {
            let vowel = sounds.is_empty().then_some(VOWEL);
            sounds.extend(match c {
                'ァ'..='オ' => vowel,
                'カ'..='ゴ' => Some('K'),
                'ッ' | 'ー' | '・' | ' ' => None,
                'サ'..='ゾ' | 'チ' | 'ヂ' | 'ツ' | 'ヅ' => Some('S'),
                'タ'..='ド' => Some('T'),
                'ナ'..='ノ' | 'ン' => Some('N'),
                'ハ' | 'ヒ' | 'ヘ' | 'ホ' => Some('H'),
                'バ'..='ポ' | 'ヴ' => Some('P'),
                'マ'..='モ' => Some('M'),
                'ラ'..='ロ' => Some('R'),
                _ => vowel,
            });
        }
    }
    sounds
}

/// The consonants of a Latin name in lower case.
fn latin_sounds(name: &str, soft: bool) -> Vec<Sound> {
    let letters: Vec<char> = name.chars().collect();
    let mut sounds = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| letters[i]);
        let after = letters.get(at + 1).copied();
        let palatal = matches!(after, Some('e' | 'i' | 'y'));
        // Of doubled letters, and those that only shade the one before, one is heard.
        let silent =
            before == Some(*letter) || matches!((before, letter), (Some('c'), 'k') | (Some('c' | 's' | 't' | 'p' | 'g' | 'k'), 'h'));
        if silent {
            continue;
        }
        let sound = match letter {
            'p' | 'b' | 'f' | 'v' => Some('P'),
            'c' if after == Some('h') => Some(if soft { 'S' } else { 'K' }),
            'c' if palatal => Some('S'),
            'g' if palatal && soft => Some('S'),
            'k' | 'c' | 'q' | 'g' => Some('K'),
            'd' | 't' => Some('T'),
            's' | 'z' | 'j' => Some('S'),
            'x' => {
                sounds.extend((at > 0).then_some('K'));
                Some('S')
            }
            'h' => Some('H'),
            'l' | 'r' => Some('R'),
            'm' => Some('M'),
            'n' => Some('N'),
            _ => None,
        };
        sounds.extend(sound.or_else(|| (sounds.is_empty() && letter.is_ascii_alphabetic()).then_some(VOWEL)));
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, likeness};

    #[test]
    fn transliterations_sound_alike() {
        for (native, latin) in [
            ("쿠버네티스", "Kubernetes"),
            ("クーバネティス", "Kubernetes"),
            ("카프카", "Kafka"),
            ("엘라스틱서치", "Elasticsearch"),
            ("도커", "Docker"),
            ("스프링 부트", "Spring Boot"),
            ("그라파나", "Grafana"),
            ("깃허브", "GitHub"),
            ("제미나이", "Gemini"),
            ("プロメテウス", "Prometheus"),
            ("テラフォーム", "Terraform"),
            ("フラッター", "Flutter"),
            ("젠킨스", "Jenkins"),
            ("두레", "Dure"),
        ] {
            assert!(likeness(native, latin) >= ALIKE, "{native} {latin}: {}", likeness(native, latin));
        }
    }

    #[test]
    fn translations_and_strangers_do_not() {
        for (native, latin) in [
            ("김하늘", "Kakao"),
            ("형태소 분석기", "Nori"),
            ("메시지 큐", "Kafka"),
            ("컨테이너", "Kubernetes"),
            ("오픈소스", "Linux"),
            ("검색 엔진", "Elasticsearch"),
            ("監視", "Prometheus"),
            ("서버", "Server Side Rendering"),
            ("고", "Go"),
            ("Kafka", "Kafka"),
        ] {
            assert!(likeness(native, latin) < ALIKE, "{native} {latin}: {}", likeness(native, latin));
        }
    }
}
