//! Attestry: a skills-framework catalog and learner-record issuer behind one
//! GraphQL API.
//!
//! The map of the house, from the street inwards; each room may use only what
//! stands below it (`tests/it/architecture.rs` holds the arrows):
//!
//! - [`cli`]: the commands. [`config`]: the one reader of flags, environment and file.
//! - [`web`]: HTTP: the GraphQL endpoint, public documents, pages, health.
//! - [`graphql`]: the schema: newtypes over what operations give.
//! - [`dossier`]: everything about one learner, to give out whole and to erase.
//! - [`credential`]: signed records: build, sign, status, verify.
//! - [`bulk`]: tables of learners and results, in and out.
//! - [`assessment`]: from observations to demonstrations.
//! - [`catalog`]: occupations, frameworks, levels, statements.
//! - [`events`]: what happened, for webhooks and subscribers.
//! - [`identity`]: who acts, what they may do, and the audit log.
//! - [`fetch`]: the one guarded client for what others publish.
//! - [`app`]: what an operation stands on. [`kernel`]: time, randomness, ids,
//!   errors, pages, JSON, the database.
//!
//! Each domain room has pure parts (values in, values out), a `store` (rows)
//! and `ops` (permission, transaction, audit record: all or nothing).
//!
//! Invariants:
//! - Time, randomness and keys come in by parameter.
//! - Only `ops` opens a transaction, through [`kernel::db::Db::write_tx`], and
//!   every change of state writes its audit record in the same transaction.
//! - The tenant comes from the key or token that a request carries, never from an argument.
//! - A published framework version never changes; its frozen bytes are what
//!   credentials name.
//! - Whatever is signed was recorded before it was signed.
//! - What cannot be proven is never valid.

// What one thread allocates another often frees here, such as rows of a database: the system's
// allocator takes longer over that, and keeps more memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod app;
pub mod assessment;
pub mod bulk;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod credential;
pub mod dossier;
pub mod events;
pub mod fetch;
pub mod graphql;
pub mod identity;
pub mod kernel;
pub mod web;
