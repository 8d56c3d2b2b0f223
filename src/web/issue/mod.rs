//! `POST /issuers/{slug}/credentials/issue`: secures a credential that the client wrote, in the
//! shapes of the W3C VC API (VCALM 1.0, section 3.2).
//!
//! 201 with the secured credential; 400 for what cannot be parsed or issued; 422 for what something
//! else stands in the way of, such as a name of an issuance that stands for another one. Nothing is
//! half-done.

mod answer;
mod request;

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router};

use super::middleware::error_response;
use super::request_id::RequestId;
use super::{bearer, body, changes};
use crate::app::App;
use crate::credential::ops::raw::issue_raw;
use crate::identity::policy::{self, Action};
use crate::kernel::errors::Error;

/// The header by which a client names an issuance.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The route `/issuers/{slug}/credentials/issue`. It needs the layers of
/// [`crate::web::middleware::wrap`], which give each request its id.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/issuers/{slug}/credentials/issue", post(serve))
        .with_state(Arc::clone(app))
}

async fn serve(
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    // Who may not issue learns nothing of what is wrong with the body.
    let actor = bearer::actor(&app, request.headers()).await;
    let actor = actor.and_then(|actor| policy::permit(&actor, Action::IssueRaw).map(|()| actor));
    let actor = match actor {
        Ok(actor) => actor,
        Err(error) => return answer::failed(&error, &id),
    };
    let key = match idempotency_key(request.headers()) {
        Ok(key) => key,
        Err(error) => return answer::failed(&error, &id),
    };
    let example = "{\"credential\": …, \"options\": {…}}";
    let body = match body::read_json(request, &app.config.http, &id, example).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    let wanted = match request::read(&body, key) {
        Ok(wanted) => wanted,
        Err(rejection) => return answer::rejected(&rejection),
    };
    let op = app.op(actor, id.as_str());
    let issuing = async move { issue_raw(&op, &slug, &wanted).await };
    match changes::to_the_end(&app, issuing).await {
        Some(Ok(issued)) => answer::issued(&issued),
        Some(Err(error)) => answer::failed(&error, &id),
        None => error_response(
            StatusCode::SERVICE_UNAVAILABLE,
            "SHUTTING_DOWN",
            "The service is stopping. Try again.",
            Some(&id),
        ),
    }
}

/// The client's name for the issuance, if it gives one.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Error> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).into_iter();
    let (first, second) = (values.next(), values.next());
    match (first.map(|value| value.to_str()), second) {
        (None, _) => Ok(None),
        (Some(Ok(key)), None) => Ok(Some(key.to_owned())),
        _ => Err(Error::invalid(
            "Idempotency-Key",
            "MALFORMED_VALUE_ERROR",
            "give it once, in printable ASCII characters",
        )),
    }
}
