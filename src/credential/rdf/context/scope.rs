//! What holds at one place of a document: the active context (JSON-LD 1.1 API, section 4.1).

use std::borrow::Cow;
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use super::definition::{Context, Local, Origin};
use super::layer::{Layer, Mapping, Target};
use super::lookup::{Expanded, Lookup, expand, expand_compact};
use super::{Contexts, pinned_agree};
use crate::credential::rdf::error::{CanonizeErrorKind, Fault};
use crate::credential::rdf::iri::is_absolute;
use crate::credential::rdf::keyword::{Keyword, is_reserved};

/// How many contexts may hold at one place, counting those that add something.
const MOST_LAYERS: u32 = 64;

/// Layers of terms, the innermost first: nothing is copied when one is added.
#[derive(Debug, Default)]
pub(in crate::credential::rdf) struct Scope<'a> {
    layer: Option<Arc<Layer<'a>>>,
    below: Option<Rc<Scope<'a>>>,
    /// Where nested nodes go back to, within the context of a type.
    previous: Option<Rc<Scope<'a>>>,
    vocab: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    protects: bool,
    /// Whether the document itself brings any of the layers along.
    has_own: bool,
    /// Whether a term has the form of an IRI, so that even whole IRIs must be looked up.
    odd: bool,
    depth: u32,
}

/// How a context is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::credential::rdf) enum Manner {
    /// Written at a node: it holds from there on, and cannot touch protected terms.
    Embedded,
    /// That of a type: it holds for the node alone, and cannot touch protected terms.
    OfType,
    /// That of a property: it holds from there on, protected terms or not.
    OfProperty,
}

/// What applying contexts depends on, and how much of it is left to do.
pub(in crate::credential::rdf) struct Setting<'a> {
    pub(in crate::credential::rdf) contexts: &'a Contexts,
    /// How many terms may still be worked out.
    pub(in crate::credential::rdf) budget: usize,
}

impl<'a> Scope<'a> {
    /// What a term means here.
    pub(in crate::credential::rdf) fn find(&self, name: &str) -> Option<&Mapping<'a>> {
        self.mappings(name).next()
    }

    /// What a term means here and, shadowed, further out.
    fn mappings<'s, 'n>(&'s self, name: &'n str) -> impl Iterator<Item = &'s Mapping<'a>> {
        self.layers().filter_map(move |layer| layer.terms.get(name))
    }

    /// Whether what a term means here is said by the document itself.
    pub(in crate::credential::rdf) fn is_own(&self, name: &str) -> bool {
        // Hardly any document brings terms along: then nothing needs to be looked up.
        self.has_own && {
            let mut layers = self.layers();
            let layer = layers.find(|layer| layer.terms.contains_key(name));
            layer.is_some_and(|layer| layer.is_own)
        }
    }

    fn layers(&self) -> impl Iterator<Item = &Layer<'a>> {
        std::iter::successors(Some(self), |scope| scope.below.as_deref())
            .filter_map(|scope| scope.layer.as_deref())
    }

    /// Whether a member of this name gives types here.
    pub(in crate::credential::rdf) fn is_type(&self, name: &str) -> bool {
        let named = |layer: &Layer<'_>| layer.types.iter().any(|known| known == name);
        let means_type = |mapping: &Mapping<'_>| mapping.target == Target::Keyword(Keyword::Type);
        name == "@type" || self.layers().any(named) && self.find(name).is_some_and(means_type)
    }

    /// What is put before undefined terms where `context` holds as well.
    pub(super) fn vocab_with(&self, context: &Context<'a>) -> Result<Option<Cow<'a, str>>, Fault> {
        let stated = match &context.vocab {
            None => return Ok(self.vocab.clone()),
            Some(None) => return Ok(None),
            Some(Some(stated)) => stated,
        };
        match self.expand(stated.clone(), true) {
            Expanded::Text(iri) if is_absolute(&iri) => Ok(Some(iri)),
            _ => Err(Fault::new(
                CanonizeErrorKind::InvalidContext,
                "@vocab is no absolute IRI; write the IRI out in full",
            )),
        }
    }

    /// The language of plain strings here.
    pub(in crate::credential::rdf) fn language(&self) -> Option<&Cow<'a, str>> {
        self.language.as_ref()
    }

    /// Where nested nodes go back to, if the context of a type holds here.
    pub(in crate::credential::rdf) fn previous(&self) -> Option<&Rc<Scope<'a>>> {
        self.previous.as_ref()
    }

    /// What a word stands for, where terms are meant.
    pub(in crate::credential::rdf) fn expand_term(&self, word: &'a str) -> Expanded<'a> {
        self.expand(Cow::Borrowed(word), true)
    }

    /// What a word that is no term stands for, where terms are meant.
    pub(in crate::credential::rdf) fn expand_other(&self, word: &'a str) -> Expanded<'a> {
        if let Some(keyword) = Keyword::of(word) {
            return Expanded::Keyword(keyword);
        }
        if is_reserved(word) {
            return Expanded::Nothing;
        }
        let Ok(expanded) = expand_compact(&mut &*self, Cow::Borrowed(word), true);
        expanded
    }

    /// What a word stands for, where an identifier is meant.
    pub(in crate::credential::rdf) fn expand_id(&self, word: &'a str) -> Expanded<'a> {
        self.expand(Cow::Borrowed(word), false)
    }

    pub(super) fn expand(&self, word: Cow<'a, str>, vocab: bool) -> Expanded<'a> {
        let Ok(expanded) = expand(&mut &*self, word, vocab);
        expanded
    }

    /// This scope with further contexts, in order.
    pub(in crate::credential::rdf) fn apply(
        self: &Rc<Self>,
        locals: &[Local<'a>],
        manner: Manner,
        setting: &mut Setting<'a>,
    ) -> Result<Rc<Self>, Fault> {
        let mut scope = Rc::clone(self);
        let mut previous = match manner {
            Manner::OfType => Some(self.previous.as_ref().unwrap_or(self).clone()),
            _ => self.previous.clone(),
        };
        for local in locals {
            match local {
                Local::Null => {
                    if scope.protects && manner != Manner::OfProperty {
                        return Err(Fault::new(
                            CanonizeErrorKind::Redefinition,
                            "null would make void the protected terms that are defined; leave it out",
                        ));
                    }
                    scope = Rc::default();
                    previous = None;
                }
                Local::Named(url) => {
                    let Some(known) = setting.contexts.find(url) else {
                        return Err(Fault::new(
                            CanonizeErrorKind::UnknownContext,
                            format!(
                                "the context <{url}> is not known here, and nothing is fetched; \
                                 supply its content by hand, or use a known context"
                            ),
                        ));
                    };
                    scope = known
                        .iter()
                        .try_fold(scope, |scope, context| {
                            scope.extend(context, manner, &previous, setting)
                        })
                        .map_err(Fault::here)?;
                }
                Local::Object(context) => {
                    scope = scope.extend(context, manner, &previous, setting)?;
                }
            }
        }
        Ok(scope)
    }

    fn extend(
        self: Rc<Self>,
        context: &Context<'a>,
        manner: Manner,
        previous: &Option<Rc<Self>>,
        setting: &mut Setting<'a>,
    ) -> Result<Rc<Self>, Fault> {
        let layer = match &context.ready {
            Some(ready) if !self.odd && ready.open.iter().all(|name| self.find(name).is_none()) => {
                Arc::clone(&ready.layer)
            }
            _ => {
                setting.spend(context.terms.len())?;
                Arc::new(Layer::resolve(context, &self)?)
            }
        };
        let vocab = self.vocab_with(context)?;
        let language = context
            .language
            .clone()
            .unwrap_or_else(|| self.language.clone());
        let states = vocab != self.vocab || language != self.language;
        if !self.admits(&layer, context.origin, manner)? && !states {
            return Ok(self);
        }
        if self.depth == MOST_LAYERS {
            return Err(Fault::new(
                CanonizeErrorKind::TooComplex,
                format!("more than {MOST_LAYERS} contexts hold here; use fewer"),
            ));
        }
        let scope = Rc::new(Scope {
            vocab,
            language,
            protects: self.protects || layer.protects,
            has_own: self.has_own || layer.is_own,
            odd: self.odd || layer.odd,
            depth: self.depth + 1,
            layer: Some(layer),
            previous: previous.clone(),
            below: Some(self),
        });
        if context.origin == Origin::Document {
            for (name, definition) in &context.terms {
                if let Some(scoped) = &definition.scoped {
                    scope
                        .apply(scoped, Manner::OfProperty, setting)
                        .map_err(|fault| fault.within("@context").within(name))?;
                }
            }
        }
        Ok(scope)
    }

    /// Whether the layer says anything new here; an error if it must not say it.
    fn admits(&self, layer: &Layer<'a>, origin: Origin, manner: Manner) -> Result<bool, Fault> {
        // Pinned contexts were compared with each other ahead of time.
        if let Some(number) = layer.number
            && self
                .layers()
                .all(|below| pinned_agree(below.number, number))
        {
            return Ok(self.layers().all(|below| below.number != Some(number)));
        }
        let mut news = false;
        for (name, mapping) in &layer.terms {
            let Some(before) = self.find(name) else {
                news = true;
                continue;
            };
            let same = before.means_same(mapping);
            news |= !same || mapping.protected && !before.protected;
            let bound = origin == Origin::Document
                || manner != Manner::OfProperty && self.is_protected(name);
            if bound && !same {
                return Err(Fault::new(
                    CanonizeErrorKind::Redefinition,
                    format!(
                        "protected term redefinition: \"{name}\" is defined already, with another \
                         meaning; choose another name"
                    ),
                )
                .within(name));
            }
        }
        Ok(news)
    }

    /// A term stays protected where it was repeated with the same meaning.
    fn is_protected(&self, name: &str) -> bool {
        let mut mappings = self.mappings(name);
        let Some(first) = mappings.next() else {
            return false;
        };
        first.protected
            || mappings
                .take_while(|mapping| mapping.means_same(first))
                .any(|mapping| mapping.protected)
    }
}

impl Setting<'_> {
    fn spend(&mut self, terms: usize) -> Result<(), Fault> {
        self.budget = self.budget.checked_sub(terms).ok_or_else(|| {
            Fault::new(
                CanonizeErrorKind::TooComplex,
                "the document's own contexts define too many terms; define fewer",
            )
        })?;
        Ok(())
    }
}

impl<'a> Lookup<'a> for &Scope<'a> {
    type Error = Infallible;

    fn lookup(&mut self, name: &str) -> Result<Option<&Mapping<'a>>, Infallible> {
        Ok(self.find(name))
    }

    fn vocabulary(&self) -> Option<&Cow<'a, str>> {
        self.vocab.as_ref()
    }
}
