//! What every page for people has: head, style, a way home. No script.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html as HtmlBody, IntoResponse, Response};

use super::html::Html;
use super::negotiate::Form;
use super::site::Site;

/// Where the style sheet of every page is.
pub(super) const STYLE_PATH: &str = "/pages.css";

const STYLE: &str = include_str!("assets/pages.css");

/// Nothing but the style sheet beside it.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The same, and its forms go to where it came from.
const POLICY_WITH_FORM: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                                base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What a page is a form of.
pub(super) struct Canonical<'c> {
    /// The path of its canonical URL.
    pub(super) path: &'c str,
    /// The forms in which that URL serves it.
    pub(super) forms: &'c [Form],
}

/// A page that tells what happened, and has no address of its own.
pub(super) fn respond(site: &Site, title: &str, body: impl FnOnce(&mut Html)) -> Response {
    let page = document(site, None, title, body);
    ([(CONTENT_SECURITY_POLICY, POLICY)], HtmlBody(page)).into_response()
}

/// The text of a page with an address. It is to be sent under [`POLICY`].
pub(super) fn text(
    site: &Site,
    of: &Canonical<'_>,
    title: &str,
    body: impl FnOnce(&mut Html),
) -> String {
    document(site, Some(of), title, body)
}

/// A page with a form, or what the form led to; it has no other form than this one.
pub(super) fn with_form(site: &Site, title: &str, body: impl FnOnce(&mut Html)) -> Response {
    let page = document(site, None, title, body);
    let policy = [(CONTENT_SECURITY_POLICY, POLICY_WITH_FORM)];
    (policy, HtmlBody(page)).into_response()
}

fn document(
    site: &Site,
    of: Option<&Canonical<'_>>,
    title: &str,
    body: impl FnOnce(&mut Html),
) -> String {
    Html::document(|html| {
        html.element("head", &[], |html| head(html, site, of, title));
        html.element("body", &[], |html| {
            html.element("a", &[("class", "skip"), ("href", "#content")], |html| {
                html.text("Skip to the content");
            });
            html.element("header", &[], |html| html.link(&site.link("/"), "Attestry"));
            html.element("main", &[("id", "content")], body);
            if let Some(Canonical { path, .. }) = of {
                html.element("footer", &[], |html| {
                    html.text("Address: ");
                    html.line("code", &site.url(path));
                });
            }
        });
    })
}

fn head(html: &mut Html, site: &Site, of: Option<&Canonical<'_>>, title: &str) {
    html.void("meta", &[("charset", "utf-8")]);
    let viewport = "width=device-width, initial-scale=1";
    html.void("meta", &[("name", "viewport"), ("content", viewport)]);
    html.line("title", &format!("{title} · Attestry"));
    html.void(
        "link",
        &[("rel", "stylesheet"), ("href", &site.link(STYLE_PATH))],
    );
    // An empty icon, so that browsers do not ask for one.
    html.void("link", &[("rel", "icon"), ("href", "data:,")]);
    if let Some(Canonical { path, forms }) = of {
        let url = site.url(path);
        html.void("link", &[("rel", "canonical"), ("href", &url)]);
        for form in forms.iter().filter(|form| **form != Form::Html) {
            let kind = ("type", form.media_type());
            html.void("link", &[("rel", "alternate"), kind, ("href", &url)]);
        }
    }
}

/// The style sheet.
pub(super) fn style() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, STYLE).into_response()
}
