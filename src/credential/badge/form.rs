//! The forms that a credential has as text.

/// The text of a credential.
#[derive(Clone, Copy)]
pub(super) enum Form<'a> {
    /// A JSON object, without white space around it.
    Json(&'a str),
    /// A compact JWS (RFC 7515, section 7.1), without white space around it.
    Jws(&'a str),
}

impl<'a> Form<'a> {
    /// What form `text` has, by its outline: a JSON object begins with a brace, and a compact JWS
    /// is three parts in the alphabet of base64url.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let text = text.trim_ascii();
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if text.starts_with('{') {
            Some(Self::Json(text))
        } else if text.split('.').count() == 3
            && text.bytes().all(|byte| byte == b'.' || is_base64url(byte))
        {
            Some(Self::Jws(text))
        } else {
            None
        }
    }

    /// The text.
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Json(text) | Self::Jws(text) => text,
        }
    }
}
