//! The frozen document.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{changed, export, import};
use crate::catalog::ids::{self, FrameworkKey};
use crate::catalog::model::Family;
use crate::catalog::rules::{FrozenVersion, freeze};
use crate::kernel::digest::sri_sha384;

fn frozen(document: &Value) -> FrozenVersion {
    freeze(None, &import(document).unwrap().version)
}

#[test]
fn has_exactly_the_agreed_shape() {
    let key = FrameworkKey::of_occupation(&"49-3091.00".parse().unwrap(), Family::Mastery);
    let statement =
        |level, position| ids::statement(None, &key, "v.1", None, level, position).to_string();
    let level = |ordinal| ids::level(None, &key, "v.1", ordinal).to_string();
    let id = ids::framework_version(None, &key, "v.1");
    let found = frozen(&export());
    let expected = json!({
        "format": "attestry-framework/1", "id": id.to_string(), "family": "MASTERY", "version": "v.1",
        "occupation": {
            "soc": "49-3091.00", "title": "Bicycle Repairers", "group": "Repair",
            "sector": null, "jobZone": 2, "jobZoneInferred": true
        },
        "description": "", "contextCovered": "Shops.",
        "levels": [
            {"id": level(1), "ordinal": 1, "key": "one", "label": "One", "statements": [
                {"id": statement(1, 1), "position": 1, "code": "49-3091.00/MASTERY/v.1/1.01",
                 "text": "Wheels — trues by hand.", "title": "Wheels", "description": "trues by hand."},
                {"id": statement(1, 2), "position": 2, "code": "49-3091.00/MASTERY/v.1/1.02", "text": "Oils chains."}
            ]},
            {"id": level(2), "ordinal": 2, "key": "two", "label": "Two", "statements": [
                {"id": statement(2, 1), "position": 1, "code": "49-3091.00/MASTERY/v.1/2.01",
                 "text": "Frames — inspects.", "title": "Frames", "description": "inspects."}
            ]}
        ],
        "sources": {"by": ["us", 1.5]}, "attribution": "© Us"
    });
    assert_eq!(
        serde_json::from_slice::<Value>(&found.bytes).unwrap(),
        expected
    );
    assert_eq!(found.id, id);
    assert_eq!(found.digest_sri, sri_sha384(&found.bytes));
}

#[test]
fn its_bytes_never_change() {
    // Credentials name this digest for ever, so a change here is a defect.
    assert_eq!(
        frozen(&export()).digest_sri,
        "sha384-W/F39tIJ41RrshqK7AFfsMW3cqEv1/glXuQ3Af7wn1bJpRTuztfOYhslw/3eWNaG"
    );
}

#[test]
fn content_and_owner_decide_it_and_the_time_of_export_does_not() {
    let one = frozen(&export());
    assert_eq!(one, frozen(&changed("/exportedAt", None)));
    assert_ne!(one, frozen(&changed("/attribution", Some(json!("")))));
    let owned = freeze(
        Some(Uuid::from_u128(7)),
        &import(&export()).unwrap().version,
    );
    assert_ne!(one.id, owned.id);
    assert_ne!(one.digest_sri, owned.digest_sri);
}

#[test]
fn extras_stand_by_their_pointer() {
    let found = frozen(&changed("/occupation/more", Some(json!([1]))));
    let document: Value = serde_json::from_slice(&found.bytes).unwrap();
    assert_eq!(document["extras"], json!({"/occupation/more": [1]}));
}
