//! Who is at the other end of a connection.

use std::sync::Arc;

use serde_json::Value;
use zeroize::Zeroizing;

use super::message::Close;
use crate::{
    app::App,
    identity::{actor::Actor, ops::authenticate::authenticate},
    kernel::errors::Error,
    web::bearer,
};

/// A client, by the key that it came with. The key is kept to be looked at again: it may be revoked
/// while the connection lasts.
#[derive(Clone, Default)]
pub(super) struct Visitor {
    token: Option<Zeroizing<String>>,
}

impl Visitor {
    /// A client that came with this key, or none.
    pub(super) fn new(token: Option<Zeroizing<String>>) -> Self {
        Self { token }
    }

    /// The key.
    pub(super) fn token(&self) -> Option<&Zeroizing<String>> {
        self.token.as_ref()
    }

    /// Hears the payload of `connection_init`: a key in its `authorization`, whichever way that is
    /// capitalised, takes the place of the one that the connection was opened with.
    pub(super) async fn introduce(
        &mut self,
        app: &Arc<App>,
        payload: Option<Value>,
    ) -> Result<(), Close> {
        let members = match payload {
            None | Some(Value::Null) => serde_json::Map::new(),
            Some(Value::Object(members)) => members,
            Some(_) => return Err(Close::Invalid),
        };
        let given = members
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if let Some((_, value)) = given {
            let token = value.as_str().and_then(bearer::of_value);
            let token = token.ok_or_else(|| {
                Close::Forbidden("send the key as {\"authorization\": \"Bearer …\"}".to_owned())
            })?;
            self.token = Some(token);
        }
        self.actor(app).await.map(|_| ())
    }

    /// Whether the key works, if there is one.
    pub(super) async fn check(&self, app: &Arc<App>) -> Result<(), Error> {
        let token = self.token.as_ref().map(|token| token.as_str());
        authenticate(app, token).await.map(|_| ())
    }

    /// Who it is, at this moment.
    pub(super) async fn actor(&self, app: &Arc<App>) -> Result<Actor, Close> {
        let token = self.token.as_ref().map(|token| token.as_str());
        authenticate(app, token).await.map_err(|e| match e {
            Error::Unauthenticated(why) => Close::Forbidden(why),
            e => {
                tracing::error!(error = %e, "authentication failed");
                Close::Internal
            }
        })
    }
}
