//! Members that a format does not define, given back where they stood.

use std::collections::HashMap;

use crate::catalog::model::Extra;
use crate::kernel::json::Object;

/// The members that the format does not define, by the JSON Pointer of their object.
pub(super) struct Extras<'a>(HashMap<&'a str, Vec<&'a Extra>>);

impl<'a> Extras<'a> {
    pub(super) fn by_container(extras: impl IntoIterator<Item = &'a Extra>) -> Self {
        let mut by_container: HashMap<&str, Vec<&Extra>> = HashMap::new();
        for extra in extras {
            by_container
                .entry(&extra.container)
                .or_default()
                .push(extra);
        }
        Extras(by_container)
    }

    /// Whether there is one in the object at `pointer` itself.
    pub(super) fn any_at(&self, pointer: &str) -> bool {
        self.0.contains_key(pointer)
    }

    /// The object at `pointer` with what belongs there besides.
    pub(super) fn complete(&self, mut object: Object, pointer: &str) -> Object {
        if let Some(extras) = self.0.get(pointer) {
            let extras = extras.iter();
            object.extend(extras.map(|extra| (extra.name.clone(), extra.value.clone())));
        }
        object
    }
}
