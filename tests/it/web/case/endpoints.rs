//! Single objects.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::{BASE, DOCUMENT, URL, house, id, object, text};

fn minor(body: &Value) -> &str {
    let field = &body["imsx_codeMinor"]["imsx_codeMinorField"][0];
    field["imsx_codeMinorFieldValue"].as_str().expect("a code")
}

#[tokio::test]
async fn every_object_is_found_where_its_uri_says() {
    let (house, versions) = house().await;
    for version in versions {
        let package = object(&house, &format!("CFPackages/{version}")).await;
        let document = &package["CFDocument"];
        let mut uris = vec![text(&document["uri"])];
        for list in ["CFItems", "CFAssociations"] {
            let all = package[list].as_array().expect("a list").iter();
            uris.extend(all.map(|one| text(&one["uri"])));
        }
        let types = package["CFDefinitions"]["CFItemTypes"].as_array();
        uris.extend(types.expect("types").iter().map(|one| text(&one["uri"])));
        for uri in uris.iter().step_by(5).chain(uris.last()) {
            let path = uri.strip_prefix(URL).expect("it is here");
            let answer = house.get(path, &[]).await;
            assert_eq!(answer.status, 200, "{uri}");
            let found = answer.json();
            let own = &found["uri"];
            let own = if own.is_null() {
                &found["CFItemTypes"][0]["uri"]
            } else {
                own
            };
            assert_eq!(own, uri);
        }
        let item = &package["CFItems"][0];
        let alone = object(&house, &format!("CFItems/{}", text(&item["identifier"]))).await;
        assert_eq!(alone["CFDocumentURI"]["identifier"], document["identifier"]);
        let mut within = alone;
        within
            .as_object_mut()
            .expect("an object")
            .remove("CFDocumentURI");
        assert_eq!(&within, item);
    }
}

#[tokio::test]
async fn what_others_named_is_found_by_their_names() {
    let (house, _) = house().await;
    let item = object(&house, &format!("CFItems/{}", id(2))).await;
    assert_eq!(item["fullStatement"], "Rows across the harbour.");
    assert_eq!(item["uri"], "https://x.example/2");
    let set = object(&house, &format!("CFItemAssociations/{}", id(2))).await;
    let kinds: Vec<_> = set["CFAssociations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| text(&one["associationType"]))
        .collect();
    assert_eq!(kinds, ["isChildOf", "precedes"]);
    assert_eq!(
        object(&house, &format!("CFAssociations/{}", id(22))).await["associationType"],
        "precedes"
    );
    let one = object(&house, &format!("CFAssociations/{}", id(21))).await;
    assert_eq!(one["CFAssociationGroupingURI"]["identifier"], id(15));
    let types = object(&house, &format!("CFItemTypes/{}", id(10))).await;
    let titles: Vec<_> = types["CFItemTypes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| text(&one["title"]))
        .collect();
    assert_eq!(titles, ["Skill", "Part of a skill"]);
    // 3 is no child of anything, so its association is made here.
    let set = object(&house, &format!("CFItemAssociations/{}", id(3))).await;
    let made = &set["CFAssociations"][0];
    assert_eq!(made["associationType"], "isChildOf");
    let alone = object(
        &house,
        &format!("CFAssociations/{}", text(&made["identifier"])),
    )
    .await;
    assert_eq!(alone["destinationNodeURI"]["identifier"], DOCUMENT);
}

#[tokio::test]
async fn who_gets_nothing_is_told_why() {
    let (house, versions) = house().await;
    let unknown = "0b6c1d2e-1111-4222-8333-444455556666";
    let item = text(
        &object(&house, &format!("CFPackages/{}", versions[0])).await["CFItems"][0]["identifier"],
    );
    for (path, status, code) in [
        ("CFItems/x".to_owned(), 400, "invalid_uuid"),
        (
            format!("CFItems/{}", unknown.replace('-', "")),
            400,
            "invalid_uuid",
        ),
        (
            format!("CFItems/%00{}", unknown.trim_start_matches('0')),
            400,
            "invalid_uuid",
        ),
        (format!("CFDocuments/{unknown}"), 404, "unknownobject"),
        (format!("CFPackages/{unknown}"), 404, "unknownobject"),
        (format!("CFItems/{unknown}"), 404, "unknownobject"),
        (
            format!("CFItemAssociations/{unknown}"),
            404,
            "unknownobject",
        ),
        (format!("CFAssociations/{unknown}"), 404, "unknownobject"),
        (format!("CFItemTypes/{unknown}"), 404, "unknownobject"),
        (format!("CFRubrics/{unknown}"), 404, "unknownobject"),
        // What is there, but of another class.
        (format!("CFDocuments/{item}"), 404, "unknownobject"),
        (format!("CFAssociations/{item}"), 404, "unknownobject"),
        (format!("CFItems/{DOCUMENT}"), 404, "unknownobject"),
        (format!("CFSubjects/{}", id(13)), 404, "unknownobject"),
        (format!("CFLicenses/{}", id(15)), 404, "unknownobject"),
        ("CFShoes/x".to_owned(), 404, "unknownobject"),
        (
            "CFDocuments?sort=shoe".to_owned(),
            400,
            "invalid_sort_field",
        ),
        (
            "CFDocuments?sort=title&orderBy=up".to_owned(),
            400,
            "invalid_sort_field",
        ),
        (
            "CFDocuments?fields=shoe".to_owned(),
            400,
            "invalid_selection_field",
        ),
        (
            "CFDocuments?filter=title".to_owned(),
            400,
            "invalid_selection_field",
        ),
        (
            "CFDocuments?limit=0".to_owned(),
            400,
            "invalid_selection_field",
        ),
        (
            "CFDocuments?limit=-1".to_owned(),
            400,
            "invalid_selection_field",
        ),
        (
            "CFDocuments?offset=x".to_owned(),
            400,
            "invalid_selection_field",
        ),
        ("CFDocuments?offset=1000".to_owned(), 404, "unknownobject"),
        (
            "CFDocuments?offset=18446744073709551615".to_owned(),
            404,
            "unknownobject",
        ),
    ] {
        let answer = house.get(&format!("{BASE}/{path}"), &[]).await;
        let body = answer.json();
        assert_eq!((answer.status, minor(&body)), (status, code), "{path}");
        assert_eq!(body["imsx_codeMajor"], "failure");
        assert!(!text(&body["imsx_description"]).is_empty());
    }
    let answer = house
        .get(&format!("{BASE}/CFDocuments"), &[("accept", "image/png")])
        .await;
    assert_eq!(answer.status, 406);
    let post = Request::post(format!("{BASE}/CFDocuments")).body(Body::empty());
    let answer = house.ask(post.expect("a request")).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET,HEAD"));
}

#[tokio::test]
async fn what_a_reader_holds_is_not_sent_again() {
    let (house, versions) = house().await;
    let path = format!("{BASE}/CFPackages/{}", versions[0]);
    let first = house.get(&path, &[]).await;
    assert_eq!(first.header("cache-control"), "public, max-age=300");
    assert_eq!(first.header("access-control-allow-origin"), "*");
    let tag = first.header("etag");
    let again = house.get(&path, &[("if-none-match", tag)]).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let head = Request::head(&path).body(Body::empty()).expect("a request");
    let head = house.ask(head).await;
    assert_eq!(
        (head.status, head.body.len(), head.header("etag")),
        (200, 0, tag)
    );
    let other = house.get(&path, &[("if-none-match", "\"x\"")]).await;
    assert_eq!(other.json(), json!(first.json()));
}
