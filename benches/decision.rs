//! Decisions per second of processor time: forty statements with three observations each, beside
//! the least that could be done with the same facts, which is to write them down as JSON.

mod cpu;

use std::{collections::BTreeSet, hint::black_box};

use attestry::assessment::{
    model::{Agreement, Attainment, Case, EvidenceKind, Fact, Method, PlanContent, Rule, Scale},
    rules::decide,
};
use cpu::{CpuTime, each};
use criterion::{Criterion, criterion_group, criterion_main};
use uuid::Uuid;

const STATEMENTS: u128 = 40;
const OBSERVATIONS: u128 = 3;
const DAY: i64 = 86_400_000;
const NOW: i64 = 1_000 * DAY;

fn plan() -> PlanContent {
    PlanContent {
        statements: (0..STATEMENTS).map(Uuid::from_u128).collect(),
        methods: vec![Method::Observation, Method::Interview],
        scale: Scale::default(),
        criteria: Vec::new(),
        rule: Rule {
            min_observations: 2,
            min_assessors: 2,
            evidence_required: true,
            evidence_kinds: vec![EvidenceKind::Url],
            window_days: Some(365),
            sign_off: true,
            agreement: Agreement::Majority,
            ..Rule::default()
        },
        validity_days: Some(365),
        suspendable: false,
        attainment: Attainment::default(),
    }
}

/// Of each statement three observations by three assessors: two that count, one rated too low.
fn case() -> Case {
    let facts = (0..STATEMENTS).flat_map(|statement| {
        (0..OBSERVATIONS).map(move |n| Fact {
            id: Uuid::from_u128(1_000 + n * STATEMENTS + statement),
            statement: Uuid::from_u128(statement),
            assessor: Uuid::from_u128(10_000 + n),
            rating: if n == 2 { 2 } else { 3 },
            method: Some(Method::Observation),
            evidence: BTreeSet::from([EvidenceKind::Url]),
            observed_at: NOW - DAY,
            supersedes: None,
        })
    });
    Case {
        observations: facts.collect(),
        as_of: NOW,
        signer: Some(Uuid::from_u128(99)),
    }
}

fn decisions(criterion: &mut Criterion<CpuTime>) {
    let (plan, case) = (plan(), case());
    assert!(decide(&plan, &case).complete);
    let mut group = criterion.benchmark_group("decision");
    group.throughput(each(1));
    group.bench_function("decide", |b| {
        b.iter(|| decide(black_box(&plan), black_box(&case)));
    });
    group.bench_function("decide_and_write", |b| {
        b.iter(|| serde_json::to_string(&decide(black_box(&plan), black_box(&case))));
    });
    group.bench_function("floor_write_the_facts", |b| {
        b.iter(|| serde_json::to_string(black_box(&case.observations)));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = decisions
}
criterion_main!(benches);
