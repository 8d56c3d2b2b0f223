//! The executable schema, and its text.

use async_graphql::{Request, Response, SDLExportOptions, Schema, SchemaBuilder};
use futures_util::Stream;

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

/// Runs a query or a mutation with what its resolvers need: who asks, and one set of loaders.
pub async fn execute(schema: &Attestry, request: Request, op: &Op) -> Response {
    let loaders = Loaders::new(op);
    let waves = loaders.waves();
    let request = request.data(op.clone()).data(loaders);
    waves.run(schema.execute(request)).await
}

/// Starts a subscription of those who ask; each of its events has loaders of its own.
pub fn execute_stream(
    schema: &Attestry,
    request: Request,
    op: &Op,
) -> impl Stream<Item = Response> + use<> {
    schema.execute_stream(request.data(op.clone()))
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
