//! `/verify`: a plain page where an employer gives a record and reads whether it holds.
//!
//! One form, no script. The answer is a page as well: 200 when the record was judged,
//! whatever the verdict, because the page was found and answers what was asked (programs
//! ask `/credentials/verify`, whose status tells the verdict); 400 when there is nothing
//! that can be judged, 413 and 415 when the form cannot be taken. Nothing is stored or
//! logged of a record, nothing of an answer is kept, and there are no cookies: a form sent
//! from another site's page can neither change nor learn anything.

mod form;
mod report;
mod said;
mod submission;
mod words;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use crate::app::App;
use crate::credential::ops::verify::verify_credential;
use crate::credential::verify::Asked;
use crate::web::body;
use crate::web::page;
use crate::web::request_id::RequestId;
use crate::web::site::Site;

use report::Telling;
use submission::{Refused, Submission};

/// Where the page is.
const PATH: &str = "/verify";

/// The route `/verify`. It bounds what it reads itself, so that whoever sends too much is
/// told on a page. It needs the layers of [`crate::web::middleware::wrap`], which give each
/// request its id.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route(PATH, get(ask).post(judge))
        .with_state(Arc::new(Site::new(app)))
}

async fn ask(State(site): State<Arc<Site>>) -> Response {
    let page = page::with_form(&site, form::TITLE, |html| form::write(html, &site, None));
    ([(CACHE_CONTROL, "public, max-age=300")], page).into_response()
}

async fn judge(
    State(site): State<Arc<Site>>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    let answer = match given(&site, request).await {
        Ok(submission) => verdict(&site, submission, &id).await,
        Err(refused) => again(&site, &refused),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}

async fn given(site: &Site, request: Request) -> Result<Submission, Refused> {
    let content_type = request.headers().get(CONTENT_TYPE).cloned();
    let content_type = submission::content_type(content_type.as_ref())?;
    let body = body::read(request.into_body(), &site.app.config.http).await;
    submission::read(&content_type, body?).await
}

async fn verdict(site: &Site, submission: Submission, id: &RequestId) -> Response {
    let now = site.app.clock.now();
    let asked = Asked {
        at: now,
        challenge: submission.challenge,
        domain: submission.domain,
    };
    let telling = Telling {
        site,
        kind: submission.inspected.kind(),
        now,
    };
    let record = Arc::new(submission.inspected);
    match verify_credential(&site.app, record, submission.materials, asked).await {
        Ok(report) => page::with_form(site, telling.title(&report), |html| {
            telling.write(html, &report);
        }),
        Err(error) => {
            let request_id = id.as_str();
            tracing::error!(request_id, %error, "a record could not be judged");
            again(site, &Refused::failed(request_id))
        }
    }
}

/// The form once more, with what was wrong.
fn again(site: &Site, refused: &Refused) -> Response {
    let title = format!("{} · {}", refused.heading, form::TITLE);
    let page = page::with_form(site, &title, |html| form::write(html, site, Some(refused)));
    (refused.status, page).into_response()
}

impl From<body::Unreadable> for Refused {
    fn from(error: body::Unreadable) -> Self {
        let detail = match error {
            body::Unreadable::TooLarge(limit) => {
                let kib = limit / 1024;
                format!("All that is sent may have {kib} KiB together. Send a smaller file.")
            }
            body::Unreadable::TooSlow(_) | body::Unreadable::Broken => {
                "It did not arrive whole. Send it again.".to_owned()
            }
        };
        Self::new(error.status(), "That could not be read", detail)
    }
}

impl Refused {
    fn failed(request_id: &str) -> Self {
        let detail = format!(
            "The fault is ours, and says nothing about the record. Try again later; if it \
             stays, tell whoever runs this service the number {request_id}."
        );
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "The record could not be checked", detail)
    }
}
