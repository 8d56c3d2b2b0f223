//! Any version is read back from its package; and any package of others, from the one that it is
//! written as again.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::wide_any::{any_version, profile_of};
use super::{child, deprecated, id, import, item, package, read_back, written};
use crate::catalog::model::{CaseFacts, FrameworkVersion, ProfileRef};
use crate::catalog::rules::{freeze, freeze_profile};
use crate::kernel::json::{Json, Object};

/// The version with only such facts of a package as a package can have.
fn possible(mut version: FrameworkVersion) -> FrameworkVersion {
    let mut number = 0;
    let statements = version
        .levels
        .iter_mut()
        .flat_map(|level| &mut level.statements);
    for outline in statements.filter_map(|statement| statement.outline.as_mut()) {
        number += 1;
        outline.case_id = id(number).parse().unwrap();
        outline.rest = Object::new();
    }
    if version.occupation.is_none() {
        // Without an occupation there is no profile that could hold them.
        let levels = version.levels.iter_mut();
        levels
            .flat_map(|level| &mut level.statements)
            .for_each(|one| one.anchors.clear());
    }
    let mut document = Object::new();
    document.insert("uri", "https://x.example/0");
    document.insert("lastChangeDateTime", "2020-02-03T04:05:06Z");
    version.case = version.case.map(|_| CaseFacts {
        document_id: id(0).parse().unwrap(),
        document,
        associations: Vec::new(),
        definitions: None,
        rubrics: None,
        extensions: None,
    });
    version
}

/// What is drawn of an item: below what it is, whether it is below the document, its number, its
/// code and its text.
type Drawn = (
    prop::sample::Index,
    bool,
    Option<i64>,
    Option<String>,
    String,
);

fn drawn_package(drawn: &[Drawn]) -> Value {
    let mut package = package();
    let (mut items, mut associations) = (Vec::new(), Vec::new());
    for ((number, (at, top, sequence, code, text)), index) in (1..).zip(drawn).zip(0_usize..) {
        let mut one = item(number, &format!("w{text}"));
        if let Some(code) = code {
            one["humanCodingScheme"] = code.as_str().into();
            one["listEnumeration"] = code.as_str().into();
        }
        items.push(one);
        // What comes first is below what comes later as often as the other way around.
        let of = if *top {
            0
        } else {
            u32::try_from(at.index(index + 1)).unwrap()
        };
        let mut one = child(number, of);
        if let Some(sequence) = sequence {
            one["sequenceNumber"] = json!(sequence);
        }
        associations.push(one);
    }
    items.rotate_left(drawn.len() / 2);
    associations.reverse();
    package["CFItems"] = items.into();
    package["CFAssociations"] = associations.into();
    package
}

/// Of each item the text and the parent, by its identifier.
fn told(package: &Json) -> HashMap<String, (String, String)> {
    let list = |name: &str| package.get(name).unwrap().as_array().unwrap();
    let text = |json: &Json, name: &str| json.get(name).unwrap().as_str().unwrap().to_owned();
    let end = |json: &Json, name: &str| text(json.get(name).unwrap(), "identifier");
    let parents: HashMap<_, _> = list("CFAssociations")
        .iter()
        .map(|one| (end(one, "originNodeURI"), end(one, "destinationNodeURI")))
        .collect();
    let items = list("CFItems").iter().map(|one| {
        let id = text(one, "identifier");
        let parent = parents[&id].clone();
        (id, (text(one, "fullStatement"), parent))
    });
    items.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_tree_of_levels_domains_and_statements_is_read_back(version in any_version()) {
        let mut version = possible(version);
        let profile = profile_of(&version, "4.12");
        version.profile = profile.as_ref().map(|profile| {
            let frozen = freeze_profile(profile);
            ProfileRef { id: frozen.id, digest_sri: frozen.digest_sri }
        });
        let package = written(&version, profile.as_ref());
        let read = read_back(&package);
        prop_assert_eq!(&read.profile, &profile);
        prop_assert_eq!(&read.version, &version);
        prop_assert_eq!(read.mended, vec![]);
        prop_assert_eq!(freeze(None, &read.version), freeze(None, &version));
        prop_assert_eq!(written(&read.version, profile.as_ref()), package);
        let later = read_back(&deprecated(&version, profile.as_ref()));
        prop_assert_eq!(&later.version, &version);
    }

    #[test]
    fn any_forest_of_others_is_read_back(
        drawn in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<bool>(), prop::option::of(-3..3_i64),
             prop::option::of("[a-c]{0,2}[0-9]{0,2}"), "[a-z ]{0,9}"),
            0..30,
        ),
    ) {
        let package = drawn_package(&drawn);
        let read = import(&package).unwrap();
        prop_assert_eq!(&read.mended, &vec![]);
        let again = written(&read.version, None);
        prop_assert_eq!(told(&again.clone().into()), told(&package.into()));
        let second = read_back(&again);
        prop_assert_eq!(&second.version, &read.version);
        prop_assert_eq!(second.mended, vec![]);
        prop_assert_eq!(written(&second.version, None), again);
        prop_assert_eq!(&read_back(&deprecated(&read.version, None)).version, &read.version);
        let ids = read.version.levels[0].statements.iter();
        let ids: Vec<Uuid> = ids.map(|one| one.outline.as_ref().unwrap().case_id).collect();
        prop_assert_eq!(ids.len(), drawn.len());
    }
}
