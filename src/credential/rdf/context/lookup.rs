//! From a word of a document to the IRI or keyword that it stands for (JSON-LD 1.1 API, section 5.2).

use std::borrow::Cow;

use super::layer::{Mapping, Target};
use crate::credential::rdf::iri::is_absolute;
use crate::credential::rdf::keyword::{Keyword, is_reserved};

/// What a word stands for.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::credential::rdf) enum Expanded<'a> {
    /// Nothing: a context says so, or the word is reserved.
    Nothing,
    /// A keyword.
    Keyword(Keyword),
    /// An IRI if it is absolute, a blank node label, or nothing that is known.
    Text(Cow<'a, str>),
}

/// Where words are looked up.
pub(super) trait Lookup<'a> {
    /// Why a look-up fails: a term may have to be defined first.
    type Error;

    fn lookup(&mut self, name: &str) -> Result<Option<&Mapping<'a>>, Self::Error>;
    fn vocabulary(&self) -> Option<&Cow<'a, str>>;
}

/// Expands a word: as a term if `vocab`, otherwise only as a compact or absolute IRI.
pub(super) fn expand<'a, L: Lookup<'a>>(
    within: &mut L,
    word: Cow<'a, str>,
    vocab: bool,
) -> Result<Expanded<'a>, L::Error> {
    if let Some(keyword) = Keyword::of(&word) {
        return Ok(Expanded::Keyword(keyword));
    }
    if is_reserved(&word) {
        return Ok(Expanded::Nothing);
    }
    if vocab && let Some(mapping) = within.lookup(&word)? {
        return Ok(match &mapping.target {
            Target::Nothing => Expanded::Nothing,
            Target::Keyword(keyword) => Expanded::Keyword(*keyword),
            Target::Iri(iri) => Expanded::Text(iri.clone()),
        });
    }
    expand_compact(within, word, vocab)
}

/// Expands a word that is no term.
pub(super) fn expand_compact<'a, L: Lookup<'a>>(
    within: &mut L,
    word: Cow<'a, str>,
    vocab: bool,
) -> Result<Expanded<'a>, L::Error> {
    if let Some((prefix, suffix)) = word.split_once(':')
        && !prefix.is_empty()
    {
        if prefix == "_" || suffix.starts_with("//") {
            return Ok(Expanded::Text(word));
        }
        if let Some(mapping) = within.lookup(prefix)?
            && mapping.prefix
            && let Target::Iri(iri) = &mapping.target
        {
            return Ok(Expanded::Text(Cow::Owned(format!("{iri}{suffix}"))));
        }
        if is_absolute(&word) {
            return Ok(Expanded::Text(word));
        }
    }
    Ok(Expanded::Text(match within.vocabulary() {
        Some(vocabulary) if vocab => Cow::Owned(format!("{vocabulary}{word}")),
        _ => word,
    }))
}
