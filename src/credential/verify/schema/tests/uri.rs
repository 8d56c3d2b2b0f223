//! URIs and IRIs, and what is neither.

use proptest::prelude::*;

use super::super::uri::is_uri;

#[test]
fn uris_are_told_from_other_texts() {
    for uri in [
        "https://skills.example",
        "https://skills.example/a/b?c=d&e=[x]".trim_end_matches("[x]"),
        "HTTP://user:pw@skills.example:8080/%7Ea//b/;p=1?q?#f/?",
        "http://[2001:db8::7]:80/",
        "https://skills.example:/a",
        "urn:uuid:6f1c0f9e-0000-4000-8000-000000000000",
        "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH#z6Mk",
        "did:web:skills.example%3A8443:issuers:riverside",
        "data:image/png;base64,iVBORw0KGgo=",
        "ni:///sha-256;q6urq6urq6s",
        "mailto:lee@school.example",
        "x:?q",
        "https://école.example/métiers/自転車?ü#ß",
        "tag:skills.example,2026:a",
        "file:///etc/hosts",
    ] {
        assert!(is_uri(uri), "{uri}");
    }
    for other in [
        "",
        "lee",
        "/a/b",
        "//skills.example/a",
        "?q",
        "#f",
        ":",
        "x:",
        "1x:a",
        "é:a",
        "x y:a",
        "https:",
        "https:skills.example",
        "https:/a",
        "https://",
        "https:///a",
        "https://:80/",
        "https://user@/a",
        "https ://skills.example",
        " https://skills.example",
        "https://skills.example ",
        "https://skills.example/a b",
        "https://skills.example/a\tb",
        "https://skills.example/\u{a0}",
        "https://skills.example/%",
        "https://skills.example/%4",
        "https://skills.example/%4g",
        "https://skills.example/<a>",
        "https://skills.example/\"a\"",
        "https://skills.example/{a}",
        "https://skills.example/a|b",
        "https://skills.example/a\\b",
        "https://skills.example/a^b",
        "https://skills.example/`a`",
        "https://skills.example/[a]",
        "https://skills.example/a#b#c",
        "https://skills.example:port/",
        "https://skills.example:65536/",
        "https://a@b@c/",
        "http://[2001:db8::7/",
        "http://[lee]/",
        "http://[2001:db8::7]x/",
        "https://a:1:2/",
        "urn:x:\u{0}",
        "urn:x:\u{202e}y",
        "urn:x:\u{e000}",
        "urn:x:\u{fffe}",
    ] {
        assert!(!is_uri(other), "{other}");
    }
}

proptest! {
    /// Whatever is accepted, another reader of URLs reads too, unless its host is one that only
    /// that reader minds; and it stays what it is when it stands in N-Quads.
    #[test]
    fn what_is_accepted_is_harmless(text in "(https?|urn|did|x)(:|://|:/)[a-c%0-9:@/?#\\[\\] <>\"é.]{0,20}") {
        if is_uri(&text) {
            let breaks = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
            prop_assert!(!text.contains(breaks), "{}", text);
            match url::Url::parse(&text) {
                Ok(_) => {}
                Err(error) => prop_assert!(
                    text.contains("://") && !matches!(error, url::ParseError::RelativeUrlWithoutBase), "{}: {}", text, error),
            }
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in any::<String>()) {
        let spaced = format!("{text} ");
        prop_assert!(!is_uri(&spaced));
        prop_assert!(!is_uri(&text) || text.contains(':'));
    }
}
