//! Keys: API keys, what one can give to another, and how a platform keeps its own; below, the keys
//! that providers sign with, and the master key.

mod commands;
mod custody;
mod interrupted;
mod reissue;
mod rewrap;
mod signing;

use serde_json::json;

use attestry::{
    catalog::samples::SAMPLES,
    identity::{actor::Actor, ops::handover},
    kernel::errors::Error,
};

use crate::{
    cli::run,
    support::{Answer, House, Tenant, audit::check_chains, cast, on_each_database},
};
use commands::Folder;

on_each_database!(
    a_key_gives_no_more_than_it_has,
    a_platform_key_makes_its_successor,
    a_provider_is_handed_over_once,
);

const CREATED: &str = "token apiKey { scopes }";

async fn a_key_gives_no_more_than_it_has(house: House) {
    let platform = house.bootstrap().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let admin = college.admin.id.as_str();
    let narrow = json!({"memberId": admin, "name": "narrow", "scopes": ["keys:write"]});
    let narrow = cast::key(&house.api, &college.admin.token, narrow).await;

    let own = json!({"memberId": admin, "name": "copy"});
    let copy = house
        .api
        .mutate(&narrow, "createApiKey", CREATED, own)
        .await;
    let scopes = copy.at("/createApiKey/apiKey/scopes");
    assert_eq!(scopes, &json!(["keys:write"]), "{copy:?}");

    let more = json!({"memberId": admin, "name": "more", "scopes": ["credentials:issue"]});
    let refused = house
        .api
        .mutate(&narrow, "createApiKey", CREATED, more)
        .await;
    assert_eq!(refused.user_errors(), ["SCOPE_NOT_ALLOWED"], "{refused:?}");

    // What only the assessor's role can do is the assessor's, whoever makes the key.
    let assessor = college.assessors[0].id.as_str();
    let observe = json!({"memberId": assessor, "name": "tablet", "scopes": ["observations:write"]});
    let made = house
        .api
        .mutate(&college.admin.token, "createApiKey", CREATED, observe)
        .await;
    assert!(made.user_errors().is_empty(), "{made:?}");
}

async fn a_platform_key_makes_its_successor(house: House) {
    let bootstrap = house.bootstrap().await;
    let next = json!({"name": "operations", "expiresInDays": 400});
    let made = house
        .api
        .mutate(&bootstrap, "createApiKey", CREATED, next.clone())
        .await;
    let next_token = made.text("/createApiKey/token");
    let college = Tenant::create(&house.api, &next_token, "riverside").await;

    let refused = house
        .api
        .mutate(&college.admin.token, "createApiKey", CREATED, next)
        .await;
    assert_eq!(refused.user_errors(), ["REQUIRED"], "{refused:?}");
}

async fn a_provider_is_handed_over_once(house: House) {
    let platform = house.bootstrap().await;
    let api = &house.api;
    let input = json!({"slug": "riverside", "name": "Riverside", "url": "https://a.example"});
    let made = api
        .mutate(&platform, "createProvider", "provider { id }", input)
        .await;
    let provider = made.text("/createProvider/provider/id");
    let member = async |token: &str, name: &str, role: &str| {
        let input = json!({"providerId": provider, "name": name, "roles": [role]});
        api.mutate(token, "createMember", "member { id }", input)
            .await
    };
    let ada = member(&platform, "Ada", "PROVIDER_ADMIN").await;
    let ada = ada.text("/createMember/member/id");
    let sam = member(&platform, "Sam", "ASSESSOR").await;
    let sam = sam.text("/createMember/member/id");
    let key = async |token: &str, member: &str, scopes: &[&str]| {
        let input = json!({"memberId": member, "name": "key", "scopes": scopes});
        api.mutate(token, "createApiKey", CREATED, input).await
    };
    // The first is an administrator's; who could not hand out others gets none.
    let refused = key(&platform, &sam, &[]).await;
    assert_eq!(refused.user_errors(), ["NOT_ALLOWED"], "{refused:?}");
    let first = key(&platform, &ada, &[]).await;
    let admin = first.text("/createApiKey/token");

    // From there on it is the provider's own affair, also once that key is gone.
    let check = async || {
        let refused = [
            key(&platform, &ada, &[]).await,
            key(&platform, &ada, &["learners:read"]).await,
            key(&platform, &sam, &[]).await,
            member(&platform, "Eve", "PROVIDER_ADMIN").await,
        ];
        for refused in refused {
            assert_eq!(refused.user_errors(), ["HANDED_OVER"], "{refused:?}");
        }
    };
    check().await;
    assert!(key(&admin, &sam, &[]).await.user_errors().is_empty());
    let eve = member(&admin, "Eve", "REGISTRAR").await;
    assert!(eve.user_errors().is_empty(), "{eve:?}");
    let keys = "{ apiKeys(first: 1) { nodes { id } } }";
    let keys = api.send(Some(&admin), keys, json!({})).await;
    let input = json!({"apiKeyId": keys.text("/apiKeys/nodes/0/id")});
    let revoked = api
        .mutate(&platform, "revokeApiKey", "apiKey { id }", input)
        .await;
    assert!(revoked.user_errors().is_empty(), "{revoked:?}");
    check().await;

    // At the machine one of its administrators is let in again, or a new one.
    let op = house.app.operator();
    let (_, id) = attestry::kernel::ids::parse_global(&provider).expect("an id");
    let email = "Ann@riverside.example";
    let nameless = handover::admit(&op, id, email, None, 7).await;
    assert!(nameless.is_err());
    let name = Some("Ann".to_owned());
    let ann = handover::admit(&op, id, email, name, 7).await;
    let again = handover::admit(&op, id, email, None, 7).await;
    for token in [ann.expect("she is let in"), again.expect("and again")] {
        let seen = api
            .send(Some(&token), "{ viewer { roles } }", json!({}))
            .await;
        assert_eq!(seen.at("/viewer/roles"), &json!(["PROVIDER_ADMIN"]));
    }
    // Nobody else can let somebody in so.
    let mut other = op.clone();
    other.actor = Actor::Anonymous;
    let name = Some("Ann".to_owned());
    let refused = handover::admit(&other, id, email, name, 7).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    check_chains(&house.app.db).await;
}

#[tokio::test]
async fn the_command_admit_prints_a_key_that_works() {
    let (folder, house) = Folder::make().await;
    let platform = house.bootstrap().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let admit = |more: &[&str]| {
        let arguments = ["admit", "--data-dir", "data", "--provider", "riverside"];
        run(&folder.path(""), &[&arguments[..], more].concat())
    };
    let ended = admit(&["--email", "admin@riverside.example", "--days", "7"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let token = ended.out.trim();
    let seen = "{ viewer { roles provider { id } } }";
    let seen = house.api.send(Some(token), seen, json!({})).await;
    assert_eq!(seen.at("/viewer/roles"), &json!(["PROVIDER_ADMIN"]));
    assert_eq!(seen.at("/viewer/provider/id"), &json!(college.provider));
    for (arguments, told) in [
        (&["--email", "new@riverside.example"][..], "give a name"),
        (&["--email", "first@riverside.example"], "PROVIDER_ADMIN"),
        (&["--email", "nonsense", "--name", "N"], "give an address"),
        (
            &["--email", "admin@riverside.example", "--days", "9999"],
            "400",
        ),
    ] {
        let ended = admit(arguments);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.err.contains(told), "{ended:?}");
        assert!(ended.out.is_empty(), "{ended:?}");
    }
}

/// A key as the API tells it.
const KEY: &str = "signingKey { id multikey verificationMethod state }";

/// A college that may issue, with a demonstration to issue for.
struct Scene {
    house: House,
    college: Tenant,
    demonstration: String,
}

impl Scene {
    async fn set(house: House) -> Self {
        Self::suspendable(house, false).await
    }

    async fn suspendable(house: House, suspendable: bool) -> Self {
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
        let demonstration = college.demonstration(statement, suspendable).await;
        Self {
            house,
            college,
            demonstration,
        }
    }

    /// Issues a record under an idempotency key.
    async fn issue(&self, key: &str) -> Record {
        Record::of(&self.college.issue(&self.demonstration, key).await)
    }

    /// Every signing key of the college, oldest first.
    async fn keys(&self) -> Vec<serde_json::Value> {
        let query = "{ signingKeys { nodes {
            id multikey verificationMethod state retiredAt compromisedAt compromiseReason } } }";
        let token = Some(self.college.admin.token.as_str());
        let answer = self.college.api.send(token, query, json!({})).await;
        let nodes = answer.at("/signingKeys/nodes").as_array();
        nodes.unwrap_or_else(|| panic!("{answer:?}")).clone()
    }

    async fn states(&self) -> Vec<String> {
        let keys = self.keys().await.into_iter();
        keys.map(|k| k["state"].as_str().expect("a state").to_owned())
            .collect()
    }

    async fn rotate(&self, input: serde_json::Value) -> Answer {
        self.college.admin("rotateSigningKey", KEY, input).await
    }

    async fn compromise(&self, key: &str) -> Answer {
        let fields = "compromise { records canSign signingKey { state compromisedAt }
            successor { id multikey verificationMethod state } }";
        let input = json!({"signingKeyId": key, "reason": "the laptop is gone"});
        self.college
            .admin("markKeyCompromised", fields, input)
            .await
    }

    async fn reissue(&self, key: &str, limit: i32) -> Answer {
        let fields = "reissue { reissued remaining }";
        let input = json!({"signingKeyId": key, "limit": limit});
        self.college
            .admin("reissueCredentials", fields, input)
            .await
    }

    /// A record as the API has it now.
    async fn read(&self, record: &Record) -> Record {
        let query = format!("query C($id: ID!) {{ {} }}", cast::CREDENTIAL)
            .replace("credential {", "credential(id: $id) {");
        let token = Some(self.college.admin.token.as_str());
        let sent = self
            .college
            .api
            .send(token, &query, json!({"id": record.id}));
        Record::at(sent.await.at("/credential"))
    }

    /// What the installation's own verifier says of a record.
    async fn outcome(&self, record: &Record) -> String {
        self.college.api.outcome(&record.jwt).await
    }
}

/// An issued record.
#[derive(Debug, Clone, PartialEq)]
struct Record {
    id: String,
    urn: String,
    jwt: String,
    state: String,
    index: i64,
}

impl Record {
    fn of(issued: &Answer) -> Self {
        let credential = issued.at("/issueCredential/credential");
        assert!(credential.is_object(), "{issued:?}");
        Self::at(credential)
    }

    fn at(credential: &serde_json::Value) -> Self {
        let text = |name: &str| credential[name].as_str().unwrap_or_default().to_owned();
        Self {
            id: text("id"),
            urn: text("urn"),
            jwt: text("jwt"),
            state: text("state"),
            index: credential["statusEntry"]["index"]
                .as_i64()
                .expect("a number"),
        }
    }

    /// The verification method that its header names.
    fn kid(&self) -> String {
        let header = self.part(0);
        header["kid"].as_str().expect("it names a key").to_owned()
    }

    /// Its header, 0, or its claims, 1.
    fn part(&self, n: usize) -> serde_json::Value {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let part = self.jwt.split('.').nth(n).expect("a JWT has three parts");
        let bytes = URL_SAFE_NO_PAD.decode(part).expect("it is base64url");
        serde_json::from_slice(&bytes).expect("it is JSON")
    }
}
