//! Embedded proofs.

use attestry::credential::proof::{Purpose, value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::forge::{Issuer, JCS, RDFC, with};
use super::*;

/// The order of the base point (RFC 8032, section 5.1), little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[tokio::test]
async fn claims_are_neither_changed_nor_added_nor_removed() {
    let issuer = Issuer::did_key(1);
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let good = issuer.secure(&issuer.badge(), suite);
        cases.push(case("untouched", good.clone(), Valid));
        let changed = with(&good, |c| {
            c["credentialSubject"]["achievement"]["description"] = json!("Leads any route.");
        });
        cases.push(case("tampered claim", changed, Invalid(PROOF)));
        let added = with(&good, |c| c["validUntil"] = json!("2099-01-01T00:00:00Z"));
        cases.push(case("added claim", added, Invalid(PROOF)));
        let removed = with(&good, |c| {
            c.as_object_mut().expect("an object").remove("name");
        });
        cases.push(case("removed claim", removed, Invalid(PROOF)));
    }
    run(cases).await;
}

#[tokio::test]
async fn only_the_issuer_speaks_for_itself() {
    let (issuer, thief) = (Issuer::did_key(1), Issuer::did_key(2));
    let named = Issuer::named("did:web:school.example", 1);
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let badge = issuer.badge();
        let wrong_key = thief.prove(&badge, &issuer.options(suite));
        cases.push(case(
            "wrong key under the right method",
            wrong_key,
            Invalid(PROOF),
        ));
        let foreign = thief.secure(&badge, suite);
        cases.push(case(
            "controller is not the issuer",
            foreign,
            Invalid(SECURITY),
        ));

        let in_fragment = named.secure(&named.badge(), suite);
        cases.push(case(
            "did:web key in the fragment, without the document",
            in_fragment.clone(),
            Indeterminate(SECURITY),
        ));
        let other = Issuer::named("did:web:school.example", 3).document();
        cases.push(case_with(
            "did:web key in the fragment, not in the document",
            in_fragment.clone(),
            json!({"issuerDocuments": [other]}),
            Invalid(SECURITY),
        ));
        let documents = json!({"issuerDocuments": [named.document()]});
        cases.push(case_with(
            "did:web key in the document",
            in_fragment.clone(),
            documents,
            Valid,
        ));
        let retired = with(&named.document(), |d| d["assertionMethod"] = json!([]));
        cases.push(case_with(
            "method that may not assert",
            in_fragment.clone(),
            json!({"issuerDocuments": [retired]}),
            Invalid(SECURITY),
        ));
        let revoked = with(&named.document(), |d| {
            d["verificationMethod"][0]["revoked"] = json!("2030-01-01T00:00:00Z");
        });
        cases.push(case_with(
            "compromised key",
            in_fragment,
            json!({"issuerDocuments": [revoked]}),
            Invalid(SECURITY),
        ));
    }
    run(cases).await;
}

#[tokio::test]
async fn a_proof_says_what_it_is_and_what_for() {
    let issuer = Issuer::did_key(1);
    let badge = issuer.badge();
    let whole = issuer.proof_by_hand(&badge);
    let mut cases = vec![case(
        "by hand",
        issuer.prove_by_hand(&badge, whole.clone()),
        Valid,
    )];
    // Each of these is signed as it stands: the signature fits, the proof does not.
    for (name, member, to, expected) in [
        (
            "wrong purpose",
            "proofPurpose",
            Some(json!("authentication")),
            Invalid(PROOF),
        ),
        (
            "purpose of another kind",
            "proofPurpose",
            Some(json!(["assertionMethod"])),
            Invalid(PROOF),
        ),
        ("missing purpose", "proofPurpose", None, Invalid(PROOF)),
        ("missing method", "verificationMethod", None, Invalid(PROOF)),
        (
            "unknown cryptosuite",
            "cryptosuite",
            Some(json!("eddsa-jcs-2099")),
            Invalid(TRANSFORMATION),
        ),
        ("missing cryptosuite", "cryptosuite", None, Invalid(PROOF)),
        (
            "Ed25519Signature2020",
            "type",
            Some(json!("Ed25519Signature2020")),
            Invalid(TRANSFORMATION),
        ),
        ("missing type", "type", None, Invalid(PROOF)),
        (
            "bad created",
            "created",
            Some(json!("yesterday")),
            Invalid(PROOF),
        ),
        (
            "created without a zone",
            "created",
            Some(json!("2026-02-01T00:00:00")),
            Invalid(PROOF),
        ),
        (
            "expired proof",
            "expires",
            Some(json!("2026-03-01T00:00:00Z")),
            Invalid(PROOF),
        ),
        (
            "proof that ends before it begins",
            "expires",
            Some(json!("2026-01-01T00:00:00Z")),
            Invalid(PROOF),
        ),
        (
            "missing previous proof",
            "previousProof",
            Some(json!("urn:uuid:6d5b1c0e-7a4e-4b5a-9f40-0c62a4a3dfff")),
            Invalid(PROOF),
        ),
        (
            "previous proof that is a number",
            "previousProof",
            Some(json!(1)),
            Invalid(PROOF),
        ),
    ] {
        let proof = with(&whole, |proof| match to {
            Some(value) => proof[member] = value,
            None => {
                proof.as_object_mut().expect("an object").remove(member);
            }
        });
        cases.push(case(name, issuer.prove_by_hand(&badge, proof), expected));
    }
    let mut options = issuer.options(RDFC);
    options.purpose = Purpose::Authentication;
    cases.push(case(
        "wrong purpose, signed over RDF",
        issuer.prove(&badge, &options),
        Invalid(PROOF),
    ));
    let mut options = issuer.options(RDFC);
    options.created = Some(Timestamp::now() + SignedDuration::from_hours(24));
    cases.push(case(
        "created in the future",
        issuer.prove(&badge, &options),
        Invalid(PROOF),
    ));

    for (from, to) in [(RDFC, "eddsa-jcs-2022"), (JCS, "eddsa-rdfc-2022")] {
        let swapped = with(&issuer.secure(&badge, from), |c| {
            c["proof"]["cryptosuite"] = json!(to);
        });
        cases.push(case("swapped cryptosuite", swapped, Invalid(PROOF)));
    }
    let by_name = with(&issuer.secure(&badge, RDFC), |c| {
        c["proof"]["type"] = json!("Ed25519Signature2020");
    });
    cases.push(case(
        "Ed25519Signature2020 over RDF",
        by_name,
        Invalid(TRANSFORMATION),
    ));
    for nothing in [json!(null), json!([])] {
        let bare = with(&badge, |c| c["proof"] = nothing);
        cases.push(case("null or empty proof", bare, Invalid(PARSING)));
    }
    cases.push(case("no proof", badge, Invalid(SECURITY)));
    run(cases).await;
}

#[tokio::test]
async fn a_signature_has_one_form() {
    let issuer = Issuer::did_key(1);
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let good = issuer.secure(&issuer.badge(), suite);
        let text = good["proof"]["proofValue"]
            .as_str()
            .expect("a value")
            .to_owned();
        let bytes = value::decode(&text).expect("64 bytes");
        let mut malleable = bytes;
        let mut carry = 0_u16;
        for (byte, order) in malleable[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            *byte = (sum & 0xff) as u8;
            carry = sum >> 8;
        }
        for (name, value) in [
            (
                "wrong multibase",
                format!("u{}", URL_SAFE_NO_PAD.encode(bytes)),
            ),
            ("no multibase", text.trim_start_matches('z').to_owned()),
            ("padding", format!("{text}=")),
            ("leading zero byte", text.replacen('z', "z1", 1)),
            (
                "63 bytes",
                format!("z{}", bs58::encode(&bytes[..63]).into_string()),
            ),
            ("empty", String::new()),
            ("malleable s", value::encode(&malleable)),
        ] {
            let bad = with(&good, |c| c["proof"]["proofValue"] = json!(value));
            cases.push(case(name, bad, Invalid(PROOF)));
        }
        let missing = with(&good, |c| {
            c["proof"]
                .as_object_mut()
                .expect("an object")
                .remove("proofValue");
        });
        cases.push(case("no proofValue", missing, Invalid(PROOF)));
    }
    // The identity point as key, and as R with s = 0, satisfies the loose equation for any message.
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut forged = [0; 64];
    forged[0] = 1;
    let weak = attestry::credential::did::did_key(&identity);
    let anyone = Issuer::did_key(1);
    let mut badge = anyone.secure(
        &with(&anyone.badge(), |c| c["issuer"]["id"] = json!(weak)),
        JCS,
    );
    badge["proof"]["verificationMethod"] = json!(attestry::credential::did::document::method_id(
        &weak, &identity
    ));
    badge["proof"]["proofValue"] = json!(value::encode(&forged));
    cases.push(case("small-order key", badge, Invalid(SECURITY)));
    run(cases).await;
}

#[tokio::test]
async fn every_proof_of_a_set_holds() {
    let (issuer, witness) = (Issuer::did_key(1), Issuer::did_key(2));
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let one = issuer.secure(&issuer.badge(), suite);
        let twice = with(&one, |c| {
            let proof = c["proof"].clone();
            c["proof"] = json!([proof.clone(), proof]);
        });
        cases.push(case("an identical second proof", twice, Valid));
        let set = witness.secure(&one, suite);
        cases.push(case("a legal set", set.clone(), Valid));
        for at in [0, 1] {
            let bad = with(&set, |c| {
                let other = c["proof"][1 - at]["proofValue"].clone();
                c["proof"][at]["proofValue"] = other;
            });
            cases.push(case("one bad proof of two", bad, Invalid(PROOF)));
        }
        let only_witness = with(&set, |c| c["proof"] = json!([c["proof"][1].clone()]));
        cases.push(case("only the witness", only_witness, Invalid(SECURITY)));

        let id = "urn:uuid:6d5b1c0e-7a4e-4b5a-9f40-0c62a4a3d0aa";
        let mut first = witness.options(suite);
        first.id = Some(id.to_owned());
        let mut second = issuer.options(suite);
        second.previous_proof = vec![id.to_owned()];
        let chain = issuer.prove(&witness.prove(&issuer.badge(), &first), &second);
        cases.push(case("a legal chain", chain.clone(), Valid));
        let broken = with(&chain, |c| c["proof"] = json!([c["proof"][1].clone()]));
        cases.push(case(
            "a chain without its first proof",
            broken,
            Invalid(PROOF),
        ));
        let stranger = with(&chain, |c| {
            let other = witness.secure(&issuer.badge(), suite);
            let mut proof = other["proof"].clone();
            proof["id"] = json!(id);
            c["proof"][0] = proof;
        });
        cases.push(case(
            "a chain over another first proof",
            stranger,
            Invalid(PROOF),
        ));
    }
    let many = with(&issuer.secure(&issuer.badge(), JCS), |c| {
        let proof = c["proof"].clone();
        c["proof"] = Value::Array(vec![proof; 17]);
    });
    cases.push(case("too many proofs", many, Invalid(PROOF)));
    run(cases).await;
}
