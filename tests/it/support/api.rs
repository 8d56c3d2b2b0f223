//! A client that speaks GraphQL over HTTP, in process or over a connection.

use std::{net::SocketAddr, sync::Arc};

use attestry::{app::App, web::router::router};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::process;

/// A client of an installation.
#[derive(Clone)]
pub(crate) enum Api {
    /// Through the router, in this process.
    Here(Router),
    /// Over a connection to another process.
    At(SocketAddr),
}

impl Api {
    /// A client of `app`, through all its routes.
    pub(crate) fn of(app: &Arc<App>) -> Self {
        Self::Here(router(app))
    }

    /// Sends an operation. What it answers, whatever that is; an error when the
    /// connection breaks.
    pub(crate) async fn try_send(
        &self,
        token: Option<&str>,
        query: &str,
        variables: Value,
    ) -> std::io::Result<Answer> {
        let body = json!({"query": query, "variables": variables}).to_string();
        self.send_bytes(token, body.into_bytes()).await
    }

    /// Sends the body of a request as it is.
    pub(crate) async fn send_bytes(
        &self,
        token: Option<&str>,
        body: Vec<u8>,
    ) -> std::io::Result<Answer> {
        self.post("/graphql", token, &[], body).await
    }

    /// Posts JSON to a path, with further headers where the client is in this process.
    pub(crate) async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> std::io::Result<Answer> {
        let (status, bytes) = match self {
            Self::Here(router) => {
                let mut request = Request::post(path)
                    .header(header::CONTENT_TYPE, "application/json")
                    .header(header::ACCEPT, "application/graphql-response+json");
                if let Some(token) = token {
                    request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
                }
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let request = request.body(Body::from(body)).expect("it is well-formed");
                let Ok(response) = router.clone().oneshot(request).await;
                let status = response.status();
                let bytes = to_bytes(response.into_body(), usize::MAX).await;
                (status, bytes.expect("it is in memory").to_vec())
            }
            Self::At(address) => {
                assert!(headers.is_empty(), "no further headers over a connection");
                process::post(*address, path, token, &body).await?
            }
        };
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|e| {
            let text = String::from_utf8_lossy(&bytes);
            panic!("{status} with a body that is no JSON ({e}): {text}")
        });
        Ok(Answer { status, body })
    }

    /// Gets JSON from a path, in this process.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let Self::Here(router) = self else {
            panic!("{path} is asked for over a connection");
        };
        let request = Request::get(path).body(Body::empty());
        let request = request.expect("it is well-formed");
        let Ok(response) = router.clone().oneshot(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await;
        let body = serde_json::from_slice(&bytes.expect("it is in memory"));
        let body = body.unwrap_or_else(|e| panic!("{status} of {path}, and no JSON: {e}"));
        Answer { status, body }
    }

    /// Sends an operation over a connection that holds.
    pub(crate) async fn send(&self, token: Option<&str>, query: &str, variables: Value) -> Answer {
        let sent = self.try_send(token, query, variables).await;
        sent.expect("the connection holds")
    }

    /// Sends a mutation of one field, `name(input:)`, and asks for `fields` and `userErrors`.
    pub(crate) async fn mutate(
        &self,
        token: &str,
        name: &str,
        fields: &str,
        input: Value,
    ) -> Answer {
        let (document, variables) = mutation(name, fields, input);
        self.send(Some(token), &document, variables).await
    }

    /// Imports a framework, which must be done.
    pub(crate) async fn import(&self, platform: &str, document: &str) -> Answer {
        let fields = "imported { unchanged levels statements unknownMembers
            frameworkVersion { id occupation { soc } } }";
        let input = json!({"document": document});
        let answer = self
            .mutate(platform, "importFramework", fields, input)
            .await;
        assert!(
            answer.at("/importFramework/imported").is_object(),
            "{answer:?}"
        );
        answer
    }

    /// What `verifyCredential` says of a record, without anything brought along.
    pub(crate) async fn verdict(&self, record: &str) -> Answer {
        let query = "query V($input: VerifyCredentialInput!) { verifyCredential(input: $input) {
            outcome statementUrl checks { name outcome reason error } } }";
        self.send(None, query, json!({"input": {"credential": record}}))
            .await
    }

    /// The outcome of [`verdict`](Self::verdict).
    pub(crate) async fn outcome(&self, record: &str) -> String {
        self.verdict(record).await.text("/verifyCredential/outcome")
    }
}

/// The document and variables of a mutation of one field; one without input where that is null.
pub(crate) fn mutation(name: &str, fields: &str, input: Value) -> (String, Value) {
    if input.is_null() {
        let document =
            format!("mutation {{ {name} {{ {fields} userErrors {{ field code message }} }} }}");
        return (document, json!({}));
    }
    let kind = match name {
        "revokeCredential" | "suspendCredential" | "reinstateCredential" => {
            "CredentialStatusInput".to_owned()
        }
        name => {
            let (first, rest) = name.split_at(1);
            format!("{}{rest}Input", first.to_uppercase())
        }
    };
    let document = format!(
        "mutation M($input: {kind}!) {{ {name}(input: $input) {{
            {fields} userErrors {{ field code message }} }} }}"
    );
    (document, json!({"input": input}))
}

/// What a request came back with.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The whole body.
    pub(crate) body: Value,
}

impl Answer {
    /// What stands at a JSON Pointer below `data`; null where nothing does.
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        self.body
            .pointer(&format!("/data{pointer}"))
            .unwrap_or(&Value::Null)
    }

    /// The text at a JSON Pointer below `data`, which must be there.
    pub(crate) fn text(&self, pointer: &str) -> String {
        let text = self.at(pointer).as_str();
        text.unwrap_or_else(|| panic!("no text at {pointer}: {self:?}"))
            .to_owned()
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> Option<&str> {
        self.body.pointer("/errors/0/extensions/code")?.as_str()
    }

    /// The codes of the `userErrors` of the one field.
    pub(crate) fn user_errors(&self) -> Vec<&str> {
        let data = self.body["data"].as_object();
        let fields = data.into_iter().flat_map(serde_json::Map::values);
        let errors = fields.filter_map(|f| f["userErrors"].as_array()).flatten();
        errors.filter_map(|e| e["code"].as_str()).collect()
    }
}
