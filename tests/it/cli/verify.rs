//! `attestry verify`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use attestry::credential::build::{build, claim::*};
use attestry::credential::custody::Seed;
use attestry::credential::did::document::{PublishedKey, did_document};
use attestry::credential::mechanism::Mechanism;
use attestry::credential::prepare::prepare;
use attestry::credential::rdf::Contexts;
use attestry::credential::sign::IssuerSigner;
use attestry::credential::status::{MINIMUM_LENGTH, Purpose, StatusList};
use attestry::kernel::digest::sri_sha384;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};
use uuid::Uuid;

use super::{Ended, attestry, run};

const ISSUER: &str = "did:web:issuer.invalid:issuers:riverside";
const LIST: &str = "https://issuer.invalid/status/1";
const STATEMENT: &str = "00000000-0000-5000-8000-0000000000aa";
const AT: &str = "2026-06-01T12:00:00Z";
const INDEX: u64 = 94_567;

fn signer() -> IssuerSigner {
    IssuerSigner::new(ISSUER, &Seed::from_bytes([9; 32]))
}

fn sign(document: Value, mechanism: Mechanism) -> String {
    let signer = signer();
    let at = AT.parse().expect("a time");
    let prepared = prepare(document, signer.kid(), mechanism, at, &Contexts::pinned())
        .expect("it can be prepared");
    signer.sign(&prepared).expect("it can be signed")
}

fn framework() -> String {
    json!({
        "format": "attestry-framework/1",
        "version": "v.1",
        "levels": [{
            "id": Uuid::from_u128(1), "ordinal": 1, "key": "developing", "label": "Developing",
            "statements": [{"id": STATEMENT, "position": 1, "code": "53-7051.00/1/1",
                            "text": "Parks a loaded truck level and braked."}],
        }],
    })
    .to_string()
}

fn credential() -> String {
    let claim = Claim {
        credential_id: Uuid::from_u128(0x5f3a),
        issuer: Issuer {
            id: ISSUER.to_owned(),
            name: "Riverside Training".to_owned(),
            url: None,
        },
        subject: Subject {
            id: "urn:uuid:00000000-0000-4000-8000-000000000007".to_owned(),
            email: None,
        },
        achievement: Achievement {
            statement_url: format!("https://issuer.invalid/statements/{STATEMENT}"),
            code: "53-7051.00/1/1".to_owned(),
            name: "Parking".to_owned(),
            text: "Parks a loaded truck level and braked.".to_owned(),
            criteria: "One observed shift.".to_owned(),
            framework: Framework {
                url: "https://issuer.invalid/frameworks/00000000-0000-5000-8000-0000000000ff.json"
                    .to_owned(),
                digest_sri: sri_sha384(framework().as_bytes()),
                title: "Lift Truck Operators".to_owned(),
                family: "Mastery".to_owned(),
                version: "v.1".to_owned(),
            },
            levels: vec![Level {
                id: Uuid::from_u128(1),
                ordinal: 1,
                label: "Developing".to_owned(),
            }],
            level: Uuid::from_u128(1),
        },
        evidence: Vec::new(),
        status: StatusEntry {
            list_url: LIST.to_owned(),
            index: INDEX,
            purpose: Purpose::Revocation,
        },
        valid_from: "2026-03-01T09:30:00Z".parse().expect("a time"),
        valid_until: None,
    };
    sign(
        build(&claim).expect("it can be built"),
        Mechanism::JwtOpenBadges,
    )
}

fn list(set: &[u64]) -> String {
    let list = StatusList {
        url: LIST.to_owned(),
        issuer: ISSUER.to_owned(),
        purpose: Purpose::Revocation,
        length: MINIMUM_LENGTH,
        set: set.to_vec(),
        valid_from: "2026-06-01T00:00:00Z".parse().expect("a time"),
        valid_until: "2026-06-02T00:00:00Z".parse().expect("a time"),
        ttl_ms: 300_000,
    };
    sign(list.credential().expect("a list"), Mechanism::VcJwt)
}

/// A folder with a credential, an altered one, and all that is needed to judge them.
fn folder() -> TempDir {
    let folder = tempdir().expect("there is room for a folder");
    let jwt = credential();
    // Its own words under a signature that the issuer gave to something else.
    let (words, _) = jwt.rsplit_once('.').expect("a JWT");
    let other = list(&[]);
    let (_, signature) = other.rsplit_once('.').expect("a JWT");
    let altered = format!("{words}.{signature}");
    let keys = [PublishedKey {
        public: *signer().public(),
        compromised: None,
    }];
    for (name, text) in [
        ("credential.jwt", jwt.clone()),
        ("altered.jwt", altered),
        ("garbage", "no credential".to_owned()),
        ("did.json", did_document(ISSUER, &keys).to_string()),
        ("list.jwt", list(&[1])),
        ("revoked.jwt", list(&[INDEX])),
        ("framework.json", framework()),
        (
            "trust.json",
            json!({"issuers": [{"id": ISSUER, "name": "Riverside"}]}).to_string(),
        ),
    ] {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

fn verify(folder: &Path, arguments: &[&str]) -> Ended {
    run(folder, &[&["verify", "--at", AT], arguments].concat())
}

const WHOLE: [&str; 9] = [
    "--offline",
    "--issuer",
    "did.json",
    "--status-list",
    "list.jwt",
    "--framework",
    "framework.json",
    "--trust",
    "trust.json",
];

#[test]
fn a_sound_credential_is_valid_and_nothing_is_left_behind() {
    let folder = folder();
    let before = fs::read_dir(folder.path()).expect("it is there").count();
    let ended = verify(folder.path(), &[&["credential.jwt"], &WHOLE[..]].concat());
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    assert!(ended.out.starts_with("VALID\n"), "{}", ended.out);
    assert!(ended.out.contains("53-7051.00/1/1") && !ended.out.contains("UNKNOWN"));
    assert!(ended.err.is_empty(), "{}", ended.err);
    let after = fs::read_dir(folder.path()).expect("it is there").count();
    assert_eq!(before, after, "verifying made a file");
}

#[test]
fn the_report_is_also_written_for_programs() {
    let folder = folder();
    let json = |file: &str| {
        let ended = verify(
            folder.path(),
            &[&[file, "--format", "json"], &WHOLE[..]].concat(),
        );
        (
            ended.code,
            serde_json::from_str::<Value>(&ended.out).expect("it is JSON"),
        )
    };
    let (code, report) = json("credential.jwt");
    assert_eq!((code, &report["outcome"]), (Some(0), &json!("VALID")));
    assert_eq!(report["summary"]["statementCode"], "53-7051.00/1/1");
    let (code, report) = json("garbage");
    assert_eq!((code, &report["outcome"]), (Some(1), &json!("INVALID")));
    assert_eq!(report["problem"]["title"], "PARSING_ERROR");
}

#[test]
fn standard_input_is_read() {
    let folder = folder();
    let arguments = [&["verify", "-", "--at", AT], &WHOLE[..]].concat();
    let mut child = attestry(folder.path(), &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(credential().as_bytes()).expect("it reads");
    drop(input);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn what_fails_is_invalid() {
    let folder = folder();
    let altered = verify(folder.path(), &[&["altered.jwt"], &WHOLE[..]].concat());
    assert_eq!(altered.code, Some(1), "{}", altered.out);
    let issuer = ["--offline", "--issuer", "did.json", "--status-list"];
    let revoked = [&["credential.jwt"], &issuer[..], &["revoked.jwt"]].concat();
    let revoked = verify(folder.path(), &revoked);
    assert_eq!(revoked.code, Some(1));
    assert!(
        revoked.out.contains("revoked this credential"),
        "{}",
        revoked.out
    );
    let garbage = verify(folder.path(), &["garbage", "--offline"]);
    assert_eq!(garbage.code, Some(1));
    assert!(garbage.out.starts_with("INVALID: this is no credential"));
    fs::write(folder.path().join("huge"), vec![b'{'; 2_000_000]).expect("it can be written");
    assert_eq!(verify(folder.path(), &["huge", "--offline"]).code, Some(1));
}

#[test]
fn what_is_not_known_is_indeterminate() {
    let folder = folder();
    let no_list = ["credential.jwt", "--offline", "--issuer", "did.json"];
    let ended = verify(folder.path(), &no_list);
    assert_eq!(ended.code, Some(3), "{}", ended.out);
    assert!(ended.out.starts_with("INDETERMINATE") && ended.out.contains("--offline"));
    let no_issuer = ["credential.jwt", "--offline", "--status-list", "list.jwt"];
    assert_eq!(verify(folder.path(), &no_issuer).code, Some(3));
    // Nothing answers for a name under .invalid (RFC 6761), with or without a network.
    let online = verify(folder.path(), &["credential.jwt"]);
    assert_eq!(online.code, Some(3), "{}{}", online.out, online.err);
    assert!(
        online.out.contains("it cannot be fetched"),
        "{}",
        online.out
    );
}

#[test]
fn mistakes_of_usage_are_told_apart() {
    let folder = folder();
    for arguments in [
        &["nowhere.jwt"][..],
        &["."],
        &[],
        &["https://issuer.invalid/c", "--offline"],
        &["https://issuer.invalid/c"],
        &["http://127.0.0.1/c"],
        &["https://127.0.0.1/c"],
        &["credential.jwt", "--issuer", "nowhere.json"],
        &["credential.jwt", "--issuer", "garbage"],
        &["credential.jwt", "--status-list", "garbage"],
        &["credential.jwt", "--trust", "garbage"],
        &["credential.jwt", "--format", "xml"],
    ] {
        let ended = verify(folder.path(), arguments);
        assert_eq!(
            ended.code,
            Some(2),
            "{arguments:?}: {}{}",
            ended.out,
            ended.err
        );
        assert!(!ended.err.is_empty());
    }
    let never = run(folder.path(), &["verify", "credential.jwt", "--at", "soon"]);
    assert_eq!(never.code, Some(2));
}
