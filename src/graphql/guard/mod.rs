//! The document guard: refuses a hostile GraphQL document before it is
//! validated or executed, at a cost linear in the size of the document.
//!
//! It works in four steps, each bounded by the one before:
//! 1. scan the text: bytes, tokens and bracket depth, so that the parser's
//!    recursion is bounded too;
//! 2. parse it, and find the operation that was asked for;
//! 3. order the fragments so that each comes after those it spreads
//!    (a cycle ends here);
//! 4. measure each definition once, with the figures of the fragments it spreads
//!    taken from a memo.
//!
//! It is pure: it knows the parser's types, and no schema but the list sizes given
//! in its [`Limits`].

mod fragments;
mod limits;
mod lists;
mod measure;
mod nul;
mod operation;
mod refusal;
mod scan;
#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use lists::ListSizes;
pub use measure::Figures;
pub use refusal::{Measure, Refusal};

use async_graphql::Variables;
use async_graphql::parser::Pos;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationType};

/// A document that may be validated and executed.
#[derive(Debug)]
pub struct Admitted {
    /// The parsed document.
    pub document: ExecutableDocument,
    /// The kind of the operation that will be executed.
    pub operation: OperationType,
    /// What the executed operation amounts to, with its fragments expanded.
    pub figures: Figures,
    /// How many parts of the document (definitions and selections) were counted: each once,
    /// however often its fragment is spread.
    pub counted: usize,
    /// Where the argument values of the document begin. An error located at one of them
    /// speaks of the client's input, since a resolver's error is located at its field.
    pub argument_positions: Vec<Pos>,
}

/// Parses `source` and holds it against `limits`.
///
/// `variables` are the request's, for list sizes given as variables and for required
/// variables that are missing; `operation_name` is the request's `operationName`.
///
/// # Errors
/// A [`Refusal`] that names what is wrong, with its code, its position and the remedy.
pub fn admit(
    source: &str,
    variables: &Variables,
    operation_name: Option<&str>,
    limits: &Limits,
) -> Result<Admitted, Refusal> {
    scan::scan(source, limits)?;
    let document = parse_query(source).map_err(|error| Refusal::parse(&error))?;
    Measure::Operations.hold(document.operations.iter().len(), limits.operations)?;
    Measure::Fragments.hold(document.fragments.len(), limits.fragments)?;

    let chosen = operation::choose(&document.operations, operation_name)?;
    operation::require_variables(chosen, variables)?;
    nul::refuse_in(variables)?;

    let order = fragments::order(&document.fragments)?;
    let definitions = &chosen.variable_definitions;
    let mut meter = measure::Meter::new(limits, variables, definitions);
    for (name, fragment) in order {
        let figures = meter.definition(&fragment.directives, &fragment.selection_set.node)?;
        limits.hold_structure(&figures)?;
        meter.remember(name, figures);
    }
    let mut admitted = Figures::default();
    for (_, operation) in document.operations.iter() {
        let figures = meter.definition(
            &operation.node.directives,
            &operation.node.selection_set.node,
        )?;
        limits.hold_structure(&figures)?;
        if std::ptr::eq(&raw const operation.node, chosen) {
            limits.hold_cost(&figures)?;
            admitted = figures;
        }
    }

    let operation = chosen.ty;
    let (counted, argument_positions) = meter.finish();
    Ok(Admitted {
        document,
        operation,
        figures: admitted,
        counted,
        argument_positions,
    })
}
