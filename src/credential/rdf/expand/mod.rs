//! From a JSON-LD document to statements (JSON-LD 1.1 API, sections 5.1.2, 5.3.2, 7.2 and 8.1), in
//! one walk: what the standard expands, flattens and then converts is said at once.
//!
//! The statements are those of jsonld.js in its safe mode. Null says nothing, as in JSON-LD, but not
//! under an undefined name. Some things are refused that jsonld.js lets pass:
//!
//! - what it would leave out after all: `@index`, keywords without effect, the id `""`, a type beside
//!   `@list`, members beside `@set`
//! - IRIs with characters that N-Quads must escape, and numbers like `1e-7`, which it reads as 0
//! - parts of JSON-LD that no credential needs: `@reverse`, `@nest`, maps by `@id`,
//!   `@index` or `@type`, `@base`, `@import`, `@propagate`, documents that are arrays
//! - contexts within a document that give any defined term another meaning, protected or not
//!
//! - `node`: objects, their contexts and types; `members` and `property`: what they hold
//! - `value`: what stands as a value; `literal`: its lexical form

mod literal;
mod members;
mod node;
mod property;
mod value;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::context::Contexts;
use super::context::definition::Local;
use super::context::layer::Mapping;
use super::context::scope::{Manner, Scope, Setting};
use super::error::{CanonizeError, CanonizeErrorKind, Fault};
use super::iri::{is_absolute, is_blank};
use super::quad::{Dataset, Quad, Resource, Term};
use crate::kernel::json::{Json, pointer_token};

/// How many terms the contexts within one document may define, counting each use.
const MOST_TERMS: usize = 20_000;

/// How many scoped contexts are remembered once they were applied.
const MOST_REMEMBERED: usize = 32;

/// The statements of `document`.
pub(super) fn expand<'a>(
    document: &'a Json,
    contexts: &'a Contexts,
) -> Result<Dataset<'a>, CanonizeError> {
    let mut walk = Walk {
        setting: Setting {
            contexts,
            budget: MOST_TERMS,
        },
        dataset: Dataset::default(),
        labels: HashMap::new(),
        path: Vec::new(),
        applied: Vec::new(),
    };
    let Json::Object(object) = document else {
        return Err(walk.fail(
            CanonizeErrorKind::BadValue,
            format!("the document is {}, not an object", document.kind()),
        ));
    };
    let place = Place {
        graph: None,
        wrap: false,
    };
    walk.object(
        &Rc::default(),
        Slot::Document,
        object,
        &place,
        &mut Vec::new(),
    )?;
    Ok(walk.dataset)
}

/// One walk through a document.
struct Walk<'a> {
    setting: Setting<'a>,
    dataset: Dataset<'a>,
    /// The numbers of the document's own blank nodes.
    labels: HashMap<Cow<'a, str>, u32>,
    /// The way to where the walk is.
    path: Vec<Step<'a>>,
    /// Scoped contexts, and what came of them in which scope.
    applied: Vec<Applied<'a>>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

struct Applied<'a> {
    scope: Rc<Scope<'a>>,
    locals: Arc<[Local<'a>]>,
    manner: Manner,
    result: Rc<Scope<'a>>,
}

/// What a value is the value of.
#[derive(Clone, Copy)]
enum Slot<'s, 'a> {
    /// The document itself.
    Document,
    /// A graph: only nodes that say something may stand there.
    Graph,
    /// A property, with its meaning in the scope that the value is read in.
    Property(&'a str, Option<&'s Mapping<'a>>),
}

impl<'s, 'a> Slot<'s, 'a> {
    fn mapping(self) -> Option<&'s Mapping<'a>> {
        match self {
            Slot::Property(_, mapping) => mapping,
            _ => None,
        }
    }

    /// The same, read in another scope.
    fn within(self, scope: &'s Scope<'a>) -> Self {
        match self {
            Slot::Property(name, _) => Slot::Property(name, scope.find(name)),
            other => other,
        }
    }
}

/// Where statements go.
#[derive(Clone)]
struct Place<'a> {
    graph: Option<Resource<'a>>,
    /// Whether each node goes into a graph of its own, which then stands for it.
    wrap: bool,
}

/// What came of one value.
struct Item<'a> {
    term: Term<'a>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Literal,
    List,
    /// A node of which something is said.
    Node,
    /// A node of which nothing is said here.
    Reference,
}

/// How many values came of a JSON value: what JSON-LD makes of null, of one value, of an array.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Nothing,
    One,
    Many,
}

impl<'a> Walk<'a> {
    /// Does something one step further down.
    fn at<T>(
        &mut self,
        step: Step<'a>,
        work: impl FnOnce(&mut Self) -> Result<T, CanonizeError>,
    ) -> Result<T, CanonizeError> {
        self.path.push(step);
        let done = work(self)?;
        self.path.pop();
        Ok(done)
    }

    fn fail(&self, kind: CanonizeErrorKind, message: impl Into<String>) -> CanonizeError {
        let pointer = self.path.iter().map(|step| match step {
            Step::Member(name) => pointer_token(name),
            Step::Item(index) => format!("/{index}"),
        });
        CanonizeError {
            kind,
            pointer: pointer.collect(),
            message: message.into(),
        }
    }

    fn bad<T>(&self, message: impl Into<String>) -> Result<T, CanonizeError> {
        Err(self.fail(CanonizeErrorKind::BadValue, message))
    }

    fn fault(&self, fault: Fault) -> CanonizeError {
        let mut error = self.fail(fault.kind, fault.message);
        error.pointer.push_str(&fault.at);
        error
    }

    /// A scope with the context of a type or property.
    fn scoped(
        &mut self,
        scope: &Rc<Scope<'a>>,
        locals: &Arc<[Local<'a>]>,
        manner: Manner,
    ) -> Result<Rc<Scope<'a>>, CanonizeError> {
        let known = self.applied.iter().find(|applied| {
            Rc::ptr_eq(&applied.scope, scope)
                && Arc::ptr_eq(&applied.locals, locals)
                && applied.manner == manner
        });
        if let Some(applied) = known {
            return Ok(Rc::clone(&applied.result));
        }
        let result = scope
            .apply(locals, manner, &mut self.setting)
            .map_err(|fault| self.fault(fault.here()))?;
        if self.applied.len() < MOST_REMEMBERED {
            self.applied.push(Applied {
                scope: Rc::clone(scope),
                locals: Arc::clone(locals),
                manner,
                result: Rc::clone(&result),
            });
        }
        Ok(result)
    }

    fn fresh(&mut self) -> u32 {
        let number = self.dataset.blanks;
        self.dataset.blanks += 1;
        number
    }

    fn label(&mut self, label: Cow<'a, str>) -> u32 {
        if let Some(number) = self.labels.get(&label) {
            return *number;
        }
        let number = self.fresh();
        self.labels.insert(label, number);
        number
    }

    /// An IRI or blank node label; `None` if it is neither.
    fn resource(&mut self, text: Cow<'a, str>) -> Option<Resource<'a>> {
        if is_blank(&text) {
            return Some(Resource::Blank(self.label(text)));
        }
        is_absolute(&text).then_some(Resource::Iri(text))
    }

    fn say(
        &mut self,
        subject: &Resource<'a>,
        predicate: Cow<'a, str>,
        object: Term<'a>,
        place: &Place<'a>,
    ) {
        self.dataset.quads.push(Quad {
            subject: subject.clone(),
            predicate,
            object,
            graph: place.graph.clone(),
        });
    }
}

/// The same thing as an object.
fn term(resource: Resource<'_>) -> Term<'_> {
    match resource {
        Resource::Iri(iri) => Term::Iri(iri),
        Resource::Blank(number) => Term::Blank(number),
    }
}
