//! Statements, framework versions, occupations.

use attestry::catalog::samples::SAMPLES;
use attestry::kernel::digest::sri_sha384;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::setup::{BROWSER, House, id_of};

const URL: &str = "https://skills.example";

#[tokio::test]
async fn a_frozen_document_is_the_bytes_that_its_digest_names() {
    let (house, imported) = House::with_sample(URL).await;
    let path = format!("/frameworks/{}.json", imported.version);
    // Whatever a reader would rather have, there is one form of it.
    for accept in ["*/*", BROWSER, "image/png"] {
        let answer = house.get(&path, &[("accept", accept)]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        let digest = sri_sha384(&answer.body);
        assert_eq!(answer.header("etag"), format!("\"{digest}\""));
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let version = house
            .get(&format!("/frameworks/{}", imported.version), &[])
            .await;
        let version = version.json();
        assert_eq!(version["digestSRI"], digest);
        assert_eq!(version["documentUrl"], format!("{URL}{path}"));
    }
}

#[tokio::test]
async fn what_a_reader_holds_is_not_sent_again() {
    let (house, imported) = House::with_sample(URL).await;
    let path = format!("/frameworks/{}.json", imported.version);
    let first = house.get(&path, &[]).await;
    let tag = first.header("etag");
    for held in [
        tag.to_owned(),
        format!("W/{tag}"),
        format!("\"x\", {tag}"),
        "*".to_owned(),
    ] {
        let again = house.get(&path, &[("if-none-match", &held)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{held}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("cache-control"), first.header("cache-control"));
    }
    let other = house.get(&path, &[("if-none-match", "\"sha384-x\"")]).await;
    assert_eq!((other.status, other.body), (200, first.body.clone()));
    let head = Request::head(&path).body(Body::empty()).expect("a request");
    let head = house.ask(head).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("etag"), tag);
    assert_eq!(head.header("content-length"), first.body.len().to_string());
}

#[tokio::test]
async fn documents_lead_to_each_other_and_say_the_same() {
    let (house, imported) = House::with_sample(URL).await;
    let sample: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("JSON");
    let version_url = format!("{URL}/frameworks/{}", imported.version);
    let occupation_url = format!("{URL}/occupations/{}", imported.soc.as_deref().unwrap());
    let path = |url: &Value| url.as_str().expect("a URL").replace(URL, "");

    let statements = house.statements(imported.version).await;
    assert_eq!(statements.len(), imported.statements);
    for listed in &statements {
        let mut statement = house.get(&path(&listed["id"]), &[]).await.json();
        let members = statement.as_object_mut().expect("an object");
        let level = members.remove("level").expect("a level");
        assert!(
            level["ordinal"].is_u64() && level["label"].is_string(),
            "{level}"
        );
        let version = members.remove("frameworkVersion").expect("a version");
        assert_eq!(version["id"], version_url);
        assert_eq!(version["label"], imported.label);
        assert_eq!(version["family"], "MASTERY");
        let occupation = members.remove("occupation").expect("an occupation");
        let expected = json!({
            "soc": imported.soc, "title": imported.title, "url": occupation_url,
        });
        assert_eq!(occupation, expected);
        let attribution = members.remove("attribution").expect("whom to name");
        assert_eq!(attribution, sample["attribution"]);
        assert_eq!(statement, *listed);
    }
    let occupation = house.get(&path(&occupation_url.into()), &[]).await.json();
    for member in [
        "soc",
        "title",
        "group",
        "sector",
        "jobZone",
        "jobZoneInferred",
    ] {
        assert_eq!(occupation[member], sample["occupation"][member], "{member}");
    }
    assert_eq!(occupation["frameworkVersions"][0]["id"], version_url);
    let version = house.get(&path(&version_url.into()), &[]).await.json();
    for member in ["attribution", "sources"] {
        assert_eq!(version[member], sample[member], "{member}");
    }
}

#[tokio::test]
async fn pages_are_for_people() {
    let (house, imported) = House::with_sample("https://skills.example/under/a/path").await;
    let statement = id_of(&house.statements(imported.version).await[0]["id"]);
    for (path, texts) in [
        (
            format!("/statements/{statement}"),
            vec![imported.title.clone(), imported.label.clone()],
        ),
        (
            format!("/frameworks/{}", imported.version),
            vec![
                imported.title.clone(),
                format!("/under/a/path/statements/{statement}"),
            ],
        ),
        (
            format!("/occupations/{}", imported.soc.as_deref().unwrap()),
            vec![
                imported.soc.clone().unwrap(),
                format!("/frameworks/{}", imported.version),
            ],
        ),
        ("/".to_owned(), vec!["/under/a/path/playground".to_owned()]),
    ] {
        let answer = house.page(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("vary"), "accept");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"));
        let page = answer.text();
        assert!(
            page.starts_with("<!doctype html>\n<html lang=\"en\">"),
            "{page}"
        );
        assert!(
            !page.contains("<script") && !page.contains("style="),
            "{page}"
        );
        assert_eq!(page.matches("<h1>").count(), 1, "{page}");
        let canonical = format!("<code>{URL}/under/a/path{path}</code>");
        for text in texts.iter().chain([&canonical]) {
            assert!(page.contains(text.as_str()), "{text} is not in {page}");
        }
    }
    let style = house.get("/pages.css", &[]).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_hostile_export_stays_text() {
    let house = House::empty(URL).await;
    let evil = "<script>alert(\"1\")</script> & 'x' — <img src=x onerror=alert(1)>";
    let mut export: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("JSON");
    export["occupation"]["title"] = evil.into();
    export["occupation"]["group"] = evil.into();
    export["framework"]["version"] = "v.<b>".into();
    export["framework"]["description"] = evil.into();
    export["attribution"] = evil.into();
    export["sources"] = json!({evil: evil, "deep": {"er": [evil]}});
    let levels = export["framework"]["levels"]
        .as_object_mut()
        .expect("levels");
    let level = levels.values_mut().next().expect("a level");
    level["statements"][0] = evil.into();
    let imported = house.import(export.to_string().as_bytes()).await;
    let statements = house.statements(imported.version).await;
    let statement = statements.iter().find(|s| s["text"] == evil);
    let statement = id_of(&statement.expect("the hostile one")["id"]);
    for path in [
        format!("/statements/{statement}"),
        format!("/frameworks/{}", imported.version),
        format!("/occupations/{}", imported.soc.as_deref().unwrap()),
    ] {
        let page = house.page(&path).await;
        let page = page.text();
        assert!(
            page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;")
        );
        for markup in ["<script", "<img", "<b>"] {
            assert!(!page.contains(markup), "{markup} in {page}");
        }
    }
}
