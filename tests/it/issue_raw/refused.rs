//! What cannot be issued leaves nothing behind.

use super::*;

on_each_database!(what_cannot_be_issued_leaves_nothing,);

async fn what_cannot_be_issued_leaves_nothing(house: House) {
    let scene = Scene::create(house).await;
    let lists = async || {
        let db = scene.house.db();
        status_list::Entity::find()
            .count(db)
            .await
            .expect("a count")
    };
    let option =
        |name: &str, value: Value| json!({"credential": written(), "options": {name: value}});
    for (request, title, place) in [
        (json!([]), "MALFORMED_VALUE_ERROR", "the body"),
        (json!({}), "MALFORMED_VALUE_ERROR", "credential"),
        (
            json!({"credential": written(), "proof": 1}),
            "UNKNOWN_OPTION_PROVIDED",
            "proof",
        ),
        (
            json!({"credential": "text"}),
            "MALFORMED_VALUE_ERROR",
            "credential",
        ),
        (
            json!({"credential": written(), "options": null}),
            "MALFORMED_VALUE_ERROR",
            "options",
        ),
        (
            option("mandatoryPointers", json!([])),
            "UNKNOWN_OPTION_PROVIDED",
            "mandatoryPointers",
        ),
        (
            option("cryptosuite", json!("ecdsa-rdfc-2019")),
            "MALFORMED_VALUE_ERROR",
            "cryptosuite",
        ),
        (
            option("cryptosuite", json!(7)),
            "MALFORMED_VALUE_ERROR",
            "cryptosuite",
        ),
        (
            option("mechanism", json!("JWT")),
            "MALFORMED_VALUE_ERROR",
            "mechanism",
        ),
        (
            option("type", json!("Ed25519Signature2020")),
            "MALFORMED_VALUE_ERROR",
            "type",
        ),
        (
            option("statusPurpose", json!("message")),
            "MALFORMED_VALUE_ERROR",
            "statusPurpose",
        ),
        (
            option("previousProof", json!([1])),
            "MALFORMED_VALUE_ERROR",
            "previousProof",
        ),
        (
            option("credentialId", json!("not a URL")),
            "MALFORMED_VALUE_ERROR",
            "/id",
        ),
        (
            option("demonstrationId", json!("x")),
            "MALFORMED_VALUE_ERROR",
            "demonstrationId",
        ),
        (
            json!({"credential": written(), "options": {"mechanism": "vc+jwt", "cryptosuite": "eddsa-jcs-2022"}}),
            "MALFORMED_VALUE_ERROR",
            "options.mechanism",
        ),
        (
            with("type", json!("Other")),
            "MALFORMED_VALUE_ERROR",
            "/type",
        ),
        (
            with("credentialSubject", json!({})),
            "MALFORMED_VALUE_ERROR",
            "/credentialSubject",
        ),
        (
            with("validFrom", json!("soon")),
            "MALFORMED_VALUE_ERROR",
            "/validFrom",
        ),
    ] {
        let answer = scene.issue(&request).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{request}: {answer:?}"
        );
        let (found, detail) = problem(&answer);
        assert_eq!(found, title, "{request}: {detail}");
        assert!(detail.contains(place), "{request}: {detail}");
    }
    let api = &scene.house.api;
    let send = async |headers: &[(&str, &str)], body: &[u8]| {
        let token = Some(scene.token.as_str());
        let sent = api.post(PATH, token, headers, body.to_vec()).await;
        sent.expect("it is in this process")
    };
    for body in [
        &b"{"[..],
        b"{\"credential\":{},\"credential\":{}}",
        b"\xff",
        b"[1e400]",
    ] {
        let answer = send(&[], body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        assert_eq!(problem(&answer).0, "PARSING_ERROR");
    }
    let limit = scene.house.app.config.http.max_body_bytes;
    let answer = send(&[], &vec![b' '; limit + 1]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{answer:?}");
    let whole = json!({"credential": written()}).to_string();
    let twice = [("idempotency-key", "a"), ("idempotency-key", "b")];
    let long = "k".repeat(201);
    for headers in [
        &twice[..],
        &[("idempotency-key", long.as_str())],
        &[("idempotency-key", "")],
    ] {
        let answer = send(headers, whole.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    }
    assert!(scene.rows().await.is_empty());
    assert_eq!(lists().await, 0, "a place was taken for nothing");
}
