//! Other implementations read what this one signs, and it reads what they sign.

mod canonical_form;
mod data_integrity;
mod theirs;

use std::{
    fs,
    path::{Path, PathBuf},
};

use attestry::{catalog::samples::SAMPLES, credential::ops::issuer};
use serde_json::{Value, json};

use crate::{
    peers,
    story::altered,
    support::{House, Tenant, cast, database::MEMORY},
};

/// What was signed, and who vouches for it, as files.
struct Files {
    folder: tempfile::TempDir,
    credential: String,
    at: String,
}

impl Files {
    async fn create(mechanism: &str) -> Self {
        let house = House::open(MEMORY).await;
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
        let demonstration = college.demonstration(statement, false).await;
        let issued = college.issue_as(mechanism, &demonstration, "k").await;
        let documents = issuer::documents(&house.app, "riverside").await;
        let documents = documents.expect("they can be made").expect("it is known");
        let files = Self {
            folder: tempfile::tempdir().expect("there is room"),
            credential: issued.text("/issueCredential/credential/jwt"),
            at: (attestry::kernel::clock::Clock::now(&*house.clock).as_second() + 1).to_string(),
        };
        files.write("did.json", &documents.did_document.to_string());
        files.write("jwks.json", &documents.jwks.to_string());
        files
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("there is room");
        path
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

#[tokio::test]
async fn others_verify_what_is_signed_and_refuse_what_is_altered() {
    let name = "others_verify_what_is_signed_and_refuse_what_is_altered";
    let Some(installed) = peers::folder(name) else {
        return;
    };
    for mechanism in ["JWT_OPEN_BADGES", "VC_JWT"] {
        let files = Files::create(mechanism).await;
        let signed = &files.credential;
        let mut variants = vec![(signed.clone(), true)];
        variants.extend(altered(signed).map(|other| (other, false)));
        for (jwt, good) in variants {
            let jwt = files.write("record.jwt", &jwt);
            for keys in ["did.json", "jwks.json"] {
                let keys = files.folder.path().join(keys);
                let arguments = [text(&jwt), text(&keys), &files.at];
                for (peer, (verified, printed)) in [
                    (
                        "PyJWT",
                        peers::python(&installed, "verify_jwt.py", &arguments),
                    ),
                    (
                        "jose",
                        peers::node(&installed, "verify_jwt.mjs", &arguments),
                    ),
                ] {
                    assert_eq!(verified, good, "{peer} with {}: {printed}", keys.display());
                    if good {
                        let claims: Value = serde_json::from_str(&printed).expect("claims");
                        assert!(claims["credentialSubject"].is_object(), "{printed}");
                    } else {
                        assert!(printed.contains("refused: "), "{peer}: {printed}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn the_credential_is_of_the_published_schema() {
    let name = "the_credential_is_of_the_published_schema";
    let Some(installed) = peers::folder(name) else {
        return;
    };
    let Ok(shared) = std::env::var("ATTESTRY_SHARED_DIR") else {
        let remedy = "Set ATTESTRY_SHARED_DIR to the folder of the shared data.";
        crate::support::skipped(name, remedy);
        return;
    };
    let schema = "conformance/schemas/ob_v3p0_achievementcredential_schema.json";
    let schema = Path::new(&shared).join(schema);
    let files = Files::create("JWT_OPEN_BADGES").await;
    let record = files.write("record.jwt", &files.credential);
    let validate = |record: &Path| {
        let arguments = [text(record), text(&schema)];
        peers::python(&installed, "validate_schema.py", &arguments)
    };
    let (valid, printed) = validate(&record);
    assert!(valid, "{printed}");
    let mut broken: Value = serde_json::from_str(&printed).expect("it prints the document");
    broken["validFrom"] = json!("yesterday");
    let (valid, printed) = validate(&files.write("broken.json", &broken.to_string()));
    assert!(!valid && printed.contains("validFrom"), "{printed}");
}
