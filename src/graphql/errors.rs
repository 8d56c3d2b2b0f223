//! How the outcome of an operation is told to a client: what they can mend as
//! `userErrors` in the payload, refusals as errors with a code, our own faults
//! as errors without one, which the endpoint logs and masks.

use async_graphql::{Context, ErrorExtensions, SimpleObject};

use crate::{
    app::Op,
    kernel::errors::{Error, Problem},
};

/// The result of a resolver.
pub type Result<T> = async_graphql::Result<T>;

/// Something about the input that the client can mend.
#[derive(SimpleObject, Debug, Clone)]
pub struct UserError {
    /// Where: the path of the input member, such as `input.slug`.
    pub field: String,
    /// What is wrong and what to do about it.
    pub message: String,
    /// Machine-readable code in SCREAMING_SNAKE_CASE.
    pub code: String,
}

impl From<Problem> for UserError {
    fn from(p: Problem) -> Self {
        Self {
            field: p.field,
            message: p.message,
            code: p.code.to_owned(),
        }
    }
}

/// Sorts the result of a mutation: its value, or what the client can mend;
/// anything else fails the field.
pub fn outcome<T>(result: crate::kernel::errors::Result<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match result {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Error::Invalid(problems)) => {
            Ok((None, problems.into_iter().map(UserError::from).collect()))
        }
        Err(e) => Err(told(e)),
    }
}

/// An operation's error as a field error with `extensions.code`.
#[must_use]
pub fn told(e: Error) -> async_graphql::Error {
    let code = match &e {
        Error::NotFound(_) => "NOT_FOUND",
        Error::Unauthenticated(_) => "UNAUTHENTICATED",
        Error::Forbidden(_) => "FORBIDDEN",
        Error::Invalid(problems) => problems.first().map_or("INVALID", |p| p.code),
        // Without a code: the endpoint logs the text and shows none of it.
        Error::Internal(text) => return async_graphql::Error::new(text.clone()),
    };
    async_graphql::Error::new(e.to_string()).extend_with(|_, ext| ext.set("code", code))
}

/// The operation that a resolver runs in.
pub fn op<'a>(ctx: &Context<'a>) -> Result<&'a Op> {
    ctx.data::<Op>()
}
