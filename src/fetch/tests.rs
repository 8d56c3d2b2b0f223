//! The client against servers that wish it ill.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// A client that may reach the test's own server.
fn near() -> Fetcher {
    Fetcher::loopback().unwrap()
}

/// A server that gives every request this answer, and its address.
pub(crate) async fn serve(answer: Vec<u8>) -> String {
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
    near().get(&url).await.unwrap_err().to_string()
}

#[tokio::test]
async fn an_answer_is_read_whole() {
    let url = serve(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello".to_vec()).await;
    assert_eq!(near().get(&url).await.unwrap(), b"hello");
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
async fn the_client_for_this_machine_goes_nowhere_else() {
    for (url, why) in [
        ("http://1.1.1.1/", "only addresses of this machine"),
        ("http://169.254.169.254/", "only addresses of this machine"),
        ("http://10.0.0.1/", "only addresses of this machine"),
        (
            "https://[2606:4700::1111]/",
            "only addresses of this machine",
        ),
        ("file:///etc/passwd", "only https"),
    ] {
        let error = near().get(url).await.unwrap_err();
        assert!(matches!(error, FetchError::NotAllowed(_)), "{url}: {error}");
        assert!(error.to_string().contains(why), "{url}: {error}");
    }
}
