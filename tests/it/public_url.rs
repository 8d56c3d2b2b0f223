//! The public URL is bound by the first issuance: records name it for good.

use attestry::{
    catalog::samples::SAMPLES, credential::ops::installation::check_public_url,
    kernel::errors::Error,
};

use crate::support::{Api, House, Tenant, cast, house::PUBLIC_URL, on_each_database};

on_each_database!(the_first_issuance_binds_the_public_url);

const ELSEWHERE: &str = "https://elsewhere.example";

async fn the_first_issuance_binds_the_public_url(house: House) {
    let platform = house.with_samples().await;
    let mut college = Tenant::create(&house.api, &platform, "riverside").await;
    let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, false).await;
    let moved = house.moved_to(ELSEWHERE);
    // Nothing was issued yet: the address is still free to change.
    assert!(check_public_url(&moved).await.is_ok());

    let issued = college.issue(&demonstration, "first").await;
    let list = issued.text("/issueCredential/credential/statusEntry/listUrl");
    assert!(list.starts_with(PUBLIC_URL), "{list}");
    assert!(check_public_url(&house.app).await.is_ok());
    let Err(Error::Invalid(problems)) = check_public_url(&moved).await else {
        panic!("it starts under another public URL");
    };
    assert_eq!(problems[0].code, "PUBLIC_URL_CHANGED");
    for remedy in [PUBLIC_URL, ELSEWHERE, "--public-url"] {
        assert!(problems[0].message.contains(remedy), "{problems:?}");
    }
    // Nor does one that was started before the first issuance issue on.
    college.api = Api::of(&moved);
    let refused = college.issue(&demonstration, "second").await;
    assert_eq!(refused.user_errors(), ["PUBLIC_URL_CHANGED"], "{refused:?}");
}
