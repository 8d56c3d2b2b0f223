//! Texts that readers of JSON could understand differently.

use serde_json::json;

use super::forge::{Issuer, JCS, RDFC};
use super::*;

fn raw(name: &'static str, body: String) -> Case {
    Case {
        name,
        path: "/credentials/verify",
        body,
        expected: Malformed(PARSING),
    }
}

#[tokio::test]
async fn json_that_readers_take_differently_is_refused() {
    let issuer = Issuer::did_key(1);
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let good =
            json!({"verifiableCredential": issuer.secure(&issuer.badge(), suite)}).to_string();
        let put = |text: &str| {
            good.replacen(
                "{\"verifiableCredential\":{",
                &format!("{{\"verifiableCredential\":{{{text},"),
                1,
            )
        };
        cases.push(raw("duplicate keys", put("\"name\":\"Another\"")));
        cases.push(raw(
            "duplicate keys, one escaped",
            put("\"n\\u0061me\":\"Another\""),
        ));
        cases.push(raw("1e400", put("\"x\":1e400")));
        cases.push(raw("an integer beyond 2^53", put("\"x\":9007199254740993")));
        cases.push(raw(
            "a negative integer beyond 2^53",
            put("\"x\":-9007199254740993"),
        ));
        cases.push(raw("lone surrogate", put("\"x\":\"\\ud800\"")));
        cases.push(raw("swapped surrogates", put("\"x\":\"\\udc00\\ud800\"")));
        cases.push(raw("lone surrogate in a name", put("\"\\ud800\":1")));
        let deep = format!("\"x\":{}{}", "[".repeat(20_000), "]".repeat(20_000));
        cases.push(raw("20,000-deep nesting", put(&deep)));
        let deep = format!("\"x\":{}1{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
        cases.push(raw("20,000-deep objects", put(&deep)));
        cases.push(raw("cut off", good.trim_end_matches('}').to_owned()));
        cases.push(raw("with a tail", format!("{good}x")));
        cases.push(raw("a comment", put("/* */\"x\":1")));
        cases.push(raw("NaN", put("\"x\":NaN")));
    }
    run(cases).await;
}

/// The same inside a JWT, where another reader meets it.
#[tokio::test]
async fn the_payload_of_a_jwt_is_read_as_strictly() {
    let issuer = Issuer::did_key(1);
    let header = issuer.header("vc+jwt").to_string();
    let badge = issuer.badge().to_string();
    let mut cases = Vec::new();
    for (name, text) in [
        ("duplicate keys", "\"name\":\"Another\""),
        ("1e400", "\"x\":1e400"),
        ("an integer beyond 2^53", "\"x\":9007199254740993"),
        ("lone surrogate", "\"x\":\"\\ud800\""),
    ] {
        let payload = badge.replacen('{', &format!("{{{text},"), 1);
        cases.push(case(
            name,
            issuer.jwt(&header, &payload),
            Malformed(PARSING),
        ));
    }
    run(cases).await;
}
