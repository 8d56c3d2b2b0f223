//! A file's name in `Content-Disposition` (RFC 6266, RFC 8187).

/// The name that a header gives, `filename*` before `filename`.
pub(super) fn file_name(header: &str) -> Option<String> {
    let parameters: Vec<_> = parameters(header).collect();
    let of = |name: &str| {
        let mut all = parameters.iter();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    };
    of("filename*")
        .and_then(|v| extended(v))
        .or_else(|| of("filename").cloned())
}

/// The parameters after the first part; quoted values without their quotes.
fn parameters(header: &str) -> impl Iterator<Item = (String, String)> {
    let mut rest = header.split_once(';').map_or("", |(_, rest)| rest);
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim_matches(|c: char| c == ';' || c.is_whitespace());
        let (value, after) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => {
                let (value, after) = after.split_once(';').unwrap_or((after, ""));
                (value.trim().to_owned(), after)
            }
        };
        rest = after;
        Some((name.to_owned(), value))
    })
}

/// A quoted string from after its first quote on, and what follows it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => value.extend(chars.next()),
            c => value.push(c),
        }
    }
    (value, chars.as_str())
}

/// An extended value in UTF-8: `UTF-8''gr%C3%BCn.pdf`.
fn extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, text) = (parts.next()?, parts.nth(1)?);
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// `attachment`, under a name: once for old readers, in ASCII, and once as it is.
pub(super) fn attachment(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -_.()".contains(c);
    let ascii: String = name
        .chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .collect();
    if ascii == name {
        return format!("attachment; filename=\"{name}\"");
    }
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{attachment, file_name};

    #[test]
    fn names_are_read_in_each_form() {
        for (header, name) in [
            ("attachment; filename=report.pdf", Some("report.pdf")),
            ("attachment; filename=\"a; b.pdf\"; x=y", Some("a; b.pdf")),
            (
                "attachment; FileName=\"a \\\"b\\\".pdf\"",
                Some("a \"b\".pdf"),
            ),
            (
                "attachment; filename=\"x\"; filename*=UTF-8''gr%C3%BCn.pdf",
                Some("gr\u{fc}n.pdf"),
            ),
            ("attachment; filename*=utf-8'de'a%20b", Some("a b")),
            (
                "attachment; filename=\"x\"; filename*=UTF-8''%C3",
                Some("x"),
            ),
            ("attachment; filename*=latin1''x", None),
            ("attachment; filename=\"open", Some("open")),
            ("attachment", None),
            ("", None),
        ] {
            assert_eq!(file_name(header).as_deref(), name, "{header}");
        }
    }

    proptest! {
        #[test]
        fn a_name_comes_back_as_it_went(name in "[^\\p{C}]{1,40}") {
            let header = attachment(&name);
            prop_assert!(header.is_ascii() && !header.contains(['\r', '\n']));
            prop_assert_eq!(file_name(&header), Some(name));
        }

        #[test]
        fn any_header_is_read_without_harm(header in ".*") {
            let once = file_name(&header);
            prop_assert_eq!(file_name(&header), once);
        }
    }
}
