//! PNG (Portable Network Graphics, third edition): the credential is an `iTXt` chunk.

use std::str;

use super::error::{BadgeError, damaged};
use super::form::Form;

/// The first eight bytes of a PNG (section 5.2).
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// The keyword of the chunk with the credential (Open Badges 3.0, section 5.3.1.1).
const KEYWORD: &[u8] = b"openbadgecredential";
/// The keyword that Open Badges 1 and 2 have instead.
const OLD_KEYWORD: &[u8] = b"openbadges";
/// What should be instead of what is refused.
const INSTEAD: &str =
    "one uncompressed iTXt chunk with the keyword openbadgecredential; have the badge baked again";

/// One chunk (section 5.3), its checksum seen to be right.
struct Chunk<'a> {
    /// Where it begins.
    at: usize,
    kind: [u8; 4],
    data: &'a [u8],
}

/// The credential that the PNG `bytes` carry.
pub(super) fn unbake(bytes: &[u8]) -> Result<String, BadgeError> {
    let found = credential(&chunks(bytes)?)?;
    let (_, text) = found.ok_or(BadgeError::NoCredential)?;
    Ok(text)
}

/// The PNG `bytes` with the credential as their last chunk but one.
pub(super) fn bake(bytes: &[u8], form: Form<'_>) -> Result<Vec<u8>, BadgeError> {
    let chunks = chunks(bytes)?;
    if let Some((at, _)) = credential(&chunks)? {
        return Err(BadgeError::Twice { at });
    }
    let end = chunks.last().map_or(bytes.len(), |chunk| chunk.at);
    let (before, end) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
    // After the keyword: not compressed, method 0, no language, no translated keyword.
    let data = [KEYWORD, &[0; 5], form.text().as_bytes()].concat();
    let length = u32::try_from(data.len()).map_err(|_| BadgeError::TooLarge {
        found: data.len(),
        most: i32::MAX as usize,
    })?;
    let checksum = checksum(*b"iTXt", &data).to_be_bytes();
    Ok([
        before,
        &length.to_be_bytes(),
        b"iTXt",
        &data,
        &checksum,
        end,
    ]
    .concat())
}

/// All chunks, from the first, `IHDR`, to the last, `IEND`.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, BadgeError> {
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    loop {
        let at = bytes.len() - rest.len();
        let (chunk, after) = chunk(at, rest)?;
        let is_end = chunk.kind == *b"IEND";
        if chunks.is_empty() != (chunk.kind == *b"IHDR") {
            return Err(damaged(at, "IHDR must be the first chunk, and only that"));
        }
        chunks.push(chunk);
        rest = after;
        if is_end {
            break;
        }
    }
    if rest.is_empty() {
        Ok(chunks)
    } else {
        Err(damaged(
            bytes.len() - rest.len(),
            "there is more after the last chunk, IEND",
        ))
    }
}

/// The first chunk of `bytes`, which are `at` that place, and what follows it.
fn chunk(at: usize, bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), BadgeError> {
    let parts = || {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (&kind, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (data, rest) = rest.split_at_checked(length)?;
        let (&expected, rest) = rest.split_first_chunk::<4>()?;
        Some((kind, data, u32::from_be_bytes(expected), rest))
    };
    let (kind, data, expected, rest) = parts().ok_or_else(|| damaged(at, "a chunk is cut off"))?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(damaged(at, "the type of a chunk is not four letters"));
    }
    if checksum(kind, data) != expected {
        let kind = String::from_utf8_lossy(&kind);
        return Err(damaged(
            at,
            format!("the checksum of chunk {kind} is wrong"),
        ));
    }
    Ok((Chunk { at, kind, data }, rest))
}

fn checksum(kind: [u8; 4], data: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind);
    hasher.update(data);
    hasher.finalize()
}

/// The one credential among `chunks`, if there is any, and where its chunk begins.
fn credential(chunks: &[Chunk<'_>]) -> Result<Option<(usize, String)>, BadgeError> {
    let mut found = None;
    for chunk in chunks {
        let at = chunk.at;
        let refused = |what: &str| {
            let what = what.to_owned();
            Err(BadgeError::NotAllowed {
                at,
                what,
                instead: INSTEAD,
            })
        };
        if !matches!(&chunk.kind, b"iTXt" | b"tEXt" | b"zTXt") {
            continue;
        }
        let (keyword, data) = split_at_nul(chunk.data).unwrap_or((chunk.data, &[]));
        match (&chunk.kind, keyword) {
            (b"iTXt", KEYWORD) if found.is_some() => return Err(BadgeError::Twice { at }),
            (b"iTXt", KEYWORD) => match data {
                [0, 0, rest @ ..] => found = Some((at, text(at, rest)?)),
                [0 | 1, ..] => return refused("a compressed credential"),
                _ => return Err(damaged(at, "the iTXt chunk is not in the form of one")),
            },
            (_, KEYWORD) => return refused("a credential in a chunk that is not iTXt"),
            (_, OLD_KEYWORD) => return refused("a badge of an older version (openbadges)"),
            _ => {}
        }
    }
    Ok(found)
}

/// The text of the credential chunk at `at`; `rest` is what follows the compression method.
fn text(at: usize, rest: &[u8]) -> Result<String, BadgeError> {
    let text = split_at_nul(rest).and_then(|(_language, rest)| split_at_nul(rest));
    let (_translated_keyword, text) =
        text.ok_or_else(|| damaged(at, "the iTXt chunk is not in the form of one"))?;
    let text = str::from_utf8(text).map_err(|_| BadgeError::NotUtf8 { at })?;
    let form = Form::of(text).ok_or(BadgeError::NotACredential { at })?;
    Ok(form.text().to_owned())
}

fn split_at_nul(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut parts = bytes.splitn(2, |&byte| byte == 0);
    Some((parts.next()?, parts.next()?))
}
