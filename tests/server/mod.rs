//! `techgraph serve` as a process, and what asks it over a socket, in bytes.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

pub(crate) const KAFKA: &str = "# 모래톱 밋업 2021 후기\n\n2021-05-14\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nRabbitMQ에서 Kafka로 옮겼다.\n\n## 코드로 만든 인프라 - 유채린 (NAVER)\n\nTerraform으로 옮겼다.\n";
pub(crate) const CILIUM: &str =
    "# 모래톱 밋업 2022 후기\n\n2022-06-17\n\n## 쿠버네티스 네 해 - 하늘빛 (LINE)\n\nKubernetes와 Cilium을 쓴다.\n";

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes; none where the connection ends without an answer.
pub(crate) fn send(address: SocketAddr, request: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time can be set");
    stream.write_all(request.as_bytes()).expect("the server takes requests");
    let mut answer = Vec::new();
    // The server may break off while a request is being sent that is too long for it.
    let _ = stream.read_to_end(&mut answer);
    let head = answer.windows(4).position(|at| at == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&answer[..head]).into_owned();
    let mut lines = text.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: BTreeMap<String, String> =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let body = &answer[head + 4..];
    let body = if headers.get("transfer-encoding").is_some_and(|how| how == "chunked") { chunks(body) } else { body.to_vec() };
    Some(Answer { status, headers, body })
}

/// A body that was sent in pieces.
fn chunks(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|at| at == b"\r\n") {
        let length = usize::from_str_radix(&String::from_utf8_lossy(&body[..end]), 16).expect("a length stands before a piece");
        let piece = &body[end + 2..];
        whole.extend_from_slice(&piece[..length]);
        body = piece.get(length + 2..).unwrap_or_default();
    }
    whole
}

/// Asks for a path with more headers, each ended by `\r\n`.
pub(crate) fn ask(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    send(address, &request).unwrap_or_else(|| panic!("{path} is not answered"))
}

pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    ask(address, path, "")
}

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

pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")
}

pub(crate) fn folder(reports: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    reports.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).expect("a report can be written"));
    folder
}
