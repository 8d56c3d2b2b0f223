//! What holds for every document.

use proptest::prelude::*;

use super::*;
use crate::kernel::json::any_json;

/// Any object, without the members that a proof looks at.
fn any_document() -> impl Strategy<Value = Object> {
    proptest::collection::vec(("[a-z]{1,6}", any_json()), 0..6).prop_map(|members| {
        let others = |(name, _): &(String, Json)| name != "proof";
        members.into_iter().filter(others).collect()
    })
}

/// Signs as JSON, where a document may say anything.
fn sign(document: Object) -> Json {
    let unsigned = options(Cryptosuite::EddsaJcs2022, 1)
        .add_to(document, &Contexts::pinned())
        .unwrap();
    let mut document = unsigned.document;
    let Some(Json::Object(mut proof)) = document.remove("proof") else {
        panic!("one proof")
    };
    let signature = signer(1).sign(&unsigned.hash_data);
    proof.insert("proofValue", value::encode(&signature));
    document.insert("proof", proof);
    Json::Object(document)
}

fn holds(document: &Json) -> bool {
    let set = ProofSet::read(document).unwrap();
    let expected = Expected::assertion(now());
    let proof = set.iter().next().unwrap();
    set.verify(proof, &key(1), &expected, &Contexts::pinned())
        .is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_signed_holds_until_it_is_altered(
        document in any_document(), name in "[a-z]{1,6}", other in any_json(),
    ) {
        let signed = sign(document);
        prop_assert!(holds(&signed));
        let Json::Object(mut altered) = signed else { panic!("an object") };
        let before = altered.canonical();
        altered.insert(name.as_str(), other);
        prop_assume!(name != "proof" && altered.canonical() != before);
        prop_assert!(!holds(&Json::Object(altered)));
    }

    /// Whatever stands in the place of proofs, reading it ends in proofs or in an error.
    #[test]
    fn reading_never_panics(
        proofs in proptest::collection::vec(
            proptest::collection::vec((prop::sample::select(vec![
                "id", "type", "cryptosuite", "created", "expires", "proofPurpose", "proofValue",
                "verificationMethod", "previousProof", "domain", "challenge", "@context",
            ]), prop_oneof![
                any_json(),
                prop::sample::select(vec!["urn:a", "urn:b", "DataIntegrityProof"]).prop_map(Json::from),
            ]), 0..8),
            0..18,
        ),
    ) {
        let proofs: Vec<Json> = proofs
            .into_iter()
            .map(|members| {
                let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
                Json::Object(members.collect())
            })
            .collect();
        let mut document = Object::new();
        document.insert("proof", proofs);
        let document = Json::Object(document);
        if let Ok(set) = ProofSet::read(&document) {
            for proof in set.iter() {
                let expected = Expected::assertion(now());
                let verdict = set.verify(proof, &key(1), &expected, &Contexts::pinned());
                prop_assert!(verdict.is_err());
            }
        }
    }
}
