//! What it costs to fill a catalog: a thousand documents, read and frozen, then stored with all
//! that they are found by, server and database together.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own environment"
)]

mod catalog;
mod cpu;
mod exports;

use std::hint::black_box;

use catalog::{Installation, read_all};
use cpu::CpuTime;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use tokio::runtime::Runtime;

/// An installation that is removed when it is dropped, which is not measured.
struct Leaving<'a>(Option<Installation>, &'a Runtime);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if let Some(installation) = self.0.take() {
            self.1.block_on(installation.remove());
        }
    }
}

fn import(criterion: &mut Criterion<CpuTime>) {
    let bytes = exports::exports();
    let runtime = Runtime::new().expect("threads");
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    group.throughput(cpu::each(u64::try_from(bytes.len()).expect("few")));
    group.bench_function("read_and_freeze", |bencher| {
        bencher.iter(|| read_all(black_box(&bytes)));
    });
    let read = read_all(&bytes);
    group.bench_function("store", |bencher| {
        bencher.iter_batched(
            || (runtime.block_on(Installation::fresh()), read.clone()),
            |(installation, read)| {
                runtime.block_on(installation.store(read));
                Leaving(Some(installation), &runtime)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = import
}
criterion_main!(benches);
