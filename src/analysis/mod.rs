//! What the graph says as a whole: measures that pictures, dashboards and questions share.
//!
//! [`together`] counts which technologies are named side by side, [`communities`] finds who keeps company with whom. In: the
//! graph. Out: plain values; nothing here draws.

pub mod communities;
pub mod together;
