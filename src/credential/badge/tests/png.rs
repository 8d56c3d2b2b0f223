use super::{JSON, JWS, baked, unbaked};
use crate::credential::badge::BadgeError;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The last chunk of every PNG, its checksum as it is widely known.
const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";

/// A chunk with the right checksum.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let checked = [kind, data].concat();
    let checksum = crc32fast::hash(&checked).to_be_bytes();
    [&length[..], &checked, &checksum].concat()
}

/// A picture of one grey dot.
pub(super) fn image() -> Vec<u8> {
    let header = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    // One row: no filter, the dot; stored, as zlib does it.
    let dot = b"\x78\x01\x01\x02\0\xfd\xff\0\x80\0\x82\0\x81";
    [SIGNATURE, &header, &chunk(b"IDAT", dot), END].concat()
}

/// `image` with one chunk more before its end.
fn with(image: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let before = image.strip_suffix(END).unwrap();
    [before, &chunk(kind, data), END].concat()
}

/// `image` with `text` where the credential belongs.
pub(super) fn with_text(image: &[u8], text: &[u8]) -> Vec<u8> {
    with(
        image,
        b"iTXt",
        &[b"openbadgecredential\0\0\0\0\0", text].concat(),
    )
}

/// Where the last chunk of [`image`] begins: where another one is put.
fn end() -> usize {
    image().len() - END.len()
}

#[track_caller]
fn is_not_allowed(image: &[u8], what: &str) {
    match unbaked(image) {
        Err(BadgeError::NotAllowed {
            at, what: found, ..
        }) => {
            assert_eq!((at, found.as_str()), (end(), what));
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn is_damaged(image: &[u8], at: usize, what: &str) {
    let what = what.to_owned();
    assert_eq!(unbaked(image), Err(BadgeError::Damaged { at, what }));
}

#[test]
fn what_is_baked_is_found_again() {
    for text in [JSON, JWS] {
        let badge = baked(&image(), text).unwrap();
        assert_eq!(badge, with_text(&image(), text.as_bytes()));
        assert_eq!(unbaked(&badge).unwrap(), text);
        let again = baked(&badge, text).unwrap_err();
        assert_eq!(again, BadgeError::Twice { at: end() });
    }
}

#[test]
fn white_space_around_is_no_part_of_it() {
    let badge = with_text(&image(), format!("\r\n {JWS}\t\n").as_bytes());
    assert_eq!(unbaked(&badge).unwrap(), JWS);
}

#[test]
fn languages_and_other_texts_do_not_matter() {
    let data = [b"openbadgecredential\0\0\0de\0Ausweis\0", JSON.as_bytes()].concat();
    let badge = with(&image(), b"iTXt", &data);
    let badge = with(&badge, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>");
    let badge = with(&badge, b"tEXt", b"Title\0openbadgecredential");
    let badge = with(&badge, b"tEXt", b"no end of the keyword");
    assert_eq!(unbaked(&badge).unwrap(), JSON);
    assert_eq!(unbaked(&image()), Err(BadgeError::NoCredential));
}

#[test]
fn a_second_credential_is_refused() {
    let first = with_text(&image(), JSON.as_bytes());
    let second = first.len() - END.len();
    let twice = with_text(&first, JSON.as_bytes());
    assert_eq!(unbaked(&twice), Err(BadgeError::Twice { at: second }));
}

#[test]
fn other_ways_to_carry_it_are_refused() {
    let compressed = with(&image(), b"iTXt", b"openbadgecredential\0\x01\0\0\0x\x9c");
    is_not_allowed(&compressed, "a compressed credential");
    let method = with(&image(), b"iTXt", b"openbadgecredential\0\0\x01\0\0{}");
    is_not_allowed(&method, "a compressed credential");
    for kind in [b"tEXt", b"zTXt"] {
        let other = with(&image(), kind, b"openbadgecredential\0{}");
        is_not_allowed(&other, "a credential in a chunk that is not iTXt");
    }
    for kind in [b"iTXt", b"tEXt"] {
        let old = with(&image(), kind, b"openbadges\0\0\0\0\0{}");
        is_not_allowed(&old, "a badge of an older version (openbadges)");
    }
}

#[test]
fn text_must_be_utf8_and_a_credential() {
    let at = end();
    let latin = with_text(&image(), b"{\"name\":\"\xfc\"}");
    assert_eq!(unbaked(&latin), Err(BadgeError::NotUtf8 { at }));
    let url = with_text(&image(), b"https://example.org/badge.json");
    assert_eq!(unbaked(&url), Err(BadgeError::NotACredential { at }));
}

#[test]
fn the_chunk_must_have_its_form() {
    for data in [
        "openbadgecredential",
        "openbadgecredential\0\0\0",
        "openbadgecredential\0\0\0\0{}",
    ] {
        let broken = with(&image(), b"iTXt", data.as_bytes());
        is_damaged(&broken, end(), "the iTXt chunk is not in the form of one");
    }
}

#[test]
fn every_checksum_counts() {
    let badge = with_text(&image(), JSON.as_bytes());
    for (at, kind) in [
        (8, "IHDR"),
        (33, "IDAT"),
        (end(), "iTXt"),
        (badge.len() - 12, "IEND"),
    ] {
        let mut broken = badge.clone();
        let length = u32::from_be_bytes(broken[at..at + 4].try_into().unwrap()) as usize;
        broken[at + 8 + length] ^= 1;
        is_damaged(
            &broken,
            at,
            &format!("the checksum of chunk {kind} is wrong"),
        );
    }
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_damaged() {
    let badge = with_text(&image(), JSON.as_bytes());
    for length in 8..badge.len() {
        match unbaked(&badge[..length]) {
            Err(BadgeError::Damaged { what, .. }) => assert_eq!(what, "a chunk is cut off"),
            other => panic!("{length}: {other:?}"),
        }
    }
}

#[test]
fn chunks_must_be_in_their_places() {
    let more = [image(), b"more".to_vec()].concat();
    is_damaged(
        &more,
        image().len(),
        "there is more after the last chunk, IEND",
    );
    let headless = [SIGNATURE, &chunk(b"IDAT", b""), END].concat();
    is_damaged(&headless, 8, "IHDR must be the first chunk, and only that");
    let second = with(&image(), b"IHDR", b"");
    is_damaged(
        &second,
        end(),
        "IHDR must be the first chunk, and only that",
    );
    let unnamed = with(&image(), b"a\0b1", b"");
    is_damaged(&unnamed, end(), "the type of a chunk is not four letters");
}
