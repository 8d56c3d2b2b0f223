//! How long lists are taken to be.

use std::collections::BTreeMap;

use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};
use async_graphql::parser::{Error, parse_schema};
use serde::Deserialize;

/// The assumed number of elements of a list, by the name of its field. A field that is
/// not named is taken to hold one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ListSizes(BTreeMap<String, u64>);

impl ListSizes {
    /// The sizes for every list of a schema, so that no list is forgotten: `list` for each
    /// field that returns a list, `page` for each that returns a Relay connection (its own
    /// `edges` and `nodes` are part of that page).
    ///
    /// `sdl` is the schema as text. Fields that carry one name share one size, the largest.
    /// Say it more exactly, where it is known, with [`ListSizes::set`].
    ///
    /// # Errors
    /// The parser's, when `sdl` is not a schema.
    pub fn from_sdl(sdl: &str, list: u64, page: u64) -> Result<Self, Error> {
        let mut sizes = Self::default();
        for definition in parse_schema(sdl)?.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let is_connection = definition.node.name.node.ends_with("Connection");
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            for field in fields {
                let size = match shape(&field.node.ty.node) {
                    Shape::Connection => page,
                    Shape::List if !is_connection => list,
                    _ => continue,
                };
                let known = sizes.0.entry(field.node.name.node.to_string()).or_insert(0);
                *known = size.max(*known);
            }
        }
        Ok(sizes)
    }

    /// Sets the size of one field's list.
    #[must_use]
    pub fn set(mut self, field: impl Into<String>, size: u64) -> Self {
        self.0.insert(field.into(), size);
        self
    }

    /// These sizes, with those of `others` in their place where both know a field.
    #[must_use]
    pub fn with(mut self, others: &Self) -> Self {
        let others = others.0.iter().map(|(field, size)| (field.clone(), *size));
        self.0.extend(others);
        self
    }

    /// The size of a field's list, where one is known.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<u64> {
        self.0.get(field).copied()
    }
}

enum Shape {
    List,
    Connection,
    Single,
}

fn shape(ty: &Type) -> Shape {
    match &ty.base {
        BaseType::List(_) => Shape::List,
        BaseType::Named(name) if name.ends_with("Connection") => Shape::Connection,
        BaseType::Named(_) => Shape::Single,
    }
}
