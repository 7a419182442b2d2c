//! Positions for pictures, repeatable to the last digit that is written.
//!
//! [`columns`] stacks nodes in columns with few crossings; [`text`] measures labels.

pub mod columns;
pub mod text;
