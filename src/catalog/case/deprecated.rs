//! That a version is deprecated, told where the maintainer of an imported package says how far it
//! is adopted. What the maintainer says is kept beside it, so that the package, read again, is what
//! it was.

use crate::kernel::json::{Json, Object};

/// How far the maintainer of a document says that it is adopted.
const STATUS: &str = "adoptionStatus";

/// What it says of a document that is deprecated.
const DEPRECATED: &str = "Deprecated";

const EXTENSIONS: &str = "extensions";

/// The member of the document's extensions that holds the members as the maintainer wrote them.
const BEFORE: &str = "attestry.deprecated";

/// Says that a document of our own is deprecated.
pub(super) fn tell(document: &mut Object) {
    document.insert(STATUS, DEPRECATED);
}

/// Says that an imported document is deprecated, and keeps what stood there.
pub(super) fn tell_beside(document: &mut Object) {
    let mut before = Object::new();
    before.insert_some(STATUS, document.get(STATUS).cloned());
    let mut extensions = match document.get(EXTENSIONS) {
        Some(Json::Object(own)) => own.clone(),
        _ => Object::new(),
    };
    if extensions.is_empty() {
        // Whether there are empty ones or none cannot be told from what is left of them.
        before.insert_some(EXTENSIONS, document.get(EXTENSIONS).cloned());
    }
    // Whatever somebody else's program wrote under this name.
    before.insert_some(BEFORE, extensions.remove(BEFORE));
    extensions.insert(BEFORE, before);
    document.insert(EXTENSIONS, extensions);
    tell(document);
}

/// Makes of a mended document what it was before [`tell_beside`]. Where somebody gave it another
/// status since, that one counts.
pub(super) fn take_out(document: &mut Object) {
    let Some(Json::Object(extensions)) = document.get(EXTENSIONS) else {
        return;
    };
    let Some(Json::Object(before)) = extensions.get(BEFORE) else {
        return;
    };
    let (mut extensions, before) = (extensions.clone(), before.clone());
    extensions.remove(BEFORE);
    if let Some(theirs) = before.get(BEFORE) {
        extensions.insert(BEFORE, theirs.clone());
    }
    let empty = before.get(EXTENSIONS).is_some_and(is_empty);
    match extensions.is_empty() && !empty {
        true => drop(document.remove(EXTENSIONS)),
        false => document.insert(EXTENSIONS, extensions),
    }
    if document.get(STATUS).and_then(Json::as_str) != Some(DEPRECATED) {
        return;
    }
    match before.get(STATUS).and_then(Json::as_str) {
        Some(status) => document.insert(STATUS, status),
        None => drop(document.remove(STATUS)),
    }
}

fn is_empty(json: &Json) -> bool {
    json.as_object().is_some_and(Object::is_empty)
}
