//! An issuer as a process of its own, and what its clients and its enemies do.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout},
};

use attestry::identity::oidc::{Issuer, settings};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{peers, support::process};

/// This service's name at the issuer.
pub(super) const AUDIENCE: &str = "https://skills.example";

/// A running issuer. Killed when it is dropped.
pub(super) struct Running {
    child: Child,
    asks: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    /// Its identifier.
    pub(super) url: String,
    _place: TempDir,
}

impl Running {
    /// Starts one that knows no client yet.
    pub(super) fn start(peers: &Path) -> Self {
        let (place, mut child) = peers::start(peers, "oidc_issuer.mjs");
        let asks = child.stdin.take().expect("it is piped");
        let answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let mut issuer = Self {
            child,
            asks,
            answers,
            url: String::new(),
            _place: place,
        };
        issuer.ask(&json!({"clients": {}}));
        issuer
    }

    fn ask(&mut self, settings: &Value) {
        writeln!(self.asks, "{settings}").expect("it reads");
        let answer = self.answers.next().expect("it answers").expect("text");
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        self.url = answer["issuer"].as_str().expect("a URL").to_owned();
    }

    /// A token of the client `id`, signed by `alg`, with these claims of its own, for `audience`.
    pub(super) async fn token_for(
        &mut self,
        audience: &str,
        id: &str,
        alg: &str,
        claims: Value,
    ) -> String {
        self.ask(&json!({"clients": {id: {"alg": alg, "claims": claims}}}));
        let credentials = STANDARD.encode(format!("{id}:{id}"));
        let form = format!("grant_type=client_credentials&resource={audience}");
        let request = format!(
            "POST /token HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {credentials}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\
             connection: close\r\n\r\n{form}",
            form.len()
        );
        let answer = self.send(&request).await;
        let token = answer["access_token"].as_str();
        token.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Its public keys.
    pub(super) async fn keys(&self) -> Value {
        let request = "GET /jwks HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        self.send(request).await
    }

    async fn send(&self, request: &str) -> Value {
        let address = self.url.strip_prefix("http://").expect("it is local");
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let sent = stream.write_all(request.as_bytes()).await;
        sent.expect("it reads");
        let (_, body) = process::response(&mut stream).await.expect("it answers");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// Lets other keys sign from now on.
    pub(super) fn rotate(&mut self) {
        self.ask(&json!({"clients": {}, "rotate": true}));
    }

    /// What stands in the `[[oidc]]` table that trusts it, with further lines.
    pub(super) fn text(&self, more: &str) -> String {
        format!(
            "issuer = '{}'\naudience = '{AUDIENCE}'\nallow-insecure-http = true\n\
             allow-unverified-email = true\n{more}\n\
             roles = {{ admin = 'PROVIDER_ADMIN', teacher = 'ASSESSOR', office = 'REGISTRAR', \
             student = 'LEARNER', librarian = 'CURATOR', root = 'PLATFORM_ADMIN' }}",
            self.url
        )
    }

    /// The table that trusts it, and takes in only members whose address it has verified.
    pub(super) fn strict_table(&self, more: &str) -> Issuer {
        Issuer {
            takes_unverified: false,
            ..self.table(more)
        }
    }

    /// The table that trusts it.
    pub(super) fn table(&self, more: &str) -> Issuer {
        let table = toml::from_str(&self.text(more)).expect("it is TOML");
        settings::read(vec![table]).expect("it is good").remove(0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail when it has ended already.
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            eprintln!("the issuer {} was not waited for", self.child.id());
        }
    }
}

/// The token with its algorithm changed to HS256, and signed with `secret`.
pub(super) fn confused(token: &str, secret: &[u8]) -> String {
    let (header, rest) = token.split_once('.').expect("three parts");
    let (claims, _) = rest.split_once('.').expect("three parts");
    let header = URL_SAFE_NO_PAD.decode(header).expect("base64url");
    let mut header: Value = serde_json::from_slice(&header).expect("JSON");
    header["alg"] = json!("HS256");
    let signed = format!("{}.{claims}", URL_SAFE_NO_PAD.encode(header.to_string()));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    let tag = ring::hmac::sign(&key, signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
}
