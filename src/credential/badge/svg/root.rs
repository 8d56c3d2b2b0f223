//! The picture as a whole.

use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::reader::NsReader;

use super::element::Element;
use super::{ELEMENT, OPEN_BADGES, refused};
use crate::credential::badge::error::{BadgeError, damaged};

const SVG: Namespace<'_> = Namespace("http://www.w3.org/2000/svg");

/// The root element of a picture, and what it carries. Places are in bytes.
pub(super) struct Root {
    /// Where it begins.
    pub(super) start: usize,
    /// Where the name in its start tag ends.
    pub(super) name_end: usize,
    /// Where its start tag ends.
    pub(super) end: usize,
    pub(super) prefix: Prefix,
    pub(super) credential: Option<String>,
}

/// What the prefix `openbadges` means at the root.
pub(super) enum Prefix {
    /// Nothing.
    Free,
    /// The namespace of Open Badges 3.0.
    Declared,
    /// Another namespace.
    Taken,
}

impl Root {
    /// Reads a whole picture.
    pub(super) fn read(text: &str) -> Result<Self, BadgeError> {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut root: Option<Self> = None;
        let mut open: Option<Element> = None;
        let mut depth = 0_usize;
        loop {
            let at = place(reader.buffer_position());
            let event = reader.read_event().map_err(|error| {
                let at = place(reader.error_position());
                damaged(at, error.to_string())
            })?;
            match event {
                Event::Start(tag) => {
                    if let Some(open) = &open {
                        return Err(refused(open.at, "an element within the credential"));
                    }
                    match &root {
                        None => root = Some(Self::opened(&reader, at, &tag)?),
                        Some(_) if depth == 0 => return Err(damaged(at, "there is a second root")),
                        Some(root) if Element::has_its_name(&tag) => {
                            if root.credential.is_some() {
                                return Err(BadgeError::Twice { at });
                            }
                            open = Some(Element::opened(&reader, at, depth, &tag)?);
                        }
                        Some(_) => {}
                    }
                    depth += 1;
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    if let Some(closed) = open.take_if(|open| open.depth == depth)
                        && let Some(root) = &mut root
                    {
                        root.credential = Some(closed.credential()?);
                    }
                }
                Event::Text(text) => take(open.as_mut(), depth, at, &text.xml10_content())?,
                Event::CData(text) => take(open.as_mut(), depth, at, &text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    if let Some(open) = &mut open {
                        open.push_referred(at, &reference)?;
                    }
                }
                Event::Decl(declaration) => is_utf8(at, &declaration)?,
                Event::DocType(doctype) if doctype.contains('[') => {
                    return Err(refused(at, "a document type with declarations of its own"));
                }
                Event::Eof => break,
                Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
        match root {
            Some(root) if depth == 0 => Ok(root),
            Some(_) => Err(damaged(text.len(), "an element is not closed")),
            None => Err(damaged(0, "there is no element svg")),
        }
    }

    /// The root element that begins with `tag`, which must be `svg`.
    fn opened(
        reader: &NsReader<&[u8]>,
        start: usize,
        tag: &BytesStart<'_>,
    ) -> Result<Self, BadgeError> {
        let (namespace, name) = reader.resolver().resolve_element(tag.name());
        if namespace != ResolveResult::Bound(SVG) || name.into_inner() != "svg" {
            return Err(damaged(start, "the root is not the element svg of SVG"));
        }
        let prefix = match reader.resolver().resolve_element(QName(ELEMENT)).0 {
            ResolveResult::Bound(OPEN_BADGES) => Prefix::Declared,
            ResolveResult::Bound(_) => Prefix::Taken,
            _ => Prefix::Free,
        };
        Ok(Self {
            start,
            name_end: start + 1 + tag.name().into_inner().len(),
            end: place(reader.buffer_position()),
            prefix,
            credential: None,
        })
    }
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The XML declaration must not name another encoding.
fn is_utf8(at: usize, declaration: &BytesDecl<'_>) -> Result<(), BadgeError> {
    match declaration.encoding() {
        Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") => Err(BadgeError::NotUtf8 { at }),
        Some(Err(error)) => Err(damaged(at, error.to_string())),
        _ => Ok(()),
    }
}

/// Gives `text` to the open credential; outside of the root there must be none.
fn take(open: Option<&mut Element>, depth: usize, at: usize, text: &str) -> Result<(), BadgeError> {
    if let Some(open) = open {
        open.push(text);
    } else if depth == 0 && !text.trim_ascii().is_empty() {
        return Err(damaged(at, "there is text outside of the root"));
    }
    Ok(())
}
