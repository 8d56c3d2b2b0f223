//! SVG: the credential is an element of its own (Open Badges 3.0, section 5.3.2).
//!
//! - [`root`]: the picture as a whole
//! - [`element`]: the element with the credential

mod element;
mod root;

use quick_xml::name::Namespace;

use super::error::BadgeError;
use super::form::Form;
use root::{Prefix, Root};

const OPEN_BADGES: Namespace<'_> = Namespace("https://purl.imsglobal.org/ob/v3p0");
/// The element with the credential, under the prefix that Open Badges 3.0 gives it.
const ELEMENT: &str = "openbadges:credential";
/// What should be instead of what is refused.
const INSTEAD: &str = "one element openbadges:credential in the namespace \
    https://purl.imsglobal.org/ob/v3p0, with a JWS in its attribute verify or else JSON as its \
    text; have the badge baked again";

/// The credential that the SVG `text` carries.
pub(super) fn unbake(text: &str) -> Result<String, BadgeError> {
    Root::read(text)?.credential.ok_or(BadgeError::NoCredential)
}

/// The SVG `text` with the credential as the first element in its root.
pub(super) fn bake(text: &str, credential: Form<'_>) -> Result<String, BadgeError> {
    let root = Root::read(text)?;
    if root.credential.is_some() {
        return Err(BadgeError::Twice { at: root.start });
    }
    let element = match credential {
        Form::Jws(jws) => format!("<{ELEMENT} verify=\"{jws}\"/>"),
        Form::Json(json) => {
            let json = json.replace("]]>", "]]]]><![CDATA[>");
            format!("<{ELEMENT}><![CDATA[{json}]]></{ELEMENT}>")
        }
    };
    let declaration = match root.prefix {
        Prefix::Free => format!(" xmlns:openbadges=\"{}\"", OPEN_BADGES.0),
        Prefix::Declared => String::new(),
        Prefix::Taken => {
            return Err(refused(root.start, "another use for the prefix openbadges"));
        }
    };
    let parts = || {
        let (tag, inside) = text.split_at_checked(root.end)?;
        let (name, rest) = tag.split_at_checked(root.name_end)?;
        (!rest.ends_with("/>")).then_some([name, &declaration, rest, &element, inside])
    };
    let empty = || refused(root.start, "no content");
    Ok(parts().ok_or_else(empty)?.concat())
}

fn refused(at: usize, what: impl Into<String>) -> BadgeError {
    BadgeError::NotAllowed {
        at,
        what: what.into(),
        instead: INSTEAD,
    }
}
