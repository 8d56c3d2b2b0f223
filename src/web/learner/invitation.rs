//! `/invitation/{token}`: where the link of an invitation leads.
//!
//! Looking at it changes nothing, because mail scanners follow links; its one button takes the
//! invitation up. The token stands in the path, which is never logged, is sent to nobody as a
//! referrer, and works once.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::page::{Told, answer, form};
use super::{PATH, moment};
use crate::identity::actor::Actor;
use crate::identity::ops::invitations::{self, Accepted, KEY_DAYS};
use crate::kernel::clock;
use crate::kernel::errors::Error;
use crate::web::changes;
use crate::web::html::Html;
use crate::web::page;
use crate::web::request_id::RequestId;
use crate::web::site::Site;

/// Shows who invites, and what taking it up gives.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    Extension(id): Extension<RequestId>,
) -> Response {
    let (row, provider) = match invitations::invitation(&site.app, &token).await {
        Ok(found) => found,
        Err(error) => return over(&site, &error, &id),
    };
    let title = format!("An invitation from {}", provider.name);
    let page = page::with_form(&site, &title, |html| {
        html.line("h1", &title);
        html.styled(
            "p",
            "lead",
            "You can see what was recorded about your skills, and say whether you agree.",
        );
        html.element("p", &[], |html| {
            html.text(
                "The button gives you a key of your own, which opens your record and nothing \
                 else. It is shown once, so have a place ready to keep it. The invitation can be \
                 taken up once, until ",
            );
            moment(html, clock::from_millis(row.expires_at));
            html.text(".");
        });
        // To where the page is, without the token in it a second time.
        html.element("form", &[("method", "post")], |html| {
            html.element("p", &[], |html| {
                html.element("button", &[("type", "submit")], |html| {
                    html.text("Take up the invitation");
                });
            });
        });
        html.element("p", &[("class", "names")], |html| {
            html.text("You do not know them, or expected nothing? Then close this page: nothing was done.");
        });
    });
    answer(StatusCode::OK, page)
}

/// Takes it up, and shows the key.
pub(super) async fn accept(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    Extension(id): Extension<RequestId>,
) -> Response {
    let op = site.app.op(Actor::Anonymous, id.as_str());
    let accepting = async move { invitations::accept_invitation(&op, &token).await };
    match changes::to_the_end(&site.app, accepting).await {
        Some(Ok(accepted)) => welcome(&site, &accepted),
        Some(Err(error)) => over(&site, &error, &id),
        None => Told::stopping().page(&site, |_| {}),
    }
}

fn welcome(site: &Site, accepted: &Accepted) -> Response {
    let title = "Your key";
    let page = page::with_form(site, title, |html| {
        html.line("h1", title);
        html.element("p", &[], |html| {
            html.text("This is your key to your record at ");
            html.text(&accepted.provider.name);
            html.text(&format!(
                ". It is shown this once and works for {KEY_DAYS} days. Copy it now, and keep it as \
                 you keep a password."
            ));
        });
        html.element("blockquote", &[], |html| {
            html.element("p", &[], |html| html.line("code", &accepted.token));
        });
        form(
            html,
            &site.link(PATH),
            &accepted.token,
            "Open my record",
            |_| {},
        );
        later(html, site);
    });
    answer(StatusCode::OK, page)
}

fn later(html: &mut Html, site: &Site) {
    html.element("p", &[], |html| {
        html.text("Later, paste it at ");
        html.link(&site.link(PATH), &site.url(PATH));
        html.text(". When it no longer works, ask for another invitation.");
    });
}

/// What is told of an invitation that cannot be taken up: 404 where there never was one, 410 where
/// it is over.
fn over(site: &Site, error: &Error, id: &RequestId) -> Response {
    let told = Told::of(error, id);
    let told = match error {
        Error::NotFound(_) => Told::new(
            told.status,
            "There is no such invitation",
            "The link may not have been copied whole. Open it from where you were sent it, or ask \
             whoever sent it for another.",
        ),
        Error::Invalid(_) => Told {
            status: StatusCode::GONE,
            heading: "This invitation is over",
            ..told
        },
        _ => told,
    };
    told.page(site, |html| {
        html.element("p", &[], |html| {
            html.text("You have a key already? It opens your record at ");
            html.link(&site.link(PATH), &site.url(PATH));
            html.text(".");
        });
    })
}
