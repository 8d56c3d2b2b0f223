//! JSON-LD contexts that are given by hand.

use std::{fs::File, io::Read, path::PathBuf, str::FromStr};

use crate::{
    credential::rdf::Contexts,
    kernel::json::{ParseOptions, parse},
};

/// The most that is read of one context, in bytes.
const MAX_CONTEXT: u64 = 1024 * 1024;

/// A context given by hand: `URL=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextFile {
    /// The URL by which documents name it.
    pub url: String,
    /// Where its text is.
    pub file: PathBuf,
}

impl FromStr for ContextFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A file's name may hold the sign as well; a URL with one is written with %3D.
        match text.split_once('=') {
            Some((url, file)) if url.contains(':') && !file.is_empty() => Ok(Self {
                url: url.to_owned(),
                file: PathBuf::from(file),
            }),
            _ => Err("give URL=FILE, such as https://example.org/context/v1=context.json".into()),
        }
    }
}

/// The pinned contexts, and these.
///
/// # Errors
/// When a file cannot be read, is no context, or names one that is pinned; told with its name.
pub fn read_contexts(files: &[ContextFile]) -> Result<Contexts, String> {
    let mut contexts = Contexts::pinned();
    for ContextFile { url, file } in files {
        let named = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let mut bytes = Vec::new();
        File::open(file)
            .and_then(|from| from.take(MAX_CONTEXT + 1).read_to_end(&mut bytes))
            .map_err(|e| named(&e))?;
        if bytes.len() as u64 > MAX_CONTEXT {
            return Err(named(&"it is longer than 1 MiB, which no context needs"));
        }
        let json = parse(&bytes, &ParseOptions::default()).map_err(|e| named(&e))?;
        contexts.add(url, &json).map_err(|e| named(&e))?;
    }
    Ok(contexts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_equals_sign_divides() {
        let read: ContextFile = "https://a.example/v1=dir/b=c.json".parse().unwrap();
        assert_eq!(read.url, "https://a.example/v1");
        assert_eq!(read.file, PathBuf::from("dir/b=c.json"));
        for bad in ["", "file.json", "https://a.example/v1", "x=y", "urn:x="] {
            assert!(bad.parse::<ContextFile>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let files = ["https://a.example/v1=/nowhere/at/all".parse().unwrap()];
        assert!(
            read_contexts(&files)
                .unwrap_err()
                .starts_with("/nowhere/at/all: ")
        );
    }
}
