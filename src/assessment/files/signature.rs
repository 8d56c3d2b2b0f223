//! Whether a file begins as files of its type do.

/// How many of the first bytes are looked at, at most.
pub const HEAD: usize = 512;

/// A type that can be told by its first bytes.
type Signature = (&'static str, fn(&[u8]) -> bool);

/// The signatures that no other kind of file has by chance.
const SIGNATURES: &[Signature] = &[
    ("application/pdf", |b| b.starts_with(b"%PDF-")),
    ("image/png", |b| b.starts_with(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", |b| b.starts_with(b"\xff\xd8\xff")),
    ("image/gif", |b| {
        b.starts_with(b"GIF87a") || b.starts_with(b"GIF89a")
    }),
    ("image/webp", |b| {
        b.starts_with(b"RIFF") && b.get(8..12) == Some(b"WEBP")
    }),
    ("video/mp4", |b| b.get(4..8) == Some(b"ftyp")),
    ("video/webm", |b| b.starts_with(b"\x1a\x45\xdf\xa3")),
    ("audio/mpeg", |b| b.starts_with(b"ID3")),
    ("application/zip", |b| b.starts_with(b"PK\x03\x04")),
    ("application/gzip", |b| b.starts_with(b"\x1f\x8b")),
    ("application/vnd.microsoft.portable-executable", |b| {
        b.starts_with(b"MZ")
    }),
    ("application/x-executable", |b| b.starts_with(b"\x7fELF")),
];

/// Whether a file that begins with these bytes (its first [`HEAD`], or all of it) can be of this
/// type. Of a type without a signature is whatever has nobody else's; a text has no NUL.
#[must_use]
pub fn fits(media_type: &str, head: &[u8]) -> bool {
    if media_type == "audio/mpeg" && is_audio_frame(head) {
        return true;
    }
    let mut known = SIGNATURES.iter();
    if let Some((_, has)) = known.find(|(kind, _)| *kind == media_type) {
        return has(head);
    }
    if is_text(media_type) {
        // Words of a text can stand where others have letters as their signature.
        let others = SIGNATURES
            .iter()
            .filter(|(kind, _)| !kind.ends_with("executable"));
        return !head.contains(&0) && !others.clone().any(|(_, has)| has(head));
    }
    // Formats in a container of another, as office documents are zip files, are told by the
    // declared type alone.
    true
}

fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || media_type.ends_with("json") || media_type.ends_with("xml")
}

/// A frame of MPEG audio without a tag before it (ISO/IEC 11172-3, 2.4.1.3): eleven bits of
/// synchronization, then a version and a layer that exist.
fn is_audio_frame(head: &[u8]) -> bool {
    match head {
        [0xff, second, ..] => second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && second & 0x06 != 0,
        _ => false,
    }
}
