//! `/`: what this is, and where things are.

use axum::response::Response;
use serde_json::{Map, Value, json};

use super::ask::{Ask, PLAIN, Refusal};
use crate::web::html::Html;
use crate::web::negotiate::Form;
use crate::web::page::Canonical;

/// Where things are: the name in JSON, the path, whether a browser can open it, and what
/// it is for.
const PLACES: [(&str, &str, bool, &str); 14] = [
    (
        "verifyPage",
        "/verify",
        true,
        "give a record that someone showed you, and read whether it is genuine and still holds",
    ),
    (
        "playground",
        "/playground",
        true,
        "try queries in the browser, with the documentation of the whole API beside them",
    ),
    (
        "graphql",
        "/graphql",
        false,
        "the API: the catalog for anyone; learners, assessments and records with a key",
    ),
    (
        "verify",
        "/credentials/verify",
        false,
        "the same for programs: POST a record",
    ),
    (
        "verifyPresentation",
        "/presentations/verify",
        false,
        "the same for records that their holder presents",
    ),
    (
        "occupation",
        "/occupations/{soc}",
        false,
        "an occupation and its framework versions",
    ),
    (
        "framework",
        "/frameworks/{id}",
        false,
        "a framework version with its levels and statements",
    ),
    (
        "frameworkDocument",
        "/frameworks/{id}.json",
        false,
        "the same as it was frozen, byte for byte, for ever",
    ),
    (
        "statement",
        "/statements/{id}",
        false,
        "one statement: what records point at",
    ),
    (
        "case",
        "/ims/case/v1p1/CFPackages/{id}",
        false,
        "the same as a package of CASE 1.1; /ims/case/v1p1/CFDocuments lists all",
    ),
    (
        "didDocument",
        "/issuers/{slug}/did.json",
        false,
        "an issuer's DID document",
    ),
    (
        "jwks",
        "/issuers/{slug}/jwks.json",
        false,
        "an issuer's keys as a JWK Set",
    ),
    (
        "statusList",
        "/status/{id}",
        false,
        "a signed list of which records were withdrawn",
    ),
    (
        "health",
        "/health/ready",
        true,
        "whether the service can serve",
    ),
];

const TITLE: &str = "Skills and learner records";

/// The front door, as JSON or as a page.
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(show(&ask))
}

fn show(ask: &Ask) -> Result<Response, Refusal> {
    let of = Canonical {
        path: "/",
        forms: &PLAIN,
    };
    Ok(match ask.form(&PLAIN)? {
        Form::Html => ask.page(&of, TITLE, |html| page(html, ask)),
        _ => ask.json(&links(ask)),
    })
}

fn links(ask: &Ask) -> Value {
    let links = PLACES.iter();
    let links: Map<String, Value> = links
        .map(|(name, path, _, _)| ((*name).to_owned(), ask.site.url(path).into()))
        .collect();
    json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "description": env!("CARGO_PKG_DESCRIPTION"),
        "links": links,
    })
}

fn page(html: &mut Html, ask: &Ask) {
    html.line("h1", TITLE);
    html.element("p", &[("class", "lead")], |html| {
        html.text(
            "A catalog of what people in an occupation can do, statement by statement, \
             and signed records of who has shown it.",
        );
    });
    html.line(
        "p",
        "Every record names exactly one statement, at one level, in one version of one \
         framework that never changes. Anyone can check it, here or without us.",
    );
    html.line("h2", "Where things are");
    html.element("dl", &[("class", "places")], |html| {
        for (_, path, opens, what) in PLACES {
            html.element("dt", &[], |html| {
                if opens {
                    html.link(&ask.site.link(path), path);
                } else {
                    html.line("code", path);
                }
            });
            html.line("dd", what);
        }
    });
}
