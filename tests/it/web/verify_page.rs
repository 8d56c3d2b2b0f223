//! `/verify`, the page for people who were shown a record.

use attestry::credential::ops::change::{StatusAction, change_status};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::setup::{Answer, House, issue};

const URL: &str = "https://skills.example";
const BOUNDARY: &str = "a-line-between";

/// A part of the form: its field, the name of its file where it is one, and its bytes.
type Part<'p> = (&'p str, Option<&'p str>, &'p [u8]);

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, file, bytes) in parts {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn post(house: &House, content_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/verify").header("content-type", content_type);
    let answer = house
        .ask(request.body(body.into()).expect("a request"))
        .await;
    plain_page(&answer);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer
}

/// Sends the form as a browser does.
async fn send(house: &House, parts: &[Part<'_>]) -> Answer {
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    post(house, &content_type, multipart(parts)).await
}

async fn paste(house: &House, record: &str) -> Answer {
    // What was left empty comes along.
    send(
        house,
        &[
            ("text", None, record.as_bytes()),
            ("file", Some(""), b""),
            ("issuer", Some(""), b""),
        ],
    )
    .await
}

/// A page that no browser runs anything of, keeps, or lends to another.
fn plain_page(answer: &Answer) {
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'")
            && policy.contains("form-action 'self'")
            && policy.contains("frame-ancestors 'none'")
            && !policy.contains("script-src")
            && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let page = answer.text();
    assert_eq!(page.matches("<h1>").count(), 1, "{page}");
    for active in ["<script", "javascript:", " style=", "<iframe", " on"] {
        // An attribute would stand within a tag; words of the text do not.
        let in_a_tag = |tag: &str| {
            tag.split('>')
                .next()
                .is_some_and(|tag| tag.contains(active))
        };
        let found = page.split('<').any(in_a_tag) || page.contains("<script");
        assert!(!found, "{active} in {page}");
    }
}

fn judged(answer: &Answer, verdict: &str) -> String {
    let page = answer.text();
    assert_eq!(answer.status, 200, "{page}");
    let named = format!("<small class=\"name\">{verdict}</small></h1>");
    assert!(
        page.contains(&named),
        "{verdict} is not the verdict of {page}"
    );
    page.to_owned()
}

/// How the page answers the question of a check.
fn check<'p>(page: &'p str, name: &str) -> &'p str {
    let item = page
        .split("<li class=\"")
        .find(|item| item.contains(&format!("Check: <code>{name}</code>")));
    let item = item.unwrap_or_else(|| panic!("no check {name} in {page}"));
    item.split('"').next().expect("a class")
}

#[tokio::test]
async fn the_form_is_plain_and_says_what_it_is_for() {
    let house = House::empty("https://skills.example/under/a/path").await;
    let form = house.page("/verify").await;
    assert_eq!(form.status, 200);
    plain_page(&form);
    let page = form.text();
    // Every field has a label and a hint of its own.
    for field in ["text", "file", "issuer", "status", "framework", "trust"] {
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
async fn a_genuine_record_is_told_with_the_skill_first() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let statement = &house.statements(imported.version).await[0];
    let pasted = paste(&house, &format!("\r\n {}\r\n", issued.jwt)).await;
    let page = judged(&pasted, "VALID");
    for name in ["form", "signature", "issuer", "time", "status", "statement"] {
        assert_eq!(check(&page, name), "pass", "{name}");
    }
    assert_eq!(check(&page, "trust"), "none");
    let order = [
        "This record is valid",
        statement["text"].as_str().expect("a text"),
        "<dt>Level</dt>",
        "<dt>Issued by</dt><dd>Riverside College",
        "<dt>Issued to</dt>",
        "<dt>Since</dt><dd><time datetime=",
        "<dt>Until</dt><dd>no end stated</dd>",
        "<dt>Still valid</dt><dd><strong>Yes</strong>",
        "Each check",
    ];
    let mut rest = page.as_str();
    for text in order {
        let (_, after) = rest
            .split_once(text)
            .unwrap_or_else(|| panic!("{text} is not next in {rest}"));
        rest = after;
    }
    let path = statement["id"].as_str().expect("a URL").replace(URL, "");
    assert!(page.contains(&format!("<a href=\"{path}\">")), "{page}");
    assert!(!page.contains("not proven"), "{page}");

    // As a file it reads the same.
    let file = [
        ("text", None, &b"\r\n"[..]),
        ("file", Some("record.jwt"), issued.jwt.as_bytes()),
    ];
    judged(&send(&house, &file).await, "VALID");
}

#[tokio::test]
async fn what_was_altered_unsigned_or_revoked_is_told_as_not_valid() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let (signed, signature) = issued.jwt.rsplit_once('.').expect("three parts");
    let backwards: String = signature.chars().rev().collect();
    for altered in [
        format!("{signed}.{backwards}"),
        issued.credential().to_string(),
    ] {
        let page = judged(&paste(&house, &altered).await, "INVALID");
        assert_eq!(check(&page, "signature"), "fail");
        assert!(page.contains("It is not proven."), "{page}");
        assert!(page.contains("<strong>No</strong>"), "{page}");
    }
    let op = issued.op(&house);
    let revoked = change_status(&op, issued.id, StatusAction::Revoke, "issued in error").await;
    revoked.expect("revoked");
    let page = judged(&paste(&house, &issued.jwt).await, "INVALID");
    assert_eq!(check(&page, "signature"), "pass");
    assert_eq!(check(&page, "status"), "fail");
    assert!(
        page.contains("<dt>Still valid</dt><dd><strong>No</strong>: "),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_missing_is_named_and_can_be_given_along() {
    let (elsewhere, imported) = House::with_sample("https://other.example").await;
    let issued = issue(&elsewhere, "riverside", imported.version).await;
    let house = House::empty(URL).await;
    let page = judged(&paste(&house, &issued.jwt).await, "INDETERMINATE");
    for name in ["signature", "status"] {
        assert_eq!(check(&page, name), "unknown", "{name}");
    }
    assert!(page.contains("<strong>Not known</strong>"), "{page}");
    // What leads elsewhere is shown, and no link.
    assert!(page.contains("https://other.example/statements/"), "{page}");
    assert!(!page.contains("<a href=\"http"), "{page}");

    let credential = issued.credential();
    let fetch = async |url: &Value| {
        let path = url.as_str().expect("a URL");
        let path = path.replace("https://other.example", "");
        elsewhere.get(&path, &[]).await.body
    };
    let did = fetch(&json!("/issuers/riverside/did.json")).await;
    let list = fetch(&credential["credentialStatus"]["statusListCredential"]).await;
    let framework = fetch(&credential["relatedResource"][0]["id"]).await;
    let trust = json!({"issuers": [{"id": credential["issuer"]["id"], "name": "Riverside"}]});
    let trust = trust.to_string();
    let parts = [
        ("text", None, &b""[..]),
        ("file", Some("record.jwt"), issued.jwt.as_bytes()),
        ("issuer", Some("did.json"), &did),
        ("status", Some("list.jwt"), &list),
        ("framework", Some("framework.json"), &framework),
        ("trust", Some("trust.json"), trust.as_bytes()),
    ];
    let page = judged(&send(&house, &parts).await, "VALID");
    assert_eq!(check(&page, "trust"), "pass");
    assert_eq!(check(&page, "statement"), "pass");
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

#[tokio::test]
async fn hostile_text_stays_text_wherever_it_stands() {
    let house = House::empty(URL).await;
    let evil = "</p><script>alert(\"1\")</script> & 'x' \u{202e}<img src=x onerror=alert(1)>";
    let record = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", evil],
        "id": evil,
        "type": ["VerifiableCredential", evil],
        "issuer": {"id": evil, "name": evil},
        "validFrom": evil,
        "validUntil": evil,
        "credentialStatus": {"type": evil, "statusListCredential": evil, "statusPurpose": evil},
        "relatedResource": [{"id": evil, "digestSRI": evil}],
        "proof": {"type": evil, "cryptosuite": evil},
        "credentialSubject": {
            "id": evil,
            "achievement": {
                "id": evil,
                "name": evil,
                "description": evil,
                "alignment": [{
                    "targetUrl": format!("{URL}/statements/\"><script>"),
                    "targetCode": evil,
                    "targetName": evil,
                    "targetDescription": evil,
                    "targetFramework": evil,
                }],
                "resultDescription": [{"id": evil, "achievedLevel": evil}],
            },
        },
    });
    let pasted = paste(&house, &record.to_string()).await;
    let shown = judged(&pasted, "INVALID");
    assert!(
        shown.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"),
        "{shown}"
    );
    let mut pages = vec![shown];
    for (field, file, bytes) in [
        (evil, None, "x"),
        ("text", None, evil),
        (
            "text",
            None,
            &format!("{{\"{}\":1,\"{0}\":1}}", evil.replace('"', "")),
        ),
        ("issuer", Some(evil), evil),
        ("trust", Some(evil), evil),
    ] {
        let answer = send(&house, &[(field, file, bytes.as_bytes())]).await;
        assert_eq!(answer.status, 400);
        pages.push(answer.text().to_owned());
    }
    for page in pages {
        for markup in ["<script", "<img", "\u{202e}"] {
            assert!(!page.contains(markup), "{markup:?} in {page}");
        }
    }
}
