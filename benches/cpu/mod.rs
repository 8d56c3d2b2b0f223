//! Measures processor time instead of wall time: what all threads of this
//! process used, user and system together. On a shared machine it says more.
//!
//! Where a bench has its database on a PostgreSQL server, `ATTESTRY_BENCH_POSTGRES_PID` names the
//! server's first process, and what all of its processes used counts, too.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own environment"
)]

use std::{fs, sync::LazyLock, time::Duration};

use criterion::{
    Throughput,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use rustix::time::{ClockId, clock_gettime};

/// Processor time of the whole process (POSIX `CLOCK_PROCESS_CPUTIME_ID`).
pub(crate) struct CpuTime;

/// The first process of a PostgreSQL server.
static SERVER: LazyLock<Option<String>> =
    LazyLock::new(|| std::env::var("ATTESTRY_BENCH_POSTGRES_PID").ok());

/// What a process used, by the scheduler's count (Linux, proc_pid_schedstat: nanoseconds first).
fn of_process(pid: &str) -> Duration {
    // One that has ended meanwhile is counted with its parent's.
    let text = fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
    let spent = text.split_whitespace().next().and_then(|n| n.parse().ok());
    Duration::from_nanos(spent.unwrap_or(0))
}

/// What the processes of a server used: its first, its children, and those that have ended.
fn of_server(pid: &str) -> Duration {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let children = children.expect("the process is there, on a Linux that lists children");
    let living: Duration = children.split_whitespace().map(of_process).sum();
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process is there");
    // After the name, in brackets: fields 3 and up; 16 and 17 tell of ended children, in hundredths
    // of a second.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ended = fields.split_whitespace().skip(13).take(2);
    let ticks: u64 = ended.filter_map(|n| n.parse::<u64>().ok()).sum();
    living + of_process(pid) + Duration::from_millis(10 * ticks)
}

fn used() -> Duration {
    own() + SERVER.as_deref().map_or(Duration::ZERO, of_server)
}

fn own() -> Duration {
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
