use proptest::prelude::*;
use proptest::sample::Index;

use super::png;
use super::svg::PICTURE;
use super::{JSON, JWS, baked, unbaked};
use crate::credential::badge::{BadgeError, MOST_BYTES, unbake};

fn image() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![Just(png::image()), Just(PICTURE.as_bytes().to_vec()),]
}

/// JSON objects and compact JWS.
fn credential() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>().prop_map(|name| serde_json::json!({ "name": name }).to_string()),
        "[A-Za-z0-9_-]{0,9}\\.[A-Za-z0-9_-]{0,9}\\.[A-Za-z0-9_-]{0,9}",
    ]
}

/// Bytes put in the place of others.
fn change() -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..4),
        proptest::sample::select(vec![
            "<",
            ">",
            "/>",
            "&",
            "]]>",
            "<![CDATA[",
            "<!--",
            "\"",
            "'",
            "<!DOCTYPE a [",
            "</"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    (any::<Index>(), 0..4_usize, piece)
}

proptest! {
    #[test]
    fn what_is_baked_is_found_again(image in image(), credential in credential()) {
        let badge = baked(&image, &credential).unwrap();
        prop_assert_eq!(unbaked(&badge), Ok(credential));
    }

    #[test]
    fn any_bytes_end_in_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for start in [&b""[..], b"\x89PNG\r\n\x1a\n", b"<svg "] {
            let image = [start, &bytes].concat();
            if let Ok(Some(text)) = unbake(&image, MOST_BYTES) {
                let is_json = text.starts_with('{');
                prop_assert!(is_json || text.split('.').count() == 3);
            }
        }
    }

    #[test]
    fn changed_badges_end_in_an_answer(
        image in image(),
        credential in proptest::sample::select(vec![JSON, JWS]),
        changes in proptest::collection::vec(change(), 1..4),
    ) {
        let mut badge = baked(&image, credential).unwrap();
        for (at, removed, added) in changes {
            let at = at.index(badge.len().max(1)).min(badge.len());
            let end = (at + removed).min(badge.len());
            badge.splice(at..end, added);
        }
        match unbake(&badge, MOST_BYTES) {
            Ok(Some(text)) => prop_assert!(!text.is_empty()),
            Ok(None) => {}
            Err(error) => prop_assert!(error.to_string().contains("; ")),
        }
    }

    #[test]
    fn no_changed_byte_of_a_png_goes_unseen(at in any::<Index>(), flip in 1..=255_u8) {
        let mut badge = baked(&png::image(), JSON).unwrap();
        let at = at.index(badge.len());
        badge[at] ^= flip;
        match unbake(&badge, MOST_BYTES) {
            Ok(None) => prop_assert!(at < 8),
            Err(BadgeError::Damaged { .. }) => prop_assert!(at >= 8),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
