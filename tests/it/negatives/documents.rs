//! Contexts, terms and times.

use serde_json::{Value, json};

use super::forge::{Issuer, JCS, RDFC, with};
use super::*;

const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const VC: &str = "https://www.w3.org/ns/credentials/v2";

#[tokio::test]
async fn times_are_kept() {
    let issuer = Issuer::did_key(1);
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        for (name, from, until, expected) in [
            (
                "expired",
                "2020-01-01T00:00:00Z",
                json!("2021-01-01T00:00:00Z"),
                Invalid(RANGE),
            ),
            (
                "not yet valid",
                "2999-01-01T00:00:00Z",
                json!(null),
                Invalid(RANGE),
            ),
            (
                "until before from",
                "2030-01-01T00:00:00Z",
                json!("2029-01-01T00:00:00Z"),
                Invalid(RANGE),
            ),
            (
                "still valid",
                "2020-01-01T00:00:00Z",
                json!("2999-01-01T00:00:00+02:00"),
                Valid,
            ),
            ("bad from", "2020-01-01", json!(null), Invalid(VALUE)),
        ] {
            let badge = with(&issuer.badge(), |c| {
                c["validFrom"] = json!(from);
                if !until.is_null() {
                    c["validUntil"] = until;
                }
            });
            cases.push(case(name, issuer.secure(&badge, suite), expected));
        }
    }
    run(cases).await;
}

#[tokio::test]
async fn contexts_are_known_and_in_their_place() {
    let issuer = Issuer::did_key(1);
    let unknown = "https://evil.example/context.json";
    let redefining = json!({"VerifiableCredential": "https://evil.example/#Anything"});
    let adding = json!({"grade": "https://school.example/vocabulary#grade"});
    let mut cases = Vec::new();
    for (name, contexts, expected) in [
        ("context order", json!([OB, VC]), Invalid(VALUE)),
        ("missing base", json!([OB]), Invalid(VALUE)),
        ("base alone, as text", json!(VC), Invalid(VALUE)),
        (
            "unknown remote context",
            json!([VC, OB, unknown]),
            Invalid(VALUE),
        ),
        ("a number as context", json!([VC, OB, 7]), Invalid(VALUE)),
    ] {
        // The proof over JSON does not care what terms mean; the form does.
        let badge = with(&issuer.badge(), |c| c["@context"] = contexts);
        cases.push(case(name, issuer.secure(&badge, JCS), expected));
        let badge = with(&issuer.secure(&issuer.badge(), RDFC), |c| {
            c["@context"] = badge["@context"].clone();
        });
        cases.push(case(name, badge, expected));
    }
    let good = issuer.secure(&issuer.badge(), RDFC);
    let redefined = with(&good, |c| c["@context"] = json!([VC, OB, redefining]));
    cases.push(case("redefinition", redefined, Invalid(TRANSFORMATION)));
    let added = with(&issuer.badge(), |c| {
        c["@context"] = json!([VC, OB, adding]);
        c["grade"] = json!("excellent");
    });
    cases.push(case("an added term", issuer.secure(&added, RDFC), Valid));

    let good = issuer.secure(&issuer.badge(), JCS);
    let appended = with(&good, |c| c["@context"] = json!([VC, OB, adding]));
    cases.push(case("a context appended under JCS", appended, Valid));
    let proof_context = with(&issuer.proof_by_hand(&issuer.badge()), |p| {
        p["@context"] = json!([OB, VC]);
    });
    let not_prefix = issuer.prove_by_hand(&issuer.badge(), proof_context);
    cases.push(case(
        "JCS proof context that is no prefix",
        not_prefix,
        Invalid(PROOF),
    ));
    run(cases).await;
}

#[tokio::test]
async fn what_no_context_defines_is_refused() {
    let issuer = Issuer::did_key(1);
    let good = issuer.secure(&issuer.badge(), RDFC);
    let mut cases = Vec::new();
    // Dropped by a lenient reader of JSON-LD, each of these would leave the signature valid.
    for (name, change) in [
        (
            "undefined term at the top",
            &(|c: &mut Value| c["bonus"] = json!(1)) as &dyn Fn(&mut Value),
        ),
        ("undefined term in the subject", &|c| {
            c["credentialSubject"]["bonus"] = json!("hired at once");
        }),
        ("undefined term in the proof", &|c| {
            c["proof"]["bonus"] = json!("x")
        }),
        ("undefined type", &|c| {
            c["type"] = json!(["VerifiableCredential", "OpenBadgeCredential", "Diploma"]);
        }),
        ("relative identifier", &|c| {
            c["credentialSubject"]["achievement"]["creator"] =
                json!({"id": "somebody", "type": ["Profile"]});
        }),
    ] {
        cases.push(case(name, with(&good, change), Invalid(TRANSFORMATION)));
    }
    let keyword = with(&good, |c| c["@bonus"] = json!("x"));
    cases.push(case("a keyword that is none", keyword, Malformed(VALUE)));
    run(cases).await;
}

/// Blank nodes that are told apart only by trying every order of them.
#[tokio::test]
async fn a_poison_graph_is_stopped() {
    let issuer = Issuer::did_key(1);
    let count = 12;
    let nodes: Vec<Value> = (0..count)
        .map(|one| {
            let others: Vec<String> = (0..count)
                .filter(|other| *other != one)
                .map(|other| format!("_:n{other}"))
                .collect();
            json!({"id": format!("_:n{one}"), "knows": others})
        })
        .collect();
    let knows = json!({"knows": {"@id": "https://school.example/#knows", "@type": "@id"}});
    let poison = with(&issuer.secure(&issuer.badge(), RDFC), |c| {
        c["@context"] = json!([VC, OB, knows]);
        c["knows"] = Value::Array(nodes);
    });
    run(vec![case("poison graph", poison, Invalid(TRANSFORMATION))]).await;
}
