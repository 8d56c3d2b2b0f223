//! What strict JSON takes, and above all what it does not.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn read(text: &str) -> Result<Json, JsonError> {
    parse(text.as_bytes(), &ParseOptions::default())
}

fn refusal(text: &str) -> JsonError {
    read(text).expect_err(text)
}

#[test]
fn members_keep_their_order() {
    let json = read(r#"{"z":1,"a":[true,null,"x"],"m":{}}"#).unwrap();
    let names: Vec<&str> = json
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["z", "a", "m"]);
    assert_eq!(json.to_text(), r#"{"z":1,"a":[true,null,"x"],"m":{}}"#);
    assert_eq!(json.canonical(), br#"{"a":[true,null,"x"],"m":{},"z":1}"#);
}

#[test]
fn a_name_twice_is_refused_where_it_stands() {
    let error = refusal("{\"a\":{\"b/c\":1,\n \"b/c\" : 2}}");
    assert_eq!(error.kind, JsonErrorKind::DuplicateKey);
    assert_eq!((error.line, error.path.as_str()), (2, "/a/b~1c"));
    assert!((6..=8).contains(&error.column), "{error}");
    assert_eq!(
        refusal(r#"{"a":1,"\u0061":2}"#).kind,
        JsonErrorKind::DuplicateKey
    );
}

#[test]
fn a_name_twice_is_found_in_a_large_object_too() {
    let members: Vec<String> = (0..100_000).map(|n| format!("\"k{n}\":0")).collect();
    assert!(read(&format!("{{{}}}", members.join(","))).is_ok());
    for twice in [0, 15, 16, 17, 99_999] {
        let error = refusal(&format!("{{{},\"k{twice}\":1}}", members.join(",")));
        assert_eq!(error.path, format!("/k{twice}"));
    }
}

#[test]
fn depth_is_bounded_and_saves_the_stack() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(64)).is_ok());
    let error = refusal(&nested(65));
    assert_eq!(error.kind, JsonErrorKind::Depth);
    assert_eq!(error.path, "/0".repeat(64));
    let unbounded = ParseOptions {
        max_depth: usize::MAX,
        ..ParseOptions::default()
    };
    assert!(parse(nested(120).as_bytes(), &unbounded).is_ok());
    assert_eq!(
        parse("[{\"a\":".repeat(5_000_000).as_bytes(), &unbounded)
            .unwrap_err()
            .kind,
        JsonErrorKind::Depth
    );
    assert!(read(&format!("[{}]", vec![nested(63); 3].join(","))).is_ok());
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_offset() {
    let error = parse(b"[\"a\",\n\"\xff\"]", &ParseOptions::default()).unwrap_err();
    assert_eq!(error.kind, JsonErrorKind::Encoding);
    assert_eq!((error.line, error.column), (2, 2));
    assert!(error.message.contains("byte offset 7"), "{error}");
    // A surrogate written as UTF-8, an overlong slash, a cut-off character.
    for bytes in [&b"\"\xed\xa0\x80\""[..], b"\"\xc0\xaf\"", b"\"\xe2\x82"] {
        let error = parse(bytes, &ParseOptions::default()).unwrap_err();
        assert_eq!(error.kind, JsonErrorKind::Encoding);
    }
}

#[test]
fn a_byte_order_mark_is_a_choice() {
    let text = "\u{feff}[1]".as_bytes();
    assert_eq!(
        parse(text, &ParseOptions::default()).unwrap_err().kind,
        JsonErrorKind::Encoding
    );
    let lenient = ParseOptions {
        allow_bom: true,
        ..ParseOptions::default()
    };
    assert_eq!(parse(text, &lenient).unwrap().to_text(), "[1]");
    assert!(parse("\u{feff}\u{feff}1".as_bytes(), &lenient).is_err());
}

#[test]
fn broken_grammar_is_refused() {
    for text in [
        "",
        " ",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "01",
        "1.",
        ".5",
        "+1",
        "NaN",
        "Infinity",
        "[1] 2",
        "{}{}",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "{\"\\ud800\":1}",
        "nul",
        "[1",
        "{\"a\"",
        "// x\n1",
        "\u{a0}1",
    ] {
        let error = refusal(text);
        assert_eq!(error.kind, JsonErrorKind::Syntax, "{text}");
        assert!(!error.message.contains("line"), "{error}");
    }
    assert_eq!(read("\"\\ud83d\\ude00\"").unwrap().as_str(), Some("😀"));
}

#[test]
fn errors_name_the_innermost_place_known() {
    assert_eq!(refusal(r#"{"a":[1,{"b":tru}]}"#).path, "/a/1/b");
    assert_eq!(refusal(r#"{"a":[1,2"#).path, "/a");
    assert_eq!(refusal(r#"[[1],[2,3,9007199254740993]]"#).path, "/1/2");
    let shown = refusal("[1,\n9007199254740993]").to_string();
    assert!(
        shown.starts_with("line 2, column 16, at /1: the number 9007199254740993"),
        "{shown}"
    );
}

#[test]
fn numbers_that_a_double_changes_are_refused() {
    for text in [
        "9007199254740992",
        "-9007199254740992",
        "18446744073709551615",
        "18446744073709551616",
        "1e16",
        "1e308",
        "123456789012345678901234567890",
        "0.10000000000000000001",
        "333333333.33333329",
        "1.00000000000000000000000000000001",
        "1e-400",
        "1e-99999999999999999999",
        "9007199254740991.5",
        "4.9e-324",
    ] {
        assert_eq!(refusal(text).kind, JsonErrorKind::Number, "{text}");
    }
    for text in ["1e309", "-1e309"] {
        assert_eq!(refusal(text).kind, JsonErrorKind::Syntax, "{text}");
    }
}

#[test]
fn numbers_that_a_double_keeps_are_read_as_written() {
    for (text, canonical) in [
        ("9007199254740991", "9007199254740991"),
        ("-9007199254740991", "-9007199254740991"),
        ("-0", "0"),
        ("-0.0e5", "0"),
        ("0e99999999999999999999", "0"),
        ("1.0", "1"),
        ("10e-1", "1"),
        ("1.50", "1.5"),
        ("0.1", "0.1"),
        // Halfway between two shortest forms: both are read, and written as ECMAScript does.
        ("1329309999294413.2", "1329309999294413.2"),
        ("1329309999294413.3", "1329309999294413.2"),
        ("2e-3", "0.002"),
        ("1E-27", "1e-27"),
        ("5e-324", "5e-324"),
        ("1e3", "1000"),
        ("0.000001", "0.000001"),
        ("1.7976931348623157e-300", "1.7976931348623157e-300"),
    ] {
        let json = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(json.canonical(), canonical.as_bytes(), "{text}");
    }
    assert_eq!(read("1.0").unwrap(), read("1").unwrap());
}

#[test]
fn numbers_are_matched_with_their_own_text() {
    let json = read(r#"{"1.25":"0.3 \" 0.7","-7":[-7,0.5,"x\\",1.5e1],"n":0.25}"#).unwrap();
    assert_eq!(
        json.canonical(),
        br#"{"-7":[-7,0.5,"x\\",15],"1.25":"0.3 \" 0.7","n":0.25}"#
    );
}

#[test]
fn canonical_form_follows_rfc_8785() {
    let value =
        json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "ö": 7});
    let text = String::from_utf8(canonical(&value)).unwrap();
    assert_eq!(
        text,
        "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}"
    );
}

#[test]
fn the_direct_canonical_form_equals_the_reference() {
    let every: String = (0..0x3000)
        .chain([0xe000, 0xfb33, 0xffff, 0x10000, 0x10_ffff])
        .filter_map(char::from_u32)
        .collect();
    let mut members: Vec<String> = every.chars().map(String::from).collect();
    members.push(every);
    let object: Object = members
        .iter()
        .map(|name| (name.clone(), name.as_str().into()))
        .collect();
    let numbers = [
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e21),
        json!(-0.0),
        json!(1.5e-7),
        json!(9_007_199_254_740_993_u64),
    ];
    let numbers: Vec<Json> = numbers.into_iter().map(Json::from).collect();
    for json in [Json::from(object), Json::from(numbers)] {
        assert_eq!(
            json.canonical(),
            super::canonical(&Value::from(json.clone()))
        );
    }
}

#[test]
fn pointers_find_values() {
    let json = read(r#"{"a/b":{"m~n":[10,20]},"":0}"#).unwrap();
    assert_eq!(
        json.pointer("/a~1b/m~0n/1").and_then(Json::as_u64),
        Some(20)
    );
    assert_eq!(json.pointer("/").and_then(Json::as_u64), Some(0));
    assert_eq!(json.pointer(""), Some(&json));
    for missing in ["/a~1b/m~0n/2", "/a~1b/m~0n/01", "/a~1b/m~0n/+1", "a", "/x"] {
        assert_eq!(json.pointer(missing), None, "{missing}");
    }
}

#[test]
fn objects_hold_a_name_once() {
    let mut object = Object::new();
    object.insert("a", 1);
    object.insert("b", 2);
    object.insert("a", 3);
    object.extend([("b".to_owned(), Json::Null), ("c".to_owned(), Json::Null)]);
    assert_eq!(
        Json::from(object.clone()).to_text(),
        r#"{"a":3,"b":2,"c":null}"#
    );
    assert_eq!(object.remove("b"), Some(2.into()));
    assert_eq!((object.len(), object.get("b")), (2, None));
}

/// Any JSON value within the rules.
pub(crate) fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(|n| Json::Number(n.into())),
        (-1e9_f64..1e9).prop_map(|n| Json::from(Value::from(n))),
        any::<String>().prop_map(Json::String),
    ];
    leaf.prop_recursive(4, 40, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
            prop::collection::vec((any::<String>(), inner), 0..25)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(json in any_json()) {
        prop_assert_eq!(&read(&json.to_text()).unwrap(), &json);
        let canonical = json.canonical();
        let again = parse(&canonical, &ParseOptions::default()).unwrap();
        prop_assert_eq!(again.canonical(), canonical);
        let value = Value::from(json.clone());
        prop_assert_eq!(super::canonical(&value), json.canonical());
        prop_assert_eq!(Json::from(value).canonical(), json.canonical());
    }

    #[test]
    fn any_bytes_end_in_a_value_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(parse(&bytes, &ParseOptions::default()));
    }

    #[test]
    fn accepts_only_what_serde_json_accepts(text in r#"[\[\]{},:"0-9eE.+\\ua-f tn-]{0,24}"#) {
        if let Ok(json) = read(&text) {
            let theirs: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(json.canonical(), super::canonical(&theirs));
        }
    }
}
