//! The members of an object, each by what its name stands for.

use std::borrow::Cow;

use super::{Step, Walk};
use crate::credential::rdf::context::layer::{Mapping, Target};
use crate::credential::rdf::context::lookup::Expanded;
use crate::credential::rdf::context::scope::Scope;
use crate::credential::rdf::context::{disguised, term_of};
use crate::credential::rdf::error::{CanonizeError, CanonizeErrorKind};
use crate::credential::rdf::iri::is_absolute;
use crate::credential::rdf::keyword::Keyword;
use crate::kernel::json::{Json, Object};
use crate::kernel::text::excerpt;

/// The members of an object by what they stand for.
#[derive(Default)]
pub(super) struct Members<'s, 'a> {
    pub(super) id: Option<(&'a str, &'a Json)>,
    pub(super) value: Option<(&'a str, &'a Json)>,
    pub(super) language: Option<(&'a str, &'a Json)>,
    pub(super) direction: Option<(&'a str, &'a Json)>,
    pub(super) list: Option<(&'a str, &'a Json)>,
    pub(super) set: Option<(&'a str, &'a Json)>,
    pub(super) graph: Option<(&'a str, &'a Json)>,
    pub(super) included: Vec<(&'a str, &'a Json)>,
    pub(super) types: Vec<(&'a str, &'a Json)>,
    pub(super) properties: Vec<Property<'s, 'a>>,
}

/// One member that is a property.
pub(super) struct Property<'s, 'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Json,
    pub(super) mapping: Option<&'s Mapping<'a>>,
    pub(super) predicate: Cow<'a, str>,
}

impl Members<'_, '_> {
    /// Whether nothing stands beside a value but what may.
    pub(super) fn is_value(&self) -> bool {
        self.id.is_none() && self.list.is_none() && self.set.is_none() && self.no_node()
    }

    pub(super) fn no_node(&self) -> bool {
        self.graph.is_none() && self.included.is_empty() && self.properties.is_empty()
    }
}

impl<'a> Walk<'a> {
    /// Sorts the members of an object; all but its types, which are known before.
    pub(super) fn members<'s>(
        &mut self,
        scope: &'s Scope<'a>,
        object: &'a Object,
    ) -> Result<Members<'s, 'a>, CanonizeError> {
        let mut members = Members::default();
        members.properties.reserve(object.len());
        for (name, value) in object.iter() {
            if name == "@context" {
                continue;
            }
            let mapping = scope.find(name);
            let keyword = match mapping.map(|mapping| &mapping.target) {
                Some(Target::Iri(iri)) => {
                    if scope.is_own(name)
                        && let Some(known) = disguised(name, iri)
                    {
                        return Err(self.alias(name, known));
                    }
                    members.properties.push(Property {
                        name,
                        value,
                        mapping,
                        predicate: iri.clone(),
                    });
                    continue;
                }
                Some(Target::Keyword(keyword)) => *keyword,
                Some(Target::Nothing) => return Err(self.undefined(name, "it means nothing")),
                None => match scope.expand_other(name) {
                    Expanded::Keyword(keyword) => keyword,
                    Expanded::Text(predicate) if is_absolute(&predicate) => {
                        if let Some(known) = term_of(&predicate) {
                            return Err(self.alias(name, known));
                        }
                        members.properties.push(Property {
                            name,
                            value,
                            mapping,
                            predicate,
                        });
                        continue;
                    }
                    _ => return Err(self.undefined(name, "no context here defines it")),
                },
            };
            self.keyword(&mut members, keyword, name, value)?;
        }
        Ok(members)
    }

    /// A member that says what a known term says, under another name: whoever looks for the term
    /// would not find it.
    fn alias(&mut self, name: &'a str, known: &str) -> CanonizeError {
        self.path.push(Step::Member(name));
        self.fail(
            CanonizeErrorKind::Redefinition,
            format!(
                "\"{}\" stands for what the term \"{known}\" means; write it as \"{known}\"",
                excerpt(name, 100)
            ),
        )
    }

    fn keyword(
        &mut self,
        members: &mut Members<'_, 'a>,
        keyword: Keyword,
        name: &'a str,
        value: &'a Json,
    ) -> Result<(), CanonizeError> {
        let place = match keyword {
            Keyword::Type => return Ok(()),
            Keyword::Included => {
                members.included.push((name, value));
                return Ok(());
            }
            Keyword::Id => &mut members.id,
            Keyword::Value => &mut members.value,
            Keyword::Language => &mut members.language,
            Keyword::Direction => &mut members.direction,
            Keyword::List => &mut members.list,
            Keyword::Set => &mut members.set,
            Keyword::Graph => &mut members.graph,
            _ => {
                return self.at(Step::Member(name), |walk| {
                    walk.bad("this keyword says nothing that is signed, or is not supported; leave it out")
                });
            }
        };
        if place.replace((name, value)).is_some() {
            return self.at(Step::Member(name), |walk| {
                walk.bad("the same keyword stands here twice, by two names; leave one out")
            });
        }
        Ok(())
    }

    fn undefined(&mut self, name: &'a str, why: &str) -> CanonizeError {
        self.path.push(Step::Member(name));
        self.fail(
            CanonizeErrorKind::UndefinedTerm,
            format!(
                "the term \"{}\" would be dropped: {why}; leave it out, or add a context that \
                 defines it",
                excerpt(name, 100)
            ),
        )
    }
}
