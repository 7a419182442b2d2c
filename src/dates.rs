//! Dates as people write them: `2019.08.30 12:00:00`, `2019년 8월 30일`, `2019/08/30`, `Aug 30, 2019`, `2019-08-30-post.md`.
//!
//! The hard decision: a date must be whole. A year alone is an edition of an event, not a day, and is left to
//! [`crate::segment`]; a day without its year is one only where the year is known ([`find_in`]).

use crate::pattern::pattern;
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The first day that a text gives.
pub fn find(text: &str) -> Option<Date> {
    static YEAR_FIRST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|\D)(?P<y>(?:19|20)\d\d)\s?[.\-/_年년]\s*(?P<m>\d{1,2})\s?[.\-/_月월]\s*(?P<d>\d{1,2})(?:\D|$)"));
    static COMPACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\D)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:\D|$)"));
    static MONTH_FIRST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?P<name>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"));
    static DAY_FIRST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<name>[a-z]{3,9})\.?,?\s+(?P<y>(?:19|20)\d\d)\b"));
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let patterns = [&YEAR_FIRST, &MONTH_FIRST, &DAY_FIRST, &COMPACT];
    let found = patterns.into_iter().flat_map(|p| p.captures_iter(text).filter_map(|c| Some((c.get(0)?.start(), date(&c)?))));
    found.min_by_key(|(at, _)| *at).map(|(_, date)| date)
}

/// The first day that a text gives, with or without its year, in a year that is known: `8월 30일`, `on August 30`.
pub fn find_in(text: &str, year: i16) -> Option<Date> {
    static NATIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\D)(?P<m>\d{1,2})\s?[월月]\s*(?P<d>\d{1,2})\s?[일日]"));
    static MONTH_FIRST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?P<name>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\b"));
    static DAY_FIRST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<name>[a-z]{3,9})\b"));
    find(text).or_else(|| {
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let patterns = [&NATIVE, &MONTH_FIRST, &DAY_FIRST];
        let found = patterns.into_iter().flat_map(|p| p.captures_iter(text).filter_map(|c| Some((c.get(0)?.start(), day(&c, year)?))));
        found.min_by_key(|(at, _)| *at).map(|(_, date)| date)
    })
}

fn date(captures: &Captures) -> Option<Date> {
    day(captures, captures.name("y").and_then(|m| m.as_str().parse().ok())?)
}

fn day(captures: &Captures, year: i16) -> Option<Date> {
    let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<i8>().ok());
    let month = match captures.name("name") {
        Some(name) => month(name.as_str())?,
        None => number("m")?,
    };
    Date::new(year, month, number("d")?).ok()
}

fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let name = name.to_lowercase();
    let index = NAMES.iter().position(|full| full.starts_with(&name) || (name == "sept" && *full == "september"))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{find, find_in};

    #[test]
    fn dates_as_people_write_them() {
        for (text, wanted) in [
            ("2019.08.30 12:00:00", "2019-08-30"),
            ("일시 : 2019. 04. 05 (금)", "2019-04-05"),
            ("2019년 8월 30일에 다녀왔다", "2019-08-30"),
            ("2019/08/30", "2019-08-30"),
            ("2024-10-26T10:00:00+09:00", "2024-10-26"),
            ("2017-03-26-droidkaigi.md", "2017-03-26"),
            ("20190427_meetup", "2019-04-27"),
            ("2025年9月12日（金）", "2025-09-12"),
            ("on August 3rd, 2014 in Utah", "2014-08-03"),
            ("Sept. 14 2015", "2015-09-14"),
            ("the 5th of May 2023", "2023-05-05"),
        ] {
            assert_eq!(find(text).map(|d| d.to_string()).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_day_without_its_year_is_one_where_the_year_is_known() {
        for (text, wanted) in [
            ("8월 30일에 다녀왔다", Some("2019-08-30")),
            ("8月30日（金）", Some("2019-08-30")),
            ("held on August 30th and 31st", Some("2019-08-30")),
            ("from 30 August on", Some("2019-08-30")),
            ("2018년 8월 30일", Some("2018-08-30")),
            ("may 99 people", None),
            ("13월 40일", None),
        ] {
            assert_eq!(find_in(text, 2019).map(|d| d.to_string()).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["2019", "DEVIEW 2017", "version 1.2.3", "2019-13-45", "1234567890", "in May 2023", "Spring 10, 2019"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
