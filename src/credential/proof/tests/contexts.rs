//! What the contexts of a document and of its proofs may be.

use super::refusals::refused;
use super::*;

#[test]
fn contexts_under_jcs() {
    const MORE: &str = "https://skills.example/more";
    let good = signed(Cryptosuite::EddsaJcs2022);
    let first = good["@context"][0].clone();
    let with = |contexts: Value| {
        let mut document = good.clone();
        document["@context"] = contexts;
        document
    };
    assert_eq!(check(&with(json!([first, MORE]))), Ok(1));
    for bad in [
        json!([MORE, first]),
        json!([MORE]),
        json!([]),
        json!({}),
        json!(MORE),
    ] {
        let error = refused(&with(bad));
        assert!(matches!(error, ProofError::Context { .. }), "{error}");
        assert_eq!(error.name(), "PROOF_VERIFICATION_ERROR");
    }
    // A proof that names no contexts covers those of the document.
    let mut bare = good.clone();
    bare["proof"].as_object_mut().unwrap().remove("@context");
    assert!(matches!(refused(&bare), ProofError::Signature { .. }));
}

#[test]
fn contexts_under_rdfc() {
    const MORE: &str = "https://skills.example/more";
    let good = signed(Cryptosuite::EddsaRdfc2022);
    let mut document = good.clone();
    document["@context"] = json!([document["@context"][0], MORE]);
    assert!(check(&document).is_err());
    // What is not signed may not say anything else.
    let mut document = good.clone();
    document["proof"]["@context"] = json!({"name": "https://skills.example/name"});
    assert!(matches!(refused(&document), ProofError::Context { .. }));
    document["proof"]["@context"] = document["@context"].clone();
    assert_eq!(check(&document), Ok(1));
}

#[test]
fn terms_without_meaning_under_rdfc() {
    for place in ["document", "proof"] {
        let mut document = signed(Cryptosuite::EddsaRdfc2022);
        let at = if place == "proof" {
            &mut document["proof"]
        } else {
            &mut document
        };
        at["undefinedTerm"] = json!("x");
        let error = refused(&document);
        assert_eq!(error.name(), "PROOF_TRANSFORMATION_ERROR", "{error}");
    }
    // Under JCS every member is signed, whatever it means.
    let mut document = signed(Cryptosuite::EddsaJcs2022);
    document["proof"]["undefinedTerm"] = json!("x");
    assert!(matches!(refused(&document), ProofError::Signature { .. }));
}
