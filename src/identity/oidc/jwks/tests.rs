use super::*;
use crate::identity::oidc::token::tests::ed25519;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

/// A ring that was filled with the key `k1` at second 0.
fn filled() -> (Keyring, Arc<KeySet>) {
    let mut ring = Keyring::default();
    ring.ask(at(0));
    ring.hold(ed25519().key_set("k1"), at(0));
    (ring, Arc::new(ed25519().key_set("k1")))
}

#[test]
fn the_first_token_fetches_and_those_after_it_do_not() {
    let mut ring = Keyring::default();
    assert_eq!(ring.step("k1", at(0)), Step::Fetch(None));
    ring.ask(at(0));
    assert_eq!(ring.step("k1", at(0)), Step::Refuse(Refusal::NoKeys));
    let (ring, keys) = filled();
    for second in [0, 1, 599] {
        assert_eq!(ring.step("k1", at(second)), Step::Use(Arc::clone(&keys)));
    }
}

#[test]
fn keys_are_asked_for_again_and_used_meanwhile() {
    let (mut ring, keys) = filled();
    let fetch = Step::Fetch(Some(Arc::clone(&keys)));
    assert_eq!(ring.step("k1", at(600)), fetch);
    // The issuer does not answer.
    ring.ask(at(600));
    assert_eq!(ring.step("k1", at(629)), Step::Use(Arc::clone(&keys)));
    assert_eq!(ring.step("k1", at(630)), fetch);
    let day = 24 * 3600;
    ring.ask(at(day - 1));
    assert_eq!(ring.step("k1", at(day - 1)), Step::Use(keys));
    assert_eq!(ring.step("k1", at(day)), Step::Refuse(Refusal::NoKeys));
    assert_eq!(ring.step("k1", at(day + 29)), Step::Fetch(None));
}

#[test]
fn an_unknown_key_is_asked_for_at_most_every_half_minute() {
    let (mut ring, _) = filled();
    let unknown = Step::Refuse(Refusal::UnknownKey);
    assert_eq!(ring.step("k2", at(29)), unknown);
    assert_eq!(ring.step("k2", at(30)), Step::Fetch(None));
    ring.ask(at(30));
    ring.hold(ed25519().key_set("k1"), at(30));
    assert_eq!(ring.step("k3", at(59)), unknown);
    ring.ask(at(60));
    ring.hold(ed25519().key_set("k2"), at(60));
    assert!(matches!(ring.step("k2", at(60)), Step::Use(_)));
    // What the issuer took back is gone.
    assert_eq!(ring.step("k1", at(61)), unknown);
}

#[test]
fn a_clock_set_back_locks_nobody_out() {
    let (ring, _) = filled();
    assert!(matches!(ring.step("k1", at(-5)), Step::Use(_)));
    assert!(matches!(ring.step("k1", at(-601)), Step::Fetch(Some(_))));
    assert_eq!(ring.step("k1", at(-100_000)), Step::Fetch(None));
}
