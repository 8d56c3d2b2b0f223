//! What the tests of stored behaviour stand on: fresh databases, a clock of their own,
//! clients that speak HTTP and GraphQL, and the people of a made-up provider.

use std::io::Write as _;
use std::path::PathBuf;

pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod calls;
pub(crate) mod cast;
pub(crate) mod clock;
pub(crate) mod database;
pub(crate) mod house;
pub(crate) mod places;
pub(crate) mod process;
pub(crate) mod proofs;
pub(crate) mod socket;

pub(crate) use api::{Answer, Api};
pub(crate) use cast::Tenant;
pub(crate) use house::House;

/// Makes two tests of a function that takes a [`House`]: on SQLite, and on PostgreSQL.
macro_rules! on_each_database {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $crate::support::house::on_sqlite(super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let name = concat!(module_path!(), "::on_postgres");
                $crate::support::house::on_postgres(name, super::$name).await;
            }
        })+
    };
}
pub(crate) use on_each_database;

/// The folder with shared data; without one the test is skipped aloud, and fails where `CI=true`.
pub(crate) fn shared_dir(test: &str) -> Option<PathBuf> {
    let dir = std::env::var_os("ATTESTRY_SHARED_DIR").map(PathBuf::from);
    if dir.is_none() {
        skipped(
            test,
            "Set ATTESTRY_SHARED_DIR to the folder with shared data.",
        );
    }
    dir
}

/// Says aloud that a test is skipped, and what it lacks; where `CI=true`, that fails.
pub(crate) fn skipped(test: &str, remedy: &str) {
    let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!is_ci, "{test} must not be skipped in CI: {remedy}");
    say(&format!("{test}: SKIPPED. {remedy}"));
}

/// Prints a line past the test harness, which keeps to itself what a passing test prints.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error is open");
}
