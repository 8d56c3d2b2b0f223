//! The integration tests: one binary, over the public interface of the library.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their own environment and clock"
)]

mod architecture;
mod files;
mod graphql_http;
mod peers;
mod story;
mod support;
