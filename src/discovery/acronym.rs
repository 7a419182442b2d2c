//! Acronyms: whether letters are short for words (`DKOS` for `Datacenter of Kakao Operating System`, `i18n`).
//!
//! In: the two. Out: whether. Every word must give its first letter, small words excepted; two letters are too few to tell.

/// Small words that acronyms pass over.
const SMALL: [&str; 9] = ["a", "an", "and", "as", "for", "in", "of", "the", "to"];

/// Whether `short` is short for `long`.
pub(super) fn is_acronym(short: &str, long: &str) -> bool {
    let capitals = short.chars().count() >= 3 && short.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    capitals && short.starts_with(|c: char| c.is_ascii_uppercase()) && initials(long, short) || is_numeronym(short, long)
}

fn initials(long: &str, short: &str) -> bool {
    let words: Vec<&str> = long.split([' ', '-', '/']).filter(|w| !w.is_empty()).collect();
    let spelt = |words: &mut dyn Iterator<Item = &&str>| -> String {
        words.filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect()
    };
    let is_small = |word: &&&str| SMALL.contains(word);
    let opens = words.first().is_some_and(|first| !SMALL.contains(&first.to_lowercase().as_str()));
    opens && words.len() >= 2 && (spelt(&mut words.iter()) == short || spelt(&mut words.iter().filter(|w| !is_small(w))) == short)
}

/// `k8s`: the first letter, how many follow, the last.
fn is_numeronym(short: &str, long: &str) -> bool {
    let (short, long) = (short.to_ascii_lowercase(), long.to_ascii_lowercase());
    let count = short.get(1..short.len().saturating_sub(1)).and_then(|digits| digits.parse::<usize>().ok());
    let ends = short.chars().next() == long.chars().next() && short.chars().next_back() == long.chars().next_back();
    long.chars().all(|c| c.is_ascii_alphabetic()) && ends && count.is_some_and(|count| count >= 2 && long.len() == count + 2)
}

#[cfg(test)]
mod tests {
    use super::is_acronym;

    #[test]
    fn letters_stand_for_words() {
        for (short, long, wanted) in [
            ("DKOS", "Datacenter of Kakao Operating System", true),
            ("KEDA", "Kubernetes Event-driven Autoscaling", true),
            ("KEA", "Kubernetes Event Autoscaling", true),
            ("TOR", "Table of Rows", true),
            ("i18n", "internationalization", true),
            ("k8s", "Kubernetes", true),
            ("k9s", "Kubernetes", false),
            ("TOR", "the Table of Rows", false),
            ("DB", "Data Base", false),
            ("Kea", "Kubernetes Event Autoscaling", false),
            ("LINE", "LINE Plus", false),
        ] {
            assert_eq!(is_acronym(short, long), wanted, "{short} for {long}");
        }
    }
}
