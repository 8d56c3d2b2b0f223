//! The protocol `graphql-transport-ws`, spoken well and badly.

use std::sync::Arc;

use attestry::{
    app::App,
    config::Config,
    web::graphql::{Settings, ws},
};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{
    House, cast,
    database::MEMORY,
    socket::{Said, Socket, serve},
};

/// An installation whose sockets have these bounds.
fn bounded(house: &House, sockets: ws::Settings) -> Arc<App> {
    let http = Settings {
        sockets,
        ..house.app.config.http.clone()
    };
    house.set_up(Config {
        http,
        ..house.app.config.clone()
    })
}

fn result(id: &str, data: Value) -> Said {
    Said::Message(json!({"type": "next", "id": id, "payload": {"data": data}}))
}

fn complete(id: &str) -> Said {
    Said::Message(json!({"type": "complete", "id": id}))
}

/// The code of the first error that an operation ended in.
fn code(said: Said, id: &str) -> String {
    let message = said.message();
    assert_eq!(
        (&message["type"], &message["id"]),
        (&json!("error"), &json!(id)),
        "{message}"
    );
    let code = message["payload"][0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("no code: {message}"))
        .to_owned()
}

#[tokio::test]
async fn a_query_is_answered_and_completed() {
    let house = House::open(MEMORY).await;
    let mut socket = Socket::connect(serve(&house.app).await, None).await;
    socket
        .subscribe("1", "{ viewer { kind } }", json!({}))
        .await;
    assert_eq!(
        socket.hear().await,
        result("1", json!({"viewer": {"kind": "ANONYMOUS"}}))
    );
    assert_eq!(socket.hear().await, complete("1"));
    // Its name is free again.
    let query = "query Q($slug: String!) { provider(slug: $slug) { id } }";
    socket
        .subscribe("1", query, json!({"slug": "nobody"}))
        .await;
    assert_eq!(socket.hear().await, result("1", json!({"provider": null})));
    assert_eq!(socket.hear().await, complete("1"));
    assert!(socket.hears_nothing().await);
}

#[tokio::test]
async fn what_http_refuses_is_refused_here() {
    let house = House::open(MEMORY).await;
    let mut socket = Socket::connect(serve(&house.app).await, None).await;
    let aliases: String = (0..100).map(|n| format!("a{n}: __typename ")).collect();
    for (query, expected) in [
        ("{ viewer { kind }", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (&format!("{{ {aliases} }}"), "TOO_MANY_ALIASES"),
        (
            "{ ...A } fragment A on Query { ...A }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "mutation { generateSigningKey { userErrors { code } } }",
            "MUTATION_OVER_WEBSOCKET",
        ),
        (
            "subscription { a: events { id } b: events { id } }",
            "SINGLE_ROOT_FIELD",
        ),
        (
            "subscription { ...F } fragment F on Subscription { events { id } }",
            "SINGLE_ROOT_FIELD",
        ),
        ("subscription { __typename }", "SINGLE_ROOT_FIELD"),
        (
            "subscription { events @skip(if: false) { id } }",
            "SINGLE_ROOT_FIELD",
        ),
        (
            "subscription { events { nothing } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("subscription { events { id } }", "UNAUTHENTICATED"),
    ] {
        socket.subscribe("x", query, json!({})).await;
        assert_eq!(code(socket.hear().await, "x"), expected, "{query}");
    }
    assert!(
        socket.hears_nothing().await,
        "an error is the last word of an operation"
    );
}

#[tokio::test]
async fn what_is_none_of_the_protocol_ends_the_connection() {
    let house = House::open(MEMORY).await;
    let address = serve(&house.app).await;
    let text = |message: Value| Message::Text(message.to_string().into());
    for (message, expected) in [
        (Message::Text("nonsense".into()), 4400),
        (
            Message::Binary(b"{\"type\":\"ping\"}".to_vec().into()),
            4400,
        ),
        (
            text(json!({"type": "start", "id": "1", "payload": {"query": "{ a }"}})),
            4400,
        ),
        (
            text(json!({"type": "subscribe", "id": "1", "payload": {"query": 1}})),
            4400,
        ),
        (
            text(json!({"type": "subscribe", "id": "1", "payload": [{"query": "{ a }"}]})),
            4400,
        ),
        (text(json!({"type": "connection_init"})), 4429),
    ] {
        let mut socket = Socket::connect(address, None).await;
        socket.send_raw(message.clone()).await;
        assert_eq!(socket.hear().await, Said::Closed(expected), "{message}");
    }
    let mut early = Socket::open(address, &[]).await.expect("it opens");
    // A ping needs no introduction, an operation does.
    early.send(json!({"type": "ping"})).await;
    assert_eq!(early.hear().await, Said::Message(json!({"type": "pong"})));
    early.subscribe("1", "{ viewer { kind } }", json!({})).await;
    assert_eq!(early.hear().await, Said::Closed(4401));
}

#[tokio::test]
async fn keys_come_with_the_upgrade_or_with_the_introduction() {
    let house = House::open(MEMORY).await;
    let platform = house.bootstrap().await;
    let address = serve(&house.app).await;
    let wrong = [(header::AUTHORIZATION, "Bearer attestry_wrong")];
    let refused = Socket::open(address, &wrong)
        .await
        .err()
        .expect("it is refused");
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    for payload in [
        json!({"authorization": "Bearer attestry_wrong"}),
        json!({"authorization": platform}),
        json!({"authorization": 1}),
    ] {
        let mut socket = Socket::open(address, &[]).await.expect("it opens");
        socket
            .send(json!({"type": "connection_init", "payload": payload}))
            .await;
        assert_eq!(socket.hear().await, Said::Closed(4403), "{payload}");
    }
    for name in ["authorization", "Authorization"] {
        let mut socket = Socket::open(address, &[]).await.expect("it opens");
        let payload = json!({name: format!("Bearer {platform}")});
        socket
            .send(json!({"type": "connection_init", "payload": payload}))
            .await;
        assert_eq!(socket.hear().await.message()["type"], "connection_ack");
        socket
            .subscribe("1", "{ viewer { kind } }", json!({}))
            .await;
        assert_eq!(
            socket.hear().await,
            result("1", json!({"viewer": {"kind": "PLATFORM"}}))
        );
    }
}

#[tokio::test]
async fn upgrades_are_judged() {
    let house = House::open(MEMORY).await;
    let address = serve(&house.app).await;
    let refused = async |headers: &[_]| {
        let refused = Socket::open(address, headers)
            .await
            .err()
            .expect("it is refused");
        let code = refused.body["error"]["code"]
            .as_str()
            .expect("a code")
            .to_owned();
        (refused.status.as_u16(), code)
    };
    let older = [(header::SEC_WEBSOCKET_PROTOCOL, "graphql-ws")];
    assert_eq!(refused(&older).await, (400, "UNKNOWN_PROTOCOL".to_owned()));
    let foreign = [(header::ORIGIN, "https://elsewhere.example")];
    assert_eq!(refused(&foreign).await, (403, "FOREIGN_ORIGIN".to_owned()));
    let opaque = [(header::ORIGIN, "null")];
    assert_eq!(refused(&opaque).await, (403, "FOREIGN_ORIGIN".to_owned()));
    let url = url::Url::parse(&house.app.config.public_url).expect("a URL");
    let own = url.origin().ascii_serialization();
    let own = [(header::ORIGIN, own.as_str())];
    assert!(Socket::open(address, &own).await.is_ok());
    // Without an upgrade it is told where to go.
    let plain = house
        .api
        .post("/graphql/ws", None, &[], b"{}".to_vec())
        .await;
    assert_eq!(
        plain.expect("it answers").status,
        StatusCode::UPGRADE_REQUIRED
    );
}

#[tokio::test]
async fn bounds_hold() {
    let house = House::open(MEMORY).await;
    let platform = house.bootstrap().await;
    let college = super::college(&house, &platform, "riverside").await;
    let app = bounded(
        &house,
        ws::Settings {
            connections: 2,
            operations: 2,
            message_bytes: 1_024,
            ..ws::Settings::default()
        },
    );
    let address = serve(&app).await;
    let token = Some(college.admin.token.as_str());
    let mut first = Socket::connect(address, token).await;
    let mut second = Socket::connect(address, token).await;
    let third = Socket::open(address, &[])
        .await
        .err()
        .expect("it is refused");
    assert_eq!(third.status, StatusCode::SERVICE_UNAVAILABLE);
    let query = "subscription { events { id } }";
    for id in ["1", "2"] {
        first.subscribe(id, query, json!({})).await;
    }
    first.subscribe("3", query, json!({})).await;
    assert_eq!(code(first.hear().await, "3"), "TOO_MANY_OPERATIONS");
    first.send(json!({"type": "complete", "id": "1"})).await;
    first.subscribe("3", "{ viewer { kind } }", json!({})).await;
    assert_eq!(first.hear().await.message()["type"], "next");
    assert_eq!(first.hear().await, complete("3"));
    // A name that is in use ends the connection.
    first.subscribe("2", query, json!({})).await;
    assert_eq!(first.hear().await, Said::Closed(4409));
    let long = json!({"type": "ping", "payload": {"long": "x".repeat(2_000)}});
    second.send(long).await;
    assert!(matches!(
        second.hear().await,
        Said::Closed(4400) | Said::Gone
    ));
    super::until("both places are free", || {
        app.sockets.available_permits() == 2
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_introduce_themself_is_sent_away() {
    let house = House::open(MEMORY).await;
    let app = bounded(
        &house,
        ws::Settings {
            init_seconds: 1,
            ..ws::Settings::default()
        },
    );
    let mut socket = Socket::open(serve(&app).await, &[])
        .await
        .expect("it opens");
    assert_eq!(socket.hear().await, Said::Closed(4408));
}

#[tokio::test]
async fn a_service_that_stops_says_so() {
    let house = House::open(MEMORY).await;
    let address = serve(&house.app).await;
    let mut idle = Socket::connect(address, None).await;
    let mut silent = Socket::open(address, &[]).await.expect("it opens");
    house.app.stop();
    assert_eq!(idle.hear().await, Said::Closed(1001));
    assert_eq!(silent.hear().await, Said::Closed(1001));
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_with_the_next_operation() {
    let house = House::open(MEMORY).await;
    let platform = house.bootstrap().await;
    let college = super::college(&house, &platform, "riverside").await;
    let input = json!({"memberId": college.admin.id, "name": "narrow", "scopes": ["members:read"]});
    let narrow = cast::key(&house.api, &college.admin.token, input).await;
    let mut socket = Socket::connect(serve(&house.app).await, Some(&narrow)).await;
    socket
        .subscribe("1", "subscription { events { id } }", json!({}))
        .await;
    assert_eq!(code(socket.hear().await, "1"), "FORBIDDEN");
    // The key works all the same.
    socket
        .subscribe("1", "{ viewer { kind } }", json!({}))
        .await;
    assert_eq!(
        socket.hear().await,
        result("1", json!({"viewer": {"kind": "MEMBER"}}))
    );
}
