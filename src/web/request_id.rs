//! The id that ties a response, its log lines and a report by a client together.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// The header that carries the id, in requests and in responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const MAX_LENGTH: usize = 128;

/// Makes a fresh id, at random: at most 128 letters, digits and `-_.:`.
pub type NewId = Arc<dyn Fn() -> String + Send + Sync>;

/// The id of the request at hand, in the request's extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// Takes an id that is sane: 1 to 128 letters, digits and `-_.:`, so that it can be
    /// logged and sent back as it is. `None` for any other.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        let is_sane = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        if id.is_empty() || id.len() > MAX_LENGTH || !id.bytes().all(is_sane) {
            return None;
        }
        HeaderValue::from_str(id).ok().map(Self)
    }

    /// Takes a client's id where it is a UUID or 16 to 64 hexadecimal digits. It is kept in the
    /// audit log for good, from which nothing can be erased: whatever else could name a person.
    #[must_use]
    pub fn of_client(id: &str) -> Option<Self> {
        let is_hex = (16..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_hexdigit());
        let is_known = is_hex || uuid::Uuid::try_parse(id).is_ok();
        if is_known { Self::new(id) } else { None }
    }

    /// What stands where there is no id.
    pub(super) fn none() -> Self {
        Self(HeaderValue::from_static("unidentified"))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// Gives the request an id, the client's own where it can tell of nobody, and echoes it.
pub async fn attach(State(new_id): State<NewId>, mut request: Request, next: Next) -> Response {
    let sent = request.headers().get(HEADER);
    let sent = sent.and_then(|value| value.to_str().ok());
    let id = sent
        .and_then(RequestId::of_client)
        .or_else(|| RequestId::new(&new_id()))
        .unwrap_or_else(RequestId::none);
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(HEADER, id.0);
    response
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn only_sane_ids_are_taken() {
        for sane in ["a", "0191-ab_c.d:e", &"x".repeat(128)] {
            assert_eq!(
                RequestId::new(sane).as_ref().map(RequestId::as_str),
                Some(sane)
            );
        }
        for not in ["", "a b", "a\nb", "é", "\"", "<b>", &"x".repeat(129)] {
            assert_eq!(RequestId::new(not), None, "{not:?}");
        }
    }

    #[test]
    fn a_clients_id_cannot_name_a_person() {
        for good in [
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "0191f2a0-0000-7000-8000-000000000001",
        ] {
            assert!(RequestId::of_client(good).is_some(), "{good}");
        }
        for bad in ["", "abba", "Ada.Lovelace", "erase-ada", &"0".repeat(65)] {
            assert_eq!(RequestId::of_client(bad), None, "{bad}");
        }
    }
}
