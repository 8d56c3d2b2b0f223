//! Tables of learners and results, in and out.

mod commands;
mod export;
mod http;
mod interrupted;
mod learners;
mod many;
mod results;
mod scene;
mod uploads;
