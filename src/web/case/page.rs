//! `CFDocuments`: a page of all documents.

use axum::http::header::LINK;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

use super::BASE;
use super::ask::Ask;
use super::status::Refusal;
use crate::catalog::case::query::{Fields, Filter, Sort, Unfit};
use crate::catalog::ops::case::{self, Listing};
use crate::kernel::errors::Error;
use crate::kernel::json::{Json, Object};

/// How many documents a page has at most, and where nothing is said.
const MOST: usize = 100;

/// How many documents there are on all pages.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Answers with the page that is asked for.
pub(super) async fn documents(ask: Ask) -> Response {
    let found = listed(&ask).await;
    ask.answer(found)
}

async fn listed(ask: &Ask) -> Result<Response, Refusal> {
    let fields = Fields::parse(all(ask, "fields"))?;
    let listing = Listing {
        filter: first(ask, "filter").map(Filter::parse).transpose()?,
        sort: Sort::parse(first(ask, "sort"), first(ask, "orderBy"))?,
        offset: number(ask, "offset", 0)?.unwrap_or_default(),
        limit: number(ask, "limit", 1)?.unwrap_or(MOST).min(MOST),
    };
    let (found, total) = case::documents(&ask.site.app, ask.base(), &listing).await?;
    // The schema has no empty set.
    if found.is_empty() {
        return Err(Refusal::Unknown("CFDocument on this page"));
    }
    let found = found.into_iter();
    let found: Vec<Json> = match &fields {
        Some(fields) => found.map(|document| fields.of(document).into()).collect(),
        None => found.map(Json::from).collect(),
    };
    let mut set = Object::new();
    set.insert("CFDocuments", found);
    let mut response = ask.object(&set)?;
    let headers = response.headers_mut();
    headers.insert(TOTAL, total.into());
    let links = HeaderValue::try_from(links(ask, &listing, total)).map_err(Error::internal)?;
    headers.insert(LINK, links);
    Ok(response)
}

fn all<'a>(ask: &'a Ask, name: &'a str) -> impl Iterator<Item = &'a str> {
    let named = ask.query.iter().filter(move |(given, _)| {
        // Some programs write a list so.
        given == name || given.strip_suffix("[]") == Some(name)
    });
    named.map(|(_, value)| value.as_str())
}

fn first<'a>(ask: &'a Ask, name: &'a str) -> Option<&'a str> {
    all(ask, name).next()
}

fn number(ask: &Ask, name: &str, least: usize) -> Result<Option<usize>, Refusal> {
    let Some(text) = first(ask, name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(number) if number >= least => Ok(Some(number)),
        _ => {
            let message = format!("{name} is not a whole number from {least}; write one");
            Err(Unfit::Selection(message).into())
        }
    }
}

/// The other pages (RFC 8288).
fn links(ask: &Ask, listing: &Listing, total: usize) -> String {
    let last = total.saturating_sub(1) / listing.limit * listing.limit;
    let mut pages = vec![("first", 0), ("last", last)];
    if listing.offset > 0 {
        pages.push(("prev", listing.offset.saturating_sub(listing.limit)));
    }
    let next = listing.offset.saturating_add(listing.limit);
    if next < total {
        pages.push(("next", next));
    }
    let kept = ask.query.iter();
    let kept = kept.filter(|(name, _)| !matches!(name.as_str(), "offset" | "limit"));
    let kept: Vec<_> = kept.collect();
    let link = |(relation, offset): (&str, usize)| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept.iter().map(|(name, value)| (name, value)));
        query.append_pair("limit", &listing.limit.to_string());
        query.append_pair("offset", &offset.to_string());
        let url = ask
            .site
            .url(&format!("{BASE}/CFDocuments?{}", query.finish()));
        format!("<{url}>; rel=\"{relation}\"")
    };
    pages.into_iter().map(link).collect::<Vec<_>>().join(", ")
}
