//! Questions about the schema.

use super::{judge, refused_by};
use crate::graphql::guard::Measure;

/// The query of GraphiQL 4 has this shape, with nine levels of `ofType`.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema {
  queryType { name kind } mutationType { name kind } subscriptionType { name kind }
  types { ...FullType }
  directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue }
    type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";

#[test]
fn the_standard_introspection_passes() {
    let admitted = judge(INTROSPECTION).expect("GraphiQL needs it");
    assert_eq!(admitted.figures.fields, 1);
    assert_eq!(admitted.figures.depth, 1);
    assert_eq!(admitted.figures.introspection_lists, 2);
    assert!(admitted.figures.introspection_depth > 12);
    assert!(admitted.figures.introspection_fields > 150);
}

#[test]
fn introspection_has_bounds_of_its_own() {
    for (source, measure) in [
        (
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
                .to_owned(),
            Measure::IntrospectionLists,
        ),
        (
            format!("{{ __schema {{ {} }} }}", "description ".repeat(301)),
            Measure::IntrospectionFields,
        ),
        (
            format!(
                "{{ __type(name: \"Query\") {{ {}name{} }} }}",
                "ofType { ".repeat(25),
                " }".repeat(25)
            ),
            Measure::IntrospectionDepth,
        ),
        (
            "{ ...a } fragment a on Query { __schema { types { ...b } } } \
             fragment b on __Type { fields { type { ...c } } } \
             fragment c on __Type { interfaces { possibleTypes { name } } }"
                .to_owned(),
            Measure::IntrospectionLists,
        ),
    ] {
        assert_eq!(refused_by(&source), measure, "{source}");
    }
}
