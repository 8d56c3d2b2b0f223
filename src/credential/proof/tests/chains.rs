//! Several proofs over one document.

use super::*;

fn with_id(id: &str, previous: &[&str], options: ProofOptions) -> ProofOptions {
    ProofOptions {
        id: Some(format!("urn:proof:{id}")),
        previous_proof: previous
            .iter()
            .map(|id| format!("urn:proof:{id}"))
            .collect(),
        ..options
    }
}

/// Two proofs side by side, a third on both, a fourth on the third.
fn chained(suite: Cryptosuite) -> Value {
    let mut document = document();
    for (seed, id, previous) in [
        (1, "a", &[][..]),
        (2, "b", &[]),
        (3, "c", &["a", "b"]),
        (4, "d", &["c"]),
    ] {
        document = add(document, &with_id(id, previous, options(suite, seed)), seed);
    }
    document
}

#[test]
fn a_set_and_a_chain_hold() {
    for suite in SUITES {
        let document = chained(suite);
        assert_eq!(check(&document), Ok(4));
        assert_eq!(document["proof"][2]["previousProof"][1], "urn:proof:b");
        assert_eq!(document["proof"][3]["previousProof"], "urn:proof:c");
    }
    let mixed = add(signed(SUITES[0]), &options(SUITES[1], 2), 2);
    assert_eq!(check(&mixed), Ok(2));
}

#[test]
fn a_proof_beside_another_does_not_depend_on_it() {
    for suite in SUITES {
        let mut two = add(signed(suite), &options(suite, 2), 2);
        two["proof"].as_array_mut().unwrap().remove(0);
        assert_eq!(check(&two), Ok(1));
    }
}

#[test]
fn an_identical_second_proof_says_nothing_new() {
    for suite in SUITES {
        let mut twice = signed(suite);
        twice["proof"] = json!([twice["proof"], twice["proof"]]);
        assert_eq!(check(&twice), Ok(1));
        let mut twice = chained(suite);
        let first = twice["proof"][0].clone();
        twice["proof"].as_array_mut().unwrap().push(first);
        assert_eq!(check(&twice), Ok(4));
    }
}

#[test]
fn one_bad_proof_of_two_is_found() {
    for suite in SUITES {
        let mut two = add(signed(suite), &options(suite, 2), 2);
        let value = two["proof"][0]["proofValue"].clone();
        two["proof"][1]["proofValue"] = value;
        assert_eq!(
            check(&two),
            Err(ProofError::Signature {
                place: "/proof/1".to_owned()
            })
        );
    }
}

#[test]
fn a_chain_without_its_first_link_is_refused() {
    for suite in SUITES {
        let mut document = chained(suite);
        document["proof"].as_array_mut().unwrap().remove(0);
        let error = check(&document).unwrap_err();
        assert!(
            matches!(&error, ProofError::PreviousMissing { place, id }
                if place == "/proof/1" && id == "urn:proof:a"),
            "{error}"
        );
        assert_eq!(error.name(), "PROOF_VERIFICATION_ERROR");
    }
}

#[test]
fn a_later_link_signs_the_earlier_ones() {
    for suite in SUITES {
        // The first proof is made again, a second later: it holds by itself, but not in the chain.
        let mut document = chained(suite);
        let mut later = with_id("a", &[], options(suite, 1));
        later.created = Some("2026-06-01T11:59:59Z".parse().unwrap());
        let again = add(super::document(), &later, 1);
        document["proof"][0] = again["proof"].clone();
        assert_eq!(
            check(&document),
            Err(ProofError::Signature {
                place: "/proof/2".to_owned()
            })
        );
    }
}

#[test]
fn circles_and_ambiguous_ids_are_refused() {
    let suite = Cryptosuite::EddsaJcs2022;
    let mut document = chained(suite);
    document["proof"][0]["previousProof"] = json!("urn:proof:d");
    assert_eq!(
        check(&document),
        Err(ProofError::Cycle {
            place: "/proof/0".to_owned()
        })
    );
    let mut document = chained(suite);
    document["proof"][3]["previousProof"] = json!("urn:proof:d");
    assert!(matches!(check(&document), Err(ProofError::Cycle { .. })));
    let mut document = chained(suite);
    document["proof"][1]["id"] = json!("urn:proof:a");
    assert_eq!(
        check(&document),
        Err(ProofError::DuplicateId {
            place: "/proof/1".to_owned()
        })
    );
}

#[test]
fn a_proof_cannot_be_made_on_one_that_is_not_there() {
    for suite in SUITES {
        let onto_nothing = with_id("b", &["a"], options(suite, 1));
        for document in [document(), signed(suite)] {
            let made = onto_nothing.add_to(object(document), &Contexts::pinned());
            assert!(matches!(made, Err(ProofError::PreviousMissing { .. })));
        }
    }
}

#[test]
fn the_number_of_proofs_is_bounded() {
    let mut document = signed(Cryptosuite::EddsaJcs2022);
    document["proof"] = Value::Array(vec![document["proof"].clone(); MAX_PROOFS]);
    assert_eq!(check(&document), Ok(1));
    let more =
        options(Cryptosuite::EddsaJcs2022, 2).add_to(object(document.clone()), &Contexts::pinned());
    assert_eq!(more, Err(ProofError::TooMany(MAX_PROOFS + 1)));
    let proof = document["proof"][0].clone();
    document["proof"].as_array_mut().unwrap().push(proof);
    assert_eq!(check(&document), Err(ProofError::TooMany(MAX_PROOFS + 1)));
}
