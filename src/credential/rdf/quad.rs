//! Statements, and a document as the set of them (RDF 1.1 Concepts, sections 3 and 4).

use std::borrow::Cow;

/// What may stand as a subject or name a graph.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resource<'a> {
    /// An absolute IRI.
    Iri(Cow<'a, str>),
    /// A blank node: its number within the [`Dataset`].
    Blank(u32),
}

/// What may stand as an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term<'a> {
    /// An absolute IRI.
    Iri(Cow<'a, str>),
    /// A blank node: its number within the [`Dataset`].
    Blank(u32),
    /// A literal.
    Literal {
        /// Its lexical form, unescaped.
        lexical: Cow<'a, str>,
        /// Its datatype or language.
        kind: LiteralKind<'a>,
    },
}

/// What a literal is besides its lexical form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LiteralKind<'a> {
    /// `xsd:string`, which N-Quads does not write.
    Plain,
    /// Any other datatype, by its IRI.
    Datatype(Cow<'a, str>),
    /// `rdf:langString`, by its language tag.
    Language(Cow<'a, str>),
}

/// One statement, in the default graph where `graph` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quad<'a> {
    /// What it is about.
    pub subject: Resource<'a>,
    /// The property, an absolute IRI.
    pub predicate: Cow<'a, str>,
    /// The property's value.
    pub object: Term<'a>,
    /// The graph it stands in.
    pub graph: Option<Resource<'a>>,
}

/// A set of statements; `quads` may hold one twice, which counts as once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset<'a> {
    /// The statements, in any order.
    pub quads: Vec<Quad<'a>>,
    /// How many blank nodes there are: their numbers are `0..blanks`.
    pub blanks: u32,
}
