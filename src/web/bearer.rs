//! Who sent a request: the key or token in its `Authorization` header.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use crate::{
    app::App,
    identity::{actor::Actor, ops::authenticate::authenticate},
    kernel::errors::{Error, Result},
};

/// Who sent these headers: nobody known without a key or token. One that does not work is
/// `Unauthenticated`, never nobody.
pub(super) async fn actor(app: &Arc<App>, headers: &HeaderMap) -> Result<Actor> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(Actor::Anonymous);
    };
    let token = value.to_str().ok().and_then(|v| {
        let (scheme, token) = v.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let Some(token) = token else {
        let why = "Send the key or token as `Authorization: Bearer …`.";
        return Err(Error::Unauthenticated(why.to_owned()));
    };
    authenticate(app, Some(token)).await
}
