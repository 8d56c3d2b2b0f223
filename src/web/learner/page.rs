//! What the learner's pages share: what they say when something is in the way, and their forms.

use axum::http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::form::field;
use crate::kernel::errors::Error;
use crate::web::html::Html;
use crate::web::page;
use crate::web::request_id::RequestId;
use crate::web::site::Site;

/// Why something was not done, as it is told to a person.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) status: StatusCode,
    /// What is the matter, in a few words.
    pub(super) heading: &'static str,
    /// Why, and the remedy.
    pub(super) detail: String,
}

impl Told {
    pub(super) fn new(
        status: StatusCode,
        heading: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            heading,
            detail: detail.into(),
        }
    }

    /// Tells of an operation's error.
    pub(super) fn of(error: &Error, id: &RequestId) -> Self {
        let detail = sentence(&error.to_string());
        match error {
            Error::NotFound(_) => Self::new(StatusCode::NOT_FOUND, "That was not found", detail),
            Error::Unauthenticated(_) => {
                Self::new(StatusCode::UNAUTHORIZED, "This key does not work", detail)
            }
            Error::Forbidden(_) => {
                Self::new(StatusCode::FORBIDDEN, "This key does not allow it", detail)
            }
            Error::Invalid(problems) => {
                let told: Vec<_> = problems.iter().map(|p| sentence(&p.message)).collect();
                Self::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "That could not be done",
                    told.join(" "),
                )
            }
            Error::Internal(_) => {
                let request_id = id.as_str();
                tracing::error!(request_id, %error, "a learner's page failed");
                let detail = format!(
                    "The fault is ours. Try again later; if it stays, tell whoever runs this \
                     service the number {request_id}."
                );
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "That failed", detail)
            }
        }
    }

    /// Tells that the service stops before anything could be done.
    pub(super) fn stopping() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The service is stopping",
            "Nothing was done. Try again in a moment.",
        )
    }

    /// The box that tells it.
    pub(super) fn write(&self, html: &mut Html) {
        let alert = [("class", "verdict fail"), ("role", "alert")];
        html.element("div", &alert, |html| {
            html.element("p", &[("class", "sentence")], |html| {
                html.element("span", &[("aria-hidden", "true")], |html| html.text("✗ "));
                html.text(self.heading);
            });
            html.line("p", &self.detail);
        });
    }

    /// A page that tells nothing else, but for what `rest` adds.
    pub(super) fn page(&self, site: &Site, rest: impl FnOnce(&mut Html)) -> Response {
        let page = page::with_form(site, self.heading, |html| {
            html.line("h1", self.heading);
            html.line("p", &self.detail);
            rest(html);
        });
        answer(self.status, page)
    }
}

/// A page that nobody keeps: it is about one person, and may hold a key.
pub(super) fn answer(status: StatusCode, page: Response) -> Response {
    let mut response = ([(CACHE_CONTROL, "no-store")], page).into_response();
    *response.status_mut() = status;
    if status == StatusCode::UNAUTHORIZED {
        let bearer = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, bearer);
    }
    response
}

/// A form with one button, which acts with the learner's key. `inside` adds its fields.
pub(super) fn form(
    html: &mut Html,
    action: &str,
    key: &str,
    button: &str,
    inside: impl FnOnce(&mut Html),
) {
    html.element("form", &[("method", "post"), ("action", action)], |html| {
        hidden(html, field::KEY, key);
        inside(html);
        html.element("p", &[], |html| {
            html.element("button", &[("type", "submit")], |html| html.text(button));
        });
    });
}

/// A field that is sent along unseen.
pub(super) fn hidden(html: &mut Html, name: &'static str, value: &str) {
    let attributes = [("type", "hidden"), ("name", name), ("value", value)];
    html.void("input", &attributes);
}

/// A sentence of its own, from a message that begins in lower case.
pub(super) fn sentence(message: &str) -> String {
    let mut rest = message.trim_end_matches('.').chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), rest.as_str())
}
