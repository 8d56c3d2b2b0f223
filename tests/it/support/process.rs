//! The built binary as a process of its own, and HTTP/1.1 with it.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::Api;

/// `attestry serve`, running. Killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// The bootstrap token, when it printed one.
    pub(crate) bootstrap: Option<String>,
}

impl Server {
    /// Starts the binary on `data_dir`, and waits until it serves.
    pub(crate) fn start(data_dir: &Path) -> Self {
        Self::start_at(data_dir, free_address())
    }

    /// Starts it at an address, which the records it issues name.
    pub(crate) fn start_at(data_dir: &Path, address: SocketAddr) -> Self {
        Self::spawn(
            Command::new(env!("CARGO_BIN_EXE_attestry")),
            data_dir,
            address,
        )
    }

    /// Starts it through `command`, to which the binary's arguments are added.
    pub(crate) fn spawn(mut command: Command, data_dir: &Path, address: SocketAddr) -> Self {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(data_dir.with_extension("log"))
            .expect("the log can be written");
        let child = command
            .arg("serve")
            .arg("--data-dir")
            .arg(data_dir)
            .args(["--listen", &address.to_string(), "--log", "debug"])
            .env_remove("ATTESTRY_DATABASE_URL")
            .env_remove("ATTESTRY_MASTER_KEY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the binary starts");
        let mut server = Self {
            child,
            address,
            bootstrap: None,
        };
        let stdout = server.child.stdout.take().expect("it is piped");
        for line in BufReader::new(stdout).lines() {
            let line = line.expect("it prints text");
            if line.starts_with("attestry_") {
                server.bootstrap = Some(line);
            } else if line.starts_with("Serving ") {
                return server;
            }
        }
        let log = std::fs::read_to_string(data_dir.with_extension("log")).unwrap_or_default();
        panic!("it ended before it served:\n{log}");
    }

    /// A client of it.
    pub(crate) fn api(&self) -> Api {
        Api::At(self.address)
    }

    /// Ends it at once, as kill -9 does, and waits until it is gone.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is our child");
    }

    /// Asks it to stop, as a service manager does.
    pub(crate) fn terminate(&self) {
        self.signal("-TERM");
    }

    /// Lets it do nothing more, so that its files stay as they are.
    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status();
        assert!(sent.expect("kill is at hand").success());
    }

    /// A path as the server sees it, which may have file systems of its own.
    pub(crate) fn seen(&self, path: &Path) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.child.id()));
        root.join(path.strip_prefix("/").expect("it is absolute"))
    }

    /// Waits until it has ended by itself.
    pub(crate) fn wait(mut self, patience: Duration) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                return status;
            }
            assert!(start.elapsed() < patience, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when it has ended already.
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            eprintln!("the server {} was not waited for", self.child.id());
        }
    }
}

/// An address of this machine where nothing listens.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound")
}

/// The head of a request to `/graphql` with a body of `length` bytes.
pub(crate) fn head(token: Option<&str>, length: usize) -> String {
    head_of("/graphql", token, length)
}

/// The head of a request to `path` with a body of `length` bytes.
fn head_of(path: &str, token: Option<&str>, length: usize) -> String {
    let authorization = token.map_or(String::new(), |t| format!("authorization: Bearer {t}\r\n"));
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         accept: application/graphql-response+json\r\nconnection: close\r\n\
         {authorization}content-length: {length}\r\n\r\n"
    )
}

/// Posts a body to `path` over a connection of its own.
pub(crate) async fn post(
    address: SocketAddr,
    path: &str,
    token: Option<&str>,
    body: &[u8],
) -> std::io::Result<(StatusCode, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).await?;
    let head = head_of(path, token, body.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    response(&mut stream).await
}

/// Reads a response, whole: its length must be told, and be true.
pub(crate) async fn response(stream: &mut TcpStream) -> std::io::Result<(StatusCode, Vec<u8>)> {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let broken = || std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "a broken response");
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n");
    let end = end.ok_or_else(broken)?;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let body = answer[end + 4..].to_vec();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok());
    if length != Some(body.len()) {
        return Err(broken());
    }
    let status = head.split(' ').nth(1).and_then(|s| s.parse::<u16>().ok());
    let status = status.and_then(|s| StatusCode::from_u16(s).ok());
    Ok((status.ok_or_else(broken)?, body))
}
