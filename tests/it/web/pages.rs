//! Pages for people, whoever they are and however they read.

use attestry::catalog::{
    ops::onet::Published,
    samples::{SAMPLES, WIDE_SAMPLE},
};
use serde_json::{Value, json};

use super::markup::{Piece, check_structure, pieces};
use super::setup::{House, id_of};
use crate::onet::release::{CODES, import, release, write_main, write_ratings};

const URL: &str = "https://skills.example";

async fn version_ids(house: &House, soc: &str) -> Vec<String> {
    let occupation = house.get(&format!("/occupations/{soc}"), &[]).await.json();
    let versions = occupation["frameworkVersions"].as_array().expect("a list");
    versions
        .iter()
        .map(|v| id_of(&v["id"]).to_string())
        .collect()
}

#[tokio::test]
async fn every_page_can_be_read_by_anyone() {
    let house = House::empty(URL).await;
    house.import(WIDE_SAMPLE.bytes).await;
    house.import(SAMPLES[0].bytes).await;
    let mut paths = vec!["/".to_owned(), "/nowhere".to_owned()];
    for soc in [WIDE_SAMPLE.soc, SAMPLES[0].soc] {
        paths.push(format!("/occupations/{soc}"));
        for version in version_ids(&house, soc).await {
            let statements = house.statements(version.parse().expect("an id")).await;
            let statements = statements.iter().map(|s| id_of(&s["id"]));
            paths.extend(statements.map(|id| format!("/statements/{id}")));
            paths.push(format!("/frameworks/{version}"));
        }
    }
    for path in paths {
        let page = house.page(&path).await;
        check_structure(page.text());
    }
    let style = house.get("/pages.css", &[]).await;
    assert!(style.text().contains("@media print"));
}

#[tokio::test]
async fn a_page_leads_to_what_it_tells_of() {
    let house = House::empty(URL).await;
    house.import(WIDE_SAMPLE.bytes).await;
    let path = format!("/occupations/{}", WIDE_SAMPLE.soc);
    let occupation = house.page(&path).await;
    let occupation = occupation.text();
    for version in version_ids(&house, WIDE_SAMPLE.soc).await {
        assert!(occupation.contains(&format!("href=\"/frameworks/{version}\"")));
        let page = house.page(&format!("/frameworks/{version}")).await;
        for statement in house.statements(version.parse().expect("an id")).await {
            let link = format!("href=\"/statements/{}\"", id_of(&statement["id"]));
            assert!(
                occupation.contains(&link) && page.text().contains(&link),
                "{link}"
            );
            statement_is_told(&house, &statement).await;
        }
        assert!(
            page.text()
                .contains(&format!("href=\"/frameworks/{version}.json\""))
        );
    }
    for form in ["application/json", "application/ld+json"] {
        let link = format!("<link rel=\"alternate\" type=\"{form}\" href=\"{URL}{path}\">");
        assert!(occupation.contains(&link), "{link}");
    }
    // What the sample's sources say is not ours to run.
    assert!(
        occupation.contains("<a href=\"https://survey.example/2026\" rel=\"external nofollow\">")
    );
}

/// The page of a statement has its text, its domain, what it cites and what it is grounded in.
async fn statement_is_told(house: &House, statement: &Value) {
    let page = house
        .page(&format!("/statements/{}", id_of(&statement["id"])))
        .await;
    let texts: Vec<String> = pieces(page.text())
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    let says = |text: &str| texts.iter().any(|told| told.contains(text));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    assert!(says(&text(&statement["text"])));
    assert!(says(&text(&statement["code"])));
    if let Some(title) = statement["domain"]["title"].as_str() {
        assert!(says(&format!("{}. {title}", statement["domain"]["number"])));
    }
    for citation in statement["citations"].as_array().expect("a list") {
        assert!(says(&text(&citation["label"])));
        for member in ["title", "locator"] {
            assert!(citation[member].as_str().is_none_or(says), "{citation}");
        }
    }
    for anchor in statement["anchors"].as_array().expect("a list") {
        assert!(says(&text(&anchor["text"])), "{anchor}");
    }
    assert!(says("suggestCorrection"));
}

#[tokio::test]
async fn a_source_that_is_no_address_on_the_web_is_not_linked() {
    let house = House::empty(URL).await;
    let mut document: Value = serde_json::from_slice(WIDE_SAMPLE.bytes).expect("JSON");
    let evil = "javascript:alert(1)";
    for framework in document["frameworks"].as_array_mut().expect("a list") {
        let sources = framework.get_mut("citedSources");
        for source in sources.and_then(Value::as_array_mut).into_iter().flatten() {
            source["url"] = evil.into();
            source["licence"] = evil.into();
            source["label"] = "<i>label</i>".into();
        }
    }
    document["profile"]["notes"] = json!(["<b onclick=\"x\">"]);
    document["profile"]["anchors"][0]["text"] = "<u>anchor</u>".into();
    house.import(document.to_string().as_bytes()).await;
    let mut paths = vec![format!("/occupations/{}", WIDE_SAMPLE.soc)];
    let versions = version_ids(&house, WIDE_SAMPLE.soc).await;
    paths.extend(versions.iter().map(|id| format!("/frameworks/{id}")));
    for path in paths {
        let page = house.page(&path).await;
        check_structure(page.text());
        for markup in ["<i>", "<b ", "<u>", "href=\"javascript"] {
            assert!(!page.text().contains(markup), "{markup} in {path}");
        }
    }
}

#[tokio::test]
async fn what_others_publish_is_shown_where_nothing_else_is() {
    let house = House::empty(URL).await;
    let folder = tempfile::tempdir().expect("a folder");
    let tables = folder.path().join("tables");
    write_main(&tables);
    write_ratings(&tables, "Skills.txt", "2.A.", &["2.99", "3.00", "5"]);
    write_ratings(&tables, "Abilities.txt", "1.A.", &["1", "4"]);
    let crosswalk = folder.path().join("c.csv");
    let text = "CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\r\n01.0101,\"Fields, General.\",11-1011,X\r\n";
    std::fs::write(&crosswalk, text).expect("it can be written");
    import(&house.app, release(&tables, "2.1"))
        .await
        .expect("it is sound");
    import(&house.app, Published::Crosswalk(crosswalk))
        .await
        .expect("it is sound");

    let path = format!("/occupations/{}", CODES[0]);
    let page = house.page(&path).await;
    check_structure(page.text());
    let page = page.text();
    let mut rest = page;
    for text in [
        "Keepers of 11-1011.00",
        "4 of 5 · Job Zone Four: Much",
        "Keep &quot;all&quot; that 11-1011.00 means.",
        "Title 0",
        "Title 11",
        "Not known.",
        "Element 2",
        "importance 5",
        "Element 1",
        "importance 3.00",
        "Style 7",
        "Kind 0",
        "Kind 9",
        "Do the work number 1.",
        "Do the work number 8.",
        "01.0101",
        "Fields, General.",
        &format!("<a href=\"/occupations/{0}\">{0}</a>", CODES[1]),
        "among the five closest",
        "None yet.",
        "O*NET 2.1 Database",
        "Used under the CC BY 4.0 license.",
        "<a href=\"https://creativecommons.org/licenses/by/4.0/\" rel=\"external nofollow\">CC BY 4.0</a>",
    ] {
        let found = rest.split_once(text);
        rest = found.unwrap_or_else(|| panic!("no {text} in {rest}")).1;
    }
    for text in [
        "Title 12",
        "importance 2.99",
        "Do the work number 9.",
        "Kind 10",
    ] {
        assert!(!page.contains(text), "{text} in {page}");
    }
    let told = house.get(&path, &[]).await.json();
    assert_eq!(told["profile"], Value::Null);
    let tables = &told["publishedTables"];
    assert_eq!(tables["anchors"][0]["text"], "Element 2");
    assert_eq!(tables["cip"][0]["code"], "01.0101");
    assert_eq!(
        tables["relatedOccupations"].as_array().map(Vec::len),
        Some(2)
    );
    let attribution = tables["attribution"].as_str().expect("a text");
    assert!(attribution.contains("CC BY 4.0"), "{attribution}");

    // A framework without a profile stands before the tables, and does not hide them.
    house.import(SAMPLES[0].bytes).await;
    let page = house
        .page(&format!("/occupations/{}", SAMPLES[0].soc))
        .await;
    let (_, after) = page.text().split_once("level 1 of 4").expect("a level");
    assert!(after.contains("Do the work number 1."));
    let published = house
        .get(&format!("/occupations/{}", SAMPLES[0].soc), &[])
        .await
        .json();
    assert_eq!(published["publishedTables"]["anchors"][0]["kind"], "SKILL");
}
