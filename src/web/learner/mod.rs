//! `/learner`: a plain page where a learner reads their record and says what they think of it; and
//! `/invitation/{token}`, where they get the key to it.
//!
//! No script, no cookies: every form carries the key, so a form sent from another site's page can
//! do nothing, and closing the page forgets it. Nothing of an answer is kept by anyone.

mod acts;
mod form;
mod invitation;
mod page;
mod record;
mod say;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;

use super::html::Html;
use super::page as pages;
use super::request_id::RequestId;
use super::site::Site;
use crate::app::{App, Op};
use crate::dossier::ops::export;
use crate::identity::actor::Actor;
use crate::identity::ops::authenticate::authenticate;
use crate::kernel::errors::{Error, Result};
use crate::kernel::text::{excerpt, plain};
use form::{Form, field};
use page::{Told, answer};
use record::{Notice, Record};

/// Where the page is.
const PATH: &str = "/learner";

/// Where its forms go.
mod path {
    pub(super) const AGREE: &str = "/learner/agree";
    pub(super) const OBJECT: &str = "/learner/object";
    pub(super) const CREDENTIAL: &str = "/learner/credential";
    pub(super) const EXPORT: &str = "/learner/export";
    pub(super) const ERASURE: &str = "/learner/erasure";
}

const TITLE: &str = "Your record";

/// The most characters shown of one text.
const LONGEST: usize = 4_000;

/// The routes of the learner's pages. They need the layers of [`crate::web::middleware::wrap`],
/// which give each request its id.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route(PATH, get(ask).post(open))
        .route(path::AGREE, post(say::agree))
        .route(path::OBJECT, post(say::object))
        .route(path::CREDENTIAL, post(acts::credential))
        .route(path::EXPORT, get(acts::export_by_bearer).post(acts::export))
        .route(path::ERASURE, post(acts::erasure))
        .route(
            "/invitation/{token}",
            get(invitation::show).post(invitation::accept),
        )
        .with_state(Arc::new(Site::new(app)))
}

/// The form that takes the key.
async fn ask(State(site): State<Arc<Site>>) -> Response {
    entrance(&site, StatusCode::OK, None)
}

async fn open(caller: Caller) -> Response {
    caller.record(None).await
}

fn entrance(site: &Site, status: StatusCode, told: Option<&Told>) -> Response {
    let page = pages::with_form(site, TITLE, |html| {
        html.line("h1", TITLE);
        if let Some(told) = told {
            told.write(html);
        }
        html.styled(
            "p",
            "lead",
            "What was recorded about your skills, by whom, and what you can do about it.",
        );
        let attributes = [("method", "post"), ("action", &*site.link(PATH))];
        html.element("form", &attributes, |html| {
            html.element("label", &[("for", field::KEY)], |html| {
                html.text("Your key")
            });
            html.element("p", &[("class", "hint"), ("id", "key-hint")], |html| {
                html.text("It begins with attestry_; you got it when you took up your invitation.");
            });
            let input = [
                ("type", "password"),
                ("id", field::KEY),
                ("name", field::KEY),
                ("required", ""),
                ("autocomplete", "current-password"),
                ("spellcheck", "false"),
                ("autocapitalize", "none"),
                ("aria-describedby", "key-hint"),
            ];
            html.void("input", &input);
            html.element("p", &[], |html| {
                html.element("button", &[("type", "submit")], |html| {
                    html.text("Open my record");
                });
            });
        });
        html.line(
            "p",
            "You have no key, or it works no more? Ask whoever assesses you for an invitation.",
        );
    });
    answer(status, page)
}

/// A learner who sent a form, and the form.
struct Caller {
    site: Arc<Site>,
    id: RequestId,
    op: Op,
    form: Form,
}

impl FromRequest<Arc<Site>> for Caller {
    /// The form that takes the key, with what is wrong.
    type Rejection = Response;

    async fn from_request(
        request: Request,
        site: &Arc<Site>,
    ) -> std::result::Result<Self, Response> {
        let again = |told: Told| entrance(site, told.status, Some(&told));
        let id = request.extensions().get().cloned();
        let id: RequestId = id.unwrap_or_else(RequestId::none);
        let form = Form::read(request, &site.app.config.http).await;
        let form = form.map_err(again)?;
        let actor = learner(&site.app, form.key()).await;
        let actor = actor.map_err(|error| again(Told::of(&error, &id)))?;
        Ok(Self {
            site: Arc::clone(site),
            op: site.app.op(actor, id.as_str()),
            id,
            form,
        })
    }
}

impl Caller {
    /// The record, after what happened just before.
    async fn record(&self, notice: Option<Notice>) -> Response {
        let dossier = match export::own(&self.op).await {
            Ok(dossier) => dossier,
            Err(error) => return Told::of(&error, &self.id).page(&self.site, |_| {}),
        };
        let status = match &notice {
            Some(Notice::Refused(told)) => told.status,
            _ => StatusCode::OK,
        };
        let record = Record {
            site: &self.site,
            dossier: &dossier,
            key: self.form.key(),
        };
        let page = pages::with_form(&self.site, TITLE, |html| {
            record.write(html, notice.as_ref())
        });
        answer(status, page)
    }
}

/// The learner whose key this is. Any other key has no record to show.
async fn learner(app: &Arc<App>, key: &str) -> Result<Actor> {
    match authenticate(app, Some(key)).await? {
        actor @ Actor::Learner { .. } => Ok(actor),
        _ => Err(Error::Forbidden(
            "this key is not a learner's: use the one that your invitation gave you".to_owned(),
        )),
    }
}

/// A moment as people write it.
fn moment(html: &mut Html, at: Timestamp) {
    html.element("time", &[("datetime", &at.to_string())], |html| {
        html.text(&at.strftime("%-d %B %Y, %H:%M UTC").to_string());
    });
}

/// What others wrote, safe to show: on one line, in its own order, and not without end.
fn shown(text: &str) -> String {
    plain(&excerpt(text, LONGEST))
}
