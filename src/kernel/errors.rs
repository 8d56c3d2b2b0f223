//! What can go wrong, sorted by who can do something about it.

use std::fmt;

use sea_orm::DbErr;

/// One thing that is wrong with what a client sent, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: the input member, as a dotted path, such as `input.slug`.
    pub field: String,
    /// Machine-readable code in SCREAMING_SNAKE_CASE.
    pub code: &'static str,
    /// What is wrong and the remedy, for a person.
    pub message: String,
}

impl Problem {
    /// A problem at `field`.
    pub fn new(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code,
            message: message.into(),
        }
    }
}

/// Why an operation did not happen. Nothing of it is half-done.
#[derive(Debug, Clone)]
pub enum Error {
    /// There is no such thing, or the actor may not know that there is.
    NotFound(String),
    /// The operation needs a key and none was given.
    Unauthenticated(String),
    /// The key given does not allow it.
    Forbidden(String),
    /// The input cannot be accepted as it is.
    Invalid(Vec<Problem>),
    /// Something that the client cannot mend. The text is for the log only.
    Internal(String),
}

impl Error {
    /// A single problem with the input.
    pub fn invalid(
        field: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self::Invalid(vec![Problem::new(field, code, message)])
    }

    /// A fault of ours or of the machine's.
    pub fn internal(what: impl fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(what) => write!(f, "{what} was not found"),
            Self::Unauthenticated(why) | Self::Forbidden(why) | Self::Internal(why) => {
                f.write_str(why)
            }
            Self::Invalid(problems) => {
                for (i, p) in problems.iter().enumerate() {
                    let gap = if i == 0 { "" } else { "; " };
                    write!(f, "{gap}{}: {}", p.field, p.message)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<DbErr> for Error {
    fn from(e: DbErr) -> Self {
        Self::Internal(format!("database: {e}"))
    }
}

/// The result of an operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;
