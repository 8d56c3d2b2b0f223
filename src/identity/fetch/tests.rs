//! Against a server that counts, and answers what the test says.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::identity::oidc::{settings, token::tests::ed25519};

/// A made-up issuer on this machine.
struct Server {
    url: String,
    /// What it answers at its two places; null for 500.
    says: Arc<Mutex<(Value, Value)>>,
    /// How often its keys were asked for.
    asked: Arc<AtomicUsize>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let about = json!({"issuer": url, "jwks_uri": format!("{url}/jwks")});
        let server = Self {
            url,
            says: Arc::new(Mutex::new((about, json!({"keys": [ed25519().jwk("k1")]})))),
            asked: Arc::default(),
        };
        let (says, asked) = (Arc::clone(&server.says), Arc::clone(&server.asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0_u8; 4096];
                let read = stream.read(&mut request).await.unwrap_or_default();
                let wants_keys = request[..read].starts_with(b"GET /jwks ");
                asked.fetch_add(usize::from(wants_keys), Ordering::SeqCst);
                // Whoever comes at once comes while this one waits.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                let says = says.lock().unwrap().clone();
                let body = if wants_keys { says.1 } else { says.0 };
                let (status, body) = match body {
                    Value::Null => ("500 Oh", String::new()),
                    body => ("200 OK", body.to_string()),
                };
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
                stream
                    .write_all(answer.as_bytes())
                    .await
                    .unwrap_or_default();
            }
        });
        server
    }

    fn issuers(&self) -> Issuers {
        let table = format!(
            "issuer = '{}'\naudience = 'a'\nroles = {{ r = 'CURATOR' }}\nallow-insecure-http = true",
            self.url
        );
        Issuers::new(&settings::read(vec![toml::from_str(&table).unwrap()]).unwrap())
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

/// What comes of looking for a key.
async fn look(server: &Server, issuers: &Issuers, id: &str, second: i64) -> Result<(), Refusal> {
    let issuer = issuers.named(&server.url).unwrap();
    let keys = issuers.keys(issuer, id, at(second)).await?;
    assert!(keys.has(id));
    Ok(())
}

#[tokio::test]
async fn many_who_come_at_once_make_one_fetch() {
    let server = Server::start().await;
    let issuers = server.issuers();
    let all = (0..20).map(|_| look(&server, &issuers, "k1", 0));
    for outcome in futures_util::future::join_all(all).await {
        assert_eq!(outcome, Ok(()));
    }
    assert_eq!(server.asked(), 1);
    // And so do many who name a key that there is none of.
    let all = (0..20).map(|_| look(&server, &issuers, "k2", 31));
    for outcome in futures_util::future::join_all(all).await {
        assert_eq!(outcome, Err(Refusal::UnknownKey));
    }
    assert_eq!(server.asked(), 2);
}

#[tokio::test]
async fn new_keys_are_found_and_an_issuer_that_is_down_signs_nobody_out() {
    let server = Server::start().await;
    let issuers = server.issuers();
    assert_eq!(look(&server, &issuers, "k1", 0).await, Ok(()));
    server.says.lock().unwrap().1 = json!({"keys": [ed25519().jwk("k2")]});
    assert_eq!(
        look(&server, &issuers, "k2", 10).await,
        Err(Refusal::UnknownKey)
    );
    assert_eq!(look(&server, &issuers, "k2", 30).await, Ok(()));
    assert_eq!(
        look(&server, &issuers, "k1", 31).await,
        Err(Refusal::UnknownKey)
    );
    // Down: what is at hand is used for a day, and asked for again now and then.
    server.says.lock().unwrap().1 = Value::Null;
    for (second, asked) in [(700, 3), (710, 3), (740, 4), (86_000, 5)] {
        assert_eq!(
            look(&server, &issuers, "k2", second).await,
            Ok(()),
            "{second}"
        );
        assert_eq!(server.asked(), asked);
    }
    assert_eq!(
        look(&server, &issuers, "k2", 90_000).await,
        Err(Refusal::NoKeys)
    );
}

#[tokio::test]
async fn a_client_that_hangs_up_costs_the_others_nothing() {
    let server = Server::start().await;
    let issuers = server.issuers();
    let impatient = look(&server, &issuers, "k1", 0);
    let gone = tokio::time::timeout(std::time::Duration::from_millis(5), impatient).await;
    assert!(gone.is_err());
    assert_eq!(look(&server, &issuers, "k1", 1).await, Ok(()));
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn what_is_no_document_of_the_issuer_is_not_followed() {
    let server = Server::start().await;
    let jwks = format!("{}/jwks", server.url);
    for about in [
        json!({"issuer": format!("{}/", server.url), "jwks_uri": jwks}),
        json!({"issuer": "https://login.example", "jwks_uri": jwks}),
        json!({"jwks_uri": jwks}),
        json!({"issuer": server.url}),
        json!([]),
        Value::Null,
    ] {
        server.says.lock().unwrap().0 = about;
        let refused = look(&server, &server.issuers(), "k1", 0).await;
        assert_eq!(refused, Err(Refusal::NoKeys));
    }
    assert_eq!(server.asked(), 0);
    // Nor does an issuer on this machine lead away from it.
    let away = "http://192.0.2.1/jwks";
    server.says.lock().unwrap().0 = json!({"issuer": server.url, "jwks_uri": away});
    assert_eq!(
        look(&server, &server.issuers(), "k1", 0).await,
        Err(Refusal::NoKeys)
    );
}

#[tokio::test]
async fn only_issuers_that_are_named_are_asked() {
    let server = Server::start().await;
    let issuers = server.issuers();
    for other in ["", "https://login.example", &format!("{}/", server.url)] {
        assert!(issuers.named(other).is_none());
    }
    assert!(Issuers::default().is_empty());
}
