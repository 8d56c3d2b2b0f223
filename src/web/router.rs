//! All routes, over one application.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
};

use super::{
    bearer, bulk, case, changes, documents, evidence,
    graphql::{self, Call, Endpoint, Executor, Failure},
    health, issue, learner, middleware, playground, verify,
};
use crate::{
    app::App,
    graphql::{
        guard::{Limits, ListSizes},
        schema::{self, Attestry},
    },
    identity::actor::Actor,
    kernel::{errors::Error, ids, pages::DEFAULT_PAGE},
};

/// Elements that a list without page arguments is taken to have, where
/// nothing better is known.
const LIST: u64 = 5;

/// Every route of the service.
pub fn router(app: &Arc<App>) -> Router {
    let config = &app.config;
    let schema = schema::build();
    let limits = Arc::new(priced(config.limits.clone()));
    let endpoint = Endpoint {
        executor: executor(app, schema),
        limits: Arc::clone(&limits),
        settings: config.http.clone(),
    };
    let ready = {
        let app = Arc::clone(app);
        Arc::new(move || {
            let app = Arc::clone(&app);
            let check = async move { app.db.ping().await.map_err(|e| e.to_string()) };
            Box::pin(check) as futures_util::future::BoxFuture<'static, _>
        })
    };
    let routes = graphql::router(endpoint)
        .merge(graphql::ws::router(
            app,
            schema::build_for_sockets(),
            &limits,
        ))
        .merge(playground::router(config.playground_assets.clone()))
        .merge(health::router(ready))
        .merge(issue::router(app))
        .merge(verify::router(app))
        .merge(learner::router(app))
        .merge(case::router(app))
        .merge(documents::router(app));
    let routes = middleware::bound(routes, config.http.max_body_bytes)
        .merge(verify::page::router(app))
        .merge(evidence::router(app))
        .merge(bulk::router(app))
        .method_not_allowed_fallback(middleware::wrong_method);
    let rng = Arc::clone(&app.rng);
    let new_id = Arc::new(move || ids::v4(rng.as_ref()).to_string());
    middleware::wrap(routes, new_id)
}

/// The limits, with every list of the schema priced.
fn priced(mut limits: Limits) -> Limits {
    // The schema's own text is a schema; a wrong one would show in every test.
    if let Ok(sizes) = ListSizes::from_sdl(&schema::sdl(), LIST, DEFAULT_PAGE) {
        let sizes = sizes
            .set("frameworkVersions", 1)
            .set("levels", 4)
            .set("statements", 10)
            .set("anchors", 64)
            .set("anchorSets", 6)
            .set("relatedOccupations", 20)
            .set("sources", 15);
        // What the settings say of a list counts more.
        limits.list_sizes = sizes.with(&limits.list_sizes);
    }
    limits
}

fn executor(app: &Arc<App>, schema: Attestry) -> Executor {
    let app = Arc::clone(app);
    Arc::new(move |call: Call| {
        let (app, schema) = (Arc::clone(&app), schema.clone());
        Box::pin(async move {
            let actor = actor(&app, &call.headers).await?;
            let op = app.op(actor, call.request_id.as_str());
            if call.operation != OperationType::Mutation {
                return Ok(schema::execute(&schema, call.request, &op).await);
            }
            let change = async move { schema::execute(&schema, call.request, &op).await };
            changes::to_the_end(&app, change).await.ok_or_else(|| {
                Failure::with_status(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "SHUTTING_DOWN",
                    "The service is stopping. Try again.",
                )
            })
        })
    })
}

/// Who sent these headers. A key that does not work answers the whole request with 401.
async fn actor(app: &Arc<App>, headers: &HeaderMap) -> Result<Actor, Failure> {
    bearer::actor(app, headers).await.map_err(|e| match e {
        Error::Unauthenticated(why) => {
            let bearer = header::HeaderValue::from_static("Bearer");
            Failure::with_status(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", why)
                .header(header::WWW_AUTHENTICATE, bearer)
        }
        e => {
            tracing::error!(error = %e, "authentication failed");
            Failure::with_status(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "Internal error",
            )
        }
    })
}
