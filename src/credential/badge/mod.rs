//! Badges: pictures that carry a credential (Open Badges 3.0, section 5.3, "baking").
//!
//! A picture holds at most one credential, in one way, or it is refused: a second reader of the
//! same file must not find another credential in it.
//!
//! - `png` and `svg`: the two formats
//! - `form`: the two forms of a credential as text

mod error;
mod form;
mod png;
mod svg;
#[cfg(test)]
mod tests;

use std::str;

pub use error::BadgeError;

use form::Form;

/// The size of an image, in bytes, that there is room for where nothing else is said: 1 MiB.
pub const MOST_BYTES: usize = 1 << 20;

/// The credential that an image carries, as text: a JSON object, or a compact JWS. `None` if
/// `bytes` are no image: neither PNG, by its signature, nor XML, by its first character.
///
/// The text is not looked into any further: what it says is for the verifier.
///
/// # Errors
/// An image of more than `most` bytes, one that is damaged or carries no credential, and one that
/// carries a credential in another way than Open Badges 3.0 says.
pub fn unbake(bytes: &[u8], most: usize) -> Result<Option<String>, BadgeError> {
    match Image::of(bytes, most)? {
        None => Ok(None),
        Some(Image::Png) => png::unbake(bytes).map(Some),
        Some(Image::Svg(text)) => svg::unbake(text).map(Some),
    }
}

/// `image` with the `credential` baked in, a JSON object or a compact JWS. `None` if `image` is
/// no image.
///
/// # Errors
/// An image of more than `most` bytes, one that is damaged or carries a credential already, and
/// text that is no credential.
pub fn bake(image: &[u8], credential: &str, most: usize) -> Result<Option<Vec<u8>>, BadgeError> {
    let form = Form::of(credential).ok_or(BadgeError::NotACredential { at: 0 })?;
    match Image::of(image, most)? {
        None => Ok(None),
        Some(Image::Png) => png::bake(image, form).map(Some),
        Some(Image::Svg(text)) => svg::bake(text, form).map(|svg| Some(svg.into_bytes())),
    }
}

/// An image, by its format.
enum Image<'a> {
    Png,
    Svg(&'a str),
}

impl<'a> Image<'a> {
    /// What image `bytes` begin like, if any.
    fn of(bytes: &'a [u8], most: usize) -> Result<Option<Self>, BadgeError> {
        let is_png = bytes.starts_with(&png::SIGNATURE);
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if !is_png && !text.trim_ascii_start().starts_with(b"<") {
            return Ok(None);
        }
        let found = bytes.len();
        if found > most {
            return Err(BadgeError::TooLarge { found, most });
        }
        if is_png {
            return Ok(Some(Self::Png));
        }
        let text = str::from_utf8(text).map_err(|error| BadgeError::NotUtf8 {
            at: error.valid_up_to(),
        })?;
        Ok(Some(Self::Svg(text)))
    }
}
