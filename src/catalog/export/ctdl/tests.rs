use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::catalog::{
    import::{Limits, read},
    model::CaseFacts,
    rules::statement_code,
    samples::WIDE_SAMPLE,
    tests::wide_any::any_version,
};
use crate::kernel::digest::sha256_hex;

const BASE: &str = "https://skills.example";

/// Mastery, AI literacy, durable skills.
fn versions() -> Vec<FrameworkVersion> {
    let sample = read(WIDE_SAMPLE.bytes, &Limits::default()).unwrap();
    sample.versions().cloned().collect()
}

/// The nodes of a document, by what names them.
fn nodes(document: &Object) -> BTreeMap<String, Json> {
    let graph = document.get("@graph").unwrap().as_array().unwrap();
    let named = graph
        .iter()
        .map(|node| (text(node, "@id").to_owned(), node.clone()));
    let nodes: BTreeMap<_, _> = named.collect();
    assert_eq!(nodes.len(), graph.len(), "two nodes of one name");
    nodes
}

fn text<'j>(json: &'j Json, name: &str) -> &'j str {
    json.get(name).and_then(Json::as_str).unwrap()
}

fn texts(json: &Json, name: &str) -> Vec<String> {
    let all = json.get(name).and_then(Json::as_array).unwrap_or_default();
    all.iter()
        .map(|one| one.as_str().unwrap().to_owned())
        .collect()
}

/// A text in English.
fn english<'j>(json: &'j Json, name: &str) -> &'j str {
    text(json.get(name).unwrap(), "en")
}

#[test]
fn a_version_is_a_tree_of_competencies() {
    for version in versions() {
        let nodes = nodes(&write(None, &version, BASE));
        let id = ids::framework_version(None, &version.key, &version.version);
        let url = format!("{BASE}/frameworks/{id}");
        let framework = &nodes[&url];
        assert_eq!(text(framework, "@type"), "ceasn:CompetencyFramework");
        let name = format!("Baristas: {} v.26.11", version.family.words());
        assert_eq!(english(framework, "ceasn:name"), name);
        assert_eq!(english(framework, "ceasn:description"), version.description);
        assert_eq!(
            english(framework, "skos:scopeNote"),
            version.context_covered
        );
        assert_eq!(english(framework, "ceasn:rights"), version.attribution);
        let about = &framework
            .get("ceterms:occupationType")
            .unwrap()
            .as_array()
            .unwrap()[0];
        assert_eq!(text(about, "ceterms:codedNotation"), WIDE_SAMPLE.soc);
        let occupation = format!("{BASE}/occupations/{}", WIDE_SAMPLE.soc);
        assert_eq!(text(about, "ceterms:targetNode"), occupation);
        let levels = version
            .levels
            .iter()
            .map(|l| format!("{url}#level-{}", l.ordinal));
        let domains = version
            .domains
            .iter()
            .map(|d| format!("{url}#domain-{}", d.number));
        let top: Vec<String> = levels.chain(domains).collect();
        assert_eq!(texts(framework, "ceasn:hasTopChild"), top);
        for name in &top {
            let node = &nodes[name];
            assert_eq!(text(node, "@type"), "ceasn:Competency");
            assert_eq!(text(node, "ceasn:isTopChildOf"), url);
            assert_eq!(text(node, "ceasn:isPartOf"), url);
        }
        for level in &version.levels {
            let node = &nodes[&format!("{url}#level-{}", level.ordinal)];
            assert_eq!(english(node, "ceasn:competencyText"), level.label);
            assert_eq!(english(node, "ceasn:competencyCategory"), "Level");
            let children = texts(node, "ceasn:hasChild");
            assert_eq!(children.len(), level.statements.len());
            for (child, statement) in children.iter().zip(&level.statements) {
                statement_is_told(&version, &nodes, (level, statement), child, &url);
            }
        }
    }
}

fn statement_is_told(
    version: &FrameworkVersion,
    nodes: &BTreeMap<String, Json>,
    (level, statement): (&Level, &Statement),
    name: &str,
    url: &str,
) {
    let (key, label) = (&version.key, &version.version);
    let (domain, position) = (statement.domain, statement.position);
    let id = ids::statement(None, key, label, domain, level.ordinal, position);
    assert_eq!(name, format!("{BASE}/statements/{id}"));
    let node = &nodes[name];
    assert_eq!(text(node, "@type"), "ceasn:Competency");
    assert_eq!(english(node, "ceasn:competencyText"), statement.text);
    let title = node
        .get("ceasn:competencyLabel")
        .map(|title| text(title, "en"));
    let parts = crate::catalog::rules::parts_of(statement);
    assert_eq!(title, parts.map(|parts| parts.title));
    let code = statement_code(key, label, domain, level.ordinal, position);
    assert_eq!(text(node, "ceasn:codedNotation"), code);
    assert_eq!(text(node, "ceasn:listID"), position.to_string());
    assert_eq!(text(node, "ceasn:isPartOf"), url);
    let mut parents = vec![format!("{url}#level-{}", level.ordinal)];
    if let Some(number) = domain {
        let domain = format!("{url}#domain-{number}");
        assert!(texts(&nodes[&domain], "ceasn:hasChild").contains(&name.to_owned()));
        parents.push(domain);
    }
    assert_eq!(texts(node, "ceasn:isChildOf"), parents);
    let cited = node
        .get("ceasn:sourceDocumentation")
        .and_then(Json::as_array);
    let cited = cited.unwrap_or_default();
    assert_eq!(cited.len(), statement.citations.len());
    for (told, citation) in cited.iter().zip(&statement.citations) {
        let source = told
            .as_str()
            .unwrap_or_else(|| text(told, "schema:isPartOf"));
        let known = version
            .cited
            .iter()
            .find(|s| s.key == citation.source)
            .unwrap();
        let full = known.title.as_ref().unwrap_or(&known.label);
        assert_eq!(text(&nodes[source], "schema:name"), full);
        let part = told.get("schema:name").and_then(Json::as_str);
        assert_eq!(part, citation.locator.as_deref());
    }
}

#[test]
fn a_statement_alone_says_what_it_says_in_its_version() {
    for version in versions() {
        let whole = nodes(&write(None, &version, BASE));
        let statements = whole.keys().filter(|name| name.contains("/statements/"));
        for name in statements {
            let id = Uuid::try_parse(name.rsplit('/').next().unwrap()).unwrap();
            let alone = write_statement(None, &version, BASE, id).unwrap();
            let graph = alone.get("@graph").unwrap().as_array().unwrap();
            assert_eq!(&graph[0], &whole[name]);
            let near = nodes(&alone);
            for member in [
                "ceasn:isPartOf",
                "ceasn:isChildOf",
                "ceasn:sourceDocumentation",
            ] {
                for to in named(whole[name].get(member)) {
                    assert!(near.contains_key(to), "{name} leads to {to}");
                }
            }
        }
        assert_eq!(write_statement(None, &version, BASE, Uuid::nil()), None);
    }
}

/// What a member names: links of ours, and those in parts of sources.
fn named(member: Option<&Json>) -> Vec<&str> {
    let all = match member {
        Some(Json::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter().filter_map(link).collect()
}

fn link(one: &Json) -> Option<&str> {
    one.as_str()
        .or_else(|| one.get("schema:isPartOf").and_then(Json::as_str))
}

#[test]
fn texts_are_in_the_language_that_is_known() {
    let mastery = versions().remove(0);
    let case = |language: &str| {
        let mut document = Object::new();
        document.insert("language", language);
        Some(CaseFacts {
            document_id: Uuid::nil(),
            document,
            associations: Vec::new(),
            definitions: None,
            rubrics: None,
            extensions: None,
        })
    };
    for (occupation, case, language) in [
        (true, None, Some("en")),
        (false, None, None),
        (false, case("ja"), Some("ja")),
        (true, case("de-AT"), Some("de-AT")),
        (false, case("not a tag"), None),
        (false, case(""), None),
    ] {
        let mut version = mastery.clone();
        version.case = case;
        version.occupation = version.occupation.filter(|_| occupation);
        let nodes = nodes(&write(None, &version, BASE));
        let framework = nodes
            .values()
            .find(|n| text(n, "@type") == "ceasn:CompetencyFramework");
        let framework = framework.unwrap();
        let rights = framework.get("ceasn:rights").unwrap();
        let told = match language {
            Some(tag) => text(rights, tag),
            None => rights.as_str().unwrap(),
        };
        assert_eq!(told, version.attribution);
        let said = texts(framework, "ceasn:inLanguage");
        assert_eq!(
            said,
            language.map(str::to_owned).into_iter().collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_replaces_and_whose_it_is_stands_in_the_links() {
    let mut version = versions().remove(0);
    let owner = Some(Uuid::from_u128(7));
    version.replaces = Some("v.26.10".to_owned());
    version.levels[0].statements[0].replaces = Some(Uuid::from_u128(8));
    let nodes = nodes(&write(owner, &version, BASE));
    let id = ids::framework_version(owner, &version.key, &version.version);
    let framework = &nodes[&format!("{BASE}/frameworks/{id}")];
    let older = ids::framework_version(owner, &version.key, "v.26.10");
    let older = format!("{BASE}/frameworks/{older}");
    assert_eq!(text(framework, "ceterms:previousVersion"), older);
    let id = ids::statement(owner, &version.key, &version.version, None, 1, 1);
    let statement = &nodes[&format!("{BASE}/statements/{id}")];
    let older = format!("{BASE}/statements/{}", Uuid::from_u128(8));
    assert_eq!(text(statement, "ceasn:isVersionOf"), older);
}

/// Readers may keep what they got for a year: where this changes, so does what they should hold.
#[test]
fn the_form_stays_as_it_is() {
    let documents = versions().into_iter();
    let digests: Vec<_> = documents
        .map(|version| write(None, &version, BASE).to_text())
        .map(|text| sha256_hex(text.as_bytes()))
        .collect();
    assert_eq!(digests, PINNED);
}

const PINNED: [&str; 3] = [
    "931264671eb0e1c352a75745885af658822ccedbcd20714a77a3eb0761070b74",
    "ff3884ac1ded4282d3dbb014f01b906e81c7d5e595c9a26c00cbd41a41eba165",
    "865f52d988698fdb03bd8daa07c163e225ecf5f0d14cbaa8045c7d918fd73d1b",
];

#[test]
fn an_occupation_leads_to_its_frameworks() {
    let mastery = versions().remove(0);
    let framework = Framework {
        url: format!("{BASE}/frameworks/x"),
        name: "Baristas: Mastery v.26.11".to_owned(),
        version: "v.26.11".to_owned(),
    };
    let facts = mastery.occupation.unwrap();
    let titles = ["Espresso Maker".to_owned(), "Bar Hand".to_owned()];
    let origin = Origin {
        name: "A database".to_owned(),
        attribution: "From a database by somebody.".to_owned(),
        license_url: Some("https://licence.example/".to_owned()),
        url: None,
    };
    let told = About {
        description: Some("They pull shots."),
        titles: &titles,
        origins: &[origin],
    };
    let document = write_occupation(&facts, told, &[framework], BASE);
    let nodes = nodes(&document);
    let url = format!("{BASE}/occupations/{}", facts.soc);
    let occupation = &nodes[&url];
    assert_eq!(text(occupation, "@type"), "ceterms:Occupation");
    assert_eq!(english(occupation, "ceterms:name"), "Baristas");
    let also = occupation.get("ceterms:alternateName").unwrap();
    assert_eq!(texts(also, "en"), titles);
    let origin = &nodes[&format!("{url}#source-1")];
    let leads = occupation
        .get("schema:subjectOf")
        .unwrap()
        .as_array()
        .unwrap();
    assert_eq!(text(&leads[0], "@id"), text(origin, "@id"));
    assert_eq!(
        text(origin, "schema:creditText"),
        "From a database by somebody."
    );
    assert_eq!(text(origin, "schema:license"), "https://licence.example/");
    let framework = &nodes[&format!("{BASE}/frameworks/x")];
    let about = &framework
        .get("ceterms:occupationType")
        .unwrap()
        .as_array()
        .unwrap()[0];
    assert_eq!(text(about, "ceterms:targetNode"), url);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_told_holds_together(version in any_version()) {
        let nodes = nodes(&write(None, &version, BASE));
        let statements: usize = version.levels.iter().map(|l| l.statements.len()).sum();
        let others = 1 + version.levels.len() + version.domains.len() + version.cited.len();
        prop_assert_eq!(nodes.len(), statements + others);
        let mut reached = 0;
        for (name, node) in &nodes {
            let members = ["ceasn:isPartOf", "ceasn:isChildOf", "ceasn:isTopChildOf",
                "ceasn:hasChild", "ceasn:hasTopChild", "ceasn:sourceDocumentation"];
            for to in members.iter().flat_map(|member| named(node.get(member))) {
                prop_assert!(nodes.contains_key(to), "{} leads to {}", name, to);
            }
            for child in named(node.get("ceasn:hasChild")) {
                let above = named(nodes[child].get("ceasn:isChildOf"));
                prop_assert!(above.contains(&name.as_str()), "{} is no child of {}", child, name);
            }
            if text(node, "@id").contains("/statements/") {
                let above = named(node.get("ceasn:isChildOf"));
                for to in above {
                    let below = named(nodes[to].get("ceasn:hasChild"));
                    prop_assert!(below.contains(&name.as_str()), "{} has no child {}", to, name);
                }
                reached += 1;
            }
        }
        prop_assert_eq!(reached, statements);
    }
}
