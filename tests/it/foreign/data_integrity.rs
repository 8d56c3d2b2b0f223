//! Embedded proofs that are made here, read by others.

use attestry::{catalog::samples::SAMPLES, kernel::clock::Clock, web::router::router};
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{
    peers,
    support::{House, Tenant, cast, database::MEMORY},
};

/// The mechanisms with a proof inside, and who reads them.
const READERS: [(&str, &[&str]); 2] = [
    (
        "EDDSA_RDFC_2022",
        &["verify_digitalbazaar.mjs", "verify_core.mjs"],
    ),
    ("EDDSA_JCS_2022", &["verify_digitalbazaar.mjs"]),
];

/// An installation with a provider, and a statement to attest.
pub(super) struct Place {
    house: House,
    college: Tenant,
    statement: String,
}

impl Place {
    pub(super) async fn create() -> Self {
        let house = House::open(MEMORY).await;
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let statement = cast::statements(&house.api, SAMPLES[0].soc, 1).await;
        Self {
            statement: statement[0].clone(),
            house,
            college,
        }
    }

    /// Issues a record: its global id, and what its readers are asked.
    pub(super) async fn issue(&self, mechanism: &str) -> (String, Value) {
        let demonstration = self.college.demonstration(&self.statement, false).await;
        let issued = self
            .college
            .issue_as(mechanism, &demonstration, mechanism)
            .await;
        let id = issued.text("/issueCredential/credential/id");
        let secured = issued.text("/issueCredential/credential/secured");
        let credential = serde_json::from_str(&secured).expect("a proof inside JSON");
        (id, self.request(credential).await)
    }

    /// A record with all that a reader needs to judge it: as of now, from this installation.
    async fn request(&self, credential: Value) -> Value {
        let list = credential["credentialStatus"]["statusListCredential"].as_str();
        let list = list.expect("it has a status").split("example").nth(1);
        let list = self.get(list.expect("it is a URL of the house")).await;
        let issuer = self.get("/issuers/riverside/did.json").await;
        let at = self.house.clock.now().to_string();
        json!({"credential": credential, "documents": [issuer, list], "at": at})
    }

    async fn get(&self, path: &str) -> Value {
        let request = Request::get(path).header("accept", "application/ld+json, application/json");
        let request = request.body(Body::empty()).expect("a request");
        let answer = router(&self.house.app).oneshot(request).await;
        let body = answer.expect("infallible").into_body();
        let body = to_bytes(body, usize::MAX).await.expect("it ends");
        serde_json::from_slice(&body).unwrap_or_else(|e| panic!("{path}: {e}: {body:?}"))
    }
}

/// What a forger may try on a record: each makes it another than what was signed.
pub(super) fn altered(credential: &Value) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    let mut alter = |what, change: &dyn Fn(&mut Value)| {
        let mut other = credential.clone();
        change(&mut other);
        assert_ne!(&other, credential, "{what}");
        all.push((what, other));
    };
    alter("a claim changed", &|c| {
        c["credentialSubject"]["achievement"]["name"] = json!("Everything");
    });
    alter("a claim removed", &|c| {
        remove(c, "validFrom");
    });
    alter("a term added that no context defines", &|c| {
        c["credentialSubject"]["undefinedTerm"] = json!("as well");
    });
    alter("another issuer", &|c| {
        c["issuer"]["id"] = json!("did:web:other.example");
    });
    alter("another purpose", &|c| {
        c["proof"]["proofPurpose"] = json!("authentication");
    });
    alter("another signature", &|c| {
        let value = c["proof"]["proofValue"].as_str().expect("a proof");
        let other = if value.ends_with('2') { '3' } else { '2' };
        let kept = value.get(..value.len() - 1).expect("base58 is ASCII");
        c["proof"]["proofValue"] = json!(format!("{kept}{other}"));
    });
    alter("no proof", &|c| {
        remove(c, "proof");
    });
    all
}

pub(super) fn remove(value: &mut Value, member: &str) {
    let object = value.as_object_mut().expect("it is an object");
    object.remove(member).expect("the member is there");
}

#[tokio::test]
async fn others_verify_proofs_made_here_and_refuse_what_is_altered() {
    let name = "others_verify_proofs_made_here_and_refuse_what_is_altered";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let place = Place::create().await;
    for (mechanism, readers) in READERS {
        let (id, good) = place.issue(mechanism).await;
        let mut requests = vec![("as it was issued", good.clone())];
        for (what, credential) in altered(&good["credential"]) {
            let mut request = good.clone();
            request["credential"] = credential;
            requests.push((what, request));
        }
        let mut request = good.clone();
        request["documents"][1]["validUntil"] = json!("2099-01-01T00:00:00Z");
        requests.push(("a status list altered", request));
        let mut request = good.clone();
        let documents = request["documents"].as_array_mut().expect("an array");
        documents.truncate(1);
        requests.push(("a status list out of reach", request));
        let revoked = place.college.change("revokeCredential", &id).await;
        assert_eq!(
            revoked.text("/revokeCredential/credential/state"),
            "REVOKED"
        );
        let request = place.request(good["credential"].clone()).await;
        requests.push(("revoked", request));

        let (whats, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
        for reader in readers {
            let answers = peers::ask(&installed, reader, &requests);
            for (at, (what, answer)) in whats.iter().zip(&answers).enumerate() {
                let told = format!("{reader}, {mechanism}, {what}: {answer}");
                assert_eq!(answer["verified"], at == 0, "{told}");
                assert_eq!(answer["error"].is_string(), at != 0, "{told}");
            }
            if let Some(schemas) = answers[0].get("schemas") {
                assert_eq!(schemas[0]["result"]["valid"], true, "{schemas}");
            }
        }
    }
}

#[tokio::test]
async fn proofs_of_a_method_that_is_no_longer_believed_are_refused() {
    let name = "proofs_of_a_method_that_is_no_longer_believed_are_refused";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let place = Place::create().await;
    for (mechanism, readers) in READERS {
        let (_, mut request) = place.issue(mechanism).await;
        request["documents"][0]["assertionMethod"] = json!([]);
        for reader in readers {
            let answers = peers::ask(&installed, reader, std::slice::from_ref(&request));
            assert_eq!(answers[0]["verified"], false, "{reader}: {answers:?}");
        }
    }
}
