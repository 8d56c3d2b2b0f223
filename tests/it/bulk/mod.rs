//! Tables of learners and results, in and out.

mod commands;
mod export;
mod interrupted;
mod learners;
mod many;
mod results;
mod scene;
