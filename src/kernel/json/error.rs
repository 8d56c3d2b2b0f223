//! Why a text is not strict JSON.

/// What rule a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonErrorKind {
    /// The bytes are not UTF-8, or begin with a byte order mark where none is accepted.
    Encoding,
    /// The text does not follow the JSON grammar (RFC 8259), or ends too early or too late.
    Syntax,
    /// A member name appears twice in one object (RFC 7493, section 2.3).
    DuplicateKey,
    /// Arrays and objects are nested deeper than the caller allows.
    Depth,
    /// A number that a double does not hold exactly (RFC 7493, section 2.2).
    Number,
}

/// Why, and where, a text is not strict JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}{}: {message}; {remedy}", at(.path))]
pub struct JsonError {
    /// Which rule is broken.
    pub kind: JsonErrorKind,
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 1, at or just after what is wrong; 0 at the very start of a line.
    pub column: usize,
    /// The JSON Pointer (RFC 6901) of the value that is wrong, or of the one that contains it;
    /// empty for the whole document. A name in it is cut after 200 characters.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

fn at(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!(", at {path}")
    }
}
