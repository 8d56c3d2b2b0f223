//! Values: strings, numbers, truth values, arrays, lists, and objects with `@value`.

use std::borrow::Cow;
use std::rc::Rc;

use super::literal;
use super::members::Members;
use super::{Item, Kind, Place, Shape, Slot, Step, Walk, term};
use crate::credential::rdf::context::layer::Coercion;
use crate::credential::rdf::context::lookup::Expanded;
use crate::credential::rdf::context::scope::Scope;
use crate::credential::rdf::error::CanonizeError;
use crate::credential::rdf::iri::{is_absolute, is_language};
use crate::credential::rdf::keyword::Keyword;
use crate::credential::rdf::quad::{Resource, Term};
use crate::kernel::json::Json;

const RDF_FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const RDF_NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
const RDF_REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";

impl<'a> Walk<'a> {
    /// Any JSON value; `in_list` where an array within an array is a list of its own.
    pub(super) fn values(
        &mut self,
        scope: &Rc<Scope<'a>>,
        slot: Slot<'_, 'a>,
        value: &'a Json,
        in_list: bool,
        place: &Place<'a>,
        out: &mut Vec<Item<'a>>,
    ) -> Result<Shape, CanonizeError> {
        match value {
            Json::Null => Ok(Shape::Nothing),
            Json::Object(object) => self.object(scope, slot, object, place, out),
            Json::Array(items) => {
                let in_list =
                    in_list || slot.mapping().is_some_and(|mapping| mapping.container.list);
                for (index, item) in items.iter().enumerate() {
                    self.at(Step::Item(index), |walk| {
                        let before = out.len();
                        let shape = walk.values(scope, slot, item, false, place, out)?;
                        if in_list && shape == Shape::Many {
                            let inner = out.split_off(before);
                            let list = walk.list(inner, place);
                            out.push(list);
                        }
                        Ok(())
                    })?;
                }
                Ok(Shape::Many)
            }
            scalar => {
                let item = self.scalar(scope, slot, scalar)?;
                out.push(item);
                Ok(Shape::One)
            }
        }
    }

    /// A string, number or truth value.
    fn scalar(
        &mut self,
        scope: &Scope<'a>,
        slot: Slot<'_, 'a>,
        value: &'a Json,
    ) -> Result<Item<'a>, CanonizeError> {
        let Slot::Property(_, mapping) = slot else {
            return self.bad(format!(
                "{} would be dropped: only objects can stand here; leave it out",
                value.kind()
            ));
        };
        let coercion = mapping.map_or(&Coercion::None, |mapping| &mapping.coercion);
        let term = match (coercion, value) {
            (Coercion::Id, Json::String(text)) => {
                return self.reference(scope.expand_id(text), text);
            }
            (Coercion::Vocab, Json::String(text)) => {
                return self.reference(scope.expand_term(text), text);
            }
            (Coercion::Json, value) => literal::json(value),
            (Coercion::Datatype(datatype), value) => self.typed(value, Some(datatype))?,
            (_, Json::String(text)) => {
                let own = mapping.and_then(|mapping| mapping.language.as_ref());
                match own.map_or_else(|| scope.language(), |own| own.as_ref()) {
                    Some(language) => literal::tagged(text, language.clone()),
                    None => literal::text(text, None),
                }
            }
            (_, value) => self.typed(value, None)?,
        };
        Ok(Item {
            term,
            kind: Kind::Literal,
        })
    }

    /// A string that stands for a node.
    fn reference(&mut self, expanded: Expanded<'a>, text: &str) -> Result<Item<'a>, CanonizeError> {
        let resource = match expanded {
            Expanded::Text(iri) => self.resource(iri),
            _ => None,
        };
        match resource {
            Some(resource) => Ok(Item {
                term: term(resource),
                kind: Kind::Reference,
            }),
            None => Err(self.relative(text)),
        }
    }

    fn typed(
        &self,
        value: &'a Json,
        datatype: Option<&Cow<'a, str>>,
    ) -> Result<Term<'a>, CanonizeError> {
        literal::typed(value, datatype).or_else(|problem| self.bad(problem))
    }

    /// An object with `@value`; `around` is where its type is looked up.
    pub(super) fn value_object(
        &mut self,
        around: &Scope<'a>,
        members: &Members<'_, 'a>,
    ) -> Result<Item<'a>, CanonizeError> {
        let language = members.language.filter(|(_, language)| !language.is_null());
        let direction = members
            .direction
            .filter(|(_, direction)| !direction.is_null());
        let (kind, further) = match members.types.as_slice() {
            [] => (None, false),
            [(name, kind)] => (Some((name, kind)), false),
            _ => (None, true),
        };
        let is_told = language.is_some() || direction.is_some();
        if further || !members.is_value() || is_told && kind.is_some() {
            return self.bad(
                "an object with a value can have a @type or a @language besides, and nothing else; \
                 leave the rest out",
            );
        }
        let datatype = match kind {
            None => None,
            Some((name, kind)) => Some(self.at(Step::Member(name), |walk| {
                let text = match kind {
                    Json::String(text) => Some(text),
                    Json::Array(items) => match items.as_slice() {
                        [Json::String(text)] => Some(text),
                        _ => None,
                    },
                    _ => None,
                };
                match text.map(|text| around.expand_term(text)) {
                    Some(Expanded::Keyword(Keyword::Json)) => Ok(None),
                    Some(Expanded::Text(iri)) if is_absolute(&iri) => Ok(Some(iri)),
                    _ => walk.bad("the type of a value is one datatype: a term or an absolute IRI"),
                }
            })?),
        };
        let Some((name, value)) = members.value else {
            return self.bad("the object has no value");
        };
        if let Some((said, direction)) = direction {
            let tag = language.map_or(Some(""), |(_, tag)| tag.as_str().filter(|t| is_language(t)));
            let way = direction
                .as_str()
                .filter(|way| matches!(*way, "ltr" | "rtl"));
            return match (value, tag, way) {
                (Json::String(text), Some(tag), Some(way)) => Ok(Item {
                    term: literal::directed(text, tag, way),
                    kind: Kind::Literal,
                }),
                _ => self.at(Step::Member(said), |walk| {
                    walk.bad("only a string has a direction, which is \"ltr\" or \"rtl\"")
                }),
            };
        }
        let term = self.at(Step::Member(name), |walk| {
            match (datatype, language, value) {
                (Some(None), _, value) => Ok(literal::json(value)),
                (_, _, Json::Null | Json::Array(_) | Json::Object(_)) => {
                    walk.bad(format!("a value cannot be {}; leave it out", value.kind()))
                }
                (None, Some((_, Json::String(language))), Json::String(text))
                    if is_language(language) =>
                {
                    Ok(literal::text(text, Some(language)))
                }
                (None, Some(_), _) => {
                    walk.bad("only a string has a language, given by a language tag")
                }
                (Some(datatype), None, value) => walk.typed(value, datatype.as_ref()),
                (None, None, Json::String(text)) => Ok(literal::text(text, None)),
                (_, _, value) => walk.typed(value, None),
            }
        })?;
        Ok(Item {
            term,
            kind: Kind::Literal,
        })
    }

    /// A list of values, in their order (RDF 1.1 Semantics, appendix D.3).
    pub(super) fn list(&mut self, items: Vec<Item<'a>>, place: &Place<'a>) -> Item<'a> {
        let mut rest = Term::Iri(Cow::Borrowed(RDF_NIL));
        for item in items.into_iter().rev() {
            let head = Resource::Blank(self.fresh());
            self.say(&head, Cow::Borrowed(RDF_FIRST), item.term, place);
            self.say(&head, Cow::Borrowed(RDF_REST), rest, place);
            rest = term(head);
        }
        Item {
            term: rest,
            kind: Kind::List,
        }
    }
}
