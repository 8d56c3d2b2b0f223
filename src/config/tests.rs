use super::*;

fn merged(common: CommonArgs, serve: ServeArgs, file: &str) -> Result<Config, ConfigError> {
    let file = toml::from_str(file).map_err(|e| wrong("file", e))?;
    Config::merge(&common, &serve, file, None)
}

#[test]
fn defaults_are_embedded_and_local() {
    let config = merged(CommonArgs::default(), ServeArgs::default(), "").unwrap();
    assert_eq!(config.database_url, "sqlite:attestry-data/attestry.db");
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert!(!config.public_url_given);
}

#[test]
fn flags_win_over_the_file() {
    let serve = ServeArgs {
        public_url: Some("https://skills.example/".into()),
        ..ServeArgs::default()
    };
    let file = "public-url = 'https://other.example'\nlisten = '127.0.0.1:9000'";
    let config = merged(CommonArgs::default(), serve, file).unwrap();
    assert_eq!(config.public_url, "https://skills.example");
    assert_eq!(config.listen.port(), 9000);
}

#[test]
fn wrong_settings_are_refused_and_named() {
    let none = CommonArgs::default;
    assert!(merged(none(), ServeArgs::default(), "publicurl = 'x'").is_err());
    let e = merged(none(), ServeArgs::default(), "public-url = 'ftp://x'").unwrap_err();
    assert!(e.to_string().starts_with("public-url: give"));
    let e = merged(none(), ServeArgs::default(), "database-url = 'mysql://x'").unwrap_err();
    assert!(e.to_string().starts_with("database-url: give"));
}

#[test]
fn nothing_is_fetched_for_strangers_unless_the_settings_say_so() {
    let online = |flag, file: &str| {
        let serve = ServeArgs {
            verify_online: flag,
            ..ServeArgs::default()
        };
        let config = merged(CommonArgs::default(), serve, file);
        config.unwrap().verify_online
    };
    assert!(!online(None, ""));
    assert!(online(None, "verify-online = true") && online(Some(true), ""));
    assert!(!online(Some(false), "verify-online = true"));
}

#[test]
fn events_are_kept_for_as_long_as_the_settings_say() {
    let kept = |flag, file: &str| {
        let serve = ServeArgs {
            events_keep_days: flag,
            ..ServeArgs::default()
        };
        let config = merged(CommonArgs::default(), serve, file)?;
        Ok::<_, ConfigError>(config.events_keep_days)
    };
    assert_eq!(kept(None, "").unwrap(), 90);
    assert_eq!(kept(None, "events-keep-days = 30").unwrap(), 30);
    assert_eq!(kept(Some(7), "events-keep-days = 30").unwrap(), 7);
    assert!(kept(Some(0), "").is_err() && kept(None, "events-keep-days = -1").is_err());
}

#[test]
fn issuers_are_read_and_a_wrong_one_is_named() {
    let file = "[[oidc]]\nissuer = 'https://login.example'\naudience = 'attestry'\n\
                provider = 'north'\nroles = { teacher = 'ASSESSOR' }";
    let read = |file: &str| merged(CommonArgs::default(), ServeArgs::default(), file);
    assert_eq!(read(file).unwrap().oidc.len(), 1);
    let e = read(&file.replace("https", "http")).unwrap_err();
    assert!(e.to_string().starts_with("oidc[0].issuer: give an https"));
    let e = read(&format!("{file}\nsecret = 'x'")).unwrap_err();
    assert!(e.to_string().contains("unknown field `secret`"), "{e}");
}

#[test]
fn the_example_in_the_documentation_can_be_used() {
    let text = include_str!("../../docs/operations.md");
    let blocks = text.split("```toml\n").skip(1);
    let example = blocks.filter_map(|rest| rest.split("```").next());
    let example = example.filter(|block| block.contains("[[oidc]]")).last();
    let config = merged(
        CommonArgs::default(),
        ServeArgs::default(),
        example.unwrap(),
    )
    .unwrap();
    let [college, staff] = &config.oidc[..] else {
        panic!("{:?}", config.oidc);
    };
    assert_eq!(college.roles.len(), 4);
    assert_eq!(staff.provider, None);
}

#[test]
fn secrets_are_redacted() {
    let file = "master-key = 'sesame'\ndatabase-url = 'postgres://a:b3c@h/d'";
    let config = merged(CommonArgs::default(), ServeArgs::default(), file).unwrap();
    let shown = format!("{config:?}");
    assert!(!shown.contains("sesame") && !shown.contains("b3c"));
}
