//! How many statements a query puts to the database: as many for fifty occupations as for one,
//! whether the versions that it reads are held in memory or not.
//!
//! They are counted where the database's driver is called, by the database that the house opened;
//! what begins or ends a transaction is left out.

mod case;

use std::sync::Arc;

use attestry::{
    app::App,
    catalog::{
        ops::import::{import_documents, read_document},
        samples::{SAMPLES, WIDE_SAMPLE},
    },
};
use serde_json::{Value, json};

use crate::{
    onet::release,
    support::{Api, House, on_each_database},
};

on_each_database!(
    occupations_with_all_of_their_statements,
    occupations_with_all_that_is_published_of_them,
    occupations_with_all_that_the_tables_say,
    searches_with_what_they_lead_to,
    single_things_by_their_ids,
    differences_of_versions,
    comparisons_of_occupations,
);

/// How many occupations are asked for.
const SIZES: [usize; 3] = [1, 10, 50];

fn soc(n: usize) -> String {
    format!("{:02}-{:04}.00", 11 + n % 9, 1_000 + n)
}

/// Publishes the wide sample under fifty codes: three families each, and a profile.
async fn publish(app: &Arc<App>) {
    let document = |n: usize| {
        let mut document: Value = serde_json::from_slice(WIDE_SAMPLE.bytes).expect("it is JSON");
        document["occupation"]["soc"] = json!(soc(n));
        document["occupation"]["title"] = json!(format!("Baristas {n}"));
        read_document(document.to_string().as_bytes()).expect("it is sound")
    };
    let documents = (0..50).map(document).collect();
    let told = import_documents(&app.operator(), documents).await;
    assert!(told.expect("the database works").iter().all(Result::is_ok));
}

/// Imports tables that tell of the same occupations, and of others that are like them.
async fn publish_tables(app: &Arc<App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let each = |row: &dyn Fn(usize) -> String| -> Vec<String> {
        (0..50).map(|n| format!("{}\t{}", soc(n), row(n))).collect()
    };
    let write = |name: &str, header: &str, rows: &[String]| {
        let header = format!("O*NET-SOC Code\t{header}");
        release::write(folder.path(), name, &header, rows);
    };
    let all = each(&|n| format!("Baristas {n}\tServe number {n}."));
    write("Occupation Data.txt", "Title\tDescription", &all);
    let all = each(&|_| "2\t08/2023\tAnalyst".to_owned());
    write("Job Zones.txt", "Job Zone\tDate\tDomain Source", &all);
    let all = each(&|n| format!("{n}\tDo the work.\tCore\tn/a\t08/2023\tAnalyst"));
    let header = "Task ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source";
    write("Task Statements.txt", header, &all);
    let all = each(&|n| format!("Tool\t{n}\tKind\tY\tN"));
    let header = "Example\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand";
    write("Technology Skills.txt", header, &all);
    let all = each(&|_| "Title\tn/a\t08".to_owned());
    write(
        "Alternate Titles.txt",
        "Alternate Title\tShort Title\tSource(s)",
        &all,
    );
    let all = each(&|n| format!("{}\tSupplemental\t1", soc((n + 7) % 50)));
    write(
        "Related Occupations.txt",
        "Related O*NET-SOC Code\tRelatedness Tier\tIndex",
        &all,
    );
    let all =
        each(&|_| "2.A.1\tReading\tIM\t4.00\t8\t0.1\t1\t5\tN\tN\t08/2023\tAnalyst".to_owned());
    let header = release::RATINGS.split_once('\t').expect("columns").1;
    write("Skills.txt", header, &all);
    let done = release::import(app, release::release(folder.path(), "2.1")).await;
    done.expect("it is sound");
}

/// Statements of a query, asked twice of a process that has just started.
async fn counted(house: &House, query: &str, variables: &Value) -> (u64, u64) {
    let app = house.set_up(house.app.config.clone());
    let api = Api::of(&app);
    // Whether the catalog changed is asked once a second, whatever the queries are.
    let put = || app.db.statements() - app.recent.looks();
    let ask = async || {
        let before = put();
        let answer = api.send(None, query, variables.clone()).await;
        assert!(answer.body.get("errors").is_none(), "{query}: {answer:?}");
        (put() - before, answer.body)
    };
    let ((cold, first), (warm, second)) = (ask().await, ask().await);
    assert_eq!(first, second, "{query}");
    (cold, warm)
}

/// Checks that a query costs as many statements for each of some variables, and how many.
async fn costs(house: &House, query: &str, sizes: &[Value], expected: (u64, u64)) {
    for variables in sizes {
        let found = counted(house, query, variables).await;
        assert_eq!(found, expected, "cold and warm, for {variables}: {query}");
    }
}

fn firsts() -> Vec<Value> {
    SIZES.iter().map(|n| json!({"n": n})).collect()
}

const STATEMENTS: &str = "levels { label statements { code text url level { ordinal } } }";

async fn occupations_with_all_of_their_statements(house: House) {
    publish(&house.app).await;
    let of = |inner: &str| {
        format!("query($n: Int!) {{ occupations(first: $n) {{ nodes {{ {inner} }} }} }}")
    };
    // The page alone; then also which versions there are, and these with levels and statements.
    costs(&house, &of("soc title"), &firsts(), (1, 1)).await;
    let query = of(&format!("soc frameworkVersions {{ label {STATEMENTS} }}"));
    costs(&house, &query, &firsts(), (5, 1)).await;
    let query = of(&format!(
        "soc frameworkVersions(family: MASTERY) {{ {STATEMENTS} }}"
    ));
    costs(&house, &query, &firsts(), (5, 1)).await;
    let query = of("frameworkVersions { levels { statements { citations { locator } } } }");
    costs(&house, &query, &firsts(), (5, 1)).await;
    // Back to the occupation, and what can change of a version.
    let query = of("frameworkVersions { state occupation { title frameworkVersions { label } } }");
    costs(&house, &query, &firsts(), (7, 2)).await;
}

async fn occupations_with_all_that_is_published_of_them(house: House) {
    publish(&house.app).await;
    let query = "query($n: Int!) { occupations(first: $n) { nodes {
        evidencePack { usage { figures { printed } } cluster { slug } }
        frameworkVersions { domains { title } citedSources { label }
            profile { label anchors(kind: TASK) { text } relatedTitles cipCodes { code }
                relatedOccupations { soc } evidencePack { usage { label } } } } } } }";
    costs(&house, query, &firsts(), (7, 2)).await;
}

async fn occupations_with_all_that_the_tables_say(house: House) {
    publish(&house.app).await;
    publish_tables(&house.app).await;
    let of = |inner: &str| {
        format!("query($n: Int!) {{ occupations(first: $n) {{ nodes {{ {inner} }} }} }}")
    };
    let query = of("description
        profile { anchors(kind: SKILL) { text importance source { release } } relatedTitles
            jobZoneName cipCodes(first: 1) { nodes { code } } }
        ratings(kind: SKILL, first: 1) { nodes { value } } tasks(first: 1) { nodes { text } }
        technology(first: 1) { nodes { example } } alternateTitles(first: 1) { nodes { title } }");
    costs(&house, &query, &firsts(), (3, 3)).await;
    let query = of("profile { anchors { text } sources { table } }");
    costs(&house, &query, &firsts(), (4, 4)).await;
    // One step further, to other occupations and what is published of them.
    let query = of("profile { relatedOccupations { tier occupation { title
        frameworkVersions { label } } } }");
    costs(&house, &query, &firsts(), (8, 3)).await;
}

async fn searches_with_what_they_lead_to(house: House) {
    publish(&house.app).await;
    let of = |kind: &str| {
        format!(
            "query($n: Int!) {{ search(text: \"customers\", filter: {{kinds: [{kind}]}}, first: $n) {{
                totalCount facets {{ sources {{ value count }} }} edges {{ snippet {{ text }} node {{
                ... on Statement {{ code level {{ label }} frameworkVersion {{ label state
                    occupation {{ soc frameworkVersions {{ label }} }} }} }} }} }} }} }}"
        )
    };
    // What is found and what is shown of it; versions; states, occupations and their versions.
    costs(&house, &of("STATEMENT"), &firsts(), (11, 2)).await;
    let query = "query($n: Int!) { search(text: \"baristas\", filter: {kinds: [OCCUPATION]}, first: $n) {
        edges { node { ... on Occupation { soc frameworkVersions { label levels { label } } } } } } }";
    costs(&house, query, &firsts(), (7, 1)).await;
    let query = "query($n: Int!) { search(text: \"11-10\", first: $n) { edges { node {
        ... on Occupation { soc frameworkVersions { label } } } } } }";
    costs(&house, query, &firsts(), (7, 1)).await;
}

async fn single_things_by_their_ids(house: House) {
    publish(&house.app).await;
    let list = "{ occupations(first: 20) { nodes { soc frameworkVersions(family: MASTERY) { id
        levels(ordinal: 1) { statements { id } } } } } }";
    let list = house.api.send(None, list, json!({})).await;
    let at = |n: usize, pointer: &str| list.text(&format!("/occupations/nodes/{n}{pointer}"));
    let many = |count: usize, one: &dyn Fn(usize) -> String| {
        let all: Vec<_> = (0..count).map(|n| format!("x{n}: {}", one(n))).collect();
        format!("{{ {} }}", all.join(" "))
    };
    let version = |n| at(n, "/frameworkVersions/0/id");
    let statement = |n| at(n, "/frameworkVersions/0/levels/0/statements/0/id");
    for count in [1, 10, 20] {
        let query = many(count, &|n| {
            format!(
                "statement(id: {:?}) {{ text frameworkVersion {{ label }} }}",
                statement(n)
            )
        });
        assert_eq!(counted(&house, &query, &json!({})).await, (4, 1), "{count}");
        let query = many(count, &|n| {
            format!(
                "frameworkVersion(id: {:?}) {{ label levels {{ label }} }}",
                version(n)
            )
        });
        assert_eq!(counted(&house, &query, &json!({})).await, (3, 0), "{count}");
        let query = many(count, &|n| {
            let soc = at(n, "/soc");
            format!("occupation(soc: {soc:?}) {{ title frameworkVersions {{ label }} }}")
        });
        assert_eq!(counted(&house, &query, &json!({})).await, (5, 0), "{count}");
        let query = many(count, &|n| {
            let id = if n.is_multiple_of(2) {
                version(n)
            } else {
                statement(n)
            };
            format!("node(id: {id:?}) {{ id }}")
        });
        let expected = if count == 1 { (3, 0) } else { (7, 1) };
        assert_eq!(
            counted(&house, &query, &json!({})).await,
            expected,
            "{count}"
        );
    }
}

/// A framework of one level with so many statements, every second of which a later version rewords.
fn framework(soc: &str, label: &str, statements: usize) -> String {
    let mut document: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("it is JSON");
    document["occupation"]["soc"] = json!(soc);
    document["framework"]["version"] = json!(label);
    let statement = |n: usize| {
        let how = if n.is_multiple_of(2) {
            label
        } else {
            "as ever"
        };
        format!("Piece {n} — done by the plan of the workshop, {how}.")
    };
    let statements: Vec<_> = (0..statements).map(statement).collect();
    document["framework"]["levels"] = json!({"one": {"label": "One", "statements": statements}});
    document.to_string()
}

async fn differences_of_versions(house: House) {
    let platform = house.bootstrap().await;
    let query = "query($a: ID!, $b: ID!) { frameworkDiff(fromVersionId: $a, toVersionId: $b) { text
        from { label occupation { title } } to { label state occupation { title } }
        changes { words { text } from { code level { label } }
            to { frameworkVersion { state occupation { soc frameworkVersions { label } } } } } } }";
    for (n, statements) in SIZES.into_iter().enumerate() {
        let mut ids = Vec::new();
        for label in ["v.1", "v.2"] {
            let document = framework(&soc(n), label, statements);
            let done = house.api.import(&platform, &document).await;
            ids.push(done.text("/importFramework/imported/frameworkVersion/id"));
        }
        let variables = json!({"a": ids[0], "b": ids[1]});
        // The versions and what took the place of what, in two; the occupation, the state, and
        // which versions it has.
        costs(&house, query, &[variables], (8, 3)).await;
    }
}

async fn comparisons_of_occupations(house: House) {
    let query = "query($a: String!, $b: String!) { compareOccupations(a: $a, b: $b) {
        anchorSets { shared { a { text } } onlyA { text } onlyB { text } }
        a { occupation { title frameworkVersions { label } } } b { sources { table } }
        levels { a { label } alike { score a { code frameworkVersion { occupation { soc } } } }
            onlyA { text } onlyB { text } } } }";
    publish(&house.app).await;
    publish_tables(&house.app).await;
    let platform = house.bootstrap().await;
    // Both have published profiles: their occupations, which profiles and versions there are, and
    // these; then what is asked beyond.
    let wide = json!({"a": soc(0), "b": soc(1)});
    costs(&house, query, &[wide], (8, 1)).await;
    for (n, statements) in SIZES.into_iter().enumerate() {
        let (a, b) = (soc(100 + 2 * n), soc(101 + 2 * n));
        for soc in [&a, &b] {
            let document = framework(soc, "v.1", statements);
            house.api.import(&platform, &document).await;
        }
        // No profiles, but tables.
        costs(&house, query, &[json!({"a": a, "b": b})], (9, 3)).await;
    }
}
