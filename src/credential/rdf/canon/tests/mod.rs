mod lookalikes;
mod properties;
mod reader;
mod suite;
mod writing;

use super::canonical;
use reader::read;

/// The canonical document of an N-Quads document.
fn canonical_of(document: &str) -> String {
    canonical(&read(document)).unwrap()
}
