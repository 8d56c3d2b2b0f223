//! The tables against the contexts as they are published, where those are at hand.

use std::borrow::Cow;
use std::path::PathBuf;

use super::all;
use crate::credential::rdf::context::definition::{Context, Local};
use crate::credential::rdf::context::read::Reader;
use crate::credential::rdf::tests::shared_dir;
use crate::kernel::json::{Json, ParseOptions, parse};

const FILES: [(&str, &str); 7] = [
    ("https://www.w3.org/ns/credentials/v2", "credentials-v2"),
    (
        "https://w3id.org/security/data-integrity/v2",
        "data-integrity-v2",
    ),
    ("https://w3id.org/security/multikey/v1", "multikey-v1"),
    (
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "clr-v2p0-2.0.1",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "ob-v3p0-3.0.1",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "ob-v3p0-3.0.2",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "ob-v3p0-3.0.3",
    ),
];

fn published(dir: &std::path::Path, name: &str) -> Context<'static> {
    let path: PathBuf = dir.join(format!("conformance/contexts/{name}.json"));
    let json = parse(&std::fs::read(path).unwrap(), &ParseOptions::default()).unwrap();
    let reader = Reader::by_hand();
    let mut locals = reader.locals(json.get("@context").unwrap()).unwrap();
    match (locals.pop(), locals.is_empty()) {
        (Some(Local::Object(context)), true) => context,
        _ => panic!("{name} is not one context object"),
    }
}

/// What one says and the other does not, with the way there.
fn differences(ours: &Context<'_>, theirs: &Context<'_>, at: &str, found: &mut Vec<String>) {
    if (ours.protected, &ours.vocab, &ours.language)
        != (theirs.protected, &theirs.vocab, &theirs.language)
    {
        found.push(format!("{at}: @protected, @vocab or @language"));
    }
    let of = |context: &Context<'_>, name: &str| {
        let mut terms = context
            .terms
            .clone()
            .into_iter()
            .map(|(n, d)| (n.into_owned(), format!("{d:?}"), d.scoped.clone()));
        assert!(
            context.terms.iter().filter(|(n, _)| n == name).count() < 2,
            "{at}: {name} twice"
        );
        terms
            .find(|(n, _, _)| n == name)
            .map(|(_, d, s)| (d, s.map(|s| s.len())))
    };
    let mut names: Vec<&str> = ours
        .terms
        .iter()
        .chain(&theirs.terms)
        .map(|(n, _)| n.as_ref())
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let mine = ours.terms.iter().find(|(n, _)| n == name).map(|(_, d)| d);
        let other = theirs.terms.iter().find(|(n, _)| n == name).map(|(_, d)| d);
        match (mine, other) {
            (Some(mine), Some(other)) if mine == other => {}
            (Some(mine), Some(other)) => match (mine.scoped.as_deref(), other.scoped.as_deref()) {
                (Some([Local::Object(one)]), Some([Local::Object(two)])) => {
                    let before = found.len();
                    differences(one, two, &format!("{at}/{name}"), found);
                    if found.len() == before {
                        found.push(format!("{at}/{name}"));
                    }
                }
                _ => found.push(format!(
                    "{at}/{name}: {:?} / {:?}",
                    of(ours, name),
                    of(theirs, name)
                )),
            },
            (one, _) => found.push(format!(
                "{at}/{name}: only {}",
                if one.is_some() { "ours" } else { "theirs" }
            )),
        }
    }
}

#[test]
fn every_table_states_what_is_published() {
    let Some(dir) = shared_dir() else { return };
    let tables = all();
    assert_eq!(tables.len(), FILES.len());
    let mut found = Vec::new();
    for (url, ours) in &tables {
        let (_, name) = FILES.iter().find(|(known, _)| known == url).unwrap();
        differences(ours, &published(&dir, name), name, &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_changed_fact_would_be_seen() {
    let Some(dir) = shared_dir() else { return };
    let theirs = published(&dir, "ob-v3p0-3.0.3");
    let mut ours = theirs.clone();
    ours.terms.retain(|(name, _)| name != "narrative");
    ours.terms
        .iter_mut()
        .find(|(name, _)| name == "url")
        .unwrap()
        .1
        .coercion = Some(Cow::Borrowed("@id"));
    let mut found = Vec::new();
    differences(&ours, &theirs, "", &mut found);
    assert_eq!(found.len(), 2, "{found:?}");
    let _: Option<Json> = None;
}
