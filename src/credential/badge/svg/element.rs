//! The element with the credential.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::{OPEN_BADGES, refused};
use crate::credential::badge::error::{BadgeError, damaged};
use crate::credential::badge::form::Form;

/// The element with the credential, while it is read.
pub(super) struct Element {
    /// Where it begins.
    pub(super) at: usize,
    /// How many elements it is in.
    pub(super) depth: usize,
    verify: Option<String>,
    text: String,
}

impl Element {
    /// Whether `tag` has its local name.
    pub(super) fn has_its_name(tag: &BytesStart<'_>) -> bool {
        tag.local_name().into_inner() == "credential"
    }

    /// The element that begins with `tag`, which must be in the namespace of Open Badges 3.0.
    pub(super) fn opened(
        reader: &NsReader<&[u8]>,
        at: usize,
        depth: usize,
        tag: &BytesStart<'_>,
    ) -> Result<Self, BadgeError> {
        match reader.resolver().resolve_element(tag.name()).0 {
            ResolveResult::Bound(OPEN_BADGES) => {}
            ResolveResult::Bound(Namespace(other)) => {
                let what = format!("an element credential in the namespace {other}");
                return Err(refused(at, what));
            }
            _ => return Err(refused(at, "an element credential in no namespace")),
        }
        let mut verify = None;
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| damaged(at, error.to_string()))?;
            if attribute.key.into_inner() == "verify" {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| damaged(at, error.to_string()))?;
                verify = Some(value.into_owned());
            }
        }
        Ok(Self {
            at,
            depth,
            verify,
            text: String::new(),
        })
    }

    /// Adds text that stands in it.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds what a reference at this place stands for.
    pub(super) fn push_referred(
        &mut self,
        at: usize,
        reference: &BytesRef<'_>,
    ) -> Result<(), BadgeError> {
        let char = reference.resolve_char_ref();
        if let Some(char) = char.map_err(|error| damaged(at, error.to_string()))? {
            self.text.push(char);
        } else if let Some(text) = resolve_xml_entity(reference) {
            self.text.push_str(text);
        } else {
            return Err(damaged(at, "the entity is not one of XML's own"));
        }
        Ok(())
    }

    /// The credential in it, now that it is closed.
    pub(super) fn credential(self) -> Result<String, BadgeError> {
        let at = self.at;
        let text = self.text.trim_ascii();
        let form = match &self.verify {
            Some(_) if !text.is_empty() => {
                return Err(refused(at, "both an attribute verify and text"));
            }
            Some(verify) => Form::of(verify),
            None => Form::of(text),
        };
        match (form, self.verify.is_some()) {
            (Some(Form::Jws(text)), true) | (Some(Form::Json(text)), false) => Ok(text.to_owned()),
            (Some(Form::Jws(_)), false) => Err(refused(at, "a JWS as text")),
            (Some(Form::Json(_)), true) => Err(refused(at, "JSON in the attribute verify")),
            (None, _) => Err(BadgeError::NotACredential { at }),
        }
    }
}
