//! Positions for pictures, repeatable to the last digit that is written.
//!
//! [`columns`] stacks nodes in columns with few crossings, [`force`] spreads them over a plane; [`text`] measures labels.

pub mod apart;
pub mod columns;
pub mod force;
mod quadtree;
pub mod text;
