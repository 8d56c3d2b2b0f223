//! What is told of a record.

use attestry::credential::badge::{MOST_BYTES, bake};
use attestry::credential::ops::change::{StatusAction, change_status};
use serde_json::{Value, json};

use super::{URL, paste, send};
use crate::web::setup::{Answer, House, issue};

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

    let image = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Brakes</title></svg>";
    let badge = bake(image, &issued.jwt, MOST_BYTES).expect("an image");
    let badge = badge.expect("a badge");
    let badge = [("file", Some("badge.svg"), badge.as_slice())];
    judged(&send(&house, &badge).await, "VALID");

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
async fn what_stands_inside_is_told_each_for_itself() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let enveloped = |jwt: &str| {
        json!({
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": format!("data:application/vc+jwt,{jwt}"),
            "type": "EnvelopedVerifiableCredential",
        })
    };
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [enveloped(&issued.jwt), enveloped("a.b.c")],
    });
    // Nobody signed the whole, and that is said; the record inside holds all the same.
    let presentation = presentation.to_string();
    let parts = [
        ("text", None, presentation.as_bytes()),
        ("challenge", None, b" 1234 "),
        ("domain", None, b"employer.example"),
    ];
    let page = judged(&send(&house, &parts).await, "INVALID");
    assert!(page.contains("This presentation is not valid"), "{page}");
    assert_eq!(check(&page, "parts"), "fail");
    let statement = &house.statements(imported.version).await[0];
    let text = statement["text"].as_str().expect("a text");
    let section = |n: usize| {
        let id = format!("<section class=\"part\" id=\"inside-{n}\">");
        assert!(
            page.contains(&format!("<a href=\"#inside-{n}\">")),
            "{page}"
        );
        let (_, section) = page.split_once(&id).expect("the section");
        section.split("</section>").next().expect("a start")
    };
    assert!(section(1).contains("</span>VALID</strong>"), "{page}");
    assert!(section(1).contains(text), "{page}");
    assert!(section(1).contains("/verifiableCredential/0"), "{page}");
    assert_eq!(check(section(1), "signature"), "pass");
    assert!(section(2).contains("</span>INVALID</strong>"), "{page}");
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
