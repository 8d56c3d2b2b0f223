//! The tables against the contexts as they are published, where those are at hand.

use std::borrow::Cow;
use std::path::Path;

use super::all;
use crate::credential::rdf::context::definition::{Context, Definition, Local};
use crate::credential::rdf::context::read::Reader;
use crate::kernel::json::{ParseOptions, parse};
use crate::kernel::shared_data::shared_dir;

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

fn published(dir: &Path, name: &str) -> Context<'static> {
    let path = dir.join(format!("conformance/contexts/{name}.json"));
    let json = parse(&std::fs::read(path).unwrap(), &ParseOptions::default()).unwrap();
    let reader = Reader::by_hand();
    let mut locals = reader.locals(json.get("@context").unwrap()).unwrap();
    match (locals.pop(), locals.is_empty()) {
        (Some(Local::Object(context)), true) => context,
        _ => panic!("{name} is not one context object"),
    }
}

/// What one says and the other does not, with the way there.
fn differences(
    ours: &Context<'static>,
    theirs: &Context<'static>,
    at: &str,
    found: &mut Vec<String>,
) {
    let rest = |context: &Context<'_>| {
        let (vocab, language) = (context.vocab.clone(), context.language.clone());
        format!("{:?}", (context.protected, vocab, language))
    };
    if rest(ours) != rest(theirs) {
        found.push(format!("{at}: {} / {}", rest(ours), rest(theirs)));
    }
    let mut names: Vec<&str> = ours.terms.iter().map(|(name, _)| name.as_ref()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "{at}: a term twice");
    names.extend(theirs.terms.iter().map(|(name, _)| name.as_ref()));
    names.sort_unstable();
    names.dedup();
    for name in names {
        let at = format!("{at}/{name}");
        let (Some(one), Some(two)) = (term(ours, name), term(theirs, name)) else {
            let whose = if term(ours, name).is_some() {
                "ours"
            } else {
                "theirs"
            };
            found.push(format!("{at}: only {whose}"));
            continue;
        };
        let scopes = (one.scoped.as_deref(), two.scoped.as_deref());
        if let (Some([Local::Object(one)]), Some([Local::Object(two)])) = scopes {
            differences(one, two, &at, found);
        } else if one.scoped != two.scoped {
            found.push(format!("{at}: another scope"));
        }
        let bare = |definition: &Definition<'static>| Definition {
            scoped: None,
            ..definition.clone()
        };
        if bare(one) != bare(two) {
            found.push(format!("{at}: {:?} / {:?}", bare(one), bare(two)));
        }
    }
}

fn term<'c>(context: &'c Context<'static>, name: &str) -> Option<&'c Definition<'static>> {
    let mut terms = context.terms.iter();
    terms
        .find(|(term, _)| term == name)
        .map(|(_, definition)| definition)
}

#[test]
fn every_table_states_what_is_published() {
    let Some(dir) = shared_dir("no published context was compared") else {
        return;
    };
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
    let Some(dir) = shared_dir("no published context was compared") else {
        return;
    };
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
    ours.protected = false;
    differences(&ours, &theirs, "", &mut found);
    assert_eq!(found.len(), 5, "{found:?}");
}
