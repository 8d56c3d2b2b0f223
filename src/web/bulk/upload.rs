//! Taking a table in, and working on it after the client was answered.

use std::{io::BufReader, sync::Arc};

use axum::{
    Extension,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    Desk, bad_query, failed, full,
    spool::{Spooled, spool},
};
use crate::{
    app::Op,
    bulk::{
        model::{Kind, Order},
        ops::jobs::{self, Ordered},
        report::Report,
    },
    events::progress::{JobState, Progress},
    kernel::ids,
    web::{
        bearer, json_response, media_type::MediaType, middleware::error_response,
        request_id::RequestId,
    },
};

/// What a client may say besides the table.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Asked {
    plan: Option<String>,
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    skip_bad_lines: bool,
}

type Parameters = Result<Query<Asked>, QueryRejection>;

/// `POST /bulk/learners`.
pub(super) async fn learners(
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    asked: Parameters,
    request: Request,
) -> Response {
    match asked {
        Ok(Query(asked)) if asked.plan.is_none() => {
            take(desk, &id, order(Kind::Learners, &asked), request).await
        }
        _ => bad_query(
            "Give no parameters but dryRun and skipBadLines, each true or false.",
            &id,
        ),
    }
}

/// `POST /bulk/results?plan=ID`.
pub(super) async fn results(
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    asked: Parameters,
    request: Request,
) -> Response {
    let plan = |asked: &Asked| {
        let (kind, plan) = ids::parse_global(asked.plan.as_deref()?)?;
        (kind == "AssessmentPlan").then_some(plan)
    };
    match asked {
        Ok(Query(asked)) => match plan(&asked) {
            Some(plan) => take(desk, &id, order(Kind::Results { plan }, &asked), request).await,
            None => bad_query("Give plan, the id of an assessment plan.", &id),
        },
        Err(_) => bad_query(
            "Give no parameters but plan, and dryRun and skipBadLines, each true or false.",
            &id,
        ),
    }
}

fn order(kind: Kind, asked: &Asked) -> Order {
    Order {
        kind,
        dry_run: asked.dry_run,
        skip_bad_lines: asked.skip_bad_lines,
    }
}

async fn take(desk: Desk, id: &RequestId, order: Order, request: Request) -> Response {
    let app = &desk.app;
    let actor = match bearer::actor(app, request.headers()).await {
        Ok(actor) => actor,
        Err(error) => return failed(&error, id),
    };
    // Nobody sends a table for nothing.
    let provider = match jobs::may_order(&app.op(actor.clone(), id.as_str()), &order).await {
        Ok(provider) => provider,
        Err(error) => return failed(&error, id),
    };
    if !is_csv(request.headers()) {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        let message = "Send text/csv, in UTF-8.";
        return error_response(status, "UNSUPPORTED_MEDIA_TYPE", message, Some(id));
    }
    let place = match desk.uploads.take(provider) {
        Ok(place) => place,
        Err(why) => return full(why, id),
    };
    let (head, body) = request.into_parts();
    let (folder, limits) = (&app.config.data_dir, &app.config.http);
    let (most, seconds) = (limits.max_bulk_bytes, limits.timeout_seconds);
    let spooled = match spool(&head.headers, body, folder, most, seconds).await {
        Ok(spooled) => spooled,
        Err(refused) => {
            let (status, code) = refused.told();
            if status.is_server_error() {
                let error = format!("{refused:?}");
                tracing::error!(request_id = id.as_str(), error, "a table was not stored");
            }
            return error_response(status, code, &refused.to_string(), Some(id));
        }
    };
    let op = app.op(actor, id.as_str());
    let ordered = jobs::order(&op, &order, spooled.lines.saturating_sub(1)).await;
    drop(place);
    match ordered {
        Ok(job) => {
            let told = json!({"job": ids::global("BulkJob", job.id())});
            perform(desk, op, job, spooled);
            json_response(StatusCode::ACCEPTED, &told)
        }
        Err(error) => failed(&error, id),
    }
}

fn is_csv(headers: &HeaderMap) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let given = given.map(MediaType::parse);
    given.is_some_and(|t| t.essence == "text/csv" && t.is_utf8())
}

/// Works on a job when its turn comes, on a task of its own. A service that is told to stop waits
/// a while for it; what it does not finish, it did not begin.
fn perform(desk: Desk, op: Op, job: Ordered, spooled: Spooled) {
    let (id, total) = (job.id(), job.rows());
    let app = Arc::clone(&desk.app);
    let publish = move |done: u64, state| {
        let done = i64::try_from(done).unwrap_or(i64::MAX);
        let total = total.max(done);
        app.progress.publish(id, Progress { done, total, state });
    };
    publish(0, JobState::Waiting);
    let turn = desk.turns.join(job.provider());
    tokio::spawn(async move {
        let change = Arc::clone(&desk.app.changes).read_owned().await;
        turn.come().await;
        let source = Box::new(BufReader::new(spooled.file));
        let tell = |report: &Report| publish(report.rows(), JobState::Running);
        let (rows, state) = jobs::perform(&op, job, source, &tell).await;
        publish(rows, state);
        drop((turn, change));
    });
}
