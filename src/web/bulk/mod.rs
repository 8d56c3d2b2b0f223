//! Tables over HTTP: `POST /bulk/learners` and `POST /bulk/results?plan=ID` take one and answer
//! 202 with the id of a job, which `bulkJob` in the API tells of; `GET /bulk/learners.csv` and
//! `GET /bulk/results.csv` give one.

mod download;
mod places;
mod spool;
mod turns;
mod upload;

use std::sync::Arc;

use axum::{
    Router,
    http::{
        HeaderValue, StatusCode,
        header::{RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};

use places::{Full, Places};
use turns::Turns;

use super::{middleware::error_response, request_id::RequestId};
use crate::{app::App, kernel::errors::Error};

/// What the routes stand on.
#[derive(Clone)]
struct Desk {
    app: Arc<App>,
    uploads: Places,
    turns: Arc<Turns>,
}

/// Jobs that run at once: each has tens of megabytes in hand. An embedded database has one writer.
fn most(app: &App) -> usize {
    if app.db.is_postgres() { 2 } else { 1 }
}

/// After how many seconds an upload that found no place may find one.
const SOON: HeaderValue = HeaderValue::from_static("10");

/// The routes below `/bulk`. Their bodies have a limit of their own. They need the layers of
/// [`crate::web::middleware::wrap`], which give each request its id.
pub fn router(app: &Arc<App>) -> Router {
    let desk = Desk {
        app: Arc::clone(app),
        uploads: Places::default(),
        turns: Turns::new(most(app)),
    };
    Router::new()
        .route("/bulk/learners", post(upload::learners))
        .route("/bulk/results", post(upload::results))
        .route("/bulk/learners.csv", get(download::learners))
        .route("/bulk/results.csv", get(download::results))
        .with_state(desk)
}

/// Nothing was done.
fn failed(error: &Error, id: &RequestId) -> Response {
    let refuse = |status, code: &str| error_response(status, code, &error.to_string(), Some(id));
    match error {
        Error::Unauthenticated(_) => {
            let response = refuse(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED");
            let bearer = HeaderValue::from_static("Bearer");
            ([(WWW_AUTHENTICATE, bearer)], response).into_response()
        }
        Error::Forbidden(_) => refuse(StatusCode::FORBIDDEN, "FORBIDDEN"),
        Error::NotFound(_) => refuse(StatusCode::NOT_FOUND, "NOT_FOUND"),
        Error::Invalid(problems) => match problems.first() {
            Some(p) if p.code == "TOO_MANY_JOBS" => {
                error_response(StatusCode::TOO_MANY_REQUESTS, p.code, &p.message, Some(id))
            }
            Some(p) => error_response(StatusCode::BAD_REQUEST, p.code, &p.message, Some(id)),
            None => refuse(StatusCode::BAD_REQUEST, "BAD_REQUEST"),
        },
        Error::Internal(_) => {
            let request_id = id.as_str();
            tracing::error!(request_id, %error, "a table could not be taken or given");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            error_response(status, "INTERNAL", "Internal error", Some(id))
        }
    }
}

/// There is no place for a table now.
fn full(why: Full, id: &RequestId) -> Response {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let response = error_response(status, "TOO_MANY_UPLOADS", &why.to_string(), Some(id));
    ([(RETRY_AFTER, SOON)], response).into_response()
}

/// The parameters of a request are not those that it takes.
fn bad_query(why: &str, id: &RequestId) -> Response {
    error_response(StatusCode::BAD_REQUEST, "BAD_REQUEST", why, Some(id))
}
