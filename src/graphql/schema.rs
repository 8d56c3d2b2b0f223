//! The executable schema, and its text.

use async_graphql::{Request, SDLExportOptions, Schema, SchemaBuilder};

use super::{
    loaders::Loaders,
    mutation::Mutation,
    query::Query,
    subscription::{Renew, Subscription},
};
use crate::app::Op;

/// The schema that requests run against.
pub type Attestry = Schema<Query, Mutation, Subscription>;

/// Builds the schema. Bounds on documents are the guard's, before execution.
#[must_use]
pub fn build() -> Attestry {
    builder().finish()
}

/// The same schema for WebSockets, where each event of a subscription is authorised anew. Apart,
/// because that costs something in every field.
#[must_use]
pub fn build_for_sockets() -> Attestry {
    builder().extension(Renew).finish()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
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
