//! Whether a code block holds code or prose: people paste whole talks into fences.
//!
//! In: the fence's info string and its text. Out: yes or no, by the share of lines that read as sentences.

use crate::normalize::{is_han, is_hangul, is_hiragana, is_katakana};

/// Whether a code block is text to be read.
pub fn is_prose(info: &str, text: &str) -> bool {
    let language = info.split([' ', ',', '{']).next().unwrap_or("").trim();
    if !matches!(language.to_ascii_lowercase().as_str(), "" | "text" | "txt" | "md" | "markdown" | "plain" | "plaintext") {
        return false;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let prose = lines.iter().filter(|l| reads_as_prose(l)).count();
    let code = lines.iter().filter(|l| looks_like_code(l)).count();
    prose * 2 >= lines.len() && code * 4 <= lines.len() && prose > 0
}

fn reads_as_prose(line: &str) -> bool {
    let cjk = line.chars().filter(|c| is_hangul(*c) || is_han(*c) || is_hiragana(*c) || is_katakana(*c)).count();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let comment = line.starts_with("//") || line.starts_with("# ") || line.starts_with("--");
    let words = line.split_whitespace().filter(|w| w.chars().all(|c| c.is_alphabetic() || ",.'?!-".contains(c))).count();
    !looks_like_code(line) && !comment && ((cjk >= 2 && cjk * 4 >= letters) || words >= 4)
}

fn looks_like_code(line: &str) -> bool {
    let symbols = line.chars().filter(|c| "{};=$<>|\\".contains(*c)).count();
    line.ends_with([';', '{', '}']) || line.starts_with(['$', '@', '<']) || line.contains("()") || symbols * 8 > line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::is_prose;

    #[test]
    fn talks_pasted_in_a_fence_are_prose() {
        assert!(is_prose("", "구독 제거를 하는 이유 :\n무한 이벤트 스트림으로 인한 메모리 누수 방지\n"));
        assert!(is_prose("text", "The speaker showed how the team moved to Kafka.\nIt took a year.\n"));
    }

    #[test]
    fn code_is_code() {
        assert!(!is_prose("java", "구독 제거를 하는 이유\n"));
        assert!(!is_prose("", "let x = kafka.send(); // 카프카로 보낸다\nreturn x;\n"));
        assert!(!is_prose("", "$ kubectl get pods\nNAME READY\nweb-1 1/1\n"));
    }
}
