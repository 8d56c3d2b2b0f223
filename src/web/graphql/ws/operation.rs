//! One operation of a connection: admitted, authorised, executed, step by step.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use async_graphql::{
    Request, Response,
    parser::types::{ExecutableDocument, OperationType, Selection},
};
use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use serde_json::{Value, json};

use super::{Sockets, message::Close, visitor::Visitor};
use crate::{
    app::Op,
    graphql::{
        guard::{self, Admitted},
        schema,
        subscription::Subscriber,
    },
    web::{
        graphql::{Failure, answer::Answer, params::Params},
        middleware::panic_words,
        request_id::RequestId,
    },
};

/// What comes of an operation, in order. After an error or the completion there is nothing more.
#[derive(Debug)]
pub(super) enum Step {
    /// An `ExecutionResult`.
    Next(Value),
    /// The errors that it ended in.
    Error(Value),
    /// Its end.
    Complete,
    /// The connection must end too.
    Close(Close),
}

impl From<Failure> for Step {
    fn from(failure: Failure) -> Self {
        Self::Error(failure.errors())
    }
}

/// The refusal of one operation more than `limit`.
pub(super) fn too_many(limit: usize) -> Value {
    let why = format!(
        "This connection runs {limit} operations already. Complete one first, or open another connection."
    );
    Failure::request("TOO_MANY_OPERATIONS", why).errors()
}

/// Runs the request in `payload`.
///
/// # Errors
/// When it is no GraphQL request at all: then the message is none of the protocol.
pub(super) fn run(
    sockets: &Arc<Sockets>,
    visitor: &Visitor,
    id: &RequestId,
    payload: Value,
) -> Result<BoxStream<'static, Step>, Close> {
    let params = Params::from_value(payload).map_err(|_| Close::Invalid)?;
    let admitted = match admit(sockets, &params) {
        Ok(admitted) => admitted,
        Err(failure) => return Ok(only(failure.into())),
    };
    let operation = Operation {
        sockets: Arc::clone(sockets),
        visitor: visitor.clone(),
        id: id.clone(),
        admitted,
        params,
    };
    // What it gives depends on who asks, at this moment.
    Ok(stream::once(operation.start()).flatten().boxed())
}

fn only(step: Step) -> BoxStream<'static, Step> {
    stream::iter([step]).boxed()
}

/// The document guard's judgement, as over HTTP, and what a connection does not take.
fn admit(sockets: &Sockets, params: &Params) -> Result<Admitted, Failure> {
    let name = params.operation_name.as_deref();
    let admitted = guard::admit(&params.query, &params.variables, name, &sockets.limits)?;
    match admitted.operation {
        OperationType::Query => {}
        OperationType::Mutation => {
            return Err(Failure::request(
                "MUTATION_OVER_WEBSOCKET",
                "Mutations are not taken here. Send them by POST to /graphql.",
            ));
        }
        OperationType::Subscription => {
            if !has_one_plain_field(&admitted.document, name) {
                return Err(Failure::request(
                    "SINGLE_ROOT_FIELD",
                    "A subscription selects one field, directly and without directives. Send each in an operation of its own.",
                ));
            }
        }
    }
    Ok(admitted)
}

/// Whether the operation selects just one field, as GraphQL (September 2025), section 5.2.4.1 asks.
/// A fragment in its place is refused too, because the executor does not look into it.
fn has_one_plain_field(document: &ExecutableDocument, name: Option<&str>) -> bool {
    let mut operations = document.operations.iter();
    let chosen = match name {
        None => operations.next(),
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known == name)),
    };
    chosen.is_some_and(|(_, operation)| {
        let selections = operation.node.selection_set.node.items.as_slice();
        match selections {
            [only] => matches!(&only.node, Selection::Field(field)
                if field.node.directives.is_empty()
                    && !field.node.name.node.starts_with("__")),
            _ => false,
        }
    })
}

struct Operation {
    sockets: Arc<Sockets>,
    visitor: Visitor,
    id: RequestId,
    admitted: Admitted,
    params: Params,
}

impl Operation {
    async fn start(self) -> BoxStream<'static, Step> {
        let actor = match self.visitor.actor(&self.sockets.app).await {
            Ok(actor) => actor,
            Err(close) => return only(Step::Close(close)),
        };
        let op = self.sockets.app.op(actor, self.id.as_str());
        let Self {
            sockets,
            visitor,
            id,
            admitted,
            params,
        } = self;
        let mut request = Request::new(params.query).variables(params.variables);
        request.operation_name = params.operation_name;
        request.extensions = params.extensions;
        request.set_parsed_query(admitted.document);
        let told = Told {
            id,
            positions: admitted.argument_positions,
            cost: admitted.figures.cost,
            has_key: visitor.token().is_some(),
        };
        if admitted.operation == OperationType::Query {
            return query(sockets, request, &op, told).await;
        }
        let request = request.data(Subscriber::new(&op, visitor.token().cloned()));
        subscription(&sockets, request, &op, told)
    }
}

/// What is needed to tell a response.
struct Told {
    id: RequestId,
    positions: Vec<async_graphql::parser::Pos>,
    cost: u64,
    /// Whether it came with a key.
    has_key: bool,
}

impl Told {
    fn answer(&self, response: Response) -> Answer {
        Answer::new(response, &self.positions, self.cost, &self.id)
    }

    fn panicked(&self, payload: &(dyn std::any::Any + Send)) -> Step {
        let panic = panic_words(payload);
        tracing::error!(request_id = self.id.as_str(), panic, "a resolver panicked");
        Failure::internal(&self.id).into()
    }
}

async fn query(
    sockets: Arc<Sockets>,
    request: Request,
    op: &Op,
    told: Told,
) -> BoxStream<'static, Step> {
    let seconds = sockets.patience_seconds;
    // A panic may leave only what this one request owns in disorder, and that is dropped.
    let run = AssertUnwindSafe(schema::execute(&sockets.schema, request, op)).catch_unwind();
    let step = match tokio::time::timeout(Duration::from_secs(seconds), run).await {
        Ok(Ok(response)) => match told.answer(response).into_payload() {
            Ok(result) => {
                return stream::iter([Step::Next(result), Step::Complete]).boxed();
            }
            Err(errors) => Step::Error(errors),
        },
        Ok(Err(payload)) => told.panicked(&*payload),
        Err(_) => Failure::timeout(seconds).into(),
    };
    only(step)
}

fn subscription(
    sockets: &Sockets,
    request: Request,
    op: &Op,
    told: Told,
) -> BoxStream<'static, Step> {
    let responses = schema::execute_stream(&sockets.schema, request, op);
    let responses = AssertUnwindSafe(responses).catch_unwind();
    let steps = responses.map(move |response| match response {
        Ok(response) => event(&told, response),
        Err(payload) => vec![told.panicked(&*payload)],
    });
    let steps = steps.chain(stream::iter([vec![Step::Complete]]));
    // What follows upon an error, the completion among it, is none of the client's.
    let steps = steps.scan(false, |ended, steps| {
        let go_on = !*ended;
        *ended = steps.iter().any(|step| !matches!(step, Step::Next(_)));
        futures_util::future::ready(go_on.then_some(steps))
    });
    steps.flat_map(stream::iter).boxed()
}

/// A subscription ends in the first event that cannot be told, so that its client knows that one is
/// missing; where the key works no more, the connection ends besides.
fn event(told: &Told, response: Response) -> Vec<Step> {
    let lost = response.data == async_graphql::Value::Null;
    let answer = told.answer(response);
    let is_dead = told.has_key && answer.has_code("UNAUTHENTICATED");
    let errors = match answer.into_payload() {
        Ok(result) if !lost => return vec![Step::Next(result)],
        Ok(result) => result.get("errors").cloned().unwrap_or_else(|| json!([])),
        Err(errors) => errors,
    };
    let mut steps = vec![Step::Error(errors)];
    if is_dead {
        let why = "the key works no more".to_owned();
        steps.push(Step::Close(Close::Forbidden(why)));
    }
    steps
}
