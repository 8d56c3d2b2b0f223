//! What every room stands on: time, randomness, ids, errors, pages, the database.

pub mod checks;
pub mod clock;
pub mod db;
pub mod digest;
pub mod errors;
pub mod ids;
pub mod json;
pub mod keyset;
pub mod pages;
pub mod rng;
#[cfg(test)]
pub(crate) mod shared_data;
pub mod text;
pub mod urls;
