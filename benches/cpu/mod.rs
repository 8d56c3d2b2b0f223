//! Measures processor time instead of wall time: what all threads of this
//! process used, user and system together. On a shared machine it says more.

use std::time::Duration;

use criterion::{
    Throughput,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use rustix::time::{ClockId, clock_gettime};

/// Processor time of the whole process (POSIX `CLOCK_PROCESS_CPUTIME_ID`).
pub(crate) struct CpuTime;

fn used() -> Duration {
    let t = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(t.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(t.tv_nsec).unwrap_or(0))
}

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        used()
    }

    fn end(&self, start: Duration) -> Duration {
        used().saturating_sub(start)
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// So many things in one measured call.
pub(crate) fn each(n: u64) -> Throughput {
    Throughput::Elements(n)
}
