//! Answers that a reader may already hold.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use jiff::{Timestamp, fmt::rfc2822};

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
    /// When it was last modified, a whole second, where that tells one version from another.
    pub(super) modified: Option<Timestamp>,
}

impl Document<'_> {
    /// Whether the reader holds it already (RFC 9110, sections 13.1.2 and 13.1.3): by its tag, or
    /// by its time where they name no tag.
    pub(super) fn is_held(&self, headers: &HeaderMap) -> bool {
        if !headers.contains_key(IF_NONE_MATCH) {
            let since = headers.get(IF_MODIFIED_SINCE);
            let since = since.and_then(|v| rfc2822::parse(v.to_str().ok()?).ok());
            let since = since.map(|zoned| zoned.timestamp());
            return since.zip(self.modified).is_some_and(|(s, m)| m <= s);
        }
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

    fn headers(&self) -> AppendHeaders<Vec<(HeaderName, String)>> {
        let printer = rfc2822::DateTimePrinter::new();
        let modified = self.modified.as_ref();
        let modified = modified.and_then(|at| printer.timestamp_to_rfc9110_string(at).ok());
        let mut headers = vec![
            (ETAG, format!("\"{}\"", self.tag)),
            (CACHE_CONTROL, self.cache.to_owned()),
        ];
        headers.extend(modified.map(|at| (LAST_MODIFIED, at)));
        AppendHeaders(headers)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
    use axum::http::{HeaderMap, HeaderValue};

    use super::Document;

    #[test]
    fn tags_are_compared_weakly_and_whole() {
        let document = Document {
            content_type: "text/plain",
            cache: "no-cache",
            tag: "sha384-a+b/c=",
            modified: None,
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

    #[test]
    fn a_time_counts_where_no_tag_is_named() {
        let document = Document {
            content_type: "text/plain",
            cache: "no-cache",
            tag: "a",
            modified: Some("2026-03-01T09:30:00Z".parse().expect("a time")),
        };
        let printed = document.full("").headers()[LAST_MODIFIED].clone();
        assert_eq!(printed, "Sun, 01 Mar 2026 09:30:00 GMT");
        for (since, is_held) in [
            ("Sun, 01 Mar 2026 09:30:00 GMT", true),
            ("Sun, 01 Mar 2026 09:30:01 GMT", true),
            ("Sun, 01 Mar 2026 09:29:59 GMT", false),
            ("2026-03-01T09:30:00Z", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(IF_MODIFIED_SINCE, HeaderValue::from_static(since));
            assert_eq!(document.is_held(&headers), is_held, "{since}");
            headers.append(IF_NONE_MATCH, HeaderValue::from_static("\"b\""));
            assert!(!document.is_held(&headers), "{since} with another tag");
        }
        let undated = Document {
            modified: None,
            ..document
        };
        let mut headers = HeaderMap::new();
        let since = HeaderValue::from_static("Sun, 01 Mar 2026 09:30:00 GMT");
        headers.append(IF_MODIFIED_SINCE, since);
        assert!(!undated.is_held(&headers));
    }
}
