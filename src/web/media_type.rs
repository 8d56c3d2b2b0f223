//! Media types and ranges, as headers write them.

/// A media type or range with its parameters, in lower case.
/// RFC 9110, section 8.3.1.
pub(super) struct MediaType {
    /// `type/subtype`.
    pub(super) essence: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads one; what is malformed is simply no type that anyone asks for.
    pub(super) fn parse(text: &str) -> Self {
        let text = text.to_ascii_lowercase();
        let mut parts = split(&text, ';');
        let essence = parts.next().unwrap_or_default().to_owned();
        let parameters = parts
            .map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                (
                    name.trim().to_owned(),
                    value.trim().trim_matches('"').to_owned(),
                )
            })
            .collect();
        Self {
            essence,
            parameters,
        }
    }

    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut all = self.parameters.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether it names no character set, or UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        let mut all = self.parameters.iter();
        all.all(|(name, value)| name != "charset" || matches!(value.as_str(), "utf-8" | "utf8"))
    }
}

/// The parts of a list, without the spaces around them and without empty ones.
pub(super) fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}
