//! `attestry keys`, over an installation that serves at the same time.

use std::{fs, io::Write, path::PathBuf, process::Stdio};

use attestry::{credential::custody::MasterKey, kernel::digest};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::json;
use tempfile::TempDir;

use super::Scene;
use crate::{
    cli::{Ended, attestry, run},
    support::{House, house::MASTER_KEY},
};

/// The first key pair of RFC 8032, section 7.1: its seed, and its public half as Multikey.
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const MULTIKEY: &str = "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw";

/// A folder with an installation in `data`, as the command line expects it.
pub(super) struct Folder(TempDir);

impl Folder {
    /// Makes one, and a house over the same database.
    pub(super) async fn make() -> (Self, House) {
        let folder = tempfile::tempdir().expect("there is room");
        let data = folder.path().join("data");
        fs::create_dir(&data).expect("there is room");
        let master = MasterKey::from_bytes(MASTER_KEY);
        fs::write(data.join("master.key"), master.to_text().as_bytes()).expect("there is room");
        let url = format!("sqlite:{}", data.join("attestry.db").display());
        (Self(folder), House::open(&url).await)
    }

    /// The path of a file in it.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `attestry keys` to its end.
    pub(super) fn keys(&self, arguments: &[&str]) -> Ended {
        run(self.0.path(), &Self::arguments(arguments))
    }

    /// The arguments of `attestry keys` over this installation.
    pub(super) fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&["keys", "--data-dir", "data"], more].concat()
    }

    /// Starts `attestry keys`.
    pub(super) fn start(&self, arguments: &[&str]) -> std::process::Child {
        let mut command = attestry(self.0.path(), &Self::arguments(arguments));
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
            .spawn()
            .expect("the program was built for this test")
    }
}

const COLLEGE: [&str; 2] = ["--provider", "riverside"];

fn with<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command], COLLEGE.as_slice(), more].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_life_of_keys_at_the_machine() {
    let (folder, house) = Folder::make().await;
    let scene = Scene::set(house).await;
    let first = scene.issue("first").await;
    let done = |ended: Ended| {
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        ended.out
    };
    let generated = done(folder.keys(&with("generate", &[])));
    assert!(generated.starts_with("Generated: z6Mk"), "{generated}");
    fs::write(folder.path("key.hex"), SEED).expect("there is room");
    let imported = done(folder.keys(&with("import", &["key.hex"])));
    assert!(
        imported.starts_with(&format!("Imported: {MULTIKEY}\n")),
        "{imported}"
    );
    done(folder.keys(&with("rotate", &["--to", MULTIKEY])));
    assert_eq!(scene.states().await, ["RETIRED", "STANDBY", "ACTIVE"]);
    let second = scene.issue("second").await;
    assert_eq!(
        second.kid(),
        format!("did:web:skills.example:issuers:riverside#{MULTIKEY}")
    );
    assert_eq!(scene.outcome(&second).await, "VALID");

    let reason = ["--reason", "found in a public repository"];
    let told = done(folder.keys(&with(
        "compromise",
        &[&[MULTIKEY], reason.as_slice()].concat(),
    )));
    assert!(
        told.contains("1 of its records can be signed anew"),
        "{told}"
    );
    assert_eq!(scene.outcome(&second).await, "INVALID");
    assert_eq!(scene.outcome(&first).await, "VALID");
    for expected in ["1 records signed anew", "0 records signed anew"] {
        let told = done(folder.keys(&with("reissue", &[MULTIKEY])));
        assert!(told.starts_with(expected), "{told}");
    }
    let second = scene.read(&second).await;
    assert_eq!(scene.outcome(&second).await, "VALID");
    let list = done(folder.keys(&with("list", &[])));
    let states: Vec<_> = list
        .lines()
        .skip(1)
        .filter_map(|l| l.split_whitespace().nth(1))
        .collect();
    assert_eq!(states, ["RETIRED", "STANDBY", "COMPROMISED", "ACTIVE"]);
    assert!(list.contains("found in a public repository"));
    let standby = scene.keys().await[1]["multikey"]
        .as_str()
        .expect("text")
        .to_owned();
    done(folder.keys(&with("retire", &[&standby])));
    assert_eq!(scene.states().await[1], "RETIRED");
    crate::support::audit::check_chains(&scene.house.app.db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_done_is_refused_with_a_remedy() {
    let (folder, house) = Folder::make().await;
    let scene = Scene::set(house).await;
    // Nothing was issued yet, and no address is known: as things stand it would be a did:key.
    let refused = folder.keys(&with("rotate", &[]));
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("--public-url"), "{}", refused.err);
    let url = ["--public-url", "https://skills.example"];
    assert_eq!(folder.keys(&with("rotate", &url)).code, Some(0));
    scene.issue("settles the address").await;
    assert_eq!(folder.keys(&with("rotate", &[])).code, Some(0));
    let elsewhere = ["--public-url", "https://elsewhere.example"];
    let refused = folder.keys(&with("rotate", &elsewhere));
    assert!(
        refused
            .err
            .contains("start with --public-url https://skills.example")
    );
    assert_eq!((refused.code, scene.states().await.len()), (Some(1), 3));

    let active = scene.keys().await[2]["multikey"]
        .as_str()
        .expect("text")
        .to_owned();
    for (arguments, code, remedy) in [
        (vec!["list", "--provider", "nobody"], 1, "no provider"),
        (with("retire", &[&active]), 1, "rotate"),
        (
            with("rotate", &["--to", &active]),
            1,
            "generate or import one",
        ),
        (with("reissue", &[&active]), 1, "mark it first"),
        (with("retire", &[MULTIKEY]), 1, "attestry keys list"),
        (with("retire", &["z6MkNonsense"]), 2, "attestry keys list"),
        (with("compromise", &[&active]), 2, "--reason"),
        (with("import", &["missing"]), 2, "missing: "),
    ] {
        let ended = folder.keys(&arguments);
        assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(remedy), "{arguments:?}: {}", ended.err);
        assert!(ended.out.is_empty(), "{}", ended.out);
    }
    assert_eq!(scene.states().await, ["RETIRED", "RETIRED", "ACTIVE"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_imported_secret_is_never_shown() {
    let (folder, house) = Folder::make().await;
    let scene = Scene::set(house).await;
    scene.issue("settles the address").await;
    let seed = digest::from_hex(SEED).expect("it is hexadecimal");
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "d": URL_SAFE_NO_PAD.encode(seed)});
    let mut shown = String::new();
    let mut import = |text: &str| {
        let arguments =
            Folder::arguments(&["import", "--provider", "riverside", "-", "--log", "trace"]);
        let mut command = attestry(folder.0.path(), &arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .expect("the program was built for this test");
        let mut stdin = child.stdin.take().expect("it is piped");
        stdin.write_all(text.as_bytes()).expect("it reads");
        drop(stdin);
        let ended: Ended = child.wait_with_output().expect("it ends").into();
        shown.push_str(&ended.out);
        shown.push_str(&ended.err);
        ended.code
    };
    assert_eq!(import(&jwk.to_string()), Some(0));
    // Known already, in another form; and broken.
    assert_eq!(import(SEED), Some(1));
    assert_eq!(import(SEED.trim_start_matches('9')), Some(1));
    assert_eq!(import(&jwk.to_string().replace("OKP", "EC")), Some(1));
    assert!(
        shown.contains(MULTIKEY) && shown.contains("has this key already"),
        "{shown}"
    );
    let mut written = Vec::new();
    for name in ["data/attestry.db", "data/attestry.db-wal"] {
        written.extend(fs::read(folder.path(name)).expect("it is there"));
    }
    let public = parse(MULTIKEY);
    assert!(
        written.windows(32).any(|w| w == public),
        "the scan sees what is there"
    );
    assert!(
        !written.windows(32).any(|w| w == seed),
        "the database has the secret"
    );
    for form in [SEED, &STANDARD.encode(seed), &URL_SAFE_NO_PAD.encode(seed)] {
        let half = form.get(..form.len() / 2).expect("it is ASCII");
        assert!(!shown.contains(half), "{shown}");
        assert!(!written.windows(half.len()).any(|w| w == half.as_bytes()));
    }
}

fn parse(multikey: &str) -> [u8; 32] {
    attestry::credential::did::parse_multikey(multikey).expect("it is a key")
}
