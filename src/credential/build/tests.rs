use super::claim::*;
use super::*;
use crate::credential::status::Purpose;
use uuid::Uuid;

pub(crate) fn claim() -> Claim {
    let level = |n: u32, label: &str| Level {
        id: Uuid::from_u128(0x1000 + u128::from(n)),
        ordinal: n,
        label: label.to_owned(),
    };
    Claim {
        credential_id: Uuid::from_u128(0x5f3a_0c1e),
        issuer: Issuer {
            id: "did:web:skills.example:issuers:riverside".to_owned(),
            name: "Riverside Training".to_owned(),
            url: Some("https://riverside.example".to_owned()),
        },
        subject: Subject {
            id: "urn:uuid:00000000-0000-4000-8000-000000000007".to_owned(),
            email: Some(EmailIdentity {
                email: " Lee@Example.org ".to_owned(),
                salt: "c2FsdA".to_owned(),
            }),
        },
        achievement: Achievement {
            statement_url: "https://skills.example/statements/00000000-0000-5000-8000-0000000000aa"
                .to_owned(),
            code: "53-7051.00/2/3".to_owned(),
            name: "Load balance".to_owned(),
            text: "Keeps a mixed load stable while turning on a ramp.".to_owned(),
            criteria: "Two observed shifts, judged by two assessors.".to_owned(),
            framework: Framework {
                url: "https://skills.example/frameworks/00000000-0000-5000-8000-0000000000ff.json"
                    .to_owned(),
                digest_sri: crate::kernel::digest::sri_sha384(b"{}"),
                title: "Lift Truck Operators".to_owned(),
                family: "Mastery".to_owned(),
                version: "v.26.05".to_owned(),
            },
            levels: vec![
                level(1, "Emerging"),
                level(2, "Developing"),
                level(3, "Proficient"),
            ],
            level: Uuid::from_u128(0x1002),
        },
        evidence: vec![
            Evidence::Url {
                url: "https://riverside.example/e/1".to_owned(),
                name: Some("Film of the shift".to_owned()),
                narrative: None,
            },
            Evidence::Text {
                name: None,
                narrative: "Drove the long ramp three times.".to_owned(),
            },
            Evidence::Digest {
                name: Some("Log sheet".to_owned()),
                sha256: [7; 32],
            },
        ],
        status: StatusEntry {
            list_url: "https://skills.example/status/1".to_owned(),
            index: 94_567,
            purpose: Purpose::Revocation,
        },
        valid_from: "2026-03-01T09:30:00.987Z".parse().unwrap(),
        valid_until: Some("2029-03-01T09:30:00Z".parse().unwrap()),
    }
}

#[test]
fn the_parts_are_where_readers_look() {
    let credential = build(&claim()).unwrap();
    assert_eq!(credential["validFrom"], "2026-03-01T09:30:00Z");
    assert_eq!(credential["validUntil"], "2029-03-01T09:30:00Z");
    let achievement = &credential["credentialSubject"]["achievement"];
    assert_eq!(
        achievement["description"],
        achievement["alignment"][0]["targetDescription"]
    );
    assert_eq!(
        achievement["alignment"][0]["targetFramework"],
        "Lift Truck Operators, Mastery v.26.05"
    );
    let result = &credential["credentialSubject"]["result"][0];
    let description = &achievement["resultDescription"][0];
    assert_eq!(result["resultDescription"], description["id"]);
    assert_eq!(result["achievedLevel"], description["requiredLevel"]);
    assert_eq!(
        description["rubricCriterionLevel"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(credential["credentialStatus"]["statusListIndex"], "94567");
    assert_eq!(
        credential["credentialStatus"]["id"],
        "https://skills.example/status/1#94567"
    );
    let digest = &credential["evidence"][2];
    assert_eq!(
        digest["id"],
        "ni:///sha-256;BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"
    );
    assert!(
        digest["description"]
            .as_str()
            .unwrap()
            .contains(&"07".repeat(32))
    );
}

#[test]
fn the_address_is_hashed_lower_cased_and_trimmed() {
    let credential = build(&claim()).unwrap();
    let identity = &credential["credentialSubject"]["identifier"][0];
    // SHA-256 of "lee@example.orgc2FsdA", computed with coreutils.
    assert_eq!(
        identity["identityHash"],
        "sha256$18b59cc40d568aea99a2e66d2db9343a6ad0e0fad115c278d8af814e8a61974b"
    );
    assert_eq!(identity["hashed"], true);
    assert!(
        !credential
            .to_string()
            .to_lowercase()
            .contains("lee@example.org")
    );
    assert!(
        !format!("{:?}", claim())
            .to_lowercase()
            .contains("lee@example.org")
    );
    let mut without = claim();
    without.subject.email = None;
    assert!(
        build(&without).unwrap()["credentialSubject"]
            .get("identifier")
            .is_none()
    );
}

#[test]
fn optional_parts_may_be_absent() {
    let mut bare = claim();
    bare.evidence.clear();
    bare.valid_until = None;
    bare.issuer.url = None;
    let credential = build(&bare).unwrap();
    assert!(credential.get("evidence").is_none() && credential.get("validUntil").is_none());
    assert!(credential["issuer"].get("url").is_none());
}

#[test]
fn contradictions_are_refused() {
    let mut bad = claim();
    bad.achievement.level = Uuid::from_u128(9);
    assert_eq!(
        build(&bad),
        Err(BuildError::UnknownLevel(Uuid::from_u128(9)))
    );
    let mut bad = claim();
    bad.valid_until = Some(bad.valid_from);
    assert_eq!(build(&bad), Err(BuildError::Validity));
    let mut bad = claim();
    bad.achievement.text = " \n".to_owned();
    assert_eq!(build(&bad), Err(BuildError::Empty("statement text")));
    let mut bad = claim();
    bad.subject.id = "lee".to_owned();
    assert!(matches!(
        build(&bad),
        Err(BuildError::NotUri {
            what: "subject id",
            ..
        })
    ));
}
