//! Each event of a subscription is an operation of its own: asked anew by the same key, at its own
//! moment.

use std::sync::Arc;

use async_graphql::{
    Data, Pos, Response, ServerError,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute},
};
use zeroize::Zeroizing;

use crate::{
    app::Op,
    graphql::{errors::told, loaders::Loaders},
    identity::ops::authenticate::authenticate,
    kernel::errors::{Error, Result},
};

/// Who subscribed, and with which key.
pub struct Subscriber {
    first: Op,
    token: Option<Zeroizing<String>>,
}

impl Subscriber {
    /// The subscriber of the operation `op`, with the key that it came with.
    #[must_use]
    pub fn new(op: &Op, token: Option<Zeroizing<String>>) -> Self {
        Self {
            first: op.clone(),
            token,
        }
    }

    /// The operation that an event is told in.
    ///
    /// # Errors
    /// When the key works no more, or opens something else than it did: which events reach a
    /// subscriber was settled by what it opened.
    async fn renew(&self) -> Result<Op> {
        let token = self.token.as_ref().map(|token| token.as_str());
        let actor = authenticate(&self.first.app, token).await?;
        if actor != self.first.actor {
            return Err(Error::Forbidden(
                "what this key opens has changed: subscribe again".to_owned(),
            ));
        }
        Ok(self.first.app.op(actor, self.first.request_id.as_str()))
    }
}

/// Gives each event of a subscription its own operation and loaders.
pub struct Renew;

impl ExtensionFactory for Renew {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for Renew {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let Some(subscriber) = ctx.data_opt::<Subscriber>() else {
            return next.run(ctx, operation_name).await;
        };
        match subscriber.renew().await {
            Ok(op) => {
                let loaders = Loaders::new(&op);
                let waves = loaders.waves();
                let mut data = Data::default();
                data.insert(loaders);
                data.insert(op);
                waves
                    .run(next.run_with_data(ctx, operation_name, data))
                    .await
            }
            Err(e) => {
                let error: ServerError = told(e).into_server_error(Pos::default());
                // A place in the answer tells an error of execution from one before it.
                Response::from_errors(vec![error])
            }
        }
    }
}
