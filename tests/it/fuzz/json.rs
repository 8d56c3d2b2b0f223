//! The reader of strict JSON.

use attestry::kernel::json::{ParseOptions, parse};
use serde_json::Value;

use super::{Target, gist, mutate};

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "1e400",
    "-0",
    "0.1",
    "1E+2",
    "\\u0000",
    "\\ud800",
    "\\udc00",
    "9007199254740993",
    "\u{feff}",
    "\u{2028}",
    "{\"a\":1,\"a\":2}",
    "[[[[[[[[",
];

/// Whatever is accepted is JSON for a usual reader too, and comes back from its canonical form.
fn read(input: &[u8]) -> String {
    match parse(input, &ParseOptions::default()) {
        Err(error) => format!("{:?} {}", error.kind, gist(&error.message)),
        Ok(json) => {
            let usual: Value = serde_json::from_slice(input).expect("strict JSON is JSON");
            let kind = json.kind();
            let canonical = json.canonical();
            let again =
                parse(&canonical, &ParseOptions::default()).expect("its own form is strict");
            assert_eq!(again.canonical(), canonical);
            let written = json.to_text();
            let again = parse(written.as_bytes(), &ParseOptions::default());
            assert_eq!(again, Ok(json), "{written}");
            let members = usual.as_object().map_or(0, serde_json::Map::len);
            format!("{kind} of {members}")
        }
    }
}

#[test]
fn strict_json() {
    let seeds = [
        r#"{"a":[1,-2.5,1e3,true,false,null],"b":{"":"\u00e4\n\"","ü":"😀"}}"#,
        "\"text\"",
        "[9007199254740991, 0.1, 1E-7, {\"x\": {}}]",
    ];
    let words = Target {
        name: "strict JSON",
        seeds: seeds.map(|seed| seed.as_bytes().to_vec()).to_vec(),
        change: &|dice, kept| mutate::bytes(dice, kept, WORDS),
        read: &read,
    }
    .run();
    for kind in ["Encoding", "Syntax", "Number", "an object", "an array"] {
        assert!(
            words.keys().any(|word| word.starts_with(kind)),
            "{kind}: {words:?}"
        );
    }
}
