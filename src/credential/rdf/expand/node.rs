//! Objects: which contexts hold within, and whether each is a node, a value, a list or a set.

use std::borrow::Cow;
use std::rc::Rc;

use super::members::Members;
use super::{Item, Kind, Place, Shape, Slot, Step, Walk, term};
use crate::credential::rdf::context::lookup::Expanded;
use crate::credential::rdf::context::read::Reader;
use crate::credential::rdf::context::scope::{Manner, Scope};
use crate::credential::rdf::error::{CanonizeError, CanonizeErrorKind};
use crate::credential::rdf::keyword::Keyword;
use crate::credential::rdf::quad::Resource;
use crate::kernel::json::{Json, Object};
use crate::kernel::text::excerpt;

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

impl<'a> Walk<'a> {
    /// An object, wherever it stands.
    pub(super) fn object(
        &mut self,
        scope: &Rc<Scope<'a>>,
        slot: Slot<'_, 'a>,
        object: &'a Object,
        place: &Place<'a>,
        out: &mut Vec<Item<'a>>,
    ) -> Result<Shape, CanonizeError> {
        let around = self.scope_around(scope, slot, object)?;
        let types = types(&around, object);
        let within = self.scope_of_types(&around, &types)?;
        let mut members = self.members(&within, object)?;
        members.types = types;
        if members.value.is_some() {
            if !matches!(slot, Slot::Property(..)) {
                return self.bad("a value stands where only a node can; leave it out");
            }
            let item = self.value_object(&around, &members)?;
            out.push(item);
            return Ok(Shape::One);
        }
        if members.list.is_some() || members.set.is_some() {
            return self.collection(&within, slot, &members, place, out);
        }
        self.node(&around, &within, slot, &members, place, out)?;
        Ok(Shape::One)
    }

    /// What holds at an object before its types are heeded.
    fn scope_around(
        &mut self,
        scope: &Rc<Scope<'a>>,
        slot: Slot<'_, 'a>,
        object: &'a Object,
    ) -> Result<Rc<Scope<'a>>, CanonizeError> {
        let mut around = match scope.previous() {
            Some(previous) if !keeps_context_of_type(scope, object) => Rc::clone(previous),
            _ => Rc::clone(scope),
        };
        if let Some(scoped) = slot.mapping().and_then(|mapping| mapping.scoped.as_ref()) {
            around = self.scoped(&around, scoped, Manner::OfProperty)?;
        }
        let Some(context) = object.get("@context") else {
            return Ok(around);
        };
        self.at(Step::Member("@context"), |walk| {
            let Json::Array(contexts) = context else {
                return walk.embedded(&around, context);
            };
            for (index, context) in contexts.iter().enumerate() {
                around = walk.at(Step::Item(index), |walk| walk.embedded(&around, context))?;
            }
            Ok(around)
        })
    }

    /// A scope with a context that stands in the document.
    fn embedded(
        &mut self,
        scope: &Rc<Scope<'a>>,
        context: &'a Json,
    ) -> Result<Rc<Scope<'a>>, CanonizeError> {
        Reader::of_document()
            .local(context)
            .and_then(|local| scope.apply(&[local], Manner::Embedded, &mut self.setting))
            .map_err(|fault| self.fault(fault))
    }

    fn scope_of_types(
        &mut self,
        around: &Rc<Scope<'a>>,
        types: &[(&'a str, &'a Json)],
    ) -> Result<Rc<Scope<'a>>, CanonizeError> {
        let mut within = Rc::clone(around);
        for (_, value) in types {
            let mut names: Vec<&str> = one_or_many(value).iter().filter_map(Json::as_str).collect();
            names.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
            for name in names {
                if let Some(scoped) = around
                    .find(name)
                    .and_then(|mapping| mapping.scoped.as_ref())
                {
                    within = self.scoped(&within, scoped, Manner::OfType)?;
                }
            }
        }
        Ok(within)
    }

    /// An object with `@list` or `@set`.
    fn collection(
        &mut self,
        scope: &Rc<Scope<'a>>,
        slot: Slot<'_, 'a>,
        members: &Members<'_, 'a>,
        place: &Place<'a>,
        out: &mut Vec<Item<'a>>,
    ) -> Result<Shape, CanonizeError> {
        let alone = members.id.is_none()
            && members.language.is_none()
            && members.direction.is_none()
            && members.types.is_empty()
            && members.no_node();
        let ((name, value), is_list) = match (members.list, members.set) {
            (Some(list), None) if alone => (list, true),
            (None, Some(set)) if alone => (set, false),
            _ => return self.bad("a list or set cannot have other members; leave them out"),
        };
        let slot = slot.within(scope);
        self.at(Step::Member(name), |walk| {
            if value.is_null() {
                return walk.bad("null is no list and no set; write an array");
            }
            if !is_list {
                walk.values(scope, slot, value, false, place, out)?;
                return Ok(Shape::Many);
            }
            if !matches!(slot, Slot::Property(..)) {
                return walk.bad("a list stands where only a node can; leave it out");
            }
            let mut items = Vec::new();
            walk.values(scope, slot, value, true, place, &mut items)?;
            let head = walk.list(items, place);
            out.push(head);
            Ok(Shape::One)
        })
    }

    fn node(
        &mut self,
        around: &Scope<'a>,
        scope: &Rc<Scope<'a>>,
        slot: Slot<'_, 'a>,
        members: &Members<'_, 'a>,
        place: &Place<'a>,
        out: &mut Vec<Item<'a>>,
    ) -> Result<(), CanonizeError> {
        let subject = match members.id {
            Some((name, id)) => self.at(Step::Member(name), |walk| walk.id(scope, id))?,
            None => Resource::Blank(self.fresh()),
        };
        let graph = place.wrap.then(|| Resource::Blank(self.fresh()));
        let within = Place {
            graph: graph.clone().or_else(|| place.graph.clone()),
            wrap: false,
        };
        if let Some((name, _)) = members.language.or(members.direction) {
            return self.at(Step::Member(name), |walk| {
                walk.bad("a language without a @value says nothing; leave it out")
            });
        }
        let mut says = false;
        for (name, value) in &members.types {
            says |= self.at(Step::Member(name), |walk| {
                walk.types(around, value, &subject, &within)
            })?;
        }
        for property in &members.properties {
            says |= self.at(Step::Member(property.name), |walk| {
                walk.property(scope, property, &subject, &within)
            })?;
        }
        for (name, value) in &members.included {
            says = true;
            self.at(Step::Member(name), |walk| {
                let mut items = Vec::new();
                walk.values(scope, slot.within(scope), value, false, &within, &mut items)?;
                match items.iter().all(|item| item.kind == Kind::Node) {
                    true => Ok(()),
                    false => walk.bad("only nodes of which something is said can be included"),
                }
            })?;
        }
        if let Some((name, value)) = members.graph {
            // A document that is nothing but a graph is that graph.
            let whole = matches!(slot, Slot::Document) && !says && members.id.is_none();
            let graph = match whole {
                true => None,
                false => Some(subject.clone()),
            };
            says = true;
            let inside = Place { graph, wrap: false };
            self.at(Step::Member(name), |walk| {
                if !matches!(value, Json::Array(_) | Json::Object(_)) {
                    return walk.bad("a graph is an object or an array of objects");
                }
                walk.values(scope, Slot::Graph, value, false, &inside, &mut Vec::new())
            })?;
        }
        if !says && (place.wrap || !matches!(slot, Slot::Property(..))) {
            return self.bad("an object of which nothing is said would be dropped; leave it out");
        }
        out.push(Item {
            term: term(graph.unwrap_or(subject)),
            kind: if says { Kind::Node } else { Kind::Reference },
        });
        Ok(())
    }

    fn id(&mut self, scope: &Scope<'a>, id: &'a Json) -> Result<Resource<'a>, CanonizeError> {
        let Json::String(id) = id else {
            return self.bad(format!("an id is a string, not {}", id.kind()));
        };
        let resource = match scope.expand_id(id) {
            Expanded::Text(text) => self.resource(text),
            _ => None,
        };
        resource.ok_or_else(|| self.relative(id))
    }

    pub(super) fn relative(&self, id: &str) -> CanonizeError {
        self.fail(
            CanonizeErrorKind::RelativeIri,
            format!(
                "\"{}\" is no absolute IRI and would be dropped; write it out in full, with its \
                 scheme",
                excerpt(id, 200)
            ),
        )
    }

    /// Says the types of a node; whether there is one.
    fn types(
        &mut self,
        scope: &Scope<'a>,
        value: &'a Json,
        subject: &Resource<'a>,
        place: &Place<'a>,
    ) -> Result<bool, CanonizeError> {
        let many = matches!(value, Json::Array(_));
        let names = one_or_many(value);
        for (index, name) in names.iter().enumerate() {
            let resource = match name {
                Json::String(name) => match scope.expand_term(name) {
                    Expanded::Text(text) => self.resource(text),
                    _ => None,
                },
                other => return self.bad(format!("a type is a string, not {}", other.kind())),
            };
            let Some(resource) = resource else {
                if many {
                    self.path.push(Step::Item(index));
                }
                return Err(self.fail(
                    CanonizeErrorKind::UndefinedType,
                    format!(
                        "the type \"{}\" would be dropped: no context here defines it; leave it \
                         out, or add a context that does",
                        excerpt(name.as_str().unwrap_or_default(), 100)
                    ),
                ));
            };
            self.say(subject, Cow::Borrowed(RDF_TYPE), term(resource), place);
        }
        Ok(!names.is_empty())
    }
}

/// The members that give types, in the order in which their contexts are applied.
fn types<'a>(scope: &Scope<'a>, object: &'a Object) -> Vec<(&'a str, &'a Json)> {
    let mut types: Vec<_> = object
        .iter()
        .filter(|(name, _)| scope.is_type(name))
        .collect();
    types.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    types
}

/// Whether the context of a type, which holds around, holds within this object too: it does for
/// values, and for references.
fn keeps_context_of_type<'a>(scope: &Scope<'a>, object: &'a Object) -> bool {
    if object.len() > 2 || object.get("@context").is_some() {
        return false;
    }
    object
        .iter()
        .any(|(name, _)| match scope.expand_term(name) {
            Expanded::Keyword(Keyword::Value) => true,
            Expanded::Keyword(Keyword::Id) => object.len() == 1,
            _ => false,
        })
}

pub(super) fn one_or_many(value: &Json) -> &[Json] {
    value.as_array().unwrap_or(std::slice::from_ref(value))
}
