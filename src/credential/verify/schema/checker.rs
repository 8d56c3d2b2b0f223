//! The walk over a document, along the facts of its class.

use super::class::{Class, Format, Position, Property, Value};
use super::path::Path;
use super::{Findings, SchemaProblem, formats};
use crate::credential::verify::inspect::quoted;
use crate::kernel::json::{Json, Object};

/// How many problems are told; the rest is counted.
const TOLD: usize = 5;

/// A fact that concerns several members of an object.
pub(super) type Beyond = fn(&mut Checker<'_>, &Object, &Path<'_>);

/// Walks once over a document. The work is bounded by the document's size times the properties of
/// one class, the depth by that of the document.
pub(super) struct Checker<'a> {
    known: &'a dyn Fn(&Json) -> bool,
    findings: Findings,
}

impl<'a> Checker<'a> {
    pub(super) fn new(known: &'a dyn Fn(&Json) -> bool) -> Self {
        Self {
            known,
            findings: Findings::default(),
        }
    }

    pub(super) fn finish(self) -> Findings {
        self.findings
    }

    /// Notes a problem; its words are made only while problems are told.
    pub(super) fn wrong(&mut self, at: &Path<'_>, message: impl FnOnce() -> String) {
        self.findings.count += 1;
        if self.findings.problems.len() < TOLD {
            self.findings.problems.push(SchemaProblem {
                pointer: at.pointer(),
                message: message(),
            });
        }
    }

    fn unfit(&mut self, value: &Json, wanted: &Value, at: &Path<'_>) {
        self.wrong(at, || format!("is {}; give {wanted}", shown(value)));
    }

    /// Checks that the value is an object of the class.
    pub(super) fn object(&mut self, class: &'static Class, value: &Json, at: &Path<'_>) {
        let Some(object) = value.as_object() else {
            return self.unfit(value, &Value::Object(class), at);
        };
        self.members(class, object, at);
    }

    /// Checks that the members of the object are those of the class.
    pub(super) fn members(&mut self, class: &'static Class, object: &Object, at: &Path<'_>) {
        for property in class.properties() {
            match object.get(property.name) {
                Some(value) => self.member(property, value, &Path::Member(at, property.name)),
                None if property.needed => self.wrong(&Path::Member(at, property.name), || {
                    format!("is missing; give {}", property.value)
                }),
                None => {}
            }
        }
        if !class.open {
            for (name, _) in object.iter() {
                if class.properties().all(|property| property.name != name) {
                    self.wrong(&Path::Member(at, name), || {
                        format!("is not a member of {}; leave it out", class.what)
                    });
                }
            }
        }
        for beyond in class.beyond {
            beyond(self, object, at);
        }
    }

    fn member(&mut self, property: &'static Property, value: &Json, at: &Path<'_>) {
        match value {
            Json::Array(items) if property.many => {
                if items.is_empty() && property.needed {
                    self.unfit(value, &property.value, at);
                }
                for (index, item) in items.iter().enumerate() {
                    self.value(property, item, &Path::Item(at, index));
                }
            }
            one => self.value(property, one, at),
        }
    }

    fn value(&mut self, property: &'static Property, value: &Json, at: &Path<'_>) {
        let wanted = property.value;
        let full = |text: &str| !(property.needed && text.is_empty());
        let fits = match (wanted, value) {
            (Value::Contexts(positions), _) => return self.contexts(positions, value, at),
            (Value::Types(groups), _) => return self.types(groups, value, at),
            (Value::AnyTypes, _) => return self.types(&[], value, at),
            (Value::Object(class) | Value::UriOr(class), Json::Object(_)) => {
                return self.object(class, value, at);
            }
            (Value::Language, Json::Object(members)) => is_language_value(members),
            (Value::Words, Json::Object(words)) => {
                !words.is_empty()
                    && words.iter().all(|(tag, text)| {
                        formats::is_short_tag(tag) && text.as_str().is_some_and(full)
                    })
            }
            (Value::Words | Value::Text | Value::Language, Json::String(text)) => full(text),
            (Value::Token, Json::String(text)) => !text.is_empty(),
            (Value::TypeIs(name), Json::String(text)) => text == name,
            (Value::UriOr(_), Json::String(text)) => formats::is(Format::Uri, text),
            (Value::Format(format), Json::String(text)) => formats::is(format, text),
            (Value::OneOf(names), Json::String(text)) => names.contains(&text.as_str()),
            (Value::Extensible(names), Json::String(text)) => {
                names.contains(&text.as_str()) || formats::is_extension(text)
            }
            (Value::Truth, Json::Bool(_)) | (Value::Number, Json::Number(_)) => true,
            _ => false,
        };
        if !fits {
            self.unfit(value, &wanted, at);
        }
    }

    fn types(&mut self, groups: &'static [&'static [&'static str]], value: &Json, at: &Path<'_>) {
        let wanted = if groups.is_empty() {
            Value::AnyTypes
        } else {
            Value::Types(groups)
        };
        let names = match value {
            Json::Array(names) if !names.is_empty() => names.as_slice(),
            Json::String(_) => std::slice::from_ref(value),
            _ => return self.unfit(value, &wanted, at),
        };
        let mut named = true;
        for (index, name) in names.iter().enumerate() {
            if name.as_str().is_none_or(str::is_empty) {
                named = false;
                self.wrong(&Path::Item(at, index), || {
                    format!("is {}; give the name of a type", shown(name))
                });
            }
        }
        let has = |wanted: &&str| names.iter().any(|name| name.as_str() == Some(*wanted));
        if named && !groups.iter().all(|group| group.iter().any(has)) {
            self.wrong(at, || format!("lacks {wanted}; add it"));
        }
    }

    fn contexts(&mut self, positions: &'static [Position], value: &Json, at: &Path<'_>) {
        let Json::Array(contexts) = value else {
            return self.unfit(value, &Value::Contexts(positions), at);
        };
        for (index, position) in positions.iter().enumerate() {
            let context = contexts.get(index);
            let fits = context
                .and_then(Json::as_str)
                .is_some_and(|context| formats::is_context(*position, context));
            if !fits {
                let shown = context.map_or_else(|| "missing".to_owned(), shown);
                self.wrong(&Path::Item(at, index), || {
                    format!("is {shown}; give {position} in this place")
                });
            }
        }
        for (index, context) in contexts.iter().enumerate() {
            let fits = match context {
                Json::String(url) => formats::is(Format::Uri, url),
                other => matches!(other, Json::Object(_)),
            };
            if !(fits && (self.known)(context)) {
                self.wrong(&Path::Item(at, index), || {
                    let shown = shown(context);
                    format!("is {shown}, which is not known here; give that context by hand, or leave it out")
                });
            }
        }
    }
}

/// A value, for a message.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) if text.is_empty() => "empty".to_owned(),
        Json::String(text) => quoted(text),
        Json::Array(items) if items.is_empty() => "an empty list".to_owned(),
        other => other.kind().to_owned(),
    }
}

/// Whether this is a language value object (VC Data Model 2.0, section 11.1).
fn is_language_value(members: &Object) -> bool {
    let fits = |(name, value): (&str, &Json)| match (name, value) {
        ("@value", Json::String(_)) => true,
        ("@language", Json::String(tag)) => formats::is_any_tag(tag),
        ("@direction", Json::String(way)) => way == "ltr" || way == "rtl",
        _ => false,
    };
    members.get("@value").is_some() && members.iter().all(fits)
}
