//! What a JSON-LD document says, as RDF, in its one canonical form.

pub mod quad;
