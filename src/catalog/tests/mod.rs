//! Import, rules and export together: what goes in comes out, and what is wrong stays out.

mod frozen;
mod pinned;
mod refused;
mod refused_2;
mod round_trip;
mod seed_page;
mod shared;
mod wide;
pub(super) mod wide_any;

use serde_json::{Value, json};

use super::import::{Import, Limits, Problem, read};

/// A small export with nothing wrong.
fn export() -> Value {
    json!({
        "schemaVersion": "1.0",
        "exportedAt": "2026-01-02T03:04:05.006Z",
        "occupation": {
            "soc": "49-3091.00", "title": "Bicycle Repairers", "group": "Repair",
            "sector": null, "jobZone": 2, "jobZoneInferred": true
        },
        "framework": {
            "version": "v.1", "description": "", "contextCovered": "Shops.",
            "levels": {
                "one": {"label": "One", "statements": ["Wheels — trues by hand.", "Oils chains."]},
                "two": {"label": "Two", "statements": ["Frames — inspects."]}
            }
        },
        "sources": {"by": ["us", 1.5]},
        "attribution": "© Us"
    })
}

/// The export with `value` at `pointer`, or without the member there if `value` is `None`.
fn changed(pointer: &str, value: Option<Value>) -> Value {
    let mut export = export();
    let (container, name) = pointer.rsplit_once('/').unwrap();
    let members = export
        .pointer_mut(container)
        .unwrap()
        .as_object_mut()
        .unwrap();
    match value {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    export
}

fn import(export: &Value) -> Result<Import, Vec<Problem>> {
    read(export.to_string().as_bytes(), &Limits::default())
}
