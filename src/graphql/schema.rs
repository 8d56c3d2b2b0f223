//! The executable schema, and its text.

use async_graphql::{EmptySubscription, Request, SDLExportOptions, Schema};

use super::{loaders::Loaders, mutation::Mutation, query::Query};
use crate::app::Op;

/// The schema that requests run against.
pub type Attestry = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema. Bounds on documents are the guard's, before execution.
#[must_use]
pub fn build() -> Attestry {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish()
}

/// Gives a request what its resolvers need: who asks, and one set of loaders.
#[must_use]
pub fn prepare(request: Request, op: &Op) -> Request {
    request.data(op.clone()).data(Loaders::new(op))
}

/// The schema in its definition language, in a stable order.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items();
    let text = build().sdl_with_options(options);
    format!("{}\n", text.trim_end())
}
