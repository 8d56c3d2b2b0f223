//! Layers, health and playground, as routes.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, Response};
use axum::routing::{get, post};
use tower::ServiceExt;

use super::health::Check;
use super::{health, middleware, playground};

async fn answer(router: Router, request: Request<Body>) -> (Response<()>, Bytes) {
    let app = middleware::bound(router, 1000);
    let app = middleware::wrap(app, Arc::new(|| "made-up".to_owned()));
    let response = app.oneshot(request).await.expect("infallible");
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX)
        .await
        .expect("a body of ours ends");
    (Response::from_parts(head, ()), body)
}

async fn ask(router: Router, path: &str) -> (Response<()>, Bytes) {
    let request = Request::get(path)
        .body(Body::empty())
        .expect("it is a path");
    answer(router, request).await
}

fn header<'r>(response: &'r Response<()>, name: &str) -> &'r str {
    let value = response.headers().get(name);
    value.map_or("", |value| value.to_str().expect("ASCII"))
}

#[tokio::test]
async fn a_panic_of_any_handler_is_masked() {
    let secret = "is 42";
    let router = Router::new().route(
        "/",
        get(async move || "x".repeat(secret.parse().expect("the secret is 42"))),
    );
    let (response, body) = ask(router, "/").await;
    assert_eq!(response.status(), 500);
    assert_eq!(header(&response, "x-request-id"), "made-up");
    assert_eq!(
        body,
        r#"{"error":{"code":"INTERNAL","message":"Internal error","requestId":"made-up"}}"#
    );
}

#[tokio::test]
async fn every_answer_has_security_headers() {
    for path in ["/health/live", "/nowhere"] {
        let check: Check = Arc::new(|| Box::pin(async { Ok(()) }));
        let (response, _) = ask(health::router(check), path).await;
        assert_eq!(
            header(&response, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
        assert_eq!(
            header(&response, "referrer-policy"),
            "no-referrer",
            "{path}"
        );
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn bodies_are_limited_whether_announced_or_not() {
    let router = || Router::new().route("/", post(async |body: Bytes| body.len().to_string()));
    let of = |size: usize| {
        Request::post("/")
            .body(Body::from(vec![b'x'; size]))
            .expect("fits")
    };
    assert_eq!(answer(router(), of(1000)).await.1, "1000");
    let announced = Request::post("/").header("content-length", "1001");
    let announced = announced.body(Body::empty()).expect("fits");
    let (response, body) = answer(router(), announced).await;
    assert_eq!(response.status(), 413);
    assert!(body.starts_with(br#"{"error":{"code":"BODY_TOO_LARGE""#));
    assert_eq!(answer(router(), of(1001)).await.0.status(), 413);
}

#[tokio::test]
async fn readiness_follows_the_check_and_keeps_its_reason() {
    for (result, status, word) in [
        (Ok(()), 200, "ready"),
        (
            Err("the database at /var/x is away".to_owned()),
            503,
            "unavailable",
        ),
    ] {
        let check: Check = Arc::new(move || {
            let result = result.clone();
            Box::pin(async move { result })
        });
        let (response, body) = ask(health::router(check.clone()), "/health/ready").await;
        assert_eq!(response.status(), status);
        assert_eq!(body, format!(r#"{{"status":"{word}"}}"#));
        assert_eq!(
            ask(health::router(check), "/health/live").await.0.status(),
            200
        );
    }
}

#[tokio::test]
async fn the_playground_has_no_inline_script_and_names_each_source() {
    let (response, page) = ask(playground::router(None), "/playground").await;
    let policy = header(&response, "content-security-policy");
    assert!(
        !policy.contains("unsafe") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    let page = String::from_utf8(page.to_vec()).expect("UTF-8");
    for file in [
        "graphiql@4.1.2/graphiql.min.js",
        "react-dom@18.3.1/umd/react-dom.production.min.js",
    ] {
        assert!(page.contains(file) && policy.contains(file), "{file}");
    }
    assert!(!page.contains("{{"), "nothing is left to fill in");
    assert_eq!(
        page.matches("<script").count(),
        2,
        "the page's own, and the list of files"
    );
    for part in ["/playground/page.js", "/playground/page.css"] {
        assert_eq!(
            ask(playground::router(None), part).await.0.status(),
            200,
            "{part}"
        );
    }
}

#[tokio::test]
async fn assets_are_served_from_a_fixed_list() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let umd = folder.path().join("node_modules/react/umd");
    std::fs::create_dir_all(&umd).expect("it is new");
    std::fs::write(umd.join("react.production.min.js"), "// react").expect("it is new");
    std::fs::write(folder.path().join("secret.js"), "secret").expect("it is new");
    let status = async |folder: Option<&std::path::Path>, name: &str| {
        let router = playground::router(folder.map(Into::into));
        let (response, body) = ask(router, &format!("/playground/assets/{name}")).await;
        (response.status().as_u16(), body)
    };
    let react = "react.production.min.js";
    assert_eq!(
        status(Some(folder.path()), react).await,
        (200, Bytes::from("// react"))
    );
    // The same from its node_modules.
    let modules = folder.path().join("node_modules");
    assert_eq!(status(Some(&modules), react).await.0, 200);
    assert_eq!(status(None, react).await.0, 404);
    for name in [
        "graphiql.min.js",
        "secret.js",
        "..%2fsecret.js",
        "../secret.js",
        "%2e%2e%2f",
        "..%5csecret.js",
    ] {
        assert_eq!(status(Some(folder.path()), name).await.0, 404, "{name}");
    }
    let (response, page) = ask(playground::router(Some(modules)), "/playground").await;
    assert!(!header(&response, "content-security-policy").contains("https:"));
    let page = String::from_utf8_lossy(&page);
    assert!(
        !page.contains("https:") && page.contains("sha384-"),
        "{page}"
    );
}
