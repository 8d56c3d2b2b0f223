//! The catalog as linked data: what others' programs make of it.

use attestry::catalog::samples::{SAMPLES, WIDE_SAMPLE};
use attestry::credential::rdf::{Contexts, canonize};
use attestry::kernel::json::{ParseOptions, parse};
use serde_json::{Value, json};

use super::setup::{House, id_of};
use crate::onet::release::{CODES, import, release, write_main};
use crate::peers;

const URL: &str = "https://skills.example";
const PEERS: [&str; 2] = ["canonize_jsonld.mjs", "canonize_pyld.py"];

async fn linked(house: &House, path: &str) -> Value {
    let answer = house.get(path, &[("accept", "application/ld+json")]).await;
    assert_eq!(
        answer.header("content-type"),
        "application/ld+json",
        "{path}"
    );
    answer.json()
}

/// Every document there is of two occupations, one of them with domains, citations and a profile.
async fn documents(house: &House) -> Vec<(String, Value)> {
    house.import(WIDE_SAMPLE.bytes).await;
    house.import(SAMPLES[0].bytes).await;
    let mut documents = Vec::new();
    for soc in [WIDE_SAMPLE.soc, SAMPLES[0].soc] {
        let path = format!("/occupations/{soc}");
        let told = house.get(&path, &[]).await.json();
        documents.push((path.clone(), linked(house, &path).await));
        for version in told["frameworkVersions"].as_array().expect("a list") {
            let id = id_of(&version["id"]);
            let path = format!("/frameworks/{id}");
            documents.push((path.clone(), linked(house, &path).await));
            for statement in house.statements(id).await {
                let path = format!("/statements/{}", id_of(&statement["id"]));
                documents.push((path.clone(), linked(house, &path).await));
            }
        }
    }
    documents
}

/// The statements of a document, with no member of it left out: what is not defined is refused.
fn canonical(document: &Value) -> Result<String, String> {
    let json = parse(document.to_string().as_bytes(), &ParseOptions::default());
    let json = json.expect("it is JSON");
    canonize(&json, &Contexts::pinned()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn all_is_defined_and_says_the_same_as_json() {
    let house = House::empty(URL).await;
    for (path, document) in documents(&house).await {
        let quads = canonical(&document).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut undefined = document.clone();
        undefined["@graph"][0]["unheardOf"] = "x".into();
        assert!(canonical(&undefined).is_err(), "{path}");
        let told = house.get(&path, &[]).await.json();
        let name = format!("<{URL}{path}>");
        let says = |predicate: &str, object: &str| {
            let quad = format!("{name} <{predicate}> {object} .");
            assert!(quads.contains(&quad), "no {quad} in {quads}");
        };
        let asn = |term: &str| format!("https://purl.org/ctdlasn/terms/{term}");
        let kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
        if path.starts_with("/statements/") {
            says(kind, &format!("<{}>", asn("Competency")));
            let text = told["text"].as_str().expect("a text");
            says(&asn("competencyText"), &format!("\"{text}\"@en"));
            let code = told["code"].as_str().expect("a code");
            says(&asn("codedNotation"), &format!("\"{code}\""));
            let version = told["frameworkVersion"]["id"].as_str().expect("a URL");
            says(&asn("isPartOf"), &format!("<{version}>"));
            // Whom to name is told wherever the words are.
            let attribution = told["attribution"].as_str().expect("a text");
            let rights = format!("<{version}> <{}> \"{attribution}\"@en .", asn("rights"));
            assert!(quads.contains(&rights), "no {rights} in {quads}");
        } else if path.starts_with("/frameworks/") {
            says(kind, &format!("<{}>", asn("CompetencyFramework")));
            let attribution = told["attribution"].as_str().expect("a text");
            says(&asn("rights"), &format!("\"{attribution}\"@en"));
            let count = quads
                .matches(&format!("<{}> <{}{path}>", asn("isPartOf"), URL))
                .count();
            let levels = told["levels"].as_array().expect("a list");
            let statements = levels
                .iter()
                .map(|l| l["statements"].as_array().map_or(0, Vec::len));
            let domains = told["domains"].as_array().map_or(0, Vec::len);
            assert_eq!(count, statements.sum::<usize>() + levels.len() + domains);
        } else {
            says(kind, "<https://purl.org/ctdl/terms/Occupation>");
            let soc = told["soc"].as_str().expect("a code");
            says(
                "https://purl.org/ctdl/terms/codedNotation",
                &format!("\"{soc}\""),
            );
            if let Some(attribution) = told["profile"]["attribution"].as_str() {
                let source = format!("<{URL}{path}#source-1>");
                says("https://schema.org/subjectOf", &source);
                let credit =
                    format!("{source} <https://schema.org/creditText> \"{attribution}\" .");
                assert!(quads.contains(&credit), "no {credit} in {quads}");
            }
        }
    }
}

#[tokio::test]
async fn each_database_is_named_once_with_its_licence() {
    let house = House::empty(URL).await;
    let folder = tempfile::tempdir().expect("a folder");
    write_main(folder.path());
    let imported = import(&house.app, release(folder.path(), "2.1")).await;
    imported.expect("the release is sound");
    let path = format!("/occupations/{}", CODES[0]);
    let document = linked(&house, &path).await;
    canonical(&document).unwrap_or_else(|error| panic!("{error}"));
    let nodes = document["@graph"].as_array().expect("nodes");
    assert!(nodes[0]["ceterms:description"]["en"].is_string());
    let source = format!("{URL}{path}#source-1");
    assert_eq!(nodes[0]["schema:subjectOf"], json!([{"@id": source}]));
    let works = nodes.iter().filter(|n| n["@type"] == "schema:CreativeWork");
    let works: Vec<_> = works.collect();
    assert_eq!(works.len(), 1);
    assert_eq!(works[0]["@id"], source);
    assert_eq!(works[0]["schema:name"], "O*NET 2.1 Database");
    let credit = works[0]["schema:creditText"].as_str().expect("a text");
    assert!(credit.contains("USDOL/ETA") && credit.contains("CC BY 4.0"));
    let licence = "https://creativecommons.org/licenses/by/4.0/";
    assert_eq!(works[0]["schema:license"], licence);
}

#[tokio::test]
async fn others_read_the_same_statements() {
    let name = "others_read_the_same_statements";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let house = House::empty(URL).await;
    let documents = documents(&house).await;
    let requests: Vec<_> = documents
        .iter()
        .map(|(_, d)| json!({"document": d}))
        .collect();
    for peer in PEERS {
        let answers = peers::ask(&installed, peer, &requests);
        for ((path, document), answer) in documents.iter().zip(answers) {
            let own = canonical(document).expect("it is defined");
            assert_eq!(answer["nquads"], own, "{path} by {peer}: {answer}");
        }
    }
}
