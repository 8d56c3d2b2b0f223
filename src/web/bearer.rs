//! Who sent a request: the key or token in its `Authorization` header.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use zeroize::Zeroizing;

use crate::{
    app::App,
    identity::{actor::Actor, ops::authenticate::authenticate},
    kernel::errors::{Error, Result},
};

/// Who sent these headers: nobody known without a key or token. One that does not work is
/// `Unauthenticated`, never nobody.
pub(super) async fn actor(app: &Arc<App>, headers: &HeaderMap) -> Result<Actor> {
    let token = token(headers)?;
    authenticate(app, token.as_ref().map(|token| token.as_str())).await
}

/// The key or token that these headers carry, if they carry any.
pub(super) fn token(headers: &HeaderMap) -> Result<Option<Zeroizing<String>>> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let token = value.to_str().ok().and_then(of_value);
    let why = "Send the key or token as `Authorization: Bearer …`.";
    let token = token.ok_or_else(|| Error::Unauthenticated(why.to_owned()))?;
    Ok(Some(token))
}

/// The key or token in a value such as `Bearer …`.
pub(super) fn of_value(value: &str) -> Option<Zeroizing<String>> {
    let (scheme, token) = value.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| Zeroizing::new(token.trim().to_owned()))
}
