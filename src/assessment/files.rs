//! What an uploaded file may be: how large, of which type, under which name; and where it lies.

mod signature;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::kernel::{digest, errors::Problem, text::plain};

pub use signature::{HEAD, fits};

/// Bytes in one file at most, unless the settings say otherwise: 20 MiB.
pub const DEFAULT_MAX_BYTES: u64 = 20 * 1024 * 1024;

/// The media types that are taken, unless the settings say otherwise.
pub const DEFAULT_TYPES: [&str; 9] = [
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/webp",
    "text/plain",
    "text/csv",
    "video/mp4",
    "audio/mpeg",
    "application/json",
];

/// Characters in a name at most.
const MAX_NAME: usize = 200;

/// What may be uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in one file at most.
    pub max_bytes: u64,
    /// The media types that are taken, in lower case and without parameters.
    pub types: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: DEFAULT_MAX_BYTES,
            types: DEFAULT_TYPES.map(str::to_owned).to_vec(),
        }
    }
}

impl Limits {
    /// The media type that is declared (RFC 9110, section 8.3.1), without its parameters and in
    /// lower case, where it is taken. The problem is `UNSUPPORTED_MEDIA_TYPE`.
    pub fn media_type(&self, declared: &str) -> Result<String, Problem> {
        let essence = declared.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        if self.types.contains(&essence) {
            return Ok(essence);
        }
        Err(Problem::new(
            "Content-Type",
            "UNSUPPORTED_MEDIA_TYPE",
            format!("send one of {}", self.types.join(", ")),
        ))
    }

    /// Refuses what is larger than a file may be. The problem is `TOO_LARGE`.
    pub fn size(&self, bytes: u64) -> Result<(), Problem> {
        if bytes <= self.max_bytes {
            return Ok(());
        }
        Err(Problem::new(
            "body",
            "TOO_LARGE",
            format!(
                "a file has at most {} bytes: send a smaller one",
                self.max_bytes
            ),
        ))
    }
}

/// A file's name: the last part of what its uploader's machine called it, without characters that
/// steer a terminal; `evidence` where nothing is left.
#[must_use]
pub fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean = plain(last);
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if clean.is_empty() {
        return "evidence".to_owned();
    }
    clean.chars().take(MAX_NAME).collect()
}

/// Where the contents of this digest lie, below the folder of all evidence: providers share none.
#[must_use]
pub fn path(folder: &Path, provider: Uuid, sha256: &[u8]) -> PathBuf {
    let name = digest::hex(sha256);
    let shelf = name.get(..2).unwrap_or_default();
    folder.join(provider.to_string()).join(shelf).join(&name)
}
