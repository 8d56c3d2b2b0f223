//! Absolute IRIs and language tags, as far as N-Quads depends on them.

/// Whether the text is an absolute IRI that N-Quads can hold: a scheme (RFC 3986, section 3.1),
/// then no character that the grammar of IRIREF forbids (RDF 1.1 N-Quads, section 6), and no
/// other white space.
pub(super) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    is_scheme(scheme) && rest.bytes().all(is_plain) && (rest.is_ascii() || !has_space(rest))
}

/// Whether the text is a blank node label of the document: `_:` and any text without white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.starts_with("_:") && !has_space(text)
}

/// Whether an IRI ends as a prefix must, if it is to be one without saying so (JSON-LD 1.1 API,
/// section 4.2.2: the gen-delims of RFC 3986).
pub(super) fn ends_like_prefix(iri: &str) -> bool {
    iri.ends_with([':', '/', '?', '#', '[', ']', '@'])
}

/// Whether the text is a language tag (BCP 47, section 2.1) in form.
pub(super) fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(index, part)| {
        (1..=8).contains(&part.len())
            && part.bytes().all(|byte| match index {
                0 => byte.is_ascii_alphabetic(),
                _ => byte.is_ascii_alphanumeric(),
            })
    })
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn is_plain(byte: u8) -> bool {
    byte > b' '
        && !matches!(
            byte,
            b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\'
        )
}

fn has_space(text: &str) -> bool {
    text.chars().any(|c| c.is_whitespace() || c == '\u{feff}')
}
