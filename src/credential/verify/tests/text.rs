use super::*;

#[test]
fn the_skill_comes_first() {
    let text = render(&judge(&jwt(), &materials()));
    insta::assert_snapshot!(text, @r#"
    VALID
      Statement   53-7051.00/2/3  Load balance
                  Keeps a mixed load stable while turning on a ramp.
      Level       Developing
      Framework   Lift Truck Operators, Mastery v.26.05
      Source      https://skills.example/statements/00000000-0000-5000-8000-0000000000aa
      Issuer      Riverside Training (did:web:skills.example:issuers:riverside)
      Learner     urn:uuid:00000000-0000-4000-8000-000000000007
      Valid       from 2026-03-01T09:30:00Z until 2029-03-01T09:30:00Z
      Credential  urn:uuid:00000000-0000-0000-0000-00005f3a0c1e
    Checks
      PASS           form      an Open Badges 3.0 achievement credential
      PASS           header    EdDSA, with nothing that is not understood
      PASS           claims    the JWT claims repeat the credential
      PASS           signature the signature is that of the key named
      PASS           issuer    the issuer "did:web:skills.example:issuers:riverside" controls the key
      PASS           time      valid from 2026-03-01T09:30:00Z until 2029-03-01T09:30:00Z
      PASS           status    it is not revoked
      NOT_APPLICABLE statement the framework document is not at hand; give it to have the statement compared
      NOT_APPLICABLE trust     no trust list was given; judge the issuer yourself
    "#);
}

#[test]
fn a_terminal_is_not_obeyed() {
    let mut claim = bound_claim();
    claim.achievement.name = "\u{1b}[2J\u{202e}VALID\nPASS".to_owned();
    claim.issuer.name = "\u{9b}31m".to_owned();
    let jwt = secure(&build(&claim).unwrap(), &signer(), Mechanism::JwtOpenBadges);
    let text = render(&judge(&jwt, &materials()));
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']));
    assert!(!text.contains("\nPASS"));
}

#[test]
fn a_bad_verdict_is_the_first_word() {
    let text = render(&judge(&jwt(), &Materials::new()));
    assert!(text.starts_with("INDETERMINATE"));
    let text = render(&judge(
        &jwt(),
        &materials_with(&list(Purpose::Revocation, &[94_567])),
    ));
    assert!(text.starts_with("INVALID"));
    assert!(text.contains("FAIL           status    the issuer revoked this credential"));
}
