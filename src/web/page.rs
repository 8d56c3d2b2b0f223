//! What every page for people has: head, style, a way home. No script.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html as HtmlBody, IntoResponse, Response};

use super::html::Html;
use super::site::Site;

/// Where the style sheet of every page is.
pub(super) const STYLE_PATH: &str = "/pages.css";

const STYLE: &str = include_str!("assets/pages.css");

/// Nothing but the style sheet beside it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The same, and its forms go to where it came from.
const POLICY_WITH_FORM: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                                base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page. `path` is that of its canonical URL, which serves the same as JSON.
pub(super) fn respond(
    site: &Site,
    path: Option<&str>,
    title: &str,
    body: impl FnOnce(&mut Html),
) -> Response {
    let page = document(site, path, title, body);
    ([(CONTENT_SECURITY_POLICY, POLICY)], HtmlBody(page)).into_response()
}

/// A page with a form, or what the form led to; it has no other form than this one.
pub(super) fn with_form(site: &Site, title: &str, body: impl FnOnce(&mut Html)) -> Response {
    let page = document(site, None, title, body);
    let policy = [(CONTENT_SECURITY_POLICY, POLICY_WITH_FORM)];
    (policy, HtmlBody(page)).into_response()
}

fn document(site: &Site, path: Option<&str>, title: &str, body: impl FnOnce(&mut Html)) -> String {
    Html::document(|html| {
        html.element("head", &[], |html| head(html, site, path, title));
        html.element("body", &[], |html| {
            html.element("header", &[], |html| html.link(&site.link("/"), "Attestry"));
            html.element("main", &[], body);
            if let Some(path) = path {
                html.element("footer", &[], |html| {
                    html.text("Address: ");
                    html.line("code", &site.url(path));
                });
            }
        });
    })
}

fn head(html: &mut Html, site: &Site, path: Option<&str>, title: &str) {
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
    if let Some(path) = path {
        let url = site.url(path);
        html.void("link", &[("rel", "canonical"), ("href", &url)]);
        let json = ("type", "application/json");
        html.void("link", &[("rel", "alternate"), json, ("href", &url)]);
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
