//! What every page for people has: head, style, a way home. No script.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html as HtmlBody, IntoResponse, Response};

use super::{STYLE_PATH, Site};
use crate::web::html::Html;

const STYLE: &str = include_str!("../assets/pages.css");
/// Nothing but the style sheet beside it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page. `path` is that of its canonical URL, which serves the same as JSON.
pub(super) fn respond(
    site: &Site,
    path: Option<&str>,
    title: &str,
    body: impl FnOnce(&mut Html),
) -> Response {
    let page = Html::document(|html| {
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
    });
    ([(CONTENT_SECURITY_POLICY, POLICY)], HtmlBody(page)).into_response()
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
