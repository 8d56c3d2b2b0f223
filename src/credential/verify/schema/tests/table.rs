//! The tables themselves.

use std::collections::HashSet;

use super::super::class::{Class, Value as Wanted};
use super::super::table::{clr, endorsement, general, open_badges};

fn reach(class: &'static Class, seen: &mut Vec<&'static Class>) {
    if seen.iter().any(|other| std::ptr::eq(*other, class)) {
        return;
    }
    seen.push(class);
    for property in class.properties() {
        if let Wanted::Object(class) | Wanted::UriOr(class) = property.value {
            reach(class, seen);
        }
    }
}

#[test]
fn each_class_states_a_property_once_and_says_what_it_is() {
    let mut seen = Vec::new();
    for class in [
        &open_badges::ACHIEVEMENT_CREDENTIAL,
        &endorsement::ENDORSEMENT_CREDENTIAL,
        &clr::CLR_CREDENTIAL,
        &general::VERIFIABLE_CREDENTIAL,
        &general::VERIFIABLE_PRESENTATION,
    ] {
        reach(class, &mut seen);
    }
    for class in &seen {
        let mut names = HashSet::new();
        for property in class.properties() {
            assert!(
                names.insert(property.name),
                "{}: {}",
                class.what,
                property.name
            );
            assert!(!property.value.to_string().is_empty(), "{}", property.name);
        }
        assert!(!class.what.is_empty());
    }
    assert!(seen.len() > 30, "only {} classes were reached", seen.len());
}
