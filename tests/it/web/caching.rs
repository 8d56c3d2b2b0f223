//! What a reader holds is not sent again, and what can change is asked for soon.

use attestry::catalog::samples::WIDE_SAMPLE;
use axum::body::Body;
use axum::http::Request;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::setup::{Answer, House, id_of};

const URL: &str = "https://skills.example";
const FORMS: [&str; 3] = ["application/json", "text/html", "application/ld+json"];
const SHORT: &str = "public, max-age=300";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A house with three families of an occupation; its path, and those of a version and a statement.
async fn house() -> (House, [String; 3]) {
    let house = House::empty(URL).await;
    house.import(WIDE_SAMPLE.bytes).await;
    let occupation = format!("/occupations/{}", WIDE_SAMPLE.soc);
    let told = house.get(&occupation, &[]).await.json();
    let version = id_of(&told["frameworkVersions"][0]["id"]);
    let statement = id_of(&house.statements(version).await[0]["id"]);
    let framework = format!("/frameworks/{version}");
    let statement = format!("/statements/{statement}");
    (house, [occupation, framework, statement])
}

async fn get(house: &House, path: &str, form: &str) -> Answer {
    let answer = house.get(path, &[("accept", form)]).await;
    assert_eq!(answer.status, 200, "{path} as {form}");
    assert!(
        answer.header("content-type").starts_with(form),
        "{path} as {form}"
    );
    answer
}

#[tokio::test]
async fn each_form_has_a_tag_and_a_time() {
    let (house, paths) = house().await;
    for path in &paths {
        let mut tags = Vec::new();
        for form in FORMS {
            let first = get(&house, path, form).await;
            let tag = first.header("etag").to_owned();
            assert!(
                tag.starts_with('"') && tag.ends_with('"'),
                "{tag} is not strong"
            );
            let frozen = form == FORMS[2] && *path != paths[0];
            let cache = if frozen { FOR_EVER } else { SHORT };
            for held in [&tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), "*"] {
                let headers = [("accept", form), ("if-none-match", held)];
                let again = house.get(path, &headers).await;
                assert_eq!(
                    (again.status, again.body.len()),
                    (304, 0),
                    "{path} {form} {held}"
                );
                for answer in [&first, &again] {
                    assert_eq!(answer.header("etag"), tag);
                    assert_eq!(answer.header("cache-control"), cache, "{path} {form}");
                    assert_eq!(answer.header("vary"), "accept");
                    assert_eq!(answer.header("access-control-allow-origin"), "*");
                }
            }
            let head = Request::head(path).header("accept", form);
            let head = house
                .ask(head.body(Body::empty()).expect("a request"))
                .await;
            assert_eq!((head.status, head.body.len()), (200, 0));
            assert_eq!(head.header("etag"), tag);
            assert_eq!(head.header("content-length"), first.body.len().to_string());
            tags.push(tag);
        }
        // Who holds one form does not hold another.
        for form in FORMS {
            for (tag, other) in tags.iter().zip(FORMS) {
                let headers = [("accept", form), ("if-none-match", tag.as_str())];
                let answer = house.get(path, &headers).await;
                let held = form == other;
                assert_eq!(
                    answer.status,
                    if held { 304 } else { 200 },
                    "{path} {form} {other}"
                );
            }
        }
        let refused = house
            .get(path, &[("accept", "image/png"), ("if-none-match", "*")])
            .await;
        assert_eq!((refused.status, refused.header("etag")), (406, ""));
        assert_eq!(refused.header("vary"), "accept");
        let forms = refused.json()["error"]["message"]
            .as_str()
            .map(str::to_owned);
        let forms = forms.expect("a message");
        assert!(FORMS.iter().all(|form| forms.contains(form)), "{forms}");
    }
}

#[tokio::test]
async fn what_became_of_a_version_is_told_and_its_content_stays() {
    let (house, [occupation, framework, statement]) = house().await;
    let mut before = Vec::new();
    for path in [&occupation, &framework, &statement] {
        for form in FORMS {
            let answer = get(&house, path, form).await;
            before.push((path, form, answer.header("etag").to_owned()));
        }
    }
    let frozen = house.get(&format!("{framework}.json"), &[]).await;
    // Nothing of this is held in memory.
    let id = framework.rsplit('/').next().expect("an id");
    let change = "UPDATE framework_version SET state = 'DEPRECATED', \
                  deprecated_at = 1767225600000, deprecation_note = 'Too <old>.' WHERE lower(hex(id)) = ";
    let change = format!("{change}'{}'", id.replace('-', ""));
    let tx = house
        .app
        .db
        .write_tx(attestry::kernel::db::Reach::System)
        .await;
    let tx = tx.expect("it begins");
    let done = tx.execute_unprepared(&change).await.expect("it is SQL");
    assert_eq!(done.rows_affected(), 1);
    tx.commit().await.expect("it is kept");
    for (path, form, tag) in before {
        let headers = [("accept", form), ("if-none-match", tag.as_str())];
        let answer = house.get(path, &headers).await;
        // Linked data says what is frozen, and which versions an occupation has.
        let same = form == FORMS[2];
        assert_eq!(
            answer.status,
            if same { 304 } else { 200 },
            "{path} as {form}"
        );
        match form {
            "text/html" => {
                let page = answer.text();
                assert!(page.contains("eprecated"), "{path}: {page}");
                assert!(!page.contains("<old>"), "{path}");
            }
            "application/json" => {
                let told = answer.json();
                let states = [
                    &told["state"],
                    &told["frameworkVersion"]["state"],
                    &told["frameworkVersions"][0]["state"],
                ];
                assert!(
                    states.contains(&&Value::from("DEPRECATED")),
                    "{path}: {told}"
                );
            }
            _ => {}
        }
    }
    let again = house.get(&format!("{framework}.json"), &[]).await;
    assert_eq!(again.body, frozen.body);
    let told = house.get(&framework, &[]).await.json();
    assert_eq!(told["deprecatedAt"], "2026-01-01T00:00:00Z");
    assert_eq!(told["deprecationNote"], "Too <old>.");
}

#[tokio::test]
async fn a_new_version_shows_on_the_occupations_page() {
    let (house, [occupation, framework, _]) = house().await;
    let before = get(&house, &occupation, "text/html").await;
    let held = get(&house, &framework, "application/ld+json").await;
    let mut document: Value = serde_json::from_slice(WIDE_SAMPLE.bytes).expect("JSON");
    for framework in document["frameworks"].as_array_mut().expect("a list") {
        framework["version"] = "v.27.01".into();
        framework["replaces"] = "v.26.11".into();
    }
    document["profile"]["version"] = "v.27.01".into();
    let first = &mut document["frameworks"][0]["levels"]["emerging"]["statements"][0];
    first["text"] = "Milk jug — said anew.".into();
    house.import(document.to_string().as_bytes()).await;

    let headers = [
        ("accept", "text/html"),
        ("if-none-match", before.header("etag")),
    ];
    let after = house.get(&occupation, &headers).await;
    assert_eq!(after.status, 200);
    assert!(after.text().contains("Milk jug — said anew."));
    assert!(!after.text().contains("rinses, fills to the mark"));
    let headers = [
        ("accept", "application/ld+json"),
        ("if-none-match", held.header("etag")),
    ];
    assert_eq!(house.get(&framework, &headers).await.status, 304);
    let old = house.get(&framework, &[]).await.json();
    let new = old["replacedBy"][0]
        .as_str()
        .expect("a URL")
        .replace(URL, "");
    let new = house.get(&new, &[]).await.json();
    assert_eq!(
        (&new["label"], &new["replaces"]),
        (&"v.27.01".into(), &old["id"])
    );
    let page = house.page(&framework).await;
    assert!(page.text().contains("Replaced by") && page.text().contains("v.27.01"));
}
