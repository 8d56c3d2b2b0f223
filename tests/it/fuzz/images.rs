//! The readers of badges.

use attestry::credential::badge::{MOST_BYTES, bake, unbake};

use super::{Target, gist, mutate};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\0IEND\xae\x42\x60\x82";
const SVG: &[u8] = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><g/></svg>";
const CREDENTIALS: [&str; 2] = [r#"{"name":"a ]]> b & <c>"}"#, "eyJhIjoxfQ.e30.c2ln"];

fn badges(image: &[u8]) -> Vec<Vec<u8>> {
    let baked = CREDENTIALS.map(|text| bake(image, text, MOST_BYTES).expect("it can be baked"));
    baked.map(|badge| badge.expect("it is an image")).to_vec()
}

/// What is found in a badge is a credential that can be baked again, and is found again.
fn read(input: &[u8]) -> String {
    match unbake(input, MOST_BYTES) {
        Ok(None) => "no image".to_owned(),
        Ok(Some(text)) => {
            for image in [PNG, SVG] {
                let badge = bake(image, &text, MOST_BYTES).expect("it is a credential");
                let badge = badge.expect("it is an image");
                let again = unbake(&badge, MOST_BYTES).expect("it is a badge");
                // XML reads every end of a line as a line feed.
                let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
                assert_eq!(again.as_deref().map(lines), Some(lines(&text)));
            }
            "a credential".to_owned()
        }
        Err(error) => gist(&error),
    }
}

/// `input` with the checksums of its chunks put right, as far as there are chunks.
fn with_checksums(mut input: Vec<u8>) -> Vec<u8> {
    let mut at = 8;
    while let Some(head) = input.get(at..at + 4) {
        let length = u32::from_be_bytes(head.try_into().expect("four bytes")) as usize;
        let (start, end) = (at + 4, (at + 8).saturating_add(length));
        let Some(checked) = input.get(start..end) else {
            break;
        };
        let checksum = crc32fast::hash(checked).to_be_bytes();
        let Some(place) = input.get_mut(end..end + 4) else {
            break;
        };
        place.copy_from_slice(&checksum);
        at = end + 4;
    }
    input
}

#[test]
fn png() {
    const WORDS: &[&str] = &[
        "openbadgecredential",
        "openbadges",
        "iTXt",
        "tEXt",
        "zTXt",
        "IDAT",
        "IEND",
        "\0",
        "\u{1}",
        "\0\0\0\0",
        "{}",
    ];
    let words = Target {
        name: "PNG",
        seeds: badges(PNG),
        change: &|dice, kept| {
            let changed = mutate::bytes(dice, kept, WORDS);
            if dice.once_in(8) {
                changed
            } else {
                with_checksums(changed)
            }
        },
        read: &read,
    }
    .run();
    assert!(words["a credential"] > 2, "{words:?}");
    assert!(words.len() > 5, "{words:?}");
}

#[test]
fn svg() {
    const WORDS: &[&str] = &[
        "<",
        ">",
        "/>",
        "</",
        "&",
        ";",
        "&lt;",
        "&#0;",
        "&#x41;",
        "\"",
        "'",
        "=",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<!DOCTYPE svg [",
        "<openbadges:credential",
        "verify=",
        "xmlns",
        "xmlns:openbadges=",
        "<g>",
        "</g>",
        "http://www.w3.org/2000/svg",
        "https://purl.imsglobal.org/ob/v3p0",
        "\u{feff}",
        "encoding='utf-16'",
    ];
    let words = Target {
        name: "SVG",
        seeds: badges(SVG),
        change: &|dice, kept| mutate::bytes(dice, kept, WORDS),
        read: &read,
    }
    .run();
    assert!(words["a credential"] > 2, "{words:?}");
    assert!(words.len() > 5, "{words:?}");
}
