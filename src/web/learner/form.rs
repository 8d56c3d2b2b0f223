//! What the forms of the learner's pages send: `application/x-www-form-urlencoded`, a few fields.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::page::Told;
use crate::web::body;
use crate::web::graphql::Settings;
use crate::web::media_type::MediaType;

/// The names of fields.
pub(super) mod field {
    /// The learner's key.
    pub(in super::super) const KEY: &str = "key";
    /// The id of what to do something to.
    pub(in super::super) const ID: &str = "id";
    /// Why the learner objects.
    pub(in super::super) const REASON: &str = "reason";
    /// That the learner means it.
    pub(in super::super) const CONFIRM: &str = "confirm";
}

/// A form that was sent. Of a field that comes more than once the first counts.
pub(super) struct Form {
    key: Zeroizing<String>,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads it.
    pub(super) async fn read(request: Request, settings: &Settings) -> Result<Self, Told> {
        let sent = request.headers().get(CONTENT_TYPE);
        let sent = sent.and_then(|value| value.to_str().ok());
        let essence = sent.map(|text| MediaType::parse(text).essence);
        if essence.as_deref() != Some("application/x-www-form-urlencoded") {
            return Err(Told::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "That could not be read",
                "This page takes what its own form sends. Use the form; programs use /graphql.",
            ));
        }
        let bytes = body::read(request.into_body(), settings).await;
        let bytes = bytes.map_err(|error| {
            Told::new(error.status(), "That could not be read", error.to_string())
        })?;
        Ok(Self::parse(&bytes))
    }

    fn parse(bytes: &[u8]) -> Self {
        let mut form = Self {
            key: Zeroizing::default(),
            fields: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(bytes) {
            if name == field::KEY {
                if form.key.is_empty() {
                    form.key = Zeroizing::new(value.trim().to_owned());
                }
            } else {
                form.fields.push((name.into_owned(), value.into_owned()));
            }
        }
        form
    }

    /// The learner's key, as they pasted it; empty where they did not.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// A field's text without spaces at its ends; empty where it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_and_the_first_counts() {
        let form = Form::parse(b"key=+a%2Bb%0A&reason=one+two&reason=three&id=%C3%A9&x");
        assert_eq!(form.key(), "a+b");
        assert_eq!(form.get(field::REASON), "one two");
        assert_eq!(form.get(field::ID), "\u{e9}");
        assert_eq!(form.get(field::CONFIRM), "");
        assert_eq!(Form::parse(b"\xff\x00&&=&key").key(), "");
    }
}
