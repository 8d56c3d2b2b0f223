//! Look-ups of a request, each for as many things as are waited for.

use std::{
    future::{Future, poll_fn},
    mem,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Poll, ready},
    time::Duration,
};

use async_graphql::runtime::Timer;
use futures_util::{
    FutureExt, StreamExt,
    future::{self, BoxFuture},
    stream::FuturesUnordered,
    task::{FutureObj, Spawn, SpawnError},
};

/// Runs the look-ups that the resolvers of one request wait for, in waves: a wave begins when no
/// resolver can go on, and takes all look-ups that were asked for until then; the next begins when
/// all of it is done. So what resolvers of one step ask for is always asked in one statement, however
/// many they are, and how many statements a request needs is not a matter of which thread was faster.
///
/// What is spawned here runs only while [`run`](Self::run) does.
#[derive(Clone, Default)]
pub(super) struct Waves(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Spawn for Waves {
    fn spawn_obj(&self, lookup: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        next.push(lookup);
        Ok(())
    }
}

impl Waves {
    /// Runs a request to its end, and the look-ups that it asks for meanwhile.
    pub(super) async fn run<F: Future>(&self, request: F) -> F::Output {
        let mut request = pin!(request);
        let mut wave = FuturesUnordered::new();
        poll_fn(|cx| {
            loop {
                // At each step: it may hold a connection that the wave waits for.
                if let Poll::Ready(response) = request.as_mut().poll(cx) {
                    return Poll::Ready(response);
                }
                if wave.is_empty() {
                    wave.extend(self.next());
                    if wave.is_empty() {
                        return Poll::Pending;
                    }
                }
                while let Some(()) = ready!(wave.poll_next_unpin(cx)) {}
                // All of it is done: the request can go on.
            }
        })
        .await
    }

    fn next(&self) -> Vec<FutureObj<'static, ()>> {
        let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mem::take(&mut next)
    }
}

/// Begins a look-up at once: the wave has waited already.
pub(super) struct AtOnce;

impl Timer for AtOnce {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        future::ready(()).boxed()
    }
}
