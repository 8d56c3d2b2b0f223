//! What a browser without script does: opens addresses, and sends forms.

use attestry::{app::App, web::router::router};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use std::{net::SocketAddr, sync::Arc};
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tower::ServiceExt;
use url::form_urlencoded;

use crate::support::process;

/// A browser.
pub(crate) enum Browser {
    /// At an installation in this process.
    Here(Router),
    /// At another process.
    At(SocketAddr),
}

/// A page that it was shown.
pub(crate) struct Page {
    /// The HTTP status.
    pub(crate) status: u16,
    headers: HeaderMap,
    /// The body.
    pub(crate) text: String,
}

impl Page {
    /// A header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |v| v.to_str().expect("a header of ours is ASCII"))
    }

    /// Checks what every page about a person has.
    pub(crate) fn assert_private(&self) {
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("referrer-policy"), "no-referrer");
        let policy = self.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains("form-action 'self'"), "{policy}");
        assert!(!policy.contains("script-src"), "{policy}");
        assert!(self.header("set-cookie").is_empty());
        assert!(!self.text.contains("<script"));
    }
}

/// The body of a form.
pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

impl Browser {
    /// A browser at `app`.
    pub(crate) fn at(app: &Arc<App>) -> Self {
        Self::Here(router(app))
    }

    /// Opens an address.
    pub(crate) async fn open(&self, path: &str) -> Page {
        self.send("GET", path, &[], String::new()).await
    }

    /// Opens an address with a bearer token, as a program does.
    pub(crate) async fn fetch(&self, path: &str, token: &str) -> Page {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", &*bearer)];
        self.send("GET", path, &headers, String::new()).await
    }

    /// Sends a table with a bearer token, as a program does.
    pub(crate) async fn table(&self, path: &str, token: &str, rows: &str) -> Page {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "text/csv"), ("authorization", &*bearer)];
        self.send("POST", path, &headers, rows.to_owned()).await
    }

    /// Uploads a file with a bearer token, as a program does.
    pub(crate) async fn upload(&self, name: &str, token: &str, text: &str) -> Page {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "text/plain"), ("authorization", &*bearer)];
        let path = format!("/evidence?{}", encoded(&[("name", name)]));
        self.send("POST", &path, &headers, text.to_owned()).await
    }

    /// Sends a form.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, encoded(fields)).await
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: String) -> Page {
        let (status, headers, bytes) = match self {
            Self::Here(router) => {
                let mut request = Request::builder().method(method).uri(path);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let request = request.body(Body::from(body)).expect("it is well-formed");
                let Ok(response) = router.clone().oneshot(request).await;
                let (head, body) = response.into_parts();
                let bytes = to_bytes(body, usize::MAX).await.expect("it is in memory");
                (head.status, head.headers, bytes.to_vec())
            }
            Self::At(address) => {
                let mut head = format!(
                    "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                     content-length: {}\r\n",
                    body.len()
                );
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                let mut stream = TcpStream::connect(address).await.expect("it listens");
                let sent = format!("{head}\r\n{body}");
                stream.write_all(sent.as_bytes()).await.expect("it reads");
                let answer = process::response(&mut stream).await;
                let (status, bytes) = answer.expect("it answers");
                (status, HeaderMap::new(), bytes)
            }
        };
        Page {
            status: status.as_u16(),
            headers,
            text: String::from_utf8(bytes).expect("bodies are UTF-8"),
        }
    }
}
