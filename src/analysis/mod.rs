//! What the graph says as a whole: measures that pictures, dashboards and questions share.
//!
//! [`together`] counts which technologies are named side by side, [`communities`] finds what belongs together, [`usage`] who
//! talks about what, [`history`] and [`trend`] when, [`adoption`] what a technology radar makes of both. In: the graph. Out:
//! plain values; nothing here draws.

pub mod adoption;
pub mod communities;
pub mod history;
pub mod together;
pub mod trend;
pub mod usage;
