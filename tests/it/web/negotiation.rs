//! Who gets which form, and what is not there.

use axum::body::Body;
use axum::http::Request;

use super::setup::{BROWSER, House, id_of};

const URL: &str = "https://skills.example";

#[tokio::test]
async fn browsers_get_pages_and_programs_get_json() {
    let (house, imported) = House::with_sample(URL).await;
    let statement = id_of(&house.statements(imported.version).await[0]["id"]);
    for path in [
        format!("/statements/{statement}"),
        format!("/frameworks/{}", imported.version),
        format!("/occupations/{}", imported.soc.as_deref().unwrap()),
        "/".to_owned(),
    ] {
        // The front door tells of nothing that others have terms for.
        let linked = match path.as_str() {
            "/" => (406, "application/json"),
            _ => (200, "application/ld+json"),
        };
        for (accept, status, form) in [
            (None, 200, "application/json"),
            (Some("*/*"), 200, "application/json"),
            (Some("application/json"), 200, "application/json"),
            (
                Some("text/html;q=0.5, application/json"),
                200,
                "application/json",
            ),
            (Some(BROWSER), 200, "text/html; charset=utf-8"),
            (Some("text/html"), 200, "text/html; charset=utf-8"),
            (Some("image/png"), 406, "application/json"),
            (Some("junk"), 406, "application/json"),
            (Some("application/json;q=0"), 406, "application/json"),
            (Some("application/ld+json"), linked.0, linked.1),
            (
                Some("application/ld+json;q=0.9, application/json;q=0.8"),
                200,
                if linked.0 == 200 {
                    linked.1
                } else {
                    "application/json"
                },
            ),
            (
                Some("application/ld+json;q=0.7, text/html;q=0.8"),
                200,
                "text/html; charset=utf-8",
            ),
            (
                Some("application/ld+json, application/json"),
                200,
                "application/json",
            ),
        ] {
            let headers: Vec<_> = accept.iter().map(|accept| ("accept", *accept)).collect();
            let answer = house.get(&path, &headers).await;
            assert_eq!(answer.status, status, "{path} {accept:?}");
            assert_eq!(answer.header("content-type"), form, "{path} {accept:?}");
            assert_eq!(answer.header("vary"), "accept");
            assert_eq!(answer.header("access-control-allow-origin"), "*");
        }
    }
}

/// The CASE form is what the CASE endpoints answer, which are held against the official schema.
#[tokio::test]
async fn whoever_asks_for_case_gets_what_its_endpoints_answer() {
    let (house, imported) = House::with_sample(URL).await;
    let statement = id_of(&house.statements(imported.version).await[0]["id"]);
    let version = imported.version;
    let occupation = imported.soc.as_deref().unwrap();
    let accept = [("accept", "application/vnd.ims.case.v1p1+json")];
    for (path, endpoint) in [
        (
            format!("/frameworks/{version}"),
            format!("CFPackages/{version}"),
        ),
        (
            format!("/statements/{statement}"),
            format!("CFItems/{statement}"),
        ),
        (
            format!("/occupations/{occupation}"),
            "CFDocuments".to_owned(),
        ),
    ] {
        let answer = house.get(&path, &accept).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, accept[0].1)
        );
        assert_eq!(answer.header("vary"), "accept");
        let same = house.get(&format!("/ims/case/v1p1/{endpoint}"), &[]).await;
        assert_eq!((same.status, answer.json()), (200, same.json()), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_however_it_is_named() {
    let (house, imported) = House::with_sample(URL).await;
    let absent = "00000000-0000-4000-8000-000000000000";
    let upper = imported.version.to_string().to_uppercase();
    for path in [
        "/nowhere".to_owned(),
        "/statements".to_owned(),
        "/statements/".to_owned(),
        "/statements/x".to_owned(),
        "/statements/%00".to_owned(),
        "/statements/%ff".to_owned(),
        format!("/statements/{absent}"),
        format!("/statements/{}", imported.version),
        "/frameworks/x".to_owned(),
        "/frameworks/.json".to_owned(),
        "/frameworks/x.json".to_owned(),
        format!("/frameworks/{upper}"),
        format!("/frameworks/{{{}}}.json", imported.version)
            .replace('{', "%7B")
            .replace('}', "%7D"),
        format!("/frameworks/{absent}"),
        format!("/frameworks/{absent}.json"),
        "/occupations/29-1122".to_owned(),
        "/occupations/99-9999.99".to_owned(),
        "/occupations/%00".to_owned(),
        "/occupations/%ff".to_owned(),
        "/issuers/nobody/did.json".to_owned(),
        "/issuers/nobody/jwks.json".to_owned(),
        "/issuers/%00/did.json".to_owned(),
        "/issuers/%ff/jwks.json".to_owned(),
        format!("/status/{absent}"),
        "/status/%ff".to_owned(),
    ] {
        let answer = house.get(&path, &[]).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        let error = &answer.json()["error"];
        assert_eq!(error["code"], "NOT_FOUND", "{path}");
        assert_eq!(error["requestId"], answer.header("x-request-id"), "{path}");
        let page = house.page(&path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text().contains("<h1>Not Found</h1>"), "{path}");
    }
}

#[tokio::test]
async fn documents_are_only_for_reading() {
    let house = House::empty(URL).await;
    for (method, path, allow) in [
        ("POST", "/statements/x", "GET,HEAD"),
        ("DELETE", "/status/x", "GET,HEAD"),
        ("GET", "/credentials/verify", "POST"),
    ] {
        let request = Request::builder().method(method).uri(path);
        let answer = house
            .ask(request.body(Body::empty()).expect("a request"))
            .await;
        assert_eq!(answer.status, 405, "{method} {path}");
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
        assert_eq!(answer.json()["error"]["code"], "METHOD_NOT_ALLOWED");
    }
}

#[tokio::test]
async fn the_front_door_tells_where_things_are() {
    let house = House::empty(URL).await;
    let front = house.get("/", &[]).await.json();
    assert_eq!(front["name"], "attestry");
    assert_eq!(front["version"], env!("CARGO_PKG_VERSION"));
    let links = front["links"].as_object().expect("links");
    assert_eq!(links["verify"], format!("{URL}/credentials/verify"));
    for (name, link) in links {
        let path = link.as_str().expect("a URL").replace(URL, "");
        if path.contains('{') {
            continue;
        }
        let answer = house.get(&path, &[]).await;
        assert_ne!(answer.status, 404, "{name}");
    }
}
