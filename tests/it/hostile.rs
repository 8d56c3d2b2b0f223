//! Hostile values in every argument of every root field: a clean answer, never a fault.

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use crate::{
    matrix::pool::Pool,
    support::{Answer, Api, House, calls::Place, calls::Sdl, on_each_database},
};

on_each_database!(
    no_value_is_a_fault,
    no_body_is_a_fault,
    a_nul_character_is_refused_by_name,
);

/// See [`texts`]: the claims are as others would write them, the signature is noise.
fn nul_issuer() -> String {
    let did = "did:web:skills.example:issuers:a%00b";
    let part = |value: Value| BASE64.encode(value.to_string());
    let header = part(json!({"alg": "EdDSA", "typ": "JWT", "kid": format!("{did}#k")}));
    let claims = part(json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
        "issuer": did, "iss": did, "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "urn:uuid:00000000-0000-4000-8000-000000000000"},
    }));
    format!("{header}.{claims}.{}", BASE64.encode([7; 64]))
}

/// Texts that parsers, databases and regular expressions stumble over.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        "\0",
        "a\0b",
        "\u{feff}\u{202e}\u{1f600}\u{301}",
        "'; DROP TABLE learner; --",
        "%_\\",
        "\\",
        "{\"a\":",
        "did:web:",
        "did:key:z6Mk\0",
        "a@b.c\0",
        "https://a.example/\0",
        "https://[::1",
        "eyJhbGciOiJub25lIn0.e30.",
        "TGVhcm5lcjow",
        // A cursor whose key holds U+0000.
        "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDd8YQBi",
        "-1",
        "99999999999999999999999999",
        "1e999",
    ]
    .map(str::to_owned)
    .into();
    // A record whose issuer's name in URLs holds U+0000.
    texts.push(nul_issuer());
    texts.push("x".repeat(900_000));
    texts.push("é".repeat(100_000));
    texts.push("[".repeat(100_000));
    texts
}

fn is_clean(answer: &Answer) -> bool {
    !answer.status.is_server_error() && !answer.body.to_string().contains("\"INTERNAL\"")
}

/// Whoever can get furthest: a field is asked for as each of them.
fn tokens(pool: &Pool) -> [&str; 3] {
    [
        &pool.a.admin.token,
        &pool.a.assessors[1].token,
        &pool.platform,
    ]
}

async fn no_value_is_a_fault(house: House) {
    let pool = Pool::create(&house).await;
    let sdl = Sdl::read();
    let mut faults = Vec::new();
    for field in sdl.root_fields() {
        for (name, scalar) in sdl.places(&field) {
            let values: Vec<Value> = match scalar.as_str() {
                "Int" => [i64::from(i32::MIN), -1, 0, i64::from(i32::MAX), 1 << 40]
                    .map(Value::from)
                    .into(),
                "Boolean" => vec![json!(true)],
                _ => texts().into_iter().map(Value::from).collect(),
            };
            for value in values {
                let fill = |place: &Place<'_>| match place.name == name {
                    true => Some(value.clone()),
                    false => pool.value(place),
                };
                let call = sdl.call(&field, &fill);
                for token in tokens(&pool) {
                    let variables = call.variables.clone();
                    let answer = house.api.send(Some(token), &call.document, variables).await;
                    if !is_clean(&answer) {
                        let shown: String = value.to_string().chars().take(60).collect();
                        faults.push(format!("{field} with {name} = {shown}: {answer:?}"));
                    }
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

async fn no_body_is_a_fault(house: House) {
    let platform = house.with_samples().await;
    let query = r#""query":"query P($s: String!) { provider(slug: $s) { id } }""#;
    let bodies: Vec<Vec<u8>> = vec![
        format!(r#"{{{query},"variables":{{"s":"\ud800"}}}}"#).into(),
        format!(r#"{{{query},"variables":{{"s":"\udc00\ud800"}}}}"#).into(),
        format!(r#"{{{query},"variables":{{"s":1e999}}}}"#).into(),
        format!(r#"{{{query},"variables":{{"s":{}}}}}"#, "9".repeat(5_000)).into(),
        format!(r#"{{{query},"variables":{}"#, "[".repeat(500_000)).into(),
        format!(r#"{{{query},"variables":{{"s":"a","s":"b"}}}}"#).into(),
        br#"{"query":"{ provider(slug: \"\u0000\") { id } }"}"#.to_vec(),
        br#"{"query":"{ provider(slug: \"\\u0000\") { id } }"}"#.to_vec(),
        br#"{"query":"{ provider(slug: \"\\uD800\") { id } }"}"#.to_vec(),
        br#"{"query":"{ occupations(first: 99999999999999999999) { nodes { id } } }"}"#.to_vec(),
        [
            br#"{"query":"{ viewer { kind } } #"#.as_slice(),
            b"\xff\xfe\"}",
        ]
        .concat(),
        b"\0\0\0\0".to_vec(),
        vec![b'x'; 2_000_000],
        Vec::new(),
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(100)]).into_owned();
        let sent = house.api.send_bytes(Some(&platform), body).await;
        let answer = sent.expect("the connection holds");
        assert!(is_clean(&answer), "{shown}: {answer:?}");
    }
    // And it still serves.
    let answer = house.api.send(None, "{ viewer { kind } }", json!({})).await;
    assert_eq!(
        (answer.status, answer.at("/viewer/kind")),
        (StatusCode::OK, &json!("ANONYMOUS"))
    );
}

/// What no database keeps alike is refused alike: by name, with a remedy.
async fn a_nul_character_is_refused_by_name(house: House) {
    let pool = Pool::create(&house).await;
    let refused = async |api: &Api, name: &str, input: Value| {
        let fields = "__typename";
        let answer = api.mutate(&pool.a.admin.token, name, fields, input).await;
        assert_eq!(answer.code(), Some("BAD_USER_INPUT"), "{answer:?}");
        let message = answer.body["errors"][0]["message"].to_string();
        assert!(message.contains("U+0000"), "{message}");
    };
    let learner = json!({"externalId": "7\0", "name": "Ada", "email": "ada@a.example"});
    refused(&house.api, "createLearner", learner).await;
    let member = json!({"name": "A\0da", "roles": ["ASSESSOR"]});
    refused(&house.api, "createMember", member).await;
    let issue = json!({"demonstrationId": pool.id("Demonstration"), "idempotencyKey": "\0"});
    refused(&house.api, "issueCredential", issue).await;
    // Written in the document itself, too.
    let query = r#"{ provider(slug: "a\u0000") { id } }"#;
    let answer = house.api.send(None, query, json!({})).await;
    assert_eq!(answer.code(), Some("BAD_USER_INPUT"), "{answer:?}");
}
