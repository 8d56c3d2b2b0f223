//! Documents that must not come in.

use serde_json::{Value, json};

use super::{Problem, changed, export, import};
use crate::catalog::import::{Limits, read};

/// The one problem of the bytes.
fn problem(bytes: &[u8]) -> Problem {
    let mut problems = read(bytes, &Limits::default()).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

#[test]
fn what_is_no_strict_json() {
    let text = export().to_string();
    for bytes in [
        &b""[..],
        b"not json",
        b"{",
        b"<html></html>",
        &text.as_bytes()[..text.len() - 1],
    ] {
        let problem = problem(bytes);
        assert!(
            problem.message.starts_with("not strict JSON: line 1"),
            "{problem}"
        );
    }
    let twice = problem(
        text.replacen("\"title\"", "\"soc\":\"49-3091.00\",\"title\"", 1)
            .as_bytes(),
    );
    assert_eq!(twice.path, "/occupation/soc");
    assert!(twice.message.contains("twice"), "{twice}");

    let mut invalid = text.into_bytes();
    let at = invalid.windows(4).position(|four| four == b"Oils").unwrap();
    invalid[at] = 0xff;
    assert!(
        problem(&invalid)
            .message
            .contains(&format!("byte offset {at}"))
    );

    let deep = format!("{{\"framework\":{}", "[".repeat(1_000_000));
    assert!(
        problem(deep.as_bytes())
            .message
            .contains("nested too deeply")
    );
}

#[test]
fn what_is_too_large() {
    let nonsense = vec![b'['; 100_000_000];
    let found = problem(&nonsense);
    assert!(
        found
            .message
            .contains("100000000 bytes, more than the 16777216"),
        "{found}"
    );
    let text = export().to_string();
    let limit = |max_bytes| Limits {
        max_bytes,
        ..Limits::default()
    };
    assert!(read(text.as_bytes(), &limit(text.len())).is_ok());
    assert!(read(text.as_bytes(), &limit(text.len() - 1)).is_err());
}

#[test]
fn what_is_of_no_known_format() {
    for value in [
        json!([]),
        json!("x"),
        json!(1),
        json!(null),
        json!({}),
        json!({"a": 1}),
    ] {
        let found = problem(value.to_string().as_bytes());
        assert_eq!(
            (found.path.as_str(), found.remedy.as_str()),
            ("", "import a framework export or a CASE package")
        );
    }
}

#[test]
fn another_schema_version() {
    for version in [
        json!("1.1"),
        json!("3.0"),
        json!(1.0),
        json!(null),
        json!(""),
        json!("1.0 "),
    ] {
        let found = problem(
            changed("/schemaVersion", Some(version))
                .to_string()
                .as_bytes(),
        );
        assert_eq!(found.path, "/schemaVersion");
    }
}

#[test]
fn missing_parts() {
    for pointer in [
        "/schemaVersion",
        "/occupation",
        "/framework",
        "/sources",
        "/attribution",
        "/occupation/soc",
        "/occupation/title",
        "/occupation/group",
        "/occupation/sector",
        "/occupation/jobZone",
        "/occupation/jobZoneInferred",
        "/framework/version",
        "/framework/description",
        "/framework/contextCovered",
        "/framework/levels",
        "/framework/levels/one/label",
        "/framework/levels/one/statements",
    ] {
        let found = problem(changed(pointer, None).to_string().as_bytes());
        assert_eq!(
            (found.path.as_str(), found.message.as_str()),
            (pointer, "the member is missing")
        );
    }
}

#[test]
fn wrong_values() {
    let wrong: [(&str, Vec<Value>); 16] = [
        ("/exportedAt", vec![json!(1), json!(null)]),
        (
            "/occupation",
            vec![json!([]), json!("49-3091.00"), json!(null)],
        ),
        (
            "/occupation/soc",
            vec![
                json!("49-3091"),
                json!("493091.00"),
                json!("49-3091.0"),
                json!("49-3091.000"),
                json!(" 49-3091.00"),
                json!("49–3091.00"),
                json!("4٩-3091.00"),
                json!(""),
                json!(49),
                json!(null),
            ],
        ),
        (
            "/occupation/title",
            vec![json!(""), json!(" \t\u{a0}\u{200b}"), json!(1), json!(null)],
        ),
        ("/occupation/group", vec![json!(""), json!([])]),
        (
            "/occupation/sector",
            vec![json!(44), json!([]), json!(false)],
        ),
        (
            "/occupation/jobZone",
            vec![
                json!(0),
                json!(6),
                json!(-1),
                json!(2.5),
                json!("3"),
                json!(true),
                json!(257),
                json!(1e15),
            ],
        ),
        (
            "/occupation/jobZoneInferred",
            vec![json!("true"), json!(0), json!(null)],
        ),
        ("/framework", vec![json!([]), json!(null)]),
        (
            "/framework/version",
            vec![json!(""), json!(" "), json!(26.05)],
        ),
        ("/framework/description", vec![json!(null), json!([])]),
        ("/framework/levels", vec![json!({}), json!([]), json!(null)]),
        (
            "/framework/levels/one",
            vec![json!([]), json!("One"), json!(null)],
        ),
        ("/framework/levels/one/label", vec![json!(""), json!(null)]),
        (
            "/framework/levels/one/statements",
            vec![json!([]), json!({}), json!("x"), json!(null)],
        ),
        ("/sources", vec![json!([]), json!("x"), json!(null)]),
    ];
    for (pointer, values) in wrong {
        for value in values {
            let found = problem(changed(pointer, Some(value.clone())).to_string().as_bytes());
            assert_eq!(found.path, pointer, "{value}");
            assert!(!found.remedy.is_empty());
        }
    }
}

#[test]
fn statements_that_say_nothing() {
    for text in [
        json!(""),
        json!("  \n"),
        json!("\u{feff}"),
        json!(1),
        json!(null),
        json!({"text": "x"}),
    ] {
        let statements = json!(["Fine.", text, "Fine too."]);
        let export = changed("/framework/levels/two/statements", Some(statements));
        assert_eq!(
            problem(export.to_string().as_bytes()).path,
            "/framework/levels/two/statements/1"
        );
    }
}

#[test]
fn a_level_without_a_key() {
    let level = json!({"label": "X", "statements": ["x"]});
    let found = problem(
        changed("/framework/levels/", Some(level))
            .to_string()
            .as_bytes(),
    );
    assert_eq!(found.path, "/framework/levels/");
}

#[test]
fn names_that_are_too_long() {
    let long = |count| json!("é".repeat(count));
    for pointer in [
        "/occupation/title",
        "/occupation/group",
        "/framework/version",
        "/framework/levels/one/label",
    ] {
        assert!(import(&changed(pointer, Some(long(300)))).is_ok());
        assert_eq!(
            problem(changed(pointer, Some(long(301))).to_string().as_bytes()).path,
            pointer
        );
    }
}

#[test]
fn a_long_key_over_many_bad_statements_costs_little() {
    let mut level = json!({"label": 1, "statements": vec![""; 500_000]});
    level["\0".repeat(1_000)] = json!(vec!["\0"; 100_000]);
    let key = "k".repeat(4_000_000);
    let found = import(&changed(&format!("/framework/levels/{key}"), Some(level))).unwrap_err();
    assert!(
        found
            .iter()
            .all(|problem| problem.to_string().len() < 8_000)
    );
    let twice = format!("{{\"framework\":{{\"{key}\":1,\"{key}\":2}}}}");
    assert!(problem(twice.as_bytes()).to_string().len() < 1_000);
}

#[test]
fn nul_characters_anywhere() {
    let statements = json!(["Fine, \\u0000 is only written about.", "a\0b"]);
    let export = changed("/framework/levels/two/statements", Some(statements));
    assert_eq!(
        problem(export.to_string().as_bytes()).path,
        "/framework/levels/two/statements/1"
    );
    let found = problem(
        changed("/sources/x\0", Some(json!([[1]])))
            .to_string()
            .as_bytes(),
    );
    assert_eq!(found.path, "/sources/x\\u0000");
}

#[test]
fn all_problems_are_told_at_once() {
    let mut export = export();
    export["occupation"]["soc"] = json!("x");
    export["occupation"]["jobZone"] = json!(9);
    export["framework"]["levels"]["one"]["statements"][1] = json!("");
    export["framework"]["levels"]["two"]["label"] = json!(3);
    export["attribution"] = json!(null);
    let found = import(&export).unwrap_err();
    let paths: Vec<&str> = found.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/occupation/soc",
            "/occupation/jobZone",
            "/framework/levels/one/statements/1",
            "/framework/levels/two/label",
            "/attribution",
        ]
    );
    assert_eq!(
        found[1].to_string(),
        "/occupation/jobZone: 9 is not a job zone; write a whole number from 1 to 5, or null if it is not known"
    );
}

#[test]
fn problems_are_bounded_in_number_and_length() {
    let statements = json!(vec![""; 5_000]);
    let found = import(&changed(
        "/framework/levels/one/statements",
        Some(statements),
    ))
    .unwrap_err();
    assert_eq!(found.len(), 101);
    assert_eq!(found[100].message, "4900 more problems are not shown");
    let found = import(&changed("/occupation/soc", Some(json!("é".repeat(10_000))))).unwrap_err();
    assert!(found[0].to_string().len() < 300);
}
