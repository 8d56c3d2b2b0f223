//! Status lists: what is set, and what cannot be told.

use attestry::credential::status::{MINIMUM_LENGTH, Purpose};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::io::Write as _;

use super::forge::{Issuer, JCS, LIST, RDFC, with};
use super::*;

/// Brings the list along, as verifiers without network do.
fn brought(list: &Value) -> Value {
    json!({"statusListCredentials": {LIST: list}})
}

fn encoded(bytes: &[u8]) -> String {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("memory");
    format!(
        "u{}",
        URL_SAFE_NO_PAD.encode(gzip.finish().expect("memory"))
    )
}

#[tokio::test]
async fn every_bit_counts() {
    let issuer = Issuer::did_key(1);
    let last = MINIMUM_LENGTH - 1;
    let mut cases = Vec::new();
    for (suite, list_suite) in [(RDFC, RDFC), (JCS, RDFC), (RDFC, JCS)] {
        for (purpose, name) in [
            (Purpose::Revocation, "revocation"),
            (Purpose::Suspension, "suspension"),
        ] {
            let list =
                |set: &[u64]| brought(&issuer.secure(&issuer.list(purpose, set), list_suite));
            let at =
                |index: u64| issuer.secure(&issuer.listed(json!(index.to_string()), name), suite);
            cases.push(case_with("first bit", at(0), list(&[0]), Invalid("status")));
            cases.push(case_with(
                "last bit",
                at(last),
                list(&[last]),
                Invalid("status"),
            ));
            cases.push(case_with("no bit", at(0), list(&[]), Valid));
            cases.push(case_with(
                "other bits",
                at(8),
                list(&[0, 7, 9, last]),
                Valid,
            ));
            cases.push(case_with(
                "index out of range",
                at(MINIMUM_LENGTH),
                list(&[]),
                Indeterminate(RANGE),
            ));
        }
    }
    run(cases).await;
}

#[tokio::test]
async fn an_index_is_a_decimal_text() {
    let issuer = Issuer::did_key(1);
    let list = brought(&issuer.secure(&issuer.list(Purpose::Revocation, &[]), RDFC));
    let mut cases = Vec::new();
    for index in [
        json!("-1"),
        json!("0x10"),
        json!("+1"),
        json!("1.0"),
        json!(""),
        json!(" 1"),
        json!("99999999999999999999"),
    ] {
        let record = issuer.secure(&issuer.listed(index, "revocation"), RDFC);
        cases.push(case_with(
            "negative, hex or other index",
            record,
            list.clone(),
            Invalid(VALUE),
        ));
    }
    let numeric = issuer.secure(&issuer.listed(json!(5), "revocation"), JCS);
    cases.push(case_with("numeric index", numeric, list, Invalid(VALUE)));
    run(cases).await;
}

#[tokio::test]
async fn a_list_is_judged_like_any_credential() {
    let (issuer, other) = (Issuer::did_key(1), Issuer::did_key(2));
    let record = issuer.secure(&issuer.listed(json!("5"), "revocation"), RDFC);
    let list = issuer.list(Purpose::Revocation, &[]);
    let signed = issuer.secure(&list, RDFC);
    let subject = |name: &'static str, value: Value| {
        let changed = with(&list, |l| l["credentialSubject"][name] = value);
        // Over JSON: what a type does not define could not be signed over RDF.
        issuer.secure(&changed, JCS)
    };
    let bits = vec![0; usize::try_from(MINIMUM_LENGTH / 8).expect("small")];
    let bomb = vec![0; 64 * 1024 * 1024];
    let jwt = issuer.jwt(&issuer.header("vc+jwt").to_string(), &list.to_string());
    let mut cases = vec![
        case("unreachable", record.clone(), Indeterminate(RETRIEVAL)),
        case_with(
            "a list as a JWT",
            record.clone(),
            brought(&json!(jwt)),
            Valid,
        ),
    ];
    for (name, list, expected) in [
        ("the list as it should be", signed.clone(), Valid),
        (
            "tampered",
            with(&signed, |l| {
                l["credentialSubject"]["encodedList"] = json!(encoded(&with_bit(&bits)))
            }),
            Indeterminate(STATUS),
        ),
        ("unsigned", list.clone(), Indeterminate(STATUS)),
        (
            "expired",
            issuer.secure(
                &with(&list, |l| l["validUntil"] = json!("2026-01-01T00:00:01Z")),
                RDFC,
            ),
            Indeterminate(STATUS),
        ),
        (
            "not valid yet",
            issuer.secure(
                &with(&list, |l| {
                    l["validFrom"] = json!("2998-01-01T00:00:00Z");
                    l["validUntil"] = json!("2999-01-01T00:00:00Z");
                }),
                RDFC,
            ),
            Indeterminate(STATUS),
        ),
        (
            "purpose mismatch",
            subject("statusPurpose", json!("suspension")),
            Indeterminate(STATUS),
        ),
        (
            "wrong type",
            issuer.secure(
                &with(&list, |l| l["type"] = json!(["VerifiableCredential"])),
                RDFC,
            ),
            Indeterminate(STATUS),
        ),
        (
            "wrong type of subject",
            subject("type", json!("BitstringStatusListEntry")),
            Indeterminate(STATUS),
        ),
        (
            "too short",
            subject("encodedList", json!(encoded(&bits[..bits.len() - 1]))),
            Indeterminate("STATUS_LIST_LENGTH_ERROR"),
        ),
        (
            "gzip bomb",
            subject("encodedList", json!(encoded(&bomb))),
            Indeterminate(STATUS),
        ),
        (
            "not gzip",
            subject("encodedList", json!("uAAAA")),
            Indeterminate(STATUS),
        ),
        (
            "wrong multibase",
            subject("encodedList", json!(encoded(&bits).replacen('u', "z", 1))),
            Indeterminate(STATUS),
        ),
        (
            "list of another issuer",
            other.secure(&with(&list, |l| l["issuer"] = json!(other.id)), RDFC),
            Indeterminate(STATUS),
        ),
        (
            "list signed by another",
            other.secure(&list, RDFC),
            Indeterminate(STATUS),
        ),
    ] {
        cases.push(case_with(name, record.clone(), brought(&list), expected));
    }
    // The reader may know that the issuer keeps its lists elsewhere.
    let kept_elsewhere = other.secure(&with(&list, |l| l["issuer"] = json!(other.id)), RDFC);
    let mut options = brought(&kept_elsewhere);
    options["trustList"] = json!({"issuers": [{"id": issuer.id, "name": "Cliffside", "statusListIssuers": [other.id]}]});
    cases.push(case_with(
        "list of another issuer that is trusted for it",
        record.clone(),
        options.clone(),
        Valid,
    ));
    options["trustList"] = json!({"issuers": [{"id": issuer.id}, {"id": other.id}]});
    cases.push(case_with(
        "list of another issuer that is only known",
        record,
        options,
        Indeterminate(STATUS),
    ));
    for (name, member, value, expected) in [
        (
            "unknown status type",
            "type",
            json!("StatusList2021Entry"),
            Indeterminate(STATUS),
        ),
        (
            "unknown purpose",
            "statusPurpose",
            json!("refresh"),
            Indeterminate(STATUS),
        ),
        (
            "values of several bits",
            "statusSize",
            json!(2),
            Indeterminate(STATUS),
        ),
    ] {
        let record = with(&issuer.listed(json!("5"), "revocation"), |c| {
            c["credentialStatus"][member] = value
        });
        cases.push(case_with(
            name,
            issuer.secure(&record, JCS),
            brought(&signed),
            expected,
        ));
    }
    run(cases).await;
}

fn with_bit(bits: &[u8]) -> Vec<u8> {
    let mut bits = bits.to_vec();
    bits[100] = 1;
    bits
}
