use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::*;

/// Whether a turn has come, as far as can be told now.
fn has_come(coming: std::pin::Pin<&mut impl Future<Output = ()>>) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    matches!(coming.poll(&mut context), Poll::Ready(()))
}

#[test]
fn a_turn_comes_when_another_ends() {
    let turns = Turns::new(1);
    let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (first, second, third) = (turns.join(a), turns.join(a), turns.join(b));
    assert!(has_come(pin!(first.come())));
    let mut after_a = pin!(second.come());
    let mut after_b = pin!(third.come());
    assert!(!has_come(after_a.as_mut()) && !has_come(after_b.as_mut()));
    drop(first);
    assert!(!has_come(after_a.as_mut()), "the other provider's is first");
    assert!(has_come(after_b.as_mut()));
}

/// Two turns end before anybody who waits looks: both who are next go, whoever looks first.
#[tokio::test]
async fn nobody_who_may_go_is_left_waiting() {
    let turns = Turns::new(2);
    let running: Vec<_> = (0..2).map(|n| turns.join(Uuid::from_u128(n))).collect();
    for turn in &running {
        turn.come().await;
    }
    let waiting: Vec<_> = (2..6).map(|n| turns.join(Uuid::from_u128(n))).collect();
    let waiting: Vec<_> = waiting
        .into_iter()
        .rev()
        .map(|turn| tokio::spawn(async move { turn.come().await }))
        .collect();
    tokio::task::yield_now().await;
    drop(running);
    for coming in waiting {
        coming.await.unwrap();
    }
}

#[tokio::test]
async fn who_gives_up_keeps_nobody_waiting() {
    let turns = Turns::new(1);
    let running = turns.join(Uuid::from_u128(1));
    running.come().await;
    let gone = turns.join(Uuid::from_u128(2));
    let given_up = tokio::spawn(async move { gone.come().await });
    tokio::task::yield_now().await;
    given_up.abort();
    assert!(given_up.await.unwrap_err().is_cancelled());
    drop(running);
    turns.join(Uuid::from_u128(3)).come().await;
}
