//! What clients see: newtypes with written fields over what operations give.

pub mod assessment;
pub mod attainment;
pub mod audit;
pub mod bulk;
pub mod catalog;
pub mod credential;
pub mod decision;
pub mod dossier;
pub mod event;
pub mod evidence;
pub mod framework;
pub mod input;
pub mod level;
pub mod node;
pub mod observation;
pub mod page;
pub mod people;
pub mod plan;
pub mod published;
pub mod report;
pub mod scalars;
pub mod signing_key;
pub mod webhook;
