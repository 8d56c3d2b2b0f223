//! One path for each class of objects.

use std::sync::Arc;

use axum::Router;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;

use super::ask::Ask;
use super::status::Refusal;
use super::{BASE, page};
use crate::app::App;
use crate::catalog::case::{Writer, item_type};
use crate::catalog::ops::case::{self, Case};
use crate::kernel::errors::Error;
use crate::kernel::json::{Json, Object};
use crate::web::site::Site;

/// The routes of the CASE endpoints.
pub fn router(app: &Arc<App>) -> Router {
    let header =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let path = |rest: &str| format!("{BASE}/{rest}");
    Router::new()
        .route(&path("CFDocuments"), get(page::documents))
        .route(&path("CFDocuments/{id}"), get(document))
        .route(&path("CFPackages/{id}"), get(package))
        .route(&path("CFItems/{id}"), get(item))
        .route(&path("CFItemAssociations/{id}"), get(item_associations))
        .route(&path("CFAssociations/{id}"), get(association))
        .route(
            &path("CFItemTypes/{id}"),
            get(async |ask| item_types(ask).await),
        )
        .route(
            &path("CFConcepts/{id}"),
            get(async |ask| set(ask, "CFConcepts").await),
        )
        .route(
            &path("CFSubjects/{id}"),
            get(async |ask| set(ask, "CFSubjects").await),
        )
        .route(
            &path("CFLicenses/{id}"),
            get(async |ask| one(ask, "CFLicenses").await),
        )
        .route(
            &path("CFAssociationGroupings/{id}"),
            get(async |ask| one(ask, "CFAssociationGroupings").await),
        )
        .route(&path("CFRubrics/{id}"), get(rubric))
        .route(&path("{*rest}"), get(nothing_here))
        .route_layer(header(ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .route_layer(header(ACCESS_CONTROL_EXPOSE_HEADERS, "link, x-total-count"))
        .with_state(Arc::new(Site::new(app)))
}

async fn nothing_here(ask: Ask) -> Response {
    ask.answer(Err(Refusal::Unknown("class of this name")))
}

async fn document(ask: Ask) -> Response {
    let found = async {
        let found = case::document(&ask.site.app, ask.base(), ask.id()?).await?;
        ask.object(&found.ok_or(Refusal::Unknown("CFDocument"))?)
    };
    let found = found.await;
    ask.answer(found)
}

async fn package(ask: Ask) -> Response {
    let found = async {
        let found = case::of_document(&ask.site.app, ask.id()?).await?;
        let found = found.ok_or(Refusal::Unknown("CFPackage"))?;
        ask.object(&found.write(ask.base(), |writer| writer.package()))
    };
    let found = found.await;
    ask.answer(found)
}

/// What the version that holds the identifier writes of it.
async fn written(
    ask: &Ask,
    what: &'static str,
    with: impl FnOnce(&Writer<'_>, uuid::Uuid) -> Option<Object>,
) -> Result<Response, Refusal> {
    let id = ask.id()?;
    let found = case::holding(&ask.site.app, id).await?;
    let found = found.and_then(|found: Case| found.write(ask.base(), |writer| with(writer, id)));
    ask.object(&found.ok_or(Refusal::Unknown(what))?)
}

async fn item(ask: Ask) -> Response {
    let found = written(&ask, "CFItem", |writer, id| writer.item(id)).await;
    ask.answer(found)
}

async fn association(ask: Ask) -> Response {
    let found = written(&ask, "CFAssociation", |writer, id| writer.association(id)).await;
    ask.answer(found)
}

async fn rubric(ask: Ask) -> Response {
    let found = written(&ask, "CFRubric", |writer, id| writer.rubric(id)).await;
    ask.answer(found)
}

async fn item_associations(ask: Ask) -> Response {
    let found = written(&ask, "CFItem with associations", |writer, id| {
        let item = writer.item(id)?;
        let identifier = item.get("identifier")?.as_str()?.to_owned();
        let all = writer.associations_of(&identifier);
        let all: Vec<Json> = all.into_iter().map(Json::from).collect();
        let mut set = Object::new();
        set.insert("CFItem", item);
        set.insert("CFAssociations", Some(all).filter(|all| !all.is_empty())?);
        Some(set)
    });
    let found = found.await;
    ask.answer(found)
}

async fn item_types(ask: Ask) -> Response {
    let own = ask.id().ok().and_then(|id| item_type(id, ask.base()));
    let Some(own) = own else {
        return set(ask, "CFItemTypes").await;
    };
    let found = ask.object(&a_set("CFItemTypes", vec![own]));
    ask.answer(found)
}

/// A definition with its children.
async fn set(ask: Ask, class: &'static str) -> Response {
    let found = defined(&ask, class).await;
    let found = found.and_then(|found| ask.object(&a_set(class, found)));
    ask.answer(found)
}

/// A definition alone.
async fn one(ask: Ask, class: &'static str) -> Response {
    let found = defined(&ask, class).await.and_then(|found| {
        let one = found.into_iter().next();
        ask.object(&one.ok_or_else(|| Error::internal("a set of definitions is empty"))?)
    });
    ask.answer(found)
}

async fn defined(ask: &Ask, class: &'static str) -> Result<Vec<Object>, Refusal> {
    let id = ask.id()?;
    let found = case::holding(&ask.site.app, id).await?;
    let found = found.and_then(|found| found.write(ask.base(), |writer| writer.definition(id)));
    let found = found.filter(|(set, _)| set == class);
    Ok(found.ok_or(Refusal::Unknown(class))?.1)
}

fn a_set(class: &str, objects: Vec<Object>) -> Object {
    let objects: Vec<Json> = objects.into_iter().map(Json::from).collect();
    [(class.to_owned(), objects.into())].into_iter().collect()
}
