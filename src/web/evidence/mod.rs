//! `POST /evidence` takes in a file; `GET /evidence/{id}` gives it out to those who may see it.
//!
//! A file goes out as an attachment in a sandbox, under the type that it was checked to be: what
//! somebody uploaded never acts in the name of this origin.

mod answer;
mod disposition;
mod range;

use std::{sync::Arc, time::Duration};

use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::Deserialize;

use super::middleware::error_response;
use super::request_id::RequestId;
use super::{bearer, changes};
use crate::app::App;
use crate::assessment::ops::files::{self, NewFile};
use crate::identity::policy::{self, Action};
use crate::kernel::{errors::Error, ids};

/// How many times as long as other requests' bodies a file may take to come.
const PATIENCE: u32 = 20;

/// The routes `/evidence` and `/evidence/{id}`. Not to be put behind the limit of other bodies:
/// files have their own.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/evidence", post(upload))
        .route("/evidence/{id}", get(download))
        .with_state(Arc::clone(app))
}

#[derive(Deserialize)]
struct Named {
    /// What to call the file, where no header does.
    name: Option<String>,
}

async fn upload(
    State(app): State<Arc<App>>,
    Query(named): Query<Named>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    // Who may not upload sends nothing.
    let actor = bearer::actor(&app, request.headers()).await;
    let permitted = actor.and_then(|actor| {
        policy::permit(&actor, Action::UploadEvidence)?;
        Ok(actor)
    });
    let op = match permitted {
        Ok(actor) => app.op(actor, id.as_str()),
        Err(error) => return answer::failed(&error, &id),
    };
    let new = described(request.headers(), named.name);
    let parts = request.into_body().into_data_stream();
    let patience = Duration::from_secs(app.config.http.timeout_seconds) * PATIENCE;
    let received = tokio::time::timeout(patience, files::receive(&op, new, parts)).await;
    let received = match received {
        Ok(Ok(received)) => received,
        Ok(Err(error)) => return answer::failed(&error, &id),
        Err(_) => {
            let why = "The file took too long to come. Send it again.";
            return error_response(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", why, Some(&id));
        }
    };
    let keeping = async move { files::keep(&op, received).await };
    match changes::to_the_end(&app, keeping).await {
        Some(Ok(row)) => answer::kept(&row),
        Some(Err(error)) => answer::failed(&error, &id),
        None => error_response(
            StatusCode::SERVICE_UNAVAILABLE,
            "SHUTTING_DOWN",
            "The service is stopping. Try again.",
            Some(&id),
        ),
    }
}

/// What the headers, and `?name=`, say of the file.
fn described(headers: &HeaderMap, named: Option<String>) -> NewFile {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let name = text(CONTENT_DISPOSITION).and_then(disposition::file_name);
    NewFile {
        media_type: text(CONTENT_TYPE).unwrap_or_default().to_owned(),
        name: name.or(named).unwrap_or_default(),
        size: text(CONTENT_LENGTH).and_then(|n| n.parse().ok()),
    }
}

async fn download(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let op = app.op(bearer::actor(&app, &headers).await?, id.as_str());
        policy::permit(&op.actor, Action::ViewAssessments)?;
        match ids::parse_global(&file) {
            Some((kind, file)) if kind == "EvidenceFile" => files::open(&op, file).await,
            _ => Err(Error::NotFound("this file".to_owned())),
        }
    };
    match found.await {
        Ok((row, file)) => answer::given(&headers, &row, file).await,
        Err(error) => answer::failed(&error, &id),
    }
}
