mod fixtures;
mod png;
mod properties;
mod svg;

use super::{BadgeError, MOST_BYTES, bake, unbake};

const JSON: &str = r#"{"name":"Erste Hilfe & <Wiederbelebung> ]]> \"ü\""}"#;
const JWS: &str = "eyJhbGciOiJFZERTQSJ9.eyJuYW1lIjoiLV8ifQ.c2lnbmF0dXJl";

/// What [`unbake`] takes from `image`, which is one.
fn unbaked(image: &[u8]) -> Result<String, BadgeError> {
    unbake(image, MOST_BYTES).map(|text| text.expect("this is an image"))
}

/// What [`bake`] makes of `image`, which is one.
fn baked(image: &[u8], credential: &str) -> Result<Vec<u8>, BadgeError> {
    bake(image, credential, MOST_BYTES).map(|image| image.expect("this is an image"))
}

#[test]
fn what_is_no_image_is_left_to_others() {
    for bytes in [
        &b""[..],
        b"{}",
        b" {}",
        JWS.as_bytes(),
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"\xff\xfe<\0",
    ] {
        assert_eq!(unbake(bytes, MOST_BYTES), Ok(None), "{bytes:?}");
        assert_eq!(bake(bytes, JSON, MOST_BYTES), Ok(None), "{bytes:?}");
    }
    // Nor does the bound on images hold for it.
    assert_eq!(unbake(b"{\"a\":1}", 3), Ok(None));
}

#[test]
fn there_is_a_bound_on_size() {
    for image in [png::image(), svg::PICTURE.as_bytes().to_vec()] {
        let badge = baked(&image, JSON).unwrap();
        let size = badge.len();
        assert!(unbake(&badge, size).is_ok());
        let refused = unbake(&badge, size - 1).unwrap_err();
        assert_eq!(
            refused,
            BadgeError::TooLarge {
                found: size,
                most: size - 1
            }
        );
    }
}

#[test]
fn what_is_no_credential_is_not_baked() {
    for text in [
        "", "[]", "name", "a.b", "a.b.c.d", "a.b=.c", "a.ü.c", "a. b.c",
    ] {
        let refused = baked(&png::image(), text).unwrap_err();
        assert_eq!(refused, BadgeError::NotACredential { at: 0 }, "{text:?}");
    }
}

#[test]
fn errors_say_what_to_do() {
    let message = unbaked(&png::image()).unwrap_err().to_string();
    assert_eq!(
        message,
        "the image carries no Open Badges 3.0 credential; give one that was baked, or the \
         credential itself"
    );
    let twice = png::with_text(
        &png::with_text(&png::image(), JSON.as_bytes()),
        JSON.as_bytes(),
    );
    let message = unbaked(&twice).unwrap_err().to_string();
    let start = "the image has a credential too many at byte ";
    assert!(message.starts_with(start), "{message}");
}
