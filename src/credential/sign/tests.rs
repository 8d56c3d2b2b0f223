use super::*;
use crate::credential::build::{build, tests::claim};
use crate::credential::mechanism::Mechanism;
use crate::credential::prepare::prepare;
use crate::credential::rdf::Contexts;
use jiff::Timestamp;

fn signer() -> IssuerSigner {
    IssuerSigner::new(&claim().issuer.id, &Seed::from_bytes([9; 32]))
}

fn prepared(kid: &str, mechanism: Mechanism) -> Prepared {
    let credential = build(&claim()).unwrap();
    prepare(
        credential,
        kid,
        mechanism,
        Timestamp::UNIX_EPOCH,
        &Contexts::pinned(),
    )
    .unwrap()
}

#[test]
fn the_same_claim_gives_the_same_bytes() {
    for mechanism in Mechanism::ALL {
        let make = || signer().sign(&prepared(signer().kid(), mechanism)).unwrap();
        assert_eq!(make(), make());
        assert_eq!(make().starts_with('{'), mechanism.is_embedded());
    }
}

#[test]
fn another_key_is_refused() {
    for mechanism in Mechanism::ALL {
        assert!(matches!(
            signer().sign(&prepared("did:web:a.example#k", mechanism)),
            Err(SignError::OtherKey { .. })
        ));
    }
}

#[test]
fn the_secret_is_not_printed() {
    assert!(format!("{:?}", signer()).ends_with("[redacted])"));
}
