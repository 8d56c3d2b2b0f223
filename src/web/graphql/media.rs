//! Media types: what a request brings, and what it wants back.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};

use super::Failure;
use crate::web::media_type::{MediaType, split};

/// The media type of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: for clients that do not look at the status.
    Json,
    /// `application/graphql-response+json`: the status says how it went.
    GraphqlResponse,
}

impl Media {
    /// The `Content-Type` of a response.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// Chooses by the `Accept` headers: the range of the greatest weight, the first one
    /// among equals; `application/json` where there is no header.
    /// RFC 9110, section 12.5.1.
    pub(super) fn negotiate(headers: &HeaderMap) -> Result<Self, Failure> {
        let mut best: Option<(Self, f32)> = None;
        let mut is_silent = true;
        for value in headers.get_all(ACCEPT) {
            for range in split(value.to_str().unwrap_or("?"), ',') {
                is_silent = false;
                if let Some((media, weight)) = Self::wanted(range)
                    && weight > best.map_or(0.0, |(_, weight)| weight)
                {
                    best = Some((media, weight));
                }
            }
        }
        match best {
            Some((media, _)) => Ok(media),
            None if is_silent => Ok(Self::Json),
            None => Err(Failure::not_acceptable()),
        }
    }

    fn wanted(range: &str) -> Option<(Self, f32)> {
        let range = MediaType::parse(range);
        let media = match range.essence.as_str() {
            "application/graphql-response+json" => Self::GraphqlResponse,
            "application/json" | "application/*" | "*/*" => Self::Json,
            _ => return None,
        };
        let weight = match range.parameter("q") {
            Some(weight) => weight.parse().ok()?,
            None => 1.0,
        };
        range.is_utf8().then_some((media, weight))
    }
}

/// The body says that it is `application/json` in UTF-8.
pub(in crate::web) fn require_json(headers: &HeaderMap) -> Result<(), Failure> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(Failure::unsupported_media_type());
    };
    let media_type = MediaType::parse(value.to_str().unwrap_or_default());
    if media_type.essence == "application/json" && media_type.is_utf8() {
        Ok(())
    } else {
        Err(Failure::unsupported_media_type())
    }
}

/// The announced length of the body.
pub(super) fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Media, require_json};

    fn headers(name: &'static str, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(
                name,
                HeaderValue::from_str(value).expect("a header's value"),
            );
        }
        headers
    }

    #[test]
    fn accept_is_negotiated() {
        use Media::{GraphqlResponse, Json};
        for (accept, media) in [
            (&[][..], Some(Json)),
            (&[""], Some(Json)),
            (&["*/*"], Some(Json)),
            (&["application/*"], Some(Json)),
            (&["application/json"], Some(Json)),
            (&["Application/JSON; charset=UTF-8"], Some(Json)),
            (
                &["application/graphql-response+json"],
                Some(GraphqlResponse),
            ),
            (
                &["application/graphql-response+json; charset=utf-8"],
                Some(GraphqlResponse),
            ),
            (
                &["application/graphql-response+json, application/json;q=0.9"],
                Some(GraphqlResponse),
            ),
            (
                &["application/json;q=0.9, application/graphql-response+json"],
                Some(GraphqlResponse),
            ),
            (
                &["application/json, application/graphql-response+json"],
                Some(Json),
            ),
            (
                &["text/html", "application/graphql-response+json"],
                Some(GraphqlResponse),
            ),
            (&["text/html,application/xhtml+xml,*/*;q=0.8"], Some(Json)),
            (&["application/graphql-response+json;q=0, */*"], Some(Json)),
            (&["application/json;q=0"], None),
            (&["application/json;q=x"], None),
            (&["application/json; charset=utf-16"], None),
            (&["text/html"], None),
            (&["application/xml, image/png"], None),
        ] {
            assert_eq!(
                Media::negotiate(&headers("accept", accept)).ok(),
                media,
                "{accept:?}"
            );
        }
    }

    #[test]
    fn only_json_in_utf8_is_taken() {
        for good in [
            "application/json",
            "application/json;charset=utf-8",
            "APPLICATION/JSON ; Charset=\"UTF-8\"",
        ] {
            assert!(
                require_json(&headers("content-type", &[good])).is_ok(),
                "{good}"
            );
        }
        for bad in [
            &[][..],
            &[""],
            &["text/plain"],
            &["text/plain;application/json"],
            &["application/x-www-form-urlencoded"],
            &["multipart/form-data; boundary=x"],
            &["application/json; charset=utf-16"],
            &["application/graphql"],
            &["application/json, text/plain"],
            &["application/json", "text/plain"],
        ] {
            assert!(
                require_json(&headers("content-type", bad)).is_err(),
                "{bad:?}"
            );
        }
    }
}
