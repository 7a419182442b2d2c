//! What must never happen, tried: docs/RELIABILITY.md lists every fault with the test that provokes it.

use std::io::Write;

mod any_bytes;
#[cfg(unix)]
mod files;
mod golden;
mod hostile;
#[cfg(unix)]
mod interrupted;
mod linear;
mod supply;

/// Says something to whoever runs the tests, whether they fail or not.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
