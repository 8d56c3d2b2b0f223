//! What is exported of a provider's framework: sealed with the digest that it is published with, and
//! imported again, where it came from and elsewhere.

use attestry::catalog::ids;

use super::{
    again::{deprecate, read, round, wide},
    digest, exported, import,
};
use crate::{
    drafts::Desk,
    support::{House, Tenant, cast, database::MEMORY, on_each_database},
};

on_each_database!(a_framework_of_a_provider_is_what_it_was);

async fn a_framework_of_a_provider_is_what_it_was(house: House) {
    let platform = house.bootstrap().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let owner = cast::row_id(&college.provider);
    let version = Desk::of(&college).published("forklift-safety").await;
    let id = cast::row_id(&version);
    for deprecated in [false, true] {
        if deprecated {
            deprecate(&house, &college.admin.token, id).await;
        }
        let document = wide(&house, id).await;
        let framework = &document["framework"];
        assert_eq!(framework["owner"], owner.to_string());
        assert_eq!(framework["digestSRI"], digest(&house, id).await);
        let package = exported(&house, id).await;
        let told = &package["extensions"]["attestry"]["export"]["framework"];
        assert_eq!(told["digestSRI"], framework["digestSRI"]);
        let elsewhere = House::open(MEMORY).await;
        let mut shared = Vec::new();
        for written in [&document, &package] {
            let again = read(&house, written).await;
            assert_eq!((again.version, again.unchanged), (id, true));
            // Where the provider is not known it is a shared framework, and has its digest.
            shared.push(read(&elsewhere, written).await);
            // What somebody changed is found out.
            let changed = written.to_string().replace("Teaches", "Tells");
            let problems = import(&house, changed.as_bytes()).await;
            let problems = problems.expect_err("it was changed");
            assert!(problems[0].field.ends_with("/framework/digestSRI"));
        }
        let key = ids::FrameworkKey::parse_own("custom/forklift-safety").expect("a key");
        let expected = ids::framework_version(None, &key, "v.1");
        assert_eq!((shared[0].version, shared[0].unchanged), (expected, false));
        assert_eq!((shared[1].version, shared[1].unchanged), (expected, true));
        let again = wide(&elsewhere, expected).await;
        assert_eq!(again["framework"].get("owner"), None);
        assert_eq!(
            again["framework"]["digestSRI"],
            digest(&elsewhere, expected).await
        );
        round(&elsewhere, &House::open(MEMORY).await, expected, &again).await;
    }
    // Without its owner it is a shared framework here, too: the provider's is as it was.
    let before = digest(&house, id).await;
    let mut shared = wide(&house, id).await;
    for name in ["owner", "digestSRI"] {
        let framework = shared["framework"].as_object_mut().expect("an object");
        framework.remove(name).expect("it was there");
    }
    let new = read(&house, &shared).await;
    assert!(!new.unchanged && new.version != id);
    assert_eq!(digest(&house, id).await, before);
}
