//! What it costs to refuse a hostile document, and to admit an honest one.

use std::fmt::Write as _;
use std::hint::black_box;

use async_graphql::Variables;
use attestry::graphql::guard::{Limits, admit};
use criterion::{Criterion, criterion_group, criterion_main};

/// Each fragment spreads the next twice: 2^levels fields when expanded.
fn exponential(levels: usize) -> String {
    let mut source = String::from("{ ...f0 }");
    for level in 0..levels {
        let next = level + 1;
        write!(
            source,
            " fragment f{level} on Query {{ ...f{next} ...f{next} }}"
        )
        .expect("writing to a String cannot fail");
    }
    write!(source, " fragment f{levels} on Query {{ title }}")
        .expect("writing to a String cannot fail");
    source
}

fn guard(criterion: &mut Criterion) {
    let limits = Limits::default();
    let variables = Variables::default();
    let hostile = exponential(49);
    assert!(admit(&hostile, &variables, None, &limits).is_err());
    criterion.bench_function("guard/exponential_fragments_49", |bencher| {
        bencher.iter(|| admit(black_box(&hostile), &variables, None, &limits).is_err());
    });

    let honest = "query Page($n: Int = 50) { occupations(first: $n) { edges { cursor node {
        soc title statements { id text url level { label ordinal } } } } pageInfo { endCursor hasNextPage } } }";
    assert!(admit(honest, &variables, None, &limits).is_ok());
    criterion.bench_function("guard/page_of_occupations", |bencher| {
        bencher.iter(|| admit(black_box(honest), &variables, None, &limits).is_ok());
    });
}

criterion_group!(benches, guard);
criterion_main!(benches);
