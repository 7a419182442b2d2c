//! Being asked to stop: Ctrl-C, or what a system sends to services.

use std::thread;
use techgraph::export::beside;

/// Calls `act` once the process is asked to stop. A second time stops it at once.
pub(super) fn when_asked(act: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(asked());
        act();
        std::process::exit(runtime.block_on(asked()));
    });
    Ok(())
}

/// Ends the process once it is asked to stop, without leaving anything half done behind.
pub(super) fn at_once() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        let code = runtime.block_on(asked());
        beside::forget();
        std::process::exit(code);
    });
    Ok(())
}

/// Waits; the exit code that shells give who was stopped this way.
#[cfg(unix)]
async fn asked() -> i32 {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => 130,
            _ = terminate.recv() => 143,
        },
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
            130
        }
    }
}

#[cfg(not(unix))]
async fn asked() -> i32 {
    let _ = tokio::signal::ctrl_c().await;
    130
}
