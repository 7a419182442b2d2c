//! What the server refuses, and to whom: questions that are none, other sites, and those who take too much.

mod server;

use server::{KAFKA, Process, ask, folder, get, samples, send};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use techgraph::detect;
use techgraph::gazetteer::Gazetteer;
use techgraph::serve::live::{Live, Snapshot};
use techgraph::serve::source::Source;
use techgraph::serve::{Limits, Server};
use tokio::sync::watch;

/// A server in this process, with limits of its own.
fn within(limits: Limits) -> (SocketAddr, watch::Sender<bool>, std::thread::JoinHandle<()>) {
    let gazetteer = Gazetteer::shipped().expect("the gazetteer is built in");
    let mut source = Source::of(vec![samples()]);
    let graph = source.refresh(&gazetteer, &detect::Options::default()).expect("the samples can be read").value.expect("they are new");
    let live = Live::new(Snapshot::new(graph, &gazetteer).expect("the graph can be written"));
    let server = Server::bind("127.0.0.1:0".parse().expect("an address"), Vec::new(), limits).expect("there is a free port");
    let address = server.address().expect("it listens");
    let (stop, stopped) = watch::channel(false);
    let running = std::thread::spawn(move || server.run(live, Arc::new(gazetteer), stopped).expect("it runs"));
    (address, stop, running)
}

#[test]
fn what_cannot_be_answered_is_said_in_a_sentence() {
    let place = folder(&[("kafka.md", KAFKA)]);
    let server = Process::serve(&["."], place.path());
    for (path, status, said) in [
        ("/api/talks?limit=0", 400, "limit: give 1 to 1000"),
        ("/api/talks?limit=-1", 400, "limit: invalid digit"),
        ("/api/talks?since=May", 400, "since: give a day, a month or a year"),
        ("/api/talks?kind=rumour", 400, "kind[0]: unknown variant `rumour`, expected one of `company`"),
        ("/api/search", 400, "missing field `q`"),
        ("/api/talks?since=2019-02-30", 400, "since: give a day"),
        ("/api/talks?company=Kakoa", 404, "no company of this graph is called `Kakoa`; did you mean Kakao?"),
        ("/api/entities/nothing-of-the-kind", 404, "no node of this graph is called `nothing-of-the-kind`"),
        ("/api/nothing", 404, "there is nothing here"),
        ("/../../etc/passwd", 404, "there is nothing here"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, "there is nothing here"),
        ("/kafka.md", 404, "there is nothing here"),
        ("/api/entities/..%2F..%2Fetc%2Fpasswd", 404, "no node of this graph is called"),
    ] {
        let answer = get(server.address, path);
        let error = answer.json()["error"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == status && error.starts_with(said), "{path}: {} {error}", answer.status);
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let request = format!("{method} /api/talks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert_eq!(send(server.address, &request).map(|answer| answer.status), Some(405), "{method}");
    }
    let body = "GET /api/talks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody";
    assert_eq!(send(server.address, body).map(|answer| answer.status), Some(413));
    let foreign = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(send(server.address, foreign).map(|answer| answer.status), Some(421));
    assert_eq!(ask(server.address, "/api/graph", "Origin: http://evil.example\r\n").status, 403);
    assert!(!get(server.address, "/api/graph").headers.keys().any(|name| name.starts_with("access-control")));
}

#[test]
fn two_hundred_at_a_time_are_answered() {
    let (address, stop, running) = within(Limits::default());
    let clients: Vec<_> = (0..200)
        .map(|client| {
            let path = ["/api/graph", "/api/talks?company=kakao", "/", "/api/search?q=k8s"][client % 4];
            std::thread::spawn(move || get(address, path).status)
        })
        .collect();
    let answered: Vec<u16> = clients.into_iter().map(|client| client.join().expect("it is answered")).collect();
    assert!(answered.iter().all(|status| matches!(status, 200 | 404)), "{answered:?}");
    let _ = stop.send(true);
    running.join().expect("it stops");
}

#[test]
fn who_takes_too_much_is_cut_off() {
    let second = Duration::from_secs(1);
    let limits = Limits { connections: 20, listeners: 2, head: second, answer: 5 * second, head_bytes: 8 << 10, stop: second };
    let (address, stop, running) = within(limits);
    // A head that never ends, a byte at a time; connections that say nothing; more of them than there is room for.
    let begun = Instant::now();
    let mut slow = TcpStream::connect(address).expect("it listens");
    slow.write_all(b"GET / HTTP/1.1\r\nHost: local").expect("it takes bytes");
    let idle: Vec<TcpStream> = (0..60).map(|_| TcpStream::connect(address).expect("the system takes connections")).collect();
    slow.set_read_timeout(Some(10 * second)).expect("a time can be set");
    assert!(matches!(slow.read_to_end(&mut Vec::new()), Ok(_) | Err(_)) && begun.elapsed() < 5 * second, "a slow head is waited for");
    // Whoever comes after them is answered once they are gone, and they are gone soon.
    assert_eq!(get(address, "/healthz").status, 200);
    assert!(begun.elapsed() < 10 * second, "{:?}", begun.elapsed());
    drop(idle);
    let long = format!("/api/search?q={}", "a".repeat(20_000));
    let refused = send(address, &format!("GET {long} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    assert!(refused.is_none_or(|answer| matches!(answer.status, 414 | 431)));
    let many: String = (0..100).map(|n| format!("X-{n}: y\r\n")).collect();
    let refused = send(address, &format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"));
    assert!(refused.is_none_or(|answer| answer.status == 431));
    // Only so many pages are told of changes.
    let listening: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut page = TcpStream::connect(address).expect("it listens");
            page.write_all(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it takes bytes");
            let mut first = [0; 12];
            page.read_exact(&mut first).expect("it answers");
            assert_eq!(&first, b"HTTP/1.1 200");
            page
        })
        .collect();
    assert_eq!(get(address, "/api/events").status, 503);
    // One that is on its way holds nobody up for long.
    let begun = Instant::now();
    let _ = stop.send(true);
    running.join().expect("it stops");
    assert!(begun.elapsed() < 5 * second, "{:?}", begun.elapsed());
    assert!(TcpStream::connect(address).is_err(), "it listens still");
    listening.into_iter().for_each(|page| drop(page.shutdown(Shutdown::Both)));
}

#[test]
fn thousands_that_say_nothing_hold_nobody_up() {
    let second = Duration::from_secs(1);
    let (address, stop, running) = within(Limits { head: second, stop: second, ..Limits::default() });
    // As many as this process may open, while the server may open those that it serves.
    let idle: Vec<TcpStream> = (0..3_000).map_while(|_| TcpStream::connect(address).ok()).collect();
    assert!(idle.len() > 200, "only {} connections could be opened", idle.len());
    let begun = Instant::now();
    drop(idle.iter().take(100).map(|stream| stream.shutdown(Shutdown::Both)).collect::<Vec<_>>());
    assert_eq!(get(address, "/healthz").status, 200);
    assert!(begun.elapsed() < 20 * second, "{} that say nothing held up one for {:?}", idle.len(), begun.elapsed());
    let _ = stop.send(true);
    running.join().expect("it stops");
}

#[test]
fn who_does_not_take_answers_is_cut_off() {
    let second = Duration::from_secs(1);
    let (address, stop, running) = within(Limits { answer: second, stop: second, ..Limits::default() });
    let one = get(address, "/api/graph").body.len();
    let mut asks = TcpStream::connect(address).expect("it listens");
    let wanted = 400;
    let requests = "GET /api/graph HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(wanted);
    asks.write_all(requests.as_bytes()).expect("it takes bytes");
    std::thread::sleep(3 * second);
    // What the system has taken for the client is there; the rest was not waited for.
    let mut taken = Vec::new();
    asks.set_read_timeout(Some(10 * second)).expect("a time can be set");
    let _ = asks.read_to_end(&mut taken);
    assert!(taken.len() < wanted * one, "all of {wanted} answers were kept for a client that did not take them");
    assert_eq!(get(address, "/healthz").status, 200);
    let _ = stop.send(true);
    running.join().expect("it stops");
}

#[test]
fn a_long_question_is_no_long_work() {
    let (address, stop, running) = within(Limits::default());
    let long = "a".repeat(12_000);
    let begun = Instant::now();
    for (path, status) in [("/api/search?q=", 200), ("/api/entities/", 404), ("/api/cooccurrence?with=", 404), ("/api/talks?company=", 404)]
    {
        for _ in 0..10 {
            assert_eq!(get(address, &format!("{path}{long}")).status, status, "{path}");
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "forty questions took {:?}", begun.elapsed());
    let _ = stop.send(true);
    running.join().expect("it stops");
}
