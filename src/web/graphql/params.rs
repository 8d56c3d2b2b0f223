//! The parameters of a request: `query`, `operationName`, `variables`, `extensions`.

use async_graphql::{Extensions, Variables};
use axum::extract::Query;
use axum::http::Uri;
use serde_json::{Map, Value};

use super::Failure;

/// The parameters of one GraphQL request.
#[derive(Debug)]
pub(super) struct Params {
    pub(super) query: String,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Variables,
    pub(super) extensions: Extensions,
}

impl Params {
    /// Reads the body of a POST.
    pub(super) fn from_json(body: &[u8]) -> Result<Self, Failure> {
        let body = serde_json::from_slice(body).map_err(|error| {
            Failure::malformed(format!(
                "The body is not JSON: {error}. Send a JSON object."
            ))
        })?;
        Self::from_value(body)
    }

    /// Reads JSON.
    pub(super) fn from_value(body: Value) -> Result<Self, Failure> {
        match body {
            Value::Object(members) => Self::from_members(members),
            Value::Array(_) => Err(Failure::malformed(
                "The body is a list. Batches are not taken: send each operation in a request of its own.",
            )),
            _ => Err(Failure::malformed(
                "The body is not a JSON object. Send one with the member \"query\".",
            )),
        }
    }

    /// Reads the query string of a GET, where `variables` and `extensions` are JSON text.
    pub(super) fn from_uri(uri: &Uri) -> Result<Self, Failure> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|error| {
            Failure::malformed(format!(
                "The query string cannot be read: {error}. Encode it as a form."
            ))
        })?;
        let mut members = Map::new();
        for (name, text) in pairs {
            let value = match name.as_str() {
                "variables" | "extensions" if text.is_empty() => Value::Null,
                "variables" | "extensions" => serde_json::from_str(&text).map_err(|error| {
                    Failure::malformed(format!(
                        "\"{name}\" is not JSON: {error}. Send a JSON object."
                    ))
                })?,
                "operationName" if text.is_empty() => Value::Null,
                _ => Value::String(text),
            };
            if members.insert(name.clone(), value).is_some() {
                return Err(Failure::malformed(format!(
                    "\"{name}\" is given twice. Give it once."
                )));
            }
        }
        Self::from_members(members)
    }

    fn from_members(mut members: Map<String, Value>) -> Result<Self, Failure> {
        let mut take = |name: &str| members.remove(name).unwrap_or_default();
        let query = match take("query") {
            Value::String(query) => query,
            Value::Null => {
                return Err(Failure::malformed(
                    "\"query\" is missing. Send the document in it, as a string.",
                ));
            }
            _ => return Err(wrong_type("query", "a string")),
        };
        let operation_name = match take("operationName") {
            Value::String(name) => Some(name),
            Value::Null => None,
            _ => return Err(wrong_type("operationName", "a string or null")),
        };
        let variables = serde_json::from_value(take("variables"))
            .map_err(|_| wrong_type("variables", "an object or null"))?;
        let extensions = serde_json::from_value::<Option<Extensions>>(take("extensions"))
            .map_err(|_| wrong_type("extensions", "an object or null"))?;
        Ok(Self {
            query,
            operation_name,
            variables,
            extensions: extensions.unwrap_or_default(),
        })
    }
}

fn wrong_type(name: &str, wanted: &str) -> Failure {
    Failure::malformed(format!("\"{name}\" has the wrong type. Send {wanted}."))
}
