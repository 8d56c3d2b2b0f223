//! Which statements of an installation a document speaks of.

use url::Url;
use uuid::Uuid;

use crate::credential::rdf::quad::{Dataset, Resource, Term};
use crate::kernel::json::{Json, pointer_token};

/// Where an installation's statements are.
#[derive(Debug, Clone)]
pub struct Statements {
    base: Url,
    path: String,
}

/// A statement that a document speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where: a JSON Pointer.
    pub place: String,
    /// Which: its id, unless the address names no statement.
    pub statement: Option<Uuid>,
}

impl Statements {
    /// The statements of the installation at this public URL; `None` where it is no URL.
    #[must_use]
    pub fn of(public_url: &str) -> Option<Self> {
        let base = Url::parse(public_url).ok()?;
        let path = format!("{}/statements/", base.path().trim_end_matches('/'));
        Some(Self { base, path })
    }

    /// Every place in a document where a statement's address stands, however it is written.
    /// Member names count too.
    #[must_use]
    pub fn mentioned_in(&self, document: &Json) -> Vec<Mention> {
        let mut found = Vec::new();
        self.walk(document, &mut String::new(), &mut found);
        found
    }

    /// Every statement's address in what a document means, where contexts may have shortened it.
    /// Such a place has no pointer, and is told as the whole document.
    #[must_use]
    pub fn meant_by(&self, dataset: &Dataset<'_>) -> Vec<Mention> {
        let texts = dataset.quads.iter().flat_map(|quad| {
            let subject = match &quad.subject {
                Resource::Iri(iri) => Some(iri),
                Resource::Blank(_) => None,
            };
            let object = match &quad.object {
                Term::Iri(text) | Term::Literal { lexical: text, .. } => Some(text),
                Term::Blank(_) => None,
            };
            let graph = match &quad.graph {
                Some(Resource::Iri(iri)) => Some(iri),
                _ => None,
            };
            [subject, Some(&quad.predicate), object, graph]
        });
        let named = texts.flatten().filter_map(|text| self.named_by(text));
        let mention = |statement| Mention {
            place: String::new(),
            statement,
        };
        named.map(mention).collect()
    }

    /// The statement that an address names: `None` for another address, and `Some(None)` where it
    /// lies among the statements and names none.
    #[must_use]
    pub fn named_by(&self, address: &str) -> Option<Option<Uuid>> {
        let url = Url::parse(address).ok()?;
        let is_web = matches!(url.scheme(), "http" | "https");
        // Whatever leads there in a browser counts: the scheme does not tell two places apart.
        let is_there = host(&url) == host(&self.base) && url.port() == self.base.port();
        if !is_web || !is_there {
            return None;
        }
        let path = decoded(url.path());
        let rest = path.get(..self.path.len()).and_then(|start| {
            let is_there = start.eq_ignore_ascii_case(&self.path);
            is_there.then(|| path.get(self.path.len()..)).flatten()
        })?;
        let id = rest.split('/').next().unwrap_or_default();
        Some(Uuid::try_parse(id).ok())
    }

    fn walk(&self, at: &Json, place: &mut String, found: &mut Vec<Mention>) {
        let note = |text: &str, place: &str, found: &mut Vec<Mention>| {
            if let Some(statement) = self.named_by(text) {
                let place = place.to_owned();
                found.push(Mention { place, statement });
            }
        };
        let length = place.len();
        match at {
            Json::String(text) => note(text, place, found),
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    place.push_str(&pointer_token(&index.to_string()));
                    self.walk(item, place, found);
                    place.truncate(length);
                }
            }
            Json::Object(members) => {
                for (name, value) in members.iter() {
                    place.push_str(&pointer_token(name));
                    note(name, place, found);
                    self.walk(value, place, found);
                    place.truncate(length);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}

/// The host, with or without the dot that ends a full name.
fn host(url: &Url) -> Option<&str> {
    url.host_str().map(|host| host.trim_end_matches('.'))
}

/// A path with its percent-encoded bytes decoded (RFC 3986, section 2.1), so that each address is
/// compared in one form.
fn decoded(path: &str) -> String {
    let hex = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        if let Some((high, low)) = pair {
            bytes.push(high << 4 | low);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether an address leads below `base`, in whatever spelling.
pub(super) fn is_below(address: &str, base: &str) -> bool {
    let (Ok(url), Ok(base)) = (Url::parse(address), Url::parse(base)) else {
        return false;
    };
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_there = host(&url) == host(&base) && url.port() == base.port();
    let (path, start) = (decoded(url.path()), decoded(base.path()));
    let begins = path
        .get(..start.len())
        .is_some_and(|path| path.eq_ignore_ascii_case(&start));
    is_web && is_there && begins
}
