//! What a context states, before it meets other contexts (JSON-LD 1.1, section 9.15).

use std::borrow::Cow;
use std::sync::Arc;

use super::layer::Layer;

/// One context object.
#[derive(Debug, Clone, Default)]
pub(in crate::credential::rdf) struct Context<'a> {
    /// `@protected`: holds for every term that does not say otherwise.
    pub(in crate::credential::rdf) protected: bool,
    /// `@vocab`, where stated: an IRI, or none any more.
    pub(in crate::credential::rdf) vocab: Option<Option<Cow<'a, str>>>,
    /// `@language`, where stated: a language tag in lower case, or none any more.
    pub(in crate::credential::rdf) language: Option<Option<Cow<'a, str>>>,
    pub(in crate::credential::rdf) terms: Vec<(Cow<'a, str>, Definition<'a>)>,
    /// Who stated it.
    pub(super) origin: Origin,
    /// What it comes to by itself, where that was worked out ahead of time.
    pub(super) ready: Option<Ready<'a>>,
}

/// Where a context comes from; documents have the least freedom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// Pinned, or added by hand.
    #[default]
    Known,
    /// Written into the document.
    Document,
}

/// A context worked out ahead of time.
#[derive(Debug, Clone)]
pub(super) struct Ready<'a> {
    pub(super) layer: Arc<Layer<'a>>,
    /// The names that mean something else where a surrounding context defines them.
    pub(super) open: Vec<Cow<'a, str>>,
}

/// One context within a list of them.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::credential::rdf) enum Local<'a> {
    /// `null`: forget everything.
    Null,
    /// A context by its URL.
    Named(Cow<'a, str>),
    /// A context object.
    Object(Context<'a>),
}

/// What a context says of one term.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::credential::rdf) struct Definition<'a> {
    pub(in crate::credential::rdf) id: Id<'a>,
    /// `@type`: `@id`, `@vocab`, `@json`, `@none` or a datatype.
    pub(in crate::credential::rdf) coercion: Option<Cow<'a, str>>,
    pub(in crate::credential::rdf) container: Container,
    /// `@context`: what holds within this type or property.
    pub(in crate::credential::rdf) scoped: Option<Arc<[Local<'a>]>>,
    /// `@protected`, where stated.
    pub(in crate::credential::rdf) protected: Option<bool>,
    /// Whether the term may begin compact IRIs; unstated, the end of its IRI decides.
    pub(in crate::credential::rdf) prefix: Option<bool>,
    /// `@language`, where stated.
    pub(in crate::credential::rdf) language: Option<Option<Cow<'a, str>>>,
    /// The member of the definition that is not supported: the term may stand, but not be used.
    pub(in crate::credential::rdf) unsupported: Option<&'static str>,
}

/// `@id` of a term.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::credential::rdf) enum Id<'a> {
    /// Not stated: the term itself, or `@vocab` and the term.
    #[default]
    Absent,
    /// `null`: the term means nothing.
    Null,
    /// An IRI, a compact IRI, another term or a keyword.
    Text(Cow<'a, str>),
}

/// `@container` of a term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::credential::rdf) struct Container {
    pub(in crate::credential::rdf) list: bool,
    pub(in crate::credential::rdf) set: bool,
    pub(in crate::credential::rdf) graph: bool,
    pub(in crate::credential::rdf) language: bool,
    /// `@id`, `@index` or `@type`: maps whose keys are not supported.
    pub(in crate::credential::rdf) map: Option<&'static str>,
}

/// Equal in what they state, wherever they come from.
impl PartialEq for Context<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.protected == other.protected
            && self.vocab == other.vocab
            && self.language == other.language
            && self.terms.len() == other.terms.len()
            && self.terms.iter().all(|(term, definition)| {
                let mut others = other.terms.iter();
                others.any(|(name, theirs)| name == term && theirs == definition)
            })
    }
}

/// One line of the tables of pinned contexts.
#[derive(Debug)]
pub(in crate::credential::rdf) struct Entry {
    name: &'static str,
    definition: Definition<'static>,
}

impl Entry {
    /// A term, what it stands for, and whether it may begin compact IRIs.
    pub(in crate::credential::rdf) fn new(
        name: &'static str,
        id: &'static str,
        prefix: Option<bool>,
    ) -> Self {
        let definition = Definition {
            id: Id::Text(Cow::Borrowed(id)),
            prefix,
            ..Definition::default()
        };
        Entry { name, definition }
    }

    /// Its strings are literals of this datatype.
    pub(in crate::credential::rdf) fn of(mut self, datatype: &'static str) -> Self {
        self.definition.coercion = Some(Cow::Borrowed(datatype));
        self
    }

    /// Its strings are IRIs.
    pub(in crate::credential::rdf) fn id(self) -> Self {
        self.of("@id")
    }

    /// Its strings are terms.
    pub(in crate::credential::rdf) fn vocab(self) -> Self {
        self.of("@vocab")
    }

    /// Its values are JSON literals.
    pub(in crate::credential::rdf) fn json(self) -> Self {
        self.of("@json")
    }

    /// Its values are a set.
    pub(in crate::credential::rdf) fn set(mut self) -> Self {
        self.definition.container.set = true;
        self
    }

    /// Its values are a list, whose order counts.
    pub(in crate::credential::rdf) fn list(mut self) -> Self {
        self.definition.container.list = true;
        self
    }

    /// Each of its values is a graph of its own.
    pub(in crate::credential::rdf) fn graph(mut self) -> Self {
        self.definition.container.graph = true;
        self
    }

    /// Within it, this context holds as well.
    pub(in crate::credential::rdf) fn within(mut self, context: Context<'static>) -> Self {
        self.definition.scoped = Some(Arc::new([Local::Object(context)]));
        self
    }

    /// Within it, no context holds.
    pub(in crate::credential::rdf) fn forgetting(mut self) -> Self {
        self.definition.scoped = Some(Arc::new([Local::Null]));
        self
    }
}

impl Context<'static> {
    /// A context that defines these terms.
    pub(in crate::credential::rdf) fn of<const N: usize>(
        protected: bool,
        terms: [Entry; N],
    ) -> Self {
        Context {
            protected,
            terms: terms
                .into_iter()
                .map(|entry| (Cow::Borrowed(entry.name), entry.definition))
                .collect(),
            ..Context::default()
        }
    }
}

/// How a version of a context differs from another.
impl Context<'static> {
    /// The same with these terms, in place of what it says of them.
    pub(in crate::credential::rdf) fn with<const N: usize>(self, terms: [Entry; N]) -> Self {
        let mut context = self.without(terms.each_ref().map(|entry| entry.name));
        context.terms.extend(Context::of(false, terms).terms);
        context
    }

    /// The same without these terms.
    pub(in crate::credential::rdf) fn without<const N: usize>(mut self, names: [&str; N]) -> Self {
        self.terms
            .retain(|(name, _)| !names.contains(&name.as_ref()));
        self
    }

    /// The same without protection.
    pub(in crate::credential::rdf) fn unprotected(mut self) -> Self {
        self.protected = false;
        self
    }

    /// The same with another context within one of its terms.
    pub(in crate::credential::rdf) fn scope(
        self,
        term: &str,
        change: impl Fn(Self) -> Self,
    ) -> Self {
        self.scopes(|name, context| {
            if name == term {
                change(context)
            } else {
                context
            }
        })
    }

    /// The same with other contexts within its terms.
    pub(in crate::credential::rdf) fn scopes(
        mut self,
        change: impl Fn(&str, Self) -> Self,
    ) -> Self {
        for (name, definition) in &mut self.terms {
            let locals = definition.scoped.iter().flat_map(|scoped| scoped.iter());
            let changed = locals.cloned().map(|local| match local {
                Local::Object(context) => Local::Object(change(name, context)),
                other => other,
            });
            definition.scoped = definition.scoped.as_ref().map(|_| changed.collect());
        }
        self
    }

    /// The same with other datatypes; `change` is given each term, and its datatype if it has one.
    pub(in crate::credential::rdf) fn datatypes(
        mut self,
        change: impl Fn(&str, Option<&str>) -> Option<String>,
    ) -> Self {
        for (name, definition) in &mut self.terms {
            let datatype = change(name, definition.coercion.as_deref());
            definition.coercion = datatype.map(Cow::Owned);
        }
        self
    }
}
