//! How good the decisions are, and what each piece of evidence should weigh: labelled reports in, figures and weights out.
//!
//! [`gold`] reads reports with their labels, [`score`] holds the decisions against them, [`reliability`] asks whether a
//! confidence of 0.8 is right in 80 % of cases, [`tune`] estimates the weights of the features from the same labels.

pub mod gold;
pub mod reliability;
pub mod score;
pub mod tune;
