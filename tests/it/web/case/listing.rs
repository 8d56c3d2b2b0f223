//! `CFDocuments`: pages, order, filter, members.

use serde_json::Value;

use super::{BASE, House, URL, house, object, text};

async fn titles(house: &House, query: &str) -> Vec<String> {
    let set = object(house, &format!("CFDocuments?{query}")).await;
    let all = set["CFDocuments"].as_array().expect("a list").iter();
    all.map(|one| text(&one["title"])).collect()
}

#[tokio::test]
async fn pages_follow_each_other() {
    let (house, versions) = house().await;
    let total = versions.len() + 1;
    let whole = object(&house, "CFDocuments").await;
    let whole = whole["CFDocuments"].as_array().expect("a list");
    let mut path = format!("{BASE}/CFDocuments?limit=2&fields=title");
    let mut seen: Vec<Value> = Vec::new();
    loop {
        let answer = house.get(&path, &[]).await;
        assert_eq!(answer.header("x-total-count"), total.to_string());
        let page = answer.json();
        seen.extend(
            page["CFDocuments"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| one["identifier"].clone()),
        );
        let links = answer.header("link");
        assert!(
            links.contains("rel=\"first\"") && links.contains("rel=\"last\""),
            "{links}"
        );
        let next = links
            .split(", ")
            .find(|link| link.ends_with("rel=\"next\""));
        let Some(next) = next else { break };
        let url = next.split(['<', '>']).nth(1).expect("a URL");
        assert!(url.contains("fields=title"), "{url}");
        path = url.strip_prefix(URL).expect("it is here").to_owned();
    }
    let all: Vec<Value> = whole.iter().map(|one| one["identifier"].clone()).collect();
    assert_eq!(seen, all);
    assert_eq!(seen.len(), total);
}

#[tokio::test]
async fn documents_are_filtered_and_sorted() {
    let (house, versions) = house().await;
    let all = titles(&house, "sort=title").await;
    assert!(
        all.is_sorted() && all.len() == versions.len() + 1,
        "{all:?}"
    );
    let mut turned = titles(&house, "sort=title&orderBy=desc").await;
    turned.reverse();
    assert_eq!(turned, all);
    assert_eq!(
        titles(&house, "sort=title&limit=2&offset=1").await,
        all[1..3]
    );
    assert_eq!(
        titles(&house, "filter=subject='Rowing'").await,
        ["Small boats"]
    );
    assert_eq!(
        titles(&house, "filter=title~'BOATS'%20AND%20version='1'").await,
        ["Small boats"]
    );
    let others = titles(&house, "filter=creator!='Harbour%20School'&sort=title").await;
    assert_eq!(others.len(), versions.len());
    let none = house
        .get(&format!("{BASE}/CFDocuments?filter=title='none'"), &[])
        .await;
    assert_eq!(none.status, 404);
    for hostile in [
        "'",
        "a='%00'",
        "title='x' OR 1=1 --",
        "%F0%28",
        "title='%27%27;DROP'",
    ] {
        let path = format!("{BASE}/CFDocuments?filter={}", hostile.replace(' ', "%20"));
        let answer = house.get(&path, &[]).await;
        assert!(
            matches!(answer.status, 400 | 404),
            "{hostile}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_selection_keeps_what_must_be_there() {
    let (house, _) = house().await;
    for query in ["fields=version,notes", "fields=version&fields=notes"] {
        let set = object(&house, &format!("CFDocuments?{query}&filter=version='1'")).await;
        let one = set["CFDocuments"][0].as_object().expect("an object");
        let mut names: Vec<&str> = one.keys().map(String::as_str).collect();
        names.sort_unstable();
        let wanted = [
            "CFPackageURI",
            "creator",
            "identifier",
            "lastChangeDateTime",
            "title",
            "uri",
            "version",
        ];
        assert_eq!(names, wanted);
    }
}
