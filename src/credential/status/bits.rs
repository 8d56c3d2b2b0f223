//! The bits of a status list, compressed and expanded (Bitstring Status List 1.0, section 3.3
//! and 3.4).

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

/// The fewest entries a list may have, so that one credential hides among many
/// (section 6.1 of the specification).
pub const MINIMUM_LENGTH: u64 = 131_072;

/// The longest expanded list that is read, in bytes: some 16 million entries.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Why bits cannot be encoded or expanded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BitsError {
    /// The list is too short, too long, or no whole number of bytes.
    #[error("a status list holds 131,072 to 134,217,728 entries, in multiples of 8, not {0}")]
    Length(u64),
    /// An index lies outside the list.
    #[error("the index {index} is outside the list of {length} entries")]
    Range {
        /// The index.
        index: u64,
        /// The list's length.
        length: u64,
    },
    /// The text is not multibase base64url.
    #[error("encodedList is not multibase base64url: it must be u and base64url without padding")]
    Multibase,
    /// The bytes are not gzip, or end too early.
    #[error("encodedList does not hold a whole gzip stream")]
    Gzip,
    /// The expanded list is longer than is read here.
    #[error("the status list expands to more than 2 MiB; it is not read")]
    TooLong,
}

/// An expanded status list. Index 0 is the most significant bit of the first byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

impl std::fmt::Debug for Bitstring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bitstring({} entries)", self.len())
    }
}

impl Bitstring {
    /// A list of `length` entries in which exactly the indexes in `set` are set.
    ///
    /// # Errors
    /// When the length is not allowed or an index lies outside it.
    pub fn of(set: &[u64], length: u64) -> Result<Self, BitsError> {
        if !(MINIMUM_LENGTH..=MAX_BYTES * 8).contains(&length) || !length.is_multiple_of(8) {
            return Err(BitsError::Length(length));
        }
        let bytes = usize::try_from(length / 8).map_err(|_| BitsError::Length(length))?;
        let mut bits = vec![0; bytes];
        for &index in set {
            let byte = usize::try_from(index / 8)
                .ok()
                .and_then(|at| bits.get_mut(at))
                .ok_or(BitsError::Range { index, length })?;
            *byte |= mask(index);
        }
        Ok(Self(bits))
    }

    /// Expands an `encodedList`, in bounded memory.
    ///
    /// # Errors
    /// When the text is malformed or expands to more than 2 MiB. A list that is too short for
    /// privacy is expanded; it is for the caller to refuse it.
    pub fn decode(encoded: &str) -> Result<Self, BitsError> {
        let text = encoded.strip_prefix('u').ok_or(BitsError::Multibase)?;
        let zipped = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| BitsError::Multibase)?;
        let mut bits = Vec::new();
        MultiGzDecoder::new(zipped.as_slice())
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bits)
            .map_err(|_| BitsError::Gzip)?;
        if bits.len() as u64 > MAX_BYTES {
            return Err(BitsError::TooLong);
        }
        Ok(Self(bits))
    }

    /// The `encodedList`: gzip, then multibase base64url without padding.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut zip = GzEncoder::new(Vec::new(), Compression::default());
        let zipped = zip
            .write_all(&self.0)
            .and_then(|()| zip.finish())
            .expect("writing to a Vec cannot fail");
        let mut text = String::from("u");
        URL_SAFE_NO_PAD.encode_string(zipped, &mut text);
        text
    }

    /// How many entries the list has.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.len() as u64 * 8
    }

    /// Whether the list has no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bit at `index`, or nothing when it lies outside the list.
    #[must_use]
    pub fn get(&self, index: u64) -> Option<bool> {
        let byte = self.0.get(usize::try_from(index / 8).ok()?)?;
        Some(byte & mask(index) != 0)
    }
}

/// The `encodedList` in which exactly the indexes in `set` are set.
///
/// # Errors
/// When the length is not allowed or an index lies outside it.
pub fn encode(set: &[u64], length: u64) -> Result<String, BitsError> {
    Ok(Bitstring::of(set, length)?.encode())
}

fn mask(index: u64) -> u8 {
    0x80 >> (index % 8)
}
