//! What goes in comes out.

use proptest::prelude::*;
use serde_json::json;

use super::{changed, export, import};
use crate::catalog::export::v1_0::write;
use crate::catalog::ids::FrameworkKey;
use crate::catalog::import::{Limits, read};
use crate::catalog::model::{
    Extra, Family, FrameworkVersion, JobZone, Level, OccupationFacts, Statement,
};
use crate::catalog::rules::content_digest;
use crate::catalog::samples::SAMPLES;
use crate::kernel::json::{Json, ParseOptions, any_json, canonical, parse, pointer_token};

#[test]
fn an_export_is_read_as_it_stands() {
    let import = import(&export()).unwrap();
    let version = import.version;
    let occupation = version.occupation.as_ref().unwrap();
    assert_eq!(occupation.soc.as_str(), "49-3091.00");
    assert_eq!(occupation.soc.major_group(), "49");
    assert_eq!(occupation.job_zone.map(JobZone::number), Some(2));
    assert!(occupation.job_zone_inferred);
    assert_eq!(version.family, Family::Mastery);
    assert_eq!(
        version.exported_at.as_deref(),
        Some("2026-01-02T03:04:05.006Z")
    );
    let levels: Vec<(u32, &str, &str, usize)> = version
        .levels
        .iter()
        .map(|level| {
            (
                level.ordinal,
                level.key.as_str(),
                level.label.as_str(),
                level.statements.len(),
            )
        })
        .collect();
    assert_eq!(levels, [(1, "one", "One", 2), (2, "two", "Two", 1)]);
    assert_eq!(
        version.levels[0].statements[1],
        Statement::plain(2, "Oils chains.")
    );
    assert_eq!(version.extras, []);
}

#[test]
fn levels_keep_the_order_of_the_document() {
    let text = r#"{"z":{"label":"L","statements":["a"]},"a":{"label":"L","statements":["a"]},"m":{"label":"L","statements":["a"]}}"#;
    let document = changed("/framework/levels", Some(json!("HERE")))
        .to_string()
        .replace("\"HERE\"", text);
    let version = read(document.as_bytes(), &Limits::default())
        .unwrap()
        .version;
    let keys: Vec<(u32, &str)> = version
        .levels
        .iter()
        .map(|level| (level.ordinal, level.key.as_str()))
        .collect();
    assert_eq!(keys, [(1, "z"), (2, "a"), (3, "m")]);
    assert!(Json::from(write(&version)).to_text().contains(text));
}

#[test]
fn unknown_members_are_kept_named_and_given_back_in_place() {
    let mut document = export();
    document["x"] = json!({"y": [1, null]});
    document["occupation"]["a/b~c"] = json!("");
    document["framework"]["levelsNote"] = json!(0.25);
    document["framework"]["levels"]["two"]["colour"] = json!("#fff");
    let import = import(&document).unwrap();
    let mut named: Vec<String> = import.version.extras.iter().map(Extra::pointer).collect();
    named.sort();
    assert_eq!(
        named,
        [
            "/framework/levels/two/colour",
            "/framework/levelsNote",
            "/occupation/a~1b~0c",
            "/x"
        ]
    );
    assert_eq!(write(&import.version).canonical(), canonical(&document));
}

#[test]
fn what_may_be_empty_or_absent() {
    for document in [
        changed("/exportedAt", None),
        changed("/sources", Some(json!({}))),
        changed("/attribution", Some(json!(""))),
        changed("/framework/contextCovered", Some(json!(""))),
        changed("/occupation/sector", Some(json!("31-33"))),
        changed("/occupation/jobZone", Some(json!(null))),
        changed("/framework/levels/two/label", Some(json!("One"))),
    ] {
        let import = import(&document).unwrap();
        assert_eq!(write(&import.version).canonical(), canonical(&document));
    }
}

#[test]
fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    let pretty = serde_json::to_string_pretty(&export()).unwrap();
    let plain = read(pretty.as_bytes(), &Limits::default()).unwrap();
    for text in [
        format!("\u{feff}{pretty}"),
        pretty.replace('\n', "\r\n"),
        format!("\r\n{pretty}\r\n"),
    ] {
        assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap(), plain);
    }
}

#[test]
fn the_content_digest_ignores_when_it_was_exported_and_nothing_else() {
    let digest = |document| import(&document).unwrap().content_digest;
    let same = digest(export());
    assert_eq!(same, digest(changed("/exportedAt", Some(json!("later")))));
    assert_eq!(same, digest(changed("/exportedAt", None)));
    assert_eq!(
        same,
        content_digest(&write(&import(&export()).unwrap().version))
    );
    for (pointer, value) in [
        ("/attribution", json!("")),
        ("/sources/by", json!(1)),
        ("/x", json!(null)),
        (
            "/framework/levels/two/statements",
            json!(["Frames —  inspects."]),
        ),
    ] {
        assert_ne!(same, digest(changed(pointer, Some(value))));
    }
}

#[test]
fn the_samples_are_whole() {
    for sample in SAMPLES {
        let import = read(sample.bytes, &Limits::default()).unwrap();
        assert_eq!(
            import.version.occupation.as_ref().unwrap().soc.as_str(),
            sample.soc
        );
        let labels: Vec<&str> = import
            .version
            .levels
            .iter()
            .map(|level| level.label.as_str())
            .collect();
        assert_eq!(labels, ["Emerging", "Developing", "Proficient", "Advanced"]);
        for level in &import.version.levels {
            assert_eq!(level.statements.len(), 6);
            for statement in &level.statements {
                assert!(crate::catalog::rules::statement_parts(&statement.text).is_some());
            }
        }
        let original = parse(sample.bytes, &ParseOptions::default()).unwrap();
        assert_eq!(write(&import.version).canonical(), original.canonical());
    }
}

/// Any text that PostgreSQL stores.
fn any_text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| text.replace('\0', ""))
}

/// Any such text with something visible in it.
fn any_words() -> impl Strategy<Value = String> {
    (any_text(), any_text()).prop_map(|(before, after)| format!("{before}w{after}"))
}

fn any_extra(container: String) -> impl Strategy<Value = Vec<Extra>> {
    // The letter keeps the name apart from those of the format, the map from one another.
    let value = any_json().prop_filter("no U+0000", |json| !json.to_text().contains("\\u0000"));
    prop::collection::btree_map(any_text().prop_map(|name| format!("x{name}")), value, 0..3)
        .prop_map(move |members| {
            let extra = |(name, value)| Extra {
                container: container.clone(),
                name,
                value,
            };
            members.into_iter().map(extra).collect()
        })
}

fn any_levels() -> impl Strategy<Value = Vec<Level>> {
    let level = (any_words(), prop::collection::vec(any_words(), 1..5));
    prop::collection::hash_map(any_words(), level, 1..6).prop_map(|levels| {
        let statements = |texts: Vec<String>| {
            let statement = |(position, text): (u32, String)| Statement::plain(position, text);
            (1..).zip(texts).map(statement).collect()
        };
        (1..)
            .zip(levels)
            .map(|(ordinal, (key, (label, texts)))| Level {
                ordinal,
                key,
                label,
                subtitle: None,
                description: None,
                statements: statements(texts),
            })
            .collect()
    })
}

fn any_occupation() -> impl Strategy<Value = OccupationFacts> {
    (
        "[0-9]{2}-[0-9]{4}\\.[0-9]{2}",
        any_words(),
        any_words(),
        prop::option::of(any_text()),
        prop::option::of(1..=5_i64),
        any::<bool>(),
    )
        .prop_map(
            |(soc, title, group, sector, zone, job_zone_inferred)| OccupationFacts {
                soc: soc.parse().unwrap(),
                title,
                group: Some(group),
                sector,
                job_zone: zone.map(|zone| JobZone::try_from(zone).unwrap()),
                job_zone_label: None,
                job_zone_inferred,
            },
        )
}

fn any_version() -> impl Strategy<Value = FrameworkVersion> {
    let sources = any_extra(String::new()).prop_map(|members| {
        Json::Object(
            members
                .into_iter()
                .map(|extra| (extra.name, extra.value))
                .collect(),
        )
    });
    let texts = (
        any_words(),
        any_text(),
        any_text(),
        any_text(),
        prop::option::of(any_text()),
    );
    (any_occupation(), any_levels(), sources, texts).prop_flat_map(
        |(occupation, levels, sources, texts)| {
            let (version, description, context_covered, attribution, exported_at) = texts;
            let level = levels
                .last()
                .map(|level| pointer_token(&level.key))
                .unwrap_or_default();
            let version = FrameworkVersion {
                key: FrameworkKey::of_occupation(&occupation.soc, Family::Mastery),
                occupation: Some(occupation),
                family: Family::Mastery,
                replaces: None,
                case: None,
                title: None,
                creator: None,
                domains: Vec::new(),
                cited: Vec::new(),
                profile: None,
                version,
                description,
                context_covered,
                levels,
                sources,
                attribution,
                exported_at,
                extras: Vec::new(),
            };
            // In the order in which they are read.
            let containers = [
                "/occupation".to_owned(),
                format!("/framework/levels{level}"),
                "/framework".to_owned(),
                String::new(),
            ];
            (Just(version), containers.map(any_extra)).prop_map(|(version, extras)| {
                FrameworkVersion {
                    extras: extras.into_iter().flatten().collect(),
                    ..version
                }
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_written_is_read_back(version in any_version()) {
        let export = Json::from(write(&version));
        let again = read(export.to_text().as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(&again.version, &version);
        prop_assert_eq!(Json::from(write(&again.version)), export);
    }

    #[test]
    fn any_change_to_a_byte_is_read_or_refused(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = export().to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        match read(&bytes, &Limits::default()) {
            Ok(import) => {
                let original = parse(&bytes, &ParseOptions::default()).unwrap();
                prop_assert_eq!(write(&import.version).canonical(), original.canonical());
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }
}
