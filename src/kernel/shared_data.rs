//! Shared data for tests: the folder named by `ATTESTRY_SHARED_DIR`.

use std::io::Write as _;
use std::path::PathBuf;

/// The folder; without one `what` is said, past the test harness, not to have been done, and the
/// test fails where `CI=true`.
#[expect(clippy::disallowed_methods, reason = "a test's own environment")]
pub(crate) fn shared_dir(what: &str) -> Option<PathBuf> {
    let dir = std::env::var_os("ATTESTRY_SHARED_DIR").map(PathBuf::from);
    if dir.is_none() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "ATTESTRY_SHARED_DIR is not set; name the folder with the shared data"
        );
        let line = format!("SKIPPED: ATTESTRY_SHARED_DIR is not set, so {what}");
        writeln!(std::io::stderr(), "{line}").expect("standard error is open");
    }
    dir
}
