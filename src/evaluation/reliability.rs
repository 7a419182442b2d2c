//! Whether confidences mean what they say: of mentions at 0.8, about 80 % should be right.
//!
//! In: scored reports. Out: a row for each range of confidences, and the expected calibration error (Naeini, Cooper and
//! Hauskrecht 2015): the mean distance between what is said and what is so, weighed by mentions.

use super::score::{Scored, Verdict, share};

/// The mentions of a range of confidences.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Row {
    /// Mentions.
    pub count: usize,
    /// Of these, the right ones.
    pub right: usize,
    /// Sum of their confidences.
    sum: f64,
}

impl Row {
    /// Mean confidence; nothing of no mentions.
    pub fn said(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(u32::try_from(self.count).unwrap_or(u32::MAX)))
    }

    /// The share that is right.
    pub fn so(&self) -> Option<f64> {
        share(self.right, self.count)
    }
}

/// Rows by confidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reliability {
    rows: [Row; Self::BOUNDS.len()],
}

impl Reliability {
    /// Where each row starts.
    pub const BOUNDS: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.98];

    /// Adds a report's mentions.
    pub fn add(&mut self, scored: &Scored) {
        for (decision, verdict) in scored.decisions.iter().filter(|(d, v)| d.accepted && *v != Verdict::Open) {
            let confidence = decision.mention.confidence;
            let row = Self::BOUNDS.partition_point(|bound| *bound <= confidence).saturating_sub(1);
            self.rows[row].count += 1;
            self.rows[row].sum += confidence;
            self.rows[row].right += usize::from(matches!(verdict, Verdict::Right(_)));
        }
    }

    /// Each row with where it starts.
    pub fn rows(&self) -> impl Iterator<Item = (f64, Row)> + '_ {
        Self::BOUNDS.into_iter().zip(self.rows)
    }

    /// The expected calibration error, 0 to 1.
    pub fn error(&self) -> Option<f64> {
        let all: usize = self.rows.iter().map(|r| r.count).sum();
        let apart = |r: &Row| Some((r.said()? - r.so()?).abs() * share(r.count, all)?);
        (all > 0).then(|| self.rows.iter().filter_map(apart).sum())
    }
}
