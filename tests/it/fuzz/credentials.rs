//! The verification engine: nothing that was changed is found valid, unless it still says the same.

use attestry::credential::mechanism::Mechanism;
use attestry::credential::rdf::{Contexts, canonize};
use attestry::credential::verify::{CheckOutcome, Inspected, Outcome, inspect, verify};
use attestry::kernel::json::Json;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::dice::Dice;
use super::{Target, gist, mutate, samples};

/// What the document says, as `mechanism` sees it.
fn meaning(inspected: &Inspected, mechanism: Mechanism) -> String {
    let Json::Object(mut document) = inspected.document().clone() else {
        return "no object".to_owned();
    };
    let proof = match document.remove("proof") {
        Some(Json::Array(proofs)) => proofs.into_iter().next(),
        other => other,
    };
    // A proof over JSON covers the contexts that it names; more may be added after them (Data
    // Integrity EdDSA Cryptosuites 1.0, section 3.3.2).
    let covered = proof.as_ref().and_then(|proof| proof.get("@context"));
    if let (Mechanism::EddsaJcs2022, Some(covered)) = (mechanism, covered) {
        document.insert("@context", covered.clone());
    }
    match mechanism {
        Mechanism::EddsaRdfc2022 => canonize(&Json::Object(document), &Contexts::pinned())
            .unwrap_or_else(|error| error.to_string()),
        _ => String::from_utf8(document.canonical()).expect("JSON is UTF-8"),
    }
}

/// A compact JWS, changed within one of its parts, or as a whole.
fn changed_jws(dice: &mut Dice, kept: &[Vec<u8>]) -> Vec<u8> {
    let text = String::from_utf8_lossy(dice.pick::<Vec<u8>>(kept)).into_owned();
    let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
    let at = dice.below(parts.len());
    match URL_SAFE_NO_PAD.decode(&parts[at]) {
        Ok(part) if !dice.once_in(3) => {
            let part = mutate::json(dice, &[part], samples::WORDS);
            parts[at] = URL_SAFE_NO_PAD.encode(part);
            parts.join(".").into_bytes()
        }
        _ => mutate::bytes(dice, kept, &[".", "=", "e30", "{", "\"", " ", "\n"]),
    }
}

fn search(mechanism: Mechanism) {
    let secured = samples::secured(mechanism).into_bytes();
    let materials = samples::materials();
    let original = inspect(&secured).expect("it is one");
    let said = meaning(&original, mechanism);
    let told = verify(&original, &materials, samples::now()).summary;
    let read = |input: &[u8]| {
        let inspected = match inspect(input) {
            Ok(inspected) => inspected,
            Err(error) => return gist(&error),
        };
        let report = verify(&inspected, &materials, samples::now());
        if report.outcome == Outcome::Valid {
            assert_eq!(meaning(&inspected, mechanism), said);
            // Nor may the reader be told anything else.
            assert_eq!(report.summary, told);
        }
        let failed = report
            .checks
            .iter()
            .filter(|check| check.outcome == CheckOutcome::Fail);
        let failed: Vec<_> = failed
            .map(|check| (check.name, check.error.map(|e| e.name)))
            .collect();
        format!("{:?} {failed:?}", report.outcome)
    };
    let words = Target {
        name: mechanism.as_str(),
        seeds: vec![secured.clone()],
        change: &|dice, kept| match mechanism.is_embedded() {
            true => mutate::json(dice, kept, samples::WORDS),
            false => changed_jws(dice, kept),
        },
        read: &read,
    }
    .run();
    assert!(
        words.keys().any(|word| word.starts_with("Valid")),
        "{words:?}"
    );
    assert!(
        words.keys().any(|word| word.starts_with("Invalid")),
        "{words:?}"
    );
}

#[test]
fn proofs_over_statements() {
    search(Mechanism::EddsaRdfc2022);
}

#[test]
fn proofs_over_json() {
    search(Mechanism::EddsaJcs2022);
}

#[test]
fn open_badges_jwts() {
    search(Mechanism::JwtOpenBadges);
}

#[test]
fn vc_jwts() {
    search(Mechanism::VcJwt);
}
