//! The way to a value, kept on the stack and written out only for a problem.

use crate::kernel::json::pointer_token;
use crate::kernel::text::excerpt;

/// How many characters of a stranger's member name are shown.
const SHOWN_CHARS: usize = 60;

/// The way from a document to a value in it.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// The document itself.
    Root,
    /// A member.
    Member(&'a Path<'a>, &'a str),
    /// An item of a list.
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// The way as a JSON Pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(parent, name) => {
                parent.pointer() + &pointer_token(&excerpt(name, SHOWN_CHARS))
            }
            Self::Item(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}
