//! HTML that is well-formed and escaped by the way it is built: names of elements and
//! attributes stand in the source, everything else is text.

use url::Url;

/// A piece of HTML.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// A whole document.
    pub(super) fn document(inside: impl FnOnce(&mut Self)) -> String {
        let mut html = Self("<!doctype html>\n".to_owned());
        html.element("html", &[("lang", "en")], inside);
        html.0.push('\n');
        html.0
    }

    /// Text, whatever it holds.
    pub(super) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // What HTML has no name for (WHATWG HTML, section 13.1.4).
                '\0' => self.0.push('\u{fffd}'),
                other => self.0.push(other),
            }
        }
    }

    /// An element without content, such as `meta`.
    pub(super) fn void(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// An element with attributes and what `inside` writes.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.void(name, attributes);
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element with nothing but text.
    pub(super) fn line(&mut self, name: &'static str, text: &str) {
        self.element(name, &[], |html| html.text(text));
    }

    /// The same, of a class of the style sheet.
    pub(super) fn styled(&mut self, name: &'static str, class: &str, text: &str) {
        self.element(name, &[("class", class)], |html| html.text(text));
    }

    /// A link to an address of ours.
    pub(super) fn link(&mut self, to: &str, text: &str) {
        self.element("a", &[("href", to)], |html| html.text(text));
    }

    /// A link to what others publish, where the text is the address of something on the web; the
    /// text alone otherwise: an address may come from anyone.
    pub(super) fn link_out(&mut self, to: Option<&str>, text: &str) {
        let url = to.and_then(|to| Url::parse(to).ok());
        match url.filter(|url| matches!(url.scheme(), "http" | "https")) {
            Some(url) => {
                let to = ("href", url.as_str());
                self.element("a", &[to, ("rel", "external nofollow")], |html| {
                    html.text(text);
                });
            }
            None => self.text(text),
        }
    }

    /// One entry of a description list.
    pub(super) fn entry(&mut self, term: &str, inside: impl FnOnce(&mut Self)) {
        self.line("dt", term);
        self.element("dd", &[], inside);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Html;

    #[test]
    fn elements_nest_and_close() {
        let html = Html::document(|html| {
            html.void("meta", &[("charset", "utf-8")]);
            html.element("p", &[("class", "a")], |html| html.link("/b?c&d", "e"));
        });
        assert_eq!(
            html,
            "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
             <p class=\"a\"><a href=\"/b?c&amp;d\">e</a></p></html>\n"
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut html = Html::default();
        html.element("p", &[("title", "\"><script>")], |html| {
            html.text("</p><script>alert('1')</script>&lt;\0");
        });
        assert_eq!(
            html.0,
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)\
             &lt;/script&gt;&amp;lt;\u{fffd}</p>"
        );
    }

    #[test]
    fn only_what_is_on_the_web_is_linked() {
        for (to, written) in [
            (None, "a"),
            (Some("javascript:alert(1)"), "a"),
            (Some("data:text/html,<script>"), "a"),
            (Some("/here"), "a"),
            (Some("mailto:a@b.example"), "a"),
            (
                Some("https://a.example/?b='c'&d"),
                "<a href=\"https://a.example/?b=%27c%27&amp;d\" rel=\"external nofollow\">a</a>",
            ),
        ] {
            let mut html = Html::default();
            html.link_out(to, "a");
            assert_eq!(html.0, written, "{to:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_ever_marks_anything_up(text in any::<String>()) {
            let mut html = Html::default();
            html.text(&text);
            prop_assert!(!html.0.contains(['<', '>', '"', '\'', '\0']));
            let back = html.0.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            let back = back.replace("&#39;", "'").replace("&amp;", "&");
            prop_assert_eq!(back, text.replace('\0', "\u{fffd}"));
        }
    }
}
