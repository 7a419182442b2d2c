//! Many spans of one text, asked about at once: a report may have as many speakers as names, and each name asks for each.
//!
//! In: spans. Out: whether one of them overlaps, contains or is a given one, in the time of the logarithm of their number.

use crate::span::Span;

/// Spans by their start, with how far those up to each reach.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<(Span, usize)>);

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let reach = spans.into_iter().scan(0, |reach, span| {
            *reach = span.end.max(*reach);
            Some((span, *reach))
        });
        Self(reach.collect())
    }
}

impl Spans {
    /// Whether one overlaps the span.
    pub(super) fn overlap(&self, span: Span) -> bool {
        self.reach(|known| known.start < span.end).is_some_and(|end| span.start < end)
    }

    /// Whether the span lies within one.
    pub(super) fn contain(&self, span: Span) -> bool {
        self.reach(|known| known.start <= span.start).is_some_and(|end| span.end <= end)
    }

    /// Whether the span is one.
    pub(super) fn has(&self, span: Span) -> bool {
        self.0.binary_search_by(|(known, _)| known.cmp(&span)).is_ok()
    }

    /// How far those reach that start early enough.
    fn reach(&self, early: impl Fn(Span) -> bool) -> Option<usize> {
        let count = self.0.partition_point(|(known, _)| early(*known));
        count.checked_sub(1).map(|last| self.0[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;
    use crate::span::Span;

    #[test]
    fn the_answers_are_those_of_asking_each() {
        let list = [(3, 9), (0, 2), (4, 5), (12, 12), (14, 20), (14, 15)].map(|(start, end)| Span::new(start, end));
        let spans: Spans = list.into_iter().collect();
        for span in (0..22).flat_map(|start| (start..22).map(move |end| Span::new(start, end))) {
            assert_eq!(spans.overlap(span), list.iter().any(|known| known.overlaps(span)), "{span:?}");
            assert_eq!(spans.contain(span), list.iter().any(|known| known.contains(span)), "{span:?}");
            assert_eq!(spans.has(span), list.contains(&span), "{span:?}");
        }
        assert!(!Spans::default().overlap(Span::new(0, 1)));
    }
}
