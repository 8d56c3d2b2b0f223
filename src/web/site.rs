//! The installation as its pages and documents show it.

use std::sync::Arc;

use url::Url;

use crate::app::App;

/// An installation, and where it is.
pub(super) struct Site {
    pub(super) app: Arc<App>,
    /// The path of the public URL, without a slash at the end: what links begin with, so
    /// that they lead on under whichever host name the reader came by.
    root: String,
}

impl Site {
    pub(super) fn new(app: &Arc<App>) -> Self {
        let url = Url::parse(&app.config.public_url);
        let root = url.map_or_else(|_| String::new(), |url| url.path().to_owned());
        Self {
            app: Arc::clone(app),
            root: root.trim_end_matches('/').to_owned(),
        }
    }

    /// The canonical URL of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.config.public_url)
    }

    /// The same for a link within a page.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}
