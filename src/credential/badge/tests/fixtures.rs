//! Badges made elsewhere, where they are at hand: under the folder named by `ATTESTRY_SHARED_DIR`.

use std::fs;
use std::path::PathBuf;

use super::{JWS, baked, unbaked};
use crate::credential::badge::BadgeError;
use crate::kernel::shared_data::shared_dir;

/// The folder with badges.
fn badges() -> Option<PathBuf> {
    let dir = shared_dir("no badge made elsewhere was read")?;
    Some(dir.join("conformance/validator-fixtures/ob3"))
}

#[test]
fn badges_made_elsewhere_are_read() {
    let Some(dir) = badges() else { return };
    let mut count = 0;
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "png" || extension == "svg")
        {
            let image = fs::read(&path).unwrap();
            let text = unbaked(&image).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            if path.to_string_lossy().contains("-json") {
                let credential: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert!(credential["issuer"].is_object(), "{path:?}");
            } else {
                assert!(text.starts_with("eyJ"), "{path:?}");
                assert_eq!(text.split('.').count(), 3, "{path:?}");
            }
            let again = baked(&image, JWS).unwrap_err();
            assert!(
                matches!(again, BadgeError::Twice { .. }),
                "{path:?}: {again:?}"
            );
            count += 1;
        }
    }
    assert!(count >= 6, "{count} badges");
}
