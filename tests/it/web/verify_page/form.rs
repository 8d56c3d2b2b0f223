//! What is asked, and what comes back when there is nothing to judge.

use axum::body::Body;

use super::{BOUNDARY, Part, URL, plain_page, post, send};
use crate::web::setup::House;

#[tokio::test]
async fn the_form_is_plain_and_says_what_it_is_for() {
    let house = House::empty("https://skills.example/under/a/path").await;
    let form = house.page("/verify").await;
    assert_eq!(form.status, 200);
    plain_page(&form);
    let page = form.text();
    // Every field has a label and a hint of its own.
    for field in [
        "text",
        "file",
        "issuer",
        "status",
        "framework",
        "trust",
        "challenge",
        "domain",
    ] {
        for needed in [
            format!("<label for=\"{field}\">"),
            format!(" id=\"{field}\" name=\"{field}\" "),
            format!(" aria-describedby=\"{field}-hint\""),
            format!(" id=\"{field}-hint\""),
        ] {
            assert_eq!(page.matches(&needed).count(), 1, "{needed} in {page}");
        }
    }
    insta::assert_snapshot!(page.replace('<', "\n<"));
    let front = house.page("/").await;
    assert!(front.text().contains("<a href=\"/under/a/path/verify\">"));
}

#[tokio::test]
async fn a_form_without_a_record_comes_back_with_the_reason() {
    let house = House::empty(URL).await;
    let many: Vec<Part<'_>> = vec![("issuer", None, b""); 65];
    for (parts, heading, detail) in [
        (&[][..], "There is no record", "Paste a record"),
        (&[("text", None, &b" \r\n"[..])], "There is no record", ""),
        (
            &[("text", None, b"{}"), ("file", Some("a"), b"{}")],
            "That could not be read",
            "two records",
        ),
        (
            &[("other", None, b"x")],
            "That could not be read",
            "&quot;other&quot;",
        ),
        (&many, "That could not be read", "more than 64"),
        (
            &[("text", None, b"hello")],
            "This is no record",
            "PARSING_ERROR",
        ),
        (
            &[("file", Some("a"), b"\xff\xfe")],
            "This is no record",
            "PARSING_ERROR",
        ),
        (
            &[("text", None, b"{\"a\":1,\"a\":2}")],
            "This is no record",
            "PARSING_ERROR",
        ),
        (
            &[("issuer", Some("a"), b"{}")],
            "A file that was given along",
            "The issuer&#39;s document",
        ),
        (
            &[("status", Some("a"), b"x")],
            "A file that was given along",
            "status list",
        ),
        (
            &[("trust", Some("a"), b"{}")],
            "A file that was given along",
            "list of trusted",
        ),
    ] {
        let answer = send(&house, parts).await;
        let page = answer.text();
        assert_eq!(answer.status, 400, "{page}");
        assert!(page.contains(" role=\"alert\">"), "{page}");
        assert!(page.contains("<form "), "{page}");
        for text in [heading, detail] {
            assert!(page.contains(text), "{text} is not in {page}");
        }
    }
}

#[tokio::test]
async fn only_a_form_of_a_bounded_size_is_read() {
    let house = House::empty(URL).await;
    let form = format!("multipart/form-data; boundary={BOUNDARY}");
    for (content_type, body, status) in [
        ("application/json", "{}", 415),
        ("application/x-www-form-urlencoded", "text=x", 415),
        ("", "", 415),
        ("multipart/form-data", "", 400),
        (&form, "", 400),
        (&form, "no part", 400),
        (&form, "--a-line-between\r\n", 400),
        (
            &form,
            "--a-line-between\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\ncut o",
            400,
        ),
    ] {
        let answer = post(&house, content_type, body).await;
        assert_eq!(answer.status, status, "{content_type:?} {body:?}");
        assert!(answer.text().contains("That could not be read"), "{body:?}");
    }
    // Announced, or counted as it comes.
    let large = vec![b'x'; 1_048_577];
    let answer = send(&house, &[("file", Some("large"), &large)]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.text().contains("1024 KiB"), "{}", answer.text());
    let chunks = (0..1_000).map(|_| Ok::<_, std::io::Error>(vec![b' '; 65_536]));
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    assert_eq!(post(&house, &form, body).await.status, 413);
}
