//! The terms that are used, with what kind of values each has.

use crate::kernel::json::Object;

/// The vocabularies.
const PREFIXES: [(&str, &str); 4] = [
    ("ceasn", "https://purl.org/ctdlasn/terms/"),
    ("ceterms", "https://purl.org/ctdl/terms/"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
];

/// Terms whose values name something.
const LINKS: [&str; 11] = [
    "ceasn:isChildOf",
    "ceasn:isPartOf",
    "ceasn:isTopChildOf",
    "ceasn:isVersionOf",
    "ceasn:sourceDocumentation",
    "ceterms:framework",
    "ceterms:previousVersion",
    "ceterms:targetNode",
    "schema:isPartOf",
    "schema:license",
    "schema:url",
];

/// Terms whose values name several things in their order.
const ORDERED: [&str; 2] = ["ceasn:hasChild", "ceasn:hasTopChild"];

/// Terms whose values are texts in a language.
const TEXTS: [&str; 13] = [
    "ceasn:comment",
    "ceasn:competencyCategory",
    "ceasn:competencyLabel",
    "ceasn:competencyText",
    "ceasn:description",
    "ceasn:name",
    "ceasn:rights",
    "ceterms:alternateName",
    "ceterms:description",
    "ceterms:frameworkName",
    "ceterms:name",
    "ceterms:targetNodeName",
    "skos:scopeNote",
];

/// The context of every document.
pub(super) fn context() -> Object {
    let mut context = Object::new();
    for (prefix, iri) in PREFIXES {
        context.insert(prefix, iri);
    }
    for term in LINKS {
        context.insert(term, definition(&[("@type", "@id")]));
    }
    for term in ORDERED {
        let ordered = definition(&[("@type", "@id"), ("@container", "@list")]);
        context.insert(term, ordered);
    }
    for term in TEXTS {
        context.insert(term, definition(&[("@container", "@language")]));
    }
    context
}

fn definition(members: &[(&str, &str)]) -> Object {
    let mut definition = Object::new();
    for (name, value) in members {
        definition.insert(*name, *value);
    }
    definition
}
