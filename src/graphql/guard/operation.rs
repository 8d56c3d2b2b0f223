//! Which operation a request asks for, and whether it can run.

use async_graphql::parser::types::{DocumentOperations, OperationDefinition};
use async_graphql::{Value, Variables};

use super::Refusal;

/// The operation to execute.
/// GraphQL (October 2021), section 6.1, `GetOperation`.
pub(super) fn choose<'d>(
    operations: &'d DocumentOperations,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, Refusal> {
    let mut all = operations.iter();
    match name {
        Some(wanted) => all
            .find(|(name, _)| name.is_some_and(|name| name == wanted))
            .map(|(_, operation)| &operation.node)
            .ok_or_else(|| Refusal::UnknownOperation {
                name: wanted.to_owned(),
            }),
        None => match (all.next(), all.next()) {
            (Some((_, only)), None) => Ok(&only.node),
            _ => Err(Refusal::OperationNameRequired),
        },
    }
}

/// Every variable that must have a value has one. Whether the value fits its type is
/// found where it is used, by validation.
/// GraphQL (October 2021), section 6.1.2, `CoerceVariableValues`.
pub(super) fn require_variables(
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<(), Refusal> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let missing = match variables.get(&definition.name.node) {
            None => definition.default_value.is_none(),
            Some(value) => *value == Value::Null,
        };
        if missing && !definition.var_type.node.nullable {
            return Err(Refusal::MissingVariable {
                variable: definition.name.node.to_string(),
                ty: definition.var_type.node.to_string(),
                position: definition.name.pos,
            });
        }
    }
    Ok(())
}
