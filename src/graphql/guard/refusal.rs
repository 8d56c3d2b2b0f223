//! Why a document is refused.

use async_graphql::parser::{Error, Pos};

/// Why the guard refuses a document. The message is for the client, and says the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A limit is passed.
    #[error("The {} {actual}, and the limit is {limit}. {}", measure.subject(), measure.remedy())]
    Limit {
        /// What was measured.
        measure: Measure,
        /// What is allowed.
        limit: u64,
        /// What the document has (at least: counting may stop early).
        actual: u64,
    },
    /// The text is no GraphQL document.
    #[error("The document cannot be parsed{}: {reason}.", at(positions))]
    Parse {
        /// What the parser expected or found.
        reason: String,
        /// Where, the most important position first.
        positions: Vec<Pos>,
    },
    /// A fragment spreads itself, by way of others or directly.
    #[error(
        "The fragment \"{fragment}\" leads back to itself. Take one of the spreads out of the circle."
    )]
    FragmentCycle {
        /// One fragment of the circle, or one that leads into it.
        fragment: String,
        /// Where it is defined.
        position: Pos,
    },
    /// A spread names a fragment that the document does not define.
    #[error(
        "The fragment \"{fragment}\" is spread but not defined. Define it, or take the spread out."
    )]
    UnknownFragment {
        /// The name that is spread.
        fragment: String,
        /// Where it is spread.
        position: Pos,
    },
    /// `operationName` names an operation that the document does not hold.
    #[error(
        "The document holds no operation named \"{name}\". Send the name of one that it holds, or none."
    )]
    UnknownOperation {
        /// The name that was asked for.
        name: String,
    },
    /// The document holds several operations and the request names none.
    #[error("The document holds several operations. Say which one to run with \"operationName\".")]
    OperationNameRequired,
    /// A required variable has no value.
    #[error(
        "The variable \"${variable}\" of type \"{ty}\" needs a value. Send one in \"variables\"."
    )]
    MissingVariable {
        /// The variable's name.
        variable: String,
        /// The variable's type as the document declares it.
        ty: String,
        /// Where it is declared.
        position: Pos,
    },
    /// A text holds U+0000, which no database keeps alike.
    #[error("The {place} holds the character U+0000, which cannot be kept. Take it out.")]
    NulCharacter {
        /// What holds it.
        place: String,
        /// Where that begins, when it is in the document.
        positions: Vec<Pos>,
    },
}

impl Refusal {
    pub(super) fn parse(error: &Error) -> Self {
        let reason = match error {
            // The parser draws the line with an arrow under it; its last line says what it wanted.
            Error::Syntax { message, .. } => message.rsplit("= ").next().unwrap_or(message).trim(),
            other => return Self::parse_at(other.to_string(), other.positions().collect()),
        };
        Self::parse_at(reason.to_owned(), error.positions().collect())
    }

    pub(super) fn parse_at(reason: impl Into<String>, positions: Vec<Pos>) -> Self {
        let mut reason = reason.into();
        reason.truncate(reason.trim_end_matches('.').len());
        Self::Parse { reason, positions }
    }

    /// The error's code, as `extensions.code` tells it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Limit { measure, .. } => measure.code(),
            Self::Parse { .. } => "GRAPHQL_PARSE_FAILED",
            Self::FragmentCycle { .. } | Self::UnknownFragment { .. } => {
                "GRAPHQL_VALIDATION_FAILED"
            }
            Self::UnknownOperation { .. } | Self::OperationNameRequired => {
                "OPERATION_RESOLUTION_FAILED"
            }
            Self::MissingVariable { .. } | Self::NulCharacter { .. } => "BAD_USER_INPUT",
        }
    }

    /// Where in the document, the most important position first; empty for a limit.
    #[must_use]
    pub fn positions(&self) -> Vec<Pos> {
        match self {
            Self::Parse { positions, .. } | Self::NulCharacter { positions, .. } => {
                positions.clone()
            }
            Self::FragmentCycle { position, .. }
            | Self::UnknownFragment { position, .. }
            | Self::MissingVariable { position, .. } => vec![*position],
            Self::Limit { .. } | Self::UnknownOperation { .. } | Self::OperationNameRequired => {
                Vec::new()
            }
        }
    }
}

fn at(positions: &[Pos]) -> String {
    positions.first().map_or_else(String::new, |position| {
        format!(" at line {}, column {}", position.line, position.column)
    })
}

/// What the guard measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name in Limits")]
pub enum Measure {
    Bytes,
    Tokens,
    Brackets,
    Operations,
    Fragments,
    Fields,
    Spreads,
    Aliases,
    Directives,
    Depth,
    IntrospectionFields,
    IntrospectionDepth,
    IntrospectionLists,
    Cost,
}

impl Measure {
    pub(super) fn hold<N>(self, actual: N, limit: N) -> Result<(), Refusal>
    where
        N: TryInto<u64> + PartialOrd,
    {
        if actual <= limit {
            return Ok(());
        }
        Err(Refusal::Limit {
            measure: self,
            limit: limit.try_into().unwrap_or(u64::MAX),
            actual: actual.try_into().unwrap_or(u64::MAX),
        })
    }

    /// The code of a refusal by this measure.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bytes => "DOCUMENT_TOO_LARGE",
            Self::Tokens => "TOO_MANY_TOKENS",
            Self::Brackets | Self::Depth => "DOCUMENT_TOO_DEEP",
            Self::Operations => "TOO_MANY_OPERATIONS",
            Self::Fragments => "TOO_MANY_FRAGMENTS",
            Self::Fields => "TOO_MANY_FIELDS",
            Self::Spreads => "TOO_MANY_SPREADS",
            Self::Aliases => "TOO_MANY_ALIASES",
            Self::Directives => "TOO_MANY_DIRECTIVES",
            Self::IntrospectionFields | Self::IntrospectionDepth | Self::IntrospectionLists => {
                "INTROSPECTION_TOO_LARGE"
            }
            Self::Cost => "COST_LIMIT",
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::Bytes => "document's length in bytes is",
            Self::Tokens => "document's number of tokens is",
            Self::Brackets => "document's brackets are nested to depth",
            Self::Operations => "document's number of operations is",
            Self::Fragments => "document's number of fragments is",
            Self::Fields => "number of fields, with every fragment expanded, is",
            Self::Spreads => "number of fragment spreads, with every fragment expanded, is",
            Self::Aliases => "number of aliases, with every fragment expanded, is",
            Self::Directives => "number of directives, with every fragment expanded, is",
            Self::Depth => "fields are nested to depth",
            Self::IntrospectionFields => "number of fields below __schema and __type is",
            Self::IntrospectionDepth => "fields below __schema or __type are nested to depth",
            Self::IntrospectionLists => "lists below __schema or __type are nested to depth",
            Self::Cost => "operation's cost is",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Bytes | Self::Tokens => {
                "Move literal values into variables, or send several requests."
            }
            Self::Brackets | Self::Depth => {
                "Ask for the inner objects in a second request, by their ids."
            }
            Self::Operations => "Send each operation in a request of its own.",
            Self::Fragments | Self::Spreads => "Write the selections out, or ask for fewer.",
            Self::Fields | Self::Directives => "Ask for fewer, or send several requests.",
            Self::Aliases => {
                "Use a list field with a filter instead of many aliases, or send several requests."
            }
            Self::IntrospectionFields | Self::IntrospectionDepth | Self::IntrospectionLists => {
                "Use the standard introspection query, or the published schema file."
            }
            Self::Cost => "Ask for smaller pages (\"first\") or for fewer fields in each element.",
        }
    }
}
