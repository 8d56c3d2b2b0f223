//! The contexts that documents may name, worked out ahead of time.
//!
//! - [`definition`]: what a context states; [`read`]: from JSON
//! - [`layer`]: the same with every IRI worked out; [`lookup`]: how
//! - [`scope`]: what holds at one place of a document

pub(super) mod definition;
pub(super) mod layer;
pub(super) mod lookup;
pub(super) mod read;
pub(super) mod scope;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use self::definition::{Context, Definition, Id, Local, Ready};
use self::layer::{Layer, Target};
use self::read::Reader;
use self::scope::Scope;
use super::error::{CanonizeError, CanonizeErrorKind, Fault};
use super::terms;
use crate::kernel::json::Json;

/// The contexts that are known: the pinned ones, and those added by hand. Nothing is ever fetched.
#[derive(Debug, Clone, Default)]
pub struct Contexts {
    added: Vec<(String, Vec<Context<'static>>)>,
}

/// The pinned contexts, worked out once for the whole process.
static PINNED: LazyLock<Pinned> = LazyLock::new(Pinned::new);

struct Pinned {
    contexts: Vec<(&'static str, [Context<'static>; 1])>,
    /// For each two layers, by their numbers, whether they agree.
    agree: Vec<Vec<bool>>,
    /// The terms of the vocabularies on which a verdict rests, by their IRIs.
    terms: HashMap<String, Vec<String>>,
}

/// The vocabularies on which a verdict rests: of credentials, their status, their proofs, Open
/// Badges and learner records. Others, such as schema.org, are anybody's.
const RELIED_ON: [&str; 4] = [
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials/status#",
    "https://w3id.org/security#",
    "https://purl.imsglobal.org/spec/vc/",
];

impl Pinned {
    fn new() -> Self {
        let mut layers = Vec::new();
        let mut keep = |mut layer: Layer<'static>| {
            layer.number = Some(layers.len());
            let layer = Arc::new(layer);
            layers.push(Arc::clone(&layer));
            layer
        };
        let contexts = terms::all()
            .into_iter()
            .map(|(url, context)| (url, [prepare(context, &mut keep)]))
            .collect();
        let mut terms: HashMap<String, Vec<String>> = HashMap::new();
        for (name, mapping) in layers.iter().flat_map(|layer| &layer.terms) {
            if let Target::Iri(iri) = &mapping.target
                && RELIED_ON.iter().any(|base| iri.starts_with(base))
            {
                terms
                    .entry(iri.to_string())
                    .or_default()
                    .push(name.to_string());
            }
        }
        let row = |one: &Arc<Layer<'_>>| layers.iter().map(|other| one.agrees(other)).collect();
        let agree = layers.iter().map(row).collect();
        Pinned {
            contexts,
            agree,
            terms,
        }
    }
}

/// The term of a pinned context for this IRI, if a verdict may rest on it.
pub(super) fn term_of(iri: &str) -> Option<&'static str> {
    PINNED.terms.get(iri)?.first().map(String::as_str)
}

/// The term of a pinned context that a document calls by another name, if a verdict may rest on
/// it.
pub(super) fn disguised(name: &str, iri: &str) -> Option<&'static str> {
    let names = PINNED.terms.get(iri)?;
    let is_known = names.iter().any(|known| known == name);
    names.first().filter(|_| !is_known).map(String::as_str)
}

/// Whether a layer is a pinned one, and agrees with another one that is.
fn pinned_agree(one: Option<usize>, other: usize) -> bool {
    one.and_then(|one| PINNED.agree.get(one)?.get(other))
        .is_some_and(|agree| *agree)
}

impl Contexts {
    /// The pinned contexts alone: VC Data Model 2.0, Data Integrity, Multikey, Open Badges 3.0.1 to
    /// 3.0.3 and CLR 2.0.1. Costs nothing.
    #[must_use]
    pub fn pinned() -> Self {
        Self::default()
    }

    /// Adds a context by hand: `document` is the JSON that stands at `url`, with its `@context`.
    ///
    /// Contexts that it names by URL must be known already.
    ///
    /// # Errors
    /// [`CanonizeErrorKind::Redefinition`] if `url` is known already, and else as for contexts
    /// within documents.
    pub fn add(&mut self, url: &str, document: &Json) -> Result<(), CanonizeError> {
        let contexts = self.read(url, document).map_err(|fault| CanonizeError {
            kind: fault.kind,
            pointer: fault.at,
            message: format!("the context <{url}>: {}", fault.message),
        })?;
        self.added.push((url.to_owned(), contexts));
        Ok(())
    }

    /// Whether the context at `url` is known.
    #[must_use]
    pub fn knows(&self, url: &str) -> bool {
        self.find(url).is_some()
    }

    /// The contexts that stand at `url`.
    pub(super) fn find(&self, url: &str) -> Option<&[Context<'static>]> {
        let pinned = PINNED.contexts.iter().find(|(known, _)| *known == url);
        match pinned {
            Some((_, contexts)) => Some(contexts),
            None => {
                let mut added = self.added.iter();
                added
                    .find(|(known, _)| known == url)
                    .map(|(_, contexts)| contexts.as_slice())
            }
        }
    }

    fn read(&self, url: &str, document: &Json) -> Result<Vec<Context<'static>>, Fault> {
        if self.find(url).is_some() {
            return Err(Fault::new(
                CanonizeErrorKind::Redefinition,
                "it is known already, and keeps its meaning; leave it out",
            ));
        }
        let Some(value) = document.get("@context") else {
            return Err(invalid(
                "the document has no @context; supply the context's own file",
            ));
        };
        let mut contexts = Vec::new();
        for local in Reader::by_hand()
            .locals(value)
            .map_err(|fault| fault.within("@context"))?
        {
            self.check(std::slice::from_ref(&local))?;
            match local {
                Local::Null => return Err(invalid("null has no use here; leave it out")),
                Local::Named(other) => {
                    contexts.extend_from_slice(self.find(&other).unwrap_or_default())
                }
                Local::Object(context) => {
                    let context = prepare(context, &mut Arc::new);
                    if context.ready.is_none() {
                        Layer::resolve(&context, &Scope::default())?;
                    }
                    contexts.push(context);
                }
            }
        }
        Ok(contexts)
    }

    /// That every context named within is known: so that none can lead back to itself.
    fn check(&self, locals: &[Local<'_>]) -> Result<(), Fault> {
        for local in locals {
            match local {
                Local::Named(url) if self.find(url).is_none() => {
                    return Err(Fault::new(
                        CanonizeErrorKind::UnknownContext,
                        format!("it names the context <{url}>, which is not known; add that first"),
                    ));
                }
                Local::Object(context) => {
                    let mut scoped = context
                        .terms
                        .iter()
                        .filter_map(|(_, term)| term.scoped.as_ref());
                    scoped.try_for_each(|scoped| self.check(scoped))?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Makes a layer one that is shared.
type Keep<'k> = &'k mut dyn FnMut(Layer<'static>) -> Arc<Layer<'static>>;

/// Works out a context and all contexts within it, as far as they stand by themselves.
fn prepare(mut context: Context<'static>, keep: Keep<'_>) -> Context<'static> {
    for (_, definition) in &mut context.terms {
        let Some(scoped) = definition.scoped.take() else {
            continue;
        };
        let prepared = scoped.iter().cloned().map(|local| match local {
            Local::Object(context) => Local::Object(prepare(context, keep)),
            other => other,
        });
        definition.scoped = Some(prepared.collect());
    }
    context.ready = ready(&context, keep);
    context
}

fn ready(context: &Context<'static>, keep: Keep<'_>) -> Option<Ready<'static>> {
    let layer = keep(Layer::resolve(context, &Scope::default()).ok()?);
    let names = context
        .terms
        .iter()
        .flat_map(|(name, definition)| words(name, definition));
    let vocab = context.vocab.iter().flatten().map(AsRef::as_ref);
    let mut open: Vec<Cow<'static, str>> = Vec::new();
    for word in names.chain(vocab) {
        let looked_up = match word.split_once(':') {
            Some((_, rest)) if rest.starts_with("//") => continue,
            Some((prefix, _)) => prefix,
            None => word,
        };
        let own = layer.terms.contains_key(looked_up) || looked_up.starts_with('@');
        if !own && !open.iter().any(|name| name == looked_up) {
            open.push(Cow::Owned(looked_up.to_owned()));
        }
    }
    Some(Ready { layer, open })
}

/// The words of a definition that may be terms, or begin with one.
fn words<'c>(name: &'c str, definition: &'c Definition<'static>) -> impl Iterator<Item = &'c str> {
    let id = match &definition.id {
        Id::Text(id) => id,
        _ => name,
    };
    [id].into_iter().chain(definition.coercion.as_deref())
}

fn invalid(message: impl Into<String>) -> Fault {
    Fault::new(CanonizeErrorKind::InvalidContext, message)
}
