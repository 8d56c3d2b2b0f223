//! Sends the story's requests to the real schema, with real keys.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use serde_json::Value;

use crate::{
    app::App,
    cli::Stop,
    graphql::schema::{self, Attestry},
    identity::ops::{authenticate::authenticate, keys},
};

/// A client within the process: it authenticates and asks as any other does.
pub(super) struct Client {
    app: Arc<App>,
    schema: Attestry,
}

impl Client {
    pub(super) fn new(app: &Arc<App>) -> Self {
        Self {
            app: Arc::clone(app),
            schema: schema::build(),
        }
    }

    /// The first platform administrator's token.
    pub(super) async fn bootstrap(&self) -> Result<String, Stop> {
        let token = keys::bootstrap(&self.app.operator())
            .await
            .map_err(Stop::usage)?;
        let token = token.ok_or_else(|| Stop::usage("the throw-away database is not empty"))?;
        Ok(token.as_str().to_owned())
    }

    /// Runs a document and gives back its `data`. Any error stops the demo.
    pub(super) async fn ask(
        &self,
        token: Option<&str>,
        document: &str,
        variables: Value,
    ) -> Result<Value, Stop> {
        let actor = authenticate(&self.app, token)
            .await
            .map_err(Stop::refused)?;
        let op = self.app.op(actor, "demo");
        let request = Request::new(document).variables(Variables::from_json(variables));
        let response = schema::execute(&self.schema, request, &op).await;
        if let Some(error) = response.errors.first() {
            return Err(Stop::refused(&error.message));
        }
        let data = response.data.into_json().map_err(Stop::usage)?;
        match first_user_error(&data) {
            Some(error) => Err(Stop::refused(error)),
            None => Ok(data),
        }
    }
}

fn first_user_error(data: &Value) -> Option<String> {
    let payloads = data.as_object()?.values();
    let errors = payloads.filter_map(|p| p.get("userErrors")?.as_array()?.first());
    errors.map(ToString::to_string).next()
}

/// The text at a JSON Pointer of an answer.
pub(super) fn text(answer: &Value, pointer: &str) -> Result<String, Stop> {
    let found = answer.pointer(pointer).and_then(Value::as_str);
    let found = found.ok_or_else(|| Stop::usage(format!("an answer without {pointer}")))?;
    Ok(found.to_owned())
}
