use super::*;
use proptest::prelude::*;

/// Not a credential any more, or an invalid one; never valid, never undecided.
fn is_refused(text: &[u8]) -> bool {
    match inspect(text) {
        Err(_) => true,
        Ok(inspected) => verify(&inspected, &materials(), now()).outcome == Outcome::Invalid,
    }
}

#[test]
fn every_single_altered_character_is_refused() {
    let jwt = jwt().into_bytes();
    let materials = materials();
    for at in 0..jwt.len() {
        let mut altered = jwt.clone();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let refused = inspect(&altered).map_or(true, |inspected| {
            verify(&inspected, &materials, now()).outcome == Outcome::Invalid
        });
        assert!(refused, "character {at}");
    }
}

#[test]
fn every_truncation_is_refused() {
    let jwt = jwt().into_bytes();
    for at in (0..jwt.len()).step_by(7) {
        assert!(is_refused(&jwt[..at]), "cut at {at}");
    }
}

#[test]
fn added_claims_are_refused() {
    let jwt = jwt();
    let mut payload = payload_of(&jwt);
    payload["credentialSubject"]["role"] = json!("Director");
    let mut parts: Vec<String> = jwt.split('.').map(str::to_owned).collect();
    parts[1] = URL_SAFE_NO_PAD.encode(payload.to_string());
    assert!(is_refused(parts.join(".").as_bytes()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_flipped_bit_is_refused(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut altered = jwt().into_bytes();
        let at = at.index(altered.len());
        altered[at] ^= 1 << bit;
        prop_assert!(is_refused(&altered));
    }

    #[test]
    fn every_flipped_bit_of_the_decoded_parts_is_refused(
        part in 0..3_usize, at in any::<prop::sample::Index>(), bit in 0..8_u8,
    ) {
        let jwt = jwt();
        let mut parts: Vec<String> = jwt.split('.').map(str::to_owned).collect();
        let mut bytes = URL_SAFE_NO_PAD.decode(&parts[part]).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        parts[part] = URL_SAFE_NO_PAD.encode(bytes);
        prop_assert!(is_refused(parts.join(".").as_bytes()));
    }

    #[test]
    fn any_bytes_end_in_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(inspected) = inspect(&bytes) {
            prop_assert_ne!(verify(&inspected, &materials(), now()).outcome, Outcome::Valid);
        }
    }

    #[test]
    fn any_replaced_member_ends_in_an_answer(pick in any::<prop::sample::Index>(), with in 0..6_usize) {
        let mut payload = payload_of(&jwt());
        let paths = pointers(&payload, String::new());
        let path = &paths[pick.index(paths.len())];
        *payload.pointer_mut(path).unwrap() = [
            json!(null), json!({}), json!([]), json!([[]]), json!(""), json!(-1),
        ][with].clone();
        if let Ok(inspected) = inspect(raw(&header(), &payload.to_string()).as_bytes()) {
            let report = verify(&inspected, &materials(), now());
            prop_assert!(!render(&report).is_empty());
        }
    }
}

fn pointers(value: &Value, at: String) -> Vec<String> {
    let mut all = vec![at.clone()];
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                all.extend(pointers(
                    member,
                    format!("{at}/{}", name.replace('/', "~1")),
                ));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                all.extend(pointers(item, format!("{at}/{index}")));
            }
        }
        _ => {}
    }
    all
}
