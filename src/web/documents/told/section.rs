//! The parts of a long page, with a list of them before.

use crate::web::html::Html;

/// A part of a page under a heading of the second rank.
pub(in crate::web::documents) struct Section<'s> {
    /// The name of its place in the page.
    id: String,
    title: String,
    body: Box<dyn Fn(&mut Html) + 's>,
}

impl<'s> Section<'s> {
    /// A part with its heading; `body` writes what stands below that.
    pub(in crate::web::documents) fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        body: impl Fn(&mut Html) + 's,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            body: Box::new(body),
        }
    }
}

/// Writes the parts, and before them where each is.
pub(in crate::web::documents) fn sections(html: &mut Html, parts: &[Section<'_>]) {
    let named = ("aria-label", "On this page");
    html.element("nav", &[("class", "contents"), named], |html| {
        html.element("ul", &[], |html| {
            for part in parts {
                html.element("li", &[], |html| {
                    html.link(&format!("#{}", part.id), &part.title);
                });
            }
        });
    });
    for part in parts {
        html.element("section", &[("id", &part.id)], |html| {
            html.line("h2", &part.title);
            (part.body)(html);
        });
    }
}
