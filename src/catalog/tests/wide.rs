//! Framework exports 2.0: what goes in comes out.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::catalog::export::{v1_0, v2_0};
use crate::catalog::import::{Format, Import, Limits, Problem, asked, read};
use crate::catalog::model::{Extra, Family, FrameworkVersion, Split};
use crate::catalog::rules::{FORMAT_2, freeze, freeze_profile, thaw_profile};
use crate::catalog::samples::{SAMPLES, WIDE_SAMPLE};
use crate::kernel::json::{Object, ParseOptions, parse};

pub(super) fn sample() -> Value {
    serde_json::from_slice(WIDE_SAMPLE.bytes).unwrap()
}

pub(super) fn import(document: &Value) -> Result<Import, Vec<Problem>> {
    read(document.to_string().as_bytes(), &Limits::default())
}

/// What a document says, written and read again.
fn again(import: &Import) -> (Object, Import) {
    let versions: Vec<_> = import.versions().cloned().collect();
    let written = v2_0::write(&versions, import.profile.as_ref()).unwrap();
    let read = read(written.to_text().as_bytes(), &Limits::default());
    let read = read.unwrap_or_else(|problems| panic!("{problems:?}: {}", written.to_text()));
    (written, read)
}

/// Holds two documents against each other: the order of unknown members does not count.
fn assert_same(one: &Import, other: &Import) {
    let said = |import: &Import| -> Vec<FrameworkVersion> {
        let mut versions: Vec<_> = import.versions().cloned().collect();
        for version in &mut versions {
            version.extras.sort_by_key(Extra::pointer);
        }
        versions
    };
    assert_eq!(said(one), said(other));
    let profile = |import: &Import| {
        let mut profile = import.profile.clone();
        if let Some(profile) = &mut profile {
            profile.extras.sort_by_key(Extra::pointer);
        }
        profile
    };
    assert_eq!(profile(one), profile(other));
}

#[test]
fn the_sample_says_all_that_the_format_can() {
    let import = import(&sample()).unwrap();
    assert_eq!(import.format, Format::FrameworkExport2_0);
    assert_eq!(
        import.version.occupation.as_ref().unwrap().soc.as_str(),
        WIDE_SAMPLE.soc
    );
    let families: Vec<_> = import.versions().map(|v| v.family).collect();
    assert_eq!(families, Family::ALL[..3]);
    let durable = &import.others[1];
    assert_eq!(durable.domains.len(), 3);
    let places: Vec<_> = durable.levels[2]
        .statements
        .iter()
        .map(|s| (s.domain, s.position))
        .collect();
    assert_eq!(
        places,
        [(Some(1), 1), (Some(1), 2), (Some(2), 1), (Some(3), 1)]
    );
    let split: Vec<_> = durable
        .levels
        .iter()
        .flat_map(|l| &l.statements)
        .map(|s| s.split)
        .collect();
    assert_eq!(
        split
            .iter()
            .filter(|s| **s == Split::Unsure { at: Some(13) })
            .count(),
        1
    );
    let profile = import.profile.as_ref().unwrap();
    assert_eq!(profile.rapids, Some(Vec::new()));
    let usage = profile.evidence.as_ref().unwrap().usage.as_ref().unwrap();
    let printed: Vec<_> = usage.figures.iter().map(|f| f.printed.as_str()).collect();
    assert_eq!(printed, ["1,204", "12.5%", "8%", "1.70"]);
    assert_eq!(usage.figures[3].number.as_str(), "1.70");
    assert!(import.versions().all(|v| v.extras.is_empty()));
    let (written, read) = again(&import);
    let original = parse(WIDE_SAMPLE.bytes, &ParseOptions::default()).unwrap();
    assert_eq!(written.canonical(), original.canonical());
    assert_eq!(read.content_digest, import.content_digest);
    assert_same(&read, &import);
}

#[test]
fn what_a_1_0_export_says_is_said_in_2_0_and_back() {
    for sample in SAMPLES {
        let old = read(sample.bytes, &Limits::default()).unwrap();
        let (_, new) = again(&old);
        assert_eq!(new.version, old.version);
        assert_eq!(freeze(None, &new.version), freeze(None, &old.version));
        assert!(v1_0::beyond(&new.version).is_empty());
        let original = parse(sample.bytes, &ParseOptions::default()).unwrap();
        assert_eq!(v1_0::write(&new.version).canonical(), original.canonical());
    }
}

#[test]
fn members_that_another_format_named_so_stay_its_own() {
    let mut old = super::export();
    old["profile"] = json!("mine");
    old["framework"]["domains"] = json!([1]);
    old["framework"]["levels"]["one"]["ordinal"] = json!("first");
    old["occupation"]["jobZoneLabel"] = json!(2);
    old["framework"]["colour"] = json!("red");
    let old_import = super::import(&old).unwrap();
    assert!(old_import.version.is_plain());
    let (written, new) = again(&old_import);
    let apart = written.get("otherMembers").unwrap().as_object().unwrap();
    let places: BTreeSet<_> = apart.iter().map(|(place, _)| place).collect();
    let expected = [
        "/framework/domains",
        "/framework/levels/one/ordinal",
        "/occupation/jobZoneLabel",
        "/profile",
    ];
    assert_eq!(places, BTreeSet::from(expected));
    assert_eq!(
        v1_0::write(&new.version).canonical(),
        crate::kernel::json::canonical(&old)
    );
}

#[test]
fn what_1_0_cannot_say_is_named() {
    let import = import(&sample()).unwrap();
    let beyond: Vec<_> = import.versions().map(v1_0::beyond).collect();
    let both = ["the name of a job zone", "the occupation's profile"];
    assert!(
        beyond
            .iter()
            .all(|told| both.iter().all(|what| told.contains(what)))
    );
    assert!(beyond[0].contains(&"subtitles or descriptions of levels"));
    assert!(beyond[1].contains(&"a family other than MASTERY"));
    assert!(beyond[2].contains(&"domains"));
}

#[test]
fn each_framework_is_written_alone_as_well() {
    let import = import(&sample()).unwrap();
    for version in import.versions() {
        let alone = v2_0::write(std::slice::from_ref(version), import.profile.as_ref()).unwrap();
        assert!(alone.get("framework").is_some() && alone.get("frameworks").is_none());
        let read = read(alone.to_text().as_bytes(), &Limits::default()).unwrap();
        assert_eq!(&read.version, version);
        assert_eq!(freeze(None, &read.version), freeze(None, version));
    }
    let mut other = import.version.clone();
    other.occupation.as_mut().unwrap().title = "Others".to_owned();
    assert_eq!(
        v2_0::write(&[import.version.clone(), other], None),
        Err(v2_0::Apart)
    );
    assert_eq!(v2_0::write(&[], None), Err(v2_0::Apart));
}

#[test]
fn a_frozen_version_has_what_it_needs_and_names_its_profile() {
    let import = import(&sample()).unwrap();
    let frozen: Vec<_> = import.versions().map(|v| freeze(None, v)).collect();
    let documents: Vec<Value> = frozen
        .iter()
        .map(|f| serde_json::from_slice(&f.bytes).unwrap())
        .collect();
    let profile = freeze_profile(import.profile.as_ref().unwrap());
    for document in &documents {
        assert_eq!(document["format"], FORMAT_2);
        let named = json!({"id": profile.id.to_string(), "digestSRI": profile.digest_sri});
        assert_eq!(document["profile"], named);
    }
    let statement = &documents[2]["levels"][2]["statements"][3];
    assert_eq!(
        statement["code"],
        "35-3023.01/DURABLE_SKILLS/v.26.11/3.3.01"
    );
    assert_eq!(statement["domain"], 3);
    assert_eq!(
        statement["citations"],
        json!([{"source": "counter-survey"}])
    );
    let unsure = &documents[2]["levels"][1]["statements"][2];
    assert_eq!(unsure["split"], json!({"sure": false, "at": 13}));
    assert!(unsure.get("title").is_none() && unsure.get("description").is_none());
    assert_eq!(
        thaw_profile(&profile.bytes).as_ref(),
        Ok(import.profile.as_ref().unwrap())
    );
    assert!(thaw_profile(b"{}").is_err() && thaw_profile(b"x").is_err());
    // Credentials name these digests for ever.
    assert_eq!(
        [profile.digest_sri.as_str(), frozen[2].digest_sri.as_str()],
        PINNED
    );
}

const PINNED: [&str; 2] = [
    "sha384-pCBkpCrgNZeqqGbOvq3i5FWKxYWI/xvlouRvhCLnZGA/QpkEA3Hz56xk9yFjNU8r",
    "sha384-gpAQDRjJmujIM0kCXQivPw+9QRzkdLWIStwhc7I2fIvc87g0UyY+vY8uIJORGsgz",
];

#[test]
fn everything_that_a_document_says_decides_the_digests() {
    let digests = |document: &Value| {
        let import = import(document).unwrap();
        let versions: Vec<_> = import
            .versions()
            .map(|v| freeze(None, v).digest_sri)
            .collect();
        (
            versions,
            freeze_profile(import.profile.as_ref().unwrap()).digest_sri,
        )
    };
    let before = digests(&sample());
    let mut later = sample();
    later["exportedAt"] = json!("later");
    assert_eq!(digests(&later), before);
    for (place, value) in [
        ("/frameworks/2/domains/0/title", json!("Hearing")),
        (
            "/frameworks/2/levels/emerging/statements/0/citations",
            json!([]),
        ),
        (
            "/frameworks/2/levels/emerging/statements/0/domain",
            json!(2),
        ),
        (
            "/frameworks/2/levels/developing/statements/2/split/at",
            json!(12),
        ),
        (
            "/frameworks/2/citedSources/0/url",
            json!("https://survey.example/"),
        ),
    ] {
        let mut document = sample();
        *document.pointer_mut(place).unwrap() = value;
        let after = digests(&document);
        assert_ne!(after.0[2], before.0[2], "{place}");
        assert_eq!(
            (&after.0[..2], &after.1),
            (&before.0[..2], &before.1),
            "{place}"
        );
    }
    let mut document = sample();
    document["profile"]["evidencePack"]["usage"]["figures"][3]["printed"] = json!("1.70 of 5");
    let after = digests(&document);
    assert_ne!(after.1, before.1);
    assert!(
        after
            .0
            .iter()
            .zip(&before.0)
            .all(|(after, before)| after != before)
    );
}

#[test]
fn unknown_members_stay_where_they_are() {
    let mut document = sample();
    document["x"] = json!(1);
    document["occupation"]["x"] = json!(1);
    for place in [
        "/frameworks/2",
        "/frameworks/2/domains/1",
        "/frameworks/2/citedSources/0",
        "/frameworks/2/levels/emerging",
        "/frameworks/2/levels/emerging/statements/0",
        "/frameworks/2/levels/emerging/statements/0/citations/0",
        "/frameworks/0/levels/emerging/statements/0/anchors/0",
        "/frameworks/2/levels/developing/statements/2/split",
        "/profile",
        "/profile/anchors/3",
        "/profile/cip/0",
        "/profile/relatedOccupations/1",
        "/profile/evidencePack",
        "/profile/evidencePack/usage",
        "/profile/evidencePack/usage/figures/2",
        "/profile/evidencePack/feasibility",
        "/profile/evidencePack/feasibility/score",
        "/profile/evidencePack/cluster",
        "/profile/sources/0",
    ] {
        document.pointer_mut(place).unwrap()["x"] = json!({"y": [place]});
    }
    let import = import(&document).unwrap();
    let (written, read) = again(&import);
    assert_eq!(
        written.canonical(),
        crate::kernel::json::canonical(&document)
    );
    assert_same(&read, &import);
}

#[test]
fn statements_and_levels_come_into_their_order() {
    let mut document = sample();
    let levels = &mut document["frameworks"][2]["levels"];
    let mut mixed = levels["applying"]["statements"].as_array().unwrap().clone();
    mixed.rotate_left(2);
    mixed[0]["x"] = json!("goes along");
    levels["applying"]["statements"] = json!(mixed);
    let import = import(&document).unwrap();
    let durable = &import.others[1];
    let order: Vec<_> = durable.levels[2]
        .statements
        .iter()
        .map(|s| (s.domain, s.position))
        .collect();
    assert_eq!(
        order,
        [(Some(1), 1), (Some(1), 2), (Some(2), 1), (Some(3), 1)]
    );
    let extra = &durable.extras[0];
    assert_eq!(extra.container, "/framework/levels/applying/statements/2");
    assert_same(&again(&import).1, &import);
}

/// The kind of object at a pointer into a document, by the schema's name for it.
fn kind(pointer: &str) -> Option<&'static str> {
    let tokens: Vec<&str> = pointer
        .split('/')
        .skip(1)
        .filter(|t| !t.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    Some(match tokens.as_slice() {
        [] => "",
        ["occupation"] => "occupation",
        ["frameworks" | "framework"] => "framework",
        [_, "domains"] => "domain",
        [_, "citedSources"] | ["profile", "sources"] => "source",
        [_, "levels", _] => "level",
        [_, "levels", _, "statements"] => "statement",
        [_, "levels", _, "statements", "split"] => "split",
        [_, "levels", _, "statements", "citations"] => "citation",
        [_, "levels", _, "statements", "anchors"] => "anchorReference",
        ["profile"] => "profile",
        ["profile", "anchors"] => "anchor",
        ["profile", "cip" | "rapids"] => "coded",
        ["profile", "relatedOccupations"] => "relatedOccupation",
        ["profile", "evidencePack"] => "evidencePack",
        [.., "usage"] => "usage",
        [.., "figures" | "score"] => "figure",
        [.., "feasibility"] => "feasibility",
        [.., "cluster"] => "cluster",
        _ => return None,
    })
}

#[test]
fn the_schema_names_what_the_reader_asks_for() {
    asked::take();
    import(&sample()).unwrap();
    let mut read: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for (pointer, name) in asked::take() {
        let kind = kind(&pointer).unwrap_or_else(|| panic!("{pointer} has no kind"));
        read.entry(kind).or_default().insert(name);
    }
    // Asked for where there is one framework only.
    read.entry("").or_default().insert("framework".to_owned());
    let schema: Value = serde_json::from_str(v2_0::SCHEMA).unwrap();
    let mut named: HashMap<&str, BTreeSet<String>> = HashMap::new();
    let definitions = schema["$defs"].as_object().unwrap();
    let top = [("", &schema)].into_iter();
    for (kind, definition) in top.chain(definitions.iter().map(|(k, v)| (k.as_str(), v))) {
        if let Some(properties) = definition["properties"].as_object() {
            named.insert(kind, properties.keys().cloned().collect());
        }
    }
    assert_eq!(read, named);
}
