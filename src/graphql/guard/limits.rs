//! What a document may amount to.

use serde::Deserialize;

use super::{Figures, ListSizes, Measure, Refusal};

/// The limits of a document. Each may be set; the defaults let every query through
/// that a person or GraphiQL writes, and stop what only a machine would.
///
/// "Expanded" means: with every fragment put in the place of its spreads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the document.
    pub bytes: usize,
    /// Tokens of the document: names, numbers, strings and punctuators.
    pub tokens: usize,
    /// Depth of the brackets `{`, `[` and `(`, counted before parsing.
    /// Values above [`Limits::BRACKET_CEILING`] are held at it.
    pub brackets: usize,
    /// Operations in the document.
    pub operations: usize,
    /// Fragment definitions in the document.
    pub fragments: usize,
    /// Fields of the expanded document, `__typename` included; those below
    /// `__schema` and `__type` are counted apart.
    pub fields: usize,
    /// Spreads and inline fragments of the expanded document.
    pub spreads: usize,
    /// Aliases of the expanded document.
    pub aliases: usize,
    /// Directives of the expanded document.
    pub directives: usize,
    /// Depth of the fields of the expanded document.
    pub depth: usize,
    /// Fields below `__schema` and `__type`, in the expanded document; the standard
    /// introspection query has 227.
    pub introspection_fields: usize,
    /// Depth of the fields below `__schema` and `__type`.
    pub introspection_depth: usize,
    /// Lists of types and fields within one another, below `__schema` and `__type`: each
    /// multiplies the answer. The standard introspection query needs two, `types` and
    /// `fields`.
    pub introspection_lists: usize,
    /// Cost of the operation: one for each field, times the sizes of the lists it is in.
    pub cost: u64,
    /// The most elements one page of a list can hold; a larger `first` or `last`, or a
    /// longer list of `ids`, is priced as this, because it is clamped to this.
    pub max_page: u64,
    /// How many elements a list is taken to have, by the name of its field, where the
    /// document does not say it with `first`, `last` or `ids`.
    pub list_sizes: ListSizes,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 * 1024,
            tokens: 4_000,
            brackets: 64,
            operations: 1,
            fragments: 50,
            fields: 400,
            spreads: 400,
            aliases: 30,
            directives: 30,
            depth: 16,
            introspection_fields: 300,
            introspection_depth: 24,
            introspection_lists: 2,
            cost: 20_000,
            max_page: 100,
            list_sizes: ListSizes::default(),
        }
    }
}

impl Limits {
    /// The deepest nesting of brackets that is ever given to the parser, whose recursion
    /// uses the stack.
    pub const BRACKET_CEILING: usize = 128;

    pub(super) fn hold_structure(&self, figures: &Figures) -> Result<(), Refusal> {
        Measure::Fields.hold(figures.fields, self.fields)?;
        Measure::Spreads.hold(figures.spreads, self.spreads)?;
        Measure::Aliases.hold(figures.aliases, self.aliases)?;
        Measure::Directives.hold(figures.directives, self.directives)?;
        Measure::Depth.hold(figures.depth, self.depth)?;
        Measure::IntrospectionFields
            .hold(figures.introspection_fields, self.introspection_fields)?;
        Measure::IntrospectionDepth.hold(figures.introspection_depth, self.introspection_depth)?;
        Measure::IntrospectionLists.hold(figures.introspection_lists, self.introspection_lists)
    }

    pub(super) fn hold_cost(&self, figures: &Figures) -> Result<(), Refusal> {
        Measure::Cost.hold(figures.cost, self.cost)
    }
}
