//! What is not taken, and from whom; nothing of it stays.

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use futures_util::stream;

use super::{Given, learners_key, send, upload};
use crate::support::{House, Tenant, on_each_database};

on_each_database!(refusals_leave_nothing,);

const LIMIT: usize = 20 * 1024 * 1024;

async fn refusals_leave_nothing(house: House) {
    let platform = house.bootstrap().await;
    let a = Tenant::create(&house.api, &platform, "riverside").await;
    let token = a.assessors[0].token.as_str();
    let learner = learners_key(&house, &a, &a.learner).await;
    let refused = |given: Given, status: u16, code: &str, what: &str| {
        assert_eq!(
            (given.status.as_u16(), given.code().as_str()),
            (status, code),
            "{what}"
        );
    };
    for (kind, bytes, status, code) in [
        ("text/html", &b"<script>"[..], 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("image/svg+xml", b"<svg/>", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("image/png", b"<script>", 415, "NOT_OF_ITS_TYPE"),
        ("text/plain", b"%PDF-1.7", 415, "NOT_OF_ITS_TYPE"),
        ("text/plain", b"a\0b", 415, "NOT_OF_ITS_TYPE"),
        ("text/plain", b"", 400, "EMPTY"),
        ("", b"x", 415, "UNSUPPORTED_MEDIA_TYPE"),
    ] {
        refused(
            upload(&house, token, kind, "x", bytes).await,
            status,
            code,
            kind,
        );
    }
    for (who, status, code) in [
        (platform.as_str(), 403, "FORBIDDEN"),
        (&learner, 403, "FORBIDDEN"),
        ("attestry_nonsense", 401, "UNAUTHENTICATED"),
    ] {
        refused(
            upload(&house, who, "text/plain", "x", b"x").await,
            status,
            code,
            who,
        );
    }
    let large = vec![b'a'; LIMIT + 1];
    refused(
        upload(&house, token, "text/plain", "x", &large).await,
        413,
        "TOO_LARGE",
        "large",
    );
    let most = upload(&house, token, "text/plain", "x", &large[1..]).await;
    assert_eq!(most.status, StatusCode::CREATED);
    // In parts, and without a length.
    let in_parts = async |parts: Vec<Result<Bytes, &'static str>>| {
        let request = Request::post("/evidence")
            .header(header::CONTENT_TYPE, "text/plain")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from_stream(stream::iter(parts)));
        send(&house, request.expect("it is well-formed")).await
    };
    let part = Bytes::from(vec![b'a'; LIMIT / 2]);
    let parts = vec![
        Ok(part.clone()),
        Ok(part.clone()),
        Ok(Bytes::from_static(b"a")),
    ];
    refused(in_parts(parts).await, 413, "TOO_LARGE", "parts");
    let parts = vec![Ok(part), Err("the line broke")];
    refused(in_parts(parts).await, 400, "BROKEN", "parts");
    let nobody = Request::post("/evidence").body(Body::from("x"));
    refused(
        send(&house, nobody.expect("a request")).await,
        401,
        "UNAUTHENTICATED",
        "nobody",
    );
    // Only what was taken is there.
    let folder = house.data.path().join("evidence");
    let left = std::fs::read_dir(folder).expect("it was made").count();
    assert_eq!(left, 1, "an unfinished upload was left");
}
