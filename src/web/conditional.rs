//! Answers that a reader may already hold.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use super::media_type::split;

/// A document with its version: what it is, how long it may be kept, and its entity tag
/// without the quotes.
pub(super) struct Document<'d> {
    /// Its media type.
    pub(super) content_type: &'static str,
    /// What `Cache-Control` says.
    pub(super) cache: &'d str,
    /// Visible ASCII without quotes, other for other bytes.
    pub(super) tag: &'d str,
}

impl Document<'_> {
    /// Whether the reader holds it already (RFC 9110, section 13.1.2).
    pub(super) fn is_held(&self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(IF_NONE_MATCH).into_iter();
        values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| split(value, ','))
            .any(|held| {
                let held = held.strip_prefix("W/").unwrap_or(held);
                let quoted = held.strip_prefix('"').and_then(|h| h.strip_suffix('"'));
                held == "*" || quoted == Some(self.tag)
            })
    }

    /// 304, without the bytes that the reader holds.
    pub(super) fn not_modified(&self) -> Response {
        (StatusCode::NOT_MODIFIED, self.headers(), ()).into_response()
    }

    /// 200, with the bytes.
    pub(super) fn full(&self, bytes: impl Into<Body>) -> Response {
        let content_type = [(CONTENT_TYPE, self.content_type)];
        (content_type, self.headers(), bytes.into()).into_response()
    }

    fn headers(&self) -> [(HeaderName, String); 2] {
        [
            (ETAG, format!("\"{}\"", self.tag)),
            (CACHE_CONTROL, self.cache.to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header::IF_NONE_MATCH};

    use super::Document;

    #[test]
    fn tags_are_compared_weakly_and_whole() {
        let document = Document {
            content_type: "text/plain",
            cache: "no-cache",
            tag: "sha384-a+b/c=",
        };
        for (sent, is_held) in [
            ("\"sha384-a+b/c=\"", true),
            ("W/\"sha384-a+b/c=\"", true),
            ("\"x\", \"sha384-a+b/c=\"", true),
            ("*", true),
            ("sha384-a+b/c=", false),
            ("\"sha384-a+b/c\"", false),
            ("\"x\"", false),
            ("\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(IF_NONE_MATCH, HeaderValue::from_static(sent));
            assert_eq!(document.is_held(&headers), is_held, "{sent}");
        }
        assert!(!document.is_held(&HeaderMap::new()));
    }
}
