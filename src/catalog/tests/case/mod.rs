//! CASE packages: what is written is read back, and what others write is understood.

mod any;
mod real;
mod refused;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::catalog::case::{CaseContext, Successors, write};
use crate::catalog::import::{Import, Limits, Problem, read};
use crate::catalog::model::FrameworkVersion;
use crate::catalog::profile::OccupationProfile;
use crate::kernel::json::Object;

fn import(package: &Value) -> Result<Import, Vec<Problem>> {
    read(package.to_string().as_bytes(), &Limits::default())
}

fn read_back(package: &Object) -> Import {
    read(package.to_text().as_bytes(), &Limits::default())
        .unwrap_or_else(|problems| panic!("{problems:#?}\n{}", package.to_text()))
}

fn written(version: &FrameworkVersion, profile: Option<&OccupationProfile>) -> Object {
    written_of(version, profile, None)
}

/// As it is written after it was deprecated.
fn deprecated(version: &FrameworkVersion, profile: Option<&OccupationProfile>) -> Object {
    written_of(version, profile, Some(Timestamp::MAX))
}

fn written_of(
    version: &FrameworkVersion,
    profile: Option<&OccupationProfile>,
    deprecated_at: Option<Timestamp>,
) -> Object {
    let context = CaseContext {
        base: "https://catalog.example",
        owner: None,
        published_at: Timestamp::UNIX_EPOCH,
        deprecated_at,
        replaced_by: &Successors::default(),
        profile,
    };
    write(version, &context)
}

fn id(number: u32) -> String {
    format!("{number:08x}-b8df-11e7-8d17-8dc52d8205bc")
}

fn item(number: u32, text: &str) -> Value {
    json!({
        "identifier": id(number), "uri": format!("https://x.example/{number}"), "fullStatement": text,
        "lastChangeDateTime": "2020-02-03T04:05:06Z"
    })
}

/// An association that makes one node a child of another.
fn child(number: u32, of: u32) -> Value {
    let link = |number: u32| json!({"title": "t", "identifier": id(number), "uri": format!("https://x.example/{number}")});
    json!({
        "identifier": id(number + 0x1000), "uri": "https://x.example/a", "associationType": "isChildOf",
        "originNodeURI": link(number), "destinationNodeURI": link(of),
        "lastChangeDateTime": "2020-02-03T04:05:06Z"
    })
}

/// A package with nothing wrong: 1 with 2 and 3 below it, and 4 beside it.
fn package() -> Value {
    json!({
        "CFDocument": {
            "identifier": id(0), "uri": "https://x.example/0", "creator": "Us", "title": "Ours",
            "version": "2", "description": "All of it.", "adoptionStatus": "Draft",
            "lastChangeDateTime": "2020-02-03T04:05:06Z"
        },
        "CFItems": [item(1, "One"), item(2, "Two"), item(3, "Three"), item(4, "Four")],
        "CFAssociations": [child(4, 0), child(3, 1), child(2, 1), child(1, 0)]
    })
}
