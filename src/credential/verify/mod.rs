//! The one verification engine: pure, bounded, and never valid by default.
//!
//! It works in two steps, so that whoever calls it decides what is fetched, and how.
//! [`inspect`] reads the bytes and says what is [needed](Inspected::needs) to judge them;
//! [`verify`] judges them with the [`Materials`] at hand, at a given time.
//!
//! Any failed check makes the credential invalid. What would have to be known and is not makes it
//! indeterminate. Only the trust line stands apart: that an issuer is on nobody's list says
//! nothing against what it signed.

mod envelope;
mod form;
mod inspect;
mod issuer;
mod materials;
mod report;
mod statement;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod time;
mod trust;

use jiff::Timestamp;

use inspect::Securing;

pub use inspect::{Inspected, MAX_INPUT, Needs, NotACredential, inspect};
pub use materials::{MaterialError, Materials};
pub use report::{Check, CheckName, CheckOutcome, Outcome, Problem, Report, Summary};
pub use status::{ListError, VerifiedList};
pub use text::render;

/// Judges an inspected credential with the materials at hand, as of `now`.
#[must_use]
pub fn verify(inspected: &Inspected, materials: &Materials, now: Timestamp) -> Report {
    let credential = &inspected.credential;
    let mut checks = vec![form::check(credential)];
    match &inspected.securing {
        Securing::Jws(jws) => {
            checks.push(envelope::header(jws));
            checks.push(envelope::claims(jws, credential));
            let (control, key) = issuer::resolve(inspected.issuer(), jws.kid(), materials, now);
            checks.push(issuer::signature(jws, key.as_ref()));
            checks.push(control);
        }
        Securing::Embedded(kinds) => checks.push(envelope::unknown_proof(kinds)),
        Securing::Unsecured => checks.push(envelope::unsecured()),
    }
    checks.push(time::check(credential, now));
    checks.push(status::check(credential, materials, now));
    checks.push(statement::check(credential, materials));
    let proven = issuer::is_proven(&checks);
    checks.push(trust::check(inspected.issuer(), proven, materials));
    Report::new(checks, Summary::of(credential))
}
