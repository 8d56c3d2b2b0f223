//! `POST /credentials/verify` and `POST /presentations/verify`: judge a record, in the shapes of
//! the W3C VC API (VCALM 1.0).
//!
//! 200 only for VALID; 400 for what cannot be parsed; 422 for any other INVALID, and for
//! INDETERMINATE. The body says which, check by check. Nothing is stored.

mod answer;
mod options;
pub mod page;
mod request;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router};

use super::body;
use super::middleware::error_response;
use super::request_id::RequestId;
use crate::app::App;
use crate::credential::ops::verify::verify_credential;
use crate::credential::verify::Asked;
use request::Sent;

/// The routes `/credentials/verify` and `/presentations/verify`. They need the layers of
/// [`crate::web::middleware::wrap`], which give each request its id.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route(
            "/credentials/verify",
            post(async |app, id, request| serve(app, id, request, Sent::Credential).await),
        )
        .route(
            "/presentations/verify",
            post(async |app, id, request| serve(app, id, request, Sent::Presentation).await),
        )
        .with_state(Arc::clone(app))
}

async fn serve(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    request: Request,
    sent: Sent,
) -> Response {
    let example = &format!("{{\"{}\": …}}", sent.member());
    let body = match body::read_json(request, &app.config.http, &id, example).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    let wanted = match request::read(&body, sent) {
        Ok(wanted) => wanted,
        Err(rejection) => return answer::rejected(&rejection),
    };
    let asked = Asked {
        at: app.clock.now(),
        challenge: wanted.challenge,
        domain: wanted.domain,
    };
    let record = Arc::clone(&wanted.inspected);
    match verify_credential(&app, record, wanted.materials, asked).await {
        Ok(report) => answer::judged(&report, wanted.with_credential.then_some(&wanted.inspected)),
        Err(error) => {
            let request_id = id.as_str();
            tracing::error!(request_id, %error, "a record could not be judged");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            error_response(status, "INTERNAL", "Internal error", Some(&id))
        }
    }
}
