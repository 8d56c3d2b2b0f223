//! What the forms of the page do: download, ask to be erased.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, WWW_AUTHENTICATE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::form::field;
use super::page::{Told, answer, form, hidden};
use super::record::Notice;
use super::{Caller, PATH, pages, path};
use crate::dossier::document::Dossier;
use crate::dossier::ops::{erase, export as dossier};
use crate::kernel::errors::{Error, Result};
use crate::web::middleware::error_response;
use crate::web::request_id::RequestId;
use crate::web::site::Site;
use crate::web::{bearer, changes};

impl Caller {
    /// The record, after what was done or stood in the way.
    pub(super) async fn told(
        &self,
        done: std::result::Result<(), Told>,
        what: &'static str,
    ) -> Response {
        self.record(Some(match done {
            Ok(()) => Notice::Done(what),
            Err(told) => Notice::Refused(told),
        }))
        .await
    }
}

/// One signed record, as a file.
pub(super) async fn credential(caller: Caller) -> Response {
    let found = dossier::own(&caller.op).await;
    let wanted = caller.form.get(field::ID);
    let file = found.and_then(|dossier| {
        let mut all = dossier.credentials.into_iter();
        let found = all.find(|c| c.id.to_string() == wanted);
        let secured = found.and_then(|c| c.secured);
        secured.ok_or_else(|| Error::NotFound("this record".to_owned()))
    });
    match file {
        // By the mechanism: a document with its proof inside, or a compact JWT.
        Ok(text) if text.starts_with('{') => download(
            "application/vc+ld+json",
            &format!("record-{wanted}.json"),
            text,
        ),
        Ok(text) => download("application/vc+jwt", &format!("record-{wanted}.jwt"), text),
        Err(error) => {
            let told = Told::of(&error, &caller.id);
            caller.record(Some(Notice::Refused(told))).await
        }
    }
}

/// Everything, as a file.
pub(super) async fn export(caller: Caller) -> Response {
    match dossier::own(&caller.op).await.and_then(|d| whole(&d)) {
        Ok(response) => response,
        Err(error) => Told::of(&error, &caller.id).page(&caller.site, |_| {}),
    }
}

/// The same for programs: `GET /learner/export` with the key as a bearer token.
pub(super) async fn export_by_bearer(
    State(site): State<Arc<Site>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let exported = async {
        let actor = bearer::actor(&site.app, &headers).await?;
        let op = site.app.op(actor, id.as_str());
        whole(&dossier::own(&op).await?)
    };
    let error = match exported.await {
        Ok(response) => return response,
        Err(error) => error,
    };
    let told = Told::of(&error, &id);
    let code = match error {
        Error::Unauthenticated(_) => "UNAUTHENTICATED",
        Error::Forbidden(_) => "FORBIDDEN",
        Error::NotFound(_) => "NOT_FOUND",
        Error::Invalid(_) => "INVALID",
        Error::Internal(_) => "INTERNAL",
    };
    let mut response = error_response(told.status, code, &told.detail, Some(&id));
    if told.status == StatusCode::UNAUTHORIZED {
        let bearer = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, bearer);
    }
    response
}

fn whole(dossier: &Dossier) -> Result<Response> {
    let text = dossier.to_json().map_err(Error::internal)?;
    let name = format!("learner-{}.json", dossier.learner.id);
    Ok(download("application/json", &name, text))
}

/// A file that the browser saves and nobody keeps on the way. Names are ours: ids only.
fn download(media_type: &'static str, name: &str, text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, text).into_response()
}

/// Asks whether the learner means it, and, once they do, records that they ask to be erased.
pub(super) async fn erasure(caller: Caller) -> Response {
    if caller.form.get(field::CONFIRM) != "yes" {
        return answer(StatusCode::OK, confirm(&caller.site, caller.form.key()));
    }
    let op = caller.op.clone();
    let asking = async move { erase::request_erasure(&op).await };
    let done = match changes::to_the_end(&caller.site.app, asking).await {
        Some(done) => done.map(drop).map_err(|e| Told::of(&e, &caller.id)),
        None => Err(Told::stopping()),
    };
    caller.told(done, "You asked to be erased").await
}

fn confirm(site: &Site, key: &str) -> Response {
    let title = "Do you want to be erased?";
    pages::with_form(site, title, |html| {
        html.line("h1", title);
        html.line("p", "If you ask for it, the provider is told, and removes:");
        html.element("ul", &[], |html| {
            for text in [
                "your name, your e-mail address and whatever else names you, and your keys;",
                "what was written about you: how you were observed, the evidence, your reasons;",
                "your signed records here. They are withdrawn for good: whoever checks a copy \
                 that you kept learns that it holds no more.",
            ] {
                html.line("li", text);
            }
        });
        html.line(
            "p",
            "What stays names nobody: how often what was demonstrated. None of this can be \
             undone, so download everything first if you may want it later.",
        );
        form(
            html,
            &site.link(path::ERASURE),
            key,
            "Yes, I ask to be erased",
            |html| {
                hidden(html, field::CONFIRM, "yes");
            },
        );
        form(
            html,
            &site.link(path::EXPORT),
            key,
            "Download everything first",
            |_| {},
        );
        form(html, &site.link(PATH), key, "No, back to my record", |_| {});
    })
}
