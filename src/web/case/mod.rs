//! `/ims/case/v1p1/`: the read endpoints of CASE 1.1, for anyone, from any web page.

mod ask;
mod page;
mod router;
mod status;

pub use router::router;

/// Where the endpoints are.
pub(super) const BASE: &str = "/ims/case/v1p1";
