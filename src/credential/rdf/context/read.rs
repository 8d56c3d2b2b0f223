//! Contexts as JSON (JSON-LD 1.1, section 9.15): those of documents, and those given by hand.

use std::borrow::Cow;

use super::definition::{Container, Context, Definition, Id, Local, Origin};
use super::layer::check_name;
use crate::credential::rdf::error::{CanonizeErrorKind, Fault};
use crate::credential::rdf::iri::{ends_like_prefix, is_language};
use crate::kernel::json::{Json, Object};

/// Reads contexts; `text` says whether strings are borrowed or copied.
#[derive(Clone, Copy)]
pub(in crate::credential::rdf) struct Reader<'j, 'a> {
    origin: Origin,
    text: fn(&'j str) -> Cow<'a, str>,
}

impl<'a> Reader<'a, 'a> {
    /// For the contexts within a document.
    pub(in crate::credential::rdf) fn of_document() -> Self {
        Reader {
            origin: Origin::Document,
            text: Cow::Borrowed,
        }
    }
}

impl Reader<'_, 'static> {
    /// For contexts that outlive their text.
    pub(in crate::credential::rdf) fn by_hand() -> Self {
        Reader {
            origin: Origin::Known,
            text: |text| Cow::Owned(text.to_owned()),
        }
    }
}

impl<'j, 'a> Reader<'j, 'a> {
    /// The value of a `@context` member: one context, or a list of them.
    pub(in crate::credential::rdf) fn locals(
        self,
        value: &'j Json,
    ) -> Result<Vec<Local<'a>>, Fault> {
        let Json::Array(items) = value else {
            return Ok(vec![self.local(value)?]);
        };
        let read = |(index, item): (usize, &'j Json)| {
            self.local(item)
                .map_err(|fault| fault.within(&index.to_string()))
        };
        items.iter().enumerate().map(read).collect()
    }

    /// One context of such a list.
    pub(in crate::credential::rdf) fn local(self, value: &'j Json) -> Result<Local<'a>, Fault> {
        match value {
            Json::Null => Ok(Local::Null),
            Json::String(url) => Ok(Local::Named((self.text)(url))),
            Json::Object(object) => Ok(Local::Object(self.context(unwrapped(object))?)),
            other => Err(invalid(format!(
                "a context is a URL or an object, not {}",
                other.kind()
            ))),
        }
    }

    fn context(self, object: &'j Object) -> Result<Context<'a>, Fault> {
        let mut context = Context {
            origin: self.origin,
            ..Context::default()
        };
        for (name, value) in object.iter() {
            self.member(&mut context, name, value)
                .map_err(|fault| fault.within(name))?;
        }
        Ok(context)
    }

    fn member(
        self,
        context: &mut Context<'a>,
        name: &'j str,
        value: &'j Json,
    ) -> Result<(), Fault> {
        match (name, value) {
            ("@version", Json::Number(version)) if version.as_f64() == Some(1.1) => {}
            ("@protected", Json::Bool(protected)) => context.protected = *protected,
            ("@vocab", Json::Null) => context.vocab = Some(None),
            ("@vocab", Json::String(iri)) => context.vocab = Some(Some((self.text)(iri))),
            ("@language", value) => context.language = Some(self.language(value)?),
            ("@base" | "@direction", Json::Null) => {}
            ("@type", Json::Object(definition)) if is_set_of_types(definition) => {}
            _ => {
                check_name(name, self.origin)?;
                let definition = self.definition(name, value)?;
                context.terms.push(((self.text)(name), definition));
            }
        }
        Ok(())
    }

    fn definition(self, name: &str, value: &'j Json) -> Result<Definition<'a>, Fault> {
        match value {
            Json::Null => Ok(Definition {
                id: Id::Null,
                ..Definition::default()
            }),
            Json::String(id) => Ok(Definition {
                id: Id::Text((self.text)(id)),
                prefix: id
                    .contains("://")
                    .then(|| ends_like_prefix(id) && !name.contains(':')),
                ..Definition::default()
            }),
            Json::Object(object) => self.full_definition(name, object),
            other => Err(invalid(format!(
                "a term is defined by an IRI or an object, not by {}",
                other.kind()
            ))),
        }
    }

    fn full_definition(self, name: &str, object: &'j Object) -> Result<Definition<'a>, Fault> {
        let mut definition = Definition {
            prefix: Some(false),
            ..Definition::default()
        };
        for (member, value) in object.iter() {
            match (member, value) {
                ("@id", Json::Null) => definition.id = Id::Null,
                ("@id", Json::String(id)) => definition.id = Id::Text((self.text)(id)),
                ("@reverse", Json::String(id)) if object.get("@id").is_none() => {
                    definition.id = Id::Text((self.text)(id));
                    definition.unsupported = Some("@reverse");
                }
                ("@type", Json::String(kind)) => definition.coercion = Some((self.text)(kind)),
                ("@container", value) => definition.container = container(value)?,
                ("@context", value) => {
                    let locals = self.locals(value).map_err(|fault| fault.within(member))?;
                    definition.scoped = Some(locals.into());
                }
                ("@protected", Json::Bool(protected)) => definition.protected = Some(*protected),
                ("@prefix", Json::Bool(prefix)) if !name.contains([':', '/']) => {
                    definition.prefix = Some(*prefix);
                }
                ("@language", value) => definition.language = Some(self.language(value)?),
                ("@direction", Json::Null) => {}
                ("@direction", _) => definition.unsupported = Some("@direction"),
                ("@index", Json::String(_)) => definition.unsupported = Some("@index"),
                // Only compaction heeds it.
                ("@nest", Json::String(_)) => {}
                _ => {
                    return Err(invalid(format!(
                        "the definition's member \"{member}\" is not allowed, or not with this \
                         value; leave it out"
                    )));
                }
            }
        }
        if definition.coercion.is_some() {
            definition.language = None;
        }
        Ok(definition)
    }

    fn language(self, value: &'j Json) -> Result<Option<Cow<'a, str>>, Fault> {
        match value {
            Json::Null => Ok(None),
            Json::String(tag) if is_language(tag) => {
                let lower = !tag.bytes().any(|byte| byte.is_ascii_uppercase());
                Ok(Some(match lower {
                    true => (self.text)(tag),
                    false => Cow::Owned(tag.to_ascii_lowercase()),
                }))
            }
            _ => Err(invalid(
                "@language is no language tag; write one like \"en\" or \"pt-br\"",
            )),
        }
    }
}

fn is_set_of_types(definition: &Object) -> bool {
    !definition.is_empty()
        && definition.iter().all(|(member, value)| match member {
            "@container" => value.as_str() == Some("@set"),
            "@protected" => value.as_bool().is_some(),
            _ => false,
        })
}

fn container(value: &Json) -> Result<Container, Fault> {
    let mut container = Container::default();
    let one = std::slice::from_ref(value);
    let items = match value {
        Json::Null => &[],
        _ => value.as_array().unwrap_or(one),
    };
    for item in items {
        match item.as_str() {
            Some("@list") => container.list = true,
            Some("@set") => container.set = true,
            Some("@graph") => container.graph = true,
            Some("@language") => container.language = true,
            Some("@id") if container.map.is_none() => container.map = Some("@id"),
            Some("@index") if container.map.is_none() => container.map = Some("@index"),
            Some("@type") if container.map.is_none() => container.map = Some("@type"),
            _ => return Err(bad_container()),
        }
    }
    let alone = match container {
        Container { list: true, .. } => items.len() == 1,
        Container {
            graph: true,
            map: Some("@type"),
            ..
        } => false,
        Container {
            graph: true,
            language,
            ..
        } => !language,
        _ => items.len() <= 1 + usize::from(container.set),
    };
    if alone {
        Ok(container)
    } else {
        Err(bad_container())
    }
}

fn bad_container() -> Fault {
    invalid("@container holds a value or a combination of values that JSON-LD does not have")
}

fn invalid(message: impl Into<String>) -> Fault {
    Fault::new(CanonizeErrorKind::InvalidContext, message)
}

/// An object that holds nothing but a context stands for it, as a context document does.
fn unwrapped(object: &Object) -> &Object {
    match object.get("@context") {
        Some(Json::Object(context)) if object.len() == 1 => context,
        _ => object,
    }
}
