//! Front matter: YAML between `---`, TOML between `+++`, JSON-less Hexo and Jekyll headers without their opening line.
//!
//! In: the clean text. Out: the fields that matter and the bytes they cover. What a parser refuses (`title: [세션] 후기`
//! is no YAML) is read line by line as `key: value`, with a warning: a title must not be lost to a bracket.

use crate::dates;
use crate::document::FrontMatter;
use crate::source::harmless;
use crate::span::Span;
use serde_json::Value;

/// How many values YAML may unfold to: front matter has a few dozen.
const NODES: usize = 10_000;

/// Reads the front matter at the head of a text. The second value says, in the parser's words, why it was read line by line.
pub fn parse(text: &str) -> (FrontMatter, Option<String>) {
    let Some((inner, end, toml)) = find(text) else { return Default::default() };
    let span = Span::new(0, end);
    let raw = inner.of(text);
    let parsed = if toml {
        toml::from_str::<Value>(raw).map_err(|e| e.message().to_owned())
    } else {
        let options = serde_saphyr::options! { budget: serde_saphyr::budget! { max_nodes: NODES } };
        serde_saphyr::from_str_with_options::<Value>(raw, options).map_err(|e| e.to_string().lines().next().unwrap_or("").to_owned())
    };
    match parsed {
        Ok(value) if value.is_object() => (fields(&value, span), None),
        Ok(_) => (FrontMatter { span, ..Default::default() }, None),
        Err(why) => (fields(&by_line(raw), span), Some(why)),
    }
}

/// The bytes between the fences, where the text after the closing one starts, and whether it is TOML.
fn find(text: &str) -> Option<(Span, usize, bool)> {
    let first = text.lines().next()?;
    let fence = first.trim_end();
    let (opening, fence) = match fence {
        "---" | "+++" => (text.find('\n')? + 1, fence),
        _ if is_field(first) => (0, "---"),
        _ => return None,
    };
    let mut at = opening;
    for line in text[opening..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let fields = text[opening..at].lines().any(is_field);
            return (fields || opening == at).then_some((Span::new(opening, at), at + line.len(), fence == "+++"));
        }
        // Without its opening line it must be fields all the way, or prose would be swallowed.
        if opening == 0 && !(is_field(line) || bare.is_empty() || bare.starts_with([' ', '-', '#'])) {
            return None;
        }
        at += line.len();
    }
    None
}

/// `key: value` or `key = value` with a plain key.
fn is_field(line: &str) -> bool {
    let Some((key, rest)) = line.split_once([':', '=']) else { return false };
    let plain = key.trim_end();
    let spaced = rest.is_empty() || rest.starts_with([' ', '\n', '\r', '\t']);
    !plain.is_empty() && spaced && plain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn by_line(raw: &str) -> Value {
    let mut map = serde_json::Map::new();
    let mut last = String::new();
    for line in raw.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some(Value::Array(list)) = map.get_mut(&last) {
                list.push(Value::String(unquoted(item)));
            }
        } else if let Some((key, value)) = line.split_once(':').filter(|_| is_field(line)) {
            last = key.trim().to_owned();
            let value = unquoted(value);
            map.insert(last.clone(), if value.is_empty() { Value::Array(Vec::new()) } else { Value::String(value) });
        }
    }
    Value::Object(map)
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].into_iter().find_map(|q| value.strip_prefix(q)?.strip_suffix(q));
    inner.unwrap_or(value).to_owned()
}

fn fields(value: &Value, span: Span) -> FrontMatter {
    let get = |names: &[&str]| {
        names.iter().find_map(|wanted| {
            let object = value.as_object()?;
            object.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
        })
    };
    let tags = ["tags", "tag", "categories", "category", "keywords"].into_iter().filter_map(|name| get(&[name])).flat_map(words);
    FrontMatter {
        title: get(&["title"]).and_then(text).filter(|t| !t.trim().is_empty()),
        description: get(&["description", "subtitle", "summary", "excerpt"]).and_then(text),
        date: get(&["date", "published", "created", "created_at", "publishdate"]).and_then(text).and_then(|d| dates::find(&d)),
        tags: tags.collect(),
        span,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.chars().map(harmless).collect()),
        Value::Number(n) => Some(n.to_string()),
        // toml gives a date as an object with one private field
        Value::Object(map) if map.len() == 1 => map.values().next().and_then(text),
        Value::Array(list) => Some(list.iter().filter_map(text).collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(words).collect(),
        other => text(other).map(|t| t.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn yaml_toml_and_none() {
        let (yaml, why) = parse("---\ntitle: IF Kakao 참관기\ndate: 2019.08.30 12:00:00\ntags:\n- IfKakao\n- go, k8s\n---\n\nbody");
        assert_eq!(why, None);
        assert_eq!(yaml.title.as_deref(), Some("IF Kakao 참관기"));
        assert_eq!(yaml.date.map(|d| d.to_string()).as_deref(), Some("2019-08-30"));
        assert_eq!(yaml.tags, ["IfKakao", "go", "k8s"]);
        assert_eq!(yaml.span.end, 86);
        let (toml, _) = parse("+++\ntitle = \"A day\"\ndate = 2023-05-08T10:00:00Z\ncategories = [\"conf\"]\n+++\nbody");
        assert_eq!((toml.title.as_deref(), toml.date.map(|d| d.to_string())), (Some("A day"), Some("2023-05-08".into())));
        assert_eq!(parse("# Title\n---\n").0.span.end, 0);
        assert_eq!(parse("---\n\nA rule above a text.\n\n---\n").0.span.end, 0);
    }

    #[test]
    fn no_opening_line_and_broken_yaml() {
        let (bare, _) = parse("title: DEVIEW 2017 후기\ndate: 2017-10-18\n---\n본문");
        assert_eq!(bare.title.as_deref(), Some("DEVIEW 2017 후기"));
        let (lenient, why) = parse("---\ntitle: [오픈소스] 세션: 후기\ndate: 2017-10-18\ntags:\n  - 'a'\n---\n");
        assert!(why.is_some());
        assert_eq!(lenient.title.as_deref(), Some("[오픈소스] 세션: 후기"));
        assert_eq!(lenient.tags, ["a"]);
        assert_eq!(parse("Note: this is prose.\nIt goes on.\n---\n").0.span.end, 0);
    }
}
