//! Links of a package that are not written as the standard wants them.

use uuid::Uuid;

use super::mend::Mender;
use super::value::{self, Fit};
use crate::kernel::json::{Json, Object, pointer_token};

impl Mender<'_> {
    /// A link to something that has a UUID; a URL alone is one if a UUID stands in it.
    pub(super) fn link(&mut self, value: Json, at: &str) -> Fit {
        let id = match &value {
            Json::String(url) => value::uuid_in(url),
            value => {
                let id = value.get("identifier").or_else(|| value.get("uri"));
                id.and_then(Json::as_str).and_then(value::uuid_in)
            }
        };
        match id {
            Some(id) => self.linked(value, id.to_string(), at, false),
            None => Fit::Not(value),
        }
    }

    /// A link to something that may have any identifier.
    pub(super) fn node(&mut self, value: Json, at: &str) -> Fit {
        let text = |name: &str| value.get(name).and_then(Json::as_str);
        let told = value
            .as_str()
            .or_else(|| text("identifier").or_else(|| text("uri")));
        let Some(told) = told.filter(|told| !told.trim().is_empty()) else {
            return Fit::Not(value);
        };
        let whole = value.get("identifier").is_some();
        let id = if whole { None } else { value::uuid_in(told) };
        let id = id.map_or_else(|| told.to_owned(), |id| id.to_string());
        self.linked(value, id, at, true)
    }

    fn linked(&mut self, value: Json, id: String, at: &str, targeted: bool) -> Fit {
        let members = match value {
            Json::Object(members) => members,
            Json::String(url) => [("uri".to_owned(), Json::String(url))]
                .into_iter()
                .collect(),
            other => return Fit::Not(other),
        };
        let text = |name: &str| match members.get(name) {
            Some(Json::String(text)) => Some(text.clone()),
            Some(Json::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let uri = text("uri").filter(|uri| !uri.trim().is_empty());
        let mut link = Object::new();
        link.insert("title", text("title").unwrap_or_else(|| id.clone()));
        link.insert("uri", uri.unwrap_or_else(|| urn(&id)));
        link.insert("identifier", id);
        if targeted && let Some(target) = members.get("targetType") {
            match value::target(target.clone()) {
                Fit::Same(target) | Fit::Made(target) => link.insert("targetType", target),
                Fit::Not(_) => {}
            }
        }
        let lost = members
            .iter()
            .find(|(name, value)| !value.is_null() && link.get(name).is_none());
        if let Some((name, value)) = lost {
            self.mends.add(
                &format!("{at}{}", pointer_token(name)),
                Some(value),
                "left out",
            );
        }
        // What is whole stays as it is, the order of its members too.
        let same = members.len() == link.len()
            && link
                .iter()
                .all(|(name, value)| members.get(name) == Some(value));
        if same {
            Fit::Same(members.into())
        } else {
            Fit::Made(link.into())
        }
    }

    pub(super) fn links(&mut self, value: Json, at: &str) -> Fit {
        let (items, mut same) = match value {
            Json::Array(items) => (items, true),
            one @ (Json::Object(_) | Json::String(_)) => (vec![one], false),
            other => return Fit::Not(other),
        };
        let found = items.clone();
        let mut links = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            match self.link(item, &format!("{at}/{index}")) {
                Fit::Same(link) => links.push(link),
                Fit::Made(link) => {
                    same = false;
                    links.push(link);
                }
                Fit::Not(_) => return Fit::Not(found.into()),
            }
        }
        if same {
            Fit::Same(links.into())
        } else {
            Fit::Made(links.into())
        }
    }
}

/// What names a thing of which only the identifier is known.
fn urn(id: &str) -> String {
    match Uuid::try_parse(id) {
        Ok(id) => format!("urn:uuid:{id}"),
        Err(_) => id.to_owned(),
    }
}
