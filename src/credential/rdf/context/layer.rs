//! The terms of one context, with every IRI worked out (JSON-LD 1.1 API, section 4.2).

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::definition::{Container, Context, Definition, Id, Local, Origin};
use super::lookup::{Expanded, Lookup, expand, expand_compact};
use super::scope::Scope;
use crate::credential::rdf::error::{CanonizeErrorKind, Fault};
use crate::credential::rdf::iri::{ends_like_prefix, is_absolute, is_blank};
use crate::credential::rdf::keyword::{Keyword, is_reserved};

/// The terms of one context object.
#[derive(Debug, Default)]
pub(in crate::credential::rdf) struct Layer<'a> {
    pub(super) terms: HashMap<Cow<'a, str>, Mapping<'a>>,
    /// Its number among the pinned ones, if it is one.
    pub(super) number: Option<usize>,
    /// Whether the document itself brings it along.
    pub(super) is_own: bool,
    /// Whether a term is protected.
    pub(super) protects: bool,
    /// Whether a term has the form of an IRI, so that even whole IRIs must be looked up.
    pub(super) odd: bool,
    /// The terms that stand for `@type`.
    pub(super) types: Vec<Cow<'a, str>>,
}

/// What a term means.
#[derive(Debug, Clone)]
pub(in crate::credential::rdf) struct Mapping<'a> {
    pub(in crate::credential::rdf) target: Target<'a>,
    pub(in crate::credential::rdf) coercion: Coercion<'a>,
    pub(in crate::credential::rdf) container: Container,
    pub(in crate::credential::rdf) scoped: Option<Arc<[Local<'a>]>>,
    pub(super) prefix: bool,
    /// The language of its plain strings, where stated.
    pub(in crate::credential::rdf) language: Option<Option<Cow<'a, str>>>,
    pub(super) protected: bool,
    pub(in crate::credential::rdf) unsupported: Option<&'static str>,
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::credential::rdf) enum Target<'a> {
    /// Nothing: the context says that the term has no meaning.
    Nothing,
    /// A keyword.
    Keyword(Keyword),
    /// An absolute IRI, or a blank node label.
    Iri(Cow<'a, str>),
}

/// How a term's plain values are read.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::credential::rdf) enum Coercion<'a> {
    /// As they are.
    None,
    /// Strings as IRIs.
    Id,
    /// Strings as terms or IRIs.
    Vocab,
    /// Everything as one JSON literal.
    Json,
    /// As literals of this datatype.
    Datatype(Cow<'a, str>),
}

impl Mapping<'_> {
    /// Whether both say the same, protection aside.
    pub(super) fn means_same(&self, other: &Mapping<'_>) -> bool {
        self.target == other.target
            && self.coercion == other.coercion
            && self.container == other.container
            && self.prefix == other.prefix
            && self.language == other.language
            && self.unsupported == other.unsupported
            && match (&self.scoped, &other.scoped) {
                (None, None) => true,
                (Some(one), Some(two)) => {
                    std::ptr::addr_eq(one.as_ptr(), two.as_ptr()) || one == two
                }
                _ => false,
            }
    }
}

impl<'a> Layer<'a> {
    /// The terms of `context` where `around` holds already.
    pub(super) fn resolve(context: &Context<'a>, around: &Scope<'a>) -> Result<Self, Fault> {
        let by_name = context
            .terms
            .iter()
            .map(|(name, definition)| (name.as_ref(), (name, definition)))
            .collect();
        let mut definer = Definer {
            context,
            by_name,
            around,
            vocab: around.vocab_with(context)?,
            begun: HashMap::new(),
            layer: Layer {
                is_own: context.origin == Origin::Document,
                ..Layer::default()
            },
        };
        for (name, _) in &context.terms {
            definer.define(name).map_err(|fault| fault.within(name))?;
        }
        let mut layer = definer.layer;
        for (name, mapping) in &layer.terms {
            layer.protects |= mapping.protected;
            layer.odd |= name.contains([':', '/']);
            if mapping.target == Target::Keyword(Keyword::Type) {
                layer.types.push(name.clone());
            }
        }
        Ok(layer)
    }

    /// Whether both say the same of every term that both define.
    pub(super) fn agrees(&self, other: &Layer<'_>) -> bool {
        self.terms.iter().all(|(name, mapping)| {
            let theirs = other.terms.get(name);
            theirs.is_none_or(|theirs| theirs.means_same(mapping))
        })
    }
}

/// Works out the terms of one context, each after those that it builds on.
struct Definer<'s, 'a> {
    context: &'s Context<'a>,
    by_name: HashMap<&'s str, (&'s Cow<'a, str>, &'s Definition<'a>)>,
    around: &'s Scope<'a>,
    vocab: Option<Cow<'a, str>>,
    /// Terms that were begun, and whether they are done.
    begun: HashMap<&'s str, bool>,
    layer: Layer<'a>,
}

impl<'a> Lookup<'a> for Definer<'_, 'a> {
    type Error = Fault;

    fn lookup(&mut self, name: &str) -> Result<Option<&Mapping<'a>>, Fault> {
        if self.by_name.contains_key(name) {
            self.define(name)?;
            return Ok(self.layer.terms.get(name));
        }
        Ok(self.around.find(name))
    }

    fn vocabulary(&self) -> Option<&Cow<'a, str>> {
        self.vocab.as_ref()
    }
}

impl<'s, 'a> Definer<'s, 'a> {
    fn define(&mut self, name: &str) -> Result<(), Fault> {
        let Some(&(name, definition)) = self.by_name.get(name) else {
            return Ok(());
        };
        match self.begun.insert(name, false) {
            None => {}
            Some(true) => {
                self.begun.insert(name, true);
                return Ok(());
            }
            Some(false) => return Err(invalid("the term is defined in terms of itself")),
        }
        let target = self.target(name, definition)?;
        let prefix = definition.prefix.unwrap_or_else(|| match &target {
            Target::Iri(iri) => !name.contains(':') && ends_like_prefix(iri),
            _ => false,
        });
        self.begun.insert(name, true);
        let mut mapping = Mapping {
            target,
            coercion: Coercion::None,
            container: definition.container,
            scoped: definition.scoped.clone(),
            prefix,
            language: definition.language.clone(),
            protected: definition.protected.unwrap_or(self.context.protected),
            unsupported: definition.unsupported,
        };
        // A type may be a compact IRI that begins with this very term.
        self.layer.terms.insert(name.clone(), mapping.clone());
        mapping.coercion = self.coercion(definition)?;
        self.layer.terms.insert(name.clone(), mapping);
        Ok(())
    }

    fn target(
        &mut self,
        name: &'s Cow<'a, str>,
        definition: &Definition<'a>,
    ) -> Result<Target<'a>, Fault> {
        let id = match &definition.id {
            Id::Null => return Ok(Target::Nothing),
            Id::Text(id) if id != name => id.clone(),
            _ => return self.own_target(name),
        };
        let target = match expand(self, id, true)? {
            Expanded::Keyword(Keyword::Context) => {
                return Err(invalid("@context cannot have another name"));
            }
            Expanded::Keyword(keyword) => Target::Keyword(keyword),
            Expanded::Text(iri) if is_absolute(&iri) || is_blank(&iri) => Target::Iri(iri),
            Expanded::Text(iri) => {
                return Err(invalid(format!(
                    "\"{iri}\" is no absolute IRI; write the IRI out in full"
                )));
            }
            Expanded::Nothing => return Err(invalid("the @id means nothing; state an IRI")),
        };
        if looks_like_iri(name) {
            let own = match expand_compact(self, name.clone(), true)? {
                Expanded::Text(own) => Target::Iri(own),
                Expanded::Keyword(keyword) => Target::Keyword(keyword),
                Expanded::Nothing => Target::Nothing,
            };
            if own != target {
                return Err(invalid(
                    "the term has the form of an IRI, so it cannot stand for another one",
                ));
            }
        }
        Ok(target)
    }

    /// What the term stands for where the context states no `@id`.
    fn own_target(&mut self, name: &'s Cow<'a, str>) -> Result<Target<'a>, Fault> {
        if let Some((prefix, suffix)) = name
            .split_once(':')
            .filter(|(prefix, _)| !prefix.is_empty())
        {
            return Ok(match self.lookup(prefix)?.map(|mapping| &mapping.target) {
                Some(Target::Iri(iri)) => Target::Iri(Cow::Owned(format!("{iri}{suffix}"))),
                Some(_) => return Err(invalid("its prefix stands for no IRI")),
                None if is_absolute(name) || is_blank(name) => Target::Iri(name.clone()),
                None => return Err(invalid("the term is no absolute IRI; state its @id")),
            });
        }
        match &self.vocab {
            Some(vocab) => Ok(Target::Iri(Cow::Owned(format!("{vocab}{name}")))),
            None => Err(invalid("the term has no @id; state its IRI")),
        }
    }

    fn coercion(&mut self, definition: &Definition<'a>) -> Result<Coercion<'a>, Fault> {
        let Some(kind) = &definition.coercion else {
            return Ok(match definition.container.map {
                Some("@type") => Coercion::Id,
                _ => Coercion::None,
            });
        };
        let coercion = match kind.as_ref() {
            "@id" => Coercion::Id,
            "@vocab" => Coercion::Vocab,
            "@json" => Coercion::Json,
            "@none" => Coercion::None,
            _ => match expand(self, kind.clone(), true)? {
                Expanded::Text(iri) if is_absolute(&iri) => Coercion::Datatype(iri),
                _ => {
                    return Err(invalid(format!(
                        "its @type \"{kind}\" is no absolute IRI; write the IRI out in full"
                    )));
                }
            },
        };
        match (definition.container.map, &coercion) {
            (Some("@type"), Coercion::Id | Coercion::Vocab)
            | (Some("@id" | "@index") | None, _) => Ok(coercion),
            _ => Err(invalid("a map by type needs the @type @id or @vocab")),
        }
    }
}

/// Whether a term must stand for what its name says as a compact or absolute IRI.
fn looks_like_iri(name: &str) -> bool {
    let mut after = name.bytes().skip(1);
    name.bytes().any(|byte| {
        byte == b'/'
            || after
                .next()
                .is_some_and(|next| byte == b':' && next != b':')
    })
}

fn invalid(message: impl Into<String>) -> Fault {
    Fault::new(CanonizeErrorKind::InvalidContext, message)
}

/// Whether a name may be defined at all; the reason, if not.
pub(super) fn check_name(name: &str, origin: Origin) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(invalid("a term cannot be the empty string"));
    }
    if Keyword::of(name).is_some() {
        return Err(invalid(match origin {
            Origin::Document => "a document's own context may only define terms; leave this out",
            Origin::Known => "this keyword is not supported in a context",
        }));
    }
    if is_reserved(name) {
        return Err(invalid(
            "names that look like keywords are reserved; choose another",
        ));
    }
    Ok(())
}
