//! Whatever stands in a document, the check ends, and tells places that are there.

use proptest::prelude::*;

use super::*;
use crate::kernel::json::any_json;

/// The pointers of all values below the root.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, v)| (name.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(nth, v)| (nth.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (name, value) in below {
        let pointer = format!("{at}/{name}");
        pointers(value, &pointer, out);
        out.push(pointer);
    }
}

proptest! {
    #[test]
    fn problems_are_told_in_their_places(any in any_json(), place in any::<prop::sample::Index>()) {
        let any: Value = serde_json::from_str(&any.to_text()).unwrap();
        let mut all = Vec::new();
        pointers(&record(), "", &mut all);
        let at: &String = place.get(&all);
        let document = read(&with(&record(), at, any));
        for found in [check(&document, &known), check_presentation(&document, &known), check_envelope(&document, &known)] {
            prop_assert_eq!(found.problems.len(), found.count.min(5));
            for problem in &found.problems {
                let parent = problem.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                prop_assert!(document.pointer(parent).is_some(), "{}", problem);
                prop_assert!(problem.message.contains("; "), "{}", problem);
            }
        }
    }

    #[test]
    fn no_document_makes_it_fail(any in any_json()) {
        prop_assert!(check(&any, &known).count > 0);
        prop_assert!(check_presentation(&any, &known).count > 0);
        prop_assert!(check_envelope(&any, &known).count > 0);
    }
}
