//! What must never happen, tried: docs/RELIABILITY.md lists every fault with the test that provokes it.

mod any_bytes;
#[cfg(unix)]
mod files;
mod golden;
mod hostile;
#[cfg(unix)]
mod interrupted;
mod linear;
mod supply;
