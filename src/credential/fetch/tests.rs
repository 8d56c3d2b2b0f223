//! The client against servers that wish it ill.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::credential::verify::{Materials, Needs, Source};

/// A client that may reach the test's own server; only tests can make one.
fn free() -> Fetcher {
    let rules = Rules {
        https_only: false,
        allows: |_| true,
    };
    Fetcher::with(rules).unwrap()
}

/// A server that gives every request this answer, and its address.
async fn serve(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/x", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0_u8; 4096];
                let read = stream.read(&mut request).await.unwrap_or_default();
                let told = String::from_utf8_lossy(&request[..read]).to_lowercase();
                assert!(
                    told.contains("user-agent: attestry/") && !told.contains("accept-encoding")
                );
                // The client may have gone away before the end.
                if stream.write_all(&answer).await.is_ok() {
                    stream.shutdown().await.unwrap_or_default();
                }
            });
        }
    });
    url
}

async fn refusal(answer: &[u8]) -> String {
    let url = serve(answer.to_vec()).await;
    free().get(&url).await.unwrap_err().to_string()
}

#[tokio::test]
async fn an_answer_is_read_whole() {
    let url = serve(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello".to_vec()).await;
    assert_eq!(free().get(&url).await.unwrap(), b"hello");
}

#[tokio::test]
async fn what_is_no_plain_answer_is_refused() {
    let redirect = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\n\r\n";
    assert!(
        refusal(redirect)
            .await
            .contains("redirects are not followed")
    );
    assert!(
        refusal(b"HTTP/1.1 404 Not Found\r\n\r\n")
            .await
            .contains("404")
    );
    let encoded = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx";
    assert!(refusal(encoded).await.contains("encoded"));
    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\nx";
    assert!(refusal(announced).await.contains("longer than"));
    let mut streamed = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    streamed.resize(MAX_ANSWER + 4096, b'x');
    assert!(refusal(&streamed).await.contains("longer than"));
    let short = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx";
    assert!(refusal(short).await.contains("cannot be fetched"));
}

#[tokio::test]
async fn only_public_https_addresses_are_reached() {
    let fetcher = Fetcher::new().unwrap();
    for (url, why) in [
        ("http://skills.example/", "only https"),
        ("file:///etc/passwd", "only https"),
        ("https://a:b@skills.example/", "user name"),
        ("https://127.0.0.1/", "only public"),
        ("https://2130706433/", "only public"),
        ("https://0x7f.1/", "only public"),
        ("https://[::1]/", "only public"),
        ("https://[::ffff:10.0.0.1]/", "only public"),
        ("https://169.254.169.254/latest/meta-data", "only public"),
        ("nonsense", "no URL"),
    ] {
        let error = fetcher.get(url).await.unwrap_err();
        assert!(matches!(error, FetchError::NotAllowed(_)), "{url}: {error}");
        assert!(error.to_string().contains(why), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let fetcher = Fetcher::new().unwrap();
    let error = fetcher
        .get(&format!("https://localhost:{port}/"))
        .await
        .unwrap_err();
    assert_eq!(error, FetchError::Unreachable(NOT_PUBLIC.to_owned()));
    let reached = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
    assert!(reached.is_err(), "a connection was made");
}

#[tokio::test]
async fn what_cannot_be_had_is_told_with_its_reason() {
    let found = serve(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec()).await;
    let gone = serve(b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
    let needs = Needs {
        issuers: vec![Source {
            id: "did:web:skills.example".to_owned(),
            url: Some(found.clone()),
        }],
        status_lists: vec![gone.clone(), found.clone()],
        frameworks: vec![found],
        ..Needs::default()
    };
    let mut materials = Materials::new();
    bring(&free(), &needs, &mut materials).await;
    let lacking = materials.lacking(&needs);
    assert_eq!(
        lacking.issuers, needs.issuers,
        "an answer that is no document was used"
    );
    assert_eq!(lacking.status_lists, needs.status_lists);
    assert!(lacking.frameworks.is_empty());
    assert!(materials.why_absent(&gone).contains("410"));
    assert!(
        materials
            .why_absent("did:web:skills.example")
            .contains("no id")
    );

    let unknown = Needs {
        issuers: vec![Source {
            id: "did:example:1".to_owned(),
            url: None,
        }],
        ..Needs::default()
    };
    bring(&free(), &unknown, &mut materials).await;
    assert!(
        materials
            .why_absent("did:example:1")
            .contains("only did:key, did:jwk, did:web")
    );
}
