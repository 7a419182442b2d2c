//! `techgraph serve` as a process, for tests that ask it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// `techgraph serve`, until it is dropped.
pub(crate) struct Process {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Process {
    /// Starts it in a folder, at a free port of this machine.
    pub(crate) fn serve(args: &[&str], folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_techgraph"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(args)
            .current_dir(folder)
            .stderr(Stdio::piped())
            .spawn()
            .expect("techgraph runs");
        let mut said = BufReader::new(child.stderr.take().expect("it says something")).lines();
        let address = said
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("http://")?.1.split_once('/')?.0.parse().ok())
            .expect("it says where it listens");
        // What it says later is read, so that it can say it.
        std::thread::spawn(move || said.for_each(drop));
        Self { child, address }
    }

    /// Ends it as systems end services; the exit code.
    #[allow(dead_code, reason = "not every test stops it")]
    pub(crate) fn stop(mut self) -> Option<i32> {
        let done = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill runs");
        assert!(done.success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
