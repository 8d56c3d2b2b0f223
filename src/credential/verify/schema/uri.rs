//! Absolute URIs, as RFC 3986 writes them, with the letters of all scripts that RFC 3987 adds.

use std::net::Ipv6Addr;

/// Whether the text is an absolute URI (RFC 3986, section 3) or IRI (RFC 3987, section 2.2), with
/// or without a fragment. One of `http` or `https` names a host.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    if !is_scheme(scheme) {
        return false;
    }
    let (rest, fragment) = cut(rest, '#');
    let (hierarchy, query) = cut(rest, '?');
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let path = match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
            if !is_authority(authority, web) {
                return false;
            }
            path
        }
        None if web => return false,
        None => hierarchy,
    };
    let whole = !hierarchy.is_empty() || query.is_some();
    let is_tail = |part: &str| is_made_of(part, b":@/?");
    whole && is_made_of(path, b":@/") && query.is_none_or(is_tail) && fragment.is_none_or(is_tail)
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// Whether this is `[user@]host[:port]`; where `named`, the host is not empty.
fn is_authority(authority: &str, named: bool) -> bool {
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (user, place),
        None => ("", authority),
    };
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else {
                return false;
            };
            if address.parse::<Ipv6Addr>().is_err() {
                return false;
            }
            (
                None,
                port.strip_prefix(':').or(port.is_empty().then_some("")),
            )
        }
        None => match place.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(place), Some("")),
        },
    };
    is_made_of(user, b":")
        && host.is_none_or(|host| is_made_of(host, b"") && !(named && host.is_empty()))
        && port.is_some_and(|port| {
            port.is_empty()
                || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
        })
}

/// Whether the text is made of unreserved characters, sub-delimiters, whole percent escapes and
/// these further characters (RFC 3986, section 2; RFC 3987 for what is not ASCII).
fn is_made_of(text: &str, further: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            b'-' | b'.' | b'_' | b'~' => {}
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {}
            b'%' => {
                let escape = bytes.get(at + 1..at + 3);
                if !escape.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    return false;
                }
                at += 2;
            }
            0x80.. => {}
            other if further.contains(other) => {}
            _ => return false,
        }
        at += 1;
    }
    text.is_ascii() || text.chars().all(is_letter)
}

/// Whether RFC 3987 lets the character stand in an IRI (sections 2.2 and 4.1), or it is ASCII.
fn is_letter(c: char) -> bool {
    match u32::from(c) {
        0..=0x7f => true,
        0x200e | 0x200f | 0x202a..=0x202e => false,
        _ if c.is_whitespace() => false,
        0xa0..=0xd7ff | 0xf900..=0xfdcf | 0xfdf0..=0xffef => true,
        wide @ 0x1_0000..=0xe_ffff => {
            wide & 0xffff < 0xfffe && !(0xe_0000..0xe_1000).contains(&wide)
        }
        _ => false,
    }
}
