//! The forms of strings.

use super::super::class::{Format, Position};
use super::super::formats::{is, is_any_tag, is_context, is_extension, is_short_tag};

fn holds(format: Format, yes: &[&str], no: &[&str]) {
    for text in yes {
        assert!(is(format, text), "{text}");
    }
    for text in no {
        assert!(!is(format, text), "{text}");
    }
}

#[test]
fn moments() {
    holds(
        Format::Moment,
        &[
            "2026-03-01T09:30:00Z",
            "2026-03-01T09:30:00.123456+13:59",
            "2026-03-01T09:30:00-14:00",
            "2024-02-29T00:00:00Z",
        ],
        &[
            "",
            "2026-03-01",
            "2026-03-01T09:30:00",
            "2026-03-01 09:30:00Z",
            "2026-03-01t09:30:00Z",
            "2026-03-01T09:30:00z",
            "2026-03-01T09:30:00.Z",
            "2026-03-01T09:30:00Z[UTC]",
            "2026-13-01T09:30:00Z",
            "2026-02-29T09:30:00Z",
            "2026-03-01T24:30:00Z",
            "2026-03-01T09:30:60Z",
            "2026-03-01T09:30:00+14:01",
            "2026-03-01T09:30:00+25:00",
            "2026-03-01T09:30:00+01:60",
            "2026-03-01T09:30:00+0100",
            "tomorrow",
        ],
    );
}

#[test]
fn days() {
    holds(
        Format::Day,
        &["2026-03-01", "2024-02-29"],
        &[
            "",
            "2026-3-1",
            "2026-02-29",
            "20260301",
            "2026-03-01Z",
            "01-03-2026",
        ],
    );
}

#[test]
fn addresses_of_mail() {
    holds(
        Format::Email,
        &[
            "lee@school.example",
            "a@b",
            "\"odd@one\"@b.example",
            "léa@école.example",
        ],
        &[
            "",
            "@",
            "lee",
            "lee@",
            "@school.example",
            "lee @school.example",
            "lee@school.example\n",
        ],
    );
}

#[test]
fn language_tags() {
    holds(
        Format::Tag,
        &["en", "ast", "en-US", "zh-Hans", "zh-Hans-CN", "es-419"],
        &[
            "",
            "e",
            "EN",
            "en-us",
            "en-",
            "en-US-x",
            "english",
            "zh-hans",
            "en-US-Latn",
            "en_US",
            "é",
        ],
    );
    for (tag, short, any) in [
        ("en", true, true),
        ("en-US", true, true),
        ("ast", false, true),
        ("zh-Hant-TW", false, true),
        ("en-", false, false),
        ("4n", false, false),
        ("", false, false),
    ] {
        assert_eq!((is_short_tag(tag), is_any_tag(tag)), (short, any), "{tag}");
    }
}

#[test]
fn compact_jws() {
    holds(
        Format::Jws,
        &["a.b.c", "a..c", "e30.e30._-9"],
        &["", "a.b", "a.b.c.d", ".b.c", "a.b.", "a.b.c=", "a b.c.d"],
    );
}

#[test]
fn digests() {
    let (short, long) = (
        format!("sha256-{}=", "A".repeat(43)),
        format!("sha512-{}==", "A".repeat(86)),
    );
    let middle = format!("sha384-{}", "a+/9".repeat(16));
    let both = format!("{short} {middle}?type=x");
    holds(
        Format::Integrity,
        &[&short, &middle, &long, &both],
        &[
            "",
            " ",
            "sha384-",
            "sha384-AAAA",
            "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            &middle.replace('+', "_"),
            &format!("{middle}="),
            &middle.replace("sha384", "sha256"),
            &format!("{short} x"),
            &"A".repeat(64),
        ],
    );
}

#[test]
fn data_urls() {
    holds(
        Format::DataUrl,
        &["data:application/vc+jwt,e30.e30.c2ln", "data:,x"],
        &[
            "",
            "data:",
            "data:application/vc+jwt",
            "https://skills.example/,x",
            "data:a b,c",
        ],
    );
}

#[test]
fn extensions() {
    for (text, yes) in [
        ("ext:Knack", true),
        ("ext:_k", true),
        ("ext:", false),
        ("ext: k", false),
        ("Ext:k", false),
        ("my-ext:k", false),
        ("", false),
    ] {
        assert_eq!(is_extension(text), yes, "{text}");
    }
}

#[test]
fn versions_of_contexts() {
    let (ob, clr) = (
        "https://purl.imsglobal.org/spec/ob/v3p0/context",
        "https://purl.imsglobal.org/spec/clr/v2p0/context",
    );
    for (tail, yes) in [
        ("-3.0.3.json", true),
        ("-3.1.0.json", true),
        (".json", true),
        ("-3.0.json", false),
        ("-2.0.1.json", false),
        ("-3.0.3", false),
        ("-3.0.10.json", false),
        ("-3.0.3-3.0.3.json", false),
        ("", false),
    ] {
        assert_eq!(
            is_context(Position::OpenBadges, &format!("{ob}{tail}")),
            yes,
            "{tail}"
        );
    }
    assert!(is_context(Position::Clr, &format!("{clr}-2.0.1.json")));
    assert!(!is_context(Position::Clr, &format!("{ob}-3.0.3.json")));
    assert!(!is_context(
        Position::Credentials,
        "https://www.w3.org/ns/credentials/v2/"
    ));
}
