//! Which language a report is written in, by its scripts.
//!
//! The hard decision: shares of scripts and a few English words, not a statistical model: reports are full of Latin names,
//! and models take `Kafka 클러스터 운영` for Turkish.

use crate::normalize::{is_han, is_hangul, is_hiragana, is_katakana, is_latin};

/// The language as an ISO 639-1 code: `ko`, `ja`, `zh` or `en`; `None` for another.
pub fn language(text: &str) -> Option<&'static str> {
    let (mut hangul, mut kana, mut han, mut latin) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        if c.is_ascii() {
            latin += usize::from(c.is_ascii_alphabetic());
            continue;
        }
        hangul += usize::from(is_hangul(c));
        kana += usize::from(is_hiragana(c) || is_katakana(c));
        han += usize::from(is_han(c));
        latin += usize::from(is_latin(c));
    }
    let letters = hangul + kana + han + latin;
    let most = |share: usize| share * 12 >= letters && share > 0;
    match () {
        () if most(hangul) && hangul >= kana => Some("ko"),
        () if most(kana) => Some("ja"),
        () if most(han) => Some("zh"),
        () if latin > 0 && is_english(text) => Some("en"),
        () => None,
    }
}

fn is_english(text: &str) -> bool {
    const COMMON: [&str; 12] = ["the", "and", "of", "to", "is", "was", "that", "for", "with", "this", "on", "it"];
    let (mut words, mut common) = (0, 0);
    for word in text.split_whitespace().take(5_000) {
        words += 1;
        common += usize::from(COMMON.iter().any(|c| c.eq_ignore_ascii_case(word)));
    }
    common * 20 >= words
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages_by_script() {
        assert_eq!(language("Kafka와 Spark Streaming으로 파이프라인을 만들었다"), Some("ko"));
        assert_eq!(language("Kubernetesを触ってみた、kustomizeも"), Some("ja"));
        assert_eq!(language("Kafka 在生产环境中的应用与实践"), Some("zh"));
        assert_eq!(language("The talk was about moving to the cloud"), Some("en"));
        assert_eq!(language("Der Vortrag handelte von der Migration nach Kubernetes"), None);
    }
}
