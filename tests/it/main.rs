//! The integration tests: one binary, over the public interface of the library.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their own environment and clock"
)]

mod architecture;
mod assessments;
mod attainment;
mod audit;
mod audit_tampering;
mod bulk;
mod case;
mod catalog_changes;
mod catalog_wide;
mod cli;
mod comparison;
mod concurrency;
mod crash;
mod drafts;
mod entities;
mod events;
mod evidence;
mod export_schema;
mod files;
mod foreign;
mod fuzz;
mod graphql_http;
mod hostile;
mod idempotency;
mod issue_raw;
mod keys;
mod learners;
mod matrix;
mod mechanisms;
mod negatives;
mod oidc;
mod onet;
mod pagination;
mod peers;
mod public_url;
mod readme;
mod replicas;
mod schema;
mod search;
mod secrets;
mod snapshots;
mod sql_count;
mod story;
mod support;
mod two_providers;
mod walls;
mod web;
