//! Why no credential could be taken from an image, or put into one.

/// Why an image was refused. Places are in bytes from the start of the image, or from the end of
/// its byte order mark.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadgeError {
    /// The image has more bytes than there is room for.
    #[error("the image has {found} bytes, and at most {most} are read: give a smaller picture")]
    TooLarge {
        /// How many it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// The image is not what its format asks for.
    #[error("the image is damaged at byte {at}: {what}; save or download it once more")]
    Damaged {
        /// Where.
        at: usize,
        /// What is wrong there.
        what: String,
    },
    /// Text in the image is not UTF-8.
    #[error("the image holds text that is not UTF-8, at byte {at}; save it as UTF-8")]
    NotUtf8 {
        /// Where.
        at: usize,
    },
    /// The image carries no credential.
    #[error(
        "the image carries no Open Badges 3.0 credential; give one that was baked, or the \
         credential itself"
    )]
    NoCredential,
    /// The image carries a second credential, or one already when another is to be put in.
    #[error("the image has a credential too many at byte {at}; one image carries one credential")]
    Twice {
        /// Where the one too many begins.
        at: usize,
    },
    /// The image carries something in a way that Open Badges 3.0 does not allow.
    #[error("at byte {at}, the image has {what}; Open Badges 3.0 asks for {instead}")]
    NotAllowed {
        /// Where.
        at: usize,
        /// What is there.
        what: String,
        /// What should be.
        instead: &'static str,
    },
    /// What stands where a credential should is neither a JSON object nor a compact JWS.
    #[error("the text at byte {at} is no credential; give a JSON object or a compact JWS")]
    NotACredential {
        /// Where it begins.
        at: usize,
    },
}

/// [`BadgeError::Damaged`].
pub(super) fn damaged(at: usize, what: impl Into<String>) -> BadgeError {
    let what = what.into();
    BadgeError::Damaged { at, what }
}
