//! The words that JSON-LD keeps to itself (JSON-LD 1.1, section 1.7).

/// A keyword, as far as it matters which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Keyword {
    Context,
    Graph,
    Id,
    Included,
    Json,
    Direction,
    Language,
    List,
    None,
    Set,
    Type,
    Value,
    Vocab,
    /// Any other, by its name: nothing that a document may say here.
    Other(&'static str),
}

const KEYWORDS: [(&str, Keyword); 26] = [
    ("@id", Keyword::Id),
    ("@type", Keyword::Type),
    ("@value", Keyword::Value),
    ("@language", Keyword::Language),
    ("@context", Keyword::Context),
    ("@graph", Keyword::Graph),
    ("@included", Keyword::Included),
    ("@json", Keyword::Json),
    ("@list", Keyword::List),
    ("@none", Keyword::None),
    ("@set", Keyword::Set),
    ("@vocab", Keyword::Vocab),
    ("@base", Keyword::Other("@base")),
    ("@container", Keyword::Other("@container")),
    ("@default", Keyword::Other("@default")),
    ("@direction", Keyword::Direction),
    ("@embed", Keyword::Other("@embed")),
    ("@explicit", Keyword::Other("@explicit")),
    ("@index", Keyword::Other("@index")),
    ("@nest", Keyword::Other("@nest")),
    ("@prefix", Keyword::Other("@prefix")),
    ("@preserve", Keyword::Other("@preserve")),
    ("@protected", Keyword::Other("@protected")),
    ("@reverse", Keyword::Other("@reverse")),
    ("@propagate", Keyword::Other("@propagate")),
    ("@version", Keyword::Other("@version")),
];

impl Keyword {
    pub(super) fn of(text: &str) -> Option<Self> {
        text.starts_with('@').then_some(())?;
        KEYWORDS
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, keyword)| *keyword)
    }
}

/// Whether the text only looks like a keyword: JSON-LD keeps such words for later versions.
pub(super) fn is_reserved(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && Keyword::of(text).is_none()
}
