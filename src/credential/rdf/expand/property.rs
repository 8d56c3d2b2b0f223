//! What a member of a node says of it.

use std::rc::Rc;

use super::literal;
use super::members::Property;
use super::{Item, Kind, Place, Shape, Slot, Step, Walk};
use crate::credential::rdf::context::layer::Coercion;
use crate::credential::rdf::context::lookup::Expanded;
use crate::credential::rdf::context::scope::{Manner, Scope};
use crate::credential::rdf::error::CanonizeError;
use crate::credential::rdf::iri::is_language;
use crate::credential::rdf::keyword::Keyword;
use crate::credential::rdf::quad::Resource;
use crate::kernel::json::{Json, Object};

use super::node::one_or_many;

impl<'a> Walk<'a> {
    /// Says a property of `subject`; whether it has a value, be it an empty array.
    pub(super) fn property(
        &mut self,
        scope: &Rc<Scope<'a>>,
        property: &Property<'_, 'a>,
        subject: &Resource<'a>,
        place: &Place<'a>,
    ) -> Result<bool, CanonizeError> {
        if property.predicate.starts_with("_:") {
            return self.bad("a blank node cannot be a property; use an IRI");
        }
        let Some(mapping) = property.mapping else {
            let slot = Slot::Property(property.name, None);
            let mut items = Vec::new();
            let shape = self.values(scope, slot, property.value, false, place, &mut items)?;
            self.say_all(property, subject, items, place);
            return Ok(shape != Shape::Nothing);
        };
        if let Some(member) = mapping.unsupported {
            return self.bad(format!(
                "the term is defined with {member}, which is not supported; use another term"
            ));
        }
        let within = match &mapping.scoped {
            Some(scoped) => &self.scoped(scope, scoped, Manner::OfProperty)?,
            None => scope,
        };
        let slot = match &mapping.scoped {
            Some(_) => Slot::Property(property.name, within.find(property.name)),
            None => Slot::Property(property.name, Some(mapping)),
        };
        let inside = Place {
            graph: place.graph.clone(),
            wrap: mapping.container.graph,
        };
        let mut items = Vec::new();
        let shape = match property.value {
            Json::Object(map) if mapping.container.language => {
                self.language_map(within, map, &mut items)?;
                Shape::Many
            }
            Json::Object(_) if mapping.container.map.is_some() => {
                return self.bad(
                    "a map by @id, @index or @type is not supported; write an array of objects",
                );
            }
            value if mapping.coercion == Coercion::Json => {
                items.push(Item {
                    term: literal::json(value),
                    kind: Kind::Literal,
                });
                Shape::One
            }
            value => self.values(within, slot, value, false, &inside, &mut items)?,
        };
        if shape == Shape::Nothing {
            return Ok(false);
        }
        let is_list = shape == Shape::One && items.iter().any(|item| item.kind == Kind::List);
        if mapping.container.list && !is_list {
            items = vec![self.list(items, place)];
        }
        if mapping.container.graph && items.iter().any(|item| item.kind != Kind::Node) {
            return self.bad(
                "only objects of which something is said can stand here; write them out in full",
            );
        }
        self.say_all(property, subject, items, place);
        Ok(true)
    }

    fn say_all(
        &mut self,
        property: &Property<'_, 'a>,
        subject: &Resource<'a>,
        items: Vec<Item<'a>>,
        place: &Place<'a>,
    ) {
        for item in items {
            self.say(subject, property.predicate.clone(), item.term, place);
        }
    }

    /// One text, or an array of them, for each language.
    fn language_map(
        &mut self,
        scope: &Scope<'a>,
        map: &'a Object,
        out: &mut Vec<Item<'a>>,
    ) -> Result<(), CanonizeError> {
        for (language, texts) in map.iter() {
            self.at(Step::Member(language), |walk| {
                let tag = match scope.expand_term(language) {
                    Expanded::Keyword(Keyword::None) => None,
                    _ if is_language(language) => Some(language),
                    _ => return walk.bad("no language tag; write one like \"en\" or \"pt-br\""),
                };
                for text in one_or_many(texts) {
                    match text {
                        Json::Null => {}
                        Json::String(text) => out.push(Item {
                            term: literal::text(text, tag),
                            kind: Kind::Literal,
                        }),
                        other => {
                            return walk.bad(format!(
                                "a text for a language is a string, not {}",
                                other.kind()
                            ));
                        }
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}
