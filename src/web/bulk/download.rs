//! Giving a table out, part by part: the whole of it is in memory nowhere.

use axum::{
    Extension,
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
    http::{
        HeaderMap,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use futures_util::{
    future::BoxFuture,
    stream::{self, StreamExt},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Desk, bad_query, failed};
use crate::{
    app::Op,
    bulk::ops::{Exported, results_page, roster_page},
    kernel::{errors::Result, ids},
    web::{bearer, request_id::RequestId},
};

/// Gives the part of a table that begins behind a row.
type Part = fn(Op, Option<Uuid>, Option<Uuid>) -> BoxFuture<'static, Result<Exported>>;

/// `GET /bulk/learners.csv`.
pub(super) async fn learners(
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let part: Part = |op, _, after| Box::pin(async move { roster_page(&op, None, after).await });
    give(&desk, &id, &headers, "learners.csv", None, part).await
}

/// What a client may say of the results that it wants.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    plan: Option<String>,
}

/// `GET /bulk/results.csv?plan=ID`; without a plan, of all plans.
pub(super) async fn results(
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    wanted: std::result::Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let plan = match wanted {
        Ok(Query(Wanted { plan: None })) => None,
        Ok(Query(Wanted { plan: Some(plan) })) => match ids::parse_global(&plan) {
            Some((kind, plan)) if kind == "AssessmentPlan" => Some(plan),
            _ => return bad_query("Give plan as the id of an assessment plan.", &id),
        },
        Err(_) => return bad_query("Give no parameter but plan.", &id),
    };
    let part: Part =
        |op, plan, after| Box::pin(async move { results_page(&op, None, plan, after).await });
    give(&desk, &id, &headers, "results.csv", plan, part).await
}

async fn give(
    desk: &Desk,
    id: &RequestId,
    headers: &HeaderMap,
    name: &str,
    plan: Option<Uuid>,
    part: Part,
) -> Response {
    let actor = match bearer::actor(&desk.app, headers).await {
        Ok(actor) => actor,
        Err(error) => return failed(&error, id),
    };
    let op = desk.app.op(actor, id.as_str());
    // The first part now, so that whoever may not have it is told so.
    let first = match part(op.clone(), plan, None).await {
        Ok(first) => first,
        Err(error) => return failed(&error, id),
    };
    let rest = stream::unfold(first.next, move |after| {
        let op = op.clone();
        async move {
            let after = after?;
            let told = part(op, plan, Some(after)).await;
            let next = told.as_ref().ok().and_then(|part| part.next);
            if let Err(error) = &told {
                tracing::error!(%error, "a table was broken off");
            }
            Some((told.map(|part| part.text), next))
        }
    });
    let parts = stream::once(async { Ok(first.text) }).chain(rest);
    let headers = [
        (
            CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present".to_owned(),
        ),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(parts)).into_response()
}
