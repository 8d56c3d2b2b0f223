//! U+0000 in what a client sends. PostgreSQL keeps it in no text, and SQLite would: it is
//! refused here for both, before anything is executed.

use async_graphql::{Name, Value, Variables, parser::Pos};

use super::Refusal;

/// Refuses variables that hold the character anywhere.
pub(super) fn refuse_in(variables: &Variables) -> Result<(), Refusal> {
    match variables.iter().find(|(_, value)| is_in(value)) {
        None => Ok(()),
        Some((name, _)) => Err(Refusal::NulCharacter {
            place: format!("variable \"${name}\""),
            positions: Vec::new(),
        }),
    }
}

/// Recursive, to the depth that reading JSON has bounded.
fn is_in(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(is_in),
        Value::Object(members) => members
            .iter()
            .any(|(name, value): (&Name, _)| name.contains('\0') || is_in(value)),
        _ => false,
    }
}

/// Refuses a string of the document, with its quotes, that holds the character as it is
/// or as an escape. Block strings know no such escape.
pub(super) fn refuse_in_string(string: &[u8], begin: impl Fn() -> Pos) -> Result<(), Refusal> {
    let has_escapes = !string.starts_with(b"\"\"\"");
    let mut rest = string;
    loop {
        rest = match rest {
            [] => return Ok(()),
            [0, ..] => break,
            [b'\\', b'u', b'0', b'0', b'0', b'0', ..] if has_escapes => break,
            [b'\\', _, tail @ ..] if has_escapes => tail,
            [_, tail @ ..] => tail,
        };
    }
    Err(Refusal::NulCharacter {
        place: "string in the document".to_owned(),
        positions: vec![begin()],
    })
}
